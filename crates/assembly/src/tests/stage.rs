//! A congress to test on: a section that writes, a city that leads, two networks of the Task Force, and people of theirs.

use access_rules::{AccountId, Actor, EditionId, OrganisationId, PaperId, PersonId, Role, Scope, SessionId};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Fault, Id, Localized, Moment};
use members::{
    actors,
    memberships::{self, AdmitInput},
    model::{Category, MembershipState, OrganisationKind, PositionKind, RelationKind},
    organisations::{self, OrganisationInput},
    positions::{self, RecordInput},
    relations::{self, RelationInput},
};
use outcomes::{model::OutcomeKind, wordings::NewOutcome};
use papers::{
    model::{Priority, PriorityKind},
    steps::{self, SubmitInput},
    writing::{self, ImportInput, PrioritiesInput},
};
use people::{
    accounts,
    persons::NewPerson,
    standings::{self, Appointment},
};
use programme::{
    admission::Admissions,
    editions::{self, EditionInput},
    model::{Edition, EditionState, Session, SittingScope, TrackKind},
    releases::{self, ReleaseInput},
    scheduling::{self, Placement},
    sessions::{self, OrganiserInput, SessionInput, SpeakerInput},
};

use super::{secretariat, staff};
use crate::{
    admission::AssemblyAdmission,
    agenda,
    convocation::{self, ConsentInput, ConvokeInput},
    invitations::{self, AnswerInput, PaperInvitationInput},
    model::world::NetworkAnswer,
    proceedings::{self, AssemblyStepInput},
    results::{self, ResultInput},
    screening::{self, Audience, PublishInput, ScreenInput},
    sitting_papers::{self, SittingPaperInput},
    world_assembly,
};

/// Long before the congress: in time for everything.
pub(super) fn june() -> Moment {
    Moment::at("2019-06-03T08:00:00Z")
}

/// During the congress, after the sittings have begun.
pub(super) fn congress_time() -> Moment {
    Moment::at("2019-11-14T08:00:00Z")
}

/// Somebody with an account.
#[derive(Clone, Copy, Debug)]
pub(super) struct Somebody {
    pub(super) account: AccountId,
    pub(super) person: PersonId,
}

pub(super) struct Stage {
    pub(super) database: TestDatabase,
    pub(super) conn: Conn,
    pub(super) edition: Edition,
    pub(super) admissions: Admissions,
    pub(super) city: OrganisationId,
    pub(super) section: OrganisationId,
    pub(super) focal: Somebody,
}

pub(super) fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}

pub(super) fn said(text: &str) -> Localized {
    Localized::only("en", text)
}

