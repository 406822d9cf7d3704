//! The member roll in and out.

use records::sheets::Format;

use super::*;

const ROLL: &str = "\
id;name;name_fr;acronym;kind;country;section;site;category;state;since;contact_email;contact_name;dues 2018;2019;role;colour
;Durban;;;city;South Africa;;durban.example;individual;active;2005-05-02;mayor@durban.example;Ana;paid;partial;platform_admin;blue
;Ville d’Évry;;;ville;France;;;individual;in arrears;2010;;;waived;;;
;Association of Cities;Association des villes;AC;association;Türkiye;;;association;active;;;;yes;unpaid;;
;Atlantis City;;;city;Atlantis;;;individual;active;;;;;;;
;;;;city;ZA;;;;;;;;;;;
;DURBAN;;;city;ZA;;;;;;;;;;;
;=HYPERLINK(\"x\");;;ngo;;;;honorary;;;bad address;;;;;
";

#[test]
fn r249_a_roll_is_tried_applied_and_a_second_time_changes_nothing() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let roll = roll::read(ROLL.as_bytes(), Charset::Utf8).expect("a roll");
    let fates = |plan: &import::Plan| plan.rows.iter().map(|row| row.fate).collect::<Vec<_>>();

    let tried = import::plan(conn, &staff, now(), &roll).expect("a plan");
    use Fate::{Create, Error, Unchanged};
    assert_eq!(
        fates(&tried),
        [Create, Create, Create, Error, Error, Error, Create]
    );
    assert_eq!(organisations::suggest(conn, "durban", 5).expect("none"), []);
    let errors: Vec<(i64, &str, &str)> = tried
        .rows
        .iter()
        .flat_map(|row| row.messages.iter().map(move |message| (row.row_number, message)))
        .filter(|(_, message)| message.severity == Severity::Error)
        .map(|(row, message)| (row, message.code, message.field.as_str()))
        .collect();
    assert_eq!(
        errors,
        [
            (5, "unknown", "country"),
            (6, "required", "name"),
            (7, "twice_in_file", "name")
        ]
    );

    let refused = conn.transaction(|conn| import::apply(conn, &staff, now(), &roll, false));
    assert_eq!(code(refused), "rows_at_fault");
    assert_eq!(organisations::suggest(conn, "durban", 5).expect("none"), []);
    let done = conn
        .transaction(|conn| import::apply(conn, &staff, now(), &roll, true))
        .expect("applied");
    assert_eq!(fates(&done), fates(&tried));
    assert_eq!((done.creates, done.errors, done.applied), (4, 3, true));

    let again = conn
        .transaction(|conn| import::apply(conn, &staff, now(), &roll, true))
        .expect("applied");
    assert_eq!(
        fates(&again),
        [Unchanged, Unchanged, Unchanged, Error, Error, Error, Unchanged]
    );

    let durban = &organisations::suggest(conn, "durban", 5).expect("found")[0];
    let inside = organisations::get(conn, &staff, now(), durban.id)
        .expect("read")
        .inside
        .expect("inside");
    let fees: Vec<_> = inside.dues.iter().map(|fee| (fee.year, fee.state)).collect();
    assert_eq!(fees, [(2018, DuesState::Paid), (2019, DuesState::Partial)]);
    assert_eq!(
        inside.memberships[0].membership.from_at,
        Moment::at("2005-05-02T00:00:00Z")
    );
    assert_eq!(inside.contacts[0].name, "Ana");
}

#[test]
fn r18_a_roll_grants_no_role_and_says_so() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let ana = with_address(conn, "Ana", "mayor@durban.example");
    let roll = roll::read(ROLL.as_bytes(), Charset::Utf8).expect("a roll");

    let done = conn
        .transaction(|conn| import::apply(conn, &staff, now(), &roll, true))
        .expect("applied");

    let of_file: Vec<_> = done
        .messages
        .iter()
        .map(|message| (message.code, &*message.field))
        .collect();
    assert_eq!(of_file, [("role_ignored", "role"), ("unknown_column", "colour")]);
    let of_row: Vec<_> = done.rows[0].messages.iter().map(|message| message.code).collect();
    assert_eq!(of_row, ["role_ignored"]);
    let actor = signed_in(conn, ana);
    assert_eq!((actor.standings, actor.tags), (vec![], [Tag::Individual].into()));
    let everyone: Vec<people::model::StandingRow> =
        standings::of_roles(conn, <Role as kernel::Coded>::ALL, now()).expect("read");
    assert_eq!(everyone, []);
}

