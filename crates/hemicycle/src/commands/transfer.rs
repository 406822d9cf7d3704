//! `hemicycle transfer`: moves a site to another database, of either engine, and proves that nothing is missing.
//!
//! The source is only read; it stays as a way back. Two servers must never act on the two copies, so the new one begins
//! as a restored site does: letters are held, sign-ins and tokens end. Unlike a restore it stays what it was: a
//! demonstration is not turned into a congress by being moved.

use clap::Args;
use db::{
    Conn, DatabaseUrl,
    transfer::{self, Ending, Outcome, Stopped},
};
use kernel::{Fault, Moment};
use records::audit;

use super::{answer, backup, bring_up, said};
use crate::{config::Config, wiring::FILES};

/// Tables that differ, told in the one line of a failure.
const TOLD_MOST: usize = 5;

/// Move a site to another database: SQLite to PostgreSQL, or back.
#[derive(Debug, Args)]
pub struct Transfer {
    /// The database to read: sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long, value_name = "URL")]
    from: DatabaseUrl,
    /// The empty one to write; a SQLite file is made when it is not there
    #[arg(long, value_name = "URL")]
    to: DatabaseUrl,
    /// Copy and compare, then leave the target as empty as it was
    #[arg(long)]
    dry_run: bool,
}

impl Transfer {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way, or what differs; the target is then as empty as before.
    pub fn run(self, config: &Config) -> Result<(), String> {
        if let Some(file) = self.from.file().filter(|file| !file.exists()) {
            return Err(format!("{}: there is no database", file.display()));
        }
        if self.to.file().is_some_and(|file| !file.exists()) {
            bring_up(&self.to, true)?;
        }
        let ending = if self.dry_run { Ending::Undo } else { Ending::Keep };
        let mut settled = None;
        let outcome = transfer::copy(&self.from, &self.to, ending, |conn| {
            settled = Some(settle(conn)?);
            Ok(())
        })
        .map_err(told)?;
        answer(&table(&outcome));
        if !outcome.is_same() {
            return Err(differing(&outcome));
        }
        let rows: u64 = outcome.tables.iter().map(|table| table.source.rows).sum();
        let Some(settled) = settled else {
            answer(&format!(
                "All {rows} rows are the same. Nothing was kept: it was a dry run."
            ));
            return Ok(());
        };
        answer(&format!(
            "All {rows} rows are the same. The target holds them now."
        ));
        answer(&settled.chain);
        answer(&format!(
            "{} letters are held, everybody is signed out, every token is void: as after a restore.",
            settled.letters_held
        ));
        answer(&self.files(config)?);
        Ok(())
    }

    /// Contents are not in a database: whether the data folder has those that rows refer to.
    fn files(&self, config: &Config) -> Result<String, String> {
        let mut conn = self.to.connect().map_err(said)?;
        let contents = files::stored::contents(&mut conn).map_err(said)?;
        let folder = config.data.dir.join(FILES);
        if contents.is_empty() {
            return Ok("No stored file is referred to.".into());
        }
        let mut sound = 0;
        if folder.is_dir() {
            let store = files::Store::open(&folder).map_err(said)?;
            for hash in &contents {
                sound += usize::from(store.is_sound(hash).map_err(said)?);
            }
        }
        Ok(match sound == contents.len() {
            true => format!(
                "Files stay where they are: all {sound} contents are sound in {}. Serve with the same data folder, or copy it along.",
                folder.display()
            ),
            false => format!(
                "FILES: {sound} of {} contents are sound in {}. They are no part of a database: bring the old data folder's `{FILES}` along before you serve.",
                contents.len(),
                folder.display()
            ),
        })
    }
}

/// What was done to the copy once it was found equal.
struct Settled {
    chain: String,
    letters_held: usize,
}

/// The audit chain is followed on the target, then what must not happen twice is stopped.
fn settle(conn: &mut Conn) -> Result<Settled, Fault> {
    let verdict = audit::verify(conn)?;
    let chain = match verdict.broken {
        None => format!("The audit chain holds: {} entries.", verdict.entries),
        // Its rows are the source's rows: the break came along and was not made here.
        Some(broken) => format!(
            "The audit chain breaks at entry {}, as in the source: {}.",
            broken.seq,
            kernel::Coded::code(broken.why)
        ),
    };
    let letters_held = backup::quieten(conn, Moment::now(), "site.transfer")?;
    Ok(Settled { chain, letters_held })
}

fn told(stopped: Stopped) -> String {
    match stopped {
        Stopped::Failed(fault) => said(fault),
        other => other.to_string(),
    }
}

fn table(outcome: &Outcome) -> String {
    let width = outcome
        .tables
        .iter()
        .map(|one| one.table.len())
        .max()
        .unwrap_or(0);
    let mut lines = vec![format!("{:width$} {:>10}  hash of its rows", "table", "rows")];
    for one in &outcome.tables {
        lines.push(format!(
            "{:width$} {:>10}  {}",
            one.table, one.source.rows, one.source
        ));
        if !one.is_same() {
            lines.push(format!(
                "{:width$} {:>10}  {}",
                "  IN THE TARGET", one.target.rows, one.target
            ));
        }
    }
    lines.join("\n")
}

fn differing(outcome: &Outcome) -> String {
    let differ: Vec<String> = outcome
        .tables
        .iter()
        .filter(|one| !one.is_same())
        .map(|one| {
            format!(
                "{} ({} rows, then {})",
                one.table, one.source.rows, one.target.rows
            )
        })
        .collect();
    let first = &differ[..differ.len().min(TOLD_MOST)];
    format!(
        "the copy differs in {} tables, nothing was kept: {}",
        differ.len(),
        first.join(", ")
    )
}
