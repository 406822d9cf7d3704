//! Who has the floor, and for how long.

use std::collections::BTreeMap;

use super::{Hall, at, code, field, hall, hall_with};
use crate::{
    calling::{self, CallInput},
    model::{Request, RequestId, SpeechKind, SpeechState},
    rules::order::Why,
    speakers,
};

fn call(hall: &mut Hall, input: CallInput) -> Result<Request, kernel::Fault> {
    let floor = hall.floor;
    hall.act(|conn| calling::call_next(conn, None, at(0), floor, &input))
}

fn seconds_left(hall: &mut Hall, now: i64) -> Option<i64> {
    hall.view(at(now)).current.expect("somebody").clock.left_seconds
}

fn interposed(hall: &mut Hall, name: &str) -> RequestId {
    let speaker = hall.somebody(name);
    let asked = hall.asks(&speaker, SpeechKind::Interposed).expect("asked").id;
    hall.act(|conn| speakers::admit(conn, None, at(0), asked))
        .expect("admitted")
        .id
}

#[test]
fn r79_one_person_at_a_time_has_the_floor_and_one_step_brings_the_next() {
    let mut hall = hall();
    let [ana, ben] = ["Ana", "Ben"].map(|name| hall.statement(name));
    let first = hall.calls_at(at(0)).expect("called");
    assert_eq!((first.id, first.state), (ana, SpeechState::Speaking));

    let second = hall.calls_at(at(70)).expect("called");

    let view = hall.view(at(80));
    assert_eq!((second.id, second.state), (ben, SpeechState::Speaking));
    assert_eq!(view.current.map(|line| line.id), Some(ben));
    let spoken: Vec<(RequestId, i64)> = view.spoken.iter().map(|one| (one.id, one.seconds)).collect();
    assert_eq!(spoken, [(ana, 70)]);
    hall.finishes(ben).expect("done");
    assert_eq!(hall.view(at(80)).current, None);
}

#[test]
fn the_chair_who_sees_another_speaker_or_another_next_is_told() {
    let mut hall = hall();
    let [ana, ben, cao] = ["Ana", "Ben", "Cao"].map(|name| hall.statement(name));
    let nobody = CallInput::default();
    call(&mut hall, nobody).expect("called");

    let late = call(&mut hall, nobody).expect_err("Ana has the floor");
    assert_eq!(
        (late.code, &late.facts["current"]),
        ("floor_moved_on", &ana.to_string().into())
    );
    let to_cao = CallInput {
        ending: Some(ana),
        next: Some(cao),
        start: false,
    };
    let other = call(&mut hall, to_cao).expect_err("Ben is next");
    assert_eq!(
        (other.code, &other.facts["next"]),
        ("next_changed", &ben.to_string().into())
    );
    let to_ben = CallInput {
        next: Some(ben),
        ..to_cao
    };
    let called = call(&mut hall, to_ben).expect("called");
    assert_eq!((called.id, called.state), (ben, SpeechState::Called));
}

#[test]
fn somebody_is_called_out_of_turn_with_a_reason_alone() {
    let mut hall = hall();
    let [ana, ben, cao] = ["Ana", "Ben", "Cao"].map(|name| hall.statement(name));
    let now = CallInput::default();
    let refused = hall.act(|conn| calling::call_out_of_turn(conn, None, at(0), cao, "", &now));
    assert_eq!(field(refused), ("reason".to_owned(), "required"));

    let called = hall
        .act(|conn| calling::call_out_of_turn(conn, None, at(0), cao, "Rapporteur", &now))
        .expect("called");

    assert_eq!((called.id, called.place_reason.as_str()), (cao, "Rapporteur"));
    assert_eq!(hall.queue(), ["Ana", "Ben"]);
    hall.point("Dia");
    let ending = CallInput {
        ending: Some(cao),
        ..now
    };
    let before_a_point = hall.act(|conn| calling::call_out_of_turn(conn, None, at(0), ben, "Host", &ending));
    assert_eq!(code(before_a_point), "next_changed");
    assert_eq!(hall.view(at(0)).queue[1].line.id, ana, "nothing of it stays");
}

#[test]
fn r79_a_clock_stands_goes_on_and_gets_more_time() {
    let mut hall = hall();
    hall.statement("Ana");
    let ana = call(&mut hall, CallInput::default()).expect("called").id;
    assert_eq!(seconds_left(&mut hall, 400), Some(180), "it has not begun");
    let paused_early = hall.act(|conn| calling::pause(conn, None, at(400), ana));
    assert_eq!(code(paused_early), "illegal_step");

    hall.act(|conn| calling::start(conn, None, at(400), ana))
        .expect("begun");
    assert_eq!(seconds_left(&mut hall, 430), Some(150));
    let clock = hall.view(at(430)).current.expect("Ana").clock;
    assert_eq!((clock.is_running, clock.runs_out_at), (true, Some(at(580))));
    hall.act(|conn| calling::pause(conn, None, at(460), ana))
        .expect("stands");
    let clock = hall.view(at(9000)).current.expect("Ana").clock;
    assert_eq!((clock.left_seconds, clock.runs_out_at), (Some(120), None));
    hall.act(|conn| calling::add_time(conn, None, at(9000), ana, 60))
        .expect("added");
    hall.act(|conn| calling::start(conn, None, at(9000), ana))
        .expect("goes on");
    assert_eq!(seconds_left(&mut hall, 9180), Some(0));
    assert_eq!(seconds_left(&mut hall, 9200), Some(-20), "over");
    let none = hall.act(|conn| calling::add_time(conn, None, at(9200), ana, 0));
    assert_eq!(field(none), ("seconds".to_owned(), "out_of_range"));
    let twice = hall.act(|conn| calling::start(conn, None, at(9200), ana));
    assert_eq!(code(twice), "illegal_step");

    let done = hall
        .act(|conn| calling::finish(conn, None, at(9210), ana))
        .expect("done");
    assert_eq!((done.spoken_ms, done.added_seconds), (270_000, 60));
    let late = hall.act(|conn| calling::add_time(conn, None, at(9220), ana, 60));
    assert_eq!(code(late), "illegal_step");
    let late = hall.act(|conn| calling::start(conn, None, at(9220), ana));
    assert_eq!(code(late), "not_speaking");
}

