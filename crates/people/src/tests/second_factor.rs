//! The second factor: added, given, lost, asked of a role.

use super::*;
use crate::{
    half_sign_ins::{self, Half, SecondStepInput},
    second_factor::{self, Draft, SecondFactorResetInput, SecondInput, State, Used},
    second_factor_rule::{self, SecondFactorRuleInput},
    totp,
};

/// The secret of a draft, read from its address as an app would.
fn secret_of(draft: &Draft) -> Vec<u8> {
    let text: String = draft.secret.chars().filter(|c| *c != ' ').collect();
    let mut bits = 0_u64;
    let (mut held, mut bytes) = (0, vec![]);
    for c in text.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            other => other - b'2' + 26,
        };
        bits = bits << 5 | u64::from(value);
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 255).expect("a byte"));
        }
    }
    bytes
}

/// Adds a second factor; answers its secret and the recovery codes. Its first code is that of `now()`.
pub(super) fn add(conn: &mut Conn, entered: &Entered) -> (Vec<u8>, Vec<String>) {
    let (actor, current) = (actor_of(entered), entered.started.id);
    let draft = second_factor::begin(conn, &actor, now(), HERE, current, Proof::None)
        .and_then(Outcome::settled)
        .expect("begun");
    let secret = secret_of(&draft);
    let code = totp::shown(&secret, now());
    let codes = second_factor::confirm(conn, &actor, now(), HERE, current, &code)
        .and_then(Outcome::settled)
        .expect("confirmed");
    (secret, codes)
}

/// Gives a code of the address, and comes to the second step.
fn halfway(conn: &mut Conn, at: Moment, address: &str) -> Half {
    let code = codes::mint(conn, at, &email(address), Purpose::SignIn, None).expect("minted");
    let progress = sign_in::with_code(conn, at, &visitor(), Purpose::SignIn, &code_input(address, &code))
        .and_then(Outcome::settled)
        .expect("halfway");
    match progress {
        Progress::Half(half) => half,
        Progress::Entered(_) => panic!("no second factor was asked"),
    }
}

fn step(half: &Half, code: &str) -> SecondStepInput {
    SecondStepInput {
        token: half.token.clone(),
        code: code.into(),
        ..SecondStepInput::default()
    }
}

fn finish(conn: &mut Conn, at: Moment, input: &SecondStepInput) -> Result<(Entered, Used), Fault> {
    half_sign_ins::finish(conn, at, &visitor(), input).and_then(Outcome::settled)
}

fn by_code(code: &str) -> SecondInput {
    SecondInput {
        code: code.into(),
        ..SecondInput::default()
    }
}

fn notes(conn: &mut Conn, act: &str) -> usize {
    let filter = audit::Filter {
        act: Some(act.into()),
        ..audit::Filter::default()
    };
    audit::list(conn, &filter, &PageAsk::first())
        .expect("listed")
        .items
        .len()
}

#[test]
fn a_second_factor_is_asked_after_code_and_after_password_and_lets_in() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    set_password(&mut conn, &ana, PASSWORD);
    let (secret, codes) = add(&mut conn, &ana);

    let later = now().plus_minutes(5);
    let half = halfway(&mut conn, later, "ana@example.org");
    let (entered, used) =
        finish(&mut conn, later, &step(&half, &totp::shown(&secret, later))).expect("signed in");
    let later = now().plus_minutes(10);
    let input = PasswordInput {
        email: "ana@example.org".into(),
        password: Password::new(PASSWORD),
    };
    let challenge = sign_in::challenge(&mut conn, later, HERE, &input).expect("challenged");
    let answered = hasher().verify(input.password, challenge).expect("compared");
    let by_password = sign_in::with_password(&mut conn, later, &visitor(), &answered).expect("right");

    assert_eq!((codes.len(), used), (10, Used::App));
    assert!(is_signed_in(&mut conn, &entered, later));
    assert!(matches!(by_password, Progress::Half(_)));
    assert_eq!(
        second_factor::mine(&mut conn, &actor_of(&ana), later).expect("read"),
        State {
            since: Some(now()),
            recovery_codes_left: 10
        }
    );
    assert_eq!(notes(&mut conn, "second_factor.add"), 1);
}

