//! A text: begun, found, given another name, shown to others.
//!
//! Who may do any of it is decided by the slice that owns the text, before it calls: here `who` is only remembered.

use access_rules::{EditionId, Key, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, fields::is_language_tag, text};
use records::audit::{self, Note};
use serde_json::{Value, json};

use crate::{
    blocks,
    clean::{self, Notices},
    model::{Block, Text, TextId, WorkingBlock, with_new_ids},
    rules,
    tables::{text_blocks, texts},
};

/// What a text begins with.
#[derive(Clone, Debug)]
pub struct NewText {
    /// Its authentic language, a BCP 47 tag.
    pub language: String,
    /// Its title, in one language at least.
    pub title: Localized,
    /// Of which edition.
    pub edition: Option<EditionId>,
    /// Who may read it.
    pub visible_to: Key,
    /// Its blocks. They get new ids.
    pub blocks: Vec<Block>,
}

/// Begins a text.
///
/// # Errors
/// `invalid`: `language`, `title`, `blocks`.
pub fn begin(conn: &mut Conn, who: Option<PersonId>, now: Moment, input: NewText) -> Result<Text, Fault> {
    let mut fields = Fields::new();
    let language = language(&mut fields, &input.language);
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let blocks = clean::blocks(&mut fields, "blocks", input.blocks, &mut Notices::default());
    fields.done()?;
    let text = Text {
        id: Id::new(),
        language,
        title,
        version: 1,
        edition: input.edition,
        visible_to: input.visible_to.to_string(),
        created_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(texts::table)
        .values(&text)
        .execute(c))
    .exactly_one()?;
    for (place, block) in with_new_ids(blocks).into_iter().enumerate() {
        blocks::put_in(conn, text.id, 0, rules::place_at(place), block)?;
    }
    note(
        conn,
        who,
        now,
        "text.begin",
        &text,
        json!({ "language": text.language }),
    )?;
    Ok(text)
}

/// A text, if there is such.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: TextId) -> Result<Option<Text>, Fault> {
    Ok(on_each!(conn, |c| texts::table
        .find(id)
        .select(Text::as_select())
        .first(c)
        .optional())?)
}

/// A text that is there.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: TextId) -> Result<Text, Fault> {
    find(conn, id)?.ok_or_else(Fault::not_found)
}

/// Several texts at once, in no order.
///
/// # Errors
/// When the database refuses.
pub fn many(conn: &mut Conn, ids: &[TextId]) -> Result<Vec<Text>, Fault> {
    Ok(on_each!(conn, |c| texts::table
        .filter(texts::id.eq_any(ids))
        .select(Text::as_select())
        .load(c))?)
}

/// The blocks of the working copy, in their order.
///
/// # Errors
/// When the database refuses.
pub fn working(conn: &mut Conn, id: TextId) -> Result<Vec<WorkingBlock>, Fault> {
    Ok(on_each!(conn, |c| text_blocks::table
        .filter(text_blocks::text.eq(id))
        .filter(text_blocks::removed_in.is_null())
        .order((text_blocks::place, text_blocks::id))
        .select(WorkingBlock::as_select())
        .load(c))?)
}

/// Gives a text another title, on the version of it that was seen, where one is named.
///
/// # Errors
/// 404; `invalid`: `title`; `stale`.
pub fn rename(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: TextId,
    version: Option<i64>,
    title: &Localized,
) -> Result<Text, Fault> {
    let text = take(conn, id, version)?;
    let mut fields = Fields::new();
    let title = fields.localized_line("title", title, text::TITLE, true);
    fields.done()?;
    on_each!(conn, |c| diesel::update(texts::table.find(id))
        .set(texts::title.eq(&title))
        .execute(c))
    .exactly_one()?;
    note(conn, who, now, "text.rename", &text, json!({}))?;
    Ok(Text { title, ..text })
}

/// Shows a text to others than before.
///
/// # Errors
/// 404.
pub fn show_to(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: TextId,
    visible_to: &Key,
) -> Result<Text, Fault> {
    let text = take(conn, id, None)?;
    let visible_to = visible_to.to_string();
    on_each!(conn, |c| diesel::update(texts::table.find(id))
        .set(texts::visible_to.eq(&visible_to))
        .execute(c))
    .exactly_one()?;
    note(
        conn,
        who,
        now,
        "text.show_to",
        &text,
        json!({ "visible_to": visible_to }),
    )?;
    Ok(Text { visible_to, ..text })
}

/// Counts a change of a text and holds its row until COMMIT, so that changes of one text stand in line.
///
/// # Errors
/// 404; `stale` when it was changed since the version that is named.
pub(crate) fn take(conn: &mut Conn, id: TextId, version: Option<i64>) -> Result<Text, Fault> {
    let text: Text = on_each!(conn, |c| diesel::update(texts::table.find(id))
        .set(texts::version.eq(texts::version + 1))
        .returning(Text::as_returning())
        .get_result(c)
        .optional())?
    .ok_or_else(Fault::not_found)?;
    match version {
        Some(seen) if seen + 1 != text.version => {
            Err(Fault::stale().with("now", json!({ "version": text.version - 1 })))
        }
        Some(_) | None => Ok(text),
    }
}

/// A language tag, or a fault beside `language`.
pub(crate) fn language(fields: &mut Fields, raw: &str) -> String {
    let tag = raw.trim();
    if tag.is_empty() {
        fields.wrong("language", "required");
    } else if tag.len() > 35 || !is_language_tag(tag) {
        fields.wrong("language", "not_a_language");
    }
    tag.to_owned()
}

/// Notes an act on a text: ids, codes and numbers, and none of its words.
pub(crate) fn note(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    act: &str,
    text: &Text,
    summary: Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: who.map(Id::cast),
        object_id: Some(text.id.uuid()),
        scope: text.edition.map(|edition| edition.uuid()),
        summary,
        ..Note::of(act, "text")
    };
    audit::note(conn, now, &note)
}
