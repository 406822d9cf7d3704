//! Tables of sessions: every row has its fate, and a bad one spoils nothing.

use access_rules::{Actor, EditionId};
use db::{Conn, testing::fresh};
use kernel::{CodeShape, Language, LocalDateTime, Localized, Moment};
use members::sheet::{self, Charset};

use super::links;
use crate::{
    admission::Admissions,
    csv_export, editions,
    import_apply::{ImportOptions, apply},
    import_schedule,
    import_sessions::{Fate, SessionsReport, import},
    model::SpeakerRole,
    parts, releases, rooms, sessions, tracks,
};

const NOW: &str = "2019-10-01T12:00:00Z";

fn edition(conn: &mut Conn) -> EditionId {
    let (system, now) = (Actor::system(), Moment::at(NOW));
    let input = editions::EditionInput {
        slug: "durban".into(),
        title: Localized::only("en", "Durban"),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-13".into(),
        ends_on: "2019-11-15".into(),
        ..editions::EditionInput::default()
    };
    let edition = editions::create(conn, &system, now, &input).expect("made").id;
    let track = tracks::TrackInput {
        title: Localized::of("Side events", "Événements parallèles", "Actos paralelos"),
        ..tracks::TrackInput::default()
    };
    tracks::create(conn, &system, now, edition, &track).expect("made");
    let room = rooms::RoomInput {
        name: Localized::only("en", "Room 21"),
        capacity: Some(80),
        ..rooms::RoomInput::default()
    };
    rooms::create(conn, &system, now, edition, &room).expect("made");
    edition
}

fn take_in(conn: &mut Conn, edition: EditionId, table: &str, dry_run: bool) -> SessionsReport {
    let sheet = sheet::read(table.as_bytes(), Charset::Utf8).expect("a table");
    let (system, now) = (Actor::system(), Moment::at(NOW));
    conn.transaction(|conn| {
        import(
            conn,
            &system,
            now,
            &Admissions::general_only(),
            edition,
            &sheet,
            dry_run,
        )
    })
    .expect("taken in")
}

fn fates(report: &SessionsReport) -> Vec<(i64, Fate, &str)> {
    report
        .rows
        .iter()
        .map(|row| (row.row, row.fate, row.reason.unwrap_or_default()))
        .collect()
}

const TABLE: &str = "\
guid;Titre;title_en;Circuit;Salle;date;Début;Fin;ponentes;role;capacity
g1;Accueil;Welcome;Événements parallèles;room 21;2019-11-14;9:30;10:30;Ana Diallo (Maire, Ici) [chair]; ;40
g2;;Clash;side_events;Room 21;2019-11-14;10:00;11:00;;platform_admin;
g3;;Elsewhere;;Room 99;2019-11-14;10:00;11:00;;;
g4;;Nowhere in time;;Room 21;soon;soon;;;;
g5;;\"=HYPERLINK(\"\"x\"\")\";;;;;;;;many
g6;;Later;no such track;;;;;;;
g7;;Not placed yet;;;;;;;;
g1;;Again;;;;;;;;
;;Without a guid;;Room 21;2019-11-15;0.5;13:00;;;
";

#[test]
fn each_row_has_its_fate_and_a_dry_run_tells_the_same_and_changes_nothing() {
    let database = fresh();
    let mut conn = database.conn();
    let edition = edition(&mut conn);

    let tried = take_in(&mut conn, edition, TABLE, true);
    assert!(sessions::all(&mut conn, edition).expect("read").is_empty());
    let done = take_in(&mut conn, edition, TABLE, false);

    assert_eq!(fates(&tried), fates(&done));
    assert_eq!(
        fates(&done),
        [
            (2, Fate::Made, ""),
            (3, Fate::Refused, "room_taken"),
            (4, Fate::Refused, "invalid"),
            (5, Fate::Refused, "invalid"),
            (6, Fate::Refused, "invalid"),
            (7, Fate::Refused, "invalid"),
            (8, Fate::Made, ""),
            (9, Fate::Refused, "row_twice"),
            (10, Fate::Made, ""),
        ]
    );
    let at = |row: usize| {
        done.rows[row]
            .fields
            .first()
            .map(|field| (field.field.as_str(), field.code))
    };
    assert_eq!(at(2), Some(("room", "unknown")));
    assert_eq!(at(3), Some(("start", "not_a_time")));
    assert_eq!(at(4), Some(("capacity", "not_a_number")));
    assert_eq!(at(5), Some(("track", "unknown")));
    assert_eq!(sessions::all(&mut conn, edition).expect("read").len(), 3);
}

