//! What the Town Hall track asks of its sessions (R9, R11, R92, R93).

use std::collections::{BTreeSet, HashMap, HashSet};

use access_rules::{EditionId, OrganisationId, SessionId, Tag, ThemeId};
use db::Conn;
use kernel::Fault;
use members::actors;
use programme::{
    admission::{Admission, Stage},
    conflicts::{Check, Conflict, PlacedSession},
    model::{Session, SessionKind, SpeakerRole},
    parts, sessions, themes,
};

use crate::{faults::TownHallFault, partners, rules};

/// The admission of the Town Hall track.
#[derive(Clone, Copy, Debug, Default)]
pub struct TownHallAdmission;

impl Admission for TownHallAdmission {
    fn check(&self, conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
        if session.body.is_some() {
            return Err(TownHallFault::NotABody.into());
        }
        // Whatever else the track holds (a plenary, a parallel meeting) has no rules of its own.
        if session.kind != SessionKind::TownHall {
            return Ok(());
        }
        themed(conn, session, stage)?;
        led(conn, session, stage)?;
        match stage {
            Stage::Publish => complete(conn, session),
            Stage::Create | Stage::Place | Stage::Import => Ok(()),
        }
    }

    /// R9: leading is for the partners of the theme. Told, and left to the desk, since partners join late.
    fn conflicts(
        &self,
        conn: &mut Conn,
        edition: EditionId,
        sessions: &[PlacedSession],
    ) -> Result<Vec<Conflict>, Fault> {
        let halls = sessions
            .iter()
            .filter(|placed| placed.kind == SessionKind::TownHall)
            .filter_map(|placed| Some((placed, placed.theme?)));
        let halls: Vec<(&PlacedSession, ThemeId)> = halls.collect();
        if halls.is_empty() {
            return Ok(vec![]);
        }
        let mut leads: HashMap<SessionId, Vec<OrganisationId>> = HashMap::new();
        for organiser in parts::all_organisers(conn, edition)? {
            if let Some(organisation) = organiser.organisation.filter(|_| organiser.leads) {
                leads.entry(organiser.session).or_default().push(organisation);
            }
        }
        let mut partners: HashMap<ThemeId, HashSet<OrganisationId>> = HashMap::new();
        for partner in partners::of_edition(conn, edition)? {
            partners
                .entry(partner.theme)
                .or_default()
                .insert(partner.organisation);
        }
        let is_led_by_others = |(placed, theme): &(&PlacedSession, ThemeId)| {
            let (Some(leads), Some(partners)) = (leads.get(&placed.id), partners.get(theme)) else {
                return false;
            };
            leads.iter().any(|lead| !partners.contains(lead))
        };
        Ok(halls
            .iter()
            .filter(|hall| is_led_by_others(hall))
            .map(|(placed, _)| Conflict::new(Check::LeadNotOfTheme, &[placed], ""))
            .collect())
    }
}

/// R92. A file may leave the theme open until release, and name no other edition's.
fn themed(conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
    let Some(id) = session.theme else {
        return match stage {
            Stage::Import => Ok(()),
            Stage::Create | Stage::Place | Stage::Publish => Err(TownHallFault::ThemeRequired.into()),
        };
    };
    match themes::find(conn, id)? {
        Some(theme) if theme.edition == session.edition => Ok(()),
        _ => Err(TownHallFault::ForeignTheme.into()),
    }
}

/// R11. Who leads may be open until release; who is named must fit at once.
fn led(conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
    let organisers = sessions::organisers(conn, session.id)?;
    let speakers = sessions::speakers(conn, session.id)?;
    let leading: Vec<_> = speakers
        .iter()
        .filter(|speaker| speaker.role == SpeakerRole::Lead)
        .collect();
    let organisations: Vec<OrganisationId> = organisers
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
        Err(TownHallFault::LeadMustBeCivilSociety.into())
    }
}

/// R93: several stakeholders, and somebody elected who responds.
fn complete(conn: &mut Conn, session: &Session) -> Result<(), Fault> {
    let organisers = sessions::organisers(conn, session.id)?;
    let speakers = sessions::speakers(conn, session.id)?;
    let taking_part: BTreeSet<OrganisationId> = organisers
        .iter()
        .filter_map(|organiser| organiser.organisation)
        .chain(speakers.iter().filter_map(|speaker| speaker.organisation))
        .collect();
    let taking_part: Vec<OrganisationId> = taking_part.into_iter().collect();
    let tags = actors::tags_of_organisations(conn, &taking_part, session.updated_at)?;
    let stakeholders = tags.values().filter(|tags| rules::is_stakeholder(tags)).count();

    let respondents: Vec<_> = speakers
        .iter()
        .filter(|speaker| speaker.role == SpeakerRole::Respondent)
        .collect();
    let persons: Vec<_> = respondents.iter().filter_map(|speaker| speaker.person).collect();
    let actors = actors::load_many(conn, &persons, session.updated_at)?;
    let is_elected = |person| {
        actors
            .get(&person)
            .is_some_and(|actor| actor.is(Tag::ElectedMandate))
    };
    let elected = respondents
        .iter()
        .filter(|speaker| speaker.elected || speaker.person.is_some_and(is_elected))
        .count();
    rules::lacks(stakeholders, elected).done().map_err(|lacks| Fault {
        fields: lacks.fields,
        ..TownHallFault::Incomplete.into()
    })
}
