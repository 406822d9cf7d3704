//! Opens connections by the scheme of a URL.

use std::{fmt, path::PathBuf, str::FromStr};

use diesel::{Connection as _, PgConnection, SqliteConnection, connection::SimpleConnection as _};
use kernel::Fault;

use crate::Conn;

/// Which engine a URL names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, inside the binary.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// Where the database is: `sqlite:/path/to/file.db` or `postgres://user@host/name`.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    engine: Engine,
    text: String,
}

impl DatabaseUrl {
    /// The SQLite file at `path`.
    pub fn sqlite(path: &std::path::Path) -> Self {
        Self {
            engine: Engine::Sqlite,
            text: format!("sqlite:{}", path.display()),
        }
    }

    /// Which engine it names.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// The file of a SQLite database.
    pub fn file(&self) -> Option<PathBuf> {
        (self.engine == Engine::Sqlite).then(|| PathBuf::from(self.target()))
    }

    /// The whole text; holds the password, if any: never log it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    fn target(&self) -> &str {
        match self.engine {
            Engine::Sqlite => {
                let path = self.text.strip_prefix("sqlite:").unwrap_or(&self.text);
                path.strip_prefix("//").unwrap_or(path)
            }
            Engine::Postgres => &self.text,
        }
    }

    /// Opens a connection that may write.
    ///
    /// # Errors
    /// `database_unavailable` with the engine's reason as cause.
    pub fn connect(&self) -> Result<Conn, Fault> {
        self.connect_with(
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=4000; \
             PRAGMA secure_delete=FAST",
        )
    }

    /// Opens a connection that can change nothing.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub fn connect_read_only(&self) -> Result<Conn, Fault> {
        // A page for export, two hundred rows from anywhere in a large list, touches some six hundred pages of the file:
        // more than the two MB that are usual.
        self.connect_with("PRAGMA query_only=ON; PRAGMA cache_size=-6000")
    }

    /// Opens a connection that does not enforce foreign keys in SQLite, as its table rebuilds in migrations need.
    pub(crate) fn connect_to_migrate(&self) -> Result<Conn, Fault> {
        self.connect_with("PRAGMA foreign_keys=OFF")
    }

    fn connect_with(&self, sqlite_pragma: &str) -> Result<Conn, Fault> {
        let unavailable = |cause: String| Fault {
            cause: Some(cause),
            ..Fault::unavailable("database_unavailable", 2)
        };
        match self.engine {
            Engine::Sqlite => {
                let mut c =
                    SqliteConnection::establish(self.target()).map_err(|e| unavailable(e.to_string()))?;
                c.batch_execute(
                    "PRAGMA busy_timeout=5000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
                )
                .and_then(|()| c.batch_execute(sqlite_pragma))
                .map_err(|e| unavailable(e.to_string()))?;
                Ok(Conn::Sqlite(c))
            }
            Engine::Postgres => {
                let mut c = PgConnection::establish(&self.text).map_err(|e| unavailable(e.to_string()))?;
                c.batch_execute(
                    "SET TIME ZONE 'UTC'; SET statement_timeout='30s'; SET client_min_messages=warning",
                )
                .map_err(|e| unavailable(e.to_string()))?;
                Ok(Conn::Pg(c))
            }
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let engine = if text
            .strip_prefix("sqlite:")
            .is_some_and(|path| !path.trim_start_matches('/').is_empty())
        {
            Engine::Sqlite
        } else if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Engine::Postgres
        } else {
            return Err("a database is sqlite:PATH or postgres://USER@HOST/NAME".into());
        };
        Ok(Self {
            engine,
            text: text.to_owned(),
        })
    }
}
impl fmt::Debug for DatabaseUrl {
    /// Never whole: it may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.engine {
            Engine::Sqlite => f.write_str(&self.text),
            Engine::Postgres => write!(
                f,
                "postgres://…@{}",
                without_query(&self.text)
                    .rsplit_once('@')
                    .map_or("", |(_, host)| host)
            ),
        }
    }
}

/// A URL as far as it says where; its query may hold a password as well.
fn without_query(url: &str) -> &str {
    url.split('?').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_is_chosen_by_the_scheme_and_anything_else_is_an_error() {
        for (text, engine) in [
            ("sqlite:data/hemicycle.db", Engine::Sqlite),
            ("sqlite:///srv/hemicycle.db", Engine::Sqlite),
            ("postgres://hemicycle@localhost/hemicycle", Engine::Postgres),
            ("postgresql://localhost/x", Engine::Postgres),
        ] {
            assert_eq!(text.parse::<DatabaseUrl>().map(|url| url.engine()), Ok(engine));
        }
        for bad in [
            "",
            "hemicycle.db",
            "mysql://x",
            "sqlite:",
            "postgress://x",
            "\"postgres://x\"",
        ] {
            assert!(bad.parse::<DatabaseUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_url_never_shows_its_password() {
        let url: DatabaseUrl = "postgres://ana:secret@db.example/hemicycle".parse().expect("url");
        assert_eq!(format!("{url:?}"), "postgres://…@db.example/hemicycle");
        let url: DatabaseUrl = "postgres://ana@db.example/hemicycle?password=secret&sslkey=@x"
            .parse()
            .expect("url");
        assert_eq!(format!("{url:?}"), "postgres://…@db.example/hemicycle");
    }
}
