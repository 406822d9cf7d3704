//! A volume as a page that stands for itself: headings in order, a list of its texts, each block under its anchor.

use std::fmt::Write as _;

use kernel::{Coded as _, Language};

use super::{Piece, Sort, Volume, Word, say};
use crate::html::{self, Showing};

/// Writes a page.
pub(super) fn write(volume: &Volume) -> String {
    let code = volume.language.code();
    let title = escaped(&volume.about.title);
    let blocks: usize = volume.pieces.iter().map(|piece| piece.blocks.len()).sum();
    let mut page = String::with_capacity(blocks * 400 + 2_000);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body>\n<main>\n<h1{}>{title}</h1>\n",
        lang(&volume.title_language, volume.language)
    );
    let _ = writeln!(page, "<p>{}</p>", escaped(&volume.cited()));
    for line in &volume.foreword {
        let lang = line
            .language
            .as_ref()
            .map_or_else(String::new, |own| lang(own, volume.language));
        let _ = writeln!(page, "<p{lang}>{}</p>", escaped(&line.text));
    }
    match volume.sort {
        Sort::Collection => {
            contents(&mut page, volume);
            for piece in &volume.pieces {
                article(&mut page, volume.language, piece);
            }
        }
        Sort::Text | Sort::Manuscript => {
            for piece in &volume.pieces {
                told(&mut page, volume.language, piece, 2);
            }
        }
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

fn contents(page: &mut String, volume: &Volume) {
    let heading = escaped(say(Word::Contents, volume.language));
    let _ = write!(
        page,
        "<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{heading}</h2>\n<ol>\n"
    );
    for piece in &volume.pieces {
        let _ = writeln!(
            page,
            "<li><a href=\"#{code}\">{code}</a> <span{}>{}</span></li>",
            lang(&piece.title_language, volume.language),
            escaped(&piece.about.title),
            code = escaped(&piece.about.code)
        );
    }
    page.push_str("</ol>\n</nav>\n");
}

fn article(page: &mut String, language: Language, piece: &Piece) {
    let code = escaped(&piece.about.code);
    let _ = write!(
        page,
        "<article id=\"{code}\" aria-labelledby=\"{code}-title\">\n<h2 id=\"{code}-title\">{code} <span{}>{}</span></h2>\n",
        lang(&piece.title_language, language),
        escaped(&piece.about.title)
    );
    told(page, language, piece, 3);
    page.push_str("</article>\n");
}

/// What it is, its words, and what is told beside.
fn told(page: &mut String, language: Language, piece: &Piece, headings_from: i32) {
    let flag = piece.flag(language);
    let _ = match piece.standing.as_str() {
        "" => writeln!(page, "<p>{}</p>", escaped(&flag)),
        standing => writeln!(page, "<p>{} {}</p>", escaped(standing), escaped(&flag)),
    };
    let showing = Showing {
        language: &piece.about.language,
        headings_from,
        has_numbers: false,
    };
    page.push_str(&html::render(&piece.blocks, &showing));
    if piece.facts.is_empty() {
        return;
    }
    page.push_str("<dl>\n");
    for fact in &piece.facts {
        let own = fact.language.as_ref();
        let lang = own.map_or_else(String::new, |own| lang(own, language));
        let _ = writeln!(
            page,
            "<dt>{}</dt><dd{lang}>{}</dd>",
            escaped(&fact.name),
            escaped(&fact.told)
        );
    }
    page.push_str("</dl>\n");
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
