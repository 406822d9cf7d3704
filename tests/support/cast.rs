//! A congress in the year 2030 and the people the sweep asks as. On the machine's clock, because a real server has no
//! other.

use access_rules::{AccountId, Actor, EditionId, OrganisationId, PersonId, Role, Scope, SessionId};
use db::Conn;
use kernel::{Language, Localized, Moment};
use members::{
    actors,
    focal_points::{self, FocalPointInput},
    memberships::{self, AdmitInput},
    model::{Category, MembershipState, OrganisationKind, PositionKind, RelationKind},
    organisations::{self, OrganisationInput},
    positions::{self, RecordInput},
    relations::{self, RelationInput},
};
use people::{
    accounts, persons,
    sign_in::{self, Visitor},
    standings::{self, Appointment},
};
use programme::{
    admission::Admissions,
    editions::{self, EditionInput},
    model::{EditionState, RoomId},
    releases::{self, ReleaseInput},
    rooms::{self, RoomInput},
    scheduling::{self, Placement},
    session_form::SessionInput,
    sessions,
};
use registration::{
    categories,
    model::{CategoryId, ForWhom},
    registrations::{self, BeginInput, RegistrationInput},
};
use statutory::{
    bodies,
    meetings::{self, DoorsInput, PlanInput},
    model::{LineDoor, PapersDoor},
    roster,
};

/// Its name in addresses.
pub const SLUG: &str = "harbour-2030";

/// A congress open for registration.
pub struct Congress {
    /// The edition.
    pub edition: EditionId,
    /// The category of individuals.
    pub category: CategoryId,
    /// Rooms: a hall and a small one.
    pub rooms: Vec<RoomId>,
    /// What lets sessions in.
    pub admissions: Admissions,
}

/// Somebody with an account, signed in.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// What they are called in a failure.
    pub name: String,
    /// Them.
    pub person: PersonId,
    /// Their account.
    pub account: AccountId,
    /// The cookie of their browser; empty for nobody.
    pub cookie: String,
}

/// One of each kind of person, and meetings they see or do not see.
pub struct Cast {
    /// The congress.
    pub congress: Congress,
    /// Everybody with an account, nobody left out but nobody.
    pub people: Vec<Somebody>,
    /// A public session.
    pub open: SessionId,
    /// A meeting of the Executive Bureau that only the Bureau knows of.
    pub hidden: SessionId,
    /// The General Assembly: its line is public, its papers are the members'.
    pub assembly: SessionId,
}

impl Congress {
    /// Makes it.
    ///
    /// # Panics
    /// When a use case refuses: then there is nothing to test; so do all below.
    pub fn open(conn: &mut Conn) -> Self {
        let (system, now) = (Actor::system(), Moment::now());
        let input = EditionInput {
            slug: SLUG.into(),
            title: Localized::of("Harbour 2030", "Le Port 2030", "El Puerto 2030"),
            city: "Durban".into(),
            country: "ZA".into(),
            zone: "Africa/Johannesburg".into(),
            starts_on: "2030-11-11".into(),
            ends_on: "2030-11-15".into(),
            standard: true,
            ..EditionInput::default()
        };
        let edition = editions::create(conn, &system, now, &input)
            .expect("an edition")
            .id;
        for state in [EditionState::Announced, EditionState::Open] {
            editions::step(conn, &system, now, edition, state, None).expect("a step");
        }
        bodies::seed(conn).expect("bodies");
        categories::seed(conn, &system, now, edition).expect("categories");
        let category = categories::all(conn, edition)
            .expect("categories")
            .into_iter()
            .find(|found| found.code == "individual")
            .expect("one for individuals")
            .id;
        let rooms = ["Plenary Hall", "Room 21"].map(|name| {
            let input = RoomInput {
                name: Localized::only("en", name),
                capacity: Some(1000),
                ..RoomInput::default()
            };
            rooms::create(conn, &system, now, edition, &input)
                .expect("a room")
                .id
        });
        Self {
            edition,
            category,
            rooms: rooms.into(),
            admissions: hemicycle::wiring::admissions(),
        }
    }

    /// A special session of an hour, in the draft; with so many seats, or one that is walked into.
    pub fn session(&self, conn: &mut Conn, title: &str, starts: &str, seats: Option<i64>) -> SessionId {
        let input = SessionInput {
            kind: "special".into(),
            title: Localized::only("en", title),
            entry: if seats.is_some() { "seat" } else { "walk_in" }.into(),
            capacity: seats,
            length_minutes: Some(60),
            ..SessionInput::default()
        };
        let (system, now) = (Actor::system(), Moment::now());
        let made = sessions::create(conn, &system, now, &self.admissions, self.edition, &input);
        let id = made.expect("a session").id;
        self.place(conn, id, 0, starts, "");
        id
    }

