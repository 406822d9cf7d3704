//! The demonstration's front door, as the pages show it: who one may be, and where what is shown comes from.

use kernel::Localized;
use web::pages::demo::{DemoDoor, DemoPersona};

use super::{personas, sources};

/// What the pages need to know.
pub fn door() -> DemoDoor {
    let said = |words: [&str; 3]| Localized::of(words[0], words[1], words[2]);
    DemoDoor {
        personas: personas::personas()
            .iter()
            .map(|persona| DemoPersona {
                code: persona.code.to_owned(),
                name: said(persona.who),
                try_this: said(persona.try_this),
                account: persona.account(),
            })
            .collect(),
        sources: sources::sources()
            .iter()
            .map(|source| {
                (
                    said(source.fact),
                    format!("{} {}", source.source, source.url).trim().to_owned(),
                )
            })
            .chain(
                sources::invented()
                    .iter()
                    .map(|invention| (said(invention.what), String::new())),
            )
            .collect(),
    }
}
