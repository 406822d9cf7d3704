//! Who comes to the demonstration's congress: registrations in every state, seats, a waiting list, an offer, agendas.
//!
//! Each registration is begun, filled in and sent by whom it is for, on a day of the summer of 2019; what waits, waits for
//! the reason it would in a real congress.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Actor, EditionId, PersonId, Tag};
use db::Conn;
use kernel::{Fault, Moment};
use members::{
    actors, changed,
    model::PositionKind as P,
    positions::{self, DecideInput},
};
use programme::model::Entry;
use records::jobs;
use registration::{
    admissions, agenda,
    model::{Category, ForWhom, Registration, RegistrationState},
    needs::NeedsInput,
    registrations::{self, BeginInput, DecisionInput, RegistrationInput},
    seats::{self, SeatInput},
};

use crate::wiring;

use super::{
    DemoMoment, actor_of,
    organisations::Directory,
    people::{OF_THE_ASSISTANT, Somebody},
    sessions::{self, Made},
};

/// Jobs taken at once.
const JOBS_AT_ONCE: i64 = 500;
/// For how long, in seconds.
const LEASE_SECONDS: i64 = 600;

/// Somebody who comes.
pub(super) struct Guest {
    /// As they ask, with all they are.
    pub actor: Actor,
    /// The persona's code.
    pub persona: Option<&'static str>,
}

/// What becomes of somebody's registration.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// They do not register.
    StaysAway,
    /// They begin, and leave it.
    Draft,
    /// They send it.
    Sent,
    /// They send it, and take it back.
    TakenBack,
}

/// Those the mayor's assistant registers, from one address; the last one's position nobody has confirmed yet.
const BY_THE_ASSISTANT: [(&str, &str, P, &str); OF_THE_ASSISTANT] = [
    (
        "Nokuthula",
        "Ibhuloho-Elisha",
        P::Councillor,
        "Council member for transport",
    ),
    ("Musa", "Umgwaqomfisha", P::Staff, "Protocol"),
    (
        "Hlengiwe",
        "Imakethe-Entsha",
        P::Councillor,
        "Council member for markets",
    ),
    (
        "Zodwa",
        "Isibanimanzi",
        P::Councillor,
        "Council member for the beaches",
    ),
];

/// Seats taken in sessions that count them: how many people, whether only members may.
const SEATED: [(&str, usize, bool); 10] = [
    ("L4A-03", 12, true),
    ("L4A-06", 11, true),
    ("L4A-08", 22, false),
    ("L4A-09", 15, true),
    ("L4A-14", 10, true),
    ("L4A-20", 17, true),
    ("L4A-25", 14, true),
    ("L4A-35", 9, true),
    ("L4A-38", 8, true),
    ("L4A-32", 16, false),
];
/// The Lab that is full, how many it holds and how many wait.
const FULL: (&str, usize, usize) = ("L4A-29", 12, 5);
/// The exchange in which a place becomes free for the individual the moment the demonstration opens.
const OFFERED: &str = "L4A-32";

/// Walk-in sessions on agendas of personas, some at the same time.
const AGENDAS: &[(&str, &[&str])] = &[
    (
        "individual",
        &["PL-02", "TH-03", "L4A-28", "TH-04", "PL-03", "HB-05"],
    ),
    ("arrears", &["PL-02", "AS-09", "ST-04", "PL-03"]),
    ("council", &["CE-01", "PL-01", "AS-02", "ST-04", "ST-05", "WA-01"]),
    ("committee", &["PL-02", "AS-06", "ST-04", "ST-05"]),
    ("partner", &["TH-01", "TH-03", "TH-04", "WA-01"]),
    ("chair", &["AS-09", "PL-02", "ST-04", "ST-05"]),
];
/// Walk-in sessions others choose from.
const LIKED: [&str; 16] = [
    "CE-01", "PL-01", "PL-02", "PL-03", "TH-01", "TH-02", "TH-03", "TH-04", "TH-05", "AS-01", "L4A-02",
    "L4A-13", "L4A-26", "L4A-27", "HB-04", "WA-01",
];

