//! Tags somebody was given by a decision: press, exhibitor, accompanying person, by the category they were approved in.
//! The tags that follow from memberships, organisations and positions are derived in `members`, never kept (R14).

use access_rules::{PersonId, Tag};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};

use crate::{model::GrantedTag, tables::person_tags};

/// Gives a tag, inside the transaction of the act that decides it. Giving twice on one ground is once.
///
/// # Errors
/// When the database refuses.
pub fn give(
    conn: &mut Conn,
    person: PersonId,
    tag: Tag,
    from: Moment,
    to: Option<Moment>,
    basis: &str,
) -> Result<(), Fault> {
    let given = on_each!(conn, |c| person_tags::table
        .filter(person_tags::person_id.eq(person))
        .filter(person_tags::tag.eq(tag))
        .filter(person_tags::basis.eq(basis))
        .filter(person_tags::to_at.is_null().or(person_tags::to_at.gt(from)))
        .count()
        .get_result::<i64>(c))?;
    if given > 0 {
        return Ok(());
    }
    let row = GrantedTag {
        id: Id::new(),
        person_id: person,
        tag,
        from_at: from,
        to_at: to,
        basis: basis.to_owned(),
    };
    on_each!(conn, |c| diesel::insert_into(person_tags::table)
        .values(&row)
        .execute(c))
    .exactly_one()
}

/// Takes back every tag given on this ground. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn take(conn: &mut Conn, now: Moment, basis: &str) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(person_tags::table)
        .filter(person_tags::basis.eq(basis))
        .filter(person_tags::to_at.is_null().or(person_tags::to_at.gt(now)))
        .set(person_tags::to_at.eq(now))
        .execute(c))?)
}

/// The tags somebody was given and has at a moment.
///
/// # Errors
/// When the database refuses.
pub fn of_person(conn: &mut Conn, person: PersonId, at: Moment) -> Result<Vec<Tag>, Fault> {
    Ok(on_each!(conn, |c| person_tags::table
        .filter(person_tags::person_id.eq(person))
        .filter(person_tags::from_at.le(at))
        .filter(person_tags::to_at.is_null().or(person_tags::to_at.gt(at)))
        .order((person_tags::tag, person_tags::id))
        .select(person_tags::tag)
        .load(c))?)
}
