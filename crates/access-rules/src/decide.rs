//! The one decision function, and its answers.

use kernel::{Coded as _, Fault, Moment, fault::Denied};

use crate::{Act, Actor, Object, Role, Scope, Tag, object::ObjectKind};

/// Why an act is denied, and what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable code: `audience`, `not_allowed`, `not_registered`, `in_arrears`, `not_admitted`, …
    pub code: &'static str,
    /// The one act offered: `sign_in`, `register`, `choose_organisation`, `remind_confirmer`, `ask_invitation`, `see_similar`.
    pub remedy: Option<&'static str>,
}

/// The answer to "may they?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They may.
    Allow,
    /// An account is needed first.
    SignInNeeded,
    /// They may not even know of it.
    Hidden,
    /// They see it, but may not do this.
    Deny(Reason),
}

impl Decision {
    /// Whether they may.
    pub fn allows(self) -> bool {
        self == Self::Allow
    }

    /// Goes on when they may.
    ///
    /// # Errors
    /// 401, 403 with the reason, or the one 404 (architecture §4 "Hidden or forbidden?").
    pub fn or_fault(self) -> Result<(), Fault> {
        match self {
            Self::Allow => Ok(()),
            Self::SignInNeeded => Err(Fault::sign_in_needed()),
            Self::Hidden => Err(Fault::not_found()),
            Self::Deny(reason) => {
                let fault = Fault::forbidden(reason.code);
                Err(match reason.remedy {
                    Some(remedy) => fault.with_remedy(remedy),
                    None => fault,
                })
            }
        }
    }

    /// Goes on when they may; a denial is told to the log with the ids of what it was about (R20).
    ///
    /// # Errors
    /// As [`Self::or_fault`].
    pub fn or_fault_noted(self, act: Act, kind: ObjectKind, object: Option<uuid::Uuid>) -> Result<(), Fault> {
        let reason = match self {
            Self::Allow => return Ok(()),
            Self::SignInNeeded => "sign_in_needed",
            Self::Hidden => "hidden",
            Self::Deny(reason) => reason.code,
        };
        let denied = Denied { act: act.code(), object_kind: kind.code(), object_id: object, reason };
        self.or_fault().map_err(|fault| Fault { denied: Some(Box::new(denied)), ..fault })
    }

    const fn deny(code: &'static str) -> Self {
        Self::Deny(Reason { code, remedy: None })
    }

    const fn deny_but(code: &'static str, remedy: &'static str) -> Self {
        Self::Deny(Reason {
            code,
            remedy: Some(remedy),
        })
    }
}

/// Decides whether `actor` may do `act` to `object` (R12). `at` is the moment the act is for: the meeting's for votes,
/// now for reading (R13); the actor's tags and standings must have been loaded as of that moment.
pub fn decide(actor: &Actor, act: Act, object: &Object<'_>, _at: Moment) -> Decision {
    if act == Act::UseSite {
        return Decision::Allow;
    }
    if !may_read(actor, object) {
        return Decision::Hidden;
    }
    if let Some(scopes) = &actor.token_scopes
        && act != Act::Read
        && !scopes
            .iter()
            .any(|scope| scope == "write" || scope == act_scope(act))
    {
        return Decision::deny("scope");
    }
    match act {
        Act::Read | Act::UseSite => Decision::Allow,
        Act::Propose | Act::Attend | Act::Speak | Act::Vote => by_rule(actor, act, object),
        Act::MindOwn => match object.owner {
            None if actor.signed_in() => Decision::Allow,
            Some(owner) if actor.person == Some(owner) => Decision::Allow,
            _ if !actor.signed_in() => Decision::SignInNeeded,
            _ => Decision::Hidden,
        },
        Act::Register => Decision::Allow,
        Act::MindOrganisation => match object.organisation {
            _ if !actor.signed_in() => Decision::SignInNeeded,
            Some(organisation) if actor.focal_point_of().any(|own| own == organisation) => Decision::Allow,
            _ if by_role(actor, Act::ManageMembers, object) => Decision::Allow,
            // Another organisation's people do not exist for a focal point (R15).
            _ => Decision::Hidden,
        },
        staff_act => {
            if by_role(actor, staff_act, object) {
                Decision::Allow
            } else if !actor.signed_in() {
                Decision::SignInNeeded
            } else {
                Decision::deny("not_allowed")
            }
        }
    }
}

