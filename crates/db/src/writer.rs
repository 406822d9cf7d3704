//! The threads that write.
//!
//! SQLite has one, which groups waiting commands into one transaction, a savepoint each, and answers only after COMMIT.
//! After any error it checks that the transaction still lives; if not, or if COMMIT fails, it replays the batch, one
//! command per transaction, before answering anyone. PostgreSQL has several, a transaction per command.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, TryRecvError},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use kernel::{Fault, Kind, secret};

use crate::{
    Conn, DatabaseUrl,
    database::{Answer, Command, Isolation},
};

/// Longer commands are logged by name: they hold up everyone's COMMIT.
const SLOW: Duration = Duration::from_millis(50);
/// How often a command that lost to another is run.
const TRIES_MOST: u32 = 20;

/// Starts SQLite's one writer.
pub(crate) fn start_grouping(
    url: &DatabaseUrl,
    queue: Receiver<Command>,
    batch_max: usize,
) -> Result<JoinHandle<()>, Fault> {
    let mut conn = url.connect()?;
    thread::Builder::new()
        .name("db-writer".into())
        .spawn(move || {
            while let Ok(first) = queue.recv() {
                let mut batch = vec![first];
                while batch.len() < batch_max {
                    match queue.try_recv() {
                        Ok(next) => batch.push(next),
                        Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
                    }
                }
                write_batch(&mut conn, batch);
            }
            if let Err(error) = conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)") {
                tracing::warn!(%error, "no checkpoint at the end");
            }
        })
        .map_err(Fault::internal)
}

/// Starts PostgreSQL's writers on one queue.
pub(crate) fn start_pooled(
    url: &DatabaseUrl,
    queue: Receiver<Command>,
    writers: usize,
) -> Result<Vec<JoinHandle<()>>, Fault> {
    let queue = Arc::new(Mutex::new(queue));
    let mut threads = Vec::new();
    for number in 0..writers.max(1) {
        let (queue, url, mut conn) = (Arc::clone(&queue), url.clone(), url.connect()?);
        let work = move || {
            loop {
                // The lock is held while waiting: one thread waits on the queue, the others on the lock.
                let next = queue.lock().map_or(None, |queue| queue.recv().ok());
                let Some(command) = next else { break };
                let answer = write_pooled(&mut conn, &url, &command);
                reply(command, answer);
            }
        };
        threads.push(
            thread::Builder::new()
                .name(format!("db-writer-{number}"))
                .spawn(work)
                .map_err(Fault::internal)?,
        );
    }
    Ok(threads)
}

fn write_batch(conn: &mut Conn, batch: Vec<Command>) {
    if let Err(error) = conn.begin_write() {
        // Another process writes for longer than we wait. Nothing was run, so nobody's rows are in doubt.
        tracing::warn!(%error, commands = batch.len(), "the database cannot be written to");
        for command in batch {
            reply(command, Err(unavailable(&error)));
        }
        return;
    }
    match try_batch(conn, &batch) {
        Some(answers) => {
            for (command, answer) in batch.into_iter().zip(answers) {
                reply(command, answer);
            }
        }
        None => {
            conn.roll_back();
            tracing::warn!(
                commands = batch.len(),
                "a batch was lost and is replayed one by one"
            );
            for command in batch {
                let answer = write_alone(conn, &command);
                reply(command, answer);
            }
        }
    }
}

/// The answers, once durable; nothing when the transaction was lost and all must be replayed.
fn try_batch(conn: &mut Conn, batch: &[Command]) -> Option<Vec<Answer>> {
    let mut answers = Vec::with_capacity(batch.len());
    for command in batch {
        let answer = conn.command(|conn| run(conn, command));
        if answer.is_err() && !conn.transaction_lives() {
            return None;
        }
        answers.push(answer);
    }
    match conn.commit() {
        Ok(()) => Some(answers),
        Err(error) => {
            tracing::warn!(%error, "COMMIT failed");
            None
        }
    }
}

fn write_alone(conn: &mut Conn, command: &Command) -> Answer {
    conn.begin_write().map_err(|error| unavailable(&error))?;
    let answer = run(conn, command).and_then(|done| {
        conn.commit().map_err(commit_refused)?;
        Ok(done)
    });
    if answer.is_err() {
        conn.roll_back();
    }
    answer
}

fn write_pooled(conn: &mut Conn, url: &DatabaseUrl, command: &Command) -> Answer {
    for attempt in 0..TRIES_MOST {
        if let Err(error) = begin(conn, command.isolation) {
            tracing::info!(%error, "reconnecting to write");
            *conn = url.connect()?;
            begin(conn, command.isolation).map_err(|error| unavailable(&error))?;
        }
        let answer = run(conn, command).and_then(|done| {
            conn.commit().map_err(commit_refused)?;
            Ok(done)
        });
        match answer {
            Err(fault) if lost_to_another(&fault) => {
                conn.roll_back();
                thread::park_timeout(jitter(attempt));
            }
            Err(fault) => {
                conn.roll_back();
                return Err(fault);
            }
            done => return done,
        }
    }
    Err(Fault::unavailable("busy", 1))
}

fn begin(conn: &mut Conn, isolation: Isolation) -> diesel::QueryResult<()> {
    match isolation {
        Isolation::Guarded => conn.begin_write(),
        Isolation::Serializable => conn.begin_serializable(),
    }
}

/// PostgreSQL sacrificed this command for another: it changed nothing and may be run again.
fn lost_to_another(fault: &Fault) -> bool {
    let tells = |cause: &str| cause.contains("could not serialize") || cause.contains("deadlock detected");
    fault.code == "write_conflict" || fault.cause.as_deref().is_some_and(tells)
}

/// A reference that is checked only at COMMIT keeps its kind; whatever else stops a COMMIT may pass.
fn commit_refused(error: diesel::result::Error) -> Fault {
    let cause = error.to_string();
    let fault = Fault::from(error);
    if fault.kind == Kind::Internal {
        Fault {
            cause: Some(cause),
            ..Fault::unavailable("write_failed", 2)
        }
    } else {
        fault
    }
}

fn unavailable(error: &diesel::result::Error) -> Fault {
    Fault {
        cause: Some(error.to_string()),
        ..Fault::unavailable("database_unavailable", 2)
    }
}

fn jitter(attempt: u32) -> Duration {
    let spread = u64::from(secret::bytes::<1>()[0]);
    Duration::from_micros((1 << attempt.min(6)) * (200 + spread * 4))
}

/// Runs a command; its panic is a fault of ours, not the end of the thread.
pub(crate) fn run(conn: &mut Conn, command: &Command) -> Answer {
    let begun = Instant::now();
    let answer = catch_unwind(AssertUnwindSafe(|| (command.run)(conn))).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
        Err(Fault::internal(format!(
            "{} panicked: {}",
            command.name,
            text.unwrap_or_default()
        )))
    });
    if begun.elapsed() > SLOW {
        tracing::warn!(
            command = command.name,
            ms = begun.elapsed().as_millis() as u64,
            "slow command"
        );
    }
    answer
}

/// Hands over an answer; a panic in the edge's code must not end the thread either.
pub(crate) fn reply(command: Command, answer: Answer) {
    let Command { name, reply, .. } = command;
    if catch_unwind(AssertUnwindSafe(|| reply(answer))).is_err() {
        tracing::error!(command = name, "whoever waited for the answer panicked");
    }
}
