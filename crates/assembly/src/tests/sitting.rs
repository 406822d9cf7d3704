//! Papers in sittings, what comes of them, and that each goes to the World Assembly once.

use std::collections::BTreeSet;

use access_rules::{Actor, Role, Scope, SessionId};
use kernel::Fault;
use outcomes::{
    model::{Source, Transmission},
    transmissions,
};
use papers::{model::PaperState, papers as all_papers};
use programme::{
    admission::{Admission as _, Stage as At},
    releases::{self, ReleaseInput},
    sessions::{self, SessionInput},
};

use super::{
    secretariat, staff,
    stage::{Stage, code, congress_time, june, result, said, stage},
};
use crate::{
    admission::AssemblyAdmission,
    closings, proceedings, results,
    sitting_papers::{self, PaperSpeakerInput, SittingPaperInput},
    special_sessions,
};

fn close(it: &mut Stage, session: SessionId) -> Result<closings::ClosingView, Fault> {
    it.whole(|conn| closings::close(conn, &secretariat(), congress_time(), session))
}

fn inbox(it: &mut Stage) -> Vec<Transmission> {
    let edition = it.id();
    let all = transmissions::all(&mut it.conn, edition).expect("read");
    all.into_iter().map(|received| received.transmission).collect()
}

#[test]
fn r62_a_sitting_is_released_with_a_paper_of_its_own() {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    let (edition, admissions) = (it.id(), it.admissions.clone());
    let release = |it: &mut Stage| {
        let admissions = admissions.clone();
        it.whole(|conn| {
            let input = ReleaseInput::default();
            releases::publish(conn, &secretariat(), june(), &admissions, edition, &input)
        })
    };
    assert_eq!(code(release(&mut it)), "paper_required");

    let paper = it.published();
    it.take_up(sitting, paper);
    let session = sessions::row(&mut it.conn, sitting)
        .expect("read")
        .expect("there");
    assert_eq!(
        AssemblyAdmission.check(&mut it.conn, &session, At::Publish),
        Ok(())
    );
    release(&mut it).expect("released");
    // The same paper in a second sitting is as it should be.
    let again = it.sitting("2019-11-13T14:00");
    it.take_up(again, paper);
    release(&mut it).expect("released");
    assert_eq!(
        sitting_papers::sittings_of(&mut it.conn, paper).map(|all| all.len()),
        Ok(2)
    );
}

#[test]
fn r62_a_sitting_takes_up_position_papers_of_its_edition_and_says_who_presents() {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    let paper = it.published();
    let presenter = it.participant("Petra Presenter");
    let chair = it.somebody("Chris Chair");
    it.stand(chair, Role::Chair, Scope::Session(sitting));
    let chair = it.actor(chair);
    let input = SittingPaperInput {
        paper: Some(paper),
        position: None,
        speakers: Some(vec![
            PaperSpeakerInput {
                person: Some(presenter.person),
                ..PaperSpeakerInput::default()
            },
            PaperSpeakerInput {
                role: Some(crate::model::PaperSpeakerRole::Respondent),
                name: "A Minister".into(),
                ..PaperSpeakerInput::default()
            },
        ]),
    };
    let unnamed = SittingPaperInput {
        speakers: Some(vec![PaperSpeakerInput::default()]),
        ..input.clone()
    };
    let absent = SittingPaperInput {
        paper: Some(kernel::Id::new()),
        ..SittingPaperInput::default()
    };

    let desk = secretariat();
    let by_chair = sitting_papers::add(&mut it.conn, &chair, june(), sitting, &input);
    assert_eq!(code(by_chair), "not_allowed");
    let unnamed = sitting_papers::add(&mut it.conn, &desk, june(), sitting, &unnamed).expect_err("refused");
    assert_eq!(unnamed.fields[0].field, "speakers.0.name");
    let absent = sitting_papers::add(&mut it.conn, &desk, june(), sitting, &absent);
    assert_eq!(code(absent), "not_a_position_paper");
    let made = sitting_papers::add(&mut it.conn, &desk, june(), sitting, &input).expect("taken up");
    let twice = sitting_papers::add(&mut it.conn, &desk, june(), sitting, &input);
    assert_eq!(code(twice), "paper_in_sitting");

    let seen = sitting_papers::list(&mut it.conn, &chair, june(), sitting).expect("listed");
    let names: Vec<&str> = seen[0].speakers.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(names, ["Petra Presenter", "A Minister"]);
    let moved = SittingPaperInput {
        position: Some(3),
        ..SittingPaperInput::default()
    };
    let moved = sitting_papers::edit(
        &mut it.conn,
        &desk,
        june(),
        sitting,
        paper,
        &moved,
        Some(made.version),
    );
    assert_eq!(moved.expect("moved").position, 3);
    let seen = sitting_papers::list(&mut it.conn, &desk, june(), sitting).expect("listed");
    assert_eq!(seen[0].speakers.len(), 2);
    sitting_papers::remove(&mut it.conn, &desk, june(), sitting, paper).expect("taken out");
    assert_eq!(
        sitting_papers::list(&mut it.conn, &desk, june(), sitting),
        Ok(vec![])
    );
    let plenary = SessionInput {
        kind: "plenary".into(),
        title: said("Plenary"),
        attendance: "online".into(),
        ..SessionInput::default()
    };
    let plenary = it.session(&plenary, "2019-11-13T16:00").id;
    let elsewhere = sitting_papers::add(&mut it.conn, &desk, june(), plenary, &input);
    assert_eq!(code(elsewhere), "not_a_sitting");
}