#[test]
fn r259_a_code_that_is_not_plain_is_made_so_and_told() {
    let database = fresh();
    let mut conn = database.conn();
    let edition = edition(&mut conn);
    let table = "\
guid;code;title_en
g1;../../x;A path
g2;TH 03;A space
g3;../..;Nothing left
g4;TH-03;Taken by then
";

    let done = take_in(&mut conn, edition, table, false);
    let again = take_in(&mut conn, edition, table, false);

    assert_eq!(
        fates(&done),
        [
            (2, Fate::Made, ""),
            (3, Fate::Made, ""),
            (4, Fate::Made, ""),
            (5, Fate::Refused, "already_exists"),
        ]
    );
    let told: Vec<(&str, &str, &str)> = done
        .rows
        .iter()
        .flat_map(|row| &row.told)
        .map(|told| (told.code, told.about.as_str(), told.fact.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("code_repaired", "../../x", "x"),
            ("code_repaired", "TH 03", "TH-03"),
            ("code_repaired", "../..", ""),
        ]
    );
    let mut codes: Vec<String> = sessions::all(&mut conn, edition)
        .expect("read")
        .into_iter()
        .map(|session| session.code)
        .collect();
    codes.sort();
    assert_eq!(codes.len(), 3);
    assert!(codes.iter().all(|code| CodeShape::Label.fits(code)), "{codes:?}");
    assert_eq!(again.count(Fate::Unchanged), 3);
}

#[test]
fn r18_a_role_in_a_table_grants_nothing_and_is_told() {
    let database = fresh();
    let mut conn = database.conn();
    let edition = edition(&mut conn);

    let done = take_in(&mut conn, edition, TABLE, false);

    assert_eq!(done.ignored_columns, ["role"]);
}

#[test]
fn r44_a_row_is_read_whole_whatever_language_its_headings_are_in() {
    let database = fresh();
    let mut conn = database.conn();
    let edition = edition(&mut conn);

    take_in(&mut conn, edition, TABLE, false);

    let welcome = sessions::by_guid(&mut conn, edition, "g1")
        .expect("read")
        .expect("made");
    assert_eq!(
        welcome.title,
        Localized(
            [("en", "Welcome"), ("fr", "Accueil")]
                .map(|(tag, text)| (tag.to_owned(), text.to_owned()))
                .into()
        )
    );
    assert_eq!(welcome.starts_local, Some(LocalDateTime::at("2019-11-14T09:30")));
    assert_eq!(welcome.starts_at, Some(Moment::at("2019-11-14T07:30:00Z")));
    assert_eq!((welcome.length_minutes, welcome.capacity), (60, Some(40)));
    assert!(welcome.track.is_some() && welcome.room.is_some());
    let speakers = parts::speakers(&mut conn, welcome.id).expect("read");
    assert_eq!(
        (speakers[0].name.as_str(), speakers[0].role),
        ("Ana Diallo", SpeakerRole::Chair)
    );
    assert_eq!(speakers[0].affiliation, "Maire, Ici");
}

#[test]
fn the_same_table_again_changes_nothing_and_a_column_left_out_keeps_what_was() {
    let database = fresh();
    let mut conn = database.conn();
    let edition = edition(&mut conn);
    take_in(&mut conn, edition, TABLE, false);
    let before = sessions::all(&mut conn, edition).expect("read");

    let again = take_in(&mut conn, edition, TABLE, false);
    assert_eq!((again.count(Fate::Unchanged), again.count(Fate::Made)), (3, 0));
    assert_eq!(sessions::all(&mut conn, edition).expect("read"), before);

    let renamed = take_in(&mut conn, edition, "guid,title_en\ng1,Renamed\n", false);
    assert_eq!(renamed.count(Fate::Changed), 1);
    let welcome = sessions::by_guid(&mut conn, edition, "g1")
        .expect("read")
        .expect("there");
    assert_eq!(welcome.title.0["en"], "Renamed");
    assert_eq!(welcome.title.0["fr"], "Accueil");
    assert_eq!(welcome.starts_local, Some(LocalDateTime::at("2019-11-14T09:30")));
    assert_eq!(parts::speakers(&mut conn, welcome.id).expect("read").len(), 1);
}

#[test]
fn r56_our_own_csv_is_read_back_as_it_is() {
    let database = fresh();
    let mut conn = database.conn();
    let schedule = "<schedule><conference><acronym>round-trip</acronym><time_zone_name>Europe/Paris</time_zone_name></conference>\
        <day date='2026-03-28'><room name='=Hall'><event guid='a' id='1'><start>10:00</start><duration>1:00</duration>\
        <title>-1 + 1</title><subtitle>é, \"quoted\"; more</subtitle><track>+Main</track><language>en</language>\
        <persons><person>Ana (the one)</person></persons></event></room></day></schedule>";
    let plan = import_schedule::read(schedule.as_bytes(), None).expect("a schedule");
    let (system, now) = (Actor::system(), Moment::at(NOW));
    conn.transaction(|conn| {
        apply(
            conn,
            &system,
            now,
            &Admissions::general_only(),
            &plan,
            &ImportOptions::default(),
        )
    })
    .expect("imported");
    let edition = editions::by_slug(&mut conn, &system, "round-trip")
        .expect("made")
        .id;
    let live = releases::live(&mut conn, edition)
        .expect("read")
        .expect("released");

    let table = String::from_utf8(csv_export::render(&live, Language::En, &links())).expect("UTF-8");
    let report = take_in(&mut conn, edition, &table, false);

    assert_eq!(report.ignored_columns, Vec::<String>::new());
    assert_eq!(fates(&report), [(2, Fate::Unchanged, "")], "{table}");
}
