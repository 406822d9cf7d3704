//! What this slice keeps about a person: what they asked the floor for and said, moved, appealed, and ruled in the chair.
//! It is the record of a meeting: it stays under an id that names nobody any more, without their name, and without what
//! they declared about themselves.

use std::collections::BTreeSet;

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Localized, text};
use records::personal::Trace;

use crate::{
    model::{FloorId, MotionId, RequestId, RulingId},
    tables::{floor_rulings, floors, procedural_motions, speaker_requests},
};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "speaker_requests",
        "person",
        &[
            "asked_at",
            "floor",
            "organisation",
            "name",
            "speaks_for",
            "region",
            "gender",
            "kind",
            "state",
            "place_reason",
            "called_at",
            "ended_at",
            "spoken_ms",
            "removal",
            "removal_reason",
        ],
    ),
    Trace::kept("speaker_requests", "asked_by", &["asked_at", "floor", "kind"]),
    Trace::kept(
        "procedural_motions",
        "moved_by",
        &[
            "moved_at",
            "floor",
            "kind",
            "organisation",
            "name",
            "speaks_for",
            "words",
            "state",
        ],
    ),
    Trace::kept(
        "floor_rulings",
        "ruled_by",
        &["ruled_at", "floor", "finding", "words", "state"],
    ),
    Trace::kept(
        "floor_rulings",
        "appealed_by",
        &["appealed_at", "floor", "appellant", "state"],
    ),
];

/// Puts a pseudonym where somebody's name is shown, and forgets what they declared about themselves and what they spoke
/// for. Answers the names they were shown under.
///
/// # Errors
/// When the database refuses.
pub fn take_name_out(conn: &mut Conn, person: PersonId, pseudonym: &str) -> Result<BTreeSet<String>, Fault> {
    let mut touched: BTreeSet<FloorId> = BTreeSet::new();
    let mut names = BTreeSet::new();
    let asked: Vec<(FloorId, String)> = on_each!(conn, |c| speaker_requests::table
        .filter(speaker_requests::person.eq(person))
        .select((speaker_requests::floor, speaker_requests::name))
        .load(c))?;
    let moved: Vec<(FloorId, String)> = on_each!(conn, |c| procedural_motions::table
        .filter(procedural_motions::moved_by.eq(person))
        .select((procedural_motions::floor, procedural_motions::name))
        .load(c))?;
    let appealed: Vec<(FloorId, String)> = on_each!(conn, |c| floor_rulings::table
        .filter(floor_rulings::appealed_by.eq(person))
        .select((floor_rulings::floor, floor_rulings::appellant))
        .load(c))?;
    for (floor, name) in asked.into_iter().chain(moved).chain(appealed) {
        touched.insert(floor);
        names.insert(name);
    }
    on_each!(conn, |c| diesel::update(speaker_requests::table)
        .filter(speaker_requests::person.eq(person))
        .set((
            speaker_requests::name.eq(pseudonym),
            speaker_requests::speaks_for.eq(""),
            speaker_requests::gender.eq(None::<crate::model::Gender>),
        ))
        .execute(c))?;
    on_each!(conn, |c| diesel::update(procedural_motions::table)
        .filter(procedural_motions::moved_by.eq(person))
        .set((
            procedural_motions::name.eq(pseudonym),
            procedural_motions::speaks_for.eq(""),
        ))
        .execute(c))?;
    on_each!(conn, |c| diesel::update(floor_rulings::table)
        .filter(floor_rulings::appealed_by.eq(person))
        .set(floor_rulings::appellant.eq(pseudonym))
        .execute(c))?;
    count_on(conn, &touched)?;
    Ok(names)
}

/// Puts a pseudonym where one of these names or addresses stands for itself in what was said on floors: in their titles, in
/// reasons, in what goes with motions and rulings, and in what others speak for.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, texts: &[&str], pseudonym: &str) -> Result<(), Fault> {
    let unnamed = |old: &str| {
        texts.iter().fold(old.to_owned(), |text, words| {
            text::with_words_replaced(&text, words, pseudonym).unwrap_or(text)
        })
    };
    let mut touched = BTreeSet::new();
    in_titles(conn, &unnamed, &mut touched)?;
    in_requests(conn, &unnamed, &mut touched)?;
    in_motions(conn, &unnamed, &mut touched)?;
    in_rulings(conn, &unnamed, &mut touched)?;
    count_on(conn, &touched)
}

