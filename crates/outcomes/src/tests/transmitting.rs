//! What is handed to the World Assembly, once.

use std::collections::BTreeSet;

use db::testing;
use kernel::Localized;

use super::*;

#[test]
fn r94_a_session_transmits_its_result_once() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let (first, outcomes) = sent(
        conn,
        result(&it, 0, vec![recommendation("Build"), recommendation("Rent")]),
    );

    let again = NewTransmission {
        result: Localized::only("en", "Something else."),
        ..result(&it, 0, vec![recommendation("Something else")])
    };
    let (second, is_new) = transmissions::send(conn, None, now(), again).expect("answered");

    assert_eq!((second, is_new), (first.clone(), false));
    assert_eq!(of_transmission(conn, &first), outcomes);
    let codes: Vec<&str> = outcomes.iter().map(|own| own.code.as_str()).collect();
    assert_eq!(codes, ["TH-2019-03-R01", "TH-2019-03-R02"]);
    assert!(
        outcomes
            .iter()
            .all(|own| own.state == OutcomeState::Received && own.received_version == 1)
    );
    assert_eq!(
        transmissions::of_session(conn, it.sessions[0]),
        Ok(vec![first.clone()])
    );
    assert_eq!(transmissions::of_paper(conn, it.paper), Ok(vec![first]));
}

#[test]
fn r66_a_paper_transmits_once_whichever_sitting_closes() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let of_paper = |sitting: usize| NewTransmission {
        source: Source::AssemblyPaper,
        source_id: it.paper.uuid(),
        stem: "AS-2019-AFR".into(),
        ..result(&it, sitting, vec![recommendation("Build")])
    };
    let (first, outcomes) = sent(conn, of_paper(0));

    let (second, is_new) = transmissions::send(conn, None, now(), of_paper(1)).expect("answered");

    assert_eq!(
        (second.id, second.session, is_new),
        (first.id, Some(it.sessions[0]), false)
    );
    assert_eq!(outcomes[0].code, "AS-2019-AFR-R01");
    assert_eq!(transmissions::of_session(conn, it.sessions[1]), Ok(vec![]));
}

#[test]
fn r66_r94_of_fifty_closings_at_once_one_transmits() {
    const AT_ONCE: usize = 50;
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");

    let answers: Vec<(Transmission, bool)> = std::thread::scope(|scope| {
        let closings: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let (test, it) = (&test, it.clone());
                scope.spawn(move || {
                    test.write("send", move |conn| {
                        let new = result(&it, 0, vec![recommendation("Build"), recommendation("Rent")]);
                        transmissions::send(conn, None, now(), new)
                    })
                    .expect("answered")
                })
            })
            .collect();
        closings.into_iter().map(|one| one.join().expect("ran")).collect()
    });

    let ids: BTreeSet<_> = answers.iter().map(|(sent, _)| sent.id).collect();
    assert_eq!(ids.len(), 1, "all are answered the same one");
    assert_eq!(answers.iter().filter(|(_, is_new)| *is_new).count(), 1);
    let inbox = transmissions::all(conn, it.edition).expect("read");
    assert_eq!(inbox.len(), 1);
    let codes: Vec<&str> = inbox[0].outcomes.iter().map(|own| own.code.as_str()).collect();
    assert_eq!(codes, ["TH-2019-03-R01", "TH-2019-03-R02"]);
}

