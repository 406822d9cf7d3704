//! Letters of organisers to many: written in up to three languages, looked at with whom they would go to, and sent once.
//!
//! Sending is one transaction: the letter is marked as sent by a guarded update, and each letter is posted under a key of its
//! own, so that neither a second press nor a crash writes to anybody twice. From then on each is a letter of the outbox as
//! any other, held, changed, given up and sent again there.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{
    Coded as _, Fault, Fields, Id, Json, Language, Localized, Moment, Page, PageAsk, page::Cursor, text,
};
use mail::{
    letters::{Content, Rendered},
    model::LetterState,
    outbox::{self, NewLetter},
};
use programme::{editions, model::Edition};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::CircularFault,
    letters,
    model::{Circular, CircularId, CircularPurpose, CircularState, SegmentOf},
    rules,
    segments::{self, Recipient, Segment},
    tables::circulars as table,
};

/// Longest subject, in characters.
const SUBJECT_MAX: usize = 120;

/// A letter to many, as its form asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CircularInput {
    /// What it is for; for news only who agreed is written to.
    pub purpose: Option<CircularPurpose>,
    /// Its subject, by language.
    pub subject: Localized,
    /// Its text, by language; `[site]` and `[site_name]` stand for the site's address and name.
    pub body: Localized,
    /// Whom it goes to.
    pub segment: Segment,
}

/// What is said when it is sent.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SendInput {
    /// How many it was said to be written to. Where it would be another number by now, nothing is sent.
    pub expected: Option<i64>,
}

/// The letters to many of an edition, the latest first.
///
/// # Errors
/// 401, 403; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    ask: &PageAsk,
) -> Result<Page<Circular>, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let after = ask.after.as_ref().map(|cursor| CircularId::from_uuid(cursor.id));
    let rows: Vec<Circular> = on_each!(conn, |c| {
        let mut asked = table::table
            .filter(table::edition.eq(edition))
            .select(Circular::as_select())
            .into_boxed();
        if let Some(after) = after {
            asked = asked.filter(table::id.lt(after));
        }
        asked.order(table::id.desc()).limit(ask.fetch()).load(c)
    })?;
    Ok(Page::cut(rows, ask, |row| Cursor {
        key: String::new(),
        id: row.id.uuid(),
    }))
}

/// One letter to many.
///
/// # Errors
/// 401, 403, 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: CircularId) -> Result<Circular, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    find(conn, id)
}

/// Begins a letter to many. Nothing leaves.
///
/// # Errors
/// 401, 403; `invalid` with each field.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &CircularInput,
) -> Result<Circular, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let circular = checked(
        Circular {
            id: Id::new(),
            edition,
            purpose: CircularPurpose::Service,
            subject: Localized::default(),
            body: Localized::default(),
            segment: Json(Segment::default()),
            state: CircularState::Draft,
            version: 1,
            written_by: actor.person,
            created_at: now,
            sent_by: None,
            sent_at: None,
            letters: 0,
            left_out: Json(BTreeMap::new()),
        },
        input,
    )?;
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&circular)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "circular.create", None, Some(&circular))?;
    Ok(circular)
}

/// Changes a letter to many that was not sent.
///
/// # Errors
/// 401, 403, 404; `circular_was_sent`; `invalid`; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CircularId,
    version: Option<i64>,
    input: &CircularInput,
) -> Result<Circular, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let before = draft(conn, id)?;
    let version = version.unwrap_or(before.version);
    let after = checked(
        Circular {
            version: version + 1,
            ..before.clone()
        },
        input,
    )?;
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(version))
        .filter(table::state.eq(CircularState::Draft))
        .set((
            table::purpose.eq(after.purpose),
            table::subject.eq(&after.subject),
            table::body.eq(&after.body),
            table::segment.eq(&after.segment),
            table::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "circular.edit", Some(&before), Some(&after))?;
    Ok(after)
}

/// Throws a letter to many away that was not sent.
///
/// # Errors
/// 401, 403, 404; `circular_was_sent`.
pub fn discard(conn: &mut Conn, actor: &Actor, now: Moment, id: CircularId) -> Result<(), Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let before = draft(conn, id)?;
    on_each!(conn, |c| diesel::delete(table::table.find(id))
        .filter(table::state.eq(CircularState::Draft))
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "circular.discard", Some(&before), None)
}

