//! The rows: organisations and their contacts, memberships and their steps, dues, relations, positions.

use access_rules::{OrganisationId, PersonId};
use diesel::prelude::*;
use kernel::{Id, LocalDate, Localized, Moment};
use serde::Serialize;

use crate::{
    sections::Section,
    tables::{
        dues, membership_steps, memberships, organisation_contacts, organisations, positions, relations,
    },
};

/// The id of a membership.
pub type MembershipId = Id<Membership>;
/// The id of a relation.
pub type RelationId = Id<Relation>;
/// The id of a position.
pub type PositionId = Id<Position>;

kernel::coded! {
    /// What sort of organisation it is. Sorts give tags; members of each sort are found in `readings.md`.
    pub enum OrganisationKind {
        /// A city, town or other local government.
        City => "city",
        /// A metropolis or metropolitan area.
        Metropolis => "metropolis",
        /// A region, province, state or other government between local and national.
        Region => "region",
        /// A national association of local or regional governments.
        NationalAssociation => "national_association",
        /// An association of local or regional governments of several countries of one region.
        RegionalAssociation => "regional_association",
        /// An international network of local or regional governments.
        InternationalLgNetwork => "international_lg_network",
        /// A national government or ministry.
        NationalGovernment => "national_government",
        /// An agency or programme of the United Nations.
        UnAgency => "un_agency",
        /// Another international organisation.
        InternationalOrganisation => "international_organisation",
        /// A non-governmental or civil-society organisation.
        Ngo => "ngo",
        /// A university, school or research institute.
        Academia => "academia",
        /// A foundation.
        Foundation => "foundation",
        /// A company.
        Company => "company",
        /// A newspaper, station, agency.
        Press => "press",
        /// A section of UCLG.
        Section => "section",
        /// A committee, working group, forum, policy council of UCLG.
        ConsultationMechanism => "consultation_mechanism",
        /// Another.
        Other => "other",
    }
}

kernel::coded! {
    /// How far an organisation's record is.
    pub enum OrganisationState {
        /// Typed in by somebody who registered; staff match or accept it. Gives no tag (R14).
        Proposed => "proposed",
        /// In the directory.
        Active => "active",
        /// It was the same as another, and lives on there.
        Merged => "merged",
    }
}

/// A city, association, network, partner: one record with dated roles (R247).
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = organisations, treat_none_as_null = true)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name, as it writes itself.
    pub name: String,
    /// The name as it is compared.
    pub name_key: String,
    /// The name as it is sorted.
    pub name_sort: Vec<u8>,
    /// What the name looks like (R259).
    pub skeleton: String,
    /// Name, country and kind in one.
    pub identity: String,
    /// The words of all its names, each after a space.
    pub search_key: String,
    /// Its name in other languages.
    pub names: Localized,
    /// Its acronym; may be empty.
    pub acronym: String,
    /// The acronym as it is compared.
    pub acronym_key: String,
    /// What sort it is.
    pub kind: OrganisationKind,
    /// Its country, ISO 3166-1 alpha-2; none for international ones.
    pub country: Option<String>,
    /// Its section, when it is not that of its country.
    pub section: Option<Section>,
    /// What it is part of.
    pub parent: Option<OrganisationId>,
    /// Its web site; may be empty.
    pub site: String,
    /// The domain its people's addresses end in; may be empty. Evidence, and never enough by itself.
    pub email_domain: String,
    /// How far its record is.
    pub state: OrganisationState,
    /// Where a merged one lives on.
    pub merged_into: Option<OrganisationId>,
    /// When it was first heard of.
    pub created_at: Moment,
    /// Counts edits.
    pub version: i64,
}

impl Organisation {
    /// Its section: its own, or that of its country.
    pub fn effective_section(&self) -> Option<Section> {
        self.section
            .or_else(|| crate::countries::find(self.country.as_deref()?).map(|country| country.section))
    }
}

/// An address the member roll gives for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = organisation_contacts)]
pub struct Contact {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// The address as it is compared.
    #[serde(skip)]
    pub email_key: String,
    /// The address.
    pub email: String,
    /// Whose it is; may be empty.
    pub name: String,
}

kernel::coded! {
    /// In which way an organisation is a member (constitution art. 6–11).
    pub enum Category {
        /// An individual local or regional government.
        Individual => "individual",
        /// A national association of them.
        Association => "association",
        /// An international organisation of them.
        InternationalOrganisation => "international_organisation",
        /// A body strongly concerned that is not of local governments.
        Associate => "associate",
        /// Honorary.
        Honorary => "honorary",
        /// A section, as of right.
        Section => "section",
    }
}

kernel::coded! {
    /// The life of a membership (requirements §3.5 "Member"). The door is open to active and in arrears alone.
    pub enum MembershipState {
        /// Asked for.
        Applied => "applied",
        /// Approved.
        Approved => "approved",
        /// Effective once the fee is paid.
        AwaitingFee => "awaiting_fee",
        /// In force.
        Active => "active",
        /// In force, with fees owed: may attend and read, may not vote.
        InArrears => "in_arrears",
        /// Suspended until the next World Council.
        Suspended => "suspended",
        /// Excluded.
        Excluded => "excluded",
        /// Resigned.
        Resigned => "resigned",
    }
}

