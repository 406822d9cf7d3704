//! Where who leads a theme of the Town Hall runs it (R9, R89, R90): what it lacks, its paper through its phases (R95), when
//! it takes comments (R98), which caucuses are asked (R96), the page of the theme, and the policy councils it talks with
//! (R97). What its forms do is [`super::town_hall_leading`]; what the paper says is written on the paper's own pages.

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
    model::{Caucus, PairingId, ReviewState},
    pairing::PairingView,
    reviews::{self, ReviewView},
    space::{self, SpaceView},
};

use super::{
    desk::{Again, Sheet, Table, anchor, button, plain, state, together},
    parts::PartsPage,
    town_hall::{PHASES, at, of, steps},
};
use crate::{
    components::{Empty, Link, Markup, Notice, State, Weight},
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
struct Known {
    space: SpaceView,
    points: Vec<Point>,
    reviews: Vec<ReviewView>,
    caucuses: Vec<Caucus>,
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
    page.links(vec![Link::new(base.clone(), voice.t("theme-lead-page"))]);
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

struct Drawing<'a> {
    visit: &'a Visit,
    edition: Option<&'a Edition>,
    slug: &'a str,
    base: String,
    known: &'a Known,
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

    /// What caucuses say of the paper, and the form that asks them.
    fn reviews(&self, page: &mut PartsPage) {
        let voice = self.voice();
        page.heading(voice.t("theme-reviews"));
        if self.known.caucuses.is_empty() {
            page.put(&Empty::new(
                voice.t("theme-reviews-no-caucus"),
                voice.t("theme-reviews-no-caucus-hint"),
            ));
            return;
        }
        if !self.known.reviews.is_empty() {
            page.add(self.asked());
        }
        let Some(line) = &self.known.space.paper else {
            page.say(voice.t("theme-reviews-later"));
            return;
        };
        if !takes_reviews(line) {
            page.say(voice.t("theme-reviews-later"));
            return;
        }
        let open: Vec<Choice> = self
            .known
            .caucuses
            .iter()
            .filter(|caucus| !self.has_answered(caucus))
            .map(|caucus| Choice::new(caucus.id.to_string(), voice.said(&caucus.name).text))
            .collect();
        if open.is_empty() {
            page.say(voice.t("theme-reviews-all"));
            return;
        }
        let form =
            Again::view(self.again(Part::Ask), self.visit, || FormView::blank(voice)).named("theme-reviews");
        let action = format!("{}/reviews", self.base);
        let sheet = Sheet::new(action.clone(), page.chrome.sends())
            .and(form.summary())
            .with(
                form.checks("caucuses", "theme-reviews-caucuses", &open)
                    .hint("theme-reviews-caucuses-hint"),
            )
            .with(
                form.day_time("deadline_local", "theme-reviews-deadline-local")
                    .hint("theme-window-hint")
                    .required(),
            )
            .or_does(action, voice.t("theme-reviews-ask"));
        page.put(&sheet);
    }

    fn has_answered(&self, caucus: &Caucus) -> bool {
        let of_caucus = self.known.reviews.iter().find(|own| own.caucus == caucus.id);
        of_caucus.is_some_and(|own| own.state == ReviewState::Answered)
    }

    fn asked(&self) -> Markup {
        let voice = self.voice();
        let keys = [
            "caucus",
            "caucus-review-state",
            "caucus-review-deadline",
            "caucus-review-said",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for own in &self.known.reviews {
            table.row([
                plain(voice.said(&own.caucus_name).text),
                state(voice, "review-state", own.state.code()),
                plain(at(voice, self.edition, own.deadline)),
                answers(voice, own),
            ]);
        }
        Markup::of(&table)
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

    /// The policy councils the theme talks with.
    fn councils(&self, page: &mut PartsPage) {
        let voice = self.voice();
        page.heading(voice.t("town-hall-councils"));
        let pairings = &self.known.space.pairings;
        if pairings.is_empty() {
            page.say(voice.t("theme-councils-none"));
        } else {
            page.add(self.paired(page));
        }
        let open = pairings
            .iter()
            .find(|own| self.open == Some(Part::Pairing(own.id)));
        let sheet = match open {
            Some(own) => {
                let view = serde_json::json!({ "council": own.council, "session": own.session });
                let form = Again::view(self.again(Part::Pairing(own.id)), self.visit, || {
                    FormView::filled(voice, &view)
                });
                let action = format!("{}/pairings/{}", self.base, own.id);
                let sheet = Sheet::new(action.clone(), page.chrome.edits(&own.version));
                self.pairing(sheet, form, own.session.map(|id| id.to_string()))
                    .or_does(action, voice.t("save"))
            }
            None => {
                let form = Again::view(self.again(Part::Pair), self.visit, || FormView::blank(voice));
                let action = format!("{}/pairings", self.base);
                let sheet = Sheet::new(action.clone(), page.chrome.sends());
                self.pairing(sheet, form, None)
                    .or_does(action, voice.t("theme-council-add"))
            }
        };
        page.put(&sheet);
    }

    fn paired(&self, page: &PartsPage) -> Markup {
        let voice = self.voice();
        let keys = ["theme-council", "theme-council-session", "theme-council-change"];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for own in &self.known.space.pairings {
            let change = format!("{}?pairing={}", self.base, own.id);
            table.row([
                plain(voice.said(&own.council).text),
                self.met(own),
                together([
                    anchor(change, voice.t("theme-council-edit")),
                    button(
                        &page.chrome,
                        format!("{}/pairings/{}/remove", self.base, own.id),
                        "theme-council-end",
                    ),
                ]),
            ]);
        }
        Markup::of(&table)
    }

    fn met(&self, own: &PairingView) -> Markup {
        let line = self
            .known
            .space
            .sessions
            .iter()
            .find(|line| Some(line.id) == own.session);
        match (line, own.session) {
            (Some(line), _) => anchor(
                self.visit.at(&format!("{}/sessions/{}", self.slug, line.id)),
                self.voice().said(&line.title).text,
            ),
            (None, Some(id)) => anchor(
                self.visit.at(&format!("{}/sessions/{id}", self.slug)),
                self.voice().t("town-hall-council-session"),
            ),
            (None, None) => plain(""),
        }
    }

    fn pairing(&self, sheet: Sheet, form: FormView, other: Option<String>) -> Sheet {
        let voice = self.voice();
        let form = form.named("theme");
        let own = &self.known.space.sessions;
        let mut choices: Vec<Choice> = own
            .iter()
            .map(|line| Choice::new(line.id.to_string(), voice.said(&line.title).text))
            .collect();
        // The session it is in stays, though it be of no theme.
        if let Some(other) = other
            && choices.iter().all(|choice| choice.value != other)
        {
            choices.push(Choice::new(other, voice.t("town-hall-council-session")));
        }
        sheet
            .and(form.summary())
            .with(
                form.tongues("council", "theme-council")
                    .hint("localized-hint")
                    .required(),
            )
            .with(
                form.select("session", "theme-council-session", &choices)
                    .optional(),
            )
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

/// Whether caucuses read it: it is out and not final.
fn takes_reviews(line: &PaperLine) -> bool {
    let place = PHASES.iter().position(|phase| *phase == line.paper.state);
    line.paper.published_version.is_some() && place.is_some_and(|place| (1..6).contains(&place))
}

/// What a caucus answered, question by question.
fn answers(voice: &Voice, own: &ReviewView) -> Markup {
    let mut said: Vec<String> = own
        .questions
        .iter()
        .filter_map(|question| {
            let answer = own
                .answers
                .iter()
                .find(|answer| answer.question == question.code)?;
            let value = answer.value.map(|value| voice.code("answer-value", value.code()));
            let words = [value.unwrap_or_default(), answer.remark.clone()];
            let words: Vec<String> = words.into_iter().filter(|words| !words.is_empty()).collect();
            Some(format!(
                "{} {}",
                voice.said(&question.text).text,
                words.join(". ")
            ))
        })
        .collect();
    said.extend((!own.remarks.is_empty()).then(|| own.remarks.clone()));
    Markup::of(&Said { said })
}

#[derive(Template)]
#[template(
    source = "<ul class=\"stack small\">{% for line in said %}<li>{{ line }}</li>{% endfor %}</ul>",
    ext = "html"
)]
struct Said {
    said: Vec<String>,
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
