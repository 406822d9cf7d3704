//! Everything anybody can do. Each route of the API and each page declares one of these.

kernel::coded! {
    /// An act that is allowed or denied.
    pub enum Act {
        /// See it.
        Read => "read",
        /// Do what needs no permission at all: sign in, change the language, see a static page.
        UseSite => "use_site",
        /// Look after one's own account, agenda, registration.
        MindOwn => "mind_own",
        /// Propose a session, paper or theme.
        Propose => "propose",
        /// Attend: reserve a seat, enter.
        Attend => "attend",
        /// Take the floor.
        Speak => "speak",
        /// Vote.
        Vote => "vote",
        /// Register somebody for the congress.
        Register => "register",
        /// Look after the people of one's organisation (R15).
        MindOrganisation => "mind_organisation",
        /// See the desk and its counts.
        SeeDesk => "see_desk",
        /// Create and change editions, venues, rooms.
        ManageEdition => "manage_edition",
        /// Change formats, domains, themes, categories.
        ManageFormats => "manage_formats",
        /// Change who may propose, attend, speak, vote.
        ManageRules => "manage_rules",
        /// Create and change sessions and their speakers.
        EditSession => "edit_session",
        /// Ask for a change in a session one leads or chairs.
        ProposeChange => "propose_change",
        /// Place, move, swap, take out sessions.
        PlaceSession => "place_session",
        /// Let a conflict stand, with a reason.
        WaiveConflict => "waive_conflict",
        /// Release the programme.
        Release => "release",
        /// Import sessions, schedules, rolls.
        Import => "import",
        /// See people and organisations beyond what they show themselves.
        SeePeople => "see_people",
        /// Change people and organisations, memberships, dues, relations.
        ManageMembers => "manage_members",
        /// Confirm or refuse positions.
        ConfirmPosition => "confirm_position",
        /// Appoint to roles.
        GrantRole => "grant_role",
        /// Decide registrations.
        DecideRegistration => "decide_registration",
        /// See access, diet and interpretation needs of a person (R22).
        ReadNeeds => "read_needs",
        /// See totals of needs.
        ReadNeedsTotals => "read_needs_totals",
        /// Appoint to bodies, plan meetings, agendas and papers.
        ManageMeeting => "manage_meeting",
        /// Invite to write papers, screen, return and publish them, open comments on them and say what became of each.
        ManagePapers => "manage_papers",
        /// Write at a paper before it is out (R61).
        WritePaper => "write_paper",
        /// Say in other languages what a paper says (R88).
        TranslatePaper => "translate_paper",
        /// Comment on a paper that is open to comments: any verified account may.
        Comment => "comment",
        /// Record what came of a sitting or a Town Hall session, and close it (R66, R94).
        RecordResult => "record_result",
        /// Convene the World Assembly, take what is presented through its debate, and record what it decides (R67, R71).
        RunAssembly => "run_assembly",
        /// Order and publish what a congress decided, and say whom it is addressed to (R191, R192).
        ManageOutcomes => "manage_outcomes",
        /// See letters and their states.
        ReadOutbox => "read_outbox",
        /// Hold, release and resend letters.
        ManageOutbox => "manage_outbox",
        /// See who did what.
        ReadAudit => "read_audit",
        /// Change the site's own settings.
        RunSite => "run_site",
    }
}

/// What an act is decided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Nothing: anyone may.
    Open,
    /// The key beside the row.
    Key,
    /// Being the person it is of.
    Own,
    /// Being focal point of the organisation it is of.
    Organisation,
    /// The rule in force, which organisers edit.
    Rule,
    /// A role whose scope covers the object.
    Role,
}

impl Act {
    /// What decides it.
    pub const fn basis(self) -> Basis {
        match self {
            Self::UseSite | Self::Register => Basis::Open,
            Self::Read => Basis::Key,
            Self::MindOwn | Self::Comment => Basis::Own,
            Self::MindOrganisation => Basis::Organisation,
            Self::Propose | Self::Attend | Self::Speak | Self::Vote => Basis::Rule,
            Self::SeeDesk
            | Self::ManageEdition
            | Self::ManageFormats
            | Self::ManageRules
            | Self::EditSession
            | Self::ProposeChange
            | Self::PlaceSession
            | Self::WaiveConflict
            | Self::Release
            | Self::Import
            | Self::SeePeople
            | Self::ManageMembers
            | Self::ConfirmPosition
            | Self::GrantRole
            | Self::DecideRegistration
            | Self::ReadNeeds
            | Self::ReadNeedsTotals
            | Self::ManageMeeting
            | Self::ManagePapers
            | Self::WritePaper
            | Self::TranslatePaper
            | Self::RecordResult
            | Self::RunAssembly
            | Self::ManageOutcomes
            | Self::ReadOutbox
            | Self::ManageOutbox
            | Self::ReadAudit
            | Self::RunSite => Basis::Role,
        }
    }
}
