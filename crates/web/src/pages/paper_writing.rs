//! Writing at a paper, block by block: one form open at a time, in Markdown; or the whole pasted in at once. Two people on
//! different blocks never disturb each other; who comes second on one is shown what stands there now.

use access_rules::{Act, Actor};
use actix_kit::{Form, Query};
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Kind, Moment};
use members::sections::Section;
use papers::{
    model::{Paper, PriorityKind},
    reading::{self, ReadBlock, Reading},
    writing::{self, BlockForm, ImportInput, MoveInput, PrioritiesInput, TitleInput},
};
use programme::editions;
use serde::Deserialize;
use texts::{
    markdown,
    model::{Block, BlockId},
};

use super::{
    desk::{Again, Sheet, after, id_of},
    papers::At,
    parts::PartsPage,
};
use crate::{
    components::{Chrome, Empty, Link, Markup, Notice, Sends, Weight, text::text},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// Rows for further priorities in the form.
const ROWS_MORE: usize = 2;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::WritePaper;
    vec![
        get("/{lang}/{edition}/papers/{paper}/write", act, page),
        post("/{lang}/{edition}/papers/{paper}/write/title", act, rename),
        post("/{lang}/{edition}/papers/{paper}/write/whole", act, import),
        post(
            "/{lang}/{edition}/papers/{paper}/write/priorities",
            act,
            priorities,
        ),
        post("/{lang}/{edition}/papers/{paper}/write/blocks", act, add),
        post(
            "/{lang}/{edition}/papers/{paper}/write/blocks/{block}",
            act,
            change,
        ),
        post(
            "/{lang}/{edition}/papers/{paper}/write/blocks/{block}/move",
            act,
            move_it,
        ),
        post(
            "/{lang}/{edition}/papers/{paper}/write/blocks/{block}/remove",
            act,
            remove,
        ),
    ]
}

/// Which form is open, by the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The block that is written anew.
    block: String,
    /// The block after which one is added; `start` for the beginning.
    after: String,
}

/// Which form is open, or came back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A block is written anew.
    Block(BlockId),
    /// One is added, at the beginning when after none.
    Add(Option<BlockId>),
    Title,
    Whole,
    /// A file in its place.
    File,
    Priorities,
    /// A button without a form of its own.
    Button,
}

/// A block as it is worked at.
#[derive(Template)]
#[template(path = "parts/written_block.html")]
struct Written {
    id: String,
    text: Markup,
    sends: Sends,
    /// Where it is moved by.
    moves: String,
    up: Option<(String, String)>,
    down: Option<(String, String)>,
    remove: (String, String),
    edit: Link,
    add: Link,
    form: Option<Markup>,
    below: Option<Markup>,
}

async fn page(visit: Visit, path: At, query: Query<Asked>) -> Page {
    let Query(asked) = query;
    let open = match (asked.block.parse(), asked.after.as_str()) {
        (Ok(block), _) => Some(Part::Block(block)),
        (Err(_), "start") => Some(Part::Add(None)),
        (Err(_), after) => after.parse().ok().map(|after| Part::Add(Some(after))),
    };
    show(visit, &path.1, &path.2, open, None).await
}

async fn show(visit: Visit, slug: &str, code: &str, open: Option<Part>, again: Option<Again<'_>>) -> Page {
    let named = code.to_owned();
    let (frame, reading) = visit
        .read_in("paper.write", slug, move |conn, actor, now, edition| {
            let paper = papers::by_code(conn, actor, now, edition.id, &named)?;
            papers::may(actor, Act::WritePaper, &paper, now).or_fault()?;
            reading::shown(conn, actor, now, paper.id, "")
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("{slug}/papers/{code}"));
    let title = format!("{} {}", reading.paper.code, voice.said(&reading.title).text);
    let mut page = PartsPage::own(&visit, &frame, title).styled("deliberation.css");
    page.links(vec![
        Link::new(base.clone(), voice.t("paper-back")),
        Link::new(format!("{base}/team"), voice.t("paper-team")),
    ]);
    if !reading.may.write {
        page.put(&Notice::new(Weight::Stop, voice.t("paper-not-written-now")));
        return page.answer(&visit, again);
    }
    page.lead(voice.t("paper-write-lead"));
    let drawing = Drawing {
        visit: &visit,
        reading: &reading,
        base: format!("{base}/write"),
        open,
        again,
    };
    if let Some(told) = drawing.stale() {
        page.add(told);
    }
    if reading.blocks.is_empty() {
        page.put(&Empty::new(voice.t("paper-empty"), voice.t("paper-write-first")));
        page.add(drawing.adding(&page.chrome, None));
    } else {
        if open == Some(Part::Add(None)) {
            page.add(drawing.adding(&page.chrome, None));
        } else {
            let href = format!("{}?after=start#form", drawing.base);
            page.links(vec![Link::new(href, voice.t("paper-block-add-start"))]);
        }
        for at in 0..reading.blocks.len() {
            if let Some(written) = drawing.block(&page.chrome, at) {
                page.put(&written);
            }
        }
    }
    drawing.rest(&mut page);
    page.answer(&visit, again)
}

/// What every part of the page is drawn with.
struct Drawing<'a> {
    visit: &'a Visit,
    reading: &'a Reading,
    base: String,
    open: Option<Part>,
    again: Option<Again<'a>>,
}

