//! What is printed: the programme as a booklet for all, one's own agenda as a sheet, and that neither holds what its reader
//! may not see.

use std::{io::Write as _, process::Command, time::Instant};

use serde_json::Value;
use tests::{
    Cast, Site,
    cast::{Congress, SLUG},
    note,
};

/// The text of a PDF as `pdftotext` reads it; nothing where that is not installed, which is said.
pub fn text_of(pdf: &[u8]) -> Option<String> {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(pdf).expect("written");
    let Ok(read) = Command::new("pdftotext")
        .args(["-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .output()
    else {
        note("pdftotext is not installed (poppler-utils): what is printed is not read");
        return None;
    };
    assert!(read.status.success(), "pdftotext reads it");
    Some(String::from_utf8(read.stdout).expect("UTF-8"))
}

/// The codes of the sessions in force, as anybody reads them.
fn codes(site: &Site) -> Vec<String> {
    let listing = site
        .nobody()
        .get(&format!("/api/v1/editions/{SLUG}/programme"))
        .expect(200)
        .json();
    let sessions = listing["sessions"].as_array().expect("sessions");
    let codes = sessions.iter().filter_map(|session| session["code"].as_str());
    codes.map(str::to_owned).collect()
}

#[test]
fn r56_the_booklet_has_every_session_and_no_hidden_one_whoever_asks() {
    let (site, cast) = Site::furnished(Cast::gather);
    let address = format!("/en/{SLUG}/programme.pdf");
    let codes = codes(&site);

    let public = site.nobody().get(&address).expect(200);

    assert_eq!(public.header("content-type"), "application/pdf");
    assert!(public.body.starts_with(b"%PDF-"));
    let etag = public.header("etag").to_owned();
    assert!(etag.starts_with('"'), "{etag}");
    let again = site
        .nobody()
        .send("GET", &address, &[("If-None-Match", &etag)], None);
    again.expect(304);
    for name in ["individual", "member", "organiser"] {
        let own = site.browser(&cast.find(name).cookie).get(&address).expect(200);
        assert!(own.body == public.body, "{name} gets the same copy");
    }
    let by_program = site
        .nobody()
        .get(&format!("/api/v1/editions/{SLUG}/programme.pdf"))
        .expect(200);
    assert_eq!(by_program.header("etag"), etag);
    site.nobody().get("/en/of-nowhere/programme.pdf").expect(404);
    let Some(text) = text_of(&public.body) else { return };
    assert!(codes.len() > 1, "{codes:?}");
    for code in &codes {
        assert!(text.contains(code.as_str()), "{code}: {text}");
    }
    assert!(
        text.contains("Opening") && text.contains("General Assembly"),
        "{text}"
    );
    assert!(text.contains("Members only"), "{text}");
    assert!(!text.contains("Executive Bureau"), "{text}");
    let french = site
        .nobody()
        .get(&format!("/fr/{SLUG}/programme.pdf"))
        .expect(200);
    assert_ne!(french.header("etag"), etag);
    let french = text_of(&french.body).expect("read before");
    assert!(french.contains("Sommaire"), "{french}");
}

#[test]
fn a_new_release_is_a_new_booklet_and_titles_are_never_markup() {
    let title = "#import \"@preview/evil:0.1.0\" *bold*";
    let (site, congress) = Site::furnished(move |conn| {
        let congress = Congress::open(conn);
        congress.session(conn, "Opening", "2030-11-12T09:00", None);
        congress.release(conn);
        congress
    });
    let address = format!("/en/{SLUG}/programme.pdf");
    let before = site.nobody().get(&address).expect(200);

    let conn = &mut site.conn();
    conn.transaction(|conn| {
        congress.session(conn, title, "2030-11-12T11:00", None);
        congress.release(conn);
        Ok::<_, kernel::Fault>(())
    })
    .expect("released");
    site.refresh();
    let after = site.nobody().get(&address).expect(200);

    assert_ne!(before.header("etag"), after.header("etag"));
    if let Some(text) = text_of(&after.body) {
        let flowing = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flowing.contains(title), "{flowing}");
    }
}

#[test]
fn r56_ones_own_agenda_is_printed_for_oneself_alone() {
    let (site, cast) = Site::furnished(Cast::gather);
    let browser = site.browser(&cast.find("individual").cookie);
    let address = format!("/en/{SLUG}/agenda.pdf");
    let added = browser.put(&format!("/api/v1/me/agenda/{}", cast.open), None, &Value::Null);
    added.expect(204);

    let own = browser.get(&address).expect(200);
    let started = Instant::now();
    let by_program = browser
        .get(&format!("/api/v1/editions/{SLUG}/me/agenda.pdf"))
        .expect(200);

    assert!(started.elapsed().as_secs() < 60);
    assert!(own.header("cache-control").contains("no-store"));
    assert!(by_program.body.starts_with(b"%PDF-"));
    let stranger = site.nobody().get(&address).expect(303);
    assert!(stranger.header("location").contains("sign-in"));
    site.nobody()
        .get(&format!("/api/v1/editions/{SLUG}/me/agenda.pdf"))
        .expect(401);
    if let Some(text) = text_of(&own.body) {
        assert!(text.contains("Opening"), "{text}");
        assert!(!text.contains("Executive Bureau"), "{text}");
    }
}
