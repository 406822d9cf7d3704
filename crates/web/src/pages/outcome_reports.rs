//! Looking at all outcomes of a congress at once: recommendations that wait for an answer, which agendas are served and in
//! which part of their life, which priorities are renewed, and the ways from every input to what became of it.

use access_rules::Act;
use actix_web::web::Path;
use askama::Template;
use kernel::{Coded as _, Fault};
use outcomes::{
    agendas::{self, AgendaLine, Serving},
    legacy_model::Agenda,
    model::{OutcomeRef, Phase},
    priorities::{self, Coverage},
    provenance::{self, Flow},
    responses::{self, Unanswered},
};

use super::{
    desk::{Table, anchor, plain, said},
    outcome::due_said,
    outcomes::{agenda_name, state, track},
};
use crate::{
    components::{Chrome, Empty, Link, Markup},
    table::{Line, get},
    visit::{Frame, Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/outcomes/unanswered", Act::Read, unanswered),
        get("/{lang}/{edition}/outcomes/agendas", Act::Read, all_agendas),
        get("/{lang}/{edition}/outcomes/agendas/{code}", Act::Read, agenda),
        get("/{lang}/{edition}/outcomes/coverage", Act::Read, coverage),
        get("/{lang}/{edition}/outcomes/ways", Act::Read, ways),
    ]
}

type At = Path<(String, String)>;

/// A page of tables below the series.
#[derive(Template)]
#[template(path = "pages/outcome_report.html")]
struct ReportPage {
    chrome: Chrome,
    crumbs: Vec<Link>,
    lead: String,
    parts: Vec<Part>,
}

/// A table or list under a heading.
struct Part {
    heading: Option<String>,
    inner: Markup,
}

impl Part {
    fn bare(inner: Markup) -> Self {
        Self { heading: None, inner }
    }

    fn under(heading: String, inner: Markup) -> Self {
        Self {
            heading: Some(heading),
            inner,
        }
    }
}

fn report(visit: &Visit, frame: &Frame, key: &str, parts: Vec<Part>) -> Page {
    let chrome = visit.chrome(frame, visit.voice.t(key));
    visit.show(&ReportPage {
        crumbs: vec![Link::new(chrome.to("outcomes"), chrome.t("nav-outcomes"))],
        lead: chrome.t(format!("{key}-lead")),
        parts,
        chrome,
    })
}

/// An outcome by its title, which leads to it; its code stands beside.
pub(super) fn titled(chrome: &Chrome, own: &OutcomeRef) -> Markup {
    #[derive(Template)]
    #[template(
        source = "<a href=\"{{ href }}\"{% if let Some(lang) = lang %} lang=\"{{ lang }}\"{% endif %}>{{ title }}</a> <span class=\"small quiet\">{{ code }}</span>",
        ext = "html"
    )]
    struct Titled<'a> {
        href: String,
        lang: Option<String>,
        title: String,
        code: &'a str,
    }
    let title = chrome.said(&own.title);
    Markup::of(&Titled {
        href: chrome.to(&format!("outcomes/{}", own.code)),
        lang: title.lang,
        title: title.text,
        code: &own.code,
    })
}

/// Outcomes below one another.
pub(super) fn list_of(chrome: &Chrome, all: &[OutcomeRef]) -> Markup {
    #[derive(Template)]
    #[template(
        source = "{% if !items.is_empty() %}<ul class=\"lines\">{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>{% endif %}",
        ext = "html"
    )]
    struct List {
        items: Vec<Markup>,
    }
    Markup::of(&List {
        items: all.iter().map(|own| titled(chrome, own)).collect(),
    })
}

fn table_or(voice: &Voice, table: &Table, title: &str, hint: &str) -> Markup {
    match table.is_empty() {
        true => Markup::of(&Empty::new(voice.t(title), voice.t(hint))),
        false => Markup::of(table),
    }
}

// What waits for an answer.

