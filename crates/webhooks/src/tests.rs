//! The slice against a real database, on whichever engine the run names, and against an HTTP server of a few lines.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use access_rules::{Actor, EditionId, Key, PersonId, Role, Scope};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Conn, testing};
use kernel::{Coded as _, Id, Json, Localized, Moment, PageAsk};
use people::{accounts, model::Account, persons::NewPerson, standings};
use programme::editions::{self, EditionInput};
use records::{desk_events, feed, jobs, model::Event};
use serde_json::{Value, json};

use crate::{
    deliveries::{self, HOURLY_MAX},
    endpoints::{self, EndpointInput, WithSecret},
    model::{Delivery, DeliveryState, EventKind},
    rules::Guard,
    sender::{self, Sender},
};

fn now() -> Moment {
    Moment::at("2026-11-24T10:00:00Z")
}

/// How a receiver answers.
#[derive(Clone, Copy)]
enum Manner {
    Says(u16),
    LeadsTo(u16),
    NeverEnds,
}

/// One request as it came.
#[derive(Clone, Debug)]
struct Heard {
    headers: Vec<(String, String)>,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value)
    }
}

/// A server on a port of its own that keeps what it hears.
struct Peer {
    port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
    manner: Arc<Mutex<Manner>>,
}

impl Peer {
    fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let manner = Arc::new(Mutex::new(manner));
        let (kept, told) = (Arc::clone(&heard), Arc::clone(&manner));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, told) = (Arc::clone(&kept), Arc::clone(&told));
                thread::spawn(move || converse(stream, &kept, &told));
            }
        });
        Self { port, heard, manner }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/in", self.port)
    }

    fn now_says(&self, manner: Manner) {
        *self.manner.lock().expect("not poisoned") = manner;
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("not poisoned").clone()
    }

    fn guard(&self) -> Guard {
        Guard {
            allowed_hosts: vec![format!("127.0.0.1:{}", self.port)],
            only_allowed: false,
            public_url: "https://congress.example".into(),
        }
    }

    fn sender(&self) -> Sender {
        Sender::new(self.guard())
    }
}

