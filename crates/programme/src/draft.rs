//! The draft of a programme as the checks see it.

use std::collections::{BTreeMap, HashMap};

use access_rules::{Act, Actor, EditionId, Key, PersonId, SessionId};
use db::Conn;
use kernel::Fault;
use people::{model::Person, persons};
use serde_json::Value;
use session_formats::{fit::default_above_lab_minimum, model::spheres_of};

use crate::{
    admission::Admissions,
    conflicts::{self, Check, Conflict, Parameters, PlacedSession},
    editions, formats,
    model::{Edition, FormatState, FormatTerms, Room, Session, SessionState, Speaker, Track, TrackId},
    parts, presences, rooms, rules, sessions, severities, tracks, travel, waivers,
};

/// All that a check or a release of an edition reads, read once.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The edition.
    pub edition: Edition,
    /// Its rooms, in order.
    pub rooms: Vec<Room>,
    /// Its tracks, in order.
    pub tracks: Vec<Track>,
    /// Its sessions.
    pub sessions: Vec<Session>,
    /// Who has a part in which session.
    pub speakers: HashMap<SessionId, Vec<Speaker>>,
    /// The terms of its formats, by format and number.
    pub terms: HashMap<(crate::model::FormatId, i64), FormatTerms>,
    /// What its checks go by besides.
    pub parameters: Parameters,
}

/// Reads the draft of an edition. Under the edition's lock ([`editions::change_draft`]) it is what is to be; else what was
/// at one moment, give or take.
///
/// # Errors
/// 404; when the database refuses.
pub fn read(conn: &mut Conn, edition: EditionId) -> Result<Draft, Fault> {
    let edition = editions::find(conn, edition)?.ok_or_else(Fault::not_found)?;
    let mut speakers: HashMap<SessionId, Vec<Speaker>> = HashMap::new();
    for speaker in parts::all_speakers(conn, edition.id)? {
        speakers.entry(speaker.session).or_default().push(speaker);
    }
    Ok(Draft {
        rooms: rooms::list(conn, edition.id)?,
        tracks: tracks::list(conn, edition.id)?,
        sessions: sessions::all(conn, edition.id)?,
        terms: formats::all_terms(conn, edition.id)?,
        parameters: Parameters {
            severities: severities::of(conn, edition.id)?,
            travel: travel::of(conn, edition.id)?,
            presences: presences::of(conn, edition.id)?,
        },
        speakers,
        edition,
    })
}

impl Draft {
    /// The sessions with a time that take place, as far as clashes are concerned.
    pub fn placed(&self) -> Vec<PlacedSession> {
        self.sessions
            .iter()
            .filter(|session| session.state != SessionState::Cancelled)
            .filter_map(|session| self.as_placed(session))
            .collect()
    }

    /// One session, with its parts in this draft, as far as clashes are concerned; nothing when it has no time.
    pub fn as_placed(&self, session: &Session) -> Option<PlacedSession> {
        let track = self.tracks.iter().find(|track| Some(track.id) == session.track);
        let people = self.speakers.get(&session.id).map_or(&[][..], Vec::as_slice);
        let number = session.details.0.format_version.unwrap_or(1);
        let terms = session
            .format
            .and_then(|format| self.terms.get(&(format, number)));
        let mut persons: Vec<PersonId> = people.iter().filter_map(|speaker| speaker.person).collect();
        persons.sort_unstable();
        persons.dedup();
        Some(PlacedSession {
            id: session.id,
            code: session.code.clone(),
            kind: session.kind,
            track: track.map(|track| track.kind),
            body: session.body,
            theme: session.theme,
            spheres: terms
                .filter(|terms| terms.spheres)
                .map(|_| spheres_of(&session.details.0.spheres).0.len()),
            domain: session.domain,
            audience: narrow(session),
            room: session.room,
            starts_local: session.starts_local?,
            ends_local: session.ends_local?,
            starts_at: session.starts_at?,
            ends_at: session.ends_at?,
            capacity: session.capacity,
            attendance: session.attendance,
            interpreted: session.languages.0.interpreted.clone(),
            access: session.details.0.access.clone(),
            people: persons,
            minutes_min: terms.and_then(|terms| terms.minutes_min),
            minutes_max: terms.and_then(|terms| terms.minutes_max),
        })
    }

