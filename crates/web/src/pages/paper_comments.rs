//! What is said of a paper: comments with their answers, what became of each, and the forms, one open at a time, so that the
//! page is whole without script. Hidden and withdrawn comments leave their place and the reason (R100).

use access_rules::{Act, Actor, PaperId};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Moment, Page as PageOf};
use papers::{
    commenting::{self, AnswerInput, CommentInput, CommentView, DisposeInput, ModerateInput},
    reading::Reading,
};
use programme::editions;
use serde::{Deserialize, Serialize};
use texts::{
    comments::Counts,
    model::{BlockId, CommentId, CommentState, Disposition, Position},
};

use super::{
    desk::{Again, Sheet, after, id_of},
    papers::show,
};
use crate::{
    components::{Chrome, Foreign, Link, Markup, Notice, State, Weight},
    forms::{Choice, FormView},
    table::{Line, post},
    visit::{Frame, Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        post("/{lang}/{edition}/papers/{paper}/comments", Act::Comment, comment),
        post(
            "/{lang}/{edition}/papers/{paper}/comments/{comment}/answers",
            Act::Comment,
            answer,
        ),
        post(
            "/{lang}/{edition}/papers/{paper}/comments/{comment}/withdraw",
            Act::Comment,
            withdraw,
        ),
        post(
            "/{lang}/{edition}/papers/{paper}/comments/{comment}/hide",
            Act::ManagePapers,
            hide,
        ),
        post(
            "/{lang}/{edition}/papers/{paper}/comments/{comment}/disposition",
            Act::ManagePapers,
            dispose,
        ),
    ]
}

/// Which form is open, by the address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Asked {
    /// Comments on this block alone, and the form for another on it.
    on: String,
    /// The comment that is answered.
    answer: String,
    /// The comment that is hidden.
    hide: String,
    /// The comment of which is said what became of it.
    dispose: String,
}

impl Asked {
    /// The block that is looked at.
    pub fn on(&self) -> Option<BlockId> {
        self.on.parse().ok()
    }
}

/// Which form came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A comment.
    Comment,
    /// An answer to one.
    Answer(CommentId),
    /// Why one is hidden.
    Hide(CommentId),
    /// What became of one.
    Dispose(CommentId),
    /// One that is taken back.
    Withdraw,
}

/// A comment on the page.
struct Shown {
    id: String,
    head: String,
    position: Option<State>,
    place: Option<Link>,
    body: Option<Foreign>,
    gone: Option<String>,
    disposition: Option<(String, String)>,
    acts: Vec<Link>,
    withdraw: Option<Markup>,
    form: Option<Markup>,
    answers: Vec<Shown>,
}

#[derive(Template)]
#[template(path = "parts/paper_comments.html")]
struct Comments {
    title: String,
    counts: Option<String>,
    on: Option<(String, Link)>,
    none: String,
    shown: Vec<Shown>,
    say: Option<Markup>,
    closed: Option<Notice>,
}

