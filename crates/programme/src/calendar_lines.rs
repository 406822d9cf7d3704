//! The content lines of RFC 5545: escaped, stripped of control characters, folded at 75 octets.
//!
//! Written here and not taken from the `icalendar` crate, whose last folded piece is one octet too long; its parser reads
//! our lines back in the tests. Knows nothing of sessions.

/// The most octets of a line, its break not counted (RFC 5545 §3.1).
const OCTETS_MAX: usize = 75;

/// A calendar being written.
#[derive(Debug, Default)]
pub struct Lines {
    bytes: Vec<u8>,
}

impl Lines {
    /// Nothing written yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A property whose value needs no escaping: a date, a number, a name of RFC 5545, an address.
    pub fn put(&mut self, name: &str, value: &str) {
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        self.fold(&format!("{name}:{value}"));
    }

    /// The same with parameters.
    pub fn put_with(&mut self, name: &str, parameters: &[(&str, &str)], value: &str) {
        self.put(&named(name, parameters), value);
    }

    /// A property of text: escaped, and left out when empty.
    pub fn text(&mut self, name: &str, parameters: &[(&str, &str)], text: &str) {
        if !text.trim().is_empty() {
            self.fold(&format!("{}:{}", named(name, parameters), escaped(text)));
        }
    }

    /// A property of several texts, `CATEGORIES`; left out when there are none.
    pub fn texts(&mut self, name: &str, parameters: &[(&str, &str)], texts: &[&str]) {
        let list: Vec<String> = texts.iter().map(|text| escaped(&on_one_line(text))).collect();
        if !list.is_empty() {
            self.fold(&format!("{}:{}", named(name, parameters), list.join(",")));
        }
    }

    /// The calendar as written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn fold(&mut self, line: &str) {
        let mut room = OCTETS_MAX;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.bytes.extend_from_slice(b"\r\n ");
                room = OCTETS_MAX - 1;
            }
            room -= c.len_utf8();
            self.bytes
                .extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.bytes.extend_from_slice(b"\r\n");
    }
}

/// Text without line breaks and other control characters.
pub fn on_one_line(text: &str) -> String {
    let spaced = text
        .chars()
        .map(|c| if breaks_or_controls(c) { ' ' } else { c })
        .collect::<String>();
    spaced
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn named(name: &str, parameters: &[(&str, &str)]) -> String {
    let mut named = name.to_owned();
    for (parameter, value) in parameters {
        named.push_str(&format!(";{parameter}={}", parameter_value(value)));
    }
    named
}

/// A parameter's value, with `^` encoding (RFC 6868) and quoted where it must be.
fn parameter_value(value: &str) -> String {
    let encoded = on_one_line(value).replace('^', "^^").replace('"', "^'");
    if encoded.contains([',', ';', ':']) {
        format!("\"{encoded}\"")
    } else {
        encoded
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => escaped.push_str("\\n"),
            '\t' => escaped.push(' '),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

fn breaks_or_controls(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}
