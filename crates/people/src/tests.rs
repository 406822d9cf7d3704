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
    sign_in::{self, CodeInput, Entered, PasswordInput, Visitor},
    standings::{self, Appointment, GrantInput},
    tags,
    tokens::{self, TokenInput},
};

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
    .expect("signed in")
}

fn try_code(conn: &mut Conn, at: Moment, address: &str, code: &str) -> Result<Entered, Fault> {
    sign_in::with_code(conn, at, &visitor(), Purpose::SignIn, &code_input(address, code))
        .and_then(Outcome::settled)
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
    sign_in::with_password(conn, at, &visitor(), &answered)
}

fn is_signed_in(conn: &mut Conn, entered: &Entered, at: Moment) -> bool {
    sessions::signed_in(conn, &entered.started.token, at)
        .expect("read")
        .is_some()
}

#[test]
fn every_role_can_be_kept() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let kept: Vec<String> = {
        use crate::tables::standings::dsl;
        use diesel::prelude::*;
        let person = person(&mut conn, "Ana", "Ferreira");
        for role in Role::ALL {
            let row = crate::model::StandingRow {
                id: Id::new(),
                person_id: person,
                role: *role,
                scope_kind: "everywhere".into(),
                scope_ref: String::new(),
                from_at: now(),
                to_at: None,
                basis: "test".into(),
                granted_by: None,
                created_at: now(),
            };
            db::on_each!(&mut conn, |c| diesel::insert_into(dsl::standings)
                .values(&row)
                .execute(c))
            .expect("the table of roles has it");
        }
        db::on_each!(&mut conn, |c| dsl::standings
            .order(dsl::id)
            .select(dsl::role)
            .load(c))
        .expect("read")
    };

    assert_eq!(kept, Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>());
}

#[test]
fn a_code_signs_in_and_makes_the_account_of_an_unknown_address() {
    let database = testing::fresh();
    let mut conn = database.conn();

    let first = enter(&mut conn, "mayor@city.example");
    let again = enter(&mut conn, "MAYOR@city.example");

    assert!(first.is_nameless);
    assert_eq!((first.account, first.person), (again.account, again.person));
    let account = accounts::get(&mut conn, first.account).expect("there");
    assert_eq!(account.verified_at, Some(now()));
    assert_eq!(account.language, Language::Fr);
    let found = sessions::signed_in(&mut conn, &first.started.token, now())
        .expect("read")
        .expect("signed in");
    assert_eq!((found.account, found.person), (first.account, first.person));
    assert_eq!(found.csrf, first.started.csrf);
}

#[test]
fn case42_an_address_in_two_unicode_forms_is_one_account() {
    let database = testing::fresh();
    let mut conn = database.conn();

    let composed = enter(&mut conn, "rené@ville.example");
    let decomposed = enter(&mut conn, "rene\u{301}@ville.example");

    assert_eq!(composed.account, decomposed.account);
}

#[test]
fn case78_a_code_is_good_once_and_a_newer_one_makes_it_void() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let address = email("ana@example.org");
    let old = codes::mint(&mut conn, now(), &address, Purpose::SignIn, None).expect("minted");
    let new = codes::mint(&mut conn, now().plus_seconds(1), &address, Purpose::SignIn, None).expect("minted");

    let by_old = try_code(&mut conn, now().plus_seconds(2), "ana@example.org", &old);
    let by_new = try_code(&mut conn, now().plus_seconds(2), "ana@example.org", &new);
    let replayed = try_code(&mut conn, now().plus_seconds(3), "ana@example.org", &new);

    // Once in a million the two are equal.
    assert!(old == new || by_old.is_err());
    assert!(old == new || by_new.is_ok());
    assert_eq!(replayed.expect_err("refused").code, "wrong_code");
}

