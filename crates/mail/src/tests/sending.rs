//! Letters leave: by a good mail server, a bad one, and none.

use super::*;

#[test]
fn case53_a_letter_with_a_nasty_name_leaves_with_its_own_headers_only() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let name = format!("Ana\r\nBcc: victim@example.org\r\n{}", "é".repeat(3000));
    let content = Content::PositionConfirmed {
        position: "Mayor\r\nX-Evil: 1".into(),
        organisation: "Port\nVerne".into(),
    };

    outbox::post(&mut conn, now(), &to("ana@example.org", &name, content)).expect("posted");
    let tally = send_at(&peer.sender(), &database, now());

    assert_eq!(tally.sent, 1);
    let heard = &peer.heard()[0];
    let headers = heard.data.split("\r\n\r\n").next().expect("headers");
    assert!(
        !headers.contains("\r\nBcc") && !headers.contains("\r\nX-Evil"),
        "{headers}"
    );
    assert!(
        heard.to.to_uppercase().starts_with("RCPT TO:<ANA@EXAMPLE.ORG>"),
        "{}",
        heard.to
    );
    assert_eq!(
        headers.matches("@example.org").count(),
        4,
        "from, to, reply-to, id: {headers}"
    );
}

#[test]
fn a_letter_arrives_with_its_headers_and_says_where_the_site_is() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let content = Content::ProgrammeChanged {
        congress: Congress {
            name: "Durban".into(),
            slug: "durban-2019".into(),
        },
        changes: vec!["One room.".into()],
    };
    let id = outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", content))
        .expect("posted")
        .expect("new");

    let tally = send_at(&peer.sender(), &database, now());
    let again = send_at(&peer.sender(), &database, now().plus_minutes(60));

    assert_eq!((tally.sent, again), (1, Tally::default()));
    let heard = &peer.heard()[0];
    assert_eq!(heard.header("Message-ID"), Some(format!("<{id}@example.org>")));
    assert_eq!(heard.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(heard.header("Content-Language").as_deref(), Some("en"));
    assert_eq!(
        heard.header("Date").as_deref(),
        Some("Sun, 22 Nov 2026 10:00:00 +0000")
    );
    assert!(
        heard
            .header("From")
            .is_some_and(|from| from.contains("World Congress"))
    );
    assert!(
        heard
            .header("Reply-To")
            .is_some_and(|to| to.contains("desk@example.org"))
    );
    assert!(
        heard
            .text()
            .contains("https://congress.example/en/durban-2019/programme"),
        "{}",
        heard.text()
    );
    let sent = all(&mut conn).remove(0);
    assert_eq!(
        (sent.state, sent.sent_at, sent.attempts),
        (LetterState::Sent, Some(now()), 1)
    );
}

#[test]
fn case98_a_server_that_is_down_or_busy_gets_the_letter_later_and_under_the_same_id() {
    let database = testing::fresh();
    let busy = Peer::start(Manner::Says("451 greylisted, come back"));
    let hangs = Peer::start(Manner::HangsUp);
    let takes = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");

    let first = send_at(&busy.sender(), &database, now());
    let too_soon = send_at(&busy.sender(), &database, now().plus_seconds(59));
    let waiting = all(&mut conn).remove(0);
    let second = send_at(&hangs.sender(), &database, now().plus_minutes(1));
    let third = send_at(&takes.sender(), &database, now().plus_minutes(6));

    assert_eq!((first.put_back, second.put_back, third.sent), (1, 1, 1));
    assert_eq!(too_soon, Tally::default());
    assert_eq!(waiting.state, LetterState::Waiting);
    assert!(
        waiting
            .last_error
            .is_some_and(|error| error.contains("greylisted"))
    );
    let ids: Vec<_> = [&busy, &hangs, &takes]
        .map(|peer| peer.heard()[0].header("Message-ID"))
        .to_vec();
    assert!(ids[0].is_some() && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(all(&mut conn).remove(0).state, LetterState::Sent);
}

#[test]
fn case98_a_letter_refused_for_good_is_given_up_and_can_be_sent_again_by_hand() {
    let database = testing::fresh();
    let refuses = Peer::start(Manner::Says("550 no such mailbox"));
    let takes = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let id = outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed()))
        .expect("posted")
        .expect("new");

    let tally = send_at(&refuses.sender(), &database, now());
    let failed = all(&mut conn).remove(0);
    let later = send_at(&takes.sender(), &database, now().plus_days(1));
    let same = outbox::resend(&mut conn, &staff(), now(), id).expect("resent");
    let again = send_at(&takes.sender(), &database, now());
    let copy = outbox::resend(&mut conn, &staff(), now(), id).expect("a copy");
    send_at(&takes.sender(), &database, now());

    assert_eq!(tally.failed, 1);
    assert_eq!(failed.state, LetterState::Failed);
    assert!(
        failed
            .last_error
            .is_some_and(|error| error.contains("no such mailbox"))
    );
    assert_eq!(later, Tally::default());
    assert_eq!((same, again.sent), (id, 1));
    assert_ne!(copy, id);
    assert_eq!(takes.heard().len(), 2);
}

