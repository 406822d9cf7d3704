//! Finds out what a file is by looking at its bytes.

use std::{
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
};

use kernel::Fault;

use crate::{
    faults::{FilesFault, disk},
    model::MediaType,
    office,
};

/// How much of the beginning is looked at, in bytes.
const HEAD: u64 = 8192;
/// What a text that a browser would take for a page or a drawing contains near its beginning.
const MARKUP: &[&str] = &[
    "<!doctype",
    "<html",
    "<head",
    "<body",
    "<script",
    "<svg",
    "<iframe",
    "<object",
    "<embed",
    "<?xml",
    "<math",
    "<style",
    "<img",
    "<meta",
    "<link",
    "<base",
    "<form",
];

/// Kinds written in plain letters that are no plain text.
const NOT_PLAIN: &[&str] = &[
    "application/rtf",
    "application/postscript",
    "text/html",
    "text/xml",
    "text/x-shellscript",
];

/// What the file is, if it is of a kind that is taken.
///
/// # Errors
/// `file_empty`, `file_type`, `file_active`, `file_damaged`.
pub(crate) fn media_type(file: &mut File, name: &str) -> Result<MediaType, Fault> {
    let head = head_of(file)?;
    if head.is_empty() {
        return Err(FilesFault::Empty.into());
    }
    if head.starts_with(b"PK\x03\x04") {
        return office::media_type(file, &head);
    }
    let found = infer::get(&head).map(|kind| kind.mime_type());
    match found {
        Some("application/pdf") => Ok(MediaType::Pdf),
        Some("image/png") => Ok(MediaType::Png),
        Some("image/jpeg") => Ok(MediaType::Jpeg),
        Some(other) if NOT_PLAIN.contains(&other) => Err(refused(other)),
        // Two letters make a bitmap, so a text may seem one: what is text to its end is a text.
        _ if is_text(file)? => plain(&head, name),
        Some(other) => Err(refused(other)),
        None => Err(refused("application/octet-stream")),
    }
}

fn plain(head: &[u8], name: &str) -> Result<MediaType, Fault> {
    if looks_like_markup(head) {
        return Err(refused("text/html"));
    }
    if head.starts_with(b"#!") {
        return Err(refused("text/x-shellscript"));
    }
    Ok(text_type(name))
}

fn head_of(file: &mut File) -> Result<Vec<u8>, Fault> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    file.take(HEAD).read_to_end(&mut head).map_err(disk)?;
    Ok(head)
}

fn looks_like_markup(head: &[u8]) -> bool {
    let folded = String::from_utf8_lossy(head).to_ascii_lowercase();
    MARKUP.iter().any(|tag| folded.contains(tag))
}

/// Whether all of it is UTF-8 without control characters other than those that shape text.
fn is_text(file: &mut File) -> Result<bool, Fault> {
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    let mut chunk = vec![0; 64 * 1024];
    let mut held = 0;
    loop {
        let read = file.read(&mut chunk[held..]).map_err(disk)?;
        if read == 0 {
            return Ok(held == 0);
        }
        let filled = held + read;
        let valid = match std::str::from_utf8(&chunk[..filled]) {
            Ok(_) => filled,
            // A character cut at the end of the chunk goes on in the next.
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            Err(_) => return Ok(false),
        };
        let is_control = |byte: &u8| *byte < 0x20 && !b"\t\n\r\x0c".contains(byte);
        if chunk[..valid].iter().any(is_control) {
            return Ok(false);
        }
        chunk.copy_within(valid..filled, 0);
        held = filled - valid;
    }
}

fn text_type(name: &str) -> MediaType {
    let ending = name.rsplit('.').next().unwrap_or_default();
    if ending.eq_ignore_ascii_case("csv") {
        MediaType::Csv
    } else {
        MediaType::Text
    }
}

fn refused(found: &str) -> Fault {
    FilesFault::TypeRefused {
        found: found.to_owned(),
    }
    .into()
}
