//! Where who leads a theme of the Town Hall runs it (R9, R89, R90): what it lacks, its paper through its phases (R95), when
//! it takes comments (R98), the page of the theme, and its sessions. The caucuses it asks and the councils it talks with are
//! drawn in [`super::town_hall_heard`]; what its forms do is [`super::town_hall_leading`]; what the paper says is written on
//! the paper's own pages.

use access_rules::{Act, Actor};
use actix_kit::{Arg, Query};
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Language, LocalDateTime, Moment};
use papers::{
    PaperLine,
    model::{PaperState, PaperTrack},
};
use programme::model::{Edition, SessionKind};
use serde::Deserialize;
use town_hall::{
    caucuses,
    consultation::{self, Point},
    model::{Caucus, PairingId},
    reviews::{self, ReviewView},
    space::{self, SpaceView},
};

use super::{
    desk::{Again, Sheet, button},
    parts::PartsPage,
    town_hall::{PHASES, of, steps},
};
use crate::{
    components::{Link, Notice, State, Weight},
    forms::{Choice, FormView},
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// Rows for further links in the form.
const ROWS_MORE: usize = 2;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get(
        "/{lang}/{edition}/town-hall/{theme}/lead",
        Act::ManagePapers,
        page,
    )]
}

/// The address of a theme.
pub(super) type At = Path<(String, String, String)>;

/// Which form came back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Begin,
    Phase,
    Window,
    Ask,
    Space,
    Pair,
    Pairing(PairingId),
}

/// Which pairing's form is open, by the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    pairing: String,
}

/// What the page shows.
pub(super) struct Known {
    pub(super) space: SpaceView,
    pub(super) points: Vec<Point>,
    pub(super) reviews: Vec<ReviewView>,
    pub(super) caucuses: Vec<Caucus>,
}

fn find(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition, code: &str) -> Result<Known, Fault> {
    let theme = of(conn, edition, code)?;
    // Who does not run the theme is refused here.
    let points = consultation::checklist(conn, actor, now, theme)?;
    let space = space::get(conn, actor, now, theme)?;
    let reviews = match &space.paper {
        Some(line) => reviews::of_paper(conn, actor, now, line.paper.id)?,
        None => vec![],
    };
    let all = caucuses::list(conn, actor, edition.id)?;
    Ok(Known {
        space,
        points,
        reviews,
        caucuses: all.into_iter().filter(|caucus| !caucus.retired).collect(),
    })
}

async fn page(visit: Visit, path: At, query: Query<Asked>) -> Page {
    let Query(asked) = query;
    let open = asked.pairing.parse().ok().map(Part::Pairing);
    show(visit, &path.1, &path.2, open, None).await
}

/// The page with one form open, or come back.
pub(super) async fn show(
    visit: Visit,
    slug: &str,
    code: &str,
    open: Option<Part>,
    again: Option<Again<'_>>,
) -> Page {
    let asked = code.to_owned();
    let (frame, known) = visit
        .read_in("town_hall.lead", slug, move |conn, actor, now, edition| {
            find(conn, actor, now, edition, &asked)
        })
        .await?;
    let voice = &visit.voice;
    let title = voice.said(&known.space.title).text;
    let mut page = PartsPage::own(&visit, &frame, title).styled("deliberation.css");
    page.lead(voice.t("theme-lead-lead"));
    let base = visit.at(&format!("{slug}/town-hall/{code}"));
    page.links(vec![
        Link::new(base.clone(), voice.t("theme-lead-page")),
        Link::new(format!("{base}/lead/pages"), voice.t("theme-pages")),
        Link::new(format!("{base}/lead/people"), voice.t("theme-people")),
    ]);
    let drawing = Drawing {
        visit: &visit,
        edition: frame.edition.as_ref(),
        slug,
        base: format!("{base}/lead"),
        known: &known,
        open,
        again,
    };
    drawing.lacks(&mut page);
    drawing.paper(&mut page);
    drawing.window(&mut page);
    drawing.reviews(&mut page);
    drawing.space(&mut page);
    drawing.councils(&mut page);
    drawing.sessions(&mut page);
    drawing.another(&mut page);
    page.answer(&visit, again)
}

#[derive(Template)]
#[template(
    source = "<ul class=\"lines\">{% for (sentence, state) in lines %}<li class=\"row apart\"><span>{{ sentence }}</span>{{ state }}</li>{% endfor %}</ul>",
    ext = "html"
)]
struct Lacks {
    lines: Vec<(String, State)>,
}

