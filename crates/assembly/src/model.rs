//! The rows of the Assembly track, and the enums that are their columns.

use access_rules::EditionId;
use diesel::prelude::*;
use kernel::{Id, Json, Localized};
use members::sections::Section;
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::sitting_scopes;

/// The id of what a sitting may be about.
pub type ScopeId = Id<SittingScope>;

kernel::coded! {
    /// In which way a round table is held (R63: « à l’échelle continentale ou par secteur »).
    pub enum ScopeKind {
        /// For a group of regions of the world: one section of UCLG or several.
        Continental => "continental",
        /// For a sector.
        Sectoral => "sectoral",
    }
}

/// Something a sitting may be about.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = sitting_scopes)]
pub struct SittingScope {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ScopeId,
    /// The edition it is of.
    pub edition: EditionId,
    /// A group of regions, or a sector.
    pub kind: ScopeKind,
    /// Its code: `africa`; sessions refer to it.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The sections it is of.
    #[schema(value_type = Vec<Section>)]
    pub sections: Json<Vec<Section>>,
    /// Its place in lists.
    pub position: i64,
    /// Guards edits; 0 for one the program begins with and nobody has changed.
    pub version: i64,
}
