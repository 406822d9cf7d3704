//! The one decision function, and its answers.

use kernel::{Coded as _, Fault, Moment, fault::Denied};

use crate::{Act, Actor, Basis, Circumstances, Object, ObjectKind, Role, Rule, Scope, Tag};

/// Why an act is denied, and what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable code: `audience`, `not_registered`, `not_admitted`, `call_required`, `not_invited`, `not_endorsed`,
    /// `in_arrears`, `no_rule`, `not_allowed`, `scope`.
    pub code: &'static str,
    /// The one act offered: `register`, `remind_confirmer`, `see_calls`, `ask_invitation`, `ask_network`,
    /// `choose_organisation`, `see_similar`, `settle_dues`.
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
        let denied = Denied {
            act: act.code(),
            object_kind: kind.code(),
            object_id: object,
            reason,
        };
        self.or_fault().map_err(|fault| Fault {
            denied: Some(Box::new(denied)),
            ..fault
        })
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
pub fn decide(actor: &Actor, act: Act, object: &Object<'_>, at: Moment) -> Decision {
    if act == Act::UseSite {
        return Decision::Allow;
    }
    let open_by_now = object.public_from.is_some_and(|from| at >= from);
    if !(open_by_now || may_read(actor, object)) {
        return Decision::Hidden;
    }
    if !within_token(actor, act) {
        return Decision::deny("scope");
    }
    match act.basis() {
        Basis::Open | Basis::Key => Decision::Allow,
        Basis::Rule => by_rule(actor, act, object),
        Basis::Own => by_ownership(actor, object),
        Basis::Organisation => by_organisation(actor, object),
        Basis::Role if by_role(actor, act, object) => Decision::Allow,
        Basis::Role if !actor.signed_in() => Decision::SignInNeeded,
        Basis::Role => Decision::deny("not_allowed"),
    }
}

/// Whether some role of the actor grants an act over anything at all: asked before a file is read whose content says over
/// what.
pub fn decide_somewhere(actor: &Actor, act: Act) -> Decision {
    if !within_token(actor, act) {
        Decision::deny("scope")
    } else if actor.standings.iter().any(|standing| grants(standing.role, act)) {
        Decision::Allow
    } else if actor.signed_in() {
        Decision::deny("not_allowed")
    } else {
        Decision::SignInNeeded
    }
}

/// Whether the actor may see the object at all: the same test as the list filter's. (An object with an embargo may also
/// be read by anyone once its instant has come: [`Object::public_from`].)
pub fn may_read(actor: &Actor, object: &Object<'_>) -> bool {
    let sight = actor.sight();
    match object.paper {
        Some(paper) => sight.reads_paper(&object.visible_to, paper, object.organisation, object.theme),
        None => sight.reads(&object.visible_to, object.session),
    }
}

/// Whether a bearer token was given for this. A token reads what its person reads and never does more than its person.
pub fn within_token(actor: &Actor, act: Act) -> bool {
    let Some(scopes) = &actor.token_scopes else {
        return true;
    };
    matches!(act, Act::Read | Act::UseSite)
        || scopes
            .iter()
            .any(|scope| scope == "write" || scope == act_scope(act))
}

/// What is another's does not exist for anybody else.
fn by_ownership(actor: &Actor, object: &Object<'_>) -> Decision {
    if !actor.signed_in() {
        return Decision::SignInNeeded;
    }
    match object.owner {
        Some(owner) if actor.person != Some(owner) => Decision::Hidden,
        Some(_) | None => Decision::Allow,
    }
}

/// Another organisation's people do not exist for a focal point (R15); whoever manages members minds all.
fn by_organisation(actor: &Actor, object: &Object<'_>) -> Decision {
    let is_own = object
        .organisation
        .is_some_and(|organisation| actor.focal_point_of().any(|own| own == organisation));
    if is_own || by_role(actor, Act::ManageMembers, object) {
        Decision::Allow
    } else if !actor.signed_in() {
        Decision::SignInNeeded
    } else {
        Decision::Hidden
    }
}

/// The rule is exact for everybody: staff who plan sessions do so through [`Act::EditSession`], not by proposing.
fn by_rule(actor: &Actor, act: Act, object: &Object<'_>) -> Decision {
    let Some(rule) = object.rule else {
        return Decision::deny("no_rule");
    };
    if !rule.admits(actor, object.circumstances) {
        return if actor.signed_in() {
            why_not(actor, rule, object)
        } else {
            Decision::SignInNeeded
        };
    }
    if act == Act::Vote && actor.in_arrears {
        return Decision::deny_but("in_arrears", "settle_dues");
    }
    Decision::Allow
}

