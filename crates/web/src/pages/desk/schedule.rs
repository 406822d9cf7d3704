//! When and where: placing, moving, swapping and cancelling sessions, and the conflicts of the draft with their waivers.

use std::collections::BTreeMap;

use access_rules::{Act, Object, SessionId, decide};
use actix_kit::{Arg, Form};
use actix_web::web::{Data, Path};
use kernel::{Coded as _, Fault, Localized};
use programme::{
    admission::Admissions,
    conflicts::Conflict,
    draft, editions,
    model::{Room, Session},
    releases,
    scheduling::{self, Placement, Swap},
    sessions,
    waivers::{self, WaiverInput},
};
use serde_json::Value;

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, gate, id_of, plain,
    sessions::{Lists, summary},
    state, together,
};
use crate::{
    components::{Chrome, Empty, Link, Markup},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/conflicts", Act::SeeDesk, conflicts),
        post(
            "/{lang}/desk/{edition}/conflicts/waive",
            Act::WaiveConflict,
            waive,
        ),
        post(
            "/{lang}/desk/{edition}/conflicts/unwaive",
            Act::WaiveConflict,
            unwaive,
        ),
        get("/{lang}/desk/{edition}/swap", Act::PlaceSession, swap_form),
        post("/{lang}/desk/{edition}/swap", Act::PlaceSession, swap),
        get("/{lang}/desk/{edition}/sessions/{id}", Act::SeeDesk, session),
        post(
            "/{lang}/desk/{edition}/sessions/{id}/place",
            Act::PlaceSession,
            place,
        ),
        post(
            "/{lang}/desk/{edition}/sessions/{id}/unplace",
            Act::PlaceSession,
            unplace,
        ),
        post(
            "/{lang}/desk/{edition}/sessions/{id}/cancel",
            Act::Release,
            cancel,
        ),
        post(
            "/{lang}/desk/{edition}/sessions/{id}/remove",
            Act::EditSession,
            remove,
        ),
    ]
}

type At = Path<(String, String, String)>;

/// What the sentences of conflicts name.
pub struct Names {
    rooms: BTreeMap<String, Localized>,
    titles: BTreeMap<SessionId, (String, Localized)>,
}

impl Names {
    /// Names of these rooms and sessions.
    pub fn of(rooms: &[Room], sessions: &[Session]) -> Self {
        Self {
            rooms: rooms
                .iter()
                .map(|room| (room.id.to_string(), room.name.clone()))
                .collect(),
            titles: sessions
                .iter()
                .map(|one| (one.id, (one.code.clone(), one.title.clone())))
                .collect(),
        }
    }

    /// A session's code and title.
    pub fn title(&self, visit: &Visit, id: SessionId) -> String {
        let known = self.titles.get(&id);
        known.map_or_else(
            || id.to_string(),
            |(code, title)| {
                format!("{code} {}", title.text(visit.language()))
                    .trim()
                    .to_owned()
            },
        )
    }
}

/// The conflicts as a table: how grave, in a sentence, which sessions, and the form that waives.
pub fn conflict_table(
    visit: &Visit,
    chrome: &Chrome,
    slug: &str,
    names: &Names,
    found: &[Conflict],
    back: &str,
) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-conflict-sentence",
        "desk-conflict-severity",
        "desk-conflict-sessions",
        "desk-conflict-act",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for conflict in found {
        let sessions = conflict.sessions.iter().map(|id| {
            anchor(
                visit.at(&format!("desk/{slug}/sessions/{id}")),
                names.title(visit, *id),
            )
        });
        let severity = if conflict.waived.is_some() {
            "waived"
        } else {
            conflict.severity.code()
        };
        table.row([
            plain(conflict_sentence(visit, names, conflict)),
            state(voice, "severity", severity),
            together(sessions),
            conflict_act(visit, chrome, slug, conflict, back),
        ]);
    }
    table
}