    /// Puts a session into a room.
    pub fn place(&self, conn: &mut Conn, id: SessionId, room: usize, starts: &str, ends: &str) {
        let place = Placement {
            room: self.rooms[room].to_string(),
            starts: starts.into(),
            ends: ends.into(),
            ..Placement::default()
        };
        let (system, now) = (Actor::system(), Moment::now());
        scheduling::place(conn, &system, now, &self.admissions, id, &place, None).expect("placed");
    }

    /// A meeting of a body, placed.
    pub fn meeting(
        &self,
        conn: &mut Conn,
        body: &str,
        doors: DoorsInput,
        starts: &str,
        ends: &str,
    ) -> SessionId {
        let input = PlanInput {
            body: Some(bodies::standard_id(body)),
            doors,
            session: SessionInput::default(),
        };
        let (system, now) = (Actor::system(), Moment::now());
        let planned = meetings::plan(conn, &system, now, &self.admissions, self.edition, &input);
        let session = planned.expect("a meeting").session;
        self.place(conn, session, 1, starts, ends);
        session
    }

    /// Releases the draft.
    pub fn release(&self, conn: &mut Conn) {
        let (system, now) = (Actor::system(), Moment::now());
        let input = ReleaseInput::default();
        releases::publish(conn, &system, now, &self.admissions, self.edition, &input).expect("released");
    }

    /// Registers somebody as an individual, for these tracks.
    pub fn register(&self, conn: &mut Conn, somebody: &Somebody, tracks: &[&str]) {
        let now = Moment::now();
        let actor = actors::load(conn, somebody.account, somebody.person, now).expect("an actor");
        let myself = BeginInput {
            for_whom: ForWhom::Myself,
            batch: None,
            language: None,
        };
        let begun = registrations::begin(conn, &actor, now, self.edition, &myself).expect("begun");
        let input = RegistrationInput {
            given_name: "Ana".into(),
            family_name: somebody.name.clone(),
            category: Some(self.category),
            tracks: tracks.iter().map(|code| (*code).to_owned()).collect(),
            step: 3,
            ..RegistrationInput::default()
        };
        let saved =
            registrations::save(conn, &actor, now, begun.id, Some(begun.version), &input).expect("saved");
        registrations::submit(conn, &actor, now, saved.id, Some(saved.version)).expect("sent");
    }
}

impl Somebody {
    /// Nobody at all.
    pub fn nobody() -> Self {
        Self {
            name: "nobody".into(),
            person: PersonId::named("nobody"),
            account: AccountId::named("nobody"),
            cookie: String::new(),
        }
    }

    /// Somebody with an account, signed in.
    pub fn new(conn: &mut Conn, name: &str) -> Self {
        let now = Moment::now();
        let new = persons::NewPerson {
            given_name: "Ana".into(),
            family_name: name.to_owned(),
            ..persons::NewPerson::default()
        };
        let person = persons::create(conn, now, &new).expect("a person");
        let email = format!("{}@congress.example", name.replace(' ', "-"));
        let email = email.parse().expect("an address");
        let account = accounts::create(conn, now, person, &email, Language::En).expect("an account");
        accounts::verified(conn, now, account.id).expect("verified");
        let somebody = Self {
            name: name.to_owned(),
            person,
            account: account.id,
            cookie: String::new(),
        };
        Self {
            cookie: somebody.cookie_elsewhere(conn),
            ..somebody
        }
    }

    /// The cookie of one more browser they sign in with.
    ///
    /// # Panics
    /// When that is refused.
    pub fn cookie_elsewhere(&self, conn: &mut Conn) -> String {
        let account = accounts::get(conn, self.account).expect("there");
        let visitor = Visitor {
            network: "127.0.0.0/24",
            user_agent: "",
            former_token: None,
            language: Language::En,
        };
        let entered = sign_in::enter(conn, Moment::now(), &visitor, &account);
        entered.expect("signed in").started.token
    }

    /// Somebody of an organisation.
    pub fn of(conn: &mut Conn, name: &str, organisation: OrganisationId) -> Self {
        let somebody = Self::new(conn, name);
        let input = RecordInput {
            person: Some(somebody.person),
            organisation: Some(organisation),
            kind: Some(PositionKind::Councillor),
            ..RecordInput::default()
        };
        positions::record(conn, &Actor::system(), Moment::now(), &input).expect("recorded");
        somebody
    }

