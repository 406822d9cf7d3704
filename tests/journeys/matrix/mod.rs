//! Every route and every page, over real HTTP, as each kind of person, compared with what is declared.
//!
//! [`routes`] and [`pages`] declare what is to happen; `docs/access-matrix.md` is written from them. A line of the tables
//! that is declared nowhere fails, and so does one declared that is not in them.

mod deliberation;
mod floor;
mod objects;
mod pages;
mod routes;

use std::{collections::BTreeSet, fmt::Write as _};

use tests::{Answer, Cast, Client, Site, Somebody};

use objects::Objects;

/// Who asks, in the order of the columns.
const ROLES: [&str; 8] = [
    "nobody",
    "individual",
    "partner",
    "member",
    "member in arrears",
    "member of another body",
    "focal point",
    "organiser",
];

/// The name of what is not there.
const NOTHING: &str = "nothing";

/// What stands in lists anybody may read.
const LISTED: [&str; 14] = [
    "a venue",
    "a room",
    "a track",
    "a format",
    "a domain",
    "a theme",
    "a category",
    "a call",
    "a partner of a theme",
    "a strategic priority",
    "a reference",
    "what the member organisation was asked",
    "a pairing",
    "a caucus's review",
];

/// Forms that carry a file.
const TAKE_FILES: [&str; 4] = [
    "POST /{lang}/{edition}/papers/{paper}/write/file",
    "POST /{lang}/{edition}/delegation/{organisation}/file",
    "POST /{lang}/desk/roll",
    "POST /{lang}/desk/{edition}/meetings/{id}/papers",
];

/// What takes from somebody what later rows need: done last, in this order.
const LAST: [&str; 3] = [
    "DELETE /api/v1/organisations/{id}/focal-points/{person}",
    "DELETE /api/v1/sign-in",
    "POST /{lang}/sign-out",
];

/// A line of the tables done to something, and what each of [`ROLES`] is to meet: `o` open, `s` sign in, `f` forbidden
/// with a reason, `h` hidden.
#[derive(Clone, Copy)]
pub struct Row {
    /// Method and path as in the table.
    pub line: &'static str,
    /// What it is done to: a name of [`Objects`]; none where it is done to nothing in particular.
    pub of: &'static str,
    /// What is to happen, a letter for each of [`ROLES`].
    pub met: &'static str,
}

/// A row of a declaration.
pub const fn row(line: &'static str, of: &'static str, met: &'static str) -> Row {
    Row { line, of, met }
}

/// What came back, as far as access goes. Whoever is told that something is missing, stale or wrong has come in.
fn met(answer: &Answer) -> char {
    let location = answer.header("location");
    match answer.status {
        401 => 's',
        303 if location.contains("/sign-in?next=") => 's',
        403 => 'f',
        404 => 'h',
        200..=499 => 'o',
        _ => '!',
    }
}

/// Somebody's browser, and the token its forms carry.
struct Asking {
    client: Client,
    csrf: String,
}

