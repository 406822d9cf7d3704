//! Codes, passwords, and browsers that are signed in.

use super::*;

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
    .map(entered)
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
