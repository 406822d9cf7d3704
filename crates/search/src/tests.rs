//! Both engines find the same, in the same order: what a reader could find by reading all they may read.

mod finding;
mod taking_apart;

use db::{Conn, on_each};
use diesel::{RunQueryDsl as _, prelude::*};
use kernel::{Id, Localized, Page, PageAsk};
use uuid::Uuid;

use crate::{
    Asked, Filter, Hit, Kind, Part, Said, Thing, find,
    model::{EditionId, Entry},
    put,
    tables::search_entries,
};

/// Everybody's key.
const ANYBODY: &[&str] = &["public"];

fn an_edition(conn: &mut Conn, slug: &str) -> EditionId {
    let id: EditionId = Id::new();
    let (bare, at) = match conn {
        Conn::Sqlite(_) => (format!("X'{}'", id.uuid().as_simple()), "0".to_owned()),
        Conn::Pg(_) => (format!("'{id}'"), "now()".to_owned()),
    };
    conn.execute_batch(&format!(
        "INSERT INTO editions VALUES ({bare}, '{slug}', '{{}}', '{{}}', 'Durban', 'ZA', 'Africa/Johannesburg', \
         '2019-11-11', '2019-11-15', '[]', 'running', 3, 1, 0, 1, {at})"
    ))
    .expect("an edition");
    id
}

fn a_thing(edition: EditionId, kind: Kind, code: &str, title: &str, blocks: &[(&str, &str)]) -> Thing {
    let mut said = Thing::titled(&Localized::only("fr", title));
    said.extend((1..).zip(blocks).map(|(place, (language, text))| Said {
        part: Part::Block(Uuid::from_u128(u128::from(place))),
        language: (*language).to_owned(),
        place,
        text: (*text).to_owned(),
    }));
    Thing {
        kind,
        id: Id::new(),
        edition,
        code: code.to_owned(),
        visible_to: "public".into(),
        details_to: "public".into(),
        sort: 0,
        said,
    }
}

fn keys(keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

fn asked(typed: &str) -> Asked {
    Asked::of(typed).expect("words")
}

fn found(conn: &mut Conn, of: &[&str], edition: EditionId, typed: &str) -> Vec<Hit> {
    let page = paged(conn, of, edition, typed, &PageAsk::of(200));
    assert_eq!(page.next, None);
    page.items
}

fn paged(conn: &mut Conn, of: &[&str], edition: EditionId, typed: &str, page: &PageAsk) -> Page<Hit> {
    find(conn, &keys(of), edition, &asked(typed), &Filter::default(), page).expect("found")
}

fn codes(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.code.as_str()).collect()
}

fn all(conn: &mut Conn) -> Vec<Entry> {
    on_each!(conn, |c| search_entries::table
        .order(search_entries::order_key)
        .select(Entry::as_select())
        .load(c))
    .expect("read")
}
