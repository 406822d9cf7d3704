//! The member roll: read outside any transaction ([`crate::roll::read`]), planned as a dry run that tells each row's fate,
//! applied whole or, when the organiser says so, without the rows at fault.
//!
//! An empty cell says nothing and changes nothing. A row finds its organisation by id, else by name, country and kind,
//! also under the name of one that was merged. A second import of one file changes nothing (R249). No role is granted by
//! an import: such a column is passed over with a warning (R18). Contacts are kept as evidence and confirm nobody.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor, Object, OrganisationId};
use db::Conn;
use kernel::{Email, Fault, Fields, Id, LocalDate, Moment, text};
use records::audit::{self, Note};
use serde::Serialize;
use serde_json::json;

use crate::{
    changed, contacts, dues,
    faults::SheetFault,
    memberships::{self, Beginning},
    model::{Dues, Membership, MembershipState, Organisation, OrganisationKind, OrganisationState},
    organisations::{self, OrganisationInput},
    positions,
    roll::{Columns, Message, Notes, Roll, Said, category_named, dues_named, kind_named, state_named},
    rules,
    sections::Section,
    sheet::SheetRow,
};

/// Most contacts in a cell.
const CONTACTS_MAX: usize = 20;

kernel::coded! {
    /// What becomes of a row.
    pub enum Fate {
        /// Its organisation is new.
        Create => "create",
        /// Something of its organisation changes.
        Update => "update",
        /// All of it is known.
        Unchanged => "unchanged",
        /// It cannot be taken.
        Error => "error",
    }
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = RollRowFate)]
pub struct RowFate {
    /// Its number in the file.
    pub row_number: i64,
    /// The name it gives.
    pub name: String,
    /// What becomes of it.
    #[schema(inline)]
    pub fate: Fate,
    /// The organisation it is about; none for a row at fault.
    pub organisation: Option<OrganisationId>,
    /// What changes, by column.
    pub changes: Vec<String>,
    /// What is to be said of it.
    pub messages: Vec<Message>,
}

/// What an import would do, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = RollPlan)]
pub struct Plan {
    /// Each row's fate.
    pub rows: Vec<RowFate>,
    /// What is to be said of the file as a whole.
    pub messages: Vec<Message>,
    /// Rows that make an organisation.
    pub creates: usize,
    /// Rows that change one.
    pub updates: usize,
    /// Rows that change nothing.
    pub unchanged: usize,
    /// Rows that cannot be taken.
    pub errors: usize,
    /// Whether it was done; false for a dry run.
    pub applied: bool,
}

/// What an import would do; writes nothing.
///
/// # Errors
/// 401, 403; when the database refuses.
pub fn plan(conn: &mut Conn, actor: &Actor, now: Moment, roll: &Roll) -> Result<Plan, Fault> {
    access_rules::decide(actor, Act::Import, &Object::site(), now).or_fault()?;
    let mut seen = Seen::default();
    let mut fates = Vec::new();
    for row in &roll.rows {
        fates.push(held_against(conn, now, &roll.columns, row, &mut seen)?.0);
    }
    Ok(summed(roll, fates, false))
}

/// Does it: every row, or every good one when `good_rows_only`.
///
/// # Errors
/// 401, 403; `rows_at_fault` when there are any and they were not to be left out; nothing is written then.
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    roll: &Roll,
    good_rows_only: bool,
) -> Result<Plan, Fault> {
    access_rules::decide(actor, Act::Import, &Object::site(), now).or_fault()?;
    let mut seen = Seen::default();
    let mut fates = Vec::new();
    for row in &roll.rows {
        let (fate, change) = held_against(conn, now, &roll.columns, row, &mut seen)?;
        if let Some(change) = change {
            write(conn, actor, now, change)?;
        }
        fates.push(fate);
    }
    let plan = summed(roll, fates, true);
    if plan.errors > 0 && !good_rows_only {
        return Err(SheetFault::RowsAtFault {
            rows: i64::try_from(plan.errors).unwrap_or(i64::MAX),
        }
        .into());
    }
    let note = Note {
        actor: actor.person.map(Id::cast),
        summary: json!({
            "created": plan.creates, "updated": plan.updates, "unchanged": plan.unchanged, "left_out": plan.errors,
        }),
        ..Note::of("members.import", "site")
    };
    audit::note(conn, now, &note)?;
    Ok(plan)
}

