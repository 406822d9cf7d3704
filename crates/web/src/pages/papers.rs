//! The papers of an edition, each with its text under numbered paragraphs, its versions and what differs between them. Who
//! has a part in one reads the working copy, everybody else the version that is out. What is said of it:
//! [`super::paper_comments`].

use access_rules::{Act, Actor};
use actix_kit::{Paging, Query};
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Moment, Page as PageOf, PageAsk};
use papers::{
    PaperFilter, PaperLine,
    commenting::{self, CommentFilter, CommentView},
    model::{Paper, PaperTrack, PriorityKind},
    reading::{self, May, Reading},
    steps::{self, StepView},
    versions::{self, VersionView},
};
use programme::{editions, model::Edition};
use serde::{Deserialize, Serialize};
use texts::{
    comments::Counts,
    diff::BlockDiff,
    model::{Block, BlockId},
    translations::Said,
};

use super::{
    desk::{Again, Table, anchor, id_of, pager, plain, said, state},
    paper_comments::{self, Asked as AskedOfComments, Part},
    parts::PartsPage,
    text_files,
};
use crate::{
    components::{
        Chrome, Empty, Facts, Foreign, Link, Markup, Notice, State, TrackLabel, Weight,
        text::{difference, said as said_text, text},
    },
    table::{Line, get},
    visit::{Frame, Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::Read;
    vec![
        get("/{lang}/papers/{id}", act, lasting),
        get("/{lang}/{edition}/papers", act, list),
        get("/{lang}/{edition}/papers/{paper}", act, one),
        get("/{lang}/{edition}/papers/{paper}/versions", act, all_versions),
        get("/{lang}/{edition}/papers/{paper}/blocks/{block}", act, block),
    ]
}

/// The address of a paper.
pub type At = Path<(String, String, String)>;

/// The lasting address of a paper, as letters give it: on to its page, for whoever may read it.
async fn lasting(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, id) = path.into_inner();
    let (_, (slug, code)) = visit
        .read("paper", None, move |conn, actor, now, _| {
            let paper = papers::get(conn, actor, now, id_of(&id)?)?;
            let edition = editions::get(conn, actor, paper.edition)?;
            Ok((edition.slug, paper.code))
        })
        .await?;
    Ok(visit.go(&visit.at(&format!("{slug}/papers/{code}")), None))
}

/// Which papers are asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    track: Option<PaperTrack>,
}

