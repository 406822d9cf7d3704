//! Organisations: found, proposed, seen, merged.

use super::*;

#[test]
fn an_organisation_is_created_read_edited_and_its_version_guards_it() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let made = OrganisationInput {
        names: Localized::of("Durban", "Durban", "Durban"),
        site: "www.durban.gov.za".into(),
        email_domain: "@Durban.gov.za".into(),
        ..input("eThekwini", OrganisationKind::Metropolis, "South Africa")
    };
    let made = organisations::create(conn, &staff, now(), &made).expect("created");

    assert_eq!(made.country.as_deref(), Some("ZA"));
    assert_eq!(made.site, "https://www.durban.gov.za");
    assert_eq!(made.email_domain, "durban.gov.za");
    assert_eq!(made.effective_section(), Some(Section::Africa));

    let change = OrganisationInput {
        section: Some(Section::Metropolitan),
        ..input("eThekwini Metro", OrganisationKind::Metropolis, "za")
    };
    let edit = |conn: &mut Conn, version| organisations::edit(conn, &staff, now(), made.id, version, &change);
    assert_eq!(edit(conn, None).expect_err("refused").kind, Kind::VersionNeeded);
    assert_eq!(edit(conn, Some(7)).expect_err("refused").kind, Kind::Stale);
    let changed = edit(conn, Some(1)).expect("edited");
    assert_eq!(edit(conn, Some(1)).expect_err("refused").kind, Kind::Stale);

    assert_eq!(changed.version, 2);
    assert_eq!(
        organisations::find(conn, made.id).expect("read"),
        Some(changed.clone())
    );
    assert_eq!(changed.effective_section(), Some(Section::Metropolitan));
}

#[test]
fn bad_input_is_told_field_by_field_and_only_staff_create() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let bad = OrganisationInput {
        country: "Atlantis".into(),
        site: "javascript:alert(1)".into(),
        email_domain: "gmail.com".into(),
        ..OrganisationInput::default()
    };
    let refused = organisations::create(conn, &secretariat(), now(), &bad).expect_err("refused");
    let fields: Vec<&str> = refused.fields.iter().map(|fault| fault.field.as_str()).collect();

    assert_eq!(fields, ["name", "kind", "country", "site", "email_domain"]);
    let good = input("A", OrganisationKind::City, "");
    assert_eq!(
        code(organisations::create(conn, &Actor::nobody(), now(), &good)),
        "sign_in_needed"
    );
    let ana = person(conn, "Ana");
    let ana = signed_in(conn, ana);
    assert_eq!(
        code(organisations::create(conn, &ana, now(), &good)),
        "not_allowed"
    );
}

#[test]
fn r259_names_that_look_alike_are_flagged_and_the_same_organisation_is_not_listed_twice() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let uclg = organisation(conn, "UCLG", OrganisationKind::InternationalLgNetwork, "");
    let staff = secretariat();
    let with_cyrillic_es = input("U\u{0421}LG", OrganisationKind::Ngo, "");

    let refused = organisations::create(conn, &staff, now(), &with_cyrillic_es).expect_err("flagged");
    assert_eq!(refused.code, "looks_alike");
    assert_eq!(refused.facts["organisation"], uclg.id.to_string());
    let despite = OrganisationInput {
        despite_lookalike: true,
        ..with_cyrillic_es
    };
    let other = organisations::create(conn, &staff, now(), &despite).expect("said to be right");
    let view = organisations::get(conn, &staff, now(), other.id).expect("read");
    let alike: Vec<OrganisationId> = view
        .inside
        .expect("inside")
        .lookalikes
        .iter()
        .map(|card| card.id)
        .collect();
    assert_eq!(alike, [uclg.id]);

    let twice = input("  u.c.l.g. ", OrganisationKind::InternationalLgNetwork, "");
    assert_eq!(
        code(organisations::create(conn, &staff, now(), &twice)),
        "organisation_exists"
    );
    // One name in two countries, or of a city and its province, is two organisations.
    organisation(conn, "Córdoba", OrganisationKind::City, "ES");
    organisation(conn, "Córdoba", OrganisationKind::City, "AR");
    organisation(conn, "Cordoba", OrganisationKind::Region, "AR");
}

