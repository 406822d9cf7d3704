//! The slice tried against a database, on the engine the run names.
//!
//! Editions, sessions, themes and papers belong to slices this one may not know: their rows are written here as they are.

mod answering;
mod deciding;
mod exporting;
mod following;
mod forgetting;
mod hiding;
mod listing;
mod mapping;
mod publishing;
mod referring;
mod reminding;
mod serving;
mod tracing;
mod translating;
mod transmitting;

use access_rules::{
    Actor, EditionId, Key, OrganisationId, PaperId, PersonId, Role, Scope, SessionId, Standing, ThemeId,
};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, LocalDate, Localized, Moment};
use members::{
    model::OrganisationKind,
    organisations::{self, OrganisationInput},
};
use people::persons::{self, NewPerson};
use texts::texts::{self as wording, NewText};
use uuid::Uuid;

use crate::{
    decisions,
    model::{AgendaLink, Outcome, OutcomeId, OutcomeKind, OutcomeState, Phase, Source, Transmission},
    outcomes::{self, OutcomeFilter},
    rules,
    transmissions::{self, NewTransmission},
    wordings::NewOutcome,
};

/// What other slices have, of one congress.
#[derive(Clone, Debug)]
struct Congress {
    edition: EditionId,
    sessions: Vec<SessionId>,
    theme: ThemeId,
    paper: PaperId,
    organisation: OrganisationId,
}

fn now() -> Moment {
    Moment::at("2019-11-15T15:00:00Z")
}

fn today() -> LocalDate {
    LocalDate::on("2019-11-15")
}

fn holding(role: Role, scope: Scope) -> Actor {
    Actor {
        account: Some(Id::new()),
        standings: vec![Standing { role, scope }],
        ..Actor::default()
    }
}

fn desk() -> Actor {
    holding(Role::Secretariat, Scope::Everywhere)
}

fn registered(edition: EditionId) -> Actor {
    holding(Role::Participant, Scope::Edition(edition))
}

fn convener(edition: EditionId) -> Actor {
    holding(Role::GtfConvener, Scope::Edition(edition))
}

fn focal_point(organisation: OrganisationId) -> Actor {
    holding(Role::FocalPoint, Scope::Organisation(organisation))
}

/// Somebody with an account and nothing else.
fn stranger() -> Actor {
    Actor {
        account: Some(Id::new()),
        ..Actor::default()
    }
}

fn somebody(conn: &mut Conn, name: &str) -> PersonId {
    let new = NewPerson {
        given_name: name.into(),
        ..NewPerson::default()
    };
    persons::create(conn, now(), &new).expect("created")
}

fn body(conn: &mut Conn, name: &str) -> OrganisationId {
    let input = OrganisationInput {
        name: name.into(),
        kind: Some(OrganisationKind::Ngo),
        despite_lookalike: true,
        ..OrganisationInput::default()
    };
    organisations::create(conn, &Actor::system(), now(), &input)
        .expect("created")
        .id
}

/// A congress with sessions, a theme and a paper.
fn congress(conn: &mut Conn, slug: &str) -> Congress {
    let it = Congress {
        edition: Id::new(),
        sessions: (0..4).map(|_| Id::new()).collect(),
        theme: Id::new(),
        paper: Id::new(),
        organisation: body(conn, &format!("Coalition of {slug}")),
    };
    let (edition, at) = (bare(conn, it.edition.uuid()), instant(conn));
    raw(
        conn,
        &format!(
            "INSERT INTO editions VALUES ({edition}, '{slug}', '{{}}', '{{}}', 'Durban', 'ZA', 'Africa/Johannesburg', \
             '2019-11-11', '2019-11-15', '[]', 'running', 3, 1, 0, 1, {at})"
        ),
    );
    for (number, session) in it.sessions.iter().enumerate() {
        let session = bare(conn, session.uuid());
        raw(
            conn,
            &format!(
                "INSERT INTO sessions (id, edition, guid, code, kind, title, title_key, abstract_text, entry, attendance, \
                 languages, details, length_minutes, state, visible_to, desk, sequence, version, updated_at) \
                 VALUES ({session}, {edition}, 'g{number}', 'S{number}', 'town_hall', '{{}}', '', '{{}}', 'walk_in', \
                 'in_person', '[]', '{{}}', 90, 'held', 'public', 'desk:town_hall', 0, 1, {at})"
            ),
        );
    }
    let theme = bare(conn, it.theme.uuid());
    raw(
        conn,
        &format!("INSERT INTO themes VALUES ({theme}, {edition}, 'housing', '{{}}', '{{}}', 1, FALSE, 1)"),
    );
    let new = NewText {
        language: "en".into(),
        title: Localized::only("en", "A paper"),
        edition: Some(it.edition),
        visible_to: Key::Public,
        blocks: vec![],
    };
    let text = wording::begin(conn, None, now(), new).expect("begun").id;
    let (paper, text, owner) = (
        bare(conn, it.paper.uuid()),
        bare(conn, text.uuid()),
        bare(conn, it.organisation.uuid()),
    );
    raw(
        conn,
        &format!(
            "INSERT INTO papers (id, edition, track, code, owner, theme, text, state, deadline_reason, is_revoked, priorities, \
             visible_to, version, created_at) VALUES ({paper}, {edition}, 'town_hall', 'TH-2019-03-P01', {owner}, {theme}, \
             {text}, 'transmitted', '', FALSE, '[]', 'public', 1, {at})"
        ),
    );
    it
}

