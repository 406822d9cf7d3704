//! The reference to read: `GET /api/docs`, one page made from `openapi.json`. It needs no script and no other host.
//!
//! Its frame is in the reader's language, `/api/docs/fr` by its address or `/api/docs` by cookie and browser; what routes and
//! shapes say of themselves is the reference's own English, and marked so.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    sync::OnceLock,
};

use actix_kit::{Arg, At, Caller, Problem, Words};
use actix_web::{HttpResponse, http::header};
use kernel::{Coded as _, Fault, Language};
use serde_json::{Map, Value};

use crate::openapi;

/// How the page looks.
const STYLE: &str = include_str!("reference.css");
/// Where its style is.
pub const STYLE_PATH: &str = "/api/docs.css";
/// Where the page is, in the language the reader's browser asks for.
pub const PATH: &str = "/api/docs";
/// Where it is in a language.
pub const PATH_IN_LANGUAGE: &str = "/api/docs/{lang}";

/// Stands for markup in a sentence until it is escaped.
const HOLE: &str = "\u{e000}";

/// `GET /api/docs`
pub async fn page(caller: Caller) -> HttpResponse {
    let mut answer = answered(&caller, caller.language());
    answer.headers_mut().insert(
        header::VARY,
        header::HeaderValue::from_static("accept-language, cookie"),
    );
    answer
}

/// `GET /api/docs/{lang}`
///
/// # Errors
/// 404 for any other language.
pub async fn page_in_language(caller: Caller, lang: At<String>) -> Result<HttpResponse, Problem> {
    match Language::from_code(&lang.0) {
        Some(language) => Ok(answered(&caller, language)),
        None => Err(caller.problem(Fault::not_found())),
    }
}

/// `GET /api/docs.css`
pub async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(STYLE)
}

fn answered(caller: &Caller, language: Language) -> HttpResponse {
    static PAGES: [OnceLock<String>; 3] = [const { OnceLock::new() }; 3];
    let page = match language {
        Language::En => &PAGES[0],
        Language::Fr => &PAGES[1],
        Language::Es => &PAGES[2],
    };
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_LANGUAGE, language.code()))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(
            page.get_or_init(|| html(caller.site().words(), language))
                .as_str(),
        )
}

/// The whole page.
pub fn html(words: &Words, language: Language) -> String {
    let document: Value = serde_json::from_str(openapi::json()).unwrap_or_default();
    let mut page = Reference {
        text: String::new(),
        words,
        language,
    };
    page.write(&document).expect("a text takes what is written");
    page.text
}

/// The page as far as it is written.
struct Reference<'a> {
    text: String,
    words: &'a Words,
    language: Language,
}