#[test]
fn r249_an_export_taken_back_changes_nothing_and_disarms_formulas() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let roll = roll::read(ROLL.as_bytes(), Charset::Utf8).expect("a roll");
    conn.transaction(|conn| import::apply(conn, &staff, now(), &roll, true))
        .expect("applied");

    let exported = |conn: &mut Conn, format| {
        let sheet = export::sheet(conn, &staff, now()).expect("a list");
        sheet.render(format).expect("a file")
    };
    let workbook = roll::read(&exported(conn, Format::Xlsx), Charset::Utf8).expect("a roll");
    let plan = import::plan(conn, &staff, now(), &workbook).expect("a plan");
    assert_eq!((plan.unchanged, plan.rows.len()), (4, 4), "{:#?}", plan.rows);
    let file = String::from_utf8(exported(conn, Format::Csv)).expect("text");
    assert!(file.contains("'=HYPERLINK"), "{file}");
    let roll = roll::read(file.as_bytes(), Charset::Utf8).expect("a roll");
    let plan = import::plan(conn, &staff, now(), &roll).expect("a plan");
    assert_eq!((plan.unchanged, plan.rows.len()), (4, 4), "{:#?}", plan.rows);
    assert_eq!(plan.messages, []);

    // In an empty database it makes the same organisations under the same ids.
    let other = testing::fresh();
    let conn = &mut other.conn();
    conn.transaction(|conn| import::apply(conn, &staff, now(), &roll, false))
        .expect("applied");
    assert_eq!(exported(conn, Format::Csv), file.as_bytes());
    assert_eq!(
        code(export::sheet(conn, &Actor::nobody(), now())),
        "sign_in_needed"
    );
}

#[test]
fn a_roll_moves_memberships_on_and_refuses_illegal_jumps() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let apply = |conn: &mut Conn, line: &str| {
        let file = format!("name,country,kind,category,state\n{line}\n");
        let roll = roll::read(file.as_bytes(), Charset::Utf8).expect("a roll");
        let plan = conn
            .transaction(|conn| import::apply(conn, &secretariat(), now(), &roll, true))
            .expect("applied");
        let row = plan.rows.into_iter().next().expect("a row");
        (
            row.fate,
            row.changes,
            row.messages.first().map(|message| message.code),
        )
    };

    assert_eq!(apply(conn, "Durban,ZA,city,individual,active").0, Fate::Create);
    assert_eq!(
        apply(conn, "Durban,ZA,city,individual,suspended"),
        (Fate::Update, vec!["state".to_owned()], None)
    );
    assert_eq!(
        apply(conn, "Durban,ZA,city,individual,in_arrears").2,
        Some("illegal_step")
    );
    assert_eq!(
        apply(conn, "Durban,ZA,city,association,active").2,
        Some("category_differs")
    );
    assert_eq!(apply(conn, "Durban,ZA,,individual,").0, Fate::Unchanged);
    assert_eq!(apply(conn, "Dur\u{202E}ban,ZA,city,,").0, Fate::Unchanged);

    let typed = ProposalInput {
        name: "Typed in".into(),
        country: "ZA".into(),
        kind: Some(OrganisationKind::City),
        site: String::new(),
    };
    let typed = organisations::propose(conn, now(), &typed).expect("proposed");
    assert_eq!(
        apply(conn, "Typed In,ZA,city,,").1,
        ["name".to_owned(), "accepted".to_owned()]
    );
    let now_active = organisations::find(conn, typed.id).expect("read").expect("there");
    assert_eq!(now_active.state, OrganisationState::Active);
    let ana = person(conn, "Ana");
    let ana = signed_in(conn, ana);
    let roll = roll::read(b"name\nx\n", Charset::Utf8).expect("a roll");
    assert_eq!(code(import::plan(conn, &ana, now(), &roll)), "not_allowed");
    assert!(access_rules::decide(&staff, Act::Import, &Object::site(), now()).allows());
}

#[test]
fn a_roll_finds_an_organisation_under_the_name_of_one_that_was_merged() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let (kept, gone) = (city(conn, "Durban"), city(conn, "Port Natal"));
    merging::merge(conn, &staff, now(), gone, None, &MergeInput { into: Some(kept) }).expect("merged");

    let roll = roll::read(
        "name,country,kind\nPort Natal,ZA,city\n".as_bytes(),
        Charset::Utf8,
    )
    .expect("a roll");
    let plan = import::plan(conn, &staff, now(), &roll).expect("a plan");

    assert_eq!(plan.rows[0].organisation, Some(kept));
    assert_eq!(plan.rows[0].fate, Fate::Unchanged);
    assert_eq!(plan.rows[0].messages[0].code, "merged_into");
}

#[test]
fn a_roll_without_names_or_with_a_column_twice_is_refused_whole() {
    let bad = |file: &str| code(roll::read(file.as_bytes(), Charset::Utf8).map(drop));

    assert_eq!(bad("country,kind\nZA,city\n"), "column_missing");
    assert_eq!(bad("name,nom\nA,B\n"), "column_twice");
    assert_eq!(bad("name,2019,dues 2019\nA,paid,paid\n"), "column_twice");
    let long = format!("name\n{}", "x\n".repeat(roll::ROLL_MAX + 1));
    assert_eq!(bad(&long), "sheet_too_large");
}
