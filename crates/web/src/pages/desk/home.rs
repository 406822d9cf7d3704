//! The desk itself: what waits for the reader's roles, what there is to do before people can come, and the edition with
//! its steps.

use access_rules::{Act, Object, decide};
use actix_kit::Form;
use actix_web::web::{Data, Path};
use kernel::{Coded as _, Fault, PageAsk};
use programme::{
    admission::Admissions,
    editions::{self, EditionInput},
    formats,
    model::{Edition, EditionState},
    releases, rooms, rules, sessions, tracks,
};
use registration::categories;

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, gate, plain, said, state,
    waiting::{self, Wait},
};
use crate::{
    components::{Link, Todo, TodoLine},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk", Act::SeeDesk, home),
        get("/{lang}/desk/editions/new", Act::ManageEdition, new),
        post("/{lang}/desk/editions", Act::ManageEdition, create),
        get("/{lang}/desk/{edition}", Act::SeeDesk, home_of),
        get("/{lang}/desk/{edition}/edition", Act::ManageEdition, edition),
        post("/{lang}/desk/{edition}/edition", Act::ManageEdition, edit),
        post("/{lang}/desk/{edition}/edition/step", Act::ManageEdition, step),
    ]
}

/// What stands already, and what waits.
#[derive(Default)]
struct Standing {
    editions: Vec<Edition>,
    tracks: usize,
    formats: usize,
    rooms: usize,
    categories: usize,
    organisations: usize,
    sessions: usize,
    releases: usize,
    waits: Vec<Wait>,
    /// Whether the reader prepares editions.
    prepares: bool,
}

/// What every choice of languages offers.
const TONGUES: &[&str] = &["en", "fr", "es", "pt", "ar", "ru", "zh", "tr", "ko", "ils"];

async fn home(visit: Visit, admissions: Data<Admissions>) -> Page {
    show_home(visit, None, admissions).await
}

async fn home_of(visit: Visit, path: Path<(String, String)>, admissions: Data<Admissions>) -> Page {
    let (_, slug) = path.into_inner();
    show_home(visit, Some(slug), admissions).await
}

async fn show_home(visit: Visit, slug: Option<String>, admissions: Data<Admissions>) -> Page {
    let read = visit.read("desk", slug.as_deref(), move |conn, actor, now, edition| {
        gate(actor, now)?;
        let mut standing = Standing {
            editions: editions::list(conn, actor)?,
            ..Standing::default()
        };
        standing.prepares = decide(actor, Act::ManageEdition, &Object::site(), now).allows();
        let Some(edition) = edition else {
            return Ok(standing);
        };
        standing.waits = waiting::of(conn, actor, now, admissions.get_ref(), edition)?;
        if !standing.prepares {
            return Ok(standing);
        }
        let filter = members::organisations::Filter::default();
        standing.tracks = tracks::list(conn, edition.id)?.len();
        standing.formats = formats::list(conn, edition.id)?.len();
        standing.rooms = rooms::list(conn, edition.id)?.len();
        standing.categories = categories::all(conn, edition.id)?.len();
        standing.organisations = members::organisations::list(conn, actor, now, &filter, &PageAsk::of(1))?
            .items
            .len();
        standing.sessions = sessions::all(conn, edition.id)?.len();
        standing.releases = releases::list(conn, edition.id)?.len();
        Ok(standing)
    });
    let (frame, standing) = read.await?;
    let Some(edition) = frame.edition.clone() else {
        if !standing.prepares {
            let mut page = DeskPage::new(&visit, &frame, visit.voice.t("nav-desk"));
            put_waiting(&visit, &mut page, &standing.waits);
            return page.answer(&visit, None);
        }
        return edition_form(&visit, &frame, None, None);
    };
    let mut page = DeskPage::new(&visit, &frame, visit.voice.t("nav-desk"));
    page.lead(edition.title.text(visit.language()));
    put_waiting(&visit, &mut page, &standing.waits);
    if standing.prepares {
        page.heading(visit.voice.t("desk-first-run"));
        page.put(&checklist(&visit, &edition, &standing));
    }
    page.heading(visit.voice.t("desk-editions"));
    let mut table = Table::new(["desk-edition-title", "desk-edition-state"].map(|key| visit.voice.t(key)));
    for edition in &standing.editions {
        let href = visit.at(&format!("desk/{}", edition.slug));
        let name = anchor(href, edition.title.text(visit.language()));
        table.row([name, state(&visit.voice, "edition-state", edition.state.code())]);
    }
    page.put(&table);
    if standing.prepares {
        page.links(vec![Link::new(
            visit.at("desk/editions/new"),
            visit.voice.t("desk-edition-new"),
        )]);
    }
    page.answer(&visit, None)
}

