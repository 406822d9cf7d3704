//! Statutory meetings: planned for a body, with three doors, a numbered agenda and its papers in each language.

use std::time::Duration;

use access_rules::{Act, Actor, BodyId};
use actix_kit::{Form, csrf};
use actix_multipart::Multipart;
use actix_web::{
    rt,
    web::{self, Data, Path},
};
use db::Conn;
use files::{Received, Store};
use futures_util::TryStreamExt as _;
use kernel::{Coded as _, Fault, Kind, Localized, Moment};
use programme::{admission::Admissions, editions, session_form::SessionInput};
use serde::Deserialize;
use statutory::{
    agenda::{self, ItemInput},
    bodies,
    documents::{self, DocumentInput, DocumentView},
    meetings::{self, DoorsInput, MeetingView, PlanInput},
    model::{AgendaItem, Audience, ItemId, ItemKind, LineDoor, MeetingId, PapersDoor, RoomDoor},
};

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, button, gate, id_of, plain, said, state, together,
};
use crate::{
    components::{Empty, Facts, Link, Markup},
    forms::{Choice, FormView},
    pages::statutory::when,
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageMeeting;
    vec![
        get("/{lang}/desk/{edition}/meetings", act, list),
        post("/{lang}/desk/{edition}/meetings", act, plan),
        get("/{lang}/desk/{edition}/meetings/{id}", act, meeting),
        post("/{lang}/desk/{edition}/meetings/{id}/doors", act, hang),
        post("/{lang}/desk/{edition}/meetings/{id}/agenda", act, add_item),
        post(
            "/{lang}/desk/{edition}/meetings/{id}/agenda/send",
            act,
            send_agenda,
        ),
        post(
            "/{lang}/desk/{edition}/meetings/{id}/agenda/{item}/remove",
            act,
            remove_item,
        ),
        post("/{lang}/desk/{edition}/meetings/{id}/papers", act, add_paper),
    ]
}

type At = Path<(String, String, String)>;

/// Most bytes of a field beside the file.
const FIELD_BYTES_MAX: usize = 4096;
/// Most fields beside the file.
const FIELDS_MAX: usize = 50;
/// How long a sender may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// Files a paper may be.
const PAPERS: &str = ".pdf,.docx,.odt,.xlsx,.pptx,.txt";

/// What the form of a new meeting asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Planned {
    body: Option<BodyId>,
    title: Localized,
    length_minutes: Option<i64>,
}

/// A form of the meeting's page that came back, and which.
#[derive(Clone, Copy)]
struct Back<'a> {
    part: &'static str,
    again: Again<'a>,
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show_list(visit, &slug, None).await
}

async fn show_list(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, (cards, known)) = visit
        .read_in("desk.meetings", slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            Ok((meetings::list(conn, actor, now, edition.id)?, bodies::list(conn)?))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-meetings"));
    let managed: Vec<_> = cards.iter().filter(|card| card.you.manages).collect();
    if managed.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-meetings-none"),
            voice.t("desk-meetings-none-hint"),
        ));
    } else {
        let keys = [
            "desk-meeting-title",
            "desk-meeting-body",
            "desk-meeting-when",
            "desk-meeting-state",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for card in managed {
            let href = visit.at(&format!("desk/{slug}/meetings/{}", card.id));
            table.row([
                anchor(href, voice.said(&card.when.title).text),
                said(voice, &card.body.name),
                plain(when(voice, card)),
                state(voice, "session-state", card.when.state.code()),
            ]);
        }
        page.put(&table);
    }
    page.heading(voice.t("desk-meeting-plan"));
    let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-meeting");
    let choices: Vec<Choice> = known
        .iter()
        .map(|body| Choice::new(body.id.to_string(), voice.said(&body.name).text))
        .collect();
    let sheet = Sheet::new(visit.at(&format!("desk/{slug}/meetings")), page.chrome.sends())
        .and(form.summary())
        .with(form.select("body", "desk-meeting-body", &choices).required())
        .with(
            form.tongues("title", "desk-meeting-title")
                .hint("desk-meeting-title-hint")
                .optional(),
        )
        .with(form.number("length_minutes", "desk-meeting-length-minutes"))
        .does(voice.t("desk-meeting-plan"));
    page.put(&sheet);
    page.answer(&visit, again)
}

async fn plan(visit: Visit, admissions: Data<Admissions>, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, slug) = path.into_inner();
    let done = match form.input::<Planned>() {
        Ok(input) => {
            let of = slug.clone();
            let asked = PlanInput {
                body: input.body,
                doors: DoorsInput::default(),
                session: SessionInput {
                    title: input.title,
                    length_minutes: input.length_minutes,
                    ..SessionInput::default()
                },
            };
            let run = visit.submit("desk.meeting.plan", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                let made = meetings::plan(conn, actor, now, &admissions, edition.id, &asked)?;
                Ok(format!("/{lang}/desk/{of}/meetings/{}", made.id))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_list(visit, &slug, again).await
    })
    .await
}

