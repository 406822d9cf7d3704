//! Positions and who confirms them.

use super::*;

#[test]
fn r14_a_self_declared_position_gives_no_right_until_it_is_confirmed() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let durban = city(conn, "Durban");
    member(conn, durban, Category::Individual, MembershipState::Active);
    let ana = person(conn, "Ana");
    let actor = signed_in(conn, ana);
    let request = RequestInput {
        organisation: Some(durban),
        kind: Some(PositionKind::Mayor),
        title: "Mayor of Durban".into(),
    };
    let position = positions::request(conn, &actor, now(), &request).expect("asked");

    assert_eq!(signed_in(conn, ana).tags, [Tag::Individual].into());
    assert_eq!(
        code(positions::request(conn, &actor, now(), &request)),
        "position_exists"
    );
    let own = positions::confirm(conn, &actor, now(), position.id, None, &DecideInput::default());
    assert_eq!(code(own), "not_allowed");

    positions::confirm(
        conn,
        &secretariat(),
        now(),
        position.id,
        Some(1),
        &DecideInput::default(),
    )
    .expect("confirmed");

    let actor = signed_in(conn, ana);
    assert_eq!(actor.organisations, [durban]);
    assert_eq!(
        actor.tags,
        [
            Tag::Individual,
            Tag::Mayor,
            Tag::ElectedMandate,
            Tag::City,
            Tag::LocalGovernment,
            Tag::CollectiveMember,
            Tag::UclgMember,
            Tag::UclgMemberIndividual,
            Tag::GtfConstituency,
        ]
        .into()
    );
    let again = positions::confirm(
        conn,
        &secretariat(),
        now(),
        position.id,
        None,
        &DecideInput::default(),
    );
    assert_eq!(code(again), "illegal_step");
    positions::end(conn, &actor, now(), position.id, Some(2), &DecideInput::default()).expect("resigned");
    assert_eq!(signed_in(conn, ana).tags, [Tag::Individual].into());
}

#[test]
fn r15_a_focal_point_confirms_their_own_people_and_another_organisations_do_not_exist_for_them() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let (a, b) = (city(conn, "A"), city(conn, "B"));
    let (_, officer) = focal_point(conn, a, "Officer of A");
    let (ana, ben) = (person(conn, "Ana of A"), person(conn, "Ben of B"));
    let (of_a, of_b) = (asked(conn, ana, a), asked(conn, ben, b));
    let decide = DecideInput::default();

    let hidden = positions::confirm(conn, &officer, now(), of_b.id, None, &decide).expect_err("hidden");
    let absent =
        positions::confirm(conn, &officer, now(), Id::named("absent"), None, &decide).expect_err("absent");
    assert_eq!(hidden, absent);
    assert_eq!(hidden.kind, Kind::NotFound);
    for refused in [
        positions::refuse(conn, &officer, now(), of_b.id, None, &decide).map(drop),
        positions::end(conn, &officer, now(), of_b.id, None, &decide).map(drop),
        positions::get(conn, &officer, now(), of_b.id).map(drop),
        positions::of_organisation(conn, &officer, now(), b).map(drop),
        positions::of_person(conn, &officer, now(), ben).map(drop),
    ] {
        assert_eq!(refused, Err(absent.clone()));
    }

    let waiting = positions::waiting(
        conn,
        &officer,
        now(),
        &WaitingFilter::default(),
        &PageAsk::first(),
    )
    .expect("a queue")
    .items;
    assert_eq!(
        waiting.iter().map(|view| view.position.id).collect::<Vec<_>>(),
        [of_a.id]
    );
    assert!(waiting[0].may_decide);
    assert_eq!(
        positions::waiting_count(conn, &officer, now()).expect("counted"),
        1
    );
    let done = positions::confirm(conn, &officer, now(), of_a.id, None, &decide).expect("confirmed");
    assert_eq!(done.decided_by, officer.person);
    let nobody = Actor::nobody();
    assert_eq!(
        code(positions::get(conn, &nobody, now(), of_a.id)),
        code(positions::get(conn, &nobody, now(), Id::named("absent")))
    );
}

#[test]
fn r177_a_focal_point_does_not_confirm_themselves_and_the_secretariat_does() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let a = city(conn, "A");
    let (person, officer) = focal_point(conn, a, "Officer");
    let own = asked(conn, person, a);
    let decide = DecideInput::default();

    let refused = positions::confirm(conn, &officer, now(), own.id, None, &decide).expect_err("own");
    assert_eq!((refused.kind, refused.code), (Kind::Forbidden, "own_position"));
    assert!(
        !positions::get(conn, &officer, now(), own.id)
            .expect("seen")
            .may_decide
    );
    positions::confirm(conn, &secretariat(), now(), own.id, None, &decide).expect("confirmed");

    focal_points::remove(conn, &secretariat(), now(), a, person).expect("removed");
    assert_eq!(
        code(focal_points::remove(conn, &secretariat(), now(), a, person)),
        "not_found"
    );
    assert_eq!(signed_in(conn, person).focal_point_of().count(), 0);
}

