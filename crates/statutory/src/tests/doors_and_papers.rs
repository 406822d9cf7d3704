//! Who may know of a meeting, come in, read its papers; what is written down.

use diesel::prelude::*;
use files::stored;
use kernel::Kind;
use members::tables::memberships as rows;

use super::*;
use crate::{
    agenda::OrderInput,
    documents::Content,
    model::{Audience, LineDoor, PapersDoor, RoomDoor},
    visits,
};

/// The refusal as anybody may see it: without what is for the log.
fn told<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Fault {
    Fault {
        denied: None,
        ..answer.expect_err("refused")
    }
}

/// What somebody gets of a meeting: nothing, its page, its papers too.
fn depth(c: &mut Congress, actor: &Actor, meeting: &Meeting) -> usize {
    let listed = meetings::list(&mut c.conn, actor, now(), c.edition.id).expect("listed");
    let is_listed = listed.iter().any(|card| card.id == meeting.id);
    match meetings::get(&mut c.conn, actor, now(), meeting.id) {
        Err(fault) => {
            assert_eq!(told::<()>(Err(fault)), Fault::not_found());
            assert!(!is_listed, "listed and not found");
            0
        }
        Ok(view) => {
            assert!(is_listed, "found and not listed");
            assert_eq!(view.documents.is_some(), view.card.you.read.allowed);
            assert_eq!(view.agenda.is_some(), view.card.you.read.allowed);
            assert_eq!(
                meetings::attendance(&mut c.conn, actor, now(), meeting.id).is_ok(),
                view.card.you.read.allowed
            );
            if view.documents.is_some() { 2 } else { 1 }
        }
    }
}

#[test]
fn r1_r2_the_doors_open_as_the_readings_say() {
    let mut c = congress();
    let council = c.member("Council");
    let bureau = c.member("Bureau");
    c.seat("world_council", council);
    c.seat("executive_bureau", bureau);
    let hidden = DoorsInput {
        line: Some(LineDoor::Hidden),
        ..DoorsInput::default()
    };
    let planned = [
        c.plan("general_assembly"),
        c.plan("world_council"),
        c.plan("executive_bureau"),
        c.plan_with("statutory_affairs_committee", hidden),
    ];
    for (meeting, day) in planned.iter().zip(11..) {
        let at = |hour| format!("2019-11-{day}T{hour}:00");
        let room = c.hall;
        c.place(meeting, room, &at(10), &at(12));
        c.item(meeting, "Opening");
        agenda::publish(&mut c.conn, &secretariat(), now(), meeting.id, None).expect("sent out");
    }
    c.release();

    let member = c.member("Member");
    let arrears = c.of_city("Arrears", Some(MembershipState::InArrears));
    let suspended = c.of_city("Suspended", Some(MembershipState::Suspended));
    let city = c.of_city("City", None);
    let cases = [
        (Actor::nobody(), [0, 0, 0, 0]),
        (c.signed_in(city), [0, 0, 0, 0]),
        (c.signed_in(suspended), [0, 0, 0, 0]),
        (c.signed_in(member), [2, 1, 0, 0]),
        (c.signed_in(arrears), [2, 1, 0, 0]),
        (c.signed_in(council), [2, 2, 0, 0]),
        (c.signed_in(bureau), [2, 1, 2, 0]),
        (staff(Scope::Track("assembly".into())), [0, 0, 0, 0]),
        (staff(Scope::Track("statutory".into())), [2, 2, 2, 2]),
        (secretariat(), [2, 2, 2, 2]),
    ];
    for (actor, depths) in cases {
        let found: Vec<usize> = planned
            .iter()
            .map(|meeting| depth(&mut c, &actor, meeting))
            .collect();
        assert_eq!(found, depths, "{:?} {:?}", actor.tags, actor.standings);
    }

    // The public programme names the first three by their line alone, and shows no trace of the fourth.
    let live = releases::live(&mut c.conn, c.edition.id)
        .expect("read")
        .expect("released");
    let public = live.public();
    assert_eq!(public.sessions.len(), 3);
    assert!(public.sessions.iter().all(|session| session.line_only));
    let absent = meetings::get(&mut c.conn, &Actor::nobody(), now(), Id::named("absent"));
    let behind = meetings::get(&mut c.conn, &Actor::nobody(), now(), planned[3].id);
    assert_eq!(told(absent), told(behind));
}

