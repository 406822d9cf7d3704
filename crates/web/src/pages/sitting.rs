//! What comes of a sitting: the papers it takes up, the result of each with its recommendations, and its closing, which
//! hands them to the World Assembly. For its rapporteur, chair and lead, and the desk of the Assembly.

use access_rules::{Act, Actor, PaperId, SessionId};
use actix_kit::{Form, Query};
use actix_web::web::Path;
use assembly::{
    closings,
    results::{self, ResultInput, ResultView},
    sitting_papers::{self, SittingPaperInput, SittingPaperView},
};
use db::Conn;
use kernel::{Coded as _, Fault, Language, Localized, Moment, PageAsk};
use outcomes::{model::OutcomeKind, wordings::NewOutcome};
use papers::{PaperFilter, PaperLine, model::PaperTrack};
use programme::{editions, sessions};
use serde::Deserialize;

use super::{
    desk::{Again, Sheet, after, button, id_of},
    parts::PartsPage,
};
use crate::{
    components::{Empty, Link, Markup, Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// Rows for further recommendations in the form.
const ROWS_MORE: usize = 2;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::RecordResult;
    vec![
        get("/{lang}/{edition}/sessions/{id}/result", act, page),
        post("/{lang}/{edition}/sessions/{id}/papers", Act::EditSession, add),
        post(
            "/{lang}/{edition}/sessions/{id}/papers/{paper}/remove",
            Act::EditSession,
            remove,
        ),
        post(
            "/{lang}/{edition}/sessions/{id}/papers/{paper}/result",
            act,
            record,
        ),
        post("/{lang}/{edition}/sessions/{id}/close", act, close),
    ]
}

/// Which paper's form is open, by the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    paper: String,
}

/// Which form came back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Add,
    Result(PaperId),
    Close,
}

/// What the page shows.
struct Known {
    title: Localized,
    papers: Vec<SittingPaperView>,
    /// Those that could be taken up, for who may.
    others: Vec<PaperLine>,
    edits: bool,
    is_closed: bool,
}

async fn page(visit: Visit, path: Path<(String, String, String)>, query: Query<Asked>) -> Page {
    let Query(asked) = query;
    let open = asked.paper.parse().ok().map(Part::Result);
    show(visit, &path.1, &path.2, open, None).await
}

fn find(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Known, Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    let object = found.object(actor);
    access_rules::decide(actor, Act::RecordResult, &object, now).or_fault()?;
    let edits = access_rules::decide(actor, Act::EditSession, &object, now).allows();
    let papers = sitting_papers::list(conn, actor, now, id)?;
    let others = match edits {
        true => {
            let filter = PaperFilter {
                track: Some(PaperTrack::Assembly),
                ..PaperFilter::default()
            };
            let all = papers::list(
                conn,
                actor,
                now,
                found.session.edition,
                &filter,
                &PageAsk::of(200),
            )?;
            all.items
                .into_iter()
                .filter(|line| papers.iter().all(|own| own.taken_up.paper != line.paper.id))
                .filter(|line| !papers::rules::is_over(line.paper.state))
                .collect()
        }
        false => vec![],
    };
    Ok(Known {
        title: found.session.title.clone(),
        papers,
        others,
        edits,
        is_closed: closings::find(conn, id)?.is_some(),
    })
}

async fn show(visit: Visit, slug: &str, id: &str, open: Option<Part>, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, known) = visit
        .read_in("sitting", slug, move |conn, actor, now, _| {
            find(conn, actor, now, id_of(&asked)?)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.said(&known.title).text).styled("deliberation.css");
    let base = visit.at(&format!("{slug}/sessions/{id}"));
    page.lead(voice.t("sitting-lead"));
    page.links(vec![Link::new(base.clone(), voice.t("sitting-session"))]);
    if known.is_closed {
        page.put(&Notice::new(Weight::Done, voice.t("sitting-closed")));
    }
    if known.papers.is_empty() {
        page.put(&Empty::new(
            voice.t("sitting-no-papers"),
            voice.t("sitting-no-papers-hint"),
        ));
    }
    let drawing = Drawing {
        visit: &visit,
        base: &base,
        slug,
        known: &known,
        open,
        again,
    };
    for own in &known.papers {
        drawing.paper(&mut page, own);
    }
    if !known.is_closed {
        drawing.adding(&mut page);
        drawing.closing(&mut page);
    }
    page.answer(&visit, again)
}

struct Drawing<'a> {
    visit: &'a Visit,
    base: &'a str,
    slug: &'a str,
    known: &'a Known,
    open: Option<Part>,
    again: Option<Again<'a>>,
}

