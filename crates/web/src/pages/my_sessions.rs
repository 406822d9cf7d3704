//! My sessions: what I lead or chair, and the changes I ask for in them until the last day for it.
//!
//! Nothing changes by asking. The desk decides; what it decided stands here and comes by letter.

use access_rules::{Act, SessionId};
use actix_kit::Form;
use actix_web::web::Path;
use kernel::{Coded as _, Fault, LocalDate};
use programme::{
    change_terms,
    model::{Access, ChangeTerms, Room, Session, SessionChangeState, SpeakerRole},
    rooms,
    session_changes::{self, ChangeInput, FieldTold, Told},
};

use super::{
    desk::{
        Again, Sheet, Table, after, anchor, id_of, plain,
        sessions::{speaker, tongues, when_where},
        state,
    },
    parts::PartsPage,
};
use crate::{
    components::{
        Empty, Facts, Notice, Weight,
        word_diff::{difference, field_name, said_plain},
    },
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// Rows for people who are not in the session yet.
const ROWS_MORE: usize = 3;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/my-sessions", Act::MindOwn, list),
        get("/{lang}/{edition}/my-sessions/{id}", Act::ProposeChange, one),
        post("/{lang}/{edition}/my-sessions/{id}", Act::ProposeChange, propose),
        post(
            "/{lang}/{edition}/my-sessions/{id}/withdraw",
            Act::ProposeChange,
            withdraw,
        ),
    ]
}

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (own, terms, rooms)) = visit
        .read_in("my_sessions", &slug, |conn, actor, now, edition| {
            Ok((
                session_changes::own(conn, actor, now, edition.id)?,
                change_terms::get(conn, actor, edition.id)?,
                rooms::list(conn, edition.id)?,
            ))
        })
        .await?;
    let voice = &visit.voice;
    let mut page = PartsPage::own(&visit, &frame, voice.t("my-sessions"));
    if own.is_empty() {
        page.put(&Empty::new(
            voice.t("my-sessions-none"),
            voice.t("my-sessions-none-hint"),
        ));
        return page.answer(&visit, None);
    }
    page.lead(until(voice, &terms));
    let keys = [
        "desk-session-title",
        "desk-session-when",
        "desk-session-state",
        "change-mine",
    ];
    let mut table = Table::new(keys.map(|key| voice.t(key)));
    for one in &own {
        let session = &one.session;
        let href = visit.at(&format!("{slug}/my-sessions/{}", session.id));
        let waits = match one.waiting {
            Some(_) => state(voice, "change-state", SessionChangeState::Waiting.code()),
            None => plain(""),
        };
        table.row([
            anchor(href, session.title.text(voice.language)),
            plain(when_where(voice, session, &rooms)),
            state(voice, "session-state", session.state.code()),
            waits,
        ]);
    }
    page.put(&table);
    page.answer(&visit, None)
}

async fn one(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, id) = path.into_inner();
    show(visit, &slug, &id, None).await
}

