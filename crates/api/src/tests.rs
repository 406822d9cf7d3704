//! The table of routes as a whole, and what its framework promises over HTTP.

mod live;
mod printed;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use access_rules::{Actor, Role, Scope, SessionId};
use actix_kit::{EdgeSettings, Site, Words};
use actix_web::{
    App,
    dev::ServiceResponse,
    http::{Method, StatusCode, header},
    test::{self, TestRequest},
    web,
};
use db::{
    Conn,
    testing::{TestDatabase, fresh},
};
use kernel::{Clock, Coded as _, Email, Fault, Language, Localized, Moment};
use people::{
    accounts, codes,
    model::Purpose,
    passwords::{Hasher, Hashing},
    standings::{self, Appointment},
};
use programme::{
    editions::{self, EditionInput},
    model::EditionState,
};
use registration::categories;
use registration::printing::Printer;
use serde_json::{Value, json};

use crate::{
    configure, meta, openapi, routes,
    table::{Line, get, put},
};

const ABSENT: &str = "0192f0c1-2d3e-7f4a-8b5c-6d7e8f901234";

fn site(database: &TestDatabase) -> Site {
    let settings = EdgeSettings {
        public_url: "http://congress.test".into(),
        site_name: "Congress".into(),
        trusted_proxies: vec![],
        body_bytes_max: 100_000,
        demo: false,
        has_providers: false,
    };
    Site::new((**database).clone(), Clock::machine(), settings, [7; 32])
}

fn hasher() -> Hasher {
    Hasher::start(Hashing::cheap()).expect("starts")
}

/// A folder of contents; nothing is ever taken in here.
fn store() -> files::Store {
    let folder = std::env::temp_dir().join("hemicycle-api-files");
    files::Store::open(&folder).expect("a folder")
}

/// The whole API over a database of its own.
macro_rules! api {
    ($database:expr) => {
        test::init_service(
            App::new()
                .app_data(web::Data::new(site(&$database)))
                .app_data(web::Data::new(hasher()))
                .app_data(web::Data::new(programme::admission::Admissions::general_only()))
                .app_data(web::Data::new(programme::snapshot::Snapshots::new(vec![])))
                .app_data(web::Data::new(crate::live::Live::new(
                    10,
                    std::sync::Arc::default(),
                )))
                .app_data(web::Data::new(store()))
                .app_data(web::Data::new(webhooks::rules::Guard::default()))
                .app_data(web::Data::new(people::providers::Providers::none()))
                .app_data(web::Data::new(Printer::new(
                    Box::new(|_, _| documents::Booklet::default()),
                    Box::new(|_, _| documents::Sheet::default()),
                )))
                .configure(configure),
        )
        .await
    };
}

/// An address of a line: ids that are none of ours, codes that are none either.
fn filled(path: &str, with: &str) -> String {
    let parts = path.split('/').map(|part| match part {
        part if part.starts_with('{') && part.ends_with('}') => with.to_owned(),
        part => part.to_owned(),
    });
    format!("/api/v1{}", parts.collect::<Vec<_>>().join("/"))
}

fn asked(line: &Line, path: &str) -> TestRequest {
    TestRequest::default()
        .method(line.method.clone())
        .uri(path)
        .insert_header(("idempotency-key", "k"))
}

async fn json_of(answer: ServiceResponse) -> Value {
    let bytes = test::read_body(answer).await;
    serde_json::from_slice(&bytes).unwrap_or(Value::Null)
}

#[test]
fn every_line_stands_once_under_the_act_that_is_decided() {
    let mut seen = BTreeSet::new();
    for line in routes::all() {
        let of = format!("{} {}", line.method, line.path);
        assert!(seen.insert(of.clone()), "twice: {of}");
        assert!(line.summary.ends_with('.'), "{of}: a sentence ends");
        assert!(line.path.is_empty() || line.path.starts_with('/'), "{of}");
        assert!(!line.path.ends_with('/'), "{of}");
        if line.is_once {
            assert_eq!(
                line.method,
                Method::POST,
                "{of}: only POST is done once under a key"
            );
        }
        if line.is_versioned {
            assert_ne!(line.method, Method::GET, "{of}: reading needs no version");
        }
        assert!(
            line.takes.is_none() || line.takes_media.is_empty(),
            "{of}: one body"
        );
    }
}

