//! Letters around signing in: codes for whoever asks, and word of every change to an account.
//!
//! Whoever asks for a code is answered the same, and sent the same, whether the address has an account or not (§5.7, 74).

use access_rules::Actor;
use db::Conn;
use kernel::{Email, Fault, Fields, Id, Language, Moment};
use people::{
    Outcome, accounts,
    changes::{self, Proof},
    codes,
    model::{Account, Purpose, SignInSession},
    passwords::Hashed,
    sign_in::{CodeInput, Progress, Visitor},
};
use serde::Deserialize;

use crate::{
    faults::LetterFault,
    letters::{Change, Content},
    outbox::{self, NewLetter},
};

/// What the form that asks for a code asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct AskInput {
    /// To which address.
    #[serde(default)]
    pub email: String,
    /// What for: `sign_in` when not said, `registration`, or `reset`.
    pub purpose: Option<Purpose>,
}

/// Sends a code to whatever address is typed. The answer says nothing about it.
///
/// # Errors
/// `invalid` when it is no address; `purpose_not_offered`; `too_many`.
pub fn ask_code(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    language: Language,
    input: &AskInput,
) -> Result<(), Fault> {
    let content = match input.purpose.unwrap_or(Purpose::SignIn) {
        Purpose::SignIn => Content::SignInCode {},
        Purpose::Registration => Content::RegistrationCode {},
        Purpose::Reset => Content::ResetCode {},
        Purpose::Verify | Purpose::ChangeEmail => return Err(LetterFault::PurposeNotOffered.into()),
    };
    let mut fields = Fields::new();
    let email = fields.email("email", &input.email);
    fields.done()?;
    let Some(email) = email else {
        return Err(Fault::internal("an address is missing unnoticed"));
    };
    post_code(conn, now, network, language, email, content)
}

/// Sends a code to the actor's own address, to prove themselves again.
///
/// # Errors
/// 401; `too_many`.
pub fn ask_own_code(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    language: Language,
) -> Result<(), Fault> {
    let account = accounts::mine(conn, actor, now)?;
    post_code(
        conn,
        now,
        network,
        language,
        account.email,
        Content::VerifyCode {},
    )
}

/// Asks to change the actor's address: a code goes to the new one.
///
/// # Errors
/// As [`changes::ask_new_email`].
pub fn ask_new_email(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    language: Language,
    proof: Proof<'_>,
    email: &str,
) -> Result<Outcome<()>, Fault> {
    match changes::ask_new_email(conn, actor, now, network, proof, email)? {
        Outcome::Refused(fault) => Ok(Outcome::Refused(fault)),
        Outcome::Done((account, new)) => {
            let content = Content::NewEmailCode { account: account.id };
            post_code(conn, now, network, language, new, content)?;
            Ok(Outcome::Done(()))
        }
    }
}

/// Changes the actor's address to the one they proved, and tells the old one.
///
/// # Errors
/// As [`changes::confirm_new_email`].
pub fn confirm_new_email(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    input: &CodeInput,
) -> Result<Outcome<()>, Fault> {
    match changes::confirm_new_email(conn, actor, now, network, current, input)? {
        Outcome::Refused(fault) => Ok(Outcome::Refused(fault)),
        Outcome::Done(before) => {
            tell(conn, now, &before, Change::Email)?;
            Ok(Outcome::Done(()))
        }
    }
}

/// Sets or changes the actor's password, and tells them.
///
/// # Errors
/// As [`changes::set_password`].
pub fn set_password(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    proof: Proof<'_>,
    hashed: &Hashed,
) -> Result<Outcome<()>, Fault> {
    match changes::set_password(conn, actor, now, network, current, proof, hashed)? {
        Outcome::Refused(fault) => Ok(Outcome::Refused(fault)),
        Outcome::Done(()) => {
            let account = accounts::mine(conn, actor, now)?;
            tell(conn, now, &account, Change::Password)?;
            Ok(Outcome::Done(()))
        }
    }
}

/// Sets a new password by a code, signs in as far as the second factor, and tells the account's address.
///
/// # Errors
/// As [`changes::reset_password`].
pub fn reset_password(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    input: &CodeInput,
    hashed: &Hashed,
) -> Result<Outcome<Progress>, Fault> {
    let outcome = changes::reset_password(conn, now, visitor, input, hashed)?;
    if let Outcome::Done(_) = &outcome
        && let Ok(email) = input.email.parse()
        && let Some(account) = accounts::by_email(conn, &email)?
    {
        tell(conn, now, &account, Change::Password)?;
    }
    Ok(outcome)
}

/// Closes the actor's account, and tells the address it had.
///
/// # Errors
/// As [`changes::close`].
pub fn close(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    proof: Proof<'_>,
) -> Result<Outcome<()>, Fault> {
    let before = accounts::mine(conn, actor, now)?;
    let outcome = changes::close(conn, actor, now, network, proof)?;
    if let Outcome::Done(()) = &outcome {
        tell(conn, now, &before, Change::Closed)?;
    }
    Ok(outcome)
}

/// Posts a letter that asks for a code; one to the same address that still waits is given up.
fn post_code(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    language: Language,
    to: Email,
    content: Content,
) -> Result<(), Fault> {
    codes::may_ask(conn, now, network, &to)?;
    outbox::supersede(conn, &to, content.kind())?;
    let new = NewLetter {
        content,
        language,
        to,
        name: String::new(),
        person: None,
        not_before: None,
        dedupe_key: None,
    };
    outbox::post(conn, now, &new)?;
    Ok(())
}

fn tell(conn: &mut Conn, now: Moment, account: &Account, what: Change) -> Result<(), Fault> {
    outbox::tell_owner(conn, now, account, Content::AccountChanged { what })
}
