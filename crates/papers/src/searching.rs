//! What is found of papers by their words: what the version says that is out, in every language it was sealed in, for
//! whoever has the key beside the row. The working copy is found by nobody.
//!
//! A paper that was withdrawn, or whose place another has taken, is read by who has its address and is found no more.

use access_rules::PaperId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;
use search::{Kind, Thing};
use texts::{searched, versions};

use crate::{model::Paper, progress, rules, tables::papers as table};

/// Keeps what of a paper is out now; its row was taken.
///
/// # Errors
/// When the database refuses.
pub(crate) fn keep(conn: &mut Conn, paper: &Paper) -> Result<(), Fault> {
    match thing(conn, paper)? {
        Some(thing) => search::put(conn, &thing),
        None => search::take_away(conn, paper.id.cast()),
    }
}

/// Looks at so many papers, those behind this one, and keeps what of them is out where something else is kept: from before
/// there was a search, or written by a program of that time. Answers how far it came; nothing at the end.
///
/// # Errors
/// When the database refuses.
pub fn mend(conn: &mut Conn, after: Option<PaperId>, most: i64) -> Result<Option<PaperId>, Fault> {
    let found: Vec<Paper> = on_each!(conn, |c| {
        let mut asked = table::table.select(Paper::as_select()).into_boxed();
        if let Some(after) = after {
            asked = asked.filter(table::id.gt(after));
        }
        asked.order(table::id).limit(most).load(c)
    })?;
    for paper in &found {
        let thing = thing(conn, paper)?;
        if search::differs(conn, paper.id.cast(), thing.as_ref())? {
            let paper = progress::hold(conn, paper.id)?;
            keep(conn, &paper)?;
        }
    }
    Ok(found.last().map(|paper| paper.id))
}

fn thing(conn: &mut Conn, paper: &Paper) -> Result<Option<Thing>, Fault> {
    let number = match paper.published_version {
        Some(number) if !rules::is_over(paper.state) => number,
        Some(_) | None => return Ok(None),
    };
    let version = versions::get(conn, paper.text, number)?;
    Ok(Some(Thing {
        kind: Kind::Paper,
        id: paper.id.cast(),
        edition: paper.edition.cast(),
        code: paper.code.clone(),
        visible_to: paper.visible_to.clone(),
        details_to: paper.visible_to.clone(),
        sort: 0,
        said: searched::sealed(conn, &version)?,
    }))
}
