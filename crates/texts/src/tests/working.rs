//! The working copy, its versions, and where anchors lead.

use access_rules::Key;
use db::{on_each, testing};
use diesel::prelude::*;
use kernel::{Id, Json, Kind, Localized};
use records::audit::{self, Filter};
use serde_json::json;

use super::{a_text, code, field, noon, paragraphs, says, somebody, words};
use crate::{
    blocks,
    clean::Notice,
    diff::Change,
    model::{Block, BlockId, BlockKind, Content, Run, WorkingBlock, blocks_of},
    tables::text_blocks,
    texts::{self, NewText},
    versions::{self, Resolved},
};

#[test]
fn a_text_is_begun_with_its_blocks_and_found_again() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let who = somebody(conn, "Ana");
    let mut note = Block::paragraph("On the way.");
    note.kind = BlockKind::Footnote;
    let mut table = Block::paragraph("");
    table.kind = BlockKind::Table;
    table.content = Content::Table {
        rows: vec![
            vec![vec![Run::plain("a")], vec![]],
            vec![vec![], vec![Run::plain("b")]],
        ],
    };
    let mut marked = Block::item(2, true, "x");
    marked.content = Content::Text(vec![
        Run {
            strong: true,
            link: Some("https://x.org/".into()),
            ..Run::plain("x")
        },
        Run::mark(note.id),
    ]);
    let given = vec![Block::heading(2, "Housing"), marked, table, note];
    let new = NewText {
        language: "fr".into(),
        title: Localized::of("Housing", " Logement ", ""),
        edition: None,
        visible_to: Key::Members,
        blocks: given.clone(),
    };

    let text = texts::begin(conn, Some(who), noon(), new).expect("begun");

    assert_eq!(texts::find(conn, text.id).expect("read"), Some(text.clone()));
    assert_eq!(
        (text.language.as_str(), text.visible_to.as_str(), text.version),
        ("fr", "members", 1)
    );
    assert_eq!(text.title.0.get("fr").map(String::as_str), Some("Logement"));
    let found = blocks_of(&texts::working(conn, text.id).expect("read"));
    assert_eq!(
        super::arbitrary::up_to_ids(found.clone()),
        super::arbitrary::up_to_ids(given.clone())
    );
    assert!(
        found
            .iter()
            .zip(&given)
            .all(|(found, given)| found.id != given.id),
        "ids are the text's own"
    );
    let log = audit::list(conn, &Filter::default(), &kernel::PageAsk::first()).expect("read");
    assert_eq!(
        (log.items[0].act.as_str(), log.items[0].actor),
        ("text.begin", Some(who.cast()))
    );
}

#[test]
fn what_a_text_may_not_begin_with_is_told_beside_its_field() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let new = NewText {
        language: "English".into(),
        title: Localized::default(),
        edition: None,
        visible_to: Key::Public,
        blocks: vec![Block::paragraph("x".repeat(20_001))],
    };

    let refused = texts::begin(conn, None, noon(), new).expect_err("refused");

    let fields: Vec<_> = refused
        .fields
        .iter()
        .map(|field| (field.field.as_str(), field.code))
        .collect();
    assert_eq!(
        fields,
        [("language", "not_a_language"), ("blocks.0.content", "too_long")]
    );
    assert_eq!(code(texts::get(conn, Id::new())), "not_found");
    assert_eq!(
        code(texts::show_to(conn, None, noon(), Id::new(), &Key::Public)),
        "not_found"
    );
}

#[test]
fn a_text_is_renamed_and_shown_on_the_version_that_was_seen() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let text = a_text(conn, vec![]);
    let title = Localized::only("en", "Housing for all");

    let renamed = texts::rename(conn, None, noon(), text.id, Some(1), &title).expect("renamed");
    let late = texts::rename(conn, None, noon(), text.id, Some(1), &Localized::only("en", "x"));
    let shown = texts::show_to(conn, None, noon(), text.id, &Key::SignedIn).expect("shown");

    assert_eq!((renamed.version, &renamed.title), (2, &title));
    assert_eq!(code(late), "stale");
    assert_eq!((shown.visible_to.as_str(), &shown.title), ("signed_in", &title));
}

