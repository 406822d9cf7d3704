//! The collection of a congress: « pas seulement une déclaration unique, mais une série de recommandations politiques
//! intégrées » (R192).
//!
//! What was adopted is put in order here, and published as a numbered edition that never changes
//! ([`publish`], [`get`], [`list()`]).

mod publishing;

use access_rules::{Act, Actor, EditionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, text};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub use self::publishing::{Citing, PublishedLine, get, list, publish};
use crate::{
    legacy_model::Collection,
    listing::{self, OutcomeFilter, OutcomeLine},
    model::{Outcome, OutcomeId, OutcomeKind},
    outcomes, rules,
    sight::{self, Eyes},
    tables::{collections as table, outcomes as outcomes_table},
};

kernel::coded! {
    /// What whoever publishes a collection is told; it does not stop them.
    pub enum Warning {
        /// There is one item alone: a single declaration is not what was asked for.
        SingleItem => "single_item",
        /// There is no declaration.
        NoDeclaration => "no_declaration",
        /// There is no recommendation.
        NoRecommendation => "no_recommendation",
        /// Some of what was received is not decided yet.
        Undecided => "undecided",
    }
}

/// What the form of a collection asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CollectionInput {
    /// What it is called.
    pub title: Localized,
    /// What stands before its items.
    pub foreword: Localized,
}

/// A collection as it is being put together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Assembled {
    /// It.
    pub collection: Collection,
    /// What was adopted, in its order.
    pub items: Vec<OutcomeLine>,
    /// What is to be told before it is published.
    pub warnings: Vec<Warning>,
}

/// The collection as it is being put together, for the desk.
///
/// # Errors
/// 401, 403.
pub fn assembled(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Assembled, Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let adopted = adopted(conn, edition)?;
    Ok(Assembled {
        collection: find(conn, edition)?.unwrap_or_else(|| blank(edition)),
        warnings: warnings(conn, edition, &adopted)?,
        items: listing::lines(conn, &adopted)?,
    })
}

/// Says what the collection is called, and what stands before its items.
///
/// # Errors
/// 401, 403; `invalid` with each field; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &CollectionInput,
    version: Option<i64>,
) -> Result<Collection, Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let before = hold(conn, edition, version)?;
    let mut fields = Fields::new();
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let foreword = fields.localized_paragraph("foreword", &input.foreword, rules::RESULT_MAX, false);
    fields.done()?;
    let after = Collection {
        title,
        foreword,
        version: before.version + 1,
        ..before
    };
    write(conn, &after)?;
    note(
        conn,
        actor,
        now,
        "collection.edit",
        edition,
        json!({ "version": after.version }),
    )?;
    Ok(after)
}

/// Puts what was adopted in an order; what is not named comes after, as it came.
///
/// # Errors
/// 401, 403; `invalid`: `order`, when it names something twice or something that was not adopted; `stale`.
pub fn arrange(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    order: &[OutcomeId],
    version: Option<i64>,
) -> Result<Assembled, Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let before = hold(conn, edition, version)?;
    let adopted = adopted(conn, edition)?;
    let mut fields = Fields::new();
    for (place, id) in order.iter().enumerate() {
        if order.iter().take(place).any(|earlier| earlier == id) {
            fields.wrong(&format!("order.{place}"), "named_twice");
        } else if !adopted.iter().any(|own| own.id == *id) {
            fields.wrong(&format!("order.{place}"), "unknown");
        }
    }
    fields.done()?;
    for own in &adopted {
        let named = order.iter().position(|id| *id == own.id);
        let position = match named {
            Some(place) => i64::try_from(place).unwrap_or(rules::UNARRANGED - 1) + 1,
            None => rules::UNARRANGED,
        };
        if position != own.position {
            on_each!(conn, |c| diesel::update(outcomes_table::table.find(own.id))
                .set(outcomes_table::position.eq(position))
                .execute(c))
            .exactly_one()?;
        }
    }
    let after = Collection {
        version: before.version + 1,
        ..before
    };
    write(conn, &after)?;
    note(
        conn,
        actor,
        now,
        "collection.arrange",
        edition,
        json!({ "order": order }),
    )?;
    assembled(conn, actor, now, edition)
}

/// What was adopted, in its order. Whoever asks has the desk or publishes.
fn adopted(conn: &mut Conn, edition: EditionId) -> Result<Vec<Outcome>, Fault> {
    let all = Eyes {
        all: true,
        ..Eyes::default()
    };
    listing::every(conn, &all, &OutcomeFilter::adopted_by(edition))
}

fn warnings(conn: &mut Conn, edition: EditionId, adopted: &[Outcome]) -> Result<Vec<Warning>, Fault> {
    let has = |kind: OutcomeKind| adopted.iter().any(|own| own.kind == kind);
    let told = [
        (adopted.len() == 1, Warning::SingleItem),
        (!has(OutcomeKind::Declaration), Warning::NoDeclaration),
        (!has(OutcomeKind::Recommendation), Warning::NoRecommendation),
        (
            !outcomes::undecided(conn, edition)?.is_empty(),
            Warning::Undecided,
        ),
    ];
    let told = told.into_iter().filter(|(holds, _)| *holds);
    Ok(told.map(|(_, warning)| warning).collect())
}

fn find(conn: &mut Conn, edition: EditionId) -> Result<Option<Collection>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(edition)
        .select(Collection::as_select())
        .first(c)
        .optional())?)
}

fn blank(edition: EditionId) -> Collection {
    Collection {
        edition,
        title: Localized::default(),
        foreword: Localized::default(),
        last_number: 0,
        version: 1,
    }
}

/// Holds the row of a collection until COMMIT, so that those who change or publish it stand in line.
fn hold(conn: &mut Conn, edition: EditionId, seen: Option<i64>) -> Result<Collection, Fault> {
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&blank(edition))
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    let held: Collection = on_each!(conn, |c| diesel::update(table::table.find(edition))
        .set(table::version.eq(table::version))
        .returning(Collection::as_returning())
        .get_result(c))?;
    match seen {
        Some(seen) if seen != held.version => Err(Fault::stale()),
        Some(_) | None => Ok(held),
    }
}

/// Writes a collection that is held.
fn write(conn: &mut Conn, after: &Collection) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(table::table.find(after.edition))
        .set(after)
        .execute(c))
    .exactly_one()
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    edition: EditionId,
    summary: Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(edition.uuid()),
        scope: Some(edition.uuid()),
        summary,
        ..Note::of(act, "collection")
    };
    audit::note(conn, now, &note)
}
