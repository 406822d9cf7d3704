//! An outcome beside what it says in another language, block by block, for whoever translates it (R88). What is set and
//! reviewed here is [`crate::translating`]'s.

use access_rules::{Act, Actor};
use db::Conn;
use kernel::{Fault, Moment};
use serde::{Deserialize, Serialize};
use texts::{
    faults::TextFault,
    markdown,
    model::{Block, BlockId, Content, Run, Translation, WorkingBlock, blocks_of},
    numbering,
    rules::content_hash,
    texts as wording, translations,
};
use utoipa::ToSchema;

use crate::{
    model::{Outcome, OutcomeId},
    outcomes, sight,
    translating::{self, TranslationInput},
};

/// What the form of a block in another language asks: either what it holds, or its words as Markdown.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutcomeTranslationInput {
    /// The version of the block that was before the translator.
    pub of_version: i64,
    /// That of the translation, where there is one of what the block says now.
    pub version: Option<i64>,
    /// What it says.
    pub content: Option<Content>,
    /// Its words as Markdown, of one block.
    pub markdown: Option<String>,
}

/// What a block of an outcome says in another language, as it is worked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeTranslation {
    /// What it says.
    pub content: Content,
    /// Whether that is of what the block said before.
    pub is_stale: bool,
    /// Whether somebody else has read it over.
    pub is_reviewed: bool,
    /// Whether this reader made it, and cannot read it over.
    pub is_own: bool,
    /// Guards edits; none where it is stale, and the next one begins anew.
    pub version: Option<i64>,
}

/// A block of an outcome beside what it says in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeSheetLine {
    /// The block, in the authentic language.
    #[serde(flatten)]
    pub block: Block,
    /// What it is called; may be empty.
    pub called: String,
    /// Its version.
    pub version: i64,
    /// What it says in the other.
    pub translation: Option<OutcomeTranslation>,
}

/// Every block beside what it says in a language.
///
/// # Errors
/// 401, 403, 404; `authentic_language`.
pub fn sheet(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    language: &str,
) -> Result<Vec<OutcomeSheetLine>, Fault> {
    let found = seen(conn, actor, now, id)?;
    if wording::get(conn, found.text)?.language == language {
        return Err(TextFault::AuthenticLanguage.into());
    }
    let working = wording::working(conn, found.text)?;
    let labels = numbering::labels(&blocks_of(&working));
    let said = translations::all(conn, found.text, language)?;
    let lines = working.iter().zip(labels).map(|(row, label)| {
        let hash = content_hash(&row.content.0);
        let own = || said.iter().filter(|own| own.block == row.id);
        let current = own().find(|own| own.of_hash == hash);
        let shown = current.or_else(|| own().next_back());
        OutcomeSheetLine {
            block: row.block(),
            called: label.called(),
            version: row.version,
            translation: shown.map(|own| view(actor, own, current.is_none())),
        }
    });
    Ok(lines.collect())
}

/// Says a block of an outcome in another language.
///
/// # Errors
/// 401, 403, 404; `invalid`: `content`, `markdown`, `language`; `authentic_language`; `block_removed`; `stale`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    block: BlockId,
    language: &str,
    input: &OutcomeTranslationInput,
) -> Result<OutcomeTranslation, Fault> {
    let found = seen(conn, actor, now, id)?;
    let working = wording::working(conn, found.text)?;
    let source = working.iter().find(|row| row.id == block);
    let content = handed_in(source.ok_or_else(Fault::not_found)?, input)?;
    let input = TranslationInput {
        language: language.to_owned(),
        of_version: input.of_version,
        version: input.version,
        content,
    };
    let set = translating::set(conn, actor, now, id, block, input)?;
    Ok(view(actor, &set, false))
}

/// Reads a translated block over.
///
/// # Errors
/// 401, 403, 404; `own_translation`; `translation_stale`; `stale`.
pub fn review(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    block: BlockId,
    language: &str,
    version: i64,
) -> Result<OutcomeTranslation, Fault> {
    let read = translating::review(conn, actor, now, id, block, language, version)?;
    Ok(view(actor, &read, false))
}

fn seen(conn: &mut Conn, actor: &Actor, now: Moment, id: OutcomeId) -> Result<Outcome, Fault> {
    let found = outcomes::get(conn, actor, id)?;
    sight::may(actor, Act::TranslatePaper, found.edition, now)?;
    Ok(found)
}

/// Markdown of one block cannot name the footnotes of others: the marks that stood there stay, at its end.
fn handed_in(source: &WorkingBlock, input: &OutcomeTranslationInput) -> Result<Content, Fault> {
    let Some(text) = &input.markdown else {
        let missing = || Fault::field("content", "required");
        return input.content.clone().ok_or_else(missing);
    };
    let mut imported = markdown::import(text)?.blocks.into_iter();
    let (Some(only), None) = (imported.next(), imported.next()) else {
        return Err(Fault::field("markdown", "one_block"));
    };
    let mut content = only.content;
    let there: Vec<BlockId> = content.notes().collect();
    if let Content::Text(runs) = &mut content {
        let lost = source.content.0.notes().filter(|note| !there.contains(note));
        runs.extend(lost.map(Run::mark));
    }
    Ok(content)
}

fn view(actor: &Actor, row: &Translation, is_stale: bool) -> OutcomeTranslation {
    OutcomeTranslation {
        content: row.content.0.clone(),
        is_stale,
        is_reviewed: row.reviewed_by.is_some(),
        is_own: row.translated_by.is_some() && row.translated_by == actor.person,
        version: (!is_stale).then_some(row.version),
    }
}
