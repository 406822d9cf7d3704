//! The rules of who may propose, attend, speak, vote: as data, and as the sentence the site says them in.

use access_rules::{Act, Object, ObjectKind, PersonId, Rule, decide};
use actix_kit::{At, Body, Caller, Problem, Query, Version, once::created};
use actix_web::{HttpResponse, web};
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use programme::{
    admission::Admissions,
    rule_book::{self, RuleInput, RuleRow, RuleScope},
};
use registration::{
    model::LostSeats,
    rule_preview::{self, RulePreview},
    rule_seats::{self, SeatsReleased},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::{edition, sentence},
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/rules", Act::ManageRules, list, "The rules in force, each with its sentence and what it stands on.")
            .lists_all::<RuleView>().account(),
        get("/editions/{slug}/rules/history", Act::ManageRules, history, "Every version there was of one rule.")
            .asks::<RuleQuery>().lists_all::<RuleView>().account(),
        put("/editions/{slug}/rules", Act::ManageRules, set, "Sets a rule; with `If-Match` only on the version named. `lost_seats` says what becomes of the seats of those who lose by it.")
            .takes::<RuleSetting>().gives::<RuleSet>().account(),
        post("/editions/{slug}/rules/preview", Act::ManageRules, preview, "Who would gain and who would lose by a rule, among all registered, and which seats those who lose hold. Nothing is changed.")
            .takes::<RuleInput>().gives::<RulePreview>().account(),
        post("/editions/{slug}/rules/same-as-propose", Act::ManageRules, same_as_propose, "Lets those attend who may propose.")
            .takes::<SameAsPropose>().gives::<RuleView>().once().account(),
        delete("/editions/{slug}/rules", Act::ManageRules, lift, "Lifts a rule: the more general one holds again.")
            .asks::<RuleQuery>().account(),
    ]
}

// What goes in and out.

/// A rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleView {
    /// What it is for.
    pub scope: RuleScope,
    /// For which one; empty for the general one.
    pub scope_ref: String,
    /// What it decides.
    pub act: Act,
    /// Who may.
    pub rule: Rule,
    /// The same in the reader's language.
    pub sentence: String,
    /// The phrase or reading it stands on.
    pub reading: String,
    /// Its number among the versions of this rule.
    pub version: i64,
    /// Since when it holds.
    pub since: Moment,
    /// Until when it held; none while it does.
    pub until: Option<Moment>,
    /// Who set it.
    pub set_by: Option<PersonId>,
}

/// A rule to be set.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct RuleSetting {
    /// The rule.
    #[serde(flatten)]
    pub rule: RuleInput,
    /// What becomes of the seats of those who lose by it; they keep them when not said.
    #[serde(default)]
    pub lost_seats: Option<LostSeats>,
}

/// A rule that was set.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleSet {
    /// The rule.
    #[serde(flatten)]
    pub rule: RuleView,
    /// What became of the seats of those who lose by it.
    pub seats: SeatsReleased,
}

/// Which rule is meant.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RuleQuery {
    /// What it is for.
    pub scope: Option<RuleScope>,
    /// For which one; empty for the general one.
    pub scope_ref: String,
    /// What it decides.
    pub act: Option<Act>,
}

/// Whose rule to attend is made that to propose.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SameAsPropose {
    /// What it is for.
    pub scope: Option<RuleScope>,
    /// For which one; empty for the general one.
    pub scope_ref: String,
    /// The version it is set upon, when it must not have changed since.
    pub version: Option<i64>,
}

async fn list(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let language = caller.language();
    let views = caller
        .read("rules", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            decide(actor, Act::ManageRules, &Object::public(ObjectKind::Rule), now).or_fault()?;
            Ok(views(rule_book::list(conn, edition)?, language))
        })
        .await?;
    Ok(answers::all(&views))
}

