//! Letters about what a release changed: to whom, how many, with what in them; whatever is killed in between.

use mail::{
    model::{Letter, LetterKind},
    outbox,
};
use records::{jobs, model::Job};

use super::*;
use crate::digests;

/// Puts a session elsewhere in the draft; into the room it is in, when none is named.
fn place(conn: &mut Conn, session: SessionId, room: &str, starts: &str) {
    use programme::tables::sessions as rows;
    let own: Option<programme::model::RoomId> =
        db::on_each!(conn, |c| rows::table.find(session).select(rows::room).first(c)).expect("there");
    let place = Placement {
        room: match room {
            "" => own.expect("a room").to_string(),
            room => room.into(),
        },
        starts: starts.into(),
        ..Placement::default()
    };
    let none = Admissions::general_only();
    scheduling::place(conn, &Actor::system(), now(), &none, session, &place, None).expect("placed");
}

fn release(conn: &mut Conn, congress: &Congress) {
    let (none, input) = (Admissions::general_only(), ReleaseInput::default());
    releases::publish(conn, &Actor::system(), now(), &none, congress.edition, &input).expect("released");
}

/// Does all that waits to be told, and what that leaves to be told.
fn tell(conn: &mut Conn) -> usize {
    let mut posted = 0;
    loop {
        let due = lease(conn);
        if due.is_empty() {
            return posted;
        }
        for job in due {
            posted += conn.transaction(|conn| done(conn, &job)).expect("told");
        }
    }
}

fn lease(conn: &mut Conn) -> Vec<Job> {
    jobs::lease(conn, &[releases::TELL_JOB], now(), 60, 20).expect("leased")
}

/// A job as the worker does it: with the note that it is done.
fn done(conn: &mut Conn, job: &Job) -> Result<usize, Fault> {
    let posted = digests::tell(conn, now(), &job.payload.0)?;
    jobs::finish(conn, now(), job)?;
    Ok(posted)
}

fn letters(conn: &mut Conn) -> Vec<Letter> {
    let filter = outbox::Filter {
        kind: Some(LetterKind::ProgrammeChanged),
        ..outbox::Filter::default()
    };
    let ask = kernel::PageAsk::of(100);
    let listed = outbox::list(conn, &Actor::system(), now(), &filter, &ask);
    listed.expect("letters").items
}

/// The lines of a letter that tell a change.
fn changes(letter: &Letter) -> Vec<String> {
    let lines = letter.body.lines().filter_map(|line| line.strip_prefix("- "));
    lines.map(str::to_owned).collect()
}

#[test]
fn r51_moved_twice_in_the_draft_is_one_letter_after_the_release_with_old_and_new() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let walk = session(&mut conn, &congress, "Walk", "Hall", "2019-11-13T09:00", None);
    let counted = session(
        &mut conn,
        &congress,
        "Counted",
        "Room 1",
        "2019-11-13T11:00",
        Some(5),
    );
    let other = session(&mut conn, &congress, "Other", "Room 2", "2019-11-13T09:00", None);
    let (ana, _) = registered(&mut conn, &congress, 1);
    let (ben, _) = registered(&mut conn, &congress, 2);
    let (eve, _) = registered(&mut conn, &congress, 3);
    agenda::add(&mut conn, &ana, now(), walk).expect("added");
    take_seat(&mut conn, &ana, counted).expect("a seat");
    take_seat(&mut conn, &ben, counted).expect("a seat");
    agenda::add(&mut conn, &eve, now(), other).expect("added");
    assert_eq!(tell(&mut conn), 0);

    place(&mut conn, walk, "", "2019-11-13T14:00");
    place(&mut conn, walk, "", "2019-11-13T15:00");
    assert_eq!(tell(&mut conn), 0);
    releases::cancel(&mut conn, &Actor::system(), now(), counted, "", None).expect("cancelled");
    release(&mut conn, &congress);
    let posted = tell(&mut conn);

    // What was called off went out at once, a release of its own.
    assert_eq!(posted, 3);
    let letters = letters(&mut conn);
    let of = |actor: &Actor| -> Vec<Vec<String>> {
        let own = letters.iter().filter(|letter| letter.person_id == actor.person);
        own.map(changes).collect()
    };
    let cancelled = "Counted: is cancelled (it was to be on 2019-11-13 11:00–12:00).";
    let moved = "Walk: is now on 2019-11-13 15:00–16:00, and no longer on 2019-11-13 09:00–10:00.";
    let mut anas: Vec<String> = of(&ana).concat();
    anas.sort_unstable();
    assert_eq!(anas, [cancelled, moved]);
    assert_eq!(of(&ben), [[cancelled]]);
    assert!(of(&eve).is_empty());
}

#[test]
fn r51_all_changes_of_a_release_stand_in_one_letter_in_the_readers_language() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let one = session(&mut conn, &congress, "One", "Hall", "2019-11-13T09:00", None);
    let two = session(
        &mut conn,
        &congress,
        "Two {is}",
        "Room {was}",
        "2019-11-13T09:00",
        None,
    );
    let (ana, registration) = registered(&mut conn, &congress, 1);
    on_each_language(&mut conn, &registration, Language::Fr);
    agenda::add(&mut conn, &ana, now(), one).expect("added");
    agenda::add(&mut conn, &ana, now(), two).expect("added");
    tell(&mut conn);
    let hall = rooms::list(&mut conn, congress.edition).expect("rooms")[0]
        .id
        .to_string();

    place(&mut conn, one, "", "2019-11-13T11:00");
    place(&mut conn, two, &hall, "2019-11-13T09:00");
    release(&mut conn, &congress);

    assert_eq!(tell(&mut conn), 1);
    let letters = letters(&mut conn);
    assert_eq!(letters[0].language, Language::Fr);
    let told = changes(&letters[0]);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].starts_with("One: a désormais lieu le 2019-11-13 11:00"),
        "{told:?}"
    );
    assert!(told[1].ends_with(": Hall, et non plus : Room {was}."), "{told:?}");
}

#[test]
fn r51_killed_in_the_midst_nothing_is_told_twice_and_nothing_is_lost() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let walk = session(&mut conn, &congress, "Walk", "Hall", "2019-11-13T09:00", None);
    for number in 0..3 {
        let actor = person(&mut conn, number);
        agenda::add(&mut conn, &actor, now(), walk).expect("added");
    }
    tell(&mut conn);
    place(&mut conn, walk, "", "2019-11-13T14:00");
    release(&mut conn, &congress);

    // Killed before COMMIT: nothing was written, the lease runs out, another takes over.
    let job = lease(&mut conn).remove(0);
    let killed = conn.transaction(|conn| {
        done(conn, &job)?;
        Err::<(), _>(Fault::internal("killed"))
    });
    assert!(killed.is_err());
    assert_eq!(letters(&mut conn).len(), 0);
    let later = now().plus_seconds(3600);
    let again = jobs::lease(&mut conn, &[releases::TELL_JOB], later, 60, 20).expect("leased");
    assert_eq!(conn.transaction(|conn| done(conn, &again[0])).expect("told"), 3);

    // Whoever still believed to have the job does it again: each was told already.
    assert_eq!(
        conn.transaction(|conn| done(conn, &job))
            .expect("nothing to tell"),
        0
    );
    assert_eq!(letters(&mut conn).len(), 3);
}

fn on_each_language(conn: &mut Conn, registration: &Registration, language: Language) {
    use crate::tables::registrations as rows;
    db::on_each!(conn, |c| diesel::update(rows::table.find(registration.id))
        .set(rows::language.eq(language))
        .execute(c))
    .expect("set");
}
