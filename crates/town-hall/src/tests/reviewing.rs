//! Caucuses and their reviews.

use kernel::PageAsk;
use mail::{model::LetterKind, outbox};

use super::*;
use crate::{
    asking::{self, AskInput},
    caucuses::{self, CaucusInput, MemberInput, QuestionInput},
    model::{AnswerKind, AnswerValue, Caucus, ReviewState},
    reviews::{self, AnswerInput, ReviewInput, ReviewView},
    tests::commenting::somebody,
};

fn deadline() -> Moment {
    Moment::at("2019-10-20T16:00:00Z")
}

/// The three caucuses, each with somebody who answers for it.
fn staffed(c: &mut Congress) -> Vec<(Caucus, Actor)> {
    let (edition, desk) = (c.edition.id, secretariat());
    let all = caucuses::seed(&mut c.conn, &desk, now(), edition).expect("seeded");
    let mut staffed = Vec::new();
    for caucus in all {
        let member = somebody(c, &format!("For {}", caucus.code));
        let input = MemberInput {
            person: member.person,
        };
        caucuses::name(&mut c.conn, &desk, now(), caucus.id, &input).expect("named");
        staffed.push((caucus, member));
    }
    staffed
}

fn asks(c: &mut Congress, lead: &Actor, paper: &Paper) -> Vec<ReviewView> {
    let input = AskInput {
        caucuses: vec![],
        deadline: Some(deadline()),
    };
    asking::ask(&mut c.conn, lead, now(), paper.id, &input).expect("asked")
}

fn answered(review: &ReviewView, remarks: &str) -> ReviewInput {
    let answers = review.questions.iter().map(|question| AnswerInput {
        question: question.code.clone(),
        value: match question.kind {
            AnswerKind::YesNo => Some(AnswerValue::No),
            AnswerKind::Extent => Some(AnswerValue::Partly),
            AnswerKind::Words => None,
        },
        remark: "Say more of night buses.".into(),
    });
    ReviewInput {
        answers: answers.collect(),
        language: "en".into(),
        remarks: remarks.into(),
    }
}

/// A paper that is consolidated, and the moment.
fn consolidated(c: &mut Congress, lead: &Actor, paper: &Paper) -> Moment {
    let at = Moment::at("2019-10-11T08:00:00Z");
    for phase in [
        PaperState::Presented,
        PaperState::Discussed,
        PaperState::Debated,
        PaperState::Consolidated,
    ] {
        c.goes(lead, at, paper.id, phase).expect("goes on");
    }
    at
}

#[test]
fn r96_a_paper_is_not_final_until_each_caucus_has_answered() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    let staffed = staffed(&mut c);
    let codes: Vec<&str> = staffed.iter().map(|(caucus, _)| caucus.code.as_str()).collect();
    assert_eq!(codes, ["youth", "feminism", "accessibility"]);
    let at = consolidated(&mut c, &lead, &paper);
    let awaited = |c: &mut Congress, at: Moment| -> Vec<String> {
        let refused = c
            .goes(&lead, at, paper.id, PaperState::Final)
            .expect_err("refused");
        assert_eq!(refused.code, "reviews_awaited");
        let caucuses = refused.facts["caucuses"].as_array().expect("a list");
        let codes = caucuses.iter().filter_map(|caucus| caucus["code"].as_str());
        codes.map(str::to_owned).collect()
    };
    assert_eq!(
        awaited(&mut c, at),
        ["youth", "feminism", "accessibility"],
        "none was asked"
    );

    let asked = asks(&mut c, &lead, &paper);
    assert_eq!(asked.len(), 3);
    for (place, (_, member)) in staffed.iter().enumerate() {
        assert_eq!(awaited(&mut c, at).len(), 3 - place);
        let mine = reviews::mine(&mut c.conn, member, at, c.edition.id).expect("theirs");
        assert_eq!(mine.len(), 1);
        let input = answered(&mine[0], "Thank you for asking.");
        let said = reviews::answer(&mut c.conn, member, at, mine[0].id, &input, Some(1)).expect("answered");
        assert_eq!(said.state, ReviewState::Answered);
    }
    let gone = c.goes(&lead, at, paper.id, PaperState::Final).expect("final");
    assert_eq!(gone.state, PaperState::Final);

    // The checklist with its remarks is read by whoever reads the paper, and nothing is said of it any more.
    let read = reviews::of_paper(&mut c.conn, &Actor::nobody(), at, paper.id).expect("public");
    assert_eq!(read.len(), 3);
    assert_eq!(read[0].answers[0].value, Some(AnswerValue::No));
    assert_eq!(read[0].answers[2].remark, "Say more of night buses.");
    assert_eq!(read[0].remarks, "Thank you for asking.");
    let late = reviews::answer(
        &mut c.conn,
        &staffed[0].1,
        at,
        read[0].id,
        &answered(&read[0], "Late."),
        Some(2),
    );
    assert_eq!(code(late), "nothing_to_review");
}

