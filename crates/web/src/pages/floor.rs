//! The floor of the World Assembly for who is there: what is discussed, who speaks, whether one may and why not, one's own
//! turn. Who chairs it has [`super::floor_chair`], the hall [`super::floor_screen`].

use access_rules::{Act, Actor, SessionId};
use actix_kit::Form;
use actix_web::web::Path;
use askama::Template;
use assembly::{
    floor::{
        asking::{self, MoveInput, SpeakInput},
        seeing::{self, SessionFloor},
    },
    world_assembly,
};
use db::Conn;
use floor::{
    View,
    model::{FloorState, Gender, MotionKind, MotionState, RulingState, SpeechKind},
};
use kernel::{Coded as _, Fault, Moment};
use programme::{editions, model::Edition};

use super::{
    desk::{Again, Heading, Paragraph, Sheet, anchor, id_of, state, together},
    floor_shown::{
        Change, FloorPart, Key, Keys, Queue, QueueLine, heard, item_heading, line, now, stream_from, unplaced,
    },
    parts::PartsPage,
};
use crate::{
    components::{Chrome, Empty, Link, Markup, Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let speak = Act::Speak;
    vec![
        get("/{lang}/{edition}/world-assembly/floor", Act::Read, page),
        post(
            "/{lang}/{edition}/world-assembly/floor/{floor}/requests",
            speak,
            ask,
        ),
        post(
            "/{lang}/{edition}/world-assembly/floor/{floor}/motions",
            speak,
            move_one,
        ),
        post(
            "/{lang}/{edition}/world-assembly/floor/requests/{request}/withdraw",
            Act::MindOwn,
            withdraw,
        ),
        post(
            "/{lang}/{edition}/world-assembly/floor/motions/{motion}/withdraw",
            Act::MindOwn,
            withdraw_motion,
        ),
        post(
            "/{lang}/{edition}/world-assembly/floor/rulings/{ruling}/appeal",
            speak,
            appeal,
        ),
    ]
}

/// What the pages show.
pub(super) struct Known {
    /// How far they have heard.
    pub seq: i64,
    /// The floor.
    pub shown: SessionFloor,
}

/// The floor of the World Assembly of an edition, for who may know of it.
pub(super) fn find(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition) -> Result<Known, Fault> {
    let session = session_of(conn, edition)?;
    Ok(Known {
        seq: heard(conn, session)?,
        shown: seeing::of_session(conn, actor, now, session)?,
    })
}

fn session_of(conn: &mut Conn, edition: &Edition) -> Result<SessionId, Fault> {
    let session = world_assembly::of_edition(conn, edition.id)?.ok_or_else(Fault::not_found)?;
    Ok(session.id)
}

async fn page(visit: Visit, path: Path<(String, String)>) -> Page {
    show(visit, &path.1, "", None).await
}

/// The page; `form_of` is the part whose form came back.
async fn show(visit: Visit, slug: &str, form_of: &str, again: Option<Again<'_>>) -> Page {
    let (frame, known) = visit
        .read_in("floor.page", slug, |conn, actor, now, edition| {
            find(conn, actor, now, edition)
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.t("floor-title")).styled("deliberation.css");
    let base = visit.at(&format!("{slug}/world-assembly"));
    page.add(Markup::of(&voice.track("assembly")));
    page.say(voice.t("wa-not-ga"));
    let mut links = vec![
        Link::new(base.clone(), voice.t("wa-back")),
        Link::new(format!("{base}/screen"), voice.t("floor-screen-link")),
    ];
    if known.shown.you.chairs {
        links.push(Link::new(format!("{base}/chair"), voice.t("floor-chair-link")));
    }
    page.links(links);
    page.put(&Said {});
    let drawing = Drawing {
        visit: &visit,
        chrome: &page.chrome,
        base,
        shown: &known.shown,
        form_of,
        again,
    };
    let part = drawing.part(known.seq);
    page.put(&part);
    page.answer(&visit, again)
}

/// Where the script says what changed.
#[derive(Template)]
#[template(
    source = "<p class=\"hidden\" role=\"status\" id=\"floor-said\"></p>",
    ext = "html"
)]
pub(super) struct Said {}

