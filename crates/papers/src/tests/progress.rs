//! A paper goes on: its code, its deadline, its invitation taken back, its publication, the one that takes its place.

use access_rules::Key;
use kernel::{Kind, Localized, Moment};
use mail::letters::PaperNews;
use members::sections::Section;
use records::audit;

use super::{World, code, deadline, field, now, priority, says, world};
use crate::{
    begin, current_of, go,
    letters::{self, News},
    model::{PaperState as S, PaperTrack, Priority, PriorityKind, StepKind},
    of_edition, of_theme,
    papers::NewPaper,
    publish, revoke, set_deadline, set_priorities,
    steps::{self, WithdrawInput},
    writing::{self, PrioritiesInput},
};

fn went(it: &mut World, paper: access_rules::PaperId) -> Vec<(StepKind, S)> {
    let steps = steps::of(&mut it.conn, paper).expect("read");
    steps.iter().map(|step| (step.what, step.to_state)).collect()
}

#[test]
fn a_step_that_leads_nowhere_is_refused_and_says_from_where_to_where() {
    let mut it = world();
    let paper = it.begun_as(PaperTrack::Assembly, S::Invited);

    let refused = go(&mut it.conn, None, now(), paper.id, S::Submitted, "").expect_err("refused");

    assert_eq!((refused.kind, refused.code), (Kind::Conflict, "paper_state"));
    assert_eq!(
        serde_json::Value::Object(refused.facts),
        serde_json::json!({ "from": "invited", "to": "submitted" })
    );
    it.go(paper.id, S::Drafting);
    assert_eq!(it.row(paper.id).state, S::Drafting);
    assert_eq!(
        went(&mut it, paper.id),
        [(StepKind::Begun, S::Invited), (StepKind::Went, S::Drafting)]
    );
}

#[test]
fn two_who_take_one_step_at_once_take_it_once() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let (database, id) = (&it.database, paper.id);

    let done: Vec<Result<(), &'static str>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6)
            .map(|_| {
                let drafter = drafter.clone();
                scope.spawn(move || {
                    let answer = database.write("paper.submit", move |conn| {
                        steps::submit(conn, &drafter, now(), id, &steps::SubmitInput::default()).map(drop)
                    });
                    answer.map_err(|fault| fault.code)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });

    assert_eq!(done.iter().filter(|answer| answer.is_ok()).count(), 1, "{done:?}");
    assert!(
        done.iter()
            .filter_map(|answer| answer.err())
            .all(|code| code == "paper_state")
    );
    assert_eq!(
        went(&mut it, id),
        [(StepKind::Begun, S::Drafting), (StepKind::Went, S::Submitted)]
    );
}

#[test]
fn codes_are_counted_for_each_edition_and_stem_and_two_at_once_get_two() {
    let mut it = world();
    let new = it.new_paper(PaperTrack::Assembly, S::Drafting);
    let database = &it.database;
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let new = new.clone();
            scope.spawn(move || {
                let begun = database.write("paper.begin", move |conn| {
                    begin(conn, None, now(), new.clone()).map(drop)
                });
                begun.expect("begun");
            });
        }
    });
    it.begun(PaperTrack::TownHall);

    let codes = |it: &mut World, track| {
        let mut codes: Vec<String> = of_edition(&mut it.conn, it.edition, track)
            .expect("read")
            .into_iter()
            .map(|paper| paper.code)
            .collect();
        codes.sort();
        codes
    };

    let expected: Vec<String> = (1..=8).map(|number| format!("AS-2019-P0{number}")).collect();
    assert_eq!(codes(&mut it, PaperTrack::Assembly), expected);
    assert_eq!(codes(&mut it, PaperTrack::TownHall), ["TH-2019-P01"]);
}

