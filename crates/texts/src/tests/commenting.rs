//! Comments, and what became of them.

use access_rules::PersonId;
use db::{Conn, testing};
use kernel::{Id, Kind, PageAsk};
use records::audit::{self, Filter};

use super::{code, field, noon, paragraphs, says, somebody};
use crate::{
    blocks,
    comments::{self, Counts, NewComment, On, Shown},
    model::{BlockId, CommentState, Disposition, Position, TextId},
    personal,
    rules::{COMMENTS_MOST, THREAD_MAX},
    versions,
};

/// A sealed text of two blocks, and somebody.
fn ground(conn: &mut Conn) -> (TextId, [BlockId; 2], PersonId) {
    let (text, there) = paragraphs(conn, &["Cities act.", "Regions act."]);
    versions::seal(conn, None, noon(), text, "").expect("sealed");
    (text, [there[0].id, there[1].id], somebody(conn, "Ana"))
}

fn on(text: TextId, block: Option<BlockId>, position: Position, body: &str) -> NewComment {
    NewComment {
        text,
        number: 1,
        block,
        position,
        language: "en".into(),
        body: body.into(),
    }
}

fn posted(conn: &mut Conn, who: PersonId, input: &NewComment) -> Shown {
    comments::post(conn, Some(who), noon(), noon(), input).expect("posted")
}

#[test]
fn a_comment_is_posted_on_a_version_or_a_block_of_it_and_answered() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, [first, second], ana) = ground(conn);
    let whole = posted(
        conn,
        ana,
        &on(text, None, Position::Neutral, " On\u{202e} the whole "),
    );
    let block = posted(conn, ana, &on(text, Some(first), Position::Support, "Yes"));
    let against = posted(conn, ana, &on(text, Some(first), Position::Oppose, "No"));

    let answer =
        comments::answer(conn, Some(ana), noon(), noon(), block.id, "fr", "Pourquoi ?").expect("answered");

    assert_eq!(whole.body.as_deref(), Some("On the whole"));
    assert_eq!(
        (answer.thread, answer.parent, answer.block, answer.position),
        (block.id, Some(block.id), Some(first), None)
    );
    let listed = |conn: &mut Conn, on| -> Vec<_> {
        let page = comments::list(conn, text, on, &PageAsk::first()).expect("read");
        page.items.into_iter().map(|comment| comment.id).collect()
    };
    assert_eq!(listed(conn, On::Block(first)), [block.id, against.id]);
    assert_eq!(listed(conn, On::Block(second)), []);
    assert_eq!(listed(conn, On::Whole), [whole.id]);
    assert_eq!(listed(conn, On::Anything), [whole.id, block.id, against.id]);
    assert_eq!(
        comments::answers(conn, &[block.id, whole.id]).expect("read"),
        [answer]
    );
    let counts = comments::counts(conn, text, On::Block(first)).expect("counted");
    assert_eq!(
        counts,
        Counts {
            support: 1,
            neutral: 0,
            oppose: 1
        }
    );
    assert_eq!(
        comments::counts(conn, text, On::Anything)
            .expect("counted")
            .neutral,
        1
    );
}

#[test]
fn a_block_that_went_later_can_still_be_commented_in_the_version_that_holds_it() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, [first, _], ana) = ground(conn);
    blocks::remove(conn, None, noon(), first, 1).expect("removed");
    let added = blocks::add(conn, None, noon(), text, None, says("New"))
        .expect("added")
        .block;

    posted(conn, ana, &on(text, Some(first), Position::Support, "Pity"));

    let refused = comments::post(
        conn,
        Some(ana),
        noon(),
        noon(),
        &on(text, Some(added.id), Position::Support, "x"),
    );
    assert_eq!(field(refused), ("block".into(), "not_in_version"));
}

#[test]
fn what_a_comment_may_not_be_is_refused() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, _, ana) = ground(conn);
    let good = on(text, None, Position::Support, "x");
    let post = |conn: &mut Conn, who, input: NewComment| comments::post(conn, who, noon(), noon(), &input);

    assert_eq!(code(post(conn, None, good.clone())), "sign_in_needed");
    assert_eq!(
        code(post(
            conn,
            Some(ana),
            NewComment {
                number: 2,
                ..good.clone()
            }
        )),
        "not_found"
    );
    assert_eq!(
        code(post(
            conn,
            Some(ana),
            NewComment {
                text: Id::new(),
                ..good.clone()
            }
        )),
        "not_found"
    );
    let empty = post(conn, Some(ana), on(text, None, Position::Support, " \u{200b}\n"));
    assert_eq!(field(empty), ("body".into(), "required"));
    let long = post(
        conn,
        Some(ana),
        on(text, None, Position::Support, &"x".repeat(5_001)),
    );
    assert_eq!(field(long), ("body".into(), "too_long"));
    let language = post(
        conn,
        Some(ana),
        NewComment {
            language: "<b>".into(),
            ..good
        },
    );
    assert_eq!(field(language), ("language".into(), "not_a_language"));
}

