//! The statutory track: which bodies there are, the meetings the reader may know of, and each with its three doors, its
//! agenda and its papers. Behind a closed door a page answers as if there were none.

use std::io::Read as _;

use access_rules::Act;
use actix_web::{
    HttpResponse,
    http::header,
    web::{self, Bytes, Data, Path},
};
use askama::Template;
use futures_util::stream;
use kernel::{Coded as _, Fault};
use statutory::{
    bodies,
    documents::{self, DocumentView},
    doors::Answer as Allowed,
    meetings::{self, MeetingCard, MeetingView},
    model::{DocumentId, MeetingId},
    visits,
};

use crate::{
    components::{Answer, Chrome, Empty, Foreign, Link, May, MayLine, Notice, State, Weight},
    table::{Line, get},
    visit::{Frame, Page, Visit},
    voice::Voice,
};

/// How much of a file is read at a time, in bytes.
const PIECE: usize = 64 * 1024;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/statutory", Act::Read, list),
        get("/{lang}/{edition}/statutory/meetings/{id}", Act::Read, meeting),
        get("/{lang}/{edition}/statutory/documents/{id}", Act::Read, document),
    ]
}

/// A meeting in the list.
struct Met {
    href: String,
    title: Foreign,
    body: Foreign,
    when: String,
    state: State,
    new: Option<String>,
    sits: bool,
}

#[derive(Template)]
#[template(path = "pages/statutory.html")]
struct StatutoryPage {
    chrome: Chrome,
    words: String,
    notice: Option<Notice>,
    arrears: Option<Notice>,
    meetings: Vec<Met>,
    bodies: Vec<(Foreign, String)>,
    empty: Empty,
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (cards, known)) = visit
        .read_in("statutory", &slug, |conn, actor, now, edition| {
            Ok((meetings::list(conn, actor, now, edition.id)?, bodies::list(conn)?))
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, voice.t("track-statutory"));
    let outside = cards.is_empty().then(|| {
        let notice = Notice::new(Weight::Wait, voice.t("statutory-members-only"));
        if frame.actor.signed_in() {
            notice.with_text(voice.t("statutory-whom-to-ask"))
        } else {
            let next = format!("{}?next={}", chrome.at("sign-in"), chrome.to("statutory"));
            notice
                .with_text(voice.t("statutory-sign-in"))
                .with_act(Link::new(next, voice.t("sign-in")))
        }
    });
    let met = cards.iter().map(|card| Met {
        href: chrome.to(&format!("statutory/meetings/{}", card.id)),
        title: voice.said(&card.when.title),
        body: voice.said(&card.body.name),
        when: when(voice, card),
        state: State::of(
            card.when.state.code(),
            voice.code("session-state", card.when.state.code()),
        ),
        new: (card.new_documents > 0).then(|| voice.t1("statutory-new-papers", "count", card.new_documents)),
        sits: card.you.sits,
    });
    visit.show(&StatutoryPage {
        words: voice.t("track-statutory-words"),
        notice: outside,
        arrears: arrears(voice, cards.iter().any(|card| card.you.in_arrears)),
        meetings: met.collect(),
        bodies: known
            .iter()
            .map(|body| (voice.said(&body.name), voice.code("body-kind", body.kind.code())))
            .collect(),
        empty: Empty::new(voice.t("statutory-none"), voice.t("statutory-none-hint")),
        chrome,
    })
}

/// When a meeting is, in words.
pub fn when(voice: &Voice, card: &MeetingCard) -> String {
    match (card.when.starts_local, card.when.ends_local) {
        (Some(from), Some(until)) => {
            let day = voice.capital(&voice.day_long(from.date()));
            format!("{day}, {}", voice.clocks(from, until))
        }
        _ => voice.t("statutory-no-time"),
    }
}

fn arrears(voice: &Voice, is: bool) -> Option<Notice> {
    is.then(|| {
        Notice::new(Weight::Wait, voice.t("statutory-arrears")).with_text(voice.t("statutory-arrears-hint"))
    })
}

// One meeting.

/// An item of the agenda with its papers.
struct Item {
    number: i64,
    title: Foreign,
    kind: String,
    papers: Vec<Paper>,
}

/// A paper, in one language.
struct Paper {
    href: String,
    title: Foreign,
    language: String,
    size: String,
    is_new: bool,
}

#[derive(Template)]
#[template(path = "pages/statutory_meeting.html")]
struct MeetingPage {
    chrome: Chrome,
    title: Foreign,
    body: Foreign,
    when: String,
    session: String,
    state: State,
    arrears: Option<Notice>,
    doors: Vec<(String, String)>,
    may: May,
    notice_due: Option<String>,
    reads: bool,
    items: Option<Vec<Item>>,
    papers: Vec<Paper>,
    since: Option<String>,
}

async fn meeting(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    let id: MeetingId = id.parse().map_err(|_| visit.refused(Fault::not_found()))?;
    let (frame, found) = visit
        .read_in("meeting", &slug, move |conn, actor, now, edition| {
            let view = meetings::get(conn, actor, now, id)?;
            let of = meetings::of_session(conn, view.card.session)?;
            match of.is_some_and(|meeting| meeting.edition == edition.id) {
                true => Ok(view),
                false => Err(Fault::not_found()),
            }
        })
        .await?;
    let page = page(&visit, &frame, &found);
    if frame.actor.person.is_some() && found.card.you.read.allowed {
        // What is new is new until it was looked at: written once the page is made.
        let looked = visit.caller.try_write("meeting.look", move |conn, actor, now| {
            visits::look(conn, actor, now, id)
        });
        if let Err(fault) = looked.await {
            tracing::warn!(%fault, "a look at a meeting could not be remembered");
        }
    }
    visit.show(&page)
}

