//! The statutory track against a real database, on whichever engine the run names. First the congress the tests share.

mod bodies_and_seats;
mod doors_and_papers;
mod programme_of_it;

use access_rules::{Actor, BodyId, OrganisationId, PersonId, Role, Scope, Standing};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Coded as _, Fault, Id, Localized, Moment};
use members::{
    actors,
    memberships::{self, AdmitInput},
    model::{Category, MembershipState, OrganisationKind, PositionKind},
    organisations::{self, OrganisationInput},
    positions::{self, RecordInput},
};
use people::{
    persons::{self, NewPerson},
    standings::{self, Appointment},
};
use programme::{
    admission::{Admission, Admissions, Stage},
    editions::{self, EditionInput},
    model::{Edition, EditionState, RoomId, Session, TrackKind},
    releases::{self, ReleaseInput},
    rooms::{self, RoomInput},
    scheduling::{self, Placed, Placement},
    sessions::SessionInput,
};

use crate::{
    admission::StatutoryAdmission,
    agenda::{self, ItemInput},
    bodies,
    documents::{self, DocumentInput},
    meetings::{self, DoorsInput, PlanInput},
    model::{Document, ItemKind, Meeting},
    roster::{self, SeatInput},
};

/// A track that lets everything in.
struct Open;

impl Admission for Open {
    fn check(&self, _: &mut Conn, _: &Session, _: Stage) -> Result<(), Fault> {
        Ok(())
    }
}

fn now() -> Moment {
    Moment::at("2019-10-01T08:00:00Z")
}

