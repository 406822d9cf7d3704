//! Erasing oneself (Article 17 GDPR, R260): who one was goes, at once and everywhere.
//!
//! What one did stays under a pseudonym, so that counts, chains and decisions stay true. The name under which one sat in
//! a statutory body stays on that seat alone: it is the record of the association (Article 17(3)). Whoever holds an office
//! or has a part in a session to come hands it over first. The log keeps its entries: they hold ids and codes, and what
//! told who it was is sealed under a key that goes too. The last letter says that it is done, and is then forgotten.

use access_rules::{Actor, PersonId};
use db::Conn;
use kernel::{Email, Fault, Id, Moment};
use mail::{
    letters::Content,
    outbox::{self, NewLetter},
};
use members::positions;
use people::{
    Outcome, accounts,
    changes::{self, Proof},
    consents,
    model::{Account, StandingRow},
    personal::pseudonym,
    persons, standings,
};
use records::{
    audit::{self, Note},
    idempotency, person_keys,
    personal::Fate,
};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{faults::ErasureFault, parts};

/// What an erasure would do, told before it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Foretold {
    /// Roles that must be handed over first; empty when nothing is in the way.
    pub offices: Vec<String>,
    /// Codes of sessions to come in which somebody else must be found first.
    pub parts_to_come: Vec<String>,
    /// The name they will be known by.
    pub pseudonym: String,
    /// The name that stays on the seats they held in statutory bodies; nothing when they held none.
    pub name_on_record: Option<String>,
    /// Rows that go, by table.
    pub goes: Vec<Counted>,
    /// Rows that stay under the pseudonym, by table.
    pub stays: Vec<Counted>,
}

/// How many rows of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counted {
    /// Which part of the site keeps them.
    pub part: &'static str,
    /// The table.
    pub table: &'static str,
    /// The column by which they are about the person.
    pub by: &'static str,
    /// How many.
    pub rows: usize,
}

impl Foretold {
    /// Whether nothing is in the way.
    pub fn is_possible(&self) -> bool {
        self.offices.is_empty() && self.parts_to_come.is_empty()
    }
}

/// Tells the actor what their erasure would do. Changes nothing.
///
/// # Errors
/// 401; `scope`.
pub fn foretell(conn: &mut Conn, actor: &Actor, now: Moment, machine_now: Moment) -> Result<Foretold, Fault> {
    let export = crate::export::own(conn, actor, machine_now)?;
    let person = export.person;
    let goes = |part: &str, table: &str, by: &str| {
        let traces = parts::ALL
            .iter()
            .filter(|known| known.name == part)
            .flat_map(|known| known.traces);
        let mut found = traces.filter(|trace| trace.table == table && trace.column == by);
        found.any(|trace| trace.fate == Fate::Deleted || ["letters", "letter_deliveries"].contains(&table))
    };
    let counted = |kept: &crate::export::Kept| Counted {
        part: kept.part,
        table: kept.table,
        by: kept.by,
        rows: kept.rows.len(),
    };
    let (going, staying): (Vec<_>, Vec<_>) = export
        .kept
        .iter()
        .partition(|kept| goes(kept.part, kept.table, kept.by));
    let has_sat = export
        .kept
        .iter()
        .any(|kept| (kept.table, kept.by) == ("body_seats", "person"));
    let name = persons::get(conn, person)?.name();
    Ok(Foretold {
        offices: offices(conn, now, person)?,
        parts_to_come: programme::personal::parts_to_come(conn, now, person)?,
        pseudonym: pseudonym(person),
        name_on_record: has_sat.then_some(name),
        goes: going.into_iter().map(counted).collect(),
        stays: staying.into_iter().map(counted).collect(),
    })
}

/// Erases the actor, by password or code. Their sign-ins end with it, this one too.
///
/// # Errors
/// 401; `scope`; `proof_needed`; `wrong_password`; `too_many`; `office_held`; `part_to_come`. A wrong code is answered as
/// refused: it has cost a try.
pub fn erase(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    machine_now: Moment,
    network: &str,
    proof: Proof<'_>,
) -> Result<Outcome<()>, Fault> {
    let account = match changes::prove_again(conn, actor, machine_now, network, proof)? {
        Outcome::Refused(fault) => return Ok(Outcome::Refused(fault)),
        Outcome::Done(account) => account,
    };
    handed_over(conn, now, account.person_id)?;
    let accounts = accounts::of_persons(conn, &[account.person_id])?;
    let is_on_record = carry_out(conn, actor, now, machine_now, account.person_id)?;
    for account in accounts.iter().filter(|account| account.closed_at.is_none()) {
        tell(conn, machine_now, account, is_on_record)?;
    }
    Ok(Outcome::Done(()))
}

/// Whether a name can be looked for in texts: one word, or a few letters, may stand there without meaning the person,
/// and whoever is called by them would take them from everybody's letters.
fn is_telling(name: &str) -> bool {
    name.split_whitespace().count() > 1 && name.chars().filter(|letter| letter.is_alphabetic()).count() > 4
}

