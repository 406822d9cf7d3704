//! A list is what its reader could get one by one, and nothing else.

use std::cell::RefCell;

use db::testing;
use kernel::{Coded as _, PageAsk};
use proptest::{prelude::*, sample::select, test_runner::TestRunner};

use super::*;
use crate::{agendas, priorities, responses};

/// Two congresses with an outcome in every state, some of them served, renewed and asked about.
fn two_congresses(conn: &mut Conn) -> Vec<Congress> {
    let mut made = Vec::new();
    for slug in ["durban-2019", "daejeon-2022"] {
        let it = congress(conn, slug);
        let stem = slug.to_uppercase();
        let input = priorities::PriorityInput {
            code: "housing".into(),
            title: Localized::only("en", "Housing"),
            ..priorities::PriorityInput::default()
        };
        let priority = priorities::create(conn, &desk(), now(), it.edition, &input).expect("made");
        for (session, source) in [(0, Source::TownHallSession), (1, Source::SpecialSession)] {
            let mut outcomes: Vec<NewOutcome> = OutcomeState::ALL
                .iter()
                .map(|state| serving(&format!("About {state}"), &[("sdg_11", Phase::FollowUp)]))
                .collect();
            outcomes[4].kind = OutcomeKind::Declaration;
            outcomes[5].kind = OutcomeKind::Position;
            outcomes[6].agendas = vec![AgendaLink {
                agenda: "paris_agreement".into(),
                phase: Phase::Review,
            }];
            let new = NewTransmission {
                source,
                stem: format!("{stem}-{session}"),
                theme: (session == 0).then_some(it.theme),
                organisation: (session == 1).then_some(it.organisation),
                ..result(&it, session, outcomes)
            };
            let (_, all) = sent(conn, new);
            for (own, state) in all.iter().zip(OutcomeState::ALL) {
                taken_to(conn, own.id, *state);
            }
            priorities::map(conn, &desk(), now(), all[7].id, &[priority.id]).expect("mapped");
            let recommendation = all
                .iter()
                .find(|own| own.kind == OutcomeKind::Recommendation && !row(conn, own.id).state.is_decided());
            let input = responses::AskInput {
                organisation: Some(it.organisation),
                due_on: Some(today()),
            };
            responses::ask(conn, &desk(), now(), recommendation.expect("one").id, &input).expect("asked");
        }
        outcomes::draft(conn, &desk(), now(), it.edition, 2019, &recommendation("Draft")).expect("drafted");
        made.push(it);
    }
    made
}

fn pages(conn: &mut Conn, actor: &Actor, filter: &OutcomeFilter, limit: i64) -> Vec<OutcomeId> {
    let lines = kernel::page::walk(PageAsk::of(limit), |page| {
        outcomes::list(conn, actor, filter, page)
    });
    lines
        .expect("listed")
        .iter()
        .map(|line| line.outcome.id)
        .collect()
}

/// Whether a filter asks for an outcome, told from what it is.
fn is_asked(conn: &mut Conn, filter: &OutcomeFilter, own: &Outcome) -> bool {
    let sent = own
        .transmission
        .and_then(|id| transmissions::find(conn, id).expect("read"));
    let links = agendas::of(conn, own.id).expect("read");
    let serves = |link: &AgendaLink| {
        let is_of = filter.agenda.as_ref().is_none_or(|agenda| {
            link.agenda == *agenda || (agenda == "agenda_2030" && link.agenda.starts_with("sdg_"))
        });
        is_of && filter.phase.is_none_or(|phase| phase == link.phase)
    };
    let from = |asked: bool, is: Option<bool>| !asked || is.unwrap_or(false);
    filter.edition.is_none_or(|edition| edition == own.edition)
        && filter.kind.is_none_or(|kind| kind == own.kind)
        && filter.state.is_none_or(|state| state == own.state)
        && filter
            .adopted
            .is_none_or(|adopted| adopted == own.state.is_adopted())
        && filter
            .followed_on
            .is_none_or(|day| rules::is_followed(own.state, own.horizon_to, day))
        && from(
            filter.source.is_some(),
            sent.as_ref().map(|sent| Some(sent.source) == filter.source),
        )
        && from(
            filter.theme.is_some(),
            sent.as_ref().map(|sent| sent.theme == filter.theme),
        )
        && from(
            filter.organisation.is_some(),
            sent.as_ref().map(|sent| sent.organisation == filter.organisation),
        )
        && from(
            filter.session.is_some(),
            sent.as_ref().map(|sent| sent.session == filter.session),
        )
        && ((filter.agenda.is_none() && filter.phase.is_none()) || links.iter().any(serves))
        && filter
            .text
            .split_whitespace()
            .all(|word| own.title_key.contains(&word.to_lowercase()))
}

