//! From a paper to what the World Assembly decides, over real HTTP and by pages, on the demonstration: requirements §3.4,
//! stories 1 and 2.

use hemicycle::demo::DemoMoment;
use serde_json::{Value, json};
use tests::{Answer, Client, Site};

const EDITION: &str = "/api/v1/editions/durban-2019";

/// A browser signed in as one of those one can be.
fn be(site: &Site, persona: &str) -> Client {
    let client = site.nobody();
    client.form("/en/demo", &[("persona", persona)]).expect(303);
    client
}

/// What somebody does, each act once.
struct Hands {
    client: Client,
    acts: std::cell::Cell<usize>,
}

impl Hands {
    fn of(client: Client) -> Self {
        Self {
            client,
            acts: std::cell::Cell::new(0),
        }
    }

    fn get(&self, path: &str) -> Value {
        self.client.get(path).expect(200).json()
    }

    /// An act on the version that was seen, or on none.
    fn act(&self, method: &str, path: &str, version: Option<i64>, body: &Value) -> Answer {
        self.acts.set(self.acts.get() + 1);
        let key = format!("act-{}", self.acts.get());
        let seen = version.map(|version| format!("\"v{version}\""));
        let mut headers = vec![
            ("content-type", "application/json"),
            ("idempotency-key", key.as_str()),
        ];
        if let Some(seen) = &seen {
            headers.push(("if-match", seen.as_str()));
        }
        self.client
            .send(method, path, &headers, Some(body.to_string().as_bytes()))
    }

    fn post(&self, path: &str, version: Option<i64>, body: &Value) -> Answer {
        self.act("POST", path, version, body)
    }

    fn put(&self, path: &str, version: Option<i64>, body: &Value) -> Answer {
        self.act("PUT", path, version, body)
    }
}

fn version(of: &Value) -> Option<i64> {
    of["version"].as_i64()
}

fn items(list: &Value) -> Vec<Value> {
    list["items"].as_array().cloned().unwrap_or_default()
}

/// The id of a session by its code.
fn session(hands: &Hands, code: &str) -> String {
    let all = hands.get(&format!("{EDITION}/sessions?limit=200"));
    let found = items(&all).into_iter().find(|own| own["code"] == code);
    let found = found.unwrap_or_else(|| panic!("no session {code}: {all}"));
    found["id"].as_str().unwrap_or_default().to_owned()
}

/// The World Assembly as it is now.
fn assembly(hands: &Hands, id: &str) -> Value {
    hands.get(&format!("/api/v1/world-assemblies/{id}"))
}

/// Takes an outcome from received to adopted by consensus.
fn adopt(hands: &Hands, world: &str, outcome: &str) {
    let at = |step: &str| format!("/api/v1/world-assemblies/{world}/outcomes/{outcome}/{step}");
    let seen = || {
        let agenda = hands.get(&format!("/api/v1/world-assemblies/{world}/agenda"));
        let own = items(&agenda).into_iter().find(|own| own["outcome"] == outcome);
        own.and_then(|own| own["put"]["version"].as_i64())
    };
    hands.post(&at("presentation"), seen(), &json!({})).expect(200);
    hands.post(&at("debate"), seen(), &json!({})).expect(200);
    hands.post(&at("question"), None, &json!({})).expect(201);
    hands.post(&at("adoption"), seen(), &json!({})).expect(200);
}