#[test]
fn r96_a_deadline_that_passed_lets_the_paper_go_on() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    staffed(&mut c);
    asks(&mut c, &lead, &paper);
    consolidated(&mut c, &lead, &paper);
    let just_before = deadline().plus_seconds(-1);
    assert_eq!(
        code(c.goes(&lead, just_before, paper.id, PaperState::Final)),
        "reviews_awaited"
    );
    c.goes(&lead, deadline(), paper.id, PaperState::Final)
        .expect("final");
}

#[test]
fn a_caucus_answers_once_and_changes_its_answer_by_its_version() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    let staffed = staffed(&mut c);
    let review = asks(&mut c, &lead, &paper).remove(0);
    let (youth, member) = &staffed[0];
    let second = somebody(&mut c, "Second");
    let input = MemberInput {
        person: second.person,
    };
    caucuses::name(&mut c.conn, &secretariat(), now(), youth.id, &input).expect("named");

    let input = answered(&review, "One.");
    for other in [&staffed[1].1, &lead] {
        let refused = reviews::answer(&mut c.conn, other, now(), review.id, &input, None);
        assert_eq!(code(refused), "not_allowed");
    }
    let nobody = reviews::answer(&mut c.conn, &Actor::nobody(), now(), review.id, &input, None);
    assert_eq!(code(nobody), "sign_in_needed");
    let lacking = reviews::answer(
        &mut c.conn,
        member,
        now(),
        review.id,
        &ReviewInput::default(),
        None,
    );
    let fields: Vec<String> = lacking
        .expect_err("refused")
        .fields
        .into_iter()
        .map(|field| field.field)
        .collect();
    assert_eq!(
        fields,
        [
            "answers.part_in_writing.value",
            "answers.next_generations.value",
            "answers.lacks.remark",
            "language"
        ]
    );

    let said = reviews::answer(&mut c.conn, member, now(), review.id, &input, None).expect("answered");
    let again = answered(&review, "Two.");
    let blind = reviews::answer(&mut c.conn, &second, now(), review.id, &again, None);
    assert_eq!(code(blind), "review_answered");
    let stale = reviews::answer(
        &mut c.conn,
        &second,
        now(),
        review.id,
        &again,
        Some(review.version),
    );
    assert_eq!(code(stale), "stale");
    let changed = reviews::answer(&mut c.conn, &second, now(), review.id, &again, Some(said.version));
    assert_eq!(changed.expect("changed").remarks, "Two.");

    let input = AskInput {
        caucuses: vec![youth.id],
        deadline: Some(deadline()),
    };
    let asked = asking::ask(&mut c.conn, &lead, now(), paper.id, &input);
    assert_eq!(code(asked), "review_answered");
    caucuses::dismiss(
        &mut c.conn,
        &secretariat(),
        now(),
        youth.id,
        member.person.expect("one"),
    )
    .expect("out");
    let gone = reviews::answer(&mut c.conn, member, now(), review.id, &again, Some(3));
    assert_eq!(code(gone), "not_allowed");
}