fn put_waiting(visit: &Visit, page: &mut DeskPage, waits: &[Wait]) {
    let voice = &visit.voice;
    page.heading(voice.t("desk-today"));
    if waits.is_empty() {
        page.say(voice.t("desk-waits-nothing"));
        return;
    }
    let mut table = Table::new(["desk-waits", "desk-how-many"].map(|key| voice.t(key)));
    for wait in waits {
        let href = visit.at(&format!("desk/{}", wait.path));
        table.row([anchor(href, voice.t(wait.key)), plain(voice.count(wait.count))]);
    }
    page.put(&table);
}

fn checklist(visit: &Visit, edition: &Edition, standing: &Standing) -> Todo {
    let voice = &visit.voice;
    let line = |key: &str, count: usize, done: bool, href: String| TodoLine {
        title: voice.t(format!("desk-todo-{key}")),
        text: voice.t1(&format!("desk-todo-{key}-text"), "count", count),
        done,
        go: Some(Link::new(href, voice.t("desk-todo-go"))),
    };
    let at = |rest: &str| visit.at(&format!("desk/{}/{rest}", edition.slug));
    let lines = vec![
        line(
            "edition",
            edition.languages.0.len(),
            edition.state != EditionState::Draft,
            at("edition"),
        ),
        line(
            "tracks",
            standing.tracks + standing.formats,
            standing.tracks > 0 && standing.formats > 0,
            at("tracks"),
        ),
        line("rooms", standing.rooms, standing.rooms > 0, at("rooms")),
        line(
            "categories",
            standing.categories,
            standing.categories > 0,
            at("categories"),
        ),
        line(
            "roll",
            standing.organisations,
            standing.organisations > 0,
            visit.at("desk/roll"),
        ),
        line(
            "sessions",
            standing.sessions,
            standing.sessions > 0,
            at("sessions"),
        ),
        line(
            "release",
            standing.releases,
            standing.releases > 0,
            at("releases"),
        ),
        line(
            "open",
            0,
            matches!(edition.state, EditionState::Open | EditionState::Running),
            at("edition"),
        ),
    ];
    Todo::new(voice, lines)
}

async fn new(visit: Visit) -> Page {
    let (frame, ()) = visit
        .read("desk", None, |_, actor, now, _| gate(actor, now))
        .await?;
    edition_form(&visit, &frame, None, None)
}

async fn create(visit: Visit, form: Form) -> Page {
    let lang = visit.language().code();
    let done = match form.input::<EditionInput>() {
        Ok(input) => {
            let run = visit.submit("desk.edition.create", &form, move |conn, actor, now| {
                let edition = editions::create(conn, actor, now, &input)?;
                if input.standard {
                    categories::seed(conn, actor, now, edition.id)?;
                }
                Ok(format!("/{lang}/desk/{}", edition.slug))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        let (frame, ()) = visit
            .read("desk", None, |_, actor, now, _| gate(actor, now))
            .await?;
        edition_form(&visit, &frame, None, again)
    })
    .await
}

async fn edition(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show_edition(visit, &slug, None).await
}

async fn show_edition(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, edition) = visit
        .read_in("desk.edition", slug, |_, actor, now, edition| {
            gate(actor, now)?;
            Ok(edition.clone())
        })
        .await?;
    edition_form(&visit, &frame, Some(&edition), again)
}

async fn edit(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, slug) = path.into_inner();
    let done = match form.input::<EditionInput>() {
        Ok(input) => {
            let (slug, version) = (slug.clone(), form.version());
            let run = visit.submit("desk.edition.edit", &form, move |conn, actor, now| {
                let found = editions::by_slug(conn, actor, &slug)?;
                let edition = editions::edit(conn, actor, now, found.id, &input, version)?;
                Ok(format!("/{lang}/desk/{}/edition", edition.slug))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_edition(visit, &slug, again).await
    })
    .await
}

async fn step(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, slug) = path.into_inner();
    let to = EditionState::from_code(form.typed("to"));
    let (of, version) = (slug.clone(), form.version());
    let run = visit.submit("desk.edition.step", &form, move |conn, actor, now| {
        let found = editions::by_slug(conn, actor, &of)?;
        let to = to.ok_or_else(|| Fault::field("to", "unknown"))?;
        editions::step(conn, actor, now, found.id, to, version)?;
        Ok(format!("/{lang}/desk/{of}/edition"))
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("stepped"))),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            let (frame, edition) = visit
                .read_in("desk.edition", &slug, |_, actor, now, edition| {
                    gate(actor, now)?;
                    Ok(edition.clone())
                })
                .await?;
            let mut page = edition_page(&visit, &frame, Some(&edition), None);
            page.chrome.notice = Some(visit.notice(&fault));
            visit.show_again(&fault, &page)
        }
    }
}