/// A conflict in a sentence.
pub fn conflict_sentence(visit: &Visit, names: &Names, conflict: &Conflict) -> String {
    let voice = &visit.voice;
    let args: Vec<(&str, Arg)> = conflict
        .facts
        .iter()
        .map(|(name, fact)| match (name.as_str(), fact) {
            ("room", Value::String(id)) => {
                let room = names
                    .rooms
                    .get(id)
                    .map_or(id.as_str(), |room| room.text(voice.language));
                ("room", Arg::from(room))
            }
            ("need", Value::String(code)) => ("need", Arg::from(voice.code("access", code).as_str())),
            (name, fact) => (name, Arg::from(fact)),
        })
        .collect();
    voice.tn(&conflict.sentence, &args)
}

/// The form that lets a conflict stand, or takes that back.
pub fn conflict_act(visit: &Visit, chrome: &Chrome, slug: &str, conflict: &Conflict, back: &str) -> Markup {
    let voice = &visit.voice;
    let form = FormView::blank(voice)
        .with("conflict", conflict.key.clone())
        .with("_back", back);
    let at = |act: &str| visit.at(&format!("desk/{slug}/conflicts/{act}"));
    match &conflict.waived {
        Some(reason) => {
            let sheet = Sheet::new(at("unwaive"), chrome.sends()).in_a_row();
            let sheet = sheet
                .and(form.hidden("conflict"))
                .and(form.hidden("_back"))
                .does(voice.t("desk-unwaive"));
            together([plain(reason.clone()), Markup::of(&sheet)])
        }
        None if conflict.blocks() => {
            let sheet = Sheet::new(at("waive"), chrome.sends()).in_a_row();
            let sheet = sheet.and(form.hidden("conflict")).and(form.hidden("_back"));
            Markup::of(
                &sheet
                    .with(form.text("reason", "desk-waive-reason").required())
                    .does(voice.t("desk-waive")),
            )
        }
        None => Markup::default(),
    }
}

async fn conflicts(visit: Visit, path: Path<(String, String)>, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    show_conflicts(visit, &slug, admissions, None).await
}

