//! What an act is done to, as far as a decision needs to know it.

use kernel::Moment;

use crate::{
    Key, Rule,
    ids::{BodyId, EditionId, OrganisationId, PaperId, PersonId, SessionId, ThemeId},
};

kernel::coded! {
    /// Kinds of object, as logs and the access matrix name them.
    pub enum ObjectKind {
        /// The site itself.
        Site => "site",
        /// An edition of the congress.
        Edition => "edition",
        /// A track.
        Track => "track",
        /// A room or venue.
        Room => "room",
        /// A session.
        Session => "session",
        /// A statutory meeting's agenda and papers.
        Meeting => "meeting",
        /// A paper of a meeting.
        Document => "document",
        /// A position paper or policy paper, and its text.
        Paper => "paper",
        /// A recommendation, position or declaration.
        Outcome => "outcome",
        /// A body and its roster.
        Body => "body",
        /// A person.
        Person => "person",
        /// An account and its sessions.
        Account => "account",
        /// An organisation.
        Organisation => "organisation",
        /// A registration.
        Registration => "registration",
        /// A rule.
        Rule => "rule",
        /// A release of the programme.
        Release => "release",
        /// A letter.
        Letter => "letter",
        /// The audit log.
        Audit => "audit",
    }
}

/// What circumstances a rule may ask about beyond tags and roles; all false unless the use case looked them up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// Registered for the edition (approved, confirmed or later).
    pub registered: bool,
    /// Admitted to the session's track.
    pub admitted_to_track: bool,
    /// Personally invited.
    pub invited: bool,
    /// The proposal was accepted in a call, or one is open for it.
    pub accepted_in_call: bool,
    /// On the roster of the session's body on the day of the meeting.
    pub on_roster: bool,
    /// Endorsed by their network (World Assembly).
    pub endorsed: bool,
}

/// What an act is done to.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    /// Its kind.
    pub kind: ObjectKind,
    /// Who may read it.
    pub visible_to: Key,
    /// From this instant anyone may read it, whatever its key (R21).
    pub public_from: Option<Moment>,
    /// The edition it belongs to.
    pub edition: Option<EditionId>,
    /// The track it belongs to, if any.
    pub track: Option<&'a str>,
    /// The organisation it belongs to.
    pub organisation: Option<OrganisationId>,
    /// The person it is of.
    pub owner: Option<PersonId>,
    /// The session it is, or belongs to.
    pub session: Option<SessionId>,
    /// The body it belongs to.
    pub body: Option<BodyId>,
    /// The Town Hall theme it belongs to.
    pub theme: Option<ThemeId>,
    /// The paper it is.
    pub paper: Option<PaperId>,
    /// For propose, attend, speak and vote: the rule in force.
    pub rule: Option<&'a Rule>,
    /// What that rule may ask about.
    pub circumstances: Circumstances,
}

impl Circumstances {
    /// Every circumstance holds: what is left is who somebody is.
    pub const fn all() -> Self {
        Self {
            registered: true,
            admitted_to_track: true,
            invited: true,
            accepted_in_call: true,
            on_roster: true,
            endorsed: true,
        }
    }
}

impl<'a> Object<'a> {
    /// An object of this kind that anyone may see and that belongs to nothing.
    pub fn public(kind: ObjectKind) -> Self {
        Self::readable_by(kind, Key::Public)
    }

    /// An object of this kind, readable by the holders of a key.
    pub fn readable_by(kind: ObjectKind, visible_to: Key) -> Self {
        Self {
            kind,
            visible_to,
            public_from: None,
            edition: None,
            track: None,
            organisation: None,
            owner: None,
            session: None,
            body: None,
            theme: None,
            paper: None,
            rule: None,
            circumstances: Circumstances::default(),
        }
    }

    /// The site: for acts that are done to nothing in particular.
    pub fn site() -> Self {
        Self::public(ObjectKind::Site)
    }

    /// The same, open to anyone from this instant on (R21).
    pub const fn public_from(mut self, from: Option<Moment>) -> Self {
        self.public_from = from;
        self
    }

    /// The same, of an edition.
    pub const fn of_edition(mut self, edition: EditionId) -> Self {
        self.edition = Some(edition);
        self
    }

    /// The same, of a track.
    pub const fn of_track(mut self, track: Option<&'a str>) -> Self {
        self.track = track;
        self
    }

    /// The same, of an organisation.
    pub const fn of_organisation(mut self, organisation: OrganisationId) -> Self {
        self.organisation = Some(organisation);
        self
    }

    /// The same, of a person.
    pub const fn of_person(mut self, person: PersonId) -> Self {
        self.owner = Some(person);
        self
    }

    /// The same, of a session.
    pub const fn of_session(mut self, session: SessionId) -> Self {
        self.session = Some(session);
        self
    }

    /// The same, of a body.
    pub const fn of_body(mut self, body: BodyId) -> Self {
        self.body = Some(body);
        self
    }

    /// The same, of a Town Hall theme.
    pub const fn of_theme(mut self, theme: ThemeId) -> Self {
        self.theme = Some(theme);
        self
    }

    /// The same, a paper: read besides by who writes at it, who leads its theme, and the focal points of its organisation.
    pub const fn of_paper(mut self, paper: PaperId) -> Self {
        self.paper = Some(paper);
        self
    }

    /// The same, under a rule and its circumstances.
    pub const fn under(mut self, rule: &'a Rule, circumstances: Circumstances) -> Self {
        self.rule = Some(rule);
        self.circumstances = circumstances;
        self
    }
}