pub(super) fn stage() -> Stage {
    let database = testing::fresh();
    let mut conn = database.conn();
    let input = EditionInput {
        slug: "durban-2019".into(),
        title: said("World Congress"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let desk = secretariat();
    let edition = editions::create(&mut conn, &desk, june(), &input).expect("an edition");
    let announced = EditionState::Announced;
    let edition = editions::step(&mut conn, &desk, june(), edition.id, announced, None).expect("announced");
    let nobody = Somebody {
        account: Id::new(),
        person: Id::new(),
    };
    let mut stage = Stage {
        database,
        conn,
        edition,
        admissions: Admissions::general_only().with(TrackKind::Assembly, AssemblyAdmission),
        city: Id::new(),
        section: Id::new(),
        focal: nobody,
    };
    stage.city = stage.organisation("City of Somewhere", OrganisationKind::City, None);
    stage.section = stage.section_named("Section of the South");
    stage.focal = stage.focal_point(stage.section, "Faith Focal");
    stage
}

impl Stage {
    pub(super) fn id(&self) -> EditionId {
        self.edition.id
    }

    pub(super) fn organisation(
        &mut self,
        name: &str,
        kind: OrganisationKind,
        relation: Option<RelationKind>,
    ) -> OrganisationId {
        let input = OrganisationInput {
            name: name.to_owned(),
            kind: Some(kind),
            ..OrganisationInput::default()
        };
        let desk = secretariat();
        let made = organisations::create(&mut self.conn, &desk, june(), &input).expect("made");
        if let Some(relation) = relation {
            let input = RelationInput {
                kind: Some(relation),
                basis: "agreement".into(),
                from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
                ..RelationInput::default()
            };
            relations::record(&mut self.conn, &desk, june(), made.id, &input).expect("related");
        }
        made.id
    }

    pub(super) fn section_named(&mut self, name: &str) -> OrganisationId {
        let section = self.organisation(name, OrganisationKind::Section, None);
        let admit = AdmitInput {
            category: Some(Category::Section),
            state: Some(MembershipState::Active),
            from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
            reason: "statutes".into(),
        };
        memberships::admit(&mut self.conn, &secretariat(), june(), section, &admit).expect("admitted");
        section
    }

    pub(super) fn network(&mut self, name: &str) -> OrganisationId {
        self.organisation(
            name,
            OrganisationKind::InternationalLgNetwork,
            Some(RelationKind::GtfNetwork),
        )
    }

    pub(super) fn somebody(&mut self, name: &str) -> Somebody {
        let new = NewPerson {
            given_name: name.to_owned(),
            ..NewPerson::default()
        };
        let address = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let email = address.parse().expect("an address");
        let account = accounts::invited(&mut self.conn, june(), &email, &new).expect("an account");
        Somebody {
            account: account.id,
            person: account.person_id,
        }
    }

    pub(super) fn stand(&mut self, who: Somebody, role: Role, scope: Scope) {
        let standing = Appointment {
            person: who.person,
            role,
            scope,
            from: june(),
            to: None,
            basis: "test".into(),
            granted_by: None,
        };
        standings::appoint(&mut self.conn, june(), &standing).expect("appointed");
    }

    pub(super) fn of(&mut self, who: Somebody, organisation: OrganisationId) {
        let record = RecordInput {
            person: Some(who.person),
            organisation: Some(organisation),
            kind: Some(PositionKind::Staff),
            ..RecordInput::default()
        };
        positions::record(&mut self.conn, &secretariat(), june(), &record).expect("recorded");
    }

    pub(super) fn focal_point(&mut self, organisation: OrganisationId, name: &str) -> Somebody {
        let who = self.somebody(name);
        self.of(who, organisation);
        self.stand(who, Role::FocalPoint, Scope::Organisation(organisation));
        who
    }

    pub(super) fn participant(&mut self, name: &str) -> Somebody {
        let who = self.somebody(name);
        self.stand(who, Role::Participant, Scope::Edition(self.edition.id));
        who
    }

    pub(super) fn actor(&mut self, who: Somebody) -> Actor {
        actors::load(&mut self.conn, who.account, who.person, congress_time()).expect("loaded")
    }

    /// What a refused act wrote is undone, as the writer does it.
    pub(super) fn whole<T>(&mut self, act: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, Fault> {
        self.conn.transaction(act)
    }

    pub(super) fn invitation(&self) -> PaperInvitationInput {
        PaperInvitationInput {
            organisation: Some(self.section),
            title: said("Water for every city"),
            language: "en".into(),
            ..PaperInvitationInput::default()
        }
    }

    /// A paper the section accepted to write.
    pub(super) fn drafted(&mut self) -> PaperId {
        let (input, edition) = (self.invitation(), self.id());
        let invited = invitations::invite(&mut self.conn, &secretariat(), june(), edition, &input);
        let invited = invited.expect("invited");
        let focal = self.actor(self.focal);
        let answer = AnswerInput::default();
        invitations::accept(&mut self.conn, &focal, june(), invited.id, &answer, None).expect("accepted");
        invited.paper
    }

    /// One it has written and handed in.
    pub(super) fn submitted(&mut self) -> PaperId {
        let paper = self.drafted();
        let focal = self.actor(self.focal);
        let words = ImportInput {
            text: "# Water\n\nEvery city has a right to it.".into(),
        };
        writing::replace_all_markdown(&mut self.conn, &focal, june(), paper, None, &words).expect("written");
        let priorities = PrioritiesInput {
            priorities: vec![Priority {
                kind: PriorityKind::Continental,
                section: Some(members::sections::Section::Africa),
                label: said("Safe water"),
            }],
        };
        writing::set_priorities(&mut self.conn, &focal, june(), paper, None, &priorities).expect("set");
        steps::submit(&mut self.conn, &focal, june(), paper, &SubmitInput::default()).expect("handed in");
        paper
    }

    /// One that the participants read.
    pub(super) fn published(&mut self) -> PaperId {
        let paper = self.submitted();
        let desk = secretariat();
        let screened = ScreenInput::default();
        screening::screen(&mut self.conn, &desk, june(), paper, &screened, None).expect("screened");
        let audience = PublishInput {
            audience: Audience::Participants,
        };
        screening::publish(&mut self.conn, &desk, june(), paper, &audience, None).expect("published");
        paper
    }

    pub(super) fn session(&mut self, input: &SessionInput, starts: &str) -> Session {
        let edition = self.id();
        let (conn, desk) = (&mut self.conn, secretariat());
        let made = sessions::create(conn, &desk, june(), &self.admissions, edition, input).expect("made");
        let placement = Placement {
            starts: starts.into(),
            length_minutes: Some(90),
            ..Placement::default()
        };
        scheduling::place(conn, &desk, june(), &self.admissions, made.id, &placement, None).expect("placed");
        sessions::row(conn, made.id).expect("read").expect("there")
    }

    /// A sitting with all it needs but papers.
    pub(super) fn sitting(&mut self, starts: &str) -> SessionId {
        let input = SessionInput {
            kind: "sitting".into(),
            title: said("Round table"),
            attendance: "online".into(),
            scope: SittingScope {
                region_group: "africa".into(),
                sector: String::new(),
            },
            organisers: Some(vec![OrganiserInput {
                organisation: Some(self.city),
                leads: true,
                ..OrganiserInput::default()
            }]),
            speakers: Some(vec![SpeakerInput {
                name: "A Mayor".into(),
                high_level: true,
                ..SpeakerInput::default()
            }]),
            ..SessionInput::default()
        };
        self.session(&input, starts).id
    }

    pub(super) fn take_up(&mut self, session: SessionId, paper: PaperId) {
        let input = SittingPaperInput {
            paper: Some(paper),
            ..SittingPaperInput::default()
        };
        sitting_papers::add(&mut self.conn, &secretariat(), june(), session, &input).expect("taken up");
    }

    pub(super) fn record(&mut self, session: SessionId, paper: PaperId, outcomes: &[&str]) {
        let input = result(outcomes);
        let at = congress_time();
        results::record(&mut self.conn, &secretariat(), at, session, paper, &input, None).expect("recorded");
    }

    pub(super) fn release(&mut self) {
        let (edition, desk) = (self.id(), secretariat());
        let input = ReleaseInput::default();
        let admissions = self.admissions.clone();
        self.whole(|conn| releases::publish(conn, &desk, june(), &admissions, edition, &input))
            .expect("released");
    }

    pub(super) fn world_assembly(&mut self) -> SessionId {
        let input = SessionInput {
            kind: "world_assembly".into(),
            title: said("World Assembly"),
            attendance: "online".into(),
            ..SessionInput::default()
        };
        self.session(&input, "2019-11-15T10:00").id
    }

    pub(super) fn convener(&self) -> Actor {
        staff(Role::GtfConvener, Scope::Edition(self.edition.id))
    }

    pub(super) fn consent(&mut self, session: SessionId, network: OrganisationId) {
        let input = ConsentInput {
            answer: Some(NetworkAnswer::Agreed),
            note: "By letter of 12 June.".into(),
        };
        let convener = self.convener();
        convocation::answer(&mut self.conn, &convener, june(), session, network, &input, None)
            .expect("recorded");
    }

    /// A World Assembly that sits, all it received on its agenda.
    pub(super) fn open_assembly(&mut self) -> SessionId {
        let session = self.world_assembly();
        let network = self.network("A Network");
        let convener = self.convener();
        convocation::ask(&mut self.conn, &convener, june(), session, None).expect("asked");
        self.consent(session, network);
        let input = ConvokeInput::default();
        convocation::convoke(&mut self.conn, &convener, june(), session, &input, None).expect("convoked");
        self.release();
        let at = congress_time();
        agenda::add_received(&mut self.conn, &convener, at, session).expect("on the agenda");
        proceedings::open(&mut self.conn, &convener, at, session, None).expect("open");
        session
    }

    /// Presents and debates an outcome.
    pub(super) fn debated(&mut self, session: SessionId, outcome: outcomes::model::OutcomeId) {
        let (convener, at) = (self.convener(), congress_time());
        let input = AssemblyStepInput::default();
        proceedings::present(&mut self.conn, &convener, at, session, outcome, &input, None)
            .expect("presented");
        proceedings::debate(&mut self.conn, &convener, at, session, outcome, &input, None).expect("debated");
    }

    pub(super) fn assembly(&mut self, session: SessionId) -> crate::model::world::WorldAssembly {
        let convener = self.convener();
        let known = world_assembly::known(&mut self.conn, &convener, congress_time(), session);
        known.expect("there").assembly
    }
}

/// A result that proposes these recommendations.
pub(super) fn result(outcomes: &[&str]) -> ResultInput {
    ResultInput {
        result: said("The round table agreed."),
        outcomes: outcomes.iter().map(|title| recommendation(title)).collect(),
    }
}

pub(super) fn recommendation(title: &str) -> NewOutcome {
    NewOutcome {
        kind: OutcomeKind::Recommendation,
        title: said(title),
        language: "en".into(),
        markdown: format!("{title}: we recommend it."),
        agendas: vec![],
    }
}