/// Story 1: a section writes a paper, and it comes back as a recommendation.
#[test]
fn r61_r66_r71_a_section_writes_a_paper_and_the_world_assembly_adopts_what_came_of_it() {
    let site = Site::demonstration(DemoMoment::Live);
    let organiser = Hands::of(be(&site, "organiser"));
    let individual = Hands::of(be(&site, "individual"));
    let nobody = Hands::of(site.nobody());

    // A section was invited and has not answered yet.
    let invitations = format!("{EDITION}/paper-invitations");
    let invited = items(&organiser.get(&format!("{invitations}?limit=200")));
    let open = invited.iter().find(|own| own["state"] == "open");
    let owner = open.expect("an invitation without an answer")["organisation"].clone();
    let again = json!({ "organisation": owner, "title": { "en": "Too late" }, "language": "es" });
    individual.post(&invitations, None, &again).expect(403);
    let filed = json!({ "organisation": owner });
    individual
        .post(&format!("{EDITION}/papers"), None, &filed)
        .expect(404);
    let paper = organiser
        .post(&format!("{EDITION}/papers"), None, &filed)
        .expect(201)
        .json();
    let at = format!("/api/v1/papers/{}", paper["id"].as_str().unwrap_or_default());

    // A draft is nobody's business: the same answer as for what is not there.
    let absent = nobody
        .client
        .get("/api/v1/papers/01890000-0000-7000-8000-000000000000");
    for other in [&nobody, &individual] {
        let hidden = other.client.get(&at);
        assert_eq!(
            (hidden.status, hidden.code()),
            (404, absent.code()),
            "{}",
            hidden.text()
        );
    }
    let listed = individual.get(&format!("{EDITION}/papers?limit=200")).to_string();
    assert!(!listed.contains("Roads before towns"), "{listed}");

    // The deadline is over: a later one needs a reason, which is kept (R64).
    let late = json!({ "deadline": "2019-11-20T10:00:00Z" });
    let refused = organiser.put(&format!("{at}/deadline"), version(&paper), &late);
    assert_eq!(refused.status, 422, "{}", refused.text());
    let late = json!({ "deadline": "2019-11-20T10:00:00Z", "reason": "The secretariat lost it." });
    let paper = organiser
        .put(&format!("{at}/deadline"), version(&paper), &late)
        .expect(200)
        .json();

    let reading = organiser.get(&at);
    let text = json!({ "markdown": "# Ce que nous voyons\n\nLes villes naissent <script>alert(1)</script> le long des routes.\n\n- Planifier d’abord.\n" });
    organiser
        .put(&format!("{at}/text"), reading["text_version"].as_i64(), &text)
        .expect(200);
    let reading = organiser.get(&at);
    assert_eq!(reading["blocks"].as_array().map(Vec::len), Some(3), "{reading}");
    for block in reading["blocks"].as_array().into_iter().flatten() {
        let id = block["id"].as_str().unwrap_or_default();
        let said = json!({ "of_version": block["version"], "markdown": "What it says in English." });
        organiser
            .put(&format!("{at}/translations/en/{id}"), None, &said)
            .expect(200);
    }
    // Two hands on one block: the second is told what is there.
    let block = reading["blocks"][1].clone();
    let id = block["id"].as_str().unwrap_or_default();
    let path = format!("{at}/blocks/{id}");
    let words = |text: &str| json!({ "markdown": text });
    organiser
        .put(
            &path,
            version(&block),
            &words("Les villes naissent le long des routes."),
        )
        .expect(200);
    let stale = organiser.put(&path, version(&block), &words("Autre chose."));
    assert_eq!(stale.status, 412, "{}", stale.text());
    assert!(stale.text().contains("le long des routes"), "{}", stale.text());

    let priority = json!({ "priorities": [{ "kind": "thematic", "label": { "en": "Planning" } }] });
    let now = organiser.get(&at);
    let paper = organiser
        .put(
            &format!("{at}/priorities"),
            version(&now["paper"]).or(version(&paper)),
            &priority,
        )
        .expect(200)
        .json();
    organiser
        .post(&format!("{at}/submission"), None, &json!({}))
        .expect(200);
    organiser
        .put(&path, version(&block), &words("Trop tard."))
        .expect(409);
    let seen = || organiser.get(&at)["paper"]["version"].as_i64();
    assert!(seen() > version(&paper));
    organiser
        .post(&format!("{at}/screening"), seen(), &json!({}))
        .expect(200);
    organiser
        .post(
            &format!("{at}/publication"),
            seen(),
            &json!({ "audience": "everyone" }),
        )
        .expect(200);
    let out = nobody.get(&format!("{at}?language=en"));
    assert_eq!(out["blocks"][0]["is_translated"], true, "{out}");
    assert!(!out.to_string().contains("<script>"), "{out}");

    // It is presented in a sitting, whose closing hands it to the World Assembly once.
    let sitting = session(&organiser, "AS-09");
    let taken = json!({ "paper": paper["id"] });
    organiser
        .post(&format!("/api/v1/sessions/{sitting}/papers"), None, &taken)
        .expect(201);
    let chair = Hands::of(be(&site, "chair"));
    let listed = items(&chair.get(&format!("/api/v1/sessions/{sitting}/papers")));
    assert_eq!(listed.len(), 2, "{listed:?}");
    let early = chair.post(
        &format!("/api/v1/sessions/{sitting}/sitting-closing"),
        None,
        &json!({}),
    );
    assert_eq!((early.status, early.code().as_str()), (409, "results_missing"));
    for own in &listed {
        let id = own["paper"].as_str().unwrap_or_default();
        let result = json!({
            "result": { "en": "Presented, and taken up." },
            "outcomes": [{ "kind": "recommendation", "title": { "en": "Plan before the road" }, "language": "en",
                           "markdown": "No road without a street plan.", "agendas": [{ "agenda": "new_urban_agenda", "phase": "follow_up" }] }],
        });
        chair
            .put(
                &format!("/api/v1/sessions/{sitting}/papers/{id}/result"),
                None,
                &result,
            )
            .expect(200);
    }
    let inbox = || items(&organiser.get(&format!("{EDITION}/transmissions?limit=200"))).len();
    let before = inbox();
    for _ in 0..2 {
        chair
            .post(
                &format!("/api/v1/sessions/{sitting}/sitting-closing"),
                None,
                &json!({}),
            )
            .expect(200);
    }
    assert_eq!(inbox(), before + 2);

    // The World Assembly presents, debates, adopts; it does not close before all is decided (R72).
    let world = session(&organiser, "WA-01");
    let step = |name: &str| format!("/api/v1/world-assemblies/{world}/{name}");
    chair.post(&step("agenda/received"), None, &json!({})).expect(200);
    chair
        .post(&step("opening"), version(&assembly(&chair, &world)), &json!({}))
        .expect(200);
    let agenda = items(&chair.get(&step("agenda")));
    let first = agenda[0]["outcome"].as_str().unwrap_or_default().to_owned();
    let skipped = chair.post(
        &format!("/api/v1/world-assemblies/{world}/outcomes/{first}/adoption"),
        agenda[0]["put"]["version"].as_i64(),
        &json!({}),
    );
    assert_eq!(skipped.status, 409, "{}", skipped.text());
    let early = chair.post(&step("closing"), version(&assembly(&chair, &world)), &json!({}));
    assert_eq!(early.status, 409, "{}", early.text());
    individual
        .post(&step("closing"), version(&assembly(&chair, &world)), &json!({}))
        .expect(403);
    for own in &agenda {
        adopt(&chair, &world, own["outcome"].as_str().unwrap_or_default());
    }
    chair
        .post(&step("closing"), version(&assembly(&chair, &world)), &json!({}))
        .expect(200);

    // Anybody reads what was adopted, and where it came from.
    let outcomes = items(&nobody.get(&format!("{EDITION}/outcomes?limit=200")));
    assert_eq!(outcomes.len(), agenda.len());
    let page = nobody.client.get("/en/durban-2019/outcomes").expect(200).text();
    assert!(page.contains("Plan before the road"), "{page}");
}

