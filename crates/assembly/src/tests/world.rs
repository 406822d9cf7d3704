//! The World Assembly while it sits: its agenda, debates, consensus, and how it ends.

use access_rules::{Act, Actor, Role, Scope, SessionId, Standing};
use kernel::Id;
use outcomes::{
    inbox,
    model::{OutcomeId, OutcomeState},
    outcomes as all_outcomes, transmissions,
};
use programme::sessions::SessionInput;

use super::{
    secretariat, staff,
    stage::{Somebody, Stage, code, congress_time, june, recommendation, said, stage},
};
use crate::{
    agenda::{self, AssemblyItemInput, AssemblyOrderInput},
    closings,
    consensus::{self, ObjectionInput},
    convocation::{self, ConsentInput, ConvokeInput},
    decisions::{self, DecisionInput, HandsInput},
    endorsements::{self, EndorseInput},
    model::world::{AssemblyItemKind, AssemblyState, QuestionState},
    proceedings::{self, AssemblyStepInput},
    terms::{self, AssemblyTermsInput},
    world_assembly,
};

/// A World Assembly that sits, with these recommendations of a paper on its agenda.
fn with_received(titles: &[&str]) -> (Stage, SessionId, Vec<OutcomeId>) {
    let mut it = stage();
    let sitting = it.sitting("2019-11-13T10:00");
    let paper = it.published();
    it.take_up(sitting, paper);
    it.record(sitting, paper, titles);
    closings::close(&mut it.conn, &secretariat(), congress_time(), sitting).expect("closed");
    let session = it.open_assembly();
    let received = transmissions::all(&mut it.conn, it.edition.id).expect("read");
    let outcomes = received[0].outcomes.iter().map(|outcome| outcome.id).collect();
    (it, session, outcomes)
}

fn state(it: &mut Stage, outcome: OutcomeId) -> OutcomeState {
    let row = all_outcomes::row(&mut it.conn, outcome).expect("read");
    row.expect("there").state
}

/// Somebody registered, for whom a network of the Task Force stands.
fn endorsed(it: &mut Stage, name: &str) -> Somebody {
    let network = it.network(&format!("Network of {name}"));
    let head = it.focal_point(network, &format!("Head for {name}"));
    let who = it.participant(name);
    it.of(who, network);
    let (head, edition) = (it.actor(head), it.id());
    let input = EndorseInput {
        person: Some(who.person),
        ..EndorseInput::default()
    };
    endorsements::endorse(&mut it.conn, &head, congress_time(), edition, network, &input).expect("endorsed");
    who
}

fn because(reason: &str) -> DecisionInput {
    DecisionInput {
        reason: reason.into(),
    }
}

#[test]
fn r71_an_outcome_is_presented_debated_and_decided_and_nothing_is_skipped() {
    let (mut it, session, outcomes) = with_received(&["Build", "Rent"]);
    let (convener, at) = (it.convener(), congress_time());
    let (first, second) = (outcomes[0], outcomes[1]);
    let input = AssemblyStepInput::default();

    let refused = decisions::adopt(&mut it.conn, &convener, at, session, first, &because(""), None);
    let refused = refused.expect_err("it was not even presented");
    assert_eq!(
        (refused.kind, refused.code),
        (kernel::Kind::Conflict, "outcome_state")
    );
    let undebated = proceedings::debate(&mut it.conn, &convener, at, session, first, &input, None);
    assert_eq!(code(undebated), "outcome_state");
    proceedings::present(&mut it.conn, &convener, at, session, first, &input, None).expect("presented");
    assert_eq!(
        code(consensus::ask(&mut it.conn, &convener, at, session, first)),
        "outcome_state"
    );
    for decide in [decisions::adopt, decisions::return_, decisions::refuse] {
        let undebated = decide(
            &mut it.conn,
            &convener,
            at,
            session,
            first,
            &because("Why not"),
            None,
        );
        assert_eq!(code(undebated), "outcome_state");
    }
    proceedings::debate(&mut it.conn, &convener, at, session, first, &input, None).expect("debated");
    let unasked = decisions::adopt(&mut it.conn, &convener, at, session, first, &because(""), None);
    assert_eq!(code(unasked), "objections_not_asked");
    consensus::ask(&mut it.conn, &convener, at, session, first).expect("asked");
    assert_eq!(
        code(consensus::ask(&mut it.conn, &convener, at, session, first)),
        "question_put"
    );
    let adopted = decisions::adopt(&mut it.conn, &convener, at, session, first, &because(""), None);
    let adopted = adopted.expect("adopted");
    assert_eq!(
        (adopted.state, adopted.visible_to.as_str()),
        (OutcomeState::Adopted, "public")
    );
    // R74: followed until the mandate ends.
    assert_eq!(adopted.horizon_to, Some(kernel::LocalDate::on("2022-12-31")));
    let twice = decisions::adopt(&mut it.conn, &convener, at, session, first, &because(""), None);
    assert_eq!(code(twice), "outcome_state");

    it.debated(session, second);
    let silent = decisions::return_(&mut it.conn, &convener, at, session, second, &because(""), None);
    assert_eq!(silent.expect_err("refused").fields[0].field, "reason");
    let returned = decisions::return_(
        &mut it.conn,
        &convener,
        at,
        session,
        second,
        &because("Unclear."),
        None,
    );
    assert_eq!(returned.expect("returned").state, OutcomeState::Returned);
}

