//! One's privacy over HTTP: the list of sign-ins, everything kept about oneself, and being erased; with what is tried
//! against it (requirements §5).

use access_rules::{Actor, Role, SessionId};
use db::{Conn, told};
use kernel::{Localized, Moment};
use people::{codes, model::Purpose};
use privacy::retention::{self, Clocks, RetentionKind};
use programme::{parts::SpeakerInput, releases, session_form::SessionInput, sessions};
use serde_json::{Value, json};
use tests::{Answer, Cast, Client, Site, Somebody, cast::SLUG};

/// A password for tests.
const PASSWORD: &str = "correct horse battery staple";

/// Who is erased: a member with a seat they held, needs, a seat in a session, letters and a part in a session that is
/// over.
const NAME: &str = "Quenby Zwartbooi";
/// The same, as it is folded for searching.
const FOLDED: &str = "quenby zwartbooi";

fn email(somebody: &Somebody) -> String {
    format!("{}@congress.example", somebody.name.replace(' ', "-"))
}

/// A code as a letter would bring it.
fn letter_code(site: &Site, somebody: &Somebody, purpose: Purpose) -> String {
    let email = email(somebody).parse().expect("an address");
    codes::mint(&mut site.conn(), Moment::now(), &email, purpose, None).expect("minted")
}

/// Sends a form with what the page it stands on put into it.
pub fn send(client: &Client, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let html = client.get(page).expect(200).text();
    let hidden = |name: &str| {
        let found = html
            .split_once(&format!("name=\"{name}\" value=\""))
            .and_then(|(_, rest)| rest.split_once('"'));
        found.map(|(value, _)| value.to_owned()).unwrap_or_default()
    };
    let (csrf, key) = (hidden("_csrf"), hidden("_key"));
    let all: Vec<(&str, &str)> = [("_csrf", csrf.as_str()), ("_key", key.as_str())]
        .into_iter()
        .chain(fields.iter().copied())
        .collect();
    client.form(path, &all)
}

fn rows<'e>(export: &'e Value, table: &str, by: &str) -> &'e [Value] {
    let kept = export["kept"].as_array().map(Vec::as_slice).unwrap_or_default();
    let found = kept
        .iter()
        .find(|kept| kept["table"] == table && kept["by"] == by);
    found
        .and_then(|kept| kept["rows"].as_array())
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The member names themself, registers with needs, and takes a seat in the session; answers the registration.
fn take_part(client: &Client, cast: &Cast, session: &str) -> String {
    let me = client.get("/api/v1/me").expect(200);
    let version = format!("\"v{}\"", me.json()["person"]["version"]);
    let (given, family) = NAME.split_once(' ').expect("two names");
    let named = json!({ "given_name": given, "family_name": family });
    client.put("/api/v1/me", Some(&version), &named).expect(200);
    let begun = client
        .post_once(
            &format!("/api/v1/editions/{SLUG}/registrations"),
            "begin",
            &json!({ "for_whom": "myself" }),
        )
        .expect(201);
    let id = begun.json()["id"].as_str().expect("an id").to_owned();
    let input = json!({
        "given_name": given, "family_name": family, "category": cast.congress.category, "tracks": ["town_hall"],
        "position_title": format!("Envoy {NAME}"), "step": 3,
        "needs": { "access": "a ramp", "diet": "no nuts", "interpretation": ["zu"], "consent": true },
    });
    let own = format!("/api/v1/registrations/{id}");
    let kept = client.put(&own, Some("\"v1\""), &input).expect(200);
    let etag = kept.header("etag").to_owned();
    client
        .put(&format!("{own}/submission"), Some(&etag), &json!({}))
        .expect(200);
    client
        .post_once(&format!("/api/v1/sessions/{session}/seat"), "seat", &json!({}))
        .expect(201);
    id
}

/// A congress in which somebody did everything there is to do.
pub(crate) struct Scene {
    pub(crate) site: Site,
    pub(crate) cast: Cast,
    pub(crate) whose: Somebody,
    pub(crate) client: Client,
    pub(crate) session: String,
}

fn speaker(cast: &Cast, name: &str) -> SpeakerInput {
    SpeakerInput {
        person: Some(cast.find("member").person),
        name: name.into(),
        affiliation: format!("Office of {NAME}"),
        ..SpeakerInput::default()
    }
}

fn talk_by(cast: &Cast, name: &str) -> SessionInput {
    SessionInput {
        kind: "special".into(),
        title: Localized::only("en", "A talk"),
        entry: "walk_in".into(),
        length_minutes: Some(60),
        speakers: Some(vec![speaker(cast, name)]),
        ..SessionInput::default()
    }
}

