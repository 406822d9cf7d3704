//! Callers, bodies, forms and queries as they arrive over HTTP.

use actix_web::{
    App, FromRequest as _, HttpRequest, HttpResponse, body,
    http::{StatusCode, header},
    test::{self, TestRequest},
    web,
};
use db::testing::{TestDatabase, fresh};
use kernel::{Clock, Fault, Kind, Language};
use serde::Deserialize;
use serde_json::Value;

use crate::{Body, Caller, EdgeSettings, Form, Problem, Site, Version, csrf, query};

fn site(database: &TestDatabase, public_url: &str) -> Site {
    let settings = EdgeSettings {
        public_url: public_url.into(),
        site_name: "Congress".into(),
        trusted_proxies: vec!["10.0.0.1".parse().expect("an address")],
        body_bytes_max: 1000,
        demo: false,
        has_providers: false,
    };
    Site::new((**database).clone(), Clock::machine(), settings, [7; 32])
}

fn request(site: &Site, made: TestRequest) -> HttpRequest {
    made.app_data(web::Data::new(site.clone())).to_http_request()
}

#[derive(Debug, Deserialize)]
struct Title {
    title: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    seats: Option<i64>,
}

async fn take(input: Result<Body<Title>, Problem>) -> Result<HttpResponse, Problem> {
    let body = input?;
    Ok(HttpResponse::Ok().body(body.input.title.into_values().collect::<String>()))
}

#[actix_web::test]
async fn a_body_is_of_its_type_bounded_and_uncompressed() {
    let database = fresh();
    let site = web::Data::new(site(&database, "http://congress.test"));
    let app = test::init_service(App::new().app_data(site).route("/", web::post().to(take))).await;
    let good = r#"{"title":{"en":"A"}}"#;
    let long = format!(r#"{{"title":{{"en":"{}"}}}}"#, "x".repeat(1000));
    let cases = [
        ("application/json", "", good, 200),
        ("application/json; charset=utf-8", "", good, 200),
        ("text/plain", "", good, 415),
        ("application/x-www-form-urlencoded", "", good, 415),
        ("application/json", "gzip", good, 415),
        ("application/json", "", "{", 400),
        ("application/json", "", r#"{"title":5}"#, 422),
        ("application/json", "", &long, 413),
    ];
    for (media, encoding, sent, status) in cases {
        let mut made = TestRequest::post()
            .uri("/")
            .insert_header((header::CONTENT_TYPE, media))
            .set_payload(sent.to_owned());
        if !encoding.is_empty() {
            made = made.insert_header((header::CONTENT_ENCODING, encoding));
        }
        let answer = test::call_service(&app, made.to_request()).await;
        assert_eq!(answer.status().as_u16(), status, "{media} {encoding} {sent:.30}");
    }
}

#[actix_web::test]
async fn a_problem_says_the_same_in_the_readers_language_and_nothing_of_its_cause() {
    let database = fresh();
    let site = site(&database, "http://congress.test");
    for (language, said) in [
        ("en", "Sign in"),
        ("fr-CA, en;q=0.5", "Connectez-vous"),
        ("es", "Inicie"),
    ] {
        let asked = request(
            &site,
            TestRequest::get().insert_header((header::ACCEPT_LANGUAGE, language)),
        );
        let problem = Caller::of(&asked).problem(Fault::sign_in_needed());
        let answer = actix_web::ResponseError::error_response(&problem);
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        let media = answer.headers().get(header::CONTENT_TYPE);
        assert_eq!(
            media,
            Some(&header::HeaderValue::from_static("application/problem+json"))
        );
        let bytes = body::to_bytes(answer.into_body()).await.unwrap_or_default();
        let body: Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(body["code"], "sign_in_needed");
        assert_eq!(body["remedy"], "sign_in");
        assert!(
            body["detail"]
                .as_str()
                .is_some_and(|detail| detail.contains(said)),
            "{body}"
        );
    }
    let problem = Caller::of(&request(&site, TestRequest::get())).problem(Fault::internal("secret path"));
    let answer = actix_web::ResponseError::error_response(&problem);
    let bytes = body::to_bytes(answer.into_body()).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(
        text.contains("urn:uuid:") && !text.contains("secret path"),
        "{text}"
    );
}

#[actix_web::test]
async fn a_forwarded_address_is_believed_from_our_proxy_alone() {
    let database = fresh();
    let site = site(&database, "http://congress.test");
    let from = |peer: &str, forwarded: &str| {
        let made = TestRequest::get()
            .peer_addr(format!("{peer}:4000").parse().expect("an address"))
            .insert_header(("x-forwarded-for", forwarded.to_owned()));
        Caller::of(&request(&site, made)).address().to_owned()
    };
    assert_eq!(from("192.0.2.9", "203.0.113.5"), "192.0.2.9");
    assert_eq!(from("10.0.0.1", "203.0.113.5"), "203.0.113.5");
    assert_eq!(
        from("10.0.0.1", "203.0.113.5, 198.51.100.7, 10.0.0.1"),
        "198.51.100.7"
    );
    assert_eq!(from("10.0.0.1", "nonsense"), "10.0.0.1");
}

#[actix_web::test]
async fn what_another_site_sends_is_refused() {
    let database = fresh();
    let site = site(&database, "https://congress.test");
    let origin = |name: &'static str, value: &'static str| {
        let made = TestRequest::post().insert_header((name, value));
        csrf::check_origin(&request(&site, made), &site)
    };
    for (name, value) in [
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "none"),
        ("origin", "https://congress.test"),
        ("accept", "*/*"),
    ] {
        assert_eq!(origin(name, value), Ok(()), "{name}: {value}");
    }
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("origin", "null"),
        ("origin", "https://evil.test"),
        ("origin", "https://congress.test.evil.test"),
    ] {
        assert!(
            origin(name, value).is_err_and(|fault| fault.code == "cross_site"),
            "{name}: {value}"
        );
    }
    let read = TestRequest::get().insert_header(("origin", "https://evil.test"));
    assert_eq!(csrf::check_origin(&request(&site, read), &site), Ok(()));
}

