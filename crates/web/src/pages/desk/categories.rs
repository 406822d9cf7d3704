//! The categories people register in: what each is called, how many places it has, whether somebody looks at it first.

use access_rules::{Act, Tag, rule::Atom, words};
use actix_kit::Form;
use actix_web::web::Path;
use kernel::{Coded as _, Fault};
use programme::editions;
use registration::{
    categories::{self, CategoryInput},
    model::Category,
};

use super::{Again, DeskPage, Sheet, Table, after, anchor, gate, id_of, plain};
use crate::{
    components::{Empty, Link},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/categories", Act::SeeDesk, list),
        post("/{lang}/desk/{edition}/categories/seed", Act::ManageFormats, seed),
        get(
            "/{lang}/desk/{edition}/categories/{id}",
            Act::ManageFormats,
            category,
        ),
        post("/{lang}/desk/{edition}/categories/{id}", Act::ManageFormats, save),
    ]
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, all) = visit
        .read_in("desk.categories", &slug, |conn, actor, now, edition| {
            gate(actor, now)?;
            categories::all(conn, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/categories"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-categories"));
    page.links(vec![Link::new(
        format!("{base}/new"),
        voice.t("desk-category-new"),
    )]);
    if all.is_empty() {
        page.put(&Empty::new(
            voice.t("desk-categories-none"),
            voice.t("desk-categories-none-hint"),
        ));
        page.add(super::button(
            &page.chrome,
            format!("{base}/seed"),
            "desk-categories-seed",
        ));
        return page.answer(&visit, None);
    }
    let keys = [
        "desk-category-title",
        "desk-category-places-max",
        "desk-category-taken",
        "desk-category-needs-review",
        "desk-category-retired",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    let yes_no = |is: bool| plain(voice.t(if is { "yes" } else { "no" }));
    for category in &all {
        let places = category
            .places_max
            .map_or_else(|| voice.t("desk-category-no-limit"), |places| voice.count(places));
        table.row([
            anchor(
                format!("{base}/{}", category.id),
                category.title.text(voice.language),
            ),
            plain(places),
            plain(voice.count(category.places_taken)),
            yes_no(category.needs_review),
            yes_no(category.retired),
        ]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

async fn seed(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (lang, slug) = path.into_inner();
    let run = visit.submit("desk.categories.seed", &form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        categories::seed(conn, actor, now, edition.id)?;
        Ok(format!("/{lang}/desk/{slug}/categories"))
    });
    match run.await {
        Ok(next) => Ok(visit.go(&next, Some("saved"))),
        Err(fault) => Err(visit.refused(fault)),
    }
}

async fn category(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show(visit, &slug, &id, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, found) = visit
        .read_in("desk.category", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let found: Option<Category> = match asked.as_str() {
                "new" => None,
                id => Some(
                    categories::find(conn, id_of(id)?)?
                        .filter(|one| one.edition == edition.id)
                        .ok_or_else(Fault::not_found)?,
                ),
            };
            Ok(found)
        })
        .await?;
    let voice = &visit.voice;
    let title = found.as_ref().map_or_else(
        || voice.t("desk-category-new"),
        |one| one.title.text(voice.language).to_owned(),
    );
    let mut page = DeskPage::new(&visit, &frame, title);
    let form = Again::view(again, &visit, || match &found {
        Some(one) => FormView::filled(voice, one).with("no_sessions", (!one.allows_sessions).to_string()),
        None => FormView::blank(voice),
    })
    .named("desk-category");
    let tags: Vec<Choice> = Tag::ALL
        .iter()
        .map(|tag| Choice::new(tag.code(), words::label(&Atom::Tag(*tag), voice.language)))
        .collect();
    let sends = found
        .as_ref()
        .map_or_else(|| page.chrome.sends(), |one| page.chrome.edits(&one.version));
    let sheet = Sheet::new(visit.at(&format!("desk/{slug}/categories/{id}")), sends)
        .and(form.summary())
        .with(
            form.tongues("title", "desk-category-title")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.tongues_area("description", "desk-category-description")
                .optional(),
        )
        .with(form.text("code", "desk-category-code").middle().optional())
        .with(
            form.number("places_max", "desk-category-places-max")
                .hint("desk-category-places-hint")
                .optional(),
        )
        .with(form.date("opens_on", "desk-category-opens-on").optional())
        .with(form.date("closes_on", "desk-category-closes-on").optional())
        .with(
            form.select("tag", "desk-category-tag", &tags)
                .hint("desk-category-tag-hint")
                .optional(),
        )
        .with(form.check("needs_review", "desk-category-needs-review"))
        .with(form.check("no_sessions", "desk-category-no-sessions"))
        .with(form.check("retired", "desk-category-retired"))
        .does(voice.t("save"));
    page.put(&sheet);
    page.answer(&visit, again)
}

async fn save(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<CategoryInput>() {
        Ok(input) => {
            let (of, id, version) = (slug.clone(), id.clone(), form.version());
            let run = visit.submit("desk.category.save", &form, move |conn, actor, now| {
                let edition = editions::by_slug(conn, actor, &of)?;
                if id == "new" {
                    categories::create(conn, actor, now, edition.id, &input)?;
                } else {
                    categories::edit(conn, actor, now, id_of(&id)?, version.unwrap_or_default(), &input)?;
                }
                Ok(format!("/{lang}/desk/{of}/categories"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}
