//! The pages of a theme's space: what its partners want to say beside their paper, each with a title and blocks of text in
//! languages, in their order (PD7).
//!
//! Who leads the theme writes them, and its desk; nobody else does, and another theme's leads are anybody here. What is not
//! published is found by who runs the theme alone. Knows nothing of how a page is drawn.

use access_rules::{Act, Actor, EditionId, PersonId, ThemeId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, Json, Localized, Moment, text};
use programme::model::Theme;
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::TownHallFault,
    model::{PageBlock, PageId, ThemePage},
    partners, space,
    tables::theme_pages as table,
};

/// Most pages of a theme.
pub const PAGES_MOST: usize = 20;
/// Most blocks of a page.
pub const BLOCKS_MOST: usize = 30;
/// Longest text of a block, in graphemes.
const TEXT_MAX: usize = 10_000;
/// Longest part of a name in addresses before its number.
const SLUG_MAX: usize = 50;
/// What no page is called in addresses: the form that adds one stands there.
pub const TAKEN_SLUG: &str = "new";
/// What a page is called in addresses whose title has nothing that can stand there.
const NAMELESS: &str = "page";

/// What the form of a page asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ThemePageInput)]
pub struct PageInput {
    /// Its title.
    pub title: Localized,
    /// Its blocks, in order. Those that say nothing are left out.
    pub blocks: Vec<PageBlock>,
    /// Its place among the pages of the theme, from 1; the last, or where it stands, when left out.
    pub place: Option<i64>,
    /// Whether anybody reads it.
    pub is_published: bool,
}

/// A page, as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ThemePageView)]
pub struct PageView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PageId,
    /// The theme.
    pub theme: ThemeId,
    /// Its edition.
    pub edition: EditionId,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its blocks, in order.
    pub blocks: Vec<PageBlock>,
    /// Its place among the pages of the theme, from 1.
    pub place: i64,
    /// Whether anybody reads it.
    pub is_published: bool,
    /// When it was changed last.
    pub changed_at: Moment,
    /// Guards edits.
    pub version: i64,
}

/// The pages of a theme in their order, for whoever sees the edition: those published, and the others too for who runs it.
///
/// # Errors
/// 404.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Vec<PageView>, Fault> {
    let theme = partners::seen(conn, actor, theme)?;
    let runs = runs(actor, now, &theme);
    let mut all = of(conn, theme.id)?;
    all.retain(|page| page.is_published || runs);
    Ok(all.into_iter().map(view).collect())
}

/// One page.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: PageId) -> Result<PageView, Fault> {
    found(conn, actor, now, id).map(|(_, page)| view(page))
}

/// A page of a theme by its name in addresses.
///
/// # Errors
/// 404.
pub fn by_slug(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    slug: &str,
) -> Result<PageView, Fault> {
    let all = list(conn, actor, now, theme)?;
    let mut named = all.into_iter().filter(|page| page.slug == slug);
    named.next().ok_or_else(Fault::not_found)
}

/// A page of a theme by its name in addresses, for who runs the theme.
///
/// # Errors
/// 401, 403, 404.
pub fn to_run(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    slug: &str,
) -> Result<PageView, Fault> {
    let theme = space::run_by(conn, actor, now, theme)?;
    by_slug(conn, actor, now, theme.id, slug)
}

/// Adds a page to a theme.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `too_many_theme_pages`.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    input: &PageInput,
) -> Result<PageView, Fault> {
    let theme = space::run_by(conn, actor, now, theme)?;
    let (title, blocks) = checked(input)?;
    space::hold(conn, &theme)?;
    let there = of(conn, theme.id)?;
    if there.len() >= PAGES_MOST {
        return Err(TownHallFault::TooManyPages { most: PAGES_MOST }.into());
    }
    let page = ThemePage {
        id: Id::new(),
        theme: theme.id,
        edition: theme.edition,
        slug: free_slug(&title, &there),
        title,
        blocks: Json(blocks),
        position: i64::try_from(there.len()).unwrap_or(i64::MAX) + 1,
        is_published: input.is_published,
        changed_at: now,
        changed_by: actor.person,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&page)
        .execute(c))
    .exactly_one()?;
    place(conn, theme.id, page.id, input.place)?;
    note(conn, actor.person, now, "theme_page.add", None, &page)?;
    get(conn, actor, now, page.id)
}

