//! What a congress decided: a numbered series that is filtered in its address, with what was returned or not adopted and
//! why; and its published editions, to be read and cited.
//!
//! One of them has a page of its own, [`super::outcome`]; reports over all of them are in [`super::outcome_reports`].

use access_rules::Act;
use actix_kit::{Paging, Query};
use actix_web::web::Path;
use askama::Template;
use kernel::{Coded as _, Fault, LocalDate, Moment, Zone};
use outcomes::{
    agendas,
    collection::{self, PublishedLine},
    export,
    legacy_model::{Agenda, Item, Published},
    model::{Outcome, OutcomeKind, OutcomeState, Source},
    outcomes::{self as decided, OutcomeFilter, OutcomeLine},
    reading::Wording,
    rules,
};
use programme::{
    model::{Edition, Theme},
    themes,
};
use serde::{Deserialize, Serialize};
use texts::translations::Said;

use super::{
    desk::{Filters, asked_for, pager},
    text_files,
};
use crate::{
    components::{Chrome, Empty, Foreign, Link, Markup, Pager, State, TrackLabel, text},
    forms::{Choice, FormView},
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/outcomes", Act::Read, list),
        get("/{lang}/{edition}/outcomes/collection", Act::Read, latest),
        get(
            "/{lang}/{edition}/outcomes/collection/{number}",
            Act::Read,
            published,
        ),
    ]
}

/// What may be asked for in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    kind: Option<String>,
    state: Option<String>,
    source: Option<String>,
    theme: Option<String>,
    agenda: Option<String>,
    text: Option<String>,
}

/// An outcome of the series.
struct Rec {
    number: Option<String>,
    href: String,
    title: Foreign,
    line: String,
    reason: String,
    track: TrackLabel,
    state: State,
}

/// The last published edition, for the head of the series.
struct Publication {
    said: String,
    href: String,
    files: Vec<Link>,
}

#[derive(Template)]
#[template(path = "pages/outcomes.html")]
struct OutcomesPage {
    chrome: Chrome,
    publication: Option<Publication>,
    filters: Markup,
    recs: Vec<Rec>,
    empty: Empty,
    pager: Pager,
    reports: Vec<Link>,
}

/// What the page shows, read in one go.
struct Found {
    rows: kernel::Page<OutcomeLine>,
    themes: Vec<Theme>,
    agendas: Vec<Agenda>,
    published: Option<PublishedLine>,
    /// The codes of what was published last, in its order.
    series: Vec<String>,
}

async fn list(visit: Visit, path: Path<(String, String)>, query: Query<Asked>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let (asked, ask) = (query.0, paging.0);
    let (wanted, is_paged) = (asked.clone(), ask.after.is_some());
    let (frame, found) = visit
        .read_in("outcomes", &slug, move |conn, actor, _, edition| {
            let themes = themes::list(conn, edition.id)?;
            let filter = filter(edition, &wanted, &themes);
            let published = collection::list(conn, edition.id)?.into_iter().next();
            Ok(Found {
                rows: decided::list(conn, actor, &filter, &ask)?,
                agendas: agendas::list(conn)?,
                series: match &published {
                    Some(own) => series(&collection::get(conn, edition.id, Some(own.number))?),
                    None => Vec::new(),
                },
                published,
                themes,
            })
        })
        .await?;
    let voice = &visit.voice;
    let edition = frame
        .edition
        .as_ref()
        .ok_or_else(|| visit.refused(Fault::not_found()))?;
    let chrome = visit.chrome(&frame, voice.t1("outcomes-title", "city", &edition.city));
    let base = chrome.to("outcomes");
    let is_filtered = !asked_for(&asked).is_empty();
    let recs = found
        .rows
        .items
        .iter()
        .map(|line| rec(&chrome, edition.zone, &found.series, line));
    visit.show(&OutcomesPage {
        publication: found.published.map(|own| publication(&chrome, edition, &own)),
        filters: Markup::of(&filters(voice, &base, &asked, &found.themes, &found.agendas)),
        recs: recs.collect(),
        empty: match is_filtered {
            true => Empty::new(
                voice.t("list-empty-filtered"),
                voice.t("list-empty-filtered-hint"),
            ),
            false => Empty::new(voice.t("outcomes-none"), voice.t("outcomes-none-hint")),
        },
        pager: pager(&visit, &base, &asked, found.rows.next.as_ref(), is_paged),
        reports: reports(&chrome),
        chrome,
    })
}

