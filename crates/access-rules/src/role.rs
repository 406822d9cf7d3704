//! Roles, and what they are held over. A role is granted by a standing, dated and recorded, never by an import (R16, R18).

use serde::{Deserialize, Serialize};

use crate::ids::{BodyId, EditionId, OrganisationId, PaperId, SessionId, ThemeId};

kernel::coded! {
    /// What somebody has been appointed to (R16).
    pub enum Role {
        /// Runs the platform; reads no ballots (R17).
        PlatformAdmin => "platform_admin",
        /// Organises a track, or all of them.
        Secretariat => "secretariat",
        /// Officer of a section, for its own region.
        SectionOfficer => "section_officer",
        /// Secretariat of a commission.
        CommissionSecretariat => "commission_secretariat",
        /// Leads a Town Hall theme for a partner.
        ThemeLead => "theme_lead",
        /// Writes at a paper for the organisation that was invited (R61).
        Drafter => "drafter",
        /// Leads a session.
        SessionLead => "session_lead",
        /// Reports on a session.
        Rapporteur => "rapporteur",
        /// Chairs a session or body.
        Chair => "chair",
        /// Runs votes.
        ReturningOfficer => "returning_officer",
        /// Watches the count.
        Scrutineer => "scrutineer",
        /// Decides registrations and confirms positions.
        Registrar => "registrar",
        /// Hands out badges.
        BadgeDesk => "badge_desk",
        /// Scans badges at a door.
        Scanner => "scanner",
        /// Translates texts.
        Translator => "translator",
        /// Looks after the press.
        PressOfficer => "press_officer",
        /// Plans meals and assistance: sees totals, and needs of special care (R22).
        CareDesk => "care_desk",
        /// Convenes the World Assembly for the Global Taskforce (R67).
        GtfConvener => "gtf_convener",
        /// Looks after the people of one organisation (R15).
        FocalPoint => "focal_point",
        /// Sits in a body: on its roster today.
        BodyMember => "body_member",
        /// Is registered for an edition: approved, confirmed or later.
        Participant => "participant",
    }
}

/// Over what a role is held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum Scope {
    /// Everything.
    Everywhere,
    /// One edition of the congress.
    Edition(EditionId),
    /// One track, by code, in every edition.
    Track(String),
    /// One organisation.
    Organisation(OrganisationId),
    /// One statutory body.
    Body(BodyId),
    /// One session.
    Session(SessionId),
    /// One Town Hall theme.
    Theme(ThemeId),
    /// One paper.
    Paper(PaperId),
    /// One section, by code.
    Section(String),
}

impl Scope {
    /// The kind and the reference under which it is stored (`scope_kind`, `scope_ref`).
    pub fn columns(&self) -> (&'static str, String) {
        match self {
            Self::Everywhere => ("everywhere", String::new()),
            Self::Edition(id) => ("edition", id.to_string()),
            Self::Track(code) => ("track", code.clone()),
            Self::Organisation(id) => ("organisation", id.to_string()),
            Self::Body(id) => ("body", id.to_string()),
            Self::Session(id) => ("session", id.to_string()),
            Self::Theme(id) => ("theme", id.to_string()),
            Self::Paper(id) => ("paper", id.to_string()),
            Self::Section(code) => ("section", code.clone()),
        }
    }

    /// From the two columns; nothing when they make no scope (and then the standing grants nothing).
    pub fn from_columns(kind: &str, of: &str) -> Option<Self> {
        Some(match kind {
            "everywhere" => Self::Everywhere,
            "edition" => Self::Edition(of.parse().ok()?),
            "track" => Self::Track(of.to_owned()),
            "organisation" => Self::Organisation(of.parse().ok()?),
            "body" => Self::Body(of.parse().ok()?),
            "session" => Self::Session(of.parse().ok()?),
            "theme" => Self::Theme(of.parse().ok()?),
            "paper" => Self::Paper(of.parse().ok()?),
            "section" => Self::Section(of.to_owned()),
            _ => return None,
        })
    }
}
