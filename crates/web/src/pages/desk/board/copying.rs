//! A break or a blocker copied into other rooms: first which, then into which rooms.

use access_rules::SessionId;
use actix_kit::{Form, Query};
use actix_web::web::Data;
use programme::{
    admission::Admissions,
    board::{self, Own},
    copies::{self, CopyInput},
    model::{RoomId, Session, SessionKind},
};
use serde::{Deserialize, Serialize};

use super::{Asked, At};
use crate::{
    components::Link,
    forms::{Choice, FormView},
    pages::desk::{Again, DeskPage, Sheet, encoded, gate, id_of},
    visit::{Page, Visit},
};

/// What the form is asked with, and asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    session: String,
    rooms: Vec<RoomId>,
}

pub(super) async fn copy_form(
    visit: Visit,
    path: At,
    query: Query<Wanted>,
    admissions: Data<Admissions>,
) -> Page {
    let (_, slug) = path.into_inner();
    show(visit, &slug, &query.0.session, admissions, None).await
}

async fn show(
    visit: Visit,
    slug: &str,
    session: &str,
    admissions: Data<Admissions>,
    again: Option<Again<'_>>,
) -> Page {
    let (frame, board) = visit
        .read_in("desk.board.copy", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            board::of(conn, actor, now, admissions.get_ref(), edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/board"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("board-copy"));
    let copied: Vec<&Session> = board.own.iter().filter_map(may_be_copied).collect();
    let chosen = copied.iter().find(|own| own.id.to_string() == session);
    let Some(original) = chosen else {
        page.lead(voice.t(match copied.is_empty() {
            true => "board-copy-none",
            false => "board-copy-which",
        }));
        let back = Link::new(base.clone(), voice.t("board-back"));
        let each = copied.iter().map(|own| {
            let address = format!("{base}/copy?session={}", encoded(&own.id.to_string()));
            Link::new(address, named(&visit, &board.rooms, own))
        });
        page.links(each.chain([back]).collect());
        return page.answer(&visit, again);
    };
    page.lead(voice.t1(
        "board-copy-lead",
        "session",
        named(&visit, &board.rooms, original),
    ));
    page.links(vec![Link::new(of_day(original, &base), voice.t("board-back"))]);
    let rooms: Vec<Choice> = board
        .rooms
        .iter()
        .filter(|room| original.room != Some(room.id))
        .map(|room| Choice::new(room.id.to_string(), room.name.text(voice.language)))
        .collect();
    let wanted = Wanted {
        session: session.to_owned(),
        rooms: vec![],
    };
    let form = Again::view(again, &visit, || FormView::filled(voice, &wanted)).named("desk-copy");
    let sheet = Sheet::new(format!("{base}/copy"), page.chrome.sends())
        .and(form.summary())
        .and(form.hidden("session"))
        .with(form.checks("rooms", "desk-copy-rooms", &rooms).required())
        .does(voice.t("desk-copy-do"));
    page.put(&sheet);
    page.answer(&visit, again)
}

pub(super) async fn copy(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    let session = form.typed("session").to_owned();
    let base = visit.at(&format!("desk/{slug}/board"));
    let Ok(id) = id_of::<SessionId>(&session) else {
        return show(visit, &slug, &session, admissions, None).await;
    };
    let done = match form.input::<Wanted>() {
        Ok(wanted) => {
            let tracks = admissions.clone();
            let run = visit.submit("desk.board.copy", &form, move |conn, actor, now| {
                let input = CopyInput {
                    rooms: wanted.rooms.clone(),
                };
                let made = copies::to_rooms(conn, actor, now, tracks.get_ref(), id, &input)?;
                Ok(made
                    .first()
                    .map_or_else(|| base.clone(), |copy| of_day(&copy.session, &base)))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(next) => Ok(visit.go(&next, Some("copied"))),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, &slug, &session, admissions, Again::of(&form, &fault)).await
        }
    }
}

/// A break or a blocker of one's own that has a place.
fn may_be_copied(own: &Own) -> Option<&Session> {
    let session = &own.session;
    let is_pause = matches!(session.kind, SessionKind::Break | SessionKind::Blocker);
    (own.moves && is_pause && session.starts_local.is_some()).then_some(session)
}

/// A session as people speak of it: its title, where and when.
fn named(visit: &Visit, rooms: &[programme::model::Room], session: &Session) -> String {
    let voice = &visit.voice;
    let room = rooms.iter().find(|room| Some(room.id) == session.room);
    let room = room.map_or_else(|| voice.t("board-no-room"), |room| voice.said(&room.name).text);
    let title = voice.said(&session.title).text;
    match session.starts_local {
        Some(at) => format!("{title}, {room}, {}, {}", voice.day(at.date()), voice.clock(at)),
        None => format!("{title}, {room}"),
    }
}

/// The board of the day a session is on.
fn of_day(session: &Session, base: &str) -> String {
    let asked = Asked {
        day: session.starts_local.map(|at| at.date().to_string()),
        ..Asked::default()
    };
    asked.address(base)
}