/// A session in the programme in which the member has a part.
fn talk(conn: &mut Conn, cast: &Cast) -> SessionId {
    let input = talk_by(cast, "Q. Zwartbooi");
    let (system, now) = (Actor::system(), Moment::now());
    let congress = &cast.congress;
    let made = sessions::create(conn, &system, now, &congress.admissions, congress.edition, &input);
    let id = made.expect("a session").id;
    congress.place(conn, id, 0, "2030-11-13T14:00", "");
    id
}

pub(crate) fn scene() -> Scene {
    let (site, (cast, session)) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        let session = cast
            .congress
            .session(conn, "Small room", "2030-11-12T14:00", Some(1));
        let spoken = talk(conn, &cast);
        cast.congress.release(conn);
        let (system, now) = (Actor::system(), Moment::now());
        let renamed = talk_by(&cast, NAME);
        let admissions = &cast.congress.admissions;
        sessions::edit(conn, &system, now, admissions, spoken, &renamed, None).expect("edited");
        cast.congress.release(conn);
        releases::cancel(conn, &system, now, spoken, "nobody comes", None).expect("cancelled");
        (cast, session)
    });
    let whose = cast.find("member").clone();
    let client = site.browser(&whose.cookie);
    let session = session.to_string();
    take_part(&client, &cast, &session);
    // They begin to register somebody else: letters about it would go to their address.
    client
        .post_once(
            &format!("/api/v1/editions/{SLUG}/registrations"),
            "another",
            &json!({ "for_whom": "someone_else" }),
        )
        .expect(201);
    Scene {
        site,
        cast,
        whose,
        client,
        session,
    }
}

#[test]
fn a_browser_signed_out_elsewhere_is_signed_out_on_its_next_request() {
    let (site, (ana, first, second)) = Site::furnished(|conn| {
        let ana = Somebody::new(conn, "ana");
        let (first, second) = (ana.cookie_elsewhere(conn), ana.cookie_elsewhere(conn));
        (ana, first, second)
    });
    let this = site.browser(&ana.cookie);
    let (first, second) = (site.browser(&first), site.browser(&second));
    let sessions = this.get("/api/v1/me/sessions").expect(200).json();
    let all = sessions["items"].as_array().expect("a list").clone();
    assert_eq!(all.len(), 3, "{sessions}");
    assert_eq!(all.iter().filter(|one| one["is_this"] == true).count(), 1);
    let own = first.get("/api/v1/me/sessions").expect(200).json();
    let own = own["items"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["is_this"] == true)
        .cloned();
    let own = own.expect("marked")["id"].as_str().expect("an id").to_owned();

    this.send("DELETE", &format!("/api/v1/me/sessions/{own}"), &[], None)
        .expect(204);

    first.get("/api/v1/me").expect(401);
    second.get("/api/v1/me").expect(200);
    send(&this, "/en/account", "/en/account/browsers", &[]).expect(303);
    second.get("/api/v1/me").expect(401);
    let page = this.get("/en/account").expect(200).text();
    assert!(
        page.contains("this one") && !page.contains("Sign all the others out"),
        "{page}"
    );
}

#[test]
fn r260_the_export_holds_ones_rows_of_every_part_and_nobody_elses() {
    let Scene {
        site,
        cast,
        client,
        session,
        ..
    } = scene();

    let export = client.get("/api/v1/me/export").expect(200);

    assert!(export.header("content-disposition").contains("about-me.json"));
    let told = export.json();
    assert_eq!(told["format"], "hemicycle-person-1");
    assert_eq!(rows(&told, "persons", "id")[0]["family_name"], "Zwartbooi");
    assert_eq!(
        rows(&told, "accounts", "person_id")[0]["email"],
        "member@congress.example"
    );
    assert_eq!(rows(&told, "needs", "registration")[0]["diet"], "no nuts");
    assert_eq!(
        rows(&told, "seats", "registration")[0]["session"],
        session.as_str()
    );
    for (table, by) in [
        ("sign_in_sessions", "account_id"),
        ("standings", "person_id"),
        ("positions", "person"),
        ("registrations", "person"),
        ("track_registrations", "registration"),
        ("letters", "person_id"),
        ("audit_entries", "actor"),
    ] {
        assert!(!rows(&told, table, by).is_empty(), "{table} by {by}: {told}");
    }
    let text = export.text();
    for others in ["focal-point@", "organiser@", "individual@", "_hash"] {
        assert!(!text.contains(others), "{others}");
    }
    let page = client.get("/en/account/privacy/export").expect(200);
    assert_eq!(page.header("cache-control"), "private, no-store");
    assert_eq!(
        rows(&page.json(), "needs", "registration"),
        rows(&told, "needs", "registration")
    );
    // A program's token is not a person at a browser.
    let made = client
        .post_once(
            "/api/v1/me/tokens",
            "token",
            &json!({ "name": "all", "scopes": ["write"], "days": 1 }),
        )
        .expect(201);
    let bearer = site
        .nobody()
        .with_bearer(made.json()["token"].as_str().expect("shown"));
    assert_eq!(bearer.get("/api/v1/me/export").expect(403).code(), "scope");
    let other = site.browser(&cast.find("individual").cookie);
    assert!(
        !other
            .get("/api/v1/me/export")
            .expect(200)
            .text()
            .contains("Zwartbooi")
    );
}

