//! Texts as Akoma Ntoso 3.0, the form in which parliaments and the United Nations exchange theirs (R88).
//!
//! A text is a `statement` or a `doc`: what is known of it, its title, its blocks. A collection is a `documentCollection`
//! of them. Every block bears its lasting id as `wId`, and as `eId` its place by the naming convention. Knows no state, no
//! right and no database: whoever calls says who wrote a text, when it was adopted and where it is found for ever.
//!
//! Amendments are to be one more element beside `statement` and `doc`: [`open_document`] is theirs too, and only their body
//! is another.

mod body;
mod languages;
mod meta;

use std::collections::BTreeMap;

use kernel::LocalDate;

use crate::{
    block::{Block, BlockId},
    xml::Xml,
};

/// How it is served: as RFC 7303 has it for XML that has no name of its own.
pub const MEDIA_TYPE: &str = "application/xml; charset=utf-8";
/// Its namespace.
pub const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Which element of Akoma Ntoso a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// What a body says formally: a declaration, a recommendation, a resolution.
    Statement,
    /// Any other document: a paper.
    Doc,
}

/// Whether an author is one person or a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorKind {
    /// An organisation, an assembly, a caucus.
    Organisation,
    /// A person.
    Person,
}

/// Who a text is by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// One person or a body.
    pub kind: AuthorKind,
    /// What they are called for ever: an id or a code.
    pub key: String,
    /// Their name, as it is shown.
    pub name: String,
}

/// What is known of a text or of a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Under whose name it is kept, in place of a country: `un-uclg`.
    pub authority: String,
    /// What sort it is, a code: `recommendation`, `declaration`, `paper`.
    pub sort: String,
    /// Its lasting code: `TH-2019-03-R07`.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The language it is in here, a BCP 47 tag.
    pub language: String,
    /// The language that counts where two differ.
    pub authentic_language: String,
    /// What took place on `date`: `adoption`, `publication`.
    pub event: String,
    /// The day it came to be.
    pub date: LocalDate,
    /// Which version this is; none where it has but one.
    pub version: Option<i64>,
    /// The day of this version.
    pub version_date: LocalDate,
    /// Where it is found for ever.
    pub address: String,
    /// Who wrote it; where nobody is named, whoever publishes it.
    pub authors: Vec<Author>,
    /// Who publishes it.
    pub publisher: Author,
}

/// A line beside a text: how it is cited, a paragraph of a foreword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// It.
    pub text: String,
    /// Its language, a BCP 47 tag, where it has one of its own.
    pub language: Option<String>,
}

/// Where every block is in the text's own language.
pub static NO_OTHERS: BTreeMap<BlockId, String> = BTreeMap::new();

/// A text to be written out.
#[derive(Clone, Copy, Debug)]
pub struct Work<'a> {
    /// Which element it is.
    pub element: Element,
    /// What is known of it.
    pub about: &'a About,
    /// What is told before it begins.
    pub preface: &'a [Line],
    /// Its blocks.
    pub blocks: &'a [Block],
    /// The languages of those blocks that are not in the text's.
    pub other_languages: &'a BTreeMap<BlockId, String>,
}

/// Writes one text.
pub fn document(work: &Work<'_>) -> Vec<u8> {
    let mut xml = begun();
    write(&mut xml, "", work);
    xml.done()
}

/// Writes several texts as one, in their order, after what stands before them.
pub fn collection(about: &About, preface: &[Line], works: &[Work<'_>]) -> Vec<u8> {
    let mut xml = begun();
    open_document(&mut xml, "", "documentCollection", about, preface);
    xml.open("collectionBody", &[("xml:lang", &about.language)]);
    xml.line();
    for (place, work) in works.iter().enumerate() {
        let component = format!("cmp_{}", place + 1);
        xml.open("component", &[("eId", &component)]);
        xml.line();
        write(&mut xml, &component, work);
        xml.close();
        xml.line();
    }
    if works.is_empty() {
        xml.open("component", &[("eId", "cmp_1")]);
        xml.open("interstitial", &[("eId", "cmp_1__interstitial")]);
        xml.empty("p", &[]);
        xml.close();
        xml.close();
    }
    xml.done()
}

fn begun() -> Xml {
    let mut xml = Xml::new();
    xml.open("akomaNtoso", &[("xmlns", NAMESPACE)]);
    xml.line();
    xml
}

fn write(xml: &mut Xml, context: &str, work: &Work<'_>) {
    let before = xml.depth();
    open_document(xml, context, work.element.name(), work.about, work.preface);
    body::write(xml, context, work);
    xml.close_to(before);
    xml.line();
}

/// Begins a document of any element, with what is known of it and its title; its body is to follow.
fn open_document(xml: &mut Xml, context: &str, element: &'static str, about: &About, preface: &[Line]) {
    xml.open(element, &[("name", &meta::segment(&about.sort))]);
    xml.line();
    meta::write(xml, context, element, about);
    xml.open("preface", &[("xml:lang", &about.language)]);
    xml.open("longTitle", &[("eId", &within(context, "longTitle"))]);
    xml.open("p", &[]);
    xml.leaf("docNumber", &[], &about.code);
    xml.text(" ");
    xml.leaf("docTitle", &[], &about.title);
    xml.close();
    xml.close();
    for line in preface {
        match &line.language {
            Some(language) => xml.leaf("p", &[("xml:lang", language)], &line.text),
            None => xml.leaf("p", &[], &line.text),
        }
    }
    xml.close();
    xml.line();
}

/// What an element is called within another: the whole of the naming convention's prefixes (AKN-NC 5.4).
fn within(context: &str, own: &str) -> String {
    match context {
        "" => own.to_owned(),
        context => format!("{context}__{own}"),
    }
}

impl Element {
    const fn name(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Doc => "doc",
        }
    }
}