#[test]
fn the_reference_is_whole_and_always_the_same() {
    let one = openapi::document().to_pretty_json().expect("JSON");
    let two = openapi::document().to_pretty_json().expect("JSON");
    assert_eq!(one, two);

    let document: Value = serde_json::from_str(&one).expect("JSON");
    let schemas = &document["components"]["schemas"];
    let mut referred = Vec::new();
    refs(&document, &mut referred);
    for name in referred {
        assert!(schemas.get(&name).is_some(), "no schema {name}");
    }
}

#[test]
fn two_shapes_never_share_a_name() {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = BTreeSet::new();
    for line in routes::all() {
        for (name, schema) in openapi::schemas(&line) {
            let mut shape = serde_json::to_value(&schema).expect("JSON");
            if let Some(codes) = shape.get_mut("enum").and_then(Value::as_array_mut) {
                codes.sort_by_key(Value::to_string);
            }
            let text = shape.to_string();
            let before = known.entry(name.clone()).or_insert_with(|| text.clone());
            if *before != text {
                twice.insert(format!("{name}, at {} {}", line.method, line.path));
            }
        }
    }
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn every_code_of_every_slice_is_in_the_catalogue_and_said_in_three_languages() {
    let words = Words::embedded();
    let mut unsaid = Vec::new();
    for entry in meta::catalogue() {
        for language in Language::ALL {
            if !words.knows(*language, &format!("fault-{}", entry.code)) {
                unsaid.push(format!("{} {}", language.code(), entry.code));
            }
        }
    }
    assert!(unsaid.is_empty(), "no words for {unsaid:?}");

    let own = include_str!("meta.rs");
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for slice in fs::read_dir(crates).expect("the crates").flatten() {
        for file in ["faults.rs", "import_faults.rs"] {
            let text = fs::read_to_string(slice.path().join("src").join(file)).unwrap_or_default();
            for line in text
                .lines()
                .filter_map(|line| line.trim().strip_prefix("pub enum "))
            {
                let name = line.split([' ', '{']).next().unwrap_or_default();
                assert!(
                    own.contains(&format!("{name}::CATALOGUE")),
                    "{name} is not listed"
                );
            }
        }
    }
}

#[test]
fn every_code_beside_a_field_is_said_in_three_languages() {
    let words = Words::embedded();
    let mut unsaid = BTreeSet::new();
    for slice in [
        "people",
        "members",
        "registration",
        "mail",
        "files",
        "records",
        "programme",
        "assembly",
        "town-hall",
        "local4action",
        "statutory",
    ] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(slice)
            .join("src");
        for file in fs::read_dir(source).expect("a crate").flatten() {
            if file.file_name().to_string_lossy().contains("test") {
                continue;
            }
            let text = fs::read_to_string(file.path()).unwrap_or_default();
            for code in codes_in(&text) {
                for language in Language::ALL {
                    if !words.knows(*language, &format!("fault-{code}")) {
                        unsaid.insert(format!("{slice} {} {code}", language.code()));
                    }
                }
            }
        }
    }
    assert!(unsaid.is_empty(), "no words for {unsaid:?}");
}

#[actix_web::test]
async fn a_path_that_holds_no_id_is_answered_like_one_that_is_not_there() {
    let database = fresh();
    let api = api!(database);
    let lines = routes::all();
    let readable = lines
        .iter()
        .filter(|line| line.method == Method::GET && line.path.contains('{') && !line.needs_account);
    for line in readable {
        let mut said = BTreeSet::new();
        for part in [ABSENT, "nonsense", "0", "..%2f"] {
            let request = asked(line, &filled(line.path, part)).to_request();
            let answer = test::call_service(&api, request).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{} {part}", line.path);
            said.insert(test::read_body(answer).await);
        }
        assert_eq!(said.len(), 1, "{}", line.path);
    }
}

#[actix_web::test]
async fn nobody_is_asked_to_sign_in_before_anything_else_is_looked_at() {
    let database = fresh();
    let api = api!(database);
    for line in routes::all().iter().filter(|line| line.needs_account) {
        for part in [ABSENT, "nonsense"] {
            let request = asked(line, &filled(line.path, part)).to_request();
            let answer = test::call_service(&api, request).await;
            let of = format!("{} {}", line.method, line.path);
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{of}");
            assert_eq!(json_of(answer).await["code"], "sign_in_needed", "{of}");
        }
    }
}

