//! The organisers' pages: from an empty database to a released programme, its registrations, rules and letters.
//!
//! Every page of the desk is a [`DeskPage`]: a page of parts beside the desk's navigation. What is
//! allowed is decided by the use cases; [`gate`] keeps everybody else out of the desk as a whole.

pub mod audit;
pub mod board;
pub mod bodies;
pub mod catalogue;
pub mod categories;
pub mod caucuses;
pub mod changes;
pub mod checks;
pub mod circulars;
pub mod collection;
pub mod confirmations;
pub mod delegations;
pub mod home;
pub mod many_decisions;
pub mod meetings;
pub mod organisations;
pub mod outbox;
pub mod outcome;
pub mod outcome_answers;
pub mod outcome_changes;
pub mod outcome_translating;
pub mod outcomes;
pub mod papers;
pub mod people;
pub mod places;
pub mod priorities;
pub mod registrations;
pub mod releases;
pub mod retention;
pub mod roll;
mod rule_preview;
pub mod rules;
pub mod schedule;
pub mod scopes;
pub mod second_factor;
pub mod sessions;
pub mod themes;
mod waiting;
pub mod webhooks;

pub use super::parts::PartsPage as DeskPage;

use access_rules::{Act, Actor, Object, decide, decide_somewhere};
use actix_kit::{Form, query::signed_cursor};
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Localized, Moment, page};
use programme::{editions, model::Edition};
use records::sheets::Format;
use serde::Serialize;
use serde_json::Value;

use crate::{
    components::{Chrome, Column, DeskItem, DeskNav, Foreign, Link, Markup, Pager, Sends, State, TableHead},
    forms::{Field, FormView, PostButton},
    table::Line,
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of the desk: those of the whole site before those of an edition.
pub fn lines() -> Vec<Line> {
    let parts: &[fn() -> Vec<Line>] = &[
        confirmations::lines,
        organisations::lines,
        people::lines,
        roll::lines,
        bodies::lines,
        outbox::lines,
        audit::lines,
        second_factor::lines,
        retention::lines,
        home::lines,
        places::lines,
        catalogue::lines,
        themes::lines,
        caucuses::lines,
        scopes::lines,
        papers::lines,
        sessions::lines,
        changes::lines,
        meetings::lines,
        board::lines,
        schedule::lines,
        releases::lines,
        categories::lines,
        checks::lines,
        circulars::lines,
        many_decisions::lines,
        registrations::lines,
        delegations::lines,
        rules::lines,
        webhooks::lines,
        outcomes::lines,
        collection::lines,
        priorities::lines,
        outcome::lines,
        outcome_changes::lines,
        outcome_answers::lines,
        outcome_translating::lines,
    ];
    parts.iter().flat_map(|part| part()).collect()
}

/// Only those who work for the congress see its desk.
///
/// # Errors
/// 401 or 403.
pub fn gate(actor: &Actor, now: Moment) -> Result<(), Fault> {
    match actor.is_staff() {
        true => Ok(()),
        false => decide(actor, Act::SeeDesk, &Object::site(), now).or_fault(),
    }
}

/// A form that came back: what was typed, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Again<'a> {
    /// What was typed.
    pub form: &'a Form,
    /// What is wrong.
    pub fault: &'a Fault,
}

impl<'a> Again<'a> {
    /// This form with this fault.
    pub const fn of(form: &'a Form, fault: &'a Fault) -> Option<Self> {
        Some(Self { form, fault })
    }

    /// The form as typed when it came back, and as `fresh` has it otherwise: a button alone, as that which removes what the
    /// form changes, leaves the form as it was.
    pub fn view(again: Option<Self>, visit: &Visit, fresh: impl FnOnce() -> FormView) -> FormView {
        match again {
            Some(again) if again.is_typed() => {
                FormView::typed(&visit.voice, again.form).with_fault(visit.site().words(), again.fault)
            }
            _ => fresh(),
        }
    }

    fn is_typed(self) -> bool {
        self.form.pairs().iter().any(|(name, _)| !name.starts_with('_'))
    }
}

/// What follows a form: on to where it leads, saying by `word` what was done, or the page it stands on once more, with what
/// is wrong.
///
/// # Errors
/// The faults no form can mend.
pub async fn after(
    visit: Visit,
    done: Result<String, Fault>,
    word: &str,
    form: &Form,
    show: impl AsyncFnOnce(Visit, Option<Again<'_>>) -> Page,
) -> Page {
    match done {
        Ok(next) => Ok(visit.go(&next, Some(word))),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, Again::of(form, &fault)).await
        }
    }
}

