//! A meeting that may have a floor, as who asks meets it: whether they chair it, and whether they may speak and for whom.

use access_rules::{Act, Actor, Object, OrganisationId, SessionId, decide};
use db::Conn;
use floor::{
    floors,
    model::{Floor, FloorId, Gender, MotionId, RequestId, RulingId, Speaker},
    motions, points, speakers,
};
use kernel::{Coded as _, Fault, Localized, Moment};
use members::{model::Organisation, organisations};
use people::persons;
use programme::{
    admission::Admission as _,
    model::{SessionKind, SessionState},
    rule_book,
    sessions::{self, Found},
};

use crate::{
    admission::AssemblyAdmission,
    closings, endorsements,
    faults::{AssemblyFault, MeetingFault, SittingFault},
    proceedings, shown,
    world_assembly::{self, Known},
};

/// A meeting found for somebody who may know of it.
pub(crate) enum Meeting {
    /// The World Assembly.
    World(Box<Known>),
    /// A sitting.
    Sitting(Box<Found>),
}

/// What somebody says of themselves who asks for the floor.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Saying {
    /// Which of their organisations they speak for; the first when none is named.
    pub organisation: Option<OrganisationId>,
    /// For the balance alone.
    pub gender: Option<Gender>,
}

impl Meeting {
    /// The meeting of a session.
    pub fn of(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<Self, Fault> {
        match world_assembly::known(conn, actor, now, session) {
            Ok(known) => Ok(Self::World(Box::new(known))),
            Err(fault) if fault.code == not_the_world_assembly() => {
                let found = sessions::get(conn, actor, now, session)?;
                match found.session.kind {
                    SessionKind::Sitting => Ok(Self::Sitting(Box::new(found))),
                    _ => Err(MeetingFault::NoFloor.into()),
                }
            }
            Err(fault) => Err(fault),
        }
    }

    /// The meeting of a floor, and the floor.
    pub fn of_floor(
        conn: &mut Conn,
        actor: &Actor,
        now: Moment,
        id: FloorId,
    ) -> Result<(Self, Floor), Fault> {
        let floor = floors::get(conn, id)?;
        Ok((Self::of(conn, actor, now, floor.session)?, floor))
    }

    /// The meeting a request to speak was made in.
    pub fn of_request(conn: &mut Conn, actor: &Actor, now: Moment, id: RequestId) -> Result<Self, Fault> {
        let floor = speakers::get(conn, id)?.floor;
        Self::of_floor(conn, actor, now, floor).map(|(meeting, _)| meeting)
    }

    /// The meeting a motion was moved in.
    pub fn of_motion(conn: &mut Conn, actor: &Actor, now: Moment, id: MotionId) -> Result<Self, Fault> {
        let floor = motions::get(conn, id)?.floor;
        Self::of_floor(conn, actor, now, floor).map(|(meeting, _)| meeting)
    }

    /// The meeting a ruling was given in.
    pub fn of_ruling(conn: &mut Conn, actor: &Actor, now: Moment, id: RulingId) -> Result<Self, Fault> {
        let floor = points::get(conn, id)?.floor;
        Self::of_floor(conn, actor, now, floor).map(|(meeting, _)| meeting)
    }

    /// Its session and track.
    pub fn found(&self) -> &Found {
        match self {
            Self::World(known) => &known.found,
            Self::Sitting(found) => found,
        }
    }

    fn object(&self, actor: &Actor) -> Object<'_> {
        match self {
            Self::World(known) => known.object(actor),
            Self::Sitting(found) => found.object(actor),
        }
    }

    /// Goes on when this actor chairs its floor.
    pub fn may_chair(&self, actor: &Actor, now: Moment) -> Result<(), Fault> {
        decide(actor, Act::RunAssembly, &self.object(actor), now).or_fault()
    }

    /// Goes on while an item may be taken up in it. The World Assembly's row is taken.
    pub fn sits(&self, conn: &mut Conn) -> Result<(), Fault> {
        let session = &self.found().session;
        match self {
            Self::World(known) => proceedings::sits(conn, known).map(drop),
            Self::Sitting(_) if closings::find(conn, session.id)?.is_some() => {
                Err(SittingFault::Closed.into())
            }
            Self::Sitting(_) if session.state == SessionState::Cancelled => {
                Err(programme::faults::ProgrammeFault::SessionOver.into())
            }
            Self::Sitting(_) => Ok(()),
        }
    }

    /// Who this actor speaks as, where the rule in force gives them the floor.
    pub fn may_speak(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        now: Moment,
        saying: Saying,
    ) -> Result<Speaker, Fault> {
        let (session, track) = (&self.found().session, self.found().track.as_ref());
        let circumstances = AssemblyAdmission.circumstances(conn, actor, now, session)?;
        let row = rule_book::for_session_of(conn, session, track, Act::Speak)?;
        let object = self.object(actor);
        let decision = match &row {
            Some(row) => decide(actor, Act::Speak, &object.under(&row.rule.0, circumstances), now),
            None => decide(actor, Act::Speak, &object, now),
        };
        decision.or_fault()?;
        let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
        let own = match saying.organisation {
            Some(named) if !actor.organisations.contains(&named) => {
                return Err(Fault::field("organisation", "unknown"));
            }
            named => named.or_else(|| actor.organisations.first().copied()),
        };
        let network = match self {
            Self::World(_) => endorsements::network_of(conn, session.edition, person, now)?,
            Self::Sitting(_) => None,
        };
        let own = found(conn, own)?;
        let network = found(conn, network)?;
        let section = own
            .as_ref()
            .or(network.as_ref())
            .and_then(Organisation::effective_section);
        Ok(Speaker {
            person,
            organisation: own.as_ref().map(|own| own.id),
            name: persons::get(conn, person)?.name(),
            speaks_for: own.or(network).map(|own| own.name).unwrap_or_default(),
            region: section.map(|section| section.code().to_owned()),
            gender: saying.gender,
        })
    }

    /// What the session is called, to this reader.
    pub fn title(&self, conn: &mut Conn, actor: &Actor) -> Result<Localized, Fault> {
        shown::of(conn, actor, self.found()).map(|shown| shown.title)
    }
}

fn found(conn: &mut Conn, id: Option<OrganisationId>) -> Result<Option<Organisation>, Fault> {
    match id {
        Some(id) => organisations::find(conn, id),
        None => Ok(None),
    }
}

fn not_the_world_assembly() -> &'static str {
    Fault::from(AssemblyFault::NotTheWorldAssembly).code
}
