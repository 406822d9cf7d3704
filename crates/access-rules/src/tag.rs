//! Audience tags: what somebody is, as the rules speak of it. They are derived from records, never typed in (R14).

use std::collections::BTreeSet;

kernel::coded! {
    /// One thing an actor may be (requirements §3.1 "Shared audience vocabulary"; `readings.md` "Where tags come from").
    pub enum Tag {
        /// Everyone is an individual.
        Individual => "individual",
        /// Of an individual local government that is a member.
        UclgMemberIndividual => "uclg_member_individual",
        /// Of a member association of local governments.
        UclgMemberAssociation => "uclg_member_association",
        /// Of an international organisation that is a member.
        UclgMemberIntlOrg => "uclg_member_intl_org",
        /// Of an associate member.
        UclgAssociate => "uclg_associate",
        /// Of an honorary member.
        UclgHonorary => "uclg_honorary",
        /// Of a section, member as of right.
        UclgSection => "uclg_section",
        /// Of any of the six kinds of member, active or in arrears (reading of R1, R4, R7).
        UclgMember => "uclg_member",
        /// Of a consultation mechanism: committee, working group, forum, policy council.
        ConsultationMechanism => "consultation_mechanism",
        /// Of the constituency: any local or regional government or network of them.
        CollectiveMember => "collective_member",
        /// Of a network of the Global Taskforce, or a member of one (reading of R5).
        GtfConstituency => "gtf_constituency",
        /// Of a network of the Global Taskforce itself.
        GtfNetwork => "gtf_network",
        /// Of a sister organisation.
        SisterOrg => "sister_org",
        /// Of a national government.
        NationalGovernment => "national_government",
        /// Of a national government with a partner relation (reading of R7).
        NationalGovernmentPartner => "national_government_partner",
        /// Of a partner of the organisation.
        UclgPartner => "uclg_partner",
        /// Of a global institutional partner.
        GlobalInstitutionalPartner => "global_institutional_partner",
        /// Of a stakeholder.
        Stakeholder => "stakeholder",
        /// Of a civil-society partner.
        CivilSocietyPartner => "civil_society_partner",
        /// Mayor, by confirmed position.
        Mayor => "mayor",
        /// Governor or president of a region, by confirmed position.
        Governor => "governor",
        /// Minister, by confirmed position.
        Minister => "minister",
        /// Head of an organisation, by confirmed position.
        HeadOfOrganisation => "head_of_organisation",
        /// Councillor, by confirmed position.
        Councillor => "councillor",
        /// Holds an elected local mandate (mayor, governor, councillor).
        ElectedMandate => "elected_mandate",
        /// Staff of an organisation, by confirmed position.
        Staff => "staff",
        /// Of a city.
        City => "city",
        /// Of a region.
        Region => "region",
        /// Of a local or regional government, or an association or network of them.
        LocalGovernment => "local_government",
        /// Of academia.
        Academia => "academia",
        /// Press, by organisation or approved category.
        Press => "press",
        /// Exhibitor, by approved category.
        Exhibitor => "exhibitor",
        /// Accompanying person, by approved category.
        Accompanying => "accompanying",
        /// Interpreter, by approved category.
        Interpreter => "interpreter",
        /// Volunteer, by approved category.
        Volunteer => "volunteer",
        /// Observer, by approved category.
        Observer => "observer",
    }
}

impl Tag {
    /// What else somebody is who is this (`readings.md` "Who is member", R5, R7). Everyone is an individual besides.
    pub const fn implies(self) -> &'static [Self] {
        match self {
            Self::UclgMemberIndividual
            | Self::UclgMemberAssociation
            | Self::UclgMemberIntlOrg
            | Self::UclgSection => &[Self::UclgMember, Self::LocalGovernment],
            Self::UclgAssociate | Self::UclgHonorary => &[Self::UclgMember],
            // The organisation is itself a network of the Task Force: its members are members of one.
            Self::UclgMember => &[Self::GtfConstituency],
            Self::GtfNetwork => &[Self::GtfConstituency, Self::LocalGovernment],
            Self::SisterOrg | Self::City | Self::Region => &[Self::LocalGovernment],
            Self::LocalGovernment => &[Self::CollectiveMember],
            Self::NationalGovernmentPartner => &[Self::NationalGovernment],
            Self::Mayor | Self::Governor | Self::Councillor => &[Self::ElectedMandate],
            Self::Individual
            | Self::ConsultationMechanism
            | Self::CollectiveMember
            | Self::GtfConstituency
            | Self::NationalGovernment
            | Self::UclgPartner
            | Self::GlobalInstitutionalPartner
            | Self::Stakeholder
            | Self::CivilSocietyPartner
            | Self::Minister
            | Self::HeadOfOrganisation
            | Self::ElectedMandate
            | Self::Staff
            | Self::Academia
            | Self::Press
            | Self::Exhibitor
            | Self::Accompanying
            | Self::Interpreter
            | Self::Volunteer
            | Self::Observer => &[],
        }
    }

    /// These tags, all they imply, and `individual`.
    pub fn with_implied(tags: impl IntoIterator<Item = Self>) -> BTreeSet<Self> {
        let mut all = BTreeSet::from([Self::Individual]);
        let mut waiting: Vec<Self> = tags.into_iter().collect();
        while let Some(tag) = waiting.pop() {
            if all.insert(tag) {
                waiting.extend(tag.implies());
            }
        }
        all
    }
}
