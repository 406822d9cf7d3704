//! Decisions without a database: which state leads to which, when a paper is written at, when it takes comments.

use kernel::{Fault, Fields, Moment};

use crate::{
    faults::PaperFault,
    model::{Paper, PaperState, PaperTrack, Priority, PriorityKind},
};

/// The languages in which a paper says the same (R88).
pub const LANGUAGES: [&str; 3] = ["en", "fr", "es"];
/// Most priorities of one paper.
pub const PRIORITIES_MAX: usize = 20;
/// Longest priority, in graphemes.
pub const PRIORITY_MAX: usize = 160;
/// Longest reason, in graphemes.
pub const REASON_MAX: usize = 2_000;

/// Whether a state leads to another (§3.5, R95). A paper is returned after it was screened, and drafted again after that.
pub const fn may_go(track: PaperTrack, from: PaperState, to: PaperState) -> bool {
    match track {
        PaperTrack::Assembly => position_paper_goes(from, to),
        PaperTrack::TownHall => policy_paper_goes(from, to),
    }
}

const fn position_paper_goes(from: PaperState, to: PaperState) -> bool {
    use PaperState as S;
    match from {
        S::Invited => matches!(to, S::Drafting | S::Declined),
        S::Drafting => matches!(to, S::Submitted | S::Withdrawn),
        S::Submitted => matches!(to, S::Screened | S::Withdrawn),
        S::Screened => matches!(to, S::Returned | S::Published | S::Withdrawn),
        S::Returned => matches!(to, S::Drafting | S::Withdrawn),
        S::Published => matches!(to, S::Presented | S::Withdrawn),
        S::Presented => matches!(to, S::ResultRecorded),
        S::ResultRecorded => matches!(to, S::Transmitted),
        S::Declined
        | S::OpenComment
        | S::Discussed
        | S::Debated
        | S::Consolidated
        | S::Final
        | S::Transmitted
        | S::Withdrawn
        | S::Superseded => false,
    }
}

const fn policy_paper_goes(from: PaperState, to: PaperState) -> bool {
    use PaperState as S;
    match from {
        S::Invited => matches!(to, S::Drafting | S::Declined | S::Superseded),
        S::Drafting => matches!(to, S::OpenComment | S::Withdrawn | S::Superseded),
        S::OpenComment => matches!(to, S::Presented | S::Withdrawn | S::Superseded),
        S::Presented => matches!(to, S::Discussed | S::Withdrawn | S::Superseded),
        S::Discussed => matches!(to, S::Debated | S::Withdrawn | S::Superseded),
        S::Debated => matches!(to, S::Consolidated | S::Withdrawn | S::Superseded),
        S::Consolidated => matches!(to, S::Final | S::Withdrawn | S::Superseded),
        S::Final => matches!(to, S::ResultRecorded | S::Superseded),
        S::ResultRecorded => matches!(to, S::Transmitted),
        S::Declined
        | S::Submitted
        | S::Screened
        | S::Returned
        | S::Published
        | S::Transmitted
        | S::Withdrawn
        | S::Superseded => false,
    }
}

/// Whether nothing more becomes of it.
pub const fn is_over(state: PaperState) -> bool {
    matches!(
        state,
        PaperState::Declined | PaperState::Withdrawn | PaperState::Superseded
    )
}

/// Whether a paper is written at in this state: a policy paper until it is consolidated, so that what was said of it is
/// worked in.
pub const fn is_writable(track: PaperTrack, state: PaperState) -> bool {
    use PaperState as S;
    match track {
        PaperTrack::Assembly => matches!(state, S::Drafting | S::Returned),
        PaperTrack::TownHall => matches!(
            state,
            S::Drafting | S::OpenComment | S::Presented | S::Discussed | S::Debated | S::Consolidated
        ),
    }
}

/// Goes on when a paper is written at now.
///
/// # Errors
/// `paper_revoked` (R61); `paper_not_writable`; `deadline_passed` for a position paper (R64).
pub fn writable(paper: &Paper, now: Moment) -> Result<(), Fault> {
    if paper.is_revoked {
        return Err(PaperFault::Revoked.into());
    }
    if !is_writable(paper.track, paper.state) {
        return Err(PaperFault::NotWritable { state: paper.state }.into());
    }
    in_time(paper, now)
}

/// Goes on when a position paper's deadline is to come (R64); a policy paper has its phases instead.
///
/// # Errors
/// `deadline_passed`.
pub fn in_time(paper: &Paper, now: Moment) -> Result<(), Fault> {
    match paper.deadline {
        Some(deadline) if paper.track == PaperTrack::Assembly && now >= deadline => {
            Err(PaperFault::DeadlinePassed { deadline }.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Goes on when a paper is translated now: from its first draft on, before and after it is out, and as long as something
/// may become of it.
///
/// # Errors
/// `paper_revoked` (R61); `paper_not_writable`.
pub fn translatable(paper: &Paper) -> Result<(), Fault> {
    if paper.is_revoked {
        return Err(PaperFault::Revoked.into());
    }
    match is_over(paper.state) || paper.state == PaperState::Invited {
        true => Err(PaperFault::NotWritable { state: paper.state }.into()),
        false => Ok(()),
    }
}

/// Whether what was said of a paper is worked in, so that nothing more is said of it.
pub const fn is_settled(state: PaperState) -> bool {
    use PaperState as S;
    is_over(state)
        || matches!(
            state,
            S::Consolidated | S::Final | S::ResultRecorded | S::Transmitted
        )
}

/// Whether a paper takes comments at a moment: by the clock, on the version that is out, until what was said is worked in
/// (R95).
pub fn takes_comments(paper: &Paper, now: Moment) -> bool {
    paper.published_version.is_some()
        && !is_settled(paper.state)
        && paper.comments_from.is_some_and(|from| now >= from)
        && paper.comments_to.is_none_or(|to| now < to)
}

/// Priorities as they are kept: each with its words, and a section where it is continental, there alone (R65).
pub fn checked_priorities(fields: &mut Fields, priorities: &[Priority]) -> Vec<Priority> {
    let count = i64::try_from(priorities.len()).unwrap_or(i64::MAX);
    let most = i64::try_from(PRIORITIES_MAX).unwrap_or(i64::MAX);
    fields.within("priorities", count, 0, most);
    let mut checked = Vec::new();
    for (place, priority) in priorities.iter().take(PRIORITIES_MAX).enumerate() {
        let name = format!("priorities.{place}");
        let label = fields.localized_line(&format!("{name}.label"), &priority.label, PRIORITY_MAX, true);
        let section = match priority.kind {
            PriorityKind::Continental => fields.required(&format!("{name}.section"), priority.section),
            PriorityKind::Sectoral | PriorityKind::Thematic => None,
        };
        checked.push(Priority {
            kind: priority.kind,
            section,
            label,
        });
    }
    checked
}
