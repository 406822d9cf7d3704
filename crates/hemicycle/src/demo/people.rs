//! The people of the demonstration: three hundred, made from lists of names of several parts of the world.
//!
//! Visibly fictitious: every surname is a word for a place in a town (bridge, quay, square, lighthouse), in the language of
//! the given name. There are people of one name, apostrophes, Arabic, Cyrillic and Hangul among them, because such people
//! come to congresses. Nothing here is drawn by chance: the same people come every time.

use access_rules::{AccountId, Actor, PersonId};
use db::Conn;
use kernel::{Email, Fault, Id, Language, Moment};
use members::{
    focal_points::{self, FocalPointInput},
    model::{MembershipState, OrganisationKind, PositionKind},
    positions::{self, RecordInput},
};
use people::{
    accounts,
    persons::{self, NewPerson},
};

use super::{
    names::{Names, lists, pair},
    organisations::{Directory, INVENTED, Invented},
    personas::{self, Persona},
};

use PositionKind as P;

/// How many people there are, with those the mayor's assistant registers.
pub const PEOPLE: usize = 300;
/// How many the mayor's assistant registers.
pub(super) const OF_THE_ASSISTANT: usize = 4;

/// Somebody.
pub(super) struct Somebody {
    /// Their id.
    pub id: PersonId,
    /// Their account.
    pub account: AccountId,
    /// Given name.
    pub given_name: String,
    /// Family name; may be empty.
    pub family_name: String,
    /// Their language.
    pub language: Language,
    /// The address of their account.
    pub email: Email,
    /// The organisation they are of, by its key.
    pub of: Option<&'static str>,
    /// What they are there.
    pub kind: PositionKind,
    /// The same in their own words.
    pub title: &'static str,
    /// Whether the position is on record, or they say so when they register.
    pub is_recorded: bool,
    /// The persona's code, for those one can be.
    pub persona: Option<&'static str>,
    /// Their place among those made from lists.
    pub number: usize,
}

impl Somebody {
    /// Their name as one line.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
            .trim()
            .to_owned()
    }
}

