//! Changes that the leads of sessions ask for: until when they may, what they ask, and what the desk makes of it.

use access_rules::{Act, SessionId};
use actix_kit::{At, Body, Caller, Paging, Problem, Query, Version, once::created};
use actix_web::{HttpRequest, HttpResponse, web};
use kernel::{LocalDateTime, Localized, Moment};
use programme::{
    admission::Admissions,
    change_diff::{self, Words},
    change_settling::{self, ChangeDecision},
    change_terms::{self, ChangeTermsInput},
    model::{ChangeTerms, FieldOutcome, Said, SessionChangeId, SessionChangeState, SessionState},
    session_changes::{self, ChangeInput, FieldTold, Own, Told},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/change-terms", Act::Read, terms, "Until when leads may change their sessions, and whom they ask afterwards.")
            .gives::<ChangeTerms>(),
        put("/editions/{slug}/change-terms", Act::ManageEdition, set_terms, "Sets them.")
            .takes::<ChangeTermsInput>().gives::<ChangeTerms>().versioned().account(),
        get("/editions/{slug}/me/sessions", Act::MindOwn, own, "The sessions I lead or chair.")
            .lists_all::<OwnView>().account(),
        get("/editions/{slug}/session-changes", Act::EditSession, list, "Changes asked for in the sessions of my desks, the oldest first.")
            .asks::<ChangesQuery>().lists::<ChangeView>().account(),
        get("/sessions/{id}/changes", Act::ProposeChange, of_session, "Changes asked for in a session: all for its desk, my own when I lead it.")
            .lists_all::<ChangeView>().account(),
        post("/sessions/{id}/changes", Act::ProposeChange, propose, "Asks for a change in a session I lead or chair.")
            .takes::<ChangeInput>().gives::<ChangeView>().once().account(),
        get("/session-changes/{id}", Act::Read, view, "A change, field by field and word by word; for the desk and who asks.")
            .gives::<ChangeView>().account(),
        post("/session-changes/{id}/decision", Act::EditSession, settle, "Takes all of a change, some of its fields, or none with a reason.")
            .takes::<ChangeDecision>().gives::<ChangeView>().once().versioned().answers(200).account(),
        post("/session-changes/{id}/withdrawal", Act::ProposeChange, withdraw, "Takes my change back before it is decided.")
            .gives::<ChangeView>().once().versioned().answers(200).account(),
    ]
}

/// Which changes are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ChangesQuery {
    /// In this state.
    pub state: Option<SessionChangeState>,
}

/// A session I lead or chair.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnView {
    /// Its id.
    pub id: SessionId,
    /// Its short public code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// How far it is.
    pub state: SessionState,
    /// When it begins, by the congress's wall clock.
    pub starts_local: Option<LocalDateTime>,
    /// My change that waits for the desk.
    pub waiting: Option<SessionChangeId>,
}

/// A change a lead asks for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChangeView {
    /// Its id.
    pub id: SessionChangeId,
    /// The session.
    pub session: SessionId,
    /// The session's short public code.
    pub session_code: String,
    /// The session's title as it is now.
    pub session_title: Localized,
    /// The name of who asks.
    pub asked_by: String,
    /// A word to the desk.
    pub note: String,
    /// How far it is.
    pub state: SessionChangeState,
    /// Why the desk did not take all of it.
    pub reason: String,
    /// The name of who decided; empty while nobody did.
    pub decided_by: String,
    /// Field by field.
    pub fields: Vec<FieldView>,
    /// When it was asked for.
    pub created_at: Moment,
    /// When it was decided or taken back.
    pub decided_at: Option<Moment>,
    /// Counts decisions; what `If-Match` names.
    pub version: i64,
}

/// A field of a change.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldView {
    /// The path in the session's form: `title.fr`, `languages.floor`, `speakers`.
    pub field: String,
    /// What it said when the change was asked for.
    pub before: Said,
    /// What it is to say.
    pub after: Said,
    /// What it says now.
    pub now: Said,
    /// Whether it would be left alone, because the session changed there meanwhile.
    pub stale: bool,
    /// Word by word, where it is a text; in the view of one change alone.
    pub words: Vec<Words>,
    /// What became of it.
    pub outcome: FieldOutcome,
}

