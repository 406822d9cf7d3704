//! One outcome at the desk, part by part: its words until it is decided; the agendas it serves, for whose work it is a
//! reference, which priorities it renews, what belongs together with it, and what bodies are asked about it.
//!
//! What its forms do is in [`super::outcome_changes`], what bodies answer in [`super::outcome_answers`].

use access_rules::{Act, Actor};
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Language, Moment};
use outcomes::{
    agendas,
    legacy_model::{Addressee, Agenda, Field, StrategicPriority},
    model::{Outcome, OutcomeKind, OutcomeState, Phase},
    outcomes as decided, priorities,
    reading::{self, OutcomeView, Wording},
};
use programme::model::Edition;
use texts::{model::Block, translations::LanguageState};

use super::{
    Again, DeskPage, Sheet, Table, anchor,
    outcome_changes::Renewed,
    outcomes::{gate, of_reference},
    plain, said,
};
use crate::{
    components::{Link, Markup, Sends},
    forms::{Choice, FormView},
    pages::{
        outcome::answer_state,
        outcome_responses::standing as response_standing,
        outcomes::{agenda_name, in_which, standing, worded},
    },
    table::{Line, get},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get(
        "/{lang}/desk/{edition}/outcomes/{code}",
        Act::ManageOutcomes,
        one,
    )]
}

type At = Path<(String, String, String)>;

/// Which form of the page came back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What it says.
    Words,
    /// Until when it is followed.
    Horizon,
    /// The agendas it serves.
    Agendas,
    /// For whose work it is a reference.
    References,
    /// The priorities it renews.
    Priorities,
    /// What belongs together with it.
    Links,
    /// What bodies are asked.
    Responses,
}

/// A form that came back, and which.
pub(super) type Back<'a> = Option<(Part, Again<'a>)>;

/// What the page shows, read in one go.
pub(super) struct Found {
    /// The outcome with all that belongs to it.
    pub(super) view: OutcomeView,
    wording: Wording,
    languages: Vec<LanguageState>,
    agendas: Vec<Agenda>,
    priorities: Vec<StrategicPriority>,
}

/// The outcome of a code, of this edition.
///
/// # Errors
/// 401, 403, 404.
pub(super) fn of(conn: &mut Conn, actor: &Actor, edition: &Edition, code: &str) -> Result<Outcome, Fault> {
    gate(actor)?;
    let found = decided::by_code(conn, actor, code)?;
    match found.edition == edition.id {
        true => Ok(found),
        false => Err(Fault::not_found()),
    }
}

/// What the page shows.
///
/// # Errors
/// 401, 403, 404.
pub(super) fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    code: &str,
) -> Result<Found, Fault> {
    let outcome = of(conn, actor, edition, code)?;
    let today = edition.zone.local(now).date();
    let view = reading::view(conn, actor, today, outcome.id)?;
    let ours: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    Ok(Found {
        languages: reading::languages(conn, actor, outcome.id, &ours)?,
        wording: reading::shown(conn, actor, outcome.id, &view.language)?,
        agendas: agendas::list(conn)?,
        priorities: priorities::list(conn, edition.id)?,
        view,
    })
}

async fn one(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

/// The page, with the form that came back.
pub(super) async fn show(visit: Visit, slug: &str, code: &str, back: Back<'_>) -> Page {
    let asked = code.to_owned();
    let (frame, found) = visit
        .read_in("desk.outcome", slug, move |conn, actor, now, edition| {
            find(conn, actor, now, edition, &asked)
        })
        .await?;
    let own = Own {
        visit: &visit,
        frame: &frame,
        action: visit.at(&format!("desk/{slug}/outcomes/{code}")),
        found: &found,
        back,
    };
    own.page().answer(&visit, back.map(|(_, again)| again))
}

/// The page of one outcome, part by part.
struct Own<'a> {
    visit: &'a Visit,
    frame: &'a Frame,
    action: String,
    found: &'a Found,
    back: Back<'a>,
}