fn recommendation(title: &str) -> NewOutcome {
    NewOutcome {
        kind: OutcomeKind::Recommendation,
        title: Localized::only("en", title),
        language: "en".into(),
        markdown: format!("{title}: we act.\n\nWe act together."),
        agendas: vec![],
    }
}

fn serving(title: &str, links: &[(&str, Phase)]) -> NewOutcome {
    let agendas = links.iter().map(|(agenda, phase)| AgendaLink {
        agenda: (*agenda).to_owned(),
        phase: *phase,
    });
    NewOutcome {
        agendas: agendas.collect(),
        ..recommendation(title)
    }
}

/// What the nth session of a congress hands in.
fn result(it: &Congress, session: usize, outcomes: Vec<NewOutcome>) -> NewTransmission {
    NewTransmission {
        edition: it.edition,
        source: Source::TownHallSession,
        source_id: it.sessions[session].uuid(),
        stem: "TH-2019-03".into(),
        session: Some(it.sessions[session]),
        session_title: Localized::of("Housing for all", "Le logement pour tous", "Vivienda para todos"),
        paper: Some(it.paper),
        paper_title: Localized::only("en", "A paper"),
        theme: Some(it.theme),
        organisation: Some(it.organisation),
        result: Localized::only("en", "The hall agreed."),
        outcomes,
    }
}

/// Recommendations of these titles, received from a session.
fn received(conn: &mut Conn, it: &Congress, session: usize, titles: &[&str]) -> Vec<Outcome> {
    let outcomes = titles.iter().map(|title| recommendation(title)).collect();
    sent(conn, result(it, session, outcomes)).1
}

fn sent(conn: &mut Conn, new: NewTransmission) -> (Transmission, Vec<Outcome>) {
    let (transmission, is_new) = transmissions::send(conn, None, now(), new).expect("sent");
    assert!(is_new, "it was not sent before");
    let of = of_transmission(conn, &transmission);
    (transmission, of)
}

fn of_transmission(conn: &mut Conn, transmission: &Transmission) -> Vec<Outcome> {
    let filter = OutcomeFilter {
        edition: Some(transmission.edition),
        ..OutcomeFilter::default()
    };
    let page = outcomes::list(conn, &desk(), &filter, &kernel::PageAsk::of(200)).expect("listed");
    let lines = page.items.into_iter().map(|line| line.outcome);
    lines
        .filter(|own| own.transmission == Some(transmission.id))
        .collect()
}

/// Takes an outcome to a state, by every step before it.
fn taken_to(conn: &mut Conn, id: OutcomeId, to: OutcomeState) -> Outcome {
    let there = |conn: &mut Conn| row(conn, id);
    if matches!(to, OutcomeState::Drafted | OutcomeState::Received) {
        return there(conn);
    }
    let presented = decisions::present(conn, None, now(), id, None, "").expect("presented");
    if to == OutcomeState::Presented {
        return presented;
    }
    let debated = decisions::debate(conn, None, now(), id, None, "").expect("debated");
    match to {
        OutcomeState::Drafted | OutcomeState::Received | OutcomeState::Presented => there(conn),
        OutcomeState::Debated => debated,
        OutcomeState::Adopted | OutcomeState::AmendedAdopted => adopted(conn, id),
        OutcomeState::Returned => {
            decisions::return_(conn, None, now(), id, None, "Too short.").expect("given back")
        }
        OutcomeState::NotAdopted => {
            decisions::refuse(conn, None, now(), id, None, "An objection stands.").expect("refused")
        }
    }
}

/// Adopts what was debated.
fn adopted(conn: &mut Conn, id: OutcomeId) -> Outcome {
    decisions::adopt(conn, None, now(), id, None, "", rules::horizon(2019, 3)).expect("adopted")
}

fn row(conn: &mut Conn, id: OutcomeId) -> Outcome {
    outcomes::row(conn, id).expect("read").expect("there")
}

fn code<T: std::fmt::Debug>(refused: Result<T, Fault>) -> &'static str {
    refused.expect_err("refused").code
}

/// The fields at fault, with why.
fn fields<T: std::fmt::Debug>(refused: Result<T, Fault>) -> Vec<(String, &'static str)> {
    let fault = refused.expect_err("refused");
    let told = fault.fields.iter();
    told.map(|field| (field.field.clone(), field.code)).collect()
}

/// An id as it is written in a statement.
fn bare(conn: &Conn, id: Uuid) -> String {
    match conn.is_sqlite() {
        true => format!("x'{}'", id.simple()),
        false => format!("'{id}'"),
    }
}

/// [`now`] as it is written in a statement.
fn instant(conn: &Conn) -> String {
    match conn.is_sqlite() {
        true => now().micros().to_string(),
        false => format!("'{}'", now().rfc3339()),
    }
}

fn raw(conn: &mut Conn, statement: &str) {
    on_each!(conn, |c| diesel::sql_query(statement).execute(c)).expect("written");
}