#[test]
fn a_code_is_good_for_ten_minutes_and_for_its_own_purpose() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let address = email("ana@example.org");

    let late = codes::mint(&mut conn, now(), &address, Purpose::SignIn, None).expect("minted");
    let refused = try_code(&mut conn, now().plus_minutes(10), "ana@example.org", &late);
    let other = codes::mint(&mut conn, now(), &address, Purpose::Reset, None).expect("minted");
    let crossed = try_code(&mut conn, now().plus_minutes(20), "ana@example.org", &other);
    let again = now().plus_minutes(30);
    let fresh = codes::mint(&mut conn, again, &address, Purpose::SignIn, None).expect("minted");
    let spaced = format!(" {} {} ", &fresh[..3], &fresh[3..]);
    let accepted = try_code(&mut conn, again.plus_minutes(9), "ana@example.org", &spaced);

    assert_eq!(refused.expect_err("too late").code, "wrong_code");
    assert_eq!(crossed.expect_err("another purpose").code, "wrong_code");
    accepted.expect("in time, with spaces as it was pasted");
}

#[test]
fn case75_a_code_bears_five_tries_and_every_further_try_waits_longer() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let address = email("ana@example.org");
    let code = codes::mint(&mut conn, now(), &address, Purpose::SignIn, None).expect("minted");

    for _ in 0..5 {
        let refused = try_code(&mut conn, now(), "ana@example.org", &wrong(&code));
        assert_eq!(refused.expect_err("wrong").code, "wrong_code");
    }
    let at_once = try_code(&mut conn, now(), "ana@example.org", &code);
    let later = try_code(&mut conn, now().plus_minutes(1), "ana@example.org", &code);
    let new = codes::mint(&mut conn, now().plus_minutes(2), &address, Purpose::SignIn, None).expect("minted");
    let by_new = try_code(&mut conn, now().plus_minutes(2), "ana@example.org", &new);

    let at_once = at_once.expect_err("must wait");
    assert_eq!(at_once.code, "too_many");
    assert!(at_once.retry_after_seconds.is_some_and(|seconds| seconds >= 1));
    assert_eq!(later.expect_err("the code is used up").code, "wrong_code");
    by_new.expect("nobody is locked out: a new code opens");
}

#[test]
fn two_who_come_with_one_code_at_once_are_one() {
    let database = testing::fresh();
    let address = email("ana@example.org");
    let code = {
        let address = address.clone();
        database
            .write("mint", move |conn| {
                codes::mint(conn, now(), &address, Purpose::SignIn, None)
            })
            .expect("minted")
    };

    let entered: usize = thread::scope(|scope| {
        let tries: Vec<_> = (0..4)
            .map(|_| {
                let database = &database;
                let code = code.clone();
                scope.spawn(move || {
                    database
                        .write("sign_in", move |conn| {
                            sign_in::with_code(
                                conn,
                                now(),
                                &visitor(),
                                Purpose::SignIn,
                                &code_input("ana@example.org", &code),
                            )
                        })
                        .and_then(Outcome::settled)
                })
            })
            .collect();
        tries
            .into_iter()
            .filter_map(|one| one.join().expect("no panic").ok())
            .count()
    });

    assert_eq!(entered, 1);
}

#[test]
fn codes_for_one_address_are_asked_for_so_often_and_no_more() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = email("ana@example.org");

    let asked: Vec<bool> = (0..6)
        .map(|_| codes::may_ask(&mut conn, now(), HERE, &ana).is_ok())
        .collect();

    assert_eq!(asked, [true, true, true, true, true, false]);
    codes::may_ask(&mut conn, now(), HERE, &email("ben@example.org"))
        .expect("another person in the same hall is not kept waiting");
    codes::may_ask(&mut conn, now().plus_minutes(15), HERE, &ana).expect("a quarter of an hour later");
}

