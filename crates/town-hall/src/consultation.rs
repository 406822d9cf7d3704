//! The consultation on a theme's paper: for how long it is open to comment before the congress (R98), and what the theme
//! still lacks, as its leads are told.
//!
//! For how many months is the edition's to say; Durban's were six. A window that is shorter is a warning and no more: a
//! congress may be called at short notice. The plan of a theme is public; once its paper is out it is the paper's too.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, Role, Scope, ThemeId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use papers::model::{Paper, PaperState};
use people::standings;
use programme::{
    editions,
    model::{Edition, Session, SessionKind, SessionState, Theme},
    sessions,
};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use texts::comments;
use utoipa::ToSchema;

use crate::{
    deliberations,
    faults::TownHallFault,
    model::{PartnerRole, Space, Terms},
    partners, reviews, rules,
    space::{self, SpaceView},
    tables::town_hall_terms,
};

/// What the form of an edition's terms asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TermsInput {
    /// For how many months papers are open to comment before the congress.
    pub consultation_months: Option<i64>,
}

/// When the paper of a theme is open to comment, as its leads plan it.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct WindowInput {
    /// From when.
    pub from: Option<Moment>,
    /// Until when, this instant not included.
    pub until: Option<Moment>,
}

kernel::coded! {
    /// What a theme may lack.
    pub enum Lack {
        /// No partner leads it (R89).
        Lead => "lead",
        /// Nobody leads it in person.
        LeadPerson => "lead_person",
        /// Its page introduces it in fewer languages than the congress has.
        Introduction => "introduction",
        /// It has no paper (R90).
        Paper => "paper",
        /// Nobody has said when its paper takes comments.
        Consultation => "consultation",
        /// Its paper takes comments for a shorter time than the edition asks for (R98).
        ConsultationShort => "consultation_short",
        /// Comments have no disposition (R95).
        Dispositions => "dispositions",
        /// Caucuses were not asked, or have not answered (R96).
        Reviews => "reviews",
        /// No session of the Town Hall is on it (R92).
        Session => "session",
        /// A session on it is over and was not closed (R94).
        Result => "result",
    }
}

/// Something a theme lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Point {
    /// What.
    pub code: Lack,
    /// Whether the theme goes on without it: a warning.
    pub is_warning: bool,
    /// What a sentence about it needs to know.
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
}

/// What an edition's Town Hall asks of its papers, for whoever sees the edition.
///
/// # Errors
/// 404.
pub fn terms(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Terms, Fault> {
    let edition = editions::get(conn, actor, edition)?;
    in_force(conn, edition.id)
}

/// Says for how many months papers are open to comment before the congress.
///
/// # Errors
/// 401, 403, 404; `invalid`; `stale`; `edition_over`.
pub fn set_terms(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &TermsInput,
    version: Option<i64>,
) -> Result<Terms, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageFormats, &desk(), now).or_fault()?;
    let mut fields = Fields::new();
    let months = fields.required("consultation_months", input.consultation_months);
    let months = months.unwrap_or(rules::CONSULTATION_MONTHS);
    fields.within("consultation_months", months, 0, rules::CONSULTATION_MONTHS_MOST);
    fields.done()?;
    // The edition's row is taken: two never set them at once.
    editions::change_draft(conn, edition)?;
    let before = in_force(conn, edition)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let after = Terms {
        edition,
        consultation_months: months,
        version: before.version + 1,
    };
    on_each!(conn, |c| diesel::insert_into(town_hall_terms::table)
        .values(&after)
        .on_conflict(town_hall_terms::edition)
        .do_update()
        .set((
            town_hall_terms::consultation_months.eq(after.consultation_months),
            town_hall_terms::version.eq(after.version),
        ))
        .execute(c))
    .exactly_one()?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(edition.uuid()),
        scope: Some(edition.uuid()),
        summary: json!({ "before": before.consultation_months, "consultation_months": months }),
        ..Note::of("town_hall_terms.set", "edition")
    };
    audit::note(conn, now, &note)?;
    Ok(after)
}

/// Plans when the paper of a theme takes comments; of one that is out it says so anew.
///
/// # Errors
/// 401, 403, 404; `invalid`: `from`, `until`; `consultation_over` once the paper is consolidated; `stale`.
pub fn plan(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    input: &WindowInput,
    version: Option<i64>,
) -> Result<SpaceView, Fault> {
    let theme = space::run_by(conn, actor, now, theme)?;
    let mut fields = Fields::new();
    let from = fields.required("from", input.from);
    let until = fields.required("until", input.until);
    if let Some((from, until)) = from.zip(until)
        && until <= from
    {
        fields.wrong("until", "ends_before_it_begins");
    }
    fields.done()?;
    let before = space::of(conn, &theme)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let planned = Space {
        comments_from: from,
        comments_to: until,
        ..before.clone()
    };
    let after = space::save(conn, planned)?;
    if let Some((paper, from)) = papers::current_of(conn, theme.id)?.zip(from) {
        follow(conn, actor, now, &paper, from, until)?;
    }
    let summary = json!({ "from": from, "until": until });
    space::note(conn, actor, now, "theme_space.plan", &before, &after, summary)?;
    space::get(conn, actor, now, theme.id)
}

