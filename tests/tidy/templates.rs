//! Pages under a content security policy without `unsafe-inline`: style and script come from files.

use crate::tree;

/// One sentence for each piece of style or script in the markup.
fn problems(template: &str) -> Vec<String> {
    let markup = without_directives(template).to_ascii_lowercase();
    let mut sentences = Vec::new();
    for (at, _) in markup.match_indices("<style") {
        sentences.push(format!("line {}: <style>", tree::line_of(&markup, at)));
    }
    for (at, _) in markup.match_indices("<script") {
        let tag = markup[at..].split('>').next().unwrap_or_default();
        // What schema.org describes is data, which no browser runs.
        if !tag.contains(" src=") && !tag.contains("type=\"application/ld+json\"") {
            sentences.push(format!(
                "line {}: <script> without src",
                tree::line_of(&markup, at)
            ));
        }
    }
    for (at, _) in markup.match_indices("javascript:") {
        sentences.push(format!("line {}: javascript:", tree::line_of(&markup, at)));
    }
    for (at, name) in attributes(&markup) {
        if name == "style" || (name.starts_with("on") && name.len() > 2) {
            sentences.push(format!("line {}: {name}=", tree::line_of(&markup, at)));
        }
    }
    sentences
}

/// Names of letters alone before a `=`, after white space: attributes, as far as we look for them.
fn attributes(markup: &str) -> Vec<(usize, &str)> {
    markup
        .match_indices('=')
        .filter_map(|(at, _)| {
            let start = markup[..at].rfind(|c: char| !c.is_ascii_lowercase())?;
            let is_apart = markup[start..].starts_with(char::is_whitespace);
            is_apart.then(|| (start, &markup[start + 1..at]))
        })
        .collect()
}

/// Blanks what the template language reads, keeping its lines.
fn without_directives(template: &str) -> String {
    let mut markup = String::with_capacity(template.len());
    let mut rest = template;
    let pairs = [("{%", "%}"), ("{{", "}}"), ("{#", "#}")];
    while let Some((at, close)) = pairs
        .iter()
        .filter_map(|(open, close)| Some((rest.find(open)?, close)))
        .min_by_key(|(at, _)| *at)
    {
        let end = rest[at..]
            .find(close)
            .map_or(rest.len(), |length| at + length + close.len());
        markup.push_str(&rest[..at]);
        markup.extend(rest[at..end].chars().map(|c| if c == '\n' { '\n' } else { '_' }));
        rest = &rest[end..];
    }
    markup.push_str(rest);
    markup
}

#[test]
fn pages_hold_no_style_and_no_script_of_their_own() {
    let templates = tree::files("crates/web/templates", "");
    let told = templates.iter().flat_map(|file| {
        problems(&file.text)
            .into_iter()
            .map(|sentence| format!("{}: {sentence}", file.path))
            .collect::<Vec<_>>()
    });

    tree::none(told.collect());
}

#[test]
fn style_and_script_in_markup_are_told() {
    assert_eq!(problems("<p\n style=\"color:red\">"), ["line 2: style="]);
    assert_eq!(problems("<a onclick=\"go()\" href=x>"), ["line 1: onclick="]);
    assert_eq!(problems("<style>p{}</style>"), ["line 1: <style>"]);
    assert_eq!(
        problems("<p>\n<script>go()</script>"),
        ["line 2: <script> without src"]
    );
    assert_eq!(problems("<a href=\"javascript:go()\">"), ["line 1: javascript:"]);
}

#[test]
fn files_of_script_and_directives_pass() {
    let template = "<script type=\"module\" src=\"/static/grid.js\"></script>\n{% let style=1 %}{# onclick= #}<p class=\"{{ on=x }}\" data-once=\"1\">one = two</p>";

    assert_eq!(problems(template), Vec::<String>::new());
}