/// Whether the actor may see the object at all: the same test as the list filter's.
pub fn may_read(actor: &Actor, object: &Object<'_>) -> bool {
    actor.keys().contains(&object.visible_to)
        || object
            .session
            .is_some_and(|session| actor.own_sessions().contains(&session))
}

fn by_rule(actor: &Actor, act: Act, object: &Object<'_>) -> Decision {
    let Some(rule) = object.rule else {
        return Decision::deny("no_rule");
    };
    if rule.admits(actor, object.circumstances) {
        if act == Act::Vote && actor.in_arrears {
            return Decision::deny_but("in_arrears", "settle_dues");
        }
        return Decision::Allow;
    }
    if !actor.signed_in() {
        return Decision::SignInNeeded;
    }
    if act == Act::Attend && !object.circumstances.registered {
        return Decision::deny_but("not_registered", "register");
    }
    if object.kind == ObjectKind::Meeting || object.track == Some("statutory") {
        return Decision::deny_but(
            "audience",
            if actor.is(Tag::UclgMember) {
                "ask_invitation"
            } else {
                "choose_organisation"
            },
        );
    }
    let remedy = if actor.organisations.is_empty() {
        "choose_organisation"
    } else {
        "see_similar"
    };
    Decision::deny_but("audience", remedy)
}

/// Whether some role of the actor grants this act on this object.
fn by_role(actor: &Actor, act: Act, object: &Object<'_>) -> bool {
    actor
        .standings
        .iter()
        .any(|standing| grants(standing.role, act) && covers(&standing.scope, object))
}

/// What each role may do within its scope (R16): the role × act matrix of `docs/access-matrix.md`.
pub const fn grants(role: Role, act: Act) -> bool {
    match role {
        Role::PlatformAdmin => !matches!(act, Act::ReadNeeds),
        Role::Secretariat => matches!(
            act,
            Act::SeeDesk
                | Act::ManageEdition
                | Act::ManageFormats
                | Act::ManageRules
                | Act::EditSession
                | Act::PlaceSession
                | Act::WaiveConflict
                | Act::Release
                | Act::Import
                | Act::SeePeople
                | Act::ManageMembers
                | Act::ConfirmPosition
                | Act::DecideRegistration
                | Act::ReadNeedsTotals
                | Act::ManageMeeting
                | Act::ReadOutbox
                | Act::ManageOutbox
                | Act::ReadAudit
        ),
        Role::Registrar => matches!(
            act,
            Act::SeeDesk
                | Act::SeePeople
                | Act::ManageMembers
                | Act::ConfirmPosition
                | Act::DecideRegistration
                | Act::ReadNeeds
                | Act::ReadNeedsTotals
                | Act::ReadOutbox
        ),
        Role::CareDesk => matches!(act, Act::SeeDesk | Act::ReadNeeds | Act::ReadNeedsTotals),
        Role::SessionLead => matches!(act, Act::EditSession),
        Role::BadgeDesk | Role::Scanner | Role::PressOfficer => matches!(act, Act::SeeDesk),
        Role::SectionOfficer
        | Role::CommissionSecretariat
        | Role::ThemeLead
        | Role::Rapporteur
        | Role::Chair
        | Role::ReturningOfficer
        | Role::Scrutineer
        | Role::Translator
        | Role::GtfConvener
        | Role::FocalPoint
        | Role::BodyMember
        | Role::Participant => false,
    }
}

/// Whether a standing's scope covers an object. A track's desk never reaches outside its track.
fn covers(scope: &Scope, object: &Object<'_>) -> bool {
    match scope {
        Scope::Everywhere => true,
        Scope::Track(code) => object.track == Some(code.as_str()),
        Scope::Organisation(id) => object.organisation == Some(*id),
        Scope::Body(id) => object.body == Some(*id),
        Scope::Session(id) => object.session == Some(*id),
        Scope::Theme(id) => object.theme == Some(*id),
        Scope::Edition(_) | Scope::Section(_) => false,
    }
}

const fn act_scope(act: Act) -> &'static str {
    match act {
        Act::MindOwn | Act::Attend | Act::Register => "agenda",
        Act::EditSession
        | Act::PlaceSession
        | Act::WaiveConflict
        | Act::Release
        | Act::Import
        | Act::ManageEdition => "programme",
        _ => "write",
    }
}
