//! The slice against a real database, on whichever engine the run names.

use std::thread;

use access_rules::{Actor, PersonId, Role, Scope, Standing, Tag};
use db::{Conn, testing};
use kernel::{Coded as _, Email, Fault, Id, Kind, Language, Moment, PageAsk};
use records::audit;

use crate::{
    accounts, changes,
    changes::Proof,
    codes,
    model::{Outcome, Purpose, TokenScope},
    passwords::{Hasher, Hashing, Password},
    persons::{self, Filter, NewPerson, PersonInput},
    sessions,
    sign_in::{self, CodeInput, Entered, PasswordInput, Progress, Visitor},
    standings::{self, Appointment, GrantInput},
    tags,
    tokens::{self, TokenInput},
};

mod appointing;
mod changing;
mod identities;
mod naming;
mod second_factor;
mod signing_in;

const HERE: &str = "192.0.2.7";
const PASSWORD: &str = "correct horse battery";

fn now() -> Moment {
    Moment::at("2026-11-22T10:00:00Z")
}

fn visitor() -> Visitor<'static> {
    Visitor {
        network: HERE,
        user_agent: "Mozilla/5.0 (X11; Linux) Firefox/140.0",
        former_token: None,
        language: Language::Fr,
    }
}

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

fn code_input(email: &str, code: &str) -> CodeInput {
    CodeInput {
        email: email.into(),
        code: code.into(),
    }
}

fn person(conn: &mut Conn, given: &str, family: &str) -> PersonId {
    let new = NewPerson {
        given_name: given.into(),
        family_name: family.into(),
        ..NewPerson::default()
    };
    persons::create(conn, now(), &new).expect("created")
}

fn actor_of(entered: &Entered) -> Actor {
    Actor {
        account: Some(entered.account),
        person: Some(entered.person),
        ..Actor::default()
    }
}

fn admin(conn: &mut Conn) -> Actor {
    let person = person(conn, "Ada", "Admin");
    let account =
        accounts::create(conn, now(), person, &email("admin@example.org"), Language::En).expect("created");
    appoint(conn, person, Role::PlatformAdmin, Scope::Everywhere);
    Actor {
        account: Some(account.id),
        person: Some(person),
        standings: standings::of_person(conn, person, now()).expect("read"),
        ..Actor::default()
    }
}

fn appoint(conn: &mut Conn, person: PersonId, role: Role, scope: Scope) -> Id<crate::model::StandingRow> {
    let new = Appointment {
        person,
        role,
        scope,
        from: now(),
        to: None,
        basis: "test".into(),
        granted_by: None,
    };
    standings::appoint(conn, now(), &new).expect("appointed")
}

/// Signs in with a fresh code, as a browser would.
fn enter(conn: &mut Conn, address: &str) -> Entered {
    let code = codes::mint(conn, now(), &email(address), Purpose::SignIn, None).expect("minted");
    sign_in::with_code(
        conn,
        now(),
        &visitor(),
        Purpose::SignIn,
        &code_input(address, &code),
    )
    .and_then(Outcome::settled)
    .map(entered)
    .expect("signed in")
}

/// Whom no second factor was asked.
fn entered(progress: Progress) -> Entered {
    match progress {
        Progress::Entered(entered) => entered,
        Progress::Half(_) => panic!("a second factor was asked"),
    }
}

fn try_code(conn: &mut Conn, at: Moment, address: &str, code: &str) -> Result<Entered, Fault> {
    sign_in::with_code(conn, at, &visitor(), Purpose::SignIn, &code_input(address, code))
        .and_then(Outcome::settled)
        .map(entered)
}

/// Another code than this one.
fn wrong(code: &str) -> String {
    let digit = if code.starts_with('1') { '2' } else { '1' };
    format!("{digit}{}", &code[1..])
}

fn hasher() -> Hasher {
    Hasher::start(Hashing::cheap()).expect("starts")
}

fn set_password(conn: &mut Conn, entered: &Entered, password: &str) {
    let hashed = hasher().hash(Password::new(password), None).expect("good enough");
    changes::set_password(
        conn,
        &actor_of(entered),
        now(),
        HERE,
        entered.started.id,
        Proof::None,
        &hashed,
    )
    .and_then(Outcome::settled)
    .expect("kept");
}

fn password_sign_in(conn: &mut Conn, at: Moment, address: &str, password: &str) -> Result<Entered, Fault> {
    let input = PasswordInput {
        email: address.into(),
        password: Password::new(password),
    };
    let challenge = sign_in::challenge(conn, at, HERE, &input)?;
    let answered = hasher().verify(input.password, challenge)?;
    sign_in::with_password(conn, at, &visitor(), &answered).map(entered)
}

fn is_signed_in(conn: &mut Conn, entered: &Entered, at: Moment) -> bool {
    sessions::signed_in(conn, &entered.started.token, at)
        .expect("read")
        .is_some()
}
