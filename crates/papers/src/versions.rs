//! The sealed versions of a paper's text, under the sight of who asks: whoever has a part in it sees all of them and the
//! working copy, everybody else those that were published to them.

use std::collections::BTreeSet;

use access_rules::{Actor, Key, PaperId, PersonId};
use db::Conn;
use kernel::{Fault, Localized, Moment};
use people::persons;
use serde::Serialize;
use texts::{
    diff::BlockDiff,
    model::{Block, BlockId, VersionLine},
    numbering::{self, Label},
    versions::{self as sealed, Resolved},
};
use utoipa::ToSchema;

use crate::{
    model::{Paper, StepKind},
    papers,
    reading::{self, Reading},
    steps,
};

/// A sealed version in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VersionView {
    /// Which, from 1.
    pub number: i64,
    /// The title it was sealed with.
    pub title: Localized,
    /// SHA-256 over language, title and blocks.
    pub hash: String,
    /// What its sealer said of it; told to who has a part in the paper.
    pub note: String,
    /// When.
    pub sealed_at: Moment,
    /// By whom, by name; told to who has a part in the paper.
    pub sealed_by: String,
    /// Whether it was shown to readers.
    pub is_published: bool,
    /// Whether it is the one that is out.
    pub is_out: bool,
}

/// Where the anchor of a block leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Anchor {
    /// Whether the block is there.
    pub is_there: bool,
    /// Its place among all blocks, from 1.
    pub place: Option<usize>,
    /// What it is called.
    pub label: Option<Label>,
    /// It; where it is there no more, as it was in the last version that holds it.
    pub block: Option<Block>,
    /// That version.
    pub version: Option<i64>,
}

/// Which versions somebody sees.
enum Seen {
    /// All, and the working copy.
    All,
    /// These alone.
    Only(BTreeSet<i64>),
}

/// The versions of a paper that this reader may see, the newest first.
///
/// # Errors
/// 404.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Vec<VersionView>, Fault> {
    let (paper, seen) = seen(conn, actor, now, id)?;
    let published = published(conn, &paper)?;
    let is_hand = matches!(seen, Seen::All);
    let lines: Vec<VersionLine> = sealed::list(conn, paper.text)?
        .into_iter()
        .filter(|line| seen.has(line.number))
        .collect();
    let ids: Vec<PersonId> = lines.iter().filter_map(|line| line.sealed_by).collect();
    let persons = match is_hand {
        true => persons::many(conn, &ids)?,
        false => vec![],
    };
    let view = |line: VersionLine| {
        let by = persons.iter().find(|person| Some(person.id) == line.sealed_by);
        VersionView {
            number: line.number,
            title: line.title,
            hash: line.hash,
            note: if is_hand { line.note } else { String::new() },
            sealed_at: line.sealed_at,
            sealed_by: by.map(people::model::Person::name).unwrap_or_default(),
            is_published: published.iter().any(|(number, _)| *number == line.number),
            is_out: paper.published_version == Some(line.number),
        }
    };
    Ok(lines.into_iter().map(view).collect())
}

/// One version, whole, in a language; in the authentic one when none is named.
///
/// # Errors
/// 404.
pub fn get(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    number: i64,
    language: &str,
) -> Result<Reading, Fault> {
    let (paper, seen) = seen(conn, actor, now, id)?;
    seen.or_hidden(number)?;
    let version = sealed::get(conn, paper.text, number)?;
    reading::of_version(conn, actor, now, paper, version, language)
}

/// What differs from one version to another, or to the working copy when none is named (R87).
///
/// # Errors
/// 404 when one of them is not open to this reader.
pub fn between(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    from: i64,
    to: Option<i64>,
) -> Result<Vec<BlockDiff>, Fault> {
    let (paper, seen) = seen(conn, actor, now, id)?;
    seen.or_hidden(from)?;
    match (to, &seen) {
        (Some(to), _) => seen.or_hidden(to)?,
        (None, Seen::All) => {}
        (None, Seen::Only(_)) => return Err(Fault::not_found()),
    }
    sealed::between(conn, paper.text, from, to)
}

/// Where the anchor of a block leads (R87): for whoever has a part in the paper in the working copy, for others in the
/// version that is out, or the last before it that was published to them and holds it.
///
/// # Errors
/// 404.
pub fn resolve(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    block: BlockId,
) -> Result<Anchor, Fault> {
    let (paper, seen) = seen(conn, actor, now, id)?;
    let numbers = match seen {
        Seen::All => return sealed::resolve(conn, paper.text, block).map(Anchor::from),
        Seen::Only(numbers) => numbers,
    };
    for number in numbers.into_iter().rev() {
        let blocks = sealed::get(conn, paper.text, number)?.blocks.0;
        let Some(at) = blocks.iter().position(|own| own.id == block) else {
            continue;
        };
        let is_there = paper.published_version == Some(number);
        let label = numbering::labels(&blocks).into_iter().nth(at);
        return Ok(Anchor {
            is_there,
            place: is_there.then_some(at + 1),
            label: label.filter(|_| is_there),
            block: blocks.into_iter().nth(at),
            version: Some(number),
        });
    }
    Err(Fault::not_found())
}

impl Seen {
    fn has(&self, number: i64) -> bool {
        match self {
            Self::All => true,
            Self::Only(numbers) => numbers.contains(&number),
        }
    }

    fn or_hidden(&self, number: i64) -> Result<(), Fault> {
        match self.has(number) {
            true => Ok(()),
            false => Err(Fault::not_found()),
        }
    }
}

impl From<Resolved> for Anchor {
    fn from(resolved: Resolved) -> Self {
        match resolved {
            Resolved::Here { place, label, block } => Self {
                is_there: true,
                place: Some(place),
                label: Some(label),
                block: Some(block),
                version: None,
            },
            Resolved::Tombstone { version, block } => Self {
                is_there: false,
                place: None,
                label: None,
                block,
                version,
            },
        }
    }
}

fn seen(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<(Paper, Seen), Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    if papers::is_hand(actor, &paper) {
        return Ok((paper, Seen::All));
    }
    let sight = actor.sight();
    let to_them = |(number, key): (i64, Key)| sight.reads(&key, None).then_some(number);
    let published = published(conn, &paper)?;
    let mut numbers: BTreeSet<i64> = published.into_iter().filter_map(to_them).collect();
    // Whoever reads the paper reads what is out.
    numbers.extend(paper.published_version);
    Ok((paper, Seen::Only(numbers)))
}

/// The versions that were published, and to whom.
fn published(conn: &mut Conn, paper: &Paper) -> Result<Vec<(i64, Key)>, Fault> {
    let steps = steps::of(conn, paper.id)?;
    let shown = steps.into_iter().filter(|step| step.what == StepKind::Published);
    let version = |step: crate::model::Step| Some((step.text_version?, step.visible_to?.parse().ok()?));
    Ok(shown.filter_map(version).collect())
}