/// What earlier rows of the file were about.
#[derive(Default)]
struct Seen {
    organisations: BTreeSet<OrganisationId>,
    identities: BTreeSet<String>,
    skeletons: BTreeMap<String, String>,
}

/// What a good row writes.
struct Change {
    organisation: Organisation,
    before: Option<Organisation>,
    is_changed: bool,
    membership: Option<MembershipChange>,
    dues: Vec<Dues>,
    contacts: Vec<(Email, String)>,
}

enum MembershipChange {
    Begin(Beginning),
    Step(Membership, MembershipState),
}

/// A row held against the database: its fate, and what it writes when it is good and changes anything.
fn held_against(
    conn: &mut Conn,
    now: Moment,
    columns: &Columns,
    row: &SheetRow,
    seen: &mut Seen,
) -> Result<(RowFate, Option<Change>), Fault> {
    let mut notes = Notes::default();
    if !row.cell(columns.role).is_empty() {
        notes.warn("role_ignored", "role");
    }
    let before = existing(conn, columns, row, &mut notes)?;
    let mut after = before.clone().unwrap_or_else(|| Organisation {
        id: row.cell(columns.id).parse().unwrap_or_else(|_| Id::new()),
        ..organisations::blank(now)
    });
    let mut fields = Fields::new();
    let input = input(columns, row, before.as_ref(), &mut notes);
    organisations::check(&mut fields, &mut after, &input);
    notes.take_faults(fields);
    after.state = OrganisationState::Active;
    if !notes.has_error() {
        refuse_twice(conn, &after, seen, &mut notes)?;
        warn_of_lookalikes(conn, &after, before.is_none(), seen, &mut notes)?;
    }
    let fees = fees(conn, now, columns, row, &after, &mut notes)?;
    let membership = membership(conn, now, columns, row, &after, before.is_some(), &mut notes)?;
    let contacts = new_contacts(conn, columns, row, &after, &mut notes)?;

    let mut changes = before
        .as_ref()
        .map_or_else(Vec::new, |before| changed_columns(before, &after));
    let is_changed = !changes.is_empty();
    changes.extend(membership.iter().map(|_| "state".to_owned()));
    changes.extend(fees.iter().map(|fee| format!("dues_{}", fee.year)));
    changes.extend(contacts.iter().map(|_| "contact_email".to_owned()));
    changes.dedup();
    let fate = match (&before, notes.has_error()) {
        (_, true) => Fate::Error,
        (None, _) => Fate::Create,
        (Some(_), _) if changes.is_empty() => Fate::Unchanged,
        (Some(_), _) => Fate::Update,
    };
    let is_written = matches!(fate, Fate::Create | Fate::Update);
    let told = RowFate {
        row_number: row.number,
        name: text::cut(&after.name, text::NAME),
        fate,
        organisation: (fate != Fate::Error).then_some(after.id),
        changes: if is_written { changes } else { vec![] },
        messages: notes.0,
    };
    let change = is_written.then(|| Change {
        is_changed: is_changed || before.is_none(),
        organisation: after,
        before,
        membership,
        dues: fees,
        contacts,
    });
    Ok((told, change))
}

