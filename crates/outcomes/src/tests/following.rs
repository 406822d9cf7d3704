//! What programs that follow an edition's desk are told of its outcomes.

use db::testing;
use records::{desk_events, feed, jobs, model::Event};

use super::*;
use crate::collection::{self, CollectionInput};

/// What the desk of an edition was told, after the worker did its jobs.
fn told(conn: &mut Conn, edition: EditionId) -> Vec<Event> {
    let left = jobs::lease(conn, &[desk_events::JOB], now(), 60, 50).expect("leased");
    for job in &left {
        desk_events::tell(conn, &job.payload.0).expect("told");
        jobs::finish(conn, now(), job).expect("done");
    }
    feed::after(conn, &desk_events::stream(edition), 0, 50).expect("read")
}

#[test]
fn each_step_of_an_outcome_is_told_to_those_who_may_read_it_then_and_a_collection_to_anybody() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["Build", "Rent"])
        .iter()
        .map(|own| own.id)
        .collect();
    taken_to(conn, ids[1], OutcomeState::Returned);
    assert_eq!(
        told(conn, it.edition).len(),
        0,
        "what nobody follows is told nobody"
    );
    let kinds = ["outcome.presented", "outcome.decided", "collection.published"];
    desk_events::follow(conn, it.edition, &kinds).expect("followed");

    taken_to(conn, ids[0], OutcomeState::Adopted);
    let titled = CollectionInput {
        title: Localized::only("en", "What we decided"),
        ..CollectionInput::default()
    };
    collection::edit(conn, &desk(), now(), it.edition, &titled, None).expect("titled");
    let citing = collection::Citing::default();
    for _ in 0..2 {
        collection::publish(conn, &desk(), now(), it.edition, today(), &citing, None).expect("published");
    }

    let mut heard: Vec<(String, String, serde_json::Value)> = told(conn, it.edition)
        .into_iter()
        .map(|event| {
            let said = match event.kind.as_str() {
                "collection.published" => event.payload.0["number"].clone(),
                _ => event.payload.0["state"].clone(),
            };
            (event.kind, event.visible_to, said)
        })
        .collect();
    heard.sort_by(|one, other| one.0.cmp(&other.0));
    let registered = Key::Registered(it.edition).to_string();
    let anybody = Key::Public.to_string();
    assert_eq!(
        heard,
        [
            (
                "collection.published".to_owned(),
                anybody.clone(),
                serde_json::json!(1)
            ),
            (
                "outcome.decided".to_owned(),
                anybody,
                serde_json::json!("adopted")
            ),
            (
                "outcome.presented".to_owned(),
                registered,
                serde_json::json!("presented")
            ),
        ],
        "the debate nobody asked to hear of; a collection that is the same is published once"
    );
}
