//! What registration writes to people: that it was received or decided, how a track was decided and what to do about it,
//! that a seat is free for them, that somebody waits for their confirmation. One letter per event, in the transaction.

use access_rules::OrganisationId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Language, Localized, Moment};
use mail::{
    letters::{Congress, Content, SessionFacts, TrackOutcome},
    outbox::{self, NewLetter},
};
use programme::{
    editions,
    model::{Edition, Track},
    tables::sessions,
};

use crate::{
    categories,
    model::{Registration, RegistrationState, Seat, SeatState, TrackRegistration, TrackState},
    registrations,
    seats::Seating,
};

/// A registration came to a state the person should know of.
pub(crate) fn state(
    conn: &mut Conn,
    now: Moment,
    edition: &Edition,
    registration: &Registration,
) -> Result<(), Fault> {
    let language = registration.language;
    let congress = congress(edition, language);
    let number = registration.number.clone().unwrap_or_default();
    let content = match registration.state {
        RegistrationState::Confirmed => Content::RegistrationDecided {
            congress,
            number,
            approved: true,
            reason: None,
        },
        RegistrationState::Rejected => Content::RegistrationDecided {
            congress,
            number,
            approved: false,
            reason: Some(registration.reason.clone()),
        },
        RegistrationState::Waiting | RegistrationState::PendingReview => {
            let category = match registration.category {
                Some(id) => categories::find(conn, id)?
                    .map(|category| category.title.text(language).to_owned())
                    .unwrap_or_default(),
                None => String::new(),
            };
            let waits_for = if registration.state == RegistrationState::Waiting {
                let words = Localized::of(
                    "the category is full; you are on its waiting list",
                    "la catégorie est complète ; vous êtes sur sa liste d’attente",
                    "la categoría está completa; está usted en su lista de espera",
                );
                words.text(language).to_owned()
            } else {
                Localized::of(
                    "somebody looks at it first",
                    "quelqu’un l’examine d’abord",
                    "alguien la revisa primero",
                )
                .text(language)
                .to_owned()
            };
            Content::RegistrationReceived {
                congress,
                number,
                category,
                waits_for: Some(waits_for),
            }
        }
        _ => return Ok(()),
    };
    let key = format!(
        "registration:{}:{}:{}",
        registration.id,
        registration.state.code(),
        registration.version
    );
    send(conn, now, registration, content, key)
}

/// A track was decided, or decided anew: one letter saying what to do.
pub(crate) fn track(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    track: &Track,
    decided: &TrackRegistration,
) -> Result<(), Fault> {
    let language = registration.language;
    let Some(edition) = editions::find(conn, registration.edition)? else {
        return Ok(());
    };
    let outcome = match decided.state {
        TrackState::Admitted => TrackOutcome::Admitted,
        TrackState::Waiting => TrackOutcome::Waiting,
        TrackState::Refused => TrackOutcome::Refused,
        TrackState::Requested | TrackState::Withdrawn => return Ok(()),
    };
    let (reason, todo) = why(&decided.why);
    let said = |words: Option<Localized>| words.map(|words| words.text(language).to_owned());
    let content = Content::TrackDecision {
        congress: congress(&edition, language),
        track: track.title.text(language).to_owned(),
        outcome,
        reason: said(reason),
        todo: said(todo),
    };
    send(
        conn,
        now,
        registration,
        content,
        format!("track:{}:{}", decided.id, decided.version),
    )
}

/// A seat was given back for somebody who may not attend any more.
pub(crate) fn seat_lost(
    conn: &mut Conn,
    now: Moment,
    seating: &Seating,
    seat: &Seat,
    waited: bool,
) -> Result<(), Fault> {
    let Some(registration) = registrations::find_any(conn, seat.registration)? else {
        return Ok(());
    };
    let Some(edition) = editions::find(conn, seating.edition)? else {
        return Ok(());
    };
    let content = Content::SeatLost {
        congress: congress(&edition, registration.language),
        session: session_facts(conn, &edition, seating, registration.language)?,
        waited,
    };
    let key = format!("seat:{}:{}", seat.id, seat.version);
    send(conn, now, &registration, content, key)
}

/// A seat became free for somebody in line.
pub(crate) fn seat(conn: &mut Conn, now: Moment, seating: &Seating, seat: &Seat) -> Result<(), Fault> {
    let Some(registration) = registrations::find_any(conn, seat.registration)? else {
        return Ok(());
    };
    let Some(edition) = editions::find(conn, seating.edition)? else {
        return Ok(());
    };
    let language = registration.language;
    let session = session_facts(conn, &edition, seating, language)?;
    let content = match seat.state {
        SeatState::Offered => Content::SeatOffered {
            congress: congress(&edition, language),
            session,
            until: seat
                .offered_until
                .map(|until| on_the_wall(&edition, until))
                .unwrap_or_default(),
        },
        SeatState::Confirmed => Content::SeatConfirmed {
            congress: congress(&edition, language),
            session,
        },
        _ => return Ok(()),
    };
    send(
        conn,
        now,
        &registration,
        content,
        format!("seat:{}:{}", seat.id, seat.version),
    )
}

