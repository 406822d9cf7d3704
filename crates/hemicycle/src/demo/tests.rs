//! The demonstration on both engines: what is there, that the rules let it in, and that it says what is invented.

use std::collections::BTreeSet;

use ::people::persons;
use access_rules::{Key, Role, Tag};
use db::testing;
use kernel::Language;
use members::model::MembershipState;
use programme::{
    conflicts::Severity,
    draft,
    model::{EditionState, SessionKind, SessionState},
    releases,
};
use registration::{
    model::{RegistrationState, SeatState, TrackState},
    registrations as registered, seats as seat,
};

use super::*;

fn admissions() -> Admissions {
    use programme::model::TrackKind;
    Admissions::general_only()
        .with(TrackKind::Assembly, ::assembly::admission::AssemblyAdmission)
        .with(TrackKind::TownHall, ::town_hall::admission::TownHallAdmission)
        .with(
            TrackKind::Local4action,
            ::local4action::admission::Local4ActionAdmission,
        )
        .with(TrackKind::Statutory, ::statutory::admission::StatutoryAdmission)
}

fn furnished(moment: DemoMoment) -> (testing::TestDatabase, Furnished) {
    let test = testing::fresh();
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let furnished = open(test.url(), &store, &admissions(), moment).expect("furnished");
    (test, furnished)
}

fn everything_is_there_released_and_without_an_error(conn: &mut Conn, furnished: &Furnished) {
    assert!(furnished.is_new);
    assert_eq!((furnished.organisations, furnished.people), (60, PEOPLE));
    assert!((78..=85).contains(&furnished.sessions), "{}", furnished.sessions);
    let edition = programme::editions::find(conn, furnished.edition)
        .expect("asked")
        .expect("there");
    assert_eq!((edition.state, edition.live_release), (EditionState::Running, 2));

    let organiser = actor_of(conn, "organiser", furnished.opens).expect("an organiser");
    let conflicts =
        draft::conflicts_of(conn, &organiser, furnished.opens, &admissions(), edition.id).expect("conflicts");
    let told: BTreeSet<&str> = conflicts.iter().map(|conflict| conflict.code).collect();
    assert!(
        conflicts
            .iter()
            .all(|conflict| conflict.severity == Severity::Warning),
        "{conflicts:?}"
    );
    assert_eq!(
        told,
        BTreeSet::from([
            "interpretation_missing",
            "member_elsewhere",
            "one_sphere_only",
            "room_too_small",
            "streaming_missing"
        ]),
        "{conflicts:?}"
    );

    let preview = releases::preview(conn, &organiser, furnished.opens, &admissions(), edition.id, None)
        .expect("a preview");
    assert_eq!(preview.refusals, []);
    assert!(
        preview.changes.iter().any(|change| change.code == "L4A-36"),
        "{:?}",
        preview.changes
    );

    let all = programme::sessions::all(conn, edition.id).expect("sessions");
    let live = all
        .iter()
        .filter(|session| session.state == SessionState::Live)
        .count();
    assert!((6..=10).contains(&live), "{live} sessions are on at 10:40");
    let of_kind = |kind| all.iter().filter(|session| session.kind == kind).count();
    assert_eq!(
        (
            of_kind(SessionKind::TownHall),
            of_kind(SessionKind::Local4action),
            of_kind(SessionKind::Statutory)
        ),
        (5, 40, 5)
    );
    for session in &all {
        for text in [&session.title, &session.abstract_text] {
            let languages: Vec<&str> = text
                .0
                .iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(tag, _)| tag.as_str())
                .collect();
            assert_eq!(languages, ["en", "es", "fr"], "{}", session.code);
        }
    }
    let titles: BTreeSet<&str> = all
        .iter()
        .map(|session| session.title.text(Language::Fr))
        .collect();
    assert_eq!(
        titles.len(),
        all.len() - 4,
        "every title is another, but for lunch"
    );
}