/// What the people of a kind of organisation are: the position, in English, French and Spanish.
type Slot = (PositionKind, [&'static str; 3]);

const OF_A_CITY: &[Slot] = &[
    (P::Mayor, ["Mayor", "Maire", "Alcaldía"]),
    (
        P::Councillor,
        [
            "Council member for housing",
            "Conseil municipal, logement",
            "Concejalía de vivienda",
        ],
    ),
    (
        P::Councillor,
        [
            "Council member for finance",
            "Conseil municipal, finances",
            "Concejalía de hacienda",
        ],
    ),
    (
        P::Councillor,
        [
            "Council member for youth and culture",
            "Conseil municipal, jeunesse et culture",
            "Concejalía de juventud y cultura",
        ],
    ),
    (P::Staff, ["City planning", "Urbanisme", "Planificación urbana"]),
    (P::Staff, ["Water and climate", "Eau et climat", "Agua y clima"]),
    (
        P::Staff,
        [
            "International relations",
            "Relations internationales",
            "Relaciones internacionales",
        ],
    ),
    (
        P::Delegate,
        [
            "Delegate of the neighbourhood councils",
            "Délégation des conseils de quartier",
            "Delegación de los consejos de barrio",
        ],
    ),
];
const OF_A_REGION: &[Slot] = &[
    (
        P::Governor,
        [
            "President of the region",
            "Présidence de la région",
            "Presidencia de la región",
        ],
    ),
    (
        P::Councillor,
        [
            "Regional council, rural areas",
            "Conseil régional, ruralité",
            "Consejo regional, ruralidad",
        ],
    ),
    (
        P::Councillor,
        [
            "Regional council, transport",
            "Conseil régional, transports",
            "Consejo regional, transporte",
        ],
    ),
    (
        P::Staff,
        [
            "Regional planning",
            "Aménagement du territoire",
            "Ordenación del territorio",
        ],
    ),
    (
        P::Staff,
        [
            "Office of the region for Europe and the world",
            "Bureau de la région pour l’international",
            "Oficina internacional de la región",
        ],
    ),
    (P::Staff, ["Open data", "Données ouvertes", "Datos abiertos"]),
    (
        P::Delegate,
        [
            "Delegate of the valleys",
            "Délégation des vallées",
            "Delegación de los valles",
        ],
    ),
];
const OF_AN_ASSOCIATION: &[Slot] = &[
    (
        P::Head,
        [
            "President of the association",
            "Présidence de l’association",
            "Presidencia de la asociación",
        ],
    ),
    (
        P::Councillor,
        [
            "Board, local finance",
            "Bureau, finances locales",
            "Junta, finanzas locales",
        ],
    ),
    (
        P::Delegate,
        [
            "Delegate for small towns",
            "Délégation des petites villes",
            "Delegación de pequeños municipios",
        ],
    ),
    (
        P::Staff,
        ["General secretariat", "Secrétariat général", "Secretaría general"],
    ),
    (
        P::Staff,
        [
            "Training of elected officials",
            "Formation des élu·e·s",
            "Formación de cargos electos",
        ],
    ),
    (P::Staff, ["Advocacy", "Plaidoyer", "Incidencia"]),
];
const OF_A_MINISTRY: &[Slot] = &[
    (P::Minister, ["Minister", "Ministre", "Ministerio"]),
    (
        P::Staff,
        [
            "Directorate of decentralisation",
            "Direction de la décentralisation",
            "Dirección de descentralización",
        ],
    ),
    (
        P::Staff,
        [
            "National urban policy",
            "Politique urbaine nationale",
            "Política urbana nacional",
        ],
    ),
    (
        P::Delegate,
        [
            "Delegate for islands",
            "Délégation aux îles",
            "Delegación para las islas",
        ],
    ),
];
const OF_OTHERS: &[Slot] = &[
    (P::Head, ["Director", "Direction", "Dirección"]),
    (P::Staff, ["Research", "Recherche", "Investigación"]),
    (P::Staff, ["Programmes", "Programmes", "Programas"]),
    (P::Staff, ["Communication", "Communication", "Comunicación"]),
    (P::Other, ["Volunteer", "Bénévolat", "Voluntariado"]),
    (
        P::Delegate,
        [
            "Delegate of a community",
            "Délégation d’une communauté",
            "Delegación de una comunidad",
        ],
    ),
];

/// Makes everybody: with an account, a position where they have one, and the few who look after others.
pub(super) fn make(conn: &mut Conn, actor: &Actor, directory: &Directory) -> Result<Vec<Somebody>, Fault> {
    let known = Moment::at("2019-05-06T08:00:00Z");
    let holds = Moment::at("2017-01-09T08:00:00Z");
    let mut all = everybody();
    for (somebody, minutes) in all.iter_mut().zip(0..) {
        let at = known.plus_minutes(minutes);
        let new = NewPerson {
            id: Some(somebody.id),
            given_name: somebody.given_name.clone(),
            family_name: somebody.family_name.clone(),
            badge_name: None,
            language: Some(somebody.language),
        };
        persons::create(conn, at, &new)?;
        accounts::create_as(
            conn,
            at,
            somebody.account,
            somebody.id,
            &somebody.email,
            somebody.language,
        )?;
        accounts::verified(conn, at, somebody.account)?;
        if let (Some(of), true) = (somebody.of, somebody.is_recorded) {
            let input = RecordInput {
                person: Some(somebody.id),
                organisation: Some(directory.id(of)?),
                kind: Some(somebody.kind),
                title: somebody.title.to_owned(),
                from_at: Some(holds),
                to_at: None,
            };
            positions::record(conn, actor, at, &input)?;
        }
    }
    let focal = [("focal_point", "thornveld"), ("council", "kotalampu")];
    for (persona, of) in focal {
        let input = FocalPointInput {
            person: personas::find(persona).and_then(Persona::person),
        };
        focal_points::appoint(conn, actor, known, directory.id(of)?, &input)?;
    }
    Ok(all)
}

/// Everybody but those the mayor's assistant registers, the personas first.
fn everybody() -> Vec<Somebody> {
    let mut all: Vec<Somebody> = personas::personas().iter().filter_map(of_persona).collect();
    let mut taken = [0_usize; 14];
    for organisation in INVENTED {
        for slot in slots(organisation) {
            let has_persona =
                |somebody: &Somebody| somebody.of == Some(organisation.key) && somebody.kind == P::Mayor;
            // A city has one mayor, whom one may be.
            if slot.0 == P::Mayor && all.iter().any(has_persona) {
                continue;
            }
            all.push(from_lists(
                organisation.names,
                &mut taken,
                all.len(),
                Some((organisation, slot)),
            ));
        }
    }
    let lists = [
        Names::English,
        Names::Spanish,
        Names::French,
        Names::Arabic,
        Names::Hangul,
        Names::Portuguese,
        Names::Indian,
        Names::Eastern,
        Names::Cyrillic,
        Names::Turkish,
    ];
    let left = PEOPLE - OF_THE_ASSISTANT - all.len();
    for at in 0..left {
        all.push(from_lists(lists[at % lists.len()], &mut taken, all.len(), None));
    }
    all
}

const fn slots(organisation: &Invented) -> &'static [Slot] {
    match organisation.kind {
        OrganisationKind::City | OrganisationKind::Metropolis => OF_A_CITY,
        OrganisationKind::Region => OF_A_REGION,
        OrganisationKind::NationalAssociation | OrganisationKind::InternationalLgNetwork => OF_AN_ASSOCIATION,
        OrganisationKind::NationalGovernment => OF_A_MINISTRY,
        _ => OF_OTHERS,
    }
}

fn of_persona(persona: &Persona) -> Option<Somebody> {
    let (of, kind, title) = match persona.code {
        "assistant" => (Some("thornveld"), P::Staff, "Assistant to the mayor"),
        "arrears" => (
            Some("port-merrow"),
            P::Councillor,
            "Council member for the harbour",
        ),
        "council" => (Some("kotalampu"), P::Mayor, "Mayor"),
        "committee" => (Some("manarat"), P::Councillor, "Conseil municipal, finances"),
        "focal_point" => (Some("thornveld"), P::Staff, "Office of the mayor"),
        "partner" => (Some("hearth-and-commons"), P::Staff, "Convener"),
        "chair" => (Some("port-aux-baobabs"), P::Mayor, "Maire"),
        _ => (None, P::Other, ""),
    };
    Some(Somebody {
        id: persona.person()?,
        account: persona.account()?,
        given_name: persona.given_name.to_owned(),
        family_name: persona.family_name.to_owned(),
        language: persona.language,
        email: address(&persona.email()),
        of,
        kind,
        title,
        is_recorded: true,
        persona: Some(persona.code),
        number: 0,
    })
}

fn from_lists(
    names: Names,
    taken: &mut [usize; 14],
    number: usize,
    of: Option<(&'static Invented, &'static Slot)>,
) -> Somebody {
    let (given, family, language) = lists(names);
    let taken = &mut taken[names as usize];
    let (given_name, family_name) = pair(given, family, *taken);
    *taken += 1;
    let domain = of.map_or("post", |(organisation, _)| organisation.key);
    let title = of.map_or("", |(_, (_, titles))| match language {
        Language::En => titles[0],
        Language::Fr => titles[1],
        Language::Es => titles[2],
    });
    let kind = of.map_or(P::Other, |(_, (kind, _))| *kind);
    let is_elected = matches!(
        kind,
        P::Mayor | P::Governor | P::Minister | P::Head | P::Councillor
    );
    // Some say what they are only when they register; whoever left or only applied has nobody on record but the mayor.
    let is_known = of.is_none_or(|(organisation, _)| {
        !matches!(organisation.membership, Some((_, MembershipState::Applied)))
    });
    Somebody {
        id: Id::named(&format!("demo person {number}")),
        account: Id::named(&format!("demo account {number}")),
        given_name,
        family_name,
        language,
        email: address(&format!("person-{number:03}@{domain}.example")),
        of: of.map(|(organisation, _)| organisation.key),
        kind,
        title,
        is_recorded: is_elected || (is_known && number % 9 != 4),
        persona: None,
        number,
    }
}

fn address(text: &str) -> Email {
    text.parse().expect("an address under .example, written here")
}
