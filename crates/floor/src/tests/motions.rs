//! Procedural motions: precedence, who speaks to them, majorities, what they make of the floor.

use kernel::Coded as _;

use super::{Hall, at, code, field, hall};
use crate::{
    calling, floors,
    model::{
        Count, FloorState, Motion, MotionId, MotionKind, MotionState, Removal, RulingState, SpeechKind,
        SpeechState,
    },
    motions::{self, NewMotion},
    points,
    rules::motions::{Sides, is_carried, sides},
    speakers,
};

const CARRIED: Count = Count {
    votes_for: 70,
    votes_against: 30,
    abstentions: 9,
};
const LOST: Count = Count {
    votes_for: 30,
    votes_against: 30,
    abstentions: 100,
};

fn puts(hall: &mut Hall, motion: MotionId, count: Count) -> Result<Motion, kernel::Fault> {
    hall.act(|conn| motions::put(conn, None, at(5), motion, count))
}

fn count(votes_for: i64, votes_against: i64, abstentions: i64) -> Count {
    Count {
        votes_for,
        votes_against,
        abstentions,
    }
}

#[test]
fn r81_motions_are_taken_by_precedence_whatever_the_order_they_were_moved_in() {
    use MotionKind::{AdjournDebate, AdjournMeeting, CloseDebate, Division, Reconsideration, SuspendMeeting};
    assert_eq!(
        MotionKind::ALL,
        [
            SuspendMeeting,
            AdjournMeeting,
            AdjournDebate,
            CloseDebate,
            Division,
            Reconsideration
        ]
    );
    for (high, first) in MotionKind::ALL.iter().enumerate() {
        for later in &MotionKind::ALL[high + 1..] {
            let mut hall = hall();
            let low = hall.moves("Ana", *later).expect("moved").id;
            let high = hall.moves("Ben", *first).expect("moved").id;

            let early = puts(&mut hall, low, CARRIED).expect_err("waits");
            assert_eq!(
                (early.code, &early.facts["motion"]),
                ("motion_waits", &high.to_string().into()),
                "{first} comes before {later}"
            );
            puts(&mut hall, high, LOST).expect("put");
            puts(&mut hall, low, CARRIED).expect("put");
        }
    }
}

#[test]
fn r81_with_a_closure_pending_a_suspension_is_taken_first_and_a_third_supporter_is_refused() {
    let mut hall = hall();
    let closure = hall.moves("Ana", MotionKind::CloseDebate).expect("moved").id;
    let suspension = hall.moves("Ben", MotionKind::SuspendMeeting).expect("moved").id;
    let in_hand = |hall: &mut Hall| {
        let motions = hall.view(at(0)).motions;
        motions.iter().find(|motion| motion.is_in_hand).map(|one| one.id)
    };
    assert_eq!(in_hand(&mut hall), Some(suspension));
    assert_eq!(code(puts(&mut hall, closure, CARRIED)), "motion_waits");
    puts(&mut hall, suspension, LOST).expect("put");
    assert_eq!(in_hand(&mut hall), Some(closure));
    puts(&mut hall, closure, LOST).expect("put");

    let adjournment = hall.moves("Cao", MotionKind::AdjournDebate).expect("moved").id;
    for name in ["Dia", "Eva"] {
        let speaker = hall.somebody(name);
        hall.speaks_to(&speaker, adjournment, SpeechKind::ForMotion)
            .expect("supports it");
    }
    let third = hall.somebody("Fay");
    let refused = hall
        .speaks_to(&third, adjournment, SpeechKind::ForMotion)
        .expect_err("two have");
    assert_eq!(
        (refused.code, &refused.facts["most"]),
        ("motion_speakers_full", &2.into())
    );
    hall.speaks_to(&third, adjournment, SpeechKind::AgainstMotion)
        .expect("there is room against it");
}

#[test]
fn r81_so_many_speak_to_a_motion_and_no_more() {
    let limits = [
        (MotionKind::SuspendMeeting, 0, 0),
        (MotionKind::AdjournMeeting, 0, 0),
        (MotionKind::AdjournDebate, 2, 2),
        (MotionKind::CloseDebate, 0, 2),
        (MotionKind::Division, 2, 2),
        (MotionKind::Reconsideration, 0, 2),
    ];
    for (kind, speakers_for, speakers_against) in limits {
        let expected = Sides {
            speakers_for,
            speakers_against,
        };
        assert_eq!(sides(kind), expected, "{kind}");
        let mut hall = hall();
        let motion = hall.moves("Mover", kind).expect("moved").id;
        for (side, most) in [
            (SpeechKind::ForMotion, speakers_for),
            (SpeechKind::AgainstMotion, speakers_against),
        ] {
            let taken = (0..most + 1)
                .map(|place| {
                    let speaker = hall.somebody(&format!("{side} {place}"));
                    hall.speaks_to(&speaker, motion, side)
                })
                .take_while(Result::is_ok)
                .count();
            assert_eq!(taken as i64, most, "{kind} {side}");
        }
    }
}

