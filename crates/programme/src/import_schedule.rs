//! Reads frab, pentabarf and c3voc schedules, whatever they leave out or spell oddly, into a plan.
//!
//! Lenient: an event is used when it has a time; what was missing is derived, what was odd is put right, and both are
//! told. Pure: the same file gives the same plan, so that importing it again changes nothing. `import_apply` carries the
//! plan out. What makes a whole file unusable is in `import_faults`.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use kernel::{
    Coded as _, Fault, Id, Kind, LocalDate, LocalDateTime, Localized, Moment, Zone, fields::is_language_tag,
    local_time::NotOneInstant, text,
};

use crate::{
    import_faults::ImportFault,
    import_plan::{ImportPlan, PlannedEdition, PlannedSession, Remark},
    import_text::{decoded, fitted_line, fitted_paragraph, plain},
    import_xml::{self, BYTES_MAX, Element},
    model::{Link, SessionKind},
    rules, schedule,
};

/// Minutes of a session of which nothing better is known.
const LENGTH_GUESSED: i64 = 30;
/// Longest gap to the next session in the room that is taken for a length, in minutes.
const GAP_MOST: i64 = 4 * 60;
/// Days before and after the middle one that are taken for the same congress.
const DAYS_AROUND: i64 = rules::DAYS_MOST / 2;
/// Most speakers and links of a session.
const LIST_MOST: usize = 60;

/// An event where it was found.
struct Found<'a> {
    day: &'a Element,
    room: &'a str,
    event: &'a Element,
}

/// A reading in progress.
struct Reading {
    zone: Zone,
    acronym: String,
    guids: HashSet<String>,
    repaired: Vec<Remark>,
    skipped: Vec<Remark>,
}

/// A session whose length may still be unknown.
struct Draft {
    session: PlannedSession,
    length_known: bool,
}

/// The plan of a file; its times are in `zone` when it is given, else in the zone the file names or its offsets tell.
///
/// # Errors
/// `too_large` and what `import_faults` lists.
pub fn read(bytes: &[u8], zone: Option<Zone>) -> Result<ImportPlan, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(Fault::new(Kind::TooLarge, "too_large").with("bytes_max", BYTES_MAX));
    }
    let (text, encoding) = decoded(bytes);
    let root = import_xml::read(&text)?;
    if root.name != "schedule" || root.child("day").is_none() {
        return Err(ImportFault::NotASchedule.into());
    }
    let conference = root.child("conference").cloned().unwrap_or_default();
    let found = events(&root);
    let mut reading = Reading {
        zone: Zone(chrono_tz::UTC),
        acronym: acronym(&conference),
        guids: HashSet::new(),
        repaired: vec![],
        skipped: vec![],
    };
    if let Some(encoding) = encoding {
        reading.repaired("encoding", "", encoding);
    }
    reading.zone = reading.find_zone(zone, &conference, &found);
    reading.mind_colours(&root, &conference);
    let drafts: Vec<Draft> = found.iter().filter_map(|found| reading.session(found)).collect();
    let drafts = reading.within_one_congress(drafts);
    if drafts.is_empty() {
        return Err(ImportFault::NothingToImport.into());
    }
    let sessions = reading.with_lengths(drafts);
    reading.tell_who_is_in_two_places(&sessions);
    Ok(ImportPlan {
        edition: edition(&root, &conference, &reading, &sessions),
        rooms: rooms(&root),
        tracks: tracks(&root, &conference, &sessions),
        sessions,
        repaired: reading.repaired,
        skipped: reading.skipped,
    })
}

fn events(root: &Element) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    for day in root.all("day") {
        for room in day.all("room") {
            let name = room_name(room);
            found.extend(room.all("event").map(|event| Found {
                day,
                room: name,
                event,
            }));
        }
        found.extend(day.all("event").map(|event| Found { day, room: "", event }));
    }
    found
}

fn room_name(room: &Element) -> &str {
    match room.attribute("name") {
        "" => room.text.trim(),
        name => name,
    }
}

fn acronym(conference: &Element) -> String {
    let named = [conference.said("acronym"), conference.said("title")];
    let slugs = named.iter().map(|name| schedule::slug(name, 60));
    let slug = slugs.into_iter().find(|slug| rules::is_free_slug(slug));
    slug.unwrap_or_else(|| "imported".into())
}

impl Reading {
    fn repaired(&mut self, code: &'static str, about: &str, fact: impl Into<String>) {
        self.repaired.push(Remark::new(code, about, fact));
    }

