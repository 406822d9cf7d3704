//! Outcomes in other languages: said block by block, and read over by somebody else (R88).
//!
//! A translation changes nothing of what is decided: the authentic words stay, and the title in their language.

use access_rules::{Act, Actor};
use db::Conn;
use kernel::{Fault, Fields, Moment, fields::is_language_tag, text};
use serde::Deserialize;
use texts::{
    blocks,
    faults::TextFault,
    model::{BlockId, Content, Translation},
    texts as wording, translations,
};
use utoipa::ToSchema;

use crate::{
    model::{Outcome, OutcomeId},
    outcomes, searching, sight, wordings,
};

/// What the form of a translated block asks.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct TranslationInput {
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// The version of the block that is translated.
    pub of_version: i64,
    /// The version of the translation that is replaced, where there is one.
    #[serde(default)]
    pub version: Option<i64>,
    /// What it says.
    pub content: Content,
}

/// Says a block of an outcome in another language.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `authentic_language`; `block_removed`; `stale`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    block: BlockId,
    input: TranslationInput,
) -> Result<Translation, Fault> {
    let found = mine(conn, actor, now, id)?;
    within(conn, &found, block)?;
    let translation = translations::set(
        conn,
        actor.person,
        now,
        block,
        &input.language,
        input.of_version,
        input.version,
        input.content,
    )?;
    searching::keep(conn, id)?;
    Ok(translation)
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
) -> Result<Translation, Fault> {
    let found = mine(conn, actor, now, id)?;
    within(conn, &found, block)?;
    translations::review(conn, actor.person, now, block, language, version)
}

/// Says the title of an outcome in another language.
///
/// # Errors
/// 401, 403, 404; `invalid`: `language`, `title`; `authentic_language`.
pub fn entitle(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    language: &str,
    title: &str,
) -> Result<Outcome, Fault> {
    mine(conn, actor, now, id)?;
    let before = outcomes::hold(conn, id)?;
    let text = wording::get(conn, before.text)?;
    let mut fields = Fields::new();
    let language = language.trim();
    if language.len() > 35 || !is_language_tag(language) {
        fields.wrong("language", "not_a_language");
    }
    let line = fields.required_line("title", title, text::TITLE);
    fields.done()?;
    if language == text.language {
        return Err(TextFault::AuthenticLanguage.into());
    }
    let mut titles = text.title;
    titles.0.insert(language.to_owned(), line);
    wording::rename(conn, actor.person, now, before.text, None, &titles)?;
    let after = Outcome {
        title_key: wordings::title_key(&before.code, &titles),
        version: before.version + 1,
        ..before.clone()
    };
    outcomes::write(conn, None, &before, &after)?;
    searching::keep(conn, id)?;
    outcomes::note(conn, actor, now, "outcome.entitle", Some(&before), &after)?;
    Ok(after)
}

fn mine(conn: &mut Conn, actor: &Actor, now: Moment, id: OutcomeId) -> Result<Outcome, Fault> {
    let found = outcomes::get(conn, actor, id)?;
    sight::may(actor, Act::TranslatePaper, found.edition, now)?;
    // Before its text's row, as whoever decides it takes them.
    outcomes::hold(conn, id)
}

/// A block of another text is not one of this outcome's.
fn within(conn: &mut Conn, outcome: &Outcome, block: BlockId) -> Result<(), Fault> {
    let is_own = blocks::find(conn, block)?.is_some_and(|found| found.text == outcome.text);
    match is_own {
        true => Ok(()),
        false => Err(Fault::not_found()),
    }
}
