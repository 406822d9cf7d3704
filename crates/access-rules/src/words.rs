//! What each tag, role and circumstance is called in a sentence, in English, French and Spanish: always in the plural,
//! so that French can say « aux » and Spanish «a los».
//!
//! Terms follow `docs/domain.md`; French is inclusive where usage has a form for it, Spanish speaks of persons.

use kernel::Language;

use crate::{Atom, Role, Tag};

/// A noun phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// English, without article.
    pub en: &'static str,
    /// Whether it names organisations, so that English says "people of …".
    pub en_of: bool,
    /// French, after « les » or « aux ».
    pub fr: &'static str,
    /// Spanish, with its article.
    pub es: &'static str,
}

/// What those who meet a condition are called, and how the condition is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// As the subject of a rule.
    pub noun: Noun,
    /// After "provided they", « à condition » and «siempre que».
    pub asked: [&'static str; 3],
}

const fn of(en: &'static str, fr: &'static str, es: &'static str) -> Noun {
    Noun {
        en,
        en_of: true,
        fr,
        es,
    }
}

const fn who(en: &'static str, fr: &'static str, es: &'static str) -> Noun {
    Noun {
        en,
        en_of: false,
        fr,
        es,
    }
}

/// What people with this tag are called.
pub const fn tag(tag: Tag) -> Noun {
    match tag {
        Tag::Individual => who("individuals", "particuliers", "las personas a título individual"),
        Tag::UclgMemberIndividual => of(
            "local governments that are UCLG members",
            "gouvernements locaux membres de CGLU",
            "los gobiernos locales miembros de CGLU",
        ),
        Tag::UclgMemberAssociation => of(
            "associations of local governments that are UCLG members",
            "associations de gouvernements locaux membres de CGLU",
            "las asociaciones de gobiernos locales miembros de CGLU",
        ),
        Tag::UclgMemberIntlOrg => of(
            "international organisations that are UCLG members",
            "organisations internationales membres de CGLU",
            "las organizaciones internacionales miembros de CGLU",
        ),
        Tag::UclgAssociate => of(
            "associate members of UCLG",
            "membres associés de CGLU",
            "los miembros asociados de CGLU",
        ),
        Tag::UclgHonorary => of(
            "honorary members of UCLG",
            "membres honoraires de CGLU",
            "los miembros honorarios de CGLU",
        ),
        Tag::UclgSection => of("UCLG sections", "sections de CGLU", "las secciones de CGLU"),
        Tag::UclgMember => of(
            "UCLG member organisations",
            "membres de CGLU",
            "los miembros de CGLU",
        ),
        Tag::ConsultationMechanism => of(
            "UCLG consultation mechanisms",
            "mécanismes de consultation de CGLU",
            "los mecanismos de consulta de CGLU",
        ),
        Tag::CollectiveMember => of(
            "constituency members",
            "membres du collectif",
            "los miembros del colectivo",
        ),
        Tag::GtfConstituency => of(
            "the Global Taskforce constituency",
            "membres du collectif de la Global Taskforce",
            "los miembros del colectivo de la Global Taskforce",
        ),
        Tag::GtfNetwork => of(
            "Global Taskforce networks",
            "réseaux de la Global Taskforce",
            "las redes de la Global Taskforce",
        ),
        Tag::SisterOrg => of(
            "sister organisations of local governments",
            "organisations sœurs de gouvernements locaux",
            "las organizaciones hermanas de gobiernos locales",
        ),
        Tag::NationalGovernment => of(
            "national governments",
            "gouvernements nationaux",
            "los gobiernos nacionales",
        ),
        Tag::NationalGovernmentPartner => of(
            "partner national governments",
            "gouvernements nationaux partenaires",
            "los gobiernos nacionales asociados",
        ),
        Tag::UclgPartner => of("UCLG partners", "partenaires de CGLU", "los socios de CGLU"),
        Tag::GlobalInstitutionalPartner => of(
            "global institutional partners",
            "partenaires institutionnels mondiaux",
            "los socios institucionales mundiales",
        ),
        Tag::Stakeholder => of("stakeholders", "parties prenantes", "las partes interesadas"),
        Tag::CivilSocietyPartner => of(
            "civil-society partners",
            "partenaires de la société civile",
            "los socios de la sociedad civil",
        ),
        Tag::Mayor => who("mayors", "maires", "las alcaldesas y los alcaldes"),
        Tag::Governor => who(
            "governors",
            "gouverneur·e·s",
            "las gobernadoras y los gobernadores",
        ),
        Tag::Minister => who("ministers", "ministres", "las ministras y los ministros"),
        Tag::HeadOfOrganisation => who(
            "heads of organisations",
            "dirigeant·e·s d’organisations",
            "las personas que dirigen una organización",
        ),
        Tag::Councillor => who(
            "councillors",
            "conseiller·ère·s",
            "las concejalas y los concejales",
        ),
        Tag::ElectedMandate => who(
            "holders of an elected local mandate",
            "élu·e·s des gouvernements locaux",
            "las personas con un mandato local electivo",
        ),
        Tag::Staff => who(
            "staff of organisations",
            "membres du personnel des organisations",
            "las personas que trabajan en una organización",
        ),
        Tag::City => of("cities", "villes", "las ciudades"),
        Tag::Region => of("regions", "régions", "las regiones"),
        Tag::LocalGovernment => of(
            "local or regional governments",
            "gouvernements locaux ou régionaux",
            "los gobiernos locales o regionales",
        ),
        Tag::Academia => of(
            "academic institutions",
            "établissements universitaires",
            "las instituciones académicas",
        ),
        Tag::Press => who(
            "members of the press",
            "représentant·e·s de la presse",
            "las personas de la prensa",
        ),
        Tag::Exhibitor => who("exhibitors", "exposant·e·s", "las personas expositoras"),
        Tag::Accompanying => who(
            "accompanying persons",
            "personnes accompagnantes",
            "las personas acompañantes",
        ),
        Tag::Interpreter => who("interpreters", "interprètes", "las personas intérpretes"),
        Tag::Volunteer => who("volunteers", "bénévoles", "las personas voluntarias"),
        Tag::Observer => who(
            "observers",
            "observateurs et observatrices",
            "las personas observadoras",
        ),
    }
}

