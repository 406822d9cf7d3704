//! Calendars and files that leave the programme, read back by programs other than ours where there are some.

use std::process::Command;

use icalendar::parser::{read_calendar, unfold};
use kernel::{Id, Language, LocalDate, Localized, Moment};
use serde_json::Value;

use super::{durban, links, note, public_data, session, sitting, zone};
use crate::{
    calendar::{self, Which},
    csv_export, json_ld,
    released::{Programme, ReleasedSession},
    schedule_json, schedule_xml,
};

fn calendar_of(programme: &Programme, which: &Which) -> String {
    String::from_utf8(calendar::render(programme, which, Language::En, &links())).expect("UTF-8")
}

fn events(calendar: &str) -> usize {
    calendar.matches("BEGIN:VEVENT").count()
}

#[test]
fn r56_calendars_hold_the_session_the_track_the_day_or_the_list_asked_for() {
    let public = durban().public();
    let (lab, debate, bureau) = (Id::named("lab"), Id::named("debate"), Id::named("bureau"));
    let list = [lab, bureau];
    let cases = [
        (Which::Whole, 4),
        (Which::Session(lab), 1),
        (Which::Session(bureau), 0),
        (Which::Track("statutory"), 1),
        (Which::Day(LocalDate::on("2019-11-14")), 2),
        (
            Which::List {
                name: "Mine",
                ids: &list,
            },
            1,
        ),
    ];

    for (which, expected) in cases {
        let calendar = calendar_of(&public, &which);
        assert_eq!(events(&calendar), expected, "{which:?}");
        assert!(!calendar.contains("Presidency") && !calendar.contains("Unannounced"));
        read_calendar(&unfold(&calendar)).expect("another program reads it");
    }
    assert!(calendar_of(&public, &Which::Session(debate)).contains("\r\nSTATUS:CANCELLED\r\n"));
}

#[test]
fn r52_a_cancelled_session_keeps_its_uid_and_its_sequence_grows() {
    let calendar = calendar_of(&durban(), &Which::Session(Id::named("debate")));

    let id = Id::<()>::named("debate");
    for line in [
        format!("UID:{id}@hemicycle"),
        "SEQUENCE:3".into(),
        "STATUS:CANCELLED".into(),
        "DTSTAMP:20191001T120000Z".into(),
        "DTSTART;TZID=Africa/Johannesburg:20191114T110000".into(),
        "CATEGORIES:Town Hall,Right to the city".into(),
        "LOCATION:Room 22\\, Convention Centre\\, 45 Example Road".into(),
    ] {
        assert!(
            unfold(&calendar).contains(&format!("\r\n{line}\r\n")),
            "{line} in {calendar}"
        );
    }
}

#[test]
fn r53_the_calendar_says_what_the_clocks_did_around_the_congress() {
    let cases = [
        ("Africa/Johannesburg", "2019-11-14T10:00", 1, "TZOFFSETTO:+0200"),
        // Back to UTC+0 for Ramadan of 2026, from Sunday 15 February 03:00 to Sunday 22 March 02:00.
        (
            "Africa/Casablanca",
            "2026-03-01T10:00",
            5,
            "DTSTART:20260215T030000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000",
        ),
        (
            "Europe/Paris",
            "2026-06-01T10:00",
            5,
            "DTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST",
        ),
        ("Asia/Seoul", "2022-10-12T10:00", 1, "TZOFFSETTO:+0900"),
    ];

    for (name, starts, changes, told) in cases {
        let mut programme = durban();
        let at = session(zone(name), "there", "Room 21", starts);
        programme.edition.zone = zone(name);
        programme.edition.starts_on = at.starts_local.date();
        programme.edition.ends_on = at.starts_local.date();
        programme.sessions = vec![at];
        let calendar = calendar_of(&programme, &Which::Whole);

        let observances = calendar.matches("TZOFFSETTO").count();
        if changes == 1 {
            assert_eq!(observances, 1, "{name} never changes");
        } else {
            assert!(observances >= changes, "{name}: {observances} in {calendar}");
        }
        assert!(calendar.contains(told), "{name}: {calendar}");
        assert!(calendar.contains(&format!("DTSTART;TZID={name}:")), "{calendar}");
    }
}

