//! What a congress decided, from the room it came from to whoever it is for: read by anybody, traced both ways, addressed,
//! answered, mapped, and published as a collection that never changes.

use std::process::Command;

use access_rules::Actor;
use db::{Database, DatabaseUrl, migrate};
use kernel::{LocalDate, Localized, Moment};
use members::organisations;
use outcomes::collection::{self, Citing, CollectionInput};
use serde_json::{Value, json};
use tests::{Answer, Cast, Client, Decided, Program, Site, cast::SLUG};

/// A congress that has decided, and who asks.
struct Open {
    site: Site,
    cast: Cast,
    decided: Decided,
    desk: Client,
}

impl Open {
    fn begin() -> Self {
        let (site, (cast, decided)) = Site::furnished(|conn| {
            let cast = Cast::gather(conn);
            let decided = Decided::gather(conn, &cast);
            (cast, decided)
        });
        let desk = site.browser(&cast.find("organiser").cookie);
        Self {
            site,
            cast,
            decided,
            desk,
        }
    }

    fn browser(&self, name: &str) -> Client {
        self.site.browser(&self.cast.find(name).cookie)
    }

    /// The id of an organisation by its name.
    fn organisation(&self, name: &str) -> String {
        let found = organisations::suggest(&mut self.site.conn(), name, 1).expect("asked");
        found.first().expect("one").id.to_string()
    }