    fn skipped(&mut self, code: &'static str, about: &str, fact: impl Into<String>) {
        self.skipped.push(Remark::new(code, about, fact));
    }

    /// The zone asked for, the one the file names, else one that had the file's offsets at its times.
    fn find_zone(&mut self, asked: Option<Zone>, conference: &Element, found: &[Found]) -> Zone {
        if let Some(zone) = asked {
            return zone;
        }
        let named = conference.said("time_zone_name");
        if let Ok(zone) = named.parse::<Zone>() {
            return zone;
        }
        let dates = found
            .iter()
            .filter_map(|found| DateTime::parse_from_rfc3339(found.event.said("date")).ok());
        let zone = zone_of(&dates.take(200).collect::<Vec<_>>());
        self.repaired("zone_guessed", "", format!("{} for {named:?}", zone.name()));
        zone
    }

    /// Colours are ours; one that is none is worth telling all the same.
    fn mind_colours(&mut self, root: &Element, conference: &Element) {
        let tracks = root.all("tracks").flat_map(|list| list.all("track"));
        let coloured = tracks
            .chain(conference.all("track"))
            .chain(conference.all("color"));
        let colours = coloured.flat_map(|held| [held.attribute("color"), held.attribute("primary")]);
        let bad: Vec<String> = colours
            .filter(|colour| !colour.is_empty() && !is_colour(colour))
            .map(str::to_owned)
            .collect();
        for colour in bad {
            self.repaired("colour_left_out", "", colour);
        }
    }

    fn session(&mut self, found: &Found) -> Option<Draft> {
        let event = found.event;
        let (starts_local, starts_at) = self.starts(found)?;
        let title = self.title(event);
        let language = self.language(event, &title);
        let tag = language.clone().unwrap_or_else(|| "en".into());
        let length = minutes(event.said("duration"));
        let room = [found.room, event.said("room")]
            .into_iter()
            .find(|name| !name.is_empty())
            .map(|name| fitted_line(name, text::NAME).0)
            .filter(|name| !name.is_empty());
        let guid = self.guid(event, &title, starts_at);
        Some(Draft {
            length_known: length.is_some(),
            session: PlannedSession {
                source: format!("{}#{}", self.acronym, event.attribute("id")),
                kind: self.kind(event, &title),
                abstract_text: self.abstract_text(event, &title, &tag),
                track: Some(fitted_line(event.said("track"), text::TITLE).0).filter(|name| !name.is_empty()),
                room,
                starts_local,
                length_minutes: self.length(length.unwrap_or(LENGTH_GUESSED), &title),
                starts_at,
                languages: language.into_iter().collect(),
                speakers: speakers(event),
                links: links(event),
                title: Localized::only(&tag, &title),
                guid,
            },
        })
    }

    /// When it starts: by its date, else by its day and clock.
    fn starts(&mut self, found: &Found) -> Option<(LocalDateTime, Moment)> {
        let (date, clock) = (found.event.said("date"), found.event.said("start"));
        let about = found.event.said("title");
        if let Ok(at) = DateTime::parse_from_rfc3339(date) {
            let at = Moment::from(at.with_timezone(&Utc));
            let local = self.zone.local(at);
            if !clock.is_empty() && minute(clock) != Some(local.minute_of_day()) {
                self.repaired("start_from_date", about, clock);
            }
            return Some((local, at));
        }
        let local = date.parse::<LocalDateTime>().ok();
        let local = local.or_else(|| {
            let local = after_midnight(found.day, self.zone, day_of(found.day)?, minute(clock)?);
            self.repaired("date_from_day", about, local.to_string());
            Some(local)
        });
        let Some(local) = local else {
            self.skipped("no_time", about, format!("{date} {clock}"));
            return None;
        };
        match local.in_zone(self.zone) {
            Ok(at) => Some((local, at)),
            Err(NotOneInstant::Twice { earlier, .. }) => {
                self.repaired("hour_twice", about, local.to_string());
                Some((local, earlier))
            }
            Err(NotOneInstant::Skipped) => {
                self.repaired("skipped_hour", about, local.to_string());
                let later = local.plus_minutes(60);
                later.in_zone(self.zone).ok().map(|at| (later, at))
            }
        }
    }

