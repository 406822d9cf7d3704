//! What is tried against doors and registrations (requirements §5), over HTTP; each test names its cases.

use access_rules::{Role, Scope, SessionId};
use serde_json::{Value, json};
use tests::{Answer, Cast, Client, Site, Somebody, cast::SLUG};

/// An id of nothing.
const ABSENT: &str = "0192f0c1-2d3e-7f4a-8b5c-6d7e8f901234";
/// Another site.
const EVIL: &str = "https://evil.example";
/// A password for tests.
const PASSWORD: &str = "correct horse battery staple";

fn of(site: &Site, cast: &Cast, name: &str) -> Client {
    site.browser(&cast.find(name).cookie)
}

/// The token the forms of a browser carry.
fn csrf(client: &Client) -> String {
    let page = client.get("/en/account").expect(200).text();
    let token = page
        .split_once("name=\"_csrf\" value=\"")
        .and_then(|(_, rest)| rest.split_once('"'));
    token.expect("a form").0.to_owned()
}

fn json_body(body: &Value) -> Vec<u8> {
    body.to_string().into_bytes()
}

/// What differs between two answers to nothing: all but the date, and the number of the request.
fn outside(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let kept = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"));
    (
        answer.status,
        kept.map(|(name, value)| (name.clone(), value.clone())).collect(),
        answer.text(),
    )
}

#[test]
fn case38_case39_a_hidden_meeting_is_as_absent_to_head_ranges_and_entity_tags() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "member");
    let hidden = cast.hidden.to_string();
    let ways: [(&str, &[(&str, &str)]); 4] = [
        ("HEAD", &[]),
        ("GET", &[("range", "bytes=0-9")]),
        ("GET", &[("if-none-match", "*")]),
        ("GET", &[("if-none-match", "\"v1\"")]),
    ];
    for path in [
        "/api/v1/sessions/ID",
        "/api/v1/sessions/ID/calendar.ics",
        "/api/v1/sessions/ID/access",
        "/api/v1/meetings/ID",
        "/api/v1/documents/ID/file",
    ] {
        for (method, headers) in ways {
            let ask = |id: &str| client.send(method, &path.replace("ID", id), headers, None);
            let (there, absent) = (outside(&ask(&hidden)), outside(&ask(ABSENT)));
            assert_eq!(there.0, 404, "{method} {path}");
            assert_eq!(there, absent, "{method} {path} {headers:?}");
        }
    }
    assert_eq!(
        client
            .send("OPTIONS", &format!("/api/v1/sessions/{hidden}"), &[], None)
            .status,
        405
    );
}

#[test]
fn case38_no_search_filter_or_list_tells_of_a_hidden_meeting() {
    let (site, cast) = Site::furnished(Cast::gather);
    let hidden = cast.hidden.to_string();
    let edition = format!("/api/v1/editions/{SLUG}");
    for client in [site.nobody(), of(&site, &cast, "member")] {
        for path in [
            format!("{edition}/programme?text=executive"),
            format!("{edition}/programme?day=2030-11-13"),
            format!("{edition}/programme?track=statutory"),
            format!("{edition}/programme?room={}", cast.congress.rooms[1]),
            format!("{edition}/programme.ics?day=2030-11-13"),
            format!("{edition}/meetings"),
            format!("{edition}/documents"),
            format!("{edition}/releases/1/changes"),
            format!("/en/{SLUG}"),
            format!("/en/{SLUG}/tracks"),
            format!("/en/{SLUG}/statutory"),
            format!("/en/{SLUG}/programme?text=bureau"),
        ] {
            let answer = client.get(&path).expect(200);
            assert!(!answer.text().contains(&hidden), "{path}");
        }
    }
}

