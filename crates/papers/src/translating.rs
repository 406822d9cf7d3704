//! Saying in other languages what a paper says (R88): by its team and its translators, before and after it is out.
//!
//! What readers of the published version read was sealed with it: a translation made since shows when the paper is shown
//! to them again. Somebody else than who translated a block reads it over.

use access_rules::{Act, Actor, PaperId};
use db::Conn;
use kernel::{Fault, Fields, Moment, fields::is_language_tag, text};
use serde::{Deserialize, Serialize};
use texts::{
    markdown,
    model::{Block, BlockId, BlockInput, Content, Translation, WorkingBlock},
    numbering::{self, Label},
    rules::content_hash,
    texts as all_texts,
    translations::{self, LanguageState},
};
use utoipa::ToSchema;

use crate::{
    faults::PaperFault,
    model::Paper,
    papers, progress,
    rules::{self, LANGUAGES},
    writing::{TitleView, keep_marks, own_block},
};

/// What the form of a translation asks: either what the block holds, or its words as Markdown.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TranslationInput {
    /// The version of the block that was before the translator.
    pub of_version: i64,
    /// That of the translation, where there is one of what the block says now.
    pub version: Option<i64>,
    /// What it says.
    pub content: Option<Content>,
    /// Its words as Markdown, of one block.
    pub markdown: Option<String>,
}

/// What the form of a title in another language asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = TranslatedTitleInput)]
pub struct TitleInput {
    /// The title in it.
    pub title: String,
}

/// What a block says in another language, as it is worked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TranslationView {
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

/// A block beside what it says in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SheetLine {
    /// The block, in the authentic language.
    #[serde(flatten)]
    pub block: Block,
    /// What it is called.
    pub label: Label,
    /// Its version.
    pub version: i64,
    /// What it says in the other.
    pub translation: Option<TranslationView>,
}

/// Says a block in another language.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `block_removed`; `invalid`: `language`, `content`, `markdown`;
/// `authentic_language`; `one_block`; `stale`, telling the block or the translation as it is `now`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    block: BlockId,
    language: &str,
    input: &TranslationInput,
) -> Result<TranslationView, Fault> {
    let paper = open(conn, actor, now, id)?;
    let source = own_block(conn, &paper, block)?;
    let content = handed_in(&source, input)?;
    let set = translations::set(
        conn,
        actor.person,
        now,
        block,
        language,
        input.of_version,
        input.version,
        content,
    )?;
    Ok(view(actor, &set, false))
}

/// Has the translation of a block read over, by somebody else than who made it.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `own_translation`; `translation_stale`; `stale`.
pub fn review(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    block: BlockId,
    language: &str,
    version: i64,
) -> Result<TranslationView, Fault> {
    let paper = open(conn, actor, now, id)?;
    own_block(conn, &paper, block)?;
    let reviewed = translations::review(conn, actor.person, now, block, language, version)?;
    Ok(view(actor, &reviewed, false))
}

/// Says the title in another language, on the version of the text that was seen, where one is named.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `authentic_language`; `invalid`: `language`, `title`; `stale`.
pub fn set_title(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    language: &str,
    version: Option<i64>,
    input: &TitleInput,
) -> Result<TitleView, Fault> {
    let paper = open(conn, actor, now, id)?;
    let text = all_texts::get(conn, paper.text)?;
    if language == text.language {
        return Err(texts::faults::TextFault::AuthenticLanguage.into());
    }
    let mut fields = Fields::new();
    if !is_language_tag(language) {
        fields.wrong("language", "not_a_language");
    }
    let title = fields.required_line("title", &input.title, text::TITLE);
    fields.done()?;
    let mut titles = text.title;
    titles.0.insert(language.to_owned(), title);
    all_texts::rename(conn, actor.person, now, paper.text, version, &titles).map(TitleView::from)
}

/// How far the languages are in which a paper says the same, for whoever has a part in it.
///
/// # Errors
/// 401, 403, 404.
pub fn state(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Vec<LanguageState>, Fault> {
    let paper = seen(conn, actor, now, id)?;
    let states = LANGUAGES
        .iter()
        .map(|language| translations::state(conn, paper.text, language));
    states.collect()
}

/// Every block beside what it says in another language, for whoever has a part in the paper.
///
/// # Errors
/// 401, 403, 404; `authentic_language`.
pub fn sheet(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    language: &str,
) -> Result<Vec<SheetLine>, Fault> {
    let paper = seen(conn, actor, now, id)?;
    if all_texts::get(conn, paper.text)?.language == language {
        return Err(texts::faults::TextFault::AuthenticLanguage.into());
    }
    let working = all_texts::working(conn, paper.text)?;
    let labels = numbering::labels(&texts::model::blocks_of(&working));
    let said = translations::all(conn, paper.text, language)?;
    let line = |(row, label): (&WorkingBlock, Label)| {
        let hash = content_hash(&row.content.0);
        let own = || said.iter().filter(|own| own.block == row.id);
        let current = own().find(|own| own.of_hash == hash);
        let found = current.or_else(|| own().next_back());
        SheetLine {
            block: row.block(),
            label,
            version: row.version,
            translation: found.map(|own| view(actor, own, current.is_none())),
        }
    };
    Ok(working.iter().zip(labels).map(line).collect())
}

/// Goes on when a paper says the same in every language it must, read over by somebody else when asked for; unchecked, for
/// slices that have decided.
///
/// # Errors
/// `not_aligned`, telling what each language lacks.
pub fn aligned(conn: &mut Conn, paper: &Paper, must_be_reviewed: bool) -> Result<(), Fault> {
    translations::aligned(conn, paper.text, &LANGUAGES, must_be_reviewed)
}

/// A paper the actor translates now. Its row is held until COMMIT.
fn open(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    papers::may(actor, Act::TranslatePaper, &paper, now).or_fault()?;
    let paper = progress::hold(conn, id)?;
    rules::translatable(&paper)?;
    Ok(paper)
}

/// A paper whose working copy the actor sees.
fn seen(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    if !papers::is_hand(actor, &paper) {
        papers::may(actor, Act::TranslatePaper, &paper, now).or_fault()?;
    }
    Ok(paper)
}

fn handed_in(source: &WorkingBlock, input: &TranslationInput) -> Result<Content, Fault> {
    let Some(text) = &input.markdown else {
        return input
            .content
            .clone()
            .ok_or_else(|| Fault::field("content", "required"));
    };
    let mut imported = markdown::import(text)?.blocks.into_iter();
    match (imported.next(), imported.next()) {
        (Some(only), None) => {
            let mut block: BlockInput = only.input();
            keep_marks(&mut block, &source.content.0);
            Ok(block.content)
        }
        (None, _) => Err(Fault::field("markdown", "required")),
        (Some(_), Some(_)) => Err(PaperFault::OneBlock.into()),
    }
}

fn view(actor: &Actor, row: &Translation, is_stale: bool) -> TranslationView {
    TranslationView {
        content: row.content.0.clone(),
        is_stale,
        is_reviewed: row.reviewed_by.is_some(),
        is_own: row.translated_by.is_some() && row.translated_by == actor.person,
        version: (!is_stale).then_some(row.version),
    }
}
