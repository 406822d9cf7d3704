//! What came of a session, and its way to the World Assembly.

use kernel::LocalDate;
use members::focal_points::{self, FocalPointInput};
use outcomes::{
    model::{OutcomeState, Source},
    responses::{self, AnswerInput, AskInput},
    transmissions,
    wordings::NewOutcome,
};
use people::standings::{self, Appointment};

use super::*;
use crate::{
    deliberations::{self, DeliberationInput, DeliberationView},
    model::DeliberationState,
    space,
};

/// The session is over.
fn evening() -> Moment {
    Moment::at("2019-11-13T18:00:00Z")
}

fn recommends(words: &str) -> NewOutcome {
    NewOutcome {
        title: Localized::only("en", words),
        language: "en".into(),
        markdown: format!("{words}, in every city."),
        ..NewOutcome::default()
    }
}

fn result(recommendations: &[&str]) -> DeliberationInput {
    DeliberationInput {
        result: Localized::of("We agreed.", "Nous sommes d’accord.", "Estamos de acuerdo."),
        recommendations: recommendations.iter().map(|words| recommends(words)).collect(),
    }
}

impl Congress {
    fn records(
        &mut self,
        actor: &Actor,
        session: SessionId,
        input: &DeliberationInput,
    ) -> Result<DeliberationView, Fault> {
        deliberations::record(&mut self.conn, actor, evening(), session, input, None)
    }

    fn closes(&mut self, actor: &Actor, session: SessionId) -> Result<DeliberationView, Fault> {
        self.conn
            .transaction(|conn| deliberations::close(conn, actor, evening(), session))
    }

    /// A theme that is led, its session over, and what came of it written down.
    fn held(&mut self) -> (Actor, SessionId) {
        let theme = self.themes[2].id;
        let (partner, lead) = self.led(theme, "A Platform");
        let session = self.released(partner, "gender_equality");
        let seven: Vec<String> = (1..=7).map(|place| format!("Recommendation {place}")).collect();
        let seven: Vec<&str> = seven.iter().map(String::as_str).collect();
        self.records(&lead, session, &result(&seven)).expect("recorded");
        (lead, session)
    }
}

#[test]
fn r94_a_session_is_closed_with_a_result_and_transmits_once() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (partner, lead) = c.led(theme, "A Platform");
    let session = c.released(partner, "gender_equality");
    let none = c.closes(&lead, session).expect_err("refused");
    assert_eq!(none.code, "result_missing");
    assert_eq!(
        none.facts["lacks"],
        serde_json::json!(["result", "recommendations"])
    );
    c.records(&lead, session, &result(&[])).expect("recorded");
    let none = c.closes(&lead, session).expect_err("refused");
    assert_eq!(none.facts["lacks"], serde_json::json!(["recommendations"]));

    c.records(&lead, session, &result(&["Count care work", "Fund shelters"]))
        .expect("recorded");
    let closed = c.closes(&lead, session).expect("closed");
    assert_eq!(closed.state, DeliberationState::Closed);
    let again = c.closes(&lead, session).expect("twice is once");
    assert_eq!(again, closed);

    let inbox = transmissions::all(&mut c.conn, c.edition.id).expect("read");
    assert_eq!(inbox.len(), 1);
    let sent = &inbox[0].transmission;
    assert_eq!(closed.transmission, Some(sent.id));
    assert_eq!(
        (sent.source, sent.session, sent.theme, sent.organisation),
        (Source::TownHallSession, Some(session), Some(theme), Some(partner))
    );
    assert_eq!(sent.result, result(&[]).result);
    let codes: Vec<(&str, OutcomeState)> = inbox[0]
        .outcomes
        .iter()
        .map(|outcome| (outcome.code.as_str(), outcome.state))
        .collect();
    assert_eq!(
        codes,
        [
            ("TH-2019-03-R01", OutcomeState::Received),
            ("TH-2019-03-R02", OutcomeState::Received)
        ]
    );
    assert_eq!(
        code(c.records(&lead, session, &result(&["Later"]))),
        "deliberation_closed"
    );
    // What was concluded is public, on the page of the theme too (PD1).
    let nobody = Actor::nobody();
    let read = deliberations::get(&mut c.conn, &nobody, evening(), session).expect("public");
    assert_eq!(read, closed);
    let page = space::get(&mut c.conn, &nobody, evening(), theme).expect("public");
    assert_eq!(page.results, [closed]);
}