/// Whom it would go to now, and who is left out and why; writes nothing.
///
/// # Errors
/// 401, 403, 404; `segment_too_large`.
pub fn recipients(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CircularId,
) -> Result<Vec<Recipient>, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let circular = find(conn, id)?;
    segments::recipients(
        conn,
        actor,
        now,
        circular.edition,
        circular.purpose,
        &circular.segment.0,
    )
}

/// Writes to all of them, once. Answers how many letters it became.
///
/// # Errors
/// 401, 403, 404; `circular_was_sent`; `stale`; `segment_changed` when it would not be as many as was said;
/// `nobody_to_write_to`.
pub fn send(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CircularId,
    version: Option<i64>,
    input: SendInput,
) -> Result<Circular, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    let before = draft(conn, id)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let edition = editions::find(conn, before.edition)?.ok_or_else(Fault::not_found)?;
    let all = recipients(conn, actor, now, id)?;
    let left_out = segments::left_out(&all);
    let written: Vec<&Recipient> = all.iter().filter(|one| one.left_out.is_none()).collect();
    let letters = i64::try_from(written.len()).unwrap_or(i64::MAX);
    if let Some(said) = input.expected
        && said != letters
    {
        return Err(CircularFault::SegmentChanged { said, now: letters }.into());
    }
    if written.is_empty() {
        return Err(CircularFault::NobodyToWriteTo.into());
    }
    let after = Circular {
        state: CircularState::Sent,
        version: before.version + 1,
        sent_by: actor.person,
        sent_at: Some(now),
        letters,
        left_out: Json(left_out),
        // Who somebody was looked for by is not kept.
        segment: Json(Segment {
            text: None,
            ..before.segment.0.clone()
        }),
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(before.version))
        .filter(table::state.eq(CircularState::Draft))
        .set((
            table::state.eq(after.state),
            table::version.eq(after.version),
            table::sent_by.eq(after.sent_by),
            table::sent_at.eq(after.sent_at),
            table::letters.eq(after.letters),
            table::left_out.eq(&after.left_out),
            table::segment.eq(&after.segment),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    for one in written {
        post(conn, now, &edition, &after, one)?;
    }
    note(conn, actor, now, "circular.send", Some(&before), Some(&after))?;
    Ok(after)
}

/// How it reads in a language, and in which it is really written: where there is no such text, in another.
///
/// # Errors
/// Internal, when it cannot be rendered.
pub fn preview(
    edition: &Edition,
    circular: &Circular,
    wanted: Language,
    name: &str,
) -> Result<(Language, Rendered), Fault> {
    let language = language_of(circular, wanted);
    let words = mail::letters::render(&content(edition, circular, language), language, name)?;
    Ok((language, words))
}

/// How many of its letters are in each state.
///
/// # Errors
/// 401, 403, 404.
pub fn progress(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CircularId,
) -> Result<BTreeMap<LetterState, i64>, Fault> {
    may(actor, Act::ManageOutbox, now)?;
    find(conn, id)?;
    outbox::counts_under(conn, &outbox::circular_key(id.cast()))
}

fn may(actor: &Actor, act: Act, now: Moment) -> Result<(), Fault> {
    access_rules::decide(actor, act, &Object::public(ObjectKind::Letter), now).or_fault()
}

fn find(conn: &mut Conn, id: CircularId) -> Result<Circular, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Circular::as_select())
        .first(c))?)
}

fn draft(conn: &mut Conn, id: CircularId) -> Result<Circular, Fault> {
    let found = find(conn, id)?;
    match found.state {
        CircularState::Draft => Ok(found),
        CircularState::Sent => Err(CircularFault::CircularWasSent.into()),
    }
}

/// Gives up the news that have not left for somebody who wants none any more. Answers how many letters.
///
/// # Errors
/// When the database refuses.
pub fn end_news(conn: &mut Conn, person: PersonId) -> Result<usize, Fault> {
    let sent: Vec<CircularId> = on_each!(conn, |c| table::table
        .filter(table::purpose.eq(CircularPurpose::News))
        .filter(table::state.eq(CircularState::Sent))
        .select(table::id)
        .load(c))?;
    let keys: Vec<String> = sent.into_iter().map(|id| key_of(id, person)).collect();
    outbox::give_up(conn, &keys)
}

/// The key of a circular's letter to somebody.
fn key_of(circular: CircularId, person: PersonId) -> String {
    format!("{}{person}", outbox::circular_key(circular.cast()))
}

