//! A session: what, when, where; one button, never two; whether one may, and why not, with one thing to do about it.

use access_rules::{Act, Actor, SessionId, sentence::sentence};
use actix_web::web::{Data, Path};
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault};
use programme::{
    access::{AccessView, Permission},
    admission::Admissions,
    json_ld,
    links::Links,
    model::{Access, Entry, SessionKind},
    released::{Programme, ReleasedSession, State},
    releases,
};
use registration::{
    invitations,
    model::{Seat, SeatState},
    seat_access,
    seats::{self, Occupancy, SeatInput},
};

use crate::{
    components::{
        Answer, Capacity, Chrome, Facts, Foreign, Link, Markup, May, MayLine, Notice, Preview, SessionCard,
        TrackLabel, Weight,
    },
    pages::programme::{Mine, session_title, slot, track_label},
    svg,
    table::{Line, get},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get("/{lang}/{edition}/sessions/{id}", Act::Read, show)]
}

/// The one thing a page of a session asks for.
struct OneAct {
    /// Where the form is sent; a plain link when it is none.
    action: Option<String>,
    href: String,
    label: String,
    /// Whether it takes something back: drawn as a plain button.
    low: bool,
}

#[derive(Template)]
#[template(path = "pages/session.html")]
struct SessionPage {
    chrome: Chrome,
    track: TrackLabel,
    hue: &'static str,
    title: Foreign,
    text: Vec<Foreign>,
    when: String,
    starts: String,
    facts: Facts,
    speakers: Vec<(String, String, String)>,
    organisers: Vec<String>,
    links: Vec<Link>,
    notices: Vec<Notice>,
    act: Option<OneAct>,
    capacity: Option<Capacity>,
    may: May,
    calendar: String,
    similar: Vec<SessionCard>,
    preview: Preview,
}

/// What is known of the reader and the session.
struct Known {
    programme: Programme,
    session: ReleasedSession,
    access: AccessView,
    occupancy: Option<Occupancy>,
    seat: Option<(Seat, Option<i64>)>,
    invitation: Option<String>,
    mine: Mine,
}

fn known(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: kernel::Moment,
    edition: access_rules::EditionId,
    id: SessionId,
) -> Result<Known, Fault> {
    let programme = releases::live(conn, edition)?
        .ok_or_else(Fault::not_found)?
        .for_actor(actor)
        .indexed();
    let session = programme.session(id).cloned().ok_or_else(Fault::not_found)?;
    let access = seat_access::of(conn, admissions, actor, now, id)?;
    let seat = match actor.person {
        Some(_) if session.entry != Entry::WalkIn => {
            match seats::mine(conn, actor, now, id, &SeatInput::default()) {
                Ok(found) => found.map(|found| (found.seat, found.place)),
                Err(_) => None,
            }
        }
        _ => None,
    };
    let invitation = match actor.person {
        Some(person) if session.entry == Entry::Invitation => invitations::of_person(conn, id, person)?,
        _ => None,
    };
    Ok(Known {
        occupancy: if session.line_only {
            None
        } else {
            seats::occupancy(conn, actor, now, id)?
        },
        mine: Mine::of(conn, actor, edition)?,
        programme,
        session,
        access,
        seat,
        invitation,
    })
}

async fn show(visit: Visit, path: Path<(String, String, String)>, admissions: Data<Admissions>) -> Page {
    let (_, slug, id) = path.into_inner();
    let id: SessionId = id.parse().map_err(|_| visit.refused(Fault::not_found()))?;
    let (frame, found) = visit
        .read_in("session", &slug, move |conn, actor, now, edition| {
            known(conn, &admissions, actor, now, edition.id, id)
        })
        .await?;
    let title = session_title(&visit.voice, &found.session);
    let chrome = visit.chrome(&frame, title.text.clone());
    visit.show(&page(chrome, &visit, title, &found))
}

