//! Many registrations decided as one act: said before, done once, each told and noted.

use serde_json::{Value, json};
use tests::{Cast, Client, Site, Somebody, cast::SLUG};

/// A congress where three wait for a decision and one does not.
fn waiting() -> (Site, Cast) {
    Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        let system = access_rules::Actor::system();
        let now = kernel::Moment::now();
        let category = registration::categories::all(conn, cast.congress.edition)
            .expect("categories")
            .into_iter()
            .find(|category| category.id == cast.congress.category)
            .expect("the category");
        let strict = registration::categories::CategoryInput {
            code: category.code.clone(),
            title: category.title.clone(),
            needs_review: true,
            ..registration::categories::CategoryInput::default()
        };
        let edited =
            registration::categories::edit(conn, &system, now, category.id, category.version, &strict);
        edited.expect("looked at by somebody");
        for name in ["Bea", "Chen", "Dia"] {
            let somebody = Somebody::new(conn, name);
            cast.congress.register(conn, &somebody, &[]);
        }
        cast
    })
}

fn listed(organiser: &Client, state: &str) -> Vec<Value> {
    let path = format!("/api/v1/editions/{SLUG}/registrations?state={state}");
    let list = organiser.get(&path).expect(200).json();
    list["items"].as_array().cloned().unwrap_or_default()
}

fn ids(rows: &[Value]) -> Vec<Value> {
    rows.iter().map(|row| row["id"].clone()).collect()
}

#[test]
fn many_are_decided_at_once_and_what_is_left_is_said_before() {
    let (site, cast) = waiting();
    let organiser = site.browser(&cast.find("organiser").cookie);
    let path = format!("/api/v1/editions/{SLUG}/registrations/decisions");
    let waits = listed(&organiser, "pending_review");
    let certain = listed(&organiser, "confirmed");
    assert_eq!((waits.len(), certain.len()), (3, 1));
    let chosen: Vec<Value> = ids(&waits[..2]).into_iter().chain(ids(&certain)).collect();
    let mut input = json!({ "ids": chosen, "accept": true });

    let said = organiser
        .post(&format!("{path}/check"), &input)
        .expect(200)
        .json();
    input["seen"] = said["seen"].clone();
    let done = organiser.post_once(&path, "many-1", &input).expect(200).json();
    let again = organiser.post_once(&path, "many-1", &input).expect(200).json();
    let late = organiser.post_once(&path, "many-2", &input).expect(200).json();

    assert_eq!(said["chosen"], 3);
    assert_eq!(said["changed"].as_array().map(Vec::len), Some(2));
    assert_eq!(said["reasons"][0]["code"], "decided_already");
    assert_eq!(said["reasons"][0]["sentence"], "decided this way already");
    assert_eq!(done["changed"], said["changed"]);
    assert_eq!(again, done, "sent twice, done once");
    assert_eq!(
        late["changed"].as_array().map(Vec::len),
        Some(0),
        "nor another time"
    );
    assert_eq!(listed(&organiser, "pending_review").len(), 1);
    assert_eq!(listed(&organiser, "confirmed").len(), 3);
    let count = |act: &str| {
        let noted = organiser
            .get(&format!("/api/v1/audit?act={act}"))
            .expect(200)
            .json();
        noted["items"].as_array().map(Vec::len)
    };
    assert_eq!(count("registration.decide"), Some(2), "one entry each");
    assert_eq!(count("registration.decide_many"), Some(2), "and one for each act");
    let id = done["id"].as_str().expect("kept");
    let kept = organiser.get(&format!("{path}/{id}")).expect(200).json();
    assert_eq!((&kept["changed"], &kept["unchanged"]), (&json!(2), &json!(1)));
    assert_eq!(kept["outcomes"].as_array().map(Vec::len), Some(3));
    let acts = organiser.get(&path).expect(200).json();
    assert_eq!(acts["items"][1]["id"], done["id"], "the latest first");
}

#[test]
fn all_of_a_list_are_refused_with_a_reason_or_none_is() {
    let (site, cast) = waiting();
    let organiser = site.browser(&cast.find("organiser").cookie);
    let path = format!("/api/v1/editions/{SLUG}/registrations/decisions");
    let all = json!({ "all": true, "state": "pending_review", "accept": false });

    organiser.post_once(&path, "none", &all).expect(422);
    assert_eq!(listed(&organiser, "pending_review").len(), 3);
    let list = organiser
        .get(&format!("/en/desk/{SLUG}/registrations?state=pending_review"))
        .expect(200)
        .text();
    let page = organiser
        .get(&format!(
            "/en/desk/{SLUG}/registrations/decisions?all=true&state=pending_review"
        ))
        .expect(200)
        .text();
    let stranger = site.browser(&cast.find("individual").cookie);
    stranger.post_once(&path, "stranger", &all).expect(403);
    let field = |page: &str, name: &str| {
        let (_, rest) = page
            .split_once(&format!("name=\"{name}\" value=\""))
            .expect("a field");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let fields = [
        ("_csrf", field(&page, "_csrf")),
        ("_key", field(&page, "_key")),
        ("all", "true".into()),
        ("state", "pending_review".into()),
        ("accept", "false".into()),
        ("seen", field(&page, "seen")),
        ("reason", "The hall is full".into()),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let bare: Vec<(&str, &str)> = fields[..6].to_vec();
    let form = format!("/en/desk/{SLUG}/registrations/decisions");
    let unreasoned = organiser.form(&form, &bare).expect(422).text();
    let sent = organiser.form(&form, &fields).expect(303);
    let twice = organiser.form(&form, &fields).expect(303);
    let log = organiser.get(sent.header("location")).expect(200).text();

    assert!(
        list.contains("name=\"ids[]\"") && list.contains("Decide on all of this list"),
        "{list}"
    );
    assert!(
        page.contains("Accept all 3") && page.contains("Refuse all 3") && page.contains("3 are refused"),
        "{page}"
    );
    assert!(unreasoned.contains("Refuse all 3"), "asked again: {unreasoned}");
    assert_eq!(
        twice.header("location"),
        sent.header("location"),
        "pressed twice, done once"
    );
    assert!(
        log.contains("The hall is full") && log.contains("desk/audit?object="),
        "{log}"
    );
    assert_eq!(listed(&organiser, "pending_review").len(), 0);
    assert_eq!(listed(&organiser, "rejected").len(), 3);
}
