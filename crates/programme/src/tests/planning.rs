//! Editions, rooms, formats, rules, sessions before they have a time.

use access_rules::{Act, Atom, Circumstances, Rule, Tag};
use kernel::{Localized, PageAsk};

use super::*;
use crate::{
    formats::{self, FormatInput},
    model::{EditionState, FormatState, FormatTerms, Known, Link, SessionState},
    rule_book::{self, RuleInput, RuleScope},
    session_list::{self, Filter},
    themes::{self, ThemeInput},
    tracks::{self, TrackInput},
};

#[test]
fn an_edition_goes_its_way_and_no_other() {
    let mut it = congress();
    let mut step = |to| editions::step(&mut it.conn, &secretariat(), now(), it.edition.id, to, None);

    assert_eq!(code(step(EditionState::Running)), "illegal_step");
    for state in [
        EditionState::Open,
        EditionState::Running,
        EditionState::Closed,
        EditionState::Archived,
    ] {
        assert_eq!(step(state).map(|edition| edition.state), Ok(state));
    }
    let late = sessions::create(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        it.edition.id,
        &about("plenary", "Too late"),
    );
    assert_eq!(code(late), "edition_over");
}

#[test]
fn a_draft_edition_is_the_desks_alone_and_wrong_input_is_told_field_by_field() {
    let mut it = congress();
    let hidden = EditionInput {
        slug: "tangier-2026".into(),
        ..durban()
    };
    let hidden = editions::create(&mut it.conn, &secretariat(), now(), &hidden).expect("a draft");
    assert!(editions::get(&mut it.conn, &secretariat(), hidden.id).is_ok());
    let nobody = Actor::nobody();
    assert_eq!(
        editions::get(&mut it.conn, &nobody, hidden.id),
        Err(Fault::not_found())
    );
    assert_eq!(editions::list(&mut it.conn, &nobody).map(|all| all.len()), Ok(1));

    let wrong_all = EditionInput {
        slug: "Durban 2019".into(),
        zone: "Mars/Olympus".into(),
        starts_on: "2026-02-30".into(),
        country: "Z1".into(),
        ..EditionInput::default()
    };
    let told = wrong(editions::create(&mut it.conn, &secretariat(), now(), &wrong_all));
    let told: Vec<(&str, &str)> = told.iter().map(|(field, code)| (field.as_str(), *code)).collect();
    assert_eq!(
        told,
        [
            ("slug", "not_a_slug"),
            ("country", "not_a_country"),
            ("zone", "not_a_zone"),
            ("starts_on", "not_a_day"),
            ("ends_on", "required"),
        ]
    );
    let twice = editions::create(&mut it.conn, &secretariat(), now(), &durban());
    assert_eq!(code(twice), "already_exists");
}

#[test]
fn only_staff_manage_an_edition() {
    let mut it = congress();
    let somebody = somebody(&mut it.conn, &[Tag::UclgMember]);
    let input = RoomInput {
        name: Localized::only("en", "Mine"),
        ..RoomInput::default()
    };
    let mut create = |actor: &Actor| rooms::create(&mut it.conn, actor, now(), it.edition.id, &input);

    assert_eq!(code(create(&Actor::nobody())), "sign_in_needed");
    assert_eq!(code(create(&somebody)), "not_allowed");
    assert!(create(&secretariat()).is_ok());
    assert_eq!(code(create(&secretariat())), "already_exists");
}

#[test]
fn r60_what_nobody_said_about_a_room_is_unknown() {
    let mut it = congress();
    let input = RoomInput {
        name: Localized::only("en", "Ramp"),
        step_free: "yes".into(),
        captions: "no".into(),
        ..RoomInput::default()
    };
    let room = rooms::create(&mut it.conn, &secretariat(), now(), it.edition.id, &input).expect("a room");
    assert_eq!(
        (room.step_free, room.captions, room.hearing_loop, room.capacity),
        (Known::Yes, Known::No, Known::Unknown, None)
    );
    let maybe = RoomInput {
        quiet: "perhaps".into(),
        ..input
    };
    let told = wrong(rooms::edit(
        &mut it.conn,
        &secretariat(),
        now(),
        room.id,
        &maybe,
        None,
    ));
    assert_eq!(told, [("quiet".to_owned(), "unknown_choice")]);
}

