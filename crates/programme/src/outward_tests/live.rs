//! What of an event is told to whom, beside what they see of the programme.

use access_rules::{Actor, Role, Scope, Standing};
use kernel::{Id, Json, Localized, Moment};
use records::model::Event;
use serde_json::{Value, json};

use super::{durban, sitting};
use crate::{
    changes::{Change, ChangeKind},
    live::{Happened, Seen},
};

fn event(seq: i64, visible_to: &str, changes: &[Change]) -> Event {
    Event {
        stream: "programme:durban".into(),
        seq,
        at: Moment::at("2019-11-13T08:00:00Z"),
        kind: "programme.changed".into(),
        visible_to: visible_to.into(),
        payload: Json(json!({"edition": "durban", "number": 2, "changes": changes})),
    }
}

/// A change of a session of the sample, meant for these.
fn change(session: &str, kind: ChangeKind, visible_to: &str) -> Change {
    Change {
        session: Id::named(session),
        code: "A1".into(),
        title: Localized::only("en", session),
        kind,
        was: json!({"room": "x"}),
        is: json!({"room": "y"}),
        visible_to: visible_to.into(),
    }
}

fn told(actor: &Actor, change: Change) -> Vec<(ChangeKind, String)> {
    let happened =
        Happened::of(&event(7, &change.visible_to.clone(), &[change]), &durban()).expect("it tells");
    let seen = happened.seen_by(&actor.sight());
    let changes = happened.changes(&seen).into_iter();
    changes
        .map(|change| (change.kind, change.title.text(kernel::Language::En).to_owned()))
        .collect()
}

#[test]
fn r57_a_change_is_told_to_whoever_sees_what_changed_and_to_nobody_else() {
    let nobody = Actor::nobody();
    let member = sitting("world council");
    let members = durban().sessions[4].visible_to.clone();
    let chair = Actor {
        standings: vec![Standing {
            role: Role::Chair,
            scope: Scope::Session(Id::named("bureau")),
        }],
        ..Actor::nobody()
    };

    let room = |session: &str, key: &str| change(session, ChangeKind::Room, key);

    assert_eq!(told(&nobody, room("lab", "public")).len(), 1);
    // A line that is public says no more than its time.
    let moved = change("council", ChangeKind::Time, "public");
    assert_eq!(told(&nobody, moved).len(), 1);
    assert_eq!(told(&nobody, room("council", &members)), []);
    assert_eq!(told(&member, room("council", &members)).len(), 1);
    assert_eq!(told(&nobody, room("bureau", &members)), []);
    assert_eq!(told(&member, room("bureau", &members)).len(), 1);
    assert_eq!(told(&chair, room("bureau", &members)).len(), 1);
}

#[test]
fn r57_what_was_hidden_since_is_not_told_to_who_asks_late() {
    // It was public when it changed; now its line is the members' alone.
    let late = change("bureau", ChangeKind::Time, "public");
    assert_eq!(told(&Actor::nobody(), late.clone()), []);
    assert_eq!(told(&sitting("world council"), late).len(), 1);

    // That it is shown no more is told without a word about it.
    let gone = change("bureau", ChangeKind::Removed, "public");
    assert_eq!(
        told(&Actor::nobody(), gone),
        [(ChangeKind::Removed, String::new())]
    );
}

#[test]
fn of_releases_the_first_alone_is_told_to_everybody() {
    let released = |number: i64| Event {
        kind: "programme.released".into(),
        payload: Json(json!({"number": number})),
        ..event(number, "public", &[])
    };
    let sight = Actor::nobody().sight();

    let first = Happened::of(&released(1), &durban()).expect("it tells");

    assert_eq!(first.seen_by(&sight), Seen::Begun);
    assert_eq!(Happened::of(&released(2), &durban()), None);
    let other = Event {
        payload: Json(Value::Null),
        ..event(3, "public", &[])
    };
    assert_eq!(Happened::of(&other, &durban()), None);
}
