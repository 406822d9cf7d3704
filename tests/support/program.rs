//! The built program as a child process, for what only a process shows: being killed, being started twice.

use std::{
    ffi::OsStr,
    fs::File,
    io::{BufRead as _, BufReader},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use crate::{Client, given, note, wait_for};

/// How long a start may take, a demonstration being furnished included.
const START: Duration = Duration::from_secs(90);

/// Starts that are tried where another takes the address that was free.
pub(crate) const TRIES: usize = 3;

/// Ticks in a second, in which Linux tells times of processes on every machine it runs on.
const TICKS: f64 = 100.0;

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
        at_free_address(|address| Self::start_at(address, program, arguments, settings))
    }

    /// The same at an address that others know; none where somebody else listens there.
    ///
    /// # Panics
    /// When it does not start.
    pub(crate) fn start_at<S: AsRef<OsStr>>(
        address: SocketAddr,
        program: &PathBuf,
        arguments: &[S],
        settings: &[(&str, &str)],
    ) -> Option<Self> {
        let mut command = Command::new(program);
        command.args(arguments).env("HEMICYCLE_LOG_LEVEL", "error");
        Self::run(command, address, settings)
    }

    /// The same as it logs in a congress, into a file.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_logging<S: AsRef<OsStr>>(
        program: &PathBuf,
        arguments: &[S],
        settings: &[(&str, &str)],
        log: &Path,
    ) -> Self {
        at_free_address(|address| {
            let mut command = Command::new(program);
            command
                .args(arguments)
                .stderr(File::create(log).expect("a file for its log"));
            Self::run(command, address, settings)
        })
    }

    fn run(mut command: Command, address: SocketAddr, settings: &[(&str, &str)]) -> Option<Self> {
        command
            .arg("--addr")
            .arg(address.to_string())
            .env_remove("HEMICYCLE_TEST_PROGRAM")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let child = command.spawn().expect("the program starts");
        let mut started = Self { child, address };
        let stdout = started.child.stdout.take().expect("piped");
        let mut said = String::new();
        BufReader::new(stdout).read_line(&mut said).expect("it speaks");
        if said.is_empty() && is_taken(address) {
            return None;
        }
        assert!(said.contains("listens on"), "it said {said:?}");
        let client = started.client();
        wait_for("the program to be ready", START, || {
            let answer = client.try_send("GET", "/readyz", &[], None).ok()?;
            (answer.status == 200).then_some(())
        });
        Some(started)
    }

    /// A client of nobody.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// A line of what Linux tells of its memory (`VmRSS`: what it has now), in MiB; none elsewhere.
    pub fn memory_mib(&self, line: &str) -> Option<f64> {
        let told = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let value = told
            .lines()
            .find_map(|found| found.strip_prefix(line)?.strip_prefix(':'))?;
        let kib: f64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kib / 1024.0)
    }

    /// Seconds all its threads have had a core, to the hundredth; none where Linux does not tell.
    pub fn cpu_seconds(&self) -> Option<f64> {
        let told = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // Its name stands in brackets and may hold anything; of the fields after it, times are the 12th and 13th.
        let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
        Some((ticks(11)? + ticks(12)?) / TICKS)
    }

    /// Asks it to stop as an operator's machine does (SIGTERM), and does not wait.
    ///
    /// # Panics
    /// When it cannot be asked.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill")
            .arg("-TERM")
            .arg(self.child.id().to_string())
            .status();
        assert!(asked.is_ok_and(|status| status.success()), "it was asked to stop");
    }

    /// Waits until it has ended by itself; whether it says that it went well.
    ///
    /// # Panics
    /// When it goes on for longer than this.
    pub fn ended(&mut self, within: Duration) -> bool {
        wait_for("the program to end", within, || {
            self.child.try_wait().expect("a child of ours")
        })
        .success()
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
pub(crate) fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address")
}

/// Whether nobody may listen there now.
pub(crate) fn is_taken(address: SocketAddr) -> bool {
    TcpListener::bind(address).is_err()
}

/// Begins something at an address that is free, and anew at another where somebody else took it before that was there.
///
/// # Panics
/// When each address was taken.
pub(crate) fn at_free_address<T>(mut begin: impl FnMut(SocketAddr) -> Option<T>) -> T {
    (0..TRIES)
        .find_map(|_| begin(free_address()))
        .expect("an address that stays free until it is used")
}
