//! Whether the server lives and is ready, and what is counted on the way out; [`metrics`](crate::metrics) tells it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::{HttpResponse, http::header, web};
use db::diesel::connection::SimpleConnection as _;
use db::on_each;
use kernel::Moment;

use crate::{
    Site,
    metrics::{Found, Times},
};

/// What is counted on the way out; shared by all threads.
#[derive(Debug)]
pub struct Counters {
    /// When the server started.
    started: Moment,
    /// Answers by hundreds of their status: 1xx to 5xx.
    answers: [AtomicU64; 5],
    /// How long answers took, but for those from the snapshot.
    times: Times,
    /// Answers given from the snapshot.
    snapshot: AtomicU64,
    /// Requests that came in and were not answered yet.
    running: AtomicI64,
    /// Clients that are told of changes as they happen.
    listeners: AtomicI64,
    /// Those of them that read too slowly and were let go.
    slow_listeners: AtomicU64,
    /// Whether the server is on its way down.
    stopping: AtomicBool,
    /// The database's clock minus this machine's, in milliseconds.
    clock_offset_ms: AtomicI64,
    /// When the database was last asked for a new release, in microseconds.
    programme_asked: AtomicI64,
    /// What the worker found in the tables.
    found: Found,
}

impl Default for Counters {
    fn default() -> Self {
        let started = Moment::now();
        Self {
            started,
            answers: Default::default(),
            times: Times::default(),
            snapshot: AtomicU64::default(),
            running: AtomicI64::default(),
            listeners: AtomicI64::default(),
            slow_listeners: AtomicU64::default(),
            stopping: AtomicBool::default(),
            clock_offset_ms: AtomicI64::default(),
            programme_asked: AtomicI64::new(started.micros()),
            found: Found::default(),
        }
    }
}

/// Further apart, in milliseconds, two nodes would no longer agree on what is over: such a node is not ready.
pub const CLOCK_OFFSET_MOST_MS: i64 = 1000;

impl Counters {
    /// Counts an answer.
    pub fn answered(&self, status: u16) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[class].fetch_add(1, Ordering::Relaxed);
    }

    /// Counts how long an answer took that was not from the snapshot.
    pub fn took(&self, time: Duration) {
        self.times.took(time);
    }

    /// Counts an answer from the snapshot.
    pub fn from_snapshot(&self) {
        self.snapshot.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a request that came in, until what this answers is dropped.
    pub fn begun(self: &Arc<Self>) -> Begun {
        self.running.fetch_add(1, Ordering::Relaxed);
        Begun(Arc::clone(self))
    }

    /// Requests that came in and were not answered yet.
    pub fn running(&self) -> i64 {
        self.running.load(Ordering::Relaxed)
    }

    /// Counts a client more or less that is told of changes as they happen.
    pub fn listens(&self, by: i64) {
        self.listeners.fetch_add(by, Ordering::Relaxed);
    }

    /// Counts a client that read too slowly.
    pub fn was_slow(&self) {
        self.slow_listeners.fetch_add(1, Ordering::Relaxed);
    }

    /// From now on the server is not ready.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server is on its way down.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Remembers by how much the database's clock differs from this machine's; beyond a second the server is not ready.
    pub fn clocks_differ_by_ms(&self, offset: i64) {
        self.clock_offset_ms.store(offset, Ordering::Relaxed);
    }

    fn is_in_time(&self) -> bool {
        self.clock_offset_ms.load(Ordering::Relaxed).abs() <= CLOCK_OFFSET_MOST_MS
    }

    /// Remembers that the database was asked for a new release.
    pub fn programme_asked(&self, now: Moment) {
        self.programme_asked.store(now.micros(), Ordering::Relaxed);
    }

    /// What the worker found in the tables.
    pub const fn found(&self) -> &Found {
        &self.found
    }

    pub(crate) fn answers(&self) -> [i64; 5] {
        self.answers
            .each_ref()
            .map(|class| class.load(Ordering::Relaxed) as i64)
    }

    pub(crate) fn snapshot_answers(&self) -> u64 {
        self.snapshot.load(Ordering::Relaxed)
    }

    pub(crate) fn listeners(&self) -> i64 {
        self.listeners.load(Ordering::Relaxed)
    }

    pub(crate) fn slow_listeners(&self) -> u64 {
        self.slow_listeners.load(Ordering::Relaxed)
    }

    pub(crate) const fn times(&self) -> &Times {
        &self.times
    }

    pub(crate) fn clock_offset_ms(&self) -> i64 {
        self.clock_offset_ms.load(Ordering::Relaxed)
    }

    pub(crate) fn programme_age_micros(&self, now: Moment) -> i64 {
        now.micros() - self.programme_asked.load(Ordering::Relaxed)
    }

    pub(crate) const fn started(&self) -> Moment {
        self.started
    }
}

/// A request on its way.
#[derive(Debug)]
pub struct Begun(Arc<Counters>);

impl Drop for Begun {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

/// `GET /healthz`: the process lives.
pub async fn lives() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain"))
        .body("ok\n")
}

/// `GET /readyz`: the database answers and the server is not on its way down.
pub async fn ready(site: web::Data<Site>, counters: web::Data<Counters>) -> HttpResponse {
    let asked = site
        .read("ready", |conn| {
            Ok(on_each!(conn, |c| c.batch_execute("SELECT 1"))?)
        })
        .await;
    if asked.is_ok() && !counters.is_stopping() && counters.is_in_time() {
        HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "text/plain"))
            .body("ready\n")
    } else {
        HttpResponse::ServiceUnavailable()
            .insert_header((header::RETRY_AFTER, "2"))
            .body("not ready\n")
    }
}
