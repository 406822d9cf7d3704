//! Who works at a paper.

use access_rules::Role;
use kernel::PageAsk;
use mail::{model::LetterKind, outbox};
use people::standings;

use super::{code, field, now, root, world};
use crate::{
    model::{PaperState as S, PaperTrack, TeamRole},
    revoke,
    team::{self, NameInput},
};

fn input(person: access_rules::PersonId, role: TeamRole) -> NameInput {
    NameInput {
        person: Some(person),
        role: Some(role),
    }
}

#[test]
fn focal_points_leads_and_the_desk_name_who_writes_and_nobody_else() {
    let mut it = world();
    let (section, other, theme, other_theme) = (it.section, it.other, it.theme, it.other_theme);
    let paper = it.begun(PaperTrack::TownHall);
    let drafter = it.drafter("Drafter", paper.id);
    let namers = [
        it.focal_point("Focal", section),
        it.lead("Lead", theme),
        it.desk(PaperTrack::TownHall),
    ];
    let others = [
        it.focal_point("Otherfocal", other),
        it.lead("Otherlead", other_theme),
        it.desk(PaperTrack::Assembly),
    ];
    let people = ["One", "Two", "Three", "Four"].map(|name| it.of(name, section));

    for (namer, person) in namers.iter().zip(people) {
        let named = team::name(
            &mut it.conn,
            namer,
            now(),
            paper.id,
            &input(person, TeamRole::Drafter),
        );
        assert!(named.is_ok(), "{named:?}");
    }

    for namer in &others {
        let hidden = team::name(
            &mut it.conn,
            namer,
            now(),
            paper.id,
            &input(people[3], TeamRole::Drafter),
        );
        assert_eq!(code(hidden), "not_found");
    }
    let refused = team::name(
        &mut it.conn,
        &drafter,
        now(),
        paper.id,
        &input(people[3], TeamRole::Drafter),
    );
    assert_eq!(code(refused), "not_allowed");
    let names: Vec<_> = team::list(&mut it.conn, &drafter, now(), paper.id)
        .expect("told")
        .into_iter()
        .map(|view| view.person_name)
        .collect();
    assert_eq!(
        names,
        [
            "Drafter Somebody",
            "One Somebody",
            "Three Somebody",
            "Two Somebody"
        ]
    );
}

#[test]
fn who_drafts_is_of_the_organisation_and_who_translates_may_be_anybody() {
    let mut it = world();
    let other = it.other;
    let paper = it.begun(PaperTrack::Assembly);
    let stranger = it.person("Stranger");
    let theirs = it.of("Theirs", other);
    let mut name = |input| team::name(&mut it.conn, &root(), now(), paper.id, &input);

    assert_eq!(
        field(name(input(stranger, TeamRole::Drafter))),
        ("person".into(), "not_of_the_owner")
    );
    assert_eq!(code(name(input(theirs, TeamRole::Drafter))), "not_of_the_owner");
    assert!(name(input(stranger, TeamRole::Translator)).is_ok());
    assert_eq!(
        code(name(input(stranger, TeamRole::Translator))),
        "already_in_team"
    );
    assert_eq!(field(name(NameInput::default())), ("person".into(), "required"));
    assert_eq!(
        field(name(input(kernel::Id::new(), TeamRole::Translator))),
        ("person".into(), "unknown")
    );
}

#[test]
fn a_part_begins_and_ends_with_a_standing_and_a_letter_tells_of_it() {
    let mut it = world();
    let paper = it.begun(PaperTrack::Assembly);
    let drafter = it.drafter("Drafter", paper.id);
    let person = drafter.person.expect("a person");
    let papers = |it: &mut super::World| it.actor(person).own_papers();
    assert_eq!(papers(&mut it), [paper.id]);
    let ask = PageAsk::first();
    let letters = outbox::list(&mut it.conn, &root(), now(), &outbox::Filter::default(), &ask).expect("read");
    let told: Vec<_> = letters
        .items
        .iter()
        .filter(|letter| letter.person_id == Some(person))
        .map(|letter| letter.kind)
        .collect();
    assert_eq!(told, [LetterKind::PaperNamed]);

    let part = team::current(&mut it.conn, paper.id).expect("read")[0].clone();
    let later = now().plus_days(1);
    let ended = team::dismiss(&mut it.conn, &drafter, later, paper.id, part.id).expect("left");

    assert_eq!(ended.to_at, Some(later), "everybody may leave");
    let held = standings::of_person(&mut it.conn, person, later).expect("read");
    assert!(!held.iter().any(|held| held.role == Role::Drafter), "{held:?}");
    let again = team::dismiss(&mut it.conn, &root(), later, paper.id, part.id);
    assert_eq!(code(again), "not_found");
    it.named(person, paper.id, TeamRole::Drafter);
}

#[test]
fn one_of_the_team_does_not_dismiss_another() {
    let mut it = world();
    let paper = it.begun(PaperTrack::Assembly);
    let (ana, ben) = (it.drafter("Ana", paper.id), it.drafter("Ben", paper.id));
    let parts = team::current(&mut it.conn, paper.id).expect("read");
    let of_ben = parts
        .iter()
        .find(|part| Some(part.person) == ben.person)
        .expect("there");

    let refused = team::dismiss(&mut it.conn, &ana, now(), paper.id, of_ben.id);

    assert_eq!(code(refused), "not_allowed");
    assert_eq!(team::current(&mut it.conn, paper.id).expect("read").len(), 2);
}

#[test]
fn nobody_is_named_to_what_is_revoked_or_over() {
    let mut it = world();
    let section = it.section;
    let (revoked, over) = (it.begun(PaperTrack::Assembly), it.begun(PaperTrack::Assembly));
    let person = it.of("Ana", section);
    revoke(&mut it.conn, None, now(), revoked.id, "").expect("taken back");
    it.go(over.id, S::Withdrawn);

    let codes = [revoked.id, over.id].map(|paper| {
        code(team::name(
            &mut it.conn,
            &root(),
            now(),
            paper,
            &input(person, TeamRole::Drafter),
        ))
    });

    assert_eq!(codes, ["paper_revoked", "paper_not_writable"]);
}
