//! The threads that read: one snapshot per command, and no way to change anything.
//!
//! Connections are no thread's own: whoever reads takes the one that was used last, whose pages of the file are the likeliest
//! to be at hand. The others are there for when many read at once, and keep little until then.

use std::{
    sync::{Arc, Mutex, PoisonError, mpsc::Receiver},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use kernel::Fault;

use crate::{
    Conn, DatabaseUrl,
    database::{Answer, Command},
    writer::{reply, run},
};

/// How long a connection is kept: what SQLite learnt of its tables meanwhile, only a new one knows.
const FRESH: Duration = Duration::from_secs(300);

/// A connection nobody reads from just now.
struct Idle {
    conn: Conn,
    opened: Instant,
}

/// Those connections; that used last is taken first.
type Stack = Mutex<Vec<Idle>>;

/// Starts the readers on one queue. A command that waited longer than `wait` is answered `busy` unread.
pub(crate) fn start(
    url: &DatabaseUrl,
    queue: Receiver<Command>,
    readers: usize,
    wait: Duration,
) -> Result<Vec<JoinHandle<()>>, Fault> {
    let readers = readers.max(1);
    let queue = Arc::new(Mutex::new(queue));
    // As many as threads: whoever takes one finds one.
    let connections: Vec<Idle> = (0..readers).map(|_| Idle::open(url)).collect::<Result<_, _>>()?;
    let stack = Arc::new(Stack::new(connections));
    let mut threads = Vec::new();
    for number in 0..readers {
        let (queue, stack, url) = (Arc::clone(&queue), Arc::clone(&stack), url.clone());
        let work = move || {
            loop {
                let next = queue.lock().map_or(None, |queue| queue.recv().ok());
                let Some(command) = next else { break };
                if command.queued.elapsed() > wait {
                    reply(command, Err(Fault::unavailable("busy", 1)));
                    continue;
                }
                let taken = stack.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let idle = taken.map_or_else(|| Idle::open(&url), Ok);
                let answer = idle.and_then(|mut idle| {
                    let answer = idle.read(&url, &command);
                    stack.lock().unwrap_or_else(PoisonError::into_inner).push(idle);
                    answer
                });
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

impl Idle {
    fn open(url: &DatabaseUrl) -> Result<Self, Fault> {
        Ok(Self {
            conn: url.connect_read_only()?,
            opened: Instant::now(),
        })
    }

    /// Runs a command in a snapshot of its own.
    fn read(&mut self, url: &DatabaseUrl, command: &Command) -> Answer {
        if self.conn.is_sqlite() && self.opened.elapsed() > FRESH {
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
