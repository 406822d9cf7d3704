//! The congress asked for: made by the same use cases as any other, in one transaction.

use std::{io::Write as _, path::Path, process::ExitCode};

use access_rules::{Actor, PersonId, Role, SessionId};
use assembly::{
    convocation::{self, ConsentInput, ConvokeInput},
    floor::chairing::{self, FloorInput},
    model::world::NetworkAnswer,
    proceedings, world_assembly,
};
use db::{Conn, Database, DatabaseUrl, migrate, on_each};
use diesel::{insert_into, prelude::*};
use kernel::{Id, Localized, Moment};
use members::{
    model::{OrganisationKind, RelationKind},
    relations::{self, RelationInput},
};
use people::{
    model::Person,
    persons::{self, NewPerson},
    tables::persons as persons_table,
};
use programme::{
    model::{Paper, SittingScope},
    parts::{OrganiserInput, SpeakerInput},
    rooms::{self, RoomInput},
    scheduling::{self, Placement},
    session_form::SessionInput,
    sessions,
};
use registration::{
    categories,
    model::{Registration, RegistrationState},
    tables::registrations,
};
use serde_json::json;
use tests::{
    Congress, Somebody,
    cast::{SLUG, organisation},
};

/// Rooms that are used at the same time.
const ROOMS: usize = 25;
/// Rooms of a board.
const BOARD_ROOMS: usize = 40;
/// When sessions of a board begin, in minutes of the day.
const BOARD_OPENS: usize = 8 * 60;
/// So long are its days, in minutes.
const BOARD_MINUTES: usize = 12 * 60 + 45;
/// Hours of a day at which sessions begin.
const HOURS: std::ops::Range<usize> = 9..17;
/// Organisations in the directory.
const ORGANISATIONS: usize = 300;
/// Rows in one statement.
const STRIDE: usize = 200;
/// Registrations in a category few are in.
const FEW: usize = 30;
/// Registrations somebody has to look at.
const SOME: usize = 20;
/// Days of the congress.
const DAYS: usize = 5;

/// A programme and who may work on it.
pub struct Programme {
    /// The edition's name in addresses.
    pub slug: &'static str,
    /// The organiser's cookie.
    pub organiser: String,
}

/// Sessions with seats, and who wants them.
pub struct Seats {
    /// The sessions.
    pub sessions: Vec<SessionId>,
    /// Cookies of registered people.
    pub people: Vec<String>,
}

/// A draft of many sessions, and who works on it.
pub struct BoardOf {
    /// The edition's name in addresses.
    pub slug: &'static str,
    /// The organiser's cookie.
    pub organiser: String,
    /// A session that is moved.
    pub session: SessionId,
    /// The room it is moved into, free in the evening.
    pub room: String,
}

/// The floor of the World Assembly, one of a sitting beside it, and who chairs both.
pub struct Floors {
    /// The organiser's cookie.
    pub organiser: String,
    /// The World Assembly's session, and its floor.
    pub hall: (String, String),
    /// The sitting's session, and its floor.
    pub beside: (String, String),
}

/// Many registrations, and who reads them.
pub struct Registered {
    /// The edition's name in addresses.
    pub slug: &'static str,
    /// The organiser's cookie.
    pub organiser: String,
    /// How many there are.
    pub count: usize,
    /// A category that few are in.
    pub category: String,
    /// A word that one of them has.
    pub word: String,
}

/// Opens a database to furnish it, and closes it so that all is in its file.
pub fn furnished<T: Send + 'static>(
    url: &DatabaseUrl,
    furnish: impl Fn(&mut Conn) -> T + Send + 'static,
) -> T {
    let database = Database::open(url, db::Settings::usual()).expect("it opens");
    let made = database.write("furnish", move |conn| Ok(furnish(conn)));
    drop(database);
    made.expect("furnished")
}

