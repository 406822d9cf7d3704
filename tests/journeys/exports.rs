//! What was decided and written, handed out as files and taken in again: the published collection in every form, one
//! outcome, one paper; and a paper's text from a file of Word or of Markdown.

use std::{
    io::{Cursor, Write as _},
    path::PathBuf,
    process::Command,
};

use access_rules::PaperId;
use hemicycle::demo::DemoMoment;
use kernel::{Localized, Moment};
use members::organisations;
use papers::{
    model::{PaperState, PaperTrack},
    papers::{self as all_papers, NewPaper},
};
use serde_json::{Value, json};
use tests::{Answer, Cast, Client, Decided, Site, cast::SLUG, given, note};
use texts::{docx, model::Block, paste};

use crate::printed::text_of;

const COLLECTION: &str = "/api/v1/editions/durban-2019/collection";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// The forms, what each is served as, and what its name ends in.
const FORMS: [(&str, &str, &str); 5] = [
    ("html", "text/html; charset=utf-8", "html"),
    ("md", "text/markdown; charset=utf-8", "md"),
    ("docx", WORD, "docx"),
    ("pdf", "application/pdf", "pdf"),
    ("akn", "application/xml; charset=utf-8", "akn.xml"),
];

fn file(client: &Client, at: &str, form: &str, language: &str) -> Answer {
    client
        .get(&format!("{at}/export?format={form}&language={language}"))
        .expect(200)
}