#[test]
fn r1_a_meeting_is_the_desks_alone_until_it_is_announced() {
    let mut c = congress();
    let member = c.member("Member");
    let member = c.signed_in(member);
    let meeting = c.plan("general_assembly");
    let paper = c.paper(&meeting, &english("Report"));
    assert_eq!(depth(&mut c, &member, &meeting), 0);
    assert_eq!(
        code(documents::download(&mut c.conn, &member, now(), paper.id)),
        "not_found"
    );

    let staff = secretariat();
    assert_eq!(
        code(agenda::publish(&mut c.conn, &staff, now(), meeting.id, None)),
        "agenda_empty"
    );
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &staff, now(), meeting.id, None).expect("sent out");
    assert_eq!(depth(&mut c, &member, &meeting), 2);
    documents::download(&mut c.conn, &member, now(), paper.id).expect("a paper for members");
    assert_eq!(
        code(agenda::publish(&mut c.conn, &staff, now(), meeting.id, None)),
        "agenda_published"
    );
}

#[test]
fn r13_a_roster_member_reads_as_long_as_the_organisation_is_a_member() {
    let mut c = congress();
    let ana = c.member("Ana");
    c.seat("executive_bureau", ana);
    let meeting = c.plan("executive_bureau");
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &secretariat(), now(), meeting.id, None).expect("sent out");
    let before = c.signed_in(ana);
    assert_eq!(depth(&mut c, &before, &meeting), 2);

    let city = before.organisations[0];
    let held: kernel::Id<members::model::Membership> = db::on_each!(&mut c.conn, |conn| rows::table
        .filter(rows::organisation.eq(city))
        .select(rows::id)
        .first(conn))
    .expect("a membership");
    let step = memberships::StepInput {
        state: Some(MembershipState::Suspended),
        ..memberships::StepInput::default()
    };
    let staff = secretariat();
    memberships::step(&mut c.conn, &staff, now(), held, None, &step).expect("suspended");
    let after = c.signed_in(ana);
    assert_eq!(depth(&mut c, &after, &meeting), 0);
}

#[test]
fn r1_a_member_in_arrears_reads_and_attends_and_is_told_why_not_to_vote() {
    let mut c = congress();
    let late = c.of_city("Late", Some(MembershipState::InArrears));
    let meeting = c.plan("general_assembly");
    let hall = c.hall;
    c.place(&meeting, hall, "2019-11-14T16:30", "2019-11-14T18:00");
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &secretariat(), now(), meeting.id, None).expect("sent out");

    let late = c.signed_in(late);
    let you = meetings::get(&mut c.conn, &late, now(), meeting.id)
        .expect("seen")
        .card
        .you;
    assert!(you.sits && you.in_arrears && you.attend.allowed && you.read.allowed);
    assert_eq!(
        (you.vote.allowed, you.vote.code, you.vote.remedy),
        (false, Some("in_arrears"), Some("settle_dues"))
    );

    let paid = c.member("Paid");
    let paid = c.signed_in(paid);
    let you = meetings::get(&mut c.conn, &paid, now(), meeting.id)
        .expect("seen")
        .card
        .you;
    assert!(you.vote.allowed);
}

#[test]
fn r13_who_sits_is_decided_by_the_roster_on_the_day_of_the_meeting() {
    let mut c = congress();
    let (ana, eva) = (c.member("Ana"), c.member("Eva"));
    let until_the_eve = SeatInput {
        to_at: Some(Moment::at("2019-11-12T22:00:00Z")),
        ..seat(ana)
    };
    let staff = secretariat();
    let bureau = body_id("executive_bureau");
    roster::appoint(&mut c.conn, &staff, now(), bureau, &until_the_eve).expect("named");
    c.seat("executive_bureau", eva);
    let meeting = c.plan("executive_bureau");
    let hall = c.hall;
    c.place(&meeting, hall, "2019-11-13T14:30", "2019-11-13T16:30");
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &staff, now(), meeting.id, None).expect("sent out");

    for (person, sits) in [(ana, false), (eva, true)] {
        let actor = c.signed_in(person);
        let you = meetings::get(&mut c.conn, &actor, now(), meeting.id)
            .expect("of the body today")
            .card
            .you;
        assert_eq!(
            (you.sits, you.attend.allowed, you.read.allowed),
            (sits, sits, true)
        );
    }
    let expected = meetings::attendance(&mut c.conn, &staff, now(), meeting.id).expect("listed");
    let names: Vec<&str> = expected.iter().map(|seat| seat.person_name.as_str()).collect();
    assert_eq!(names, ["Eva"]);
}

