//! What sittings of the Assembly may be about: groups of regions and sectors, with the sections each is of (R63). Made and
//! changed here, from the desk's page of the track.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use assembly::{
    model::{ScopeKind, SittingScope},
    scopes::{self, ScopeInput},
};
use db::Conn;
use kernel::{Coded as _, Fault};
use members::sections::Section;
use programme::model::Edition;

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, button,
    catalogue::{At, NEW},
    code, gate, id_of, plain, write_in,
};
use crate::{
    components::Link,
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageEdition;
    vec![
        get("/{lang}/desk/{edition}/scopes", act, list),
        get("/{lang}/desk/{edition}/scopes/{id}", act, scope),
        post("/{lang}/desk/{edition}/scopes/{id}", act, save),
        post("/{lang}/desk/{edition}/scopes/{id}/remove", act, remove),
    ]
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, rows) = visit
        .read_in("desk.scopes", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            scopes::list(conn, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/scopes"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-scopes"));
    page.links(vec![Link::new(
        format!("{base}/{NEW}"),
        voice.t("desk-sitting-new"),
    )]);
    // Version 0 is nobody's yet.
    if rows.iter().all(|scope| scope.version == 0) {
        page.lead(voice.t("desk-scopes-standard"));
    }
    let mut table = Table::new(
        ["desk-sitting-title", "desk-sitting-kind", "desk-sitting-sections"].map(|key| voice.t(key)),
    );
    for scope in &rows {
        let sections: Vec<String> = scope
            .sections
            .0
            .iter()
            .map(|section| voice.said(&section.names()).text)
            .collect();
        table.row([
            anchor(format!("{base}/{}", scope.id), voice.said(&scope.title).text),
            plain(voice.code("scope-kind", scope.kind.code())),
            plain(sections.join(", ")),
        ]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

async fn scope(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("desk.scope", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            stands(conn, edition, &asked)
        })
        .await?;
    let voice = &visit.voice;
    let title = found.as_ref().map_or_else(
        || voice.t("desk-sitting-new"),
        |scope| voice.said(&scope.title).text,
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || match &found {
        Some(scope) => FormView::filled(voice, scope),
        None => FormView::blank(voice),
    })
    .named("desk-sitting");
    let action = visit.at(&format!("desk/{slug}/scopes/{id}"));
    let mut sheet = match &found {
        Some(scope) => {
            page.lead(voice.code("scope-kind", scope.kind.code()));
            Sheet::new(action.clone(), page.chrome.edits(&scope.version)).and(form.summary())
        }
        None => Sheet::new(action.clone(), page.chrome.sends())
            .and(form.summary())
            .with(
                form.radios(
                    "kind",
                    "desk-sitting-kind",
                    &Choice::codes::<ScopeKind>(voice, "scope-kind"),
                )
                .required(),
            ),
    };
    sheet = sheet.with(
        form.tongues("title", "desk-sitting-title")
            .hint("localized-hint")
            .required(),
    );
    if found.is_none() {
        sheet = sheet.with(code(&form));
    }
    let sections: Vec<Choice> = Section::ALL
        .iter()
        .map(|section| Choice::new(section.code(), voice.said(&section.names()).text))
        .collect();
    let sheet = sheet
        .with(
            form.checks("sections", "desk-sitting-sections", &sections)
                .hint("desk-sitting-sections-hint"),
        )
        .with(form.number("position", "desk-position").optional())
        .does(voice.t("save"));
    page.put(&sheet);
    if found.is_some() {
        page.add(button(
            &page.chrome,
            format!("{action}/remove"),
            "desk-sitting-remove",
        ));
    }
    page.answer(&visit, again)
}

async fn save(visit: Visit, path: At, form: Form) -> Page {
    let asked = path.2.clone();
    let done = match form.input::<ScopeInput>() {
        Ok(input) => {
            let version = form.version();
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                match stands(conn, edition, &asked)? {
                    None => scopes::create(conn, actor, now, edition.id, &input)?,
                    Some(scope) => scopes::edit(conn, actor, now, edition.id, scope.id, &input, version)?,
                };
                Ok("scopes".to_owned())
            };
            write_in(&visit, "desk.scope.save", &path.1, &form, run).await
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
        scopes::remove(conn, actor, now, edition.id, id_of(&gone)?)?;
        Ok("scopes".to_owned())
    };
    let done = write_in(&visit, "desk.scope.remove", &path.1, &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show(visit, &path.1, &path.2, again).await
    })
    .await
}

/// What stands at `id` in an edition; nothing for a new one.
fn stands(conn: &mut Conn, edition: &Edition, id: &str) -> Result<Option<SittingScope>, Fault> {
    if id == NEW {
        return Ok(None);
    }
    let id = id_of(id)?;
    let found = scopes::list(conn, edition.id)?
        .into_iter()
        .find(|scope| scope.id == id);
    found.map(Some).ok_or_else(Fault::not_found)
}
