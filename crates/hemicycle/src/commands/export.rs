//! `hemicycle export schedule`: the latest release, as anybody may see it, on standard output.

use std::io::Write as _;

use access_rules::Actor;
use clap::{Args, Subcommand, ValueEnum};
use db::Conn;
use documents::Press;
use kernel::{Coded as _, Fault, Language};
use programme::{
    calendar::{self, Which},
    csv_export, editions,
    links::Links,
    released::Programme,
    releases, schedule_json, schedule_xml, snapshot,
};

use super::{open, said};
use crate::config::Config;

/// Write out what others can read.
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The latest release of the programme
    Schedule(Schedule),
}

#[derive(Debug, Args)]
struct Schedule {
    /// In which form
    #[arg(long, value_enum)]
    format: Format,
    /// Of which edition, by its name in addresses; the current one when not given
    #[arg(long, value_name = "SLUG")]
    edition: Option<String>,
    /// In which language: en, fr or es; the edition's first when not given
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// schedule.xml, as frab and c3voc read it
    Xml,
    /// schedule.json, as c3voc reads it
    Json,
    /// iCalendar
    Ics,
    /// A table
    Csv,
    /// A booklet to print
    Pdf,
}

impl Export {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let What::Schedule(asked) = self.what;
        let language = match &asked.language {
            None => None,
            Some(code) => Some(
                Language::from_code(code).ok_or_else(|| format!("--language {code}: choose en, fr or es"))?,
            ),
        };
        let edition = asked.edition.clone();
        let live = open(config)?
            .read("export", move |conn| live(conn, edition.as_deref()))
            .map_err(said)?
            .ok_or("nothing was released yet")?;
        let public = live.public();
        let language = language.unwrap_or_else(|| snapshot::own_language(&public));
        let links = Links::below(&config.public_url());
        let bytes = match asked.format {
            Format::Xml => schedule_xml::render(&public, language, &links),
            Format::Json => schedule_json::render(&public, language, &links),
            Format::Ics => calendar::render(&public, &Which::Whole, language, &links),
            Format::Csv => csv_export::render(&public, language, &links),
            Format::Pdf => printed(&public, language, links)?,
        };
        std::io::stdout()
            .write_all(&bytes)
            .map_err(|error| format!("standard output: {error}"))
    }
}

fn printed(public: &Programme, language: Language, links: Links) -> Result<Vec<u8>, String> {
    if !Press::PRINTS {
        return Err("this program was built without the feature `pdf`".into());
    }
    let printer = web::booklet::printer(links);
    let pdf = printer
        .print_booklet(printer.booklet(public, language))
        .map_err(said)?;
    Ok(pdf.bytes.to_vec())
}

fn live(conn: &mut Conn, slug: Option<&str>) -> Result<Option<Programme>, Fault> {
    let nobody = Actor::nobody();
    let edition = match slug {
        Some(slug) => Some(editions::by_slug(conn, &nobody, slug)?),
        None => editions::current(conn, &nobody)?,
    };
    match edition {
        Some(edition) => releases::live(conn, edition.id),
        None => Ok(None),
    }
}
