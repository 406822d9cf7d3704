//! A text as people read it: its blocks under their numbers, in the reader's language where it is said in it, and what
//! changed between two of its versions. It does not know whose text it is, nor what may be done to it.

use std::collections::HashMap;

use askama::Template;
use kernel::Coded as _;
use texts::{
    diff::{BlockDiff, Change, Fate},
    html::{self, Around, Showing},
    model::{Block, BlockId, Run},
    numbering,
    translations::Said,
};

use crate::{
    components::{Link, Markup},
    voice::Voice,
};

/// How deep the headings of a text stand below the page's own.
const HEADINGS_FROM: i32 = 2;

/// A text in its authentic language.
pub fn text(blocks: &[Block], language: &str) -> Markup {
    let showing = Showing {
        language,
        headings_from: HEADINGS_FROM,
        has_numbers: true,
    };
    Markup::new(numbered(html::render(blocks, &showing)))
}

/// A text in a language: where a block is not said in it, it stands in the authentic one; where it says what the block
/// said before, that is told. `beside` gives links after a block, for what can be done there.
pub fn said(
    voice: &Voice,
    said: &[Said],
    language: &str,
    authentic: &str,
    beside: &dyn Fn(BlockId) -> Vec<Link>,
) -> Markup {
    let showing = Showing {
        language,
        headings_from: HEADINGS_FROM,
        has_numbers: true,
    };
    let blocks: Vec<Block> = said.iter().map(|said| said.block.clone()).collect();
    let is_other = language != authentic;
    let found: HashMap<BlockId, &Said> = said.iter().map(|said| (said.block.id, said)).collect();
    let around = |block: &Block| {
        let here = found.get(&block.id);
        let is_untold = is_other && here.is_some_and(|said| !said.is_translated);
        let is_stale = here.is_some_and(|said| said.is_stale);
        let aside = Aside {
            stale: is_stale.then(|| voice.t("text-stale")),
            lang: voice.language.code(),
            links: beside(block.id),
        };
        Around {
            language: is_untold.then(|| authentic.to_owned()),
            class: is_stale.then_some("is-stale"),
            after: match aside.stale.is_none() && aside.links.is_empty() {
                true => String::new(),
                false => Markup::of(&aside).to_string(),
            },
        }
    };
    Markup::new(numbered(html::render_with(&blocks, &showing, &around)))
}

fn numbered(markup: String) -> String {
    markup.replacen("<div class=\"text\"", "<div class=\"text numbered\"", 1)
}

/// What stands after a block.
#[derive(Template)]
#[template(
    source = "<span class=\"b-aside\" lang=\"{{ lang }}\">{% if let Some(stale) = stale %}<span class=\"state wait\">{{ stale }}</span>{% endif %}{% for link in links %}<a href=\"{{ link.href }}\">{{ link.label }}</a>{% endfor %}</span>",
    ext = "html"
)]
struct Aside {
    stale: Option<String>,
    lang: &'static str,
    links: Vec<Link>,
}

/// A block that changed.
struct Changed {
    fate: String,
    called: String,
    words: Markup,
}

/// What changed between two versions, block by block and word by word; what stayed is left out.
#[derive(Template)]
#[template(
    source = "{% if changed.is_empty() %}<p class=\"quiet\">{{ nothing }}</p>{% else %}<ol class=\"text-diff\" lang=\"{{ lang }}\">{% for block in changed %}<li><p class=\"fate\" lang=\"{{ language }}\">{{ block.fate }} {{ block.called }}</p><p class=\"lines-kept\">{{ block.words }}</p></li>{% endfor %}</ol>{% endif %}",
    ext = "html"
)]
struct TextDiff {
    changed: Vec<Changed>,
    nothing: String,
    lang: String,
    language: &'static str,
}

/// What changed between two versions of a text. `before` and `after` are their blocks, for what each is called.
pub fn difference(
    voice: &Voice,
    diffs: &[BlockDiff],
    before: &[Block],
    after: &[Block],
    lang: &str,
) -> Markup {
    let (was, is) = (called(before), called(after));
    let changed = diffs
        .iter()
        .filter(|diff| diff.change != Change::Same)
        .map(|diff| Changed {
            fate: voice.code("text-change", diff.change.code()),
            called: is
                .get(&diff.id)
                .or_else(|| was.get(&diff.id))
                .cloned()
                .unwrap_or_default(),
            words: words(voice, diff),
        });
    Markup::of(&TextDiff {
        changed: changed.collect(),
        nothing: voice.t("text-unchanged"),
        lang: lang.to_owned(),
        language: voice.language.code(),
    })
}

/// What each block is called.
fn called(blocks: &[Block]) -> HashMap<BlockId, String> {
    let labels = numbering::labels(blocks);
    blocks
        .iter()
        .zip(labels)
        .map(|(block, label)| (block.id, label.called()))
        .collect()
}

/// The words of a block that changed: those that went, those that came. A block that came, went or is a table is told whole.
fn words(voice: &Voice, diff: &BlockDiff) -> Markup {
    if !diff.segments.is_empty() {
        let parts = diff
            .segments
            .iter()
            .map(|segment| run(voice, segment.fate, &html::runs(&segment.runs, &HashMap::new())));
        return Markup::new(parts.collect());
    }
    let whole = |fate: Fate, block: &Option<Block>| match block {
        Some(block) => run(voice, fate, &plain(&block.content.words())),
        None => String::new(),
    };
    Markup::new(match diff.change {
        Change::Same | Change::Moved => whole(Fate::Kept, &diff.after),
        Change::Added => whole(Fate::Added, &diff.after),
        Change::Removed => whole(Fate::Removed, &diff.before),
        Change::Changed => whole(Fate::Removed, &diff.before) + &whole(Fate::Added, &diff.after),
    })
}

fn plain(text: &str) -> String {
    let run = Run {
        text: text.to_owned(),
        ..Run::default()
    };
    html::runs(&[run], &HashMap::new())
}

/// Words with their fate, which is said too for those who do not see it.
fn run(voice: &Voice, fate: Fate, markup: &str) -> String {
    let (tag, key) = match fate {
        Fate::Kept => return markup.to_owned(),
        Fate::Removed => ("del", "change-removed"),
        Fate::Added => ("ins", "change-added"),
    };
    let word = plain(&voice.t(key));
    let language = voice.language.code();
    format!("<{tag}><span class=\"hidden\" lang=\"{language}\">[{word}] </span>{markup}</{tag}>")
}
