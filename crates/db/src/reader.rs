//! The threads that read: one snapshot per command, and no way to change anything.

use std::{
    sync::{Arc, Mutex, mpsc::Receiver},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use kernel::Fault;

use crate::{
    DatabaseUrl,
    database::Command,
    writer::{reply, run},
};

/// How long a connection is kept: what SQLite learnt of its tables meanwhile, only a new one knows.
const FRESH: Duration = Duration::from_secs(300);

/// Starts the readers on one queue. A command that waited longer than `wait` is answered `busy` unread.
pub(crate) fn start(
    url: &DatabaseUrl,
    queue: Receiver<Command>,
    readers: usize,
    wait: Duration,
) -> Result<Vec<JoinHandle<()>>, Fault> {
    let queue = Arc::new(Mutex::new(queue));
    let mut threads = Vec::new();
    for number in 0..readers.max(1) {
        let (queue, url, mut conn) = (Arc::clone(&queue), url.clone(), url.connect_read_only()?);
        let work = move || {
            let mut opened = Instant::now();
            loop {
                let next = queue.lock().map_or(None, |queue| queue.recv().ok());
                let Some(command) = next else { break };
                if command.queued.elapsed() > wait {
                    reply(command, Err(Fault::unavailable("busy", 1)));
                    continue;
                }
                if conn.is_sqlite() && opened.elapsed() > FRESH {
                    opened = Instant::now();
                    // Where none is to be had, the one at hand still does.
                    conn = url.connect_read_only().unwrap_or(conn);
                }
                let begun = match conn.begin_read() {
                    Ok(()) => Ok(()),
                    Err(_) => url.connect_read_only().and_then(|fresh| {
                        conn = fresh;
                        conn.begin_read().map_err(Fault::from)
                    }),
                };
                let answer = begun.and_then(|()| run(&mut conn, &command));
                conn.roll_back();
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
