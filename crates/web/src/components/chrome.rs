//! What surrounds every page: who reads, where they are, the navigations, the strip of the demonstration, and what others
//! show of a page that is linked to. It does not know what stands on the page.

use std::ops::Deref;

use askama::Template;
use kernel::{Coded as _, Language};

use super::{Link, Markup, Notice, Sends};
use crate::{svg, voice::Voice};

/// As much of a text as messengers and search engines show.
const PREVIEW_GRAPHEMES: usize = 200;

/// What others show of a page that is linked to: messengers, search engines, other sites.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/preview.html")]
pub struct Preview {
    /// The page's name.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub description: String,
    /// Its whole address.
    pub url: String,
    /// Whose page it is: the congress.
    pub site: String,
    /// The same for machines, as schema.org JSON-LD that can stand within a script.
    pub described: Option<Markup>,
}

impl Preview {
    /// A preview of a text: as much of its beginning as others show.
    pub fn new(title: impl Into<String>, text: &str, url: String, site: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            description: beginning(text),
            url,
            site: site.into(),
            described: None,
        }
    }
}

/// The beginning of a text, in one line, cut after a word.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if kernel::text::graphemes(&line) <= PREVIEW_GRAPHEMES {
        return line;
    }
    let cut = kernel::text::cut(&line, PREVIEW_GRAPHEMES - 1);
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// What surrounds every page: who reads, where they are, what the site says of itself. `base.html` prints it; a page
/// speaks through it, since it is also a [`Voice`]: `{{ chrome.t("programme-title") }}`.
#[derive(Clone)]
pub struct Chrome {
    /// The reader's voice.
    pub voice: Voice,
    /// The page's name, for the browser's tab.
    pub title: String,
    /// The path after `/en`, with its query, so that the language links keep it: `/durban-2019/programme?day=2019-11-14`.
    pub path_without_lang: String,
    /// The name of the person signed in.
    pub signed_in: Option<String>,
    /// Whether the desk is shown.
    pub is_staff: bool,
    /// The edition the page belongs to.
    pub edition: Option<EditionRef>,
    /// The strip of the demonstration.
    pub demo: Option<DemoStrip>,
    /// The token that forms of this browser carry (`actix_kit::csrf::token`).
    pub csrf: String,
    /// What just happened, once.
    pub notice: Option<Notice>,
}

/// The edition a page belongs to.
#[derive(Clone, Debug)]
pub struct EditionRef {
    /// Its part of the address: `durban-2019`.
    pub slug: String,
    /// Its short name: "Durban 2019".
    pub title: String,
    /// Its days and place: "Durban, 11–15 November 2019".
    pub when_where: String,
    /// The city and offset of all hours shown: "Durban (UTC+2)".
    pub clock_of: String,
    /// Whether registration is open.
    pub open: bool,
    /// Whether this reader can register now: registration is open and they have not done it.
    pub registers: bool,
    /// Whether something is decided already.
    pub decided: bool,
}

/// One entry of the main navigation.
#[derive(Clone, Debug)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its word.
    pub label: String,
    /// Whether the reader is there.
    pub current: bool,
}

impl Chrome {
    /// An address of the edition: `to("programme")` is `/en/durban-2019/programme`, `to("")` its home.
    pub fn to(&self, rest: &str) -> String {
        match &self.edition {
            Some(edition) => self.at(&format!("{}/{rest}", edition.slug)),
            None => self.at(rest),
        }
    }

    /// An address of the site in the reader's language: `at("account")` is `/en/account`.
    pub fn at(&self, rest: &str) -> String {
        let path = format!("/{}/{rest}", self.language.code());
        path.trim_end_matches('/').to_owned()
    }

    /// This page in another language.
    pub fn in_language(&self, code: &str) -> String {
        format!("/{code}{}", self.path_without_lang)
    }

    /// The languages of the site, the reader's among them.
    pub fn languages(&self) -> Vec<(&'static str, &'static str, bool)> {
        Language::ALL
            .iter()
            .map(|language| {
                let name = match language {
                    Language::En => "English",
                    Language::Fr => "Français",
                    Language::Es => "Español",
                };
                (language.code(), name, *language == self.language)
            })
            .collect()
    }

