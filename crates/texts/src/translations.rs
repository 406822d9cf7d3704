//! What blocks say in other languages, and how far each language is (R88).
//!
//! A translation is of what a block said: when the block changes it waits for another. Somebody else than who translated it
//! reads it over. What a version was sealed with it says for ever ([`sealed`]). Who may is decided by the owner of the text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Json, Moment};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    blocks,
    faults::TextFault,
    model::{
        Alignment, Block, BlockId, BlockInput, Content, SaidThen, SealedTranslation, TextId, Translation,
        Version, VersionId, WorkingBlock, blocks_of,
    },
    rules::{alignment, content_hash},
    tables::{text_translations, text_version_translations as sealed_table},
    texts,
};

/// How far a language is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LanguageState {
    /// Which.
    pub language: String,
    /// How far.
    pub state: Alignment,
    /// How many blocks there are.
    pub blocks: usize,
    /// How many say in it what they should.
    pub current: usize,
    /// How many say what the block said before.
    pub stale: usize,
    /// How many say nothing in it.
    pub missing: usize,
    /// How many of those that say what they should nobody else has read over.
    pub unreviewed: usize,
}

/// What a language lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Lacking {
    /// Which.
    pub language: String,
    /// Whether the title is not said in it.
    pub title: bool,
    /// How many blocks say nothing in it.
    pub missing: usize,
    /// How many say what the block said before.
    pub stale: usize,
    /// How many nobody else has read over, where that is asked for.
    pub unreviewed: usize,
}

/// A block as it is said in a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The block: in that language, or in the authentic one where nothing is said in it.
    pub block: Block,
    /// Whether it is said in that language.
    pub is_translated: bool,
    /// Whether that is what the block said before.
    pub is_stale: bool,
}

/// Says a block in another language. `of_version` is the version of the block that the translator had before them,
/// `version` that of the translation, where there is one.
///
/// # Errors
/// 404; `block_removed`; `invalid`: `language`, `content`; `stale`, telling the block or the translation as it is `now`.
pub fn set(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    block: BlockId,
    language: &str,
    of_version: i64,
    version: Option<i64>,
    content: Content,
) -> Result<Translation, Fault> {
    let text = blocks::get(conn, block)?.text;
    let row = texts::take(conn, text, None)?;
    let source = blocks::get(conn, block)?;
    let mut fields = Fields::new();
    let language = texts::language(&mut fields, language);
    fields.done()?;
    if language == row.language {
        return Err(TextFault::AuthenticLanguage.into());
    }
    if source.version != of_version {
        return Err(Fault::stale().with("now", json!(source)));
    }
    let content = checked(conn, &source, content)?;
    let of_hash = content_hash(&source.content.0);
    let before = find(conn, block, &language, &of_hash)?;
    if let Some(before) = &before
        && version != Some(before.version)
    {
        return Err(Fault::stale().with("now", json!(before)));
    }
    let translation = Translation {
        block,
        language,
        of_hash,
        text,
        content: Json(content),
        translated_by: who,
        translated_at: now,
        reviewed_by: None,
        reviewed_at: None,
        version: before.as_ref().map_or(0, |before| before.version) + 1,
    };
    if before.is_some() {
        on_each!(conn, |c| diesel::delete(text_translations::table.find((
            block,
            &translation.language,
            &translation.of_hash
        )))
        .execute(c))
        .exactly_one()?;
    }
    on_each!(conn, |c| diesel::insert_into(text_translations::table)
        .values(&translation)
        .execute(c))
    .exactly_one()?;
    let summary = json!({ "block": block, "language": translation.language, "version": translation.version });
    texts::note(conn, who, now, "text.translate", &row, summary)?;
    Ok(translation)
}

/// Has a translation read over, by somebody else than who made it.
///
/// # Errors
/// 401; 404; `own_translation`; `translation_stale`; `stale`.
pub fn review(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    block: BlockId,
    language: &str,
    version: i64,
) -> Result<Translation, Fault> {
    let reviewer = who.ok_or_else(Fault::sign_in_needed)?;
    let text = blocks::get(conn, block)?.text;
    let row = texts::take(conn, text, None)?;
    let source = blocks::get(conn, block)?;
    let before = of_block(conn, block, language)?;
    let current = before
        .iter()
        .find(|own| own.of_hash == content_hash(&source.content.0));
    let Some(before) = current else {
        return Err(match before.is_empty() {
            true => Fault::not_found(),
            false => TextFault::TranslationStale.into(),
        });
    };
    if before.translated_by == Some(reviewer) {
        return Err(TextFault::OwnTranslation.into());
    }
    on_each!(conn, |c| diesel::update(text_translations::table.find((
        block,
        language,
        &before.of_hash
    )))
    .filter(text_translations::version.eq(version))
    .set((
        text_translations::reviewed_by.eq(reviewer),
        text_translations::reviewed_at.eq(now),
        text_translations::version.eq(version + 1),
    ))
    .execute(c))
    .one_or(Fault::stale().with("now", json!(before)))?;
    texts::note(
        conn,
        who,
        now,
        "text.review",
        &row,
        json!({ "block": block, "language": language }),
    )?;
    Ok(Translation {
        reviewed_by: Some(reviewer),
        reviewed_at: Some(now),
        version: version + 1,
        ..before.clone()
    })
}

