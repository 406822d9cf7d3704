//! Whoever listens to an edition's changes, and who tells them: one reading of the feed for all (R57).
//!
//! A worker calls [`Live::tell`] some times a second: it asks once how far the feeds are that somebody listens to, reads
//! what is new, works out once who may know it, and hands each listener ready bytes, the same for all who see the same.
//! Nothing waits for a listener: whoever has [`WAITING_MOST`] messages unread is let go. [`Live::look_again`] asks who the
//! listeners are by now, and ends the stream of whoever may see less, or something else, than when it began.
//!
//! Several servers on one database each read its feed. What a message says is the matter of [`crate::told`]; knows no HTTP.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use access_rules::{Actor, EditionId, Sight};
use actix_kit::{Caller, Site, caller::Credentials, health::Counters};
use actix_web::web::Bytes;
use db::Conn;
use kernel::{Fault, Kind, Moment};
use programme::{
    editions,
    live::{Happened, Seen},
    releases,
};
use records::feed;
use tokio::sync::mpsc;

use crate::told::{EVENTS_MOST, Told, happened, id};

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
    of: HashMap<EditionId, Hall>,
    next_number: u64,
    is_closed: bool,
}

/// Those who listen to one edition, and how far they were told.
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

/// Who listens, as far as they were let in for.
pub struct Who {
    caller: Caller,
    sight: Sight,
}

/// One who is asked about: where they listen, as which of them, and who they are.
type Due = (EditionId, u64, Arc<Who>);

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

/// What is new for the listeners of an edition.
enum News {
    Happened(EditionId, Vec<Happened>, i64),
    /// Too much, or the database was put back.
    Anew(EditionId, i64),
}