    /// Everything wrong with these sessions in this edition, with what was waived. `placed` is the draft's, or what a
    /// release of part of it would be.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn conflicts(
        &self,
        conn: &mut Conn,
        admissions: &Admissions,
        placed: &[PlacedSession],
    ) -> Result<Vec<Conflict>, Fault> {
        let days = rules::days(&self.edition);
        let mut general = conflicts::find(placed, &self.rooms, &days, &self.parameters);
        general.extend(changed_defaults(conn, self.edition.id)?);
        let mut of_tracks = admissions.conflicts(conn, self.edition.id, placed, &self.rooms)?;
        for found in [&mut general, &mut of_tracks] {
            self.parameters.weigh(found);
        }
        let waived: BTreeMap<String, String> = waivers::reasons(conn, self.edition.id)?;
        let mut found = conflicts::merge(general, of_tracks, &waived);
        name_people(conn, &mut found)?;
        Ok(found)
    }

    /// Conflicts as a desk reads them: a track's is told what its own sessions clash with, by code.
    pub fn of_desk(&self, actor: &Actor, desk: &Desk, found: Vec<Conflict>) -> Vec<Conflict> {
        let Desk::Tracks(own) = desk else {
            return found;
        };
        let mine: std::collections::HashSet<SessionId> = self
            .sessions
            .iter()
            .filter(|session| session.track.is_some_and(|track| own.contains(&track)))
            .map(|session| session.id)
            .collect();
        let own_only = found
            .into_iter()
            .filter(|conflict| conflict.sessions.iter().any(|session| mine.contains(session)));
        self.as_read_by(actor, own_only.collect())
    }

    /// Puts these in the place of what the draft holds of them.
    pub fn replace(&mut self, sessions: &[Session]) {
        for session in sessions {
            if let Some(row) = self.sessions.iter_mut().find(|row| row.id == session.id) {
                row.clone_from(session);
            }
        }
    }

    /// Conflicts as somebody may read them: a session whose line is not shown to them is not named.
    pub fn as_read_by(&self, actor: &Actor, found: Vec<Conflict>) -> Vec<Conflict> {
        let named: std::collections::HashSet<SessionId> = found
            .iter()
            .flat_map(|conflict| conflict.sessions.iter().copied())
            .collect();
        let hidden: std::collections::HashSet<SessionId> = self
            .sessions
            .iter()
            .filter(|session| named.contains(&session.id) && !session.is_told_to(actor))
            .map(|session| session.id)
            .collect();
        found
            .into_iter()
            .map(|conflict| conflict.hiding(|session| hidden.contains(&session)))
            .collect()
    }
}

/// Everything wrong with the draft, as its desk reads it.
///
/// # Errors
/// 401, 403, 404.
pub fn conflicts_of(
    conn: &mut Conn,
    actor: &Actor,
    now: kernel::Moment,
    admissions: &Admissions,
    edition: EditionId,
) -> Result<Vec<Conflict>, Fault> {
    let (draft, desk) = for_desk(conn, actor, now, edition)?;
    let found = draft.conflicts(conn, admissions, &draft.placed())?;
    Ok(draft.of_desk(actor, &desk, found))
}

/// Whose draft it is that somebody works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Desk {
    /// All of it.
    General,
    /// These tracks' sessions.
    Tracks(Vec<TrackId>),
}

/// The draft for whoever may place sessions in it, and which of them.
///
/// # Errors
/// 401, 403, 404.
pub fn for_desk(
    conn: &mut Conn,
    actor: &Actor,
    now: kernel::Moment,
    edition: EditionId,
) -> Result<(Draft, Desk), Fault> {
    let desk = desk_of(conn, actor, now, edition)?;
    Ok((read(conn, edition)?, desk))
}

/// Which sessions of an edition somebody may place.
///
/// # Errors
/// 401, 403, 404.
pub fn desk_of(
    conn: &mut Conn,
    actor: &Actor,
    now: kernel::Moment,
    edition: EditionId,
) -> Result<Desk, Fault> {
    editions::get(conn, actor, edition)?;
    if !actor.signed_in() && !actor.is_staff() {
        return Err(Fault::sign_in_needed());
    }
    let object = access_rules::Object::public(access_rules::ObjectKind::Release);
    let general = access_rules::decide(actor, Act::PlaceSession, &object, now);
    if general.allows() {
        return Ok(Desk::General);
    }
    let of_own_desk = |code: &String| {
        let object = object.clone().of_track(Some(code.as_str()));
        access_rules::decide(actor, Act::PlaceSession, &object, now).allows()
    };
    let own: Vec<TrackId> = tracks::list(conn, edition)?
        .into_iter()
        .filter(|track| of_own_desk(&track.code))
        .map(|track| track.id)
        .collect();
    if own.is_empty() {
        general.or_fault()?;
    }
    Ok(Desk::Tracks(own))
}

/// To whom alone a session is shown, when that is not everybody who comes.
fn narrow(session: &Session) -> Option<String> {
    let key = session.released_key();
    let is_narrow = !matches!(key, Key::Public | Key::Registered(_));
    is_narrow.then(|| key.to_string())
}

/// R25, second half, a warning by `readings.md`: another format's usual length is not below a Lab's shortest.
fn changed_defaults(conn: &mut Conn, edition: EditionId) -> Result<Vec<Conflict>, Fault> {
    let formats = formats::list(conn, edition)?;
    let in_use = formats
        .iter()
        .filter(|format| format.state == FormatState::Active)
        .map(|format| (format.code.as_str(), &format.terms.0));
    let misfits = default_above_lab_minimum(in_use).into_iter();
    Ok(misfits
        .map(|misfit| {
            let over = |name: &str| {
                misfit
                    .facts
                    .get(name)
                    .map(ToString::to_string)
                    .unwrap_or_default()
            };
            let over = format!("{}+{}", over("format"), over("lab")).replace('"', "");
            let mut conflict = Conflict::new(Check::DefaultAboveLabMinimum, &[], &over);
            conflict.facts = misfit.facts;
            conflict
        })
        .collect())
}

/// Tells whom a conflict is about by name.
fn name_people(conn: &mut Conn, found: &mut [Conflict]) -> Result<(), Fault> {
    let person_of = |conflict: &Conflict| -> Option<PersonId> {
        conflict.facts.get("person").and_then(Value::as_str)?.parse().ok()
    };
    let asked: Vec<PersonId> = found.iter().filter_map(person_of).collect();
    let people: HashMap<PersonId, Person> = persons::many(conn, &asked)?
        .into_iter()
        .map(|person| (person.id, person))
        .collect();
    for conflict in found {
        if let Some(person) = person_of(conflict).and_then(|id| people.get(&id)) {
            conflict.facts.insert("name".to_owned(), person.name().into());
        }
    }
    Ok(())
}
