//! A delegation of 12, from the quota to the badge: registered one by one and by a file, taken over, substituted.

use std::thread;

use access_rules::{Role, Scope};
use serde_json::{Value, json};
use tests::{Cast, Client, Site, Somebody, cast::SLUG};

struct Sending {
    site: Site,
    cast: Cast,
    focal: Client,
    second: Client,
    organiser: Client,
    mayor: Client,
    organisation: String,
    base: String,
}

fn sending(places: i64) -> Sending {
    let (site, (cast, second, mayor)) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        (cast, Somebody::new(conn, "second"), Somebody::new(conn, "mayor"))
    });
    let organiser = site.browser(&cast.find("organiser").cookie);
    let found = organiser
        .get("/api/v1/organisations?text=Thornveld")
        .expect(200)
        .json();
    let organisation = found["items"][0]["id"].as_str().expect("an id").to_owned();
    let scope = Scope::Organisation(organisation.parse().expect("an id"));
    let second = second.given(&mut site.conn(), Role::FocalPoint, scope);
    let it = Sending {
        focal: site.browser(&cast.find("focal point").cookie),
        second: site.browser(&second.cookie),
        mayor: site.browser(&mayor.cookie),
        base: format!("/api/v1/editions/{SLUG}/delegations/{organisation}"),
        organiser,
        organisation,
        cast,
        site,
    };
    it.quota(places);
    it
}

impl Sending {
    fn quota(&self, places: i64) {
        let quota = json!({ "organisation": self.organisation, "category": self.cast.congress.category,
                            "places_max": places });
        let path = format!("/api/v1/editions/{SLUG}/delegation-quotas");
        self.organiser.put(&path, None, &quota).expect(200);
    }

    fn somebody(&self, name: &str, email: &str) -> Value {
        json!({ "given_name": name, "family_name": "Dube", "email": email, "role": "adviser",
                "position_kind": "mayor", "tracks": ["town_hall"], "category": self.cast.congress.category })
    }

    fn add(&self, client: &Client, name: &str, email: &str) -> Value {
        let path = format!("{}/delegates", self.base);
        client
            .post_once(&path, name, &self.somebody(name, email))
            .expect(201)
            .json()
    }

    fn list(&self) -> Value {
        self.focal.get(&self.base).expect(200).json()
    }

    fn file(&self, query: &str, csv: &str) -> Value {
        let headers = [("content-type", "text/csv"), ("idempotency-key", "file")];
        let path = format!("{}/imports{query}", self.base);
        self.focal
            .send("POST", &path, &headers, Some(csv.as_bytes()))
            .expect(200)
            .json()
    }
}

/// An act on one delegate under its version.
fn done(client: &Client, id: &str, act: &str, version: &Value, body: &Value) -> tests::Answer {
    let path = format!("/api/v1/delegates/{id}/{act}");
    let tag = format!("\"v{version}\"");
    let headers = [
        ("content-type", "application/json"),
        ("if-match", tag.as_str()),
        ("idempotency-key", path.as_str()),
    ];
    client.send("POST", &path, &headers, Some(body.to_string().as_bytes()))
}

