//! Looking for words: what says them is found by whoever may read it, in each reading of inclusive writing, and nothing else
//! is told to anybody.

use access_rules::{Actor, Key};
use db::testing;
use kernel::{Fault, Localized, Moment};
use outcomes::{decisions, model::OutcomeKind, outcomes as drafts, rules, wordings::NewOutcome};
use papers::{model::PaperState, progress};
use serde_json::Value;
use tests::{Cast, Client, Decided, Site, cast::SLUG};

/// A congress that has decided, and who asks.
struct Open {
    site: Site,
    cast: Cast,
    decided: Decided,
}

impl Open {
    fn begin() -> Self {
        let (site, (cast, decided)) = Site::furnished(|conn| {
            let cast = Cast::gather(conn);
            let decided = Decided::gather(conn, &cast);
            (cast, decided)
        });
        Self { site, cast, decided }
    }

    fn browser(&self, name: &str) -> Client {
        self.site.browser(&self.cast.find(name).cookie)
    }

    /// Somebody of each kind, and nobody.
    fn all(&self) -> Vec<(&str, Client)> {
        let nobody = ("nobody", self.site.nobody());
        let people = self.cast.people.iter();
        let people = people.map(|one| (one.name.as_str(), self.site.browser(&one.cookie)));
        std::iter::once(nobody).chain(people).collect()
    }

    /// A declaration in French that the World Assembly adopts; its code.
    fn adopts(&self, title: &str, markdown: &str) -> String {
        let conn = &mut self.site.conn();
        let (now, edition) = (Moment::now(), self.cast.congress.edition);
        let new = NewOutcome {
            kind: OutcomeKind::Declaration,
            title: Localized::only("fr", title),
            language: "fr".into(),
            markdown: markdown.into(),
            agendas: vec![],
        };
        conn.transaction(|conn| {
            let made = drafts::draft(conn, &Actor::system(), now, edition, 2030, &new)?;
            decisions::present(conn, None, now, made.id, None, "")?;
            decisions::debate(conn, None, now, made.id, None, "")?;
            let horizon = rules::horizon(2030, 3);
            decisions::adopt(conn, None, now, made.id, None, "", horizon)
        })
        .expect("adopted")
        .code
    }

    /// Every row that can be found, as the engine writes it.
    fn kept(&self) -> Vec<Vec<String>> {
        let conn = &mut self.site.conn();
        let columns = testing::tables(conn).remove("search_entries").expect("a table");
        let mut rows = testing::rows(conn, "search_entries", &columns);
        rows.sort();
        rows
    }
}

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn api(typed: &str, more: &str) -> String {
    format!("/api/v1/editions/{SLUG}/search?q={}{more}", escaped(typed))
}

fn page(language: &str, typed: &str) -> String {
    format!("/{language}/{SLUG}/search?q={}", escaped(typed))
}

fn hits(client: &Client, typed: &str) -> Vec<Value> {
    let list = client.get(&api(typed, "")).expect(200).json();
    assert_eq!(list.get("next"), None, "{typed}");
    list["items"].as_array().cloned().expect("a list")
}

fn codes(hits: &[Value]) -> Vec<String> {
    let code = |hit: &Value| hit["code"].as_str().expect("a code").to_owned();
    hits.iter().map(code).collect()
}

