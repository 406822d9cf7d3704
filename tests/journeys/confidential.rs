//! The needs of a person, looked for in everything the API gives out: lists, single things, CSV, calendars, schedules (R22).
//! Every line that is read is asked for as everybody; who finds what is declared here.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::Role;
use tests::{Client, Somebody, cast::SLUG};

use crate::{
    list_files::xlsx_of,
    printed::text_of,
    privacy::{Scene, scene},
};

/// Who reads about the needs of somebody else, and where.
const NEEDS: &[(&str, &[&str])] = &[("/registrations/{id}/needs", &["care desk", "registrar"])];

/// Who is given the addresses of others in a file, and in which.
const ADDRESSES: &[(&str, &[&str])] = &[
    ("/letters.csv", READERS),
    ("/letters.json", READERS),
    ("/letters.xlsx", READERS),
    ("/{lang}/desk/letters.csv", READERS),
    ("/{lang}/desk/letters.json", READERS),
    ("/{lang}/desk/letters.xlsx", READERS),
];
/// Who reads the outbox.
const READERS: &[&str] = &["organiser", "platform admin", "registrar"];
/// How a file's address ends.
const FILES: [&str; 7] = [".csv", ".xlsx", ".json", ".xml", ".ics", ".txt", ".pdf"];

/// Roles of the desk that the cast has not.
const DESKS: &[Role] = &[
    Role::PlatformAdmin,
    Role::Registrar,
    Role::CareDesk,
    Role::BadgeDesk,
    Role::Scanner,
    Role::PressOfficer,
];

/// What is found where, by whom.
type Found = BTreeMap<&'static str, BTreeSet<String>>;

fn declared(table: &[(&'static str, &[&str])]) -> Found {
    let line =
        |(line, who): &(&'static str, &[&str])| (*line, who.iter().map(|who| (*who).to_owned()).collect());
    table.iter().map(line).collect()
}

/// The addresses of a line, with each of these ids where it wants one.
fn paths(line: &str, ids: &[String]) -> BTreeSet<String> {
    let fill = |id: &String| {
        let part = |part: &str| match part.split_once('}') {
            Some(("{slug" | "{edition", _)) => SLUG.to_owned(),
            Some(("{lang", _)) => "en".to_owned(),
            Some((_, rest)) => format!("{id}{rest}"),
            None => part.to_owned(),
        };
        line.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    ids.iter().map(fill).collect()
}

#[test]
fn r22_needs_are_in_no_answer_of_the_api_to_whoever_has_no_business_with_them() {
    let Scene {
        site,
        cast,
        whose,
        client,
        session,
    } = scene();
    let own = client
        .get(&format!("/api/v1/editions/{SLUG}/me/registrations"))
        .expect(200)
        .json();
    let registration = own["items"][0]["id"].as_str().expect("an id").to_owned();
    let ids = [registration, session, whose.person.to_string()];
    let mut everybody: Vec<(String, Client)> = vec![("nobody".into(), site.nobody())];
    for somebody in cast.people.iter().filter(|one| one.person != whose.person) {
        everybody.push((somebody.name.clone(), site.browser(&somebody.cookie)));
    }
    for role in DESKS {
        let name = kernel::Coded::code(*role).replace('_', " ");
        let somebody = Somebody::new(&mut site.conn(), &name).appointed(&mut site.conn(), *role);
        everybody.push((name, site.browser(&somebody.cookie)));
    }
    let lines: Vec<_> = api::routes::all()
        .into_iter()
        .filter(|line| line.method.as_str() == "GET")
        .collect();
    let (mut needs, mut answered) = (Found::new(), 0);
    for line in &lines {
        for path in paths(line.path, &ids) {
            for (who, asking) in &everybody {
                let headers = [("accept", "application/json")];
                let answer = asking.send("GET", &format!("/api/v1{path}"), &headers, None);
                assert!(answer.status < 500, "{path} as {who}: {}", answer.text());
                answered += usize::from(answer.status == 200);
                let text = answer.text();
                if text.contains("a ramp") || text.contains("no nuts") {
                    needs.entry(line.path).or_default().insert(who.clone());
                }
            }
        }
    }

    assert!(
        lines.len() > 90 && answered > 500,
        "{} lines, {answered} answers",
        lines.len()
    );
    assert_eq!(needs, declared(NEEDS));
}

/// What a file says, whatever its form.
fn said(path: &str, body: Vec<u8>) -> String {
    if path.ends_with(".xlsx") {
        return xlsx_of(body).concat().join(" ");
    }
    if path.ends_with(".pdf") {
        return text_of(&body).unwrap_or_default();
    }
    String::from_utf8_lossy(&body).into_owned()
}

#[test]
fn r22_r260_no_file_holds_the_addresses_of_others_for_who_may_not_see_them() {
    let Scene {
        site,
        cast,
        whose,
        session,
        ..
    } = scene();
    let ids = [session, whose.person.to_string()];
    let mut everybody: Vec<(String, Client)> = vec![("nobody".into(), site.nobody())];
    for somebody in &cast.people {
        everybody.push((somebody.name.clone(), site.browser(&somebody.cookie)));
    }
    for role in DESKS {
        let name = kernel::Coded::code(*role).replace('_', " ");
        let somebody = Somebody::new(&mut site.conn(), &name).appointed(&mut site.conn(), *role);
        everybody.push((name, site.browser(&somebody.cookie)));
    }
    let of_api = api::routes::all()
        .into_iter()
        .map(|line| (line.method.as_str() == "GET", line.path, "/api/v1"));
    let of_pages = web::routes::all()
        .into_iter()
        .map(|line| (line.method.as_str() == "GET", line.path, ""));
    let files: Vec<(&str, &str)> = of_api
        .chain(of_pages)
        .filter(|(is_read, path, _)| *is_read && FILES.iter().any(|ending| path.ends_with(ending)))
        .map(|(_, path, under)| (path, under))
        .collect();
    let (mut found, mut answered) = (Found::new(), 0);
    for (line, under) in &files {
        for path in paths(line, &ids) {
            for (who, asking) in &everybody {
                let answer = asking.send("GET", &format!("{under}{path}"), &[], None);
                assert!(answer.status < 500, "{path} as {who}: {}", answer.text());
                if answer.status != 200 {
                    continue;
                }
                answered += 1;
                let own = format!("{}@congress.example", who.replace(' ', "-"));
                let text = said(&path, answer.body).to_lowercase().replace(&own, "");
                if text.contains("@congress.example") {
                    found.entry(line).or_default().insert(who.clone());
                }
            }
        }
    }

    assert!(
        files.len() > 25 && answered > 60,
        "{} files, {answered} answers",
        files.len()
    );
    assert_eq!(found, declared(ADDRESSES));
}