#[test]
fn r15_a_delegation_of_twelve() {
    let it = sending(12);
    let mayor = it.add(&it.focal, "Thandeka", "mayor@congress.example");
    let id = mayor["id"].as_str().expect("an id").to_owned();
    assert_eq!(
        (mayor["state"].as_str(), mayor["role"].as_str()),
        (Some("confirmed"), Some("adviser"))
    );
    let number = mayor["number"].clone();

    // Eleven more by a file: all at once, and a formula or a turned name is a name.
    let mut csv = "given_name,family_name,email,role,category,colour\n".to_owned();
    for at in 0..11 {
        let name = ["=1+1", "Zo\u{202e}la"].get(at).copied().unwrap_or("Sipho");
        csv.push_str(&format!(
            "{name},Khumalo {at},d{at}@thornveld.example,delegate,individual,blue\n"
        ));
    }
    let report = it.file("", &csv);
    assert_eq!(
        (report["registered"].as_bool(), report["good"].as_i64()),
        (Some(true), Some(11)),
        "{report}"
    );
    assert_eq!(report["ignored"], json!(["colour"]));
    let list = it.list();
    assert_eq!(list["delegates"].as_array().map(Vec::len), Some(12));
    assert_eq!(list["quotas"][0]["taken"], 12);
    let names = list["delegates"].to_string();
    assert!(
        names.contains("=1+1") && names.contains("Zola") && !names.contains('\u{202e}'),
        "{names}"
    );
    let full = it.focal.post_once(
        &format!("{}/delegates", it.base),
        "13",
        &it.somebody("One", "one@x.example"),
    );
    assert_eq!(full.expect(409).code(), "quota_full");

    // The second focal point looks after the same people; no other organisation's does.
    let own = format!("/api/v1/delegates/{id}");
    let mut edited = it.somebody("Thandeka", "mayor@congress.example");
    edited["role"] = json!("head");
    it.second
        .put(&own, Some(&format!("\"v{}\"", mayor["version"])), &edited)
        .expect(200);
    for stranger in ["member", "partner", "individual"] {
        it.site
            .browser(&it.cast.find(stranger).cookie)
            .get(&own)
            .expect(404);
    }

    // The mayor takes it over; nobody else can.
    let offers = format!("/api/v1/editions/{SLUG}/me/delegations");
    assert_eq!(it.second.get(&offers).expect(200).json()["items"], json!([]));
    it.second
        .post_once(&format!("{own}/take-over"), "not mine", &json!({}))
        .expect(404);
    assert_eq!(
        it.mayor.get(&offers).expect(200).json()["items"][0]["id"],
        json!(id)
    );
    it.mayor
        .post_once(&format!("{own}/take-over"), "mine", &json!({}))
        .expect(204);
    let mine = it
        .mayor
        .get(&format!("/api/v1/registrations/{id}"))
        .expect(200)
        .json();
    assert_eq!(mine["number"], number);
    let seen = it.focal.get(&own).expect(200).json();
    assert!(
        seen["email"].is_null() && !seen["taken_over_at"].is_null(),
        "{seen}"
    );
    let version = format!("\"v{}\"", seen["version"]);
    assert_eq!(
        it.focal.put(&own, Some(&version), &edited).expect(409).code(),
        "taken_over"
    );
    it.focal
        .put(&format!("/api/v1/registrations/{id}"), Some(&version), &json!({}))
        .expect(403);
    assert!(!it.list().to_string().contains("mayor@congress.example"));
    let page = it
        .focal
        .get(&format!("/en/{SLUG}/delegation/{}", it.organisation))
        .expect(200)
        .text();
    assert!(
        page.contains("Nothing: it is theirs") && page.contains("They take it over by the letter"),
        "{page}"
    );

    // Somebody else in the mayor's place: number and place stay, and the mayor has neither.
    let other = it.somebody("Bongani", "bongani@thornveld.example");
    assert_eq!(
        done(&it.focal, &id, "substitution", &json!(1), &other)
            .expect(412)
            .code(),
        "stale"
    );
    let after = done(&it.second, &id, "substitution", &seen["version"], &other)
        .expect(200)
        .json();
    assert_eq!(
        (&after["number"], after["given_name"].as_str()),
        (&number, Some("Bongani"))
    );
    assert!(after["taken_over_at"].is_null());
    it.mayor.get(&format!("/api/v1/registrations/{id}")).expect(404);
    assert_eq!(it.list()["quotas"][0]["taken"], 12);
    let told = it
        .mayor
        .get(&format!("/en/{SLUG}/my-congress"))
        .expect(200)
        .text();
    assert!(
        told.contains("You are no longer in the delegation of Thornveld"),
        "{told}"
    );

    // Taken out, the place is free again.
    done(&it.focal, &id, "withdrawal", &after["version"], &json!({})).expect(200);
    assert_eq!(it.list()["quotas"][0]["taken"], 11);
    it.add(&it.second, "Last", "last@thornveld.example");
}

