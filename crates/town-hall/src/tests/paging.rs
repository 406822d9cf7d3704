//! The page of a theme, its paper, its partners, and the councils it talks with.

use access_rules::{Act, Key};
use papers::{faults::PaperFault, reading};
use people::persons::NewPerson;

use super::*;
use crate::{
    consultation::Lack,
    model::SpaceLink,
    pairing::{self, PairingInput},
    space::{self, SpaceInput},
};

fn link(url: &str) -> SpaceLink {
    SpaceLink {
        url: url.into(),
        title: Localized::only("en", "More"),
    }
}

#[test]
fn r89_a_theme_has_a_lead_partner_and_the_list_of_partners_stays_open() {
    let mut c = congress();
    let desk = secretariat();
    let theme = c.themes[2].id;
    assert_eq!(code(c.begun(&desk, theme, "Nobody's")), "theme_unled");

    let six = [
        "Global Platform for the Right to the City",
        "Habitat International Coalition",
        "World Enabled",
        "Huairou Commission",
        "General Assembly of Partners",
        "Cities Alliance",
    ]
    .map(|name| c.partner(name));
    c.name(theme, six[3], PartnerRole::Lead).expect("leads");
    c.name(c.themes[4].id, six[3], PartnerRole::Lead)
        .expect("the same partner leads another");
    for partner in [six[0], six[1], six[2], six[4], six[5]] {
        c.name(theme, partner, PartnerRole::Co).expect("joins in");
    }
    let seventh = c.partner("And others still");
    c.name(theme, seventh, PartnerRole::Co).expect("joins in");

    let listed = partners::list(&mut c.conn, &Actor::nobody(), theme).expect("public");
    assert_eq!(listed.len(), 7);
    assert_eq!(listed[0].organisation_name, "Huairou Commission");
    let paper = c.begun(&desk, theme, "Gender equality").expect("begun");
    assert_eq!((paper.owner, paper.code.as_str()), (six[3], "TH-2019-P01"));
}

#[test]
fn r90_a_second_paper_takes_the_place_of_the_first() {
    let mut c = congress();
    let theme = c.themes[0].id;
    let (_, lead) = c.led(theme, "A Platform");
    let first = c.begun(&lead, theme, "First").expect("begun");
    let second = c.begun(&lead, theme, "Second").expect("begun");

    assert_eq!((second.theme, second.supersedes), (Some(theme), Some(first.id)));
    let current = theme_papers::current(&mut c.conn, &lead, now(), theme).expect("one");
    assert_eq!(current.id, second.id);
    let first = papers::row(&mut c.conn, first.id).expect("read").expect("kept");
    assert_eq!(first.state, PaperState::Superseded);
    let all = papers::of_theme(&mut c.conn, theme).expect("read");
    let states: Vec<PaperState> = all.iter().map(|paper| paper.state).collect();
    assert_eq!(states, [PaperState::Drafting, PaperState::Superseded]);
}

#[test]
fn r90_of_many_papers_begun_at_once_one_is_current() {
    let mut c = congress();
    let theme = c.themes[0].id;
    let (_, lead) = c.led(theme, "A Platform");

    let answers: Vec<Result<(), Fault>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|place| {
                let (database, lead) = (&c.database, lead.clone());
                scope.spawn(move || {
                    let input = PaperInput {
                        title: Localized::only("en", &format!("Paper {place}")),
                        language: "en".into(),
                    };
                    database.write("begin", move |conn| {
                        theme_papers::begin(conn, &lead, now(), theme, &input).map(drop)
                    })
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });

    for refused in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        let expected: Fault = PaperFault::ThemeHasPaper.into();
        assert!(
            [expected.code, "paper_state", "write_conflict", "stale"].contains(&refused.code),
            "{refused}"
        );
    }
    assert!(answers.iter().any(Result::is_ok));
    let all = papers::of_theme(&mut c.conn, theme).expect("read");
    let current = all
        .iter()
        .filter(|paper| paper.state == PaperState::Drafting)
        .count();
    assert_eq!(current, 1);
}