fn filter(edition: &Edition, asked: &Asked, themes: &[Theme]) -> OutcomeFilter {
    let theme = themes
        .iter()
        .find(|theme| Some(&theme.code) == asked.theme.as_ref());
    OutcomeFilter {
        edition: Some(edition.id),
        kind: asked.kind.as_deref().and_then(OutcomeKind::from_code),
        state: asked.state.as_deref().and_then(OutcomeState::from_code),
        source: asked.source.as_deref().and_then(Source::from_code),
        theme: theme.map(|theme| theme.id),
        agenda: asked.agenda.clone(),
        text: asked.text.clone().unwrap_or_default(),
        ..OutcomeFilter::default()
    }
}

fn filters(voice: &Voice, base: &str, asked: &Asked, themes: &[Theme], agendas: &[Agenda]) -> Filters {
    let form = FormView::filled(voice, asked);
    let mut filters = Filters::new(voice, base, !asked_for(asked).is_empty())
        .with(form.select(
            "kind",
            "filter-kind",
            &Choice::codes::<OutcomeKind>(voice, "outcome-kind"),
        ))
        .with(form.select(
            "state",
            "filter-state",
            &Choice::codes::<OutcomeState>(voice, "outcome-state"),
        ))
        .with(form.select("source", "filter-track", &sources(voice)));
    if !themes.is_empty() {
        let themes: Vec<Choice> = themes
            .iter()
            .map(|theme| Choice::new(theme.code.clone(), voice.said(&theme.title).text))
            .collect();
        filters = filters.with(form.select("theme", "filter-theme", &themes));
    }
    let agendas: Vec<Choice> = agendas
        .iter()
        .filter(|agenda| !agenda.retired)
        .map(|agenda| Choice::new(agenda.code.clone(), agenda_name(voice, agenda)))
        .collect();
    filters
        .with(form.select("agenda", "filter-agenda", &agendas))
        .with(form.text("text", "filter-text"))
}

/// The tracks outcomes come from.
fn sources(voice: &Voice) -> Vec<Choice> {
    let one = |source: &Source| Choice::new(source.code(), voice.code("track", track_code(*source)));
    Source::ALL.iter().map(one).collect()
}

/// An agenda by its name; a goal is set in.
pub(super) fn agenda_name(voice: &Voice, agenda: &Agenda) -> String {
    let name = voice.said(&agenda.title).text;
    match agenda.parent {
        Some(_) => format!("– {name}"),
        None => name,
    }
}

/// The codes of a published edition's items.
fn series(published: &Published) -> Vec<String> {
    let items = published.items.0.iter();
    items.map(|item| item.code.clone()).collect()
}

/// The number of an outcome: its place in what was published last, or before that the one it was put at.
fn number(series: &[String], outcome: &Outcome) -> Option<i64> {
    let mut places = (1..).zip(series);
    let published = places
        .find(|(_, code)| **code == outcome.code)
        .map(|(place, _)| place);
    let arranged = || {
        let is_arranged = series.is_empty() && outcome.position < rules::UNARRANGED;
        is_arranged.then_some(outcome.position)
    };
    published.or_else(arranged)
}

fn rec(chrome: &Chrome, zone: Zone, series: &[String], line: &OutcomeLine) -> Rec {
    let outcome = &line.outcome;
    Rec {
        number: number(series, outcome).map(|number| chrome.count(number)),
        href: chrome.to(&format!("outcomes/{}", outcome.code)),
        title: chrome.said(&line.title),
        line: format!(
            "{} {}. {}",
            chrome.code("outcome-kind", outcome.kind.code()),
            outcome.code,
            standing(chrome, zone, outcome)
        ),
        reason: reason(outcome),
        track: track(chrome, line.source),
        state: state(chrome, outcome.state),
    }
}