#[test]
fn r64_after_its_deadline_a_position_paper_is_neither_written_nor_handed_in_until_it_has_another() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let (late, id) = (deadline(), paper.id);
    let just_before = late.plus_seconds(-1);

    let written = writing::add(&mut it.conn, &drafter, late, id, &says("Late."));
    let refused = it.submit(&drafter, id, late).expect_err("refused");

    assert_eq!(code(written), "deadline_passed");
    assert_eq!(
        (refused.kind, refused.code),
        (Kind::Invalid, "deadline_passed"),
        "a 422"
    );
    assert_eq!(it.row(id).state, S::Drafting);
    writing::add(&mut it.conn, &drafter, just_before, id, &says("In time.")).expect("in time");
    let more = late.plus_days(7);
    let after =
        set_deadline(&mut it.conn, None, late, id, Some(more), "The team was ill.").expect("overridden");
    assert_eq!(
        (after.deadline, after.deadline_reason.as_str()),
        (Some(more), "The team was ill.")
    );
    it.submit(&drafter, id, late).expect("late, and allowed");
    assert_eq!(
        code(it.submit(&drafter, id, more)),
        "paper_state",
        "it was handed in"
    );
    let steps = steps::of(&mut it.conn, id).expect("read");
    let set: Vec<_> = steps
        .iter()
        .filter(|step| step.what == StepKind::DeadlineSet)
        .map(|step| step.reason.as_str())
        .collect();
    assert_eq!(set, ["The team was ill."]);
    let filter = audit::Filter {
        act: Some("paper.set_deadline".into()),
        ..audit::Filter::default()
    };
    let logged = audit::list(&mut it.conn, &filter, &kernel::PageAsk::first()).expect("read");
    assert_eq!(logged.items.len(), 1, "it is logged");
}

#[test]
fn a_policy_paper_has_phases_and_no_deadline() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::TownHall, &["Cities act."]);
    set_deadline(&mut it.conn, None, now(), paper.id, Some(now()), "").expect("set");

    let written = writing::add(&mut it.conn, &drafter, deadline(), paper.id, &says("On."));

    assert!(written.is_ok(), "{written:?}");
    assert_eq!(code(it.submit(&drafter, paper.id, now())), "paper_state");
}

#[test]
fn r61_a_revoked_paper_stays_and_nobody_edits_it() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let id = paper.id;
    let block = it.blocks(&drafter, id)[0];

    let revoked = revoke(&mut it.conn, None, now(), id, "The organisation has left.").expect("taken back");

    assert!(revoked.is_revoked);
    assert_eq!(revoked.state, S::Drafting);
    assert_eq!(it.words(&drafter, id), ["Cities act."], "it is there");
    let conn = &mut it.conn;
    let refused = [
        code(writing::add(conn, &drafter, now(), id, &says("x"))),
        code(writing::change(conn, &drafter, now(), id, block, 1, &says("x"))),
        code(writing::remove(conn, &drafter, now(), id, block, 1)),
        code(writing::replace_all_markdown(
            conn,
            &drafter,
            now(),
            id,
            None,
            &writing::ImportInput::default(),
        )),
        code(writing::rename(
            conn,
            &drafter,
            now(),
            id,
            None,
            &writing::TitleInput::default(),
        )),
        code(writing::set_priorities(
            conn,
            &drafter,
            now(),
            id,
            None,
            &PrioritiesInput::default(),
        )),
        code(crate::translating::set_title(
            conn,
            &drafter,
            now(),
            id,
            "fr",
            None,
            &crate::translating::TitleInput::default(),
        )),
        code(steps::submit(
            conn,
            &drafter,
            now(),
            id,
            &steps::SubmitInput::default(),
        )),
    ];
    assert_eq!(refused, ["paper_revoked"; 8]);
    revoke(&mut it.conn, None, now(), id, "Twice").expect("is once");
    assert_eq!(
        went(&mut it, id),
        [(StepKind::Begun, S::Drafting), (StepKind::Revoked, S::Drafting)]
    );
}

