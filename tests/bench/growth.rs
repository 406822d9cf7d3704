//! `bench growth`: lists of a thousand registrations and of a hundred thousand, side by side: the first page and one from
//! the middle, filtered, searched, and a page for export.
//!
//! Two servers, each on a database of its own, are asked in turn. What is compared is the same page of the same size, so
//! a ratio of one says that who is not on the page costs nothing.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use db::{DatabaseUrl, migrate};
use serde_json::Value;
use tempfile::TempDir;
use tests::{Client, Program, wait_for};

use crate::{
    figures::{self, Report, Wanted},
    furniture::{self, Registered},
};

/// Registrations of the control, and of what is measured.
const SIZES: [usize; 2] = [1_000, 100_000];
/// Times each page is asked for, in turn.
const ROUNDS: usize = 60;
/// The most that a hundred times as many may cost.
const FLAT: f64 = 1.2;
/// How long the server may take to learn its tables.
const PATIENCE: Duration = Duration::from_secs(60);
/// Most rows of a page.
const PAGE_MOST: usize = 200;

/// A server with so many registrations.
struct Site {
    client: Client,
    registered: Registered,
    _server: Program,
    _folder: TempDir,
}

/// Measures.
///
/// # Panics
/// When the program does not start or answers something else: then there is nothing to tell.
pub fn measure(program: &PathBuf) -> Report {
    let mut report = Report::begin("growth");
    let [few, many] = SIZES.map(|count| site(program, count));
    let middles = [&few, &many].map(middle);
    for (name, query) in [
        ("the list, 50 rows", "?limit=50"),
        ("by state, 50 of many", "?limit=50&state=confirmed"),
        ("by state, 20 of all", "?limit=50&state=pending_review"),
        ("by category, 30 of all", "?limit=50&category=CATEGORY"),
        ("by one word, one of all", "?limit=50&text=WORD"),
        ("by a name and a word, one of all", "?limit=50&text=ndlovu%20WORD"),
        ("for export, 200 rows", "?limit=200"),
    ] {
        compare(
            &mut report,
            name,
            [&few, &many].map(|site| (site, site.path(query))),
        );
    }
    let [of_few, of_many] = middles;
    let pages = [(&few, of_few), (&many, of_many)];
    compare(&mut report, "for export, 200 rows from the middle", pages);
    report
}

fn site(program: &PathBuf, count: usize) -> Site {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = DatabaseUrl::sqlite(&folder.path().join("hemicycle.db"));
    migrate::up(&url).expect("a schema");
    let registered = furniture::furnished(&url, move |conn| furniture::registered(conn, count));
    let data = folder.path().display().to_string();
    let arguments = ["serve", "--data", &data, "--database", url.as_str()];
    let server = Program::start_logging(program, &arguments, &[], &folder.path().join("log"));
    let client = server.client().with_cookie("hemicycle", &registered.organiser);
    let site = Site {
        client,
        registered,
        _server: server,
        _folder: folder,
    };
    // The words of those that came in by hand are taken in as those of an older database are; nothing is measured meanwhile.
    let path = site.path("?limit=50&text=WORD");
    wait_for("words", PATIENCE, || {
        (rows(&site.client.get(&path).expect(200).json()) == 1).then_some(())
    });
    site
}

impl Site {
    fn path(&self, query: &str) -> String {
        let query = query
            .replace("CATEGORY", &self.registered.category)
            .replace("WORD", &self.registered.word);
        format!("/api/v1/editions/{}/registrations{query}", self.registered.slug)
    }
}

/// The page half way through the list.
fn middle(site: &Site) -> String {
    let half = site.registered.count / 2 / PAGE_MOST;
    let mut path = site.path("?limit=200");
    for _ in 0..half {
        let page = site.client.get(&path).expect(200).json();
        let next = page["next"].as_str().expect("a next page");
        path = site.path(&format!("?limit=200&after={next}"));
    }
    path
}

fn compare(report: &mut Report, name: &str, pages: [(&Site, String); 2]) {
    let counts = pages
        .each_ref()
        .map(|(site, path)| rows(&site.client.get(path).expect(200).json()));
    assert_eq!(counts[0], counts[1], "{name}: as many rows");
    let rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| {
            let [few, many] = pages.each_ref().map(|(site, path)| asked(site, path));
            (few, many)
        })
        .collect();
    let of_many: Vec<f64> = rounds.iter().map(|(_, many)| *many).collect();
    report.add(
        format!("{name}, of {}", SIZES[1]),
        figures::median(&of_many),
        "ms",
        Wanted::Told,
    );
    report.add(
        format!("{name}, to {}", SIZES[0]),
        figures::ratio(&rounds),
        "×",
        Wanted::AtMost(FLAT),
    );
}

fn asked(site: &Site, path: &str) -> f64 {
    let begun = Instant::now();
    site.client.get(path).expect(200);
    1000.0 * begun.elapsed().as_secs_f64()
}

fn rows(page: &Value) -> usize {
    page["items"].as_array().map_or(0, Vec::len)
}
