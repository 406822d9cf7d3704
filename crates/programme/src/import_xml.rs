//! XML from outside as a small tree, within limits.
//!
//! Invariants (§5.5 case 58): no document type is taken, so there is no entity to expand and no other file to fetch; size,
//! depth and number of elements are bounded before anything is kept. Knows nothing of schedules.

use kernel::{Fault, Kind};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use crate::import_faults::ImportFault;

/// Largest file taken, in bytes.
pub const BYTES_MAX: usize = 25 * 1024 * 1024;
/// Deepest nesting.
const DEPTH_MAX: usize = 24;
/// Most elements.
const ELEMENTS_MAX: usize = 600_000;
/// Most attributes of an element.
const ATTRIBUTES_MAX: usize = 50;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name without prefix, in lower case.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// The text in it, not that in its children.
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// An attribute, trimmed; empty when it is not there.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(held, _)| held == name);
        found.map_or("", |(_, value)| value.trim())
    }

    /// The children of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first child of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The trimmed text of the first child of this name; empty when it is not there.
    pub(crate) fn said(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }
}

/// Reads a document.
///
/// # Errors
/// `too_large`; `xml_with_dtd`, `xml_too_deep`, `xml_too_many`; `not_xml` with the position.
pub(crate) fn read(text: &str) -> Result<Element, Fault> {
    if text.len() > BYTES_MAX {
        return Err(Fault::new(Kind::TooLarge, "too_large").with("bytes_max", BYTES_MAX));
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Element> = vec![Element::default()];
    let mut elements = 0;
    loop {
        let at = reader.buffer_position();
        match reader.read_event().map_err(|error| not_xml(at, &error))? {
            Event::Start(start) => {
                begin(&mut open, &start, &mut elements)?;
            }
            Event::Empty(start) => {
                begin(&mut open, &start, &mut elements)?;
                end(&mut open);
            }
            Event::End(_) => end(&mut open),
            Event::Text(text) => write(&mut open, &text.xml10_content()),
            Event::CData(text) => write(&mut open, &text.xml10_content()),
            Event::GeneralRef(name) => write(&mut open, &referred(&name)),
            Event::DocType(_) => return Err(ImportFault::XmlWithDtd.into()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    // A file cut off in the middle would be imported by half.
    if open.len() > 1 {
        return Err(not_xml(
            reader.buffer_position(),
            &"the file ends within an element",
        ));
    }
    let root = open.pop().and_then(|mut top| top.children.pop());
    root.ok_or_else(|| not_xml(reader.buffer_position(), &"there is no element"))
}

fn begin(open: &mut Vec<Element>, start: &BytesStart, elements: &mut usize) -> Result<(), Fault> {
    *elements += 1;
    if *elements > ELEMENTS_MAX {
        return Err(ImportFault::XmlTooMany { most: ELEMENTS_MAX }.into());
    }
    if open.len() > DEPTH_MAX {
        return Err(ImportFault::XmlTooDeep { most: DEPTH_MAX }.into());
    }
    let mut element = Element {
        name: start.local_name().as_ref().to_lowercase(),
        ..Element::default()
    };
    // An attribute that cannot be read is passed over: the rest of the element still says something.
    for attribute in start
        .attributes()
        .with_checks(false)
        .flatten()
        .take(ATTRIBUTES_MAX)
    {
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .unwrap_or_else(|_| attribute.value.clone());
        let name = attribute.key.local_name().as_ref().to_lowercase();
        element.attributes.push((name, value.into_owned()));
    }
    open.push(element);
    Ok(())
}

fn end(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(done) = open.pop()
        && let Some(parent) = open.last_mut()
    {
        parent.children.push(done);
    }
}

fn write(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// A character reference or one of the names everybody writes; another stands as it is written.
fn referred(name: &BytesRef) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    let name = name.xml10_content();
    crate::import_text::named_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

fn not_xml(position: u64, reason: &dyn std::fmt::Display) -> Fault {
    ImportFault::NotXml {
        position,
        reason: reason.to_string(),
    }
    .into()
}
