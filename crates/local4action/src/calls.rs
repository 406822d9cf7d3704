//! Calls: « convoqué via des processus d’appel spécifiques » (R6, R7).
//!
//! The desk opens a call for a format. A session that was invited, and came through no call, names a call *by invitation*,
//! which records why; so no session of such a format is there without saying how it came.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, text};
use programme::{
    editions, formats,
    model::{Format, FormatState},
    sessions,
};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::Local4ActionFault,
    model::{Call, CallId, CallState},
    rules,
    tables::calls,
};

/// What the form of a call asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CallInput {
    /// The code of the format it calls for; only when it is made.
    pub format: String,
    /// Its title.
    pub title: Localized,
    /// From when it takes proposals.
    pub opens_at: Option<Moment>,
    /// Until when, this instant not included.
    pub closes_at: Option<Moment>,
}

/// What the form of a call by invitation asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct InvitationInput {
    /// The code of the format.
    pub format: String,
    /// Its title; that of the format when left out.
    pub title: Localized,
    /// Why its sessions come through no other call.
    pub reason: String,
}

/// A call as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallView {
    /// The call.
    #[serde(flatten)]
    pub call: Call,
    /// The code of its format.
    pub format_code: String,
    /// How far it is now.
    pub state: CallState,
}

/// Makes a call.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &CallInput,
) -> Result<Call, Fault> {
    may(conn, actor, now, edition)?;
    let mut fields = Fields::new();
    let format = format(conn, &mut fields, edition, &input.format)?;
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    rules::check_dates(&mut fields, input.opens_at, input.closes_at);
    fields.done()?;
    let call = Call {
        opens_at: input.opens_at,
        closes_at: input.closes_at,
        ..blank(actor, now, edition, format, title)?
    };
    insert(conn, &call)?;
    note(conn, actor, now, "call.create", None, &call)?;
    Ok(call)
}

/// Changes title and dates of a call.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`; `edition_over`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CallId,
    input: &CallInput,
    version: Option<i64>,
) -> Result<Call, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, before.edition)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let mut fields = Fields::new();
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    if !before.by_invitation {
        rules::check_dates(&mut fields, input.opens_at, input.closes_at);
    }
    fields.done()?;
    let dated = |moment: Option<Moment>| moment.filter(|_| !before.by_invitation);
    let after = Call {
        title,
        opens_at: dated(input.opens_at),
        closes_at: dated(input.closes_at),
        version: before.version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(calls::table)
        .filter(calls::id.eq(id))
        .filter(calls::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "call.edit", Some(&before), &after)?;
    Ok(after)
}

/// Records why sessions of a format come through no call: the desk names this one for them.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `edition_over`.
pub fn invite(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &InvitationInput,
) -> Result<Call, Fault> {
    may(conn, actor, now, edition)?;
    let mut fields = Fields::new();
    let format = format(conn, &mut fields, edition, &input.format)?;
    let title = fields.localized_line("title", &input.title, text::TITLE, false);
    let reason = fields.required_line("reason", &input.reason, text::TITLE);
    fields.done()?;
    let title = match &format {
        Some(format) if title.is_blank() => format.title.clone(),
        _ => title,
    };
    let call = Call {
        by_invitation: true,
        reason,
        ..blank(actor, now, edition, format, title)?
    };
    insert(conn, &call)?;
    note(conn, actor, now, "call.invite", None, &call)?;
    Ok(call)
}

/// Takes out a call nothing came through.
///
/// # Errors
/// 401, 403, 404; `call_in_use`; `edition_over`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: CallId) -> Result<(), Fault> {
    let call = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, call.edition)?;
    // Whoever proposes takes the edition's row too.
    editions::change_draft(conn, call.edition)?;
    let named = id.to_string();
    let came = sessions::all(conn, call.edition)?;
    let came = came
        .iter()
        .filter(|session| session.details.0.call == named)
        .count();
    if came > 0 {
        let sessions = i64::try_from(came).unwrap_or(i64::MAX);
        return Err(Local4ActionFault::CallInUse { sessions }.into());
    }
    on_each!(conn, |c| diesel::delete(calls::table.find(id)).execute(c)).one_or(Fault::not_found())?;
    note(conn, actor, now, "call.remove", Some(&call), &call)
}

