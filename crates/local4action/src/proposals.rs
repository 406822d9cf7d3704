//! Proposals: whoever a format is open to proposes a session, and leads what they proposed.

use access_rules::{Act, Actor, Circumstances, EditionId, Object, ObjectKind, decide};
use db::Conn;
use kernel::{Fault, Moment};
use programme::{
    admission::Admissions,
    editions, formats,
    model::Session,
    rule_book,
    sessions::{self, SessionInput},
};

use crate::{calls, faults::Local4ActionFault, rules};

/// The kind and the track of what is proposed here.
const KIND: &str = "local4action";

/// Proposes a session of this track. It is the desk's and its lead's to see, until it is released.
///
/// Who somebody is comes first: an individual who asks for a Lab is told `audience`, whatever call they name.
///
/// # Errors
/// 401; 403 with the reason; 404; `format_required`; `call_required`, `call_closed`, `call_mismatch`, `call_unknown`;
/// `invalid` with each field.
pub fn propose(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &SessionInput,
) -> Result<Session, Fault> {
    editions::get(conn, actor, edition)?;
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    if input.format.is_empty() {
        return Err(Local4ActionFault::FormatRequired.into());
    }
    let format =
        formats::by_code(conn, edition, &input.format)?.ok_or_else(|| Fault::field("format", "unknown"))?;
    let rule = rule_book::for_proposal(conn, edition, KIND, Some(&format.code), Some(KIND))?
        .ok_or_else(|| Fault::forbidden("no_rule"))?;
    // The call is looked into below, with a word for each thing that can be wrong with it.
    let circumstances = Circumstances {
        registered: actor.registered().any(|registered| registered == edition),
        accepted_in_call: true,
        ..Circumstances::default()
    };
    let object = Object::public(ObjectKind::Session)
        .of_track(Some(KIND))
        .under(&rule.rule.0, circumstances);
    decide(actor, Act::Propose, &object, now).or_fault()?;
    let call = calls::named(conn, edition, &input.call)?;
    let call_format = match &call {
        Some(call) => formats::find(conn, call.format)?.map(|format| format.code),
        None => None,
    };
    let call_format = call_format.unwrap_or_default();
    rules::proposal_through(call.as_ref(), &format.code, &call_format, &format.terms.0, now)?;
    let input = SessionInput {
        kind: KIND.to_owned(),
        track: String::new(),
        ..input.clone()
    };
    // What is proposed is noted, and who proposes it becomes its lead, within.
    sessions::propose(conn, actor, now, admissions, edition, circumstances, &input)
}