#[test]
fn r94_fifty_who_close_at_once_transmit_once() {
    let mut c = congress();
    let (lead, session) = c.held();
    let closed: Vec<DeliberationView> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..50)
            .map(|_| {
                let (database, lead) = (&c.database, lead.clone());
                scope.spawn(move || {
                    database.write("close", move |conn| {
                        deliberations::close(conn, &lead, evening(), session)
                    })
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic").expect("closed"))
            .collect()
    });

    let inbox = transmissions::all(&mut c.conn, c.edition.id).expect("read");
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].outcomes.len(), 7);
    for one in &closed {
        assert_eq!(one.transmission, Some(inbox[0].transmission.id));
    }
}

#[test]
fn r94_a_final_paper_goes_with_the_result_and_one_that_is_not_follows() {
    let mut c = congress();
    let (theme, other) = (c.themes[2].id, c.themes[3].id);
    let (partner, lead) = c.led(theme, "A Platform");
    let (_, other_lead) = c.led(other, "A Coalition");
    let final_paper = c.open(&lead, theme);
    let late_paper = c.open(&other_lead, other);
    let phases = [
        PaperState::Presented,
        PaperState::Discussed,
        PaperState::Debated,
        PaperState::Consolidated,
        PaperState::Final,
    ];
    let at = Moment::at("2019-10-12T08:00:00Z");
    for phase in phases {
        c.goes(&lead, at, final_paper.id, phase).expect("goes on");
    }
    let session = c.released(partner, "gender_equality");
    c.records(&lead, session, &result(&["Count care work"]))
        .expect("recorded");
    let closed = c.closes(&lead, session).expect("closed");
    assert_eq!(closed.paper, Some(final_paper.id));
    let state = |c: &mut Congress, paper: PaperId| {
        papers::row(&mut c.conn, paper)
            .expect("read")
            .expect("there")
            .state
    };
    assert_eq!(state(&mut c, final_paper.id), PaperState::Transmitted);
    assert_eq!(code(c.begun(&lead, theme, "Another")), "paper_state");

    let input = debate(&[partner], "right_to_the_city");
    let session = c.make(&input).expect("made").id;
    let placement = Placement {
        starts: "2019-11-13T14:00".into(),
        ..Placement::default()
    };
    let (desk, admissions) = (secretariat(), c.admissions.clone());
    scheduling::place(&mut c.conn, &desk, now(), &admissions, session, &placement, None).expect("placed");
    c.records(&desk, session, &result(&["Open the streets"]))
        .expect("recorded");
    c.closes(&desk, session).expect("closed");
    assert_eq!(state(&mut c, late_paper.id), PaperState::OpenComment);
    for phase in phases {
        c.goes(&other_lead, evening(), late_paper.id, phase)
            .expect("goes on");
    }
    assert_eq!(state(&mut c, late_paper.id), PaperState::Transmitted);
}

#[test]
fn r94_who_may_record_closes_and_nobody_else_reads_it_before() {
    let mut c = congress();
    let (lead, session) = c.held();
    let (_, other_lead) = c.led(c.themes[0].id, "A Coalition");
    let refused = c.records(&other_lead, session, &result(&["Mine"]));
    assert_eq!(code(refused), "not_allowed");
    assert_eq!(code(c.closes(&other_lead, session)), "not_allowed");
    assert_eq!(code(c.closes(&Actor::nobody(), session)), "sign_in_needed");
    for other in [&other_lead, &Actor::nobody()] {
        let read = deliberations::get(&mut c.conn, other, evening(), session);
        assert_eq!(read.expect_err("hidden"), Fault::not_found());
    }
    deliberations::get(&mut c.conn, &lead, evening(), session).expect("read by who wrote it");

    let rapporteur = crate::tests::commenting::somebody(&mut c, "A Rapporteur");
    let standing = Appointment {
        person: rapporteur.person.expect("one"),
        role: Role::Rapporteur,
        scope: Scope::Session(session),
        from: now(),
        to: None,
        basis: "session".into(),
        granted_by: None,
    };
    standings::appoint(&mut c.conn, now(), &standing).expect("appointed");
    let rapporteur = c.signed_in(standing.person, evening());
    c.records(&rapporteur, session, &result(&["Count care work"]))
        .expect("recorded");
    c.closes(&rapporteur, session).expect("closed");
}

