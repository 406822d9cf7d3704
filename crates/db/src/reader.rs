//! The threads that read: one snapshot per command, and no way to change anything.

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use kernel::Fault;

use crate::{
    Conn, DatabaseUrl,
    database::{Answer, Command},
    queue::Queue,
    writer::{reply, run},
};

/// How long a connection is kept: what SQLite learnt of its tables meanwhile, only a new one knows; and one to a server that
/// was not used for long may have been forgotten on the way.
const FRESH: Duration = Duration::from_secs(300);

/// A thread's connection.
struct Reader {
    conn: Conn,
    opened: Instant,
}

/// Starts the readers on one queue. A command that waited longer than `wait` is answered `busy` unread.
pub(crate) fn start(
    url: &DatabaseUrl,
    queue: &Arc<Queue<Command>>,
    readers: usize,
    wait: Duration,
) -> Result<Vec<JoinHandle<()>>, Fault> {
    let mut threads = Vec::new();
    for number in 0..readers.max(1) {
        let (queue, url, mut reader) = (Arc::clone(queue), url.clone(), Reader::open(url)?);
        let work = move || {
            while let Some(command) = queue.take() {
                let answer = match command.queued.elapsed() > wait {
                    true => Err(Fault::unavailable("busy", 1)),
                    false => reader.read(&url, &command),
                };
                reply(command, answer);
            }
        };
        threads.push(
            thread::Builder::new()
                .name(format!("db-reader-{number}"))
                .spawn(work)
                .map_err(Fault::internal)?,
        );
    }
    Ok(threads)
}

impl Reader {
    fn open(url: &DatabaseUrl) -> Result<Self, Fault> {
        Ok(Self {
            conn: url.connect_read_only()?,
            opened: Instant::now(),
        })
    }

    /// Runs a command in a snapshot of its own.
    fn read(&mut self, url: &DatabaseUrl, command: &Command) -> Answer {
        if self.opened.elapsed() > FRESH {
            self.opened = Instant::now();
            // Where none is to be had, the one at hand still does.
            if let Ok(fresh) = url.connect_read_only() {
                self.conn = fresh;
            }
        }
        if self.conn.begin_read().is_err() {
            *self = Self::open(url)?;
            self.conn.begin_read().map_err(Fault::from)?;
        }
        let answer = run(&mut self.conn, command);
        self.conn.roll_back();
        answer
    }
}