async fn meeting(visit: Visit, path: At) -> Page {
    show(visit, &path, None).await
}

/// The meeting at an address; the one 404 when it is another edition's or somebody else's to look after.
fn managed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: access_rules::EditionId,
    id: &str,
) -> Result<MeetingView, Fault> {
    let view = meetings::get(conn, actor, now, id_of(id)?)?;
    let of = meetings::of_session(conn, view.card.session)?;
    match of.is_some_and(|meeting| meeting.edition == edition) && view.card.you.manages {
        true => Ok(view),
        false => Err(Fault::not_found()),
    }
}

async fn show(visit: Visit, path: &(String, String, String), back: Option<Back<'_>>) -> Page {
    let (_, slug, id) = path;
    let asked = id.clone();
    let (frame, found) = visit
        .read_in("desk.meeting", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            managed(conn, actor, now, edition.id, &asked)
        })
        .await?;
    let voice = &visit.voice;
    let card = &found.card;
    let mut page = DeskPage::new(&visit, &frame, voice.said(&card.when.title).text);
    page.lead(format!(
        "{} · {}",
        voice.said(&card.body.name).text,
        when(voice, card)
    ));
    page.links(vec![
        Link::new(
            visit.at(&format!("desk/{slug}/sessions/{}", card.session)),
            voice.t("desk-meeting-place"),
        ),
        Link::new(
            visit.at(&format!("{slug}/statutory/meetings/{id}")),
            voice.t("desk-meeting-see"),
        ),
    ]);
    let at = visit.at(&format!("desk/{slug}/meetings/{id}"));
    let view_of = |part: &str, fresh: &dyn Fn() -> FormView| {
        let again = back.filter(|back| back.part == part).map(|back| back.again);
        Again::view(again, &visit, fresh)
    };
    let doors = view_of("doors", &|| FormView::filled(voice, &found.doors)).named("desk-meeting");
    put_doors(&visit, &mut page, &at, &found, &doors);
    put_agenda(&visit, &frame, &mut page, &at, &found);
    let item = view_of("item", &|| FormView::blank(voice)).named("desk-item");
    put_item_form(&visit, &mut page, &at, &item);
    let paper = view_of("paper", &|| FormView::blank(voice)).named("desk-paper");
    put_paper_form(&visit, &frame, &mut page, &at, &found, &paper);
    page.answer(&visit, back.map(|back| back.again))
}

fn put_doors(visit: &Visit, page: &mut DeskPage, at: &str, found: &MeetingView, form: &FormView) {
    let voice = &visit.voice;
    let choices = |door: &str, codes: &[&str]| -> Vec<Choice> {
        let word = |code: &&str| Choice::new(*code, voice.t(format!("door-{door}-{code}")));
        codes.iter().map(word).collect()
    };
    let line = LineDoor::ALL.iter().map(|door| door.code()).collect::<Vec<_>>();
    let room = RoomDoor::ALL.iter().map(|door| door.code()).collect::<Vec<_>>();
    let papers = PapersDoor::ALL.iter().map(|door| door.code()).collect::<Vec<_>>();
    page.heading(voice.t("desk-meeting-doors"));
    let sheet = Sheet::new(format!("{at}/doors"), page.chrome.edits(&found.version))
        .and(form.summary())
        .with(form.radios("line", "door-line", &choices("line", &line)))
        .with(form.radios("room", "door-room", &choices("room", &room)))
        .with(form.radios("papers", "door-papers", &choices("papers", &papers)))
        .does(voice.t("save"));
    page.put(&sheet);
}

