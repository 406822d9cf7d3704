//! What a congress decides, at the desk: what came in, what the World Assembly drafts itself, and what is adopted and not
//! yet put to use. One of them is in [`super::outcome`], their order in [`super::collection`].

use access_rules::{Act, Actor, decide_somewhere};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Moment, PageAsk, Zone, page};
use outcomes::{
    legacy_model::Reference,
    model::OutcomeKind,
    outcomes::{self as decided, OutcomeFilter, OutcomeLine},
    references::{self, ReferenceFilter, ReferenceLine, Unreferenced},
    transmissions::{self, Received},
    wordings::NewOutcome,
};
use programme::model::Edition;

use super::{
    Again, DeskPage, Sheet, Table, after, anchor, plain, said, together, waiting::allowed, write_in,
};
use crate::{
    components::{Empty, Link, Markup},
    forms::{Choice, FormView},
    pages::{
        outcome_reports::list_of,
        outcomes::{state, tongue, track},
    },
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageOutcomes;
    vec![
        get("/{lang}/desk/{edition}/outcomes", act, inbox),
        get("/{lang}/desk/{edition}/outcomes/new", act, new),
        post("/{lang}/desk/{edition}/outcomes/new", act, draft),
        get("/{lang}/desk/{edition}/outcomes/references", act, unreferenced),
    ]
}

/// Those who look after what a congress decides, and nobody else: the desk, and who convenes the World Assembly.
///
/// # Errors
/// 401 or 403.
pub(super) fn gate(actor: &Actor) -> Result<(), Fault> {
    decide_somewhere(actor, Act::ManageOutcomes).or_fault()
}

/// What the desk sees, read in one go.
struct Found {
    received: Vec<Received>,
    own: Vec<OutcomeLine>,
    /// What is adopted and addressed to nobody; none where it is not the reader's to know.
    waiting: Option<usize>,
}

async fn inbox(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, found) = visit
        .read_in("desk.outcomes", &slug, |conn, actor, now, edition| {
            gate(actor)?;
            find(conn, actor, now, edition)
        })
        .await?;
    let voice = &visit.voice;
    let zone = frame.edition.as_ref().map(|edition| edition.zone);
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-outcomes"));
    if let Some(waiting) = found.waiting {
        page.links(parts(&visit, &slug, waiting));
    }
    page.heading(voice.t("desk-outcomes-inbox"));
    match (zone, found.received.is_empty()) {
        (Some(zone), false) => page.put(&received(&visit, &slug, zone, &found.received)),
        _ => page.put(&Empty::new(
            voice.t("desk-outcomes-inbox-none"),
            voice.t("desk-outcomes-inbox-none-hint"),
        )),
    }
    page.heading(voice.t("desk-outcomes-own"));
    if found.own.is_empty() {
        page.say(voice.t("desk-outcomes-own-none"));
    } else {
        page.put(&drafted(&visit, &slug, &found.own));
    }
    page.answer(&visit, None)
}

fn find(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition) -> Result<Found, Fault> {
    let filter = OutcomeFilter {
        edition: Some(edition.id),
        ..OutcomeFilter::default()
    };
    let mut own = page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        decided::list(conn, actor, &filter, ask)
    })?;
    own.retain(|line| line.source.is_none());
    let waiting = allowed(references::unreferenced(conn, actor, now, edition.id))?;
    Ok(Found {
        received: transmissions::list(conn, actor, edition.id)?,
        own,
        waiting: waiting.map(|waiting| waiting.len()),
    })
}

/// Where the other parts of this desk are.
fn parts(visit: &Visit, slug: &str, waiting: usize) -> Vec<Link> {
    let voice = &visit.voice;
    let link =
        |path: &str, label: String| Link::new(visit.at(&format!("desk/{slug}/outcomes/{path}")), label);
    vec![
        link("new", voice.t("desk-outcome-new")),
        link("collection", voice.t("desk-collection")),
        link(
            "references",
            voice.t1("desk-outcomes-references-count", "count", waiting),
        ),
        link("priorities", voice.t("desk-priorities")),
    ]
}

fn received(visit: &Visit, slug: &str, zone: Zone, all: &[Received]) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-outcomes-from",
        "desk-outcomes-track",
        "desk-outcomes-sent",
        "desk-outcomes-with",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for one in all {
        let sent = &one.transmission;
        let title = match sent.paper_title.is_blank() {
            true => &sent.session_title,
            false => &sent.paper_title,
        };
        let outcomes = one.outcomes.iter().map(|own| {
            let href = visit.at(&format!("desk/{slug}/outcomes/{}", own.code));
            together([
                anchor(href, own.code.clone()),
                Markup::of(&state(voice, own.state)),
            ])
        });
        table.row([
            said(voice, title),
            Markup::of(&track(voice, Some(sent.source))),
            plain(voice.moment(zone.local(sent.sent_at))),
            together(outcomes),
        ]);
    }
    table
}