#[test]
fn r260_an_erased_person_is_named_nowhere_but_on_the_statutory_record() {
    let Scene {
        site,
        cast,
        whose,
        client,
        session,
    } = scene();
    // A seat in a body that is over: it is the record.
    let secretariat = site.browser(&cast.find("organiser").cookie);
    let body = statutory::bodies::standard_id("financial_management_committee");
    let named = secretariat
        .post_once(
            &format!("/api/v1/bodies/{body}/seats"),
            "name",
            &json!({ "person": whose.person, "basis": "decision 9" }),
        )
        .expect(201)
        .json();
    let held = client.get("/api/v1/me/erasure").expect(200).json();
    assert_eq!(held["offices"], json!(["body_member"]), "{held}");
    let seat = named["id"].as_str().expect("an id");
    secretariat
        .send(
            "DELETE",
            &format!("/api/v1/body-seats/{seat}"),
            &[("If-Match", "\"v1\"")],
            None,
        )
        .expect(204);
    // Somebody waits for their seat.
    let next = site.browser(&cast.find("individual").cookie);
    next.post_once(&format!("/api/v1/sessions/{session}/seat"), "seat", &json!({}))
        .expect(201);
    client
        .put("/api/v1/me/password", None, &json!({ "password": PASSWORD }))
        .expect(204);
    let elsewhere = site.browser(&whose.cookie_elsewhere(&mut site.conn()));
    let before = told::holding(&mut site.conn(), &[NAME, FOLDED, "member@congress"]).expect("read");
    for column in [
        "releases.content",
        "feed_events.payload",
        "session_speakers.name",
        "registrations.position_title",
        "registrations.email",
        "letters.to_email",
        "persons.name_key",
    ] {
        assert!(before.iter().any(|found| found == column), "{column}: {before:?}");
    }
    assert!(
        !before.iter().any(|found| found.starts_with("audit_entries")),
        "sealed at rest: {before:?}"
    );
    let admin = Somebody::new(&mut site.conn(), "admin").appointed(&mut site.conn(), Role::PlatformAdmin);
    let desk = site.browser(&admin.cookie);
    let log = format!("/api/v1/audit?act=person.edit&object_id={}", whose.person);
    let noted = desk.get(&log).expect(200).json()["items"][0].clone();
    assert_eq!(noted["facts"]["personal"]["to"], NAME, "{noted}");
    let csv = "/api/v1/audit.csv?act=person.edit";
    assert!(desk.get(csv).expect(200).text().contains(NAME));
    client.get(&log).expect(403);

    // A stolen session is not enough.
    assert_eq!(
        client.post("/api/v1/me/erasure", &json!({})).expect(403).code(),
        "proof_needed"
    );
    assert_eq!(
        client
            .post(
                "/api/v1/me/erasure",
                &json!({ "password": "not this one at all" })
            )
            .expect(422)
            .code(),
        "wrong_password"
    );
    let foretold = client.get("/api/v1/me/erasure").expect(200).json();
    assert_eq!(foretold["name_on_record"], NAME, "{foretold}");
    let page = client.get("/fr/account/privacy/erasure").expect(200).text();
    assert!(
        page.contains("M’effacer définitivement") && page.contains(NAME),
        "{page}"
    );

    client
        .post("/api/v1/me/erasure", &json!({ "password": PASSWORD }))
        .expect(204);

    let left =
        told::holding(&mut site.conn(), &[NAME, FOLDED, "Zwartbooi", "member@congress"]).expect("read");
    assert_eq!(
        left,
        ["body_seats.name_on_record", "letters.to_email", "letters.to_key"],
        "the record, and the last letter until it leaves"
    );
    let last = desk.get("/api/v1/letters?kind=erased").expect(200).json();
    assert_eq!(last["items"].as_array().map(Vec::len), Some(1), "{last}");
    assert_eq!(last["items"][0]["to_email"], "member@congress.example");
    // Two tabs: the other one is signed out.
    elsewhere
        .post("/api/v1/me/erasure", &json!({ "password": PASSWORD }))
        .expect(401);
    elsewhere.get("/api/v1/me").expect(401);
    let seat = next
        .get(&format!("/api/v1/sessions/{session}/seat"))
        .expect(200)
        .json();
    assert_eq!(seat["state"], "offered", "{seat}");
    let verdict = records::audit::verify(&mut site.conn()).expect("read");
    assert_eq!(verdict.broken, None);
    // The entry is there, whole, with who and when; what it said of them nobody reads any more.
    let still = desk.get(&log).expect(200).json()["items"][0].clone();
    assert_eq!(still["facts"], json!({ "personal": "erased" }));
    for kept in ["seq", "at", "actor", "act", "object_id", "hash"] {
        assert_eq!(still[kept], noted[kept], "{kept}");
    }
    let shown = desk.get("/fr/desk/audit?act=person.edit").expect(200).text();
    assert!(shown.contains("effacé avec la personne"), "{shown}");
    // The same address is somebody new.
    let code = letter_code(&site, &whose, Purpose::SignIn);
    let anew = site.nobody();
    let entered = anew
        .post(
            "/api/v1/sign-in",
            &json!({ "email": email(&whose), "code": code }),
        )
        .expect(200)
        .json();
    assert_ne!(entered["person"], json!(whose.person));
    assert_eq!(entered["needs_name"], true);
}

