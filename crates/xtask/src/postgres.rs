//! A PostgreSQL server of our own: in a short temporary folder, reached by a socket there, gone afterwards.
//!
//! The server refuses to run as root, so as root the folder belongs to `postgres` or `nobody` and the server runs as
//! that user. A caretaker shell holds the other end of a pipe from us: when we end, however we end, it stops the
//! server and removes the folder.
//!
//! One that is [`Private::encrypted`] also listens on this machine's own network by TLS, with a certificate for `localhost`
//! that a passing authority signed, and asks for a password there: what a server elsewhere would show.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::shell;

/// How long the server may take to accept its first connection.
const PATIENCE: Duration = Duration::from_secs(60);

/// What becomes of a commit when the machine loses power.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durability {
    /// It may be lost: nothing a test writes outlives its run.
    None,
    /// It is there, as in a congress.
    Full,
}

/// Durability costs time.
const NOT_DURABLE: &[&str] = &["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// What a server needs that another follows.
const FOLLOWED: &[&str] = &["wal_level=replica", "max_wal_senders=8", "hot_standby=on"];

/// A test holds several connections.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "max_connections=300",
    "shared_buffers=128MB",
    "max_wal_size=2GB",
    "wal_level=minimal",
    "max_wal_senders=0",
    "timezone=UTC",
];

/// Files of its folder, as seen from its data.
const ENCRYPTED: &[&str] = &[
    "listen_addresses=localhost",
    "ssl_cert_file=../server.crt",
    "ssl_key_file=../server.key",
];

/// A password, the authority, another that signed nothing, and the server's certificate. OpenSSL and LibreSSL both
/// understand it: what a certificate says beside its name stands in a file, and a request is signed by itself.
const CERTIFY: &str = r#"
set -e
cat >certify.conf <<'END'
[req]
distinguished_name = name
[name]
commonName = Name
[authority]
basicConstraints = critical,CA:TRUE
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
subjectAltName = DNS:localhost
END
has_key() {
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -pkeyopt ec_param_enc:named_curve \
        -out "$1.key"
}
signs() {
    has_key "$1"
    openssl req -x509 -new -sha256 -days 2 -config certify.conf -extensions authority \
        -subj "/CN=$1" -key "$1.key" -out "$1.crt"
}
openssl rand -hex 16 >password
signs authority
signs stranger
has_key server
openssl req -new -sha256 -config certify.conf -subj /CN=localhost -key server.key -out server.csr
openssl x509 -req -sha256 -days 2 -in server.csr -CA authority.crt -CAkey authority.key -set_serial 2 \
    -extfile certify.conf -extensions server -out server.crt
chmod 600 server.key
"#;