/// The items of the published collection: their codes, and the ids of their blocks.
fn published(client: &Client) -> (Vec<String>, Vec<String>) {
    let view = client.get(COLLECTION).expect(200).json();
    let items = view["items"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let codes = items.iter().map(|item| text(&item["code"])).collect();
    let blocks = items
        .iter()
        .flat_map(|item| item["blocks"].as_array().cloned().unwrap_or_default());
    (codes, blocks.map(|block| text(&block["id"])).collect())
}

/// Akoma Ntoso against its published schema; what is missing for that is said.
fn assert_valid(xml: &[u8]) {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let root = given("HEMICYCLE_SHARED").map_or(beside, PathBuf::from);
    let schema = root.join("data/schemas/akomantoso30.xsd");
    if !schema.exists() {
        return note(&format!(
            "no schema at {}: nothing is validated",
            schema.display()
        ));
    }
    let mut written = tempfile::NamedTempFile::new().expect("a file");
    written.write_all(xml).expect("written");
    let checked = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(&schema)
        .arg(written.path())
        .output();
    match checked {
        Err(_) => note("xmllint is not installed (libxml2-utils): nothing is validated"),
        Ok(answer) => {
            let said = String::from_utf8_lossy(&answer.stderr).into_owned();
            assert!(answer.status.success(), "{said:.2000}");
        }
    }
}

#[test]
fn r88_the_published_collection_is_valid_akoma_ntoso_and_keeps_the_ids_of_its_blocks() {
    let site = Site::demonstration(DemoMoment::After);
    let nobody = site.nobody();
    let (codes, blocks) = published(&nobody);
    assert!(codes.len() > 5 && blocks.len() >= codes.len(), "{codes:?}");

    for language in ["en", "fr", "es"] {
        let akn = file(&nobody, COLLECTION, "akn", language);
        assert_valid(&akn.body);
        let xml = akn.text();
        for id in &blocks {
            assert_eq!(
                xml.matches(&format!("wId=\"{id}\"")).count(),
                1,
                "{id} in {language}"
            );
        }
        for code in &codes {
            assert!(
                xml.contains(&format!("FRBRnumber value=\"{code}\"")),
                "{code} in {language}"
            );
        }
        assert!(xml.contains("<documentCollection name=\"collection\">") && xml.contains("<statement name="));

        let page = paste::import(&file(&nobody, COLLECTION, "html", language).text()).expect("read");
        let found: Vec<String> = page.blocks.iter().map(|block| block.id.to_string()).collect();
        let lost: Vec<&String> = blocks.iter().filter(|id| !found.contains(id)).collect();
        assert!(lost.is_empty(), "{lost:?} in {language}");
    }
    let authentic = file(&nobody, COLLECTION, "akn", "en").text();
    assert!(authentic.contains("FRBRauthoritative value=\"true\""));
}

#[test]
fn r87_the_published_collection_comes_back_from_word_with_the_same_blocks() {
    let site = Site::demonstration(DemoMoment::After);
    let nobody = site.nobody();
    let view = nobody.get(COLLECTION).expect(200).json();

    let word = file(&nobody, COLLECTION, "docx", "en");
    let back = docx::import(&word.body).expect("read");

    let title = view["title"]["en"].as_str().expect("a title");
    assert_eq!(back.title.as_deref(), Some(title));
    let mut compared = 0;
    // What is not said in English whole stands there as it counts, and all of these do where English counts.
    let items = view["items"].as_array().cloned().unwrap_or_default();
    for item in items.iter().filter(|item| item["language"] == "en") {
        let own: Vec<Block> = serde_json::from_value(item["blocks"].clone()).expect("blocks");
        for block in own {
            let found = back.blocks.iter().find(|found| found.id == block.id);
            let found = found.unwrap_or_else(|| panic!("{} is lost", block.id));
            assert_eq!((found.kind, &found.content), (block.kind, &block.content));
            compared += 1;
        }
    }
    assert!(compared > 5, "{view}");
    // Written again it is the same file: each is known by its bytes.
    let again = file(&nobody, COLLECTION, "docx", "en");
    assert!(again.body == word.body && again.header("etag") == word.header("etag"));
}

#[test]
fn r192_the_collection_is_handed_out_in_five_forms_and_the_printed_one_holds_every_code() {
    let site = Site::demonstration(DemoMoment::After);
    let nobody = site.nobody();
    let (codes, _) = published(&nobody);

    let mut tags = Vec::new();
    for (form, media, ending) in FORMS {
        let own = file(&nobody, COLLECTION, form, "en");
        assert_eq!(own.header("content-type"), media);
        assert_eq!(
            own.header("content-disposition"),
            format!("inline; filename=\"durban-2019-outcomes-1.en.{ending}\"")
        );
        assert_eq!(own.header("cache-control"), "public, no-cache");
        let known = [("if-none-match", own.header("etag"))];
        let at = format!("{COLLECTION}/export?format={form}&language=en&number=1");
        nobody.send("GET", &at, &known, None).expect(304);
        tags.push(own.header("etag").to_owned());
        if ["html", "md", "akn"].contains(&form) {
            for code in &codes {
                assert!(own.text().contains(code.as_str()), "{code} in {form}");
            }
        }
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), FORMS.len(), "{tags:?}");
    let printed = file(&nobody, COLLECTION, "pdf", "en");
    assert!(printed.body.starts_with(b"%PDF-"));
    if let Some(text) = text_of(&printed.body) {
        for code in &codes {
            // Once in the contents, once over its text.
            assert!(text.matches(code.as_str()).count() >= 2, "{code}: {text}");
        }
        assert!(text.contains("Contents") && text.contains("Authentic"), "{text}");
    }
    let french = file(&nobody, COLLECTION, "pdf", "fr");
    if let Some(text) = text_of(&french.body) {
        assert!(
            text.contains("Sommaire") && text.contains("faisant foi"),
            "{text}"
        );
    }

    // Each page leads to them.
    for page in [
        "outcomes",
        "outcomes/collection",
        &format!("outcomes/{}", codes[0]),
    ] {
        let html = nobody.get(&format!("/en/durban-2019/{page}")).expect(200).text();
        for (form, ..) in FORMS {
            assert!(
                html.contains(&format!("/export?format={form}&#38;language=en"))
                    || html.contains(&format!("/export?format={form}&amp;language=en")),
                "{form} on {page}: {html}"
            );
        }
    }
    nobody.get(&format!("{COLLECTION}/export?format=odt")).expect(400);
    nobody
        .get(&format!("{COLLECTION}/export?format=akn&number=9"))
        .expect(404);
}

/// A congress with outcomes, a paper that is being drafted, and who asks.
struct Open {
    site: Site,
    cast: Cast,
    decided: Decided,
    draft: PaperId,
}

impl Open {
    fn begin() -> Self {
        let (site, (cast, decided, draft)) = Site::furnished(|conn| {
            let cast = Cast::gather(conn);
            let decided = Decided::gather(conn, &cast);
            let ngo = organisations::suggest(conn, "Hearth and Commons", 1).expect("found");
            let new = NewPaper {
                edition: cast.congress.edition,
                track: PaperTrack::TownHall,
                stem: "TH-2030-02".into(),
                owner: ngo.first().expect("the partner's organisation").id,
                theme: None,
                title: Localized::only("en", "Water for all"),
                language: "en".into(),
                state: PaperState::Drafting,
                deadline: None,
                supersedes: None,
            };
            let draft = all_papers::begin(conn, None, Moment::now(), new)
                .expect("a paper")
                .id;
            (cast, decided, draft)
        });
        Self {
            site,
            cast,
            decided,
            draft,
        }
    }

