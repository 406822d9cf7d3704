//! What became of each letter: every try with the mail server's own words, and letters that came back.
//!
//! A mail server that takes a letter and cannot pass it on sends a notice to the sender's mailbox (RFC 3464). Nobody reads
//! that mailbox here: whoever does, a person or a script, records the notice as a bounce. Its Message-ID names the letter.

use access_rules::{Act, Actor};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, fault::illegal_step, text};
use records::{
    audit::{self, Note},
    desk_events,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    letters::one_line,
    model::{Delivery, DeliveryOutcome, Letter, LetterState},
    outbox, rules,
    tables::{letter_deliveries, letters},
};

/// Longest answer of a mail server that is kept, in characters.
const SAID_MAX: usize = 500;
/// Tries shown of one letter.
const SHOWN_MOST: i64 = 200;

/// What is told of a letter that came back.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct BounceInput {
    /// What the notice says: `550 5.1.1 no such mailbox`.
    #[serde(default)]
    pub said: String,
}

/// The tries of a letter, the newest first.
///
/// # Errors
/// 401, 403, 404.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Letter>) -> Result<Vec<Delivery>, Fault> {
    outbox::may(actor, Act::ReadOutbox, now)?;
    outbox::find(conn, id)?;
    Ok(on_each!(conn, |c| letter_deliveries::table
        .filter(letter_deliveries::letter.eq(id))
        .order(letter_deliveries::id.desc())
        .limit(SHOWN_MOST)
        .select(Delivery::as_select())
        .load(c))?)
}

/// Records that a letter came back.
///
/// # Errors
/// 401, 403, 404; `invalid`; `illegal_step` when it was not sent, or came back before.
pub fn bounced(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: Id<Letter>,
    input: &BounceInput,
) -> Result<(), Fault> {
    outbox::may(actor, Act::ManageOutbox, now)?;
    let letter = outbox::find(conn, id)?;
    let mut fields = Fields::new();
    let said = fields.required_line("said", &input.said, SAID_MAX);
    fields.done()?;
    if !rules::leads_to(letter.state, LetterState::Bounced) {
        return Err(illegal_step(letter.state, LetterState::Bounced));
    }
    on_each!(conn, |c| diesel::update(letters::table.find(id))
        .filter(letters::state.eq(letter.state))
        .set((
            letters::state.eq(LetterState::Bounced),
            letters::last_error.eq(&said),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    log(conn, now, id, DeliveryOutcome::Bounced, &said)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(id.uuid()),
        summary: json!({}),
        ..Note::of("letter.bounce", "letter")
    };
    audit::note(conn, now, &note)?;
    // A letter belongs to no edition; to whom it went stands in the outbox alone.
    let told = json!({ "letter": id, "kind": letter.kind });
    desk_events::leave_everywhere(conn, now, "letter.bounced", OUTBOX, &told)
}

/// The key that an event about a letter bears; whoever is told must also look after the outbox.
const OUTBOX: &str = "desk:general";

/// Keeps what became of one try, in the transaction that brings the letter on.
pub(crate) fn log(
    conn: &mut Conn,
    now: Moment,
    letter: Id<Letter>,
    outcome: DeliveryOutcome,
    said: &str,
) -> Result<(), Fault> {
    let delivery = Delivery {
        id: Id::new(),
        letter,
        at: now,
        outcome,
        said: text::cut(&one_line(said), SAID_MAX),
    };
    on_each!(conn, |c| diesel::insert_into(letter_deliveries::table)
        .values(&delivery)
        .execute(c))
    .exactly_one()
}

/// Forgets the tries of letters that are forgotten themselves.
pub(crate) fn forget(conn: &mut Conn, letters: &[Id<Letter>]) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(letter_deliveries::table)
        .filter(letter_deliveries::letter.eq_any(letters))
        .execute(c))?;
    Ok(())
}
