//! Amendments as values: what excludes what, what comes first, and what a text says with them.

use std::collections::{HashMap, HashSet};

use kernel::{Fields, Id};
use proptest::{collection::vec, prelude::*, sample::Index};

use super::arbitrary::text;
use crate::{
    amend::{
        Amendment, AmendmentId, AmendmentKind, Proposed,
        clash::{Clash, incompatible, overlaps},
        compare,
        consolidate::{Consolidated, Origin, consolidate},
        distance::{furthest_first, replaces_whole},
        division::{self, DivisionState, Part, PartState},
        proposing,
    },
    clean::Notices,
    diff::{Change, Fate},
    model::{Block, BlockId, BlockKind, Content, Run},
};

fn amendment(order: i64, proposed: Proposed) -> Amendment {
    Amendment {
        id: Id::new(),
        of: None,
        order,
        proposed,
    }
}

fn to(parent: &Amendment, proposed: Proposed) -> Amendment {
    Amendment {
        of: Some(parent.id),
        ..amendment(0, proposed)
    }
}

fn add(after: Option<&Block>, words: &str) -> Proposed {
    Proposed::Add {
        after: after.map(|block| block.id),
        blocks: vec![Block::paragraph(words)],
    }
}

fn delete(block: &Block) -> Proposed {
    Proposed::Delete { block: block.id }
}

fn replace(block: &Block, words: &str) -> Proposed {
    let instead = Block {
        content: Content::plain(words),
        ..block.clone()
    };
    Proposed::Replace {
        block: block.id,
        blocks: vec![instead],
    }
}

fn five() -> Vec<Block> {
    [
        "The right to housing is a human right.",
        "Cities build homes.",
        "Regions help the cities that build homes for all.",
        "We thank the hosts.",
        "We meet again.",
    ]
    .map(Block::paragraph)
    .into()
}

fn words(blocks: &[Block]) -> Vec<String> {
    blocks.iter().map(|block| block.content.words()).collect()
}

fn marking(words: &str, note: BlockId) -> Block {
    Block {
        content: Content::Text(vec![Run::plain(words), Run::mark(note)]),
        ..Block::paragraph("")
    }
}

fn footnote(words: &str) -> Block {
    Block {
        kind: BlockKind::Footnote,
        ..Block::paragraph(words)
    }
}

#[test]
fn r82_the_furthest_removed_in_substance_comes_first() {
    let base = five();
    let slight = amendment(
        0,
        replace(&base[2], "Regions help all cities that build homes for all."),
    );
    let grave = amendment(0, replace(&base[2], "Nobody does anything."));
    let gone = amendment(0, delete(&base[1]));
    let longer_gone = amendment(0, delete(&base[0]));
    let added = amendment(0, add(Some(&base[1]), "And towns."));
    let to_slight = to(
        &slight,
        replace(&slight.proposed.blocks()[0], "Regions and states help."),
    );
    let later = amendment(0, delete(&base[4]));
    let earlier = amendment(0, delete(&base[1]));
    let all = [&added, &slight, &to_slight, &gone, &grave, &longer_gone].map(Clone::clone);

    let order = furthest_first(&base, &all);

    let expected = [&longer_gone, &gone, &grave, &to_slight, &slight, &added].map(|own| own.id);
    assert_eq!(order, expected);
    assert_eq!(
        furthest_first(&base, &[later.clone(), earlier.clone()]),
        [earlier.id, later.id],
        "among equals the one that stands first"
    );
}

