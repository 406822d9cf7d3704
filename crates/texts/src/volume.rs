//! A text, or several with what stands before them, as they are handed out as a file: one gathering for every form (R88,
//! R192).
//!
//! Whoever owns the texts gathers them, in the words and under the rights of their slice; here they are written out, as a
//! page, Markdown, Word or Akoma Ntoso. The same volume gives the same bytes, so that a file is told apart by them. Knows
//! no connection, no right, and no PDF: that is set from the same values by whoever knows a press.

mod flow;
mod page;
mod words;

use kernel::{Coded as _, Language, LocalDate, Localized, Zone};

pub use self::words::{Word, pair, say, tongue};
pub use crate::akn::Line;
use crate::{
    akn::{self, About, Author, AuthorKind, Element, Work},
    block::{Block, Content, Run},
    clean, docx,
    faults::TextFault,
    markdown,
    translations::Said,
};

/// Under which name texts are kept where Akoma Ntoso has a country.
const AUTHORITY: &str = "un-uclg";
/// Most blocks of a volume that is set for the press: more than any one text has. Five thousand paragraphs, two megabytes
/// of words, are five hundred pages, and half a gigabyte while they are set.
pub const BLOCKS_MAX: usize = 6_000;
/// Most bytes of their words.
pub const BYTES_MAX: usize = 5 * 1024 * 1024;

/// What sort of volume it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Several texts, under one title.
    Collection,
    /// One text, with what is known of it.
    Text,
    /// One text that may come back: as Markdown and as Word nothing but itself, so that what is read again is the same.
    Manuscript,
}

/// Who hands out, and where what is handed out is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imprint {
    /// The congress: its title.
    pub congress: Localized,
    /// Who publishes.
    pub publisher: String,
    /// The address of the congress's pages, for ever.
    pub address: String,
    /// Where it takes place: its days are told by the clocks there.
    pub zone: Zone,
}

/// A text, or several, to be written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Which sort.
    pub sort: Sort,
    /// The language it is asked for in: of its headings and of what is told.
    pub language: Language,
    /// What is known of it; of its text where that is one.
    pub about: About,
    /// The language of its title.
    pub title_language: String,
    /// Where it comes from: the congress, the edition.
    pub subtitle: Vec<String>,
    /// How it is cited.
    pub citation: String,
    /// What stands before its texts.
    pub foreword: Vec<Line>,
    /// Its texts, in their order.
    pub pieces: Vec<Piece>,
}

/// One text of a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Which element of Akoma Ntoso it is.
    pub element: Element,
    /// What is known of it.
    pub about: About,
    /// The language of its title.
    pub title_language: String,
    /// What it is, and what became of it.
    pub standing: String,
    /// Its blocks, all in the language of `about`.
    pub blocks: Vec<Block>,
    /// What is told of it beside.
    pub facts: Vec<Fact>,
}

/// What is told of a text beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What: the session, the paper.
    pub name: String,
    /// It.
    pub told: String,
    /// Its language, where it has one of its own.
    pub language: Option<String>,
}

impl Imprint {
    /// What is known of something that is handed out, before its code and its title are; `path` leads to it below the
    /// congress's pages.
    pub fn about(&self, sort: &str, event: &str, on: LocalDate, path: &str) -> About {
        let publisher = Author {
            kind: AuthorKind::Organisation,
            key: self.publisher.clone(),
            name: self.publisher.clone(),
        };
        About {
            authority: AUTHORITY.into(),
            sort: sort.into(),
            code: String::new(),
            title: String::new(),
            language: String::new(),
            authentic_language: String::new(),
            event: event.into(),
            date: on,
            version: None,
            version_date: on,
            address: format!("{}/{path}", self.address),
            authors: Vec::new(),
            publisher,
        }
    }

    /// How one text is cited: who, what, under which code, of which congress and day, where. The day is written as ISO
    /// 8601 has it, which no language reads otherwise.
    pub fn cited(&self, about: &About, language: Language) -> String {
        let mut parts = vec![
            self.publisher.clone(),
            about.title.clone(),
            about.code.clone(),
            self.congress.text(language).to_owned(),
            about.version_date.to_string(),
            about.address.clone(),
        ];
        parts.retain(|part| !part.is_empty());
        parts.join(". ")
    }
}

impl Volume {
    /// One text, cited as it stands.
    pub fn of_one(sort: Sort, imprint: &Imprint, language: Language, piece: Piece) -> Self {
        Self {
            sort,
            language,
            title_language: piece.title_language.clone(),
            subtitle: vec![imprint.congress.text(language).to_owned()],
            citation: imprint.cited(&piece.about, language),
            foreword: Vec::new(),
            about: piece.about.clone(),
            pieces: vec![piece],
        }
    }