#[test]
fn r20_every_refusal_says_to_the_log_what_was_asked_and_to_nobody_what_it_is_called() {
    let mut c = congress();
    let meeting = c.plan("executive_bureau");
    let paper = c.paper(&meeting, &english("Very secret report"));
    let stranger = c.member("Stranger");
    let stranger = c.signed_in(stranger);
    let (conn, at) = (&mut c.conn, now());
    let item = ItemInput::default();
    let refusals = [
        (
            meetings::get(conn, &stranger, at, meeting.id).map(drop),
            "meeting",
        ),
        (
            meetings::attendance(conn, &stranger, at, meeting.id).map(drop),
            "meeting",
        ),
        (
            agenda::add(conn, &stranger, at, meeting.id, &item).map(drop),
            "meeting",
        ),
        (
            agenda::publish(conn, &stranger, at, meeting.id, None).map(drop),
            "meeting",
        ),
        (visits::look(conn, &stranger, at, meeting.id), "meeting"),
        (
            documents::download(conn, &stranger, at, paper.id).map(drop),
            "document",
        ),
        (
            documents::downloads(conn, &stranger, at, paper.id).map(drop),
            "meeting",
        ),
    ];
    for (refused, kind) in refusals {
        let fault = refused.expect_err("refused");
        assert_eq!(fault.kind, Kind::NotFound);
        assert!(!format!("{fault:?}").contains("secret"));
        let denied = fault.denied.expect("told to the log");
        let id = if kind == "document" {
            paper.id.uuid()
        } else {
            meeting.id.uuid()
        };
        assert_eq!(
            (denied.object_kind, denied.object_id, denied.reason),
            (kind, Some(id), "hidden")
        );
    }
}

#[test]
fn r21_an_embargo_ends_exactly_at_its_instant() {
    let mut c = congress();
    let meeting = c.plan("executive_bureau");
    let from = Moment::at("2019-11-14T16:00:00Z");
    let input = DocumentInput {
        public_from: Some(from),
        ..english("Declaration")
    };
    let paper = c.paper(&meeting, &input);
    let before = Moment::from_micros(from.micros() - 1);
    let nobody = Actor::nobody();
    let edition = c.edition.id;
    assert_eq!(
        code(documents::download(&mut c.conn, &nobody, before, paper.id)),
        "not_found"
    );
    assert_eq!(
        documents::public(&mut c.conn, before, edition)
            .expect("listed")
            .len(),
        0
    );

    let content: Content = documents::download(&mut c.conn, &nobody, from, paper.id).expect("public");
    assert!(content.is_public);
    assert_eq!(content.name, "report.pdf");
    assert_eq!(
        documents::public(&mut c.conn, from, edition)
            .expect("listed")
            .len(),
        1
    );
}

#[test]
fn a_paper_is_taken_away_through_one_door_that_writes_it_down() {
    let mut c = congress();
    let ana = c.member("Ana");
    c.seat("world_council", ana);
    let other = c.member("Other");
    let meeting = c.plan("world_council");
    let papers = PapersDoor::Members;
    let open = DoorsInput {
        papers: Some(papers),
        ..DoorsInput::default()
    };
    let staff = secretariat();
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &staff, now(), meeting.id, None).expect("sent out");
    let all = c.paper(&meeting, &english("For all"));
    let roster_only = DocumentInput {
        audience: Some(Audience::Roster),
        ..english("For the roster")
    };
    let own = c.paper(&meeting, &roster_only);
    let (ana, other) = (c.signed_in(ana), c.signed_in(other));
    let may = |c: &mut Congress, actor: &Actor, paper: &Document| {
        documents::download(&mut c.conn, actor, now(), paper.id).is_ok()
    };
    assert!(may(&mut c, &ana, &all) && may(&mut c, &ana, &own));
    assert!(!may(&mut c, &other, &all) && !may(&mut c, &other, &own));

    // The door is opened to all members: what is for the roster stays behind it.
    let opened = meetings::set_doors(&mut c.conn, &staff, now(), meeting.id, &open, None).expect("opened");
    assert_eq!(opened.papers, papers);
    assert!(may(&mut c, &other, &all) && !may(&mut c, &other, &own));
    let view = meetings::get(&mut c.conn, &other, now(), meeting.id).expect("seen");
    assert_eq!(view.documents.expect("papers").len(), 1);

    let taken = documents::downloads(&mut c.conn, &staff, now(), all.id).expect("the log");
    assert_eq!(taken.len(), 2);
    assert!(taken.iter().any(|taken| taken.person == ana.person));
}