#[test]
fn r1_the_swap_form_offers_a_desk_its_own_sessions_alone() {
    let (site, (cast, desk)) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        let desk = Somebody::new(conn, "general desk");
        let desk = desk.given(conn, Role::Secretariat, Scope::Track("general".into()));
        (cast, desk)
    });
    let path = format!("/en/desk/{SLUG}/swap");
    let offered = |page: &str, id: SessionId| page.contains(&format!("value=\"{id}\""));
    let everything = of(&site, &cast, "organiser").get(&path).expect(200).text();
    for id in [cast.open, cast.hidden, cast.assembly] {
        assert!(offered(&everything, id), "the form is not as this test has it");
    }
    assert!(everything.contains("Executive Bureau"));

    let desk = site.browser(&desk.cookie);
    let token = csrf(&desk);
    let open = cast.open.to_string();
    let asked = |key: &str, other: &str| {
        let fields = [
            ("_csrf", token.as_str()),
            ("_key", key),
            ("one", &open),
            ("other", other),
        ];
        desk.form(&path, &fields)
    };
    let form = desk.get(&path).expect(200).text();
    let again = asked("again", "").expect(422).text();
    for page in [&form, &again] {
        assert!(offered(page, cast.open));
        assert!(!offered(page, cast.hidden) && !offered(page, cast.assembly));
        assert!(!page.contains("Executive Bureau"));
    }
    // Who knows the id is told no more of it than of an id of nothing.
    let (there, absent) = (asked("there", &cast.hidden.to_string()), asked("absent", ABSENT));
    let said = |answer: &Answer| {
        let page = answer.text();
        let (_, main) = page.split_once("<main").expect("a page");
        (answer.status, main.to_owned())
    };
    assert_eq!(there.status, 404);
    assert_eq!(said(&there), said(&absent));
}

#[test]
fn case39_case75_a_calendars_secret_ends_when_another_is_drawn_and_a_wrong_one_is_nothing() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "individual");
    let draw = |key: &str| {
        let drawn = client
            .post_once(&format!("/api/v1/editions/{SLUG}/me/calendar"), key, &json!({}))
            .expect(201);
        let url = drawn.json()["url"].as_str().expect("shown once").to_owned();
        url[url.find("/api/").expect("of ours")..].to_owned()
    };
    let nobody = site.nobody();
    let first = draw("one");
    assert_eq!(nobody.get(&first).status, 200);
    let secret = first
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".ics");
    assert!(secret.len() >= 22, "128 bits at least: {secret}");
    let second = draw("two");
    assert_eq!(nobody.get(&second).status, 200);
    let wrong = first.replace(secret, &"A".repeat(secret.len()));
    assert_eq!(outside(&nobody.get(&first)), outside(&nobody.get(&wrong)));
    assert_eq!(nobody.get(&first).status, 404);
    // It reads as its person, and does nothing else: it is no credential.
    let bearer = site.nobody().with_bearer(secret);
    assert_eq!(bearer.get("/api/v1/me").status, 401);
}