async fn history(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<RuleQuery>,
) -> Result<HttpResponse, Problem> {
    let language = caller.language();
    let views = caller
        .read("rules.history", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            decide(actor, Act::ManageRules, &Object::public(ObjectKind::Rule), now).or_fault()?;
            let (scope, act) = named(&query)?;
            let rows = rule_book::history(conn, edition, scope, &query.scope_ref, act)?;
            Ok(views(rows, language))
        })
        .await?;
    Ok(answers::all(&views))
}

/// A rule that is not there yet has no version to name.
async fn set(
    caller: Caller,
    At(slug): At<String>,
    Version(version): Version,
    admissions: web::Data<Admissions>,
    body: Body<RuleSetting>,
) -> Result<HttpResponse, Problem> {
    let language = caller.language();
    let set = caller
        .write("rule.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let version = (version >= 0).then_some(version);
            let RuleSetting { rule, lost_seats } = &body.input;
            let lost = lost_seats.unwrap_or(LostSeats::Keep);
            let (row, seats) = rule_seats::set(conn, &admissions, actor, now, edition, rule, version, lost)?;
            doors_follow(conn, now, &row)?;
            Ok(RuleSet {
                rule: view(row, language),
                seats,
            })
        })
        .await?;
    Ok(answers::edited(set.rule.version, &set))
}

async fn preview(
    caller: Caller,
    At(slug): At<String>,
    body: Body<RuleInput>,
) -> Result<HttpResponse, Problem> {
    let preview = caller
        .read("rule.preview", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            rule_preview::compare(conn, actor, now, edition, &body.input)
        })
        .await?;
    Ok(answers::one(&preview))
}

async fn same_as_propose(
    caller: Caller,
    At(slug): At<String>,
    body: Body<SameAsPropose>,
) -> Result<HttpResponse, Problem> {
    let (input, language) = (body.input, caller.language());
    caller
        .once("rule.same_as_propose", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let scope = input
                .scope
                .ok_or_else(|| Fault::field("scope", "unknown_choice"))?;
            let row = rule_book::same_as_propose(
                conn,
                actor,
                now,
                edition,
                scope,
                &input.scope_ref,
                input.version,
            )?;
            let view = view(row, language);
            created(
                &format!("/api/v1/editions/{slug}/rules"),
                Some(view.version),
                &view,
            )
        })
        .await
}

async fn lift(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<RuleQuery>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("rule.lift", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let (scope, act) = named(&query)?;
            rule_book::lift(conn, actor, now, edition, scope, &query.scope_ref, act)?;
            if scope == RuleScope::Door {
                statutory::doors::renew(conn, now, edition)?;
            }
            Ok(())
        })
        .await?;
    Ok(answers::done())
}

/// What a door guards follows its rule at once.
fn doors_follow(conn: &mut Conn, now: Moment, row: &RuleRow) -> Result<(), Fault> {
    if row.scope == RuleScope::Door {
        statutory::doors::renew(conn, now, row.edition)?;
    }
    Ok(())
}

fn named(query: &RuleQuery) -> Result<(RuleScope, Act), Fault> {
    let unknown = |field: &str| Fault::field(field, "unknown_choice");
    let scope = query.scope.ok_or_else(|| unknown("scope"))?;
    let act = query.act.ok_or_else(|| unknown("act"))?;
    Ok((scope, act))
}

fn views(rows: Vec<RuleRow>, language: Language) -> Vec<RuleView> {
    let mut views: Vec<RuleView> = rows.into_iter().map(|row| view(row, language)).collect();
    views.sort_by_key(|view| (view.scope.code(), view.scope_ref.clone(), view.act.code()));
    views
}

fn view(row: RuleRow, language: Language) -> RuleView {
    RuleView {
        sentence: sentence(&row.rule.0, row.act, language),
        scope: row.scope,
        scope_ref: row.scope_ref,
        act: row.act,
        rule: row.rule.0,
        reading: row.reading,
        version: row.version,
        since: row.since,
        until: row.until,
        set_by: row.set_by,
    }
}
