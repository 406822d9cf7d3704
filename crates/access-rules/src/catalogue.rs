//! The rules a new edition begins with, each with the phrase or the reading it stands on. From then on they are data that
//! organisers change.
//!
//! « Ouvert à… » decides who may *propose*, exactly. To *attend*: every registered participant, except Labs, where the
//! phrase decides too (`readings.md`, R8). The statutory track has three doors: the *line* in the programme, the *room*,
//! the *papers* (R1, R2). A code this page does not know lets nobody in; a track of the edition's own begins as `general`.

use crate::{Act, Atom, Rule, Tag};

/// A rule to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// The track, format or door.
    pub code: &'static str,
    /// What it decides.
    pub act: Act,
    /// Who may.
    pub rule: Rule,
    /// The phrase of the source, in French, or the reading.
    pub source: &'static str,
}

/// The acts a rule decides.
pub const ACTS: [Act; 4] = [Act::Propose, Act::Attend, Act::Speak, Act::Vote];

/// The tracks, formats and kinds of session that have their four rules.
pub const CODES: [&str; 11] = [
    "assembly",
    "world_assembly",
    "town_hall",
    "local4action",
    "inspiration",
    "local_policies_voices",
    "global_conversations",
    "labs",
    "statutory",
    "general",
    "plenary",
];

/// The doors of the statutory track and the act each decides: the line in the programme; the room, for its roster or
/// observed by other members (General Assembly, World Council); the papers, for the roster or for all members (General
/// Assembly).
pub const DOORS: [(&str, Act); 5] = [
    ("statutory_line", Act::Read),
    ("statutory_room", Act::Attend),
    ("statutory_room_observed", Act::Attend),
    ("statutory_papers", Act::Read),
    ("statutory_papers_members", Act::Read),
];

/// The rule a track, format or door begins with; nobody passes one this page does not know.
pub fn seeded(track_or_format: &str, act: Act) -> Rule {
    find(track_or_format, act).0
}

/// The phrase or reading that rule stands on; empty when this page does not know it.
pub fn source(track_or_format: &str, act: Act) -> &'static str {
    find(track_or_format, act).1
}

/// Every rule to begin with, in the order of the tracks.
pub fn all() -> Vec<Seed> {
    let of_acts = CODES
        .into_iter()
        .flat_map(|code| ACTS.into_iter().map(move |act| (code, act)));
    of_acts
        .chain(DOORS)
        .map(|(code, act)| {
            let (rule, source) = find(code, act);
            Seed {
                code,
                act,
                rule,
                source,
            }
        })
        .collect()
}

fn find(code: &str, act: Act) -> (Rule, &'static str) {
    match act {
        Act::Propose => propose(code),
        Act::Attend => attend(code),
        Act::Speak => speak(code),
        Act::Vote => vote(code),
        Act::Read => papers(code),
        Act::UseSite
        | Act::MindOwn
        | Act::Register
        | Act::MindOrganisation
        | Act::SeeDesk
        | Act::ManageEdition
        | Act::ManageFormats
        | Act::ManageRules
        | Act::EditSession
        | Act::ProposeChange
        | Act::PlaceSession
        | Act::WaiveConflict
        | Act::Release
        | Act::Import
        | Act::SeePeople
        | Act::ManageMembers
        | Act::ConfirmPosition
        | Act::GrantRole
        | Act::DecideRegistration
        | Act::ReadNeeds
        | Act::ReadNeedsTotals
        | Act::ManageMeeting
        | Act::ManagePapers
        | Act::WritePaper
        | Act::TranslatePaper
        | Act::Comment
        | Act::RecordResult
        | Act::RunAssembly
        | Act::ManageOutcomes
        | Act::ReadOutbox
        | Act::ManageOutbox
        | Act::ReadAudit
        | Act::RunSite => unknown(),
    }
}

fn propose(code: &str) -> (Rule, &'static str) {
    match code {
        "assembly" => (
            Rule::tags([Tag::UclgSection, Tag::SisterOrg, Tag::LocalGovernment]).and([Atom::Invited]),
            "«\u{a0}Les représentant·e·s des GLR seront les principaux pilotes de ce circuit. […] Les sections de CGLU, ainsi que les organisations sœurs de gouvernements locaux, seront invitées\u{a0}»",
        ),
        "world_assembly" => (
            Rule::nobody(),
            "«\u{a0}L’Assemblée mondiale est convoquée par la Global Taskforce\u{a0}»",
        ),
        "town_hall" => (
            Rule::tags([Tag::CivilSocietyPartner]),
            "«\u{a0}Ce sont les partenaires de la société civile qui prendront le siège de pilote de ce circuit.\u{a0}»",
        ),
        "local4action" => (
            Rule::tags([Tag::Individual]),
            "«\u{a0}Le circuit Local4Action sera l’espace où tout le monde se sentira chez soi\u{a0}!\u{a0}» — each format narrows it.",
        ),
        "inspiration" => (
            Rule::tags([Tag::Individual, Tag::Mayor, Tag::City]),
            "«\u{a0}Ouvert aux particuliers, professionnel·le·s, influenceur·se·s, maires, villes, etc.\u{a0}»",
        ),
        "local_policies_voices" => (
            Rule::tags([
                Tag::UclgMember,
                Tag::NationalGovernment,
                Tag::UclgPartner,
                Tag::CollectiveMember,
                Tag::ConsultationMechanism,
                Tag::CivilSocietyPartner,
                Tag::GlobalInstitutionalPartner,
            ]),
            "«\u{a0}Ouvert aux membres de CGLU, aux gouvernements nationaux, aux partenaires de CGLU, aux membres du collectif, aux mécanismes de consultation de CGLU et aux partenaires.\u{a0}» Reading: the second «\u{a0}partenaires\u{a0}» are civil-society or global institutional partners.",
        ),
        "global_conversations" => (
            Rule::tags([
                Tag::GtfConstituency,
                Tag::GlobalInstitutionalPartner,
                Tag::Stakeholder,
            ])
            .and([Atom::AcceptedInCall]),
            "«\u{a0}Ouvert au collectif de la Global Taskforce, aux partenaires institutionnels mondiaux, aux parties prenantes. Convoqué via des processus d’appel spécifiques.\u{a0}» Reading: networks of the Task Force and members of one.",
        ),
        "labs" => (labs().and([Atom::AcceptedInCall]), LABS),
        "statutory" => (
            Rule::nobody(),
            "Convened by the bodies; planned by the statutory desk.",
        ),
        "general" | "plenary" => (Rule::nobody(), "Planned by the secretariat."),
        _ => unknown(),
    }
}