/// What a theme still lacks, in the order in which it will be asked for: for who leads it and its desk.
///
/// # Errors
/// 401, 403, 404.
pub fn checklist(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Vec<Point>, Fault> {
    let theme = space::run_by(conn, actor, now, theme)?;
    let edition = editions::find(conn, theme.edition)?.ok_or_else(Fault::not_found)?;
    let space = space::row(conn, theme.id)?;
    let mut points = led(conn, now, &theme)?;
    points.extend(introduced(&edition, space.as_ref()));
    let paper = papers::current_of(conn, theme.id)?;
    if paper.is_none() {
        points.push(lacks(Lack::Paper, json!({})));
    }
    let terms = in_force(conn, edition.id)?;
    points.extend(window(&edition, space.as_ref(), &terms));
    if let Some(paper) = &paper {
        points.extend(said(conn, now, paper)?);
    }
    points.extend(sat(conn, now, &theme)?);
    Ok(points)
}

/// The terms of an edition; six months where nobody has said.
fn in_force(conn: &mut Conn, edition: EditionId) -> Result<Terms, Fault> {
    let kept: Option<Terms> = on_each!(conn, |c| town_hall_terms::table
        .find(edition)
        .select(Terms::as_select())
        .first(c)
        .optional())?;
    Ok(kept.unwrap_or(Terms {
        edition,
        consultation_months: rules::CONSULTATION_MONTHS,
        version: 0,
    }))
}

/// A paper that is out takes comments as planned now, unless it has been consolidated.
fn follow(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: &Paper,
    from: Moment,
    until: Option<Moment>,
) -> Result<(), Fault> {
    if paper.published_version.is_none() {
        return Ok(());
    }
    // Its row is held from here on, so that it is not consolidated meanwhile.
    let held = papers::open_comments(conn, actor.person, now, paper.id, from, until)?;
    match held.state {
        PaperState::OpenComment | PaperState::Presented | PaperState::Discussed | PaperState::Debated => {
            Ok(())
        }
        PaperState::Invited
        | PaperState::Declined
        | PaperState::Drafting
        | PaperState::Submitted
        | PaperState::Screened
        | PaperState::Returned
        | PaperState::Published
        | PaperState::Consolidated
        | PaperState::Final
        | PaperState::ResultRecorded
        | PaperState::Transmitted
        | PaperState::Withdrawn
        | PaperState::Superseded => Err(TownHallFault::ConsultationOver.into()),
    }
}

fn led(conn: &mut Conn, now: Moment, theme: &Theme) -> Result<Vec<Point>, Fault> {
    let mut points = Vec::new();
    let partners = partners::current(conn, theme.id)?;
    if !partners.iter().any(|partner| partner.role == PartnerRole::Lead) {
        points.push(lacks(Lack::Lead, json!({})));
    }
    if standings::holders(conn, Role::ThemeLead, &Scope::Theme(theme.id), now)?.is_empty() {
        points.push(lacks(Lack::LeadPerson, json!({})));
    }
    Ok(points)
}

fn introduced(edition: &Edition, space: Option<&Space>) -> Option<Point> {
    let said: BTreeSet<&String> = space
        .iter()
        .flat_map(|space| space.introduction.0.keys())
        .collect();
    let missing: Vec<&String> = edition
        .languages
        .0
        .iter()
        .filter(|tag| !said.contains(tag))
        .collect();
    (!missing.is_empty()).then(|| warns(Lack::Introduction, json!({ "languages": missing })))
}

/// R98: how long the paper takes comments before the congress begins.
fn window(edition: &Edition, space: Option<&Space>, terms: &Terms) -> Option<Point> {
    let planned = space.and_then(|space| space.comments_from.zip(space.comments_to));
    let Some((from, until)) = planned else {
        return Some(lacks(
            Lack::Consultation,
            json!({ "months": terms.consultation_months }),
        ));
    };
    let day = |at: Moment| edition.zone.local(at).date();
    let months = terms.consultation_months;
    let days = rules::days_short(day(from), day(until), edition.starts_on, months)?;
    Some(warns(
        Lack::ConsultationShort,
        json!({ "months": months, "days": days }),
    ))
}

fn said(conn: &mut Conn, now: Moment, paper: &Paper) -> Result<Vec<Point>, Fault> {
    let mut points = Vec::new();
    let undisposed = comments::undisposed(conn, paper.text)?;
    if undisposed > 0 {
        points.push(lacks(Lack::Dispositions, json!({ "comments": undisposed })));
    }
    let awaited = reviews::awaited(conn, paper, now)?;
    if !awaited.is_empty() {
        points.push(lacks(Lack::Reviews, json!({ "caucuses": awaited })));
    }
    Ok(points)
}

fn sat(conn: &mut Conn, now: Moment, theme: &Theme) -> Result<Vec<Point>, Fault> {
    let all = sessions::all(conn, theme.edition)?;
    let is_own = |session: &&Session| {
        session.theme == Some(theme.id)
            && session.kind == SessionKind::TownHall
            && session.state != SessionState::Cancelled
    };
    let own: Vec<&Session> = all.iter().filter(is_own).collect();
    if own.is_empty() {
        return Ok(vec![lacks(Lack::Session, json!({}))]);
    }
    let closed = deliberations::closed_of(conn, theme.id)?;
    let is_open = |session: &&&Session| {
        session.ends_at.is_some_and(|ends| ends <= now)
            && !closed
                .iter()
                .any(|deliberation| deliberation.session == session.id)
    };
    let open = own.iter().filter(is_open);
    Ok(open
        .map(|session| {
            lacks(
                Lack::Result,
                json!({ "session": session.id, "code": session.code }),
            )
        })
        .collect())
}

fn lacks(code: Lack, facts: Value) -> Point {
    let facts = match facts {
        Value::Object(facts) => facts,
        _ => Map::new(),
    };
    Point {
        code,
        is_warning: false,
        facts,
    }
}

fn warns(code: Lack, facts: Value) -> Point {
    Point {
        is_warning: true,
        ..lacks(code, facts)
    }
}

fn desk() -> Object<'static> {
    Object::public(ObjectKind::Edition).of_track(Some("town_hall"))
}
