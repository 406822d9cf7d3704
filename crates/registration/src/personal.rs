//! What this slice keeps about a person: their registrations, and those they filled in for others; needs, seats, agenda,
//! invitations.

use access_rules::{Actor, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Email, Fault, Moment, text};
use people::personal::{OF_ACCOUNT, nowhere};
use records::personal::{Fate, Step, Trace};

use crate::{
    model::{Circular, ManyDecision, Registration, RegistrationId, RegistrationState},
    registrations, rules,
    tables::{circulars, delegates, many_decisions, registrations as registered},
    words,
};

/// By a registration of theirs.
pub const OF_REGISTRATION: &[Step] = &[Step {
    table: "registrations",
    key: "id",
    column: "person",
}];

/// The rows that are about a person; those that refer to others first.
pub const TRACES: &[Trace] = &[
    Trace::deleted(
        "needs",
        "registration",
        &[
            "consented_at",
            "access",
            "diet",
            "interpretation",
            "consent_words",
            "erase_on",
        ],
    )
    .through(OF_REGISTRATION),
    Trace::kept(
        "seats",
        "registration",
        &[
            "created_at",
            "session",
            "state",
            "rank",
            "offered_until",
            "updated_at",
        ],
    )
    .through(OF_REGISTRATION),
    // The words of their name and address, which the registration tells.
    Trace::deleted("registration_words", "registration", &[]).through(OF_REGISTRATION),
    Trace::kept(
        "track_registrations",
        "registration",
        &["since", "track", "state", "why", "reminded_at"],
    )
    .through(OF_REGISTRATION),
    Trace::kept(
        "many_decision_outcomes",
        "registration",
        &["state_before", "state_after", "left_because"],
    )
    .through(OF_REGISTRATION),
    Trace::kept(
        "many_decisions",
        "decided_by",
        &["decided_at", "edition", "accept"],
    ),
    Trace::kept("circulars", "written_by", &["created_at", "edition", "purpose"]),
    Trace::kept("circulars", "sent_by", &["sent_at", "edition", "purpose"]),
    Trace::deleted("agenda_entries", "person", &["added_at", "session"]),
    Trace::deleted(
        "delegates",
        "registration",
        &["created_at", "edition", "organisation", "role", "taken_over_at"],
    )
    .through(OF_REGISTRATION),
    Trace::kept(
        "delegates",
        "named_by",
        &["created_at", "edition", "organisation", "role"],
    ),
    Trace::deleted("session_invitations", "person", &["at", "session", "state"]),
    Trace::kept(
        "registrations",
        "person",
        &[
            "created_at",
            "id",
            "edition",
            "email",
            "language",
            "for_whom",
            "category",
            "organisation",
            "position_kind",
            "position_title",
            "state",
            "number",
            "rank",
            "reason",
            "submitted_at",
            "decided_at",
        ],
    )
    .with(Fate::ByUseCase),
    Trace::kept("registrations", "account", &["created_at", "edition"])
        .through(OF_ACCOUNT)
        .with(Fate::Emptied(&["account"], &[])),
    Trace::kept(
        "registrations",
        "registered_by",
        &["created_at", "edition", "for_whom", "state"],
    )
    .through(OF_ACCOUNT),
    Trace::kept("registrations", "decided_by", &["decided_at", "edition", "state"]),
];

/// Takes every registration of the actor's own back, so that their seats go to the next in line, and takes name and
/// addresses out of them. Where letters about somebody else went to one of these addresses, they go nowhere from now on.
///
/// # Errors
/// As [`registrations::cancel`].
pub fn erase(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    addresses: &[Email],
    pseudonym: &str,
) -> Result<usize, Fault> {
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let own = of_person(conn, person)?;
    for registration in &own {
        if rules::leads_to(registration.state, RegistrationState::Cancelled) {
            registrations::cancel(conn, actor, now, registration.id, None)?;
        }
        blank(conn, registration.id, person, pseudonym)?;
    }
    for address in addresses {
        forget_address(conn, person, address)?;
    }
    Ok(own.len())
}