/// What became of it and when, in words.
pub(super) fn standing(voice: &Voice, zone: Zone, outcome: &Outcome) -> String {
    let day = |at: Moment| voice.day_plain(zone.local(at).date());
    let key = format!("outcome-became-{}", outcome.state.code().replace('_', "-"));
    let at = match outcome.state {
        OutcomeState::Drafted | OutcomeState::Received => Some(outcome.created_at),
        OutcomeState::Presented => outcome.presented_at,
        OutcomeState::Debated => outcome.debated_at,
        OutcomeState::Adopted
        | OutcomeState::AmendedAdopted
        | OutcomeState::Returned
        | OutcomeState::NotAdopted => outcome.decided_at,
    };
    voice.t1(&key, "day", at.map(day).unwrap_or_default())
}

/// Why it was not adopted; nothing for what was.
pub(super) fn reason(outcome: &Outcome) -> String {
    match outcome.state.is_decided() && !outcome.state.is_adopted() {
        true => outcome.decision_reason.clone(),
        false => String::new(),
    }
}

/// A state in its dress: what is adopted is filled, what was given back waits.
pub(super) fn state(voice: &Voice, state: OutcomeState) -> State {
    let class = match state {
        OutcomeState::Adopted | OutcomeState::AmendedAdopted => "done",
        OutcomeState::Returned => "wait",
        OutcomeState::Drafted
        | OutcomeState::Received
        | OutcomeState::Presented
        | OutcomeState::Debated
        | OutcomeState::NotAdopted => "",
    };
    State {
        class,
        word: voice.code("outcome-state", state.code()),
    }
}

/// The track something came from; what the World Assembly drafted itself is everyone's.
pub(super) fn track(voice: &Voice, source: Option<Source>) -> TrackLabel {
    match source {
        Some(source) => voice.track(track_code(source)),
        None => {
            let own = Foreign {
                text: voice.code("session-kind", "world_assembly"),
                lang: None,
            };
            TrackLabel::named(None, own)
        }
    }
}

/// The code of the track something came from.
pub(super) const fn track_code(source: Source) -> &'static str {
    match source {
        Source::AssemblyPaper => "assembly",
        Source::TownHallSession => "town_hall",
        Source::SpecialSession => "local4action",
    }
}

/// The pages that look at all outcomes at once.
fn reports(chrome: &Chrome) -> Vec<Link> {
    let link = |path: &str, key: &str| Link::new(chrome.to(&format!("outcomes/{path}")), chrome.t(key));
    vec![
        link("unanswered", "outcomes-unanswered"),
        link("agendas", "outcomes-agendas"),
        link("coverage", "outcomes-coverage"),
        link("ways", "outcomes-ways"),
    ]
}

/// The files of a published edition, in the reader's language.
fn files(chrome: &Chrome, slug: &str, number: i64) -> Vec<Link> {
    let address = format!("/api/v1/editions/{slug}/collection/export");
    text_files::links(
        chrome,
        &address,
        chrome.language.code(),
        &format!("&number={number}"),
    )
}

fn publication(chrome: &Chrome, edition: &Edition, own: &PublishedLine) -> Publication {
    let day = edition.zone.local(own.published_at).date();
    Publication {
        said: published_said(chrome, own.number, day),
        href: chrome.to(&format!("outcomes/collection/{}", own.number)),
        files: files(chrome, &edition.slug, own.number),
    }
}

fn published_said(voice: &Voice, number: i64, day: LocalDate) -> String {
    voice.t2(
        "outcomes-published",
        "number",
        number,
        "day",
        voice.day_plain(day),
    )
}

// A published edition.

/// An item as it was published.
struct Shown {
    code: String,
    href: String,
    title: Foreign,
    line: String,
    text: Markup,
    language: String,
}

#[derive(Template)]
#[template(path = "pages/outcome_collection.html")]
struct CollectionPage {
    chrome: Chrome,
    title: Foreign,
    said: String,
    foreword: Vec<Foreign>,
    citation: String,
    hash: String,
    files: Vec<Link>,
    items: Vec<Shown>,
    others: Vec<Link>,
}

