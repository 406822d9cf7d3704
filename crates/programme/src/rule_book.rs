//! The rule book of an edition: who may propose, attend, speak, vote, as versioned data (R8, R12).
//!
//! The most particular rule holds: of the session, else of its format, its body, its kind, its track, else the general
//! one. What was in force when stays written. A door of the statutory track is a rule of its own.

use access_rules::{Act, Actor, BodyId, EditionId, Object, ObjectKind, PersonId, Rule, catalogue, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Coded, Fault, Fields, Id, Json, Moment, text};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    editions,
    faults::ProgrammeFault,
    formats,
    model::{Session, Track},
    sessions,
    tables::rules as rule_rows,
    tracks,
};

kernel::coded! {
    /// What a rule is for, from general to particular; a door stands beside.
    pub enum RuleScope {
        /// Whatever nothing more particular is said of.
        General => "general",
        /// A track, by code.
        Track => "track",
        /// A kind of session, by code.
        Kind => "kind",
        /// A statutory body, by id.
        Body => "body",
        /// A format, by code.
        Format => "format",
        /// One session, by id.
        Session => "session",
        /// A door of the statutory track, by code, perhaps with a body's or session's id: `room`, `papers:<id>`.
        Door => "door",
    }
}

/// One version of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = rule_rows)]
pub struct RuleRow {
    /// Its id.
    pub id: Id<RuleRow>,
    /// The edition.
    pub edition: EditionId,
    /// What it is for.
    pub scope: RuleScope,
    /// For which one; empty for the general one.
    pub scope_ref: String,
    /// What it decides.
    pub act: Act,
    /// Who may.
    pub rule: Json<Rule>,
    /// The phrase or reading it stands on, in the source's words.
    pub reading: String,
    /// Its number among the versions of this rule, from 1.
    pub version: i64,
    /// Since when it holds.
    pub since: Moment,
    /// Until when it held; none while it does.
    pub until: Option<Moment>,
    /// Who set it.
    pub set_by: Option<PersonId>,
}

/// Ways by which a rule may hold for a session: its own, its format's, its body's, its kind's, its track's, the general.
const WAYS: usize = 6;

/// What the checklist of a rule asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RuleInput {
    /// `general`, `track`, `kind`, `body`, `format`, `session`, `door`.
    pub scope: String,
    /// Its code or id; empty for the general one.
    pub scope_ref: String,
    /// `propose`, `attend`, `speak`, `vote`; for a door also `read`.
    pub act: String,
    /// Who may.
    pub rule: Rule,
    /// The phrase or reading it stands on; the one before stays when empty.
    pub reading: String,
}

/// A rule that may be set, as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it is for.
    pub scope: RuleScope,
    /// For which one; empty for the general one.
    pub scope_ref: String,
    /// What it decides.
    pub act: Act,
    /// What it stands on; may be empty.
    pub reading: String,
}

/// The rule that holds now for exactly this, if any.
///
/// # Errors
/// When the database refuses.
pub fn in_force(
    conn: &mut Conn,
    edition: EditionId,
    scope: RuleScope,
    scope_ref: &str,
    act: Act,
) -> Result<Option<RuleRow>, Fault> {
    Ok(on_each!(conn, |c| rule_rows::table
        .filter(rule_rows::edition.eq(edition))
        .filter(rule_rows::scope.eq(scope))
        .filter(rule_rows::scope_ref.eq(scope_ref))
        .filter(rule_rows::act.eq(act))
        .filter(rule_rows::until.is_null())
        .select(RuleRow::as_select())
        .first(c)
        .optional())?)
}

/// The rule that holds for an act on a session: the most particular there is. None lets nobody in.
///
/// # Errors
/// When the database refuses.
pub fn for_session(conn: &mut Conn, session: &Session, act: Act) -> Result<Option<RuleRow>, Fault> {
    let track = session
        .track
        .map(|id| tracks::find(conn, id))
        .transpose()?
        .flatten();
    for_session_of(conn, session, track.as_ref(), act)
}

/// The same for a session whose track is known.
///
/// # Errors
/// When the database refuses.
pub fn for_session_of(
    conn: &mut Conn,
    session: &Session,
    track: Option<&Track>,
    act: Act,
) -> Result<Option<RuleRow>, Fault> {
    let ways = ways_to(conn, session, track)?;
    most_particular(conn, session.edition, ways, act)
}

