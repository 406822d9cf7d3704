//! Writes XML element by element: every text and every value is escaped, and what is opened is closed in its order.
//!
//! Knows no vocabulary. What XML 1.0 cannot hold at all is left out.

use std::borrow::Cow;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// The attributes of an element.
pub(crate) type Attributes<'a> = [(&'a str, &'a str)];

/// A document that is being written.
pub(crate) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Xml {
    pub fn new() -> Self {
        let mut xml = Self {
            writer: Writer::new(Vec::new()),
            open: Vec::new(),
        };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml.line();
        xml
    }

    /// Begins an element.
    pub fn open(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.write(Event::Start(started(name, attributes)));
        self.open.push(name);
    }

    /// Ends the element that was begun last.
    pub fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.write(Event::End(BytesEnd::new(name)));
        }
    }

    /// How many elements are open.
    pub const fn depth(&self) -> usize {
        self.open.len()
    }

    /// Ends elements until so many are open.
    pub fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    /// An element that holds nothing.
    pub fn empty(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.write(Event::Empty(started(name, attributes)));
    }

    /// An element that holds a text.
    pub fn leaf(&mut self, name: &'static str, attributes: &Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }

    pub fn text(&mut self, text: &str) {
        self.write(Event::Text(BytesText::new(&allowed(text))));
    }

    /// A new line in the file, where space says nothing.
    pub fn line(&mut self) {
        self.writer.get_mut().push(b'\n');
    }

    /// The document, with everything closed that was open.
    pub fn done(mut self) -> Vec<u8> {
        self.close_to(0);
        self.line();
        self.writer.into_inner()
    }

    fn write(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("memory takes every write");
    }
}

fn started<'a>(name: &'static str, attributes: &'a Attributes<'_>) -> BytesStart<'a> {
    let attributes = attributes.iter().map(|(name, value)| (*name, allowed(value)));
    BytesStart::new(name).with_attributes(attributes)
}

/// What XML 1.0 can hold at all (§2.2 `Char`).
fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    match text.chars().all(is_allowed) {
        true => Cow::Borrowed(text),
        false => text.chars().filter(|c| is_allowed(*c)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_values_are_escaped_and_what_xml_cannot_hold_is_left_out() {
        let mut xml = Xml::new();

        xml.open("a", &[("b", "\"<&'\u{FFFE}")]);
        xml.leaf("c", &[], "</a> & \u{1}\u{FFFF}x");
        xml.empty("d", &[]);

        let written = String::from_utf8(xml.done()).expect("UTF-8");
        assert_eq!(
            written,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&amp;&apos;\"><c>&lt;/a&gt; &amp; x</c><d/></a>\n"
        );
    }
}