/// The organisation a row is about, if it is known.
fn existing(
    conn: &mut Conn,
    columns: &Columns,
    row: &SheetRow,
    notes: &mut Notes,
) -> Result<Option<Organisation>, Fault> {
    let id = row.cell(columns.id);
    if !id.is_empty() {
        let Ok(id) = id.parse::<OrganisationId>() else {
            notes.err("not_an_id", "id");
            return Ok(None);
        };
        if organisations::find(conn, id)?.is_some() {
            return organisations::surviving(conn, id).map(Some);
        }
    }
    let kind = kind_named(row.cell(columns.kind));
    let country = crate::countries::named(row.cell(columns.country)).map(|country| country.code);
    let name = text::line(row.cell(columns.name), text::NAME).unwrap_or_default();
    if !rules::is_a_name(&name) {
        return Ok(None);
    }
    let found = match kind {
        Some(kind) => organisations::known(conn, &rules::identity(&name, country, kind))?,
        None => organisations::only_of_name(conn, &name, country)?,
    };
    if found
        .as_ref()
        .is_some_and(|found| found.name_key != text::same_name(&name))
    {
        notes.warn("merged_into", "name");
    }
    Ok(found)
}

/// The form this row fills in: what it says, over what is known.
fn input(
    columns: &Columns,
    row: &SheetRow,
    before: Option<&Organisation>,
    notes: &mut Notes,
) -> OrganisationInput {
    let cell = |column: Option<usize>, known: &str| {
        let said = row.cell(column);
        if said.is_empty() {
            known.to_owned()
        } else {
            said.to_owned()
        }
    };
    let blank = organisations::blank(Moment::from_micros(0));
    let known = before.unwrap_or(&blank);
    let mut names = known.names.clone();
    for (language, column) in [
        ("en", columns.name_en),
        ("fr", columns.name_fr),
        ("es", columns.name_es),
    ] {
        let said = row.cell(column);
        if !said.is_empty() {
            names.0.insert(language.into(), said.to_owned());
        }
    }
    let kind = row.cell(columns.kind);
    let said_kind = kind_named(kind);
    if said_kind.is_none() && !kind.is_empty() {
        notes.err("unknown", "kind");
    }
    let section = row.cell(columns.section);
    let said_section = Section::named(section);
    if said_section.is_none() && !section.is_empty() {
        notes.err("unknown", "section");
    }
    // Under the name of one that was merged, the survivor keeps its own.
    let is_other_name = before.is_some_and(|_| {
        row.cell(columns.id).is_empty() && text::same_name(row.cell(columns.name)) != known.name_key
    });
    OrganisationInput {
        name: if is_other_name {
            known.name.clone()
        } else {
            cell(columns.name, &known.name)
        },
        names,
        acronym: cell(columns.acronym, &known.acronym),
        // A kind that was said and not understood is told once, above.
        kind: said_kind
            .or(before.map(|before| before.kind))
            .or_else(|| (!kind.is_empty()).then_some(OrganisationKind::Other)),
        country: cell(columns.country, known.country.as_deref().unwrap_or_default()),
        section: said_section.or(known.section),
        parent: known.parent,
        site: cell(columns.site, &known.site),
        email_domain: cell(columns.email_domain, &known.email_domain),
        despite_lookalike: true,
    }
}

fn refuse_twice(
    conn: &mut Conn,
    after: &Organisation,
    seen: &mut Seen,
    notes: &mut Notes,
) -> Result<(), Fault> {
    let is_first = seen.organisations.insert(after.id) && seen.identities.insert(after.identity.clone());
    if !is_first {
        notes.err("twice_in_file", "name");
    }
    let twins = organisations::twins(conn, &after.identity)?;
    if twins
        .iter()
        .any(|twin| twin.id != after.id && twin.state == OrganisationState::Active)
    {
        notes.err("organisation_exists", "name");
    }
    Ok(())
}

fn warn_of_lookalikes(
    conn: &mut Conn,
    after: &Organisation,
    is_new: bool,
    seen: &mut Seen,
    notes: &mut Notes,
) -> Result<(), Fault> {
    let in_file = seen
        .skeletons
        .insert(after.skeleton.clone(), after.name_key.clone())
        .is_some_and(|name| name != after.name_key);
    if is_new && (in_file || !organisations::lookalikes(conn, after)?.is_empty()) {
        notes.warn("looks_alike", "name");
    }
    Ok(())
}

