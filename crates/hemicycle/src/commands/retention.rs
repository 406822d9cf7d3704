//! `hemicycle retention`: forgets what has been kept long enough, as the server does once a day, or tells what would go.

use clap::Args;
use kernel::{Coded as _, Moment};
use privacy::retention::{self, Clocks};

use super::{answer, open, said};
use crate::config::Config;

/// Forget what has been kept long enough.
#[derive(Debug, Args)]
pub struct Retention {
    /// Tell what would go, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Retention {
    /// Runs it.
    ///
    /// # Errors
    /// When the database cannot be opened or refuses.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let database = open(config)?;
        let is_dry = self.dry_run;
        let swept = database
            .write("retention", move |conn| {
                let now = Moment::now();
                let clocks = Clocks {
                    congress: now,
                    machine: now,
                };
                match is_dry {
                    true => retention::dry_run(conn, clocks),
                    false => retention::run(conn, clocks),
                }
            })
            .map_err(said)?;
        for one in swept {
            let kept = if one.days == 1 { "day" } else { "days" };
            let verb = if is_dry { "would go" } else { "went" };
            answer(&format!(
                "{}: kept {} {kept}, {} {verb}",
                one.kind.code(),
                one.days,
                one.rows
            ));
        }
        Ok(())
    }
}
