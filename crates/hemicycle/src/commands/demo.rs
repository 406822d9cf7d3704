//! `hemicycle demo`: the Durban congress of 2019, furnished once, on an embedded database of its own.

use clap::{Args, ValueEnum};
use db::Database;
use kernel::{Fault, Moment};
use records::settings;

use super::{answer, bring_up, database_settings, said};
use crate::{
    config::Config,
    demo, server,
    wiring::{self, DEMO, FILES, Purpose},
};

/// Under which it is kept that the demonstration is furnished, and with which state of its data.
const FURNISHED: &str = "demo_furnished";
/// The demonstration's part of the data folder.
const FOLDER: &str = "demo";

/// Show a whole congress, with people to be and things to try.
#[derive(Debug, Args)]
pub struct Demo {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR")]
    addr: Option<String>,
    /// When the demonstration opens: registration is on, the congress is on, or it is over
    #[arg(long, value_enum, default_value = "live")]
    moment: When,
    /// Let others than this machine in: anybody becomes anybody by one click
    #[arg(long)]
    public: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    /// Thursday 7 November 2019, 10:00 in Durban
    Before,
    /// Thursday 14 November 2019, 10:40 in Durban
    Live,
    /// Monday 18 November 2019, 10:00 in Durban
    After,
}

impl When {
    fn moment(self) -> Moment {
        Moment::at(match self {
            Self::Before => "2019-11-07T10:00:00+02:00",
            Self::Live => "2019-11-14T10:40:00+02:00",
            Self::After => "2019-11-18T10:00:00+02:00",
        })
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Live => "live",
            Self::After => "after",
        }
    }
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
        let house = self.house(config)?;
        let running = server::start(&house.0, house.1)?;
        answer(&format!(
            "The demonstration listens on http://{}/demo",
            running.address()
        ));
        running.until_stopped()
    }

    /// The furnished house, and the settings it goes by.
    fn house(&self, mut config: Config) -> Result<(Config, wiring::House), String> {
        if !config.database.url.is_empty() {
            return Err("the demonstration has an embedded database of its own: leave --database out".into());
        }
        config.data.dir = config.data.dir.join(FOLDER).join(self.moment.folder());
        let url = config.database_url().map_err(|bad| bad.to_string())?;
        bring_up(&url, true)?;
        let database = Database::open(&url, database_settings(&config)).map_err(said)?;
        let opens = self.moment.moment();
        let is_furnished = database
            .read("demo", |conn| settings::get::<bool>(conn, FURNISHED))
            .map_err(said)?
            .unwrap_or(false);
        if !is_furnished {
            furnish(&config, &database, opens).map_err(said)?;
        }
        let house = wiring::house(&config, database, Purpose::Demo { opens })?;
        Ok((config, house))
    }
}

/// Furnishes a fresh database, whole or not at all.
fn furnish(config: &Config, database: &Database, opens: Moment) -> Result<(), Fault> {
    let store = files::Store::open(&config.data.dir.join(FILES))?;
    let admissions = wiring::admissions();
    database.write("furnish", move |conn| {
        settings::put(conn, DEMO, &true)?;
        demo::furnish(conn, opens, &admissions, &store)?;
        settings::put(conn, FURNISHED, &true)
    })
}
