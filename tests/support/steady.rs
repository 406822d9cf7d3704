//! Steady use of a congress through its proxy, while something is done to the servers behind it: readers, people who
//! reserve, browsers that are told of changes, an organiser who makes them. What each was told is kept, and compared with
//! what is there afterwards.
//!
//! A failure is what a client would see: no answer, or one that says that the server is at fault. Whoever reserves asks
//! again then under the same key, and whoever listens comes back with the last id, as browsers do.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::{Shutdown, SocketAddr, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use access_rules::SessionId;
use db::DatabaseUrl;
use serde_json::{Value, json};

use crate::{
    Answer, Client, EventStream,
    cast::SLUG,
    fleet,
    fleet::{Fleet, Furnished},
    wait_for,
};

/// How long an act may take until it is done, however often it is asked for.
const PATIENCE: Duration = Duration::from_secs(90);
/// How long all may take to know of the last change.
const TOLD: Duration = Duration::from_secs(20);
/// Acts that are asked for once more in the end, spread over all.
const ASKED_AGAIN: usize = 400;
/// Rounds until the session is where it was before: more than come between a change and its being told.
const PLACES: usize = 500;
/// Between two tries.
const BREATH: Duration = Duration::from_millis(50);

/// Who uses it, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Threads that read pages.
    pub readers: usize,
    /// Threads that reserve.
    pub reservers: usize,
    /// Browsers that listen.
    pub listeners: usize,
    /// Between two requests of a thread.
    pub pause: Duration,
    /// Between two releases.
    pub release_every: Duration,
}

impl Pace {
    /// What two cores bear beside two servers and a database.
    pub const fn usual() -> Self {
        Self {
            readers: 2,
            reservers: 2,
            listeners: 4,
            pause: Duration::from_millis(60),
            release_every: Duration::from_millis(700),
        }
    }
}

/// What clients were told.
pub struct Use {
    proxy: SocketAddr,
    there: Arc<Furnished>,
    pace: Pace,
    is_over: AtomicBool,
    is_closed: AtomicBool,
    has_failed: AtomicBool,
    turn: AtomicUsize,
    requests: AtomicU64,
    slowest_micros: AtomicU64,
    failures: Mutex<Vec<String>>,
    reserved: Mutex<BTreeMap<usize, Answer>>,
    /// Rounds that were released: each is a change.
    released: AtomicUsize,
    /// The rounds that each listener heard of.
    heard: Mutex<Vec<BTreeSet<usize>>>,
    lines: Mutex<BTreeMap<usize, TcpStream>>,
    streams: AtomicUsize,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Requests that were answered or failed.
    pub requests: u64,
    /// What failed as a client sees it.
    pub failures: Vec<String>,
    /// The longest that anybody waited for an answer, in milliseconds.
    pub slowest_ms: f64,
    /// Reservations that were acknowledged.
    pub acknowledged: usize,
    /// Those of them that are not there, or are not what was said.
    pub lost: usize,
    /// Changes that were made.
    pub changes: usize,
    /// Changes that listeners did not hear of, summed over all.
    pub unheard: usize,
    /// Streams that ended and were begun again.
    pub begun_again: usize,
}

/// Ends the use even when the drill fails, so that its threads end.
struct Ending<'a>(&'a AtomicBool);

impl Drop for Ending<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Uses the congress while `drill` does something to its servers; answers what came of both.
///
/// # Panics
/// When nobody gets in, or an act is never done: then there is nothing to tell.
pub fn during<T>(fleet: &mut Fleet, pace: Pace, drill: impl FnOnce(&mut Fleet, &Use) -> T) -> (T, Outcome) {
    let used = Use::new(fleet.address(), Arc::clone(&fleet.furnished), pace);
    let done = used.go_on_during(|used| drill(fleet, used));
    (done, used.outcome(fleet.url()))
}

/// The same of a server without a proxy, whose database is elsewhere in the end.
///
/// # Panics
/// As [`during`].
pub fn during_at<T>(
    address: SocketAddr,
    there: &Arc<Furnished>,
    in_the_end: &DatabaseUrl,
    pace: Pace,
    drill: impl FnOnce(&Use) -> T,
) -> (T, Outcome) {
    let used = Use::new(address, Arc::clone(there), pace);
    let done = used.go_on_during(drill);
    (done, used.outcome(in_the_end))
}

