//! Whoever listens to an edition's changes or to the floor of a session, and who tells them: one reading of the feed for all
//! (R57, R79).
//!
//! A worker calls [`Live::tell`] some times a second: it asks once how far the feeds are that somebody listens to, reads
//! what is new, works out once who may know it, and hands each listener ready bytes, the same for all who see the same.
//! Nothing waits for a listener: whoever has [`WAITING_MOST`] messages unread is let go. [`Live::look_again`] asks who the
//! listeners are by now, and ends the stream of whoever may see less, or something else, than when it began.
//!
//! Several servers on one database each read its feed. What there is to listen to is the matter of [`crate::topics`], what a
//! message says of [`crate::told`] and [`crate::told_floor`]; who a listener is by now, of `listeners`. Knows no HTTP.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use access_rules::Sight;
use actix_kit::{Caller, Site, health::Counters};
use actix_web::web::Bytes;
use kernel::{Fault, Moment};
use programme::live::{Happened, Seen};
use tokio::sync::mpsc;

use crate::{
    listeners::{self, Who},
    told::Told,
    told_floor::FloorTold,
    topics::{self, News, Topic, id},
};

/// Messages a listener may have unread: beyond, it is let go. A connection holds some 40 KB of them at most.
const WAITING_MOST: usize = 16;
/// After how many seconds it is asked again who a listener is.
const LOOKED_AT_SECONDS: i64 = 30;
/// Listeners asked about at once, at least.
const LOOKED_AT_ONCE: usize = 100;
/// Places those of one network may take together: the rest stay free for everybody else.
pub(crate) const OF_ONE_NETWORK_MOST: usize = 200;
/// When somebody comes again who found no place, in seconds.
const FULL_RETRY_SECONDS: u32 = 15;
/// What keeps a silent connection open.
const HEARTBEAT: &[u8] = b":\n\n";

/// All who listen. Cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    halls: Mutex<Halls>,
    places_taken: AtomicUsize,
    places_max: usize,
    /// Of them, by the network of who took them.
    of_network: Mutex<HashMap<String, usize>>,
    counters: Arc<Counters>,
}

#[derive(Default)]
struct Halls {
    of: HashMap<Topic, Hall>,
    next_number: u64,
    is_closed: bool,
}

/// Those who listen to one topic, and how far they were told.
struct Hall {
    seq: i64,
    listeners: Vec<Listener>,
}

struct Listener {
    number: u64,
    /// What it was told before it came in.
    from: i64,
    who: Arc<Who>,
    looked_at: Moment,
    send: mpsc::Sender<Bytes>,
}

/// Who comes to listen, to what, and after which event.
pub struct Coming<'a> {
    /// To what.
    pub topic: Topic,
    /// What they were told before.
    pub from: i64,
    /// Who.
    pub caller: &'a Caller,
    /// What they see.
    pub sight: &'a Sight,
    /// Whether they know of it by something else than the key beside it.
    pub by_part: bool,
}

/// A place among the listeners; given back when dropped.
pub struct Place {
    live: Live,
    network: String,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.live.leave_network(&self.network);
        self.live.0.places_taken.fetch_sub(1, Ordering::Relaxed);
        self.live.0.counters.listens(-1);
    }
}

impl Live {
    /// Nobody yet; room for so many.
    pub fn new(places_max: usize, counters: Arc<Counters>) -> Self {
        Self(Arc::new(Inner {
            halls: Mutex::default(),
            places_taken: AtomicUsize::new(0),
            places_max,
            of_network: Mutex::default(),
            counters,
        }))
    }