fn edition_form(visit: &Visit, frame: &Frame, edition: Option<&Edition>, again: Option<Again<'_>>) -> Page {
    edition_page(visit, frame, edition, again).answer(visit, again)
}

fn edition_page(
    visit: &Visit,
    frame: &Frame,
    edition: Option<&Edition>,
    again: Option<Again<'_>>,
) -> DeskPage {
    let voice = &visit.voice;
    let title = voice.t(if edition.is_some() {
        "desk-nav-edition"
    } else {
        "desk-edition-new"
    });
    let mut page = DeskPage::new(visit, frame, title);
    let form = Again::view(again, visit, || match edition {
        Some(edition) => FormView::filled(voice, edition),
        None => FormView::blank(voice)
            .with("languages", "en")
            .with("mandate_years", "3")
            .with("standard", "true"),
    })
    .named("desk-edition");
    let tongues: Vec<Choice> = TONGUES
        .iter()
        .map(|code| Choice::new(*code, voice.code("language", code)))
        .collect();
    let (action, sends) = match edition {
        Some(edition) => (
            visit.at(&format!("desk/{}/edition", edition.slug)),
            page.chrome.edits(&edition.version),
        ),
        None => (visit.at("desk/editions"), page.chrome.sends()),
    };
    let mut sheet = Sheet::new(action, sends)
        .and(form.summary())
        .with(
            form.tongues("title", "desk-edition-title")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.text("slug", "desk-edition-slug")
                .hint("desk-edition-slug-hint")
                .middle()
                .required(),
        )
        .with(form.tongues("motto", "desk-edition-motto").optional())
        .with(form.text("city", "desk-edition-city").middle().required())
        .with(
            form.text("country", "desk-edition-country")
                .hint("desk-country-hint")
                .short()
                .required(),
        )
        .with(
            form.text("zone", "desk-edition-zone")
                .hint("desk-edition-zone-hint")
                .middle()
                .required(),
        )
        .with(form.date("starts_on", "desk-edition-starts-on").required())
        .with(form.date("ends_on", "desk-edition-ends-on").required())
        .with(form.checks("languages", "desk-edition-languages", &tongues))
        .with(
            form.number("mandate_years", "desk-edition-mandate-years")
                .optional(),
        );
    if edition.is_none() {
        page.lead(voice.t("desk-edition-new-lead"));
        sheet = sheet.with(
            form.check("standard", "desk-edition-standard")
                .hint("desk-edition-standard-hint"),
        );
    }
    if let Some(edition) = edition {
        page.heading(voice.code("edition-state", edition.state.code()));
        page.say(voice.t("desk-edition-steps"));
        for to in EditionState::ALL
            .iter()
            .filter(|to| rules::edition_step(edition.state, **to))
        {
            let to_field = FormView::blank(voice).with("to", to.code()).hidden("to");
            let label = voice.t1(
                "desk-edition-step",
                "state",
                voice.code("edition-state", to.code()),
            );
            let action = visit.at(&format!("desk/{}/edition/step", edition.slug));
            let sheet = Sheet::new(action, page.chrome.edits(&edition.version)).in_a_row();
            page.put(&sheet.and(to_field).does(label));
        }
        page.heading(voice.t("desk-edition-facts"));
    }
    page.put(&sheet.does(voice.t("save")));
    if let Some(edition) = edition.filter(|edition| !edition.title.is_blank()) {
        page.add(said(voice, &edition.motto));
    }
    page
}
