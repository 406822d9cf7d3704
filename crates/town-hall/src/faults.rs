//! What can go wrong in the Town Hall track, beyond what everybody shares.

use kernel::Moment;

use crate::reviews::Awaited;

kernel::faults! {
    /// What can go wrong with themes, their partners, papers and sessions.
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
        /// No partner leads the theme: nobody's paper would it be.
        ThemeUnled => Conflict, "theme_unled";
        /// The theme is offered no more.
        ThemeRetired => Conflict, "theme_retired";
        /// Nobody has said from when until when the paper is open to comment.
        ConsultationMissing => Conflict, "consultation_missing";
        /// The paper still takes comments: what is said now would find no answer.
        ConsultationRuns { until: Moment } => Conflict, "consultation_runs";
        /// The paper is consolidated: it takes no comments any more.
        ConsultationOver => Conflict, "consultation_over";
        /// Caucuses were not asked, or have time left to answer: `caucuses` says which.
        ReviewsAwaited { caucuses: Vec<Awaited> } => Conflict, "reviews_awaited";
        /// The paper is not out yet, or changes no more: there is nothing to review.
        NothingToReview => Conflict, "nothing_to_review";
        /// The caucus is asked no more.
        CaucusRetired => Conflict, "caucus_retired";
        /// Nobody answers for the caucus yet.
        CaucusEmpty { caucus: String } => Conflict, "caucus_empty";
        /// They answer for the caucus already.
        AlreadyInCaucus => Conflict, "already_in_caucus", at "person";
        /// The caucus has answered: its answer is changed by naming its version.
        ReviewAnswered => Conflict, "review_answered";
        /// The theme is paired with this council already.
        AlreadyPaired => Conflict, "already_paired", at "council";
        /// A theme has as many pages as it may.
        TooManyPages { most: usize } => Conflict, "too_many_theme_pages";
        /// Who else leads the theme for its partners is named by the desk once nobody else does.
        LastLead => Conflict, "last_theme_lead";
        /// The session is of another congress or theme.
        ForeignSession => Invalid, "foreign_session", at "session";
        /// The session is not one of the Town Hall.
        NotATownHall => Conflict, "not_a_town_hall";
        /// The session has not begun.
        HallNotBegun => Conflict, "hall_not_begun";
        /// The session does not take place.
        HallCancelled => Conflict, "hall_cancelled";
        /// The session has no result, or no recommendations: `lacks` says what.
        ResultMissing { lacks: Vec<&'static str> } => Conflict, "result_missing";
        /// The session was closed: its result stays as it is.
        DeliberationClosed => Conflict, "deliberation_closed";
    }
}