/// Whether a rule of this scope would be the one that holds for an act on a session: it speaks of the session, and
/// nothing more particular does.
///
/// # Errors
/// When the database refuses.
pub fn would_hold(
    conn: &mut Conn,
    session: &Session,
    scope: RuleScope,
    scope_ref: &str,
    act: Act,
) -> Result<bool, Fault> {
    let track = session
        .track
        .map(|id| tracks::find(conn, id))
        .transpose()?
        .flatten();
    let mut ways = ways_to(conn, session, track.as_ref())?;
    ways.push((RuleScope::General, String::new()));
    let rank = |scope: RuleScope, scope_ref: &str| {
        ways.iter()
            .position(|(known, of)| (*known, of.as_str()) == (scope, scope_ref))
    };
    let Some(asked) = rank(scope, scope_ref) else {
        return Ok(false);
    };
    let holds = for_session_of(conn, session, track.as_ref(), act)?;
    Ok(holds.is_none_or(|holds| rank(holds.scope, &holds.scope_ref).is_none_or(|held| asked <= held)))
}

/// By which rules a session may be spoken of, the most particular first.
fn ways_to(
    conn: &mut Conn,
    session: &Session,
    track: Option<&Track>,
) -> Result<Vec<(RuleScope, String)>, Fault> {
    let mut ways = vec![(RuleScope::Session, session.id.to_string())];
    if let Some(format) = session
        .format
        .map(|id| formats::find(conn, id))
        .transpose()?
        .flatten()
    {
        ways.push((RuleScope::Format, format.code));
    }
    ways.extend(
        session
            .body
            .map(|body: BodyId| (RuleScope::Body, body.to_string())),
    );
    ways.push((RuleScope::Kind, session.kind.code().to_owned()));
    ways.extend(track.map(|track| (RuleScope::Track, track.code.clone())));
    Ok(ways)
}

/// The rule that holds for proposing a session of this kind, format and track.
///
/// # Errors
/// When the database refuses.
pub fn for_proposal(
    conn: &mut Conn,
    edition: EditionId,
    kind: &str,
    format: Option<&str>,
    track: Option<&str>,
) -> Result<Option<RuleRow>, Fault> {
    let mut ways = Vec::new();
    ways.extend(format.map(|code| (RuleScope::Format, code.to_owned())));
    ways.push((RuleScope::Kind, kind.to_owned()));
    ways.extend(track.map(|code| (RuleScope::Track, code.to_owned())));
    most_particular(conn, edition, ways, Act::Propose)
}

/// Sets a rule: the version in force ends, a new one begins.
///
/// `version` is that of the rule it was made on: 0, or none, where there was no such rule.
///
/// # Errors
/// 401, 403, 404; `invalid` with `rule_too_deep`, `rule_too_long`, `unknown_atom`; `rule_changed` (412).
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &RuleInput,
    version: Option<i64>,
) -> Result<RuleRow, Fault> {
    let Asked {
        scope,
        scope_ref,
        act,
        reading,
    } = check(conn, actor, now, edition, input)?;
    let before = in_force(conn, edition, scope, &scope_ref, act)?;
    let row = RuleRow {
        id: Id::new(),
        edition,
        scope,
        scope_ref,
        act,
        rule: Json(input.rule.clone()),
        reading: match (&before, reading.is_empty()) {
            (Some(before), true) => before.reading.clone(),
            _ => reading,
        },
        version: before.as_ref().map_or(0, |before| before.version) + 1,
        since: now,
        until: None,
        set_by: actor.person,
    };
    if version.is_some_and(|asked| asked != row.version - 1) {
        return Err(ProgrammeFault::RuleChanged.into());
    }
    replace(conn, now, before.as_ref(), &row)?;
    note(conn, actor, now, &row)?;
    Ok(row)
}

