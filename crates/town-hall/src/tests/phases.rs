//! The phases of a paper, and the consultation on it.

use papers::commenting::{self, DisposeInput};
use texts::model::Disposition;

use super::*;
use crate::{
    consultation::{Lack, Point, TermsInput},
    phases,
    tests::commenting::{says, somebody},
};

fn after_the_window() -> Moment {
    Moment::at("2019-10-11T08:00:00Z")
}

impl Congress {
    fn dispose(&mut self, lead: &Actor, paper: &Paper, comment: &commenting::CommentView) {
        let input = DisposeInput {
            disposition: Some(Disposition::Partly),
            reason: "Worked into the second part.".into(),
        };
        let (id, version) = (comment.id, comment.version);
        commenting::dispose(&mut self.conn, lead, now(), paper.id, id, version, &input).expect("disposed");
    }

    fn short(&mut self, theme: ThemeId) -> Option<Point> {
        let points = consultation::checklist(&mut self.conn, &secretariat(), now(), theme).expect("told");
        points
            .into_iter()
            .find(|point| point.code == Lack::ConsultationShort)
    }
}

#[test]
fn r95_a_paper_goes_through_its_phases_and_skips_none() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    let phases = [
        PaperState::Presented,
        PaperState::Discussed,
        PaperState::Debated,
        PaperState::Consolidated,
        PaperState::Final,
    ];
    for (place, phase) in phases.into_iter().enumerate() {
        for later in &phases[place + 1..] {
            let refused = c.goes(&lead, after_the_window(), paper.id, *later);
            assert_eq!(code(refused), "paper_state", "{phase} comes before {later}");
        }
        let gone = c
            .goes(&lead, after_the_window(), paper.id, phase)
            .expect("goes on");
        assert_eq!(gone.state, phase);
    }
    for other in [
        PaperState::Drafting,
        PaperState::Published,
        PaperState::Transmitted,
        PaperState::Superseded,
    ] {
        let refused = c.goes(&lead, after_the_window(), paper.id, other);
        assert_eq!(code(refused), "paper_state");
    }
}

#[test]
fn r95_every_comment_has_its_disposition_before_a_paper_is_consolidated() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.open(&lead, theme);
    let ana = somebody(&mut c, "Ana");
    let first = says(&mut c, &ana, &paper, "Say who pays.").expect("said");
    let second = says(&mut c, &ana, &paper, "Say by when.").expect("said");
    for phase in [PaperState::Presented, PaperState::Discussed, PaperState::Debated] {
        c.goes(&lead, now(), paper.id, phase).expect("goes on");
    }

    let runs = c
        .goes(&lead, now(), paper.id, PaperState::Consolidated)
        .expect_err("refused");
    assert_eq!(runs.code, "consultation_runs");
    let refused = c.goes(&lead, after_the_window(), paper.id, PaperState::Consolidated);
    let refused = refused.expect_err("refused");
    assert_eq!(
        (refused.code, &refused.facts["comments"]),
        ("comments_undisposed", &2.into())
    );
    let before = papers::row(&mut c.conn, paper.id).expect("read").expect("there");
    assert_eq!(before.state, PaperState::Debated, "nothing was done");

    c.dispose(&lead, &paper, &first);
    let one_left = c.goes(&lead, after_the_window(), paper.id, PaperState::Consolidated);
    assert_eq!(one_left.expect_err("refused").facts["comments"], 1);
    let input = DisposeInput {
        disposition: Some(Disposition::Accepted),
        reason: String::new(),
    };
    let (id, version) = (second.id, second.version);
    let unsaid = commenting::dispose(&mut c.conn, &lead, now(), paper.id, id, version, &input);
    assert_eq!(unsaid.expect_err("refused").fields[0].field, "reason");
    c.dispose(&lead, &paper, &second);
    let done = c.goes(&lead, after_the_window(), paper.id, PaperState::Consolidated);
    assert_eq!(done.expect("consolidated").state, PaperState::Consolidated);
}

