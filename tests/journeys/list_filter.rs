//! What a list holds is what the decision to read allows, one by one: for any keys and anybody, those with a part in a
//! session outside its audience too; then over HTTP, in every form the programme has.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, Key, Role, Scope, SessionId, Standing, Tag, decide};
use db::testing;
use kernel::{Id, Moment};
use programme::{listing, model::Session, released::Programme, releases, sessions, sessions::Found};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use tests::{Answer, Cast, Client, Congress, Site, Somebody, cast::SLUG};

/// Sessions of the sample.
const SESSIONS: usize = 8;

/// One of three ids, so that keys and people meet.
fn id<T>(number: u8) -> Id<T> {
    Id::named(&format!("one of three: {}", number % 3))
}

fn key() -> impl Strategy<Value = Key> {
    (0..8_u8, 0..3_u8).prop_map(|(kind, of)| match kind {
        0 => Key::SignedIn,
        1 => Key::Members,
        2 => Key::Registered(id(of)),
        3 => Key::Body(id(of)),
        4 => Key::desk([None, Some("statutory"), Some("town_hall")][usize::from(of)]),
        5 => Key::Organisation(id(of)),
        6 => Key::Person(id(of)),
        _ => Key::Public,
    })
}

fn standing() -> impl Strategy<Value = Standing> {
    (0..6_u8, 0..3_u8).prop_map(|(kind, of)| {
        let (role, scope) = match kind {
            0 => (Role::Participant, Scope::Edition(id(of))),
            1 => (Role::BodyMember, Scope::Body(id(of))),
            2 => (Role::FocalPoint, Scope::Organisation(id(of))),
            3 => (Role::Secretariat, Scope::Everywhere),
            4 => (Role::Secretariat, Scope::Track("statutory".into())),
            _ => (Role::Registrar, Scope::Everywhere),
        };
        Standing { role, scope }
    })
}

/// A part in one of the sessions of the sample, by its number.
fn part() -> impl Strategy<Value = (Role, usize)> {
    let role = prop::sample::select(vec![Role::SessionLead, Role::Chair, Role::Rapporteur]);
    (role, 0..SESSIONS)
}

fn actor(sample: Vec<SessionId>) -> impl Strategy<Value = Actor> {
    let parts = prop::collection::vec(part(), 0..3);
    let organisations = prop::collection::vec((0..3_u8).prop_map(id), 0..2);
    let standings = prop::collection::vec(standing(), 0..3);
    (
        any::<bool>(),
        0..3_u8,
        any::<bool>(),
        any::<bool>(),
        organisations,
        standings,
        parts,
    )
        .prop_map(
            move |(signed_in, who, is_member, in_arrears, organisations, mut standings, parts)| {
                if !signed_in {
                    return Actor::nobody();
                }
                standings.extend(parts.into_iter().map(|(role, number)| Standing {
                    role,
                    scope: Scope::Session(sample[number]),
                }));
                let tags = is_member.then_some(Tag::UclgMemberIndividual);
                Actor {
                    account: Some(id(who)),
                    person: Some(id(who)),
                    organisations,
                    tags: Tag::with_implied(tags),
                    standings,
                    in_arrears,
                    ..Actor::nobody()
                }
            },
        )
}

/// A released programme of so many sessions, and their rows.
fn released() -> (Programme, Vec<Session>) {
    let database = testing::fresh();
    let edition = database.write("furnish", |conn| {
        let congress = Congress::open(conn);
        for hour in 0..SESSIONS {
            let starts = format!("2030-11-12T{:02}:00", 8 + hour);
            congress.session(conn, &format!("Session {hour}"), &starts, None);
        }
        congress.release(conn);
        Ok(congress.edition)
    });
    let edition = edition.expect("furnished");
    let conn = &mut database.conn();
    let programme = releases::live(conn, edition).expect("read").expect("released");
    let rows = programme
        .sessions
        .iter()
        .map(|session| sessions::row(conn, session.id).expect("read").expect("there"));
    let rows = rows.collect();
    (programme, rows)
}

