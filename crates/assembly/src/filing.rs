//! Filing a paper: only an invited organisation does (R61, §5.11 case 121).
//!
//! Who asks for an organisation that is invited takes the invitation up by that. Who asks for another is answered by the
//! edition's rule of who may propose in the Assembly, which asks for an invitation unless the organisers changed it.

use access_rules::{Act, Actor, Circumstances, EditionId, Object, ObjectKind, OrganisationId, decide};
use db::Conn;
use kernel::{Fault, Localized, Moment};
use papers::{
    model::{Paper, PaperState},
    papers as all_papers,
};
use programme::{
    editions,
    rule_book::{self, RuleScope},
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    deadlines,
    invitations::{self, AnswerInput, PaperInvitationInput},
    model::InvitationState,
    terms::TRACK,
};

/// What the form of who wants to file a paper asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct FilingInput {
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// What the paper is called; that of the invitation stays where there is one.
    pub title: Localized,
    /// The language it is written in; that of the invitation stays where there is one.
    pub language: String,
}

/// Files a paper for an organisation. Where it is invited, this takes the invitation up, and twice is once; where it is
/// not, the rule of who may propose in the Assembly decides, which asks for an invitation unless the edition changed it
/// (R61, §5.11 case 121).
///
/// # Errors
/// 401; 403 `not_invited`, `audience`; 404; `invalid` with each field; `not_invitable`.
pub fn file(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &FilingInput,
) -> Result<Paper, Fault> {
    let edition = editions::get(conn, actor, edition)?;
    let organisation = input
        .organisation
        .ok_or_else(|| Fault::field("organisation", "required"))?;
    invitations::may_mind(actor, organisation, now)?;
    let held = invitations::of_organisation(conn, edition.id, organisation)?;
    let open = held.iter().find(|held| held.state == InvitationState::Open);
    if let Some(open) = open {
        invitations::accept(conn, actor, now, open.id, &AnswerInput::default(), None)?;
    }
    let taken_up = held
        .iter()
        .rev()
        .find(|held| held.state == InvitationState::Accepted);
    if let Some(invitation) = open.or(taken_up) {
        return all_papers::get(conn, actor, now, invitation.paper);
    }
    may_propose(conn, actor, now, edition.id)?;
    invitations::invitable(conn, organisation, now)?;
    let asked = PaperInvitationInput {
        organisation: Some(organisation),
        title: input.title.clone(),
        language: input.language.clone(),
        ..PaperInvitationInput::default()
    };
    let (organisation, title, language, _) = invitations::checked(conn, &asked)?;
    let deadline = deadlines::usual(conn, &edition, now)?;
    let new = invitations::beginning(
        &edition,
        organisation,
        title,
        language,
        PaperState::Drafting,
        deadline,
    );
    all_papers::begin(conn, actor.person, now, new)
}

/// Whether the rule in force lets this actor begin a paper that nobody invited them to write.
fn may_propose(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    let row = rule_book::in_force(conn, edition, RuleScope::Track, TRACK, Act::Propose)?;
    let row = row.ok_or_else(|| Fault::forbidden("no_rule"))?;
    let circumstances = Circumstances {
        registered: actor.registered().any(|registered| registered == edition),
        ..Circumstances::default()
    };
    let object = Object::public(ObjectKind::Paper)
        .of_track(Some(TRACK))
        .under(&row.rule.0, circumstances);
    decide(actor, Act::Propose, &object, now).or_fault()
}
