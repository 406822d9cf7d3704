//! Many registrations decided as one act.

use super::*;
use crate::{
    categories::CategoryInput,
    many_decisions::{self, ManyInput, Tally, seen},
    model::{LeftBecause, RegistrationId},
};

/// A category of so many places, looked at by somebody or not.
fn category(conn: &mut Conn, congress: &Congress, places: i64, needs_review: bool) -> Congress {
    let input = CategoryInput {
        code: format!("guests_{places}"),
        title: Localized::only("en", "Guests"),
        places_max: Some(places),
        needs_review,
        ..CategoryInput::default()
    };
    let made =
        categories::create(conn, &Actor::system(), now(), congress.edition, &input).expect("a category");
    Congress {
        category: made.id,
        ..*congress
    }
}

fn sent(conn: &mut Conn, congress: &Congress, number: usize) -> Registration {
    let actor = person(conn, number);
    let saved = draft(conn, congress, &actor, &[]);
    registrations::submit(conn, &actor, now(), saved.id, Some(saved.version)).expect("sent")
}

fn accept(ids: &[RegistrationId]) -> ManyInput {
    ManyInput {
        ids: ids.to_vec(),
        accept: true,
        ..ManyInput::default()
    }
}

fn state_of(conn: &mut Conn, id: RegistrationId) -> RegistrationState {
    let found = registrations::find_any(conn, id).expect("read");
    found.expect("there").state
}

#[test]
fn what_is_said_before_is_what_is_done_and_a_second_press_does_nothing() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let guests = category(&mut conn, &congress, 10, true);
    let (one, two) = (sent(&mut conn, &guests, 1), sent(&mut conn, &guests, 2));
    let certain = sent(&mut conn, &congress, 3);
    let system = Actor::system();
    let mut input = accept(&[one.id, two.id, certain.id]);

    let shown = many_decisions::consider(&mut conn, &system, now(), congress.edition, &input).expect("shown");
    input.seen = Some(seen(&shown));
    let (act, done) =
        many_decisions::decide(&mut conn, &system, now(), congress.edition, &input).expect("done");
    let (_, again) =
        many_decisions::decide(&mut conn, &system, now(), congress.edition, &input).expect("again");

    let tally = |of: &[many_decisions::Considered]| Tally::of(of.iter().map(|one| one.left));
    assert_eq!(tally(&shown), tally(&done));
    assert_eq!((tally(&shown).chosen, tally(&shown).changed), (3, 2));
    assert_eq!(tally(&again).left[&LeftBecause::DecidedAlready], 3);
    assert_eq!(state_of(&mut conn, one.id), RegistrationState::Confirmed);
    let (kept, outcomes) =
        many_decisions::outcomes(&mut conn, &system, now(), congress.edition, act.id).expect("kept");
    assert_eq!((kept.changed, kept.unchanged, outcomes.len()), (2, 1, 3));
    let of_two = outcomes.iter().find(|(_, row)| row.id == two.id).expect("kept").0;
    assert_eq!(
        (of_two.state_before, of_two.state_after, of_two.left_because),
        (
            RegistrationState::PendingReview,
            RegistrationState::Confirmed,
            None
        )
    );
}

#[test]
fn what_changed_after_it_was_shown_is_left_and_told() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let guests = category(&mut conn, &congress, 10, true);
    let (one, two) = (sent(&mut conn, &guests, 1), sent(&mut conn, &guests, 2));
    let system = Actor::system();
    let mut input = ManyInput {
        all: true,
        state: Some(RegistrationState::PendingReview),
        accept: true,
        ..ManyInput::default()
    };

    let shown = many_decisions::consider(&mut conn, &system, now(), congress.edition, &input).expect("shown");
    input.seen = Some(seen(&shown));
    let late = sent(&mut conn, &guests, 3);
    let by_then = registrations::find_any(&mut conn, two.id)
        .expect("read")
        .expect("there");
    registrations::cancel(&mut conn, &system, now(), by_then.id, None).expect("taken back");
    let (_, done) =
        many_decisions::decide(&mut conn, &system, now(), congress.edition, &input).expect("done");

    let left = |id| {
        let one = done.iter().find(|one| one.registration.id == id);
        one.expect("told").left
    };
    assert_eq!(left(one.id), None);
    assert_eq!(left(two.id), Some(LeftBecause::ChangedSince));
    assert_eq!(left(late.id), Some(LeftBecause::NotShown));
    assert_eq!(state_of(&mut conn, two.id), RegistrationState::Cancelled);
    assert_eq!(state_of(&mut conn, late.id), RegistrationState::PendingReview);
}