impl Drawing<'_> {
    fn voice(&self) -> &Voice {
        &self.visit.voice
    }

    fn again(&self, part: Part) -> Option<Again<'_>> {
        self.again.filter(|_| self.open == Some(part))
    }

    /// What stands in a block now, for who comes second.
    fn stale(&self) -> Option<Markup> {
        let fault = self.again?.fault;
        let Some(Part::Block(id)) = self.open else {
            return None;
        };
        if fault.kind != Kind::Stale {
            return None;
        }
        let now = self.reading.blocks.iter().find(|block| block.block.id == id)?;
        let heading = Markup::of(&Notice::new(
            Weight::Stop,
            self.voice().t("paper-block-changed-meanwhile"),
        ));
        let stands = text(std::slice::from_ref(&now.block), &self.reading.authentic);
        Some(super::desk::together([heading, stands]))
    }

    fn block(&self, chrome: &Chrome, at: usize) -> Option<Written> {
        let voice = self.voice();
        let blocks = &self.reading.blocks;
        let own = blocks.get(at)?;
        let id = own.block.id;
        let address = |rest: &str| format!("{}/blocks/{id}{rest}", self.base);
        // Where it goes: before the one above, or after the one below.
        let above = (at > 0).then(|| before(blocks, at - 1));
        let below = blocks.get(at + 1).map(|below| below.block.id.to_string());
        Some(Written {
            id: id.to_string(),
            text: text(std::slice::from_ref(&own.block), &self.reading.authentic),
            sends: chrome.edits(&own.version.unwrap_or_default()),
            moves: address("/move"),
            up: above.map(|after| (after, voice.t("paper-block-up"))),
            down: below.map(|after| (after, voice.t("paper-block-down"))),
            remove: (address("/remove"), voice.t("paper-block-remove")),
            edit: Link::new(
                format!("{}?block={id}#form", self.base),
                voice.t("paper-block-write"),
            ),
            add: Link::new(
                format!("{}?after={id}#form", self.base),
                voice.t("paper-block-add"),
            ),
            form: (self.open == Some(Part::Block(id))).then(|| self.changing(chrome, own)),
            below: (self.open == Some(Part::Add(Some(id)))).then(|| self.adding(chrome, Some(id))),
        })
    }

    fn changing(&self, chrome: &Chrome, own: &ReadBlock) -> Markup {
        let voice = self.voice();
        let part = Part::Block(own.block.id);
        let stands = markdown::export(&[without_marks(&own.block)]);
        let form = Again::view(self.again(part), self.visit, || {
            FormView::blank(voice).with("markdown", stands.trim_end())
        })
        .named("paper-block");
        let action = format!("{}/blocks/{}", self.base, own.block.id);
        let sheet = Sheet::new(action, chrome.edits(&own.version.unwrap_or_default()))
            .and(form.summary())
            .with(
                form.area("markdown", "paper-block-markdown")
                    .hint("paper-markdown-hint")
                    .required(),
            )
            .does(voice.t("save"));
        Markup::of(&sheet)
    }

    fn adding(&self, chrome: &Chrome, after: Option<BlockId>) -> Markup {
        let voice = self.voice();
        let form = Again::view(self.again(Part::Add(after)), self.visit, || {
            FormView::blank(voice).with("after", after.map(|id| id.to_string()).unwrap_or_default())
        })
        .named("paper-block");
        let sheet = Sheet::new(format!("{}/blocks", self.base), chrome.sends())
            .and(form.summary())
            .and(form.hidden("after"))
            .with(
                form.area("markdown", "paper-block-new")
                    .hint("paper-markdown-hint")
                    .required(),
            )
            .does(voice.t("paper-block-add-do"));
        Markup::of(&sheet)
    }

    /// Title, priorities, and the whole at once.
    fn rest(&self, page: &mut PartsPage) {
        let voice = self.voice();
        let reading = self.reading;
        let text_version = reading.text_version.unwrap_or_default();
        page.heading(voice.t("paper-title"));
        let form = Again::view(self.again(Part::Title), self.visit, || {
            FormView::filled(voice, &serde_json::json!({ "title": reading.title }))
        })
        .named("paper-title");
        let sheet = Sheet::new(format!("{}/title", self.base), page.chrome.edits(&text_version))
            .and(form.summary())
            .with(
                form.tongues("title", "paper-title")
                    .hint("localized-hint")
                    .required(),
            )
            .or_does(format!("{}/title", self.base), voice.t("save"));
        page.put(&sheet);
        page.heading(voice.t("paper-priorities"));
        page.say(voice.t("paper-priorities-hint"));
        page.add(self.priorities(&page.chrome));
        page.heading(voice.t("paper-whole"));
        page.say(voice.t("paper-whole-hint"));
        let form =
            Again::view(self.again(Part::Whole), self.visit, || FormView::blank(voice)).named("paper-whole");
        let action = format!("{}/whole", self.base);
        let sheet = Sheet::new(action.clone(), page.chrome.edits(&text_version))
            .and(form.summary())
            .with(
                form.area("text", "paper-whole-text")
                    .hint("paper-markdown-hint")
                    .required(),
            )
            .or_does(action, voice.t("paper-whole-do"));
        page.put(&sheet);
        self.file(page, text_version);
    }

    /// The same from a file.
    fn file(&self, page: &mut PartsPage, text_version: i64) {
        let voice = self.voice();
        page.heading(voice.t("paper-file"));
        page.say(voice.t("paper-file-hint"));
        let form =
            Again::view(self.again(Part::File), self.visit, || FormView::blank(voice)).named("paper-file");
        let action = format!("{}/file", self.base);
        let sheet = Sheet::new(action.clone(), page.chrome.edits(&text_version))
            .with_file()
            .and(form.summary())
            .with(
                form.file("file", "paper-file-file")
                    .takes(".docx,.md,.markdown,.txt")
                    .required(),
            )
            .or_does(action, voice.t("paper-file-do"));
        page.put(&sheet);
    }

    fn priorities(&self, chrome: &Chrome) -> Markup {
        let voice = self.voice();
        let paper = &self.reading.paper;
        let form = Again::view(self.again(Part::Priorities), self.visit, || {
            FormView::filled(voice, &serde_json::json!({ "priorities": paper.priorities }))
        })
        .named("paper-priorities");
        let kinds = Choice::codes::<PriorityKind>(voice, "priority-kind");
        let sections: Vec<Choice> = Section::ALL
            .iter()
            .map(|section| Choice::new(section.code(), voice.said(&section.names()).text))
            .collect();
        let action = format!("{}/priorities", self.base);
        let mut sheet = Sheet::new(action.clone(), chrome.edits(&paper.version)).and(form.summary());
        for at in 0..paper.priorities.0.len() + ROWS_MORE {
            let path = |rest: &str| format!("priorities.{at}.{rest}");
            sheet = sheet
                .with(form.tongues(&path("label"), "paper-priority").optional())
                .with(
                    form.select(&path("kind"), "paper-priority-kind", &kinds)
                        .optional(),
                )
                .with(
                    form.select(&path("section"), "paper-priority-section", &sections)
                        .optional(),
                );
        }
        Markup::of(&sheet.or_does(action, voice.t("save")))
    }
}