fn drafted(visit: &Visit, slug: &str, all: &[OutcomeLine]) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-outcome-code",
        "desk-outcome-title",
        "desk-outcome-kind",
        "desk-outcome-state",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for line in all {
        let href = visit.at(&format!("desk/{slug}/outcomes/{}", line.outcome.code));
        table.row([
            anchor(href, line.outcome.code.clone()),
            said(voice, &line.title),
            plain(voice.code("outcome-kind", line.outcome.kind.code())),
            Markup::of(&state(voice, line.outcome.state)),
        ]);
    }
    table
}

// What the World Assembly drafts itself.

async fn new(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    show_new(visit, &slug, None).await
}

async fn show_new(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let (frame, ()) = visit
        .read_in("desk.outcome.new", slug, |_, actor, _, _| gate(actor))
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-outcome-new"));
    page.lead(voice.t("desk-outcome-new-lead"));
    let edition = frame.edition.as_ref();
    let languages = edition
        .map(|edition| languages(voice, edition))
        .unwrap_or_default();
    let form = Again::view(again, &visit, || {
        FormView::blank(voice).with("kind", OutcomeKind::Declaration.code())
    })
    .named("desk-outcome");
    let sheet = Sheet::new(
        visit.at(&format!("desk/{slug}/outcomes/new")),
        page.chrome.sends(),
    )
    .and(form.summary())
    .with(form.radios(
        "kind",
        "desk-outcome-kind",
        &Choice::codes::<OutcomeKind>(voice, "outcome-kind"),
    ))
    .with(
        form.select("language", "desk-outcome-language", &languages)
            .hint("desk-outcome-language-hint")
            .required(),
    )
    .with(
        form.tongues("title", "desk-outcome-title")
            .hint("desk-outcome-title-hint")
            .required(),
    )
    .with(
        form.area("markdown", "desk-outcome-markdown")
            .hint("desk-outcome-markdown-hint")
            .required(),
    )
    .does(voice.t("desk-outcome-draft"));
    page.put(&sheet);
    page.answer(&visit, again)
}

/// The languages a text may be written in: those of the congress.
fn languages(voice: &Voice, edition: &Edition) -> Vec<Choice> {
    let tags = edition.languages.0.iter();
    tags.map(|tag| Choice::new(tag.clone(), tongue(voice, tag)))
        .collect()
}

async fn draft(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let done = match form.input::<NewOutcome>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, edition: &Edition| {
                let made = decided::draft(conn, actor, now, edition.id, edition.year(), &input)?;
                Ok(format!("outcomes/{}", made.code))
            };
            write_in(&visit, "desk.outcome.draft", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show_new(visit, &slug, again).await
    })
    .await
}

// What is adopted and addressed to nobody yet.

async fn unreferenced(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (waiting, made)) = visit
        .read_in("desk.references", &slug, |conn, actor, now, edition| {
            let waiting = references::unreferenced(conn, actor, now, edition.id)?;
            let all = ReferenceFilter::default();
            Ok((waiting, references::list(conn, actor, edition.id, &all)?))
        })
        .await?;
    let voice = &visit.voice;
    let zone = frame.edition.as_ref().map(|edition| edition.zone);
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-outcomes-references"));
    page.lead(voice.t("desk-outcomes-references-lead"));
    page.heading(voice.t("desk-outcomes-unreferenced"));
    if waiting.is_empty() {
        page.say(voice.t("desk-outcomes-unreferenced-none"));
    } else {
        page.put(&to_do(&visit, &slug, zone, &waiting));
    }
    page.heading(voice.t("desk-outcomes-referenced"));
    if made.is_empty() {
        page.say(voice.t("none"));
    } else {
        let table = addressed(&page, voice, &made);
        page.put(&table);
    }
    page.answer(&visit, None)
}

fn to_do(visit: &Visit, slug: &str, zone: Option<Zone>, waiting: &[Unreferenced]) -> Table {
    let voice = &visit.voice;
    let keys = [
        "desk-outcome-code",
        "desk-outcome-title",
        "desk-outcome-adopted",
        "desk-outcome-to-do",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for own in waiting {
        let href = visit.at(&format!("desk/{slug}/outcomes/{}#references", own.outcome.code));
        let since = own.since.zip(zone);
        table.row([
            plain(own.outcome.code.clone()),
            said(voice, &own.outcome.title),
            plain(
                since
                    .map(|(at, zone)| voice.day_plain(zone.local(at).date()))
                    .unwrap_or_default(),
            ),
            anchor(href, voice.t("desk-outcome-refer")),
        ]);
    }
    table
}

fn addressed(page: &DeskPage, voice: &Voice, made: &[ReferenceLine]) -> Table {
    let keys = [
        "desk-outcome-title",
        "desk-reference-addressed-to",
        "desk-reference-field",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for line in made {
        let [whom, field] = of_reference(voice, &line.reference);
        let of = std::slice::from_ref(&line.of);
        table.row([list_of(&page.chrome, of), plain(whom), plain(field)]);
    }
    table
}

/// Whom a reference is for, and for what.
pub(super) fn of_reference(voice: &Voice, own: &Reference) -> [String; 2] {
    [
        voice.code("reference-addressee", own.addressed_to.code()),
        voice.code("reference-field", own.field.code()),
    ]
}
