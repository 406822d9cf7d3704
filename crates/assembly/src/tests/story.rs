//! Story 3.4.1: a section writes a paper, and what comes of it is a reference for the Task Force and for UCLG.

use access_rules::{Role, Scope};
use kernel::Localized;
use members::sections::Section;
use outcomes::{
    legacy_model::{Addressee, Field},
    model::{AgendaLink, OutcomeState, Phase},
    outcomes::{self as all_outcomes, OutcomeInput},
    provenance,
    references::{self, ReferenceInput},
    transmissions,
    wordings::NewOutcome,
};
use papers::{
    model::{PaperState, Priority, PriorityKind, TeamRole},
    papers as all_papers, reading,
    steps::{self, SubmitInput},
    team::{self, NameInput},
    translating::{self, TitleInput, TranslationInput},
    writing::{self, ImportInput, PrioritiesInput},
};

use super::{
    secretariat,
    stage::{congress_time, june, said, stage},
};
use crate::{
    closings, consensus,
    decisions::{self, DecisionInput},
    filing::{self, FilingInput},
    invitations::{self, PaperInvitationInput},
    results::{self, ResultInput},
    screening::{self, PublishInput, ScreenInput},
};

#[test]
fn r61_r66_r71_r73_a_section_writes_a_paper_and_its_recommendation_is_a_reference() {
    let mut it = stage();
    let (edition, desk, focal) = (it.id(), secretariat(), it.actor(it.focal));
    let sitting = it.sitting("2019-11-13T10:00");

    // The secretariat invites; the section accepts by filing, and names who writes.
    let invitation = PaperInvitationInput {
        title: Localized::only("fr", "L’eau pour toutes les villes"),
        language: "fr".into(),
        ..it.invitation()
    };
    let invited = invitations::invite(&mut it.conn, &desk, june(), edition, &invitation).expect("invited");
    let filing = FilingInput {
        organisation: Some(it.section),
        ..FilingInput::default()
    };
    let paper = filing::file(&mut it.conn, &focal, june(), edition, &filing)
        .expect("accepted")
        .id;
    assert_eq!(paper, invited.paper);
    let writer = it.somebody("Wanda Writer");
    it.of(writer, it.section);
    let name = NameInput {
        person: Some(writer.person),
        role: Some(TeamRole::Drafter),
    };
    team::name(&mut it.conn, &focal, june(), paper, &name).expect("named");
    let writer = it.actor(writer);

    // Drafted in French, translated, its priorities set, handed in.
    let words = ImportInput {
        text: "Chaque ville y a droit.".into(),
    };
    let written = writing::replace_all_markdown(&mut it.conn, &writer, june(), paper, None, &words);
    written.expect("written");
    let row = all_papers::row(&mut it.conn, paper)
        .expect("read")
        .expect("there");
    let blocks = texts::texts::working(&mut it.conn, row.text).expect("read");
    for (language, title, words) in [
        ("en", "Water for every city", "Every city has a right to it."),
        ("es", "Agua para cada ciudad", "Cada ciudad tiene derecho a ella."),
    ] {
        let title = TitleInput { title: title.into() };
        translating::set_title(&mut it.conn, &writer, june(), paper, language, None, &title)
            .expect("translated");
        let translation = TranslationInput {
            of_version: blocks[0].version,
            markdown: Some(words.into()),
            ..TranslationInput::default()
        };
        translating::set(
            &mut it.conn,
            &writer,
            june(),
            paper,
            blocks[0].id,
            language,
            &translation,
        )
        .expect("translated");
    }
    let priorities = PrioritiesInput {
        priorities: vec![Priority {
            kind: PriorityKind::Continental,
            section: Some(Section::Africa),
            label: said("Safe water"),
        }],
    };
    writing::set_priorities(&mut it.conn, &writer, june(), paper, None, &priorities).expect("set");
    steps::submit(&mut it.conn, &writer, june(), paper, &SubmitInput::default()).expect("handed in");

    // Screened, published to participants, taken up by the continental sitting.
    screening::screen(&mut it.conn, &desk, june(), paper, &ScreenInput::default(), None).expect("screened");
    screening::publish(&mut it.conn, &desk, june(), paper, &PublishInput::default(), None)
        .expect("published");
    let reader = it.participant("Rita Reader");
    let reader = it.actor(reader);
    let shown = reading::shown(&mut it.conn, &reader, congress_time(), paper, "es").expect("read");
    assert!(
        serde_json::to_string(&shown)
            .expect("told")
            .contains("Cada ciudad tiene derecho")
    );
    it.take_up(sitting, paper);

    // Its rapporteur records what came of it; closed, it is in the inbox of the World Assembly.
    let rapporteur = it.somebody("Rob Rapporteur");
    it.stand(rapporteur, Role::Rapporteur, Scope::Session(sitting));
    let (rapporteur, at) = (it.actor(rapporteur), congress_time());
    let result = ResultInput {
        result: said("The round table agreed."),
        outcomes: vec![NewOutcome {
            title: said("Water is a common good"),
            language: "en".into(),
            markdown: "Water is a common good.".into(),
            agendas: vec![AgendaLink {
                agenda: "new_urban_agenda".into(),
                phase: Phase::FollowUp,
            }],
            ..NewOutcome::default()
        }],
    };
    results::record(&mut it.conn, &rapporteur, at, sitting, paper, &result, None).expect("recorded");
    closings::close(&mut it.conn, &rapporteur, at, sitting).expect("closed");
    let inbox = transmissions::list(&mut it.conn, &reader, edition).expect("read");
    assert_eq!(
        (inbox.len(), inbox[0].outcomes[0].code.as_str()),
        (1, "AS-2019-P01-R01")
    );
    let outcome = inbox[0].outcomes[0].id;

    // Presented, debated, amended, adopted by consensus.
    let session = it.open_assembly();
    let convener = it.convener();
    it.debated(session, outcome);
    let amended = OutcomeInput {
        markdown: Some("Water is a common good, and its price is kept low.".into()),
        ..OutcomeInput::default()
    };
    all_outcomes::edit(&mut it.conn, &desk, at, outcome, &amended, None).expect("amended");
    consensus::ask(&mut it.conn, &convener, at, session, outcome).expect("asked");
    let decision = DecisionInput::default();
    let adopted = decisions::adopt(&mut it.conn, &convener, at, session, outcome, &decision, None);
    let adopted = adopted.expect("adopted");
    assert_eq!(adopted.state, OutcomeState::AmendedAdopted);

    // Shown as a reference for the Task Force and for UCLG, and where it came from is told.
    for addressed_to in [Addressee::Gtf, Addressee::Uclg] {
        let input = ReferenceInput {
            addressed_to: Some(addressed_to),
            field: Some(Field::Policy),
            ..ReferenceInput::default()
        };
        references::add(&mut it.conn, &convener, at, outcome, &input).expect("a reference");
    }
    let trail = provenance::of_outcome(&mut it.conn, &reader, outcome).expect("told");
    assert_eq!(trail.references.len(), 2);
    let row = all_papers::row(&mut it.conn, paper)
        .expect("read")
        .expect("there");
    assert_eq!(row.state, PaperState::Transmitted);
}
