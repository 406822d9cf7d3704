//! The desk of who runs the World Assembly: its convocation, its agenda, and each item taken from presented to decided, one
//! next act at a time. What cannot be done yet is not offered; what is refused says why.

use access_rules::{Act, Actor, SessionId};
use actix_kit::{Form, Query};
use actix_web::web::Path;
use assembly::{
    agenda::{self, AssemblyItemInput, AssemblyItemView, OutcomeCard},
    consensus::{self, QuestionView},
    convocation::{self, ConsentView, ConvokeInput},
    decisions::{self, DecisionInput, HandsInput},
    model::{
        AssemblyTerms,
        world::{AssemblyItemKind, AssemblyState, QuestionState},
    },
    proceedings::{self, AssemblyStepInput},
    terms,
    world_assembly::WorldAssemblyView,
};
use db::Conn;
use kernel::{Coded as _, Fault, Kind, Moment};
use outcomes::{
    model::{OutcomeId, OutcomeState},
    outcomes as all_outcomes,
};
use programme::model::Edition;
use serde::Deserialize;

use super::{
    desk::{Again, Sheet, Table, after, anchor, button, id_of, plain, state, together},
    floor,
    floor_chair::Desk,
    parts::PartsPage,
    world_assembly::{consents, of, when, write},
};
use crate::{
    components::{Link, Markup, Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::RunAssembly;
    vec![
        get("/{lang}/{edition}/world-assembly/chair", act, page),
        post("/{lang}/{edition}/world-assembly/chair/steps/{step}", act, step),
        post("/{lang}/{edition}/world-assembly/chair/agenda", act, add),
        post(
            "/{lang}/{edition}/world-assembly/chair/agenda/{item}/remove",
            act,
            remove,
        ),
        post(
            "/{lang}/{edition}/world-assembly/chair/outcomes/{outcome}/{step}",
            act,
            take_on,
        ),
    ]
}

/// What is open, by the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The outcome that is looked at: the first undecided one when none is named.
    outcome: String,
}

/// What the page shows.
struct Known {
    view: WorldAssemblyView,
    items: Vec<AssemblyItemView>,
    consents: Vec<ConsentView>,
    questions: Vec<QuestionView>,
    terms: AssemblyTerms,
    undecided: Vec<String>,
    floor: floor::Known,
}

fn find(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition) -> Result<Known, Fault> {
    let view = of(conn, actor, now, edition)?;
    if !view.you.runs && !view.you.convokes {
        return Err(match actor.signed_in() {
            true => Fault::forbidden("not_allowed"),
            false => Fault::sign_in_needed(),
        });
    }
    let session = view.assembly.session;
    let undecided = all_outcomes::undecided(conn, edition.id)?;
    Ok(Known {
        items: agenda::list(conn, actor, now, session)?,
        consents: convocation::consents(conn, actor, now, session)?,
        questions: consensus::list(conn, actor, now, session)?,
        terms: terms::of(conn, edition.id)?,
        undecided: undecided.into_iter().map(|own| own.code).collect(),
        floor: floor::find(conn, actor, now, edition)?,
        view,
    })
}

async fn page(visit: Visit, path: Path<(String, String)>, query: Query<Asked>) -> Page {
    let Query(asked) = query;
    show(visit, &path.1, &asked.outcome, None, None).await
}