#[test]
fn an_organisation_is_found_by_the_beginnings_of_its_words_and_by_its_acronym() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let salga = OrganisationInput {
        acronym: "S.A.L.G.A.".into(),
        ..input(
            "South African Local Government Association",
            OrganisationKind::NationalAssociation,
            "ZA",
        )
    };
    organisations::create(conn, &staff, now(), &salga).expect("created");
    organisation(conn, "Ville d’Évry", OrganisationKind::City, "FR");
    organisation(conn, "Salgado", OrganisationKind::City, "BR");
    organisations::propose(
        conn,
        now(),
        &ProposalInput {
            name: "Evry Ouest".into(),
            ..ProposalInput::default()
        },
    )
    .expect("proposed");
    let found = |conn: &mut Conn, typed: &str| -> Vec<String> {
        let cards = organisations::suggest(conn, typed, 10).expect("found");
        cards.into_iter().map(|card| card.name).collect()
    };

    assert_eq!(found(conn, "EVRY"), ["Ville d’Évry"]);
    assert_eq!(
        found(conn, "loc gov"),
        ["South African Local Government Association"]
    );
    assert_eq!(
        found(conn, "salga"),
        ["South African Local Government Association", "Salgado"]
    );
    for nothing in ["", "%", "_", "!", "vry", "atlantis", &"x ".repeat(5000)] {
        assert_eq!(found(conn, nothing), Vec::<String>::new(), "{nothing:.10}");
    }
}

#[test]
fn r247_the_directory_shows_active_organisations_and_what_is_inside_to_the_desk_and_its_own_people() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let durban = city(conn, "Durban");
    member(conn, durban, Category::Individual, MembershipState::InArrears);
    let typed = organisations::propose(
        conn,
        now(),
        &ProposalInput {
            name: "Typed in".into(),
            ..ProposalInput::default()
        },
    )
    .expect("proposed");
    let own = person(conn, "Own");
    confirmed(conn, own, durban, PositionKind::Staff);
    let stranger = person(conn, "Stranger");
    let readers = [
        (Actor::nobody(), false, false),
        (signed_in(conn, stranger), false, false),
        (signed_in(conn, own), true, false),
        (secretariat(), true, true),
    ];

    for (reader, sees_inside, sees_proposed) in readers {
        let view = organisations::get(conn, &reader, now(), durban).expect("public");
        assert_eq!(view.inside.is_some(), sees_inside);
        let listed = organisations::list(conn, &reader, now(), &Filter::default(), &PageAsk::first())
            .expect("a list")
            .items;
        // What the list shows is what can be read one by one.
        for id in [durban, typed.id] {
            let is_listed = listed.iter().any(|card| card.id == id);
            assert_eq!(is_listed, organisations::get(conn, &reader, now(), id).is_ok());
        }
        assert_eq!(listed.len(), if sees_proposed { 2 } else { 1 });
        let hidden = organisations::get(conn, &reader, now(), typed.id);
        if !sees_proposed {
            assert_eq!(
                hidden,
                organisations::get(conn, &reader, now(), Id::named("absent"))
            );
        }
    }
}

#[test]
fn lists_are_paged_filtered_by_section_and_by_membership_for_the_desk_alone() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    for (name, country) in [
        ("Ankara", "TR"),
        ("Rabat", "MA"),
        ("Évry", "FR"),
        ("Zagreb", "HR"),
    ] {
        organisation(conn, name, OrganisationKind::City, country);
    }
    let izmir = OrganisationInput {
        section: Some(Section::Europe),
        ..input("İzmir", OrganisationKind::City, "TR")
    };
    let izmir = organisations::create(conn, &staff, now(), &izmir).expect("created");
    member(conn, izmir.id, Category::Individual, MembershipState::Active);
    let names = |conn: &mut Conn, reader: &Actor, filter: &Filter| -> Result<Vec<String>, Fault> {
        let mut ask = PageAsk::of(2);
        let mut names = Vec::new();
        loop {
            let page = organisations::list(conn, reader, now(), filter, &ask)?;
            names.extend(page.items.into_iter().map(|card| card.name));
            match page.next {
                Some(next) => ask.after = Some(next),
                None => return Ok(names),
            }
        }
    };
    let of_section = |section| Filter {
        section: Some(section),
        ..Filter::default()
    };

    let all = names(conn, &Actor::nobody(), &Filter::default()).expect("a list");
    assert_eq!(all, ["Ankara", "Évry", "İzmir", "Rabat", "Zagreb"]);
    assert_eq!(
        names(conn, &staff, &of_section(Section::Europe)).expect("a list"),
        ["Évry", "İzmir", "Zagreb"]
    );
    assert_eq!(
        names(conn, &staff, &of_section(Section::Mewa)).expect("a list"),
        ["Ankara"]
    );
    let members = Filter {
        membership: Some(MembershipState::Active),
        ..Filter::default()
    };
    assert_eq!(names(conn, &staff, &members).expect("a list"), ["İzmir"]);
    assert_eq!(
        names(conn, &Actor::nobody(), &members).expect_err("refused").kind,
        Kind::SignInNeeded
    );
}