    fn browser(&self, name: &str) -> Client {
        self.site.browser(&self.cast.find(name).cookie)
    }

    fn at(&self) -> String {
        format!("/api/v1/papers/{}", self.draft)
    }

    /// Puts a file in the place of the draft's text, on the version that is there.
    fn send(&self, media: &str, body: &[u8]) -> Answer {
        let desk = self.browser("organiser");
        let reading = desk.get(&self.at()).expect(200).json();
        let version = format!("\"v{}\"", reading["text_version"]);
        let headers = [("content-type", media), ("if-match", version.as_str())];
        desk.send("PUT", &format!("{}/text/file", self.at()), &headers, Some(body))
    }

    /// The ids and the words of what the draft says.
    fn says(&self) -> Vec<(String, String)> {
        let reading = self.browser("organiser").get(&self.at()).expect(200).json();
        let blocks = reading["blocks"].as_array().cloned().unwrap_or_default();
        let said = blocks.into_iter().map(|block| {
            let own: Block = serde_json::from_value(block).expect("a block");
            (own.id.to_string(), own.content.words())
        });
        said.collect()
    }
}

#[test]
fn r12_who_may_not_read_a_text_learns_nothing_of_it_from_its_files() {
    let open = Open::begin();
    let (desk, member, nobody) = (
        open.browser("organiser"),
        open.browser("member"),
        open.site.nobody(),
    );
    let outcome = |code: &str| format!("/api/v1/editions/{SLUG}/outcomes/{code}");
    let hidden = [outcome("TH-2030-01-R03"), outcome("WA-2030-D1"), open.at()];
    let absent = nobody.get(&format!("{}/export?format=akn", outcome("TH-2030-01-R99")));

    for at in &hidden {
        for (form, media, _) in FORMS {
            let shown = file(&desk, at, form, "en");
            assert_eq!(
                (shown.header("content-type"), shown.header("cache-control")),
                (media, "private, no-store")
            );
            for other in [&member, &nobody] {
                let refused = other.get(&format!("{at}/export?format={form}"));
                assert_eq!(
                    (refused.status, refused.code()),
                    (404, absent.code()),
                    "{at} {form}"
                );
            }
        }
    }
    for (form, ..) in FORMS {
        let own = file(&nobody, &outcome("TH-2030-01-R01"), form, "fr");
        // It is not said in French, so that it stands there as it counts.
        let ending = FORMS.iter().find(|own| own.0 == form).map_or("", |own| own.2);
        let name = format!("filename=\"TH-2030-01-R01.en.{ending}\"");
        assert!(own.header("content-disposition").contains(&name));
    }
    let xml = file(&nobody, &outcome("TH-2030-01-R01"), "akn", "en");
    assert_valid(&xml.body);
    assert!(
        xml.text().contains("<statement name=\"recommendation\">"),
        "{}",
        xml.text()
    );
    let paper = format!("/api/v1/papers/{}", open.decided.paper);
    let xml = file(&nobody, &paper, "akn", "en");
    assert_valid(&xml.body);
    assert!(
        xml.text().contains("<doc name=\"policy-paper\">"),
        "{}",
        xml.text()
    );
    // What was published is its readers'; another version of it is not.
    nobody
        .get(&format!("{paper}/export?format=md&number=1"))
        .expect(200);
    nobody
        .get(&format!("{paper}/export?format=md&number=2"))
        .expect(404);
}

#[test]
fn r87_a_paper_that_was_taken_out_as_word_and_comes_back_has_the_same_blocks() {
    let open = Open::begin();
    let text = "# What we see\n\nTowns grow along roads.\n\n1. Plan first.\n2. Then pave.\n\nWater comes last.[^1]\n\n[^1]: See the atlas.\n";
    let taken = open.send("text/markdown", text.as_bytes()).expect(200).json();
    assert_eq!(
        (&taken["added"], &taken["removed"]),
        (&json!(6), &json!(0)),
        "{taken}"
    );
    let before = open.says();
    let desk = open.browser("organiser");

    let word = file(&desk, &open.at(), "docx", "en");
    let same = open.send(WORD, &word.body).expect(200).json();

    assert_eq!(
        (&same["kept"], &same["changed"], &same["added"]),
        (&json!(6), &json!(0), &json!(0)),
        "{same}"
    );
    assert_eq!(open.says(), before);
    // As Markdown it is the text and nothing else, too.
    let plain = file(&desk, &open.at(), "md", "en");
    assert!(plain.text().starts_with("# What we see\n"), "{}", plain.text());
    let same = open.send("text/markdown", &plain.body).expect(200).json();
    assert_eq!(
        (&same["kept"], &same["removed"]),
        (&json!(6), &json!(0)),
        "{same}"
    );
    // Who comes with what was there before is told.
    let stale = [("content-type", "text/markdown"), ("if-match", "\"v1\"")];
    desk.send("PUT", &format!("{}/text/file", open.at()), &stale, Some(b"Mine."))
        .expect(412);
}