#[test]
fn r53_an_hour_that_happens_twice_is_written_as_an_instant() {
    let mut programme = durban();
    let mut late = session(zone("Europe/Paris"), "late", "Room 21", "2026-10-25T12:00");
    late.starts_local = kernel::LocalDateTime::at("2026-10-25T02:30");
    late.starts_at = Moment::at("2026-10-25T01:30:00Z");
    programme.edition.zone = zone("Europe/Paris");
    programme.sessions = vec![late];

    assert!(calendar_of(&programme, &Which::Whole).contains("\r\nDTSTART:20261025T013000Z\r\n"));
}

/// §5.5 case 52.
#[test]
fn r56_no_text_breaks_out_of_its_line_and_no_line_is_longer_than_75_octets() {
    let mut programme = durban();
    let evil = "Café\r\nATTENDEE:mailto:x@example.org\r\nBEGIN:VALARM\u{0}\u{1b}[31m; a,b\\c 茶 ";
    for session in &mut programme.sessions {
        session.title = Localized::only("en", &evil.repeat(9));
        session.abstract_ = Localized::only("fr", &format!("{evil}{}", "é".repeat(700)));
    }
    programme.rooms[0].name = Localized::only("en", evil);
    programme.tracks[0].name = Localized::only("en", evil);
    programme.edition.title = Localized::only("en", evil);

    let calendar = calendar_of(&programme, &Which::Whole);

    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n', '\u{0}', '\u{1b}']), "{line:?}");
        assert!(
            !line.starts_with("ATTENDEE") && !line.starts_with("BEGIN:VALARM"),
            "{line}"
        );
    }
    let read = unfold(&calendar);
    let read = read_calendar(&read).expect("another program reads it");
    assert_eq!(
        read.components.iter().filter(|c| c.name == "VEVENT").count(),
        programme.sessions.len()
    );
}

#[test]
fn a_calendar_is_in_the_language_asked_for() {
    let calendar = calendar::render(&durban(), &Which::Whole, Language::Fr, &links());
    let calendar = String::from_utf8(calendar).expect("UTF-8");

    assert!(calendar.contains("SUMMARY;LANGUAGE=fr:Ouverture : accueil\r\n"));
    assert!(calendar.contains("SUMMARY;LANGUAGE=en:lab\r\n"));
    assert!(calendar.contains("/fr/durban-2019/sessions/"));
}

/// Texts no format should choke on, an id that is no UUID, a session across midnight, one without a room.
fn difficult() -> Programme {
    let mut programme = durban();
    let base = programme.sessions[0].clone();
    programme.sessions.push(ReleasedSession {
        id: Id::named("night"),
        guid: "HOqeNIb6G7M4hYFKFRkCmQ".into(),
        code: "ABC123".into(),
        title: Localized::only("en", "<b>]]></b> & \u{1} \u{FFFE} 한국"),
        ends_local: base.ends_local.plus_minutes(16 * 60),
        ends_at: base.ends_at.plus_minutes(16 * 60),
        room: None,
        ..base
    });
    programme
}

#[test]
fn r56_schedule_xml_is_valid_against_the_published_schema() {
    let Some(schema) = public_data("schemas/schedule.xml.xsd") else {
        return;
    };
    for (programme, language) in [
        (difficult(), Language::En),
        (durban().public(), Language::Fr),
        (durban().with_sessions(vec![]), Language::Es),
    ] {
        let xml = schedule_xml::render(&programme, language, &links());
        assert_valid(&schema, &xml);
    }
}

pub(super) fn assert_valid(schema: &std::path::Path, xml: &[u8]) {
    let folder = std::env::temp_dir().join(format!("hemicycle-{}", Id::<()>::new()));
    std::fs::create_dir(&folder).expect("a folder");
    let file = folder.join("schedule.xml");
    std::fs::write(&file, xml).expect("written");
    let checked = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg(&file)
        .output();
    std::fs::remove_dir_all(&folder).ok();
    match checked {
        Err(_) => note("no xmllint here: schedule.xml is not validated"),
        Ok(answer) => assert!(
            answer.status.success(),
            "{}\n{}",
            String::from_utf8_lossy(&answer.stderr),
            String::from_utf8_lossy(xml)
        ),
    }
}

