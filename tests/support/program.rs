//! The built program as a child process, for what only a process shows: being killed, being started twice.

use std::{
    ffi::OsStr,
    io::{BufRead as _, BufReader},
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{Client, given, note, wait_for};

/// How long a start may take, a demonstration being furnished included.
const START: Duration = Duration::from_secs(90);

/// A running program; killed when dropped.
pub struct Program {
    child: Child,
    address: SocketAddr,
}

impl Program {
    /// Where the built program is; none, with a word about it, when the run did not say.
    pub fn built() -> Option<PathBuf> {
        let program = given("HEMICYCLE_TEST_PROGRAM").map(PathBuf::from);
        if program.as_ref().is_none_or(|file| !file.is_file()) {
            note("HEMICYCLE_TEST_PROGRAM names no program: not tested");
            return None;
        }
        program
    }

    /// Starts it with these arguments and an address of its own, and waits until it is ready.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start<S: AsRef<OsStr>>(program: &PathBuf, arguments: &[S], settings: &[(&str, &str)]) -> Self {
        let address = free_address();
        let mut command = Command::new(program);
        command
            .args(arguments)
            .arg("--addr")
            .arg(address.to_string())
            .env_remove("HEMICYCLE_TEST_PROGRAM")
            .env("HEMICYCLE_LOG_LEVEL", "error")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let child = command.spawn().expect("the program starts");
        let mut started = Self { child, address };
        let stdout = started.child.stdout.take().expect("piped");
        let mut said = String::new();
        BufReader::new(stdout).read_line(&mut said).expect("it speaks");
        assert!(said.contains("listens on"), "it said {said:?}");
        let client = started.client();
        wait_for("the program to be ready", START, || {
            let answer = client.try_send("GET", "/readyz", &[], None).ok()?;
            (answer.status == 200).then_some(())
        });
        started
    }

    /// A client of nobody.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Kills it: no time to finish anything (SIGKILL).
    ///
    /// # Panics
    /// When it is gone already.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("gone");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// An address nobody listens on.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}
