//! Points of order, rulings and appeals.

use super::{Hall, at, code, field, hall};
use crate::{
    calling, floors,
    model::{Count, Finding, RequestId, Ruling, RulingId, RulingState, Speaker, SpeechKind, SpeechState},
    points::{self, RulingInput},
    rules::motions::is_overruled,
    speakers,
};

fn rules(hall: &mut Hall, point: RequestId, finding: Finding) -> Result<Ruling, kernel::Fault> {
    let input = RulingInput {
        finding: Some(finding),
        words: "Rule 71".into(),
    };
    hall.act(|conn| points::rule(conn, None, at(40), point, &input))
}

fn appeals(hall: &mut Hall, ruling: RulingId, who: &Speaker) -> Result<Ruling, kernel::Fault> {
    let person = Some(who.person);
    hall.act(|conn| points::appeal(conn, person, at(41), ruling, who))
}

fn votes(
    hall: &mut Hall,
    ruling: RulingId,
    votes_for: i64,
    votes_against: i64,
) -> Result<Ruling, kernel::Fault> {
    let count = Count {
        votes_for,
        votes_against,
        abstentions: 5,
    };
    hall.act(|conn| points::decide(conn, None, at(42), ruling, count))
}

#[test]
fn r80_a_point_of_order_is_served_next_ruled_at_once_and_an_appeal_votes_at_once() {
    let mut hall = hall();
    let [ana, ben, cao, dia] = ["Ana", "Ben", "Cao", "Dia"].map(|name| hall.statement(name));
    hall.calls_at(at(0)).expect("Ana speaks");
    let queue_before = hall.queue();
    assert_eq!(queue_before, ["Ben", "Cao", "Dia"]);

    let point = hall.point("Eva");
    let served = hall.calls_at(at(30)).expect("served next");
    assert_eq!((served.id, served.kind), (point, SpeechKind::PointOfOrder));
    let interrupted = hall.view(at(30)).interrupted;
    assert_eq!(
        (interrupted[0].id, interrupted[0].state),
        (ana, SpeechState::Paused)
    );
    // At once: nobody else is called before the ruling.
    assert_eq!(code(hall.calls()), "point_not_ruled");
    assert_eq!(code(hall.finishes(point)), "point_not_ruled");
    let ruling = rules(&mut hall, point, Finding::NotWellTaken).expect("ruled");
    assert_eq!(
        (ruling.request, ruling.finding, ruling.state),
        (Some(point), Finding::NotWellTaken, RulingState::Given)
    );

    let eva = hall.somebody("Eva again");
    appeals(&mut hall, ruling.id, &eva).expect("appealed");
    let view = hall.view(at(41));
    assert_eq!(view.held_up.as_deref(), Some("appeal_open"), "the vote is open");
    assert_eq!(view.rulings[0].state, RulingState::Appealed);
    assert_eq!(code(hall.calls()), "appeal_open");
    assert_eq!(
        code(hall.act(|conn| calling::start(conn, None, at(41), ana))),
        "appeal_open"
    );
    let decided = votes(&mut hall, ruling.id, 40, 60).expect("counted");
    assert_eq!(decided.state, RulingState::Upheld);

    // The floor is Ana's again, and the queue is as it was.
    let view = hall.view(at(43));
    assert_eq!(
        view.current.map(|line| (line.id, line.state)),
        Some((ana, SpeechState::Paused))
    );
    assert_eq!(hall.queue(), queue_before);
    hall.act(|conn| calling::start(conn, None, at(50), ana))
        .expect("speaks on");
    for next in [ben, cao, dia] {
        assert_eq!(hall.calls_at(at(60)).expect("called").id, next);
    }
}

#[test]
fn r80_a_point_of_order_interrupts_a_question_that_interrupted_a_speech() {
    let mut hall = hall();
    let ana = hall.statement("Ana");
    hall.calls_at(at(0)).expect("Ana");
    let ben = hall.somebody("Ben");
    let question = hall.asks(&ben, SpeechKind::Interposed).expect("asked").id;
    hall.act(|conn| speakers::admit(conn, None, at(0), question))
        .expect("admitted");
    hall.calls_at(at(10)).expect("Ben");
    let first = hall.point("Cao");
    let second = hall.point("Dia");
    hall.calls_at(at(20)).expect("Cao");

    rules(&mut hall, first, Finding::WellTaken).expect("ruled");
    let back = hall.view(at(40)).current.map(|line| line.id);
    assert_eq!(back, Some(question), "the innermost first");
    assert_eq!(hall.calls_at(at(40)).expect("called").id, second);
    rules(&mut hall, second, Finding::Noted).expect("ruled");
    hall.finishes(question).expect("done");

    assert_eq!(hall.view(at(60)).current.map(|line| line.id), Some(ana));
    assert_eq!(hall.view(at(60)).spoken.len(), 3);
}

