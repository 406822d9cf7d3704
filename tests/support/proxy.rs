//! nginx before the servers of a test, by the very configuration that operators are shown (`config/nginx.example.conf`):
//! other addresses, no TLS, and a log that tells which server answered. Knows nothing of what it passes on.

use std::{
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use xtask::{nginx, shell};

use crate::{Client, note, root, wait_for};

/// The configuration that operators are shown.
const EXAMPLE: &str = "config/nginx.example.conf";
/// The servers that it names.
const NAMED: [&str; 2] = ["10.0.0.11:8019", "10.0.0.12:8019"];
/// How long a start or a stop may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// What nginx says where somebody else listens.
const TAKEN: &str = "Address already in use";
/// What the log says of each request; several servers stand with commas between.
const LOGGED: &str = "$status|$request_method|$uri|$upstream_addr";

/// A running nginx; ended when dropped.
pub struct Proxy {
    child: Child,
    address: SocketAddr,
    folder: tempfile::TempDir,
}

impl Proxy {
    /// Whether nginx is here, with a word about it where it is not.
    pub fn is_here() -> bool {
        let is_here = nginx::program().is_some();
        if !is_here {
            note("no nginx is installed (`cargo xtask setup` says how): nothing is tested behind a proxy");
        }
        is_here
    }

    /// Starts nginx at an address before two servers, and waits until it passes on to one of them; none where somebody else
    /// listens at that address.
    ///
    /// # Panics
    /// When it does not start, or the example is not as expected.
    pub(crate) fn start(address: SocketAddr, servers: [SocketAddr; 2]) -> Option<Self> {
        let program = nginx::program().expect("nginx is here");
        let folder = tempfile::tempdir().expect("a folder");
        let example = fs::read_to_string(root().join(EXAMPLE)).expect("the example is there");
        let site = adapted(&example, address, servers);
        fs::write(folder.path().join("site.conf"), site).expect("room");
        fs::write(folder.path().join("nginx.conf"), around(folder.path())).expect("room");
        let said = File::create(folder.path().join("said")).expect("a file for what it says");
        let child = Command::new(program)
            .arg("-c")
            .arg(folder.path().join("nginx.conf"))
            .arg("-p")
            .arg(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said)
            .spawn()
            .expect("nginx starts");
        let mut proxy = Self {
            child,
            address,
            folder,
        };
        proxy.passes_on().then_some(proxy)
    }

    /// Waits until it passes requests on; false when it cannot listen at its address.
    fn passes_on(&mut self) -> bool {
        let client = Client::new(self.address);
        wait_for("nginx to pass requests on", PATIENCE, || {
            if let Ok(Some(status)) = self.child.try_wait() {
                let said = self.said();
                assert!(said.contains(TAKEN), "nginx ended with {status}: {said}");
                return Some(false);
            }
            let answer = client.try_send("GET", "/readyz", &[], None).ok()?;
            // Another server at that address answers as well, and nothing of it stands in this log.
            (answer.status == 200 && self.log().contains("/readyz")).then_some(true)
        })
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("access.log")).unwrap_or_default()
    }

    fn said(&self) -> String {
        ["said", "error.log"]
            .map(|name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default())
            .concat()
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Requests that one server did not take and another was asked.
    pub fn passed_over(&self) -> usize {
        self.log()
            .lines()
            .filter(|line| line.split('|').nth(3).is_some_and(|asked| asked.contains(',')))
            .count()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        if let Ok(Some(_)) = self.child.try_wait() {
            return;
        }
        // Killed, the one that was started would leave its workers behind.
        let asked = shell::answer("kill", &["-TERM", &self.child.id().to_string()]);
        if asked.is_none() {
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }
}

/// The example with these addresses and without TLS.
fn adapted(example: &str, address: SocketAddr, servers: [SocketAddr; 2]) -> String {
    let mut site: String = example
        .lines()
        .filter(|line| !line.trim_start().starts_with("ssl_certificate"))
        .map(|line| format!("{line}\n"))
        .collect();
    let exchanged = [
        ("listen 443 ssl;", format!("listen {address};")),
        (NAMED[0], servers[0].to_string()),
        (NAMED[1], servers[1].to_string()),
    ];
    for (named, ours) in exchanged {
        assert_eq!(site.matches(named).count(), 1, "{EXAMPLE} has `{named}` once");
        site = site.replace(named, &ours);
    }
    site
}

/// What stands around it on a machine of its own, all of it in this folder.
fn around(folder: &Path) -> String {
    let at = |name: &str| -> PathBuf { folder.join(name) };
    let mut text = format!(
        "daemon off;\nworker_processes 2;\npid {};\nerror_log {} warn;\n",
        at("pid").display(),
        at("error.log").display()
    );
    if shell::is_root() {
        // Otherwise its workers would be somebody who may not enter this folder.
        text.push_str("user root;\n");
    }
    text.push_str("events { worker_connections 4096; }\nhttp {\n");
    for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
        text.push_str(&format!("  {kind}_temp_path {};\n", at(kind).display()));
    }
    text.push_str(&format!(
        "  log_format asked '{LOGGED}';\n  access_log {} asked;\n  include {};\n}}\n",
        at("access.log").display(),
        at("site.conf").display()
    ));
    text
}
