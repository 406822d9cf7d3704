//! The desk's front page and its navigation, as each role of the desk has them: its own work, and nothing it may not open.

use std::collections::BTreeSet;

use access_rules::{Actor, Role, Scope};
use kernel::{Localized, Moment};
use programme::{session_form::SessionInput, sessions};
use tests::{Cast, Client, Site, Somebody, cast::SLUG};

/// Whose desk it is, and what stands on its front page, in the order of the page.
const DESKS: &[(&str, Role, Option<&str>, &[&str])] = &[
    ("congress organiser", Role::Secretariat, None, ALL),
    ("whoever runs the site", Role::PlatformAdmin, None, ALL),
    ("track desk", Role::Secretariat, Some("assembly"), OF_TRACK),
    ("registrar", Role::Registrar, None, OF_REGISTRAR),
    ("care desk", Role::CareDesk, None, &[]),
    ("badge desk", Role::BadgeDesk, None, &[]),
    ("door staff", Role::Scanner, None, &[]),
    ("press", Role::PressOfficer, None, &[]),
];
const ALL: &[&str] = &[
    "Proposals without a place",
    "Changes that leads ask for",
    "Clashes that block the release",
    "Other clashes in the draft",
    "Meetings whose agenda has not gone out",
    "Positions to confirm",
    "Registrations to decide",
    "Letters held",
    "Letters that failed",
];
const OF_TRACK: &[&str] = &[
    "Proposals without a place",
    "Changes that leads ask for",
    "Clashes that block the release",
    "Other clashes in the draft",
    "Meetings whose agenda has not gone out",
];
const OF_REGISTRAR: &[&str] = &[
    "Positions to confirm",
    "Registrations to decide",
    "Letters held",
    "Letters that failed",
];

/// Every address of the desk that a page leads to.
fn links(html: &str) -> BTreeSet<String> {
    let all = html.split("href=\"").skip(1);
    let hrefs = all.filter_map(|rest| rest.split_once('"')).map(|(href, _)| href);
    let own = hrefs.filter(|href| href.starts_with("/en/desk"));
    own.map(|href| href.replace("&amp;", "&")).collect()
}

/// How many are said to wait under this word.
fn waiting(html: &str, word: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!(">{word}</a>"))?;
    let digits = rest.split_once("</tr>")?.0;
    let mut text = String::new();
    let mut is_text = true;
    for c in digits.chars() {
        match c {
            '<' => is_text = false,
            '>' => is_text = true,
            c if is_text && c.is_ascii_digit() => text.push(c),
            _ => {}
        }
    }
    Some(text)
}

fn desk(site: &Site, name: &str, role: Role, track: Option<&str>) -> Client {
    let scope = track.map_or(Scope::Everywhere, |code| Scope::Track(code.into()));
    let conn = &mut site.conn();
    site.browser(&Somebody::new(conn, name).given(conn, role, scope).cookie)
}

#[test]
fn the_desk_shows_each_role_its_own_work_and_every_link_on_it_opens() {
    let (site, _) = Site::furnished(|conn| {
        let cast = Cast::gather(conn);
        let input = SessionInput {
            kind: "special".into(),
            title: Localized::only("en", "Without a place"),
            entry: "walk_in".into(),
            length_minutes: Some(60),
            ..SessionInput::default()
        };
        let (system, now, congress) = (Actor::system(), Moment::now(), &cast.congress);
        sessions::create(conn, &system, now, &congress.admissions, congress.edition, &input)
            .expect("a session");
        cast
    });
    for (name, role, track, words) in DESKS {
        let desk = desk(&site, name, *role, *track);

        let page = desk.get(&format!("/en/desk/{SLUG}")).expect(200).text();

        let shown: Vec<&str> = ALL
            .iter()
            .copied()
            .filter(|word| waiting(&page, word).is_some())
            .collect();
        assert_eq!(shown, *words, "{name}");
        assert_eq!(
            page.contains("Nothing waits for you here."),
            words.is_empty(),
            "{name}"
        );
        let links = links(&page);
        assert!(!links.is_empty(), "{name}: {page}");
        for link in links {
            let opened = desk.get(&link);
            assert_eq!(opened.status, 200, "{name}: {link}");
        }
        let whole = page.contains("Before people can come") || page.contains("/en/desk/editions/new");
        assert_eq!(whole, words.len() == ALL.len(), "{name}");
        for language in ["fr", "es"] {
            let page = desk.get(&format!("/{language}/desk/{SLUG}")).expect(200).text();
            assert!(!page.contains("desk-waits-"), "{name} in {language}");
        }
    }
    let organiser = desk(&site, "another organiser", Role::Secretariat, None);
    let track = desk(&site, "another track", Role::Secretariat, Some("assembly"));
    let of = |client: &Client| {
        let page = client.get(&format!("/en/desk/{SLUG}")).expect(200).text();
        waiting(&page, "Proposals without a place")
    };
    assert_eq!(of(&organiser).as_deref(), Some("1"));
    assert_eq!(of(&track).as_deref(), Some("0"), "it is not of this track");
}