fn page(visit: &Visit, frame: &Frame, found: &MeetingView) -> MeetingPage {
    let voice = &visit.voice;
    let card = &found.card;
    let title = voice.said(&card.when.title);
    let chrome = visit.chrome(frame, title.text.clone());
    let zone = frame.edition.as_ref().map(|edition| edition.zone);
    let documents = found.documents.as_deref().unwrap_or_default();
    let of_item = |item| {
        let own = documents
            .iter()
            .filter(move |document: &&DocumentView| document.item == item);
        own.map(|document| paper(&chrome, document)).collect::<Vec<_>>()
    };
    let items = found.agenda.as_ref().map(|agenda| {
        let items = agenda.iter().map(|item| Item {
            number: item.number,
            title: voice.said(&item.title),
            kind: voice.code("item-kind", item.kind.code()),
            papers: of_item(Some(item.id)),
        });
        items.collect()
    });
    let door = |door: &str, code: &str| {
        (
            voice.t(format!("door-{door}")),
            voice.t(format!("door-{door}-{code}")),
        )
    };
    let lines = [
        ("attend", card.you.attend),
        ("read", card.you.read),
        ("vote", card.you.vote),
    ];
    MeetingPage {
        body: voice.said(&card.body.name),
        when: when(voice, card),
        session: chrome.to(&format!("sessions/{}", card.session)),
        state: State::of(
            card.when.state.code(),
            voice.code("session-state", card.when.state.code()),
        ),
        arrears: arrears(voice, card.you.in_arrears),
        doors: vec![
            door("line", found.doors.line.code()),
            door("room", found.doors.room.code()),
            door("papers", found.doors.papers.code()),
        ],
        may: May::new(
            voice,
            lines
                .into_iter()
                .map(|(verb, answer)| line(&chrome, verb, answer))
                .collect(),
        ),
        notice_due: found.notice.as_ref().map(|notice| {
            let key = match notice.in_time {
                Some(true) => "statutory-notice-kept",
                Some(false) => "statutory-notice-late",
                None => "statutory-notice-due",
            };
            voice.t1(key, "day", voice.day_plain(notice.due_on))
        }),
        reads: card.you.read.allowed,
        papers: of_item(None),
        items,
        since: found
            .last_seen_at
            .zip(zone)
            .map(|(at, zone)| voice.t1("statutory-since", "when", voice.moment(zone.local(at)))),
        title,
        chrome,
    }
}

fn line(chrome: &Chrome, verb: &str, allowed: Allowed) -> MayLine {
    let sentence = match allowed.code {
        None => chrome.t(format!("statutory-may-{verb}")),
        Some("roster_only") => chrome.t("statutory-roster-only"),
        Some("sign_in_needed") => chrome.t("statutory-sign-in"),
        Some(code) => chrome.t(format!("fault-{code}")),
    };
    let remedy = match allowed.remedy {
        Some("sign_in") => Some(Link::new(chrome.at("sign-in"), chrome.t("sign-in"))),
        Some("register") => Some(Link::new(chrome.to("register"), chrome.t("remedy-register"))),
        _ => None,
    };
    MayLine {
        verb: if verb == "read" {
            chrome.t("statutory-verb-read")
        } else {
            chrome.t(format!("may-{verb}"))
        },
        answer: if allowed.allowed { Answer::Yes } else { Answer::No },
        sentence,
        remedy,
    }
}

fn paper(chrome: &Chrome, document: &DocumentView) -> Paper {
    let kib = (document.size + 1023) / 1024;
    let size = match kib {
        0..1024 => format!("{} KiB", chrome.count(kib)),
        _ => format!("{} MiB", chrome.count(kib.div_euclid(1024))),
    };
    Paper {
        href: chrome.to(&format!("statutory/documents/{}", document.id)),
        title: chrome.said(&document.title),
        language: document.language.to_uppercase(),
        size,
        is_new: document.is_new,
    }
}

// A paper.

async fn document(visit: Visit, store: Data<files::Store>, path: Path<(String, String, String)>) -> Page {
    let (_, _, id) = path.into_inner();
    let id: DocumentId = id.parse().map_err(|_| visit.refused(Fault::not_found()))?;
    let taken = visit
        .caller
        .try_write("document.download", move |conn, actor, now| {
            documents::download(conn, actor, now, id)
        });
    let content = taken.await.map_err(|fault| visit.refused(fault))?;
    let hash = content.hash.clone();
    let opened = web::block(move || store.open_read(&hash)).await;
    let file = opened
        .map_err(Fault::internal)
        .and_then(|opened| opened)
        .map_err(|fault| visit.refused(fault))?;
    // Piece by piece, off the serving thread: a large paper is never held whole.
    let pieces = stream::try_unfold(file, |mut file| async move {
        let read = web::block(move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, std::io::Error>((piece, file))
        });
        let (piece, file) = read.await.map_err(std::io::Error::other)??;
        Ok::<_, std::io::Error>((!piece.is_empty()).then(|| (Bytes::from(piece), file)))
    });
    let name = files::rules::disposition(files::rules::Disposition::Attachment, &content.name);
    let size = u64::try_from(content.size).map_err(|error| visit.refused(Fault::internal(error)))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content.media_type.code()))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .no_chunking(size)
        .streaming(Box::pin(pieces)))
}
