//! The outbox and what staff do with it.

use super::*;

#[test]
fn held_letters_stay_and_released_ones_leave_and_only_staff_may() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let [one, two] = [(); 2].map(|()| {
        outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed()))
            .expect("posted")
            .expect("new")
    });
    let anybody = Actor {
        account: Some(Id::new()),
        ..Actor::default()
    };

    let refused = outbox::hold(&mut conn, &anybody, now(), one).expect_err("refused");
    let absent = outbox::get(&mut conn, &anybody, now(), Id::new()).expect_err("refused");
    let unknown = outbox::get(&mut conn, &Actor::nobody(), now(), one).expect_err("refused");
    outbox::hold(&mut conn, &staff(), now(), one).expect("held");
    outbox::cancel(&mut conn, &staff(), now(), two).expect("cancelled");
    let nothing = send_at(&peer.sender(), &database, now());
    let counts = outbox::counts(&mut conn, &staff(), now()).expect("counted");
    outbox::release(&mut conn, &staff(), now(), one).expect("released");
    let sent = send_at(&peer.sender(), &database, now());
    let too_late = outbox::cancel(&mut conn, &staff(), now(), one).expect_err("it has left");

    assert_eq!((refused.code, absent.code), ("not_allowed", "not_allowed"));
    assert_eq!(unknown.kind, Kind::SignInNeeded);
    assert_eq!(nothing, Tally::default());
    assert_eq!(
        (counts[&LetterState::Held], counts[&LetterState::Cancelled]),
        (1, 1)
    );
    assert_eq!(counts[&LetterState::Sent], 0);
    assert_eq!(sent.sent, 1);
    assert_eq!(too_late.code, "illegal_step");
}

#[test]
fn case103_after_a_restore_nothing_leaves_by_itself_but_new_letters_do() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    for address in ["ana@example.org", "ben@example.org"] {
        outbox::post(&mut conn, now(), &to(address, "", confirmed())).expect("posted");
    }
    conn.transaction(|conn| sender::lease(conn, now()))
        .expect("one was on its way");

    let held = outbox::hold_everything(&mut conn).expect("held");
    outbox::post(&mut conn, now(), &to("new@example.org", "", confirmed())).expect("posted");
    send_at(&peer.sender(), &database, now().plus_days(1));
    let released = outbox::release_all(&mut conn, &staff(), now()).expect("released");

    assert_eq!((held, released), (2, 2));
    assert_eq!(peer.heard().len(), 1);
    assert!(peer.heard()[0].to.contains("new@example.org"));
}

#[test]
fn a_letter_rolled_back_was_never_written_and_one_posted_twice_is_one() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let once = NewLetter {
        dedupe_key: Some("seat_offer:1".into()),
        ..to("ana@example.org", "Ana", confirmed())
    };

    let undone: Result<(), kernel::Fault> = conn.transaction(|conn| {
        outbox::post(conn, now(), &once)?;
        Err(kernel::Fault::conflict("closed"))
    });
    assert!(undone.is_err());
    assert_eq!(all(&mut conn), []);

    let posted = [(); 2].map(|()| outbox::post(&mut conn, now(), &once).expect("posted").is_some());
    assert_eq!(posted, [true, false]);
    assert_eq!(all(&mut conn).len(), 1);
}

#[test]
fn the_list_is_filtered_by_state_kind_and_reader_and_pages_do_not_overlap() {
    let database = testing::fresh();
    let mut conn = database.conn();
    for (address, name) in [
        ("ana@example.org", "Ana Óscar"),
        ("ben@city.example", "Ben"),
        ("eve@x.org", ""),
    ] {
        outbox::post(&mut conn, now(), &to(address, name, confirmed())).expect("posted");
    }
    let found = |conn: &mut Conn, text: &str| {
        let filter = Filter {
            text: Some(text.into()),
            ..Filter::default()
        };
        let page = outbox::list(conn, &staff(), now(), &filter, &PageAsk::first()).expect("listed");
        page.items
            .into_iter()
            .map(|letter| letter.to_email.to_string())
            .collect::<Vec<_>>()
    };

    assert_eq!(found(&mut conn, "oscar"), ["ana@example.org"]);
    assert_eq!(found(&mut conn, "CITY.example"), ["ben@city.example"]);
    assert_eq!(found(&mut conn, "100%"), Vec::<String>::new());
    let first =
        outbox::list(&mut conn, &staff(), now(), &Filter::default(), &PageAsk::of(2)).expect("listed");
    let ask = PageAsk {
        after: first.next.clone(),
        limit: 2,
    };
    let second = outbox::list(&mut conn, &staff(), now(), &Filter::default(), &ask).expect("listed");
    assert_eq!((first.items.len(), second.items.len(), second.next), (2, 1, None));
    assert!(second.items[0].id < first.items[1].id);
}