/// Furnishing takes seconds: one database shows all that is true on the day.
#[test]
fn on_the_day_all_is_as_promised() {
    let (test, furnished) = furnished(DemoMoment::Live);
    let conn = &mut test.conn();

    everything_is_there_released_and_without_an_error(conn, &furnished);
    each_persona_is_what_the_front_door_says(conn, &furnished);
    what_the_personas_are_told_to_try_is_there(conn, &furnished);
    the_meeting_that_was_never_announced_is_seen_by_who_sits_in_it_alone(conn, &furnished);
    people_come_in_every_state_and_nobody_is_of_a_real_organisation(conn, &furnished);
    people_and_towns_are_of_nobody_and_nowhere(conn);
}

#[test]
fn furnishing_twice_is_once() {
    let (test, first) = furnished(DemoMoment::Before);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");

    let again = open(test.url(), &store, &admissions(), DemoMoment::After).expect("furnished");

    assert!(!again.is_new);
    assert_eq!(
        again,
        Furnished {
            is_new: false,
            ..first
        }
    );
    let edition = programme::editions::find(&mut test.conn(), again.edition)
        .expect("asked")
        .expect("there");
    assert_eq!(edition.state, EditionState::Open);
}

#[test]
fn when_it_is_over_sessions_were_held_and_some_reported_on() {
    let (test, furnished) = furnished(DemoMoment::After);
    let conn = &mut test.conn();

    let edition = programme::editions::find(conn, furnished.edition)
        .expect("asked")
        .expect("there");
    let all = programme::sessions::all(conn, edition.id).expect("sessions");
    let states: BTreeSet<SessionState> = all.iter().map(|session| session.state).collect();
    assert_eq!(edition.state, EditionState::Closed);
    assert_eq!(
        states,
        BTreeSet::from([SessionState::Held, SessionState::Reported])
    );
}

fn each_persona_is_what_the_front_door_says(conn: &mut Conn, furnished: &Furnished) {
    let now = furnished.opens;
    let mut actor = |code: &str| actor_of(conn, code, now).expect("a persona");

    let bodies = |actor: &Actor| actor.bodies().count();
    assert!(actor("organiser").holds(Role::Secretariat, &Scope::Everywhere));
    assert!(actor("registrar").holds(Role::Registrar, &Scope::Everywhere));
    assert!(actor("local4action").staffs("local4action") && !actor("local4action").staffs("assembly"));
    let individual = actor("individual");
    assert!(!individual.is(Tag::UclgMember) && individual.registered().count() == 1);
    let arrears = actor("arrears");
    assert!(arrears.is(Tag::UclgMember) && arrears.in_arrears && arrears.keys().contains(&Key::Members));
    let council = actor("council");
    assert!(council.is(Tag::Mayor) && !council.in_arrears);
    let world_council = ::statutory::bodies::standard_id("world_council");
    assert!(council.keys().contains(&Key::Body(world_council)) && bodies(&council) == 1);
    let finance = ::statutory::bodies::standard_id("financial_management_committee");
    assert!(actor("committee").keys().contains(&Key::Body(finance)));
    assert_eq!(actor("focal_point").focal_point_of().count(), 1);
    assert!(actor("partner").is(Tag::CivilSocietyPartner));
    let chaired: BTreeSet<_> = actor("chair").own_sessions().into_iter().collect();
    assert_eq!(chaired.len(), 2);
    assert_eq!(actor("assistant").registered().count(), 0);
    for persona in personas() {
        assert!(
            persona
                .who
                .iter()
                .chain(&persona.try_this)
                .all(|text| !text.is_empty()),
            "{}",
            persona.code
        );
    }
}

