//! What differs between two versions.

use proptest::prelude::*;

use super::arbitrary::text;
use crate::{
    diff::{BlockDiff, Change, Fate, align, between},
    model::{Block, Content, Run},
};

fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

fn told(diffs: &[BlockDiff]) -> Vec<(Change, String)> {
    let said = |diff: &BlockDiff| {
        let block = diff.after.as_ref().or(diff.before.as_ref()).expect("one of them");
        (diff.change, block.content.words())
    };
    diffs.iter().map(said).collect()
}

fn changed(block: &Block, text: &str) -> Block {
    Block {
        content: Content::plain(text),
        ..block.clone()
    }
}

#[test]
fn blocks_are_the_same_changed_added_removed_and_moved() {
    let old: Vec<Block> = ["a", "b", "c", "d", "e"].map(Block::paragraph).into();
    let new = vec![
        old[4].clone(),
        old[0].clone(),
        changed(&old[2], "c and more"),
        Block::paragraph("new"),
        old[3].clone(),
    ];

    let found = between(&old, &new);

    let expected = [
        (Change::Moved, "e"),
        (Change::Same, "a"),
        (Change::Removed, "b"),
        (Change::Changed, "c and more"),
        (Change::Added, "new"),
        (Change::Same, "d"),
    ];
    assert_eq!(
        told(&found),
        expected.map(|(change, text)| (change, text.to_owned()))
    );
}

#[test]
fn changed_words_are_told_with_the_spaces_between_them() {
    let old = Block::paragraph("We call upon all cities to act now.");
    let new = changed(&old, "We invite the cities to act together now.");

    let found = between(&[old], &[new]);

    let segments: Vec<_> = found[0]
        .segments
        .iter()
        .map(|segment| (segment.fate, words(&segment.runs)))
        .collect();
    let expected = [
        (Fate::Kept, "We "),
        (Fate::Removed, "call upon all "),
        (Fate::Added, "invite the "),
        (Fate::Kept, "cities to act "),
        (Fate::Added, "together "),
        (Fate::Kept, "now."),
    ];
    assert_eq!(segments, expected.map(|(fate, text)| (fate, text.to_owned())));
}

#[test]
fn words_that_only_look_otherwise_have_changed() {
    let old = Block::paragraph("all cities");
    let mut new = old.clone();
    let strong = Run {
        strong: true,
        ..Run::plain("all")
    };
    new.content = Content::Text(vec![strong.clone(), Run::plain(" cities")]);

    let found = between(&[old], &[new]);

    assert_eq!(found[0].change, Change::Changed);
    assert_eq!(
        (found[0].segments[1].fate, &found[0].segments[1].runs),
        (Fate::Added, &vec![strong])
    );
}

