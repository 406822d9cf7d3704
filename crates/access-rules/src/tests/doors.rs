//! The statutory track's doors, and what is hidden, refused or asked to sign in (architecture §4).

use kernel::{Coded, Fault, Moment};

use super::{asked, body, denied, holding, now, organisation, session, somebody};
use crate::{
    Act, Actor, Circumstances, Decision, Key, Object, ObjectKind, PersonId, Role, Rule, Scope, Standing, Tag,
    catalogue::seeded, decide, decide::may_read,
};

fn papers_of_all_members() -> Object<'static> {
    Object::readable_by(ObjectKind::Document, Key::Members).of_track(Some("statutory"))
}

fn sitting_in(name: &str, tags: &[Tag]) -> Actor {
    Actor {
        standings: vec![Standing {
            role: Role::BodyMember,
            scope: Scope::Body(body(name)),
        }],
        ..somebody(tags)
    }
}

#[test]
fn r1_the_members_door_is_open_to_members_in_arrears_and_hidden_from_every_other_audience() {
    let member_kinds = [
        Tag::UclgMemberIndividual,
        Tag::UclgMemberAssociation,
        Tag::UclgMemberIntlOrg,
        Tag::UclgAssociate,
        Tag::UclgHonorary,
        Tag::UclgSection,
        Tag::UclgMember,
    ];
    let paper = papers_of_all_members();

    for tag in Tag::ALL {
        let expected = match member_kinds.contains(tag) {
            true => Decision::Allow,
            false => Decision::Hidden,
        };
        assert_eq!(
            decide(&somebody(&[*tag]), Act::Read, &paper, now()),
            expected,
            "{tag}"
        );
    }
    let in_arrears = Actor {
        in_arrears: true,
        ..somebody(&[Tag::UclgMemberIndividual])
    };
    assert_eq!(decide(&in_arrears, Act::Read, &paper, now()), Decision::Allow);
    assert_eq!(
        decide(&Actor::nobody(), Act::Read, &paper, now()),
        Decision::Hidden
    );
}

#[test]
fn r1_every_act_on_what_is_hidden_gets_the_answer_of_what_is_absent() {
    let paper = papers_of_all_members();

    for act in Act::ALL.iter().filter(|act| **act != Act::UseSite) {
        let refused = decide(&somebody(&[Tag::Press]), *act, &paper, now()).or_fault();

        assert_eq!(refused, Err(Fault::not_found()), "{act}");
    }
}

#[test]
fn r1_a_member_in_arrears_attends_and_does_not_vote() {
    let in_arrears = Actor {
        in_arrears: true,
        ..sitting_in("general_assembly", &[Tag::UclgMemberIndividual])
    };
    let paid = Actor {
        in_arrears: false,
        ..in_arrears.clone()
    };

    assert_eq!(
        asked("statutory", Act::Attend, &in_arrears, Circumstances::all()),
        Decision::Allow
    );
    assert_eq!(
        asked("statutory", Act::Vote, &in_arrears, Circumstances::all()),
        denied("in_arrears", "settle_dues")
    );
    assert_eq!(
        asked("statutory", Act::Vote, &paid, Circumstances::all()),
        Decision::Allow
    );
}

#[test]
fn r1_the_line_is_public_the_room_and_the_papers_are_not() {
    let on_roster = Circumstances {
        on_roster: true,
        registered: true,
        ..Circumstances::default()
    };
    let registered = Circumstances {
        registered: true,
        ..Circumstances::default()
    };
    let (member, stranger) = (somebody(&[Tag::UclgMemberAssociation]), somebody(&[Tag::Press]));
    let cases = [
        ("statutory_line", Act::Read, &stranger, registered, true),
        ("statutory_room", Act::Attend, &member, on_roster, true),
        ("statutory_room", Act::Attend, &member, registered, false),
        ("statutory_room", Act::Attend, &stranger, on_roster, false),
        ("statutory_room_observed", Act::Attend, &member, registered, true),
        (
            "statutory_room_observed",
            Act::Attend,
            &stranger,
            registered,
            false,
        ),
        ("statutory_papers", Act::Read, &member, on_roster, true),
        ("statutory_papers", Act::Read, &member, registered, false),
        ("statutory_papers_members", Act::Read, &member, registered, true),
        ("statutory_papers_members", Act::Read, &stranger, on_roster, false),
    ];

    for (door, act, actor, circumstances, opens) in cases {
        assert_eq!(seeded(door, act).admits(actor, circumstances), opens, "{door}");
    }
}

