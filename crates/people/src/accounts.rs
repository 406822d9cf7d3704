//! Accounts: ways to sign in. An account is of a person, has one address, and perhaps a password.

use access_rules::{AccountId, Actor, Key, Object, ObjectKind, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Email, Fault, Id, Language, Moment};
use records::audit::{self, Note};
use serde_json::Value;

use crate::{
    faults::AccountFault,
    half_sign_ins, identities,
    model::Account,
    persons::{self, NewPerson},
    second_factor, sessions,
    tables::accounts,
    tokens,
};

/// The account of an address, made with a nameless person when there is none: so that asking to sign in tells nothing,
/// and a registration starts without an account. Only for who proved the address, or is invited to it.
///
/// # Errors
/// When the database refuses.
pub fn find_or_create(
    conn: &mut Conn,
    now: Moment,
    email: &Email,
    language: Language,
) -> Result<Account, Fault> {
    if let Some(account) = by_email(conn, email)? {
        return Ok(account);
    }
    let nameless = NewPerson {
        language: Some(language),
        ..NewPerson::default()
    };
    let person = persons::create(conn, now, &nameless)?;
    create(conn, now, person, email, language)
}

/// The account of somebody who is invited, made with their name when there is none.
///
/// # Errors
/// When the database refuses.
pub fn invited(conn: &mut Conn, now: Moment, email: &Email, new: &NewPerson) -> Result<Account, Fault> {
    if let Some(account) = by_email(conn, email)? {
        return Ok(account);
    }
    let person = persons::create(conn, now, new)?;
    create(conn, now, person, email, new.language.unwrap_or(Language::En))
}

/// An account for a person, its address not proved yet.
///
/// # Errors
/// `email_taken` when the address has one; when the database refuses.
pub fn create(
    conn: &mut Conn,
    now: Moment,
    person: PersonId,
    email: &Email,
    language: Language,
) -> Result<Account, Fault> {
    create_as(conn, now, Id::new(), person, email, language)
}