async fn terms(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let terms = caller
        .read("change_terms", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            change_terms::get(conn, actor, edition)
        })
        .await?;
    Ok(answers::edited(terms.version, &terms))
}

async fn set_terms(
    caller: Caller,
    At(slug): At<String>,
    Version(version): Version,
    body: Body<ChangeTermsInput>,
) -> Result<HttpResponse, Problem> {
    let terms = caller
        .write("change_terms.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            change_terms::set(conn, actor, now, edition, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(terms.version, &terms))
}

async fn own(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let own = caller
        .read("own_sessions", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            session_changes::own(conn, actor, now, edition)
        })
        .await?;
    let views: Vec<OwnView> = own.into_iter().map(own_view).collect();
    Ok(answers::all(&views))
}

async fn list(
    caller: Caller,
    request: HttpRequest,
    At(slug): At<String>,
    Paging(ask): Paging,
    Query(query): Query<ChangesQuery>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("session_changes", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            session_changes::list(conn, actor, edition, query.state, &ask)
        })
        .await?;
    Ok(answers::list(&caller, &request, &page.map(change_view)))
}

async fn of_session(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let told = caller
        .read("session.changes", move |conn, actor, now| {
            session_changes::of_session(conn, actor, now, id)
        })
        .await?;
    let views: Vec<ChangeView> = told.into_iter().map(change_view).collect();
    Ok(answers::all(&views))
}

async fn propose(
    caller: Caller,
    At(id): At<SessionId>,
    body: Body<ChangeInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("session_change.propose", &body.hash, move |conn, actor, now| {
            let view = change_view(session_changes::propose(conn, actor, now, id, &input)?);
            created(
                &format!("/api/v1/session-changes/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// What the session says now is part of it: it is always answered fresh.
async fn view(caller: Caller, At(id): At<SessionChangeId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("session_change", move |conn, actor, now| {
            session_changes::get(conn, actor, now, id).map(word_by_word)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn settle(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(id): At<SessionChangeId>,
    Version(version): Version,
    body: Body<ChangeDecision>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("session_change.settle", &body.hash, move |conn, actor, now| {
            let told = change_settling::settle(conn, actor, now, &admissions, id, &input, Some(version))?;
            answers::kept(&change_view(told))
        })
        .await
}

async fn withdraw(
    caller: Caller,
    At(id): At<SessionChangeId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("session_change.withdraw", &[], move |conn, actor, now| {
            let told = session_changes::withdraw(conn, actor, now, id, Some(version))?;
            answers::kept(&change_view(told))
        })
        .await
}

fn own_view(own: Own) -> OwnView {
    OwnView {
        id: own.session.id,
        code: own.session.code,
        title: own.session.title,
        state: own.session.state,
        starts_local: own.session.starts_local,
        waiting: own.waiting,
    }
}

fn change_view(told: Told) -> ChangeView {
    ChangeView {
        id: told.change.id,
        session: told.session.id,
        session_code: told.session.code,
        session_title: told.session.title,
        asked_by: told.asked_by,
        note: told.change.note,
        state: told.change.state,
        reason: told.change.reason,
        decided_by: told.decided_by,
        fields: told.fields.into_iter().map(field_view).collect(),
        created_at: told.change.created_at,
        decided_at: told.change.decided_at,
        version: told.change.version,
    }
}

/// The view of one change. Comparing long texts takes its time: lists and writes do without it.
fn word_by_word(told: Told) -> ChangeView {
    let mut view = change_view(told);
    for field in &mut view.fields {
        if let (Said::Text(before), Said::Text(after)) = (&field.before, &field.after) {
            field.words = change_diff::words(before, after);
        }
    }
    view
}

fn field_view(field: FieldTold) -> FieldView {
    FieldView {
        stale: field.is_stale(),
        words: Vec::new(),
        field: field.field,
        before: field.before,
        after: field.after,
        now: field.now,
        outcome: field.outcome,
    }
}