fn converse(stream: TcpStream, kept: &Mutex<Vec<Heard>>, manner: &Mutex<Manner>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream);
    let mut headers = Vec::new();
    let mut line = String::new();
    lines.read_line(&mut line).ok()?;
    loop {
        line.clear();
        lines.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let mut heard = Heard {
        headers,
        body: String::new(),
    };
    let length = heard.header("content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    heard.body = String::from_utf8(body).ok()?;
    kept.lock().ok()?.push(heard);
    let manner = *manner.lock().ok()?;
    match manner {
        Manner::Says(status) => write!(out, "HTTP/1.1 {status} x\r\ncontent-length: 2\r\n\r\nok").ok(),
        Manner::LeadsTo(port) => write!(
            out,
            "HTTP/1.1 307 x\r\nlocation: http://127.0.0.1:{port}/\r\ncontent-length: 0\r\n\r\n"
        )
        .ok(),
        Manner::NeverEnds => {
            write!(out, "HTTP/1.1 200 x\r\ncontent-length: 10000000000\r\n\r\n").ok()?;
            while out.write_all(&[b'x'; 8192]).is_ok() {}
            None
        }
    }
}

fn an_edition(conn: &mut Conn) -> EditionId {
    let input = EditionInput {
        slug: "durban-2019".into(),
        title: Localized::only("en", "Durban"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        ..EditionInput::default()
    };
    editions::create(conn, &Actor::system(), now(), &input)
        .expect("an edition")
        .id
}

/// Somebody who organises within a scope.
fn organiser(conn: &mut Conn, address: &str, scope: Scope) -> Actor {
    let account: Account = accounts::invited(
        conn,
        now(),
        &address.parse().expect("an address"),
        &NewPerson::default(),
    )
    .expect("an account");
    let appointment = standings::Appointment {
        person: account.person_id,
        role: Role::Secretariat,
        scope,
        from: now().plus_days(-1),
        to: None,
        basis: "test".into(),
        granted_by: None::<PersonId>,
    };
    standings::appoint(conn, now(), &appointment).expect("appointed");
    members::actors::load(conn, account.id, account.person_id, now()).expect("loaded")
}

fn input(url: &str) -> EndpointInput {
    EndpointInput {
        url: url.into(),
        kinds: vec![EventKind::ProgrammeReleased, EventKind::ProgrammeChanged],
        paused: false,
    }
}

fn tell(conn: &mut Conn, edition: EditionId, kind: &str, key: &Key, payload: Value) {
    let stream = endpoints::stream(edition);
    conn.transaction(|conn| feed::tell(conn, now(), &stream, kind, &key.to_string(), payload))
        .expect("told");
}

/// An edition, its organiser, and their endpoint at a receiver.
fn told_at(conn: &mut Conn, peer: &Peer) -> (EditionId, Actor, WithSecret) {
    let edition = an_edition(conn);
    let actor = organiser(conn, "ana@example.org", Scope::Everywhere);
    let made = endpoints::create(conn, &actor, now(), &peer.guard(), edition, &input(&peer.url()));
    (edition, actor, made.expect("an endpoint"))
}

fn work(sender: &Sender, database: &db::Database, at: Moment) -> usize {
    sender
        .work(database, &move || at, &|| false)
        .expect("the database answers")
}

fn log(conn: &mut Conn, actor: &Actor, made: &WithSecret) -> Vec<Delivery> {
    deliveries::list(conn, actor, now(), made.endpoint.id, &PageAsk::first())
        .expect("listed")
        .items
}

/// The signature as a receiver computes it, by another library.
fn expected(secret: &str, heard: &Heard) -> String {
    let key = STANDARD
        .decode(secret.strip_prefix("whsec_").expect("a secret of ours"))
        .expect("base64");
    let content = format!(
        "{}.{}.{}",
        heard.header("webhook-id"),
        heard.header("webhook-timestamp"),
        heard.body
    );
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &key);
    format!(
        "v1,{}",
        STANDARD.encode(ring::hmac::sign(&key, content.as_bytes()))
    )
}

#[test]
fn an_event_arrives_once_and_signed() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(204));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &peer);
    let payload = json!({ "edition": edition, "number": 1 });
    tell(
        &mut conn,
        edition,
        "programme.released",
        &Key::Public,
        payload.clone(),
    );
    tell(&mut conn, edition, "something.else", &Key::Public, json!({}));

    let first = work(&peer.sender(), &database, now());
    let again = work(&peer.sender(), &database, now().plus_days(1));

    assert_eq!((first, again), (1, 0));
    let heard = peer.heard();
    let body: Value = serde_json::from_str(&heard[0].body).expect("JSON");
    assert_eq!(heard.len(), 1);
    assert_eq!(
        body,
        json!({ "type": "programme.released", "timestamp": now(), "data": payload })
    );
    assert_eq!(heard[0].header("content-type"), "application/json");
    assert_eq!(heard[0].header("webhook-timestamp"), "1795514400");
    assert_eq!(
        heard[0].header("webhook-signature"),
        expected(&made.secret, &heard[0])
    );
    let delivered = log(&mut conn, &actor, &made).remove(0);
    assert_eq!(
        (delivered.state, delivered.attempts, delivered.id.to_string()),
        (
            DeliveryState::Delivered,
            1,
            heard[0].header("webhook-id").to_owned()
        )
    );
    let (_, tries) = deliveries::get(&mut conn, &actor, now(), delivered.id).expect("read");
    assert_eq!(tries[0].status, Some(204));
    assert!(tries[0].request.contains(&heard[0].body) && !tries[0].request.contains("v1,"));
}