#[actix_web::test]
async fn whose_session_or_token_is_over_is_told_so_before_what_is_wrong_with_the_request() {
    let database = fresh();
    let api = api!(database);
    let shown = [
        (header::COOKIE, "hemicycle=over"),
        (header::AUTHORIZATION, "Bearer over"),
    ];
    for line in routes::all().iter().filter(|line| line.needs_account) {
        for (name, value) in &shown {
            // No Idempotency-Key, no If-Match, no body that could be read, no id in the path.
            for part in [ABSENT, "nonsense"] {
                let request = TestRequest::default()
                    .method(line.method.clone())
                    .uri(&filled(line.path, part))
                    .insert_header((name.clone(), *value))
                    .set_payload("{");
                let answer = test::call_service(&api, request.to_request()).await;
                let of = format!("{} {} with {value}", line.method, line.path);
                assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{of}");
                assert_eq!(json_of(answer).await["code"], "sign_in_needed", "{of}");
            }
        }
    }
}

#[actix_web::test]
async fn an_unknown_path_is_not_found_and_an_unknown_method_is_told_those_there_are() {
    let database = fresh();
    let api = api!(database);
    let nowhere = TestRequest::get().uri("/api/v1/nowhere").to_request();
    let answer = test::call_service(&api, nowhere).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);

    let patch = TestRequest::patch().uri("/api/v1/me").to_request();
    let answer = test::call_service(&api, patch).await;
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    let allow = answer.headers().get(header::ALLOW).cloned();
    assert_eq!(allow, Some(header::HeaderValue::from_static("GET, HEAD, PUT")));
}

#[test]
fn a_status_follows_from_what_is_given() {
    async fn nothing() -> actix_web::HttpResponse {
        crate::answers::done()
    }
    let line = || get("/x", access_rules::Act::UseSite, nothing, "x.");
    assert_eq!(line().good_status(), 204);
    assert_eq!(line().gives::<meta::Root>().good_status(), 200);
    assert_eq!(line().gives::<meta::Root>().once().good_status(), 201);
    let line = put("/x", access_rules::Act::UseSite, nothing, "x.");
    assert_eq!(line.once().answers(202).good_status(), 202);
}

/// Signs in by a code, as a browser does; answers the cookie.
macro_rules! cookie_of {
    ($api:expr, $database:expr, $address:expr) => {{
        let request = TestRequest::post()
            .uri("/api/v1/sign-in")
            .set_json(json!({ "email": $address, "code": code_for(&$database, $address) }))
            .to_request();
        let answer = test::call_service(&$api, request).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let cookie = answer.headers().get(header::SET_COOKIE).expect("a cookie");
        let cookie = cookie.to_str().expect("text").to_owned();
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        cookie.split(';').next().unwrap_or_default().to_owned()
    }};
}

/// Calls the API; answers status and body.
macro_rules! call {
    ($api:expr, $request:expr) => {{
        let answer = test::call_service(&$api, $request.to_request()).await;
        (answer.status().as_u16(), json_of(answer).await)
    }};
}

fn code_for(database: &TestDatabase, address: &str) -> String {
    let email: Email = address.parse().expect("an address");
    let mint = move |conn: &mut Conn| codes::mint(conn, Moment::now(), &email, Purpose::SignIn, None);
    database.write("code", mint).expect("minted")
}

fn with(cookie: &str, method: Method, path: &str) -> TestRequest {
    TestRequest::default()
        .method(method)
        .uri(&format!("/api/v1{path}"))
        .insert_header((header::COOKIE, cookie.to_owned()))
}

