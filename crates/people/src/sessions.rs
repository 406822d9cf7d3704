//! Browsers that are signed in. Not the congress's sessions: those are in `programme`.
//!
//! A browser holds an opaque token of 192 bits; here is its hash. All moments are of the machine's clock.

use access_rules::{AccountId, Actor, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Language, Moment, secret};
use records::audit::{self, Note};
use serde_json::{Value, json};

use crate::{
    accounts,
    model::{Account, SignInSession},
    rules, standings,
    tables::{accounts as accounts_table, second_factors, sign_in_sessions},
};

/// A browser just signed in: what its cookie needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Started {
    /// Its id.
    pub id: Id<SignInSession>,
    /// The token; shown this once.
    pub token: String,
    /// When it ends in any case.
    pub expires_at: Moment,
    /// What each of its forms must send back.
    pub csrf: String,
}

/// Who is signed in with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: AccountId,
    /// Whose it is.
    pub person: PersonId,
    /// The browser.
    pub session: Id<SignInSession>,
    /// In which language its pages are.
    pub language: Language,
    /// What each of its forms must send back.
    pub csrf: String,
    /// When password or code were last given in this browser.
    pub proved_at: Moment,
    /// The account has a second factor, and so it was given in this browser; or a provider trusted with it says that it was
    /// given there.
    pub has_second_factor: bool,
    /// The last use is a minute old: queue a write of [`touch`].
    pub stale_seen: bool,
}

/// Signs a browser in, with a token of its own: one set before is worth nothing (§5.7, 73). The browser's former
/// token, if it had one, ends.
///
/// # Errors
/// When the database refuses.
pub fn start(
    conn: &mut Conn,
    now: Moment,
    account: &Account,
    user_agent: &str,
    former_token: Option<&str>,
) -> Result<Started, Fault> {
    if let Some(former) = former_token {
        end_by_token(conn, now, former)?;
    }
    let token = secret::token();
    let (idle_minutes, expires_at) = rules::lifetime(now, standings::is_staff(conn, account.person_id)?);
    let session = SignInSession {
        id: Id::new(),
        account_id: account.id,
        token_hash: secret::hash(&token),
        label: rules::browser_label(user_agent),
        created_at: now,
        proved_at: now,
        last_seen_at: now,
        idle_minutes,
        expires_at,
        revoked_at: None,
        vouched_at: None,
    };
    on_each!(conn, |c| diesel::insert_into(sign_in_sessions::table)
        .values(&session)
        .execute(c))
    .exactly_one()?;
    Ok(Started {
        id: session.id,
        csrf: rules::csrf(&token),
        token,
        expires_at,
    })
}

/// Who is signed in with this token; nobody when it is unknown, over, ended, or its account closed. Writes nothing.
///
/// # Errors
/// When the database refuses.
pub fn signed_in(conn: &mut Conn, token: &str, now: Moment) -> Result<Option<SignedIn>, Fault> {
    let found: Option<(SignInSession, PersonId, Language, Option<Moment>)> =
        on_each!(conn, |c| sign_in_sessions::table
            .inner_join(accounts_table::table.on(accounts_table::id.eq(sign_in_sessions::account_id)))
            .left_join(second_factors::table.on(second_factors::account_id.eq(sign_in_sessions::account_id)))
            .filter(sign_in_sessions::token_hash.eq(secret::hash(token)))
            .filter(sign_in_sessions::revoked_at.is_null())
            .filter(sign_in_sessions::expires_at.gt(now))
            .filter(accounts_table::closed_at.is_null())
            .select((
                SignInSession::as_select(),
                accounts_table::person_id,
                accounts_table::language,
                second_factors::since.nullable(),
            ))
            .first(c)
            .optional())?;
    Ok(found.filter(|(session, _, _, _)| is_used(session, now)).map(
        |(session, person, language, second_since)| SignedIn {
            account: session.account_id,
            person,
            session: session.id,
            language,
            csrf: rules::csrf(token),
            proved_at: session.proved_at,
            has_second_factor: second_since.is_some() || session.vouched_at.is_some(),
            stale_seen: now.seconds_since(session.last_seen_at) >= rules::SEEN_SECONDS,
        },
    ))
}

/// Remembers that a browser was used; at most once a minute, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn touch(conn: &mut Conn, now: Moment, id: Id<SignInSession>) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(sign_in_sessions::table.find(id))
        .filter(sign_in_sessions::last_seen_at.le(now.plus_seconds(-rules::SEEN_SECONDS)))
        .set(sign_in_sessions::last_seen_at.eq(now))
        .execute(c))
    .at_most_one()?;
    Ok(())
}

/// The browsers signed in to the actor's account, the latest used first.
///
/// # Errors
/// 401; when the database refuses.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Vec<SignInSession>, Fault> {
    let account = accounts::own(actor, now)?;
    let all: Vec<SignInSession> = on_each!(conn, |c| sign_in_sessions::table
        .filter(sign_in_sessions::account_id.eq(account))
        .filter(sign_in_sessions::revoked_at.is_null())
        .filter(sign_in_sessions::expires_at.gt(now))
        .order((sign_in_sessions::last_seen_at.desc(), sign_in_sessions::id.desc()))
        .select(SignInSession::as_select())
        .load(c))?;
    Ok(all.into_iter().filter(|session| is_used(session, now)).collect())
}