#[test]
fn the_queue_is_sorted_by_evidence_and_a_domain_alone_never_confirms() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let with_domain = OrganisationInput {
        email_domain: "durban.example".into(),
        ..input("Durban", OrganisationKind::City, "ZA")
    };
    let durban = organisations::create(conn, &staff, now(), &with_domain)
        .expect("created")
        .id;
    let nothing = person(conn, "Nothing");
    let domain = with_address(conn, "Domain", "someone@Durban.Example");
    let contact = with_address(conn, "Contact", "Mayor@other.example");
    let roll = "name,country,kind,contact_email\nDurban,ZA,city,mayor@OTHER.example\n";
    let of: Vec<_> = [nothing, domain, contact]
        .into_iter()
        .map(|person| asked(conn, person, durban).id)
        .collect();
    let roll = roll::read(roll.as_bytes(), Charset::Utf8).expect("a roll");
    import::apply(conn, &staff, now(), &roll, false).expect("applied");

    let mut ask = PageAsk::of(1);
    let mut queue = Vec::new();
    while let Ok(page) = positions::waiting(conn, &staff, now(), &WaitingFilter::default(), &ask) {
        queue.extend(
            page.items
                .into_iter()
                .map(|view| (view.position.id, view.position.evidence)),
        );
        match page.next {
            Some(next) => ask.after = Some(next),
            None => break,
        }
    }
    assert_eq!(
        queue,
        [
            (of[2], Evidence::MemberRollContact),
            (of[1], Evidence::EmailDomain),
            (of[0], Evidence::None)
        ]
    );

    let all = ConfirmManyInput {
        positions: of.clone(),
    };
    let outcomes = conn
        .transaction(|conn| positions::confirm_many(conn, &staff, now(), &all))
        .expect("decided");
    let told: Vec<_> = outcomes
        .iter()
        .map(|outcome| (outcome.confirmed, outcome.code))
        .collect();
    assert_eq!(
        told,
        [
            (false, Some("evidence_too_weak")),
            (false, Some("evidence_too_weak")),
            (true, None)
        ]
    );
    positions::confirm(conn, &staff, now(), of[1], None, &DecideInput::default()).expect("after a look");
    let nobody = conn.transaction(|conn| positions::confirm_many(conn, &Actor::nobody(), now(), &all));
    assert_eq!(code(nobody), "sign_in_needed");
}

#[test]
fn a_refusal_says_why_and_the_position_may_be_asked_for_again() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let durban = city(conn, "Durban");
    let ana = person(conn, "Ana");
    let position = asked(conn, ana, durban);
    let because = DecideInput {
        reason: "not on the council".into(),
        ..DecideInput::default()
    };
    let refuse = |conn: &mut Conn, input: &DecideInput| {
        positions::refuse(conn, &secretariat(), now(), position.id, None, input)
    };

    assert_eq!(code(refuse(conn, &DecideInput::default())), "invalid");
    assert_eq!(
        refuse(conn, &because).expect("refused").reason,
        "not on the council"
    );
    asked(conn, ana, durban);
    let own = signed_in(conn, ana);
    assert_eq!(
        positions::of_person(conn, &own, now(), ana).expect("own").len(),
        2
    );
}

#[test]
fn what_changes_somebodys_tags_leaves_one_job_to_decide_again() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let durban = city(conn, "Durban");
    member(conn, durban, Category::Individual, MembershipState::Active);
    let ana = person(conn, "Ana");
    confirmed(conn, ana, durban, PositionKind::Mayor);
    for year in [2017, 2018] {
        let fee = DuesInput {
            year,
            state: Some(DuesState::Paid),
            ..DuesInput::default()
        };
        dues::record(conn, &secretariat(), now(), durban, &fee).expect("recorded");
    }

    let jobs = records::jobs::lease(conn, &[changed::JOB], now(), 60, 10).expect("leased");
    let mut payloads: Vec<String> = jobs.iter().map(|job| job.payload.0.to_string()).collect();
    payloads.sort();

    assert_eq!(
        payloads,
        [
            format!(r#"{{"organisation":"{durban}"}}"#),
            format!(r#"{{"person":"{ana}"}}"#)
        ]
    );
    assert_eq!(positions::people_of(conn, durban).expect("read"), [ana]);
}