async fn unanswered(visit: Visit, path: At) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, waiting) = visit
        .read_in("outcomes.unanswered", &slug, |conn, actor, now, edition| {
            let today = edition.zone.local(now).date();
            responses::unanswered(conn, actor, today, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, "");
    let (asked, unasked): (Vec<_>, Vec<_>) = waiting.iter().partition(|own| own.asked.is_some());
    let keys = ["outcome", "unanswered-body", "unanswered-due"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for own in asked {
        table.row(line(&chrome, own));
    }
    let unasked: Vec<OutcomeRef> = unasked.into_iter().map(|own| own.outcome.clone()).collect();
    let mut parts = Vec::new();
    if unasked.is_empty() || !table.is_empty() {
        let inner = table_or(voice, &table, "unanswered-none", "unanswered-none-hint");
        parts.push(Part::bare(inner));
    }
    if !unasked.is_empty() {
        parts.push(Part::under(
            voice.t("unanswered-unasked"),
            list_of(&chrome, &unasked),
        ));
    }
    report(&visit, &frame, "outcomes-unanswered", parts)
}

fn line(chrome: &Chrome, own: &Unanswered) -> [Markup; 3] {
    let (body, due) = match &own.asked {
        Some(asked) => (asked.organisation_name.clone(), due_said(chrome, asked)),
        None => (String::new(), String::new()),
    };
    [titled(chrome, &own.outcome), plain(body), plain(due)]
}

// International agendas.

async fn all_agendas(visit: Visit, path: At) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, lines) = visit
        .read_in("outcomes.agendas", &slug, |conn, actor, _, edition| {
            agendas::report(conn, actor, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, "");
    let phases = Phase::ALL
        .iter()
        .map(|phase| voice.code("agenda-phase", phase.code()));
    let headings = std::iter::once(voice.t("agenda")).chain(phases);
    let mut table = Table::new(headings.chain([voice.t("agenda-outcomes")]));
    for line in lines
        .iter()
        .filter(|line| !line.agenda.retired || line.outcomes > 0)
    {
        table.row(agenda_row(&chrome, line));
    }
    report(
        &visit,
        &frame,
        "outcomes-agendas",
        vec![Part::bare(Markup::of(&table))],
    )
}

fn agenda_row(chrome: &Chrome, line: &AgendaLine) -> Vec<Markup> {
    let href = chrome.to(&format!("outcomes/agendas/{}", line.agenda.code));
    let of = |phase: &Phase| line.phases.get(phase).copied().unwrap_or_default();
    let counts = Phase::ALL.iter().map(|phase| plain(chrome.count(of(phase))));
    std::iter::once(anchor(href, agenda_name(chrome, &line.agenda)))
        .chain(counts)
        .chain([plain(chrome.count(line.outcomes))])
        .collect()
}

async fn agenda(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, code) = path.into_inner();
    let (frame, (agenda, serving)) = visit
        .read_in("outcomes.agenda", &slug, move |conn, actor, _, edition| {
            let agenda = agendas::find(conn, &code)?.ok_or_else(Fault::not_found)?;
            let serving = agendas::serving(conn, actor, edition.id, &code, None)?;
            Ok((agenda, serving))
        })
        .await?;
    let voice = &visit.voice;
    let title = voice.said(&agenda.title).text;
    let chrome = visit.chrome(&frame, title.clone());
    let mut table = Table::new(["outcome", "agenda-phases"].map(|key| voice.t(key)));
    for own in &serving {
        table.row([titled(&chrome, &own.outcome), plain(phases(voice, own))]);
    }
    let mut parts = vec![Part::bare(table_or(
        voice,
        &table,
        "agenda-none",
        "agenda-none-hint",
    ))];
    parts.extend(read_it(voice, &agenda));
    visit.show(&ReportPage {
        crumbs: vec![
            Link::new(chrome.to("outcomes"), chrome.t("nav-outcomes")),
            Link::new(chrome.to("outcomes/agendas"), chrome.t("outcomes-agendas")),
        ],
        lead: chrome.t("agenda-lead"),
        parts,
        chrome,
    })
}

/// Where the agenda itself can be read.
fn read_it(voice: &Voice, agenda: &Agenda) -> Option<Part> {
    #[derive(Template)]
    #[template(
        source = "<p class=\"small\"><a href=\"{{ site }}\" rel=\"noopener noreferrer\">{{ label }}</a></p>",
        ext = "html"
    )]
    struct Site<'a> {
        site: &'a str,
        label: String,
    }
    let site = Site {
        site: &agenda.site,
        label: voice.t("agenda-read"),
    };
    (!agenda.site.is_empty()).then(|| Part::bare(Markup::of(&site)))
}

