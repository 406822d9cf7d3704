//! The rows of registration, and the enums that are their columns.

use std::collections::BTreeMap;

use access_rules::{AccountId, EditionId, OrganisationId, PersonId, SessionId, Tag};
use diesel::prelude::*;
use kernel::{Email, Id, Json, Language, LocalDate, Localized, Moment};
use programme::model::TrackId;
use serde::Serialize;

use serde_json::Value;

use crate::{
    segments::Segment,
    tables::{
        agenda_entries, categories, circulars, delegates, delegation_quotas, delegation_roles,
        many_decision_outcomes, many_decisions, needs, registrations, seats, track_registrations,
    },
};

/// The id of a registration.
pub type RegistrationId = Id<Registration>;
/// The id of a category.
pub type CategoryId = Id<Category>;
/// The id of a letter to many.
pub type CircularId = Id<Circular>;
/// The id of a decision on many registrations.
pub type ManyDecisionId = Id<ManyDecision>;

kernel::coded! {
    /// How far a registration is (requirements §3.5, as far as there are no prices yet).
    pub enum RegistrationState {
        /// Begun, kept, to be gone on with.
        Draft => "draft",
        /// Sent, not yet looked at.
        Applied => "applied",
        /// Sent when its category was full: waits at its rank (R171).
        Waiting => "waiting",
        /// Waits for somebody to look at it.
        PendingReview => "pending_review",
        /// Accepted.
        Approved => "approved",
        /// Certain.
        Confirmed => "confirmed",
        /// Not accepted, with a reason.
        Rejected => "rejected",
        /// Taken back.
        Cancelled => "cancelled",
        /// Not gone on with in time.
        Expired => "expired",
    }
}

kernel::coded! {
    /// Why one of many chosen registrations is left as it is.
    pub enum LeftBecause {
        /// It was decided this way before.
        DecidedAlready => "decided_already",
        /// Its state does not lead there.
        IllegalStep => "illegal_step",
        /// It has no category.
        UnknownCategory => "unknown_category",
        /// It waits for a place, and its category has none.
        CategoryFull => "category_full",
        /// It changed after it was shown.
        ChangedSince => "changed_since",
        /// It came into the list after that was shown.
        NotShown => "not_shown",
    }
}

kernel::coded! {
    /// What becomes of the seats of those who lose by a changed rule.
    pub enum LostSeats {
        /// They keep them.
        Keep => "keep",
        /// They go to the next in line.
        Release => "release",
    }
}

kernel::coded! {
    /// How far a letter to many is.
    pub enum CircularState {
        /// It is being written.
        Draft => "draft",
        /// It was sent, once.
        Sent => "sent",
    }
}

kernel::coded! {
    /// What a letter to many is for.
    pub enum CircularPurpose {
        /// What one needs to know to take part, or as a member.
        Service => "service",
        /// News; only to who agreed.
        News => "news",
    }
}

kernel::coded! {
    /// Whom a letter to many goes to, before any filter.
    pub enum SegmentOf {
        /// Who is registered.
        Registered => "registered",
        /// Who has a part in a session.
        Speakers => "speakers",
        /// Who leads a session.
        Leads => "leads",
        /// Who has a seat in a session.
        Reserved => "reserved",
        /// Who has a position in a member organisation.
        Members => "members",
    }
}

kernel::coded! {
    /// Why somebody of a segment is not written to.
    pub enum NotWritten {
        /// They were erased.
        Erased => "erased",
        /// We know no address of theirs.
        NoAddress => "no_address",
        /// The last letter to their address came back.
        Bounced => "bounced",
        /// It is news, and they did not agree to that.
        NoConsent => "no_consent",
    }
}

kernel::coded! {
    /// Whom a registration is for.
    pub enum ForWhom {
        /// The one who fills it in.
        Myself => "myself",
        /// Somebody else, as a mayor's assistant does.
        SomeoneElse => "someone_else",
        /// One of several.
        Group => "group",
    }
}

kernel::coded! {
    /// Where a registration for a track stands (`readings.md` "Track registration").
    pub enum TrackState {
        /// Asked for, not decided: the registration itself is not certain yet.
        Requested => "requested",
        /// Admitted.
        Admitted => "admitted",
        /// Waits, and says for what.
        Waiting => "waiting",
        /// Refused, and says why.
        Refused => "refused",
        /// Taken back.
        Withdrawn => "withdrawn",
    }
}