#[test]
fn blocks_are_put_in_changed_moved_and_taken_out() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["a", "b", "c"]);
    let now = noon();

    let first = blocks::add(conn, None, now, text, None, says("first"))
        .expect("added")
        .block;
    let after_b = blocks::add(conn, None, now, text, Some(there[1].id), says(" after  b ")).expect("added");
    let last = blocks::add(conn, None, now, text, Some(there[2].id), says("last"))
        .expect("added")
        .block;
    blocks::change(conn, None, now, there[0].id, 1, says("A")).expect("changed");
    blocks::move_after(conn, None, now, first.id, Some(last.id)).expect("moved");
    blocks::move_after(conn, None, now, there[2].id, None).expect("moved");
    blocks::remove(conn, None, now, there[1].id, 1).expect("removed");

    assert_eq!(words(conn, text), ["c", "A", "after b", "last", "first"]);
    assert_eq!(after_b.block.version, 1);
    assert_eq!(texts::get(conn, text).expect("there").version, 8);
}

#[test]
fn where_there_is_no_place_left_all_are_placed_anew() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["a", "z"]);

    for number in 0..50 {
        blocks::add(
            conn,
            None,
            noon(),
            text,
            Some(there[0].id),
            says(&number.to_string()),
        )
        .expect("added");
    }

    let expected: Vec<String> = (0..50).rev().map(|number| number.to_string()).collect();
    let found = words(conn, text);
    assert_eq!((found[0].as_str(), found[51].as_str()), ("a", "z"));
    assert_eq!(found[1..51], expected);
}

#[test]
fn two_hands_on_one_block_are_told_and_nothing_is_lost() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (_, there) = paragraphs(conn, &["a", "b"]);
    let now = noon();
    blocks::change(conn, None, now, there[0].id, 1, says("one hand")).expect("changed");

    let late = blocks::change(conn, None, now, there[0].id, 1, says("another")).expect_err("stale");
    let elsewhere = blocks::change(conn, None, now, there[1].id, 1, says("elsewhere"));
    let takes_out = blocks::remove(conn, None, now, there[0].id, 1);

    assert_eq!(late.kind, Kind::Stale);
    assert_eq!(late.facts["now"]["content"], json!([{ "text": "one hand" }]));
    assert_eq!(late.facts["now"]["version"], json!(2));
    assert!(elsewhere.is_ok(), "another block is another hand's");
    assert_eq!(code(takes_out), "stale");
    let seen = late.facts["now"]["version"].as_i64().expect("a number");
    blocks::change(conn, None, now, there[0].id, seen, says("after all")).expect("changed");
}

#[test]
fn a_block_that_moves_can_be_changed_all_the_while() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["a", "b"]);

    blocks::move_after(conn, None, noon(), there[0].id, Some(there[1].id)).expect("moved");
    blocks::change(conn, None, noon(), there[0].id, 1, says("changed")).expect("changed");

    assert_eq!(words(conn, text), ["b", "changed"]);
}

#[test]
fn a_block_stands_after_one_of_its_own_text() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, own) = paragraphs(conn, &["a", "b"]);
    let (_, others) = paragraphs(conn, &["c"]);
    blocks::remove(conn, None, noon(), own[1].id, 1).expect("removed");

    for after in [others[0].id, own[1].id, Id::new()] {
        let refused = blocks::add(conn, None, noon(), text, Some(after), says("x"));
        assert_eq!(field(refused), ("after".into(), "no_such_place"));
    }
    let after_itself = blocks::move_after(conn, None, noon(), own[0].id, Some(own[0].id));
    assert_eq!(code(after_itself), "no_such_place");
    assert_eq!(
        code(blocks::add(conn, None, noon(), Id::new(), None, says("x"))),
        "not_found"
    );
}

#[test]
fn what_a_block_may_not_hold_is_refused_and_what_was_flattened_is_told() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["a"]);
    let mut marked = says("x");
    marked.content = Content::Text(vec![Run::mark(Id::new())]);

    assert_eq!(
        field(blocks::add(conn, None, noon(), text, None, says(" \u{200b} "))),
        ("content".into(), "required")
    );
    assert_eq!(
        field(blocks::add(conn, None, noon(), text, None, marked)),
        ("content".into(), "note_unknown")
    );
    let long = says(&"x".repeat(20_001));
    assert_eq!(
        field(blocks::change(conn, None, noon(), there[0].id, 1, long)),
        ("content".into(), "too_long")
    );
    let deep = blocks::add(
        conn,
        None,
        noon(),
        text,
        None,
        Block::item(200, true, "deep").input(),
    )
    .expect("added");
    assert_eq!(
        (deep.block.level, deep.notices.0.get(&Notice::DepthFlattened)),
        (6, Some(&1))
    );
}