#[test]
fn r79_what_a_clock_shows_follows_from_now_and_a_clock_set_back_takes_nothing() {
    let mut hall = hall();
    hall.statement("Ana");
    hall.calls_at(at(100)).expect("called");

    for now in [100, 101, 250, 400] {
        let clock = hall.view(at(now)).current.expect("Ana").clock;
        assert_eq!(clock.runs_out_at, Some(at(280)), "at {now}");
        assert_eq!(clock.left_seconds, Some(280 - now));
    }
    let before = hall.view(at(40)).current.expect("Ana").clock;
    assert_eq!((before.spoken_seconds, before.left_seconds), (0, Some(180)));
}

#[test]
fn r79_a_region_shares_its_time() {
    let mut hall = hall_with(|new| new.limits.regions = BTreeMap::from([("africa".to_owned(), 200)]));
    let [ana, ben] = ["Ana", "Ben"].map(|name| hall.delegate(name, Some("africa"), None));
    let cao = hall.delegate("Cao", Some("asia"), None);
    for speaker in [&ana, &ben, &cao] {
        hall.asks(speaker, SpeechKind::Statement).expect("asked");
    }
    hall.calls_at(at(0)).expect("Ana");
    assert_eq!(seconds_left(&mut hall, 0), Some(180), "her own is less");

    let second = hall.calls_at(at(150)).expect("Ben").id;
    assert_eq!(seconds_left(&mut hall, 150), Some(50), "what Ana left of it");
    hall.act(|conn| calling::add_time(conn, None, at(150), second, 30))
        .expect("added");
    assert_eq!(seconds_left(&mut hall, 150), Some(80));
    let regions = hall.view(at(160)).regions;
    assert_eq!(
        (
            regions[0].region.as_str(),
            regions[0].limit_seconds,
            regions[0].left_seconds
        ),
        ("africa", 200, 70)
    );
    hall.calls_at(at(160)).expect("Cao");
    assert_eq!(
        seconds_left(&mut hall, 160),
        Some(180),
        "of a region without a limit"
    );
}

#[test]
fn without_a_limit_nothing_runs_out() {
    let mut hall = hall_with(|new| new.limits.statement_seconds = None);
    hall.statement("Ana");
    hall.calls_at(at(0)).expect("called");

    let clock = hall.view(at(700)).current.expect("Ana").clock;

    assert_eq!(
        (clock.spoken_seconds, clock.left_seconds, clock.runs_out_at),
        (700, None, None)
    );
}

#[test]
fn an_interposed_question_interrupts_once_it_is_admitted_and_gives_the_floor_back() {
    let mut hall = hall();
    let [ana, ben] = ["Ana", "Ben"].map(|name| hall.statement(name));
    hall.calls_at(at(0)).expect("Ana");
    let cao = interposed(&mut hall, "Cao");

    let question = hall.calls_at(at(30)).expect("called");

    assert_eq!((question.id, question.kind), (cao, SpeechKind::Interposed));
    let view = hall.view(at(60));
    assert_eq!(view.interrupted[0].id, ana);
    assert_eq!(view.interrupted[0].clock.spoken_seconds, 30, "her clock stands");
    assert_eq!((view.queue[0].line.id, view.queue[0].why), (ana, Why::Resumes));
    hall.finishes(cao).expect("done");
    let back = hall.view(at(60)).current.expect("Ana");
    assert_eq!((back.id, back.state), (ana, SpeechState::Paused));
    hall.act(|conn| calling::start(conn, None, at(70), ana))
        .expect("goes on");
    assert_eq!(seconds_left(&mut hall, 80), Some(140));
    assert_eq!(hall.calls_at(at(80)).expect("called").id, ben);
}

#[test]
fn who_was_interrupted_is_called_back_by_the_same_step_or_ended() {
    let mut hall = hall();
    let [ana, ben] = ["Ana", "Ben"].map(|name| hall.statement(name));
    hall.calls_at(at(0)).expect("Ana");
    interposed(&mut hall, "Cao");
    hall.calls_at(at(30)).expect("Cao");

    let back = hall.calls_at(at(40)).expect("called");

    assert_eq!((back.id, back.state), (ana, SpeechState::Speaking));
    interposed(&mut hall, "Dia");
    hall.calls_at(at(50)).expect("Dia");
    hall.finishes(ana).expect("ended by the chair");
    assert_eq!(hall.calls_at(at(60)).expect("called").id, ben);
    assert_eq!(hall.view(at(60)).interrupted, []);
}