#[test]
fn case77_no_form_is_taken_without_its_browsers_token_nor_from_another_site() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "organiser");
    let (own, foreign) = (csrf(&client), csrf(&of(&site, &cast, "member")));
    let filled = |path: &str| {
        let part = |part: &str| match part {
            "{lang}" => "en".to_owned(),
            "{edition}" => SLUG.to_owned(),
            "{step}" => "1".to_owned(),
            part if part.starts_with('{') => cast.open.to_string(),
            part => part.to_owned(),
        };
        path.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    let mut wrong = Vec::new();
    for line in web::routes::all() {
        // A demonstration signs in whoever asks; without one it is not there.
        if line.method.as_str() != "POST" || line.path.ends_with("/demo") {
            continue;
        }
        let path = filled(line.path);
        let is_of_a_delegation = line.path.contains("/delegation/") && path.ends_with("/file");
        let is_upload = path.ends_with("/roll")
            || path.ends_with("/papers")
            || path.ends_with("/write/file")
            || is_of_a_delegation;
        let mut expect = |what: &str, answer: &Answer| {
            // What carries a file looks first for whether its sender may send any, and for which meeting.
            let refused = answer.status == 403 || (is_upload && matches!(answer.status, 400 | 404));
            if !refused {
                wrong.push(format!("{path} {what}: {}", answer.status));
            }
        };
        expect("without a token", &client.form(&path, &[("_key", "k")]));
        expect(
            "with another's token",
            &client.form(&path, &[("_csrf", &foreign), ("_key", "k")]),
        );
        let body = format!("_csrf={own}&_key=k");
        for headers in [
            [
                ("content-type", "application/x-www-form-urlencoded"),
                ("origin", EVIL),
            ],
            [
                ("content-type", "application/x-www-form-urlencoded"),
                ("origin", "null"),
            ],
            [
                ("content-type", "application/x-www-form-urlencoded"),
                ("sec-fetch-site", "cross-site"),
            ],
        ] {
            let answer = client.send("POST", &path, &headers, Some(body.as_bytes()));
            expect(headers[1].1, &answer);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn case77_whose_session_is_over_signs_in_before_a_form_is_looked_at() {
    let (site, cast) = Site::furnished(Cast::gather);
    let over = site.browser("over");
    let page = over.get("/en/sign-in").expect(200).text();
    let token = page
        .split_once("name=\"_csrf\" value=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("a form")
        .0;
    let room = format!("/en/desk/{SLUG}/rooms/{}", cast.congress.rooms[0]);
    let account = "/en/account/name".to_owned();
    let leads_to_sign_in = |answer: &Answer| {
        (answer.status, answer.header("location").split('?').next()) == (303, Some("/en/sign-in"))
    };
    for path in [room, account] {
        for fields in [
            &[][..],
            &[("_key", "k")],
            &[("_csrf", "forged"), ("_key", "k")],
            &[("_csrf", token)],
            &[("_csrf", token), ("_key", "k")],
        ] {
            let answer = over.form(&path, fields);
            assert!(
                leads_to_sign_in(&answer),
                "{path} {fields:?}: {} {}",
                answer.status,
                answer.text()
            );
        }
        let as_json = over.post(&path, &json!({}));
        assert!(leads_to_sign_in(&as_json), "{path}: {}", as_json.status);
        // From another site nobody is led anywhere; without a session a form is read as ever.
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", EVIL),
        ];
        assert_eq!(
            over.send("POST", &path, &headers, Some(b"_key=k")).status,
            403,
            "{path}"
        );
    }
}

#[test]
fn case77_case109_case111_the_api_takes_nothing_from_another_site_and_no_method_in_disguise() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "organiser");
    let input = json_body(&json!({ "name": { "en": "Annexe" } }));
    let rooms = format!("/api/v1/editions/{SLUG}/rooms");
    for (name, value) in [
        ("origin", EVIL),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", "forged"),
            (name, value),
        ];
        let answer = client.send("POST", &rooms, &headers, Some(&input));
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (403, "cross_site"),
            "{name}: {value}"
        );
        let read = client.send("GET", "/api/v1/me", &[(name, value)], None);
        assert_eq!(read.header("access-control-allow-origin"), "", "{name}: {value}");
    }
    // JSON in disguise, as a form of another site could send it.
    let headers = [("content-type", "text/plain"), ("idempotency-key", "forged")];
    assert_eq!(client.send("POST", &rooms, &headers, Some(&input)).status, 415);
    // A read that would be an act.
    let path = format!("/api/v1/sessions/{}", cast.open);
    for name in ["x-http-method-override", "x-method-override", "x-http-method"] {
        client.send("GET", &path, &[(name, "DELETE")], None).expect(200);
        client
            .send("POST", &path, &[(name, "DELETE")], Some(b""))
            .expect(405);
    }
    client.get(&path).expect(200);
}

#[test]
fn case73_signing_in_draws_a_new_session_and_what_was_there_before_is_over() {
    let (site, cast) = Site::furnished(Cast::gather);
    let before = of(&site, &cast, "individual");
    let password = json!({ "password": PASSWORD });
    before
        .send(
            "PUT",
            "/api/v1/me/password",
            &[("content-type", "application/json")],
            Some(&json_body(&password)),
        )
        .expect(204);
    let typed = json!({ "email": "individual@congress.example", "password": PASSWORD });

    // Somebody else's idea of a cookie is never made a session.
    let planted = "A".repeat(43);
    let victim = site.nobody().with_cookie("hemicycle", &planted);
    let entered = victim.post("/api/v1/sign-in", &typed).expect(200);
    let cookie = entered.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("hemicycle=") && !cookie.contains(&planted),
        "{cookie}"
    );
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(entered.header("cache-control"), "no-store");
    assert_eq!(site.browser(&planted).get("/api/v1/me").status, 401);
    victim.get("/api/v1/me").expect(200);

    // The session there was in this browser ends with the next.
    let token = cookie["hemicycle=".len()..]
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned();
    victim.post("/api/v1/sign-in", &typed).expect(200);
    assert_eq!(site.browser(&token).get("/api/v1/me").status, 401);

    // Signed out is signed out, whoever kept the cookie.
    let again = site.nobody();
    let cookie = again.post("/api/v1/sign-in", &typed).expect(200);
    let token = cookie.header("set-cookie")["hemicycle=".len()..]
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned();
    again.send("DELETE", "/api/v1/sign-in", &[], None).expect(204);
    assert_eq!(site.browser(&token).get("/api/v1/me").status, 401);
    assert_eq!(site.browser(&token).get("/en/account").status, 303);
}