fn asking(site: &Site, somebody: &Somebody) -> Asking {
    let client = match somebody.cookie.as_str() {
        "" => site.nobody(),
        cookie => site.browser(cookie),
    };
    let page = client.get("/en/account").text();
    let csrf = page
        .split_once("name=\"_csrf\" value=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(token, _)| token)
        .to_owned();
    Asking { client, csrf }
}

/// Calls one line as somebody. Bodies are good enough to come in and not good enough to change anything.
fn call(asking: &Asking, row: &Row, objects: &Objects, key: &str) -> Answer {
    let method = row.line.split(' ').next().unwrap_or_default();
    let path = objects.fill(row.line, row.of);
    if path.starts_with("/api/") {
        let (media, body) = objects.body(row.line);
        let headers = [
            ("accept", "application/json"),
            ("content-type", media.as_str()),
            ("idempotency-key", key),
            // Of no version there ever is: whoever comes so far is told that it is stale.
            ("if-match", "\"v999999\""),
        ];
        let body = matches!(method, "POST" | "PUT").then_some(body.as_bytes());
        return asking.client.send(method, &path, &headers, body);
    }
    match method {
        "GET" => asking.client.get(&path),
        _ => {
            let mut fields = vec![
                ("_csrf", asking.csrf.as_str()),
                ("_key", key),
                ("_version", "999999"),
            ];
            fields.extend(objects.form(row.line));
            if TAKE_FILES.contains(&row.line) {
                let body = parts(&fields);
                let headers = [("content-type", "multipart/form-data; boundary=part")];
                return asking.client.send("POST", &path, &headers, Some(body.as_bytes()));
            }
            asking.client.form(&path, &fields)
        }
    }
}

/// A form as browsers send one with a file field left empty.
fn parts(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.iter().map(part).collect();
    format!(
        "{fields}--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--part--\r\n"
    )
}

/// What each of [`ROLES`] meets at each row; the organiser comes last, for what they do is done.
fn meet(rows: &[Row]) -> Vec<(Row, String, Vec<Answer>)> {
    let (site, cast) = Site::furnished(Cast::gather);
    let objects = Objects::gather(&site, &cast);
    let nobody = Somebody::nobody();
    let all: Vec<Asking> = ROLES
        .into_iter()
        .map(|role| match role {
            "nobody" => asking(&site, &nobody),
            role => asking(&site, cast.find(role)),
        })
        .collect();
    let mut rows: Vec<(usize, Row)> = rows.iter().copied().enumerate().collect();
    rows.sort_by_key(|(_, row)| {
        LAST.iter()
            .position(|last| row.line == *last)
            .map_or(0, |at| at + 1)
    });
    rows.iter()
        .map(|(number, row)| {
            let answers: Vec<Answer> = all
                .iter()
                .map(|asking| call(asking, row, &objects, &format!("matrix-{number}")))
                .collect();
            (*row, answers.iter().map(met).collect(), answers)
        })
        .collect()
}

fn compared(rows: &[Row]) {
    let mut wrong = Vec::new();
    for (row, met, answers) in meet(rows) {
        for (at, (expected, found)) in row.met.chars().zip(met.chars()).enumerate() {
            if expected != found {
                wrong.push(format!(
                    "{} of {:?} as {}: {found} and not {expected}: {} {:.200}",
                    row.line,
                    row.of,
                    ROLES[at],
                    answers[at].status,
                    answers[at].code()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every line of a table is declared, each row is of such a line, and has a letter for everybody.
fn whole(rows: &[Row], lines: BTreeSet<String>) {
    let declared: BTreeSet<String> = rows.iter().map(|row| row.line.to_owned()).collect();
    let missing: Vec<&String> = lines.difference(&declared).collect();
    let unknown: Vec<&String> = declared.difference(&lines).collect();
    assert!(
        missing.is_empty() && unknown.is_empty(),
        "declared nowhere: {missing:#?}; not in the table: {unknown:#?}"
    );
    for row in rows {
        assert!(
            row.met.len() == ROLES.len() && row.met.chars().all(|letter| "osfh".contains(letter)),
            "{} {}",
            row.line,
            row.met
        );
    }
}

fn api_lines() -> BTreeSet<String> {
    let lines = api::routes::all().into_iter();
    lines
        .map(|line| format!("{} /api/v1{}", line.method, line.path))
        .collect()
}

fn page_lines() -> BTreeSet<String> {
    let lines = web::routes::all().into_iter();
    lines
        .map(|line| format!("{} {}", line.method, line.path))
        .collect()
}

#[test]
fn r16_each_route_meets_each_kind_of_person_as_declared() {
    whole(routes::ROWS, api_lines());
    compared(routes::ROWS);
}

#[test]
fn r16_each_page_meets_each_kind_of_person_as_declared() {
    whole(pages::ROWS, page_lines());
    compared(pages::ROWS);
}

/// What only desks know of is refused to others in the same words whether it is there or not; what is refused in other
/// words is known to who asks, because they may read it or find it in a list that is open to them.
#[test]
fn r12_a_refusal_tells_nobody_what_is_there() {
    let (site, cast) = Site::furnished(Cast::gather);
    let objects = Objects::gather(&site, &cast);
    let refused = routes::ROWS
        .iter()
        .filter(|row| !row.of.is_empty() && row.met.contains('f'));
    let all: Vec<Asking> = ROLES
        .into_iter()
        .filter(|role| !["nobody", "organiser"].contains(role))
        .map(|role| asking(&site, cast.find(role)))
        .collect();
    let mut wrong = Vec::new();
    for (number, row) in refused.enumerate() {
        for (asking, at) in all.iter().zip(1..) {
            if row.met.chars().nth(at) != Some('f') || is_known(row.of, at) {
                continue;
            }
            let answers = [row.of, NOTHING].map(|of| {
                let row = Row { of, ..*row };
                call(asking, &row, &objects, &format!("refused-{number}-{at}"))
            });
            let [there, absent] = answers.map(|answer| (answer.status, answer.text()));
            if there != absent {
                wrong.push(format!(
                    "{} of {:?} as {}: {there:?} and {absent:?}",
                    row.line, row.of, ROLES[at]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether somebody reads this thing, or finds it in a list anybody may read.
fn is_known(of: &str, at: usize) -> bool {
    // Who reads of a meeting knows that it has an agenda.
    let of = match of {
        "an item of the Assembly's" => "the Assembly's meeting",
        "an item of the World Assembly's"
        | "a question of consensus"
        | "an objection"
        | "a floor"
        | "a request to speak"
        | "a motion"
        | "a ruling" => "the World Assembly",
        other => other,
    };
    LISTED.contains(&of)
        || routes::ROWS
            .iter()
            .any(|row| row.of == of && row.line.starts_with("GET ") && row.met.chars().nth(at) == Some('o'))
}

/// This part of `docs/access-matrix.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "\n## What each kind of person meets\n\n\
         Called over HTTP, one by one, and compared by `tests/journeys/matrix`. open: they come in (and are told when \
         something is missing, stale or wrong); sign in: 401, a page leads to the sign-in; forbidden: 403 with the \
         reason, in the same words for an id of nothing unless they know by other ways that the thing is there; hidden: \
         the one 404. An organiser is of the secretariat, over everything.\n",
    );
    for (title, rows) in [("Routes", routes::ROWS), ("Pages", pages::ROWS)] {
        let head: Vec<&str> = ["line", "of"].into_iter().chain(ROLES).collect();
        let rule = "| --- ".repeat(head.len());
        writeln!(page, "\n### {title}\n\n| {} |\n{rule}|", head.join(" | ")).ok();
        for row in rows {
            let met: Vec<&str> = row.met.chars().map(word).collect();
            writeln!(page, "| `{}` | {} | {} |", row.line, row.of, met.join(" | ")).ok();
        }
    }
    page
}

const fn word(letter: char) -> &'static str {
    match letter {
        'o' => "open",
        's' => "sign in",
        'f' => "forbidden",
        _ => "hidden",
    }
}
