//! The rows of the Town Hall track, and the enums that are their columns.

use access_rules::{OrganisationId, PersonId, ThemeId};
use diesel::prelude::*;
use kernel::{Id, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::theme_partners;

/// The id of a theme's partner.
pub type PartnerId = Id<ThemePartner>;

kernel::coded! {
    /// What an organisation is to a theme.
    pub enum PartnerRole {
        /// Leads it.
        Lead => "lead",
        /// Joins in.
        Co => "co",
    }
}

/// An organisation that stands behind a theme, past ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = theme_partners)]
pub struct ThemePartner {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PartnerId,
    /// The theme.
    pub theme: ThemeId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is to the theme.
    pub role: PartnerRole,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Who named it; none when the site itself did.
    pub named_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}
