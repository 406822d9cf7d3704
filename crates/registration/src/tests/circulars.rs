//! Letters to many: whom they go to, who is left out and why, and that they go once.

use mail::model::{Letter, LetterState};
use people::{consents, model::ConsentPurpose};
use programme::parts::SpeakerInput;

use super::*;
use crate::{
    circulars::{self, CircularInput, SendInput},
    model::{CircularPurpose, CircularState, NotWritten, SegmentOf},
    segments::{Recipient, Segment},
};

fn letter(purpose: CircularPurpose, segment: Segment) -> CircularInput {
    CircularInput {
        purpose: Some(purpose),
        subject: Localized::of("Doors", "Portes", "Puertas"),
        body: Localized::of(
            "They open at eight.\n\nBring your badge.",
            "Elles ouvrent à huit heures.",
            "Abren a las ocho.",
        ),
        segment,
    }
}

fn of(of: SegmentOf) -> Segment {
    Segment {
        of: Some(of),
        ..Segment::default()
    }
}

fn recipients(conn: &mut Conn, congress: &Congress, input: &CircularInput) -> Vec<Recipient> {
    let system = Actor::system();
    let made = circulars::create(conn, &system, now(), congress.edition, input).expect("written");
    circulars::recipients(conn, &system, now(), made.id).expect("found")
}

fn written(recipients: &[Recipient]) -> usize {
    recipients.iter().filter(|one| one.left_out.is_none()).count()
}

fn agree(conn: &mut Conn, actor: &Actor) {
    let person = actor.person.expect("a person");
    let agreed = consents::Agreed {
        purpose: ConsentPurpose::News,
        about: person.cast(),
        words: "test 1",
        through: "test",
    };
    consents::give(conn, now(), person, &agreed).expect("agreed");
}

/// The letters of this circular.
fn letters(conn: &mut Conn, id: crate::model::CircularId) -> Vec<Letter> {
    let filter = mail::outbox::Filter {
        circular: Some(id.cast()),
        ..mail::outbox::Filter::default()
    };
    let ask = kernel::PageAsk::of(200);
    let system = Actor::system();
    mail::outbox::list(conn, &system, now(), &filter, &ask)
        .expect("the outbox")
        .items
}

#[test]
fn a_letter_goes_once_to_those_it_was_shown_for_and_waits_in_the_outbox() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    for number in 0..3 {
        registered(conn, &congress, number);
    }
    let (gone, left) = registered(conn, &congress, 3);
    registrations::cancel(conn, &gone, now(), left.id, None).expect("taken back");
    let system = Actor::system();
    let input = letter(CircularPurpose::Service, of(SegmentOf::Registered));
    let made = circulars::create(conn, &system, now(), congress.edition, &input).expect("written");
    let shown = circulars::recipients(conn, &system, now(), made.id).expect("found");

    registered(conn, &congress, 4);
    let said = |expected| SendInput {
        expected: Some(expected),
    };
    let changed = circulars::send(conn, &system, now(), made.id, Some(1), said(3)).expect_err("one came");
    let stale =
        circulars::send(conn, &system, now(), made.id, Some(7), said(3)).expect_err("another version");
    let sent = circulars::send(conn, &system, now(), made.id, Some(1), said(4)).expect("sent");
    let twice = circulars::send(conn, &system, now(), made.id, None, said(4)).expect_err("once");
    let late = circulars::edit(conn, &system, now(), made.id, None, &input).expect_err("it left");

    assert_eq!(written(&shown), 3, "who does not take part is not written to");
    assert_eq!(
        (changed.code, &changed.facts["now"]),
        ("segment_changed", &4.into())
    );
    assert_eq!(stale.kind, Kind::Stale);
    assert_eq!((sent.state, sent.letters), (CircularState::Sent, 4));
    assert_eq!(
        (twice.code, late.code),
        ("circular_was_sent", "circular_was_sent")
    );
    let posted = letters(conn, made.id);
    assert_eq!(posted.len(), 4);
    assert!(posted.iter().all(|letter| letter.state == LetterState::Waiting));
    let text = &posted[0].body;
    assert!(
        text.contains("They open at eight.\n\nBring your badge.") && text.contains("you are registered for"),
        "{text}"
    );
    assert!(!text.contains("written by the site itself"), "{text}");
}

