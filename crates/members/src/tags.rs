//! Where tags come from (R14, `readings.md` "Where tags come from"): never from what somebody types, always from records.
//!
//! *Membership* gives `uclg_…`; the *kind of organisation* gives city, region, national government, academia, press; a
//! *confirmed position* gives mayor, councillor, staff, and is what ties a person to an organisation at all; a *dated
//! relation* gives networks and partners; an *approved registration category* gives press, exhibitor, accompanying and
//! the like. Everyone is an individual. All of it as of a moment (R13). Pure: no connection, no clock.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{OrganisationId, Tag};
use kernel::Moment;

use crate::{
    model::{
        Category, MembershipState, OrganisationKind, OrganisationState, PositionKind, PositionState,
        RelationKind,
    },
    rules,
};

/// What is recorded of a person, as far as tags come from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFacts {
    /// Positions, whatever their state.
    pub positions: Vec<PositionFact>,
    /// The organisations of those positions.
    pub organisations: BTreeMap<OrganisationId, OrganisationFacts>,
    /// Since when and until when which organisations are networks of the Global Taskforce.
    pub gtf_networks: Vec<(OrganisationId, Moment, Option<Moment>)>,
    /// Tags an approved registration category gave.
    pub granted: Vec<(Tag, Moment, Option<Moment>)>,
}

/// A position as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionFact {
    /// In which organisation.
    pub organisation: OrganisationId,
    /// What.
    pub kind: PositionKind,
    /// How far it is.
    pub state: PositionState,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Option<Moment>,
}

/// An organisation as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationFacts {
    /// What sort it is.
    pub kind: OrganisationKind,
    /// How far its record is.
    pub state: OrganisationState,
    /// Its memberships: in which way, and the steps in their order.
    pub memberships: Vec<(Category, Vec<(Moment, MembershipState)>)>,
    /// Its relations.
    pub relations: Vec<RelationFact>,
}

/// A relation as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationFact {
    /// Which.
    pub kind: RelationKind,
    /// For members of a network: which.
    pub other: Option<OrganisationId>,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub to: Option<Moment>,
}

impl OrganisationFacts {
    /// An active organisation of this kind, with nothing else recorded.
    pub fn active(kind: OrganisationKind) -> Self {
        Self {
            kind,
            state: OrganisationState::Active,
            memberships: vec![],
            relations: vec![],
        }
    }
}

/// What somebody is at `at`, and whether every membership that makes them a member is in arrears.
pub fn derive(facts: &PersonFacts, at: Moment) -> (BTreeSet<Tag>, bool) {
    let mut tags = BTreeSet::from([Tag::Individual]);
    let granted = facts.granted.iter();
    tags.extend(
        granted
            .filter(|(tag, from, to)| is_of_a_category(*tag) && rules::holds(*from, *to, at))
            .map(|(tag, ..)| *tag),
    );
    let mut doors = Vec::new();
    for position in &facts.positions {
        let holds =
            position.state == PositionState::Confirmed && rules::holds(position.from, position.to, at);
        let organisation = facts.organisations.get(&position.organisation);
        if let (true, Some(organisation)) = (holds, organisation)
            && organisation.state == OrganisationState::Active
        {
            tags.extend(of_position(position.kind));
            tags.extend(of_organisation(organisation, facts, at));
            doors.extend(open_doors(organisation, at).map(|(_, state)| state));
        }
    }
    let in_arrears = !doors.is_empty() && doors.iter().all(|state| *state == MembershipState::InArrears);
    (tags, in_arrears)
}

/// What a confirmed position makes of somebody.
fn of_position(kind: PositionKind) -> &'static [Tag] {
    match kind {
        PositionKind::Mayor => &[Tag::Mayor, Tag::ElectedMandate],
        PositionKind::Governor => &[Tag::Governor, Tag::ElectedMandate],
        PositionKind::Councillor => &[Tag::Councillor, Tag::ElectedMandate],
        PositionKind::Minister => &[Tag::Minister],
        PositionKind::Head => &[Tag::HeadOfOrganisation],
        PositionKind::Staff => &[Tag::Staff],
        PositionKind::Delegate | PositionKind::Other => &[],
    }
}