#[actix_web::test]
async fn the_form_of_somebody_signed_in_carries_its_token() {
    let database = fresh();
    let site = site(&database, "http://congress.test");
    let signed_in = |form: String| {
        TestRequest::post()
            .insert_header((header::COOKIE, "hemicycle=abc"))
            .insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))
            .set_payload(form)
            .app_data(web::Data::new(site.clone()))
            .to_http_parts()
    };
    let token = csrf::token(&Caller::of(&signed_in(String::new()).0));
    let (asked, mut payload) = signed_in(format!("_csrf={token}&title%5Ben%5D=A&seats=&title%5Bfr%5D=+"));
    let form = Form::from_request(&asked, &mut payload)
        .await
        .expect("our own form");
    let input: Title = form.input().expect("it fits");
    assert_eq!(
        (input.title.len(), input.title["en"].as_str(), input.seats),
        (1, "A", None)
    );
    assert_eq!(form.typed("title[fr]"), " ");

    for forged in ["", "_csrf=", "_csrf=AAAA"] {
        let (asked, mut payload) = signed_in(forged.to_owned());
        let answer = Form::from_request(&asked, &mut payload).await;
        assert!(
            answer.is_err_and(|problem| problem.fault.code == "cross_site"),
            "{forged}"
        );
    }
}

