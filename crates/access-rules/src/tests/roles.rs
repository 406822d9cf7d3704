//! What roles grant, and that nothing widens them.

use std::collections::BTreeSet;

use kernel::Coded;

use super::{body, holding, now, organisation, session, somebody};
use crate::{
    Act, Actor, Basis, Decision, EditionId, Object, ObjectKind, PaperId, PersonId, Role, Scope, Standing,
    ThemeId, decide, decide::grants,
};

const fn may_not() -> Decision {
    Decision::Deny(crate::Reason {
        code: "not_allowed",
        remedy: None,
    })
}

#[test]
fn r15_a_focal_point_minds_the_people_of_its_own_organisation_and_no_other_exists_for_it() {
    let focal_point = holding(Role::FocalPoint, Scope::Organisation(organisation("a")));
    let people_of = |name| Object::public(ObjectKind::Person).of_organisation(organisation(name));
    let cases = [
        (&focal_point, "a", Decision::Allow),
        (&focal_point, "b", Decision::Hidden),
        (&somebody(&[]), "a", Decision::Hidden),
        (&Actor::nobody(), "a", Decision::SignInNeeded),
        (&holding(Role::Registrar, Scope::Everywhere), "a", Decision::Allow),
        (
            &holding(Role::Secretariat, Scope::Track("assembly".into())),
            "a",
            Decision::Hidden,
        ),
    ];

    for (actor, name, expected) in cases {
        assert_eq!(
            decide(actor, Act::MindOrganisation, &people_of(name), now()),
            expected,
            "{actor:?} {name}"
        );
    }
}

#[test]
fn r16_roles_grant_what_the_matrix_says() {
    use Act::{
        ConfirmPosition, DecideRegistration, EditSession, GrantRole, Import, ManageEdition, ManageFormats,
        ManageMeeting, ManageMembers, ManageOutbox, ManageOutcomes, ManagePapers, ManageRules, PlaceSession,
        ProposeChange, ReadAudit, ReadNeeds, ReadNeedsTotals, ReadOutbox, RecordResult, Release, RunAssembly,
        RunSite, SeeDesk, SeePeople, TranslatePaper, WaiveConflict, WritePaper,
    };
    let secretariat = [
        SeeDesk,
        ManageEdition,
        ManageFormats,
        ManageRules,
        EditSession,
        PlaceSession,
        WaiveConflict,
        Release,
        Import,
        SeePeople,
        ManageMembers,
        ConfirmPosition,
        DecideRegistration,
        ReadNeedsTotals,
        ManageMeeting,
        ManagePapers,
        WritePaper,
        TranslatePaper,
        RecordResult,
        RunAssembly,
        ManageOutcomes,
        ReadOutbox,
        ManageOutbox,
        ReadAudit,
    ];
    let registrar = [
        SeeDesk,
        SeePeople,
        ManageMembers,
        ConfirmPosition,
        DecideRegistration,
        ReadNeeds,
        ReadNeedsTotals,
        ReadOutbox,
    ];

    for role in Role::ALL {
        let expected: BTreeSet<Act> = match role {
            Role::PlatformAdmin => secretariat
                .into_iter()
                .chain([GrantRole, RunSite, ProposeChange])
                .collect(),
            Role::Secretariat => secretariat.into(),
            Role::Registrar => registrar.into(),
            Role::CareDesk => [SeeDesk, ReadNeeds, ReadNeedsTotals].into(),
            Role::SessionLead => [EditSession, ProposeChange, RecordResult].into(),
            Role::Chair => [ProposeChange, RecordResult, RunAssembly].into(),
            Role::Rapporteur => [RecordResult].into(),
            Role::ThemeLead => [ManagePapers, WritePaper, TranslatePaper, RecordResult].into(),
            Role::Drafter | Role::FocalPoint => [WritePaper, TranslatePaper].into(),
            Role::Translator => [TranslatePaper].into(),
            Role::GtfConvener => [RunAssembly, ManageOutcomes].into(),
            Role::BadgeDesk | Role::Scanner | Role::PressOfficer => [SeeDesk].into(),
            Role::SectionOfficer
            | Role::CommissionSecretariat
            | Role::ReturningOfficer
            | Role::Scrutineer
            | Role::BodyMember
            | Role::Participant => BTreeSet::new(),
        };
        let granted = Act::ALL.iter().copied().filter(|act| grants(*role, *act));
        assert_eq!(granted.collect::<BTreeSet<_>>(), expected, "{role}");
    }
}

