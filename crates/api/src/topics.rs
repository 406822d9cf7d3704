//! What there is to listen to, and what is new of it: the changes of an edition's programme, the floor of a session.
//!
//! Of a programme each change is told; of a floor how it is by now, for whoever hears of it asks for the whole.

use access_rules::{EditionId, SessionId};
use actix_kit::Site;
use db::Conn;
use kernel::Fault;
use programme::{live::Happened, releases};
use records::feed;

use crate::{
    told::{EVENTS_MOST, happened},
    told_floor::{self, FloorTold},
};

/// Something one can listen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// The released programme of an edition.
    Programme(EditionId),
    /// The floor of a session.
    Floor(SessionId),
}

/// What is new for its listeners.
pub(crate) enum News {
    /// Changes of a programme.
    Happened(Vec<Happened>),
    /// Too much of a programme, or the database was put back.
    Anew,
    /// How a floor is by now; nothing where there is nothing to tell.
    Floor(Option<FloorTold>),
}

impl Topic {
    /// Its stream in the feed.
    pub fn stream(self) -> String {
        match self {
            Self::Programme(edition) => releases::stream(edition),
            Self::Floor(session) => ::floor::stream(session),
        }
    }
}

/// The number of an event as it goes out: hidden events lie between, so nobody may count or compare them.
pub fn id(site: &Site, topic: Topic, seq: i64) -> String {
    site.veiled(&veil(topic), seq)
}

/// The number of an event as it came back; nothing for one that never went out.
pub fn seq(site: &Site, topic: Topic, id: &str) -> Option<i64> {
    site.unveiled(&veil(topic), id)
}

fn veil(topic: Topic) -> String {
    match topic {
        Topic::Programme(edition) => format!("feed {edition}"),
        Topic::Floor(session) => format!("feed floor {session}"),
    }
}

/// What is new of topics since the events their listeners were told last, with the numbers of the last: one small query,
/// and one more for each that has something new.
pub(crate) fn news(conn: &mut Conn, heard: &[(Topic, i64)]) -> Result<Vec<(Topic, News, i64)>, Fault> {
    let streams: Vec<String> = heard.iter().map(|(topic, _)| topic.stream()).collect();
    let lasts = feed::lasts(conn, &streams)?;
    let mut news = Vec::new();
    for ((topic, seq), stream) in heard.iter().zip(&streams) {
        let last = lasts.get(stream).copied().unwrap_or(0);
        if last == *seq {
            continue;
        }
        let new = match topic {
            Topic::Programme(_) if last < *seq || last - seq > EVENTS_MOST => News::Anew,
            Topic::Programme(edition) => News::Happened(happened(conn, *edition, *seq)?),
            Topic::Floor(session) => News::Floor(told_floor::by_now(conn, *session, last)?),
        };
        news.push((*topic, new, last));
    }
    Ok(news)
}
