//! Files sent as they are: `curl --data-binary @roll.csv -H 'Content-Type: text/csv'`.

use access_rules::{Act, decide_somewhere};
use actix_kit::{Caller, Problem, body};
use actix_web::{HttpRequest, web};
use kernel::{Fault, Kind};

/// The media types of a spreadsheet.
pub const SHEETS: &[&str] = &[
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
];

/// A file as it was sent.
pub struct Upload {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their hash, for the idempotency key.
    pub hash: Vec<u8>,
}

/// Reads a file of one of these media types, of at most so many bytes, to import it. From whoever may import nothing, not
/// a byte is read.
///
/// # Errors
/// 401, 403; `media_type`, `too_large`, `malformed`.
pub async fn read(
    caller: &Caller,
    request: &HttpRequest,
    payload: web::Payload,
    media: &[&str],
    bytes_max: usize,
) -> Result<Upload, Problem> {
    caller
        .read("upload.may", |_, actor, _| {
            decide_somewhere(actor, Act::Import).or_fault()
        })
        .await?;
    if !media.contains(&body::media_type(request).as_str()) {
        let fault = Fault::new(Kind::UnsupportedMedia, "media_type").with("taken", media.join(", "));
        return Err(caller.problem(fault));
    }
    let bytes = body::read(payload.into_inner(), bytes_max)
        .await
        .map_err(|fault| caller.problem(fault))?;
    let hash = records::rules::sha256_hex(&bytes).into_bytes();
    Ok(Upload { bytes, hash })
}

/// Does what is too slow for the serving thread: reading a spreadsheet, for instance.
///
/// # Errors
/// What `work` refuses; `busy` when it was broken off.
pub async fn aside<T: Send + 'static>(
    caller: &Caller,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Problem> {
    web::block(work)
        .await
        .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
        .map_err(|fault| caller.problem(fault))
}
