//! Schedules from outside, read as they are found.

use kernel::{LocalDate, LocalDateTime, Moment};

use super::{public_data, zone};
use crate::{
    import_plan::{ImportPlan, Remark, counted},
    import_schedule::read,
    model::SessionKind,
};

fn codes(remarks: &[Remark]) -> Vec<&'static str> {
    let mut codes: Vec<_> = remarks.iter().map(|remark| remark.code).collect();
    codes.sort_unstable();
    codes
}

fn schedule(events: &str) -> String {
    format!(
        "<schedule><version>1</version><conference><acronym>demo</acronym><title>Demo</title>\
         <time_zone_name>Europe/Paris</time_zone_name></conference>\
         <day index='1' date='2026-03-28' start='2026-03-28T09:00:00+01:00' end='2026-03-29T04:00:00+02:00'>\
         <room name='Hall'>{events}</room></day></schedule>"
    )
}

fn plan(events: &str) -> ImportPlan {
    read(schedule(events).as_bytes(), None).expect("a schedule")
}

#[test]
fn what_a_schedule_leaves_out_is_derived_and_told() {
    let plan = plan(
        "<event id='7'><start>10:00</start><title>No guid, no date, no length</title></event>\
         <event guid='x' id='8'><date>2026-03-28T10:45:00+01:00</date><duration>0:00</duration><title></title><slug>eight</slug>\
           <type>Coffee break</type><language>Klingon?</language></event>\
         <event guid='x' id='9'><date>2026-03-28T23:30:00+01:00</date><start>23:00</start><duration>01:00:00</duration>\
           <title>Same guid &amp; wrong clock</title></event>\
         <event guid='y'><start>01:15</start><title>After midnight</title><duration>45</duration></event>\
         <event guid='z'><start>02:30</start><title>Skipped hour</title><duration>00:30</duration></event>\
         <event guid='q'><title>Without any time</title></event>\
         <event guid='r'><date>1970-01-01T00:00:00Z</date><duration>01:00</duration><title>Of another age</title></event>",
    );

    assert_eq!(codes(&plan.skipped), ["no_time", "outside_edition"]);
    assert_eq!(
        codes(&plan.repaired),
        [
            "date_from_day",
            "date_from_day",
            "date_from_day",
            "guid_derived",
            "guid_repeated",
            "language_unknown",
            "length_guessed",
            "length_guessed",
            "skipped_hour",
            "start_from_date",
            "title_missing",
        ]
    );
    let starts: Vec<String> = plan
        .sessions
        .iter()
        .map(|s| format!("{} {}", s.starts_local, s.length_minutes))
        .collect();
    assert_eq!(
        starts,
        [
            "2026-03-28T10:00 45",
            "2026-03-28T10:45 30",
            "2026-03-28T23:30 60",
            "2026-03-29T01:15 45",
            "2026-03-29T03:30 30"
        ]
    );
    assert_eq!(plan.sessions[1].kind, SessionKind::Break);
    assert_eq!(plan.sessions[4].starts_at, Moment::at("2026-03-29T01:30:00Z"));
    assert_eq!(plan.edition.starts_on, LocalDate::on("2026-03-28"));
    assert_eq!(plan.edition.ends_on, LocalDate::on("2026-03-29"));
}

#[test]
fn the_same_file_gives_the_same_plan() {
    let file = schedule(
        "<event><start>10:00</start><title>A</title></event><event><start>10:00</start><title>A</title></event>",
    );

    let (one, other) = (read(file.as_bytes(), None), read(file.as_bytes(), None));

    assert_eq!(one, other);
    let sessions = one.expect("a plan").sessions;
    assert_ne!(sessions[0].guid, sessions[1].guid);
}

#[test]
fn r56_html_in_abstracts_becomes_lines() {
    let plan = plan(
        "<event guid='a'><start>10:00</start><duration>1:00</duration><title>1 &lt; 2 &amp;amp; so</title>\
         <abstract>&lt;p&gt;One\ntwo&lt;/p&gt;&lt;ul&gt;&lt;li&gt;&lt;b&gt;three&lt;/b&gt;&lt;/li&gt;&lt;li&gt;caf&amp;eacute;&lt;/li&gt;&lt;/ul&gt;\
         &lt;script&gt;alert(1)&lt;/script&gt;&lt;a href='javascript:x'&gt;four&lt;/a&gt;</abstract>\
         <description><![CDATA[if a < b & c > d]]></description>\
         <links><link href='javascript:alert(1)'>no</link><link href='https://example.org/x'>yes</link></links></event>",
    );

    let session = &plan.sessions[0];
    assert_eq!(session.title.0["en"], "1 < 2 & so");
    assert_eq!(
        session.abstract_text.0["en"],
        "One two\n\n• three\n• café\n\nfour\n\nif a < b & c > d"
    );
    assert_eq!(session.links.len(), 1);
}