    fn halls(&self) -> MutexGuard<'_, Halls> {
        self.0.halls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place for somebody of this network.
    ///
    /// # Errors
    /// 503 when all are taken, or all that one network may take, or the server is on its way down.
    pub fn enter(&self, network: &str) -> Result<Place, Fault> {
        let is_closed = self.halls().is_closed;
        if is_closed || !self.enter_network(network) {
            return Err(full());
        }
        let taken = self
            .0
            .places_taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |taken| {
                (taken < self.0.places_max).then_some(taken + 1)
            });
        if taken.is_err() {
            self.leave_network(network);
            return Err(full());
        }
        self.0.counters.listens(1);
        Ok(Place {
            live: self.clone(),
            network: network.to_owned(),
        })
    }

    fn enter_network(&self, network: &str) -> bool {
        let mut of_network = self.of_network();
        let taken = of_network.entry(network.to_owned()).or_default();
        let is_room = *taken < OF_ONE_NETWORK_MOST;
        if is_room {
            *taken += 1;
        }
        is_room
    }

    fn leave_network(&self, network: &str) {
        let mut of_network = self.of_network();
        if let Some(taken) = of_network.get_mut(network) {
            *taken -= 1;
            if *taken == 0 {
                of_network.remove(network);
            }
        }
    }

    fn of_network(&self) -> MutexGuard<'_, HashMap<String, usize>> {
        self.0.of_network.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on they are told what happens after what they were told; nothing when more was told meanwhile, so that they
    /// catch up again first.
    ///
    /// # Errors
    /// 503 when the server is on its way down.
    pub fn listen(&self, coming: &Coming<'_>) -> Result<Option<mpsc::Receiver<Bytes>>, Fault> {
        let mut halls = self.halls();
        if halls.is_closed {
            return Err(full());
        }
        halls.next_number += 1;
        let number = halls.next_number;
        let hall = halls.of.entry(coming.topic).or_insert(Hall {
            seq: coming.from,
            listeners: Vec::new(),
        });
        if hall.seq > coming.from {
            return Ok(None);
        }
        let (send, receive) = mpsc::channel(WAITING_MOST);
        hall.listeners.push(Listener {
            number,
            from: coming.from,
            who: Arc::new(Who {
                caller: coming.caller.clone(),
                sight: coming.sight.clone(),
                by_part: coming.by_part,
            }),
            looked_at: coming.caller.machine_now(),
            send,
        });
        Ok(Some(receive))
    }

    /// Tells everybody what is new; asks nothing while nobody listens.
    ///
    /// # Errors
    /// When the database does not answer; then it is told the next time.
    pub fn tell(&self, site: &Site) -> Result<(), Fault> {
        let heard: Vec<(Topic, i64)> = {
            let mut halls = self.halls();
            halls.of.retain(|_, hall| {
                hall.listeners.retain(|listener| !listener.send.is_closed());
                !hall.listeners.is_empty()
            });
            halls.of.iter().map(|(topic, hall)| (*topic, hall.seq)).collect()
        };
        if heard.is_empty() {
            return Ok(());
        }
        let news = site.db().read("live", move |conn| topics::news(conn, &heard))?;
        for (topic, news, last) in news {
            match news {
                News::Happened(happened) => self.hand_out(site, topic, &happened, last),
                News::Anew => self.start_anew(site, topic, last),
                News::Floor(told) => self.tell_floor(site, topic, told.as_ref(), last),
            }
        }
        Ok(())
    }

    fn hand_out(&self, site: &Site, topic: Topic, happened: &[Happened], last: i64) {
        let mut halls = self.halls();
        let Some(hall) = halls.of.get_mut(&topic) else {
            return;
        };
        for one in happened {
            let id = id(site, topic, one.seq);
            let mut made: HashMap<Seen, Option<Bytes>> = HashMap::new();
            hall.listeners.retain(|listener| {
                if listener.from >= one.seq {
                    return true;
                }
                let seen = one.seen_by(&listener.who.sight);
                let message = made.entry(seen).or_insert_with_key(|seen| {
                    Told::of(one, seen).map(|told| Bytes::from(told.message(&id)))
                });
                message
                    .as_ref()
                    .is_none_or(|message| self.hand(listener, message))
            });
        }
        hall.seq = last;
    }

    fn start_anew(&self, site: &Site, topic: Topic, last: i64) {
        let mut halls = self.halls();
        let Some(hall) = halls.of.get_mut(&topic) else {
            return;
        };
        let message = Bytes::from(Told::Anew {}.message(&id(site, topic, last)));
        hall.listeners.retain_mut(|listener| {
            listener.from = last;
            self.hand(listener, &message)
        });
        hall.seq = last;
    }

    /// How a floor is by now: one message, the same bytes for all who follow it.
    fn tell_floor(&self, site: &Site, topic: Topic, told: Option<&FloorTold>, last: i64) {
        let mut halls = self.halls();
        let Some(hall) = halls.of.get_mut(&topic) else {
            return;
        };
        if let Some(told) = told {
            let message = told.message(&id(site, topic, last), hall.listeners.len());
            let message = Bytes::from(message);
            hall.listeners.retain_mut(|listener| {
                let is_told = told.is_for(&listener.who.sight, listener.who.by_part);
                listener.from = last;
                !is_told || self.hand(listener, &message)
            });
        }
        hall.seq = last;
    }

    /// Whether the listener stays.
    fn hand(&self, listener: &Listener, message: &Bytes) -> bool {
        match listener.send.try_send(message.clone()) {
            Ok(()) => true,
            Err(mpsc::error::TrySendError::Closed(_)) => false,
            Err(mpsc::error::TrySendError::Full(_)) => {
                self.0.counters.was_slow();
                false
            }
        }
    }

    /// Keeps silent connections open, and finds those that are gone.
    pub fn beat(&self) {
        let heartbeat = Bytes::from_static(HEARTBEAT);
        for hall in self.halls().of.values_mut() {
            hall.listeners.retain(|listener| self.hand(listener, &heartbeat));
        }
    }

    /// Asks who the listeners are by now, those first who were not asked about for longest, and ends the streams of those
    /// who are somebody else, or see something else. The browser comes back by itself as who it is.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn look_again(&self, site: &Site, machine_now: Moment) -> Result<(), Fault> {
        let due = self.due(machine_now);
        if due.is_empty() {
            return Ok(());
        }
        let now = site.now();
        let ended = site.db().read("listeners", move |conn| {
            listeners::ended(conn, &due, machine_now, now)
        })?;
        let mut halls = self.halls();
        for (topic, number) in ended {
            if let Some(hall) = halls.of.get_mut(&topic) {
                hall.listeners.retain(|listener| listener.number != number);
            }
        }
        Ok(())
    }

    /// Those whose turn it is, marked as asked about.
    fn due(&self, machine_now: Moment) -> Vec<listeners::Due> {
        let before = machine_now.plus_seconds(-LOOKED_AT_SECONDS);
        let mut halls = self.halls();
        let all: usize = halls.of.values().map(|hall| hall.listeners.len()).sum();
        let most = LOOKED_AT_ONCE.max(all / 10);
        let mut due: Vec<(Topic, &mut Listener)> = halls
            .of
            .iter_mut()
            .flat_map(|(topic, hall)| hall.listeners.iter_mut().map(|one| (*topic, one)))
            .filter(|(_, listener)| listener.looked_at <= before)
            .collect();
        due.sort_by_key(|(_, listener)| listener.looked_at);
        due.into_iter()
            .take(most)
            .map(|(topic, listener)| {
                listener.looked_at = machine_now;
                (topic, listener.number, Arc::clone(&listener.who))
            })
            .collect()
    }

    /// Ends all streams, and takes no more: the server is on its way down.
    pub fn close(&self) {
        let mut halls = self.halls();
        halls.is_closed = true;
        halls.of.clear();
    }
}

fn full() -> Fault {
    Fault::unavailable("busy", FULL_RETRY_SECONDS)
}
