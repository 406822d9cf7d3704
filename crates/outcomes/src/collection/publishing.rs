//! Published editions of a collection: numbered, whole, and never changed (R192).
//!
//! The words of each item are sealed with it, in every language there is; a later edition stands beside the earlier ones.
//! What is published is for anyone.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, LocalDate, Localized, Moment};
use serde::Serialize;
use serde_json::json;
use texts::versions;
use utoipa::ToSchema;

use super::{Warning, adopted, hold, note, warnings, write};
use crate::{
    agendas, desk_events,
    faults::OutcomeFault,
    legacy_model::{Agenda, Collection, Item, ItemAgenda, Published},
    links,
    model::{AgendaLink, Outcome, OutcomeId},
    provenance, rules, sight,
    tables::collection_editions as published_table,
    words,
};

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
    desk_events::published(conn, now, &published)?;
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