    /// Them, with this role over everything.
    pub fn appointed(self, conn: &mut Conn, role: Role) -> Self {
        self.given(conn, role, Scope::Everywhere)
    }

    /// Them, with this role over this.
    ///
    /// # Panics
    /// When it is refused.
    pub fn given(self, conn: &mut Conn, role: Role, scope: Scope) -> Self {
        let now = Moment::now();
        let appointment = Appointment {
            person: self.person,
            role,
            scope,
            from: now,
            to: None,
            basis: "test".into(),
            granted_by: None,
        };
        standings::appoint(conn, now, &appointment).expect("appointed");
        self
    }

    /// Them, on the roster of a body.
    pub fn seated(self, conn: &mut Conn, body: &str) -> Self {
        let input = roster::SeatInput {
            person: Some(self.person),
            basis: "decision 7".into(),
            ..roster::SeatInput::default()
        };
        let body = bodies::standard_id(body);
        roster::appoint(conn, &Actor::system(), Moment::now(), body, &input).expect("seated");
        self
    }
}

/// An organisation, a member in this state if any.
///
/// # Panics
/// When a use case refuses.
pub fn organisation(
    conn: &mut Conn,
    name: &str,
    kind: OrganisationKind,
    membership: Option<MembershipState>,
) -> OrganisationId {
    let (system, now) = (Actor::system(), Moment::now());
    let input = OrganisationInput {
        name: name.to_owned(),
        kind: Some(kind),
        country: "ZA".into(),
        ..OrganisationInput::default()
    };
    let id = organisations::create(conn, &system, now, &input)
        .expect("an organisation")
        .id;
    if membership.is_some() {
        let admit = AdmitInput {
            category: Some(Category::Individual),
            state: membership,
            from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
            reason: "roll".into(),
        };
        memberships::admit(conn, &system, now, id, &admit).expect("admitted");
    }
    id
}

impl Cast {
    /// Makes the congress and everybody.
    ///
    /// # Panics
    /// When a use case refuses.
    pub fn gather(conn: &mut Conn) -> Self {
        let congress = Congress::open(conn);
        let open = congress.session(conn, "Opening", "2030-11-12T09:00", None);
        let bureau = DoorsInput {
            line: Some(LineDoor::Hidden),
            papers: Some(PapersDoor::Roster),
            room: None,
        };
        let hidden = congress.meeting(
            conn,
            "executive_bureau",
            bureau,
            "2030-11-13T09:00",
            "2030-11-13T10:00",
        );
        let doors = DoorsInput::default();
        let assembly = congress.meeting(
            conn,
            "general_assembly",
            doors,
            "2030-11-14T09:00",
            "2030-11-14T12:00",
        );
        congress.release(conn);

        let city = OrganisationKind::City;
        let paid = organisation(conn, "Thornveld", city, Some(MembershipState::Active));
        let owing = organisation(conn, "Port Merrow", city, Some(MembershipState::InArrears));
        let ngo = organisation(conn, "Hearth and Commons", OrganisationKind::Ngo, None);
        let relation = RelationInput {
            kind: Some(RelationKind::CivilSocietyPartner),
            basis: "test".into(),
            ..RelationInput::default()
        };
        relations::record(conn, &Actor::system(), Moment::now(), ngo, &relation).expect("a relation");

        let individual = Somebody::new(conn, "individual");
        congress.register(conn, &individual, &["assembly", "town_hall"]);
        let focal = Somebody::of(conn, "focal point", paid);
        let input = FocalPointInput {
            person: Some(focal.person),
        };
        focal_points::appoint(conn, &Actor::system(), Moment::now(), paid, &input).expect("a focal point");
        let people = vec![
            individual,
            Somebody::of(conn, "partner", ngo),
            Somebody::of(conn, "member", paid),
            Somebody::of(conn, "member in arrears", owing),
            Somebody::of(conn, "member of another body", paid).seated(conn, "financial_management_committee"),
            focal,
            Somebody::new(conn, "organiser").appointed(conn, Role::Secretariat),
        ];
        Self {
            congress,
            people,
            open,
            hidden,
            assembly,
        }
    }

    /// Somebody by what they are called.
    ///
    /// # Panics
    /// When there is nobody of that name.
    pub fn find(&self, name: &str) -> &Somebody {
        let found = self.people.iter().find(|somebody| somebody.name == name);
        found.unwrap_or_else(|| panic!("nobody is called {name:?}"))
    }
}