#[test]
fn who_may_not_be_written_to_is_counted_with_the_reason() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let people: Vec<(Actor, Registration)> =
        (0..4).map(|number| registered(conn, &congress, number)).collect();
    let system = Actor::system();
    for (actor, _) in &people[..3] {
        agree(conn, actor);
    }
    // The last letter to the second came back, and the third was erased.
    let first = letter(CircularPurpose::News, of(SegmentOf::Registered));
    let made = circulars::create(conn, &system, now(), congress.edition, &first).expect("written");
    circulars::send(conn, &system, now(), made.id, None, SendInput::default()).expect("sent");
    let to_second = letters(conn, made.id)
        .into_iter()
        .find(|letter| letter.person_id == people[1].0.person)
        .expect("written to");
    let sent = |conn: &mut Conn, state: &str| {
        conn.execute_batch(&format!(
            "UPDATE letters SET state = '{state}', sent_at = created_at WHERE to_email = '{}'",
            to_second.to_email
        ))
        .expect("set");
    };
    sent(conn, "bounced");
    let third = people[2].0.person.expect("a person");
    let unnamed = persons::PersonInput {
        given_name: people::personal::pseudonym(third),
        ..persons::PersonInput::default()
    };
    let version = persons::get(conn, third).expect("there").version;
    persons::edit(conn, &system, now(), third, Some(version), &unnamed).expect("unnamed");

    let news = recipients(
        conn,
        &congress,
        &letter(CircularPurpose::News, of(SegmentOf::Registered)),
    );
    let service = recipients(
        conn,
        &congress,
        &letter(CircularPurpose::Service, of(SegmentOf::Registered)),
    );
    sent(conn, "sent");
    let mended = recipients(
        conn,
        &congress,
        &letter(CircularPurpose::News, of(SegmentOf::Registered)),
    );

    let why = |all: &[Recipient], number: usize| {
        let person = people[number].0.person;
        all.iter()
            .find(|one| one.person == person)
            .expect("counted")
            .left_out
    };
    let of_each = |all: &[Recipient]| (0..4).map(|number| why(all, number)).collect::<Vec<_>>();
    assert_eq!(
        of_each(&news),
        [
            None,
            Some(NotWritten::Bounced),
            Some(NotWritten::Erased),
            Some(NotWritten::NoConsent)
        ]
    );
    assert_eq!(
        of_each(&service),
        [None, Some(NotWritten::Bounced), Some(NotWritten::Erased), None]
    );
    assert_eq!(why(&mended, 1), None, "a letter arrived since");
}

#[test]
fn a_segment_is_what_the_lists_filter_chooses() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let (ana, _) = registered(conn, &congress, 1);
    let (bo, _) = registered(conn, &congress, 2);
    let talk = session(conn, &congress, "Talk", "Hall", "2019-11-13T09:00", Some(10));
    take_seat(conn, &bo, talk).expect("a seat");
    let system = Actor::system();
    let speakers = SessionInput {
        kind: "special".into(),
        title: Localized::only("en", "Panel"),
        length_minutes: Some(60),
        speakers: Some(vec![
            SpeakerInput {
                person: ana.person,
                role: "lead".into(),
                ..SpeakerInput::default()
            },
            SpeakerInput {
                name: "Somebody Else".into(),
                ..SpeakerInput::default()
            },
        ]),
        ..SessionInput::default()
    };
    let none = Admissions::general_only();
    sessions::create(conn, &system, now(), &none, congress.edition, &speakers).expect("a session");
    let found = |conn: &mut Conn, segment: Segment| {
        let all = recipients(conn, &congress, &letter(CircularPurpose::Service, segment));
        let people: Vec<_> = all
            .iter()
            .filter(|one| one.left_out.is_none())
            .filter_map(|one| one.person)
            .collect();
        (people, all.len())
    };

    let category = Segment {
        category: Some(Id::new()),
        ..of(SegmentOf::Registered)
    };
    let by_text = Segment {
        text: Some("ana2".into()),
        ..of(SegmentOf::Registered)
    };
    let seated = Segment {
        session: Some(talk),
        ..of(SegmentOf::Reserved)
    };
    let elsewhere = Segment {
        text: Some("nothing so called".into()),
        ..of(SegmentOf::Speakers)
    };
    assert_eq!(found(conn, category), (vec![], 0));
    assert_eq!(found(conn, by_text).0, vec![bo.person.expect("bo")]);
    assert_eq!(found(conn, seated).0, vec![bo.person.expect("bo")]);
    assert_eq!(
        found(conn, of(SegmentOf::Speakers)),
        (vec![ana.person.expect("ana")], 2),
        "who is a name alone is counted, and has no address"
    );
    assert_eq!(
        found(conn, of(SegmentOf::Leads)).0,
        vec![ana.person.expect("ana")]
    );
    assert_eq!(found(conn, elsewhere), (vec![], 0));
    assert_eq!(found(conn, of(SegmentOf::Members)), (vec![], 0));
}