fn checked(before: Circular, input: &CircularInput) -> Result<Circular, Fault> {
    let mut fields = Fields::new();
    let purpose = fields.required("purpose", input.purpose);
    let subject = fields.localized_line("subject", &input.subject, SUBJECT_MAX, true);
    let body = fields.localized_paragraph("body", &input.body, text::ABSTRACT, true);
    for language in Language::ALL.iter().map(|language| language.code()) {
        let has = |text: &Localized| text.0.get(language).is_some_and(|text| !text.trim().is_empty());
        match (has(&subject), has(&body)) {
            (true, false) if !body.is_blank() => fields.wrong(&format!("body.{language}"), "required"),
            (false, true) if !subject.is_blank() => fields.wrong(&format!("subject.{language}"), "required"),
            (true | false, true | false) => {}
        }
    }
    segments::check(&mut fields, &input.segment);
    fields.done()?;
    Ok(Circular {
        purpose: purpose.unwrap_or(CircularPurpose::News),
        subject,
        body,
        segment: Json(input.segment.clone()),
        ..before
    })
}

/// The language it is written in for a reader of this one.
fn language_of(circular: &Circular, wanted: Language) -> Language {
    let has = |language: &Language| {
        let text = circular.body.0.get(language.code());
        text.is_some_and(|text| !text.trim().is_empty())
    };
    [wanted]
        .iter()
        .chain(Language::ALL)
        .copied()
        .find(has)
        .unwrap_or(wanted)
}

fn content(edition: &Edition, circular: &Circular, language: Language) -> Content {
    let congress = letters::congress(edition, language);
    Content::Circular {
        why: why(&circular.segment.0, &congress.name, language),
        congress,
        subject: circular.subject.text(language).to_owned(),
        lines: circular.body.text(language).lines().map(str::to_owned).collect(),
        is_news: circular.purpose == CircularPurpose::News,
    }
}

/// Why the reader is one of them.
fn why(segment: &Segment, congress: &str, language: Language) -> String {
    let [en, fr, es] = match segment.of {
        Some(SegmentOf::Registered) | None
            if segment.state.is_some_and(|state| !rules::participates(state)) =>
        {
            [
                "you asked to be registered for",
                "vous avez demandé à être inscrit·e à",
                "pidió inscribirse en",
            ]
        }
        Some(SegmentOf::Registered) | None => [
            "you are registered for",
            "vous êtes inscrit·e à",
            "tiene una inscripción para",
        ],
        Some(SegmentOf::Speakers) => [
            "you have a part in a session of",
            "vous intervenez dans une session de",
            "participa en una sesión de",
        ],
        Some(SegmentOf::Leads) => [
            "you lead a session of",
            "vous menez une session de",
            "dirige una sesión de",
        ],
        Some(SegmentOf::Reserved) => [
            "you have a seat in a session of",
            "vous avez une place dans une session de",
            "tiene una plaza en una sesión de",
        ],
        Some(SegmentOf::Members) => [
            "you have a position in a member organisation invited to",
            "vous exercez une fonction dans une organisation membre invitée à",
            "tiene un cargo en una organización miembro invitada a",
        ],
    };
    let said = match language {
        Language::En => en,
        Language::Fr => fr,
        Language::Es => es,
    };
    format!("{said} {congress}")
}

fn post(
    conn: &mut Conn,
    now: Moment,
    edition: &Edition,
    circular: &Circular,
    to: &Recipient,
) -> Result<(), Fault> {
    let (Some(person), Some(email)) = (to.person, &to.email) else {
        return Err(Fault::internal("a letter to nobody was not left out"));
    };
    let language = language_of(circular, to.language);
    let letter = NewLetter {
        content: content(edition, circular, language),
        language,
        to: email.clone(),
        name: to.name.clone(),
        person: Some(person),
        not_before: None,
        dedupe_key: Some(key_of(circular.id, person)),
    };
    outbox::post(conn, now, &letter).map(drop)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Circular>,
    after: Option<&Circular>,
) -> Result<(), Fault> {
    let Some(told) = after.or(before) else {
        return Ok(());
    };
    let words = |circular: &Circular| {
        Fingerprint::of(&json!({
            "subject": circular.subject,
            "body": circular.body,
            "segment": circular.segment.0,
        }))
    };
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(told.id.uuid()),
        scope: Some(told.edition.uuid()),
        summary: json!({
            "purpose": told.purpose,
            "of": told.segment.0.of,
            "state": told.state,
            "letters": told.letters,
            "left_out": told.left_out.0,
        }),
        before: before.and_then(words),
        after: after.and_then(words),
        ..Note::of(act, "circular")
    };
    audit::note(conn, now, &note)
}
