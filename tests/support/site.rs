//! A running site within the test's process: its own database on the engine of the run, its own folder, a free port.

use std::collections::BTreeMap;

use db::{
    Conn, Database,
    testing::{self, TestDatabase},
};
use hemicycle::{
    commands::demo,
    config::{self, Config},
    demo::DemoMoment,
    server::{self, Running},
    wiring::{self, House, Purpose},
};

use kernel::Moment;

use crate::{Client, program::free_address};

/// A site that serves; gone when dropped. Fields end in this order: first the server, then what it stood on.
pub struct Site {
    running: Running,
    database: TestDatabase,
    _folder: tempfile::TempDir,
}

impl Site {
    /// Serves an empty site.
    ///
    /// # Panics
    /// When it cannot: a journey without its site means nothing.
    pub fn start() -> Self {
        Self::furnished(|_| ()).0
    }

    /// Serves a site furnished before it opens.
    ///
    /// # Panics
    /// As [`Site::start`].
    pub fn furnished<T: Send + 'static>(furnish: impl Fn(&mut Conn) -> T + Send + 'static) -> (Self, T) {
        Self::with_settings(&[], furnish)
    }

    /// The same with settings of its own.
    ///
    /// # Panics
    /// As [`Site::start`].
    pub fn with_settings<T: Send + 'static>(
        settings: &[(&'static str, String)],
        furnish: impl Fn(&mut Conn) -> T + Send + 'static,
    ) -> (Self, T) {
        Self::built(settings, Purpose::Congress, furnish)
    }

    /// The same whose congress clock shows this moment when it opens.
    ///
    /// # Panics
    /// As [`Site::start`].
    pub fn opening<T: Send + 'static>(
        opens: Moment,
        furnish: impl Fn(&mut Conn) -> T + Send + 'static,
    ) -> (Self, T) {
        Self::built(&[], Purpose::Demo { opens }, furnish)
    }

    fn built<T: Send + 'static>(
        settings: &[(&'static str, String)],
        purpose: Purpose,
        furnish: impl Fn(&mut Conn) -> T + Send + 'static,
    ) -> (Self, T) {
        let database = testing::fresh();
        // In one transaction, for five hundred people are not made one by one.
        let made = database
            .write("furnish", move |conn| Ok(furnish(conn)))
            .expect("furnished");
        let site = Self::standing(settings, database, |config, database| {
            wiring::house(config, database, purpose)
        });
        (site, made)
    }

    /// The demonstration, on the engine of the run.
    ///
    /// # Panics
    /// As [`Site::start`].
    pub fn demonstration(moment: DemoMoment) -> Self {
        // What it prints in calendars and letters is where it is reached.
        let address = [("server.addr", free_address().to_string())];
        Self::standing(&address, testing::fresh(), |config, database| {
            demo::house_over(config, database, moment)
        })
    }

    fn standing(
        settings: &[(&'static str, String)],
        database: TestDatabase,
        house: impl FnOnce(&Config, Database) -> Result<House, String>,
    ) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut flags = vec![
            ("server.addr", "127.0.0.1:0".to_owned()),
            ("server.workers", "2".to_owned()),
            ("data.dir", folder.path().display().to_string()),
            ("database.url", database.url().as_str().to_owned()),
            ("passwords.memory_kib", "64".to_owned()),
            ("passwords.iterations", "1".to_owned()),
        ];
        flags.extend_from_slice(settings);
        let config = config::load(None, &BTreeMap::new(), &flags).expect("good settings");
        let opened = Database::open(
            database.url(),
            db::Settings {
                readers: 2,
                writers: 4,
                ..db::Settings::usual()
            },
        );
        let house = house(&config, opened.expect("opens")).expect("a house");
        let running = server::start(&config, house).expect("it serves");
        Self {
            running,
            database,
            _folder: folder,
        }
    }

    /// A bare connection to its database.
    pub fn conn(&self) -> Conn {
        self.database.conn()
    }

    /// Where it listens.
    pub const fn address(&self) -> std::net::SocketAddr {
        self.running.address()
    }

    /// A client of nobody.
    pub fn nobody(&self) -> Client {
        Client::new(self.running.address())
    }

    /// The browser somebody is signed in with.
    pub fn browser(&self, cookie: &str) -> Client {
        self.nobody().with_cookie("hemicycle", cookie)
    }

    /// Asks again who listens to changes, as if a minute had passed.
    ///
    /// # Panics
    /// When the database cannot be asked.
    pub fn look_again_at_listeners(&self) {
        let house = self.running.house();
        let asked = house.live.look_again(&house.site, Moment::now().plus_seconds(60));
        asked.expect("asked");
    }

    /// Stops it as an operator does.
    pub fn stop(self) {
        self.running.stop();
    }

    /// Brings the public programme to what was just released.
    ///
    /// # Panics
    /// When the database cannot be asked.
    pub fn refresh(&self) {
        self.running.house().refresh_snapshots().expect("refreshed");
    }
}