#[test]
fn the_words_of_a_waiting_letter_are_changed_by_whoever_saw_the_last_version() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let id = outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed()))
        .expect("posted")
        .expect("new");
    let input = LetterInput {
        subject: "You are\r\nBcc: victim@example.org".into(),
        body: "Welcome to [site_name], [site].".into(),
    };

    let edited = editing::edit(&mut conn, &staff(), now(), id, &input, Some(1)).expect("edited");
    let stale =
        editing::edit(&mut conn, &staff(), now(), id, &input, Some(1)).expect_err("of an old version");
    let empty = editing::edit(&mut conn, &staff(), now(), id, &LetterInput::default(), Some(2));
    let preview = Preview::of(&edited, "https://congress.example/", "Durban 2019");
    send_at(&peer.sender(), &database, now());
    let late = editing::edit(&mut conn, &staff(), now(), id, &input, Some(2)).expect_err("it has left");

    assert_eq!(
        (edited.version, stale.code, late.code),
        (2, "stale", "letter_has_left")
    );
    assert_eq!(empty.expect_err("refused").fields.len(), 2, "both are asked for");
    assert_eq!(preview.text, "Welcome to Durban 2019, https://congress.example.");
    let heard = &peer.heard()[0];
    assert_eq!(heard.header("Bcc"), None);
    assert!(
        heard.text().contains(&preview.text),
        "as previewed: {}",
        heard.text()
    );
    let filter = records::audit::Filter {
        act: Some("letter.edit".into()),
        ..records::audit::Filter::default()
    };
    let noted = records::audit::list(&mut conn, &filter, &PageAsk::first()).expect("listed");
    assert_eq!(noted.items.len(), 1);
    assert!(noted.items[0].before_hash.is_some() && !noted.items[0].summary.contains("Welcome"));
}

#[test]
fn a_letter_with_a_code_keeps_its_words_and_holds_no_code() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let id = outbox::post(
        &mut conn,
        now(),
        &to("ana@example.org", "Ana", Content::SignInCode {}),
    )
    .expect("posted")
    .expect("new");
    let input = LetterInput {
        subject: "[code]".into(),
        body: "https://evil.example/[code]".into(),
    };

    let refused = editing::edit(&mut conn, &staff(), now(), id, &input, Some(1)).expect_err("refused");
    send_at(&peer.sender(), &database, now());

    let sent = outbox::get(&mut conn, &staff(), now(), id).expect("read");
    let code: String = peer.heard()[0]
        .header("Subject")
        .expect("a subject")
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let tries = deliveries::list(&mut conn, &staff(), now(), id).expect("listed");
    assert_eq!(refused.code, "letter_has_code");
    assert_eq!(code.len(), 6);
    assert!(
        !format!("{sent:?}{tries:?}").contains(&code),
        "nothing kept has the code"
    );
}

