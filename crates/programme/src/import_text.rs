//! Text as files from outside hold it, made plain: encodings told apart, HTML turned into lines.
//!
//! Lenient: nothing here refuses. What it changes it says, so that an import can report it.

use kernel::text;

/// Text out of bytes, and what was done when they were not plain UTF-8.
pub(crate) fn decoded(bytes: &[u8]) -> (String, Option<&'static str>) {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return (String::from_utf8_lossy(rest).into_owned(), None);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return (utf16(rest, u16::from_le_bytes), Some("utf-16"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return (utf16(rest, u16::from_be_bytes), Some("utf-16"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (
            bytes.iter().copied().map(windows_1252).collect(),
            Some("windows-1252"),
        ),
    }
}

/// Text out of HTML: blocks on lines of their own, list entries after a bullet, no tags, no scripts; whether anything
/// was changed. Text that only contains a `<` stays as it is.
pub(crate) fn plain(html: &str) -> (String, bool) {
    if !looks_like_html(html) {
        let decoded = entities(html);
        let changed = decoded != html;
        return (decoded, changed);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text.push_str(&without_breaks(&rest[..at]));
        rest = &rest[at..];
        let Some((tag, after)) = tag(rest) else {
            text.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = match tag.as_str() {
            "script" | "style" if !rest.starts_with("</") => after.find("</").map_or("", |end| &after[end..]),
            _ => after,
        };
        open_line(&mut text, &tag);
    }
    text.push_str(&without_breaks(rest));
    (tidy(&entities(&text)), true)
}

/// One line, cut where it is too long; whether it was cut.
pub(crate) fn fitted_line(raw: &str, graphemes_max: usize) -> (String, bool) {
    fitted(raw, graphemes_max, text::line)
}

/// Text of several lines, cut where it is too long; whether it was cut.
pub(crate) fn fitted_paragraph(raw: &str, graphemes_max: usize) -> (String, bool) {
    fitted(raw, graphemes_max, text::paragraph)
}

fn fitted(
    raw: &str,
    graphemes_max: usize,
    clean: fn(&str, usize) -> Result<String, text::Problem>,
) -> (String, bool) {
    let cut = text::cut(raw, graphemes_max);
    let whole = clean(raw, graphemes_max).map(|text| (text, false));
    let short = || clean(&cut, graphemes_max).map(|text| (text, true));
    // What is still refused piles up marks: without them it is text again.
    let bare = || clean(&text::cut(&text::fold(&cut), graphemes_max), graphemes_max).unwrap_or_default();
    whole.or_else(|_| short()).unwrap_or_else(|_| (bare(), true))
}

/// What a named reference stands for; the five of XML and those people write in HTML.
pub(crate) fn named_entity(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => " ",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "laquo" => "«",
        "raquo" => "»",
        "eacute" => "é",
        "egrave" => "è",
        "agrave" => "à",
        "ccedil" => "ç",
        "ntilde" => "ñ",
        "auml" => "ä",
        "ouml" => "ö",
        "uuml" => "ü",
        "szlig" => "ß",
        "euro" => "€",
        "copy" => "©",
        "bull" => "•",
        "middot" => "·",
        _ => return None,
    })
}

/// Tags that begin or end a line of their own.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "blockquote",
    "table",
    "tr",
    "hr",
    "section",
];
/// Tags that do not.
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "strong", "code", "br", "li", "span", "img", "u", "s", "sub", "sup", "td", "th",
    "script", "style", "svg", "iframe", "math", "tbody", "thead", "font", "small", "video", "object",
];

fn looks_like_html(text: &str) -> bool {
    let starts = text.match_indices('<');
    starts
        .filter_map(|(at, _)| tag(&text[at..]))
        .any(|(name, _)| BLOCKS.contains(&name.as_str()) || INLINE.contains(&name.as_str()))
}

/// The name of the tag `text` begins with, in lower case, and what follows it.
fn tag(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('<')?;
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let length = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    if length == 0 || !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = inner.find('>')?;
    Some((inner[..length].to_ascii_lowercase(), &inner[end + 1..]))
}

fn open_line(text: &mut String, tag: &str) {
    if tag == "br" {
        text.push('\n');
    } else if tag == "li" {
        if !text.ends_with("\n• ") {
            text.push_str("\n• ");
        }
    } else if BLOCKS.contains(&tag) {
        text.push_str("\n\n");
    }
}

/// In HTML a line break is a space.
fn without_breaks(text: &str) -> String {
    text.replace(['\r', '\n', '\t'], " ")
}

/// Lines trimmed, at most one blank line between them, no bullet without a word.
fn tidy(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let blank = line.is_empty() || line == "•";
        if !blank {
            lines.push(line);
        } else if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
    }
    lines.join("\n").trim().to_owned()
}

fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest
            .char_indices()
            .take(12)
            .find(|(_, c)| *c == ';')
            .map(|(end, _)| end);
        let meant = end.and_then(|end| reference(&rest[1..end]).map(|meant| (meant, end)));
        match meant {
            Some((meant, end)) => {
                out.push_str(&meant);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn reference(name: &str) -> Option<String> {
    let number = match name.strip_prefix('#') {
        Some(hex) if hex.starts_with(['x', 'X']) => u32::from_str_radix(&hex[1..], 16).ok(),
        Some(decimal) => decimal.parse().ok(),
        None => return named_entity(name).map(str::to_owned),
    };
    number.and_then(char::from_u32).map(String::from)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// What Western programs wrote before Unicode; the gaps in the table stand for themselves.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}