/// The desk. A form that came back is one of the floor's where `of_floor` says of what, else one of the rest.
pub(super) async fn show(
    visit: Visit,
    slug: &str,
    outcome: &str,
    again: Option<Again<'_>>,
    of_floor: Option<&str>,
) -> Page {
    let (frame, known) = visit
        .read_in("world_assembly.chair", slug, |conn, actor, now, edition| {
            find(conn, actor, now, edition)
        })
        .await?;
    let voice = &visit.voice;
    let title = voice.t1("wa-chair-of", "title", voice.said(&known.view.shown.title).text);
    let mut page = PartsPage::own(&visit, &frame, title).styled("deliberation.css");
    page.lead(when(voice, &frame, &known.view));
    let base = visit.at(&format!("{slug}/world-assembly"));
    page.links(vec![
        Link::new(base.clone(), voice.t("wa-back")),
        Link::new(format!("{base}/screen"), voice.t("floor-screen-link")),
    ]);
    let drawing = Drawing {
        visit: &visit,
        base: format!("{base}/chair"),
        outcomes: visit.at(&format!("{slug}/outcomes")),
        known: &known,
        again: again.filter(|_| of_floor.is_none()),
    };
    drawing.floor(&mut page, of_floor.zip(again));
    drawing.course(&mut page);
    drawing.current(&mut page, outcome);
    drawing.agenda(&mut page);
    page.answer(&visit, again)
}

struct Drawing<'a> {
    visit: &'a Visit,
    base: String,
    outcomes: String,
    known: &'a Known,
    again: Option<Again<'a>>,
}