#[test]
fn r71_who_runs_it_decides_and_nobody_else_and_only_while_it_sits() {
    let (mut it, session, outcomes) = with_received(&["Build"]);
    let chair = it.somebody("Chris Chair");
    it.stand(chair, Role::Chair, Scope::Session(session));
    let member = endorsed(&mut it, "Mara Member");
    let (chair, member, at) = (it.actor(chair), it.actor(member), congress_time());
    let (first, input) = (outcomes[0], AssemblyStepInput::default());

    for (actor, why) in [
        (Actor::nobody(), "sign_in_needed"),
        (member, "not_allowed"),
        (
            staff(Role::Secretariat, Scope::Track("statutory".into())),
            "not_allowed",
        ),
    ] {
        let refused = proceedings::present(&mut it.conn, &actor, at, session, first, &input, None);
        assert_eq!(code(refused), why);
        assert_eq!(
            code(proceedings::close(&mut it.conn, &actor, at, session, None)),
            why
        );
        assert_eq!(
            code(agenda::add(
                &mut it.conn,
                &actor,
                at,
                session,
                &AssemblyItemInput::default()
            )),
            why
        );
    }
    proceedings::suspend(&mut it.conn, &chair, at, session, &input, None).expect("interrupted");
    let interrupted = proceedings::present(&mut it.conn, &chair, at, session, first, &input, None);
    assert_eq!(code(interrupted), "world_assembly_not_open");
    assert_eq!(
        code(proceedings::open(&mut it.conn, &chair, at, session, None)),
        "world_assembly_state"
    );
    proceedings::resume(&mut it.conn, &chair, at, session, None).expect("taken up again");
    assert_eq!(
        code(proceedings::resume(&mut it.conn, &chair, at, session, None)),
        "world_assembly_state"
    );
    proceedings::present(&mut it.conn, &chair, at, session, first, &input, None).expect("presented");

    // What is not on its agenda is not put to it.
    let year = 2019;
    let edition = it.id();
    let draft = recommendation("A declaration of its own");
    let drafted =
        all_outcomes::draft(&mut it.conn, &secretariat(), at, edition, year, &draft).expect("drafted");
    let unlisted = proceedings::present(&mut it.conn, &chair, at, session, drafted.id, &input, None);
    assert_eq!(code(unlisted), "not_on_agenda");
}

