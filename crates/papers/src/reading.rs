//! What of a paper's words this reader may see: who has a part in it the working copy, everybody else the version that was
//! published, in the language they ask for.

use access_rules::{Act, Actor, PaperId};
use db::Conn;
use kernel::{Fault, Localized, Moment};
use members::organisations;
use serde::Serialize;
use texts::{
    model::{Block, Text, Version, WorkingBlock, blocks_of},
    numbering::{self, Label},
    texts as all_texts,
    translations::{self, Said},
    versions as sealed,
};
use utoipa::ToSchema;

use crate::{
    model::Paper,
    papers,
    rules::{self, LANGUAGES},
    team,
};

/// A paper, as this reader may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reading {
    /// The paper.
    pub paper: Paper,
    /// The name of the organisation whose it is.
    pub owner_name: String,
    /// Its title.
    pub title: Localized,
    /// The language it was written in: what it says in that one holds.
    pub authentic: String,
    /// The language its blocks are given in, as far as they say something in it.
    pub language: String,
    /// The languages one may ask for.
    pub languages: Vec<String>,
    /// Whether this is the working copy.
    pub is_working: bool,
    /// Which sealed version it is, where it is one.
    pub number: Option<i64>,
    /// SHA-256 over language, title and blocks of that version.
    pub hash: Option<String>,
    /// Guards edits of title and whole text: the working copy's.
    pub text_version: Option<i64>,
    /// What it says.
    pub blocks: Vec<ReadBlock>,
    /// What this reader may do now.
    pub may: May,
}

/// A block, as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadBlock {
    /// The block: in the language asked for, or in the authentic one where it says nothing in that.
    #[serde(flatten)]
    pub block: Block,
    /// What it is called.
    pub label: Label,
    /// Guards edits of what it says: the working copy's.
    pub version: Option<i64>,
    /// Whether it is given in another language than the authentic one.
    pub is_translated: bool,
    /// Whether that is of what the block said before.
    pub is_stale: bool,
}

/// What a reader may do with a paper now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct May {
    /// Write at it.
    pub write: bool,
    /// Translate it.
    pub translate: bool,
    /// Name who works at it.
    pub name: bool,
    /// Look it through, publish it, say what became of comments.
    pub manage: bool,
    /// Comment on it.
    pub comment: bool,
}

/// A paper with its words, as this reader may see them, in a language; in the authentic one when none is named.
///
/// # Errors
/// 404.
pub fn shown(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    language: &str,
) -> Result<Reading, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    if papers::is_hand(actor, &paper) {
        return working(conn, actor, now, paper, language);
    }
    let number = paper.published_version.ok_or_else(Fault::not_found)?;
    let version = sealed::get(conn, paper.text, number)?;
    of_version(conn, actor, now, paper, version, language)
}

/// A sealed version of a paper; its reader's sight was asked.
pub(crate) fn of_version(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: Paper,
    version: Version,
    language: &str,
) -> Result<Reading, Fault> {
    let asked = asked(language, &version.language);
    let said = match asked == version.language {
        true => plain(&version.blocks.0),
        false => translations::sealed(conn, &version, &asked)?,
    };
    let mut languages = vec![version.language.clone()];
    languages.extend(translations::sealed_languages(conn, version.id)?);
    let blocks = numbered(&version.blocks.0, said, &[]);
    Ok(Reading {
        title: version.title,
        authentic: version.language,
        language: asked,
        languages,
        is_working: false,
        number: Some(version.number),
        hash: Some(version.hash),
        text_version: None,
        blocks,
        ..begun(conn, actor, now, paper)?
    })
}

/// What an actor may do with a paper now.
pub fn may_now(actor: &Actor, paper: &Paper, now: Moment) -> May {
    let may = |act| papers::may(actor, act, paper, now).allows();
    May {
        write: may(Act::WritePaper) && rules::writable(paper, now).is_ok(),
        translate: may(Act::TranslatePaper) && rules::translatable(paper).is_ok(),
        name: team::names(actor, paper, now),
        manage: may(Act::ManagePapers),
        comment: may(Act::Comment) && rules::takes_comments(paper, now),
    }
}

fn working(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: Paper,
    language: &str,
) -> Result<Reading, Fault> {
    let text: Text = all_texts::get(conn, paper.text)?;
    let rows = all_texts::working(conn, paper.text)?;
    let blocks = blocks_of(&rows);
    let asked = asked(language, &text.language);
    let said = match asked == text.language {
        true => plain(&blocks),
        false => translations::said(conn, paper.text, &asked)?,
    };
    let mut languages = vec![text.language.clone()];
    languages.extend(
        LANGUAGES
            .iter()
            .filter(|own| **own != text.language)
            .map(|own| (*own).to_owned()),
    );
    Ok(Reading {
        title: text.title,
        authentic: text.language,
        language: asked,
        languages,
        is_working: true,
        text_version: Some(text.version),
        blocks: numbered(&blocks, said, &rows),
        ..begun(conn, actor, now, paper)?
    })
}

/// What is read of a paper whatever its words are.
fn begun(conn: &mut Conn, actor: &Actor, now: Moment, paper: Paper) -> Result<Reading, Fault> {
    let owner = organisations::find(conn, paper.owner)?;
    Ok(Reading {
        may: may_now(actor, &paper, now),
        paper: paper.for_reader(actor),
        owner_name: owner.map(|owner| owner.name).unwrap_or_default(),
        title: Localized::default(),
        authentic: String::new(),
        language: String::new(),
        languages: vec![],
        is_working: false,
        number: None,
        hash: None,
        text_version: None,
        blocks: vec![],
    })
}

fn asked(language: &str, authentic: &str) -> String {
    match language.trim() {
        "" => authentic.to_owned(),
        asked => asked.to_owned(),
    }
}

/// Blocks as they say themselves.
fn plain(blocks: &[Block]) -> Vec<Said> {
    let said = |block: &Block| Said {
        block: block.clone(),
        is_translated: false,
        is_stale: false,
    };
    blocks.iter().map(said).collect()
}

/// What is said, under what the blocks are called, with the versions that guard them where they are worked at.
fn numbered(blocks: &[Block], said: Vec<Said>, rows: &[WorkingBlock]) -> Vec<ReadBlock> {
    let labels = numbering::labels(blocks);
    let block = |(place, (said, label)): (usize, (Said, Label))| ReadBlock {
        block: said.block,
        label,
        version: rows.get(place).map(|row| row.version),
        is_translated: said.is_translated,
        is_stale: said.is_stale,
    };
    said.into_iter().zip(labels).enumerate().map(block).collect()
}
