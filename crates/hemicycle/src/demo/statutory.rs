//! Rosters, agendas and papers of the demonstration: who sits, what is on the table, for whom.
//!
//! All of it invented, but for the names of the bodies. Papers are plain text and say so in their first line; they are
//! laid into the store before the transaction and hung on their meetings within it.

use access_rules::{Actor, EditionId};
use db::Conn;
use files::{Received, Store};
use kernel::{Fault, Moment};
use members::model::PositionKind as P;
use statutory::{
    agenda::{self, ItemInput},
    bodies,
    documents::{self, DocumentInput},
    meetings::{self, MeetingCard},
    model::ItemKind,
    roster::{self, SeatInput},
};

use super::{
    organisations::{Directory, INVENTED},
    people::Somebody,
};

use ItemKind::{ForAdoption, ForDecision, ForElection, ForInformation};

/// An agenda: of which body, sent out when.
struct Agenda {
    body: &'static str,
    sent: &'static str,
    items: &'static [(ItemKind, [&'static str; 3])],
}

const OPENING: (ItemKind, [&str; 3]) = (
    ForAdoption,
    [
        "Adoption of the agenda",
        "Adoption de l’ordre du jour",
        "Aprobación del orden del día",
    ],
);
const MINUTES: (ItemKind, [&str; 3]) = (
    ForAdoption,
    [
        "Minutes of the last meeting (demonstration)",
        "Procès-verbal de la dernière réunion (démonstration)",
        "Acta de la última reunión (demostración)",
    ],
);

const AGENDAS: &[Agenda] = &[
    Agenda {
        body: "general_assembly",
        sent: "2019-10-08T09:00:00Z",
        items: &[
            OPENING,
            MINUTES,
            (
                ForInformation,
                [
                    "Report on activities (demonstration)",
                    "Rapport d’activité (démonstration)",
                    "Informe de actividades (demostración)",
                ],
            ),
            (
                ForInformation,
                [
                    "Report on the elections in the sections (demonstration)",
                    "Rapport sur les élections dans les sections (démonstration)",
                    "Informe sobre las elecciones en las secciones (demostración)",
                ],
            ),
            (
                ForDecision,
                [
                    "Appointment of the World Council (demonstration)",
                    "Désignation du Conseil mondial (démonstration)",
                    "Designación del Consejo Mundial (demostración)",
                ],
            ),
        ],
    },
    Agenda {
        body: "world_council",
        sent: "2019-10-21T09:00:00Z",
        items: &[
            OPENING,
            (
                ForElection,
                [
                    "Election of the Presidency (demonstration)",
                    "Élection de la Présidence (démonstration)",
                    "Elección de la Presidencia (demostración)",
                ],
            ),
            (
                ForAdoption,
                [
                    "Work plan (demonstration)",
                    "Plan de travail (démonstration)",
                    "Plan de trabajo (demostración)",
                ],
            ),
            (
                ForAdoption,
                [
                    "Budget (demonstration)",
                    "Budget (démonstration)",
                    "Presupuesto (demostración)",
                ],
            ),
        ],
    },
    Agenda {
        body: "executive_bureau",
        sent: "2019-10-21T10:00:00Z",
        items: &[
            OPENING,
            MINUTES,
            (
                ForDecision,
                [
                    "Proposals to the World Council (demonstration)",
                    "Propositions au Conseil mondial (démonstration)",
                    "Propuestas al Consejo Mundial (demostración)",
                ],
            ),
        ],
    },
    Agenda {
        body: "statutory_affairs_committee",
        sent: "2019-10-21T11:00:00Z",
        items: &[
            OPENING,
            (
                ForDecision,
                [
                    "Requests for membership (demonstration)",
                    "Demandes d’adhésion (démonstration)",
                    "Solicitudes de adhesión (demostración)",
                ],
            ),
        ],
    },
    Agenda {
        body: "financial_management_committee",
        sent: "2019-10-21T12:00:00Z",
        items: &[
            OPENING,
            (
                ForInformation,
                [
                    "Dues of the year (demonstration)",
                    "Cotisations de l’année (démonstration)",
                    "Cuotas del año (demostración)",
                ],
            ),
        ],
    },
];

/// Papers: body, number of the item, languages.
const PAPERS: &[(&str, i64, &[&str])] = &[
    ("general_assembly", 1, &["en", "fr", "es"]),
    ("general_assembly", 3, &["en", "fr", "es"]),
    ("general_assembly", 5, &["en", "fr"]),
    ("world_council", 2, &["en", "fr", "es"]),
    ("world_council", 3, &["en", "fr", "es"]),
    ("executive_bureau", 3, &["en", "fr", "es"]),
    ("statutory_affairs_committee", 2, &["en"]),
    ("financial_management_committee", 2, &["en", "fr"]),
];

/// Which words a paper has, by its language.
const WORDS: [(&str, &str); 3] = [
    (
        "en",
        "Written for the demonstration, not a text of UCLG or of its sections.\n\nThis paper shows where papers are, who reads them and that each download is written down. It holds no decision, no figure and no statement of anybody.\n",
    ),
    (
        "fr",
        "Écrit pour la démonstration, ce n’est pas un texte de CGLU ni de ses sections.\n\nCe document montre où se trouvent les documents, qui les lit, et que chaque téléchargement est consigné. Il ne contient aucune décision, aucun chiffre ni aucune déclaration de qui que ce soit.\n",
    ),
    (
        "es",
        "Escrito para la demostración, no es un texto de CGLU ni de sus secciones.\n\nEste documento muestra dónde están los documentos, quién los lee y que cada descarga queda registrada. No contiene ninguna decisión, ninguna cifra ni declaración de nadie.\n",
    ),
];