/// The part of a paper's page that holds its comments.
#[expect(
    clippy::too_many_arguments,
    reason = "the page of a paper gives it all it has"
)]
pub fn part(
    chrome: &Chrome,
    visit: &Visit,
    frame: &Frame,
    reading: &Reading,
    comments: &PageOf<CommentView>,
    counts: Counts,
    asked: &Asked,
    back: Option<(Part, Again<'_>)>,
) -> Markup {
    let voice = &visit.voice;
    let drawing = Drawing {
        chrome,
        visit,
        frame,
        reading,
        asked,
        back,
        base: chrome.to(&format!("papers/{}", reading.paper.code)),
    };
    if reading.paper.published_version.is_none() {
        return Markup::default();
    }
    let all = counts.support + counts.neutral + counts.oppose;
    let is_open = drawing.open().is_some_and(|part| part != Part::Comment);
    Markup::of(&Comments {
        title: voice.t1("paper-comments", "count", all),
        counts: (all > 0).then(|| {
            voice.tn(
                "paper-comments-counts",
                &[
                    ("support", voice.count(counts.support).into()),
                    ("neutral", voice.count(counts.neutral).into()),
                    ("oppose", voice.count(counts.oppose).into()),
                ],
            )
        }),
        on: asked.on().map(|block| {
            let all = Link::new(
                format!("{}#comments", drawing.base),
                voice.t("paper-comments-all"),
            );
            (voice.t1("paper-comments-on", "block", drawing.called(block)), all)
        }),
        none: voice.t("paper-comments-none"),
        shown: comments.items.iter().map(|own| drawing.comment(own)).collect(),
        say: (reading.may.comment && !is_open).then(|| drawing.say()),
        closed: drawing.closed(),
    })
}

/// What every comment is drawn with.
struct Drawing<'a> {
    chrome: &'a Chrome,
    visit: &'a Visit,
    frame: &'a Frame,
    reading: &'a Reading,
    asked: &'a Asked,
    back: Option<(Part, Again<'a>)>,
    base: String,
}

impl Drawing<'_> {
    fn voice(&self) -> &Voice {
        &self.visit.voice
    }

    /// Which form is open: the one that came back, or the one the address asks for.
    fn open(&self) -> Option<Part> {
        if let Some((part, _)) = self.back {
            return Some(part);
        }
        let of = |text: &str| text.parse::<CommentId>().ok();
        of(&self.asked.answer)
            .map(Part::Answer)
            .or_else(|| of(&self.asked.hide).map(Part::Hide))
            .or_else(|| of(&self.asked.dispose).map(Part::Dispose))
    }

    fn again(&self, part: Part) -> Option<Again<'_>> {
        self.back.filter(|(own, _)| *own == part).map(|(_, again)| again)
    }

    /// What a block is called.
    fn called(&self, block: BlockId) -> String {
        let own = self.reading.blocks.iter().find(|own| own.block.id == block);
        let called = own.map(|own| own.label.called()).unwrap_or_default();
        match called.is_empty() {
            true => self.voice().t("paper-block-elsewhere"),
            false => called,
        }
    }

    fn comment(&self, comment: &CommentView) -> Shown {
        let voice = self.voice();
        let zone = self.frame.edition.as_ref().map(|edition| edition.zone);
        let when = zone
            .map(|zone| voice.moment(zone.local(comment.posted_at)))
            .unwrap_or_default();
        let author = comment
            .author_name
            .clone()
            .unwrap_or_else(|| voice.t("paper-comment-somebody"));
        let gone = match comment.state {
            CommentState::Posted => None,
            CommentState::Moderated => Some(voice.t1(
                "paper-comment-hidden",
                "reason",
                comment.moderation_reason.clone().unwrap_or_default(),
            )),
            CommentState::Withdrawn => Some(voice.t("paper-comment-withdrawn")),
        };
        let disposition = comment.disposition.map(|disposition| {
            (
                voice.code("disposition", disposition.code()),
                comment.disposition_reason.clone().unwrap_or_default(),
            )
        });
        Shown {
            id: comment.id.to_string(),
            head: format!("{author}, {when}"),
            position: comment
                .position
                .map(|position| State::of("", voice.code("comment-position", position.code()))),
            place: comment.block.filter(|_| comment.parent.is_none()).map(|block| {
                let href = format!("{}/blocks/{block}", self.base);
                Link::new(href, self.called(block))
            }),
            body: comment
                .body
                .as_deref()
                .map(|body| voice.foreign(body, &comment.language)),
            gone,
            disposition,
            acts: self.acts(comment),
            withdraw: self.withdrawal(comment),
            form: self.form(comment),
            answers: comment.answers.iter().map(|own| self.comment(own)).collect(),
        }
    }

    fn acts(&self, comment: &CommentView) -> Vec<Link> {
        let voice = self.voice();
        let mut acts = Vec::new();
        if comment.state != CommentState::Posted {
            return acts;
        }
        let mut offer = |name: &str, key: &str| {
            let href = format!("{}?{name}={}#c-{}", self.base, comment.id, comment.id);
            acts.push(Link::new(href, voice.t(key)));
        };
        if self.reading.may.comment {
            offer("answer", "paper-comment-answer");
        }
        if self.reading.may.manage {
            if comment.parent.is_none() {
                offer("dispose", "paper-comment-dispose");
            }
            offer("hide", "paper-comment-hide");
        }
        acts
    }

    fn withdrawal(&self, comment: &CommentView) -> Option<Markup> {
        let may = comment.is_own && comment.state == CommentState::Posted;
        may.then(|| {
            let action = format!("{}/comments/{}/withdraw", self.base, comment.id);
            let sheet = Sheet::new(action.clone(), self.chrome.edits(&comment.version))
                .in_a_row()
                .or_does(action, self.voice().t("paper-comment-withdraw"));
            Markup::of(&sheet)
        })
    }

    /// The form that is open at a comment.
    fn form(&self, comment: &CommentView) -> Option<Markup> {
        let voice = self.voice();
        let part = self.open()?;
        let at = format!("{}/comments/{}", self.base, comment.id);
        let form = |name| {
            Again::view(self.again(part), self.visit, || {
                FormView::blank(voice).with("language", voice.language.code())
            })
            .named(name)
        };
        let sheet = match part {
            Part::Answer(id) if id == comment.id && self.reading.may.comment => {
                let form = form("answer");
                Sheet::new(format!("{at}/answers"), self.chrome.sends())
                    .and(form.summary())
                    .with(form.area("body", "paper-comment-body").required())
                    .with(language(voice, &form))
                    .does(voice.t("paper-comment-answer"))
            }
            Part::Hide(id) if id == comment.id && self.reading.may.manage => {
                let form = form("hide");
                Sheet::new(format!("{at}/hide"), self.chrome.edits(&comment.version))
                    .and(form.summary())
                    .with(
                        form.area("reason", "paper-comment-hide-reason")
                            .hint("paper-comment-hide-hint")
                            .required(),
                    )
                    .does(voice.t("paper-comment-hide"))
            }
            Part::Dispose(id) if id == comment.id && self.reading.may.manage => {
                let form = form("dispose");
                Sheet::new(format!("{at}/disposition"), self.chrome.edits(&comment.version))
                    .and(form.summary())
                    .with(
                        form.radios(
                            "disposition",
                            "paper-comment-disposition",
                            &Choice::codes::<Disposition>(voice, "disposition"),
                        )
                        .required(),
                    )
                    .with(form.area("reason", "paper-comment-dispose-reason").required())
                    .does(voice.t("paper-comment-dispose-do"))
            }
            _ => return None,
        };
        Some(Markup::of(&sheet))
    }

    /// The form for a new comment.
    fn say(&self) -> Markup {
        let voice = self.voice();
        let form = Again::view(self.again(Part::Comment), self.visit, || {
            FormView::blank(voice)
                .with("language", voice.language.code())
                .with("block", self.asked.on.clone())
        })
        .named("comment");
        let sheet = Sheet::new(format!("{}/comments", self.base), self.chrome.sends())
            .and(form.summary())
            .and(form.hidden("block"))
            .with(
                form.radios(
                    "position",
                    "paper-comment-position",
                    &Choice::codes::<Position>(voice, "comment-position"),
                )
                .required(),
            )
            .with(form.area("body", "paper-comment-body").required())
            .with(language(voice, &form))
            .does(voice.t("paper-comment-post"));
        Markup::of(&sheet)
    }

    /// Why one cannot comment now.
    fn closed(&self) -> Option<Notice> {
        let voice = self.voice();
        if self.reading.may.comment {
            return None;
        }
        let paper = &self.reading.paper;
        let now = self.visit.caller.now();
        if !papers::rules::takes_comments(paper, now) {
            return Some(Notice::new(Weight::Info, voice.t("paper-comments-closed")));
        }
        let next = format!("{}?next={}#comments", self.chrome.at("sign-in"), self.base);
        Some(
            Notice::new(Weight::Wait, voice.t("paper-comments-sign-in"))
                .with_act(Link::new(next, voice.t("sign-in"))),
        )
    }
}