kernel::coded! {
    /// Where a seat stands.
    pub enum SeatState {
        /// Held.
        Confirmed => "confirmed",
        /// In line.
        Waiting => "waiting",
        /// Free for this one until a moment.
        Offered => "offered",
        /// Given back.
        Released => "released",
        /// Offered and not wanted.
        Declined => "declined",
        /// Offered and not taken in time.
        Lapsed => "lapsed",
    }
}

/// A category one registers in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = categories, treat_none_as_null = true)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code: `local_government`.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Whom it is for.
    pub description: Localized,
    /// Its place in lists.
    pub position: i64,
    /// The tag it gives once approved: press, exhibitor, accompanying, …
    pub tag: Option<Tag>,
    /// Most people in it; none means no limit.
    pub places_max: Option<i64>,
    /// How many it holds.
    pub places_taken: i64,
    /// The last rank given on its waiting list.
    pub next_rank: i64,
    /// The first day one can register in it.
    pub opens_on: Option<LocalDate>,
    /// The last day one can register in it.
    pub closes_on: Option<LocalDate>,
    /// Whether somebody looks at each registration.
    pub needs_review: bool,
    /// Whether it gives a right to sessions; an accompanying person's does not (R179).
    pub allows_sessions: bool,
    /// Whether it is closed to new registrations for good.
    pub retired: bool,
    /// Guards edits.
    pub version: i64,
}

/// One person at one congress.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = registrations, treat_none_as_null = true)]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// The edition.
    pub edition: EditionId,
    /// Who comes.
    pub person: PersonId,
    /// Their own account, if they have one.
    pub account: Option<AccountId>,
    /// The account that filled it in; none for a delegate, whom every focal point of the organisation minds.
    pub registered_by: Option<AccountId>,
    /// Those registered together share it.
    pub batch: Option<Id<Batch>>,
    /// Where letters about it go.
    pub email: Email,
    /// In which language.
    pub language: Language,
    /// Whom it is for.
    pub for_whom: ForWhom,
    /// The category.
    pub category: Option<CategoryId>,
    /// For which organisation the person comes.
    pub organisation: Option<OrganisationId>,
    /// As what, in it.
    pub position_kind: Option<members::model::PositionKind>,
    /// The same in their own words.
    pub position_title: String,
    /// How far it is.
    pub state: RegistrationState,
    /// Its number, once confirmed: `DURBAN-00042`.
    pub number: Option<String>,
    /// Its place on the category's waiting list.
    pub rank: Option<i64>,
    /// The step of the form it was left at.
    pub step: i64,
    /// Sorts it among names.
    pub name_sort: Vec<u8>,
    /// Finds it: folded name, organisation, number, address.
    pub search_key: String,
    /// Who decided it.
    pub decided_by: Option<PersonId>,
    /// With what reason.
    pub reason: String,
    /// Guards edits.
    pub version: i64,
    /// When it was begun.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
    /// When it was sent.
    pub submitted_at: Option<Moment>,
    /// When it was decided.
    pub decided_at: Option<Moment>,
}

/// A role somebody may have in a delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, utoipa::ToSchema)]
#[diesel(table_name = delegation_roles)]
pub struct DelegationRole {
    /// Its code: `head`, `delegate`, `adviser`.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its place in lists.
    pub position: i64,
}

/// How many an organisation may send in a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, utoipa::ToSchema)]
#[diesel(table_name = delegation_quotas)]
pub struct DelegationQuota {
    /// The edition.
    pub edition: EditionId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// The category.
    #[schema(value_type = String)]
    pub category: CategoryId,
    /// Most people.
    pub places_max: i64,
    /// How many there are.
    pub taken: i64,
    /// Guards edits.
    pub version: i64,
}

/// Somebody a focal point sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = delegates)]
pub struct Delegate {
    /// Their registration.
    pub registration: RegistrationId,
    /// The edition.
    pub edition: EditionId,
    /// The organisation that sends them.
    pub organisation: OrganisationId,
    /// The code of their role.
    pub role: String,
    /// The address that takes it over, folded.
    pub email_key: String,
    /// The focal point who named them.
    pub named_by: Option<PersonId>,
    /// When they took it over.
    pub taken_over_at: Option<Moment>,
    /// When they were named.
    pub created_at: Moment,
}