fn attend(code: &str) -> (Rule, &'static str) {
    match code {
        "labs" => (labs().and([Atom::Registered]), LABS),
        "statutory" => (
            Rule::tags([Tag::UclgMember]).and([Atom::Registered]),
            "«\u{a0}Ce circuit est réservé aux membres de CGLU uniquement.\u{a0}»",
        ),
        "statutory_room" => (
            Rule::any([Atom::OnRoster]).and([Atom::Tag(Tag::UclgMember), Atom::Registered]),
            "Reading: the roster sits; committees and Executive Bureau, the roster only.",
        ),
        "statutory_room_observed" => (
            Rule::tags([Tag::UclgMember]).and([Atom::Registered]),
            "Reading: the roster sits; other members observe the General Assembly and the World Council.",
        ),
        "town_hall" => (
            registered(),
            "«\u{a0}sous un format ouvert\u{a0}» Reading: every registered participant attends.",
        ),
        "world_assembly" => (registered(), "Reading: any registered participant attends."),
        "assembly" | "local4action" | "inspiration" | "local_policies_voices" | "global_conversations" => (
            registered(),
            "Reading: the phrase decides who may propose; every registered participant attends.",
        ),
        "general" | "plenary" => (registered(), "Every registered participant attends."),
        _ => unknown(),
    }
}

fn speak(code: &str) -> (Rule, &'static str) {
    match code {
        "world_assembly" => (
            Rule::any([Atom::Endorsed]).and([Atom::Registered]),
            "Reading: endorsement by one’s network gives the floor.",
        ),
        "statutory" => (
            Rule::any([Atom::OnRoster]).and([Atom::Tag(Tag::UclgMember)]),
            "Whoever sits in the body; observers on the chair’s invitation.",
        ),
        "assembly"
        | "town_hall"
        | "local4action"
        | "inspiration"
        | "local_policies_voices"
        | "global_conversations"
        | "general"
        | "plenary" => (registered(), "Whoever is in the room."),
        "labs" => (labs().and([Atom::Registered]), "Whoever is in the room."),
        _ => unknown(),
    }
}

fn vote(code: &str) -> (Rule, &'static str) {
    match code {
        "world_assembly" => (
            Rule::any([Atom::Endorsed]).and([Atom::Registered]),
            "Reading: endorsement by one’s network gives a say in consensus.",
        ),
        "statutory" => (
            Rule::tags([
                Tag::UclgMemberIndividual,
                Tag::UclgMemberAssociation,
                Tag::UclgMemberIntlOrg,
                Tag::UclgSection,
            ])
            .and([Atom::OnRoster]),
            "Statutes, art. 36: local-government members, presidents of sections and international organisations; not associate or honorary members, and nobody in arrears.",
        ),
        "assembly"
        | "town_hall"
        | "local4action"
        | "inspiration"
        | "local_policies_voices"
        | "global_conversations"
        | "labs"
        | "general"
        | "plenary" => (Rule::nobody(), "Nothing is voted here."),
        _ => unknown(),
    }
}

fn papers(code: &str) -> (Rule, &'static str) {
    match code {
        "statutory_line" => (
            Rule::any([Atom::Everyone]),
            "Reading: body, day, time and \u{201c}members only\u{201d} are public unless hidden.",
        ),
        "statutory_papers" => (
            Rule::any([Atom::OnRoster]).and([Atom::Tag(Tag::UclgMember)]),
            "Reading: agenda, documents and attendance are for the roster.",
        ),
        "statutory_papers_members" => (
            Rule::tags([Tag::UclgMember]),
            "Reading: agenda, documents and attendance of the General Assembly are for all members, in arrears too.",
        ),
        _ => unknown(),
    }
}

const LABS: &str = "«\u{a0}Ouvert aux membres de CGLU, aux partenaires des gouvernements nationaux, aux membres du collectif, via des processus d’appel spécifiques.\u{a0}» Reading: national governments that are partners.";

fn labs() -> Rule {
    Rule::tags([
        Tag::UclgMember,
        Tag::NationalGovernmentPartner,
        Tag::CollectiveMember,
    ])
}

fn registered() -> Rule {
    Rule::any([Atom::Registered])
}

fn unknown() -> (Rule, &'static str) {
    (Rule::nobody(), "")
}
