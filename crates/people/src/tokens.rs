//! Bearer tokens: by which a program acts for an account, within the scopes it was given and never beyond its owner.
//! All moments are of the machine's clock.

use access_rules::{AccountId, Actor, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Language, Moment, secret, text};
use serde::Deserialize;

use crate::{
    accounts,
    model::{BearerToken, TokenScope},
    rules,
    tables::{accounts as accounts_table, bearer_tokens, second_factors},
};

/// Begins every token, so that one that leaked into a repository is found.
pub const PREFIX: &str = "hemicycle_";

/// What the form of a new token asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct TokenInput {
    /// What its owner calls it.
    #[serde(default)]
    pub name: String,
    /// What it may be used for.
    #[serde(default)]
    pub scopes: Vec<TokenScope>,
    /// For how many days; 90 when not said, 365 at most.
    pub days: Option<i64>,
}

/// A token just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What is kept of it.
    pub row: BearerToken,
    /// The token; shown this once.
    pub token: String,
}

/// Who a program acts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The account.
    pub account: AccountId,
    /// Whose it is.
    pub person: PersonId,
    /// In which language its answers are, when the program does not say.
    pub language: Language,
    /// The token's id.
    pub token: Id<BearerToken>,
    /// What it may be used for; goes into [`Actor::token_scopes`].
    pub scopes: Vec<String>,
    /// The account has a second factor, and so it was given where this token was made.
    pub has_second_factor: bool,
    /// The last use is a minute old: queue a write of [`touch`].
    pub stale_seen: bool,
}

/// Makes a token for the actor's account.
///
/// # Errors
/// 401; `invalid` with each field; `too_many_tokens` beside the name.
pub fn make(conn: &mut Conn, actor: &Actor, now: Moment, input: &TokenInput) -> Result<Made, Fault> {
    let account = accounts::own(actor, now)?;
    let mut fields = Fields::new();
    let name = fields.required_line("name", &input.name, text::NAME);
    let days = fields.within("days", input.days.unwrap_or(90), 1, rules::TOKEN_DAYS_MAX);
    if input.scopes.is_empty() {
        fields.wrong("scopes", "required");
    }
    if i64::try_from(list(conn, actor, now)?.len()).unwrap_or(i64::MAX) >= rules::TOKENS_MAX {
        fields.wrong_with("name", "too_many_tokens", "most", rules::TOKENS_MAX);
    }
    fields.done()?;
    let mut scopes = input.scopes.clone();
    scopes.sort_unstable();
    scopes.dedup();
    let token = format!("{PREFIX}{}", secret::token());
    let row = BearerToken {
        id: Id::new(),
        account_id: account,
        name,
        token_hash: secret::hash(&token),
        scopes: Json(scopes),
        created_at: now,
        expires_at: now.plus_days(days),
        last_used_at: None,
        revoked_at: None,
    };
    on_each!(conn, |c| diesel::insert_into(bearer_tokens::table)
        .values(&row)
        .execute(c))
    .exactly_one()?;
    let owner = accounts::get(conn, account)?;
    accounts::note(conn, now, &owner, "token.make")?;
    Ok(Made { row, token })
}

/// The actor's tokens that are good.
///
/// # Errors
/// 401; when the database refuses.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Vec<BearerToken>, Fault> {
    let account = accounts::own(actor, now)?;
    Ok(on_each!(conn, |c| bearer_tokens::table
        .filter(bearer_tokens::account_id.eq(account))
        .filter(bearer_tokens::revoked_at.is_null())
        .filter(bearer_tokens::expires_at.gt(now))
        .order(bearer_tokens::id.desc())
        .select(BearerToken::as_select())
        .load(c))?)
}

/// Ends one of the actor's tokens.
///
/// # Errors
/// 401; 404 when it is not one of theirs.
pub fn revoke(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<BearerToken>) -> Result<(), Fault> {
    let account = accounts::own(actor, now)?;
    on_each!(conn, |c| diesel::update(bearer_tokens::table.find(id))
        .filter(bearer_tokens::account_id.eq(account))
        .filter(bearer_tokens::revoked_at.is_null())
        .set(bearer_tokens::revoked_at.eq(now))
        .execute(c))
    .one_or(Fault::not_found())?;
    let owner = accounts::get(conn, account)?;
    accounts::note(conn, now, &owner, "token.revoke")
}

/// Whom a program with this token acts for; nobody when it is unknown, over, ended, or its account closed. Writes
/// nothing.
///
/// # Errors
/// When the database refuses.
pub fn bearer(conn: &mut Conn, token: &str, now: Moment) -> Result<Option<Bearer>, Fault> {
    let found: Option<(BearerToken, PersonId, Language, Option<Moment>)> =
        on_each!(conn, |c| bearer_tokens::table
            .inner_join(accounts_table::table.on(accounts_table::id.eq(bearer_tokens::account_id)))
            .left_join(second_factors::table.on(second_factors::account_id.eq(bearer_tokens::account_id)))
            .filter(bearer_tokens::token_hash.eq(secret::hash(token)))
            .filter(bearer_tokens::revoked_at.is_null())
            .filter(bearer_tokens::expires_at.gt(now))
            .filter(accounts_table::closed_at.is_null())
            .select((
                BearerToken::as_select(),
                accounts_table::person_id,
                accounts_table::language,
                second_factors::since.nullable(),
            ))
            .first(c)
            .optional())?;
    Ok(found.map(|(row, person, language, second_since)| Bearer {
        account: row.account_id,
        person,
        language,
        token: row.id,
        scopes: row.scopes.0.iter().map(ToString::to_string).collect(),
        has_second_factor: second_since.is_some(),
        stale_seen: row
            .last_used_at
            .is_none_or(|at| now.seconds_since(at) >= rules::SEEN_SECONDS),
    }))
}

/// Remembers that a token was used; at most once a minute, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn touch(conn: &mut Conn, now: Moment, id: Id<BearerToken>) -> Result<(), Fault> {
    let stale = bearer_tokens::last_used_at
        .is_null()
        .or(bearer_tokens::last_used_at.le(now.plus_seconds(-rules::SEEN_SECONDS)));
    on_each!(conn, |c| diesel::update(bearer_tokens::table.find(id))
        .filter(stale)
        .set(bearer_tokens::last_used_at.eq(now))
        .execute(c))
    .at_most_one()?;
    Ok(())
}

/// Ends every token: after a restore.
///
/// # Errors
/// When the database refuses.
pub fn end_all(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(bearer_tokens::table)
        .filter(bearer_tokens::revoked_at.is_null())
        .set(bearer_tokens::revoked_at.eq(now))
        .execute(c))?)
}

/// Ends every token of an account.
pub(crate) fn end_of_account(conn: &mut Conn, now: Moment, account: AccountId) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(bearer_tokens::table)
        .filter(bearer_tokens::account_id.eq(account))
        .filter(bearer_tokens::revoked_at.is_null())
        .set(bearer_tokens::revoked_at.eq(now))
        .execute(c))?)
}