const CARETAKER: &str = r#"
trap '' INT TERM HUP
cat >/dev/null
lock="$1/data/postmaster.pid"
server=$(head -n 1 "$lock" 2>/dev/null)
if [ -n "$server" ]; then
    kill -INT "$server" 2>/dev/null
    tries=0
    while [ -e "$lock" ] && [ "$tries" -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
    if [ -e "$lock" ]; then kill -QUIT "$server" 2>/dev/null; sleep 1; fi
fi
rm -rf "$1"
"#;

/// The folder that holds `initdb` and `postgres`.
pub fn binaries() -> Option<PathBuf> {
    let told = shell::answer("pg_config", &["--bindir"]).map(PathBuf::from);
    let on_path = shell::find("initdb").and_then(|file| file.parent().map(Path::to_path_buf));
    let usual = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];
    told.into_iter()
        .chain(on_path)
        .chain(usual.iter().flat_map(|parent| newest_first(Path::new(parent))))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// A running server that nobody else uses.
pub struct Private {
    home: PathBuf,
    owner: Option<(u32, u32)>,
    caretaker: Child,
    server: Option<Child>,
    /// Where it listens by TLS, when it does.
    port: Option<u16>,
}

impl Private {
    /// Makes a cluster and starts its server.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn start(durability: Durability) -> Result<Private, String> {
        Private::with_settings(durability, &[])
    }

    /// The same, durable and ready to be followed by a [`Private::standby`].
    ///
    /// # Errors
    /// As [`Private::start`].
    pub fn primary() -> Result<Private, String> {
        Private::with_settings(Durability::Full, FOLLOWED)
    }

    /// Copies this server's cluster and starts a server that follows it.
    ///
    /// # Errors
    /// As [`Private::start`].
    pub fn standby(&self) -> Result<Private, String> {
        let (mut standby, bin) = Private::housed()?;
        let connection = format!("host={} user=hemicycle", self.home.display());
        let mut copy = standby.as_owner(&bin.join("pg_basebackup"));
        copy.args(["--pgdata=data", "--write-recovery-conf", "--wal-method=stream"])
            .args(["--checkpoint=fast", "--no-sync", "--dbname", &connection]);
        well("pg_basebackup", &mut copy)?;
        standby.serve(&bin, Durability::Full, FOLLOWED)?;
        standby.wait_until_ready()?;
        Ok(standby)
    }

    /// Makes a cluster whose server is also reached by [`Private::tls_url`]; it wants `openssl`, of OpenSSL or LibreSSL.
    ///
    /// # Errors
    /// As [`Private::start`].
    pub fn encrypted() -> Result<Private, String> {
        let (mut private, bin) = Private::housed()?;
        well("openssl", private.as_owner(Path::new("sh")).args(["-c", CERTIFY]))?;
        private.make_cluster(
            &bin,
            &[
                "--auth-local=trust",
                "--auth-host=scram-sha-256",
                "--pwfile=password",
            ],
        )?;
        // In the file, so that it can be changed while the server runs.
        let file = private.home.join("data/postgresql.conf");
        let said = |e: std::io::Error| format!("{}: {e}", file.display());
        let mut settings = fs::OpenOptions::new().append(true).open(&file).map_err(said)?;
        settings.write_all(b"ssl = on\n").map_err(said)?;
        let port = free_port()?;
        private.port = Some(port);
        let port = format!("port={port}");
        private.serve(&bin, Durability::None, &[ENCRYPTED, &[&port]].concat())?;
        private.wait_until_ready()?;
        Ok(private)
    }

    fn with_settings(durability: Durability, more: &[&str]) -> Result<Private, String> {
        let (mut private, bin) = Private::housed()?;
        private.make_cluster(&bin, &["--auth=trust"])?;
        private.serve(&bin, durability, more)?;
        private.wait_until_ready()?;
        Ok(private)
    }

    /// A folder with its caretaker, and no cluster yet.
    fn housed() -> Result<(Private, PathBuf), String> {
        let bin = binaries().ok_or("the PostgreSQL server is not installed: run `cargo xtask setup`")?;
        let owner = if shell::is_root() {
            Some(unprivileged_user()?)
        } else {
            None
        };
        let home = own_folder(owner)?;
        let caretaker = Command::new("sh")
            .args(["-c", CARETAKER, "caretaker"])
            .arg(&home)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|e| format!("sh did not start: {e}"))?;
        let private = Private {
            home,
            owner,
            caretaker,
            server: None,
            port: None,
        };

        Ok((private, bin))
    }

    /// Where to connect: a URL whose host is the socket's folder.
    pub fn url(&self) -> String {
        let port = self.port.map_or_else(String::new, |port| format!(":{port}"));
        format!("postgres://hemicycle@{}{port}/postgres", self.host())
    }

    /// Where to connect by TLS for who looks at the certificate, with its password; none unless it is
    /// [`Private::encrypted`]. Beside `authority.crt` lies `stranger.crt`, of an authority that signed nothing.
    pub fn tls_url(&self) -> Option<String> {
        let password = fs::read_to_string(self.home.join("password")).ok()?;
        Some(format!(
            "postgres://hemicycle:{}@localhost:{}/postgres?sslmode=verify-full&sslrootcert={}",
            password.trim(),
            self.port?,
            self.home.join("authority.crt").display()
        ))
    }

    /// The host of such a URL, which may name several.
    pub fn host(&self) -> String {
        percent_encoded(&self.home.to_string_lossy())
    }

    /// Kills it and all its processes, as when its machine loses power: nobody is told, nothing is finished.
    ///
    /// # Errors
    /// When it is gone already.
    pub fn kill(&mut self) -> Result<(), String> {
        let mut server = self.server.take().ok_or("the server is gone already")?;
        let children = children_of(server.id());
        server
            .kill()
            .map_err(|e| format!("postgres was not killed: {e}"))?;
        for child in children {
            // One that has ended meanwhile is as good as killed.
            shell::answer("kill", &["-KILL", &child.to_string()]);
        }
        server.wait().map_err(|e| format!("postgres did not end: {e}"))?;
        // The number in it may soon be another's.
        fs::remove_file(self.home.join("data/postmaster.pid")).map_err(|e| format!("postmaster.pid: {e}"))
    }

    /// Stops the server and says whether anything was left behind.
    ///
    /// # Errors
    /// What was.
    pub fn stop(mut self) -> Result<(), String> {
        self.end();
        match self.home.exists() {
            false => Ok(()),
            true => Err(format!("{} could not be removed", self.home.display())),
        }
    }

    fn make_cluster(&self, bin: &Path, authentication: &[&str]) -> Result<(), String> {
        let mut make = self.as_owner(&bin.join("initdb"));
        make.args(["--username=hemicycle", "--encoding=UTF8", "--locale=C"])
            .args(authentication)
            .args(["--no-sync", "--pgdata=data"]);
        well("initdb", &mut make)
    }

    fn serve(&mut self, bin: &Path, durability: Durability, more: &[&str]) -> Result<(), String> {
        let log = fs::File::create(self.log()).map_err(|e| format!("{}: {e}", self.log().display()))?;
        let mut command = self.as_owner(&bin.join("postgres"));
        command.args(["-D", "data", "-k"]).arg(&self.home);
        let spared = match durability {
            Durability::None => NOT_DURABLE,
            Durability::Full => &[],
        };
        // Of two values of one setting the later counts.
        for setting in SETTINGS.iter().chain(spared).chain(more) {
            command.args(["-c", setting]);
        }
        let second = log
            .try_clone()
            .map_err(|e| format!("{}: {e}", self.log().display()))?;
        command.stdout(log).stderr(second).process_group(0);
        self.server = Some(
            command
                .spawn()
                .map_err(|e| format!("postgres did not start: {e}"))?,
        );
        Ok(())
    }

    /// The last line of the server's own lock file turns to `ready` when it accepts connections.
    fn wait_until_ready(&mut self) -> Result<(), String> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let lock = fs::read_to_string(self.home.join("data/postmaster.pid")).unwrap_or_default();
            if lock.lines().last().is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            if let Some(server) = &mut self.server
                && let Ok(Some(status)) = server.try_wait()
            {
                return Err(format!("PostgreSQL ended with {status}:\n{}", self.last_words()));
            }
            sleep(Duration::from_millis(20));
        }
        Err(format!(
            "PostgreSQL was not ready after {PATIENCE:?}:\n{}",
            self.last_words()
        ))
    }

    fn as_owner(&self, program: &Path) -> Command {
        let mut command = shell::command(program, &self.home);
        command.env("LC_ALL", "C");
        for variable in ["PGDATA", "PGPORT", "PGHOST", "PGUSER", "PGDATABASE", "PGOPTIONS"] {
            command.env_remove(variable);
        }
        if let Some((user, group)) = self.owner {
            command.uid(user).gid(group);
        }
        command
    }

    fn log(&self) -> PathBuf {
        self.home.join("server.log")
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// Closes the caretaker's pipe and waits for it to have tidied up.
    fn end(&mut self) {
        drop(self.caretaker.stdin.take());
        if let Some(mut server) = self.server.take() {
            // An error means that it has ended already.
            let _ended = server.wait();
        }
        let _ended = self.caretaker.wait();
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs a tool, and tells what it said when it fails.
fn well(name: &str, command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|e| format!("{name} did not start: {e}"))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{name} failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        )),
    }
}

