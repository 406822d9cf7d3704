//! The demonstration: Durban 2019 with three hundred invented people, as an organiser would have it on the day.
//!
//! Everything is made by the same use cases as in a real congress, one after the other on the dates on which it would
//! have happened, so that nothing is there that the rules would not let in: [`editions`] and [`rooms`],
//! [`organisations`] and [`people`], [`sessions`] and their speakers ([`cast`]), [`statutory`] meetings, then
//! [`registrations`] with seats and agendas, [`papers`] and what came of them. [`personas`] are those one can be; [`sources`] tells what is real; [`start`]
//! keeps how it all began, to begin again; [`door`] hands these three to the pages.
//!
//! Invariants: what is real is named in [`sources`], all else is invented and says so; furnishing twice is once; no
//! conflict that is an error is left, and a few warnings are, for an organiser to find.

pub mod door;
pub mod personas;
pub mod sources;
pub mod start;

mod editions;
mod rooms;

mod organisations;

mod names;
mod people;

mod cast;
mod papers;
mod sessions;
mod statutory;

mod registrations;

#[cfg(test)]
mod tests;

use ::people::standings::{self, Appointment};
use access_rules::{Actor, EditionId, Role, Scope};
use db::{Conn, DatabaseUrl};
use files::Store;
use kernel::{Fault, Localized, Moment};
use programme::admission::Admissions;
use records::settings;
use serde::{Deserialize, Serialize};

pub use self::{
    people::PEOPLE,
    personas::{Persona, personas},
    sources::{invented, sources},
    statutory::Papers,
};

/// The edition's name in addresses.
pub const SLUG: &str = "durban-2019";
/// Under which it is kept that a database is furnished, and how.
const FURNISHED: &str = "demo_furnished";

kernel::coded! {
    /// When the demonstration opens.
    pub enum DemoMoment {
        /// A week before: Tuesday 5 November 2019, 10:40 in Durban.
        Before => "before",
        /// In the midst of it: Thursday 14 November 2019, 10:40 in Durban.
        Live => "live",
        /// The week after: Tuesday 19 November 2019, 10:40 in Durban.
        After => "after",
    }
}

impl DemoMoment {
    /// What the congress's clock shows when it opens.
    pub fn opens(self) -> Moment {
        Moment::at(match self {
            Self::Before => "2019-11-05T08:40:00Z",
            Self::Live => "2019-11-14T08:40:00Z",
            Self::After => "2019-11-19T08:40:00Z",
        })
    }
}

/// A database that holds the demonstration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furnished {
    /// The edition.
    pub edition: EditionId,
    /// When it opens; what it was furnished for first, whatever is asked later.
    pub opens: Moment,
    /// Sessions in the draft.
    pub sessions: usize,
    /// Organisations in the directory.
    pub organisations: usize,
    /// People.
    pub people: usize,
    /// Whether it was furnished now, and not before.
    #[serde(skip)]
    pub is_new: bool,
}

/// Furnishes a database in one transaction, the meetings' papers laid into the store before it. Twice is once.
///
/// # Errors
/// When the store or the database refuses; `already_exists` when a congress of that name is there that is not the
/// demonstration's.
pub fn open(
    database: &DatabaseUrl,
    store: &Store,
    admissions: &Admissions,
    moment: DemoMoment,
) -> Result<Furnished, Fault> {
    // On a connection of its own: the writer's commands are short, and what so long a one needs goes when it is done.
    let mut conn = database.connect()?;
    if let Some(kept) = settings::get::<Furnished>(&mut conn, FURNISHED)? {
        return Ok(kept);
    }
    tracing::info!("furnishing the demonstration: once, some seconds");
    let papers = Papers::lay(store)?;
    conn.transaction(|conn| {
        let furnished = furnish(conn, admissions, moment)?;
        papers.hang(conn, furnished.edition)?;
        Ok(furnished)
    })
}