#[test]
fn r9_who_leads_a_theme_edits_its_paper_and_nobody_else_learns_of_the_draft() {
    let mut c = congress();
    let (theme, other) = (c.themes[0].id, c.themes[1].id);
    let (_, lead) = c.led(theme, "A Platform");
    let (_, other_lead) = c.led(other, "A Coalition");
    let paper = c.written(&lead, theme);
    let stranger = persons::create(&mut c.conn, now(), &NewPerson::default()).expect("a person");
    let stranger = c.signed_in(stranger, now());

    let words = |text: &str| ImportInput { text: text.into() };
    for other in [&other_lead, &stranger, &Actor::nobody()] {
        let edited = writing::replace_all_markdown(&mut c.conn, other, now(), paper.id, None, &words("No."));
        assert_eq!(edited.expect_err("hidden"), Fault::not_found());
        assert_eq!(
            c.goes(other, now(), paper.id, PaperState::OpenComment)
                .expect_err("hidden"),
            Fault::not_found()
        );
        assert_eq!(
            theme_papers::current(&mut c.conn, other, now(), theme).expect_err("hidden"),
            Fault::not_found()
        );
        let page = space::get(&mut c.conn, other, now(), theme).expect("public");
        assert_eq!((page.paper, page.is_run_by_reader), (None, false));
    }
    // What is not hidden is refused: another theme's page, plan, paper to begin, checklist.
    let input = SpaceInput::default();
    let edited = space::edit(&mut c.conn, &other_lead, now(), theme, &input, None);
    assert_eq!(code(edited), "not_allowed");
    assert_eq!(code(c.begun(&other_lead, theme, "Mine")), "not_allowed");
    assert_eq!(code(c.begun(&Actor::nobody(), theme, "Mine")), "sign_in_needed");
    let planned = c.plans(&other_lead, theme, "2019-10-02T08:00:00Z", "2019-10-03T08:00:00Z");
    assert_eq!(code(planned), "not_allowed");
    let list = consultation::checklist(&mut c.conn, &other_lead, now(), theme);
    assert_eq!(code(list), "not_allowed");

    // Once it is out everybody reads it, and still its leads alone edit it.
    c.plans(&lead, theme, "2019-10-01T08:00:00Z", "2019-10-11T08:00:00Z")
        .expect("planned");
    c.goes(&lead, now(), paper.id, PaperState::OpenComment)
        .expect("open");
    reading::shown(&mut c.conn, &Actor::nobody(), now(), paper.id, "en").expect("public");
    let edited =
        writing::replace_all_markdown(&mut c.conn, &other_lead, now(), paper.id, None, &words("No."));
    assert_eq!(code(edited), "not_allowed");
    assert_eq!(
        code(c.goes(&other_lead, now(), paper.id, PaperState::Presented)),
        "not_allowed"
    );
    writing::replace_all_markdown(&mut c.conn, &lead, now(), paper.id, None, &words("Yes.")).expect("edited");
}

#[test]
fn r9_who_leads_a_theme_runs_nothing_else() {
    let mut c = congress();
    let theme = c.themes[0].id;
    let (partner, lead) = c.led(theme, "A Platform");
    let edition = c.edition.id;
    let caucus = crate::caucuses::seed(&mut c.conn, &secretariat(), now(), edition).expect("seeded");

    let input = crate::caucuses::MemberInput { person: lead.person };
    let named = crate::caucuses::name(&mut c.conn, &lead, now(), caucus[0].id, &input);
    assert_eq!(code(named), "not_allowed");
    let terms = crate::consultation::TermsInput {
        consultation_months: Some(1),
    };
    let set = consultation::set_terms(&mut c.conn, &lead, now(), edition, &terms, None);
    assert_eq!(code(set), "not_allowed");
    let input = PartnerInput {
        organisation: Some(partner),
        role: Some(PartnerRole::Lead),
    };
    assert_eq!(
        code(partners::name(&mut c.conn, &lead, now(), theme, &input)),
        "not_allowed"
    );
    for act in [
        Act::ManageEdition,
        Act::EditSession,
        Act::ManageOutcomes,
        Act::RunAssembly,
    ] {
        let theirs = space::object(&c.themes[0]);
        assert!(
            !access_rules::decide(&lead, act, &theirs, now()).allows(),
            "{act}"
        );
    }
}