async fn list(visit: Visit, path: Path<(String, String)>, query: Query<Asked>, paging: Paging) -> Page {
    let (_, slug) = path.into_inner();
    let Query(asked) = query;
    let Paging(ask) = paging;
    let (is_paged, filter) = (
        ask.after.is_some(),
        PaperFilter {
            track: asked.track,
            ..PaperFilter::default()
        },
    );
    let (frame, found) = visit
        .read_in("papers", &slug, move |conn, actor, now, edition| {
            papers::list(conn, actor, now, edition.id, &filter, &ask)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/papers"));
    let mut page = PartsPage::own(&visit, &frame, voice.t("papers")).styled("deliberation.css");
    page.lead(voice.t("papers-lead"));
    let tracks = PaperTrack::ALL.iter().map(|track| {
        Link::new(
            format!("{base}?track={}", track.code()),
            voice.code("track", track.code()),
        )
    });
    page.links(
        std::iter::once(Link::new(base.clone(), voice.t("papers-all")))
            .chain(tracks)
            .collect(),
    );
    if found.items.is_empty() {
        page.put(&Empty::new(voice.t("papers-none"), voice.t("papers-none-hint")));
    } else {
        page.put(&table(voice, &base, &found));
    }
    page.put(&pager(&visit, &base, &asked, found.next.as_ref(), is_paged));
    page.answer(&visit, None)
}

/// Papers, a row each.
pub fn table(voice: &Voice, base: &str, found: &PageOf<PaperLine>) -> Table {
    let keys = ["paper-title", "paper-owner", "paper-track", "paper-state"];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for line in &found.items {
        let comments = line.takes_comments.then(|| voice.t("paper-takes-comments"));
        let mut how = vec![state(voice, "paper-state", line.paper.state.code())];
        how.extend(comments.map(plain));
        table.row([
            anchor(
                format!("{base}/{}", line.paper.code),
                format!("{} {}", line.paper.code, voice.said(&line.title).text),
            ),
            plain(line.owner_name.clone()),
            Markup::of(&TrackLabel::known(voice, line.paper.track.code())),
            super::desk::together(how),
        ]);
    }
    table
}

/// What the page of a paper is asked for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct AskedOfOne {
    /// In which language.
    r#in: String,
    #[serde(flatten)]
    comments: AskedOfComments,
}

async fn one(visit: Visit, path: At, query: Query<AskedOfOne>) -> Page {
    let (_, slug, code) = path.into_inner();
    let Query(asked) = query;
    show(visit, &slug, &code, &asked.r#in, asked.comments, None).await
}

/// All that the page of a paper shows.
struct Known {
    reading: Reading,
    steps: Vec<StepView>,
    comments: PageOf<CommentView>,
    counts: Counts,
}

/// The page of a paper; after a form on a comment came back, with what was typed and what is wrong.
pub(super) async fn show(
    visit: Visit,
    slug: &str,
    code: &str,
    language: &str,
    asked: AskedOfComments,
    back: Option<(Part, Again<'_>)>,
) -> Page {
    let named = code.to_owned();
    let language = match language {
        "" => visit.language().code().to_owned(),
        named => named.to_owned(),
    };
    let filter = CommentFilter {
        block: asked.on(),
        on_whole: false,
    };
    let (frame, known) = visit
        .read_in("paper", slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &named)?;
            let everything = CommentFilter::default();
            Ok(Known {
                reading: read(conn, actor, now, &paper, &language)?,
                steps: steps::history(conn, actor, now, paper.id)?,
                comments: commenting::list(conn, actor, now, paper.id, &filter, &PageAsk::of(100))?,
                counts: commenting::counts(conn, actor, now, paper.id, &everything)?,
            })
        })
        .await?;
    let page = page(&visit, &frame, &known, &asked, back);
    match back {
        Some((_, again)) => visit.show_again(again.fault, &page),
        None => visit.show(&page),
    }
}

/// A paper in a language; in the authentic one where nothing of it is said in that.
fn read(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: &Paper,
    language: &str,
) -> Result<Reading, Fault> {
    let read = reading::shown(conn, actor, now, paper.id, language)?;
    let is_said = read.language == read.authentic || read.blocks.iter().any(|block| block.is_translated);
    match is_said {
        true => Ok(read),
        false => reading::shown(conn, actor, now, paper.id, ""),
    }
}

#[derive(Template)]
#[template(path = "pages/paper.html")]
struct PaperPage {
    chrome: Chrome,
    hue: &'static str,
    code: String,
    title: Foreign,
    track: TrackLabel,
    owner: String,
    state: State,
    notices: Vec<Notice>,
    tongues: Vec<(Link, bool, String)>,
    text: Option<Markup>,
    empty: Empty,
    comments: Markup,
    facts: Facts,
    acts: Vec<Link>,
    files: Vec<Link>,
    priorities: Vec<(String, Foreign)>,
    steps: Vec<(String, String)>,
}

fn page(
    visit: &Visit,
    frame: &Frame,
    known: &Known,
    asked: &AskedOfComments,
    back: Option<(Part, Again<'_>)>,
) -> PaperPage {
    let voice = &visit.voice;
    let reading = &known.reading;
    let paper = &reading.paper;
    let title = voice.said(&reading.title);
    let chrome = visit.chrome(frame, format!("{} {}", paper.code, title.text));
    let base = chrome.to(&format!("papers/{}", paper.code));
    let tongue = |code: &String| {
        let link = Link::new(format!("{base}?in={code}"), voice.code("language", code));
        (link, *code == reading.language, code.clone())
    };
    let beside = |id: BlockId| beside(voice, &base, reading, id);
    let given: Vec<Said> = reading
        .blocks
        .iter()
        .map(|block| Said {
            block: block.block.clone(),
            is_translated: block.is_translated,
            is_stale: block.is_stale,
        })
        .collect();
    PaperPage {
        hue: crate::svg::hue(Some(paper.track.code())),
        code: paper.code.clone(),
        track: voice.track(paper.track.code()),
        owner: reading.owner_name.clone(),
        state: State::of(paper.state.code(), voice.code("paper-state", paper.state.code())),
        notices: notices(visit, frame, reading),
        tongues: reading.languages.iter().map(tongue).collect(),
        text: (!given.is_empty())
            .then(|| said_text(voice, &given, &reading.language, &reading.authentic, &beside)),
        empty: Empty::new(voice.t("paper-empty"), voice.t("paper-empty-hint")),
        comments: paper_comments::part(
            &chrome,
            visit,
            frame,
            reading,
            &known.comments,
            known.counts,
            asked,
            back,
        ),
        facts: facts(voice, frame.edition.as_ref(), reading),
        acts: acts(voice, &base, paper, reading.may),
        files: text_files::links(
            voice,
            &format!("/api/v1/papers/{}/export", paper.id),
            &reading.language,
            "",
        ),
        priorities: paper
            .priorities
            .0
            .iter()
            .map(|own| (kind(voice, own.kind, own.section), voice.said(&own.label)))
            .collect(),
        steps: known
            .steps
            .iter()
            .map(|step| told(voice, frame.edition.as_ref(), step))
            .collect(),
        title,
        chrome,
    }
}

fn kind(voice: &Voice, kind: PriorityKind, section: Option<members::sections::Section>) -> String {
    let kind = voice.code("priority-kind", kind.code());
    match section {
        Some(section) => format!("{kind}, {}", voice.said(&section.names()).text),
        None => kind,
    }
}

/// What can be done at a block.
fn beside(voice: &Voice, base: &str, reading: &Reading, block: BlockId) -> Vec<Link> {
    let mut links = Vec::new();
    if reading.may.write && reading.is_working {
        let href = format!("{base}/write?block={block}#form");
        links.push(Link::new(href, voice.t("paper-block-write")));
    }
    if reading.may.comment {
        let href = format!("{base}?on={block}#say");
        links.push(Link::new(href, voice.t("paper-block-comment")));
    }
    links
}

fn notices(visit: &Visit, frame: &Frame, reading: &Reading) -> Vec<Notice> {
    let voice = &visit.voice;
    let mut notices = Vec::new();
    if visit.site().settings().demo {
        let words = voice.t1("paper-demonstration", "owner", reading.owner_name.clone());
        notices.push(Notice::new(Weight::Info, words));
    }
    if reading.paper.is_revoked {
        notices.push(Notice::new(Weight::Stop, voice.t("paper-revoked")));
    }
    if reading.is_working {
        let is_out = reading.paper.published_version.is_some();
        let key = if is_out {
            "paper-working-out"
        } else {
            "paper-working"
        };
        notices.push(Notice::new(Weight::Wait, voice.t(key)));
    }
    if reading.language != reading.authentic {
        let language = voice.code("language", &reading.authentic);
        notices.push(Notice::new(
            Weight::Info,
            voice.t1("paper-translated", "language", language),
        ));
    }
    let deadline = reading
        .paper
        .deadline
        .filter(|_| reading.is_working && reading.may.write);
    if let Some((deadline, zone)) = deadline.zip(frame.edition.as_ref().map(|edition| edition.zone)) {
        let when = voice.moment(zone.local(deadline));
        notices.push(Notice::new(
            Weight::Wait,
            voice.t1("paper-deadline-is", "when", when),
        ));
    }
    notices
}

fn facts(voice: &Voice, edition: Option<&Edition>, reading: &Reading) -> Facts {
    let at = |at: Option<Moment>| {
        at.zip(edition)
            .map(|(at, edition)| voice.moment(edition.zone.local(at)))
            .unwrap_or_default()
    };
    let paper = &reading.paper;
    Facts::new(vec![
        (voice.t("paper-code"), paper.code.clone()),
        (voice.t("paper-owner"), reading.owner_name.clone()),
        (
            voice.t("paper-authentic"),
            voice.code("language", &reading.authentic),
        ),
        (voice.t("paper-published"), at(paper.published_at)),
        (
            voice.t("paper-version"),
            reading
                .number
                .map(|number| voice.count(number))
                .unwrap_or_default(),
        ),
        (voice.t("paper-comments-until"), at(paper.comments_to)),
        (
            voice.t("paper-hash"),
            reading
                .hash
                .as_deref()
                .map(|hash| hash.chars().take(16).collect())
                .unwrap_or_default(),
        ),
    ])
    .lined()
}

fn acts(voice: &Voice, base: &str, paper: &Paper, may: May) -> Vec<Link> {
    let mut acts = Vec::new();
    let mut offer = |is: bool, rest: &str, key: &str| {
        if is {
            acts.push(Link::new(format!("{base}/{rest}"), voice.t(key)));
        }
    };
    offer(may.write, "write", "paper-write");
    offer(may.translate, "translate", "paper-translate");
    offer(
        may.name || (may.write && paper.track == PaperTrack::Assembly),
        "team",
        "paper-team",
    );
    offer(true, "versions", "paper-versions");
    acts
}

fn told(voice: &Voice, edition: Option<&Edition>, step: &StepView) -> (String, String) {
    let when = edition.map_or_else(String::new, |edition| voice.moment(edition.zone.local(step.at)));
    let state = voice.code("paper-state", step.to.code());
    let mut what = match step.what {
        papers::model::StepKind::Went => state,
        what => voice.code("paper-step", what.code()),
    };
    for more in [&step.by, &step.reason] {
        if !more.is_empty() {
            what = format!("{what}, {more}");
        }
    }
    (when, what)
}

// Versions.

/// Which two are compared.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Compared {
    from: Option<i64>,
    to: Option<i64>,
}

/// Two versions side by side.
struct Two {
    from: i64,
    to: Option<i64>,
    diffs: Vec<BlockDiff>,
    before: Vec<Block>,
    after: Vec<Block>,
    language: String,
}

async fn all_versions(visit: Visit, path: At, query: Query<Compared>) -> Page {
    let (_, slug, code) = path.into_inner();
    let Query(asked) = query;
    let (frame, (paper, listed, two)) = visit
        .read_in("paper.versions", &slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &code)?;
            let listed = versions::list(conn, actor, now, paper.id)?;
            let two = compared(conn, actor, now, &paper, &asked)?;
            Ok((paper, listed, two))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/papers/{}", paper.code));
    let mut page = PartsPage::own(
        &visit,
        &frame,
        format!("{} {}", paper.code, voice.t("paper-versions")),
    )
    .styled("deliberation.css");
    page.links(vec![Link::new(base.clone(), voice.t("paper-back"))]);
    if listed.is_empty() {
        page.put(&Empty::new(
            voice.t("paper-versions-none"),
            voice.t("paper-versions-none-hint"),
        ));
    } else {
        page.put(&table_of_versions(
            voice,
            frame.edition.as_ref(),
            &format!("{base}/versions"),
            &listed,
            papers::is_hand(&frame.actor, &paper),
        ));
    }
    if let Some(two) = two {
        let to = two
            .to
            .map_or_else(|| voice.t("paper-working-copy"), |number| voice.count(number));
        page.heading(voice.t2("paper-compared", "from", voice.count(two.from), "to", to));
        page.add(difference(
            voice,
            &two.diffs,
            &two.before,
            &two.after,
            &two.language,
        ));
    }
    page.answer(&visit, None)
}

fn compared(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: &Paper,
    asked: &Compared,
) -> Result<Option<Two>, Fault> {
    let Some(from) = asked.from else { return Ok(None) };
    let diffs = versions::between(conn, actor, now, paper.id, from, asked.to)?;
    let before = versions::get(conn, actor, now, paper.id, from, "")?;
    let after = match asked.to {
        Some(to) => versions::get(conn, actor, now, paper.id, to, "")?,
        None => reading::shown(conn, actor, now, paper.id, "")?,
    };
    let blocks = |reading: Reading| reading.blocks.into_iter().map(|block| block.block).collect();
    Ok(Some(Two {
        from,
        to: asked.to,
        diffs,
        language: after.authentic.clone(),
        before: blocks(before),
        after: blocks(after),
    }))
}

fn table_of_versions(
    voice: &Voice,
    edition: Option<&Edition>,
    base: &str,
    listed: &[VersionView],
    is_hand: bool,
) -> Table {
    let keys = [
        "paper-version",
        "paper-version-title",
        "paper-version-when",
        "paper-version-note",
        "paper-version-compare",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for (at, version) in listed.iter().enumerate() {
        let when = edition.map_or_else(String::new, |edition| {
            voice.moment(edition.zone.local(version.sealed_at))
        });
        let mut note = version.note.clone();
        if version.is_out {
            note = [voice.t("paper-version-out"), note]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(". ");
        }
        let before = listed.get(at + 1).map(|before| {
            anchor(
                format!("{base}?from={}&to={}", before.number, version.number),
                voice.t1("paper-version-with", "number", voice.count(before.number)),
            )
        });
        let working = (is_hand && at == 0).then(|| {
            anchor(
                format!("{base}?from={}", version.number),
                voice.t("paper-version-with-working"),
            )
        });
        table.row([
            plain(voice.count(version.number)),
            said(voice, &version.title),
            plain(format!("{when} {}", version.sealed_by).trim().to_owned()),
            plain(note),
            super::desk::together(before.into_iter().chain(working)),
        ]);
    }
    table
}

/// The lasting address of a block: on to it, or to what it was (R87).
async fn block(visit: Visit, path: Path<(String, String, String, String)>) -> Page {
    let (_, slug, code, block) = path.into_inner();
    let named = block.clone();
    let (frame, (paper, found, language)) = visit
        .read_in("paper.block", &slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &code)?;
            let found = versions::resolve(conn, actor, now, paper.id, id_of(&named)?)?;
            let language = reading::shown(conn, actor, now, paper.id, "")
                .map(|reading| reading.authentic)
                .unwrap_or_default();
            Ok((paper, found, language))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/papers/{}", paper.code));
    if found.is_there {
        return Ok(visit.go(&format!("{base}#b-{block}"), None));
    }
    let mut page = PartsPage::own(&visit, &frame, voice.t("paper-block-gone")).styled("deliberation.css");
    page.lead(match found.version {
        Some(number) => voice.t1("paper-block-gone-version", "number", voice.count(number)),
        None => voice.t("paper-block-gone-never"),
    });
    if let Some(block) = &found.block {
        page.add(text(std::slice::from_ref(block), &language));
    }
    page.links(vec![Link::new(base, voice.t("paper-back"))]);
    page.answer(&visit, None)
}