#[test]
fn case74_an_unknown_address_a_passwordless_account_and_a_wrong_password_look_the_same() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let with = enter(&mut conn, "with@example.org");
    set_password(&mut conn, &with, PASSWORD);
    enter(&mut conn, "without@example.org");

    let right = password_sign_in(&mut conn, now(), "with@example.org", PASSWORD);
    let answers = ["with@example.org", "without@example.org", "nobody@example.org"]
        .map(|address| password_sign_in(&mut conn, now(), address, "not the password").expect_err("refused"));

    right.expect("the right one opens");
    assert_eq!(answers[0].code, "wrong_password");
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[test]
fn case75_guessing_a_password_slows_down_and_the_owner_still_gets_in() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    set_password(&mut conn, &ana, PASSWORD);

    let mut delays = vec![];
    for _ in 0..8 {
        if let Err(fault) = password_sign_in(&mut conn, now(), "ana@example.org", "guess guess") {
            delays.push(fault.code);
        }
    }
    let nobody: Vec<&str> = (0..8)
        .filter_map(|_| password_sign_in(&mut conn, now(), "nobody@example.org", "guess guess").err())
        .map(|fault| fault.code)
        .collect();
    let later = password_sign_in(&mut conn, now().plus_minutes(20), "ana@example.org", PASSWORD);

    assert_eq!(delays[..5], ["wrong_password"; 5]);
    assert_eq!(delays[5..], ["too_many"; 3]);
    assert_eq!(delays, nobody, "an unknown address slows down the same");
    later.expect("never locked out");
}

#[test]
fn case73_each_sign_in_has_a_token_of_its_own_and_a_preset_one_is_worth_nothing() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let first = enter(&mut conn, "ana@example.org");
    let code =
        codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::SignIn, None).expect("minted");
    let again = Visitor {
        former_token: Some(&first.started.token),
        ..visitor()
    };

    let second = sign_in::with_code(
        &mut conn,
        now(),
        &again,
        Purpose::SignIn,
        &code_input("ana@example.org", &code),
    )
    .and_then(Outcome::settled)
    .expect("signed in");

    assert_ne!(first.started.token, second.started.token);
    assert!(
        !is_signed_in(&mut conn, &first, now()),
        "the former token of this browser ended"
    );
    assert!(is_signed_in(&mut conn, &second, now()));
    assert_eq!(
        sessions::signed_in(&mut conn, "attacker-chosen", now()).expect("read"),
        None
    );
}

#[test]
fn case73_signing_out_ends_the_browser_and_others_can_be_ended_from_the_list() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let [one, two, three] = [(); 3].map(|()| enter(&mut conn, "ana@example.org"));
    let actor = actor_of(&one);
    let stranger = enter(&mut conn, "ben@example.org");

    let listed = sessions::list(&mut conn, &actor, now()).expect("listed");
    sessions::end_by_token(&mut conn, now(), &two.started.token).expect("signed out");
    let not_theirs = sessions::revoke(&mut conn, &actor_of(&stranger), now(), one.started.id);
    let ended = sessions::revoke_others(&mut conn, &actor, now(), Some(one.started.id)).expect("ended");

    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0].label, "Firefox, Linux");
    assert_eq!(not_theirs.expect_err("not theirs"), Fault::not_found());
    assert_eq!(ended, 1);
    assert!(is_signed_in(&mut conn, &one, now()));
    assert!(!is_signed_in(&mut conn, &two, now()));
    assert!(!is_signed_in(&mut conn, &three, now()));
    assert!(is_signed_in(&mut conn, &stranger, now()));
    assert_eq!(
        sessions::list(&mut conn, &Actor::nobody(), now())
            .expect_err("nobody has none")
            .kind,
        Kind::SignInNeeded
    );
}

#[test]
fn a_sign_in_ends_without_use_and_in_any_case_and_reading_writes_nothing() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let token = ana.started.token.clone();

    let soon = sessions::signed_in(&mut conn, &token, now().plus_seconds(59))
        .expect("read")
        .expect("signed in");
    let stale = sessions::signed_in(&mut conn, &token, now().plus_days(6))
        .expect("read")
        .expect("signed in");
    assert!(!soon.stale_seen);
    assert!(stale.stale_seen);
    assert!(!is_signed_in(&mut conn, &ana, now().plus_days(7)));

    for week in 1..=4 {
        sessions::touch(&mut conn, now().plus_days(week * 6), ana.started.id).expect("touched");
    }
    assert!(is_signed_in(&mut conn, &ana, now().plus_days(29)));
    assert!(!is_signed_in(&mut conn, &ana, now().plus_days(30)));
}

