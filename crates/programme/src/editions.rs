//! Editions of the congress: create, edit, go from state to state.
//!
//! The edition's row is also where changes of its draft programme stand in line: [`change_draft`].

use access_rules::{Act, Actor, EditionId, Key, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{
    CodeShape, Fault, Fields, Id, Json, LocalDate, Localized, Moment, Zone, fields::is_language_tag, text,
};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::ProgrammeFault,
    model::{Edition, EditionState, Fold, Session, SessionState},
    rules, standard,
    tables::{editions, sessions},
};

/// What the form of an edition asks. An edit states all of it again.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct EditionInput {
    /// Its name in addresses: `durban-2019`.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its motto.
    pub motto: Localized,
    /// The city that hosts it.
    pub city: String,
    /// The country, as ISO 3166-1 alpha-2.
    pub country: String,
    /// The IANA zone of its programme: `Africa/Johannesburg`.
    pub zone: String,
    /// Its first day.
    pub starts_on: String,
    /// Its last day.
    pub ends_on: String,
    /// Its languages, as BCP 47 tags; English, French and Spanish when none are given.
    pub languages: Vec<String>,
    /// For how many years those elected hold office; 3 when not given.
    pub mandate_years: Option<i64>,
    /// Whether it begins with the four tracks, their formats, domains and rules. Only when it is made.
    pub standard: bool,
}

struct Checked {
    slug: String,
    title: Localized,
    motto: Localized,
    city: String,
    country: String,
    zone: Zone,
    starts_on: LocalDate,
    ends_on: LocalDate,
    languages: Vec<String>,
    mandate_years: i64,
}

/// Makes an edition, as a draft.
///
/// # Errors
/// 401, 403; `invalid` with each field; `already_exists` when the slug is taken.
pub fn create(conn: &mut Conn, actor: &Actor, now: Moment, input: &EditionInput) -> Result<Edition, Fault> {
    decide(actor, Act::ManageEdition, &Object::site(), now).or_fault()?;
    let checked = check(input, None)?;
    let edition = Edition {
        id: Id::new(),
        slug: checked.slug,
        title: checked.title,
        motto: checked.motto,
        city: checked.city,
        country: checked.country,
        zone: checked.zone,
        starts_on: checked.starts_on,
        ends_on: checked.ends_on,
        languages: Json(checked.languages),
        state: EditionState::Draft,
        mandate_years: checked.mandate_years,
        draft: 0,
        live_release: 0,
        version: 1,
        created_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(editions::table)
        .values(&edition)
        .execute(c))
    .map_err(|error| slug_taken(error.into()))?;
    if input.standard {
        standard::fill(conn, now, &edition)?;
    }
    note(conn, actor, now, "edition.create", None, &edition)?;
    Ok(edition)
}

/// Changes an edition. When its zone changes, wall-clock times stay and instants follow (§5.8 case 86).
///
/// # Errors
/// 401, 403, 404; `invalid`; `edition_over`; `stale`; `skipped_hour` when a session falls into an hour the new zone skips.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: EditionId,
    input: &EditionInput,
    version: Option<i64>,
) -> Result<Edition, Fault> {
    let before = get(conn, actor, id)?;
    decide(actor, Act::ManageEdition, &object(&before), now).or_fault()?;
    let checked = check(input, Some(&before.slug))?;
    let locked = change_draft(conn, id)?;
    same_version(version, locked.version)?;
    let edition = Edition {
        slug: checked.slug,
        title: checked.title,
        motto: checked.motto,
        city: checked.city,
        country: checked.country,
        zone: checked.zone,
        starts_on: checked.starts_on,
        ends_on: checked.ends_on,
        languages: Json(checked.languages),
        mandate_years: checked.mandate_years,
        ..locked
    };
    let edition = save(conn, edition)?;
    if edition.zone != before.zone {
        follow_clocks(conn, now, &edition)?;
    }
    note(conn, actor, now, "edition.edit", Some(&before), &edition)?;
    Ok(edition)
}

/// Takes an edition from its state to another.
///
/// # Errors
/// 401, 403, 404; `illegal_step`; `stale`.
pub fn step(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: EditionId,
    to: EditionState,
    version: Option<i64>,
) -> Result<Edition, Fault> {
    let before = get(conn, actor, id)?;
    decide(actor, Act::ManageEdition, &object(&before), now).or_fault()?;
    rules::edition_goes(before.state, to)?;
    same_version(version, before.version)?;
    let edition = save(
        conn,
        Edition {
            state: to,
            ..before.clone()
        },
    )?;
    note(conn, actor, now, "edition.step", Some(&before), &edition)?;
    Ok(edition)
}

/// The editions this actor may see, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, actor: &Actor) -> Result<Vec<Edition>, Fault> {
    let all: Vec<Edition> = on_each!(conn, |c| editions::table
        .order((editions::starts_on.desc(), editions::id.desc()))
        .limit(500)
        .select(Edition::as_select())
        .load(c))?;
    Ok(all
        .into_iter()
        .filter(|edition| access_rules::decide::may_read(actor, &object(edition)))
        .collect())
}