#[test]
fn case73_a_cookie_behind_tls_is_bound_to_its_host() {
    let settings = [("server.public_url", "https://congress.example".to_owned())];
    let (site, cast) = Site::with_settings(&settings, Cast::gather);
    let cookie = cast.find("member").cookie.clone();
    let plain = site.nobody().with_cookie("hemicycle", &cookie);
    assert_eq!(
        plain.get("/api/v1/me").status,
        401,
        "the plain name is none of ours there"
    );
    let secure = site.nobody().with_cookie("__Host-hemicycle", &cookie);
    secure.get("/api/v1/me").expect(200);
    let left = secure.send("DELETE", "/api/v1/sign-in", &[], None).expect(204);
    let cookie = left.header("set-cookie");
    assert!(
        cookie.starts_with("__Host-hemicycle=") && cookie.contains("Secure") && cookie.contains("Path=/"),
        "{cookie}"
    );
    assert!(left.header("strict-transport-security").contains("max-age"));
}

#[test]
fn case107_what_is_not_in_a_form_is_not_changed_by_it() {
    let (site, cast) = Site::furnished(Cast::gather);
    let member = of(&site, &cast, "member");
    let me = member.get("/api/v1/me").expect(200).json();
    let version = format!("\"v{}\"", me["person"]["version"]);
    let input = json!({
        "given_name": "Ana", "family_name": "Member", "id": ABSENT, "roles": [{ "role": "platform_admin" }],
        "role": "platform_admin", "tags": ["uclg_section"], "email": "else@congress.example", "state": "closed",
        "in_arrears": false, "created_at": "2001-01-01T00:00:00Z", "version": 99
    });
    member.put("/api/v1/me", Some(&version), &input).expect(200);
    let after = member.get("/api/v1/me").expect(200).json();
    for part in ["roles", "tags", "account", "in_arrears"] {
        assert_eq!(after[part], me[part], "{part}");
    }
    for part in ["id", "email", "created_at"] {
        assert_eq!(after["person"][part], me["person"][part], "{part}");
    }

    let own = member.get("/api/v1/me/positions").expect(200).json();
    let organisation = own["items"][0]["organisation"].clone();
    let asked = member.post_once(
        "/api/v1/positions",
        "mayor",
        &json!({ "organisation": organisation, "kind": "mayor", "state": "confirmed", "decided_by": ABSENT,
                 "person": cast.find("individual").person }),
    );
    let asked = asked.expect(201).json();
    assert_eq!(asked["state"], "requested", "{asked}");
    assert_eq!(asked["person"], json!(cast.find("member").person));

    let begun = member
        .post_once(
            &format!("/api/v1/editions/{SLUG}/registrations"),
            "begin",
            &json!({ "for_whom": "myself", "state": "confirmed", "number": "1", "person": cast.find("organiser").person }),
        )
        .expect(201);
    let (id, etag) = (
        begun.json()["id"].as_str().unwrap_or_default().to_owned(),
        begun.header("etag").to_owned(),
    );
    let kept = member.put(
        &format!("/api/v1/registrations/{id}"),
        Some(&etag),
        &json!({ "given_name": "Ana", "family_name": "Member", "state": "confirmed", "number": "HAR-1",
                 "paid": true, "decided_by": ABSENT, "registered_by": ABSENT, "person": cast.find("organiser").person }),
    );
    let kept = kept.expect(200).json();
    assert_eq!(
        (&kept["state"], &kept["number"]),
        (&json!("draft"), &Value::Null),
        "{kept}"
    );
    assert_eq!(kept["person"], json!(cast.find("member").person));
}