#[test]
fn r81_a_place_to_speak_is_given_back_taken_once_and_not_by_the_mover() {
    let mut hall = hall();
    let mover = hall.somebody("Mover");
    let floor = hall.floor;
    let new = NewMotion {
        kind: MotionKind::CloseDebate,
        mover: mover.clone(),
        subject: None,
        words: String::new(),
    };
    let motion = hall
        .act(|conn| motions::move_one(conn, Some(mover.person), at(0), floor, &new))
        .expect("moved")
        .id;
    assert_eq!(
        code(hall.speaks_to(&mover, motion, SpeechKind::AgainstMotion)),
        "mover_has_spoken"
    );
    let [ana, ben, cao] = ["Ana", "Ben", "Cao"].map(|name| hall.somebody(name));
    let first = hall
        .speaks_to(&ana, motion, SpeechKind::AgainstMotion)
        .expect("asked");
    assert_eq!(
        code(hall.speaks_to(&ana, motion, SpeechKind::AgainstMotion)),
        "already_asked"
    );
    hall.speaks_to(&ben, motion, SpeechKind::AgainstMotion)
        .expect("the refused one took no place");
    assert_eq!(
        code(hall.speaks_to(&cao, motion, SpeechKind::AgainstMotion)),
        "motion_speakers_full"
    );

    hall.act(|conn| speakers::withdraw(conn, Some(ana.person), at(0), first.id))
        .expect("withdrawn");

    hall.speaks_to(&cao, motion, SpeechKind::AgainstMotion)
        .expect("in her place");
}

#[test]
fn r81_while_a_motion_waits_who_has_the_floor_ends_and_nobody_in_line_is_called() {
    let mut hall = hall();
    let [ana, ben] = ["Ana", "Ben"].map(|name| hall.statement(name));
    hall.calls_at(at(0)).expect("Ana");
    let motion = hall.moves("Cao", MotionKind::AdjournDebate).expect("moved").id;
    let dia = hall.somebody("Dia");
    let opposed = hall
        .speaks_to(&dia, motion, SpeechKind::AgainstMotion)
        .expect("asked")
        .id;
    let speaks = puts(&mut hall, motion, CARRIED).expect_err("Ana speaks");
    assert_eq!(
        (speaks.code, &speaks.facts["request"]),
        ("somebody_speaks", &ana.to_string().into())
    );

    assert_eq!(hall.calls_at(at(10)).expect("called").id, opposed);
    hall.finishes(opposed).expect("done");
    let held_up = hall.calls().expect_err("the motion first");
    assert_eq!(
        (held_up.code, &held_up.facts["kind"]),
        ("motion_pending", &"adjourn_debate".into())
    );
    assert_eq!(hall.view(at(10)).held_up.as_deref(), Some("motion_pending"));
    // A point of order comes before a motion, too.
    let point = hall.point("Eva");
    assert_eq!(hall.calls().expect("called").id, point);
    assert_eq!(code(puts(&mut hall, motion, LOST)), "point_not_ruled");
    let ruled = points::RulingInput {
        finding: Some(crate::model::Finding::Noted),
        words: String::new(),
    };
    hall.act(|conn| points::rule(conn, None, at(20), point, &ruled))
        .expect("ruled");
    let lost = puts(&mut hall, motion, LOST).expect("put");

    assert_eq!((lost.state, lost.votes_for), (MotionState::Lost, Some(30)));
    assert_eq!(code(puts(&mut hall, motion, CARRIED)), "motion_decided");
    assert_eq!(hall.calls().expect("called").id, ben);
}

#[test]
fn r81_what_is_carried_changes_the_floor() {
    use MotionKind::{AdjournDebate, AdjournMeeting, CloseDebate, SuspendMeeting};
    for (kind, state, list_closed, waits) in [
        (SuspendMeeting, FloorState::Paused, false, true),
        (AdjournMeeting, FloorState::Closed, false, true),
        (AdjournDebate, FloorState::Closed, false, true),
        (CloseDebate, FloorState::Open, true, false),
    ] {
        let mut hall = hall();
        hall.statement("Ana");
        let ben = hall.statement("Ben");
        let called = hall.calls_at(at(0)).expect("Ana").id;
        hall.act(|conn| calling::pause(conn, None, at(3), called))
            .expect("stands");
        let motion = hall.moves("Cao", kind).expect("moved").id;

        assert_eq!(
            puts(&mut hall, motion, CARRIED).expect("put").state,
            MotionState::Carried
        );

        let floor = hall.floor();
        assert_eq!((floor.state, floor.list_closed), (state, list_closed), "{kind}");
        assert_eq!(hall.queue() == ["Ben"], waits, "{kind}");
        if kind == CloseDebate {
            let gone = speakers::get(&mut hall.conn, ben).expect("there");
            assert_eq!(
                (gone.state, gone.removal),
                (SpeechState::Removed, Some(Removal::DebateClosed))
            );
            let ended = speakers::get(&mut hall.conn, called).expect("there");
            assert_eq!(ended.state, SpeechState::Done);
        }
    }
}

