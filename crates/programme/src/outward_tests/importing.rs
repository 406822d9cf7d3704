//! Schedules carried out: what comes in whole goes out whole, and twice is once.

use access_rules::Actor;
use db::testing::fresh;
use kernel::{Fault, Language, Moment};

use super::{exports::assert_valid, links, note, public_data};
use crate::{
    admission::Admissions,
    editions,
    import_apply::{ImportOptions, apply},
    import_plan::{ImportPlan, ImportReport},
    import_schedule::read,
    model::{EditionState, SessionState},
    releases, schedule_json, schedule_xml, sessions, waivers,
};

const NOW: &str = "2024-01-10T12:00:00Z";

fn schedule(events: &str) -> ImportPlan {
    let file = format!(
        "<schedule><version>1.1</version><conference><acronym>demo-days</acronym><title>Demo Days</title>\
         <time_zone_name>Africa/Johannesburg</time_zone_name></conference>\
         <day index='1' date='2024-02-03' start='2024-02-03T08:00:00+02:00' end='2024-02-03T20:00:00+02:00'>\
         <room name='Hall'>{events}</room></day></schedule>"
    );
    read(file.as_bytes(), None).expect("a schedule")
}

fn event(guid: &str, start: &str, more: &str) -> String {
    format!(
        "<event guid='{guid}' id='1'><start>{start}</start><duration>1:00</duration><title>{guid}</title>\
         <track>Main</track>{more}</event>"
    )
}

fn import(conn: &mut db::Conn, plan: &ImportPlan, options: &ImportOptions) -> Result<ImportReport, Fault> {
    let now = Moment::at(NOW);
    conn.transaction(|conn| {
        apply(
            conn,
            &Actor::system(),
            now,
            &Admissions::general_only(),
            plan,
            options,
        )
    })
}

#[test]
fn an_import_makes_an_edition_and_ends_in_a_release() {
    let database = fresh();
    let mut conn = database.conn();
    let plan = schedule(
        &(event("a", "10:00", "<persons><person>Ana</person></persons>") + &event("b", "12:00", "")),
    );

    let report = import(&mut conn, &plan, &ImportOptions::default()).expect("imported");

    assert_eq!((report.made, report.rooms_made, report.tracks_made), (2, 1, 1));
    assert_eq!((report.edition_made, report.release), (true, Some(1)));
    let edition = editions::by_slug(&mut conn, &Actor::nobody(), "demo-days").expect("public now");
    let live = releases::live(&mut conn, edition.id)
        .expect("read")
        .expect("released")
        .public();
    assert_eq!(live.release.name, "1.1");
    let first = &live.sessions[0];
    assert_eq!(first.title.text(Language::En), "a");
    assert_eq!(first.starts_at, Moment::at("2024-02-03T08:00:00Z"));
    assert_eq!(first.speakers[0].name, "Ana");
    assert_eq!(
        live.track_of(first).expect("a track").name.text(Language::En),
        "Main"
    );
}

#[test]
fn importing_the_same_file_again_changes_nothing() {
    let database = fresh();
    let mut conn = database.conn();
    let plan = schedule(&(event("a", "10:00", "") + &event("b", "12:00", "")));
    import(&mut conn, &plan, &ImportOptions::default()).expect("imported");
    let edition = editions::by_slug(&mut conn, &Actor::system(), "demo-days").expect("made");
    let before = sessions::all(&mut conn, edition.id).expect("read");

    let again = import(&mut conn, &plan, &ImportOptions::default()).expect("imported again");

    assert_eq!(
        (again.made, again.changed, again.unchanged, again.release),
        (0, 0, 2, None)
    );
    assert_eq!(sessions::all(&mut conn, edition.id).expect("read"), before);
}

#[test]
fn a_changed_file_changes_what_it_changes_and_releases_that() {
    let database = fresh();
    let mut conn = database.conn();
    import(
        &mut conn,
        &schedule(&(event("a", "10:00", "") + &event("b", "12:00", ""))),
        &ImportOptions::default(),
    )
    .expect("imported");

    let moved = schedule(&(event("a", "10:00", "") + &event("b", "15:00", "") + &event("c", "17:00", "")));
    let report = import(&mut conn, &moved, &ImportOptions::default()).expect("imported");

    assert_eq!(
        (report.made, report.changed, report.unchanged, report.release),
        (1, 1, 1, Some(2))
    );
    let edition = editions::by_slug(&mut conn, &Actor::system(), "demo-days").expect("made");
    let live = releases::live(&mut conn, edition.id)
        .expect("read")
        .expect("released");
    let sequences: Vec<i64> = live.sessions.iter().map(|session| session.sequence).collect();
    assert!(sequences[1] > sequences[0], "{sequences:?}");
}

#[test]
fn a_taken_room_is_waived_and_told() {
    let database = fresh();
    let mut conn = database.conn();
    let plan = schedule(&(event("a", "10:00", "") + &event("b", "10:30", "")));

    let report = import(&mut conn, &plan, &ImportOptions::default()).expect("imported");

    assert_eq!(report.waived.len(), 1);
    assert_eq!((report.waived[0].code, report.release), ("room_taken", Some(1)));
    let edition = editions::by_slug(&mut conn, &Actor::system(), "demo-days").expect("made");
    assert_eq!(waivers::list(&mut conn, edition.id).expect("read").len(), 1);
}

