//! The paper of a theme: begun by who leads the theme or its desk, for the partner that leads it (R89, R90).
//!
//! A theme has one current paper; another takes its place. Who writes at it, what it says and what is said of it is
//! `papers`' own; how far it goes is [`crate::phases`].

use access_rules::{Actor, ThemeId};
use db::Conn;
use kernel::{Fault, Localized, Moment};
use papers::{
    NewPaper,
    model::{Paper, PaperState, PaperTrack},
};
use programme::editions;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{faults::TownHallFault, model::PartnerRole, partners, rules, space};

/// What the form that begins a paper asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PaperInput {
    /// Its title, in one language at least.
    pub title: Localized,
    /// The language it is written in, a BCP 47 tag.
    pub language: String,
}

/// Begins the paper of a theme. Where the theme has one, the new one takes its place (R90).
///
/// # Errors
/// 401, 403, 404; `theme_retired`; `theme_unled`; `invalid`: `title`, `language`; `paper_state` where the paper before it
/// went to the World Assembly; `theme_has_paper` where two begin one at once; `edition_over`.
pub fn begin(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    input: &PaperInput,
) -> Result<Paper, Fault> {
    let theme = space::run_by(conn, actor, now, theme)?;
    if theme.retired {
        return Err(TownHallFault::ThemeRetired.into());
    }
    let lead = partners::current(conn, theme.id)?
        .into_iter()
        .find(|partner| partner.role == PartnerRole::Lead)
        .ok_or(TownHallFault::ThemeUnled)?;
    let edition = editions::find(conn, theme.edition)?.ok_or_else(Fault::not_found)?;
    space::of(conn, &theme)?;
    let before = papers::current_of(conn, theme.id)?;
    let new = NewPaper {
        edition: theme.edition,
        track: PaperTrack::TownHall,
        stem: rules::paper_stem(&edition),
        owner: lead.organisation,
        theme: Some(theme.id),
        title: input.title.clone(),
        language: input.language.clone(),
        state: PaperState::Drafting,
        deadline: None,
        supersedes: before.map(|paper| paper.id),
    };
    papers::begin(conn, actor.person, now, new)
}

/// The current paper of a theme, for whoever may see it.
///
/// # Errors
/// 404 where there is none, or it is not open to them.
pub fn current(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Paper, Fault> {
    let theme = partners::seen(conn, actor, theme)?;
    let paper = papers::current_of(conn, theme.id)?.ok_or_else(Fault::not_found)?;
    papers::get(conn, actor, now, paper.id)
}
