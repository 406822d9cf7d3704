//! The rows: endpoints, deliveries, and each try.

use access_rules::{EditionId, PersonId};
use diesel::prelude::*;
use kernel::{Id, Json, Moment};

use crate::tables::{webhook_attempts, webhook_deliveries, webhook_endpoints};

kernel::coded! {
    /// What an endpoint can be told of.
    pub enum EventKind {
        /// A programme came out.
        ProgrammeReleased => "programme.released",
        /// A release changed sessions: moved, cancelled, added, renamed.
        ProgrammeChanged => "programme.changed",
        /// A release has a session for the first time.
        SessionAdded => "session.added",
        /// A release changed a session, or shows it no more.
        SessionChanged => "session.changed",
        /// A session does not take place.
        SessionCancelled => "session.cancelled",
        /// A registration was sent.
        RegistrationRequested => "registration.requested",
        /// A registration was accepted or refused.
        RegistrationDecided => "registration.decided",
        /// A registration was taken back.
        RegistrationWithdrawn => "registration.withdrawn",
        /// A seat was given, or a place in line.
        SeatReserved => "seat.reserved",
        /// A seat, an offer or a place in line was given back, or ran out.
        SeatGivenBack => "seat.given_back",
        /// Who belongs to a delegation changed, or how many may.
        DelegationChanged => "delegation.changed",
        /// A letter came back.
        LetterBounced => "letter.bounced",
        /// A paper came out, or a newer version of it.
        PaperPublished => "paper.published",
        /// A paper went to the World Assembly with its result.
        PaperTransmitted => "paper.transmitted",
        /// What came of a sitting, or of a session of the Town Hall, was closed.
        SessionClosed => "session.closed",
        /// An outcome was presented to the World Assembly.
        OutcomePresented => "outcome.presented",
        /// The debate on an outcome is over.
        OutcomeDebated => "outcome.debated",
        /// An outcome was adopted, given back or not adopted.
        OutcomeDecided => "outcome.decided",
        /// An edition of the collection came out.
        CollectionPublished => "collection.published",
        /// Somebody tries the endpoint.
        Test => "webhook.test",
    }
}

impl EventKind {
    /// Whether it happens at the desk: told in ids and states, as far as the endpoint's owner may see them. The others are
    /// told as far as anybody may.
    pub const fn is_of_desk(self) -> bool {
        match self {
            Self::ProgrammeReleased | Self::ProgrammeChanged | Self::Test => false,
            Self::SessionAdded
            | Self::SessionChanged
            | Self::SessionCancelled
            | Self::RegistrationRequested
            | Self::RegistrationDecided
            | Self::RegistrationWithdrawn
            | Self::SeatReserved
            | Self::SeatGivenBack
            | Self::DelegationChanged
            | Self::LetterBounced
            | Self::PaperPublished
            | Self::PaperTransmitted
            | Self::SessionClosed
            | Self::OutcomePresented
            | Self::OutcomeDebated
            | Self::OutcomeDecided
            | Self::CollectionPublished => true,
        }
    }
}

kernel::coded! {
    /// Whether an endpoint is told.
    pub enum EndpointState {
        /// It is.
        Active => "active",
        /// Not for now; what happens meanwhile is not told later.
        Paused => "paused",
    }
}

kernel::coded! {
    /// How far a delivery is.
    pub enum DeliveryState {
        /// It waits for its turn.
        Waiting => "waiting",
        /// A server has it, for as long as its lease.
        Sending => "sending",
        /// The endpoint took it.
        Delivered => "delivered",
        /// It was tried in vain for three days.
        GivenUp => "given_up",
        /// It is not for everybody, or the endpoint's owner no longer looks after the edition.
        Withheld => "withheld",
    }
}

/// Where to tell what happens.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_endpoints)]
pub struct Endpoint {
    /// Its id.
    pub id: Id<Endpoint>,
    /// Of which edition.
    pub edition: EditionId,
    /// Who made it, and looks after the edition as long as it is told.
    pub owner: PersonId,
    /// Its address.
    pub url: String,
    /// Of what it is told.
    pub kinds: Json<Vec<EventKind>>,
    /// Whether it is told.
    pub state: EndpointState,
    /// Which of its secrets is in force, from 1.
    pub secret_number: i64,
    /// Until when the secret before signs too.
    pub former_until: Option<Moment>,
    /// The number of the last event that was looked at for it.
    pub seq: i64,
    /// When it was made.
    pub created_at: Moment,
    /// Counts its edits.
    pub version: i64,
    /// The number of the last event of the desk that was looked at for it; none when that was never done.
    pub desk_seq: Option<i64>,
}

/// One event for one endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_deliveries)]
pub struct Delivery {
    /// Its id, which is its `webhook-id`.
    pub id: Id<Delivery>,
    /// To which endpoint.
    pub endpoint: Id<Endpoint>,
    /// The number of the event in the edition's programme; none for a test, and for what happens at the desk.
    pub seq: Option<i64>,
    /// What happened.
    pub kind: EventKind,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is sent, or when a lease runs out; none when it is over.
    pub due_at: Option<Moment>,
    /// When it was written.
    pub created_at: Moment,
    /// When it was over.
    pub ended_at: Option<Moment>,
    /// The number of the event at the edition's desk.
    pub desk_seq: Option<i64>,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook_attempts)]
pub struct Attempt {
    /// Its id; they sort by time.
    pub id: Id<Attempt>,
    /// Of which delivery.
    pub delivery: Id<Delivery>,
    /// When.
    pub at: Moment,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// The status of the answer, where there was one.
    pub status: Option<i32>,
    /// What was sent, cut.
    pub request: String,
    /// What was answered, cut.
    pub response: String,
    /// Why there was no answer.
    pub error: Option<String>,
}
