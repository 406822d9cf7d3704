//! Standings and granted tags.

use super::*;

#[test]
fn every_role_can_be_kept() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let kept: Vec<String> = {
        use crate::tables::standings::dsl;
        use diesel::prelude::*;
        let person = person(&mut conn, "Ana", "Ferreira");
        for role in Role::ALL {
            let row = crate::model::StandingRow {
                id: Id::new(),
                person_id: person,
                role: *role,
                scope_kind: "everywhere".into(),
                scope_ref: String::new(),
                from_at: now(),
                to_at: None,
                basis: "test".into(),
                granted_by: None,
                created_at: now(),
            };
            db::on_each!(&mut conn, |c| diesel::insert_into(dsl::standings)
                .values(&row)
                .execute(c))
            .expect("the table of roles has it");
        }
        db::on_each!(&mut conn, |c| dsl::standings
            .order(dsl::id)
            .select(dsl::role)
            .load(c))
        .expect("read")
    };

    assert_eq!(kept, Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>());
}

#[test]
fn r16_roles_are_granted_by_hand_by_who_may_and_end_at_once() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let ana = person(&mut conn, "Ana", "Ferreira");
    let input = GrantInput {
        person: Some(ana),
        role: Some(Role::Secretariat),
        scope_kind: "track".into(),
        scope_ref: "assembly".into(),
        basis: "Decision of 3 May".into(),
        ..GrantInput::default()
    };
    let desk = Standing {
        role: Role::Secretariat,
        scope: Scope::Track("assembly".into()),
    };

    let by_nobody = standings::grant(&mut conn, &Actor::nobody(), now(), &input);
    let by_other = standings::grant(
        &mut conn,
        &Actor {
            account: Some(Id::new()),
            person: Some(ana),
            ..Actor::default()
        },
        now(),
        &input,
    );
    let id = standings::grant(&mut conn, &admin, now(), &input).expect("granted");
    let twice = standings::grant(&mut conn, &admin, now(), &input).expect("the same");
    let held = standings::of_person(&mut conn, ana, now()).expect("read");
    let holders = standings::holders(&mut conn, desk.role, &desk.scope, now()).expect("read");
    standings::end(&mut conn, &admin, now().plus_seconds(1), id).expect("ended");
    let after = standings::of_person(&mut conn, ana, now().plus_seconds(1)).expect("read");
    let again = standings::end(&mut conn, &admin, now().plus_seconds(2), id);

    assert_eq!(by_nobody.expect_err("refused").kind, Kind::SignInNeeded);
    assert_eq!(by_other.expect_err("refused").code, "not_allowed");
    assert_eq!(id, twice);
    assert_eq!(held, [desk]);
    assert_eq!(holders.len(), 1);
    assert_eq!(after, []);
    assert_eq!(again.expect_err("over").code, "already_ended");
    let notes = audit::list(&mut conn, &audit::Filter::default(), &PageAsk::first()).expect("read");
    let acts: Vec<&str> = notes.items.iter().map(|entry| entry.act.as_str()).collect();
    assert_eq!(
        acts[..2],
        ["standing.end", "standing.grant"],
        "one grant, one end"
    );
}

#[test]
fn r16_what_comes_with_another_record_is_not_granted_by_hand() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let ana = person(&mut conn, "Ana", "Ferreira");
    let edition = Id::<access_rules::ids::of::Edition>::new();
    let grant = |conn: &mut Conn, role: Role, kind: &str, of: String| {
        let input = GrantInput {
            person: Some(ana),
            role: Some(role),
            scope_kind: kind.into(),
            scope_ref: of,
            basis: "x".into(),
            ..GrantInput::default()
        };
        standings::grant(conn, &admin, now(), &input)
            .expect_err("refused")
            .code
    };

    let participant = grant(&mut conn, Role::Participant, "edition", edition.to_string());
    let odd_scope = grant(&mut conn, Role::PlatformAdmin, "track", "assembly".into());
    let no_scope = grant(&mut conn, Role::Secretariat, "galaxy", "x".into());

    let odd_code = grant(&mut conn, Role::Secretariat, "track", "../../x".into());

    assert_eq!(
        [participant, odd_scope, no_scope, odd_code],
        ["role_not_by_hand", "scope_mismatch", "invalid", "invalid"]
    );
}

#[test]
fn the_last_admin_stays() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let admin = admin(&mut conn);
    let own = standings::holders(&mut conn, Role::PlatformAdmin, &Scope::Everywhere, now()).expect("read")[0]
        .clone();

    let alone = standings::end(&mut conn, &admin, now(), own.id);
    let other = person(&mut conn, "Ben", "Backup");
    appoint(&mut conn, other, Role::PlatformAdmin, Scope::Everywhere);
    let with_other = standings::end(&mut conn, &admin, now().plus_seconds(1), own.id);

    assert_eq!(alone.expect_err("refused").code, "last_admin");
    with_other.expect("ended");
}

#[test]
fn r13_a_standing_holds_between_its_dates_and_what_was_held_can_be_told_later() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = person(&mut conn, "Ana", "Ferreira");
    let body = Scope::Body(Id::new());
    let seat = Appointment {
        person: ana,
        role: Role::BodyMember,
        scope: body.clone(),
        from: now(),
        to: Some(now().plus_days(10)),
        basis: "roster:1".into(),
        granted_by: None,
    };
    standings::appoint(&mut conn, now(), &seat).expect("appointed");

    let mut counts = [-1, 0, 9, 10].map(|days| {
        standings::of_person(&mut conn, ana, now().plus_days(days))
            .expect("read")
            .len()
    });
    assert_eq!(counts, [0, 1, 1, 0]);

    let dismissed = standings::dismiss(&mut conn, now().plus_days(5), None, ana, Role::BodyMember, &body)
        .expect("dismissed");
    counts = [-1, 0, 4, 5].map(|days| {
        standings::of_person(&mut conn, ana, now().plus_days(days))
            .expect("read")
            .len()
    });
    assert!(dismissed);
    assert_eq!(counts, [0, 1, 1, 0], "what was held stays told");
    assert_eq!(standings::history(&mut conn, ana).expect("read").len(), 1);
}

#[test]
fn r14_a_category_gives_its_tag_and_takes_it_back() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ana = person(&mut conn, "Ana", "Ferreira");

    for _ in 0..2 {
        tags::give(&mut conn, ana, Tag::Press, now(), None, "registration:1").expect("given");
    }
    let with = tags::of_person(&mut conn, ana, now()).expect("read");
    let taken = tags::take(&mut conn, now().plus_days(1), "registration:1").expect("taken");
    let without = tags::of_person(&mut conn, ana, now().plus_days(1)).expect("read");

    assert_eq!(with, [Tag::Press]);
    assert_eq!(taken, 1);
    assert_eq!(without, []);
}
