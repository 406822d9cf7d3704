//! Writing at a paper.

use kernel::{Kind, Localized};
use texts::model::{Block, BlockKind, Content, Run};

use super::{code, field, now, says, world};
use crate::{
    model::{PaperState as S, PaperTrack},
    writing::{self, BlockForm, ImportInput, MoveInput, TitleInput},
};

#[test]
fn two_editors_on_one_block_the_second_is_told_what_is_there() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["Cities act.", "Regions act."]);
    let ben = it.drafter("Ben", paper.id);
    let [first, second] = it.blocks(&ana, paper.id)[..] else {
        panic!("two blocks")
    };
    let change = |it: &mut super::World, who, block, version, words: &str| {
        writing::change(&mut it.conn, who, now(), paper.id, block, version, &says(words))
    };

    change(&mut it, &ana, first, 1, "Cities act at once.").expect("the first");
    let refused = change(&mut it, &ben, first, 1, "Cities wait.").expect_err("the second");
    let elsewhere = change(&mut it, &ben, second, 1, "Regions too.");

    assert_eq!((refused.kind, refused.code), (Kind::Stale, "stale"));
    let there = &refused.facts["now"];
    assert_eq!(
        (&there["version"], &there["content"][0]["text"]),
        (&2.into(), &"Cities act at once.".into())
    );
    assert!(elsewhere.is_ok(), "different blocks never disturb each other");
    assert_eq!(it.words(&ana, paper.id), ["Cities act at once.", "Regions too."]);
    change(&mut it, &ben, first, 2, "Cities act, and wait.").expect("on what is there");
    let refused = writing::remove(&mut it.conn, &ana, now(), paper.id, first, 2).expect_err("stale");
    assert_eq!(refused.facts["now"]["version"], 3);
}

#[test]
fn blocks_are_added_moved_and_taken_out() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["One", "Two", "Three"]);
    let ids = it.blocks(&ana, paper.id);

    let to = MoveInput { after: Some(ids[2]) };
    writing::move_after(&mut it.conn, &ana, now(), paper.id, ids[0], &to).expect("moved");
    let gone = writing::remove(&mut it.conn, &ana, now(), paper.id, ids[1], 1).expect("taken out");
    let form = BlockForm {
        after: Some(ids[2]),
        markdown: Some("## Four\n\n- five\n".into()),
        ..BlockForm::default()
    };
    let added = writing::add(&mut it.conn, &ana, now(), paper.id, &form).expect("added");

    assert!(gone.is_removed);
    let kinds: Vec<_> = added.blocks.iter().map(|view| view.block.kind).collect();
    assert_eq!(kinds, [BlockKind::Heading, BlockKind::Item]);
    assert_eq!(it.words(&ana, paper.id), ["Three", "Four", "five", "One"]);
}

#[test]
fn markdown_of_a_block_changes_it_and_what_is_more_stands_after_it() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["One", "Two"]);
    let ids = it.blocks(&ana, paper.id);
    let form = |markdown: &str| BlockForm {
        markdown: Some(markdown.into()),
        ..BlockForm::default()
    };

    let edited = writing::change(
        &mut it.conn,
        &ana,
        now(),
        paper.id,
        ids[0],
        1,
        &form("**One**\n\nand a half"),
    )
    .expect("changed");

    assert_eq!((edited.blocks[0].block.id, edited.blocks[0].version), (ids[0], 2));
    assert!(edited.blocks[0].block.content.runs().all(|run| run.strong));
    assert_eq!(it.words(&ana, paper.id), ["One", "and a half", "Two"]);
    let nothing = writing::change(&mut it.conn, &ana, now(), paper.id, ids[0], 2, &form(" "));
    assert_eq!(field(nothing), ("markdown".into(), "required"));
    let neither = writing::add(&mut it.conn, &ana, now(), paper.id, &BlockForm::default());
    assert_eq!(field(neither), ("content".into(), "required"));
}

#[test]
fn the_mark_of_a_footnote_is_not_lost_where_its_block_is_written_as_markdown() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["One"]);
    let note = BlockForm {
        kind: Some(BlockKind::Footnote),
        ..says("A source.")
    };
    let note = writing::add(&mut it.conn, &ana, now(), paper.id, &note).expect("added");
    let note = note.blocks[0].block.id;
    let marked = BlockForm {
        content: Some(Content::Text(vec![Run::plain("Marked"), Run::mark(note)])),
        ..BlockForm::default()
    };
    let marked = writing::add(&mut it.conn, &ana, now(), paper.id, &marked).expect("added");
    let marked = marked.blocks[0].block.id;

    let form = BlockForm {
        markdown: Some("Written anew".into()),
        ..BlockForm::default()
    };
    let edited = writing::change(&mut it.conn, &ana, now(), paper.id, marked, 1, &form).expect("changed");

    let content = &edited.blocks[0].block.content;
    assert_eq!(content.words(), "Written anew");
    assert_eq!(content.notes().collect::<Vec<_>>(), [note]);
}

#[test]
fn a_block_of_another_paper_is_not_there() {
    let mut it = world();
    let (mine, ana) = it.drafted(PaperTrack::Assembly, &["Mine"]);
    let theirs = it.begun(PaperTrack::TownHall);
    let ben = it.drafter("Ben", theirs.id);
    let block = it.add(&ben, theirs.id, None, "Theirs").blocks[0].block.id;
    let conn = &mut it.conn;

    let refused = [
        code(writing::change(conn, &ana, now(), mine.id, block, 1, &says("x"))),
        code(writing::remove(conn, &ana, now(), mine.id, block, 1)),
        code(writing::move_after(
            conn,
            &ana,
            now(),
            mine.id,
            block,
            &MoveInput::default(),
        )),
        code(crate::versions::resolve(conn, &ana, now(), mine.id, block)),
    ];

    assert_eq!(refused, ["not_found"; 4]);
    assert_eq!(it.words(&ben, theirs.id), ["Theirs"]);
}