struct Drawing<'a> {
    visit: &'a Visit,
    chrome: &'a Chrome,
    base: String,
    shown: &'a SessionFloor,
    form_of: &'a str,
    again: Option<Again<'a>>,
}

impl Drawing<'_> {
    fn voice(&self) -> &Voice {
        &self.visit.voice
    }

    fn form(&self, of: &str) -> FormView {
        let again = self.again.filter(|_| self.form_of == of);
        Again::view(again, self.visit, || FormView::blank(self.voice())).within(format!("f-{of}"))
    }

    fn part(&self, seq: i64) -> FloorPart {
        let mut parts = Vec::new();
        match self.shown.is_on() {
            Some(floor) => self.draw(floor, &mut parts),
            None => parts.push(Markup::of(&Empty::new(
                self.voice().t("floor-nothing"),
                self.voice().t("floor-nothing-hint"),
            ))),
        }
        FloorPart {
            stream: stream_from(self.visit.site(), self.shown.session, seq),
            digest: self
                .shown
                .floor
                .as_ref()
                .map(|floor| floor.digest.clone())
                .unwrap_or_default(),
            said: self
                .shown
                .is_on()
                .map_or_else(|| self.voice().t("floor-nothing"), |_| self.mine().join(" ")),
            at_once: false,
            parts,
        }
    }

    fn draw(&self, floor: &View, parts: &mut Vec<Markup>) {
        let voice = self.voice();
        parts.push(item_heading(voice, self.shown, floor));
        if floor.state == FloorState::Paused {
            parts.push(notice(voice, "floor-paused"));
        }
        if floor.list_closed {
            parts.push(notice(voice, "floor-list-is-closed"));
        }
        parts.push(Markup::of(&now(voice, floor)));
        parts.push(heading(voice.t("floor-mine")));
        parts.extend(self.mine().into_iter().map(paragraph));
        self.acts(floor, parts);
        self.rulings(floor, parts);
        self.motions(floor, parts);
        parts.push(heading(voice.t("floor-queue")));
        let mut lines: Vec<QueueLine> = floor.queue.iter().map(|waiting| line(voice, waiting)).collect();
        lines.extend(floor.to_admit.iter().map(|own| unplaced(voice, own)));
        parts.push(Markup::of(&Queue {
            voice: voice.clone(),
            lines,
        }));
    }

    /// Where the reader stands, a sentence each.
    fn mine(&self) -> Vec<String> {
        let (voice, you) = (self.voice(), &self.shown.you);
        let mut said: Vec<String> = Vec::new();
        for own in &you.requests {
            let what = voice.code("speech-kind", own.kind.code());
            said.push(match own.place {
                _ if own.has_floor => voice.t("floor-my-turn"),
                Some(place) => voice.t2("floor-my-place", "what", what, "place", voice.count(place)),
                None => voice.t1("floor-my-wait", "what", what),
            });
        }
        if said.is_empty() && you.may_speak {
            said.push(voice.t("floor-not-asked"));
        }
        said
    }

    /// Whether the reader may speak, and what they may ask for now.
    fn acts(&self, floor: &View, parts: &mut Vec<Markup>) {
        let (voice, you) = (self.voice(), &self.shown.you);
        if !you.may_speak {
            parts.push(paragraph(voice.t("floor-may-not")));
            let why = you.why_not.as_deref().unwrap_or("not_allowed");
            parts.push(paragraph(voice.t(format!("fault-{why}"))));
            if why == "not_endorsed" {
                parts.push(together([anchor(
                    self.base.clone(),
                    voice.t("floor-ask-network"),
                )]));
            }
            return;
        }
        parts.push(paragraph(match you.speaks_for.is_empty() {
            true => voice.t("floor-may-alone"),
            false => voice.t1("floor-may", "for", you.speaks_for.clone()),
        }));
        let asked: Vec<SpeechKind> = you.requests.iter().map(|own| own.kind).collect();
        let in_hand = floor.motions.iter().find(|own| own.is_in_hand);
        let may_ask = floor.open_to.iter().filter(|kind| !asked.contains(kind));
        let mut keys: Vec<Key> = Vec::new();
        for kind in may_ask {
            if *kind == SpeechKind::Statement {
                parts.push(self.statement(floor));
                continue;
            }
            let motion = in_hand.filter(|_| kind.is_on_motion()).map(|own| own.id);
            let mut fields = vec![("kind", kind.code().to_owned())];
            fields.extend(motion.map(|id| ("motion", id.to_string())));
            keys.push(Key {
                fields,
                ..self.key(
                    format!("{}/requests", floor.id),
                    voice.t(format!("floor-ask-{}", kind.code())),
                )
            });
        }
        for own in you.requests.iter().filter(|own| !own.has_floor) {
            let what = voice.code("speech-kind", own.kind.code());
            keys.push(self.key(
                format!("requests/{}/withdraw", own.id),
                voice.t1("floor-withdraw", "what", what),
            ));
        }
        for id in &you.motions {
            keys.push(self.key(format!("motions/{id}/withdraw"), voice.t("floor-withdraw-motion")));
        }
        parts.push(self.keys(keys));
        parts.push(self.moving(floor));
    }

    fn key(&self, at: String, label: String) -> Key {
        Key {
            action: format!("{}/floor/{at}", self.base),
            sends: self.chrome.sends(),
            fields: Vec::new(),
            class: "btn",
            letter: None,
            cap: None,
            label,
        }
    }

    fn keys(&self, keys: Vec<Key>) -> Markup {
        Markup::of(&Keys {
            voice: self.voice().clone(),
            keys,
            has_switch: false,
        })
    }

    /// The form that asks for the floor.
    fn statement(&self, floor: &View) -> Markup {
        let voice = self.voice();
        let form = self.form("statement").with("kind", SpeechKind::Statement.code());
        let mut sheet = Sheet::new(
            format!("{}/floor/{}/requests", self.base, floor.id),
            self.chrome.sends(),
        )
        .and(form.summary())
        .and(form.hidden("kind"));
        if floor.criteria.contains(&floor::model::Criterion::Gender) {
            sheet = sheet.with(
                form.select(
                    "gender",
                    "floor-gender",
                    &Choice::codes::<Gender>(voice, "speaker-gender"),
                )
                .hint("floor-gender-hint")
                .optional()
                .short(),
            );
        }
        Markup::of(&sheet.does(voice.t("floor-ask-statement")))
    }

    /// The form that moves a motion, folded.
    fn moving(&self, floor: &View) -> Markup {
        let voice = self.voice();
        let form = self.form("motion").named("floor-move");
        let action = format!("{}/floor/{}/motions", self.base, floor.id);
        let sheet = Sheet::new(action.clone(), self.chrome.sends())
            .and(form.summary())
            .with(form.select(
                "kind",
                "floor-move-kind",
                &Choice::codes::<MotionKind>(voice, "motion-kind"),
            ))
            .with(form.area("words", "floor-move-words").optional())
            .or_does(action, voice.t("floor-move-do"));
        Markup::of(&Change {
            id: "move".to_owned(),
            label: voice.t("floor-move"),
            is_open: self.form_of == "motion",
            sheet: Markup::of(&sheet),
        })
    }

    fn rulings(&self, floor: &View, parts: &mut Vec<Markup>) {
        let voice = self.voice();
        let Some(last) = floor.rulings.first() else { return };
        parts.push(heading(voice.t("floor-rulings")));
        parts.push(ruled(voice, last));
        if last.state == RulingState::Given && self.shown.you.may_speak {
            let appeal = self.key(format!("rulings/{}/appeal", last.id), voice.t("floor-appeal"));
            parts.push(self.keys(vec![appeal]));
        }
    }

    fn motions(&self, floor: &View, parts: &mut Vec<Markup>) {
        let voice = self.voice();
        let waits: Vec<_> = floor
            .motions
            .iter()
            .filter(|own| own.state == MotionState::Moved)
            .collect();
        if waits.is_empty() {
            return;
        }
        parts.push(heading(voice.t("floor-motions")));
        parts.extend(waits.into_iter().map(|own| moved(voice, own)));
    }
}

