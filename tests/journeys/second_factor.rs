//! The second factor over HTTP: added and given on the pages and by the API, asked of a role, lost and reset, and what is
//! tried against it (requirements §5).

use access_rules::Role;
use kernel::Moment;
use people::{codes, model::Purpose};
use serde_json::{Value, json};
use tests::{Answer, App, Client, Site, Somebody};

/// A password for tests.
const PASSWORD: &str = "correct horse battery staple";

/// An admin, a registrar, and somebody with no role.
struct Cast {
    admin: Somebody,
    registrar: Somebody,
    ana: Somebody,
}

fn site() -> (Site, Cast) {
    Site::furnished(|conn| Cast {
        admin: Somebody::new(conn, "admin").appointed(conn, Role::PlatformAdmin),
        registrar: Somebody::new(conn, "registrar").appointed(conn, Role::Registrar),
        ana: Somebody::new(conn, "ana"),
    })
}

fn email(somebody: &Somebody) -> String {
    format!("{}@congress.example", somebody.name.replace(' ', "-"))
}

/// A code as a letter would bring it.
fn letter_code(site: &Site, somebody: &Somebody, purpose: Purpose) -> String {
    let email = email(somebody).parse().expect("an address");
    codes::mint(&mut site.conn(), Moment::now(), &email, purpose, None).expect("minted")
}

/// Adds a second factor by the API; answers the app and the recovery codes.
fn add(client: &Client) -> (App, Vec<String>) {
    let draft = client
        .post("/api/v1/me/second-factor/draft", &json!({}))
        .expect(200)
        .json();
    let mut app = App::of(draft["secret"].as_str().expect("shown"));
    let added = client
        .put("/api/v1/me/second-factor", None, &json!({ "code": app.code() }))
        .expect(200);
    (app, strings(&added.json()["recovery_codes"]))
}

fn strings(list: &Value) -> Vec<String> {
    let items = list.as_array().cloned().unwrap_or_default();
    items
        .iter()
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}

/// Gives a code of a letter by the API; answers what came, and the browser that asked.
fn first_step(site: &Site, somebody: &Somebody) -> (Client, Answer) {
    let client = site.nobody();
    let code = letter_code(site, somebody, Purpose::SignIn);
    let answer = client
        .post(
            "/api/v1/sign-in",
            &json!({ "email": email(somebody), "code": code }),
        )
        .expect(200);
    (client, answer)
}

fn hidden(page: &str, name: &str) -> String {
    let found = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .and_then(|(_, rest)| rest.split_once('"'));
    found.map(|(value, _)| value.to_owned()).unwrap_or_default()
}