/// What an organisation is at `at`, and its people with it.
fn of_organisation(organisation: &OrganisationFacts, facts: &PersonFacts, at: Moment) -> BTreeSet<Tag> {
    let mut tags = BTreeSet::from_iter(of_kind(organisation.kind).iter().copied());
    for (category, _) in open_doors(organisation, at) {
        tags.extend([Tag::UclgMember, of_category(category)]);
    }
    let relations = organisation.relations.iter();
    for relation in relations.filter(|relation| rules::holds(relation.from, relation.to, at)) {
        tags.extend(of_relation(relation, organisation.kind, facts, at));
    }
    // UCLG is itself a network of the Task Force, so its members are members of one (reading of R5); a national
    // government is not of the constituency, whatever it joined.
    if tags.contains(&Tag::UclgMember) && organisation.kind != OrganisationKind::NationalGovernment {
        tags.insert(Tag::GtfConstituency);
    }
    tags
}

fn of_kind(kind: OrganisationKind) -> &'static [Tag] {
    match kind {
        OrganisationKind::City | OrganisationKind::Metropolis => {
            &[Tag::City, Tag::LocalGovernment, Tag::CollectiveMember]
        }
        OrganisationKind::Region => &[Tag::Region, Tag::LocalGovernment, Tag::CollectiveMember],
        OrganisationKind::NationalAssociation
        | OrganisationKind::RegionalAssociation
        | OrganisationKind::InternationalLgNetwork
        | OrganisationKind::Section => &[Tag::LocalGovernment, Tag::CollectiveMember],
        OrganisationKind::NationalGovernment => &[Tag::NationalGovernment],
        OrganisationKind::Academia => &[Tag::Academia],
        OrganisationKind::Press => &[Tag::Press],
        OrganisationKind::ConsultationMechanism => &[Tag::ConsultationMechanism],
        OrganisationKind::UnAgency
        | OrganisationKind::InternationalOrganisation
        | OrganisationKind::Ngo
        | OrganisationKind::Foundation
        | OrganisationKind::Company
        | OrganisationKind::Other => &[],
    }
}

const fn of_category(category: Category) -> Tag {
    match category {
        Category::Individual => Tag::UclgMemberIndividual,
        Category::Association => Tag::UclgMemberAssociation,
        Category::InternationalOrganisation => Tag::UclgMemberIntlOrg,
        Category::Associate => Tag::UclgAssociate,
        Category::Honorary => Tag::UclgHonorary,
        Category::Section => Tag::UclgSection,
    }
}

fn of_relation(relation: &RelationFact, kind: OrganisationKind, facts: &PersonFacts, at: Moment) -> Vec<Tag> {
    let is_national = kind == OrganisationKind::NationalGovernment;
    match relation.kind {
        RelationKind::GtfNetwork => {
            vec![Tag::GtfNetwork, Tag::GtfConstituency, Tag::CollectiveMember]
        }
        RelationKind::MemberOfNetwork if !is_national && is_gtf_network(relation.other, facts, at) => {
            vec![Tag::GtfConstituency]
        }
        RelationKind::MemberOfNetwork => vec![],
        RelationKind::SisterOrg => vec![Tag::SisterOrg],
        RelationKind::UclgPartner => vec![Tag::UclgPartner],
        RelationKind::GlobalInstitutionalPartner => vec![Tag::GlobalInstitutionalPartner],
        // A partner that is no national government is none, whatever the relation says (reading of R7).
        RelationKind::NationalGovernmentPartner if is_national => vec![Tag::NationalGovernmentPartner],
        RelationKind::NationalGovernmentPartner => vec![],
        RelationKind::CivilSocietyPartner => vec![Tag::CivilSocietyPartner],
        RelationKind::Stakeholder => vec![Tag::Stakeholder],
        RelationKind::ConsultationMechanism => vec![Tag::ConsultationMechanism],
    }
}

