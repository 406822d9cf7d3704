//! « Ouvert à… »: who may propose and attend, against the phrases of the source and the recorded readings.

use std::collections::BTreeSet;

use kernel::Coded;

use super::{asked, denied, only, somebody};
use crate::{
    Act, Actor, Atom, Circumstances, Decision, Role, Scope, Standing, Tag,
    catalogue::{self, CODES, DOORS, seeded},
};

/// The audiences that pass, each carrying nothing but itself.
fn exactly(code: &str, act: Act) -> BTreeSet<Tag> {
    let rule = seeded(code, act);
    let passes = |tag: &Tag| rule.admits(&only(&[*tag]), Circumstances::all());
    Tag::ALL.iter().copied().filter(passes).collect()
}

/// The audiences that pass with all they imply, as they are in truth.
fn in_truth(code: &str, act: Act) -> BTreeSet<Tag> {
    let rule = seeded(code, act);
    let passes = |tag: &Tag| rule.admits(&somebody(&[*tag]), Circumstances::all());
    Tag::ALL.iter().copied().filter(passes).collect()
}

fn everybody() -> BTreeSet<Tag> {
    Tag::ALL.iter().copied().collect()
}

const REGISTERED: Circumstances = Circumstances {
    registered: true,
    admitted_to_track: false,
    invited: false,
    accepted_in_call: false,
    on_roster: false,
    endorsed: false,
};

#[test]
fn r3_anybody_registered_proposes_and_attends_an_inspiration_session() {
    let individual = somebody(&[]);

    assert_eq!(in_truth("inspiration", Act::Propose), everybody());
    assert_eq!(in_truth("inspiration", Act::Attend), everybody());
    assert_eq!(
        asked("inspiration", Act::Propose, &individual, REGISTERED),
        Decision::Allow
    );
    assert_eq!(
        asked("inspiration", Act::Attend, &individual, REGISTERED),
        Decision::Allow
    );
    assert_eq!(
        asked(
            "inspiration",
            Act::Propose,
            &Actor::nobody(),
            Circumstances::default()
        ),
        Decision::SignInNeeded
    );
}

#[test]
fn r4_local_policies_and_voices_admit_exactly_the_phrase() {
    let phrase = BTreeSet::from([
        Tag::UclgMember,
        Tag::NationalGovernment,
        Tag::UclgPartner,
        Tag::CollectiveMember,
        Tag::ConsultationMechanism,
        Tag::CivilSocietyPartner,
        Tag::GlobalInstitutionalPartner,
    ]);
    let implying = [
        Tag::UclgMemberIndividual,
        Tag::UclgMemberAssociation,
        Tag::UclgMemberIntlOrg,
        Tag::UclgAssociate,
        Tag::UclgHonorary,
        Tag::UclgSection,
        Tag::GtfNetwork,
        Tag::SisterOrg,
        Tag::NationalGovernmentPartner,
        Tag::City,
        Tag::Region,
        Tag::LocalGovernment,
    ];

    assert_eq!(exactly("local_policies_voices", Act::Propose), phrase);
    assert_eq!(
        in_truth("local_policies_voices", Act::Propose),
        phrase.into_iter().chain(implying).collect()
    );
    assert_eq!(exactly("local_policies_voices", Act::Attend), everybody());
    assert_eq!(
        asked("local_policies_voices", Act::Propose, &somebody(&[]), REGISTERED),
        denied("audience", "choose_organisation")
    );
}

#[test]
fn r5_global_conversations_admit_exactly_the_constituency_institutional_partners_and_stakeholders() {
    let phrase = BTreeSet::from([
        Tag::GtfConstituency,
        Tag::GlobalInstitutionalPartner,
        Tag::Stakeholder,
    ]);

    assert_eq!(exactly("global_conversations", Act::Propose), phrase);
    assert_eq!(exactly("global_conversations", Act::Attend), everybody());
    // The reading: networks of the Task Force and members of one; UCLG is one.
    for (tag, passes) in [
        (Tag::GtfNetwork, true),
        (Tag::UclgMemberIndividual, true),
        (Tag::NationalGovernment, false),
        (Tag::NationalGovernmentPartner, false),
        (Tag::City, false),
        (Tag::Individual, false),
    ] {
        assert_eq!(
            in_truth("global_conversations", Act::Propose).contains(&tag),
            passes,
            "{tag}"
        );
    }
    assert!(!exactly("global_conversations", Act::Propose).contains(&Tag::UclgMemberIndividual));
}

#[test]
fn r6_a_global_conversation_is_proposed_through_a_call_only() {
    let network = somebody(&[Tag::GtfNetwork]);
    let in_call = Circumstances {
        accepted_in_call: true,
        ..Circumstances::default()
    };

    assert_eq!(
        asked("global_conversations", Act::Propose, &network, in_call),
        Decision::Allow
    );
    assert_eq!(
        asked("global_conversations", Act::Propose, &network, REGISTERED),
        denied("call_required", "see_calls")
    );
}