#[test]
fn a_draft_import_is_not_released_and_not_public() {
    let database = fresh();
    let mut conn = database.conn();
    let draft = ImportOptions {
        draft: true,
        ..ImportOptions::default()
    };

    let report = import(&mut conn, &schedule(&event("a", "10:00", "")), &draft).expect("imported");

    assert_eq!(report.release, None);
    let edition = editions::by_slug(&mut conn, &Actor::system(), "demo-days").expect("made");
    assert_eq!(edition.state, EditionState::Draft);
    let held = sessions::all(&mut conn, edition.id).expect("read");
    assert_eq!(held[0].state, SessionState::Scheduled);
    assert!(editions::by_slug(&mut conn, &Actor::nobody(), "demo-days").is_err());
}

#[test]
fn an_edition_that_is_named_must_be_there_and_keeps_its_tracks() {
    let database = fresh();
    let mut conn = database.conn();
    let plan = schedule(&event("a", "10:00", ""));
    let into = |slug: &str| ImportOptions {
        edition: Some(slug.into()),
        draft: true,
    };
    assert_eq!(
        import(&mut conn, &plan, &into("nowhere")).map_err(|fault| fault.code),
        Err("not_found")
    );
    let input = editions::EditionInput {
        slug: "ours".into(),
        title: kernel::Localized::only("en", "Ours"),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2024-02-01".into(),
        ends_on: "2024-02-05".into(),
        ..editions::EditionInput::default()
    };
    let ours = editions::create(&mut conn, &Actor::system(), Moment::at(NOW), &input).expect("made");

    let report = import(&mut conn, &plan, &into("ours")).expect("imported");

    assert_eq!(
        (report.made, report.tracks_made, report.edition_made),
        (1, 0, false)
    );
    assert!(
        report
            .repaired
            .iter()
            .any(|remark| remark.code == "track_unknown")
    );
    assert_eq!(sessions::all(&mut conn, ours.id).expect("read")[0].track, None);
}

#[test]
fn nobody_imports_without_the_right_to() {
    let database = fresh();
    let mut conn = database.conn();
    let plan = schedule(&event("a", "10:00", ""));

    let refused = conn.transaction(|conn| {
        let now = Moment::at(NOW);
        apply(
            conn,
            &Actor::nobody(),
            now,
            &Admissions::general_only(),
            &plan,
            &ImportOptions::default(),
        )
    });

    assert_eq!(refused.map_err(|fault| fault.code), Err("sign_in_needed"));
}

#[test]
fn r56_fosdem_2024_goes_in_and_876_events_come_out_valid() {
    let (Some(file), Some(schema)) = (
        public_data("programmes/fosdem-2024.xml"),
        public_data("schemas/schedule.xml.xsd"),
    ) else {
        return;
    };
    let plan = read(&std::fs::read(file).expect("readable"), None).expect("a schedule");
    let database = fresh();
    let mut conn = database.conn();

    let begun = std::time::Instant::now();
    let report = import(&mut conn, &plan, &ImportOptions::default()).expect("imported");
    note(&format!(
        "FOSDEM 2024 imported in {:?}; waived {}",
        begun.elapsed(),
        report.waived.len()
    ));
    let again = import(&mut conn, &plan, &ImportOptions::default()).expect("imported again");

    assert_eq!(
        (report.made, report.rooms_made, report.skipped.len()),
        (876, 35, 0)
    );
    assert_eq!((again.unchanged, again.release), (876, None));
    let edition = editions::by_slug(&mut conn, &Actor::nobody(), "fosdem-2024").expect("public");
    let live = releases::live(&mut conn, edition.id)
        .expect("read")
        .expect("released")
        .public();
    let xml = schedule_xml::render(&live, Language::En, &links());
    assert_eq!(String::from_utf8_lossy(&xml).matches("<event ").count(), 876);
    assert_valid(&schema, &xml);
    let json = schedule_json::render(&live, Language::En, &links());
    serde_json::from_slice::<serde_json::Value>(&json).expect("JSON");
    let back = read(&xml, None).expect("our own file");
    assert_eq!(back.sessions.len(), 876);
    assert!(
        back.repaired
            .iter()
            .all(|remark| remark.code == "speaker_in_two_places"),
        "{:?}",
        back.repaired
    );
}

#[test]
fn r56_31c3_goes_in_and_comes_out_valid() {
    let (Some(file), Some(schema)) = (
        public_data("programmes/31c3-schedule.xml"),
        public_data("schemas/schedule.xml.xsd"),
    ) else {
        return;
    };
    let plan = read(&std::fs::read(file).expect("readable"), None).expect("a schedule");
    let database = fresh();
    let mut conn = database.conn();

    let report = import(&mut conn, &plan, &ImportOptions::default()).expect("imported");

    assert_eq!((report.made, report.release), (138, Some(1)));
    let edition = editions::by_slug(&mut conn, &Actor::nobody(), "31c3").expect("public");
    let live = releases::live(&mut conn, edition.id)
        .expect("read")
        .expect("released")
        .public();
    assert_valid(&schema, &schedule_xml::render(&live, Language::En, &links()));
}