fn what_the_personas_are_told_to_try_is_there(conn: &mut Conn, furnished: &Furnished) {
    let now = furnished.opens;
    let edition = furnished.edition;

    let individual = actor_of(conn, "individual", now).expect("a persona");
    let own = registered::current_of(conn, edition, individual.person.expect("a person"))
        .expect("asked")
        .expect("registered");
    let offers = seat::of_registration(conn, own.id).expect("seats");
    assert_eq!(
        offers.iter().map(|seat| seat.state).collect::<Vec<_>>(),
        [SeatState::Offered]
    );
    assert!(offers[0].offered_until > Some(now));

    let council = actor_of(conn, "council", now).expect("a persona");
    let own = registered::current_of(conn, edition, council.person.expect("a person"))
        .expect("asked")
        .expect("registered");
    let waits = seat::of_registration(conn, own.id).expect("seats");
    assert_eq!((waits[0].state, waits[0].rank), (SeatState::Waiting, Some(3)));

    let assistant = actor_of(conn, "assistant", now).expect("a persona");
    let hers = registered::mine(conn, &assistant, edition).expect("hers");
    let states: Vec<RegistrationState> = hers.iter().map(|registration| registration.state).collect();
    assert_eq!(states, [RegistrationState::Confirmed; 4]);
    let mut of_tracks = Vec::new();
    for registration in &hers {
        of_tracks.extend(registration::admissions::of_registration(conn, registration.id).expect("tracks"));
    }
    let waiting: Vec<&str> = of_tracks
        .iter()
        .filter(|track| track.state == TrackState::Waiting)
        .map(|track| track.why.as_str())
        .collect();
    assert_eq!(waiting, ["position"]);

    let arrears = actor_of(conn, "arrears", now).expect("a persona");
    let seen = ::statutory::meetings::list(conn, &arrears, now, edition).expect("meetings");
    let mut papers = |actor: &Actor, body: &str| {
        let cards = ::statutory::meetings::list(conn, actor, now, edition).expect("meetings");
        let card = cards.iter().find(|card| card.body.code == body)?;
        ::statutory::meetings::get(conn, actor, now, card.id)
            .expect("seen")
            .documents
            .map(|papers| papers.len())
    };
    assert_eq!(papers(&arrears, "general_assembly"), Some(8));
    assert_eq!(papers(&arrears, "world_council"), None);
    assert_eq!(papers(&council, "world_council"), Some(6));
    assert_eq!(papers(&council, "executive_bureau"), None);
    let assembly = seen
        .iter()
        .find(|card| card.body.code == "general_assembly")
        .expect("seen");
    assert!(
        assembly.you.attend.allowed && !assembly.you.vote.allowed,
        "{:?}",
        assembly.you
    );
}

fn the_meeting_that_was_never_announced_is_seen_by_who_sits_in_it_alone(
    conn: &mut Conn,
    furnished: &Furnished,
) {
    let now = furnished.opens;
    let live = releases::live(conn, furnished.edition)
        .expect("asked")
        .expect("released");
    let sees = |actor: &Actor| {
        live.for_actor(actor)
            .sessions
            .iter()
            .any(|session| session.code == "ST-03")
    };

    assert!(sees(&actor_of(conn, "committee", now).expect("a persona")));
    assert!(sees(&actor_of(conn, "organiser", now).expect("a persona")));
    assert!(!sees(&Actor::nobody()));
    for code in ["individual", "arrears", "council", "partner", "local4action"] {
        assert!(!sees(&actor_of(conn, code, now).expect("a persona")), "{code}");
    }
}

