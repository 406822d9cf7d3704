//! The parts pages are made of: each a struct with its template in `templates/parts`, printed by `{{ part }}`.
//!
//! A page's own struct holds a [`Chrome`] (what surrounds every page) and extends `base.html`. Parts carry finished
//! texts in the reader's language; [`crate::voice::Voice`] makes them. Forms: [`crate::forms`].

use std::fmt;

use crate::{svg, voice::Voice};
use askama::{Template, filters::HtmlSafe};

pub mod chrome;
pub mod flow;
pub mod slots;
pub mod text;
pub mod word_diff;

pub use chrome::{Chrome, DemoStrip, DeskItem, DeskNav, EditionRef, NavItem, Preview};
pub use slots::{Cell, Corner, Row, SessionCard, Slot, SlotAct};

/// Finished markup. Whoever makes one answers for its being escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// Takes markup as it is.
    pub(crate) fn new(markup: String) -> Self {
        Self(markup)
    }

    /// Renders a part.
    pub fn of(part: &impl Template) -> Self {
        Self(part.render().unwrap_or_else(|error| {
            tracing::error!(%error, "a part could not be rendered");
            String::new()
        }))
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl HtmlSafe for Markup {}

/// Declares that these parts are markup already: templates print them with `{{ part }}`.
macro_rules! parts {
    ($($part:ident),* $(,)?) => { $(impl HtmlSafe for $part {})* };
}
parts!(
    DemoStrip,
    Notice,
    Foreign,
    TrackLabel,
    State,
    Capacity,
    SessionCard,
    Cell,
    Row,
    May,
    Pager,
    TableHead,
    Empty,
    Steps,
    Sends,
    Facts,
    Todo,
    DeskNav,
    Preview
);

/// A place to go and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where.
    pub href: String,
    /// Its words.
    pub label: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
        }
    }
}

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It happened.
    Done,
    /// Worth knowing.
    Info,
    /// Something waits.
    Wait,
    /// This stops you.
    Stop,
}

/// A notice: shape and words first, colour last. `.notice`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/notice.html")]
pub struct Notice {
    /// How grave.
    pub weight: Weight,
    /// What it says first.
    pub title: String,
    /// The rest of it.
    pub text: Option<String>,
    /// The one act it offers.
    pub act: Option<Link>,
}

impl Notice {
    /// A notice of one line.
    pub fn new(weight: Weight, title: impl Into<String>) -> Self {
        Self {
            weight,
            title: title.into(),
            text: None,
            act: None,
        }
    }

    /// The same with a second line.
    pub fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// The same with one act.
    pub fn with_act(mut self, act: Link) -> Self {
        self.act = Some(act);
        self
    }

    /// The class that colours it.
    pub fn class(&self) -> &'static str {
        match self.weight {
            Weight::Done | Weight::Info => "",
            Weight::Wait => " wait",
            Weight::Stop => " stop",
        }
    }

    /// The icon before it.
    pub fn icon(&self) -> Markup {
        svg::icon(match self.weight {
            Weight::Done => "check",
            Weight::Info => "info",
            Weight::Wait => "triangle",
            Weight::Stop => "octagon",
        })
    }

    /// `alert` for what stops, `status` for the rest.
    pub fn role(&self) -> &'static str {
        match self.weight {
            Weight::Stop => "alert",
            Weight::Done | Weight::Info | Weight::Wait => "status",
        }
    }
}

/// A text with its language where that is not the reader's (WCAG 3.1.2).
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = "{% if let Some(lang) = lang %}<span lang=\"{{ lang }}\">{{ text }}</span>{% else %}{{ text }}{% endif %}",
    ext = "html"
)]
pub struct Foreign {
    /// The text.
    pub text: String,
    /// Its language, when it is not the reader's.
    pub lang: Option<String>,
}

/// A track's shape and word: never hue alone. `.tag`
#[derive(Clone, Debug, Template)]
#[template(
    source = "<span class=\"tag {{ hue }}\">{{ shape() }}{{ word }}</span>",
    ext = "html"
)]
pub struct TrackLabel {
    /// The class that gives the hue, and the shape's name.
    pub hue: &'static str,
    /// The word, perhaps in another language.
    pub word: Foreign,
}

impl TrackLabel {
    /// One of the four tracks, by its code; any other code is named by itself.
    pub fn known(voice: &Voice, code: &str) -> Self {
        let hue = svg::hue(Some(code));
        let text = match hue {
            "other" => code.to_owned(),
            _ => voice.code("track", code),
        };
        Self {
            hue,
            word: Foreign { text, lang: None },
        }
    }