/// Ends the listeners' streams, when all is over or something failed.
struct HangUp<'a>(&'a Use);

impl Drop for HangUp<'_> {
    fn drop(&mut self) {
        self.0.is_over.store(true, Ordering::SeqCst);
        self.0.is_closed.store(true, Ordering::SeqCst);
        self.0.has_failed.store(thread::panicking(), Ordering::SeqCst);
        for line in locked(&self.0.lines).values() {
            line.shutdown(Shutdown::Both).ok();
        }
    }
}

impl Use {
    fn new(proxy: SocketAddr, there: Arc<Furnished>, pace: Pace) -> Self {
        Self {
            proxy,
            there,
            pace,
            is_over: AtomicBool::default(),
            is_closed: AtomicBool::default(),
            has_failed: AtomicBool::default(),
            turn: AtomicUsize::default(),
            requests: AtomicU64::default(),
            slowest_micros: AtomicU64::default(),
            failures: Mutex::default(),
            reserved: Mutex::default(),
            released: AtomicUsize::default(),
            heard: Mutex::new(vec![BTreeSet::new(); pace.listeners]),
            lines: Mutex::default(),
            streams: AtomicUsize::default(),
        }
    }

    /// Goes on while the drill is done, and until everybody knows of one change more.
    fn go_on_during<T>(&self, drill: impl FnOnce(&Self) -> T) -> T {
        thread::scope(|scope| {
            let _hang_up = HangUp(self);
            let ending = Ending(&self.is_over);
            for number in 0..self.pace.readers {
                scope.spawn(move || self.read(number));
            }
            for _ in 0..self.pace.reservers {
                scope.spawn(|| self.reserve());
            }
            for number in 0..self.pace.listeners {
                scope.spawn(move || self.listen(number));
            }
            wait_for("all listeners to come in", PATIENCE, || {
                (locked(&self.lines).len() == self.pace.listeners).then_some(())
            });
            let organiser = scope.spawn(|| self.organise());
            let done = drill(self);
            drop(ending);
            organiser.join().expect("the organiser went on to the end");
            self.wait_for_the_last();
            done
        })
    }