#[test]
fn r66_no_sitting_is_closed_while_a_paper_has_no_result_and_closing_twice_is_once() {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    assert_eq!(code(close(&mut it, sitting)), "sitting_without_papers");
    let (first, second) = (it.published(), {
        it.section = it.section_named("Section of the North");
        it.focal = it.focal_point(it.section, "Nadia North");
        it.published()
    });
    it.take_up(sitting, first);
    it.take_up(sitting, second);
    let early = results::record(
        &mut it.conn,
        &secretariat(),
        june(),
        sitting,
        first,
        &result(&["Too early"]),
        None,
    );
    assert_eq!(code(early), "sitting_not_begun");

    it.record(sitting, first, &["Build", "Rent"]);
    let refused = close(&mut it, sitting).expect_err("one has no result");
    assert_eq!(refused.code, "results_missing");
    assert_eq!(refused.facts["papers"], serde_json::json!(["AS-2019-P02"]));
    assert_eq!(inbox(&mut it), []);

    it.record(sitting, second, &[]);
    let closed = close(&mut it, sitting).expect("closed");
    assert_eq!(closed.transmissions.len(), 2);
    let again = close(&mut it, sitting).expect("closed already");
    assert_eq!(again, closed);
    let sent = inbox(&mut it);
    assert_eq!(sent.len(), 2);
    assert!(
        sent.iter()
            .all(|one| one.source == Source::AssemblyPaper && one.session == Some(sitting))
    );
    let received = transmissions::all(&mut it.conn, closed.closing.edition).expect("read");
    let codes: Vec<&str> = received
        .iter()
        .flat_map(|one| one.outcomes.iter().map(|outcome| outcome.code.as_str()))
        .collect();
    assert_eq!(codes, ["AS-2019-P01-R01", "AS-2019-P01-R02"]);
    let paper = all_papers::row(&mut it.conn, first)
        .expect("read")
        .expect("there");
    assert_eq!(paper.state, PaperState::Transmitted);
    let late = results::record(
        &mut it.conn,
        &secretariat(),
        congress_time(),
        sitting,
        first,
        &result(&["Changed"]),
        None,
    );
    assert_eq!(code(late), "sitting_closed");
}

#[test]
fn r66_a_paper_presented_twice_is_transmitted_once_with_its_first_result() {
    let mut it = stage();
    let (first, second) = (it.sitting("2019-11-13T10:00"), it.sitting("2019-11-13T14:00"));
    let paper = it.published();
    it.take_up(first, paper);
    it.take_up(second, paper);

    it.record(first, paper, &["Build"]);
    close(&mut it, first).expect("closed");
    let sent = inbox(&mut it);
    it.record(second, paper, &["Something more"]);
    let closed = close(&mut it, second).expect("closed");

    assert_eq!(closed.transmissions, []);
    assert_eq!(inbox(&mut it), sent);
    assert_eq!((sent.len(), sent[0].session), (1, Some(first)));
    // What came of the second is read all the same.
    let reader = it.participant("Rita Reader");
    let reader = it.actor(reader);
    it.release();
    let seen = sitting_papers::list(&mut it.conn, &reader, congress_time(), second).expect("listed");
    let told = seen[0].result.as_ref().expect("a result");
    assert_eq!(told.outcomes[0].title, said("Something more"));
    assert_eq!(told.result.transmission, None);
}

