//! What a program is told by a webhook, from the act of somebody at a desk or in their own name until it arrives: in ids and
//! states, and no more of it than whoever made the webhook may see.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use access_rules::Role;
use serde_json::{Value, json};
use tests::{Congress, Site, Somebody, cast::SLUG, wait_for};

/// How long it may take on a busy machine until something was told.
const TOLD: Duration = Duration::from_secs(60);

/// A program that keeps what it is told.
struct Listener {
    host: String,
    told: Arc<Mutex<Vec<Value>>>,
}

impl Listener {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let host = listener.local_addr().expect("an address").to_string();
        let told = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&told);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if let Some(value) = heard(stream) {
                    kept.lock().unwrap_or_else(PoisonError::into_inner).push(value);
                }
            }
        });
        Self { host, told }
    }

    /// What it was told of each kind.
    fn by_kind(&self) -> BTreeMap<String, Vec<Value>> {
        let mut kinds: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for told in self.told.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let kind = told["type"].as_str().expect("a type").to_owned();
            kinds.entry(kind).or_default().push(told["data"].clone());
        }
        kinds
    }
}

fn heard(stream: TcpStream) -> Option<Value> {
    let mut answer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().ok()?;
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    answer
        .write_all(b"HTTP/1.1 204 x\r\nconnection: close\r\n\r\n")
        .ok()?;
    serde_json::from_slice(&body).ok()
}

/// Everything that happens at a desk.
const KINDS: [&str; 7] = [
    "session.changed",
    "session.cancelled",
    "registration.requested",
    "registration.withdrawn",
    "seat.reserved",
    "seat.given_back",
    "letter.bounced",
];

#[test]
fn what_happens_at_the_desks_is_told_in_ids() {
    let all = Listener::start();
    let hosts = ("webhooks.allowed_hosts", all.host.clone());
    let (site, (congress, session, other, people)) = Site::with_settings(&[hosts], |conn| {
        let congress = Congress::open(conn);
        let session = congress.session(conn, "The small room", "2030-11-12T09:00", Some(5));
        let other = congress.session(conn, "Second thoughts", "2030-11-12T14:00", None);
        congress.release(conn);
        let people = [
            Somebody::new(conn, "organiser").appointed(conn, Role::Secretariat),
            Somebody::new(conn, "visitor"),
        ];
        congress.register(conn, &people[1], &[]);
        (congress, session, other, people)
    });
    let [organiser, visitor] = people.each_ref().map(|one| site.browser(&one.cookie));
    let input = json!({ "url": format!("http://{}/in", all.host), "kinds": KINDS });
    let path = format!("/api/v1/editions/{SLUG}/webhooks");
    organiser.post_once(&path, "hook", &input).expect(201);

    // A seat, and back; a registration; a release that moves one session and cancels another; a letter that came back.
    let seat = format!("/api/v1/sessions/{session}/seat");
    visitor.post_once(&seat, "seat", &json!({})).expect(201);
    visitor.send("DELETE", &seat, &[], None).expect(204);
    let conn = &mut site.conn();
    let late = Somebody::new(conn, "late");
    congress.register(conn, &late, &[]);
    let late = site.browser(&late.cookie);
    let mine = late
        .get(&format!("/api/v1/editions/{SLUG}/me/registrations"))
        .expect(200)
        .json();
    let registration = mine["items"][0]["id"].as_str().expect("an id").to_owned();
    let address = format!("/api/v1/registrations/{registration}");
    let own = late.get(&address).expect(200);
    late.put(
        &format!("{address}/cancellation"),
        Some(own.header("etag")),
        &json!({}),
    )
    .expect(200);
    congress.place(conn, session, 1, "2030-11-12T10:00", "");
    let draft = organiser
        .get(&format!("/api/v1/sessions/{other}/draft"))
        .expect(200);
    let headers = [
        ("content-type", "application/json"),
        ("if-match", draft.header("etag")),
        ("idempotency-key", "cancel"),
    ];
    let reason = json!({ "reason": "The speaker is ill." }).to_string();
    let path = format!("/api/v1/sessions/{other}/cancellation");
    let cancelled = organiser.send("POST", &path, &headers, Some(reason.as_bytes()));
    assert!(cancelled.status < 300, "{}", cancelled.text());
    congress.release(conn);
    bounce(&site, &organiser);

    let told = wait_for("everything to be told", TOLD, || {
        let told = all.by_kind();
        KINDS.iter().all(|kind| told.contains_key(*kind)).then_some(told)
    });
    assert_eq!(told["seat.reserved"][0]["session"], json!(session));
    assert_eq!(told["seat.given_back"][0]["state"], "released");
    assert_eq!(
        told["registration.requested"][0]["registration"],
        json!(registration)
    );
    assert_eq!(told["registration.withdrawn"][0]["state"], "cancelled");
    assert_eq!(told["session.changed"][0]["session"], json!(session));
    assert_eq!(told["session.cancelled"][0]["session"], json!(other));
    only_ids(&told);
    site.stop();
}

/// Marks a letter that went out as one that came back.
fn bounce(site: &Site, organiser: &tests::Client) {
    let conn = &mut site.conn();
    conn.execute_batch("UPDATE letters SET state = 'sent' WHERE state = 'waiting'")
        .expect("sent");
    let letters = organiser.get("/api/v1/letters?limit=1").expect(200).json();
    let letter = letters["items"][0]["id"].as_str().expect("a letter");
    let said = json!({ "said": "550 no such mailbox" });
    organiser
        .put(&format!("/api/v1/letters/{letter}/bounce"), None, &said)
        .expect(204);
}

/// Names, addresses and reasons stay in the house: there are ids, states, numbers and kinds.
fn only_ids(told: &BTreeMap<String, Vec<Value>>) {
    let allowed: BTreeSet<&str> = [
        "edition",
        "session",
        "registration",
        "category",
        "state",
        "number",
        "changes",
        "letter",
        "kind",
    ]
    .into();
    for data in told.values().flatten() {
        let fields: BTreeSet<&str> = data
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        assert!(fields.is_subset(&allowed), "{data}");
        let text = data.to_string();
        for private in [
            "Ana",
            "visitor",
            "late",
            "ill",
            "mailbox",
            "congress.example",
            "Second thoughts",
        ] {
            assert!(!text.contains(private), "{private}: {text}");
        }
    }
}