/// A membership, past ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = memberships)]
pub struct Membership {
    /// Its id.
    pub id: MembershipId,
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// In which way.
    pub category: Category,
    /// The state of its last step.
    pub state: MembershipState,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Counts steps.
    pub version: i64,
}

/// A state a membership entered. Steps are only ever appended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = membership_steps)]
pub struct MembershipStep {
    /// Of which membership.
    pub membership: MembershipId,
    /// 1 for the first.
    pub number: i64,
    /// The state it entered.
    pub state: MembershipState,
    /// From when that holds (R13).
    pub from_at: Moment,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom; none when the site itself did.
    pub recorded_by: Option<PersonId>,
    /// Why.
    pub reason: String,
}

kernel::coded! {
    /// What became of a year's fee. A year without a row is unpaid.
    pub enum DuesState {
        /// Paid in full.
        Paid => "paid",
        /// Paid in part: still owed.
        Partial => "partial",
        /// Waived.
        Waived => "waived",
    }
}

/// The fee of one year.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = dues, primary_key(organisation, year), treat_none_as_null = true)]
pub struct Dues {
    /// Of which organisation.
    pub organisation: OrganisationId,
    /// For which year.
    pub year: i32,
    /// What became of it.
    pub state: DuesState,
    /// How much was paid, in hundredths of the currency.
    pub amount_cents: Option<i64>,
    /// The currency, ISO 4217; may be empty.
    pub currency: String,
    /// On which day.
    pub paid_on: Option<LocalDate>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom; none when the site itself did.
    pub recorded_by: Option<PersonId>,
}

kernel::coded! {
    /// What an organisation is to UCLG or to a network, recorded by staff on a basis, dated.
    pub enum RelationKind {
        /// A network of the Global Taskforce.
        GtfNetwork => "gtf_network",
        /// A sister organisation.
        SisterOrg => "sister_org",
        /// A partner of UCLG.
        UclgPartner => "uclg_partner",
        /// A global institutional partner.
        GlobalInstitutionalPartner => "global_institutional_partner",
        /// A national government that is a partner.
        NationalGovernmentPartner => "national_government_partner",
        /// A civil-society partner.
        CivilSocietyPartner => "civil_society_partner",
        /// A stakeholder.
        Stakeholder => "stakeholder",
        /// A consultation mechanism of UCLG.
        ConsultationMechanism => "consultation_mechanism",
        /// A member of another organisation, which is a network.
        MemberOfNetwork => "member_of_network",
    }
}

/// A dated relation, past ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = relations)]
pub struct Relation {
    /// Its id.
    pub id: RelationId,
    /// Whose.
    pub organisation: OrganisationId,
    /// Which.
    pub kind: RelationKind,
    /// For members of a network: which network.
    pub other: Option<OrganisationId>,
    /// On what paper it rests.
    pub basis: String,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// By whom; none when the site itself did.
    pub recorded_by: Option<PersonId>,
}

kernel::coded! {
    /// What somebody is in an organisation.
    pub enum PositionKind {
        /// Mayor.
        Mayor => "mayor",
        /// Governor or president of a region.
        Governor => "governor",
        /// Minister.
        Minister => "minister",
        /// President, secretary general, director of an organisation.
        Head => "head",
        /// Member of a council.
        Councillor => "councillor",
        /// Staff.
        Staff => "staff",
        /// Delegate.
        Delegate => "delegate",
        /// Something else.
        Other => "other",
    }
}

kernel::coded! {
    /// The life of a position.
    pub enum PositionState {
        /// Asked for; counts for nothing yet (R14).
        Requested => "requested",
        /// Confirmed by staff or by the organisation's focal point.
        Confirmed => "confirmed",
        /// Refused.
        Refused => "refused",
        /// Over, or withdrawn.
        Ended => "ended",
    }
}

kernel::coded! {
    /// What speaks for a position, strongest first. None of it confirms by itself.
    pub enum Evidence {
        /// The person's proved address is a contact on the member roll.
        MemberRollContact => "member_roll_contact",
        /// A document was handed in.
        Document => "document",
        /// The person's proved address ends in the organisation's domain.
        EmailDomain => "email_domain",
        /// Nothing but what they say.
        None => "none",
    }
}

/// A position somebody holds, held, or says they hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = positions)]
pub struct Position {
    /// Its id.
    pub id: PositionId,
    /// Who.
    pub person: PersonId,
    /// In which organisation.
    pub organisation: OrganisationId,
    /// What.
    pub kind: PositionKind,
    /// In their own words.
    pub title: String,
    /// How far it is.
    pub state: PositionState,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Orders the queue: 1 is the strongest evidence.
    #[serde(skip)]
    pub strength: i32,
    /// Since when it waits.
    pub requested_at: Moment,
    /// Who asked; none when nobody was signed in.
    pub requested_by: Option<PersonId>,
    /// When it was confirmed, refused or ended.
    pub decided_at: Option<Moment>,
    /// By whom; none when the site itself did.
    pub decided_by: Option<PersonId>,
    /// Why it was refused or ended; may be empty.
    pub reason: String,
    /// From when it holds.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Counts changes.
    pub version: i64,
}
