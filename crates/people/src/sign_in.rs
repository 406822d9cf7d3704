//! Signing in: by a code sent to one's address, which is the usual way, or by a password; then by the second factor of
//! who has one ([`half_sign_ins`]).
//!
//! Nothing says whether an account exists: a code is sent to whatever address is typed, and whoever proves one without
//! an account gets one, for a person who has yet to say their name. All moments are of the machine's clock.

use access_rules::{AccountId, PersonId};
use db::Conn;
use kernel::{Fault, Fields, Language, Moment};
use records::limits::{self, Attempt};
use serde::Deserialize;

use crate::{
    accounts, codes,
    faults::AccountFault,
    half_sign_ins::{self, Half},
    model::{Account, Outcome, Purpose},
    oidc_attempts,
    passwords::{Answered, Challenge, Password},
    persons, second_factor,
    sessions::{self, Started},
    tokens,
};

/// The browser that asks.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    /// From where: `records::rules::network` of its address.
    pub network: &'a str,
    /// What it calls itself; only family and system are kept.
    pub user_agent: &'a str,
    /// The token it was signed in with, if any: that ends.
    pub former_token: Option<&'a str>,
    /// In which language it reads; a new account's letters are in it.
    pub language: Language,
}

/// What the form for a code asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct CodeInput {
    /// The address the code was sent to.
    #[serde(default)]
    pub email: String,
    /// The six digits.
    #[serde(default)]
    pub code: String,
}

/// What the form for a password asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct PasswordInput {
    /// The account's address.
    #[serde(default)]
    pub email: String,
    /// The password.
    #[serde(default)]
    pub password: Password,
}

/// Somebody just signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The account.
    pub account: AccountId,
    /// Whose it is.
    pub person: PersonId,
    /// What the cookie needs.
    pub started: Started,
    /// They have not said their name yet: ask for it.
    pub is_nameless: bool,
}

/// How far somebody has come who gave code or password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// They are in.
    Entered(Entered),
    /// They owe the second factor; until then they are nobody.
    Half(Half),
}

/// Signs in by the code of a letter sent for `purpose`: signing in, or beginning a registration.
///
/// # Errors
/// `invalid` with each field; `too_many`. A wrong code is answered as refused: it has cost a try.
pub fn with_code(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    purpose: Purpose,
    input: &CodeInput,
) -> Result<Outcome<Progress>, Fault> {
    let mut fields = Fields::new();
    let email = fields.email("email", &input.email);
    if input.code.trim().is_empty() {
        fields.wrong("code", "required");
    }
    fields.done()?;
    let Some(email) = email else {
        return Err(Fault::internal("an address is missing unnoticed"));
    };
    match purpose {
        Purpose::SignIn | Purpose::Registration => {}
        Purpose::Verify | Purpose::Reset | Purpose::ChangeEmail => {
            return Err(Fault::internal("this code is not for signing in"));
        }
    }
    if let Outcome::Refused(fault) = codes::redeem(conn, now, visitor.network, &email, purpose, &input.code)?
    {
        return Ok(Outcome::Refused(fault));
    }
    let account = accounts::find_or_create(conn, now, &email, visitor.language)?;
    accounts::verified(conn, now, account.id)?;
    go_on(conn, now, visitor, &account).map(Outcome::Done)
}

/// Begins to sign in by password: counts the try, and answers what the password is to be compared with, outside of the
/// transaction. The count stands until [`with_password`] says otherwise.
///
/// # Errors
/// `invalid` when it is no address; `too_many`.
pub fn challenge(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    input: &PasswordInput,
) -> Result<Challenge, Fault> {
    let mut fields = Fields::new();
    let email = fields.email("email", &input.email);
    if input.password.is_empty() {
        fields.wrong("password", "required");
    }
    fields.done()?;
    let Some(email) = email else {
        return Err(Fault::internal("an address is missing unnoticed"));
    };
    let email_key = email.key();
    limits::begin(conn, now, &attempt(&email_key, network))?;
    let account = accounts::by_key(conn, &email_key)?;
    Ok(Challenge {
        account: account.as_ref().map(|account| account.id),
        hash: account.and_then(|account| account.password_hash),
        email,
    })
}

/// Signs in, when the password was right and has not been changed meanwhile.
///
/// # Errors
/// `wrong_password`, the same for an unknown address, an account without password and a wrong one.
pub fn with_password(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    answered: &Answered,
) -> Result<Progress, Fault> {
    let account = proved(conn, answered)?;
    limits::succeeded(conn, now, &attempt(&account.email_key, visitor.network))?;
    go_on(conn, now, visitor, &account)
}

/// After code or password: lets in who has no second factor, asks for it who has one.
pub(crate) fn go_on(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    account: &Account,
) -> Result<Progress, Fault> {
    if second_factor::is_on(conn, account.id)? {
        half_sign_ins::begin(conn, now, account).map(Progress::Half)
    } else {
        enter(conn, now, visitor, account).map(Progress::Entered)
    }
}

/// Signs a browser in to an account; whoever calls has seen the proofs, all of them (the demonstration's front door needs none).
///
/// # Errors
/// When the database refuses.
pub fn enter(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    account: &Account,
) -> Result<Entered, Fault> {
    let started = sessions::start(conn, now, account, visitor.user_agent, visitor.former_token)?;
    let person = persons::get(conn, account.person_id)?;
    accounts::note(conn, now, account, "account.sign_in")?;
    Ok(Entered {
        account: account.id,
        person: person.id,
        started,
        is_nameless: person.name().is_empty(),
    })
}

/// Ends every sign-in, token and code: what a restored copy of the database holds may be in other hands (§5.9, 103).
///
/// # Errors
/// When the database refuses.
pub fn end_everything(conn: &mut Conn, now: Moment) -> Result<(), Fault> {
    sessions::end_all(conn, now)?;
    tokens::end_all(conn, now)?;
    codes::void_all(conn, now)?;
    half_sign_ins::void_all(conn, now)?;
    oidc_attempts::void_all(conn)?;
    Ok(())
}

/// Forgets what is long over: browsers, codes, sign-ins that were never finished.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<(), Fault> {
    second_factor::sweep(conn, now)?;
    sessions::sweep(conn, now, crate::rules::SESSION_DAYS)?;
    half_sign_ins::sweep(conn, now)?;
    codes::sweep(conn, now)?;
    oidc_attempts::sweep(conn, now)?;
    Ok(())
}

/// The account whose password was given right, as it stands now.
pub(crate) fn proved(conn: &mut Conn, answered: &Answered) -> Result<Account, Fault> {
    let account = accounts::by_email(conn, &answered.challenge.email)?;
    account
        .filter(|account| answered.is_right && answered.challenge.account == Some(account.id))
        .filter(|account| account.password_hash == answered.challenge.hash)
        .ok_or_else(|| AccountFault::WrongPassword.into())
}

pub(crate) fn attempt<'a>(email_key: &'a str, network: &'a str) -> Attempt<'a> {
    Attempt {
        purpose: "password",
        account: email_key,
        address: network,
    }
}
