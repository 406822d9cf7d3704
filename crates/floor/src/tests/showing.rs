//! The view: what is in it, what is not, when it changes, and who hears of it.

use records::feed;

use super::{at, hall, hall_with};
use crate::{
    digest, floors,
    model::{Gender, SpeechKind, SpeechState},
    of_session,
};

#[test]
fn r79_the_balance_tells_speakers_and_time_by_region_gender_and_first_speech() {
    let mut hall = hall();
    let ana = hall.delegate("Ana", Some("africa"), Some(Gender::Woman));
    let ben = hall.delegate("Ben", Some("europe"), Some(Gender::Man));
    let cao = hall.delegate("Cao", Some("africa"), None);
    for speaker in [&ana, &ben, &cao] {
        hall.asks(speaker, SpeechKind::Statement).expect("asked");
    }
    hall.calls_at(at(0)).expect("Ana");
    hall.calls_at(at(60)).expect("Ben");
    hall.asks(&ana, SpeechKind::Statement).expect("asked again");
    hall.calls_at(at(100)).expect("Cao");
    hall.calls_at(at(130)).expect("Ana again");
    let point = hall.point("Dia");
    hall.calls_at(at(150)).expect("a point of order");

    let balance = hall.view(at(300)).balance;

    let shares = |shares: &[crate::rules::balance::Share]| {
        let of = |share: &crate::rules::balance::Share| {
            let group = share.group.clone().unwrap_or_default();
            (group, share.speakers, share.speeches, share.seconds)
        };
        shares.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(
        shares(&balance.by_region),
        [("africa".to_owned(), 2, 3, 110), ("europe".to_owned(), 1, 1, 40)]
    );
    assert_eq!(
        shares(&balance.by_gender),
        [
            (String::new(), 1, 1, 30),
            ("man".to_owned(), 1, 1, 40),
            ("woman".to_owned(), 1, 2, 80)
        ]
    );
    assert_eq!(
        (balance.first_speeches, balance.speeches, balance.seconds),
        (3, 4, 150)
    );
    assert_eq!(hall.view(at(300)).current.map(|line| line.id), Some(point));
}

#[test]
fn what_is_shown_names_no_person_by_id_and_nobody_by_gender() {
    let mut hall = hall();
    let ana = hall.delegate("Ana", Some("africa"), Some(Gender::Woman));
    let asked = hall.asks(&ana, SpeechKind::Statement).expect("asked");
    hall.moves("Ben", crate::model::MotionKind::CloseDebate)
        .expect("moved");

    let view = hall.view(at(0));
    let shown = serde_json::to_string(&view).expect("JSON");

    assert!(shown.contains("\"Ana\""), "{shown}");
    assert!(!shown.contains(&ana.person.to_string()), "{shown}");
    assert!(!shown.contains("\"woman\""), "{shown}");
    let own = view.of(ana.person);
    assert_eq!(own.len(), 1);
    assert_eq!(
        (own[0].id, own[0].state, own[0].place),
        (asked.id, SpeechState::Queued, Some(1))
    );
    assert_eq!(view.of(kernel::Id::new()), []);
}

#[test]
fn while_nothing_happens_the_digest_stays_and_every_act_changes_it() {
    let mut hall = hall();
    let before = hall.view(at(0)).digest;
    assert_eq!(hall.view(at(500)).digest, before);
    assert_eq!(digest(&mut hall.conn, hall.floor).expect("read"), before);

    let ana = hall.somebody("Ana");
    hall.asks(&ana, SpeechKind::Statement).expect("asked");
    let asked = hall.view(at(500)).digest;
    assert_ne!(asked, before);
    let _refused = hall
        .asks(&ana, SpeechKind::Statement)
        .expect_err("is on the list");
    assert_eq!(
        hall.view(at(500)).digest,
        asked,
        "what is refused changes nothing"
    );
    hall.calls().expect("called");
    assert_ne!(hall.view(at(500)).digest, asked);
}

#[test]
fn who_follows_hears_of_every_act_and_of_no_name() {
    let mut hall = hall_with(|new| new.visible_to = access_rules::Key::Members);
    hall.statement("Ana");
    hall.calls().expect("called");

    let stream = crate::stream(hall.session);
    let events = feed::after(&mut hall.conn, &stream, 0, 10).expect("read");

    let told: Vec<(&str, &str, &str, i64)> = events
        .iter()
        .map(|event| {
            let act = event.payload.0["act"].as_str().expect("an act");
            let version = event.payload.0["version"].as_i64().expect("a version");
            (event.kind.as_str(), event.visible_to.as_str(), act, version)
        })
        .collect();
    assert_eq!(
        told,
        [
            (crate::CHANGED, "members", "open", 1),
            (crate::CHANGED, "members", "ask", 2),
            (crate::CHANGED, "members", "call", 3),
        ]
    );
    let all = serde_json::to_string(&events).expect("JSON");
    assert!(!all.contains("Ana"), "{all}");
}

#[test]
fn a_session_shows_the_floor_that_is_open_else_the_last() {
    let mut hall = hall();
    let (floor, session) = (hall.floor, hall.session);
    let shown = of_session(&mut hall.conn, session, at(0)).expect("read");
    assert_eq!(shown.map(|view| view.id), Some(floor));
    hall.act(|conn| floors::close(conn, None, at(0), floor))
        .expect("closed");

    let shown = of_session(&mut hall.conn, session, at(0)).expect("read");
    let nowhere = of_session(&mut hall.conn, kernel::Id::new(), at(0)).expect("read");

    let shown = shown.expect("the last");
    assert_eq!((shown.id, shown.open_to.len()), (floor, 0));
    assert_eq!(shown.held_up.as_deref(), Some("floor_closed"));
    assert_eq!(nowhere, None);
}