#[test]
fn r82_what_excludes_what() {
    let base = five();
    let note = footnote("See there.");
    let one = |proposed: &Proposed| amendment(0, proposed.clone());
    let marks = Proposed::Add {
        after: Some(base[4].id),
        blocks: vec![marking("As said", note.id)],
    };
    let cases = [
        (delete(&base[1]), delete(&base[1]), Some(Clash::Identical)),
        (delete(&base[1]), replace(&base[1], "x"), Some(Clash::SameBlock)),
        (
            replace(&base[1], "x"),
            replace(&base[1], "y"),
            Some(Clash::SameBlock),
        ),
        (
            replace(&base[1], "x"),
            replace(&base[1], "x"),
            Some(Clash::Identical),
        ),
        (
            delete(&base[1]),
            add(Some(&base[1]), "x"),
            Some(Clash::TargetGone),
        ),
        (
            add(Some(&base[1]), "x"),
            add(Some(&base[1]), "x"),
            Some(Clash::Identical),
        ),
        (add(None, "x"), add(None, "x"), Some(Clash::Identical)),
        (delete(&note), marks, Some(Clash::NoteGone)),
        (replace(&base[1], "x"), add(Some(&base[1]), "y"), None),
        (add(Some(&base[1]), "x"), add(Some(&base[1]), "y"), None),
        (add(Some(&base[1]), "x"), add(Some(&base[2]), "x"), None),
        (delete(&base[1]), delete(&base[2]), None),
        (delete(&base[1]), add(Some(&base[0]), "x"), None),
    ];
    for (this, that, expected) in cases {
        let (this, that) = (one(&this), one(&that));
        assert_eq!(incompatible(&this, &that), expected, "{this:?} {that:?}");
        assert_eq!(
            incompatible(&that, &this),
            expected,
            "it does not matter which is first"
        );
    }
    let parent = one(&replace(&base[1], "x"));
    let (sub, own) = (to(&parent, delete(&base[1])), one(&delete(&base[1])));
    assert_eq!(
        incompatible(&sub, &own),
        None,
        "one amends the text, the other an amendment to it"
    );
    assert_eq!(incompatible(&own, &own), None);
}

#[test]
fn r82_the_text_as_amended_names_where_each_block_comes_from() {
    let base = five();
    let revised = amendment(2, replace(&base[1], "Cities and towns build homes."));
    let gone = amendment(1, delete(&base[3]));
    let second = amendment(5, add(Some(&base[1]), "Second."));
    let first = amendment(4, add(Some(&base[1]), "First."));
    let start = amendment(3, add(None, "We, the cities,"));
    let all = [&second, &revised, &start, &gone, &first].map(Clone::clone);

    let found = consolidate(&base, &all);

    assert_eq!(
        words(&found.blocks),
        [
            "We, the cities,",
            "The right to housing is a human right.",
            "Cities and towns build homes.",
            "First.",
            "Second.",
            "Regions help the cities that build homes for all.",
            "We meet again.",
        ]
    );
    let by: Vec<Vec<AmendmentId>> = found.provenance.iter().map(|own| own.by.clone()).collect();
    assert_eq!(
        by,
        [
            vec![start.id],
            vec![],
            vec![revised.id],
            vec![first.id],
            vec![second.id],
            vec![],
            vec![]
        ]
    );
    assert_eq!(found.blocks[2].id, base[1].id, "it stays the same block");
    let removed: Vec<_> = found.removed.iter().map(|own| (own.block, own.by)).collect();
    assert_eq!(removed, [(base[3].id, Some(gone.id))]);
    assert_eq!(found.left_out, []);
}

#[test]
fn r82_an_amendment_to_an_amendment_is_taken_into_it() {
    let base = five();
    let parent = amendment(
        1,
        Proposed::Add {
            after: Some(base[0].id),
            blocks: ["one", "two", "three"].map(Block::paragraph).into(),
        },
    );
    let brought = parent.proposed.blocks().to_vec();
    let revised = to(&parent, replace(&brought[0], "ONE"));
    let gone = to(&parent, delete(&brought[1]));
    let more = to(&parent, add(Some(&brought[2]), "four"));
    let orphan = to(&amendment(1, delete(&base[4])), delete(&base[4]));
    let all = [&revised, &more, &parent, &gone, &orphan].map(Clone::clone);

    let found = consolidate(&base, &all);

    assert_eq!(words(&found.blocks)[1..4], ["ONE", "three", "four"]);
    assert_eq!(
        found.provenance[1..4],
        [
            Origin {
                block: brought[0].id,
                by: vec![parent.id, revised.id]
            },
            Origin {
                block: brought[2].id,
                by: vec![parent.id]
            },
            Origin {
                block: found.blocks[3].id,
                by: vec![parent.id, more.id]
            },
        ]
    );
    let left: Vec<_> = found
        .left_out
        .iter()
        .map(|own| (own.amendment, own.why))
        .collect();
    assert_eq!(left, [(orphan.id, Clash::ParentGone)]);
    assert_eq!(
        found.removed,
        [],
        "what was never in the text is not taken out of it"
    );
}

