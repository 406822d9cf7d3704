//! From the draft to what is released: the typed value everybody outside reads, built whole.

use std::collections::HashMap;

use access_rules::SessionId;
use db::Conn;
use kernel::{Coded as _, Fault, Localized, Moment};

use crate::{
    conflicts::known,
    domains,
    draft::Draft,
    formats,
    model::{Access, Edition, Known, Organiser, Room, Session, SessionKind, SessionState, Speaker, Venue},
    parts,
    released::{self, Accessibility, Listed, Programme, ReleasedSession, State},
    rules, themes, venues,
};

/// Everything a release of this draft could hold: each session with a time, as it would be printed. Whether it is new,
/// moved or as before is decided beside the release in force ([`crate::changes`]).
///
/// # Errors
/// When the database refuses.
pub(crate) fn build(conn: &mut Conn, draft: &Draft, now: Moment) -> Result<Programme, Fault> {
    let mut organisers: HashMap<SessionId, Vec<Organiser>> = HashMap::new();
    for organiser in parts::all_organisers(conn, draft.edition.id)? {
        organisers.entry(organiser.session).or_default().push(organiser);
    }
    let formats = formats::list(conn, draft.edition.id)?;
    let domains = domains::list(conn, draft.edition.id)?;
    let themes = themes::list(conn, draft.edition.id)?;
    let codes = Codes {
        tracks: by_id(draft.tracks.iter().map(|track| (track.id, &track.code))),
        formats: by_id(formats.iter().map(|format| (format.id, &format.code))),
        domains: by_id(domains.iter().map(|domain| (domain.id, &domain.code))),
        themes: by_id(themes.iter().map(|theme| (theme.id, &theme.code))),
    };
    let venues = venues::list(conn, draft.edition.id)?;
    let none = Vec::new();
    let mut sessions: Vec<ReleasedSession> = draft
        .sessions
        .iter()
        .filter(|session| session.kind != SessionKind::Blocker)
        .filter_map(|session| {
            let speakers = draft.speakers.get(&session.id);
            let organisers = organisers.get(&session.id).unwrap_or(&none);
            let speakers = speakers.map_or(&[][..], Vec::as_slice);
            codes.released(session, speakers, organisers, now)
        })
        .collect();
    let rooms: Vec<released::Room> = draft.rooms.iter().map(room).collect();
    sort(&mut sessions, &rooms);
    let nothing = Localized::default();
    Ok(Programme {
        edition: edition(&draft.edition),
        release: released::Release {
            number: 0,
            name: String::new(),
            at: now,
        },
        days: rules::days(&draft.edition),
        tracks: list(
            draft
                .tracks
                .iter()
                .map(|track| (&track.code, &track.title, &track.subtitle)),
        ),
        formats: list(
            formats
                .iter()
                .map(|format| (&format.code, &format.title, &format.tagline)),
        ),
        domains: list(
            domains
                .iter()
                .map(|domain| (&domain.code, &domain.title, &nothing)),
        ),
        themes: list(
            themes
                .iter()
                .map(|theme| (&theme.code, &theme.title, &theme.question)),
        ),
        venues: venues.iter().map(venue).collect(),
        rooms,
        sessions,
    })
}

/// By start, room and title, as a programme is printed.
pub(crate) fn sort(sessions: &mut [ReleasedSession], rooms: &[released::Room]) {
    let order: HashMap<_, usize> = rooms.iter().enumerate().map(|(at, room)| (room.id, at)).collect();
    sessions.sort_by_cached_key(|session| {
        let room = session.room.and_then(|id| order.get(&id).copied());
        let title = kernel::text::fold(session.title.text(kernel::Language::En));
        (session.starts_at, room.unwrap_or(usize::MAX), title, session.id)
    });
}

struct Codes {
    tracks: HashMap<crate::model::TrackId, String>,
    formats: HashMap<crate::model::FormatId, String>,
    domains: HashMap<crate::model::DomainId, String>,
    themes: HashMap<access_rules::ThemeId, String>,
}

