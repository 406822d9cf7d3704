//! The commands. Each takes `--data DIR` or `--database URL` and works beside a running server.

use std::{collections::BTreeMap, io::IsTerminal as _, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use db::{Database, DatabaseUrl, migrate};
use kernel::Fault;

use crate::config::{self, Config};

/// Runs a world congress of local and regional governments.
#[derive(Debug, Parser)]
#[command(name = "hemicycle", version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// A file of settings (TOML)
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder: the embedded database and stored files
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The database: sqlite:PATH or postgres://USER@HOST/NAME
    #[arg(long, global = true, value_name = "URL")]
    database: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make the data folder and the schema, and invite the first administrator
    Init(init::Init),
    /// Look after those who run the site
    Admin(init::Admin),
    /// Serve the API and the pages
    Serve(serve::Serve),
    /// Show a whole congress, with people to be and things to try
    Demo(demo::Demo),
    /// Look whether all is sound
    Doctor(doctor::Doctor),
    /// Bring the schema up to this version
    Migrate(migrations::Migrate),
    /// Take in sessions, a schedule, or the member roll
    Import(import::Import),
    /// Write out the latest release of the programme, or what was decided
    Export(export::Export),
    /// Copy the database and the stored files into a folder
    Backup(backup::Backup),
    /// Make a site of a backup: letters are held, sign-ins and tokens end
    Restore(backup::Restore),
    /// Move a site to another database: SQLite to PostgreSQL, or back
    Transfer(transfer::Transfer),
    /// Forget what has been kept long enough, or tell what would go
    Retention(retention::Retention),
}

pub mod init;
pub mod serve;

pub mod demo;

pub mod doctor;
pub mod migrations;

pub mod export;
pub mod import;

pub mod backup;
pub mod transfer;

pub mod retention;

impl Command {
    /// The settings its flags override.
    fn flags(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Serve(serve) => serve.flags(),
            Self::Demo(demo) => demo.flags(),
            _ => Vec::new(),
        }
    }

    fn run(self, config: Config) -> Result<(), String> {
        match self {
            Self::Init(init) => init.run(&config),
            Self::Admin(admin) => admin.run(&config),
            Self::Serve(serve) => serve.run(config),
            Self::Demo(demo) => demo.run(config),
            Self::Doctor(doctor) => doctor.run(&config),
            Self::Migrate(migrate) => migrate.run(&config),
            Self::Import(import) => import.run(&config),
            Self::Export(export) => export.run(&config),
            Self::Backup(backup) => backup.run(&config),
            Self::Restore(restore) => restore.run(&config),
            Self::Transfer(transfer) => transfer.run(&config),
            Self::Retention(retention) => retention.run(&config),
        }
    }
}

/// Reads the command line, runs, and says what went wrong in one line. Fails with 1; a command line that cannot be read
/// with 2.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    match run_as(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(said) => {
            complain(&said);
            ExitCode::FAILURE
        }
    }
}

/// Runs a command line within this process, as tests do.
///
/// # Errors
/// What the command complains of, in one line.
pub fn run_line<I: IntoIterator<Item = T>, T: Into<std::ffi::OsString> + Clone>(
    line: I,
) -> Result<(), String> {
    run_as(Cli::try_parse_from(line).map_err(|error| error.to_string())?)
}

fn run_as(cli: Cli) -> Result<(), String> {
    let config = settings(&cli.common, cli.command.flags()).map_err(|bad| bad.to_string())?;
    start_log(&config);
    cli.command.run(config).map_err(|said| said.replace('\n', "; "))
}

/// What a fault of a command says: its code, its facts and its cause.
pub fn said(fault: Fault) -> String {
    let facts: Vec<String> = fault
        .facts
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let fields: Vec<String> = fault
        .fields
        .iter()
        .map(|field| format!("{}: {}", field.field, field.code))
        .collect();
    let parts: Vec<String> = [fault.code.to_owned()]
        .into_iter()
        .chain(facts)
        .chain(fields)
        .chain(fault.cause)
        .collect();
    parts.join("; ")
}

