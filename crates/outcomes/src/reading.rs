//! An outcome as it is read: what it says, in which language, and all that belongs to it.
//!
//! What is decided says for ever what was decided; other languages may come to say it later.

use access_rules::Actor;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, LocalDate, Localized};
use serde::Serialize;
use texts::{
    model::{Block, blocks_of},
    numbering::{self, Label},
    texts as wording,
    translations::{self, LanguageState, Said},
};
use utoipa::ToSchema;

use crate::{
    agendas,
    legacy_model::{Origin, PriorityId, Reference, StrategicPriority},
    links,
    model::{AgendaLink, Outcome, OutcomeId, OutcomeRef, Step},
    outcomes, priorities, provenance, references,
    responses::{self, ResponseView},
    sight::Eyes,
    tables::outcome_priorities,
};

/// What an outcome says in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Its title.
    pub title: Localized,
    /// The authentic language.
    pub authentic: String,
    /// The language that was asked for.
    pub language: String,
    /// Each block, in that language where something is said in it, with what it is called.
    pub blocks: Vec<(Said, Label)>,
}

/// An outcome with all that belongs to it, as far as the reader reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OutcomeRecord)]
pub struct OutcomeView {
    /// The outcome.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Its title.
    pub title: Localized,
    /// The authentic language.
    pub language: String,
    /// Where it came from; none for what the World Assembly drafted itself.
    pub origin: Option<Origin>,
    /// Its steps, the first first.
    pub steps: Vec<Step>,
    /// The international agendas it serves.
    pub agendas: Vec<AgendaLink>,
    /// What it belongs together with.
    pub links: Vec<OutcomeRef>,
    /// For whose work it is a reference.
    pub references: Vec<Reference>,
    /// The strategic priorities it renews.
    pub priorities: Vec<StrategicPriority>,
    /// What bodies were asked about it, and what they answered.
    pub responses: Vec<ResponseView>,
}

impl Wording {
    /// Whether this is the authentic text.
    pub fn is_authentic(&self) -> bool {
        self.language == self.authentic
    }

    /// Whether every block says in that language what it should.
    pub fn is_whole(&self) -> bool {
        self.is_authentic()
            || self
                .blocks
                .iter()
                .all(|(said, _)| said.is_translated && !said.is_stale)
    }
}

/// What an outcome says in a language, as it is now.
///
/// # Errors
/// 404.
pub fn shown(conn: &mut Conn, actor: &Actor, id: OutcomeId, language: &str) -> Result<Wording, Fault> {
    let found = outcomes::get(conn, actor, id)?;
    let text = wording::get(conn, found.text)?;
    let said = match language == text.language {
        true => {
            let blocks = blocks_of(&wording::working(conn, found.text)?);
            blocks.into_iter().map(authentic).collect()
        }
        false => translations::said(conn, found.text, language)?,
    };
    Ok(worded(text.title, text.language, language, said))
}

/// How far each of these languages is.
///
/// # Errors
/// 404.
pub fn languages(
    conn: &mut Conn,
    actor: &Actor,
    id: OutcomeId,
    wanted: &[&str],
) -> Result<Vec<LanguageState>, Fault> {
    let found = outcomes::get(conn, actor, id)?;
    let states = wanted
        .iter()
        .map(|language| translations::state(conn, found.text, language));
    states.collect()
}

/// An outcome with all that belongs to it. `today` is the day at the congress.
///
/// # Errors
/// 404.
pub fn view(conn: &mut Conn, actor: &Actor, today: LocalDate, id: OutcomeId) -> Result<OutcomeView, Fault> {
    let outcome = outcomes::get(conn, actor, id)?;
    let eyes = Eyes::of(conn, actor)?;
    let text = wording::get(conn, outcome.text)?;
    let rows = [outcome];
    let origins = provenance::origins(conn, &rows)?;
    let [outcome] = rows;
    let mut references = references::of_many(conn, &[id])?;
    let renewed: Vec<PriorityId> = on_each!(conn, |c| outcome_priorities::table
        .filter(outcome_priorities::outcome.eq(id))
        .select(outcome_priorities::priority)
        .load(c))?;
    let mut renewing = priorities::list(conn, outcome.edition)?;
    renewing.retain(|own| renewed.contains(&own.id));
    Ok(OutcomeView {
        title: text.title,
        language: text.language,
        origin: outcome.transmission.and_then(|id| origins.get(&id).cloned()),
        steps: outcomes::steps(conn, id)?,
        agendas: agendas::of(conn, id)?,
        links: links::of(conn, &eyes, id)?,
        references: references.remove(&id).unwrap_or_default(),
        priorities: renewing,
        responses: responses::of(conn, actor, today, id)?,
        outcome,
    })
}

/// Blocks with what they are called.
pub(crate) fn worded(title: Localized, authentic: String, language: &str, said: Vec<Said>) -> Wording {
    let blocks: Vec<Block> = said.iter().map(|said| said.block.clone()).collect();
    Wording {
        title,
        authentic,
        language: language.to_owned(),
        blocks: said.into_iter().zip(numbering::labels(&blocks)).collect(),
    }
}

/// A block in the authentic language.
pub(crate) fn authentic(block: Block) -> Said {
    Said {
        block,
        is_translated: false,
        is_stale: false,
    }
}
