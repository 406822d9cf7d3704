//! What a release changed, told to those on whose agenda it is: one letter each, in their language, with old and new (R51).
//!
//! A release leaves a job ([`releases::TELL_JOB`]); each run writes the letters of a part of the people and leaves the job
//! of the next, in one transaction with the note that it is done. A crash between or within runs thus sends nothing twice
//! and loses nothing; and no letter is posted twice under its key. A session moved twice in the draft was moved once.

use std::collections::BTreeMap;

use access_rules::{Actor, EditionId, PersonId, SessionId, Sight};
use db::Conn;
use kernel::{Fault, Language, LocalDateTime, Localized, Moment};
use mail::{
    letters::Content,
    outbox::{self, NewLetter},
};
use members::actors;
use people::accounts;
use programme::{
    changes::{Change, ChangeKind},
    editions,
    model::Edition,
    releases,
};
use records::jobs::{self, NewJob};
use serde_json::{Value, json};

use crate::{agenda, letters, registrations};

/// People written to in one transaction.
const PEOPLE_AT_ONCE: usize = 200;

/// Writes to the next part of the people a release concerns. Answers how many letters were posted.
///
/// # Errors
/// When the database refuses; the job is tried again.
pub fn tell(conn: &mut Conn, now: Moment, payload: &Value) -> Result<usize, Fault> {
    let (edition, number, after) = read(payload)?;
    let Some(edition) = editions::find(conn, edition)? else {
        return Ok(0);
    };
    let changes = releases::all_changes_of(conn, edition.id, number)?;
    let followed = followed(conn, &changes)?;
    let mut due: Vec<(PersonId, Vec<SessionId>)> = followed
        .into_iter()
        .filter(|(person, _)| after.is_none_or(|after| *person > after))
        .collect();
    let has_more = due.len() > PEOPLE_AT_ONCE;
    due.truncate(PEOPLE_AT_ONCE);
    let people: Vec<PersonId> = due.iter().map(|(person, _)| *person).collect();
    let mut actors = actors::load_many(conn, &people, now)?;
    let mut posted = 0;
    for (person, sessions) in &due {
        let actor = Actor {
            account: accounts::of_person(conn, *person)?.map(|account| account.id),
            ..actors.remove(person).unwrap_or_default()
        };
        let told = told(&changes, sessions, &actor.sight());
        if !told.is_empty() {
            posted += usize::from(write(conn, now, &edition, number, *person, &told)?);
        }
    }
    if let (true, Some(last)) = (has_more, people.last()) {
        leave_rest(conn, now, edition.id, number, *last)?;
    }
    Ok(posted)
}

fn read(payload: &Value) -> Result<(EditionId, i64, Option<PersonId>), Fault> {
    let id = |name: &str| payload[name].as_str().and_then(|text| text.parse().ok());
    let after = payload["after"].as_str().and_then(|text| text.parse().ok());
    match (id("edition"), payload["number"].as_i64()) {
        (Some(edition), Some(number)) => Ok((edition, number, after)),
        _ => Err(Fault::internal("a job names no release")),
    }
}

/// Whether it changes anybody's day.
const fn matters(kind: ChangeKind) -> bool {
    match kind {
        ChangeKind::Removed | ChangeKind::Cancelled | ChangeKind::Time | ChangeKind::Room => true,
        ChangeKind::Added | ChangeKind::Title | ChangeKind::People | ChangeKind::Text => false,
    }
}

/// Whose agenda is touched, and by which sessions.
fn followed(conn: &mut Conn, changes: &[Change]) -> Result<BTreeMap<PersonId, Vec<SessionId>>, Fault> {
    let matter = changes.iter().filter(|change| matters(change.kind));
    let mut sessions: Vec<SessionId> = matter.map(|change| change.session).collect();
    sessions.sort_unstable();
    sessions.dedup();
    let mut followed: BTreeMap<PersonId, Vec<SessionId>> = BTreeMap::new();
    for session in sessions {
        for person in agenda::followers(conn, session)? {
            followed.entry(person).or_default().push(session);
        }
    }
    Ok(followed)
}

/// What somebody is told: what concerns their sessions and what they may know.
fn told<'a>(changes: &'a [Change], sessions: &[SessionId], sight: &Sight) -> Vec<&'a Change> {
    let theirs: Vec<&Change> = changes
        .iter()
        .filter(|change| sessions.contains(&change.session) && change.is_told_to(sight))
        .collect();
    // Shown to others than before is removed for some and added for others: who is both sees no change.
    let stays = |change: &Change| {
        change.kind == ChangeKind::Removed
            && theirs
                .iter()
                .any(|other| other.session == change.session && other.kind == ChangeKind::Added)
    };
    theirs
        .iter()
        .copied()
        .filter(|change| matters(change.kind) && !stays(change))
        .collect()
}