#[test]
fn r44_schedule_json_has_the_published_shape() {
    let file: Value =
        serde_json::from_slice(&schedule_json::render(&difficult(), Language::En, &links())).expect("JSON");

    let conference = &file["schedule"]["conference"];
    for key in [
        "title",
        "acronym",
        "days",
        "daysCount",
        "start",
        "end",
        "timeslot_duration",
    ] {
        assert!(!conference[key].is_null(), "{key}");
    }
    assert_eq!(conference["acronym"], "durban_2019");
    assert_eq!(conference["time_zone_name"], "Africa/Johannesburg");
    let opening = &conference["days"][0]["rooms"]["Plenary Hall"][0];
    for key in [
        "abstract", "date", "duration", "guid", "id", "language", "links", "persons", "room", "slug",
        "start", "subtitle", "title", "track", "type", "url",
    ] {
        assert!(opening.get(key).is_some(), "{key}");
    }
    assert_eq!(opening["date"], "2019-11-13T10:00:00+02:00");
    assert_eq!(opening["duration"], "01:00");
}

#[test]
fn r56_exports_of_the_public_view_show_no_trace_of_what_is_hidden() {
    let public = durban().public();
    let whole = durban();
    let exports: [fn(&Programme) -> Vec<u8>; 4] = [
        |p| schedule_xml::render(p, Language::En, &links()),
        |p| schedule_json::render(p, Language::En, &links()),
        |p| csv_export::render(p, Language::En, &links()),
        |p| calendar::render(p, &Which::Whole, Language::En, &links()),
    ];

    for export in exports {
        let (shown, all) = (export(&public), export(&whole));
        let (shown, all) = (String::from_utf8_lossy(&shown), String::from_utf8_lossy(&all));
        for hidden in ["Unannounced", "Presidency"] {
            assert!(all.contains(hidden), "{hidden} is there to be hidden");
            assert!(!shown.contains(hidden), "{hidden}");
        }
        assert!(shown.contains("World Council"));
    }
}

/// §5.5 case 51.
#[test]
fn r56_no_cell_is_a_formula_and_numbers_stay_numbers() {
    let mut programme = durban();
    for session in &mut programme.sessions {
        session.title = Localized::of("=HYPERLINK(\"x\")", "+1", "＝1");
        session
            .speakers
            .iter_mut()
            .for_each(|speaker| speaker.name = "@SUM(A1)".into());
    }

    let table = csv_export::render(&programme, Language::En, &links());

    let mut table = csv::Reader::from_reader(&table[3..]);
    let headers = table.headers().expect("headers").clone();
    assert_eq!(headers.iter().collect::<Vec<_>>(), csv_export::COLUMNS);
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), programme.sessions.len());
    for cell in rows.iter().flatten() {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '＝', '\t', '\r']),
            "{cell}"
        );
    }
    let capacity = headers
        .iter()
        .position(|name| name == "capacity")
        .expect("a column");
    assert_eq!(&rows[1][capacity], "30");
}

#[test]
fn r56_a_reader_of_the_roster_gets_the_meeting_and_its_room() {
    let roster = sitting("world council");
    let calendar = calendar_of(
        &durban().for_actor(&roster),
        &Which::Session(Id::named("council")),
    );

    assert!(calendar.contains("Election of the Presidency") && calendar.contains("Room 21"));
}

/// §5.5 case 49.
#[test]
fn r56_json_ld_stays_within_its_script_and_tells_of_no_mere_line() {
    let mut programme = durban();
    programme.sessions[0].title = Localized::only("en", "</script><script>alert(1)</script><!-- & \u{2028}");
    let of = |programme: &Programme, name: &str| {
        let session = programme.session(Id::named(name)).expect("of the sample");
        json_ld::of_session(programme, session, Language::En, &links())
    };

    let opening = of(&programme, "opening").expect("open");

    assert!(!opening.contains(['<', '>', '&', '\u{2028}']));
    let read: Value = serde_json::from_str(&opening).expect("JSON");
    assert_eq!(read["name"], "</script><script>alert(1)</script><!-- & \u{2028}");
    assert_eq!(read["startDate"], "2019-11-13T10:00:00+02:00");
    assert_eq!(of(&programme.public(), "council"), None);
}
