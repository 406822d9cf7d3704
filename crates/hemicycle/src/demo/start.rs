//! The demonstration's start: kept in a file beside its database, so that everything can be put back as it was.
//!
//! The start is furnished first, and a demonstration begins as a copy of it: whoever begins again finds every session and
//! every person under the address they had. Putting back is one transaction, the congress's clock with it, so that a
//! process killed in the midst of it leaves all or nothing; everybody's sign-in is one of the rows that go.
//!
//! Invariants: the file is never served and never written to once it is furnished; nothing is put back in a database that
//! is not marked as a demonstration's. Only for the embedded engine, which is the demonstration's.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use db::{Conn, DatabaseUrl, beside};
use files::Store;
use kernel::{Fault, Kind, Moment};
use privacy::retention::{self, Clocks};
use programme::admission::Admissions;
use records::settings;
use tokio::{sync::Mutex, task};

use super::{DemoMoment, Papers};
use crate::{
    commands::{bring_up, said},
    wiring::{DEMO, House},
};

/// The start's file in the demonstration's folder.
const FILE: &str = "start.db";
/// How long after it was put back it cannot be put back once more, in seconds.
const PAUSE_SECONDS: i64 = 10;

/// How the demonstration began.
#[derive(Debug)]
pub struct Start {
    url: DatabaseUrl,
    /// What the congress's clock shows then.
    pub opens: Moment,
    /// When it was last put back, by the machine's clock. Whoever asks stands in line here.
    last: Arc<Mutex<Option<Moment>>>,
}

impl Start {
    /// The start kept in this folder; furnished, where none is kept yet.
    ///
    /// # Errors
    /// What stands in the way, for the operator.
    pub fn keep(
        folder: &Path,
        store: &Store,
        admissions: &Admissions,
        moment: DemoMoment,
    ) -> Result<Self, String> {
        let url = DatabaseUrl::sqlite(&folder.join(FILE));
        bring_up(&url, true)?;
        let furnished = super::open(&url, store, admissions, moment).map_err(said)?;
        let mut conn = url.connect().map_err(said)?;
        if !is_marked(&mut conn).map_err(said)? {
            mark(&mut conn, furnished.opens).map_err(said)?;
        }
        Ok(Self {
            url,
            opens: furnished.opens,
            last: Arc::default(),
        })
    }

    /// Makes a demonstration's database of it where none is yet.
    ///
    /// # Errors
    /// What stands in the way, for the operator.
    pub fn copy_to(&self, url: &DatabaseUrl) -> Result<(), String> {
        let file = url.file().filter(|file| !file.exists());
        let Some(file) = file else { return Ok(()) };
        let told = |path: &PathBuf, error: std::io::Error| format!("{}: {error}", path.display());
        // Under another name until it is whole.
        let coming = file.with_extension("coming");
        if coming.exists() {
            fs::remove_file(&coming).map_err(|error| told(&coming, error))?;
        }
        let mut conn = self.url.connect().map_err(said)?;
        let name = coming.display().to_string().replace('\'', "''");
        conn.execute_batch(&format!("VACUUM INTO '{name}'"))
            .map_err(|error| error.to_string())?;
        fs::rename(&coming, &file).map_err(|error| told(&file, error))
    }

    /// Puts the demonstration back as it was, once for all who ask at the same time. `asked` is when, by the machine's
    /// clock.
    ///
    /// # Errors
    /// `too_many` right after it was put back; what the database says, and then nothing is changed.
    pub async fn again(&self, house: House, asked: Moment) -> Result<(), Fault> {
        let mut last = Arc::clone(&self.last).lock_owned().await;
        if let Some(last) = *last {
            if last >= asked {
                return Ok(());
            }
            may_again(last, asked)?;
        }
        let (start, opens) = (self.url.clone(), self.opens);
        // Who asked may go away; the work goes on, and the next in line waits for it.
        let working = task::spawn_blocking(move || {
            let done = put_back(&house, &start, opens);
            if done.is_ok() {
                *last = Some(Moment::now());
            }
            done
        });
        working.await.unwrap_or_else(|lost| Err(Fault::internal(lost)))
    }
}

fn may_again(last: Moment, asked: Moment) -> Result<(), Fault> {
    let wait = PAUSE_SECONDS - asked.seconds_since(last);
    if wait <= 0 {
        return Ok(());
    }
    Err(Fault {
        retry_after_seconds: u32::try_from(wait).ok(),
        ..Fault::new(Kind::TooMany, "too_many").with("seconds", wait)
    })
}

fn put_back(house: &House, start: &DatabaseUrl, opens: Moment) -> Result<(), Fault> {
    // Contents that no row needed may have been swept away since.
    Papers::lay(&house.files)?;
    let clock = house.site.clock();
    let showed = clock.shift_micros();
    let mut conn = house.site.db().url().connect_beside(start)?;
    let done = conn.transaction(|conn| {
        if !is_marked(conn)? {
            return Err(Fault::internal("this is no demonstration"));
        }
        beside::take_over(conn)?;
        // Before COMMIT: whoever writes next goes by this clock.
        clock.show(opens);
        Ok(())
    });
    if done.is_err() {
        clock.set_shift_micros(showed);
        return done;
    }
    tracing::info!("the demonstration starts again");
    house.show_anew();
    Ok(())
}

/// Marks a database as a demonstration's, and gives it the secret that its copies share.
/// What is forgotten once a day is forgotten before a demonstration begins: done a little later, it would be a change.
fn mark(conn: &mut Conn, opens: Moment) -> Result<(), Fault> {
    let clocks = Clocks {
        congress: opens,
        machine: Moment::now(),
    };
    conn.transaction(|conn| {
        retention::run_daily(conn, clocks)?;
        settings::secret(conn)?;
        settings::put(conn, DEMO, &true)
    })
}

fn is_marked(conn: &mut Conn) -> Result<bool, Fault> {
    Ok(settings::get::<bool>(conn, DEMO)?.unwrap_or(false))
}
