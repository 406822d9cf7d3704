//! `hemicycle migrate`: brings the schema up to this version, or says what stands between.

use clap::Args;

use super::{answer, bring_up, said};
use crate::config::Config;

/// Brings the schema up to this version.
#[derive(Debug, Args)]
pub struct Migrate {
    /// Only say which migrations are pending
    #[arg(long)]
    dry_run: bool,
}

impl Migrate {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let url = config.database_url().map_err(|bad| bad.to_string())?;
        if self.dry_run {
            let status = db::migrate::status(&url).map_err(said)?;
            answer(&format!(
                "{} pending{}",
                status.pending.len(),
                status
                    .pending
                    .iter()
                    .map(|one| format!("\n  {one}"))
                    .collect::<String>()
            ));
            return Ok(());
        }
        bring_up(&url, true)?;
        answer("The schema is up to date.");
        Ok(())
    }
}
