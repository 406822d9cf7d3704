//! What the lines are done to: an id for each name a declaration uses, made by the organiser over the API where the cast
//! has none; and bodies.

use std::collections::BTreeMap;

use access_rules::{Role, Scope};
use db::on_each;
use diesel::prelude::*;
use kernel::Id;
use members::{
    model::{Membership, Relation},
    tables::{memberships, relations},
};
use people::{model::StandingRow, tables::standings};
use serde_json::{Value, json};
use statutory::bodies;
use tests::{Answer, Cast, Client, Decided, Site, Somebody, cast::SLUG};

use super::deliberation;

/// Ids by name.
pub struct Objects {
    ids: BTreeMap<&'static str, String>,
    bodies: BTreeMap<&'static str, Value>,
    queries: BTreeMap<&'static str, String>,
    forms: BTreeMap<&'static str, Vec<(&'static str, String)>>,
}

const PAPER: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n\
trailer<</Root 1 0 R>>\n%%EOF\n";

fn made(answer: Answer) -> String {
    let body = answer.clone().json();
    let id = body["id"].as_str().map(str::to_owned);
    id.unwrap_or_else(|| panic!("{} {}", answer.status, answer.text()))
}

/// The id of the first entry of a list for which this holds.
fn listed(client: &Client, path: &str, holds: impl Fn(&Value) -> bool) -> String {
    let list = client.get(path).expect(200).json();
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let found = items.iter().find(|item| holds(item));
    let found = found.unwrap_or_else(|| panic!("nothing fits in {path}: {list}"));
    found["id"].as_str().unwrap_or_default().to_owned()
}