impl<'a> Own<'a> {
    fn page(&self) -> DeskPage {
        let voice = &self.visit.voice;
        let outcome = &self.found.view.outcome;
        let title = voice.said(&self.found.view.title).text;
        let mut page = DeskPage::new(self.visit, self.frame, title).styled("deliberation.css");
        if let Some(edition) = &self.frame.edition {
            page.lead(format!(
                "{} {}. {}",
                voice.code("outcome-kind", outcome.kind.code()),
                outcome.code,
                standing(voice, edition.zone, outcome)
            ));
        }
        let shown = page.chrome.to(&format!("outcomes/{}", outcome.code));
        page.links(vec![Link::new(shown, voice.t("desk-outcome-shown"))]);
        self.words(&mut page);
        self.languages(&mut page);
        if outcome.state.is_adopted() {
            self.references(&mut page);
            self.horizon(&mut page);
        }
        if outcome.kind == OutcomeKind::Recommendation && outcome.state != OutcomeState::Drafted {
            self.responses(&mut page);
        }
        self.agendas(&mut page);
        self.priorities(&mut page);
        self.links(&mut page);
        page
    }

    /// The form of a part as typed when it came back, else as `fresh` has it.
    fn form(&self, part: Part, fresh: impl FnOnce() -> FormView) -> FormView {
        let again = self.back.filter(|(own, _)| *own == part).map(|(_, again)| again);
        Again::view(again, self.visit, fresh)
    }

    /// A form of the page that is sent to an address below it.
    fn sheet(&self, page: &DeskPage, path: &str) -> Sheet {
        Sheet::new(format!("{}/{path}", self.action), page.chrome.sends())
    }

    /// What it says; it can be said otherwise until it is decided.
    fn words(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        page.add(heading("words", voice.t("outcome-text")));
        if self.found.view.outcome.state.is_decided() {
            page.say(in_which(voice, &self.found.wording));
            page.add(worded(voice, &self.found.wording));
            return;
        }
        let blocks: Vec<Block> = self
            .found
            .wording
            .blocks
            .iter()
            .map(|(said, _)| said.block.clone())
            .collect();
        let form = self
            .form(Part::Words, || {
                FormView::filled(voice, &serde_json::json!({ "title": self.found.view.title }))
                    .with("markdown", texts::markdown::export(&blocks))
            })
            .named("desk-outcome");
        let sends = page.chrome.edits(&self.found.view.outcome.version);
        let sheet = Sheet::new(self.action.clone(), sends)
            .and(form.summary())
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
            .does(voice.t("save"));
        page.put(&sheet);
    }

    /// How far each language is; those to be translated into lead there.
    fn languages(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        page.add(heading("languages", voice.t("paper-languages")));
        let mut table = Table::new(["paper-language", "paper-language-state"].map(|key| voice.t(key)));
        for state in &self.found.languages {
            let name = voice.code("language", &state.language);
            if state.language == self.found.view.language {
                table.row([plain(name), plain(voice.t("paper-authentic"))]);
                continue;
            }
            table.row([
                anchor(format!("{}/translate/{}", self.action, state.language), name),
                super::state(voice, "alignment", state.state.code()),
            ]);
        }
        page.put(&table);
    }

    fn references(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        page.add(heading("references", voice.t("outcome-addressed")));
        let made = &self.found.view.references;
        if made.is_empty() {
            page.say(voice.t("desk-reference-none"));
        } else {
            let keys = [
                "desk-reference-addressed-to",
                "desk-reference-field",
                "desk-reference-note",
                "remove",
            ];
            let mut table = Table::new(keys.map(|key| voice.t(key)));
            for own in made {
                let [whom, field] = of_reference(voice, own);
                table.row([
                    plain(whom),
                    plain(field),
                    said(voice, &own.note),
                    self.button(page, &format!("references/{}/remove", own.id), "remove", &[]),
                ]);
            }
            page.put(&table);
        }
        let form = self
            .form(Part::References, || FormView::blank(voice))
            .named("desk-reference");
        let whom = Choice::codes::<Addressee>(voice, "reference-addressee");
        let fields = Choice::codes::<Field>(voice, "reference-field");
        let sheet = self
            .sheet(page, "references")
            .and(form.summary())
            .with(form.radios("addressed_to", "desk-reference-addressed-to", &whom))
            .with(form.radios("field", "desk-reference-field", &fields))
            .with(
                form.tongues_area("note", "desk-reference-note")
                    .hint("desk-reference-note-hint")
                    .optional(),
            );
        page.put(&self.sent(sheet, "references", "desk-reference-add"));
    }

