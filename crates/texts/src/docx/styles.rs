//! What a document's styles and numberings make of a paragraph: a heading, an item of a list, a quotation.
//!
//! Styles are known by their names in English, which every Word writes whatever language it speaks, and by what they set.

use std::collections::HashMap;

use kernel::Fault;

use super::package::{Heard, attribute, each, is_on, value};
use crate::block::BlockKind;

/// How far a style is followed to those it is based on.
const BASED_MAX: usize = 20;

/// The number that a paragraph has: of which list, and how deep.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbering {
    pub list: Option<String>,
    pub level: Option<i32>,
}

/// What a paragraph says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties {
    pub style: Option<String>,
    /// 0 to 8 for headings, 9 for text.
    pub outline: Option<i32>,
    pub numbering: Numbering,
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Block {
        kind: BlockKind,
        level: i32,
        is_numbered: bool,
    },
    /// A line of a list of contents, which Word makes itself.
    Contents,
}

#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    lists: Lists,
}

#[derive(Default)]
struct Style {
    /// In lower case.
    name: String,
    based_on: Option<String>,
    outline: Option<i32>,
    numbering: Numbering,
    strong: Option<bool>,
    emphasis: Option<bool>,
}

/// Whether each level of each list is counted.
#[derive(Default)]
struct Lists {
    of_number: HashMap<String, String>,
    counted: HashMap<(String, i32), bool>,
}

impl Styles {
    /// Reads both parts, either of which may be missing.
    pub fn read(styles: Option<&str>, numbering: Option<&str>) -> Result<Self, Fault> {
        let mut read = Self::default();
        if let Some(text) = styles {
            read.read_styles(text)?;
        }
        if let Some(text) = numbering {
            read.lists.read(text)?;
        }
        Ok(read)
    }

    fn read_styles(&mut self, text: &str) -> Result<(), Fault> {
        let (mut open, mut own): (Vec<String>, Option<(String, Style)>) = (Vec::new(), None);
        each(text, |heard| {
            match heard {
                Heard::Start(start) => {
                    let name = start.local_name().as_ref().to_owned();
                    let within = open.last().map(String::as_str);
                    match (&mut own, name.as_str()) {
                        (None, "style") => {
                            let id = attribute(&start, "styleId").unwrap_or_default();
                            own = Some((id, Style::default()));
                        }
                        (Some((_, style)), name) => style.hear(name, within, &start),
                        (None, _) => {}
                    }
                    open.push(name);
                }
                Heard::End => {
                    if open.pop().as_deref() == Some("style")
                        && let Some((id, style)) = own.take()
                    {
                        self.styles.insert(id, style);
                    }
                }
                Heard::Text(_) => {}
            }
            Ok(())
        })
    }

    /// What a paragraph is.
    pub fn sort(&self, own: &Properties) -> Sort {
        let block = |kind, level, is_numbered| Sort::Block {
            kind,
            level,
            is_numbered,
        };
        let styles: Vec<&Style> = self.above(own.style.as_deref()).collect();
        let is_named = |names: &[&str]| styles.iter().any(|style| names.contains(&style.name.as_str()));
        let is_contents =
            |style: &&Style| style.name == "toc heading" || numbered_name(&style.name, "toc ").is_some();
        if styles.iter().any(is_contents) {
            return Sort::Contents;
        }
        if let Some(level) = own
            .outline
            .or_else(|| styles.iter().find_map(|style| style.outline()))
            && (0..9).contains(&level)
        {
            return block(BlockKind::Heading, level + 1, false);
        }
        if is_named(&["title"]) {
            return block(BlockKind::Heading, 1, false);
        }
        if let Some((level, is_numbered)) = self.item(own, &styles) {
            return block(BlockKind::Item, level, is_numbered);
        }
        if is_named(&["quote", "intense quote", "quotations", "block text"]) {
            return block(BlockKind::Quote, 0, false);
        }
        if is_named(&["footnote text", "endnote text"]) {
            return block(BlockKind::Footnote, 0, false);
        }
        block(BlockKind::Paragraph, 0, false)
    }

