//! What a release changes, computed from the release before and the draft (R51): pure.
//!
//! A change says whom it may be told: a new time whoever sees the session's line, a new room whoever sees more of it.

use std::collections::{HashMap, HashSet};

use access_rules::{Key, SessionId, Sight};
use kernel::{LocalDateTime, Localized};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    content,
    released::{Programme, ReleasedSession, State},
};

kernel::coded! {
    /// What happened to a session.
    pub enum ChangeKind {
        /// It is new.
        Added => "added",
        /// It is shown no more.
        Removed => "removed",
        /// It does not take place.
        Cancelled => "cancelled",
        /// It is at another time.
        Time => "time",
        /// It is in another room.
        Room => "room",
        /// It has another title.
        Title => "title",
        /// Others speak or organise.
        People => "people",
        /// Anything else that is printed: what it is about, languages, how one gets in.
        Text => "text",
    }
}

/// One change of a release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Change {
    /// The session.
    #[schema(value_type = String)]
    pub session: SessionId,
    /// Its public code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// What happened.
    pub kind: ChangeKind,
    /// As it was: `{starts, ends}`, `{room, name}`, `{title}`, `{names}`; empty where there is nothing to tell.
    #[schema(value_type = Object)]
    pub was: Value,
    /// As it is now, in the same shape.
    #[schema(value_type = Object)]
    pub is: Value,
    /// Who may be told, as a key.
    pub visible_to: String,
}

impl Change {
    /// Whether somebody who sees this much may be told.
    pub fn is_told_to(&self, sight: &Sight) -> bool {
        let key: Option<Key> = self.visible_to.parse().ok();
        key.is_some_and(|key| sight.reads(&key, Some(self.session)))
    }

    /// As it was: when it began and ended, by the wall clock; of a change of time, and of what is no more.
    pub fn time_was(&self) -> Option<(LocalDateTime, LocalDateTime)> {
        span_of(&self.was)
    }

    /// As it is now: when it begins and ends.
    pub fn time_is(&self) -> Option<(LocalDateTime, LocalDateTime)> {
        span_of(&self.is)
    }

    /// The name of the room it was in; of a change of room.
    pub fn room_was(&self) -> Option<Localized> {
        room_of(&self.was)
    }

    /// The name of the room it is in now.
    pub fn room_is(&self) -> Option<Localized> {
        room_of(&self.is)
    }
}

fn span_of(value: &Value) -> Option<(LocalDateTime, LocalDateTime)> {
    let at = |name: &str| serde_json::from_value(value[name].clone()).ok();
    Some((at("starts")?, at("ends")?))
}

fn room_of(value: &Value) -> Option<Localized> {
    serde_json::from_value(value["name"].clone()).ok()
}

/// The next release beside the one in force: what it holds, and what it changes. `only` are the sessions whose changes go
/// out now; all others stay as they were released.
pub fn next(
    live: Option<&Programme>,
    draft: &Programme,
    only: Option<&HashSet<SessionId>>,
) -> (Programme, Vec<Change>) {
    let before: HashMap<SessionId, &ReleasedSession> = live
        .map(|live| {
            live.sessions
                .iter()
                .map(|session| (session.id, session))
                .collect()
        })
        .unwrap_or_default();
    let goes_out = |id: SessionId| only.is_none_or(|only| only.contains(&id));
    let mut sessions = Vec::new();
    let mut changes = Vec::new();
    let mut drafted = HashSet::new();
    for session in &draft.sessions {
        drafted.insert(session.id);
        match before.get(&session.id) {
            Some(was) if !goes_out(session.id) => sessions.push((*was).clone()),
            Some(was) => {
                let (next, told) = changed(was, session, live.unwrap_or(draft), draft);
                sessions.push(next);
                changes.extend(told);
            }
            // Whoever never heard of it need not hear that it is cancelled.
            None if goes_out(session.id) && session.state != State::Cancelled => {
                sessions.push(ReleasedSession {
                    sequence: session.sequence + 1,
                    ..session.clone()
                });
                changes.push(change(session, ChangeKind::Added, Value::Null, span(session)));
            }
            None => {}
        }
    }
    for (id, was) in before {
        if drafted.contains(&id) {
            continue;
        }
        if goes_out(id) {
            changes.push(change(was, ChangeKind::Removed, span(was), Value::Null));
        } else {
            sessions.push(was.clone());
        }
    }
    let mut next = match (live, only) {
        // Lists and names around the sessions go out with a whole release; part of one only brings what it needs.
        (Some(live), Some(_)) => with_lists(live, draft),
        _ => draft.clone(),
    };
    content::sort(&mut sessions, &next.rooms);
    changes.sort_by(|one, other| (&one.code, one.kind).cmp(&(&other.code, other.kind)));
    next.sessions = sessions;
    (next, changes)
}

