//! Schemathesis (PyPI) against a fresh demonstration, as an organiser: whatever the reference allows and a little more is
//! sent to every address. No answer may be a failure of ours, or one that the reference does not have.
//!
//! Bounded to a minute. Without Python, or without a network to fetch it from the first time, it says so and asks nothing.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::shell;

/// The version that is known to fit.
const VERSION: &str = "schemathesis==4.32.5";
/// How long it asks, in seconds.
const SECONDS: &str = "60";
/// The same questions in every run.
const SEED: &str = "2026";
/// What must hold of every answer.
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// What would end the session by which it asks.
const LEFT_OUT: &str = "sign-in|/me/sessions";
/// Where the demonstration's complaints go, in its folder.
const LOG: &str = "log";
/// How many lines of them are told with a failure.
const LINES_OF_LOG: usize = 40;
/// How long the demonstration may take to open.
const OPENS_WITHIN: Duration = Duration::from_secs(120);

/// Asks; an answer that may not be is printed with a command that repeats it.
pub fn run(root: &Path, program: &Path) -> Result<(), String> {
    let Some(asks) = provided(root) else {
        println!("schemathesis is not there and cannot be fetched (python3, venv, pip): nothing is asked");
        return Ok(());
    };
    let demo = Demo::start(program)?;
    let cookie = demo.organiser()?;
    let base = format!("http://{}", demo.address);
    let mut command = shell::command(asks, &demo.folder);
    command.args(["run", &format!("{base}/api/v1/openapi.json"), "--checks", CHECKS]);
    command.args([
        "--phases",
        "coverage,fuzzing",
        "--max-time",
        SECONDS,
        "--seed",
        SEED,
    ]);
    // One thread: Python 3.11's parser, which two of them use at once to describe themselves, then fails now and then
    // (« AST constructor recursion depth mismatch », CPython 106905).
    command.args(["--workers", "1", "--no-shrink", "--warnings", "off"]);
    command.args([
        "--exclude-path-regex",
        LEFT_OUT,
        "-H",
        &format!("Cookie: {cookie}"),
    ]);
    shell::succeed_and_tell(&mut command)
        .map_err(|reason| format!("{reason}\n── what the server said\n{}", demo.log()))
}

/// The program that asks: what `PATH` has, else one of our own, fetched once.
fn provided(root: &Path) -> Option<PathBuf> {
    if let Some(found) = shell::find("schemathesis") {
        return Some(found);
    }
    let folder = root.join("target/schemathesis");
    let own = folder.join("bin/schemathesis");
    if !own.is_file() {
        let at = folder.display().to_string();
        shell::answer("python3", &["-m", "venv", &at])?;
        let pip = folder.join("bin/pip").display().to_string();
        shell::answer(&pip, &["install", "--quiet", VERSION])?;
    }
    own.is_file().then_some(own)
}

/// A demonstration in a folder of its own; gone when dropped.
struct Demo {
    child: Child,
    address: SocketAddr,
    folder: PathBuf,
}

impl Demo {
    fn start(program: &Path) -> Result<Self, String> {
        let said = |error: std::io::Error| format!("the demonstration did not start: {error}");
        let folder = std::env::temp_dir().join(format!("hemicycle-schemathesis-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(said)?;
        let address = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(said)?;
        let child = Command::new(program)
            .arg("demo")
            .args(["--addr", &address.to_string()])
            .arg("--data")
            .arg(folder.join("data"))
            .stdin(Stdio::null())
            .env("HEMICYCLE_LOG_LEVEL", "warn")
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join(LOG)).map_err(said)?)
            .spawn()
            .map_err(said)?;
        let mut demo = Self {
            child,
            address,
            folder,
        };
        let began = Instant::now();
        while !demo
            .asked("GET /readyz", "")
            .is_ok_and(|answer| answer.contains(" 200 "))
        {
            let has_ended = demo.child.try_wait().is_ok_and(|status| status.is_some());
            if has_ended || began.elapsed() > OPENS_WITHIN {
                return Err(format!("the demonstration did not open\n{}", demo.log()));
            }
            thread::sleep(Duration::from_millis(200));
        }
        Ok(demo)
    }

    /// What the server complained of.
    fn log(&self) -> String {
        let text = fs::read_to_string(self.folder.join(LOG)).unwrap_or_default();
        shell::last(&text, LINES_OF_LOG)
    }

    /// The cookie of an organiser.
    fn organiser(&self) -> Result<String, String> {
        let answer = self
            .asked("POST /en/demo", "persona=organiser")
            .map_err(|error| format!("no sign-in: {error}"))?;
        answer
            .lines()
            .find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                let cookie = value.split(';').next()?;
                (name.eq_ignore_ascii_case("set-cookie") && cookie.starts_with("hemicycle="))
                    .then(|| cookie.to_owned())
            })
            .ok_or_else(|| format!("no session in the answer of the demonstration's door:\n{answer}"))
    }

    fn asked(&self, line: &str, form: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(10)))?;
        write!(
            stream,
            "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            self.address,
            form.len()
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}