fn secretariat() -> Actor {
    staff(Scope::Everywhere)
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

/// A congress in Durban with the standard tracks and rules, two rooms and the standard bodies.
struct Congress {
    _database: TestDatabase,
    conn: Conn,
    edition: Edition,
    hall: RoomId,
    room: RoomId,
    admissions: Admissions,
}

fn congress() -> Congress {
    let database = testing::fresh();
    let mut conn = database.conn();
    let input = EditionInput {
        slug: "durban-2019".into(),
        title: Localized::of("World Congress", "Congrès mondial", "Congreso mundial"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let staff = secretariat();
    let edition = editions::create(&mut conn, &staff, now(), &input).expect("an edition");
    let announced = EditionState::Announced;
    let edition = editions::step(&mut conn, &staff, now(), edition.id, announced, None).expect("announced");
    let mut room = |name: &str| {
        let input = RoomInput {
            name: Localized::only("en", name),
            capacity: Some(800),
            ..RoomInput::default()
        };
        rooms::create(&mut conn, &staff, now(), edition.id, &input)
            .expect("a room")
            .id
    };
    let (hall, room) = (room("Hall 1"), room("Room 12"));
    bodies::seed(&mut conn).expect("bodies");
    let others = TrackKind::ALL
        .iter()
        .copied()
        .filter(|kind| *kind != TrackKind::Statutory);
    let admissions = others
        .fold(Admissions::general_only(), |all, kind| all.with(kind, Open))
        .with(TrackKind::Statutory, StatutoryAdmission);
    Congress {
        _database: database,
        conn,
        edition,
        hall,
        room,
        admissions,
    }
}

impl Congress {
    fn plan(&mut self, body: &str) -> Meeting {
        self.plan_with(body, DoorsInput::default())
    }

    fn plan_with(&mut self, body: &str, doors: DoorsInput) -> Meeting {
        let input = PlanInput {
            body: Some(body_id(body)),
            doors,
            session: SessionInput::default(),
        };
        let (conn, edition) = (&mut self.conn, self.edition.id);
        meetings::plan(conn, &secretariat(), now(), &self.admissions, edition, &input).expect("planned")
    }

    fn place(&mut self, meeting: &Meeting, room: RoomId, starts: &str, ends: &str) -> Placed {
        let placement = Placement {
            room: room.to_string(),
            starts: starts.into(),
            ends: ends.into(),
            ..Placement::default()
        };
        let id = meeting.session;
        scheduling::place(
            &mut self.conn,
            &secretariat(),
            now(),
            &self.admissions,
            id,
            &placement,
            None,
        )
        .expect("placed")
    }

    fn release(&mut self) {
        let (conn, edition) = (&mut self.conn, self.edition.id);
        let input = ReleaseInput::default();
        releases::publish(conn, &secretariat(), now(), &self.admissions, edition, &input).expect("released");
    }

    fn person(&mut self, name: &str) -> PersonId {
        let new = NewPerson {
            given_name: name.to_owned(),
            ..NewPerson::default()
        };
        persons::create(&mut self.conn, now(), &new).expect("a person")
    }

    fn city(&mut self, name: &str, membership: Option<MembershipState>) -> OrganisationId {
        let input = OrganisationInput {
            name: name.to_owned(),
            kind: Some(OrganisationKind::City),
            country: "ZA".into(),
            ..OrganisationInput::default()
        };
        let staff = secretariat();
        let city = organisations::create(&mut self.conn, &staff, now(), &input).expect("a city");
        if membership.is_some() {
            let admit = AdmitInput {
                category: Some(Category::Individual),
                state: membership,
                from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
                reason: "roll".into(),
            };
            memberships::admit(&mut self.conn, &staff, now(), city.id, &admit).expect("admitted");
        }
        city.id
    }

    /// Somebody of a city in this state of membership, registered for the congress.
    fn of_city(&mut self, name: &str, membership: Option<MembershipState>) -> PersonId {
        let city = self.city(name, membership);
        let person = self.person(name);
        let record = RecordInput {
            person: Some(person),
            organisation: Some(city),
            kind: Some(PositionKind::Mayor),
            ..RecordInput::default()
        };
        positions::record(&mut self.conn, &secretariat(), now(), &record).expect("recorded");
        let participant = Appointment {
            person,
            role: Role::Participant,
            scope: Scope::Edition(self.edition.id),
            from: now(),
            to: None,
            basis: "registration".into(),
            granted_by: None,
        };
        standings::appoint(&mut self.conn, now(), &participant).expect("registered");
        person
    }

    fn member(&mut self, name: &str) -> PersonId {
        self.of_city(name, Some(MembershipState::Active))
    }

    fn seat(&mut self, body: &str, person: PersonId) {
        let input = seat(person);
        roster::appoint(&mut self.conn, &secretariat(), now(), body_id(body), &input).expect("seated");
    }

    fn signed_in(&mut self, person: PersonId) -> Actor {
        self.signed_in_at(person, now())
    }

    fn signed_in_at(&mut self, person: PersonId, at: Moment) -> Actor {
        actors::load(&mut self.conn, Id::named("account"), person, at).expect("an actor")
    }

    fn item(&mut self, meeting: &Meeting, title: &str) -> crate::model::AgendaItem {
        let input = ItemInput {
            title: Localized::only("en", title),
            kind: Some(ItemKind::ForAdoption),
        };
        agenda::add(&mut self.conn, &secretariat(), now(), meeting.id, &input).expect("an item")
    }

    fn paper(&mut self, meeting: &Meeting, input: &DocumentInput) -> Document {
        let (conn, staff) = (&mut self.conn, secretariat());
        documents::add(conn, &staff, now(), meeting.id, input, &received()).expect("a paper")
    }
}

fn body_id(code: &str) -> BodyId {
    bodies::standard_id(code)
}

fn seat(person: PersonId) -> SeatInput {
    SeatInput {
        person: Some(person),
        basis: "decision 7".into(),
        ..SeatInput::default()
    }
}

fn english(title: &str) -> DocumentInput {
    DocumentInput {
        title: Localized::only("en", title),
        language: "en".into(),
        ..DocumentInput::default()
    }
}

fn received() -> files::Received {
    files::Received {
        hash: "ab".repeat(32).parse().expect("a hash"),
        size: 1234,
        media_type: files::MediaType::Pdf,
        name: "report.pdf".into(),
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}
