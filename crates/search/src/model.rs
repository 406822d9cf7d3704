//! What is put in, what is kept, and what is found.

use diesel::prelude::*;
use kernel::{Coded as _, Id, Localized};
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::search_entries;

/// What is found, whichever table it stands in; never constructed.
pub enum AnyThing {}
/// The edition it belongs to; never constructed.
pub enum AnyEdition {}

/// The id of what is found.
pub type ThingId = Id<AnyThing>;
/// The id of its edition.
pub type EditionId = Id<AnyEdition>;

kernel::coded! {
    /// What sort of thing is found. In this order they are told.
    pub enum Kind as "SearchKind" {
        /// What the congress decides.
        Outcome => "outcome",
        /// A paper that is out.
        Paper => "paper",
        /// A session of the released programme.
        Session => "session",
    }
}

/// Which part of a thing says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its title.
    Title,
    /// What it is about.
    Abstract,
    /// The block of this id.
    Block(uuid::Uuid),
}

/// What a part says in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which part.
    pub part: Part,
    /// The language, a BCP 47 tag.
    pub language: String,
    /// Where the part stands among the others.
    pub place: u32,
    /// What it says.
    pub text: String,
}

/// A thing as it can be found: all that it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What sort it is.
    pub kind: Kind,
    /// Its id.
    pub id: ThingId,
    /// Its edition.
    pub edition: EditionId,
    /// What it is called in addresses; it is found by it as well.
    pub code: String,
    /// The key of who may know of it, by its title.
    pub visible_to: String,
    /// The key that is needed besides for what else it says; the same where none is.
    pub details_to: String,
    /// Its place among those of its kind.
    pub sort: i64,
    /// What it says.
    pub said: Vec<Said>,
}

/// A row: what one part says in one language.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = search_entries)]
pub(crate) struct Entry {
    pub number: i32,
    pub kind: Kind,
    pub thing: ThingId,
    pub edition: EditionId,
    pub code: String,
    pub part: String,
    pub language: String,
    pub visible_to: String,
    pub details_to: String,
    pub order_key: Vec<u8>,
    pub body: String,
    pub words: String,
}

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SearchExcerptPiece)]
pub struct Piece {
    /// The text, as it stands there. No markup: it is set as text.
    pub text: String,
    /// Whether it is a word that was asked for.
    pub is_hit: bool,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SearchHit)]
pub struct Hit {
    /// What sort of thing.
    pub kind: Kind,
    /// Its id.
    #[schema(value_type = String)]
    pub id: ThingId,
    /// What it is called in addresses.
    pub code: String,
    /// Its title, in each of its languages.
    pub title: Localized,
    /// Whether the title says it.
    pub is_title: bool,
    /// The block that says it, where one does.
    #[schema(value_type = Option<String>)]
    pub block: Option<uuid::Uuid>,
    /// The language it is said in, a BCP 47 tag.
    pub language: String,
    /// Around the first word that was asked for, in pieces.
    pub excerpt: Vec<Piece>,
    /// Where it stands in the order of all.
    #[serde(skip)]
    pub order_key: Vec<u8>,
}

impl Part {
    /// As it stands in a row.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Title => "title".to_owned(),
            Self::Abstract => "abstract".to_owned(),
            Self::Block(id) => id.to_string(),
        }
    }

    /// From a row; what is no other part is a block.
    pub(crate) fn of(text: &str) -> Option<Self> {
        match text {
            "title" => Some(Self::Title),
            "abstract" => Some(Self::Abstract),
            id => uuid::Uuid::try_parse(id).ok().map(Self::Block),
        }
    }
}

impl Thing {
    /// Titles, each in its language, and then what else it says.
    pub fn titled(title: &Localized) -> Vec<Said> {
        Self::in_languages(Part::Title, 0, title)
    }

    /// What a part says in each language.
    pub fn in_languages(part: Part, place: u32, said: &Localized) -> Vec<Said> {
        let one = |(language, text): (&String, &String)| Said {
            part,
            language: language.clone(),
            place,
            text: text.clone(),
        };
        said.0.iter().map(one).collect()
    }

    /// Where a part of it stands in the order of all: titles before what stands below them, then by kind, then as those of a
    /// kind are ordered, then as the thing itself goes on.
    pub(crate) fn order_key(&self, said: &Said) -> Vec<u8> {
        let kinds = Kind::ALL.iter().zip(0_u8..);
        let kind = kinds.filter(|(kind, _)| **kind == self.kind).map(|(_, at)| at);
        let mut key = vec![u8::from(said.part != Part::Title)];
        key.extend(kind);
        // Negative numbers before positive ones.
        key.extend((self.sort ^ i64::MIN).to_be_bytes());
        key.extend(self.id.uuid().as_bytes());
        key.extend(said.place.to_be_bytes());
        key.extend(said.language.bytes());
        key
    }
}
