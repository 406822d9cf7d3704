//! Invitations: « Les sections de CGLU, ainsi que les organisations sœurs de gouvernements locaux, seront invitées à élaborer
//! des documents d’orientation politique » (R61).
//!
//! The desk invites; the paper begins with the invitation and waits for its answer. Who looks after the people of the
//! organisation accepts or declines. What is written, and by whom, is `papers`'.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, OrganisationId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, fields::is_language_tag, text};
use mail::letters::PaperNews;
use members::{actors, model::OrganisationState, organisations};
use papers::{
    letters::News,
    model::{Paper, PaperState, PaperTrack},
    papers as all_papers, progress,
};
use programme::{editions, model::Edition};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    deadlines,
    faults::SittingFault,
    letters,
    model::{InvitationId, InvitationState, PaperInvitation},
    rules,
    tables::paper_invitations as table,
    terms::TRACK,
};

/// What the form of an invitation asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PaperInvitationInput {
    /// Which organisation: a section of UCLG or a sister organisation.
    pub organisation: Option<OrganisationId>,
    /// What the paper is called so far.
    pub title: Localized,
    /// The language it is written in, a BCP 47 tag.
    pub language: String,
    /// Until when it is handed in; so many days before the congress when left out, as the edition says.
    pub deadline: Option<Moment>,
    /// What the invitation says besides.
    pub message: String,
}

/// What the form of an answer to an invitation asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = InvitationAnswerInput)]
pub struct AnswerInput {
    /// What the organisation says to it.
    pub note: String,
}

/// What the form that takes an invitation back asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RevokeInput {
    /// Why.
    pub reason: String,
}

/// An invitation as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaperInvitationView {
    /// The invitation.
    #[serde(flatten)]
    pub invitation: PaperInvitation,
    /// The organisation's name.
    pub organisation_name: String,
    /// What its paper is called for ever.
    pub paper_code: String,
    /// The paper's title so far.
    pub title: Localized,
    /// How far the paper is.
    pub paper_state: PaperState,
    /// Until when it is handed in.
    pub deadline: Option<Moment>,
}

/// Invites an organisation to write a position paper: its focal points, and the addresses the member roll gives for it, are
/// told.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `not_invitable`; `already_invited`; `deadline_after_start`, `deadline_over`.
pub fn invite(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &PaperInvitationInput,
) -> Result<PaperInvitation, Fault> {
    let edition = managed(conn, actor, now, edition)?;
    let (organisation, title, language, message) = checked(conn, input)?;
    invitable(conn, organisation, now)?;
    let deadline = match input.deadline {
        Some(deadline) => deadlines::in_time(&edition, now, deadline)?,
        None => deadlines::usual(conn, &edition, now)?,
    };
    let new = beginning(
        &edition,
        organisation,
        title,
        language,
        PaperState::Invited,
        deadline,
    );
    let (title, language) = (new.title.clone(), new.language.clone());
    let paper = all_papers::begin(conn, actor.person, now, new)?;
    let invitation = PaperInvitation {
        id: Id::new(),
        edition: edition.id,
        organisation,
        paper: paper.id,
        state: InvitationState::Open,
        message,
        invited_at: now,
        invited_by: actor.person,
        answer: String::new(),
        answered_at: None,
        answered_by: None,
        revoke_reason: String::new(),
        revoked_at: None,
        revoked_by: None,
        version: 1,
    };
    let written = on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&invitation)
        .execute(c));
    written.exactly_one().map_err(|fault| match fault.code {
        "already_exists" => SittingFault::AlreadyInvited.into(),
        _ => fault,
    })?;
    note(conn, actor, now, "paper_invitation.invite", &invitation)?;
    letters::invited(conn, now, &invitation, &paper, &title, &language)?;
    Ok(invitation)
}

/// Accepts an invitation for the organisation: its paper may be written from now on.
///
/// # Errors
/// 401, 404; `invalid`: `note`; `invitation_answered`; `stale`.
pub fn accept(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: InvitationId,
    input: &AnswerInput,
    version: Option<i64>,
) -> Result<PaperInvitation, Fault> {
    let answered = answer(conn, actor, now, id, input, version, InvitationState::Accepted)?;
    progress::go(conn, actor.person, now, answered.paper, PaperState::Drafting, "")?;
    Ok(answered)
}

