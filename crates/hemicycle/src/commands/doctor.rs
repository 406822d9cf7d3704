//! `hemicycle doctor`: looks whether all is sound, says each thing in one line, and fails when one is not.

use access_rules::Actor;
use clap::Args;
use db::{Conn, migrate};
use kernel::{Fault, Moment};
use programme::{conflicts::Severity, draft, editions};

use super::{answer, open, said};
use crate::{
    config::Config,
    wiring::{self, FILES},
};

/// Look whether all is sound.
#[derive(Debug, Args)]
pub struct Doctor {
    /// Also try to reach the mail server
    #[arg(long)]
    mail: bool,
}

/// What was found so far.
#[derive(Default)]
struct Findings {
    bad: usize,
}

impl Findings {
    fn good(&self, what: &str, said: impl std::fmt::Display) {
        answer(&format!("ok    {what}: {said}"));
    }

    /// Worth a look, and no failure.
    fn note(&self, what: &str, said: impl std::fmt::Display) {
        answer(&format!("note  {what}: {said}"));
    }

    fn bad(&mut self, what: &str, said: impl std::fmt::Display) {
        self.bad += 1;
        answer(&format!("BAD   {what}: {said}"));
    }
}

impl Doctor {
    /// Runs it.
    ///
    /// # Errors
    /// How much is not sound, or that it could not be looked at.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let mut found = Findings::default();
        let url = config.database_url().map_err(|bad| bad.to_string())?;
        found.good("settings", format!("{} on {url:?}", config.public_url()));
        let status = migrate::status(&url).map_err(said)?;
        if status.pending.is_empty() && status.unknown.is_empty() {
            found.good("schema", format!("{} migrations", status.applied.len()));
        } else {
            found.bad(
                "schema",
                format!(
                    "{} pending, {} of a newer version",
                    status.pending.len(),
                    status.unknown.len()
                ),
            );
            return Err("the schema is not that of this version: nothing else was looked at".into());
        }
        let database = open(config)?;
        rows(
            &mut found,
            database.read("doctor", db::check::problems).map_err(said)?,
        );
        audit(
            &mut found,
            database.read("doctor", records::audit::verify).map_err(said)?,
        );
        let offset = database.read("doctor", db::clock::offset_micros).map_err(said)? / 1000;
        if offset.abs() > actix_kit::health::CLOCK_OFFSET_MOST_MS {
            found.bad("clock", format!("differs from the database's by {offset} ms"));
        } else {
            found.good("clock", format!("within {} ms of the database's", offset.abs()));
        }
        files(&mut found, config, &database)?;
        let given_up = database
            .read("doctor", |conn| records::jobs::given_up(conn, 1000))
            .map_err(said)?;
        match given_up.first() {
            None => found.good("jobs", "none was given up"),
            Some(latest) => found.note(
                "jobs",
                format!(
                    "{} were given up, the latest {}: {}",
                    given_up.len(),
                    latest.kind,
                    latest.last_error.as_deref().unwrap_or("no reason kept")
                ),
            ),
        }
        for (slug, errors, warnings) in database.read("doctor", conflicts).map_err(said)? {
            if errors + warnings == 0 {
                found.good("conflicts", format!("none in {slug}"));
            } else {
                found.note(
                    "conflicts",
                    format!("{slug}: {errors} errors, {warnings} warnings not waived"),
                );
            }
        }
        if self.mail {
            letters(&mut found, config)?;
        }
        match found.bad {
            0 => Ok(()),
            bad => Err(format!("{bad} things are not sound")),
        }
    }
}

fn rows(found: &mut Findings, problems: Vec<String>) {
    if problems.is_empty() {
        found.good("rows", "sound, every reference holds");
    }
    for problem in problems {
        found.bad("rows", problem);
    }
}

fn audit(found: &mut Findings, verdict: records::audit::Verdict) {
    match verdict.broken {
        None => found.good("audit", format!("{} entries, the chain holds", verdict.entries)),
        Some(broken) => found.bad(
            "audit",
            format!(
                "the chain breaks at entry {}: {}",
                broken.seq,
                kernel::Coded::code(broken.why)
            ),
        ),
    }
}

fn files(found: &mut Findings, config: &Config, database: &db::Database) -> Result<(), String> {
    let store = files::Store::open(&config.data.dir.join(FILES)).map_err(said)?;
    let contents = database.read("doctor", files::stored::contents).map_err(said)?;
    let mut sound = 0;
    for hash in &contents {
        if store.is_sound(hash).map_err(said)? {
            sound += 1;
        } else {
            found.bad("files", format!("{hash} is missing or changed"));
        }
    }
    if sound == contents.len() {
        found.good("files", format!("{sound} contents, as they were"));
    }
    Ok(())
}

fn letters(found: &mut Findings, config: &Config) -> Result<(), String> {
    let settings = wiring::mail_settings(config, false)?;
    match &settings.smtp {
        None => found.note("mail", "mail.transport is none: letters wait in the outbox"),
        Some(smtp) => {
            let reached = mail::transport::Transport::smtp(smtp).map_err(said)?.reach();
            match reached {
                Ok(()) => found.good("mail", format!("{} lets us in", smtp.host)),
                Err(refusal) => found.bad("mail", format!("{}: {}", smtp.host, refusal.reason)),
            }
        }
    }
    Ok(())
}

/// Of each edition that is not over: conflicts nobody waived, errors and warnings.
fn conflicts(conn: &mut Conn) -> Result<Vec<(String, usize, usize)>, Fault> {
    let (system, now, admissions) = (Actor::system(), Moment::now(), wiring::admissions());
    let mut counts = Vec::new();
    for edition in editions::list(conn, &system)? {
        let found = draft::conflicts_of(conn, &system, now, &admissions, edition.id)?;
        let count = |severity| {
            found
                .iter()
                .filter(|conflict| conflict.severity == severity && conflict.waived.is_none())
                .count()
        };
        counts.push((
            edition.slug,
            count(Severity::BlockRelease),
            count(Severity::Warning),
        ));
    }
    Ok(counts)
}