    /// How a run of this style looks: whether it is strong, and whether it is emphasised.
    pub fn look(&self, style: &str) -> (bool, bool) {
        let of = |says: fn(&Style) -> Option<bool>| self.above(Some(style)).find_map(says).unwrap_or(false);
        (of(|style| style.strong), of(|style| style.emphasis))
    }

    /// A style and those it is based on, the nearest first.
    fn above(&self, style: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = style.and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| self.styles.get(style.based_on.as_deref()?)).take(BASED_MAX)
    }

    /// How deep an item stands, from 1, and whether it is counted.
    fn item(&self, own: &Properties, styles: &[&Style]) -> Option<(i32, bool)> {
        let list = own.numbering.list.as_ref();
        let list = list.or_else(|| styles.iter().find_map(|style| style.numbering.list.as_ref()))?;
        // Nought takes a paragraph out of the list of its style.
        if list == "0" {
            return None;
        }
        let level = own.numbering.level;
        let level = level.or_else(|| styles.iter().find_map(|style| style.numbering.level));
        let level = level.unwrap_or(0).max(0);
        let named = |style: &&Style| {
            let depth = |stem| numbered_name(&style.name, stem);
            depth("list bullet ").or_else(|| depth("list number "))
        };
        let depth = match level {
            // Each of these styles has a list of its own, of one level.
            0 => styles.iter().find_map(named).unwrap_or(1),
            level => level.saturating_add(1),
        };
        Some((depth, self.lists.counts(list, level)))
    }
}

impl Style {
    fn hear(&mut self, name: &str, within: Option<&str>, start: &quick_xml::events::BytesStart<'_>) {
        let number = || value(start).and_then(|number| number.parse().ok());
        match (within, name) {
            (Some("style"), "name") => self.name = value(start).unwrap_or_default().to_lowercase(),
            (Some("style"), "basedOn") => self.based_on = value(start),
            (Some("pPr"), "outlineLvl") => self.outline = number(),
            (Some("numPr"), "numId") => self.numbering.list = value(start),
            (Some("numPr"), "ilvl") => self.numbering.level = number(),
            (Some("rPr"), "b") => self.strong = Some(is_on(start)),
            (Some("rPr"), "i") => self.emphasis = Some(is_on(start)),
            _ => {}
        }
    }

    /// The level of a heading, from 0: as it is set, or as the name says.
    fn outline(&self) -> Option<i32> {
        self.outline
            .or_else(|| numbered_name(&self.name, "heading ").map(|level| level - 1))
    }
}

impl Lists {
    fn read(&mut self, text: &str) -> Result<(), Fault> {
        let (mut definition, mut level, mut number) = (String::new(), 0, None);
        each(text, |heard| {
            let Heard::Start(start) = heard else { return Ok(()) };
            let start = &start;
            match start.local_name().as_ref() {
                "abstractNum" => definition = attribute(start, "abstractNumId").unwrap_or_default(),
                "lvl" => {
                    let own = attribute(start, "ilvl").and_then(|level| level.parse().ok());
                    level = own.unwrap_or(0);
                }
                // Within `num` a level is set anew for one list, seldom and hardly ever to another kind.
                "numFmt" if number.is_none() => {
                    let is_counted = !matches!(value(start).as_deref(), None | Some("bullet" | "none"));
                    self.counted.insert((definition.clone(), level), is_counted);
                }
                "num" => number = attribute(start, "numId"),
                "abstractNumId" => {
                    if let (Some(number), Some(of)) = (&number, value(start)) {
                        self.of_number.insert(number.clone(), of);
                    }
                }
                _ => {}
            }
            Ok(())
        })
    }

    fn counts(&self, list: &str, level: i32) -> bool {
        let definition = self.of_number.get(list).cloned().unwrap_or_default();
        self.counted.get(&(definition, level)).copied().unwrap_or(false)
    }
}

/// The number at the end of a name such as `heading 2`.
fn numbered_name(name: &str, stem: &str) -> Option<i32> {
    let number: i32 = name.strip_prefix(stem)?.parse().ok()?;
    (1..=9).contains(&number).then_some(number)
}
