//! What is told to who listens to an edition's changes: one message each, and what somebody missed who comes back.
//!
//! A message has a bound: beyond, the reader is told to read the programme anew. Numbers of events go out veiled. Who is
//! told when is the matter of [`crate::live`]; what a change tells whom, of [`programme::live`].

use std::fmt::Write as _;

use access_rules::{Actor, EditionId, Sight};
use actix_kit::Site;
use db::Conn;
use kernel::Fault;
use programme::{
    editions,
    live::{Happened, LiveChange, Seen},
    released::Programme,
    releases,
};
use records::feed;
use serde::Serialize;

use crate::topics::{Topic, id, seq};

/// Events read at once, and told to who comes back: beyond, the whole programme is read anew.
pub(crate) const EVENTS_MOST: i64 = 200;
/// Changes told one by one in a message: beyond, the whole programme is read anew.
const CHANGES_MOST: usize = 12;
/// Largest message, in bytes: beyond, the whole programme is read anew.
const MESSAGE_BYTES_MOST: usize = 8 * 1024;

/// What somebody who comes, or comes back, is told first.
pub struct Caught {
    /// The edition.
    pub edition: EditionId,
    /// What they see.
    pub sight: Sight,
    /// The number of the last event there was.
    pub upto: i64,
    /// What they missed.
    pub missed: Missed,
}

/// What happened between somebody's last event and now.
#[derive(Clone, Debug, PartialEq)]
pub enum Missed {
    /// This, with the numbers of the events; perhaps nothing.
    These(Vec<(i64, Told)>),
    /// More than can be told, or nobody knows: the whole programme is to be read anew.
    Unknown,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Told {
    /// Sessions changed.
    Changed {
        /// How.
        changes: Vec<LiveChange>,
    },
    /// The whole programme is to be read anew: it begins, or too much changed to be told.
    Anew {},
}

impl Told {
    /// The name of its event.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "programme.changed",
            Self::Anew {} => "programme.anew",
        }
    }

    pub(crate) fn of(happened: &Happened, seen: &Seen) -> Option<Self> {
        match seen {
            Seen::Nothing => None,
            Seen::Begun => Some(Self::Anew {}),
            Seen::Changes(places) if places.len() > CHANGES_MOST => Some(Self::Anew {}),
            Seen::Changes(_) => Some(Self::Changed {
                changes: happened.changes(seen).into_iter().cloned().collect(),
            }),
        }
    }

    /// Its bytes in the stream, with the number that comes back as `Last-Event-ID`.
    pub(crate) fn message(&self, id: &str) -> String {
        let data = serde_json::to_string(self).expect("what is told is JSON");
        let message = format!("id: {id}\nevent: {}\ndata: {data}\n\n", self.name());
        match self {
            Self::Changed { .. } if message.len() > MESSAGE_BYTES_MOST => Self::Anew {}.message(id),
            Self::Changed { .. } | Self::Anew {} => message,
        }
    }
}

/// What an edition's feed holds for this reader since the event they say they saw last.
///
/// # Errors
/// 404 for an edition they may not see.
pub fn catch_up(
    conn: &mut Conn,
    site: &Site,
    actor: &Actor,
    slug: &str,
    last_seen: Option<&str>,
) -> Result<Caught, Fault> {
    let edition = editions::by_slug(conn, actor, slug)?.id;
    let stream = releases::stream(edition);
    let upto = feed::last(conn, &stream)?;
    let since = last_seen.map(|text| seq(site, Topic::Programme(edition), text));
    let sight = actor.sight();
    let missed = match since {
        None => Missed::These(Vec::new()),
        Some(Some(seq)) if (0..=upto).contains(&seq) && upto - seq <= EVENTS_MOST => {
            let happened = happened(conn, edition, seq)?;
            let told = happened
                .iter()
                .filter_map(|one| Some((one.seq, Told::of(one, &one.seen_by(&sight))?)));
            Missed::These(told.collect())
        }
        Some(_) => Missed::Unknown,
    };
    Ok(Caught {
        edition,
        sight,
        upto,
        missed,
    })
}

/// What of the events after a number tells anybody anything.
pub(crate) fn happened(conn: &mut Conn, edition: EditionId, seq: i64) -> Result<Vec<Happened>, Fault> {
    let events = feed::after(conn, &releases::stream(edition), seq, EVENTS_MOST)?;
    if events.is_empty() {
        return Ok(Vec::new());
    }
    let live: Option<Programme> = releases::live(conn, edition)?;
    Ok(live
        .iter()
        .flat_map(|live| events.iter().filter_map(|event| Happened::of(event, live)))
        .collect())
}

impl Caught {
    /// The first bytes of their stream: when to come back, what they missed, and where they are now.
    pub fn opening(&self, site: &Site, retry_ms: u64) -> String {
        let topic = Topic::Programme(self.edition);
        let mut text = format!("retry: {retry_ms}\n\n");
        match &self.missed {
            Missed::These(told) => {
                for (seq, told) in told {
                    text.push_str(&told.message(&id(site, topic, *seq)));
                }
            }
            Missed::Unknown => text.push_str(&Told::Anew {}.message(&id(site, topic, self.upto))),
        }
        write!(text, "id: {}\n\n", id(site, topic, self.upto)).expect("text takes text");
        text
    }
}
