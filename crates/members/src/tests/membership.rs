//! Memberships, fees and relations.

use super::*;

#[test]
fn a_membership_goes_through_its_life_and_illegal_jumps_are_conflicts() {
    use MembershipState::{Active, Applied, Approved, AwaitingFee, Excluded, InArrears, Resigned, Suspended};
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let durban = city(conn, "Durban");
    let admit = AdmitInput {
        category: Some(Category::Individual),
        ..AdmitInput::default()
    };
    let mut held = memberships::admit(conn, &staff, now(), durban, &admit).expect("applied");
    assert_eq!(held.state, Applied);
    assert_eq!(
        code(memberships::admit(conn, &staff, now(), durban, &admit)),
        "already_member"
    );

    for state in [
        Approved,
        AwaitingFee,
        Active,
        InArrears,
        Active,
        Suspended,
        Active,
        Suspended,
        Excluded,
    ] {
        let jump = StepInput {
            state: Some(Resigned),
            ..StepInput::default()
        };
        if held.state != Active {
            let refused =
                memberships::step(conn, &staff, now(), held.id, None, &jump).expect_err("no such step");
            assert_eq!((refused.kind, refused.code), (Kind::Conflict, "illegal_step"));
        }
        let step = StepInput {
            state: Some(state),
            reason: "decided".into(),
            ..StepInput::default()
        };
        assert_eq!(
            memberships::step(conn, &staff, now(), held.id, Some(99), &step)
                .expect_err("old")
                .kind,
            Kind::Stale
        );
        held = memberships::step(conn, &staff, now(), held.id, Some(held.version), &step).expect("a step");
    }

    assert_eq!(held.to_at, Some(now()));
    let history = memberships::history(conn, durban).expect("read");
    assert_eq!(history[0].steps.len(), 10);
    // Excluded, it may begin again as another membership.
    memberships::admit(conn, &staff, now(), durban, &admit).expect("applied again");
}

#[test]
fn r13_a_membership_suspended_yesterday_closes_the_door_today_and_not_for_last_week() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let durban = city(conn, "Durban");
    member(conn, durban, Category::Individual, MembershipState::Active);
    let mayor = person(conn, "Mayor");
    let record = RecordInput {
        person: Some(mayor),
        organisation: Some(durban),
        kind: Some(PositionKind::Mayor),
        from_at: Some(now().plus_days(-100)),
        ..RecordInput::default()
    };
    positions::record(conn, &secretariat(), now(), &record).expect("recorded");
    assert!(signed_in(conn, mayor).is(Tag::UclgMember));
    let history = memberships::history(conn, durban).expect("read");
    let id = history[0].membership.id;
    let step = |conn: &mut Conn, days: i64| {
        let step = StepInput {
            state: Some(MembershipState::Suspended),
            from_at: Some(now().plus_days(days)),
            reason: "World Council".into(),
        };
        memberships::step(conn, &secretariat(), now(), id, None, &step)
    };

    assert_eq!(code(step(conn, 1)), "not_in_order");
    assert_eq!(code(step(conn, -9999)), "not_in_order");
    step(conn, -1).expect("suspended yesterday");

    assert!(!signed_in(conn, mayor).is(Tag::UclgMember));
    let last_week = now().plus_days(-7);
    let then = actors::load_person(conn, mayor, last_week).expect("an actor");
    assert!(then.is(Tag::UclgMember));
    assert_eq!(
        memberships::as_of(conn, durban, last_week).expect("read"),
        [(Category::Individual, MembershipState::Active)]
    );
    assert_eq!(memberships::members_among(conn, &[durban]).expect("read"), []);
}

#[test]
fn r135_fees_are_recorded_by_year_and_what_is_owed_follows() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let durban = city(conn, "Durban");
    let fee = |year, state| DuesInput {
        year,
        state: Some(state),
        amount_cents: Some(150_000),
        currency: "eur".into(),
        paid_on: None,
    };
    let record = |conn: &mut Conn, fee: &DuesInput| dues::record(conn, &secretariat(), now(), durban, fee);
    record(conn, &fee(2016, DuesState::Paid)).expect("recorded");
    record(conn, &fee(2017, DuesState::Partial)).expect("recorded");
    record(conn, &fee(2018, DuesState::Waived)).expect("recorded");

    assert_eq!(dues::owed(conn, durban, 2016, 2018).expect("read"), [2017]);
    record(conn, &fee(2017, DuesState::Paid)).expect("corrected");
    assert_eq!(
        dues::owed(conn, durban, 2016, 2018).expect("read"),
        Vec::<i32>::new()
    );
    let bad = DuesInput {
        year: 1900,
        currency: "euros".into(),
        amount_cents: Some(-1),
        ..DuesInput::default()
    };
    let refused = record(conn, &bad).expect_err("refused");
    let fields: Vec<&str> = refused.fields.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["year", "state", "currency", "amount_cents"]);
}

#[test]
fn relations_are_dated_ended_and_never_circular() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let (a, b) = (city(conn, "A"), city(conn, "B"));
    let joins = |other| RelationInput {
        kind: Some(RelationKind::MemberOfNetwork),
        other: Some(other),
        basis: "statutes".into(),
        ..RelationInput::default()
    };
    let record =
        |conn: &mut Conn, of, input: &RelationInput| relations::record(conn, &staff, now(), of, input);

    let held = record(conn, a, &joins(b)).expect("recorded");
    assert_eq!(code(record(conn, a, &joins(b))), "already_related");
    assert_eq!(code(record(conn, b, &joins(a))), "circular");
    assert_eq!(code(record(conn, a, &joins(a))), "circular");
    let end =
        |conn: &mut Conn| relations::end(conn, &staff, now().plus_days(1), held.id, &EndInput::default());
    end(conn).expect("ended");
    assert_eq!(code(end(conn)), "already_over");
    let later = RelationInput {
        from_at: Some(now().plus_days(2)),
        ..joins(a)
    };
    record(conn, b, &later).expect("no circle any more");
    let no_basis = RelationInput {
        basis: " ".into(),
        ..joins(a)
    };
    assert_eq!(code(record(conn, b, &no_basis)), "invalid");
    assert_eq!(relations::of(conn, a).expect("read").len(), 1);
}
