//! Who asks: a person with what they are and what they have been appointed to, loaded fresh for each request.

use std::collections::BTreeSet;

use crate::{
    Key, Role, Scope, Tag,
    ids::{AccountId, BodyId, EditionId, OrganisationId, PaperId, PersonId, SessionId, ThemeId},
};

/// An appointment that holds at the moment the actor was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// To what.
    pub role: Role,
    /// Over what.
    pub scope: Scope,
}

/// What an actor may read, worked out once for many rows: [`crate::decide()`] of [`crate::Act::Read`] and every list
/// filter ask it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sight {
    reads_all: bool,
    keys: BTreeSet<Key>,
    sessions: BTreeSet<SessionId>,
    papers: BTreeSet<PaperId>,
    themes: BTreeSet<ThemeId>,
    focal: BTreeSet<OrganisationId>,
}

/// Who asks. `Actor::nobody()` is a visitor without an account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Actor {
    /// The account signed in with.
    pub account: Option<AccountId>,
    /// The person that account is of.
    pub person: Option<PersonId>,
    /// The organisations the person holds a confirmed position in.
    pub organisations: Vec<OrganisationId>,
    /// What the person is.
    pub tags: BTreeSet<Tag>,
    /// What the person has been appointed to.
    pub standings: Vec<Standing>,
    /// Bodies whose every key this actor holds, because they staff the statutory desk: filled with all bodies then.
    pub desk_bodies: Vec<BodyId>,
    /// Whether every membership that makes this actor a member is in arrears: may attend and read, may not vote.
    pub in_arrears: bool,
    /// For a bearer token: the scopes it was given. Nothing for a person signed in.
    pub token_scopes: Option<Vec<String>>,
}

impl Actor {
    /// A visitor without an account.
    pub fn nobody() -> Self {
        Self::default()
    }

    /// The system itself (jobs, commands): runs everything, is nobody.
    pub fn system() -> Self {
        Self {
            standings: vec![Standing {
                role: Role::PlatformAdmin,
                scope: Scope::Everywhere,
            }],
            ..Self::default()
        }
    }

    /// Whether an account is signed in.
    pub const fn signed_in(&self) -> bool {
        self.account.is_some()
    }

    /// Whether the actor is this.
    pub fn is(&self, tag: Tag) -> bool {
        self.tags.contains(&tag)
    }

    /// Whether the actor holds this role over this scope, exactly or everywhere.
    pub fn holds(&self, role: Role, scope: &Scope) -> bool {
        self.standings.iter().any(|standing| {
            standing.role == role && (standing.scope == *scope || standing.scope == Scope::Everywhere)
        })
    }

    /// Whether the actor staffs the desk of a track.
    pub fn staffs(&self, track: &str) -> bool {
        self.standings
            .iter()
            .any(|standing| match (&standing.role, &standing.scope) {
                (Role::PlatformAdmin | Role::Secretariat, Scope::Everywhere) => true,
                (Role::Secretariat, Scope::Track(code)) => code == track,
                _ => false,
            })
    }

    /// Whether the actor staffs the desk of what belongs to none of the four tracks: everybody's staff, and that of
    /// the edition's own tracks.
    fn staffs_general(&self) -> bool {
        self.standings
            .iter()
            .any(|standing| match (&standing.role, &standing.scope) {
                (Role::PlatformAdmin | Role::Secretariat, Scope::Everywhere) => true,
                (Role::Secretariat, Scope::Track(code)) => !Key::DESKS.contains(&code.as_str()),
                _ => false,
            })
    }

    /// Whether this is the system itself: no account and no person, and the run of everything.
    pub fn is_system(&self) -> bool {
        self.account.is_none() && self.person.is_none() && self.holds(Role::PlatformAdmin, &Scope::Everywhere)
    }

    /// Whether the actor has any role of staff at all.
    pub fn is_staff(&self) -> bool {
        self.standings.iter().any(|standing| {
            matches!(
                standing.role,
                Role::PlatformAdmin
                    | Role::Secretariat
                    | Role::Registrar
                    | Role::CareDesk
                    | Role::PressOfficer
                    | Role::BadgeDesk
                    | Role::Scanner
            )
        })
    }

    /// The organisations the actor is focal point of (R15).
    pub fn focal_point_of(&self) -> impl Iterator<Item = OrganisationId> {
        self.standings
            .iter()
            .filter_map(|standing| match (&standing.role, &standing.scope) {
                (Role::FocalPoint, Scope::Organisation(id)) => Some(*id),
                _ => None,
            })
    }

