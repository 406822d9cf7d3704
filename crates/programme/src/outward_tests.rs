//! What leaves the programme and what comes in, shown by tests. First the sample they share.

mod exports;
mod importing;
mod live;
mod now;
mod reading;
mod snapshots;
mod tables;
mod views;

use std::{collections::BTreeMap, io::Write as _, path::PathBuf};

use access_rules::{Actor, BodyId, Key, Role, Scope, Standing, Tag};
use kernel::{Id, LocalDate, LocalDateTime, Localized, Moment, Zone};

use crate::{
    links::Links,
    model::{Access, Attendance, Entry, SessionKind, SpeakerRole},
    released::{
        Accessibility, Edition, Listed, Organiser, Programme, Release, ReleasedSession, Room, Speaker, State,
        Venue,
    },
};

fn links() -> Links {
    Links::below("https://congress.example/")
}

/// A member who sits in a body.
fn sitting(body: &str) -> Actor {
    let standing = Standing {
        role: Role::BodyMember,
        scope: Scope::Body(Id::named(body)),
    };
    Actor {
        tags: [Tag::UclgMember].into(),
        standings: vec![standing],
        ..Actor::nobody()
    }
}

fn zone(name: &str) -> Zone {
    name.parse().expect("a known zone")
}

fn listed(code: &str, en: &str, fr: &str, es: &str) -> Listed {
    Listed {
        code: code.into(),
        name: Localized::of(en, fr, es),
        ..Listed::default()
    }
}

fn knows(features: &[(Access, bool)]) -> Accessibility {
    Accessibility(features.iter().copied().collect::<BTreeMap<_, _>>())
}

fn room(name: &str, accessibility: &[(Access, bool)]) -> Room {
    Room {
        id: Id::named(name),
        venue: Some(Id::named("icc")),
        name: Localized::only("en", name),
        floor: String::new(),
        directions: Localized::default(),
        capacity: Some(120),
        accessibility: knows(accessibility),
    }
}

/// A public session of an hour in `zone`.
fn session(zone: Zone, name: &str, room: &str, starts: &str) -> ReleasedSession {
    let starts_local = LocalDateTime::at(starts);
    let ends_local = starts_local.plus_minutes(60);
    ReleasedSession {
        id: Id::named(name),
        guid: Id::<()>::named(&format!("guid of {name}")).to_string(),
        code: String::new(),
        sequence: 1,
        state: State::Published,
        kind: SessionKind::Parallel,
        track: None,
        format: None,
        format_kind: None,
        domain: None,
        theme: None,
        body: None,
        body_label: None,
        title: Localized::only("en", name),
        abstract_: Localized::default(),
        entry: Entry::WalkIn,
        attendance: Attendance::InPerson,
        languages_floor: vec!["en".into()],
        languages_interpreted: vec![],
        accessibility: Accessibility::default(),
        room: Some(Id::named(room)),
        starts_local,
        ends_local,
        starts_at: starts_local.in_zone(zone).expect("one instant"),
        ends_at: ends_local.in_zone(zone).expect("one instant"),
        organisers: vec![],
        speakers: vec![],
        visible_to: Key::Public.to_string(),
        details_to: Key::Public.to_string(),
        line_only: false,
        capacity: None,
        level: String::new(),
        links: vec![],
        updated_at: Moment::at("2019-10-01T12:00:00Z"),
        folded: String::new(),
    }
}

