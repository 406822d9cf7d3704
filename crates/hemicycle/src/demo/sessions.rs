//! The sessions of the demonstration, from their tables to two releases and a change that waits.
//!
//! The tables are by track; each row is made and placed by the organiser, through its track's admission. Statutory times
//! are those announced where they are known; all others are of the demonstration.

mod assembly;
mod general;
mod inspiration;
mod labs;
mod policies;
mod town_hall;

use std::collections::BTreeMap;

use ::assembly::world_assembly;
use ::statutory::{
    bodies,
    meetings::{self, DoorsInput, PlanInput},
    model::LineDoor,
};
use access_rules::{Actor, EditionId, Role, Scope, SessionId};
use db::Conn;
use kernel::{Fault, LocalDateTime, Localized, Moment};
use programme::{
    admission::Admissions,
    model::{Languages, Paper, RoomId, Session, SittingScope},
    releases::{self, ReleaseInput},
    scheduling::{self, Placement},
    sessions::{self, OrganiserInput, SessionInput, SpeakerInput},
};

use super::{
    DemoMoment,
    cast::{self, Cast, Who},
    editions::Calls,
    organisations::Directory,
    people::Somebody,
};

/// A session, as it stands in a table.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub code: &'static str,
    pub kind: &'static str,
    pub format: &'static str,
    pub format_kind: &'static str,
    pub domain: &'static str,
    pub theme: &'static str,
    pub body: &'static str,
    pub region: &'static str,
    pub sector: &'static str,
    /// The day of November.
    pub day: u32,
    pub from: &'static str,
    pub minutes: i64,
    /// A room's key; empty for what is online alone.
    pub room: &'static str,
    pub title: [&'static str; 3],
    pub about: [&'static str; 3],
    pub entry: &'static str,
    pub attendance: &'static str,
    pub capacity: Option<i64>,
    pub method: &'static str,
    pub most: Option<i64>,
    pub spheres: &'static [&'static str],
    pub floor: &'static [&'static str],
    pub into: &'static [&'static str],
    pub access: &'static [&'static str],
    /// Who organises it, by key; the first leads.
    pub by: &'static [&'static str],
    pub cast: &'static [(&'static str, Who)],
    /// The title of the paper presented.
    pub paper: [&'static str; 3],
}

/// A row of which nothing is said yet.
pub(super) const BLANK: Row = Row {
    code: "",
    kind: "",
    format: "",
    format_kind: "",
    domain: "",
    theme: "",
    body: "",
    region: "",
    sector: "",
    day: 11,
    from: "09:00",
    minutes: 60,
    room: "",
    title: ["", "", ""],
    about: ["", "", ""],
    entry: "walk_in",
    attendance: "in_person",
    capacity: None,
    method: "",
    most: None,
    spheres: &[],
    floor: &["en"],
    into: &[],
    access: &[],
    by: &[],
    cast: &[],
    paper: ["", "", ""],
};

/// What every invented text ends with.
const WRITTEN: [&str; 3] = [
    "Written for the demonstration.",
    "Écrit pour la démonstration.",
    "Escrito para la demostración.",
];
/// What every paper's title ends with.
const NO_TEXT_OF: [&str; 3] = [
    "written for the demonstration, not a text of UCLG or of its sections",
    "écrit pour la démonstration, ce n’est pas un texte de CGLU ni de ses sections",
    "escrito para la demostración, no es un texto de CGLU ni de sus secciones",
];
/// Where some stood in the first release: code, room, from. The second has them where their rows say.
const EARLIER: [(&str, &str, &str); 2] = [("L4A-10", "heron", "09:00"), ("L4A-33", "protea", "15:30")];
/// What waits in the draft: code, room, from.
const WAITING: (&str, &str, &str) = ("L4A-36", "protea", "11:00");
/// Sessions that were reported on when it is all over.
const REPORTED: [&str; 8] = [
    "PL-01", "PL-02", "TH-01", "TH-04", "AS-01", "L4A-02", "L4A-13", "L4A-26",
];

/// What sessions are made of.
pub(super) struct House<'a> {
    /// The tracks' admissions.
    pub admissions: &'a Admissions,
    /// The edition.
    pub edition: EditionId,
    /// The organisations.
    pub directory: &'a Directory,
    /// The rooms, by key.
    pub rooms: &'a BTreeMap<&'static str, RoomId>,
    /// The calls.
    pub calls: &'a Calls,
    /// The people.
    pub people: &'a [Somebody],
    /// Who is where already.
    pub cast: Cast,
}