#[test]
fn a_new_secret_and_the_one_before_sign_for_a_day() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (_, actor, made) = told_at(&mut conn, &peer);
    let id = made.endpoint.id;

    let renewed = endpoints::rotate(&mut conn, &actor, now(), id).expect("a new secret");
    deliveries::test(&mut conn, &actor, now(), id).expect("a test");
    work(&peer.sender(), &database, now());
    deliveries::test(&mut conn, &actor, now().plus_days(1), id).expect("a test");
    work(&peer.sender(), &database, now().plus_days(1));

    let heard = peer.heard();
    assert_ne!(made.secret, renewed.secret);
    assert_eq!(
        heard[0].header("webhook-signature"),
        format!(
            "{} {}",
            expected(&renewed.secret, &heard[0]),
            expected(&made.secret, &heard[0])
        )
    );
    assert_eq!(
        heard[1].header("webhook-signature"),
        expected(&renewed.secret, &heard[1])
    );
}

#[test]
fn a_receiver_that_fails_is_tried_for_three_days_and_its_owner_gets_a_letter() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(503));
    let mut conn = database.conn();
    let (_, actor, made) = told_at(&mut conn, &peer);
    let test = deliveries::test(&mut conn, &actor, now(), made.endpoint.id).expect("a test");
    let sender = peer.sender();

    let mut at = now();
    while let Some(due) = log(&mut conn, &actor, &made)[0].due_at {
        at = due;
        work(&sender, &database, at);
    }
    let given_up = log(&mut conn, &actor, &made).remove(0);
    let letters = mail::outbox::mine(&mut conn, &actor, now(), &PageAsk::first()).expect("letters");
    peer.now_says(Manner::Says(200));
    deliveries::again(&mut conn, &actor, at, test.id).expect("sent again");
    work(&sender, &database, at);

    assert_eq!((given_up.state, given_up.attempts), (DeliveryState::GivenUp, 10));
    assert!(at >= now().plus_days(3));
    assert_eq!(letters.items.len(), 1);
    assert!(letters.items[0].body.contains("webhook.test"));
    assert_eq!(log(&mut conn, &actor, &made)[0].state, DeliveryState::Delivered);
    let mut ids: Vec<String> = peer
        .heard()
        .iter()
        .map(|heard| heard.header("webhook-id").to_owned())
        .collect();
    ids.dedup();
    assert_eq!((peer.heard().len(), ids.len()), (11, 1), "always under one id");
}

/// §5.9 case 94.
#[test]
fn case94_a_delivery_whose_server_died_is_taken_up_under_its_id_when_its_lease_is_over() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &peer);
    tell(&mut conn, edition, "programme.released", &Key::Public, json!({}));
    conn.transaction(|conn| deliveries::fan_out(conn, now()))
        .expect("written");
    let sender = peer.sender();

    let taken = conn
        .transaction(|conn| sender::lease(conn, now()))
        .expect("leased");
    sender.wire().post(&taken[0].parcel).expect("sent, and not noted");
    let meanwhile = work(&sender, &database, now().plus_seconds(119));
    let after = work(&sender, &database, now().plus_seconds(120));
    let late = conn.transaction(|conn| {
        let answer = Ok(crate::wire::Answer {
            status: 500,
            body: String::new(),
        });
        sender::note(conn, now().plus_seconds(121), &taken[0], 5, &answer)
    });

    assert_eq!((taken.len(), meanwhile, after, late), (1, 0, 1, Ok(())));
    let heard = peer.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].header("webhook-id"), heard[1].header("webhook-id"));
    let delivered = log(&mut conn, &actor, &made).remove(0);
    assert_eq!(
        (delivered.state, delivered.attempts),
        (DeliveryState::Delivered, 2),
        "whoever lost the lease changes nothing"
    );
}

