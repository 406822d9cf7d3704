//! What goes on beside the requests: letters, jobs, offers that run out, sessions that begin and end, snapshots, sweeping
//! up.
//!
//! A thread each, so that a slow mail server holds up nothing else; all stop promptly. Several nodes on one database may
//! all do so: jobs and letters are leased, the rest is done twice without harm.
//!
//! What goes by the congress's clock reads it within the transaction that acts: a demonstration that starts again puts its
//! clock back in the transaction that puts its rows back.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::JoinHandle,
    time::{Duration, Instant},
};

use actix_kit::metrics::Tables;
use db::Conn;
use kernel::{Coded as _, Fault, Moment, Zone};
use privacy::retention::{self, Clocks};
use records::{
    jobs::{self, Backoff},
    model::Job,
};

use crate::wiring::{CLOCK_SHOWN, House, Purpose, ZONE_RULES};

/// How often the programme is looked at for a new release.
const SNAPSHOTS_EVERY: Duration = Duration::from_millis(500);
/// How often the feed is looked at for those who listen.
const LIVE_EVERY: Duration = Duration::from_millis(200);
/// How often a silent stream is kept open.
const HEARTBEAT_EVERY: Duration = Duration::from_secs(15);
/// How often the outbox and the queue of jobs are looked at.
const LETTERS_EVERY: Duration = Duration::from_millis(500);
/// How often the feed is looked at for webhooks.
const WEBHOOKS_EVERY: Duration = Duration::from_millis(500);
/// How often denials are written, jobs and offers looked at.
const JOBS_EVERY: Duration = Duration::from_secs(1);
/// How often what `/metrics` tells of the tables is asked.
const MEASURES_EVERY: Duration = Duration::from_secs(10);
/// How often embargoes and begun sessions are looked at, the clock is kept and compared.
const MINUTE: Duration = Duration::from_secs(60);
/// How often is swept.
const HOUR: Duration = Duration::from_secs(3600);
/// How long a worker has a job to itself, in seconds.
const LEASE_SECONDS: i64 = 300;
/// Registrations whose words are looked at at once: others' writes wait for them.
const WORDS_AT_ONCE: i64 = 300;
/// Texts whose words are looked at in one transaction.
const TEXTS_AT_ONCE: i64 = 20;
/// Jobs taken at once.
const JOBS_AT_ONCE: i64 = 20;
/// How patiently a job is tried again.
const BACKOFF: Backoff = Backoff {
    attempts_max: 8,
    first_seconds: 5,
    most_seconds: 3600,
};

/// The threads. They stop when told to, or when dropped.
pub struct Workers {
    stop: Arc<Stop>,
    threads: Vec<JoinHandle<()>>,
    letters: Option<mail::worker::Worker>,
}

/// A bell that ends all waiting.
#[derive(Default)]
struct Stop {
    is_over: Mutex<bool>,
    bell: Condvar,
}

impl Stop {
    fn ring(&self) {
        *self.is_over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_all();
    }

