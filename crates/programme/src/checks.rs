//! What a programme is checked for: the name of each check and how grave what it finds is when an edition says nothing
//! else (R45–R50, R59, R60).
//!
//! Pure. How grave an edition holds each to be is `severities`', what is found `conflicts`'.

use kernel::Coded as _;

kernel::coded! {
    /// How grave a conflict is, the grave first.
    pub enum Severity {
        /// Refuses the move that makes it, and blocks a release; either unless it is let stand with a reason.
        BlockMove => "block_move",
        /// Blocks a release unless it is let stand with a reason.
        BlockRelease => "block_release",
        /// Is told, and blocks nothing.
        Warning => "warning",
        /// Is not told.
        Ignore => "ignore",
    }
}

kernel::coded! {
    /// What is looked for.
    pub enum Check {
        /// R45: two sessions in a room at once.
        RoomTaken => "room_taken",
        /// Less time between two sessions than the room needs.
        Turnaround => "turnaround",
        /// The room is not open then.
        RoomClosed => "room_closed",
        /// R46: somebody has a part in two sessions at once.
        PersonConflict => "person_conflict",
        /// Somebody with a part in it is not at the congress then.
        PersonAway => "person_away",
        /// Somebody cannot be in the other venue in time.
        TravelTime => "travel_time",
        /// Who sits in a body has a part in another session while it meets.
        MemberElsewhere => "member_elsewhere",
        /// R47: sessions that are for everybody, or for the same members, at once.
        PlenaryConflict => "plenary_conflict",
        /// R48, R49: what prepares comes after what it prepares.
        Precedence => "precedence",
        /// Outside the edition's days.
        OutsideEdition => "outside_edition",
        /// More seats are reserved than the room has.
        ReservedOverRoom => "reserved_over_room",
        /// More places are offered than the room has.
        RoomTooSmall => "room_too_small",
        /// R50: more languages than booths.
        InterpretationMissing => "interpretation_missing",
        /// Some attend from afar, and the room is not known to be one that can be streamed from.
        StreamingMissing => "streaming_missing",
        /// R60: access that is asked for and not there.
        AccessibilityMismatch => "accessibility_mismatch",
        /// Shorter than its format allows.
        TooShort => "too_short",
        /// Longer than its format allows.
        TooLong => "too_long",
        /// A time and no room.
        NoRoom => "no_room",
        /// Nobody sits in the body that meets.
        RosterEmpty => "roster_empty",
        /// A debate of spheres of government with fewer than two.
        OneSphereOnly => "one_sphere_only",
        /// R25: another format's usual length is not below a Lab's shortest.
        DefaultAboveLabMinimum => "default_above_lab_minimum",
        /// A Town Hall led by an organisation that is no partner of its theme.
        LeadNotOfTheme => "lead_not_of_theme",
        /// R59: the same domain at once.
        SameDomain => "same_domain",
        /// The same narrow audience at once.
        SameAudience => "same_audience",
    }
}

impl Check {
    /// How grave it is where nothing else is said.
    pub const fn usual(self) -> Severity {
        match self {
            Self::RoomTaken => Severity::BlockMove,
            Self::RoomClosed
            | Self::PersonConflict
            | Self::PlenaryConflict
            | Self::Precedence
            | Self::OutsideEdition
            | Self::ReservedOverRoom => Severity::BlockRelease,
            Self::Turnaround
            | Self::PersonAway
            | Self::TravelTime
            | Self::MemberElsewhere
            | Self::RoomTooSmall
            | Self::InterpretationMissing
            | Self::StreamingMissing
            | Self::AccessibilityMismatch
            | Self::TooShort
            | Self::TooLong
            | Self::NoRoom
            | Self::RosterEmpty
            | Self::OneSphereOnly
            | Self::DefaultAboveLabMinimum
            | Self::LeadNotOfTheme => Severity::Warning,
            Self::SameDomain | Self::SameAudience => Severity::Ignore,
        }
    }

    /// Whether no edition may say otherwise: a room holds one session, whatever anybody says (R45).
    pub const fn is_fixed(self) -> bool {
        matches!(self, Self::RoomTaken)
    }

    /// The key of the sentence that tells what was found, in the words of the pages.
    pub fn sentence(self) -> String {
        format!("conflict-{}", self.code().replace('_', "-"))
    }
}

/// How grave something found is where the edition holds its check to be `set`. What was found milder than usual stays
/// as mild: two bodies that share no member may always meet at once.
pub fn weighed(check: Check, found: Severity, set: Severity) -> Severity {
    if found > check.usual() {
        found.max(set)
    } else {
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_weighs_what_is_found_and_what_was_found_milder_stays_so() {
        use Severity::{BlockMove, BlockRelease, Ignore, Warning};
        let cases = [
            (BlockRelease, BlockMove, BlockMove),
            (BlockRelease, Ignore, Ignore),
            (Warning, BlockMove, Warning),
            (Warning, Ignore, Ignore),
        ];
        for (found, set, told) in cases {
            assert_eq!(weighed(Check::PlenaryConflict, found, set), told);
        }
    }
}