#[actix_web::test]
async fn somebody_signs_in_says_their_name_makes_a_token_and_signs_out() {
    let database = fresh();
    let api = api!(database);
    let cookie = cookie_of!(api, database, "ana@example.org");

    let (status, me) = call!(api, with(&cookie, Method::GET, "/me"));
    assert_eq!((status, &me["needs_name"]), (200, &json!(true)), "{me}");
    assert_eq!(me["person"]["email"], "ana@example.org");

    let name = json!({ "given_name": "Ana", "family_name": "Díaz", "role": "platform_admin" });
    let put_name = || with(&cookie, Method::PUT, "/me").set_json(&name);
    let (status, problem) = call!(api, put_name());
    assert_eq!(
        (status, &problem["code"]),
        (428, &json!("version_needed")),
        "{problem}"
    );
    let (status, _) = call!(api, put_name().insert_header((header::IF_MATCH, "\"v7\"")));
    assert_eq!(status, 412);
    let (status, person) = call!(api, put_name().insert_header((header::IF_MATCH, "\"v1\"")));
    assert_eq!((status, &person["name"]), (200, &json!("Ana Díaz")), "{person}");

    let wanted = json!({ "name": "Script", "scopes": ["read"] });
    let token = || with(&cookie, Method::POST, "/me/tokens").set_json(&wanted);
    let (status, problem) = call!(api, token());
    assert_eq!(
        (status, &problem["code"]),
        (400, &json!("idempotency_key_missing"))
    );
    let (status, made) = call!(api, token().insert_header(("idempotency-key", "t1")));
    assert_eq!(status, 201, "{made}");
    let (status, again) = call!(api, token().insert_header(("idempotency-key", "t1")));
    assert_eq!(
        (status, &again["token"], &again["id"]),
        (201, &Value::Null, &made["id"])
    );

    let bearer = format!("Bearer {}", made["token"].as_str().unwrap_or_default());
    let program =
        |method, path| with("", method, path).insert_header((header::AUTHORIZATION, bearer.clone()));
    let (status, problem) = call!(api, program(Method::GET, "/me/tokens"));
    assert_eq!((status, &problem["code"]), (403, &json!("scope")));
    let (status, problem) = call!(api, program(Method::GET, "/people"));
    assert_eq!((status, &problem["code"]), (403, &json!("scope")), "{problem}");

    let (status, problem) = call!(api, with(&cookie, Method::GET, "/people"));
    assert_eq!(
        (status, &problem["code"]),
        (403, &json!("not_allowed")),
        "{problem}"
    );

    let (status, sessions) = call!(api, with(&cookie, Method::GET, "/me/sessions"));
    assert_eq!(
        (status, &sessions["items"][0]["is_this"]),
        (200, &json!(true)),
        "{sessions}"
    );
    let (status, _) = call!(api, with(&cookie, Method::DELETE, "/sign-in"));
    assert_eq!(status, 204);
    let (status, _) = call!(api, with(&cookie, Method::GET, "/me"));
    assert_eq!(status, 401);
}

#[actix_web::test]
async fn a_wrong_password_says_the_same_of_every_address() {
    let database = fresh();
    let api = api!(database);
    let cookie = cookie_of!(api, database, "ana@example.org");
    let password = json!({ "password": "correct horse battery" });
    let (status, problem) = call!(
        api,
        with(&cookie, Method::PUT, "/me/password").set_json(&password)
    );
    assert_eq!(status, 204, "{problem}");

    let try_with = |email: &str, password: &str| {
        TestRequest::post()
            .uri("/api/v1/sign-in")
            .set_json(json!({ "email": email, "password": password }))
    };
    let (status, known) = call!(api, try_with("ana@example.org", "incorrect horse"));
    let (_, unknown) = call!(api, try_with("nobody@example.org", "incorrect horse"));
    assert_eq!((status, &known["code"]), (422, &json!("wrong_password")));
    assert_eq!(known, unknown);
    let (status, _) = call!(api, try_with("ana@example.org", "correct horse battery"));
    assert_eq!(status, 200);

    let ask = |email: &str, key: &str| {
        TestRequest::post()
            .uri("/api/v1/sign-in/codes")
            .insert_header(("idempotency-key", key.to_owned()))
            .set_json(json!({ "email": email }))
    };
    let (status, known) = call!(api, ask("ana@example.org", "a"));
    let (_, unknown) = call!(api, ask("nobody@example.org", "b"));
    assert_eq!((status, known), (202, unknown));
}

