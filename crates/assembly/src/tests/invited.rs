//! From the invitation until a paper is out.

use access_rules::{Actor, Role, Scope};
use kernel::{Moment, PageAsk};
use mail::{
    model::LetterKind,
    outbox::{self, Filter},
};
use members::model::{OrganisationKind, RelationKind};
use papers::{
    model::{PaperState, Priority, PriorityKind},
    papers as all_papers,
    steps::{self, SubmitInput},
    writing::{self, ImportInput, PrioritiesInput},
};
use programme::rule_book::{self, RuleInput};

use super::{
    secretariat, staff,
    stage::{code, congress_time, june, said, stage},
};
use crate::{
    deadlines::{self, DeadlineInput},
    filing::{self, FilingInput},
    invitations::{self, AnswerInput, PaperInvitationInput, RevokeInput},
    model::InvitationState,
    personal, priorities,
    screening::{self, Audience, PublishInput, ReturnInput, ScreenInput},
    sitting_papers::{self, PaperSpeakerInput, SittingPaperInput},
};

#[test]
fn r61_sections_and_sister_organisations_are_invited_by_the_desk_and_told() {
    let mut it = stage();
    let (edition, desk) = (it.id(), secretariat());
    let sister = it.organisation(
        "A Sister Organisation",
        OrganisationKind::Other,
        Some(RelationKind::SisterOrg),
    );
    let ngo = it.organisation(
        "An NGO",
        OrganisationKind::Ngo,
        Some(RelationKind::CivilSocietyPartner),
    );
    let asked = it.invitation();
    let of = |organisation| PaperInvitationInput {
        organisation: Some(organisation),
        ..asked.clone()
    };
    let focal = it.actor(it.focal);
    let other_desk = staff(Role::Secretariat, Scope::Track("town_hall".into()));

    for (actor, why) in [
        (Actor::nobody(), "sign_in_needed"),
        (focal, "not_allowed"),
        (other_desk, "not_allowed"),
    ] {
        let refused = invitations::invite(&mut it.conn, &actor, june(), edition, &asked);
        assert_eq!(code(refused), why);
    }
    for not_one in [it.city, ngo] {
        let refused = invitations::invite(&mut it.conn, &desk, june(), edition, &of(not_one));
        assert_eq!(code(refused), "not_invitable");
    }
    let section = invitations::invite(&mut it.conn, &desk, june(), edition, &asked).expect("invited");
    invitations::invite(&mut it.conn, &desk, june(), edition, &of(sister)).expect("invited");

    let twice = it.whole(|conn| invitations::invite(conn, &desk, june(), edition, &asked));
    assert_eq!(code(twice), "already_invited");
    let paper = all_papers::row(&mut it.conn, section.paper)
        .expect("read")
        .expect("there");
    assert_eq!(
        (paper.code.as_str(), paper.state),
        ("AS-2019-P01", PaperState::Invited)
    );
    assert_eq!(paper.deadline, Some(Moment::at("2019-10-11T22:00:00Z")));
    let filter = Filter {
        kind: Some(LetterKind::PaperInvitation),
        ..Filter::default()
    };
    let letters = outbox::list(&mut it.conn, &desk, june(), &filter, &PageAsk::first()).expect("read");
    let to: Vec<_> = letters.items.iter().map(|letter| letter.person_id).collect();
    assert_eq!(to, [Some(it.focal.person)]);
    assert!(letters.items[0].body.contains("12 October 2019, 00:00"));
}

