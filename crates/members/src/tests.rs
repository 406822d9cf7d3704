//! The slice against a real database, on whichever engine the run names.

use access_rules::{Act, Actor, BodyId, Object, OrganisationId, PersonId, Role, Scope, Standing, Tag};
use db::{Conn, on_each, testing};
use diesel::prelude::*;
use kernel::{Email, Fault, Id, Kind, Language, Localized, Moment, PageAsk};
use people::{
    accounts,
    persons::{self, NewPerson},
    standings, tags as granted_tags,
};

use crate::{
    actors, body_register, changed, dues,
    dues::DuesInput,
    export, focal_points,
    focal_points::FocalPointInput,
    import::{self, Fate, Severity},
    memberships::{self, AdmitInput, StepInput},
    merging::{self, MergeInput},
    model::{
        Category, DuesState, Evidence, MembershipState, Organisation, OrganisationKind, OrganisationState,
        Position, PositionKind, PositionState, RelationKind,
    },
    organisations::{self, Filter, OrganisationInput, ProposalInput},
    positions::{self, Asked, ConfirmManyInput, DecideInput, RecordInput, RequestInput, WaitingFilter},
    relations::{self, EndInput, RelationInput},
    sections::Section,
    sheet::Charset,
};

fn now() -> Moment {
    Moment::at("2019-11-14T08:40:00Z")
}

fn secretariat() -> Actor {
    Actor {
        account: Some(Id::named("account of the secretariat")),
        standings: vec![Standing {
            role: Role::Secretariat,
            scope: Scope::Everywhere,
        }],
        ..Actor::default()
    }
}

fn person(conn: &mut Conn, name: &str) -> PersonId {
    let new = NewPerson {
        given_name: name.into(),
        ..NewPerson::default()
    };
    persons::create(conn, now(), &new).expect("a person")
}

/// A person with an account whose address is proved.
fn with_address(conn: &mut Conn, name: &str, email: &str) -> PersonId {
    let person = person(conn, name);
    let email: Email = email.parse().expect("an address");
    let account = accounts::create(conn, now(), person, &email, Language::En).expect("an account");
    use people::tables::accounts as table;
    on_each!(conn, |c| diesel::update(table::table.find(account.id))
        .set(table::verified_at.eq(now()))
        .execute(c))
    .expect("proved");
    person
}

fn signed_in(conn: &mut Conn, person: PersonId) -> Actor {
    actors::load(conn, Id::named("account"), person, now()).expect("an actor")
}

fn input(name: &str, kind: OrganisationKind, country: &str) -> OrganisationInput {
    OrganisationInput {
        name: name.into(),
        kind: Some(kind),
        country: country.into(),
        ..OrganisationInput::default()
    }
}

fn organisation(conn: &mut Conn, name: &str, kind: OrganisationKind, country: &str) -> Organisation {
    organisations::create(conn, &secretariat(), now(), &input(name, kind, country)).expect("created")
}

fn city(conn: &mut Conn, name: &str) -> OrganisationId {
    organisation(conn, name, OrganisationKind::City, "ZA").id
}

/// A member since long ago, in this state today.
fn member(conn: &mut Conn, of: OrganisationId, category: Category, state: MembershipState) {
    let admit = AdmitInput {
        category: Some(category),
        state: Some(state),
        from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
        reason: "roll".into(),
    };
    memberships::admit(conn, &secretariat(), now(), of, &admit).expect("admitted");
}

fn confirmed(conn: &mut Conn, person: PersonId, of: OrganisationId, kind: PositionKind) -> Position {
    let record = RecordInput {
        person: Some(person),
        organisation: Some(of),
        kind: Some(kind),
        ..RecordInput::default()
    };
    positions::record(conn, &secretariat(), now(), &record).expect("recorded")
}

fn asked(conn: &mut Conn, person: PersonId, of: OrganisationId) -> Position {
    let asked = Asked {
        person,
        organisation: of,
        kind: PositionKind::Mayor,
        title: "Mayor".into(),
        by: Some(person),
        proved: None,
        has_document: false,
    };
    positions::ask(conn, now(), &asked).expect("asked")
}

fn focal_point(conn: &mut Conn, of: OrganisationId, name: &str) -> (PersonId, Actor) {
    let person = person(conn, name);
    let input = FocalPointInput { person: Some(person) };
    focal_points::appoint(conn, &secretariat(), now(), of, &input).expect("appointed");
    let actor = signed_in(conn, person);
    (person, actor)
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}

// Organisations

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

// Memberships, dues, relations

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

// Positions

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
    let roll = import::read(roll.as_bytes(), Charset::Utf8).expect("a roll");
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

// Actors

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

// The roll

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
    let roll = import::read(ROLL.as_bytes(), Charset::Utf8).expect("a roll");
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
    let roll = import::read(ROLL.as_bytes(), Charset::Utf8).expect("a roll");

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
    let roll = import::read(ROLL.as_bytes(), Charset::Utf8).expect("a roll");
    conn.transaction(|conn| import::apply(conn, &staff, now(), &roll, true))
        .expect("applied");

    let file = export::csv(conn, &staff, now()).expect("a file");
    assert!(file.contains("'=HYPERLINK"), "{file}");
    let roll = import::read(file.as_bytes(), Charset::Utf8).expect("a roll");
    let plan = import::plan(conn, &staff, now(), &roll).expect("a plan");
    assert_eq!((plan.unchanged, plan.rows.len()), (4, 4), "{:#?}", plan.rows);
    assert_eq!(plan.messages, []);

    // In an empty database it makes the same organisations under the same ids.
    let other = testing::fresh();
    let conn = &mut other.conn();
    conn.transaction(|conn| import::apply(conn, &staff, now(), &roll, false))
        .expect("applied");
    assert_eq!(export::csv(conn, &staff, now()).expect("a file"), file);
    assert_eq!(code(export::csv(conn, &Actor::nobody(), now())), "sign_in_needed");
}

#[test]
fn a_roll_moves_memberships_on_and_refuses_illegal_jumps() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let staff = secretariat();
    let apply = |conn: &mut Conn, line: &str| {
        let file = format!("name,country,kind,category,state\n{line}\n");
        let roll = import::read(file.as_bytes(), Charset::Utf8).expect("a roll");
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
    let roll = import::read(b"name\nx\n", Charset::Utf8).expect("a roll");
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

    let roll = import::read(
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
    let bad = |file: &str| code(import::read(file.as_bytes(), Charset::Utf8).map(drop));

    assert_eq!(bad("country,kind\nZA,city\n"), "column_missing");
    assert_eq!(bad("name,nom\nA,B\n"), "column_twice");
    assert_eq!(bad("name,2019,dues 2019\nA,paid,paid\n"), "column_twice");
    let long = format!("name\n{}", "x\n".repeat(import::ROLL_MAX + 1));
    assert_eq!(bad(&long), "sheet_too_large");
}