/// The block after which one stands that goes before another; nothing for the beginning.
fn before(blocks: &[ReadBlock], at: usize) -> String {
    at.checked_sub(1)
        .and_then(|above| blocks.get(above))
        .map(|above| above.block.id.to_string())
        .unwrap_or_default()
}

/// A block without the marks of footnotes: they stay where they are, whatever is written.
fn without_marks(block: &Block) -> Block {
    let mut block = block.clone();
    if let texts::model::Content::Text(runs) = &mut block.content {
        runs.retain(|run| run.note.is_none());
    }
    block
}

/// Does what a form asks of the paper of its address. `run` answers the anchor to go to.
pub(super) async fn write(
    visit: &Visit,
    name: &'static str,
    slug: &str,
    code: &str,
    form: &Form,
    run: impl Fn(&mut Conn, &Actor, Moment, &Paper) -> Result<String, Fault> + Send + 'static,
) -> Result<String, Fault> {
    let (lang, slug, code) = (visit.language().code(), slug.to_owned(), code.to_owned());
    let done = visit.submit(name, form, move |conn, actor, now| {
        let edition = editions::by_slug(conn, actor, &slug)?;
        let paper = papers::by_code(conn, actor, now, edition.id, &code)?;
        let anchor = run(conn, actor, now, &paper)?;
        Ok(format!("/{lang}/{slug}/papers/{}/write{anchor}", paper.code))
    });
    done.await
}

