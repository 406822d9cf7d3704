//! Track registrations: who is admitted to which track, who waits for what, who is refused and why.
//!
//! Decided by the track's *attend* rule as the person is now, and decided again whenever position, membership or rule
//! changes: `members` leaves a job when what somebody is may have changed, an organiser's edit of a rule another.
//! Waiting for one track never blocks another.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, EditionId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use programme::{
    model::{Track, TrackId},
    rule_book::{self, RuleScope},
    tracks,
};
use records::audit::{self, Note};
use serde_json::{Value, json};

use crate::{
    faults::RegistrationFault,
    letters,
    model::{Registration, RegistrationId, RegistrationState, TrackRegistration, TrackState},
    registrations,
    rules::{self, Prospects, TrackVerdict},
    tables::{registrations as registered, track_places, track_registrations},
};

/// Who must act is reminded at most once in so many hours.
const REMIND_HOURS: i64 = 20;

/// A track whose places are all taken.
const FULL: TrackVerdict = TrackVerdict {
    state: TrackState::Waiting,
    why: "places",
};

/// Keeps which tracks a draft asks for: those named are asked for, those no longer named are taken out.
pub(crate) fn request(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    codes: &[String],
) -> Result<(), Fault> {
    let mut wanted = Vec::new();
    for code in codes.iter().take(50) {
        let track =
            tracks::by_code(conn, registration.edition, code)?.ok_or(RegistrationFault::UnknownTrack)?;
        if !wanted.contains(&track.id) {
            wanted.push(track.id);
        }
    }
    let held = of_registration(conn, registration.id)?;
    for gone in held.iter().filter(|held| !wanted.contains(&held.track)) {
        on_each!(conn, |c| diesel::delete(track_registrations::table.find(gone.id))
            .execute(c))
        .exactly_one()?;
    }
    for track in wanted
        .into_iter()
        .filter(|track| held.iter().all(|held| held.track != *track))
    {
        ask(conn, now, registration.id, track)?;
    }
    Ok(())
}

/// Asks for one more track after the registration was sent.
///
/// # Errors
/// 401, 404; `unknown_track`; `illegal_step` for a registration that is over.
pub fn join(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    code: &str,
) -> Result<TrackRegistration, Fault> {
    let registration = theirs(conn, actor, now, id)?;
    if rules::is_over(registration.state) {
        return Err(kernel::fault::illegal_step(
            registration.state,
            registration.state,
        ));
    }
    let track = tracks::by_code(conn, registration.edition, code)?.ok_or(RegistrationFault::UnknownTrack)?;
    let held = of_registration(conn, id)?
        .into_iter()
        .find(|held| held.track == track.id);
    let asked = match held {
        Some(held) if held.state != TrackState::Withdrawn => return Ok(held),
        Some(held) => change(
            conn,
            now,
            &held,
            TrackVerdict {
                state: TrackState::Requested,
                why: "",
            },
        )?,
        None => ask(conn, now, id, track.id)?,
    };
    let decided = decide_one(conn, now, &registration, &track, &asked)?;
    note(conn, actor.person, now, "track.join", &registration, &decided)?;
    Ok(decided)
}

/// Asks for a track on the way to a seat in it, for a registration found to be the caller's already.
pub(crate) fn join_track(
    conn: &mut Conn,
    who: &Actor,
    now: Moment,
    registration: &Registration,
    track: TrackId,
) -> Result<TrackRegistration, Fault> {
    let track = tracks::find(conn, track)?.ok_or_else(Fault::not_found)?;
    let asked = match standing(conn, registration.id, track.id)? {
        Some(held) => change(
            conn,
            now,
            &held,
            TrackVerdict {
                state: TrackState::Requested,
                why: "",
            },
        )?,
        None => ask(conn, now, registration.id, track.id)?,
    };
    let decided = decide_one(conn, now, registration, &track, &asked)?;
    note(conn, who.person, now, "track.join", registration, &decided)?;
    Ok(decided)
}