fn is_gtf_network(other: Option<OrganisationId>, facts: &PersonFacts, at: Moment) -> bool {
    facts
        .gtf_networks
        .iter()
        .any(|(network, from, to)| Some(*network) == other && rules::holds(*from, *to, at))
}

/// The memberships of an organisation that open the members' door at `at`, with their state.
fn open_doors(
    organisation: &OrganisationFacts,
    at: Moment,
) -> impl Iterator<Item = (Category, MembershipState)> {
    organisation
        .memberships
        .iter()
        .filter_map(move |(category, steps)| {
            let state = rules::state_at(steps, at)?;
            rules::opens_door(state).then_some((*category, state))
        })
}

/// Tags a registration category may give; whatever else stands in a grant says nothing (R14).
pub const fn is_of_a_category(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Press | Tag::Exhibitor | Tag::Accompanying | Tag::Interpreter | Tag::Volunteer | Tag::Observer
    )
}

#[cfg(test)]
mod tests {
    use kernel::{Coded as _, Id};

    use super::*;
    use Category as C;
    use MembershipState::{Active, Applied, Approved, AwaitingFee, Excluded, InArrears, Resigned, Suspended};
    use OrganisationKind as K;
    use PositionKind as P;
    use RelationKind as R;

    const NOW: &str = "2019-11-14T08:40:00Z";

    fn now() -> Moment {
        Moment::at(NOW)
    }

    fn long_ago() -> Moment {
        Moment::at("2010-01-01T00:00:00Z")
    }

    /// Somebody with one confirmed position in one organisation.
    fn person(position: P, organisation: OrganisationFacts) -> PersonFacts {
        let id = Id::named("organisation");
        PersonFacts {
            positions: vec![PositionFact {
                organisation: id,
                kind: position,
                state: PositionState::Confirmed,
                from: long_ago(),
                to: None,
            }],
            organisations: BTreeMap::from([(id, organisation)]),
            ..PersonFacts::default()
        }
    }

    fn member(kind: K, category: C, state: MembershipState) -> OrganisationFacts {
        OrganisationFacts {
            memberships: vec![(category, vec![(long_ago(), state)])],
            ..OrganisationFacts::active(kind)
        }
    }

    fn related(kind: K, relation: R, other: Option<OrganisationId>) -> OrganisationFacts {
        let fact = RelationFact {
            kind: relation,
            other,
            from: long_ago(),
            to: None,
        };
        OrganisationFacts {
            relations: vec![fact],
            ..OrganisationFacts::active(kind)
        }
    }

    /// Compares whole sets; everyone is an individual besides.
    fn check(facts: &PersonFacts, expected: &[Tag]) {
        let mut expected: BTreeSet<Tag> = expected.iter().copied().collect();
        expected.insert(Tag::Individual);
        assert_eq!(derive(facts, now()).0, expected, "{facts:?}");
    }

    #[test]
    fn r14_somebody_without_records_is_an_individual_and_nothing_else() {
        check(&PersonFacts::default(), &[]);
    }

    #[test]
    fn r14_kinds_of_organisation_give_their_tags() {
        let local = [Tag::LocalGovernment, Tag::CollectiveMember];
        let cases: &[(K, &[Tag])] = &[
            (K::City, &[Tag::City]),
            (K::Metropolis, &[Tag::City]),
            (K::Region, &[Tag::Region]),
            (K::NationalAssociation, &[]),
            (K::RegionalAssociation, &[]),
            (K::InternationalLgNetwork, &[]),
            (K::Section, &[]),
        ];
        for (kind, own) in cases {
            let expected = [&local[..], own].concat();
            check(&person(P::Other, OrganisationFacts::active(*kind)), &expected);
        }
        let cases: &[(K, &[Tag])] = &[
            (K::NationalGovernment, &[Tag::NationalGovernment]),
            (K::Academia, &[Tag::Academia]),
            (K::Press, &[Tag::Press]),
            (K::ConsultationMechanism, &[Tag::ConsultationMechanism]),
            (K::UnAgency, &[]),
            (K::InternationalOrganisation, &[]),
            (K::Ngo, &[]),
            (K::Foundation, &[]),
            (K::Company, &[]),
            (K::Other, &[]),
        ];
        for (kind, expected) in cases {
            check(&person(P::Other, OrganisationFacts::active(*kind)), expected);
        }
    }