impl Drawing<'_> {
    fn voice(&self) -> &Voice {
        &self.visit.voice
    }

    fn blank(&self) -> FormView {
        Again::view(self.again, self.visit, || FormView::blank(self.voice()))
    }

    /// Whether an item is discussed: then the next speaker is the one act the desk asks for.
    fn has_floor(&self) -> bool {
        self.known.floor.shown.is_on().is_some()
    }

    /// The floor, while it sits or is interrupted.
    fn floor(&self, page: &mut PartsPage, again: Option<(&str, Again<'_>)>) {
        let state = self.known.view.assembly.state;
        if !matches!(state, AssemblyState::Open | AssemblyState::Suspended) || !self.known.view.you.runs {
            return;
        }
        page.put(&floor::Said {});
        let desk = Desk {
            visit: self.visit,
            chrome: &page.chrome,
            base: &self.base,
            shown: &self.known.floor.shown,
            seq: self.known.floor.seq,
            items: &self.known.items,
            sits: state == AssemblyState::Open,
            again,
        };
        let part = desk.part();
        page.put(&part);
    }

    /// A button that takes the assembly to another state.
    fn step(&self, page: &PartsPage, to: &str, is_next: bool) -> Markup {
        let voice = self.voice();
        let action = format!("{}/steps/{to}", self.base);
        let sheet = Sheet::new(
            action.clone(),
            page.chrome.edits(&self.known.view.assembly.version),
        )
        .in_a_row();
        let label = voice.t(format!("wa-step-{to}"));
        Markup::of(&match is_next && !self.has_floor() {
            true => sheet.does(label),
            false => sheet.or_does(action, label),
        })
    }

    /// From proposed to published: what can be done next.
    fn course(&self, page: &mut PartsPage) {
        let voice = self.voice();
        let assembly = &self.known.view.assembly;
        match assembly.state {
            AssemblyState::Proposed => {
                page.say(voice.t("wa-proposed-hint"));
                page.add(self.step(page, "ask", true));
            }
            AssemblyState::AwaitingConsent => {
                page.say(voice.t("wa-awaiting-hint"));
                page.add(consents(voice, &self.known.consents));
                let form = self.blank().named("convoke");
                let mut sheet = Sheet::new(
                    format!("{}/steps/convoke", self.base),
                    page.chrome.edits(&assembly.version),
                )
                .and(form.summary());
                let is_late = self
                    .known
                    .view
                    .notice
                    .as_ref()
                    .is_some_and(|notice| notice.in_time != Some(true));
                if is_late {
                    sheet = sheet.with(
                        form.area("override_reason", "wa-short-notice")
                            .hint("wa-short-notice-hint")
                            .optional(),
                    );
                }
                page.put(&sheet.does(voice.t("wa-step-convoke")));
            }
            AssemblyState::Convoked => {
                page.add(self.step(page, "open", true));
            }
            AssemblyState::Open => {
                let left = &self.known.undecided;
                if left.is_empty() {
                    page.say(voice.t("wa-all-decided"));
                    page.add(together([
                        self.step(page, "close", true),
                        self.step(page, "suspend", false),
                    ]));
                } else {
                    page.put(&Notice::new(
                        Weight::Wait,
                        voice.t1(
                            "wa-undecided",
                            "count",
                            i64::try_from(left.len()).unwrap_or(i64::MAX),
                        ),
                    ));
                    page.add(self.step(page, "suspend", false));
                }
            }
            AssemblyState::Suspended => page.add(self.step(page, "resume", true)),
            AssemblyState::Closed => page.add(self.step(page, "publish", true)),
            AssemblyState::Published => page.say(voice.t("wa-published-hint")),
        }
    }

    /// The item that is taken up: the one that is asked for, or the first that is not decided.
    fn current(&self, page: &mut PartsPage, asked: &str) {
        let voice = self.voice();
        if self.known.view.assembly.state != AssemblyState::Open {
            return;
        }
        let put = |item: &&AssemblyItemView| {
            let card = item.put.as_ref()?;
            let id = item.item.outcome?;
            Some((id, card.clone()))
        };
        let all: Vec<(OutcomeId, OutcomeCard)> =
            self.known.items.iter().filter_map(|item| put(&item)).collect();
        let named = all.iter().find(|(id, _)| id.to_string() == asked);
        let open = all.iter().find(|(_, card)| {
            matches!(
                card.state,
                OutcomeState::Drafted
                    | OutcomeState::Received
                    | OutcomeState::Presented
                    | OutcomeState::Debated
            )
        });
        let Some((id, card)) = named.or(open) else { return };
        page.heading(format!("{} {}", card.code, voice.said(&card.title).text));
        page.add(together([
            state(voice, "outcome-state", card.state.code()),
            anchor(
                format!("{}/{}", self.outcomes, card.code),
                voice.t("wa-read-outcome"),
            ),
        ]));
        self.acts(page, *id, card);
    }

    /// What can be done with it now.
    fn acts(&self, page: &mut PartsPage, id: OutcomeId, card: &OutcomeCard) {
        match card.state {
            OutcomeState::Drafted | OutcomeState::Received => {
                page.add(self.act(page, id, card, "present", true))
            }
            OutcomeState::Presented => page.add(self.act(page, id, card, "debate", true)),
            OutcomeState::Debated => self.decide(page, id, card),
            OutcomeState::Adopted
            | OutcomeState::AmendedAdopted
            | OutcomeState::Returned
            | OutcomeState::NotAdopted => {}
        }
    }

    fn act(&self, page: &PartsPage, id: OutcomeId, card: &OutcomeCard, to: &str, is_next: bool) -> Markup {
        let voice = self.voice();
        let action = format!("{}/outcomes/{id}/{to}", self.base);
        let sheet = Sheet::new(action.clone(), page.chrome.edits(&card.version)).in_a_row();
        let label = voice.t(format!("wa-outcome-{to}"));
        Markup::of(&match is_next && !self.has_floor() {
            true => sheet.does(label),
            false => sheet.or_does(action, label),
        })
    }

    /// Consensus is asked for; an objection stops it (R73).
    fn decide(&self, page: &mut PartsPage, id: OutcomeId, card: &OutcomeCard) {
        let voice = self.voice();
        let question = self
            .known
            .questions
            .iter()
            .rev()
            .find(|own| own.question.outcome == id && own.question.state == QuestionState::Asked);
        match question {
            None => page.add(self.act(page, id, card, "ask", true)),
            Some(own) if own.standing == 0 => {
                page.say(voice.t("wa-no-objection"));
                page.add(self.act(page, id, card, "adopt", true));
            }
            Some(own) => {
                page.put(&Notice::new(
                    Weight::Stop,
                    voice.t1("wa-objections-stand", "count", own.standing),
                ));
                for view in own
                    .objections
                    .iter()
                    .filter(|view| view.objection.withdrawn_at.is_none())
                {
                    page.say(format!(
                        "{}, {}: {}",
                        view.person_name, view.network_name, view.objection.reason
                    ));
                }
                if self.known.terms.fallback_vote {
                    self.hands(page, id, card);
                }
            }
        }
        let form = self.blank().named("decision");
        let at = |to: &str| format!("{}/outcomes/{id}/{to}", self.base);
        let sheet = Sheet::new(at("return"), page.chrome.edits(&card.version))
            .and(form.summary())
            .with(
                form.area("reason", "wa-decision-reason")
                    .hint("wa-decision-reason-hint"),
            )
            .or_does(at("return"), voice.t("wa-outcome-return"))
            .or_does(at("refuse"), voice.t("wa-outcome-refuse"));
        page.put(&sheet);
    }

    /// A vote by show of hands, where the terms allow one.
    fn hands(&self, page: &mut PartsPage, id: OutcomeId, card: &OutcomeCard) {
        let voice = self.voice();
        let terms = &self.known.terms;
        page.say(voice.t2(
            "wa-vote-hint",
            "votes",
            voice.count(terms.majority_votes),
            "of",
            voice.count(terms.majority_of),
        ));
        let form = self.blank().named("hands");
        let action = format!("{}/outcomes/{id}/count", self.base);
        let sheet = Sheet::new(action.clone(), page.chrome.edits(&card.version))
            .and(form.summary())
            .with(form.number("votes_for", "wa-votes-for").short())
            .with(form.number("votes_against", "wa-votes-against").short())
            .with(form.number("abstentions", "wa-votes-abstentions").short())
            .or_does(action, voice.t("wa-outcome-count"));
        page.put(&sheet);
    }

    fn agenda(&self, page: &mut PartsPage) {
        let voice = self.voice();
        page.heading(voice.t("wa-agenda"));
        let over = matches!(
            self.known.view.assembly.state,
            AssemblyState::Closed | AssemblyState::Published
        );
        if self.known.items.is_empty() {
            page.say(voice.t("wa-agenda-none"));
        } else {
            let keys = [
                "wa-item",
                "wa-item-title",
                "wa-item-kind",
                "wa-item-state",
                "wa-item-remove",
            ];
            let mut table = Table::new(keys.map(|key| voice.t(key)));
            for item in &self.known.items {
                table.row(self.line(page, item, over));
            }
            page.put(&table);
        }
        if over {
            return;
        }
        let received = format!("{}/agenda", self.base);
        page.add(button(
            &page.chrome,
            format!("{received}?all=true"),
            "wa-add-received",
        ));
        let form = self.blank().named("topic");
        let sheet = Sheet::new(received.clone(), page.chrome.sends())
            .and(form.summary())
            .with(form.tongues("title", "wa-topic").optional())
            .with(form.radios(
                "kind",
                "wa-item-kind",
                &Choice::codes::<AssemblyItemKind>(voice, "world-assembly-item"),
            ))
            .or_does(received, voice.t("wa-add-topic"));
        page.put(&sheet);
    }

    fn line(&self, page: &PartsPage, item: &AssemblyItemView, over: bool) -> Vec<Markup> {
        let voice = self.voice();
        let (title, how) = match (&item.put, item.item.outcome) {
            (Some(put), Some(id)) => (
                anchor(
                    format!("{}?outcome={id}", self.base),
                    format!("{} {}", put.code, voice.said(&put.title).text),
                ),
                state(voice, "outcome-state", put.state.code()),
            ),
            _ => (plain(voice.said(&item.item.title).text), plain("")),
        };
        let remove = match over {
            true => plain(""),
            false => button(
                &page.chrome,
                format!("{}/agenda/{}/remove", self.base, item.item.id),
                "wa-item-remove-do",
            ),
        };
        vec![
            plain(voice.count(item.item.position)),
            title,
            plain(voice.code("world-assembly-item", item.item.kind.code())),
            how,
            remove,
        ]
    }
}