#[test]
fn a_replaced_paper_is_the_desks_alone_and_a_removed_file_nobodys() {
    let mut c = congress();
    let ana = c.member("Ana");
    let ana = c.signed_in(ana);
    let staff = secretariat();
    let meeting = c.plan("general_assembly");
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &staff, now(), meeting.id, None).expect("sent out");
    let first = c.paper(&meeting, &english("Report"));
    let second =
        documents::replace(&mut c.conn, &staff, now(), first.id, &received(), Some(1)).expect("replaced");
    assert_eq!(
        code(documents::download(&mut c.conn, &ana, now(), first.id)),
        "not_found"
    );
    documents::download(&mut c.conn, &staff, now(), first.id).expect("kept for the desk");
    documents::download(&mut c.conn, &ana, now(), second.id).expect("the newer one");
    assert_eq!(
        code(documents::replace(
            &mut c.conn,
            &staff,
            now(),
            first.id,
            &received(),
            None
        )),
        "document_replaced"
    );

    stored::remove(&mut c.conn, second.file).expect("taken away");
    assert_eq!(
        code(documents::download(&mut c.conn, &ana, now(), second.id)),
        "not_found"
    );
    let view = meetings::get(&mut c.conn, &ana, now(), meeting.id).expect("seen");
    assert_eq!(view.documents.expect("papers").len(), 0);
}

#[test]
fn a_paper_names_its_language_and_an_item_of_its_own_meeting() {
    let mut c = congress();
    let (meeting, other) = (c.plan("general_assembly"), c.plan("world_council"));
    let foreign = c.item(&other, "Elsewhere");
    let input = DocumentInput {
        item: Some(foreign.id),
        language: "not a language".into(),
        ..DocumentInput::default()
    };
    let refused = documents::add(
        &mut c.conn,
        &secretariat(),
        now(),
        meeting.id,
        &input,
        &received(),
    );
    let fields: Vec<&'static str> = refused
        .expect_err("refused")
        .fields
        .iter()
        .map(|field| field.code)
        .collect();
    assert_eq!(fields, ["not_a_language", "unknown"]);

    let bare = DocumentInput {
        language: "fr".into(),
        ..DocumentInput::default()
    };
    assert_eq!(
        c.paper(&meeting, &bare).title,
        Localized::only("fr", "report.pdf")
    );
}

#[test]
fn what_came_since_the_last_visit_is_told() {
    let mut c = congress();
    let ana = c.member("Ana");
    let ana = c.signed_in(ana);
    let staff = secretariat();
    let meeting = c.plan("general_assembly");
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &staff, now(), meeting.id, None).expect("sent out");
    c.paper(&meeting, &english("First"));
    let new = |c: &mut Congress| {
        let listed = meetings::list(&mut c.conn, &ana, now(), c.edition.id).expect("listed");
        listed[0].new_documents
    };
    assert_eq!(new(&mut c), 1);
    visits::look(&mut c.conn, &ana, now(), meeting.id).expect("looked");
    assert_eq!(new(&mut c), 0);

    let later = now().plus_minutes(5);
    let second = documents::add(
        &mut c.conn,
        &staff,
        later,
        meeting.id,
        &english("Second"),
        &received(),
    )
    .expect("a paper");
    let view = meetings::get(&mut c.conn, &ana, later, meeting.id).expect("seen");
    let documents = view.documents.expect("papers");
    let fresh: Vec<_> = documents
        .iter()
        .filter(|document| document.is_new)
        .map(|document| document.id)
        .collect();
    assert_eq!(fresh, [second.id]);
    assert_eq!(view.last_seen_at, Some(now()));
    visits::look(&mut c.conn, &ana, later, meeting.id).expect("looked again");
    assert_eq!(new(&mut c), 0);
}