    fn title(&mut self, event: &Element) -> String {
        let (decoded, _) = plain(event.said("title"));
        let (title, cut) = fitted_line(&decoded, text::TITLE);
        if cut {
            self.repaired("title_cut", &title, "");
        }
        if !title.is_empty() {
            return title;
        }
        let stand_in = [event.said("slug"), event.attribute("id"), event.attribute("guid")]
            .into_iter()
            .find(|held| !held.is_empty())
            .unwrap_or("?");
        let stand_in = fitted_line(stand_in, text::TITLE).0;
        self.repaired("title_missing", &stand_in, "");
        stand_in
    }

    fn language(&mut self, event: &Element, title: &str) -> Option<String> {
        let said = event.said("language");
        if said.is_empty() {
            return None;
        }
        let tag = said.replace('_', "-");
        let (primary, rest) = tag.split_once('-').map_or((tag.as_str(), ""), |(a, b)| (a, b));
        let primary = primary.to_lowercase();
        let tag = if rest.is_empty() {
            primary
        } else {
            format!("{primary}-{rest}")
        };
        if is_language_tag(&tag) {
            return Some(tag);
        }
        self.repaired("language_unknown", title, said);
        None
    }

    fn kind(&mut self, event: &Element, title: &str) -> SessionKind {
        let said = event.said("type").to_lowercase();
        if let Some(kind) = SessionKind::from_code(&said) {
            return kind;
        }
        let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
        if has(&["break", "lunch", "coffee", "pause"]) {
            SessionKind::Break
        } else if has(&["ceremony", "opening", "closing"]) {
            SessionKind::Ceremony
        } else if has(&["keynote", "plenary"]) {
            SessionKind::Plenary
        } else {
            if said.chars().count() > 60 {
                self.repaired("type_odd", title, text::cut(&said, 60));
            }
            SessionKind::Parallel
        }
    }

    fn abstract_text(&mut self, event: &Element, title: &str, tag: &str) -> Localized {
        let mut parts: Vec<String> = Vec::new();
        for name in ["subtitle", "abstract", "description"] {
            let (said, changed) = plain(event.said(name));
            if changed {
                self.repaired("html_to_text", title, name);
            }
            if !said.trim().is_empty() && !parts.contains(&said) {
                parts.push(said);
            }
        }
        let (said, cut) = fitted_paragraph(&parts.join("\n\n"), text::ABSTRACT);
        if cut {
            self.repaired("abstract_cut", title, "");
        }
        if said.is_empty() {
            Localized::default()
        } else {
            Localized::only(tag, &said)
        }
    }

    /// Its own, when it is one of a kind in the file; else one that the same file always gives.
    fn guid(&mut self, event: &Element, title: &str, starts_at: Moment) -> String {
        let (own, id) = (event.attribute("guid"), event.attribute("id"));
        let own = fitted_line(own, 100).0;
        if !own.is_empty() && self.guids.insert(own.clone()) {
            return own;
        }
        let told = if own.is_empty() {
            "guid_derived"
        } else {
            "guid_repeated"
        };
        let plain = if id.is_empty() { title } else { id };
        let mut name = format!("{}/{own}/{plain}", self.acronym);
        let mut guid = Id::<Self>::named(&name).to_string();
        while !self.guids.insert(guid.clone()) {
            name = format!("{name}/{starts_at}");
            guid = Id::<Self>::named(&name).to_string();
        }
        self.repaired(told, title, guid.clone());
        guid
    }

    fn length(&mut self, minutes: i64, title: &str) -> i64 {
        if minutes > rules::LENGTH_MOST {
            self.repaired("length_cut", title, minutes.to_string());
        }
        minutes.min(rules::LENGTH_MOST)
    }

    /// Those near the middle one: a date of 1970 is a slip, not a congress of half a century.
    fn within_one_congress(&mut self, drafts: Vec<Draft>) -> Vec<Draft> {
        let mut days: Vec<LocalDate> = drafts
            .iter()
            .map(|draft| draft.session.starts_local.date())
            .collect();
        days.sort_unstable();
        let Some(middle) = days.get(days.len() / 2).copied() else {
            return drafts;
        };
        let (near, far): (Vec<Draft>, Vec<Draft>) = drafts.into_iter().partition(|draft| {
            let away = draft.session.starts_local.date().0 - middle.0;
            away.num_days().abs() <= DAYS_AROUND
        });
        for draft in far {
            let session = draft.session;
            self.skipped(
                "outside_edition",
                said(&session.title),
                session.starts_local.to_string(),
            );
        }
        near
    }