/// Takes up what members left to be decided again; as of a moment, or only noting that nothing hangs on it yet.
pub(super) fn settle(conn: &mut Conn, at: Option<Moment>) -> Result<(), Fault> {
    loop {
        let machine = Moment::now();
        let leased = jobs::lease(conn, &[changed::JOB], machine, LEASE_SECONDS, JOBS_AT_ONCE)?;
        if leased.is_empty() {
            return Ok(());
        }
        for job in leased {
            if let Some(at) = at {
                admissions::redecide(conn, at, &job.payload.0)?;
            }
            jobs::finish(conn, machine, &job)?;
        }
    }
}

/// Registers people; answers those who come.
pub(super) fn make(
    conn: &mut Conn,
    organiser: &Actor,
    edition: EditionId,
    directory: &Directory,
    categories: &[Category],
    people: &[Somebody],
) -> Result<Vec<Guest>, Fault> {
    let begins = Moment::at("2019-06-03T08:00:00Z");
    for (somebody, number) in people.iter().zip(0_i64..) {
        let fate = fate(somebody);
        if fate == Fate::StaysAway {
            continue;
        }
        let at = begins.plus_minutes(number * 650);
        let actor = plain(somebody);
        let begin = BeginInput {
            for_whom: ForWhom::Myself,
            batch: None,
            language: Some(somebody.language),
        };
        let begun = registrations::begin(conn, &actor, at, edition, &begin)?;
        let input = RegistrationInput {
            given_name: somebody.given_name.clone(),
            family_name: somebody.family_name.clone(),
            organisation: somebody.of.map(|of| directory.id(of)).transpose()?,
            position_kind: somebody.of.map(|_| somebody.kind),
            position_title: somebody.title.to_owned(),
            category: category_of(categories, somebody),
            tracks: tracks(somebody).into_iter().map(str::to_owned).collect(),
            needs: needs(somebody),
            step: 3,
            ..RegistrationInput::default()
        };
        let saved = registrations::save(conn, &actor, at, begun.id, None, &input)?;
        if fate == Fate::Draft {
            continue;
        }
        let sent = registrations::submit(conn, &actor, at.plus_minutes(9), saved.id, None)?;
        decide(conn, organiser, at.plus_days(2), somebody, &sent)?;
        if fate == Fate::TakenBack {
            registrations::cancel(conn, &actor, at.plus_days(5), sent.id, None)?;
        }
    }
    by_the_assistant(conn, edition, directory, categories)?;
    guests(conn, edition, people)
}

/// Reserves seats after the second release: some sessions half full, one with a line, one in which a place is offered.
pub(super) fn seats(conn: &mut Conn, made: &Made, guests: &[Guest], moment: DemoMoment) -> Result<(), Fault> {
    let mut at = Moment::at("2019-11-04T17:00:00Z");
    let admissions = wiring::admissions();
    let mut reserve = |conn: &mut Conn, guest: &Guest, code: &str| {
        at = at.plus_minutes(2);
        seats::reserve(
            conn,
            &admissions,
            &guest.actor,
            at,
            sessions::of(made, code)?,
            &SeatInput::default(),
        )
        .map(drop)
    };
    let members: Vec<&Guest> = guests
        .iter()
        .filter(|guest| guest.persona.is_none() && guest.actor.is(Tag::UclgMember))
        .collect();
    let anybody: Vec<&Guest> = guests.iter().filter(|guest| guest.persona.is_none()).collect();
    let seated = |among: &[&Guest], start: usize, at: usize| (start + at * 2) % among.len().max(1);
    for ((code, count, members_only), start) in SEATED.into_iter().zip(3_usize..) {
        let among = if members_only { &members } else { &anybody };
        for at in 0..count {
            reserve(conn, among[seated(among, start, at)], code)?;
        }
    }
    let (code, seats_most, waiting) = FULL;
    for at in 0..seats_most + 2 {
        reserve(conn, members[members.len() - 1 - at], code)?;
    }
    if let Some(council) = find(guests, "council") {
        reserve(conn, council, code)?;
    }
    for at in 0..waiting - 3 {
        reserve(conn, members[members.len() - 1 - seats_most - 2 - at], code)?;
    }
    let Some(individual) = find(guests, "individual") else {
        return Ok(());
    };
    reserve(conn, individual, OFFERED)?;
    for guest in anybody.iter().rev().take(3) {
        reserve(conn, guest, OFFERED)?;
    }
    if moment != DemoMoment::After {
        // Somebody who holds a place gives it back now: the individual is the first in line.
        let session = sessions::of(made, OFFERED)?;
        let start = 3 + SEATED
            .iter()
            .position(|(code, ..)| *code == OFFERED)
            .unwrap_or_default();
        let holder = anybody[seated(&anybody, start, 0)];
        seats::release(
            conn,
            &holder.actor,
            moment.opens(),
            session,
            &SeatInput::default(),
        )?;
    }
    Ok(())
}

