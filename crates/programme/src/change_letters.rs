//! What the desk made of a change, told to whoever asked for it: one letter, in the transaction, in their language.

use db::Conn;
use kernel::{Coded as _, Fault, Language, Localized, Moment};
use mail::{
    letters::{ChangeLine, Congress, Content},
    outbox,
};

use crate::{editions, session_changes::Told};

/// Tells what became of each field, and why.
pub(crate) fn settled(conn: &mut Conn, now: Moment, told: &Told) -> Result<(), Fault> {
    let Some(edition) = editions::find(conn, told.change.edition)? else {
        return Ok(());
    };
    let key = format!("session_change:{}", told.change.id);
    let content = |language: Language| Content::SessionChangeSettled {
        congress: Congress {
            name: edition.title.text(language).to_owned(),
            slug: edition.slug.clone(),
        },
        session: told.session.id,
        title: told.session.title.text(language).to_owned(),
        outcome: told.change.state.code().to_owned(),
        lines: told
            .fields
            .iter()
            .map(|field| line(&field.field, field.outcome.code(), language))
            .collect(),
        reason: Some(told.change.reason.clone()).filter(|reason| !reason.is_empty()),
    };
    outbox::post_to_person(conn, now, told.change.person, Some(key), content).map(drop)
}

fn line(field: &str, outcome: &str, language: Language) -> ChangeLine {
    ChangeLine {
        field: named(field).text(language).to_owned(),
        outcome: outcome.to_owned(),
    }
}

/// A field in words: the path of a text ends in its language.
fn named(field: &str) -> Localized {
    let (of, tongue) = field.split_once('.').unwrap_or((field, ""));
    let in_tongue = |en: &str, fr: &str, es: &str| {
        let said = |word: &str| format!("{word} ({tongue})");
        Localized::of(&said(en), &said(fr), &said(es))
    };
    match (of, tongue) {
        ("title", _) => in_tongue("Title", "Titre", "Título"),
        ("abstract", _) => in_tongue("Abstract", "Résumé", "Resumen"),
        ("languages", "floor") => Localized::of("Languages spoken", "Langues parlées", "Idiomas hablados"),
        ("languages", _) => Localized::of("Interpretation", "Interprétation", "Interpretación"),
        ("access", _) => Localized::of("Accessibility", "Accessibilité", "Accesibilidad"),
        _ => Localized::of(
            "People on the platform",
            "Intervenant·e·s",
            "Participantes en la mesa",
        ),
    }
}