fn page(chrome: Chrome, visit: &Visit, title: Foreign, found: &Known) -> SessionPage {
    let (programme, session) = (&found.programme, &found.session);
    let voice = chrome.voice.clone();
    let now = visit.caller.now();
    let track = track_label(&voice, programme, session);
    let day = voice.capital(&voice.day_long(session.starts_local.date()));
    let mut notices = Vec::new();
    if session.state == State::Cancelled {
        notices.push(Notice::new(Weight::Stop, voice.t("session-cancelled-long")));
    }
    if session.line_only {
        notices.push(
            Notice::new(Weight::Wait, voice.t("session-members-only"))
                .with_text(voice.t("session-members-only-hint")),
        );
    }
    if let Some((seat, place)) = &found.seat {
        match (seat.state, place) {
            (SeatState::Waiting, Some(place)) => notices.push(Notice::new(
                Weight::Wait,
                voice.t1("seat-place-in-line", "place", *place),
            )),
            (SeatState::Offered, _) => {
                let until = seat
                    .offered_until
                    .map(|until| voice.moment(programme.edition.zone.local(until)))
                    .unwrap_or_default();
                notices.push(Notice::new(
                    Weight::Wait,
                    voice.t1("seat-offered-until", "until", until),
                ));
            }
            (SeatState::Confirmed, _) => notices.push(Notice::new(Weight::Done, voice.t("seat-is-yours"))),
            _ => {}
        }
    }
    if found.mine.clashing.contains(&session.id) {
        notices.push(Notice::new(Weight::Wait, voice.t("session-clashes")));
    }
    let text = voice.said(&session.abstract_);
    let paragraphs = if session.line_only {
        Vec::new()
    } else {
        text.text
            .split("\n\n")
            .filter(|part| !part.trim().is_empty())
            .map(|part| Foreign {
                text: part.to_owned(),
                ..text.clone()
            })
            .collect()
    };
    let here = chrome.to(&format!("sessions/{}", session.id));
    let links = Links::below(&visit.site().settings().public_url);
    let edition_title = programme.edition.title.text(voice.language);
    let preview = Preview {
        // Only what is open whole is described, and it is written so that it can stand in a script.
        described: json_ld::of_session(programme, session, voice.language, &links).map(Markup::new),
        ..Preview::new(
            title.text.clone(),
            &format!(
                "{day}, {}. {}",
                voice.clocks(session.starts_local, session.ends_local),
                if session.line_only { "" } else { text.text.as_str() }
            ),
            links.session(voice.language, &programme.edition.slug, session.id),
            edition_title,
        )
    };
    SessionPage {
        preview,
        hue: svg::hue(session.track.as_deref()),
        when: format!(
            "{day}, {}",
            voice.clocks(session.starts_local, session.ends_local)
        ),
        starts: session.starts_at.rfc3339(),
        facts: Facts::new(facts(&chrome, programme, session)),
        speakers: session
            .speakers
            .iter()
            .map(|speaker| {
                (
                    speaker.name.clone(),
                    voice.code("speaker-role", speaker.role.code()),
                    speaker.affiliation.clone(),
                )
            })
            .collect(),
        organisers: session
            .organisers
            .iter()
            .map(|organiser| organiser.name.clone())
            .collect(),
        links: session
            .links
            .iter()
            .filter(|link| link.url.starts_with("https://") || link.url.starts_with("http://"))
            .map(|link| {
                Link::new(
                    link.url.clone(),
                    if link.title.is_empty() {
                        link.url.clone()
                    } else {
                        link.title.clone()
                    },
                )
            })
            .collect(),
        act: one_act(&chrome, found, &here, now),
        capacity: found.occupancy.and_then(|occupancy| {
            occupancy.seats.map(|seats| {
                Capacity::new(
                    &voice,
                    "capacity-reserved",
                    occupancy.taken,
                    seats,
                    svg::hue(session.track.as_deref()),
                )
            })
        }),
        may: May::new(&voice, may_lines(&chrome, visit, &found.access, &here)),
        calendar: format!("/api/v1/sessions/{}/calendar.ics", session.id),
        similar: similar(&chrome, programme, session, found, now),
        text: paragraphs,
        track,
        title,
        notices,
        chrome,
    }
}

