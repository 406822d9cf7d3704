//! The lists of the draft's sessions and of the letters as files: the same rows as the list, for the same readers.

use access_rules::Act;
use actix_kit::{At, Caller, Problem, Query, paper};
use actix_web::HttpResponse;
use kernel::Fault;
use mail::letter_sheet;
use programme::draft_sheet;
use records::sheets::{Format, Sheet};

use crate::{
    admin::{self, LetterQuery},
    programme::edition,
    sessions::{self, DraftQuery},
    table::{Line, get},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/sessions.csv", Act::Read, sessions_csv, "The draft, as far as my desks see it, for spreadsheets.")
            .asks::<DraftQuery>().gives_media("text/csv").account(),
        get("/editions/{slug}/sessions.xlsx", Act::Read, sessions_xlsx, "The same list as a workbook.")
            .asks::<DraftQuery>().gives_media(Format::Xlsx.media_type()).account(),
        get("/editions/{slug}/sessions.json", Act::Read, sessions_json, "The same rows and columns, whole, for programs.")
            .asks::<DraftQuery>().gives_media(Format::Json.media_type()).account(),
        get("/letters.csv", Act::ReadOutbox, letters_csv, "The letters of the outbox for spreadsheets, without their texts.")
            .asks::<LetterQuery>().gives_media("text/csv").account(),
        get("/letters.xlsx", Act::ReadOutbox, letters_xlsx, "The same list as a workbook.")
            .asks::<LetterQuery>().gives_media(Format::Xlsx.media_type()).account(),
        get("/letters.json", Act::ReadOutbox, letters_json, "The same rows and columns, whole, for programs.")
            .asks::<LetterQuery>().gives_media(Format::Json.media_type()).account(),
    ]
}

async fn sessions_csv(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<DraftQuery>,
) -> Result<HttpResponse, Problem> {
    sessions_as(&caller, slug, query, Format::Csv).await
}

async fn sessions_xlsx(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<DraftQuery>,
) -> Result<HttpResponse, Problem> {
    sessions_as(&caller, slug, query, Format::Xlsx).await
}

async fn sessions_json(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<DraftQuery>,
) -> Result<HttpResponse, Problem> {
    sessions_as(&caller, slug, query, Format::Json).await
}

async fn sessions_as(
    caller: &Caller,
    slug: String,
    query: DraftQuery,
    format: Format,
) -> Result<HttpResponse, Problem> {
    let language = caller.language();
    let sheet = caller
        .read("sessions.file", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            draft_sheet::of(conn, actor, edition, language, &sessions::filter(&query))
        })
        .await?;
    file(caller, "sessions", format, sheet).await
}

async fn letters_csv(caller: Caller, Query(query): Query<LetterQuery>) -> Result<HttpResponse, Problem> {
    letters_as(&caller, query, Format::Csv).await
}

async fn letters_xlsx(caller: Caller, Query(query): Query<LetterQuery>) -> Result<HttpResponse, Problem> {
    letters_as(&caller, query, Format::Xlsx).await
}

async fn letters_json(caller: Caller, Query(query): Query<LetterQuery>) -> Result<HttpResponse, Problem> {
    letters_as(&caller, query, Format::Json).await
}

async fn letters_as(caller: &Caller, query: LetterQuery, format: Format) -> Result<HttpResponse, Problem> {
    let sheet = caller
        .read("letters.file", move |conn, actor, now| {
            letter_sheet::of(conn, actor, now, &admin::letter_filter(&query))
        })
        .await?;
    file(caller, "letters", format, sheet).await
}

/// The file, written where it may take its time.
async fn file(caller: &Caller, name: &str, format: Format, sheet: Sheet) -> Result<HttpResponse, Problem> {
    let written = paper::set(move || -> Result<Vec<u8>, Fault> { sheet.render(format) }).await;
    let written = written.map_err(|fault| caller.problem(fault))?;
    Ok(paper::sheet(name, format, written))
}
