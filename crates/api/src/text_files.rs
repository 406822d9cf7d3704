//! One outcome and one paper as files, and a paper's text taken in from a file.
//!
//! Who may not read something learns nothing of it here either: the use case is asked that its page asks. From who may not
//! write at a paper not a byte is read.

use ::outcomes::export as outcome_files;
use access_rules::{Act, PaperId};
use actix_kit::{At, Caller, Problem, Query, Version, body};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::{Fault, Kind};
use papers::{
    export as paper_files, reading,
    writing::{self, ReplacedView},
};
use programme::editions;
use registration::printing::Printer;
use texts::{Imported, clean::PASTE_MAX, docx, faults::TextFault, markdown};

use crate::{
    answers, outcomes,
    table::{Line, get, put},
    upload::aside,
    written::{self, Export, ExportFormat, ExportQuery, For, OutcomeFileQuery, imprint},
};

/// The media types of a text that is taken in.
const TEXTS: &[&str] = &[docx::MEDIA_TYPE, "text/markdown"];

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/outcomes/{code}/export", Act::Read, outcome, "One outcome as a file, in a language.")
            .asks::<OutcomeFileQuery>().gives_any(ExportFormat::MEDIA_TYPES),
        get("/papers/{id}/export", Act::Read, paper, "A paper as a file, in a language: what I read of it, or one of its versions that I may see.")
            .asks::<ExportQuery>().gives_any(ExportFormat::MEDIA_TYPES),
        put("/papers/{id}/text/file", Act::WritePaper, take_in, "Replaces all a paper says by a Word document or by Markdown: the file is the body. Blocks that say the same, and those of a document that was exported here, keep their ids.")
            .takes_media(TEXTS).gives::<ReplacedView>().versioned().account(),
    ]
}

async fn outcome(
    caller: Caller,
    request: HttpRequest,
    printer: web::Data<Printer>,
    At((slug, code)): At<(String, String)>,
    Query(query): Query<OutcomeFileQuery>,
) -> Result<HttpResponse, Problem> {
    let language = query.language(&caller);
    let settings = caller.site().settings().clone();
    let (name, volume) = caller
        .read("outcome.export", move |conn, actor, now| {
            let (edition, found) = outcomes::of(conn, actor, &slug, &code)?;
            let imprint = imprint(&edition, &settings.public_url, &settings.site_name);
            let volume = outcome_files::outcome(conn, actor, now, found.id, &imprint, language)?;
            Ok((found.code, volume))
        })
        .await?;
    let export = Export {
        volume,
        format: query.format,
        name,
        whose: For::Reader,
        is_by_language: query.language.is_none(),
    };
    written::answer(&caller, &request, &printer, export).await
}

async fn paper(
    caller: Caller,
    request: HttpRequest,
    printer: web::Data<Printer>,
    At(id): At<PaperId>,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let (language, number) = (query.language(&caller), query.number);
    let settings = caller.site().settings().clone();
    let volume = caller
        .read("paper.export", move |conn, actor, now| {
            let found = papers::get(conn, actor, now, id)?;
            let edition = editions::find(conn, found.edition)?.ok_or_else(Fault::not_found)?;
            let imprint = imprint(&edition, &settings.public_url, &settings.site_name);
            paper_files::volume(conn, actor, now, id, number, &imprint, language)
        })
        .await?;
    let about = &volume.about;
    let name = match about.version {
        Some(version) => format!("{}-v{version}", about.code),
        None => about.code.clone(),
    };
    let export = Export {
        volume,
        format: query.format,
        name,
        whose: For::Reader,
        is_by_language: query.language.is_none(),
    };
    written::answer(&caller, &request, &printer, export).await
}

async fn take_in(
    caller: Caller,
    request: HttpRequest,
    At(id): At<PaperId>,
    Version(version): Version,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    caller
        .read("paper.file.may", move |conn, actor, now| {
            writing::may_write(conn, actor, now, id)
        })
        .await?;
    let imported = received(&caller, &request, payload).await?;
    let (text_version, replaced) = caller
        .write("paper.file", move |conn, actor, now| {
            let replaced = writing::replace_all_read(conn, actor, now, id, Some(version), imported.clone())?;
            let shown = reading::shown(conn, actor, now, id, "")?;
            Ok((shown.text_version.unwrap_or_default(), replaced))
        })
        .await?;
    Ok(answers::edited(text_version, &replaced))
}

/// What a file says, read within the limits of its kind.
async fn received(
    caller: &Caller,
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<Imported, Problem> {
    let media = body::media_type(request);
    let is_word = media == docx::MEDIA_TYPE;
    if !TEXTS.contains(&media.as_str()) {
        let fault = Fault::new(Kind::UnsupportedMedia, "media_type").with("taken", TEXTS.join(", "));
        return Err(caller.problem(fault));
    }
    let most = if is_word { docx::FILE_MAX } else { PASTE_MAX };
    let too_large = |fault: Fault| match fault.kind {
        Kind::TooLarge if is_word => TextFault::DocxTooLarge { most }.into(),
        Kind::TooLarge => TextFault::TooMuchPasted { most }.into(),
        _ => fault,
    };
    let bytes = body::read(payload.into_inner(), most)
        .await
        .map_err(|fault| caller.problem(too_large(fault)))?;
    let read = move || match is_word {
        true => docx::import(&bytes).map(Imported::from),
        false => markdown::import(&String::from_utf8_lossy(&bytes)),
    };
    aside(caller, read).await
}
