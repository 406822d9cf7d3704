//! A page of somebody's own things: a heading, and parts one below the other. It does not know what they are.

use askama::Template;

use super::desk::{Again, Heading, Links, Paragraph};
use crate::{
    components::{Chrome, Link, Markup},
    visit::{Frame, Page, Visit},
};

/// A page made of parts.
#[derive(Template)]
#[template(path = "pages/own.html")]
pub struct OwnPage {
    /// What surrounds it.
    pub chrome: Chrome,
    lead: Option<String>,
    parts: Vec<Markup>,
}

impl OwnPage {
    /// An empty page under this heading.
    pub fn new(visit: &Visit, frame: &Frame, title: impl Into<String>) -> Self {
        Self {
            chrome: visit.chrome(frame, title),
            lead: None,
            parts: Vec::new(),
        }
    }

    /// A sentence under the heading.
    pub fn lead(&mut self, text: impl Into<String>) {
        self.lead = Some(text.into());
    }

    /// One more part.
    pub fn put(&mut self, part: &impl Template) {
        self.parts.push(Markup::of(part));
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