#[test]
fn a_thread_goes_so_deep_and_no_deeper() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, _, ana) = ground(conn);
    let mut last = posted(conn, ana, &on(text, None, Position::Support, "1"));
    for _ in 1..THREAD_MAX {
        last = comments::answer(conn, Some(ana), noon(), noon(), last.id, "en", "again").expect("answered");
    }

    assert_eq!(
        code(comments::answer(
            conn,
            Some(ana),
            noon(),
            noon(),
            last.id,
            "en",
            "x"
        )),
        "thread_too_deep"
    );
}

#[test]
fn r100_a_moderated_comment_is_hidden_with_a_reason_and_its_placeholder_stays() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, [first, _], ana) = ground(conn);
    let desk = somebody(conn, "Desk");
    let comment = posted(
        conn,
        ana,
        &on(text, Some(first), Position::Oppose, "Something vile"),
    );
    let answer =
        comments::answer(conn, Some(ana), noon(), noon(), comment.id, "en", "Shame").expect("answered");
    assert_eq!(comment.body.as_deref(), Some("Something vile"));

    let without = comments::moderate(conn, Some(desk), noon(), comment.id, 1, " ");
    assert_eq!(field(without), ("reason".into(), "required"));
    let hidden = comments::moderate(conn, Some(desk), noon(), comment.id, 1, "Insults").expect("hidden");

    assert_eq!(
        (hidden.state, hidden.body.clone()),
        (CommentState::Moderated, None)
    );
    assert_eq!(hidden.moderation_reason.as_deref(), Some("Insults"));
    let page = comments::list(conn, text, On::Block(first), &PageAsk::first()).expect("read");
    assert_eq!(page.items, [hidden]);
    assert!(!serde_json::to_string(&page).expect("written").contains("vile"));
    assert_eq!(comments::answers(conn, &[comment.id]).expect("read"), [answer]);
    assert_eq!(
        comments::counts(conn, text, On::Anything).expect("counted"),
        Counts::default()
    );
    assert_eq!(
        comments::hidden_body(conn, Some(desk), noon(), comment.id).as_deref(),
        Ok("Something vile")
    );
    let log = audit::list(conn, &Filter::default(), &PageAsk::first()).expect("read");
    let acts: Vec<_> = log.items.iter().take(2).map(|entry| entry.act.as_str()).collect();
    assert_eq!(acts, ["text.read_hidden_comment", "text.moderate_comment"]);
    assert!(log.items.iter().all(|entry| !entry.summary.contains("vile")));
    assert_eq!(
        code(comments::moderate(conn, Some(desk), noon(), comment.id, 2, "x")),
        "comment_hidden"
    );
    assert_eq!(
        code(comments::answer(
            conn,
            Some(ana),
            noon(),
            noon(),
            comment.id,
            "en",
            "x"
        )),
        "comment_hidden"
    );
}

#[test]
fn r100_an_author_takes_a_comment_back_and_its_place_stays() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, _, ana) = ground(conn);
    let bo = somebody(conn, "Bo");
    let comment = posted(conn, ana, &on(text, None, Position::Support, "Hasty"));

    let others = comments::withdraw(conn, Some(bo), noon(), comment.id, 1).expect_err("another's");
    assert_eq!(others.kind, Kind::Forbidden);
    let gone = comments::withdraw(conn, Some(ana), noon(), comment.id, 1).expect("taken back");

    assert_eq!((gone.state, gone.body), (CommentState::Withdrawn, None));
    assert_eq!(
        comments::list(conn, text, On::Whole, &PageAsk::first())
            .expect("read")
            .items
            .len(),
        1
    );
    assert_eq!(
        comments::hidden_body(conn, None, noon(), comment.id).as_deref(),
        Ok("")
    );
}