    /// A track by its code, under the name its edition gives it; without a code, what belongs to everyone.
    pub fn named(code: Option<&str>, word: Foreign) -> Self {
        Self {
            hue: svg::hue(code),
            word,
        }
    }

    /// The shape alone.
    pub fn shape(&self) -> Markup {
        svg::shape(self.hue)
    }
}

/// A state in a word. `.state`
#[derive(Clone, Debug, Template)]
#[template(
    source = "<span class=\"state{% if !class.is_empty() %} {{ class }}{% endif %}\">{% if class == \"done\" %}{{ svg::icon(\"check\") }}{% endif %}{{ word }}</span>",
    ext = "html"
)]
pub struct State {
    /// `done`, `wait`, `hit` (outlined red), `stop`, or nothing.
    pub class: &'static str,
    /// The word.
    pub word: String,
}

impl State {
    /// A state in its usual dress, by the code of it: what is over and good is filled, what waits is marked, what is
    /// refused is red.
    pub fn of(code: &str, word: impl Into<String>) -> Self {
        let class = match code {
            "admitted" | "confirmed" | "active" | "published" | "approved" | "paid" | "sent" | "held"
            | "reserved" | "running" | "open" | "done" | "accepted" => "done",
            "waiting" | "requested" | "applied" | "in_arrears" | "awaiting_fee" | "pending_network"
            | "pending_proof" | "pending_review" | "offered" | "waitlisted" | "moved" | "partial"
            | "partly_accepted" => "wait",
            "cancelled" | "refused" | "rejected" | "excluded" | "failed" | "block_move" | "block_release" => {
                "stop"
            }
            "suspended" | "expired" | "resigned" | "withdrawn" | "ended" | "released" | "stale" => "hit",
            _ => "",
        };
        Self {
            class,
            word: word.into(),
        }
    }
}

/// How full something is: words, numbers, a bar. `.cap`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/capacity.html")]
pub struct Capacity {
    /// What is counted: "Seats reserved".
    pub label: String,
    /// How many are taken.
    pub taken: i64,
    /// Of how many.
    pub whole: i64,
    /// "1,160 of 1,800".
    pub words: String,
    /// The track's class.
    pub hue: &'static str,
}

impl Capacity {
    /// `taken` of `whole`, under the message `label_key`.
    pub fn new(voice: &Voice, label_key: &str, taken: i64, whole: i64, hue: &'static str) -> Self {
        Self {
            label: voice.t(label_key),
            taken,
            whole,
            words: voice.t2(
                "count-of",
                "count",
                voice.count(taken),
                "whole",
                voice.count(whole),
            ),
            hue,
        }
    }
}

/// Whether one may, in three answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No, and the sentence says why.
    No,
    /// Nobody does this here.
    NotHere,
}

/// One line of "May I …, and why". `.may > li`
#[derive(Clone, Debug)]
pub struct MayLine {
    /// The verb: attend, propose, speak, vote.
    pub verb: String,
    /// The answer.
    pub answer: Answer,
    /// The sentence.
    pub sentence: String,
    /// The one thing to do about it.
    pub remedy: Option<Link>,
}

/// "May I attend, propose, speak, vote, and why (not)", as a list. `.may`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/may.html")]
pub struct May {
    /// The lines.
    pub lines: Vec<MayLine>,
    /// The word for yes, for those who cannot see the icon.
    pub yes: String,
    /// The word for no.
    pub no: String,
}

impl May {
    /// The lines, with the words for yes and no.
    pub fn new(voice: &Voice, lines: Vec<MayLine>) -> Self {
        Self {
            lines,
            yes: voice.t("yes"),
            no: voice.t("no"),
        }
    }
}

/// Paging at the foot of a list. `.pager`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/pager.html")]
pub struct Pager {
    /// What is counted, in words: "36 sessions".
    pub count: Option<String>,
    /// Back to the beginning, when one is not there.
    pub first: Option<Link>,
    /// On.
    pub next: Option<Link>,
    /// What the navigation is called.
    pub label: String,
}

impl Pager {
    /// Paging from the addresses of the first and the next page.
    pub fn new(voice: &Voice, count: Option<String>, first: Option<String>, next: Option<String>) -> Self {
        Self {
            count,
            first: first.map(|href| Link::new(href, voice.t("page-first"))),
            next: next.map(|href| Link::new(href, voice.t("page-next"))),
            label: voice.t("pages"),
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its word.
    pub label: String,
    /// The address that sorts by it.
    pub sort: Option<String>,
    /// Sorted by it now: up (`true`) or down.
    pub sorted: Option<bool>,
    /// Whether it holds numbers.
    pub is_number: bool,
    /// Whether its word is for those who cannot see the column (check boxes, buttons).
    pub is_hidden: bool,
}

impl Column {
    /// A column that does not sort.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            sort: None,
            sorted: None,
            is_number: false,
            is_hidden: false,
        }
    }