#[test]
fn case110_what_is_somebodys_own_is_kept_by_no_cache() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "individual");
    for path in [
        "/api/v1/me".to_owned(),
        "/api/v1/me/letters".to_owned(),
        format!("/api/v1/editions/{SLUG}/me/agenda"),
        format!("/api/v1/editions/{SLUG}/me/registrations"),
        format!("/api/v1/editions/{SLUG}/programme"),
        format!("/api/v1/sessions/{}/access", cast.open),
        "/en/account".to_owned(),
        format!("/en/{SLUG}"),
        format!("/en/{SLUG}/programme"),
        format!("/en/{SLUG}/my-congress"),
        format!("/en/{SLUG}/register"),
        format!("/en/{SLUG}/sessions/{}", cast.open),
    ] {
        let answer = client.get(&path).expect(200);
        let kept = answer.header("cache-control");
        assert!(
            kept.contains("no-store") || kept.contains("private"),
            "{path}: {kept:?}"
        );
    }
    // A page under the name of a file that caches like to keep is none.
    for path in [
        "/en/account/me.css".to_owned(),
        "/api/v1/me/me.css".to_owned(),
        "/api/v1/me%2Fme.css".to_owned(),
        format!("/en/{SLUG}/my-congress/me.js"),
    ] {
        assert_eq!(client.get(&path).status, 404, "{path}");
    }
}

#[test]
fn case68_no_path_leads_out_of_the_house() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "organiser");
    for out in [
        "..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "..%5c..%5cwin.ini",
        "....//....//etc/passwd",
        "%00",
        "con",
        "hemicycle.css.",
    ] {
        for path in [
            format!("/static/{out}"),
            format!("/api/v1/documents/{out}/file"),
            format!("/en/{SLUG}/statutory/documents/{out}"),
            format!("/api/v1/calendars/{out}"),
        ] {
            let answer = client.get(&path);
            assert_eq!(answer.status, 404, "{path}: {}", answer.text());
        }
    }
}

#[test]
fn r259_a_code_is_plain_wherever_it_is_typed() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "organiser");
    let edition = format!("/api/v1/editions/{SLUG}");
    let titled = || json!({ "en": "Harbour" });
    // Where one is typed, beside which field, and what else that form asks for.
    let forms = [
        (
            "/api/v1/editions".to_owned(),
            "slug",
            json!({
                "title": titled(), "zone": "Africa/Johannesburg", "starts_on": "2031-11-11", "ends_on": "2031-11-12",
            }),
        ),
        (
            format!("{edition}/sessions"),
            "code",
            json!({ "kind": "special", "title": titled() }),
        ),
        (format!("{edition}/tracks"), "code", json!({ "title": titled() })),
        (format!("{edition}/formats"), "code", json!({ "title": titled() })),
        (format!("{edition}/domains"), "code", json!({ "title": titled() })),
        (format!("{edition}/themes"), "code", json!({ "title": titled() })),
        (
            format!("{edition}/categories"),
            "code",
            json!({ "title": titled() }),
        ),
        ("/api/v1/bodies".to_owned(), "code", json!({ "name": titled() })),
    ];
    let long = "x".repeat(61);
    let tricks = [
        "../../x",
        "a/b",
        "a\\b",
        "a b",
        "a\nb",
        "a\u{0}b",
        "a\u{202e}b",
        "..",
        "-ab",
        "ab-",
        "été",
        long.as_str(),
    ];
    for (path, field, blank) in &forms {
        let pointer = format!("/{field}");
        let sent = |at: usize, code: &str| {
            let mut form = blank.clone();
            form[*field] = code.into();
            client.post_once(path, &format!("code-{field}-{at}"), &form)
        };
        for (at, trick) in tricks.iter().enumerate() {
            let answer = sent(at, trick);
            let told = &answer.json()["errors"][0];
            assert_eq!(
                (answer.status, told["pointer"].as_str()),
                (422, Some(pointer.as_str())),
                "{path} {trick:?}: {told}"
            );
            let code = told["code"].as_str().unwrap_or_default();
            assert!(
                code.starts_with("not_a_") || code == "too_long",
                "{path} {trick:?}: {code}"
            );
        }
        assert_eq!(sent(99, "harbour2").status, 201, "{path}");
    }
    // A name in addresses that our own pages have.
    let mut desk = forms[0].2.clone();
    desk["slug"] = "desk".into();
    let answer = client.post_once(&forms[0].0, "reserved", &desk).expect(422);
    assert_eq!(answer.json()["errors"][0]["code"], "reserved");
}

