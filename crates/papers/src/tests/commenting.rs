//! What is said of a paper.

use access_rules::{Actor, PaperId};
use kernel::{Fault, Kind, PageAsk};
use people::{
    accounts,
    persons::{self, NewPerson},
};
use records::audit;
use texts::{
    model::{CommentState, Disposition, Position},
    rules::COMMENTS_MOST,
};

use super::{World, code, deadline, field, now, world};
use crate::{
    commenting::{self, AnswerInput, CommentFilter, CommentInput, CommentView, DisposeInput, ModerateInput},
    go,
    model::{PaperState as S, PaperTrack},
    open_comments, publish,
};

fn input(body: &str) -> CommentInput {
    CommentInput {
        block: None,
        position: Some(Position::Support),
        language: "en".into(),
        body: body.into(),
    }
}

fn somebody(it: &mut World, name: &str) -> Actor {
    let person = it.person(name);
    it.actor(person)
}

fn post(it: &mut World, who: &Actor, paper: PaperId, body: &str) -> Result<CommentView, Fault> {
    commenting::post(&mut it.conn, who, now(), now(), paper, &input(body))
}

fn all(it: &mut World, who: &Actor, paper: PaperId) -> Vec<CommentView> {
    let filter = CommentFilter::default();
    commenting::list(&mut it.conn, who, now(), paper, &filter, &PageAsk::first())
        .expect("listed")
        .items
}

fn because(reason: &str) -> ModerateInput {
    ModerateInput {
        reason: reason.into(),
    }
}

fn disposed(disposition: Disposition, reason: &str) -> DisposeInput {
    DisposeInput {
        disposition: Some(disposition),
        reason: reason.into(),
    }
}

#[test]
fn anybody_with_a_proved_account_comments_answers_and_is_named() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let block = it.blocks(&ana, paper.id)[1];
    let (ben, eva) = (somebody(&mut it, "Ben"), somebody(&mut it, "Eva"));
    let on_block = CommentInput {
        block: Some(block),
        position: Some(Position::Oppose),
        ..input("Not so.")
    };

    let whole = post(&mut it, &ben, paper.id, "Well said.").expect("posted");
    let part = commenting::post(&mut it.conn, &eva, now(), now(), paper.id, &on_block).expect("posted");
    let answer = AnswerInput {
        language: "en".into(),
        body: "Why?".into(),
    };
    commenting::answer(&mut it.conn, &ben, now(), now(), paper.id, part.id, &answer).expect("answered");

    let told: Vec<_> = all(&mut it, &Actor::nobody(), paper.id)
        .into_iter()
        .map(|own| (own.author_name, own.body, own.answers.len()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("Ben Somebody".into()), Some("Well said.".into()), 0),
            (Some("Eva Somebody".into()), Some("Not so.".into()), 1),
        ]
    );
    assert!(whole.is_own);
    assert!(!all(&mut it, &eva, paper.id)[0].is_own);
    let count = |it: &mut World, filter: CommentFilter| {
        let counts =
            commenting::counts(&mut it.conn, &Actor::nobody(), now(), paper.id, &filter).expect("told");
        (counts.support, counts.neutral, counts.oppose)
    };
    assert_eq!(count(&mut it, CommentFilter::default()), (1, 0, 1));
    let on_block = CommentFilter {
        block: Some(block),
        on_whole: false,
    };
    assert_eq!(count(&mut it, on_block), (0, 0, 1));
    let on_whole = CommentFilter {
        block: None,
        on_whole: true,
    };
    assert_eq!(count(&mut it, on_whole), (1, 0, 0));
}

#[test]
fn whoever_is_not_signed_in_or_not_proved_does_not_comment() {
    let mut it = world();
    let (paper, _) = it.open_to_comments();
    let new = NewPerson {
        given_name: "Unproved".into(),
        ..NewPerson::default()
    };
    let unproved = persons::create(&mut it.conn, now(), &new).expect("a person");
    let email = "unproved@example.org".parse().expect("an address");
    accounts::create(&mut it.conn, now(), unproved, &email, kernel::Language::En).expect("an account");
    let unproved = it.actor(unproved);

    assert_eq!(
        code(post(&mut it, &Actor::nobody(), paper.id, "x")),
        "sign_in_needed"
    );
    assert_eq!(code(post(&mut it, &unproved, paper.id, "x")), "account_unproved");
    assert_eq!(all(&mut it, &Actor::nobody(), paper.id), []);
}