/// Goes on when the actor may set this rule and it can be one; what saving it asks, and telling beforehand what saving it
/// would do.
///
/// # Errors
/// As [`set`], but for the version.
pub fn check(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &RuleInput,
) -> Result<Asked, Fault> {
    editions::get(conn, actor, edition)?;
    let mut fields = Fields::new();
    let scope = RuleScope::from_code(&input.scope);
    let act = Act::from_code(&input.act)
        .filter(|act| catalogue::ACTS.contains(act) || (*act == Act::Read && scope == Some(RuleScope::Door)));
    if scope.is_none() {
        fields.wrong("scope", "unknown_choice");
    }
    if act.is_none() {
        fields.wrong("act", "unknown_choice");
    }
    let scope_ref = match scope {
        Some(RuleScope::Track | RuleScope::Kind | RuleScope::Format) => {
            fields.code("scope_ref", &input.scope_ref, CodeShape::Word)
        }
        _ => fields.line("scope_ref", &input.scope_ref, 120),
    };
    let track = track_of(conn, edition, scope, &scope_ref)?;
    let object = Object::public(ObjectKind::Rule).of_track(track.as_deref());
    decide(actor, Act::ManageRules, &object, now).or_fault()?;
    if let Err(code) = input.rule.check() {
        fields.wrong("rule", code);
    }
    let reading = fields.line("reading", &input.reading, 600);
    let (Some(scope), Some(act), true) = (scope, act, fields.all_good()) else {
        return Err(editions::refused(fields));
    };
    Ok(Asked {
        scope,
        scope_ref,
        act,
        reading,
    })
}

/// Lets in to attend exactly who may propose, in one act.
///
/// # Errors
/// As [`set`]; 404 when nothing says who may propose.
pub fn same_as_propose(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    scope: RuleScope,
    scope_ref: &str,
    version: Option<i64>,
) -> Result<RuleRow, Fault> {
    editions::get(conn, actor, edition)?;
    may_manage(conn, actor, now, edition, scope, scope_ref)?;
    let propose = in_force(conn, edition, scope, scope_ref, Act::Propose)?.ok_or_else(Fault::not_found)?;
    let input = RuleInput {
        scope: scope.code().to_owned(),
        scope_ref: scope_ref.to_owned(),
        act: Act::Attend.code().to_owned(),
        rule: propose.rule.0,
        reading: propose.reading,
    };
    set(conn, actor, now, edition, &input, version)
}

/// Takes back what is particular: from now on the more general rule holds.
///
/// # Errors
/// 401, 403, 404; `rule_changed` (412).
pub fn lift(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    scope: RuleScope,
    scope_ref: &str,
    act: Act,
) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    may_manage(conn, actor, now, edition, scope, scope_ref)?;
    let row = in_force(conn, edition, scope, scope_ref, act)?.ok_or_else(Fault::not_found)?;
    end(conn, now, &row)?;
    note(conn, actor, now, &row)
}

fn may_manage(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    scope: RuleScope,
    scope_ref: &str,
) -> Result<(), Fault> {
    let track = track_of(conn, edition, Some(scope), scope_ref)?;
    let object = Object::public(ObjectKind::Rule).of_track(track.as_deref());
    decide(actor, Act::ManageRules, &object, now).or_fault()
}

/// All rules that hold in an edition, general ones first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<RuleRow>, Fault> {
    let mut rows: Vec<RuleRow> = on_each!(conn, |c| rule_rows::table
        .filter(rule_rows::edition.eq(edition))
        .filter(rule_rows::until.is_null())
        .select(RuleRow::as_select())
        .load(c))?;
    rows.sort_by(|one, other| {
        (one.scope, &one.scope_ref, one.act).cmp(&(other.scope, &other.scope_ref, other.act))
    });
    Ok(rows)
}

/// Every version of one rule, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn history(
    conn: &mut Conn,
    edition: EditionId,
    scope: RuleScope,
    scope_ref: &str,
    act: Act,
) -> Result<Vec<RuleRow>, Fault> {
    Ok(on_each!(conn, |c| rule_rows::table
        .filter(rule_rows::edition.eq(edition))
        .filter(rule_rows::scope.eq(scope))
        .filter(rule_rows::scope_ref.eq(scope_ref))
        .filter(rule_rows::act.eq(act))
        .order(rule_rows::version.desc())
        .select(RuleRow::as_select())
        .load(c))?)
}

