//! Inviting somebody to help run the site: a person, an account, an appointment and a letter in one act. There is no
//! secret in the letter: who opens the account proves the address by a code, like everybody.

use access_rules::{Act, Actor, Object, PersonId, Role};
use db::Conn;
use kernel::{Fault, Fields, Language, Moment};
use people::{
    accounts, persons,
    persons::PersonInput,
    standings::{self, GrantInput},
};
use serde::Deserialize;

use crate::{
    letters::Content,
    outbox::{self, NewLetter},
};

/// What the form of an invitation asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct InviteInput {
    /// To which address.
    #[serde(default)]
    pub email: String,
    /// Their given names; they can say them later.
    #[serde(default)]
    pub given_name: String,
    /// Their family names.
    #[serde(default)]
    pub family_name: String,
    /// In which language to write to them.
    pub language: Option<Language>,
    /// To which role.
    pub role: Option<Role>,
    /// Over what kind of thing; everything when not said.
    #[serde(default)]
    pub scope_kind: String,
    /// Over which one.
    #[serde(default)]
    pub scope_ref: String,
    /// On what ground.
    #[serde(default)]
    pub basis: String,
}

/// Invites somebody to a role. Answers who they are.
///
/// # Errors
/// 401, 403; `invalid` with each field; `role_not_by_hand`, `scope_mismatch`.
pub fn invite(conn: &mut Conn, actor: &Actor, now: Moment, input: &InviteInput) -> Result<PersonId, Fault> {
    access_rules::decide(actor, Act::GrantRole, &Object::site(), now).or_fault()?;
    let mut fields = Fields::new();
    let email = fields.email("email", &input.email);
    fields.required("role", input.role);
    let typed = PersonInput {
        given_name: input.given_name.clone(),
        family_name: input.family_name.clone(),
        badge_name: None,
        language: input.language,
    };
    let is_named = !(input.given_name.trim().is_empty() && input.family_name.trim().is_empty());
    let person = match is_named {
        true => persons::check(&mut fields, "", &typed),
        false => persons::NewPerson {
            language: input.language,
            ..persons::NewPerson::default()
        },
    };
    fields.done()?;
    let Some(email) = email else {
        return Err(Fault::internal("an address is missing unnoticed"));
    };
    let account = accounts::invited(conn, now, &email, &person)?;
    let grant = GrantInput {
        person: Some(account.person_id),
        role: input.role,
        scope_kind: or(&input.scope_kind, "everywhere"),
        scope_ref: input.scope_ref.clone(),
        from: None,
        to: None,
        basis: or(&input.basis, "invitation"),
    };
    standings::grant(conn, actor, now, &grant)?;
    let invited = persons::get(conn, account.person_id)?;
    let letter = NewLetter {
        content: Content::StaffInvitation {
            invited_by: name_of(conn, actor)?,
        },
        language: account.language,
        to: account.email,
        name: invited.name(),
        person: Some(invited.id),
        not_before: None,
        dedupe_key: None,
    };
    outbox::post(conn, now, &letter)?;
    Ok(invited.id)
}

fn name_of(conn: &mut Conn, actor: &Actor) -> Result<Option<String>, Fault> {
    let Some(person) = actor.person else {
        return Ok(None);
    };
    let name = persons::get(conn, person)?.name();
    Ok((!name.is_empty()).then_some(name))
}

fn or(text: &str, otherwise: &str) -> String {
    match text.trim() {
        "" => otherwise.to_owned(),
        text => text.to_owned(),
    }
}