/// The page as it is drawn.
pub(super) struct Drawing<'a> {
    pub(super) visit: &'a Visit,
    pub(super) edition: Option<&'a Edition>,
    pub(super) slug: &'a str,
    pub(super) base: String,
    pub(super) known: &'a Known,
    pub(super) open: Option<Part>,
    pub(super) again: Option<Again<'a>>,
}

impl Drawing<'_> {
    pub(super) fn voice(&self) -> &Voice {
        &self.visit.voice
    }

    pub(super) fn again(&self, part: Part) -> Option<Again<'_>> {
        self.again.filter(|_| self.open == Some(part))
    }

    fn local(&self, at: Option<Moment>) -> String {
        at.zip(self.edition)
            .map(|(at, edition)| edition.zone.local(at).to_string())
            .unwrap_or_default()
    }

    /// What the theme lacks, in the order in which it will be asked for.
    fn lacks(&self, page: &mut PartsPage) {
        let voice = self.voice();
        page.heading(voice.t("theme-lacks"));
        if self.known.points.is_empty() {
            page.put(&Notice::new(Weight::Done, voice.t("theme-lacks-nothing")));
            return;
        }
        let line = |point: &Point| {
            let args: Vec<(&str, Arg)> = point
                .facts
                .iter()
                .map(|(name, value)| (name.as_str(), Arg::from(value)))
                .collect();
            let (class, key) = match point.is_warning {
                true => ("", "theme-lack-warning"),
                false => ("waiting", "theme-lack-missing"),
            };
            let sentence = voice.tn(&format!("theme-lack-{}", point.code.code()), &args);
            (sentence, State::of(class, voice.t(key)))
        };
        page.put(&Lacks {
            lines: self.known.points.iter().map(line).collect(),
        });
    }

    /// The paper and where it goes next, or the form that begins it.
    fn paper(&self, page: &mut PartsPage) {
        let voice = self.voice();
        page.heading(voice.t("town-hall-paper"));
        let Some(line) = &self.known.space.paper else {
            page.say(voice.t("theme-paper-begin-hint"));
            let sheet = self.beginning(page).does(voice.t("theme-paper-begin"));
            page.put(&sheet);
            return;
        };
        let at = self
            .visit
            .at(&format!("{}/papers/{}", self.slug, line.paper.code));
        let title = voice.said(&line.title).text;
        page.say(format!("{} {title}", line.paper.code));
        page.put(&steps(voice, line.paper.state));
        page.links(vec![
            Link::new(at.clone(), voice.t("theme-paper-read")),
            Link::new(format!("{at}/write"), voice.t("paper-write")),
            Link::new(format!("{at}/team"), voice.t("paper-team")),
        ]);
        self.phase(page, line);
        let is_writable = papers::rules::writable(&line.paper, self.visit.caller.now()).is_ok();
        if line.paper.published_version.is_some() && is_writable {
            page.say(voice.t("theme-paper-show-hint"));
            page.add(button(
                &page.chrome,
                format!("{}/show", self.base),
                "theme-paper-show",
            ));
        }
    }

    fn phase(&self, page: &mut PartsPage, line: &PaperLine) {
        let voice = self.voice();
        let next = next(line.paper.state);
        let Some(first) = next.first() else {
            page.say(voice.t("theme-phase-none"));
            return;
        };
        let form = Again::view(self.again(Part::Phase), self.visit, || {
            FormView::blank(voice).with("to", first.code())
        })
        .named("theme-phase");
        let choices: Vec<Choice> = next
            .iter()
            .map(|state| {
                let name = voice.code("paper-state", state.code());
                Choice::new(state.code(), name).with_hint(voice.code("theme-phase-needs", state.code()))
            })
            .collect();
        let sheet = Sheet::new(format!("{}/phase", self.base), page.chrome.sends())
            .and(form.summary())
            .with(form.radios("to", "theme-phase-to", &choices).required())
            .with(
                form.area("reason", "theme-phase-reason")
                    .hint("theme-phase-reason-hint")
                    .optional(),
            )
            .does(voice.t("theme-phase-do"));
        page.put(&sheet);
    }

    /// The form that begins a paper, without its button.
    fn beginning(&self, page: &PartsPage) -> Sheet {
        let voice = self.voice();
        let form = Again::view(self.again(Part::Begin), self.visit, || {
            FormView::blank(voice).with("language", voice.language.code())
        })
        .named("paper");
        Sheet::new(format!("{}/paper", self.base), page.chrome.sends())
            .and(form.summary())
            .with(
                form.tongues("title", "paper-title")
                    .hint("localized-hint")
                    .required(),
            )
            .with(
                form.select("language", "paper-authentic", &tongues(voice))
                    .required(),
            )
    }

    /// A second paper takes the place of the first (R90).
    fn another(&self, page: &mut PartsPage) {
        let voice = self.voice();
        if self.known.space.paper.is_none() {
            return;
        }
        page.heading(voice.t("theme-paper-another"));
        page.say(voice.t("theme-paper-another-hint"));
        let action = format!("{}/paper", self.base);
        let sheet = self
            .beginning(page)
            .or_does(action, voice.t("theme-paper-another-do"));
        page.put(&sheet);
    }

    /// When the paper takes comments.
    fn window(&self, page: &mut PartsPage) {
        let voice = self.voice();
        page.heading(voice.t("theme-window"));
        page.say(voice.t("theme-window-lead"));
        let call = self.known.space.call;
        let form = Again::view(self.again(Part::Window), self.visit, || {
            FormView::blank(voice)
                .with("from_local", self.local(call.map(|call| call.from)))
                .with("until_local", self.local(call.map(|call| call.until)))
        })
        .named("theme-window");
        let action = format!("{}/window", self.base);
        let sheet = Sheet::new(action.clone(), page.chrome.edits(&self.known.space.version))
            .and(form.summary())
            .with(
                form.day_time("from_local", "theme-window-from-local")
                    .hint("theme-window-hint")
                    .required(),
            )
            .with(
                form.day_time("until_local", "theme-window-until-local")
                    .required(),
            )
            .or_does(action, voice.t("save"));
        page.put(&sheet);
    }

    /// How the theme introduces itself.
    fn space(&self, page: &mut PartsPage) {
        let voice = self.voice();
        page.heading(voice.t("theme-space"));
        let space = &self.known.space;
        let form = Again::view(self.again(Part::Space), self.visit, || {
            let view = serde_json::json!({ "introduction": space.introduction, "links": space.links });
            FormView::filled(voice, &view)
        })
        .named("theme-space");
        let action = format!("{}/space", self.base);
        let mut sheet = Sheet::new(action.clone(), page.chrome.edits(&space.version))
            .and(form.summary())
            .with(
                form.tongues_area("introduction", "theme-space-introduction")
                    .hint("localized-hint")
                    .optional(),
            )
            .section(voice.t("theme-space-links"));
        for row in 0..space.links.len() + ROWS_MORE {
            sheet = sheet
                .with(
                    form.address(&format!("links.{row}.url"), "theme-space-url")
                        .hint("theme-space-url-hint")
                        .optional(),
                )
                .with(
                    form.tongues(&format!("links.{row}.title"), "theme-space-title")
                        .optional(),
                );
        }
        page.put(&sheet.or_does(action, voice.t("save")));
    }

    /// The sessions whose result is recorded.
    fn sessions(&self, page: &mut PartsPage) {
        let voice = self.voice();
        let halls = self
            .known
            .space
            .sessions
            .iter()
            .filter(|line| line.kind == SessionKind::TownHall);
        let links: Vec<Link> = halls
            .map(|line| {
                let here = format!("{}/sessions/{}/deliberation", self.slug, line.id);
                let title = voice.said(&line.title).text;
                Link::new(
                    self.visit.at(&here),
                    voice.t1("theme-session-record", "title", title),
                )
            })
            .collect();
        page.heading(voice.t("theme-sessions"));
        match links.is_empty() {
            true => page.say(voice.t("town-hall-no-sessions")),
            false => page.links(links),
        }
    }
}

/// Where a paper may go from here, the next phase first. That another takes its place is no step of its own.
fn next(from: PaperState) -> Vec<PaperState> {
    PHASES
        .iter()
        .copied()
        .chain([PaperState::Withdrawn])
        .filter(|to| papers::rules::may_go(PaperTrack::TownHall, from, *to))
        .collect()
}

/// The languages a text may be written in.
pub(super) fn tongues(voice: &Voice) -> Vec<Choice> {
    Language::ALL
        .iter()
        .map(|language| Choice::new(language.code(), voice.code("language", language.code())))
        .collect()
}

/// The instant a form names by the congress's clock; of an hour that comes twice the earlier.
pub(super) fn instant(
    edition: &Edition,
    field: &str,
    local: Option<LocalDateTime>,
) -> Result<Option<Moment>, Fault> {
    use kernel::local_time::NotOneInstant;
    let Some(local) = local else {
        return Ok(None);
    };
    match local.in_zone(edition.zone) {
        Ok(at) | Err(NotOneInstant::Twice { earlier: at, .. }) => Ok(Some(at)),
        Err(NotOneInstant::Skipped) => Err(Fault::field(field, "skipped_hour")),
    }
}