/// Declines an invitation for the organisation.
///
/// # Errors
/// 401, 404; `invalid`: `note`; `invitation_answered`; `stale`.
pub fn decline(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: InvitationId,
    input: &AnswerInput,
    version: Option<i64>,
) -> Result<PaperInvitation, Fault> {
    let answered = answer(conn, actor, now, id, input, version, InvitationState::Declined)?;
    let (paper, said) = (answered.paper, answered.answer.clone());
    progress::go(conn, actor.person, now, paper, PaperState::Declined, &said)?;
    Ok(answered)
}

/// Takes an invitation back, answered or not. The paper stays as it is, and nobody edits it any more (R61).
///
/// # Errors
/// 401, 403, 404; `invalid`: `reason`; `invitation_answered` where it was declined or taken back; `stale`.
pub fn revoke(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: InvitationId,
    input: &RevokeInput,
    version: Option<i64>,
) -> Result<PaperInvitation, Fault> {
    let before = find(conn, id)?.filter(|found| may_know(actor, found, now));
    let before = before.ok_or_else(Fault::not_found)?;
    decide(actor, Act::ManagePapers, &object(before.edition), now).or_fault()?;
    rules::same_version(version, before.version)?;
    let mut fields = Fields::new();
    let reason = rules::required_reason(&mut fields, &input.reason);
    fields.done()?;
    let after = PaperInvitation {
        state: InvitationState::Revoked,
        revoke_reason: reason,
        revoked_at: Some(now),
        revoked_by: actor.person,
        version: before.version + 1,
        ..before.clone()
    };
    step(
        conn,
        &before,
        &after,
        &[InvitationState::Open, InvitationState::Accepted],
    )?;
    let paper = progress::revoke(conn, actor.person, now, after.paper, &after.revoke_reason)?;
    note(conn, actor, now, "paper_invitation.revoke", &after)?;
    let news = News {
        reason: &after.revoke_reason,
        ..News::of(PaperNews::Revoked)
    };
    papers::letters::tell(conn, now, &paper, &news)?;
    Ok(after)
}

/// The invitations of an edition: for its desk all, for a focal point those to their organisations.
///
/// # Errors
/// 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<PaperInvitationView>, Fault> {
    editions::get(conn, actor, edition)?;
    let all: Vec<PaperInvitation> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .order(table::id)
        .select(PaperInvitation::as_select())
        .load(c))?;
    let seen = all.into_iter().filter(|found| may_know(actor, found, now));
    seen.map(|found| view(conn, found)).collect()
}

/// One invitation, for its desk and the focal points of the organisation.
///
/// # Errors
/// 404 for everybody else.
pub fn get(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: InvitationId,
) -> Result<PaperInvitationView, Fault> {
    let found = find(conn, id)?.filter(|found| may_know(actor, found, now));
    view(conn, found.ok_or_else(Fault::not_found)?)
}

/// The invitation a paper was written on, whoever asks; none for one that was filed without.
///
/// # Errors
/// When the database refuses.
pub fn of_paper(conn: &mut Conn, paper: access_rules::PaperId) -> Result<Option<PaperInvitation>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::paper.eq(paper))
        .select(PaperInvitation::as_select())
        .first(c)
        .optional())?)
}

/// What a paper is called in its working copy, whoever asks.
pub(crate) fn title_of(conn: &mut Conn, paper: &Paper) -> Result<Localized, Fault> {
    Ok(texts::texts::get(conn, paper.text)?.title)
}

/// Answers for the organisation.
fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: InvitationId,
    input: &AnswerInput,
    version: Option<i64>,
    to: InvitationState,
) -> Result<PaperInvitation, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may_mind(actor, before.organisation, now)?;
    rules::same_version(version, before.version)?;
    let mut fields = Fields::new();
    let said = fields.paragraph("note", &input.note, rules::REASON_MAX);
    fields.done()?;
    let after = PaperInvitation {
        state: to,
        answer: said,
        answered_at: Some(now),
        answered_by: actor.person,
        version: before.version + 1,
        ..before.clone()
    };
    step(conn, &before, &after, &[InvitationState::Open])?;
    note(conn, actor, now, "paper_invitation.answer", &after)?;
    Ok(after)
}

/// Writes a step from one of these states, unless somebody took one meanwhile.
fn step(
    conn: &mut Conn,
    before: &PaperInvitation,
    after: &PaperInvitation,
    from: &[InvitationState],
) -> Result<(), Fault> {
    if !from.contains(&before.state) {
        let state = before.state;
        return Err(SittingFault::InvitationAnswered { state }.into());
    }
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::id.eq(before.id))
        .filter(table::version.eq(before.version))
        .set((
            table::state.eq(after.state),
            table::answer.eq(&after.answer),
            table::answered_at.eq(after.answered_at),
            table::answered_by.eq(after.answered_by),
            table::revoke_reason.eq(&after.revoke_reason),
            table::revoked_at.eq(after.revoked_at),
            table::revoked_by.eq(after.revoked_by),
            table::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())
}