/// What people with this role are called.
pub const fn role(role: Role) -> Noun {
    match role {
        Role::PlatformAdmin => who(
            "platform administrators",
            "responsables de la plateforme",
            "las personas que administran la plataforma",
        ),
        Role::Secretariat => who(
            "staff of the secretariat",
            "membres du secrétariat",
            "las personas de la secretaría",
        ),
        Role::SectionOfficer => who(
            "section officers",
            "responsables de section",
            "las personas responsables de sección",
        ),
        Role::CommissionSecretariat => who(
            "secretariats of commissions",
            "secrétariats de commission",
            "las secretarías de comisión",
        ),
        Role::ThemeLead => who(
            "leads of Town Hall themes",
            "responsables de thématique du Town Hall",
            "las personas responsables de un tema del Cabildo Público",
        ),
        Role::Drafter => who(
            "drafters of a paper",
            "personnes qui rédigent un document",
            "las personas que redactan un documento",
        ),
        Role::SessionLead => who(
            "session leads",
            "responsables de session",
            "las personas responsables de sesión",
        ),
        Role::Rapporteur => who("rapporteurs", "rapporteur·e·s", "las personas relatoras"),
        Role::Chair => who(
            "chairs",
            "président·e·s de séance",
            "las personas que presiden la sesión",
        ),
        Role::ReturningOfficer => who(
            "returning officers",
            "responsables du scrutin",
            "las personas responsables de la votación",
        ),
        Role::Scrutineer => who(
            "scrutineers",
            "scrutateurs et scrutatrices",
            "las personas escrutadoras",
        ),
        Role::Registrar => who(
            "registrars",
            "responsables des inscriptions",
            "las personas responsables de las inscripciones",
        ),
        Role::BadgeDesk => who(
            "badge desk staff",
            "personnes de l’accueil des badges",
            "las personas del mostrador de acreditaciones",
        ),
        Role::Scanner => who(
            "door staff",
            "personnes qui contrôlent les entrées",
            "las personas que controlan las entradas",
        ),
        Role::Translator => who(
            "translators",
            "traducteurs et traductrices",
            "las personas traductoras",
        ),
        Role::PressOfficer => who(
            "press officers",
            "attaché·e·s de presse",
            "las personas encargadas de la prensa",
        ),
        Role::CareDesk => who(
            "care desk staff",
            "personnes chargées de l’assistance",
            "las personas encargadas de la asistencia",
        ),
        Role::GtfConvener => who(
            "conveners for the Global Taskforce",
            "personnes qui convoquent au nom de la Global Taskforce",
            "las personas que convocan en nombre de la Global Taskforce",
        ),
        Role::FocalPoint => who(
            "focal points of organisations",
            "points focaux des organisations",
            "los puntos focales de las organizaciones",
        ),
        Role::BodyMember => who(
            "members of statutory bodies",
            "membres des instances statutaires",
            "las personas miembros de los órganos estatutarios",
        ),
        Role::Participant => who(
            "registered participants",
            "participant·e·s inscrit·e·s",
            "las personas participantes inscritas",
        ),
    }
}