/// Story 2, by pages: the chair of the World Assembly takes what it received to its end.
#[test]
fn r72_r73_a_visitor_chairs_the_world_assembly_by_pages_to_its_end() {
    let site = Site::demonstration(DemoMoment::Live);
    let chair = be(&site, "chair");
    let visitor = site.nobody();
    let desk = "/en/durban-2019/world-assembly/chair";
    visitor.get(desk).expect(303);
    be(&site, "individual").get(desk).expect(403);

    chair
        .send_form(desk, &format!("{desk}/steps/open"), &[])
        .expect(303);
    // One next act at a time, until nothing is left.
    let mut acts = 0;
    loop {
        let page = chair.get(desk).expect(200).text();
        let next = page
            .split("action=\"")
            .filter_map(|rest| rest.split('"').next())
            .find(|action| action.contains("/outcomes/") && !action.ends_with("/return"));
        let Some(action) = next.map(str::to_owned) else {
            break;
        };
        chair.send_form(desk, &action, &[]).expect(303);
        acts += 1;
        assert!(acts < 200, "it comes to an end");
    }
    assert!(acts >= 4 * 8, "{acts}");
    for step in ["close", "publish"] {
        chair
            .send_form(desk, &format!("{desk}/steps/{step}"), &[])
            .expect(303);
    }
    for language in ["en", "fr", "es"] {
        visitor
            .get(&format!("/{language}/durban-2019/world-assembly"))
            .expect(200);
        visitor
            .get(&format!("/{language}/durban-2019/outcomes"))
            .expect(200);
    }
}

/// Every outcome of the demonstration leads back to where it came from, and from there forward again (R194).
#[test]
fn r194_every_outcome_of_the_demonstration_is_walked_back_and_forward_again() {
    let site = Site::demonstration(DemoMoment::After);
    let nobody = Hands::of(site.nobody());
    let outcomes = items(&nobody.get(&format!("{EDITION}/outcomes?limit=200")));
    let adopted = outcomes
        .iter()
        .filter(|own| own["state"] == "adopted" || own["state"] == "amended_adopted")
        .count();
    assert!(adopted >= 12, "{adopted}");

    let mut walked = 0;
    for own in &outcomes {
        let code = own["code"].as_str().unwrap_or_default();
        let from = nobody.get(&format!("{EDITION}/outcomes/{code}/provenance"))["origin"].clone();
        if code.starts_with("WA-") {
            assert!(from.is_null(), "{code}: {from}");
            continue;
        }
        let (session, paper) = (&from["session"], &from["paper"]);
        let organisation = &from["organisation"];
        for (kind, id) in [
            ("sessions", session),
            ("papers", paper),
            ("organisations", organisation),
        ] {
            let Some(id) = id.as_str() else { continue };
            let back = nobody.get(&format!("/api/v1/{kind}/{id}/outcomes")).to_string();
            assert!(back.contains(code), "{kind} of {code}: {back}");
            walked += 1;
        }
        assert!(session.is_string(), "{code}: {from}");
        // What a reader of the page sees.
        let page = nobody
            .client
            .get(&format!("/fr/durban-2019/outcomes/{code}"))
            .expect(200)
            .text();
        assert!(page.contains("class=\"flow\""), "{code}");
    }
    assert!(walked >= 2 * 12, "{walked}");
}
