//! What registration decides, without a database: steps, waits, offers, nights.

use access_rules::{Actor, Rule, object::Circumstances};
use kernel::{LocalDate, Moment, Zone};

use crate::model::{RegistrationState, TrackState};

/// For how long an offered seat is kept, in minutes (`readings.md`).
pub const OFFER_MINUTES: i64 = 30;
/// A start nearer than this gives the seat at once, in minutes.
pub const NEAR_MINUTES: i64 = 120;
/// No offer runs out between these hours of the congress's clock.
pub const NIGHT_BEGINS_HOUR: i64 = 22;
/// The hour at which the night ends.
pub const NIGHT_ENDS_HOUR: i64 = 7;
/// Days after the congress that special needs are kept (R181).
pub const NEEDS_KEPT_DAYS: i64 = 30;

/// Whether a registration may go from one state to another (requirements §3.5; all else is a 409).
pub fn leads_to(from: RegistrationState, to: RegistrationState) -> bool {
    use RegistrationState::{
        Applied, Approved, Cancelled, Confirmed, Draft, Expired, PendingReview, Rejected, Waiting,
    };
    match from {
        Draft => matches!(to, Applied | Cancelled | Expired),
        Applied => matches!(to, Waiting | PendingReview | Approved | Rejected | Cancelled),
        Waiting => matches!(to, PendingReview | Approved | Rejected | Cancelled),
        PendingReview => matches!(to, Approved | Rejected | Cancelled),
        Approved => matches!(to, Confirmed | Expired | Cancelled),
        Confirmed => matches!(to, Cancelled),
        Rejected | Cancelled | Expired => false,
    }
}

/// Whether it gives the standing of a participant.
pub const fn participates(state: RegistrationState) -> bool {
    matches!(state, RegistrationState::Approved | RegistrationState::Confirmed)
}

/// Whether it is over and holds nothing any more: no place, no seat, no needs.
pub const fn is_over(state: RegistrationState) -> bool {
    matches!(
        state,
        RegistrationState::Rejected | RegistrationState::Cancelled | RegistrationState::Expired
    )
}

/// Until when a seat offered at `now` is kept; nothing when the start is so near that it is given at once.
pub fn offered_until(now: Moment, starts_at: Option<Moment>, zone: Zone) -> Option<Moment> {
    if starts_at.is_some_and(|starts| starts <= now.plus_minutes(NEAR_MINUTES)) {
        return None;
    }
    let usual = now.plus_minutes(OFFER_MINUTES);
    let until = zone.local(usual).minute_of_day();
    let into_night = if until >= NIGHT_BEGINS_HOUR * 60 {
        Some((24 + NIGHT_ENDS_HOUR) * 60 - until)
    } else if until < NIGHT_ENDS_HOUR * 60 {
        Some(NIGHT_ENDS_HOUR * 60 - until)
    } else {
        None
    };
    let kept = match into_night {
        None => usual,
        Some(minutes) => usual.plus_minutes(minutes + OFFER_MINUTES),
    };
    Some(starts_at.map_or(kept, |starts| kept.min(starts.plus_minutes(-NEAR_MINUTES))))
}

/// What a track's rule says of a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrackVerdict {
    /// Where it stands.
    pub state: TrackState,
    /// Why.
    pub why: &'static str,
}

/// Decides a registration for a track: admitted by the rule as things are; waiting when it would be once somebody
/// confirms the position, the membership is paid for, or the network endorses; refused otherwise.
pub fn decide_track(rule: &Rule, now: &Actor, once: &Prospects, certain: bool) -> TrackVerdict {
    let circumstances = Circumstances {
        registered: true,
        ..Circumstances::default()
    };
    let waits = |why| TrackVerdict {
        state: TrackState::Waiting,
        why,
    };
    let admits = |actor: &Actor| rule.admits(actor, circumstances);
    if admits(now) {
        return if certain {
            TrackVerdict {
                state: TrackState::Admitted,
                why: "",
            }
        } else {
            TrackVerdict {
                state: TrackState::Requested,
                why: "registration",
            }
        };
    }
    if once.position.as_ref().is_some_and(admits) {
        return waits("position");
    }
    if once.membership.as_ref().is_some_and(admits) {
        return waits("membership");
    }
    if rule.admits(
        now,
        Circumstances {
            endorsed: true,
            ..circumstances
        },
    ) {
        return waits("network");
    }
    TrackVerdict {
        state: TrackState::Refused,
        why: "audience",
    }
}