/// What a condition other than a tag, a role or a rule within the rule is called; nothing for those three and for what is
/// not understood.
pub const fn condition(atom: &Atom) -> Option<Condition> {
    let (noun, asked) = match atom {
        Atom::SignedIn => (
            who(
                "everyone with an account",
                "personnes ayant un compte",
                "las personas con cuenta",
            ),
            ["have an account", "d’avoir un compte", "tengan una cuenta"],
        ),
        Atom::Registered => (
            who(
                "everyone registered for the congress",
                "personnes inscrites au congrès",
                "las personas inscritas en el congreso",
            ),
            [
                "are registered for the congress",
                "d’être inscrit·e·s au congrès",
                "cuenten con inscripción en el congreso",
            ],
        ),
        Atom::AdmittedToTrack => (
            who(
                "everyone admitted to the track",
                "personnes admises dans le circuit",
                "las personas admitidas en el eje",
            ),
            [
                "are admitted to the track",
                "d’être admis·es dans le circuit",
                "cuenten con admisión en el eje",
            ],
        ),
        Atom::Invited => (
            who(
                "people invited in person",
                "personnes invitées à titre personnel",
                "las personas invitadas a título personal",
            ),
            [
                "have been invited in person",
                "d’avoir reçu une invitation personnelle",
                "hayan recibido una invitación personal",
            ],
        ),
        Atom::AcceptedInCall => (
            who(
                "people answering a specific call",
                "personnes qui répondent à un appel spécifique",
                "las personas que responden a una convocatoria específica",
            ),
            [
                "answer a specific call",
                "de répondre à un appel spécifique",
                "respondan a una convocatoria específica",
            ],
        ),
        Atom::OnRoster => (
            who(
                "people who sit in the body",
                "personnes qui siègent dans l’instance",
                "las personas que integran el órgano",
            ),
            [
                "sit in the body",
                "de siéger dans l’instance",
                "integren el órgano",
            ],
        ),
        Atom::Endorsed => (
            who(
                "people endorsed by their network",
                "personnes mandatées par leur réseau",
                "las personas avaladas por su red",
            ),
            [
                "are endorsed by their network",
                "d’être mandaté·e·s par leur réseau",
                "cuenten con el aval de su red",
            ],
        ),
        Atom::Everyone | Atom::Tag(_) | Atom::Role(_) | Atom::Rule(_) | Atom::Unknown(_) => return None,
    };
    Some(Condition { noun, asked })
}

/// What a condition is called on a checklist: a noun phrase without article in English and French; for a rule within the
/// rule and for what is not understood, as it is written.
pub fn label(atom: &Atom, language: Language) -> String {
    let noun = match atom {
        Atom::Everyone => Noun {
            en: "everyone, even without an account",
            en_of: false,
            fr: "tout le monde, même sans compte",
            es: "todo el mundo, incluso sin cuenta",
        },
        Atom::Tag(of) => tag(*of),
        Atom::Role(of) => role(*of),
        other => match condition(other) {
            Some(condition) => condition.noun,
            None => return atom.text(),
        },
    };
    match language {
        Language::En => noun.en,
        Language::Fr => noun.fr,
        Language::Es => noun.es,
    }
    .to_owned()
}
