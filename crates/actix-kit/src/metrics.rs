//! What is measured, in the Prometheus text format. Numbers only: no path, no name, nobody.
//!
//! Three sources: what is counted on the way out, what the database's queues tell, and what the worker asked the tables
//! for some seconds ago. A scrape itself asks no table.

use std::{
    fmt::Write as _,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::{HttpResponse, http::header, web};
use kernel::Moment;

use crate::{Site, health::Counters};

/// Upper ends of the groups that times of answers are sorted into, in seconds.
const SECONDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Ticks in a second, in which Linux tells times of processes on every machine it runs on.
const TICKS: f64 = 100.0;

/// How long answers took, sorted into groups.
#[derive(Debug, Default)]
pub struct Times {
    /// How many took at most so long, each group for itself; the last holds those beyond.
    groups: [AtomicU64; SECONDS.len() + 1],
    micros: AtomicU64,
}

impl Times {
    /// Counts one.
    pub fn took(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let group = SECONDS
            .iter()
            .position(|most| seconds <= *most)
            .unwrap_or(SECONDS.len());
        self.groups[group].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add(time.as_micros() as u64, Ordering::Relaxed);
    }

    fn write(&self, text: &mut Text, name: &str, help: &str) {
        text.about(name, "histogram", help);
        let mut sum = 0;
        for (place, group) in self.groups.iter().enumerate() {
            sum += group.load(Ordering::Relaxed);
            let most = SECONDS
                .get(place)
                .map_or_else(|| "+Inf".to_owned(), f64::to_string);
            text.line(&format!("{name}_bucket{{le=\"{most}\"}}"), sum);
        }
        let seconds = self.micros.load(Ordering::Relaxed) as f64 / 1e6;
        text.line(&format!("{name}_sum"), seconds);
        text.line(&format!("{name}_count"), sum);
    }
}

/// What was found in the tables, by state; kept until it is asked again.
#[derive(Debug, Default)]
pub struct Found(Mutex<Tables>);

/// How many rows are in which state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tables {
    /// Letters.
    pub letters: Vec<(&'static str, i64)>,
    /// Jobs.
    pub jobs: Vec<(&'static str, i64)>,
}

impl Found {
    /// Keeps what was found.
    pub fn keep(&self, tables: Tables) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = tables;
    }

    fn tables(&self) -> Tables {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The page as it grows.
#[derive(Default)]
struct Text(String);

impl Text {
    fn about(&mut self, name: &str, kind: &str, help: &str) {
        self.put(format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
    }

    fn line(&mut self, name: &str, value: impl std::fmt::Display) {
        self.put(format_args!("{name} {value}\n"));
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: impl std::fmt::Display) {
        self.about(name, kind, help);
        self.line(name, value);
    }

    fn by(&mut self, name: &str, kind: &str, help: &str, label: &str, values: &[(&str, i64)]) {
        self.about(name, kind, help);
        for (state, value) in values {
            self.line(&format!("{name}{{{label}=\"{state}\"}}"), value);
        }
    }

    fn put(&mut self, what: std::fmt::Arguments<'_>) {
        self.0.write_fmt(what).expect("text takes text");
    }
}

/// `GET /metrics`.
pub async fn metrics(site: web::Data<Site>, counters: web::Data<Counters>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4"))
        .body(page(&site, &counters, Moment::now()))
}

fn page(site: &Site, counters: &Counters, now: Moment) -> String {
    let mut text = Text::default();
    answers(&mut text, counters);
    database(&mut text, site);
    tables(&mut text, &counters.found().tables());
    health(&mut text, counters, now);
    process(&mut text, counters);
    text.0
}

fn answers(text: &mut Text, counters: &Counters) {
    let classes = counters.answers();
    let classes: Vec<(&str, i64)> = ["1xx", "2xx", "3xx", "4xx", "5xx"]
        .into_iter()
        .zip(classes)
        .collect();
    text.by(
        "hemicycle_answers_total",
        "counter",
        "Answers by the hundreds of their status.",
        "class",
        &classes,
    );
    text.one(
        "hemicycle_snapshot_answers_total",
        "counter",
        "Answers given from the rendered programme, without the database.",
        counters.snapshot_answers(),
    );
    counters.times().write(
        text,
        "hemicycle_answer_seconds",
        "How long answers took that were not given from the rendered programme.",
    );
    text.one(
        "hemicycle_requests_running",
        "gauge",
        "Requests that came in and were not answered yet.",
        counters.running(),
    );
    text.one(
        "hemicycle_listeners",
        "gauge",
        "Clients that are told of changes as they happen.",
        counters.listeners(),
    );
    text.one(
        "hemicycle_slow_listeners_total",
        "counter",
        "Clients let go because they did not read what they were told.",
        counters.slow_listeners(),
    );
}

fn database(text: &mut Text, site: &Site) {
    let load = site.db().load();
    let sides = [("write", load.writes), ("read", load.reads)];
    text.by(
        "hemicycle_commands_in_hand",
        "gauge",
        "Commands that wait for the database or are being run.",
        "kind",
        &sides.map(|(side, load)| (side, load.in_hand)),
    );
    text.by(
        "hemicycle_commands_total",
        "counter",
        "Commands the database has answered.",
        "kind",
        &sides.map(|(side, load)| (side, load.answered as i64)),
    );
    text.about(
        "hemicycle_commands_seconds_total",
        "counter",
        "Seconds commands took in all, waiting included; writes until they are durable.",
    );
    for (side, load) in sides {
        let name = format!("hemicycle_commands_seconds_total{{kind=\"{side}\"}}");
        text.line(&name, load.micros as f64 / 1e6);
    }
}

fn tables(text: &mut Text, found: &Tables) {
    text.by(
        "hemicycle_letters",
        "gauge",
        "Letters in the outbox by state.",
        "state",
        &found.letters,
    );
    text.by("hemicycle_jobs", "gauge", "Jobs by state.", "state", &found.jobs);
}

fn health(text: &mut Text, counters: &Counters, now: Moment) {
    text.one(
        "hemicycle_clock_offset_milliseconds",
        "gauge",
        "The database's clock minus this machine's; beyond 1000 the server is not ready.",
        counters.clock_offset_ms(),
    );
    text.one(
        "hemicycle_stopping",
        "gauge",
        "1 while the server is on its way down.",
        i64::from(counters.is_stopping()),
    );
    text.one(
        "hemicycle_programme_age_seconds",
        "gauge",
        "Since the database was last asked for a new release of the programme.",
        counters.programme_age_micros(now) as f64 / 1e6,
    );
    text.about(
        "hemicycle_build_info",
        "gauge",
        "1, with the version of the program.",
    );
    text.line(
        &format!(
            "hemicycle_build_info{{version=\"{}\"}}",
            env!("CARGO_PKG_VERSION")
        ),
        1,
    );
}

/// By the names under which every client library of Prometheus tells them; only where Linux tells them to us.
fn process(text: &mut Text, counters: &Counters) {
    text.one(
        "process_start_time_seconds",
        "gauge",
        "When the server started, in seconds since 1970.",
        counters.started().micros() as f64 / 1e6,
    );
    if let Some(bytes) = resident_bytes() {
        text.one(
            "process_resident_memory_bytes",
            "gauge",
            "Memory it holds.",
            bytes,
        );
    }
    if let Some(seconds) = cpu_seconds() {
        text.one(
            "process_cpu_seconds_total",
            "counter",
            "Seconds it had a core.",
            seconds,
        );
    }
    if let Ok(open) = std::fs::read_dir("/proc/self/fd") {
        text.one(
            "process_open_fds",
            "gauge",
            "Files and connections it has open.",
            open.count(),
        );
    }
}

fn resident_bytes() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/self/status").ok()?;
    let value = told.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

fn cpu_seconds() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/self/stat").ok()?;
    // Its name stands in brackets and may hold anything; of the fields after it, times are the 12th and 13th.
    let fields: Vec<&str> = told.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_summed_up_from_group_to_group() {
        let times = Times::default();
        for millis in [1, 7, 7, 20_000] {
            times.took(Duration::from_millis(millis));
        }
        let mut text = Text::default();

        times.write(&mut text, "t", "Times.");

        for line in [
            "# TYPE t histogram\n",
            "t_bucket{le=\"0.005\"} 1\n",
            "t_bucket{le=\"0.01\"} 3\n",
            "t_bucket{le=\"10\"} 3\n",
            "t_bucket{le=\"+Inf\"} 4\n",
            "t_sum 20.015\n",
            "t_count 4\n",
        ] {
            assert!(text.0.contains(line), "{line} in {}", text.0);
        }
    }
}