/// One edition.
///
/// # Errors
/// 404 when it is absent or this actor may not see it.
pub fn get(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<Edition, Fault> {
    seen(actor, find(conn, id)?)
}

/// One edition, by its name in addresses.
///
/// # Errors
/// 404 when it is absent or this actor may not see it.
pub fn by_slug(conn: &mut Conn, actor: &Actor, slug: &str) -> Result<Edition, Fault> {
    let found: Option<Edition> = on_each!(conn, |c| editions::table
        .filter(editions::slug.eq(slug))
        .select(Edition::as_select())
        .first(c)
        .optional())?;
    seen(actor, found)
}

/// The edition a visitor is shown first: one that is on, else the next that is known, else the last that was.
///
/// # Errors
/// When the database refuses.
pub fn current(conn: &mut Conn, actor: &Actor) -> Result<Option<Edition>, Fault> {
    let rank = |edition: &Edition| match edition.state {
        EditionState::Running => 0,
        EditionState::Open => 1,
        EditionState::Announced => 2,
        EditionState::Closed => 3,
        EditionState::Draft => 4,
        EditionState::Archived => 5,
        EditionState::Cancelled => 6,
    };
    // The list is sorted already, and the sort is stable: of equals the latest comes first.
    let mut editions = list(conn, actor)?;
    editions.sort_by_key(rank);
    Ok(editions.into_iter().next())
}

/// One edition, whoever asks; for use cases that decide by something else.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: EditionId) -> Result<Option<Edition>, Fault> {
    Ok(on_each!(conn, |c| editions::table
        .find(id)
        .select(Edition::as_select())
        .first(c)
        .optional())?)
}

/// Takes the edition's row and counts one more change of its draft. Whatever changes the draft calls this first: changes
/// then stand in line until COMMIT, on both engines, and what is read after it is what the others left.
///
/// # Errors
/// 404; `edition_over` when nothing in it changes any more.
pub fn change_draft(conn: &mut Conn, id: EditionId) -> Result<Edition, Fault> {
    let edition: Option<Edition> = on_each!(conn, |c| diesel::update(editions::table.find(id))
        .set(editions::draft.eq(editions::draft + 1))
        .returning(Edition::as_returning())
        .get_result(c)
        .optional())?;
    let edition = edition.ok_or_else(Fault::not_found)?;
    match edition.state {
        EditionState::Archived | EditionState::Cancelled => Err(ProgrammeFault::EditionOver.into()),
        _ => Ok(edition),
    }
}

/// The edition as a decision sees it: a draft is the general desk's.
pub fn object(edition: &Edition) -> Object<'static> {
    let key = match edition.state {
        EditionState::Draft => Key::Desk("general".into()),
        _ => Key::Public,
    };
    Object::readable_by(ObjectKind::Edition, key)
}

/// Goes on when no version was asked for or it is this one.
pub(crate) fn same_version(asked: Option<i64>, is: i64) -> Result<(), Fault> {
    match asked {
        Some(asked) if asked != is => Err(Fault::stale()),
        _ => Ok(()),
    }
}

fn seen(actor: &Actor, found: Option<Edition>) -> Result<Edition, Fault> {
    found
        .filter(|edition| access_rules::decide::may_read(actor, &object(edition)))
        .ok_or_else(Fault::not_found)
}

fn save(conn: &mut Conn, edition: Edition) -> Result<Edition, Fault> {
    let next = Edition {
        version: edition.version + 1,
        ..edition
    };
    on_each!(conn, |c| diesel::update(editions::table)
        .filter(editions::id.eq(next.id))
        .filter(editions::version.eq(next.version - 1))
        .set(&next)
        .execute(c))
    .map_err(|error| slug_taken(error.into()))
    .and_then(|rows| Ok(rows).one_or(Fault::stale()))?;
    Ok(next)
}

fn slug_taken(fault: Fault) -> Fault {
    if fault.code == "already_exists" {
        fault.at("slug")
    } else {
        fault
    }
}

/// Derives the instants of an edition's sessions anew, after the rules of its zone changed (R53, §5.8 case 87): wall-clock
/// times stay. Answers how many sessions are at another instant now; a release tells it.
///
/// # Errors
/// 404; `skipped_hour` naming the session that falls into an hour the zone skips now.
pub fn follow_tzdata(conn: &mut Conn, now: Moment, id: EditionId) -> Result<usize, Fault> {
    let edition = change_draft(conn, id)?;
    follow_clocks(conn, now, &edition)
}