#[test]
fn r87_blocks_keep_their_ids_when_the_whole_is_pasted_in_anew() {
    let mut it = world();
    let (paper, ana) = it.drafted(
        PaperTrack::Assembly,
        &["Cities act on water.", "Regions act on land."],
    );
    let before = it.blocks(&ana, paper.id);
    let html = ImportInput {
        text: "<h1>Preamble</h1><p>Cities act on water now.</p><p>Regions act on land.</p>".into(),
    };

    let replaced =
        writing::replace_all_html(&mut it.conn, &ana, now(), paper.id, None, &html).expect("replaced");

    assert_eq!(
        (replaced.kept, replaced.changed, replaced.added, replaced.removed),
        (1, 1, 1, 0)
    );
    assert_eq!(it.blocks(&ana, paper.id)[1..], before);
    let shown = it.shown(&ana, paper.id);
    let called: Vec<_> = shown.blocks.iter().map(|block| block.label.called()).collect();
    assert_eq!(called, ["1.", "§ 2", "§ 3"], "they are numbered anew");
    let seen = shown.text_version;
    it.replace(&ana, paper.id, "Something else.");
    let stale = writing::replace_all_html(&mut it.conn, &ana, now(), paper.id, seen, &html);
    assert_eq!(code(stale), "stale");
}

#[test]
fn a_title_is_given_on_the_version_that_was_seen() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["One"]);
    let seen = it.shown(&ana, paper.id).text_version;
    let title = |text: &str| TitleInput {
        title: Localized::only("en", text),
    };

    writing::rename(&mut it.conn, &ana, now(), paper.id, seen, &title("Land")).expect("renamed");
    let stale = writing::rename(&mut it.conn, &ana, now(), paper.id, seen, &title("Air"));

    assert_eq!(code(stale), "stale");
    assert_eq!(it.shown(&ana, paper.id).title, Localized::only("en", "Land"));
}

#[test]
fn a_returned_paper_is_drafted_again_with_the_first_edit() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["One"]);
    it.submit(&ana, paper.id, now()).expect("handed in");
    let block = it.blocks(&ana, paper.id)[0];
    let shut = writing::change(&mut it.conn, &ana, now(), paper.id, block, 1, &says("x"));
    assert_eq!(
        code(shut),
        "paper_not_writable",
        "nobody changes what is handed in"
    );
    it.go(paper.id, S::Screened);
    it.go(paper.id, S::Returned);

    writing::change(
        &mut it.conn,
        &ana,
        now(),
        paper.id,
        block,
        1,
        &says("One, and why."),
    )
    .expect("changed");

    assert_eq!(it.row(paper.id).state, S::Drafting);
    it.submit(&ana, paper.id, now()).expect("handed in again");
    let versions = crate::versions::list(&mut it.conn, &ana, now(), paper.id).expect("read");
    let numbers: Vec<_> = versions.iter().map(|version| version.number).collect();
    assert_eq!(numbers, [2, 1], "each time it is sealed");
}

#[test]
fn priorities_of_a_returned_paper_are_set_on_the_version_that_was_seen() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["One"]);
    it.submit(&ana, paper.id, now()).expect("handed in");
    it.go(paper.id, S::Screened);
    let returned = it.go(paper.id, S::Returned);
    let input = writing::PrioritiesInput {
        priorities: vec![super::priority()],
    };

    let set = writing::set_priorities(
        &mut it.conn,
        &ana,
        now(),
        paper.id,
        Some(returned.version),
        &input,
    );

    assert_eq!(set.expect("set").state, S::Drafting);
}

#[test]
fn a_paper_that_says_nothing_is_not_handed_in() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &[]);

    assert_eq!(code(it.submit(&ana, paper.id, now())), "paper_empty");
    it.add(&ana, paper.id, None, "Something.");
    assert_eq!(
        it.submit(&ana, paper.id, now()).expect("handed in").state,
        S::Submitted
    );
}

#[test]
fn nobody_writes_into_a_paper_that_is_being_handed_in() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["One"]);
    let block = it.blocks(&ana, paper.id)[0];
    let (database, id) = (&it.database, paper.id);

    let changed: Vec<bool> = std::thread::scope(|scope| {
        let writer = ana.clone();
        let writer = scope.spawn(move || {
            let mut done = Vec::new();
            for version in 1..=12 {
                let writer = writer.clone();
                let answer = database.write("paper.change", move |conn| {
                    let words = format!("One, {version}");
                    writing::change(conn, &writer, now(), id, block, version, &says(&words)).map(drop)
                });
                done.push(answer.is_ok());
            }
            done
        });
        let sender = ana.clone();
        let sender = scope.spawn(move || {
            database.write("paper.submit", move |conn| {
                crate::steps::submit(conn, &sender, now(), id, &crate::steps::SubmitInput::default())
                    .map(drop)
            })
        });
        sender.join().expect("no panic").expect("handed in");
        writer.join().expect("no panic")
    });

    let working = it.shown(&ana, id);
    let sealed = crate::versions::get(&mut it.conn, &ana, now(), id, 1, "").expect("sealed");
    let says_the_same = working.blocks.iter().zip(&sealed.blocks).all(|(one, other)| {
        one.block
            == Block {
                ..other.block.clone()
            }
    });
    assert!(
        says_the_same,
        "after {changed:?} the working copy is what was sealed"
    );
    let first_refused = changed.iter().position(|done| !done).unwrap_or(changed.len());
    assert!(changed[first_refused..].iter().all(|done| !done), "{changed:?}");
}
