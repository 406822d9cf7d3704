//! Looking for something in a congress by its words: a form that is an address, and what was found, by kind.
//!
//! The first of each kind stand on one page; all of one kind on pages of their own. How many there are in all is not told.

use access_rules::{Act, Actor, EditionId};
use actix_kit::{Paging, Query};
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Language, Page as Listed, PageAsk};
use search::{Asked as Words, Filter, Hit, Kind, Piece, find};
use serde::{Deserialize, Serialize};

use super::desk::{asked_for, pager};
use crate::{
    components::{Chrome, Empty, Foreign, Link, Pager},
    forms::{Choice, Field, FormView},
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// How many of a kind stand beside the other kinds.
const FIRST: i64 = 5;
/// How many of one kind stand on a page of their own.
const PAGE: i64 = 20;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get("/{lang}/{edition}/search", Act::Read, show)]
}

/// What may be asked for in the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    q: Option<String>,
    kind: Option<String>,
    language: Option<String>,
}

/// What was found of one kind.
struct Group {
    code: &'static str,
    name: String,
    hits: Vec<Shown>,
    more: Option<Link>,
}

/// Something that was found.
struct Shown {
    href: String,
    /// Its title, where that is not what was found.
    title: Option<Foreign>,
    line: String,
    lang: Option<String>,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "pages/search.html")]
struct SearchPage {
    chrome: Chrome,
    lead: String,
    action: String,
    fields: Vec<Field>,
    groups: Vec<Group>,
    empty: Option<Empty>,
    pager: Option<Pager>,
}

/// What was found: of each kind a page, in the order of kinds; or why nothing was looked for.
type Found = Result<Vec<(Kind, Listed<Hit>)>, Fault>;

async fn show(visit: Visit, path: Path<(String, String)>, query: Query<Asked>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let (asked, after) = (query.0, paging.0.after);
    let (wanted, is_paged) = (asked.clone(), after.is_some());
    let (frame, found) = visit
        .read_in("search", &slug, move |conn, actor, _, edition| {
            let ask = PageAsk {
                after: after.clone(),
                ..PageAsk::of(PAGE)
            };
            look(conn, actor, edition.id, &wanted, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, voice.t("search-title"));
    let title = frame
        .edition
        .as_ref()
        .map(|edition| voice.said(&edition.title).text);
    let action = chrome.to("search");
    let form = FormView::filled(voice, &asked);
    let (form, fault, found) = match found {
        Ok(found) => (form, None, found),
        // Nobody has typed anything yet.
        Err(_) if asked.q.is_none() => (form, None, vec![]),
        Err(fault) => {
            let words = visit.site().words();
            (form.with_fault(words, &fault), Some(fault), vec![])
        }
    };
    let is_asked = asked.q.is_some() && fault.is_none();
    let is_one = kind(&asked).is_some();
    let next = found
        .first()
        .filter(|_| is_one)
        .and_then(|(_, page)| page.next.as_ref());
    let page = SearchPage {
        lead: voice.t1("search-lead", "title", title.unwrap_or_default()),
        fields: fields(voice, &form),
        empty: (is_asked && found.iter().all(|(_, page)| page.items.is_empty()))
            .then(|| Empty::new(voice.t("search-none"), voice.t("search-none-hint"))),
        pager: is_one.then(|| pager(&visit, &action, &asked, next, is_paged)),
        groups: found
            .iter()
            .filter(|(_, page)| !page.items.is_empty())
            .map(|(kind, page)| group(&chrome, &action, &asked, *kind, page))
            .collect(),
        action,
        chrome,
    };
    match fault {
        Some(fault) => visit.show_again(&fault, &page),
        None => visit.show(&page),
    }
}

/// Looks for the words. What somebody typed may be refused; the page is shown all the same.
fn look(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    asked: &Asked,
    page: &PageAsk,
) -> Result<Found, Fault> {
    let words = match Words::of(asked.q.as_deref().unwrap_or_default()) {
        Ok(words) => words,
        Err(fault) => return Ok(Err(fault)),
    };
    let keys = actor.key_texts();
    let language = asked.language.clone().filter(|language| !language.is_empty());
    let mut of = |kind: Kind, page: &PageAsk| {
        let filter = Filter {
            kind: Some(kind),
            language: language.clone(),
        };
        let found = find(conn, &keys, edition.cast(), &words, &filter, page)?;
        Ok((kind, found))
    };
    let found: Result<Vec<_>, Fault> = match kind(asked) {
        Some(kind) => Ok(vec![of(kind, page)?]),
        None => Kind::ALL
            .iter()
            .map(|kind| of(*kind, &PageAsk::of(FIRST)))
            .collect(),
    };
    Ok(Ok(found?))
}

fn kind(asked: &Asked) -> Option<Kind> {
    asked.kind.as_deref().and_then(Kind::from_code)
}

fn fields(voice: &Voice, form: &FormView) -> Vec<Field> {
    let languages: Vec<Choice> = Language::ALL
        .iter()
        .map(|language| Choice::new(language.code(), voice.code("language", language.code())))
        .collect();
    vec![
        form.text("q", "search-q"),
        form.select(
            "kind",
            "search-kind",
            &Choice::codes::<Kind>(voice, "search-kind"),
        )
        .any(),
        form.select("language", "search-language", &languages).any(),
    ]
}

fn group(chrome: &Chrome, action: &str, asked: &Asked, kind: Kind, page: &Listed<Hit>) -> Group {
    let name = chrome.code("search-kind", kind.code());
    let is_one = asked.kind.as_deref() == Some(kind.code());
    let own = Asked {
        kind: Some(kind.code().to_owned()),
        ..asked.clone()
    };
    let more = || {
        let address = format!("{action}?{}", asked_for(&own).join("&"));
        Link::new(address, chrome.t1("search-more", "kind", &name))
    };
    Group {
        code: kind.code(),
        more: (page.next.is_some() && !is_one).then(more),
        hits: page.items.iter().map(|hit| shown(chrome, hit)).collect(),
        name,
    }
}

fn shown(chrome: &Chrome, hit: &Hit) -> Shown {
    let is_foreign = hit.language != chrome.language.code();
    let said_in = || {
        let language = chrome.code("language", &hit.language);
        chrome.t1("search-said-in", "language", language)
    };
    let mut line = vec![hit.code.clone()];
    line.extend(is_foreign.then(said_in));
    Shown {
        href: chrome.to(&address(hit)),
        title: (!hit.is_title).then(|| chrome.said(&hit.title)),
        line: line.join(" · "),
        lang: is_foreign.then(|| hit.language.clone()),
        pieces: hit.excerpt.clone(),
    }
}

/// Where it is read, in the language it was found in; a block by the id it has for ever (R87).
fn address(hit: &Hit) -> String {
    let anchor = hit.block.map(|block| format!("#b-{block}")).unwrap_or_default();
    match hit.kind {
        Kind::Outcome => format!("outcomes/{}?text={}{anchor}", hit.code, hit.language),
        Kind::Paper => format!("papers/{}?in={}{anchor}", hit.code, hit.language),
        Kind::Session => format!("sessions/{}", hit.id),
    }
}