#[test]
fn every_try_is_logged_with_what_the_mail_server_said_and_a_bounce_is_one() {
    let database = testing::fresh();
    let busy = Peer::start(Manner::Says("451 greylisted, come back"));
    let takes = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let id = outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed()))
        .expect("posted")
        .expect("new");
    let notice = BounceInput {
        said: "550 5.1.1 no such mailbox".into(),
    };

    let too_soon = deliveries::bounced(&mut conn, &staff(), now(), id, &notice).expect_err("not sent yet");
    send_at(&busy.sender(), &database, now());
    outbox::send_now(&mut conn, &staff(), now(), id).expect("hurried");
    send_at(&takes.sender(), &database, now());
    deliveries::bounced(&mut conn, &staff(), now(), id, &notice).expect("noted");
    let twice = deliveries::bounced(&mut conn, &staff(), now(), id, &notice).expect_err("noted before");
    let copy = outbox::resend(&mut conn, &staff(), now(), id).expect("a copy waits");

    let tries = deliveries::list(&mut conn, &staff(), now(), id).expect("listed");
    let outcomes: Vec<_> = tries.iter().map(|delivery| delivery.outcome).collect();
    assert_eq!((too_soon.code, twice.code), ("illegal_step", "illegal_step"));
    assert_eq!(
        outcomes,
        [
            DeliveryOutcome::Bounced,
            DeliveryOutcome::Taken,
            DeliveryOutcome::PutOff
        ]
    );
    assert!(tries[1].said.contains("250 taken") && tries[2].said.contains("greylisted"));
    assert_eq!(
        outbox::get(&mut conn, &staff(), now(), id).expect("read").state,
        LetterState::Bounced
    );
    assert_ne!(copy, id);
    let anybody = Actor {
        account: Some(Id::new()),
        ..Actor::default()
    };
    for refused in [
        deliveries::list(&mut conn, &anybody, now(), id).map(drop),
        deliveries::bounced(&mut conn, &anybody, now(), id, &notice),
        outbox::send_now(&mut conn, &anybody, now(), id),
        editing::edit(&mut conn, &anybody, now(), id, &LetterInput::default(), None).map(drop),
    ] {
        assert_eq!(refused.map_err(|fault| fault.code), Err("not_allowed"));
    }
}

#[test]
fn letters_are_found_by_person_and_day_and_forgotten_with_their_tries() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let code = to("ana@example.org", "Ana", Content::SignInCode {});
    outbox::post(&mut conn, now(), &code).expect("posted");
    outbox::post(
        &mut conn,
        now().plus_days(1),
        &to("ben@example.org", "", confirmed()),
    )
    .expect("posted");
    send_at(&peer.sender(), &database, now());
    let on_day = Filter {
        from: Some(now()),
        until: Some(now().plus_days(1)),
        ..Filter::default()
    };
    let of_nobody = Filter {
        person: Some(Id::new()),
        ..Filter::default()
    };

    let first = outbox::list(&mut conn, &staff(), now(), &on_day, &PageAsk::first()).expect("listed");
    let none = outbox::list(&mut conn, &staff(), now(), &of_nobody, &PageAsk::first()).expect("listed");
    let swept = outbox::sweep(&mut conn, now().plus_days(8), outbox::CODES_KEPT_DAYS).expect("swept");

    assert_eq!(
        first
            .items
            .iter()
            .map(|letter| letter.to_email.to_string())
            .collect::<Vec<_>>(),
        ["ana@example.org"]
    );
    assert_eq!((none.items.len(), swept, all(&mut conn).len()), (0, 1, 1));
}

#[test]
fn r260_the_letter_that_tells_of_an_erasure_is_forgotten_once_it_left_or_was_kept_too_long() {
    let database = testing::fresh();
    let (takes, refuses) = (
        Peer::start(Manner::Takes),
        Peer::start(Manner::Says("550 no such mailbox")),
    );
    let mut conn = database.conn();
    let last = to(
        "ana@example.org",
        "",
        Content::Erased {
            pseudonym: "Person 1f2e3d4c".into(),
            is_on_record: false,
        },
    );
    let post = |conn: &mut Conn| outbox::post(conn, now(), &last).expect("posted").expect("new");

    post(&mut conn);
    let sent = send_at(&takes.sender(), &database, now());
    let left_then = db::told::holding(&mut conn, &["ana@example"]).expect("read");
    post(&mut conn);
    let failed = send_at(&refuses.sender(), &database, now());
    let left_at_last = db::told::holding(&mut conn, &["ana@example"]).expect("read");
    let held = post(&mut conn);
    outbox::hold(&mut conn, &staff(), now(), held).expect("held");
    let soon = outbox::sweep(&mut conn, now().plus_days(1), outbox::CODES_KEPT_DAYS).expect("swept");
    let late = outbox::sweep(
        &mut conn,
        now().plus_days(outbox::CODES_KEPT_DAYS + 1),
        outbox::CODES_KEPT_DAYS,
    )
    .expect("swept");

    assert_eq!((sent.sent, failed.failed), (1, 1));
    assert!(takes.heard()[0].text().contains("Person 1f2e3d4c"));
    assert_eq!((left_then, left_at_last), (vec![], vec![]));
    assert_eq!((soon, late), (0, 1));
}