/// A heading.
pub(super) fn heading(text: String) -> Markup {
    Markup::of(&Heading { text })
}

/// A paragraph.
pub(super) fn paragraph(text: String) -> Markup {
    Markup::of(&Paragraph { text })
}

/// What everybody is told first.
pub(super) fn notice(voice: &Voice, key: &str) -> Markup {
    Markup::of(&Notice::new(Weight::Wait, voice.t(key)))
}

/// A ruling, and what became of it.
pub(super) fn ruled(voice: &Voice, own: &floor::RulingLine) -> Markup {
    let found = voice.code("ruling-finding", own.finding.code());
    let text = match own.words.is_empty() {
        true => found,
        false => format!("{found}. {}", own.words),
    };
    together([paragraph(text), state(voice, "ruling-state", own.state.code())])
}

/// A motion, and who moved it.
pub(super) fn moved(voice: &Voice, own: &floor::MotionLine) -> Markup {
    let kind = voice.code("motion-kind", own.kind.code());
    let by = voice.t1("floor-motion-by", "name", own.name.clone());
    paragraph(match own.words.is_empty() {
        true => format!("{kind}. {by}"),
        false => format!("{kind}. {by}: {}", own.words),
    })
}

/// Does what a form asks, and goes back to one's own turn, or shows the form once more.
async fn act(
    visit: Visit,
    name: &'static str,
    slug: &str,
    form_of: &str,
    form: Form,
    run: impl Fn(&mut Conn, &Actor, Moment) -> Result<(), Fault> + Send + 'static,
) -> Page {
    let (lang, edition) = (visit.language().code(), slug.to_owned());
    let done = visit
        .submit(name, &form, move |conn, actor, now| {
            editions::by_slug(conn, actor, &edition)?;
            run(conn, actor, now)?;
            Ok(format!("/{lang}/{edition}/world-assembly/floor#floor"))
        })
        .await;
    match done {
        Ok(next) => Ok(visit.go(&next, None)),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, slug, form_of, Again::of(&form, &fault)).await
        }
    }
}