impl Reference<'_> {
    fn write(&mut self, document: &Value) -> fmt::Result {
        let groups = groups(document);
        self.write_head()?;
        let (label, shapes) = (self.say("docs-groups"), self.say("docs-shapes"));
        writeln!(self.text, "<nav aria-label=\"{label}\"><ul>")?;
        for group in groups.keys() {
            writeln!(
                self.text,
                "<li><a href=\"#{0}\"><code>{0}</code></a></li>",
                escaped(group)
            )?;
        }
        write!(
            self.text,
            "<li><a href=\"#shapes\">{shapes}</a></li>\n</ul></nav>\n<main id=\"content\" tabindex=\"-1\">\n"
        )?;
        for (group, lines) in &groups {
            writeln!(
                self.text,
                "<section><h2 id=\"{0}\"><code>{0}</code></h2>",
                escaped(group)
            )?;
            for (method, path, operation) in lines {
                self.write_operation(method, path, operation)?;
            }
            self.text.push_str("</section>\n");
        }
        writeln!(self.text, "<section><h2 id=\"shapes\">{shapes}</h2>")?;
        for (name, schema) in fields(&document["components"]["schemas"]) {
            self.write_shape(name, schema)?;
        }
        self.text.push_str("</section>\n</main>\n</body>\n</html>\n");
        Ok(())
    }

    fn write_head(&mut self) -> fmt::Result {
        let code = self.language.code();
        let title = self.say("docs-title");
        write!(
            self.text,
            "<!doctype html>\n<html lang=\"{code}\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title} · Hemicycle</title>\n<link rel=\"stylesheet\" href=\"{STYLE_PATH}\">\n"
        )?;
        for other in Language::ALL.iter().filter(|other| **other != self.language) {
            writeln!(
                self.text,
                "<link rel=\"alternate\" hreflang=\"{0}\" href=\"{PATH}/{0}\">",
                other.code()
            )?;
        }
        write!(
            self.text,
            "</head>\n<body>\n<a class=\"skip\" href=\"#content\">{}</a>\n<header>\n\
             <div class=\"top\"><a href=\"/{code}\">Hemicycle</a>\n<nav aria-label=\"{}\"><ul>",
            self.say("skip"),
            self.say("nav-language")
        )?;
        for other in Language::ALL {
            let current = match *other == self.language {
                true => " aria-current=\"true\"",
                false => "",
            };
            write!(
                self.text,
                "<li><a href=\"{PATH}/{0}\" lang=\"{0}\" hreflang=\"{0}\"{current}>{1}</a></li>",
                other.code(),
                own_name(*other)
            )?;
        }
        write!(self.text, "</ul></nav></div>\n<h1>{title}</h1>\n")?;
        if self.language != Language::En {
            writeln!(self.text, "<p>{}</p>", self.say("docs-in-english"))?;
        }
        let codes = format!("<a href=\"/api/v1/errors\">{}</a>", self.say("docs-codes"));
        write!(
            self.text,
            "<dl>\n<dt><a href=\"/api/v1/openapi.json\">openapi.json</a></dt><dd>{}</dd>\n\
             <dt><code>{{items, next}}</code></dt><dd>{}</dd>\n\
             <dt><code>problem+json</code></dt><dd>{}</dd>\n\
             <dt><code>Idempotency-Key</code></dt><dd>{}</dd>\n\
             <dt><code>If-Match</code></dt><dd>{}</dd>\n</dl>\n</header>\n",
            self.say("docs-same"),
            self.say("docs-lists"),
            self.say_of("docs-problems", "codes", &codes),
            self.say("docs-once"),
            self.say("docs-versions"),
        )
    }

    fn write_operation(&mut self, method: &str, path: &str, operation: &Value) -> fmt::Result {
        let english = self.english();
        let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
        let method = method.to_uppercase();
        write!(
            self.text,
            "<article><h3><code>{method} {}</code></h3>\n<p{english}>{}</p>\n<dl>",
            escaped(path),
            text(&operation["summary"])
        )?;
        if operation["security"].is_array() {
            let (needs, account) = (self.say("docs-needs"), self.say("docs-account"));
            write!(self.text, "<dt>{needs}</dt><dd>{account}</dd>")?;
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let place = match parameter["in"].as_str() {
                Some("path") => continue,
                Some("header") => self.say("docs-header"),
                _ => self.say("docs-query"),
            };
            let kind = self.kind(&parameter["schema"]);
            let said = self.said(&parameter["schema"]);
            let name = text(&parameter["name"]);
            write!(
                self.text,
                "<dt>{place}</dt><dd><code>{name}</code> {kind} {said}</dd>"
            )?;
        }
        for (media, content) in fields(&operation["requestBody"]["content"]) {
            let (takes, kind) = (self.say("docs-takes"), self.kind(&content["schema"]));
            write!(self.text, "<dt>{takes}</dt><dd>{kind} {}</dd>", media_of(media))?;
        }
        for (status, answer) in fields(&operation["responses"]) {
            if status == "default" {
                continue;
            }
            let gives = self.say("docs-gives");
            write!(self.text, "<dt>{gives}</dt><dd><code>{}</code>", escaped(status))?;
            for (media, content) in fields(&answer["content"]) {
                let kind = self.kind(&content["schema"]);
                write!(self.text, " {kind} {}", media_of(media))?;
            }
            self.text.push_str("</dd>");
        }
        self.text.push_str("</dl></article>\n");
        Ok(())
    }

    fn write_shape(&mut self, name: &str, schema: &Value) -> fmt::Result {
        let english = self.english();
        write!(
            self.text,
            "<article><h3 id=\"shape-{0}\"><code>{0}</code></h3>\n<p{english}>{1}</p>\n",
            escaped(name),
            escaped(said_of(schema))
        )?;
        if let Some(choices) = schema["enum"].as_array() {
            let choices: Vec<String> = choices
                .iter()
                .filter_map(Value::as_str)
                .map(|choice| format!("<code>{}</code>", escaped(choice)))
                .collect();
            let sentence = self.say_of("docs-one-of", "choices", &choices.join(", "));
            writeln!(self.text, "<p>{sentence}</p>")?;
        }
        let own = std::slice::from_ref(schema);
        let parts = schema["allOf"].as_array().map_or(own, Vec::as_slice);
        for part in parts.iter().filter(|part| part["$ref"].is_string()) {
            let sentence = self.say_of("docs-all-of", "shape", &self.kind(part));
            writeln!(self.text, "<p>{sentence}</p>")?;
        }
        let rows: Vec<(&Value, &str, &Value)> = parts
            .iter()
            .flat_map(|part| fields(&part["properties"]).map(move |(field, of)| (part, field, of)))
            .collect();
        if !rows.is_empty() {
            self.text.push_str("<dl>");
            for (part, field, of) in rows {
                self.write_field(field, of, is_needed(part, field))?;
            }
            self.text.push_str("</dl>");
        }
        self.text.push_str("</article>\n");
        Ok(())
    }

    fn write_field(&mut self, field: &str, of: &Value, is_needed: bool) -> fmt::Result {
        let (kind, said) = (self.kind(of), self.said(of));
        let optional = match is_needed {
            true => String::new(),
            false => format!(", {}", self.say("docs-optional")),
        };
        write!(
            self.text,
            "<dt><code>{}</code></dt><dd>{kind}{optional}. {said}</dd>",
            escaped(field)
        )
    }

    /// What a value is, in a word; a shape by its name.
    fn kind(&self, schema: &Value) -> String {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            return format!("<a href=\"#shape-{0}\">{0}</a>", escaped(name));
        }
        let or = format!(" {} ", self.say("docs-or"));
        for several in ["oneOf", "anyOf", "allOf"] {
            if let Some(parts) = schema[several].as_array() {
                let kinds: Vec<String> = parts.iter().map(|part| self.kind(part)).collect();
                return kinds.join(&or);
            }
        }
        if schema["properties"]["items"].is_object() {
            let what = self.kind(&schema["properties"]["items"]["items"]);
            return self.say_of("docs-page-of", "what", &what);
        }
        match &schema["type"] {
            Value::String(one) if one == "array" => {
                self.say_of("docs-list-of", "what", &self.kind(&schema["items"]))
            }
            Value::String(one) => escaped(one),
            Value::Array(several) => {
                let kinds: Vec<String> = several.iter().filter_map(Value::as_str).map(escaped).collect();
                kinds.join(&or)
            }
            _ => self.say("docs-anything"),
        }
    }

    /// What the reference says of a value, in its English.
    fn said(&self, schema: &Value) -> String {
        let said = escaped(said_of(schema));
        match self.english() {
            english if !english.is_empty() && !said.is_empty() => format!("<span{english}>{said}</span>"),
            _ => said,
        }
    }

    /// The mark of an English part in a page of another language.
    fn english(&self) -> &'static str {
        match self.language {
            Language::En => "",
            Language::Fr | Language::Es => " lang=\"en\"",
        }
    }

    /// A word of the frame.
    fn say(&self, key: &str) -> String {
        escaped(&self.words.say(self.language, key, &[]))
    }

    /// A sentence of the frame with markup in its place `name`.
    fn say_of(&self, key: &str, name: &str, markup: &str) -> String {
        let sentence = self
            .words
            .say(self.language, key, &[(name, Arg::Text(HOLE.to_owned()))]);
        escaped(&sentence).replace(HOLE, markup)
    }
}

