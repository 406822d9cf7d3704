//! What has all of the words, of what the reader has the keys of, in our own order: titles first, then by kind, then as those
//! of a kind are ordered ([decision 21](../../docs/decisions/0021-search.md)).

use std::collections::HashMap;

use db::{Conn, on_each};
use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{Bool, Text},
};
use kernel::{Coded as _, Fault, Kind as Problem, Localized, Page, PageAsk, page::Cursor};

use crate::{
    asked::Asked,
    engines, excerpt,
    model::{EditionId, Entry, Hit, Kind, Part, ThingId},
    tables::search_entries as table,
};

/// What else it must be; an empty filter asks for nothing more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Said in this language.
    pub language: Option<String>,
}

/// What of an edition has all of the words, for whoever has these keys. What they have not is neither counted nor paged.
///
/// # Errors
/// `bad_cursor`; when the database refuses.
pub fn find(
    conn: &mut Conn,
    keys: &[String],
    edition: EditionId,
    asked: &Asked,
    filter: &Filter,
    page: &PageAsk,
) -> Result<Page<Hit>, Fault> {
    let after = page.after.as_ref().map(order_key).transpose()?;
    let having = engines::having(conn, asked);
    let numbers: Vec<i32> = on_each!(conn, |c| {
        let mut rows = table::table
            .filter(
                sql::<Bool>(having.before)
                    .bind::<Text, _>(&having.value)
                    .sql(having.after),
            )
            .filter(table::edition.eq(edition))
            .filter(table::visible_to.eq_any(keys))
            .filter(table::details_to.eq_any(keys))
            .into_boxed();
        if let Some(kind) = filter.kind {
            // Joined with nothing, so that no engine takes the index of all of a kind for shorter than that of the words.
            rows = rows.filter(table::kind.concat("").eq(kind.code()));
        }
        if let Some(language) = &filter.language {
            rows = rows.filter(table::language.eq(language));
        }
        if let Some(after) = &after {
            rows = rows.filter(table::order_key.gt(after));
        }
        rows.order(table::order_key)
            .limit(page.fetch())
            .select(table::number)
            .load(c)
    })?;
    let found: Vec<Entry> = on_each!(conn, |c| table::table
        .filter(table::number.eq_any(&numbers))
        .order(table::order_key)
        .select(Entry::as_select())
        .load(c))?;
    let page = Page::cut(found, page, |entry| Cursor {
        key: hex(&entry.order_key),
        id: entry.thing.uuid(),
    });
    let titles = titles(conn, &page.items)?;
    Ok(page.map(|entry| hit(entry, asked, &titles)))
}

fn hit(entry: Entry, asked: &Asked, titles: &HashMap<ThingId, Localized>) -> Hit {
    let part = Part::of(&entry.part);
    Hit {
        excerpt: excerpt::of(&entry.body, asked),
        title: titles.get(&entry.thing).cloned().unwrap_or_default(),
        is_title: part == Some(Part::Title),
        block: match part {
            Some(Part::Block(id)) => Some(id),
            Some(Part::Title | Part::Abstract) | None => None,
        },
        kind: entry.kind,
        id: entry.thing,
        code: entry.code,
        language: entry.language,
        order_key: entry.order_key,
    }
}

/// What the things are called that these entries are of. Who reads one of its parts reads its title.
fn titles(conn: &mut Conn, entries: &[Entry]) -> Result<HashMap<ThingId, Localized>, Fault> {
    let mut things: Vec<ThingId> = entries.iter().map(|entry| entry.thing).collect();
    things.sort_unstable();
    things.dedup();
    let found: Vec<(ThingId, String, String)> = on_each!(conn, |c| table::table
        .filter(table::thing.eq_any(&things))
        .filter(table::part.eq(Part::Title.text()))
        .select((table::thing, table::language, table::body))
        .load(c))?;
    let mut titles: HashMap<ThingId, Localized> = HashMap::new();
    for (thing, language, title) in found {
        titles.entry(thing).or_default().0.insert(language, title);
    }
    Ok(titles)
}

/// Where the page before ended.
fn order_key(cursor: &Cursor) -> Result<Vec<u8>, Fault> {
    let bad = || Fault::new(Problem::Malformed, "bad_cursor").at("after");
    let digits = cursor.key.as_bytes().chunks(2).map(|two| {
        let two = std::str::from_utf8(two).ok().filter(|two| two.len() == 2)?;
        u8::from_str_radix(two, 16).ok()
    });
    digits.collect::<Option<Vec<u8>>>().ok_or_else(bad)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