    fn horizon(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        let outcome = &self.found.view.outcome;
        page.add(heading("horizon", voice.t("outcome-horizon")));
        let form = self
            .form(Part::Horizon, || FormView::filled(voice, outcome))
            .named("desk-outcome");
        let sheet = Sheet::new(
            format!("{}/horizon", self.action),
            page.chrome.edits(&outcome.version),
        )
        .and(form.summary())
        .with(
            form.date("horizon_to", "desk-outcome-horizon-to")
                .hint("desk-outcome-horizon-hint")
                .required(),
        );
        page.put(&self.sent(sheet, "horizon", "save"));
    }

    fn agendas(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        page.add(heading("agendas", voice.t("outcome-agendas")));
        let served = &self.found.view.agendas;
        if served.is_empty() {
            page.say(voice.t("desk-agenda-none"));
        } else {
            let mut table = Table::new(["agenda", "agenda-phases", "remove"].map(|key| voice.t(key)));
            for own in served {
                let agenda = self.found.agendas.iter().find(|agenda| agenda.code == own.agenda);
                let carries = [
                    ("agenda", own.agenda.clone()),
                    ("phase", own.phase.code().to_owned()),
                ];
                table.row([
                    agenda.map_or_else(|| plain(own.agenda.clone()), |agenda| said(voice, &agenda.title)),
                    plain(voice.code("agenda-phase", own.phase.code())),
                    self.button(page, "agendas/remove", "remove", &carries),
                ]);
            }
            page.put(&table);
        }
        let offered: Vec<Choice> = self
            .found
            .agendas
            .iter()
            .filter(|agenda| !agenda.retired)
            .map(|agenda| Choice::new(agenda.code.clone(), agenda_name(voice, agenda)))
            .collect();
        let form = self
            .form(Part::Agendas, || FormView::blank(voice))
            .named("desk-agenda");
        let phases = Choice::codes::<Phase>(voice, "agenda-phase");
        let sheet = self
            .sheet(page, "agendas")
            .and(form.summary())
            .with(form.select("agenda", "agenda", &offered).required())
            .with(form.radios("phase", "agenda-phases", &phases));
        page.put(&self.sent(sheet, "agendas", "desk-agenda-add"));
    }

    fn priorities(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        page.add(heading("priorities", voice.t("outcome-priorities")));
        if self.found.priorities.is_empty() {
            let href = self
                .visit
                .at(&format!("desk/{}/outcomes/priorities", self.slug()));
            page.say(voice.t("priority-none"));
            page.links(vec![Link::new(href, voice.t("desk-priorities"))]);
            return;
        }
        let choices: Vec<Choice> = self
            .found
            .priorities
            .iter()
            .map(|own| Choice::new(own.id.to_string(), voice.said(&own.title).text))
            .collect();
        let form = self.form(Part::Priorities, || {
            let ticked = Renewed {
                priorities: self.found.view.priorities.iter().map(|own| own.id).collect(),
            };
            FormView::filled(voice, &ticked)
        });
        let sheet = self
            .sheet(page, "priorities")
            .and(form.summary())
            .with(form.checks("priorities", "desk-outcome-renews", &choices));
        page.put(&self.sent(sheet, "priorities", "save"));
    }

