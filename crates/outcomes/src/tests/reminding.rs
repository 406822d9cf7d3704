//! Letters about responses: to the body that is asked, and to whoever asked it.

use db::testing;
use kernel::{Language, PageAsk};
use mail::{
    model::LetterKind,
    outbox::{self, Filter},
};
use members::{
    contacts,
    focal_points::{self, FocalPointInput},
};
use people::{accounts, standings};

use super::*;
use crate::{
    legacy_model::ResponseAnswer,
    letters,
    responses::{self, AnswerInput, AskInput},
};

/// Somebody with an account, who reads French.
fn reader(conn: &mut Conn, name: &str) -> PersonId {
    let person = somebody(conn, name);
    let email = format!("{}@example.org", name.to_lowercase())
        .parse()
        .expect("an address");
    accounts::create(conn, now(), person, &email, Language::Fr).expect("created");
    person
}

/// The letters there are: what about, to whom, how they begin.
fn told(conn: &mut Conn) -> Vec<(LetterKind, String, String)> {
    let root = holding(Role::PlatformAdmin, Scope::Everywhere);
    let all = outbox::list(conn, &root, now(), &Filter::default(), &PageAsk::of(50)).expect("read");
    let mut told: Vec<_> = all
        .items
        .into_iter()
        .map(|letter| (letter.kind, letter.to_email.to_string(), letter.subject))
        .collect();
    told.reverse();
    told
}

fn secretary(conn: &mut Conn) -> Actor {
    let person = reader(conn, "Desk");
    let appointment = standings::Appointment {
        person,
        role: Role::Secretariat,
        scope: Scope::Everywhere,
        from: now().plus_days(-1),
        to: None,
        basis: "a test".into(),
        granted_by: None,
    };
    standings::appoint(conn, now().plus_days(-1), &appointment).expect("appointed");
    let account = accounts::of_person(conn, person)
        .expect("read")
        .expect("there")
        .id;
    members::actors::load(conn, account, person, now()).expect("loaded")
}

#[test]
fn r99_a_body_hears_that_it_is_asked_is_reminded_once_and_whoever_asked_hears_of_its_answer() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let id = received(conn, &it, 0, &["Build"])[0].id;
    let city = body(conn, "City of Exampleville");
    let focal = reader(conn, "Focal");
    let named = FocalPointInput { person: Some(focal) };
    focal_points::appoint(conn, &desk(), now().plus_days(-1), city, &named).expect("appointed");
    let office = "office@example.org".parse().expect("an address");
    contacts::keep(conn, city, &office, "The office").expect("kept");
    let desk = secretary(conn);
    let input = AskInput {
        organisation: Some(city),
        due_on: Some(LocalDate::on("2019-11-20")),
    };
    let asked = responses::ask(conn, &desk, now(), id, &input).expect("asked");

    let first = told(conn);
    letters::remind(conn, now(), today(), it.edition).expect("nothing yet");
    assert_eq!(told(conn), first, "nobody is asked and reminded on one day");
    for hours in [48, 49] {
        let later = now().plus_minutes(hours * 60);
        letters::remind(conn, later, LocalDate::on("2019-11-17"), it.edition).expect("reminded");
    }
    let reminded = told(conn);
    for day in ["2019-11-21", "2019-11-22"] {
        letters::remind(conn, now().plus_days(7), LocalDate::on(day), it.edition).expect("told");
    }
    let late = told(conn);
    let elsewhere = letters::remind(conn, now(), LocalDate::on("2019-11-21"), Id::new());
    let answer = AnswerInput {
        answer: Some(ResponseAnswer::Partly),
        said: Localized::only("en", "We will, in part."),
        answered_on: None,
    };
    let focal = Actor {
        person: Some(focal),
        ..focal_point(city)
    };
    responses::answer(conn, &focal, now().plus_days(8), today(), asked.id, &answer, None).expect("answered");
    responses::answer(conn, &desk, now().plus_days(8), today(), asked.id, &answer, None).expect("corrected");
    letters::remind(conn, now().plus_days(7), LocalDate::on("2019-11-23"), it.edition).expect("over");

    let of = |kind: LetterKind, to: &str, subject: &str| (kind, to.to_owned(), subject.to_owned());
    let (asked, news) = (LetterKind::ResponseAsked, LetterKind::ResponseNews);
    let code = "TH-2019-03-R01";
    assert_eq!(
        first,
        [
            of(
                asked,
                "focal@example.org",
                &format!("City of Exampleville\u{a0}: quelle suite pour la recommandation {code}\u{a0}?")
            ),
            of(
                asked,
                "office@example.org",
                &format!("City of Exampleville is asked what becomes of recommendation {code}")
            ),
        ]
    );
    assert_eq!(
        reminded[2..],
        [
            of(
                asked,
                "focal@example.org",
                "Rappel\u{a0}: la réponse de City of Exampleville est attendue jusqu’au 20 novembre 2019"
            ),
            of(
                asked,
                "office@example.org",
                "Reminder: City of Exampleville is asked for its answer by 20 November 2019"
            ),
        ]
    );
    assert_eq!(
        late[4..],
        [of(
            news,
            "desk@example.org",
            &format!("City of Exampleville n’a pas répondu sur la recommandation {code}")
        )]
    );
    assert_eq!(elsewhere, Ok(0));
    assert_eq!(
        told(conn)[5..],
        [of(
            news,
            "desk@example.org",
            &format!("City of Exampleville a répondu sur la recommandation {code}")
        )],
        "who enters an answer hears nothing of it, and what is answered is not late"
    );
}
