//! Themes, the partners that lead them, and what the programme asks of their sessions.

use super::*;

#[test]
fn r91_the_themes_of_two_editions_stand_side_by_side() {
    let mut c = congress();
    let other = an_edition(&mut c.conn, "daejeon-2022");
    let set = Set::Daejeon2022;
    let theirs = themes::seed(&mut c.conn, &secretariat(), now(), other.id, set).expect("themes");
    assert_eq!((c.themes.len(), theirs.len()), (5, 4));
    for theme in c.themes.iter().chain(&theirs) {
        assert_eq!(theme.title.0.len(), 3, "{}", theme.code);
    }
    let (edition, set) = (c.edition.id, Set::Durban2019);
    let again = themes::seed(&mut c.conn, &secretariat(), now(), edition, set).expect("twice is once");
    assert_eq!(again, c.themes);
    assert_eq!(
        programme::themes::list(&mut c.conn, edition)
            .expect("listed")
            .len(),
        5
    );
}

#[test]
fn r11_a_civil_society_partner_leads_a_session() {
    let mut c = congress();
    let (partner, city) = (c.partner("A Platform"), c.city("A City"));
    let refused = c
        .make(&debate(&[city], "right_to_the_city"))
        .expect_err("refused");
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        ("lead_must_be_civil_society_partner", "organisers")
    );
    c.make(&debate(&[partner], "right_to_the_city")).expect("led");
    c.make(&debate(&[city, partner], "right_to_the_city"))
        .expect("led together");
}

#[test]
fn r92_a_session_has_a_theme_of_its_own_edition() {
    let mut c = congress();
    let partner = c.partner("A Platform");
    assert_eq!(code(c.make(&debate(&[partner], ""))), "theme_required");
    let unknown = c
        .make(&debate(&[partner], "global_commons"))
        .expect_err("refused");
    assert_eq!(unknown.fields[0].field, "theme");

    let other = an_edition(&mut c.conn, "daejeon-2022");
    let set = Set::Daejeon2022;
    let theirs = themes::seed(&mut c.conn, &secretariat(), now(), other.id, set).expect("themes");
    let mut session = c.make(&debate(&[partner], "right_to_the_city")).expect("made");
    session.theme = Some(theirs[0].id);
    let refused = TownHallAdmission.check(&mut c.conn, &session, Stage::Create);
    assert_eq!(code(refused), "foreign_theme");
}

#[test]
fn r93_a_session_is_released_with_two_stakeholders_and_somebody_elected_who_responds() {
    let mut c = congress();
    let (partner, other) = (c.partner("A Platform"), c.partner("A Coalition"));
    let city = c.city("A City");
    let mayor = c.somebody("A Mayor", city, PositionKind::Mayor);
    let official = c.somebody("An Official", city, PositionKind::Staff);
    let mut input = debate(&[partner], "right_to_the_city");
    let session = c.make(&input).expect("made");
    let placement = Placement {
        starts: "2019-11-13T10:00".into(),
        ..Placement::default()
    };
    let desk = secretariat();
    scheduling::place(
        &mut c.conn,
        &desk,
        now(),
        &c.admissions,
        session.id,
        &placement,
        None,
    )
    .expect("placed");
    let lacks = |c: &mut Congress| -> Vec<&'static str> {
        let fault = c.release().expect_err("refused");
        assert_eq!(fault.code, "town_hall_incomplete");
        fault.fields.iter().map(|field| field.code).collect()
    };
    assert_eq!(
        lacks(&mut c),
        ["stakeholders_missing", "elected_respondent_missing"]
    );

    let responds = |person, of| SpeakerInput {
        person: Some(person),
        role: "respondent".into(),
        organisation: Some(of),
        ..SpeakerInput::default()
    };
    let speaks = SpeakerInput {
        name: "Somebody".into(),
        organisation: Some(other),
        ..SpeakerInput::default()
    };
    input.speakers = Some(vec![speaks.clone(), responds(official, city)]);
    sessions::edit(&mut c.conn, &desk, now(), &c.admissions, session.id, &input, None).expect("edited");
    assert_eq!(lacks(&mut c), ["elected_respondent_missing"]);

    input.speakers = Some(vec![responds(mayor, city)]);
    sessions::edit(&mut c.conn, &desk, now(), &c.admissions, session.id, &input, None).expect("edited");
    assert_eq!(lacks(&mut c), ["stakeholders_missing"]);

    input.speakers = Some(vec![speaks, responds(mayor, city)]);
    sessions::edit(&mut c.conn, &desk, now(), &c.admissions, session.id, &input, None).expect("edited");
    c.release().expect("released");
}

