//! Printed documents: the programme as a booklet, somebody's agenda as a sheet, texts as a publication, set as PDF.
//!
//! What is printed comes in as values ([`Booklet`], [`Sheet`], [`Publication`]), every sentence of it already in the reader's language, and
//! reaches a template as data that is never read as markup: a title `#import` prints as `#import`. Knows no programme, no
//! person, no right and no database: whoever makes a value has decided what may stand in it.
//!
//! Typesetting is the feature `pdf`. Without it everything compiles, and there is no document to be had: asking is answered as if none were there.

mod model;
mod press;
mod publication;
#[cfg(all(test, feature = "pdf"))]
mod tests;
#[cfg(feature = "pdf")]
mod typeset;

pub use model::{
    Booklet, BookletWords, Day, Document, Entry, Place, Reference, RoomDay, Session, Sheet, SheetDay,
    SheetLine, SheetWords,
};
pub use press::{Pdf, Press};
pub use publication::{Piece, Publication, PublicationWords, TextBlock, TextKind, TextRun};