#[test]
fn r72_it_is_not_closed_while_something_it_received_is_undecided() {
    let (mut it, session, outcomes) = with_received(&["Build", "Rent"]);
    let (convener, at) = (it.convener(), congress_time());
    it.debated(session, outcomes[0]);
    let returned = decisions::return_(
        &mut it.conn,
        &convener,
        at,
        session,
        outcomes[0],
        &because("Unclear."),
        None,
    );
    returned.expect("returned");

    let refused = it.whole(|conn| proceedings::close(conn, &convener, at, session, None));
    let refused = refused.expect_err("one is left");
    assert_eq!(
        (refused.kind, refused.code),
        (kernel::Kind::Conflict, "undecided_outcomes")
    );
    let listed = refused.facts["outcomes"].as_array().expect("a list").clone();
    let codes: Vec<&str> = listed.iter().filter_map(|one| one["code"].as_str()).collect();
    assert_eq!(codes, ["AS-2019-P01-R02"]);

    it.debated(session, outcomes[1]);
    let refused = decisions::refuse(
        &mut it.conn,
        &convener,
        at,
        session,
        outcomes[1],
        &because("Too dear."),
        None,
    );
    assert_eq!(refused.expect("not adopted").state, OutcomeState::NotAdopted);
    let closed = proceedings::close(&mut it.conn, &convener, at, session, None).expect("closed");
    assert_eq!(closed.state, AssemblyState::Closed);
    let late = inbox::receives(&mut it.conn, closed.edition);
    assert_eq!(code(late), "inbox_closed", "whichever track it would come from");
    let topic = AssemblyItemInput {
        title: said("One thing more"),
        ..AssemblyItemInput::default()
    };
    let late = agenda::add(&mut it.conn, &convener, at, session, &topic);
    assert_eq!(code(late), "world_assembly_over");
    let published = proceedings::publish(&mut it.conn, &convener, at, session, None).expect("published");
    assert_eq!(published.state, AssemblyState::Published);
    let view = world_assembly::show(&mut it.conn, &Actor::nobody(), at, session).expect("public");
    let steps: Vec<AssemblyState> = view.steps.iter().map(|step| step.to_state).collect();
    assert_eq!(
        steps,
        [
            AssemblyState::AwaitingConsent,
            AssemblyState::Convoked,
            AssemblyState::Open,
            AssemblyState::Closed,
            AssemblyState::Published,
        ]
    );
}

#[test]
fn r73_an_objection_stops_consensus_until_it_is_taken_back() {
    let (mut it, session, outcomes) = with_received(&["Build"]);
    let (convener, at, first) = (it.convener(), congress_time(), outcomes[0]);
    let (objector, other) = (endorsed(&mut it, "Ona Objector"), endorsed(&mut it, "Ole Other"));
    let pending = it.participant("Pia Pending");
    let (objector, other, pending) = (it.actor(objector), it.actor(other), it.actor(pending));
    it.debated(session, first);
    let question = consensus::ask(&mut it.conn, &convener, at, session, first).expect("asked");
    let reason = ObjectionInput {
        reason: "It leaves out the islands.".into(),
    };

    for (actor, why) in [
        (Actor::nobody(), "sign_in_needed"),
        (pending.clone(), "not_endorsed"),
    ] {
        let refused = consensus::object(&mut it.conn, &actor, at, question.id, &reason);
        assert_eq!(code(refused), why);
    }
    let silent = consensus::object(
        &mut it.conn,
        &objector,
        at,
        question.id,
        &ObjectionInput::default(),
    );
    assert_eq!(silent.expect_err("refused").fields[0].field, "reason");
    let objection = consensus::object(&mut it.conn, &objector, at, question.id, &reason).expect("recorded");
    let twice = consensus::object(&mut it.conn, &objector, at, question.id, &reason);
    assert_eq!(code(twice), "already_objected");

    let refused = it.whole(|conn| decisions::adopt(conn, &convener, at, session, first, &because(""), None));
    let refused = refused.expect_err("an objection stands");
    assert_eq!(refused.code, "objection_stands");
    assert_eq!(state(&mut it, first), OutcomeState::Debated);
    let hands = HandsInput {
        votes_for: Some(90),
        votes_against: Some(1),
        abstentions: Some(0),
    };
    let vote = decisions::count(&mut it.conn, &convener, at, session, first, &hands, None);
    assert_eq!(code(vote), "no_fallback_vote");

    let foreign = consensus::withdraw(&mut it.conn, &other, at, objection.id);
    assert_eq!(code(foreign), "not_allowed");
    consensus::withdraw(&mut it.conn, &objector, at, objection.id).expect("taken back");
    assert_eq!(
        code(consensus::withdraw(&mut it.conn, &objector, at, objection.id)),
        "objection_over"
    );
    decisions::adopt(&mut it.conn, &convener, at, session, first, &because(""), None).expect("adopted");
    let late = consensus::object(&mut it.conn, &other, at, question.id, &reason);
    assert_eq!(code(late), "question_over");

    // It stays recorded, for the congress.
    let told = consensus::list(&mut it.conn, &pending, at, session).expect("read");
    assert_eq!(
        (told[0].question.state, told[0].standing),
        (QuestionState::Agreed, 0)
    );
    assert_eq!(told[0].objections[0].person_name, "Ona Objector");
    assert_eq!(told[0].objections[0].network_name, "Network of Ona Objector");
    let visitor = consensus::list(&mut it.conn, &Actor::nobody(), at, session).expect("read");
    assert_eq!((visitor.len(), visitor[0].objections.len()), (1, 0));
}