/// Puts walk-in sessions on agendas.
pub(super) fn agendas(
    conn: &mut Conn,
    made: &Made,
    guests: &[Guest],
    edition: EditionId,
) -> Result<(), Fault> {
    let at = Moment::at("2019-11-04T20:00:00Z");
    let all = programme::sessions::all(conn, edition)?;
    let walks_in = |code: &str| {
        all.iter()
            .any(|session| session.code == code && session.entry == Entry::WalkIn)
    };
    for (code, chosen) in AGENDAS {
        let Some(guest) = find(guests, code) else { continue };
        for session in chosen.iter().filter(|session| walks_in(session)) {
            agenda::add(conn, &guest.actor, at, sessions::of(made, session)?)?;
        }
    }
    let others = guests.iter().filter(|guest| guest.persona.is_none()).step_by(2);
    for (guest, number) in others.zip(0_usize..) {
        for pick in 0..3 {
            let code = LIKED[(number * 5 + pick * 7) % LIKED.len()];
            agenda::add(conn, &guest.actor, at, sessions::of(made, code)?)?;
        }
    }
    Ok(())
}

fn find<'g>(guests: &'g [Guest], persona: &str) -> Option<&'g Guest> {
    guests.iter().find(|guest| guest.persona == Some(persona))
}

/// The person who asks for themselves: registering needs no more.
fn plain(somebody: &Somebody) -> Actor {
    Actor {
        account: Some(somebody.account),
        person: Some(somebody.id),
        ..Actor::nobody()
    }
}

fn fate(somebody: &Somebody) -> Fate {
    match somebody.persona {
        Some("assistant" | "organiser" | "registrar" | "local4action") => return Fate::StaysAway,
        Some(_) => return Fate::Sent,
        None => {}
    }
    let is_of_office = matches!(somebody.kind, P::Mayor | P::Governor | P::Minister | P::Head);
    match somebody.number % 19 {
        _ if is_of_office => Fate::Sent,
        3 => Fate::Draft,
        8 | 14 => Fate::StaysAway,
        17 => Fate::TakenBack,
        _ => Fate::Sent,
    }
}

fn category_of(categories: &[Category], somebody: &Somebody) -> Option<registration::model::CategoryId> {
    let code = match somebody.of {
        Some("ministry-islands" | "ministry-territories") => "national_government",
        Some("hearth-and-commons" | "open-square" | "estuary-university") => "partner",
        Some("quayside-courier") => "press",
        Some("tidal-transit") => "exhibitor",
        Some(_) => "local_government",
        None if somebody.persona.is_none() && somebody.number % 10 == 7 => "accompanying",
        None => "individual",
    };
    categories
        .iter()
        .find(|category| category.code == code)
        .map(|category| category.id)
}

fn tracks(somebody: &Somebody) -> BTreeSet<&'static str> {
    let some: &[&str] = match (somebody.persona, somebody.kind, somebody.of) {
        (Some("individual"), ..) => &["local4action", "town_hall"],
        (Some("partner"), ..) => &["town_hall", "local4action"],
        (Some("council"), ..) => &["statutory", "assembly", "local4action"],
        (_, P::Mayor | P::Governor | P::Head | P::Councillor, Some(_)) => &["statutory", "assembly"],
        (_, _, Some(_)) if somebody.number.is_multiple_of(4) => &["statutory", "local4action"],
        (_, _, Some(_)) => &["local4action"],
        (_, _, None) if somebody.number.is_multiple_of(7) => &["statutory", "town_hall"],
        (_, _, None) => &["town_hall"],
    };
    let mut tracks: BTreeSet<&'static str> = some.iter().copied().collect();
    if somebody.persona.is_none() && somebody.number.is_multiple_of(3) {
        tracks.insert("town_hall");
    }
    tracks
}

