//! Priorities: « des priorités continentales, sectorielles et thématiques » (R65). Each paper sets its own, in `papers`;
//! together they are the report of what matters where.

use access_rules::{Actor, EditionId, PaperId};
use db::Conn;
use kernel::{Fault, Localized, Moment, PageAsk, page};
use members::sections::Section;
use papers::{
    model::{Paper, PaperTrack, PriorityKind},
    papers::{self as all_papers, PaperFilter, PaperLine},
};
use programme::editions;
use serde::Serialize;
use utoipa::ToSchema;

/// What papers say matters in one region of the world, in sectors, or as a theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PriorityGroup {
    /// What sort of priorities these are.
    pub kind: PriorityKind,
    /// For continental ones: of which section.
    pub section: Option<Section>,
    /// What the section is called.
    pub name: Localized,
    /// The priorities, in the order of their papers.
    pub priorities: Vec<PriorityLine>,
}

/// A priority and the paper that sets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PriorityLine {
    /// What it is.
    pub label: Localized,
    /// Which paper sets it.
    pub paper: PaperId,
    /// What that paper is called for ever.
    pub paper_code: String,
    /// Its title.
    pub paper_title: Localized,
    /// Whose it is.
    pub owner_name: String,
}

/// The priorities of an edition's published papers, as far as this actor reads them: by region of the world, then by
/// sector, then by theme.
///
/// # Errors
/// 404.
pub fn report(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<PriorityGroup>, Fault> {
    editions::get(conn, actor, edition)?;
    let filter = PaperFilter {
        track: Some(PaperTrack::Assembly),
        ..PaperFilter::default()
    };
    let lines = page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        all_papers::list(conn, actor, now, edition, &filter, ask)
    })?;
    let is_out = |paper: &Paper| paper.published_at.is_some() && !papers::rules::is_over(paper.state);
    let out = lines.iter().filter(|line| is_out(&line.paper));
    Ok(grouped(out))
}

fn grouped<'a>(lines: impl Iterator<Item = &'a PaperLine>) -> Vec<PriorityGroup> {
    let mut groups: Vec<PriorityGroup> = Vec::new();
    for line in lines {
        for priority in &line.paper.priorities.0 {
            let told = PriorityLine {
                label: priority.label.clone(),
                paper: line.paper.id,
                paper_code: line.paper.code.clone(),
                paper_title: line.title.clone(),
                owner_name: line.owner_name.clone(),
            };
            let key = (priority.kind, priority.section);
            match groups.iter_mut().find(|group| (group.kind, group.section) == key) {
                Some(group) => group.priorities.push(told),
                None => groups.push(PriorityGroup {
                    kind: priority.kind,
                    section: priority.section,
                    name: priority.section.map(Section::names).unwrap_or_default(),
                    priorities: vec![told],
                }),
            }
        }
    }
    groups.sort_by_key(|group| (group.kind, group.section));
    groups
}