fn put_agenda(visit: &Visit, frame: &Frame, page: &mut DeskPage, at: &str, found: &MeetingView) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-meeting-agenda"));
    if let Some(notice) = &found.notice {
        page.put(&Facts::new(vec![(
            voice.t("desk-meeting-due"),
            voice.day_plain(notice.due_on),
        )]));
    }
    let items = found.agenda.as_deref().unwrap_or_default();
    let documents = found.documents.as_deref().unwrap_or_default();
    if items.is_empty() {
        page.say(voice.t("desk-meeting-agenda-none"));
    } else {
        let keys = ["desk-item-title", "desk-item-kind", "desk-item-papers", "remove"];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for item in items {
            let own: Vec<&DocumentView> = documents
                .iter()
                .filter(|paper| paper.item == Some(item.id))
                .collect();
            let gone = if own.is_empty() {
                button(&page.chrome, format!("{at}/agenda/{}/remove", item.id), "remove")
            } else {
                plain("")
            };
            table.row([
                plain(format!("{} {}", item.number, voice.said(&item.title).text)),
                plain(voice.code("item-kind", item.kind.code())),
                papers(visit, page, &own),
                gone,
            ]);
        }
        page.put(&table);
    }
    let loose: Vec<&DocumentView> = documents.iter().filter(|paper| paper.item.is_none()).collect();
    if !loose.is_empty() {
        let mut table = Table::new([voice.t("desk-meeting-papers")]);
        table.row([papers(visit, page, &loose)]);
        page.put(&table);
    }
    let zone = frame.edition.as_ref().map(|edition| edition.zone);
    match found.card.agenda_published_at.zip(zone) {
        Some((sent, zone)) => {
            page.say(voice.t1("desk-meeting-agenda-sent", "when", voice.moment(zone.local(sent))));
        }
        None if !items.is_empty() => {
            let sheet = Sheet::new(format!("{at}/agenda/send"), page.chrome.edits(&found.version))
                .in_a_row()
                .does(voice.t("desk-meeting-agenda-send"));
            page.put(&sheet);
        }
        None => {}
    }
}

/// Links to papers, each by its language.
fn papers(visit: &Visit, page: &DeskPage, own: &[&DocumentView]) -> Markup {
    together(own.iter().map(|paper| {
        let label = format!(
            "{} ({})",
            visit.voice.said(&paper.title).text,
            paper.language.to_uppercase()
        );
        anchor(
            page.chrome.to(&format!("statutory/documents/{}", paper.id)),
            label,
        )
    }))
}

fn put_item_form(visit: &Visit, page: &mut DeskPage, at: &str, form: &FormView) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-item-new"));
    let sheet = Sheet::new(format!("{at}/agenda"), page.chrome.sends())
        .and(form.summary())
        .with(
            form.tongues("title", "desk-item-title")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.radios(
                "kind",
                "desk-item-kind",
                &Choice::codes::<ItemKind>(voice, "item-kind"),
            )
            .required(),
        )
        .does(voice.t("desk-item-new"));
    page.put(&sheet);
}

fn put_paper_form(
    visit: &Visit,
    frame: &Frame,
    page: &mut DeskPage,
    at: &str,
    found: &MeetingView,
    form: &FormView,
) {
    let voice = &visit.voice;
    let items: Vec<Choice> = found
        .agenda
        .as_deref()
        .unwrap_or_default()
        .iter()
        .map(|item: &AgendaItem| {
            let said = voice.said(&item.title).text;
            Choice::new(item.id.to_string(), format!("{} {said}", item.number))
        })
        .collect();
    let languages: Vec<Choice> = frame
        .edition
        .iter()
        .flat_map(|edition| &edition.languages.0)
        .map(|tag| Choice::new(tag.clone(), voice.code("language", tag)))
        .collect();
    page.heading(voice.t("desk-paper-new"));
    let sheet = Sheet::new(format!("{at}/papers"), page.chrome.sends())
        .with_file()
        .and(form.summary())
        .with(form.select("item", "desk-paper-item", &items).optional())
        .with(
            form.tongues("title", "desk-paper-title")
                .hint("desk-paper-title-hint")
                .optional(),
        )
        .with(
            form.select("language", "desk-paper-language", &languages)
                .required(),
        )
        .with(
            form.select(
                "audience",
                "desk-paper-audience",
                &Choice::codes::<Audience>(voice, "audience"),
            )
            .optional(),
        )
        .with(
            form.file("file", "desk-paper-file")
                .hint("desk-paper-file-hint")
                .takes(PAPERS)
                .required(),
        )
        .does(voice.t("desk-paper-new"));
    page.put(&sheet);
}

/// Does what a form of the meeting's page asks, and answers its address.
async fn write(
    visit: &Visit,
    name: &'static str,
    path: &(String, String, String),
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, MeetingId) -> Result<(), Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug, id) = path.clone();
    let done = visit.submit(name, form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        let meeting = managed(conn, actor, now, edition.id, &id)?.card.id;
        run(conn, actor, now, meeting)?;
        Ok(format!("/{lang}/desk/{slug}/meetings/{id}"))
    });
    done.await
}

/// The page a form leads to, or the page it stands on with what is wrong.
async fn answer(
    visit: Visit,
    path: &(String, String, String),
    done: Result<String, Fault>,
    part: &'static str,
    form: &Form,
) -> Page {
    after(visit, done, "saved", form, async |visit, again| {
        show(visit, path, again.map(|again| Back { part, again })).await
    })
    .await
}

