//! `bench search`: five thousand blocks in three languages, looked through for a rare word, a common one, several, and the
//! beginning of one; beside a tenth of them, on which the same few are found.
//!
//! Both engines are asked where a server was named, and answer the same in the same order.

use std::{path::PathBuf, time::Instant};

use db::{Conn, DatabaseUrl, migrate, testing};
use kernel::{Id, Localized};
use search::{Kind, Part, Said, Thing};
use serde_json::Value;
use tests::{Client, Program, cast::Congress, cast::SLUG};
use uuid::Uuid;

use crate::{
    figures::{self, Report, Wanted},
    furniture,
};

/// Blocks of the control, and of what is measured; each is said in three languages.
const SIZES: [u32; 2] = [500, 5_000];
/// Blocks of one paper.
const OF_ONE: u32 = 50;
/// Blocks that say the rare words, of both.
const RARE: u32 = 7;
/// Times each question is asked, in turn.
const ROUNDS: usize = 60;
/// The most milliseconds for an answer.
const SOON: f64 = 20.0;
/// The most that ten times as many blocks may cost where the same few are found.
const FLAT: f64 = 1.3;
/// How each language says nothing in particular.
const WORDS: [(&str, &[&str]); 3] = [
    (
        "en",
        &[
            "the", "cities", "keep", "homes", "for", "those", "who", "live", "in", "them", "and", "water",
            "stays", "public",
        ],
    ),
    (
        "fr",
        &[
            "les",
            "villes",
            "gardent",
            "des",
            "logements",
            "pour",
            "celles·ceux",
            "et",
            "les",
            "élu·e·s",
            "l’eau",
            "reste",
        ],
    ),
    (
        "es",
        &[
            "las",
            "ciudades",
            "guardan",
            "viviendas",
            "para",
            "quienes",
            "viven",
            "y",
            "el",
            "agua",
            "sigue",
            "pública",
        ],
    ),
];

/// A server with so many blocks.
struct Site {
    client: Client,
    _server: Program,
    _folder: tempfile::TempDir,
    _database: Option<testing::TestDatabase>,
}

/// Measures.
///
/// # Panics
/// When the program does not start, or two answer differently: then there is nothing to tell.
pub fn measure(program: &PathBuf) -> Report {
    let mut report = Report::begin("search");
    let mut answered: Vec<Vec<Value>> = Vec::new();
    for engine in engines() {
        let [few, many] = SIZES.map(|blocks| site(program, blocks, engine));
        let mut answers = Vec::new();
        for (name, query, is_rare) in [
            ("a rare word", "q=representants", true),
            ("a rare word and a common one", "q=villes%20representants", true),
            ("a common word, 50 of a third", "q=agua", false),
            ("a word of each block, 50 of all", "q=durban", false),
            ("the beginning of a word", "q=lo", false),
            (
                "three words in one language",
                "q=cities%20keep%20homes&language=en",
                false,
            ),
            ("nothing", "q=nowhere", true),
        ] {
            let path = format!("/api/v1/editions/{SLUG}/search?limit=50&{query}");
            let name = format!("{name}, {engine}");
            let found = compare(&mut report, &name, [&few, &many], &path, is_rare);
            answers.push(found);
        }
        answered.push(answers);
    }
    if let [one, other] = answered.as_slice() {
        assert!(one == other, "both engines find the same, in the same order");
        report.add(
            "questions both engines answer alike",
            one.len() as f64,
            "",
            Wanted::Told,
        );
    }
    report
}

/// SQLite, and PostgreSQL where a server was named.
fn engines() -> Vec<&'static str> {
    let server = tests::given("HEMICYCLE_TEST_DATABASE");
    std::iter::once("SQLite")
        .chain(server.map(|_| "PostgreSQL"))
        .collect()
}

fn site(program: &PathBuf, blocks: u32, engine: &str) -> Site {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (url, database) = match engine {
        "SQLite" => {
            let url = DatabaseUrl::sqlite(&folder.path().join("hemicycle.db"));
            migrate::up(&url).expect("a schema");
            (url, None)
        }
        _ => {
            let database = testing::fresh();
            (database.url().clone(), Some(database))
        }
    };
    furniture::furnished(&url, move |conn| furnish(conn, blocks));
    let data = folder.path().display().to_string();
    let arguments = ["serve", "--data", &data, "--database", url.as_str()];
    let server = Program::start_logging(program, &arguments, &[], &folder.path().join("log"));
    Site {
        client: server.client(),
        _server: server,
        _folder: folder,
        _database: database,
    }
}

/// A congress with papers of so many blocks.
fn furnish(conn: &mut Conn, blocks: u32) {
    let congress = Congress::open(conn);
    for paper in 0..blocks / OF_ONE {
        let mut said = Thing::titled(&Localized::only("en", &format!("Paper number {paper}")));
        for block in 0..OF_ONE {
            let at = paper * OF_ONE + block;
            said.extend(WORDS.map(|(language, words)| Said {
                part: Part::Block(Uuid::from_u128(u128::from(at) + 1)),
                language: language.to_owned(),
                place: block + 1,
                text: text(at, blocks, words),
            }));
        }
        let thing = Thing {
            kind: Kind::Paper,
            id: Id::from_uuid(Uuid::from_u128(u128::from(paper) + 1)),
            edition: congress.edition.cast(),
            code: format!("AS-2030-P{paper}"),
            visible_to: "public".into(),
            details_to: "public".into(),
            sort: 0,
            said,
        };
        search::put(conn, &thing).expect("put in");
    }
    conn.learn_sizes().expect("learned");
}

/// What a block says: sixty words of its language, a number of its own, and sometimes a rare word.
fn text(at: u32, blocks: u32, words: &[&str]) -> String {
    let some = words.iter().cycle().skip(at as usize % words.len()).take(60);
    let mut text: Vec<String> = some.map(|word| (*word).to_owned()).collect();
    text.push(format!("Durban n{at}"));
    // As many of few as of many.
    if at % (blocks / RARE) == 1 {
        text.push("représentant·e·s".to_owned());
    }
    text.join(" ")
}

/// Asks both sites the same in turn; answers what the larger one found.
fn compare(report: &mut Report, name: &str, [few, many]: [&Site; 2], path: &str, is_rare: bool) -> Value {
    let [of_few, of_many] = [few, many].map(|site| site.client.get(path).expect(200).json());
    let counts = [&of_few, &of_many].map(|page| page["items"].as_array().map_or(0, Vec::len));
    assert!(!is_rare || counts[0] == counts[1], "{name}: {counts:?}");
    let rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| (asked(few, path), asked(many, path)))
        .collect();
    let of_larger: Vec<f64> = rounds.iter().map(|(_, many)| *many).collect();
    report.add(
        format!("{name}, of {} blocks", SIZES[1]),
        figures::median(&of_larger),
        "ms",
        Wanted::IdleAtMost(SOON),
    );
    let flat = if is_rare {
        Wanted::AtMost(FLAT)
    } else {
        Wanted::Told
    };
    report.add(
        format!("{name}, to {}", SIZES[0]),
        figures::ratio(&rounds),
        "×",
        flat,
    );
    of_many["items"].clone()
}

fn asked(site: &Site, path: &str) -> f64 {
    let begun = Instant::now();
    site.client.get(path).expect(200);
    1000.0 * begun.elapsed().as_secs_f64()
}
