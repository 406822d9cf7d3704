//! What stays of somebody who is erased.

use access_rules::PersonId;
use kernel::Fault;

use super::{Hall, at, hall};
use crate::{
    calling,
    model::{Finding, Gender, MotionKind, SpeechKind},
    personal, points, speakers,
};

fn erase(hall: &mut Hall, person: PersonId) -> Result<(), Fault> {
    hall.act(|conn| {
        let names = personal::take_name_out(conn, person, "Person 7")?;
        let words: Vec<&str> = names.iter().map(String::as_str).collect();
        personal::take_names_out(conn, &words, "Person 7")
    })
}

#[test]
fn r260_who_is_erased_is_shown_under_a_pseudonym_and_their_speech_stays() {
    let mut hall = hall();
    let quenby = hall.delegate("Quenby Zwartbooi", Some("africa"), Some(Gender::Woman));
    let asked = hall.asks(&quenby, SpeechKind::Statement).expect("asked").id;
    let other = hall.statement("Ana");
    hall.act(|conn| speakers::remove(conn, None, at(0), other, "Quenby Zwartbooi speaks for them"))
        .expect("removed");
    hall.calls_at(at(0)).expect("called");
    hall.act(|conn| calling::finish(conn, None, at(60), asked))
        .expect("done");
    let floor = hall.floor;
    let motion = crate::motions::NewMotion {
        kind: MotionKind::CloseDebate,
        mover: quenby.clone(),
        subject: None,
        words: "Moved by Quenby Zwartbooi".into(),
    };
    hall.act(|conn| crate::motions::move_one(conn, None, at(60), floor, &motion))
        .expect("moved");
    let point = hall.point("Ben");
    hall.calls_at(at(61)).expect("called");
    let ruled = points::RulingInput {
        finding: Some(Finding::Noted),
        words: "As Quenby Zwartbooi said".into(),
    };
    let ruling = hall
        .act(|conn| points::rule(conn, None, at(62), point, &ruled))
        .expect("ruled")
        .id;
    hall.act(|conn| points::appeal(conn, None, at(62), ruling, &quenby))
        .expect("appealed");
    let before = hall.view(at(70));
    let shown = serde_json::to_string(&before).expect("JSON");
    assert_eq!(shown.matches("Zwartbooi").count(), 7, "{shown}");

    erase(&mut hall, quenby.person).expect("erased");

    let after = hall.view(at(70));
    let shown = serde_json::to_string(&after).expect("JSON");
    assert!(!shown.contains("Zwartbooi"), "{shown}");
    assert_ne!(after.digest, before.digest, "whoever kept the page gets another");
    assert_eq!(after.spoken[1].name, "Person 7");
    assert_eq!(
        (after.balance.speeches, after.balance.seconds),
        (before.balance.speeches, before.balance.seconds)
    );
    assert_eq!(after.balance.by_gender[0].group, None);
    let removed = speakers::get(&mut hall.conn, other).expect("there");
    assert_eq!(removed.removal_reason, "Person 7 speaks for them");
}