/// Opens the database of the settings, whose schema must be there.
///
/// # Errors
/// When it cannot be reached, or its schema is older or newer than this binary.
pub fn open(config: &Config) -> Result<Database, String> {
    let url = config.database_url().map_err(|bad| bad.to_string())?;
    if let Some(file) = url.file()
        && !file.exists()
    {
        return Err(format!(
            "{}: there is no database yet; `hemicycle init --admin EMAIL` makes one",
            file.display()
        ));
    }
    let status = migrate::status(&url).map_err(said)?;
    if !status.unknown.is_empty() {
        return Err(format!(
            "the database was written by a newer version: {}",
            status.unknown.join(", ")
        ));
    }
    if !status.pending.is_empty() {
        return Err(format!(
            "the database lacks {} migrations: run `hemicycle migrate`",
            status.pending.len()
        ));
    }
    Database::open(&url, database_settings(config)).map_err(said)
}

/// Opens the database of the settings to take something in; one on SQLite is made when there is none.
///
/// # Errors
/// As [`open`].
pub fn open_or_make(config: &Config) -> Result<Database, String> {
    let url = config.database_url().map_err(|bad| bad.to_string())?;
    if url.file().is_some_and(|file| !file.exists()) {
        bring_up(&url, true)?;
    }
    open(config)
}

/// Brings a SQLite schema up (after taking a copy), and demands that of PostgreSQL be up unless `may_migrate`.
///
/// # Errors
/// When it cannot be brought up, or must not.
pub fn bring_up(url: &DatabaseUrl, may_migrate: bool) -> Result<(), String> {
    if let Some(file) = url.file() {
        let folder = file.parent().map(PathBuf::from).unwrap_or_default();
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    let status = migrate::status(url).map_err(said)?;
    if !status.unknown.is_empty() {
        return Err(format!(
            "the database was written by a newer version: {}",
            status.unknown.join(", ")
        ));
    }
    if status.pending.is_empty() {
        return Ok(());
    }
    match url.file() {
        Some(file) => copy_before(&file, &status)?,
        None if !may_migrate => {
            return Err(format!(
                "the database lacks {} migrations: start with --migrate, or run `hemicycle migrate`",
                status.pending.len()
            ));
        }
        None => {}
    }
    migrate::up(url).map(drop).map_err(said)
}

/// Keeps a copy of a populated SQLite file beside it before its schema changes.
fn copy_before(file: &std::path::Path, status: &migrate::Status) -> Result<(), String> {
    let is_new = std::fs::metadata(file).map_or(true, |found| found.len() <= 20_480);
    if is_new {
        return Ok(());
    }
    let newest = status.pending.last().cloned().unwrap_or_default();
    let copy = file.with_extension(format!("before-{newest}.db"));
    if copy.exists() {
        return Ok(());
    }
    let mut conn = DatabaseUrl::sqlite(file).connect().map_err(said)?;
    conn.execute_batch(&format!(
        "VACUUM INTO '{}'",
        copy.display().to_string().replace('\'', "''")
    ))
    .map_err(|error| error.to_string())
}

/// How the database threads are set up.
pub fn database_settings(config: &Config) -> db::Settings {
    db::Settings {
        readers: config.database.readers,
        writers: config.database.writers,
        batch_max: config.database.batch_max,
        ..db::Settings::usual()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment is read here and nowhere else"
)]
fn settings(common: &Common, mut flags: Vec<(&'static str, String)>) -> Result<Config, config::BadSetting> {
    let environment: BTreeMap<String, String> = std::env::vars().collect();
    let file = common
        .config
        .clone()
        .or_else(|| environment.get("HEMICYCLE_CONFIG").map(PathBuf::from));
    let text = match &file {
        None => None,
        Some(path) => Some((
            path.display().to_string(),
            std::fs::read_to_string(path).map_err(|error| config::BadSetting {
                key: "config".into(),
                value: path.display().to_string(),
                allowed: format!("a file that can be read ({error})"),
                origin: "flag".into(),
            })?,
        )),
    };
    if let Some(data) = &common.data {
        flags.push(("data.dir", data.display().to_string()));
    }
    if let Some(url) = &common.database {
        flags.push(("database.url", url.clone()));
    }
    config::load(
        text.as_ref().map(|(name, text)| (name.as_str(), text.as_str())),
        &environment,
        &flags,
    )
}

fn start_log(config: &Config) {
    let filter = tracing_subscriber::EnvFilter::new(format!("{0},fluent_bundle=warn", config.log.level));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second start in the same process, as in tests, keeps the first log.
    let started = if config.log.format == "json" {
        log.json().try_init()
    } else {
        log.try_init()
    };
    drop(started);
}

/// Prints what was asked for.
#[expect(clippy::print_stdout, reason = "this is a command's answer")]
pub fn answer(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "this is a command's complaint")]
fn complain(text: &str) {
    eprintln!("hemicycle: {text}");
}
