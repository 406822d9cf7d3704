//! Who is heard on a theme, where its leads run it ([`super::town_hall_lead`]): the caucuses that are asked for their review
//! of its paper (R96), and the policy councils it talks with (R97).

use askama::Template;
use kernel::Coded as _;
use papers::PaperLine;
use town_hall::{
    model::{Caucus, ReviewState},
    pairing::PairingView,
    reviews::ReviewView,
};

use super::{
    desk::{Again, Sheet, Table, anchor, button, plain, state, together},
    parts::PartsPage,
    town_hall::{PHASES, at},
    town_hall_lead::{Drawing, Part},
};
use crate::{
    components::{Empty, Markup},
    forms::{Choice, FormView},
    voice::Voice,
};

impl Drawing<'_> {
    /// What caucuses say of the paper, and the form that asks them.
    pub(super) fn reviews(&self, page: &mut PartsPage) {
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

    /// The policy councils the theme talks with.
    pub(super) fn councils(&self, page: &mut PartsPage) {
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
