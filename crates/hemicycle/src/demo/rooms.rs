//! The rooms of the demonstration: invented, and saying so where people look for the way.
//!
//! What is known of their access differs, so that filters and warnings have something to tell (R60).

use std::collections::BTreeMap;

use access_rules::{Actor, EditionId};
use db::Conn;
use kernel::{Fault, Localized, Moment};
use programme::{
    model::{Equipment, Known, RoomId},
    rooms::{self, RoomInput},
    venues::{self, VenueInput},
};

/// A room.
struct Row {
    key: &'static str,
    name: [&'static str; 3],
    floor: &'static str,
    seats: i64,
    booths: i64,
    layout: &'static str,
    turnaround_minutes: i64,
    /// Step-free, hearing loop, captions, sign language, quiet.
    access: [Known; 5],
}

/// Where everything takes place.
const VENUE: [&str; 3] = [
    "Congress centre in Durban (rooms of the demonstration)",
    "Centre de congrès à Durban (salles de la démonstration)",
    "Centro de congresos en Durban (salas de la demostración)",
];

/// How to get there, said of each room.
const DIRECTIONS: [&str; 3] = [
    "An invented room of the demonstration. From the main entrance follow the blue line; lifts are beside the Hub.",
    "Une salle inventée pour la démonstration. Depuis l’entrée principale, suivez la ligne bleue ; les ascenseurs sont à côté du Hub.",
    "Una sala inventada para la demostración. Desde la entrada principal siga la línea azul; los ascensores están junto al Hub.",
];

use Known::{No, Unknown, Yes};

/// Ten rooms, the largest first.
const ROWS: [Row; 10] = [
    Row {
        key: "baobab",
        name: ["Baobab Hall", "Salle Baobab", "Sala Baobab"],
        floor: "0",
        seats: 1800,
        booths: 6,
        layout: "theatre",
        turnaround_minutes: 30,
        access: [Yes, Yes, Yes, Yes, No],
    },
    Row {
        key: "kingfisher",
        name: ["Kingfisher Hall", "Salle Martin-pêcheur", "Sala Martín Pescador"],
        floor: "0",
        seats: 500,
        booths: 4,
        layout: "theatre",
        turnaround_minutes: 15,
        access: [Yes, Yes, Yes, Yes, No],
    },
    Row {
        key: "council",
        name: ["Council Chamber", "Salle du conseil", "Sala del Consejo"],
        floor: "1",
        seats: 420,
        booths: 5,
        layout: "hemicycle",
        turnaround_minutes: 15,
        access: [Yes, Yes, Yes, Unknown, No],
    },
    Row {
        key: "marula",
        name: ["Marula Room", "Salle Marula", "Sala Marula"],
        floor: "1",
        seats: 220,
        booths: 4,
        layout: "round_table",
        turnaround_minutes: 15,
        access: [Yes, Yes, Yes, No, No],
    },
    Row {
        key: "protea",
        name: ["Protea Room", "Salle Protéa", "Sala Protea"],
        floor: "1",
        seats: 160,
        booths: 3,
        layout: "theatre",
        turnaround_minutes: 15,
        access: [Yes, Yes, No, No, No],
    },
    Row {
        key: "hub",
        name: ["The Hub", "Le Hub", "El Hub"],
        floor: "0",
        seats: 150,
        booths: 0,
        layout: "open",
        turnaround_minutes: 0,
        access: [Yes, No, No, No, No],
    },
    Row {
        key: "dolphin",
        name: ["Dolphin Room", "Salle Dauphin", "Sala Delfín"],
        floor: "1",
        seats: 120,
        booths: 2,
        layout: "theatre",
        turnaround_minutes: 15,
        access: [Yes, Unknown, No, No, No],
    },
    Row {
        key: "heron",
        name: ["Heron Room", "Salle Héron", "Sala Garza"],
        floor: "2",
        seats: 80,
        booths: 2,
        layout: "chairs_in_a_circle",
        turnaround_minutes: 15,
        access: [Yes, No, No, No, Yes],
    },
    Row {
        key: "aloe",
        name: ["Aloe Studio", "Atelier Aloès", "Taller Áloe"],
        floor: "2",
        seats: 48,
        booths: 0,
        layout: "classroom",
        turnaround_minutes: 15,
        access: [Yes, No, No, Unknown, Yes],
    },
    Row {
        key: "weaver",
        name: ["Weaver Studio", "Atelier Tisserin", "Taller Tejedor"],
        floor: "2",
        seats: 36,
        booths: 0,
        layout: "classroom",
        turnaround_minutes: 15,
        access: [Unknown, No, No, No, Yes],
    },
];

/// Makes the venue and its rooms; answers the rooms by their keys.
pub(super) fn make(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<BTreeMap<&'static str, RoomId>, Fault> {
    let venue = VenueInput {
        name: super::said(VENUE),
        directions: Localized::of(
            "Ten minutes on foot from the sea front. Shuttles stop at the north door. (Demonstration.)",
            "À dix minutes à pied du front de mer. Les navettes s’arrêtent à la porte nord. (Démonstration.)",
            "A diez minutos a pie del paseo marítimo. Los autobuses paran en la puerta norte. (Demostración.)",
        ),
        ..VenueInput::default()
    };
    let venue = venues::create(conn, actor, now, edition, &venue)?;
    let mut made = BTreeMap::new();
    for row in &ROWS {
        let known = |at: usize| row.access[at].to_string();
        let input = RoomInput {
            venue: venue.id.to_string(),
            name: super::said(row.name),
            capacity: Some(row.seats),
            floor: format!("{} · demonstration", row.floor),
            directions: super::said(DIRECTIONS),
            step_free: known(0),
            hearing_loop: known(1),
            captions: known(2),
            sign_language: known(3),
            quiet: known(4),
            equipment: Equipment {
                booths: Some(row.booths),
                streaming: if row.seats >= 400 { Yes } else { No },
                layout: row.layout.to_owned(),
                other: vec![],
            },
            turnaround_minutes: Some(row.turnaround_minutes),
            ..RoomInput::default()
        };
        made.insert(row.key, rooms::create(conn, actor, now, edition, &input)?.id);
    }
    Ok(made)
}
