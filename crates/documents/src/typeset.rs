//! A document as PDF: typst with our templates and our fonts, which reads no file, no clock and no network.
//!
//! The fonts inside: DejaVu Sans (Latin, Greek, Cyrillic, Arabic, Hebrew, Armenian, Georgian) and Droid Sans Fallback
//! (Chinese, Japanese). What neither holds prints as an empty box.

use std::sync::LazyLock;

use kernel::{Fault, Kind};
use typst::{
    Library, LibraryExt as _, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Dict, Duration, IntoValue as _, Smart},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::Document;

/// What typesetting leaves behind for the next time is forgotten after so many documents: a server prints few, and seldom
/// the same twice.
const REMEMBERED: usize = 0;
/// Most bytes of values that are printed: four times the largest text.
const VALUES_MAX: usize = 16 * 1024 * 1024;

static FONTS: LazyLock<(LazyHash<FontBook>, Vec<Font>)> = LazyLock::new(|| {
    let files: [&'static [u8]; 4] = [
        include_bytes!("../fonts/DejaVuSans.ttf"),
        include_bytes!("../fonts/DejaVuSans-Bold.ttf"),
        include_bytes!("../fonts/DejaVuSans-Oblique.ttf"),
        include_bytes!("../fonts/DroidSansFallbackFull.ttf"),
    ];
    let fonts: Vec<Font> = files
        .into_iter()
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect();
    (LazyHash::new(FontBook::from_fonts(&fonts)), fonts)
});

/// All a document can see: its template, its values, our fonts.
struct Room {
    library: LazyHash<Library>,
    template: Source,
}

impl World for Room {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.0
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.1.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The PDF: tagged, with title, language and bookmarks. The same document gives the same bytes.
///
/// # Errors
/// `too_large`; when a template is wrong, which is ours to mend.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Fault> {
    let values = document.data();
    if values.len() > VALUES_MAX {
        return Err(Fault::new(Kind::TooLarge, "too_large").with("bytes_max", VALUES_MAX));
    }
    let mut inputs = Dict::new();
    inputs.insert("data".into(), values.into_value());
    let room = Room {
        library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
        template: Source::detached(document.template()),
    };
    let set = typst::compile::<PagedDocument>(&room).output.and_then(|pages| {
        let options = PdfOptions {
            ident: Smart::Custom(document.etag()),
            creator: Smart::Custom(Some("Hemicycle".into())),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&pages, &options)
    });
    typst::comemo::evict(REMEMBERED);
    set.map_err(|faults| {
        let said: Vec<String> = faults.iter().map(|fault| fault.message.to_string()).collect();
        Fault::internal(said.join("; "))
    })
}
