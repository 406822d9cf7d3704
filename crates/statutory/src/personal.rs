//! What this slice keeps about a person: the seats they held in bodies, which papers they took away, what they did for
//! meetings. Who sat in a body is the statutory record: the seat keeps the name it was held under when everything else
//! about its holder goes (requirements §4.4, Article 17(3) GDPR).

use access_rules::PersonId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use records::personal::{Fate, Trace};

use crate::{model::Seat, tables::seats};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "body_seats",
        "person",
        &[
            "from_at",
            "body",
            "organisation",
            "to_at",
            "basis",
            "state",
            "name_on_record",
        ],
    )
    .with(Fate::ByUseCase),
    Trace::kept("body_seats", "named_by", &["named_at", "body"]),
    Trace::kept(
        "meeting_documents",
        "uploaded_by",
        &["uploaded_at", "meeting", "title", "language"],
    ),
    Trace::kept("document_downloads", "person", &["at", "document"]).with(Fate::Emptied(&["person"], &[])),
    Trace::deleted("meeting_visits", "person", &["last_seen_at", "meeting"]),
];

/// The seats somebody holds or will hold: they are handed over before their holder can go.
///
/// # Errors
/// When the database refuses.
pub fn seats_held(conn: &mut Conn, now: Moment, person: PersonId) -> Result<Vec<Seat>, Fault> {
    let all: Vec<Seat> = on_each!(conn, |c| seats::table
        .filter(seats::person.eq(person))
        .order((seats::from_at, seats::id))
        .select(Seat::as_select())
        .load(c))?;
    let is_held = |seat: &Seat| seat.to_at.is_none_or(|to| to > now && to > seat.from_at);
    Ok(all.into_iter().filter(is_held).collect())
}

/// Writes the name somebody held their seats under onto them: it stays there when the person has none any more. Answers
/// how many seats.
///
/// # Errors
/// When the database refuses.
pub fn put_on_record(conn: &mut Conn, person: PersonId, name: &str) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(seats::table)
        .filter(seats::person.eq(person))
        .filter(seats::name_on_record.is_null())
        .set(seats::name_on_record.eq(name))
        .execute(c))?)
}