#[test]
fn case73_half_a_sign_in_is_no_session_and_its_token_opens_nothing() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (secret, _) = add(&mut conn, &ana);
    let later = now().plus_minutes(5);

    let half = halfway(&mut conn, later, "ana@example.org");
    let as_session = sessions::signed_in(&mut conn, &half.token, later).expect("read");
    let as_token = tokens::bearer(&mut conn, &half.token, later).expect("read");
    let as_half = finish(
        &mut conn,
        later,
        &SecondStepInput {
            token: ana.started.token.clone(),
            code: totp::shown(&secret, later),
            ..SecondStepInput::default()
        },
    );
    let (entered, _) = finish(&mut conn, later, &step(&half, &totp::shown(&secret, later))).expect("in");
    let twice = finish(
        &mut conn,
        later.plus_seconds(60),
        &step(&half, &totp::shown(&secret, later.plus_seconds(60))),
    );

    assert_eq!((as_session, as_token), (None, None));
    assert_eq!(
        as_half.expect_err("a session is no half sign-in").code,
        "sign_in_over"
    );
    assert_ne!(
        entered.started.token, half.token,
        "the session has a token of its own"
    );
    assert_eq!(twice.expect_err("used").code, "sign_in_over");
}

#[test]
fn half_a_sign_in_ends_after_ten_minutes_or_five_tries() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (secret, _) = add(&mut conn, &ana);
    let began = now().plus_minutes(5);
    let (slow, tried) = (
        halfway(&mut conn, began, "ana@example.org"),
        halfway(&mut conn, began, "ana@example.org"),
    );

    let late = began.plus_minutes(10);
    let too_late = finish(&mut conn, late, &step(&slow, &totp::shown(&secret, late)));
    let wrong: Vec<&str> = (0..5)
        .filter_map(|_| finish(&mut conn, began, &step(&tried, "000000")).err())
        .map(|fault| fault.code)
        .collect();
    let after = began.plus_minutes(9);
    let used_up = finish(&mut conn, after, &step(&tried, &totp::shown(&secret, after)));

    assert_eq!(too_late.expect_err("over").code, "sign_in_over");
    assert_eq!(wrong, ["wrong_second_code"; 5]);
    assert_eq!(used_up.expect_err("over").code, "sign_in_over");
}

#[test]
fn a_code_is_taken_once_even_within_its_window_and_not_after_the_clock_was_set_back() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (secret, _) = add(&mut conn, &ana);

    let half = halfway(&mut conn, now(), "ana@example.org");
    let enrolled_by = finish(&mut conn, now(), &step(&half, &totp::shown(&secret, now())));
    let next = now().plus_seconds(30);
    finish(&mut conn, next, &step(&half, &totp::shown(&secret, next))).expect("the next one is good");
    let half = halfway(&mut conn, next, "ana@example.org");
    let replayed = finish(
        &mut conn,
        next.plus_seconds(20),
        &step(&half, &totp::shown(&secret, next)),
    );
    let early = finish(&mut conn, next, &step(&half, &totp::shown(&secret, now())));
    // The clock is set back by an hour: what was seen then is old, and nothing older is taken.
    let back = next.plus_minutes(-60);
    let half = halfway(&mut conn, back, "ana@example.org");
    let set_back = finish(&mut conn, back, &step(&half, &totp::shown(&secret, back)));
    let seen_before = finish(&mut conn, back, &step(&half, &totp::shown(&secret, next)));

    for refused in [enrolled_by, replayed, early, set_back, seen_before] {
        assert_eq!(refused.expect_err("taken before").code, "wrong_second_code");
    }
}

#[test]
fn of_two_who_come_with_the_same_code_at_once_one_is_let_in() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (secret, codes) = add(&mut conn, &ana);
    let later = now().plus_minutes(5);
    let by_app = [(); 2].map(|()| {
        step(
            &halfway(&mut conn, later, "ana@example.org"),
            &totp::shown(&secret, later),
        )
    });
    let by_recovery = [(); 2].map(|()| SecondStepInput {
        token: halfway(&mut conn, later, "ana@example.org").token,
        recovery_code: codes[0].clone(),
        ..SecondStepInput::default()
    });

    for pair in [by_app, by_recovery] {
        let let_in: usize = thread::scope(|scope| {
            let tries = pair.map(|input| {
                let database = &database;
                scope.spawn(move || {
                    let done = database.write("second step", move |conn| {
                        half_sign_ins::finish(conn, later, &visitor(), &input)
                    });
                    usize::from(done.and_then(Outcome::settled).is_ok())
                })
            });
            tries.into_iter().map(|one| one.join().expect("answered")).sum()
        });
        assert_eq!(let_in, 1);
    }
}

