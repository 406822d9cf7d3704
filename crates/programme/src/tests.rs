//! The programme against a real database, on whichever engine the run names. First the congress the tests share.

mod arranging;
mod changes;
mod checking;
mod doors;
mod planning;
mod releasing;
mod scheduling;

use access_rules::{Actor, EditionId, PersonId, Role, Scope, SessionId, Standing, Tag};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Coded as _, Fault, Id, Kind, Localized, Moment};
use people::persons::{self, NewPerson};

use crate::{
    admission::{Admission, Admissions, Stage},
    conflicts::Conflict,
    editions::{self, EditionInput},
    model::{Edition, RoomId, Session, TrackKind},
    rooms::{self, RoomInput},
    scheduling::{Placed, Placement},
    sessions::{self, SessionInput, SpeakerInput},
    severities::{self, SeveritiesInput},
};

/// A track that lets everything in.
struct Open;

impl Admission for Open {
    fn check(&self, _: &mut Conn, _: &Session, _: Stage) -> Result<(), Fault> {
        Ok(())
    }
}

fn open() -> Admissions {
    let kinds = TrackKind::ALL.iter().copied();
    kinds.fold(Admissions::general_only(), |open, kind| open.with(kind, Open))
}

fn now() -> Moment {
    Moment::at("2019-11-01T08:00:00Z")
}

fn named(given_name: &str, conn: &mut Conn) -> PersonId {
    let new = NewPerson {
        given_name: given_name.to_owned(),
        ..NewPerson::default()
    };
    persons::create(conn, now(), &new).expect("a person")
}

fn secretariat() -> Actor {
    staff(Scope::Everywhere)
}

fn desk(track: &str) -> Actor {
    staff(Scope::Track(track.to_owned()))
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

/// Somebody with an account who is an individual and this.
fn somebody(conn: &mut Conn, tags: &[Tag]) -> Actor {
    let person = named("Somebody", conn);
    Actor {
        account: Some(Id::named("somebody")),
        person: Some(person),
        tags: tags.iter().copied().chain([Tag::Individual]).collect(),
        ..Actor::default()
    }
}

fn registered(actor: Actor, edition: EditionId) -> Actor {
    let mut actor = actor;
    actor.standings.push(Standing {
        role: Role::Participant,
        scope: Scope::Edition(edition),
    });
    actor
}

fn leading(actor: &Actor, session: SessionId) -> Actor {
    let mut actor = actor.clone();
    actor.standings.push(Standing {
        role: Role::SessionLead,
        scope: Scope::Session(session),
    });
    actor
}

/// A congress in Durban with the standard tracks and rules, and two rooms.
struct Congress {
    database: TestDatabase,
    conn: Conn,
    edition: Edition,
    hall: RoomId,
    room: RoomId,
    open: Admissions,
}

fn durban() -> EditionInput {
    EditionInput {
        slug: "durban-2019".into(),
        title: Localized::of("World Congress", "Congrès mondial", "Congreso mundial"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    }
}

fn congress() -> Congress {
    congress_of(&durban())
}

fn congress_of(input: &EditionInput) -> Congress {
    let database = testing::fresh();
    let mut conn = database.conn();
    let edition = editions::create(&mut conn, &secretariat(), now(), input).expect("an edition");
    let edition = editions::step(
        &mut conn,
        &secretariat(),
        now(),
        edition.id,
        crate::model::EditionState::Announced,
        None,
    )
    .expect("announced");
    let mut room = |name: &str, capacity| {
        let input = RoomInput {
            name: Localized::only("en", name),
            capacity: Some(capacity),
            ..RoomInput::default()
        };
        rooms::create(&mut conn, &secretariat(), now(), edition.id, &input)
            .expect("a room")
            .id
    };
    let (hall, room) = (room("Hall 1", 800), room("Room 12", 60));
    Congress {
        database,
        conn,
        edition,
        hall,
        room,
        open: open(),
    }
}

fn about(kind: &str, title: &str) -> SessionInput {
    SessionInput {
        kind: kind.to_owned(),
        title: Localized::only("en", title),
        ..SessionInput::default()
    }
}

fn by(person: PersonId) -> SpeakerInput {
    SpeakerInput {
        person: Some(person),
        role: "chair".into(),
        ..SpeakerInput::default()
    }
}

fn at(room: RoomId, starts: &str, minutes: i64) -> Placement {
    Placement {
        room: room.to_string(),
        starts: starts.to_owned(),
        length_minutes: Some(minutes),
        ..Placement::default()
    }
}

impl Congress {
    fn make(&mut self, input: &SessionInput) -> Session {
        sessions::create(
            &mut self.conn,
            &secretariat(),
            now(),
            &self.open,
            self.edition.id,
            input,
        )
        .expect("a session")
    }

    fn put(&mut self, session: SessionId, place: &Placement) -> Result<Placed, Fault> {
        let Self { conn, open, .. } = self;
        conn.transaction(|conn| {
            crate::scheduling::place(conn, &secretariat(), now(), open, session, place, None)
        })
    }

    /// Holds what this check finds to be this grave.
    fn hold(&mut self, check: &str, severity: &str) {
        let input = SeveritiesInput {
            severities: [(check.to_owned(), severity.to_owned())].into(),
        };
        severities::set(&mut self.conn, &secretariat(), now(), self.edition.id, &input).expect("set");
    }

    /// A session of this kind at this place.
    fn placed(&mut self, kind: &str, title: &str, place: &Placement) -> Session {
        let session = self.make(&about(kind, title));
        self.put(session.id, place).expect("a free place").session
    }

    fn conflicts(&mut self) -> Vec<Conflict> {
        crate::draft::conflicts_of(&mut self.conn, &secretariat(), now(), &self.open, self.edition.id)
            .expect("the desk reads them")
    }

    fn row(&mut self, id: SessionId) -> Session {
        sessions::row(&mut self.conn, id)
            .expect("the database answers")
            .expect("the session is there")
    }
}

/// The fields at fault and their codes.
fn wrong<T: std::fmt::Debug>(answer: Result<T, Fault>) -> Vec<(String, &'static str)> {
    let fault = answer.expect_err("a refusal");
    assert_eq!(fault.kind, Kind::Invalid, "{fault}");
    fault
        .fields
        .into_iter()
        .map(|field| (field.field, field.code))
        .collect()
}

/// The code of a refusal.
fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("a refusal").code
}