/// How far a language is in the working copy.
///
/// # Errors
/// 404.
pub fn state(conn: &mut Conn, text: TextId, language: &str) -> Result<LanguageState, Fault> {
    let authentic = texts::get(conn, text)?.language;
    let blocks = blocks_of(&texts::working(conn, text)?);
    if language == authentic {
        return Ok(counted(language, blocks.len(), blocks.len(), 0, 0));
    }
    let there = by_block(conn, text, language)?;
    let (mut current, mut stale, mut unreviewed) = (0, 0, 0);
    for block in &blocks {
        let hash = content_hash(&block.content);
        let Some(own) = there.get(&block.id) else { continue };
        match own.iter().find(|own| own.of_hash == hash) {
            Some(own) => {
                current += 1;
                unreviewed += usize::from(own.reviewed_by.is_none());
            }
            None => stale += 1,
        }
    }
    Ok(counted(language, blocks.len(), current, stale, unreviewed))
}

/// Goes on when a text says in each of these languages what it says in the authentic one, its title too; when asked
/// for, read over by somebody else.
///
/// # Errors
/// 404; `not_aligned`, telling what each language lacks.
pub fn aligned(
    conn: &mut Conn,
    text: TextId,
    languages: &[&str],
    must_be_reviewed: bool,
) -> Result<(), Fault> {
    let title = texts::get(conn, text)?.title;
    let mut lacking = Vec::new();
    for language in languages.iter().copied().collect::<BTreeSet<_>>() {
        let state = state(conn, text, language)?;
        let has_title = title
            .0
            .get(language)
            .is_some_and(|title| !title.trim().is_empty());
        let unreviewed = if must_be_reviewed { state.unreviewed } else { 0 };
        if state.state != Alignment::Complete || !has_title || unreviewed > 0 {
            lacking.push(Lacking {
                language: language.to_owned(),
                title: !has_title,
                missing: state.missing,
                stale: state.stale,
                unreviewed,
            });
        }
    }
    match lacking.is_empty() {
        true => Ok(()),
        false => Err(TextFault::NotAligned { languages: lacking }.into()),
    }
}

/// The blocks of the working copy as they are said in a language.
///
/// # Errors
/// When the database refuses.
pub fn said(conn: &mut Conn, text: TextId, language: &str) -> Result<Vec<Said>, Fault> {
    let blocks = blocks_of(&texts::working(conn, text)?);
    let there = said_now(conn, text, &blocks, language)?;
    Ok(in_language(&blocks, there))
}

/// The blocks of a sealed version as they were said in a language when it was sealed. That never changes.
///
/// # Errors
/// When the database refuses.
pub fn sealed(conn: &mut Conn, version: &Version, language: &str) -> Result<Vec<Said>, Fault> {
    let there: Option<Json<Vec<SaidThen>>> = on_each!(conn, |c| sealed_table::table
        .find((version.id, language))
        .select(sealed_table::said)
        .first(c)
        .optional())?;
    let there = there.map_or_else(Vec::new, |there| there.0);
    Ok(in_language(&version.blocks.0, there))
}

/// Everything that was ever said in a language of the blocks of a text, the newest last: for who translates it.
///
/// # Errors
/// When the database refuses.
pub fn all(conn: &mut Conn, text: TextId, language: &str) -> Result<Vec<Translation>, Fault> {
    Ok(on_each!(conn, |c| text_translations::table
        .filter(text_translations::text.eq(text))
        .filter(text_translations::language.eq(language))
        .order((text_translations::translated_at, text_translations::of_hash))
        .select(Translation::as_select())
        .load(c))?)
}

/// The other languages in which something was said when a version was sealed.
///
/// # Errors
/// When the database refuses.
pub fn sealed_languages(conn: &mut Conn, version: VersionId) -> Result<Vec<String>, Fault> {
    Ok(on_each!(conn, |c| sealed_table::table
        .filter(sealed_table::version.eq(version))
        .order(sealed_table::language)
        .select(sealed_table::language)
        .load(c))?)
}

/// The languages in which anything was ever said of a text, the authentic one not among them.
///
/// # Errors
/// When the database refuses.
pub(crate) fn languages(conn: &mut Conn, text: TextId) -> Result<Vec<String>, Fault> {
    Ok(on_each!(conn, |c| text_translations::table
        .filter(text_translations::text.eq(text))
        .select(text_translations::language)
        .distinct()
        .order(text_translations::language)
        .load(c))?)
}

