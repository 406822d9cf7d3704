//! Whether the server lives and is ready, and its counters.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
};

use actix_web::{HttpResponse, http::header, web};
use db::diesel::connection::SimpleConnection as _;
use db::on_each;

use crate::Site;

/// What is counted on the way out; shared by all threads.
#[derive(Debug, Default)]
pub struct Counters {
    /// Answers by hundreds of their status: 1xx to 5xx.
    answers: [AtomicU64; 5],
    /// Answers given from the snapshot.
    snapshot: AtomicU64,
    /// Requests that came in and were not answered yet.
    running: AtomicI64,
    /// Whether the server is on its way down.
    stopping: AtomicBool,
    /// The database's clock minus this machine's, in milliseconds.
    clock_offset_ms: AtomicI64,
}

/// Further apart, in milliseconds, two nodes would no longer agree on what is over: such a node is not ready.
pub const CLOCK_OFFSET_MOST_MS: i64 = 1000;

impl Counters {
    /// Counts an answer.
    pub fn answered(&self, status: u16) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        self.answers[class].fetch_add(1, Ordering::Relaxed);
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

    fn text(&self) -> String {
        let mut text = String::from("# TYPE hemicycle_answers_total counter\n");
        for (class, count) in self.answers.iter().enumerate() {
            text.push_str(&format!(
                "hemicycle_answers_total{{class=\"{}xx\"}} {}\n",
                class + 1,
                count.load(Ordering::Relaxed)
            ));
        }
        text.push_str("# TYPE hemicycle_snapshot_answers_total counter\n");
        text.push_str(&format!(
            "hemicycle_snapshot_answers_total {}\n",
            self.snapshot.load(Ordering::Relaxed)
        ));
        text.push_str("# TYPE hemicycle_requests_running gauge\n");
        text.push_str(&format!("hemicycle_requests_running {}\n", self.running()));
        text.push_str("# TYPE hemicycle_clock_offset_milliseconds gauge\n");
        text.push_str(&format!(
            "hemicycle_clock_offset_milliseconds {}\n",
            self.clock_offset_ms.load(Ordering::Relaxed)
        ));
        text
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

/// `GET /metrics`: counters in the Prometheus text format.
pub async fn metrics(counters: web::Data<Counters>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4"))
        .body(counters.text())
}