#[test]
fn a_list_is_what_its_reader_gets_one_by_one() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let made = two_congresses(&mut conn);
    let all: Vec<OutcomeId> = pages(&mut conn, &desk(), &OutcomeFilter::default(), 200);
    assert_eq!(all.len(), 34);
    let conn = RefCell::new(conn);
    let (one, other) = (&made[0], &made[1]);
    let actors = vec![
        Actor::nobody(),
        stranger(),
        desk(),
        Actor::system(),
        registered(one.edition),
        convener(other.edition),
        holding(Role::GtfConvener, Scope::Everywhere),
        holding(Role::Secretariat, Scope::Track("assembly".into())),
        holding(Role::Secretariat, Scope::Track("town_hall".into())),
        focal_point(one.organisation),
        Actor {
            standings: [
                registered(other.edition).standings,
                focal_point(one.organisation).standings,
            ]
            .concat(),
            ..stranger()
        },
    ];
    let maybe = |of: Vec<EditionId>| prop::option::weighted(0.3, select(of));
    let filter = (
        (
            maybe(vec![one.edition, other.edition]),
            prop::option::weighted(0.2, select(OutcomeKind::ALL.to_vec())),
            prop::option::weighted(0.2, select(OutcomeState::ALL.to_vec())),
            prop::option::weighted(0.2, any::<bool>()),
            prop::option::weighted(0.2, select(Source::ALL.to_vec())),
            prop::option::weighted(0.1, select(vec![one.theme, other.theme])),
        ),
        (
            prop::option::weighted(0.1, select(vec![one.organisation, other.organisation])),
            prop::option::weighted(0.1, select(vec![one.sessions[0], other.sessions[1]])),
            prop::option::weighted(
                0.2,
                select(vec!["agenda_2030", "sdg_11", "paris_agreement", "no_such"]),
            ),
            prop::option::weighted(0.2, select(Phase::ALL.to_vec())),
            prop::option::weighted(0.1, select(vec!["2020-01-01", "2022-12-31", "2023-01-01"])),
            select(vec![
                "",
                "",
                "about",
                "DRAFT",
                "adopted about",
                "durban",
                "%",
                "r0_",
            ]),
        ),
    );
    let filter = filter.prop_map(|(first, second)| OutcomeFilter {
        edition: first.0,
        kind: first.1,
        state: first.2,
        adopted: first.3,
        source: first.4,
        theme: first.5,
        organisation: second.0,
        session: second.1,
        agenda: second.2.map(str::to_owned),
        phase: second.3,
        followed_on: second.4.map(LocalDate::on),
        text: second.5.to_owned(),
        ..OutcomeFilter::default()
    });
    let config = ProptestConfig {
        cases: 80,
        ..ProptestConfig::default()
    };

    let held = TestRunner::new(config).run(&(select(actors), filter, 1..40_i64), |(actor, filter, limit)| {
        let conn = &mut *conn.borrow_mut();
        let mut listed = pages(conn, &actor, &filter, limit);
        listed.sort_unstable();
        let mut got = Vec::new();
        for id in &all {
            if let Ok(own) = outcomes::get(conn, &actor, *id)
                && is_asked(conn, &filter, &own)
            {
                got.push(*id);
            }
        }
        got.sort_unstable();
        prop_assert_eq!(listed, got);
        Ok(())
    });

    held.expect("it holds");
}

#[test]
fn a_page_goes_on_where_the_one_before_ended() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    two_congresses(conn);
    let all = OutcomeFilter::default();

    let whole = pages(conn, &desk(), &all, 200);

    for limit in [1, 3, 17, 34] {
        assert_eq!(pages(conn, &desk(), &all, limit), whole, "{limit} at a time");
    }
    let odd = PageAsk {
        after: Some(kernel::page::Cursor {
            key: "first".into(),
            id: Uuid::nil(),
        }),
        limit: 10,
    };
    assert_eq!(code(outcomes::list(conn, &desk(), &all, &odd)), "bad_cursor");
}