#[test]
fn r94_a_result_is_changed_by_its_version_and_its_recommendations_are_checked() {
    let mut c = congress();
    let (lead, session) = c.held();
    let mut input = result(&["Count care work"]);
    let stale = deliberations::record(&mut c.conn, &lead, evening(), session, &input, Some(7));
    assert_eq!(code(stale), "stale");
    let changed = deliberations::record(&mut c.conn, &lead, evening(), session, &input, Some(1));
    assert_eq!(changed.expect("changed").version, 2);
    input.recommendations[0].markdown = "  ".into();
    input.recommendations.push(NewOutcome {
        language: "??".into(),
        ..recommends("Fund shelters")
    });
    let refused = c.records(&lead, session, &input).expect_err("refused");
    let fields: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
    assert!(fields.contains(&"recommendations.0.markdown"), "{fields:?}");
    assert!(fields.contains(&"recommendations.1.language"), "{fields:?}");
}

#[test]
fn r94_nothing_came_of_a_session_that_has_not_begun() {
    let mut c = congress();
    let (lead, session) = c.held();
    let early = Moment::at("2019-11-13T07:59:59Z");
    let refused = c
        .conn
        .transaction(|conn| deliberations::close(conn, &lead, early, session));
    assert_eq!(code(refused), "hall_not_begun");
    let partner = c.partner("A Coalition");
    let unplaced = c.make(&debate(&[partner], "gender_equality")).expect("made").id;
    let desk = secretariat();
    c.records(&desk, unplaced, &result(&["Mine"])).expect("recorded");
    assert_eq!(code(c.closes(&desk, unplaced)), "hall_not_begun");
    let plenary = SessionInput {
        kind: "plenary".into(),
        title: Localized::only("en", "Opening"),
        attendance: "online".into(),
        ..SessionInput::default()
    };
    let plenary = c.make(&plenary).expect("made").id;
    assert_eq!(
        code(c.records(&desk, plenary, &result(&["Mine"]))),
        "not_a_town_hall"
    );
}

#[test]
fn r101_a_code_is_given_once_and_survives_edits_of_themes_and_words() {
    let mut c = congress();
    let (lead, session) = c.held();
    c.closes(&lead, session).expect("closed");
    // Another session on the theme goes on counting, whatever becomes of the order of the themes.
    let desk = secretariat();
    let theme = c.themes[2].clone();
    let moved = programme::themes::ThemeInput {
        title: theme.title.clone(),
        position: Some(0),
        ..programme::themes::ThemeInput::default()
    };
    programme::themes::edit(&mut c.conn, &desk, now(), theme.id, &moved, None).expect("moved");
    let partner = c.partner("A Coalition");
    let second = c.make(&debate(&[partner], "gender_equality")).expect("made").id;
    let placement = Placement {
        starts: "2019-11-13T14:00".into(),
        ..Placement::default()
    };
    let admissions = c.admissions.clone();
    scheduling::place(&mut c.conn, &desk, now(), &admissions, second, &placement, None).expect("placed");
    c.records(&desk, second, &result(&["One more"]))
        .expect("recorded");
    c.closes(&desk, second).expect("closed");

    let inbox = transmissions::all(&mut c.conn, c.edition.id).expect("read");
    let codes: Vec<&str> = inbox
        .iter()
        .flat_map(|received| &received.outcomes)
        .map(|outcome| outcome.code.as_str())
        .collect();
    let expected: Vec<String> = (1..=8).map(|number| format!("TH-2019-03-R{number:02}")).collect();
    assert_eq!(codes, expected);

    let id = inbox[0].outcomes[6].id;
    let before = outcomes::get(&mut c.conn, &desk, id).expect("read");
    let reworded = outcomes::outcomes::OutcomeInput {
        title: Some(Localized::only("en", "Count all care work")),
        markdown: Some("Count it, in every city.".into()),
    };
    outcomes::outcomes::edit(&mut c.conn, &desk, evening(), id, &reworded, Some(before.version))
        .expect("edited");
    let after = outcomes::get(&mut c.conn, &desk, id).expect("read");
    assert_eq!(
        (after.code.as_str(), before.code.as_str()),
        ("TH-2019-03-R07", "TH-2019-03-R07")
    );
}

