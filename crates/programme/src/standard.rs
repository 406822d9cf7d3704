//! What a standard edition begins with: four tracks, four formats and an empty fifth, four policy domains, the rules.
//!
//! Titles in English, French and Spanish as the source and the organisation's own pages give them (`readings.md` "Terms").
//! From then on all of it is data that organisers change.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, catalogue, decide};
use db::Conn;
use kernel::{Coded, Fault, Id, Json, Localized, Moment};

use crate::{
    domains, editions, formats,
    model::{Domain, Edition, Format, SessionKind, Track, TrackKind},
    rule_book::{self, RuleScope},
    tracks,
};

/// Gives an edition the standard tracks, formats, domains and rules it does not have yet.
///
/// # Errors
/// 401, 403, 404; `edition_over`.
pub fn seed(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    decide(
        actor,
        Act::ManageEdition,
        &Object::public(ObjectKind::Edition),
        now,
    )
    .or_fault()?;
    let edition = editions::change_draft(conn, edition)?;
    fill(conn, now, &edition)
}

/// The same, for an edition that is just being made.
pub(crate) fn fill(conn: &mut Conn, now: Moment, edition: &Edition) -> Result<(), Fault> {
    for track in standard_tracks(edition.id) {
        if tracks::by_code(conn, edition.id, &track.code)?.is_none() {
            tracks::insert(conn, &track)?;
        }
    }
    for format in standard_formats(edition.id) {
        if formats::by_code(conn, edition.id, &format.code)?.is_none() {
            formats::insert(conn, now, &format)?;
        }
    }
    for domain in standard_domains(edition.id) {
        if domains::by_code(conn, edition.id, &domain.code)?.is_none() {
            domains::insert(conn, &domain)?;
        }
    }
    for seed in catalogue::all() {
        let (scope, of) = scope_of(seed.code);
        rule_book::begin_with(conn, now, edition.id, scope, of, seed.act, seed.rule, seed.source)?;
    }
    Ok(())
}

/// Under what a rule of the catalogue stands in the rule book.
fn scope_of(code: &'static str) -> (RuleScope, &'static str) {
    if code == "general" {
        (RuleScope::General, "")
    } else if TrackKind::from_code(code).is_some() {
        (RuleScope::Track, code)
    } else if SessionKind::from_code(code).is_some() {
        (RuleScope::Kind, code)
    } else if let Some(door) = code.strip_prefix("statutory_") {
        (RuleScope::Door, door)
    } else {
        (RuleScope::Format, code)
    }
}

fn standard_tracks(edition: EditionId) -> Vec<Track> {
    let track = |position, kind: TrackKind, title, subtitle| Track {
        id: Id::new(),
        edition,
        code: kind.code().to_owned(),
        kind,
        title,
        subtitle,
        description: Localized::default(),
        position,
        places_max: None,
        version: 1,
    };
    vec![
        track(
            0,
            TrackKind::Assembly,
            Localized::of("Assembly", "Assemblée", "Asamblea"),
            Localized::of(
                "Local Action for the People",
                "Action locale pour les communautés",
                "Acción Local para las Personas",
            ),
        ),
        track(
            1,
            TrackKind::TownHall,
            Localized::of("Town Hall", "Town Hall", "Cabildo Público"),
            Localized::of(
                "Cities Are Listening",
                "Les villes à l’écoute",
                "Las ciudades escuchan",
            ),
        ),
        track(
            2,
            TrackKind::Local4action,
            Localized::of("Local4Action", "Local4Action", "Local4Action"),
            Localized::of(
                "Share, Listen, Review",
                "Partager, écouter, revoir",
                "Compartir, escuchar, revisar",
            ),
        ),
        track(
            3,
            TrackKind::Statutory,
            Localized::of("Statutory", "Statutaire", "Estatutario"),
            Localized::of(
                "UCLG decision making",
                "Le processus décisionnel de CGLU",
                "La toma de decisiones de CGLU",
            ),
        ),
    ]
}

fn standard_domains(edition: EditionId) -> Vec<Domain> {
    let standard = session_formats::domains().into_iter().zip(0..);
    standard
        .map(|(domain, position)| Domain {
            id: Id::new(),
            edition,
            code: domain.code,
            title: domain.title,
            position,
            retired: false,
            version: 1,
        })
        .collect()
}

fn standard_formats(edition: EditionId) -> Vec<Format> {
    let standard = session_formats::catalogue().into_iter().zip(0..);
    standard
        .map(|(format, position)| Format {
            id: Id::new(),
            edition,
            code: format.code,
            title: format.title,
            tagline: format.tagline,
            position,
            state: format.state,
            terms: Json(format.terms),
            rule_version: 1,
            version: 1,
        })
        .collect()
}