    /// A missing length reaches to the next session in the room, or is half an hour.
    fn with_lengths(&mut self, drafts: Vec<Draft>) -> Vec<PlannedSession> {
        let mut starts: HashMap<Option<String>, Vec<Moment>> = HashMap::new();
        for draft in &drafts {
            let room = starts.entry(draft.session.room.clone()).or_default();
            room.push(draft.session.starts_at);
        }
        let complete = |draft: Draft| {
            let mut session = draft.session;
            if !draft.length_known {
                let later = starts[&session.room].iter().filter(|at| **at > session.starts_at);
                let gap = later.min().map(|at| at.seconds_since(session.starts_at) / 60);
                session.length_minutes = gap.filter(|gap| *gap <= GAP_MOST).unwrap_or(LENGTH_GUESSED);
                let fact = session.length_minutes.to_string();
                self.repaired("length_guessed", said(&session.title), fact);
            }
            session
        };
        drafts.into_iter().map(complete).collect()
    }

    /// Names are not people: they are not held against the programme, only told (R46).
    fn tell_who_is_in_two_places(&mut self, sessions: &[PlannedSession]) {
        let mut busy: HashMap<&str, Vec<&PlannedSession>> = HashMap::new();
        for session in sessions {
            for name in &session.speakers {
                busy.entry(name).or_default().push(session);
            }
        }
        let mut told = Vec::new();
        for (name, mut held) in busy {
            held.sort_by_key(|session| session.starts_at);
            let clashing = held
                .windows(2)
                .filter(|pair| pair[0].starts_at.plus_minutes(pair[0].length_minutes) > pair[1].starts_at);
            told.extend(
                clashing.map(|pair| Remark::new("speaker_in_two_places", said(&pair[1].title), name)),
            );
        }
        told.sort_by(|one, other| (&one.about, &one.fact).cmp(&(&other.about, &other.fact)));
        self.repaired.extend(told);
    }
}

fn edition(
    root: &Element,
    conference: &Element,
    reading: &Reading,
    sessions: &[PlannedSession],
) -> PlannedEdition {
    let days = || sessions.iter().map(|session| session.starts_local.date());
    let day = |name: &str| {
        let said = conference.said(name).get(..10)?;
        said.parse::<LocalDate>().ok()
    };
    let first = days().min().unwrap_or(LocalDate(chrono::NaiveDate::MIN));
    let last = days().max().unwrap_or(first);
    let near = |day: &LocalDate| (day.0 - first.0).num_days().abs() < rules::DAYS_MOST;
    let starts_on = day("start").filter(near).map_or(first, |day| day.min(first));
    let ends_on = day("end").filter(near).map_or(last, |day| day.max(last));
    let too_long = (ends_on.0 - starts_on.0).num_days() >= rules::DAYS_MOST;
    let (starts_on, ends_on) = if too_long {
        (first, last)
    } else {
        (starts_on, ends_on)
    };
    let title = fitted_line(conference.said("title"), text::TITLE).0;
    PlannedEdition {
        slug: reading.acronym.clone(),
        title: if title.is_empty() {
            reading.acronym.clone()
        } else {
            title
        },
        city: fitted_line(conference.said("city"), text::NAME).0,
        zone: reading.zone,
        starts_on,
        ends_on,
        version: fitted_line(root.said("version"), text::NAME).0,
        languages: languages(sessions),
    }
}

fn languages(sessions: &[PlannedSession]) -> Vec<String> {
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for tag in sessions.iter().flat_map(|session| &session.languages) {
        *counted.entry(tag).or_default() += 1;
    }
    let mut tags: Vec<(&str, usize)> = counted.into_iter().collect();
    tags.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
    tags.into_iter().map(|(tag, _)| tag.to_owned()).take(20).collect()
}

/// Rooms as the file lists them, those of events included.
fn rooms(root: &Element) -> Vec<String> {
    let listed = root.all("day").flat_map(|day| day.all("room")).map(room_name);
    let said = events(root).into_iter().map(|found| {
        if found.room.is_empty() {
            found.event.said("room")
        } else {
            found.room
        }
    });
    once_each(listed.chain(said), text::NAME)
}