#[test]
fn r61_a_paper_revoked_after_it_was_handed_in_is_screened_and_not_drafted_again() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    it.submit(&drafter, paper.id, now()).expect("handed in");
    revoke(&mut it.conn, None, now(), paper.id, "").expect("taken back");

    it.go(paper.id, S::Screened);
    it.go(paper.id, S::Returned);

    assert_eq!(
        code(go(&mut it.conn, None, now(), paper.id, S::Drafting, "")),
        "paper_revoked"
    );
    let invited = it.begun_as(PaperTrack::Assembly, S::Invited);
    revoke(&mut it.conn, None, now(), invited.id, "").expect("taken back");
    assert_eq!(
        code(go(&mut it.conn, None, now(), invited.id, S::Drafting, "")),
        "paper_revoked"
    );
}

#[test]
fn r65_a_position_paper_without_a_priority_is_not_published() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    it.submit(&drafter, paper.id, now()).expect("handed in");
    it.go(paper.id, S::Screened);
    let out = |it: &mut World| publish(&mut it.conn, None, now(), paper.id, Key::Public);

    assert_eq!(code(out(&mut it)), "priority_missing");
    assert_eq!(it.row(paper.id).state, S::Screened);
    set_priorities(&mut it.conn, None, now(), paper.id, None, &[priority()]).expect("set");
    let published = out(&mut it).expect("out");

    assert_eq!(
        (
            published.state,
            published.published_version,
            published.published_at
        ),
        (S::Published, Some(1), Some(now()))
    );
    assert_eq!(
        (
            published.visible_to.as_str(),
            it.row(paper.id).visible_to.as_str()
        ),
        ("public", "public")
    );
    let text = texts::texts::get(&mut it.conn, paper.text).expect("there");
    assert_eq!(text.visible_to, "public", "its text with it");
}

#[test]
fn r65_a_priority_says_its_kind_its_words_and_where_it_is_continental_its_section() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let set = |it: &mut World, priorities: Vec<Priority>| {
        let input = PrioritiesInput { priorities };
        writing::set_priorities(&mut it.conn, &drafter, now(), paper.id, None, &input)
    };
    let continental = |section| Priority {
        kind: PriorityKind::Continental,
        section,
        ..priority()
    };

    assert_eq!(
        field(set(&mut it, vec![continental(None)])),
        ("priorities.0.section".into(), "required")
    );
    let blank = Priority {
        label: Localized::default(),
        ..priority()
    };
    assert_eq!(
        field(set(&mut it, vec![priority(), blank])),
        ("priorities.1.label".into(), "required")
    );
    assert_eq!(
        field(set(&mut it, vec![priority(); 21])),
        ("priorities".into(), "out_of_range")
    );
    let sectoral = Priority {
        kind: PriorityKind::Sectoral,
        section: Some(Section::Africa),
        ..priority()
    };
    let kept = set(&mut it, vec![continental(Some(Section::Africa)), sectoral]).expect("set");
    let kinds: Vec<_> = kept
        .priorities
        .0
        .iter()
        .map(|own| (own.kind, own.section))
        .collect();
    assert_eq!(
        kinds,
        [
            (PriorityKind::Continental, Some(Section::Africa)),
            (PriorityKind::Sectoral, None)
        ]
    );
    assert_eq!(
        code(writing::set_priorities(
            &mut it.conn,
            &drafter,
            now(),
            paper.id,
            Some(kept.version - 1),
            &PrioritiesInput::default()
        )),
        "stale"
    );
}

#[test]
fn what_is_not_screened_is_not_published_and_what_is_out_goes_out_again() {
    let mut it = world();
    let (paper, _) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    set_priorities(&mut it.conn, None, now(), paper.id, None, &[priority()]).expect("set");
    let later = now().plus_days(1);

    assert_eq!(
        code(publish(&mut it.conn, None, now(), paper.id, Key::Public)),
        "paper_state"
    );
    let edition = it.edition;
    let (policy, drafter) = it.open_to_comments();
    it.replace(&drafter, policy.id, "Cities act now.");
    let again = publish(&mut it.conn, None, later, policy.id, Key::Registered(edition)).expect("again");
    assert_eq!(
        (again.state, again.published_version, again.published_at),
        (S::OpenComment, Some(2), Some(now()))
    );
}