#[test]
fn whoever_holds_an_office_or_runs_the_site_hands_it_over_before_they_are_erased() {
    let (site, admin) =
        Site::furnished(|conn| Somebody::new(conn, "admin").appointed(conn, Role::PlatformAdmin));
    let client = site.browser(&admin.cookie);
    client
        .put("/api/v1/me/password", None, &json!({ "password": PASSWORD }))
        .expect(204);

    let refused = client
        .post("/api/v1/me/erasure", &json!({ "password": PASSWORD }))
        .expect(409);

    assert_eq!(refused.code(), "office_held");
    let page = client.get("/en/account/privacy/erasure").expect(200).text();
    assert!(
        page.contains("Administration of the site") && !page.contains("Erase me for good"),
        "{page}"
    );
    client.get("/api/v1/me").expect(200);
}

#[test]
fn by_the_pages_a_code_erases_and_the_browser_is_signed_out() {
    const PAGE: &str = "/en/account/privacy/erasure";
    let (site, ana) = Site::furnished(|conn| Somebody::new(conn, "ana"));
    let client = site.browser(&ana.cookie);
    let wrong = send(&client, PAGE, PAGE, &[("code", "000000")])
        .expect(422)
        .text();
    assert!(wrong.contains("Erase me for good"), "{wrong}");
    let code = letter_code(&site, &ana, Purpose::Verify);

    let done = send(&client, PAGE, PAGE, &[("code", &code)]).expect(303);

    assert!(
        done.header("location").contains("done=erased"),
        "{}",
        done.header("location")
    );
    client.get("/api/v1/me").expect(401);
    let left = told::holding(&mut site.conn(), &["ana@congress"]).expect("read");
    assert_eq!(
        left,
        ["letters.to_email", "letters.to_key"],
        "until the last letter left"
    );
}

#[test]
fn r181_taking_a_consent_back_erases_what_rested_on_it_and_stays_in_the_ledger() {
    let Scene {
        site, cast, client, ..
    } = scene();
    let ledger = client.get("/api/v1/me/consents").expect(200).json();
    assert_eq!(ledger["items"][0]["purpose"], "needs", "{ledger}");
    assert_eq!(ledger["items"][0]["withdrawn_at"], Value::Null);
    let id = ledger["items"][0]["id"].as_str().expect("an id").to_owned();
    let page = client.get("/en/account/privacy").expect(200).text();
    assert!(
        page.contains("That my needs of access and diet are kept") && page.contains(&id),
        "{page}"
    );
    let other = site.browser(&cast.find("individual").cookie);
    other
        .post("/api/v1/me/consents/withdrawals", &json!({ "consent": id }))
        .expect(404);
    client
        .post("/api/v1/me/consents/withdrawals", &json!({}))
        .expect(422);

    let form = [("consent", id.as_str())];
    send(
        &client,
        "/en/account/privacy",
        "/en/account/privacy/consents",
        &form,
    )
    .expect(303);

    let left = told::holding(&mut site.conn(), &["no nuts"]).expect("read");
    assert_eq!(left, Vec::<String>::new());
    let ledger = client.get("/api/v1/me/consents").expect(200).json();
    assert!(ledger["items"][0]["withdrawn_at"].is_string(), "{ledger}");
    let page = client.get("/en/account/privacy").expect(200).text();
    assert!(
        page.contains("Given") && !page.contains("Take back and erase"),
        "{page}"
    );
}