/// Wall-clock times stay, instants follow; what was told to anybody has moved for them.
fn follow_clocks(conn: &mut Conn, now: Moment, edition: &Edition) -> Result<usize, Fault> {
    let placed: Vec<Session> = on_each!(conn, |c| sessions::table
        .filter(sessions::edition.eq(edition.id))
        .filter(sessions::starts_local.is_not_null())
        .filter(sessions::state.ne(SessionState::Cancelled))
        .select(Session::as_select())
        .load(c))?;
    let mut followed = 0;
    for session in placed {
        let (Some(starts), Some(ends)) = (session.starts_local, session.ends_local) else {
            continue;
        };
        let fold = session.details.0.fold.or(Some(Fold::Earlier));
        let at = |local| {
            rules::instant(local, edition.zone, fold).map_err(|code| {
                Fault::new(kernel::Kind::Invalid, code)
                    .with("session", session.code.clone())
                    .at("zone")
            })
        };
        let (starts_at, ends_at) = (at(starts)?, at(ends)?);
        if (session.starts_at, session.ends_at) == (Some(starts_at), Some(ends_at)) {
            continue;
        }
        let state = match session.state {
            SessionState::Published => SessionState::Moved,
            state => state,
        };
        on_each!(conn, |c| diesel::update(sessions::table.find(session.id))
            .set((
                sessions::starts_at.eq(starts_at),
                sessions::ends_at.eq(ends_at),
                sessions::length_minutes.eq(ends_at.seconds_since(starts_at) / 60),
                sessions::state.eq(state),
                sessions::version.eq(session.version + 1),
                sessions::updated_at.eq(now),
            ))
            .execute(c))
        .exactly_one()?;
        followed += 1;
    }
    Ok(followed)
}

/// The name in addresses that an edition has may stay, whatever became of the rule since.
fn check(input: &EditionInput, slug_before: Option<&str>) -> Result<Checked, Fault> {
    let mut fields = Fields::new();
    let slug = match slug_before {
        Some(before) if before == input.slug => before.to_owned(),
        _ => fields.code("slug", &input.slug, CodeShape::Slug),
    };
    if slug_before != Some(slug.as_str()) && rules::RESERVED_SLUGS.contains(&slug.as_str()) {
        fields.wrong("slug", "reserved");
    }
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let motto = fields.localized_line("motto", &input.motto, text::TITLE, false);
    let city = fields.line("city", &input.city, text::NAME);
    let country = fields.line("country", &input.country, 2).to_uppercase();
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if !country.is_empty() && !is_code {
        fields.wrong("country", "not_a_country");
    }
    let zone = parsed::<Zone>(&mut fields, "zone", &input.zone, "not_a_zone");
    let starts_on = parsed::<LocalDate>(&mut fields, "starts_on", &input.starts_on, "not_a_day");
    let ends_on = parsed::<LocalDate>(&mut fields, "ends_on", &input.ends_on, "not_a_day");
    if let (Some(first), Some(last)) = (starts_on, ends_on) {
        if last < first {
            fields.wrong("ends_on", "ends_before_start");
        } else if last >= first.plus_days(rules::DAYS_MOST) {
            fields.wrong_with("ends_on", "too_long", "most", rules::DAYS_MOST);
        }
    }
    let languages = languages(&mut fields, "languages", &input.languages);
    let mandate_years = fields.within("mandate_years", input.mandate_years.unwrap_or(3), 1, 12);
    let (Some(zone), Some(starts_on), Some(ends_on), true) = (zone, starts_on, ends_on, fields.all_good())
    else {
        return Err(refused(fields));
    };
    Ok(Checked {
        slug,
        title,
        motto,
        city,
        country,
        zone,
        starts_on,
        ends_on,
        languages: if languages.is_empty() {
            ["en", "fr", "es"].map(str::to_owned).to_vec()
        } else {
            languages
        },
        mandate_years,
    })
}

/// What must be given and be one of these.
pub(crate) fn parsed<T: std::str::FromStr>(
    fields: &mut Fields,
    name: &str,
    raw: &str,
    wrong: &'static str,
) -> Option<T> {
    let raw = raw.trim();
    if raw.is_empty() {
        fields.wrong(name, "required");
        return None;
    }
    let value = raw.parse().ok();
    if value.is_none() {
        fields.wrong(name, wrong);
    }
    value
}

/// The same for what may be left empty.
pub(crate) fn parsed_or_none<T: std::str::FromStr>(
    fields: &mut Fields,
    name: &str,
    raw: &str,
    wrong: &'static str,
) -> Option<T> {
    if raw.trim().is_empty() {
        None
    } else {
        parsed(fields, name, raw, wrong)
    }
}

/// Language tags, each once.
pub(crate) fn languages(fields: &mut Fields, name: &str, raw: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for tag in raw.iter().take(40).map(|tag| tag.trim()) {
        if tag.is_empty() || kept.iter().any(|held| held == tag) {
            continue;
        }
        if is_language_tag(tag) {
            kept.push(tag.to_owned());
        } else if !fields.has(name) {
            fields.wrong(name, "not_a_language");
        }
    }
    kept
}

/// The fault of fields of which at least one is wrong.
pub(crate) fn refused(fields: Fields) -> Fault {
    match fields.done() {
        Err(fault) => fault,
        Ok(()) => Fault::internal("a check refused without saying which field"),
    }
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Edition>,
    after: &Edition,
) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(after.id.uuid()),
            scope: Some(after.id.uuid()),
            summary: json!({"slug": after.slug, "state": after.state.to_string()}),
            before: before.and_then(Fingerprint::of),
            after: Fingerprint::of(after),
            ..Note::of(act, "edition")
        },
    )
}
