//! What somebody changes about how they sign in, and what ends with it.

use super::*;

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
        .map(entered)
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
