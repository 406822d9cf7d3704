//! A session lead's change, from the form to the letter: asked on a page, decided word by word at the desk, over real HTTP.

use access_rules::{Role, Scope, SessionId};
use serde_json::json;
use tests::{Cast, Client, Site, Somebody, cast::SLUG};

struct Congress {
    lead: Client,
    desk: Client,
    statutory: Client,
    session: SessionId,
    _site: Site,
}

fn congress() -> Congress {
    let (site, (cast, lead, clerk)) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        let lead = Somebody::new(conn, "lead").given(conn, Role::SessionLead, Scope::Session(cast.open));
        let clerk = Somebody::new(conn, "clerk");
        let clerk = clerk.given(conn, Role::Secretariat, Scope::Track("statutory".into()));
        (cast, lead, clerk)
    });
    Congress {
        lead: site.browser(&lead.cookie),
        desk: site.browser(&cast.find("organiser").cookie),
        statutory: site.browser(&clerk.cookie),
        session: cast.open,
        _site: site,
    }
}

#[test]
fn a_session_leads_change_is_accepted() {
    let it = congress();
    let mine = format!("/en/{SLUG}/my-sessions");
    let own = format!("{mine}/{}", it.session);
    let asked = [
        ("title[en]", "The right to the whole city"),
        ("title[fr]", "Le droit à la ville"),
        ("speakers[0][name]", "Ana Diallo"),
        ("speakers[0][role]", "speaker"),
        ("note", "We agreed on it yesterday."),
    ];

    assert!(it.lead.get(&mine).expect(200).text().contains(&own));
    let before = it
        .desk
        .get(&format!("/api/v1/sessions/{}/draft", it.session))
        .expect(200)
        .json();
    it.lead.send_form(&own, &own, &asked).expect(303);
    let waiting = it.lead.get(&own).expect(200).text();
    assert!(waiting.contains("waits for the organisers"), "{waiting}");
    let changes = format!("/en/desk/{SLUG}/changes");
    let list = it.desk.get(&changes).expect(200).text();
    let id = list
        .split(&format!("href=\"{changes}/"))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("nothing waits: {list}"));
    let change = format!("{changes}/{id}");
    let seen = it.desk.get(&change).expect(200).text();
    for told in [
        "<ins>",
        "<del>",
        "We agreed on it yesterday.",
        "Title (English)",
        "Title (French)",
    ] {
        assert!(seen.contains(told), "{told}: {seen}");
    }
    // Another desk does not know of it.
    it.statutory.get(&change).expect(404);
    let ticked = [("accept[]", "title.fr"), ("accept[]", "speakers")];
    let refused = it.desk.send_form(&change, &change, &ticked).expect(422).text();
    assert!(refused.contains("aria-invalid=\"true\""), "{refused}");
    let reason = ("reason", "The English is printed already.");
    it.desk
        .send_form(&change, &change, &[ticked[0], ticked[1], reason])
        .expect(303);

    let after = it
        .desk
        .get(&format!("/api/v1/sessions/{}/draft", it.session))
        .expect(200)
        .json();
    assert_eq!(after["title"]["fr"], "Le droit à la ville");
    assert_eq!(after["title"]["en"], before["title"]["en"]);
    assert_eq!(after["speakers"][0]["name"], "Ana Diallo");
    let told = it.lead.get(&own).expect(200).text();
    for said in [
        "Accepted in part",
        "The English is printed already.",
        "Ask for a change",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let letters = it.lead.get(&format!("/en/{SLUG}/my-congress")).expect(200).text();
    assert!(letters.contains("Part of your change was accepted"), "{letters}");
}

#[test]
fn a_change_is_refused_after_the_last_day_with_the_day_and_whom_to_ask() {
    let it = congress();
    let terms = format!("/api/v1/editions/{SLUG}/change-terms");
    let input = json!({ "last_day": "2020-01-31", "contact": "Mpho, programme@congress.example" });
    let changes = format!("/api/v1/sessions/{}/changes", it.session);
    let asked = json!({ "title": { "en": "Another" } });
    let made = it.lead.post_once(&changes, "first", &asked).expect(201).json();

    it.lead.put(&terms, Some("\"v0\""), &input).expect(403);
    it.desk.put(&terms, Some("\"v0\""), &input).expect(200);
    it.desk.put(&terms, Some("\"v0\""), &input).expect(412);

    let id = made["id"].as_str().expect("an id");
    let path = format!("/api/v1/session-changes/{id}/withdrawal");
    let headers = [
        ("content-type", "application/json"),
        ("if-match", "\"v1\""),
        ("idempotency-key", "back"),
    ];
    it.lead.send("POST", &path, &headers, Some(b"{}")).expect(200);
    let refused = it.lead.post_once(&changes, "second", &asked).expect(409);
    assert_eq!(refused.code(), "changes_frozen");
    let said = refused.json()["detail"].as_str().unwrap_or_default().to_owned();
    assert!(said.contains("2020-01-31") && said.contains("Mpho"), "{said}");
    let page = it
        .lead
        .get(&format!("/en/{SLUG}/my-sessions/{}", it.session))
        .expect(200)
        .text();
    assert!(page.contains("Mpho") && !page.contains("title[en]"), "{page}");
}