#[test]
fn a_paper_takes_comments_by_the_clock() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::TownHall, &["Cities act."]);
    it.go(paper.id, S::OpenComment);
    let ben = somebody(&mut it, "Ben");
    let (from, to) = (now().plus_days(1), deadline());
    let early = open_comments(&mut it.conn, None, now(), paper.id, from, Some(to));
    assert_eq!(code(early), "paper_not_published");
    publish(&mut it.conn, None, now(), paper.id, access_rules::Key::Public).expect("out");
    let backwards = open_comments(&mut it.conn, None, now(), paper.id, to, Some(from));
    assert_eq!(field(backwards), ("to".into(), "ends_before_it_begins"));
    let at = |it: &mut World, who: &Actor, at| {
        commenting::post(&mut it.conn, who, at, now(), paper.id, &input("x")).map(drop)
    };

    let never = at(&mut it, &ben, now());
    open_comments(&mut it.conn, None, now(), paper.id, from, Some(to)).expect("said");

    assert_eq!(code(never), "comments_closed");
    let before = at(&mut it, &ben, from.plus_seconds(-1)).expect_err("before");
    assert_eq!((before.kind, before.code), (Kind::Conflict, "comments_closed"));
    assert_eq!(
        (&before.facts["from"], &before.facts["to"]),
        (&from.rfc3339().into(), &to.rfc3339().into())
    );
    assert_eq!(at(&mut it, &ben, from), Ok(()));
    assert_eq!(at(&mut it, &ben, to.plus_seconds(-1)), Ok(()));
    assert_eq!(code(at(&mut it, &ben, to)), "comments_closed");
    assert_eq!(code(at(&mut it, &ana, to)), "comments_closed", "nor its team");
    let first = all(&mut it, &ben, paper.id)[0].clone();
    let answer = AnswerInput {
        language: "en".into(),
        body: "Late".into(),
    };
    let late = commenting::answer(&mut it.conn, &ana, to, now(), paper.id, first.id, &answer);
    assert_eq!(code(late), "comments_closed");
    let back = commenting::withdraw(&mut it.conn, &ben, to, paper.id, first.id, first.version);
    assert_eq!(
        back.expect("one's own goes at any time").state,
        CommentState::Withdrawn
    );
}

#[test]
fn a_paper_that_is_over_takes_no_comments() {
    let mut it = world();
    let (paper, _) = it.open_to_comments();
    let ben = somebody(&mut it, "Ben");
    post(&mut it, &ben, paper.id, "In time.").expect("posted");

    it.go(paper.id, S::Withdrawn);

    assert_eq!(code(post(&mut it, &ben, paper.id, "Late.")), "comments_closed");
}

#[test]
fn r100_nobody_floods_a_paper_with_comments() {
    let mut it = world();
    let (paper, _) = it.open_to_comments();
    let (ben, eva) = (somebody(&mut it, "Ben"), somebody(&mut it, "Eva"));
    for _ in 0..COMMENTS_MOST {
        post(&mut it, &ben, paper.id, "Again.").expect("posted");
    }

    let flooded = post(&mut it, &ben, paper.id, "Again.").expect_err("enough");

    assert_eq!((flooded.kind, flooded.code), (Kind::TooMany, "too_many"));
    assert!(flooded.retry_after_seconds.is_some());
    assert!(
        post(&mut it, &eva, paper.id, "First.").is_ok(),
        "others are not held up"
    );
    let later = now().plus_minutes(61);
    let later = commenting::post(&mut it.conn, &ben, now(), later, paper.id, &input("Rested."));
    assert!(later.is_ok(), "by the machine's clock");
}