#[test]
fn r80_a_ruling_stands_unless_a_majority_of_those_voting_overrules_it() {
    for (votes_for, votes_against, overrules) in [
        (51, 49, true),
        (50, 50, false),
        (1, 0, true),
        (0, 0, false),
        (49, 51, false),
    ] {
        let count = Count {
            votes_for,
            votes_against,
            abstentions: 1000,
        };
        assert_eq!(is_overruled(count), overrules, "{count:?}");
    }

    let mut hall = hall();
    let point = hall.point("Ana");
    hall.calls().expect("called");
    let ruling = rules(&mut hall, point, Finding::NotWellTaken).expect("ruled").id;
    let ben = hall.somebody("Ben");
    appeals(&mut hall, ruling, &ben).expect("appealed");
    let none = hall.act(|conn| points::decide(conn, None, at(42), ruling, Count::default()));
    assert_eq!(field(none), ("votes_for".to_owned(), "required"));
    assert_eq!(
        field(votes(&mut hall, ruling, -1, 3)),
        ("votes_for".to_owned(), "out_of_range")
    );

    let overruled = votes(&mut hall, ruling, 60, 40).expect("counted");

    assert_eq!(
        (overruled.state, overruled.votes_for, overruled.appellant.as_str()),
        (RulingState::Overruled, Some(60), "Ben")
    );
    assert_eq!(code(votes(&mut hall, ruling, 60, 40)), "no_appeal");
    assert_eq!(code(appeals(&mut hall, ruling, &ben)), "ruling_final");
}

#[test]
fn r80_a_ruling_is_appealed_before_the_meeting_goes_on_or_never() {
    let mut hall = hall();
    let ana = hall.statement("Ana");
    hall.calls_at(at(0)).expect("Ana");
    let point = hall.point("Ben");
    hall.calls_at(at(10)).expect("Ben");
    let ruling = rules(&mut hall, point, Finding::WellTaken).expect("ruled").id;
    // To ask for the floor is not to go on.
    hall.statement("Cao");
    hall.act(|conn| calling::start(conn, None, at(50), ana))
        .expect("goes on");

    let dia = hall.somebody("Dia");
    assert_eq!(code(appeals(&mut hall, ruling, &dia)), "ruling_final");
    assert_eq!(hall.view(at(50)).rulings[0].state, RulingState::Stands);
    assert_eq!(code(votes(&mut hall, ruling, 3, 2)), "no_appeal");
}

#[test]
fn only_a_point_of_order_that_has_the_floor_is_ruled_on() {
    let mut hall = hall();
    let ana = hall.statement("Ana");
    let point = hall.point("Ben");

    assert_eq!(code(rules(&mut hall, point, Finding::WellTaken)), "not_speaking");
    assert_eq!(
        code(rules(&mut hall, ana, Finding::WellTaken)),
        "not_a_point_of_order"
    );
    hall.calls().expect("Ben");
    assert_eq!(
        field(rules(&mut hall, point, Finding::OutOfOrder)),
        ("finding".to_owned(), "unknown")
    );
    let unsaid = RulingInput::default();
    let refused = hall.act(|conn| points::rule(conn, None, at(0), point, &unsaid));
    assert_eq!(field(refused), ("finding".to_owned(), "required"));
    let floor = hall.floor;
    let closed = hall.act(|conn| floors::close(conn, None, at(0), floor));
    assert_eq!(code(closed), "point_not_ruled");
    rules(&mut hall, point, Finding::WellTaken).expect("ruled");
    assert_eq!(code(rules(&mut hall, point, Finding::WellTaken)), "not_speaking");
}

#[test]
fn a_floor_is_not_closed_over_an_appeal() {
    let mut hall = hall();
    let point = hall.point("Ana");
    hall.calls().expect("called");
    let ruling = rules(&mut hall, point, Finding::NotWellTaken).expect("ruled").id;
    let ben = hall.somebody("Ben");
    appeals(&mut hall, ruling, &ben).expect("appealed");
    let floor = hall.floor;

    let closed = hall.act(|conn| floors::close(conn, None, at(50), floor));
    assert_eq!(code(closed), "appeal_open");

    votes(&mut hall, ruling, 1, 2).expect("counted");
    hall.act(|conn| floors::close(conn, None, at(50), floor))
        .expect("closed");
}
