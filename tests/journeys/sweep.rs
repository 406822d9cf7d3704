//! Every line of both tables, called as everybody, with an id of nothing and with the id of a meeting they must not know
//! of; then what no client should ever send.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{Answer, Cast, Client, Site, Somebody, cast::SLUG};

/// An id of nothing.
const ABSENT: &str = "0192f0c1-2d3e-7f4a-8b5c-6d7e8f901234";
/// How much is sent where too much is sent.
const TOO_MUCH: usize = 2 << 20;

/// A line as the sweep calls it.
struct Call {
    method: String,
    path: String,
    needs_account: bool,
    takes: bool,
}

fn api_lines() -> Vec<Call> {
    let mut lines: Vec<Call> = api::routes::all()
        .into_iter()
        .map(|line| Call {
            method: line.method.as_str().to_owned(),
            path: format!("/api/v1{}", line.path),
            needs_account: line.needs_account,
            takes: line.takes.is_some(),
        })
        .collect();
    // Whoever signs out is nobody afterwards.
    lines.sort_by_key(|line| line.method == "DELETE" && line.path.ends_with("/sign-in"));
    lines
}

fn pages() -> Vec<Call> {
    let lines = web::routes::all().into_iter();
    lines
        .filter(|line| line.method.as_str() == "GET")
        .map(|line| Call {
            method: "GET".into(),
            path: line.path.to_owned(),
            needs_account: false,
            takes: false,
        })
        .collect()
}

/// The path with an id in every place for one, the edition and the language being real.
fn filled(path: &str, id: &str) -> String {
    let part = |part: &str| match part {
        "{lang}" => "en".to_owned(),
        "{slug}" | "{edition}" => SLUG.to_owned(),
        "{year}" => "2030".to_owned(),
        part if part.starts_with('{') => match part.split_once('}') {
            Some((_, rest)) => format!("{id}{rest}"),
            None => id.to_owned(),
        },
        part => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn names_an_id(path: &str) -> bool {
    filled(path, "1") != filled(path, "2")
}

fn client(site: &Site, somebody: &Somebody) -> Client {
    match somebody.cookie.as_str() {
        "" => site.nobody(),
        cookie => site.browser(cookie),
    }
}

fn call(client: &Client, line: &Call, id: &str) -> Answer {
    let path = filled(&line.path, id);
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", "sweep"),
        ("if-match", "\"v1\""),
    ];
    let body = (line.method == "POST" || line.method == "PUT").then_some(&b"{}"[..]);
    match line.method.as_str() {
        // What is an event stream for who stays is a list for who asks so.
        "GET" => client.send("GET", &path, &[("accept", "application/json")], None),
        method => client.send(method, &path, &headers, body),
    }
}

/// What a page shows; left out are the address asked for, and the keys by which its forms are sent once, which no two
/// pages share.
fn shown(answer: &Answer, id: &str) -> (u16, String) {
    let text = answer.text().replace(id, "ID");
    let mut parts = text.split("name=\"_key\" value=\"");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    (answer.status, kept)
}

fn first_difference(hidden: &str, absent: &str) -> String {
    let differ = hidden
        .lines()
        .zip(absent.lines())
        .find(|(one, other)| one != other);
    format!("{differ:?}")
}

fn known_codes() -> BTreeSet<&'static str> {
    api::meta::catalogue()
        .into_iter()
        .map(|entry| entry.code)
        .collect()
}

/// The answer is a problem of ours.
fn is_problem(answer: &Answer, codes: &BTreeSet<&str>) -> Result<(), String> {
    let whole = || format!("{} {}", answer.status, answer.text());
    if !answer
        .header("content-type")
        .starts_with("application/problem+json")
    {
        return Err(format!("no problem: {}", whole()));
    }
    if !codes.contains(answer.code().as_str()) {
        return Err(format!("unknown code: {}", whole()));
    }
    Ok(())
}