impl Codes {
    fn released(
        &self,
        session: &Session,
        speakers: &[Speaker],
        organisers: &[Organiser],
        now: Moment,
    ) -> Option<ReleasedSession> {
        let details = &session.details.0;
        // Under embargo its desk alone sees it (R21).
        let hidden = details.public_from.is_some_and(|from| from > now);
        let (visible_to, details_to) = if hidden {
            (session.desk.clone(), session.desk.clone())
        } else {
            (
                session.released_key().to_string(),
                session.details_key().to_string(),
            )
        };
        Some(ReleasedSession {
            id: session.id,
            guid: session.guid.clone(),
            code: session.code.clone(),
            sequence: session.sequence,
            state: if session.state == SessionState::Cancelled {
                State::Cancelled
            } else {
                State::Published
            },
            kind: session.kind,
            track: session.track.and_then(|id| self.tracks.get(&id).cloned()),
            format: session.format.and_then(|id| self.formats.get(&id).cloned()),
            format_kind: Some(details.format_kind.clone()).filter(|kind| !kind.is_empty()),
            domain: session.domain.and_then(|id| self.domains.get(&id).cloned()),
            theme: session.theme.and_then(|id| self.themes.get(&id).cloned()),
            body: session.body,
            body_label: details.body.clone(),
            title: session.title.clone(),
            abstract_: session.abstract_text.clone(),
            entry: session.entry,
            attendance: session.attendance,
            languages_floor: session.languages.0.floor.clone(),
            languages_interpreted: session.languages.0.interpreted.clone(),
            accessibility: Accessibility(details.access.iter().map(|access| (*access, true)).collect()),
            room: session.room.map(kernel::Id::cast),
            starts_local: session.starts_local?,
            ends_local: session.ends_local?,
            starts_at: session.starts_at?,
            ends_at: session.ends_at?,
            organisers: organisers
                .iter()
                .map(|organiser| released::Organiser {
                    id: organiser.organisation,
                    name: organiser.name.clone(),
                })
                .collect(),
            speakers: speakers
                .iter()
                .map(|speaker| released::Speaker {
                    person: speaker.person,
                    name: speaker.name.clone(),
                    role: speaker.role,
                    affiliation: speaker.affiliation.clone(),
                })
                .collect(),
            visible_to,
            details_to,
            line_only: false,
            capacity: session.capacity,
            level: details.level.clone(),
            links: details.links.clone(),
            updated_at: session.updated_at,
            folded: String::new(),
        })
    }
}

fn edition(edition: &Edition) -> released::Edition {
    released::Edition {
        id: edition.id,
        slug: edition.slug.clone(),
        title: edition.title.clone(),
        motto: edition.motto.clone(),
        city: edition.city.clone(),
        country: edition.country.clone(),
        zone: edition.zone,
        starts_on: edition.starts_on,
        ends_on: edition.ends_on,
        languages: edition.languages.0.clone(),
    }
}

fn venue(venue: &Venue) -> released::Venue {
    released::Venue {
        id: venue.id.cast(),
        name: venue.name.clone(),
        address: venue.address.clone(),
        directions: venue.directions.clone(),
    }
}

fn room(room: &Room) -> released::Room {
    let accessibility = Access::ALL
        .iter()
        .filter_map(|access| match known(room, *access) {
            Known::Yes => Some((*access, true)),
            Known::No => Some((*access, false)),
            Known::Unknown => None,
        });
    released::Room {
        id: room.id.cast(),
        venue: room.venue.map(kernel::Id::cast),
        name: room.name.clone(),
        floor: room.floor.clone(),
        directions: room.directions.clone(),
        capacity: room.capacity,
        accessibility: Accessibility(accessibility.collect()),
    }
}

fn list<'a>(items: impl Iterator<Item = (&'a String, &'a Localized, &'a Localized)>) -> Vec<Listed> {
    items
        .map(|(code, name, summary)| Listed {
            code: code.clone(),
            name: name.clone(),
            summary: summary.clone(),
        })
        .collect()
}

fn by_id<'a, T: Eq + std::hash::Hash>(items: impl Iterator<Item = (T, &'a String)>) -> HashMap<T, String> {
    items.map(|(id, code)| (id, code.clone())).collect()
}
