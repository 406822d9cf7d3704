//! Who asks, loaded from the records.

use super::*;

#[test]
fn an_actor_carries_standings_granted_tags_organisations_arrears_and_for_the_desk_every_body() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let bodies: Vec<BodyId> = (0..2).map(|_| Id::new()).collect();
    for body in &bodies {
        body_register::add(conn, *body).expect("added");
        body_register::add(conn, *body).expect("added once");
    }
    let durban = city(conn, "Durban");
    member(conn, durban, Category::Individual, MembershipState::InArrears);
    let (ana, clerk, plain) = (person(conn, "Ana"), person(conn, "Clerk"), person(conn, "Plain"));
    confirmed(conn, ana, durban, PositionKind::Councillor);
    granted_tags::give(conn, ana, Tag::Press, now(), None, "registration:1").expect("granted");
    let appoint = |conn: &mut Conn, person, role, scope| {
        let appointment = standings::Appointment {
            person,
            role,
            scope,
            from: now(),
            to: None,
            basis: "test".into(),
            granted_by: None,
        };
        standings::appoint(conn, now(), &appointment).expect("appointed");
    };
    appoint(conn, ana, Role::BodyMember, Scope::Body(bodies[0]));
    appoint(conn, clerk, Role::Secretariat, Scope::Track("statutory".into()));

    let account = Id::named("account of Ana");
    let actor = actors::load(conn, account, ana, now()).expect("an actor");
    assert_eq!(actor.account, Some(account));
    assert_eq!(actor.person, Some(ana));
    assert_eq!(actor.organisations, [durban]);
    assert!(actor.is(Tag::Press) && actor.is(Tag::Councillor) && actor.is(Tag::UclgMember));
    assert!(actor.in_arrears);
    assert_eq!(actor.bodies().collect::<Vec<_>>(), [bodies[0]]);
    assert_eq!(actor.desk_bodies, []);
    let clerk = actors::load_person(conn, clerk, now()).expect("an actor");
    assert_eq!(clerk.desk_bodies, bodies);
    assert!(clerk.account.is_none());

    let many = actors::load_many(conn, &[ana, plain], now()).expect("actors");
    assert_eq!(many[&ana].tags, actor.tags);
    assert_eq!(many[&plain].tags, [Tag::Individual].into());
    let before = actors::load_person(conn, ana, now().plus_seconds(-1)).expect("an actor");
    assert_eq!((before.standings, before.organisations), (vec![], vec![]));
}

#[test]
fn r5_members_of_a_network_of_the_task_force_are_of_its_constituency() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let network = organisation(conn, "Network", OrganisationKind::InternationalLgNetwork, "").id;
    let durban = city(conn, "Durban");
    let mayor = person(conn, "Mayor");
    confirmed(conn, mayor, durban, PositionKind::Mayor);
    let relation = |kind, other| RelationInput {
        kind: Some(kind),
        other,
        basis: "list of 2016".into(),
        ..RelationInput::default()
    };
    relations::record(
        conn,
        &staff,
        now(),
        durban,
        &relation(RelationKind::MemberOfNetwork, Some(network)),
    )
    .expect("recorded");
    assert!(!signed_in(conn, mayor).is(Tag::GtfConstituency));

    relations::record(
        conn,
        &staff,
        now(),
        network,
        &relation(RelationKind::GtfNetwork, None),
    )
    .expect("recorded");

    assert!(signed_in(conn, mayor).is(Tag::GtfConstituency));
    assert!(!signed_in(conn, mayor).is(Tag::GtfNetwork));
}

#[test]
fn the_same_person_may_carry_two_organisations_and_each_opens_its_own_doors() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let durban = city(conn, "Durban");
    let salga = organisation(conn, "SALGA", OrganisationKind::NationalAssociation, "ZA").id;
    member(conn, durban, Category::Individual, MembershipState::InArrears);
    member(conn, salga, Category::Association, MembershipState::Active);
    let mayor = person(conn, "Mayor and president");
    confirmed(conn, mayor, durban, PositionKind::Mayor);
    confirmed(conn, mayor, salga, PositionKind::Head);

    let actor = signed_in(conn, mayor);

    assert!(actor.is(Tag::UclgMemberIndividual) && actor.is(Tag::UclgMemberAssociation));
    assert!(!actor.in_arrears, "one of the two is up to date");
    assert_eq!(actor.organisations.len(), 2);
}
