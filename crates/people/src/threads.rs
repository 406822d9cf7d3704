//! A few threads for work that takes long and must not keep the site waiting: hashing passwords, asking providers. So much
//! may wait for them and not more, whoever asks.

use std::sync::{Arc, Mutex, PoisonError, mpsc};

type Task = Box<dyn FnOnce() + Send>;

/// Threads that take tasks in turn. Cheap to clone; they end when the last clone goes.
#[derive(Clone)]
pub(crate) struct Threads(mpsc::SyncSender<Task>);

impl Threads {
    /// Starts some under a name; so many tasks may wait for one of them.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub(crate) fn start(name: &str, threads: usize, most_waiting: usize) -> std::io::Result<Self> {
        let (tasks, waiting) = mpsc::sync_channel::<Task>(most_waiting);
        let waiting = Arc::new(Mutex::new(waiting));
        for number in 0..threads {
            let (waiting, name) = (Arc::clone(&waiting), format!("{name}-{number}"));
            std::thread::Builder::new()
                .name(name.clone())
                .spawn(move || work(&waiting, &name))?;
        }
        Ok(Self(tasks))
    }

    /// Hands a task over; false when too many wait, and then it is dropped undone.
    pub(crate) fn take(&self, task: impl FnOnce() + Send + 'static) -> bool {
        self.0.try_send(Box::new(task)).is_ok()
    }
}

fn work(waiting: &Mutex<mpsc::Receiver<Task>>, name: &str) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(task) = next else {
            return;
        };
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(task)).is_err() {
            tracing::error!(thread = name, "a task panicked");
        }
    }
}
