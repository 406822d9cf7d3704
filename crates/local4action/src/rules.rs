//! Decisions of the Local4Action track without a database.

use kernel::{Fields, Moment};
use session_formats::{Misfit, Severity, Terms, calls::call_fits};

use crate::{
    faults::Local4ActionFault,
    model::{Call, CallState},
};

/// How far a call is at a moment: it opens at its instant and is closed at its instant (R33).
pub fn state(call: &Call, at: Moment) -> CallState {
    match (call.by_invitation, call.opens_at, call.closes_at) {
        (true, ..) => CallState::ByInvitation,
        (false, Some(opens), Some(closes)) if opens <= at && at < closes => CallState::Open,
        (false, Some(opens), _) if at < opens => CallState::Scheduled,
        (false, ..) => CallState::Closed,
    }
}

/// Whether a proposal in a format may come through this call now (R6, R7). One by invitation is no way in for proposals.
///
/// # Errors
/// `call_required`, `call_closed`, `call_mismatch`.
pub fn proposal_through(
    call: Option<&Call>,
    format: &str,
    call_format: &str,
    terms: &Terms,
    at: Moment,
) -> Result<(), Local4ActionFault> {
    let formats = [call_format.to_owned()];
    let named = call
        .filter(|call| !call.by_invitation)
        .map(|call| session_formats::calls::Call {
            formats: &formats,
            is_open: state(call, at) == CallState::Open,
        });
    match call_fits(format, terms, named) {
        None => Ok(()),
        Some(misfit) => Err(Local4ActionFault::of_call(misfit.code)),
    }
}

/// Notes beside its fields what is wrong with the dates of a call.
pub fn check_dates(fields: &mut Fields, opens_at: Option<Moment>, closes_at: Option<Moment>) {
    fields.required("opens_at", opens_at);
    fields.required("closes_at", closes_at);
    if let (Some(opens), Some(closes)) = (opens_at, closes_at)
        && closes <= opens
    {
        fields.wrong("closes_at", "ends_before_it_begins");
    }
}

/// What is refused and what is told of these misfits, for a session that may have a place in the programme: with a place,
/// its length is the board's, where being short is a warning (`readings.md` "Conflicts").
pub fn toned(misfits: Vec<Misfit>, is_placed: bool) -> Vec<Misfit> {
    let is_length = |misfit: &Misfit| matches!(misfit.code, "too_short" | "too_long");
    misfits
        .into_iter()
        .map(|misfit| {
            if is_placed && is_length(&misfit) {
                Misfit {
                    severity: Severity::Warning,
                    ..misfit
                }
            } else {
                misfit
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use kernel::{Id, Localized};

    use super::*;

    fn at(text: &str) -> Moment {
        Moment::at(text)
    }

    fn call(opens: &str, closes: &str) -> Call {
        Call {
            id: Id::named("call"),
            edition: Id::named("edition"),
            format: Id::named("labs"),
            title: Localized::default(),
            by_invitation: false,
            reason: String::new(),
            opens_at: Some(at(opens)),
            closes_at: Some(at(closes)),
            made_by: None,
            made_at: at(opens),
            version: 1,
        }
    }

    #[test]
    fn r6_a_call_is_open_from_its_instant_until_its_instant() {
        let call = call("2019-03-01T00:00:00Z", "2019-04-01T00:00:00Z");
        let cases = [
            ("2019-02-28T23:59:59Z", CallState::Scheduled),
            ("2019-03-01T00:00:00Z", CallState::Open),
            ("2019-03-31T23:59:59Z", CallState::Open),
            ("2019-04-01T00:00:00Z", CallState::Closed),
        ];
        for (moment, is) in cases {
            assert_eq!(state(&call, at(moment)), is, "{moment}");
        }
        let invited = Call {
            by_invitation: true,
            ..call
        };
        assert_eq!(
            state(&invited, at("2019-03-02T00:00:00Z")),
            CallState::ByInvitation
        );
    }

    #[test]
    fn r6_r7_a_proposal_comes_through_an_open_call_of_its_format() {
        let needs = Terms {
            needs_call: true,
            ..Terms::default()
        };
        let open = call("2019-03-01T00:00:00Z", "2019-04-01T00:00:00Z");
        let invited = Call {
            by_invitation: true,
            ..open.clone()
        };
        let (within, after) = (at("2019-03-02T00:00:00Z"), at("2019-04-01T00:00:00Z"));
        let labs = |call, format, at| proposal_through(call, "labs", format, &needs, at);
        assert_eq!(labs(Some(&open), "labs", within), Ok(()));
        assert_eq!(labs(None, "", within), Err(Local4ActionFault::CallRequired));
        assert_eq!(
            labs(Some(&invited), "labs", within),
            Err(Local4ActionFault::CallRequired)
        );
        assert_eq!(
            labs(Some(&open), "labs", after),
            Err(Local4ActionFault::CallClosed)
        );
        assert_eq!(
            labs(Some(&open), "global_conversations", within),
            Err(Local4ActionFault::CallMismatch)
        );
        let free = Terms::default();
        assert_eq!(proposal_through(None, "inspiration", "", &free, within), Ok(()));
    }

    #[test]
    fn r25_a_short_lab_is_refused_in_the_form_and_told_on_the_board() {
        let short = || vec![Misfit::new("too_short", "length_minutes", Severity::Error)];
        assert_eq!(toned(short(), false)[0].severity, Severity::Error);
        assert_eq!(toned(short(), true)[0].severity, Severity::Warning);
        let domain = vec![Misfit::new("main_domain", "domain", Severity::Error)];
        assert_eq!(toned(domain, true)[0].severity, Severity::Error);
    }
}