#[test]
fn a_motion_is_moved_once_at_a_time_withdrawn_by_its_mover_and_falls_with_the_floor() {
    let mut hall = hall();
    let first = hall.moves("Ana", MotionKind::CloseDebate).expect("moved");
    assert_eq!(
        code(hall.moves("Ben", MotionKind::CloseDebate)),
        "motion_already_moved"
    );
    let stranger = hall.somebody("Cao").person;
    let mover = first.moved_by;
    assert_eq!(
        code(hall.act(|conn| motions::withdraw(conn, Some(stranger), at(0), first.id))),
        "not_allowed"
    );
    let opposed = hall.somebody("Dia");
    let to_it = hall
        .speaks_to(&opposed, first.id, SpeechKind::AgainstMotion)
        .expect("asked")
        .id;
    hall.act(|conn| motions::withdraw(conn, Some(mover), at(0), first.id))
        .expect("withdrawn");
    let gone = speakers::get(&mut hall.conn, to_it).expect("there");
    assert_eq!(
        (gone.state, gone.removal),
        (SpeechState::Removed, Some(Removal::MotionDecided))
    );
    assert_eq!(
        code(hall.speaks_to(&opposed, first.id, SpeechKind::AgainstMotion)),
        "motion_decided"
    );

    let second = hall.moves("Ben", MotionKind::CloseDebate).expect("moved").id;
    let floor = hall.floor;
    hall.act(|conn| floors::close(conn, None, at(0), floor))
        .expect("closed");
    let fallen = motions::get(&mut hall.conn, second).expect("there");
    assert_eq!(fallen.state, MotionState::Fallen);
    assert_eq!(
        code(hall.moves("Eva", MotionKind::SuspendMeeting)),
        "floor_closed"
    );
}

#[test]
fn r80_a_motion_ruled_out_of_order_comes_back_when_the_chair_is_overruled() {
    let mut hall = hall();
    let motion = hall.moves("Ana", MotionKind::CloseDebate).expect("moved").id;
    let ben = hall.somebody("Ben");
    hall.speaks_to(&ben, motion, SpeechKind::AgainstMotion)
        .expect("asked");
    let ruling = hall
        .act(|conn| motions::rule_out(conn, None, at(0), motion, "A vote has begun"))
        .expect("ruled");
    assert_eq!(
        motions::get(&mut hall.conn, motion).expect("there").state,
        MotionState::RuledOut
    );
    hall.act(|conn| points::appeal(conn, None, at(1), ruling.id, &ben))
        .expect("appealed");
    assert_eq!(code(hall.moves("Cao", MotionKind::CloseDebate)), "appeal_open");

    let decided = hall
        .act(|conn| points::decide(conn, None, at(2), ruling.id, CARRIED))
        .expect("counted");

    assert_eq!(decided.state, RulingState::Overruled);
    let again = motions::get(&mut hall.conn, motion).expect("there");
    assert_eq!(
        (again.state, again.speakers_against, again.decided_at),
        (MotionState::Moved, 0, None)
    );
    hall.speaks_to(&ben, motion, SpeechKind::AgainstMotion)
        .expect("asked again");
}

#[test]
fn r86_to_reconsider_needs_two_thirds_of_those_voting() {
    let reconsidered = |votes_for, votes_against, abstentions| {
        is_carried(
            MotionKind::Reconsideration,
            count(votes_for, votes_against, abstentions),
        )
    };
    assert!(!reconsidered(66, 34, 0));
    assert!(reconsidered(67, 33, 0));
    assert!(reconsidered(2, 1, 1000), "abstentions are not counted");
    assert!(!reconsidered(0, 0, 1000));

    let mut hall = hall();
    let motion = hall.moves("Ana", MotionKind::Reconsideration).expect("moved").id;
    let lost = puts(&mut hall, motion, count(66, 34, 12)).expect("put");
    assert_eq!(lost.state, MotionState::Lost);
    let motion = hall.moves("Ana", MotionKind::Reconsideration).expect("moved").id;
    let carried = puts(&mut hall, motion, count(67, 33, 12)).expect("put");
    assert_eq!(
        (carried.state, carried.subject.is_some()),
        (MotionState::Carried, true)
    );
}

#[test]
fn r85_a_division_says_of_what_and_is_decided_by_a_majority() {
    let mut hall = hall();
    let floor = hall.floor;
    let new = NewMotion {
        kind: MotionKind::Division,
        mover: hall.somebody("Ana"),
        subject: None,
        words: "Part two by itself".into(),
    };
    let refused = hall.act(|conn| motions::move_one(conn, None, at(0), floor, &new));
    assert_eq!(field(refused), ("subject".to_owned(), "required"));

    let motion = hall.moves("Ana", MotionKind::Division).expect("moved").id;
    let carried = puts(&mut hall, motion, count(51, 50, 0)).expect("put");

    assert_eq!(carried.state, MotionState::Carried);
    assert_eq!(hall.floor().state, FloorState::Open, "the owner puts the parts");
}

#[test]
fn equal_votes_lose_and_abstentions_are_not_counted() {
    for kind in MotionKind::ALL {
        assert!(!is_carried(*kind, count(50, 50, 0)), "{kind}");
        assert!(is_carried(*kind, count(2, 1, 5000)), "{kind}");
    }
}
