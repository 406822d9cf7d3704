//! An organiser writes to those of a list: in three languages, seen before, sent once, followed in the outbox.

use serde_json::json;
use tests::{Cast, Client, Site, cast::SLUG};

use crate::privacy::send;

const WORDS: [(&str, &str); 8] = [
    ("purpose", "service"),
    ("subject[en]", "Doors open at eight"),
    ("subject[fr]", "Ouverture à huit heures"),
    ("subject[es]", "Las puertas abren a las ocho"),
    ("body[en]", "Bring your badge."),
    ("body[fr]", "Apportez votre badge."),
    ("body[es]", "Traiga su credencial."),
    ("segment[of]", "registered"),
];

/// What a page's form carries unseen.
fn hidden(page: &str, name: &str) -> String {
    let found = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .and_then(|(_, rest)| rest.split_once('"'));
    found.map(|(value, _)| value.to_owned()).unwrap_or_default()
}

fn written(organiser: &Client) -> String {
    let new = format!("/en/desk/{SLUG}/circulars/new");
    let kept = send(organiser, &new, &new, &WORDS).expect(303);
    let address = kept.header("location");
    address.split('?').next().unwrap_or_default().to_owned()
}

#[test]
fn an_organiser_writes_to_those_of_a_list_once_and_follows_the_letters() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = site.browser(&cast.find("organiser").cookie);

    let list = organiser
        .get(&format!("/en/desk/{SLUG}/registrations?state=confirmed"))
        .expect(200)
        .text();
    let chosen = organiser
        .get(&format!(
            "/en/desk/{SLUG}/circulars/new?of=registered&state=confirmed"
        ))
        .expect(200)
        .text();
    let address = written(&organiser);
    let page = organiser.get(&address).expect(200).text();
    let french = organiser.get(&address.replace("/en/", "/fr/")).expect(200).text();
    let (csrf, key, version) = (
        hidden(&page, "_csrf"),
        hidden(&page, "_key"),
        hidden(&page, "_version"),
    );
    let form = |key: &str, expected: &str| {
        let fields = [
            ("_csrf", csrf.as_str()),
            ("_key", key),
            ("_version", version.as_str()),
            ("expected", expected),
        ];
        organiser.form(&format!("{address}/send"), &fields)
    };
    let wrong = form("another-key", "7").expect(409).text();
    let sent = form(&key, "1").expect(303);
    let pressed_again = form(&key, "1").expect(303);
    form("a-third-key", "1").expect(409);
    let after = organiser.get(&address).expect(200).text();

    assert!(
        list.contains("circulars/new?of=registered&#38;state=confirmed")
            || list.contains("circulars/new?of=registered&amp;state=confirmed")
            || list.contains("circulars/new?of=registered&state=confirmed"),
        "the list leads to a letter to those it shows: {list}"
    );
    assert!(
        chosen.contains("value=\"registered\" selected") && chosen.contains("value=\"confirmed\" selected"),
        "{chosen}"
    );
    for text in [
        "One person would be written to.",
        "Ana individual",
        "Bring your badge.",
        "Apportez votre badge.",
        "Traiga su credencial.",
        "Write to this person",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(french.contains("Écrire à cette personne"), "{french}");
    assert!(wrong.contains("It would go to 1 people by now"), "{wrong}");
    assert_eq!(pressed_again.header("location"), sent.header("location"));
    assert!(
        after.contains("desk/letters?circular=") && !after.contains("Write to this person"),
        "{after}"
    );
    let id = address.rsplit('/').next().unwrap_or_default();
    let letters = organiser
        .get(&format!("/api/v1/letters?circular={id}"))
        .expect(200)
        .json();
    let letters = letters["items"].as_array().expect("letters");
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert_eq!(letters[0]["subject"], "Doors open at eight");
    let own = site.browser(&cast.find("individual").cookie);
    let mine = own.get("/api/v1/me/letters").expect(200).text();
    assert!(mine.contains("Doors open at eight"), "{mine}");
    own.get(&address).expect(403);
}

#[test]
fn news_go_to_those_alone_who_agreed_and_no_more_once_they_took_it_back() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = site.browser(&cast.find("organiser").cookie);
    let own = site.browser(&cast.find("individual").cookie);
    let input = json!({
        "purpose": "news",
        "subject": { "en": "News" },
        "body": { "en": "There is news." },
        "segment": { "of": "registered" },
    });
    let path = format!("/api/v1/editions/{SLUG}/circulars");
    let made = organiser.post_once(&path, "news-1", &input).expect(201).json();
    let recipients = || {
        let path = format!(
            "/api/v1/circulars/{}/recipients",
            made["id"].as_str().expect("an id")
        );
        organiser.get(&path).expect(200).json()
    };

    let before = recipients();
    let page = "/en/account/privacy";
    send(&own, page, "/en/account/privacy/news", &[]).expect(303);
    let agreed = recipients();
    let told = own.get(page).expect(200).text();
    let consents = own.get("/api/v1/me/consents").expect(200).json();
    let consent = consents["items"][0]["id"].as_str().expect("an id").to_owned();
    own.post("/api/v1/me/consents/withdrawals", &json!({ "consent": consent }))
        .expect(204);
    let withdrawn = recipients();

    assert_eq!(before["letters"], 0);
    assert_eq!(
        before["left_out"],
        json!([{ "reason": "no_consent", "people": 1 }])
    );
    assert_eq!((&agreed["letters"], &agreed["left_out"]), (&json!(1), &json!([])));
    assert!(
        told.contains("That news of the congress are written to me"),
        "{told}"
    );
    assert_eq!(withdrawn["letters"], 0);
    let sending = format!(
        "/api/v1/circulars/{}/sending",
        made["id"].as_str().expect("an id")
    );
    let sent = |key: &str, version: &str, said: &str| {
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", key),
            ("if-match", version),
        ];
        organiser.send("POST", &sending, &headers, Some(said.as_bytes()))
    };
    // Who looked at another version is told so, whatever number they saw.
    let stale = sent("send-0", "\"v9\"", r#"{"expected":7}"#).expect(412);
    assert_eq!(stale.code(), "stale");
    let refused = sent("send-1", "\"v1\"", r#"{"expected":0}"#).expect(409);
    assert_eq!(refused.code(), "nobody_to_write_to");
}
