//! `hemicycle demo`: the Durban congress of 2019, furnished once, on an embedded database of its own.

use std::sync::Arc;

use clap::Args;
use db::Database;
use kernel::Coded as _;
use records::settings;

use super::{answer, bring_up, database_settings, said};
use crate::{
    config::Config,
    demo::{self, DemoMoment, start::Start},
    server,
    wiring::{self, DEMO, FILES, Purpose},
};

/// The demonstration's part of the data folder.
const FOLDER: &str = "demo";

/// Show a whole congress, with people to be and things to try.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    addr: Option<String>,
    /// When the demonstration opens: a week `before` the congress, `live` in the midst of it, or the week `after`
    #[arg(long, value_parser = moment, default_value = "live")]
    moment: DemoMoment,
    /// Let others than this machine in: anybody becomes anybody by one click
    #[arg(long)]
    public: bool,
}

/// The moment of a code.
fn moment(code: &str) -> Result<DemoMoment, String> {
    DemoMoment::from_code(code).ok_or_else(|| "choose before, live or after".to_owned())
}

impl Demo {
    /// The settings its flags override.
    pub fn flags(&self) -> Vec<(&'static str, String)> {
        self.addr
            .clone()
            .map(|addr| ("server.addr", addr))
            .into_iter()
            .collect()
    }

    /// Serves the demonstration until told to stop.
    ///
    /// # Errors
    /// What stands in the way: an address others can reach without `--public`, another database than the embedded one.
    pub fn run(self, config: Config) -> Result<(), String> {
        let addr = config.server.addr;
        if !addr.ip().is_loopback() && !self.public {
            return Err(format!(
                "server.addr = {addr}: others can reach it, and anybody becomes anybody in the demonstration; add --public if you mean it"
            ));
        }
        let (config, house) = house(config, self.moment)?;
        let running = server::start(&config, house)?;
        answer(&format!(
            "The demonstration listens on http://{}/demo",
            running.address()
        ));
        running.until_stopped()
    }
}

/// The furnished house of a moment, and the settings it goes by.
///
/// # Errors
/// What stands in the way: another database than the embedded one.
pub fn house(mut config: Config, moment: DemoMoment) -> Result<(Config, wiring::House), String> {
    if !config.database.url.is_empty() {
        return Err("the demonstration has an embedded database of its own: leave --database out".into());
    }
    // A database of its own for each moment: a congress does not go back.
    config.data.dir = config.data.dir.join(FOLDER).join(moment.code());
    let url = config.database_url().map_err(|bad| bad.to_string())?;
    let store = files::Store::open(&config.data.dir.join(FILES)).map_err(said)?;
    let admissions = wiring::admissions();
    let start = Start::keep(&config.data.dir, &store, &admissions, moment)?;
    start.copy_to(&url)?;
    bring_up(&url, true)?;
    let database = Database::open(&url, database_settings(&config)).map_err(said)?;
    let house = wiring::House {
        start: Some(Arc::new(start)),
        ..house_over(&config, database, moment)?
    };
    Ok((config, house))
}

/// The house of a demonstration over an open database, furnished the first time. The command brings an embedded one; the
/// house stands on either engine, and begins again only on its own.
///
/// # Errors
/// What stands in the way, for the operator.
pub fn house_over(config: &Config, database: Database, moment: DemoMoment) -> Result<wiring::House, String> {
    database
        .write("demo", |conn| settings::put(conn, DEMO, &true))
        .map_err(said)?;
    let store = files::Store::open(&config.data.dir.join(FILES)).map_err(said)?;
    let furnished = demo::open(database.url(), &store, &wiring::admissions(), moment).map_err(said)?;
    let opens = furnished.opens;
    wiring::house(config, database, Purpose::Demo { opens })
}
