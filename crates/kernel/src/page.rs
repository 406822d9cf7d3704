//! Paging by opaque cursor (R257): a page begins after the last row of the one before, so inserts neither repeat nor
//! skip rows. `actix-kit` signs the cursor on its way out and checks it on its way in.

use serde::Serialize;

use crate::Fault;

/// Rows on a page when the caller does not say.
pub const LIMIT_USUAL: i64 = 50;
/// Most rows on a page, whatever the caller says.
pub const LIMIT_MOST: i64 = 200;

/// What page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageAsk {
    /// Where the page before ended.
    pub after: Option<Cursor>,
    /// Most rows, between 1 and [`LIMIT_MOST`].
    pub limit: i64,
}

/// Where a page ended: the sort key and the id of its last row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The sort key, as text (hex for bytes, digits for numbers).
    pub key: String,
    /// The row's id, to break ties.
    pub id: uuid::Uuid,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins, when there is one.
    #[serde(skip)]
    pub next: Option<Cursor>,
}

impl PageAsk {
    /// The first page of the usual size.
    pub const fn first() -> Self {
        Self {
            after: None,
            limit: LIMIT_USUAL,
        }
    }

    /// A first page of at most `limit` rows, capped.
    pub fn of(limit: i64) -> Self {
        Self {
            after: None,
            limit: limit.clamp(1, LIMIT_MOST),
        }
    }

    /// How many rows to fetch: one more than asked, to know whether a next page exists.
    pub const fn fetch(&self) -> i64 {
        self.limit + 1
    }
}

impl Cursor {
    /// As text, before signing.
    pub fn encode(&self) -> String {
        format!("{}.{}", self.id.as_simple(), self.key)
    }

    /// From text, after the signature was checked.
    ///
    /// # Errors
    /// `bad_cursor` when it is not one of ours.
    pub fn decode(text: &str) -> Result<Self, Fault> {
        let bad = || Fault::new(crate::Kind::Malformed, "bad_cursor").at("after");
        let (id, key) = text.split_once('.').ok_or_else(bad)?;
        Ok(Self {
            key: key.to_owned(),
            id: uuid::Uuid::try_parse(id).map_err(|_| bad())?,
        })
    }
}

impl<T> Page<T> {
    /// Cuts the row fetched beyond the limit and remembers where to go on.
    pub fn cut(mut rows: Vec<T>, ask: &PageAsk, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(ask.limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { items: rows, next }
    }

    /// The same page of other things.
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(make).collect(),
            next: self.next,
        }
    }
}

/// Everything from a page on: one page after the other is asked for until there is no next. Whoever takes no more than so
/// many ends it from within `page`.
///
/// # Errors
/// What asking for a page refuses.
pub fn walk<T>(
    first: PageAsk,
    mut page: impl FnMut(&PageAsk) -> Result<Page<T>, Fault>,
) -> Result<Vec<T>, Fault> {
    let (mut ask, mut all) = (first, Vec::new());
    loop {
        let found = page(&ask)?;
        all.extend(found.items);
        match found.next {
            Some(next) => ask.after = Some(next),
            None => return Ok(all),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers behind a cursor, as a list of those below `end` answers them.
    fn numbers(ask: &PageAsk, end: i64) -> Page<i64> {
        let after = ask.after.as_ref().map_or(0, |cursor| {
            cursor.key.parse().expect("the key of the page before")
        });
        let rows = (after + 1..end).take(usize::try_from(ask.fetch()).expect("few"));
        Page::cut(rows.collect(), ask, |number| Cursor {
            key: number.to_string(),
            id: uuid::Uuid::nil(),
        })
    }

    #[test]
    fn a_walk_goes_through_every_page_to_the_last_and_repeats_nothing() {
        for (end, wanted) in [(1, 1), (2, 1), (4, 1), (5, 2), (7, 2), (8, 3)] {
            let mut pages = 0;

            let all = walk(PageAsk::of(3), |ask| {
                pages += 1;
                assert_eq!(ask.limit, 3);
                Ok(numbers(ask, end))
            });

            assert_eq!(all, Ok((1..end).collect()));
            assert_eq!(pages, wanted, "below {end}");
        }
    }

    #[test]
    fn a_walk_ends_where_a_page_is_refused() {
        let mut pages = 0;

        let all = walk(PageAsk::of(3), |ask| {
            pages += 1;
            match pages {
                1 => Ok(numbers(ask, 100)),
                _ => Err(Fault::conflict("enough")),
            }
        });

        assert_eq!(all, Err(Fault::conflict("enough")));
        assert_eq!(pages, 2);
    }
}