#[test]
fn r22_a_delegate_says_their_own_needs_and_who_sends_them_learns_nothing_of_it() {
    let it = sending(12);
    let id = it.add(&it.focal, "Thandeka", "mayor@congress.example")["id"].clone();
    let id = id.as_str().expect("an id");
    let (own, needs) = (
        format!("/api/v1/delegates/{id}"),
        format!("/api/v1/registrations/{id}/needs"),
    );
    let page = format!("/en/{SLUG}/register/{id}/needs");
    let ramp = json!({ "access": "a ramp", "diet": "no nuts", "interpretation": ["zu"], "consent": true });
    // Who named them says nothing for them; who is named cannot before it is theirs.
    assert_eq!(it.focal.get(&needs).expect(403).code(), "not_allowed");
    assert_eq!(
        it.focal.put(&needs, Some("\"v0\""), &ramp).expect(403).code(),
        "not_allowed"
    );
    it.focal.get(&page).expect(404);
    it.mayor.put(&needs, Some("\"v0\""), &ramp).expect(404);
    it.mayor
        .post_once(&format!("{own}/take-over"), "mine", &json!({}))
        .expect(204);
    let lists = [
        own.clone(),
        it.base.clone(),
        format!("/api/v1/registrations/{id}"),
        format!("/api/v1/editions/{SLUG}/registrations"),
        format!("/api/v1/editions/{SLUG}/registrations.csv"),
    ];
    let seen = || {
        lists
            .clone()
            .map(|path| it.focal.get(&path).expect(200).text())
            .to_vec()
    };
    let before = seen();
    assert!(before.iter().all(|text| text.contains("confirmed")), "{before:?}");

    let unsaid = it.mayor.get(&needs).expect(200);
    assert_eq!(unsaid.header("etag"), "\"v0\"");
    let without = json!({ "diet": "no nuts" });
    let refused = it.mayor.put(&needs, Some("\"v0\""), &without).expect(422);
    assert_eq!(refused.json()["errors"][0]["pointer"], "/consent");
    let said = it.mayor.put(&needs, Some("\"v0\""), &ramp).expect(200);
    assert_eq!(said.json()["access"], "a ramp");
    let tag = said.header("etag").to_owned();
    let number = tag.trim_matches('"').trim_start_matches('v');

    // Two tabs: the other one is told.
    assert_eq!(
        it.mayor.put(&needs, Some("\"v0\""), &ramp).expect(412).code(),
        "stale"
    );
    assert_eq!(seen(), before);
    assert_eq!(it.focal.get(&needs).expect(403).code(), "not_allowed");
    let shown = it.mayor.get(&page).expect(200).text();
    let version = format!("_version\" value=\"{number}\"");
    for told in ["a ramp", "no nuts", version.as_str()] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let ledger = it.mayor.get("/api/v1/me/consents").expect(200).json();
    assert_eq!(ledger["items"][0]["purpose"], "needs", "{ledger}");
    // Nothing is needed any more: erased, and the consent with it.
    let blank = it.mayor.put(&needs, Some(&tag), &json!({})).expect(200);
    assert_eq!(blank.json()["access"], "");
    let ledger = it.mayor.get("/api/v1/me/consents").expect(200).json();
    assert!(ledger["items"][0]["withdrawn_at"].is_string(), "{ledger}");

    // Said again: a tab that still shows what was erased writes nothing over it.
    it.mayor.put(&needs, Some("\"v0\""), &ramp).expect(200);
    it.mayor.put(&needs, Some(&tag), &json!({})).expect(412);
    // Taken out of the delegation: nobody needs to know any longer.
    let version = it.focal.get(&own).expect(200).json()["version"].clone();
    done(&it.focal, id, "withdrawal", &version, &json!({})).expect(200);
    let left = db::told::holding(&mut it.site.conn(), &["no nuts"]).expect("read");
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(
        it.mayor.put(&needs, Some("\"v0\""), &ramp).expect(409).code(),
        "registration_over"
    );
}

#[test]
fn a_file_of_ten_thousand_rows_with_one_bad_line_names_it_and_registers_nobody() {
    let it = sending(500);
    let mut csv = "given_name,family_name,email,category\n".to_owned();
    for at in 0..10_000 {
        let email = if at == 7_000 {
            "not an address".to_owned()
        } else {
            format!("p{at}@thornveld.example")
        };
        csv.push_str(&format!("Person,{at},{email},individual\n"));
    }

    let tried = it.file("?dry_run=true", &csv);
    let sent = it.file("", &csv);

    for report in [&tried, &sent] {
        assert_eq!(
            (report["rows"].as_i64(), report["bad_lines"].as_i64()),
            (Some(10_000), Some(1)),
            "{report}"
        );
        assert_eq!(report["registered"], false);
        assert_eq!(report["bad"][0]["line"], 7_002);
        assert_eq!(report["bad"][0]["fields"][0]["field"], "email");
        assert_eq!(report["rows_most"], 500);
    }
    assert_eq!(it.list()["delegates"], json!([]));
    assert_eq!(it.list()["quotas"][0]["taken"], 0);
}

#[test]
fn two_focal_points_at_once_never_have_more_than_the_quota() {
    let it = sending(3);
    let path = format!("{}/delegates", it.base);

    let answers: Vec<String> = thread::scope(|scope| {
        let tasks: Vec<_> = (0..8)
            .map(|at| {
                let client = if at % 2 == 0 { &it.focal } else { &it.second };
                let body = it.somebody(&format!("P{at}"), &format!("p{at}@thornveld.example"));
                let path = path.as_str();
                scope.spawn(move || {
                    let answer = client.post_once(path, &format!("key-{at}"), &body);
                    match answer.status {
                        201 => "in".to_owned(),
                        _ => answer.code(),
                    }
                })
            })
            .collect();
        tasks
            .into_iter()
            .map(|task| task.join().expect("answered"))
            .collect()
    });

    assert_eq!(
        answers.iter().filter(|answer| *answer == "in").count(),
        3,
        "{answers:?}"
    );
    assert_eq!(
        answers.iter().filter(|answer| *answer == "quota_full").count(),
        5,
        "{answers:?}"
    );
    assert_eq!(it.list()["quotas"][0]["taken"], 3);
    it.quota(4);
    it.add(&it.focal, "Fourth", "fourth@thornveld.example");
    let quota =
        json!({ "organisation": it.organisation, "category": it.cast.congress.category, "places_max": 2 });
    let refused = it.organiser.put(
        &format!("/api/v1/editions/{SLUG}/delegation-quotas"),
        None,
        &quota,
    );
    assert_eq!(
        refused.expect(422).json()["errors"][0]["code"],
        "quota_below_taken"
    );
}