/// Method, path and what it is, by the first word of the path.
type Groups<'a> = BTreeMap<&'a str, Vec<(&'a str, &'a str, &'a Value)>>;

fn groups(document: &Value) -> Groups<'_> {
    let mut groups = Groups::new();
    for (path, methods) in fields(&document["paths"]) {
        for (method, operation) in fields(methods) {
            let tag = operation["tags"][0].as_str().filter(|tag| !tag.is_empty());
            groups
                .entry(tag.unwrap_or("start"))
                .or_default()
                .push((method, path, operation));
        }
    }
    groups
}

fn is_needed(part: &Value, field: &str) -> bool {
    let needed = part["required"].as_array();
    needed.is_some_and(|needed| needed.iter().any(|one| one == field))
}

/// What a language calls itself.
const fn own_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Fr => "Français",
        Language::Es => "Español",
    }
}

/// A media type, where it is not the usual one.
fn media_of(media: &str) -> String {
    match media {
        "application/json" => String::new(),
        other => format!("(<code>{}</code>)", escaped(other)),
    }
}

/// What is written of a value: beside it, or beside the shape it names.
fn said_of(schema: &Value) -> &str {
    let own = schema["description"].as_str();
    let beside = schema["oneOf"].as_array().into_iter().flatten();
    own.or_else(|| beside.filter_map(|part| part["description"].as_str()).next())
        .unwrap_or_default()
}

