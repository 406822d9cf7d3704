//! What sessions of a track are about, kept by pages alone: the themes of the Town Hall with whoever leads them, and the
//! scopes of the Assembly's sittings.

use access_rules::{Role, Scope};
use serde_json::json;
use tests::{Answer, Cast, Client, Site, Somebody, cast::SLUG};

/// An organiser at the desk of a congress.
struct Desk {
    site: Site,
    cast: Cast,
    client: Client,
    /// The Town Hall's own desk, which looks after no organisation.
    town_hall: Client,
}

impl Desk {
    fn open() -> Self {
        let (site, (cast, clerk)) = Site::furnished(|conn| {
            let clerk = Somebody::new(conn, "of the town hall");
            let clerk = clerk.given(conn, Role::Secretariat, Scope::Track("town_hall".into()));
            (Cast::gather(conn), clerk)
        });
        let town_hall = site.browser(&clerk.cookie);
        let client = site.browser(&cast.find("organiser").cookie);
        Self {
            site,
            cast,
            client,
            town_hall,
        }
    }

    fn page(&self, path: &str) -> String {
        self.client.get(&at(path)).expect(200).text()
    }

    fn send(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
        self.client.send_form(&at(page), &at(action), typed)
    }

    /// Sends it, and answers the page it leads to.
    fn done(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> (String, String) {
        let answer = self.send(page, action, typed).expect(303);
        let address = answer.header("location").to_owned();
        let html = self.client.get(&address).expect(200).text();
        (address, html)
    }
}

fn at(path: &str) -> String {
    format!("/en/desk/{SLUG}/{path}")
}

/// The first address below this one that a page links to.
fn below(html: &str, path: &str, title: &str) -> String {
    let start = format!("<a href=\"{}/", at(path));
    let found = html.split(start.as_str()).skip(1).find_map(|rest| {
        let (id, rest) = rest.split_once('"')?;
        let label = rest.trim_start_matches('>').split('<').next()?;
        (label == title).then(|| format!("{path}/{id}"))
    });
    found.unwrap_or_else(|| panic!("no {title:?} below {path}: {html}"))
}

#[test]
fn an_organiser_makes_a_theme_names_its_partner_and_its_lead_and_takes_them_back() {
    let desk = Desk::open();
    // From the desk's page of the track to its themes.
    let catalogue = desk.page("tracks");
    assert!(
        catalogue.contains(&format!("href=\"{}\"", at("themes"))),
        "{catalogue}"
    );
    let track = below(&catalogue, "tracks", "Town Hall");
    assert!(desk.page(&track).contains(&format!("href=\"{}\"", at("themes"))));

    let untitled = desk
        .send("themes/new", "themes/new", &[("question[en]", "Whose city?")])
        .expect(422);
    assert!(untitled.text().contains("Whose city?"), "what was typed stays");
    let typed = [("title[en]", "Cities that care"), ("question[en]", "Whose city?")];
    let (address, html) = desk.done("themes/new", "themes/new", &typed);
    let theme = address.split("/desk/harbour-2030/").nth(1).expect("its address");
    let theme = theme.split('?').next().expect("its address").to_owned();
    assert!(html.contains("Saved.") && html.contains("Whose city?"), "{html}");
    assert_eq!(below(&desk.page("themes"), "themes", "Cities that care"), theme);
    // A session may have it now.
    assert!(desk.page("sessions/new").contains("cities_that_care"));

    // Only a partner from civil society leads, found by what is typed of its name.
    let partners = format!("{theme}/partners");
    let city = [("organisation_name", "Thornveld"), ("role", "lead")];
    let refused = desk.send(&theme, &partners, &city).expect(422).text();
    assert!(
        refused.contains("A partner from civil society leads here."),
        "{refused}"
    );
    let nobody = desk.send(
        &theme,
        &partners,
        &[("organisation_name", "Nowhere at all"), ("role", "co")],
    );
    assert!(nobody.expect(422).text().contains("Nowhere at all"));
    let ngo = [("organisation_name", "Hearth and"), ("role", "lead")];
    let (_, html) = desk.done(&theme, &partners, &ngo);
    assert!(
        html.contains("Hearth and Commons") && html.contains("Leads it"),
        "{html}"
    );
    assert!(desk.page("themes").contains("Hearth and Commons"));
    let twice = desk.send(&theme, &partners, &ngo).expect(409).text();
    assert!(
        twice.contains("This organisation is a partner of the theme already."),
        "{twice}"
    );

    // Its people may be named to lead it, and nobody else.
    let (of_it, of_another) = (
        desk.cast.find("partner").person.to_string(),
        desk.cast.find("member").person.to_string(),
    );
    let html = desk.page(&theme);
    assert!(html.contains(&of_it) && !html.contains(&of_another), "{html}");
    let as_town_hall = desk.town_hall.get(&at(&theme)).expect(200).text();
    assert!(as_town_hall.contains(&of_it), "{as_town_hall}");
    let leads = format!("{theme}/leads");
    let stranger = desk
        .send(&theme, &leads, &[("person", &of_another)])
        .expect(422)
        .text();
    assert!(
        stranger.contains("This person holds no confirmed position"),
        "{stranger}"
    );
    let dismiss = format!("{leads}/{of_it}/dismiss");
    let (_, html) = desk.done(&theme, &leads, &[("person", &of_it)]);
    assert!(html.contains(&dismiss), "{html}");
    let (_, html) = desk.done(&theme, &dismiss, &[]);
    assert!(!html.contains(&dismiss), "{html}");

    // A theme somebody stood behind is retired, not removed; what is typed in its form stays what it was.
    let kept = desk
        .send(&theme, &format!("{theme}/remove"), &[])
        .expect(409)
        .text();
    assert!(
        kept.contains("Something else refers to it") && kept.contains("Whose city?"),
        "{kept}"
    );
    let end = html
        .split(&at(&format!("{partners}/")))
        .nth(1)
        .expect("a partner");
    let end = format!("{partners}/{}", end.split('"').next().expect("its end"));
    let (_, html) = desk.done(&theme, &end, &[]);
    assert!(!html.contains("Hearth and Commons"), "{html}");
    let retired = [("title[en]", "Cities that care"), ("retired", "true")];
    desk.done(&theme, &theme, &retired);
    assert!(desk.page("themes").contains("No longer used"));
    assert!(!desk.page("sessions/new").contains("cities_that_care"));

    desk.done(
        "themes/new",
        "themes/new",
        &[("title[en]", "Water"), ("code", "water")],
    );
    let water = below(&desk.page("themes"), "themes", "Water");
    let (address, html) = desk.done(&water, &format!("{water}/remove"), &[]);
    assert!(
        address.starts_with(&at("themes")) && !html.contains("Water"),
        "{html}"
    );
}

#[test]
fn an_organiser_says_what_sittings_may_be_about() {
    let desk = Desk::open();
    let catalogue = desk.page("tracks");
    assert!(
        catalogue.contains(&format!("href=\"{}\"", at("scopes"))),
        "{catalogue}"
    );
    let track = below(&catalogue, "tracks", "Assembly");
    assert!(desk.page(&track).contains(&format!("href=\"{}\"", at("scopes"))));
    let standard = desk.page("scopes");
    assert!(
        standard.contains("These are offered until you change or add one"),
        "{standard}"
    );
    let africa = below(&standard, "scopes", "Africa");

    let group = [("kind", "continental"), ("title[en]", "The South")];
    let without = desk.send("scopes/new", "scopes/new", &group).expect(422).text();
    assert!(without.contains("value=\"The South\""), "{without}");
    let both = [("sections[]", "africa"), ("sections[]", "latin_america")];
    let (address, html) = desk.done("scopes/new", "scopes/new", &[&group[..], &both].concat());
    assert!(
        address.starts_with(&at("scopes")) && html.contains("Africa, Latin America"),
        "{html}"
    );
    assert!(
        !html.contains("These are offered until"),
        "the list is the congress's own"
    );
    assert!(desk.page("sessions/new").contains("value=\"the_south\""));

    let (_, html) = desk.done(
        &africa,
        &africa,
        &[("title[en]", "All Africa"), ("sections[]", "africa")],
    );
    let africa_again = below(&html, "scopes", "All Africa");
    assert_eq!(africa_again, africa);
    // The page somebody else opened before is stale.
    let late = [
        ("title[en]", "Afrique"),
        ("sections[]", "africa"),
        ("_version", "0"),
    ];
    desk.send(&africa, &africa, &late).expect(412);
    let south = below(&html, "scopes", "The South");
    let (_, html) = desk.done(&south, &format!("{south}/remove"), &[]);
    assert!(
        !html.contains("The South") && html.contains("All Africa"),
        "{html}"
    );
}

#[test]
fn r63_a_program_says_what_sittings_may_be_about() {
    let desk = Desk::open();
    let base = format!("/api/v1/editions/{SLUG}/sitting-scopes");
    let listed = |client: &Client| client.get(&base).expect(200).json()["items"].clone();
    let standard = listed(&desk.site.nobody());
    let codes: Vec<&str> = standard
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|scope| scope["code"].as_str())
        .collect();
    assert!(
        codes.contains(&"africa") && codes.contains(&"territories"),
        "{codes:?}"
    );
    assert!(
        standard
            .as_array()
            .is_some_and(|all| all.iter().all(|one| one["version"] == 0))
    );