fn news(conn: &mut Conn, heard: &[(EditionId, i64)]) -> Result<Vec<News>, Fault> {
    let streams: Vec<String> = heard
        .iter()
        .map(|(edition, _)| releases::stream(*edition))
        .collect();
    let lasts = feed::lasts(conn, &streams)?;
    let mut news = Vec::new();
    for ((edition, seq), stream) in heard.iter().zip(&streams) {
        let last = lasts.get(stream).copied().unwrap_or(0);
        if last < *seq || last - seq > EVENTS_MOST {
            news.push(News::Anew(*edition, last));
        } else if last > *seq {
            news.push(News::Happened(*edition, happened(conn, *edition, *seq)?, last));
        }
    }
    Ok(news)
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

    /// From now on they are told what happens after `from`; nothing when more was told meanwhile, so that they catch up
    /// again first.
    ///
    /// # Errors
    /// 503 when the server is on its way down.
    pub fn listen(
        &self,
        edition: EditionId,
        from: i64,
        caller: &Caller,
        sight: &Sight,
    ) -> Result<Option<mpsc::Receiver<Bytes>>, Fault> {
        let mut halls = self.halls();
        if halls.is_closed {
            return Err(full());
        }
        halls.next_number += 1;
        let number = halls.next_number;
        let hall = halls.of.entry(edition).or_insert(Hall {
            seq: from,
            listeners: Vec::new(),
        });
        if hall.seq > from {
            return Ok(None);
        }
        let (send, receive) = mpsc::channel(WAITING_MOST);
        hall.listeners.push(Listener {
            number,
            from,
            who: Arc::new(Who {
                caller: caller.clone(),
                sight: sight.clone(),
            }),
            looked_at: caller.machine_now(),
            send,
        });
        Ok(Some(receive))
    }

    /// Tells everybody what is new; asks nothing while nobody listens.
    ///
    /// # Errors
    /// When the database does not answer; then it is told the next time.
    pub fn tell(&self, site: &Site) -> Result<(), Fault> {
        let heard: Vec<(EditionId, i64)> = {
            let mut halls = self.halls();
            halls.of.retain(|_, hall| {
                hall.listeners.retain(|listener| !listener.send.is_closed());
                !hall.listeners.is_empty()
            });
            halls
                .of
                .iter()
                .map(|(edition, hall)| (*edition, hall.seq))
                .collect()
        };
        if heard.is_empty() {
            return Ok(());
        }
        let news = site.db().read("live", move |conn| news(conn, &heard))?;
        for news in news {
            match news {
                News::Happened(edition, happened, last) => self.hand_out(site, edition, &happened, last),
                News::Anew(edition, last) => self.start_anew(site, edition, last),
            }
        }
        Ok(())
    }

    fn hand_out(&self, site: &Site, edition: EditionId, happened: &[Happened], last: i64) {
        let mut halls = self.halls();
        let Some(hall) = halls.of.get_mut(&edition) else {
            return;
        };
        for one in happened {
            let id = id(site, edition, one.seq);
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

    fn start_anew(&self, site: &Site, edition: EditionId, last: i64) {
        let mut halls = self.halls();
        let Some(hall) = halls.of.get_mut(&edition) else {
            return;
        };
        let message = Bytes::from(Told::Anew {}.message(&id(site, edition, last)));
        hall.listeners.retain_mut(|listener| {
            listener.from = last;
            self.hand(listener, &message)
        });
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
        let ended = site
            .db()
            .read("listeners", move |conn| ended(conn, &due, machine_now, now))?;
        let mut halls = self.halls();
        for (edition, number) in ended {
            if let Some(hall) = halls.of.get_mut(&edition) {
                hall.listeners.retain(|listener| listener.number != number);
            }
        }
        Ok(())
    }

    /// Those whose turn it is, marked as asked about.
    fn due(&self, machine_now: Moment) -> Vec<Due> {
        let before = machine_now.plus_seconds(-LOOKED_AT_SECONDS);
        let mut halls = self.halls();
        let all: usize = halls.of.values().map(|hall| hall.listeners.len()).sum();
        let most = LOOKED_AT_ONCE.max(all / 10);
        let mut due: Vec<(EditionId, &mut Listener)> = halls
            .of
            .iter_mut()
            .flat_map(|(edition, hall)| hall.listeners.iter_mut().map(|one| (*edition, one)))
            .filter(|(_, listener)| listener.looked_at <= before)
            .collect();
        due.sort_by_key(|(_, listener)| listener.looked_at);
        due.into_iter()
            .take(most)
            .map(|(edition, listener)| {
                listener.looked_at = machine_now;
                (edition, listener.number, Arc::clone(&listener.who))
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

/// Those of them who may no longer listen as who they came in as.
fn ended(
    conn: &mut Conn,
    due: &[Due],
    machine_now: Moment,
    now: Moment,
) -> Result<Vec<(EditionId, u64)>, Fault> {
    // Of those who showed nothing all see the same.
    let mut nobody: HashMap<EditionId, bool> = HashMap::new();
    let mut ended = Vec::new();
    for (edition, number, who) in due {
        let stays = match (who.caller.credentials(), nobody.get(edition)) {
            (Credentials::None, Some(stays)) => *stays,
            (Credentials::None, None) => {
                let stays = still_sees(conn, &Actor::nobody(), *edition, &who.sight)?;
                nobody.insert(*edition, stays);
                stays
            }
            (Credentials::Cookie(_) | Credentials::Bearer(_), _) => {
                match who.caller.still(conn, machine_now, now) {
                    Ok(actor) => still_sees(conn, &actor, *edition, &who.sight)?,
                    Err(fault) if is_ours(&fault) => return Err(fault),
                    Err(_) => false,
                }
            }
        };
        if !stays {
            ended.push((*edition, *number));
        }
    }
    Ok(ended)
}

fn still_sees(conn: &mut Conn, actor: &Actor, edition: EditionId, sight: &Sight) -> Result<bool, Fault> {
    if actor.sight() != *sight {
        return Ok(false);
    }
    match editions::get(conn, actor, edition) {
        Ok(_) => Ok(true),
        Err(fault) if is_ours(&fault) => Err(fault),
        Err(_) => Ok(false),
    }
}

/// Whether it says nothing of who asks: our own failure.
fn is_ours(fault: &Fault) -> bool {
    matches!(fault.kind, Kind::Internal | Kind::Unavailable)
}

fn full() -> Fault {
    Fault::unavailable("busy", FULL_RETRY_SECONDS)
}