    /// Sends a form of the desk and answers the page it leads to.
    fn done(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> String {
        let answer = self.desk.send_form(&desk(page), &desk(action), typed).expect(303);
        let address = answer.header("location").to_owned();
        self.desk.get(&address).expect(200).text()
    }
}

fn api(path: &str) -> String {
    format!("/api/v1/editions/{SLUG}/{path}")
}

fn page(path: &str) -> String {
    format!("/en/{SLUG}/{path}")
}

fn desk(path: &str) -> String {
    format!("/en/desk/{SLUG}/{path}")
}

/// The codes of what a list holds.
fn codes(list: &Value) -> Vec<String> {
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let code = |item: &Value| {
        let own = [&item["code"], &item["outcome"]["code"]];
        own.iter().find_map(|code| code.as_str().map(str::to_owned))
    };
    items.iter().filter_map(code).collect()
}

fn json_of(answer: Answer) -> Value {
    answer.expect(200).json()
}

#[test]
fn what_is_decided_stands_in_the_navigation_once_there_is_something() {
    let (site, cast) = Site::furnished(Cast::gather);
    let nobody = site.nobody();
    let link = format!("href=\"{}\"", page("outcomes"));
    let pages = [page(""), page("programme"), page("programme?track=assembly")];
    for address in &pages {
        let html = nobody.get(address.trim_end_matches('/')).expect(200).text();
        assert!(!html.contains(&link), "{address}: {html}");
    }
    let empty = nobody.get(&page("outcomes")).expect(200).text();
    assert!(empty.contains("Nothing is decided yet"), "{empty}");

    Decided::gather(&mut site.conn(), &cast);
    // The public programme is shown anew, though nothing was released.
    site.refresh();

    for address in &pages {
        let html = nobody.get(address.trim_end_matches('/')).expect(200).text();
        assert!(html.contains(&link), "{address}: {html}");
    }
    let french = nobody.get(&format!("/fr/{SLUG}/outcomes")).expect(200).text();
    assert!(
        french.contains("Résultats") && french.contains("Ce que Durban a décidé"),
        "{french}"
    );
}

#[test]
fn anybody_reads_what_was_decided_with_its_reason_and_nobody_what_is_prepared() {
    let open = Open::begin();
    let nobody = open.site.nobody();

    let series = nobody.get(&page("outcomes")).expect(200).text();
    for told in [
        "What Durban decided",
        "TH-2030-01-R01",
        "Two networks ask for a text on small islands first.",
        "Adopted as amended",
    ] {
        assert!(series.contains(told), "{told}: {series}");
    }
    for hidden in ["TH-2030-01-R03", "Night transport", "WA-2030-D1"] {
        assert!(!series.contains(hidden), "{hidden}: {series}");
        assert!(
            open.desk
                .get(&page("outcomes"))
                .expect(200)
                .text()
                .contains(hidden)
        );
    }
    // Filters stay in the address, and in what they lead to.
    let returned = nobody.get(&page("outcomes?state=returned")).expect(200).text();
    assert!(
        returned.contains("TH-2030-01-R02") && !returned.contains("TH-2030-01-R01"),
        "{returned}"
    );
    assert!(
        returned.contains("/fr/harbour-2030/outcomes?state=returned"),
        "{returned}"
    );
    let other = nobody
        .get(&page("outcomes?agenda=paris_agreement"))
        .expect(200)
        .text();
    assert!(other.contains("Nothing fits these filters"), "{other}");
    let listed = json_of(nobody.get(&api("outcomes?adopted=true")));
    assert_eq!(codes(&listed), ["TH-2030-01-R01", "TH-2030-01-R04"]);
    let first = json_of(nobody.get(&api("outcomes?limit=1")));
    let next = first["next"].as_str().expect("more");
    let second = json_of(nobody.get(&api(&format!("outcomes?limit=1&after={next}"))));
    assert_ne!(codes(&first), codes(&second));

    // One of them: its words under their numbers, where it came from, what became of it.
    let own = nobody.get(&page("outcomes/TH-2030-01-R01")).expect(200).text();
    for told in [
        "Homes before assets",
        "Cities keep homes for those who live in them.",
        "class=\"flow\"",
        "<details open>",
        "The right to the city",
        "Hearth and Commons",
        "New Urban Agenda",
        "31 December 2033",
        "Authentic text, in English",
        "Cite this",
    ] {
        assert!(own.contains(told), "{told}: {own}");
    }
    let french = nobody
        .get(&format!("/fr/{SLUG}/outcomes/TH-2030-01-R01"))
        .expect(200)
        .text();
    assert!(french.contains("Des foyers avant des actifs"), "{french}");
    for (code, who) in [("TH-2030-01-R03", "nobody"), ("WA-2030-D1", "member")] {
        let reader = if who == "nobody" {
            open.site.nobody()
        } else {
            open.browser(who)
        };
        reader.get(&page(&format!("outcomes/{code}"))).expect(404);
        reader.get(&api(&format!("outcomes/{code}"))).expect(404);
    }
}

#[test]
fn r194_from_an_adopted_recommendation_to_its_room_paper_and_organisation_and_back() {
    let open = Open::begin();
    let nobody = open.site.nobody();
    let way = json_of(nobody.get(&api("outcomes/TH-2030-01-R01/provenance")));
    let origin = &way["origin"];
    let ids = [
        ("session", "sessions", open.cast.open.to_string()),
        ("paper", "papers", open.decided.paper.to_string()),
        (
            "organisation",
            "organisations",
            open.decided.organisation.to_string(),
        ),
    ];

    for (name, kind, id) in ids {
        assert_eq!(origin[name], id.as_str(), "{name}: {way}");
        let back = json_of(nobody.get(&format!("/api/v1/{kind}/{id}/outcomes")));
        let codes = codes(&back);
        assert!(codes.contains(&"TH-2030-01-R01".to_owned()), "{name}: {back}");
        // What is not decided is on no way either.
        assert!(!codes.contains(&"TH-2030-01-R03".to_owned()), "{name}: {back}");
        let desk = json_of(open.desk.get(&format!("/api/v1/{kind}/{id}/outcomes")));
        assert!(
            self::codes(&desk).contains(&"TH-2030-01-R03".to_owned()),
            "{desk}"
        );
    }
    let ways = nobody.get(&page("outcomes/ways")).expect(200).text();
    assert!(
        ways.contains("The right to the city")
            && ways.contains("TH-2030-01-R01")
            && !ways.contains("TH-2030-01-R03"),
        "{ways}"
    );
    let absent = "0192f0c1-2d3e-7f4a-8b5c-6d7e8f901234";
    for kind in ["sessions", "papers", "themes", "organisations"] {
        nobody
            .get(&format!("/api/v1/{kind}/{absent}/outcomes"))
            .expect(404);
    }
}

#[test]
fn r101_an_outcome_keeps_its_code_and_what_is_decided_keeps_its_words() {
    let open = Open::begin();
    let own = api("outcomes/TH-2030-01-R03");
    let before = open.desk.get(&own).expect(200);
    let words =
        json!({ "title": { "en": "Night transport for everyone" }, "markdown": "Buses run all night." });
    let after = open
        .desk
        .put(&own, Some(before.header("etag")), &words)
        .expect(200)
        .json();
    assert_eq!(after["code"], "TH-2030-01-R03");
    let read = json_of(open.desk.get(&own));
    assert_eq!(read["title"]["en"], "Night transport for everyone");

    let decided = api("outcomes/TH-2030-01-R01");
    let etag = open.desk.get(&decided).expect(200).header("etag").to_owned();
    let refused = open.desk.put(&decided, Some(&etag), &words).expect(409);
    assert_eq!(refused.code(), "outcome_decided");
    // Without a version, and with an old one, it is not done.
    assert_eq!(
        open.desk.put(&own, None, &words).expect(428).code(),
        "version_needed"
    );
    open.desk
        .put(&own, Some(before.header("etag")), &words)
        .expect(412);

    // The World Assembly's own is drafted at the desk, and nobody else's until it is presented.
    let empty = open
        .desk
        .send_form(
            &desk("outcomes/new"),
            &desk("outcomes/new"),
            &[("kind", "declaration")],
        )
        .expect(422);
    assert!(empty.text().contains("aria-invalid"), "{}", empty.text());
    let typed = [
        ("kind", "recommendation"),
        ("language", "en"),
        ("title[en]", "Every city has a voice"),
        ("markdown", "We ask for it."),
    ];
    let html = open.done("outcomes/new", "outcomes/new", &typed);
    assert!(
        html.contains("WA-2030-R01") && html.contains("We ask for it."),
        "{html}"
    );
    open.site.nobody().get(&page("outcomes/WA-2030-R01")).expect(404);
    let inbox = open.desk.get(&desk("outcomes")).expect(200).text();
    assert!(
        inbox.contains("WA-2030-R01")
            && inbox.contains("TH-2030-01-R03")
            && inbox.contains("The right to the city"),
        "{inbox}"
    );
}

#[test]
fn r191_what_is_adopted_is_a_to_do_until_it_is_addressed() {
    let open = Open::begin();
    let waiting = || codes(&json_of(open.desk.get(&api("outcomes/unreferenced"))));
    assert_eq!(waiting(), ["TH-2030-01-R01", "TH-2030-01-R04"]);
    let today = open.desk.get(&format!("/en/desk/{SLUG}")).expect(200).text();
    assert!(today.contains("Adopted, addressed to nobody yet"), "{today}");
    open.browser("member")
        .get(&api("outcomes/unreferenced"))
        .expect(403);

    let own = "outcomes/TH-2030-01-R01";
    let nothing = open
        .desk
        .send_form(
            &desk(own),
            &desk(&format!("{own}/references")),
            &[("note[en]", "")],
        )
        .expect(422);
    assert!(nothing.text().contains("id=\"errors\""), "{}", nothing.text());
    let typed = [
        ("addressed_to", "gtf"),
        ("field", "advocacy"),
        ("note[en]", "For the next round of negotiations."),
    ];
    let html = open.done(own, &format!("{own}/references"), &typed);
    assert!(html.contains("Global Taskforce"), "{html}");

    assert_eq!(waiting(), ["TH-2030-01-R04"]);
    let shown = open.site.nobody().get(&page(own)).expect(200).text();
    assert!(
        shown.contains("Global Taskforce, for Advocacy") && shown.contains("For the next round"),
        "{shown}"
    );
    // What was not adopted is a reference for nobody.
    let refused = open.desk.post_once(
        &api("outcomes/TH-2030-01-R02/references"),
        "returned",
        &json!({ "addressed_to": "uclg", "field": "policy" }),
    );
    assert_eq!(refused.expect(409).code(), "outcome_not_adopted");
}

#[test]
fn r99_a_body_is_asked_answers_and_is_late_until_it_does() {
    let open = Open::begin();
    let nobody = open.site.nobody();
    let (focal, stranger) = (open.browser("focal point"), open.browser("partner"));
    let mine = page("my-congress");
    assert!(!focal.get(&mine).expect(200).text().contains(&page("responses")));
    let bare = nobody.get(&page("outcomes/unanswered")).expect(200).text();
    assert!(
        bare.contains("About these nobody was asked yet") && bare.contains("TH-2030-01-R01"),
        "{bare}"
    );

    // The desk asks, by the name it types; a day that is over makes it late.
    let own = "outcomes/TH-2030-01-R01";
    let typed = [("organisation_name", "Thornveld"), ("due_on", "2020-02-01")];
    open.done(own, &format!("{own}/responses"), &typed);
    let twice = open
        .desk
        .send_form(&desk(own), &desk(&format!("{own}/responses")), &typed)
        .expect(409);
    assert!(twice.text().contains("Thornveld"), "{}", twice.text());
    let late = nobody.get(&page("outcomes/unanswered")).expect(200).text();
    assert!(late.contains("Thornveld") && late.contains("days late"), "{late}");
    let waiting = json_of(nobody.get(&api("outcomes/unanswered")));
    assert!(
        waiting["items"][0]["asked"]["days_left"].as_i64().expect("days") < -1000,
        "{waiting}"
    );

    // It is led there from My congress, and answers in its own words.
    let told = focal.get(&mine).expect(200).text();
    assert!(told.contains("One recommendation waits for my answer"), "{told}");
    let list = focal.get(&page("responses")).expect(200).text();
    assert!(list.contains("Homes before assets"), "{list}");
    let asked = json_of(focal.get(&api("me/responses")));
    let id = asked["items"][0]["id"].as_str().expect("an id").to_owned();
    let form = page(&format!("responses/{id}"));
    stranger.get(&form).expect(404);
    open.site.nobody().get(&form).expect(303);
    let empty = focal
        .send_form(&form, &form, &[("said[en]", "We build.")])
        .expect(422);
    assert!(
        empty.text().contains("We build."),
        "what was typed stays: {}",
        empty.text()
    );
    let typed = [
        ("answer", "partly"),
        ("said[en]", "We build a thousand homes by 2032."),
    ];
    let sent = focal.send_form(&form, &form, &typed).expect(303);
    let list = focal.get(sent.header("location")).expect(200).text();
    assert!(
        list.contains("The answer is sent") && list.contains("Partly accepted"),
        "{list}"
    );

    assert!(!focal.get(&mine).expect(200).text().contains(&page("responses")));
    let shown = nobody.get(&page(own)).expect(200).text();
    assert!(
        shown.contains("We build a thousand homes by 2032.") && shown.contains("Partly accepted"),
        "{shown}"
    );
    let left = json_of(nobody.get(&api("outcomes/unanswered")));
    assert!(!codes(&left).contains(&"TH-2030-01-R01".to_owned()), "{left}");
    // Another body's answer is not theirs to give; the desk enters it.
    let other = open.desk.post_once(
        &api("outcomes/TH-2030-01-R04/responses"),
        "other",
        &json!({ "organisation": open.organisation("Port Merrow"), "due_on": "2031-02-01" }),
    );
    let other = other.expect(201);
    let path = other.header("location").to_owned();
    let noted = json!({ "answer": "noted", "said": { "en": "We take note." } });
    let version = other.header("etag").to_owned();
    focal.put(&path, Some(&version), &noted).expect(403);
    let given = open.desk.put(&path, Some(&version), &noted).expect(200).json();
    assert_eq!(given["answer"], "noted");
}

#[test]
fn r75_r76_outcomes_stand_under_the_agendas_they_serve() {
    let open = Open::begin();
    let nobody = open.site.nobody();
    let own = "outcomes/TH-2030-01-R04";
    let html = open.done(
        own,
        &format!("{own}/agendas"),
        &[("agenda", "sdg_11"), ("phase", "review")],
    );
    assert!(html.contains("Goal 11"), "{html}");
    let unknown = [("agenda", "moon_treaty"), ("phase", "review")];
    open.desk
        .send_form(&desk(own), &desk(&format!("{own}/agendas")), &unknown)
        .expect(422);

    let report = json_of(nobody.get(&api("agendas")));
    let lines = report["items"].as_array().cloned().unwrap_or_default();
    let of = |code: &str| lines.iter().find(|line| line["agenda"]["code"] == code).cloned();
    let agenda = of("agenda_2030").expect("the agenda of a goal");
    assert_eq!(
        (&agenda["outcomes"], &agenda["phases"]["review"]),
        (&json!(1), &json!(1))
    );
    let urban = of("new_urban_agenda").expect("listed");
    assert_eq!(
        (&urban["outcomes"], &urban["phases"]["follow_up"]),
        (&json!(1), &json!(1))
    );
    let follow_up = json_of(nobody.get(&api("agendas/new_urban_agenda")));
    assert_eq!(codes(&follow_up), ["TH-2030-01-R01"]);

    let table = nobody.get(&page("outcomes/agendas")).expect(200).text();
    assert!(
        table.contains("New Urban Agenda") && table.contains("Follow-up"),
        "{table}"
    );
    let serving = nobody
        .get(&page("outcomes/agendas/agenda_2030"))
        .expect(200)
        .text();
    assert!(
        serving.contains("TH-2030-01-R04") && !serving.contains("TH-2030-01-R01"),
        "{serving}"
    );
    nobody.get(&page("outcomes/agendas/moon_treaty")).expect(404);
}

#[test]
fn r193_priorities_without_recommendation_and_recommendations_without_priority() {
    let open = Open::begin();
    for (code, title) in [("care", "Cities that care"), ("peace", "Peace")] {
        let typed = [("title[en]", title), ("code", code)];
        open.done("outcomes/priorities/new", "outcomes/priorities/new", &typed);
    }
    let all = json_of(open.site.nobody().get(&api("priorities")));
    let care = all["items"][0]["id"].as_str().expect("an id").to_owned();
    let own = "outcomes/TH-2030-01-R01";
    let html = open.done(own, &format!("{own}/priorities"), &[("priorities[]", &care)]);
    assert!(html.contains("checked"), "{html}");

    let found = json_of(open.site.nobody().get(&api("priorities/coverage")));
    assert_eq!(found["without_recommendation"], json!(["peace"]));
    let without: Vec<&Value> = found["without_priority"]
        .as_array()
        .map(|all| all.iter().map(|own| &own["code"]).collect())
        .unwrap_or_default();
    // What was returned renews nothing, and what is not decided is not told to nobody.
    assert_eq!(without, [&json!("TH-2030-01-R04")]);
    let table = open
        .site
        .nobody()
        .get(&page("outcomes/coverage"))
        .expect(200)
        .text();
    assert!(
        table.contains("Cities that care")
            && table.contains("No recommendation")
            && table.contains("TH-2030-01-R04"),
        "{table}"
    );
    // One that is renewed stays.
    let remove = format!("outcomes/priorities/{care}");
    let refused = open
        .desk
        .send_form(&desk(&remove), &desk(&format!("{remove}/remove")), &[])
        .expect(409);
    assert!(refused.text().contains("Cities that care"), "{}", refused.text());
}

#[test]
fn r192_a_collection_is_put_in_order_and_published_as_editions_that_never_change() {
    let open = Open::begin();
    let nobody = open.site.nobody();
    nobody.get(&page("outcomes/collection")).expect(404);
    nobody.get(&api("collection")).expect(404);

    let at = "outcomes/collection";
    let untitled = open
        .desk
        .send_form(&desk(at), &desk(&format!("{at}/publish")), &[])
        .expect(422);
    assert!(
        untitled.text().contains("It has no political declaration."),
        "{}",
        untitled.text()
    );
    open.done(
        at,
        at,
        &[
            ("title[en]", "What the harbour decided"),
            ("foreword[en]", "For four years."),
        ],
    );
    // The fourth goes before the first.
    let (first, fourth) = (
        format!("place[{}]", open.decided.adopted.id),
        format!("place[{}]", open.decided.amended.id),
    );
    let html = open.done(at, &format!("{at}/order"), &[(&first, "2"), (&fourth, "1")]);
    let place = |html: &str, code: &str| html.find(code).unwrap_or(usize::MAX);
    assert!(
        place(&html, "TH-2030-01-R04") < place(&html, "TH-2030-01-R01"),
        "{html}"
    );
    open.done(
        "outcomes/TH-2030-01-R01",
        "outcomes/TH-2030-01-R01/links",
        &[("other", "TH-2030-01-R04")],
    );
    let html = open.done(at, &format!("{at}/publish"), &[]);
    assert!(html.contains("Published. It is public"), "{html}");

    let published = nobody.get(&api("collection")).expect(200);
    let view = published.json();
    let items: Vec<&Value> = view["items"]
        .as_array()
        .map(|all| all.iter().map(|item| &item["code"]).collect())
        .unwrap_or_default();
    assert_eq!(
        (items, &view["number"]),
        (
            vec![&json!("TH-2030-01-R04"), &json!("TH-2030-01-R01")],
            &json!(1)
        )
    );
    assert_eq!(view["items"][0]["links"], json!(["TH-2030-01-R01"]));
    let citation = view["citation"]["en"].as_str().expect("a citation").to_owned();
    assert!(citation.contains(&page("outcomes/collection/1")), "{citation}");
    let shown = nobody.get(&page("outcomes/collection/1")).expect(200).text();
    for told in [
        "What the harbour decided",
        "For four years.",
        "Water stays public, everywhere.",
        &citation,
    ] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    let series = nobody.get(&page("outcomes")).expect(200).text();
    assert!(
        series.contains("Published as a collection, edition 1"),
        "{series}"
    );

    // Nothing changed: the same edition. Something did: the next one, and the first stays as it was.
    let version = |open: &Open| {
        let draft = open.desk.get(&api("collection/draft")).expect(200);
        draft.header("etag").to_owned()
    };
    let publish = |open: &Open, key: &str| {
        let etag = version(open);
        let headers = [("idempotency-key", key), ("if-match", etag.as_str())];
        open.desk
            .send("POST", &api("collection/editions"), &headers, None)
            .expect(201)
            .json()
    };
    assert_eq!(publish(&open, "again")["number"], 1);
    open.done(at, at, &[("title[en]", "What Durban decided, revised")]);
    let second = publish(&open, "second");
    assert_eq!(
        (&second["number"], &second["warnings"][0]),
        (&json!(2), &json!("no_declaration"))
    );
    assert_eq!(json_of(nobody.get(&api("collection/editions/1"))), view);
    let all = json_of(nobody.get(&api("collection/editions")));
    assert_eq!(all["items"].as_array().map_or(0, Vec::len), 2, "{all}");

    // As files, in each language and form, the same for ever.
    let file = nobody
        .get(&api("collection/export?format=md&language=fr&number=1"))
        .expect(200);
    assert!(
        file.header("content-type").starts_with("text/markdown"),
        "{:?}",
        file.headers
    );
    assert!(file.text().contains("TH-2030-01-R04") && file.text().contains("Langue faisant foi"));
    let known = [("if-none-match", file.header("etag"))];
    nobody
        .send(
            "GET",
            &api("collection/export?format=md&language=fr&number=1"),
            &known,
            None,
        )
        .expect(304);
    let whole = nobody.get(&api("collection/export?number=1")).expect(200);
    assert!(whole.text().contains("<html lang=\"en\">") && !whole.text().contains("<script"));
    nobody.get(&api("collection/export?format=odt")).expect(400);
    nobody.get(&api("collection/export?number=9")).expect(404);
}

#[test]
fn r88_an_outcome_is_said_in_another_language_beside_the_text_that_counts() {
    let open = Open::begin();
    let own = "outcomes/TH-2030-01-R01";
    let page_of = open.desk.get(&desk(own)).expect(200).text();
    let sheet = format!("{own}/translate/fr");
    assert!(page_of.contains(&desk(&sheet)), "{page_of}");
    open.desk.get(&desk(&format!("{own}/translate/en"))).expect(404);
    open.desk.get(&desk(&format!("{own}/translate/tlh"))).expect(404);

    let text = json_of(open.desk.get(&api(own)));
    let block = text["text"]["blocks"][0]["id"]
        .as_str()
        .expect("a block")
        .to_owned();
    let (action, field) = (format!("{sheet}/{block}"), format!("said[{block}]"));
    let two = open
        .desk
        .send_form(&desk(&sheet), &desk(&action), &[(&field, "Un.\n\nDeux.")])
        .expect(422);
    assert!(
        two.text().contains("Deux."),
        "what was typed stays: {}",
        two.text()
    );
    let words = "Les villes gardent les foyers pour qui les habite.";
    let html = open.done(&sheet, &action, &[(&field, words)]);
    assert!(
        html.contains(words) && html.contains("Not read over yet"),
        "{html}"
    );
    // Who translated does not read it over.
    assert!(!html.contains("I have read it over"), "{html}");

    // A reader in French sees it, and what is not translated yet in the language that counts.
    let french = open
        .site
        .nobody()
        .get(&format!("/fr/{SLUG}/{own}"))
        .expect(200)
        .text();
    assert!(
        french.contains(words) && french.contains("lang=\"en\"><a class=\"b-number\""),
        "{french}"
    );
    let english = open.site.nobody().get(&page(own)).expect(200).text();
    assert!(
        !english.contains(words) && english.contains("?text=fr#text"),
        "{english}"
    );
    let chosen = open
        .site
        .nobody()
        .get(&page(&format!("{own}?text=fr")))
        .expect(200)
        .text();
    assert!(chosen.contains(words), "{chosen}");
    let read = json_of(open.site.nobody().get(&api(&format!("{own}?language=fr"))));
    assert_eq!(
        (
            &read["text"]["is_whole"],
            &read["text"]["blocks"][0]["is_translated"]
        ),
        (&json!(false), &json!(true))
    );
}

#[test]
fn a_published_collection_is_written_out_from_the_command_line() {
    let Some(program) = Program::built() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let url = DatabaseUrl::sqlite(&folder.path().join("hemicycle.db"));
    migrate::up(&url).expect("a schema");
    let database = Database::open(&url, db::Settings::usual()).expect("opens");
    let edition = database
        .write("furnish", |conn| {
            let cast = Cast::gather(conn);
            Decided::gather(conn, &cast);
            Ok(cast.congress.edition)
        })
        .expect("furnished");
    let written = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args([
            "export",
            "outcomes",
            "--database",
            url.as_str(),
            "--edition",
            SLUG,
        ]);
        command.args(arguments).env("HEMICYCLE_LOG_LEVEL", "error");
        command.output().expect("it runs")
    };
    let nothing = written(&["--format", "md"]);
    assert!(!nothing.status.success());
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("nothing was published yet"));

    database
        .write("publish", move |conn| {
            let (system, now) = (Actor::system(), Moment::now());
            let title = CollectionInput {
                title: Localized::only("en", "What the harbour decided"),
                ..CollectionInput::default()
            };
            collection::edit(conn, &system, now, edition, &title, None)?;
            let (on, citing) = (LocalDate::on("2030-11-15"), Citing::default());
            collection::publish(conn, &system, now, edition, on, &citing, None).map(drop)
        })
        .expect("published");
    let markdown = written(&["--format", "md", "--language", "fr"]);
    let text = String::from_utf8_lossy(&markdown.stdout).into_owned();
    assert!(
        markdown.status.success() && text.starts_with("# What the harbour decided"),
        "{text}"
    );
    assert!(
        text.contains("TH-2030-01-R01") && text.contains("Langue faisant foi"),
        "{text}"
    );
    let page = written(&["--format", "html"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains("<html lang=\"en\">"));
    for (form, begins) in [("akn", &b"<?xml"[..]), ("docx", b"PK"), ("pdf", b"%PDF-")] {
        let own = written(&["--format", form]);
        assert!(own.status.success() && own.stdout.starts_with(begins), "{form}");
    }
    let unknown = written(&["--format", "html", "--number", "9"]);
    assert!(!unknown.status.success());
}