async fn hang(visit: Visit, path: At, form: Form) -> Page {
    let done = match form.input::<DoorsInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, id| {
                meetings::set_doors(conn, actor, now, id, &input, version).map(drop)
            };
            write(&visit, "desk.meeting.doors", &path, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    answer(visit, &path, done, "doors", &form).await
}

async fn add_item(visit: Visit, path: At, form: Form) -> Page {
    let done = match form.input::<ItemInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, id| {
                agenda::add(conn, actor, now, id, &input).map(drop)
            };
            write(&visit, "desk.meeting.item", &path, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    answer(visit, &path, done, "item", &form).await
}

async fn remove_item(visit: Visit, path: Path<(String, String, String, String)>, form: Form) -> Page {
    let (lang, slug, id, item) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now, meeting| {
        let item: ItemId = id_of(&item)?;
        match agenda::items(conn, meeting)?.iter().any(|own| own.id == item) {
            true => agenda::remove(conn, actor, now, item),
            false => Err(Fault::not_found()),
        }
    };
    let path = (lang, slug, id);
    let done = write(&visit, "desk.meeting.item.remove", &path, &form, run).await;
    answer(visit, &path, done, "agenda", &form).await
}

async fn send_agenda(visit: Visit, path: At, form: Form) -> Page {
    let version = form.version();
    let run = move |conn: &mut Conn, actor: &Actor, now, id| {
        agenda::publish(conn, actor, now, id, version).map(drop)
    };
    let done = write(&visit, "desk.meeting.agenda", &path, &form, run).await;
    answer(visit, &path, done, "agenda", &form).await
}

async fn add_paper(visit: Visit, store: Data<Store>, path: At, payload: Multipart) -> Page {
    let (slug, id) = (path.1.clone(), path.2.clone());
    // Nobody else gets a file onto the disk.
    visit
        .read_in("desk.paper.may", &slug, move |conn, actor, now, edition| {
            managed(conn, actor, now, edition.id, &id)
        })
        .await?;
    let (pairs, received) = take_in(&visit, store, payload).await;
    let form = Form::of(pairs);
    csrf::check_token(&visit.caller, form.typed("_csrf")).map_err(|fault| visit.refused(fault))?;
    let (form, done) = match received.and_then(|file| file.ok_or(Fault::field("file", "required"))) {
        Ok(file) => {
            let form = form.hashed(file.hash.as_str().as_bytes().to_vec());
            let done = match form.input::<DocumentInput>() {
                Ok(input) => {
                    let run = move |conn: &mut Conn, actor: &Actor, now, id| {
                        documents::add(conn, actor, now, id, &input, &file).map(drop)
                    };
                    write(&visit, "desk.meeting.paper", &path, &form, run).await
                }
                Err(fault) => Err(fault),
            };
            (form, done)
        }
        Err(fault) => (form, Err(fault)),
    };
    answer(visit, &path, done, "paper", &form).await
}

/// The fields of a form that carries a paper, and the paper, which goes to the disk piece by piece. No file is taken in
/// before the form's token was seen.
async fn take_in(
    visit: &Visit,
    store: Data<Store>,
    mut payload: Multipart,
) -> (Vec<(String, String)>, Result<Option<Received>, Fault>) {
    let mut pairs = Vec::new();
    let received = parts(visit, store, &mut payload, &mut pairs).await;
    (pairs, received)
}

async fn parts(
    visit: &Visit,
    store: Data<Store>,
    payload: &mut Multipart,
    pairs: &mut Vec<(String, String)>,
) -> Result<Option<Received>, Fault> {
    let broken = || Fault::new(Kind::Malformed, "malformed");
    let mut received = None;
    while let Some(mut field) = payload.try_next().await.map_err(|_| broken())? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let token = pairs.iter().find(|(own, _)| own == "_csrf");
            csrf::check_token(&visit.caller, token.map_or("", |(_, value)| value))?;
            let called = field
                .content_disposition()
                .and_then(|disposition| disposition.get_filename())
                .unwrap_or_default()
                .to_owned();
            let store = store.clone();
            let mut upload = aside(move || store.begin()).await?;
            while let Some(chunk) = rt::time::timeout(SILENCE, field.try_next())
                .await
                .map_err(|_| broken())?
                .map_err(|_| broken())?
            {
                upload = aside(move || {
                    upload.write(&chunk)?;
                    Ok(upload)
                })
                .await?;
            }
            if upload.size() > 0 {
                received = Some(aside(move || upload.finish(&called)).await?);
            }
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.try_next().await.map_err(|_| broken())? {
            if bytes.len() + chunk.len() > FIELD_BYTES_MAX || pairs.len() >= FIELDS_MAX {
                return Err(Fault::new(Kind::TooLarge, "too_large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        pairs.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(received)
}

/// Work on the disk, beside the serving threads.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let done = web::block(work).await;
    done.unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
}