#[actix_web::test]
async fn a_query_says_each_thing_once_and_a_cursor_is_our_own() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Ask {
        track: Option<String>,
        day: Option<i64>,
    }
    let asked: Ask = query::parse("track=assembly&day=").expect("a query");
    assert_eq!((asked.track.as_deref(), asked.day), (Some("assembly"), None));
    assert!(query::parse::<Ask>("track=a&track=b").is_err_and(|fault| fault.kind == Kind::Malformed));
    assert!(query::parse::<Ask>("day=soon").is_err());

    let database = fresh();
    let site = site(&database, "http://congress.test");
    let page = async |query: &str| {
        let asked = request(&site, TestRequest::get().uri(&format!("/?{query}")));
        crate::Paging::extract(&asked).await.map(|paging| paging.0)
    };
    let caller = Caller::of(&request(&site, TestRequest::get()));
    let cursor = kernel::page::Cursor {
        key: "k".into(),
        id: kernel::Id::<()>::new().uuid(),
    };
    let own = query::signed_cursor(&caller, &cursor);
    assert!(
        page(&format!("after={own}&limit=1000000000"))
            .await
            .is_ok_and(|ask| ask.limit <= 200)
    );
    assert!(page("limit=0").await.is_ok_and(|ask| ask.limit == 1));
    let (_, naked) = own.split_once('.').expect("signature and text");
    for forged in [naked.to_owned(), format!("AAAA.{naked}"), "x.y".into()] {
        let answer = page(&format!("after={forged}")).await;
        assert!(
            answer.is_err_and(|problem| problem.fault.code == "bad_cursor"),
            "{forged}"
        );
    }
}

#[actix_web::test]
async fn an_edit_says_which_version_it_was_made_on() {
    let database = fresh();
    let site = site(&database, "http://congress.test");
    let edited = async |tag: Option<&'static str>| {
        let made = tag.into_iter().fold(TestRequest::put(), |made, tag| {
            made.insert_header((header::IF_MATCH, tag))
        });
        let request = request(&site, made);
        let version = Version::extract(&request).await.map(|version| version.0);
        let told = Caller::of(&request).problem(Fault::stale()).fault.kind;
        (version.ok(), told)
    };
    // Without a version every edit is stale, and told so that one knows what to send; after what may not be told at all.
    assert_eq!(edited(None).await, (Some(-1), Kind::VersionNeeded));
    for (tag, number) in [("\"v3\"", 3), ("W/\"v3\"", 3), ("*", -1), ("\"x\"", -1)] {
        assert_eq!(edited(Some(tag)).await, (Some(number), Kind::Stale), "{tag}");
    }
}

#[actix_web::test]
async fn the_language_is_that_of_the_address_then_of_the_cookie_then_of_the_browser() {
    let database = fresh();
    let site = site(&database, "http://congress.test");
    let language = |path: &str, cookie: &str, accept: &str| {
        let made = TestRequest::get()
            .uri(path)
            .insert_header((header::COOKIE, format!("language={cookie}")))
            .insert_header((header::ACCEPT_LANGUAGE, accept.to_owned()));
        Caller::of(&request(&site, made)).language()
    };
    assert_eq!(language("/fr/programme", "es", "en"), Language::Fr);
    assert_eq!(language("/api/v1", "es", "en"), Language::Es);
    assert_eq!(language("/api/v1", "xx", "es-MX"), Language::Es);
    assert_eq!(language("/api/v1", "", "*;q=0"), Language::En);
}

#[test]
fn a_veiled_number_is_read_by_its_site_alone_and_tells_nobody_anything() {
    let database = fresh();
    let site = site(&database, "http://congress.test");
    let (seven, again, eight) = (
        site.veiled("feed", 7),
        site.veiled("feed", 7),
        site.veiled("feed", 8),
    );

    assert_eq!(site.unveiled("feed", &seven), Some(7));
    assert_eq!(site.unveiled("feed", &again), Some(7));
    assert_eq!(site.unveiled("feed", &eight), Some(8));
    assert_ne!(seven, again);
    assert_eq!(seven.len(), eight.len());
    assert_eq!(site.unveiled("another feed", &seven), None);
    for forged in [
        "",
        "7",
        "AAAA",
        &format!("{seven}A"),
        &seven[1..],
        &seven.to_lowercase(),
    ] {
        assert_eq!(site.unveiled("feed", forged), None, "{forged}");
    }
}
