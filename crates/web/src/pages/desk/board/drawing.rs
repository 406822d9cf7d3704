//! What a page of the board draws: blocks, free stretches, what waits, and what is wrong, for one day and some rooms.

use std::collections::HashMap;

use access_rules::SessionId;
use kernel::{Coded as _, LocalDate, LocalDateTime, text};
use programme::{
    board::{Board, Own, Taken},
    conflicts::{Conflict, Severity},
    model::{Room, RoomId, Session, SessionKind, TrackId},
    rules,
};

use super::{Asked, ISSUES_MOST, WAITING_MOST, fields_of};
use crate::{
    components::{Chrome, Foreign, Link, Markup, TrackLabel},
    grid,
    pages::desk::{
        encoded,
        schedule::{Names, conflict_act, conflict_sentence},
    },
    visit::Visit,
    voice::Voice,
};

/// A free stretch is offered in pieces of at least so many minutes.
const PIECE: i64 = 30;
/// A free stretch shorter than this is not offered.
const PIECE_LEAST: i64 = 15;

pub(super) struct Head {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) places: Option<String>,
}

pub(super) struct Grid {
    pub(super) date: LocalDate,
    pub(super) frame: grid::Frame,
    pub(super) columns: usize,
    pub(super) rooms: String,
    pub(super) hours: Vec<(grid::Hour, String)>,
    pub(super) gaps: Vec<Gap>,
    pub(super) blocks: Vec<Block>,
}

/// A free stretch of a room.
pub(super) struct Gap {
    pub(super) begin: i64,
    pub(super) length: i64,
    pub(super) column: usize,
    pub(super) closed: bool,
    pub(super) href: String,
}

/// A session, or the place another desk's holds.
pub(super) struct Block {
    pub(super) session: Option<Placed>,
    pub(super) track: TrackLabel,
    pub(super) title: Foreign,
    pub(super) code: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) until_words: String,
    pub(super) starts: LocalDateTime,
    pub(super) room: String,
    pub(super) begin: i64,
    pub(super) length: i64,
    pub(super) column: usize,
    pub(super) mark: Option<Mark>,
}

pub(super) struct Placed {
    pub(super) id: SessionId,
    pub(super) version: i64,
    pub(super) room: String,
    pub(super) minutes: i64,
    pub(super) href: String,
    pub(super) moves: bool,
}

/// How grave it is, in the block's corner.
#[derive(Clone)]
pub(super) struct Mark {
    pub(super) icon: &'static str,
    pub(super) class: &'static str,
    pub(super) words: String,
    pub(super) href: String,
}

pub(super) struct Waiting {
    pub(super) id: SessionId,
    pub(super) version: i64,
    pub(super) minutes: i64,
    pub(super) track: TrackLabel,
    pub(super) title: Foreign,
    pub(super) code: String,
    pub(super) line: String,
    pub(super) folded: String,
    pub(super) href: String,
    pub(super) moves: bool,
}

pub(super) struct Issue {
    pub(super) id: String,
    pub(super) icon: &'static str,
    pub(super) class: &'static str,
    pub(super) word: String,
    pub(super) sentence: String,
    pub(super) links: Vec<Link>,
    pub(super) act: Markup,
}

/// What making a page of a board needs at hand.
pub(super) struct Drawing<'a> {
    pub(super) chrome: &'a Chrome,
    pub(super) board: &'a Board,
    pub(super) base: String,
    pub(super) sessions: String,
    pub(super) asked: &'a Asked,
    pub(super) day: LocalDate,
    pub(super) midnight: LocalDateTime,
    /// The rooms of this page.
    pub(super) rooms: &'a [Room],
    pub(super) tracks: HashMap<TrackId, TrackLabel>,
}