/// What follows a form of the desk.
async fn back(visit: Visit, done: Result<String, Fault>, slug: &str, outcome: &str, form: &Form) -> Page {
    after(visit, done, "saved", form, async |visit, again| {
        show(visit, slug, outcome, again, None).await
    })
    .await
}

async fn step(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, to) = path.into_inner();
    let version = form.version();
    let inputs = form
        .input::<ConvokeInput>()
        .and_then(|convoke| Ok((convoke, form.input::<AssemblyStepInput>()?)));
    let done = match inputs {
        Ok((convoke, reason)) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, id: SessionId| {
                match to.as_str() {
                    "ask" => convocation::ask(conn, actor, now, id, version)?,
                    "convoke" => convocation::convoke(conn, actor, now, id, &convoke, version)?,
                    "open" => proceedings::open(conn, actor, now, id, version)?,
                    "suspend" => proceedings::suspend(conn, actor, now, id, &reason, version)?,
                    "resume" => proceedings::resume(conn, actor, now, id, version)?,
                    "close" => proceedings::close(conn, actor, now, id, version)?,
                    "publish" => proceedings::publish(conn, actor, now, id, version)?,
                    _ => return Err(Fault::new(Kind::NotFound, "not_found")),
                };
                Ok("/chair".to_owned())
            };
            write(&visit, "world_assembly.step", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, &slug, "", &form).await
}

