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

use kernel::{Fault, secret};

use crate::{
    Conn, DatabaseUrl,
    database::{Command, Isolation},
};

/// Longer commands are logged by name: they hold up everyone's COMMIT.
const SLOW: Duration = Duration::from_millis(50);
/// How often a serialization failure is retried.
const SERIALIZABLE_TRIES: u32 = 20;

type Answer = Result<Box<dyn std::any::Any + Send>, Fault>;

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
                (command.reply)(answer);
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
    match try_batch(conn, &batch) {
        Some(answers) => {
            for (command, answer) in batch.into_iter().zip(answers) {
                (command.reply)(answer);
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
                (command.reply)(answer);
            }
        }
    }
}

/// The answers, once durable; nothing when the transaction was lost and all must be replayed.
fn try_batch(conn: &mut Conn, batch: &[Command]) -> Option<Vec<Answer>> {
    conn.begin_write().ok()?;
    let mut answers = Vec::with_capacity(batch.len());
    for command in batch {
        let answer = conn.savepoint(|conn| run(conn, command));
        if answer.is_err() && !conn.transaction_lives() {
            return None;
        }
        answers.push(answer);
    }
    match conn.execute_batch("COMMIT") {
        Ok(()) => Some(answers),
        Err(error) => {
            tracing::warn!(%error, "COMMIT failed");
            None
        }
    }
}

fn write_alone(conn: &mut Conn, command: &Command) -> Answer {
    conn.begin_write()?;
    let answer = run(conn, command);
    match answer {
        Ok(done) => match conn.execute_batch("COMMIT") {
            Ok(()) => Ok(done),
            Err(error) => {
                conn.roll_back();
                Err(Fault {
                    cause: Some(error.to_string()),
                    ..Fault::unavailable("write_failed", 2)
                })
            }
        },
        Err(refused) => {
            conn.roll_back();
            Err(refused)
        }
    }
}

fn write_pooled(conn: &mut Conn, url: &DatabaseUrl, command: &Command) -> Answer {
    for attempt in 0..SERIALIZABLE_TRIES {
        if let Err(error) = begin(conn, command.isolation) {
            tracing::info!(%error, "reconnecting to write");
            *conn = url.connect()?;
            begin(conn, command.isolation)?;
        }
        let answer = match run(conn, command) {
            Ok(done) => conn.execute_batch("COMMIT").map(|()| done).map_err(Fault::from),
            Err(refused) => Err(refused),
        };
        match answer {
            Err(fault)
                if command.isolation == Isolation::Serializable && is_serialization_failure(&fault) =>
            {
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

fn is_serialization_failure(fault: &Fault) -> bool {
    fault
        .cause
        .as_deref()
        .is_some_and(|cause| cause.contains("could not serialize") || cause.contains("deadlock detected"))
}

fn jitter(attempt: u32) -> Duration {
    let spread = u64::from(secret::bytes::<1>()[0]);
    Duration::from_micros((1 << attempt.min(6)) * (200 + spread * 4))
}

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
