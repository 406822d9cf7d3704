//! What is on now and what comes next, for all or on my agenda (R57).

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, SessionId};
use actix_kit::{At, Caller, Problem, Query};
use actix_web::HttpResponse;
use kernel::{Fault, LocalDateTime, Localized, Moment, Zone};
use programme::{
    editions,
    listing::{self, SessionEntry},
    now::{self, Before},
    released::{Programme, ReleasedSession},
    releases,
};
use registration::agenda;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    table::{Line, get},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/now", Act::Read, now, "What is on now and what comes next by the congress's clock, with what was moved since yesterday; of my agenda alone when asked so.")
            .asks::<NowQuery>().gives::<NowView>(),
    ]
}

/// Of which sessions it is asked.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct NowQuery {
    /// Of those on my agenda alone; with an account.
    pub mine: bool,
}

/// What is on and what comes next.
#[derive(Debug, Serialize, ToSchema)]
pub struct NowView {
    /// The congress's present.
    pub at: Moment,
    /// The same on its wall clock.
    pub local: LocalDateTime,
    /// The zone of that.
    pub zone: Zone,
    /// Begun and not over.
    pub on: Vec<NowEntry>,
    /// What begins within two hours; else what begins next of all.
    pub next: Vec<NowEntry>,
}

/// A session, and how it was known a day ago.
#[derive(Debug, Serialize, ToSchema)]
pub struct NowEntry {
    /// The session as it is.
    pub session: SessionEntry,
    /// When it was to begin, where that changed.
    pub starts_was: Option<LocalDateTime>,
    /// When it was to end, where that changed.
    pub ends_was: Option<LocalDateTime>,
    /// The room it was to be in, where that changed.
    pub room_was: Option<Localized>,
}

async fn now(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<NowQuery>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("now", move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let programme = releases::live(conn, edition.id)?.ok_or_else(Fault::not_found)?;
            let programme = programme.for_actor(actor);
            let before = now::before(conn, actor, now, edition.id, &programme)?;
            let mine: Option<BTreeSet<SessionId>> = if query.mine {
                let lines = agenda::of(conn, actor, edition.id)?;
                Some(lines.iter().map(|line| line.session).collect())
            } else {
                None
            };
            let found = now::at(&programme, now, mine.as_ref());
            Ok(NowView {
                at: now,
                local: edition.zone.local(now),
                zone: edition.zone,
                on: entries(&programme, &found.on, &before),
                next: entries(&programme, &found.next, &before),
            })
        })
        .await?;
    Ok(answers::one(&view))
}

fn entries(
    programme: &Programme,
    sessions: &[&ReleasedSession],
    before: &BTreeMap<SessionId, Before>,
) -> Vec<NowEntry> {
    let entry = |session: &&ReleasedSession| {
        let known = before.get(&session.id).cloned().unwrap_or_default();
        NowEntry {
            session: listing::of_session(programme, session),
            starts_was: known.time.map(|(starts, _)| starts),
            ends_was: known.time.map(|(_, ends)| ends),
            room_was: known.room,
        }
    };
    sessions.iter().map(entry).collect()
}