#[test]
fn r73_where_an_objection_stands_the_outcome_is_returned_or_not_adopted() {
    let (mut it, session, outcomes) = with_received(&["Build", "Rent"]);
    let (convener, at) = (it.convener(), congress_time());
    let objector = endorsed(&mut it, "Ona Objector");
    let objector = it.actor(objector);
    let reason = ObjectionInput {
        reason: "It leaves out the islands.".into(),
    };
    for outcome in &outcomes {
        it.debated(session, *outcome);
        let question = consensus::ask(&mut it.conn, &convener, at, session, *outcome).expect("asked");
        consensus::object(&mut it.conn, &objector, at, question.id, &reason).expect("recorded");
    }

    let why = because("An objection stands.");
    decisions::refuse(&mut it.conn, &convener, at, session, outcomes[0], &why, None).expect("not adopted");
    decisions::return_(&mut it.conn, &convener, at, session, outcomes[1], &why, None).expect("returned");

    assert_eq!(state(&mut it, outcomes[0]), OutcomeState::NotAdopted);
    assert_eq!(state(&mut it, outcomes[1]), OutcomeState::Returned);
    let told = consensus::list(&mut it.conn, &convener, at, session).expect("read");
    let ended: Vec<_> = told
        .iter()
        .map(|own| (own.question.state, own.standing))
        .collect();
    assert_eq!(ended, [(QuestionState::Ended, 1), (QuestionState::Ended, 1)]);
}