impl Drawing<'_> {
    fn voice(&self) -> &Voice {
        &self.chrome.voice
    }

    fn on_day(&self) -> impl Iterator<Item = (&Own, LocalDateTime, LocalDateTime)> {
        self.board.own.iter().filter_map(|own| {
            let (from, until) = (own.session.starts_local?, own.session.ends_local?);
            (from.date() == self.day).then_some((own, from, until))
        })
    }

    fn others_on_day(&self) -> impl Iterator<Item = &Taken> {
        self.board
            .others
            .iter()
            .filter(|other| other.starts.date() == self.day)
    }

    /// The column of a room, from 1; of what has none, the last; nothing for a room of another page.
    fn column(&self, room: Option<RoomId>) -> Option<usize> {
        match room {
            Some(room) => self.rooms.iter().position(|own| own.id == room).map(|at| at + 1),
            None => Some(self.rooms.len() + 1),
        }
    }

    pub(super) fn heads(&self, columns: usize) -> Vec<Head> {
        let voice = self.voice();
        let mut heads: Vec<Head> = self
            .rooms
            .iter()
            .map(|room| Head {
                id: room.id.to_string(),
                name: voice.said(&room.name).text,
                places: room
                    .capacity
                    .map(|places| voice.t1("places-count", "count", places)),
            })
            .collect();
        if columns > heads.len() {
            heads.push(Head {
                id: String::new(),
                name: voice.t("board-no-room"),
                places: None,
            });
        }
        heads
    }

    pub(super) fn grid(&self, marks: &HashMap<SessionId, Mark>) -> Grid {
        let span = |from, until| grid::Frame::minutes(self.midnight, from, until);
        let spans: Vec<(i64, i64)> = self
            .on_day()
            .map(|(_, from, until)| span(from, until))
            .chain(self.others_on_day().map(|other| span(other.starts, other.ends)))
            .chain([(8 * 60, 20 * 60)])
            .collect();
        let frame = grid::Frame::around(spans.into_iter());
        let mut blocks: Vec<Block> = self
            .on_day()
            .filter_map(|(own, from, until)| self.block(own, from, until, &frame, marks))
            .chain(self.others_on_day().filter_map(|other| self.other(other, &frame)))
            .collect();
        blocks.sort_by_key(|block| (block.starts, block.column));
        let without_room = blocks.iter().any(|block| block.column > self.rooms.len());
        let ids: Vec<String> = self.rooms.iter().map(|room| room.id.to_string()).collect();
        Grid {
            date: self.day,
            columns: self.rooms.len() + usize::from(without_room),
            rooms: ids.join(","),
            hours: frame
                .hours()
                .into_iter()
                .map(|hour| {
                    let clock = self.voice().clock(self.midnight.plus_minutes(hour.minute));
                    (hour, clock)
                })
                .collect(),
            gaps: self.gaps(&frame),
            blocks,
            frame,
        }
    }

    fn block(
        &self,
        own: &Own,
        from: LocalDateTime,
        until: LocalDateTime,
        frame: &grid::Frame,
        marks: &HashMap<SessionId, Mark>,
    ) -> Option<Block> {
        let session = &own.session;
        let placed = Placed {
            id: session.id,
            version: session.version,
            room: session.room.map(|room| room.to_string()).unwrap_or_default(),
            minutes: session.length_minutes,
            href: format!("{}/{}", self.sessions, session.id),
            moves: own.moves,
        };
        Some(Block {
            session: Some(placed),
            title: self.voice().said(&session.title),
            mark: marks.get(&session.id).cloned(),
            ..self.place(
                &session.code,
                session.kind,
                session.track,
                session.room,
                (from, until),
                frame,
            )?
        })
    }

    fn other(&self, other: &Taken, frame: &grid::Frame) -> Option<Block> {
        self.place(
            &other.code,
            other.kind,
            other.track,
            other.room,
            (other.starts, other.ends),
            frame,
        )
    }

    fn place(
        &self,
        code: &str,
        kind: SessionKind,
        track: Option<TrackId>,
        room: Option<RoomId>,
        (starts, ends): (LocalDateTime, LocalDateTime),
        frame: &grid::Frame,
    ) -> Option<Block> {
        let voice = self.voice();
        let column = self.column(room)?;
        let (from, until) = grid::Frame::minutes(self.midnight, starts, ends);
        let known = self.rooms.iter().find(|known| Some(known.id) == room);
        Some(Block {
            session: None,
            track: self.track(track, kind),
            title: Foreign {
                text: code.to_owned(),
                lang: None,
            },
            code: code.to_owned(),
            from: voice.clock(starts),
            until: voice.clock(ends),
            until_words: voice.t1("clock-until", "time", voice.clock(ends)),
            starts,
            room: known.map_or_else(|| voice.t("board-no-room"), |room| voice.said(&room.name).text),
            begin: frame.begin(from),
            length: frame.length(from, until),
            column,
            mark: None,
        })
    }

    fn track(&self, track: Option<TrackId>, kind: SessionKind) -> TrackLabel {
        let voice = self.voice();
        let known = track.and_then(|track| self.tracks.get(&track)).cloned();
        known.unwrap_or_else(|| {
            let word = voice.code("session-kind", kind.code());
            TrackLabel::named(None, voice.foreign(&word, voice.language.code()))
        })
    }

    /// What is free in each room, in pieces that begin on the hour or half hour.
    fn gaps(&self, frame: &grid::Frame) -> Vec<Gap> {
        let piece = self.asked.snap().max(PIECE);
        let kept = fields_of(self.asked)
            .into_iter()
            .filter(|(name, _)| name != "day")
            .map(|(name, value)| format!("&{name}={}", encoded(&value)))
            .collect::<String>();
        let mut gaps = Vec::new();
        for (at, room) in self.rooms.iter().enumerate() {
            for (from, until) in self.free(room.id, frame) {
                let mut begin = from;
                while begin < until {
                    let end = ((begin.div_euclid(piece) + 1) * piece).min(until);
                    if end - begin >= PIECE_LEAST {
                        let starts = self.midnight.plus_minutes(begin);
                        let hours = room.hours.0.get(&self.day.to_string());
                        gaps.push(Gap {
                            begin: frame.begin(begin),
                            length: frame.length(begin, end),
                            column: at + 1,
                            closed: hours.is_some_and(|hours| !rules::within_hours(hours, begin, end)),
                            href: format!("{}/place?room={}&starts={starts}{kept}", self.base, room.id),
                        });
                    }
                    begin = end;
                }
            }
        }
        gaps
    }

    fn free(&self, room: RoomId, frame: &grid::Frame) -> Vec<(i64, i64)> {
        let span = |from, until| grid::Frame::minutes(self.midnight, from, until);
        let own = self
            .on_day()
            .filter(|(own, ..)| own.session.room == Some(room))
            .map(|(_, from, until)| span(from, until));
        let others = self
            .others_on_day()
            .filter(|other| other.room == Some(room))
            .map(|other| span(other.starts, other.ends));
        let mut held: Vec<(i64, i64)> = own.chain(others).collect();
        held.sort_unstable();
        held.push((frame.last, frame.last));
        let mut free = Vec::new();
        let mut from = frame.first;
        for (begin, end) in held {
            if begin > from {
                free.push((from, begin));
            }
            from = from.max(end);
        }
        free
    }

    /// What has no place yet, by title, and how many more there are.
    pub(super) fn waiting(&self) -> (Vec<Waiting>, usize) {
        let asked = text::fold(self.asked.q.as_deref().unwrap_or_default());
        let fits = |session: &Session| {
            session.starts_local.is_none() && (asked.is_empty() || session.title_key.contains(asked.as_str()))
        };
        let mut all: Vec<Waiting> = self
            .board
            .own
            .iter()
            .filter(|own| fits(&own.session))
            .map(|own| self.one_waiting(own))
            .collect();
        all.sort_by(|one, other| one.folded.cmp(&other.folded));
        let unseen = all.len().saturating_sub(WAITING_MOST);
        all.truncate(WAITING_MOST);
        (all, unseen)
    }

    fn one_waiting(&self, own: &Own) -> Waiting {
        let (voice, session) = (self.voice(), &own.session);
        let title = voice.said(&session.title);
        Waiting {
            id: session.id,
            version: session.version,
            minutes: session.length_minutes,
            track: self.track(session.track, session.kind),
            line: voice.t2(
                "board-waiting",
                "code",
                session.code.as_str(),
                "count",
                session.length_minutes,
            ),
            code: session.code.clone(),
            folded: text::fold(&format!("{} {}", title.text, session.code)),
            href: format!("{}/{}", self.sessions, session.id),
            moves: own.moves,
            title,
        }
    }

    /// What is wrong on this day, the mark of each session in it, and how many more conflicts there are.
    pub(super) fn issues(&self, visit: &Visit, slug: &str) -> (Vec<Issue>, HashMap<SessionId, Mark>, usize) {
        let rows: Vec<Session> = self.board.own.iter().map(|own| own.session.clone()).collect();
        let names = Names::of(&self.board.rooms, &rows);
        let starts: HashMap<SessionId, Option<LocalDateTime>> = rows
            .iter()
            .map(|session| (session.id, session.starts_local))
            .collect();
        let today = |id: &SessionId| {
            let at = starts.get(id).copied().flatten();
            at.is_some_and(|at| at.date() == self.day)
        };
        let of_day: Vec<&Conflict> = self
            .board
            .conflicts
            .iter()
            .filter(|conflict| conflict.sessions.iter().any(today))
            .collect();
        let back = Asked {
            day: Some(self.day.to_string()),
            ..self.asked.clone()
        }
        .address(&self.base);
        let (mut issues, mut marks) = (Vec::new(), HashMap::new());
        for (at, conflict) in of_day.iter().enumerate() {
            let (icon, class, code) = look(conflict);
            let sentence = conflict_sentence(visit, &names, conflict);
            let word = self.voice().code("severity", code);
            let id = format!("clash-{at}");
            let href = match at < ISSUES_MOST {
                true => format!("#{id}"),
                false => visit.at(&format!("desk/{slug}/conflicts")),
            };
            for session in conflict.sessions.iter().filter(|id| today(id)) {
                // The grave come first.
                let words = format!("{word}: {sentence}");
                let (class, href) = (if class == "error" { "hit" } else { "plain" }, href.clone());
                marks.entry(*session).or_insert(Mark {
                    icon,
                    class,
                    words,
                    href,
                });
            }
            if at < ISSUES_MOST {
                let act = match self.board.may_waive {
                    true => conflict_act(visit, self.chrome, slug, conflict, &back),
                    false => Markup::default(),
                };
                issues.push(Issue {
                    id,
                    icon,
                    class,
                    word,
                    sentence,
                    links: conflict
                        .sessions
                        .iter()
                        // Another desk's session is named by its code in the sentence.
                        .filter_map(|id| {
                            let at = *starts.get(id)?;
                            Some(Link::new(self.found_at(*id, at), names.title(visit, *id)))
                        })
                        .collect(),
                    act,
                });
            }
        }
        (issues, marks, of_day.len().saturating_sub(ISSUES_MOST))
    }

    /// Where a session stands: here, on another day's board, or on its own page.
    fn found_at(&self, id: SessionId, starts: Option<LocalDateTime>) -> String {
        match starts {
            Some(at) if at.date() == self.day => format!("#s-{id}"),
            Some(at) => {
                let day = Asked {
                    day: Some(at.date().to_string()),
                    ..self.asked.clone()
                };
                format!("{}#s-{id}", day.address(&self.base))
            }
            None => format!("{}/{id}", self.sessions),
        }
    }
}

/// A conflict's icon, class and severity as a word.
const fn look(conflict: &Conflict) -> (&'static str, &'static str, &'static str) {
    match (&conflict.waived, conflict.severity) {
        (Some(_), _) => ("check", "", "waived"),
        (None, Severity::BlockMove) => ("octagon", "error", "block_move"),
        (None, Severity::BlockRelease) => ("octagon", "error", "block_release"),
        (None, Severity::Warning) => ("triangle", "", "warning"),
        (None, Severity::Ignore) => ("check", "", "ignore"),
    }
}
