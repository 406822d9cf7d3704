//! What is printed: the released programme as everybody may see it, and one person's agenda.
//!
//! Who knows the words writes a document from these values (`web` does, for pages and programs alike); the press sets it.
//! Invariant: a booklet is written from the public view alone, whoever asks for it, so that one copy serves all.

use access_rules::{Act, Actor, Object, decide};
use db::Conn;
use documents::{Booklet, Document, Pdf, Press, Sheet};
use kernel::{Fault, Language, Moment};
use people::persons;
use programme::{model::Edition, released::Programme, releases};

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
}

impl Printer {
    /// A printer of what these write.
    pub fn new(booklet: WriteBooklet, sheet: WriteSheet) -> Self {
        Self {
            press: Press::default(),
            booklet,
            sheet,
        }
    }

    /// A released programme as it is to be printed, of the public view alone.
    pub fn booklet(&self, programme: &Programme, language: Language) -> Document {
        Document::Booklet(Box::new((self.booklet)(&programme.public(), language)))
    }

    /// Prints a booklet, once. Waits its turn.
    ///
    /// # Errors
    /// 404 where this program cannot print; `busy`.
    pub fn print_booklet(&self, booklet: Document) -> Result<Pdf, Fault> {
        self.press.print_kept(booklet)
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