#[test]
fn several_servers_write_and_send_each_delivery_once() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &peer);
    for number in 0..30 {
        tell(
            &mut conn,
            edition,
            "programme.changed",
            &Key::Public,
            json!({ "number": number }),
        );
    }

    thread::scope(|scope| {
        for _ in 0..3 {
            let (database, sender) = (&database, peer.sender());
            scope.spawn(move || while work(&sender, database, now()) > 0 {});
        }
    });

    let mut ids: Vec<String> = peer
        .heard()
        .iter()
        .map(|heard| heard.header("webhook-id").to_owned())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!((peer.heard().len(), ids.len()), (30, 30));
    assert!(
        log(&mut conn, &actor, &made)
            .iter()
            .all(|delivery| delivery.state == DeliveryState::Delivered)
    );
}

/// §5.6 case 62.
#[test]
fn case62_nothing_goes_inside_a_network_by_name_or_redirect() {
    let database = testing::fresh();
    let inside = Peer::start(Manner::Says(200));
    let outside = Peer::start(Manner::LeadsTo(inside.port));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &outside);
    let by_name = input(&format!("https://localhost:{}/", inside.port));
    let literal = endpoints::create(
        &mut conn,
        &actor,
        now(),
        &outside.guard(),
        edition,
        &input("https://169.254.169.254/latest"),
    );
    let named = endpoints::create(&mut conn, &actor, now(), &outside.guard(), edition, &by_name)
        .expect("a name says nothing yet");

    deliveries::test(&mut conn, &actor, now(), made.endpoint.id).expect("a test");
    deliveries::test(&mut conn, &actor, now(), named.endpoint.id).expect("a test");
    work(&outside.sender(), &database, now());

    assert_eq!(
        literal.map(drop).map_err(|fault| fault.code),
        Err("webhook_address_private")
    );
    assert_eq!((outside.heard().len(), inside.heard().len()), (1, 0));
    let redirected = log(&mut conn, &actor, &made).remove(0);
    let refused = log(&mut conn, &actor, &named).remove(0);
    let (_, tries) = deliveries::get(&mut conn, &actor, now(), refused.id).expect("read");
    assert_eq!(
        (redirected.state, refused.state),
        (DeliveryState::Waiting, DeliveryState::Waiting)
    );
    assert!(
        tries[0]
            .error
            .as_deref()
            .is_some_and(|why| why.contains("webhook_address_private")),
        "{:?}",
        tries[0]
    );
}

/// §5.9 case 115.
#[test]
fn case115_an_answer_that_never_ends_holds_nobody_up() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::NeverEnds);
    let mut conn = database.conn();
    let (_, actor, made) = told_at(&mut conn, &peer);
    deliveries::test(&mut conn, &actor, now(), made.endpoint.id).expect("a test");

    work(&peer.sender(), &database, now());

    let delivered = log(&mut conn, &actor, &made).remove(0);
    let (_, tries) = deliveries::get(&mut conn, &actor, now(), delivered.id).expect("read");
    assert_eq!(delivered.state, DeliveryState::Delivered);
    assert_eq!(tries[0].response.len(), 4096);
}

#[test]
fn what_is_not_for_everybody_is_never_sent() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &peer);
    let body = Key::Body(Id::named("council"));
    tell(
        &mut conn,
        edition,
        "programme.changed",
        &Key::Public,
        json!({ "open": 1 }),
    );
    tell(
        &mut conn,
        edition,
        "programme.changed",
        &Key::Members,
        json!({ "hidden": 1 }),
    );
    tell(
        &mut conn,
        edition,
        "programme.changed",
        &body,
        json!({ "hidden": 2 }),
    );

    work(&peer.sender(), &database, now());

    let states: Vec<_> = log(&mut conn, &actor, &made)
        .iter()
        .map(|delivery| delivery.state)
        .collect();
    assert_eq!(
        states,
        [
            DeliveryState::Withheld,
            DeliveryState::Withheld,
            DeliveryState::Delivered
        ]
    );
    assert_eq!(peer.heard().len(), 1);
    assert!(peer.heard()[0].body.contains("open"));
}