    fn links(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        page.add(heading("links", voice.t("outcome-others")));
        if !self.found.view.links.is_empty() {
            let keys = ["desk-outcome-code", "desk-outcome-title", "remove"];
            let mut table = Table::new(keys.map(|key| voice.t(key)));
            for own in &self.found.view.links {
                let href = self
                    .visit
                    .at(&format!("desk/{}/outcomes/{}", self.slug(), own.code));
                table.row([
                    anchor(href, own.code.clone()),
                    said(voice, &own.title),
                    self.button(page, &format!("links/{}/remove", own.code), "remove", &[]),
                ]);
            }
            page.put(&table);
        }
        let form = self
            .form(Part::Links, || FormView::blank(voice))
            .named("desk-link");
        let sheet = self.sheet(page, "links").and(form.summary()).with(
            form.text("other", "desk-link-other")
                .hint("desk-link-other-hint")
                .middle(),
        );
        page.put(&self.sent(sheet, "links", "desk-link-add"));
    }

    fn responses(&self, page: &mut DeskPage) {
        let voice = &self.visit.voice;
        page.add(heading("responses", voice.t("outcome-responses")));
        if !self.found.view.responses.is_empty() {
            let keys = [
                "unanswered-body",
                "unanswered-due",
                "desk-response-answer",
                "desk-response-enter",
            ];
            let mut table = Table::new(keys.map(|key| voice.t(key)));
            for own in &self.found.view.responses {
                let state = own
                    .response
                    .answer
                    .map(|answer| Markup::of(&answer_state(voice, answer)));
                let href = format!("{}/responses/{}", self.action, own.response.id);
                table.row([
                    plain(own.organisation_name.clone()),
                    plain(response_standing(voice, own)),
                    state.unwrap_or_default(),
                    anchor(href, voice.t("desk-response-enter-do")),
                ]);
            }
            page.put(&table);
        }
        let form = self
            .form(Part::Responses, || FormView::blank(voice))
            .named("desk-response");
        let sheet = self
            .sheet(page, "responses")
            .and(form.summary())
            .with(
                form.text("organisation_name", "desk-response-organisation-name")
                    .hint("desk-response-organisation-hint")
                    .suggests("/api/v1/organisations/suggest?text=", "organisation")
                    .required(),
            )
            .and(form.hidden("organisation"))
            .with(form.date("due_on", "desk-response-due-on").required());
        page.put(&self.sent(sheet, "responses", "desk-response-ask"));
    }

    /// A form beside the main one: its button is a plain one.
    fn sent(&self, sheet: Sheet, path: &str, key: &str) -> Sheet {
        sheet.or_does(format!("{}/{path}", self.action), self.visit.voice.t(key))
    }

    /// A button that takes something away, with what it carries.
    fn button(&self, page: &DeskPage, path: &str, key: &str, carries: &[(&'static str, String)]) -> Markup {
        Markup::of(&Removal {
            action: format!("{}/{path}", self.action),
            sends: page.chrome.sends(),
            carries,
            label: self.visit.voice.t(key),
        })
    }

    fn slug(&self) -> &'a str {
        self.frame
            .edition
            .as_ref()
            .map_or("", |edition| edition.slug.as_str())
    }
}

/// A button that takes one of several things away.
#[derive(Template)]
#[template(
    source = "<form method=\"post\" action=\"{{ action }}\">{{ sends }}{% for (name, value) in carries.iter() %}<input type=\"hidden\" name=\"{{ name }}\" value=\"{{ value }}\">{% endfor %}<button class=\"btn low\">{{ label }}</button></form>",
    ext = "html"
)]
struct Removal<'a> {
    action: String,
    sends: Sends,
    carries: &'a [(&'static str, String)],
    label: String,
}

/// A heading that an address leads to.
fn heading(id: &'static str, text: String) -> Markup {
    #[derive(Template)]
    #[template(source = "<h2 id=\"{{ id }}\" tabindex=\"-1\">{{ text }}</h2>", ext = "html")]
    struct Anchored {
        id: &'static str,
        text: String,
    }
    Markup::of(&Anchored { id, text })
}
