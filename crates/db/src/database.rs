//! The edge's handle on the database: commands go in, durable answers come out.

use std::{
    any::Any,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use kernel::Fault;

use crate::{Conn, DatabaseUrl, Engine, queue::Queue, reader, writer};

/// How a handle is opened.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Threads that read, each with a connection of its own.
    pub readers: usize,
    /// Threads that write on PostgreSQL; SQLite has one.
    pub writers: usize,
    /// Writes that may wait; beyond, the answer is `busy` (503).
    pub queue_writes: usize,
    /// Reads that may wait.
    pub queue_reads: usize,
    /// How long a read may wait for a thread before the answer is `busy`, in milliseconds.
    pub read_wait_ms: u64,
    /// Most commands in one transaction of the SQLite writer; 1 turns group commit off, as the benchmark's control does.
    pub batch_max: usize,
}

impl Settings {
    /// What suits a machine of two to eight cores.
    pub const fn usual() -> Self {
        Self {
            readers: 4,
            writers: 8,
            queue_writes: 8192,
            queue_reads: 4096,
            read_wait_ms: 5000,
            batch_max: 256,
        }
    }
}

/// How much a command must be shielded from others on PostgreSQL. SQLite's writer is serial in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// READ COMMITTED: enough where a guarded update or a unique constraint decides.
    Guarded,
    /// SERIALIZABLE, retried with jitter: for invariants over several rows.
    Serializable,
}

/// How often a handle that closes looks whether it is the last.
const CLOSING_LOOK: Duration = Duration::from_millis(5);

/// What a command found or made, before whoever waits for it knows its type again.
pub(crate) type Answer = Result<Box<dyn Any + Send>, Fault>;

/// How busy one side of a handle is, since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// Commands that wait or are being run.
    pub in_hand: i64,
    /// Commands that were answered, refused ones included.
    pub answered: u64,
    /// Microseconds they took in all, from when they came to their answer.
    pub micros: u64,
}

/// How busy a handle is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Its writes.
    pub writes: Side,
    /// Its reads.
    pub reads: Side,
}

#[derive(Default)]
struct Tally {
    in_hand: AtomicI64,
    answered: AtomicU64,
    micros: AtomicU64,
}

impl Tally {
    fn came(&self) {
        self.in_hand.fetch_add(1, Ordering::Relaxed);
    }

    fn was_answered(&self, since: Instant) {
        self.in_hand.fetch_sub(1, Ordering::Relaxed);
        self.answered.fetch_add(1, Ordering::Relaxed);
        self.micros
            .fetch_add(since.elapsed().as_micros() as u64, Ordering::Relaxed);
    }

    fn side(&self) -> Side {
        Side {
            in_hand: self.in_hand.load(Ordering::Relaxed),
            answered: self.answered.load(Ordering::Relaxed),
            micros: self.micros.load(Ordering::Relaxed),
        }
    }
}

pub(crate) struct Command {
    pub name: &'static str,
    pub isolation: Isolation,
    pub run: Box<dyn Fn(&mut Conn) -> Answer + Send>,
    pub reply: Box<dyn FnOnce(Answer) + Send>,
    pub queued: Instant,
}

/// An open database. Cheap to clone; the threads end when the last clone goes.
#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    url: DatabaseUrl,
    writes: Option<mpsc::SyncSender<Command>>,
    reads: Arc<Queue<Command>>,
    writing: Arc<Tally>,
    reading: Arc<Tally>,
    threads: Vec<JoinHandle<()>>,
}

impl Database {
    /// Opens the database and starts its threads. The schema must be there already (see [`crate::migrate`]).
    ///
    /// # Errors
    /// When it cannot be reached.
    pub fn open(url: &DatabaseUrl, settings: Settings) -> Result<Self, Fault> {
        let (writes, to_write) = mpsc::sync_channel(settings.queue_writes);
        let reads = Arc::new(Queue::new(settings.queue_reads));
        let mut threads = match url.engine() {
            Engine::Sqlite => vec![writer::start_grouping(url, to_write, settings.batch_max)?],
            Engine::Postgres => writer::start_pooled(url, to_write, settings.writers)?,
        };
        let wait = Duration::from_millis(settings.read_wait_ms);
        let readers = reader::start(url, &reads, settings.readers, wait);
        // Those that did start wait for nothing.
        threads.extend(readers.inspect_err(|_| reads.close())?);
        Ok(Self {
            inner: Arc::new(Inner {
                url: url.clone(),
                writes: Some(writes),
                reads,
                writing: Arc::default(),
                reading: Arc::default(),
                threads,
            }),
        })
    }

