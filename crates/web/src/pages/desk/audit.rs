//! The audit: who did what, by person, thing, act and day; and the history of one thing, to which its page leads.

use access_rules::{Act, Actor, Object, PersonId, SessionId, decide};
use actix_kit::{Paging, Query};
use db::Conn;
use kernel::{Fault, Kind, LocalDate, Moment, Page as Rows, PageAsk, Zone};
use people::{model::Person, persons};
use programme::{history, model::Edition};
use records::{
    audit::{self, Filter},
    audit_sealing::{self, ERASED, PERSONAL},
    model::Entry,
};
use serde::{Deserialize, Serialize};

use super::{DeskPage, Filters, Table, anchor, asked_for, encoded, id_of, pager, plain};
use crate::{
    components::Empty,
    forms::FormView,
    table::{Line, get},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get("/{lang}/desk/audit", Act::ReadAudit, entries)]
}

/// What the audit may be asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    person: Option<String>,
    act: Option<String>,
    object_kind: Option<String>,
    object: Option<String>,
    day: Option<String>,
}

/// What was found, and how.
struct Found {
    rows: Rows<Entry>,
    /// Those who acted, as far as the reader may know them.
    names: Vec<Person>,
    /// The filter, where the reader reads the whole audit.
    filter: Option<Filter>,
}

/// A moment in the words of the congress's clock, or of UTC's.
pub fn moment(visit: &Visit, frame: &Frame, at: Moment) -> String {
    match &frame.edition {
        Some(edition) => visit.voice.moment(edition.zone.local(at)),
        None => at.rfc3339(),
    }
}

/// When a day of the congress's clock, or of UTC's, begins and ends; nothing for what is no day.
pub fn day_of(edition: Option<&Edition>, day: Option<&str>) -> (Option<Moment>, Option<Moment>) {
    let zone: Option<Zone> = edition.map(|edition| edition.zone).or_else(|| "UTC".parse().ok());
    let midnight = |day: LocalDate| {
        day.at(0, 0)
            .zip(zone)
            .and_then(|(at, zone)| at.in_zone(zone).ok())
    };
    let day: Option<LocalDate> = day.and_then(|day| day.parse().ok());
    (
        day.and_then(midnight),
        day.and_then(|day| midnight(day.plus_days(1))),
    )
}

async fn entries(visit: Visit, query: Query<Asked>, paging: Paging) -> Page {
    let (asked, ask) = (query.0, paging.0);
    let (wanted, paged) = (asked.clone(), ask.after.is_some());
    let (frame, found) = visit
        .read("desk.audit", None, move |conn, actor, now, edition| {
            find(conn, actor, now, edition, &wanted, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at("desk/audit");
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-audit"));
    if let Some(filter) = &found.filter {
        page.links(super::files(voice, "/api/v1/audit", &as_asked_of_the_api(filter)));
        let form = FormView::filled(voice, &asked);
        let filters = Filters::new(voice, base.clone(), !asked_for(&asked).is_empty())
            .with(form.text("person", "desk-audit-person"))
            .with(form.text("act", "desk-audit-act"))
            .with(form.text("object_kind", "desk-audit-object-kind"))
            .with(form.text("object", "desk-audit-object"))
            .with(form.date("day", "desk-audit-day"));
        page.put(&filters);
    }
    if found.rows.items.is_empty() {
        page.put(&Empty::new(voice.t("list-empty"), ""));
    } else {
        page.put(&table(&visit, &frame, &found));
    }
    page.put(&pager(&visit, &base, &asked, found.rows.next.as_ref(), paged));
    page.answer(&visit, None)
}

/// The whole audit for who may read it; for other desks the history of the session asked for.
fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: Option<&Edition>,
    asked: &Asked,
    ask: &PageAsk,
) -> Result<Found, Fault> {
    let may = decide(actor, Act::ReadAudit, &Object::site(), now).or_fault();
    if let Err(refused) = may {
        let session = asked
            .object
            .as_deref()
            .and_then(|id| id.parse::<SessionId>().ok());
        let Some(session) = session.filter(|_| refused.kind == Kind::Forbidden && actor.is_staff()) else {
            return Err(refused);
        };
        let rows = history::of_session(conn, actor, now, session, ask)?;
        return Ok(Found {
            rows,
            names: Vec::new(),
            filter: None,
        });
    }
    let (from, to) = day_of(edition, asked.day.as_deref());
    let person = asked.person.as_deref().map(id_of::<PersonId>).transpose()?;
    let object = asked.object.as_deref().map(id_of::<PersonId>).transpose()?;
    let filter = Filter {
        actor: person.map(kernel::Id::cast),
        act: asked.act.clone(),
        object_kind: asked.object_kind.clone(),
        object_id: object.map(|id| id.uuid()),
        from,
        to,
        ..Filter::default()
    };
    let mut rows = audit::list(conn, &filter, ask)?;
    rows.items = audit_sealing::open(conn, rows.items)?;
    let mut ids: Vec<PersonId> = rows
        .items
        .iter()
        .filter_map(|entry| entry.actor)
        .map(kernel::Id::cast)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(Found {
        rows,
        names: persons::many(conn, &ids)?,
        filter: Some(filter),
    })
}

/// The same filter as the API's query.
fn as_asked_of_the_api(filter: &Filter) -> Vec<String> {
    let fields = [
        ("actor", filter.actor.map(|id| id.to_string())),
        ("act", filter.act.clone()),
        ("object_kind", filter.object_kind.clone()),
        ("object_id", filter.object_id.map(|id| id.to_string())),
        ("from", filter.from.map(|at| at.rfc3339())),
        ("to", filter.to.map(|at| at.rfc3339())),
    ];
    fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", encoded(&value?))))
        .collect()
}

fn table(visit: &Visit, frame: &Frame, found: &Found) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-audit-at",
        "desk-audit-who",
        "desk-audit-act",
        "desk-audit-object-kind",
        "desk-audit-facts",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for entry in &found.rows.items {
        let who = match entry.actor {
            None => plain(voice.t("desk-audit-nobody")),
            Some(id) => match found.names.iter().find(|person| person.id.uuid() == id.uuid()) {
                Some(person) => anchor(visit.at(&format!("desk/people/{}", person.id)), person.name()),
                None => plain(voice.t("desk-audit-somebody")),
            },
        };
        let object = match entry.object_id {
            Some(id) => anchor(
                visit.at(&format!("desk/audit?object={id}")),
                format!("{} {id}", entry.object_kind),
            ),
            None => plain(entry.object_kind.clone()),
        };
        table.row([
            plain(moment(visit, frame, entry.at)),
            who,
            plain(entry.act.clone()),
            object,
            plain(facts(visit, entry)),
        ]);
    }
    table
}

/// The facts as they stand in the log, and in words that what was personal is erased.
fn facts(visit: &Visit, entry: &Entry) -> String {
    let mut facts = entry.facts();
    if facts[PERSONAL] != ERASED {
        return facts.to_string();
    }
    facts[PERSONAL] = visit.voice.t("desk-audit-erased").into();
    facts.to_string()
}
