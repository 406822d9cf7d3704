//! What the focal point of an organisation sees of its people's registrations: how they stand, and nothing of their needs.

use db::on_each;
use diesel::prelude::*;
use registration::tables::needs;
use serde_json::json;
use tests::{Cast, Client, Site, cast::SLUG};

/// The member registers; answers its id before it is sent, and sends it when told to.
fn begun(site: &Site, cast: &Cast, client: &Client) -> (String, String) {
    let edition = format!("/api/v1/editions/{SLUG}");
    let begun = client
        .post_once(
            &format!("{edition}/registrations"),
            "begin",
            &json!({ "for_whom": "myself" }),
        )
        .expect(201);
    let id = begun.json()["id"].as_str().expect("an id").to_owned();
    let organiser = site.browser(&cast.find("organiser").cookie);
    let found = organiser
        .get("/api/v1/organisations?text=Thornveld")
        .expect(200)
        .json();
    let ours = found["items"][0]["id"].as_str().expect("an id").to_owned();
    let input = json!({
        "given_name": "Nomsa", "family_name": "Dube", "organisation": ours, "position_kind": "councillor",
        "category": cast.congress.category, "tracks": ["town_hall"], "step": 3,
        "needs": { "access": "a ramp to the stage", "diet": "no nuts", "interpretation": ["zu"], "consent": true },
    });
    let own = format!("/api/v1/registrations/{id}");
    let kept = client.put(&own, Some("\"v1\""), &input).expect(200);
    (id, kept.header("etag").to_owned())
}

/// A page but for what is drawn anew each time.
fn page(client: &Client, address: &str) -> String {
    let html = client.get(address).expect(200).text();
    let parts = html.split("name=\"_key\" value=\"").enumerate();
    let kept = parts.map(|(at, part)| match at {
        0 => part,
        _ => part.split_once('"').map_or("", |(_, rest)| rest),
    });
    kept.collect()
}

#[test]
fn r22_a_focal_point_reads_the_registrations_of_its_people_without_their_needs() {
    let (site, cast) = Site::furnished(Cast::gather);
    let browser = |name: &str| site.browser(&cast.find(name).cookie);
    let (member, focal) = (browser("member"), browser("focal point"));
    let (id, etag) = begun(&site, &cast, &member);
    let done = format!("/en/{SLUG}/register/{id}/done");
    let mine = format!("/en/{SLUG}/my-congress");

    // What is not sent yet is its author's.
    focal.get(&done).expect(404);
    assert!(!focal.get(&mine).expect(200).text().contains("Nomsa Dube"));
    focal.get(&format!("/api/v1/registrations/{id}")).expect(404);
    for list in ["registrations?state=draft", "registrations.csv?state=draft"] {
        let told = focal.get(&format!("/api/v1/editions/{SLUG}/{list}"));
        assert!(!told.text().contains("Nomsa"), "{list}: {}", told.text());
    }
    let submission = format!("/api/v1/registrations/{id}/submission");
    member.put(&submission, Some(&etag), &json!({})).expect(200);

    let own = page(&member, &done);
    assert!(
        own.contains("member@congress.example") && own.contains("<dt>Needs</dt>"),
        "{own}"
    );
    let listed = focal.get(&mine).expect(200).text();
    assert!(
        listed.contains("Registered for my organisation") && listed.contains(&done),
        "{listed}"
    );
    let seen = page(&focal, &done);
    for told in ["Nomsa Dube", "Thornveld", "Town Hall"] {
        assert!(seen.contains(told), "{told}: {seen}");
    }
    for hidden in [
        "member@congress.example",
        "<dt>Needs</dt>",
        "a ramp",
        "no nuts",
        "/cancel",
    ] {
        assert!(!seen.contains(hidden), "{hidden}: {seen}");
    }
    // Nothing on it tells whether there are any needs at all.
    on_each!(&mut site.conn(), |c| diesel::delete(needs::table).execute(c)).expect("erased");
    assert_eq!(page(&focal, &done), seen);
    assert_ne!(page(&member, &done), own);

    // Reading is all: the steps and taking it back are not theirs, and another organisation's people do not exist.
    focal.get(&format!("/en/{SLUG}/register/{id}/1")).expect(404);
    for stranger in ["member in arrears", "partner", "individual"] {
        browser(stranger).get(&done).expect(404);
    }
}
