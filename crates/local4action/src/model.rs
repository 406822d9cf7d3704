//! The rows of the Local4Action track.

use access_rules::{EditionId, PersonId};
use diesel::prelude::*;
use kernel::{Id, Localized, Moment};
use programme::model::FormatId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::calls;

/// The id of a call.
pub type CallId = Id<Call>;

kernel::coded! {
    /// How far a call is, by its dates.
    pub enum CallState {
        /// It opens later.
        Scheduled => "scheduled",
        /// It takes proposals.
        Open => "open",
        /// It takes no more.
        Closed => "closed",
        /// It never takes proposals: its sessions come by invitation.
        ByInvitation => "by_invitation",
    }
}

/// A call for sessions of one format.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = calls, treat_none_as_null = true)]
pub struct Call {
    /// Its id.
    #[schema(value_type = String)]
    pub id: CallId,
    /// The edition.
    pub edition: EditionId,
    /// The format it calls for.
    #[schema(value_type = String)]
    pub format: FormatId,
    /// Its title.
    pub title: Localized,
    /// Whether its sessions come by invitation, and not by proposal.
    pub by_invitation: bool,
    /// Why there is no other call; for one by invitation.
    pub reason: String,
    /// From when it takes proposals; always given but by invitation.
    pub opens_at: Option<Moment>,
    /// Until when, this instant not included.
    pub closes_at: Option<Moment>,
    /// Who made it; none when the site itself did.
    pub made_by: Option<PersonId>,
    /// When it was made.
    pub made_at: Moment,
    /// Guards edits.
    pub version: i64,
}
