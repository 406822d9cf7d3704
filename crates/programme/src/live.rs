//! Changes of the released programme as they are told while they happen (R57): what of an event of the feed a reader may
//! know.
//!
//! A change is told to those it was meant for when it was made, as far as they see its session now: what has been hidden
//! since is not told to whoever asks late. That a session is shown no more is told with its id alone. Nothing told counts
//! what is not. Pure: knows no connection and no HTTP.

use access_rules::{Key, SessionId, Sight};
use kernel::Localized;
use records::model::Event;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    changes::{Change, ChangeKind},
    released::{Programme, ReleasedSession},
};

/// A change of a session, as it is told.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct LiveChange {
    /// The session.
    pub session: SessionId,
    /// Its public code; empty when it is shown no more.
    pub code: String,
    /// Its title; empty when it is shown no more.
    pub title: Localized,
    /// What happened.
    pub kind: ChangeKind,
    /// As it was: `{starts, ends}`, `{room, name}`, `{title}`, `{names}`; null where there is nothing to tell.
    #[schema(value_type = Object)]
    pub was: Value,
    /// As it is now, in the same shape.
    #[schema(value_type = Object)]
    pub is: Value,
}

/// An event of the feed, worked out once for all who listen.
#[derive(Clone, Debug, PartialEq)]
pub struct Happened {
    /// Its number in the feed.
    pub seq: i64,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    /// The first release: there is a programme now.
    Begun,
    /// Sessions changed.
    Changed(Vec<Guarded>),
}

/// A change and the keys one must hold, each of them; the session's desk holds them all.
#[derive(Clone, Debug, PartialEq)]
struct Guarded {
    change: LiveChange,
    keys: Vec<Key>,
    desk: Option<Key>,
}

/// What a reader is told of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Seen {
    /// Nothing.
    Nothing,
    /// That there is a programme now.
    Begun,
    /// The changes at these places.
    Changes(Vec<usize>),
}

impl Happened {
    /// Works an event out, beside the release in force; nothing when it tells nobody anything.
    pub fn of(event: &Event, live: &Programme) -> Option<Self> {
        let payload = &event.payload.0;
        let what = match event.kind.as_str() {
            "programme.released" if payload["number"] == 1 => What::Begun,
            "programme.changed" => {
                let changes: Vec<Change> = serde_json::from_value(payload["changes"].clone()).ok()?;
                What::Changed(
                    changes
                        .into_iter()
                        .filter_map(|change| guarded(change, live))
                        .collect(),
                )
            }
            // Of the other releases each is told what of them concerns them.
            _ => return None,
        };
        Some(Self { seq: event.seq, what })
    }

    /// What of it a reader sees.
    pub fn seen_by(&self, sight: &Sight) -> Seen {
        match &self.what {
            What::Begun => Seen::Begun,
            What::Changed(changes) => {
                let seen: Vec<usize> = (0..changes.len())
                    .filter(|place| changes[*place].is_seen_by(sight))
                    .collect();
                if seen.is_empty() {
                    Seen::Nothing
                } else {
                    Seen::Changes(seen)
                }
            }
        }
    }

    /// The changes a reader sees.
    pub fn changes(&self, seen: &Seen) -> Vec<&LiveChange> {
        match (&self.what, seen) {
            (What::Changed(changes), Seen::Changes(places)) => {
                places.iter().map(|place| &changes[*place].change).collect()
            }
            (What::Begun | What::Changed(_), _) => Vec::new(),
        }
    }
}

impl Guarded {
    fn is_seen_by(&self, sight: &Sight) -> bool {
        let session = Some(self.change.session);
        self.keys.iter().all(|key| sight.reads(key, session))
            || self.desk.as_ref().is_some_and(|desk| sight.reads(desk, None))
    }
}

fn guarded(change: Change, live: &Programme) -> Option<Guarded> {
    let meant_for: Key = change.visible_to.parse().ok()?;
    let told = LiveChange {
        session: change.session,
        code: change.code,
        title: change.title,
        kind: change.kind,
        was: change.was,
        is: change.is,
    };
    if told.kind == ChangeKind::Removed {
        return Some(Guarded {
            change: LiveChange {
                code: String::new(),
                title: Localized::default(),
                was: Value::Null,
                is: Value::Null,
                ..told
            },
            keys: vec![meant_for],
            desk: None,
        });
    }
    let session = live.session(told.session)?;
    let mut keys = vec![meant_for];
    for key in keys_now(told.kind, session) {
        keys.push(key.parse().ok()?);
    }
    Some(Guarded {
        change: told,
        keys,
        desk: Some(Key::desk(session.track.as_deref())),
    })
}

/// The keys of what a change is about, as they are now: the session's line, or what stands behind it.
fn keys_now(kind: ChangeKind, session: &ReleasedSession) -> Vec<&str> {
    match kind {
        ChangeKind::Added
        | ChangeKind::Removed
        | ChangeKind::Cancelled
        | ChangeKind::Time
        | ChangeKind::Title => {
            vec![&session.visible_to]
        }
        ChangeKind::Room | ChangeKind::People | ChangeKind::Text => {
            vec![&session.visible_to, &session.details_to]
        }
    }
}
