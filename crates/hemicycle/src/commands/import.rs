//! `hemicycle import`: sessions from a table, a whole schedule from frab, pentabarf or c3voc, the member roll.

use std::path::{Path, PathBuf};

use access_rules::Actor;
use clap::{Args, Subcommand};
use kernel::{Coded as _, Fault, Moment};
use members::{roll, sheet, sheet::Charset};
use programme::{
    editions, import_apply,
    import_apply::ImportOptions,
    import_plan::{ImportReport, Remark, counted},
    import_schedule, import_sessions,
};

use super::{answer, open_or_make, said};
use crate::{config::Config, wiring};

/// Take in what others wrote.
#[derive(Debug, Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Sessions, from a table (CSV or XLSX); each row's fate is told
    Sessions(Sessions),
    /// A whole programme, from schedule.xml of frab, pentabarf or c3voc
    Schedule(Schedule),
    /// The member roll, from a table (CSV or XLSX); each row's fate is told
    Members(Members),
}

#[derive(Debug, Args)]
struct Sessions {
    /// The table
    file: PathBuf,
    /// Into which edition, by its name in addresses; the current one when not given
    #[arg(long, value_name = "SLUG")]
    edition: Option<String>,
    /// Only tell what would become of each row
    #[arg(long)]
    dry_run: bool,
    /// How a CSV file is written: utf-8 or windows-1252
    #[arg(long, default_value = "utf-8")]
    charset: String,
}

