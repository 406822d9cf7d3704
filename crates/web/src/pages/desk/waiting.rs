//! What waits for whoever opens the desk: a line for each kind of work that one of their roles may do, with how many, and
//! the list in which it is done. Work of somebody else's is not in it, not even as a nought.

use access_rules::{Act, Actor, Object, decide, decide_somewhere};
use db::Conn;
use kernel::{Fault, Kind, Moment};
use mail::{model::LetterState, outbox};
use members::positions;
use outcomes::references;
use programme::{
    admission::Admissions,
    draft,
    model::{Edition, SessionState},
    session_changes, session_list,
};
use registration::{lists as registrations, model::RegistrationState};
use statutory::meetings;

/// A kind of work.
pub(super) struct Wait {
    /// The list in which it is done, below the desk.
    pub(super) path: String,
    /// Its word.
    pub(super) key: &'static str,
    /// How many wait.
    pub(super) count: i64,
}

/// What waits in an edition and on the site for this actor's roles, in the order in which a congress comes about.
///
/// # Errors
/// When the database refuses.
pub(super) fn of(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: &Edition,
) -> Result<Vec<Wait>, Fault> {
    let everywhere = |act| decide(actor, act, &Object::site(), now).allows();
    let somewhere = |act| decide_somewhere(actor, act).allows();
    let at = |rest: &str| format!("{}/{rest}", edition.slug);
    let mut waits = Vec::new();
    let mut line = |path: String, key: &'static str, count: i64| waits.push(Wait { path, key, count });
    if somewhere(Act::EditSession) {
        let proposed = session_list::count(conn, actor, edition.id, SessionState::Proposed)?;
        line(at("sessions?state=proposed"), "desk-waits-proposals", proposed);
        let changes = session_changes::waiting(conn, actor, edition.id)?;
        line(at("changes"), "desk-waits-changes", changes);
    }
    let clashes = draft::conflicts_of(conn, actor, now, admissions, edition.id);
    if let Some(clashes) = allowed(clashes)? {
        let open = clashes.iter().filter(|clash| clash.waived.is_none());
        let (blocking, told): (Vec<_>, Vec<_>) = open.partition(|clash| clash.blocks());
        line(at("conflicts"), "desk-waits-blocking", many(blocking.len()));
        line(at("conflicts"), "desk-waits-conflicts", many(told.len()));
    }
    if somewhere(Act::ManageMeeting) {
        let without = meetings::without_agenda(conn, edition.id)?;
        line(at("meetings"), "desk-waits-agendas", without);
    }
    if somewhere(Act::ManageOutcomes)
        && let Some(open) = allowed(references::unreferenced(conn, actor, now, edition.id))?
    {
        line(
            at("outcomes/references"),
            "desk-waits-references",
            many(open.len()),
        );
    }
    if everywhere(Act::ConfirmPosition) {
        let requested = positions::waiting_count(conn, actor, now)?;
        line("confirmations".into(), "desk-waits-positions", requested);
    }
    if everywhere(Act::DecideRegistration) {
        let counts = registrations::counts(conn, actor, now, edition.id)?;
        let of = |wanted| counts.iter().filter(move |(state, _)| *state == wanted);
        let pending: i64 = of(RegistrationState::PendingReview).map(|(_, count)| count).sum();
        line(
            at("registrations?state=pending_review"),
            "desk-waits-registrations",
            pending,
        );
    }
    if everywhere(Act::ReadOutbox) {
        let counts = outbox::counts(conn, actor, now)?;
        let of = |state| counts.get(&state).copied().unwrap_or_default();
        for (state, key) in [
            (LetterState::Held, "desk-waits-held"),
            (LetterState::Failed, "desk-waits-failed"),
        ] {
            let path = format!("letters?state={}", kernel::Coded::code(state));
            line(path, key, of(state));
        }
    }
    Ok(waits)
}

/// What was found, or nothing where it is not this actor's to know.
pub(super) fn allowed<T>(found: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(fault) if matches!(fault.kind, Kind::Forbidden | Kind::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn many(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
