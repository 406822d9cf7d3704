//! A paper's text taken in from a file: Word, or Markdown. From who may not write at it not a byte is read, and no file is
//! read before the form's token was seen.

use std::time::Duration;

use access_rules::{Act, Actor};
use actix_kit::{Form, csrf};
use actix_multipart::{Field, Multipart};
use actix_web::{rt, web};
use db::Conn;
use futures_util::TryStreamExt as _;
use kernel::{Fault, Kind, Moment};
use papers::{model::Paper, writing};
use records::rules::sha256_hex;
use texts::{Imported, clean::PASTE_MAX, docx, faults::TextFault, markdown};

use super::{
    paper_writing::{self, Part},
    papers::At,
};
use crate::{
    table::{Line, post},
    visit::{Page, Visit},
};

/// What names of files of Markdown end in.
const MARKDOWN: [&str; 3] = [".md", ".markdown", ".txt"];
/// Most bytes of any other field of the form.
const FIELD_BYTES_MAX: usize = 4096;
/// Most fields.
const FIELDS_MAX: usize = 16;
/// How long may pass between two pieces of a file.
const SILENCE: Duration = Duration::from_secs(30);

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![post(
        "/{lang}/{edition}/papers/{paper}/write/file",
        Act::WritePaper,
        take_in,
    )]
}

/// A file as it was sent.
struct Sent {
    name: String,
    bytes: Vec<u8>,
}

async fn take_in(visit: Visit, path: At, payload: Multipart) -> Page {
    let (_, slug, code) = path.into_inner();
    let named = code.clone();
    visit
        .read_in("paper.file.may", &slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &named)?;
            writing::may_write(conn, actor, now, paper.id)
        })
        .await?;
    let (mut pairs, sent) = received(&visit, payload).await;
    if let Ok(sent) = &sent {
        pairs.push(("file".into(), sent.name.clone()));
    } else {
        pairs.push(("file".into(), String::new()));
    }
    let form = Form::of(pairs);
    csrf::check_token(&visit.caller, form.typed("_csrf")).map_err(|fault| visit.refused(fault))?;
    let hash = sent.as_ref().map(|sent| sha256_hex(&sent.bytes));
    let form = form.hashed(hash.unwrap_or_default().into_bytes());
    let imported = match sent {
        Ok(sent) => read(sent).await,
        Err(fault) => Err(fault),
    };
    let done = match imported {
        Ok(imported) => replace(&visit, &slug, &code, &form, imported).await,
        Err(fault) => Err(fault),
    };
    paper_writing::back(visit, done, "saved", (&slug, &code), Part::File, &form).await
}

async fn replace(
    visit: &Visit,
    slug: &str,
    code: &str,
    form: &Form,
    imported: Imported,
) -> Result<String, Fault> {
    let version = form.version();
    let run = move |conn: &mut Conn, actor: &Actor, now: Moment, paper: &Paper| {
        writing::replace_all_read(conn, actor, now, paper.id, version, imported.clone())?;
        Ok(String::new())
    };
    paper_writing::write(visit, "paper.file", slug, code, form, run).await
}

/// What a file says, worked out beside the serving threads. Word tells itself by how it begins, Markdown by its name.
async fn read(sent: Sent) -> Result<Imported, Fault> {
    if sent.bytes.is_empty() {
        return Err(Fault::field("file", "required"));
    }
    let name = sent.name.to_lowercase();
    let is_markdown = !sent.bytes.starts_with(b"PK") && MARKDOWN.iter().any(|ending| name.ends_with(ending));
    let read = web::block(move || match is_markdown {
        false => docx::import(&sent.bytes).map(Imported::from),
        true if sent.bytes.len() > PASTE_MAX => Err(Fault::field("file", "too_much_pasted")),
        true => markdown::import(&String::from_utf8_lossy(&sent.bytes)),
    });
    read.await.unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
}

/// The fields of the form, and its file.
async fn received(visit: &Visit, mut payload: Multipart) -> (Vec<(String, String)>, Result<Sent, Fault>) {
    let mut pairs = Vec::new();
    let sent = parts(visit, &mut payload, &mut pairs).await;
    (pairs, sent)
}

async fn parts(
    visit: &Visit,
    payload: &mut Multipart,
    pairs: &mut Vec<(String, String)>,
) -> Result<Sent, Fault> {
    let mut sent = None;
    while let Some(mut field) = next(payload.try_next()).await? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let token = pairs.iter().find(|(own, _)| own == "_csrf");
            csrf::check_token(&visit.caller, token.map_or("", |(_, value)| value))?;
            let called = field
                .content_disposition()
                .and_then(|disposition| disposition.get_filename())
                .unwrap_or_default();
            sent = Some(Sent {
                name: called.to_owned(),
                bytes: whole(&mut field, docx::FILE_MAX)
                    .await?
                    .ok_or(TextFault::DocxTooLarge { most: docx::FILE_MAX })?,
            });
            continue;
        }
        let bytes = whole(&mut field, FIELD_BYTES_MAX).await?;
        match bytes.filter(|_| pairs.len() < FIELDS_MAX) {
            Some(bytes) => pairs.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            None => return Err(Fault::new(Kind::TooLarge, "too_large")),
        }
    }
    sent.ok_or_else(|| Fault::field("file", "required"))
}

/// A field, where it is of no more bytes than these.
async fn whole(field: &mut Field, most: usize) -> Result<Option<Vec<u8>>, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = next(field.try_next()).await? {
        if bytes.len() + chunk.len() > most {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}

/// What comes next, within the time it has.
async fn next<T, E>(coming: impl Future<Output = Result<Option<T>, E>>) -> Result<Option<T>, Fault> {
    let broken = || Fault::new(Kind::Malformed, "malformed");
    let come = rt::time::timeout(SILENCE, coming).await.map_err(|_| broken())?;
    come.map_err(|_| broken())
}
