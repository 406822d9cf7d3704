//! Letters of organisers to many: written, looked at with whom they would go to, sent once.

use access_rules::{Act, EditionId, PersonId};
use actix_kit::{At, Body, Caller, Paging, Problem, Version, once::created};
use actix_web::{HttpRequest, HttpResponse};
use kernel::{Coded as _, Language, Localized, Moment};
use mail::model::LetterState;
use registration::{
    circulars::{self, CircularInput, SendInput},
    model::{Circular, CircularId, CircularPurpose, CircularState, NotWritten},
    segments::{Recipient, Segment},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// People of a segment that are named before it is written to.
const SAMPLE: usize = 20;

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/circulars", Act::ManageOutbox, list, "Letters to many, the latest first.")
            .lists::<CircularView>().account(),
        post("/editions/{slug}/circulars", Act::ManageOutbox, create, "Begins a letter to many; nothing leaves.")
            .takes::<CircularInput>().gives::<CircularView>().once().account(),
        get("/circulars/{id}", Act::ManageOutbox, view, "A letter to many, and how far its letters are.")
            .gives::<CircularDetail>().account(),
        put("/circulars/{id}", Act::ManageOutbox, edit, "Changes a letter to many that was not sent.")
            .takes::<CircularInput>().gives::<CircularView>().versioned().account(),
        delete("/circulars/{id}", Act::ManageOutbox, discard, "Throws a letter to many away that was not sent.").account(),
        get("/circulars/{id}/recipients", Act::ManageOutbox, recipients, "Whom it would go to now: how many, in which languages, the first by name, and who is left out and why.")
            .gives::<RecipientsView>().account(),
        post("/circulars/{id}/sending", Act::ManageOutbox, send, "Writes to all of them, once; each letter waits in the outbox as any other.")
            .takes::<SendInput>().gives::<CircularView>().once().versioned().answers(200).account(),
    ]
}

/// A letter to many.
#[derive(Debug, Serialize, ToSchema)]
pub struct CircularView {
    /// Its id.
    pub id: CircularId,
    /// The edition.
    pub edition: EditionId,
    /// What it is for.
    pub purpose: CircularPurpose,
    /// Its subject.
    pub subject: Localized,
    /// Its text.
    pub body: Localized,
    /// Whom it goes to.
    pub segment: Segment,
    /// How far it is.
    pub state: CircularState,
    /// When it was begun.
    pub created_at: Moment,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// How many letters it became.
    pub letters: i64,
    /// How many were not written to, by reason.
    pub left_out: Vec<LeftOutCount>,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// The same with how far its letters are.
#[derive(Debug, Serialize, ToSchema)]
pub struct CircularDetail {
    /// The letter to many.
    #[serde(flatten)]
    pub circular: CircularView,
    /// How many of its letters are in each state.
    pub progress: Vec<ProgressCount>,
}

/// How many letters are in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgressCount {
    /// The state.
    pub state: LetterState,
    /// How many.
    pub letters: i64,
}

/// How many are not written to for one reason.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeftOutCount {
    /// Why.
    pub reason: NotWritten,
    /// How many.
    pub people: i64,
}

/// Whom a letter would go to.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipientsView {
    /// How many are written to; what `expected` of the sending says again.
    pub letters: usize,
    /// How many in each language.
    pub languages: Vec<LanguageCount>,
    /// The first of them.
    pub sample: Vec<RecipientView>,
    /// How many are not written to, by reason.
    pub left_out: Vec<LeftOutCount>,
}

/// How many read in a language.
#[derive(Debug, Serialize, ToSchema)]
pub struct LanguageCount {
    /// The language.
    pub language: Language,
    /// How many.
    pub people: usize,
}

/// Somebody who would be written to.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecipientView {
    /// Who.
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// In which language.
    pub language: Language,
}