fn fields(object: &Value) -> impl Iterator<Item = (&str, &Value)> {
    object
        .as_object()
        .into_iter()
        .flat_map(Map::iter)
        .map(|(name, value)| (name.as_str(), value))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::routes;

    #[test]
    fn the_reference_names_every_route_and_links_nowhere_in_vain() {
        let words = Words::embedded();
        for language in Language::ALL {
            let page = html(&words, *language);
            for line in routes::all() {
                let title = format!("<code>{} /api/v1{}</code>", line.method, line.path);
                assert!(page.contains(&title), "{title}");
            }
            let after = |mark: &str| -> Vec<String> {
                let parts = page.split(mark).skip(1);
                parts
                    .map(|part| part.split('"').next().unwrap_or_default().to_owned())
                    .collect()
            };
            let ids = after(" id=\"");
            let known: BTreeSet<&String> = ids.iter().collect();
            assert_eq!(known.len(), ids.len(), "an id stands twice");
            for link in after("href=\"#") {
                assert!(known.contains(&link), "{link} leads nowhere");
            }
        }
    }

    #[test]
    fn the_frame_is_in_three_languages_and_what_stays_english_says_so() {
        let words = Words::embedded();
        for (language, title, needs) in [
            (Language::En, "<h1>API reference</h1>", "<dt>Needs</dt>"),
            (Language::Fr, "<h1>Référence de l’API</h1>", "<dt>Exige</dt>"),
            (Language::Es, "<h1>Referencia de la API</h1>", "<dt>Exige</dt>"),
        ] {
            let page = html(&words, language);
            assert!(page.contains(&format!("<html lang=\"{}\"", language.code())));
            assert!(
                page.contains(title) && page.contains(needs),
                "{}",
                language.code()
            );
            assert_eq!(page.contains("<p lang=\"en\">"), language != Language::En);
            assert!(
                !page.contains("docs-") && !page.contains(HOLE),
                "{}",
                language.code()
            );
        }
    }
}
