//! What readers of a paper see of its words.

use access_rules::{Actor, Key, Role, Scope};
use kernel::{Localized, PageAsk};
use texts::diff::Change;

use super::{code, now, said, says, world};
use crate::{
    PaperFilter, list, publish, reading, versions,
    writing::{self, TitleInput},
};

#[test]
fn readers_of_a_published_paper_never_see_the_working_copy() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let id = paper.id;
    let block = it.blocks(&ana, id)[0];
    let nobody = Actor::nobody();
    writing::change(&mut it.conn, &ana, now(), id, block, 1, &says("SECRET")).expect("changed");
    let title = TitleInput {
        title: Localized::only("en", "SECRET"),
    };
    writing::rename(&mut it.conn, &ana, now(), id, None, &title).expect("renamed");
    let (edition, conn) = (it.edition, &mut it.conn);

    let hand = reading::shown(conn, &ana, now(), id, "").expect("shown");
    let reader = reading::shown(conn, &nobody, now(), id, "").expect("shown");

    assert_eq!(
        (said(&hand), hand.is_working, hand.number),
        (vec!["SECRET".into(), "Regions act.".into()], true, None)
    );
    assert_eq!(
        (said(&reader), reader.is_working, reader.number),
        (vec!["Cities act.".into(), "Regions act.".into()], false, Some(1))
    );
    assert!(reader.blocks.iter().all(|block| block.version.is_none()));
    let filter = PaperFilter::default();
    let titles = |conn: &mut db::Conn, who: &Actor| {
        let page = list(conn, who, now(), edition, &filter, &PageAsk::first()).expect("listed");
        page.items[0].title.clone()
    };
    assert_eq!(titles(conn, &ana), Localized::only("en", "SECRET"));
    assert_eq!(titles(conn, &nobody), Localized::only("en", "Water for all"));
    let told = serde_json::json!([
        reader,
        versions::list(conn, &nobody, now(), id).expect("read"),
        versions::resolve(conn, &nobody, now(), id, block).expect("read"),
        list(conn, &nobody, now(), edition, &filter, &PageAsk::first())
            .expect("listed")
            .items,
    ]);
    assert!(!told.to_string().contains("SECRET"), "{told}");
}

#[test]
fn a_version_that_was_sealed_and_not_published_is_its_peoples() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let id = paper.id;
    let nobody = Actor::nobody();
    it.replace(&ana, id, "Cities act now.\n\nRegions act.");
    texts::versions::seal(&mut it.conn, None, now(), paper.text, "between us").expect("sealed");
    it.replace(&ana, id, "Cities act now.");
    publish(&mut it.conn, None, now(), id, Key::Public).expect("out again");
    let conn = &mut it.conn;
    let numbers = |conn: &mut db::Conn, who: &Actor| {
        let all = versions::list(conn, who, now(), id).expect("read");
        all.iter().map(|version| version.number).collect::<Vec<_>>()
    };

    assert_eq!(numbers(conn, &ana), [3, 2, 1]);
    assert_eq!(numbers(conn, &nobody), [3, 1]);
    assert_eq!(code(versions::get(conn, &nobody, now(), id, 2, "")), "not_found");
    assert!(versions::get(conn, &ana, now(), id, 2, "").is_ok());
    assert_eq!(
        said(&versions::get(conn, &nobody, now(), id, 1, "").expect("read")),
        ["Cities act.", "Regions act."]
    );
    for (from, to) in [(1, Some(2)), (2, Some(3)), (1, None)] {
        let refused = versions::between(conn, &nobody, now(), id, from, to);
        assert_eq!(code(refused), "not_found", "{from} to {to:?}");
        assert!(versions::between(conn, &ana, now(), id, from, to).is_ok());
    }
    let changes: Vec<_> = versions::between(conn, &nobody, now(), id, 1, Some(3))
        .expect("read")
        .iter()
        .map(|block| block.change)
        .collect();
    assert_eq!(changes, [Change::Changed, Change::Removed]);
}