/// A DOCX whose text unpacks to more than is read.
fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned()),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned()),
        ("word/document.xml", " ".repeat(docx::TEXT_MAX + 1)),
    ];
    for (name, text) in parts {
        archive.start_file(name, options).expect("begun");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("whole").into_inner()
}

#[test]
fn a_file_that_cannot_be_read_is_refused_beside_its_field_and_changes_nothing() {
    let open = Open::begin();
    open.send("text/markdown", b"Water comes first.").expect(200);
    let before = open.says();
    let bomb = bomb();
    assert!(bomb.len() < 200_000, "it is small: {}", bomb.len());

    for (media, body, status, code) in [
        (WORD, bomb.as_slice(), 413, "docx_too_large"),
        (WORD, &b"PK\x03\x04 and no more"[..], 422, "docx_damaged"),
        (WORD, b"no archive", 422, "not_a_docx"),
        ("application/pdf", b"%PDF-", 415, "media_type"),
    ] {
        let refused = open.send(media, body);
        assert_eq!(
            (refused.status, refused.code().as_str()),
            (status, code),
            "{}",
            refused.text()
        );
        if media == WORD {
            assert!(refused.text().contains("\"/file\""), "{}", refused.text());
        }
    }
    let other = open.browser("member").send(
        "PUT",
        &format!("{}/text/file", open.at()),
        &[("content-type", WORD), ("if-match", "\"v1\"")],
        Some(&bomb),
    );
    assert_eq!(other.status, 404, "{}", other.text());
    assert_eq!(open.says(), before);
}

/// A form with a file, as browsers send it.
fn posted(client: &Client, page: &str, action: &str, name: &str, file: &[u8]) -> Answer {
    let html = client.get(page).expect(200).text();
    let form = html
        .split(&format!("action=\"{action}\""))
        .nth(1)
        .expect("a form");
    let form = form.split("</form>").next().expect("its end");
    let mut body = Vec::new();
    for field in ["_csrf", "_key", "_version"] {
        let value = form.split(&format!("name=\"{field}\" value=\"")).nth(1);
        let value = value.and_then(|rest| rest.split('"').next()).unwrap_or_default();
        write!(
            body,
            "--part\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
        )
        .expect("written");
    }
    write!(
        body,
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
    )
    .expect("written");
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--part--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=part")];
    client.send("POST", action, &headers, Some(&body))
}

#[test]
fn r87_a_drafting_hand_replaces_the_whole_by_a_file_on_the_page() {
    let open = Open::begin();
    let desk = open.browser("organiser");
    let reading = desk.get(&open.at()).expect(200).json();
    let code = reading["paper"]["code"].as_str().expect("a code");
    let page = format!("/en/{SLUG}/papers/{code}/write");
    let action = format!("{page}/file");

    posted(&desk, &page, &action, "draft.md", b"# Water\n\nIt comes first.\n").expect(303);
    let first = open.says();
    assert_eq!(first.len(), 2, "{first:?}");
    let word = file(&desk, &open.at(), "docx", "en");
    posted(&desk, &page, &action, "draft.docx", &word.body).expect(303);
    assert_eq!(open.says(), first);

    for (name, body, said) in [
        (
            "draft.docx",
            bomb().as_slice(),
            "This Word document is too large.",
        ),
        ("draft.pdf", b"%PDF-1.7", "This is no Word document"),
        ("", b"", "aria-invalid"),
    ] {
        let again = posted(&desk, &page, &action, name, body);
        assert!([413, 422].contains(&again.status), "{}", again.text());
        let html = again.text();
        assert!(
            html.contains(said) && html.contains("aria-invalid"),
            "{said}: {html}"
        );
    }
    assert_eq!(open.says(), first);
    let shown = desk.get(&format!("/en/{SLUG}/papers/{code}")).expect(200).text();
    assert!(shown.contains("/export?format=docx"), "{shown}");
    open.browser("member").get(&page).expect(404);
}
