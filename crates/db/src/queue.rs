//! What waits to be read. Of the threads that have nothing to do, the one that was busy last is woken: the pages its
//! connection holds are still at hand, and the others keep little until many read at once.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
    thread::{self, Thread},
};

/// A bounded queue of many givers and takers.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    most: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    /// Who sleeps, the last to fall asleep at the end.
    asleep: Vec<Thread>,
    is_closed: bool,
}

impl<T> Queue<T> {
    /// An empty one in which so many may wait.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                asleep: Vec::new(),
                is_closed: false,
            }),
            most,
        }
    }

    /// Queues it and wakes somebody; gives it back when too many wait, or the queue is closed.
    pub(crate) fn put(&self, one: T) -> Result<(), T> {
        let mut state = self.state();
        if state.is_closed || state.waiting.len() >= self.most.max(1) {
            return Err(one);
        }
        state.waiting.push_back(one);
        let woken = state.asleep.pop();
        drop(state);
        if let Some(thread) = woken {
            thread.unpark();
        }
        Ok(())
    }

    /// The first that waits, once there is one; nothing when the queue is closed and empty.
    pub(crate) fn take(&self) -> Option<T> {
        let own = thread::current();
        let mut state = self.state();
        loop {
            if let Some(first) = state.waiting.pop_front() {
                return Some(first);
            }
            if state.is_closed {
                return None;
            }
            state.asleep.push(own.clone());
            drop(state);
            thread::park();
            state = self.state();
            // Woken by nobody, it is still among them.
            state.asleep.retain(|thread| thread.id() != own.id());
        }
    }

    /// Takes no more in; what waits is still taken out.
    pub(crate) fn close(&self) {
        let mut state = self.state();
        state.is_closed = true;
        let woken = std::mem::take(&mut state.asleep);
        drop(state);
        woken.iter().for_each(Thread::unpark);
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, mpsc};

    use super::*;

    fn until_asleep<T>(queue: &Queue<T>, takers: usize) {
        while queue.state().asleep.len() < takers {
            thread::yield_now();
        }
    }

    #[test]
    fn what_waits_is_taken_in_order_and_no_more_than_so_much_waits() {
        let queue = Queue::new(2);

        assert_eq!(queue.put(1), Ok(()));
        assert_eq!(queue.put(2), Ok(()));
        assert_eq!(queue.put(3), Err(3));
        assert_eq!(queue.take(), Some(1));
        assert_eq!(queue.put(4), Ok(()));
        assert_eq!((queue.take(), queue.take()), (Some(2), Some(4)));
    }

    #[test]
    fn a_closed_queue_gives_what_waits_and_then_nothing() {
        let queue = Queue::new(2);
        assert_eq!(queue.put(1), Ok(()));

        queue.close();

        assert_eq!(queue.put(2), Err(2));
        assert_eq!((queue.take(), queue.take()), (Some(1), None));
    }

    #[test]
    fn whoever_sleeps_wakes_when_it_is_closed() {
        let queue = Arc::new(Queue::<u8>::new(1));
        let taker = {
            let queue = Arc::clone(&queue);
            thread::spawn(move || queue.take())
        };
        until_asleep(&queue, 1);

        queue.close();

        assert_eq!(taker.join().expect("ended"), None);
    }

    #[test]
    fn who_fell_asleep_last_is_woken_first() {
        const TAKERS: usize = 4;
        let queue = Arc::new(Queue::new(1));
        let (send, woken) = mpsc::channel();
        let takers: Vec<_> = (0..TAKERS)
            .map(|number| {
                let (own, send) = (Arc::clone(&queue), send.clone());
                let taker = thread::spawn(move || {
                    while own.take().is_some() {
                        send.send(number).expect("somebody listens");
                    }
                });
                until_asleep(&queue, number + 1);
                taker
            })
            .collect();

        for _ in 0..3 {
            assert_eq!(queue.put(()), Ok(()));
            assert_eq!(woken.recv(), Ok(TAKERS - 1));
            until_asleep(&queue, TAKERS);
        }

        queue.close();
        takers
            .into_iter()
            .for_each(|taker| taker.join().expect("no panic"));
    }

    #[test]
    fn of_many_givers_and_takers_each_thing_is_taken_once() {
        const GIVERS: usize = 4;
        const EACH: usize = 2_000;
        let queue = Arc::new(Queue::new(8));
        let (send, taken) = mpsc::channel();
        let takers: Vec<_> = (0..3)
            .map(|_| {
                let (queue, send) = (Arc::clone(&queue), send.clone());
                thread::spawn(move || {
                    while let Some(one) = queue.take() {
                        send.send(one).expect("somebody listens");
                    }
                })
            })
            .collect();
        drop(send);

        thread::scope(|scope| {
            for giver in 0..GIVERS {
                let queue = &queue;
                scope.spawn(move || {
                    for one in giver * EACH..(giver + 1) * EACH {
                        while queue.put(one).is_err() {
                            thread::yield_now();
                        }
                    }
                });
            }
        });
        queue.close();
        takers
            .into_iter()
            .for_each(|taker| taker.join().expect("no panic"));

        let mut all: Vec<usize> = taken.into_iter().collect();
        all.sort_unstable();
        assert_eq!(all, (0..GIVERS * EACH).collect::<Vec<_>>());
    }
}
