//! What this slice keeps about a person: their parts in sessions, their private calendars, what they released and waived.
//! A name stands in every release that ever came out, and goes from all of them.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{EditionId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Id, Json, LocalDate, Moment};
use records::{
    feed,
    personal::{Fate, Trace},
    settings,
};
use serde_json::Value;

use crate::{
    model::{Release, SessionChange, SessionState},
    searching,
    tables::{editions, releases, session_change_fields, session_speakers, sessions},
};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "session_speakers",
        "person",
        &[
            "session",
            "name",
            "role",
            "affiliation",
            "organisation",
            "high_level",
            "elected",
        ],
    )
    .with(Fate::ByUseCase),
    Trace::kept(
        "rules",
        "set_by",
        &["since", "edition", "scope", "scope_ref", "act", "version"],
    ),
    Trace::kept(
        "waivers",
        "waived_by",
        &["waived_at", "edition", "conflict", "reason"],
    ),
    Trace::kept(
        "releases",
        "released_by",
        &["released_at", "edition", "number", "name", "note"],
    ),
    Trace::kept(
        "session_changes",
        "person",
        &["created_at", "edition", "session", "state", "note", "reason"],
    )
    .with(Fate::Emptied(&[], &["note"])),
    Trace::kept(
        "session_changes",
        "decided_by",
        &["decided_at", "edition", "session", "state", "reason"],
    ),
    Trace::deleted("presences", "person", &["starts_local", "ends_local", "edition"]),
    Trace::deleted("calendar_tokens", "person", &["created_at", "edition"]),
];

/// Counts how often names were taken out of releases: whoever shows them makes them anew when it moved.
pub const NAMES_TAKEN_OUT: &str = "programme.names_taken_out";

/// Codes of sessions to come in which somebody has a part: their desk finds somebody else before they can go. What has no
/// time yet is to come until its congress is over.
///
/// # Errors
/// When the database refuses.
pub fn parts_to_come(conn: &mut Conn, now: Moment, person: PersonId) -> Result<Vec<String>, Fault> {
    // Over everywhere, whatever the congress's zone.
    let yesterday = LocalDate(now.plus_days(-1).utc().date_naive());
    let over: Vec<EditionId> = on_each!(conn, |c| editions::table
        .filter(editions::ends_on.lt(yesterday))
        .select(editions::id)
        .load(c))?;
    Ok(on_each!(conn, |c| session_speakers::table
        .inner_join(sessions::table.on(sessions::id.eq(session_speakers::session)))
        .filter(session_speakers::person.eq(person))
        .filter(sessions::ends_at.is_null().or(sessions::ends_at.gt(now)))
        .filter(sessions::edition.ne_all(&over))
        .filter(sessions::state.ne(SessionState::Cancelled.code()))
        .order(sessions::code)
        .select(sessions::code)
        .distinct()
        .load(c))?)
}

/// Takes somebody's name out of the sessions they had a part in, and out of every release that printed it, as it was
/// spelled then: they may have no part in the draft any more. Answers the names that were printed.
///
/// # Errors
/// When the database refuses.
pub fn take_name_out(conn: &mut Conn, person: PersonId, pseudonym: &str) -> Result<BTreeSet<String>, Fault> {
    on_each!(conn, |c| diesel::update(session_speakers::table)
        .filter(session_speakers::person.eq(person))
        .set((
            session_speakers::name.eq(pseudonym),
            session_speakers::affiliation.eq(""),
        ))
        .execute(c))?;
    let all: Vec<(Id<Release>, EditionId)> = on_each!(conn, |c| releases::table
        .order((releases::edition, releases::number))
        .select((releases::id, releases::edition))
        .load(c))?;
    let whose = person.to_string();
    let mut printed: BTreeMap<EditionId, BTreeSet<String>> = BTreeMap::new();
    // One at a time, here and below: a release is a whole programme.
    for (id, edition) in &all {
        let content: Json<Value> = on_each!(conn, |c| releases::table
            .find(*id)
            .select(releases::content)
            .first(c))?;
        let mut names = BTreeSet::new();
        names_printed(&content.0, &whose, &mut names);
        if !names.is_empty() {
            printed.entry(*edition).or_default().extend(names);
        }
    }
    let mut is_changed = false;
    for (id, edition) in all {
        if let Some(names) = printed.get(&edition) {
            is_changed |= out_of_release(conn, id, &whose, names, pseudonym)?;
        }
    }
    let proposed: Vec<(Id<SessionChange>, Json<Value>, Json<Value>)> =
        on_each!(conn, |c| session_change_fields::table
            .filter(session_change_fields::field.eq("speakers"))
            .select((
                session_change_fields::change,
                session_change_fields::before,
                session_change_fields::after,
            ))
            .load(c))?;
    for (change, mut before, mut after) in proposed {
        let is_in_it = [&mut before.0, &mut after.0]
            .map(|value| unname(value, &whose, &BTreeSet::new(), pseudonym))
            .contains(&true);
        if is_in_it {
            on_each!(conn, |c| diesel::update(
                session_change_fields::table.find((change, "speakers"))
            )
            .set((
                session_change_fields::before.eq(&before),
                session_change_fields::after.eq(&after),
            ))
            .execute(c))
            .exactly_one()?;
        }
    }
    for (edition, names) in &printed {
        feed::amend(
            conn,
            &crate::releases::stream(*edition),
            "programme.changed",
            |told| unname(told, &whose, names, pseudonym),
        )?;
    }
    if is_changed {
        let times: i64 = settings::get(conn, NAMES_TAKEN_OUT)?.unwrap_or(0);
        settings::put(conn, NAMES_TAKEN_OUT, &(times + 1))?;
        // Titles and abstracts may have borne the name.
        searching::mend(conn)?;
    }
    Ok(printed.into_values().flatten().collect())
}

