//! Acts that come at the same moment: one outcome, a clear answer to the other, nothing lost.

use std::thread;

use access_rules::Key;
use db::{Conn, testing::TestDatabase};
use kernel::{Fault, Localized};

use super::{at, hall, request};
use crate::{
    calling::{self, CallInput},
    floors::{self, NewFloor},
    model::{FloorState, Limits, MotionKind, SpeakingOrder, SpeechKind, SpeechState},
    speakers,
};

/// How often each pair is tried.
const ROUNDS: usize = 5;

/// Runs acts at the same moment and answers what became of each, in their order.
fn together<T: Send + 'static>(db: &TestDatabase, acts: Vec<Act<T>>) -> Vec<Result<T, Fault>> {
    thread::scope(|scope| {
        let running: Vec<_> = acts
            .into_iter()
            .map(|act| scope.spawn(move || db.write("race", act)))
            .collect();
        running
            .into_iter()
            .map(|one| one.join().expect("answered"))
            .collect()
    })
}

type Act<T> = Box<dyn Fn(&mut Conn) -> Result<T, Fault> + Send>;

fn codes<T>(done: &[Result<T, Fault>]) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> = done
        .iter()
        .map(|one| one.as_ref().err().map_or("done", |fault| fault.code))
        .collect();
    codes.sort_unstable();
    codes
}

#[test]
fn r79_of_two_chairs_who_call_at_once_one_calls_and_the_other_is_told() {
    let mut hall = hall();
    let names = ["Ana", "Ben", "Cao", "Dia", "Eva", "Fay"];
    let queued = names.map(|name| hall.statement(name));
    let floor = hall.floor;
    let mut ending = None;

    for expected in queued.into_iter().take(ROUNDS) {
        let input = CallInput {
            ending,
            next: None,
            start: true,
        };
        let call =
            |_| -> Act<_> { Box::new(move |conn| calling::call_next(conn, None, at(0), floor, &input)) };
        let done = together(&hall.db, (0..3).map(call).collect());

        assert_eq!(codes(&done), ["done", "floor_moved_on", "floor_moved_on"]);
        let called = done.into_iter().find_map(Result::ok).expect("one called");
        assert_eq!(called.id, expected, "nobody is skipped");
        ending = Some(called.id);
    }
    assert_eq!(hall.view(at(0)).spoken.len(), ROUNDS - 1);
}

#[test]
fn r79_who_asks_twice_at_once_stands_on_the_list_once() {
    let mut hall = hall();
    let floor = hall.floor;
    for round in 0..ROUNDS {
        let speaker = hall.somebody(&format!("Ana {round}"));
        let ask = |_| -> Act<_> {
            let new = request(&speaker, SpeechKind::Statement, None);
            Box::new(move |conn| speakers::ask(conn, None, at(0), floor, &new))
        };

        let done = together(&hall.db, (0..3).map(ask).collect());

        assert_eq!(codes(&done), ["already_asked", "already_asked", "done"]);
        assert_eq!(hall.queue().len(), round + 1);
    }
}

#[test]
fn r79_who_asks_while_the_list_is_closed_is_on_it_or_told() {
    for round in 0..ROUNDS {
        let mut hall = hall();
        let floor = hall.floor;
        let asks: Vec<_> = (0..3)
            .map(|number| request(&hall.somebody(&format!("{number}")), SpeechKind::Statement, None))
            .collect();
        let close: Act<()> =
            Box::new(move |conn| floors::close_list(conn, None, at(0), floor, true).map(drop));
        let mut acts: Vec<Act<()>> = asks
            .into_iter()
            .map(|new| -> Act<()> {
                Box::new(move |conn| speakers::ask(conn, None, at(0), floor, &new).map(drop))
            })
            .collect();
        acts.insert(round % 4, close);

        let done = together(&hall.db, acts);

        let taken = done.iter().filter(|one| one.is_ok()).count() - 1;
        let refused: Vec<&str> = done
            .iter()
            .filter_map(|one| one.as_ref().err())
            .map(|fault| fault.code)
            .collect();
        assert_eq!(hall.queue().len(), taken, "whoever was answered yes is on it");
        assert!(
            refused.iter().all(|code| *code == "speakers_list_closed"),
            "{refused:?}"
        );
        assert!(hall.floor().list_closed);
    }
}

#[test]
fn r79_who_withdraws_while_being_called_is_one_or_the_other() {
    for round in 0..ROUNDS {
        let mut hall = hall();
        let ana = hall.somebody("Ana");
        let asked = hall.asks(&ana, SpeechKind::Statement).expect("asked").id;
        let (floor, who) = (hall.floor, ana.person);
        let call: Act<()> = Box::new(move |conn| {
            calling::call_next(conn, None, at(0), floor, &CallInput::default()).map(drop)
        });
        let withdraw: Act<()> =
            Box::new(move |conn| speakers::withdraw(conn, Some(who), at(0), asked).map(drop));
        let acts = match round % 2 {
            0 => vec![call, withdraw],
            _ => vec![withdraw, call],
        };

        let done = together(&hall.db, acts);

        let state = speakers::get(&mut hall.conn, asked).expect("there").state;
        match codes(&done)[..] {
            ["already_called", "done"] => assert_eq!(state, SpeechState::Called),
            ["done", "nobody_waits"] => assert_eq!(state, SpeechState::Withdrawn),
            ref other => panic!("{other:?}"),
        }
    }
}

#[test]
fn of_two_floors_opened_at_once_for_a_session_one_is_open() {
    let mut hall = hall();
    let (first, session, edition) = (hall.floor, hall.session, hall.floor().edition);
    hall.act(|conn| floors::close(conn, None, at(0), first))
        .expect("closed");
    let open = |_| -> Act<()> {
        let new = NewFloor {
            edition,
            session,
            item: None,
            title: Localized::only("en", "Migration"),
            visible_to: Key::Public,
            limits: Limits::default(),
            speaking_order: SpeakingOrder::Asked,
            criteria: vec![],
            by_admission: false,
        };
        Box::new(move |conn| floors::open(conn, None, at(0), &new).map(drop))
    };
    let again: Act<()> = Box::new(move |conn| floors::resume(conn, None, at(0), first).map(drop));
    let mut acts: Vec<Act<()>> = (0..3).map(open).collect();
    acts.push(again);

    let done = together(&hall.db, acts);

    let another = "another_floor_open";
    assert_eq!(codes(&done), [another, another, another, "done"]);
    let all = floors::of_session(&mut hall.conn, session).expect("read");
    let open = all.iter().filter(|floor| floor.state == FloorState::Open);
    assert_eq!(open.count(), 1);
}

#[test]
fn r81_of_many_who_support_a_motion_at_once_two_are_taken() {
    let mut hall = hall();
    let motion = hall.moves("Mover", MotionKind::AdjournDebate).expect("moved").id;
    let floor = hall.floor;
    let acts = (0..5)
        .map(|number| {
            let speaker = hall.somebody(&format!("{number}"));
            let new = request(&speaker, SpeechKind::ForMotion, Some(motion));
            let act: Act<()> = Box::new(move |conn| speakers::ask(conn, None, at(0), floor, &new).map(drop));
            act
        })
        .collect();

    let done = together(&hall.db, acts);

    let full = "motion_speakers_full";
    assert_eq!(codes(&done), ["done", "done", full, full, full]);
}
