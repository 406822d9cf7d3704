//! Two servers behind a proxy on one PostgreSQL, with a congress that has seats to give and people who want them.

use std::{net::SocketAddr, path::PathBuf, process::Command, sync::Arc, time::Duration};

use access_rules::{Role, SessionId};
use db::{Conn, DatabaseUrl, Engine, migrate, on_each, testing};
use diesel::{RunQueryDsl as _, sql_query, sql_types::Text};

use crate::{
    Client, Congress, Program, Proxy, Somebody, note,
    program::{TRIES, at_free_address, free_address, is_taken},
    wait_for,
};

/// How long a server may take to end.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long an address may be somebody else's: a connection that used it, and the minute for which it is not given again.
const TAKEN_FOR: Duration = Duration::from_secs(180);
/// Sign-ins of the organiser that a drill may end.
const SPARE: usize = 64;

/// Whom it is furnished with.
#[derive(Clone, Copy, Debug)]
pub struct Furniture {
    /// Registered people, each signed in.
    pub people: usize,
    /// Sessions with a seat for each of them.
    pub sessions: usize,
}

/// Who and what is there.
pub struct Furnished {
    /// Sessions whose seats are asked for.
    pub sessions: Vec<SessionId>,
    /// The session that is moved.
    pub moving: SessionId,
    /// The cookies of the people.
    pub cookies: Vec<String>,
    /// The organiser's cookie.
    pub organiser: String,
    /// Cookies of other browsers of the organiser.
    pub spare: Vec<String>,
}

/// Two servers, their proxy, and what they stand on. Fields end in this order.
pub struct Fleet {
    proxy: Proxy,
    nodes: [Option<Program>; 2],
    addresses: [SocketAddr; 2],
    stand: Stand,
    /// Who and what is there.
    pub furnished: Arc<Furnished>,
    _folder: tempfile::TempDir,
    database: testing::TestDatabase,
}

/// What all its servers are told.
struct Stand {
    public: SocketAddr,
    url: String,
    data: String,
}

impl Stand {
    /// A server there; none where somebody else took the address meanwhile.
    fn serve(&self, program: &PathBuf, address: SocketAddr) -> Option<Program> {
        let arguments = ["serve", "--data", &self.data, "--database", &self.url];
        let public = format!("http://{}", self.public);
        let settings = [
            ("HEMICYCLE_SERVER_PUBLIC_URL", public.as_str()),
            ("HEMICYCLE_SERVER_TRUSTED_PROXIES", "127.0.0.1"),
            ("HEMICYCLE_SERVER_WORKERS", "2"),
        ];
        Program::start_at(address, program, &arguments, &settings)
    }
}

impl Fleet {
    /// Whether there can be one in this run, with a word about it where not.
    pub fn is_possible() -> bool {
        if testing::engine() == Engine::Sqlite {
            note("SQLite is for one server: two behind a proxy are not tested on it");
            return false;
        }
        Proxy::is_here()
    }