/// Where the page leads.
fn addresses(html: &str) -> Vec<String> {
    let found = html.split("<h3><a href=\"").skip(1);
    let address = found.filter_map(|rest| rest.split('"').next());
    address
        .map(|address| address.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

#[test]
fn r258_words_without_accents_find_inclusive_writing_in_every_language_of_the_site() {
    let open = Open::begin();
    let code = open.adopts(
        "Avec les élu·e·s",
        "Les représentant·e·s décident.\n\nRien <b>d’autre</b>.",
    );
    let nobody = open.site.nobody();

    for typed in ["representants", "Représentantes", "représentant·e·s", "represent"] {
        let found = hits(&nobody, typed);
        assert_eq!(codes(&found), [code.as_str()], "{typed}");
        let block = found[0]["block"].as_str().expect("a block").to_owned();
        let marked: Vec<&Value> = found[0]["excerpt"]
            .as_array()
            .expect("pieces")
            .iter()
            .filter(|piece| piece["is_hit"] == true)
            .map(|piece| &piece["text"])
            .collect();
        assert_eq!(marked, ["représentant·e·s"], "{typed}");
        for language in ["en", "fr", "es"] {
            let html = nobody.get(&page(language, typed)).expect(200).text();
            assert!(
                html.contains("<mark class=\"hl\">représentant·e·s</mark>"),
                "{html}"
            );
            let wanted = format!("/{language}/{SLUG}/outcomes/{code}?text=fr#b-{block}");
            assert_eq!(addresses(&html), [wanted.as_str()]);
            let there = nobody
                .get(wanted.split('#').next().expect("a page"))
                .expect(200)
                .text();
            assert!(there.contains(&format!("id=\"b-{block}\"")), "{there}");
        }
    }
    let titled = hits(&nobody, "elues");
    assert_eq!(codes(&titled), [code.as_str()]);
    assert_eq!(titled[0]["is_title"], true);
    let html = nobody.get(&page("en", "autre rien")).expect(200).text();
    assert!(
        html.contains("&lt;") || html.contains("&#60;") || !html.contains("<b>d’"),
        "no markup: {html}"
    );
}

#[test]
fn who_may_not_read_it_finds_nothing_and_is_told_no_number() {
    let open = Open::begin();
    let received = open.decided.received.code.clone();
    let drafted = open.decided.drafted.code.clone();
    let conn = &mut open.site.conn();
    progress::publish(conn, None, Moment::now(), open.decided.paper, Key::Members).expect("shown to members");

    for (name, client) in open.all() {
        let of = |typed: &str| codes(&hits(&client, typed));
        // The desk has no such key: what it is handed stands in its lists.
        let registered = name == "individual";
        let member = !["nobody", "individual", "partner"].contains(&name);
        let desk = name == "organiser";
        assert_eq!(
            of("night transport"),
            if registered {
                vec![received.clone()]
            } else {
                vec![]
            },
            "{name}"
        );
        assert_eq!(
            of("harbour"),
            if desk { vec![drafted.clone()] } else { vec![] },
            "{name}"
        );
        let paper = of("right to the city");
        // Not those who have a part in it, whose way is its list.
        assert_eq!(paper.len(), usize::from(member), "{name}: {paper:?}");
        for typed in ["night transport", "harbour", "executive bureau"] {
            let html = client.get(&page("en", typed)).expect(200).text();
            let found = addresses(&html);
            assert_eq!(found.is_empty(), of(typed).is_empty(), "{name}: {typed}");
            assert_eq!(
                found.is_empty(),
                html.contains("Nothing found"),
                "{name}: {typed}"
            );
        }
    }
}

#[test]
fn r1_whatever_somebody_finds_opens_to_them() {
    let open = Open::begin();

    for (name, client) in open.all() {
        let mut found = 0;
        for typed in [
            "a",
            "the",
            "water",
            "executive",
            "general assembly",
            "opening",
            "cities",
            "r0",
            "th-2030",
        ] {
            let html = client.get(&page("en", typed)).expect(200).text();
            for address in addresses(&html) {
                let path = address.split('#').next().expect("a page");
                client.get(path).expect(200);
                found += 1;
            }
        }
        assert!(found > 3, "{name} finds {found}");
    }
    assert!(
        codes(&hits(&open.site.nobody(), "general assembly")).len() == 1,
        "its line is public"
    );
    assert_eq!(
        hits(&open.browser("member"), "executive bureau"),
        Vec::<Value>::new()
    );
}

#[test]
fn a_paper_that_is_withdrawn_is_found_no_more_and_a_draft_never_was() {
    let open = Open::begin();
    let nobody = open.site.nobody();
    assert_eq!(hits(&nobody, "right to the city").len(), 1);

    let conn = &mut open.site.conn();
    let (now, paper) = (Moment::now(), open.decided.paper);
    progress::go(conn, None, now, paper, PaperState::Withdrawn, "").expect("withdrawn");

    assert_eq!(hits(&nobody, "right to the city"), Vec::<Value>::new());
    assert_eq!(
        hits(&open.browser("organiser"), "right to the city"),
        Vec::<Value>::new()
    );
}

#[test]
fn what_was_put_in_step_by_step_is_what_a_whole_look_puts_in() {
    let open = Open::begin();
    open.adopts("Eau", "De l’eau.");
    let before = open.kept();
    assert!(before.len() > 10, "{before:?}");
    let conn = &mut open.site.conn();
    let again = |conn: &mut db::Conn| {
        outcomes::searching::mend(conn, None, 1000)?;
        papers::searching::mend(conn, None, 1000)?;
        programme::searching::mend(conn)
    };

    conn.transaction(again).expect("looked at");
    assert_eq!(open.kept(), before, "nothing was to be mended");
    // In one transaction: the program's own worker looks as well.
    let anew: Result<(), Fault> = conn.transaction(|conn| {
        again(conn)?;
        conn.execute_batch("DELETE FROM search_entries")?;
        again(conn)
    });

    anew.expect("put in anew");
    assert_eq!(open.kept(), before);
    assert_eq!(hits(&open.site.nobody(), "eau").len(), 2);
}

#[test]
fn pages_follow_each_other_without_repeats_and_a_filter_stays_on_them() {
    let open = Open::begin();
    for title in ["Ville une", "Ville deux", "Ville trois"] {
        open.adopts(title, "La ville.");
    }
    let nobody = open.site.nobody();
    let whole = codes(&hits(&nobody, "ville"));
    assert_eq!(whole.len(), 6);

    let (mut path, mut walked) = (api("ville", "&kind=outcome&language=fr&limit=2"), vec![]);
    loop {
        let list = nobody.get(&path).expect(200).json();
        walked.extend(codes(list["items"].as_array().expect("a list")));
        let Some(next) = list["next"].as_str() else { break };
        path = api(
            "ville",
            &format!("&kind=outcome&language=fr&limit=2&after={next}"),
        );
    }

    assert_eq!(walked, whole);
    for none in ["&kind=session", "&kind=paper", "&language=en"] {
        let list = nobody.get(&api("ville", none)).expect(200).json();
        assert_eq!(list["items"].as_array().map(Vec::len), Some(0), "{none}");
    }
    nobody.get(&api("ville", "&after=forged")).expect(400);
    nobody
        .get("/api/v1/editions/elsewhere/search?q=ville")
        .expect(404);
}

#[test]
fn whatever_is_typed_is_answered_clearly() {
    let open = Open::begin();
    let nobody = open.site.nobody();
    let attacks = [
        "\"",
        "*",
        "NEAR(",
        "NEAR(water city, 2)",
        "&|!:",
        "water & !city",
        "'water':*",
        "\0",
        "water\0city",
        "(((",
        "-",
        "^",
        "water*",
        "words:water",
        "'; DROP TABLE search_entries; --",
        "\\",
        "%",
        "_",
        "<script>alert(1)</script>",
        "💧",
        "water\u{202e}",
        "\u{301}\u{301}",
        "NOT",
        "OR",
        "AND",
    ];

    for typed in attacks {
        for path in [api(typed, ""), page("fr", typed)] {
            let answer = nobody.get(&path);
            let status = answer.status;
            assert!([200, 422].contains(&status), "{typed:?}: {status}");
            let text = answer.text();
            assert!(!text.contains("<script>alert"), "{typed:?}");
            assert!(
                status == 200 || text.contains("required") || text.contains("À remplir"),
                "{typed:?}: {text}"
            );
        }
    }
    let long = "eau ".repeat(17);
    let refused = nobody.get(&api(&long, "")).expect(422).json();
    assert_eq!(refused["errors"][0]["code"], "too_many_words", "{refused}");
    let html = nobody.get(&page("es", &long)).expect(422).text();
    assert!(html.contains("16 palabras") && html.contains("eau eau"), "{html}");
    let endless = nobody.get(&format!(
        "/api/v1/editions/{SLUG}/search?q={}",
        "a".repeat(10_240)
    ));
    assert!([414, 422, 431].contains(&endless.status), "{}", endless.status);
    nobody.get(&format!("/api/v1/editions/{SLUG}/search")).expect(422);
    nobody.get(&format!("/en/{SLUG}/search")).expect(200);
    nobody.get(&format!("/en/{SLUG}/search?q=")).expect(200);
}