#[test]
fn r66_of_fifty_closings_at_once_each_paper_is_transmitted_once() {
    const AT_ONCE: usize = 50;
    let mut it = stage();
    let (first, second) = (it.sitting("2019-11-13T10:00"), it.sitting("2019-11-13T14:00"));
    let shared = it.published();
    it.section = it.section_named("Section of the North");
    it.focal = it.focal_point(it.section, "Nadia North");
    let other = it.published();
    for session in [first, second] {
        it.take_up(session, shared);
        it.record(session, shared, &["Build"]);
    }
    it.take_up(second, other);
    it.record(second, other, &["Rent"]);

    let database = &it.database;
    let answers: Vec<closings::ClosingView> = std::thread::scope(|scope| {
        let closings: Vec<_> = (0..AT_ONCE)
            .map(|number| {
                let session = if number % 2 == 0 { first } else { second };
                scope.spawn(move || {
                    database.write("close", move |conn| {
                        closings::close(conn, &secretariat(), congress_time(), session)
                    })
                })
            })
            .collect();
        let joined = closings.into_iter().map(|one| one.join().expect("ran"));
        joined.map(|answer| answer.expect("closed")).collect()
    });

    let closed: BTreeSet<_> = answers
        .iter()
        .map(|one| (one.closing.session, one.closing.closed_at))
        .collect();
    assert_eq!(closed.len(), 2, "each sitting is closed once");
    let sent = inbox(&mut it);
    let papers: Vec<_> = sent.iter().map(|one| one.paper).collect();
    let distinct: BTreeSet<_> = papers.iter().copied().collect();
    assert_eq!(
        (papers.len(), distinct),
        (2, BTreeSet::from([Some(shared), Some(other)]))
    );
    let received = transmissions::all(&mut it.conn, it.edition.id).expect("read");
    assert!(received.iter().all(|one| one.outcomes.len() == 1));
}

#[test]
fn r66_who_chairs_leads_or_reports_records_and_nobody_else() {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    let other = it.sitting("2019-11-13T14:00");
    let paper = it.published();
    it.take_up(sitting, paper);
    it.take_up(other, paper);
    it.release();
    let reader = it.participant("Rita Reader");
    let elsewhere = it.somebody("Ole Other");
    it.stand(elsewhere, Role::Chair, Scope::Session(other));
    let (reader, elsewhere) = (it.actor(reader), it.actor(elsewhere));
    let (input, at) = (result(&["Build"]), congress_time());

    for (actor, why) in [
        (Actor::nobody(), "sign_in_needed"),
        (reader.clone(), "not_allowed"),
        (elsewhere, "not_allowed"),
        (
            staff(Role::Secretariat, Scope::Track("town_hall".into())),
            "not_allowed",
        ),
    ] {
        let refused = results::record(&mut it.conn, &actor, at, sitting, paper, &input, None);
        assert_eq!(code(refused), why);
        assert_eq!(code(closings::close(&mut it.conn, &actor, at, sitting)), why);
    }
    let bad = results::ResultInput {
        outcomes: vec![outcomes::wordings::NewOutcome::default()],
        ..input.clone()
    };
    let refused = results::record(&mut it.conn, &secretariat(), at, sitting, paper, &bad, None);
    assert_eq!(
        refused.expect_err("no words").fields[0].field,
        "outcomes.0.language"
    );
    for (role, name) in [
        (Role::Chair, "Chris Chair"),
        (Role::SessionLead, "Lena Lead"),
        (Role::Rapporteur, "Rob Rapporteur"),
    ] {
        let who = it.somebody(name);
        it.stand(who, role, Scope::Session(sitting));
        let actor = it.actor(who);
        results::record(&mut it.conn, &actor, at, sitting, paper, &input, None).expect("recorded");
    }
    let stale = results::record(&mut it.conn, &secretariat(), at, sitting, paper, &input, Some(1));
    assert_eq!(code(stale), "stale");

    // Before it is closed, what came of it is told to who records it alone; before and after, a visitor sees no paper that
    // is not theirs to read.
    let seen = |it: &mut Stage, actor: &Actor| {
        sitting_papers::list(&mut it.conn, actor, at, sitting).expect("listed")
    };
    let desk = secretariat();
    assert!(seen(&mut it, &desk)[0].result.is_some());
    assert_eq!(seen(&mut it, &reader).len(), 1);
    assert_eq!(seen(&mut it, &reader)[0].result, None);
    assert_eq!(seen(&mut it, &Actor::nobody()), []);
    close(&mut it, sitting).expect("closed");
    assert!(seen(&mut it, &reader)[0].result.is_some());
    assert_eq!(seen(&mut it, &Actor::nobody()), []);
}