#[test]
fn r61_an_uninvited_section_files_nothing() {
    let mut it = stage();
    let edition = it.id();
    let other = it.section_named("Section of the North");
    let theirs = it.focal_point(other, "Nadia North");
    let ngo = it.organisation("An NGO", OrganisationKind::Ngo, None);
    let of_ngo = it.focal_point(ngo, "Ngozi Other");
    let asked = |organisation| FilingInput {
        organisation: Some(organisation),
        title: said("Unasked"),
        language: "en".into(),
    };
    let (theirs, of_ngo) = (it.actor(theirs), it.actor(of_ngo));

    let uninvited = filing::file(&mut it.conn, &theirs, june(), edition, &asked(other));
    assert_eq!(code(uninvited), "not_invited");
    let audience = filing::file(&mut it.conn, &of_ngo, june(), edition, &asked(ngo));
    assert_eq!(code(audience), "audience");
    // Another organisation's papers do not exist for them.
    let foreign = filing::file(&mut it.conn, &theirs, june(), edition, &asked(it.section));
    assert_eq!(code(foreign), "not_found");
    assert_eq!(
        code(filing::file(
            &mut it.conn,
            &Actor::nobody(),
            june(),
            edition,
            &asked(other)
        )),
        "sign_in_needed"
    );

    // Who is invited takes the invitation up, and twice is once.
    let input = it.invitation();
    let invited =
        invitations::invite(&mut it.conn, &secretariat(), june(), edition, &input).expect("invited");
    let focal = it.actor(it.focal);
    for _ in 0..2 {
        let filed = filing::file(&mut it.conn, &focal, june(), edition, &asked(it.section)).expect("filed");
        assert_eq!((filed.id, filed.state), (invited.paper, PaperState::Drafting));
    }

    // Where the organisers ask for no invitation, the rule is what decides.
    let open = RuleInput {
        scope: "track".into(),
        scope_ref: "assembly".into(),
        act: "propose".into(),
        rule: access_rules::Rule::tags([access_rules::Tag::UclgSection]),
        reading: "This congress takes papers unasked.".into(),
    };
    rule_book::set(&mut it.conn, &secretariat(), june(), edition, &open, None).expect("set");
    let filed = filing::file(&mut it.conn, &theirs, june(), edition, &asked(other)).expect("filed");
    assert_eq!((filed.owner, filed.state), (other, PaperState::Drafting));
}

#[test]
fn r61_only_the_organisation_answers_and_an_answer_is_given_once() {
    let mut it = stage();
    let (edition, input) = (it.id(), it.invitation());
    let invited =
        invitations::invite(&mut it.conn, &secretariat(), june(), edition, &input).expect("invited");
    let stranger = it.participant("Stan Stranger");
    let (focal, stranger) = (it.actor(it.focal), it.actor(stranger));
    let answer = AnswerInput {
        note: "We are not able to this year.".into(),
    };

    assert_eq!(
        code(invitations::accept(
            &mut it.conn,
            &stranger,
            june(),
            invited.id,
            &answer,
            None
        )),
        "not_found"
    );
    assert_eq!(
        code(invitations::get(&mut it.conn, &stranger, june(), invited.id)),
        "not_found"
    );
    assert_eq!(
        invitations::list(&mut it.conn, &stranger, june(), edition).map(|seen| seen.len()),
        Ok(0)
    );
    let mine = invitations::list(&mut it.conn, &focal, june(), edition).expect("listed");
    assert_eq!(mine.len(), 1);
    assert_eq!(mine[0].paper_code, "AS-2019-P01");

    let stale = invitations::decline(&mut it.conn, &focal, june(), invited.id, &answer, Some(7));
    assert_eq!(code(stale), "stale");
    let declined = invitations::decline(&mut it.conn, &focal, june(), invited.id, &answer, Some(1));
    let declined = declined.expect("declined");
    assert_eq!(declined.state, InvitationState::Declined);
    let again = invitations::accept(&mut it.conn, &focal, june(), invited.id, &answer, None);
    assert_eq!(code(again), "invitation_answered");
    let paper = all_papers::row(&mut it.conn, invited.paper)
        .expect("read")
        .expect("there");
    assert_eq!(paper.state, PaperState::Declined);
    // Another invitation is another paper.
    let again = invitations::invite(&mut it.conn, &secretariat(), june(), edition, &input).expect("invited");
    assert_ne!(again.paper, invited.paper);
}

#[test]
fn r61_an_invitation_taken_back_keeps_the_paper_and_blocks_edits() {
    let mut it = stage();
    let paper = it.submitted();
    let (desk, focal) = (secretariat(), it.actor(it.focal));
    let held = invitations::of_paper(&mut it.conn, paper)
        .expect("read")
        .expect("invited");
    let reason = RevokeInput {
        reason: "The section asked for it.".into(),
    };

    let focal_revokes = invitations::revoke(&mut it.conn, &focal, june(), held.id, &reason, None);
    assert_eq!(code(focal_revokes), "not_allowed");
    let silent = invitations::revoke(
        &mut it.conn,
        &desk,
        june(),
        held.id,
        &RevokeInput::default(),
        None,
    );
    assert_eq!(silent.expect_err("refused").fields[0].field, "reason");
    let revoked = invitations::revoke(&mut it.conn, &desk, june(), held.id, &reason, None).expect("revoked");
    assert_eq!(revoked.state, InvitationState::Revoked);

    let kept = all_papers::get(&mut it.conn, &focal, june(), paper).expect("still there");
    assert!(kept.is_revoked && kept.state == PaperState::Submitted);
    let words = ImportInput {
        text: "Something else.".into(),
    };
    let written = writing::replace_all_markdown(&mut it.conn, &focal, june(), paper, None, &words);
    assert_eq!(code(written), "paper_revoked");
    let twice = invitations::revoke(&mut it.conn, &desk, june(), held.id, &reason, None);
    assert_eq!(code(twice), "invitation_answered");
}