/// Takes a track registration back.
///
/// # Errors
/// 401, 404; `stale` when it changed meanwhile.
pub fn leave(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    code: &str,
) -> Result<TrackRegistration, Fault> {
    let registration = theirs(conn, actor, now, id)?;
    let track = tracks::by_code(conn, registration.edition, code)?.ok_or_else(Fault::not_found)?;
    let held = of_registration(conn, id)?
        .into_iter()
        .find(|held| held.track == track.id)
        .ok_or_else(Fault::not_found)?;
    let left = change(
        conn,
        now,
        &held,
        TrackVerdict {
            state: TrackState::Withdrawn,
            why: "",
        },
    )?;
    note(conn, actor.person, now, "track.leave", &registration, &left)?;
    Ok(left)
}

/// Reminds who must confirm what a track registration waits for: the organisation's focal points, else the desk.
///
/// # Errors
/// 401, 404; `nothing_to_remind`; `reminded_already`.
pub fn remind(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    code: &str,
) -> Result<TrackRegistration, Fault> {
    let registration = theirs(conn, actor, now, id)?;
    let track = tracks::by_code(conn, registration.edition, code)?.ok_or_else(Fault::not_found)?;
    let held = of_registration(conn, id)?
        .into_iter()
        .find(|held| held.track == track.id)
        .ok_or_else(Fault::not_found)?;
    let (TrackState::Waiting, Some(organisation)) = (held.state, registration.organisation) else {
        return Err(RegistrationFault::NothingToRemind.into());
    };
    if held.why != "position" {
        return Err(RegistrationFault::NothingToRemind.into());
    }
    if held
        .reminded_at
        .is_some_and(|at| at > now.plus_minutes(-60 * REMIND_HOURS))
    {
        return Err(RegistrationFault::RemindedAlready.into());
    }
    on_each!(conn, |c| diesel::update(track_registrations::table.find(held.id))
        .filter(track_registrations::version.eq(held.version))
        .set((
            track_registrations::reminded_at.eq(Some(now)),
            track_registrations::version.eq(held.version + 1)
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    letters::reminder(conn, now, &registration, &track, organisation)?;
    note(conn, actor.person, now, "track.remind", &registration, &held)?;
    Ok(TrackRegistration {
        reminded_at: Some(now),
        version: held.version + 1,
        ..held
    })
}

/// The track registrations of a registration.
///
/// # Errors
/// When the database refuses.
pub fn of_registration(conn: &mut Conn, id: RegistrationId) -> Result<Vec<TrackRegistration>, Fault> {
    Ok(on_each!(conn, |c| track_registrations::table
        .filter(track_registrations::registration.eq(id))
        .order(track_registrations::id)
        .select(TrackRegistration::as_select())
        .load(c))?)
}

/// How many are admitted to each track of an edition, and how many wait.
///
/// # Errors
/// When the database refuses.
pub fn counts(conn: &mut Conn, edition: EditionId) -> Result<Vec<(TrackId, TrackState, i64)>, Fault> {
    Ok(on_each!(conn, |c| track_registrations::table
        .inner_join(registered::table.on(registered::id.eq(track_registrations::registration)))
        .filter(registered::edition.eq(edition))
        .group_by((track_registrations::track, track_registrations::state))
        .select((
            track_registrations::track,
            track_registrations::state,
            diesel::dsl::count_star()
        ))
        .order((track_registrations::track, track_registrations::state))
        .load(c))?)
}

/// Decides every track registration of a registration.
pub(crate) fn decide_all(conn: &mut Conn, now: Moment, registration: &Registration) -> Result<(), Fault> {
    for held in of_registration(conn, registration.id)? {
        if held.state == TrackState::Withdrawn {
            continue;
        }
        if let Some(track) = tracks::find(conn, held.track)? {
            decide_one(conn, now, registration, &track, &held)?;
        }
    }
    Ok(())
}

/// Takes every track registration back, with its place.
pub(crate) fn withdraw_all(conn: &mut Conn, now: Moment, id: RegistrationId) -> Result<(), Fault> {
    for held in of_registration(conn, id)? {
        change(
            conn,
            now,
            &held,
            TrackVerdict {
                state: TrackState::Withdrawn,
                why: "",
            },
        )?;
    }
    Ok(())
}

/// Decides again for whom a job of `members` names: `{"person": id}` or `{"organisation": id}`.
///
/// # Errors
/// When the database refuses.
pub fn redecide(conn: &mut Conn, now: Moment, payload: &Value) -> Result<usize, Fault> {
    let id = |name: &str| payload.get(name).and_then(Value::as_str);
    let persons: Vec<PersonId> = match (id("person"), id("organisation")) {
        (Some(person), _) => person.parse().into_iter().collect(),
        (None, Some(organisation)) => match organisation.parse() {
            Ok(organisation) => members::positions::people_of(conn, organisation)?,
            Err(_) => Vec::new(),
        },
        (None, None) => Vec::new(),
    };
    let mut decided = 0;
    for some in persons.chunks(500) {
        let affected: Vec<Registration> = on_each!(conn, |c| registered::table
            .filter(registered::person.eq_any(some))
            .filter(registered::state.eq_any([RegistrationState::Approved, RegistrationState::Confirmed]))
            .order(registered::id)
            .select(Registration::as_select())
            .load(c))?;
        for registration in affected {
            decide_all(conn, now, &registration)?;
            decided += 1;
        }
    }
    Ok(decided)
}

/// Decides again for everybody registered in an edition, after a track's rule was changed.
///
/// # Errors
/// When the database refuses.
pub fn redecide_edition(conn: &mut Conn, now: Moment, edition: EditionId) -> Result<usize, Fault> {
    let affected: Vec<Registration> = on_each!(conn, |c| registered::table
        .filter(registered::edition.eq(edition))
        .filter(registered::state.eq_any([RegistrationState::Approved, RegistrationState::Confirmed]))
        .order(registered::id)
        .select(Registration::as_select())
        .load(c))?;
    for registration in &affected {
        decide_all(conn, now, registration)?;
    }
    Ok(affected.len())
}

/// Whether a person is admitted to a track of an edition.
///
/// # Errors
/// When the database refuses.
pub fn standing(
    conn: &mut Conn,
    registration: RegistrationId,
    track: TrackId,
) -> Result<Option<TrackRegistration>, Fault> {
    Ok(on_each!(conn, |c| track_registrations::table
        .filter(track_registrations::registration.eq(registration))
        .filter(track_registrations::track.eq(track))
        .select(TrackRegistration::as_select())
        .first(c)
        .optional())?)
}

/// The registrations that are admitted to a track of this code; none where there is no such track.
pub(crate) fn admitted_to(
    conn: &mut Conn,
    edition: EditionId,
    code: &str,
) -> Result<BTreeSet<RegistrationId>, Fault> {
    let Some(track) = tracks::by_code(conn, edition, code)? else {
        return Ok(BTreeSet::new());
    };
    let ids: Vec<RegistrationId> = on_each!(conn, |c| track_registrations::table
        .filter(track_registrations::track.eq(track.id))
        .filter(track_registrations::state.eq(TrackState::Admitted))
        .select(track_registrations::registration)
        .load(c))?;
    Ok(ids.into_iter().collect())
}

fn ask(
    conn: &mut Conn,
    now: Moment,
    registration: RegistrationId,
    track: TrackId,
) -> Result<TrackRegistration, Fault> {
    let asked = TrackRegistration {
        id: Id::new(),
        registration,
        track,
        state: TrackState::Requested,
        why: "registration".into(),
        since: now,
        reminded_at: None,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(track_registrations::table)
        .values(&asked)
        .execute(c))
    .exactly_one()?;
    Ok(asked)
}

fn decide_one(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    track: &Track,
    held: &TrackRegistration,
) -> Result<TrackRegistration, Fault> {
    let certain = rules::participates(registration.state);
    let mut verdict = by_rule(conn, now, registration, track)?;
    if verdict.state == TrackState::Admitted
        && held.state != TrackState::Admitted
        && !take_place(conn, track)?
    {
        verdict = FULL;
    }
    if verdict.state == held.state && verdict.why == held.why {
        return Ok(held.clone());
    }
    let decided = change(conn, now, held, verdict)?;
    // One letter, saying what to do; none while the registration itself is not certain.
    if certain && decided.state != TrackState::Requested {
        letters::track(conn, now, registration, track, &decided)?;
    }
    note(conn, None, now, "track.decide", registration, &decided)?;
    Ok(decided)
}

/// What asking for a track would come to, as things are; asks for nothing.
pub(crate) fn foretold(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    track: &Track,
) -> Result<TrackVerdict, Fault> {
    let verdict = by_rule(conn, now, registration, track)?;
    let (TrackState::Admitted, Some(most)) = (verdict.state, track.places_max) else {
        return Ok(verdict);
    };
    let taken: Option<i64> = on_each!(conn, |c| track_places::table
        .find(track.id)
        .select(track_places::taken)
        .first(c)
        .optional())?;
    Ok(if taken.unwrap_or_default() < most {
        verdict
    } else {
        FULL
    })
}

/// What the track's rule says of a registration, places left aside.
fn by_rule(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    track: &Track,
) -> Result<TrackVerdict, Fault> {
    let edition = registration.edition;
    let rule = rule_book::in_force(conn, edition, RuleScope::Track, &track.code, Act::Attend)?;
    let Some(rule) = rule else {
        return Ok(TrackVerdict {
            state: TrackState::Refused,
            why: "audience",
        });
    };
    let certain = rules::participates(registration.state);
    let person = members::actors::load_person(conn, registration.person, now)?;
    let verdict = rules::decide_track(&rule.rule.0, &person, &Prospects::default(), certain);
    if verdict.state != TrackState::Refused {
        return Ok(verdict);
    }
    let mut supposing =
        |is_member| members::actors::load_supposing(conn, registration.person, now, is_member).map(Some);
    let prospects = Prospects {
        position: supposing(false)?,
        membership: supposing(true)?,
    };
    Ok(rules::decide_track(&rule.rule.0, &person, &prospects, certain))
}

/// Writes a verdict; a place held is given back when it is no longer `admitted`.
fn change(
    conn: &mut Conn,
    now: Moment,
    held: &TrackRegistration,
    verdict: TrackVerdict,
) -> Result<TrackRegistration, Fault> {
    if held.state == TrackState::Admitted && verdict.state != TrackState::Admitted {
        on_each!(conn, |c| diesel::update(track_places::table.find(held.track))
            .filter(track_places::taken.gt(0))
            .set(track_places::taken.eq(track_places::taken - 1))
            .execute(c))
        .at_most_one()?;
    }
    let changed = TrackRegistration {
        state: verdict.state,
        why: verdict.why.to_owned(),
        since: now,
        version: held.version + 1,
        ..held.clone()
    };
    on_each!(conn, |c| diesel::update(track_registrations::table.find(held.id))
        .filter(track_registrations::version.eq(held.version))
        .set(&changed)
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(changed)
}

/// Takes a place in a track by a guarded update; a track without a limit only counts.
fn take_place(conn: &mut Conn, track: &Track) -> Result<bool, Fault> {
    on_each!(conn, |c| diesel::insert_into(track_places::table)
        .values((track_places::track.eq(track.id), track_places::taken.eq(0)))
        .on_conflict_do_nothing()
        .execute(c))?;
    let most = track.places_max.unwrap_or(i64::MAX);
    on_each!(conn, |c| diesel::update(track_places::table.find(track.id))
        .filter(track_places::taken.lt(most))
        .set(track_places::taken.eq(track_places::taken + 1))
        .execute(c))
    .at_most_one()
}

fn theirs(conn: &mut Conn, actor: &Actor, now: Moment, id: RegistrationId) -> Result<Registration, Fault> {
    registrations::get(conn, actor, now, id)
}

fn note(
    conn: &mut Conn,
    by: Option<PersonId>,
    now: Moment,
    act: &str,
    registration: &Registration,
    decided: &TrackRegistration,
) -> Result<(), Fault> {
    let note = Note {
        actor: by.map(Id::cast),
        object_id: Some(registration.id.uuid()),
        scope: Some(registration.edition.uuid()),
        summary: json!({ "track": decided.track, "state": kernel::Coded::code(decided.state), "why": decided.why }),
        ..Note::of(act, "registration")
    };
    audit::note(conn, now, &note)
}