    /// The main navigation: what exists, for this reader.
    pub fn nav(&self) -> Vec<NavItem> {
        let mut items = Vec::new();
        let mut add = |href: String, key: &str| {
            let current = self.is_below(&href);
            items.push(NavItem {
                href,
                label: self.t(key),
                current,
            });
        };
        if let Some(edition) = &self.edition {
            add(self.to("programme"), "nav-programme");
            add(self.to("tracks"), "nav-tracks");
            if edition.decided {
                add(self.to("outcomes"), "nav-outcomes");
            }
            add(self.to("search"), "nav-search");
            if edition.registers {
                add(self.to("register"), "nav-register");
            }
            if self.signed_in.is_some() {
                add(self.to("my-congress"), "nav-my-congress");
            }
        }
        if self.is_staff {
            add(self.at("desk"), "nav-desk");
        }
        if self.signed_in.is_none() {
            add(self.at("sign-in"), "nav-sign-in");
        }
        items
    }

    /// The hidden inputs every form that posts carries: the token and a fresh key, under which sending twice does it once.
    pub fn sends(&self) -> Sends {
        Sends {
            csrf: self.csrf.clone(),
            key: kernel::secret::token(),
            version: None,
        }
    }

    /// The same for an edit, with the version it is made on (R255).
    pub fn edits(&self, version: &i64) -> Sends {
        Sends {
            version: Some(*version),
            ..self.sends()
        }
    }

    /// The address of a static file, with its content's hash.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::url(name)
    }

    /// The mark.
    pub fn mark(&self) -> Markup {
        svg::mark()
    }

    fn is_below(&self, href: &str) -> bool {
        let own = format!("/{}{}", self.language.code(), self.path_without_lang);
        let path = own.split(['?', '#']).next().unwrap_or_default();
        path.strip_prefix(href)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A page speaks through its chrome.
impl Deref for Chrome {
    type Target = Voice;
    fn deref(&self) -> &Voice {
        &self.voice
    }
}

/// The strip above every page of the demonstration.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/demo_strip.html")]
pub struct DemoStrip {
    /// The sentence: that it is one, and which moment the congress clock shows.
    pub sentence: String,
    /// That what it shows is invented.
    pub caution: String,
    /// As whom one acts, and the word for changing: `("You are Thandeka Mfano, mayor’s assistant", "Change")`.
    pub persona: Option<(String, String)>,
    /// The word for choosing when one is nobody yet.
    pub choose: String,
    /// The front door.
    pub front_door: String,
    /// The word for the sources.
    pub about: String,
    /// The page of sources.
    pub about_href: String,
    /// What the strip is called.
    pub label: String,
}

impl DemoStrip {
    /// The strip for a reader who acts as `persona`, at this moment of the congress clock ([`Voice::moment`]).
    pub fn new(voice: &Voice, moment: &str, persona: Option<&str>) -> Self {
        let language = voice.language.code();
        Self {
            sentence: voice.t1("demo-strip", "when", moment),
            caution: voice.t("demo-caution"),
            persona: persona.map(|name| (voice.t1("demo-you-are", "name", name), voice.t("demo-change"))),
            choose: voice.t("demo-choose"),
            front_door: format!("/{language}/demo"),
            about: voice.t("demo-about"),
            about_href: format!("/{language}/about-this-demo"),
            label: voice.t("demo-label"),
        }
    }
}

/// One entry beside the organiser's workbench.
#[derive(Clone, Debug)]
pub struct DeskItem {
    /// Where it leads and its word.
    pub link: Link,
    /// How many things wait there.
    pub waiting: Option<String>,
    /// Whether the reader is there.
    pub current: bool,
    /// Whether a new group begins with it.
    pub begins_group: bool,
}

/// The organiser's navigation. `.desk-nav` within `.workbench`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/desk_nav.html")]
pub struct DeskNav {
    /// What it is called.
    pub label: String,
    /// The entries.
    pub items: Vec<DeskItem>,
}
