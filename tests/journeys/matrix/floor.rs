//! What the floor's acts are done to: the floor of the World Assembly with somebody who waits, a motion and a ruling, and the
//! floor of a sitting that is not released. Made by the organiser and an envoy through the use cases.

use access_rules::{Actor, SessionId};
use assembly::floor::{
    asking::{self, MoveInput, SpeakInput},
    chairing::{self, FloorInput},
};
use db::Conn;
use floor::{
    calling::CallInput,
    model::{Finding, FloorId, MotionKind, SpeechKind},
    points::RulingInput,
};
use kernel::{Localized, Moment};

use super::deliberation::Ids;

/// Makes them. The envoy's network stands for them.
pub fn make(
    conn: &mut Conn,
    (desk, envoy): (&Actor, &Actor),
    now: Moment,
    assembly: SessionId,
    hidden: SessionId,
) -> Ids {
    let floor = opened(conn, desk, now, assembly);
    let asks = |conn: &mut Conn, kind| {
        let input = SpeakInput {
            kind: Some(kind),
            ..SpeakInput::default()
        };
        asking::ask(conn, envoy, now, floor, &input).expect("asked").id
    };
    let point = asks(conn, SpeechKind::PointOfOrder);
    chairing::call_next(conn, desk, now, floor, &CallInput::default()).expect("called");
    let ruling = RulingInput {
        finding: Some(Finding::Noted),
        words: String::new(),
    };
    let ruling = chairing::rule(conn, desk, now, point, &ruling).expect("ruled").id;
    let request = asks(conn, SpeechKind::Statement);
    let motion = MoveInput {
        kind: Some(MotionKind::CloseDebate),
        ..MoveInput::default()
    };
    let motion = asking::move_one(conn, envoy, now, floor, &motion)
        .expect("moved")
        .id;
    vec![
        ("a floor", floor.to_string()),
        ("a request to speak", request.to_string()),
        ("a motion", motion.to_string()),
        ("a ruling", ruling.to_string()),
        ("a hidden sitting", hidden.to_string()),
        ("a hidden floor", opened(conn, desk, now, hidden).to_string()),
    ]
}

fn opened(conn: &mut Conn, desk: &Actor, now: Moment, session: SessionId) -> FloorId {
    let input = FloorInput {
        title: Localized::only("en", "Who speaks for cities"),
        ..FloorInput::default()
    };
    chairing::open(conn, desk, now, session, &input).expect("open").id
}