/// One button, never two: by how one gets in, and what the reader has already.
fn one_act(chrome: &Chrome, found: &Known, here: &str, now: kernel::Moment) -> Option<OneAct> {
    let session = &found.session;
    let over =
        session.ends_at <= now || session.state == State::Cancelled || session.kind == SessionKind::Break;
    if over || session.line_only {
        return None;
    }
    let form = |action: String, key: &str, low| OneAct {
        action: Some(action),
        href: String::new(),
        label: chrome.t(key),
        low,
    };
    let link = |href: String, key: &str| OneAct {
        action: None,
        href,
        label: chrome.t(key),
        low: false,
    };
    if chrome.signed_in.is_none() {
        let next = format!("{}?next={here}", chrome.at("sign-in"));
        return Some(link(
            next,
            if session.entry == Entry::WalkIn {
                "session-sign-in-to-add"
            } else {
                "session-sign-in-to-reserve"
            },
        ));
    }
    if session.entry == Entry::WalkIn {
        let held = found.mine.held.contains(&session.id);
        return Some(form(
            format!("{here}/agenda"),
            if held {
                "session-remove-from-agenda"
            } else {
                "session-add-to-agenda"
            },
            held,
        ));
    }
    match found.seat.as_ref().map(|(seat, _)| seat.state) {
        Some(SeatState::Offered) => return Some(form(format!("{here}/seat/acceptance"), "seat-take", false)),
        Some(SeatState::Confirmed) => {
            return Some(form(format!("{here}/seat/release"), "seat-give-back", true));
        }
        Some(SeatState::Waiting) => {
            return Some(form(format!("{here}/seat/release"), "seat-leave-line", true));
        }
        _ => {}
    }
    if session.entry == Entry::Invitation && found.invitation.as_deref() != Some("invited") {
        return match found.invitation.as_deref() {
            Some("asked") => None,
            _ => Some(form(
                format!("{here}/invitation"),
                "session-ask-invitation",
                false,
            )),
        };
    }
    if found.access.attend.allowed {
        let full = found.occupancy.is_some_and(|occupancy| {
            occupancy.waiting > 0 || occupancy.seats.is_some_and(|seats| occupancy.taken >= seats)
        });
        return Some(form(
            format!("{here}/seat"),
            if full { "seat-join-line" } else { "seat-reserve" },
            false,
        ));
    }
    remedy(chrome, found.access.attend.remedy, here).map(|link| OneAct {
        action: None,
        href: link.href,
        label: link.label,
        low: false,
    })
}

fn remedy(chrome: &Chrome, code: Option<&str>, here: &str) -> Option<Link> {
    let code = code?;
    let href = match code {
        "sign_in" => format!("{}?next={here}", chrome.at("sign-in")),
        "register" => chrome.to("register"),
        "choose_organisation" | "remind_confirmer" | "settle_dues" | "ask_network" => {
            chrome.to("my-congress")
        }
        "see_similar" | "see_calls" => format!("{here}#similar"),
        _ => return None,
    };
    Some(Link::new(href, chrome.t(format!("remedy-{code}"))))
}

