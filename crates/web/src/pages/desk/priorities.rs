//! The strategic priorities of a congress at the desk, and which recommendations renew each (R193). What an outcome renews
//! is said on its own page.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::Fault;
use outcomes::{
    legacy_model::StrategicPriority,
    model::OutcomeRef,
    priorities::{self, Coverage, PriorityInput},
};
use programme::model::Edition;

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, button,
    catalogue::{At, NEW},
    id_of,
    outcomes::gate,
    plain, together, write_in,
};
use crate::{
    components::Link,
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageOutcomes;
    vec![
        get("/{lang}/desk/{edition}/outcomes/priorities", act, list),
        get("/{lang}/desk/{edition}/outcomes/priorities/{id}", act, one),
        post("/{lang}/desk/{edition}/outcomes/priorities/{id}", act, save),
        post(
            "/{lang}/desk/{edition}/outcomes/priorities/{id}/remove",
            act,
            remove,
        ),
    ]
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, found) = visit
        .read_in("desk.priorities", &slug, |conn, actor, _, edition| {
            gate(actor)?;
            priorities::coverage(conn, actor, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/outcomes"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-priorities"));
    page.lead(voice.t("desk-priorities-lead"));
    page.links(vec![
        Link::new(base.clone(), voice.t("desk-nav-outcomes")),
        Link::new(format!("{base}/priorities/{NEW}"), voice.t("desk-priority-new")),
    ]);
    if found.priorities.is_empty() {
        page.say(voice.t("none"));
    } else {
        page.put(&table(&visit, &base, &found));
    }
    if !found.priorities.is_empty() && !found.without_priority.is_empty() {
        page.heading(voice.t("priority-unmapped"));
        page.add(together(
            found.without_priority.iter().map(|own| named(&base, own)),
        ));
    }
    page.answer(&visit, None)
}

fn table(visit: &Visit, base: &str, found: &Coverage) -> Table {
    let voice = &visit.voice;
    let mut table = Table::new(["priority", "priority-recommendations"].map(|key| voice.t(key)));
    for own in &found.priorities {
        let title = voice.said(&own.priority.title).text;
        let renewed = match own.recommendations.is_empty() {
            true => plain(voice.t("priority-bare")),
            false => together(own.recommendations.iter().map(|own| named(base, own))),
        };
        table.row([
            anchor(format!("{base}/priorities/{}", own.priority.id), title),
            renewed,
        ]);
    }
    table
}

/// A recommendation by its code, which leads to where its priorities are ticked.
fn named(base: &str, own: &OutcomeRef) -> crate::components::Markup {
    anchor(format!("{base}/{}#priorities", own.code), own.code.clone())
}

async fn one(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("desk.priority", slug, move |conn, actor, _, edition| {
            gate(actor)?;
            stands(conn, edition, &asked)
        })
        .await?;
    let voice = &visit.voice;
    let title = found
        .as_ref()
        .map_or_else(|| voice.t("desk-priority-new"), |own| voice.said(&own.title).text);
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || match &found {
        Some(own) => FormView::filled(voice, own),
        None => FormView::blank(voice),
    })
    .named("desk-priority");
    let action = visit.at(&format!("desk/{slug}/outcomes/priorities/{id}"));
    let sends = match &found {
        Some(own) => page.chrome.edits(&own.version),
        None => page.chrome.sends(),
    };
    let mut sheet = Sheet::new(action.clone(), sends)
        .and(form.summary())
        .with(
            form.tongues("title", "desk-priority-title")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.tongues_area("description", "desk-priority-description")
                .optional(),
        );
    if found.is_none() {
        sheet = sheet.with(
            form.text("code", "desk-code")
                .hint("desk-priority-code-hint")
                .middle()
                .required(),
        );
    }
    let sheet = sheet
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    if found.is_some() {
        page.add(button(
            &page.chrome,
            format!("{action}/remove"),
            "desk-priority-remove",
        ));
    }
    page.answer(&visit, again)
}

async fn save(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<PriorityInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                gate(actor)?;
                match stands(conn, edition, &asked)? {
                    None => priorities::create(conn, actor, now, edition.id, &input)?,
                    Some(own) => priorities::edit(conn, actor, now, own.id, &input, version)?,
                };
                Ok("outcomes/priorities".to_owned())
            };
            write_in(&visit, "desk.priority.save", &path.1, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again).await
    })
    .await
}

async fn remove(visit: Visit, path: At, form: Form) -> Page {
    let gone = path.2.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
        gate(actor)?;
        let found = stands(conn, edition, &gone)?.ok_or_else(Fault::not_found)?;
        priorities::remove(conn, actor, now, found.id)?;
        Ok("outcomes/priorities".to_owned())
    };
    let done = write_in(&visit, "desk.priority.remove", &path.1, &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again).await
    })
    .await
}

/// What stands at `id` in an edition; nothing for a new one.
fn stands(conn: &mut Conn, edition: &Edition, id: &str) -> Result<Option<StrategicPriority>, Fault> {
    if id == NEW {
        return Ok(None);
    }
    let found = priorities::get(conn, id_of(id)?)?;
    match found.edition == edition.id {
        true => Ok(Some(found)),
        false => Err(Fault::not_found()),
    }
}