#[test]
fn whoever_answers_for_a_caucus_is_told_by_letter_each_time_it_is_asked() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    staffed(&mut c);
    asks(&mut c, &lead, &paper);
    let letters = |c: &mut Congress| {
        let filter = outbox::Filter {
            kind: Some(LetterKind::CaucusReviewAsked),
            ..outbox::Filter::default()
        };
        let ask = PageAsk::of(50);
        let page = outbox::list(&mut c.conn, &Actor::system(), now(), &filter, &ask).expect("read");
        page.items
    };
    let told = letters(&mut c);
    assert_eq!(told.len(), 3);
    let to_youth = told
        .iter()
        .find(|letter| letter.to_name == "For youth")
        .expect("told");
    assert!(to_youth.body.contains("“Youth”"), "{}", to_youth.body);
    assert!(
        to_youth.body.contains("2019-10-20 18:00 (Africa/Johannesburg)"),
        "{}",
        to_youth.body
    );
    asks(&mut c, &lead, &paper);
    assert_eq!(letters(&mut c).len(), 6, "another deadline is told too");
}

#[test]
fn what_cannot_be_reviewed_is_asked_of_nobody() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (_, lead) = c.led(theme, "A Platform");
    let draft = c.written(&lead, theme);
    let (edition, desk) = (c.edition.id, secretariat());
    let seeded = caucuses::seed(&mut c.conn, &desk, now(), edition).expect("seeded");
    let again = caucuses::seed(&mut c.conn, &desk, now(), edition).expect("twice is once");
    assert_eq!(seeded, again);
    let input = AskInput {
        caucuses: vec![seeded[0].id],
        deadline: Some(deadline()),
    };
    let asked = asking::ask(&mut c.conn, &lead, now(), draft.id, &input);
    assert_eq!(code(asked), "nothing_to_review");
    c.plans(&lead, theme, "2019-10-01T08:00:00Z", "2019-10-11T08:00:00Z")
        .expect("planned");
    c.goes(&lead, now(), draft.id, PaperState::OpenComment)
        .expect("open");
    let asked = asking::ask(&mut c.conn, &lead, now(), draft.id, &input);
    assert_eq!(code(asked), "caucus_empty");
    let late = AskInput {
        caucuses: vec![],
        deadline: Some(now()),
    };
    let asked = asking::ask(&mut c.conn, &lead, now(), draft.id, &late);
    assert_eq!(asked.expect_err("refused").fields[0].code, "in_the_past");

    let retired = CaucusInput {
        name: seeded[0].name.clone(),
        questions: vec![QuestionInput {
            code: "lacks".into(),
            text: Localized::only("en", "What lacks?"),
            kind: Some(AnswerKind::Words),
        }],
        retired: true,
        ..CaucusInput::default()
    };
    caucuses::edit(&mut c.conn, &desk, now(), seeded[0].id, &retired, Some(1)).expect("retired");
    let asked = asking::ask(&mut c.conn, &lead, now(), draft.id, &input);
    assert_eq!(code(asked), "caucus_retired");
}

#[test]
fn what_a_caucus_said_names_nobody_who_was_erased() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    let staffed = staffed(&mut c);
    let review = asks(&mut c, &lead, &paper).remove(0);
    let mut input = answered(&review, "As Ana Ferreira said.");
    input.answers[2].remark = "Ask Ana Ferreira.".into();
    reviews::answer(&mut c.conn, &staffed[0].1, now(), review.id, &input, None).expect("answered");
    crate::personal::take_names_out(&mut c.conn, &["Ana Ferreira"], "Participant 7").expect("taken out");
    let read = reviews::of_paper(&mut c.conn, &Actor::nobody(), now(), paper.id).expect("public");
    assert_eq!(read[0].remarks, "As Participant 7 said.");
    assert_eq!(read[0].answers[2].remark, "Ask Participant 7.");
}