/// Leaves what a bench asks for in a new database, and tells what one needs to ask for it: for a profiler, under which
/// nothing is fast.
pub fn leave(what: &str, file: &Path) -> ExitCode {
    let url = DatabaseUrl::sqlite(file);
    migrate::up(&url).expect("a schema");
    let said = match what {
        "seats" => {
            let seats = furnished(&url, |conn| seats(conn, 200, 40, 64));
            json!({"sessions": seats.sessions, "people": seats.people})
        }
        _ => {
            let programme = furnished(&url, |conn| programme(conn, 1000));
            json!({"slug": programme.slug, "organiser": programme.organiser})
        }
    };
    writeln!(std::io::stdout(), "{said}").map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

/// A released programme of so many sessions, with abstracts in three languages, organisers and speakers; and a directory.
pub fn programme(conn: &mut Conn, count: usize) -> Programme {
    let congress = congress(conn);
    for number in 0..count {
        session(conn, &congress, number, None);
    }
    congress.release(conn);
    for number in 0..ORGANISATIONS {
        organisation(
            conn,
            &format!("City of Example {number}"),
            OrganisationKind::City,
            None,
        );
    }
    Programme {
        slug: SLUG,
        organiser: Somebody::new(conn, "organiser")
            .appointed(conn, Role::Secretariat)
            .cookie,
    }
}

/// So many released sessions with so many seats each, and so many registered people.
pub fn seats(conn: &mut Conn, sessions: usize, capacity: i64, people: usize) -> Seats {
    let congress = congress(conn);
    let sessions = (0..sessions)
        .map(|number| session(conn, &congress, number, Some(capacity)))
        .collect();
    congress.release(conn);
    let registered = (0..people).map(|number| {
        let somebody = Somebody::new(conn, &format!("person {number}"));
        congress.register(conn, &somebody, &[]);
        somebody.cookie
    });
    Seats {
        sessions,
        people: registered.collect(),
    }
}

/// So many registrations. One is made as any other is; the others are copies of its row under other names, because what
/// is measured is reading them.
pub fn registered(conn: &mut Conn, count: usize) -> Registered {
    let congress = congress(conn);
    let somebody = Somebody::new(conn, "somebody");
    congress.register(conn, &somebody, &[]);
    let pattern: Registration = on_each!(conn, |c| registrations::table
        .select(Registration::as_select())
        .first(c))
    .expect("the one");
    let person = persons::get(conn, pattern.person).expect("a person");
    let other = categories::all(conn, congress.edition)
        .expect("categories")
        .into_iter()
        .find(|category| category.id != congress.category)
        .expect("another category");
    let numbers: Vec<usize> = (1..count).collect();
    for some in numbers.chunks(STRIDE) {
        let people: Vec<Person> = some.iter().map(|number| named(&person, *number)).collect();
        let rows: Vec<Registration> = some
            .iter()
            .zip(&people)
            .map(|(number, person)| {
                let is_few = *number <= FEW;
                Registration {
                    id: Id::new(),
                    person: person.id,
                    account: None,
                    registered_by: None,
                    category: Some(if is_few { other.id } else { congress.category }),
                    state: match (FEW + 1..=FEW + SOME).contains(number) {
                        true => RegistrationState::PendingReview,
                        false => pattern.state,
                    },
                    number: Some(format!("COPY-{number:06}")),
                    name_sort: person.name_sort.clone(),
                    search_key: person.name_key.clone(),
                    ..pattern.clone()
                }
            })
            .collect();
        for (person, row) in people.iter().zip(&rows) {
            on_each!(conn, |c| insert_into(persons_table::table)
                .values(person)
                .execute(c))
            .expect("a person");
            on_each!(conn, |c| insert_into(registrations::table).values(row).execute(c))
                .expect("a registration");
        }
    }
    Registered {
        slug: SLUG,
        organiser: Somebody::new(conn, "organiser")
            .appointed(conn, Role::Secretariat)
            .cookie,
        count,
        category: other.id.to_string(),
        // Of the last: words are taken in one after the other.
        word: word(count - 1),
    }
}

/// Somebody else by the same given name; family names come in no order.
fn named(pattern: &Person, number: usize) -> Person {
    let family_name = format!("Ndlovu {}", word(number));
    Person {
        id: Id::new(),
        name_sort: people::rules::name_sort(&pattern.given_name, &family_name),
        name_key: people::rules::name_key(&pattern.given_name, &family_name),
        family_name,
        ..pattern.clone()
    }
}

/// A word for a number, no two alike and none the beginning of another.
fn word(number: usize) -> String {
    let mut left = number.wrapping_mul(7_919) % 11_881_376;
    let mut letters = String::new();
    for _ in 0..5 {
        letters.push(char::from(b'a' + (left % 26) as u8));
        left /= 26;
    }
    letters
}

/// A draft of so many sessions in forty rooms, held by people who now and then are wanted in two at once.
pub fn board(conn: &mut Conn, count: usize) -> BoardOf {
    let congress = congress_of(conn, BOARD_ROOMS);
    let people: Vec<PersonId> = (0..count)
        .map(|number| {
            let new = NewPerson {
                given_name: "Amina".into(),
                family_name: format!("Diallo {number}"),
                ..NewPerson::default()
            };
            persons::create(conn, Moment::now(), &new).expect("a person")
        })
        .collect();
    let each_day = count.div_ceil(DAYS * BOARD_ROOMS);
    let minutes = (BOARD_MINUTES / each_day).min(60) / 5 * 5;
    let sessions: Vec<SessionId> = (0..count)
        .map(|number| {
            let (room, slot) = (number % BOARD_ROOMS, number / BOARD_ROOMS);
            let minute = BOARD_OPENS + slot % each_day * minutes;
            let starts = format!(
                "2030-11-{:02}T{:02}:{:02}",
                11 + slot / each_day,
                minute / 60,
                minute % 60
            );
            let of_people = [number * 3, number * 7 + 1].map(|at| people[at % people.len()]);
            held_by(conn, &congress, number, &of_people, minutes, room, &starts)
        })
        .collect();
    BoardOf {
        slug: SLUG,
        organiser: Somebody::new(conn, "organiser")
            .appointed(conn, Role::Secretariat)
            .cookie,
        session: sessions[0],
        room: congress.rooms[0].to_string(),
    }
}

fn held_by(
    conn: &mut Conn,
    congress: &Congress,
    number: usize,
    people: &[PersonId],
    minutes: usize,
    room: usize,
    starts: &str,
) -> SessionId {
    let (system, now) = (Actor::system(), Moment::now());
    let speaker = |person: &PersonId| SpeakerInput {
        person: Some(*person),
        role: "speaker".into(),
        ..SpeakerInput::default()
    };
    let input = SessionInput {
        kind: "special".into(),
        track: if number.is_multiple_of(2) {
            "local4action"
        } else {
            ""
        }
        .into(),
        title: Localized::only("en", &format!("Session {number} on the right to the city")),
        abstract_text: abstracts(number),
        length_minutes: i64::try_from(minutes).ok(),
        speakers: Some(people.iter().map(speaker).collect()),
        ..SessionInput::default()
    };
    let made = sessions::create(conn, &system, now, &congress.admissions, congress.edition, &input);
    let id = made.expect("a session").id;
    let place = Placement {
        room: congress.rooms[room].to_string(),
        starts: starts.into(),
        ..Placement::default()
    };
    // As an import does, which looks for conflicts once, at its end.
    scheduling::place_imported(conn, &system, now, &congress.admissions, id, &place).expect("free");
    id
}

fn congress(conn: &mut Conn) -> Congress {
    congress_of(conn, ROOMS)
}

fn congress_of(conn: &mut Conn, rooms: usize) -> Congress {
    let mut congress = Congress::open(conn);
    for number in congress.rooms.len()..rooms {
        let input = RoomInput {
            name: Localized::only("en", &format!("Hall {number}")),
            capacity: Some(500),
            ..RoomInput::default()
        };
        let room = rooms::create(conn, &Actor::system(), Moment::now(), congress.edition, &input);
        congress.rooms.push(room.expect("a room").id);
    }
    congress
}

/// A session of an hour: each room one after the other, each hour, each day.
fn session(conn: &mut Conn, congress: &Congress, number: usize, capacity: Option<i64>) -> SessionId {
    let (room, slot) = (number % ROOMS, number / ROOMS);
    let (hour, day) = (HOURS.start + slot % HOURS.len(), slot / HOURS.len());
    assert!(day < DAYS, "so many sessions do not fit into the congress");
    let speaker = |role: &str, name: &str| SpeakerInput {
        name: format!("{name} {number}"),
        role: role.into(),
        affiliation: format!("City of Example {}", number % 97),
        ..SpeakerInput::default()
    };
    let input = SessionInput {
        kind: "special".into(),
        title: Localized::of(
            &format!("How city {number} makes room for everybody"),
            &format!("Comment la ville {number} fait place à chacune et chacun"),
            &format!("Cómo la ciudad {number} hace sitio a todo el mundo"),
        ),
        abstract_text: abstracts(number),
        entry: if capacity.is_some() { "seat" } else { "walk_in" }.into(),
        capacity,
        length_minutes: Some(60),
        organisers: Some(vec![OrganiserInput {
            name: format!("Network of Cities {}", number % 31),
            leads: true,
            ..OrganiserInput::default()
        }]),
        speakers: Some(vec![
            speaker("moderator", "Amina Diallo"),
            speaker("speaker", "Jean-Luc Moreau"),
            speaker("speaker", "Lucía Fernández"),
        ]),
        ..SessionInput::default()
    };
    let made = sessions::create(
        conn,
        &Actor::system(),
        Moment::now(),
        &congress.admissions,
        congress.edition,
        &input,
    );
    let id = made.expect("a session").id;
    let starts = format!("2030-11-{:02}T{hour:02}:00", 11 + day);
    congress.place(conn, id, room, &starts, "");
    id
}

/// An abstract in three languages.
fn abstracts(number: usize) -> Localized {
    Localized::of(
        &abstract_of(
            number,
            "Housing, water and transport are planned together here, with those who live there. Three neighbourhoods tell what became of it, what it cost and what they would do otherwise.",
        ),
        &abstract_of(
            number,
            "Logement, eau et transports y sont planifiés ensemble, avec celles et ceux qui y vivent. Trois quartiers racontent ce qu’il en est advenu, ce que cela a coûté et ce qu’ils feraient autrement.",
        ),
        &abstract_of(
            number,
            "Vivienda, agua y transporte se planifican juntos, con quienes viven allí. Tres barrios cuentan qué fue de ello, cuánto costó y qué harían de otro modo.",
        ),
    )
}

/// No two alike, or compression would flatter.
fn abstract_of(number: usize, text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let turned = number % words.len();
    format!(
        "{number}. {} {}",
        words[turned..].join(" "),
        words[..turned].join(" ")
    )
}

/// The World Assembly as it sits, with its floor open, and a sitting with its own.
pub fn floors(conn: &mut Conn) -> Floors {
    let congress = congress(conn);
    let now = Moment::now();
    let desk = Actor::system();
    let city = organisation(conn, "Hillbridge", OrganisationKind::City, None);
    let network = organisation(
        conn,
        "Cities of the World",
        OrganisationKind::InternationalLgNetwork,
        None,
    );
    let related = RelationInput {
        kind: Some(RelationKind::GtfNetwork),
        basis: "agreement".into(),
        from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
        ..RelationInput::default()
    };
    relations::record(conn, &desk, now, network, &related).expect("related");
    let sitting = SessionInput {
        kind: "sitting".into(),
        title: Localized::only("en", "Round table"),
        attendance: "online".into(),
        scope: SittingScope {
            region_group: "africa".into(),
            sector: String::new(),
        },
        papers: vec![Paper {
            title: Localized::only("en", "Streets for all"),
            ..Paper::default()
        }],
        organisers: Some(vec![OrganiserInput {
            organisation: Some(city),
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
    let (edition, admissions) = (congress.edition, &congress.admissions);
    let sitting = sessions::create(conn, &desk, now, admissions, edition, &sitting)
        .expect("a sitting")
        .id;
    let assembly = SessionInput {
        title: Localized::only("en", "World Assembly"),
        attendance: "online".into(),
        ..SessionInput::default()
    };
    let assembly = world_assembly::convene(conn, &desk, now, admissions, edition, &assembly)
        .expect("convened")
        .id;
    for (session, starts) in [(sitting, "2030-11-12T14:00"), (assembly, "2030-11-15T10:00")] {
        let place = Placement {
            starts: starts.into(),
            length_minutes: Some(90),
            ..Placement::default()
        };
        scheduling::place(conn, &desk, now, admissions, session, &place, None).expect("placed");
    }
    convocation::ask(conn, &desk, now, assembly, None).expect("asked");
    let consent = ConsentInput {
        answer: Some(NetworkAnswer::Agreed),
        note: "By letter of 12 June.".into(),
    };
    convocation::answer(conn, &desk, now, assembly, network, &consent, None).expect("agreed");
    convocation::convoke(conn, &desk, now, assembly, &ConvokeInput::default(), None).expect("convoked");
    congress.release(conn);
    proceedings::open(conn, &desk, now, assembly, None).expect("open");
    let mut opened = |session: SessionId| {
        let input = FloorInput {
            title: Localized::only("en", "Who speaks for cities"),
            ..FloorInput::default()
        };
        let floor = chairing::open(conn, &desk, now, session, &input).expect("a floor");
        (session.to_string(), floor.id.to_string())
    };
    let (hall, beside) = (opened(assembly), opened(sitting));
    Floors {
        organiser: Somebody::new(conn, "organiser")
            .appointed(conn, Role::Secretariat)
            .cookie,
        hall,
        beside,
    }
}
