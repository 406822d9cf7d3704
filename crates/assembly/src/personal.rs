//! What this slice keeps about a person: what they invited, answered, recorded and closed, where they presented or responded,
//! whether a network stands for them, and what they objected to. It is the record of a public assembly: it stays under an id
//! that names nobody any more, and without their name and addresses.

use std::collections::BTreeSet;

use access_rules::{PersonId, SessionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, text};
use records::personal::Trace;

use crate::{
    model::{
        InvitationId, PaperSpeaker,
        world::{AssemblyStep, EndorsementId, ObjectionId},
    },
    tables::{
        endorsements, network_consents, objections, paper_invitations, sitting_paper_speakers,
        world_assemblies, world_assembly_steps,
    },
};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "paper_invitations",
        "invited_by",
        &["invited_at", "edition", "organisation", "message"],
    ),
    Trace::kept(
        "paper_invitations",
        "answered_by",
        &["answered_at", "edition", "organisation", "answer"],
    ),
    Trace::kept(
        "paper_invitations",
        "revoked_by",
        &["revoked_at", "edition", "organisation", "revoke_reason"],
    ),
    Trace::kept(
        "sitting_paper_speakers",
        "person",
        &["session", "paper", "role", "name"],
    ),
    Trace::kept(
        "session_results",
        "recorded_by",
        &["recorded_at", "session", "paper", "result"],
    ),
    Trace::kept("sitting_closings", "closed_by", &["closed_at", "session"]),
    Trace::kept("transmitting_sessions", "flagged_by", &["flagged_at", "session"]),
    Trace::kept(
        "world_assembly_steps",
        "who",
        &["at", "session", "from_state", "to_state", "reason"],
    ),
    Trace::kept(
        "network_consents",
        "answered_by",
        &["answered_at", "session", "network", "answer", "note"],
    ),
    Trace::kept(
        "endorsements",
        "person",
        &["asked_at", "edition", "network", "state", "reason", "answered_at"],
    ),
    Trace::kept(
        "endorsements",
        "answered_by",
        &["answered_at", "edition", "network", "state"],
    ),
    Trace::kept(
        "consensus_questions",
        "asked_by",
        &["asked_at", "session", "outcome"],
    ),
    Trace::kept(
        "consensus_questions",
        "ended_by",
        &["ended_at", "session", "outcome", "state"],
    ),
    Trace::kept(
        "objections",
        "person",
        &["raised_at", "question", "reason", "withdrawn_at"],
    ),
    Trace::kept(
        "consensus_votes",
        "counted_by",
        &[
            "counted_at",
            "question",
            "votes_for",
            "votes_against",
            "abstentions",
        ],
    ),
];

/// Puts a pseudonym for the name under which somebody presents or responds. Answers the names that stood there.
///
/// # Errors
/// When the database refuses.
pub fn take_name_out(conn: &mut Conn, person: PersonId, pseudonym: &str) -> Result<BTreeSet<String>, Fault> {
    let names: Vec<String> = on_each!(conn, |c| sitting_paper_speakers::table
        .filter(sitting_paper_speakers::person.eq(person))
        .select(sitting_paper_speakers::name)
        .load(c))?;
    on_each!(conn, |c| diesel::update(sitting_paper_speakers::table)
        .filter(sitting_paper_speakers::person.eq(person))
        .set(sitting_paper_speakers::name.eq(pseudonym))
        .execute(c))?;
    Ok(names.into_iter().collect())
}

/// Puts a pseudonym where one of these names or addresses stands for itself in what was typed: invitations and answers to
/// them, names of speakers, reasons of steps, notes of networks, reasons of endorsements and objections.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, words: &[&str], pseudonym: &str) -> Result<(), Fault> {
    let unnamed = |old: &str| {
        words.iter().fold(old.to_owned(), |text, word| {
            text::with_words_replaced(&text, word, pseudonym).unwrap_or(text)
        })
    };
    of_invitations(conn, unnamed)?;
    of_speakers(conn, unnamed)?;
    of_the_world_assembly(conn, unnamed)?;
    of_its_people(conn, unnamed)
}

fn of_invitations(conn: &mut Conn, unnamed: impl Fn(&str) -> String) -> Result<(), Fault> {
    use paper_invitations as table;
    let rows: Vec<(InvitationId, String, String, String)> = on_each!(conn, |c| table::table
        .select((table::id, table::message, table::answer, table::revoke_reason))
        .load(c))?;
    for (id, message, answer, reason) in rows {
        let after = (unnamed(&message), unnamed(&answer), unnamed(&reason));
        if after != (message, answer, reason) {
            on_each!(conn, |c| diesel::update(table::table.find(id))
                .set((
                    table::message.eq(&after.0),
                    table::answer.eq(&after.1),
                    table::revoke_reason.eq(&after.2),
                ))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

fn of_speakers(conn: &mut Conn, unnamed: impl Fn(&str) -> String) -> Result<(), Fault> {
    use sitting_paper_speakers as table;
    let rows: Vec<(Id<PaperSpeaker>, String)> =
        on_each!(conn, |c| table::table.select((table::id, table::name)).load(c))?;
    for (id, name) in rows {
        let after = unnamed(&name);
        if after != name {
            on_each!(conn, |c| diesel::update(table::table.find(id))
                .set(table::name.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

fn of_the_world_assembly(conn: &mut Conn, unnamed: impl Fn(&str) -> String) -> Result<(), Fault> {
    let rows: Vec<(SessionId, String)> = on_each!(conn, |c| world_assemblies::table
        .select((world_assemblies::session, world_assemblies::short_notice_reason))
        .load(c))?;
    for (session, before) in rows {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(world_assemblies::table.find(session))
                .set(world_assemblies::short_notice_reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    let rows: Vec<(Id<AssemblyStep>, String)> = on_each!(conn, |c| world_assembly_steps::table
        .select((world_assembly_steps::id, world_assembly_steps::reason))
        .load(c))?;
    for (id, before) in rows {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(world_assembly_steps::table.find(id))
                .set(world_assembly_steps::reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

fn of_its_people(conn: &mut Conn, unnamed: impl Fn(&str) -> String) -> Result<(), Fault> {
    use network_consents as consents;
    let rows: Vec<(SessionId, access_rules::OrganisationId, String)> = on_each!(conn, |c| consents::table
        .select((consents::session, consents::network, consents::note))
        .load(c))?;
    for (session, network, before) in rows {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(consents::table.find((session, network)))
                .set(consents::note.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    let rows: Vec<(EndorsementId, String)> = on_each!(conn, |c| endorsements::table
        .select((endorsements::id, endorsements::reason))
        .load(c))?;
    for (id, before) in rows {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(endorsements::table.find(id))
                .set(endorsements::reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    let rows: Vec<(ObjectionId, String)> = on_each!(conn, |c| objections::table
        .select((objections::id, objections::reason))
        .load(c))?;
    for (id, before) in rows {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(objections::table.find(id))
                .set(objections::reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}