    /// A column of numbers.
    pub fn number(label: impl Into<String>) -> Self {
        Self {
            is_number: true,
            ..Self::new(label)
        }
    }

    /// A column without a visible head.
    pub fn hidden(label: impl Into<String>) -> Self {
        Self {
            is_hidden: true,
            ..Self::new(label)
        }
    }

    /// The same, sorting at `href`; `sorted` says whether it is sorted by it now, up or down.
    pub fn sorting(mut self, href: impl Into<String>, sorted: Option<bool>) -> Self {
        self.sort = Some(href.into());
        self.sorted = sorted;
        self
    }
}

/// `<thead>` of a table.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/table_head.html")]
pub struct TableHead {
    /// The columns.
    pub columns: Vec<Column>,
}

/// An empty place that says what to do next. `.empty`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/empty.html")]
pub struct Empty {
    /// What is not here.
    pub title: String,
    /// What to do, or when there will be something.
    pub text: Option<String>,
    /// The act, when this place is the page's only one.
    pub act: Option<Link>,
}

impl Empty {
    /// An empty place.
    pub fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            title: title.into(),
            text: (!text.is_empty()).then_some(text),
            act: None,
        }
    }

    /// The same with an act.
    pub fn with_act(mut self, act: Link) -> Self {
        self.act = Some(act);
        self
    }
}

/// Where one is in a row of steps. `.steps`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/steps.html")]
pub struct Steps {
    /// The steps' names, with the address of those one may go back to.
    pub steps: Vec<(String, Option<String>)>,
    /// The present one, from 1.
    pub at: usize,
    /// What the list is called.
    pub label: String,
    /// The word for what is done.
    pub done: String,
}

impl Steps {
    /// The steps, at the `at`-th from 1.
    pub fn new(voice: &Voice, steps: Vec<(String, Option<String>)>, at: usize) -> Self {
        Self {
            steps,
            at,
            label: voice.t("steps"),
            done: voice.t("step-done"),
        }
    }
}

/// The hidden inputs of a form that posts: `_csrf`, `_key`, and for an edit `_version`.
#[derive(Clone, Debug, Template)]
#[template(
    source = "<input type=\"hidden\" name=\"_csrf\" value=\"{{ csrf }}\"><input type=\"hidden\" name=\"_key\" value=\"{{ key }}\">{% if let Some(version) = version %}<input type=\"hidden\" name=\"_version\" value=\"{{ version }}\">{% endif %}",
    ext = "html"
)]
pub struct Sends {
    /// The token.
    pub csrf: String,
    /// The key under which sending twice does it once.
    pub key: String,
    /// The version an edit is made on.
    pub version: Option<i64>,
}

/// Facts as pairs. `.facts`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/facts.html")]
pub struct Facts {
    /// Name and value; blank values are left out.
    pub pairs: Vec<(String, Foreign)>,
    /// Whether lines divide them.
    pub lined: bool,
}

impl Facts {
    /// Facts of plain texts.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        let plain = |text| Foreign { text, lang: None };
        Self {
            pairs: pairs
                .into_iter()
                .map(|(name, text)| (name, plain(text)))
                .collect(),
            lined: false,
        }
    }

    /// The same with lines between.
    pub fn lined(mut self) -> Self {
        self.lined = true;
        self
    }
}

/// One line of a checklist.
#[derive(Clone, Debug)]
pub struct TodoLine {
    /// What there is to do.
    pub title: String,
    /// Why, or what stands already.
    pub text: String,
    /// Whether it is done.
    pub done: bool,
    /// Where to do it.
    pub go: Option<Link>,
}

/// A checklist: the first run of an organiser. The first line not done has the one act. `.todo`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/todo.html")]
pub struct Todo {
    /// The lines.
    pub lines: Vec<TodoLine>,
    /// The word for what is done.
    pub done: String,
}

impl Todo {
    /// The lines, with the word for what is done.
    pub fn new(voice: &Voice, lines: Vec<TodoLine>) -> Self {
        Self {
            lines,
            done: voice.t("step-done"),
        }
    }

    fn is_next(&self, line: &TodoLine) -> bool {
        let next = self.lines.iter().find(|line| !line.done);
        next.is_some_and(|next| std::ptr::eq(next, line))
    }
}
