//! The draft as its desks list it: by time, filtered, a page at a time; and counted. What a session is stands in
//! [`crate::sessions`].

use access_rules::{Actor, EditionId, Key, SessionId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Id, Page, PageAsk, page::Cursor, text};

use crate::{
    editions,
    model::{Session, SessionKind, SessionState},
    tables::sessions,
    tracks,
};

/// Which sessions of the draft are asked for; an empty filter asks for all.
#[derive(Clone, Debug, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Filter {
    /// In this state.
    pub state: Option<SessionState>,
    /// Of this kind.
    pub kind: Option<SessionKind>,
    /// In the track of this code.
    pub track: Option<String>,
    /// Of the format of this id.
    pub format: Option<crate::model::FormatId>,
    /// With this main domain.
    pub domain: Option<crate::model::DomainId>,
    /// In this room.
    pub room: Option<crate::model::RoomId>,
    /// On this day.
    pub day: Option<kernel::LocalDate>,
    /// With, or without, a time.
    pub placed: Option<bool>,
    /// With these words in title, abstract or code.
    pub text: Option<String>,
}

/// The draft's sessions this actor looks after, by time, those without a time last.
///
/// # Errors
/// 401, 403 when there is nothing they look after; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Session>, Fault> {
    editions::get(conn, actor, edition)?;
    let keys = actor.keys();
    let desks: Vec<String> = keys
        .iter()
        .filter(|key| matches!(key, Key::Desk(_)))
        .map(ToString::to_string)
        .collect();
    let own = actor.own_sessions();
    if desks.is_empty() && own.is_empty() {
        return Err(match actor.signed_in() {
            true => Fault::forbidden("not_allowed"),
            false => Fault::sign_in_needed(),
        });
    }
    let track = match filter.track.as_deref().filter(|code| !code.is_empty()) {
        None => None,
        Some(code) => match tracks::by_code(conn, edition, code)? {
            Some(track) => Some(track.id),
            None => return Ok(Page::cut(vec![], ask, cursor)),
        },
    };
    let after = ask.after.as_ref().map(place_of).transpose()?;
    let mut rows = Vec::new();
    let begins_placed = !matches!(after, Some((false, ..)));
    for placed in [true, false] {
        if filter.placed.is_some_and(|asked| asked != placed) || (placed && !begins_placed) {
            continue;
        }
        let left = ask.fetch() - i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if left <= 0 {
            break;
        }
        let from = after.as_ref().filter(|(of_placed, ..)| *of_placed == placed);
        rows.extend(list_part(
            conn, edition, filter, track, &desks, &own, placed, from, left,
        )?);
    }
    Ok(Page::cut(rows, ask, cursor))
}

/// How many of the sessions the actor's desks look after are in a state.
///
/// # Errors
/// When the database refuses.
pub fn count(conn: &mut Conn, actor: &Actor, edition: EditionId, state: SessionState) -> Result<i64, Fault> {
    let keys = actor.keys();
    let desks = keys.iter().filter(|key| matches!(key, Key::Desk(_)));
    let desks: Vec<String> = desks.map(ToString::to_string).collect();
    Ok(on_each!(conn, |c| sessions::table
        .filter(sessions::edition.eq(edition))
        .filter(sessions::state.eq(state.code()))
        .filter(sessions::desk.eq_any(&desks))
        .count()
        .get_result(c))?)
}

fn list_part(
    conn: &mut Conn,
    edition: EditionId,
    filter: &Filter,
    track: Option<crate::model::TrackId>,
    desks: &[String],
    own: &[SessionId],
    placed: bool,
    from: Option<&(bool, String, SessionId)>,
    limit: i64,
) -> Result<Vec<Session>, Fault> {
    let words = text::fold(filter.text.as_deref().unwrap_or_default());
    Ok(on_each!(conn, |c| {
        let mut asked = sessions::table
            .filter(sessions::edition.eq(edition))
            .filter(sessions::desk.eq_any(desks).or(sessions::id.eq_any(own)))
            .select(Session::as_select())
            .into_boxed();
        if let Some(state) = filter.state {
            asked = asked.filter(sessions::state.eq(state));
        }
        if let Some(kind) = filter.kind {
            asked = asked.filter(sessions::kind.eq(kind));
        }
        if let Some(track) = track {
            asked = asked.filter(sessions::track.eq(track));
        }
        if let Some(format) = filter.format {
            asked = asked.filter(sessions::format.eq(format));
        }
        if let Some(domain) = filter.domain {
            asked = asked.filter(sessions::domain.eq(domain));
        }
        if let Some(room) = filter.room {
            asked = asked.filter(sessions::room.eq(room));
        }
        if let Some(day) = filter.day {
            asked = asked
                .filter(sessions::starts_local.ge(day.to_string()))
                .filter(sessions::starts_local.lt(day.plus_days(1).to_string()));
        }
        for word in words.split_whitespace().take(10) {
            let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            asked = asked.filter(sessions::title_key.like(format!("%{escaped}%")).escape('\\'));
        }
        if placed {
            asked = asked.filter(sessions::starts_local.is_not_null());
            if let Some((_, key, id)) = from {
                asked = asked.filter(
                    sessions::starts_local
                        .gt(key.clone())
                        .or(sessions::starts_local.eq(key.clone()).and(sessions::id.gt(*id))),
                );
            }
            asked = asked.order((sessions::starts_local, sessions::id));
        } else {
            asked = asked.filter(sessions::starts_local.is_null());
            if let Some((_, _, id)) = from {
                asked = asked.filter(sessions::id.gt(*id));
            }
            asked = asked.order(sessions::id);
        }
        asked.limit(limit).load(c)
    })?)
}

fn cursor(session: &Session) -> Cursor {
    Cursor {
        key: session
            .starts_local
            .map_or_else(|| "u".to_owned(), |starts| format!("p{starts}")),
        id: session.id.uuid(),
    }
}

fn place_of(cursor: &Cursor) -> Result<(bool, String, SessionId), Fault> {
    let id = Id::from_uuid(cursor.id);
    match cursor.key.split_at_checked(1) {
        Some(("p", starts)) => Ok((true, starts.to_owned(), id)),
        Some(("u", "")) => Ok((false, String::new(), id)),
        _ => Err(Fault::new(kernel::Kind::Malformed, "bad_cursor").at("after")),
    }
}
