//! The public programme as pages for the snapshot: printed once per release in each language, for readers who are nobody
//! in particular (architecture §6). What depends on the reader or on the minute is left out.

use std::sync::Arc;

use access_rules::EditionId;
use actix_kit::Words;
use kernel::{Coded as _, Language, Moment};
use programme::{
    released::{Programme, Query},
    snapshot::{Printed, Renderer},
};

use crate::{
    components::{Chrome, EditionRef, Markup},
    pages::programme::{Mine, ProgrammePage},
    plain,
    voice::Voice,
};

/// Prints `<lang>/programme.html` and `<lang>/programme.txt` of a released programme. `is_decided` says whether an edition
/// has decided something already, which its navigation shows.
pub fn renderer(is_decided: impl Fn(EditionId) -> bool + Send + Sync + 'static) -> Renderer {
    let words = Arc::new(Words::embedded());
    Box::new(move |programme| {
        let decided = is_decided(programme.edition.id);
        Language::ALL
            .iter()
            .flat_map(|language| {
                let voice = Voice::new(*language, words.clone());
                [page(programme, decided, &voice), text(programme, &voice)]
            })
            .collect()
    })
}

fn text(programme: &Programme, voice: &Voice) -> Printed {
    Printed {
        path: format!("{}/programme.txt", voice.language.code()),
        content_type: plain::MEDIA_TYPE,
        bytes: plain::programme(voice, programme, &Mine::default()).into_bytes(),
    }
}

fn page(programme: &Programme, decided: bool, voice: &Voice) -> Printed {
    let edition = &programme.edition;
    let starts = edition
        .starts_on
        .at(0, 0)
        .and_then(|midnight| midnight.in_zone(edition.zone).ok())
        .unwrap_or(programme.release.at);
    let chrome = Chrome {
        voice: voice.clone(),
        title: voice.t("nav-programme"),
        path_without_lang: format!("/{}/programme", edition.slug),
        signed_in: None,
        is_staff: false,
        edition: Some(EditionRef {
            slug: edition.slug.clone(),
            title: edition.title.text(voice.language).to_owned(),
            when_where: format!(
                "{}, {}",
                edition.city,
                voice.days(edition.starts_on, edition.ends_on)
            ),
            clock_of: format!(
                "{} ({})",
                edition.city,
                voice.offset(edition.zone, edition.zone.local(starts))
            ),
            open: true,
            registers: true,
            decided,
        }),
        demo: None,
        csrf: String::new(),
        notice: None,
    };
    // Long before the first session: nothing is past, nothing is on.
    let page = ProgrammePage::new(
        chrome,
        programme,
        &Query::default(),
        &Mine::default(),
        Moment::from_micros(0),
    );
    Printed {
        path: format!("{}/programme.html", voice.language.code()),
        content_type: "text/html; charset=utf-8",
        bytes: Markup::of(&page).to_string().into_bytes(),
    }
}