async fn list(
    caller: Caller,
    At(slug): At<String>,
    Paging(ask): Paging,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("circulars", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            circulars::list(conn, actor, now, edition, &ask)
        })
        .await?;
    Ok(answers::list(&caller, &request, &page.map(viewed)))
}

async fn create(
    caller: Caller,
    At(slug): At<String>,
    body: Body<CircularInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("circular.create", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let made = viewed(circulars::create(conn, actor, now, edition, &input)?);
            created(
                &format!("/api/v1/circulars/{}", made.id),
                Some(made.version),
                &made,
            )
        })
        .await
}

async fn view(caller: Caller, At(id): At<CircularId>) -> Result<HttpResponse, Problem> {
    let (circular, progress) = caller
        .read("circular", move |conn, actor, now| {
            let circular = circulars::get(conn, actor, now, id)?;
            Ok((circular, circulars::progress(conn, actor, now, id)?))
        })
        .await?;
    let version = circular.version;
    let detail = CircularDetail {
        circular: viewed(circular),
        progress: progress
            .into_iter()
            .map(|(state, letters)| ProgressCount { state, letters })
            .collect(),
    };
    // How far its letters are changes without an edit: it is always answered fresh.
    Ok(answers::edited(version, &detail))
}

async fn edit(
    caller: Caller,
    At(id): At<CircularId>,
    Version(version): Version,
    body: Body<CircularInput>,
) -> Result<HttpResponse, Problem> {
    let after = caller
        .write("circular.edit", move |conn, actor, now| {
            circulars::edit(conn, actor, now, id, Some(version), &body.input)
        })
        .await?;
    Ok(answers::edited(after.version, &viewed(after)))
}

async fn discard(caller: Caller, At(id): At<CircularId>) -> Result<HttpResponse, Problem> {
    caller
        .write("circular.discard", move |conn, actor, now| {
            circulars::discard(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

async fn recipients(caller: Caller, At(id): At<CircularId>) -> Result<HttpResponse, Problem> {
    let all = caller
        .read("circular.recipients", move |conn, actor, now| {
            circulars::recipients(conn, actor, now, id)
        })
        .await?;
    Ok(answers::one(&told(&all)))
}

async fn send(
    caller: Caller,
    At(id): At<CircularId>,
    Version(version): Version,
    body: Body<SendInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("circular.send", &body.hash, move |conn, actor, now| {
            let sent = circulars::send(conn, actor, now, id, Some(version), input)?;
            answers::kept(&viewed(sent))
        })
        .await
}

fn told(all: &[Recipient]) -> RecipientsView {
    let written: Vec<&Recipient> = all.iter().filter(|one| one.left_out.is_none()).collect();
    let languages = Language::ALL.iter().map(|language| LanguageCount {
        language: *language,
        people: written.iter().filter(|one| one.language == *language).count(),
    });
    let sample = written.iter().take(SAMPLE).map(|one| RecipientView {
        person: one.person,
        name: one.name.clone(),
        language: one.language,
    });
    let reasons = NotWritten::ALL.iter().map(|reason| LeftOutCount {
        reason: *reason,
        people: all
            .iter()
            .filter(|one| one.left_out == Some(*reason))
            .fold(0, |count, _| count + 1),
    });
    RecipientsView {
        letters: written.len(),
        languages: languages.collect(),
        sample: sample.collect(),
        left_out: reasons.filter(|one| one.people > 0).collect(),
    }
}

fn viewed(circular: Circular) -> CircularView {
    let left_out = circular.left_out.0.into_iter().filter_map(|(code, people)| {
        Some(LeftOutCount {
            reason: NotWritten::from_code(&code)?,
            people,
        })
    });
    CircularView {
        id: circular.id,
        edition: circular.edition,
        purpose: circular.purpose,
        subject: circular.subject,
        body: circular.body,
        segment: circular.segment.0,
        state: circular.state,
        created_at: circular.created_at,
        sent_at: circular.sent_at,
        letters: circular.letters,
        left_out: left_out.collect(),
        version: circular.version,
    }
}
