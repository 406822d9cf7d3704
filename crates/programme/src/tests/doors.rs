//! Who may do what in a session, and calendars behind a secret.

use access_rules::Circumstances;

use super::*;
use crate::{
    access, calendar_tokens,
    releases::{self, ReleaseInput},
};

fn released_lab(it: &mut Congress) -> Session {
    let mut lab = about("local4action", "Budgeting lab");
    lab.format = "labs".into();
    lab.entry = "seat".into();
    let lab = it.make(&lab);
    let place = at(it.hall, "2019-11-13T10:00", 120);
    it.put(lab.id, &place).expect("free");
    it.release_all();
    lab
}

impl Congress {
    fn release_all(&mut self) {
        let Self {
            conn, open, edition, ..
        } = self;
        releases::publish(
            conn,
            &secretariat(),
            now(),
            open,
            edition.id,
            &ReleaseInput::default(),
        )
        .expect("nothing in the way");
    }
}

#[test]
fn r7_a_lab_says_who_may_attend_it_and_why_not() {
    let mut it = congress();
    let lab = released_lab(&mut it);
    let individual = somebody(&mut it.conn, &[]);
    let member = somebody(&mut it.conn, &[Tag::UclgMember]);
    let edition = it.edition.id;
    let mut view = |actor: &Actor| {
        access::of(&mut it.conn, actor, now(), lab.id, Circumstances::default()).expect("its public")
    };

    let attend = |view: access::AccessView| (view.attend.allowed, view.attend.code);
    assert_eq!(attend(view(&Actor::nobody())), (false, Some("sign_in_needed")));
    // Told of registering is only who may attend once registered.
    assert_eq!(attend(view(&individual)), (false, Some("audience")));
    assert_eq!(attend(view(&member)), (false, Some("not_registered")));
    assert_eq!(
        attend(view(&registered(individual.clone(), edition))),
        (false, Some("audience"))
    );
    assert_eq!(attend(view(&registered(member, edition))), (true, None));

    let whole = view(&registered(individual, edition));
    assert_eq!(whole.propose.code, Some("audience"));
    assert_eq!((whole.attend.of, whole.attend.version), (Some("format"), Some(1)));
    assert!(!whole.vote.allowed);
    assert!(whole.attend.rule.is_some());
}

#[test]
fn access_to_a_hidden_session_is_not_told() {
    let mut it = congress();
    let hidden = it.make(&about("plenary", "Secret"));
    let visitor = somebody(&mut it.conn, &[]);
    let known = Circumstances::default();
    let absent = access::of(&mut it.conn, &visitor, now(), Id::named("absent"), known);
    assert_eq!(
        access::of(&mut it.conn, &visitor, now(), hidden.id, known),
        absent
    );
    assert_eq!(
        access::attend(&mut it.conn, &visitor, now(), hidden.id, known).map(|_| ()),
        Err(Fault::not_found())
    );
}

#[test]
fn r56_a_calendars_secret_is_shown_once_and_the_one_before_stops_working() {
    let mut it = congress();
    let edition = it.edition.id;
    let somebody = somebody(&mut it.conn, &[]);
    let mut rotate = |actor: &Actor| calendar_tokens::rotate(&mut it.conn, actor, now(), edition);
    assert_eq!(code(rotate(&Actor::nobody())), "sign_in_needed");
    let first = rotate(&somebody).expect("drawn");
    let second = rotate(&somebody).expect("drawn anew");
    let person = somebody.person.expect("a person");

    let mut of = |token: &str| calendar_tokens::person_of(&mut it.conn, token);
    assert_eq!(of(&second), Ok((edition, person)));
    assert_eq!(of(&first), Err(Fault::not_found()));
    assert_eq!(of(""), Err(Fault::not_found()));
    calendar_tokens::revoke(&mut it.conn, &somebody, now(), edition).expect("taken back");
    assert_eq!(
        calendar_tokens::person_of(&mut it.conn, &second),
        Err(Fault::not_found())
    );
    assert_eq!(
        calendar_tokens::drawn_at(&mut it.conn, &somebody, edition),
        Ok(None)
    );
}

#[test]
fn r58_the_link_to_join_is_for_who_may_attend_from_a_quarter_of_an_hour_before() {
    let mut it = congress();
    let mut talk = about("parallel", "Talk");
    talk.attendance = "mixed".into();
    talk.join_link = "https://meet.example/1".into();
    let talk = it.make(&talk);
    it.put(talk.id, &at(it.hall, "2019-11-13T10:00", 60))
        .expect("free");
    it.release_all();
    let visitor = somebody(&mut it.conn, &[]);
    let participant = registered(visitor.clone(), it.edition.id);
    let mut join = |actor: &Actor, clock: &str| {
        access::join_link(
            &mut it.conn,
            actor,
            Moment::at(clock),
            talk.id,
            Circumstances::default(),
        )
    };
    assert_eq!(code(join(&visitor, "2019-11-13T08:00:00Z")), "not_registered");
    assert_eq!(code(join(&participant, "2019-11-13T07:44:59Z")), "not_open_yet");
    assert_eq!(
        join(&participant, "2019-11-13T07:45:00Z").as_deref(),
        Ok("https://meet.example/1")
    );
    assert_eq!(code(join(&participant, "2019-11-13T09:00:01Z")), "not_found");
}
