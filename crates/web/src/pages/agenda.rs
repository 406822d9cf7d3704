//! My agenda, day by day: seats reserved and waited for, sessions one walks into, and what does not fit. A part of
//! [my congress](super::my_congress) shows the same days.

use access_rules::{Act, SessionId};
use actix_kit::paper;
use actix_web::web::{Data, Path};
use askama::Template;
use documents::Pdf;
use kernel::{Coded as _, LocalDate, Moment};
use programme::{released::Programme, releases};
use registration::{
    agenda,
    day_plan::{self, Misfit},
    model::SeatState,
    printing::{self, Printer},
};

use super::programme::{Mine, slot};
use crate::{
    components::{Chrome, Empty, Link, Row, State},
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/agenda", Act::MindOwn, show),
        get("/{lang}/{edition}/agenda.pdf", Act::MindOwn, printed),
    ]
}

/// A session of the agenda, with the reader's place where they wait in line.
pub(super) type Held = (agenda::Line, Option<i64>);

/// A line of the agenda, as it is drawn.
pub(super) struct AgendaLine {
    pub(super) id: String,
    pub(super) row: Row,
    pub(super) clashes: Vec<String>,
    pub(super) state: Option<State>,
    pub(super) acts: Vec<(String, &'static str, String)>,
}

/// A day of the agenda.
pub(super) struct AgendaDay {
    pub(super) title: String,
    pub(super) lines: Vec<AgendaLine>,
}

#[derive(Template)]
#[template(path = "pages/agenda.html")]
struct AgendaPage {
    chrome: Chrome,
    days: Vec<AgendaDay>,
    back: String,
    misfits: String,
    empty: Empty,
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (held, programme)) = visit
        .read_in("agenda", &slug, |conn, actor, now, edition| {
            let held = printing::with_places(conn, actor, now, edition)?;
            let programme = releases::live(conn, edition.id)?.map(|live| live.for_actor(actor).indexed());
            Ok((held, programme))
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, voice.t("my-agenda"));
    let back = chrome.to("agenda");
    let days = days(&chrome, programme.as_ref(), &held, visit.caller.now());
    let misfits = days
        .iter()
        .flat_map(|day| &day.lines)
        .filter(|line| !line.clashes.is_empty())
        .count();
    visit.show(&AgendaPage {
        misfits: if misfits == 0 {
            String::new()
        } else {
            voice.t1("agenda-misfits", "count", misfits)
        },
        days,
        back,
        empty: Empty::new(voice.t("my-agenda-empty"), voice.t("my-agenda-empty-hint"))
            .with_act(Link::new(chrome.to("programme"), voice.t("my-to-programme"))),
        chrome,
    })
}

/// The same on paper.
async fn printed(visit: Visit, printer: Data<Printer>, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (_, own) = visit.read_in("agenda.pdf", &slug, printing::own_agenda).await?;
    let language = visit.language();
    let name = format!("agenda-{slug}-{}.pdf", language.code());
    let pdf = paper::set(move || printer.print_agenda(&own, language)).await;
    let pdf = pdf.map_err(|fault| visit.refused(fault))?;
    Ok(paper::own(&name, Pdf::MEDIA_TYPE, pdf.bytes))
}

/// The days of an agenda.
pub(super) fn days(
    chrome: &Chrome,
    programme: Option<&Programme>,
    held: &[Held],
    now: Moment,
) -> Vec<AgendaDay> {
    let voice = &chrome.voice;
    let Some(programme) = programme else {
        return Vec::new();
    };
    let ids: Vec<SessionId> = held.iter().map(|(line, _)| line.session).collect();
    let mine = Mine {
        held: ids.iter().copied().collect(),
        ..Mine::default()
    };
    let mut days: Vec<(LocalDate, AgendaDay)> = Vec::new();
    let mut sessions: Vec<_> = held
        .iter()
        .filter_map(|(line, place)| Some((line, *place, programme.session(line.session)?)))
        .collect();
    sessions.sort_by_key(|(_, _, session)| (session.starts_at, session.id));
    for (line, place, session) in sessions {
        let seat = line.seat.as_ref().map(|seat| seat.state);
        let mut slot = slot(chrome, programme, session, &mine, now);
        slot.act = None;
        slot.corner = None;
        let drawn = AgendaLine {
            id: line.session.to_string(),
            row: slot.row(),
            clashes: day_plan::misfits(programme, &ids, session)
                .into_iter()
                .map(|(other, misfit)| sentence(voice, programme, other, misfit))
                .collect(),
            state: state(voice, seat, place),
            acts: acts(chrome, line.session, seat),
        };
        let day = session.starts_local.date();
        match days.iter_mut().find(|(known, _)| *known == day) {
            Some((_, known)) => known.lines.push(drawn),
            None => {
                let title = voice.capital(&voice.day(day));
                let lines = vec![drawn];
                days.push((day, AgendaDay { title, lines }));
            }
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

/// What does not fit with another session, and how.
pub(crate) fn sentence(voice: &Voice, programme: &Programme, other: SessionId, misfit: Misfit) -> String {
    let title = programme.session(other).map_or_else(
        || voice.t("my-session"),
        |session| super::programme::session_title(voice, session).text,
    );
    match misfit {
        Misfit::Overlap => voice.t1("my-clash", "title", title),
        Misfit::Walk { minutes, needed } => voice.tn(
            "agenda-walk",
            &[
                ("title", title.into()),
                ("minutes", minutes.into()),
                ("needed", needed.into()),
            ],
        ),
    }
}

fn state(voice: &Voice, seat: Option<SeatState>, place: Option<i64>) -> Option<State> {
    let seat = seat?;
    Some(State::of(seat.code(), seat_words(voice, seat, place)))
}

/// The state of a seat; of one that is waited for, the place in line.
pub(crate) fn seat_words(voice: &Voice, seat: SeatState, place: Option<i64>) -> String {
    match (seat, place) {
        (SeatState::Waiting, Some(place)) => voice.t1("my-place-in-line", "place", place),
        _ => voice.code("seat-state", seat.code()),
    }
}

fn acts(chrome: &Chrome, session: SessionId, seat: Option<SeatState>) -> Vec<(String, &'static str, String)> {
    let act = |part: &str, class: &'static str, key: &str| {
        (
            chrome.to(&format!("sessions/{session}/{part}")),
            class,
            chrome.t(key),
        )
    };
    match seat {
        Some(SeatState::Offered) => vec![
            act("seat/acceptance", "btn", "seat-take"),
            act("seat/decline", "btn low", "my-seat-decline"),
        ],
        Some(SeatState::Waiting) => vec![act("seat/release", "btn low", "seat-leave-line")],
        Some(_) => vec![act("seat/release", "btn low", "seat-give-back")],
        None => vec![act("agenda", "btn low", "session-remove-from-agenda")],
    }
}