#[test]
fn the_leads_of_a_theme_run_its_page() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (_, lead) = c.led(theme, "A Platform");
    let mut input = SpaceInput {
        introduction: Localized::of("We begin.", "Nous commençons.", "Empezamos."),
        links: vec![link("https://Example.org/about"), link("http://example.org")],
    };
    let refused = space::edit(&mut c.conn, &lead, now(), theme, &input, None).expect_err("refused");
    assert_eq!(
        (refused.fields[0].field.as_str(), refused.fields[0].code),
        ("links.1.url", "not_an_https_address")
    );
    input.links.pop();
    let edited = space::edit(&mut c.conn, &lead, now(), theme, &input, Some(0)).expect("edited");
    assert_eq!(
        (edited.version, edited.number, edited.is_run_by_reader),
        (1, Some(4), true)
    );
    let stale = space::edit(&mut c.conn, &lead, now(), theme, &input, Some(0));
    assert_eq!(code(stale), "stale");

    let page = space::get(&mut c.conn, &Actor::nobody(), now(), theme).expect("public");
    assert_eq!(page.introduction, input.introduction);
    assert_eq!(page.links, [link("https://example.org/about")]);
    assert_eq!(page.partners[0].organisation_name, "A Platform");
    assert_eq!((page.paper, page.call), (None, None));
}

#[test]
fn the_page_of_a_theme_shows_its_paper_its_call_and_its_sessions_once_they_are_out() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let (partner, lead) = c.led(theme, "A Platform");
    let paper = c.written(&lead, theme);
    c.plans(&lead, theme, "2019-10-01T08:00:00Z", "2019-10-11T08:00:00Z")
        .expect("planned");
    let announced = space::get(&mut c.conn, &Actor::nobody(), now(), theme).expect("public");
    let call = announced.call.expect("announced");
    assert_eq!((call.paper, call.is_open), (None, false));
    assert!(announced.paper.is_none());

    c.goes(&lead, now(), paper.id, PaperState::OpenComment)
        .expect("open");
    let session = c.released(partner, "right_to_the_city");
    let page = space::get(&mut c.conn, &Actor::nobody(), now(), theme).expect("public");
    assert_eq!(page.paper.expect("out").paper.id, paper.id);
    let call = page.call.expect("a call");
    assert_eq!(
        (call.from, call.until, call.is_open),
        (now(), Moment::at("2019-10-11T08:00:00Z"), true)
    );
    let sessions: Vec<SessionId> = page.sessions.iter().map(|line| line.id).collect();
    assert_eq!(sessions, [session]);
    let edition = c.edition.id;
    let all = space::list(&mut c.conn, &Actor::nobody(), now(), edition).expect("public");
    assert_eq!(all.len(), 5);
    assert!(all[0].sessions.is_empty());
}

