//! `hemicycle backup` and `hemicycle restore`: a folder that holds everything, and a site made of it that neither sends
//! an old letter nor lets an old sign-in in (R261).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use clap::Args;
use db::{Conn, Database, DatabaseUrl, migrate};
use kernel::{Fault, Moment};
use records::{
    audit,
    person_keys::{self, PersonKey},
    settings,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{answer, bring_up, database_settings, said};
use crate::{
    config::Config,
    wiring::{CLOCK_SHOWN, DEMO, FILES},
};

/// The list of everything a backup holds.
const MANIFEST: &str = "manifest.json";
/// A SQLite database in a backup, and in a data folder.
const SQLITE: &str = "hemicycle.db";
/// A PostgreSQL database in a backup, in pg_dump's custom format.
const POSTGRES: &str = "hemicycle.dump";
/// The keys under which the log seals what is about people. Not in the list, so that it may be thrown away before the
/// rest: the newest opens every older backup.
const KEYS: &str = "person-keys.json";
/// The table they are rows of.
const KEYS_TABLE: &str = "person_keys";
/// The first migration with that table.
const KEYS_SINCE: &str = "20261125110000";

/// Copy the database and the stored files into a folder.
#[derive(Debug, Args)]
pub struct Backup {
    /// A folder that is not there yet, or empty
    folder: PathBuf,
}

/// Make a site of a backup: letters are held, sign-ins and tokens end.
#[derive(Debug, Args)]
pub struct Restore {
    /// The folder `hemicycle backup` made
    folder: PathBuf,
    /// The newest person-keys.json there is, of a later backup: who was erased since is erased again
    #[arg(long)]
    keys: Option<PathBuf>,
}

/// The keys of people, and when they were copied.
#[derive(Debug, Serialize, Deserialize)]
struct Keys {
    /// By the machine's clock.
    made_at: Moment,
    /// One for each person the log says something personal about.
    keys: Vec<PersonKey>,
}

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    /// The version that made it.
    version: String,
    /// When, by the machine's clock.
    made_at: Moment,
    /// `sqlite` or `postgres`.
    engine: String,
    /// The migrations its database has.
    migrations: Vec<String>,
    /// Size and SHA-256 of each file, by its path within the folder.
    files: BTreeMap<String, Part>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Part {
    bytes: u64,
    sha256: String,
}

impl Backup {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let folder = &self.folder;
        demand_empty(folder)?;
        let url = config.database_url().map_err(|bad| bad.to_string())?;
        let status = migrate::status(&url).map_err(said)?;
        if status.applied.is_empty() {
            return Err("there is no database to copy".into());
        }
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
        let (engine, keys) = match url.file() {
            Some(_) => (
                "sqlite",
                copy_sqlite(&url, &folder.join(SQLITE), has_keys(&status.applied))?,
            ),
            None => {
                dump_postgres(&url, &folder.join(POSTGRES))?;
                ("postgres", keys_of(&url, has_keys(&status.applied))?)
            }
        };
        // Files come after the database: a row never refers to a content that is not on the disk yet.
        copy_tree(&config.data.dir.join(FILES), &folder.join(FILES))?;
        let manifest = Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            made_at: Moment::now(),
            engine: engine.to_owned(),
            migrations: status.applied,
            files: parts(folder)?,
        };
        let keys = Keys {
            made_at: manifest.made_at,
            keys,
        };
        let text = serde_json::to_string(&keys).map_err(|error| error.to_string())?;
        write_through(&folder.join(KEYS), text.as_bytes())?;
        let text = serde_json::to_string_pretty(&manifest).map_err(|error| error.to_string())?;
        // Written last: a folder without it is no backup.
        write_through(&folder.join(MANIFEST), text.as_bytes())?;
        answer(&format!("{} files in {}", manifest.files.len(), folder.display()));
        Ok(())
    }
}

impl Restore {
    /// Runs it.
    ///
    /// # Errors
    /// What stands in the way; nothing is left behind that a server would start on.
    pub fn run(self, config: &Config) -> Result<(), String> {
        let manifest = verify(&self.folder)?;
        let keys = self.keys(&manifest)?;
        let url = config.database_url().map_err(|bad| bad.to_string())?;
        match (url.file(), manifest.engine.as_str()) {
            (Some(file), "sqlite") => self.restore_sqlite(config, &file, keys)?,
            (None, "postgres") => self.restore_postgres(config, &url, keys)?,
            (_, engine) => {
                return Err(format!(
                    "this is a backup of {engine}: give a {} to restore it into",
                    if engine == "sqlite" {
                        "--data folder"
                    } else {
                        "--database postgres://…"
                    }
                ));
            }
        }
        answer("Restored. Letters are held, everybody is signed out, every token is void.");
        answer(
            "Look at it with `hemicycle doctor`, then release the letters you still want on the outbox page.",
        );
        Ok(())
    }