/// When and where a session is, for who reads this language.
fn session_facts(
    conn: &mut Conn,
    edition: &Edition,
    seating: &Seating,
    language: Language,
) -> Result<SessionFacts, Fault> {
    let title: Localized = on_each!(conn, |c| sessions::table
        .find(seating.id)
        .select(sessions::title)
        .first(c))?;
    let room = match seating.room {
        Some(room) => programme::rooms::find(conn, room)?
            .map(|room| room.name.text(language).to_owned())
            .unwrap_or_default(),
        None => String::new(),
    };
    Ok(SessionFacts {
        id: seating.id,
        title: title.text(language).to_owned(),
        starts: seating
            .starts_at
            .map(|at| on_the_wall(edition, at))
            .unwrap_or_default(),
        room,
    })
}

/// Somebody asks that their position be confirmed: the organisation's focal points are told.
pub(crate) fn reminder(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    track: &Track,
    organisation: OrganisationId,
) -> Result<(), Fault> {
    let person = people::persons::get(conn, registration.person)?;
    let Some(of) = members::organisations::find(conn, organisation)? else {
        return Ok(());
    };
    let since = registration.submitted_at.unwrap_or(registration.created_at);
    for point in members::focal_points::of(conn, organisation, now)? {
        let content = Content::ConfirmReminder {
            person: person.name(),
            position: registration.position_title.clone(),
            organisation: of.name.clone(),
            since: since.rfc3339().chars().take(10).collect(),
        };
        let key = format!(
            "reminder:{}:{}:{point}:{}",
            registration.id,
            track.id,
            now.micros() / 3_600_000_000
        );
        outbox::post_to_person(conn, now, point, Some(key), |_| content)?;
    }
    Ok(())
}

/// What somebody waits for or is refused for, and what they can do: by the code of the record.
pub fn why(code: &str) -> (Option<Localized>, Option<Localized>) {
    let pair = |reason: [&str; 3], todo: [&str; 3]| {
        (
            Some(Localized::of(reason[0], reason[1], reason[2])),
            Some(Localized::of(todo[0], todo[1], todo[2])),
        )
    };
    match code {
        "position" => pair(
            [
                "your position is not confirmed yet",
                "votre fonction n’est pas encore confirmée",
                "su cargo aún no está confirmado",
            ],
            [
                "remind your organisation’s focal point on your page",
                "relancez le point focal de votre organisation depuis votre page",
                "recuérdelo al punto focal de su organización desde su página",
            ],
        ),
        "membership" => pair(
            [
                "your organisation’s membership is not in force yet",
                "l’adhésion de votre organisation n’est pas encore en vigueur",
                "la membresía de su organización aún no está vigente",
            ],
            [
                "ask your organisation to complete it",
                "demandez à votre organisation de la régulariser",
                "pida a su organización que la complete",
            ],
        ),
        "network" => pair(
            [
                "your network has not endorsed you yet",
                "votre réseau ne vous a pas encore soutenu·e",
                "su red aún no le ha respaldado",
            ],
            [
                "write to your network",
                "écrivez à votre réseau",
                "escriba a su red",
            ],
        ),
        "places" => pair(
            [
                "all its places are taken",
                "toutes ses places sont prises",
                "todas sus plazas están ocupadas",
            ],
            [
                "wait: you are told when one becomes free",
                "patientez : vous serez prévenu·e dès qu’une place se libère",
                "espere: se le avisará cuando quede una libre",
            ],
        ),
        "audience" => pair(
            [
                "it is open to others",
                "il est ouvert à d’autres",
                "está abierto a otras personas",
            ],
            [
                "if you belong to an organisation that is admitted, name it in your registration",
                "si vous appartenez à une organisation admise, indiquez-la dans votre inscription",
                "si pertenece a una organización admitida, indíquela en su inscripción",
            ],
        ),
        _ => (None, None),
    }
}

fn send(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    content: Content,
    key: String,
) -> Result<(), Fault> {
    let person = people::persons::get(conn, registration.person)?;
    let letter = NewLetter {
        content,
        language: registration.language,
        to: registrations::address(registration),
        name: person.name(),
        person: Some(registration.person),
        not_before: None,
        dedupe_key: Some(key),
    };
    outbox::post(conn, now, &letter).map(drop)
}

pub(crate) fn congress(edition: &Edition, language: Language) -> Congress {
    Congress {
        name: edition.title.text(language).to_owned(),
        slug: edition.slug.clone(),
    }
}

/// A moment on the congress's wall clock: `2019-11-14 10:55`.
fn on_the_wall(edition: &Edition, at: Moment) -> String {
    let local = edition.zone.local(at);
    format!("{} {}", local.date(), local.clock())
}
