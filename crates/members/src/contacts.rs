//! Addresses the member roll gives for organisations: evidence for who says they belong there.

use access_rules::{OrganisationId, PersonId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Email, Fault};
use people::tables::accounts;

use crate::{
    model::{Contact, Evidence},
    rules,
    tables::{organisation_contacts, organisations},
};

/// Remembers an address, or its new name; answers whether anything changed.
///
/// # Errors
/// When the database refuses.
pub fn keep(conn: &mut Conn, organisation: OrganisationId, email: &Email, name: &str) -> Result<bool, Fault> {
    let contact = Contact {
        organisation,
        email_key: email.key(),
        email: email.to_string(),
        name: name.to_owned(),
    };
    if of(conn, organisation)?.contains(&contact) {
        return Ok(false);
    }
    on_each!(conn, |c| diesel::insert_into(organisation_contacts::table)
        .values(&contact)
        .on_conflict((
            organisation_contacts::organisation,
            organisation_contacts::email_key
        ))
        .do_update()
        .set((
            organisation_contacts::email.eq(&contact.email),
            organisation_contacts::name.eq(&contact.name),
        ))
        .execute(c))?;
    Ok(true)
}

/// The contacts of an organisation, by address.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Contact>, Fault> {
    Ok(on_each!(conn, |c| organisation_contacts::table
        .filter(organisation_contacts::organisation.eq(organisation))
        .order(organisation_contacts::email_key)
        .select(Contact::as_select())
        .load(c))?)
}

/// What speaks for a person's position: their proved addresses and `also`, one proved otherwise, held against the roll's
/// contacts and the organisation's domain.
///
/// # Errors
/// When the database refuses.
pub fn weigh(
    conn: &mut Conn,
    person: PersonId,
    organisation: OrganisationId,
    also: Option<&Email>,
    has_document: bool,
) -> Result<Evidence, Fault> {
    let mut proved: Vec<Email> = on_each!(conn, |c| accounts::table
        .filter(accounts::person_id.eq(person))
        .filter(accounts::verified_at.is_not_null())
        .filter(accounts::closed_at.is_null())
        .select(accounts::email)
        .load(c))?;
    proved.extend(also.cloned());
    let contacts = of(conn, organisation)?;
    let domain: Option<String> = on_each!(conn, |c| organisations::table
        .find(organisation)
        .select(organisations::email_domain)
        .first(c)
        .optional())?;
    let is_contact = proved
        .iter()
        .any(|email| contacts.iter().any(|contact| contact.email_key == email.key()));
    let is_of_domain = domain
        .filter(|domain| !domain.is_empty())
        .is_some_and(|domain| proved.iter().any(|email| email.domain() == domain));
    Ok(rules::evidence(is_contact, has_document, is_of_domain))
}