#[test]
fn r101_sessions_of_a_theme_that_close_at_once_share_its_numbers_without_gap_or_double() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let declaration = NewOutcome {
        kind: OutcomeKind::Declaration,
        ..recommendation("Declare")
    };

    std::thread::scope(|scope| {
        for session in 0..4 {
            let (test, it, declaration) = (&test, it.clone(), declaration.clone());
            scope.spawn(move || {
                test.write("send", move |conn| {
                    let mut outcomes: Vec<NewOutcome> = ["One", "Two", "Three"]
                        .iter()
                        .map(|title| recommendation(title))
                        .collect();
                    outcomes.insert(session % 3, declaration.clone());
                    transmissions::send(conn, None, now(), result(&it, session, outcomes))
                })
                .expect("sent")
            });
        }
    });

    let inbox = transmissions::all(conn, it.edition).expect("read");
    let mut codes: Vec<String> = inbox
        .iter()
        .flat_map(|sent| sent.outcomes.iter().map(|own| own.code.clone()))
        .collect();
    codes.sort();
    let mut wanted: Vec<String> = (1..=4).map(|number| format!("TH-2019-03-D{number}")).collect();
    wanted.extend((1..=12).map(|number| format!("TH-2019-03-R{number:02}")));
    assert_eq!(codes, wanted);
}

#[test]
fn r101_what_is_refused_takes_no_number() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let empty = NewOutcome {
        markdown: "  ".into(),
        ..recommendation("Nothing")
    };

    let refused = test.write("send", {
        let it = it.clone();
        move |conn| {
            let outcomes = vec![recommendation("Build"), empty.clone()];
            transmissions::send(conn, None, now(), result(&it, 0, outcomes))
        }
    });

    assert_eq!(fields(refused), [("outcomes.1.markdown".to_owned(), "required")]);
    assert_eq!(transmissions::all(conn, it.edition), Ok(vec![]));
    assert_eq!(received(conn, &it, 0, &["Build"])[0].code, "TH-2019-03-R01");
}

#[test]
fn r101_a_code_survives_every_edit() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let before = received(conn, &it, 0, &["Build", "Rent"]).remove(1);
    let input = outcomes::OutcomeInput {
        title: Some(Localized::of("Lease", "Louer", "")),
        markdown: Some("We lease.".into()),
    };

    let edited =
        outcomes::edit(conn, &desk(), now(), before.id, &input, Some(before.version)).expect("edited");
    taken_to(conn, before.id, OutcomeState::Adopted);

    assert_eq!((edited.code.as_str(), edited.id), ("TH-2019-03-R02", before.id));
    assert_eq!(row(conn, before.id).code, before.code);
    let found = outcomes::by_code(conn, &stranger(), "TH-2019-03-R02").expect("found by it");
    assert_eq!(found.id, before.id);
    let line = outcomes::list(
        conn,
        &stranger(),
        &OutcomeFilter {
            text: "louer".into(),
            ..OutcomeFilter::default()
        },
        &kernel::PageAsk::first(),
    );
    assert_eq!(line.expect("listed").items[0].outcome.code, "TH-2019-03-R02");
}

#[test]
fn r78_a_special_session_may_transmit_too() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let special = NewTransmission {
        source: Source::SpecialSession,
        stem: "SP-2019-10".into(),
        paper: None,
        theme: None,
        ..result(&it, 2, vec![recommendation("Move")])
    };

    let (sent, outcomes) = sent(conn, special);

    assert_eq!(sent.source, Source::SpecialSession);
    assert_eq!(outcomes[0].code, "SP-2019-10-R01");
}

#[test]
fn what_is_wrong_with_a_result_is_told_beside_each_field() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let odd = vec![
        NewOutcome {
            language: "english".into(),
            ..recommendation("Build")
        },
        NewOutcome {
            title: Localized::only("fr", "Louer"),
            ..serving("Rent", &[("the_moon", Phase::Review)])
        },
    ];
    let new = NewTransmission {
        stem: "TH 2019".into(),
        ..result(&it, 0, odd)
    };

    let refused = transmissions::send(conn, None, now(), new);

    assert_eq!(
        fields(refused),
        [
            ("stem".to_owned(), "not_a_label"),
            ("outcomes.0.language".to_owned(), "not_a_language"),
            ("outcomes.0.title.english".to_owned(), "required"),
            ("outcomes.1.title.en".to_owned(), "required"),
            ("outcomes.1.agendas".to_owned(), "unknown"),
        ]
    );
}
