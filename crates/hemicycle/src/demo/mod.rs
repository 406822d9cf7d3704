//! The demonstration: the Durban congress of 2019 within what public sources give, and people who are plainly invented.
//!
//! Invariants: whole or not at all, in one transaction; everything under ids made of its name, so that the same start gives
//! the same site; nothing real is said of a real organisation's dues, votes, statements or staff.

use access_rules::Actor;
use db::Conn;
use kernel::{Fault, Localized, Moment};
use programme::{
    admission::Admissions,
    editions::{self, EditionInput},
    model::EditionState,
};

/// Furnishes an empty site as it is when the demonstration opens.
///
/// # Errors
/// When the database or the folder of files refuses.
pub fn furnish(
    conn: &mut Conn,
    opens: Moment,
    _admissions: &Admissions,
    _files: &files::Store,
) -> Result<(), Fault> {
    let system = Actor::system();
    let edition = editions::create(conn, &system, opens, &durban())?;
    editions::step(conn, &system, opens, edition.id, EditionState::Announced, None)?;
    editions::step(conn, &system, opens, edition.id, EditionState::Open, None)?;
    Ok(())
}

fn durban() -> EditionInput {
    EditionInput {
        slug: "durban-2019".into(),
        title: Localized::of(
            "World Summit of Local and Regional Leaders",
            "Sommet mondial des dirigeants locaux et régionaux",
            "Cumbre Mundial de Líderes Locales y Regionales",
        ),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    }
}
