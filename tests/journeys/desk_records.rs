//! What desks read of what was done: the audit as a whole, the history of their own sessions, letters with what became of
//! them; and the secret of a webhook, which stands on one page once.

use access_rules::{Role, Scope};
use tests::{Cast, Client, Site, Somebody, cast::SLUG};

const ABSENT: &str = "0192f0c1-2d3e-7f4a-8b5c-6d7e8f901234";

/// The hidden fields of the first form of a page, as a browser sends them, and these.
fn filled(page: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let hidden = |name: &str| {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) = page.split_once(&start)?;
        Some((name.to_owned(), rest.split('"').next()?.to_owned()))
    };
    ["_csrf", "_key"]
        .into_iter()
        .filter_map(hidden)
        .chain(
            typed
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        )
        .collect()
}

fn send(client: &Client, page: &str, action: &str, typed: &[(&str, &str)]) -> tests::Answer {
    let html = client.get(page).expect(200).text();
    let fields = filled(&html, typed);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    client.form(action, &fields)
}

#[test]
fn a_desk_reads_the_history_of_its_own_sessions_and_a_hidden_one_has_none() {
    let (site, (cast, statutory, town_hall)) = Site::furnished(|conn| {
        let clerk = |conn: &mut db::Conn, name, track: &str| {
            Somebody::new(conn, name).given(conn, Role::Secretariat, Scope::Track(track.into()))
        };
        let statutory = clerk(conn, "of the statutory desk", "statutory");
        let town_hall = clerk(conn, "of the town hall", "town_hall");
        (Cast::gather(conn), statutory, town_hall)
    });
    let organiser = site.browser(&cast.find("organiser").cookie);
    let (statutory, town_hall) = (site.browser(&statutory.cookie), site.browser(&town_hall.cookie));
    let history = |session: &str| format!("/api/v1/sessions/{session}/history");
    let page = |session: &str| format!("/en/desk/audit?object={session}");
    let hidden = cast.hidden.to_string();

    let all = organiser.get(&history(&hidden)).expect(200).json();
    let own = statutory.get(&history(&hidden)).expect(200).json();
    let other = town_hall.get(&history(&hidden)).expect(404).text();
    let absent = town_hall.get(&history(ABSENT)).expect(404).text();

    let entries = |list: &serde_json::Value| list["items"].as_array().map_or(0, Vec::len);
    assert!(entries(&all) > 0, "there is something to hide: {all}");
    assert_eq!(entries(&own), entries(&all));
    assert!(
        own["items"]
            .as_array()
            .is_some_and(|items| items.iter().all(|item| item["actor_name"].is_null())),
        "a track's desk does not look into people: {own}"
    );
    assert_eq!(other, absent);
    statutory.get(&page(&hidden)).expect(200);
    town_hall.get(&page(&hidden)).expect(404);
    for clerk in [&statutory, &town_hall] {
        clerk.get("/api/v1/audit").expect(403);
        clerk.get("/api/v1/audit.csv").expect(403);
        clerk.get("/en/desk/audit").expect(403);
    }
}

#[test]
fn the_audit_is_filtered_in_its_address_and_taken_away_as_a_table() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = site.browser(&cast.find("organiser").cookie);
    let list = organiser.get("/api/v1/audit?limit=1").expect(200).json();
    let entry = &list["items"][0];
    let (act, kind) = (
        entry["act"].as_str().expect("an act"),
        entry["object_kind"].as_str().expect("a kind"),
    );

    let same = organiser
        .get(&format!("/api/v1/audit?act={act}&object_kind={kind}&limit=1"))
        .expect(200)
        .json();
    let page = organiser
        .get(&format!("/en/desk/audit?act={act}"))
        .expect(200)
        .text();
    let csv = organiser.get(&format!("/api/v1/audit.csv?act={act}")).expect(200);

    assert_eq!(same["items"][0]["seq"], entry["seq"]);
    assert!(page.contains(&format!("/api/v1/audit.csv?act={act}")), "{page}");
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text().contains("number,at,person,name,act") && csv.text().contains(act));
}

#[test]
fn a_desk_changes_a_letter_that_is_held_and_sees_it_as_it_will_leave() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = site.browser(&cast.find("organiser").cookie);
    let list = organiser.get("/api/v1/letters?state=waiting").expect(200).json();
    let letter = list["items"]
        .as_array()
        .and_then(|letters| {
            letters
                .iter()
                .find(|letter| !letter["kind"].as_str().unwrap_or("code").ends_with("code"))
        })
        .and_then(|letter| letter["id"].as_str())
        .expect("a letter waits")
        .to_owned();
    let page = format!("/en/desk/letters/{letter}");

    send(&organiser, &page, &format!("{page}/hold"), &[]).expect(303);
    let words = [
        ("subject", "Welcome"),
        ("body", "See you at [site]."),
        ("_version", "1"),
    ];
    send(&organiser, &page, &format!("{page}/words"), &words).expect(303);
    let late = send(&organiser, &page, &format!("{page}/words"), &words);
    let shown = organiser.get(&page).expect(200).text();
    let view = organiser.get(&format!("/api/v1/letters/{letter}")).expect(200);
    send(&organiser, &page, &format!("{page}/send-now"), &[]).expect(303);

    assert_eq!(late.status, 412);
    assert!(shown.contains("See you at http"), "{shown}");
    assert_eq!(view.json()["preview"]["subject"], "Welcome");
    assert_eq!(
        (view.json()["state"].as_str(), view.header("etag")),
        (Some("held"), "\"v2\"")
    );
}

#[test]
fn the_secret_of_a_webhook_is_shown_once() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = site.browser(&cast.find("organiser").cookie);
    let page = format!("/en/desk/{SLUG}/webhooks");
    let kinds = |url| [("url", url), ("kinds[]", "programme.released")];

    let inside = send(&organiser, &page, &page, &kinds("https://10.0.0.1/"));
    let made = send(&organiser, &page, &page, &kinds("https://hooks.example/in"))
        .expect(200)
        .text();
    let listed = organiser.get(&page).expect(200).text();
    let own = listed
        .split(&format!("href=\"{page}/"))
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("it is listed");
    let again = organiser.get(&format!("{page}/{own}")).expect(200).text();

    assert_eq!(inside.status, 422);
    assert!(made.contains("whsec_"), "{made}");
    assert!(!again.contains("whsec_") && !listed.contains("whsec_"));
}