#[test]
fn files_in_other_encodings_are_read_and_told() {
    let file =
        schedule("<event guid='a'><start>10:00</start><duration>1:00</duration><title>Café</title></event>");
    let latin: Vec<u8> = file
        .chars()
        .map(|c| if c == 'é' { 0xE9 } else { c as u8 })
        .collect();
    let wide: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(file.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [b"\xEF\xBB\xBF", file.as_bytes()].concat();

    for (bytes, told) in [(latin, 1), (wide, 1), (marked, 0)] {
        let plan = read(&bytes, None).expect("read");
        assert_eq!(plan.sessions[0].title.0["en"], "Café");
        assert_eq!(
            plan.repaired
                .iter()
                .filter(|remark| remark.code == "encoding")
                .count(),
            told
        );
    }
}

/// §5.5 case 58.
#[test]
fn r56_hostile_files_are_refused_and_quickly() {
    let bomb =
        "<!DOCTYPE schedule [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><schedule><day>&b;</day></schedule>";
    let outside = "<!DOCTYPE s SYSTEM 'file:///etc/passwd'><schedule><day/></schedule>";
    let deep = format!("<schedule>{}", "<day>".repeat(10_000));
    let many = format!("<schedule><day>{}</day></schedule>", "<a/>".repeat(700_000));
    let cut = &schedule("<event guid='a'><start>10:00</start></event>")[..300];
    let large = vec![b' '; 26 * 1024 * 1024];
    let cases: [(&[u8], &str); 9] = [
        (bomb.as_bytes(), "xml_with_dtd"),
        (outside.as_bytes(), "xml_with_dtd"),
        (deep.as_bytes(), "xml_too_deep"),
        (many.as_bytes(), "xml_too_many"),
        (cut.as_bytes(), "not_xml"),
        (b"", "not_xml"),
        (b"<html><day/></html>", "not_a_schedule"),
        (
            b"<schedule><day><room><event/></room></day></schedule>",
            "nothing_to_import",
        ),
        (&large, "too_large"),
    ];

    for (bytes, code) in cases {
        assert_eq!(
            read(bytes, None).map(|_| ()).map_err(|fault| fault.code),
            Err(code)
        );
    }
}

#[test]
fn a_zone_is_taken_from_the_offsets_when_none_is_named() {
    let file = |one: &str, other: &str| {
        format!(
            "<schedule><day><room name='A'><event guid='a'><date>{one}</date><duration>1:00</duration><title>a</title></event>\
             <event guid='b'><date>{other}</date><duration>1:00</duration><title>b</title></event></room></day></schedule>"
        )
    };
    let cases = [
        (
            "2014-12-27T11:00:00+01:00",
            "2014-12-28T11:00:00+01:00",
            "Etc/GMT-1",
        ),
        ("2019-11-14T10:00:00Z", "2019-11-14T11:00:00Z", "UTC"),
    ];

    for (one, other, name) in cases {
        let plan = read(file(one, other).as_bytes(), None).expect("read");
        assert_eq!(plan.edition.zone.name(), name);
        assert_eq!(plan.sessions[0].starts_at, Moment::at(one));
    }
    let changing = read(
        file("2026-03-28T10:00:00+01:00", "2026-03-29T10:00:00+02:00").as_bytes(),
        None,
    )
    .expect("read");
    let clocks: Vec<String> = changing
        .sessions
        .iter()
        .map(|session| session.starts_local.clock())
        .collect();
    assert_eq!(clocks, ["10:00", "10:00"]);
    let asked = read(file(cases[0].0, cases[0].1).as_bytes(), Some(zone("Asia/Seoul"))).expect("read");
    assert_eq!(
        asked.sessions[0].starts_local,
        LocalDateTime::at("2014-12-27T19:00")
    );
}

#[test]
fn r56_fosdem_2024_is_read_whole() {
    let Some(file) = public_data("programmes/fosdem-2024.xml") else {
        return;
    };
    let plan = read(&std::fs::read(file).expect("readable"), None).expect("a schedule");

    assert_eq!((plan.sessions.len(), plan.skipped.len()), (876, 0));
    assert_eq!(plan.edition.slug, "fosdem-2024");
    assert_eq!(plan.edition.city, "Brussels");
    assert_eq!(plan.edition.zone, zone("Europe/Brussels"));
    assert_eq!(
        (plan.edition.starts_on, plan.edition.ends_on),
        (LocalDate::on("2024-02-03"), LocalDate::on("2024-02-04"))
    );
    assert!(
        plan.sessions
            .iter()
            .all(|session| !session.abstract_text.text(kernel::Language::En).contains("<p>"))
    );
    let told: Vec<(usize, &str)> = counted(&plan.repaired)
        .iter()
        .map(|(count, first)| (*count, first.code))
        .collect();
    super::note(&format!(
        "FOSDEM 2024: {} rooms, {} tracks, repaired {told:?}",
        plan.rooms.len(),
        plan.tracks.len()
    ));
}

#[test]
fn r56_31c3_is_read_whole_past_midnight_and_with_its_odd_guids() {
    let Some(file) = public_data("programmes/31c3-schedule.xml") else {
        return;
    };
    let plan = read(&std::fs::read(file).expect("readable"), None).expect("a schedule");

    assert_eq!(
        (plan.sessions.len(), plan.rooms.len(), plan.skipped.len()),
        (138, 4, 0)
    );
    assert_eq!(plan.edition.slug, "31c3");
    assert_eq!(plan.edition.zone.name(), "Etc/GMT-1");
    let night = plan
        .sessions
        .iter()
        .filter(|session| session.starts_local.minute_of_day() < 60)
        .count();
    assert_eq!(night, 4);
    let told: Vec<(usize, &str)> = counted(&plan.repaired)
        .iter()
        .map(|(count, first)| (*count, first.code))
        .collect();
    super::note(&format!("31C3: repaired {told:?}"));
}