async fn ask(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, floor) = path.into_inner();
    match form.input::<SpeakInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now| {
                asking::ask(conn, actor, now, id_of(&floor)?, &input).map(drop)
            };
            act(visit, "floor.ask", &slug, "statement", form, run).await
        }
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, &slug, "statement", Again::of(&form, &fault)).await
        }
    }
}

async fn move_one(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, floor) = path.into_inner();
    match form.input::<MoveInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now| {
                asking::move_one(conn, actor, now, id_of(&floor)?, &input).map(drop)
            };
            act(visit, "floor.move", &slug, "motion", form, run).await
        }
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            show(visit, &slug, "motion", Again::of(&form, &fault)).await
        }
    }
}

async fn withdraw(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, request) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now| {
        asking::withdraw(conn, actor, now, id_of(&request)?).map(drop)
    };
    act(visit, "floor.withdraw", &slug, "", form, run).await
}

async fn withdraw_motion(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, motion) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now| {
        asking::withdraw_motion(conn, actor, now, id_of(&motion)?).map(drop)
    };
    act(visit, "floor.withdraw_motion", &slug, "", form, run).await
}

async fn appeal(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, ruling) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now| {
        asking::appeal(conn, actor, now, id_of(&ruling)?).map(drop)
    };
    act(visit, "floor.appeal", &slug, "", form, run).await
}