#[test]
fn whoever_looks_after_the_edition_no_more_is_told_nothing_more() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &peer);
    let owner = actor.person.expect("a person");
    let standing = standings::history(&mut conn, owner).expect("listed").remove(0);
    standings::end(&mut conn, &Actor::system(), now(), standing.id).expect("ended");
    let other = organiser(&mut conn, "eve@example.org", Scope::Everywhere);
    tell(&mut conn, edition, "programme.released", &Key::Public, json!({}));

    work(&peer.sender(), &database, now().plus_seconds(1));

    assert_eq!(peer.heard().len(), 0);
    assert_eq!(log(&mut conn, &other, &made)[0].state, DeliveryState::Withheld);
}

#[test]
fn endpoints_are_for_who_looks_after_the_edition() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (edition, _, made) = told_at(&mut conn, &peer);
    let id = made.endpoint.id;
    let elsewhere = organiser(&mut conn, "eve@example.org", Scope::Track("town_hall".into()));
    let anybody = Actor {
        account: Some(Id::new()),
        ..Actor::default()
    };
    let code = |found: Result<(), kernel::Fault>| found.map_err(|fault| fault.code);

    for (actor, met) in [(&anybody, "not_allowed"), (&elsewhere, "not_found")] {
        let one = endpoints::get(&mut conn, actor, now(), id).map(drop);
        let log = deliveries::list(&mut conn, actor, now(), id, &PageAsk::first()).map(drop);
        let gone = endpoints::remove(&mut conn, actor, now(), id);
        assert_eq!([one, log, gone].map(code), [Err(met), Err(met), Err(met)]);
        let new = endpoints::create(
            &mut conn,
            actor,
            now(),
            &peer.guard(),
            edition,
            &input(&peer.url()),
        );
        assert_eq!(code(new.map(drop)), Err("not_allowed"));
    }
    let absent = endpoints::get(&mut conn, &anybody, now(), Id::new()).map(drop);
    assert_eq!(code(absent), Err("not_allowed"), "as for one that is there");
}

#[test]
fn a_circle_goes_no_faster_than_the_hour_allows_and_a_pause_is_not_told_later() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &peer);
    let most = usize::try_from(HOURLY_MAX).expect("small");
    for _ in 0..most + 20 {
        tell(&mut conn, edition, "programme.changed", &Key::Public, json!({}));
    }

    let mut written = 0;
    for _ in 0..20 {
        written += conn
            .transaction(|conn| deliveries::fan_out(conn, now()))
            .expect("written");
    }
    let later = conn
        .transaction(|conn| deliveries::fan_out(conn, now().plus_minutes(61)))
        .expect("written");
    let endpoint = endpoints::get(&mut conn, &actor, now(), made.endpoint.id).expect("read");
    let paused = EndpointInput {
        paused: true,
        ..input(&peer.url())
    };
    let edited = endpoints::edit(
        &mut conn,
        &actor,
        now(),
        &peer.guard(),
        endpoint.id,
        &paused,
        Some(endpoint.version),
    )
    .expect("paused");
    tell(&mut conn, edition, "programme.changed", &Key::Public, json!({}));
    endpoints::edit(
        &mut conn,
        &actor,
        now(),
        &peer.guard(),
        endpoint.id,
        &input(&peer.url()),
        Some(edited.version),
    )
    .expect("goes on");
    let after = conn
        .transaction(|conn| deliveries::fan_out(conn, now().plus_minutes(62)))
        .expect("written");

    assert_eq!((written, later, after), (most, 20, 0));
}

#[test]
fn case103_after_a_restore_nothing_is_told_until_somebody_looks() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (edition, actor, made) = told_at(&mut conn, &peer);
    deliveries::test(&mut conn, &actor, now(), made.endpoint.id).expect("a test");
    tell(&mut conn, edition, "programme.released", &Key::Public, json!({}));

    let paused = deliveries::withhold_everything(&mut conn, now()).expect("withheld");
    work(&peer.sender(), &database, now().plus_days(1));

    assert_eq!((paused, peer.heard().len()), (1, 0));
    assert_eq!(log(&mut conn, &actor, &made)[0].state, DeliveryState::Withheld);
}

