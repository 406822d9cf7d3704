//! The Assembly track against a real database, on whichever engine the run names.

use access_rules::{Actor, OrganisationId, Role, Scope, SessionId, Standing};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Fault, Id, Localized, Moment};
use members::{
    model::{OrganisationKind, RelationKind},
    organisations::{self, OrganisationInput},
    relations::{self, RelationInput},
    sections::Section,
};
use programme::{
    admission::{Admission as _, Admissions, Stage},
    editions::{self, EditionInput},
    model::{Edition, EditionState, Paper, Session, SittingScope, TrackKind},
    releases::{self, ReleaseInput},
    scheduling::{self, Placement},
    sessions::{self, OrganiserInput, SessionInput, SpeakerInput},
};

use crate::{
    admission::AssemblyAdmission,
    model::ScopeKind,
    scopes::{self, ScopeInput},
    world_assembly,
};

mod convoked;
mod floor;
mod invited;
mod sitting;
mod stage;
mod story;
mod world;

fn now() -> Moment {
    Moment::at("2019-10-01T08:00:00Z")
}

fn secretariat() -> Actor {
    staff(Role::Secretariat, Scope::Everywhere)
}

fn staff(role: Role, scope: Scope) -> Actor {
    Actor {
        account: Some(Id::named("staff")),
        standings: vec![Standing { role, scope }],
        ..Actor::default()
    }
}

struct Congress {
    _database: TestDatabase,
    conn: Conn,
    edition: Edition,
    admissions: Admissions,
    city: OrganisationId,
    network: OrganisationId,
    partner: OrganisationId,
}