/// The papers of the meetings, on the disk for good.
#[derive(Clone)]
pub struct Papers {
    laid: Vec<(&'static str, i64, &'static str, Received)>,
}

impl Papers {
    /// Lays them into the store.
    ///
    /// # Errors
    /// `storage_unavailable`.
    pub fn lay(store: &Store) -> Result<Self, Fault> {
        let mut laid = Vec::new();
        for (body, item, languages) in PAPERS {
            for language in *languages {
                let words = WORDS
                    .iter()
                    .find(|(of, _)| of == language)
                    .map_or("", |(_, words)| *words);
                let title = title_of(body, *item).map_or("", |titles| in_language(titles, language));
                let text = format!("{title}\n\n{words}");
                let name = format!("{}-{item}-{language}.txt", body.replace('_', "-"));
                laid.push((*body, *item, *language, store.receive(&name, text.as_bytes())?));
            }
        }
        Ok(Self { laid })
    }

    /// Hangs them on the meetings of the edition.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn hang(&self, conn: &mut Conn, edition: EditionId) -> Result<(), Fault> {
        let system = Actor::system();
        let at = Moment::at("2019-10-22T09:00:00Z");
        let cards = meetings::list(conn, &system, at, edition)?;
        for (body, number, language, received) in &self.laid {
            let meeting = of_body(&cards, body)?;
            let view = meetings::get(conn, &system, at, meeting.id)?;
            let items = view.agenda.unwrap_or_default();
            let item = items.iter().find(|item| item.number == *number);
            let input = DocumentInput {
                item: item.map(|item| item.id),
                title: item.map(|item| item.title.clone()).unwrap_or_default(),
                language: (*language).to_owned(),
                // The annotated agenda of the General Assembly is everybody's once the meeting begins (R21).
                public_from: (*body == "general_assembly" && *number == 1)
                    .then(|| Moment::at("2019-11-14T14:30:00Z")),
                ..DocumentInput::default()
            };
            documents::add(conn, &system, at, meeting.id, &input, received)?;
        }
        Ok(())
    }
}

/// Names people to the bodies: the World Council, and from among it the Bureau and the committees.
pub(super) fn rosters(
    conn: &mut Conn,
    actor: &Actor,
    directory: &Directory,
    people: &[Somebody],
) -> Result<(), Fault> {
    bodies::seed(conn)?;
    let at = Moment::at("2019-05-20T09:00:00Z");
    let sits = |person: &&Somebody| {
        let holds_office = matches!(person.kind, P::Mayor | P::Governor | P::Councillor | P::Head);
        let is_asked = matches!(person.persona, None | Some("council" | "committee" | "chair"));
        holds_office && is_asked && person.of.is_some_and(is_member)
    };
    let council: Vec<&Somebody> = people.iter().filter(sits).take(54).collect();
    let is = |code: &'static str| move |person: &&&Somebody| person.persona == Some(code);
    let others = || council.iter().filter(|person| person.persona.is_none());
    let bureau: Vec<&Somebody> = council
        .iter()
        .filter(is("chair"))
        .chain(others().step_by(3).take(16))
        .copied()
        .collect();
    let affairs: Vec<&Somebody> = others().skip(1).step_by(6).take(8).copied().collect();
    let finance: Vec<&Somebody> = council
        .iter()
        .filter(is("committee"))
        .chain(others().skip(2).step_by(8).take(5))
        .copied()
        .collect();
    let rosters = [
        ("world_council", council.clone()),
        ("executive_bureau", bureau),
        ("statutory_affairs_committee", affairs),
        ("financial_management_committee", finance),
    ];
    for (body, members) in rosters {
        for person in members {
            let input = SeatInput {
                person: Some(person.id),
                organisation: person.of.map(|of| directory.id(of)).transpose()?,
                from_at: Some(Moment::at("2017-01-09T09:00:00Z")),
                basis: "Roster of the demonstration".to_owned(),
                ..SeatInput::default()
            };
            roster::appoint(conn, actor, at, bodies::standard_id(body), &input)?;
        }
    }
    Ok(())
}

/// Writes the agendas and sends them out.
pub(super) fn agendas(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<(), Fault> {
    let cards = meetings::list(conn, actor, Moment::at("2019-10-01T09:00:00Z"), edition)?;
    for agenda in AGENDAS {
        let at = Moment::at(agenda.sent);
        let meeting = of_body(&cards, agenda.body)?.id;
        for (kind, title) in agenda.items {
            let input = ItemInput {
                title: super::said(*title),
                kind: Some(*kind),
            };
            agenda::add(conn, actor, at, meeting, &input)?;
        }
        agenda::publish(conn, actor, at, meeting, None)?;
    }
    Ok(())
}

fn is_member(key: &str) -> bool {
    use members::model::MembershipState::{Active, InArrears};
    let of = INVENTED.iter().find(|organisation| organisation.key == key);
    of.is_some_and(|of| matches!(of.membership, Some((_, Active | InArrears))))
}

fn of_body<'c>(cards: &'c [MeetingCard], body: &str) -> Result<&'c MeetingCard, Fault> {
    let found = cards.iter().find(|card| card.body.code == body);
    found.ok_or_else(|| Fault::internal(format!("the demonstration has no meeting of {body:?}")))
}

fn title_of(body: &str, item: i64) -> Option<[&'static str; 3]> {
    let agenda = AGENDAS.iter().find(|agenda| agenda.body == body)?;
    let at = usize::try_from(item - 1).ok()?;
    agenda.items.get(at).map(|(_, title)| *title)
}

fn in_language(titles: [&'static str; 3], language: &str) -> &'static str {
    match language {
        "fr" => titles[1],
        "es" => titles[2],
        _ => titles[0],
    }
}
