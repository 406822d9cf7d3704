//! The archive that a DOCX is (ECMA-376 part 2), read within limits.
//!
//! Only the parts that are asked for are unpacked, each to so many bytes and not one more, whatever the archive says of
//! their sizes; pictures and whatever else is in it are never touched. No name of a part is ever a path here.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _},
};

use kernel::Fault;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};
use zip::{ZipArchive, result::ZipError};

use super::{DEPTH_MAX, ENTRIES_MAX, FILE_MAX, PART_MAX};
use crate::faults::TextFault;

/// What a compound file begins with: a Word document of before 2007, or a newer one under a password.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// What an entry in the list of an archive begins with (APPNOTE.TXT 4.3.12).
const ENTRY: &[u8] = b"PK\x01\x02";

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

/// Where a part leads to, by the ids it uses.
#[derive(Default)]
pub(super) struct Relations(BTreeMap<String, Relation>);

struct Relation {
    /// The last word of its type: `styles`, `hyperlink`.
    sort: String,
    target: String,
    is_outside: bool,
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        if bytes.len() > FILE_MAX {
            return Err(TextFault::DocxTooLarge { most: FILE_MAX }.into());
        }
        if bytes.starts_with(COMPOUND) {
            return Err(TextFault::DocxProtected.into());
        }
        if !bytes.starts_with(b"PK") {
            return Err(TextFault::NotADocx.into());
        }
        // Before the list is read: each of its entries costs more room than it takes up in the file.
        let listed = bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY);
        if listed.take(ENTRIES_MAX + 1).count() > ENTRIES_MAX {
            return Err(TextFault::DocxTooLarge { most: ENTRIES_MAX }.into());
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| TextFault::DocxDamaged)?;
        let mut package = Self { archive };
        package.check()?;
        Ok(package)
    }

    fn check(&mut self) -> Result<(), Fault> {
        let has_macros = self.archive.file_names_raw().any(|name| {
            let name = String::from_utf8_lossy(name).to_ascii_lowercase();
            name.ends_with("vbaproject.bin") || name.contains("/activex/")
        });
        if has_macros {
            return Err(TextFault::DocxHasMacros.into());
        }
        if self.archive.has_duplicate_names() {
            return Err(TextFault::DocxDamaged.into());
        }
        let types = self
            .part("[Content_Types].xml", PART_MAX)?
            .ok_or(TextFault::NotADocx)?;
        match types.contains("macroEnabled") {
            true => Err(TextFault::DocxHasMacros.into()),
            false => Ok(()),
        }
    }

    /// A part as text; none where there is none of this name.
    pub fn part(&mut self, name: &str, most: usize) -> Result<Option<String>, Fault> {
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(why)) if why == ZipError::PASSWORD_REQUIRED => {
                return Err(TextFault::DocxProtected.into());
            }
            Err(_) => return Err(TextFault::DocxDamaged.into()),
        };
        let mut bytes = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        file.take(limit)
            .read_to_end(&mut bytes)
            .map_err(|_| TextFault::DocxDamaged)?;
        if bytes.len() > most {
            return Err(TextFault::DocxTooLarge { most }.into());
        }
        let text = String::from_utf8(bytes).map_err(|_| TextFault::DocxDamaged)?;
        Ok(Some(match text.strip_prefix('\u{FEFF}') {
            Some(text) => text.to_owned(),
            None => text,
        }))
    }

    /// The name of the part that holds the text.
    pub fn text_name(&mut self) -> Result<String, Fault> {
        let relations = self.relations("")?;
        relations
            .part("officeDocument", "")
            .ok_or_else(|| TextFault::NotADocx.into())
    }

    /// Where a part leads to; the whole package where none is named.
    pub fn relations(&mut self, part: &str) -> Result<Relations, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let own = match folder {
            "" => format!("_rels/{name}.rels"),
            folder => format!("{folder}/_rels/{name}.rels"),
        };
        match self.part(&own, PART_MAX)? {
            Some(text) => Relations::read(&text),
            None => Ok(Relations::default()),
        }
    }
}

impl Relations {
    fn read(text: &str) -> Result<Self, Fault> {
        let mut relations = BTreeMap::new();
        each_element(text, |start| {
            if start.local_name().as_ref() == "Relationship" {
                let of_type = attribute(start, "Type").unwrap_or_default();
                let relation = Relation {
                    sort: of_type.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: attribute(start, "Target").unwrap_or_default(),
                    is_outside: attribute(start, "TargetMode").as_deref() == Some("External"),
                };
                relations.insert(attribute(start, "Id").unwrap_or_default(), relation);
            }
        })?;
        Ok(Self(relations))
    }

    /// The name of the part of this sort that `from` leads to.
    pub fn part(&self, sort: &str, from: &str) -> Option<String> {
        let found = self
            .0
            .values()
            .find(|relation| relation.sort == sort && !relation.is_outside)?;
        let target = found.target.as_str();
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        Some(match (target.strip_prefix('/'), folder) {
            (Some(whole), _) => whole.to_owned(),
            (None, "") => target.to_owned(),
            (None, folder) => format!("{folder}/{target}"),
        })
    }

    /// The address that a link leads to.
    pub fn link(&self, id: &str) -> Option<&str> {
        let found = self
            .0
            .get(id)
            .filter(|relation| relation.sort == "hyperlink" && relation.is_outside)?;
        Some(&found.target)
    }
}

/// What is heard of a part.
pub(super) enum Heard<'a> {
    Start(BytesStart<'a>),
    End,
    Text(&'a str),
}

/// Reads a part from end to end: no document type is taken, so there is nothing to expand and nothing to fetch.
pub(super) fn each(text: &str, mut hear: impl FnMut(Heard<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|_| TextFault::DocxDamaged)? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEPTH_MAX {
                    return Err(TextFault::DocxTooDeep { most: DEPTH_MAX }.into());
                }
                hear(Heard::Start(start))?;
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                hear(Heard::End)?;
            }
            Event::Text(text) => hear(Heard::Text(&text.xml10_content()))?,
            Event::CData(text) => hear(Heard::Text(&text.xml10_content()))?,
            Event::GeneralRef(name) => hear(Heard::Text(&referred(&name)))?,
            Event::DocType(_) => return Err(TextFault::DocxDamaged.into()),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof if depth > 0 => return Err(TextFault::DocxDamaged.into()),
            Event::Eof => return Ok(()),
        }
    }
}

fn each_element(text: &str, mut hear: impl FnMut(&BytesStart<'_>)) -> Result<(), Fault> {
    each(text, |heard| {
        if let Heard::Start(start) = heard {
            hear(&start);
        }
        Ok(())
    })
}

/// A character reference, or one of the five names that XML has of itself.
fn referred(name: &BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    let known = match &*name.xml10_content() {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    };
    known.to_owned()
}

/// An attribute by its name, whatever stands before the colon.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut all = start.attributes();
    let found = all
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = found
        .normalized_value(XmlVersion::Implicit1_0)
        .unwrap_or_else(|_| found.value.clone());
    Some(value.into_owned())
}

/// The attribute in which most elements say what they say.
pub(super) fn value(start: &BytesStart<'_>) -> Option<String> {
    attribute(start, "val")
}

/// Whether a property is on: it is when it is there and does not say otherwise.
pub(super) fn is_on(start: &BytesStart<'_>) -> bool {
    !matches!(value(start).as_deref(), Some("0" | "false" | "off" | "none"))
}