#[test]
fn case98_a_server_nobody_answers_at_is_tried_for_days_and_then_given_up() {
    let database = testing::fresh();
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("bound").port()
    };
    let nobody = Peer {
        port,
        heard: Arc::default(),
    };
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");

    let sender = nobody.sender();
    let mut at = now();
    let mut tries = 0;
    while all(&mut conn)[0].state == LetterState::Waiting {
        at = all(&mut conn)[0].next_try_at.unwrap_or(at);
        send_at(&sender, &database, at);
        tries += 1;
    }

    assert_eq!(tries, 9);
    assert_eq!(all(&mut conn)[0].state, LetterState::Failed);
    assert!(at >= now().plus_days(2));
}

#[test]
fn case94_a_letter_whose_sender_died_is_taken_up_when_its_lease_is_over() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");

    let taken = conn
        .transaction(|conn| sender::lease(conn, now()))
        .expect("leased");
    let meanwhile = send_at(&peer.sender(), &database, now().plus_minutes(14));
    let after = send_at(&peer.sender(), &database, now().plus_minutes(15));

    assert_eq!(taken.len(), 1);
    assert_eq!(meanwhile, Tally::default());
    assert_eq!(after.sent, 1);
    assert_eq!(all(&mut conn)[0].attempts, 2);
}

#[test]
fn two_senders_never_take_the_same_letter() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    for number in 0..40 {
        let address = format!("p{number}@example.org");
        outbox::post(&mut conn, now(), &to(&address, "", confirmed())).expect("posted");
    }

    thread::scope(|scope| {
        for _ in 0..3 {
            let sender = peer.sender();
            let database = &database;
            scope.spawn(move || while send_at(&sender, database, now()).all() > 0 {});
        }
    });

    let mut to: Vec<String> = peer.heard().into_iter().map(|heard| heard.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((peer.heard().len(), to.len()), (40, 40));
}

#[test]
fn letters_with_codes_leave_first_and_one_for_later_waits_for_its_time() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let later = NewLetter {
        not_before: Some(now().plus_minutes(30)),
        ..to("later@example.org", "", confirmed())
    };
    outbox::post(&mut conn, now(), &later).expect("posted");
    outbox::post(&mut conn, now(), &to("plain@example.org", "", confirmed())).expect("posted");
    outbox::post(
        &mut conn,
        now(),
        &to("code@example.org", "", Content::SignInCode {}),
    )
    .expect("posted");

    send_at(&peer.sender(), &database, now());
    send_at(&peer.sender(), &database, now().plus_minutes(30));

    let to: Vec<String> = peer.heard().into_iter().map(|heard| heard.to).collect();
    assert!(
        to[0].contains("code@") && to[1].contains("plain@") && to[2].contains("later@"),
        "{to:?}"
    );
}

#[test]
fn in_a_demonstration_letters_are_shown_with_their_codes_and_otherwise_held_ones_wait() {
    let database = testing::fresh();
    let mut conn = database.conn();
    outbox::post(
        &mut conn,
        now(),
        &to("ana@example.org", "Ana", Content::SignInCode {}),
    )
    .expect("posted");

    let nothing = send_at(&Sender::new(Transport::Held, letterhead()), &database, now());
    let waits = all(&mut conn).remove(0);
    let tally = send_at(&Sender::new(Transport::Shown, letterhead()), &database, now());
    let shown = all(&mut conn).remove(0);

    assert_eq!((nothing, waits.state), (Tally::default(), LetterState::Waiting));
    assert_eq!((tally.sent, shown.state), (1, LetterState::Sent));
    let text = shown.shown.expect("shown");
    let code: String = text.chars().take(6).collect();
    assert!(code.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
    assert!(text.contains("Durban 2019\nhttps://congress.example\n"), "{text}");
    let input = CodeInput {
        email: "ana@example.org".into(),
        code,
    };
    sign_in::with_code(&mut conn, now(), &visitor(), Purpose::SignIn, &input)
        .and_then(Outcome::settled)
        .expect("the shown code opens");
}

#[test]
fn an_address_with_marks_and_an_international_domain_is_reached() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("josé@münchen.example", "José", confirmed())).expect("posted");

    let tally = send_at(&peer.sender(), &database, now());

    assert_eq!(tally.sent, 1, "{:?}", all(&mut conn)[0].last_error);
    assert!(
        peer.heard()[0].to.contains("<josé@xn--mnchen-3ya.example>"),
        "{}",
        peer.heard()[0].to
    );
}

#[test]
fn a_woken_worker_sends_at_once_and_stops_when_it_is_dropped() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let worker =
        Worker::start((*database).clone(), peer.sender(), Duration::from_secs(3600)).expect("started");

    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");
    let (done, is_done) = mpsc::channel();
    let state = Arc::new(Mutex::new(worker));
    let waker = Arc::clone(&state);
    let url = database.url().clone();
    thread::spawn(move || {
        let mut conn = url.connect().expect("connected");
        loop {
            waker.lock().expect("not poisoned").wake();
            if all(&mut conn)[0].state == LetterState::Sent {
                done.send(()).ok();
                return;
            }
            thread::yield_now();
        }
    });
    is_done
        .recv_timeout(Duration::from_secs(30))
        .expect("sent long before the hour is over");

    assert_eq!(peer.heard().len(), 1);
    drop(state);
}
