//! `hemicycle export schedule`: the latest release, as anybody may see it, on standard output. `hemicycle export outcomes`:
//! what a congress decided, as it was published.

use std::io::Write as _;

use access_rules::Actor;
use api::written::{Composed, ExportFormat, composed, imprint};
use clap::{Args, Subcommand, ValueEnum};
use db::Conn;
use documents::Press;
use kernel::{Coded as _, Fault, Language};
use outcomes::{collection, export};
use programme::{
    calendar::{self, Which},
    csv_export, editions,
    links::Links,
    model::Edition,
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
    /// What a congress decided, as it was published
    Outcomes(Outcomes),
}

#[derive(Debug, Args)]
struct Schedule {
    /// In which form
    #[arg(long, value_enum)]
    format: Format,
    #[command(flatten)]
    of: Of,
}

#[derive(Debug, Args)]
struct Outcomes {
    /// In which form
    #[arg(long, value_enum)]
    format: Form,
    #[command(flatten)]
    of: Of,
    /// Which edition of the collection; the last one when not given
    #[arg(long)]
    number: Option<i64>,
}

#[derive(Clone, Debug, Args)]
struct Of {
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

/// The forms of a published collection; the API has the same.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// Akoma Ntoso 3.0, for archives and other programs
    Akn,
    /// A page
    Html,
    /// A publication to print
    Pdf,
    /// Word
    Docx,
    /// Markdown
    Md,
}

impl Form {
    const fn format(self) -> ExportFormat {
        match self {
            Self::Akn => ExportFormat::Akn,
            Self::Html => ExportFormat::Html,
            Self::Pdf => ExportFormat::Pdf,
            Self::Docx => ExportFormat::Docx,
            Self::Md => ExportFormat::Md,
        }
    }
}

impl Export {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let bytes = match self.what {
            What::Schedule(asked) => asked.written(config)?,
            What::Outcomes(asked) => asked.written(config)?,
        };
        std::io::stdout()
            .write_all(&bytes)
            .map_err(|error| format!("standard output: {error}"))
    }
}

impl Schedule {
    fn written(self, config: &Config) -> Result<Vec<u8>, String> {
        let language = self.of.language()?;
        let live = open(config)?
            .read("export", move |conn| live(conn, &self.of))
            .map_err(said)?
            .ok_or("nothing was released yet")?;
        let public = live.public();
        let language = language.unwrap_or_else(|| snapshot::own_language(&public));
        let links = Links::below(&config.public_url());
        Ok(match self.format {
            Format::Xml => schedule_xml::render(&public, language, &links),
            Format::Json => schedule_json::render(&public, language, &links),
            Format::Ics => calendar::render(&public, &Which::Whole, language, &links),
            Format::Csv => csv_export::render(&public, language, &links),
            Format::Pdf => printed(&public, language, links)?,
        })
    }
}

impl Outcomes {
    fn written(self, config: &Config) -> Result<Vec<u8>, String> {
        let language = self.of.language()?;
        let (public_url, publisher) = (config.public_url(), config.mail.from_name.clone());
        let volume = open(config)?.read("export", move |conn| {
            let Some(edition) = self.of.edition(conn)? else {
                return Ok(None);
            };
            if collection::list(conn, edition.id)?.is_empty() {
                return Ok(None);
            }
            let published = collection::get(conn, edition.id, self.number)?;
            let language = language.unwrap_or_else(|| edition.own_language());
            let imprint = imprint(&edition, &public_url, &publisher);
            export::collection(conn, &published, &imprint, language).map(Some)
        });
        let volume = volume.map_err(said)?.ok_or("nothing was published yet")?;
        match composed(&volume, self.format.format()).map_err(said)? {
            Composed::File(bytes) => Ok(bytes),
            Composed::Print(document) => {
                can_print()?;
                let pdf = Press::default().print(document).map_err(said)?;
                Ok(pdf.bytes.to_vec())
            }
        }
    }
}

impl Of {
    /// The language that was named, if any.
    fn language(&self) -> Result<Option<Language>, String> {
        let named = self.language.as_deref().map(|code| {
            Language::from_code(code).ok_or_else(|| format!("--language {code}: choose en, fr or es"))
        });
        named.transpose()
    }

    /// The edition that was named, or the one that is on.
    fn edition(&self, conn: &mut Conn) -> Result<Option<Edition>, Fault> {
        let nobody = Actor::nobody();
        match &self.edition {
            Some(slug) => editions::by_slug(conn, &nobody, slug).map(Some),
            None => editions::current(conn, &nobody),
        }
    }
}

fn can_print() -> Result<(), String> {
    match Press::PRINTS {
        true => Ok(()),
        false => Err("this program was built without the feature `pdf`".into()),
    }
}

fn printed(public: &Programme, language: Language, links: Links) -> Result<Vec<u8>, String> {
    can_print()?;
    let printer = web::booklet::printer(links);
    let pdf = printer
        .print_booklet(printer.booklet(public, language))
        .map_err(said)?;
    Ok(pdf.bytes.to_vec())
}

fn live(conn: &mut Conn, of: &Of) -> Result<Option<Programme>, Fault> {
    match of.edition(conn)? {
        Some(edition) => releases::live(conn, edition.id),
        None => Ok(None),
    }
}
