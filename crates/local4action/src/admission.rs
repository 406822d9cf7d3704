//! What the Local4Action track asks of its sessions: that they fit their format, and say how they came (R6, R7, R24–R29).

use access_rules::EditionId;
use db::Conn;
use kernel::Fault;
use members::actors;
use programme::{
    admission::{Admission, Stage},
    conflicts::{Check, Conflict, PlacedSession},
    formats,
    model::{FormatTerms, Session, SessionKind, TrackKind},
    sessions,
};
use session_formats::{Misfit, Proposal, fit, model::is_high_level};

use crate::{calls, faults::Local4ActionFault, rules};

/// The admission of the Local4Action track.
#[derive(Clone, Copy, Debug, Default)]
pub struct Local4ActionAdmission;

impl Admission for Local4ActionAdmission {
    fn check(&self, conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
        if session.body.is_some() {
            return Err(Local4ActionFault::NotABody.into());
        }
        let Some(terms) = formats::terms_of(conn, session)? else {
            // The Hub, a ceremony, a break of this track need no format.
            return match (session.kind, stage) {
                (SessionKind::Local4action, Stage::Create | Stage::Place | Stage::Publish) => {
                    Err(Local4ActionFault::FormatRequired.into())
                }
                _ => Ok(()),
            };
        };
        came_through(conn, session, &terms, stage)?;
        fit::admitted(misfits(conn, session, &terms, stage)?).map(drop)
    }

    /// R28: one sphere of government alone is told, never refused.
    fn conflicts(
        &self,
        _conn: &mut Conn,
        _edition: EditionId,
        placed: &[PlacedSession],
    ) -> Result<Vec<Conflict>, Fault> {
        let ours = placed
            .iter()
            .filter(|session| session.track == Some(TrackKind::Local4action));
        let few = ours.filter(|session| session.spheres.is_some_and(|named| named < 2));
        Ok(few
            .map(|session| Conflict::new(Check::OneSphereOnly, &[session], ""))
            .collect())
    }
}

/// In which ways a session does not fit its format's terms: what is refused, and what is told at the desk.
///
/// # Errors
/// When the database refuses.
pub fn misfits(
    conn: &mut Conn,
    session: &Session,
    terms: &FormatTerms,
    stage: Stage,
) -> Result<Vec<Misfit>, Fault> {
    let speakers = sessions::speakers(conn, session.id)?;
    let persons: Vec<_> = speakers.iter().filter_map(|speaker| speaker.person).collect();
    let actors = actors::load_many(conn, &persons, session.updated_at)?;
    let is_known = |person| {
        actors
            .get(&person)
            .is_some_and(|actor| is_high_level(&actor.tags))
    };
    let speakers_high_level = speakers
        .iter()
        .filter(|speaker| speaker.high_level || speaker.person.is_some_and(is_known))
        .count();
    let details = &session.details.0;
    let proposal = Proposal {
        length_minutes: session.length_minutes,
        kind: &details.format_kind,
        method: &details.method,
        participants_max: details.participants_max,
        main_domains: usize::from(session.domain.is_some()),
        speakers_high_level,
        spheres: &details.spheres,
    };
    let found = session_formats::fits(terms, &proposal, stage_of(stage));
    Ok(rules::toned(found, session.starts_at.is_some()))
}

/// R6, R7: a session of a format that needs a call says through which it came. Whether that was open was asked when it
/// was proposed; a file may leave it out until release.
fn came_through(conn: &mut Conn, session: &Session, terms: &FormatTerms, stage: Stage) -> Result<(), Fault> {
    let call = calls::named(conn, session.edition, &session.details.0.call)?;
    match call {
        Some(call) if Some(call.format) != session.format => Err(Local4ActionFault::CallMismatch.into()),
        None if terms.needs_call && stage != Stage::Import => Err(Local4ActionFault::CallRequired.into()),
        Some(_) | None => Ok(()),
    }
}

const fn stage_of(stage: Stage) -> session_formats::Stage {
    match stage {
        Stage::Create => session_formats::Stage::Create,
        Stage::Place => session_formats::Stage::Place,
        Stage::Publish => session_formats::Stage::Publish,
        Stage::Import => session_formats::Stage::Import,
    }
}