/// The processes that this one started.
fn children_of(process: u32) -> Vec<u32> {
    let told = shell::answer("ps", &["-A", "-o", "pid=,ppid="]).unwrap_or_default();
    let pairs = told.lines().filter_map(|line| {
        let mut numbers = line.split_whitespace().map(str::parse);
        Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
    });
    pairs
        .filter(|(_, parent)| *parent == process)
        .map(|(child, _)| child)
        .collect()
}

/// The `bin` folders of the versions in here.
fn newest_first(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent)
        .map(|entries| entries.flatten().collect())
        .unwrap_or_else(|_| vec![]);
    let mut versions: Vec<(u32, PathBuf)> = entries
        .iter()
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().replace("postgresql@", "");
            Some((name.parse().ok()?, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    versions.into_iter().rev().map(|(_, folder)| folder).collect()
}

/// A port nobody listens on now.
fn free_port() -> Result<u16, String> {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    free.map(|address| address.port())
        .map_err(|e| format!("no port is free: {e}"))
}

fn unprivileged_user() -> Result<(u32, u32), String> {
    let number = |flag, user| shell::answer("id", &[flag, user]).and_then(|text| text.parse().ok());
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|user| Some((number("-u", user)?, number("-g", user)?)))
        .ok_or_else(|| {
            "PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`".to_owned()
        })
}

