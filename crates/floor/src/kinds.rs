//! What there is on a floor, by codes: kinds and states of floors, requests, motions and rulings.

kernel::coded! {
    /// How far a floor is.
    pub enum FloorState {
        /// Speakers are called.
        Open => "open",
        /// The meeting is suspended: one may ask, nobody is called.
        Paused => "paused",
        /// The item is not discussed, or no more.
        Closed => "closed",
    }
}

kernel::coded! {
    /// In which order statements are called.
    pub enum SpeakingOrder {
        /// As they were asked for.
        Asked => "asked",
        /// By turns, as far as those waiting differ in the criteria; as asked for among equals.
        Balanced => "balanced",
    }
}

kernel::coded! {
    /// What a balanced order goes by.
    pub enum Criterion {
        /// Who has not spoken yet in this session comes first.
        FirstSpeech => "first_speech",
        /// The region that was heard least comes first.
        Region => "region",
        /// The gender that was heard least comes first.
        Gender => "gender",
    }
}

kernel::coded! {
    /// What somebody declares about themselves, for the balance alone; one need not.
    pub enum Gender {
        /// A woman.
        Woman => "woman",
        /// A man.
        Man => "man",
        /// Neither, or otherwise.
        Other => "other",
    }
}

kernel::coded! {
    /// What somebody asks the floor for.
    pub enum SpeechKind {
        /// The rules are not kept: comes before everything and interrupts (R80).
        PointOfOrder => "point_of_order",
        /// A question or short intervention into a speech, where the chair admits it.
        Interposed => "interposed",
        /// For a procedural motion (R81).
        ForMotion => "for_motion",
        /// Against a procedural motion (R81).
        AgainstMotion => "against_motion",
        /// An answer to what was said of one, where the chair admits it; also after the list was closed.
        RightOfReply => "right_of_reply",
        /// A statement on the item.
        Statement => "statement",
    }
}

kernel::coded! {
    /// How far a request is.
    pub enum SpeechState {
        /// The chair has yet to admit it.
        Requested => "requested",
        /// It waits its turn.
        Queued => "queued",
        /// It was called and has not begun.
        Called => "called",
        /// The clock runs.
        Speaking => "speaking",
        /// The clock stands.
        Paused => "paused",
        /// It is over.
        Done => "done",
        /// Taken back before it was called.
        Withdrawn => "withdrawn",
        /// Taken from the list, with a reason.
        Removed => "removed",
    }
}

kernel::coded! {
    /// How a request came to be removed.
    pub enum Removal {
        /// The chair took it out, and said why.
        ByChair => "by_chair",
        /// The debate was closed by a motion.
        DebateClosed => "debate_closed",
        /// The motion it was to speak to was decided.
        MotionDecided => "motion_decided",
    }
}

kernel::coded! {
    /// Procedural motions, in the order of their precedence (R81); the last two stand behind the four.
    pub enum MotionKind {
        /// To suspend the meeting.
        SuspendMeeting => "suspend_meeting",
        /// To adjourn the meeting.
        AdjournMeeting => "adjourn_meeting",
        /// To adjourn the debate on the item.
        AdjournDebate => "adjourn_debate",
        /// To close the debate on the item.
        CloseDebate => "close_debate",
        /// To vote a text by parts (R85).
        Division => "division",
        /// To take up again what was decided: by two thirds (R86).
        Reconsideration => "reconsideration",
    }
}

kernel::coded! {
    /// How far a motion is.
    pub enum MotionState {
        /// It waits for its decision.
        Moved => "moved",
        /// It was adopted.
        Carried => "carried",
        /// It was not.
        Lost => "lost",
        /// Its mover took it back.
        Withdrawn => "withdrawn",
        /// The chair ruled it out of order.
        RuledOut => "ruled_out",
        /// Another one made it pointless, or the floor was closed.
        Fallen => "fallen",
    }
}

kernel::coded! {
    /// What the chair found.
    pub enum Finding {
        /// The point of order is well taken.
        WellTaken => "well_taken",
        /// It is not.
        NotWellTaken => "not_well_taken",
        /// It was noted, and needed no ruling: an answer, a correction, a point taken back.
        Noted => "noted",
        /// The motion is out of order.
        OutOfOrder => "out_of_order",
    }
}

kernel::coded! {
    /// How far a ruling is.
    pub enum RulingState {
        /// It was given, and may be appealed until the meeting goes on.
        Given => "given",
        /// Nobody appealed.
        Stands => "stands",
        /// It was appealed: the vote on it comes before everything.
        Appealed => "appealed",
        /// The vote left it as it was.
        Upheld => "upheld",
        /// The vote overruled it.
        Overruled => "overruled",
    }
}

impl SpeechKind {
    /// Whether it is about the item: it is counted in the balance and in a region's time. Procedure is not.
    pub const fn is_substance(self) -> bool {
        match self {
            Self::Statement | Self::RightOfReply | Self::Interposed => true,
            Self::PointOfOrder | Self::ForMotion | Self::AgainstMotion => false,
        }
    }

    /// Whether it is for or against a motion.
    pub const fn is_on_motion(self) -> bool {
        match self {
            Self::ForMotion | Self::AgainstMotion => true,
            Self::PointOfOrder | Self::Interposed | Self::RightOfReply | Self::Statement => false,
        }
    }
}