    /// The keys to give back: those named, or those that lie in the backup.
    fn keys(&self, manifest: &Manifest) -> Result<Vec<PersonKey>, String> {
        let within = self.folder.join(KEYS);
        let path = self.keys.as_ref().unwrap_or(&within);
        if self.keys.is_none() && !has_keys(&manifest.migrations) && !path.exists() {
            return Ok(Vec::new());
        }
        let text = fs::read_to_string(path)
            .map_err(|error| format!("{}; name the newest there is by --keys", told(path, &error)))?;
        let keys: Keys =
            serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        if keys.made_at < manifest.made_at {
            return Err(format!("{}: is older than the backup", path.display()));
        }
        Ok(keys.keys)
    }

    fn restore_sqlite(&self, config: &Config, file: &Path, keys: Vec<PersonKey>) -> Result<(), String> {
        demand_empty(&config.data.dir)?;
        if file.exists() {
            return Err(format!("{}: is there already", file.display()));
        }
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
        copy_tree(&self.folder.join(FILES), &config.data.dir.join(FILES))?;
        // Under another name until letters are held: a server that starts too early must not find it.
        let coming = file.with_extension("restoring");
        fs::copy(self.folder.join(SQLITE), &coming).map_err(|error| told(&coming, &error))?;
        let url = DatabaseUrl::sqlite(&coming);
        bring_up(&url, true)?;
        quiet(config, &url, keys)?;
        fs::rename(&coming, file).map_err(|error| told(file, &error))
    }

    fn restore_postgres(
        &self,
        config: &Config,
        url: &DatabaseUrl,
        keys: Vec<PersonKey>,
    ) -> Result<(), String> {
        let status = migrate::status(url).map_err(said)?;
        if !status.applied.is_empty() {
            return Err("the database is not empty: give a fresh one".into());
        }
        demand_empty(&config.data.dir)?;
        let dump = self.folder.join(POSTGRES);
        copy_tree(&self.folder.join(FILES), &config.data.dir.join(FILES))?;
        run_postgres(
            "pg_restore",
            url,
            &[
                "--clean",
                "--if-exists",
                "--no-owner",
                "--no-privileges",
                "--single-transaction",
                "--exit-on-error",
            ],
            &dump,
        )?;
        bring_up(url, true)?;
        quiet(config, url, keys)
    }
}

/// Gives people's keys back, erases again who was erased since, holds every letter, ends every sign-in and token, and
/// forgets that it was a demonstration; in one transaction.
fn quiet(config: &Config, url: &DatabaseUrl, keys: Vec<PersonKey>) -> Result<(), String> {
    let database = Database::open(url, database_settings(config)).map_err(said)?;
    let erased = database
        .write("restore", move |conn| {
            let erased = privacy::sealing::give_back(conn, Moment::now(), &keys)?;
            hold(conn)?;
            Ok(erased)
        })
        .map_err(said)?;
    if erased > 0 {
        answer(&format!(
            "Erased again, having been erased after the backup was made: {erased}"
        ));
    }
    Ok(())
}

fn hold(conn: &mut Conn) -> Result<(), Fault> {
    settings::remove(conn, DEMO)?;
    settings::remove(conn, CLOCK_SHOWN)?;
    quieten(conn, Moment::now(), "site.restore").map(drop)
}

/// Whether a database that ran these migrations has keys of people.
fn has_keys(migrations: &[String]) -> bool {
    migrations.iter().any(|name| name.as_str() >= KEYS_SINCE)
}

/// What a second copy of a site must not do: send the first one's letters, tell its webhooks, let its sign-ins and tokens
/// in. Answers how many letters it held.
pub(super) fn quieten(conn: &mut Conn, now: Moment, act: &str) -> Result<usize, Fault> {
    let held = mail::outbox::hold_everything(conn)?;
    webhooks::deliveries::withhold_everything(conn, now)?;
    people::sign_in::end_everything(conn, now)?;
    let note = audit::Note {
        summary: serde_json::json!({ "letters_held": held }),
        ..audit::Note::of(act, "site")
    };
    audit::note(conn, now, &note)?;
    Ok(held)
}

/// Copies the database and takes the keys out of the copy. Answers them.
fn copy_sqlite(url: &DatabaseUrl, to: &Path, has_keys: bool) -> Result<Vec<PersonKey>, String> {
    let mut conn = url.connect().map_err(said)?;
    let quoted = to.display().to_string().replace('\'', "''");
    conn.execute_batch(&format!("VACUUM INTO '{quoted}'"))
        .map_err(|error| error.to_string())?;
    let copy = DatabaseUrl::sqlite(to);
    let keys = keys_of(&copy, has_keys)?;
    if has_keys {
        let mut conn = copy.connect().map_err(said)?;
        // What is deleted is overwritten, and nothing of it is left beside the copy.
        conn.execute_batch("PRAGMA secure_delete=ON")
            .map_err(|error| error.to_string())?;
        person_keys::take_all_out(&mut conn).map_err(said)?;
        conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE")
            .map_err(|error| error.to_string())?;
    }
    Ok(keys)
}