async fn show_conflicts(
    visit: Visit,
    slug: &str,
    admissions: Data<Admissions>,
    fault: Option<&Fault>,
) -> Page {
    let (frame, (names, found)) = visit
        .read_in("desk.conflicts", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let names = Names::of(
                &programme::rooms::list(conn, edition.id)?,
                &sessions::all(conn, edition.id)?,
            );
            Ok((
                names,
                draft::conflicts_of(conn, actor, now, admissions.get_ref(), edition.id)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-conflicts"));
    page.lead(voice.t("desk-conflicts-lead"));
    page.links(vec![Link::new(
        visit.at(&format!("desk/{slug}/checks")),
        voice.t("desk-checks"),
    )]);
    if found.is_empty() {
        page.put(&Empty::new(voice.t("desk-conflicts-none"), ""));
    } else {
        let back = visit.at(&format!("desk/{slug}/conflicts"));
        page.put(&conflict_table(&visit, &page.chrome, slug, &names, &found, &back));
    }
    match fault {
        Some(fault) => {
            page.chrome.notice = Some(visit.notice(fault));
            visit.show_again(fault, &page)
        }
        None => page.answer(&visit, None),
    }
}

async fn waive(visit: Visit, path: Path<(String, String)>, form: Form, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    let done = match form.input::<WaiverInput>() {
        Ok(input) => {
            let (of, back, tracks) = (slug.clone(), form.typed("_back").to_owned(), admissions.clone());
            let run = visit.submit("desk.conflict.waive", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                waivers::waive(conn, actor, now, tracks.get_ref(), edition.id, &input)?;
                Ok(back.clone())
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "waived", &form, async |visit, again| {
        let fault = again.map(|again| again.fault);
        show_conflicts(visit, &slug, admissions, fault).await
    })
    .await
}

async fn unwaive(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let (key, back) = (form.typed("conflict").to_owned(), form.typed("_back").to_owned());
    let run = visit.submit("desk.conflict.unwaive", &form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        waivers::unwaive(conn, actor, now, edition.id, &key)?;
        Ok(back.clone())
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("unwaived"))),
        Err(fault) => Err(visit.refused(fault)),
    }
}

async fn session(visit: Visit, path: At, admissions: Data<Admissions>) -> Page {
    let (_, slug, id) = path.into_inner();
    show_session(visit, &slug, &id, admissions, None).await
}

async fn show_session(
    visit: Visit,
    slug: &str,
    id: &str,
    admissions: Data<Admissions>,
    again: Option<Again<'_>>,
) -> Page {
    let asked = id.to_owned();
    let (frame, (lists, session, names, found)) = visit
        .read_in("desk.session", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let session = sessions::get(conn, actor, now, id_of::<SessionId>(&asked)?)?.session;
            let lists = Lists::of(conn, edition.id)?;
            let names = Names::of(&lists.rooms, &sessions::all(conn, edition.id)?);
            let found =
                draft::conflicts_of(conn, actor, now, admissions.get_ref(), edition.id).unwrap_or_default();
            let own = found
                .into_iter()
                .filter(|conflict| conflict.sessions.contains(&session.id))
                .collect::<Vec<_>>();
            Ok((lists, session, names, own))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/sessions/{id}"));
    let mut page = DeskPage::new(&visit, &frame, session.title.text(voice.language));
    page.put(&summary(voice, &session, &lists));
    let board = match session.starts_local {
        Some(at) => format!("desk/{slug}/board?day={}#s-{id}", at.date()),
        None => format!("desk/{slug}/board"),
    };
    let mut links = vec![
        Link::new(format!("{base}/edit"), voice.t("edit")),
        Link::new(visit.at(&board), voice.t("board-title")),
    ];
    let now = visit.caller.now();
    if decide(&frame.actor, Act::ManageOutbox, &Object::site(), now).allows() {
        let write = format!("desk/{slug}/circulars/new?of=reserved&session={id}");
        links.push(Link::new(visit.at(&write), voice.t("desk-write-to-seated")));
    }
    page.links(links);
    if !found.is_empty() {
        page.heading(voice.t("desk-nav-conflicts"));
        page.put(&conflict_table(&visit, &page.chrome, slug, &names, &found, &base));
    }
    page.heading(voice.t(if session.starts_local.is_some() {
        "desk-move"
    } else {
        "desk-place"
    }));
    let fresh = || {
        let form = FormView::blank(voice).with("length_minutes", session.length_minutes.to_string());
        let form = match session.room {
            Some(room) => form.with("room", room.to_string()),
            None => form,
        };
        match (session.starts_local, frame.edition.as_ref()) {
            (Some(starts), _) => form.with("starts", starts.to_string()),
            (None, Some(edition)) => form.with("starts", format!("{}T09:00", edition.starts_on)),
            (None, None) => form,
        }
    };
    let form = Again::view(again, &visit, fresh).named("desk-place");
    let sheet = Sheet::new(format!("{base}/place"), page.chrome.edits(&session.version))
        .and(form.summary())
        .with(
            form.select("room", "desk-place-room", &lists.room_choices(voice))
                .optional(),
        )
        .with(form.day_time("starts", "desk-place-starts").required())
        .with(form.number("length_minutes", "desk-place-length-minutes"))
        .does(voice.t("desk-place-do"));
    page.put(&sheet);
    if session.starts_local.is_some() {
        let sheet = Sheet::new(format!("{base}/unplace"), page.chrome.edits(&session.version)).in_a_row();
        page.put(&sheet.does(voice.t("desk-unplace")));
    }
    if session.was_released() {
        page.heading(voice.t("desk-cancel"));
        let sheet = Sheet::new(format!("{base}/cancel"), page.chrome.edits(&session.version));
        page.put(
            &sheet
                .with(form.text("reason", "desk-cancel-reason").required())
                .does(voice.t("desk-cancel-do")),
        );
    } else {
        let sheet = Sheet::new(format!("{base}/remove"), page.chrome.edits(&session.version)).in_a_row();
        page.put(&sheet.does(voice.t("desk-session-remove")));
    }
    page.answer(&visit, again)
}

async fn place(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<Placement>() {
        Ok(input) => {
            let (of, id, version, tracks) = (slug.clone(), id.clone(), form.version(), admissions.clone());
            let run = visit.submit("desk.session.place", &form, move |conn, actor, now| {
                scheduling::place(conn, actor, now, tracks.get_ref(), id_of(&id)?, &input, version)?;
                Ok(format!("/{lang}/desk/{of}/sessions/{id}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after_session(visit, done, "placed", &slug, &id, &form, admissions).await
}

async fn unplace(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (lang, slug, id) = path.into_inner();
    let (of, own, version) = (slug.clone(), id.clone(), form.version());
    let run = visit.submit("desk.session.unplace", &form, move |conn, actor, now| {
        scheduling::unplace(conn, actor, now, id_of(&own)?, version)?;
        Ok(format!("/{lang}/desk/{of}/sessions/{own}"))
    });
    after_session(
        visit.clone(),
        run.await,
        "unplaced",
        &slug,
        &id,
        &form,
        admissions,
    )
    .await
}

async fn cancel(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (lang, slug, id) = path.into_inner();
    let (of, own, version) = (slug.clone(), id.clone(), form.version());
    let reason = form.typed("reason").to_owned();
    let run = visit.submit("desk.session.cancel", &form, move |conn, actor, now| {
        releases::cancel(conn, actor, now, id_of(&own)?, &reason, version)?;
        Ok(format!("/{lang}/desk/{of}/sessions/{own}"))
    });
    after_session(
        visit.clone(),
        run.await,
        "cancelled",
        &slug,
        &id,
        &form,
        admissions,
    )
    .await
}

async fn remove(visit: Visit, path: At, form: Form, admissions: Data<Admissions>) -> Page {
    let (lang, slug, id) = path.into_inner();
    let (of, own, version) = (slug.clone(), id.clone(), form.version());
    let run = visit.submit("desk.session.remove", &form, move |conn, actor, now| {
        sessions::remove(conn, actor, now, id_of(&own)?, version)?;
        Ok(format!("/{lang}/desk/{of}/sessions"))
    });
    after_session(visit.clone(), run.await, "removed", &slug, &id, &form, admissions).await
}

async fn after_session(
    visit: Visit,
    done: Result<String, Fault>,
    word: &str,
    slug: &str,
    id: &str,
    form: &Form,
    admissions: Data<Admissions>,
) -> Page {
    after(visit, done, word, form, async |visit, again| {
        show_session(visit, slug, id, admissions, again).await
    })
    .await
}

async fn swap_form(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show_swap(visit, &slug, None).await
}

async fn show_swap(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, all) = visit
        .read_in("desk.swap", slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            // Only what they may place: the title of an unannounced meeting is no choice for others.
            let desks = actor.keys();
            let all = sessions::all(conn, edition.id)?.into_iter();
            Ok(all
                .filter(|session| desks.contains(&session.desk_key()))
                .collect::<Vec<_>>())
        })
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-swap"));
    page.lead(voice.t("desk-swap-lead"));
    let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-swap");
    let choices: Vec<Choice> = all
        .iter()
        .filter(|session| session.starts_local.is_some())
        .map(|session| {
            Choice::new(
                session.id.to_string(),
                format!("{} {}", session.code, session.title.text(voice.language)),
            )
        })
        .collect();
    let sheet = Sheet::new(visit.at(&format!("desk/{slug}/swap")), page.chrome.sends())
        .and(form.summary())
        .with(form.select("one", "desk-swap-one", &choices).required())
        .with(form.select("other", "desk-swap-other", &choices).required())
        .does(voice.t("desk-swap"));
    page.put(&sheet);
    page.answer(&visit, again)
}

async fn swap(visit: Visit, path: Path<(String, String)>, form: Form, admissions: Data<Admissions>) -> Page {
    let (lang, slug) = path.into_inner();
    let done = match form.input::<Swap>() {
        Ok(input) => {
            let of = slug.clone();
            let run = visit.submit("desk.swap", &form, move |conn, actor, now| {
                scheduling::swap(conn, actor, now, admissions.get_ref(), &input)?;
                Ok(format!("/{lang}/desk/{of}/conflicts"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "swapped", &form, async |visit, again| {
        show_swap(visit, &slug, again).await
    })
    .await
}
