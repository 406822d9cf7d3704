//! What is written to people about responses (R99): the body that is asked, and asked again before its day has passed; whoever
//! asked, once it answered or its day has passed without.
//!
//! A letter leads to addresses without their edition, which this slice does not know. A reminder goes out once for each day a
//! body was given: its key says so, and a letter is looked for only within a month of that day.

use std::collections::BTreeSet;

use access_rules::{Act, EditionId, OrganisationId, PersonId, Role};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Language, LocalDate, Moment};
use mail::{
    days,
    letters::{Content, OutcomeFacts},
    outbox::{self, NewLetter},
};
use members::{actors, contacts, focal_points, organisations};
use people::{accounts, standings};

use crate::{legacy_model::Response, model::Outcome, outcomes, sight, tables::outcome_responses, titles};

/// So many days before its day a body is reminded.
const REMINDED_DAYS: i64 = 7;
/// For so many days after it, whoever asked is told that it is late.
const LATE_DAYS: i64 = 30;
/// Whose desks ask bodies.
const DESKS: &[Role] = &[Role::Secretariat, Role::PlatformAdmin, Role::GtfConvener];

/// Asks a body: its focal points, and the addresses the member roll gives for it. Once for each day it is given.
pub(crate) fn asked(
    conn: &mut Conn,
    now: Moment,
    outcome: &Outcome,
    response: &Response,
) -> Result<(), Fault> {
    tell_body(conn, now, outcome, response, false)
}

/// Tells whoever asked what a body answered, where somebody else entered it.
pub(crate) fn answered(
    conn: &mut Conn,
    now: Moment,
    outcome: &Outcome,
    response: &Response,
) -> Result<(), Fault> {
    let key = format!("response_answered:{}:{}", response.id, response.version);
    tell_desk(conn, now, outcome, response, &key)
}

/// Reminds the bodies of an edition whose day is near, and tells whoever asked of those whose day has passed. `today` is the
/// day at the congress. Done again, or by two at once, it writes nothing more. Answers how many were looked at.
///
/// # Errors
/// When the database refuses.
pub fn remind(conn: &mut Conn, now: Moment, today: LocalDate, edition: EditionId) -> Result<usize, Fault> {
    let open: Vec<Response> = on_each!(conn, |c| outcome_responses::table
        .filter(outcome_responses::answer.is_null())
        .filter(outcome_responses::due_on.ge(today.plus_days(-LATE_DAYS)))
        .filter(outcome_responses::due_on.le(today.plus_days(REMINDED_DAYS)))
        .order(outcome_responses::id)
        .select(Response::as_select())
        .load(c))?;
    let mut looked_at = 0;
    for response in &open {
        let outcome = outcomes::row(conn, response.outcome)?.ok_or_else(Fault::not_found)?;
        if outcome.edition != edition {
            continue;
        }
        looked_at += 1;
        if response.due_on < today {
            let key = format!("response_late:{}:{}", response.id, response.due_on);
            tell_desk(conn, now, &outcome, response, &key)?;
        } else if was_asked_before(response, now) {
            tell_body(conn, now, &outcome, response, true)?;
        }
    }
    Ok(looked_at)
}

/// Whether it was asked long enough ago to be reminded: nobody is asked and reminded on one day.
fn was_asked_before(response: &Response, now: Moment) -> bool {
    response.asked_at.plus_days(1) <= now
}

fn tell_body(
    conn: &mut Conn,
    now: Moment,
    outcome: &Outcome,
    response: &Response,
    again: bool,
) -> Result<(), Fault> {
    let (title, written_in) = title_of(conn, outcome)?;
    let body = name_of(conn, response.organisation)?;
    let content = |language: Language| Content::ResponseAsked {
        organisation: body.clone(),
        outcome: facts(outcome, &title, language),
        response: response.id.to_string(),
        due: days::said(response.due_on, language),
        again,
    };
    let kind = if again { "response_due" } else { "response_asked" };
    let stem = format!("{kind}:{}:{}", response.id, response.due_on);
    let mut told = BTreeSet::new();
    for person in focal_points::of(conn, response.organisation, now)? {
        outbox::post_to_person(conn, now, person, Some(format!("{stem}:{person}")), content)?;
        told.extend(accounts::of_person(conn, person)?.map(|account| account.email.key()));
    }
    let language = written_in.parse().unwrap_or(Language::En);
    for contact in contacts::of(conn, response.organisation)? {
        let Ok(to) = contact.email.parse() else { continue };
        if !told.insert(contact.email_key.clone()) {
            continue;
        }
        let letter = NewLetter {
            content: content(language),
            language,
            to,
            name: contact.name,
            person: None,
            not_before: None,
            dedupe_key: Some(format!("{stem}:{}", contact.email_key)),
        };
        outbox::post(conn, now, &letter)?;
    }
    Ok(())
}

fn tell_desk(
    conn: &mut Conn,
    now: Moment,
    outcome: &Outcome,
    response: &Response,
    key: &str,
) -> Result<(), Fault> {
    let (title, _) = title_of(conn, outcome)?;
    let body = name_of(conn, response.organisation)?;
    for person in desk_of(conn, now, outcome.edition, response.asked_by)? {
        if response.answer.is_some() && response.answered_by == Some(person) {
            continue;
        }
        let content = |language: Language| Content::ResponseNews {
            organisation: body.clone(),
            outcome: facts(outcome, &title, language),
            due: days::said(response.due_on, language),
            answer: response.answer.map(|answer| answer.code().to_owned()),
        };
        outbox::post_to_person(conn, now, person, Some(format!("{key}:{person}")), content)?;
    }
    Ok(())
}

/// Whoever asked, as long as they look after the edition's outcomes; everybody who does where they no longer do.
fn desk_of(
    conn: &mut Conn,
    now: Moment,
    edition: EditionId,
    asker: Option<PersonId>,
) -> Result<BTreeSet<PersonId>, Fault> {
    if let Some(asker) = asker
        && manages(conn, now, edition, asker)?
    {
        return Ok([asker].into());
    }
    let staff: BTreeSet<PersonId> = standings::of_roles(conn, DESKS, now)?
        .iter()
        .map(|standing| standing.person_id)
        .collect();
    let mut desk = BTreeSet::new();
    for person in staff {
        if manages(conn, now, edition, person)? {
            desk.insert(person);
        }
    }
    Ok(desk)
}

fn manages(conn: &mut Conn, now: Moment, edition: EditionId, person: PersonId) -> Result<bool, Fault> {
    let Some(account) = accounts::of_person(conn, person)? else {
        return Ok(false);
    };
    let actor = actors::load(conn, account.id, person, now)?;
    Ok(sight::may(&actor, Act::ManageOutcomes, edition, now).is_ok())
}

/// What an outcome is called, and the authentic language of its text.
fn title_of(conn: &mut Conn, outcome: &Outcome) -> Result<titles::Titled, Fault> {
    let mut titles = titles::of_texts(conn, &[outcome.text])?;
    Ok(titles.remove(&outcome.text).unwrap_or_default())
}

fn name_of(conn: &mut Conn, organisation: OrganisationId) -> Result<String, Fault> {
    let found = organisations::find(conn, organisation)?;
    Ok(found.map(|organisation| organisation.name).unwrap_or_default())
}

fn facts(outcome: &Outcome, title: &kernel::Localized, language: Language) -> OutcomeFacts {
    OutcomeFacts {
        id: outcome.id.to_string(),
        code: outcome.code.clone(),
        title: title.text(language).to_owned(),
    }
}