/// Does what a form asks in the edition of its address. `run` answers where to go on, below the edition's desk.
///
/// # Errors
/// What `run` refuses.
pub async fn write_in(
    visit: &Visit,
    name: &'static str,
    slug: &str,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, &Edition) -> Result<String, Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug) = (visit.language().code(), slug.to_owned());
    let done = visit.submit(name, form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        let next = run(conn, actor, now, &edition)?;
        Ok(format!("/{lang}/desk/{slug}/{next}"))
    });
    done.await
}

/// The parts of an edition's desk, each with the act without which nothing is to be done there; a track's desk has those
/// whose act it may do somewhere, the last ones only who may do it everywhere.
const OF_EDITION: &[(Act, &str, &str, bool)] = &[
    (Act::ManageEdition, "edition", "desk-nav-edition", true),
    (Act::ManageEdition, "rooms", "desk-nav-rooms", false),
    (Act::ManageFormats, "tracks", "desk-nav-catalogue", false),
    (Act::EditSession, "sessions", "desk-nav-sessions", false),
    (Act::PlaceSession, "board", "desk-nav-board", false),
    (Act::EditSession, "changes", "desk-nav-changes", false),
    (Act::ManageMeeting, "meetings", "desk-nav-meetings", false),
    (Act::ManagePapers, "papers", "desk-nav-papers", false),
    (Act::PlaceSession, "conflicts", "desk-nav-conflicts", false),
    (Act::Release, "releases", "desk-nav-releases", false),
    (Act::ManageRules, "rules", "desk-nav-rules", false),
    (Act::ManageOutcomes, "outcomes", "desk-nav-outcomes", false),
];
const OF_WHOLE_EDITION: &[(Act, &str, &str, bool)] = &[
    (Act::ManageEdition, "webhooks", "desk-nav-webhooks", false),
    (
        Act::DecideRegistration,
        "registrations",
        "desk-nav-registrations",
        true,
    ),
    (
        Act::DecideRegistration,
        "categories",
        "desk-nav-categories",
        false,
    ),
    (
        Act::DecideRegistration,
        "delegations",
        "desk-nav-delegations",
        false,
    ),
    (Act::ManageOutbox, "circulars", "desk-nav-circulars", false),
];
const OF_SITE: &[(Act, &str, &str, bool)] = &[
    (
        Act::ConfirmPosition,
        "confirmations",
        "desk-nav-confirmations",
        true,
    ),
    (Act::SeePeople, "organisations", "desk-nav-organisations", false),
    (Act::SeePeople, "people", "desk-nav-people", false),
    (Act::Import, "roll", "desk-nav-roll", false),
    (Act::ManageMeeting, "bodies", "desk-nav-bodies", false),
    (Act::ReadOutbox, "letters", "desk-nav-letters", true),
    (Act::ReadAudit, "audit", "desk-nav-audit", false),
    (Act::RunSite, "second-factor", "desk-nav-second-factor", false),
    (Act::RunSite, "retention", "desk-nav-retention", false),
];

/// What the reader's roles have to do with, and nothing they may not open.
pub(super) fn navigation(chrome: &Chrome, actor: &Actor, now: Moment) -> DeskNav {
    let mut items: Vec<(String, &str, bool)> = vec![(chrome.at("desk"), "desk-nav-home", false)];
    let everywhere = |act| decide(actor, act, &Object::site(), now).allows();
    let mut begins = false;
    let mut add = |is_shown: bool, href: String, key: &'static str, begins_group: bool| {
        // A group whose first part is not shown begins with its next.
        begins |= begins_group;
        if is_shown {
            items.push((href, key, std::mem::take(&mut begins)));
        }
    };
    if let Some(edition) = &chrome.edition {
        let at = |rest: &str| chrome.at(&format!("desk/{}/{rest}", edition.slug));
        for (act, path, key, begins_group) in OF_EDITION {
            add(
                decide_somewhere(actor, *act).allows(),
                at(path),
                key,
                *begins_group,
            );
        }
        for (act, path, key, begins_group) in OF_WHOLE_EDITION {
            add(everywhere(*act), at(path), key, *begins_group);
        }
    }
    for (act, path, key, begins_group) in OF_SITE {
        add(
            everywhere(*act),
            chrome.at(&format!("desk/{path}")),
            key,
            *begins_group,
        );
    }
    let here = chrome
        .path_without_lang
        .split(['?', '#'])
        .next()
        .unwrap_or_default();
    let here = chrome.at(here.trim_start_matches('/'));
    let home = chrome.at("desk");
    DeskNav {
        label: chrome.t("desk-nav"),
        items: items
            .into_iter()
            .map(|(href, key, begins_group)| DeskItem {
                current: here == href || (href != home && here.starts_with(&format!("{href}/"))),
                link: Link::new(href, chrome.t(key)),
                waiting: None,
                begins_group,
            })
            .collect(),
    }
}

