//! The balanced order: by example, and by properties that hold for whoever asks.

use std::collections::BTreeMap;

use access_rules::PersonId;
use kernel::{Id, Json, Localized};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{at, hall_with};
use crate::{
    model::{Criterion, Floor, FloorState, Gender, Limits, Request, SpeakingOrder, SpeechKind, SpeechState},
    rules::order::{PASSED_MOST, Why, order},
};

fn a_floor(criteria: Vec<Criterion>) -> Floor {
    Floor {
        id: Id::named("floor"),
        edition: Id::named("edition"),
        session: Id::named("session"),
        item: None,
        title: Localized::only("en", "Housing"),
        visible_to: "public".into(),
        state: FloorState::Open,
        list_closed: false,
        speaking_order: SpeakingOrder::Balanced,
        criteria: Json(criteria),
        by_admission: false,
        limits: Json(Limits::default()),
        opened_at: at(0),
        closed_at: None,
        version: 1000,
    }
}

fn asked(seq: i64, person: u8, region: Option<&str>, gender: Option<Gender>) -> Request {
    let person: PersonId = Id::named(&format!("person {person}"));
    Request {
        id: Id::named(&format!("request {seq}")),
        floor: Id::named("floor"),
        person,
        organisation: None,
        name: format!("{seq}"),
        speaks_for: String::new(),
        region: region.map(str::to_owned),
        gender,
        kind: SpeechKind::Statement,
        motion: None,
        state: SpeechState::Queued,
        seq,
        turn: None,
        chair_place: None,
        place_reason: String::new(),
        has_floor: false,
        asked_by: None,
        asked_at: at(0),
        called_at: None,
        started_at: None,
        ended_at: None,
        spoken_ms: 0,
        added_seconds: 0,
        removal: None,
        removal_reason: String::new(),
        version: 1,
    }
}

fn seqs(floor: &Floor, requests: &[Request]) -> Vec<i64> {
    order(floor, requests, None)
        .iter()
        .map(|placed| placed.request.seq)
        .collect()
}

/// As if the first were called, and had spoken by now.
fn call_first(floor: &mut Floor, requests: &mut [Request]) -> Option<i64> {
    let seq = *seqs(floor, requests).first()?;
    floor.version += 1;
    let turn = floor.version;
    let called = requests.iter_mut().find(|request| request.seq == seq)?;
    called.state = SpeechState::Done;
    called.turn = Some(turn);
    Some(seq)
}

#[test]
fn r79_a_balanced_order_alternates_and_says_why() {
    let floor = a_floor(vec![Criterion::FirstSpeech, Criterion::Region, Criterion::Gender]);
    let (woman, man) = (Some(Gender::Woman), Some(Gender::Man));
    let spoken = |request: Request| Request {
        state: SpeechState::Done,
        turn: Some(request.seq),
        ..request
    };
    let requests = [
        spoken(asked(1, 1, Some("europe"), man)),
        asked(2, 1, Some("europe"), man),
        asked(3, 2, Some("europe"), man),
        asked(4, 3, Some("africa"), man),
        asked(5, 4, Some("africa"), woman),
        asked(6, 5, Some("europe"), woman),
    ];

    let order: Vec<(i64, Why)> = order(&floor, &requests, None)
        .iter()
        .map(|placed| (placed.request.seq, placed.why))
        .collect();

    assert_eq!(
        order,
        [
            // Africa was not heard; of its two, the woman.
            (5, Why::FirstSpeech),
            // Both regions once; of those who have not spoken, the one whose gender was heard as little and asked first:
            // one man, one woman, and the earliest is a man of Europe.
            (3, Why::FirstSpeech),
            (4, Why::FirstSpeech),
            // Three passed who waited longest.
            (2, Why::Waited),
            (6, Why::InOrder),
        ]
    );
}

#[test]
fn r79_each_criterion_is_named_by_which_somebody_passes_the_oldest() {
    let (woman, man) = (Some(Gender::Woman), Some(Gender::Man));
    let heard = Request {
        state: SpeechState::Done,
        turn: Some(1),
        ..asked(1, 1, Some("europe"), man)
    };
    for (criterion, other, why) in [
        (Criterion::Region, asked(3, 3, Some("asia"), man), Why::Region),
        (Criterion::Gender, asked(3, 3, Some("europe"), woman), Why::Gender),
        (
            Criterion::FirstSpeech,
            asked(3, 3, Some("europe"), man),
            Why::FirstSpeech,
        ),
    ] {
        let requests = [heard.clone(), asked(2, 1, Some("europe"), man), other];
        let floor = a_floor(vec![criterion]);

        let order: Vec<(i64, Why)> = order(&floor, &requests, None)
            .iter()
            .map(|placed| (placed.request.seq, placed.why))
            .collect();

        assert_eq!(order, [(3, why), (2, Why::InOrder)]);
    }
}