#[test]
fn r2_a_paper_of_one_body_does_not_exist_for_members_of_another() {
    let paper = Object::readable_by(ObjectKind::Document, Key::Body(body("bureau")))
        .of_track(Some("statutory"))
        .of_body(body("bureau"));
    let desk = Actor {
        desk_bodies: vec![body("bureau"), body("council")],
        ..holding(Role::Secretariat, Scope::Track("statutory".into()))
    };
    let cases = [
        (
            sitting_in("bureau", &[Tag::UclgMemberIndividual]),
            Decision::Allow,
        ),
        (
            sitting_in("council", &[Tag::UclgMemberIndividual]),
            Decision::Hidden,
        ),
        (somebody(&[Tag::UclgMemberIndividual]), Decision::Hidden),
        (Actor::nobody(), Decision::Hidden),
        (desk, Decision::Allow),
        (
            holding(Role::Secretariat, Scope::Track("town_hall".into())),
            Decision::Hidden,
        ),
        (Actor::system(), Decision::Allow),
    ];

    for (actor, expected) in cases {
        assert_eq!(decide(&actor, Act::Read, &paper, now()), expected, "{actor:?}");
    }
}

#[test]
fn r13_whose_membership_was_suspended_yesterday_reads_nothing_today_though_still_on_the_roster() {
    let last_week = sitting_in("council", &[Tag::UclgMemberIndividual]);
    let today = sitting_in("council", &[Tag::City]);

    for key in [Key::Members, Key::Body(body("council"))] {
        let paper = Object::readable_by(ObjectKind::Document, key);
        assert_eq!(decide(&last_week, Act::Read, &paper, now()), Decision::Allow);
        assert_eq!(decide(&today, Act::Read, &paper, now()), Decision::Hidden);
    }
    // A vote is decided by what the actor was at the meeting: whoever loads the actor says as of when.
    assert_eq!(
        asked("statutory", Act::Vote, &last_week, Circumstances::all()),
        Decision::Allow
    );
    assert_eq!(
        asked("statutory", Act::Vote, &today, Circumstances::all()),
        denied("audience", "choose_organisation")
    );
}

#[test]
fn r21_a_paper_under_embargo_is_its_rosters_until_its_instant_and_anybodys_from_it() {
    let instant = Moment::at("2019-11-15T16:00:00Z");
    let just_before = Moment::from_micros(instant.micros() - 1);
    let paper =
        Object::readable_by(ObjectKind::Document, Key::Body(body("council"))).public_from(Some(instant));
    let reader = sitting_in("council", &[Tag::UclgMemberIndividual]);

    assert_eq!(
        decide(&Actor::nobody(), Act::Read, &paper, just_before),
        Decision::Hidden
    );
    assert_eq!(decide(&reader, Act::Read, &paper, just_before), Decision::Allow);
    assert_eq!(
        decide(&Actor::nobody(), Act::Read, &paper, instant),
        Decision::Allow
    );
}