impl Drawing<'_> {
    fn again(&self, part: Part) -> Option<Again<'_>> {
        self.again.filter(|_| self.open == Some(part))
    }

    fn paper(&self, page: &mut PartsPage, own: &SittingPaperView) {
        let voice = &self.visit.voice;
        let id = own.taken_up.paper;
        page.heading(format!("{} {}", own.code, voice.said(&own.title).text));
        page.say(format!(
            "{}, {}",
            own.owner_name,
            voice.code("paper-state", own.state.code())
        ));
        let mut links = vec![Link::new(
            self.visit.at(&format!("{}/papers/{}", self.slug, own.code)),
            voice.t("sitting-paper-read"),
        )];
        let part = Part::Result(id);
        let is_open = self.open == Some(part) && !self.known.is_closed;
        if !self.known.is_closed && !is_open {
            links.push(Link::new(
                format!("{}/result?paper={id}", self.base),
                voice.t("sitting-record"),
            ));
        }
        page.links(links);
        if let (Some(result), false) = (&own.result, is_open) {
            told(voice, page, result);
        }
        if is_open {
            let form = Again::view(self.again(part), self.visit, || {
                filled(voice, own.result.as_ref())
            })
            .named("sitting-result");
            let rows = own.result.as_ref().map_or(0, |result| result.outcomes.len()) + ROWS_MORE;
            page.add(self.recording(page, own, &form, rows));
        }
        if self.known.edits && own.result.is_none() && !self.known.is_closed {
            page.add(button(
                &page.chrome,
                format!("{}/papers/{id}/remove", self.base),
                "sitting-paper-remove",
            ));
        }
    }

    fn recording(&self, page: &PartsPage, own: &SittingPaperView, form: &FormView, rows: usize) -> Markup {
        let voice = &self.visit.voice;
        let action = format!("{}/papers/{}/result", self.base, own.taken_up.paper);
        let sends = match &own.result {
            Some(result) => page.chrome.edits(&result.result.version),
            None => page.chrome.sends(),
        };
        let mut sheet = Sheet::new(action, sends)
            .and(form.summary())
            .with(form.tongues_area("result", "sitting-result").required())
            .section(voice.t("sitting-recommendations"));
        sheet = recommendations(voice, sheet, form, rows);
        Markup::of(&sheet.does(voice.t("save")))
    }

    fn adding(&self, page: &mut PartsPage) {
        let voice = &self.visit.voice;
        if !self.known.edits || self.known.others.is_empty() {
            return;
        }
        page.heading(voice.t("sitting-add"));
        let choices: Vec<Choice> = self
            .known
            .others
            .iter()
            .map(|line| {
                let title = voice.said(&line.title).text;
                Choice::new(line.paper.id.to_string(), format!("{} {title}", line.paper.code))
            })
            .collect();
        let form =
            Again::view(self.again(Part::Add), self.visit, || FormView::blank(voice)).named("sitting-add");
        let action = format!("{}/papers", self.base);
        let sheet = Sheet::new(action.clone(), page.chrome.sends())
            .and(form.summary())
            .with(form.select("paper", "sitting-paper", &choices).required())
            .or_does(action, voice.t("sitting-add-do"));
        page.put(&sheet);
    }

    fn closing(&self, page: &mut PartsPage) {
        let voice = &self.visit.voice;
        if self.known.papers.is_empty() {
            return;
        }
        page.heading(voice.t("sitting-close"));
        page.say(voice.t("sitting-close-hint"));
        page.add(button(
            &page.chrome,
            format!("{}/close", self.base),
            "sitting-close-do",
        ));
    }
}

/// The rows of recommendations in a form.
pub fn recommendations(voice: &Voice, mut sheet: Sheet, form: &FormView, rows: usize) -> Sheet {
    let kinds = Choice::codes::<OutcomeKind>(voice, "outcome-kind");
    let tongues: Vec<Choice> = Language::ALL
        .iter()
        .map(|language| Choice::new(language.code(), voice.code("language", language.code())))
        .collect();
    for at in 0..rows {
        let path = |rest: &str| format!("outcomes.{at}.{rest}");
        sheet = sheet
            .with(form.tongues(&path("title"), "sitting-recommendation").optional())
            .with(
                form.area(&path("markdown"), "sitting-recommendation-text")
                    .optional(),
            )
            .with(
                form.select(&path("kind"), "sitting-recommendation-kind", &kinds)
                    .optional(),
            )
            .with(
                form.select(&path("language"), "paper-authentic", &tongues)
                    .optional(),
            );
    }
    sheet
}