/// Furnishes a database, but for the files of papers, which [`Papers`] brings. Twice is once.
///
/// # Errors
/// When the database refuses; `already_exists` when a congress of that name is there that is not the demonstration's.
pub fn furnish(conn: &mut Conn, admissions: &Admissions, moment: DemoMoment) -> Result<Furnished, Fault> {
    if let Some(kept) = settings::get::<Furnished>(conn, FURNISHED)? {
        return Ok(kept);
    }
    let system = Actor::system();
    let directory = organisations::make(conn, &system)?;
    let people = people::make(conn, &system, &directory)?;
    staff(conn)?;

    let edition = editions::make(conn, &system)?;
    let rooms = rooms::make(conn, &system, Moment::at("2019-06-03T09:00:00Z"), edition)?;
    editions::themes(conn, &system, edition, &directory)?;
    let calls = editions::calls(conn, &system, edition)?;
    let categories = editions::categories(conn, &system, edition)?;
    statutory::rosters(conn, &system, &directory, &people)?;

    // Whoever works for the congress is written down with what they did.
    let organiser = actor_of(conn, "organiser", Moment::at("2019-09-02T08:00:00Z"))?;
    let mut house = sessions::House {
        admissions,
        edition,
        directory: &directory,
        rooms: &rooms,
        calls: &calls,
        people: &people,
        cast: cast::Cast::default(),
    };
    let made = sessions::make(conn, &organiser, &mut house)?;
    sessions::chair(conn, &made)?;
    statutory::agendas(conn, &system, edition)?;

    registrations::settle(conn, None)?;
    let guests = registrations::make(conn, &organiser, edition, &directory, &categories, &people)?;
    sessions::release(conn, &organiser, &house, &made, moment)?;
    registrations::seats(conn, &made, &guests, moment)?;
    registrations::agendas(conn, &made, &guests, edition)?;
    editions::go_on(conn, &system, edition, moment)?;
    sessions::turn(conn, &organiser, &made, edition, moment)?;
    papers::make(conn, &system, &made, edition, &directory, moment)?;
    registrations::settle(conn, Some(moment.opens()))?;

    let furnished = Furnished {
        edition,
        opens: moment.opens(),
        sessions: made.len(),
        organisations: directory.len(),
        people: people.len() + people::OF_THE_ASSISTANT,
        is_new: true,
    };
    settings::put(conn, FURNISHED, &furnished)?;
    Ok(furnished)
}

/// Those who work for the congress, by standings; the chair's comes with the session.
fn staff(conn: &mut Conn) -> Result<(), Fault> {
    let at = Moment::at("2019-05-06T08:00:00Z");
    let standings = [
        ("organiser", Role::Secretariat, Scope::Everywhere),
        ("registrar", Role::Registrar, Scope::Everywhere),
        (
            "local4action",
            Role::Secretariat,
            Scope::Track("local4action".to_owned()),
        ),
    ];
    for (code, role, scope) in standings {
        appoint(conn, at, code, role, scope)?;
    }
    Ok(())
}

fn appoint(conn: &mut Conn, at: Moment, code: &str, role: Role, scope: Scope) -> Result<(), Fault> {
    let appointment = Appointment {
        person: persona(code)?.0,
        role,
        scope,
        from: at,
        to: None,
        basis: "demonstration".to_owned(),
        granted_by: None,
    };
    standings::appoint(conn, at, &appointment).map(drop)
}

/// A persona as they would ask at a moment.
fn actor_of(conn: &mut Conn, code: &str, at: Moment) -> Result<Actor, Fault> {
    let (person, account) = persona(code)?;
    members::actors::load(conn, account, person, at)
}

fn persona(code: &str) -> Result<(access_rules::PersonId, access_rules::AccountId), Fault> {
    let found = personas::find(code).and_then(|persona| persona.person().zip(persona.account()));
    found.ok_or_else(|| Fault::internal(format!("the demonstration has no persona {code:?}")))
}

/// The same text in English, French and Spanish.
fn said(texts: [&str; 3]) -> Localized {
    Localized::of(texts[0], texts[1], texts[2])
}
