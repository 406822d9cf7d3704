//! The pages of a theme's space: each as its readers see it, and where its leads write them, put them in order and publish
//! them (R89, PD7). Whoever does not run the theme finds none that is not published.

use access_rules::{Act, Actor, ThemeId};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Localized, Moment};
use programme::{editions, model::Edition};
use town_hall::{
    model::PageBlock,
    pages::{self, PageInput, PageView, TAKEN_SLUG},
    space::{self, SpaceView},
};

use super::{
    desk::{Again, Sheet, Table, after, anchor, button, plain, state},
    parts::PartsPage,
    town_hall::of,
    town_hall_lead::At,
};
use crate::{
    components::{Chrome, Empty, Foreign, Link, Notice, Weight},
    forms::FormView,
    table::{Line, get, post},
    visit::{Page, Visit},
};

/// Rows for further blocks in the form.
const ROWS_MORE: usize = 2;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManagePapers;
    vec![
        get("/{lang}/{edition}/town-hall/{theme}/pages/{page}", Act::Read, one),
        get("/{lang}/{edition}/town-hall/{theme}/lead/pages", act, all),
        get(
            "/{lang}/{edition}/town-hall/{theme}/lead/pages/{page}",
            act,
            write,
        ),
        post("/{lang}/{edition}/town-hall/{theme}/lead/pages/{page}", act, save),
        post(
            "/{lang}/{edition}/town-hall/{theme}/lead/pages/{page}/remove",
            act,
            remove,
        ),
    ]
}

/// The address of a page of a theme.
type AtPage = Path<(String, String, String, String)>;

// As its readers see it.

struct BlockShown {
    heading: Option<Foreign>,
    text: Option<Foreign>,
}

#[derive(Template)]
#[template(path = "pages/theme_page.html")]
struct ThemePage {
    chrome: Chrome,
    hue: &'static str,
    theme: (String, Foreign),
    title: Foreign,
    draft: Option<Notice>,
    blocks: Vec<BlockShown>,
    edit: Option<Link>,
    others: Vec<(String, Foreign, bool)>,
}

async fn one(visit: Visit, path: AtPage) -> Page {
    let (_, slug, code, name) = path.into_inner();
    let asked = (code.clone(), name);
    let (frame, (space, page, all)) = visit
        .read_in("town_hall.page", &slug, move |conn, actor, now, edition| {
            let theme = of(conn, edition, &asked.0)?;
            let page = pages::by_slug(conn, actor, now, theme, &asked.1)?;
            let all = pages::list(conn, actor, now, theme)?;
            Ok((space::get(conn, actor, now, theme)?, page, all))
        })
        .await?;
    let voice = &visit.voice;
    let title = voice.said(&page.title);
    let chrome = visit.chrome(&frame, title.text.clone());
    let base = format!("town-hall/{code}");
    let some = |words: &Localized| (!words.is_blank()).then(|| voice.said(words));
    let shown = |block: &PageBlock| BlockShown {
        heading: some(&block.heading),
        text: some(&block.text),
    };
    visit.show(&ThemePage {
        hue: crate::svg::hue(Some("town_hall")),
        theme: (chrome.to(&base), voice.said(&space.title)),
        draft: (!page.is_published).then(|| Notice::new(Weight::Info, voice.t("theme-page-draft"))),
        blocks: page.blocks.iter().map(shown).collect(),
        edit: space.is_run_by_reader.then(|| {
            let here = format!("{base}/lead/pages/{}", page.slug);
            Link::new(chrome.to(&here), voice.t("theme-page-edit"))
        }),
        others: all
            .iter()
            .map(|other| {
                let here = format!("{base}/pages/{}", other.slug);
                (chrome.to(&here), voice.said(&other.title), other.id == page.id)
            })
            .collect(),
        title,
        chrome,
    })
}

// Where its leads write them.

/// A theme for who runs it, with its pages.
fn run(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    code: &str,
) -> Result<(SpaceView, Vec<PageView>), Fault> {
    let theme = of(conn, edition, code)?;
    let space = space::run(conn, actor, now, theme)?;
    Ok((space, pages::list(conn, actor, now, theme)?))
}