/// Three days in Durban: sessions of each track, one cancelled, one meeting whose line is public, one that is hidden.
fn durban() -> Programme {
    use Access::{Captions, HearingLoop, StepFree};
    let zone = zone("Africa/Johannesburg");
    let body: BodyId = Id::named("world council");
    let members = Key::Body(body).to_string();
    let opening = ReleasedSession {
        kind: SessionKind::Ceremony,
        title: Localized::of("Opening; welcome", "Ouverture : accueil", "Apertura"),
        abstract_: Localized::of(
            "Mayors, councillors\nand guests \\ all",
            "Maires et élu·e·s",
            "Alcaldesas y alcaldes",
        ),
        languages_interpreted: vec!["fr".into(), "es".into()],
        speakers: vec![Speaker {
            person: None,
            name: "Zoé \"Zo\" Diallo".into(),
            role: SpeakerRole::Chair,
            affiliation: "Mayor, Somewhere".into(),
        }],
        ..session(zone, "opening", "Plenary Hall", "2019-11-13T10:00")
    };
    let lab = ReleasedSession {
        kind: SessionKind::Local4action,
        track: Some("local4action".into()),
        format: Some("labs".into()),
        entry: Entry::Seat,
        capacity: Some(30),
        accessibility: knows(&[(Captions, true)]),
        organisers: vec![Organiser {
            id: Some(Id::named("network of ports")),
            name: "Réseau des ports".into(),
        }],
        ..session(zone, "lab", "Room 21", "2019-11-14T11:00")
    };
    let debate = ReleasedSession {
        kind: SessionKind::TownHall,
        track: Some("town_hall".into()),
        theme: Some("right_to_the_city".into()),
        state: State::Cancelled,
        sequence: 3,
        ..session(zone, "debate", "Room 22", "2019-11-14T11:00")
    };
    let council = ReleasedSession {
        kind: SessionKind::Statutory,
        track: Some("statutory".into()),
        body: Some(body),
        title: Localized::of("World Council", "Conseil mondial", "Consejo Mundial"),
        abstract_: Localized::only("en", "Election of the Presidency"),
        entry: Entry::Invitation,
        details_to: members.clone(),
        ..session(zone, "council", "Room 21", "2019-11-15T15:00")
    };
    let bureau = ReleasedSession {
        kind: SessionKind::Statutory,
        track: Some("statutory".into()),
        title: Localized::only("en", "Unannounced bureau"),
        visible_to: members.clone(),
        details_to: members,
        ..session(zone, "bureau", "Room 22", "2019-11-15T09:00")
    };
    Programme {
        edition: Edition {
            id: Id::named("durban"),
            slug: "durban-2019".into(),
            title: Localized::of("Durban Congress", "Congrès de Durban", "Congreso de Durban"),
            motto: Localized::default(),
            city: "Durban".into(),
            country: "ZA".into(),
            zone,
            starts_on: LocalDate::on("2019-11-13"),
            ends_on: LocalDate::on("2019-11-15"),
            languages: vec!["en".into(), "fr".into(), "es".into()],
        },
        release: Release {
            number: 2,
            name: "Second".into(),
            at: Moment::at("2019-10-02T08:00:00Z"),
        },
        days: ["2019-11-13", "2019-11-14", "2019-11-15"]
            .map(LocalDate::on)
            .into(),
        tracks: vec![
            listed("town_hall", "Town Hall", "Town Hall", "Cabildo Público"),
            listed("local4action", "Local4Action", "Local4Action", "Local4Action"),
            listed(
                "statutory",
                "Decision making",
                "Le processus décisionnel",
                "La toma de decisiones",
            ),
        ],
        formats: vec![listed("labs", "Labs", "Labs", "Labs")],
        domains: vec![],
        themes: vec![listed(
            "right_to_the_city",
            "Right to the city",
            "Droit à la ville",
            "Derecho a la ciudad",
        )],
        venues: vec![Venue {
            id: Id::named("icc"),
            name: Localized::only("en", "Convention Centre"),
            address: "45 Example Road".into(),
            directions: Localized::default(),
        }],
        rooms: vec![
            room("Plenary Hall", &[(StepFree, true), (Captions, true)]),
            room("Room 21", &[(StepFree, true), (HearingLoop, false)]),
            room("Room 22", &[(Captions, true)]),
        ],
        sessions: vec![opening, lab, debate, bureau, council],
    }
    .indexed()
}

/// The file of public data at this path, beside the workspace or where `HEMICYCLE_SHARED` says; a note where it is absent.
#[expect(clippy::disallowed_methods, reason = "a test run may say where its data is")]
fn public_data(path: &str) -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("HEMICYCLE_SHARED").map_or(beside, PathBuf::from);
    let file = root.join("data").join(path);
    if !file.exists() {
        note(&format!("no data at {}: not tested", file.display()));
        return None;
    }
    Some(file)
}

/// Says why a test shows nothing here.
fn note(why: &str) {
    writeln!(std::io::stderr(), "{why}").ok();
}