/// Whether the letter is new.
fn write(
    conn: &mut Conn,
    now: Moment,
    edition: &Edition,
    number: i64,
    person: PersonId,
    told: &[&Change],
) -> Result<bool, Fault> {
    let key = format!("release:{}:{number}:{person}", edition.id);
    let content = |language: Language| Content::ProgrammeChanged {
        congress: letters::congress(edition, language),
        changes: told.iter().map(|change| sentence(change, language)).collect(),
    };
    let posted = match registrations::current_of(conn, edition.id, person)? {
        Some(registration) => {
            let letter = NewLetter {
                content: content(registration.language),
                language: registration.language,
                to: registrations::address(&registration),
                name: people::persons::get(conn, person)?.name(),
                person: Some(person),
                not_before: None,
                dedupe_key: Some(key),
            };
            outbox::post(conn, now, &letter)?
        }
        None => outbox::post_to_person(conn, now, person, Some(key), content)?,
    };
    Ok(posted.is_some())
}

/// Leaves the job of the people after this one.
fn leave_rest(
    conn: &mut Conn,
    now: Moment,
    edition: EditionId,
    number: i64,
    last: PersonId,
) -> Result<(), Fault> {
    let job = NewJob {
        kind: releases::TELL_JOB,
        unique_key: Some(&format!("{edition}:{number}:{last}")),
        payload: json!({"edition": edition, "number": number, "after": last}),
        run_at: Moment::from_micros(0),
    };
    jobs::enqueue(conn, now, &job).map(drop)
}

/// A change as a sentence, with old and new.
fn sentence(change: &Change, language: Language) -> String {
    let title = change.title.text(language);
    let words = |en: &str, fr: &str, es: &str| Localized::of(en, fr, es).text(language).to_owned();
    let said = match change.kind {
        ChangeKind::Cancelled => words(
            "is cancelled (it was to be on {was})",
            "est annulée (prévue le {was})",
            "queda cancelada (prevista el {was})",
        ),
        ChangeKind::Time => words(
            "is now on {is}, and no longer on {was}",
            "a désormais lieu le {is}, et non plus le {was}",
            "tiene lugar ahora el {is}, y ya no el {was}",
        ),
        ChangeKind::Room => words(
            "is now in {is}, and no longer in {was}",
            "a désormais lieu à cet endroit : {is}, et non plus : {was}",
            "tiene lugar ahora en {is}, y ya no en {was}",
        ),
        ChangeKind::Removed
        | ChangeKind::Added
        | ChangeKind::Title
        | ChangeKind::People
        | ChangeKind::Text => words(
            "is no longer in the programme (it was to be on {was})",
            "ne figure plus au programme (prévue le {was})",
            "ya no figura en el programa (prevista el {was})",
        ),
    };
    let room = |name: Option<Localized>| {
        let name = name.map(|name| name.text(language).to_owned());
        name.unwrap_or_else(|| words("no room yet", "pas encore de salle", "aún sin sala"))
    };
    let (was, is) = match change.kind {
        ChangeKind::Room => (room(change.room_was()), room(change.room_is())),
        ChangeKind::Cancelled
        | ChangeKind::Time
        | ChangeKind::Removed
        | ChangeKind::Added
        | ChangeKind::Title
        | ChangeKind::People
        | ChangeKind::Text => (span(change.time_was()), span(change.time_is())),
    };
    // Piece by piece: braces in a room's name are its own.
    let said: Vec<String> = said
        .split_inclusive('}')
        .map(
            |piece| match (piece.strip_suffix("{was}"), piece.strip_suffix("{is}")) {
                (Some(before), _) => format!("{before}{was}"),
                (_, Some(before)) => format!("{before}{is}"),
                (None, None) => piece.to_owned(),
            },
        )
        .collect();
    format!("{title}: {}.", said.concat())
}

/// `2019-11-14 10:00–11:00`, on the congress's wall clock.
fn span(time: Option<(LocalDateTime, LocalDateTime)>) -> String {
    time.map(|(starts, ends)| format!("{} {}–{}", starts.date(), starts.clock(), ends.clock()))
        .unwrap_or_default()
}