/// A new folder of the server's user. `/tmp`, because a socket's path must stay under 104 bytes and other users may
/// have no way into a folder of ours.
fn own_folder(owner: Option<(u32, u32)>) -> Result<PathBuf, String> {
    for attempt in 0..100 {
        let home = PathBuf::from(format!("/tmp/hemicycle-pg-{}-{attempt}", std::process::id()));
        match fs::DirBuilder::new().mode(0o700).create(&home) {
            Ok(()) => {
                if let Some((user, group)) = owner {
                    chown(&home, Some(user), Some(group)).map_err(|e| format!("{}: {e}", home.display()))?;
                }
                return Ok(home);
            }
            Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
            Err(e) => return Err(format!("{}: {e}", home.display())),
        }
    }
    Err("no name is free in /tmp".to_owned())
}

fn percent_encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_folder_is_encoded_as_the_host_of_a_url() {
        assert_eq!(
            percent_encoded("/tmp/hemicycle-pg-7-0"),
            "%2Ftmp%2Fhemicycle-pg-7-0"
        );
        assert_eq!(percent_encoded("/tmp/é"), "%2Ftmp%2F%C3%A9");
    }

    #[test]
    fn the_newest_server_is_tried_first() {
        let parent = std::env::temp_dir().join(format!("hemicycle-xtask-{}", std::process::id()));
        for version in ["9", "15", "17", "not-a-version"] {
            fs::create_dir_all(parent.join(version)).unwrap();
        }

        let found = newest_first(&parent);

        fs::remove_dir_all(&parent).unwrap();
        let expected: Vec<PathBuf> = ["17/bin", "15/bin", "9/bin"]
            .map(|version| parent.join(version))
            .to_vec();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_private_server_answers_and_leaves_nothing_behind() {
        if binaries().is_none() {
            return;
        }

        let server = Private::start(Durability::None).unwrap();
        let home = server.home.clone();

        assert!(std::os::unix::net::UnixStream::connect(home.join(".s.PGSQL.5432")).is_ok());
        assert_eq!(server.stop(), Ok(()));
        assert!(!home.exists());
    }
}
