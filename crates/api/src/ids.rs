//! Ids by name: the reference needs a name for what rows of other crates leave to a type parameter.

use kernel::Id;

/// The id of an appointment.
pub type StandingId = Id<people::model::StandingRow>;
/// The id of a browser that is signed in.
pub type SignInSessionId = Id<people::model::SignInSession>;
/// The id of an identity at an OpenID provider.
pub type IdentityId = Id<people::model::Identity>;
/// The id of a bearer token.
pub type TokenId = Id<people::model::BearerToken>;
/// The id of a letter.
pub type LetterId = Id<mail::model::Letter>;
/// The id of a denial.
pub type DenialId = Id<records::model::DenialRow>;
/// The id of whatever was acted on.
pub type ObjectId = Id<records::Object>;
/// The id that joins those registered together.
pub type BatchId = Id<registration::model::Batch>;
/// The id of a seat.
pub type SeatId = Id<registration::model::Seat>;
/// The id of a webhook.
pub type WebhookId = Id<webhooks::model::Endpoint>;
/// The id of a delivery of a webhook.
pub type WebhookDeliveryId = Id<webhooks::model::Delivery>;