fn in_titles(
    conn: &mut Conn,
    unnamed: &impl Fn(&str) -> String,
    touched: &mut BTreeSet<FloorId>,
) -> Result<(), Fault> {
    let titles: Vec<(FloorId, Localized)> = on_each!(conn, |c| floors::table
        .select((floors::id, floors::title))
        .load(c))?;
    for (id, before) in titles {
        let said = before.0.iter();
        let after = Localized(said.map(|(tag, words)| (tag.clone(), unnamed(words))).collect());
        if after != before {
            on_each!(conn, |c| diesel::update(floors::table.find(id))
                .set(floors::title.eq(&after))
                .execute(c))
            .exactly_one()?;
            touched.insert(id);
        }
    }
    Ok(())
}

fn in_requests(
    conn: &mut Conn,
    unnamed: &impl Fn(&str) -> String,
    touched: &mut BTreeSet<FloorId>,
) -> Result<(), Fault> {
    let rows: Vec<(RequestId, FloorId, String, String, String)> =
        on_each!(conn, |c| speaker_requests::table
            .select((
                speaker_requests::id,
                speaker_requests::floor,
                speaker_requests::speaks_for,
                speaker_requests::place_reason,
                speaker_requests::removal_reason,
            ))
            .load(c))?;
    for (id, floor, speaks_for, placed, removed) in rows {
        let after = (unnamed(&speaks_for), unnamed(&placed), unnamed(&removed));
        if after != (speaks_for, placed, removed) {
            on_each!(conn, |c| diesel::update(speaker_requests::table.find(id))
                .set((
                    speaker_requests::speaks_for.eq(&after.0),
                    speaker_requests::place_reason.eq(&after.1),
                    speaker_requests::removal_reason.eq(&after.2),
                ))
                .execute(c))
            .exactly_one()?;
            touched.insert(floor);
        }
    }
    Ok(())
}

fn in_motions(
    conn: &mut Conn,
    unnamed: &impl Fn(&str) -> String,
    touched: &mut BTreeSet<FloorId>,
) -> Result<(), Fault> {
    let rows: Vec<(MotionId, FloorId, String, String)> = on_each!(conn, |c| procedural_motions::table
        .select((
            procedural_motions::id,
            procedural_motions::floor,
            procedural_motions::speaks_for,
            procedural_motions::words,
        ))
        .load(c))?;
    for (id, floor, speaks_for, words) in rows {
        let after = (unnamed(&speaks_for), unnamed(&words));
        if after != (speaks_for, words) {
            on_each!(conn, |c| diesel::update(procedural_motions::table.find(id))
                .set((
                    procedural_motions::speaks_for.eq(&after.0),
                    procedural_motions::words.eq(&after.1),
                ))
                .execute(c))
            .exactly_one()?;
            touched.insert(floor);
        }
    }
    Ok(())
}

fn in_rulings(
    conn: &mut Conn,
    unnamed: &impl Fn(&str) -> String,
    touched: &mut BTreeSet<FloorId>,
) -> Result<(), Fault> {
    let rows: Vec<(RulingId, FloorId, String)> = on_each!(conn, |c| floor_rulings::table
        .select((floor_rulings::id, floor_rulings::floor, floor_rulings::words))
        .load(c))?;
    for (id, floor, before) in rows {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(floor_rulings::table.find(id))
                .set(floor_rulings::words.eq(&after))
                .execute(c))
            .exactly_one()?;
            touched.insert(floor);
        }
    }
    Ok(())
}

/// Counts on the floors that show something else now, so that nobody is told that nothing changed.
fn count_on(conn: &mut Conn, touched: &BTreeSet<FloorId>) -> Result<(), Fault> {
    for id in touched {
        on_each!(conn, |c| diesel::update(floors::table.find(*id))
            .set(floors::version.eq(floors::version + 1))
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}
