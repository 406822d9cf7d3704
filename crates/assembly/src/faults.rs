//! What can go wrong in the Assembly track, beyond what everybody shares.

use access_rules::OrganisationId;
use kernel::{LocalDate, Moment};
use outcomes::model::OutcomeRef;

use crate::model::{
    InvitationState,
    world::{AssemblyState, EndorsementState},
};

kernel::faults! {
    /// What can go wrong with sittings and the World Assembly.
    pub enum AssemblyFault {
        /// A sitting is led by a local or regional government, or an association or network of them.
        LeadMustBeLrg => Invalid, "lead_must_be_lrg", at "organisers";
        /// A sitting is about one group of regions or one sector.
        ScopeRequired => Invalid, "scope_required", at "scope";
        /// A sitting is about a group of regions or a sector, not both.
        ScopeAmbiguous => Invalid, "scope_ambiguous", at "scope";
        /// The edition has no such group of regions or sector.
        ScopeUnknown => Invalid, "scope_unknown", at "scope";
        /// A sitting is released with at least one paper.
        PaperRequired => Invalid, "paper_required", at "papers";
        /// A sitting is a high-level round table: at least one speaker is of high rank.
        HighLevelMissing => Invalid, "high_level_missing", at "speakers";
        /// The edition has its World Assembly already.
        WorldAssemblyExists { session: String } => Conflict, "world_assembly_exists", at "kind";
        /// The World Assembly takes place within the days of the congress.
        OutsideEdition => Invalid, "outside_edition", at "starts";
        /// The World Assembly and the sittings are no meetings of a statutory body; the General Assembly is.
        NotABody => Invalid, "not_a_statutory_meeting", at "body";
        /// The session is not the World Assembly; the General Assembly is not it either.
        NotTheWorldAssembly => Invalid, "not_the_world_assembly", at "session";
        /// Sittings are about it.
        ScopeInUse { sessions: i64 } => Conflict, "scope_in_use";
    }
}

kernel::faults! {
    /// What can go wrong with invitations, papers in sittings and what comes of them.
    pub enum SittingFault {
        /// Sections and sister organisations are invited to write position papers, nobody else (R61).
        NotInvitable => Invalid, "not_invitable", at "organisation";
        /// The organisation has not answered the invitation it has.
        AlreadyInvited => Conflict, "already_invited";
        /// The invitation was answered or taken back.
        InvitationAnswered { state: InvitationState } => Conflict, "invitation_answered";
        /// Papers are handed in before the congress begins; a later deadline needs a reason (R64).
        DeadlineAfterStart { starts: Moment } => Invalid, "deadline_after_start", at "deadline", remedy "override";
        /// A deadline lies ahead.
        DeadlineOver => Invalid, "deadline_over", at "deadline";
        /// The session is not a sitting of the Assembly.
        NotASitting => Invalid, "not_a_sitting", at "session";
        /// The paper is not one of the Assembly of this edition, or nothing more becomes of it.
        NotAPositionPaper => Invalid, "not_a_position_paper", at "paper";
        /// The sitting takes up the paper already.
        InSitting => Conflict, "paper_in_sitting";
        /// A result of the paper is recorded here: it stays.
        HasResult => Conflict, "paper_has_result";
        /// What comes of a sitting is recorded once it has begun.
        NotBegun { starts: Option<Moment> } => Conflict, "sitting_not_begun";
        /// Papers of the sitting have no result (R66).
        ResultsMissing { papers: Vec<String> } => Conflict, "results_missing";
        /// The sitting takes up no paper.
        NoPapers => Conflict, "sitting_without_papers";
        /// The sitting is closed.
        Closed => Conflict, "sitting_closed";
        /// The result went to the World Assembly: it stands.
        ResultSent => Conflict, "result_sent";
        /// The session is no special session of Local4Action.
        NotSpecial => Invalid, "not_a_special_session", at "session";
        /// Nobody said that the outcome of this session goes to the World Assembly (R78).
        NotFlagged => Conflict, "not_flagged";
        /// Nothing is recorded of it yet.
        NoResult => Conflict, "no_result";
    }
}

kernel::faults! {
    /// What can go wrong with the World Assembly: its convocation, its agenda and what it decides.
    pub enum WorldAssemblyFault {
        /// The state it is in does not lead to the one asked for (§3.5).
        State { from: AssemblyState, to: AssemblyState } => Conflict, "world_assembly_state";
        /// It has no time in the programme yet.
        NotPlaced => Conflict, "world_assembly_not_placed";
        /// No network of the Task Force is recorded that could agree.
        NoNetworks => Conflict, "no_networks";
        /// Networks of the Task Force have not agreed (R69).
        ConsentMissing { networks: Vec<OrganisationId>, names: String } => Conflict, "consent_missing";
        /// It begins too soon: the last day to convoke it is over; with a reason it can be done (R69).
        NoticeTooShort { months: i64, due_on: LocalDate } => Conflict, "notice_too_short", remedy "override";
        /// The organisation is no network of the Global Taskforce.
        NotANetwork => Invalid, "not_a_network", at "network";
        /// A network stands for them already, or was asked to.
        AlreadyAsked => Conflict, "endorsement_asked";
        /// The network has answered.
        EndorsementAnswered { state: EndorsementState } => Conflict, "endorsement_answered";
        /// Whom a network stands for is registered for the congress (R70).
        NotRegistered => Invalid, "person_not_registered", at "person";
        /// It does not sit now.
        NotOpen { state: AssemblyState } => Conflict, "world_assembly_not_open";
        /// It is over: nothing more is put to it.
        Over => Conflict, "world_assembly_over";
        /// The outcome is not on its agenda.
        NotOnAgenda => Conflict, "not_on_agenda";
        /// The outcome is on its agenda already.
        OnAgenda => Conflict, "already_on_agenda";
        /// The outcome has been presented: its item stays.
        TakenUp => Conflict, "item_taken_up";
        /// An outcome is put for adoption: it is decided before the World Assembly ends (R72).
        ForAdoptionOnly => Invalid, "outcome_for_adoption", at "kind";
        /// The chair has asked for objections already.
        QuestionPut => Conflict, "question_put";
        /// The chair has not asked whether anybody objects (R73).
        NotAsked => Conflict, "objections_not_asked";
        /// The question is over.
        QuestionOver => Conflict, "question_over";
        /// They object already.
        AlreadyObjected => Conflict, "already_objected";
        /// They took the objection back, or it is not theirs to take back.
        ObjectionOver => Conflict, "objection_over";
        /// An objection stands: there is no consensus (R73).
        ObjectionStands { objections: i64 } => Conflict, "objection_stands";
        /// No objection stands, so nothing is voted on.
        NoObjection => Conflict, "no_objection_stands";
        /// The edition's terms allow no vote (R73).
        NoVote => Conflict, "no_fallback_vote";
        /// What it received is not decided (R72).
        Undecided { outcomes: Vec<OutcomeRef>, count: i64 } => Conflict, "undecided_outcomes";
    }
}

kernel::faults! {
    /// What can go wrong with the floor of a meeting of this track, beyond what every floor knows.
    pub enum MeetingFault {
        /// The session has no list of speakers: it is neither the World Assembly nor a sitting.
        NoFloor => Invalid, "no_floor_here", at "session";
        /// It is no item of the agenda, and no paper of the sitting.
        NotAnItem => Invalid, "not_an_item", at "item";
    }
}
