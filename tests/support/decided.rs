//! What a congress was handed and decided, for journeys about it: a debate of the Town Hall sent four recommendations, which
//! went as far as their names say, and the World Assembly drafts a declaration itself.

use access_rules::{Actor, Key, OrganisationId, PaperId};
use db::Conn;
use kernel::{LocalDate, Localized, Moment};
use members::organisations;
use outcomes::{
    decisions,
    model::{AgendaLink, Outcome, OutcomeKind, Phase, Source, Transmission},
    outcomes as all,
    transmissions::{self, NewTransmission},
    wordings::NewOutcome,
};
use papers::{
    model::{PaperState, PaperTrack},
    papers as all_papers, progress,
};

use crate::Cast;

/// What was handed in and decided.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Whose paper it was.
    pub organisation: OrganisationId,
    /// The paper, open to anyone.
    pub paper: PaperId,
    /// What was sent.
    pub transmission: Transmission,
    /// `TH-2030-01-R01`, adopted; it serves the New Urban Agenda.
    pub adopted: Outcome,
    /// `TH-2030-01-R02`, given back with a reason.
    pub returned: Outcome,
    /// `TH-2030-01-R03`, received and not presented yet.
    pub received: Outcome,
    /// `TH-2030-01-R04`, adopted with other words.
    pub amended: Outcome,
    /// `WA-2030-D1`, the desk's alone.
    pub drafted: Outcome,
}

/// What is sent, in English.
fn recommendation(title: &str, words: &str) -> NewOutcome {
    NewOutcome {
        kind: OutcomeKind::Recommendation,
        title: Localized::only("en", title),
        language: "en".into(),
        markdown: words.into(),
        agendas: vec![],
    }
}

impl Decided {
    /// Has it sent, presented, debated and decided.
    ///
    /// # Panics
    /// When a use case refuses.
    pub fn gather(conn: &mut Conn, cast: &Cast) -> Self {
        let now = Moment::now();
        let ngo = organisations::suggest(conn, "Hearth and Commons", 1).expect("found");
        let organisation = ngo.first().expect("the partner's organisation").id;
        let paper = paper(conn, now, cast, organisation);
        let transmission = sent(conn, now, cast, organisation, paper);
        let mut received = transmissions::get(conn, &Actor::system(), transmission.id)
            .expect("received")
            .outcomes
            .into_iter()
            .map(|own| all::row(conn, own.id).expect("asked").expect("there"));
        let mut next = || received.next().expect("one more");
        let [first, second, third, fourth] = [next(), next(), next(), next()];
        let horizon = outcomes::rules::horizon(2030, 3);
        Self {
            organisation,
            paper,
            transmission,
            adopted: adopted(conn, now, &first, horizon),
            returned: {
                let debated = debated(conn, now, &second);
                let reason = "Two networks ask for a text on small islands first.";
                decisions::return_(conn, None, now, debated.id, None, reason).expect("returned")
            },
            received: third,
            amended: {
                let other = all::OutcomeInput {
                    title: None,
                    markdown: Some("Water stays public, everywhere.".into()),
                };
                all::edit(conn, &Actor::system(), now, fourth.id, &other, None).expect("other words");
                adopted(conn, now, &fourth, horizon)
            },
            drafted: drafted(conn, now, cast),
        }
    }
}

fn paper(conn: &mut Conn, now: Moment, cast: &Cast, owner: OrganisationId) -> PaperId {
    let new = all_papers::NewPaper {
        edition: cast.congress.edition,
        track: PaperTrack::TownHall,
        stem: "TH-2030-01".into(),
        owner,
        theme: None,
        title: Localized::only("en", "The right to the city"),
        language: "en".into(),
        state: PaperState::Drafting,
        deadline: None,
        supersedes: None,
    };
    let paper = all_papers::begin(conn, None, now, new).expect("a paper").id;
    progress::go(conn, None, now, paper, PaperState::OpenComment, "").expect("a step");
    progress::publish(conn, None, now, paper, Key::Public).expect("published");
    paper
}

fn sent(
    conn: &mut Conn,
    now: Moment,
    cast: &Cast,
    organisation: OrganisationId,
    paper: PaperId,
) -> Transmission {
    let agenda = AgendaLink {
        agenda: "new_urban_agenda".into(),
        phase: Phase::FollowUp,
    };
    let new = NewTransmission {
        edition: cast.congress.edition,
        source: Source::TownHallSession,
        source_id: cast.open.uuid(),
        stem: "TH-2030-01".into(),
        session: Some(cast.open),
        session_title: Localized::only("en", "Opening"),
        paper: Some(paper),
        paper_title: Localized::only("en", "The right to the city"),
        theme: None,
        organisation: Some(organisation),
        result: Localized::only("en", "The room agrees."),
        outcomes: vec![
            NewOutcome {
                title: Localized::of("Homes before assets", "Des foyers avant des actifs", ""),
                agendas: vec![agenda],
                ..recommendation(
                    "",
                    "Cities keep homes for those who live in them.\n\nThey say how.",
                )
            },
            recommendation("A seat at every negotiation", "Cities sit at the table."),
            recommendation("Night transport is a right", "Buses run at night."),
            recommendation("Public water stays public", "Water stays public."),
        ],
    };
    transmissions::send(conn, None, now, new).expect("sent").0
}

fn debated(conn: &mut Conn, now: Moment, outcome: &Outcome) -> Outcome {
    decisions::present(conn, None, now, outcome.id, None, "").expect("presented");
    decisions::debate(conn, None, now, outcome.id, None, "").expect("debated")
}

fn adopted(conn: &mut Conn, now: Moment, outcome: &Outcome, horizon: LocalDate) -> Outcome {
    let debated = debated(conn, now, outcome);
    decisions::adopt(conn, None, now, debated.id, None, "", horizon).expect("adopted")
}

fn drafted(conn: &mut Conn, now: Moment, cast: &Cast) -> Outcome {
    let declaration = NewOutcome {
        kind: OutcomeKind::Declaration,
        ..recommendation("The declaration of the harbour", "We, the cities, declare.")
    };
    let edition = cast.congress.edition;
    all::draft(conn, &Actor::system(), now, edition, 2030, &declaration).expect("drafted")
}
