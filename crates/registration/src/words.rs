//! The words by which registrations are searched: each of what is typed must begin one of theirs.
//!
//! Kept beside the row whose [`Registration::search_key`] they are of, in the transaction that writes it, so that a search
//! reads what it finds and not the whole list. A key nobody has taken apart yet (from before there were words) is taken in
//! by [`mend`].

use std::collections::{BTreeMap, BTreeSet};

use access_rules::EditionId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, text};

use crate::{
    model::{Registration, RegistrationId},
    tables::{registration_words as table, registrations},
};

/// Most words asked for at once; who types more finds by these.
const ASKED_MOST: usize = 8;
/// So many are counted of a word before it is taken for one that many have; in tests, some have more.
const FEW: i64 = if cfg!(test) { 4 } else { 200 };
/// Above every byte of UTF-8.
const ABOVE: u8 = 0xFF;

/// What a typed word asks for: the words from here up to there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beginning {
    /// The first.
    pub(crate) from: Vec<u8>,
    /// Above the last.
    pub(crate) to: Vec<u8>,
}

#[derive(Insertable)]
#[diesel(table_name = table)]
struct Row {
    edition: EditionId,
    word: Vec<u8>,
    registration: RegistrationId,
}

/// What is asked for by what somebody typed; nothing when there is no word in it.
pub(crate) fn asked(typed: &str) -> Vec<Beginning> {
    let folded = text::fold(typed);
    let words = words_of(&folded).take(ASKED_MOST);
    let beginning = |word: &str| {
        let from = word.as_bytes().to_vec();
        let to = [from.as_slice(), &[ABOVE]].concat();
        Beginning { from, to }
    };
    words.map(beginning).collect()
}

impl Beginning {
    /// Whether this word is one of them.
    fn begins(&self, word: &[u8]) -> bool {
        (self.from.as_slice()..self.to.as_slice()).contains(&word)
    }
}

/// Who has all of the words that are asked for.
pub(crate) enum Having {
    /// No word is asked for.
    Anybody,
    /// These.
    Few(Vec<RegistrationId>),
    /// So many that they are found while the list is read; the words, that which the fewest have first.
    Many(Vec<Beginning>),
}

/// Who has all of these words.
///
/// Where one of them is rare, those who have it are asked for the others, however many have those.
pub(crate) fn having(conn: &mut Conn, edition: EditionId, asked: Vec<Beginning>) -> Result<Having, Fault> {
    let mut counted = Vec::with_capacity(asked.len());
    for word in asked {
        let some: Vec<RegistrationId> = on_each!(conn, |c| table::table
            .filter(table::edition.eq(edition))
            .filter(table::word.ge(&word.from))
            .filter(table::word.lt(&word.to))
            .select(table::registration)
            .limit(FEW)
            .load(c))?;
        counted.push((some, word));
    }
    counted.sort_by_key(|(some, _)| some.len());
    let mut words = counted.into_iter();
    let Some((few, rarest)) = words.next() else {
        return Ok(Having::Anybody);
    };
    let others: Vec<Beginning> = words.map(|(_, word)| word).collect();
    if i64::try_from(few.len()).is_ok_and(|count| count >= FEW) {
        return Ok(Having::Many(std::iter::once(rarest).chain(others).collect()));
    }
    if others.is_empty() {
        return Ok(Having::Few(few));
    }
    // By their keys, so that no engine can take the words of everybody for the shorter way to those of these few.
    let keys: Vec<(RegistrationId, String)> = on_each!(conn, |c| registrations::table
        .filter(registrations::id.eq_any(&few))
        .select((registrations::id, registrations::search_key))
        .load(c))?;
    let has_all = |key: &str| {
        others
            .iter()
            .all(|other| words_of(key).any(|word| other.begins(word.as_bytes())))
    };
    let having = keys.into_iter().filter(|(_, key)| has_all(key));
    Ok(Having::Few(
        having.map(|(registration, _)| registration).collect(),
    ))
}

/// Keeps the words of a registration, as its key has them now.
pub(crate) fn keep(conn: &mut Conn, registration: &Registration) -> Result<(), Fault> {
    let rows = rows_of(registration.id, registration.edition, &registration.search_key);
    replace(conn, registration.id, &rows)
}

