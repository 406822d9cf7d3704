//! What is kept about a person, and what becomes of their name.

use db::testing;

use super::*;
use crate::{
    legacy_model::{Addressee, Field, ResponseAnswer},
    personal,
    references::{self, ReferenceInput},
    responses::{self, AnswerInput, AskInput},
};

const NAME: &str = "Thandeka Dlamini";

#[test]
fn r260_a_name_goes_from_results_reasons_notes_and_answers() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let by = |words: &str| Localized::of(&format!("{words} by {NAME}."), "Rien.", "");
    let new = NewTransmission {
        result: by("Chaired"),
        ..result(&it, 0, vec![recommendation("A"), recommendation("B")])
    };
    let (sent, outcomes) = sent(conn, new);
    let reason = format!("Objected to by {NAME}.");
    taken_to(conn, outcomes[0].id, OutcomeState::Debated);
    decisions::refuse(conn, None, now(), outcomes[0].id, None, &reason).expect("refused");
    taken_to(conn, outcomes[1].id, OutcomeState::Adopted);
    let input = ReferenceInput {
        addressed_to: Some(Addressee::Uclg),
        field: Some(Field::Policy),
        note: by("Taken up"),
    };
    references::add(conn, &desk(), now(), outcomes[1].id, &input).expect("made");
    let input = AskInput {
        organisation: Some(it.organisation),
        due_on: Some(today()),
    };
    let asked = responses::ask(conn, &desk(), now(), outcomes[1].id, &input).expect("asked");
    let input = AnswerInput {
        answer: Some(ResponseAnswer::Accepted),
        said: by("Followed"),
        answered_on: None,
    };
    responses::answer(conn, &desk(), now(), today(), asked.id, &input, None).expect("answered");

    personal::take_names_out(conn, &[NAME], "Person 1234").expect("taken out");

    let now_by = |words: &str| Localized::of(&format!("{words} by Person 1234."), "Rien.", "");
    let told = transmissions::find(conn, sent.id).expect("read").expect("there");
    assert_eq!(told.result.0["en"], now_by("Chaired").0["en"]);
    assert_eq!(
        row(conn, outcomes[0].id).decision_reason,
        "Objected to by Person 1234."
    );
    let steps = outcomes::steps(conn, outcomes[0].id).expect("read");
    assert_eq!(steps.last().expect("one").reason, "Objected to by Person 1234.");
    let view = crate::reading::view(conn, &stranger(), today(), outcomes[1].id).expect("told");
    assert_eq!(view.references[0].note.0["en"], now_by("Taken up").0["en"]);
    assert_eq!(
        view.responses[0].response.said.0["en"],
        now_by("Followed").0["en"]
    );
}

#[test]
fn r260_whoever_asks_is_told_what_they_did() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ana = somebody(conn, "Ana");
    let new = result(&it, 0, vec![recommendation("A")]);
    let (sent, _) = transmissions::send(conn, Some(ana), now(), new).expect("sent");
    let id = of_transmission(conn, &sent)[0].id;
    decisions::present(conn, Some(ana), now(), id, None, "First on the list.").expect("presented");
    let columns = db::told::Columns::of(conn).expect("read");

    let told: Vec<(&str, usize)> = personal::TRACES
        .iter()
        .map(|trace| {
            (
                trace.table,
                trace.read(conn, &columns, ana.cast()).expect("told").len(),
            )
        })
        .filter(|(_, rows)| *rows > 0)
        .collect();

    assert_eq!(
        told,
        [("outcome_steps", 2), ("outcomes", 1), ("transmissions", 1)]
    );
}
