//! What can go wrong with a paper, beyond what everybody shares.

use kernel::Moment;

use crate::model::PaperState;

kernel::faults! {
    /// What can go wrong with papers, their teams and the comments on them.
    pub enum PaperFault {
        /// The state a paper is in does not lead to the one asked for.
        State { from: PaperState, to: PaperState } => Conflict, "paper_state";
        /// The invitation to write the paper was taken back: it stays as it is (R61).
        Revoked => Conflict, "paper_revoked";
        /// In this state the paper is not written at.
        NotWritable { state: PaperState } => Conflict, "paper_not_writable";
        /// The deadline for handing the paper in is over (R64).
        DeadlinePassed { deadline: Moment } => Invalid, "deadline_passed";
        /// The Markdown is of several blocks; a translation is of one.
        OneBlock => Invalid, "one_block", at "markdown";
        /// A paper that says nothing is not handed in.
        Empty => Conflict, "paper_empty";
        /// A paper is published with one priority at least (R65).
        PriorityMissing => Conflict, "priority_missing";
        /// The paper has not been published.
        NotPublished => Conflict, "paper_not_published";
        /// The theme has a current paper; another one supersedes it (R90).
        ThemeHasPaper => Conflict, "theme_has_paper";
        /// Whoever writes at a paper holds a confirmed position in the organisation whose paper it is.
        NotOfTheOwner => Invalid, "not_of_the_owner", at "person";
        /// They have this part in the paper already.
        AlreadyInTeam => Conflict, "already_in_team";
        /// The paper takes no comments now; `from` and `to` say when it does.
        CommentsClosed { from: Option<Moment>, to: Option<Moment> } => Conflict, "comments_closed";
        /// The address of the account is not proved yet.
        AccountUnproved => Forbidden, "account_unproved";
    }
}