/// Tracks as the file lists them, those of events included.
fn tracks(root: &Element, conference: &Element, sessions: &[PlannedSession]) -> Vec<String> {
    let name = |track: &'_ Element| match track.attribute("name") {
        "" => track.text.trim().to_owned(),
        name => name.to_owned(),
    };
    let listed = root.all("tracks").flat_map(|list| list.all("track"));
    let listed: Vec<String> = listed.chain(conference.all("track")).map(name).collect();
    let said = sessions.iter().filter_map(|session| session.track.as_deref());
    once_each(listed.iter().map(String::as_str).chain(said), text::TITLE)
}

fn once_each<'a>(names: impl Iterator<Item = &'a str>, graphemes_max: usize) -> Vec<String> {
    let mut seen = HashSet::new();
    let fitted = names.map(|name| fitted_line(name, graphemes_max).0);
    fitted
        .filter(|name| !name.is_empty() && seen.insert(text::fold(name)))
        .collect()
}

fn speakers(event: &Element) -> Vec<String> {
    let persons = event.all("persons").flat_map(|list| list.all("person"));
    let names = persons.map(|person| match person.text.trim() {
        "" => person.attribute("name"),
        name => name,
    });
    let names: Vec<&str> = names.collect();
    let mut names = once_each(names.into_iter(), text::NAME);
    names.truncate(LIST_MOST);
    names
}

fn links(event: &Element) -> Vec<Link> {
    let listed = event.all("links").flat_map(|list| list.all("link"));
    let links = listed.map(|link| Link {
        url: link.attribute("href").to_owned(),
        title: fitted_line(&link.text, text::NAME).0,
    });
    links
        .filter(|link| schedule::is_http(&link.url) && link.url.len() <= 500)
        .take(LIST_MOST)
        .collect()
}

/// A zone whose clocks stood as these times say: one without changes when one offset explains all.
fn zone_of(dates: &[DateTime<FixedOffset>]) -> Zone {
    let utc = Zone(chrono_tz::UTC);
    let Some(first) = dates.first().map(|date| date.offset().local_minus_utc()) else {
        return utc;
    };
    let same = dates.iter().all(|date| date.offset().local_minus_utc() == first);
    if same && first == 0 {
        return utc;
    }
    // The sign of these names is the other way round: Etc/GMT-1 is an hour ahead of UTC.
    let fixed = format!("Etc/GMT{:+}", -first / 3600).parse::<Zone>();
    if let (true, 0, Ok(zone)) = (same, first % 3600, fixed) {
        return zone;
    }
    let fits = |zone: &Zone| {
        dates.iter().all(|date| {
            let at = Moment::from(date.with_timezone(&Utc));
            zone.offset_minutes(at) * 60 == date.offset().local_minus_utc()
        })
    };
    let known = chrono_tz::TZ_VARIANTS.iter().copied().map(Zone);
    known.into_iter().find(fits).unwrap_or(utc)
}

fn day_of(day: &Element) -> Option<LocalDate> {
    let said = [day.attribute("date"), day.attribute("start")];
    said.iter().find_map(|said| said.get(..10)?.parse().ok())
}

/// An event listed under a day may be after its midnight: when its clock stands before the day's own start.
fn after_midnight(day: &Element, zone: Zone, date: LocalDate, minute: i64) -> LocalDateTime {
    let at = LocalDateTime(date.0.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute));
    let opens = DateTime::parse_from_rfc3339(day.attribute("start")).ok();
    let opens = opens.map(|at| zone.local(Moment::from(at.with_timezone(&Utc))));
    match opens {
        Some(opens) if opens.date() == date && at < opens => at.plus_minutes(24 * 60),
        _ => at,
    }
}

/// Minutes since midnight of `9:30`, `09:30` or `09:30:00`.
fn minute(clock: &str) -> Option<i64> {
    let mut parts = clock.split(':').map(|part| part.trim().parse::<i64>().ok());
    let (hours, minutes) = (parts.next()??, parts.next()??);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

/// Minutes of `00:45`, `1:30`, `01:30:00` or plain `45`; nothing when it says none.
fn minutes(duration: &str) -> Option<i64> {
    let parts: Option<Vec<i64>> = duration.split(':').map(|part| part.trim().parse().ok()).collect();
    let minutes = match parts?.as_slice() {
        [minutes] => *minutes,
        [hours, minutes] | [hours, minutes, _] => hours.checked_mul(60)?.checked_add(*minutes)?,
        _ => return None,
    };
    (minutes > 0).then_some(minutes)
}

fn is_colour(colour: &str) -> bool {
    colour.len() == 7 && colour.starts_with('#') && colour[1..].bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn said(title: &Localized) -> &str {
    title.text(kernel::Language::En)
}