/// Changes a page, on the version of it that was seen. Its name in addresses stays.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PageId,
    input: &PageInput,
    version: Option<i64>,
) -> Result<PageView, Fault> {
    let (theme, before) = run(conn, actor, now, id)?;
    let (title, blocks) = checked(input)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    space::hold(conn, &theme)?;
    let after = ThemePage {
        title,
        blocks: Json(blocks),
        is_published: input.is_published,
        changed_at: now,
        changed_by: actor.person,
        version: before.version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(before.version))
        .set((
            table::title.eq(&after.title),
            table::blocks.eq(&after.blocks),
            table::is_published.eq(after.is_published),
            table::changed_at.eq(after.changed_at),
            table::changed_by.eq(after.changed_by),
            table::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    if input.place.is_some() {
        place(conn, theme.id, id, input.place)?;
    }
    note(conn, actor.person, now, "theme_page.edit", Some(&before), &after)?;
    get(conn, actor, now, id)
}

/// Takes a page away.
///
/// # Errors
/// 401, 403, 404; `stale`.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PageId,
    version: Option<i64>,
) -> Result<(), Fault> {
    let (theme, page) = run(conn, actor, now, id)?;
    let version = version.unwrap_or(page.version);
    space::hold(conn, &theme)?;
    on_each!(conn, |c| diesel::delete(table::table.find(id))
        .filter(table::version.eq(version))
        .execute(c))
    .one_or(Fault::stale())?;
    let left = of(conn, theme.id)?;
    arrange(conn, &left)?;
    note(conn, actor.person, now, "theme_page.remove", Some(&page), &page)
}

/// A page this actor may read, with its theme.
fn found(conn: &mut Conn, actor: &Actor, now: Moment, id: PageId) -> Result<(Theme, ThemePage), Fault> {
    let page: Option<ThemePage> = on_each!(conn, |c| table::table
        .find(id)
        .select(ThemePage::as_select())
        .first(c)
        .optional())?;
    let page = page.ok_or_else(Fault::not_found)?;
    let theme = partners::seen(conn, actor, page.theme)?;
    match page.is_published || runs(actor, now, &theme) {
        true => Ok((theme, page)),
        false => Err(Fault::not_found()),
    }
}

/// A page for who runs its theme.
fn run(conn: &mut Conn, actor: &Actor, now: Moment, id: PageId) -> Result<(Theme, ThemePage), Fault> {
    let (theme, page) = found(conn, actor, now, id)?;
    decide(actor, Act::ManagePapers, &space::object(&theme), now).or_fault()?;
    Ok((theme, page))
}

fn runs(actor: &Actor, now: Moment, theme: &Theme) -> bool {
    decide(actor, Act::ManagePapers, &space::object(theme), now).allows()
}

/// The pages of a theme in their order; unchecked.
fn of(conn: &mut Conn, theme: ThemeId) -> Result<Vec<ThemePage>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::theme.eq(theme))
        .order((table::position, table::id))
        .select(ThemePage::as_select())
        .load(c))?)
}

/// Puts a page at its place among those of its theme, and counts them anew.
fn place(conn: &mut Conn, theme: ThemeId, id: PageId, place: Option<i64>) -> Result<(), Fault> {
    let mut all = of(conn, theme)?;
    if let Some(place) = place
        && let Some(from) = all.iter().position(|page| page.id == id)
    {
        let to = usize::try_from(place.max(1) - 1).unwrap_or(usize::MAX);
        let page = all.remove(from);
        all.insert(to.min(all.len()), page);
    }
    arrange(conn, &all)
}

fn arrange(conn: &mut Conn, pages: &[ThemePage]) -> Result<(), Fault> {
    for (position, page) in (1_i64..).zip(pages) {
        if page.position != position {
            on_each!(conn, |c| diesel::update(table::table.find(page.id))
                .set(table::position.eq(position))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

fn checked(input: &PageInput) -> Result<(Localized, Vec<PageBlock>), Fault> {
    let mut fields = Fields::new();
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    if input.blocks.len() > BLOCKS_MOST {
        fields.wrong_with("blocks", "too_many_entries", "most", BLOCKS_MOST);
    }
    let mut blocks = Vec::new();
    for (row, block) in input.blocks.iter().take(BLOCKS_MOST).enumerate() {
        let (heading, words) = (format!("blocks.{row}.heading"), format!("blocks.{row}.text"));
        let block = PageBlock {
            heading: fields.localized_line(&heading, &block.heading, text::TITLE, false),
            text: fields.localized_paragraph(&words, &block.text, TEXT_MAX, false),
        };
        if !(block.heading.is_blank() && block.text.is_blank()) {
            blocks.push(block);
        }
    }
    fields.done()?;
    Ok((title, blocks))
}

/// A name in addresses that no page of the theme has: made of the title.
fn free_slug(title: &Localized, there: &[ThemePage]) -> String {
    let stem = title.0.values().map(|words| CodeShape::Slug.made_of(words));
    let stem = stem
        .into_iter()
        .find(|slug| !slug.is_empty())
        .unwrap_or_else(|| NAMELESS.to_owned());
    let is_free = |slug: &String| slug != TAKEN_SLUG && !there.iter().any(|page| page.slug == *slug);
    let numbered = (2..=PAGES_MOST + 1).map(|number| {
        let room: String = stem.chars().take(SLUG_MAX).collect();
        format!("{}-{number}", room.trim_end_matches('-'))
    });
    std::iter::once(stem.clone())
        .chain(numbered)
        .find(is_free)
        .unwrap_or(stem)
}

fn view(page: ThemePage) -> PageView {
    PageView {
        id: page.id,
        theme: page.theme,
        edition: page.edition,
        slug: page.slug,
        title: page.title,
        blocks: page.blocks.0,
        place: page.position,
        is_published: page.is_published,
        changed_at: page.changed_at,
        version: page.version,
    }
}

fn note(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    act: &str,
    before: Option<&ThemePage>,
    after: &ThemePage,
) -> Result<(), Fault> {
    let note = Note {
        actor: who.map(Id::cast),
        object_id: Some(after.theme.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({
            "page": after.id, "slug": after.slug, "blocks": after.blocks.0.len(), "is_published": after.is_published,
        }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "theme")
    };
    audit::note(conn, now, &note)
}