#[test]
fn r14_mine_is_not_listed_goes_on_and_gives_nothing_until_staff_accept_it() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let proposal = ProposalInput {
        name: "Nowhereville".into(),
        country: "ZA".into(),
        kind: Some(OrganisationKind::City),
        site: String::new(),
    };
    let typed = organisations::propose(conn, now(), &proposal).expect("proposed");
    let again = organisations::propose(conn, now(), &proposal).expect("known");
    let durban = organisation(conn, "Durban", OrganisationKind::City, "ZA");
    let listed = ProposalInput {
        name: "DURBAN".into(),
        ..proposal.clone()
    };
    let mayor = person(conn, "Mayor");
    let position = asked(conn, mayor, typed.id);

    assert_eq!(typed.id, again.id);
    assert_eq!(
        organisations::propose(conn, now(), &listed).expect("known").id,
        durban.id
    );
    let confirm = |conn: &mut Conn| {
        positions::confirm(
            conn,
            &secretariat(),
            now(),
            position.id,
            None,
            &DecideInput::default(),
        )
    };
    assert_eq!(code(confirm(conn)), "illegal_step");

    let accepted = organisations::accept(conn, &secretariat(), now(), typed.id, Some(1)).expect("accepted");
    assert_eq!(accepted.state, OrganisationState::Active);
    assert_eq!(
        code(organisations::accept(conn, &secretariat(), now(), typed.id, None)),
        "illegal_step"
    );
    confirm(conn).expect("confirmed");
    assert!(signed_in(conn, mayor).is(Tag::City));
}

#[test]
fn r247_merging_keeps_history_and_moves_everything_to_the_one_that_stays() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let kept = city(conn, "Durban");
    let gone = city(conn, "Ethekwini Municipality");
    let network = organisation(conn, "Network", OrganisationKind::InternationalLgNetwork, "").id;
    member(conn, gone, Category::Individual, MembershipState::Active);
    for (of, year) in [(gone, 2018), (gone, 2017), (kept, 2018)] {
        let fee = DuesInput {
            year,
            state: Some(DuesState::Paid),
            ..DuesInput::default()
        };
        dues::record(conn, &staff, now(), of, &fee).expect("recorded");
    }
    let joins = RelationInput {
        kind: Some(RelationKind::MemberOfNetwork),
        other: Some(network),
        basis: "list of 2018".into(),
        ..RelationInput::default()
    };
    relations::record(conn, &staff, now(), gone, &joins).expect("recorded");
    let mayor = person(conn, "Mayor");
    confirmed(conn, mayor, gone, PositionKind::Mayor);
    asked(conn, mayor, kept);
    let (_, officer) = focal_point(conn, gone, "Officer");
    let into = MergeInput { into: Some(kept) };

    assert_eq!(
        code(merging::merge(
            conn,
            &staff,
            now(),
            gone,
            None,
            &MergeInput { into: Some(gone) }
        )),
        "cannot_merge"
    );
    merging::merge(conn, &staff, now(), gone, Some(1), &into).expect("merged");

    assert_eq!(
        code(merging::merge(conn, &staff, now(), gone, None, &into)),
        "already_merged"
    );
    // The old id and the old name lead to the one that stays.
    assert_eq!(
        organisations::get(conn, &staff, now(), gone)
            .expect("read")
            .card
            .id,
        kept
    );
    let found = organisations::suggest(conn, "ethek", 5).expect("found");
    assert_eq!(found.iter().map(|card| card.id).collect::<Vec<_>>(), [kept]);
    let inside = organisations::get(conn, &staff, now(), kept)
        .expect("read")
        .inside
        .expect("inside");
    assert_eq!(inside.memberships.len(), 1);
    assert_eq!(inside.memberships[0].steps.len(), 1);
    assert_eq!(
        inside.dues.iter().map(|fee| fee.year).collect::<Vec<_>>(),
        [2017, 2018]
    );
    assert_eq!(inside.relations[0].other, Some(network));
    // The confirmed position outlives the one that was only asked for.
    let held = positions::all_of(conn, mayor).expect("read");
    let states: Vec<_> = held.iter().map(|p| (p.organisation, p.state)).collect();
    assert_eq!(
        states,
        [(kept, PositionState::Ended), (kept, PositionState::Confirmed)]
    );
    assert!(signed_in(conn, mayor).is(Tag::UclgMember));
    let officer = officer.person.expect("a person");
    assert_eq!(focal_points::of(conn, kept, now()).expect("read"), [officer]);
    assert_eq!(focal_points::of(conn, gone, now()).expect("read"), []);
}

#[test]
fn two_members_are_not_merged_so_that_no_fee_or_vote_is_lost() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let (one, other) = (city(conn, "One"), city(conn, "Other"));
    member(conn, one, Category::Individual, MembershipState::Active);
    member(conn, other, Category::Individual, MembershipState::InArrears);

    let refused = merging::merge(
        conn,
        &secretariat(),
        now(),
        one,
        None,
        &MergeInput { into: Some(other) },
    );

    assert_eq!(code(refused), "both_members");
}