#[test]
fn r66_a_paper_that_is_not_out_has_no_result_and_no_stranger_sees_it() {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    let paper = it.submitted();
    it.take_up(sitting, paper);
    it.release();
    let reader = it.participant("Rita Reader");
    let reader = it.actor(reader);
    let at = congress_time();

    let refused = results::record(
        &mut it.conn,
        &secretariat(),
        at,
        sitting,
        paper,
        &result(&["Build"]),
        None,
    );
    assert_eq!(code(refused), "paper_not_published");
    let desk = secretariat();
    let whole = sitting_papers::list(&mut it.conn, &desk, at, sitting).expect("listed");
    assert_eq!(whole.len(), 1);
    assert_eq!(
        sitting_papers::list(&mut it.conn, &reader, at, sitting),
        Ok(vec![])
    );
}

#[test]
fn r66_nothing_is_handed_to_a_world_assembly_that_is_over() {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    let paper = it.published();
    it.take_up(sitting, paper);
    it.record(sitting, paper, &["Build"]);
    let assembly = it.open_assembly();
    let (convener, at) = (it.convener(), congress_time());
    proceedings::close(&mut it.conn, &convener, at, assembly, None).expect("nothing was received");

    assert_eq!(code(close(&mut it, sitting)), "world_assembly_over");
    assert_eq!(closings::find(&mut it.conn, sitting), Ok(None));
    assert_eq!(inbox(&mut it), []);
}

#[test]
fn r78_a_special_session_transmits_when_it_is_flagged_and_once() {
    let mut it = stage();
    let input = SessionInput {
        kind: "special".into(),
        title: said("Special session on water"),
        attendance: "online".into(),
        ..SessionInput::default()
    };
    let special = it.session(&input, "2019-11-13T10:00").id;
    let sitting = it.sitting("2019-11-13T14:00");
    let (edition, at) = (it.id(), congress_time());
    // It is planned at the general desk: the assembly's convener says that it transmits, and everybody's desk records.
    let (desk, convener) = (secretariat(), it.convener());
    let record = |it: &mut Stage| {
        special_sessions::record(&mut it.conn, &desk, at, special, &result(&["Drink"]), None)
    };

    assert_eq!(code(record(&mut it)), "not_flagged");
    let lead = it.somebody("Lena Lead");
    it.stand(lead, Role::SessionLead, Scope::Session(special));
    let lead = it.actor(lead);
    assert_eq!(
        code(special_sessions::flag(&mut it.conn, &lead, at, special)),
        "not_allowed"
    );
    assert_eq!(
        code(special_sessions::flag(&mut it.conn, &desk, at, sitting)),
        "not_a_special_session"
    );
    assert_eq!(
        code(special_sessions::flag(&mut it.conn, &convener, at, special)),
        "not_found",
        "nobody was told of it yet"
    );
    special_sessions::flag(&mut it.conn, &desk, at, special).expect("flagged");
    assert_eq!(
        code(special_sessions::transmit(&mut it.conn, &lead, at, special)),
        "no_result"
    );
    record(&mut it).expect("recorded");
    let sent = special_sessions::transmit(&mut it.conn, &lead, at, special).expect("sent");
    let again = special_sessions::transmit(&mut it.conn, &lead, at, special).expect("sent before");
    assert_eq!(again, sent);
    assert_eq!(
        (sent.source, sent.session),
        (Source::SpecialSession, Some(special))
    );
    assert_eq!(inbox(&mut it).len(), 1);
    assert_eq!(code(record(&mut it)), "result_sent");
    assert_eq!(
        code(special_sessions::unflag(&mut it.conn, &desk, at, special)),
        "result_sent"
    );
    let listed = special_sessions::list(&mut it.conn, &desk, at, edition).expect("listed");
    assert_eq!(listed.len(), 1);
    assert!(listed[0].result.is_some());
    let stranger = special_sessions::list(&mut it.conn, &Actor::nobody(), at, edition);
    assert_eq!(stranger, Ok(vec![]));
}
