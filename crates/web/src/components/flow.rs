//! Where something came from, as a picture: columns of boxes and the ways between them. Beside it the page says the same in
//! words, for those who cannot see it. It does not know what the boxes are.

use askama::Template;

use crate::components::Markup;

/// A box of the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Box {
    /// The class of the track it is of: see [`crate::svg::hue`].
    pub hue: &'static str,
    /// What it is called.
    pub title: String,
    /// A second and a third line.
    pub lines: Vec<String>,
}

/// A column of boxes: papers, rooms, what was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub heading: String,
    /// Its boxes, from above.
    pub boxes: Vec<Box>,
}

/// A way from a box of one column to a box of the next: column, box, box of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The column it begins in.
    pub column: usize,
    /// Which box of it.
    pub from: usize,
    /// Which box of the next column.
    pub to: usize,
}

const BOX_WIDE: usize = 206;
const BOX_HIGH: usize = 82;
const STEP_WIDE: usize = 262;
const STEP_HIGH: usize = 104;
const TOP: usize = 36;
/// Letters that fit into a line of a box.
const LETTERS: usize = 28;

struct Drawn {
    hue: &'static str,
    x: usize,
    y: usize,
    title: String,
    lines: Vec<(usize, String)>,
    is_end: bool,
}

struct Drawing {
    hue: &'static str,
    path: String,
}

#[derive(Template)]
#[template(
    source = "<div class=\"only-wide\"><svg class=\"flow\" viewBox=\"-1 0 {{ width }} {{ height }}\" role=\"img\" aria-label=\"{{ said }}\">{% for (x, text) in headings %}<text x=\"{{ x }}\" y=\"16\" class=\"t2\">{{ text }}</text>{% endfor %}{% for way in ways %}<path class=\"way {{ way.hue }}\" d=\"{{ way.path }}\" stroke-width=\"8\"/>{% endfor %}{% for own in boxes %}<g class=\"{{ own.hue }}\">{% if own.is_end %}<rect class=\"end-box\" x=\"{{ own.x }}\" y=\"{{ own.y }}\" width=\"206\" height=\"82\"/>{% else %}<rect class=\"box\" x=\"{{ own.x }}\" y=\"{{ own.y }}\" width=\"206\" height=\"82\"/><rect class=\"top-rule\" x=\"{{ own.x }}\" y=\"{{ own.y }}\" width=\"206\" height=\"3\"/>{% endif %}<text{% if own.is_end %} class=\"end-text\"{% endif %} x=\"{{ own.x + 12 }}\" y=\"{{ own.y + 24 }}\" font-weight=\"600\">{{ own.title }}</text>{% for (y, line) in own.lines %}<text class=\"{% if own.is_end %}end-text{% else %}t2{% endif %}\" x=\"{{ own.x + 12 }}\" y=\"{{ y }}\">{{ line }}</text>{% endfor %}</g>{% endfor %}</svg></div>",
    ext = "html"
)]
struct Flow {
    width: usize,
    height: usize,
    said: String,
    headings: Vec<(usize, String)>,
    ways: Vec<Drawing>,
    boxes: Vec<Drawn>,
}

/// Draws it; `said` says in words what it shows. The boxes of the last column are the end.
pub fn flow(columns: &[Column], ways: &[Way], said: &str) -> Markup {
    let tallest = columns.iter().map(|column| column.boxes.len()).max().unwrap_or(0);
    let top = |column: &Column, at: usize| {
        // Fewer boxes stand in the middle of the tallest column.
        let spare = tallest.saturating_sub(column.boxes.len()) * STEP_HIGH / 2;
        TOP + spare + at * STEP_HIGH
    };
    let last = columns.len().saturating_sub(1);
    let mut drawn = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        for (at, own) in column.boxes.iter().enumerate() {
            let y = top(column, at);
            let lines = own.lines.iter().take(2).enumerate();
            drawn.push(Drawn {
                hue: own.hue,
                x: place * STEP_WIDE,
                y,
                title: short(&own.title),
                lines: lines
                    .map(|(line, text)| (y + 42 + line * 18, short(text)))
                    .collect(),
                is_end: place == last && last > 0,
            });
        }
    }
    let drawings = ways.iter().filter_map(|way| {
        let (begins, ends) = (columns.get(way.column)?, columns.get(way.column + 1)?);
        let hue = begins.boxes.get(way.from)?.hue;
        ends.boxes.get(way.to)?;
        let from = (
            way.column * STEP_WIDE + BOX_WIDE,
            top(begins, way.from) + BOX_HIGH / 2,
        );
        let to = ((way.column + 1) * STEP_WIDE, top(ends, way.to) + BOX_HIGH / 2);
        let middle = from.0.midpoint(to.0);
        Some(Drawing {
            hue,
            path: format!(
                "M{} {}C{middle} {} {middle} {} {} {}",
                from.0, from.1, from.1, to.1, to.0, to.1
            ),
        })
    });
    Markup::of(&Flow {
        width: last * STEP_WIDE + BOX_WIDE + 2,
        height: TOP + tallest * STEP_HIGH,
        said: said.to_owned(),
        headings: columns
            .iter()
            .enumerate()
            .map(|(place, column)| (place * STEP_WIDE, column.heading.clone()))
            .collect(),
        ways: drawings.collect(),
        boxes: drawn,
    })
}

/// What fits into a line.
fn short(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(title: &str) -> Box {
        Box {
            hue: "assembly",
            title: title.to_owned(),
            lines: vec!["one".to_owned()],
        }
    }

    #[test]
    fn each_box_and_way_is_drawn_and_what_is_written_is_escaped() {
        let columns = [
            Column {
                heading: "Papers".to_owned(),
                boxes: vec![own("<b>"), own("A second paper with a very long title indeed")],
            },
            Column {
                heading: "Adopted".to_owned(),
                boxes: vec![own("R1")],
            },
        ];
        let ways = [0, 1].map(|from| Way {
            column: 0,
            from,
            to: 0,
        });
        let picture = flow(&columns, &ways, "two papers, \"one\" end").to_string();

        assert_eq!(picture.matches("<rect class=\"box\"").count(), 2);
        assert_eq!(picture.matches("<rect class=\"end-box\"").count(), 1);
        assert_eq!(picture.matches("<path class=\"way assembly\"").count(), 2);
        assert!(!picture.contains("<b>") && picture.contains("A second paper with a very l…"));
        assert!(flow(&[], &[], "").to_string().contains("<svg"));
        let to_nowhere = Way {
            column: 0,
            from: 0,
            to: 9,
        };
        assert!(!flow(&columns, &[to_nowhere], "").to_string().contains("<path"));
    }
}
