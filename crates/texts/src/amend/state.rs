//! How far an amendment is, and where it may go from there (requirements §3.5).

kernel::coded! {
    /// How far an amendment is.
    pub enum AmendmentState {
        /// It waits for seconders.
        Drafted => "drafted",
        /// It has as many as are asked for.
        Seconded => "seconded",
        /// It may be put.
        Admissible => "admissible",
        /// It may not, for a reason.
        Inadmissible => "inadmissible",
        /// It has its place in the chair's order.
        Ordered => "ordered",
        /// It is being decided.
        Put => "put",
        /// It was adopted.
        Adopted => "adopted",
        /// It was not.
        Rejected => "rejected",
        /// It was not put, since what was decided before leaves no room for it (R82).
        Fallen => "fallen",
        /// Its author took it back before it was put.
        Withdrawn => "withdrawn",
    }
}

kernel::coded! {
    /// What is decided of what was put.
    pub enum Decision {
        /// It is adopted.
        Adopted => "adopted",
        /// It is not.
        Rejected => "rejected",
    }
}

kernel::coded! {
    /// What a drafting committee recommends (AS6).
    pub enum Advice {
        /// To adopt it.
        Adopt => "adopt",
        /// To reject it.
        Reject => "reject",
        /// To change it, as its note says.
        Modify => "modify",
    }
}

impl AmendmentState {
    /// Whether nothing was decided of it yet, and it may be withdrawn or fall.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Drafted | Self::Seconded | Self::Admissible | Self::Ordered => true,
            Self::Inadmissible
            | Self::Put
            | Self::Adopted
            | Self::Rejected
            | Self::Fallen
            | Self::Withdrawn => false,
        }
    }

    /// Whether it leads to another. What was decided comes back into the order by two thirds alone (R86), what was put by
    /// mistake before anything was decided, and what fell when what it fell for comes back.
    pub const fn leads_to(self, to: Self) -> bool {
        use AmendmentState::{
            Admissible, Adopted, Drafted, Fallen, Inadmissible, Ordered, Put, Rejected, Seconded, Withdrawn,
        };
        match self {
            Drafted => matches!(to, Seconded | Fallen | Withdrawn),
            Seconded => matches!(to, Drafted | Admissible | Inadmissible | Fallen | Withdrawn),
            Admissible => matches!(to, Ordered | Fallen | Withdrawn),
            Ordered => matches!(to, Ordered | Put | Fallen | Withdrawn),
            Put => matches!(to, Ordered | Adopted | Rejected),
            Adopted | Rejected => matches!(to, Ordered),
            Fallen => to.is_open(),
            Inadmissible | Withdrawn => false,
        }
    }
}

impl Decision {
    /// The state it leads to.
    pub const fn state(self) -> AmendmentState {
        match self {
            Self::Adopted => AmendmentState::Adopted,
            Self::Rejected => AmendmentState::Rejected,
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Coded as _;

    use super::*;

    #[test]
    fn r82_nothing_is_adopted_that_was_not_put_and_nothing_put_that_was_not_ordered() {
        let before = |state: AmendmentState| -> Vec<AmendmentState> {
            AmendmentState::ALL
                .iter()
                .copied()
                .filter(|from| from.leads_to(state))
                .collect()
        };

        assert_eq!(before(AmendmentState::Adopted), [AmendmentState::Put]);
        assert_eq!(before(AmendmentState::Rejected), [AmendmentState::Put]);
        assert_eq!(before(AmendmentState::Put), [AmendmentState::Ordered]);
        assert_eq!(before(AmendmentState::Inadmissible), [AmendmentState::Seconded]);
        assert!(!AmendmentState::Put.leads_to(AmendmentState::Withdrawn));
        let open = before(AmendmentState::Withdrawn);
        assert!(open.iter().all(|state| state.is_open()) && open.len() == 4);
    }
}