/// Puts a rule that comes with the edition, or with a body; one that holds already stays.
///
/// # Errors
/// When the database refuses.
pub fn begin_with(
    conn: &mut Conn,
    now: Moment,
    edition: EditionId,
    scope: RuleScope,
    scope_ref: &str,
    act: Act,
    rule: Rule,
    reading: &str,
) -> Result<(), Fault> {
    if in_force(conn, edition, scope, scope_ref, act)?.is_some() {
        return Ok(());
    }
    let versions = history(conn, edition, scope, scope_ref, act)?;
    let row = RuleRow {
        id: Id::new(),
        edition,
        scope,
        scope_ref: scope_ref.to_owned(),
        act,
        rule: Json(rule),
        reading: text::cut(reading, 600),
        version: versions.first().map_or(0, |last| last.version) + 1,
        since: now,
        until: None,
        set_by: None,
    };
    replace(conn, now, None, &row)
}

fn most_particular(
    conn: &mut Conn,
    edition: EditionId,
    mut ways: Vec<(RuleScope, String)>,
    act: Act,
) -> Result<Option<RuleRow>, Fault> {
    let general = (RuleScope::General, String::new());
    ways.push(general.clone());
    // Always as many comparisons, so that the statement is prepared once.
    ways.resize(WAYS, general);
    let is = |way: usize| {
        let (scope, scope_ref) = &ways[way];
        rule_rows::scope
            .eq(*scope)
            .and(rule_rows::scope_ref.eq(scope_ref))
    };
    let rows: Vec<RuleRow> = on_each!(conn, |c| rule_rows::table
        .filter(rule_rows::edition.eq(edition))
        .filter(rule_rows::act.eq(act))
        .filter(rule_rows::until.is_null())
        .filter(is(0).or(is(1)).or(is(2)).or(is(3)).or(is(4)).or(is(5)))
        .select(RuleRow::as_select())
        .load(c))?;
    let rank = |row: &RuleRow| {
        ways.iter()
            .position(|(scope, scope_ref)| (row.scope, &row.scope_ref) == (*scope, scope_ref))
    };
    Ok(rows.into_iter().min_by_key(rank))
}

fn replace(conn: &mut Conn, now: Moment, before: Option<&RuleRow>, row: &RuleRow) -> Result<(), Fault> {
    if let Some(before) = before {
        end(conn, now, before)?;
    }
    let row = match before {
        Some(_) => row.clone(),
        // A rule once lifted goes on counting where it stopped.
        None => RuleRow {
            version: history(conn, row.edition, row.scope, &row.scope_ref, row.act)?
                .first()
                .map_or(1, |last| last.version + 1),
            ..row.clone()
        },
    };
    on_each!(conn, |c| diesel::insert_into(rule_rows::table)
        .values(&row)
        .execute(c))
    .exactly_one()
    .map_err(|fault| match fault.code {
        "already_exists" => ProgrammeFault::RuleChanged.into(),
        _ => fault,
    })
}

fn end(conn: &mut Conn, now: Moment, row: &RuleRow) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(rule_rows::table)
        .filter(rule_rows::id.eq(row.id))
        .filter(rule_rows::until.is_null())
        .set(rule_rows::until.eq(now))
        .execute(c))
    .one_or(ProgrammeFault::RuleChanged.into())
}

/// The track whose desk may change it, when one does.
fn track_of(
    conn: &mut Conn,
    edition: EditionId,
    scope: Option<RuleScope>,
    scope_ref: &str,
) -> Result<Option<String>, Fault> {
    Ok(match scope {
        Some(RuleScope::Track) => tracks::by_code(conn, edition, scope_ref)?.map(|track| track.code),
        Some(RuleScope::Format) => Some("local4action".to_owned()),
        Some(RuleScope::Body | RuleScope::Door) => Some("statutory".to_owned()),
        Some(RuleScope::Session) => {
            let session = scope_ref.parse().ok();
            let session = session.map(|id| sessions::row(conn, id)).transpose()?.flatten();
            let track = session.and_then(|session| session.track);
            track
                .map(|id| tracks::find(conn, id))
                .transpose()?
                .flatten()
                .map(|track| track.code)
        }
        Some(RuleScope::General | RuleScope::Kind) | None => None,
    })
}

fn note(conn: &mut Conn, actor: &Actor, now: Moment, row: &RuleRow) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(row.id.uuid()),
            scope: Some(row.edition.uuid()),
            summary: json!({
                "scope": row.scope.code(),
                "of": row.scope_ref,
                "act": row.act.code(),
                "version": row.version,
                "rule": row.rule.0,
            }),
            ..Note::of("rule.set", "rule")
        },
    )
}