#[test]
fn a_footnote_stays_as_long_as_a_mark_leads_to_it() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let text = a_text(conn, vec![]).id;
    let footnote = BlockKind::Footnote;
    let note = blocks::add(
        conn,
        None,
        noon(),
        text,
        None,
        crate::model::BlockInput {
            kind: footnote,
            ..says("Note")
        },
    );
    let note = note.expect("added").block;
    let mut marked = says("x");
    marked.content = Content::Text(vec![Run::plain("x"), Run::mark(note.id)]);
    let marked = blocks::add(conn, None, noon(), text, None, marked)
        .expect("added")
        .block;

    assert_eq!(
        code(blocks::remove(conn, None, noon(), note.id, 1)),
        "footnote_in_use"
    );
    assert_eq!(
        code(blocks::change(conn, None, noon(), note.id, 1, says("no note"))),
        "footnote_in_use"
    );
    blocks::change(conn, None, noon(), marked.id, 1, says("x")).expect("changed");
    blocks::remove(conn, None, noon(), note.id, 1).expect("removed");
}

#[test]
fn r87_an_anchor_survives_renumbering() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let text = a_text(
        conn,
        vec![Block::heading(1, "Land"), Block::paragraph("Anchored")],
    )
    .id;
    let anchored = texts::working(conn, text).expect("read")[1].id;
    let called = |conn: &mut db::Conn| match versions::resolve(conn, text, anchored).expect("resolved") {
        Resolved::Here { place, label, block } => (place, label.called(), block.content.words()),
        Resolved::Tombstone { .. } => panic!("it is there"),
    };
    assert_eq!(called(conn), (2, "§ 2".into(), "Anchored".into()));

    blocks::add(
        conn,
        None,
        noon(),
        text,
        None,
        Block::heading(1, "Housing").input(),
    )
    .expect("added");
    blocks::add(conn, None, noon(), text, None, says("Preamble")).expect("added");
    versions::seal(conn, None, noon(), text, "").expect("sealed");

    assert_eq!(called(conn), (4, "§ 4".into(), "Anchored".into()));
}

#[test]
fn r87_an_anchor_leads_to_a_tombstone_that_names_the_last_version() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["kept", "goes"]);
    let now = noon();
    versions::seal(conn, None, now, text, "one").expect("sealed");
    blocks::change(conn, None, now, there[0].id, 1, says("kept on")).expect("changed");
    versions::seal(conn, None, now, text, "two").expect("sealed");
    let fleeting = blocks::add(conn, None, now, text, None, says("fleeting"))
        .expect("added")
        .block;

    blocks::remove(conn, None, now, there[1].id, 1).expect("removed");
    blocks::remove(conn, None, now, fleeting.id, 1).expect("removed");
    versions::seal(conn, None, now, text, "three").expect("sealed");

    let led = |conn: &mut db::Conn, id: BlockId| match versions::resolve(conn, text, id).expect("resolved") {
        Resolved::Tombstone { version, block } => (version, block.map(|block| block.content.words())),
        Resolved::Here { .. } => panic!("it is gone"),
    };
    assert_eq!(led(conn, there[1].id), (Some(2), Some("goes".into())));
    assert_eq!(led(conn, fleeting.id), (None, None));
    let sealed = versions::get(conn, text, 2).expect("there");
    assert!(sealed.blocks.0.iter().any(|block| block.id == there[1].id));
    let gone = blocks::change(conn, None, now, there[1].id, 1, says("too late")).expect_err("gone");
    assert_eq!(
        (gone.code, gone.kind, &gone.facts["version"]),
        ("block_removed", Kind::Gone, &json!(2))
    );
    let (other, _) = paragraphs(conn, &["x"]);
    assert_eq!(code(versions::resolve(conn, other, there[0].id)), "not_found");
}

