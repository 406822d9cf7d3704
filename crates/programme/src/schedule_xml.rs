//! `schedule.xml` as pentabarf, frab and c3voc speak it, valid against c3voc's schema (R56).
//!
//! It writes what the view it is given holds: access was decided before. One file is in one language.

use std::io;

use kernel::{Coded as _, Language};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event as XmlEvent},
};

use crate::{
    links::Links,
    released::{Programme, Speaker},
    schedule::{self, Day, DayRoom, Event, is_http},
};

/// How it is served.
pub const MEDIA_TYPE: &str = "application/xml; charset=utf-8";

type Xml = Writer<Vec<u8>>;

/// The file.
pub fn render(programme: &Programme, language: Language, links: &Links) -> Vec<u8> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut xml, programme, language, links).expect("memory takes every write");
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write(xml: &mut Xml, programme: &Programme, language: Language, links: &Links) -> io::Result<()> {
    let days = schedule::days(programme, language);
    let here = links.schedule(&programme.edition.slug, "schedule.xml");
    xml.write_event(XmlEvent::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("schedule").write_inner_content(|xml| {
        xml.create_element("generator")
            .with_attribute(("name", "Hemicycle"))
            .with_attribute(("version", env!("CARGO_PKG_VERSION")))
            .write_empty()?;
        address(xml, "url", &here)?;
        leaf(xml, "version", &schedule::version(programme))?;
        conference(xml, programme, language, links, days.len())?;
        for day in &days {
            write_day(xml, programme, day, language, links)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn conference(
    xml: &mut Xml,
    programme: &Programme,
    language: Language,
    links: &Links,
    days: usize,
) -> io::Result<()> {
    let edition = &programme.edition;
    let home = links.edition(language, &edition.slug);
    xml.create_element("conference").write_inner_content(|xml| {
        leaf(xml, "title", edition.title.text(language))?;
        leaf(xml, "acronym", &schedule::acronym(programme))?;
        leaf(xml, "start", &edition.starts_on.to_string())?;
        leaf(xml, "end", &edition.ends_on.to_string())?;
        leaf(xml, "days", &days.to_string())?;
        leaf(xml, "timeslot_duration", "00:05")?;
        address(xml, "base_url", &home)?;
        address(xml, "url", &home)?;
        leaf(xml, "time_zone_name", edition.zone.name())?;
        for track in &programme.tracks {
            let name = printable(track.name.text(language));
            let slug = schedule::slug(&track.code, 60);
            let element = xml
                .create_element("track")
                .with_attribute(("name", name.as_str()));
            let element = if slug.len() > 1 && slug.starts_with(|c: char| c.is_ascii_lowercase()) {
                element.with_attribute(("slug", slug.as_str()))
            } else {
                element
            };
            element.write_text_content(BytesText::new(&name))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_day(
    xml: &mut Xml,
    programme: &Programme,
    day: &Day,
    language: Language,
    links: &Links,
) -> io::Result<()> {
    xml.create_element("day")
        .with_attribute(("index", day.index.to_string().as_str()))
        .with_attribute(("date", day.date.to_string().as_str()))
        .with_attribute(("start", day.start.as_str()))
        .with_attribute(("end", day.end.as_str()))
        .write_inner_content(|xml| {
            for room in &day.rooms {
                write_room(xml, programme, room, language, links)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_room(
    xml: &mut Xml,
    programme: &Programme,
    room: &DayRoom,
    language: Language,
    links: &Links,
) -> io::Result<()> {
    xml.create_element("room")
        .with_attribute(("name", printable(&room.name).as_str()))
        .with_attribute(("guid", room.guid.as_str()))
        .write_inner_content(|xml| {
            for event in &room.events {
                write_event(xml, programme, &room.name, event, language, links)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_event(
    xml: &mut Xml,
    programme: &Programme,
    room: &str,
    event: &Event,
    language: Language,
    links: &Links,
) -> io::Result<()> {
    let session = event.session;
    let (id, code) = (event.id.to_string(), session.code.as_str());
    let mut element = xml
        .create_element("event")
        .with_attribute(("guid", event.guid.as_str()))
        .with_attribute(("id", id.as_str()));
    if is_short_code(code) {
        element = element.with_attribute(("code", code));
    }
    let track = programme
        .track_of(session)
        .map_or("", |track| track.name.text(language));
    element.write_inner_content(|xml| {
        leaf(xml, "room", room)?;
        leaf(xml, "title", session.title.text(language))?;
        leaf(xml, "subtitle", schedule::subtitle(session, language))?;
        leaf(xml, "type", session.kind.code())?;
        leaf(xml, "date", &event.date)?;
        leaf(xml, "start", &session.starts_local.clock())?;
        leaf(xml, "duration", &event.duration)?;
        leaf(xml, "abstract", session.abstract_.text(language))?;
        leaf(xml, "slug", &event.slug)?;
        leaf(xml, "track", track)?;
        persons(xml, &session.speakers)?;
        leaf(
            xml,
            "language",
            session.languages_floor.first().map_or("", String::as_str),
        )?;
        write_links(xml, event)?;
        address(
            xml,
            "url",
            &links.session(language, &programme.edition.slug, session.id),
        )
    })?;
    Ok(())
}

fn persons(xml: &mut Xml, speakers: &[Speaker]) -> io::Result<()> {
    xml.create_element("persons").write_inner_content(|xml| {
        for speaker in speakers {
            xml.create_element("person")
                .with_attribute(("guid", person_guid(speaker).as_str()))
                .write_text_content(BytesText::new(&printable(&speaker.name)))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The person's own id, else one made from the name.
pub(crate) fn person_guid(speaker: &Speaker) -> String {
    speaker
        .person
        .map_or_else(|| schedule::uuid_of(&speaker.name), |person| person.to_string())
}

fn write_links(xml: &mut Xml, event: &Event) -> io::Result<()> {
    xml.create_element("links").write_inner_content(|xml| {
        for link in event.session.links.iter().filter(|link| is_http(&link.url)) {
            xml.create_element("link")
                .with_attribute(("href", link.url.as_str()))
                .write_text_content(BytesText::new(&printable(&link.title)))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The schema's code has exactly six signs; another is left out.
fn is_short_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn leaf(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(&printable(text)))?;
    Ok(())
}

/// An element of the schema's `httpURI`, left out when ours is not one.
fn address(xml: &mut Xml, name: &str, url: &str) -> io::Result<()> {
    if is_http(url) {
        leaf(xml, name, url)
    } else {
        Ok(())
    }
}

/// What XML 1.0 can hold at all (§2.2 `Char`).
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| {
            matches!(c, '\t' | '\n')
                || (*c >= ' ' && !matches!(c, '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}'))
        })
        .collect()
}
