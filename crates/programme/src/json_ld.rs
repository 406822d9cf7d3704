//! A session as schema.org JSON-LD, for those who read pages by machine (requirements §4.8).
//!
//! Invariant: what is returned can stand within `<script type="application/ld+json">` whatever a title says (§5.5 case
//! 49). Only what is open whole is described: a session of which this view holds the line alone is not.

use kernel::Language;
use serde_json::{Value, json};

use crate::{
    links::Links,
    model::{Attendance, Entry},
    released::{Programme, ReleasedSession, State},
    schedule::with_offset,
};

/// The description of a session; none when only its line is open.
pub fn of_session(
    programme: &Programme,
    session: &ReleasedSession,
    language: Language,
    links: &Links,
) -> Option<String> {
    if session.line_only {
        return None;
    }
    let (edition, zone) = (&programme.edition, programme.edition.zone);
    let organisers = session.organisers.iter();
    let performers = session.speakers.iter();
    let event = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": links.session(language, &edition.slug, session.id),
        "url": links.session(language, &edition.slug, session.id),
        "name": session.title.text(language),
        "description": session.abstract_.text(language),
        "startDate": with_offset(zone, session.starts_at),
        "endDate": with_offset(zone, session.ends_at),
        "eventStatus": status(session.state),
        "eventAttendanceMode": mode(session.attendance),
        "inLanguage": session.languages_floor,
        "location": location(programme, session, language, links),
        "organizer": organisers.map(|held| json!({"@type": "Organization", "name": held.name})).collect::<Vec<_>>(),
        "performer": performers.map(|held| json!({"@type": "Person", "name": held.name})).collect::<Vec<_>>(),
        "maximumAttendeeCapacity": session.capacity.filter(|_| session.entry == Entry::Seat),
        "superEvent": {
            "@type": "Event",
            "name": edition.title.text(language),
            "url": links.edition(language, &edition.slug),
            "startDate": edition.starts_on,
            "endDate": edition.ends_on,
            "location": { "@type": "Place", "name": edition.city, "address": edition.city },
        },
    });
    Some(within_script(&event))
}

fn location(programme: &Programme, session: &ReleasedSession, language: Language, links: &Links) -> Value {
    let virtual_place = || {
        let url = links.session(language, &programme.edition.slug, session.id);
        json!({ "@type": "VirtualLocation", "url": url })
    };
    let place = || {
        let venue = programme.venue_of(session);
        let room = programme.room_of(session).map(|room| room.name.text(language));
        let address = venue.map_or(programme.edition.city.as_str(), |venue| venue.address.as_str());
        json!({
            "@type": "Place",
            "name": room.unwrap_or(&programme.edition.city),
            "address": address,
        })
    };
    match session.attendance {
        Attendance::InPerson => place(),
        Attendance::Online => virtual_place(),
        Attendance::Mixed => json!([place(), virtual_place()]),
    }
}

const fn status(state: State) -> &'static str {
    match state {
        State::Published => "https://schema.org/EventScheduled",
        State::Moved => "https://schema.org/EventRescheduled",
        State::Cancelled => "https://schema.org/EventCancelled",
    }
}

const fn mode(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::InPerson => "https://schema.org/OfflineEventAttendanceMode",
        Attendance::Online => "https://schema.org/OnlineEventAttendanceMode",
        Attendance::Mixed => "https://schema.org/MixedEventAttendanceMode",
    }
}

/// JSON that ends no script and opens no comment: the signs that could are written as escapes.
fn within_script(value: &Value) -> String {
    let mut safe = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            c => safe.push(c),
        }
    }
    safe
}
