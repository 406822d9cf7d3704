//! The thread that keeps sending while a server runs.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError, SyncSender},
    },
    thread::JoinHandle,
    time::Duration,
};

use db::Database;
use kernel::{Fault, Moment};

use crate::sender::{Sender, Tally};

/// A running sender. It stops, after the letter it is at, when this is dropped.
pub struct Worker {
    wake: Option<SyncSender<()>>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts a sender that looks into the outbox every so often, and at once when [woken](Self::wake).
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(database: Database, sender: Sender, every: Duration) -> Result<Self, Fault> {
        let (wake, woken) = mpsc::sync_channel(1);
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let thread = std::thread::Builder::new()
            .name("mail".into())
            .spawn(move || {
                let stop = || over.load(Ordering::Relaxed);
                let mut since_rest = Tally::default();
                while !stop() {
                    match sender.send_due(&database, &Moment::now, &stop) {
                        Ok(tally) if tally.all() > 0 => {
                            since_rest = since_rest.and(tally);
                            continue;
                        }
                        Ok(_) => tell(std::mem::take(&mut since_rest)),
                        Err(fault) => tracing::error!(%fault, "the outbox could not be sent"),
                    }
                    if woken.recv_timeout(every) == Err(RecvTimeoutError::Disconnected) {
                        return;
                    }
                }
            })
            .map_err(Fault::internal)?;
        Ok(Self {
            wake: Some(wake),
            is_over,
            thread: Some(thread),
        })
    }

    /// Looks into the outbox at once: somebody waits for a code.
    pub fn wake(&self) {
        if let Some(wake) = &self.wake {
            // Full means it has been woken already.
            wake.try_send(()).ok();
        }
    }
}

/// One line for all that was sent until nothing was left to send.
fn tell(tally: Tally) {
    if tally.all() > 0 {
        tracing::info!(
            sent = tally.sent,
            put_back = tally.put_back,
            failed = tally.failed,
            "letters"
        );
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.wake = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the sender of letters panicked");
        }
    }
}