/// Marks the id that joins those registered together.
pub enum Batch {}

/// A registration for one track.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = track_registrations, treat_none_as_null = true)]
pub struct TrackRegistration {
    /// Its id.
    pub id: Id<TrackRegistration>,
    /// Of which registration.
    pub registration: RegistrationId,
    /// For which track.
    pub track: TrackId,
    /// Where it stands.
    pub state: TrackState,
    /// Why it waits (`position`, `membership`, `network`, `places`, `registration`) or was refused (`audience`).
    pub why: String,
    /// Since when.
    pub since: Moment,
    /// When who must act was last reminded.
    pub reminded_at: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

/// Special care somebody asks for, with the consent it rests on (R181).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = needs, treat_none_as_null = true)]
pub struct Needs {
    /// Of which registration.
    pub registration: RegistrationId,
    /// Access and assistance.
    pub access: String,
    /// Diet.
    pub diet: String,
    /// Languages of interpretation.
    pub interpretation: Json<Vec<String>>,
    /// When they agreed that it is kept.
    pub consented_at: Moment,
    /// To which words.
    pub consent_words: String,
    /// The day it is erased.
    pub erase_on: LocalDate,
    /// Guards edits.
    pub version: i64,
}

/// A seat in a session, or a place in the line for one.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = seats, treat_none_as_null = true)]
pub struct Seat {
    /// Its id.
    pub id: Id<Seat>,
    /// In which session.
    pub session: SessionId,
    /// Whose.
    pub registration: RegistrationId,
    /// Where it stands.
    pub state: SeatState,
    /// Its rank in the line, from 1 without gaps; none for a seat given at once.
    pub rank: Option<i64>,
    /// Until when it is offered.
    pub offered_until: Option<Moment>,
    /// Guards edits.
    pub version: i64,
    /// When it was asked for.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

/// A session on somebody's own agenda.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = agenda_entries)]
pub struct AgendaEntry {
    /// Whose.
    pub person: PersonId,
    /// Which session.
    pub session: SessionId,
    /// Since when.
    pub added_at: Moment,
}

/// Many registrations decided as one act.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = many_decisions)]
pub struct ManyDecision {
    /// Its id; they sort by time.
    pub id: ManyDecisionId,
    /// The edition.
    pub edition: EditionId,
    /// By whom.
    pub decided_by: Option<PersonId>,
    /// When.
    pub decided_at: Moment,
    /// Whether they were accepted.
    pub accept: bool,
    /// Why not; the persons read it.
    pub reason: String,
    /// How they were chosen: the filter, without the words somebody was looked for by.
    pub chosen: Json<Value>,
    /// How many were decided.
    pub changed: i64,
    /// How many were left as they were.
    pub unchanged: i64,
}

/// What became of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = many_decision_outcomes)]
pub struct ManyDecisionOutcome {
    /// Of which act.
    pub many_decision: ManyDecisionId,
    /// The registration.
    pub registration: RegistrationId,
    /// Its state before.
    pub state_before: RegistrationState,
    /// Its state after.
    pub state_after: RegistrationState,
    /// Why it was left as it was.
    pub left_because: Option<LeftBecause>,
}

/// A letter of organisers to many.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = circulars)]
pub struct Circular {
    /// Its id.
    pub id: CircularId,
    /// The edition.
    pub edition: EditionId,
    /// What it is for.
    pub purpose: CircularPurpose,
    /// Its subject, by language.
    pub subject: Localized,
    /// Its text, by language.
    pub body: Localized,
    /// Whom it goes to.
    pub segment: Json<Segment>,
    /// How far it is.
    pub state: CircularState,
    /// Guards edits.
    pub version: i64,
    /// Who began it.
    pub written_by: Option<PersonId>,
    /// When.
    pub created_at: Moment,
    /// Who sent it.
    pub sent_by: Option<PersonId>,
    /// When.
    pub sent_at: Option<Moment>,
    /// How many letters it became.
    pub letters: i64,
    /// How many were not written to, by reason.
    pub left_out: Json<BTreeMap<String, i64>>,
}