    /// Starts one whose servers are this program, on a schema that this program knows.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(program: &PathBuf, furniture: Furniture) -> Self {
        let database = testing::fresh();
        let furnished = database
            .write("furnish", move |conn| Ok(furnish(conn, furniture)))
            .expect("furnished");
        back_to(program, database.url());
        let folder = tempfile::tempdir().expect("a folder");
        // The servers know the proxy's address and the proxy theirs: where one is taken, all are chosen anew.
        let (proxy, nodes, addresses, stand) = at_free_address(|public| {
            let addresses = [free_address(), free_address()];
            let stand = Stand {
                public,
                url: database.url().as_str().to_owned(),
                data: folder.path().display().to_string(),
            };
            let [one, other] = addresses.map(|address| stand.serve(program, address));
            let nodes = [Some(one?), Some(other?)];
            let proxy = Proxy::start(public, addresses)?;
            Some((proxy, nodes, addresses, stand))
        });
        Self {
            proxy,
            nodes,
            addresses,
            stand,
            furnished: Arc::new(furnished),
            _folder: folder,
            database,
        }
    }

    /// Where the proxy is.
    pub const fn address(&self) -> SocketAddr {
        self.proxy.address()
    }

    /// A client of one server, past the proxy.
    pub fn node(&self, which: usize) -> Client {
        Client::new(self.addresses[which])
    }

    /// Where one server is, past the proxy.
    pub const fn node_address(&self, which: usize) -> SocketAddr {
        self.addresses[which]
    }

    /// Requests that one server did not take and the other was asked.
    pub fn passed_over(&self) -> usize {
        self.proxy.passed_over()
    }

    /// Stops a server as an operator does; whether it said that it went well.
    pub fn stop(&mut self, which: usize) -> bool {
        let Some(mut program) = self.nodes[which].take() else {
            return false;
        };
        program.ask_to_stop();
        program.ended(PATIENCE)
    }

    /// Kills a server (SIGKILL).
    pub fn kill(&mut self, which: usize) {
        if let Some(mut program) = self.nodes[which].take() {
            program.kill();
        }
    }

    /// Starts a program where a server was, and waits until it is ready. The proxy knows that address and no other: where
    /// somebody passing has it, they are waited for.
    ///
    /// # Panics
    /// When it does not start.
    pub fn begin(&mut self, which: usize, program: &PathBuf) {
        let address = self.addresses[which];
        let begun = (0..TRIES).find_map(|_| {
            wait_for("the server's address to be free", TAKEN_FOR, || {
                (!is_taken(address)).then_some(())
            });
            self.stand.serve(program, address)
        });
        self.nodes[which] = Some(begun.expect("an address that stays free"));
    }

    /// Brings the schema up as this program has it, beside the servers. Answers how many migrations that were.
    ///
    /// # Panics
    /// When it refuses.
    pub fn migrate(&self, program: &PathBuf) -> usize {
        let before = migrations(self.database.url());
        let said = migrated(program, self.database.url());
        assert!(said.is_ok(), "{said:?}");
        migrations(self.database.url()) - before
    }

    /// The memory of each server that runs, in MiB.
    pub fn memory_mib(&self) -> Vec<f64> {
        let running = self.nodes.iter().flatten();
        running.filter_map(|node| node.memory_mib("VmRSS")).collect()
    }

    /// Where the database is.
    pub fn url(&self) -> &DatabaseUrl {
        self.database.url()
    }
}

/// A congress, released, with these people and sessions.
pub(crate) fn furnish(conn: &mut Conn, furniture: Furniture) -> Furnished {
    let congress = Congress::open(conn);
    let seats = i64::try_from(furniture.people).expect("few");
    let sessions = (0..furniture.sessions).map(|number| {
        let starts = format!("2030-11-{:02}T{:02}:00", 11 + number / 10, 8 + number % 10);
        congress.session(conn, &format!("Session {number}"), &starts, Some(seats))
    });
    let sessions = sessions.collect();
    let moving = congress.session(conn, "The one that moves", "2030-11-15T20:00", None);
    congress.place(conn, moving, 1, "2030-11-15T20:00", "");
    congress.release(conn);
    let people = (0..furniture.people).map(|number| {
        let somebody = Somebody::new(conn, &format!("person {number}"));
        congress.register(conn, &somebody, &[]);
        somebody.cookie
    });
    let cookies = people.collect();
    let organiser = Somebody::new(conn, "organiser").appointed(conn, Role::Secretariat);
    Furnished {
        sessions,
        moving,
        cookies,
        spare: (0..SPARE).map(|_| organiser.cookie_elsewhere(conn)).collect(),
        organiser: organiser.cookie,
    }
}

/// Takes the newest migrations back until this program knows all there are: an older one refuses a newer schema.
fn back_to(program: &PathBuf, url: &DatabaseUrl) {
    while let Err(said) = migrated(program, url) {
        assert!(said.contains("newer"), "{said}");
        migrate::down_by(url, 1).expect("a way back");
    }
}

fn migrated(program: &PathBuf, url: &DatabaseUrl) -> Result<(), String> {
    let ran = Command::new(program)
        .args(["migrate", "--database", url.as_str()])
        .output()
        .map_err(|why| why.to_string())?;
    match ran.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&ran.stderr).into_owned()),
    }
}

fn migrations(url: &DatabaseUrl) -> usize {
    ask(url, "SELECT version AS said FROM __diesel_schema_migrations").len()
}

#[derive(diesel::QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    said: String,
}

/// What a query says in its column `said`, a line each.
///
/// # Panics
/// When it is refused.
pub fn ask(url: &DatabaseUrl, sql: &str) -> Vec<String> {
    let mut conn = url.connect().expect("it answers");
    let found: Vec<Said> = on_each!(&mut conn, |c| sql_query(sql).load(c)).expect("asked");
    found.into_iter().map(|one| one.said).collect()
}
