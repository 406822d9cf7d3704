//! What outcomes are called: the titles of their texts, for many at once.

use std::collections::HashMap;

use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Localized};
use texts::{model::TextId, tables::texts as table};

use crate::model::{Outcome, OutcomeRef};

/// A title, and the authentic language.
pub(crate) type Titled = (Localized, String);

/// The titles of these texts.
///
/// # Errors
/// When the database refuses.
pub(crate) fn of_texts(conn: &mut Conn, ids: &[TextId]) -> Result<HashMap<TextId, Titled>, Fault> {
    let mut titles = HashMap::new();
    for some in ids.chunks(500) {
        let rows: Vec<(TextId, Localized, String)> = on_each!(conn, |c| table::table
            .filter(table::id.eq_any(some))
            .select((table::id, table::title, table::language))
            .load(c))?;
        titles.extend(
            rows.into_iter()
                .map(|(id, title, language)| (id, (title, language))),
        );
    }
    Ok(titles)
}

/// These outcomes as they stand in lists, in the same order.
///
/// # Errors
/// When the database refuses.
pub(crate) fn refs(conn: &mut Conn, rows: &[Outcome]) -> Result<Vec<OutcomeRef>, Fault> {
    let texts: Vec<TextId> = rows.iter().map(|row| row.text).collect();
    let titles = of_texts(conn, &texts)?;
    let made = rows.iter().map(|row| {
        let (title, language) = titles.get(&row.text).cloned().unwrap_or_default();
        OutcomeRef {
            id: row.id,
            code: row.code.clone(),
            kind: row.kind,
            state: row.state,
            title,
            language,
        }
    });
    Ok(made.collect())
}
