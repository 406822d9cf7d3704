//! The press: one document at a time, a few waiting, and what was printed for everybody kept until newer takes its place.
//!
//! It works on a thread of its own with a stack of its own: whoever asks from an asynchronous edge asks from a thread that
//! may wait.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use kernel::Fault;

use crate::Document;

/// Documents that may wait; beyond, the answer is `busy`.
const WAITING_MOST: usize = 8;
/// Documents that are kept: the newest programme of some editions in each language.
const KEPT_MOST: usize = 12;
/// When to come again, in seconds.
const RETRY_SECONDS: u32 = 5;
/// Typesetting goes deep: a list in a cell in a table, each some frames. In bytes.
#[cfg(feature = "pdf")]
const STACK: usize = 64 * 1024 * 1024;

/// A printed document.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// Strong, with its quotes.
    pub etag: String,
    /// What is sent.
    pub bytes: Arc<[u8]>,
}

impl Pdf {
    /// As in the Content-Type header.
    pub const MEDIA_TYPE: &'static str = "application/pdf";
}

/// The press of a server.
#[derive(Debug, Default)]
pub struct Press {
    kept: Mutex<VecDeque<Pdf>>,
    at_work: Mutex<()>,
    waiting: AtomicUsize,
}

impl Press {
    /// Whether this program can print.
    pub const PRINTS: bool = cfg!(feature = "pdf");

    /// Prints a document that is the same for many, once: who asks again gets what was printed. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy` when too many wait.
    pub fn print_kept(&self, document: Document) -> Result<Pdf, Fault> {
        let etag = document.etag();
        if let Some(kept) = self.kept(&etag) {
            return Ok(kept);
        }
        self.in_turn(|| {
            // Who stood before may have asked for the same.
            if let Some(kept) = self.kept(&etag) {
                return Ok(kept);
            }
            let pdf = set(document, etag.clone())?;
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.truncate(KEPT_MOST - 1);
            kept.push_front(pdf.clone());
            Ok(pdf)
        })
    }

    /// Prints one person's document, and keeps nothing of it. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy` when too many wait.
    pub fn print(&self, document: Document) -> Result<Pdf, Fault> {
        let etag = document.etag();
        self.in_turn(|| set(document, etag))
    }

    /// The document of this tag, where it is still kept.
    pub fn kept(&self, etag: &str) -> Option<Pdf> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|pdf| pdf.etag == etag).cloned()
    }

    fn in_turn(&self, print: impl FnOnce() -> Result<Pdf, Fault>) -> Result<Pdf, Fault> {
        let _place = Place::take(&self.waiting)?;
        let _turn = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
        print()
    }
}

/// A place in the line; given back when it goes.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, Fault> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::AcqRel) > WAITING_MOST {
            return Err(Fault::unavailable("busy", RETRY_SECONDS));
        }
        Ok(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(feature = "pdf")]
fn set(document: Document, etag: String) -> Result<Pdf, Fault> {
    let printing = std::thread::Builder::new()
        .name("press".into())
        .stack_size(STACK)
        .spawn(move || crate::typeset::pdf(&document))
        .map_err(Fault::internal)?;
    // A font or a text that makes the typesetter panic costs this one document.
    let printed = printing
        .join()
        .unwrap_or_else(|_| Err(Fault::internal("typesetting panicked")))?;
    Ok(Pdf {
        etag,
        bytes: printed.into(),
    })
}

#[cfg(not(feature = "pdf"))]
fn set(_: Document, _: String) -> Result<Pdf, Fault> {
    Err(Fault::not_found())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_may_wait_are_sent_away_and_places_are_given_back() {
        let waiting = AtomicUsize::new(0);

        let placed: Vec<_> = (0..=WAITING_MOST).map(|_| Place::take(&waiting)).collect();
        let one_more = Place::take(&waiting).err().map(|fault| fault.code);
        assert!(placed.iter().all(Result::is_ok));
        drop(placed);

        assert_eq!(one_more, Some("busy"));
        assert_eq!(waiting.load(Ordering::Acquire), 0);
    }
}