#[test]
fn r12_a_list_holds_what_each_by_itself_may_be_read() {
    let (programme, rows) = released();
    assert_eq!(programme.sessions.len(), SESSIONS);
    let keys = prop::collection::vec(key(), SESSIONS);
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    let sample = rows.iter().map(|row| row.id).collect();
    let ran = runner.run(&(keys, actor(sample)), |(keys, actor)| {
        let mut sessions = programme.sessions.clone();
        for (session, key) in sessions.iter_mut().zip(&keys) {
            session.visible_to = key.to_string();
        }
        let whole = programme.with_sessions(sessions);

        // As `GET /api/v1/editions/{slug}/programme` lists it.
        let listed: BTreeSet<SessionId> = listing::of_programme(&whole.for_actor(&actor))
            .sessions
            .iter()
            .map(|session| session.id)
            .collect();
        let readable = rows.iter().zip(keys).filter(|(row, key)| {
            let found = Found {
                session: Session {
                    visible_to: key.to_string(),
                    ..(*row).clone()
                },
                track: None,
            };
            let now = Moment::at("2030-11-12T08:00:00Z");
            decide(&actor, Act::Read, &found.object(&actor), now).allows()
        });
        prop_assert_eq!(listed, readable.map(|(row, _)| row.id).collect::<BTreeSet<_>>());
        Ok(())
    });
    ran.expect("the list and the decision agree");
}

/// The ids of these sessions that an answer speaks of, by id or guid.
fn spoken_of(answer: &Answer, among: &[SessionId]) -> BTreeSet<SessionId> {
    let text = answer.clone().expect(200).text();
    let ids = among.iter().copied();
    ids.filter(|id| text.contains(&id.to_string())).collect()
}

#[test]
fn r56_every_form_of_the_programme_holds_what_each_address_opens_also_for_a_lead_from_outside() {
    let (site, (cast, leads)) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        let leads: Vec<Somebody> = [Role::SessionLead, Role::Chair, Role::Rapporteur]
            .into_iter()
            .map(|role| {
                let name = format!("outside as {role}");
                Somebody::new(conn, &name).given(conn, role, Scope::Session(cast.hidden))
            })
            .collect();
        (cast, leads)
    });
    let all = [cast.open, cast.hidden, cast.assembly];
    let nobody = Somebody::nobody();
    for somebody in std::iter::once(&nobody).chain(&cast.people).chain(&leads) {
        let client: Client = match somebody.cookie.as_str() {
            "" => site.nobody(),
            cookie => site.browser(cookie),
        };
        let opened = |path: fn(SessionId) -> String| -> BTreeSet<SessionId> {
            let open = |id: &SessionId| match client.get(&path(*id)).status {
                200 => true,
                404 => false,
                status => panic!("{}: {status} for {}", somebody.name, path(*id)),
            };
            all.iter().copied().filter(open).collect()
        };
        let by_address = opened(|id| format!("/api/v1/sessions/{id}"));
        let knows_all = somebody.name == "organiser" || somebody.name.starts_with("outside");
        assert_eq!(by_address.contains(&cast.hidden), knows_all, "{}", somebody.name);
        let other_ways = [
            opened(|id| format!("/api/v1/sessions/{id}/access")),
            opened(|id| format!("/api/v1/sessions/{id}/occupancy")),
            opened(|id| format!("/api/v1/sessions/{id}/calendar.ics")),
            opened(|id| format!("/en/{SLUG}/sessions/{id}")),
        ];
        for opened in other_ways {
            assert_eq!(opened, by_address, "{}", somebody.name);
        }
        let edition = format!("/api/v1/editions/{SLUG}");
        for list in [
            format!("{edition}/programme"),
            format!("{edition}/programme?kind=statutory&text=bureau"),
            format!("{edition}/schedule.json"),
            format!("{edition}/schedule.xml"),
            format!("{edition}/schedule.csv"),
            format!("{edition}/programme.ics"),
            format!("{edition}/releases/1/changes"),
            format!("/en/{SLUG}/programme"),
        ] {
            let held = spoken_of(&client.get(&list), &all);
            let expected: BTreeSet<SessionId> = match list.contains("text=bureau") {
                true => by_address.intersection(&[cast.hidden].into()).copied().collect(),
                false => by_address.clone(),
            };
            assert_eq!(held, expected, "{list} as {}", somebody.name);
        }
    }
}