fn fees(
    conn: &mut Conn,
    now: Moment,
    columns: &Columns,
    row: &SheetRow,
    after: &Organisation,
    notes: &mut Notes,
) -> Result<Vec<Dues>, Fault> {
    let known = if columns.dues.is_empty() {
        vec![]
    } else {
        dues::of(conn, after.id)?
    };
    let mut changes = Vec::new();
    for (year, column) in &columns.dues {
        let before = known.iter().find(|dues| dues.year == *year);
        let field = format!("dues_{year}");
        match dues_named(row.cell(Some(*column))) {
            Said::Nothing => {}
            Said::Odd => notes.err("unknown", &field),
            Said::Unpaid if before.is_some() => notes.warn("dues_kept", &field),
            Said::Unpaid => {}
            Said::State(state) if before.is_some_and(|before| before.state == state) => {}
            Said::State(state) => changes.push(Dues {
                organisation: after.id,
                year: *year,
                state,
                amount_cents: before.and_then(|before| before.amount_cents),
                currency: before.map(|before| before.currency.clone()).unwrap_or_default(),
                paid_on: before.and_then(|before| before.paid_on),
                recorded_at: now,
                recorded_by: None,
            }),
        }
    }
    Ok(changes)
}

fn membership(
    conn: &mut Conn,
    now: Moment,
    columns: &Columns,
    row: &SheetRow,
    after: &Organisation,
    is_known: bool,
    notes: &mut Notes,
) -> Result<Option<MembershipChange>, Fault> {
    let (category, state) = (row.cell(columns.category), row.cell(columns.state));
    let said_category = category_named(category);
    let said_state = state_named(state);
    if said_category.is_none() && !category.is_empty() {
        notes.err("unknown", "category");
        return Ok(None);
    }
    if said_state.is_none() && !state.is_empty() {
        notes.err("unknown", "state");
        return Ok(None);
    }
    let since = since(now, row.cell(columns.since), notes);
    let held = if is_known {
        memberships::history(conn, after.id)?
    } else {
        vec![]
    };
    let open = held
        .iter()
        .map(|held| &held.membership)
        .find(|held| held.to_at.is_none());
    if let Some(open) = open {
        if said_category.is_some_and(|category| category != open.category) {
            notes.err("category_differs", "category");
            return Ok(None);
        }
        return Ok(match said_state {
            Some(state) if state != open.state && rules::leads_to(open.state, state) => {
                Some(MembershipChange::Step(open.clone(), state))
            }
            Some(state) if state != open.state => {
                notes.err_with(
                    "illegal_step",
                    "state",
                    json!({ "from": open.state, "to": state }),
                );
                None
            }
            _ => None,
        });
    }
    let Some(category) = said_category else {
        if said_state.is_some() {
            notes.err("required", "category");
        }
        return Ok(None);
    };
    if said_state.is_none() {
        notes.warn("state_taken_as_active", "state");
    }
    let state = said_state.unwrap_or(MembershipState::Active);
    // One that ended so is history, not news.
    let is_over = held
        .iter()
        .any(|held| held.membership.category == category && held.membership.state == state);
    if is_over && rules::is_final(state) {
        return Ok(None);
    }
    Ok(Some(MembershipChange::Begin(Beginning {
        organisation: after.id,
        category,
        state,
        from_at: since.unwrap_or(now),
        reason: "import".into(),
    })))
}

fn since(now: Moment, cell: &str, notes: &mut Notes) -> Option<Moment> {
    if cell.is_empty() {
        return None;
    }
    let year_only = (cell.len() == 4).then(|| format!("{cell}-01-01"));
    let day: Option<LocalDate> = year_only.as_deref().unwrap_or(cell).parse().ok();
    let from: Option<Moment> = day.and_then(|day| format!("{day}T00:00:00Z").parse().ok());
    match from {
        None => notes.err("not_a_day", "since"),
        Some(from) if from > now => notes.err("in_the_future", "since"),
        Some(_) => {}
    }
    from
}