    /// The editions the actor is registered for: approved, confirmed or later.
    pub fn registered(&self) -> impl Iterator<Item = EditionId> {
        self.standings
            .iter()
            .filter_map(|standing| match (&standing.role, &standing.scope) {
                (Role::Participant, Scope::Edition(id)) => Some(*id),
                _ => None,
            })
    }

    /// The bodies the actor sits in.
    pub fn bodies(&self) -> impl Iterator<Item = BodyId> {
        self.standings
            .iter()
            .filter_map(|standing| match (&standing.role, &standing.scope) {
                (Role::BodyMember, Scope::Body(id)) => Some(*id),
                _ => None,
            })
    }

    /// The sessions the actor has a part in (lead, chair, rapporteur): readable even before release.
    pub fn own_sessions(&self) -> Vec<SessionId> {
        let own = self
            .standings
            .iter()
            .filter_map(|standing| match &standing.scope {
                Scope::Session(id) => Some(*id),
                _ => None,
            });
        own.collect()
    }

    /// The papers the actor writes at or translates: readable before they are out.
    pub fn own_papers(&self) -> Vec<PaperId> {
        let own = self
            .standings
            .iter()
            .filter_map(|standing| match &standing.scope {
                Scope::Paper(id) => Some(*id),
                _ => None,
            });
        own.collect()
    }

    /// The Town Hall themes the actor leads for a partner: whose papers are readable before they are out.
    pub fn own_themes(&self) -> Vec<ThemeId> {
        let own = self
            .standings
            .iter()
            .filter_map(|standing| match (&standing.role, &standing.scope) {
                (Role::ThemeLead, Scope::Theme(id)) => Some(*id),
                _ => None,
            });
        own.collect()
    }

    /// What a bearer token of this actor may be given: no more than the one that asks holds itself.
    pub fn may_hand_out(&self, scopes: &[String]) -> bool {
        self.token_scopes
            .as_ref()
            .is_none_or(|own| scopes.iter().all(|scope| own.contains(scope)))
    }

    /// Every key this actor holds: a row is readable when its `visible_to` is among them.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = vec![Key::Public];
        if self.signed_in() {
            keys.push(Key::SignedIn);
        }
        keys.extend(self.registered().map(Key::Registered));
        if self.is(Tag::UclgMember) {
            keys.push(Key::Members);
        }
        // Who sits in a body reads its papers as long as the organisation is a member (R1, R13).
        if self.is(Tag::UclgMember) {
            keys.extend(self.bodies().map(Key::Body));
        }
        keys.extend(self.desk_bodies.iter().map(|body| Key::Body(*body)));
        for track in Key::DESKS {
            if self.staffs(track) {
                keys.push(Key::Desk(track.to_owned()));
                if track == "statutory" {
                    keys.push(Key::Members);
                }
            }
        }
        if self.staffs_general() {
            keys.push(Key::desk(None));
        }
        keys.extend(self.organisations.iter().copied().map(Key::Organisation));
        keys.extend(self.focal_point_of().map(Key::Organisation));
        keys.extend(self.person.map(Key::Person));
        let mut seen = BTreeSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        keys
    }

    /// What this actor may read.
    pub fn sight(&self) -> Sight {
        Sight {
            reads_all: self.is_system(),
            keys: self.keys().into_iter().collect(),
            sessions: self.own_sessions().into_iter().collect(),
            papers: self.own_papers().into_iter().collect(),
            themes: self.own_themes().into_iter().collect(),
            focal: self.focal_point_of().collect(),
        }
    }

    /// The keys as they stand in `visible_to` columns, for `eq_any`.
    pub fn key_texts(&self) -> Vec<String> {
        self.keys().iter().map(ToString::to_string).collect()
    }
}

impl Sight {
    /// Whether a row of this key is read; what belongs to a session is read besides by whoever has a part in it.
    pub fn reads(&self, key: &Key, session: Option<SessionId>) -> bool {
        self.reads_all
            || self.keys.contains(key)
            || session.is_some_and(|session| self.sessions.contains(&session))
    }
    /// Whether a paper of this key is read: by the key, or for having a part in the paper.
    pub fn reads_paper(
        &self,
        key: &Key,
        paper: PaperId,
        owner: Option<OrganisationId>,
        theme: Option<ThemeId>,
    ) -> bool {
        self.reads(key, None)
            || self.papers.contains(&paper)
            || owner.is_some_and(|owner| self.focal.contains(&owner))
            || theme.is_some_and(|theme| self.themes.contains(&theme))
    }
}
