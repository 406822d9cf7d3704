//! Where the programme's pages and files stand, for the exports that must name them in full.
//!
//! The one place that spells these addresses for feeds, letters and exports. Knows no router: a test of the site compares.

use access_rules::SessionId;
use kernel::{Coded as _, Language};

/// Makes addresses below the site's public one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Links {
    public_url: String,
}

impl Links {
    /// Below `public_url`, as in `https://congress.example`; must be http or https for the exports to be valid.
    pub fn below(public_url: &str) -> Self {
        Self {
            public_url: public_url.trim_end_matches('/').to_owned(),
        }
    }

    /// An edition's home.
    pub fn edition(&self, language: Language, slug: &str) -> String {
        format!("{}/{}/{slug}", self.public_url, language.code())
    }

    /// An edition's programme.
    pub fn programme(&self, language: Language, slug: &str) -> String {
        format!("{}/programme", self.edition(language, slug))
    }

    /// A session's page.
    pub fn session(&self, language: Language, slug: &str, id: SessionId) -> String {
        format!("{}/sessions/{id}", self.edition(language, slug))
    }

    /// Where the published editions of what an edition decided stand, each below it by its number.
    pub fn collection(&self, language: Language, slug: &str) -> String {
        format!("{}/outcomes/collection", self.edition(language, slug))
    }

    /// An edition's schedule as `schedule.xml` or another file of that name.
    pub fn schedule(&self, slug: &str, file: &str) -> String {
        format!("{}/{slug}/{file}", self.public_url)
    }
}