#[test]
fn r79_who_was_heard_on_an_earlier_item_counts_on_the_next() {
    let mut hall = hall_with(|new| new.speaking_order = SpeakingOrder::Balanced);
    let ana = hall.delegate("Ana", Some("europe"), None);
    hall.asks(&ana, SpeechKind::Statement).expect("asked");
    hall.calls_at(at(0)).expect("called");
    let (first, session) = (hall.floor, hall.session);
    hall.act(|conn| crate::floors::close(conn, None, at(90), first))
        .expect("closed");
    let edition = hall.floor().edition;
    let next = crate::floors::NewFloor {
        edition,
        session,
        item: Some(Id::named("item 2")),
        title: Localized::only("en", "Migration"),
        visible_to: access_rules::Key::Public,
        limits: Limits::default(),
        speaking_order: SpeakingOrder::Balanced,
        criteria: vec![],
        by_admission: false,
    };
    hall.floor = hall
        .act(|conn| crate::floors::open(conn, None, at(90), &next))
        .expect("open")
        .id;
    hall.asks(&ana, SpeechKind::Statement).expect("asked");
    let ben = hall.delegate("Ben", Some("europe"), None);
    hall.asks(&ben, SpeechKind::Statement).expect("asked");

    let queue = hall.view(at(100)).queue;

    let places: Vec<(&str, Why, bool)> = queue
        .iter()
        .map(|one| (one.line.name.as_str(), one.why, one.line.is_first_speech))
        .collect();
    assert_eq!(
        places,
        [("Ben", Why::FirstSpeech, true), ("Ana", Why::InOrder, false)]
    );
    let whole = crate::balance_of_session(&mut hall.conn, session, at(100)).expect("read");
    assert_eq!((whole.speeches, whole.first_speeches, whole.seconds), (1, 1, 90));
    assert_eq!(hall.view(at(100)).balance.speeches, 0);
}

fn regions() -> impl Strategy<Value = Option<&'static str>> {
    option::of(select(vec!["africa", "asia", "europe", "latin_america"]))
}

fn genders() -> impl Strategy<Value = Option<Gender>> {
    option::of(select(vec![Gender::Woman, Gender::Man, Gender::Other]))
}

fn people() -> impl Strategy<Value = Vec<Request>> {
    vec((0_u8..20, regions(), genders()), 1..30).prop_map(|people| {
        (1..)
            .zip(people)
            .map(|(seq, (person, region, gender))| asked(seq, person, region, gender))
            .collect()
    })
}

fn criteria() -> impl Strategy<Value = Vec<Criterion>> {
    select(vec![
        vec![Criterion::FirstSpeech, Criterion::Region, Criterion::Gender],
        vec![Criterion::Gender, Criterion::Region],
        vec![Criterion::Region],
        vec![],
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Everybody who waits stands in it once, whatever order the rows come in; without a criterion as they asked.
    #[test]
    fn r79_the_order_is_whole_and_does_not_depend_on_how_the_rows_come(
        requests in people(), criteria in criteria(), turned in 0_usize..30,
    ) {
        let is_plain = criteria.is_empty();
        let floor = a_floor(criteria);
        let order = seqs(&floor, &requests);
        let mut rows = requests.clone();
        let by = turned % rows.len();
        rows.rotate_left(by);

        prop_assert_eq!(&seqs(&floor, &rows), &order);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(&sorted, &requests.iter().map(|request| request.seq).collect::<Vec<_>>());
        if is_plain {
            prop_assert_eq!(order, sorted);
        }
    }

    /// Of those whom the criteria cannot tell apart, who asked earlier comes earlier.
    #[test]
    fn r79_among_equals_it_is_as_they_asked(requests in people(), criteria in criteria()) {
        // Each once, so that nobody becomes another's better by having spoken.
        let requests: Vec<Request> = requests
            .into_iter()
            .map(|request| Request { person: Id::named(&request.name), ..request })
            .collect();
        let floor = a_floor(criteria);
        let mut last: BTreeMap<(Option<String>, Option<Gender>), i64> = BTreeMap::new();

        for placed in order(&floor, &requests, None) {
            let alike = (placed.request.region.clone(), placed.request.gender);
            let before = last.insert(alike, placed.request.seq);
            prop_assert!(before.is_none_or(|before| before < placed.request.seq));
        }
    }

    /// The list that was shown is the list that is called.
    #[test]
    fn r79_who_is_shown_next_is_called_next(requests in people(), criteria in criteria()) {
        let mut floor = a_floor(criteria);
        let mut requests = requests;
        let shown = seqs(&floor, &requests);

        let mut called = vec![];
        while let Some(seq) = call_first(&mut floor, &mut requests) {
            called.push(seq);
        }

        prop_assert_eq!(called, shown);
    }

    /// Nobody is starved: however many better placed ones keep asking, whoever waits is called before long.
    #[test]
    fn r79_nobody_is_starved_however_many_ask_later(
        waiting in people(), newcomers in vec((20_u8..250, regions(), genders()), 150), criteria in criteria(),
    ) {
        let mut floor = a_floor(criteria);
        let mut requests = waiting.clone();
        let mut newcomers = newcomers.into_iter();
        let first_new = waiting.len() as i64 + 1;

        for (turn, seq) in (1_usize..).zip(first_new..) {
            let still_waits = |own: &Request| requests.iter().any(|request| {
                request.seq == own.seq && request.state == SpeechState::Queued
            });
            // Whoever has so many before them is called after so many, and those who may pass each of them.
            for (ahead, own) in waiting.iter().enumerate() {
                prop_assert!(turn <= (ahead + 1) * (PASSED_MOST + 1) || !still_waits(own), "{} waits", own.seq);
            }
            if !waiting.iter().any(still_waits) {
                break;
            }
            let (person, region, gender) = newcomers.next().expect("enough of them");
            requests.push(asked(seq, person, region, gender));
            call_first(&mut floor, &mut requests);
        }
    }
}
