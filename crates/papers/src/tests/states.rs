//! Which state leads to which, and what is written at when.

use kernel::Coded as _;

use crate::{
    model::{PaperState as S, PaperTrack},
    rules,
};

/// §3.5, from the invitation to what goes to the World Assembly.
const POSITION_PAPER: &[(S, S)] = &[
    (S::Invited, S::Drafting),
    (S::Invited, S::Declined),
    (S::Drafting, S::Submitted),
    (S::Submitted, S::Screened),
    (S::Screened, S::Returned),
    (S::Returned, S::Drafting),
    (S::Screened, S::Published),
    (S::Published, S::Presented),
    (S::Presented, S::ResultRecorded),
    (S::ResultRecorded, S::Transmitted),
    (S::Drafting, S::Withdrawn),
    (S::Submitted, S::Withdrawn),
    (S::Screened, S::Withdrawn),
    (S::Returned, S::Withdrawn),
    (S::Published, S::Withdrawn),
];

/// The phases, in their order (R95), and the two ways out of each until it is final.
const POLICY_PAPER: &[(S, S)] = &[
    (S::Invited, S::Drafting),
    (S::Invited, S::Declined),
    (S::Drafting, S::OpenComment),
    (S::OpenComment, S::Presented),
    (S::Presented, S::Discussed),
    (S::Discussed, S::Debated),
    (S::Debated, S::Consolidated),
    (S::Consolidated, S::Final),
    (S::Final, S::ResultRecorded),
    (S::ResultRecorded, S::Transmitted),
    (S::Drafting, S::Withdrawn),
    (S::OpenComment, S::Withdrawn),
    (S::Presented, S::Withdrawn),
    (S::Discussed, S::Withdrawn),
    (S::Debated, S::Withdrawn),
    (S::Consolidated, S::Withdrawn),
    (S::Invited, S::Superseded),
    (S::Drafting, S::Superseded),
    (S::OpenComment, S::Superseded),
    (S::Presented, S::Superseded),
    (S::Discussed, S::Superseded),
    (S::Debated, S::Superseded),
    (S::Consolidated, S::Superseded),
    (S::Final, S::Superseded),
];

#[test]
fn r95_a_paper_goes_along_its_track_and_nowhere_else() {
    for (track, table) in [
        (PaperTrack::Assembly, POSITION_PAPER),
        (PaperTrack::TownHall, POLICY_PAPER),
    ] {
        for from in S::ALL {
            for to in S::ALL {
                assert_eq!(
                    rules::may_go(track, *from, *to),
                    table.contains(&(*from, *to)),
                    "{track}: {from} to {to}"
                );
            }
        }
    }
}

#[test]
fn a_paper_is_written_at_while_it_is_its_teams() {
    let written = |track| -> Vec<S> {
        S::ALL
            .iter()
            .copied()
            .filter(|state| rules::is_writable(track, *state))
            .collect()
    };

    assert_eq!(written(PaperTrack::Assembly), [S::Drafting, S::Returned]);
    assert_eq!(
        written(PaperTrack::TownHall),
        [
            S::Drafting,
            S::OpenComment,
            S::Presented,
            S::Discussed,
            S::Debated,
            S::Consolidated
        ]
    );
}