    fn is_over(&self) -> bool {
        *self.is_over.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits so long, or until it rings. Answers whether it rang.
    fn wait(&self, most: Duration) -> bool {
        let is_over = self.is_over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.bell.wait_timeout_while(is_over, most, |is_over| !*is_over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Something done again and again.
struct Round {
    name: &'static str,
    every: Duration,
    due: Instant,
    act: Box<dyn Fn(&House) -> Result<(), Fault> + Send>,
}

impl Round {
    fn new(
        name: &'static str,
        every: Duration,
        act: impl Fn(&House) -> Result<(), Fault> + Send + 'static,
    ) -> Self {
        Self {
            name,
            every,
            due: Instant::now(),
            act: Box::new(act),
        }
    }
}

impl Workers {
    /// Starts them.
    ///
    /// # Errors
    /// When a thread cannot be started, or letters cannot be sent with these settings.
    pub fn start(house: &House) -> Result<Self, Fault> {
        let stop = Arc::new(Stop::default());
        let mut workers = Self {
            stop: Arc::clone(&stop),
            threads: Vec::new(),
            letters: None,
        };
        let threads: [(&str, Vec<Round>); 3] = [
            (
                "snapshots",
                vec![
                    Round::new("snapshots", SNAPSHOTS_EVERY, House::refresh_snapshots),
                    Round::new("zones", HOUR, follow_zones),
                    Round::new("embargoes", MINUTE, lift_embargoes),
                    Round::new("sessions", MINUTE, turn_sessions),
                ],
            ),
            (
                "live",
                vec![
                    Round::new("live", LIVE_EVERY, |house| house.live.tell(&house.site)),
                    Round::new("listeners", JOBS_EVERY, look_again),
                    Round::new("heartbeat", HEARTBEAT_EVERY, beat),
                ],
            ),
            (
                "jobs",
                vec![
                    Round::new("denials", JOBS_EVERY, flush_denials),
                    Round::new("jobs", JOBS_EVERY, run_jobs),
                    Round::new("offers", JOBS_EVERY, expire_offers),
                    Round::new("responses", HOUR, remind_of_responses),
                    Round::new("clock", MINUTE, keep_clock),
                    Round::new("measures", MEASURES_EVERY, measure),
                    Round::new("sizes", MINUTE, learn_sizes),
                    Round::new("sweep", HOUR, sweep),
                    Round::new("retention", HOUR, forget),
                ],
            ),
        ];
        for (name, rounds) in threads {
            let (house, stop) = (house.clone(), Arc::clone(&stop));
            let thread = std::thread::Builder::new()
                .name(name.into())
                .spawn(move || go_round(&house, &stop, rounds))
                .map_err(Fault::internal)?;
            workers.threads.push(thread);
        }
        workers.tell_programs(house, &stop)?;
        if house.mail.smtp.is_some() || house.mail.is_shown {
            let (database, sender) = (house.site.db().clone(), house.mail.sender()?);
            workers.letters = Some(mail::worker::Worker::start(database, sender, LETTERS_EVERY)?);
        }
        Ok(workers)
    }

    /// Starts the thread that tells other programs what happened.
    fn tell_programs(&mut self, house: &House, stop: &Arc<Stop>) -> Result<(), Fault> {
        let sender = webhooks::sender::Sender::new(house.webhooks.clone());
        let over = Arc::clone(stop);
        let round = Round::new("webhooks", WEBHOOKS_EVERY, move |house| {
            sender
                .work(house.site.db(), &Moment::now, &|| over.is_over())
                .map(drop)
        });
        let (house, stop) = (house.clone(), Arc::clone(stop));
        let thread = std::thread::Builder::new()
            .name("webhooks".into())
            .spawn(move || go_round(&house, &stop, vec![round]))
            .map_err(Fault::internal)?;
        self.threads.push(thread);
        Ok(())
    }

    /// Stops them, each after what it is at, and waits.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.stop.ring();
        self.letters = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a worker panicked");
            }
        }
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.end();
    }
}

fn go_round(house: &House, stop: &Stop, mut rounds: Vec<Round>) {
    let mut is_first = true;
    loop {
        for round in &mut rounds {
            if stop.is_over() {
                return;
            }
            let now = Instant::now();
            if now < round.due && !is_first {
                continue;
            }
            round.due = now + round.every;
            if let Err(fault) = (round.act)(house) {
                tracing::warn!(%fault, round = round.name, "could not be done this time");
            }
        }
        is_first = false;
        let next = rounds
            .iter()
            .map(|round| round.due)
            .min()
            .unwrap_or_else(Instant::now);
        if stop.wait(next.saturating_duration_since(Instant::now())) {
            return;
        }
    }
}

fn write(
    house: &House,
    name: &'static str,
    act: impl Fn(&mut Conn) -> Result<(), Fault> + Send + 'static,
) -> Result<(), Fault> {
    house.site.db().write(name, act)
}

fn look_again(house: &House) -> Result<(), Fault> {
    house.live.look_again(&house.site, Moment::now())
}

fn beat(house: &House) -> Result<(), Fault> {
    house.live.beat();
    Ok(())
}

fn flush_denials(house: &House) -> Result<(), Fault> {
    house.site.flush_denials().map(drop)
}

/// Takes jobs whose turn it is, and does each in a transaction of its own with the note that it is done.
fn run_jobs(house: &House) -> Result<(), Fault> {
    const KINDS: &[&str] = &[
        members::changed::JOB,
        programme::releases::TELL_JOB,
        records::desk_events::JOB,
    ];
    let leased = house.site.db().write("lease jobs", move |conn| {
        jobs::lease(conn, KINDS, Moment::now(), LEASE_SECONDS, JOBS_AT_ONCE)
    })?;
    for job in leased {
        let clock = house.site.clock().clone();
        let (done, kept) = (job.clone(), job.clone());
        let answer = house.site.db().write("job", move |conn| {
            act_on(conn, clock.now(), &done)?;
            // Whose lease ran out meanwhile undoes what it did: somebody else does it.
            match jobs::finish(conn, Moment::now(), &done)? {
                true => Ok(()),
                false => Err(Fault::stale()),
            }
        });
        if let Err(fault) = answer {
            tracing::warn!(%fault, kind = job.kind, "a job failed");
            write(house, "job failed", move |conn| {
                jobs::fail_and_retry(conn, Moment::now(), &kept, &fault.to_string(), BACKOFF).map(drop)
            })?;
        }
    }
    Ok(())
}

fn act_on(conn: &mut Conn, now: Moment, job: &Job) -> Result<(), Fault> {
    match job.kind.as_str() {
        members::changed::JOB => registration::admissions::redecide(conn, now, &job.payload.0).map(drop),
        programme::releases::TELL_JOB => registration::digests::tell(conn, now, &job.payload.0).map(drop),
        records::desk_events::JOB => records::desk_events::tell(conn, &job.payload.0).map(drop),
        other => Err(Fault::internal(format!("nobody knows how to do {other}"))),
    }
}

fn expire_offers(house: &House) -> Result<(), Fault> {
    let clock = house.site.clock().clone();
    write(house, "expire offers", move |conn| {
        registration::seats::expire(conn, clock.now()).map(drop)
    })
}

fn editions(house: &House) -> Result<Vec<programme::model::Edition>, Fault> {
    house.site.db().read("editions", |conn| {
        programme::editions::list(conn, &access_rules::Actor::system())
    })
}

/// Derives the instants of all sessions anew once this program knows other rules of the world's zones than the one before
/// it (§5.8 case 87); an edition that cannot follow is tried again.
fn follow_zones(house: &House) -> Result<(), Fault> {
    let known: Option<String> = house
        .site
        .db()
        .read("zones", |conn| records::settings::get(conn, ZONE_RULES))?;
    if known.as_deref() == Some(Zone::RULES) {
        return Ok(());
    }
    let now = house.site.now();
    for edition in editions(house)? {
        let followed = house.site.db().write("zones", move |conn| {
            programme::editions::follow_tzdata(conn, now, edition.id)
        });
        match followed {
            Ok(0) => {}
            Ok(moved) => tracing::warn!(
                edition = edition.slug,
                moved,
                rules = Zone::RULES,
                "its zone has other rules now: sessions keep their clock times; a release tells their instants"
            ),
            Err(fault) if fault.code == "edition_over" => {}
            Err(fault) => return Err(fault),
        }
    }
    write(house, "zones", |conn| {
        records::settings::put(conn, ZONE_RULES, &Zone::RULES)
    })
}

/// Released sessions that began are live, those that ended were held.
fn turn_sessions(house: &House) -> Result<(), Fault> {
    for edition in editions(house)?
        .into_iter()
        .filter(|edition| edition.live_release > 0)
    {
        let clock = house.site.clock().clone();
        write(house, "sessions", move |conn| {
            programme::sessions::turn(conn, edition.id, clock.now()).map(drop)
        })?;
    }
    Ok(())
}

fn lift_embargoes(house: &House) -> Result<(), Fault> {
    for edition in editions(house)?
        .into_iter()
        .filter(|edition| edition.live_release > 0)
    {
        let clock = house.site.clock().clone();
        write(house, "embargoes", move |conn| {
            programme::releases::lift_embargoes(conn, clock.now(), edition.id).map(drop)
        })?;
    }
    Ok(())
}

/// Reminds the bodies whose answer to a recommendation is due, and tells whoever asked of the late.
fn remind_of_responses(house: &House) -> Result<(), Fault> {
    for edition in editions(house)? {
        let clock = house.site.clock().clone();
        write(house, "responses", move |conn| {
            let now = clock.now();
            let today = edition.zone.local(now).date();
            outcomes::letters::remind(conn, now, today, edition.id).map(drop)
        })?;
    }
    Ok(())
}

/// Keeps what the demonstration's clock shows, so that it never goes back; compares this machine's with the database's.
fn keep_clock(house: &House) -> Result<(), Fault> {
    if matches!(house.purpose, Purpose::Demo { .. }) {
        let clock = house.site.clock().clone();
        write(house, "clock", move |conn| {
            records::settings::put(conn, CLOCK_SHOWN, &clock.now().micros())
        })?;
    }
    let offset = house.site.db().read("clock", db::clock::offset_micros)? / 1000;
    if offset.abs() > actix_kit::health::CLOCK_OFFSET_MOST_MS {
        tracing::error!(
            offset_ms = offset,
            "the clocks of this machine and of the database differ: not ready"
        );
    }
    house.counters.clocks_differ_by_ms(offset);
    Ok(())
}

/// Asks for what `/metrics` tells of the tables.
fn measure(house: &House) -> Result<(), Fault> {
    let (letters, jobs) = house.site.db().read("measures", |conn| {
        let system = access_rules::Actor::system();
        let letters = mail::outbox::counts(conn, &system, Moment::now())?;
        Ok((letters, jobs::counts(conn)?))
    })?;
    house.counters.found().keep(Tables {
        letters: letters
            .into_iter()
            .map(|(state, rows)| (state.code(), rows))
            .collect(),
        jobs: jobs
            .into_iter()
            .map(|(state, rows)| (state.code(), rows))
            .collect(),
    });
    Ok(())
}

fn sweep(house: &House) -> Result<(), Fault> {
    let clock = house.site.clock().clone();
    write(house, "sweep", move |conn| {
        let now = Moment::now();
        records::idempotency::sweep(conn, now)?;
        records::limits::sweep(conn, now)?;
        records::jobs::sweep(conn, now, records::jobs::DONE_KEPT_DAYS)?;
        people::sign_in::sweep(conn, now)?;
        mail::outbox::sweep(conn, now, mail::outbox::CODES_KEPT_DAYS)?;
        webhooks::deliveries::sweep(conn, now)?;
        records::desk_events::sweep(conn, clock.now()).map(drop)
    })?;
    mend_words(house)?;
    mend_search(house)?;
    let now = Moment::now();
    let files = house.files.clone();
    house.files.sweep(now)?;
    house.site.db().read("unused files", move |conn| {
        files.forget_unused(conn, now).map(drop)
    })
}

fn learn_sizes(house: &House) -> Result<(), Fault> {
    write(house, "sizes", |conn| Ok(conn.learn_sizes()?))
}

/// Keeps the words by which registrations are searched, where something that knew no words wrote them.
fn mend_words(house: &House) -> Result<(), Fault> {
    let mut after = None;
    loop {
        let mend = move |conn: &mut Conn| registration::words::mend(conn, after, WORDS_AT_ONCE);
        after = house.site.db().write("words", mend)?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Keeps what can be found by its words, where something that knew no search wrote it: all there is, on an older database.
fn mend_search(house: &House) -> Result<(), Fault> {
    let db = house.site.db();
    let mut after = None;
    loop {
        let mend = move |conn: &mut Conn| outcomes::searching::mend(conn, after, TEXTS_AT_ONCE);
        after = db.write("search", mend)?;
        if after.is_none() {
            break;
        }
    }
    let mut after = None;
    loop {
        let mend = move |conn: &mut Conn| papers::searching::mend(conn, after, TEXTS_AT_ONCE);
        after = db.write("search", mend)?;
        if after.is_none() {
            break;
        }
    }
    db.write("search", programme::searching::mend)
}

/// Forgets what has been kept long enough, once a day, and tells how much.
fn forget(house: &House) -> Result<(), Fault> {
    let clock = house.site.clock().clone();
    let sealed = house
        .site
        .db()
        .write("log", move |conn| privacy::sealing::run_once(conn, Moment::now()))?;
    if let Some(done) = sealed.filter(|done| done.sealed > 0) {
        tracing::info!(
            sealed = done.sealed,
            linked = done.linked,
            "sealed what the log said about people"
        );
    }
    let swept = house.site.db().write("retention", move |conn| {
        let clocks = Clocks {
            congress: clock.now(),
            machine: Moment::now(),
        };
        retention::run_daily(conn, clocks)
    })?;
    for one in swept.iter().filter(|one| one.rows > 0) {
        tracing::info!(
            kind = one.kind.code(),
            rows = one.rows,
            days = one.days,
            "kept long enough"
        );
    }
    Ok(())
}