#[test]
fn r73_a_vote_is_counted_only_where_the_edition_allows_it_and_carries_by_two_thirds() {
    let (mut it, session, outcomes) = with_received(&["Build", "Rent"]);
    let (convener, at, edition) = (it.convener(), congress_time(), it.id());
    let allowed = AssemblyTermsInput {
        fallback_vote: Some(true),
        ..AssemblyTermsInput::default()
    };
    let by_convener = terms::set(&mut it.conn, &convener, at, edition, &allowed, None);
    assert_eq!(code(by_convener), "not_allowed");
    let odd = AssemblyTermsInput {
        majority_votes: Some(1),
        ..AssemblyTermsInput::default()
    };
    let odd = terms::set(&mut it.conn, &secretariat(), at, edition, &odd, None);
    assert_eq!(odd.expect_err("less than half").fields[0].field, "majority_votes");
    terms::set(&mut it.conn, &secretariat(), at, edition, &allowed, None).expect("allowed");
    let objector = endorsed(&mut it, "Ona Objector");
    let objector = it.actor(objector);
    let hands = |votes_for, votes_against| HandsInput {
        votes_for: Some(votes_for),
        votes_against: Some(votes_against),
        abstentions: Some(50),
    };
    let reason = ObjectionInput {
        reason: "It leaves out the islands.".into(),
    };
    for outcome in &outcomes {
        it.debated(session, *outcome);
    }
    let unasked = decisions::count(
        &mut it.conn,
        &convener,
        at,
        session,
        outcomes[0],
        &hands(2, 1),
        None,
    );
    assert_eq!(code(unasked), "objections_not_asked");
    let question = consensus::ask(&mut it.conn, &convener, at, session, outcomes[0]).expect("asked");
    let unopposed = decisions::count(
        &mut it.conn,
        &convener,
        at,
        session,
        outcomes[0],
        &hands(2, 1),
        None,
    );
    assert_eq!(code(unopposed), "no_objection_stands");
    consensus::object(&mut it.conn, &objector, at, question.id, &reason).expect("recorded");
    let uncounted = HandsInput::default();
    let uncounted = decisions::count(
        &mut it.conn,
        &convener,
        at,
        session,
        outcomes[0],
        &uncounted,
        None,
    );
    assert_eq!(uncounted.expect_err("refused").fields.len(), 3);

    let voted = decisions::count(
        &mut it.conn,
        &convener,
        at,
        session,
        outcomes[0],
        &hands(20, 10),
        None,
    );
    let voted = voted.expect("counted");
    assert!(voted.vote.carried && voted.outcome.state == OutcomeState::Adopted);
    let question = consensus::ask(&mut it.conn, &convener, at, session, outcomes[1]).expect("asked");
    consensus::object(&mut it.conn, &objector, at, question.id, &reason).expect("recorded");
    let voted = decisions::count(
        &mut it.conn,
        &convener,
        at,
        session,
        outcomes[1],
        &hands(19, 10),
        None,
    );
    let voted = voted.expect("counted");
    assert!(!voted.vote.carried && voted.outcome.state == OutcomeState::NotAdopted);
    let told = consensus::list(&mut it.conn, &objector, at, session).expect("read");
    let hands: Vec<_> = told
        .iter()
        .map(|own| own.vote.as_ref().map(|vote| vote.votes_for))
        .collect();
    assert_eq!(hands, [Some(20), Some(19)]);
}

#[test]
fn r73_who_objects_and_who_adopts_at_once_never_both_prevail() {
    for _ in 0..5 {
        let (mut it, session, outcomes) = with_received(&["Build"]);
        let (at, first) = (congress_time(), outcomes[0]);
        let objector = endorsed(&mut it, "Ona Objector");
        let (objector, convener) = (it.actor(objector), it.convener());
        it.debated(session, first);
        let question = consensus::ask(&mut it.conn, &convener, at, session, first).expect("asked");

        let database = &it.database;
        let (objected, adopted) = std::thread::scope(|scope| {
            let objecting = scope.spawn(|| {
                let objector = objector.clone();
                database.write("object", move |conn| {
                    let reason = ObjectionInput {
                        reason: "It leaves out the islands.".into(),
                    };
                    consensus::object(conn, &objector, at, question.id, &reason)
                })
            });
            let adopting = scope.spawn(|| {
                let convener = convener.clone();
                database.write("adopt", move |conn| {
                    decisions::adopt(conn, &convener, at, session, first, &because(""), None)
                })
            });
            (objecting.join().expect("ran"), adopting.join().expect("ran"))
        });

        assert_ne!(objected.is_ok(), adopted.is_ok(), "{objected:?} {adopted:?}");
    }
}

