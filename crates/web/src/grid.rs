//! The programme grid's geometry: minutes become classes, since pages hold no style of their own.
//!
//! Rows are five minutes each. A session carries `b-N` (begins N steps after the first line of the day), `l-N` (lasts N
//! steps) and `c-N` (stands in the N-th room). `static/grid.css` writes them out and is compared with [`css`] by a test.

use std::fmt::Write as _;

use kernel::LocalDateTime;

/// Minutes of one row.
pub const STEP_MINUTES: i64 = 5;
/// The latest row a session may begin at: 24 hours after the first line.
pub const BEGIN_MOST: i64 = 288;
/// The longest session drawn to scale, in rows: 15 hours.
pub const LENGTH_MOST: i64 = 180;
/// The most columns side by side: 40 rooms, and on the board one for what has none.
pub const ROOMS_MOST: usize = 41;
/// With more rooms than this the grid scrolls in its own window (`.grid.many`).
pub const ROOMS_FIT: usize = 9;

/// The span of one day that a grid shows, in minutes since midnight of the day; beyond 1,440 it is the next morning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The first line, on a half hour.
    pub first: i64,
    /// The last line, on a half hour.
    pub last: i64,
}

/// A line of the hours' column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hour {
    /// `b-N`.
    pub begin: i64,
    /// Minutes since midnight, within one day.
    pub minute: i64,
    /// Whether it is a half hour.
    pub half: bool,
}

impl Frame {
    /// The frame that holds these spans of minutes; eight to eighteen when there are none.
    pub fn around(spans: impl Iterator<Item = (i64, i64)>) -> Self {
        let (first, last) = spans.fold((i64::MAX, i64::MIN), |(first, last), (from, until)| {
            (first.min(from), last.max(until))
        });
        if first > last {
            return Self {
                first: 8 * 60,
                last: 18 * 60,
            };
        }
        let first = first.div_euclid(30) * 30;
        let last = (last + 29).div_euclid(30) * 30;
        Self {
            first,
            last: last.min(first + BEGIN_MOST * STEP_MINUTES),
        }
    }

    /// The minutes of a session on the day that began at `midnight`.
    pub fn minutes(midnight: LocalDateTime, from: LocalDateTime, until: LocalDateTime) -> (i64, i64) {
        (from.minutes_since(midnight), until.minutes_since(midnight))
    }

    /// `N` of `b-N` for a minute.
    pub fn begin(&self, minute: i64) -> i64 {
        ((minute - self.first) / STEP_MINUTES).clamp(0, BEGIN_MOST)
    }

    /// `N` of `l-N` for a span.
    pub fn length(&self, from: i64, until: i64) -> i64 {
        ((until - from + STEP_MINUTES - 1) / STEP_MINUTES).clamp(1, LENGTH_MOST)
    }

    /// Whether a minute lies inside, so that *now* is drawn.
    pub fn holds(&self, minute: i64) -> bool {
        (self.first..=self.last).contains(&minute)
    }

    /// The lines of the hours' column.
    pub fn hours(&self) -> Vec<Hour> {
        (self.first..=self.last)
            .step_by(30)
            .map(|minute| Hour {
                begin: self.begin(minute),
                minute: minute.rem_euclid(24 * 60),
                half: minute.rem_euclid(60) != 0,
            })
            .collect()
    }
}

/// The text of `static/grid.css`.
pub fn css() -> String {
    let mut text = String::from(
        "/* The steps of the programme grid, written out by `web::grid::css`: see hemicycle.css, \"programme\". */\n\
         @media (min-width: 64rem) {\n",
    );
    for begin in 0..=BEGIN_MOST {
        let _ = write!(text, ".b-{begin}{{grid-row:{}}}", begin + 1);
    }
    text.push('\n');
    for length in 1..=LENGTH_MOST {
        let _ = write!(
            text,
            ".l-{length}{{grid-row-end:span {}{}}}",
            length.max(2),
            room_for(length)
        );
    }
    text.push('\n');
    for column in 1..=ROOMS_MOST {
        let _ = write!(text, ".c-{column}{{grid-column:{}}}", column + 1);
    }
    text.push_str("\n}\n");
    for rooms in 1..=ROOMS_MOST {
        let _ = write!(text, ".rooms-{rooms}{{--rooms:{rooms}}}");
    }
    text.push('\n');
    text
}

/// What fits into so many rows of ten pixels: lines of the title, then the track's word, the format, the end and the
/// languages; what does not fit is left out whole.
fn room_for(length: i64) -> String {
    let (title_line, meta_line) = (16.6, 15.9);
    let room = length as f64 * 10.0 - 14.0;
    let fits = |title_lines: i64, meta_lines: i64| {
        title_lines as f64 * title_line + meta_lines as f64 * meta_line <= room + 1.5
    };
    // The track's word comes before a third line of title, the rest before a fifth.
    let metas = match () {
        () if fits(3, 4) => 4,
        () if fits(3, 2) => 2,
        () if fits(2, 1) => 1,
        () => 0,
    };
    let lines = (1..=6).rev().find(|lines| fits(*lines, metas)).unwrap_or(1);
    let mut text = format!(";--lines:{lines}");
    for (name, needs) in [("--m1", 1), ("--m2", 2), ("--m3", 4)] {
        if metas < needs {
            let _ = write!(text, ";{name}:none");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_written_out_steps_are_the_computed_ones() {
        let written = include_str!("../static/grid.css");
        assert!(
            written == css(),
            "static/grid.css differs from what `css` gives: {} bytes, not {}",
            written.len(),
            css().len()
        );
    }

    #[test]
    fn a_day_is_framed_on_half_hours_and_may_run_past_midnight() {
        let frame = Frame::around([(11 * 60 + 50, 12 * 60 + 35), (22 * 60, 25 * 60 + 10)].into_iter());
        assert_eq!(
            frame,
            Frame {
                first: 11 * 60 + 30,
                last: 25 * 60 + 30
            }
        );
        assert_eq!((frame.begin(11 * 60 + 50), frame.length(710, 755)), (4, 9));
        let hours = frame.hours();
        assert_eq!((hours[0].minute, hours[0].half), (690, true));
        assert_eq!(hours.last().map(|hour| hour.minute), Some(90));
        assert!(frame.holds(720) && !frame.holds(600));
    }

    #[test]
    fn an_empty_day_has_a_frame_and_no_session_leaves_it() {
        let frame = Frame::around(std::iter::empty());
        assert_eq!((frame.first, frame.last), (480, 1080));
        assert_eq!(frame.begin(0), 0);
        assert_eq!((frame.length(0, 0), frame.length(0, 99_999)), (1, LENGTH_MOST));
    }
}
