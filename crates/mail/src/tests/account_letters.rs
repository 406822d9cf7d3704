//! Codes, changes to accounts, invitations.

use super::*;

#[test]
fn a_code_is_made_when_its_letter_leaves_and_opens_the_account() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let ask = AskInput {
        email: "ana@example.org".into(),
        purpose: None,
    };

    sign_in_letters::ask_code(&mut conn, now(), HERE, Language::En, &ask).expect("asked");
    let waiting = all(&mut conn).remove(0);
    send_at(&peer.sender(), &database, now());
    let sent = all(&mut conn).remove(0);
    let text = peer.heard()[0].text();
    let code: String = text
        .lines()
        .map(str::trim)
        .find(|line| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit()))
        .expect("the code stands on a line of its own")
        .to_owned();
    let input = CodeInput {
        email: "ana@example.org".into(),
        code: code.clone(),
    };
    let entered = sign_in::with_code(&mut conn, now(), &visitor(), Purpose::SignIn, &input)
        .and_then(Outcome::settled)
        .map(entered)
        .expect("signed in");

    assert!(waiting.body.contains("[code]"));
    assert!(
        sent.body.contains("[code]") && !sent.body.contains(&code),
        "nobody reads it here"
    );
    assert_eq!(sent.shown, None);
    assert!(entered.is_nameless);
}

#[test]
fn case74_whoever_asks_for_a_code_is_answered_and_sent_the_same() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let person = persons::create(&mut conn, now(), &persons::NewPerson::default()).expect("created");
    accounts::create(
        &mut conn,
        now(),
        person,
        &email("known@example.org"),
        Language::Es,
    )
    .expect("created");

    for purpose in [Purpose::SignIn, Purpose::Registration, Purpose::Reset] {
        for address in ["known@example.org", "nobody@example.org"] {
            let ask = AskInput {
                email: address.into(),
                purpose: Some(purpose),
            };
            sign_in_letters::ask_code(&mut conn, now(), HERE, Language::Fr, &ask).expect("asked");
        }
        let [nobody, known] = [0, 1].map(|index| all(&mut conn).remove(index));
        assert_eq!((&nobody.subject, &nobody.body), (&known.subject, &known.body));
        assert_eq!(
            (nobody.language, nobody.person_id),
            (known.language, known.person_id)
        );
    }
    let odd = AskInput {
        email: "known@example.org".into(),
        purpose: Some(Purpose::ChangeEmail),
    };
    let refused = sign_in_letters::ask_code(&mut conn, now(), HERE, Language::Fr, &odd);
    assert_eq!(
        refused.expect_err("not for strangers").code,
        "purpose_not_offered"
    );
}

#[test]
fn asking_again_replaces_the_letter_that_waits_and_asking_on_is_refused() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ask = AskInput {
        email: "ana@example.org".into(),
        purpose: None,
    };

    let asked: Vec<bool> = (0..7)
        .map(|_| sign_in_letters::ask_code(&mut conn, now(), HERE, Language::En, &ask).is_ok())
        .collect();
    let waiting = Filter {
        state: Some(LetterState::Waiting),
        ..Filter::default()
    };
    let waiting = outbox::list(&mut conn, &staff(), now(), &waiting, &PageAsk::first()).expect("listed");

    assert_eq!(asked, [true, true, true, true, true, false, false]);
    assert_eq!(waiting.items.len(), 1);
}

#[test]
fn a_changed_password_and_a_changed_address_are_told_to_the_address_that_was() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let code = people::codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::SignIn, None)
        .expect("minted");
    let input = |address: &str, code: &str| CodeInput {
        email: address.into(),
        code: code.into(),
    };
    let entered = sign_in::with_code(
        &mut conn,
        now(),
        &visitor(),
        Purpose::SignIn,
        &input("ana@example.org", &code),
    )
    .and_then(Outcome::settled)
    .map(entered)
    .expect("signed in");
    let actor = Actor {
        account: Some(entered.account),
        person: Some(entered.person),
        ..Actor::default()
    };
    let hasher = Hasher::start(Hashing::cheap()).expect("starts");
    let hashed = hasher
        .hash(Password::new("correct horse battery"), None)
        .expect("good enough");

    sign_in_letters::set_password(
        &mut conn,
        &actor,
        now(),
        HERE,
        entered.started.id,
        people::changes::Proof::None,
        &hashed,
    )
    .and_then(Outcome::settled)
    .expect("set");
    sign_in_letters::ask_own_code(&mut conn, &actor, now(), HERE, Language::Fr).expect("asked");
    let proof = people::codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::Verify, None)
        .expect("minted");
    sign_in_letters::ask_new_email(
        &mut conn,
        &actor,
        now(),
        HERE,
        Language::Fr,
        people::changes::Proof::Code(&proof),
        "new@example.org",
    )
    .and_then(Outcome::settled)
    .expect("asked");
    let peer = Peer::start(Manner::Takes);
    send_at(&peer.sender(), &database, now());
    let letter = peer
        .heard()
        .into_iter()
        .find(|heard| heard.to.contains("new@example.org"))
        .expect("the new address got a code");
    let code = letter
        .text()
        .lines()
        .map(|line| line.trim().to_owned())
        .find(|line| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit()))
        .expect("a code");
    sign_in_letters::confirm_new_email(
        &mut conn,
        &actor,
        now(),
        HERE,
        entered.started.id,
        &input("new@example.org", &code),
    )
    .and_then(Outcome::settled)
    .expect("changed");

    let told: Vec<(LetterKind, String)> = all(&mut conn)
        .into_iter()
        .rev()
        .map(|letter| (letter.kind, letter.to_email.to_string()))
        .collect();
    let expected = [
        (LetterKind::AccountChanged, "ana@example.org"),
        (LetterKind::VerifyCode, "ana@example.org"),
        (LetterKind::NewEmailCode, "new@example.org"),
        (LetterKind::AccountChanged, "ana@example.org"),
    ];
    assert_eq!(told, expected.map(|(kind, address)| (kind, address.to_owned())));
    assert!(
        sessions::signed_in(&mut conn, &entered.started.token, now())
            .expect("read")
            .is_some()
    );
    let mine = outbox::mine(&mut conn, &actor, now(), &PageAsk::first()).expect("listed");
    assert_eq!(mine.items.len(), 2, "those with codes are left out");
}

