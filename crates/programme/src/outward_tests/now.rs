//! What is on and what comes next, at moments of the sample.

use std::collections::BTreeSet;

use access_rules::Actor;
use kernel::{Id, Moment};

use super::durban;
use crate::now;

fn codes(at: &str, actor: &Actor) -> (Vec<String>, Vec<String>) {
    let seen = durban().for_actor(actor);
    let found = now::at(&seen, Moment::at(at), None);
    let titles = |sessions: &[&crate::released::ReleasedSession]| {
        sessions
            .iter()
            .map(|session| session.title.text(kernel::Language::En).to_owned())
            .collect()
    };
    (titles(&found.on), titles(&found.next))
}

#[test]
fn r57_what_is_on_and_what_comes_next_goes_by_the_clock() {
    let nobody = Actor::nobody();
    let none: Vec<String> = vec![];

    // Durban is two hours ahead of UTC.
    let (on, next) = codes("2019-11-13T07:00:00Z", &nobody);
    assert_eq!((on, next), (none.clone(), vec!["Opening; welcome".to_owned()]));
    let (on, next) = codes("2019-11-13T08:00:00Z", &nobody);
    // What begins next of all is told however far it is, and what is called off then is told with it.
    assert_eq!(on, ["Opening; welcome"]);
    assert_eq!(next.len(), 2);
    let (on, next) = codes("2019-11-13T09:00:00Z", &nobody);
    assert_eq!((on, next.len()), (none.clone(), 2));

    // The meeting that nobody may know of is neither on nor next.
    let (on, next) = codes("2019-11-15T07:30:00Z", &nobody);
    assert_eq!((on, next), (none, vec!["World Council".to_owned()]));
    let (on, _) = codes("2019-11-15T07:30:00Z", &super::sitting("world council"));
    assert_eq!(on, ["Unannounced bureau"]);
}

#[test]
fn of_ones_own_sessions_no_other_is_on() {
    let seen = durban().public();
    let mine = BTreeSet::from([Id::named("lab")]);

    let found = now::at(&seen, Moment::at("2019-11-13T08:30:00Z"), Some(&mine));

    assert!(found.on.is_empty());
    assert_eq!(
        found.next.iter().map(|session| session.id).collect::<Vec<_>>(),
        [Id::named("lab")]
    );
}