#[test]
fn a_footnote_goes_with_its_last_mark_and_not_before() {
    let (one, two) = (footnote("one"), footnote("two"));
    let base = vec![
        marking("first", one.id),
        marking("second", two.id),
        one.clone(),
        two.clone(),
    ];
    let gone = amendment(1, delete(&base[0]));
    let again = amendment(
        2,
        Proposed::Add {
            after: Some(base[1].id),
            blocks: vec![marking("third", one.id)],
        },
    );

    let alone = consolidate(&base, std::slice::from_ref(&gone));
    let both = consolidate(&base, &[gone.clone(), again]);

    assert_eq!(words(&alone.blocks), ["second", "two"]);
    let removed: Vec<_> = alone.removed.iter().map(|own| (own.block, own.by)).collect();
    assert_eq!(removed, [(base[0].id, Some(gone.id)), (one.id, None)]);
    assert_eq!(words(&both.blocks), ["second", "third", "one", "two"]);
}

#[test]
fn r83_what_replaces_the_whole_is_no_amendment() {
    let mut base = vec![Block::heading(1, "Housing")];
    base.extend(five());
    let others = ["Alpha beta.", "Gamma delta.", "Epsilon.", "Zeta eta.", "Theta."];
    let whole: Vec<Proposed> = base[1..]
        .iter()
        .zip(others)
        .map(|(block, words)| replace(block, words))
        .collect();
    let deleted: Vec<Proposed> = base[1..]
        .iter()
        .map(delete)
        .chain([add(None, "Another text.")])
        .collect();
    let mut but_one = whole.clone();
    but_one.remove(3);
    let mut recognised = whole.clone();
    recognised[3] = replace(&base[4], "We thank the hosts warmly.");

    assert!(
        replaces_whole(&base, &whole),
        "the heading alone does not save it"
    );
    assert!(replaces_whole(&base, &deleted));
    assert!(!replaces_whole(&base, &but_one));
    assert!(
        !replaces_whole(&base, &recognised),
        "one paragraph is still itself"
    );
    assert!(!replaces_whole(&base, &[add(None, "More.")]));
    assert!(!replaces_whole(&[], &[add(None, "The first.")]));
    let single = [Block::paragraph("Cities act now.")];
    assert!(!replaces_whole(
        &single,
        &[replace(&single[0], "All cities act now.")]
    ));
    assert!(replaces_whole(&single, &[replace(&single[0], "Nobody does.")]));
}

#[test]
fn overlaps_are_told_block_by_block_and_so_is_who_proposes_the_same() {
    let base = five();
    let one = amendment(0, replace(&base[1], "x"));
    let two = amendment(0, replace(&base[1], "y"));
    let added = amendment(0, add(Some(&base[1]), "z"));
    let gone = amendment(0, delete(&base[2]));
    let after_gone = amendment(0, add(Some(&base[2]), "z"));
    let alone = amendment(0, replace(&base[4], "x"));
    let same = amendment(0, replace(&base[4], "x"));
    let all = [&one, &two, &added, &gone, &after_gone, &alone, &same].map(Clone::clone);

    let found = overlaps(&all);

    let clusters: HashSet<(BlockId, Vec<AmendmentId>)> = found
        .clusters
        .into_iter()
        .map(|own| (own.block, own.amendments))
        .collect();
    assert_eq!(
        clusters,
        HashSet::from([
            (base[1].id, vec![one.id, two.id]),
            (base[2].id, vec![gone.id, after_gone.id]),
            (base[4].id, vec![alone.id, same.id]),
        ])
    );
    assert_eq!(found.identical, [vec![alone.id, same.id]]);
}