    /// Reservations acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        locked(&self.reserved).len()
    }

    /// Lets the use go on for so long.
    pub fn go_on(&self, time: Duration) {
        let (_never_sends, nothing) = mpsc::channel::<()>();
        nothing.recv_timeout(time).ok();
    }

    /// Waits until so many more reservations were acknowledged; how long that took.
    pub fn until_acknowledged(&self, more: usize) -> Duration {
        let (begun, before) = (Instant::now(), self.acknowledged());
        wait_for("reservations to be acknowledged", PATIENCE, || {
            (self.acknowledged() >= before + more).then_some(())
        });
        begun.elapsed()
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    /// One request; none where a client sees a failure, which is kept.
    fn ask(
        &self,
        client: &Client,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Option<Answer> {
        let begun = Instant::now();
        let answered = client.try_send(method, path, headers, body);
        let took = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.slowest_micros.fetch_max(took, Ordering::Relaxed);
        let why = match answered {
            Ok(answer) if answer.status < 500 => return Some(answer),
            Ok(answer) => format!("{} {}", answer.status, answer.text()),
            Err(why) => why,
        };
        locked(&self.failures).push(format!("{method} {path}: {why}"));
        None
    }

    fn read(&self, number: usize) {
        let client = Client::new(self.proxy).with_cookie("hemicycle", &self.there.organiser);
        let nobody = Client::new(self.proxy);
        let releases = format!("/api/v1/editions/{SLUG}/releases");
        let (schedule, programme) = (format!("/{SLUG}/schedule.json"), format!("/en/{SLUG}/programme"));
        let pages = [
            (&nobody, schedule.as_str()),
            (&client, "/api/v1/me"),
            (&nobody, programme.as_str()),
            (&client, releases.as_str()),
            (&client, programme.as_str()),
        ];
        let mut at = number;
        while !self.is_over() {
            let (client, path) = pages[at % pages.len()];
            if let Some(answer) = self.ask(client, "GET", path, &[], None)
                && answer.status != 200
            {
                locked(&self.failures).push(format!("GET {path}: {}", answer.status));
            }
            at += 1;
            self.go_on(self.pace.pause);
        }
    }

    /// Reserves, one person and one session after the other; once all have their seats, asks again under new keys.
    fn reserve(&self) {
        let client = Client::new(self.proxy);
        while !self.is_over() {
            let number = self.turn.fetch_add(1, Ordering::Relaxed);
            let answer = self.insist(&client, number);
            locked(&self.reserved).insert(number, answer);
            self.go_on(self.pace.pause);
        }
    }

    /// Asks for one reservation under its key until there is an answer that counts.
    fn insist(&self, client: &Client, number: usize) -> Answer {
        let (person, session) = self.act(number);
        let (key, cookie) = (format!("act-{number}"), format!("hemicycle={person}"));
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
            ("cookie", cookie.as_str()),
        ];
        let path = format!("/api/v1/sessions/{session}/seat");
        let begun = Instant::now();
        loop {
            match self.ask(client, "POST", &path, &headers, Some(b"{}")) {
                Some(answer) if answer.status < 300 => return answer,
                Some(answer) => panic!("{} {}", answer.status, answer.text()),
                None => assert!(self.may_go_on(begun), "a seat is never given"),
            }
            self.go_on(BREATH);
        }
    }

    /// Whether what was begun then is waited for still; not once the drill itself has failed.
    fn may_go_on(&self, begun: Instant) -> bool {
        begun.elapsed() < PATIENCE && !self.has_failed.load(Ordering::SeqCst)
    }

    fn act(&self, number: usize) -> (&str, SessionId) {
        let (people, sessions) = (&self.there.cookies, &self.there.sessions);
        let session = sessions[(number / people.len()) % sessions.len()];
        (&people[number % people.len()], session)
    }

    /// Moves a session and releases that, again and again, and once more when all is over.
    fn organise(&self) {
        let client = Client::new(self.proxy).with_cookie("hemicycle", &self.there.organiser);
        for round in 0.. {
            let is_last = self.is_over();
            let starts = moved_to(round);
            let begun = Instant::now();
            while self.release(&client, round, &starts).is_none() {
                assert!(self.may_go_on(begun), "a release is never made");
                self.go_on(BREATH);
            }
            self.released.store(round + 1, Ordering::SeqCst);
            if is_last {
                return;
            }
            let paused = Instant::now();
            while paused.elapsed() < self.pace.release_every && !self.is_over() {
                self.go_on(BREATH);
            }
        }
    }

    fn release(&self, client: &Client, round: usize, starts: &str) -> Option<()> {
        let moving = self.there.moving;
        let draft = self.ask(
            client,
            "GET",
            &format!("/api/v1/sessions/{moving}/draft"),
            &[],
            None,
        )?;
        let place = json!({ "room": draft.json()["room"], "starts": starts }).to_string();
        let headers = [
            ("content-type", "application/json"),
            ("if-match", draft.header("etag")),
        ];
        let path = format!("/api/v1/sessions/{moving}/placement");
        let placed = self.ask(client, "PUT", &path, &headers, Some(place.as_bytes()))?;
        // Done already by a request whose answer was lost: then the draft is read anew.
        (placed.status == 200).then_some(())?;
        let key = format!("release-{round}");
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
        ];
        let only = json!({ "only": [moving] }).to_string();
        let path = format!("/api/v1/editions/{SLUG}/releases");
        let made = self.ask(client, "POST", &path, &headers, Some(only.as_bytes()))?;
        assert_eq!(made.status, 201, "{}", made.text());
        Some(())
    }

    /// Listens as a browser does: comes back when the stream ended, with the last id it had.
    fn listen(&self, number: usize) {
        let path = format!("/api/v1/editions/{SLUG}/events");
        let mut last = String::new();
        while !self.is_closed.load(Ordering::SeqCst) {
            let headers = [("last-event-id", last.as_str())];
            let headers = if last.is_empty() { &[] } else { &headers[..] };
            match EventStream::try_begun(self.proxy, &path, headers) {
                Ok(mut stream) => {
                    self.streams.fetch_add(1, Ordering::Relaxed);
                    let line = stream.line().expect("a file more");
                    locked(&self.lines).insert(number, line);
                    if self.is_closed.load(Ordering::SeqCst) {
                        return;
                    }
                    while let Some(event) = stream.event() {
                        self.heard(number, &event.name, &event.data);
                    }
                    last = stream.last_id.clone();
                }
                Err(why) => {
                    locked(&self.failures).push(format!("GET {path}: {why}"));
                    self.go_on(BREATH);
                }
            }
        }
    }

    fn heard(&self, number: usize, name: &str, data: &Value) {
        // Told before whoever releases has the answer: then it is of the round after.
        let released = self.released.load(Ordering::SeqCst);
        let mut heard = locked(&self.heard);
        if name == "programme.anew" {
            // Then all is read anew, and known.
            heard[number].extend(0..released);
        }
        for change in data["changes"].as_array().into_iter().flatten() {
            let starts = change["is"]["starts"].as_str();
            heard[number].extend(starts.and_then(|starts| round_of(starts, released)));
        }
    }

    /// Until everybody knows of the last change, or somebody never does.
    fn wait_for_the_last(&self) {
        let begun = Instant::now();
        let last = self.released.load(Ordering::SeqCst).saturating_sub(1);
        while begun.elapsed() < TOLD && !locked(&self.heard).iter().all(|heard| heard.contains(&last)) {
            self.go_on(Duration::from_millis(5));
        }
    }

    fn outcome(&self, url: &DatabaseUrl) -> Outcome {
        let released = self.released.load(Ordering::SeqCst);
        let heard = locked(&self.heard);
        let unheard = heard
            .iter()
            .map(|heard| (0..released).filter(|round| !heard.contains(round)).count())
            .sum();
        let reserved = locked(&self.reserved);
        Outcome {
            requests: self.requests.load(Ordering::Relaxed),
            failures: locked(&self.failures).clone(),
            slowest_ms: self.slowest_micros.load(Ordering::Relaxed) as f64 / 1000.0,
            acknowledged: reserved.len(),
            lost: self.lost(url, &reserved),
            changes: released,
            unheard,
            begun_again: self.streams.load(Ordering::Relaxed) - heard.len(),
        }
    }

    /// Acknowledged reservations that are not in the database, and those that are told otherwise when asked for again.
    fn lost(&self, url: &DatabaseUrl, reserved: &BTreeMap<usize, Answer>) -> usize {
        let seats = "SELECT CAST(registration AS TEXT) || ' ' || CAST(session AS TEXT) AS said FROM seats \
                     WHERE state = 'confirmed'";
        let there: BTreeSet<String> = fleet::ask(url, seats).into_iter().collect();
        let told = |answer: &Answer| {
            let seat = answer.json();
            let text = |name: &str| seat[name].as_str().unwrap_or_default().to_owned();
            format!("{} {}", text("registration"), text("session"))
        };
        let absent = reserved.values().filter(|answer| !there.contains(&told(answer)));
        let client = Client::new(self.proxy);
        let stride = reserved.len() / ASKED_AGAIN + 1;
        let otherwise = reserved.iter().step_by(stride).filter(|(number, before)| {
            let after = self.insist(&client, **number);
            (before.status, &before.body) != (after.status, &after.body)
        });
        absent.count() + otherwise.count()
    }
}

impl Outcome {
    /// Failures and what failed first, for who reads why a drill did not go well.
    pub fn told(&self) -> String {
        let first: Vec<&str> = self.failures.iter().take(5).map(String::as_str).collect();
        first.join("\n")
    }
}

/// The round that moved the session there: the latest, up to the one under way. Where it is told of a place a second time,
/// that is another round.
fn round_of(starts: &str, under_way: usize) -> Option<usize> {
    let since = (under_way + 1).saturating_sub(PLACES);
    (since..=under_way).rev().find(|round| moved_to(*round) == starts)
}

/// Where the session is in this round: nowhere twice within [`PLACES`] rounds.
fn moved_to(round: usize) -> String {
    let (day, hour, minute) = (11 + (round / 100) % 5, 8 + (round % 100) / 10, 5 * (round % 10));
    format!("2030-11-{day:02}T{hour:02}:{minute:02}")
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