#[test]
fn r260_days_of_retention_are_said_within_bounds_tried_first_and_kept_in_the_log() {
    let Scene { site, cast, .. } = scene();
    let admin = Somebody::new(&mut site.conn(), "admin").appointed(&mut site.conn(), Role::PlatformAdmin);
    let admin = site.browser(&admin.cookie);
    let page = "/en/desk/retention";
    let days = |days: &'static str| [("_version", "0"), ("days[letter_texts]", days)];

    let shown = admin.get(page).expect(200).text();
    let tried = send(&admin, page, "/en/desk/retention/check", &days("3650"));
    let beyond = send(&admin, page, page, &days("5"));
    let said = send(&admin, page, page, &days("3650"));
    let late = send(&admin, page, page, &days("400"));
    let rules = admin.get("/api/v1/retention/rules").expect(200).json();
    let fixed = admin.put(
        "/api/v1/retention/rules",
        Some("\"v1\""),
        &json!({ "days": { "needs": 9 } }),
    );
    let organiser = site.browser(&cast.find("organiser").cookie);
    organiser.get(page).expect(403);

    assert!(shown.contains("would go"), "{shown}");
    let tried = tried.expect(200).text();
    assert!(tried.contains("Would go with the days below"), "{tried}");
    assert!(beyond.expect(422).text().contains("3650"), "bounds are told");
    said.expect(303);
    late.expect(412);
    let of = |kind: &str| {
        let all = rules["rules"].as_array().expect("rules");
        all.iter()
            .find(|rule| rule["kind"] == kind)
            .cloned()
            .expect("there")
    };
    assert_eq!(of("letter_texts")["days"], 3650);
    assert_eq!(of("needs")["least"], Value::Null, "what was promised stays");
    fixed.expect(422);
    let noted = organiser
        .get("/api/v1/audit?act=retention.set")
        .expect(200)
        .json();
    assert_eq!(
        noted["items"][0]["facts"],
        json!({ "letter_texts": { "was": 365, "is": 3650 } })
    );
}

#[test]
fn r260_a_dry_run_of_retention_tells_what_the_run_then_does() {
    let Scene { site, .. } = scene();
    let admin = Somebody::new(&mut site.conn(), "admin").appointed(&mut site.conn(), Role::PlatformAdmin);
    let admin = site.browser(&admin.cookie);
    let later = |days: i64| {
        let clock = Moment::now().plus_days(days);
        Clocks {
            congress: clock,
            machine: clock,
        }
    };
    let now = admin.get("/api/v1/retention").expect(200).json();
    assert_eq!(
        now["items"][0],
        json!({ "kind": "needs", "days": 30, "rows": 0 }),
        "{now}"
    );

    // Long after the congress.
    let mut conn = site.conn();
    conn.execute_batch("BEGIN").expect("begun");
    let told = retention::dry_run(&mut conn, later(3000)).expect("tried");
    let again = retention::dry_run(&mut conn, later(3000)).expect("tried");
    let done = retention::run_daily(&mut conn, later(3000)).expect("done");
    let once_more = retention::run_daily(&mut conn, later(3000)).expect("done");
    let left = retention::dry_run(&mut conn, later(3000)).expect("tried");
    conn.execute_batch("COMMIT").expect("kept");

    assert_eq!(told, again);
    assert_eq!(told, done);
    let rows = |kind: RetentionKind| done.iter().find(|one| one.kind == kind).map(|one| one.rows);
    assert_eq!(rows(RetentionKind::Needs), Some(1));
    assert!(rows(RetentionKind::SignIns) > Some(1), "{done:?}");
    assert_eq!(once_more, vec![]);
    assert!(left.iter().all(|one| one.rows == 0), "{left:?}");
}
