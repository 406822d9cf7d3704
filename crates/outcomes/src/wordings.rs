//! An outcome as it is handed in: its kind, title, words and the agendas it serves; checked, and begun under its code.
//!
//! Whoever hands it in was allowed to by the caller.

use access_rules::{EditionId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, fields::is_language_tag, text};
use serde::{Deserialize, Serialize};
use texts::{
    clean::{self, Notices},
    model::Block,
    texts::NewText,
    versions,
};
use utoipa::ToSchema;

use crate::{
    agendas,
    model::{AgendaLink, Outcome, OutcomeKind, OutcomeState, Step, TransmissionId},
    rules, searching,
    tables::{outcome_steps, outcomes as table},
};

/// An outcome as it is handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewOutcome {
    /// What sort it is.
    pub kind: OutcomeKind,
    /// Its title, in its authentic language at least.
    pub title: Localized,
    /// Its authentic language, a BCP 47 tag.
    pub language: String,
    /// Its words, as Markdown.
    pub markdown: String,
    /// The international agendas it serves.
    pub agendas: Vec<AgendaLink>,
}

/// One that was found in order.
#[derive(Clone, Debug)]
pub(crate) struct Worded {
    pub kind: OutcomeKind,
    pub title: Localized,
    pub language: String,
    pub blocks: Vec<Block>,
    pub agendas: Vec<AgendaLink>,
}

/// Notes beside its fields what is wrong with an outcome that is handed in. Tracks ask this of drafts, so that nothing is
/// refused when a session is closed.
///
/// # Errors
/// When the database refuses.
pub fn check(conn: &mut Conn, fields: &mut Fields, at: &str, input: &NewOutcome) -> Result<(), Fault> {
    worded(conn, fields, at, input).map(drop)
}

/// What is handed in, cleaned; what is wrong with it is noted beside its fields, which begin with `at`.
pub(crate) fn worded(
    conn: &mut Conn,
    fields: &mut Fields,
    at: &str,
    input: &NewOutcome,
) -> Result<Worded, Fault> {
    let field = |name: &str| match at {
        "" => name.to_owned(),
        at => format!("{at}.{name}"),
    };
    let language = input.language.trim().to_owned();
    if language.is_empty() {
        fields.wrong(&field("language"), "required");
    } else if language.len() > 35 || !is_language_tag(&language) {
        fields.wrong(&field("language"), "not_a_language");
    }
    let title = fields.localized_line(&field("title"), &input.title, text::TITLE, true);
    if !title.is_blank() && !language.is_empty() && !title.0.contains_key(&language) {
        fields.wrong(&field(&format!("title.{language}")), "required");
    }
    let blocks = words(fields, &field("markdown"), &input.markdown);
    let agendas = agendas::checked(conn, fields, &field("agendas"), &input.agendas)?;
    Ok(Worded {
        kind: input.kind,
        title,
        language,
        blocks,
        agendas,
    })
}

/// Words handed in as Markdown, as blocks; there must be some.
pub(crate) fn words(fields: &mut Fields, field: &str, markdown: &str) -> Vec<Block> {
    let imported = match texts::markdown::import(markdown) {
        Ok(imported) => imported,
        Err(fault) => {
            match fault.fields.first() {
                Some(first) => fields.wrong(field, first.code),
                None => fields.wrong(field, fault.code),
            }
            return vec![];
        }
    };
    let blocks = clean::blocks(fields, field, imported.blocks, &mut Notices::default());
    if blocks.iter().all(|block| block.content.is_blank()) && !fields.has(field) {
        fields.wrong(field, "required");
    }
    blocks
}

/// Where an outcome begins.
pub(crate) struct Beginning<'a> {
    pub edition: EditionId,
    pub stem: &'a str,
    pub number: i64,
    pub transmission: Option<TransmissionId>,
    pub state: OutcomeState,
}

/// Writes an outcome with its text, its first step and its agendas. What was received is sealed at once, so that it can be
/// told later whether something else was adopted.
pub(crate) fn begin(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    beginning: &Beginning<'_>,
    worded: Worded,
) -> Result<Outcome, Fault> {
    let visible_to = rules::readers(beginning.state, beginning.edition);
    let code = rules::code(beginning.stem, worded.kind, beginning.number);
    let title_key = title_key(&code, &worded.title);
    let new = NewText {
        language: worded.language,
        title: worded.title,
        edition: Some(beginning.edition),
        visible_to: visible_to.clone(),
        blocks: worded.blocks,
    };
    let text = texts::texts::begin(conn, who, now, new)?;
    let received_version = match beginning.state {
        OutcomeState::Drafted => 0,
        _ => versions::seal(conn, who, now, text.id, &code)?.number,
    };
    let outcome = Outcome {
        id: Id::new(),
        edition: beginning.edition,
        code,
        kind: worded.kind,
        text: text.id,
        title_key,
        transmission: beginning.transmission,
        state: beginning.state,
        presented_at: None,
        debated_at: None,
        decided_at: None,
        decision_reason: String::new(),
        received_version,
        adopted_version: None,
        horizon_to: None,
        position: rules::UNARRANGED,
        visible_to: visible_to.to_string(),
        version: 1,
        created_at: now,
        created_by: who,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&outcome)
        .execute(c))
    .exactly_one()?;
    step(conn, who, now, &outcome, None, "")?;
    agendas::put(conn, outcome.id, &worded.agendas)?;
    searching::keep(conn, outcome.id)?;
    Ok(outcome)
}

/// Records that an outcome came to the state it is in.
pub(crate) fn step(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    outcome: &Outcome,
    from_state: Option<OutcomeState>,
    reason: &str,
) -> Result<(), Fault> {
    let step = Step {
        id: Id::new(),
        outcome: outcome.id,
        from_state,
        to_state: outcome.state,
        reason: reason.to_owned(),
        at: now,
        who,
    };
    on_each!(conn, |c| diesel::insert_into(outcome_steps::table)
        .values(&step)
        .execute(c))
    .exactly_one()
}

/// What an outcome is found by: its code and the words of its title in every language.
pub(crate) fn title_key(code: &str, title: &Localized) -> String {
    format!("{} {}", text::fold(code), title.folded())
}
