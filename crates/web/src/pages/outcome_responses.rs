//! What the organisations somebody looks after were asked about recommendations, and the form with which each answers (R99).
//!
//! The desk answers for a body with the same form: [`answer_form`] is shared with it.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Fault, Moment};
use outcomes::{
    asked::{self, Asked},
    legacy_model::{ResponseAnswer, ResponseId},
    responses::{self, AnswerInput, ResponseView},
};
use programme::{editions, model::Edition};

use super::{
    desk::{Again, Sheet, after},
    outcome::{answer_state, due_said},
    outcome_reports::titled,
};
use crate::{
    components::{Chrome, Empty, Foreign, Link, Markup, State},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::MindOrganisation;
    vec![
        get("/{lang}/{edition}/responses", act, list),
        get("/{lang}/{edition}/responses/{id}", act, one),
        post("/{lang}/{edition}/responses/{id}", act, send),
    ]
}

type At = Path<(String, String, String)>;

/// A line of what was asked.
struct Ask {
    id: String,
    title: Markup,
    organisation: String,
    line: String,
    state: Option<State>,
    said: Foreign,
    act: Link,
}

#[derive(Template)]
#[template(path = "pages/outcome_responses.html")]
struct ResponsesPage {
    chrome: Chrome,
    asks: Vec<Ask>,
    empty: Empty,
}

#[derive(Template)]
#[template(path = "pages/outcome_response.html")]
struct ResponsePage {
    chrome: Chrome,
    title: Markup,
    organisation: String,
    due: String,
    form: Markup,
}

fn today(edition: &Edition, now: Moment) -> kernel::LocalDate {
    edition.zone.local(now).date()
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, all) = visit
        .read_in("responses", &slug, |conn, actor, now, edition| {
            asked::of_focal_point(conn, actor, today(edition, now), edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, voice.t("responses-title"));
    visit.show(&ResponsesPage {
        asks: all.iter().map(|own| ask(&chrome, own)).collect(),
        empty: Empty::new(voice.t("responses-none"), voice.t("responses-none-hint")),
        chrome,
    })
}

fn ask(chrome: &Chrome, own: &Asked) -> Ask {
    let response = &own.asked.response;
    let key = match response.answer {
        None => "response-answer",
        Some(_) => "response-correct",
    };
    Ask {
        id: response.id.to_string(),
        title: titled(chrome, &own.outcome),
        organisation: own.asked.organisation_name.clone(),
        line: standing(chrome, &own.asked),
        state: response.answer.map(|answer| answer_state(chrome, answer)),
        said: chrome.said(&response.said),
        act: Link::new(chrome.to(&format!("responses/{}", response.id)), chrome.t(key)),
    }
}

/// When it answered, or until when it is to.
pub(super) fn standing(voice: &Voice, own: &ResponseView) -> String {
    match (own.response.answer, own.response.answered_on) {
        (Some(_), Some(day)) => voice.t1("response-answered-on", "day", voice.day_plain(day)),
        _ => due_said(voice, own),
    }
}

async fn one(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

/// What the reader's organisations were asked under this id; the one 404 for anything else.
fn find(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition, id: &str) -> Result<Asked, Fault> {
    let all = asked::of_focal_point(conn, actor, today(edition, now), edition.id)?;
    let mut own = all
        .into_iter()
        .filter(|own| own.asked.response.id.to_string() == id);
    own.next().ok_or_else(Fault::not_found)
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("response", slug, move |conn, actor, now, edition| {
            find(conn, actor, now, edition, &asked)
        })
        .await?;
    let mut chrome = visit.chrome(&frame, visit.voice.t("response-title"));
    if let Some(again) = again.filter(|again| again.fault.fields.is_empty()) {
        chrome.notice = Some(visit.notice(again.fault));
    }
    let sheet = answer_form(
        &visit,
        &chrome,
        chrome.to(&format!("responses/{id}")),
        &found.asked,
        again,
    );
    let page = ResponsePage {
        title: titled(&chrome, &found.outcome),
        organisation: found.asked.organisation_name.clone(),
        due: standing(&chrome, &found.asked),
        form: Markup::of(&sheet),
        chrome,
    };
    match again {
        Some(again) => visit.show_again(again.fault, &page),
        None => visit.show(&page),
    }
}

/// The form with which a body answers, or corrects what it answered.
pub(super) fn answer_form(
    visit: &Visit,
    chrome: &Chrome,
    action: String,
    own: &ResponseView,
    again: Option<Again<'_>>,
) -> Sheet {
    let voice = &visit.voice;
    let form = Again::view(again, visit, || FormView::filled(voice, &own.response)).named("response");
    let choices = Choice::codes::<ResponseAnswer>(voice, "response-answer");
    Sheet::new(action, chrome.edits(&own.response.version))
        .and(form.summary())
        .with(
            form.radios("answer", "response-answer-choice", &choices)
                .required(),
        )
        .with(
            form.tongues_area("said", "response-said")
                .hint("response-said-hint")
                .required(),
        )
        .with(
            form.date("answered_on", "response-answered")
                .hint("response-answered-hint")
                .optional(),
        )
        .does(voice.t("response-send"))
}

async fn send(visit: Visit, path: At, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<AnswerInput>() {
        Ok(input) => {
            let (of, asked, version) = (slug.clone(), id.clone(), form.version());
            let run = visit.submit("response.answer", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                let found = find(conn, actor, now, &edition, &asked)?;
                let id: ResponseId = found.asked.response.id;
                let day = today(&edition, now);
                responses::answer(conn, actor, now, day, id, &input, version)?;
                Ok(format!("/{lang}/{of}/responses"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "response-sent", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}