#[test]
fn r64_papers_are_handed_in_before_the_congress_and_a_later_deadline_has_a_reason() {
    let mut it = stage();
    let (edition, desk) = (it.id(), secretariat());
    let at = |text: &str| Some(Moment::at(text));
    let mut input = it.invitation();
    input.deadline = at("2019-11-10T22:00:01Z");
    let refused = invitations::invite(&mut it.conn, &desk, june(), edition, &input).expect_err("refused");
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        ("deadline_after_start", "deadline")
    );
    input.deadline = at("2019-06-03T08:00:00Z");
    assert_eq!(
        code(invitations::invite(&mut it.conn, &desk, june(), edition, &input)),
        "deadline_over"
    );

    let paper = it.drafted();
    let focal = it.actor(it.focal);
    let words = ImportInput {
        text: "Late, but here.".into(),
    };
    writing::replace_all_markdown(&mut it.conn, &focal, june(), paper, None, &words).expect("written");
    let late = Moment::at("2019-10-20T08:00:00Z");
    let handed_in = steps::submit(&mut it.conn, &focal, late, paper, &SubmitInput::default());
    let refused = handed_in.expect_err("too late");
    assert_eq!(
        (refused.code, refused.kind),
        ("deadline_passed", kernel::Kind::Invalid)
    );

    let longer = |deadline, reason: &str| DeadlineInput {
        deadline: at(deadline),
        reason: reason.into(),
    };
    let theirs = deadlines::set(
        &mut it.conn,
        &focal,
        late,
        paper,
        &longer("2019-10-25T00:00:00Z", "x"),
        None,
    );
    assert_eq!(code(theirs), "not_allowed");
    let silent = deadlines::set(
        &mut it.conn,
        &desk,
        late,
        paper,
        &longer("2019-10-25T00:00:00Z", ""),
        None,
    );
    assert_eq!(silent.expect_err("refused").fields[0].field, "reason");
    let within = deadlines::set(
        &mut it.conn,
        &desk,
        late,
        paper,
        &longer("2019-11-12T00:00:00Z", ""),
        None,
    );
    assert_eq!(code(within), "deadline_after_start");
    let given = longer("2019-11-12T00:00:00Z", "Elections in the region.");
    let given = deadlines::set(&mut it.conn, &desk, late, paper, &given, None).expect("an override");
    assert_eq!(given.deadline_reason, "Elections in the region.");
    let handed_in = steps::submit(&mut it.conn, &focal, late, paper, &SubmitInput::default());
    assert_eq!(handed_in.expect("in time now").state, PaperState::Submitted);

    let entry = records::audit::Filter {
        act: Some("paper.set_deadline".into()),
        ..records::audit::Filter::default()
    };
    let logged = records::audit::list(&mut it.conn, &entry, &PageAsk::first()).expect("read");
    assert_eq!(logged.items.len(), 1);
}

#[test]
fn r65_a_paper_without_a_priority_is_not_published() {
    let mut it = stage();
    let paper = it.submitted();
    let (desk, focal) = (secretariat(), it.actor(it.focal));
    let none = PrioritiesInput { priorities: vec![] };
    writing::set_priorities(&mut it.conn, &desk, june(), paper, None, &none).expect("taken out");
    let input = ScreenInput::default();
    assert_eq!(
        code(screening::screen(
            &mut it.conn,
            &focal,
            june(),
            paper,
            &input,
            None
        )),
        "not_allowed"
    );
    screening::screen(&mut it.conn, &desk, june(), paper, &input, None).expect("screened");
    let everyone = PublishInput {
        audience: Audience::Everyone,
    };
    let refused = screening::publish(&mut it.conn, &desk, june(), paper, &everyone, None);
    assert_eq!(code(refused), "priority_missing");

    let label = |text: &str, kind, section| Priority {
        kind,
        section,
        label: said(text),
    };
    let some = PrioritiesInput {
        priorities: vec![
            label("Finance", PriorityKind::Sectoral, None),
            label(
                "Safe water",
                PriorityKind::Continental,
                Some(members::sections::Section::Africa),
            ),
        ],
    };
    writing::set_priorities(&mut it.conn, &desk, june(), paper, None, &some).expect("set");
    let nobody = Actor::nobody();
    let edition = it.id();
    let before = priorities::report(&mut it.conn, &nobody, june(), edition).expect("read");
    assert_eq!(before, []);
    let out = screening::publish(&mut it.conn, &desk, june(), paper, &everyone, None).expect("published");
    assert_eq!(
        (out.state, out.visible_to.as_str()),
        (PaperState::Published, "public")
    );

    let report = priorities::report(&mut it.conn, &nobody, june(), edition).expect("read");
    let told: Vec<_> = report
        .iter()
        .map(|group| {
            (
                group.kind,
                group.section,
                group.priorities[0].label.0["en"].as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                PriorityKind::Continental,
                Some(members::sections::Section::Africa),
                "Safe water"
            ),
            (PriorityKind::Sectoral, None, "Finance"),
        ]
    );
    assert_eq!(report[0].priorities[0].paper, paper);
}