/// The first circumstance without which the rule admits nobody like this actor; else they are not of the audience.
fn why_not(actor: &Actor, rule: &Rule, object: &Object<'_>) -> Decision {
    let has = object.circumstances;
    let all = Circumstances::all();
    let missing = [
        (
            has.registered,
            Circumstances {
                registered: false,
                ..all
            },
            "not_registered",
            "register",
        ),
        (
            has.admitted_to_track,
            Circumstances {
                admitted_to_track: false,
                ..all
            },
            "not_admitted",
            "remind_confirmer",
        ),
        (
            has.accepted_in_call,
            Circumstances {
                accepted_in_call: false,
                ..all
            },
            "call_required",
            "see_calls",
        ),
        (
            has.invited,
            Circumstances {
                invited: false,
                ..all
            },
            "not_invited",
            "ask_invitation",
        ),
        (
            has.endorsed,
            Circumstances {
                endorsed: false,
                ..all
            },
            "not_endorsed",
            "ask_network",
        ),
    ];
    if rule.admits(actor, all) {
        for (holds, without, code, remedy) in missing {
            if !holds && !rule.admits(actor, without) {
                return Decision::deny_but(code, remedy);
            }
        }
    }
    let is_statutory = object.kind == ObjectKind::Meeting || object.track == Some("statutory");
    let remedy = if is_statutory && actor.is(Tag::UclgMember) {
        "ask_invitation"
    } else if is_statutory || actor.organisations.is_empty() {
        "choose_organisation"
    } else {
        "see_similar"
    };
    Decision::deny_but("audience", remedy)
}

/// Whether some role of the actor grants this act on this object.
fn by_role(actor: &Actor, act: Act, object: &Object<'_>) -> bool {
    // The desk is one page for all staff; each of its rows is decided by itself.
    let is_desk = act == Act::SeeDesk && object.kind == ObjectKind::Site;
    actor
        .standings
        .iter()
        .any(|standing| grants(standing.role, act) && (is_desk || covers(&standing.scope, object)))
}

/// What each role may do within its scope (R16): the role × act matrix of `docs/access-matrix.md`.
pub const fn grants(role: Role, act: Act) -> bool {
    match role {
        Role::PlatformAdmin => matches!(act.basis(), Basis::Role) && !matches!(act, Act::ReadNeeds),
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
                | Act::ManagePapers
                | Act::WritePaper
                | Act::TranslatePaper
                | Act::RecordResult
                | Act::RunAssembly
                | Act::ManageOutcomes
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
        Role::SessionLead => matches!(act, Act::EditSession | Act::ProposeChange | Act::RecordResult),
        Role::Chair => matches!(act, Act::ProposeChange | Act::RecordResult | Act::RunAssembly),
        Role::Rapporteur => matches!(act, Act::RecordResult),
        // Partners run their own space, and nothing else (R9).
        Role::ThemeLead => matches!(
            act,
            Act::ManagePapers | Act::WritePaper | Act::TranslatePaper | Act::RecordResult
        ),
        Role::Drafter | Role::FocalPoint => matches!(act, Act::WritePaper | Act::TranslatePaper),
        Role::Translator => matches!(act, Act::TranslatePaper),
        Role::GtfConvener => matches!(act, Act::RunAssembly | Act::ManageOutcomes),
        Role::BadgeDesk | Role::Scanner | Role::PressOfficer => matches!(act, Act::SeeDesk),
        Role::SectionOfficer
        | Role::CommissionSecretariat
        | Role::ReturningOfficer
        | Role::Scrutineer
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
        Scope::Paper(id) => object.paper == Some(*id),
        Scope::Edition(id) => object.edition == Some(*id),
        Scope::Section(_) => false,
    }
}

const fn act_scope(act: Act) -> &'static str {
    match act {
        Act::MindOwn | Act::Attend | Act::Register => "agenda",
        Act::EditSession
        | Act::ProposeChange
        | Act::PlaceSession
        | Act::WaiveConflict
        | Act::Release
        | Act::Import
        | Act::ManageEdition => "programme",
        _ => "write",
    }
}
