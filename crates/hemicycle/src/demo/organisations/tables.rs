//! The tables of organisations: real ones by name, invented ones with what is recorded of them.

use members::{
    model::{
        Category as C,
        MembershipState::{self, Active, Applied, AwaitingFee, InArrears, Resigned, Suspended},
        OrganisationKind as K, RelationKind as R,
    },
    sections::Section as S,
};

use super::{Invented, Real};
use crate::demo::names::Names;

const fn real(
    key: &'static str,
    name: &'static str,
    acronym: &'static str,
    kind: K,
    relation: Option<R>,
) -> Real {
    Real {
        key,
        name,
        acronym,
        kind,
        section: None,
        relation,
    }
}

const fn section(key: &'static str, name: &'static str, acronym: &'static str, of: S) -> Real {
    Real {
        key,
        name,
        acronym,
        kind: K::Section,
        section: Some(of),
        relation: Some(R::GtfNetwork),
    }
}

/// Real organisations, by the public sources named in `sources`.
pub(super) const REAL: &[Real] = &[
    real(
        "uclg",
        "United Cities and Local Governments",
        "UCLG",
        K::InternationalLgNetwork,
        Some(R::GtfNetwork),
    ),
    section("uclg-africa", "UCLG Africa", "UCLGA", S::Africa),
    section("uclg-aspac", "UCLG Asia-Pacific", "UCLG ASPAC", S::AsiaPacific),
    section("uclg-eurasia", "UCLG Eurasia", "", S::Eurasia),
    section(
        "cemr",
        "Council of European Municipalities and Regions",
        "CEMR",
        S::Europe,
    ),
    section(
        "flacma",
        "Federación Latinoamericana de Ciudades, Municipios y Asociaciones de Gobiernos Locales",
        "FLACMA",
        S::LatinAmerica,
    ),
    section(
        "uclg-mewa",
        "UCLG Middle East and West Asia",
        "UCLG MEWA",
        S::Mewa,
    ),
    section("uclg-noram", "UCLG North America", "UCLG NORAM", S::NorthAmerica),
    section("metropolis", "Metropolis", "", S::Metropolitan),
    section("uclg-regions", "UCLG Regions", "", S::Regions),
    real(
        "iclei",
        "ICLEI – Local Governments for Sustainability",
        "ICLEI",
        K::InternationalLgNetwork,
        Some(R::GtfNetwork),
    ),
    real(
        "aimf",
        "Association internationale des maires francophones",
        "AIMF",
        K::InternationalLgNetwork,
        Some(R::GtfNetwork),
    ),
    real(
        "clgf",
        "Commonwealth Local Government Forum",
        "CLGF",
        K::InternationalLgNetwork,
        Some(R::GtfNetwork),
    ),
    real(
        "mercociudades",
        "Mercociudades",
        "",
        K::RegionalAssociation,
        Some(R::GtfNetwork),
    ),
    real(
        "c40",
        "C40 Cities",
        "C40",
        K::InternationalLgNetwork,
        Some(R::GtfNetwork),
    ),
    real(
        "orufogar",
        "United Regions Organization",
        "ORU FOGAR",
        K::InternationalLgNetwork,
        Some(R::GtfNetwork),
    ),
    real(
        "ucci",
        "Unión de Ciudades Capitales Iberoamericanas",
        "UCCI",
        K::RegionalAssociation,
        Some(R::GtfNetwork),
    ),
    real(
        "gpr2c",
        "Global Platform for the Right to the City",
        "GPR2C",
        K::Ngo,
        Some(R::CivilSocietyPartner),
    ),
    real(
        "hic",
        "Habitat International Coalition",
        "HIC",
        K::Ngo,
        Some(R::CivilSocietyPartner),
    ),
    real(
        "world-enabled",
        "World Enabled",
        "",
        K::Ngo,
        Some(R::CivilSocietyPartner),
    ),
    real(
        "huairou",
        "Huairou Commission",
        "",
        K::Ngo,
        Some(R::CivilSocietyPartner),
    ),
    real(
        "gap",
        "General Assembly of Partners",
        "GAP",
        K::Other,
        Some(R::CivilSocietyPartner),
    ),
    real(
        "cities-alliance",
        "Cities Alliance",
        "",
        K::InternationalOrganisation,
        Some(R::CivilSocietyPartner),
    ),
    real(
        "un-habitat",
        "UN-Habitat",
        "",
        K::UnAgency,
        Some(R::GlobalInstitutionalPartner),
    ),
    real(
        "unicef",
        "UNICEF",
        "",
        K::UnAgency,
        Some(R::GlobalInstitutionalPartner),
    ),
    real(
        "cisdp",
        "Committee on Social Inclusion, Participatory Democracy and Human Rights",
        "CISDP",
        K::ConsultationMechanism,
        Some(R::ConsultationMechanism),
    ),
    real(
        "culture",
        "Committee on Culture of UCLG",
        "",
        K::ConsultationMechanism,
        Some(R::ConsultationMechanism),
    ),
];

const fn city(
    key: &'static str,
    name: &'static str,
    country: &'static str,
    names: Names,
    state: MembershipState,
) -> Invented {
    Invented {
        key,
        name,
        kind: K::City,
        country,
        section: None,
        names,
        membership: Some((C::Individual, state)),
        relation: None,
    }
}

const fn other(key: &'static str, name: &'static str, kind: K, names: Names) -> Invented {
    Invented {
        key,
        name,
        kind,
        country: "",
        section: None,
        names,
        membership: None,
        relation: None,
    }
}

