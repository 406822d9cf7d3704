//! What bodies are asked about a recommendation, at the desk: asked, given another day, answered for.

use access_rules::{Act, Actor, OrganisationId};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Fault, LocalDate};
use outcomes::{
    legacy_model::ResponseId,
    model::Outcome,
    responses::{self, AnswerInput, AskInput},
};
use serde::Deserialize;

use super::{
    Again, DeskPage, Sheet, after, anchor, id_of,
    outcome::{Part, find},
    outcome_changes::{follow, write},
    themes::{beside_its_name, named},
};
use crate::{
    forms::FormView,
    pages::outcome_responses::{answer_form, standing},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageOutcomes;
    vec![
        post("/{lang}/desk/{edition}/outcomes/{code}/responses", act, ask),
        get(
            "/{lang}/desk/{edition}/outcomes/{code}/responses/{response}",
            act,
            response,
        ),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/responses/{response}",
            act,
            answer,
        ),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/responses/{response}/due",
            act,
            postpone,
        ),
    ]
}

type At = Path<(String, String, String)>;
type AtPart = Path<(String, String, String, String)>;

/// Until when a body is to answer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Until {
    due_on: Option<LocalDate>,
}

async fn ask(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<AskInput>() {
        Ok(input) => {
            let typed = form.typed("organisation_name").to_owned();
            write(
                &visit,
                "desk.outcome.ask",
                (&slug, &code),
                &form,
                move |conn, actor, now, _, found| {
                    let organisation: Option<OrganisationId> = match input.organisation {
                        Some(chosen) => Some(chosen),
                        None => named(conn, &typed)?,
                    };
                    let input = AskInput {
                        organisation,
                        ..input.clone()
                    };
                    responses::ask(conn, actor, now, found.id, &input).map_err(beside_its_name)?;
                    Ok(())
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::Responses, done, "saved", &form).await
}

async fn response(visit: Visit, path: AtPart) -> Page {
    let (_, slug, code, id) = path.into_inner();
    show_response(visit, &slug, &code, &id, None).await
}

async fn show_response(visit: Visit, slug: &str, code: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = code.to_owned();
    let (frame, found) = visit
        .read_in("desk.response", slug, move |conn, actor, now, edition| {
            find(conn, actor, now, edition, &asked)
        })
        .await?;
    let mut own = found.view.responses.iter();
    let own = own.find(|own| own.response.id.to_string() == id);
    let own = own.ok_or_else(|| visit.refused(Fault::not_found()))?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-response-title"));
    let base = visit.at(&format!("desk/{slug}/outcomes/{code}"));
    page.lead(format!("{} · {}", own.organisation_name, standing(voice, own)));
    page.add(anchor(
        format!("{base}#responses"),
        voice.said(&found.view.title).text,
    ));
    let action = format!("{base}/responses/{id}");
    let sheet = answer_form(&visit, &page.chrome, action.clone(), own, again);
    page.put(&sheet);
    if own.response.answer.is_none() {
        page.heading(voice.t("desk-response-postpone"));
        let form = FormView::filled(voice, &own.response);
        let sheet = Sheet::new(format!("{action}/due"), page.chrome.edits(&own.response.version))
            .with(form.date("due_on", "desk-response-due-on"))
            .or_does(format!("{action}/due"), voice.t("save"));
        page.put(&sheet);
    }
    page.answer(&visit, again)
}

async fn answer(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, code, id) = path.into_inner();
    let done = match form.input::<AnswerInput>() {
        Ok(input) => {
            let (asked, version) = (id.clone(), form.version());
            write(
                &visit,
                "desk.response.answer",
                (&slug, &code),
                &form,
                move |conn, actor, now, edition, found| {
                    let today = edition.zone.local(now).date();
                    let id = own_response(conn, actor, today, found, &asked)?;
                    responses::answer(conn, actor, now, today, id, &input, version).map(drop)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "response-sent", &form, async |visit, again| {
        show_response(visit, &slug, &code, &id, again).await
    })
    .await
}

async fn postpone(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, code, id) = path.into_inner();
    let done = match form.input::<Until>() {
        Ok(until) => {
            let (asked, version) = (id.clone(), form.version());
            write(
                &visit,
                "desk.response.postpone",
                (&slug, &code),
                &form,
                move |conn, actor, now, edition, found| {
                    let today = edition.zone.local(now).date();
                    let id = own_response(conn, actor, today, found, &asked)?;
                    let due_on = until.due_on.ok_or_else(|| Fault::field("due_on", "required"))?;
                    responses::postpone(conn, actor, now, id, due_on, version).map(drop)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_response(visit, &slug, &code, &id, again).await
    })
    .await
}

/// A response about this outcome; the one 404 for another's.
fn own_response(
    conn: &mut Conn,
    actor: &Actor,
    today: LocalDate,
    found: &Outcome,
    id: &str,
) -> Result<ResponseId, Fault> {
    let id = id_of(id)?;
    let all = responses::of(conn, actor, today, found.id)?;
    match all.iter().any(|own| own.response.id == id) {
        true => Ok(id),
        false => Err(Fault::not_found()),
    }
}
