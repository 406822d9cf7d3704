//! A rule changed while people hold seats: told before, chosen, and done; over the API and on the page without script.

use access_rules::SessionId;
use serde_json::{Value, json};
use tests::{Cast, Client, Site, cast::SLUG};

use crate::privacy::send;

/// A session of one seat, held by the individual; the member is next in line.
fn full() -> (Site, Cast, SessionId) {
    let (site, (cast, talk)) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        let talk = cast.congress.session(conn, "Talk", "2030-11-12T11:00", Some(1));
        cast.congress.release(conn);
        cast.congress.register(conn, cast.find("member"), &[]);
        (cast, talk)
    });
    let organiser = site.browser(&cast.find("organiser").cookie);
    let rules = format!("/api/v1/editions/{SLUG}/rules");
    let open = of(talk, "everyone", Value::Null);
    organiser.put(&rules, Some("\"v0\""), &open).expect(200);
    for name in ["individual", "member"] {
        seat(&site.browser(&cast.find(name).cookie), talk).expect(201);
    }
    (site, cast, talk)
}

fn of(session: SessionId, atom: &str, lost_seats: Value) -> Value {
    json!({
        "scope": "session", "scope_ref": session, "act": "attend", "reading": "",
        "rule": { "any_of": [atom], "all_of": [], "none_of": [] },
        "lost_seats": lost_seats,
    })
}

fn seat(client: &Client, session: SessionId) -> tests::Answer {
    client.post_once(&format!("/api/v1/sessions/{session}/seat"), "seat", &json!({}))
}

fn state(client: &Client, session: SessionId) -> String {
    let answer = client.get(&format!("/api/v1/sessions/{session}/seat"));
    match answer.status {
        200 => answer.json()["state"].to_string(),
        _ => String::new(),
    }
}

#[test]
fn seats_of_those_who_lose_go_to_the_next_in_line_when_that_is_chosen() {
    let (site, cast, talk) = full();
    let organiser = site.browser(&cast.find("organiser").cookie);
    let (holds, waits) = (
        site.browser(&cast.find("individual").cookie),
        site.browser(&cast.find("member").cookie),
    );
    let rules = format!("/api/v1/editions/{SLUG}/rules");
    let members = of(talk, "tag:uclg_member", json!("release"));
    let page = format!("/en/desk/{SLUG}/rules/session/{talk}/attend");
    let ticked = [("_version", "1"), ("any_of[]", "tag:uclg_member")];

    let preview = send(&organiser, &page, &format!("{page}/preview"), &ticked);
    let before = state(&holds, talk);
    let done = organiser.put(&rules, Some("\"v1\""), &members).expect(200).json();
    let letters = organiser.get("/api/v1/letters?kind=seat_lost").expect(200).json();

    let preview = preview.expect(200).text();
    for text in [
        "name=\"lost_seats\" value=\"keep\" checked",
        "value=\"release\"",
        "They are given back to the next in line",
    ] {
        assert!(preview.contains(text), "{text}: {preview}");
    }
    assert_eq!(before, "\"confirmed\"");
    assert_eq!(done["seats"], json!({ "released": 1, "kept": 0 }));
    assert_ne!(state(&holds, talk), "\"confirmed\"");
    assert!(
        ["\"offered\"", "\"confirmed\""].contains(&state(&waits, talk).as_str()),
        "{}",
        state(&waits, talk)
    );
    assert_eq!(letters["items"].as_array().map(Vec::len), Some(1));
    let noted = organiser
        .get("/api/v1/audit?act=seat.release_by_rule")
        .expect(200)
        .json();
    assert_eq!(noted["items"].as_array().map(Vec::len), Some(1));
}

#[test]
fn they_keep_them_when_nothing_else_is_chosen() {
    let (site, cast, talk) = full();
    let organiser = site.browser(&cast.find("organiser").cookie);
    let page = format!("/en/desk/{SLUG}/rules/session/{talk}/attend");
    let ticked = [("_version", "1"), ("any_of[]", "tag:uclg_member")];

    send(&organiser, &page, &page, &ticked).expect(303);

    let holds = site.browser(&cast.find("individual").cookie);
    assert_eq!(state(&holds, talk), "\"confirmed\"");
}