#[test]
fn staff_are_signed_in_for_a_shorter_time() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    appoint(&mut conn, ana.person, Role::Secretariat, Scope::Everywhere);

    let staff = enter(&mut conn, "ana@example.org");

    assert!(is_signed_in(&mut conn, &staff, now().plus_minutes(11 * 60)));
    assert!(!is_signed_in(&mut conn, &staff, now().plus_minutes(12 * 60)));
    assert_eq!(staff.started.expires_at, now().plus_days(3));
}

#[test]
fn case73_a_changed_password_ends_every_other_browser() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let other = enter(&mut conn, "ana@example.org");
    let here = enter(&mut conn, "ana@example.org");
    set_password(&mut conn, &here, PASSWORD);
    assert!(!is_signed_in(&mut conn, &other, now()));
    assert!(is_signed_in(&mut conn, &here, now()));
    let actor = actor_of(&here);
    let new = hasher()
        .hash(Password::new("another good phrase"), None)
        .expect("good enough");

    let change = |conn: &mut Conn, proof: Proof<'_>| {
        changes::set_password(conn, &actor, now(), HERE, here.started.id, proof, &new)
            .and_then(Outcome::settled)
    };
    let unproved = change(&mut conn, Proof::None);
    let challenge = changes::challenge(&mut conn, &actor, now(), HERE).expect("challenged");
    let wrong = hasher()
        .verify(Password::new("not it at all"), challenge.clone())
        .expect("compared");
    let wrongly = change(&mut conn, Proof::Password(&wrong));
    let right = hasher()
        .verify(Password::new(PASSWORD), challenge)
        .expect("compared");
    let rightly = change(&mut conn, Proof::Password(&right));
    let replayed = change(&mut conn, Proof::Password(&right));

    assert_eq!(unproved.expect_err("refused").code, "proof_needed");
    assert_eq!(wrongly.expect_err("refused").code, "wrong_password");
    rightly.expect("changed");
    assert_eq!(
        replayed.expect_err("the password is another by now").code,
        "wrong_password"
    );
    password_sign_in(&mut conn, now(), "ana@example.org", "another good phrase").expect("the new one opens");
}

#[test]
fn a_first_password_without_a_proof_is_for_who_signed_in_just_now() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let hashed = hasher().hash(Password::new(PASSWORD), None).expect("good enough");

    let later = changes::set_password(
        &mut conn,
        &actor_of(&ana),
        now().plus_minutes(15),
        HERE,
        ana.started.id,
        Proof::None,
        &hashed,
    );

    assert_eq!(later.expect_err("refused").code, "proof_needed");
    set_password(&mut conn, &ana, PASSWORD);
}

#[test]
fn a_password_is_reset_by_a_code_once_and_everything_else_ends() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let before = enter(&mut conn, "ana@example.org");
    let token = tokens::make(
        &mut conn,
        &actor_of(&before),
        now(),
        &TokenInput {
            name: "cron".into(),
            scopes: vec![TokenScope::Read],
            days: None,
        },
    )
    .expect("made");
    let code =
        codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::Reset, None).expect("minted");
    let hashed = hasher().hash(Password::new(PASSWORD), None).expect("good enough");
    let reset = |conn: &mut Conn| {
        changes::reset_password(
            conn,
            now(),
            &visitor(),
            &code_input("ana@example.org", &code),
            &hashed,
        )
        .and_then(Outcome::settled)
    };

    let entered = reset(&mut conn).expect("reset");
    let again = reset(&mut conn);

    assert_eq!(entered.account, before.account);
    assert_eq!(again.expect_err("used up").code, "wrong_code");
    assert!(is_signed_in(&mut conn, &entered, now()));
    assert!(!is_signed_in(&mut conn, &before, now()));
    assert_eq!(
        tokens::bearer(&mut conn, &token.token, now()).expect("read"),
        None
    );
    password_sign_in(&mut conn, now(), "ana@example.org", PASSWORD).expect("the new one opens");
}