/// Looks at so many registrations, those behind this one, and keeps the words of those whose are not the key's: from before
/// there were words, or written by a program of that time that still runs beside this one. Answers how far it came;
/// nothing at the end. Two servers may do so at once.
///
/// # Errors
/// When the database refuses.
pub fn mend(
    conn: &mut Conn,
    after: Option<RegistrationId>,
    most: i64,
) -> Result<Option<RegistrationId>, Fault> {
    let found: Vec<(RegistrationId, EditionId, String)> = on_each!(conn, |c| {
        let mut asked = registrations::table
            .select((
                registrations::id,
                registrations::edition,
                registrations::search_key,
            ))
            .into_boxed();
        if let Some(after) = after {
            asked = asked.filter(registrations::id.gt(after));
        }
        asked.order(registrations::id).limit(most).load(c)
    })?;
    let ids: Vec<RegistrationId> = found.iter().map(|(id, _, _)| *id).collect();
    let kept: Vec<(RegistrationId, Vec<u8>)> = on_each!(conn, |c| table::table
        .filter(table::registration.eq_any(&ids))
        .select((table::registration, table::word))
        .load(c))?;
    let mut words: BTreeMap<RegistrationId, BTreeSet<Vec<u8>>> = BTreeMap::new();
    for (registration, word) in kept {
        words.entry(registration).or_default().insert(word);
    }
    for (id, edition, key) in &found {
        let rows = rows_of(*id, *edition, key);
        let wanted: BTreeSet<Vec<u8>> = rows.iter().map(|row| row.word.clone()).collect();
        if words.remove(id).unwrap_or_default() == wanted {
            continue;
        }
        // Takes the row, so that nobody keeps other words meanwhile; who changed the key since kept its words.
        let is_the_same = on_each!(conn, |c| diesel::update(registrations::table.find(id))
            .filter(registrations::search_key.eq(key))
            .set(registrations::search_key.eq(key))
            .execute(c))
        .at_most_one()?;
        if is_the_same {
            replace(conn, *id, &rows)?;
        }
    }
    let is_over = i64::try_from(found.len()).unwrap_or(i64::MAX) < most;
    Ok(ids.last().copied().filter(|_| !is_over))
}

fn replace(conn: &mut Conn, registration: RegistrationId, rows: &[Row]) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(table::table)
        .filter(table::registration.eq(registration))
        .execute(c))?;
    insert(conn, rows)
}

fn insert(conn: &mut Conn, rows: &[Row]) -> Result<(), Fault> {
    for row in rows {
        on_each!(conn, |c| diesel::insert_into(table::table).values(row).execute(c)).exactly_one()?;
    }
    Ok(())
}

fn rows_of(registration: RegistrationId, edition: EditionId, key: &str) -> Vec<Row> {
    let each: BTreeSet<&str> = words_of(key).collect();
    let row = |word: &str| Row {
        edition,
        word: word.as_bytes().to_vec(),
        registration,
    };
    each.into_iter().map(row).collect()
}

/// The words of a folded text: what stands between whatever is neither letter nor digit, so that a part of an address is
/// found, too.
fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_asks_for_words_that_begin_with_it() {
        let [jose, example] = &asked(" José  exämple ")[..] else {
            panic!("two words");
        };

        assert!((&jose.from..&jose.to).contains(&&b"joseph".to_vec()));
        assert!((&jose.from..&jose.to).contains(&&b"jose".to_vec()));
        assert!(!(&jose.from..&jose.to).contains(&&b"jos".to_vec()));
        assert!(!(&jose.from..&jose.to).contains(&&b"josf".to_vec()));
        assert_eq!(example.from, b"example");
        assert_eq!(asked("  -- @ "), []);
    }

    #[test]
    fn an_address_is_its_parts() {
        let found: Vec<&str> = words_of("ana o'neill ana.oneill@durban.example").collect();

        assert_eq!(found, ["ana", "o", "neill", "ana", "oneill", "durban", "example"]);
    }
}