fn congress() -> Congress {
    let database = testing::fresh();
    let mut conn = database.conn();
    let input = EditionInput {
        slug: "durban-2019".into(),
        title: Localized::only("en", "World Congress"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let desk = secretariat();
    let edition = editions::create(&mut conn, &desk, now(), &input).expect("an edition");
    let announced = EditionState::Announced;
    let edition = editions::step(&mut conn, &desk, now(), edition.id, announced, None).expect("announced");
    let mut make = |name: &str, kind, relation| {
        let input = OrganisationInput {
            name: name.to_owned(),
            kind: Some(kind),
            ..OrganisationInput::default()
        };
        let made = organisations::create(&mut conn, &desk, now(), &input).expect("made");
        if relation != RelationKind::MemberOfNetwork {
            let input = RelationInput {
                kind: Some(relation),
                basis: "agreement".into(),
                ..RelationInput::default()
            };
            relations::record(&mut conn, &desk, now(), made.id, &input).expect("related");
        }
        made.id
    };
    let city = make(
        "City of Somewhere",
        OrganisationKind::City,
        RelationKind::MemberOfNetwork,
    );
    let network = make(
        "A Sister Organisation",
        OrganisationKind::Other,
        RelationKind::SisterOrg,
    );
    let partner = make(
        "A Partner",
        OrganisationKind::Ngo,
        RelationKind::CivilSocietyPartner,
    );
    Congress {
        _database: database,
        conn,
        edition,
        admissions: Admissions::general_only().with(TrackKind::Assembly, AssemblyAdmission),
        city,
        network,
        partner,
    }
}

impl Congress {
    fn make(&mut self, input: &SessionInput) -> Result<Session, Fault> {
        let edition = self.edition.id;
        sessions::create(
            &mut self.conn,
            &secretariat(),
            now(),
            &self.admissions,
            edition,
            input,
        )
    }

    fn edit(&mut self, id: SessionId, input: &SessionInput) -> Result<Session, Fault> {
        let desk = secretariat();
        sessions::edit(&mut self.conn, &desk, now(), &self.admissions, id, input, None)
    }

    fn place(&mut self, id: SessionId, starts: &str) -> Result<(), Fault> {
        let placement = Placement {
            starts: starts.into(),
            length_minutes: Some(90),
            ..Placement::default()
        };
        let desk = secretariat();
        scheduling::place(
            &mut self.conn,
            &desk,
            now(),
            &self.admissions,
            id,
            &placement,
            None,
        )
        .map(drop)
    }

    fn release(&mut self) -> Result<(), Fault> {
        let edition = self.edition.id;
        let input = ReleaseInput::default();
        let desk = secretariat();
        // What a refused act wrote is undone, as the writer does it.
        let admissions = self.admissions.clone();
        self.conn
            .transaction(|conn| releases::publish(conn, &desk, now(), &admissions, edition, &input).map(drop))
    }
}

fn sitting(leads: &[OrganisationId], region_group: &str, sector: &str) -> SessionInput {
    let leads = leads.iter().map(|organisation| OrganiserInput {
        organisation: Some(*organisation),
        leads: true,
        ..OrganiserInput::default()
    });
    SessionInput {
        kind: "sitting".into(),
        title: Localized::only("en", "Round table"),
        attendance: "online".into(),
        scope: SittingScope {
            region_group: region_group.into(),
            sector: sector.into(),
        },
        organisers: Some(leads.collect()),
        ..SessionInput::default()
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}

#[test]
fn r10_a_local_government_or_a_network_of_them_leads_a_sitting() {
    let mut c = congress();
    let (city, network, partner) = (c.city, c.network, c.partner);
    let refused = c.make(&sitting(&[partner], "africa", "")).expect_err("refused");
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        ("lead_must_be_lrg", "organisers")
    );
    for leads in [&[city][..], &[network], &[partner, city]] {
        c.make(&sitting(leads, "africa", "")).expect("led");
    }

    let mut by_a_speaker = sitting(&[], "africa", "");
    let lead = |organisation| {
        Some(vec![SpeakerInput {
            name: "Somebody".into(),
            role: "lead".into(),
            organisation: Some(organisation),
            ..SpeakerInput::default()
        }])
    };
    by_a_speaker.speakers = lead(partner);
    assert_eq!(code(c.make(&by_a_speaker)), "lead_must_be_lrg");
    by_a_speaker.speakers = lead(city);
    c.make(&by_a_speaker).expect("led");
}

#[test]
fn r63_a_sitting_is_about_one_group_of_regions_or_one_sector() {
    let mut c = congress();
    let city = c.city;
    let cases = [
        ("", "", Some("scope_required")),
        ("africa", "metropolises", Some("scope_ambiguous")),
        ("atlantis", "", Some("scope_unknown")),
        ("americas", "", None),
        ("", "metropolises", None),
    ];
    for (group, sector, refusal) in cases {
        let made = c.make(&sitting(&[city], group, sector));
        assert_eq!(made.err().map(|fault| fault.code), refusal, "{group} {sector}");
    }
}

#[test]
fn r62_a_sitting_is_released_with_a_lead_a_paper_and_a_speaker_of_high_rank() {
    let mut c = congress();
    let mut input = sitting(&[], "africa", "");
    let session = c.make(&input).expect("a draft may lack them");
    c.place(session.id, "2019-11-13T10:00").expect("placed");
    assert_eq!(code(c.release()), "lead_must_be_lrg");

    input.organisers = sitting(&[c.city], "", "").organisers;
    c.edit(session.id, &input).expect("edited");
    assert_eq!(code(c.release()), "paper_required");

    input.papers = vec![Paper {
        id: "africa-2019".into(),
        title: Localized::only("en", "Position paper"),
    }];
    c.edit(session.id, &input).expect("edited");
    assert_eq!(code(c.release()), "high_level_missing");

    input.speakers = Some(vec![SpeakerInput {
        name: "A Mayor".into(),
        high_level: true,
        ..SpeakerInput::default()
    }]);
    c.edit(session.id, &input).expect("edited");
    c.release().expect("released");

    // The same paper in a second sitting is as it should be.
    let again = c.make(&input).expect("made");
    c.place(again.id, "2019-11-13T14:00").expect("placed");
    c.release().expect("released");
}

#[test]
fn r67_only_the_task_forces_convener_or_the_desk_of_the_track_convenes_the_world_assembly() {
    let mut c = congress();
    let input = SessionInput {
        title: Localized::only("en", "World Assembly"),
        ..SessionInput::default()
    };
    let edition = c.edition.id;
    let of_other = staff(Role::GtfConvener, Scope::Edition(Id::named("another edition")));
    let denied = [
        (Actor::nobody(), "sign_in_needed"),
        (
            staff(Role::Secretariat, Scope::Track("statutory".into())),
            "convener_only",
        ),
        (of_other, "convener_only"),
    ];
    for (actor, why) in denied {
        let refused = world_assembly::convene(&mut c.conn, &actor, now(), &c.admissions, edition, &input);
        assert_eq!(code(refused), why);
    }
    let convener = staff(Role::GtfConvener, Scope::Edition(edition));
    let convened = world_assembly::convene(&mut c.conn, &convener, now(), &c.admissions, edition, &input);
    let convened = convened.expect("convened");
    // What they may do there they may do nowhere else.
    let elsewhere = sessions::create(
        &mut c.conn,
        &convener,
        now(),
        &c.admissions,
        edition,
        &sitting(&[], "africa", ""),
    );
    assert_eq!(code(elsewhere), "not_allowed");
    let found = world_assembly::of_edition(&mut c.conn, edition).expect("read");
    assert_eq!(found.map(|session| session.id), Some(convened.id));
}

#[test]
fn r68_an_edition_has_one_world_assembly_within_its_days() {
    let mut c = congress();
    let input = SessionInput {
        kind: "world_assembly".into(),
        title: Localized::only("en", "World Assembly"),
        attendance: "online".into(),
        ..SessionInput::default()
    };
    let first = c.make(&input).expect("the first");
    let second = c.conn.transaction(|conn| {
        let admissions = Admissions::general_only().with(TrackKind::Assembly, AssemblyAdmission);
        sessions::create(conn, &secretariat(), now(), &admissions, c.edition.id, &input)
    });
    assert_eq!(code(second), "world_assembly_exists");
    let mut outside = first.clone();
    outside.starts_local = Some(kernel::LocalDateTime::at("2019-11-16T10:00"));
    assert_eq!(
        code(AssemblyAdmission.check(&mut c.conn, &outside, Stage::Place)),
        "outside_edition"
    );
    c.place(first.id, "2019-11-15T10:00").expect("within");

    let desk = secretariat();
    releases::cancel(&mut c.conn, &desk, now(), first.id, "moved", None).expect("called off");
    c.make(&input).expect("another in its place");
}

#[test]
fn r77_the_general_assembly_is_not_the_world_assembly() {
    let mut c = congress();
    let city = c.city;
    let other = c.make(&sitting(&[city], "africa", "")).expect("made");
    let desk = secretariat();
    assert_eq!(
        code(world_assembly::get(&mut c.conn, &desk, now(), other.id)),
        "not_the_world_assembly"
    );
    assert_eq!(
        code(world_assembly::get(
            &mut c.conn,
            &Actor::nobody(),
            now(),
            other.id
        )),
        "not_found"
    );
    let with_a_body = SessionInput {
        kind: "world_assembly".into(),
        body: Some(Id::named("general assembly")),
        ..sitting(&[], "", "")
    };
    let refused = c.make(&with_a_body).expect_err("refused");
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        ("not_a_statutory_meeting", "body")
    );
}

#[test]
fn r63_groups_of_regions_are_data_of_the_edition() {
    let mut c = congress();
    let edition = c.edition.id;
    let desk = secretariat();
    let standard = scopes::list(&mut c.conn, edition).expect("listed");
    assert_eq!(standard.len(), 12);
    let input = ScopeInput {
        kind: Some(ScopeKind::Continental),
        code: "mediterranean".into(),
        title: Localized::only("en", "Mediterranean"),
        sections: vec![Section::Mewa, Section::Europe, Section::Africa, Section::Europe],
        position: 20,
    };
    let other_desk = staff(Role::Secretariat, Scope::Track("town_hall".into()));
    assert_eq!(
        code(scopes::create(&mut c.conn, &other_desk, now(), edition, &input)),
        "not_allowed"
    );
    let odd = ScopeInput {
        code: "../mediterranean".into(),
        ..input.clone()
    };
    let refused = scopes::create(&mut c.conn, &desk, now(), edition, &odd).expect_err("refused");
    assert_eq!(
        (refused.fields[0].field.as_str(), refused.fields[0].code),
        ("code", "not_a_code")
    );
    let made = scopes::create(&mut c.conn, &desk, now(), edition, &input).expect("made");
    assert_eq!(made.sections.0, [Section::Africa, Section::Europe, Section::Mewa]);
    let listed = scopes::list(&mut c.conn, edition).expect("listed");
    assert_eq!(listed.len(), 13);
    assert!(standard.iter().all(|scope| listed.contains(scope)));

    let city = c.city;
    c.make(&sitting(&[city], "mediterranean", "")).expect("about it");
    assert_eq!(
        code(scopes::remove(&mut c.conn, &desk, now(), edition, made.id)),
        "scope_in_use"
    );
    let africa = standard[0].clone();
    let renamed = ScopeInput {
        title: Localized::only("en", "All of Africa"),
        sections: vec![Section::Africa],
        ..ScopeInput::default()
    };
    let after =
        scopes::edit(&mut c.conn, &desk, now(), edition, africa.id, &renamed, Some(0)).expect("changed");
    assert_eq!((after.code.as_str(), after.version), ("africa", 1));
    scopes::remove(&mut c.conn, &desk, now(), edition, africa.id).expect("taken out");
    assert_eq!(scopes::list(&mut c.conn, edition).expect("listed").len(), 12);
    assert_eq!(code(c.make(&sitting(&[city], "africa", ""))), "scope_unknown");
}