#[test]
fn case84_an_address_is_changed_by_proof_of_the_old_and_of_the_new() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let other = enter(&mut conn, "ana@example.org");
    let ana = enter(&mut conn, "ana@example.org");
    let actor = actor_of(&ana);
    let unproved = changes::ask_new_email(&mut conn, &actor, now(), HERE, Proof::None, "new@example.org");
    let code =
        codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::Verify, None).expect("minted");
    let (account, new) = changes::ask_new_email(
        &mut conn,
        &actor,
        now(),
        HERE,
        Proof::Code(&code),
        "new@example.org",
    )
    .and_then(Outcome::settled)
    .expect("asked");
    let bound = changes::for_account(account.id);
    let code = codes::mint(&mut conn, now(), &new, Purpose::ChangeEmail, Some(&bound)).expect("minted");
    let input = code_input("new@example.org", &code);
    let ben = enter(&mut conn, "ben@example.org");

    let as_ben = changes::confirm_new_email(&mut conn, &actor_of(&ben), now(), HERE, ben.started.id, &input);
    let code = codes::mint(
        &mut conn,
        now().plus_seconds(1),
        &new,
        Purpose::ChangeEmail,
        Some(&bound),
    )
    .expect("minted");
    let input = code_input("new@example.org", &code);
    let old = changes::confirm_new_email(
        &mut conn,
        &actor,
        now().plus_seconds(1),
        HERE,
        ana.started.id,
        &input,
    )
    .and_then(Outcome::settled)
    .expect("changed");

    assert_eq!(unproved.expect_err("refused").code, "proof_needed");
    assert_eq!(
        as_ben.and_then(Outcome::settled).expect_err("not his").code,
        "wrong_code"
    );
    assert_eq!(old.email.as_str(), "ana@example.org");
    assert_eq!(
        accounts::by_email(&mut conn, &new)
            .expect("read")
            .map(|account| account.id),
        Some(ana.account)
    );
    assert!(
        accounts::by_email(&mut conn, &email("ana@example.org"))
            .expect("read")
            .is_none()
    );
    assert!(!is_signed_in(&mut conn, &other, now()));
    assert!(is_signed_in(&mut conn, &ana, now()));
}

#[test]
fn an_address_of_another_account_is_told_only_to_who_proved_it() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    enter(&mut conn, "ben@example.org");
    let proof =
        codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::Verify, None).expect("minted");

    let asked = changes::ask_new_email(
        &mut conn,
        &actor_of(&ana),
        now(),
        HERE,
        Proof::Code(&proof),
        "ben@example.org",
    )
    .and_then(Outcome::settled);
    let (account, new) = asked.expect("asking tells nothing");
    let bound = changes::for_account(account.id);
    let code = codes::mint(&mut conn, now(), &new, Purpose::ChangeEmail, Some(&bound)).expect("minted");
    let taken = changes::confirm_new_email(
        &mut conn,
        &actor_of(&ana),
        now(),
        HERE,
        ana.started.id,
        &code_input("ben@example.org", &code),
    );

    assert_eq!(
        taken.and_then(Outcome::settled).expect_err("taken").code,
        "email_taken"
    );
}

#[test]
fn a_closed_account_opens_nothing_and_gives_its_address_free() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    set_password(&mut conn, &ana, PASSWORD);
    let actor = actor_of(&ana);
    let challenge = changes::challenge(&mut conn, &actor, now(), HERE).expect("challenged");
    let answered = hasher()
        .verify(Password::new(PASSWORD), challenge)
        .expect("compared");

    let unproved = changes::close(&mut conn, &actor, now(), HERE, Proof::None);
    changes::close(&mut conn, &actor, now(), HERE, Proof::Password(&answered))
        .and_then(Outcome::settled)
        .expect("closed");

    assert_eq!(unproved.expect_err("refused").code, "proof_needed");
    assert!(!is_signed_in(&mut conn, &ana, now()));
    assert_eq!(
        password_sign_in(&mut conn, now(), "ana@example.org", PASSWORD)
            .expect_err("closed")
            .code,
        "wrong_password"
    );
    persons::get(&mut conn, ana.person).expect("the person stays");
    let anew = enter(&mut conn, "ana@example.org");
    assert_ne!(anew.account, ana.account);
}

