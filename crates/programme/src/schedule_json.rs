//! `schedule.json`, the newer sister of `schedule.xml`, in the shape of c3voc's JSON schema (R56).
//!
//! It writes what the view it is given holds: access was decided before. One file is in one language.

use kernel::{Coded as _, Language};
use serde_json::{Map, Value, json};

use crate::{
    links::Links,
    released::{Programme, Room},
    schedule::{self, Day, DayRoom, Event, is_http},
    schedule_xml::person_guid,
};

/// How it is served.
pub const MEDIA_TYPE: &str = "application/json; charset=utf-8";

/// The file.
pub fn render(programme: &Programme, language: Language, links: &Links) -> Vec<u8> {
    let home = links.edition(language, &programme.edition.slug);
    let file = json!({
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": { "name": "Hemicycle", "version": env!("CARGO_PKG_VERSION") },
        "schedule": {
            "version": schedule::version(programme),
            "base_url": home,
            "conference": conference(programme, language, links, &home),
        },
    });
    serde_json::to_vec(&file).expect("a value with text keys is JSON")
}

fn conference(programme: &Programme, language: Language, links: &Links, home: &str) -> Value {
    let edition = &programme.edition;
    let days = schedule::days(programme, language);
    let mut conference = json!({
        "acronym": schedule::acronym(programme),
        "title": edition.title.text(language),
        "start": edition.starts_on,
        "end": edition.ends_on,
        "daysCount": days.len(),
        "timeslot_duration": "00:05",
        "url": home,
        "tracks": programme.tracks.iter().map(|track| {
            json!({ "name": track.name.text(language), "slug": schedule::slug(&track.code, 60) })
        }).collect::<Vec<_>>(),
        "rooms": programme.rooms.iter().map(|known| room(known, language)).collect::<Vec<_>>(),
        "days": days.iter().map(|day| write_day(programme, day, language, links)).collect::<Vec<_>>(),
    });
    if schema_knows(edition.zone.name()) {
        conference["time_zone_name"] = edition.zone.name().into();
    }
    conference
}

/// The schema takes `Region/City` and `UTC`; `Etc/GMT+1` and `EST` it does not.
fn schema_knows(zone: &str) -> bool {
    zone == "UTC"
        || zone.split_once('/').is_some_and(|(region, city)| {
            city.starts_with(|c: char| c.is_ascii_uppercase())
                && city[1..].starts_with(|c: char| c.is_ascii_lowercase())
                && region.len() > 1
        })
}

fn room(room: &Room, language: Language) -> Value {
    json!({ "name": room.name.text(language), "guid": room.id, "capacity": room.capacity })
}

fn write_day(programme: &Programme, day: &Day, language: Language, links: &Links) -> Value {
    let rooms: Map<String, Value> = day
        .rooms
        .iter()
        .map(|room| {
            let events = room.events.iter();
            let events = events.map(|event| write_event(programme, room, event, language, links));
            (room.name.clone(), events.collect())
        })
        .collect();
    json!({ "index": day.index, "date": day.date, "day_start": day.start, "day_end": day.end, "rooms": rooms })
}

fn write_event(
    programme: &Programme,
    room: &DayRoom,
    event: &Event,
    language: Language,
    links: &Links,
) -> Value {
    let session = event.session;
    let track = programme.track_of(session).map(|track| track.name.text(language));
    let persons: Vec<Value> = session
        .speakers
        .iter()
        .map(|speaker| json!({ "guid": person_guid(speaker), "name": speaker.name }))
        .collect();
    let shown = session.links.iter().filter(|link| is_http(&link.url));
    let shown: Vec<Value> = shown
        .map(|link| json!({ "url": link.url, "title": link.title }))
        .collect();
    let mut written = json!({
        "guid": event.guid,
        "id": event.id,
        "date": event.date,
        "start": session.starts_local.clock(),
        "end": event.end,
        "duration": event.duration,
        "room": room.name,
        "slug": event.slug,
        "url": links.session(language, &programme.edition.slug, session.id),
        "title": session.title.text(language),
        "subtitle": schedule::subtitle(session, language),
        "track": track,
        "type": session.kind.code(),
        "language": session.languages_floor.first(),
        "abstract": session.abstract_.text(language),
        "persons": persons,
        "links": shown,
    });
    let plain = |code: &str| code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !session.code.is_empty() && plain(&session.code) {
        written["code"] = session.code.clone().into();
    }
    written
}
