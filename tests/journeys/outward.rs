//! What others make of the public pages: a programme for bad lines, previews, and what machines read.

use serde_json::Value;
use tests::{Cast, Site, cast::SLUG};

#[test]
fn r56_the_programme_as_plain_text_holds_what_its_reader_may_see() {
    let (site, cast) = Site::furnished(Cast::gather);
    let address = format!("/en/{SLUG}/programme.txt");

    let public = site.nobody().get(&address).expect(200);

    assert_eq!(public.header("content-type"), "text/plain; charset=utf-8");
    assert!(!public.header("etag").is_empty(), "it is ready beforehand");
    let text = public.text();
    assert!(
        text.contains("Opening") && text.contains("General Assembly"),
        "{text}"
    );
    assert!(text.contains("Members only"), "{text}");
    assert!(!text.contains("Executive Bureau"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 72), "{text}");

    for (name, sees) in [("individual", false), ("member", false), ("organiser", true)] {
        let own = site.browser(&cast.find(name).cookie).get(&address).expect(200);
        assert_eq!(own.text().contains("Executive Bureau"), sees, "{name}");
        assert!(own.header("cache-control").contains("no-store"), "{name}");
    }
    let french = site
        .nobody()
        .get(&format!("/fr/{SLUG}/programme.txt"))
        .expect(200);
    assert!(french.text().contains("Toutes les heures"), "{}", french.text());
    site.nobody().get("/en/of-nowhere/programme.txt").expect(404);
}

#[test]
fn r56_a_session_is_described_to_machines_and_a_mere_line_is_not() {
    let (site, cast) = Site::furnished(Cast::gather);
    let page = |id| {
        site.nobody()
            .get(&format!("/en/{SLUG}/sessions/{id}"))
            .expect(200)
            .text()
    };

    let open = page(cast.open);
    let line = page(cast.assembly);

    let described = |page: &str| -> Option<Value> {
        let (_, rest) = page.split_once("<script type=\"application/ld+json\">")?;
        serde_json::from_str(rest.split_once("</script>")?.0).ok()
    };
    let event = described(&open).expect("JSON-LD");
    assert_eq!(event["name"], "Opening");
    assert_eq!(event["@type"], "Event");
    assert!(
        open.contains("property=\"og:title\" content=\"Opening\""),
        "{open}"
    );
    assert!(open.contains("rel=\"canonical\""));
    assert_eq!(described(&line), None);
    assert!(line.contains("property=\"og:title\""), "{line}");
    let home = site.nobody().get(&format!("/fr/{SLUG}")).expect(200).text();
    assert!(
        home.contains("property=\"og:title\" content=\"Le Port 2030\""),
        "{home}"
    );
}