#[derive(Debug, Args)]
struct Schedule {
    /// The file
    file: PathBuf,
    /// Into which edition, by its name in addresses; one of the file's own name, made when there is none, when not given
    #[arg(long, value_name = "SLUG")]
    edition: Option<String>,
    /// Stop before the release
    #[arg(long)]
    draft: bool,
    /// Only tell what would be done
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
struct Members {
    /// The table
    file: PathBuf,
    /// Only tell what would become of each row
    #[arg(long)]
    dry_run: bool,
    /// Take the good rows and leave the others out
    #[arg(long)]
    good_rows_only: bool,
    /// How a CSV file is written: utf-8 or windows-1252
    #[arg(long, default_value = "utf-8")]
    charset: String,
}

impl Import {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way; rows that were refused.
    pub fn run(self, config: &Config) -> Result<(), String> {
        match self.what {
            What::Sessions(asked) => sessions(config, asked),
            What::Schedule(asked) => schedule(config, asked),
            What::Members(asked) => member_roll(config, asked),
        }
    }
}

fn sessions(config: &Config, asked: Sessions) -> Result<(), String> {
    let sheet = sheet::read(&read(&asked.file)?, charset(&asked.charset)?).map_err(said)?;
    let (slug, dry_run) = (asked.edition, asked.dry_run);
    let admissions = wiring::admissions();
    let report = open_or_make(config)?
        .write("import sessions", move |conn| {
            let (system, now) = (Actor::system(), Moment::now());
            let edition = match &slug {
                Some(slug) => editions::by_slug(conn, &system, slug)?,
                None => editions::current(conn, &system)?.ok_or_else(Fault::not_found)?,
            };
            import_sessions::import(conn, &system, now, &admissions, edition.id, &sheet, dry_run)
        })
        .map_err(said)?;
    for row in &report.rows {
        let reason = row.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
        let fields: Vec<String> = row
            .fields
            .iter()
            .map(|field| format!("{} {}", field.field, field.code))
            .collect();
        let fields = if fields.is_empty() {
            String::new()
        } else {
            format!(" ({})", fields.join(", "))
        };
        answer(&format!(
            "row {}  {}  {}{reason}{fields}",
            row.row,
            row.fate.code(),
            row.title
        ));
        tell_remarks("    derived", &row.told);
    }
    for column in &report.ignored_columns {
        answer(&format!("column {column}: nothing is read from it"));
    }
    for conflict in report
        .conflicts
        .iter()
        .filter(|conflict| conflict.waived.is_none())
    {
        answer(&format!(
            "{}: {} (stands until the release)",
            conflict.severity.code(),
            conflict.code
        ));
    }
    let counts: Vec<String> = import_sessions::Fate::ALL
        .iter()
        .map(|fate| format!("{} {}", report.count(*fate), fate.code()))
        .collect();
    answer(&format!("{}{}", counts.join(", "), only_tried(dry_run)));
    match report.count(import_sessions::Fate::Refused) {
        0 => Ok(()),
        refused => Err(format!("{refused} rows were refused")),
    }
}

fn schedule(config: &Config, asked: Schedule) -> Result<(), String> {
    let plan = import_schedule::read(&read(&asked.file)?, None).map_err(said)?;
    if asked.dry_run {
        answer(&format!(
            "{}: {} sessions in {} rooms and {} tracks, {} to {}",
            plan.edition.title,
            plan.sessions.len(),
            plan.rooms.len(),
            plan.tracks.len(),
            plan.edition.starts_on,
            plan.edition.ends_on
        ));
        tell_remarks("repaired", &plan.repaired);
        tell_remarks("skipped", &plan.skipped);
        answer("Nothing was written.");
        return Ok(());
    }
    let options = ImportOptions {
        edition: asked.edition,
        draft: asked.draft,
    };
    let admissions = wiring::admissions();
    let report = open_or_make(config)?
        .write("import schedule", move |conn| {
            let now = Moment::now();
            import_apply::apply(conn, &Actor::system(), now, &admissions, &plan, &options)
        })
        .map_err(said)?;
    tell(&report);
    Ok(())
}

fn tell(report: &ImportReport) {
    let made = if report.edition_made { " (made)" } else { "" };
    answer(&format!("edition {}{made}", report.edition));
    answer(&format!(
        "  rooms made {}, tracks made {}",
        report.rooms_made, report.tracks_made
    ));
    answer(&format!(
        "  sessions made {}, changed {}, unchanged {}",
        report.made, report.changed, report.unchanged
    ));
    tell_remarks("repaired", &report.repaired);
    tell_remarks("waived", &report.waived);
    tell_remarks("skipped", &report.skipped);
    match report.release {
        Some(number) => answer(&format!("  release {number}")),
        None => answer("  no release"),
    }
}

fn member_roll(config: &Config, asked: Members) -> Result<(), String> {
    let roll = roll::read(&read(&asked.file)?, charset(&asked.charset)?).map_err(said)?;
    let database = open_or_make(config)?;
    let (dry_run, good_rows_only) = (asked.dry_run, asked.good_rows_only);
    let plan = if dry_run {
        database.read("plan members", move |conn| {
            members::import::plan(conn, &Actor::system(), Moment::now(), &roll)
        })
    } else {
        database.write("import members", move |conn| {
            members::import::apply(conn, &Actor::system(), Moment::now(), &roll, good_rows_only)
        })
    }
    .map_err(said)?;
    for row in &plan.rows {
        let changes = if row.changes.is_empty() {
            String::new()
        } else {
            format!(": {}", row.changes.join(", "))
        };
        answer(&format!(
            "row {}  {}  {}{changes}",
            row.row_number,
            row.fate.code(),
            row.name
        ));
        for message in &row.messages {
            answer(&format!(
                "    {}  {}  {}",
                message.severity.code(),
                message.field,
                message.code
            ));
        }
    }
    for message in &plan.messages {
        answer(&format!(
            "{}  {}  {}",
            message.severity.code(),
            message.field,
            message.code
        ));
    }
    answer(&format!(
        "{} created, {} updated, {} unchanged, {} at fault{}",
        plan.creates,
        plan.updates,
        plan.unchanged,
        plan.errors,
        only_tried(!plan.applied)
    ));
    match plan.errors {
        0 => Ok(()),
        errors => Err(format!("{errors} rows are at fault")),
    }
}

fn tell_remarks(what: &str, remarks: &[Remark]) {
    for (count, first) in counted(remarks) {
        let about = if first.about.is_empty() {
            String::new()
        } else {
            format!(", first: {}", first.about)
        };
        let fact = if first.fact.is_empty() {
            String::new()
        } else {
            format!(" ({})", first.fact)
        };
        answer(&format!("  {what} {count} × {}{about}{fact}", first.code));
    }
}

const fn only_tried(dry_run: bool) -> &'static str {
    if dry_run {
        " (only tried: nothing was written)"
    } else {
        ""
    }
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn charset(code: &str) -> Result<Charset, String> {
    Charset::from_code(code).ok_or_else(|| format!("--charset {code}: choose utf-8 or windows-1252"))
}