#[test]
fn r77_a_meeting_of_another_kind_is_no_world_assembly_anywhere() {
    let mut it = stage();
    let input = SessionInput {
        kind: "plenary".into(),
        title: said("General Assembly, as a plenary"),
        attendance: "online".into(),
        ..SessionInput::default()
    };
    let other = it.session(&input, "2019-11-14T16:30").id;
    it.network("A Network");
    let (desk, at) = (secretariat(), june());
    let (outcome, step) = (Id::new(), AssemblyStepInput::default());
    let city = it.city;

    let refused = [
        code(convocation::ask(&mut it.conn, &desk, at, other, None)),
        code(convocation::consents(&mut it.conn, &desk, at, other)),
        code(convocation::answer(
            &mut it.conn,
            &desk,
            at,
            other,
            city,
            &ConsentInput::default(),
            None,
        )),
        code(convocation::convoke(
            &mut it.conn,
            &desk,
            at,
            other,
            &ConvokeInput::default(),
            None,
        )),
        code(world_assembly::get(&mut it.conn, &desk, at, other)),
        code(world_assembly::show(&mut it.conn, &desk, at, other)),
        code(agenda::add(
            &mut it.conn,
            &desk,
            at,
            other,
            &AssemblyItemInput::default(),
        )),
        code(agenda::add_received(&mut it.conn, &desk, at, other)),
        code(agenda::list(&mut it.conn, &desk, at, other)),
        code(proceedings::open(&mut it.conn, &desk, at, other, None)),
        code(proceedings::close(&mut it.conn, &desk, at, other, None)),
        code(proceedings::publish(&mut it.conn, &desk, at, other, None)),
        code(proceedings::present(
            &mut it.conn,
            &desk,
            at,
            other,
            outcome,
            &step,
            None,
        )),
        code(consensus::ask(&mut it.conn, &desk, at, other, outcome)),
        code(consensus::list(&mut it.conn, &desk, at, other)),
        code(decisions::adopt(
            &mut it.conn,
            &desk,
            at,
            other,
            outcome,
            &because(""),
            None,
        )),
    ];

    for answer in refused {
        assert_eq!(answer, "not_the_world_assembly");
    }
    assert_eq!(
        code(world_assembly::show(&mut it.conn, &Actor::nobody(), at, other)),
        "not_found"
    );
}

#[test]
fn r71_the_agenda_holds_what_was_received_and_topics_in_order() {
    let (mut it, session, outcomes) = with_received(&["Build", "Rent"]);
    let (convener, at) = (it.convener(), congress_time());
    let topic = AssemblyItemInput {
        title: said("Greetings of the host"),
        kind: Some(AssemblyItemKind::ForInformation),
        ..AssemblyItemInput::default()
    };
    let topic = agenda::add(&mut it.conn, &convener, at, session, &topic).expect("added");
    let put = |outcome, kind| AssemblyItemInput {
        outcome: Some(outcome),
        kind,
        ..AssemblyItemInput::default()
    };
    let again = agenda::add(&mut it.conn, &convener, at, session, &put(outcomes[0], None));
    assert_eq!(code(again), "already_on_agenda");
    let information = put(outcomes[0], Some(AssemblyItemKind::ForInformation));
    let information = agenda::add(&mut it.conn, &convener, at, session, &information);
    assert_eq!(code(information), "outcome_for_adoption");
    assert_eq!(
        agenda::add_received(&mut it.conn, &convener, at, session),
        Ok(vec![])
    );

    let held = agenda::list(&mut it.conn, &convener, at, session).expect("listed");
    let ids: Vec<_> = held.iter().map(|view| view.item.id).collect();
    assert_eq!(ids.len(), 3);
    let order = AssemblyOrderInput {
        items: vec![topic.id, ids[1], ids[0]],
    };
    agenda::order(&mut it.conn, &convener, at, session, &order).expect("ordered");
    let short = AssemblyOrderInput { items: vec![ids[0]] };
    let short = agenda::order(&mut it.conn, &convener, at, session, &short);
    assert_eq!(short.expect_err("refused").fields[0].code, "not_the_same_items");

    // The congress reads what it may: nobody else reads outcomes that are not decided.
    let reader = it.participant("Rita Reader");
    let reader = it.actor(reader);
    let seen = agenda::list(&mut it.conn, &reader, at, session).expect("listed");
    let codes: Vec<Option<&str>> = seen
        .iter()
        .map(|view| view.put.as_ref().map(|put| put.code.as_str()))
        .collect();
    assert_eq!(codes, [None, Some("AS-2019-P01-R02"), Some("AS-2019-P01-R01")]);
    let visitor = agenda::list(&mut it.conn, &Actor::nobody(), at, session).expect("listed");
    assert_eq!(visitor.len(), 1);

    let (input, first) = (AssemblyStepInput::default(), outcomes[0]);
    proceedings::present(&mut it.conn, &convener, at, session, first, &input, None).expect("presented");
    assert_eq!(
        code(agenda::remove(&mut it.conn, &convener, at, ids[0])),
        "item_taken_up"
    );
    agenda::remove(&mut it.conn, &convener, at, topic.id).expect("taken off");
}