#[test]
fn r61_a_paper_that_is_screened_goes_back_with_a_reason_or_out() {
    let mut it = stage();
    let paper = it.submitted();
    let (desk, focal) = (secretariat(), it.actor(it.focal));
    let stranger = it.participant("Stan Stranger");
    let stranger = it.actor(stranger);
    let reason = ReturnInput {
        reason: "The second part has no sources.".into(),
    };

    let silent = screening::return_(&mut it.conn, &desk, june(), paper, &ReturnInput::default(), None);
    assert_eq!(silent.expect_err("refused").fields[0].field, "reason");
    let returned = screening::return_(&mut it.conn, &desk, june(), paper, &reason, None).expect("returned");
    assert_eq!(returned.state, PaperState::Returned);
    assert_eq!(
        code(all_papers::get(&mut it.conn, &stranger, june(), paper)),
        "not_found"
    );
    let words = ImportInput {
        text: "# Water\n\nWith sources.".into(),
    };
    writing::replace_all_markdown(&mut it.conn, &focal, june(), paper, None, &words).expect("written");
    steps::submit(&mut it.conn, &focal, june(), paper, &SubmitInput::default()).expect("handed in");
    let participants = PublishInput::default();
    let unscreened = screening::publish(&mut it.conn, &desk, june(), paper, &participants, None);
    assert_eq!(code(unscreened), "paper_state");
    screening::screen(&mut it.conn, &desk, june(), paper, &ScreenInput::default(), None).expect("screened");
    screening::publish(&mut it.conn, &desk, june(), paper, &participants, None).expect("published");

    assert!(all_papers::get(&mut it.conn, &stranger, congress_time(), paper).is_ok());
    assert_eq!(
        code(all_papers::get(&mut it.conn, &Actor::nobody(), june(), paper)),
        "not_found"
    );
    let filter = Filter {
        kind: Some(LetterKind::PaperNews),
        person: Some(it.focal.person),
        ..Filter::default()
    };
    let letters = outbox::list(&mut it.conn, &desk, june(), &filter, &PageAsk::first()).expect("read");
    // Handed in twice, given back, screened, out.
    assert_eq!(letters.items.len(), 5);
}

#[test]
fn r260_what_was_typed_bears_a_pseudonym_where_a_name_stood() {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    let paper = it.published();
    let presenter = it.participant("Petra Presenter");
    let input = SittingPaperInput {
        paper: Some(paper),
        speakers: Some(vec![PaperSpeakerInput {
            person: Some(presenter.person),
            name: "Dr Petra P. Presenter".into(),
            ..PaperSpeakerInput::default()
        }]),
        ..SittingPaperInput::default()
    };
    let desk = secretariat();
    sitting_papers::add(&mut it.conn, &desk, june(), sitting, &input).expect("taken up");
    let held = invitations::of_paper(&mut it.conn, paper)
        .expect("read")
        .expect("invited");
    let reason = RevokeInput {
        reason: "Petra Presenter asked for it.".into(),
    };
    invitations::revoke(&mut it.conn, &desk, june(), held.id, &reason, None).expect("revoked");

    let names = personal::take_name_out(&mut it.conn, presenter.person, "Person 1f2e").expect("taken out");
    personal::take_names_out(&mut it.conn, &["Petra Presenter"], "Person 1f2e").expect("taken out");

    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["Dr Petra P. Presenter"]);
    let seen = sitting_papers::list(&mut it.conn, &desk, june(), sitting).expect("listed");
    assert_eq!(seen[0].speakers[0].name, "Person 1f2e");
    let held = invitations::of_paper(&mut it.conn, paper)
        .expect("read")
        .expect("invited");
    assert_eq!(held.revoke_reason, "Person 1f2e asked for it.");
}
