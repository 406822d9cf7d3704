//! Many registrations decided as one act: what would happen, doing it, and what became of each.

use access_rules::{Act, PersonId};
use actix_kit::{At, Body, Caller, Paging, Problem};
use actix_web::{HttpRequest, HttpResponse};
use kernel::{Coded as _, Moment};
use registration::{
    many_decisions::{self, Considered, ManyInput, Tally},
    model::{LeftBecause, ManyDecision, ManyDecisionId, RegistrationId, RegistrationState},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, get, post},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        post("/editions/{slug}/registrations/decisions/check", Act::DecideRegistration, check, "Tells what deciding on many registrations would do and what it would leave, and writes nothing.")
            .takes::<ManyInput>().gives::<DecidedMany>().answers(200).account(),
        post("/editions/{slug}/registrations/decisions", Act::DecideRegistration, decide, "Accepts or refuses many registrations as one act; those that cannot be, or are not as they were shown, are left and told.")
            .takes::<ManyInput>().gives::<DecidedMany>().once().answers(200).account(),
        get("/editions/{slug}/registrations/decisions", Act::DecideRegistration, list, "Decisions on many registrations, the latest first.")
            .lists::<ManyDecisionView>().account(),
        get("/editions/{slug}/registrations/decisions/{id}", Act::DecideRegistration, view, "One of them, with what became of each registration.")
            .gives::<ManyDecisionDetail>().account(),
    ]
}

/// What deciding on many registrations does.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedMany {
    /// Under which id what became of each is kept; nothing where nothing was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<ManyDecisionId>,
    /// How many were chosen.
    pub chosen: usize,
    /// Those it changes.
    pub changed: Vec<RegistrationId>,
    /// How many it leaves as they are, by reason.
    pub reasons: Vec<ReasonCount>,
    /// Those it leaves as they are.
    pub left: Vec<LeftView>,
    /// What was shown, for `seen` of the act: whatever changed until then is left and told.
    pub seen: String,
}

/// How many are left for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonCount {
    /// Why, as a code.
    pub code: LeftBecause,
    /// Why, in the reader's language.
    pub sentence: String,
    /// How many.
    pub registrations: usize,
}

/// A registration that is left as it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftView {
    /// The registration.
    pub registration: RegistrationId,
    /// Its state.
    pub state: RegistrationState,
    /// Why, as a code.
    pub code: LeftBecause,
}

/// A decision on many registrations.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManyDecisionView {
    /// Its id; the audit names it.
    pub id: ManyDecisionId,
    /// By whom.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Moment,
    /// Whether they were accepted.
    pub accept: bool,
    /// Why not.
    pub reason: String,
    /// How many were decided.
    pub changed: i64,
    /// How many were left as they were.
    pub unchanged: i64,
}

/// The same with what became of each.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManyDecisionDetail {
    /// The act.
    #[serde(flatten)]
    pub act: ManyDecisionView,
    /// What became of each, by name.
    pub outcomes: Vec<OutcomeView>,
}

/// What became of one registration.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeView {
    /// The registration.
    pub registration: RegistrationId,
    /// Its state before.
    pub state_before: RegistrationState,
    /// Its state after.
    pub state_after: RegistrationState,
    /// Why it was left as it was.
    pub left_because: Option<LeftBecause>,
}

async fn check(caller: Caller, At(slug): At<String>, body: Body<ManyInput>) -> Result<HttpResponse, Problem> {
    let considered = caller
        .read("registrations.check", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            many_decisions::consider(conn, actor, now, edition, &body.input)
        })
        .await?;
    Ok(answers::one(&told(&caller, None, &considered)))
}

async fn decide(
    caller: Caller,
    At(slug): At<String>,
    body: Body<ManyInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let reader = caller.clone();
    caller
        .once("registrations.decide", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let (act, decided) = many_decisions::decide(conn, actor, now, edition, &input)?;
            answers::kept(&told(&reader, Some(act.id), &decided))
        })
        .await
}

async fn list(
    caller: Caller,
    At(slug): At<String>,
    Paging(ask): Paging,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("registrations.decisions", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            many_decisions::list(conn, actor, now, edition, &ask)
        })
        .await?;
    let page = kernel::Page {
        items: page.items.iter().map(viewed).collect::<Vec<_>>(),
        next: page.next,
    };
    Ok(answers::list(&caller, &request, &page))
}

async fn view(caller: Caller, At((slug, id)): At<(String, ManyDecisionId)>) -> Result<HttpResponse, Problem> {
    let (act, outcomes) = caller
        .read("registrations.decision", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            many_decisions::outcomes(conn, actor, now, edition, id)
        })
        .await?;
    Ok(answers::one(&ManyDecisionDetail {
        act: viewed(&act),
        outcomes: outcomes
            .into_iter()
            .map(|(outcome, _)| OutcomeView {
                registration: outcome.registration,
                state_before: outcome.state_before,
                state_after: outcome.state_after,
                left_because: outcome.left_because,
            })
            .collect(),
    }))
}

fn told(caller: &Caller, id: Option<ManyDecisionId>, considered: &[Considered]) -> DecidedMany {
    let (words, language) = (caller.site().words(), caller.language());
    let tally = Tally::of(considered.iter().map(|one| one.left));
    let reason = |(code, registrations): (LeftBecause, usize)| ReasonCount {
        code,
        sentence: words.say(language, &format!("left-because-{}", code.code()), &[]),
        registrations,
    };
    let left = considered.iter().filter_map(|one| {
        Some(LeftView {
            registration: one.registration.id,
            state: one.registration.state,
            code: one.left?,
        })
    });
    let changed = considered.iter().filter(|one| one.left.is_none());
    DecidedMany {
        id,
        chosen: tally.chosen,
        changed: changed.map(|one| one.registration.id).collect(),
        reasons: tally.left.into_iter().map(reason).collect(),
        left: left.collect(),
        seen: many_decisions::seen(considered),
    }
}

fn viewed(act: &ManyDecision) -> ManyDecisionView {
    ManyDecisionView {
        id: act.id,
        decided_by: act.decided_by,
        decided_at: act.decided_at,
        accept: act.accept,
        reason: act.reason.clone(),
        changed: act.changed,
        unchanged: act.unchanged,
    }
}
