//! The programme as plain text: a few kilobytes that any telephone shows, any line carries and any printer prints.

use std::fmt::Write as _;

use kernel::LocalDate;
use programme::{
    model::SessionKind,
    released::{Programme, ReleasedSession, State},
};

use crate::{
    pages::programme::{Mine, session_title},
    voice::Voice,
};

/// The media type of what is printed.
pub const MEDIA_TYPE: &str = "text/plain; charset=utf-8";
/// Characters in a line.
const WIDTH: usize = 72;
/// Under a time, so that titles stand below one another.
const INDENT: &str = "               ";

/// What a reader may see of a programme, day by day, by time; marked where it is on their own agenda.
pub fn programme(voice: &Voice, programme: &Programme, mine: &Mine) -> String {
    let edition = &programme.edition;
    let mut text = String::new();
    heading(&mut text, &voice.said(&edition.title).text, '=');
    let when = voice.days(edition.starts_on, edition.ends_on);
    let release = voice.t2(
        "programme-release",
        "number",
        programme.release.number,
        "when",
        voice.moment(edition.zone.local(programme.release.at)),
    );
    let zone = voice.t1("programme-text-zone", "city", edition.city.as_str());
    for line in [format!("{}, {when}", edition.city), release, zone] {
        wrapped(&mut text, &line, "");
    }
    for day in &programme.days {
        of_day(&mut text, voice, programme, *day, mine);
    }
    text
}

fn of_day(text: &mut String, voice: &Voice, programme: &Programme, day: LocalDate, mine: &Mine) {
    let mut sessions: Vec<&ReleasedSession> = programme
        .sessions
        .iter()
        .filter(|session| session.starts_local.date() == day)
        .collect();
    if sessions.is_empty() {
        return;
    }
    sessions.sort_by_key(|session| (session.starts_local, session.ends_local, session.id));
    text.push('\n');
    heading(text, &voice.capital(&voice.day_long(day)), '-');
    for session in sessions {
        text.push('\n');
        of_session(text, voice, programme, session, mine);
    }
}

fn of_session(
    text: &mut String,
    voice: &Voice,
    programme: &Programme,
    session: &ReleasedSession,
    mine: &Mine,
) {
    let clocks = voice.clocks(session.starts_local, session.ends_local);
    let mark = if mine.held.contains(&session.id) { "* " } else { "" };
    let title = format!("{mark}{}", session_title(voice, session).text);
    let mut facts = Vec::new();
    if session.state == State::Cancelled {
        facts.push(voice.t("session-cancelled"));
    }
    if session.line_only {
        facts.push(voice.t("corner-members"));
    }
    if let Some(room) = programme.room_of(session) {
        facts.push(voice.said(&room.name).text);
    }
    if session.kind != SessionKind::Break {
        facts.extend(
            programme
                .track_of(session)
                .map(|track| voice.said(&track.name).text),
        );
        let tongues = session
            .languages_floor
            .iter()
            .chain(&session.languages_interpreted);
        let tongues: Vec<String> = tongues.map(|tag| tag.to_uppercase()).collect();
        facts.extend((!tongues.is_empty()).then(|| tongues.join(" ")));
    }
    // The first line begins with the time in the place of the indent.
    let mut of_title = String::new();
    wrapped(&mut of_title, &title, INDENT);
    let _ = write!(text, "{clocks:<15}{}", of_title.trim_start());
    if !facts.is_empty() {
        wrapped(text, &facts.join(" · "), INDENT);
    }
}

fn heading(text: &mut String, words: &str, under: char) {
    let before = text.len();
    wrapped(text, words, "");
    let widest = text[before..].lines().map(|line| line.chars().count()).max();
    text.extend(std::iter::repeat_n(under, widest.unwrap_or_default()));
    text.push('\n');
}

/// Lines of at most [`WIDTH`] characters, broken at spaces; a longer word stands alone.
fn wrapped(text: &mut String, words: &str, indent: &str) {
    let mut width = 0;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            text.push('\n');
            width = 0;
        }
        if width == 0 {
            text.push_str(indent);
            width = indent.len();
        } else {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_and_no_word_is_cut() {
        let mut text = String::new();
        let long = "x".repeat(90);

        wrapped(&mut text, &format!("{} {long} end", "word ".repeat(20)), "  ");

        assert!(
            text.lines()
                .all(|line| line.chars().count() <= WIDTH || line.trim() == long)
        );
        assert_eq!(text.split_whitespace().count(), 22);
        assert!(text.lines().all(|line| line.starts_with("  ")));
    }

    #[test]
    fn a_heading_is_underlined_as_wide_as_it_is() {
        let mut text = String::new();

        heading(&mut text, "Séances du jeudi", '-');

        assert_eq!(text, "Séances du jeudi\n----------------\n");
    }
}