#[test]
fn r99_a_recommendation_is_answered_by_a_responsible_body_and_the_list_of_the_unanswered_shrinks() {
    let mut c = congress();
    let (lead, session) = c.held();
    c.closes(&lead, session).expect("closed");
    let (edition, desk) = (c.edition.id, secretariat());
    let today = LocalDate::on("2019-11-20");
    let inbox = transmissions::all(&mut c.conn, edition).expect("read");
    let id = inbox[0].outcomes[0].id;
    let unanswered = |c: &mut Congress, today: LocalDate| {
        responses::unanswered(&mut c.conn, &secretariat(), today, edition).expect("told")
    };
    assert_eq!(unanswered(&mut c, today).len(), 7);

    let city = c.city("Sankt Ilm");
    let mayor = c.somebody("A Mayor", city, PositionKind::Mayor);
    let input = FocalPointInput { person: Some(mayor) };
    focal_points::appoint(&mut c.conn, &desk, now(), city, &input).expect("appointed");
    let mayor = c.signed_in(mayor, evening());
    let asked = AskInput {
        organisation: Some(city),
        due_on: Some(LocalDate::on("2019-12-20")),
    };
    let asked = responses::ask(&mut c.conn, &desk, evening(), id, &asked).expect("asked");
    let first = unanswered(&mut c, today).remove(0);
    assert_eq!(first.asked.expect("asked").days_left, Some(30));

    let answer = AnswerInput {
        answer: Some(outcomes::legacy_model::ResponseAnswer::Partly),
        said: Localized::only("en", "From next year on, in two districts."),
        answered_on: None,
    };
    let refused = responses::answer(&mut c.conn, &lead, evening(), today, asked.id, &answer, None);
    refused.expect_err("another body's");
    let given =
        responses::answer(&mut c.conn, &mayor, evening(), today, asked.id, &answer, None).expect("given");
    assert_eq!(given.answered_on, Some(today));
    assert_eq!(unanswered(&mut c, today).len(), 6);
}

#[test]
fn a_session_closed_after_the_world_assembly_hands_nothing_to_nobody() {
    let mut c = congress();
    let (lead, session) = c.held();
    let edition = c.edition.id;
    outcomes::inbox::close(&mut c.conn, edition).expect("the World Assembly is over");

    let late = c.closes(&lead, session).expect_err("refused");

    assert_eq!((late.kind, late.code), (kernel::Kind::Conflict, "inbox_closed"));
    assert_eq!(transmissions::all(&mut c.conn, edition), Ok(vec![]));
    let read = deliberations::get(&mut c.conn, &lead, evening(), session).expect("still there");
    assert_eq!(
        read.state,
        DeliberationState::Recorded,
        "what was written down stays"
    );
}

#[test]
fn what_was_closed_before_answers_the_same_once_the_world_assembly_is_over() {
    let mut c = congress();
    let (lead, session) = c.held();
    let closed = c.closes(&lead, session).expect("closed in time");
    let edition = c.edition.id;
    outcomes::inbox::close(&mut c.conn, edition).expect("the World Assembly is over");

    let again = c.closes(&lead, session).expect("twice is once");

    assert_eq!(again, closed);
}