#[test]
fn r255_an_edit_made_on_an_old_version_is_refused() {
    let mut it = congress();
    let input = RoomInput {
        name: Localized::only("en", "Hall 1"),
        capacity: Some(900),
        ..RoomInput::default()
    };
    let mut edit = |version| rooms::edit(&mut it.conn, &secretariat(), now(), it.hall, &input, version);

    assert_eq!(edit(Some(1)).map(|room| room.version), Ok(2));
    assert_eq!(edit(Some(1)), Err(Fault::stale()));
    assert_eq!(edit(None).map(|room| room.version), Ok(3));
}

#[test]
fn r23_a_fifth_format_is_added_and_the_empty_one_filled_without_a_deployment() {
    let mut it = congress();
    let all = formats::list(&mut it.conn, it.edition.id).expect("formats");
    let states: Vec<FormatState> = all.iter().map(|format| format.state).collect();
    assert_eq!(
        states,
        [
            FormatState::Active,
            FormatState::Active,
            FormatState::Active,
            FormatState::Active,
            FormatState::Empty
        ]
    );
    let mut with_fifth = about("local4action", "Speed dating");
    with_fifth.format = "fifth".into();
    let refused = sessions::create(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        it.edition.id,
        &with_fifth,
    );
    assert_eq!(wrong(refused), [("format".to_owned(), "format_empty")]);

    let networking = FormatInput {
        title: Localized::of("Networking", "Réseautage", "Redes"),
        terms: FormatTerms {
            minutes_usual: Some(45),
            ..FormatTerms::default()
        },
        ..FormatInput::default()
    };
    let fifth = &all[4];
    formats::edit(&mut it.conn, &secretariat(), now(), fifth.id, &networking, None).expect("filled");
    let session = it.make(&with_fifth);
    assert_eq!((session.format, session.length_minutes), (Some(fifth.id), 45));

    let sixth = formats::create(&mut it.conn, &secretariat(), now(), it.edition.id, &networking);
    assert_eq!(sixth.map(|format| format.code), Ok("networking".to_owned()));
}

#[test]
fn r31_a_format_in_use_is_retired_and_its_sessions_keep_their_terms() {
    let mut it = congress();
    let labs = formats::by_code(&mut it.conn, it.edition.id, "labs")
        .expect("answers")
        .expect("there");
    let mut lab = about("local4action", "Budgeting lab");
    lab.format = "labs".into();
    let lab = it.make(&lab);
    assert_eq!(lab.length_minutes, 120);
    assert_eq!(
        code(formats::remove(&mut it.conn, &secretariat(), now(), labs.id)),
        "format_in_use"
    );

    let shorter = FormatInput {
        title: labs.title.clone(),
        terms: FormatTerms {
            minutes_min: Some(100),
            ..labs.terms.0.clone()
        },
        ..FormatInput::default()
    };
    let changed = formats::edit(&mut it.conn, &secretariat(), now(), labs.id, &shorter, None);
    assert_eq!(changed.map(|format| format.rule_version), Ok(2));
    let kept = formats::terms_of(&mut it.conn, &lab).expect("answers");
    assert_eq!(kept.and_then(|terms| terms.minutes_min), Some(120));

    formats::retire(&mut it.conn, &secretariat(), now(), labs.id, true, None).expect("retired");
    let mut late = about("local4action", "Another lab");
    late.format = "labs".into();
    let refused = sessions::create(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        it.edition.id,
        &late,
    );
    assert_eq!(wrong(refused), [("format".to_owned(), "format_retired")]);
}

#[test]
fn r8_attend_and_propose_are_two_rules_and_one_click_makes_them_one() {
    let mut it = congress();
    let policies = "local_policies_voices";
    let rule = |conn: &mut Conn, act| {
        rule_book::in_force(conn, it.edition.id, RuleScope::Format, policies, act)
            .expect("answers")
            .expect("seeded")
    };
    let propose = rule(&mut it.conn, Act::Propose);
    assert_ne!(propose.rule, rule(&mut it.conn, Act::Attend).rule);

    let same = rule_book::same_as_propose(
        &mut it.conn,
        &secretariat(),
        now(),
        it.edition.id,
        RuleScope::Format,
        policies,
        Some(1),
    );
    assert_eq!(
        same.map(|row| (row.version, row.rule)),
        Ok((2, propose.rule.clone()))
    );
    assert_eq!(rule(&mut it.conn, Act::Propose), propose);

    let versions = rule_book::history(
        &mut it.conn,
        it.edition.id,
        RuleScope::Format,
        policies,
        Act::Attend,
    )
    .expect("answers");
    let ends: Vec<(i64, bool)> = versions
        .iter()
        .map(|row| (row.version, row.until.is_some()))
        .collect();
    assert_eq!(ends, [(2, false), (1, true)]);
}