/// Whom the person would be, once what they wait for has happened.
#[derive(Clone, Debug, Default)]
pub struct Prospects {
    /// With the position they asked for confirmed.
    pub position: Option<Actor>,
    /// With that, and the organisation's membership in force.
    pub membership: Option<Actor>,
}

/// Whether one can register in a category on a day.
pub fn is_open(opens_on: Option<LocalDate>, closes_on: Option<LocalDate>, today: LocalDate) -> bool {
    opens_on.is_none_or(|opens| opens <= today) && closes_on.is_none_or(|closes| today <= closes)
}

#[cfg(test)]
mod tests {
    use access_rules::{Atom, Tag};
    use kernel::Coded as _;

    use super::*;

    fn durban() -> Zone {
        "Africa/Johannesburg".parse().expect("zone")
    }

    #[test]
    fn r54_an_offer_lasts_half_an_hour_but_not_into_the_night_nor_close_to_the_start() {
        let noon = Moment::at("2019-11-13T10:00:00Z");
        let tomorrow = Some(Moment::at("2019-11-14T10:00:00Z"));
        assert_eq!(
            offered_until(noon, tomorrow, durban()),
            Some(noon.plus_minutes(30))
        );
        let evening = Moment::at("2019-11-13T19:50:00Z");
        assert_eq!(
            offered_until(evening, tomorrow, durban()),
            Some(Moment::at("2019-11-14T05:30:00Z"))
        );
        let small_hours = Moment::at("2019-11-14T01:00:00Z");
        assert_eq!(
            offered_until(small_hours, tomorrow, durban()),
            Some(Moment::at("2019-11-14T05:30:00Z"))
        );
        assert_eq!(offered_until(noon, Some(noon.plus_minutes(60)), durban()), None);
    }

    #[test]
    fn r169_states_that_do_not_follow_each_other_are_refused() {
        use RegistrationState::{Confirmed, Draft, Rejected};
        assert!(!leads_to(Draft, Confirmed));
        assert!(!leads_to(Rejected, Confirmed));
        for state in RegistrationState::ALL {
            assert!(!leads_to(*state, Draft), "{state}");
        }
    }

    #[test]
    fn a_track_admits_waits_or_refuses_and_says_why() {
        let rule = Rule::tags([Tag::UclgMember]);
        let nobody = Actor::nobody();
        let member = Actor {
            tags: [Tag::UclgMember].into(),
            ..Actor::nobody()
        };
        let state = |actor: &Actor, once: &Prospects, certain| decide_track(&rule, actor, once, certain);
        assert_eq!(
            state(&member, &Prospects::default(), true),
            TrackVerdict {
                state: TrackState::Admitted,
                why: ""
            }
        );
        assert_eq!(state(&member, &Prospects::default(), false).why, "registration");
        let once_confirmed = Prospects {
            position: Some(member.clone()),
            ..Prospects::default()
        };
        assert_eq!(
            state(&nobody, &once_confirmed, true),
            TrackVerdict {
                state: TrackState::Waiting,
                why: "position"
            }
        );
        let once_paid = Prospects {
            membership: Some(member),
            ..Prospects::default()
        };
        assert_eq!(state(&nobody, &once_paid, true).why, "membership");
        assert_eq!(
            state(&nobody, &Prospects::default(), true),
            TrackVerdict {
                state: TrackState::Refused,
                why: "audience"
            }
        );
        let by_network = Rule {
            all_of: vec![Atom::Registered],
            ..Rule::any([Atom::Endorsed])
        };
        assert_eq!(
            decide_track(&by_network, &nobody, &Prospects::default(), true).why,
            "network"
        );
    }
}