/// Erases somebody once more, who was erased before and stands in a copy that was made earlier and came back.
pub(crate) fn repeat(conn: &mut Conn, now: Moment, person: PersonId) -> Result<(), Fault> {
    let themselves = Actor {
        account: Some(Id::new()),
        ..members::actors::load_person(conn, person, now)?
    };
    carry_out(conn, &themselves, now, now, person).map(drop)
}

/// The last letter to an address. It holds no name, and goes from the outbox once it left.
fn tell(conn: &mut Conn, machine_now: Moment, account: &Account, is_on_record: bool) -> Result<(), Fault> {
    let last = NewLetter {
        content: Content::Erased {
            pseudonym: pseudonym(account.person_id),
            is_on_record,
        },
        language: account.language,
        to: account.email.clone(),
        name: String::new(),
        person: None,
        not_before: None,
        dedupe_key: None,
    };
    outbox::post(conn, machine_now, &last).map(drop)
}

/// Erases. Answers whether a name stays on the statutory record.
fn carry_out(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    machine_now: Moment,
    person: PersonId,
) -> Result<bool, Fault> {
    let name = persons::get(conn, person)?.name();
    let addresses: Vec<Email> = accounts::of_persons(conn, &[person])?
        .into_iter()
        .map(|account| account.email)
        .collect();
    let known_as = pseudonym(person);

    let is_on_record = statutory::personal::put_on_record(conn, person, &name)? > 0;
    for consent in consents::of_person(conn, person)? {
        consents::withdraw(conn, now, consent.purpose, consent.about, "erasure")?;
    }
    registration::personal::erase(conn, actor, now, &addresses, &known_as)?;
    positions::end_all_own(conn, actor, now)?;
    let mut names = programme::personal::take_name_out(conn, person, &known_as)?;
    names.insert(name);
    names.extend(assembly::personal::take_name_out(conn, person, &known_as)?);
    names.extend(floor::personal::take_name_out(conn, person, &known_as)?);
    names.retain(|name| is_telling(name));
    webhooks::personal::take_names_out(conn, &names, &known_as)?;
    outbox::forget(conn, person, &names, &addresses, &known_as)?;
    let words: Vec<&str> = addresses
        .iter()
        .map(Email::as_str)
        .chain(names.iter().map(String::as_str))
        .collect();
    registration::personal::take_names_out(conn, &words, &known_as)?;
    texts::personal::forget_hidden(conn, person)?;
    texts::personal::take_names_out(conn, &words, &known_as)?;
    floor::personal::take_names_out(conn, &words, &known_as)?;
    assembly::personal::take_names_out(conn, &words, &known_as)?;
    outcomes::personal::take_names_out(conn, &words, &known_as)?;
    town_hall::personal::take_names_out(conn, &words, &known_as)?;
    papers::personal::take_names_out(conn, &words, &known_as)?;
    let mut rows = 0;
    for trace in parts::ALL.iter().flat_map(|part| part.traces) {
        rows += trace.erase(conn, Id::cast(person))?;
    }
    persons::pseudonymise(conn, machine_now, person, &known_as)?;
    idempotency::forget(conn, &person.to_string(), &words)?;

    person_keys::destroy(conn, machine_now, person.cast())?;
    let note = Note {
        actor: Some(person.cast()),
        object_id: Some(person.uuid()),
        summary: json!({ "rows": rows }),
        ..Note::of("person.erase", "person")
    };
    audit::note(conn, machine_now, &note)?;
    Ok(is_on_record)
}

fn handed_over(conn: &mut Conn, now: Moment, person: PersonId) -> Result<(), Fault> {
    let roles = offices(conn, now, person)?;
    if !roles.is_empty() {
        return Err(ErasureFault::OfficeHeld { roles }.into());
    }
    let sessions = programme::personal::parts_to_come(conn, now, person)?;
    if !sessions.is_empty() {
        return Err(ErasureFault::PartToCome { sessions }.into());
    }
    Ok(())
}

/// The offices somebody holds or will hold, by their roles. To be registered is none.
fn offices(conn: &mut Conn, now: Moment, person: PersonId) -> Result<Vec<String>, Fault> {
    let is_office = |row: &StandingRow| {
        row.role != access_rules::Role::Participant && row.to_at.is_none_or(|to| to > now && to > row.from_at)
    };
    let mut roles: Vec<String> = standings::history(conn, person)?
        .iter()
        .filter(|row| is_office(row))
        .map(|row| kernel::Coded::code(row.role).to_owned())
        .collect();
    if !statutory::personal::seats_held(conn, now, person)?.is_empty() {
        roles.push(kernel::Coded::code(access_rules::Role::BodyMember).to_owned());
    }
    roles.sort();
    roles.dedup();
    Ok(roles)
}
