//! How long somebody has spoken and may still speak (R79), worked out for a moment: nothing ticks.
//!
//! A region that has a limit shares it: whoever speaks for it has what is left of both. What the chair adds to a speech is
//! added to both. A clock that was set back takes nothing away. Pure.

use kernel::Moment;

use crate::model::{Floor, Limits, Request, SpeechKind, SpeechState};

/// How long a request has had the floor with its clock running, in milliseconds.
pub fn spoken_ms(request: &Request, now: Moment) -> i64 {
    let running = match (request.state, request.started_at) {
        (SpeechState::Speaking, Some(started)) => ((now.micros() - started.micros()) / 1000).max(0),
        _ => 0,
    };
    request.spoken_ms + running
}

/// The limit of a kind of speech, in seconds.
pub const fn limit(limits: &Limits, kind: SpeechKind) -> Option<i64> {
    match kind {
        SpeechKind::Statement => limits.statement_seconds,
        SpeechKind::RightOfReply => limits.right_of_reply_seconds,
        SpeechKind::PointOfOrder => limits.point_of_order_seconds,
        SpeechKind::Interposed => limits.interposed_seconds,
        SpeechKind::ForMotion | SpeechKind::AgainstMotion => limits.motion_seconds,
    }
}

/// What is left of a request's time, in milliseconds: less than nothing when it is over, none without a limit.
/// `requests` are those of the session.
pub fn left_ms(floor: &Floor, requests: &[Request], request: &Request, now: Moment) -> Option<i64> {
    let limits = &floor.limits.0;
    let own = limit(limits, request.kind)
        .map(|seconds| (seconds + request.added_seconds) * 1000 - spoken_ms(request, now));
    let of_region = request
        .region
        .as_deref()
        .filter(|_| request.kind.is_substance())
        .and_then(|region| left_of_region_ms(floor, requests, region, now));
    match (own, of_region) {
        (Some(own), Some(of_region)) => Some(own.min(of_region)),
        (own, of_region) => own.or(of_region),
    }
}

/// What is left of a region's time on a floor, in milliseconds; none without a limit.
pub fn left_of_region_ms(floor: &Floor, requests: &[Request], region: &str, now: Moment) -> Option<i64> {
    let budget = floor.limits.0.regions.get(region)?;
    let mut left = budget * 1000;
    for request in requests {
        let is_of_it = request.region.as_deref() == Some(region) && request.kind.is_substance();
        if request.floor == floor.id && is_of_it {
            left += request.added_seconds * 1000 - spoken_ms(request, now);
        }
    }
    Some(left)
}

/// When a running clock runs out, or ran out; none while it stands, or without a limit.
pub fn runs_out_at(floor: &Floor, requests: &[Request], request: &Request, now: Moment) -> Option<Moment> {
    if request.state != SpeechState::Speaking {
        return None;
    }
    let now = now.max(request.started_at?);
    let left = left_ms(floor, requests, request, now)?;
    Some(Moment::from_micros(now.micros() + left * 1000))
}

/// Whole seconds of what is left, as a clock shows them: one is left until it is over.
pub const fn shown_seconds(left_ms: i64) -> i64 {
    (left_ms + 999).div_euclid(1000)
}