fn people_come_in_every_state_and_nobody_is_of_a_real_organisation(conn: &mut Conn, furnished: &Furnished) {
    let organiser = actor_of(conn, "organiser", furnished.opens).expect("an organiser");

    let mut states = BTreeSet::new();
    for somebody in (12..PEOPLE).map(|number| kernel::Id::named(&format!("demo person {number}"))) {
        states.extend(
            registered::current_of(conn, furnished.edition, somebody)
                .expect("asked")
                .map(|found| found.state),
        );
    }
    let expected = [
        RegistrationState::Draft,
        RegistrationState::Waiting,
        RegistrationState::PendingReview,
        RegistrationState::Confirmed,
    ];
    assert_eq!(states, BTreeSet::from(expected));

    let ask = kernel::PageAsk {
        limit: 200,
        ..kernel::PageAsk::first()
    };
    let page = members::organisations::list(
        conn,
        &organiser,
        furnished.opens,
        &members::organisations::Filter::default(),
        &ask,
    )
    .expect("organisations");
    assert_eq!(page.items.len(), 60);
    let mut memberships = BTreeSet::new();
    for card in &page.items {
        let inside = members::organisations::get(conn, &organiser, furnished.opens, card.id)
            .expect("seen")
            .inside
            .expect("the desk looks inside");
        memberships.extend(inside.memberships.iter().map(|held| held.membership.state));
        let is_invented = card.site.ends_with(".example") || card.site.contains(".example/");
        assert_eq!(
            inside.email_domain.ends_with(".example"),
            is_invented,
            "{}",
            card.name
        );
        if !is_invented {
            assert_eq!(
                (inside.dues.len(), inside.contacts.len()),
                (0, 0),
                "{}",
                card.name
            );
            let of_it = members::positions::of_organisation(conn, &organiser, furnished.opens, card.id)
                .expect("asked");
            assert_eq!(of_it.len(), 0, "{}", card.name);
        }
    }
    use MembershipState::{Active, Applied, AwaitingFee, InArrears, Resigned, Suspended};
    assert_eq!(
        memberships,
        BTreeSet::from([Applied, AwaitingFee, Active, InArrears, Suspended, Resigned])
    );
}

fn people_and_towns_are_of_nobody_and_nowhere(conn: &mut Conn) {
    /// Capitals and large cities, and mayors, governors and presidents of 2019, folded: none of them is here.
    const REAL: &[&str] = &[
        "johannesburg",
        "cape town",
        "nairobi",
        "dakar",
        "lagos",
        "rabat",
        "tangier",
        "tunis",
        "cairo",
        "beirut",
        "istanbul",
        "izmir",
        "ankara",
        "paris",
        "lyon",
        "london",
        "berlin",
        "madrid",
        "barcelona",
        "rome",
        "kazan",
        "moscow",
        "astana",
        "seoul",
        "daejeon",
        "jakarta",
        "surabaya",
        "delhi",
        "mumbai",
        "tokyo",
        "sydney",
        "new york",
        "montreal",
        "mexico",
        "bogota",
        "quito",
        "lima",
        "montevideo",
        "buenos aires",
        "sao paulo",
        "parks tau",
        "boudra",
        "hidalgo",
        "colau",
        "khan",
        "uysal",
        "metsov",
        "elong mbassi",
        "saiz",
        "imamoglu",
        "plante",
        "rismaharini",
        "cosse",
        "scheinbaum",
    ];

    let mut names: Vec<String> = organisations::INVENTED
        .iter()
        .map(|of| of.name.to_owned())
        .collect();
    let ids: Vec<_> = (0..PEOPLE)
        .map(|number| kernel::Id::named(&format!("demo person {number}")))
        .collect();
    let people = persons::many(conn, &ids).expect("people");
    names.extend(people.iter().map(::people::model::Person::name));
    names.extend(
        personas()
            .iter()
            .map(|persona| format!("{} {}", persona.given_name, persona.family_name)),
    );
    for name in &names {
        let folded = format!(" {} ", kernel::text::fold(name));
        for real in REAL {
            assert!(!folded.contains(&format!(" {real} ")), "{name} is real: {real}");
        }
    }
    let distinct: BTreeSet<&String> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "every name is another");
    assert!(
        people.iter().any(|person| person.family_name.is_empty()),
        "somebody has one name"
    );
}

#[test]
fn every_source_and_persona_speaks_three_languages() {
    for source in sources() {
        assert!(
            source.fact.iter().all(|text| text.len() > 20) && source.url.starts_with("https://"),
            "{source:?}"
        );
    }
    for invention in invented() {
        assert!(invention.what.iter().all(|text| text.len() > 20), "{invention:?}");
    }
}