#[test]
fn what_lacks_in_a_letter_is_named_and_only_who_minds_the_outbox_writes_one() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let somebody = person(conn, 1);
    let system = Actor::system();
    let half = CircularInput {
        subject: Localized::only("fr", "Portes"),
        body: Localized::only("en", "They open at eight."),
        segment: of(SegmentOf::Reserved),
        ..CircularInput::default()
    };

    let lacking = circulars::create(conn, &system, now(), congress.edition, &half).expect_err("lacking");
    let whole = letter(CircularPurpose::Service, of(SegmentOf::Registered));
    let theirs = circulars::create(conn, &somebody, now(), congress.edition, &whole).expect_err("not theirs");
    let made = circulars::create(conn, &system, now(), congress.edition, &whole).expect("written");
    let nobody =
        circulars::send(conn, &system, now(), made.id, None, SendInput::default()).expect_err("nobody");
    circulars::discard(conn, &system, now(), made.id).expect("thrown away");
    let gone = circulars::get(conn, &system, now(), made.id).expect_err("gone");

    let fields: Vec<&str> = lacking.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["purpose", "subject.en", "body.fr", "segment.session"]);
    assert_eq!(theirs.kind, Kind::Forbidden);
    assert_eq!(nobody.code, "nobody_to_write_to");
    assert_eq!(gone.kind, Kind::NotFound);
}

#[test]
fn news_that_have_not_left_are_given_up_when_consent_ends() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let (ana, _) = registered(conn, &congress, 1);
    let (bo, _) = registered(conn, &congress, 2);
    agree(conn, &ana);
    agree(conn, &bo);
    let system = Actor::system();
    let send = |conn: &mut Conn, purpose| {
        let input = letter(purpose, of(SegmentOf::Registered));
        let made = circulars::create(conn, &system, now(), congress.edition, &input).expect("written");
        circulars::send(conn, &system, now(), made.id, None, SendInput::default())
            .expect("sent")
            .id
    };
    let left = send(conn, CircularPurpose::News);
    conn.execute_batch("UPDATE letters SET state = 'sent', sent_at = created_at")
        .expect("they left");
    let waits = send(conn, CircularPurpose::News);
    let service = send(conn, CircularPurpose::Service);
    let person = ana.person.expect("ana");

    consents::withdraw(conn, now(), ConsentPurpose::News, person.cast(), "test").expect("taken back");
    let given_up = circulars::end_news(conn, person).expect("given up");
    let again = circulars::end_news(conn, person).expect("nothing is left");

    assert_eq!((given_up, again), (1, 0));
    let mut states = |circular, actor: &Actor| {
        let theirs = letters(conn, circular)
            .into_iter()
            .find(|letter| letter.person_id == actor.person);
        theirs.expect("written to").state
    };
    assert_eq!(
        [left, waits, service].map(|circular| states(circular, &ana)),
        [LetterState::Sent, LetterState::Cancelled, LetterState::Waiting]
    );
    assert_eq!(
        [left, waits, service].map(|circular| states(circular, &bo)),
        [LetterState::Sent, LetterState::Waiting, LetterState::Waiting]
    );
}

#[test]
fn a_name_that_is_taken_out_is_taken_out_of_letters_to_many() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let system = Actor::system();
    let about = |named: &str, address: &str, looked_for: &str| CircularInput {
        purpose: Some(CircularPurpose::Service),
        subject: Localized::only("en", &format!("Thanks to {named}")),
        body: Localized::only("en", &format!("{named} opens.\n\nWrite to {address}.")),
        segment: Segment {
            text: Some(looked_for.into()),
            ..of(SegmentOf::Registered)
        },
    };
    let written = [
        about("Ana Sol", "ana.sol@example.org", "ANA sol"),
        // A longer name and a longer address are of somebody else.
        about("Ana Sol-Vidal", "joana.sol@example.org", "vidal"),
    ];
    let [ana, other] = written.map(|input| {
        let made = circulars::create(conn, &system, now(), congress.edition, &input);
        made.expect("written")
    });

    let texts = ["ana.sol@example.org", "Ana Sol"];
    crate::personal::take_names_out(conn, &texts, "somebody").expect("taken out");

    let ana = circulars::get(conn, &system, now(), ana.id).expect("there");
    assert_eq!(ana.subject, Localized::only("en", "Thanks to somebody"));
    assert_eq!(
        ana.body,
        Localized::only("en", "somebody opens.\n\nWrite to somebody.")
    );
    assert_eq!(ana.segment.0, of(SegmentOf::Registered));
    assert_eq!(circulars::get(conn, &system, now(), other.id), Ok(other));
}