/// A heading.
#[derive(Template)]
#[template(source = "<h2>{{ text }}</h2>", ext = "html")]
pub(super) struct Heading {
    /// Its text.
    pub(super) text: String,
}

/// A paragraph.
#[derive(Template)]
#[template(source = "<p>{{ text }}</p>", ext = "html")]
pub(super) struct Paragraph {
    /// Its text.
    pub(super) text: String,
}

/// Text as it was written, line by line.
#[derive(Template)]
#[template(source = "<pre lang=\"{{ lang }}\">{{ text }}</pre>", ext = "html")]
pub struct AsWritten {
    /// Its language.
    pub lang: String,
    /// The text.
    pub text: String,
}

#[derive(Template)]
#[template(
    source = "<p class=\"row\">{% for link in links %}<a class=\"btn\" href=\"{{ link.href }}\">{{ link.label }}</a> {% endfor %}</p>",
    ext = "html"
)]
pub(super) struct Links {
    /// The links.
    pub(super) links: Vec<Link>,
}

#[derive(Template)]
#[template(source = "<a href=\"{{ link.href }}\">{{ link.label }}</a>", ext = "html")]
struct Anchor<'a> {
    link: &'a Link,
}

/// A box to tick in a list.
#[derive(Template)]
#[template(
    source = "<label class=\"pick\"><input type=\"checkbox\" name=\"{{ name }}\" value=\"{{ value }}\"{% if ticked %} checked{% endif %}><span>{{ label }}</span></label>",
    ext = "html"
)]
pub struct Tick {
    /// Its name.
    pub name: &'static str,
    /// What it sends.
    pub value: String,
    /// Its words.
    pub label: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// Text as markup.
pub fn plain(text: impl Into<String>) -> Markup {
    Markup::of(&Foreign {
        text: text.into(),
        lang: None,
    })
}

/// A text in several languages as markup.
pub fn said(voice: &Voice, text: &Localized) -> Markup {
    Markup::of(&voice.said(text))
}

/// A link as markup.
pub fn anchor(href: impl Into<String>, label: impl Into<String>) -> Markup {
    Markup::of(&Anchor {
        link: &Link::new(href, label),
    })
}

/// A state as markup, worded by `<kind>-<code>`.
pub fn state(voice: &Voice, kind: &str, code: &str) -> Markup {
    Markup::of(&State::of(code, voice.code(kind, code)))
}

/// One button that posts.
pub fn button(chrome: &Chrome, action: impl Into<String>, key: &str) -> Markup {
    Markup::of(&PostButton {
        action: action.into(),
        sends: chrome.sends(),
        class: "btn",
        label: chrome.t(key),
    })
}

/// Markup one after the other.
pub fn together(parts: impl IntoIterator<Item = Markup>) -> Markup {
    let texts: Vec<String> = parts.into_iter().map(|part| part.to_string()).collect();
    Markup::new(texts.join(" "))
}

/// A button of a form.
struct Button {
    class: &'static str,
    action: Option<String>,
    label: String,
}

/// A form that posts, made of fields and other parts.
#[derive(Template)]
#[template(path = "pages/desk/sheet.html")]
pub struct Sheet {
    action: String,
    sends: Sends,
    parts: Vec<Markup>,
    buttons: Vec<Button>,
    file: bool,
    quiet: bool,
}

impl Sheet {
    /// A form sent to `action`.
    pub fn new(action: impl Into<String>, sends: Sends) -> Self {
        Self {
            action: action.into(),
            sends,
            parts: Vec::new(),
            buttons: Vec::new(),
            file: false,
            quiet: false,
        }
    }

    /// The same, in one row.
    pub fn in_a_row(mut self) -> Self {
        self.quiet = true;
        self
    }

    /// The same, carrying a file.
    pub fn with_file(mut self) -> Self {
        self.file = true;
        self
    }

    /// The same with a field or another part.
    pub fn with(mut self, part: impl Template) -> Self {
        self.parts.push(Markup::of(&part));
        self
    }