/// The calls of an edition by their opening, for whoever sees the edition; those by invitation for the desk alone.
///
/// # Errors
/// 404.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Vec<CallView>, Fault> {
    editions::get(conn, actor, edition)?;
    let is_desk = decide(actor, Act::ManageFormats, &object(), now).allows();
    let all: Vec<Call> = on_each!(conn, |c| calls::table
        .filter(calls::edition.eq(edition))
        .order((calls::opens_at, calls::id))
        .limit(500)
        .select(Call::as_select())
        .load(c))?;
    let mut views = Vec::new();
    for call in all.into_iter().filter(|call| is_desk || !call.by_invitation) {
        views.push(view(conn, call, now)?);
    }
    views.sort_by_key(|view| (view.call.opens_at.is_none(), view.call.opens_at, view.call.id));
    Ok(views)
}

/// One call, for whoever sees the edition; one by invitation for the desk alone.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: CallId) -> Result<CallView, Fault> {
    let call = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, call.edition)?;
    if call.by_invitation && !decide(actor, Act::ManageFormats, &object(), now).allows() {
        return Err(Fault::not_found());
    }
    view(conn, call, now)
}

/// One call, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: CallId) -> Result<Option<Call>, Fault> {
    Ok(on_each!(conn, |c| calls::table
        .find(id)
        .select(Call::as_select())
        .first(c)
        .optional())?)
}

/// The call a session or a proposal names; none when it names none.
///
/// # Errors
/// `call_unknown` when the edition has no such call.
pub(crate) fn named(conn: &mut Conn, edition: EditionId, text: &str) -> Result<Option<Call>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let id: Option<CallId> = text.trim().parse().ok();
    let found = id.map(|id| find(conn, id)).transpose()?.flatten();
    match found.filter(|call| call.edition == edition) {
        Some(call) => Ok(Some(call)),
        None => Err(Local4ActionFault::CallUnknown.into()),
    }
}

fn view(conn: &mut Conn, call: Call, now: Moment) -> Result<CallView, Fault> {
    let format = formats::find(conn, call.format)?;
    Ok(CallView {
        format_code: format.map(|format| format.code).unwrap_or_default(),
        state: rules::state(&call, now),
        call,
    })
}

fn blank(
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    format: Option<Format>,
    title: Localized,
) -> Result<Call, Fault> {
    let format = format.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?;
    Ok(Call {
        id: Id::new(),
        edition,
        format: format.id,
        title,
        by_invitation: false,
        reason: String::new(),
        opens_at: None,
        closes_at: None,
        made_by: actor.person,
        made_at: now,
        version: 1,
    })
}

fn insert(conn: &mut Conn, call: &Call) -> Result<(), Fault> {
    editions::change_draft(conn, call.edition)?;
    on_each!(conn, |c| diesel::insert_into(calls::table)
        .values(call)
        .execute(c))
    .exactly_one()
}

fn format(
    conn: &mut Conn,
    fields: &mut Fields,
    edition: EditionId,
    code: &str,
) -> Result<Option<Format>, Fault> {
    if code.is_empty() {
        fields.wrong("format", "required");
        return Ok(None);
    }
    let found = formats::by_code(conn, edition, code)?;
    match &found {
        None => fields.wrong("format", "unknown"),
        Some(format) if format.state != FormatState::Active => fields.wrong("format", "not_active"),
        Some(_) => {}
    }
    Ok(found)
}

fn object() -> Object<'static> {
    Object::public(ObjectKind::Edition).of_track(Some("local4action"))
}

fn may(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageFormats, &object(), now).or_fault()
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Call>,
    after: &Call,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({
            "format": after.format, "by_invitation": after.by_invitation, "reason": after.reason,
            "opens_at": after.opens_at, "closes_at": after.closes_at,
        }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "call")
    };
    audit::note(conn, now, &note)
}