#[test]
fn each_amendment_is_shown_word_by_word_beside_what_it_amends() {
    let base = five();
    let revised = amendment(0, replace(&base[1], "Cities and towns build homes."));
    let sub = to(
        &revised,
        replace(
            &revised.proposed.blocks()[0],
            "Cities, regions and towns build homes.",
        ),
    );
    let gone = amendment(0, delete(&base[3]));
    let added = amendment(0, add(None, "First."));

    let found = compare::each(&base, &[revised, sub, gone, added]);

    let told: Vec<(Change, Vec<(Fate, String)>)> = found
        .iter()
        .map(|own| {
            let segments = own.diff[0].segments.iter();
            let said = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
            (
                own.diff[0].change,
                segments.map(|own| (own.fate, said(&own.runs))).collect(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                Change::Changed,
                vec![
                    (Fate::Kept, "Cities ".to_owned()),
                    (Fate::Added, "and towns ".to_owned()),
                    (Fate::Kept, "build homes.".to_owned())
                ]
            ),
            (
                Change::Changed,
                vec![
                    (Fate::Kept, "Cities".to_owned()),
                    (Fate::Added, ", regions".to_owned()),
                    (Fate::Kept, " and towns build homes.".to_owned())
                ]
            ),
            (Change::Removed, vec![]),
            (Change::Added, vec![]),
        ]
    );
}

#[test]
fn what_is_proposed_is_cleaned_and_gets_ids_of_its_own() {
    let base = five();
    let marked = marking("See\u{202e} the\u{200b} note", Id::new());
    let Some(note) = marked.content.notes().next() else {
        panic!("it has a mark")
    };
    let own_note = Block {
        id: note,
        ..footnote("There.")
    };
    let raw = Proposed::Replace {
        block: base[1].id,
        blocks: vec![
            Block::paragraph("Something else."),
            Block::paragraph("Cities build\u{202d} more homes."),
            marked.clone(),
            own_note,
        ],
    };
    let mut fields = Fields::new();

    let checked = proposing::checked(
        &mut fields,
        "proposed.0",
        &base,
        &HashSet::new(),
        raw,
        &mut Notices::default(),
    );

    fields.done().expect("nothing is wrong");
    let blocks = checked.blocks();
    assert_eq!(
        words(blocks),
        [
            "Something else.",
            "Cities build more homes.",
            "See the note",
            "There."
        ]
    );
    assert_eq!(blocks[1].id, base[1].id, "the one most like it is the same block");
    assert_eq!(blocks[2].content.notes().collect::<Vec<_>>(), [blocks[3].id]);
    assert_ne!(blocks[3].id, note);
}

#[test]
fn what_may_not_be_proposed_is_told_beside_its_field() {
    let note = footnote("There.");
    let base = vec![marking("See", note.id), note.clone()];
    let many = || (0..101).map(|_| Block::paragraph("x")).collect();
    let cases = [
        (
            Proposed::Delete { block: Id::new() },
            "proposed.0.block",
            "not_in_version",
        ),
        (
            Proposed::Add {
                after: Some(Id::new()),
                blocks: vec![],
            },
            "proposed.0.after",
            "not_in_version",
        ),
        (delete(&note), "proposed.0.block", "footnote_in_use"),
        (
            Proposed::Replace {
                block: note.id,
                blocks: vec![Block::paragraph("No footnote.")],
            },
            "proposed.0.blocks",
            "footnote_in_use",
        ),
        (
            Proposed::Add {
                after: None,
                blocks: vec![],
            },
            "proposed.0.blocks",
            "required",
        ),
        (add(None, " \u{200b}"), "proposed.0.blocks.0.content", "required"),
        (
            Proposed::Add {
                after: None,
                blocks: many(),
            },
            "proposed.0.blocks",
            "too_many_blocks",
        ),
        (
            Proposed::Add {
                after: None,
                blocks: vec![marking("x", Id::new())],
            },
            "proposed.0.blocks.0.content",
            "note_unknown",
        ),
        (
            Proposed::Replace {
                block: base[0].id,
                blocks: vec![base[0].clone()],
            },
            "proposed.0.blocks",
            "nothing_changes",
        ),
        (
            add(None, &"x".repeat(20_001)),
            "proposed.0.blocks.0.content",
            "too_long",
        ),
    ];
    for (raw, field, code) in cases {
        let mut fields = Fields::new();
        let notes = HashSet::from([note.id]);
        proposing::checked(
            &mut fields,
            "proposed.0",
            &base,
            &notes,
            raw,
            &mut Notices::default(),
        );
        let refused = fields.done().expect_err(code);
        assert_eq!(
            (refused.fields[0].field.as_str(), refused.fields[0].code),
            (field, code)
        );
    }
}

#[test]
fn r85_parts_decide_what_is_left_and_whether_there_is_a_vote_on_the_whole() {
    use PartState::{Adopted, Put, Rejected, Waiting};
    let base = five();
    let part = |at: usize, is_operative, state| Part {
        blocks: vec![base[at].id],
        is_operative,
        state,
    };
    let parts = |states: [PartState; 3]| -> Vec<Part> {
        let mut parts: Vec<Part> = states
            .into_iter()
            .enumerate()
            .map(|(place, state)| part(place + 1, true, state))
            .collect();
        parts.insert(0, part(0, false, Adopted));
        parts
    };
    let covered = &base[..4];

    let cases = [
        ([Adopted, Rejected, Adopted], DivisionState::Whole),
        ([Rejected, Rejected, Rejected], DivisionState::Rejected),
        ([Rejected, Rejected, Put], DivisionState::Parts),
        ([Rejected, Rejected, Waiting], DivisionState::Parts),
    ];
    for (states, expected) in cases {
        assert_eq!(division::state(covered, &parts(states)), expected, "{states:?}");
    }
    assert_eq!(
        division::state(&base, &parts([Rejected; 3])),
        DivisionState::Whole,
        "something operative stands in no part"
    );
    let left = division::without_rejected(covered, &parts([Adopted, Rejected, Adopted]));
    assert_eq!(left, [base[0].clone(), base[1].clone(), base[3].clone()]);
}

#[test]
fn r85_a_footnote_stays_with_a_part_that_refers_to_it() {
    let (kept, lost) = (footnote("kept"), footnote("lost"));
    let base = vec![
        marking("stays", kept.id),
        marking("goes", lost.id),
        kept.clone(),
        lost.clone(),
    ];
    let parts = [Part {
        blocks: vec![base[1].id, kept.id],
        is_operative: true,
        state: PartState::Rejected,
    }];

    assert_eq!(
        words(&division::without_rejected(&base, &parts)),
        ["stays", "kept"]
    );
}

/// Amendments to a text as nobody would file them: what, to which block, in which place of the chair's order, and whether to
/// another amendment.
type Raw = (u8, Index, i64, bool, Vec<Block>);

fn raw() -> impl Strategy<Value = Vec<Raw>> {
    let one = (
        0_u8..4,
        any::<Index>(),
        0_i64..3,
        prop::bool::weighted(0.25),
        text(),
    );
    vec(one, 0..14)
}

fn proposed(base: &[Block], what: u8, at: Index, brought: Vec<Block>) -> Option<Proposed> {
    let target = (!base.is_empty()).then(|| &base[at.index(base.len())]);
    let marked: HashSet<BlockId> = base.iter().flat_map(|block| block.content.notes()).collect();
    match (what, target) {
        (0, _) if !brought.is_empty() => Some(Proposed::Add {
            after: None,
            blocks: brought,
        }),
        (1, Some(block)) if !brought.is_empty() => Some(Proposed::Add {
            after: Some(block.id),
            blocks: brought,
        }),
        (2, Some(block)) if !marked.contains(&block.id) => Some(delete(block)),
        (3, Some(block)) if !brought.is_empty() && block.kind != BlockKind::Footnote => {
            Some(Proposed::Replace {
                block: block.id,
                blocks: brought
                    .into_iter()
                    .enumerate()
                    .map(|(place, own)| Block {
                        id: if place == 0 && own.kind != BlockKind::Footnote {
                            block.id
                        } else {
                            own.id
                        },
                        ..own
                    })
                    .collect(),
            })
        }
        _ => None,
    }
}

/// Of these the ones that exclude none that stands before them.
fn compatible(base: &[Block], raw: Vec<Raw>) -> Vec<Amendment> {
    let mut kept: Vec<Amendment> = Vec::new();
    for (what, at, order, is_to_another, brought) in raw {
        let parents: Vec<Amendment> = kept.iter().filter(|own| own.of.is_none()).cloned().collect();
        let parent = parents
            .last()
            .filter(|own| is_to_another && !own.proposed.blocks().is_empty());
        let about = parent.map_or(base, |own| own.proposed.blocks());
        let Some(proposed) = proposed(about, what, at, brought) else {
            continue;
        };
        let own = Amendment {
            of: parent.map(|own| own.id),
            ..amendment(order, proposed)
        };
        if kept.iter().all(|other| incompatible(other, &own).is_none()) {
            kept.push(own);
        }
    }
    kept
}

/// The same filed in another order: under other ids, and handed in otherwise.
fn filed_otherwise(all: &[Amendment], order: &[Index]) -> Vec<Amendment> {
    let mut turned: Vec<usize> = (0..all.len()).collect();
    for (place, with) in (0..all.len()).zip(order.iter().cycle()) {
        turned.swap(place, with.index(all.len()));
    }
    let ids: HashMap<AmendmentId, AmendmentId> = turned.iter().map(|at| (all[*at].id, Id::new())).collect();
    turned
        .iter()
        .map(|at| Amendment {
            id: ids[&all[*at].id],
            of: all[*at].of.map(|of| ids[&of]),
            ..all[*at].clone()
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r82_the_consolidated_text_does_not_depend_on_who_filed_first(
        base in text(), raw in raw(), order in vec(any::<Index>(), 1..14)
    ) {
        let all = compatible(&base, raw);

        let (found, again) = (consolidate(&base, &all), consolidate(&base, &filed_otherwise(&all, &order)));

        prop_assert_eq!(&found.blocks, &again.blocks);
        prop_assert_eq!(&found.left_out, &vec![]);
        prop_assert_eq!(&again.left_out, &vec![]);
        let many = |own: &Consolidated| own.provenance.iter().map(|own| (own.block, own.by.len())).collect::<Vec<_>>();
        prop_assert_eq!(many(&found), many(&again));
    }

    #[test]
    fn r82_the_order_in_which_they_are_put_does_not_depend_on_who_filed_first(
        base in text(), raw in raw(), order in vec(any::<Index>(), 1..14)
    ) {
        let all = compatible(&base, raw);
        let otherwise = filed_otherwise(&all, &order);
        let told = |all: &[Amendment]| -> Vec<(AmendmentKind, Option<BlockId>, String)> {
            let by_id: HashMap<AmendmentId, &Amendment> = all.iter().map(|own| (own.id, own)).collect();
            let order = furthest_first(&base, all);
            order.iter().map(|id| {
                let own = &by_id[id].proposed;
                (own.kind(), own.target(), own.words_hash())
            }).collect()
        };

        let first = furthest_first(&base, &all);

        prop_assert_eq!(told(&all), told(&otherwise));
        let place = |id: AmendmentId| first.iter().position(|own| *own == id);
        for own in all.iter().filter(|own| own.of.is_some()) {
            prop_assert!(place(own.id) < own.of.and_then(place), "before what it amends");
        }
    }

    #[test]
    fn r87_every_block_keeps_its_id_and_is_accounted_for(base in text(), raw in raw()) {
        let all = compatible(&base, raw);

        let found = consolidate(&base, &all);

        let ids: Vec<BlockId> = found.blocks.iter().map(|block| block.id).collect();
        prop_assert_eq!(&ids, &found.provenance.iter().map(|own| own.block).collect::<Vec<_>>());
        let there: HashSet<BlockId> = ids.iter().copied().collect();
        prop_assert_eq!(there.len(), ids.len(), "no id stands twice");
        let gone: HashSet<BlockId> = found.removed.iter().map(|own| own.block).collect();
        for block in &base {
            prop_assert!(there.contains(&block.id) != gone.contains(&block.id));
        }
        for (block, origin) in found.blocks.iter().zip(&found.provenance) {
            if origin.by.is_empty() {
                prop_assert!(base.contains(block), "nobody changed it");
            }
        }
        let stay: Vec<BlockId> = ids.iter().copied().filter(|id| base.iter().any(|own| own.id == *id)).collect();
        let stood: Vec<BlockId> = base.iter().map(|own| own.id).filter(|id| there.contains(id)).collect();
        prop_assert_eq!(stay, stood, "what stays stands in the order in which it stood");
        let notes: HashSet<BlockId> = found.blocks.iter().flat_map(|block| block.content.notes()).collect();
        prop_assert!(notes.iter().all(|note| there.contains(note)), "every mark leads to its footnote");
    }

    #[test]
    fn r82_two_that_exclude_each_other_never_both_take_effect(base in text(), one in raw(), other in raw()) {
        let both: Vec<Amendment> = compatible(&base, one).into_iter().chain(compatible(&base, other)).collect();

        let found = consolidate(&base, &both);

        let left: HashSet<AmendmentId> = found.left_out.iter().map(|own| own.amendment).collect();
        let kept: Vec<&Amendment> = both.iter().filter(|own| !left.contains(&own.id)).collect();
        for (place, one) in kept.iter().enumerate() {
            for other in &kept[place + 1..] {
                prop_assert_eq!(incompatible(one, other), None);
            }
        }
    }
}
