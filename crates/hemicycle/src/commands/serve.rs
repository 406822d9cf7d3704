//! `hemicycle serve`.

use clap::Args;

use super::{answer, bring_up, database_settings, said};
use crate::{config::Config, server, wiring};

/// Serve the API and the pages.
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    addr: Option<String>,
    /// The address people type
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
    /// Bring a PostgreSQL schema up first (SQLite always is, after taking a copy)
    #[arg(long)]
    migrate: bool,
}

impl Serve {
    /// The settings its flags override.
    pub fn flags(&self) -> Vec<(&'static str, String)> {
        let addr = self.addr.clone().map(|addr| ("server.addr", addr));
        let url = self.public_url.clone().map(|url| ("server.public_url", url));
        addr.into_iter().chain(url).collect()
    }

    /// Serves until told to stop.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn run(self, config: Config) -> Result<(), String> {
        let addr = config.server.addr;
        if !addr.ip().is_loopback() && config.server.public_url.is_empty() {
            return Err(format!(
                "server.public_url is empty while server.addr = {addr} is open to others; allowed: the address people type, as https://congress.example"
            ));
        }
        let url = config.database_url().map_err(|bad| bad.to_string())?;
        bring_up(&url, self.migrate)?;
        // Before the first reader opens: what is learnt later it knows minutes later.
        let learnt = url.connect().and_then(|mut conn| Ok(conn.learn_sizes()?));
        learnt.map_err(said)?;
        let database = db::Database::open(&url, database_settings(&config)).map_err(said)?;
        let house = wiring::house(&config, database, wiring::Purpose::Congress)?;
        let running = server::start(&config, house)?;
        answer(&format!("Hemicycle listens on http://{}", running.address()));
        running.until_stopped()
    }
}