    #[test]
    fn r14_positions_give_their_tags() {
        let cases: &[(P, &[Tag])] = &[
            (P::Mayor, &[Tag::Mayor, Tag::ElectedMandate]),
            (P::Governor, &[Tag::Governor, Tag::ElectedMandate]),
            (P::Councillor, &[Tag::Councillor, Tag::ElectedMandate]),
            (P::Minister, &[Tag::Minister]),
            (P::Head, &[Tag::HeadOfOrganisation]),
            (P::Staff, &[Tag::Staff]),
            (P::Delegate, &[]),
            (P::Other, &[]),
        ];
        for (kind, expected) in cases {
            check(&person(*kind, OrganisationFacts::active(K::Ngo)), expected);
        }
    }

    #[test]
    fn r14_only_a_confirmed_position_that_holds_counts() {
        let city = || member(K::City, C::Individual, Active);
        for state in [
            PositionState::Requested,
            PositionState::Refused,
            PositionState::Ended,
        ] {
            let mut facts = person(P::Mayor, city());
            facts.positions[0].state = state;
            check(&facts, &[]);
        }
        let mut over = person(P::Mayor, city());
        over.positions[0].to = Some(now());
        check(&over, &[]);
        let mut to_come = person(P::Mayor, city());
        to_come.positions[0].from = now().plus_seconds(1);
        check(&to_come, &[]);
    }

    #[test]
    fn r14_an_organisation_somebody_only_typed_in_gives_nothing() {
        for state in [OrganisationState::Proposed, OrganisationState::Merged] {
            let typed = OrganisationFacts {
                state,
                ..member(K::City, C::Individual, Active)
            };
            check(&person(P::Mayor, typed), &[]);
        }
    }

    #[test]
    fn r14_each_category_of_membership_gives_its_tag_and_the_umbrella() {
        let cases = [
            (C::Individual, Tag::UclgMemberIndividual),
            (C::Association, Tag::UclgMemberAssociation),
            (C::InternationalOrganisation, Tag::UclgMemberIntlOrg),
            (C::Associate, Tag::UclgAssociate),
            (C::Honorary, Tag::UclgHonorary),
            (C::Section, Tag::UclgSection),
        ];
        for (category, tag) in cases {
            check(
                &person(P::Other, member(K::Other, category, Active)),
                &[tag, Tag::UclgMember, Tag::GtfConstituency],
            );
        }
    }

    #[test]
    fn r1_the_door_is_open_to_active_and_in_arrears_and_closed_otherwise() {
        for state in [Active, InArrears] {
            let (tags, in_arrears) = derive(&person(P::Other, member(K::City, C::Individual, state)), now());
            assert!(tags.contains(&Tag::UclgMember), "{state}");
            assert_eq!(in_arrears, state == InArrears);
        }
        for state in [Applied, Approved, AwaitingFee, Suspended, Excluded, Resigned] {
            let facts = person(P::Other, member(K::City, C::Individual, state));
            check(&facts, &[Tag::City, Tag::LocalGovernment, Tag::CollectiveMember]);
            assert!(!derive(&facts, now()).1);
        }
    }

    #[test]
    fn r13_a_membership_suspended_yesterday_closes_the_door_today_and_not_for_last_week() {
        let mut city = OrganisationFacts::active(K::City);
        let yesterday = now().plus_days(-1);
        city.memberships = vec![(C::Individual, vec![(long_ago(), Active), (yesterday, Suspended)])];
        let facts = person(P::Mayor, city);

        assert!(!derive(&facts, now()).0.contains(&Tag::UclgMember));
        assert!(derive(&facts, now().plus_days(-7)).0.contains(&Tag::UclgMember));
    }

