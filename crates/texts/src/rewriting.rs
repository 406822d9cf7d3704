//! Writes over a working copy what was computed of it: blocks that stay keep their rows and their versions count on, new ones
//! come between them under the ids they bear, those that are gone leave tombstones (R87).

use std::collections::HashMap;

use db::Conn;
use kernel::{Fault, Json};

use crate::{
    blocks,
    clean::{self, BLOCKS_MAX, BYTES_MAX},
    faults::TextFault,
    model::{Block, BlockId, TextId, WorkingBlock},
    rules::{self, GAP},
    versions,
};

/// Has the working copy be these blocks. Those that were there stand in the order in which they stood. The caller holds the
/// text.
///
/// # Errors
/// `text_full`.
pub fn to(conn: &mut Conn, text: TextId, working: &[WorkingBlock], blocks: &[Block]) -> Result<(), Fault> {
    let bytes: usize = blocks.iter().map(|block| clean::bytes(&block.content)).sum();
    if blocks.len() > BLOCKS_MAX || bytes > BYTES_MAX {
        return Err(TextFault::TextFull {
            most: BLOCKS_MAX,
            bytes: BYTES_MAX,
        }
        .into());
    }
    let last = versions::last(conn, text)?;
    let mut before: HashMap<BlockId, &WorkingBlock> = working.iter().map(|own| (own.id, own)).collect();
    let there: Vec<Option<i64>> = blocks
        .iter()
        .map(|block| before.get(&block.id).map(|own| own.place))
        .collect();
    for (block, place) in blocks.iter().zip(places(&there)) {
        let Some(was) = before.remove(&block.id) else {
            blocks::put_in(conn, text, last, place, block.clone())?;
            continue;
        };
        let is = WorkingBlock {
            place,
            kind: block.kind,
            level: block.level,
            numbered: block.numbered,
            content: Json(block.content.clone()),
            version: was.version + i64::from(!was.block().says_as(block)),
            ..was.clone()
        };
        if is != *was {
            blocks::write(conn, &is, was.version)?;
        }
    }
    for id in before.into_keys() {
        blocks::bury(conn, id, last)?;
    }
    Ok(())
}

/// A place for each: those that have one keep it, the others are spread between their neighbours. Where there is no room all
/// are placed anew.
fn places(there: &[Option<i64>]) -> Vec<i64> {
    let mut places: Vec<i64> = Vec::with_capacity(there.len());
    while let Some(own) = there.get(places.len()) {
        if let Some(place) = own {
            places.push(*place);
            continue;
        }
        let new = there[places.len()..]
            .iter()
            .take_while(|own| own.is_none())
            .count();
        let after = places.last().copied().unwrap_or(0);
        let many = i64::try_from(new).unwrap_or(i64::MAX);
        let step = match there.get(places.len() + new).copied().flatten() {
            Some(before) => (before - after) / (many + 1),
            None => GAP,
        };
        places.extend((1..=many).map(|nth| after + nth * step));
    }
    let mut ahead = places.iter().skip(1);
    let is_rising = places
        .iter()
        .all(|own| ahead.next().is_none_or(|next| own < next));
    match is_rising {
        true => places,
        false => (0..there.len()).map(rules::place_at).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_blocks_are_placed_between_those_that_stay() {
        let cases = [
            (vec![None, None], vec![GAP, 2 * GAP]),
            (vec![Some(8), None, Some(16)], vec![8, 12, 16]),
            (vec![None, Some(9), None], vec![4, 9, 9 + GAP]),
            (vec![Some(8), None, None, Some(17)], vec![8, 11, 14, 17]),
            // No room: all anew.
            (vec![Some(8), None, Some(9)], vec![GAP, 2 * GAP, 3 * GAP]),
            (vec![], vec![]),
        ];
        for (there, expected) in cases {
            assert_eq!(places(&there), expected, "{there:?}");
        }
    }
}