#[test]
fn r1_no_line_of_the_api_tells_a_hidden_meeting_from_none() {
    let (site, cast) = Site::furnished(Cast::gather);
    let codes = known_codes();
    let hidden = cast.hidden.to_string();
    let mut wrong = Vec::new();
    let everybody = std::iter::once(Somebody::nobody()).chain(cast.people.iter().cloned());
    for somebody in everybody {
        let client = client(&site, &somebody);
        for line in api_lines() {
            let of = format!("{} {} as {}", line.method, line.path, somebody.name);
            let absent = call(&client, &line, ABSENT);
            if absent.status >= 500 {
                wrong.push(format!("{of}: {} {}", absent.status, absent.text()));
            }
            if absent.status >= 400
                && let Err(why) = is_problem(&absent, &codes)
            {
                wrong.push(format!("{of}: {why}"));
            }
            if line.needs_account && somebody.cookie.is_empty() && absent.status != 401 {
                wrong.push(format!("{of}: {} and not 401", absent.status));
            }
            if !names_an_id(&line.path) {
                continue;
            }
            let answer = call(&client, &line, &hidden);
            if answer.status >= 500 {
                wrong.push(format!("{of}, hidden: {} {}", answer.status, answer.text()));
            }
            let knows = somebody.name == "organiser";
            if !knows && (answer.status, &answer.body) != (absent.status, &absent.body) {
                wrong.push(format!(
                    "{of}: {} {} for a hidden meeting, {} {} for none",
                    answer.status,
                    answer.text(),
                    absent.status,
                    absent.text()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn r1_no_page_tells_a_hidden_meeting_from_none() {
    let (site, cast) = Site::furnished(Cast::gather);
    let hidden = cast.hidden.to_string();
    let mut wrong = Vec::new();
    let everybody = std::iter::once(Somebody::nobody()).chain(cast.people.iter().cloned());
    for somebody in everybody {
        let client = client(&site, &somebody);
        for line in pages() {
            let of = format!("{} as {}", line.path, somebody.name);
            let absent = call(&client, &line, ABSENT);
            if absent.status >= 500 {
                wrong.push(format!("{of}: {} {}", absent.status, absent.text()));
            }
            if !names_an_id(&line.path) {
                continue;
            }
            let answer = call(&client, &line, &hidden);
            if answer.status >= 500 {
                wrong.push(format!("{of}, hidden: {} {}", answer.status, answer.text()));
            }
            if somebody.name != "organiser" && shown(&answer, &hidden) != shown(&absent, ABSENT) {
                wrong.push(format!(
                    "{of}: {}",
                    first_difference(&shown(&answer, &hidden).1, &shown(&absent, ABSENT).1)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn r1_the_assembly_is_a_line_to_strangers_and_the_bureau_is_nothing() {
    let (site, cast) = Site::furnished(Cast::gather);
    let listed = |client: &Client| -> Vec<String> {
        let programme = client
            .get(&format!("/api/v1/editions/{SLUG}/programme"))
            .expect(200)
            .json();
        let sessions = programme["sessions"].as_array().cloned().unwrap_or_default();
        sessions
            .iter()
            .filter_map(|session| session["id"].as_str().map(str::to_owned))
            .collect()
    };
    let (assembly, hidden) = (cast.assembly.to_string(), cast.hidden.to_string());
    for name in [
        "individual",
        "partner",
        "member",
        "member in arrears",
        "member of another body",
        "focal point",
    ] {
        let seen = listed(&client(&site, cast.find(name)));
        assert!(
            seen.contains(&assembly) && !seen.contains(&hidden),
            "{name}: {seen:?}"
        );
    }
    let seen = listed(&site.nobody());
    assert!(
        seen.contains(&assembly) && !seen.contains(&hidden),
        "nobody: {seen:?}"
    );

    let path = format!("/api/v1/sessions/{hidden}");
    let (absent, refused) = (
        site.nobody().get(&format!("/api/v1/sessions/{ABSENT}")),
        site.nobody().get(&path),
    );
    assert_eq!(refused.status, 404);
    assert_eq!(
        refused,
        Answer {
            headers: refused.headers.clone(),
            ..absent
        }
    );
}

#[test]
fn r255_a_body_that_is_none_of_ours_gets_a_problem_with_a_known_code() {
    let (site, cast) = Site::furnished(Cast::gather);
    let codes = known_codes();
    let client = client(&site, cast.find("organiser"));
    let deep = "[".repeat(10_000);
    let garbage = ["{\"x\":", "[]", "17", "\u{0}", &deep, "{\"a\":\"\\ud800\"}"];
    let mut wrong = Vec::new();
    for line in api_lines().iter().filter(|line| line.takes) {
        for body in garbage {
            let headers = [
                ("content-type", "application/json"),
                ("idempotency-key", "garbage"),
                ("if-match", "\"v1\""),
            ];
            let answer = client.send(
                &line.method,
                &filled(&line.path, ABSENT),
                &headers,
                Some(body.as_bytes()),
            );
            let of = format!("{} {} with {:.12?}", line.method, line.path, body);
            if !(400..500).contains(&answer.status) {
                wrong.push(format!("{of}: {} {}", answer.status, answer.text()));
            } else if let Err(why) = is_problem(&answer, &codes) {
                wrong.push(format!("{of}: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_token_that_was_given_to_read_changes_nothing() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = client(&site, cast.find("organiser"));
    let given = json!({ "name": "a reader", "scopes": ["read"], "days": 1 });
    let made = organiser
        .post_once("/api/v1/me/tokens", "token", &given)
        .expect(201)
        .json();
    let reader = site
        .nobody()
        .with_bearer(made["token"].as_str().expect("shown once"));
    reader.get("/api/v1/editions").expect(200);
    let open: Vec<&str> = api::routes::all()
        .iter()
        .filter(|line| line.act == access_rules::Act::UseSite)
        .map(|line| line.path)
        .collect();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for line in api_lines() {
        let is_open = open.iter().any(|path| format!("/api/v1{path}") == line.path);
        if line.method == "GET" || is_open {
            continue;
        }
        tried += 1;
        let answer = call(&reader, &line, ABSENT);
        if (answer.status, answer.code().as_str()) != (403, "scope") {
            wrong.push(format!(
                "{} {}: {} {}",
                line.method,
                line.path,
                answer.status,
                answer.text()
            ));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(tried > 100, "{tried} lines");
}

#[test]
fn r253_what_the_framework_refuses_is_a_problem_as_well() {
    let (site, cast) = Site::furnished(Cast::gather);
    let codes = known_codes();
    let nobody = site.nobody();
    let organiser = client(&site, cast.find("organiser"));
    let json_type = ("content-type", "application/json");
    let many = "x".repeat(TOO_MUCH);
    let long = "x".repeat(40_000);
    let one = json!({ "email": "a@congress.example" }).to_string();
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let codes_path = "/api/v1/sign-in/codes";
    let edition = format!("/api/v1/editions/{SLUG}");
    let cases: Vec<(&str, Answer, u16)> = vec![
        (
            "another method",
            nobody.send("PATCH", "/api/v1/editions", &[json_type], Some(b"{}")),
            405,
        ),
        (
            "too much",
            nobody.send("POST", codes_path, &[json_type], Some(many.as_bytes())),
            413,
        ),
        (
            "another type",
            nobody.send(
                "POST",
                codes_path,
                &[("content-type", "text/plain")],
                Some(one.as_bytes()),
            ),
            415,
        ),
        (
            "packed",
            nobody.send(
                "POST",
                codes_path,
                &[json_type, ("content-encoding", "gzip")],
                Some(one.as_bytes()),
            ),
            415,
        ),
        (
            "a long header",
            nobody.send("GET", "/api/v1/editions", &[("x-long", &long)], None),
            431,
        ),
        (
            "deep",
            nobody.send("POST", codes_path, &[json_type], Some(deep.as_bytes())),
            400,
        ),
        ("no such path", nobody.get("/api/v1/nothing/here"), 404),
        (
            "an id that is none",
            nobody.get("/api/v1/sessions/1%27%20OR%201=1"),
            404,
        ),
        (
            "a version that is none",
            organiser.put(&edition, Some("tomorrow"), &edition_input()),
            412,
        ),
        ("no version", organiser.put(&edition, None, &edition_input()), 428),
        (
            "no key",
            organiser.post("/api/v1/editions", &edition_input()),
            400,
        ),
        (
            "a limit of no number",
            organiser.get("/api/v1/people?limit=many"),
            400,
        ),
        (
            "a forged cursor",
            organiser.get("/api/v1/people?after=AAAA.0192f0c12d3e7f4a8b5c6d7e8f901234.zz"),
            400,
        ),
        (
            "a cursor of nothing",
            organiser.get("/api/v1/people?after=x"),
            400,
        ),
    ];
    let mut wrong = Vec::new();
    for (name, answer, status) in cases {
        if answer.status != status {
            wrong.push(format!(
                "{name}: {} and not {status}: {}",
                answer.status,
                answer.text()
            ));
        } else if let Err(why) = is_problem(&answer, &codes) {
            wrong.push(format!("{name}: {why}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(
        nobody.send("PATCH", "/api/v1/sign-in", &[], None).header("allow"),
        "DELETE, POST"
    );
}

fn edition_input() -> Value {
    json!({ "slug": "another", "title": { "en": "Another" }, "city": "Durban", "zone": "Africa/Johannesburg",
            "starts_on": "2031-01-01", "ends_on": "2031-01-02" })
}

#[test]
fn r257_a_list_is_cut_whatever_is_asked_for() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = client(&site, cast.find("organiser"));
    let size = |query: &str| -> usize {
        let page = organiser
            .get(&format!("/api/v1/people{query}"))
            .expect(200)
            .json();
        page["items"].as_array().map_or(0, Vec::len)
    };
    let all = size("");
    assert_eq!(all, cast.people.len());
    assert_eq!(size("?limit=1000000000"), all);
    assert_eq!((size("?limit=-1"), size("?limit=0")), (1, 1));

    let (mut seen, mut after) = (BTreeSet::new(), String::new());
    for _ in 0..=all {
        let query = match after.as_str() {
            "" => "?limit=2".to_owned(),
            after => format!("?limit=2&after={after}"),
        };
        let page = organiser
            .get(&format!("/api/v1/people{query}"))
            .expect(200)
            .json();
        for item in page["items"].as_array().into_iter().flatten() {
            assert!(seen.insert(item["id"].to_string()), "{item} twice");
        }
        match page["next"].as_str() {
            Some(next) => after = next.replace('+', "%2B"),
            None => break,
        }
    }
    assert_eq!(seen.len(), all);
}