fn may_lines(chrome: &Chrome, visit: &Visit, access: &AccessView, here: &str) -> Vec<MayLine> {
    let acts = [
        (Act::Attend, &access.attend),
        (Act::Propose, &access.propose),
        (Act::Speak, &access.speak),
        (Act::Vote, &access.vote),
    ];
    let line = |(act, permission): (Act, &Permission)| {
        let nobody = permission.rule.is_none() || permission.code == Some("no_rule");
        let answer = match (nobody, permission.allowed) {
            (true, _) => Answer::NotHere,
            (false, true) => Answer::Yes,
            (false, false) => Answer::No,
        };
        let rule = permission
            .rule
            .as_ref()
            .map(|rule| sentence(rule, act, visit.language()));
        let why = match permission.code {
            Some(code) if !nobody && !permission.allowed => {
                format!("{} ", visit.says(&Fault::forbidden(code)))
            }
            _ => String::new(),
        };
        MayLine {
            verb: chrome.t(format!("may-{}", act.code())),
            answer,
            sentence: format!("{why}{}", rule.unwrap_or_else(|| chrome.t("may-nobody"))),
            remedy: if permission.allowed {
                None
            } else {
                remedy(chrome, permission.remedy, here)
            },
        }
    };
    acts.into_iter().map(line).collect()
}

fn facts(chrome: &Chrome, programme: &Programme, session: &ReleasedSession) -> Vec<(String, String)> {
    let voice = &chrome.voice;
    let mut facts = Vec::new();
    let mut add = |key: &str, value: Option<String>| {
        facts.extend(
            value
                .filter(|value| !value.is_empty())
                .map(|value| (chrome.t(key), value)),
        )
    };
    let room = programme.room_of(session);
    add(
        "fact-room",
        room.map(|room| {
            let venue = programme
                .venue_of(session)
                .map(|venue| format!(", {}", voice.said(&venue.name).text))
                .unwrap_or_default();
            format!("{}{venue}", voice.said(&room.name).text)
        }),
    );
    add(
        "fact-directions",
        room.map(|room| voice.said(&room.directions).text),
    );
    add("fact-kind", Some(voice.code("session-kind", session.kind.code())));
    add(
        "fact-format",
        programme
            .format_of(session)
            .map(|format| voice.said(&format.name).text),
    );
    add(
        "fact-domain",
        programme
            .domain_of(session)
            .map(|domain| voice.said(&domain.name).text),
    );
    add(
        "fact-theme",
        programme
            .theme_of(session)
            .map(|theme| voice.said(&theme.name).text),
    );
    add(
        "fact-entry",
        (!session.line_only).then(|| voice.code("entry", session.entry.code())),
    );
    add(
        "fact-attendance",
        (!session.line_only).then(|| voice.code("attendance", session.attendance.code())),
    );
    let tongues = |tags: &[String]| {
        tags.iter()
            .map(|tag| tag.to_uppercase())
            .collect::<Vec<_>>()
            .join(", ")
    };
    add("fact-floor", Some(tongues(&session.languages_floor)));
    add("fact-interpreted", Some(tongues(&session.languages_interpreted)));
    let access: Vec<String> = Access::ALL
        .iter()
        .filter(|feature| programme.offers(session, **feature) == Some(true))
        .map(|feature| voice.code("access", feature.code()))
        .collect();
    add("fact-access", Some(access.join(", ")));
    facts
}

fn similar(
    chrome: &Chrome,
    programme: &Programme,
    session: &ReleasedSession,
    found: &Known,
    now: kernel::Moment,
) -> Vec<SessionCard> {
    let alike = |other: &&ReleasedSession| {
        other.id != session.id
            && other.state != State::Cancelled
            && !other.line_only
            && other.kind != SessionKind::Break
            && other.starts_at > now
            && (other.domain.is_some() && other.domain == session.domain
                || other.track.is_some() && other.track == session.track)
    };
    let card = |other: &ReleasedSession| {
        let drawn = slot(chrome, programme, other, &found.mine, now);
        let day = chrome.voice.day(other.starts_local.date());
        SessionCard {
            track: drawn.track,
            title: drawn.title,
            href: drawn.href.unwrap_or_default(),
            line: format!(
                "{day}, {}{}",
                chrome.voice.clocks(other.starts_local, other.ends_local),
                drawn.room.map(|room| format!(", {room}")).unwrap_or_default()
            ),
            state: None,
        }
    };
    programme
        .sessions
        .iter()
        .filter(alike)
        .take(4)
        .map(card)
        .collect()
}
