//! What can go wrong in the Town Hall track, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with themes, their partners and their sessions.
    pub enum TownHallFault {
        /// A partner from civil society leads a theme and its sessions.
        LeadMustBeCivilSociety => Invalid, "lead_must_be_civil_society_partner", at "organisers";
        /// A session of the Town Hall has a theme.
        ThemeRequired => Invalid, "theme_required", at "theme";
        /// The theme is of another edition.
        ForeignTheme => Invalid, "foreign_theme", at "theme";
        /// What a session lacks to be released stands beside its fields: stakeholders, a respondent with a mandate.
        Incomplete => Invalid, "town_hall_incomplete";
        /// The theme has a lead already; end it first.
        HasLead => Conflict, "theme_has_lead", at "role";
        /// The organisation is a partner of the theme already.
        AlreadyPartner => Conflict, "already_partner", at "organisation";
        /// The organisation is no partner of the theme any more.
        PartnerOver => Conflict, "partner_over";
        /// The person holds no confirmed position in a partner of the theme.
        NotOfAPartner => Invalid, "not_of_a_partner", at "person";
        /// A statutory body does not meet in the Town Hall.
        NotABody => Invalid, "not_a_statutory_meeting", at "body";
    }
}
