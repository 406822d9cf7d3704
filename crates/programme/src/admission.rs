//! Who lets a session into the programme: each track its own, declared here and registered by `hemicycle`.
//!
//! Create, place, publish and import all pass the same door. A session of a track whose kind registered nobody is refused;
//! custom tracks, and sessions of no track, pass the general admission, which asks for what every session must have.

use std::{collections::BTreeMap, sync::Arc};

use access_rules::{Actor, Circumstances, EditionId};
use db::Conn;
use kernel::{Coded as _, Fault, Moment};

use crate::{
    conflicts::{Conflict, PlacedSession},
    faults::ProgrammeFault,
    model::{Room, Session, TrackKind},
    sessions::Found,
    tracks,
};

kernel::coded! {
    /// On which occasion a session is looked at.
    pub enum Stage {
        /// It is made or changed.
        Create => "create",
        /// It is put into a room and time.
        Place => "place",
        /// It is about to be released.
        Publish => "publish",
        /// It comes from a file: what can be waived is reported, not refused.
        Import => "import",
    }
}

/// What a track asks of its sessions. It finds the rows as they would be: it is asked after they are written and before
/// COMMIT, so that speakers and organisers can be read; what it refuses is undone.
pub trait Admission: Send + Sync {
    /// Whether the session is one of this track's.
    ///
    /// # Errors
    /// What is missing, each beside its field.
    fn check(&self, conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault>;

    /// What the rules of one of its sessions may ask about somebody and only this track knows: whether they are of the
    /// body that meets, on the day it meets.
    ///
    /// # Errors
    /// When the database refuses.
    fn circumstances(
        &self,
        _conn: &mut Conn,
        _actor: &Actor,
        _now: Moment,
        _session: &Session,
    ) -> Result<Circumstances, Fault> {
        Ok(Circumstances::default())
    }

    /// What is wrong with the programme as this track sees it; replaces what is found in general under the same key.
    ///
    /// # Errors
    /// When the database refuses.
    fn conflicts(
        &self,
        _conn: &mut Conn,
        _edition: EditionId,
        _sessions: &[PlacedSession],
    ) -> Result<Vec<Conflict>, Fault> {
        Ok(vec![])
    }
}

/// Somebody above the programme who sees what may be wrong with it: more seats reserved than a room has.
pub trait Lookout: Send + Sync {
    /// What is wrong with these sessions in these rooms.
    ///
    /// # Errors
    /// When the database refuses.
    fn conflicts(
        &self,
        conn: &mut Conn,
        sessions: &[PlacedSession],
        rooms: &[Room],
    ) -> Result<Vec<Conflict>, Fault>;
}

/// The admissions of this site, by kind of track, and who else looks out for conflicts.
#[derive(Clone, Default)]
pub struct Admissions {
    by_kind: BTreeMap<TrackKind, Arc<dyn Admission>>,
    lookouts: Vec<Arc<dyn Lookout>>,
}

impl Admissions {
    /// None but the general one.
    pub fn general_only() -> Self {
        Self::default()
    }

    /// The same, and this one for tracks of this kind.
    pub fn with(mut self, kind: TrackKind, admission: impl Admission + 'static) -> Self {
        self.by_kind.insert(kind, Arc::new(admission));
        self
    }

    /// The same, and one more who looks out.
    pub fn watched_by(mut self, lookout: impl Lookout + 'static) -> Self {
        self.lookouts.push(Arc::new(lookout));
        self
    }

    /// Whether the session passes its track's admission.
    ///
    /// # Errors
    /// `track_closed` when its track registered none; what the track finds missing.
    pub fn check(&self, conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
        let Some(track) = session.track else {
            return Ok(());
        };
        let track = tracks::find(conn, track)?.ok_or_else(Fault::not_found)?;
        match (track.kind, self.by_kind.get(&track.kind)) {
            (TrackKind::Custom, None) => Ok(()),
            (_, Some(admission)) => admission.check(conn, session, stage),
            (kind, None) => Err(ProgrammeFault::TrackClosed {
                track: kind.code().to_owned(),
            }
            .into()),
        }
    }

    /// What a session's track knows of somebody that its rules may ask about.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn circumstances(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        now: Moment,
        found: &Found,
    ) -> Result<Circumstances, Fault> {
        let kind = found.track.as_ref().map(|track| track.kind);
        match kind.and_then(|kind| self.by_kind.get(&kind)) {
            Some(admission) => admission.circumstances(conn, actor, now, &found.session),
            None => Ok(Circumstances::default()),
        }
    }

    /// What each track, and who else looks out, finds wrong with the programme.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn conflicts(
        &self,
        conn: &mut Conn,
        edition: EditionId,
        sessions: &[PlacedSession],
        rooms: &[Room],
    ) -> Result<Vec<Conflict>, Fault> {
        let mut found = Vec::new();
        for admission in self.by_kind.values() {
            found.extend(admission.conflicts(conn, edition, sessions)?);
        }
        for lookout in &self.lookouts {
            found.extend(lookout.conflicts(conn, sessions, rooms)?);
        }
        Ok(found)
    }
}
