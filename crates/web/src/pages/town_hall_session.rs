//! What came of a session of the Town Hall (R94): written down with its recommendations by who leads its theme, its chair, its
//! rapporteur or its desk, and closed, which hands it to the World Assembly once.

use access_rules::{Act, Actor, SessionId, decide};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Kind, Localized, Moment};
use outcomes::wordings::NewOutcome;
use programme::{editions, model::SessionKind, sessions, themes};
use town_hall::{
    deliberations::{self, DeliberationInput, DeliberationView},
    model::DeliberationState,
};

use super::{
    desk::{Again, Sheet, after, button, id_of},
    parts::PartsPage,
    town_hall_lead::tongues,
};
use crate::{
    components::{Link, Notice, Weight},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// Rows for further recommendations in the form.
const ROWS_MORE: usize = 2;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::RecordResult;
    vec![
        get("/{lang}/{edition}/sessions/{id}/deliberation", act, page),
        post("/{lang}/{edition}/sessions/{id}/deliberation", act, record),
        post("/{lang}/{edition}/sessions/{id}/deliberation/close", act, close),
    ]
}

type At = Path<(String, String, String)>;

/// What the page shows.
struct Known {
    title: Localized,
    /// The code and title of its theme.
    theme: (String, Localized),
    view: Option<DeliberationView>,
}

fn find(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Known, Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    decide(actor, Act::RecordResult, &found.object(actor), now).or_fault()?;
    let theme = found
        .session
        .theme
        .filter(|_| found.session.kind == SessionKind::TownHall);
    let theme = themes::find(conn, theme.ok_or_else(Fault::not_found)?)?.ok_or_else(Fault::not_found)?;
    let view = match deliberations::get(conn, actor, now, id) {
        Ok(view) => Some(view),
        Err(fault) if fault.kind == Kind::NotFound => None,
        Err(fault) => return Err(fault),
    };
    Ok(Known {
        title: found.session.title,
        theme: (theme.code, theme.title),
        view,
    })
}

async fn page(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, known) = visit
        .read_in("deliberation", slug, move |conn, actor, now, _| {
            find(conn, actor, now, id_of(&asked)?)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.said(&known.title).text).styled("deliberation.css");
    let base = visit.at(&format!("{slug}/sessions/{id}"));
    let (code, theme) = &known.theme;
    page.lead(voice.t1("deliberation-lead", "theme", voice.said(theme).text));
    page.links(vec![
        Link::new(base.clone(), voice.t("deliberation-session")),
        Link::new(
            visit.at(&format!("{slug}/town-hall/{code}")),
            voice.t("theme-lead-page"),
        ),
    ]);
    let closed = known
        .view
        .as_ref()
        .filter(|view| view.state == DeliberationState::Closed);
    if let Some(view) = closed {
        told(voice, &mut page, view);
        return page.answer(&visit, again);
    }
    let form = Again::view(again, &visit, || filled(voice, known.view.as_ref())).named("deliberation");
    let sends = match &known.view {
        Some(view) => page.chrome.edits(&view.version),
        None => page.chrome.sends(),
    };
    let rows = known.view.as_ref().map_or(0, |view| view.recommendations.len()) + ROWS_MORE;
    let mut sheet = Sheet::new(format!("{base}/deliberation"), sends)
        .and(form.summary())
        .with(
            form.tongues_area("result", "deliberation-result")
                .hint("localized-hint")
                .required(),
        )
        .section(voice.t("deliberation-recommendations"));
    for row in 0..rows {
        sheet = recommending(voice, sheet, &form, row);
    }
    page.put(&sheet.does(voice.t("save")));
    if known.view.is_some() {
        page.heading(voice.t("deliberation-close"));
        page.say(voice.t("deliberation-close-hint"));
        page.add(button(
            &page.chrome,
            format!("{base}/deliberation/close"),
            "deliberation-close-do",
        ));
    }
    page.answer(&visit, again)
}

/// The row of a recommendation in the form.
fn recommending(voice: &Voice, sheet: Sheet, form: &FormView, row: usize) -> Sheet {
    let path = |rest: &str| format!("recommendations.{row}.{rest}");
    sheet
        .with(
            form.tongues(&path("title"), "deliberation-recommendation")
                .optional(),
        )
        .with(form.area(&path("markdown"), "deliberation-words").optional())
        .with(
            form.select(&path("language"), "paper-authentic", &tongues(voice))
                .hint("deliberation-language-hint")
                .optional(),
        )
}

/// What went to the World Assembly.
fn told(voice: &Voice, page: &mut PartsPage, view: &DeliberationView) {
    page.put(&Notice::new(Weight::Done, voice.t("deliberation-closed")));
    page.heading(voice.t("deliberation-result"));
    page.say(voice.said(&view.result).text);
    page.heading(voice.t("deliberation-recommendations"));
    for (place, own) in view.recommendations.iter().enumerate() {
        page.say(format!("{}. {}", place + 1, voice.said(&own.title).text));
    }
}

fn filled(voice: &Voice, view: Option<&DeliberationView>) -> FormView {
    match view {
        None => FormView::blank(voice),
        Some(view) => {
            let all = serde_json::json!({ "result": view.result, "recommendations": view.recommendations });
            FormView::filled(voice, &all)
        }
    }
}

/// A row left alone is no recommendation; one without a language is in that of the page.
fn stated(input: DeliberationInput, language: &str) -> DeliberationInput {
    let said = |own: &NewOutcome| !own.title.is_blank() || !own.markdown.trim().is_empty();
    let named = |own: NewOutcome| NewOutcome {
        language: match own.language.as_str() {
            "" => language.to_owned(),
            named => named.to_owned(),
        },
        ..own
    };
    let rows = input.recommendations.into_iter();
    DeliberationInput {
        recommendations: rows.filter(said).map(named).collect(),
        result: input.result,
    }
}

/// Does what a form asks of the session of its address, and goes back to it.
async fn write(
    visit: &Visit,
    name: &'static str,
    slug: &str,
    id: &str,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, SessionId) -> Result<(), Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug, id) = (visit.language().code(), slug.to_owned(), id.to_owned());
    let done = visit.submit(name, form, move |conn, actor, now| {
        editions::by_slug(conn, actor, &slug)?;
        run(conn, actor, now, id_of(&id)?)?;
        Ok(format!("/{lang}/{slug}/sessions/{id}/deliberation"))
    });
    done.await
}

async fn record(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let version = form.version();
    let done = match form.input::<DeliberationInput>() {
        Ok(input) => {
            let input = stated(input, visit.language().code());
            let run = move |conn: &mut Conn, actor: &Actor, now, session| {
                let mut input = input.clone();
                // Which agendas a recommendation serves is not asked here, and stays.
                let before = find(conn, actor, now, session)?.view;
                let old = before.map(|view| view.recommendations).unwrap_or_default();
                for (own, old) in input.recommendations.iter_mut().zip(old) {
                    own.agendas = old.agendas;
                }
                deliberations::record(conn, actor, now, session, &input, version).map(drop)
            };
            write(&visit, "deliberation.record", &slug, &id, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}

async fn close(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let run = |conn: &mut Conn, actor: &Actor, now, session| {
        deliberations::close(conn, actor, now, session).map(drop)
    };
    let done = write(&visit, "deliberation.close", &slug, &id, &form, run).await;
    after(visit, done, "deliberation-closed", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}