async fn latest(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show(visit, slug, None).await
}

async fn published(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, number) = path.into_inner();
    let number: i64 = number.parse().map_err(|_| visit.refused(Fault::not_found()))?;
    show(visit, slug, Some(number)).await
}

async fn show(visit: Visit, slug: String, number: Option<i64>) -> Page {
    let language = visit.language();
    let (frame, (published, wordings, all)) = visit
        .read_in("collection", &slug, move |conn, _, _, edition| {
            let published = collection::get(conn, edition.id, number)?;
            let mut wordings = Vec::new();
            for item in &published.items.0 {
                wordings.push(export::wording(conn, item, language)?);
            }
            let all = collection::list(conn, edition.id)?;
            Ok((published, wordings, all))
        })
        .await?;
    let edition = frame
        .edition
        .as_ref()
        .ok_or_else(|| visit.refused(Fault::not_found()))?;
    let title = visit.voice.said(&published.title);
    let chrome = visit.chrome(&frame, title.text.clone());
    visit.show(&collection_page(chrome, edition, &published, &wordings, &all))
}

fn collection_page(
    chrome: Chrome,
    edition: &Edition,
    published: &Published,
    wordings: &[Wording],
    all: &[PublishedLine],
) -> CollectionPage {
    let day = |at: Moment| edition.zone.local(at).date();
    let foreword = published.foreword.said(chrome.language);
    let paragraphs = foreword.text.lines().filter(|line| !line.trim().is_empty());
    let others = all
        .iter()
        .filter(|own| own.number != published.number)
        .map(|own| {
            Link::new(
                chrome.to(&format!("outcomes/collection/{}", own.number)),
                published_said(&chrome, own.number, day(own.published_at)),
            )
        });
    CollectionPage {
        title: chrome.said(&published.title),
        said: published_said(&chrome, published.number, day(published.published_at)),
        foreword: paragraphs
            .map(|line| chrome.foreign(line, foreword.lang))
            .collect(),
        citation: published.citation.text(chrome.language).to_owned(),
        hash: published.hash.clone(),
        files: files(&chrome, &edition.slug, published.number),
        items: published
            .items
            .0
            .iter()
            .zip(wordings)
            .map(|(item, wording)| shown(&chrome, edition.zone, item, wording))
            .collect(),
        others: others.collect(),
        chrome,
    }
}

fn shown(chrome: &Chrome, zone: Zone, item: &Item, wording: &Wording) -> Shown {
    let day = item.decided_at.map(|at| chrome.day_plain(zone.local(at).date()));
    let became = format!("outcome-became-{}", item.state.code().replace('_', "-"));
    Shown {
        code: item.code.clone(),
        href: chrome.to(&format!("outcomes/{}", item.code)),
        title: chrome.said(&item.title),
        line: format!(
            "{} {}. {}",
            chrome.code("outcome-kind", item.kind.code()),
            item.code,
            chrome.t1(&became, "day", day.unwrap_or_default())
        ),
        text: worded(chrome, wording),
        language: in_which(chrome, wording),
    }
}

/// What an outcome says.
pub(super) fn worded(voice: &Voice, wording: &Wording) -> Markup {
    let said: Vec<Said> = wording.blocks.iter().map(|(said, _)| said.clone()).collect();
    text::said(voice, &said, &wording.language, &wording.authentic, &|_| {
        Vec::new()
    })
}

/// In which language it is shown, and which one counts.
pub(super) fn in_which(voice: &Voice, wording: &Wording) -> String {
    let authentic = tongue(voice, &wording.authentic);
    match wording.is_authentic() {
        true => voice.t1("outcome-authentic", "language", authentic),
        false => voice.t1("outcome-translated", "language", authentic),
    }
}

/// A language by its name; the tag of one without.
pub(super) fn tongue(voice: &Voice, tag: &str) -> String {
    let key = format!("language-{tag}");
    let name = voice.t(&key);
    match name == key {
        true => tag.to_owned(),
        false => name,
    }
}
