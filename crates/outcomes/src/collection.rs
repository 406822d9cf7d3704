//! The collection of a congress: « pas seulement une déclaration unique, mais une série de recommandations politiques
//! intégrées » (R192).
//!
//! What was adopted is put in order, linked, and published as a numbered edition that never changes: the words of each
//! item are sealed with it, in every language there is. A later edition stands beside the earlier ones. What is published
//! is for anyone.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, LocalDate, Localized, Moment, text};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use texts::versions;
use utoipa::ToSchema;

use crate::{
    agendas,
    faults::OutcomeFault,
    legacy_model::{Agenda, Collection, Item, ItemAgenda, Published},
    links,
    model::{AgendaLink, Outcome, OutcomeId, OutcomeKind},
    outcomes::{self, OutcomeFilter, OutcomeLine},
    provenance, rules,
    sight::{self, Eyes},
    tables::{collection_editions as published_table, collections as table, outcomes as outcomes_table},
    words,
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

/// What the caller knows of the congress, for the citation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citing {
    /// The congress: its title.
    pub congress: Localized,
    /// Who publishes.
    pub publisher: String,
    /// The lasting address of this collection's editions, to which the number is added; may be empty.
    pub address: String,
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

/// A published edition in a list: all but its items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublishedLine {
    /// Which, from 1.
    pub number: i64,
    /// What it is called.
    pub title: Localized,
    /// How it is cited.
    pub citation: Localized,
    /// How many items it has.
    pub items: usize,
    /// SHA-256 over title, foreword and items.
    pub hash: String,
    /// When it was published.
    pub published_at: Moment,
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
        items: outcomes::lines(conn, &adopted)?,
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

/// Publishes what was adopted as the next edition, whole and for ever. Where nothing changed since the last one, it is that
/// one. `on` is the day at the congress. The warnings say what it lacks.
///
/// # Errors
/// 401, 403; `invalid`: `title`, when it has none; `nothing_to_publish`; `wording_changed`; `stale`.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    on: LocalDate,
    citing: &Citing,
    version: Option<i64>,
) -> Result<(Published, Vec<Warning>), Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let before = hold(conn, edition, version)?;
    let mut fields = Fields::new();
    if before.title.is_blank() {
        fields.wrong("title", "required");
    }
    fields.done()?;
    let adopted = adopted(conn, edition)?;
    if adopted.is_empty() {
        return Err(OutcomeFault::NothingToPublish.into());
    }
    let warnings = warnings(conn, edition, &adopted)?;
    let items = items(conn, actor, now, &adopted)?;
    let hash = rules::collection_hash(&before.title, &before.foreword, &items);
    if let Some(last) = last(conn, edition)?.filter(|last| last.hash == hash) {
        return Ok((last, warnings));
    }
    let number = before.last_number + 1;
    let published = Published {
        id: Id::new(),
        edition,
        number,
        citation: words::citation(&before.title, citing, number, on),
        title: before.title.clone(),
        foreword: before.foreword.clone(),
        items: Json(items),
        hash,
        published_at: now,
        published_by: actor.person,
    };
    on_each!(conn, |c| diesel::insert_into(published_table::table)
        .values(&published)
        .execute(c))
    .exactly_one()?;
    let after = Collection {
        last_number: number,
        version: before.version + 1,
        ..before
    };
    write(conn, &after)?;
    let summary = json!({ "number": number, "items": published.items.0.len(), "hash": published.hash });
    note(conn, actor, now, "collection.publish", edition, summary)?;
    Ok((published, warnings))
}

/// A published edition by its number, or the last one. It is for anyone.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, edition: EditionId, number: Option<i64>) -> Result<Published, Fault> {
    let found = match number {
        None => last(conn, edition)?,
        Some(number) => on_each!(conn, |c| published_table::table
            .filter(published_table::edition.eq(edition))
            .filter(published_table::number.eq(number))
            .select(Published::as_select())
            .first(c)
            .optional())?,
    };
    found.ok_or_else(Fault::not_found)
}

/// The published editions, the newest first. They are for anyone.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<PublishedLine>, Fault> {
    let all: Vec<Published> = on_each!(conn, |c| published_table::table
        .filter(published_table::edition.eq(edition))
        .order(published_table::number.desc())
        .limit(100)
        .select(Published::as_select())
        .load(c))?;
    let told = all.into_iter().map(|own| PublishedLine {
        number: own.number,
        title: own.title,
        citation: own.citation,
        items: own.items.0.len(),
        hash: own.hash,
        published_at: own.published_at,
    });
    Ok(told.collect())
}

/// What was adopted, in its order. Whoever asks has the desk or publishes.
fn adopted(conn: &mut Conn, edition: EditionId) -> Result<Vec<Outcome>, Fault> {
    let all = Eyes {
        all: true,
        ..Eyes::default()
    };
    outcomes::every(conn, &all, &OutcomeFilter::adopted_by(edition))
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

/// The items as they are published: their words are sealed once more, because other languages may say them by now.
fn items(conn: &mut Conn, actor: &Actor, now: Moment, adopted: &[Outcome]) -> Result<Vec<Item>, Fault> {
    let ids: Vec<OutcomeId> = adopted.iter().map(|own| own.id).collect();
    let codes: BTreeMap<OutcomeId, &str> = adopted.iter().map(|own| (own.id, own.code.as_str())).collect();
    let mut served = agendas::of_many(conn, &ids)?;
    let linked = links::of_many(conn, &ids)?;
    let origins = provenance::origins(conn, adopted)?;
    let names = agendas::list(conn)?;
    let mut items = Vec::new();
    for own in adopted {
        let sealed = versions::seal(conn, actor.person, now, own.text, &own.code)?;
        let was = versions::get(conn, own.text, own.adopted_version.unwrap_or(sealed.number))?;
        let (then, is) = ((&was.title, &*was.blocks.0), (&sealed.title, &*sealed.blocks.0));
        if !rules::says_the_same(&sealed.language, then, is) {
            return Err(OutcomeFault::WordingChanged {
                code: own.code.clone(),
            }
            .into());
        }
        let links = linked.get(&own.id).into_iter().flatten();
        let mut links: Vec<String> = links
            .filter_map(|id| codes.get(id))
            .map(|code| (*code).to_owned())
            .collect();
        links.sort();
        items.push(Item {
            outcome: own.id,
            code: own.code.clone(),
            kind: own.kind,
            state: own.state,
            title: sealed.title,
            language: sealed.language,
            text: own.text,
            text_version: sealed.number,
            blocks: sealed.blocks.0,
            decided_at: own.decided_at,
            horizon_to: own.horizon_to,
            agendas: called(served.remove(&own.id).unwrap_or_default(), &names),
            links,
            origin: own.transmission.and_then(|id| origins.get(&id).cloned()),
        });
    }
    Ok(items)
}

/// Agendas with their titles.
fn called(links: Vec<AgendaLink>, names: &[Agenda]) -> Vec<ItemAgenda> {
    let title = |code: &str| {
        let found = names.iter().find(|agenda| agenda.code == code);
        found.map(|agenda| agenda.title.clone()).unwrap_or_default()
    };
    let called = links.into_iter().map(|link| ItemAgenda {
        title: title(&link.agenda),
        link,
    });
    called.collect()
}

fn last(conn: &mut Conn, edition: EditionId) -> Result<Option<Published>, Fault> {
    Ok(on_each!(conn, |c| published_table::table
        .filter(published_table::edition.eq(edition))
        .order(published_table::number.desc())
        .select(Published::as_select())
        .first(c)
        .optional())?)
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