/// The sessions made, by their codes.
pub(super) type Made = BTreeMap<&'static str, SessionId>;

/// Every row, those first whose parts are hardest to fill.
pub(super) fn rows() -> impl Iterator<Item = &'static Row> {
    let tables: [&'static [Row]; 6] = [
        assembly::ROWS,
        town_hall::ROWS,
        general::ROWS,
        policies::ROWS,
        labs::ROWS,
        inspiration::ROWS,
    ];
    tables.into_iter().flatten()
}

/// Makes every session and gives it its place.
pub(super) fn make(conn: &mut Conn, actor: &Actor, house: &mut House<'_>) -> Result<Made, Fault> {
    let begun = Moment::at("2019-09-02T08:00:00Z");
    let mut made = Made::new();
    for (row, number) in rows().zip(0..) {
        let now = begun.plus_minutes(number * 45);
        let input = input_of(house, row)?;
        let session = begin(conn, actor, now, house, row, &input)?;
        let early = EARLIER.iter().find(|(code, ..)| *code == row.code);
        let (room, from) = early.map_or((row.room, row.from), |(_, room, from)| (*room, *from));
        let place = placement(house, row, room, from)?;
        scheduling::place_imported(conn, actor, now, house.admissions, session, &place)?;
        made.insert(row.code, session);
    }
    Ok(made)
}

/// Lets the chair lead the sitting they chair.
pub(super) fn chair(conn: &mut Conn, made: &Made) -> Result<(), Fault> {
    let at = Moment::at("2019-09-30T08:00:00Z");
    let sitting = of(made, "AS-09")?;
    for role in [Role::Chair, Role::SessionLead] {
        super::appoint(conn, at, "chair", role, Scope::Session(sitting))?;
    }
    Ok(())
}

/// Releases the programme twice before the congress; while it is still to come, one more change waits.
pub(super) fn release(
    conn: &mut Conn,
    actor: &Actor,
    house: &House<'_>,
    made: &Made,
    moment: DemoMoment,
) -> Result<(), Fault> {
    let first = ReleaseInput {
        name: "Provisional programme".to_owned(),
        note: "The first release of the demonstration’s programme.".to_owned(),
        ..ReleaseInput::default()
    };
    let at = Moment::at("2019-10-31T10:00:00Z");
    releases::publish(conn, actor, at, house.admissions, house.edition, &first)?;
    let at = Moment::at("2019-11-04T13:00:00Z");
    for (code, ..) in EARLIER {
        let row = row(code)?;
        let place = placement(house, row, row.room, row.from)?;
        scheduling::place(conn, actor, at, house.admissions, of(made, code)?, &place, None)?;
    }
    let second = ReleaseInput {
        name: "Programme of the congress".to_owned(),
        note: "Another room and another time.".to_owned(),
        ..ReleaseInput::default()
    };
    let at = Moment::at("2019-11-04T15:00:00Z");
    releases::publish(conn, actor, at, house.admissions, house.edition, &second)?;
    if moment != DemoMoment::After {
        let (code, room, from) = WAITING;
        let place = placement(house, row(code)?, room, from)?;
        let at = Moment::at("2019-11-04T16:00:00Z");
        scheduling::place(conn, actor, at, house.admissions, of(made, code)?, &place, None)?;
    }
    Ok(())
}

/// Lets the clock pass up to the moment the demonstration opens.
pub(super) fn turn(
    conn: &mut Conn,
    actor: &Actor,
    made: &Made,
    edition: EditionId,
    moment: DemoMoment,
) -> Result<(), Fault> {
    sessions::turn(conn, edition, moment.opens())?;
    if moment == DemoMoment::After {
        for code in REPORTED {
            sessions::report(conn, actor, moment.opens(), of(made, code)?)?;
        }
    }
    Ok(())
}

/// The session of a code.
pub(super) fn of(made: &Made, code: &str) -> Result<SessionId, Fault> {
    let found = made.get(code).copied();
    found.ok_or_else(|| Fault::internal(format!("the demonstration has no session {code:?}")))
}

fn row(code: &str) -> Result<&'static Row, Fault> {
    rows()
        .find(|row| row.code == code)
        .ok_or_else(|| Fault::internal(format!("no table has {code:?}")))
}