#[test]
fn a_tombstone_tells_no_words_that_were_never_sealed() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["as sealed"]);
    versions::seal(conn, None, noon(), text, "").expect("sealed");
    blocks::change(conn, None, noon(), there[0].id, 1, says("a slip of the pen")).expect("changed");
    blocks::remove(conn, None, noon(), there[0].id, 2).expect("removed");

    let led = versions::resolve(conn, text, there[0].id).expect("resolved");

    let expected = Resolved::Tombstone {
        version: Some(1),
        block: Some(there[0].block()),
    };
    assert_eq!(led, expected);
}

#[test]
fn r87_a_version_is_sealed_once_and_never_changes() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let who = somebody(conn, "Ana");
    let (text, there) = paragraphs(conn, &["a", "b"]);

    let one = versions::seal(conn, Some(who), noon(), text, "For the sitting").expect("sealed");
    let again = versions::seal(conn, None, noon().plus_days(1), text, "x").expect("the same");
    blocks::change(conn, None, noon(), there[0].id, 1, says("A")).expect("changed");
    let two = versions::seal(conn, None, noon(), text, "").expect("sealed");
    texts::rename(conn, None, noon(), text, None, &Localized::only("en", "Other")).expect("renamed");
    let three = versions::seal(conn, None, noon(), text, "").expect("sealed");

    assert_eq!(again, one);
    assert_eq!((one.number, two.number, three.number), (1, 2, 3));
    assert_eq!(versions::get(conn, text, 1).expect("there"), one);
    assert_eq!(crate::rules::text_hash("en", &one.title, &one.blocks.0), one.hash);
    let listed: Vec<_> = versions::list(conn, text)
        .expect("read")
        .into_iter()
        .map(|line| (line.number, line.note))
        .collect();
    assert_eq!(
        listed,
        [
            (3, String::new()),
            (2, String::new()),
            (1, "For the sitting".into())
        ]
    );
    let diff = versions::between(conn, text, 1, Some(2)).expect("compared");
    assert_eq!(
        diff.iter().map(|diff| diff.change).collect::<Vec<_>>(),
        [Change::Changed, Change::Same]
    );
    let since = versions::between(conn, text, 2, None).expect("compared");
    assert!(since.iter().all(|diff| diff.change == Change::Same));
    assert_eq!(code(versions::get(conn, text, 4)), "not_found");
}

#[test]
fn r87_an_import_keeps_the_ids_of_blocks_that_say_the_same_or_nearly_so() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let said = [
        "Cities act for housing.",
        "A passage that goes.",
        "Regions act as well as cities do.",
    ];
    let (text, there) = paragraphs(conn, &said);
    versions::seal(conn, None, noon(), text, "").expect("sealed");
    let written = "Regions act as well as cities do.\n\nCities act for decent housing.\n\nWhat nobody wrote before[^1].\n\n[^1]: A note.\n";
    let imported = crate::markdown::import(written).expect("read");

    let seen = texts::get(conn, text).expect("there").version;
    let done = blocks::replace_all(conn, None, noon(), text, Some(seen), imported.blocks).expect("replaced");

    assert_eq!((done.kept, done.changed, done.added, done.removed), (1, 1, 2, 1));
    let working = texts::working(conn, text).expect("read");
    assert_eq!((working[0].id, working[0].version), (there[2].id, 1));
    assert_eq!((working[1].id, working[1].version), (there[0].id, 2));
    assert_eq!(working[2].content.0.notes().collect::<Vec<_>>(), [working[3].id]);
    assert!(matches!(
        versions::resolve(conn, text, there[1].id),
        Ok(Resolved::Tombstone { version: Some(1), .. })
    ));
    let late = blocks::replace_all(conn, None, noon(), text, Some(seen), vec![]);
    assert_eq!(code(late), "stale");
}

#[test]
fn r87_a_page_that_was_copied_out_and_pasted_back_keeps_every_id() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["one", "two", "three"]);
    let (_, others) = paragraphs(conn, &["of another text"]);
    let showing = crate::html::Showing {
        language: "en",
        headings_from: 2,
        has_numbers: true,
    };
    let mut page =
        crate::html::render(&blocks_of(&there), &showing).replace("two", "another thing altogether");
    page.push_str(&crate::html::render(&blocks_of(&others), &showing));
    let imported = crate::paste::import(&page).expect("read");

    blocks::replace_all(conn, None, noon(), text, None, imported.blocks).expect("replaced");

    let working = texts::working(conn, text).expect("read");
    let ids: Vec<BlockId> = working.iter().map(|block| block.id).collect();
    assert_eq!(ids[..3], [there[0].id, there[1].id, there[2].id]);
    assert_ne!(ids[3], others[0].id, "no block of another text is taken");
    assert_eq!(
        words(conn, text),
        ["one", "another thing altogether", "three", "of another text"]
    );
}

