//! Whether the server lives and is ready, and its counters.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

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
    /// Whether the server is on its way down.
    stopping: AtomicBool,
}

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

    /// From now on the server is not ready.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
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
        text
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
    if asked.is_ok() && !counters.stopping.load(Ordering::Relaxed) {
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
