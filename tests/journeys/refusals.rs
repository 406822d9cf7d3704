//! What cannot be done is refused with its status, its stable code and its field, and nothing of it is kept.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use access_rules::SessionId;
use serde_json::{Value, json};
use tests::{Answer, Cast, Client, Site};

/// An id nothing has.
const ABSENT: &str = "0192f0c1-2d3e-7f4a-8b5c-6d7e8f901234";
/// The edition of the cast.
const EDITION: &str = "/api/v1/editions/harbour-2030";

/// A request as one writes it down: who, what, with which body; then status, code, and field.
type Case<'a> = (&'a str, &'a str, Value, u16, &'a str, &'a str);

/// The browsers of the cast by name, and how many requests were sent.
struct Browsers(BTreeMap<String, Client>, AtomicUsize);

impl Browsers {
    fn of(site: &Site, cast: &Cast) -> Self {
        let browsers: BTreeMap<String, Client> = cast
            .people
            .iter()
            .map(|somebody| (somebody.name.clone(), site.browser(&somebody.cookie)))
            .collect();
        Self(browsers, AtomicUsize::new(0))
    }

    /// Asks as somebody; each request has a key of its own and was made on the first version.
    fn ask(&self, who: &str, what: &str, body: &[u8]) -> Answer {
        let (method, path) = what.split_once(' ').expect("a method and a path");
        let key = format!("request {}", self.1.fetch_add(1, Ordering::Relaxed));
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
            ("if-match", "\"v1\""),
        ];
        match method {
            "GET" | "HEAD" => self.0[who].send(method, path, &[], None),
            _ => self.0[who].send(method, path, &headers, Some(body)),
        }
    }

    /// Asks each, and says which answers were not as they should be.
    fn hold(&self, cases: &[Case<'_>]) {
        let mut wrong = Vec::new();
        for (who, what, body, status, code, field) in cases {
            let answer = self.ask(who, what, body.to_string().as_bytes());
            let problem = answer.json();
            let pointers: Vec<&str> = problem["errors"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|error| error["pointer"].as_str())
                .collect();
            let is_right = answer.status == *status
                && answer.code() == *code
                && (field.is_empty() || pointers.contains(field))
                && answer.header("content-type") == "application/problem+json";
            if !is_right {
                let body: String = body.to_string().chars().take(120).collect();
                wrong.push(format!(
                    "{who}: {what} {body}\n  not {status} {code} {field} but {} {}",
                    answer.status,
                    answer.text()
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

fn cast() -> (Site, Cast, Browsers) {
    let (site, cast) = Site::furnished(Cast::gather);
    let browsers = Browsers::of(&site, &cast);
    (site, cast, browsers)
}

fn count(client: &Client, path: &str) -> usize {
    let found = client.get(path).expect(200).json();
    found["items"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_body_that_does_not_fit_names_its_field_and_leaves_nothing() {
    let (_site, _cast, browsers) = cast();
    let rooms = &format!("POST {EDITION}/rooms");
    let sessions = &format!("POST {EDITION}/sessions");
    let named = |more: Value| {
        let mut body = json!({ "kind": "special", "title": { "en": "A talk" } });
        body.as_object_mut()
            .expect("one")
            .extend(more.as_object().cloned().unwrap_or_default());
        body
    };
    let desk = &browsers.0["organiser"];
    let before = (
        count(desk, &format!("{EDITION}/rooms")),
        count(desk, &format!("{EDITION}/sessions")),
    );
    let room = |more: Value| {
        let mut body = json!({ "name": { "en": "A room" } });
        body.as_object_mut()
            .expect("one")
            .extend(more.as_object().cloned().unwrap_or_default());
        body
    };

    let who = "organiser";
    browsers.hold(&[
        (who, rooms, json!([]), 422, "invalid", ""),
        (who, rooms, json!(null), 422, "invalid", ""),
        (who, rooms, json!({}), 422, "invalid", "/name"),
        (
            who,
            rooms,
            json!({ "name": { "en": " \u{200b} " } }),
            422,
            "invalid",
            "/name",
        ),
        (who, rooms, json!({ "name": "Hall" }), 422, "invalid", "/name"),
        (
            who,
            rooms,
            json!({ "name": { "en": ["Hall"] } }),
            422,
            "invalid",
            "/name/en",
        ),
        (
            who,
            rooms,
            json!({ "name": { "en": "x".repeat(5000) } }),
            422,
            "invalid",
            "/name/en",
        ),
        (
            who,
            rooms,
            room(json!({ "capacity": "many" })),
            422,
            "invalid",
            "/capacity",
        ),
        (
            who,
            rooms,
            room(json!({ "capacity": 1.5 })),
            422,
            "invalid",
            "/capacity",
        ),
        (
            who,
            rooms,
            room(json!({ "capacity": -5 })),
            422,
            "invalid",
            "/capacity",
        ),
        (
            who,
            rooms,
            room(json!({ "capacity": i64::MAX })),
            422,
            "invalid",
            "/capacity",
        ),
        (
            who,
            rooms,
            room(json!({ "step_free": "perhaps" })),
            422,
            "invalid",
            "/step_free",
        ),
        (who, sessions, json!({}), 422, "invalid", "/title"),
        (
            who,
            sessions,
            named(json!({ "kind": "concert" })),
            422,
            "invalid",
            "/kind",
        ),
        (
            who,
            sessions,
            named(json!({ "track": "nowhere" })),
            422,
            "invalid",
            "/track",
        ),
        (
            who,
            sessions,
            named(json!({ "entry": "window" })),
            422,
            "invalid",
            "/entry",
        ),
        (
            who,
            sessions,
            named(json!({ "length_minutes": -1 })),
            422,
            "invalid",
            "/length_minutes",
        ),
        (
            who,
            sessions,
            named(json!({ "body": "general_assembly" })),
            422,
            "invalid",
            "/body",
        ),
        (
            who,
            sessions,
            named(json!({ "speakers": [{ "name": "A", "role": "king" }] })),
            422,
            "invalid",
            "/speakers/0/role",
        ),
        (
            who,
            sessions,
            named(json!({ "speakers": [{ "person": ABSENT, "role": "chair" }] })),
            422,
            "invalid",
            "/speakers/0/person",
        ),
        (
            who,
            sessions,
            named(json!({ "organisers": [ABSENT] })),
            422,
            "invalid",
            "/organisers/0",
        ),
        (
            who,
            sessions,
            named(json!({ "links": [{ "title": "x", "url": "javascript:alert(1)" }] })),
            422,
            "invalid",
            "/links/0/url",
        ),
        (
            who,
            sessions,
            named(json!({ "abstract": { "en": "x".repeat(200_000) } })),
            422,
            "invalid",
            "/abstract/en",
        ),
        (
            who,
            sessions,
            json!({ "kind": "statutory", "title": { "en": "A meeting" } }),
            422,
            "body_required",
            "/body",
        ),
        (
            who,
            &format!("POST {EDITION}/state"),
            json!({ "to": "zombie" }),
            422,
            "invalid",
            "/to",
        ),
        (
            who,
            &format!("POST {EDITION}/state"),
            json!({}),
            422,
            "invalid",
            "/to",
        ),
        (
            who,
            "PUT /api/v1/me/language",
            json!({ "language": "tlh" }),
            422,
            "invalid",
            "/language",
        ),
        (
            who,
            "POST /api/v1/positions/confirmations",
            json!({ "positions": vec![ABSENT; 5000] }),
            422,
            "invalid",
            "/positions",
        ),
    ]);

    for (sent, code) in [
        (&b"{\"name\":"[..], "malformed"),
        (b"", "malformed"),
        (b"{\"name\":{\"en\":\"\xff\xfe\"}}", "malformed"),
        (b"{\"name\":{\"en\":\"\\ud800\"}}", "malformed"),
        (b"{} {}", "malformed"),
    ] {
        assert_eq!(browsers.ask(who, rooms, sent).expect(400).code(), code);
    }
    let deep = format!("{{\"name\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
    assert_eq!(
        browsers.ask(who, rooms, deep.as_bytes()).expect(400).code(),
        "malformed"
    );
    let after = (
        count(desk, &format!("{EDITION}/rooms")),
        count(desk, &format!("{EDITION}/sessions")),
    );
    assert_eq!(after, before, "something was kept of what was refused");
}

#[test]
fn a_query_that_does_not_fit_names_its_field() {
    let (_site, _cast, browsers) = cast();
    let query = |path: &str| format!("GET {EDITION}{path}");
    let none = Value::Null;
    let cases: Vec<(String, &str, &str)> = vec![
        (query("/registrations?state=weird"), "malformed", "/state"),
        (
            query("/registrations?text=a&category=weird"),
            "malformed",
            "/category",
        ),
        (
            query("/registrations?state=draft&state=confirmed"),
            "malformed",
            "/state",
        ),
        (query("/registrations.csv?state=weird"), "malformed", "/state"),
        (query("/programme?day=2019-99-99"), "malformed", "/day"),
        ("GET /api/v1/audit?from=yesterday".into(), "malformed", "/from"),
        (query("/sessions?limit=ten"), "malformed", "/limit"),
        (query("/sessions?after=abc"), "bad_cursor", "/after"),
        (query("/sessions?after=abc.def"), "bad_cursor", "/after"),
    ];
    let cases: Vec<Case<'_>> = cases
        .iter()
        .map(|(what, code, field)| ("organiser", what.as_str(), none.clone(), 400, *code, *field))
        .collect();
    browsers.hold(&cases);
    let desk = &browsers.0["organiser"];
    assert!(count(desk, &format!("{EDITION}/sessions?limit=99999999999")) <= 200);
    assert_eq!(count(desk, &format!("{EDITION}/sessions?limit=-1")), 1);
}

#[test]
fn what_one_may_not_know_of_is_answered_as_what_is_not_there() {
    let (_site, cast, browsers) = cast();
    let begun = browsers.ask(
        "member",
        &format!("POST {EDITION}/registrations"),
        br#"{"for_whom":"someone_else"}"#,
    );
    let registration = begun.expect(201).json()["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let hidden = |id: &str, registration: &str| {
        [
            format!("GET /api/v1/sessions/{id}"),
            format!("GET /api/v1/sessions/{id}/draft"),
            format!("GET /api/v1/sessions/{id}/access"),
            format!("GET /api/v1/sessions/{id}/calendar.ics"),
            format!("GET /api/v1/sessions/{id}/occupancy"),
            format!("GET /api/v1/sessions/{id}/seat"),
            format!("POST /api/v1/sessions/{id}/seat"),
            format!("POST /api/v1/sessions/{id}/invitation-requests"),
            format!("PUT /api/v1/me/agenda/{id}"),
            format!("GET /api/v1/registrations/{registration}"),
            format!("PUT /api/v1/registrations/{registration}"),
            format!("PUT /api/v1/registrations/{registration}/cancellation"),
            format!("GET /api/v1/registrations/{registration}/needs"),
            format!("PUT /api/v1/registrations/{registration}/tracks/town_hall"),
        ]
    };
    let there = hidden(&cast.hidden.to_string(), &registration);
    for (there, absent) in there.iter().zip(hidden(ABSENT, ABSENT)) {
        let there = browsers.ask("individual", there, b"{}");
        let absent = browsers.ask("individual", &absent, b"{}");
        assert_eq!(
            (there.status, there.text()),
            (404, absent.text()),
            "{}",
            there.text()
        );
    }
}

#[test]
fn things_of_another_edition_are_not_reached_through_this_one() {
    let (_site, cast, browsers) = cast();
    let made = browsers.ask(
        "organiser",
        "POST /api/v1/editions",
        br#"{"slug":"other-2031","title":{"en":"Other"},"city":"Seoul","country":"KR","zone":"Asia/Seoul",
            "starts_on":"2031-02-01","ends_on":"2031-02-03","standard":true}"#,
    );
    made.expect(201);
    let other = "/api/v1/editions/other-2031";
    let id = |answer: Answer| {
        answer.expect(201).json()["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let room = id(browsers.ask(
        "organiser",
        &format!("POST {other}/rooms"),
        br#"{"name":{"en":"Far away"}}"#,
    ));
    let far = br#"{"kind":"special","title":{"en":"Far away"}}"#;
    let far = id(browsers.ask("organiser", &format!("POST {other}/sessions"), far));
    let here: SessionId = cast.open;
    let near = br#"{"kind":"special","title":{"en":"Near"}}"#;
    let near = id(browsers.ask("organiser", &format!("POST {EDITION}/sessions"), near));

    let draft = browsers.0["organiser"]
        .get(&format!("/api/v1/sessions/{near}/draft"))
        .expect(200);
    let place = format!("PUT /api/v1/sessions/{near}/placement");
    let starts = "2030-11-12T15:00";
    browsers.hold(&[
        (
            "organiser",
            &place,
            json!({ "room": room, "starts": starts }),
            422,
            "invalid",
            "/room",
        ),
        (
            "organiser",
            &format!("POST {EDITION}/swaps"),
            json!({ "one": here, "other": far }),
            422,
            "invalid",
            "/other",
        ),
        (
            "organiser",
            &format!("POST {other}/swaps"),
            json!({ "one": here, "other": cast.assembly }),
            422,
            "invalid",
            "/one",
        ),
        (
            "organiser",
            &format!("POST {other}/releases"),
            json!({ "only": [here] }),
            422,
            "invalid",
            "/only",
        ),
        (
            "individual",
            &format!("GET {other}/rooms"),
            Value::Null,
            404,
            "not_found",
            "",
        ),
        (
            "individual",
            &format!("POST {other}/registrations"),
            json!({ "for_whom": "myself" }),
            404,
            "not_found",
            "",
        ),
        (
            "individual",
            &format!("GET /api/v1/sessions/{far}"),
            Value::Null,
            404,
            "not_found",
            "",
        ),
    ]);
    let still = browsers.0["organiser"]
        .get(&format!("/api/v1/sessions/{near}/draft"))
        .expect(200);
    assert_eq!(still.json(), draft.json());
    let assembly = browsers.0["organiser"].get(&format!("/api/v1/sessions/{}/draft", cast.assembly));
    assert_eq!(assembly.expect(200).json()["starts_local"], "2030-11-14T09:00");
}

#[test]
fn a_registration_asks_for_a_track_once_and_is_not_decided_before_it_is_sent() {
    let (_site, _cast, browsers) = cast();
    let begun = browsers.ask(
        "partner",
        &format!("POST {EDITION}/registrations"),
        br#"{"for_whom":"someone_else"}"#,
    );
    let id = begun.expect(201).json()["id"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let decision = format!("PUT /api/v1/registrations/{id}/decision");
    let save = format!("PUT /api/v1/registrations/{id}");
    browsers.hold(&[
        (
            "organiser",
            &decision,
            json!({ "accept": true }),
            409,
            "illegal_step",
            "",
        ),
        (
            "partner",
            &decision,
            json!({ "accept": true }),
            403,
            "not_allowed",
            "",
        ),
        (
            "partner",
            &save,
            json!({ "tracks": ["nowhere"] }),
            422,
            "unknown_track",
            "/tracks",
        ),
        (
            "partner",
            &save,
            json!({ "category": "individual" }),
            422,
            "invalid",
            "/category",
        ),
        (
            "partner",
            &save,
            json!({ "position_kind": "emperor" }),
            422,
            "invalid",
            "/position_kind",
        ),
        (
            "partner",
            &save,
            json!({ "needs": { "access": "A ramp" } }),
            422,
            "consent_needed",
            "",
        ),
        (
            "partner",
            &save,
            json!({ "needs": { "interpretation": ["?"], "consent": true } }),
            422,
            "invalid",
            "/needs/interpretation",
        ),
    ]);
    let twice = json!({ "tracks": ["town_hall", "town_hall"] });
    let saved = browsers
        .ask("partner", &save, twice.to_string().as_bytes())
        .expect(200)
        .json();
    let asked = saved["tracks"].as_array().map(Vec::len);
    assert_eq!((asked, &saved["version"]), (Some(1), &json!(2)), "{saved}");
}

#[test]
fn a_clash_is_told_in_a_sentence_of_the_readers_language() {
    let (_site, cast, browsers) = cast();
    let desk = &browsers.0["organiser"];
    let speaker = cast.find("individual").person;
    let talk = |title: &str| {
        json!({ "kind": "special", "title": { "en": title }, "length_minutes": 60,
            "speakers": [{ "person": speaker, "role": "speaker" }] })
    };
    let (hall, room) = (cast.congress.rooms[0], cast.congress.rooms[1]);
    let place = |key: &str, title: &str, room: &str, language: &str| {
        let made = desk
            .post_once(&format!("{EDITION}/sessions"), key, &talk(title))
            .expect(201);
        let id = made.json()["id"].as_str().unwrap_or_default().to_owned();
        let body = json!({ "room": room, "starts": "2030-11-12T14:00" }).to_string();
        let headers = [
            ("content-type", "application/json"),
            ("accept-language", language),
            ("if-match", "\"v1\""),
        ];
        let path = format!("/api/v1/sessions/{id}/placement");
        (
            made.json()["code"].as_str().unwrap_or_default().to_owned(),
            desk.send("PUT", &path, &headers, Some(body.as_bytes())),
        )
    };
    let (one, first) = place("one", "The one", &hall.to_string(), "en");
    assert_eq!(first.expect(200).json()["conflicts"], json!([]));
    let (other, second) = place("other", "The other", &room.to_string(), "fr");
    let clash = second.expect(200).json()["conflicts"][0].clone();
    assert_eq!(
        (&clash["code"], &clash["severity"]),
        (&json!("person_conflict"), &json!("block_release"))
    );
    let sentence = clash["sentence"].as_str().unwrap_or_default();
    assert!(sentence.contains(&one) && sentence.contains(&other), "{sentence}");
    assert!(
        sentence.contains("intervient dans les deux au même moment"),
        "{sentence}"
    );

    let taken = place("third", "The third", &hall.to_string(), "en").1.expect(409);
    assert_eq!(taken.code(), "room_taken");
    assert!(
        taken.json()["detail"].as_str().unwrap_or_default().contains(&one),
        "{}",
        taken.text()
    );

    let release = format!("{EDITION}/releases");
    let refused = desk
        .post_once(&release, "too-soon", &json!({}))
        .expect(409)
        .json();
    let left = &refused["facts"]["conflicts"][0];
    assert_eq!(
        (&refused["code"], &left["key"]),
        (&json!("conflicts_left"), &clash["key"])
    );
    assert!(
        left["sentence"]
            .as_str()
            .unwrap_or_default()
            .contains("has a part in both"),
        "{left}"
    );
    let waiver = json!({ "conflict": clash["key"], "reason": "They take turns." });
    desk.post_once(&format!("{EDITION}/waivers"), "a-waiver", &waiver)
        .expect(201);
    desk.post_once(&release, "now", &json!({})).expect(201);
}
