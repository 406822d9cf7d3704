//! A page made of parts: a heading, and parts one below the other; at the desk beside its navigation. It does not know
//! what they are.

use askama::Template;

use super::desk::{Again, Heading, Links, Paragraph, navigation};
use crate::{
    components::{Chrome, DeskNav, Link, Markup},
    visit::{Frame, Page, Visit},
};

/// A page made of parts.
#[derive(Template)]
#[template(path = "pages/parts.html")]
pub struct PartsPage {
    /// What surrounds it.
    pub chrome: Chrome,
    nav: Option<DeskNav>,
    lead: Option<String>,
    parts: Vec<Markup>,
    styles: Vec<&'static str>,
}

impl PartsPage {
    /// An empty page of the desk under this heading.
    pub fn new(visit: &Visit, frame: &Frame, title: impl Into<String>) -> Self {
        let page = Self::own(visit, frame, title);
        Self {
            nav: Some(navigation(&page.chrome, &frame.actor, visit.caller.now())),
            ..page
        }
    }

    /// An empty page of the reader's own things under this heading.
    pub fn own(visit: &Visit, frame: &Frame, title: impl Into<String>) -> Self {
        Self {
            chrome: visit.chrome(frame, title),
            nav: None,
            lead: None,
            parts: Vec::new(),
            styles: Vec::new(),
        }
    }

    /// The same with a stylesheet of its own.
    pub fn styled(mut self, name: &'static str) -> Self {
        self.styles.push(name);
        self
    }

    /// A sentence under the heading.
    pub fn lead(&mut self, text: impl Into<String>) {
        self.lead = Some(text.into());
    }

    /// One more part.
    pub fn put(&mut self, part: &impl Template) {
        self.parts.push(Markup::of(part));
    }

    /// One more part that is markup already.
    pub fn add(&mut self, part: Markup) {
        self.parts.push(part);
    }

    /// A heading between parts.
    pub fn heading(&mut self, text: impl Into<String>) {
        self.put(&Heading { text: text.into() });
    }

    /// A paragraph.
    pub fn say(&mut self, text: impl Into<String>) {
        self.put(&Paragraph { text: text.into() });
    }

    /// A row of links as buttons.
    pub fn links(&mut self, links: Vec<Link>) {
        self.put(&Links { links });
    }

    /// Answers it, with the fault of the form that came back at its top.
    ///
    /// # Errors
    /// When it cannot be rendered.
    pub fn answer(mut self, visit: &Visit, again: Option<Again<'_>>) -> Page {
        match again {
            Some(again) => {
                if again.fault.fields.is_empty() {
                    self.chrome.notice = Some(visit.notice(again.fault));
                }
                visit.show_again(again.fault, &self)
            }
            None => visit.show(&self),
        }
    }
}
