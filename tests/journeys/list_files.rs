//! Lists as files: CSV, XLSX and JSON of one list hold the same rows and columns, for the same readers.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use serde_json::Value;
use tests::{Cast, Client, Site, cast::SLUG};

/// Headings and rows as text.
pub type Rows = Vec<Vec<String>>;

fn csv_of(file: &[u8]) -> Rows {
    let file = file.strip_prefix(b"\xEF\xBB\xBF").expect("marked as UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
    let cells = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|row| cells(row.expect("reads"))).collect()
}

/// Headings and rows of a workbook as text.
pub fn xlsx_of(file: Vec<u8>) -> Rows {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("rows");
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(cell).collect()).collect()
}

fn json_of(file: &Value) -> Rows {
    let items = file["items"].as_array().expect("items");
    let objects: Vec<_> = items.iter().filter_map(Value::as_object).collect();
    let names = objects
        .first()
        .map(|first| first.keys().cloned().collect::<Vec<_>>());
    let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let rows = objects.iter().map(|object| object.values().map(cell).collect());
    names.into_iter().chain(rows).collect()
}

/// Asks for a list in each form, compares them, and answers its rows.
fn same_in_all(client: &Client, list: &str, query: &str) -> Rows {
    let ask = |form: &str| client.get(&format!("{list}.{form}{query}")).expect(200);
    let rows = csv_of(&ask("csv").body);
    let workbook = ask("xlsx");
    assert!(
        workbook.header("content-disposition").contains(".xlsx\""),
        "{list}: it is kept under its name"
    );

    assert_eq!(xlsx_of(workbook.body), rows, "{list}.xlsx");
    assert_eq!(json_of(&ask("json").json()), rows, "{list}.json");
    rows
}

#[test]
fn r22_r260_each_form_of_a_list_has_the_same_rows_and_no_needs() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = site.browser(&cast.find("organiser").cookie);
    let desk = format!("/en/desk/{SLUG}/registrations");
    let api = format!("/api/v1/editions/{SLUG}/registrations");

    let all = same_in_all(&organiser, &desk, "");
    let by_program = same_in_all(&organiser, &api, "");
    let none = csv_of(
        &organiser
            .get(&format!("{desk}.csv?state=rejected"))
            .expect(200)
            .body,
    );
    let page = organiser
        .get(&format!("{desk}?state=approved"))
        .expect(200)
        .text();

    assert!(all.len() > 1, "somebody is registered: {all:?}");
    assert_eq!(by_program, all);
    assert_eq!(none.len(), 1, "the filter is kept: {none:?}");
    assert!(
        page.contains("registrations.xlsx?state=approved"),
        "the page leads to what it shows: {page}"
    );
    let headings = all[0].join(" ");
    for kept_back in ["email", "phone", "diet", "access", "need", "passport", "birth"] {
        assert!(!headings.contains(kept_back), "{headings}");
    }
    let somebody = site.browser(&cast.find("individual").cookie);
    for form in ["csv", "xlsx", "json"] {
        somebody.get(&format!("{desk}.{form}")).expect(403);
        somebody.get(&format!("{api}.{form}")).expect(403);
        site.nobody().get(&format!("{api}.{form}")).expect(401);
    }
}

#[test]
fn the_roll_and_the_audit_are_had_in_each_form_too() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = site.browser(&cast.find("organiser").cookie);

    let roll = same_in_all(&organiser, "/api/v1/organisations", "");
    let acts = csv_of(&organiser.get("/api/v1/audit.csv").expect(200).body);
    let workbook = xlsx_of(organiser.get("/api/v1/audit.xlsx").expect(200).body);

    assert!(
        roll.iter().any(|row| row.contains(&"Thornveld".to_owned())),
        "{roll:?}"
    );
    assert_eq!(acts[0], workbook[0]);
    assert!(workbook.len() >= acts.len() && acts.len() > 1);
    organiser.get("/api/v1/audit.json?act=nothing").expect(200);
    let schedule = format!("/api/v1/editions/{SLUG}/schedule");
    let public = xlsx_of(site.nobody().get(&format!("{schedule}.xlsx")).expect(200).body);
    let table = csv_of(&site.nobody().get(&format!("{schedule}.csv")).expect(200).body);
    assert_eq!(public, table);
}

#[test]
fn the_draft_and_the_letters_are_had_in_each_form_by_their_desks_alone() {
    let (site, cast) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        cast.congress
            .session(conn, "=HYPERLINK(1)", "2030-11-12T11:00", None);
        cast
    });
    let organiser = site.browser(&cast.find("organiser").cookie);
    // Whether a letter left meanwhile is not what is compared.
    site.conn()
        .execute_batch("UPDATE letters SET state = 'cancelled' WHERE state <> 'sent'")
        .expect("held");

    let formula = csv_of(
        &organiser
            .get(&format!("/en/desk/{SLUG}/sessions.csv?text=hyperlink"))
            .expect(200)
            .body,
    );
    site.conn()
        .execute_batch("UPDATE sessions SET title = '{\"en\":\"Panel\"}' WHERE title_key LIKE '%hyperlink%'")
        .expect("named otherwise");
    let draft = same_in_all(&organiser, &format!("/en/desk/{SLUG}/sessions"), "");
    let by_program = same_in_all(&organiser, &format!("/api/v1/editions/{SLUG}/sessions"), "");
    let none = csv_of(
        &organiser
            .get(&format!("/en/desk/{SLUG}/sessions.csv?state=cancelled"))
            .expect(200)
            .body,
    );
    let letters = same_in_all(&organiser, "/en/desk/letters", "?text=individual");
    let letters_by_program = same_in_all(&organiser, "/api/v1/letters", "?text=individual");
    let page = organiser
        .get("/en/desk/letters?text=individual")
        .expect(200)
        .text();

    assert_eq!(formula.len(), 2);
    assert!(
        formula[1].iter().any(|cell| cell.contains("HYPERLINK")),
        "{formula:?}"
    );
    assert!(
        formula[1].iter().all(|cell| !cell.starts_with('=')),
        "no cell is a formula: {formula:?}"
    );
    assert!(draft.len() > 3, "{draft:?}");
    assert_eq!(by_program, draft);
    assert_eq!(none.len(), 1, "the filter is kept: {none:?}");
    assert!(
        letters.len() > 1 && letters[1].contains(&"individual@congress.example".to_owned()),
        "{letters:?}"
    );
    assert_eq!(letters_by_program, letters);
    assert!(page.contains("letters.xlsx?text=individual"), "{page}");
    let somebody = site.browser(&cast.find("individual").cookie);
    for form in ["csv", "xlsx", "json"] {
        somebody
            .get(&format!("/en/desk/{SLUG}/sessions.{form}"))
            .expect(403);
        somebody.get(&format!("/en/desk/letters.{form}")).expect(403);
        somebody.get(&format!("/api/v1/letters.{form}")).expect(403);
        site.nobody().get(&format!("/api/v1/letters.{form}")).expect(401);
    }
}
