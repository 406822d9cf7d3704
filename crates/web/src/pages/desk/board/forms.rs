//! The board's plain forms: a session into a free stretch, ticked sessions put later, two that change places.

use access_rules::SessionId;
use actix_kit::{Form, Query};
use actix_web::web::Data;
use kernel::Fault;
use programme::{
    admission::Admissions,
    board, editions,
    model::Session,
    rescheduling::{self, Reschedule},
    scheduling::{self, Placement, Swap},
};
use serde::{Deserialize, Serialize};

use super::{Asked, At, drawn};
use crate::{
    components::{Link, Notice, Weight},
    forms::{Choice, FormView},
    pages::desk::{Again, DeskPage, Sheet, gate, id_of},
    visit::{Page, Visit},
};

/// What the form of a free stretch is asked with, and asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Wanted {
    session: String,
    room: String,
    starts: String,
    length_minutes: Option<i64>,
    snap: Option<String>,
    zoom: Option<String>,
    rooms: Option<String>,
}

impl Wanted {
    /// The board it goes back to: the day it is about.
    fn board(&self, base: &str) -> String {
        let day = self.starts.split('T').next().unwrap_or_default();
        let asked = Asked {
            day: Some(day.to_owned()).filter(|day| !day.is_empty()),
            snap: self.snap.clone(),
            zoom: self.zoom.clone(),
            rooms: self.rooms.clone(),
            q: None,
        };
        asked.address(base)
    }
}

pub(super) async fn place_form(
    visit: Visit,
    path: At,
    query: Query<Wanted>,
    admissions: Data<Admissions>,
) -> Page {
    let (_, slug) = path.into_inner();
    show_place(visit, &slug, query.0, admissions, None).await
}

async fn show_place(
    visit: Visit,
    slug: &str,
    wanted: Wanted,
    admissions: Data<Admissions>,
    again: Option<Again<'_>>,
) -> Page {
    let (frame, board) = visit
        .read_in("desk.board.place", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            board::of(conn, actor, now, admissions.get_ref(), edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/board"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("board-place"));
    page.lead(voice.t("board-place-lead"));
    page.links(vec![Link::new(wanted.board(&base), voice.t("board-back"))]);
    let mut movable: Vec<&Session> = board
        .own
        .iter()
        .filter(|own| own.moves)
        .map(|own| &own.session)
        .collect();
    movable.sort_by_key(|session| (session.starts_local.is_some(), session.title_key.as_str()));
    let sessions: Vec<Choice> = movable
        .into_iter()
        .map(|session| {
            let title = voice.said(&session.title).text;
            let words = match session.starts_local {
                None => format!("{title} ({})", session.code),
                Some(at) => format!(
                    "{title} ({}), {}, {}",
                    session.code,
                    voice.day(at.date()),
                    voice.clock(at)
                ),
            };
            Choice::new(session.id.to_string(), words)
        })
        .collect();
    let rooms: Vec<Choice> = board
        .rooms
        .iter()
        .map(|room| Choice::new(room.id.to_string(), room.name.text(voice.language)))
        .collect();
    let form = Again::view(again, &visit, || FormView::filled(voice, &wanted)).named("desk-place");
    let sheet = Sheet::new(format!("{base}/place"), page.chrome.sends())
        .and(form.summary())
        .and(form.hidden("snap"))
        .and(form.hidden("zoom"))
        .and(form.hidden("rooms"))
        .with(form.select("session", "desk-place-session", &sessions).required())
        .with(form.select("room", "desk-place-room", &rooms).optional())
        .with(form.day_time("starts", "desk-place-starts").required())
        .with(
            form.number("length_minutes", "desk-place-length-minutes")
                .hint("board-place-length-hint"),
        )
        .does(voice.t("desk-place-do"));
    page.put(&sheet);
    page.answer(&visit, again)
}

pub(super) async fn place(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    let wanted = match form.input::<Wanted>() {
        Ok(wanted) => wanted,
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            return show_place(
                visit,
                &slug,
                Wanted::default(),
                admissions,
                Again::of(&form, &fault),
            )
            .await;
        }
    };
    let (next, tracks, asked) = (
        wanted.board(&visit.at(&format!("desk/{slug}/board"))),
        admissions.clone(),
        wanted.clone(),
    );
    let of = slug.clone();
    let run = visit.submit("desk.board.place", &form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &of)?;
        programme::draft::desk_of(conn, actor, now, edition.id)?;
        if asked.session.is_empty() {
            return Err(Fault::field("session", "required"));
        }
        let input = Placement {
            room: asked.room.clone(),
            starts: asked.starts.clone(),
            length_minutes: asked.length_minutes,
            ..Placement::default()
        };
        let id = id_of::<SessionId>(&asked.session)?;
        scheduling::place(conn, actor, now, tracks.get_ref(), id, &input, None)?;
        Ok(next.clone())
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("placed"))),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show_place(visit, &slug, wanted, admissions, Again::of(&form, &fault)).await
        }
    }
}

pub(super) async fn reschedule(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    let done = match form.input::<Reschedule>() {
        Ok(input) => {
            let (of, tracks, back) = (slug.clone(), admissions.clone(), form.typed("_back").to_owned());
            let run = visit.submit("desk.board.reschedule", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                rescheduling::reschedule(conn, actor, now, tracks.get_ref(), edition.id, &input)?;
                Ok(back.clone())
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, &slug, &form, admissions, done, "rescheduled").await
}

pub(super) async fn swap(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    let ids: Vec<SessionId> = form.all("sessions[]").filter_map(|id| id.parse().ok()).collect();
    let (of, tracks, back) = (slug.clone(), admissions.clone(), form.typed("_back").to_owned());
    let reason = form.typed("reason").to_owned();
    let run = visit.submit("desk.board.swap", &form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &of)?;
        programme::draft::desk_of(conn, actor, now, edition.id)?;
        let [one, other] = ids[..] else {
            return Err(Fault::field("sessions", "choose_two"));
        };
        let input = Swap {
            one: Some(one),
            other: Some(other),
            reason: reason.clone(),
        };
        scheduling::swap(conn, actor, now, tracks.get_ref(), &input)?;
        Ok(back.clone())
    });
    let done = run.await;
    after(visit, &slug, &form, admissions, done, "swapped").await
}

/// Back to the board: with what was done, or with what stands in the way.
async fn after(
    visit: Visit,
    slug: &str,
    form: &Form,
    admissions: Data<Admissions>,
    done: Result<String, Fault>,
    word: &str,
) -> Page {
    let fault = match done {
        Ok(next) => return Ok(visit.go(&next, Some(word))),
        Err(fault) => visit.correctable(fault)?,
    };
    let query = form.typed("_back").split_once('?').map_or("", |(_, query)| query);
    let asked = actix_kit::query::parse::<Asked>(query).unwrap_or_default();
    let said = match fault.fields.first() {
        Some(field) => {
            actix_kit::problem::sentence(visit.site().words(), visit.language(), field.code, &field.facts)
        }
        None => visit.says(&fault),
    };
    let page = drawn(
        &visit,
        slug,
        asked,
        admissions,
        Some(Notice::new(Weight::Stop, said)),
    )
    .await?;
    visit.show_again(&fault, &page)
}