#[test]
fn a_text_holds_only_so_many_blocks() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let text = a_text(conn, vec![]).id;
    db_fill(conn, text);

    assert_eq!(
        code(blocks::add(conn, None, noon(), text, None, says("one more"))),
        "text_full"
    );
}

#[test]
fn a_text_holds_only_so_many_bytes() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    // An emoji of a family is one grapheme and 25 bytes.
    let long = "👨‍👩‍👧‍👦".repeat(3_000);
    let most = crate::clean::BYTES_MAX / (long.len() + 32);
    let (text, there) = paragraphs(conn, &vec![long.as_str(); most]);
    let add = |conn: &mut db::Conn| blocks::add(conn, None, noon(), text, None, says(&long));

    let full = code(add(conn));
    let grown = blocks::change(conn, None, noon(), there[0].id, 1, says(&format!("{long}{long}")));
    let shorter = blocks::change(conn, None, noon(), there[0].id, 1, says("short"));

    assert_eq!(full, "text_full");
    assert_eq!(code(grown), "text_full");
    assert!(shorter.is_ok());
    assert!(add(conn).is_ok());
    let more = (0..=most).map(|_| Block::paragraph(long.as_str())).collect();
    assert_eq!(
        field(blocks::replace_all(conn, None, noon(), text, None, more)),
        ("blocks".into(), "text_full")
    );
}

#[test]
fn two_blocks_of_one_id_are_refused() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["one"]);
    let own = there[0].block();
    let new = Block::paragraph("new");

    for twice in [vec![own.clone(), own], vec![new.clone(), new]] {
        assert_eq!(
            field(blocks::replace_all(conn, None, noon(), text, None, twice)),
            ("blocks.1.id".into(), "block_twice")
        );
    }
}

/// As many blocks as a text may have.
fn db_fill(conn: &mut db::Conn, text: crate::model::TextId) {
    conn.execute_batch("BEGIN").expect("begun");
    for place in 0..crate::clean::BLOCKS_MAX {
        let row = WorkingBlock {
            id: Id::new(),
            text,
            place: crate::rules::place_at(place),
            kind: BlockKind::Paragraph,
            level: 0,
            numbered: false,
            content: Json(Content::plain("x")),
            version: 1,
            added_after: 0,
            removed_in: None,
        };
        on_each!(conn, |c| diesel::insert_into(text_blocks::table)
            .values(&row)
            .execute(c))
        .expect("inserted");
    }
    conn.execute_batch("COMMIT").expect("kept");
}

#[test]
fn fifty_hands_on_one_text_at_once_lose_nothing() {
    let database = testing::fresh();
    let (text, there) = paragraphs(&mut database.conn(), &["a", "b", "c", "d"]);

    std::thread::scope(|scope| {
        for hand in 0..50_usize {
            let (database, block) = (&database, there[hand % 4].id);
            scope.spawn(move || {
                let adds = move |conn: &mut db::Conn| {
                    let input = says(&format!("by {hand}"));
                    blocks::add(conn, None, noon(), text, Some(block), input).map(drop)
                };
                database.write("add", adds).expect("added");
                database
                    .write("seal", move |conn| {
                        versions::seal(conn, None, noon(), text, "").map(drop)
                    })
                    .expect("sealed");
            });
        }
    });

    let conn = &mut database.conn();
    assert_eq!(words(conn, text).len(), 54);
    let numbers: Vec<i64> = versions::list(conn, text)
        .expect("read")
        .iter()
        .map(|line| line.number)
        .collect();
    let expected: Vec<i64> = (1..=i64::try_from(numbers.len()).expect("few")).rev().collect();
    assert_eq!(numbers, expected);
    assert_eq!(texts::get(conn, text).expect("there").version, 51);
}
