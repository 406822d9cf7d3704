//! Carries out what `import_schedule` read: an edition with its rooms, tracks and sessions, in a release unless asked not to.
//!
//! Invariants: the caller's transaction holds all of it, so an import is never half; a session is known by its guid, so
//! importing the same file again changes nothing; sessions pass their track's admission and the programme's check like
//! any other, and what the check finds is waived with a reason and told, never hidden. It never grants anything to
//! anybody: names of speakers stay names (R18).

use std::collections::{HashMap, HashSet};

use access_rules::{Act, Actor, Object, ObjectKind, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Id, Kind, Localized, Moment, local_time::NotOneInstant, text};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    admission::{Admissions, Stage},
    editions::{self, EditionInput},
    import_plan::{ImportPlan, ImportReport, PlannedSession, Remark},
    model::{Edition, EditionState, Fold, RoomId, Session, SessionKind, SessionState, Track, TrackKind},
    parts::{self, SpeakerInput},
    releases,
    rooms::{self, RoomInput},
    rules,
    session_form::{self, Hand, SessionInput},
    sessions,
    tables::sessions as rows,
    tracks::{self, TrackInput},
    waivers,
};

/// Why what an import brings may stand.
const REASON: &str = "Imported as its file says";

/// How a schedule is to be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ImportOptions {
    /// The slug of the edition to import into; the one of the file's own name, made when there is none, when not given.
    pub edition: Option<String>,
    /// Whether to stop before the release.
    pub draft: bool,
}

/// An import being carried out.
struct Import<'a> {
    actor: &'a Actor,
    now: Moment,
    admissions: &'a Admissions,
    edition: Edition,
    rooms: HashMap<String, RoomId>,
    tracks: HashMap<String, Track>,
    held: HashMap<String, Session>,
    speakers: HashMap<SessionId, Vec<String>>,
    code_number: i64,
    locked: bool,
    report: ImportReport,
}

/// Carries out a plan. Done whole within the caller's transaction, or refused.
///
/// # Errors
/// 401, 403; 404 when the edition asked for is not there; `edition_over`; what the release refuses.
pub fn apply(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    plan: &ImportPlan,
    options: &ImportOptions,
) -> Result<ImportReport, Fault> {
    decide(actor, Act::Import, &Object::public(ObjectKind::Session), now).or_fault()?;
    let (edition, made) = target(conn, actor, now, plan, options)?;
    let mut import = Import {
        actor,
        now,
        admissions,
        rooms: HashMap::new(),
        tracks: HashMap::new(),
        held: HashMap::new(),
        speakers: HashMap::new(),
        code_number: 0,
        locked: false,
        report: ImportReport {
            edition: edition.slug.clone(),
            edition_made: made,
            repaired: plan.repaired.clone(),
            skipped: plan.skipped.clone(),
            ..ImportReport::default()
        },
        edition,
    };
    import.furnish(conn, plan)?;
    import.make_tracks(conn, plan, options.edition.is_none())?;
    import.read_what_is_held(conn)?;
    for planned in &plan.sessions {
        import.session(conn, planned)?;
    }
    import.finish(conn, plan, options.draft)
}

/// The edition asked for, the one of the plan's name, or a new one.
fn target(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    plan: &ImportPlan,
    options: &ImportOptions,
) -> Result<(Edition, bool), Fault> {
    if let Some(slug) = &options.edition {
        return Ok((editions::by_slug(conn, actor, slug)?, false));
    }
    let planned = &plan.edition;
    match editions::by_slug(conn, actor, &planned.slug) {
        Ok(edition) => return Ok((edition, false)),
        Err(fault) if fault.kind == Kind::NotFound => {}
        Err(fault) => return Err(fault),
    }
    let input = EditionInput {
        slug: planned.slug.clone(),
        title: Localized::only(language(plan), &planned.title),
        city: planned.city.clone(),
        zone: planned.zone.name().to_owned(),
        starts_on: planned.starts_on.to_string(),
        ends_on: planned.ends_on.to_string(),
        languages: vec![language(plan).to_owned()],
        ..EditionInput::default()
    };
    Ok((editions::create(conn, actor, now, &input)?, true))
}

