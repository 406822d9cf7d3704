//! Texts as files: a published collection, one outcome, one paper, each in every form there is.
//!
//! Which forms those are is [`ExportFormat`]; one more is a value there and a branch in [`composed`]. Knows no rule of who
//! may read: whoever hands in a volume has asked. What takes its time is done aside: writing on a thread that may wait,
//! typesetting by the press of the server, one document at a time.

mod publication;

use std::sync::Arc;

use actix_kit::{Caller, Problem, paper};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
};
use documents::{Document, Pdf};
use kernel::{Fault, Language};
use programme::{links::Links, model::Edition};
use records::rules::sha256_hex;
use registration::printing::Printer;
use serde::{Deserialize, Serialize};
use texts::{
    akn, docx,
    volume::{Imprint, Volume},
};
use utoipa::ToSchema;

pub use self::publication::publication;

/// The forms a text is handed out in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A page.
    #[default]
    Html,
    /// Markdown.
    Md,
    /// Word.
    Docx,
    /// To be printed.
    Pdf,
    /// Akoma Ntoso 3.0.
    Akn,
}

impl ExportFormat {
    /// The media types of all of them.
    pub const MEDIA_TYPES: &'static [&'static str] = &[
        Self::Html.media_type(),
        Self::Md.media_type(),
        Self::Docx.media_type(),
        Self::Pdf.media_type(),
        Self::Akn.media_type(),
    ];

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Md => "text/markdown; charset=utf-8",
            Self::Docx => docx::MEDIA_TYPE,
            Self::Pdf => Pdf::MEDIA_TYPE,
            Self::Akn => akn::MEDIA_TYPE,
        }
    }

    /// What the name of such a file ends in.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Akn => "akn.xml",
        }
    }
}

/// Which file of a text is wanted.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExportQuery {
    /// In which form; a page when left out.
    pub format: ExportFormat,
    /// In which language, where all of it is said in that; the caller's when left out.
    pub language: Option<Language>,
    /// Which edition of a collection, or which version of a paper; the last when left out.
    pub number: Option<i64>,
}

/// Which file of an outcome is wanted.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutcomeFileQuery {
    /// In which form; a page when left out.
    pub format: ExportFormat,
    /// In which language, where all of it is said in that; the caller's when left out.
    pub language: Option<Language>,
}

/// A volume in a form: its bytes, or what is left to be set for the press.
pub enum Composed {
    /// The file.
    File(Vec<u8>),
    /// To be set.
    Print(Document),
}

/// Who may have a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// Anybody: it was published.
    All,
    /// Whoever asked, as far as they read it now.
    Reader,
}

/// A file on its way out.
pub(crate) struct Export {
    /// What it holds.
    pub volume: Volume,
    /// In which form.
    pub format: ExportFormat,
    /// What its name begins with.
    pub name: String,
    /// Who may have it.
    pub whose: For,
    /// Whether the language follows from who asks.
    pub is_by_language: bool,
}

/// Who hands out what an edition of the congress decided and wrote, and where it is found.
pub fn imprint(edition: &Edition, public_url: &str, publisher: &str) -> Imprint {
    Imprint {
        congress: edition.title.clone(),
        publisher: publisher.to_owned(),
        address: Links::below(public_url).edition(edition.own_language(), &edition.slug),
        zone: edition.zone,
    }
}

/// Writes a volume in a form, or what the press needs to set it.
///
/// # Errors
/// `too_long_to_print`.
pub fn composed(volume: &Volume, format: ExportFormat) -> Result<Composed, Fault> {
    Ok(match format {
        ExportFormat::Html => Composed::File(volume.html().into_bytes()),
        ExportFormat::Md => Composed::File(volume.markdown().into_bytes()),
        ExportFormat::Docx => Composed::File(volume.docx()),
        ExportFormat::Akn => Composed::File(volume.akn()),
        ExportFormat::Pdf => {
            volume.may_be_printed()?;
            Composed::Print(Document::Publication(Box::new(publication(volume))))
        }
    })
}

/// Answers a file, or that the caller has it: the same values are the same bytes, which its tag goes by.
pub(crate) async fn answer(
    caller: &Caller,
    request: &HttpRequest,
    printer: &Arc<Printer>,
    export: Export,
) -> Result<HttpResponse, Problem> {
    let refused = |fault| caller.problem(fault);
    let Export {
        volume,
        format,
        whose,
        ..
    } = export;
    let language = volume.about.language.clone();
    let written = paper::set(move || {
        let composed = composed(&volume, format)?;
        Ok((tag(&composed), composed))
    });
    let (etag, composed) = written.await.map_err(refused)?;
    let mut answer = if paper::is_known(request, &etag) {
        paper::known(&etag)
    } else {
        let bytes: Arc<[u8]> = match composed {
            Composed::File(bytes) => bytes.into(),
            Composed::Print(document) => {
                let printer = Arc::clone(printer);
                let pdf = paper::set(move || match whose {
                    For::All => printer.print_published(document),
                    For::Reader => printer.print_private(document),
                });
                pdf.await.map_err(refused)?.bytes
            }
        };
        let name = format!("{}.{language}.{}", export.name, format.ending());
        paper::open(&name, format.media_type(), &etag, bytes)
    };
    let headers = answer.headers_mut();
    if whose == For::Reader {
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        );
    }
    if export.is_by_language {
        headers.insert(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    }
    Ok(answer)
}

/// The entity tag of a file, strong and with its quotes.
fn tag(composed: &Composed) -> String {
    match composed {
        Composed::File(bytes) => {
            let hash = sha256_hex(bytes);
            format!("\"{}\"", hash.get(..32).unwrap_or(&hash))
        }
        Composed::Print(document) => document.etag(),
    }
}

impl ExportQuery {
    /// The language that is asked for.
    pub(crate) fn language(&self, caller: &Caller) -> Language {
        self.language.unwrap_or_else(|| caller.language())
    }
}

impl OutcomeFileQuery {
    /// The language that is asked for.
    pub(crate) fn language(&self, caller: &Caller) -> Language {
        self.language.unwrap_or_else(|| caller.language())
    }
}
