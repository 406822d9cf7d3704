//! What is known of a text, in the four levels of FRBR: the work, what it says in one language and version, the file.
//!
//! Each level is called by an IRI of the naming convention; the address where the platform keeps the work for ever stands
//! beside it as an alias, since that one can be opened.

use super::{About, Author, AuthorKind, languages::three_letters, within};
use crate::xml::Xml;

/// Who speaks for the platform, in the references.
const PUBLISHER: &str = "publisher";

/// Writes `meta`.
pub(super) fn write(xml: &mut Xml, context: &str, element: &str, about: &About) {
    let names = Names::of(element, about);
    let publisher = format!("#{}", within(context, PUBLISHER));
    xml.open("meta", &[]);
    xml.line();
    xml.open("identification", &[("source", &publisher)]);
    xml.line();
    xml.open("FRBRWork", &[]);
    level(
        xml,
        &names.work,
        "",
        &about.event,
        &about.date.to_string(),
        Some(&about.address),
    );
    authors(xml, context, about);
    value(xml, "FRBRcountry", &segment(&about.authority));
    value(xml, "FRBRsubtype", &segment(&about.sort));
    value(xml, "FRBRnumber", &about.code);
    value(xml, "FRBRname", &about.title);
    xml.close();
    xml.line();
    expression(xml, context, &names, about, &publisher);
    xml.open("FRBRManifestation", &[]);
    let made = about.version_date.to_string();
    level(xml, &names.expression, ".xml", "markup", &made, None);
    xml.empty("FRBRauthor", &[("href", &publisher)]);
    value(xml, "FRBRformat", "application/xml");
    xml.close();
    xml.line();
    xml.close();
    xml.line();
    references(xml, context, about, &publisher);
    xml.close();
    xml.line();
}

fn expression(xml: &mut Xml, context: &str, names: &Names, about: &About, publisher: &str) {
    let is_authentic = about.language == about.authentic_language;
    xml.open("FRBRExpression", &[]);
    let day = about.version_date.to_string();
    level(xml, &names.expression, "", "version", &day, None);
    authors(xml, context, about);
    if let Some(version) = about.version {
        value(xml, "FRBRversionNumber", &version.to_string());
    }
    value(
        xml,
        "FRBRauthoritative",
        if is_authentic { "true" } else { "false" },
    );
    xml.empty("FRBRlanguage", &[("language", &three_letters(&about.language))]);
    if !is_authentic {
        xml.empty(
            "FRBRtranslation",
            &[
                ("href", &names.authentic),
                ("fromLanguage", &three_letters(&about.authentic_language)),
                ("authoritative", "false"),
                ("by", publisher),
            ],
        );
    }
    xml.close();
    xml.line();
}

/// What every level begins with: what it is called, and a day.
fn level(xml: &mut Xml, iri: &str, ending: &str, event: &str, day: &str, alias: Option<&str>) {
    value(xml, "FRBRthis", &format!("{iri}/!main{ending}"));
    value(xml, "FRBRuri", &format!("{iri}{ending}"));
    if let Some(address) = alias {
        xml.empty("FRBRalias", &[("name", "address"), ("value", address)]);
    }
    xml.empty("FRBRdate", &[("date", day), ("name", &segment(event))]);
}

fn authors(xml: &mut Xml, context: &str, about: &About) {
    if about.authors.is_empty() {
        let publisher = format!("#{}", within(context, PUBLISHER));
        xml.empty("FRBRauthor", &[("href", &publisher)]);
    }
    for place in 1..=about.authors.len() {
        let author = format!("#{}", within(context, &format!("author_{place}")));
        xml.empty("FRBRauthor", &[("href", &author)]);
    }
}

fn references(xml: &mut Xml, context: &str, about: &About, publisher: &str) {
    xml.open("references", &[("source", publisher)]);
    xml.line();
    reference(xml, &within(context, PUBLISHER), &about.publisher, about);
    for (place, author) in about.authors.iter().enumerate() {
        let id = within(context, &format!("author_{}", place + 1));
        reference(xml, &id, author, about);
    }
    xml.close();
    xml.line();
}

fn reference(xml: &mut Xml, id: &str, author: &Author, about: &About) {
    let (element, class) = match author.kind {
        AuthorKind::Organisation => ("TLCOrganization", "organization"),
        AuthorKind::Person => ("TLCPerson", "person"),
    };
    let (authority, key) = (segment(&about.authority), segment(&author.key));
    let iri = format!("/akn/ontology/{class}/{authority}.{key}");
    xml.empty(element, &[("eId", id), ("href", &iri), ("showAs", &author.name)]);
    xml.line();
}

fn value(xml: &mut Xml, name: &'static str, value: &str) {
    xml.empty(name, &[("value", value)]);
}

/// The IRIs of a text (AKN-NC 4.5 to 4.7).
struct Names {
    work: String,
    expression: String,
    /// That of the same version in the authentic language.
    authentic: String,
}

impl Names {
    fn of(element: &str, about: &About) -> Self {
        let [authority, sort, code] = [&about.authority, &about.sort, &about.code].map(|part| segment(part));
        let work = format!("/akn/{authority}/{element}/{sort}/{}/{code}", about.date);
        let version = about.version.map(|number| number.to_string()).unwrap_or_default();
        let said_in = |tag: &str| format!("{work}/{}@{version}", three_letters(tag));
        Self {
            expression: said_in(&about.language),
            authentic: said_in(&about.authentic_language),
            work,
        }
    }
}

/// A part of an IRI: letters, digits, `.`, `_` and hyphens.
pub(super) fn segment(raw: &str) -> String {
    let kept = |c: char| match c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
        true => c,
        false => '-',
    };
    let segment: String = raw.chars().map(kept).collect();
    match segment.as_str() {
        "" | "." | ".." => "nn".to_owned(),
        _ => segment,
    }
}