/// Puts a pseudonym where one of these names or addresses stands for itself in what the desk wrote to or of many at once:
/// letters, what their readers were looked for by, and the reasons of decisions. By what words a decision's people were
/// looked for is never kept: nothing is to be taken out there.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, texts: &[&str], pseudonym: &str) -> Result<(), Fault> {
    let unnamed = |old: &str| {
        texts.iter().fold(old.to_owned(), |text, words| {
            text::with_words_replaced(&text, words, pseudonym).unwrap_or(text)
        })
    };
    let folded: Vec<String> = texts.iter().map(|words| text::fold(words)).collect();
    let looked_for = |typed: &str| {
        folded
            .iter()
            .any(|words| text::fold(typed).contains(words.as_str()))
    };

    let circulars: Vec<Circular> =
        on_each!(conn, |c| circulars::table.select(Circular::as_select()).load(c))?;
    for before in circulars {
        let mut after = before.clone();
        for written in [&mut after.subject, &mut after.body] {
            written.0.values_mut().for_each(|text| *text = unnamed(text));
        }
        if after.segment.0.text.as_deref().is_some_and(looked_for) {
            after.segment.0.text = None;
        }
        if after != before {
            on_each!(conn, |c| diesel::update(circulars::table.find(before.id))
                .set((
                    circulars::subject.eq(&after.subject),
                    circulars::body.eq(&after.body),
                    circulars::segment.eq(&after.segment),
                ))
                .execute(c))
            .exactly_one()?;
        }
    }

    let decisions: Vec<ManyDecision> = on_each!(conn, |c| many_decisions::table
        .select(ManyDecision::as_select())
        .load(c))?;
    for before in decisions {
        let reason = unnamed(&before.reason);
        if reason != before.reason {
            on_each!(conn, |c| diesel::update(many_decisions::table.find(before.id))
                .set(many_decisions::reason.eq(&reason))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

/// Takes out of a registration who it was of.
pub(crate) fn blank(
    conn: &mut Conn,
    id: RegistrationId,
    person: PersonId,
    pseudonym: &str,
) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(registered::table.find(id))
        .set((
            registered::email.eq(nowhere(person)),
            registered::name_sort.eq(people::rules::name_sort(pseudonym, "")),
            registered::search_key.eq(text::fold(pseudonym)),
            registered::position_title.eq(""),
            registered::reason.eq(""),
        ))
        .execute(c))
    .exactly_one()?;
    let blanked: Registration = on_each!(conn, |c| registered::table
        .find(id)
        .select(Registration::as_select())
        .first(c))?;
    words::keep(conn, &blanked)
}

fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<Registration>, Fault> {
    Ok(on_each!(conn, |c| registered::table
        .filter(registered::person.eq(person))
        .order(registered::id)
        .select(Registration::as_select())
        .load(c))?)
}

fn forget_address(conn: &mut Conn, person: PersonId, address: &Email) -> Result<(), Fault> {
    let folded = text::fold(address.as_str());
    let written = folded.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let found: Vec<Registration> = on_each!(conn, |c| registered::table
        .filter(
            registered::search_key
                .like(format!("%{written}%"))
                .escape('!')
                .or(registered::email.eq(address))
        )
        .select(Registration::as_select())
        .load(c))?;
    for registration in found {
        let email = match registration.email.key() == address.key() {
            true => nowhere(person),
            false => registration.email.as_str().to_owned(),
        };
        let search_key = text::with_words_replaced(&registration.search_key, &folded, "");
        let registration = Registration {
            search_key: search_key.unwrap_or_else(|| registration.search_key.clone()),
            ..registration
        };
        on_each!(conn, |c| diesel::update(registered::table.find(registration.id))
            .set((
                registered::email.eq(email),
                registered::search_key.eq(&registration.search_key),
            ))
            .execute(c))
        .exactly_one()?;
        words::keep(conn, &registration)?;
    }
    on_each!(conn, |c| diesel::update(delegates::table)
        .filter(delegates::email_key.eq(address.key()))
        .set(delegates::email_key.eq(nowhere(person).as_str()))
        .execute(c))?;
    Ok(())
}