#[test]
fn what_would_take_long_is_told_as_a_whole() {
    let many = |from: u32| {
        (from..from + 9_000)
            .map(|word| format!("{word}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let shuffled = (0..9_000_u32)
        .map(|word| format!("{}", word * 7919 % 9_000))
        .collect::<Vec<_>>()
        .join(" ");
    let old = Block::paragraph(many(0));

    for text in [many(100_000), shuffled] {
        let found = between(std::slice::from_ref(&old), &[changed(&old, &text)]);

        assert_eq!(
            found[0]
                .segments
                .iter()
                .map(|segment| segment.fate)
                .collect::<Vec<_>>(),
            [Fate::Removed, Fate::Added]
        );
    }
}

#[test]
fn a_text_of_five_thousand_blocks_is_compared_in_little_time() {
    let sentence =
        "The cities and regions of the world call upon all governments to recognise the right to housing";
    let old: Vec<Block> = (0..5_000)
        .map(|place| Block::paragraph(format!("{place} {sentence} {place}.")))
        .collect();
    let mut new = old.clone();
    for (place, block) in new.iter_mut().enumerate() {
        if place % 3 == 0 {
            *block = changed(block, &format!("{place} {sentence} and to water, {place}."));
        }
    }
    new.reverse();

    let found = between(&old, &new);

    assert_eq!(found.len(), 5_000);
    assert_eq!(
        found.iter().filter(|diff| diff.change == Change::Moved).count(),
        4_999
    );
}

#[test]
fn r87_what_is_imported_again_finds_the_blocks_it_was() {
    let old: Vec<Block> = [
        "Preamble",
        "The right to housing is a human right.",
        "Cities act.",
        "A passage that goes.",
        "Regions act as well as cities do.",
    ]
    .map(Block::paragraph)
    .into();
    let new: Vec<Block> = [
        "Regions act as well as cities do.",
        "Preamble",
        "The right to decent housing is a human right.",
        "Cities act.",
        "Something else altogether was written.",
        "Cities act.",
    ]
    .map(Block::paragraph)
    .into();

    let found = align(&old, &new);

    let expected = [Some(4), Some(0), Some(1), Some(2), None, None];
    assert_eq!(found, expected.map(|at: Option<usize>| at.map(|at| old[at].id)));
}

#[test]
fn a_new_text_of_the_same_length_is_aligned_with_nothing() {
    let old: Vec<Block> = (0..3_000)
        .map(|place| Block::paragraph(format!("a{place} b{place} c{place}")))
        .collect();
    let new: Vec<Block> = (0..3_000)
        .map(|place| Block::paragraph(format!("d{place} e{place} f{place}")))
        .collect();

    assert!(align(&old, &new).iter().all(Option::is_none));
}

/// The same text after some hands went over it.
fn edited() -> impl Strategy<Value = (Vec<Block>, Vec<Block>)> {
    (text(), text(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(old, other, at, how)| {
        let mut new = old.clone();
        for (place, block) in other.into_iter().enumerate() {
            let at = at.index(new.len() + 1);
            match (how >> (place % 8)) & 1 {
                0 if at < new.len() => new[at].content = block.content,
                _ => new.insert(at, block),
            }
        }
        if how % 3 == 0 {
            let by = usize::from(how) % new.len().max(1);
            new.rotate_left(by);
        }
        if how % 5 == 0 {
            new.truncate(new.len() / 2);
        }
        (old, new)
    })
}

#[test]
fn words_put_in_are_told_whatever_their_number_and_two_long_texts_are_told_as_a_whole() {
    let row = |from: usize, to: usize| -> String { (from..to).map(|n| format!("w{n} ")).collect() };
    let old = Block::paragraph(row(0, 4_000));
    let longer = changed(&old, &format!("{}{}", row(0, 4_000), row(4_000, 8_000)));
    // The same words, every second one elsewhere.
    let shuffled: String = (0..4_000).map(|n| format!("w{} ", n * 7 % 4_000)).collect();

    let added = between(std::slice::from_ref(&old), &[longer]);
    let whole = between(std::slice::from_ref(&old), &[changed(&old, &shuffled)]);

    let fates =
        |diffs: &[BlockDiff]| -> Vec<Fate> { diffs[0].segments.iter().map(|segment| segment.fate).collect() };
    assert_eq!(fates(&added), [Fate::Kept, Fate::Added]);
    assert_eq!(fates(&whole), [Fate::Removed, Fate::Added]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_difference_holds_both_versions((old, new) in edited()) {
        let found = between(&old, &new);

        let is: Vec<Block> = found.iter().filter_map(|diff| diff.after.clone()).collect();
        prop_assert_eq!(&is, &new);
        let mut was: Vec<Block> = found.iter().filter_map(|diff| diff.before.clone()).collect();
        was.sort_by_key(|block| old.iter().position(|own| own.id == block.id));
        prop_assert_eq!(&was, &old);
        for diff in found.iter().filter(|diff| !diff.segments.is_empty()) {
            let side = |left_out: Fate| -> String {
                diff.segments.iter().filter(|segment| segment.fate != left_out).map(|segment| words(&segment.runs)).collect()
            };
            prop_assert_eq!(side(Fate::Removed), diff.after.as_ref().expect("there").content.words());
            prop_assert_eq!(side(Fate::Added), diff.before.as_ref().expect("there").content.words());
        }
    }

    #[test]
    fn nothing_changes_between_a_version_and_itself(blocks in text()) {
        prop_assert!(between(&blocks, &blocks).iter().all(|diff| diff.change == Change::Same));
        let own: Vec<_> = blocks.iter().map(|block| Some(block.id)).collect();
        let found = align(&blocks, &blocks);
        prop_assert_eq!(found.len(), own.len());
        prop_assert!(found.iter().all(Option::is_some));
    }

    #[test]
    fn no_two_blocks_are_aligned_with_one((old, new) in edited()) {
        let found: Vec<_> = align(&old, &new).into_iter().flatten().collect();
        let apart: std::collections::HashSet<_> = found.iter().collect();
        prop_assert_eq!(apart.len(), found.len());
    }
}