#[test]
fn an_endpoint_is_removed_with_its_log_and_old_deliveries_are_forgotten() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let (_, actor, made) = told_at(&mut conn, &peer);
    let id = made.endpoint.id;
    deliveries::test(&mut conn, &actor, now(), id).expect("a test");
    work(&peer.sender(), &database, now());

    let early = deliveries::sweep(&mut conn, now().plus_days(29)).expect("swept");
    let swept = deliveries::sweep(&mut conn, now().plus_days(31)).expect("swept");
    deliveries::test(&mut conn, &actor, now(), id).expect("a test");
    work(&peer.sender(), &database, now());
    endpoints::remove(&mut conn, &actor, now(), id).expect("removed");

    assert_eq!((early, swept), (0, 1));
    assert_eq!(
        endpoints::get(&mut conn, &actor, now(), id)
            .map(drop)
            .map_err(|fault| fault.code),
        Err("not_found")
    );
}

/// Does what the acts left for the desk's stream, as a worker does.
fn tell_desk(conn: &mut Conn) -> usize {
    let jobs = jobs::lease(conn, &[desk_events::JOB], now(), 60, 100).expect("leased");
    for job in &jobs {
        desk_events::tell(conn, &job.payload.0).expect("told");
        jobs::finish(conn, now(), job).expect("done");
    }
    jobs.len()
}

fn leave(conn: &mut Conn, edition: EditionId, kind: &str, key: &Key) {
    let payload = json!({ "edition": edition, "of": kind });
    desk_events::leave(conn, now(), edition, kind, &key.to_string(), payload).expect("left");
}

#[test]
fn what_happens_at_the_desk_is_told_where_it_is_followed_as_far_as_the_owner_sees_it() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let edition = an_edition(&mut conn);
    let actor = organiser(&mut conn, "ana@example.org", Scope::Everywhere);
    let input = EndpointInput {
        kinds: vec![EventKind::SeatReserved, EventKind::LetterBounced],
        ..input(&peer.url())
    };
    let desk = Key::desk(None);
    leave(&mut conn, edition, "seat.reserved", &desk);
    assert_eq!(tell_desk(&mut conn), 0, "nobody follows");
    let made = endpoints::create(&mut conn, &actor, now(), &peer.guard(), edition, &input).expect("made");
    leave(&mut conn, edition, "seat.reserved", &desk);
    leave(&mut conn, edition, "seat.given_back", &desk);
    leave(&mut conn, edition, "seat.reserved", &Key::Person(PersonId::new()));
    desk_events::leave_everywhere(
        &mut conn,
        now(),
        "letter.bounced",
        &desk.to_string(),
        &json!({ "of": "letter" }),
    )
    .expect("left");
    tell(&mut conn, edition, "programme.released", &Key::Public, json!({}));

    assert_eq!(tell_desk(&mut conn), 3, "what nobody follows is not kept");
    let first = work(&peer.sender(), &database, now());
    let again = work(&peer.sender(), &database, now().plus_seconds(1));

    assert_eq!((first, again), (2, 0));
    let bodies: Vec<Value> = peer
        .heard()
        .iter()
        .map(|heard| serde_json::from_str(&heard.body).expect("JSON"))
        .collect();
    let told: Vec<&Value> = bodies.iter().map(|body| &body["type"]).collect();
    assert_eq!(told, ["seat.reserved", "letter.bounced"]);
    assert_eq!(
        bodies[0]["data"],
        json!({ "edition": edition, "of": "seat.reserved" })
    );
    let states: Vec<_> = log(&mut conn, &actor, &made)
        .iter()
        .map(|one| one.state)
        .collect();
    assert_eq!(states.len(), 3);
    assert!(states.contains(&DeliveryState::Withheld), "{states:?}");
}