/// The language of names a schedule does not mark: that of most of its sessions.
fn language(plan: &ImportPlan) -> &str {
    plan.edition.languages.first().map_or("en", String::as_str)
}

impl Import<'_> {
    /// Finds the plan's rooms by name, and makes those that are not there.
    fn furnish(&mut self, conn: &mut Conn, plan: &ImportPlan) -> Result<(), Fault> {
        for room in rooms::list(conn, self.edition.id)? {
            self.rooms.insert(room.name_key.clone(), room.id);
        }
        for name in &plan.rooms {
            let key = text::fold(name);
            if self.rooms.contains_key(&key) {
                continue;
            }
            let input = RoomInput {
                name: Localized::only(language(plan), name),
                ..RoomInput::default()
            };
            let room = rooms::create(conn, self.actor, self.now, self.edition.id, &input)?;
            self.rooms.insert(key, room.id);
            self.report.rooms_made += 1;
        }
        Ok(())
    }

    /// Finds the plan's tracks by title or code, and makes those that are not there unless the edition has its own.
    fn make_tracks(&mut self, conn: &mut Conn, plan: &ImportPlan, may_make: bool) -> Result<(), Fault> {
        let mut codes = HashSet::new();
        for track in tracks::list(conn, self.edition.id)? {
            codes.insert(track.code.clone());
            for title in track.title.0.values() {
                self.tracks.insert(text::fold(title), track.clone());
            }
            self.tracks.insert(track.code.clone(), track);
        }
        for title in &plan.tracks {
            let key = text::fold(title);
            if self.tracks.contains_key(&key) {
                continue;
            }
            if !may_make {
                let told = Remark::new("track_unknown", title, "");
                self.report.repaired.push(told);
                continue;
            }
            let input = TrackInput {
                code: free_code(&mut codes, title),
                title: Localized::only(language(plan), title),
                ..TrackInput::default()
            };
            let track = tracks::create(conn, self.actor, self.now, self.edition.id, &input)?;
            self.tracks.insert(key, track);
            self.report.tracks_made += 1;
        }
        Ok(())
    }

    fn read_what_is_held(&mut self, conn: &mut Conn) -> Result<(), Fault> {
        for speaker in parts::all_speakers(conn, self.edition.id)? {
            let names = self.speakers.entry(speaker.session).or_default();
            names.push(speaker.name);
        }
        for session in sessions::all(conn, self.edition.id)? {
            let number = session
                .code
                .strip_prefix("IM")
                .and_then(|rest| rest.parse::<i64>().ok());
            self.code_number = self.code_number.max(number.unwrap_or(0));
            self.held.insert(session.guid.clone(), session);
        }
        Ok(())
    }

    fn session(&mut self, conn: &mut Conn, planned: &PlannedSession) -> Result<(), Fault> {
        let track = planned
            .track
            .as_ref()
            .and_then(|name| self.tracks.get(&text::fold(name)));
        let track = track.cloned();
        let Some(kind) = kind_in(planned.kind, track.as_ref()) else {
            self.skip("kind_not_of_track", planned, "");
            return Ok(());
        };
        if kind != planned.kind {
            let fact = format!("{} → {}", planned.kind.code(), kind.code());
            self.repair("kind_changed", planned, &fact);
        }
        match self.held.get(&planned.guid).cloned() {
            None => {
                let blank = sessions::blank(&self.edition, self.now);
                let made = self.filled(&blank, planned, kind, track.as_ref(), true);
                self.write(conn, planned, None, made)
            }
            Some(before) => {
                let next = self.filled(&before, planned, kind, track.as_ref(), false);
                let same_speakers =
                    self.speakers.get(&before.id).map_or(&[][..], Vec::as_slice) == planned.speakers;
                if next == before && same_speakers {
                    self.report.unchanged += 1;
                    return Ok(());
                }
                if matches!(before.state, SessionState::Cancelled | SessionState::Reported) {
                    self.skip("session_over", planned, before.state.code());
                    return Ok(());
                }
                self.write(conn, planned, Some(before), next)
            }
        }
    }

    /// The row as the file says it; what the file does not say stays as it was.
    fn filled(
        &mut self,
        before: &Session,
        planned: &PlannedSession,
        kind: SessionKind,
        track: Option<&Track>,
        is_new: bool,
    ) -> Session {
        let zone = self.edition.zone;
        let (starts_at, ends_at) = (
            planned.starts_at,
            planned.starts_at.plus_minutes(planned.length_minutes),
        );
        let (starts_local, ends_local) = (zone.local(starts_at), zone.local(ends_at));
        let room = planned.room.as_ref();
        let mut next = Session {
            kind,
            track: track.map(|track| track.id),
            title: planned.title.clone(),
            abstract_text: planned.abstract_text.clone(),
            length_minutes: planned.length_minutes,
            room: room.and_then(|name| self.rooms.get(&text::fold(name)).copied()),
            starts_local: Some(starts_local),
            ends_local: Some(ends_local),
            starts_at: Some(starts_at),
            ends_at: Some(ends_at),
            desk: session_form::desk(track).to_string(),
            ..before.clone()
        };
        next.languages.0.floor.clone_from(&planned.languages);
        next.details.0.source.clone_from(&planned.source);
        next.details.0.links.clone_from(&planned.links);
        next.details.0.fold = match starts_local.in_zone(zone) {
            Err(NotOneInstant::Twice { earlier, .. }) if earlier == starts_at => Some(Fold::Earlier),
            Err(NotOneInstant::Twice { .. }) => Some(Fold::Later),
            Ok(_) | Err(NotOneInstant::Skipped) => None,
        };
        if is_new {
            self.code_number += 1;
            next.guid.clone_from(&planned.guid);
            next.code = format!("IM{:04}", self.code_number);
        }
        let is_there =
            (before.room, before.starts_at, before.ends_at) == (next.room, next.starts_at, next.ends_at);
        if !is_there {
            next.state = rules::state_when_placed(before.state).unwrap_or(before.state);
        }
        if !before.was_released() {
            next.visible_to.clone_from(&next.desk);
        }
        next.title_key = rules::search_key(&next.title, &next.abstract_text, &next.code);
        next
    }

    /// Writes a session with its speakers, if its track lets it in; else it is as if it had not been there.
    fn write(
        &mut self,
        conn: &mut Conn,
        planned: &PlannedSession,
        before: Option<Session>,
        next: Session,
    ) -> Result<(), Fault> {
        if !self.locked {
            editions::change_draft(conn, self.edition.id)?;
            self.locked = true;
        }
        let parts_of = parts_input(planned);
        let (now, admissions) = (self.now, self.admissions);
        let is_new = before.is_none();
        let written = conn.savepoint(|conn| {
            let session = if is_new {
                on_each!(conn, |c| diesel::insert_into(rows::table)
                    .values(&next)
                    .execute(c))
                .exactly_one()?;
                next
            } else {
                sessions::save(conn, now, next)?
            };
            parts::put(conn, &session, &parts_of, Hand::Desk)?;
            admissions.check(conn, &session, Stage::Import)
        });
        match written {
            Ok(()) if is_new => self.report.made += 1,
            Ok(()) => self.report.changed += 1,
            Err(fault) if matches!(fault.kind, Kind::Invalid | Kind::Conflict | Kind::Forbidden) => {
                let fields: Vec<&str> = fault.fields.iter().map(|field| field.code).collect();
                self.skip(fault.code, planned, &fields.join(", "));
            }
            Err(fault) => return Err(fault),
        }
        Ok(())
    }

    /// Waives and tells what the check finds, and releases.
    fn finish(mut self, conn: &mut Conn, plan: &ImportPlan, draft: bool) -> Result<ImportReport, Fault> {
        if self.report.made + self.report.changed > 0 {
            let edition = self.edition.id;
            let stand = waivers::waive_all(conn, self.actor, self.now, self.admissions, edition, REASON)?;
            let told = stand.iter().map(|conflict| {
                let codes = conflict.facts.get("codes").map(ToString::to_string);
                Remark::new(conflict.code, &codes.unwrap_or_default(), REASON)
            });
            self.report.waived = told.collect();
            self.note(conn)?;
        }
        if !draft {
            self.report.release = self.release(conn, &plan.edition.version)?;
        }
        Ok(self.report)
    }

    /// Releases what is there; the edition is made known first, for a release of one nobody may see is none.
    fn release(&mut self, conn: &mut Conn, version: &str) -> Result<Option<i64>, Fault> {
        let edition = editions::find(conn, self.edition.id)?.ok_or_else(Fault::not_found)?;
        if edition.state == EditionState::Draft {
            let announced = EditionState::Announced;
            editions::step(conn, self.actor, self.now, edition.id, announced, None)?;
        }
        let input = releases::ReleaseInput {
            name: if version.is_empty() {
                "Import".into()
            } else {
                version.to_owned()
            },
            ..releases::ReleaseInput::default()
        };
        match releases::publish(conn, self.actor, self.now, self.admissions, edition.id, &input) {
            Ok(released) => Ok(Some(released.release.number)),
            Err(fault) if fault.code == "nothing_to_release" => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    fn note(&self, conn: &mut Conn) -> Result<(), Fault> {
        audit::note(
            conn,
            self.now,
            &Note {
                actor: self.actor.person.map(Id::cast),
                object_id: Some(self.edition.id.uuid()),
                scope: Some(self.edition.id.uuid()),
                summary: json!({
                    "made": self.report.made,
                    "changed": self.report.changed,
                    "skipped": self.report.skipped.len(),
                    "waived": self.report.waived.len(),
                }),
                ..Note::of("schedule.import", "edition")
            },
        )
    }

    fn skip(&mut self, code: &'static str, planned: &PlannedSession, fact: &str) {
        self.report.skipped.push(remark(code, planned, fact));
    }

    fn repair(&mut self, code: &'static str, planned: &PlannedSession, fact: &str) {
        self.report.repaired.push(remark(code, planned, fact));
    }
}

fn remark(code: &'static str, planned: &PlannedSession, fact: &str) -> Remark {
    Remark::new(code, planned.title.text(kernel::Language::En), fact)
}

/// The kind a session can have in its track: its own, else a parallel one; none in the statutory track, whose meetings
/// come through its desk alone.
fn kind_in(kind: SessionKind, track: Option<&Track>) -> Option<SessionKind> {
    let of = track.map(|track| track.kind);
    if of == Some(TrackKind::Statutory) {
        return None;
    }
    [kind, SessionKind::Parallel]
        .into_iter()
        .find(|kind| rules::kind_belongs(*kind, of))
}

/// A code made of the title that no track has and no standard track could.
fn free_code(taken: &mut HashSet<String>, title: &str) -> String {
    let base = rules::code_from(title);
    let mut code = base.clone();
    let mut number = 2;
    while TrackKind::from_code(&code).is_some() || !taken.insert(code.clone()) {
        let short: String = base.chars().take(50).collect();
        code = format!("{}_{number}", short.trim_end_matches('_'));
        number += 1;
    }
    code
}

fn parts_input(planned: &PlannedSession) -> SessionInput {
    let speaker = |name: &String| SpeakerInput {
        name: name.clone(),
        ..SpeakerInput::default()
    };
    SessionInput {
        speakers: Some(planned.speakers.iter().map(speaker).collect()),
        ..SessionInput::default()
    }
}