    #[test]
    fn somebody_with_one_member_up_to_date_is_not_in_arrears() {
        let (one, other) = (Id::named("organisation"), Id::named("other"));
        let mut facts = person(P::Mayor, member(K::City, C::Individual, InArrears));
        assert!(derive(&facts, now()).1);

        facts
            .organisations
            .insert(other, member(K::NationalAssociation, C::Association, Active));
        facts.positions.push(PositionFact {
            organisation: other,
            kind: P::Head,
            ..facts.positions[0].clone()
        });

        assert_eq!(facts.positions[0].organisation, one);
        assert!(!derive(&facts, now()).1);
    }

    #[test]
    fn relations_give_their_tags_while_they_hold() {
        let cases: &[(R, &[Tag])] = &[
            (
                R::GtfNetwork,
                &[Tag::GtfNetwork, Tag::GtfConstituency, Tag::CollectiveMember],
            ),
            (R::SisterOrg, &[Tag::SisterOrg]),
            (R::UclgPartner, &[Tag::UclgPartner]),
            (R::GlobalInstitutionalPartner, &[Tag::GlobalInstitutionalPartner]),
            (R::CivilSocietyPartner, &[Tag::CivilSocietyPartner]),
            (R::Stakeholder, &[Tag::Stakeholder]),
            (R::ConsultationMechanism, &[Tag::ConsultationMechanism]),
            (R::NationalGovernmentPartner, &[]),
            (R::MemberOfNetwork, &[]),
        ];
        for (kind, expected) in cases {
            check(&person(P::Other, related(K::Ngo, *kind, None)), expected);

            let mut over = related(K::Ngo, *kind, None);
            over.relations[0].to = Some(now());
            check(&person(P::Other, over), &[]);
        }
        assert_eq!(cases.len(), R::ALL.len());
    }

    #[test]
    fn r7_only_a_national_government_is_a_national_government_partner() {
        check(
            &person(
                P::Minister,
                related(K::NationalGovernment, R::NationalGovernmentPartner, None),
            ),
            &[
                Tag::Minister,
                Tag::NationalGovernment,
                Tag::NationalGovernmentPartner,
            ],
        );
    }

    #[test]
    fn r5_the_constituency_is_networks_of_the_task_force_and_members_of_one() {
        let network = Id::named("network");
        let mut facts = person(P::Mayor, related(K::City, R::MemberOfNetwork, Some(network)));
        let city = [
            Tag::Mayor,
            Tag::ElectedMandate,
            Tag::City,
            Tag::LocalGovernment,
            Tag::CollectiveMember,
        ];
        check(&facts, &city);

        facts.gtf_networks = vec![(network, long_ago(), None)];
        check(&facts, &[&city[..], &[Tag::GtfConstituency]].concat());

        facts.gtf_networks = vec![(network, long_ago(), Some(now()))];
        check(&facts, &city);
    }

    #[test]
    fn r5_a_national_government_is_not_of_the_constituency_even_as_an_associate_member() {
        check(
            &person(P::Minister, member(K::NationalGovernment, C::Associate, Active)),
            &[
                Tag::Minister,
                Tag::NationalGovernment,
                Tag::UclgAssociate,
                Tag::UclgMember,
            ],
        );
    }

    #[test]
    fn r14_a_registration_category_gives_its_own_tags_and_never_a_members() {
        let granted = |tag| PersonFacts {
            granted: vec![(tag, long_ago(), None)],
            ..PersonFacts::default()
        };
        check(&granted(Tag::Press), &[Tag::Press]);
        check(&granted(Tag::Exhibitor), &[Tag::Exhibitor]);
        for tag in [
            Tag::UclgMember,
            Tag::UclgMemberIndividual,
            Tag::Mayor,
            Tag::GtfNetwork,
            Tag::City,
        ] {
            check(&granted(tag), &[]);
        }
        let over = PersonFacts {
            granted: vec![(Tag::Press, long_ago(), Some(now()))],
            ..PersonFacts::default()
        };
        check(&over, &[]);
    }
}