/// In which language it is said.
fn language(voice: &Voice, form: &FormView) -> crate::forms::Field {
    let choices: Vec<Choice> = kernel::Language::ALL
        .iter()
        .map(|language| Choice::new(language.code(), voice.code("language", language.code())))
        .collect();
    form.select("language", "paper-comment-language", &choices)
}

/// The address of a comment.
type AtComment = Path<(String, String, String, String)>;

/// Does what a form asks of the paper of its address, and goes back to it.
async fn write(
    visit: &Visit,
    name: &'static str,
    slug: &str,
    code: &str,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, PaperId) -> Result<Option<CommentId>, Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug, code) = (visit.language().code(), slug.to_owned(), code.to_owned());
    let done = visit.submit(name, form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        let paper = papers::by_code(conn, actor, now, edition.id, &code)?;
        let at = run(conn, actor, now, paper.id)?;
        let anchor = at.map_or_else(|| "comments".to_owned(), |id| format!("c-{id}"));
        Ok(format!("/{lang}/{slug}/papers/{}#{anchor}", paper.code))
    });
    done.await
}

async fn comment(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let machine_now = visit.caller.machine_now();
    let done = match form.input::<CommentInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper| {
                let posted = commenting::post(conn, actor, now, machine_now, paper, &input)?;
                Ok(Some(posted.id))
            };
            write(&visit, "paper.comment", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    let asked = Asked {
        on: form.typed("block").to_owned(),
        ..Asked::default()
    };
    back(
        visit,
        done,
        "comment-posted",
        &slug,
        &code,
        asked,
        Part::Comment,
        &form,
    )
    .await
}

async fn answer(visit: Visit, path: AtComment, form: Form) -> Page {
    let (_, slug, code, comment) = path.into_inner();
    let machine_now = visit.caller.machine_now();
    let id: CommentId = id_of(&comment).map_err(|fault| visit.refused(fault))?;
    let done = match form.input::<AnswerInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper| {
                let posted = commenting::answer(conn, actor, now, machine_now, paper, id, &input)?;
                Ok(Some(posted.id))
            };
            write(&visit, "paper.comment.answer", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    let part = Part::Answer(id);
    back(
        visit,
        done,
        "comment-posted",
        &slug,
        &code,
        Asked::default(),
        part,
        &form,
    )
    .await
}

async fn withdraw(visit: Visit, path: AtComment, form: Form) -> Page {
    let (_, slug, code, comment) = path.into_inner();
    let id: CommentId = id_of(&comment).map_err(|fault| visit.refused(fault))?;
    let version = form.version();
    let run = move |conn: &mut Conn, actor: &Actor, now, paper| {
        let version = version.ok_or_else(Fault::stale)?;
        commenting::withdraw(conn, actor, now, paper, id, version)?;
        Ok(Some(id))
    };
    let done = write(&visit, "paper.comment.withdraw", &slug, &code, &form, run).await;
    let part = Part::Withdraw;
    back(
        visit,
        done,
        "comment-withdrawn",
        &slug,
        &code,
        Asked::default(),
        part,
        &form,
    )
    .await
}

async fn hide(visit: Visit, path: AtComment, form: Form) -> Page {
    let (_, slug, code, comment) = path.into_inner();
    let id: CommentId = id_of(&comment).map_err(|fault| visit.refused(fault))?;
    let version = form.version();
    let done = match form.input::<ModerateInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper| {
                let version = version.ok_or_else(Fault::stale)?;
                commenting::moderate(conn, actor, now, paper, id, version, &input)?;
                Ok(Some(id))
            };
            write(&visit, "paper.comment.moderate", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    let part = Part::Hide(id);
    back(
        visit,
        done,
        "comment-hidden",
        &slug,
        &code,
        Asked::default(),
        part,
        &form,
    )
    .await
}

async fn dispose(visit: Visit, path: AtComment, form: Form) -> Page {
    let (_, slug, code, comment) = path.into_inner();
    let id: CommentId = id_of(&comment).map_err(|fault| visit.refused(fault))?;
    let version = form.version();
    let done = match form.input::<DisposeInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper| {
                let version = version.ok_or_else(Fault::stale)?;
                commenting::dispose(conn, actor, now, paper, id, version, &input)?;
                Ok(Some(id))
            };
            write(&visit, "paper.comment.dispose", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    let part = Part::Dispose(id);
    back(
        visit,
        done,
        "comment-disposed",
        &slug,
        &code,
        Asked::default(),
        part,
        &form,
    )
    .await
}

#[expect(
    clippy::too_many_arguments,
    reason = "what a form did, and all its page needs to be shown again"
)]
async fn back(
    visit: Visit,
    done: Result<String, Fault>,
    word: &str,
    slug: &str,
    code: &str,
    asked: Asked,
    part: Part,
    form: &Form,
) -> Page {
    after(visit, done, word, form, async |visit, again| {
        show(visit, slug, code, "", asked, again.map(|again| (part, again))).await
    })
    .await
}