#[test]
fn case75_guessing_the_second_factor_slows_down_and_locks_nobody_out() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (secret, _) = add(&mut conn, &ana);
    let began = now().plus_minutes(5);

    let mut codes = vec![];
    for round in 0..2 {
        let half = halfway(&mut conn, began.plus_seconds(round), "ana@example.org");
        for _ in 0..4 {
            let refused = finish(&mut conn, began.plus_seconds(round), &step(&half, "000000"));
            codes.push(refused.expect_err("wrong").code);
        }
    }
    let later = began.plus_minutes(20);
    let half = halfway(&mut conn, later, "ana@example.org");
    let owner = finish(&mut conn, later, &step(&half, &totp::shown(&secret, later)));

    assert_eq!(codes[..5], ["wrong_second_code"; 5]);
    assert!(codes[5..].contains(&"too_many"), "{codes:?}");
    owner.expect("never locked out");
}

#[test]
fn a_recovery_code_is_good_once_however_it_is_typed_and_new_ones_replace_it() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (secret, codes) = add(&mut conn, &ana);
    let later = now().plus_minutes(5);
    let half = halfway(&mut conn, later, "ana@example.org");
    let typed = format!(" {} ", codes[3].to_uppercase().replace('-', " "));
    let with = |half: &Half, code: &str| SecondStepInput {
        token: half.token.clone(),
        recovery_code: code.into(),
        ..SecondStepInput::default()
    };

    let (entered, used) = finish(&mut conn, later, &with(&half, &typed)).expect("in");
    let half = halfway(&mut conn, later, "ana@example.org");
    let again = finish(&mut conn, later, &with(&half, &codes[3]));
    let actor = actor_of(&entered);
    let unproved = second_factor::renew_codes(&mut conn, &actor, later, HERE, &SecondInput::default());
    let (new, _) = second_factor::renew_codes(
        &mut conn,
        &actor,
        later,
        HERE,
        &by_code(&totp::shown(&secret, later)),
    )
    .and_then(Outcome::settled)
    .expect("renewed");
    let old = finish(&mut conn, later, &with(&half, &codes[4]));
    let fresh = finish(&mut conn, later, &with(&half, &new[0]));

    assert_eq!(used, Used::RecoveryCode { left: 9 });
    assert_eq!(again.expect_err("used").code, "wrong_recovery_code");
    assert_eq!(unproved.expect_err("nothing given").fields[0].field, "code");
    assert_eq!(old.expect_err("replaced").code, "wrong_recovery_code");
    assert_eq!(fresh.expect("in").1, Used::RecoveryCode { left: 9 });
    assert_eq!(notes(&mut conn, "second_factor.recovery_code"), 2);
}

#[test]
fn two_tabs_at_once_add_one_second_factor_and_what_was_signed_in_without_it_ends() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let [ana, elsewhere] = [(); 2].map(|()| enter(&mut conn, "ana@example.org"));
    let actor = actor_of(&ana);
    let input = TokenInput {
        name: "script".into(),
        scopes: vec![TokenScope::Read],
        days: None,
    };
    let made = tokens::make(&mut conn, &actor, now(), &input).expect("made");
    let begin = |conn: &mut Conn, entered: &Entered| {
        second_factor::begin(
            conn,
            &actor_of(entered),
            now(),
            HERE,
            entered.started.id,
            Proof::None,
        )
        .and_then(Outcome::settled)
        .expect("begun")
    };

    let (one, two, other) = (
        begin(&mut conn, &ana),
        begin(&mut conn, &ana),
        begin(&mut conn, &elsewhere),
    );
    let code = totp::shown(&secret_of(&one), now());
    let confirm = |conn: &mut Conn, entered: &Entered, code: &str| {
        second_factor::confirm(conn, &actor_of(entered), now(), HERE, entered.started.id, code)
            .and_then(Outcome::settled)
    };
    let first = confirm(&mut conn, &ana, &code);
    let second = confirm(&mut conn, &ana, &code);
    let third = confirm(&mut conn, &elsewhere, &totp::shown(&secret_of(&other), now()));

    assert_eq!(one.secret, two.secret, "two tabs of a browser show the same");
    assert_ne!(one.secret, other.secret, "another browser shows its own");
    first.expect("added");
    assert_eq!(second.expect_err("there is one").code, "second_factor_on");
    assert_eq!(third.expect_err("there is one").code, "second_factor_on");
    assert!(is_signed_in(&mut conn, &ana, now()));
    assert!(!is_signed_in(&mut conn, &elsewhere, now()));
    assert_eq!(tokens::bearer(&mut conn, &made.token, now()).expect("read"), None);
}