/// A result in words.
fn told(voice: &Voice, page: &mut PartsPage, result: &ResultView) {
    page.say(voice.said(&result.result.result).text);
    for own in &result.outcomes {
        page.say(format!(
            "{}: {}",
            voice.code("outcome-kind", own.kind.code()),
            voice.said(&own.title).text
        ));
    }
}

/// The form as what was recorded has it.
fn filled(voice: &Voice, result: Option<&ResultView>) -> FormView {
    match result {
        None => FormView::blank(voice),
        Some(result) => {
            let view = serde_json::json!({ "result": result.result.result, "outcomes": result.outcomes });
            FormView::filled(voice, &view)
        }
    }
}

/// A result as the form has it, rows left alone too.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Stated {
    /// What came of it.
    pub result: Localized,
    /// What it proposes.
    pub outcomes: Vec<StatedOne>,
}

/// A row of the form.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StatedOne {
    kind: String,
    title: Localized,
    language: String,
    markdown: String,
}

impl Stated {
    /// What it proposes: a row without title and words is none; one without a kind is a recommendation, one without a
    /// language is in that of the page.
    pub fn proposed(&self, voice_language: &str) -> Vec<NewOutcome> {
        let said = self
            .outcomes
            .iter()
            .filter(|own| !own.title.is_blank() || !own.markdown.trim().is_empty());
        said.map(|own| NewOutcome {
            kind: own.kind.parse().unwrap_or(OutcomeKind::Recommendation),
            title: own.title.clone(),
            language: match own.language.as_str() {
                "" => voice_language.to_owned(),
                named => named.to_owned(),
            },
            markdown: own.markdown.clone(),
            agendas: vec![],
        })
        .collect()
    }
}

/// Does what a form asks of the session of its address, and goes back to its results.
async fn write(
    visit: &Visit,
    name: &'static str,
    slug: &str,
    id: &str,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, SessionId) -> Result<(), Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug, id) = (visit.language().code(), slug.to_owned(), id.to_owned());
    let done = visit.submit(name, form, move |conn, actor, now| {
        editions::by_slug(conn, actor, &slug)?;
        run(conn, actor, now, id_of(&id)?)?;
        Ok(format!("/{lang}/{slug}/sessions/{id}/result"))
    });
    done.await
}

async fn add(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let done = match form.input::<SittingPaperInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, session| {
                sitting_papers::add(conn, actor, now, session, &input).map(drop)
            };
            write(&visit, "sitting.paper.add", &slug, &id, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, Some(Part::Add), again).await
    })
    .await
}

/// The address of a paper in a session.
type AtPaper = Path<(String, String, String, String)>;

async fn remove(visit: Visit, path: AtPaper, form: Form) -> Page {
    let (_, slug, id, paper) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now, session| {
        sitting_papers::remove(conn, actor, now, session, id_of(&paper)?)
    };
    let done = write(&visit, "sitting.paper.remove", &slug, &id, &form, run).await;
    after(visit, done, "removed", &form, async |visit, again| {
        show(visit, &slug, &id, None, again).await
    })
    .await
}

async fn record(visit: Visit, path: AtPaper, form: Form) -> Page {
    let (_, slug, id, paper) = path.into_inner();
    let paper: PaperId = id_of(&paper).map_err(|fault| visit.refused(fault))?;
    let version = form.version();
    let done = match form.input::<Stated>() {
        Ok(stated) => {
            let input = ResultInput {
                outcomes: stated.proposed(visit.language().code()),
                result: stated.result,
            };
            let run = move |conn: &mut Conn, actor: &Actor, now, session| {
                let mut input = input.clone();
                // Which agendas a recommendation serves is not asked here, and stays.
                let views = sitting_papers::list(conn, actor, now, session)?;
                let there = views.into_iter().find(|own| own.taken_up.paper == paper);
                let drafts = there.and_then(|own| own.result).map(|result| result.outcomes);
                for (own, old) in input.outcomes.iter_mut().zip(drafts.unwrap_or_default()) {
                    own.agendas = old.agendas.0;
                }
                results::record(conn, actor, now, session, paper, &input, version).map(drop)
            };
            write(&visit, "sitting.result", &slug, &id, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, Some(Part::Result(paper)), again).await
    })
    .await
}

async fn close(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let run =
        |conn: &mut Conn, actor: &Actor, now, session| closings::close(conn, actor, now, session).map(drop);
    let done = write(&visit, "sitting.close", &slug, &id, &form, run).await;
    after(visit, done, "sitting-closed", &form, async |visit, again| {
        show(visit, &slug, &id, Some(Part::Close), again).await
    })
    .await
}