fn new_contacts(
    conn: &mut Conn,
    columns: &Columns,
    row: &SheetRow,
    after: &Organisation,
    notes: &mut Notes,
) -> Result<Vec<(Email, String)>, Fault> {
    let emails = row.cell(columns.contact_email);
    if emails.is_empty() {
        return Ok(vec![]);
    }
    let names: Vec<&str> = row.cell(columns.contact_name).split([';', '|']).collect();
    let known = contacts::of(conn, after.id)?;
    let mut new: Vec<(Email, String)> = Vec::new();
    let listed = emails
        .split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|'))
        .filter(|email| !email.is_empty());
    for (at, email) in listed.enumerate() {
        let Ok(email) = email.parse::<Email>() else {
            notes.warn("not_an_email", "contact_email");
            continue;
        };
        let name = names.get(at).copied().unwrap_or_default();
        let name = text::line(name, text::NAME).unwrap_or_default();
        let is_known = known
            .iter()
            .any(|contact| contact.email == email.as_str() && (name.is_empty() || contact.name == name));
        let is_repeated = new.iter().any(|(other, _)| other.key() == email.key());
        if !is_known && !is_repeated && new.len() < CONTACTS_MAX {
            new.push((email, name));
        }
    }
    Ok(new)
}

fn write(conn: &mut Conn, actor: &Actor, now: Moment, change: Change) -> Result<(), Fault> {
    let id = change.organisation.id;
    if change.is_changed {
        let mut after = change.organisation;
        match &change.before {
            None => {
                organisations::insert(conn, &after)?;
                organisations::note(conn, actor, now, "organisation.create", None, &after)?;
            }
            Some(before) => {
                let merged = organisations::merged_names(conn, id)?;
                after.search_key = organisations::search_key(&after, &merged);
                let after = organisations::update(conn, before.version, after)?;
                organisations::note(conn, actor, now, "organisation.edit", Some(before), &after)?;
            }
        }
    }
    match change.membership {
        Some(MembershipChange::Begin(begin)) => {
            memberships::begin_at(conn, now, actor.person, begin)?;
        }
        Some(MembershipChange::Step(membership, state)) => {
            memberships::take(conn, now, actor.person, &membership, state, now, "import")?;
        }
        None => {}
    }
    for fee in change.dues {
        let fee = Dues {
            recorded_by: actor.person,
            ..fee
        };
        dues::keep(conn, &fee)?;
    }
    for (email, name) in change.contacts {
        contacts::keep(conn, id, &email, &name)?;
    }
    if change.before.is_some() {
        positions::weigh_again(conn, id)?;
        changed::organisation(conn, now, id)?;
    }
    Ok(())
}

fn changed_columns(before: &Organisation, after: &Organisation) -> Vec<String> {
    let columns = [
        ("name", before.name != after.name),
        ("names", before.names != after.names),
        ("acronym", before.acronym != after.acronym),
        ("kind", before.kind != after.kind),
        ("country", before.country != after.country),
        ("section", before.section != after.section),
        ("site", before.site != after.site),
        ("email_domain", before.email_domain != after.email_domain),
        // One that was only typed in is accepted by standing on the roll.
        ("accepted", before.state != after.state),
    ];
    columns
        .iter()
        .filter(|(_, differs)| *differs)
        .map(|(column, _)| (*column).to_owned())
        .collect()
}

fn summed(roll: &Roll, rows: Vec<RowFate>, applied: bool) -> Plan {
    let count = |fate| rows.iter().filter(|row| row.fate == fate).count();
    Plan {
        creates: count(Fate::Create),
        updates: count(Fate::Update),
        unchanged: count(Fate::Unchanged),
        errors: count(Fate::Error),
        messages: roll.messages.clone(),
        applied,
        rows,
    }
}