fn keys_of(url: &DatabaseUrl, has_keys: bool) -> Result<Vec<PersonKey>, String> {
    match has_keys {
        true => person_keys::all(&mut url.connect().map_err(said)?).map_err(said),
        false => Ok(Vec::new()),
    }
}

fn dump_postgres(url: &DatabaseUrl, to: &Path) -> Result<(), String> {
    run_postgres(
        "pg_dump",
        url,
        &[
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            &format!("--exclude-table-data={KEYS_TABLE}"),
        ],
        to,
    )
}

/// Runs a tool of PostgreSQL on a database; the password goes by the environment, where other users cannot see it.
fn run_postgres(tool: &str, url: &DatabaseUrl, options: &[&str], file: &Path) -> Result<(), String> {
    let mut address: url::Url = url
        .as_str()
        .parse()
        .map_err(|error| format!("{url:?}: {error}"))?;
    let password = address.password().map(str::to_owned);
    address
        .set_password(None)
        .map_err(|()| format!("{url:?}: no host"))?;
    let by_hand = |file_option: &str| {
        format!(
            "{tool} {} --dbname={address} {file_option}{}",
            options.join(" "),
            file.display()
        )
    };
    let mut command = Command::new(tool);
    command.args(options).arg(format!("--dbname={address}"));
    let by_hand = if tool == "pg_dump" {
        command.arg(format!("--file={}", file.display()));
        by_hand("--file=")
    } else {
        command.arg(file);
        by_hand("")
    };
    if let Some(password) = password {
        let decoded: String =
            url::form_urlencoded::parse(format!("p={}", password.replace('+', "%2B")).as_bytes())
                .map(|(_, value)| value.into_owned())
                .collect();
        command.env("PGPASSWORD", decoded);
    }
    match command.output() {
        Ok(done) if done.status.success() => Ok(()),
        Ok(done) => Err(format!(
            "{tool}: {}",
            String::from_utf8_lossy(&done.stderr).trim()
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(format!(
            "{tool} was not found on this machine; where it is, this does the same: {by_hand}"
        )),
        Err(error) => Err(format!("{tool}: {error}")),
    }
}

fn demand_empty(folder: &Path) -> Result<(), String> {
    let held = match fs::read_dir(folder) {
        Ok(found) => found.count(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
        Err(error) => return Err(told(folder, &error)),
    };
    if held > 0 {
        return Err(format!("{}: is not empty", folder.display()));
    }
    Ok(())
}

/// The manifest of a backup whose every file is what it was.
fn verify(folder: &Path) -> Result<Manifest, String> {
    let path = folder.join(MANIFEST);
    let text = fs::read_to_string(&path).map_err(|error| told(&path, &error))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut found = parts(folder)?;
    found.remove(MANIFEST);
    found.remove(KEYS);
    for (path, part) in &manifest.files {
        match found.remove(path) {
            None => return Err(format!("{path}: is missing from the backup")),
            Some(now) if now != *part => return Err(format!("{path}: is not what was backed up")),
            Some(_) => {}
        }
    }
    Ok(manifest)
}

fn parts(folder: &Path) -> Result<BTreeMap<String, Part>, String> {
    let mut parts = BTreeMap::new();
    for path in files_below(folder)? {
        let bytes = fs::read(&path).map_err(|error| told(&path, &error))?;
        let within = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        let part = Part {
            bytes: bytes.len() as u64,
            sha256: hex::encode(Sha256::digest(&bytes)),
        };
        parts.insert(within, part);
    }
    Ok(parts)
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), String> {
    for path in files_below(from)? {
        let within = path.strip_prefix(from).unwrap_or(&path);
        // What is still coming in has no row.
        if within.starts_with("incoming") {
            continue;
        }
        let place = to.join(within);
        let folder = place.parent().unwrap_or(to);
        fs::create_dir_all(folder).map_err(|error| told(folder, &error))?;
        match fs::copy(&path, &place) {
            Ok(_) => {}
            // A content that nobody needs any more may be swept away while we copy.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(told(&path, &error)),
        }
    }
    Ok(())
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(told(folder, &error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| told(folder, &error))?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn write_through(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes)
        .and_then(|()| fs::File::open(path)?.sync_all())
        .map_err(|error| told(path, &error))
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
