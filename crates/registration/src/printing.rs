//! What is printed: the released programme as everybody may see it, and one person's agenda.
//!
//! Who knows the words writes a document from these values (`web` does, for pages and programs alike); the press sets it.
//! Invariant: a booklet is written from the public view alone, whoever asks for it, so that one copy serves all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use access_rules::{Act, Actor, Object, decide};
use db::Conn;
use documents::{Booklet, Document, Pdf, Press, Sheet};
use kernel::{Fault, Language, Moment};
use people::persons;
use programme::{model::Edition, released::Programme, releases, snapshot::Snapshot};

use crate::{
    agenda::{self, Line},
    model::SeatState,
    seats::{self, SeatInput},
};

/// One person's agenda with all that is said of it.
#[derive(Clone, Debug)]
pub struct OwnAgenda {
    /// Whose it is.
    pub name: String,
    /// The programme as they see it.
    pub programme: Programme,
    /// What is on it, with the place in line where they wait.
    pub lines: Vec<(Line, Option<i64>)>,
}

/// Writes a programme down in a language.
pub type WriteBooklet = Box<dyn Fn(&Programme, Language) -> Booklet + Send + Sync>;
/// Writes an agenda down in a language.
pub type WriteSheet = Box<dyn Fn(&OwnAgenda, Language) -> Sheet + Send + Sync>;

/// Who writes documents, and the press that prints them.
pub struct Printer {
    press: Press,
    booklet: WriteBooklet,
    sheet: WriteSheet,
    tags: Mutex<Vec<Tag>>,
}

/// The tag of a snapshot's booklet. A release from which names are taken out later is a new snapshot of the same number:
/// so it goes by the snapshot itself.
struct Tag {
    of: Weak<Snapshot>,
    language: Language,
    etag: String,
}

impl Printer {
    /// A printer of what these write.
    pub fn new(booklet: WriteBooklet, sheet: WriteSheet) -> Self {
        Self {
            press: Press::default(),
            booklet,
            sheet,
            tags: Mutex::default(),
        }
    }

    /// A released programme as it is to be printed, of the public view alone.
    pub fn booklet(&self, programme: &Programme, language: Language) -> Document {
        Document::Booklet(Box::new((self.booklet)(&programme.public(), language)))
    }

    /// The tag of a snapshot's booklet, where it was written down before.
    pub fn known_tag(&self, snapshot: &Arc<Snapshot>, language: Language) -> Option<String> {
        let of = Arc::downgrade(snapshot);
        self.tags()
            .iter()
            .find(|tag| tag.language == language && tag.of.ptr_eq(&of))
            .map(|tag| tag.etag.clone())
    }

    /// The tag of a snapshot's booklet. Writes the booklet down for it the first time: not for an asynchronous thread.
    pub fn tag(&self, snapshot: &Arc<Snapshot>, language: Language) -> String {
        if let Some(etag) = self.known_tag(snapshot, language) {
            return etag;
        }
        let etag = self.booklet(&snapshot.programme, language).etag();
        let mut tags = self.tags();
        tags.retain(|tag| tag.of.strong_count() > 0);
        tags.push(Tag {
            of: Arc::downgrade(snapshot),
            language,
            etag: etag.clone(),
        });
        etag
    }

    fn tags(&self) -> MutexGuard<'_, Vec<Tag>> {
        self.tags.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints the booklet of a snapshot, once. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy`.
    pub fn print_snapshot(&self, snapshot: &Arc<Snapshot>, language: Language) -> Result<Pdf, Fault> {
        let etag = self.tag(snapshot, language);
        match self.press.kept(&etag) {
            Some(pdf) => Ok(pdf),
            None => self.print_booklet(self.booklet(&snapshot.programme, language)),
        }
    }

    /// Prints a booklet, once. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy`.
    pub fn print_booklet(&self, booklet: Document) -> Result<Pdf, Fault> {
        self.press.print_kept(booklet)
    }

    /// Prints a text that was published, once. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy`.
    pub fn print_published(&self, text: Document) -> Result<Pdf, Fault> {
        self.press.print_kept(text)
    }

    /// Prints a text for one reader and keeps nothing of it. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy`.
    pub fn print_private(&self, text: Document) -> Result<Pdf, Fault> {
        self.press.print(text)
    }

    /// Prints an agenda and keeps nothing of it. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy`.
    pub fn print_agenda(&self, agenda: &OwnAgenda, language: Language) -> Result<Pdf, Fault> {
        self.press
            .print(Document::Sheet(Box::new((self.sheet)(agenda, language))))
    }
}

/// The reader's own agenda of an edition, to be printed.
///
/// # Errors
/// 401; 404 before the first release.
pub fn own_agenda(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
) -> Result<OwnAgenda, Fault> {
    decide(actor, Act::MindOwn, &Object::site(), now).or_fault()?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let live = releases::live(conn, edition.id)?.ok_or_else(Fault::not_found)?;
    Ok(OwnAgenda {
        name: persons::find(conn, person)?
            .map(|person| person.name())
            .unwrap_or_default(),
        programme: live.for_actor(actor),
        lines: with_places(conn, actor, now, edition)?,
    })
}

/// The reader's agenda, with their places in line.
///
/// # Errors
/// 401.
pub fn with_places(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
) -> Result<Vec<(Line, Option<i64>)>, Fault> {
    let mut held = Vec::new();
    for line in agenda::of(conn, actor, edition.id)? {
        let waits = line
            .seat
            .as_ref()
            .is_some_and(|seat| seat.state == SeatState::Waiting);
        let place = if waits {
            seats::mine(conn, actor, now, line.session, &SeatInput::default())?.and_then(|found| found.place)
        } else {
            None
        };
        held.push((line, place));
    }
    Ok(held)
}
