//! What the forms of an outcome's page at the desk do: its words, its horizon, the agendas, references, priorities and links
//! it has. The page itself is [`super::outcome`].

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Fault, LocalDate, Moment};
use outcomes::{
    agendas,
    legacy_model::PriorityId,
    links,
    model::{AgendaLink, Outcome},
    outcomes::{self as decided, OutcomeInput},
    priorities, reading,
    references::{self, ReferenceInput},
};
use programme::model::Edition;
use serde::{Deserialize, Serialize};

use super::{
    after, id_of,
    outcome::{Part, of, show},
    write_in,
};
use crate::{
    table::{Line, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageOutcomes;
    vec![
        post("/{lang}/desk/{edition}/outcomes/{code}", act, edit),
        post("/{lang}/desk/{edition}/outcomes/{code}/horizon", act, horizon),
        post("/{lang}/desk/{edition}/outcomes/{code}/agendas", act, serve),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/agendas/remove",
            act,
            unserve,
        ),
        post("/{lang}/desk/{edition}/outcomes/{code}/references", act, refer),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/references/{reference}/remove",
            act,
            unrefer,
        ),
        post("/{lang}/desk/{edition}/outcomes/{code}/priorities", act, renew),
        post("/{lang}/desk/{edition}/outcomes/{code}/links", act, link),
        post(
            "/{lang}/desk/{edition}/outcomes/{code}/links/{other}/remove",
            act,
            unlink,
        ),
    ]
}

type At = Path<(String, String, String)>;
type AtPart = Path<(String, String, String, String)>;

/// Which priorities are ticked.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Renewed {
    /// Their ids.
    pub(super) priorities: Vec<PriorityId>,
}

/// What is to be linked with it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct LinkInput {
    other: String,
}

/// Until when it is followed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Until {
    horizon_to: Option<LocalDate>,
}

/// What follows a form of the page.
pub(super) async fn follow(
    visit: Visit,
    slug: &str,
    code: &str,
    part: Part,
    done: Result<String, Fault>,
    word: &str,
    form: &Form,
) -> Page {
    after(visit, done, word, form, async |visit, again| {
        show(visit, slug, code, again.map(|again| (part, again))).await
    })
    .await
}

/// Does what a form asks to the outcome of its address, and leads back to it.
///
/// # Errors
/// What `run` refuses.
pub(super) async fn write(
    visit: &Visit,
    name: &'static str,
    (slug, code): (&str, &str),
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, &Edition, &Outcome) -> Result<(), Fault> + Send + 'static,
) -> Result<String, Fault> {
    let asked = code.to_owned();
    write_in(visit, name, slug, form, move |conn, actor, now, edition| {
        let found = of(conn, actor, edition, &asked)?;
        run(conn, actor, now, edition, &found)?;
        Ok(format!("outcomes/{asked}"))
    })
    .await
}

async fn edit(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<OutcomeInput>() {
        Ok(input) => {
            let version = form.version();
            let input = OutcomeInput {
                // A field that is emptied is not sent at all.
                markdown: Some(input.markdown.unwrap_or_default()),
                title: Some(input.title.unwrap_or_default()),
            };
            write(
                &visit,
                "desk.outcome.edit",
                (&slug, &code),
                &form,
                move |conn, actor, now, _, found| {
                    decided::edit(conn, actor, now, found.id, &input, version).map(drop)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::Words, done, "saved", &form).await
}

async fn horizon(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<Until>() {
        Ok(until) => {
            let version = form.version();
            write(
                &visit,
                "desk.outcome.horizon",
                (&slug, &code),
                &form,
                move |conn, actor, now, _, found| {
                    let missing = || Fault::field("horizon_to", "required");
                    let to = until.horizon_to.ok_or_else(missing)?;
                    decided::set_horizon(conn, actor, now, found.id, to, version).map(drop)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::Horizon, done, "saved", &form).await
}

// The agendas it serves.

async fn serve(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<AgendaLink>() {
        Ok(link) => {
            write(
                &visit,
                "desk.outcome.serve",
                (&slug, &code),
                &form,
                move |conn, actor, now, _, found| {
                    let mut links = agendas::of(conn, found.id)?;
                    links.push(link.clone());
                    agendas::set(conn, actor, now, found.id, &links).map_err(beside_the_agenda)?;
                    Ok(())
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::Agendas, done, "saved", &form).await
}

async fn unserve(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<AgendaLink>() {
        Ok(link) => {
            write(
                &visit,
                "desk.outcome.unserve",
                (&slug, &code),
                &form,
                move |conn, actor, now, _, found| {
                    let mut links = agendas::of(conn, found.id)?;
                    links.retain(|own| *own != link);
                    agendas::set(conn, actor, now, found.id, &links).map(drop)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::Agendas, done, "removed", &form).await
}

/// What is wrong with a link is told beside the agenda, which is what one chooses.
fn beside_the_agenda(mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        "agenda".clone_into(&mut field.field);
    }
    fault
}

// For whose work it is a reference.

async fn refer(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<ReferenceInput>() {
        Ok(input) => {
            write(
                &visit,
                "desk.outcome.refer",
                (&slug, &code),
                &form,
                move |conn, actor, now, _, found| {
                    references::add(conn, actor, now, found.id, &input).map(drop)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::References, done, "saved", &form).await
}

async fn unrefer(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, code, reference) = path.into_inner();
    let done = write(
        &visit,
        "desk.outcome.unrefer",
        (&slug, &code),
        &form,
        move |conn, actor, now, edition, found| {
            let id = id_of(&reference)?;
            let today = edition.zone.local(now).date();
            let view = reading::view(conn, actor, today, found.id)?;
            match view.references.iter().any(|own| own.id == id) {
                true => references::remove(conn, actor, now, id),
                false => Err(Fault::not_found()),
            }
        },
    )
    .await;
    follow(visit, &slug, &code, Part::References, done, "removed", &form).await
}

// The strategic priorities it renews.

async fn renew(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<Renewed>() {
        Ok(input) => {
            write(
                &visit,
                "desk.outcome.renew",
                (&slug, &code),
                &form,
                move |conn, actor, now, _, found| {
                    priorities::map(conn, actor, now, found.id, &input.priorities).map(drop)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::Priorities, done, "saved", &form).await
}

// What belongs together with it.

async fn link(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let done = match form.input::<LinkInput>() {
        Ok(input) => {
            write(
                &visit,
                "desk.outcome.link",
                (&slug, &code),
                &form,
                move |conn, actor, now, edition, found| {
                    let other = of(conn, actor, edition, input.other.trim())
                        .map_err(|_| Fault::field("other", "unknown"))?;
                    links::link(conn, actor, now, found.id, other.id)
                },
            )
            .await
        }
        Err(fault) => Err(fault),
    };
    follow(visit, &slug, &code, Part::Links, done, "saved", &form).await
}

async fn unlink(visit: Visit, path: AtPart, form: Form) -> Page {
    let (_, slug, code, other) = path.into_inner();
    let done = write(
        &visit,
        "desk.outcome.unlink",
        (&slug, &code),
        &form,
        move |conn, actor, now, edition, found| {
            let other = of(conn, actor, edition, &other)?;
            links::unlink(conn, actor, now, found.id, other.id)
        },
    )
    .await;
    follow(visit, &slug, &code, Part::Links, done, "removed", &form).await
}
