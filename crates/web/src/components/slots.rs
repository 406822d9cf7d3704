//! A session as lists and the programme show it: a card, a cell of the grid, a row of the timeline.

use askama::Template;

use super::{Foreign, Sends, State, TrackLabel};
use crate::svg;

/// A session in a short list: now and next, similar ones, search. `.cards > li` or `.lines > li`
#[derive(Clone, Debug, Template)]
#[template(path = "parts/session_card.html")]
pub struct SessionCard {
    /// The track.
    pub track: TrackLabel,
    /// The title.
    pub title: Foreign,
    /// Where its page is.
    pub href: String,
    /// The line under it: hours and room, in words.
    pub line: String,
    /// A state, if one matters here.
    pub state: Option<State>,
}

/// What stands in the corner of a session in the grid, and in words in the list.
#[derive(Clone, Debug)]
pub struct Corner {
    /// `check` (mine), `octagon` (clash), `lock` (not open to all).
    pub icon: &'static str,
    /// The words.
    pub word: String,
}

impl Corner {
    fn class(&self) -> &'static str {
        match self.icon {
            "check" => "done",
            "octagon" => "hit",
            _ => "plain",
        }
    }
}

/// A button beside a session in the list: adds it to the agenda, takes it away.
#[derive(Clone, Debug)]
pub struct SlotAct {
    /// Where the form is sent.
    pub action: String,
    /// `plus`, `check`, `cross`.
    pub icon: &'static str,
    /// Its words with the session's title: a reader of the list hears nothing else.
    pub label: String,
    /// The hidden inputs.
    pub sends: Sends,
}

/// A session in the programme: drawn as a cell of the grid ([`Slot::cell`]) or a row of the list ([`Slot::row`]).
#[derive(Clone, Debug)]
pub struct Slot {
    /// The track or, outside the tracks, the kind: plenary, ceremony.
    pub track: TrackLabel,
    /// The title.
    pub title: Foreign,
    /// Its page; none for a break.
    pub href: Option<String>,
    /// Its local beginning for machines: `2019-11-14T11:00+02:00`.
    pub datetime: String,
    /// "11:00".
    pub from: String,
    /// "13:00".
    pub until: String,
    /// "until 13:00".
    pub until_words: String,
    /// The format's or kind's name.
    pub format: Option<Foreign>,
    /// The room's name.
    pub room: Option<String>,
    /// "EN FR ES".
    pub languages: String,
    /// `N` of `b-N`: see [`crate::grid::Frame::begin`].
    pub begin: i64,
    /// `N` of `l-N`: see [`crate::grid::Frame::length`].
    pub length: i64,
    /// The room's place in the grid from 1; none spans all rooms.
    pub column: Option<usize>,
    /// It is over.
    pub past: bool,
    /// It goes on now.
    pub live: bool,
    /// It is in the reader's agenda.
    pub mine: bool,
    /// It overlaps another of theirs.
    pub clash: bool,
    /// It was cancelled: the word to say so.
    pub off: Option<String>,
    /// It is a break.
    pub pause: bool,
    /// What stands in its corner.
    pub corner: Option<Corner>,
    /// The sentence under a row: which other session it overlaps.
    pub issue: Option<String>,
    /// The button of a row.
    pub act: Option<SlotAct>,
}

impl Slot {
    /// As a cell of `ol.slots` within `.grid`; on narrow screens the same markup is a timeline.
    pub fn cell(&self) -> Cell {
        Cell { slot: self.clone() }
    }

    /// As a row of `ul.timeline`.
    pub fn row(&self) -> Row {
        Row { slot: self.clone() }
    }

    /// The classes that say what it is and how it stands with the reader.
    pub fn classes(&self) -> String {
        let marks = [
            (self.past, " past"),
            (self.live, " live"),
            (self.mine, " mine"),
            (self.clash, " clash"),
            (self.off.is_some(), " off"),
            (self.pause, " pause"),
        ];
        let set: String = marks
            .iter()
            .filter(|(is, _)| *is)
            .map(|(_, class)| *class)
            .collect();
        format!("slot {}{set}", self.track.hue)
    }

    /// The classes that say where it stands in the grid.
    pub fn place(&self) -> String {
        let column = match self.column {
            Some(column) => format!("c-{column}"),
            None => "all col-all".to_owned(),
        };
        let tight = if self.length < 3 { " tight" } else { "" };
        format!("b-{} l-{} {column}{tight}", self.begin, self.length)
    }
}

/// A [`Slot`] as a cell of the grid.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/grid_cell.html")]
pub struct Cell {
    slot: Slot,
}

/// A [`Slot`] as a row of the list.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/timeline_row.html")]
pub struct Row {
    slot: Slot,
}