fn changed(
    was: &ReleasedSession,
    is: &ReleasedSession,
    live: &Programme,
    draft: &Programme,
) -> (ReleasedSession, Vec<Change>) {
    if is.state == State::Cancelled {
        if was.state == State::Cancelled {
            return (was.clone(), vec![]);
        }
        // What is called off is called off as it was known.
        let next = ReleasedSession {
            state: State::Cancelled,
            sequence: was.sequence.max(is.sequence) + 1,
            updated_at: is.updated_at,
            ..was.clone()
        };
        let told = change(&next, ChangeKind::Cancelled, span(was), Value::Null);
        return (next, vec![told]);
    }
    let told = told(was, is, live, draft);
    if told.is_empty() {
        return (was.clone(), told);
    }
    let has_moved = told
        .iter()
        .any(|change| matches!(change.kind, ChangeKind::Time | ChangeKind::Room));
    let next = ReleasedSession {
        state: if has_moved { State::Moved } else { was.state },
        sequence: was.sequence.max(is.sequence) + 1,
        ..is.clone()
    };
    (next, told)
}

fn told(was: &ReleasedSession, is: &ReleasedSession, live: &Programme, draft: &Programme) -> Vec<Change> {
    let mut told = Vec::new();
    if was.visible_to != is.visible_to {
        told.push(Change {
            visible_to: was.visible_to.clone(),
            ..change(was, ChangeKind::Removed, span(was), Value::Null)
        });
        told.push(change(is, ChangeKind::Added, Value::Null, span(is)));
    }
    if span(was) != span(is) || was.starts_at != is.starts_at || was.ends_at != is.ends_at {
        told.push(change(is, ChangeKind::Time, span(was), span(is)));
    }
    if was.room != is.room {
        told.push(closer(is, ChangeKind::Room, room(live, was), room(draft, is)));
    }
    if was.title != is.title {
        told.push(change(
            is,
            ChangeKind::Title,
            json!({"title": was.title}),
            json!({"title": is.title}),
        ));
    }
    if was.speakers != is.speakers || was.organisers != is.organisers {
        told.push(closer(is, ChangeKind::People, names(was), names(is)));
    }
    if rest(was) != rest(is) {
        told.push(closer(is, ChangeKind::Text, Value::Null, Value::Null));
    }
    told
}

fn change(session: &ReleasedSession, kind: ChangeKind, was: Value, is: Value) -> Change {
    Change {
        session: session.id,
        code: session.code.clone(),
        title: session.title.clone(),
        kind,
        was,
        is,
        visible_to: session.visible_to.clone(),
    }
}

/// A change of what stands behind the line.
fn closer(session: &ReleasedSession, kind: ChangeKind, was: Value, is: Value) -> Change {
    Change {
        visible_to: session.details_to.clone(),
        ..change(session, kind, was, is)
    }
}

fn span(session: &ReleasedSession) -> Value {
    json!({"starts": session.starts_local, "ends": session.ends_local})
}

fn room(programme: &Programme, session: &ReleasedSession) -> Value {
    match session.room.and_then(|id| programme.room(id)) {
        Some(room) => json!({"room": room.id, "name": room.name}),
        None => Value::Null,
    }
}

fn names(session: &ReleasedSession) -> Value {
    let speakers = session.speakers.iter().map(|speaker| speaker.name.as_str());
    let organisers = session.organisers.iter().map(|organiser| organiser.name.as_str());
    json!({"names": speakers.chain(organisers).collect::<Vec<_>>()})
}

/// What is printed and no other change tells.
fn rest(session: &ReleasedSession) -> ReleasedSession {
    ReleasedSession {
        sequence: 0,
        state: State::Published,
        title: Localized::default(),
        room: None,
        starts_local: kernel::LocalDateTime::at("2000-01-01T00:00"),
        ends_local: kernel::LocalDateTime::at("2000-01-01T00:00"),
        starts_at: kernel::Moment::from_micros(0),
        ends_at: kernel::Moment::from_micros(0),
        organisers: vec![],
        speakers: vec![],
        visible_to: String::new(),
        updated_at: kernel::Moment::from_micros(0),
        folded: String::new(),
        ..session.clone()
    }
}

/// The release in force with what a part of the draft needs beside: rooms, tracks and the like that were not there yet.
fn with_lists(live: &Programme, draft: &Programme) -> Programme {
    let mut next = live.clone();
    let grown = [
        (&mut next.tracks, &draft.tracks),
        (&mut next.formats, &draft.formats),
        (&mut next.domains, &draft.domains),
        (&mut next.themes, &draft.themes),
    ];
    for (held, drafted) in grown {
        for item in drafted {
            if !held.iter().any(|known| known.code == item.code) {
                held.push(item.clone());
            }
        }
    }
    for venue in &draft.venues {
        if !next.venues.iter().any(|known| known.id == venue.id) {
            next.venues.push(venue.clone());
        }
    }
    for room in &draft.rooms {
        if !next.rooms.iter().any(|known| known.id == room.id) {
            next.rooms.push(room.clone());
        }
    }
    next
}
