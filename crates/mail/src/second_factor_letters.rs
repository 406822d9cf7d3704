//! The acts of `people::second_factor` whose owner is told of them by letter: it was added, removed or reset, new recovery
//! codes were drawn, one was used. No letter holds a code.

use access_rules::{Actor, PersonId};
use db::Conn;
use kernel::{Fault, Id, Moment, text};
use people::{
    Outcome, accounts,
    half_sign_ins::{self, SecondStepInput},
    model::{Account, SignInSession},
    second_factor::{self, SecondFactorResetInput, SecondInput, Used},
    sign_in::{Entered, Visitor},
};

use crate::{
    letters::{Content, SecondFactorChange},
    outbox,
};

/// Signs in by the second factor, and tells who used a recovery code.
///
/// # Errors
/// As [`half_sign_ins::finish`].
pub fn finish(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    input: &SecondStepInput,
) -> Result<Outcome<Entered>, Fault> {
    match half_sign_ins::finish(conn, now, visitor, input)? {
        Outcome::Refused(fault) => Ok(Outcome::Refused(fault)),
        Outcome::Done((entered, used)) => {
            let account = accounts::get(conn, entered.account)?;
            tell_used(conn, now, &account, used)?;
            Ok(Outcome::Done(entered))
        }
    }
}

/// Confirms the actor's second factor, and tells them.
///
/// # Errors
/// As [`second_factor::confirm`].
pub fn confirm(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    typed: &str,
) -> Result<Outcome<Vec<String>>, Fault> {
    let outcome = second_factor::confirm(conn, actor, now, network, current, typed)?;
    if let Outcome::Done(_) = &outcome {
        let account = accounts::mine(conn, actor, now)?;
        tell(conn, now, &account, SecondFactorChange::Added, None, None)?;
    }
    Ok(outcome)
}

/// Draws new recovery codes for the actor, and tells them.
///
/// # Errors
/// As [`second_factor::renew_codes`].
pub fn renew_codes(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    given: &SecondInput,
) -> Result<Outcome<Vec<String>>, Fault> {
    let outcome = second_factor::renew_codes(conn, actor, now, network, given)?;
    if let Outcome::Done(_) = &outcome {
        let account = accounts::mine(conn, actor, now)?;
        tell(conn, now, &account, SecondFactorChange::CodesRenewed, None, None)?;
    }
    Ok(outcome.map(|(codes, _)| codes))
}

/// Removes the actor's second factor, and tells them.
///
/// # Errors
/// As [`second_factor::remove`].
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    given: &SecondInput,
) -> Result<Outcome<()>, Fault> {
    let outcome = second_factor::remove(conn, actor, now, network, current, given)?;
    if let Outcome::Done(()) = &outcome {
        let account = accounts::mine(conn, actor, now)?;
        tell(conn, now, &account, SecondFactorChange::Removed, None, None)?;
    }
    Ok(outcome)
}

/// Takes a person's second factor from them, and tells them why. `machine_now` is what sessions and letters go by.
///
/// # Errors
/// As [`second_factor::reset`].
pub fn reset(
    conn: &mut Conn,
    actor: &Actor,
    machine_now: Moment,
    person: PersonId,
    input: &SecondFactorResetInput,
) -> Result<(), Fault> {
    for account in second_factor::reset(conn, actor, machine_now, person, input)? {
        // As the audit keeps it, which took it already.
        let reason = text::line(&input.reason, text::TITLE).ok();
        tell(
            conn,
            machine_now,
            &account,
            SecondFactorChange::Reset,
            None,
            reason,
        )?;
    }
    Ok(())
}

fn tell_used(conn: &mut Conn, now: Moment, account: &Account, used: Used) -> Result<(), Fault> {
    match used {
        Used::App => Ok(()),
        Used::RecoveryCode { left } => {
            tell(conn, now, account, SecondFactorChange::CodeUsed, Some(left), None)
        }
    }
}

fn tell(
    conn: &mut Conn,
    now: Moment,
    account: &Account,
    what: SecondFactorChange,
    left: Option<i64>,
    reason: Option<String>,
) -> Result<(), Fault> {
    outbox::tell_owner(
        conn,
        now,
        account,
        Content::SecondFactorChanged { what, left, reason },
    )
}