/// Signs one of the actor's browsers out.
///
/// # Errors
/// 401; 404 when it is not one of theirs.
pub fn revoke(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<SignInSession>) -> Result<(), Fault> {
    let account = accounts::own(actor, now)?;
    on_each!(conn, |c| diesel::update(sign_in_sessions::table.find(id))
        .filter(sign_in_sessions::account_id.eq(account))
        .filter(sign_in_sessions::revoked_at.is_null())
        .set(sign_in_sessions::revoked_at.eq(now))
        .execute(c))
    .one_or(Fault::not_found())?;
    note(conn, now, actor, account, "session.end", json!({ "session": id }))
}

/// Signs all of the actor's browsers out but `current`. Answers how many.
///
/// # Errors
/// 401; when the database refuses.
pub fn revoke_others(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    current: Option<Id<SignInSession>>,
) -> Result<usize, Fault> {
    let account = accounts::own(actor, now)?;
    let ended = end_others(conn, now, account, current)?;
    note(
        conn,
        now,
        actor,
        account,
        "session.end_others",
        json!({ "count": ended }),
    )?;
    Ok(ended)
}

/// Signs a browser out: whoever holds the token may.
///
/// # Errors
/// When the database refuses.
pub fn end_by_token(conn: &mut Conn, now: Moment, token: &str) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(sign_in_sessions::table)
        .filter(sign_in_sessions::token_hash.eq(secret::hash(token)))
        .filter(sign_in_sessions::revoked_at.is_null())
        .set(sign_in_sessions::revoked_at.eq(now))
        .execute(c))
    .at_most_one()?;
    Ok(())
}

/// Signs everybody out: after a restore.
///
/// # Errors
/// When the database refuses.
pub fn end_all(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(sign_in_sessions::table)
        .filter(sign_in_sessions::revoked_at.is_null())
        .set(sign_in_sessions::revoked_at.eq(now))
        .execute(c))?)
}

/// Forgets browsers whose sign-in ended a month ago. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment, days: i64) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::delete(sign_in_sessions::table)
        .filter(sign_in_sessions::expires_at.lt(now.plus_days(-days)))
        .execute(c))?)
}

/// Signs an account out everywhere but in one browser.
pub(crate) fn end_others(
    conn: &mut Conn,
    now: Moment,
    account: AccountId,
    current: Option<Id<SignInSession>>,
) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| {
        let of_account = sign_in_sessions::account_id
            .eq(account)
            .and(sign_in_sessions::revoked_at.is_null());
        let changed = sign_in_sessions::revoked_at.eq(now);
        match current {
            Some(current) => diesel::update(sign_in_sessions::table)
                .filter(of_account)
                .filter(sign_in_sessions::id.ne(current))
                .set(changed)
                .execute(c),
            None => diesel::update(sign_in_sessions::table)
                .filter(of_account)
                .set(changed)
                .execute(c),
        }
    })?)
}

/// One browser, when it is signed in to this account still.
pub(crate) fn of_account(
    conn: &mut Conn,
    now: Moment,
    account: AccountId,
    id: Id<SignInSession>,
) -> Result<Option<SignInSession>, Fault> {
    let found: Option<SignInSession> = on_each!(conn, |c| sign_in_sessions::table
        .find(id)
        .filter(sign_in_sessions::account_id.eq(account))
        .filter(sign_in_sessions::revoked_at.is_null())
        .filter(sign_in_sessions::expires_at.gt(now))
        .select(SignInSession::as_select())
        .first(c)
        .optional())?;
    Ok(found.filter(|session| is_used(session, now)))
}

/// Remembers that password or code were given in this browser just now.
pub(crate) fn proved(conn: &mut Conn, now: Moment, id: Id<SignInSession>) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(sign_in_sessions::table.find(id))
        .set(sign_in_sessions::proved_at.eq(now))
        .execute(c))
    .at_most_one()?;
    Ok(())
}

/// Remembers that a provider let this browser in: neither password nor code were given here, so what asks for a fresh proof
/// asks for it; the second factor counts as given where the provider is trusted to say so.
pub(crate) fn let_in_by_provider(
    conn: &mut Conn,
    now: Moment,
    id: Id<SignInSession>,
    is_vouched: bool,
) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(sign_in_sessions::table.find(id))
        .set((
            sign_in_sessions::proved_at.eq(now.plus_minutes(-rules::PROOF_MINUTES)),
            sign_in_sessions::vouched_at.eq(is_vouched.then_some(now)),
        ))
        .execute(c))
    .exactly_one()
}

fn note(
    conn: &mut Conn,
    now: Moment,
    actor: &Actor,
    account: AccountId,
    act: &str,
    summary: Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(account.uuid()),
        summary,
        ..Note::of(act, "account")
    };
    audit::note(conn, now, &note)
}

fn is_used(session: &SignInSession, now: Moment) -> bool {
    now < session.last_seen_at.plus_minutes(session.idle_minutes)
}
