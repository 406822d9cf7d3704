//! Decisions without a disk: what a file may be called, and how its name stands in a header.

use kernel::text;

use crate::model::MediaType;

/// Largest file, in bytes.
pub const BYTES_MAX: u64 = 25 * 1024 * 1024;
/// Most pixels of a picture: 25 megapixels, about a hundred megabytes while it is drawn anew.
pub const PIXELS_MAX: u64 = 25_000_000;
/// Longest side of a picture, in pixels.
pub const SIDE_MAX: u32 = 20_000;

/// Longest name without its ending, in graphemes.
const STEM_MAX: usize = 100;
/// Of a longer name the rest is not even looked at, in bytes.
const NAME_BYTES_MAX: usize = 4096;
/// Names that Windows takes for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// What a file sent under `raw` is called: the last part of a path, without characters that mean something to a shell,
/// a browser or a file system, with an ending that fits its type.
pub fn clean_name(raw: &str, media_type: MediaType) -> String {
    let name = last_part(raw);
    let ending = fitting_ending(&name, media_type);
    let stem = match ending {
        Some(ending) => &name[..name.len() - ending.len() - 1],
        None => &name[..],
    };
    let stem = stem.trim_matches(['.', ' ']);
    let stem = if stem.is_empty() {
        "file".to_owned()
    } else {
        text::cut(stem, STEM_MAX)
    };
    let device = if is_device(&stem) { "_" } else { "" };
    format!("{device}{stem}.{}", ending.unwrap_or(media_type.endings()[0]))
}

/// The value of `Content-Disposition` (RFC 6266): the name in ASCII for old clients, whole for all others.
pub fn disposition(kind: Disposition, name: &str) -> String {
    let kind = match kind {
        Disposition::Attachment => "attachment",
        Disposition::Inline => "inline",
    };
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || " ._-()".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let whole: String = name
        .bytes()
        .map(|byte| {
            let may_stand = byte.is_ascii_alphanumeric() || b"._-~".contains(&byte);
            if may_stand {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

/// What a browser is to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Save it.
    Attachment,
    /// Show it; for pictures alone.
    Inline,
}

fn last_part(raw: &str) -> String {
    let mut end = raw.len().min(NAME_BYTES_MAX);
    while !raw.is_char_boundary(end) {
        end -= 1;
    }
    let cleaned = text::line(&raw[..end], NAME_BYTES_MAX).unwrap_or_default();
    let last = cleaned.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars()
        .map(|c| if "\"<>|:*?%;`$&'=".contains(c) { '_' } else { c })
        .collect::<String>()
        .trim_end_matches(['.', ' '])
        .to_owned()
}

fn fitting_ending(name: &str, media_type: MediaType) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    let endings = media_type.endings();
    endings
        .iter()
        .copied()
        .find(|fitting| ending.eq_ignore_ascii_case(fitting))
}

fn is_device(stem: &str) -> bool {
    let first = stem
        .split('.')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let is_port = |prefix: &str| {
        first
            .strip_prefix(prefix)
            .is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    DEVICES.contains(&first.as_str()) || is_port("com") || is_port("lpt")
}