#[test]
fn adding_one_asks_for_a_proof_when_the_sign_in_is_old_and_for_the_apps_first_code() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (actor, current) = (actor_of(&ana), ana.started.id);
    let later = now().plus_minutes(16);

    let unproved = second_factor::begin(&mut conn, &actor, later, HERE, current, Proof::None);
    let too_soon = second_factor::confirm(&mut conn, &actor, later, HERE, current, "123456");
    let code =
        codes::mint(&mut conn, later, &email("ana@example.org"), Purpose::Verify, None).expect("minted");
    let draft = second_factor::begin(&mut conn, &actor, later, HERE, current, Proof::Code(&code))
        .and_then(Outcome::settled)
        .expect("proved");
    let right = totp::shown(&secret_of(&draft), later);
    let refused = second_factor::confirm(&mut conn, &actor, later, HERE, current, &wrong(&right))
        .and_then(Outcome::settled);
    let on = second_factor::is_on(&mut conn, ana.account).expect("read");
    let late = later.plus_minutes(30);
    let forgotten = second_factor::confirm(
        &mut conn,
        &actor,
        late,
        HERE,
        current,
        &totp::shown(&secret_of(&draft), late),
    );

    assert_eq!(unproved.expect_err("refused").code, "proof_needed");
    assert_eq!(too_soon.expect_err("refused").code, "second_factor_not_begun");
    assert_eq!(refused.expect_err("wrong").code, "wrong_second_code");
    assert!(!on, "nothing is on before its first code");
    assert_eq!(
        forgotten.expect_err("waited too long").code,
        "second_factor_not_begun"
    );
}

#[test]
fn removing_it_asks_for_it_and_a_program_does_none_of_this() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let (secret, _) = add(&mut conn, &ana);
    let (actor, current, later) = (actor_of(&ana), ana.started.id, now().plus_minutes(5));
    let program = Actor {
        token_scopes: Some(vec!["write".into()]),
        ..actor.clone()
    };
    let right = by_code(&totp::shown(&secret, later));

    let by_program = second_factor::remove(&mut conn, &program, later, HERE, current, &right);
    let refused = second_factor::remove(&mut conn, &actor, later, HERE, current, &by_code("000000"))
        .and_then(Outcome::settled);
    let still_on = second_factor::is_on(&mut conn, ana.account).expect("read");
    second_factor::remove(&mut conn, &actor, later, HERE, current, &right)
        .and_then(Outcome::settled)
        .expect("removed");
    let left = second_factor::mine(&mut conn, &actor, later).expect("read");

    assert_eq!(by_program.expect_err("refused").code, "scope");
    assert_eq!(refused.expect_err("wrong").code, "wrong_second_code");
    assert!(still_on);
    assert_eq!((left.since, left.recovery_codes_left), (None, 0));
    assert_eq!(notes(&mut conn, "second_factor.remove"), 1);
    enter(&mut conn, "ana@example.org");
}

