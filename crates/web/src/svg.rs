//! Pictures drawn on the server: the mark, the tracks' shapes, the half circle of seats, bars, QR codes.
//!
//! A seat is the one thing the mark, the congress at a glance and (later) a vote have in common; it is always computed.
//! A picture says in words what it shows (`<title>`), or stands beside words and is hidden from assistive technology.

use std::f64::consts::PI;
use std::fmt::Write as _;

use askama::{Template, filters::HtmlSafe};
use qrcode::{Color, QrCode};

use crate::components::Markup;

/// The radius of the innermost row, where the outermost is 1.
const INNERMOST: f64 = 0.4;

/// A seat in a half circle of radius 1 around the origin, y upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seat {
    /// From −1 (left) to 1.
    pub x: f64,
    /// From 0 (the front line) to 1.
    pub y: f64,
    /// The angle it is dealt by, from π (left) to 0.
    pub angle: f64,
}

/// What one group has in the picture of the congress.
#[derive(Clone, Debug)]
pub struct Share {
    /// The track's class, which is also its shape: see [`hue`].
    pub hue: &'static str,
    /// How many seats.
    pub seats: usize,
}

/// The class that gives a track its hue, and the end of its shape's id. Sessions outside the tracks are `everyone`'s.
pub fn hue(track: Option<&str>) -> &'static str {
    match track {
        Some("assembly") => "assembly",
        Some("town_hall") => "town-hall",
        Some("local4action") => "local4action",
        Some("statutory") => "statutory",
        Some(_) => "other",
        None => "everyone",
    }
}

/// A track's shape, for the eye: the word stands beside it.
pub fn shape(hue: &str) -> Markup {
    Markup::new(format!(
        "<svg class=\"shape\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#t-{hue}\"/></svg>"
    ))
}

/// An icon of the sprite, for the eye: the word stands beside it.
pub fn icon(name: &str) -> Markup {
    debug_assert!(
        name.bytes().all(|b| b.is_ascii_lowercase()),
        "an icon's name is a word"
    );
    Markup::new(format!(
        "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#i-{name}\"/></svg>"
    ))
}

/// The mark: 23 seats in three rows and their front.
pub fn mark() -> Markup {
    let mut seats = String::new();
    for seat in hall(23, 3) {
        let (x, y) = (24.0 + 21.2 * seat.x, 23.6 - 20.9 * seat.y);
        let _ = write!(seats, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.05\"/>");
    }
    Markup::new(format!(
        "<svg viewBox=\"0 0 48 26.4\" aria-hidden=\"true\" focusable=\"false\">{seats}</svg>"
    ))
}

/// An empty half circle, for places where nothing is yet.
pub fn arc() -> Markup {
    let mut seats = String::new();
    for seat in hall(23, 3) {
        let (x, y) = (24.0 + 21.2 * seat.x, 23.6 - 20.9 * seat.y);
        let _ = write!(seats, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"1.8\"/>");
    }
    Markup::new(format!(
        "<svg class=\"arc\" viewBox=\"0 0 48 26.4\" aria-hidden=\"true\" focusable=\"false\">{seats}</svg>"
    ))
}

/// The congress at a glance: every session a seat, dealt by track from left to right. `title` says it in words.
pub fn glance(shares: &[Share], title: &str) -> Markup {
    let total: usize = shares.iter().map(|share| share.seats).sum();
    let rows = rows_for(total);
    let radius = 282.0;
    let size = (0.66 * radius * pitch(total, rows)).min(34.0);
    let mut owners = shares
        .iter()
        .flat_map(|share| std::iter::repeat_n(share.hue, share.seats));
    let mut seats = String::new();
    for seat in hall(total, rows) {
        let (x, y) = (300.0 + radius * seat.x, 300.0 - radius * seat.y);
        let owner = owners.next().unwrap_or("everyone");
        let _ = write!(
            seats,
            "<use class=\"{owner}\" href=\"#t-{owner}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{size:.1}\" height=\"{size:.1}\"/>",
            x - size / 2.0,
            y - size / 2.0,
        );
    }
    let mut said = String::new();
    for letter in title.chars() {
        match letter {
            '<' => said.push_str("&lt;"),
            '&' => said.push_str("&amp;"),
            other => said.push(other),
        }
    }
    Markup::new(format!(
        "<svg class=\"hemi\" viewBox=\"0 0 600 318\" role=\"img\" aria-labelledby=\"glance-title\">\
         <title id=\"glance-title\">{said}</title>{seats}</svg>"
    ))
}

/// A bar of how much of `whole` is taken; more than the whole fills it. The numbers stand beside it in words.
pub fn bar(taken: i64, whole: i64, hue: &str) -> Markup {
    let share = match whole {
        whole if whole <= 0 => 0.0,
        whole => (taken.max(0) as f64 / whole as f64 * 100.0).min(100.0),
    };
    Markup::new(format!(
        "<svg class=\"meter {hue}\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
         <rect class=\"bar-bg\" width=\"100\" height=\"6\"/><rect class=\"bar\" width=\"{share:.1}\" height=\"6\"/></svg>"
    ))
}

