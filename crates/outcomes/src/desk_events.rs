//! What the World Assembly does with outcomes, for programs that follow it: which, and how far it is; and that a collection
//! came out. Words and reasons whoever may read them asks for by the id.

use access_rules::Key;
use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use records::desk_events;
use serde_json::json;

use crate::{
    legacy_model::Published,
    model::{Outcome, OutcomeState},
};

/// What a step is told as; nothing for those that are no matter of the World Assembly's.
const fn told_as(to: OutcomeState) -> Option<&'static str> {
    match to {
        OutcomeState::Drafted | OutcomeState::Received => None,
        OutcomeState::Presented => Some("outcome.presented"),
        OutcomeState::Debated => Some("outcome.debated"),
        OutcomeState::Adopted
        | OutcomeState::AmendedAdopted
        | OutcomeState::Returned
        | OutcomeState::NotAdopted => Some("outcome.decided"),
    }
}

/// An outcome took a step.
pub(crate) fn went(conn: &mut Conn, now: Moment, after: &Outcome) -> Result<(), Fault> {
    let Some(kind) = told_as(after.state) else {
        return Ok(());
    };
    let payload = json!({
        "edition": after.edition,
        "outcome": after.id,
        "code": after.code,
        "kind": after.kind.code(),
        "state": after.state.code(),
    });
    desk_events::leave(conn, now, after.edition, kind, &after.visible_to, payload)
}

/// An edition of the collection came out.
pub(crate) fn published(conn: &mut Conn, now: Moment, published: &Published) -> Result<(), Fault> {
    let payload = json!({
        "edition": published.edition,
        "number": published.number,
        "items": published.items.0.len(),
        "hash": published.hash,
    });
    let anybody = Key::Public.to_string();
    desk_events::leave(
        conn,
        now,
        published.edition,
        "collection.published",
        &anybody,
        payload,
    )
}