#[test]
fn who_may_not_look_at_letters_hears_of_none_and_of_the_programme_a_program_is_nobody() {
    let owner = Actor {
        account: Some(Id::new()),
        ..Actor::default()
    };
    let told = |kind: EventKind, key: &Key| {
        let event = Event {
            stream: String::new(),
            seq: 1,
            at: now(),
            kind: kind.code().to_owned(),
            visible_to: key.to_string(),
            payload: Json(json!({})),
        };
        sender::may_be_told(&owner, now(), kind, &event)
    };

    assert!(told(EventKind::SeatReserved, &Key::SignedIn));
    assert!(!told(EventKind::SeatReserved, &Key::desk(None)));
    assert!(!told(EventKind::LetterBounced, &Key::SignedIn));
    assert!(told(EventKind::ProgrammeChanged, &Key::Public));
    assert!(!told(EventKind::ProgrammeChanged, &Key::SignedIn));
}

#[test]
fn a_paused_or_removed_endpoint_follows_nothing_and_what_happened_meanwhile_is_not_told() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let edition = an_edition(&mut conn);
    let actor = organiser(&mut conn, "ana@example.org", Scope::Everywhere);
    let desk = Key::desk(None);
    let active = EndpointInput {
        kinds: vec![EventKind::SeatReserved],
        ..input(&peer.url())
    };
    let paused = EndpointInput {
        paused: true,
        ..active.clone()
    };
    let (guard, at) = (peer.guard(), now());
    let made = endpoints::create(&mut conn, &actor, at, &guard, edition, &active).expect("made");
    let id = made.endpoint.id;
    leave(&mut conn, edition, "seat.reserved", &desk);
    endpoints::edit(&mut conn, &actor, at, &guard, id, &paused, None).expect("paused");
    leave(&mut conn, edition, "seat.reserved", &desk);
    let left = tell_desk(&mut conn);
    endpoints::edit(&mut conn, &actor, at, &guard, id, &active, None).expect("goes on");
    let while_paused = work(&peer.sender(), &database, at);
    leave(&mut conn, edition, "seat.reserved", &desk);
    tell_desk(&mut conn);
    let after = work(&peer.sender(), &database, at);
    deliveries::withhold_everything(&mut conn, at).expect("withheld");
    leave(&mut conn, edition, "seat.reserved", &desk);
    let after_restore = tell_desk(&mut conn);
    endpoints::remove(&mut conn, &actor, at, id).expect("removed");
    leave(&mut conn, edition, "seat.reserved", &desk);

    assert_eq!((left, while_paused, after, after_restore), (1, 0, 1, 0));
    assert_eq!(tell_desk(&mut conn), 0);
}

#[test]
fn of_endpoints_made_at_once_each_is_told_of_its_own_kind() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Says(200));
    let mut conn = database.conn();
    let edition = an_edition(&mut conn);
    let actor = organiser(&mut conn, "ana@example.org", Scope::Everywhere);
    let kinds = [
        EventKind::SeatReserved,
        EventKind::SeatGivenBack,
        EventKind::RegistrationRequested,
        EventKind::RegistrationDecided,
        EventKind::DelegationChanged,
        EventKind::LetterBounced,
    ];

    thread::scope(|scope| {
        for kind in kinds {
            let (database, actor, guard) = (&database, actor.clone(), peer.guard());
            let input = EndpointInput {
                kinds: vec![kind],
                ..input(&peer.url())
            };
            scope.spawn(move || {
                let make =
                    move |conn: &mut Conn| endpoints::create(conn, &actor, now(), &guard, edition, &input);
                database.write("make", make).expect("made");
            });
        }
    });
    for kind in kinds {
        leave(&mut conn, edition, kind.code(), &Key::desk(None));
    }

    assert_eq!(tell_desk(&mut conn), kinds.len());
}
