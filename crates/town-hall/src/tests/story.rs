//! The whole way of a theme, from its partners to what the World Assembly makes of it (requirements §3.4, story 2).

use outcomes::{adopt, debate, model::OutcomeState, present, return_, transmissions, wordings::NewOutcome};
use papers::commenting::{self, DisposeInput};
use texts::model::Disposition;

use super::*;
use crate::{
    asking::{self, AskInput},
    caucuses::{self, MemberInput},
    deliberations::{self, DeliberationInput},
    model::{AnswerKind, AnswerValue},
    reviews::{self, AnswerInput, ReviewInput},
    tests::commenting::{says, somebody},
};

/// Everybody who is asked answers for their caucus.
fn reviewed(c: &mut Congress, lead: &Actor, paper: PaperId) {
    let (edition, desk) = (c.edition.id, secretariat());
    let all = caucuses::seed(&mut c.conn, &desk, now(), edition).expect("seeded");
    let mut members = Vec::new();
    for caucus in all {
        let member = somebody(c, &caucus.code);
        let input = MemberInput {
            person: member.person,
        };
        caucuses::name(&mut c.conn, &desk, now(), caucus.id, &input).expect("named");
        members.push(member);
    }
    let input = AskInput {
        caucuses: vec![],
        deadline: Some(Moment::at("2019-10-20T16:00:00Z")),
    };
    let asked = asking::ask(&mut c.conn, lead, now(), paper, &input).expect("asked");
    for (review, member) in asked.iter().zip(&members) {
        let answers = review.questions.iter().map(|question| AnswerInput {
            question: question.code.clone(),
            value: (question.kind != AnswerKind::Words).then_some(AnswerValue::Yes),
            remark: "Nothing lacks.".into(),
        });
        let input = ReviewInput {
            answers: answers.collect(),
            language: "en".into(),
            remarks: "Well done.".into(),
        };
        reviews::answer(&mut c.conn, member, now(), review.id, &input, None).expect("answered");
    }
}

#[test]
fn a_theme_goes_from_its_partners_to_the_world_assembly() {
    let mut c = congress();
    let theme = c.themes[2].id;
    let (partner, lead) = c.led(theme, "A Commission of Women");
    let co = c.partner("A Coalition of Neighbours");
    c.name(theme, co, PartnerRole::Co).expect("joins in");
    let paper = c.open(&lead, theme);
    let ana = somebody(&mut c, "Ana");
    let said = says(&mut c, &ana, &paper, "Say who pays.").expect("said");
    let input = DisposeInput {
        disposition: Some(Disposition::Accepted),
        reason: "The second part says it now.".into(),
    };
    commenting::dispose(&mut c.conn, &lead, now(), paper.id, said.id, said.version, &input)
        .expect("disposed");
    reviewed(&mut c, &lead, paper.id);
    let at = Moment::at("2019-10-12T08:00:00Z");
    for phase in [
        PaperState::Presented,
        PaperState::Discussed,
        PaperState::Debated,
        PaperState::Consolidated,
        PaperState::Final,
    ] {
        c.goes(&lead, at, paper.id, phase).expect("goes on");
    }

    let session = c.released(partner, "gender_equality");
    let evening = Moment::at("2019-11-13T18:00:00Z");
    let recommendations = (1..=7).map(|place| NewOutcome {
        title: Localized::only("en", &format!("Recommendation {place}")),
        language: "en".into(),
        markdown: format!("What cities do in the {place}. place."),
        ..NewOutcome::default()
    });
    let input = DeliberationInput {
        result: Localized::only("en", "Seven recommendations were agreed."),
        recommendations: recommendations.collect(),
    };
    deliberations::record(&mut c.conn, &lead, evening, session, &input, None).expect("recorded");
    deliberations::close(&mut c.conn, &lead, evening, session).expect("closed");

    let edition = c.edition.id;
    let inbox = transmissions::all(&mut c.conn, edition).expect("read");
    let horizon = kernel::LocalDate::on("2022-12-31");
    for (place, outcome) in inbox[0].outcomes.iter().enumerate() {
        let conn = &mut c.conn;
        present(conn, None, evening, outcome.id, None, "").expect("presented");
        debate(conn, None, evening, outcome.id, None, "").expect("debated");
        match place {
            0 => return_(conn, None, evening, outcome.id, None, "It names no means.").expect("returned"),
            _ => adopt(conn, None, evening, outcome.id, None, "", horizon).expect("adopted"),
        };
    }
    let inbox = transmissions::all(&mut c.conn, edition).expect("read");
    let decided = |state| inbox[0].outcomes.iter().filter(|own| own.state == state).count();
    assert_eq!(
        (decided(OutcomeState::Adopted), decided(OutcomeState::Returned)),
        (6, 1)
    );
    assert_eq!(inbox[0].outcomes[6].code, "TH-2019-03-R07");
    let paper = papers::row(&mut c.conn, paper.id).expect("read").expect("there");
    assert_eq!(paper.state, PaperState::Transmitted);
}