fn phases(voice: &Voice, own: &Serving) -> String {
    let phases = own
        .phases
        .iter()
        .map(|phase| voice.code("agenda-phase", phase.code()));
    phases.collect::<Vec<_>>().join(", ")
}

// Strategic priorities.

async fn coverage(visit: Visit, path: At) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, found) = visit
        .read_in("outcomes.coverage", &slug, |conn, actor, _, edition| {
            priorities::coverage(conn, actor, edition.id)
        })
        .await?;
    let parts = coverage_parts(&visit.chrome(&frame, ""), &found);
    report(&visit, &frame, "outcomes-coverage", parts)
}

fn coverage_parts(chrome: &Chrome, found: &Coverage) -> Vec<Part> {
    let mut table = Table::new(["priority", "priority-recommendations"].map(|key| chrome.t(key)));
    for own in &found.priorities {
        let renewed = match own.recommendations.is_empty() {
            true => plain(chrome.t("priority-bare")),
            false => list_of(chrome, &own.recommendations),
        };
        table.row([said(chrome, &own.priority.title), renewed]);
    }
    let mut parts = vec![Part::bare(table_or(
        chrome,
        &table,
        "priority-none",
        "priority-none-hint",
    ))];
    if !found.priorities.is_empty() && !found.without_priority.is_empty() {
        parts.push(Part::under(
            chrome.t("priority-unmapped"),
            list_of(chrome, &found.without_priority),
        ));
    }
    parts
}

// From every input to what became of it.

async fn ways(visit: Visit, path: At) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, flows) = visit
        .read_in("outcomes.ways", &slug, |conn, actor, _, edition| {
            provenance::matrix(conn, actor, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, "");
    let keys = ["way-input", "way-track", "way-organisation", "way-outcomes"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for flow in &flows {
        table.row(flow_row(&chrome, flow));
    }
    let inner = table_or(voice, &table, "outcomes-none", "outcomes-none-hint");
    report(&visit, &frame, "outcomes-ways", vec![Part::bare(inner)])
}

fn flow_row(chrome: &Chrome, flow: &Flow) -> [Markup; 4] {
    let input = match &flow.origin {
        Some(origin) if !origin.paper_title.is_blank() => said(chrome, &origin.paper_title),
        Some(origin) => said(chrome, &origin.session_title),
        None => plain(chrome.t("way-own")),
    };
    let organisation = flow
        .origin
        .as_ref()
        .map(|origin| origin.organisation_name.clone());
    [
        input,
        Markup::of(&track(chrome, flow.origin.as_ref().map(|origin| origin.source))),
        plain(organisation.unwrap_or_default()),
        ends(chrome, flow),
    ]
}

/// What came of an input, each with what became of it.
fn ends(chrome: &Chrome, flow: &Flow) -> Markup {
    #[derive(Template)]
    #[template(
        source = "<ul class=\"lines\">{% for (title, state) in items %}<li>{{ title }} {{ state }}</li>{% endfor %}</ul>",
        ext = "html"
    )]
    struct Ends {
        items: Vec<(Markup, Markup)>,
    }
    let items = flow.outcomes.iter().map(|own| {
        let state = state(chrome, own.outcome.state);
        (titled(chrome, &own.outcome), Markup::of(&state))
    });
    Markup::of(&Ends {
        items: items.collect(),
    })
}