/// The id of the first thing a page links to below its own address.
fn linked(client: &Client, path: &str) -> String {
    let page = client.get(path).expect(200).text();
    let below = format!("href=\"{path}/");
    let mut ids = page
        .split(below.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let found = ids.find(|id| *id != "new");
    found
        .unwrap_or_else(|| panic!("{path} links to nothing"))
        .to_owned()
}

impl Objects {
    /// Makes what is missing.
    pub fn gather(site: &Site, cast: &Cast) -> Self {
        let organiser = site.browser(&cast.find("organiser").cookie);
        let individual = site.browser(&cast.find("individual").cookie);
        let edition = format!("/api/v1/editions/{SLUG}");
        let make = |path: String, body: Value| made(organiser.post_once(&path, &path, &body));
        let any = |_: &Value| true;
        let person = |name: &str| cast.find(name).person.to_string();
        let named = |name: &'static str| move |item: &Value| item["name"] == name;

        let ours = listed(&organiser, "/api/v1/organisations", named("Thornveld"));
        let another = listed(&organiser, "/api/v1/organisations", named("Port Merrow"));
        let ngo = listed(&organiser, "/api/v1/organisations", named("Hearth and Commons"));
        let theme = make(
            format!("{edition}/themes"),
            json!({ "code": "water", "title": { "en": "Water" }, "question": { "en": "Whose?" } }),
        );
        let of_session = |session: String| move |item: &Value| item["session"] == session;
        let meetings = format!("{edition}/meetings");
        let (assembly, hidden) = (
            listed(&organiser, &meetings, of_session(cast.assembly.to_string())),
            listed(&organiser, &meetings, of_session(cast.hidden.to_string())),
        );
        let item = |meeting: &str| {
            let item = json!({ "title": { "en": "Budget" }, "kind": "for_information" });
            make(format!("/api/v1/meetings/{meeting}/agenda"), item)
        };
        let paper = |meeting: &str| {
            let path = format!("/api/v1/meetings/{meeting}/documents?title[en]=Budget&language=en");
            let headers = [
                ("content-type", "application/pdf"),
                ("idempotency-key", path.as_str()),
            ];
            made(organiser.send("POST", &path, &headers, Some(PAPER)))
        };
        let committee = bodies::standard_id("financial_management_committee").to_string();
        let token = individual
            .post_once(
                "/api/v1/me/tokens",
                "token",
                &json!({ "name": "a program", "scopes": ["read"], "days": 3 }),
            )
            .expect(201)
            .json();
        let calendar = individual
            .post_once(&format!("{edition}/me/calendar"), "calendar", &json!({}))
            .expect(201)
            .json();
        let address = calendar["url"].as_str().unwrap_or_default();
        let secret = address.rsplit('/').next().unwrap_or_default();
        let webhook = make(
            format!("{edition}/webhooks"),
            json!({ "url": "https://hooks.example/", "kinds": ["programme.released"] }),
        );
        let delivery = make(format!("/api/v1/webhooks/{webhook}/tests"), json!({}));
        let of_person = |id: String| move |item: &Value| item["person"] == id;
        let member = site.browser(&cast.find("member").cookie);
        let begun = member
            .post_once(
                &format!("{edition}/registrations"),
                "begin",
                &json!({ "for_whom": "myself" }),
            )
            .expect(201)
            .json();
        let registered = begun["id"].as_str().unwrap_or_default().to_owned();
        let input = json!({ "given_name": "Ana", "family_name": "Member", "organisation": ours, "position_kind": "councillor",
                            "category": cast.congress.category, "tracks": ["town_hall"], "step": 3 });
        let own = format!("/api/v1/registrations/{registered}");
        let kept = member.put(&own, Some("\"v1\""), &input).expect(200);
        let etag = kept.header("etag").to_owned();
        let sent = member.put(&format!("{own}/submission"), Some(&etag), &json!({}));
        sent.expect(200);
        let conn = &mut site.conn();
        let lead = Somebody::new(conn, "a lead").given(conn, Role::SessionLead, Scope::Session(cast.open));
        let asked = json!({ "title": { "en": "Another title" } });
        let path = format!("/api/v1/sessions/{}/changes", cast.open);
        let change = made(site.browser(&lead.cookie).post_once(&path, "change", &asked));
        let quota = json!({ "organisation": ours, "category": cast.congress.category, "places_max": 3 });
        organiser
            .put(&format!("{edition}/delegation-quotas"), None, &quota)
            .expect(200);
        let sent = json!({ "given_name": "Lindiwe", "email": "lindiwe@thornveld.example",
                           "category": cast.congress.category });
        let path = format!("{edition}/delegations/{ours}/delegates");
        let focal = site.browser(&cast.find("focal point").cookie);
        let delegate = made(focal.post_once(&path, "delegate", &sent));
        // The individual has two browsers.
        cast.find("individual").cookie_elsewhere(conn);
        let membership: Id<Membership> =
            on_each!(conn, |c| memberships::table.select(memberships::id).first(c)).expect("one");
        let relation: Id<Relation> =
            on_each!(conn, |c| relations::table.select(relations::id).first(c)).expect("one");
        let standing: Id<StandingRow> =
            on_each!(conn, |c| standings::table.select(standings::id).first(c)).expect("one");
        let decided = Decided::gather(conn, cast);
        let outcome = |code: &str| format!("{edition}/outcomes/{code}");
        let words = organiser.get(&outcome(&decided.adopted.code)).expect(200).json();
        let block = words["text"]["blocks"][0]["id"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let named = json!({ "title": { "en": "What we decided" } });
        let collection = organiser
            .put(&format!("{edition}/collection/draft"), Some("\"v1\""), &named)
            .expect(200);
        let headers = [
            ("idempotency-key", "collection"),
            ("if-match", collection.header("etag")),
        ];
        let editions = format!("{edition}/collection/editions");
        organiser.send("POST", &editions, &headers, None).expect(201);
        let mut ids = BTreeMap::from([
            ("", String::new()),
            (super::NOTHING, "0192f0c1-2d3e-7f4a-8b5c-6d7e8f901234".to_owned()),
            ("an open session", cast.open.to_string()),
            ("a change asked for", change),
            ("a delegate", delegate),
            ("the Assembly, a line", cast.assembly.to_string()),
            ("a hidden meeting", cast.hidden.to_string()),
            ("a member organisation", ours.clone()),
            ("another organisation", another),
            ("the individual", person("individual")),
            ("the member", person("member")),
            ("the focal point", person("focal point")),
            ("the member's membership", membership.to_string()),
            ("a relation", relation.to_string()),
            ("an appointment", standing.to_string()),
            (
                "the member's position",
                listed(
                    &organiser,
                    &format!("/api/v1/organisations/{ours}/positions"),
                    of_person(person("member")),
                ),
            ),
            (
                "a venue",
                make(
                    format!("{edition}/venues"),
                    json!({ "name": { "en": "Harbour" } }),
                ),
            ),
            ("a room", cast.congress.rooms[0].to_string()),
            ("a track", listed(&organiser, &format!("{edition}/tracks"), any)),
            ("a format", listed(&organiser, &format!("{edition}/formats"), any)),
            ("a domain", listed(&organiser, &format!("{edition}/domains"), any)),
            (
                "a category",
                listed(&organiser, &format!("{edition}/categories"), any),
            ),
            (
                "a call",
                make(
                    format!("{edition}/calls"),
                    json!({ "format": "labs", "title": { "en": "Labs" }, "opens_at": "2026-01-01T00:00:00Z",
                            "closes_at": "2029-01-01T00:00:00Z" }),
                ),
            ),
            (
                "a partner of a theme",
                make(
                    format!("/api/v1/themes/{theme}/partners"),
                    json!({ "organisation": ngo, "role": "lead" }),
                ),
            ),
            ("a theme", theme),
            (
                "a scope of sittings",
                linked(&organiser, &format!("/en/desk/{SLUG}/scopes")),
            ),
            (
                "the General Assembly",
                bodies::standard_id("general_assembly").to_string(),
            ),
            ("a committee", committee.clone()),
            (
                "a seat in a committee",
                listed(&organiser, &format!("/api/v1/bodies/{committee}/seats"), any),
            ),
            ("the Assembly's meeting", assembly.clone()),
            ("the Bureau's meeting", hidden.clone()),
            ("an item of the Assembly's", item(&assembly)),
            ("an item of the Bureau's", item(&hidden)),
            ("a paper of the Assembly's", paper(&assembly)),
            ("a paper of the Bureau's", paper(&hidden)),
            (
                "the individual's registration",
                listed(
                    &organiser,
                    &format!("{edition}/registrations"),
                    of_person(person("individual")),
                ),
            ),
            ("the member's registration", registered),
            ("a webhook", webhook),
            ("a delivery", delivery),
            ("a letter", listed(&organiser, "/api/v1/letters", any)),
            (
                "the individual's token",
                token["id"].as_str().unwrap_or_default().to_owned(),
            ),
            (
                "the individual's browser",
                listed(&individual, "/api/v1/me/sessions", |browser| {
                    browser["is_this"] == false
                }),
            ),
            ("the individual's calendar", secret.to_owned()),
            ("an adopted outcome", decided.adopted.code.clone()),
            ("a received outcome", decided.received.code.clone()),
            ("a drafted outcome", decided.drafted.code.clone()),
            ("a transmission", decided.transmission.id.to_string()),
            ("a public paper", decided.paper.to_string()),
            ("a block of an outcome", block),
            ("an agenda", "new_urban_agenda".to_owned()),
            (
                "a strategic priority",
                make(
                    format!("{edition}/priorities"),
                    json!({ "code": "care", "title": { "en": "Care" } }),
                ),
            ),
            (
                "a reference",
                make(
                    format!("{}/references", outcome(&decided.adopted.code)),
                    json!({ "addressed_to": "gtf", "field": "policy" }),
                ),
            ),
            (
                "what the member organisation was asked",
                make(
                    format!("{}/responses", outcome(&decided.adopted.code)),
                    json!({ "organisation": ours, "due_on": "2031-02-01" }),
                ),
            ),
        ]);
        let theme = ids["a theme"].clone();
        ids.extend(deliberation::make(conn, cast, &decided, &theme));
        let of = |name: &str| ids[name].clone();
        let bodies = BTreeMap::from([
            ("PUT /api/v1/me/language", json!({ "language": "en" })),
            ("POST /api/v1/editions/{slug}/state", json!({ "to": "archived" })),
            (
                "POST /api/v1/editions/{slug}/registrations",
                json!({ "for_whom": "myself" }),
            ),
            (
                "POST /api/v1/editions/{slug}/swaps",
                json!({ "one": cast.open, "other": cast.open }),
            ),
            (
                "POST /api/v1/editions/{slug}/rules/same-as-propose",
                json!({ "scope": "track", "scope_ref": "town_hall", "version": 999_999 }),
            ),
            (
                "POST /api/v1/editions/{slug}/rules/preview",
                json!({ "scope": "track", "scope_ref": "town_hall", "act": "attend", "rule": { "any_of": ["everyone"] } }),
            ),
            (
                "POST /api/v1/sessions/{id}/invitations",
                json!({ "person": of("the individual") }),
            ),
            (
                "PUT /api/v1/relations/{id}/end",
                json!({ "to_at": "1990-01-01T00:00:00Z" }),
            ),
            ("PUT /api/v1/formats/{id}/retirement", json!({ "retired": true })),
            (
                "PUT /api/v1/editions/{slug}/outcomes/{code}/horizon",
                json!({ "horizon_to": "2033-12-31" }),
            ),
            (
                "POST /api/v1/editions/{slug}/outcomes/{code}/links",
                json!({ "other": of("an adopted outcome") }),
            ),
            (
                "PUT /api/v1/outcome-responses/{id}/due",
                json!({ "due_on": "2031-03-01" }),
            ),
            (
                "PUT /api/v1/papers/{id}/text",
                json!({ "markdown": "Other words." }),
            ),
            (
                "POST /api/v1/editions/{slug}/papers",
                json!({ "organisation": of("a section") }),
            ),
        ]);
        let rule = format!("scope=session&scope_ref={}&act=attend", cast.open);
        let queries = BTreeMap::from([
            ("GET /api/v1/editions/{slug}/rules/history", rule.clone()),
            ("DELETE /api/v1/editions/{slug}/rules", rule),
            (
                "POST /api/v1/meetings/{id}/documents",
                "title[en]=Another&language=en".to_owned(),
            ),
            (
                "GET /api/v1/papers/{id}/versions/{number}/differences",
                "with=1".to_owned(),
            ),
        ]);
        let forms = BTreeMap::from([
            (
                "POST /{lang}/account/tokens/end",
                vec![("id", of("the individual's token"))],
            ),
            (
                "POST /{lang}/desk/confirmations/check",
                vec![("positions[]", of("the member's position"))],
            ),
            (
                "POST /{lang}/desk/{edition}/edition/step",
                vec![("to", "archived".to_owned())],
            ),
            (
                "POST /{lang}/{edition}/my-congress/tracks",
                vec![
                    ("registration", of("the individual's registration")),
                    ("track", "town_hall".to_owned()),
                ],
            ),
        ]);
        Self {
            ids,
            bodies,
            queries,
            forms,
        }
    }

    /// An id by its name.
    fn named(&self, name: &str) -> String {
        let id = self.ids.get(name);
        id.unwrap_or_else(|| panic!("no object is called {name:?}"))
            .clone()
    }

    /// The address of a line, with an id in every place for one.
    pub fn fill(&self, line: &str, of: &str) -> String {
        let (_, path) = line.split_once(' ').expect("a method and a path");
        let id = self
            .ids
            .get(of)
            .unwrap_or_else(|| panic!("no object is called {of:?}"));
        let part = |part: &str| match part {
            "{lang}" => "en".to_owned(),
            "{slug}" | "{edition}" => SLUG.to_owned(),
            "{year}" => "2030".to_owned(),
            "{step}" if line.contains("/chair/steps/") => "suspend".to_owned(),
            "{step}" if line.contains("/chair/outcomes/") => "present".to_owned(),
            "{number}" | "{step}" => "1".to_owned(),
            // Pages name a paper and a theme by their codes.
            "{paper}" if line.contains("{edition}/papers/") => self.named(&format!("the code of {of}")),
            "{paper}" => self.named("a published paper"),
            "{theme}" => "water".to_owned(),
            "{page}" => "how-to-join".to_owned(),
            "{block}" if line.contains("/papers/") => self.named(&format!("a block of {of}")),
            "{part}" => self.named(&format!("a part in {of}")),
            "{comment}" => self.named("a comment"),
            "{network}" => self.named("a network"),
            "{outcome}" => self.named("a received outcome, its id"),
            "{question}" => self.named("a question of consensus"),
            "{objection}" => self.named("an objection"),
            "{endorsement}" => self.named("an endorsement"),
            "{pairing}" => self.named("a pairing"),
            "{review}" => self.named("a caucus's review"),
            "{act}" if line.contains("/chair/floors/") => "pause".to_owned(),
            "{act}" if line.contains("/chair/requests/") => "admit".to_owned(),
            "{act}" if line.contains("/chair/motions/") => "vote".to_owned(),
            "{floor}" if of.is_empty() => self.named("a floor"),
            "{request}" if of.is_empty() => self.named("a request to speak"),
            "{motion}" if of.is_empty() => self.named("a motion"),
            "{ruling}" if of.is_empty() => self.named("a ruling"),
            "{item}" if line.contains("/world-assembly/") => self.named("an item of the World Assembly's"),
            "{code}" if line.contains("/outcomes/{code}") => id.clone(),
            "{code}" if line.contains("/agendas/{code}") => self.ids["an agenda"].clone(),
            "{other}" => self.ids["a received outcome"].clone(),
            "{language}" | "{tongue}" => "fr".to_owned(),
            "{block}" => self.ids["a block of an outcome"].clone(),
            "{reference}" => self.ids["a reference"].clone(),
            "{response}" => self.ids["what the member organisation was asked"].clone(),
            "{code}" | "{of}" => "town_hall".to_owned(),
            "{scope}" => "track".to_owned(),
            "{act}" => "attend".to_owned(),
            "{person}" if line.contains("focal-points") => self.ids["the focal point"].clone(),
            "{person}" => self.ids["the member"].clone(),
            "{partner}" => self.ids["a partner of a theme"].clone(),
            "{delivery}" => self.ids["a delivery"].clone(),
            "{seat}" => self.ids["a seat in a committee"].clone(),
            "{item}" => self.ids["an item of the Bureau's"].clone(),
            "{what}" if line.contains("organisations") => "accept".to_owned(),
            "{standing}" => self.ids["an appointment"].clone(),
            "{conflict}" => "none".to_owned(),
            "{what}" => "hold".to_owned(),
            "{file}" => web::assets::url("mark.svg")
                .trim_start_matches("/static/")
                .to_owned(),
            part if part.starts_with('{') => id.clone(),
            part => part.to_owned(),
        };
        let path = path.split('/').map(part).collect::<Vec<_>>().join("/");
        match self.queries.get(line) {
            Some(query) => format!("{path}?{query}"),
            None => path,
        }
    }

    /// The media type and body for a route.
    pub fn body(&self, line: &str) -> (String, String) {
        let body = self
            .bodies
            .get(line)
            .map_or_else(|| "{}".to_owned(), Value::to_string);
        let media = match line {
            _ if line.contains("/imports") => "text/csv",
            _ if line.ends_with("/papers/{id}/text/file") => "text/markdown",
            _ if line.contains("documents") && !line.ends_with("/documents/{id}") => "application/pdf",
            _ => "application/json",
        };
        (media.to_owned(), body)
    }

    /// The fields of a form of a page.
    pub fn form<'a>(&'a self, line: &str) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let fields = self.forms.get(line).map_or(&[][..], Vec::as_slice);
        fields.iter().map(|(name, value)| (*name, value.as_str()))
    }
}