#[test]
fn r90_a_theme_has_one_current_paper_and_a_second_supersedes_it() {
    let mut it = world();
    let first = it.begun(PaperTrack::TownHall);
    let new = it.new_paper(PaperTrack::TownHall, S::Drafting);
    let theme = it.theme;

    let refused = it.conn.transaction(|conn| begin(conn, None, now(), new.clone()));
    assert_eq!(code(refused), "theme_has_paper");
    let second = NewPaper {
        supersedes: Some(first.id),
        ..new.clone()
    };
    let second = it
        .conn
        .transaction(|conn| begin(conn, None, now(), second))
        .expect("begun");

    assert_eq!(it.row(first.id).state, S::Superseded);
    assert_eq!(second.supersedes, Some(first.id));
    let of_theme: Vec<_> = of_theme(&mut it.conn, theme)
        .expect("read")
        .iter()
        .map(|paper| paper.id)
        .collect();
    assert_eq!(of_theme, [second.id, first.id]);
    let current = current_of(&mut it.conn, theme).expect("read");
    assert_eq!(current.map(|paper| paper.id), Some(second.id));
    let third = NewPaper {
        supersedes: Some(first.id),
        ..new
    };
    let refused = it.conn.transaction(|conn| begin(conn, None, now(), third));
    assert_eq!(code(refused), "paper_state", "it is superseded already");
}

#[test]
fn r90_of_two_papers_begun_at_once_on_a_theme_one_is_begun() {
    let mut it = world();
    let new = it.new_paper(PaperTrack::TownHall, S::Drafting);
    let database = &it.database;

    let done: Vec<Result<(), &'static str>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let new = new.clone();
                scope.spawn(move || {
                    let answer = database.write("paper.begin", move |conn| {
                        begin(conn, None, now(), new.clone()).map(drop)
                    });
                    answer.map_err(|fault| fault.code)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });

    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1, "{done:?}");
    assert!(
        done.iter()
            .filter_map(|done| done.err())
            .all(|code| code == "theme_has_paper")
    );
    let theme = it.theme;
    assert_eq!(of_theme(&mut it.conn, theme).expect("read").len(), 1);
}

#[test]
fn a_paper_of_another_theme_is_not_superseded() {
    let mut it = world();
    let first = it.begun(PaperTrack::TownHall);
    let elsewhere = NewPaper {
        theme: Some(it.other_theme),
        supersedes: Some(first.id),
        ..it.new_paper(PaperTrack::TownHall, S::Drafting)
    };

    let refused = begin(&mut it.conn, None, now(), elsewhere);

    assert_eq!(code(refused), "not_found");
    assert_eq!(it.row(first.id).state, S::Drafting);
}

#[test]
fn who_answers_for_a_paper_takes_it_back_with_a_reason() {
    let mut it = world();
    let (paper, drafter) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let section = it.section;
    let focal = it.focal_point("Focal", section);
    let because = |reason: &str| WithdrawInput {
        reason: reason.into(),
    };

    let by_drafter = steps::withdraw(&mut it.conn, &drafter, now(), paper.id, &because("Enough."));
    let without = steps::withdraw(&mut it.conn, &focal, now(), paper.id, &because(" "));
    let withdrawn = steps::withdraw(&mut it.conn, &focal, now(), paper.id, &because("We merged it."));

    assert_eq!(code(by_drafter), "not_allowed");
    assert_eq!(field(without), ("reason".into(), "required"));
    assert_eq!(withdrawn.expect("taken back").state, S::Withdrawn);
    assert_eq!(
        code(writing::add(&mut it.conn, &drafter, now(), paper.id, &says("x"))),
        "paper_not_writable"
    );
}

