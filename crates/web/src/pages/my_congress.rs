//! My congress: opens on one next step; then my agenda with its clashes, my tracks and why, my badge, my calendar's
//! address, my letters, those I registered, and those of my organisation.

use access_rules::{Act, Actor, EditionId, SessionId};
use actix_kit::Form;
use actix_web::{HttpRequest, web::Path};
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Moment, page::PageAsk};
use mail::{model::Letter, outbox};
use outcomes::asked;
use people::{model::Person, persons};
use programme::{
    calendar_tokens,
    model::{Edition, Track},
    released::Programme,
    releases, session_changes, tracks,
};
use registration::{
    admissions, letters, lists,
    model::{Registration, RegistrationId, RegistrationState, SeatState, TrackRegistration, TrackState},
    printing, registrations,
};
use serde::Deserialize;

use super::{
    agenda::{self, AgendaDay, Held},
    register::is_over,
    seats::finished,
};
use crate::{
    components::{Chrome, Empty, Facts, Link, Markup, State, TrackLabel},
    svg,
    table::{Line, get, post},
    visit::{Frame, Page, Refused, Visit},
    voice::Voice,
};

/// Most letters and people listed.
const LISTED_MOST: usize = 12;
/// People of an organisation read at once for its focal point.
const PEOPLE_MOST: i64 = kernel::page::LIMIT_MOST;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/my-congress", Act::MindOwn, show),
        post("/{lang}/{edition}/my-congress/tracks", Act::Register, track),
        post("/{lang}/{edition}/my-congress/calendar", Act::MindOwn, calendar),
    ]
}

/// What the page shows, read in one go.
struct Known {
    own: Option<Registration>,
    person: Option<Person>,
    organisation: String,
    asked: Vec<TrackRegistration>,
    tracks: Vec<Track>,
    lines: Vec<Held>,
    programme: Option<Programme>,
    drawn_at: Option<Moment>,
    letters: Vec<Letter>,
    others: Vec<Listed>,
    people: Vec<Listed>,
    leads: bool,
    sends: bool,
    /// How many recommendations wait for an answer of theirs.
    asked_of: usize,
}

/// Somebody else's registration: their name, and the tracks it asks for.
type Listed = (String, Registration, Vec<TrackRegistration>);

fn known(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    machine_now: Moment,
    edition: &Edition,
) -> Result<Known, Fault> {
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let own = registrations::current_of(conn, edition.id, person)?;
    let made = registrations::mine(conn, actor, edition.id)?;
    let others: Vec<Registration> = made
        .into_iter()
        .filter(|made| made.person != person && !is_over(made))
        .collect();
    let people = of_own_organisations(conn, actor, now, edition.id)?;
    let (asked, organisation) = match &own {
        Some(own) => {
            let organisation = match own.organisation {
                Some(id) => members::organisations::find(conn, id)?
                    .map(|found| found.name)
                    .unwrap_or_default(),
                None => String::new(),
            };
            (admissions::of_registration(conn, own.id)?, organisation)
        }
        None => (Vec::new(), String::new()),
    };
    Ok(Known {
        person: persons::find(conn, person)?,
        organisation,
        asked,
        tracks: tracks::list(conn, edition.id)?,
        lines: printing::with_places(conn, actor, now, edition)?,
        programme: releases::live(conn, edition.id)?.map(|live| live.for_actor(actor).indexed()),
        drawn_at: calendar_tokens::drawn_at(conn, actor, edition.id)?,
        letters: outbox::mine(conn, actor, machine_now, &PageAsk::first())?.items,
        others: listed(conn, others)?,
        people: listed(conn, people)?,
        leads: !session_changes::own(conn, actor, now, edition.id)?.is_empty(),
        sends: actor.focal_point_of().next().is_some(),
        asked_of: waiting(conn, actor, now, edition)?,
        own,
    })
}

/// How many recommendations wait for an answer of the organisations they look after.
fn waiting(conn: &mut Conn, actor: &Actor, now: Moment, edition: &Edition) -> Result<usize, Fault> {
    let today = edition.zone.local(now).date();
    let all = asked::of_focal_point(conn, actor, today, edition.id)?;
    let open = all.iter().filter(|own| own.asked.response.answer.is_none());
    Ok(open.count())
}