#[test]
fn r95_every_comment_gets_a_disposition_with_a_reason() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, [first, _], ana) = ground(conn);
    let one = posted(conn, ana, &on(text, Some(first), Position::Oppose, "one"));
    let two = posted(conn, ana, &on(text, None, Position::Support, "two"));
    let vile = posted(conn, ana, &on(text, None, Position::Oppose, "vile"));
    let answer = comments::answer(conn, Some(ana), noon(), noon(), one.id, "en", "x").expect("answered");
    let refused = comments::all_disposed(conn, text).expect_err("three wait");
    assert_eq!(
        (refused.code, refused.facts["comments"].as_i64()),
        ("comments_undisposed", Some(3))
    );

    let dispose = |conn: &mut Conn, id, version, reason| {
        comments::dispose(conn, Some(ana), noon(), id, version, Disposition::Partly, reason)
    };
    assert_eq!(field(dispose(conn, one.id, 1, "")), ("reason".into(), "required"));
    assert_eq!(code(dispose(conn, answer.id, 1, "x")), "answer_not_disposed");
    assert_eq!(code(dispose(conn, one.id, 9, "x")), "stale");
    let disposed = dispose(conn, one.id, 1, "Taken into § 1").expect("disposed");
    dispose(conn, two.id, 1, "Said already").expect("disposed");
    comments::moderate(conn, None, noon(), vile.id, 1, "Insults").expect("hidden");

    assert_eq!(
        (
            disposed.disposition,
            disposed.disposition_reason.as_deref(),
            disposed.version
        ),
        (Some(Disposition::Partly), Some("Taken into § 1"), 2)
    );
    assert_eq!(comments::undisposed(conn, text), Ok(0));
    comments::all_disposed(conn, text).expect("every one");
}

#[test]
fn r100_an_author_comments_so_often_an_hour() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, _, ana) = ground(conn);
    let bo = somebody(conn, "Bo");
    let input = on(text, None, Position::Support, "again");
    for _ in 0..COMMENTS_MOST {
        posted(conn, ana, &input);
    }

    let refused = comments::post(conn, Some(ana), noon(), noon(), &input).expect_err("too often");

    assert_eq!((refused.code, refused.kind), ("too_many", Kind::TooMany));
    posted(conn, bo, &input);
    let later = noon().plus_minutes(60);
    comments::post(conn, Some(ana), noon(), later, &input).expect("posted");
}

#[test]
fn a_long_debate_is_read_page_by_page() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, _, ana) = ground(conn);
    let all: Vec<_> = (0..7)
        .map(|number| posted(conn, ana, &on(text, None, Position::Neutral, &number.to_string())).id)
        .collect();

    let mut ask = PageAsk::of(3);
    let mut found = Vec::new();
    loop {
        let page = comments::list(conn, text, On::Whole, &ask).expect("read");
        found.extend(page.items.iter().map(|comment| comment.id));
        match page.next {
            Some(next) => ask.after = Some(next),
            None => break,
        }
    }

    assert_eq!(found, all);
}

#[test]
fn whoever_is_erased_is_named_no_more_and_what_they_said_that_was_hidden_is_gone() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, [first, _], ana) = ground(conn);
    versions::seal(conn, None, noon(), text, "").expect("the same");
    blocks::change(conn, None, noon(), first, 1, says("All cities act.")).expect("changed");
    versions::seal(conn, None, noon(), text, "As Ana Sol asked").expect("sealed");
    let other = somebody(conn, "Luis");
    let answered = posted(
        conn,
        other,
        &on(
            text,
            None,
            Position::Support,
            "Ana Sol is right, Joana Sol is not",
        ),
    );
    comments::dispose(
        conn,
        None,
        noon(),
        answered.id,
        1,
        Disposition::Accepted,
        "See Ana Sol’s",
    )
    .expect("disposed");
    let vile = posted(conn, ana, &on(text, None, Position::Oppose, "Something vile"));
    comments::moderate(conn, None, noon(), vile.id, 1, "Insults of Ana Sol").expect("hidden");
    let others = posted(conn, other, &on(text, None, Position::Oppose, "Also vile"));
    comments::moderate(conn, None, noon(), others.id, 1, "Insults").expect("hidden");

    let gone = personal::forget_hidden(conn, ana).expect("forgotten");
    personal::take_names_out(conn, &["Ana Sol"], "Person 7").expect("taken out");

    assert_eq!(gone, 1);
    let said = |conn: &mut Conn, id| comments::hidden_body(conn, None, noon(), id).expect("read");
    assert_eq!(
        (said(conn, vile.id), said(conn, others.id)),
        (String::new(), "Also vile".into())
    );
    let read = comments::list(conn, text, On::Anything, &PageAsk::first())
        .expect("read")
        .items;
    assert_eq!(
        (
            read[0].body.as_deref(),
            read[0].disposition_reason.as_deref(),
            read[1].moderation_reason.as_deref()
        ),
        (
            Some("Person 7 is right, Joana Sol is not"),
            Some("See Person 7’s"),
            Some("Insults of Person 7")
        )
    );
    let sealed = versions::get(conn, text, 2).expect("there");
    assert_eq!(sealed.note, "As Person 7 asked");
}