/// A QR code, four modules of white around it.
#[derive(Template)]
#[template(
    source = "<svg class=\"qr\" viewBox=\"0 0 {{ side }} {{ side }}\" role=\"img\" aria-label=\"{{ label }}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{{ side }}v{{ side }}H0z\"/><path fill=\"#14202a\" d=\"{{ path }}\"/></svg>",
    ext = "html"
)]
struct Qr {
    side: usize,
    label: String,
    path: String,
}
impl HtmlSafe for Qr {}

/// A text as a QR code; `label` says in words what it holds. Nothing when it is too long for one.
pub fn qr(text: &str, label: String) -> Option<Markup> {
    let code = QrCode::new(text).ok()?;
    let width = code.width();
    let dark = code
        .to_colors()
        .into_iter()
        .enumerate()
        .filter(|(_, color)| *color == Color::Dark);
    let path = dark
        .map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4))
        .collect();
    Some(Markup::of(&Qr {
        side: width + 8,
        label,
        path,
    }))
}

/// `total` seats in so many rows of a half circle, sorted from left to right: seats per row in proportion to its radius,
/// rounded so that they add up (largest remainder), angles even from π to 0.
pub fn hall(total: usize, rows: usize) -> Vec<Seat> {
    let radii: Vec<f64> = (0..rows).map(|row| radius(row, rows)).collect();
    let sum: f64 = radii.iter().sum();
    let exact: Vec<f64> = radii.iter().map(|radius| total as f64 * radius / sum).collect();
    let mut counts: Vec<usize> = exact.iter().map(|share| share.floor() as usize).collect();
    let mut by_remainder: Vec<usize> = (0..rows).collect();
    by_remainder.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()));
    let missing = total - counts.iter().sum::<usize>();
    for row in by_remainder.into_iter().take(missing) {
        counts[row] += 1;
    }
    let mut seats: Vec<Seat> = radii
        .iter()
        .zip(&counts)
        .flat_map(|(radius, count)| {
            (0..*count).map(move |nth| {
                let angle = match count {
                    1 => PI / 2.0,
                    count => PI * (1.0 - nth as f64 / (count - 1) as f64),
                };
                Seat {
                    x: radius * angle.cos(),
                    y: radius * angle.sin(),
                    angle,
                }
            })
        })
        .collect();
    seats.sort_by(|a, b| b.angle.total_cmp(&a.angle).then(b.y.total_cmp(&a.y)));
    seats
}

/// The number of rows at which seats stand as far apart along a row as rows do from each other.
fn rows_for(total: usize) -> usize {
    (2..=24)
        .min_by(|a, b| {
            let uneven = |rows: usize| (along(total, rows) - between(rows)).abs();
            uneven(*a).total_cmp(&uneven(*b))
        })
        .unwrap_or(2)
}

fn radius(row: usize, rows: usize) -> f64 {
    match rows {
        0 | 1 => 1.0,
        rows => INNERMOST + (1.0 - INNERMOST) * row as f64 / (rows - 1) as f64,
    }
}

fn between(rows: usize) -> f64 {
    (1.0 - INNERMOST) / (rows.max(2) - 1) as f64
}

fn along(total: usize, rows: usize) -> f64 {
    let length: f64 = (0..rows).map(|row| PI * radius(row, rows)).sum();
    length / total.max(1) as f64
}

fn pitch(total: usize, rows: usize) -> f64 {
    along(total, rows).min(between(rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seat_is_there_within_the_half_circle_and_in_order() {
        for (total, rows) in [(0, 3), (1, 2), (23, 3), (93, 6), (342, 10), (876, 17)] {
            let seats = hall(total, rows);
            assert_eq!(seats.len(), total);
            for seat in &seats {
                assert!(seat.y > -1e-9 && seat.x.hypot(seat.y) < 1.0 + 1e-9);
            }
            assert!(seats.windows(2).all(|pair| pair[0].angle >= pair[1].angle));
        }
    }

    #[test]
    fn seats_never_overlap() {
        for total in [5, 23, 80, 93, 342, 876] {
            let rows = rows_for(total);
            let (seats, size) = (hall(total, rows), 0.66 * pitch(total, rows));
            for (at, seat) in seats.iter().enumerate() {
                for other in &seats[at + 1..] {
                    let apart = (seat.x - other.x).hypot(seat.y - other.y);
                    assert!(apart > size, "{total}: {apart} < {size}");
                }
            }
        }
    }

    #[test]
    fn a_bar_never_leaves_its_bed() {
        assert!(bar(7, 10, "").to_string().contains("width=\"70.0\""));
        assert!(bar(12, 10, "").to_string().contains("width=\"100.0\""));
        assert!(bar(-1, 10, "").to_string().contains("width=\"0.0\""));
        assert!(bar(3, 0, "").to_string().contains("width=\"0.0\""));
    }

    #[test]
    fn the_glance_deals_its_seats_and_escapes_its_words() {
        let shares = [
            Share {
                hue: "assembly",
                seats: 2,
            },
            Share {
                hue: "statutory",
                seats: 3,
            },
        ];
        let drawn = glance(&shares, "5 sessions <Durban> & more").to_string();
        assert_eq!(drawn.matches("class=\"assembly\"").count(), 2);
        assert_eq!(drawn.matches("class=\"statutory\"").count(), 3);
        assert!(drawn.contains("&lt;Durban> &amp; more"));
    }
}