fn needs(somebody: &Somebody) -> Option<NeedsInput> {
    let (access, diet, interpretation): (&str, &str, &[&str]) = match somebody.number % 21 {
        2 => ("A place for a wheelchair near an aisle (demonstration)", "", &[]),
        6 => ("", "Vegetarian (demonstration)", &["fr"]),
        11 => ("", "No nuts (demonstration)", &[]),
        15 => ("Captions, please (demonstration)", "", &["es", "en"]),
        _ => return None,
    };
    Some(NeedsInput {
        access: access.to_owned(),
        diet: diet.to_owned(),
        interpretation: interpretation.iter().map(|tag| (*tag).to_owned()).collect(),
        consent: true,
    })
}

/// The registrar's decisions: most are accepted, one is refused, one is left for who tries it.
fn decide(
    conn: &mut Conn,
    organiser: &Actor,
    at: Moment,
    somebody: &Somebody,
    sent: &Registration,
) -> Result<(), Fault> {
    if sent.state != RegistrationState::PendingReview {
        return Ok(());
    }
    let input = match somebody.number % 4 {
        0 => return Ok(()),
        1 => DecisionInput {
            accept: false,
            reason: "The accreditation letter is missing. (Demonstration.)".to_owned(),
        },
        _ => DecisionInput {
            accept: true,
            reason: String::new(),
        },
    };
    registrations::decide(conn, organiser, at, sent.id, None, &input).map(drop)
}

/// The four people of Thornveld-on-Sea, from one address; their focal point confirms all but the last.
fn by_the_assistant(
    conn: &mut Conn,
    edition: EditionId,
    directory: &Directory,
    categories: &[Category],
) -> Result<(), Fault> {
    let at = Moment::at("2019-10-21T08:00:00Z");
    let assistant = actor_of(conn, "assistant", at)?;
    let focal_point = actor_of(conn, "focal_point", at)?;
    let mut batch = None;
    for ((given, family, kind, title), number) in BY_THE_ASSISTANT.into_iter().zip(1..) {
        let begin = BeginInput {
            for_whom: ForWhom::Group,
            batch,
            language: None,
        };
        let begun = registrations::begin(conn, &assistant, at, edition, &begin)?;
        batch = begun.batch;
        let input = RegistrationInput {
            given_name: given.to_owned(),
            family_name: family.to_owned(),
            email: "mayors-office@thornveld.example".to_owned(),
            organisation: Some(directory.id("thornveld")?),
            position_kind: Some(kind),
            position_title: title.to_owned(),
            category: categories
                .iter()
                .find(|category| category.code == "local_government")
                .map(|category| category.id),
            tracks: vec!["statutory".to_owned(), "local4action".to_owned()],
            step: 3,
            ..RegistrationInput::default()
        };
        let saved = registrations::save(conn, &assistant, at, begun.id, None, &input)?;
        let sent = registrations::submit(conn, &assistant, at, saved.id, None)?;
        if number < OF_THE_ASSISTANT {
            for position in positions::all_of(conn, sent.person)? {
                positions::confirm(
                    conn,
                    &focal_point,
                    at.plus_days(1),
                    position.id,
                    None,
                    &DecideInput::default(),
                )?;
            }
        }
    }
    settle(conn, Some(at.plus_days(1)))
}

/// Those whose registration is confirmed, as they would ask on the eve.
fn guests(conn: &mut Conn, edition: EditionId, people: &[Somebody]) -> Result<Vec<Guest>, Fault> {
    let at = Moment::at("2019-11-04T16:30:00Z");
    let ids: Vec<PersonId> = people.iter().map(|somebody| somebody.id).collect();
    let mut loaded: BTreeMap<PersonId, Actor> = actors::load_many(conn, &ids, at)?;
    let mut guests = Vec::new();
    for somebody in people {
        let Some(actor) = loaded.remove(&somebody.id) else {
            continue;
        };
        if actor.registered().any(|of| of == edition) && !actor.is(Tag::Accompanying) {
            guests.push(Guest {
                actor: Actor {
                    account: Some(somebody.account),
                    ..actor
                },
                persona: somebody.persona,
            });
        }
    }
    Ok(guests)
}
