//! The directory and the member roll as a list, in the columns the import reads: taking it back changes nothing (R249).

use access_rules::{Act, Actor, Object, OrganisationId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Moment};
use records::sheets::{Cell, Sheet};

use crate::{
    model::{Contact, Dues, Membership, Organisation, OrganisationState},
    tables::{dues, memberships, organisation_contacts, organisations},
};

/// Columns before those of fees.
const COLUMNS: [&str; 16] = [
    "id",
    "name",
    "name_en",
    "name_fr",
    "name_es",
    "acronym",
    "kind",
    "country",
    "section",
    "site",
    "email_domain",
    "category",
    "state",
    "since",
    "contact_email",
    "contact_name",
];

/// All active organisations with their running membership, contacts and fees; for who sees people.
///
/// # Errors
/// 401, 403; when the database refuses.
pub fn sheet(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Sheet, Fault> {
    access_rules::decide(actor, Act::SeePeople, &Object::site(), now).or_fault()?;
    let all: Vec<Organisation> = on_each!(conn, |c| organisations::table
        .filter(organisations::state.eq(OrganisationState::Active))
        .order((organisations::name_sort, organisations::id))
        .select(Organisation::as_select())
        .load(c))?;
    let members: Vec<Membership> = on_each!(conn, |c| memberships::table
        .filter(memberships::to_at.is_null())
        .order((memberships::organisation, memberships::from_at.desc()))
        .select(Membership::as_select())
        .load(c))?;
    let contacts: Vec<Contact> = on_each!(conn, |c| organisation_contacts::table
        .order((
            organisation_contacts::organisation,
            organisation_contacts::email_key
        ))
        .select(Contact::as_select())
        .load(c))?;
    let fees: Vec<Dues> = on_each!(conn, |c| dues::table
        .order((dues::organisation, dues::year))
        .select(Dues::as_select())
        .load(c))?;
    let mut years: Vec<i32> = fees.iter().map(|fee| fee.year).collect();
    years.sort_unstable();
    years.dedup();

    let header = COLUMNS.iter().map(|column| (*column).to_owned());
    let mut sheet = Sheet::new(header.chain(years.iter().map(|year| format!("dues_{year}"))));
    for organisation in &all {
        let member = members
            .iter()
            .find(|member| member.organisation == organisation.id);
        let contacts = of(&contacts, organisation.id, |contact| contact.organisation);
        let fees = of(&fees, organisation.id, |fee| fee.organisation);
        let mut cells = cells(organisation, member, contacts);
        cells.extend(years.iter().map(|year| {
            let fee = fees.iter().find(|fee| fee.year == *year);
            fee.map(|fee| fee.state.code().to_owned()).unwrap_or_default()
        }));
        sheet.row(cells.into_iter().map(Cell::Text));
    }
    Ok(sheet)
}

/// The rows of one organisation, among rows sorted by organisation.
fn of<T>(rows: &[T], organisation: OrganisationId, whose: impl Fn(&T) -> OrganisationId) -> &[T] {
    let first = rows.partition_point(|row| whose(row) < organisation);
    let end = rows.partition_point(|row| whose(row) <= organisation);
    &rows[first..end]
}

fn cells(organisation: &Organisation, member: Option<&Membership>, contacts: &[Contact]) -> Vec<String> {
    let name_in = |language: &str| organisation.names.0.get(language).cloned().unwrap_or_default();
    let emails: Vec<&str> = contacts.iter().map(|contact| contact.email.as_str()).collect();
    let names: Vec<String> = contacts
        .iter()
        .map(|contact| contact.name.replace([';', '|'], ","))
        .collect();
    let since = member.map(|member| member.from_at.utc().format("%Y-%m-%d").to_string());
    vec![
        organisation.id.to_string(),
        organisation.name.clone(),
        name_in("en"),
        name_in("fr"),
        name_in("es"),
        organisation.acronym.clone(),
        organisation.kind.to_string(),
        organisation.country.clone().unwrap_or_default(),
        organisation
            .section
            .map(|section| section.to_string())
            .unwrap_or_default(),
        organisation.site.clone(),
        organisation.email_domain.clone(),
        member
            .map(|member| member.category.to_string())
            .unwrap_or_default(),
        member.map(|member| member.state.to_string()).unwrap_or_default(),
        since.unwrap_or_default(),
        emails.join("; "),
        names.join("; "),
    ]
}