fn out_of_release(
    conn: &mut Conn,
    id: Id<Release>,
    person: &str,
    names: &BTreeSet<String>,
    pseudonym: &str,
) -> Result<bool, Fault> {
    let (mut content, mut placed, mut changes): (Json<Value>, Json<Value>, Json<Value>) =
        on_each!(conn, |c| releases::table
            .find(id)
            .select((releases::content, releases::placed, releases::changes))
            .first(c))?;
    let is_changed = [&mut content.0, &mut placed.0, &mut changes.0]
        .map(|value| unname(value, person, names, pseudonym))
        .contains(&true);
    if is_changed {
        on_each!(conn, |c| diesel::update(releases::table.find(id))
            .set((
                releases::content.eq(&content),
                releases::placed.eq(&placed),
                releases::changes.eq(&changes),
            ))
            .execute(c))
        .exactly_one()?;
    }
    Ok(is_changed)
}

/// The names somebody's parts bear.
fn names_printed(value: &Value, person: &str, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if fields.get("person").and_then(Value::as_str) == Some(person) {
                names.extend(fields.get("name").and_then(Value::as_str).map(str::to_owned));
            }
            fields
                .values()
                .for_each(|field| names_printed(field, person, names));
        }
        Value::Array(items) => items.iter().for_each(|item| names_printed(item, person, names)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Puts the pseudonym where the person's name stands: in a part of theirs, and in a list of names. Answers whether it
/// stood there.
pub(crate) fn unname(value: &mut Value, person: &str, names: &BTreeSet<String>, pseudonym: &str) -> bool {
    match value {
        Value::Object(fields) => {
            let is_theirs = fields.get("person").and_then(Value::as_str) == Some(person);
            let mut is_changed = false;
            if is_theirs && fields.get("name").is_some_and(|name| name != pseudonym) {
                fields.insert("name".to_owned(), pseudonym.into());
                fields.insert("affiliation".to_owned(), "".into());
                is_changed = true;
            }
            for field in fields.values_mut() {
                is_changed |= unname(field, person, names, pseudonym);
            }
            is_changed
        }
        Value::Array(items) => {
            let mut is_changed = false;
            for item in items {
                if item.as_str().is_some_and(|text| names.contains(text)) {
                    *item = pseudonym.into();
                    is_changed = true;
                } else {
                    is_changed |= unname(item, person, names, pseudonym);
                }
            }
            is_changed
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_goes_from_the_persons_parts_and_from_lists_of_names_and_from_nothing_else() {
        let mut programme = json!({"sessions": [{
            "title": {"en": "Ana Lima"},
            "speakers": [
                {"person": "p1", "name": "Ana Lima", "role": "chair", "affiliation": "Mayor"},
                {"person": "p2", "name": "Ana Lima", "role": "speaker", "affiliation": "Another"},
            ],
            "before": {"names": ["Ana Lima", "Bo"]},
        }]});

        let mut names = BTreeSet::new();
        names_printed(&programme, "p1", &mut names);
        assert_eq!(names, BTreeSet::from(["Ana Lima".to_owned()]));

        assert!(unname(&mut programme, "p1", &names, "Person 1"));

        assert_eq!(
            programme,
            json!({"sessions": [{
                "title": {"en": "Ana Lima"},
                "speakers": [
                    {"person": "p1", "name": "Person 1", "role": "chair", "affiliation": ""},
                    {"person": "p2", "name": "Ana Lima", "role": "speaker", "affiliation": "Another"},
                ],
                "before": {"names": ["Person 1", "Bo"]},
            }]})
        );
        assert!(!unname(&mut programme, "p1", &names, "Person 1"));
    }
}