/// What a form of an invitation says, cleaned: whom, what its paper is called, its language, and what is said besides.
pub(crate) fn checked(
    conn: &mut Conn,
    input: &PaperInvitationInput,
) -> Result<(OrganisationId, Localized, String, String), Fault> {
    let mut fields = Fields::new();
    let organisation = fields.required("organisation", input.organisation);
    if let Some(id) = organisation {
        let found = organisations::find(conn, id)?;
        if found.is_none_or(|found| found.state != OrganisationState::Active) {
            fields.wrong("organisation", "unknown");
        }
    }
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let language = fields.required_line("language", &input.language, 35);
    if !language.is_empty() && !is_language_tag(&language) {
        fields.wrong("language", "not_a_language");
    }
    let message = fields.paragraph("message", &input.message, rules::REASON_MAX);
    fields.done()?;
    let organisation =
        organisation.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?;
    Ok((organisation, title, language, message))
}

/// R61: a section of UCLG or a sister organisation.
pub(crate) fn invitable(conn: &mut Conn, organisation: OrganisationId, now: Moment) -> Result<(), Fault> {
    let tags = actors::tags_of_organisations(conn, &[organisation], now)?;
    match tags.values().any(rules::may_be_invited) {
        true => Ok(()),
        false => Err(SittingFault::NotInvitable.into()),
    }
}

/// The organisation's own focal points answer for it; so does whoever manages members, for those who answer by letter.
pub(crate) fn may_mind(actor: &Actor, organisation: OrganisationId, now: Moment) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Organisation)
        .of_track(Some(TRACK))
        .of_organisation(organisation);
    decide(actor, Act::MindOrganisation, &object, now).or_fault()
}

/// What a position paper of an edition begins with.
pub(crate) fn beginning(
    edition: &Edition,
    owner: OrganisationId,
    title: Localized,
    language: String,
    state: PaperState,
    deadline: Moment,
) -> all_papers::NewPaper {
    all_papers::NewPaper {
        edition: edition.id,
        track: PaperTrack::Assembly,
        stem: format!("AS-{}", rules::year_of(edition.starts_on)),
        owner,
        theme: None,
        title,
        language,
        state,
        deadline: Some(deadline),
        supersedes: None,
    }
}

/// The invitations of an organisation at an edition, the first first; unchecked.
pub(crate) fn of_organisation(
    conn: &mut Conn,
    edition: EditionId,
    organisation: OrganisationId,
) -> Result<Vec<PaperInvitation>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .filter(table::organisation.eq(organisation))
        .order(table::id)
        .select(PaperInvitation::as_select())
        .load(c))?)
}

fn find(conn: &mut Conn, id: InvitationId) -> Result<Option<PaperInvitation>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(PaperInvitation::as_select())
        .first(c)
        .optional())?)
}

fn may_know(actor: &Actor, invitation: &PaperInvitation, now: Moment) -> bool {
    decide(actor, Act::ManagePapers, &object(invitation.edition), now).allows()
        || may_mind(actor, invitation.organisation, now).is_ok()
}

/// An edition whose papers this actor manages.
fn managed(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Edition, Fault> {
    let found = editions::get(conn, actor, edition)?;
    decide(actor, Act::ManagePapers, &object(edition), now).or_fault()?;
    Ok(found)
}

fn object(edition: EditionId) -> Object<'static> {
    Object::public(ObjectKind::Edition)
        .of_track(Some(TRACK))
        .of_edition(edition)
}

fn view(conn: &mut Conn, invitation: PaperInvitation) -> Result<PaperInvitationView, Fault> {
    let organisation = organisations::find(conn, invitation.organisation)?;
    let paper = all_papers::row(conn, invitation.paper)?.ok_or_else(Fault::not_found)?;
    Ok(PaperInvitationView {
        organisation_name: organisation.map(|of| of.name).unwrap_or_default(),
        title: title_of(conn, &paper)?,
        paper_code: paper.code,
        paper_state: paper.state,
        deadline: paper.deadline,
        invitation,
    })
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    invitation: &PaperInvitation,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(invitation.paper.uuid()),
        scope: Some(invitation.edition.uuid()),
        summary: json!({
            "invitation": invitation.id, "organisation": invitation.organisation, "state": invitation.state,
        }),
        ..Note::of(act, "paper")
    };
    audit::note(conn, now, &note)
}