#[test]
fn r12_rules_are_changed_by_their_desk_from_the_version_read_and_only_to_what_is_understood() {
    let mut it = congress();
    let mut set = |actor: &Actor, rule: Rule, version| {
        let input = RuleInput {
            scope: "track".into(),
            scope_ref: "town_hall".into(),
            act: "attend".into(),
            rule,
            ..RuleInput::default()
        };
        rule_book::set(&mut it.conn, actor, now(), it.edition.id, &input, version)
    };
    let everyone = Rule::any([Atom::Everyone]);

    assert_eq!(
        code(set(&desk("assembly"), everyone.clone(), None)),
        "not_allowed"
    );
    assert_eq!(
        set(&desk("town_hall"), everyone.clone(), Some(1)).map(|row| row.version),
        Ok(2)
    );
    assert_eq!(code(set(&secretariat(), everyone, Some(1))), "rule_changed");
    let odd = Rule::any([Atom::parse("tag:wizard")]);
    assert_eq!(
        wrong(set(&secretariat(), odd, Some(2))),
        [("rule".to_owned(), "unknown_atom")]
    );
}

#[test]
fn the_most_particular_rule_holds() {
    let mut it = congress();
    let session = it.make(&about("town_hall", "Right to the city"));
    let scope = |conn: &mut Conn, session: &Session| {
        rule_book::for_session(conn, session, Act::Attend)
            .expect("answers")
            .map(|row| row.scope)
    };
    assert_eq!(scope(&mut it.conn, &session), Some(RuleScope::Track));

    let own = RuleInput {
        scope: "session".into(),
        scope_ref: session.id.to_string(),
        act: "attend".into(),
        rule: Rule::any([Atom::Invited]),
        ..RuleInput::default()
    };
    rule_book::set(&mut it.conn, &desk("town_hall"), now(), it.edition.id, &own, None).expect("set");
    assert_eq!(scope(&mut it.conn, &session), Some(RuleScope::Session));

    rule_book::lift(
        &mut it.conn,
        &desk("town_hall"),
        now(),
        it.edition.id,
        RuleScope::Session,
        &own.scope_ref,
        Act::Attend,
    )
    .expect("lifted");
    assert_eq!(scope(&mut it.conn, &session), Some(RuleScope::Track));
    let plenary = it.make(&about("plenary", "Opening"));
    assert_eq!(scope(&mut it.conn, &plenary), Some(RuleScope::Kind));
}

#[test]
fn a_track_whose_admission_is_not_set_up_is_closed_and_cannot_be_gone_round() {
    let mut it = congress();
    it.open = Admissions::general_only();
    let mut create = |input: &SessionInput| {
        let Congress {
            conn, open, edition, ..
        } = &mut it;
        conn.transaction(|conn| sessions::create(conn, &secretariat(), now(), open, edition.id, input))
    };

    assert_eq!(code(create(&about("town_hall", "Debate"))), "track_closed");
    let round_about = SessionInput {
        track: "local4action".into(),
        ..about("town_hall", "Debate")
    };
    assert_eq!(
        wrong(create(&round_about)),
        [("kind".to_owned(), "kind_not_of_track")]
    );
    assert!(create(&about("plenary", "Opening")).is_ok());

    let custom = TrackInput {
        title: Localized::only("en", "Durban Legacy"),
        ..TrackInput::default()
    };
    tracks::create(&mut it.conn, &secretariat(), now(), it.edition.id, &custom).expect("a track");
    let legacy = SessionInput {
        track: "durban_legacy".into(),
        ..about("special", "Legacy")
    };
    it.open = Admissions::general_only();
    assert_eq!(it.make(&legacy).desk, "desk:general");
}