#[test]
fn r16_a_role_says_nothing_outside_its_scope() {
    let edition = EditionId::named("durban");
    let theme = ThemeId::named("right to the city");
    let paper = PaperId::named("on housing");
    let cases = [
        (
            Scope::Track("assembly".into()),
            Object::site().of_track(Some("assembly")),
        ),
        (Scope::Edition(edition), Object::site().of_edition(edition)),
        (
            Scope::Organisation(organisation("a")),
            Object::site().of_organisation(organisation("a")),
        ),
        (
            Scope::Body(body("bureau")),
            Object::site().of_body(body("bureau")),
        ),
        (
            Scope::Session(session("opening")),
            Object::site().of_session(session("opening")),
        ),
        (Scope::Theme(theme), Object::site().of_theme(theme)),
        (Scope::Paper(paper), Object::site().of_paper(paper)),
    ];

    for (mine, (scope, _)) in cases.iter().enumerate() {
        let staff = holding(Role::Secretariat, scope.clone());
        for (of, (_, object)) in cases.iter().enumerate() {
            let expected = if mine == of { Decision::Allow } else { may_not() };
            assert_eq!(
                decide(&staff, Act::EditSession, object, now()),
                expected,
                "{scope:?}"
            );
        }
        assert_eq!(
            decide(&staff, Act::EditSession, &Object::site(), now()),
            may_not()
        );
    }
}

#[test]
fn the_staff_of_one_track_find_the_desk_and_no_more() {
    let staff = holding(Role::Secretariat, Scope::Track("town_hall".into()));

    assert_eq!(
        decide(&staff, Act::SeeDesk, &Object::site(), now()),
        Decision::Allow
    );
    assert_eq!(decide(&staff, Act::Release, &Object::site(), now()), may_not());
}

#[test]
fn r22_only_registrar_and_care_desk_read_the_needs_of_a_person() {
    let needs = Object::public(ObjectKind::Registration).of_person(PersonId::named("somebody else"));

    for role in Role::ALL {
        let expected = match role {
            Role::Registrar | Role::CareDesk => Decision::Allow,
            _ => may_not(),
        };
        assert_eq!(
            decide(&holding(*role, Scope::Everywhere), Act::ReadNeeds, &needs, now()),
            expected,
            "{role}"
        );
    }
    assert!(!decide(&Actor::system(), Act::ReadNeeds, &needs, now()).allows());
}

#[test]
fn a_token_never_does_more_than_it_was_given_nor_than_its_person() {
    let person = Actor {
        standings: vec![Standing {
            role: Role::Secretariat,
            scope: Scope::Everywhere,
        }],
        ..somebody(&[])
    };
    let scopes = ["read", "agenda", "programme", "write", "everything", ""];

    for act in Act::ALL {
        let allowed = decide(&person, *act, &Object::site(), now()).allows();
        for scope in scopes {
            let token = Actor {
                token_scopes: Some(vec![scope.into()]),
                ..person.clone()
            };
            let by_token = decide(&token, *act, &Object::site(), now());
            assert!(allowed || !by_token.allows(), "{act} by {scope:?}");
            assert!(scope != "write" || by_token.allows() == allowed, "{act} by write");
            if act.basis() == Basis::Role && ["read", "agenda", "everything", ""].contains(&scope) {
                assert!(!by_token.allows(), "{act} by {scope:?}");
            }
        }
    }
}

#[test]
fn a_token_hands_out_no_more_than_it_holds() {
    let token = Actor {
        token_scopes: Some(vec!["agenda".into()]),
        ..somebody(&[])
    };

    assert!(token.may_hand_out(&["agenda".into()]));
    assert!(!token.may_hand_out(&["agenda".into(), "write".into()]));
    assert!(somebody(&[]).may_hand_out(&["write".into()]));
}

#[test]
fn r61_a_paper_that_is_not_out_is_read_by_its_own_people_and_by_nobody_else() {
    let (paper, theme) = (PaperId::named("on housing"), ThemeId::named("right to the city"));
    let draft = Object::readable_by(ObjectKind::Paper, crate::Key::desk(Some("assembly")))
        .of_track(Some("assembly"))
        .of_organisation(organisation("a"))
        .of_theme(theme)
        .of_paper(paper);
    let cases = [
        (holding(Role::Drafter, Scope::Paper(paper)), true),
        (holding(Role::Translator, Scope::Paper(paper)), true),
        (holding(Role::ThemeLead, Scope::Theme(theme)), true),
        (
            holding(Role::FocalPoint, Scope::Organisation(organisation("a"))),
            true,
        ),
        (holding(Role::Secretariat, Scope::Track("assembly".into())), true),
        (
            holding(Role::Secretariat, Scope::Track("town_hall".into())),
            false,
        ),
        (
            holding(Role::Drafter, Scope::Paper(PaperId::named("another"))),
            false,
        ),
        (
            holding(Role::ThemeLead, Scope::Theme(ThemeId::named("another"))),
            false,
        ),
        (
            holding(Role::FocalPoint, Scope::Organisation(organisation("b"))),
            false,
        ),
        (somebody(&[]), false),
        (Actor::nobody(), false),
    ];
    for (actor, reads) in cases {
        let read = decide(&actor, Act::Read, &draft, now()).allows();
        assert_eq!(read, reads, "{:?}", actor.standings);
        if !reads {
            assert_eq!(decide(&actor, Act::WritePaper, &draft, now()), Decision::Hidden);
        }
    }
    let translator = holding(Role::Translator, Scope::Paper(paper));
    assert_eq!(decide(&translator, Act::WritePaper, &draft, now()), may_not());
    assert!(decide(&translator, Act::TranslatePaper, &draft, now()).allows());
}
