//! A published collection as a page or as Markdown, in a language: every code, every item, and which language counts.
//!
//! An item is said in the language that is asked for where all of it is, else in its authentic one; each says which it is.
//! It is made of what was sealed when the edition was published, and of nothing that can change since.

use std::fmt::Write as _;

use db::Conn;
use kernel::{Coded as _, Fault, Language};
use texts::{
    html::{self, Showing},
    markdown,
    model::{Block, BlockKind, Content, Run},
    translations, versions,
};

use crate::{
    legacy_model::{Item, Published},
    reading::{self, Wording},
    words::{self, Word, say},
};

/// How deep the headings of an item stand: under its own, which stands under the collection's.
const ITEM_HEADINGS_FROM: i32 = 3;

/// A line of what is told of an item.
struct Fact {
    name: &'static str,
    told: String,
    /// Its language where it is not the page's.
    language: Option<String>,
}

/// A whole page, safe to be sent as it is: text is escaped, parts in other languages say so, and a table of contents leads
/// to each item by its code.
///
/// # Errors
/// When the database refuses.
pub fn html(conn: &mut Conn, published: &Published, language: Language) -> Result<String, Fault> {
    let title = published.title.said(language);
    let mut page = String::with_capacity(published.items.0.len() * 2_000 + 2_000);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n</head>\n<body>\n<main>\n",
        language.code(),
        escaped(title.text)
    );
    let _ = writeln!(
        page,
        "<h1{}>{}</h1>",
        lang(title.lang, language),
        escaped(title.text)
    );
    let _ = writeln!(
        page,
        "<p>{}: {}</p>",
        escaped(say(Word::Cite, language)),
        escaped(published.citation.text(language))
    );
    let foreword = published.foreword.said(language);
    for paragraph in foreword.text.lines().filter(|line| !line.trim().is_empty()) {
        let _ = writeln!(
            page,
            "<p{}>{}</p>",
            lang(foreword.lang, language),
            escaped(paragraph)
        );
    }
    contents(&mut page, published, language);
    for item in &published.items.0 {
        let wording = wording(conn, item, language)?;
        article(&mut page, item, &wording, language);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    Ok(page)
}

/// The whole as Markdown, which [`markdown::import`] reads again.
///
/// # Errors
/// When the database refuses.
pub fn markdown(conn: &mut Conn, published: &Published, language: Language) -> Result<String, Fault> {
    let mut blocks = vec![
        Block::heading(1, published.title.text(language)),
        Block::paragraph(format!(
            "{}: {}",
            say(Word::Cite, language),
            published.citation.text(language)
        )),
    ];
    let foreword = published.foreword.text(language).lines();
    blocks.extend(
        foreword
            .filter(|line| !line.trim().is_empty())
            .map(Block::paragraph),
    );
    for item in &published.items.0 {
        let wording = wording(conn, item, language)?;
        blocks.push(Block::heading(2, headline(item, language)));
        blocks.push(flag(&wording, language));
        for (said, _) in wording.blocks {
            blocks.push(Block {
                level: match said.block.kind {
                    BlockKind::Heading => (said.block.level + ITEM_HEADINGS_FROM - 1).min(4),
                    BlockKind::Paragraph
                    | BlockKind::Item
                    | BlockKind::Quote
                    | BlockKind::Table
                    | BlockKind::Footnote => said.block.level,
                },
                ..said.block
            });
        }
        for fact in facts(item, language) {
            blocks.push(Block::item(1, false, format!("{}: {}", fact.name, fact.told)));
        }
    }
    Ok(markdown::export(&blocks))
}

/// What an item says: in this language where all of it does, else in its authentic one.
///
/// # Errors
/// When the database refuses.
pub fn wording(conn: &mut Conn, item: &Item, language: Language) -> Result<Wording, Fault> {
    if item.language != language.code() {
        let version = versions::get(conn, item.text, item.text_version)?;
        let said = translations::sealed(conn, &version, language.code())?;
        let wording = reading::worded(item.title.clone(), item.language.clone(), language.code(), said);
        if wording.is_whole() {
            return Ok(wording);
        }
    }
    let said = item.blocks.iter().cloned().map(reading::authentic).collect();
    Ok(reading::worded(
        item.title.clone(),
        item.language.clone(),
        &item.language,
        said,
    ))
}