pub(super) async fn back(
    visit: Visit,
    done: Result<String, Fault>,
    word: &str,
    path: (&str, &str),
    part: Part,
    form: &Form,
) -> Page {
    let (slug, code) = path;
    after(visit, done, word, form, async |visit, again| {
        show(visit, slug, code, Some(part), again).await
    })
    .await
}

async fn rename(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let version = form.version();
    let done = match form.input::<TitleInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                writing::rename(conn, actor, now, paper.id, version, &input)?;
                Ok(String::new())
            };
            write(&visit, "paper.rename", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, "saved", (&slug, &code), Part::Title, &form).await
}

/// Markup is told from Markdown by how it begins: what a word processor puts on the clipboard of a plain field is text.
async fn import(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let version = form.version();
    let done = match form.input::<ImportInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                match input.text.trim_start().starts_with('<') {
                    true => writing::replace_all_html(conn, actor, now, paper.id, version, &input)?,
                    false => writing::replace_all_markdown(conn, actor, now, paper.id, version, &input)?,
                };
                Ok(String::new())
            };
            write(&visit, "paper.import", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, "saved", (&slug, &code), Part::Whole, &form).await
}

async fn priorities(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let version = form.version();
    let done = match form.input::<Stated>() {
        Ok(stated) => {
            let input = stated.said();
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                writing::set_priorities(conn, actor, now, paper.id, version, &input)?;
                Ok(String::new())
            };
            write(&visit, "paper.priorities", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, "saved", (&slug, &code), Part::Priorities, &form).await
}

/// The rows of the form of priorities, those left alone too.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Stated {
    priorities: Vec<StatedOne>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct StatedOne {
    kind: String,
    section: String,
    label: kernel::Localized,
}

impl Stated {
    /// A row without words is none; one without a kind is of a theme.
    fn said(&self) -> PrioritiesInput {
        let said = self.priorities.iter().filter(|own| !own.label.is_blank());
        PrioritiesInput {
            priorities: said
                .map(|own| papers::model::Priority {
                    kind: own.kind.parse().unwrap_or(PriorityKind::Thematic),
                    section: own.section.parse().ok(),
                    label: own.label.clone(),
                })
                .collect(),
        }
    }
}

async fn add(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, code) = path.into_inner();
    let after = form.typed("after").parse().ok();
    let done = match form.input::<BlockForm>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                let added = writing::add(conn, actor, now, paper.id, &input)?;
                let last = added.blocks.last();
                Ok(last
                    .map(|block| format!("#w-{}", block.block.id))
                    .unwrap_or_default())
            };
            write(&visit, "paper.block.add", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, "saved", (&slug, &code), Part::Add(after), &form).await
}

/// The address of a block.
type AtBlock = Path<(String, String, String, String)>;

async fn change(visit: Visit, path: AtBlock, form: Form) -> Page {
    let (_, slug, code, block) = path.into_inner();
    let id: BlockId = id_of(&block).map_err(|fault| visit.refused(fault))?;
    let version = form.version();
    let done = match form.input::<BlockForm>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                let version = version.ok_or_else(Fault::stale)?;
                writing::change(conn, actor, now, paper.id, id, version, &input)?;
                Ok(format!("#w-{id}"))
            };
            write(&visit, "paper.block.change", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, "saved", (&slug, &code), Part::Block(id), &form).await
}

async fn move_it(visit: Visit, path: AtBlock, form: Form) -> Page {
    let (_, slug, code, block) = path.into_inner();
    let id: BlockId = id_of(&block).map_err(|fault| visit.refused(fault))?;
    let done = match form.input::<MoveInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
                writing::move_after(conn, actor, now, paper.id, id, &input)?;
                Ok(format!("#w-{id}"))
            };
            write(&visit, "paper.block.move", &slug, &code, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, "saved", (&slug, &code), Part::Button, &form).await
}

async fn remove(visit: Visit, path: AtBlock, form: Form) -> Page {
    let (_, slug, code, block) = path.into_inner();
    let id: BlockId = id_of(&block).map_err(|fault| visit.refused(fault))?;
    let version = form.version();
    let run = move |conn: &mut Conn, actor: &Actor, now, paper: &Paper| {
        let version = version.ok_or_else(Fault::stale)?;
        writing::remove(conn, actor, now, paper.id, id, version)?;
        Ok(String::new())
    };
    let done = write(&visit, "paper.block.remove", &slug, &code, &form, run).await;
    back(visit, done, "removed", (&slug, &code), Part::Button, &form).await
}