async fn all(visit: Visit, path: At) -> Page {
    let (_, slug, code) = path.into_inner();
    let asked = code.clone();
    let (frame, (space, all)) = visit
        .read_in("town_hall.pages", &slug, move |conn, actor, now, edition| {
            run(conn, actor, now, edition, &asked)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/town-hall/{code}"));
    let mut page = PartsPage::own(&visit, &frame, voice.t("theme-pages"));
    page.lead(voice.t1("theme-pages-lead", "theme", voice.said(&space.title).text));
    page.links(vec![
        Link::new(
            format!("{base}/lead/pages/{TAKEN_SLUG}"),
            voice.t("theme-page-new"),
        ),
        Link::new(format!("{base}/lead"), voice.t("theme-lead-back")),
    ]);
    if all.is_empty() {
        page.put(&Empty::new(
            voice.t("theme-pages-none"),
            voice.t("theme-pages-none-hint"),
        ));
        return page.answer(&visit, None);
    }
    let keys = ["theme-page-place", "theme-page-title", "theme-page-state"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for own in &all {
        table.row([
            plain(voice.count(own.place)),
            anchor(
                format!("{base}/lead/pages/{}", own.slug),
                voice.said(&own.title).text,
            ),
            state(
                voice,
                "theme-page-state",
                if own.is_published { "published" } else { "draft" },
            ),
        ]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

async fn write(visit: Visit, path: AtPage) -> Page {
    show(visit, &path.1, &path.2, &path.3, None).await
}

/// The form of a page, or of one that is added.
async fn show(visit: Visit, slug: &str, code: &str, name: &str, again: Option<Again<'_>>) -> Page {
    let asked = (code.to_owned(), name.to_owned());
    let (frame, (all, found)) = visit
        .read_in("town_hall.page.write", slug, move |conn, actor, now, edition| {
            let (_, all) = run(conn, actor, now, edition, &asked.0)?;
            let found = all.iter().find(|page| page.slug == asked.1).cloned();
            match found.is_none() && asked.1 != TAKEN_SLUG {
                true => Err(Fault::not_found()),
                false => Ok((all, found)),
            }
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/town-hall/{code}"));
    let action = format!("{base}/lead/pages/{name}");
    let title = match &found {
        Some(found) => voice.said(&found.title).text,
        None => voice.t("theme-page-new"),
    };
    let mut page = PartsPage::own(&visit, &frame, title);
    let mut links = vec![Link::new(
        format!("{base}/lead/pages"),
        voice.t("theme-pages-back"),
    )];
    links.extend(found.iter().map(|own| {
        let here = format!("{base}/pages/{}", own.slug);
        Link::new(here, voice.t("theme-page-read"))
    }));
    page.links(links);
    let form = Again::view(again, &visit, || match &found {
        Some(found) => FormView::filled(voice, found),
        None => FormView::blank(voice),
    })
    .named("theme-page");
    let sends = found
        .as_ref()
        .map_or_else(|| page.chrome.sends(), |found| page.chrome.edits(&found.version));
    let blocks = found.as_ref().map_or(0, |found| found.blocks.len());
    let sheet = Sheet::new(action.clone(), sends)
        .and(form.summary())
        .with(
            form.tongues("title", "theme-page-title")
                .hint("localized-hint")
                .required(),
        )
        .with(
            form.number("place", "theme-page-place")
                .hint("theme-page-place-hint")
                .optional(),
        )
        .with(form.check("is_published", "theme-page-publish"));
    let rows = (0..blocks + ROWS_MORE).take(pages::BLOCKS_MOST);
    let sheet = rows.fold(sheet, |sheet, row| {
        let number = i64::try_from(row).unwrap_or_default() + 1;
        sheet
            .section(voice.t1("theme-page-block", "number", voice.count(number)))
            .with(
                form.tongues(&format!("blocks.{row}.heading"), "theme-page-heading")
                    .optional(),
            )
            .with(
                form.tongues_area(&format!("blocks.{row}.text"), "theme-page-text")
                    .optional(),
            )
    });
    page.put(&sheet.does(voice.t("save")));
    if let Some(found) = found.filter(|_| !all.is_empty()) {
        page.add(button(
            &page.chrome,
            format!("{base}/lead/pages/{}/remove", found.slug),
            "theme-page-remove",
        ));
    }
    page.answer(&visit, again)
}

/// Does something with the pages of a theme, and goes back to them.
async fn act(
    visit: &Visit,
    name: &'static str,
    at: (&str, &str),
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, ThemeId) -> Result<(), Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug, code) = (visit.language().code(), at.0.to_owned(), at.1.to_owned());
    visit
        .submit(name, form, move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let theme = of(conn, &edition, &code)?;
            run(conn, actor, now, theme)?;
            Ok(format!("/{lang}/{slug}/town-hall/{code}/lead/pages"))
        })
        .await
}

async fn save(visit: Visit, path: AtPage, form: Form) -> Page {
    let (_, slug, code, name) = path.into_inner();
    let done = match form.input::<PageInput>() {
        Ok(input) => {
            let (asked, version) = (name.clone(), form.version());
            let run = move |conn: &mut Conn, actor: &Actor, now, theme| {
                if asked == TAKEN_SLUG {
                    return pages::add(conn, actor, now, theme, &input).map(drop);
                }
                let page = pages::to_run(conn, actor, now, theme, &asked)?;
                pages::edit(conn, actor, now, page.id, &input, version).map(drop)
            };
            act(&visit, "theme.page.save", (&slug, &code), &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &code, &name, again).await
    })
    .await
}

async fn remove(visit: Visit, path: AtPage, form: Form) -> Page {
    let (_, slug, code, name) = path.into_inner();
    let asked = name.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, theme| {
        let page = pages::to_run(conn, actor, now, theme, &asked)?;
        pages::remove(conn, actor, now, page.id, None)
    };
    let done = act(&visit, "theme.page.remove", (&slug, &code), &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show(visit, &slug, &code, &name, again).await
    })
    .await
}
