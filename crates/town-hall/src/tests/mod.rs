//! The Town Hall track against a real database, on whichever engine the run names.

mod closing;
mod commenting;
mod paging;
mod partnering;
mod phases;
mod reviewing;
mod story;
mod writing_pages;

use access_rules::{Actor, OrganisationId, PaperId, PersonId, Role, Scope, SessionId, Standing, ThemeId};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Fault, Id, Language, Localized, Moment};
use members::{
    actors,
    model::{OrganisationKind, PositionKind, RelationKind},
    organisations::{self, OrganisationInput},
    positions::{self, RecordInput},
    relations::{self, RelationInput},
};
use papers::{
    model::{Paper, PaperState},
    writing::{self, ImportInput},
};
use people::{
    accounts,
    persons::{self, NewPerson},
};
use programme::{
    admission::{Admission as _, Admissions, Stage},
    editions::{self, EditionInput},
    model::{Edition, EditionState, Session, Theme, TrackKind},
    releases::{self, ReleaseInput},
    scheduling::{self, Placement},
    sessions::{self, OrganiserInput, SessionInput, SpeakerInput},
};

use crate::{
    admission::TownHallAdmission,
    consultation::{self, WindowInput},
    model::PartnerRole,
    papers as theme_papers,
    papers::PaperInput,
    partners::{self, LeadInput, PartnerInput},
    phases::PhaseInput,
    themes::{self, Set},
};

fn now() -> Moment {
    Moment::at("2019-10-01T08:00:00Z")
}

fn staff(scope: Scope) -> Actor {
    Actor {
        account: Some(Id::named("staff")),
        standings: vec![Standing {
            role: Role::Secretariat,
            scope,
        }],
        ..Actor::default()
    }
}

fn secretariat() -> Actor {
    staff(Scope::Everywhere)
}

struct Congress {
    database: TestDatabase,
    conn: Conn,
    edition: Edition,
    themes: Vec<Theme>,
    admissions: Admissions,
}