#[test]
fn a_token_acts_within_its_scopes_until_it_is_revoked_and_never_on_the_account() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let actor = actor_of(&ana);
    let input = TokenInput {
        name: "Export".into(),
        scopes: vec![TokenScope::Programme, TokenScope::Read, TokenScope::Read],
        days: Some(30),
    };
    let made = tokens::make(&mut conn, &actor, now(), &input).expect("made");

    let bearer = tokens::bearer(&mut conn, &made.token, now())
        .expect("read")
        .expect("good");
    let program = Actor {
        token_scopes: Some(vec!["write".into()]),
        ..actor.clone()
    };
    let by_program = tokens::make(&mut conn, &program, now(), &input);
    let over = tokens::bearer(&mut conn, &made.token, now().plus_days(30)).expect("read");
    tokens::touch(&mut conn, now(), made.row.id).expect("touched");
    let touched = tokens::bearer(&mut conn, &made.token, now().plus_seconds(30))
        .expect("read")
        .expect("good");
    tokens::revoke(&mut conn, &actor, now(), made.row.id).expect("revoked");
    let revoked = tokens::bearer(&mut conn, &made.token, now()).expect("read");

    assert!(made.token.starts_with(tokens::PREFIX));
    assert_eq!(bearer.account, ana.account);
    assert_eq!(bearer.scopes, ["read", "programme"]);
    assert!(bearer.stale_seen && !touched.stale_seen);
    assert_eq!(by_program.expect_err("a program makes no programs").code, "scope");
    assert_eq!((over, revoked), (None, None));
}

#[test]
fn case103_after_a_restore_no_sign_in_token_or_code_is_good() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let input = TokenInput {
        name: "Export".into(),
        scopes: vec![TokenScope::Read],
        days: None,
    };
    let token = tokens::make(&mut conn, &actor_of(&ana), now(), &input).expect("made");
    let code =
        codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::SignIn, None).expect("minted");

    sign_in::end_everything(&mut conn, now()).expect("ended");

    assert!(!is_signed_in(&mut conn, &ana, now()));
    assert_eq!(
        tokens::bearer(&mut conn, &token.token, now()).expect("read"),
        None
    );
    assert_eq!(
        try_code(&mut conn, now(), "ana@example.org", &code)
            .expect_err("void")
            .code,
        "wrong_code"
    );
}

#[test]
fn r16_roles_are_granted_by_hand_by_who_may_and_end_at_once() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let ana = person(&mut conn, "Ana", "Ferreira");
    let input = GrantInput {
        person: Some(ana),
        role: Some(Role::Secretariat),
        scope_kind: "track".into(),
        scope_ref: "assembly".into(),
        basis: "Decision of 3 May".into(),
        ..GrantInput::default()
    };
    let desk = Standing {
        role: Role::Secretariat,
        scope: Scope::Track("assembly".into()),
    };

    let by_nobody = standings::grant(&mut conn, &Actor::nobody(), now(), &input);
    let by_other = standings::grant(
        &mut conn,
        &Actor {
            account: Some(Id::new()),
            person: Some(ana),
            ..Actor::default()
        },
        now(),
        &input,
    );
    let id = standings::grant(&mut conn, &admin, now(), &input).expect("granted");
    let twice = standings::grant(&mut conn, &admin, now(), &input).expect("the same");
    let held = standings::of_person(&mut conn, ana, now()).expect("read");
    let holders = standings::holders(&mut conn, desk.role, &desk.scope, now()).expect("read");
    standings::end(&mut conn, &admin, now().plus_seconds(1), id).expect("ended");
    let after = standings::of_person(&mut conn, ana, now().plus_seconds(1)).expect("read");
    let again = standings::end(&mut conn, &admin, now().plus_seconds(2), id);

    assert_eq!(by_nobody.expect_err("refused").kind, Kind::SignInNeeded);
    assert_eq!(by_other.expect_err("refused").code, "not_allowed");
    assert_eq!(id, twice);
    assert_eq!(held, [desk]);
    assert_eq!(holders.len(), 1);
    assert_eq!(after, []);
    assert_eq!(again.expect_err("over").code, "already_ended");
    let notes = audit::list(&mut conn, &audit::Filter::default(), &PageAsk::first()).expect("read");
    let acts: Vec<&str> = notes.items.iter().map(|entry| entry.act.as_str()).collect();
    assert_eq!(
        acts[..2],
        ["standing.end", "standing.grant"],
        "one grant, one end"
    );
}