/// Whether everything received is put on the agenda at once.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Everything {
    all: bool,
}

async fn add(visit: Visit, path: Path<(String, String)>, query: Query<Everything>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let Query(everything) = query;
    let done = match form.input::<AssemblyItemInput>() {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, id| {
                match everything.all {
                    true => {
                        agenda::add_received(conn, actor, now, id)?;
                    }
                    false => {
                        agenda::add(conn, actor, now, id, &input)?;
                    }
                }
                Ok("/chair".to_owned())
            };
            write(&visit, "world_assembly.item.add", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, &slug, "", &form).await
}

async fn remove(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, item) = path.into_inner();
    let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, _| {
        agenda::remove(conn, actor, now, id_of(&item)?)?;
        Ok("/chair".to_owned())
    };
    let done = write(&visit, "world_assembly.item.remove", &slug, &form, run).await;
    back(visit, done, &slug, "", &form).await
}

async fn take_on(visit: Visit, path: Path<(String, String, String, String)>, form: Form) -> Page {
    let (_, slug, outcome, to) = path.into_inner();
    let id: OutcomeId = id_of(&outcome).map_err(|fault| visit.refused(fault))?;
    let version = form.version();
    let inputs = form.input::<DecisionInput>().and_then(|decision| {
        Ok((
            decision,
            form.input::<HandsInput>()?,
            form.input::<AssemblyStepInput>()?,
        ))
    });
    let done = match inputs {
        Ok((decision, hands, reason)) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, session| {
                let is_decided =
                    match to.as_str() {
                        "present" => proceedings::present(conn, actor, now, session, id, &reason, version)
                            .map(|_| false)?,
                        "debate" => proceedings::debate(conn, actor, now, session, id, &reason, version)
                            .map(|_| false)?,
                        "ask" => consensus::ask(conn, actor, now, session, id).map(|_| false)?,
                        "adopt" => decisions::adopt(conn, actor, now, session, id, &decision, version)
                            .map(|_| true)?,
                        "return" => decisions::return_(conn, actor, now, session, id, &decision, version)
                            .map(|_| true)?,
                        "refuse" => decisions::refuse(conn, actor, now, session, id, &decision, version)
                            .map(|_| true)?,
                        "count" => {
                            decisions::count(conn, actor, now, session, id, &hands, version).map(|_| true)?
                        }
                        _ => return Err(Fault::new(Kind::NotFound, "not_found")),
                    };
                // What is decided leads on to the next.
                Ok(match is_decided {
                    true => "/chair".to_owned(),
                    false => format!("/chair?outcome={id}"),
                })
            };
            write(&visit, "outcome.take_on", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    back(visit, done, &slug, &outcome, &form).await
}