#[test]
fn the_agenda_is_who_runs_its_alone_until_the_convocation() {
    let mut it = stage();
    let session = it.world_assembly();
    it.release();
    let topic = AssemblyItemInput {
        title: said("A topic"),
        ..AssemblyItemInput::default()
    };
    let (convener, at) = (it.convener(), june());
    agenda::add(&mut it.conn, &convener, at, session, &topic).expect("added");

    let own = agenda::list(&mut it.conn, &convener, at, session).expect("listed");
    let visitors = agenda::list(&mut it.conn, &Actor::nobody(), at, session);

    assert_eq!((own.len(), visitors), (1, Ok(vec![])));
}

#[test]
fn r70_by_the_rule_of_the_edition_somebody_else_may_object() {
    let (mut it, session, outcomes) = with_received(&["Build"]);
    let (convener, at, edition) = (it.convener(), congress_time(), it.id());
    let rule = programme::rule_book::RuleInput {
        scope: "kind".into(),
        scope_ref: "world_assembly".into(),
        act: Act::Vote.to_string(),
        rule: access_rules::Rule::any([access_rules::Atom::Registered]),
        reading: "Everybody who is registered has a say.".into(),
    };
    programme::rule_book::set(&mut it.conn, &secretariat(), at, edition, &rule, None).expect("set");
    let who = it.participant("Pia Participant");
    let who = it.actor(who);
    it.debated(session, outcomes[0]);
    let question = consensus::ask(&mut it.conn, &convener, at, session, outcomes[0]).expect("asked");
    let reason = ObjectionInput {
        reason: "It leaves out the islands.".into(),
    };

    let objection = consensus::object(&mut it.conn, &who, at, question.id, &reason).expect("recorded");

    assert_eq!(
        (objection.person, objection.network),
        (who.person.expect("somebody"), None)
    );
    let token = Actor {
        token_scopes: Some(vec!["read".into()]),
        standings: vec![Standing {
            role: Role::Participant,
            scope: Scope::Edition(edition),
        }],
        ..who
    };
    let by_token = consensus::object(&mut it.conn, &token, at, question.id, &reason);
    assert_eq!(code(by_token), "scope");
}

#[test]
fn r88_a_text_is_adopted_once_it_says_the_same_in_every_language_the_edition_asks_for() {
    let (mut it, session, outcomes) = with_received(&["Build"]);
    let (convener, at, outcome) = (it.convener(), congress_time(), outcomes[0]);
    let desk = secretariat();
    let asks = |it: &mut Stage, languages: &[&str]| {
        let input = AssemblyTermsInput {
            aligned_languages: Some(languages.iter().map(|language| (*language).to_owned()).collect()),
            ..AssemblyTermsInput::default()
        };
        let edition = it.id();
        terms::set(&mut it.conn, &desk, at, edition, &input, None)
    };
    assert_eq!(code(asks(&mut it, &["tlh"])), "invalid");
    asks(&mut it, &["fr", "en", "fr"]).expect("set");
    it.debated(session, outcome);
    consensus::ask(&mut it.conn, &convener, at, session, outcome).expect("asked");

    let lacking = decisions::adopt(&mut it.conn, &convener, at, session, outcome, &because(""), None);

    let lacking = lacking.expect_err("nothing is said in French");
    assert_eq!(lacking.code, "not_aligned");
    let languages: Vec<&str> = lacking.facts["languages"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["language"].as_str())
        .collect();
    assert_eq!(languages, ["fr"], "the authentic language is there");
    assert_eq!(state(&mut it, outcome), OutcomeState::Debated);
    asks(&mut it, &[]).expect("none");
    decisions::adopt(&mut it.conn, &convener, at, session, outcome, &because(""), None).expect("adopted");
}
