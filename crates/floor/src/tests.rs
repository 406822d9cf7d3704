//! The floor tried: what is pure by tables and properties, the rest against a database on the engine the run names. First
//! the hall the tests share.

mod asking;
mod balancing;
mod calling;
mod erasing;
mod motions;
mod points;
mod races;
mod showing;

use access_rules::{Actor, Key, Role, Scope, SessionId, Standing};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Fault, Id, Localized, Moment};
use people::persons::{self, NewPerson};
use programme::{
    admission::Admissions,
    editions::{self, EditionInput},
    sessions::{self, SessionInput},
};

use crate::{
    calling::CallInput,
    floors::{self, NewFloor},
    model::{
        Floor, FloorId, Gender, Limits, Motion, MotionId, MotionKind, Request, RequestId, Speaker,
        SpeakingOrder, SpeechKind,
    },
    motions::NewMotion,
    speakers::{self, NewRequest},
    view::{self, View},
};

/// So many seconds after noon.
fn at(seconds: i64) -> Moment {
    Moment::at("2019-11-15T12:00:00Z").plus_seconds(seconds)
}

/// A session with a floor open, and the chair's hands.
struct Hall {
    db: TestDatabase,
    conn: Conn,
    session: SessionId,
    floor: FloorId,
}

fn hall() -> Hall {
    hall_with(|_| ())
}

fn hall_with(arranged: impl FnOnce(&mut NewFloor)) -> Hall {
    let db = testing::fresh();
    let mut conn = db.conn();
    let staff = Actor {
        account: Some(Id::named("staff")),
        standings: vec![Standing {
            role: Role::Secretariat,
            scope: Scope::Everywhere,
        }],
        ..Actor::default()
    };
    let edition = EditionInput {
        slug: "durban-2019".into(),
        title: Localized::only("en", "World Congress"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        ..EditionInput::default()
    };
    let edition = editions::create(&mut conn, &staff, at(0), &edition)
        .expect("an edition")
        .id;
    let session = SessionInput {
        kind: "plenary".into(),
        title: Localized::only("en", "A meeting"),
        ..SessionInput::default()
    };
    let admissions = Admissions::general_only();
    let session = sessions::create(&mut conn, &staff, at(0), &admissions, edition, &session)
        .expect("a session")
        .id;
    let mut new = NewFloor {
        edition,
        session,
        item: None,
        title: Localized::only("en", "Housing"),
        visible_to: Key::Public,
        limits: Limits {
            statement_seconds: Some(180),
            ..Limits::default()
        },
        speaking_order: SpeakingOrder::Asked,
        criteria: vec![],
        by_admission: false,
    };
    arranged(&mut new);
    let floor = conn
        .transaction(|conn| floors::open(conn, None, at(0), &new))
        .expect("open")
        .id;
    Hall {
        db,
        conn,
        session,
        floor,
    }
}

impl Hall {
    /// One act, in a transaction of its own: refused, it leaves nothing.
    fn act<T>(&mut self, act: impl FnOnce(&mut Conn) -> Result<T, Fault>) -> Result<T, Fault> {
        self.conn.transaction(act)
    }

    fn somebody(&mut self, name: &str) -> Speaker {
        self.delegate(name, None, None)
    }

    fn delegate(&mut self, name: &str, region: Option<&str>, gender: Option<Gender>) -> Speaker {
        let new = NewPerson {
            given_name: name.into(),
            ..NewPerson::default()
        };
        Speaker {
            person: persons::create(&mut self.conn, at(0), &new).expect("a person"),
            organisation: None,
            name: name.into(),
            speaks_for: format!("City of {name}"),
            region: region.map(str::to_owned),
            gender,
        }
    }

    fn asks(&mut self, speaker: &Speaker, kind: SpeechKind) -> Result<Request, Fault> {
        let (floor, who) = (self.floor, speaker.person);
        let new = request(speaker, kind, None);
        self.act(|conn| speakers::ask(conn, Some(who), at(0), floor, &new))
    }

    /// A statement by somebody new.
    fn statement(&mut self, name: &str) -> RequestId {
        let speaker = self.somebody(name);
        self.asks(&speaker, SpeechKind::Statement).expect("asked").id
    }

    fn point(&mut self, name: &str) -> RequestId {
        let speaker = self.somebody(name);
        self.asks(&speaker, SpeechKind::PointOfOrder).expect("raised").id
    }

    fn speaks_to(&mut self, speaker: &Speaker, motion: MotionId, kind: SpeechKind) -> Result<Request, Fault> {
        let (floor, who) = (self.floor, speaker.person);
        let new = request(speaker, kind, Some(motion));
        self.act(|conn| speakers::ask(conn, Some(who), at(0), floor, &new))
    }

    fn moves(&mut self, name: &str, kind: MotionKind) -> Result<Motion, Fault> {
        let mover = self.somebody(name);
        let floor = self.floor;
        let new = NewMotion {
            kind,
            subject: Some(Id::named("the text")),
            words: String::new(),
            mover,
        };
        self.act(|conn| crate::motions::move_one(conn, None, at(0), floor, &new))
    }

    /// The chair calls the next at a moment, seeing who has the floor, and the clock begins.
    fn calls_at(&mut self, now: Moment) -> Result<Request, Fault> {
        let input = CallInput {
            ending: self.view(now).current.map(|line| line.id),
            next: None,
            start: true,
        };
        let floor = self.floor;
        self.act(|conn| crate::calling::call_next(conn, None, now, floor, &input))
    }

    fn calls(&mut self) -> Result<Request, Fault> {
        self.calls_at(at(0))
    }

    fn finishes(&mut self, request: RequestId) -> Result<Request, Fault> {
        self.act(|conn| crate::calling::finish(conn, None, at(60), request))
    }

    fn view(&mut self, now: Moment) -> View {
        view::view(&mut self.conn, self.floor, now).expect("seen")
    }

    /// Who waits, by name, in their order.
    fn queue(&mut self) -> Vec<String> {
        let queue = self.view(at(0)).queue;
        queue.into_iter().map(|waiting| waiting.line.name).collect()
    }

    fn floor(&mut self) -> Floor {
        floors::get(&mut self.conn, self.floor).expect("there")
    }

    fn close_list(&mut self) {
        let floor = self.floor;
        self.act(|conn| floors::close_list(conn, None, at(0), floor, true))
            .expect("closed");
    }
}

fn request(speaker: &Speaker, kind: SpeechKind, motion: Option<MotionId>) -> NewRequest {
    NewRequest {
        speaker: speaker.clone(),
        kind,
        motion,
    }
}

fn code<T: std::fmt::Debug>(refused: Result<T, Fault>) -> &'static str {
    refused.expect_err("refused").code
}

/// The first field's fault.
fn field<T: std::fmt::Debug>(refused: Result<T, Fault>) -> (String, &'static str) {
    let fault = refused.expect_err("refused");
    let first = fault.fields.first().expect("beside a field");
    (first.field.clone(), first.code)
}