#[test]
fn an_invitation_makes_person_account_role_and_letter_and_needs_an_admin() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let input = InviteInput {
        email: "new.admin@example.org".into(),
        given_name: "Nomsa".into(),
        role: Some(Role::PlatformAdmin),
        language: Some(Language::Fr),
        ..InviteInput::default()
    };

    let refused = invitations::invite(&mut conn, &staff(), now(), &input).expect_err("not an admin");
    let person = invitations::invite(&mut conn, &Actor::system(), now(), &input).expect("invited");
    let twice = invitations::invite(&mut conn, &Actor::system(), now(), &input).expect("the same person");

    assert_eq!(refused.code, "not_allowed");
    assert_eq!(person, twice);
    let held = people::standings::of_person(&mut conn, person, now()).expect("read");
    assert_eq!(
        held,
        [Standing {
            role: Role::PlatformAdmin,
            scope: Scope::Everywhere
        }]
    );
    let letter = all(&mut conn).remove(0);
    assert_eq!(
        (letter.kind, letter.language),
        (LetterKind::StaffInvitation, Language::Fr)
    );
    assert!(letter.body.starts_with("Bonjour Nomsa,"), "{}", letter.body);
}

#[test]
fn a_second_factor_that_changes_is_told_to_whose_it_is_and_no_letter_holds_a_code() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let input = InviteInput {
        email: "ana@example.org".into(),
        role: Some(Role::Registrar),
        ..InviteInput::default()
    };
    let person = invitations::invite(&mut conn, &Actor::system(), now(), &input).expect("invited");
    let account = accounts::of_person(&mut conn, person)
        .expect("read")
        .expect("there");
    let entered = sign_in::enter(&mut conn, now(), &visitor(), &account).expect("signed in");
    let actor = Actor {
        account: Some(account.id),
        person: Some(person),
        ..Actor::default()
    };
    let current = entered.started.id;
    let begun = people::second_factor::begin(
        &mut conn,
        &actor,
        now(),
        HERE,
        current,
        people::changes::Proof::None,
    )
    .and_then(Outcome::settled)
    .expect("begun");
    let code = app_code(&begun.secret, now());

    let codes = second_factor_letters::confirm(&mut conn, &actor, now(), HERE, current, &code)
        .and_then(Outcome::settled)
        .expect("confirmed");
    let later = now().plus_minutes(5);
    let mint = people::codes::mint(&mut conn, later, &email("ana@example.org"), Purpose::SignIn, None);
    let input = CodeInput {
        email: "ana@example.org".into(),
        code: mint.expect("minted"),
    };
    let half = match sign_in::with_code(&mut conn, later, &visitor(), Purpose::SignIn, &input)
        .and_then(Outcome::settled)
        .expect("halfway")
    {
        Progress::Half(half) => half,
        Progress::Entered(_) => panic!("no second factor was asked"),
    };
    let step = SecondStepInput {
        token: half.token,
        recovery_code: codes[0].clone(),
        ..SecondStepInput::default()
    };
    second_factor_letters::finish(&mut conn, later, &visitor(), &step)
        .and_then(Outcome::settled)
        .expect("in");
    let because = people::second_factor::SecondFactorResetInput {
        reason: "Lost telephone".into(),
    };
    second_factor_letters::reset(&mut conn, &Actor::system(), later, person, &because).expect("reset");

    let letters: Vec<Letter> = all(&mut conn)
        .into_iter()
        .filter(|letter| letter.kind == LetterKind::SecondFactorChanged)
        .collect();
    assert_eq!(letters.len(), 3);
    assert!(letters[0].body.contains("Lost telephone"), "{}", letters[0].body);
    assert!(
        letters[1].body.contains("So many are left: 9"),
        "{}",
        letters[1].body
    );
    for letter in &letters {
        assert!(codes.iter().all(|code| !letter.body.contains(code.as_str())));
        assert!(!letter.body.contains(&begun.secret));
    }
}

/// What an app shows that was told this secret.
fn app_code(secret: &str, at: Moment) -> String {
    let plain: String = secret.chars().filter(|c| *c != ' ').collect();
    let secret = totp_rs::Secret::try_from_base32(plain).expect("base32");
    let app = totp_rs::Builder::new()
        .with_secret(secret)
        .build()
        .expect("an app");
    let seconds = at.micros() / 1_000_000;
    app.generate(u64::try_from(seconds).expect("after 1970"))
        .to_string()
}