#[test]
fn r100_a_moderated_comment_is_a_placeholder_and_what_it_said_is_for_who_may() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let theme = it.theme;
    let lead = it.lead("Lead", theme);
    let (ben, eva) = (somebody(&mut it, "Ben"), somebody(&mut it, "Eva"));
    let bad = post(&mut it, &ben, paper.id, "RUDE").expect("posted");
    assert_eq!(all(&mut it, &eva, paper.id)[0].body.as_deref(), Some("RUDE"));
    let hide = |it: &mut World, who: &Actor, reason: &str| {
        commenting::moderate(
            &mut it.conn,
            who,
            now(),
            paper.id,
            bad.id,
            bad.version,
            &because(reason),
        )
    };
    let read =
        |it: &mut World, who: &Actor| commenting::hidden_body(&mut it.conn, who, now(), paper.id, bad.id);

    assert_eq!(
        code(hide(&mut it, &ana, "Rude.")),
        "not_allowed",
        "its team does not"
    );
    assert_eq!(code(hide(&mut it, &eva, "Rude.")), "not_allowed");
    assert_eq!(field(hide(&mut it, &lead, " ")), ("reason".into(), "required"));
    hide(&mut it, &lead, "Insults nobody needs.").expect("hidden");

    for who in [&Actor::nobody(), &eva, &ben, &ana, &lead] {
        let told = all(&mut it, who, paper.id);
        assert_eq!(
            (told[0].state, &told[0].body, told[0].moderation_reason.as_deref()),
            (CommentState::Moderated, &None, Some("Insults nobody needs."))
        );
        assert!(!serde_json::to_string(&told).expect("told").contains("RUDE"));
    }
    assert_eq!(all(&mut it, &eva, paper.id)[0].author_name, None);
    assert_eq!(
        all(&mut it, &lead, paper.id)[0].author_name.as_deref(),
        Some("Ben Somebody")
    );
    assert_eq!(code(read(&mut it, &eva)), "not_allowed");
    assert_eq!(code(read(&mut it, &ana)), "not_allowed");
    assert_eq!(read(&mut it, &lead).as_deref(), Ok("RUDE"));
    let filter = audit::Filter {
        act: Some("text.read_hidden_comment".into()),
        ..audit::Filter::default()
    };
    let logged = audit::list(&mut it.conn, &filter, &PageAsk::first()).expect("read");
    let by: Vec<_> = logged.items.iter().map(|entry| entry.actor).collect();
    assert_eq!(
        by,
        [lead.person.map(kernel::Id::cast)],
        "that it was read is logged"
    );
}

#[test]
fn r100_what_somebody_takes_back_leaves_its_place() {
    let mut it = world();
    let (paper, _) = it.open_to_comments();
    let (ben, eva) = (somebody(&mut it, "Ben"), somebody(&mut it, "Eva"));
    let own = post(&mut it, &ben, paper.id, "Hasty").expect("posted");
    let withdraw = |it: &mut World, who: &Actor| {
        commenting::withdraw(&mut it.conn, who, now(), paper.id, own.id, own.version)
    };

    assert_eq!(code(withdraw(&mut it, &eva)), "not_allowed");
    withdraw(&mut it, &ben).expect("taken back");

    let told = all(&mut it, &eva, paper.id);
    assert_eq!(
        (told.len(), told[0].state, &told[0].body, &told[0].author_name),
        (1, CommentState::Withdrawn, &None, &None)
    );
}

#[test]
fn r95_every_comment_has_a_disposition_before_what_was_said_is_worked_in() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let theme = it.theme;
    let lead = it.lead("Lead", theme);
    let ben = somebody(&mut it, "Ben");
    let comments =
        ["One", "Two", "Rude", "Hasty"].map(|body| post(&mut it, &ben, paper.id, body).expect("posted"));
    let [one, two, rude, hasty] = &comments;
    let (conn, id) = (&mut it.conn, paper.id);
    let dispose = |conn: &mut db::Conn, who: &Actor, of: &CommentView, input: &DisposeInput| {
        commenting::dispose(conn, who, now(), id, of.id, of.version, input)
    };

    let waiting = commenting::all_disposed(conn, &paper).expect_err("four wait");
    assert_eq!(
        (waiting.code, &waiting.facts["comments"]),
        ("comments_undisposed", &4.into())
    );
    let by_team = dispose(conn, &ana, one, &disposed(Disposition::Accepted, "Ours."));
    assert_eq!(code(by_team), "not_allowed");
    let without = dispose(conn, &lead, one, &disposed(Disposition::Accepted, ""));
    assert_eq!(field(without), ("reason".into(), "required"));
    let none = dispose(conn, &lead, one, &DisposeInput::default());
    assert_eq!(field(none), ("disposition".into(), "required"));
    dispose(conn, &lead, one, &disposed(Disposition::Partly, "In part two.")).expect("disposed");
    let waiting = commenting::all_disposed(conn, &paper).expect_err("three wait");
    assert_eq!(waiting.facts["comments"], 3);
    let not = disposed(Disposition::NotAccepted, "Outside its theme.");
    dispose(conn, &lead, two, &not).expect("disposed");
    commenting::moderate(conn, &lead, now(), id, rude.id, rude.version, &because("Rude.")).expect("hidden");
    commenting::withdraw(conn, &ben, now(), id, hasty.id, hasty.version).expect("taken back");
    assert_eq!(commenting::all_disposed(conn, &paper), Ok(()));
    let told = &all(&mut it, &Actor::nobody(), paper.id)[1];
    assert_eq!(
        (told.disposition, told.disposition_reason.as_deref()),
        (Some(Disposition::NotAccepted), Some("Outside its theme."))
    );
}