#[test]
fn r97_a_pairing_with_a_policy_council_is_seen_from_both_sides() {
    let mut c = congress();
    let (theme, other) = (c.themes[3].id, c.themes[0].id);
    let (partner, lead) = c.led(theme, "A Platform");
    let (_, other_lead) = c.led(other, "A Coalition");
    let session = c.released(partner, "right_to_the_city");
    let council = Localized::of(
        "Policy Council on the Right to the City",
        "Conseil politique pour le droit à la ville",
        "Consejo Político sobre el Derecho a la Ciudad",
    );
    let input = PairingInput {
        council: council.clone(),
        session: Some(session),
    };
    assert_eq!(
        code(pairing::pair(&mut c.conn, &other_lead, now(), theme, &input)),
        "not_allowed"
    );
    assert_eq!(
        code(pairing::pair(&mut c.conn, &other_lead, now(), other, &input)),
        "foreign_session"
    );
    let made = pairing::pair(&mut c.conn, &lead, now(), theme, &input).expect("paired");
    assert_eq!(
        code(pairing::pair(&mut c.conn, &lead, now(), theme, &input)),
        "already_paired"
    );

    let nobody = Actor::nobody();
    let by_theme = pairing::of_theme(&mut c.conn, &nobody, now(), theme).expect("public");
    let by_session = pairing::of_session(&mut c.conn, &nobody, now(), session).expect("public");
    assert_eq!(by_theme, std::slice::from_ref(&made));
    assert_eq!(by_session, by_theme);
    assert_eq!((&made.council, made.session), (&council, Some(session)));
    let page = space::get(&mut c.conn, &nobody, now(), theme).expect("public");
    assert_eq!(page.pairings, by_theme);

    let without = PairingInput {
        council,
        session: None,
    };
    let edited = pairing::edit(&mut c.conn, &lead, now(), made.id, &without, Some(1)).expect("edited");
    assert_eq!((edited.session, edited.version), (None, 2));
    let none = pairing::of_session(&mut c.conn, &nobody, now(), session).expect("public");
    assert_eq!(none, []);
    assert_eq!(
        code(pairing::remove(&mut c.conn, &other_lead, now(), made.id)),
        "not_allowed"
    );
    pairing::remove(&mut c.conn, &lead, now(), made.id).expect("ended");
    assert_eq!(
        pairing::of_theme(&mut c.conn, &nobody, now(), theme).expect("public"),
        []
    );
}

#[test]
fn r97_a_session_that_is_hidden_is_told_to_nobody_by_its_pairing() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let partner = c.partner("A Platform");
    let draft = c.make(&debate(&[partner], "right_to_the_city")).expect("made").id;
    let input = PairingInput {
        council: Localized::only("en", "A Council"),
        session: Some(draft),
    };
    let desk = secretariat();
    let made = pairing::pair(&mut c.conn, &desk, now(), theme, &input).expect("paired");
    assert_eq!(made.session, Some(draft));

    let nobody = Actor::nobody();
    let seen = pairing::of_theme(&mut c.conn, &nobody, now(), theme).expect("public");
    assert_eq!(seen[0].session, None);
    let hidden = pairing::of_session(&mut c.conn, &nobody, now(), draft);
    assert_eq!(hidden.expect_err("hidden"), Fault::not_found());
}

#[test]
fn the_checklist_says_what_a_theme_lacks() {
    let mut c = congress();
    let theme = c.themes[3].id;
    let codes = |c: &mut Congress| -> Vec<Lack> {
        let points = consultation::checklist(&mut c.conn, &secretariat(), now(), theme).expect("told");
        points.iter().map(|point| point.code).collect()
    };
    assert_eq!(
        codes(&mut c),
        [
            Lack::Lead,
            Lack::LeadPerson,
            Lack::Introduction,
            Lack::Paper,
            Lack::Consultation,
            Lack::Session
        ]
    );
    let (partner, lead) = c.led(theme, "A Platform");
    let input = SpaceInput {
        introduction: Localized::of("We begin.", "Nous commençons.", "Empezamos."),
        links: vec![],
    };
    space::edit(&mut c.conn, &lead, now(), theme, &input, None).expect("edited");
    c.open(&lead, theme);
    c.released(partner, "right_to_the_city");
    assert_eq!(codes(&mut c), [Lack::ConsultationShort]);
    let text = papers::current_of(&mut c.conn, theme)
        .expect("read")
        .expect("there");
    assert_eq!(text.visible_to, Key::Public.to_string());
}