fn an_edition(conn: &mut Conn, slug: &str) -> Edition {
    let input = EditionInput {
        slug: slug.into(),
        title: Localized::only("en", slug),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let edition = editions::create(conn, &secretariat(), now(), &input).expect("an edition");
    let announced = EditionState::Announced;
    editions::step(conn, &secretariat(), now(), edition.id, announced, None).expect("announced")
}

fn congress() -> Congress {
    let database = testing::fresh();
    let mut conn = database.conn();
    let edition = an_edition(&mut conn, "durban-2019");
    let set = Set::Durban2019;
    let themes = themes::seed(&mut conn, &secretariat(), now(), edition.id, set).expect("themes");
    Congress {
        database,
        conn,
        edition,
        themes,
        admissions: Admissions::general_only().with(TrackKind::TownHall, TownHallAdmission),
    }
}

impl Congress {
    fn organisation(
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
        let made = organisations::create(&mut self.conn, &desk, now(), &input)
            .expect("made")
            .id;
        if relation.is_some() {
            let input = RelationInput {
                kind: relation,
                basis: "agreement".into(),
                ..RelationInput::default()
            };
            relations::record(&mut self.conn, &desk, now(), made, &input).expect("related");
        }
        made
    }

    fn partner(&mut self, name: &str) -> OrganisationId {
        self.organisation(
            name,
            OrganisationKind::Ngo,
            Some(RelationKind::CivilSocietyPartner),
        )
    }

    fn city(&mut self, name: &str) -> OrganisationId {
        self.organisation(name, OrganisationKind::City, None)
    }

    fn somebody(&mut self, name: &str, of: OrganisationId, kind: PositionKind) -> PersonId {
        let new = NewPerson {
            given_name: name.to_owned(),
            ..NewPerson::default()
        };
        let person = persons::create(&mut self.conn, now(), &new).expect("a person");
        let record = RecordInput {
            person: Some(person),
            organisation: Some(of),
            kind: Some(kind),
            ..RecordInput::default()
        };
        positions::record(&mut self.conn, &secretariat(), now(), &record).expect("recorded");
        person
    }

    fn make(&mut self, input: &SessionInput) -> Result<Session, Fault> {
        let edition = self.edition.id;
        sessions::create(
            &mut self.conn,
            &secretariat(),
            now(),
            &self.admissions,
            edition,
            input,
        )
    }

    fn release(&mut self) -> Result<(), Fault> {
        let (edition, desk) = (self.edition.id, secretariat());
        let admissions = self.admissions.clone();
        self.conn.transaction(|conn| {
            releases::publish(conn, &desk, now(), &admissions, edition, &ReleaseInput::default()).map(drop)
        })
    }

    /// Somebody with an account whose address was proved, as they ask at this moment.
    fn signed_in(&mut self, person: PersonId, at: Moment) -> Actor {
        let account = match accounts::of_person(&mut self.conn, person).expect("asked") {
            Some(account) => account,
            None => {
                let email = format!("{person}@example.org").parse().expect("an address");
                accounts::create(&mut self.conn, now(), person, &email, Language::En).expect("an account")
            }
        };
        accounts::verified(&mut self.conn, now(), account.id).expect("proved");
        actors::load(&mut self.conn, account.id, person, at).expect("loaded")
    }

    /// A partner that leads a theme, and who leads it for them.
    fn led(&mut self, theme: ThemeId, name: &str) -> (OrganisationId, Actor) {
        let partner = self.partner(name);
        self.name(theme, partner, PartnerRole::Lead).expect("named");
        let person = self.somebody(&format!("Lead of {name}"), partner, PositionKind::Staff);
        let lead = LeadInput { person: Some(person) };
        partners::name_lead(&mut self.conn, &secretariat(), now(), theme, &lead).expect("named");
        let actor = self.signed_in(person, now());
        (partner, actor)
    }

    /// The paper of a theme, with some words in it.
    fn written(&mut self, lead: &Actor, theme: ThemeId) -> Paper {
        let paper = self.begun(lead, theme, "Housing first").expect("begun");
        let words = ImportInput {
            text: "# Housing first\n\nEverybody has a home.".into(),
        };
        writing::replace_all_markdown(&mut self.conn, lead, now(), paper.id, None, &words).expect("written");
        paper
    }

    fn begun(&mut self, actor: &Actor, theme: ThemeId, title: &str) -> Result<Paper, Fault> {
        let input = PaperInput {
            title: Localized::only("en", title),
            language: "en".into(),
        };
        self.conn
            .transaction(|conn| theme_papers::begin(conn, actor, now(), theme, &input))
    }

    fn plans(&mut self, actor: &Actor, theme: ThemeId, from: &str, until: &str) -> Result<(), Fault> {
        let window = WindowInput {
            from: Some(Moment::at(from)),
            until: Some(Moment::at(until)),
        };
        consultation::plan(&mut self.conn, actor, now(), theme, &window, None).map(drop)
    }

    fn goes(&mut self, actor: &Actor, at: Moment, paper: PaperId, to: PaperState) -> Result<Paper, Fault> {
        let input = PhaseInput {
            to: Some(to),
            reason: String::new(),
        };
        self.conn
            .transaction(|conn| crate::phases::go(conn, actor, at, paper, &input))
    }

    /// A paper that takes comments from `now` for ten days.
    fn open(&mut self, lead: &Actor, theme: ThemeId) -> Paper {
        let paper = self.written(lead, theme);
        self.plans(lead, theme, "2019-10-01T08:00:00Z", "2019-10-11T08:00:00Z")
            .expect("planned");
        self.goes(lead, now(), paper.id, PaperState::OpenComment)
            .expect("open")
    }

    /// A session of the Town Hall that is in the programme: on 13 November at ten, in Durban.
    fn released(&mut self, lead: OrganisationId, theme: &str) -> SessionId {
        let (other, city) = (self.partner("Another Coalition"), self.city("Port Verne"));
        let mayor = self.somebody("A Mayor", city, PositionKind::Mayor);
        let mut input = debate(&[lead], theme);
        input.speakers = Some(vec![
            SpeakerInput {
                name: "Somebody".into(),
                organisation: Some(other),
                ..SpeakerInput::default()
            },
            SpeakerInput {
                person: Some(mayor),
                role: "respondent".into(),
                organisation: Some(city),
                ..SpeakerInput::default()
            },
        ]);
        let session = self.make(&input).expect("made").id;
        let (desk, admissions) = (secretariat(), self.admissions.clone());
        let placement = Placement {
            starts: "2019-11-13T10:00".into(),
            ..Placement::default()
        };
        scheduling::place(
            &mut self.conn,
            &desk,
            now(),
            &admissions,
            session,
            &placement,
            None,
        )
        .expect("placed");
        self.release().expect("released");
        session
    }

    fn name(
        &mut self,
        theme: ThemeId,
        organisation: OrganisationId,
        role: PartnerRole,
    ) -> Result<crate::model::ThemePartner, Fault> {
        let input = PartnerInput {
            organisation: Some(organisation),
            role: Some(role),
        };
        partners::name(&mut self.conn, &secretariat(), now(), theme, &input)
    }
}

fn debate(leads: &[OrganisationId], theme: &str) -> SessionInput {
    let leads = leads.iter().map(|organisation| OrganiserInput {
        organisation: Some(*organisation),
        leads: true,
        ..OrganiserInput::default()
    });
    SessionInput {
        kind: "town_hall".into(),
        title: Localized::only("en", "Open debate"),
        attendance: "online".into(),
        theme: theme.into(),
        organisers: Some(leads.collect()),
        ..SessionInput::default()
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}