#[test]
fn a_comment_on_another_paper_is_not_there() {
    let mut it = world();
    let (paper, _) = it.open_to_comments();
    let (other, _) = it.out(access_rules::Key::Public);
    let desk = super::root();
    let ben = somebody(&mut it, "Ben");
    let own = post(&mut it, &ben, paper.id, "Here.").expect("posted");
    open_comments(&mut it.conn, None, now(), other.id, now(), None).expect("opened");
    let answer = AnswerInput {
        language: "en".into(),
        body: "There".into(),
    };
    let (conn, id, at) = (&mut it.conn, other.id, now());

    let codes = [
        code(commenting::answer(conn, &ben, at, at, id, own.id, &answer)),
        code(commenting::withdraw(conn, &ben, at, id, own.id, own.version)),
        code(commenting::moderate(
            conn,
            &desk,
            at,
            id,
            own.id,
            own.version,
            &because("x"),
        )),
        code(commenting::dispose(
            conn,
            &desk,
            at,
            id,
            own.id,
            own.version,
            &disposed(Disposition::Accepted, "x"),
        )),
        code(commenting::hidden_body(conn, &desk, at, id, own.id)),
    ];

    assert_eq!(codes, ["not_found"; 5]);
}

#[test]
fn comments_are_on_the_version_that_is_out() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let ben = somebody(&mut it, "Ben");
    let added = it.add(&ana, paper.id, None, "New.").blocks[0].block.id;
    let on_new = CommentInput {
        block: Some(added),
        ..input("On what nobody has seen")
    };
    let say = |it: &mut World| commenting::post(&mut it.conn, &ben, now(), now(), paper.id, &on_new);

    let refused = say(&mut it);
    publish(&mut it.conn, None, now(), paper.id, access_rules::Key::Public).expect("out again");

    assert_eq!(field(refused), ("block".into(), "not_in_version"));
    assert!(say(&mut it).is_ok());
    let filter = CommentFilter {
        block: Some(added),
        on_whole: false,
    };
    let on_block = commenting::list(&mut it.conn, &ben, now(), paper.id, &filter, &PageAsk::first());
    assert_eq!(on_block.expect("listed").items.len(), 1);
}

#[test]
fn r95_a_paper_is_not_consolidated_while_a_comment_waits_and_takes_none_after() {
    let mut it = world();
    let (paper, _) = it.open_to_comments();
    let desk = super::root();
    let ben = somebody(&mut it, "Ben");
    for state in [S::Presented, S::Discussed, S::Debated] {
        it.go(paper.id, state);
    }
    let own = post(&mut it, &ben, paper.id, "Wait.").expect("still taken");

    let refused = go(&mut it.conn, None, now(), paper.id, S::Consolidated, "");

    assert_eq!(code(refused), "comments_undisposed");
    let accepted = disposed(Disposition::Accepted, "Done.");
    commenting::dispose(
        &mut it.conn,
        &desk,
        now(),
        paper.id,
        own.id,
        own.version,
        &accepted,
    )
    .expect("disposed");
    it.go(paper.id, S::Consolidated);
    assert_eq!(code(post(&mut it, &ben, paper.id, "Late.")), "comments_closed");
}

#[test]
fn r95_no_comment_slips_in_while_a_paper_is_consolidated() {
    let mut it = world();
    let (paper, _) = it.open_to_comments();
    for state in [S::Presented, S::Discussed, S::Debated] {
        it.go(paper.id, state);
    }
    let ben = somebody(&mut it, "Ben");
    let (database, id) = (&it.database, paper.id);

    let (said, consolidated) = std::thread::scope(|scope| {
        let said = scope.spawn(move || {
            let answer = database.write("paper.comment", move |conn| {
                commenting::post(conn, &ben, now(), now(), id, &input("Wait.")).map(drop)
            });
            answer.is_ok()
        });
        let consolidated = scope.spawn(move || {
            let answer = database.write("paper.go", move |conn| {
                go(conn, None, now(), id, S::Consolidated, "").map(drop)
            });
            answer.is_ok()
        });
        (
            said.join().expect("no panic"),
            consolidated.join().expect("no panic"),
        )
    });

    assert!(said != consolidated, "one of the two: {said} {consolidated}");
}