#[test]
fn r16_what_comes_with_another_record_is_not_granted_by_hand() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let ana = person(&mut conn, "Ana", "Ferreira");
    let edition = Id::<access_rules::ids::of::Edition>::new();
    let grant = |conn: &mut Conn, role: Role, kind: &str, of: String| {
        let input = GrantInput {
            person: Some(ana),
            role: Some(role),
            scope_kind: kind.into(),
            scope_ref: of,
            basis: "x".into(),
            ..GrantInput::default()
        };
        standings::grant(conn, &admin, now(), &input)
            .expect_err("refused")
            .code
    };

    let participant = grant(&mut conn, Role::Participant, "edition", edition.to_string());
    let odd_scope = grant(&mut conn, Role::PlatformAdmin, "track", "assembly".into());
    let no_scope = grant(&mut conn, Role::Secretariat, "galaxy", "x".into());

    assert_eq!(
        [participant, odd_scope, no_scope],
        ["role_not_by_hand", "scope_mismatch", "invalid"]
    );
}

#[test]
fn the_last_admin_stays() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let own = standings::holders(&mut conn, Role::PlatformAdmin, &Scope::Everywhere, now()).expect("read")[0]
        .clone();

    let alone = standings::end(&mut conn, &admin, now(), own.id);
    let other = person(&mut conn, "Ben", "Backup");
    appoint(&mut conn, other, Role::PlatformAdmin, Scope::Everywhere);
    let with_other = standings::end(&mut conn, &admin, now().plus_seconds(1), own.id);

    assert_eq!(alone.expect_err("refused").code, "last_admin");
    with_other.expect("ended");
}

#[test]
fn r13_a_standing_holds_between_its_dates_and_what_was_held_can_be_told_later() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = person(&mut conn, "Ana", "Ferreira");
    let body = Scope::Body(Id::new());
    let seat = Appointment {
        person: ana,
        role: Role::BodyMember,
        scope: body.clone(),
        from: now(),
        to: Some(now().plus_days(10)),
        basis: "roster:1".into(),
        granted_by: None,
    };
    standings::appoint(&mut conn, now(), &seat).expect("appointed");

    let mut counts = [-1, 0, 9, 10].map(|days| {
        standings::of_person(&mut conn, ana, now().plus_days(days))
            .expect("read")
            .len()
    });
    assert_eq!(counts, [0, 1, 1, 0]);

    let dismissed = standings::dismiss(&mut conn, now().plus_days(5), None, ana, Role::BodyMember, &body)
        .expect("dismissed");
    counts = [-1, 0, 4, 5].map(|days| {
        standings::of_person(&mut conn, ana, now().plus_days(days))
            .expect("read")
            .len()
    });
    assert!(dismissed);
    assert_eq!(counts, [0, 1, 1, 0], "what was held stays told");
    assert_eq!(standings::history(&mut conn, ana).expect("read").len(), 1);
}

#[test]
fn r14_a_category_gives_its_tag_and_takes_it_back() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = person(&mut conn, "Ana", "Ferreira");

    for _ in 0..2 {
        tags::give(&mut conn, ana, Tag::Press, now(), None, "registration:1").expect("given");
    }
    let with = tags::of_person(&mut conn, ana, now()).expect("read");
    let taken = tags::take(&mut conn, now().plus_days(1), "registration:1").expect("taken");
    let without = tags::of_person(&mut conn, ana, now().plus_days(1)).expect("read");

    assert_eq!(with, [Tag::Press]);
    assert_eq!(taken, 1);
    assert_eq!(without, []);
}