#[test]
fn a_paper_opens_with_words_and_a_plan_and_not_before_now() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let empty = c.begun(&lead, theme, "Empty").expect("begun");
    assert_eq!(
        code(c.goes(&lead, now(), empty.id, PaperState::OpenComment)),
        "paper_empty"
    );
    let paper = c.written(&lead, theme);
    assert_eq!(
        code(c.goes(&lead, now(), paper.id, PaperState::OpenComment)),
        "consultation_missing"
    );
    let backwards = c.plans(&lead, theme, "2019-10-11T08:00:00Z", "2019-10-01T08:00:00Z");
    assert_eq!(code(backwards), "invalid");
    c.plans(&lead, theme, "2019-09-01T08:00:00Z", "2019-10-11T08:00:00Z")
        .expect("planned");
    let open = c
        .goes(&lead, now(), paper.id, PaperState::OpenComment)
        .expect("open");
    assert_eq!(
        (open.comments_from, open.comments_to),
        (Some(now()), Some(after_the_window()))
    );
    let page = crate::space::get(&mut c.conn, &lead, now(), theme).expect("public");
    assert_eq!(
        page.call.expect("a call").from,
        now(),
        "it took none before it was out"
    );

    // A plan that changes is the paper's too, until it is consolidated.
    c.plans(&lead, theme, "2019-10-01T08:00:00Z", "2019-10-05T08:00:00Z")
        .expect("planned");
    let planned = papers::row(&mut c.conn, paper.id).expect("read").expect("there");
    assert_eq!(planned.comments_to, Some(Moment::at("2019-10-05T08:00:00Z")));
    for phase in [
        PaperState::Presented,
        PaperState::Discussed,
        PaperState::Debated,
        PaperState::Consolidated,
    ] {
        c.goes(&lead, after_the_window(), paper.id, phase)
            .expect("goes on");
    }
    let late = WindowInput {
        from: Some(now()),
        until: Some(Moment::at("2019-10-25T08:00:00Z")),
    };
    let refused = c
        .conn
        .transaction(|conn| consultation::plan(conn, &lead, after_the_window(), theme, &late, None));
    assert_eq!(code(refused), "consultation_over");
}

#[test]
fn what_is_out_is_shown_anew_when_its_leads_say_so() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let draft = c.written(&lead, theme);
    assert_eq!(
        code(phases::show(&mut c.conn, &lead, now(), draft.id)),
        "paper_not_published"
    );
    c.plans(&lead, theme, "2019-10-01T08:00:00Z", "2019-10-11T08:00:00Z")
        .expect("planned");
    let out = c
        .goes(&lead, now(), draft.id, PaperState::OpenComment)
        .expect("open");
    let words = ImportInput {
        text: "Another wording.".into(),
    };
    writing::replace_all_markdown(&mut c.conn, &lead, now(), out.id, None, &words).expect("written");
    let shown = phases::show(&mut c.conn, &lead, now(), out.id).expect("shown");
    assert!(shown.published_version > out.published_version);
    let page = papers::reading::shown(&mut c.conn, &Actor::nobody(), now(), out.id, "en").expect("public");
    let told = serde_json::to_string(&page).expect("JSON");
    assert!(told.contains("Another wording."), "{told}");
}

#[test]
fn a_paper_that_is_taken_back_says_why() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let paper = c.written(&lead, theme);
    let mut input = PhaseInput {
        to: Some(PaperState::Withdrawn),
        reason: " ".into(),
    };
    let refused = phases::go(&mut c.conn, &lead, now(), paper.id, &input).expect_err("refused");
    assert_eq!(refused.fields[0].field, "reason");
    input.reason = "The constituency writes another.".into();
    let gone = phases::go(&mut c.conn, &lead, now(), paper.id, &input).expect("taken back");
    assert_eq!(gone.state, PaperState::Withdrawn);
    let none = theme_papers::current(&mut c.conn, &lead, now(), theme);
    assert_eq!(none.expect_err("none is current"), Fault::not_found());
}

#[test]
fn r98_a_window_of_two_months_is_told_where_six_are_asked_for() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    c.plans(&lead, theme, "2019-09-11T08:00:00Z", "2019-11-11T08:00:00Z")
        .expect("planned");
    let point = c.short(theme).expect("told");
    assert!(point.is_warning);
    assert_eq!(
        (&point.facts["months"], &point.facts["days"]),
        (&6.into(), &121.into())
    );

    c.plans(&lead, theme, "2019-05-11T08:00:00Z", "2019-11-11T08:00:00Z")
        .expect("planned");
    assert_eq!(c.short(theme), None, "six months are enough");

    c.plans(&lead, theme, "2019-09-11T08:00:00Z", "2019-11-11T08:00:00Z")
        .expect("planned");
    let (edition, desk) = (c.edition.id, secretariat());
    let before = consultation::terms(&mut c.conn, &Actor::nobody(), edition).expect("public");
    assert_eq!((before.consultation_months, before.version), (6, 0));
    let input = TermsInput {
        consultation_months: Some(2),
    };
    let set = consultation::set_terms(&mut c.conn, &desk, now(), edition, &input, Some(0)).expect("set");
    assert_eq!((set.consultation_months, set.version), (2, 1));
    assert_eq!(c.short(theme), None, "this edition asks for two");
    let stale = consultation::set_terms(&mut c.conn, &desk, now(), edition, &input, Some(0));
    assert_eq!(code(stale), "stale");
}
