//! What bodies answer to recommendations, and who has not.

use db::testing;

use super::*;
use crate::{
    legacy_model::ResponseAnswer,
    responses::{self, AnswerInput, AskInput},
};

fn ask(conn: &mut Conn, id: OutcomeId, body: OrganisationId, due_on: &str) -> crate::legacy_model::Response {
    let input = AskInput {
        organisation: Some(body),
        due_on: Some(LocalDate::on(due_on)),
    };
    responses::ask(conn, &desk(), now(), id, &input).expect("asked")
}

fn says(answer: ResponseAnswer) -> AnswerInput {
    AnswerInput {
        answer: Some(answer),
        said: Localized::of("We will.", "Nous le ferons.", ""),
        answered_on: None,
    }
}

#[test]
fn r99_the_unanswered_are_listed_by_the_day_on_which_they_are_due() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(
        conn,
        &it,
        0,
        &["Late", "Open", "Nobody", "Answered", "Back", "No"],
    )
    .iter()
    .map(|own| own.id)
    .collect();
    let (city, network) = (
        body(conn, "City of Exampleville"),
        body(conn, "Network of Examples"),
    );
    ask(conn, ids[1], city, "2019-12-15");
    ask(conn, ids[0], city, "2019-11-10");
    let answered = ask(conn, ids[3], network, "2019-11-01");
    ask(conn, ids[4], network, "2020-01-01");
    for (id, to) in [
        (ids[0], OutcomeState::Adopted),
        (ids[2], OutcomeState::Adopted),
        (ids[4], OutcomeState::Returned),
        (ids[5], OutcomeState::NotAdopted),
    ] {
        taken_to(conn, id, to);
    }
    responses::answer(
        conn,
        &desk(),
        now(),
        today(),
        answered.id,
        &says(ResponseAnswer::Noted),
        None,
    )
    .expect("answered");

    let told = |conn: &mut Conn, actor: &Actor| -> Vec<(OutcomeId, Option<i64>, String)> {
        let waiting = responses::unanswered(conn, actor, today(), it.edition).expect("told");
        let line = |own: responses::Unanswered| {
            let (days, name) = own
                .asked
                .map(|asked| (asked.days_left, asked.organisation_name))
                .unwrap_or_default();
            (own.outcome.id, days, name)
        };
        waiting.into_iter().map(line).collect()
    };

    let (city, network) = (
        "City of Exampleville".to_owned(),
        "Network of Examples".to_owned(),
    );
    assert_eq!(
        told(conn, &desk()),
        [
            (ids[0], Some(-5), city.clone()),
            (ids[1], Some(30), city.clone()),
            (ids[4], Some(47), network.clone()),
            (ids[2], None, String::new()),
        ],
        "the late first, then those nobody was asked about; what was not adopted waits only where somebody was asked"
    );
    assert_eq!(
        told(conn, &Actor::nobody()),
        [
            (ids[0], Some(-5), city),
            (ids[4], Some(47), network),
            (ids[2], None, String::new()),
        ],
        "public, as far as it is decided"
    );
}

#[test]
fn r99_a_body_answers_through_its_focal_point_with_a_text_and_a_date() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let id = received(conn, &it, 0, &["Build"])[0].id;
    let city = body(conn, "City of Exampleville");
    let asked = ask(conn, id, city, "2019-12-01");
    let answer = |conn: &mut Conn, actor: &Actor, input: &AnswerInput, version| {
        responses::answer(conn, actor, now(), today(), asked.id, input, version)
    };

    let by_others = [
        (Actor::nobody(), "not_found"),
        (focal_point(Id::named("another body")), "not_found"),
        (focal_point(it.organisation), "not_allowed"),
        (registered(it.edition), "not_allowed"),
    ];
    for (actor, wanted) in by_others {
        assert_eq!(
            code(answer(conn, &actor, &says(ResponseAnswer::Accepted), None)),
            wanted
        );
    }
    let blank = answer(conn, &focal_point(city), &AnswerInput::default(), None);
    assert_eq!(fields(blank), [("answer".to_owned(), "required")]);
    let silent = AnswerInput {
        said: Localized::default(),
        ..says(ResponseAnswer::Accepted)
    };
    let silent = answer(conn, &focal_point(city), &silent, None);
    assert_eq!(fields(silent), [("said".to_owned(), "required")]);
    let tomorrow = AnswerInput {
        answered_on: Some(today().plus_days(1)),
        ..says(ResponseAnswer::Accepted)
    };
    let early = answer(conn, &focal_point(city), &tomorrow, None);
    assert_eq!(fields(early), [("answered_on".to_owned(), "in_the_future")]);
    let given = answer(conn, &focal_point(city), &says(ResponseAnswer::Partly), Some(1)).expect("answered");

    assert_eq!(
        (given.answer, given.answered_on, given.version),
        (Some(ResponseAnswer::Partly), Some(today()), 2)
    );
    assert_eq!(
        code(answer(
            conn,
            &focal_point(city),
            &says(ResponseAnswer::Accepted),
            Some(1)
        )),
        "stale"
    );
    let told = responses::of(conn, &registered(it.edition), today(), id).expect("told");
    assert_eq!(told.len(), 1);
    assert_eq!((&told[0].response, told[0].days_left), (&given, None));
    assert_eq!(
        responses::unanswered(conn, &desk(), today(), it.edition),
        Ok(vec![])
    );
    let later = responses::postpone(conn, &desk(), now(), asked.id, LocalDate::on("2020-01-01"), None);
    assert_eq!(code(later), "already_answered");
}

#[test]
fn r99_a_body_is_asked_once_about_a_recommendation_that_was_received() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let position = NewOutcome {
        kind: OutcomeKind::Position,
        ..recommendation("We hold")
    };
    let received = sent(conn, result(&it, 0, vec![recommendation("Build"), position])).1;
    let of = |kind| received.iter().find(|own| own.kind == kind).expect("one").id;
    let city = body(conn, "City of Exampleville");
    let first = ask(conn, of(OutcomeKind::Recommendation), city, "2019-12-01");
    let input = AskInput {
        organisation: Some(city),
        due_on: Some(today()),
    };
    let drafted = outcomes::draft(conn, &desk(), now(), it.edition, 2019, &recommendation("Draft"));
    let drafted = drafted.expect("drafted").id;
    let mut again = |id, input: &AskInput| responses::ask(conn, &desk(), now(), id, input);

    assert_eq!(
        code(again(of(OutcomeKind::Recommendation), &input)),
        "already_exists"
    );
    assert_eq!(
        code(again(of(OutcomeKind::Position), &input)),
        "not_a_recommendation"
    );
    assert_eq!(code(again(drafted, &input)), "not_a_recommendation");
    let unknown = AskInput {
        organisation: Some(Id::new()),
        due_on: None,
    };
    assert_eq!(
        fields(again(of(OutcomeKind::Recommendation), &unknown)),
        [
            ("due_on".to_owned(), "required"),
            ("organisation".to_owned(), "unknown")
        ]
    );
    let longer = responses::postpone(
        conn,
        &desk(),
        now(),
        first.id,
        LocalDate::on("2020-02-01"),
        Some(1),
    );
    assert_eq!(longer.expect("postponed").due_on, LocalDate::on("2020-02-01"));
    let own = responses::of_organisation(conn, &focal_point(city), today(), city).expect("told");
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].1.days_left, Some(78));
}