#[test]
fn r7_labs_admit_exactly_the_phrase_through_a_call() {
    let phrase = BTreeSet::from([
        Tag::UclgMember,
        Tag::NationalGovernmentPartner,
        Tag::CollectiveMember,
    ]);
    let partner = somebody(&[Tag::NationalGovernmentPartner]);

    assert_eq!(exactly("labs", Act::Propose), phrase);
    assert_eq!(exactly("labs", Act::Attend), phrase);
    assert!(in_truth("labs", Act::Propose).contains(&Tag::City));
    assert!(!in_truth("labs", Act::Propose).contains(&Tag::NationalGovernment));
    assert_eq!(
        asked("labs", Act::Propose, &partner, REGISTERED),
        denied("call_required", "see_calls")
    );
    assert_eq!(asked("labs", Act::Attend, &partner, REGISTERED), Decision::Allow);
}

#[test]
fn an_individual_is_refused_a_lab_by_audience_registered_or_not() {
    let individual = somebody(&[]);

    for circumstances in [REGISTERED, Circumstances::default()] {
        for act in [Act::Propose, Act::Attend] {
            assert_eq!(
                asked("labs", act, &individual, circumstances),
                denied("audience", "choose_organisation")
            );
        }
    }
}

#[test]
fn a_member_who_is_not_registered_is_told_to_register() {
    let member = somebody(&[Tag::UclgMemberIndividual]);

    for code in ["labs", "inspiration", "town_hall", "statutory"] {
        assert_eq!(
            asked(code, Act::Attend, &member, Circumstances::default()),
            denied("not_registered", "register"),
            "{code}"
        );
    }
}

#[test]
fn r8_changing_who_attends_leaves_who_proposes() {
    let mut seeds = catalogue::all();
    let propose_before = seeded("labs", Act::Propose);

    let attend = seeds
        .iter_mut()
        .find(|seed| seed.code == "labs" && seed.act == Act::Attend)
        .expect("Labs have a rule");
    attend.rule = crate::Rule::any([Atom::Registered]);
    let changed = attend.rule.clone();
    let propose = seeds
        .iter()
        .find(|seed| seed.code == "labs" && seed.act == Act::Propose)
        .expect("Labs have a rule");

    assert!(changed.admits(&somebody(&[]), Circumstances::all()));
    assert_eq!(propose.rule, propose_before);
    assert!(!propose.rule.admits(&somebody(&[]), Circumstances::all()));
}

#[test]
fn r9_any_badge_attends_a_town_hall_and_only_civil_society_leads() {
    assert_eq!(exactly("town_hall", Act::Attend), everybody());
    assert_eq!(
        exactly("town_hall", Act::Propose),
        BTreeSet::from([Tag::CivilSocietyPartner])
    );
}

#[test]
fn r10_local_governments_lead_the_assembly_when_they_are_invited() {
    let invited = Circumstances {
        invited: true,
        ..Circumstances::default()
    };
    let section = somebody(&[Tag::UclgSection]);
    let civil_society = somebody(&[Tag::CivilSocietyPartner]);

    assert_eq!(
        asked("assembly", Act::Propose, &section, invited),
        Decision::Allow
    );
    assert_eq!(
        asked("assembly", Act::Propose, &section, REGISTERED),
        denied("not_invited", "ask_invitation")
    );
    assert_eq!(
        asked("assembly", Act::Propose, &civil_society, invited),
        denied("audience", "choose_organisation")
    );
}

#[test]
fn the_world_assembly_gives_the_floor_to_those_their_network_endorses() {
    let endorsed = Circumstances {
        endorsed: true,
        ..REGISTERED
    };
    let anybody = somebody(&[]);

    assert_eq!(
        asked("world_assembly", Act::Attend, &anybody, REGISTERED),
        Decision::Allow
    );
    assert_eq!(
        asked("world_assembly", Act::Speak, &anybody, REGISTERED),
        denied("not_endorsed", "ask_network")
    );
    assert_eq!(
        asked("world_assembly", Act::Speak, &anybody, endorsed),
        Decision::Allow
    );
}

#[test]
fn staff_plan_sessions_and_do_not_propose_them() {
    let staff = Actor {
        standings: vec![Standing {
            role: Role::Secretariat,
            scope: Scope::Everywhere,
        }],
        ..somebody(&[])
    };

    assert_eq!(
        asked("labs", Act::Propose, &staff, Circumstances::all()),
        denied("audience", "choose_organisation")
    );
    assert_eq!(
        crate::decide(&staff, Act::EditSession, &crate::Object::site(), super::now()),
        Decision::Allow
    );
}

#[test]
fn every_rule_to_begin_with_can_be_saved_and_says_what_it_stands_on() {
    let seeds = catalogue::all();

    assert_eq!(seeds.len(), CODES.len() * 4 + DOORS.len());
    for seed in seeds {
        assert_eq!(seed.rule.check(), Ok(()), "{} {}", seed.code, seed.act);
        assert!(!seed.source.is_empty(), "{} {}", seed.code, seed.act);
        assert_eq!(catalogue::source(seed.code, seed.act), seed.source);
    }
    assert_eq!(seeded("a track of 2031", Act::Attend), crate::Rule::nobody());
}
