//! The organisations of the demonstration: real networks and partners by name alone, invented members with what concerns
//! them alone.
//!
//! Real ones bear what public sources say of them (`sources`), and nobody of the demonstration holds a position in one.
//! Memberships in every state, dues and contacts are those of invented organisations only.

use std::collections::BTreeMap;

use access_rules::{Actor, OrganisationId};
use db::Conn;
use kernel::{Fault, LocalDate, Moment};
use members::{
    contacts,
    dues::{self, DuesInput},
    memberships::{self, AdmitInput, StepInput},
    model::{Category, DuesState, MembershipState, OrganisationKind, RelationKind},
    organisations::{self, OrganisationInput},
    relations::{self, RelationInput},
    sections::Section,
};

use super::people::Names;

use Category as C;
use OrganisationKind as K;
use RelationKind as R;
use Section as S;

/// A real organisation.
struct Real {
    key: &'static str,
    name: &'static str,
    acronym: &'static str,
    kind: OrganisationKind,
    section: Option<Section>,
    relation: Option<RelationKind>,
}

/// An invented organisation.
pub(super) struct Invented {
    /// Its key in the tables of the demonstration, and its name in `.example`.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What sort it is.
    pub kind: OrganisationKind,
    /// Its country, or empty.
    pub country: &'static str,
    /// Its section, when it has no country or another one.
    pub section: Option<Section>,
    /// What its people are called.
    pub names: Names,
    /// In which way it is a member, and how far that is by November 2019.
    pub membership: Option<(Category, MembershipState)>,
    /// What it is to UCLG.
    pub relation: Option<RelationKind>,
}

/// The organisations made, by their keys.
pub(super) struct Directory {
    by_key: BTreeMap<&'static str, OrganisationId>,
    names: BTreeMap<&'static str, &'static str>,
}

impl Directory {
    /// The organisation of a key.
    pub fn id(&self, key: &str) -> Result<OrganisationId, Fault> {
        let found = self.by_key.get(key).copied();
        found.ok_or_else(|| Fault::internal(format!("the demonstration has no organisation {key:?}")))
    }

    /// Its name.
    pub fn name(&self, key: &str) -> &'static str {
        self.names.get(key).copied().unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }
}

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
const REAL: &[Real] = &[
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

use MembershipState::{Active, Applied, AwaitingFee, InArrears, Resigned, Suspended};

/// Invented organisations. Whoever owes, waits or left has no country either.
pub(super) const INVENTED: &[Invented] = &[
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

/// Makes all organisations, with what is recorded of them by November 2019.
pub(super) fn make(conn: &mut Conn, actor: &Actor) -> Result<Directory, Fault> {
    let mut directory = Directory {
        by_key: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    let since = Moment::at("2013-10-04T08:00:00Z");
    for row in REAL {
        let input = OrganisationInput {
            name: row.name.to_owned(),
            acronym: row.acronym.to_owned(),
            kind: Some(row.kind),
            section: row.section,
            despite_lookalike: true,
            ..OrganisationInput::default()
        };
        let id = organisations::create(conn, actor, since, &input)?.id;
        relate(
            conn,
            actor,
            since,
            id,
            row.relation,
            "public sources, see /about-this-demo",
        )?;
        if row.kind == K::Section {
            let as_of_right = AdmitInput {
                category: Some(C::Section),
                state: Some(Active),
                reason: "as of right".to_owned(),
                ..AdmitInput::default()
            };
            memberships::admit(conn, actor, since, id, &as_of_right)?;
        }
        directory.by_key.insert(row.key, id);
        directory.names.insert(row.key, row.name);
    }
    for row in INVENTED {
        let domain = format!("{}.example", row.key);
        let input = OrganisationInput {
            name: row.name.to_owned(),
            kind: Some(row.kind),
            country: row.country.to_owned(),
            section: row.section,
            site: format!("https://{domain}/"),
            email_domain: domain.clone(),
            despite_lookalike: true,
            ..OrganisationInput::default()
        };
        let id = organisations::create(conn, actor, since, &input)?.id;
        relate(conn, actor, since, id, row.relation, "demonstration")?;
        if let Some((category, state)) = row.membership {
            join(conn, actor, id, category, state)?;
        }
        if let Ok(address) = format!("mayors-office@{domain}").parse() {
            contacts::keep(conn, id, &address, "Mayor’s office (demonstration)")?;
        }
        directory.by_key.insert(row.key, id);
        directory.names.insert(row.key, row.name);
    }
    let network = directory.id("lighthouse-towns")?;
    for member in ["puerto-farol", "villafarola", "manarat"] {
        let input = RelationInput {
            kind: Some(R::MemberOfNetwork),
            other: Some(network),
            basis: "demonstration".to_owned(),
            ..RelationInput::default()
        };
        relations::record(conn, actor, since, directory.id(member)?, &input)?;
    }
    Ok(directory)
}

fn relate(
    conn: &mut Conn,
    actor: &Actor,
    since: Moment,
    id: OrganisationId,
    kind: Option<R>,
    basis: &str,
) -> Result<(), Fault> {
    let Some(kind) = kind else { return Ok(()) };
    let input = RelationInput {
        kind: Some(kind),
        basis: basis.to_owned(),
        from_at: Some(since),
        ..RelationInput::default()
    };
    relations::record(conn, actor, since, id, &input).map(drop)
}

/// The life of an invented membership until November 2019, with the fees that go with it.
fn join(
    conn: &mut Conn,
    actor: &Actor,
    id: OrganisationId,
    category: C,
    state: MembershipState,
) -> Result<(), Fault> {
    let begins = Moment::at("2014-03-03T09:00:00Z");
    let lately = Moment::at("2019-03-04T09:00:00Z");
    let (first, then, at) = match state {
        Applied => (Applied, None, lately),
        AwaitingFee => (AwaitingFee, None, lately),
        later => (Active, (later != Active).then_some(later), begins),
    };
    let admit = AdmitInput {
        category: Some(category),
        state: Some(first),
        reason: "demonstration".to_owned(),
        ..AdmitInput::default()
    };
    let membership = memberships::admit(conn, actor, at, id, &admit)?;
    if let Some(later) = then {
        let step = StepInput {
            state: Some(later),
            reason: "demonstration".to_owned(),
            ..StepInput::default()
        };
        memberships::step(conn, actor, lately, membership.id, None, &step)?;
    }
    for (year, paid) in fees(state) {
        let input = DuesInput {
            year: *year,
            state: Some(*paid),
            amount_cents: (*paid != DuesState::Waived).then_some(if *paid == DuesState::Paid {
                250_000
            } else {
                90_000
            }),
            currency: if *paid == DuesState::Waived {
                String::new()
            } else {
                "EUR".to_owned()
            },
            paid_on: (*paid != DuesState::Waived).then(|| LocalDate::on(&format!("{year}-04-15"))),
        };
        dues::record(conn, actor, lately, id, &input)?;
    }
    Ok(())
}

const fn fees(state: MembershipState) -> &'static [(i32, DuesState)] {
    use DuesState::{Paid, Partial, Waived};
    match state {
        Active => &[(2017, Paid), (2018, Paid), (2019, Paid)],
        InArrears => &[(2017, Paid), (2018, Partial)],
        Suspended => &[(2016, Paid), (2017, Partial)],
        Resigned => &[(2016, Paid), (2017, Waived)],
        _ => &[],
    }
}
