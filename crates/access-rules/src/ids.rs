//! The ids that access decisions speak of. The rows themselves live in the slices; here they are only names.

use kernel::Id;

/// What the ids below are of; never constructed.
pub mod of {
    /// A human being (`people`).
    pub enum Person {}
    /// A way to sign in (`people`).
    pub enum Account {}
    /// A city, association, network, partner (`members`).
    pub enum Organisation {}
    /// One congress (`programme`).
    pub enum Edition {}
    /// One session of a congress (`programme`).
    pub enum Session {}
    /// A statutory body (`statutory`).
    pub enum Body {}
    /// A Town Hall theme (`town-hall`).
    pub enum Theme {}
    /// A position paper or policy paper (`papers`).
    pub enum Paper {}
}

/// The id of a person.
pub type PersonId = Id<of::Person>;
/// The id of an account.
pub type AccountId = Id<of::Account>;
/// The id of an organisation.
pub type OrganisationId = Id<of::Organisation>;
/// The id of an edition of the congress.
pub type EditionId = Id<of::Edition>;
/// The id of a session.
pub type SessionId = Id<of::Session>;
/// The id of a statutory body.
pub type BodyId = Id<of::Body>;
/// The id of a Town Hall theme.
pub type ThemeId = Id<of::Theme>;
/// The id of a position paper or policy paper.
pub type PaperId = Id<of::Paper>;