/// Invented organisations. Whoever owes, waits or left has no country either.
pub(in crate::demo) const INVENTED: &[Invented] = &[
    city("thornveld", "Thornveld-on-Sea", "ZA", Names::Southern, Active),
    city(
        "port-aux-baobabs",
        "Port-aux-Baobabs",
        "SN",
        Names::Western,
        Active,
    ),
    city("sokomwezi", "Sokomwezi", "TZ", Names::Eastern, Active),
    city("kotalampu", "Kotalampu", "ID", Names::OneName, Active),
    city("naru-deungdae", "Naru-Deungdae", "KR", Names::Hangul, Active),
    city("diyapur-nadi", "Diyapur-Nadi", "IN", Names::Indian, Active),
    city("svetlomost", "Svetlomost", "KZ", Names::Cyrillic, Active),
    Invented {
        section: Some(S::Europe),
        ..city("port-merrow", "Port Merrow", "", Names::English, InArrears)
    },
    city(
        "brueckenlicht",
        "Brückenlicht an der Uhr",
        "DE",
        Names::German,
        Active,
    ),
    city("pontdelune", "Pontdelune-les-Quais", "FR", Names::French, Active),
    Invented {
        section: Some(S::Europe),
        ..city("villafarola", "Villafarola", "", Names::Spanish, Resigned)
    },
    city(
        "puerto-farol",
        "Puerto Farol de los Vientos",
        "CO",
        Names::Spanish,
        Active,
    ),
    Invented {
        section: Some(S::LatinAmerica),
        ..city("san-telar", "San Telar del Puente", "", Names::Spanish, Suspended)
    },
    city("koprudeniz", "Köprüdeniz", "TR", Names::Turkish, Active),
    city("manarat", "Manarat al-Fanar", "LB", Names::Arabic, Active),
    Invented {
        section: Some(S::NorthAmerica),
        ..city("lanternbridge", "Lanternbridge", "", Names::English, AwaitingFee)
    },
    Invented {
        kind: K::Metropolis,
        section: Some(S::Metropolitan),
        ..city(
            "three-estuaries",
            "Metropolis of the Three Estuaries",
            "",
            Names::Western,
            Active,
        )
    },
    Invented {
        kind: K::Metropolis,
        section: Some(S::Metropolitan),
        ..city(
            "pontes-novas",
            "Grande Pontes Novas",
            "",
            Names::Portuguese,
            Active,
        )
    },
    Invented {
        kind: K::Region,
        section: Some(S::Regions),
        ..city(
            "seven-valleys",
            "Region of the Seven Valleys",
            "",
            Names::German,
            Active,
        )
    },
    Invented {
        kind: K::Region,
        section: Some(S::Regions),
        ..city(
            "deux-escales",
            "Région des Deux-Escales",
            "",
            Names::Arabic,
            Active,
        )
    },
    Invented {
        kind: K::Region,
        section: Some(S::Regions),
        ..city(
            "llanos-claros",
            "Región de los Llanos Claros",
            "",
            Names::Spanish,
            Applied,
        )
    },
    Invented {
        kind: K::NationalAssociation,
        section: Some(S::Africa),
        membership: Some((C::Association, Active)),
        ..other(
            "harbour-union",
            "Union of Harbour Municipalities (demonstration)",
            K::NationalAssociation,
            Names::Southern,
        )
    },
    Invented {
        section: Some(S::Africa),
        membership: Some((C::Association, InArrears)),
        ..other(
            "communes-du-fleuve",
            "Fédération des communes du Fleuve (demonstration)",
            K::NationalAssociation,
            Names::Western,
        )
    },
    Invented {
        section: Some(S::LatinAmerica),
        membership: Some((C::Association, Active)),
        ..other(
            "altiplano",
            "Asociación de Municipios del Altiplano Claro (demonstration)",
            K::NationalAssociation,
            Names::Spanish,
        )
    },
    Invented {
        section: Some(S::AsiaPacific),
        membership: Some((C::Association, Active)),
        ..other(
            "island-councils",
            "League of Island Councils (demonstration)",
            K::NationalAssociation,
            Names::Indian,
        )
    },
    Invented {
        membership: Some((C::InternationalOrganisation, Active)),
        relation: Some(R::SisterOrg),
        ..other(
            "lighthouse-towns",
            "Network of Lighthouse Towns (demonstration)",
            K::InternationalLgNetwork,
            Names::Turkish,
        )
    },
    Invented {
        relation: Some(R::NationalGovernmentPartner),
        ..other(
            "ministry-islands",
            "Ministry of Towns and Islands (demonstration)",
            K::NationalGovernment,
            Names::Eastern,
        )
    },
    other(
        "ministry-territories",
        "Ministry of Territories (demonstration)",
        K::NationalGovernment,
        Names::French,
    ),
    Invented {
        membership: Some((C::Associate, Active)),
        ..other(
            "estuary-university",
            "Estuary University, School of Cities (demonstration)",
            K::Academia,
            Names::English,
        )
    },
    Invented {
        relation: Some(R::CivilSocietyPartner),
        ..other(
            "hearth-and-commons",
            "Hearth and Commons, a coalition (demonstration)",
            K::Ngo,
            Names::Indian,
        )
    },
    Invented {
        relation: Some(R::Stakeholder),
        ..other(
            "open-square",
            "Open Square Foundation (demonstration)",
            K::Foundation,
            Names::Portuguese,
        )
    },
    other(
        "quayside-courier",
        "The Quayside Courier (demonstration)",
        K::Press,
        Names::English,
    ),
    other(
        "tidal-transit",
        "Tidal Transit Works (demonstration)",
        K::Company,
        Names::German,
    ),
];
