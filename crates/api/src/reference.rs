//! The reference to read: `GET /api/docs`, one page made from `openapi.json`. It needs no script and no other host.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
    sync::OnceLock,
};

use actix_web::{HttpResponse, http::header};
use serde_json::{Map, Value};

use crate::openapi;

/// How the page looks.
const STYLE: &str = include_str!("reference.css");
/// Where its style is.
pub const STYLE_PATH: &str = "/api/docs.css";
/// Where the page is.
pub const PATH: &str = "/api/docs";

/// `GET /api/docs`
pub async fn page() -> HttpResponse {
    static PAGE: OnceLock<String> = OnceLock::new();
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(PAGE.get_or_init(html).as_str())
}

/// `GET /api/docs.css`
pub async fn style() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/css; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(STYLE)
}

/// The whole page.
pub fn html() -> String {
    let document: Value = serde_json::from_str(openapi::json()).unwrap_or_default();
    let mut page = String::new();
    write_page(&mut page, &document).expect("a text takes what is written");
    page
}

fn write_page(page: &mut String, document: &Value) -> fmt::Result {
    let groups = groups(document);
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>API reference · Hemicycle</title>\n<link rel=\"stylesheet\" href=\"{STYLE_PATH}\">\n</head>\n<body>\n\
         <header><h1>API reference</h1>\n\
         <p>The same as <a href=\"/api/v1/openapi.json\">openapi.json</a> (OpenAPI 3.1). Lists answer \
         <code>{{items, next}}</code>; send <code>next</code> as <code>after</code> for the next page. What is refused is \
         answered as <code>application/problem+json</code> with one of these <a href=\"/api/v1/errors\">codes</a>. What is \
         sent once carries an <code>Idempotency-Key</code>; an edit says in <code>If-Match</code> which <code>ETag</code> it \
         was made on.</p></header>\n<nav aria-label=\"Groups\"><ul>\n"
    )?;
    for group in groups.keys() {
        writeln!(page, "<li><a href=\"#{0}\">{0}</a></li>", escaped(group))?;
    }
    page.push_str("<li><a href=\"#shapes\">shapes</a></li>\n</ul></nav>\n<main>\n");
    for (group, lines) in &groups {
        writeln!(page, "<section><h2 id=\"{0}\">{0}</h2>", escaped(group))?;
        for (method, path, operation) in lines {
            write_operation(page, method, path, operation)?;
        }
        page.push_str("</section>\n");
    }
    page.push_str("<section><h2 id=\"shapes\">Shapes</h2>\n");
    for (name, schema) in fields(&document["components"]["schemas"]) {
        write_shape(page, name, schema)?;
    }
    page.push_str("</section>\n</main>\n</body>\n</html>\n");
    Ok(())
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

fn write_operation(page: &mut String, method: &str, path: &str, operation: &Value) -> fmt::Result {
    let text = |value: &Value| escaped(value.as_str().unwrap_or_default());
    let method = method.to_uppercase();
    write!(
        page,
        "<article><h3><code>{method} {}</code></h3>\n<p>{}</p>\n<dl>",
        escaped(path),
        text(&operation["summary"])
    )?;
    if operation["security"].is_array() {
        page.push_str("<dt>Needs</dt><dd>an account</dd>");
    }
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let place = match parameter["in"].as_str() {
            Some("path") => continue,
            Some("header") => "Header",
            _ => "Query",
        };
        write!(
            page,
            "<dt>{place}</dt><dd><code>{}</code> {} {}</dd>",
            text(&parameter["name"]),
            kind(&parameter["schema"]),
            escaped(said_of(&parameter["schema"]))
        )?;
    }
    for (media, content) in fields(&operation["requestBody"]["content"]) {
        write!(
            page,
            "<dt>Takes</dt><dd>{} {}</dd>",
            kind(&content["schema"]),
            media_of(media)
        )?;
    }
    for (status, answer) in fields(&operation["responses"]) {
        if status == "default" {
            continue;
        }
        write!(page, "<dt>Gives</dt><dd><code>{}</code>", escaped(status))?;
        for (media, content) in fields(&answer["content"]) {
            write!(page, " {} {}", kind(&content["schema"]), media_of(media))?;
        }
        page.push_str("</dd>");
    }
    page.push_str("</dl></article>\n");
    Ok(())
}

fn write_shape(page: &mut String, name: &str, schema: &Value) -> fmt::Result {
    write!(
        page,
        "<article><h3 id=\"shape-{0}\"><code>{0}</code></h3>\n<p>{1}</p>\n",
        escaped(name),
        escaped(said_of(schema))
    )?;
    if let Some(choices) = schema["enum"].as_array() {
        let choices: Vec<String> = choices
            .iter()
            .filter_map(Value::as_str)
            .map(|choice| format!("<code>{}</code>", escaped(choice)))
            .collect();
        writeln!(page, "<p>One of {}.</p>", choices.join(", "))?;
    }
    let own = std::slice::from_ref(schema);
    let parts = schema["allOf"].as_array().map_or(own, Vec::as_slice);
    for part in parts.iter().filter(|part| part["$ref"].is_string()) {
        writeln!(page, "<p>All of {}, and:</p>", kind(part))?;
    }
    let is_needed = |part: &Value, field: &str| {
        let needed = part["required"].as_array();
        needed.is_some_and(|needed| needed.iter().any(|one| one == field))
    };
    page.push_str("<dl>");
    for part in parts {
        for (field, of) in fields(&part["properties"]) {
            let optional = if is_needed(part, field) {
                ""
            } else {
                ", may be left out"
            };
            write!(
                page,
                "<dt><code>{}</code></dt><dd>{}{optional}. {}</dd>",
                escaped(field),
                kind(of),
                escaped(said_of(of))
            )?;
        }
    }
    page.push_str("</dl></article>\n");
    Ok(())
}

/// What a value is, in a word; a shape by its name.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#shape-{0}\">{0}</a>", escaped(name));
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[several].as_array() {
            let kinds: Vec<String> = parts.iter().map(kind).collect();
            return kinds.join(" or ");
        }
    }
    if schema["properties"]["items"].is_object() {
        return format!("a page of {}", kind(&schema["properties"]["items"]["items"]));
    }
    match &schema["type"] {
        Value::String(one) if one == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(one) => escaped(one),
        Value::Array(several) => {
            let kinds: Vec<&str> = several.iter().filter_map(Value::as_str).collect();
            escaped(&kinds.join(" or "))
        }
        _ => String::from("anything"),
    }
}

/// What is written of a value: beside it, or beside the shape it names.
fn said_of(schema: &Value) -> &str {
    let own = schema["description"].as_str();
    let beside = schema["oneOf"].as_array().into_iter().flatten();
    own.or_else(|| beside.filter_map(|part| part["description"].as_str()).next())
        .unwrap_or_default()
}

/// A media type, where it is not the usual one.
fn media_of(media: &str) -> String {
    match media {
        "application/json" => String::new(),
        other => format!("as <code>{}</code>", escaped(other)),
    }
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
        let page = html();
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