    let south = json!({ "kind": "continental", "title": { "en": "The South" } });
    let refused = desk.client.post_once(&base, "none", &south).expect(422).json();
    assert_eq!(refused["errors"][0]["pointer"], "/sections", "{refused}");
    let south = json!({ "kind": "continental", "title": { "en": "The South" }, "sections": ["latin_america", "africa", "africa"] });
    let made = desk.client.post_once(&base, "south", &south).expect(201);
    assert_eq!(
        (&made.json()["code"], &made.json()["sections"]),
        (&json!("the_south"), &json!(["africa", "latin_america"]))
    );
    let own = made.header("location").to_owned();
    assert!(own.starts_with(&base), "{own}");
    // The Town Hall's desk does not change what the Assembly's sittings are about.
    desk.town_hall.put(&own, Some("\"v1\""), &south).expect(403);
    let twice = desk.client.post_once(&base, "twice", &south).expect(409);
    assert_eq!(twice.code(), "already_exists");

    let africa = standard
        .as_array()
        .and_then(|all| all.iter().find(|one| one["code"] == "africa"));
    let africa = africa.and_then(|one| one["id"].as_str()).expect("it is there");
    let africa = format!("{base}/{africa}");
    let renamed = json!({ "title": { "en": "All Africa" }, "sections": ["africa"] });
    desk.client.put(&africa, Some("\"v7\""), &renamed).expect(412);
    let changed = desk.client.put(&africa, Some("\"v0\""), &renamed).expect(200);
    assert_eq!(changed.header("etag"), "\"v1\"");
    assert_eq!(
        desk.client
            .put(&africa, Some("\"v0\""), &renamed)
            .expect(412)
            .code(),
        "stale"
    );
    // The page of the desk shows the same.
    let page = desk.page("scopes");
    assert!(
        page.contains("All Africa") && page.contains("The South"),
        "{page}"
    );

    desk.client.send("DELETE", &own, &[], None).expect(204);
    desk.client.send("DELETE", &own, &[], None).expect(404);
    assert!(!listed(&desk.client).to_string().contains("the_south"));
}