#[test]
fn people_are_listed_by_family_name_page_by_page_and_found_by_any_part_of_it() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    for (given, family) in [
        ("Zoé", "Ábalos"),
        ("Ömer", "Çelik"),
        ("Ana", "100%_Real"),
        ("Pelé", ""),
    ] {
        person(&mut conn, given, family);
    }
    let names = |conn: &mut Conn, text: &str, ask: &PageAsk| {
        let filter = Filter {
            text: Some(text.into()),
        };
        let page = persons::list(conn, &admin, now(), &filter, ask).expect("listed");
        (
            page.items
                .iter()
                .map(crate::model::Person::name)
                .collect::<Vec<_>>(),
            page.next,
        )
    };

    let (first, next) = names(&mut conn, "", &PageAsk::of(3));
    let ask = PageAsk {
        after: next,
        limit: 3,
    };
    let (second, end) = names(&mut conn, "", &ask);

    assert_eq!(first, ["Ana 100%_Real", "Zoé Ábalos", "Ada Admin"]);
    assert_eq!(second, ["Ömer Çelik", "Pelé"]);
    assert_eq!(end, None);
    assert_eq!(
        names(&mut conn, "celik OMER", &PageAsk::first()).0,
        ["Ömer Çelik"]
    );
    assert_eq!(names(&mut conn, "%", &PageAsk::first()).0, ["Ana 100%_Real"]);
    assert_eq!(
        names(&mut conn, "Admin@Example.org", &PageAsk::first()).0,
        ["Ada Admin"]
    );
    let refused = persons::list(
        &mut conn,
        &Actor::nobody(),
        now(),
        &Filter::default(),
        &PageAsk::first(),
    );
    assert_eq!(refused.expect_err("not for all").kind, Kind::SignInNeeded);
}

#[test]
fn r255_of_two_who_edit_a_person_the_second_is_told() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let actor = actor_of(&ana);
    let named = |given: &str| PersonInput {
        given_name: given.into(),
        family_name: "N'Diaye".into(),
        ..PersonInput::default()
    };
    let edit = |conn: &mut Conn, version: Option<i64>, given: &str| {
        persons::edit(conn, &actor, now(), ana.person, version, &named(given))
    };

    let first = edit(&mut conn, Some(1), "Ana").expect("edited");
    let second = edit(&mut conn, Some(1), "Anna");
    let blind = edit(&mut conn, None, "Anna");

    assert_eq!((first.version, first.name().as_str()), (2, "Ana N'Diaye"));
    assert_eq!(second.expect_err("stale"), Fault::stale());
    assert_eq!(blind.expect_err("blind").kind, Kind::VersionNeeded);
}

#[test]
fn a_person_is_seen_and_edited_by_themselves_and_by_who_looks_after_people() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let ana = enter(&mut conn, "ana@example.org");
    let ben = enter(&mut conn, "ben@example.org");
    let absent = Id::new();
    let blank = PersonInput::default();

    persons::view(&mut conn, &actor_of(&ana), now(), ana.person).expect("herself");
    persons::view(&mut conn, &admin, now(), ana.person).expect("the desk");
    let hidden = persons::view(&mut conn, &actor_of(&ben), now(), ana.person).expect_err("hidden");
    let missing = persons::view(&mut conn, &actor_of(&ben), now(), absent).expect_err("missing");
    let edited = persons::edit(&mut conn, &actor_of(&ben), now(), ana.person, Some(1), &blank);
    let nameless = persons::edit(&mut conn, &actor_of(&ana), now(), ana.person, Some(1), &blank);

    assert_eq!(hidden, missing);
    assert_eq!(edited.expect_err("hidden"), missing);
    assert_eq!(nameless.expect_err("no name").fields[0].field, "given_name");
}