#[test]
fn r11_a_theme_has_one_lead_and_that_is_a_civil_society_partner() {
    let mut c = congress();
    let theme = c.themes[0].id;
    let (partner, other, city) = (
        c.partner("A Platform"),
        c.partner("A Coalition"),
        c.city("A City"),
    );
    let refused = c.name(theme, city, PartnerRole::Lead).expect_err("refused");
    assert_eq!(
        (refused.code, refused.fields[0].field.as_str()),
        ("lead_must_be_civil_society_partner", "organisation")
    );
    let lead = c.name(theme, partner, PartnerRole::Lead).expect("named");
    assert_eq!(code(c.name(theme, partner, PartnerRole::Co)), "already_partner");
    assert_eq!(code(c.name(theme, other, PartnerRole::Lead)), "theme_has_lead");
    c.name(theme, other, PartnerRole::Co).expect("joins in");
    c.name(theme, city, PartnerRole::Co).expect("joins in");

    let listed = partners::list(&mut c.conn, &Actor::nobody(), theme).expect("public");
    let names: Vec<&str> = listed
        .iter()
        .map(|view| view.organisation_name.as_str())
        .collect();
    assert_eq!(names, ["A Platform", "A City", "A Coalition"]);

    let foreign_desk = staff(Scope::Track("assembly".into()));
    assert_eq!(
        code(partners::end(&mut c.conn, &foreign_desk, now(), lead.id, None)),
        "not_allowed"
    );
    partners::end(&mut c.conn, &secretariat(), now(), lead.id, Some(1)).expect("ended");
    assert_eq!(
        code(partners::end(&mut c.conn, &secretariat(), now(), lead.id, None)),
        "partner_over"
    );
    c.name(theme, partner, PartnerRole::Lead).expect("named again");
}

#[test]
fn r16_who_leads_a_theme_holds_a_standing_as_long_as_the_partner_is_one() {
    let mut c = congress();
    let theme = c.themes[0].id;
    let (partner, other) = (c.partner("A Platform"), c.partner("A Coalition"));
    let ana = c.somebody("Ana", partner, PositionKind::Staff);
    let eva = c.somebody("Eva", other, PositionKind::Staff);
    let lead = c.name(theme, partner, PartnerRole::Lead).expect("named");
    let desk = secretariat();
    let of = |person| LeadInput { person: Some(person) };
    assert_eq!(
        code(partners::name_lead(&mut c.conn, &desk, now(), theme, &of(eva))),
        "not_of_a_partner"
    );
    partners::name_lead(&mut c.conn, &desk, now(), theme, &of(ana)).expect("named");
    let leads = |c: &mut Congress, at| {
        let actor = actors::load_person(&mut c.conn, ana, at).expect("loaded");
        actor.holds(Role::ThemeLead, &Scope::Theme(theme))
    };
    assert!(leads(&mut c, now()));
    let listed = partners::leads(&mut c.conn, &desk, now(), theme).expect("listed");
    assert_eq!(listed[0].person_name, "Ana");

    let later = now().plus_days(1);
    partners::end(&mut c.conn, &desk, later, lead.id, None).expect("ended");
    assert!(!leads(&mut c, later));
    assert_eq!(
        code(partners::dismiss_lead(&mut c.conn, &desk, later, theme, ana)),
        "not_found"
    );
}

#[test]
fn r9_a_lead_from_outside_the_theme_is_told() {
    let mut c = congress();
    let (partner, other) = (c.partner("A Platform"), c.partner("A Coalition"));
    let theme = c.themes[3].id;
    c.name(theme, partner, PartnerRole::Lead).expect("named");
    let session = c.make(&debate(&[other], "right_to_the_city")).expect("made");
    let placement = Placement {
        starts: "2019-11-13T10:00".into(),
        ..Placement::default()
    };
    let desk = secretariat();
    let placed = scheduling::place(
        &mut c.conn,
        &desk,
        now(),
        &c.admissions,
        session.id,
        &placement,
        None,
    );
    let told: Vec<&str> = placed
        .expect("placed")
        .conflicts
        .iter()
        .map(|conflict| conflict.code)
        .collect();
    assert_eq!(told, ["lead_not_of_theme"]);
}