async fn propose(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let done = match form.input::<ChangeInput>() {
        Ok(input) => {
            let (of, session, input) = (slug.clone(), id.clone(), whole(input));
            let run = visit.submit("session_change.propose", &form, move |conn, actor, now| {
                session_changes::propose(conn, actor, now, id_of(&session)?, &input)?;
                Ok(format!("/{lang}/{of}/my-sessions/{session}"))
            });
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "change-asked", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}

/// The form shows every field: what was left blank in it is meant to go, and a row without a name is none.
fn whole(mut input: ChangeInput) -> ChangeInput {
    input.title.get_or_insert_default();
    input.abstract_text.get_or_insert_default();
    input.languages.get_or_insert_default();
    input.access.get_or_insert_default();
    input
        .speakers
        .get_or_insert_default()
        .retain(|part| !part.name.trim().is_empty());
    input
}

async fn withdraw(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (lang, slug, id) = path.into_inner();
    let (of, session, version) = (slug.clone(), id.clone(), form.version());
    let change = form.typed("change").to_owned();
    let run = visit.submit("session_change.withdraw", &form, move |conn, actor, now| {
        session_changes::withdraw(conn, actor, now, id_of(&change)?, version)?;
        Ok(format!("/{lang}/{of}/my-sessions/{session}"))
    });
    let done = run.await;
    after(visit, done, "change-withdrawn", &form, async |visit, again| {
        show(visit, &slug, &id, again).await
    })
    .await
}

/// What the page of one session shows.
struct Known {
    session: Session,
    stated: ChangeInput,
    terms: ChangeTerms,
    is_frozen: bool,
    changes: Vec<Told>,
    rooms: Vec<Room>,
    tongues: Vec<String>,
}

async fn show(visit: Visit, slug: &str, id: &str, again: Option<Again<'_>>) -> Page {
    let asked = id.to_owned();
    let (frame, known) = visit
        .read_in("my_session", slug, move |conn, actor, now, edition| {
            let id: SessionId = id_of(&asked)?;
            let (session, speakers) = session_changes::own_one(conn, actor, now, id)?;
            if session.edition != edition.id {
                return Err(Fault::not_found());
            }
            Ok(Known {
                stated: session_changes::stated(&session, &speakers),
                terms: change_terms::get(conn, actor, edition.id)?,
                is_frozen: change_terms::may_change(conn, edition.id, now).is_err(),
                changes: session_changes::of_session(conn, actor, now, id)?
                    .into_iter()
                    .filter(|told| Some(told.change.person) == actor.person)
                    .collect(),
                rooms: rooms::list(conn, edition.id)?,
                tongues: edition.languages.0.clone(),
                session,
            })
        })
        .await?;
    let voice = &visit.voice;
    let title = known.session.title.text(voice.language).to_owned();
    let mut page = PartsPage::own(&visit, &frame, title);
    page.lead(when_where(voice, &known.session, &known.rooms));
    let waiting = known
        .changes
        .iter()
        .find(|told| told.change.state == SessionChangeState::Waiting);
    let base = visit.at(&format!("{slug}/my-sessions/{id}"));
    if let Some(told) = waiting {
        page.heading(voice.t("change-waits"));
        fields(voice, &mut page, told);
        let form = FormView::blank(voice).with("change", told.change.id.to_string());
        let sheet = Sheet::new(
            format!("{base}/withdraw"),
            page.chrome.edits(&told.change.version),
        )
        .in_a_row()
        .and(form.hidden("change"))
        .does(voice.t("change-withdraw"));
        page.put(&sheet);
    } else if known.is_frozen {
        page.put(&Notice::new(Weight::Stop, voice.t("change-frozen")).with_text(until(voice, &known.terms)));
    } else {
        page.heading(voice.t("change-ask"));
        page.say(until(voice, &known.terms));
        let form =
            Again::view(again, &visit, || FormView::filled(voice, &known.stated)).named("change-field");
        let sends = page.chrome.sends();
        page.put(&sheet(voice, Sheet::new(base, sends), &form, &known));
    }
    let settled: Vec<&Told> = known
        .changes
        .iter()
        .filter(|told| told.change.state != SessionChangeState::Waiting)
        .collect();
    if !settled.is_empty() {
        page.heading(voice.t("change-earlier"));
        for told in settled {
            page.put(&outcome(voice, told));
            fields(voice, &mut page, told);
        }
    }
    page.answer(&visit, again)
}

/// Until when one may ask, and whom afterwards.
fn until(voice: &Voice, terms: &ChangeTerms) -> String {
    match terms.last_day {
        Some(day) => until_day(voice, day, &terms.contact),
        None => voice.t("change-no-end"),
    }
}

fn until_day(voice: &Voice, day: LocalDate, contact: &str) -> String {
    voice.t2(
        "change-until",
        "day",
        voice.day_plain(day),
        "contact",
        contact.to_owned(),
    )
}

/// How a change ended, and why.
fn outcome(voice: &Voice, told: &Told) -> Facts {
    let is_withdrawn = told.change.state == SessionChangeState::Withdrawn;
    Facts::new(vec![
        (
            voice.t("change-state"),
            voice.code("change-state", told.change.state.code()),
        ),
        (
            voice.t("change-decided-by"),
            if is_withdrawn {
                String::new()
            } else {
                told.decided_by.clone()
            },
        ),
        (voice.t("change-reason"), told.change.reason.clone()),
    ])
}

/// What a change alters, field by field, each with what became of it; a stale one with what stands there now.
fn fields(voice: &Voice, page: &mut PartsPage, told: &Told) {
    let mut table = Table::new(["change-field", "change-what", "change-outcome"].map(|key| voice.t(key)));
    for field in &told.fields {
        table.row([
            plain(field_name(voice, &field.field)),
            difference(voice, &field.field, &field.before, &field.after),
            state(voice, "change-outcome", outcome_code(field)),
        ]);
    }
    page.put(&table);
    for field in told.fields.iter().filter(|field| outcome_code(field) == "stale") {
        let name = field_name(voice, &field.field);
        let now = said_plain(voice, &field.field, &field.now);
        page.say(voice.t2("change-stands", "field", name, "now", now));
    }
}

/// The outcome of a field; one that waits and would be left alone is told so already.
pub fn outcome_code(field: &FieldTold) -> &'static str {
    if field.is_stale() {
        "stale"
    } else {
        field.outcome.code()
    }
}

fn sheet(voice: &Voice, sheet: Sheet, form: &FormView, known: &Known) -> Sheet {
    let languages = known.stated.languages.clone().unwrap_or_default();
    let tongues = tongues(voice, &known.tongues, &languages);
    let mut sheet = sheet
        .and(form.summary())
        .with(
            form.tongues("title", "change-field-title")
                .hint("localized-hint")
                .required(),
        )
        .with(form.tongues_area("abstract", "change-field-abstract").optional())
        .with(
            form.checks("languages.floor", "change-field-floor", &tongues)
                .optional(),
        )
        .with(
            form.checks("languages.interpreted", "change-field-interpreted", &tongues)
                .optional(),
        )
        .with(
            form.checks(
                "access",
                "change-field-access",
                &Choice::codes::<Access>(voice, "access"),
            )
            .optional(),
        )
        .section(voice.t("change-field-speakers"));
    let roles = Choice::codes::<SpeakerRole>(voice, "speaker-role");
    let named = known.stated.speakers.as_ref().map_or(0, Vec::len);
    for at in 0..named + ROWS_MORE {
        sheet = speaker(sheet, form, &roles, at);
    }
    sheet
        .with(
            form.area("note", "change-note")
                .hint("change-note-hint")
                .optional(),
        )
        .does(voice.t("change-send"))
}
