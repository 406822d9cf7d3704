//! A paper gathered to be handed out as a file, as its reader reads it: its people the working copy, others a version that
//! was published. How each form is written is in [`texts::volume`].

use access_rules::{Actor, PaperId};
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use texts::{
    akn::{About, Author, AuthorKind, Element},
    versions as sealed,
    volume::{self, Fact, Imprint, Piece, Sort, Volume},
};

use crate::{
    model::{Paper, PaperTrack},
    reading::{self, Reading},
    versions,
};

/// A paper in a language: in that where all of it is said, else in its authentic one. Its sealed version of that number;
/// what this reader is shown of it when none is named.
///
/// # Errors
/// 404.
pub fn volume(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    number: Option<i64>,
    imprint: &Imprint,
    language: Language,
) -> Result<Volume, Fault> {
    let mut read = |language: &str| match number {
        Some(number) => versions::get(conn, actor, now, id, number, language),
        None => reading::shown(conn, actor, now, id, language),
    };
    let mut reading = read(language.code())?;
    if !is_whole(&reading) {
        reading = read("")?;
    }
    let paper = &reading.paper;
    let version = match reading.number {
        Some(number) => Some(sealed::get(conn, paper.text, number)?),
        None => None,
    };
    let day = |at: Moment| imprint.zone.local(at).date();
    let about = About {
        version_date: day(version.map_or(now, |version| version.sealed_at)),
        ..about(&reading, imprint, language)
    };
    let piece = Piece {
        element: Element::Doc,
        about,
        title_language: reading.title.said(language).lang.to_owned(),
        standing: standing(&reading, language),
        blocks: reading.blocks.iter().map(|own| own.block.clone()).collect(),
        facts: facts(&reading, language),
    };
    Ok(Volume::of_one(Sort::Manuscript, imprint, language, piece))
}

fn is_whole(reading: &Reading) -> bool {
    let mut blocks = reading.blocks.iter();
    reading.language == reading.authentic || blocks.all(|block| block.is_translated && !block.is_stale)
}

fn about(reading: &Reading, imprint: &Imprint, language: Language) -> About {
    let paper = &reading.paper;
    let began = paper.published_at.unwrap_or(paper.created_at);
    let event = match paper.published_at {
        Some(_) => "publication",
        None => "creation",
    };
    let path = format!("papers/{}", paper.code);
    let owner = Author {
        kind: AuthorKind::Organisation,
        key: paper.owner.to_string(),
        name: reading.owner_name.clone(),
    };
    About {
        code: paper.code.clone(),
        title: reading.title.text(language).to_owned(),
        language: reading.language.clone(),
        authentic_language: reading.authentic.clone(),
        version: reading.number,
        authors: vec![owner],
        ..imprint.about(sort(paper), event, imprint.zone.local(began).date(), &path)
    }
}

const fn sort(paper: &Paper) -> &'static str {
    match paper.track {
        PaperTrack::Assembly => "position-paper",
        PaperTrack::TownHall => "policy-paper",
    }
}

/// What sort of paper it is, and which of its texts: `Position paper, version 2.`
fn standing(reading: &Reading, language: Language) -> String {
    let sort = match (reading.paper.track, language) {
        (PaperTrack::Assembly, Language::En) => "Position paper",
        (PaperTrack::Assembly, Language::Fr) => "Document d’orientation politique",
        (PaperTrack::Assembly, Language::Es) => "Documento de posición",
        (PaperTrack::TownHall, Language::En) => "Policy paper",
        (PaperTrack::TownHall, Language::Fr) => "Document d’orientation",
        (PaperTrack::TownHall, Language::Es) => "Documento de política",
    };
    let (working, version) = match language {
        Language::En => ("working copy", "version"),
        Language::Fr => ("copie de travail", "version"),
        Language::Es => ("copia de trabajo", "versión"),
    };
    match reading.number {
        Some(number) => format!("{sort}, {version} {number}."),
        None => format!("{sort}, {working}."),
    }
}

fn facts(reading: &Reading, language: Language) -> Vec<Fact> {
    let owner = Fact {
        name: volume::say(volume::Word::Organisation, language).to_owned(),
        told: reading.owner_name.clone(),
        language: None,
    };
    let owner = (!owner.told.is_empty()).then_some(owner);
    owner.into_iter().collect()
}