#[test]
fn who_runs_the_site_resets_anothers_with_a_reason_and_never_their_own() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    add(&mut conn, &ana);
    let later = now().plus_minutes(5);
    let half = halfway(&mut conn, later, "ana@example.org");
    let admin = admin(&mut conn);
    let because = SecondFactorResetInput {
        reason: "Lost telephone, known by sight".into(),
    };

    let by_ana = second_factor::reset(&mut conn, &actor_of(&ana), later, ana.person, &because);
    let unexplained = second_factor::reset(
        &mut conn,
        &admin,
        later,
        ana.person,
        &SecondFactorResetInput::default(),
    );
    let own = second_factor::reset(
        &mut conn,
        &admin,
        later,
        admin.person.expect("somebody"),
        &because,
    );
    let reset = second_factor::reset(&mut conn, &admin, later, ana.person, &because).expect("reset");
    let again = second_factor::reset(&mut conn, &admin, later, ana.person, &because);
    let waiting = finish(&mut conn, later, &step(&half, "000000"));

    assert_eq!(by_ana.expect_err("refused").code, "not_allowed");
    assert_eq!(unexplained.expect_err("refused").fields[0].field, "reason");
    assert_eq!(own.expect_err("refused").code, "not_your_own");
    assert_eq!(reset.len(), 1);
    assert_eq!(again.expect_err("gone").code, "second_factor_off");
    assert_eq!(waiting.expect_err("void").code, "sign_in_over");
    assert!(!is_signed_in(&mut conn, &ana, later), "signed out everywhere");
    assert_eq!(notes(&mut conn, "second_factor.reset"), 1);
    enter(&mut conn, "ana@example.org");
}

#[test]
fn a_role_of_which_it_is_asked_is_owed_by_who_has_none_and_by_nobody_else() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let ana = enter(&mut conn, "ana@example.org");
    appoint(&mut conn, ana.person, Role::Registrar, Scope::Everywhere);
    let registrar = Actor {
        standings: standings::of_person(&mut conn, ana.person, now()).expect("read"),
        ..actor_of(&ana)
    };
    let rule = |roles: &[Role]| SecondFactorRuleInput {
        roles: roles.to_vec(),
    };

    let by_ana = second_factor_rule::set(&mut conn, &registrar, now(), &rule(&[Role::Registrar]));
    let of_all = second_factor_rule::set(&mut conn, &admin, now(), &rule(&[Role::Participant]));
    let before = second_factor_rule::owed(&mut conn, &registrar, false);
    second_factor_rule::set(&mut conn, &admin, now(), &rule(&[Role::Registrar])).expect("set");
    let owed = second_factor_rule::owed(&mut conn, &registrar, false);
    let line = second_factor_rule::view(&mut conn, &admin, now())
        .expect("seen")
        .into_iter()
        .find(|line| line.role == Role::Registrar)
        .expect("there");

    assert_eq!(by_ana.expect_err("refused").code, "not_allowed");
    assert_eq!(of_all.expect_err("refused").fields[0].code, "never_asked");
    before.expect("not asked yet");
    assert_eq!(owed.expect_err("owed").code, "second_factor_required");
    second_factor_rule::owed(&mut conn, &registrar, true).expect("has one");
    second_factor_rule::owed(&mut conn, &admin, false).expect("not asked of this role");
    assert_eq!((line.is_asked, line.holders, line.without), (true, 1, 1));
    assert_eq!(notes(&mut conn, "second_factor.rule"), 1);
}

#[test]
fn the_secret_and_the_codes_stand_nowhere_in_the_open_and_a_sealed_one_opens_on_its_own_row_alone() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = enter(&mut conn, "ana@example.org");
    let ben = enter(&mut conn, "ben@example.org");
    let (secret, _) = add(&mut conn, &ana);
    add(&mut conn, &ben);

    let sealed = crate::seal::seal(&mut conn, "ana", &secret).expect("sealed");
    let own = crate::seal::open(&mut conn, "ana", &sealed);
    let moved = crate::seal::open(&mut conn, "ben", &sealed);
    let mut bent = sealed.clone();
    bent[20] ^= 1;
    let bent = crate::seal::open(&mut conn, "ana", &bent);

    assert_eq!(own, Ok(secret.clone()));
    assert!(!sealed.windows(secret.len()).any(|window| window == secret));
    assert!(moved.is_err() && bent.is_err());
    assert_ne!(
        sealed,
        crate::seal::seal(&mut conn, "ana", &secret).expect("sealed")
    );
}
