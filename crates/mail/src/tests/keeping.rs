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
