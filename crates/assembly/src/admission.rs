//! What the Assembly track asks of its sessions (R10, R62, R63, R68, R77).

use access_rules::{Actor, Circumstances};
use db::Conn;
use kernel::{Fault, Moment};
use members::actors;
use programme::{
    admission::{Admission, Stage},
    editions,
    model::{Session, SessionKind, SpeakerRole},
    sessions,
};

use crate::{endorsements, faults::AssemblyFault, rules, scopes, sitting_papers, world_assembly};

/// The admission of the Assembly track.
#[derive(Clone, Copy, Debug, Default)]
pub struct AssemblyAdmission;

impl Admission for AssemblyAdmission {
    fn check(&self, conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
        if session.body.is_some() {
            return Err(AssemblyFault::NotABody.into());
        }
        match session.kind {
            SessionKind::Sitting => sitting(conn, session, stage),
            SessionKind::WorldAssembly => the_world_assembly(conn, session),
            // Whatever else the track holds (a plenary, a parallel meeting) has no rules of its own.
            _ => Ok(()),
        }
    }

    /// Whether a network stands for them: it gives the floor in the World Assembly, and a say in its consensus (R70).
    fn circumstances(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        now: Moment,
        session: &Session,
    ) -> Result<Circumstances, Fault> {
        let endorsed = match (session.kind, actor.person) {
            (SessionKind::WorldAssembly, Some(person)) => {
                endorsements::network_of(conn, session.edition, person, now)?.is_some()
            }
            _ => false,
        };
        Ok(Circumstances {
            registered: actor.registered().any(|edition| edition == session.edition),
            endorsed,
            ..Circumstances::default()
        })
    }
}

fn sitting(conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
    about(conn, session, stage)?;
    led(conn, session, stage)?;
    if stage != Stage::Publish {
        return Ok(());
    }
    let speakers = sessions::speakers(conn, session.id)?;
    let high_level = speakers.iter().filter(|speaker| speaker.high_level).count();
    // Papers of this site, and those a file named by title alone.
    let papers = sitting_papers::living(conn, session.id)?.len() + session.details.0.papers.len();
    match rules::lacks(papers, high_level) {
        Some(fault) => Err(fault.into()),
        None => Ok(()),
    }
}

/// R63. A file may leave it open until release, and say nothing wrong.
fn about(conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
    let about = &session.details.0.scope;
    let scopes = scopes::list(conn, session.edition)?;
    match rules::scope(&about.region_group, &about.sector, &scopes) {
        Ok(_) => Ok(()),
        Err(AssemblyFault::ScopeRequired) if stage == Stage::Import => Ok(()),
        Err(fault) => Err(fault.into()),
    }
}

/// R10. Who leads may be open until release; who is named must fit at once.
fn led(conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
    let organisers = sessions::organisers(conn, session.id)?;
    let speakers = sessions::speakers(conn, session.id)?;
    let leading: Vec<_> = speakers
        .iter()
        .filter(|speaker| speaker.role == SpeakerRole::Lead)
        .collect();
    let organisations: Vec<_> = organisers
        .iter()
        .filter(|organiser| organiser.leads)
        .filter_map(|organiser| organiser.organisation)
        .chain(leading.iter().filter_map(|speaker| speaker.organisation))
        .collect();
    let persons: Vec<_> = leading.iter().filter_map(|speaker| speaker.person).collect();
    let at = session.updated_at;
    let of_organisations = actors::tags_of_organisations(conn, &organisations, at)?;
    let of_persons = actors::load_many(conn, &persons, at)?;
    let fits = of_organisations.values().any(rules::may_lead)
        || of_persons.values().any(|actor| rules::may_lead(&actor.tags));
    let is_open = leading.is_empty() && !organisers.iter().any(|organiser| organiser.leads);
    if fits || (is_open && stage != Stage::Publish) {
        Ok(())
    } else {
        Err(AssemblyFault::LeadMustBeLrg.into())
    }
}

/// R68: one for the edition, within its days. The edition's row is held by whoever asks, so two cannot both be the one.
fn the_world_assembly(conn: &mut Conn, session: &Session) -> Result<(), Fault> {
    if let Some(other) = world_assembly::of_edition(conn, session.edition)?
        && other.id != session.id
    {
        return Err(AssemblyFault::WorldAssemblyExists { session: other.code }.into());
    }
    let edition = editions::find(conn, session.edition)?.ok_or_else(Fault::not_found)?;
    match session.starts_local {
        Some(starts) if !rules::within(starts.date(), edition.starts_on, edition.ends_on) => {
            Err(AssemblyFault::OutsideEdition.into())
        }
        _ => Ok(()),
    }
}