#[test]
fn who_waits_is_accepted_in_order_as_long_as_there_are_places() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let guests = category(&mut conn, &congress, 1, false);
    let certain = sent(&mut conn, &guests, 1);
    let (first, second) = (sent(&mut conn, &guests, 2), sent(&mut conn, &guests, 3));
    assert_eq!(second.state, RegistrationState::Waiting);
    let system = Actor::system();
    let input = accept(&[second.id, first.id]);

    let full = many_decisions::consider(&mut conn, &system, now(), congress.edition, &input).expect("shown");
    let one = DecisionInput {
        accept: true,
        reason: String::new(),
    };
    let alone = registrations::decide(&mut conn, &system, now(), first.id, None, &one).expect_err("no place");
    registrations::cancel(&mut conn, &system, now(), certain.id, None).expect("a place is free");
    let (_, done) =
        many_decisions::decide(&mut conn, &system, now(), congress.edition, &input).expect("done");

    assert!(full.iter().all(|one| one.left == Some(LeftBecause::CategoryFull)));
    assert_eq!(alone.code, "category_full");
    let left = |id| {
        done.iter()
            .find(|one| one.registration.id == id)
            .expect("told")
            .left
    };
    assert_eq!(
        (left(first.id), left(second.id)),
        (None, Some(LeftBecause::CategoryFull))
    );
    let category = categories::find(&mut conn, guests.category)
        .expect("read")
        .expect("there");
    assert_eq!(category.places_taken, 1, "no more than there are");
}

#[test]
fn many_are_refused_with_a_reason_by_who_may_and_not_across_congresses() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let guests = category(&mut conn, &congress, 10, true);
    let one = sent(&mut conn, &guests, 1);
    let stranger = person(&mut conn, 2);
    let input = ManyInput {
        ids: vec![one.id],
        ..ManyInput::default()
    };
    let system = Actor::system();

    let bare = many_decisions::decide(&mut conn, &system, now(), congress.edition, &input);
    let theirs = many_decisions::decide(&mut conn, &stranger, now(), congress.edition, &input);
    let elsewhere = many_decisions::consider(&mut conn, &system, now(), Id::new(), &input);
    let mut made_up = accept(&[one.id]);
    made_up.seen = Some("nothing of ours".into());
    let unread = many_decisions::decide(&mut conn, &system, now(), congress.edition, &made_up);

    assert_eq!(bare.expect_err("no reason").code, "reason_needed");
    assert_eq!(theirs.expect_err("not theirs").kind, Kind::Forbidden);
    assert_eq!(elsewhere.expect_err("of another").kind, Kind::NotFound);
    assert_eq!(unread.expect_err("not shown by us").fields[0].field, "seen");
}

#[test]
fn a_name_that_is_taken_out_is_taken_out_of_why_many_were_refused() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let guests = category(&mut conn, &congress, 10, true);
    sent(&mut conn, &guests, 1);
    let system = Actor::system();
    let input = ManyInput {
        all: true,
        text: Some("Ana Example".into()),
        reason: "Ana Example comes already.".into(),
        ..ManyInput::default()
    };
    let (act, _) = many_decisions::decide(&mut conn, &system, now(), congress.edition, &input).expect("done");

    crate::personal::take_names_out(&mut conn, &["Ana Example"], "somebody").expect("taken out");

    let (kept, _) =
        many_decisions::outcomes(&mut conn, &system, now(), congress.edition, act.id).expect("kept");
    assert_eq!(kept.reason, "somebody comes already.");
    assert!(act.chosen.0.get("text").is_none(), "by which words is never kept");
    assert_eq!(kept.chosen, act.chosen);
}