#[test]
fn r44_a_session_says_all_it_has_and_what_is_wrong_is_told_beside_its_field() {
    let mut it = congress();
    let theme = ThemeInput {
        code: "right_to_the_city".into(),
        title: Localized::of("Right to the city", "Droit à la ville", "Derecho a la ciudad"),
        ..ThemeInput::default()
    };
    let theme = themes::create(&mut it.conn, &secretariat(), now(), it.edition.id, &theme).expect("a theme");
    let chair = named("Ana", &mut it.conn);
    let input: SessionInput = serde_json::from_value(serde_json::json!({
        "kind": "town_hall", "theme": "right_to_the_city", "role": "admin", "state": "published",
        "title": {"en": "Debate", "fr": "Débat"}, "abstract": {"en": "Open to all"},
        "entry": "seat", "attendance": "mixed", "capacity": 40, "length_minutes": 90,
        "languages": {"floor": ["en"], "interpreted": ["fr", "es"]},
        "access": ["captions"], "join_link": "https://meet.example/1",
        "organisers": [{"name": "A platform", "leads": true}],
        "speakers": [{"person": chair, "role": "chair"}, {"name": "B. Bee", "role": "respondent", "elected": true}],
    }))
    .expect("unknown keys are no fields");
    let session = it.make(&input);
    assert_eq!((session.state, session.sequence), (SessionState::Proposed, 0));
    assert_eq!(session.theme, Some(theme.id));
    assert_eq!(session.visible_to, "desk:town_hall");
    assert!(session.code.starts_with("TH-"), "{}", session.code);
    let speakers = sessions::speakers(&mut it.conn, session.id).expect("answers");
    let names: Vec<&str> = speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    assert_eq!(names, ["Ana", "B. Bee"]);

    let bad = SessionInput {
        kind: "seance".into(),
        track: "circus".into(),
        format: "opera".into(),
        domain: "sea".into(),
        entry: "window".into(),
        length_minutes: Some(1440),
        join_link: "javascript:alert(1)".into(),
        links: vec![Link {
            url: "data:text/html,x".into(),
            title: String::new(),
        }],
        ..SessionInput::default()
    };
    let told = wrong(sessions::create(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        it.edition.id,
        &bad,
    ));
    let told: Vec<(&str, &str)> = told.iter().map(|(field, code)| (field.as_str(), *code)).collect();
    assert_eq!(
        told,
        [
            ("title", "required"),
            ("join_link", "not_a_link"),
            ("links.0.url", "not_a_link"),
            ("kind", "unknown_choice"),
            ("track", "unknown"),
            ("format", "unknown"),
            ("domain", "unknown"),
            ("length_minutes", "out_of_range"),
            ("entry", "unknown_choice"),
        ]
    );
}

#[test]
fn r92_a_theme_of_another_edition_is_refused() {
    let mut it = congress();
    let other = EditionInput {
        slug: "daejeon-2022".into(),
        ..durban()
    };
    let other = editions::create(&mut it.conn, &secretariat(), now(), &other).expect("an edition");
    let theme = ThemeInput {
        code: "caring_systems".into(),
        title: Localized::only("en", "Caring systems"),
        ..ThemeInput::default()
    };
    themes::create(&mut it.conn, &secretariat(), now(), other.id, &theme).expect("a theme");
    let foreign = SessionInput {
        theme: "caring_systems".into(),
        ..about("town_hall", "Care")
    };
    let refused = sessions::create(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        it.edition.id,
        &foreign,
    );
    assert_eq!(wrong(refused), [("theme".to_owned(), "unknown")]);
}

#[test]
fn who_proposes_leads_and_changes_only_what_is_theirs_to_say() {
    let mut it = congress();
    let visitor = somebody(&mut it.conn, &[]);
    let mut talk = about("local4action", "My street");
    talk.format = "inspiration".into();
    talk.guid = "stolen".into();
    talk.speakers = Some(vec![SpeakerInput {
        name: "Me".into(),
        high_level: true,
        ..SpeakerInput::default()
    }]);
    let mut propose = |actor: &Actor, input: &SessionInput| {
        sessions::propose(
            &mut it.conn,
            actor,
            now(),
            &it.open,
            it.edition.id,
            Circumstances::default(),
            input,
        )
    };
    assert_eq!(code(propose(&Actor::nobody(), &talk)), "sign_in_needed");
    let lab = SessionInput {
        format: "labs".into(),
        ..talk.clone()
    };
    assert_eq!(code(propose(&visitor, &lab)), "audience");
    let session = propose(&visitor, &talk).expect("anybody may");
    assert_ne!(session.guid, "stolen");
    let rank = |conn: &mut Conn| sessions::speakers(conn, session.id).expect("answers")[0].high_level;
    assert!(!rank(&mut it.conn));

    let mut edit = |actor: &Actor, input: &SessionInput| {
        sessions::edit(&mut it.conn, actor, now(), &it.open, session.id, input, None)
    };
    let mut better = talk.clone();
    better.title = Localized::only("en", "Our street");
    better.entry = "invitation".into();
    assert_eq!(edit(&visitor, &better), Err(Fault::not_found()));
    let lead = leading(&visitor, session.id);
    let changed = edit(&lead, &better).expect("who leads may");
    assert_eq!(changed.title, better.title);
    assert_eq!(changed.entry, crate::model::Entry::WalkIn);
}

