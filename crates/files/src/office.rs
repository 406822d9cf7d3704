//! Office documents are ZIP archives: this reads their list of parts, and unpacks nothing.

use std::{
    collections::HashSet,
    fs::File,
    io::{Read as _, Seek as _, SeekFrom},
};

use kernel::{Coded as _, Fault};

use crate::{
    faults::{FilesFault, disk},
    model::MediaType,
};

/// The end record of an archive without its comment, in bytes (APPNOTE.TXT 4.3.16).
const END_LENGTH: usize = 22;
/// The longest comment after it, in bytes.
const COMMENT_MAX: u64 = 65_535;
/// One entry of the list without its name, in bytes (APPNOTE.TXT 4.3.12).
const ENTRY_LENGTH: usize = 46;
/// Most parts of a document.
const PARTS_MAX: usize = 10_000;
/// Most bytes a document may claim to unpack to: fifty times the largest file, far below a bomb.
const UNPACKED_MAX: u64 = 50 * 25 * 1024 * 1024;

struct Part {
    name: String,
    unpacked: u64,
}

/// Which kind of office document an archive is.
///
/// # Errors
/// `file_damaged` for lists that lie, `file_active` for macros, `file_type` for any other archive.
pub(crate) fn media_type(file: &mut File, head: &[u8]) -> Result<MediaType, Fault> {
    let parts = parts(file)?.ok_or(FilesFault::Damaged)?;
    check(&parts)?;
    let has = |name: &str| parts.iter().any(|part| part.name == name);
    let ooxml = has("[Content_Types].xml");
    let found = match opendocument(head) {
        Some(open) => Some(open),
        None if ooxml && has("word/document.xml") => Some(MediaType::Docx),
        None if ooxml && has("xl/workbook.xml") => Some(MediaType::Xlsx),
        None if ooxml && has("ppt/presentation.xml") => Some(MediaType::Pptx),
        None => None,
    };
    if found.is_some() && parts.iter().any(|part| is_active(&part.name)) {
        return Err(FilesFault::Active.into());
    }
    found.ok_or_else(|| {
        FilesFault::TypeRefused {
            found: "application/zip".to_owned(),
        }
        .into()
    })
}

fn check(parts: &[Part]) -> Result<(), Fault> {
    let mut names = HashSet::new();
    let unpacked: u64 = parts.iter().map(|part| part.unpacked).sum();
    let is_sound = |part: &Part| {
        let steps_out = part.name.split(['/', '\\']).any(|step| step == "..");
        !steps_out && !part.name.starts_with(['/', '\\']) && !part.name.contains([':', '\0'])
    };
    let all_sound = parts
        .iter()
        .all(|part| is_sound(part) && names.insert(&part.name));
    if all_sound && unpacked <= UNPACKED_MAX {
        Ok(())
    } else {
        Err(FilesFault::Damaged.into())
    }
}

fn is_active(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("vbaproject.bin")
        || name.contains("/activex/")
        || name.starts_with("basic/")
        || name.starts_with("scripts/")
        || name.ends_with(".exe")
        || name.ends_with(".dll")
}

/// An OpenDocument says what it is in its first part, stored as it is (ODF 1.3 part 2, 3.3).
fn opendocument(head: &[u8]) -> Option<MediaType> {
    let name_length = usize::from(u16_at(head, 26)?);
    let extra_length = usize::from(u16_at(head, 28)?);
    let length = usize::try_from(u32_at(head, 22)?).ok()?;
    let is_stored = u16_at(head, 8)? == 0;
    let name = head.get(30..30 + name_length)?;
    let begin = 30 + name_length + extra_length;
    let told = std::str::from_utf8(head.get(begin..begin.checked_add(length)?)?).ok()?;
    let is_open = is_stored && name == b"mimetype";
    let kinds = [MediaType::Odt, MediaType::Ods, MediaType::Odp];
    kinds.into_iter().find(|kind| is_open && kind.code() == told)
}

/// The list of parts; nothing when there is none that can be trusted.
fn parts(file: &mut File) -> Result<Option<Vec<Part>>, Fault> {
    let length = file.metadata().map_err(disk)?.len();
    let tail_length = length.min(COMMENT_MAX + END_LENGTH as u64);
    let tail = read(file, length - tail_length, tail_length)?;
    let Some(end) = (0..=tail.len().saturating_sub(END_LENGTH))
        .rev()
        .find(|at| tail[*at..].starts_with(b"PK\x05\x06"))
    else {
        return Ok(None);
    };
    let end = &tail[end..];
    let (Some(count), Some(size), Some(begin)) = (u16_at(end, 10), u32_at(end, 12), u32_at(end, 16)) else {
        return Ok(None);
    };
    if usize::from(count) > PARTS_MAX || u64::from(begin) + u64::from(size) > length {
        return Ok(None);
    }
    let list = read(file, u64::from(begin), u64::from(size))?;
    Ok(listed(&list, usize::from(count)))
}

fn listed(mut list: &[u8], count: usize) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    for _ in 0..count {
        if !list.starts_with(b"PK\x01\x02") {
            return None;
        }
        let name_length = usize::from(u16_at(list, 28)?);
        let rest = usize::from(u16_at(list, 30)?) + usize::from(u16_at(list, 32)?);
        let name = list.get(ENTRY_LENGTH..ENTRY_LENGTH + name_length)?;
        parts.push(Part {
            name: String::from_utf8_lossy(name).into_owned(),
            unpacked: u64::from(u32_at(list, 24)?),
        });
        list = list.get(ENTRY_LENGTH + name_length + rest..)?;
    }
    Some(parts)
}

fn read(file: &mut File, from: u64, length: u64) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from)).map_err(disk)?;
    file.take(length).read_to_end(&mut bytes).map_err(disk)?;
    Ok(bytes)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