fn letters(client: &Client) -> Vec<String> {
    let all = client.get("/api/v1/me/letters").expect(200).json()["items"].clone();
    let all = all.as_array().cloned().unwrap_or_default();
    all.iter()
        .map(|letter| letter["subject"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn by_the_api_it_is_added_asked_for_at_both_ways_in_and_removed_by_itself() {
    let (site, cast) = site();
    let ana = site.browser(&cast.ana.cookie);
    ana.put("/api/v1/me/password", None, &json!({ "password": PASSWORD }))
        .expect(204);

    let (mut app, codes) = add(&ana);
    let state = ana.get("/api/v1/me/second-factor").expect(200).json();
    let (browser, half) = first_step(&site, &cast.ana);
    let by_password = site
        .nobody()
        .post(
            "/api/v1/sign-in",
            &json!({ "email": email(&cast.ana), "password": PASSWORD }),
        )
        .expect(200);
    let token = half.json()["second_step"].as_str().expect("a token").to_owned();
    let before = browser.get("/api/v1/me");
    let wrong = browser.post(
        "/api/v1/sign-in/second-step",
        &json!({ "token": token, "code": "000000" }),
    );
    let entered = browser
        .post(
            "/api/v1/sign-in/second-step",
            &json!({ "token": token, "code": app.code() }),
        )
        .expect(200);
    let again = browser.post(
        "/api/v1/sign-in/second-step",
        &json!({ "token": token, "code": "123456" }),
    );
    let unproved = browser.post("/api/v1/me/second-factor/removal", &json!({}));

    assert_eq!(
        (state["is_on"].clone(), state["recovery_codes_left"].clone()),
        (json!(true), json!(10))
    );
    assert_eq!(codes.len(), 10);
    assert_eq!(
        (half.json()["person"].clone(), half.header("set-cookie")),
        (Value::Null, "")
    );
    assert!(by_password.json()["second_step"].is_string());
    assert_eq!(before.status, 401);
    assert_eq!(
        (wrong.status, wrong.code()),
        (422, "wrong_second_code".to_owned())
    );
    assert_eq!(entered.json()["person"], json!(cast.ana.person));
    assert!(entered.header("set-cookie").contains("HttpOnly"));
    assert_eq!((again.status, again.code()), (410, "sign_in_over".to_owned()));
    assert_eq!(unproved.status, 422);
    browser.get("/api/v1/me").expect(200);
    browser
        .post(
            "/api/v1/me/second-factor/removal",
            &json!({ "recovery_code": codes[0] }),
        )
        .expect(204);
    first_step(&site, &cast.ana).0.get("/api/v1/me").expect(200);
    let told = letters(&browser);
    for subject in ["Your second factor is on", "Your second factor was removed"] {
        assert!(told.iter().any(|own| own == subject), "{told:?}");
    }
}

#[test]
fn on_the_pages_it_is_added_without_a_script_and_asked_for_in_a_second_step() {
    let (site, cast) = site();
    let ana = site.browser(&cast.ana.cookie);
    let page = |client: &Client, path: &str| client.get(path).expect(200).text();
    let csrf = hidden(&page(&ana, "/en/account"), "_csrf");
    let path = "/en/account/second-factor";

    let off = page(&ana, path);
    let begun = ana.form(path, &[("_csrf", &csrf), ("act", "begin")]);
    let shown = page(&ana, begun.header("location"));
    let secret = shown
        .split_once("id=\"secret\" readonly value=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("the secret as text")
        .0;
    let mut app = App::of(secret);
    let wrong = ana.form(path, &[("_csrf", &csrf), ("act", "confirm"), ("code", "000000")]);
    let added = ana
        .form(
            path,
            &[("_csrf", &csrf), ("act", "confirm"), ("code", &app.code())],
        )
        .expect(200)
        .text();
    let on = page(&ana, path);

    assert!(off.contains("Add a second factor"));
    assert_eq!(begun.status, 303);
    assert!(shown.contains("<svg class=\"qr\""), "a picture of it");
    for attribute in ["inputmode=\"numeric\"", "autocomplete=\"one-time-code\""] {
        assert!(shown.contains(attribute), "{attribute}");
    }
    assert_eq!(wrong.status, 422);
    let codes: Vec<&str> = added
        .split_once("id=\"codes\">")
        .and_then(|(_, rest)| rest.split_once("</pre>"))
        .expect("recovery codes")
        .0
        .split_whitespace()
        .collect();
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| !on.contains(code)), "shown once");

    for (field, code) in [("code", app.code()), ("recovery_code", codes[0].to_owned())] {
        let browser = site.nobody();
        let letter = letter_code(&site, &cast.ana, Purpose::SignIn);
        let asked = browser
            .form(
                "/fr/sign-in",
                &[
                    ("act", "enter"),
                    ("email", &email(&cast.ana)),
                    ("code", &letter),
                    ("next", "/fr/account"),
                ],
            )
            .expect(200);
        let text = asked.text();
        let token = hidden(&text, "token");
        let outside = browser.get("/fr/account");
        let refused = browser.form(
            "/fr/sign-in",
            &[("act", "second"), ("token", &token), ("code", "000000")],
        );
        let entered = browser.form(
            "/fr/sign-in",
            &[
                ("act", "second"),
                ("token", &token),
                (field, &code),
                ("next", &hidden(&text, "next")),
            ],
        );

        assert!(text.contains("Encore un code") && text.contains("autocomplete=\"one-time-code\""));
        assert_eq!(asked.header("set-cookie"), "");
        assert_eq!(outside.status, 303, "halfway is outside");
        assert_eq!(refused.status, 422);
        assert_eq!((entered.status, entered.header("location")), (303, "/fr/account"));
        assert!(page(&browser, "/fr/account").contains("Second facteur"));
    }
}

#[test]
fn a_forgotten_password_and_a_registration_are_no_way_around_it() {
    let (site, cast) = site();
    add(&site.browser(&cast.ana.cookie));

    let reset = site.nobody();
    let input = json!({ "email": email(&cast.ana), "code": letter_code(&site, &cast.ana, Purpose::Reset),
                        "password": PASSWORD });
    let after_reset = reset.post("/api/v1/password-resets", &input).expect(200);
    let registering = site.nobody();
    let input = json!({ "email": email(&cast.ana), "code": letter_code(&site, &cast.ana, Purpose::Registration),
                        "purpose": "registration" });
    let by_registration = registering.post("/api/v1/sign-in", &input).expect(200);

    for (client, answer) in [(reset, after_reset), (registering, by_registration)] {
        assert!(answer.json()["second_step"].is_string() && answer.header("set-cookie").is_empty());
        client.get("/api/v1/me").expect(401);
    }
}

#[test]
fn whose_role_asks_for_it_does_nothing_else_before_neither_on_pages_nor_with_a_token() {
    let (site, cast) = site();
    let [admin, registrar, ana] =
        [&cast.admin, &cast.registrar, &cast.ana].map(|somebody| site.browser(&somebody.cookie));
    let token = |client: &Client, key: &str| {
        let input = json!({ "name": "script", "scopes": ["read", "write"] });
        let made = client.post_once("/api/v1/me/tokens", key, &input).expect(201);
        site.nobody()
            .with_bearer(made.json()["token"].as_str().expect("shown once"))
    };
    let (program, anas) = (token(&registrar, "one"), token(&ana, "two"));
    program.get("/api/v1/people").expect(200);

    admin
        .put(
            "/api/v1/second-factor-rule",
            None,
            &json!({ "roles": ["registrar"] }),
        )
        .expect(204);
    let rule = admin.get("/api/v1/second-factor-rule").expect(200).json();
    let line = rule["items"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|line| line["role"] == "registrar");

    assert_eq!(line.expect("there")["without"], json!(1));
    for (client, path) in [
        (&registrar, "/api/v1/people"),
        (&registrar, "/api/v1/me"),
        (&registrar, "/api/v1/editions"),
        (&registrar, "/api/v1/me/sessions"),
        (&program, "/api/v1/people"),
        (&program, "/api/v1/editions"),
    ] {
        let refused = client.get(path);
        assert_eq!(
            (refused.status, refused.code()),
            (403, "second_factor_required".to_owned()),
            "{path}"
        );
    }
    let write = registrar.put("/api/v1/me/language", None, &json!({ "language": "fr" }));
    assert_eq!(write.code(), "second_factor_required");
    for path in ["/en/desk", "/en/account", "/en", "/en/sign-in"] {
        let led = registrar.get(path);
        assert_eq!(led.status, 303, "{path}");
        assert!(
            led.header("location")
                .starts_with("/en/account/second-factor?next="),
            "{path}"
        );
    }
    let page = registrar
        .get("/en/account/second-factor?next=/en/desk")
        .expect(200)
        .text();
    assert!(page.contains("Add a second factor first"));
    // Nobody else is stopped.
    admin.get("/api/v1/people").expect(200);
    ana.get("/api/v1/me").expect(200);
    anas.get("/api/v1/me").expect(200);

    let (_, codes) = add(&registrar);
    registrar.get("/api/v1/people").expect(200);
    registrar.get("/en/desk").expect(200);
    assert_eq!(
        program.get("/api/v1/people").status,
        401,
        "a token made without it has ended"
    );
    let new = token(&registrar, "three");
    new.get("/api/v1/people").expect(200);
    // Removed, and the role asks for it again: the token that was made with it waits too.
    registrar
        .post(
            "/api/v1/me/second-factor/removal",
            &json!({ "recovery_code": codes[0] }),
        )
        .expect(204);
    assert_eq!(new.get("/api/v1/people").code(), "second_factor_required");
    assert_eq!(registrar.get("/api/v1/people").code(), "second_factor_required");
    // Who owes it can leave.
    registrar.send("DELETE", "/api/v1/sign-in", &[], None).expect(204);
}

#[test]
fn who_runs_the_site_sets_whom_it_is_asked_of_and_resets_a_lost_one_on_pages_and_everybody_is_told() {
    let (site, cast) = site();
    let (admin, ana) = (site.browser(&cast.admin.cookie), site.browser(&cast.ana.cookie));
    add(&ana);
    let csrf = hidden(&admin.get("/en/account").expect(200).text(), "_csrf");
    let person = format!("/en/desk/people/{}", cast.ana.person);

    let before = admin.get(&person).expect(200).text();
    let unexplained = admin.form(
        &format!("{person}/second-factor-reset"),
        &[("_csrf", &csrf), ("_key", "one"), ("act", "reset-second-factor")],
    );
    let reset = admin.form(
        &format!("{person}/second-factor-reset"),
        &[
            ("_csrf", &csrf),
            ("_key", "two"),
            ("act", "reset-second-factor"),
            ("reason", "Lost telephone, known by sight"),
        ],
    );
    let set = admin.form(
        "/en/desk/second-factor",
        &[
            ("_csrf", &csrf),
            ("_key", "three"),
            ("roles[]", "registrar"),
            ("roles[]", "secretariat"),
        ],
    );
    let shown = admin.get("/en/desk/second-factor").expect(200).text();
    let audit = admin
        .get("/api/v1/audit?act=second_factor.reset")
        .expect(200)
        .json();

    assert!(before.contains("Reset the second factor"));
    assert_eq!(unexplained.status, 422);
    assert_eq!((reset.status, set.status), (303, 303));
    assert!(shown.contains("value=\"registrar\" checked"), "{shown}");
    assert_eq!(ana.get("/api/v1/me").status, 401, "signed out everywhere");
    assert_eq!(audit["items"][0]["actor"], json!(cast.admin.person));
    let (back, _) = first_step(&site, &cast.ana);
    assert!(
        letters(&back)
            .iter()
            .any(|subject| subject == "Your second factor was reset")
    );
}

#[test]
fn case75_guess_after_guess_is_slowed_and_told_how_long_to_wait() {
    let (site, cast) = site();
    add(&site.browser(&cast.ana.cookie));

    let mut answers = Vec::new();
    for _ in 0..4 {
        let (client, half) = first_step(&site, &cast.ana);
        let token = half.json()["second_step"].clone();
        for guess in 0..4 {
            let input = json!({ "token": token, "code": format!("{guess:06}") });
            answers.push(client.post("/api/v1/sign-in/second-step", &input));
        }
    }
    let slowed: Vec<&Answer> = answers.iter().filter(|answer| answer.status == 429).collect();

    assert!(
        slowed.len() >= 8,
        "{:?}",
        answers.iter().map(|answer| answer.status).collect::<Vec<_>>()
    );
    assert!(
        slowed
            .iter()
            .all(|answer| !answer.header("retry-after").is_empty())
    );
}

#[test]
fn case73_a_token_of_half_a_sign_in_is_nothing_as_a_cookie_or_bearer_and_one_signs_out_elsewhere() {
    let (site, cast) = site();
    let ana = site.browser(&cast.ana.cookie);
    let (mut app, _) = add(&ana);
    let (browser, half) = first_step(&site, &cast.ana);
    let token = half.json()["second_step"].as_str().expect("a token").to_owned();

    assert_eq!(site.browser(&token).get("/api/v1/me").status, 401);
    assert_eq!(site.nobody().with_bearer(&token).get("/api/v1/me").status, 401);
    browser
        .post(
            "/api/v1/sign-in/second-step",
            &json!({ "token": token, "code": app.code() }),
        )
        .expect(200);
    assert_eq!(
        site.browser(&token).get("/api/v1/me").status,
        401,
        "never becomes one"
    );

    let listed = browser.get("/api/v1/me/sessions").expect(200).json();
    let listed = listed["items"].as_array().expect("a list").clone();
    assert_eq!(listed.len(), 2);
    assert_eq!(listed.iter().filter(|one| one["is_this"] == true).count(), 1);
    let page = browser.get("/en/account").expect(200).text();
    assert!(
        page.contains("this one") && page.contains("Sign all the others out") && page.contains("Last used")
    );
    let csrf = hidden(&page, "_csrf");
    let ended = browser.form("/en/account/browsers", &[("_csrf", &csrf), ("_key", "end")]);
    assert_eq!(ended.status, 303);
    assert_eq!(ana.get("/api/v1/me").status, 401);
    browser.get("/api/v1/me").expect(200);
}