#[test]
fn what_became_of_a_paper_is_told_whole_to_its_people_and_in_the_open_to_others() {
    let mut it = world();
    let (paper, drafter) = it.out(Key::Public);
    crate::set_deadline(&mut it.conn, None, now(), paper.id, None, "Between us.").expect("set");
    it.go(paper.id, S::Presented);

    let whole = steps::history(&mut it.conn, &drafter, now(), paper.id).expect("told");
    let open = steps::history(&mut it.conn, &access_rules::Actor::nobody(), now(), paper.id).expect("told");

    let kinds: Vec<_> = whole.iter().map(|step| (step.what, step.to)).collect();
    assert_eq!(
        kinds,
        [
            (StepKind::Begun, S::Drafting),
            (StepKind::Went, S::Submitted),
            (StepKind::Went, S::Screened),
            (StepKind::Went, S::Published),
            (StepKind::Published, S::Published),
            (StepKind::DeadlineSet, S::Published),
            (StepKind::Went, S::Presented),
        ]
    );
    assert_eq!(
        (whole[1].by.as_str(), whole[1].text_version),
        ("Drafter Somebody", Some(1))
    );
    assert_eq!(whole[5].reason, "Between us.");
    assert!(
        open.iter()
            .all(|step| step.by.is_empty() && step.reason.is_empty())
    );
    let kinds: Vec<_> = open
        .iter()
        .map(|step| step.what)
        .filter(|what| ![StepKind::Went, StepKind::Published].contains(what))
        .collect();
    assert_eq!(kinds, [], "deadlines are between its people");
    assert_eq!(open.last().map(|step| step.to), Some(S::Presented));
}

#[test]
fn the_people_of_a_paper_are_told_once_what_became_of_it() {
    let mut it = world();
    let (paper, _) = it.drafted(PaperTrack::TownHall, &["Cities act."]);
    let (section, theme) = (it.section, it.theme);
    it.focal_point("Focal", section);
    it.lead("Lead", theme);
    let screened = News {
        reason: "Well done.",
        until: Some(Localized::only("en", "28 October")),
        ..News::of(PaperNews::Returned)
    };

    letters::tell(&mut it.conn, now(), &paper, &screened).expect("told");
    letters::tell(&mut it.conn, now(), &paper, &screened).expect("told once");

    let ask = kernel::PageAsk::first();
    let filter = mail::outbox::Filter::default();
    let all = mail::outbox::list(&mut it.conn, &super::root(), now(), &filter, &ask).expect("read");
    let mut to: Vec<_> = all
        .items
        .iter()
        .filter(|letter| letter.kind == mail::model::LetterKind::PaperNews)
        .map(|letter| (letter.to_name.as_str(), letter.body.contains("Well done.")))
        .collect();
    to.sort_unstable();
    assert_eq!(
        to,
        [
            ("Drafter Somebody", true),
            ("Focal Somebody", true),
            ("Lead Somebody", true)
        ]
    );
    let body = &all.items[0].body;
    assert!(
        body.contains("TH-2019-P01") && body.contains("28 October"),
        "{body}"
    );
    assert!(body.contains(&format!("/en/papers/{}", paper.id)), "{body}");
}

#[test]
fn names_go_from_the_reasons_when_somebody_is_erased() {
    let mut it = world();
    let paper = it.begun(PaperTrack::Assembly);
    let until = Some(Moment::at("2019-10-08T00:00:00Z"));
    set_deadline(
        &mut it.conn,
        None,
        now(),
        paper.id,
        until,
        "Ana Sol was ill, Joana Sol was not.",
    )
    .expect("set");

    crate::personal::take_names_out(&mut it.conn, &["Ana Sol"], "Erased 1").expect("taken out");

    let after = it.row(paper.id).deadline_reason;
    assert_eq!(after, "Erased 1 was ill, Joana Sol was not.");
    let steps = steps::of(&mut it.conn, paper.id).expect("read");
    assert_eq!(steps.last().map(|step| step.reason.clone()), Some(after));
}