/// A session by the way its kind is made.
fn begin(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    house: &House<'_>,
    row: &Row,
    input: &SessionInput,
) -> Result<SessionId, Fault> {
    let (admissions, edition) = (house.admissions, house.edition);
    let session: Session = match row.kind {
        "world_assembly" => world_assembly::convene(conn, actor, now, admissions, edition, input)?,
        "statutory" => {
            // One meeting is not announced: nobody but who sits in it sees even its line.
            let is_hidden = row.body == "financial_management_committee";
            let plan = PlanInput {
                body: Some(bodies::standard_id(row.body)),
                doors: DoorsInput {
                    line: is_hidden.then_some(LineDoor::Hidden),
                    ..DoorsInput::default()
                },
                session: input.clone(),
            };
            return Ok(meetings::plan(conn, actor, now, admissions, edition, &plan)?.session);
        }
        _ => sessions::create(conn, actor, now, admissions, edition, input)?,
    };
    Ok(session.id)
}

fn input_of(house: &mut House<'_>, row: &Row) -> Result<SessionInput, Fault> {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let call = match row.format {
        "labs" => house.calls.labs.clone(),
        "global_conversations" => house.calls.global_conversations.clone(),
        _ => String::new(),
    };
    let papers = match row.paper[0] {
        "" => vec![],
        _ => vec![Paper {
            id: format!("demo-{}", row.code),
            title: each(|at| format!("{} ({})", row.paper[at], NO_TEXT_OF[at])),
        }],
    };
    let mut organisers = Vec::new();
    for (key, at) in row.by.iter().zip(0..) {
        organisers.push(OrganiserInput {
            organisation: Some(house.directory.id(key)?),
            name: String::new(),
            leads: at == 0,
        });
    }
    Ok(SessionInput {
        guid: format!("demonstration-{}", row.code.to_lowercase()),
        code: row.code.to_owned(),
        kind: row.kind.to_owned(),
        format: row.format.to_owned(),
        format_kind: row.format_kind.to_owned(),
        domain: row.domain.to_owned(),
        theme: row.theme.to_owned(),
        title: super::said(row.title),
        abstract_text: each(|at| format!("{}\n\n{}", row.about[at], WRITTEN[at]).trim().to_owned()),
        entry: row.entry.to_owned(),
        attendance: row.attendance.to_owned(),
        capacity: row.capacity,
        languages: Languages {
            floor: owned(row.floor),
            interpreted: owned(row.into),
        },
        length_minutes: Some(row.minutes),
        method: row.method.to_owned(),
        participants_max: row.most,
        spheres: owned(row.spheres),
        scope: SittingScope {
            region_group: row.region.to_owned(),
            sector: row.sector.to_owned(),
        },
        papers,
        call,
        access: owned(row.access),
        source: "demonstration".to_owned(),
        organisers: Some(organisers),
        speakers: Some(speakers(house, row)?),
        ..SessionInput::default()
    })
}

fn speakers(house: &mut House<'_>, row: &Row) -> Result<Vec<SpeakerInput>, Fault> {
    let from = LocalDateTime::at(&starts(row, row.from));
    // Where it stood before, and where it may go next, belong to the time its speakers keep free.
    let (from, to) = (from.plus_minutes(-15), from.plus_minutes(row.minutes + 30));
    let mut taken: Vec<&Somebody> = Vec::new();
    let mut parts = Vec::new();
    for (role, who) in row.cast {
        let somebody = house
            .cast
            .take(house.people, *who, (from, to), &taken)
            .ok_or_else(|| Fault::internal(format!("nobody is free to be {who:?} in {}", row.code)))?;
        taken.push(somebody);
        let of = somebody.of;
        parts.push(SpeakerInput {
            person: Some(somebody.id),
            name: somebody.name(),
            role: (*role).to_owned(),
            affiliation: of
                .map(|key| house.directory.name(key).to_owned())
                .unwrap_or_default(),
            organisation: of.map(|key| house.directory.id(key)).transpose()?,
            high_level: of.is_some() && cast::is_high_level(somebody.kind),
            elected: cast::is_elected(somebody.kind),
        });
    }
    Ok(parts)
}

fn placement(house: &House<'_>, row: &Row, room: &str, from: &str) -> Result<Placement, Fault> {
    let room = match room {
        "" => String::new(),
        key => house
            .rooms
            .get(key)
            .map(ToString::to_string)
            .ok_or_else(|| Fault::internal(format!("the demonstration has no room {key:?}")))?,
    };
    Ok(Placement {
        room,
        starts: starts(row, from),
        length_minutes: Some(row.minutes),
        ..Placement::default()
    })
}

fn starts(row: &Row, from: &str) -> String {
    format!("2019-11-{}T{from}", row.day)
}

fn each(text: impl Fn(usize) -> String) -> Localized {
    Localized::of(&text(0), &text(1), &text(2))
}