/// §5.11 case 119.
#[test]
fn r7_a_lead_who_changes_the_format_is_asked_again_who_may_propose_in_it() {
    let mut it = congress();
    let visitor = somebody(&mut it.conn, &[]);
    let mut talk = about("local4action", "My street");
    talk.format = "inspiration".into();
    let session = sessions::propose(
        &mut it.conn,
        &visitor,
        now(),
        &it.open,
        it.edition.id,
        Circumstances::default(),
        &talk,
    )
    .expect("anybody may");
    let mut edit = |actor: &Actor, format: &str| {
        let input = SessionInput {
            format: format.into(),
            ..talk.clone()
        };
        sessions::edit(&mut it.conn, actor, now(), &it.open, session.id, &input, None)
    };
    let lead = leading(&visitor, session.id);
    assert_eq!(code(edit(&lead, "labs")), "audience");
    assert_eq!(code(edit(&lead, "local_policies_voices")), "audience");
    // A member may propose Local policies; a Lab only through a call.
    let mut member = lead.clone();
    member.tags.insert(Tag::UclgMember);
    assert_eq!(code(edit(&member, "labs")), "call_required");
    let moved = edit(&member, "local_policies_voices").expect("open to members");
    assert_ne!(moved.format, session.format);
    // The desk plans; it proposes nothing.
    edit(&secretariat(), "labs").expect("its desk may");
}

#[test]
fn a_desk_lists_its_own_sessions_page_by_page_those_without_a_time_last() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let later = it.placed("town_hall", "Later", &at(hall, "2019-11-13T11:00", 60));
    let first = it.placed("town_hall", "First", &at(room, "2019-11-12T09:00", 60));
    let unplaced = it.make(&about("town_hall", "Some day"));
    it.placed("plenary", "Opening", &at(hall, "2019-11-13T09:00", 60));

    let mut seen = Vec::new();
    let mut ask = PageAsk::of(1);
    loop {
        let page = session_list::list(
            &mut it.conn,
            &desk("town_hall"),
            it.edition.id,
            &Filter::default(),
            &ask,
        )
        .expect("its own");
        seen.extend(page.items.iter().map(|session| session.id));
        match page.next {
            Some(next) => ask.after = Some(next),
            None => break,
        }
    }
    assert_eq!(seen, [first.id, later.id, unplaced.id]);

    let filter = Filter {
        text: Some("LÁTER".into()),
        day: Some(kernel::LocalDate::on("2019-11-13")),
        ..Filter::default()
    };
    let found = session_list::list(
        &mut it.conn,
        &secretariat(),
        it.edition.id,
        &filter,
        &PageAsk::first(),
    );
    let found: Vec<SessionId> = found
        .expect("all")
        .items
        .iter()
        .map(|session| session.id)
        .collect();
    assert_eq!(found, [later.id]);
    let nobody = session_list::list(
        &mut it.conn,
        &Actor::nobody(),
        it.edition.id,
        &Filter::default(),
        &PageAsk::first(),
    );
    assert_eq!(code(nobody), "sign_in_needed");
}

#[test]
fn r18_an_import_finds_its_sessions_again_by_guid() {
    let mut it = congress();
    let mut import = |title: &str| {
        let input = SessionInput {
            guid: "c3-1".into(),
            ..about("parallel", title)
        };
        sessions::import(
            &mut it.conn,
            &secretariat(),
            now(),
            &it.open,
            it.edition.id,
            &input,
        )
        .expect("imported")
    };
    let (one, made) = import("Talk");
    let (again, made_again) = import("Talk, revised");
    assert_eq!((one.id, made, made_again), (again.id, true, false));
    assert_eq!(again.code, one.code);
}

#[test]
fn r32_format_statistics_add_up() {
    let mut it = congress();
    for (title, format, domain) in [
        ("One", "inspiration", "safer_cities"),
        ("Two", "inspiration", "safer_cities"),
        ("Three", "labs", ""),
    ] {
        let mut input = about("local4action", title);
        input.format = format.into();
        input.domain = domain.into();
        it.make(&input);
    }
    it.make(&about("plenary", "Opening"));
    let counts =
        formats::statistics(&mut it.conn, &desk("local4action"), now(), it.edition.id).expect("the desk may");
    let mut sessions: Vec<i64> = counts.iter().map(|count| count.sessions).collect();
    sessions.sort_unstable();
    assert_eq!(sessions, [1, 1, 2]);
    assert_eq!(
        code(formats::statistics(
            &mut it.conn,
            &desk("assembly"),
            now(),
            it.edition.id
        )),
        "not_allowed"
    );
}