fn contents(page: &mut String, published: &Published, language: Language) {
    let heading = escaped(say(Word::Contents, language));
    let _ = write!(
        page,
        "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{heading}</h2>\n<ol>\n"
    );
    for item in &published.items.0 {
        let title = item.title.said(language);
        let _ = writeln!(
            page,
            "<li><a href=\"#{code}\">{code}</a> <span{}>{}</span></li>",
            lang(title.lang, language),
            escaped(title.text),
            code = escaped(&item.code)
        );
    }
    page.push_str("</ol>\n</nav>\n");
}

fn article(page: &mut String, item: &Item, wording: &Wording, language: Language) {
    let title = item.title.said(language);
    let code = escaped(&item.code);
    let _ = write!(
        page,
        "<article id=\"{code}\" aria-labelledby=\"{code}-title\">\n<h2 id=\"{code}-title\">{code} <span{}>{}</span></h2>\n",
        lang(title.lang, language),
        escaped(title.text)
    );
    let _ = writeln!(
        page,
        "<p>{}, {}. {}</p>",
        escaped(words::kind(item.kind, language)),
        escaped(words::state(item.state, language)),
        escaped(&flag(wording, language).content.words())
    );
    let blocks: Vec<Block> = wording
        .blocks
        .iter()
        .map(|(said, _)| said.block.clone())
        .collect();
    let showing = Showing {
        language: &wording.language,
        headings_from: ITEM_HEADINGS_FROM,
        has_numbers: false,
    };
    page.push_str(&html::render(&blocks, &showing));
    let facts = facts(item, language);
    if !facts.is_empty() {
        page.push_str("<dl>\n");
        for fact in facts {
            let lang = fact.language.map_or_else(String::new, |own| lang(&own, language));
            let _ = writeln!(
                page,
                "<dt>{}</dt><dd{lang}>{}</dd>",
                escaped(fact.name),
                escaped(&fact.told)
            );
        }
        page.push_str("</dl>\n");
    }
    page.push_str("</article>\n");
}

/// Where it came from, whom it serves, until when.
fn facts(item: &Item, language: Language) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut tell = |word, told: String, own: Option<&str>| {
        if !told.is_empty() {
            facts.push(Fact {
                name: say(word, language),
                told,
                language: own.map(str::to_owned),
            });
        }
    };
    if let Some(origin) = &item.origin {
        let session = origin.session_title.said(language);
        if origin.session.is_some() {
            tell(Word::Session, session.text.to_owned(), Some(session.lang));
        }
        let paper = origin.paper_title.said(language);
        tell(Word::Paper, paper.text.to_owned(), Some(paper.lang));
        tell(Word::Organisation, origin.organisation_name.clone(), None);
    }
    let served: Vec<String> = item
        .agendas
        .iter()
        .map(|own| {
            let phase = words::phase(own.link.phase, language);
            format!("{} ({phase})", own.title.text(language))
        })
        .collect();
    tell(Word::Agendas, served.join("; "), None);
    let until = item.horizon_to.map(|to| to.to_string());
    tell(Word::FollowedUntil, until.unwrap_or_default(), None);
    tell(Word::SeeAlso, item.links.join(", "), None);
    facts
}

/// Which language counts, and whether this is it.
fn flag(wording: &Wording, language: Language) -> Block {
    let is = match (wording.is_authentic(), wording.language == language.code()) {
        (true, true) => Word::IsAuthentic,
        (true, false) => Word::NotTranslated,
        (false, _) => Word::IsTranslation,
    };
    let told = format!(
        "{}. {}: {}",
        say(is, language),
        say(Word::AuthenticLanguage, language),
        words::tongue(&wording.authentic)
    );
    Block {
        content: Content::Text(vec![Run {
            emphasis: true,
            ..Run::plain(told)
        }]),
        ..Block::paragraph("")
    }
}

fn headline(item: &Item, language: Language) -> String {
    format!("{} {}", item.code, item.title.text(language))
}

/// ` lang="fr"` where that is not the page's.
fn lang(own: &str, page: Language) -> String {
    match own == page.code() {
        true => String::new(),
        false => format!(" lang=\"{}\"", escaped(own)),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    out
}