#[test]
fn case61_case78_no_forged_host_or_next_leads_anywhere_else() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "individual");
    for next in [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "%2f%2fevil",
    ] {
        let page = client.get(&format!("/en/sign-in?next={next}"));
        assert!(
            !page.header("location").contains("evil"),
            "{next}: {}",
            page.header("location")
        );
        assert!(
            !page.text().contains("value=\"//evil") && !page.text().contains("value=\"https:"),
            "{next}"
        );
        let csrf = csrf(&client);
        let form = [("_csrf", csrf.as_str()), ("_key", next), ("next", next)];
        let sent = client.form(&format!("/en/{SLUG}/sessions/{}/agenda", cast.open), &form);
        assert_eq!(sent.status, 303);
        assert!(
            sent.header("location").starts_with("/en/"),
            "{}",
            sent.header("location")
        );
    }
    let forged = [
        ("x-forwarded-host", "evil.example"),
        ("x-original-url", "/en/desk"),
    ];
    for path in [
        "/api/v1".to_owned(),
        format!("/api/v1/editions/{SLUG}/schedule.xml"),
        format!("/api/v1/editions/{SLUG}/programme.ics"),
        format!("/en/{SLUG}/sessions/{}", cast.open),
        "/en/sign-in".to_owned(),
    ] {
        let answer = site.nobody().send("GET", &path, &forged, None).expect(200);
        assert!(!answer.text().contains("evil.example"), "{path}");
    }
}

#[test]
fn case7_of_two_tabs_the_second_is_told_and_keeps_what_was_typed() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "organiser");
    let path = format!("/en/desk/{SLUG}/rooms/{}", cast.congress.rooms[0]);
    let page = client.get(&path).expect(200).text();
    let version = page
        .split_once("name=\"_version\" value=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("the version it was read in")
        .0
        .to_owned();
    let csrf = csrf(&client);
    let save = |key: &str, name: &str| {
        let fields = [
            ("_csrf", csrf.as_str()),
            ("_key", key),
            ("_version", version.as_str()),
            ("name[en]", name),
            ("capacity", "1000"),
        ];
        client.form(&path, &fields)
    };
    assert_eq!(save("one", "Great Hall").status, 303);
    let late = save("two", "Grand Hall");
    assert_eq!(late.status, 412);
    assert!(late.text().contains("Grand Hall"), "what was typed is kept");
    assert!(
        client.get(&path).text().contains("Great Hall"),
        "what was saved is kept"
    );
}

#[test]
fn case51_a_name_that_looks_like_a_formula_is_disarmed_in_every_table() {
    let (site, cast) = Site::furnished(Cast::gather);
    let client = of(&site, &cast, "member");
    let begun = client
        .post_once(
            &format!("/api/v1/editions/{SLUG}/registrations"),
            "begin",
            &json!({ "for_whom": "myself" }),
        )
        .expect(201);
    let id = begun.json()["id"].as_str().unwrap_or_default().to_owned();
    let input = json!({ "given_name": "=HYPERLINK(\"https://evil.example\")", "family_name": "+1", "step": 3,
                        "category": cast.congress.category });
    let path = format!("/api/v1/registrations/{id}");
    let kept = client.put(&path, Some(begun.header("etag")), &input).expect(200);
    client
        .put(
            &format!("{path}/submission"),
            Some(kept.header("etag")),
            &json!({}),
        )
        .expect(200);
    let organiser = of(&site, &cast, "organiser");
    for path in [
        format!("/api/v1/editions/{SLUG}/registrations.csv"),
        format!("/en/desk/{SLUG}/registrations.csv"),
    ] {
        let table = organiser.get(&path).expect(200).text();
        assert!(table.contains("HYPERLINK"), "{table}");
        let cells = table.lines().flat_map(|line| line.split(','));
        for cell in cells.map(|cell| cell.trim_start_matches('"')) {
            assert!(!cell.starts_with(['=', '+', '@']), "{cell} in {path}");
        }
    }
}

#[test]
fn case108_case116_a_query_says_each_thing_once_and_an_odd_language_does_no_harm() {
    let (site, _) = Site::furnished(Cast::gather);
    let nobody = site.nobody();
    let programme = format!("/api/v1/editions/{SLUG}/programme");
    nobody.get(&format!("{programme}?track=a&track=b")).expect(400);
    nobody.get(&format!("{programme}?__proto__[x]=1")).expect(200);
    let long = format!("{},en;q=0.1", "xx-evil,".repeat(700));
    for language in ["*;q=0", "xx-ZZ-x-evil", "en;q=nan, fr;q=1e400", &long] {
        nobody
            .send("GET", "/en", &[("accept-language", language)], None)
            .expect(303);
        nobody
            .send("GET", &programme, &[("accept-language", language)], None)
            .expect(200);
    }
}
