//! The demonstration's front door, as the pages show it: who one may be, where what is shown comes from, and how to begin
//! again.

use std::sync::Arc;

use futures_util::FutureExt as _;
use kernel::Localized;
use web::pages::demo::{DemoDoor, DemoPersona, StartAgain};

use super::{personas, sources};
use crate::wiring::House;

/// What the pages of this house need to know.
pub fn door(house: &House) -> DemoDoor {
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
        start_again: start_again(house),
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

/// How to begin again, where the start is kept.
fn start_again(house: &House) -> Option<StartAgain> {
    let (start, house) = (house.start.clone()?, house.clone());
    let act = move |asked| {
        let (start, house) = (Arc::clone(&start), house.clone());
        async move { start.again(house, asked).await }.boxed()
    };
    Some(StartAgain(Arc::new(act)))
}