#[test]
fn r133_items_keep_their_ids_and_papers_when_they_are_renumbered() {
    let mut c = congress();
    let staff = secretariat();
    let meeting = c.plan("general_assembly");
    let items = [
        c.item(&meeting, "A"),
        c.item(&meeting, "B"),
        c.item(&meeting, "C"),
    ];
    let on_b = DocumentInput {
        item: Some(items[1].id),
        ..english("On B")
    };
    let paper = c.paper(&meeting, &on_b);

    let order = OrderInput {
        items: vec![items[2].id, items[1].id, items[0].id],
    };
    let turned = agenda::renumber(&mut c.conn, &staff, now(), meeting.id, &order).expect("renumbered");
    assert_eq!(turned, agenda::items(&mut c.conn, meeting.id).expect("read"));
    let numbers: Vec<i64> = turned.iter().map(|item| item.number).collect();
    let ids: Vec<_> = turned.iter().map(|item| item.id).collect();
    assert_eq!((numbers, ids), (vec![1, 2, 3], order.items));
    let view = meetings::get(&mut c.conn, &staff, now(), meeting.id).expect("seen");
    assert_eq!(view.documents.expect("papers")[0].item, Some(items[1].id));
    assert_eq!(paper.item, Some(items[1].id));

    // A number that fell out is not given again by itself; the last one goes on counting.
    agenda::remove(&mut c.conn, &staff, now(), items[2].id).expect("taken out");
    assert_eq!(
        code(agenda::remove(&mut c.conn, &staff, now(), items[1].id)),
        "item_has_documents"
    );
    let numbers: Vec<i64> = agenda::items(&mut c.conn, meeting.id)
        .expect("read")
        .iter()
        .map(|item| item.number)
        .collect();
    assert_eq!(numbers, [2, 3]);
    assert_eq!(c.item(&meeting, "D").number, 4);
    let less = OrderInput {
        items: vec![items[0].id],
    };
    let refused = agenda::renumber(&mut c.conn, &staff, now(), meeting.id, &less);
    assert_eq!(refused.expect_err("refused").fields[0].code, "not_the_same_items");
}

#[test]
fn r131_the_general_assemblys_agenda_is_due_a_month_before() {
    let mut c = congress();
    let staff = secretariat();
    let meeting = c.plan("general_assembly");
    let hall = c.hall;
    c.place(&meeting, hall, "2019-11-14T16:30", "2019-11-14T18:00");
    c.item(&meeting, "Opening");
    let in_time = |c: &mut Congress, at: Moment| {
        let view = meetings::get(&mut c.conn, &staff, at, meeting.id).expect("seen");
        let notice = view.notice.expect("a month");
        assert_eq!(notice.due_on.to_string(), "2019-10-14");
        notice.in_time
    };
    // The last minute of 14 October in Durban, two hours ahead of UTC.
    let last = Moment::at("2019-10-14T21:59:00Z");
    assert_eq!(in_time(&mut c, last), None);
    assert_eq!(in_time(&mut c, last.plus_minutes(1)), Some(false));
    agenda::publish(&mut c.conn, &staff, last, meeting.id, None).expect("sent out");
    assert_eq!(in_time(&mut c, last.plus_days(5)), Some(true));
}

#[test]
fn r1_a_door_changed_in_the_rule_book_or_at_the_meeting_moves_what_it_guards() {
    let mut c = congress();
    let member = c.member("Member");
    let member = c.signed_in(member);
    let staff = secretariat();
    let meeting = c.plan("executive_bureau");
    c.item(&meeting, "Opening");
    agenda::publish(&mut c.conn, &staff, now(), meeting.id, None).expect("sent out");
    assert_eq!(depth(&mut c, &member, &meeting), 0);

    let observed = DoorsInput {
        room: Some(RoomDoor::Observed),
        ..DoorsInput::default()
    };
    let opened = meetings::set_doors(
        &mut c.conn,
        &staff,
        now(),
        meeting.id,
        &observed,
        Some(meeting.version + 1),
    );
    opened.expect("opened");
    assert_eq!(depth(&mut c, &member, &meeting), 1);
    let view = meetings::get(&mut c.conn, &member, now(), meeting.id).expect("seen");
    assert!(view.card.you.attend.allowed && !view.card.you.sits);

    let closed = DoorsInput {
        room: Some(RoomDoor::Roster),
        ..DoorsInput::default()
    };
    meetings::set_doors(&mut c.conn, &staff, now(), meeting.id, &closed, None).expect("closed");
    assert_eq!(depth(&mut c, &member, &meeting), 0);

    // The edition's rule of the roster's papers is widened to all members: the keys are made again.
    let input = programme::rule_book::RuleInput {
        scope: "door".into(),
        scope_ref: "papers".into(),
        act: "read".into(),
        rule: access_rules::Rule::tags([access_rules::Tag::UclgMember]),
        reading: String::new(),
    };
    let edition = c.edition.id;
    programme::rule_book::set(&mut c.conn, &staff, now(), edition, &input, None).expect("set");
    assert_eq!(
        crate::doors::renew(&mut c.conn, now(), edition).expect("renewed"),
        1
    );
    assert_eq!(depth(&mut c, &member, &meeting), 2);
    assert_eq!(
        crate::doors::renew(&mut c.conn, now(), edition).expect("renewed"),
        0
    );
}