#[actix_web::test]
async fn the_desk_keeps_the_directory_and_a_request_sent_twice_is_done_once() {
    let database = fresh();
    let api = api!(database);
    let cookie = cookie_of!(api, database, "desk@example.org");
    let desk: Email = "desk@example.org".parse().expect("an address");
    let appoint = move |conn: &mut Conn| {
        let account = accounts::by_email(conn, &desk)?.expect("signed in before");
        let admin = Appointment {
            person: account.person_id,
            role: Role::PlatformAdmin,
            scope: Scope::Everywhere,
            from: Moment::now(),
            to: None,
            basis: "test".into(),
            granted_by: None,
        };
        standings::appoint(conn, Moment::now(), &admin).map(drop)
    };
    database.write("appoint", appoint).expect("appointed");

    let city = json!({ "name": "Durban", "kind": "city", "country": "ZA" });
    let create = |body: &Value| {
        with(&cookie, Method::POST, "/organisations")
            .insert_header(("idempotency-key", "o1"))
            .set_json(body)
    };
    let (status, made) = call!(api, create(&city));
    assert_eq!((status, &made["section"]), (201, &json!("africa")), "{made}");
    let (status, again) = call!(api, create(&city));
    assert_eq!((status, &again), (201, &made));
    let (status, problem) = call!(api, create(&json!({ "name": "Dakar" })));
    assert_eq!((status, &problem["code"]), (422, &json!("idempotency_mismatch")));

    let (_, found) = call!(
        api,
        TestRequest::get().uri("/api/v1/organisations/suggest?text=dur")
    );
    assert_eq!(found["items"][0]["id"], made["id"], "{found}");
    let own = format!("/organisations/{}", made["id"].as_str().unwrap_or_default());
    let (_, public) = call!(api, TestRequest::get().uri(&format!("/api/v1{own}")));
    assert_eq!(public["inside"], Value::Null);

    let roll = "name,kind,country,category,state\nDakar,city,SN,individual,active\n";
    let import = |path: &str| {
        with(&cookie, Method::POST, path)
            .insert_header((header::CONTENT_TYPE, "text/csv"))
            .insert_header(("idempotency-key", "i1"))
            .set_payload(roll)
    };
    let (status, plan) = call!(api, import("/organisations/imports/plan"));
    assert_eq!(
        (status, &plan["creates"], &plan["applied"]),
        (200, &json!(1), &json!(false)),
        "{plan}"
    );
    let (status, plan) = call!(api, import("/organisations/imports"));
    assert_eq!((status, &plan["applied"]), (201, &json!(true)), "{plan}");

    let (status, page) = call!(api, with(&cookie, Method::GET, "/organisations?limit=1"));
    assert_eq!(
        (status, &page["items"][0]["name"]),
        (200, &json!("Dakar")),
        "{page}"
    );
    let next = page["next"].as_str().unwrap_or_default().to_owned();
    let (_, page) = call!(
        api,
        with(
            &cookie,
            Method::GET,
            &format!("/organisations?limit=1&after={next}")
        )
    );
    assert_eq!(page["items"][0]["name"], "Durban", "{page}");
    let forged = format!("/organisations?after=x{next}");
    let (status, problem) = call!(api, with(&cookie, Method::GET, &forged));
    assert_eq!((status, &problem["code"]), (400, &json!("bad_cursor")));

    let (status, verdict) = call!(api, with(&cookie, Method::GET, "/audit/verdict"));
    assert_eq!((status, &verdict["whole"]), (200, &json!(true)), "{verdict}");
    let (status, audit) = call!(api, with(&cookie, Method::GET, "/audit?act=organisation.create"));
    assert_eq!(status, 200);
    assert_eq!(audit["items"][1]["object_id"], made["id"], "{audit}");
}