    /// Where it is.
    pub fn url(&self) -> &DatabaseUrl {
        &self.inner.url
    }

    /// How busy it is.
    pub fn load(&self) -> Load {
        Load {
            writes: self.inner.writing.side(),
            reads: self.inner.reading.side(),
        }
    }

    /// Queues a write; `reply` gets the answer once it is durable, on a thread of ours, so it must be quick.
    /// The command may be run again after a failure it did not cause: it must have no effect but rows.
    pub fn submit_write<T: Send + 'static>(
        &self,
        name: &'static str,
        isolation: Isolation,
        run: impl Fn(&mut Conn) -> Result<T, Fault> + Send + 'static,
        reply: impl FnOnce(Result<T, Fault>) + Send + 'static,
    ) {
        let inner = &self.inner;
        let put = |command| match &inner.writes {
            Some(queue) => queue.try_send(command).map_err(|refused| match refused {
                mpsc::TrySendError::Full(command) | mpsc::TrySendError::Disconnected(command) => command,
            }),
            None => Err(command),
        };
        Self::submit(put, &inner.writing, name, isolation, run, reply);
    }

    /// Queues a read of one snapshot.
    pub fn submit_read<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn) -> Result<T, Fault> + Send + 'static,
        reply: impl FnOnce(Result<T, Fault>) + Send + 'static,
    ) {
        let inner = &self.inner;
        Self::submit(
            |command| inner.reads.put(command),
            &inner.reading,
            name,
            Isolation::Guarded,
            run,
            reply,
        );
    }

    /// Writes and waits; for commands, jobs and tests, never on a thread that serves requests.
    ///
    /// # Errors
    /// What `run` answers, or `busy`, or that the database cannot be reached.
    pub fn write<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (send, receive) = mpsc::sync_channel(1);
        self.submit_write(name, Isolation::Guarded, run, move |answer| {
            drop(send.send(answer))
        });
        receive
            .recv()
            .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
    }

    /// Reads one snapshot and waits; for commands, jobs and tests.
    ///
    /// # Errors
    /// What `run` answers, or `busy`, or that the database cannot be reached.
    pub fn read<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let (send, receive) = mpsc::sync_channel(1);
        self.submit_read(name, run, move |answer| drop(send.send(answer)));
        receive
            .recv()
            .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
    }

    /// Waits until nobody else holds this handle, then lets what is queued finish and closes. False when somebody still
    /// held it after `most`: then it closes when they let go.
    pub fn close(self, most: Duration) -> bool {
        let begun = Instant::now();
        while Arc::strong_count(&self.inner) > 1 {
            if begun.elapsed() > most {
                return false;
            }
            std::thread::park_timeout(CLOSING_LOOK);
        }
        true
    }

    fn submit<T: Send + 'static>(
        put: impl FnOnce(Command) -> Result<(), Command>,
        tally: &Arc<Tally>,
        name: &'static str,
        isolation: Isolation,
        run: impl Fn(&mut Conn) -> Result<T, Fault> + Send + 'static,
        reply: impl FnOnce(Result<T, Fault>) + Send + 'static,
    ) {
        let (queued, tally) = (Instant::now(), Arc::clone(tally));
        tally.came();
        let command = Command {
            name,
            isolation,
            run: Box::new(move |conn| run(conn).map(|done| Box::new(done) as Box<dyn Any + Send>)),
            reply: Box::new(move |answer| {
                tally.was_answered(queued);
                reply(answer.map(|done| {
                    *done
                        .downcast::<T>()
                        .expect("a command answers what it was made to answer")
                }));
            }),
            queued,
        };
        if let Err(refused) = put(command) {
            (refused.reply)(Err(Fault::unavailable("busy", 1)));
        }
    }
}

impl Drop for Inner {
    /// Lets what is queued finish, then ends the threads; the SQLite writer checkpoints last.
    fn drop(&mut self) {
        self.writes = None;
        self.reads.close();
        for thread in self.threads.drain(..) {
            // The last clone may be dropped inside a reply, on one of these very threads.
            if thread.thread().id() != std::thread::current().id() && thread.join().is_err() {
                tracing::error!("a database thread panicked");
            }
        }
    }
}
