//! How long the way between two venues takes, there and back alike.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{draft, editions, model::VenueId, tables::travel_times as rows, venues};

/// Longest way, in minutes.
const MINUTES_MOST: i64 = 24 * 60;

/// Ways between venues, in minutes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    minutes: BTreeMap<(VenueId, VenueId), i64>,
}

/// A way between two venues.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Way {
    /// From one venue.
    pub one: Option<VenueId>,
    /// To the other, or back.
    pub other: Option<VenueId>,
    /// Takes so many minutes; nothing when it is not known.
    pub minutes: Option<i64>,
}

/// What the form asks: ways between venues. Those that are not named stay as they are.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TravelInput {
    /// The ways.
    pub ways: Vec<Way>,
}

impl Travel {
    /// Minutes from one venue to the other; none in the same, or when nobody said.
    pub fn between(&self, one: VenueId, other: VenueId) -> i64 {
        self.minutes.get(&pair(one, other)).copied().unwrap_or(0)
    }

    /// Whether no way is known.
    pub fn is_empty(&self) -> bool {
        self.minutes.is_empty()
    }

    /// The ways that are known.
    pub fn ways(&self) -> Vec<Way> {
        let way = |((one, other), minutes): (&(VenueId, VenueId), &i64)| Way {
            one: Some(*one),
            other: Some(*other),
            minutes: Some(*minutes),
        };
        self.minutes.iter().map(way).collect()
    }
}

/// The ways between an edition's venues.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, edition: EditionId) -> Result<Travel, Fault> {
    let known: Vec<(VenueId, VenueId, i64)> = on_each!(conn, |c| rows::table
        .filter(rows::edition.eq(edition))
        .select((rows::one, rows::other, rows::minutes))
        .load(c))?;
    Ok(Travel {
        minutes: known
            .into_iter()
            .map(|(one, other, minutes)| (pair(one, other), minutes))
            .collect(),
    })
}

/// The ways between an edition's venues, for whoever works on the draft.
///
/// # Errors
/// 401, 403, 404.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Travel, Fault> {
    draft::desk_of(conn, actor, now, edition)?;
    of(conn, edition)
}

/// Says how long some ways take.
///
/// # Errors
/// 401, 403, 404; `invalid`; `edition_over`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &TravelInput,
) -> Result<Travel, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    let known: Vec<VenueId> = venues::list(conn, edition)?
        .into_iter()
        .map(|venue| venue.id)
        .collect();
    let asked = checked(input, &known)?;
    editions::change_draft(conn, edition)?;
    let before = of(conn, edition)?;
    for ((one, other), minutes) in asked {
        put(conn, edition, (one, other), minutes)?;
    }
    let after = of(conn, edition)?;
    if before != after {
        let noted = Note {
            actor: actor.person.map(Id::cast),
            scope: Some(edition.uuid()),
            summary: json!({ "ways": after.ways() }),
            ..Note::of("edition.travel_times", "edition")
        };
        audit::note(conn, now, &noted)?;
    }
    Ok(after)
}

type Asked = Vec<((VenueId, VenueId), Option<i64>)>;

fn checked(input: &TravelInput, known: &[VenueId]) -> Result<Asked, Fault> {
    let mut fields = Fields::new();
    let mut asked = Vec::new();
    for (place, way) in input.ways.iter().enumerate() {
        let field = |name: &str| format!("ways.{place}.{name}");
        let one = fields.required(&field("one"), way.one);
        let other = fields.required(&field("other"), way.other);
        for (name, venue) in [("one", one), ("other", other)] {
            if venue.is_some_and(|venue| !known.contains(&venue)) {
                fields.wrong(&field(name), "unknown");
            }
        }
        if one.is_some() && one == other {
            fields.wrong(&field("other"), "same_venue");
        }
        if let Some(minutes) = way.minutes {
            fields.within(&field("minutes"), minutes, 0, MINUTES_MOST);
        }
        if let (Some(one), Some(other)) = (one, other) {
            asked.push((pair(one, other), way.minutes));
        }
    }
    fields.done()?;
    Ok(asked)
}

fn put(
    conn: &mut Conn,
    edition: EditionId,
    way: (VenueId, VenueId),
    minutes: Option<i64>,
) -> Result<(), Fault> {
    let Some(minutes) = minutes else {
        on_each!(conn, |c| diesel::delete(rows::table.find(way)).execute(c))?;
        return Ok(());
    };
    on_each!(conn, |c| diesel::insert_into(rows::table)
        .values((
            rows::one.eq(way.0),
            rows::other.eq(way.1),
            rows::edition.eq(edition),
            rows::minutes.eq(minutes)
        ))
        .on_conflict((rows::one, rows::other))
        .do_update()
        .set(rows::minutes.eq(minutes))
        .execute(c))
    .exactly_one()
}

fn pair(one: VenueId, other: VenueId) -> (VenueId, VenueId) {
    if one <= other { (one, other) } else { (other, one) }
}