    /// The same with markup.
    pub fn and(mut self, part: Markup) -> Self {
        self.parts.push(part);
        self
    }

    /// The same with a heading.
    pub fn section(self, text: impl Into<String>) -> Self {
        self.with(Heading { text: text.into() })
    }

    /// The same with its main button.
    pub fn does(mut self, label: impl Into<String>) -> Self {
        self.buttons.push(Button {
            class: "act",
            action: None,
            label: label.into(),
        });
        self
    }

    /// The same with another button, sent elsewhere.
    pub fn or_does(mut self, action: impl Into<String>, label: impl Into<String>) -> Self {
        self.buttons.push(Button {
            class: "btn",
            action: Some(action.into()),
            label: label.into(),
        });
        self
    }
}

/// The field for the code of what is made; afterwards it stays, since others refer to it.
pub fn code(form: &FormView) -> Field {
    form.text("code", "desk-code")
        .hint("desk-code-hint")
        .middle()
        .optional()
}

/// The filters of a list.
#[derive(Template)]
#[template(path = "pages/desk/filters.html")]
pub struct Filters {
    action: String,
    parts: Vec<Markup>,
    show: String,
    clear: Option<String>,
}

impl Filters {
    /// Filters of the list at `action`; `filtered` says whether there are any now.
    pub fn new(voice: &Voice, action: impl Into<String>, filtered: bool) -> Self {
        Self {
            action: action.into(),
            parts: Vec::new(),
            show: voice.t("show"),
            clear: filtered.then(|| voice.t("filter-clear")),
        }
    }

    /// The same with a field.
    pub fn with(mut self, field: Field) -> Self {
        self.parts.push(Markup::of(&field.any()));
        self
    }
}

struct Td {
    label: String,
    html: Markup,
}

/// A table that folds on phones; the first cell of a row names it.
#[derive(Template)]
#[template(path = "pages/desk/table.html")]
pub struct Table {
    head: TableHead,
    rows: Vec<Vec<Td>>,
}

impl Table {
    /// A table under these headings.
    pub fn new(headings: impl IntoIterator<Item = String>) -> Self {
        Self {
            head: TableHead {
                columns: headings.into_iter().map(Column::new).collect(),
            },
            rows: Vec::new(),
        }
    }

    /// One more row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Markup>) {
        let labels = self.head.columns.iter().map(|column| column.label.clone());
        self.rows.push(
            labels
                .zip(cells)
                .map(|(label, html)| Td { label, html })
                .collect(),
        );
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// The foot of a list: on to the next page, keeping what was asked for in the address.
pub fn pager(
    visit: &Visit,
    action: &str,
    asked: &impl Serialize,
    next: Option<&page::Cursor>,
    paged: bool,
) -> Pager {
    let address = |more: Option<String>| {
        let all: Vec<String> = asked_for(asked).into_iter().chain(more).collect();
        match all.is_empty() {
            true => action.to_owned(),
            false => format!("{action}?{}", all.join("&")),
        }
    };
    let next = next.map(|cursor| {
        address(Some(format!(
            "after={}",
            encoded(&signed_cursor(&visit.caller, cursor))
        )))
    });
    Pager::new(&visit.voice, None, paged.then(|| address(None)), next)
}

/// What was asked for, as it stands in an address: `["state=approved"]`.
pub fn asked_for(asked: &impl Serialize) -> Vec<String> {
    let fields = match serde_json::to_value(asked) {
        Ok(Value::Object(fields)) => fields,
        _ => return Vec::new(),
    };
    let text = |value: Value| match value {
        Value::String(text) => Some(text),
        Value::Bool(is) => Some(is.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", encoded(&text(value)?))))
        .collect()
}

/// Where a list is had as a file, asked for as the page was; `base`: its address without an ending.
pub fn files(voice: &Voice, base: &str, asked: &[String]) -> Vec<Link> {
    let query = if asked.is_empty() {
        String::new()
    } else {
        format!("?{}", asked.join("&"))
    };
    Format::ALL
        .iter()
        .map(|format| {
            let address = format!("{}{query}", format.file(base));
            Link::new(address, voice.t(format!("export-{}", format.code())))
        })
        .collect()
}

/// A value as it stands in an address.
pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// An id out of an address.
///
/// # Errors
/// The one 404.
pub fn id_of<T: std::str::FromStr>(text: &str) -> Result<T, Fault> {
    text.parse().map_err(|_| Fault::not_found())
}