/// A congress open for registration; answers the id of a session it does not have.
fn congress(conn: &mut Conn) -> Result<SessionId, Fault> {
    let (system, now) = (Actor::system(), Moment::now());
    let input = EditionInput {
        slug: "durban".into(),
        title: Localized::only("en", "Durban"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2100-11-11".into(),
        ends_on: "2100-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let edition = editions::create(conn, &system, now, &input)?;
    for state in [EditionState::Announced, EditionState::Open] {
        editions::step(conn, &system, now, edition.id, state, None)?;
    }
    categories::seed(conn, &system, now, edition.id)?;
    Ok(SessionId::new())
}

#[actix_web::test]
async fn somebody_registers_for_the_congress_and_its_tracks_and_nobody_else_sees_it() {
    let database = fresh();
    let api = api!(database);
    let absent = database.write("congress", congress).expect("made");
    let cookie = cookie_of!(api, database, "ana@example.org");
    let once = |request: TestRequest, key: &str| request.insert_header(("idempotency-key", key.to_owned()));
    let on = |request: TestRequest, version: &Value| {
        request.insert_header((header::IF_MATCH, format!("\"v{version}\"")))
    };

    let (_, found) = call!(api, TestRequest::get().uri("/api/v1/editions/durban/categories"));
    let categories = found["items"].as_array().cloned().unwrap_or_default();
    let individual = categories
        .iter()
        .find(|category| category["code"] == "individual");
    let category = individual.map(|category| category["id"].clone()).expect("one");
    let (status, _) = call!(api, TestRequest::get().uri("/api/v1/editions/nowhere/categories"));
    assert_eq!(status, 404);

    let begin = with(&cookie, Method::POST, "/editions/durban/registrations");
    let (status, begun) = call!(api, once(begin, "r1").set_json(json!({ "for_whom": "myself" })));
    assert_eq!((status, &begun["state"]), (201, &json!("draft")), "{begun}");
    let own = format!("/registrations/{}", begun["id"].as_str().unwrap_or_default());
    let form = json!({
        "given_name": "Ana", "family_name": "Díaz", "category": category, "tracks": ["assembly", "statutory"],
        "needs": { "diet": "vegetarian", "consent": true }, "state": "confirmed", "number": "1", "step": 4,
    });
    let save = on(with(&cookie, Method::PUT, &own), &begun["version"]).set_json(&form);
    let (status, saved) = call!(api, save);
    assert_eq!(
        (status, &saved["state"], &saved["number"]),
        (200, &json!("draft"), &Value::Null),
        "{saved}"
    );
    let submission = format!("{own}/submission");
    let (status, problem) = call!(api, with(&cookie, Method::PUT, &submission));
    assert_eq!((status, &problem["code"]), (428, &json!("version_needed")));
    let (status, sent) = call!(
        api,
        on(with(&cookie, Method::PUT, &submission), &saved["version"])
    );
    assert_eq!((status, &sent["state"]), (200, &json!("confirmed")), "{sent}");
    let tracks = sent["tracks"].as_array().cloned().unwrap_or_default();
    let stands = |code: &str| {
        tracks
            .iter()
            .find(|track| track["track"] == code)
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(stands("assembly")["state"], "admitted", "{sent}");
    assert_eq!(stands("statutory")["why"], "audience", "{sent}");

    let (status, needs) = call!(api, with(&cookie, Method::GET, &format!("{own}/needs")));
    assert_eq!((status, &needs["diet"]), (200, &json!("vegetarian")));
    let (_, mine) = call!(
        api,
        with(&cookie, Method::GET, "/editions/durban/me/registrations")
    );
    assert_eq!(mine["items"][0]["email"], "ana@example.org", "{mine}");
    assert!(!mine.to_string().contains("vegetarian"), "{mine}");
    let (status, problem) = call!(api, with(&cookie, Method::GET, "/editions/durban/registrations"));
    assert_eq!((status, &problem["code"]), (403, &json!("not_allowed")));

    let stranger = cookie_of!(api, database, "stranger@example.org");
    let (status, hidden) = call!(api, with(&stranger, Method::GET, &own));
    let (_, missing) = call!(
        api,
        with(&stranger, Method::GET, &format!("/registrations/{absent}"))
    );
    assert_eq!((status, hidden), (404, missing));
    let reserve = with(&cookie, Method::POST, &format!("/sessions/{absent}/seat"));
    let (status, _) = call!(api, once(reserve, "s1").set_json(json!({})));
    assert_eq!(status, 404);

    let cancellation = format!("{own}/cancellation");
    let (status, gone) = call!(
        api,
        on(with(&cookie, Method::PUT, &cancellation), &sent["version"])
    );
    assert_eq!((status, &gone["state"]), (200, &json!("cancelled")), "{gone}");
}

fn refs(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if let ("$ref", Some(name)) = (key.as_str(), value.as_str()) {
                    found.push(name.rsplit('/').next().unwrap_or_default().to_owned());
                }
                refs(value, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| refs(item, found)),
        _ => {}
    }
}

/// The codes a source puts beside fields, as literals.
fn codes_in(source: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for call in [
        ".wrong(",
        ".wrong_with(",
        "Fault::field(",
        "Fault::conflict(",
        "Fault::forbidden(",
    ] {
        for rest in source.split(call).skip(1) {
            let arguments = rest.split(';').next().unwrap_or_default();
            let texts: Vec<&str> = arguments.split('"').skip(1).step_by(2).collect();
            // What is chosen among codes is held by the tests of the slice.
            if arguments.trim_start().starts_with("if ") {
                continue;
            }
            let at = usize::from(!call.ends_with("conflict(") && !call.ends_with("forbidden("));
            codes.extend(texts.get(at).map(|code| (*code).to_owned()));
        }
    }
    codes.retain(|code| !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    codes
}