/// The same under an id chosen by the caller, for the demonstration.
///
/// # Errors
/// As [`create`].
pub fn create_as(
    conn: &mut Conn,
    now: Moment,
    id: AccountId,
    person: PersonId,
    email: &Email,
    language: Language,
) -> Result<Account, Fault> {
    let account = Account {
        id,
        person_id: person,
        email: email.clone(),
        email_key: email.key(),
        password_hash: None,
        verified_at: None,
        language,
        created_at: now,
        closed_at: None,
        version: 1,
    };
    let is_new = on_each!(conn, |c| diesel::insert_into(accounts::table)
        .values(&account)
        .on_conflict(accounts::email_key)
        .do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_new {
        return Err(AccountFault::EmailTaken.into());
    }
    let note = Note {
        actor: Some(person.cast()),
        object_id: Some(account.id.uuid()),
        ..Note::of("account.create", "account")
    };
    audit::note(conn, now, &note)?;
    Ok(account)
}

/// The open account of an address. For our own use: no answer to a stranger may depend on it.
///
/// # Errors
/// When the database refuses.
pub fn by_email(conn: &mut Conn, email: &Email) -> Result<Option<Account>, Fault> {
    by_key(conn, &email.key())
}

/// The open account of an address's key.
pub(crate) fn by_key(conn: &mut Conn, email_key: &str) -> Result<Option<Account>, Fault> {
    Ok(on_each!(conn, |c| accounts::table
        .filter(accounts::email_key.eq(email_key))
        .filter(accounts::closed_at.is_null())
        .select(Account::as_select())
        .first(c)
        .optional())?)
}

/// An open account.
///
/// # Errors
/// 404; when the database refuses.
pub fn get(conn: &mut Conn, id: AccountId) -> Result<Account, Fault> {
    Ok(on_each!(conn, |c| accounts::table
        .find(id)
        .filter(accounts::closed_at.is_null())
        .select(Account::as_select())
        .first(c))?)
}

/// The open account of a person, if they have one; of several, the latest. Where letters to them go.
///
/// # Errors
/// When the database refuses.
pub fn of_person(conn: &mut Conn, person: PersonId) -> Result<Option<Account>, Fault> {
    Ok(on_each!(conn, |c| accounts::table
        .filter(accounts::person_id.eq(person))
        .filter(accounts::closed_at.is_null())
        .order(accounts::id.desc())
        .select(Account::as_select())
        .first(c)
        .optional())?)
}

/// The open accounts of several persons.
///
/// # Errors
/// When the database refuses.
pub fn of_persons(conn: &mut Conn, persons: &[PersonId]) -> Result<Vec<Account>, Fault> {
    Ok(on_each!(conn, |c| accounts::table
        .filter(accounts::person_id.eq_any(persons))
        .filter(accounts::closed_at.is_null())
        .order(accounts::id)
        .select(Account::as_select())
        .load(c))?)
}

/// The actor's own account.
///
/// # Errors
/// 401; `scope` when a program asks by a token that was not given this.
pub fn mine(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Account, Fault> {
    persons::may_mind_own(actor, now)?;
    get(conn, actor.account.ok_or_else(Fault::sign_in_needed)?)
}

/// Sets the language of the actor's pages and letters.
///
/// # Errors
/// 401; when the database refuses.
pub fn speak(conn: &mut Conn, actor: &Actor, now: Moment, language: Language) -> Result<(), Fault> {
    persons::may_mind_own(actor, now)?;
    let account = actor.account.ok_or_else(Fault::sign_in_needed)?;
    on_each!(conn, |c| diesel::update(accounts::table.find(account))
        .filter(accounts::closed_at.is_null())
        .set(accounts::language.eq(language))
        .execute(c))
    .one_or(Fault::not_found())
}

/// Remembers that the address was proved.
///
/// # Errors
/// When the database refuses.
pub fn verified(conn: &mut Conn, now: Moment, id: AccountId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(accounts::table.find(id))
        .filter(accounts::verified_at.is_null())
        .set(accounts::verified_at.eq(now))
        .execute(c))
    .at_most_one()?;
    Ok(())
}

/// Closes an account: its browsers and tokens end, its password, second factor and identities at providers are forgotten, its address is free. The person stays,
/// with what they registered for and were appointed to. The caller has checked the proof.
pub(crate) fn close(conn: &mut Conn, now: Moment, account: &Account) -> Result<(), Fault> {
    let nowhere = format!("closed-{}@account.invalid", account.id);
    on_each!(conn, |c| diesel::update(accounts::table.find(account.id))
        .filter(accounts::closed_at.is_null())
        .set((
            accounts::email.eq(&nowhere),
            accounts::email_key.eq(&nowhere),
            accounts::password_hash.eq(None::<String>),
            accounts::closed_at.eq(now),
            accounts::version.eq(accounts::version + 1),
        ))
        .execute(c))
    .one_or(Fault::not_found())?;
    sessions::end_others(conn, now, account.id, None)?;
    tokens::end_of_account(conn, now, account.id)?;
    half_sign_ins::void_of_account(conn, now, account.id)?;
    second_factor::forget(conn, account.id)?;
    identities::forget(conn, account.id)?;
    note(conn, now, account, "account.close")
}

/// The account whose sign-in the actor may change: their own, by a person at a browser, never by a program's token.
pub(crate) fn own(actor: &Actor, now: Moment) -> Result<AccountId, Fault> {
    let (Some(account), Some(person)) = (actor.account, actor.person) else {
        return Err(Fault::sign_in_needed());
    };
    if actor.token_scopes.is_some() {
        return Err(Fault::forbidden("scope"));
    }
    let own = Object::readable_by(ObjectKind::Account, Key::Person(person)).of_person(person);
    access_rules::decide(actor, access_rules::Act::MindOwn, &own, now).or_fault()?;
    Ok(account)
}

/// An entry about an account, made by its owner.
pub(crate) fn note(conn: &mut Conn, now: Moment, account: &Account, act: &str) -> Result<(), Fault> {
    let note = Note {
        actor: Some(account.person_id.cast()),
        object_id: Some(account.id.uuid()),
        summary: Value::Object(serde_json::Map::new()),
        ..Note::of(act, "account")
    };
    audit::note(conn, now, &note)
}