/// The registrations of the people a focal point looks after, but for those they have or made themselves (R15).
fn of_own_organisations(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<Registration>, Fault> {
    let mut found = Vec::new();
    for organisation in actor.focal_point_of() {
        let of = lists::Filter {
            organisation: Some(organisation),
            ..lists::Filter::default()
        };
        let theirs = kernel::page::walk(PageAsk::of(PEOPLE_MOST), |ask| {
            lists::list(conn, actor, now, edition, &of, ask)
        })?;
        found.extend(theirs);
    }
    found.retain(|one| !is_over(one) && !registrations::is_own(actor, one));
    Ok(found)
}

fn listed(conn: &mut Conn, registrations: Vec<Registration>) -> Result<Vec<Listed>, Fault> {
    let ids: Vec<_> = registrations.iter().map(|made| made.person).collect();
    let named = persons::many(conn, &ids)?;
    let mut listed = Vec::new();
    for made in registrations {
        let name = named
            .iter()
            .find(|person| person.id == made.person)
            .map(Person::name)
            .unwrap_or_default();
        let asked = admissions::of_registration(conn, made.id)?;
        listed.push((name, made, asked));
    }
    Ok(listed)
}

/// The one next step.
struct Next {
    sentence: String,
    link: Option<Link>,
    /// A form that posts instead of a link: where, what it carries, and its word.
    post: Option<(String, Vec<(&'static str, String)>, String)>,
}

/// A track, and where the reader stands in it.
struct TrackLine {
    label: TrackLabel,
    code: String,
    state: Option<State>,
    reason: String,
    since: String,
    act: &'static str,
    word: String,
}

/// Somebody the reader registered, or looks after.
struct Other {
    name: String,
    href: String,
    state: State,
    number: String,
    waits: String,
}

/// The badge of a certain registration.
struct Badge {
    number: String,
    qr: Markup,
    name: String,
    line: String,
    tracks: Vec<TrackLabel>,
}

#[derive(Template)]
#[template(path = "pages/my_congress.html")]
struct MyCongressPage {
    chrome: Chrome,
    next: Next,
    days: Vec<AgendaDay>,
    back: String,
    empty: Empty,
    registration: Option<(String, State, Facts, String)>,
    needs: Option<String>,
    tracks: Vec<TrackLine>,
    badge: Option<Badge>,
    calendar_since: Option<String>,
    calendar_address: Option<String>,
    letters: Vec<(String, String, String)>,
    others: Vec<Other>,
    people: Vec<Other>,
    leads: bool,
    sends: bool,
    responses: Option<String>,
}

async fn read(visit: &Visit, slug: &str) -> Result<(Frame, Known), Refused> {
    let machine_now = visit.caller.machine_now();
    visit
        .read_in("my_congress", slug, move |conn, actor, now, edition| {
            known(conn, actor, now, machine_now, edition)
        })
        .await
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, known) = read(&visit, &slug).await?;
    visit.show(&page(&visit, &frame, &known, None))
}

fn page(visit: &Visit, frame: &Frame, known: &Known, address: Option<String>) -> MyCongressPage {
    let voice = &visit.voice;
    let chrome = visit.chrome(frame, voice.t("nav-my-congress"));
    let now = visit.caller.now();
    let zone = frame
        .edition
        .as_ref()
        .map_or_else(|| "UTC".parse().expect("UTC is a zone"), |edition| edition.zone);
    let said = |at: Moment| voice.moment(zone.local(at));
    let registration = known.own.as_ref().map(|own| {
        let facts = Facts::new(vec![
            (voice.t("register-number"), own.number.clone().unwrap_or_default()),
            (voice.t("register-organisation"), known.organisation.clone()),
            (
                voice.t("my-since"),
                own.decided_at.or(own.submitted_at).map(said).unwrap_or_default(),
            ),
            (voice.t("my-reason"), own.reason.clone()),
        ]);
        let state = State::of(
            own.state.code(),
            voice.code("registration-state", own.state.code()),
        );
        (
            own.id.to_string(),
            state,
            facts,
            chrome.to(&format!("register/{}/done", own.id)),
        )
    });
    let tracks = known
        .tracks
        .iter()
        .map(|track| track_line(voice, known, track, &said))
        .collect();
    let list = |listed: &[Listed]| {
        let lines = listed.iter().map(|one| other(&chrome, known, one));
        lines.collect::<Vec<_>>()
    };
    let (others, people) = (list(&known.others), list(&known.people));
    MyCongressPage {
        next: next(&chrome, known, now),
        back: chrome.to("my-congress"),
        days: agenda::days(&chrome, known.programme.as_ref(), &known.lines, now),
        empty: Empty::new(voice.t("my-agenda-empty"), voice.t("my-agenda-empty-hint"))
            .with_act(Link::new(chrome.to("programme"), voice.t("my-to-programme"))),
        registration,
        needs: known
            .own
            .as_ref()
            .filter(|own| own.state != RegistrationState::Draft && !is_over(own))
            .map(|own| chrome.to(&format!("register/{}/needs", own.id))),
        tracks,
        badge: badge(voice, known),
        calendar_since: known.drawn_at.map(said),
        calendar_address: address,
        letters: known
            .letters
            .iter()
            .take(LISTED_MOST)
            .map(|letter| {
                (
                    letter.subject.clone(),
                    said(letter.created_at),
                    letter.body.clone(),
                )
            })
            .collect(),
        others,
        people,
        leads: known.leads,
        sends: known.sends,
        responses: (known.asked_of > 0).then(|| voice.t1("my-responses", "count", known.asked_of)),
        chrome,
    }
}

/// Somebody else's registration, as it is listed.
fn other(chrome: &Chrome, known: &Known, (name, made, asked): &Listed) -> Other {
    let voice = &chrome.voice;
    let waiting: Vec<String> = asked
        .iter()
        .filter(|asked| asked.state == TrackState::Waiting)
        .filter_map(|asked| known.tracks.iter().find(|track| track.id == asked.track))
        .map(|track| voice.said(&track.title).text)
        .collect();
    let href = match made.state {
        RegistrationState::Draft => format!("register/{}/{}", made.id, made.step.clamp(1, 4)),
        _ => format!("register/{}/done", made.id),
    };
    Other {
        name: if name.is_empty() {
            voice.t("register-nameless")
        } else {
            name.clone()
        },
        href: chrome.to(&href),
        state: State::of(
            made.state.code(),
            voice.code("registration-state", made.state.code()),
        ),
        number: made.number.clone().unwrap_or_default(),
        waits: if waiting.is_empty() {
            String::new()
        } else {
            voice.t1("my-other-waits", "tracks", waiting.join(", "))
        },
    }
}

fn title_of(voice: &Voice, known: &Known, session: SessionId) -> String {
    let found = known
        .programme
        .as_ref()
        .and_then(|programme| programme.session(session));
    found.map_or_else(
        || voice.t("my-session"),
        |session| voice.said(&session.title).text,
    )
}

/// The one next step: what is wrong first, then what waits for the reader, then what comes.
fn next(chrome: &Chrome, known: &Known, now: Moment) -> Next {
    let voice = &chrome.voice;
    let go = |sentence: String, href: String, key: &str| Next {
        sentence,
        link: Some(Link::new(href, voice.t(key))),
        post: None,
    };
    let Some(own) = &known.own else {
        return match &chrome.edition {
            Some(edition) if edition.open => go(
                voice.t("my-next-register"),
                chrome.to("register"),
                "remedy-register",
            ),
            _ => go(voice.t("my-next-look"), chrome.to("programme"), "my-to-programme"),
        };
    };
    if own.state == RegistrationState::Draft {
        let href = chrome.to(&format!("register/{}/{}", own.id, own.step.clamp(1, 4)));
        return go(voice.t("my-next-draft"), href, "go-on");
    }
    let zone = known.programme.as_ref().map(|programme| programme.edition.zone);
    let offered = known.lines.iter().find(|(line, _)| {
        line.seat
            .as_ref()
            .is_some_and(|seat| seat.state == SeatState::Offered)
    });
    if let Some((line, _)) = offered {
        let until = line.seat.as_ref().and_then(|seat| seat.offered_until).zip(zone);
        let until = until
            .map(|(until, zone)| voice.moment(zone.local(until)))
            .unwrap_or_default();
        let title = title_of(voice, known, line.session);
        return Next {
            sentence: voice.t2("my-next-offer", "title", title, "until", until),
            link: None,
            post: Some((
                chrome.to(&format!("sessions/{}/seat/acceptance", line.session)),
                vec![("next", chrome.to("my-congress"))],
                voice.t("seat-take"),
            )),
        };
    }
    let clash = known
        .lines
        .iter()
        .find(|(line, _)| !line.clashes.is_empty() && line.ends_at.is_some_and(|ends| ends > now));
    if let Some((line, _)) = clash {
        let other = line
            .clashes
            .first()
            .map(|other| title_of(voice, known, *other))
            .unwrap_or_default();
        let sentence = voice.t2(
            "my-next-clash",
            "one",
            title_of(voice, known, line.session),
            "other",
            other,
        );
        return go(sentence, format!("#s-{}", line.session), "my-settle");
    }
    if matches!(
        own.state,
        RegistrationState::Applied | RegistrationState::PendingReview | RegistrationState::Waiting
    ) {
        let key = if own.state == RegistrationState::Waiting {
            "my-next-waiting"
        } else {
            "my-next-review"
        };
        return go(voice.t(key), chrome.to("programme"), "my-to-programme");
    }
    let remindable = known.asked.iter().find(|asked| {
        asked.state == TrackState::Waiting && asked.why == "position" && asked.reminded_at.is_none()
    });
    if let Some((asked, track)) = remindable.and_then(|asked| {
        known
            .tracks
            .iter()
            .find(|track| track.id == asked.track)
            .map(|track| (asked, track))
    }) {
        return Next {
            sentence: voice.t1("my-next-remind", "track", voice.said(&track.title).text),
            link: None,
            post: Some((
                chrome.to("my-congress/tracks"),
                vec![
                    ("registration", asked.registration.to_string()),
                    ("track", track.code.clone()),
                    ("act", "remind".to_owned()),
                ],
                voice.t("remedy-remind_confirmer"),
            )),
        };
    }
    let coming = known
        .lines
        .iter()
        .find(|(line, _)| line.ends_at.is_some_and(|ends| ends > now));
    if let Some((line, _)) = coming {
        let from = line.starts_at.zip(zone).map(|(at, zone)| zone.local(at));
        let when = from
            .map(|at| format!("{}, {}", voice.day(at.date()), voice.clock(at)))
            .unwrap_or_default();
        let sentence = voice.t2(
            "my-next-session",
            "title",
            title_of(voice, known, line.session),
            "when",
            when,
        );
        return go(
            sentence,
            chrome.to(&format!("sessions/{}", line.session)),
            "my-see-session",
        );
    }
    go(
        voice.t("my-next-choose"),
        chrome.to("programme"),
        "my-to-programme",
    )
}

fn track_line(voice: &Voice, known: &Known, track: &Track, said: &impl Fn(Moment) -> String) -> TrackLine {
    let asked = known
        .asked
        .iter()
        .find(|asked| asked.track == track.id && asked.state != TrackState::Withdrawn);
    let (reason, todo) = asked.map(|asked| letters::why(&asked.why)).unwrap_or_default();
    let sentence = |words: Option<kernel::Localized>| {
        words
            .map(|words| format!("{}.", voice.capital(&voice.said(&words).text)))
            .unwrap_or_default()
    };
    let since = asked.map(|asked| {
        let since = voice.t1("my-since-when", "when", said(asked.since));
        match asked.reminded_at {
            Some(at) => format!("{since} {}", voice.t1("my-reminded", "when", said(at))),
            None => since,
        }
    });
    let may_join = known
        .own
        .as_ref()
        .is_some_and(|own| own.state != RegistrationState::Draft);
    let (act, key) = match asked {
        None if may_join => ("join", "my-track-join"),
        None => ("", ""),
        Some(asked) if asked.state == TrackState::Waiting && asked.why == "position" => {
            ("remind", "remedy-remind_confirmer")
        }
        Some(_) => ("leave", "my-track-leave"),
    };
    TrackLine {
        label: TrackLabel::named(Some(&track.code), voice.said(&track.title)),
        code: track.code.clone(),
        state: asked.map(|asked| State::of(asked.state.code(), voice.code("admission", asked.state.code()))),
        reason: format!("{} {}", sentence(reason), sentence(todo))
            .trim()
            .to_owned(),
        since: since.unwrap_or_default(),
        act,
        word: if key.is_empty() {
            String::new()
        } else {
            voice.t(key)
        },
    }
}

// The badge.

fn badge(voice: &Voice, known: &Known) -> Option<Badge> {
    let own = known.own.as_ref()?;
    let number = own.number.clone()?;
    let person = known.person.as_ref()?;
    let admitted = |track: &&Track| {
        known
            .asked
            .iter()
            .any(|asked| asked.track == track.id && asked.state == TrackState::Admitted)
    };
    let position = match own.position_title.as_str() {
        "" => own
            .position_kind
            .map(|kind| voice.code("position", kind.code()))
            .unwrap_or_default(),
        title => title.to_owned(),
    };
    let line = [position, known.organisation.clone()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>();
    Some(Badge {
        qr: svg::qr(&number, voice.t1("my-badge-qr", "number", number.clone()))?,
        name: person.badge_name.clone().unwrap_or_else(|| person.name()),
        line: line.join(", "),
        tracks: known
            .tracks
            .iter()
            .filter(admitted)
            .map(|track| TrackLabel::named(Some(&track.code), voice.said(&track.title)))
            .collect(),
        number,
    })
}

// What one does about tracks and the calendar.

/// What a form about a track says.
#[derive(Clone, Debug, Deserialize)]
struct TrackInput {
    registration: RegistrationId,
    track: String,
    #[serde(default)]
    act: String,
}

async fn track(visit: Visit, request: HttpRequest, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let fallback = visit.at(&format!("{slug}/my-congress"));
    let input: TrackInput = form.input().map_err(|fault| visit.refused(fault))?;
    let done = match input.act.as_str() {
        "remind" => "reminded",
        "leave" => "track-left",
        _ => "track-joined",
    };
    let outcome = visit
        .submit("track", &form, move |conn, actor, now| {
            match input.act.as_str() {
                "remind" => admissions::remind(conn, actor, now, input.registration, &input.track)?,
                "leave" => admissions::leave(conn, actor, now, input.registration, &input.track)?,
                _ => admissions::join(conn, actor, now, input.registration, &input.track)?,
            };
            Ok(String::new())
        })
        .await;
    finished(
        &visit,
        &request,
        &slug,
        &form,
        outcome.map(|_| done),
        &fallback,
        None,
    )
    .await
}

async fn calendar(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let revokes = form.typed("act") == "revoke";
    let of = slug.clone();
    let shown = std::sync::Arc::new(std::sync::Mutex::new(None));
    let showing = std::sync::Arc::clone(&shown);
    let outcome = visit.submit("me.calendar", &form, move |conn, actor, now| {
        let edition = programme::editions::by_slug(conn, actor, &of)?;
        if revokes {
            calendar_tokens::revoke(conn, actor, now, edition.id)?;
        } else {
            let token = calendar_tokens::rotate(conn, actor, now, edition.id)?;
            *showing.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(token);
        }
        Ok(String::new())
    });
    outcome.await.map_err(|fault| visit.refused(fault))?;
    let token = shown
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .take();
    let Some(token) = token else {
        let done = revokes.then_some("calendar-revoked");
        return Ok(visit.go(&visit.at(&format!("{slug}/my-congress")), done));
    };
    let public_url = visit
        .site()
        .settings()
        .public_url
        .trim_end_matches('/')
        .to_owned();
    let (frame, known) = read(&visit, &slug).await?;
    visit.show(&page(
        &visit,
        &frame,
        &known,
        Some(format!("{public_url}/api/v1/calendars/{token}.ics")),
    ))
}
