//! For who answers for a caucus (R96): the papers it is asked about, and for each its checklist with remarks. Who answers for
//! a caucus is named at the desk: [`super::desk::caucuses`].

use std::collections::BTreeMap;

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use db::Conn;
use kernel::{Coded as _, Fault, Localized, Moment};
use papers::reading;
use programme::{editions, model::Edition};
use serde::Deserialize;
use town_hall::{
    model::{AnswerKind, AnswerValue, Question, ReviewId, ReviewState},
    reviews::{self, AnswerInput, ReviewInput, ReviewView},
};

use super::{
    desk::{Again, Sheet, Table, after, anchor, id_of, plain, state},
    parts::PartsPage,
    town_hall::at,
    town_hall_lead::tongues,
};
use crate::{
    components::{Empty, Facts, Link, Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part; they stand before those of the themes.
pub fn lines() -> Vec<Line> {
    let act = Act::Comment;
    vec![
        get("/{lang}/{edition}/town-hall/reviews", act, list),
        get("/{lang}/{edition}/town-hall/reviews/{review}", act, one),
        post("/{lang}/{edition}/town-hall/reviews/{review}", act, answer),
    ]
}

/// A review with the paper it is of.
struct Known {
    view: ReviewView,
    code: String,
    title: Localized,
}

fn with_paper(conn: &mut Conn, actor: &Actor, now: Moment, view: ReviewView) -> Result<Known, Fault> {
    let reading = reading::shown(conn, actor, now, view.paper, "")?;
    Ok(Known {
        code: reading.paper.code,
        title: reading.title,
        view,
    })
}

/// A review the reader may give in this edition.
fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    id: &str,
) -> Result<ReviewView, Fault> {
    let mine = reviews::mine(conn, actor, now, edition.id)?;
    let id: ReviewId = id_of(id)?;
    let found = mine.into_iter().find(|view| view.id == id);
    found.ok_or_else(Fault::not_found)
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, known) = visit
        .read_in("caucus_reviews", &slug, |conn, actor, now, edition| {
            let mine = reviews::mine(conn, actor, now, edition.id)?;
            let all = mine.into_iter().map(|view| with_paper(conn, actor, now, view));
            all.collect::<Result<Vec<Known>, Fault>>()
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.t("caucus-reviews"));
    page.lead(voice.t("caucus-reviews-lead"));
    page.links(vec![Link::new(
        visit.at(&format!("{slug}/town-hall")),
        voice.t("track-town_hall"),
    )]);
    if known.is_empty() {
        page.put(&Empty::new(
            voice.t("caucus-reviews-none"),
            voice.t("caucus-reviews-none-hint"),
        ));
        return page.answer(&visit, None);
    }
    let keys = [
        "caucus-review-paper",
        "caucus",
        "caucus-review-deadline",
        "caucus-review-state",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for own in &known {
        table.row([
            anchor(
                visit.at(&format!("{slug}/town-hall/reviews/{}", own.view.id)),
                format!("{} {}", own.code, voice.said(&own.title).text),
            ),
            plain(voice.said(&own.view.caucus_name).text),
            plain(at(voice, frame.edition.as_ref(), own.view.deadline)),
            state(voice, "review-state", own.view.state.code()),
        ]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

type At = Path<(String, String, String)>;

async fn one(visit: Visit, path: At) -> Page {
    show(visit, &path.1, &path.2, None).await
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, known) = visit
        .read_in("caucus_review", slug, move |conn, actor, now, edition| {
            let view = find(conn, actor, now, edition, &asked)?;
            with_paper(conn, actor, now, view)
        })
        .await?;
    let voice = &visit.voice;
    let view = &known.view;
    let title = voice.t2(
        "caucus-review-of",
        "caucus",
        voice.said(&view.caucus_name).text,
        "paper",
        known.code.clone(),
    );
    let mut page = PartsPage::own(&visit, &frame, title);
    page.lead(voice.said(&known.title).text);
    page.links(vec![
        Link::new(
            visit.at(&format!("{slug}/papers/{}", known.code)),
            voice.t("theme-paper-read"),
        ),
        Link::new(
            visit.at(&format!("{slug}/town-hall/reviews")),
            voice.t("caucus-reviews"),
        ),
    ]);
    let edition = frame.edition.as_ref();
    page.put(
        &Facts::new(vec![
            (
                voice.t("caucus-review-state"),
                voice.code("review-state", view.state.code()),
            ),
            (
                voice.t("caucus-review-deadline"),
                at(voice, edition, view.deadline),
            ),
            (
                voice.t("caucus-review-answered"),
                view.answered_at
                    .map(|answered| at(voice, edition, answered))
                    .unwrap_or_default(),
            ),
        ])
        .lined(),
    );
    if view.state == ReviewState::Asked && view.deadline <= visit.caller.now() {
        page.put(&Notice::new(Weight::Wait, voice.t("caucus-review-late")));
    }
    let form = Again::view(again, &visit, || filled(voice, view)).named("caucus-review");
    let sends = match view.state {
        ReviewState::Asked => page.chrome.sends(),
        ReviewState::Answered => page.chrome.edits(&view.version),
    };
    let action = visit.at(&format!("{slug}/town-hall/reviews/{id}"));
    let mut sheet = Sheet::new(action, sends).and(form.summary());
    for question in &view.questions {
        sheet = asking(voice, sheet, &form, question);
    }
    let sheet = sheet
        .with(
            form.area("remarks", "caucus-review-remarks")
                .hint("caucus-review-remarks-hint")
                .optional(),
        )
        .with(
            form.select("language", "caucus-review-language", &tongues(voice))
                .required(),
        )
        .does(voice.t("caucus-review-send"));
    page.put(&sheet);
    page.answer(&visit, again)
}

/// A question with the ways in which it is answered.
fn asking(voice: &Voice, sheet: Sheet, form: &FormView, question: &Question) -> Sheet {
    let text = voice.said(&question.text).text;
    let path = |rest: &str| format!("answers.{}.{rest}", question.code);
    let values: &[AnswerValue] = match question.kind {
        AnswerKind::Words => {
            return sheet.with(
                form.area(&path("remark"), "caucus-review-answers")
                    .asks(&text)
                    .required(),
            );
        }
        AnswerKind::YesNo => &[AnswerValue::Yes, AnswerValue::No],
        AnswerKind::Extent => AnswerValue::ALL,
    };
    let choices: Vec<Choice> = values
        .iter()
        .map(|value| Choice::new(value.code(), voice.code("answer-value", value.code())))
        .collect();
    sheet
        .with(
            form.radios(&path("value"), "caucus-review-answers", &choices)
                .asks(&text)
                .required(),
        )
        .with(form.area(&path("remark"), "caucus-review-remark").optional())
}

/// The form as the caucus answered before.
fn filled(voice: &Voice, view: &ReviewView) -> FormView {
    let language = match view.language.as_str() {
        "" => voice.language.code(),
        named => named,
    };
    let blank = FormView::blank(voice)
        .with("language", language)
        .with("remarks", view.remarks.clone());
    view.answers.iter().fold(blank, |form, answer| {
        let form = form.with(
            &format!("answers.{}.remark", answer.question),
            answer.remark.clone(),
        );
        match answer.value {
            Some(value) => form.with(&format!("answers.{}.value", answer.question), value.code()),
            None => form,
        }
    })
}

/// A review as the form has it: answers by the code of their question.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    answers: BTreeMap<String, TypedAnswer>,
    language: String,
    remarks: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct TypedAnswer {
    value: Option<AnswerValue>,
    remark: String,
}

impl From<Typed> for ReviewInput {
    fn from(typed: Typed) -> Self {
        let answers = typed.answers.into_iter().map(|(question, own)| AnswerInput {
            question,
            value: own.value,
            remark: own.remark,
        });
        Self {
            answers: answers.collect(),
            language: typed.language,
            remarks: typed.remarks,
        }
    }
}

async fn answer(visit: Visit, path: At, form: Form) -> Page {
    let (_, slug, id) = path.into_inner();
    let version = form.version();
    let done = match form.input::<Typed>() {
        Ok(typed) => {
            let (lang, at, review) = (visit.language().code(), slug.clone(), id.clone());
            let input = ReviewInput::from(typed);
            visit
                .submit("caucus_review.answer", &form, move |conn, actor, now| {
                    let edition = editions::by_slug(conn, actor, &at)?;
                    let view = find(conn, actor, now, &edition, &review)?;
                    reviews::answer(conn, actor, now, view.id, &input, version)?;
                    Ok(format!("/{lang}/{at}/town-hall/reviews"))
                })
                .await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "caucus-answered", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}