    /// A whole page, safe to be sent as it is: text is escaped, parts in other languages say so, and each block is found
    /// by its lasting id.
    pub fn html(&self) -> String {
        page::write(self)
    }

    /// As Markdown, which [`markdown::import`] reads again.
    pub fn markdown(&self) -> String {
        markdown::export(&match self.sort {
            Sort::Collection | Sort::Text => flow::under_title(self),
            Sort::Manuscript => flow::bare(self),
        })
    }

    /// As a Word document, which [`docx::import`] reads again, the ids of its blocks too.
    pub fn docx(&self) -> Vec<u8> {
        let blocks = match self.sort {
            Sort::Collection | Sort::Text => flow::beside_title(self),
            Sort::Manuscript => flow::bare(self),
        };
        let about = docx::About {
            title: &self.about.title,
            language: &self.about.language,
        };
        docx::export(&about, &blocks)
    }

    /// As Akoma Ntoso, valid by its schema.
    pub fn akn(&self) -> Vec<u8> {
        let prefaces: Vec<Vec<Line>> = self.pieces.iter().map(|piece| self.told(piece)).collect();
        let works = self.pieces.iter().zip(&prefaces).map(|(piece, preface)| Work {
            element: piece.element,
            about: &piece.about,
            preface,
            blocks: &piece.blocks,
            other_languages: &akn::NO_OTHERS,
        });
        let works: Vec<Work<'_>> = works.collect();
        match (self.sort, works.as_slice()) {
            (Sort::Text | Sort::Manuscript, [only]) => akn::document(only),
            _ => akn::collection(&self.about, &self.before(), &works),
        }
    }

    /// Goes on when it is no longer than is set for the press at once.
    ///
    /// # Errors
    /// `too_long_to_print`.
    pub fn may_be_printed(&self) -> Result<(), TextFault> {
        let blocks = || self.pieces.iter().flat_map(|piece| &piece.blocks);
        let bytes: usize = blocks().map(|block| clean::bytes(&block.content)).sum();
        match blocks().count() <= BLOCKS_MAX && bytes <= BYTES_MAX {
            true => Ok(()),
            false => Err(TextFault::TooLongToPrint { most: BLOCKS_MAX }),
        }
    }

    /// How it is cited, in words.
    pub fn cited(&self) -> String {
        pair(say(Word::Cite, self.language), &self.citation, self.language)
    }

    /// What stands before its texts.
    fn before(&self) -> Vec<Line> {
        let cited = Line {
            text: self.cited(),
            language: None,
        };
        std::iter::once(cited)
            .chain(self.foreword.iter().cloned())
            .collect()
    }

    /// What is told of a text before it begins, where all of that stands there.
    fn told(&self, piece: &Piece) -> Vec<Line> {
        let own = [piece.standing.clone(), piece.flag(self.language)];
        let own = own
            .into_iter()
            .filter(|text| !text.is_empty())
            .map(|text| Line { text, language: None });
        let facts = piece.facts.iter().map(|fact| Line {
            text: pair(&fact.name, &fact.told, self.language),
            language: None,
        });
        own.chain(facts).collect()
    }
}

impl Piece {
    /// Which language counts, and whether this is it.
    pub fn flag(&self, asked: Language) -> String {
        let about = &self.about;
        let is = match (
            about.language == about.authentic_language,
            about.language == asked.code(),
        ) {
            (true, true) => Word::IsAuthentic,
            (true, false) => Word::NotTranslated,
            (false, _) => Word::IsTranslation,
        };
        let counts = pair(
            say(Word::AuthenticLanguage, asked),
            tongue(&about.authentic_language),
            asked,
        );
        format!("{}. {counts}", say(is, asked))
    }

    /// Its code and its title.
    pub fn headline(&self) -> String {
        let parts = [self.about.code.as_str(), self.about.title.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}

/// Paragraphs of a text that is kept in languages, said in this one or in the next.
pub fn paragraphs(text: &Localized, language: Language) -> Vec<Line> {
    let said = text.said(language);
    let own = (said.lang != language.code()).then(|| said.lang.to_owned());
    let lines = said.text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| Line {
            text: line.to_owned(),
            language: own.clone(),
        })
        .collect()
}

/// Whether all of it is said in another language than its own as it should be.
pub fn is_whole(said: &[Said]) -> bool {
    said.iter().all(|said| said.is_translated && !said.is_stale)
}

/// A paragraph that stands out from the text it stands beside.
fn aside(text: String) -> Block {
    Block {
        content: Content::Text(vec![Run {
            emphasis: true,
            ..Run::plain(text)
        }]),
        ..Block::paragraph("")
    }
}
