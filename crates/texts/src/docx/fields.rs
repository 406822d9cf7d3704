//! Fields: what Word computes and shows in a text. What it shows is text; what it computes it from is only ever looked at
//! for two things, where a link leads and which footnote is referred to again, and never kept.

use std::rc::Rc;

use kernel::Fault;

use super::DEPTH_MAX;
use crate::faults::TextFault;

/// Of an instruction that is longer the rest is not read, in bytes.
const INSTRUCTION_MAX: usize = 4_000;

/// What an instruction asks for, as far as it is anything to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// A link to this address.
    Link(String),
    /// The number of the footnote that this bookmark stands round.
    Note(String),
    /// Whatever else: only what is shown counts.
    Other,
}

/// The fields that are open.
#[derive(Default)]
pub(super) struct Fields(Vec<Field>);

#[derive(Default)]
struct Field {
    instruction: String,
    is_shown: bool,
    link: Option<Rc<str>>,
}

impl Fields {
    pub fn begin(&mut self) -> Result<(), Fault> {
        if self.0.len() >= DEPTH_MAX {
            return Err(TextFault::DocxTooDeep { most: DEPTH_MAX }.into());
        }
        self.0.push(Field::default());
        Ok(())
    }

    /// A piece of an instruction.
    pub fn instruct(&mut self, piece: &str) {
        if let Some(field) = self.0.last_mut()
            && field.instruction.len() + piece.len() <= INSTRUCTION_MAX
        {
            field.instruction.push_str(piece);
        }
    }

    /// What the field that is open asks for.
    pub fn asks(&self) -> Asks {
        self.0
            .last()
            .map_or(Asks::Other, |field| asks(&field.instruction))
    }

    /// The instruction is over; what comes is shown, under a link where there is one.
    pub fn show(&mut self, link: Option<Rc<str>>) {
        if let Some(field) = self.0.last_mut() {
            field.is_shown = true;
            field.link = link;
        }
    }

    pub fn end(&mut self) {
        self.0.pop();
    }

    /// None goes on beyond its paragraph: one that never ends hides nothing that follows.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether what comes is text.
    pub fn are_shown(&self) -> bool {
        self.0.iter().all(|field| field.is_shown)
    }

    /// The link under which it stands.
    pub fn link(&self) -> Option<Rc<str>> {
        self.0.iter().rev().find_map(|field| field.link.clone())
    }
}

/// What an instruction asks for: ` HYPERLINK "https://uclg.org" \o "tip" `.
pub(super) fn asks(instruction: &str) -> Asks {
    let mut words = words(instruction).into_iter();
    let keyword = words.next().unwrap_or_default().to_ascii_uppercase();
    let first = words.next().filter(|word| !word.starts_with('\\'));
    match (keyword.as_str(), first) {
        ("HYPERLINK", Some(address)) => Asks::Link(address),
        ("NOTEREF", Some(bookmark)) => Asks::Note(bookmark),
        _ => Asks::Other,
    }
}

/// The words of an instruction; what stands between quotes is one.
fn words(instruction: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, piece) in instruction.split('"').enumerate() {
        match place % 2 {
            0 => found.extend(piece.split_whitespace().map(str::to_owned)),
            _ => found.push(piece.to_owned()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_is_a_link_the_mark_of_a_footnote_or_nothing() {
        let cases = [
            (
                " HYPERLINK \"https://uclg.org/a b\" \\o \"x\" ",
                Asks::Link("https://uclg.org/a b".into()),
            ),
            (
                "hyperlink https://uclg.org",
                Asks::Link("https://uclg.org".into()),
            ),
            ("HYPERLINK \\l \"_Toc1\"", Asks::Other),
            ("NOTEREF _Ref1 \\f \\h", Asks::Note("_Ref1".into())),
            ("DDEAUTO c:\\\\windows\\\\cmd.exe \"/k calc\"", Asks::Other),
            ("\"", Asks::Other),
            ("", Asks::Other),
        ];
        for (instruction, expected) in cases {
            assert_eq!(asks(instruction), expected, "{instruction}");
        }
    }

    #[test]
    fn what_never_ends_is_only_so_deep() {
        let mut fields = Fields::default();

        let opened = (0..1_000).take_while(|_| fields.begin().is_ok()).count();

        assert_eq!(opened, DEPTH_MAX);
    }
}