#[test]
fn a_version_published_to_fewer_is_not_shown_to_more() {
    let mut it = world();
    let edition = it.edition;
    let (paper, ana) = it.open_to_comments();
    let to = Key::Registered(edition);
    it.replace(&ana, paper.id, "For those who come.");
    publish(&mut it.conn, None, now(), paper.id, to).expect("out");
    it.replace(&ana, paper.id, "For all.");
    publish(&mut it.conn, None, now(), paper.id, Key::Public).expect("out");
    let participant = it.appointed("Participant", Role::Participant, Scope::Edition(edition));

    let numbers = [participant, Actor::nobody()].map(|who| {
        let all = versions::list(&mut it.conn, &who, now(), paper.id).expect("read");
        all.iter().map(|version| version.number).collect::<Vec<_>>()
    });

    assert_eq!(numbers, [vec![3, 2, 1], vec![3, 1]]);
}

#[test]
fn r87_an_anchor_leads_to_its_block_in_what_the_reader_sees() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let id = paper.id;
    let nobody = Actor::nobody();
    let [first, second] = it.blocks(&ana, id)[..] else {
        panic!("two blocks")
    };
    writing::remove(&mut it.conn, &ana, now(), id, first, 1).expect("taken out");
    let third = it.add(&ana, id, Some(second), "New.").blocks[0].block.id;
    let resolve =
        |it: &mut super::World, who: &Actor, block| versions::resolve(&mut it.conn, who, now(), id, block);

    let hand = resolve(&mut it, &ana, second).expect("there");
    let reader = resolve(&mut it, &nobody, second).expect("there");

    assert_eq!((hand.is_there, hand.place, hand.version), (true, Some(1), None));
    assert_eq!(
        (reader.is_there, reader.place, reader.version),
        (true, Some(2), Some(1))
    );
    let gone = resolve(&mut it, &ana, first).expect("a tombstone");
    assert_eq!((gone.is_there, gone.version), (false, Some(1)));
    assert!(resolve(&mut it, &nobody, first).expect("there").is_there);
    assert_eq!(
        code(resolve(&mut it, &nobody, third)),
        "not_found",
        "of the working copy"
    );
    publish(&mut it.conn, None, now(), id, Key::Public).expect("out again");
    let gone = resolve(&mut it, &nobody, first).expect("a tombstone");
    assert_eq!((gone.is_there, gone.version), (false, Some(1)));
    assert_eq!(
        gone.block.map(|block| block.content.words()),
        Some("Cities act.".into())
    );
    assert!(resolve(&mut it, &nobody, third).expect("out by now").is_there);
}

#[test]
fn why_a_deadline_is_another_is_told_to_its_people_alone() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    crate::set_deadline(&mut it.conn, None, now(), paper.id, None, "Between us.").expect("set");
    let reason = |it: &mut super::World, who: &Actor| it.shown(who, paper.id).paper.deadline_reason;

    assert_eq!(reason(&mut it, &ana), "Between us.");
    assert_eq!(reason(&mut it, &Actor::nobody()), "");
}

#[test]
fn a_reader_is_told_what_they_may_do_now() {
    let mut it = world();
    let (paper, ana) = it.open_to_comments();
    let theme = it.theme;
    let lead = it.lead("Lead", theme);
    let stranger = it.person("Stranger");
    let stranger = it.actor(stranger);
    let mut may = |who: &Actor| {
        let may = it.shown(who, paper.id).may;
        (may.write, may.translate, may.name, may.manage, may.comment)
    };

    assert_eq!(may(&ana), (true, true, false, false, true));
    assert_eq!(may(&lead), (true, true, true, true, true));
    assert_eq!(may(&stranger), (false, false, false, false, true));
    assert_eq!(may(&Actor::nobody()), (false, false, false, false, false));
}
