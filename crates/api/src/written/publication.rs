//! A volume as the press reads it: what is numbered is numbered, what is told is told in sentences.

use documents::{Piece as Printed, Publication, PublicationWords, TextBlock, TextKind, TextRun};
use kernel::{Coded as _, Language, LocalDate};
use texts::{
    model::{Block, BlockKind, Cell, Content, Run},
    numbering,
    volume::{Line, Piece, Sort, Volume, Word, pair, say},
};

/// A volume as a publication: a title page, its foreword, each of its texts.
pub fn publication(volume: &Volume) -> Publication {
    let is_collection = volume.sort == Sort::Collection;
    let own = volume.pieces.iter().filter(|_| !is_collection);
    let mut about: Vec<String> = own.map(|piece| piece.about.code.clone()).collect();
    about.extend(volume.subtitle.iter().cloned());
    about.retain(|line| !line.is_empty());
    let foreword = (!volume.foreword.is_empty()).then(|| foreword(&volume.foreword));
    let pieces = volume
        .pieces
        .iter()
        .map(|piece| printed(piece, volume.language, is_collection));
    Publication {
        language: volume.language.code().into(),
        title: volume.about.title.clone(),
        about,
        citation: volume.cited(),
        address: volume.about.address.clone(),
        issuer: volume.about.publisher.name.clone(),
        issued_on: day(volume.about.version_date),
        pieces: foreword.into_iter().chain(pieces).collect(),
        words: PublicationWords {
            contents: say(Word::Contents, volume.language).to_owned(),
        },
    }
}

fn foreword(lines: &[Line]) -> Printed {
    let paragraph = |line: &Line| TextBlock {
        language: line.language.clone().unwrap_or_default(),
        runs: vec![TextRun {
            text: line.text.clone(),
            ..TextRun::default()
        }],
        ..TextBlock::default()
    };
    Printed {
        blocks: lines.iter().map(paragraph).collect(),
        ..Printed::default()
    }
}

/// A text; where it is the only one, the title page says what it is called.
fn printed(piece: &Piece, language: Language, has_title: bool) -> Printed {
    let told = |text: &String| if has_title { text.clone() } else { String::new() };
    let mut facts = vec![piece.standing.clone(), piece.flag(language)];
    facts.extend(
        piece
            .facts
            .iter()
            .map(|fact| pair(&fact.name, &fact.told, language)),
    );
    facts.retain(|fact| !fact.is_empty());
    let labels = numbering::labels(&piece.blocks);
    let blocks = piece.blocks.iter().zip(labels);
    Printed {
        code: told(&piece.about.code),
        title: told(&piece.about.title),
        language: match piece.about.language == language.code() {
            true => String::new(),
            false => piece.about.language.clone(),
        },
        facts,
        blocks: blocks.map(|(own, label)| block(own, label.called())).collect(),
    }
}

fn block(own: &Block, number: String) -> TextBlock {
    let (runs, rows) = match &own.content {
        Content::Text(text) => (said(text), Vec::new()),
        Content::Table { rows } => (Vec::new(), rows.iter().map(|row| cells(row)).collect()),
    };
    TextBlock {
        key: own.id.to_string(),
        kind: match own.kind {
            BlockKind::Heading => TextKind::Heading,
            BlockKind::Paragraph => TextKind::Paragraph,
            BlockKind::Item => TextKind::Item {
                is_counted: own.numbered,
            },
            BlockKind::Quote => TextKind::Quote,
            BlockKind::Table => TextKind::Table,
            BlockKind::Footnote => TextKind::Footnote,
        },
        level: u32::try_from(own.level).unwrap_or_default(),
        number,
        language: String::new(),
        runs,
        rows,
    }
}

fn cells(row: &[Cell]) -> Vec<Vec<TextRun>> {
    row.iter().map(|cell| said(cell)).collect()
}

fn said(runs: &[Run]) -> Vec<TextRun> {
    let run = |run: &Run| TextRun {
        text: run.text.clone(),
        is_strong: run.strong,
        is_emphasised: run.emphasis,
        link: run.link.clone().unwrap_or_default(),
        note: run.note.map(|note| note.to_string()).unwrap_or_default(),
    };
    runs.iter().map(run).collect()
}

/// Year, month, day.
fn day(on: LocalDate) -> (i32, u32, u32) {
    let written = on.to_string();
    let mut parts = written.splitn(3, '-');
    let mut next = || parts.next().and_then(|part| part.parse::<u32>().ok());
    let (year, month, day) = (next(), next(), next());
    let year = year.and_then(|year| i32::try_from(year).ok());
    (year.unwrap_or(1), month.unwrap_or(1), day.unwrap_or(1))
}
