//! A document from its parts: first how it looks and its footnotes, then what it says.

use kernel::Fault;

use super::{
    Opened, PART_MAX, TEXT_MAX,
    hearing::Hearing,
    notes::Notes,
    package::{Package, Relations, each},
    styles::Styles,
};
use crate::faults::TextFault;

/// Reads a document.
pub(super) fn read(bytes: &[u8]) -> Result<Opened, Fault> {
    let mut package = Package::open(bytes)?;
    let name = package.text_name()?;
    let relations = package.relations(&name)?;
    let styles = {
        let styles = beside(&mut package, &relations, &name, "styles")?;
        let numbering = beside(&mut package, &relations, &name, "numbering")?;
        Styles::read(styles.as_deref(), numbering.as_deref())?
    };
    let mut notes = Notes::default();
    for (sort, letter) in [("footnotes", 'f'), ("endnotes", 'e')] {
        if let Some(part) = relations.part(sort, &name)
            && let Some(text) = package.part(&part, TEXT_MAX)?
        {
            let mut hearing = Hearing::of_notes(&styles, package.relations(&part)?, letter, notes);
            each(&text, |heard| hearing.hear(heard))?;
            notes = hearing.into_notes();
        }
    }
    let text = package.part(&name, TEXT_MAX)?.ok_or(TextFault::DocxDamaged)?;
    let mut hearing = Hearing::of_text(&styles, relations, notes);
    each(&text, |heard| hearing.hear(heard))?;
    hearing.done()
}

/// A part that the text leads to.
fn beside(
    package: &mut Package<'_>,
    relations: &Relations,
    from: &str,
    sort: &str,
) -> Result<Option<String>, Fault> {
    match relations.part(sort, from) {
        Some(part) => package.part(&part, PART_MAX),
        None => Ok(None),
    }
}