/// What blocks say in every other language there is.
pub(crate) fn all_said(
    conn: &mut Conn,
    text: TextId,
    blocks: &[Block],
) -> Result<BTreeMap<String, Vec<SaidThen>>, Fault> {
    let mut all = BTreeMap::new();
    for language in languages(conn, text)? {
        let said = said_now(conn, text, blocks, &language)?;
        if !said.is_empty() {
            all.insert(language, said);
        }
    }
    Ok(all)
}

/// What a version was sealed with.
pub(crate) fn all_sealed(
    conn: &mut Conn,
    version: VersionId,
) -> Result<BTreeMap<String, Vec<SaidThen>>, Fault> {
    let rows: Vec<SealedTranslation> = on_each!(conn, |c| sealed_table::table
        .filter(sealed_table::version.eq(version))
        .select(SealedTranslation::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(|row| (row.language, row.said.0)).collect())
}

/// Seals with a version what it says in other languages.
pub(crate) fn seal(
    conn: &mut Conn,
    version: VersionId,
    all: BTreeMap<String, Vec<SaidThen>>,
) -> Result<(), Fault> {
    for (language, said) in all {
        let row = SealedTranslation {
            version,
            language,
            said: Json(said),
        };
        on_each!(conn, |c| diesel::insert_into(sealed_table::table)
            .values(&row)
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}

/// What those of these blocks that say something in a language say in it now: what they should, or else what they did.
fn said_now(conn: &mut Conn, text: TextId, blocks: &[Block], language: &str) -> Result<Vec<SaidThen>, Fault> {
    let there = by_block(conn, text, language)?;
    let now = |block: &Block| {
        let hash = content_hash(&block.content);
        let own = there.get(&block.id)?;
        let current = own.iter().find(|own| own.of_hash == hash);
        let found = current.or_else(|| own.last())?;
        Some(SaidThen {
            block: block.id,
            content: found.content.0.clone(),
            is_stale: current.is_none(),
        })
    };
    Ok(blocks.iter().filter_map(now).collect())
}

/// Blocks with what is said of them in a language, in the authentic one where nothing is.
fn in_language(blocks: &[Block], there: Vec<SaidThen>) -> Vec<Said> {
    let mut there: HashMap<BlockId, SaidThen> = there.into_iter().map(|own| (own.block, own)).collect();
    let said = |block: &Block| match there.remove(&block.id) {
        Some(own) => Said {
            block: Block {
                id: block.id,
                kind: block.kind,
                level: block.level,
                numbered: block.numbered,
                content: own.content,
            },
            is_translated: true,
            is_stale: own.is_stale,
        },
        None => Said {
            block: block.clone(),
            is_translated: false,
            is_stale: false,
        },
    };
    blocks.iter().map(said).collect()
}

fn counted(language: &str, blocks: usize, current: usize, stale: usize, unreviewed: usize) -> LanguageState {
    LanguageState {
        language: language.to_owned(),
        state: alignment(blocks, current, stale),
        blocks,
        current,
        stale,
        missing: blocks - current - stale,
        unreviewed,
    }
}

/// Checks a translation as its block is checked: it is of the same kind, and must say something.
fn checked(conn: &mut Conn, source: &WorkingBlock, content: Content) -> Result<Content, Fault> {
    let input = BlockInput {
        content,
        ..source.block().input()
    };
    blocks::checked(conn, source.text, input).map(|(input, _)| input.content)
}

fn find(
    conn: &mut Conn,
    block: BlockId,
    language: &str,
    of_hash: &str,
) -> Result<Option<Translation>, Fault> {
    Ok(on_each!(conn, |c| text_translations::table
        .find((block, language, of_hash))
        .select(Translation::as_select())
        .first(c)
        .optional())?)
}

/// What a block was ever said to say in a language, the newest last.
fn of_block(conn: &mut Conn, block: BlockId, language: &str) -> Result<Vec<Translation>, Fault> {
    Ok(on_each!(conn, |c| text_translations::table
        .filter(text_translations::block.eq(block))
        .filter(text_translations::language.eq(language))
        .order((text_translations::translated_at, text_translations::of_hash))
        .select(Translation::as_select())
        .load(c))?)
}

fn by_block(
    conn: &mut Conn,
    text: TextId,
    language: &str,
) -> Result<HashMap<BlockId, Vec<Translation>>, Fault> {
    let mut by_block: HashMap<BlockId, Vec<Translation>> = HashMap::new();
    for translation in all(conn, text, language)? {
        by_block.entry(translation.block).or_default().push(translation);
    }
    Ok(by_block)
}