#[test]
fn what_is_visible_is_refused_with_a_reason_and_asks_nobody_to_sign_in_first() {
    let rule = Rule::nobody();
    let visible = Object::public(ObjectKind::Session).under(&rule, Circumstances::default());
    let without_rule = Object::public(ObjectKind::Session);
    let cases = [
        (Actor::nobody(), Act::Attend, Decision::SignInNeeded),
        (Actor::nobody(), Act::EditSession, Decision::SignInNeeded),
        (Actor::nobody(), Act::MindOwn, Decision::SignInNeeded),
        (Actor::nobody(), Act::Read, Decision::Allow),
        (
            somebody(&[]),
            Act::Attend,
            denied("audience", "choose_organisation"),
        ),
        (
            somebody(&[]),
            Act::EditSession,
            Decision::Deny(crate::Reason {
                code: "not_allowed",
                remedy: None,
            }),
        ),
        (somebody(&[]), Act::MindOwn, Decision::Allow),
    ];

    for (actor, act, expected) in cases {
        assert_eq!(decide(&actor, act, &visible, now()), expected, "{act}");
    }
    assert_eq!(
        decide(&somebody(&[]), Act::Attend, &without_rule, now()),
        Decision::Deny(crate::Reason {
            code: "no_rule",
            remedy: None,
        })
    );
}

#[test]
fn who_belongs_to_an_organisation_is_offered_what_is_open_instead() {
    let of_press_house = Actor {
        organisations: vec![organisation("press house")],
        ..somebody(&[Tag::Press])
    };
    let rule = seeded("labs", Act::Attend);
    let lab = Object::public(ObjectKind::Session).under(&rule, Circumstances::all());
    let meeting = Object::public(ObjectKind::Meeting)
        .of_track(Some("statutory"))
        .under(&rule, Circumstances::default());

    assert_eq!(
        decide(&of_press_house, Act::Attend, &lab, now()),
        denied("audience", "see_similar")
    );
    assert_eq!(
        decide(&of_press_house, Act::Attend, &meeting, now()),
        denied("audience", "choose_organisation")
    );
    let closed = Rule::nobody();
    let committee = meeting.under(&closed, Circumstances::all());
    assert_eq!(
        decide(&somebody(&[Tag::UclgMember]), Act::Attend, &committee, now()),
        denied("audience", "ask_invitation")
    );
}

#[test]
fn what_is_anothers_does_not_exist() {
    let registration = Object::public(ObjectKind::Registration).of_person(PersonId::named("somebody else"));
    let own = Object::public(ObjectKind::Registration).of_person(PersonId::named("somebody"));

    assert_eq!(
        decide(&somebody(&[]), Act::MindOwn, &registration, now()),
        Decision::Hidden
    );
    assert_eq!(decide(&somebody(&[]), Act::MindOwn, &own, now()), Decision::Allow);
}

#[test]
fn whoever_leads_a_session_reads_it_before_release() {
    let draft = Object::readable_by(ObjectKind::Session, Key::desk(None)).of_session(session("opening"));
    let lead = holding(Role::SessionLead, Scope::Session(session("opening")));
    let other = holding(Role::SessionLead, Scope::Session(session("closing")));

    assert!(may_read(&lead, &draft));
    assert_eq!(decide(&lead, Act::EditSession, &draft, now()), Decision::Allow);
    assert_eq!(decide(&other, Act::EditSession, &draft, now()), Decision::Hidden);
}

#[test]
fn the_staff_of_a_track_of_the_editions_own_prepare_at_the_general_desk() {
    let draft = Object::readable_by(ObjectKind::Session, Key::desk(Some("durban"))).of_track(Some("durban"));
    let durban = holding(Role::Secretariat, Scope::Track("durban".into()));
    let assembly = holding(Role::Secretariat, Scope::Track("assembly".into()));

    assert_eq!(Key::desk(Some("durban")).to_string(), "desk:general");
    assert_eq!(Key::desk(Some("assembly")).to_string(), "desk:assembly");
    assert_eq!(decide(&durban, Act::PlaceSession, &draft, now()), Decision::Allow);
    assert_eq!(
        decide(&assembly, Act::PlaceSession, &draft, now()),
        Decision::Hidden
    );
}
