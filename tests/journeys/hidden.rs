//! What is hidden from a stranger is not only answered like what is absent, it is looked for like it: by the same statements,
//! so that neither the bytes of an answer nor the work behind it tell the two apart. Pages and exports of an edition show
//! its programme as the reader sees it, and look for nothing hidden at all.

use std::sync::{Arc, Mutex, PoisonError};

use access_rules::Actor;
use db::{Conn, on_each, testing};
use diesel::connection::{Connection as _, InstrumentationEvent};
use kernel::{Fault, Id, Localized, Moment};
use members::actors;
use programme::{releases, sessions};
use registration::seat_access;
use statutory::{
    documents::{self, DocumentInput},
    meetings,
    model::{DocumentId, MeetingId},
};
use tests::Cast;

/// A use case that is asked for a hidden thing, or else for one that never was.
type Asked<'a> = (&'static str, Box<dyn Fn(&mut Conn, &Actor, bool) -> Fault + 'a>);

/// The id of the hidden thing, or one of nothing.
fn id<T>(hidden: Id<T>, is_there: bool) -> Id<T> {
    if is_there { hidden } else { Id::new() }
}

/// What was asked of the database, without the values.
fn statements(conn: &mut Conn, run: impl FnOnce(&mut Conn) -> Fault) -> (Vec<String>, Fault) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let seeing = Arc::clone(&seen);
    let see = move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event {
            let text = query.to_string();
            let text = text.split(" -- binds").next().unwrap_or_default().to_owned();
            seeing.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        }
    };
    on_each!(&mut *conn, |c| c.set_instrumentation(see));
    let fault = run(&mut *conn);
    on_each!(&mut *conn, |c| c
        .set_instrumentation(|_: InstrumentationEvent<'_>| ()));
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (seen, fault)
}

#[test]
fn r1_a_stranger_who_asks_for_what_is_hidden_sets_off_what_one_does_who_asks_for_nothing() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let cast = conn
        .transaction(|conn| Ok::<_, Fault>(Cast::gather(conn)))
        .expect("gathered");
    let now = Moment::now();
    let meeting = meetings::of_session(conn, cast.hidden)
        .expect("asked")
        .expect("a meeting");
    let paper = paper(conn, meeting.id, now);
    let admissions = &cast.congress.admissions;
    let asked: Vec<Asked<'_>> = vec![
        (
            "a session in the draft",
            Box::new(|conn, actor, there| hidden(sessions::get(conn, actor, now, id(cast.hidden, there)))),
        ),
        (
            "a session as released, and its calendar",
            Box::new(|conn, actor, there| hidden(releases::around(conn, actor, now, id(cast.hidden, there)))),
        ),
        (
            "what one may do at a session, and its seats",
            Box::new(|conn, actor, there| {
                hidden(seat_access::of(
                    conn,
                    admissions,
                    actor,
                    now,
                    id(cast.hidden, there),
                ))
            }),
        ),
        (
            "a meeting",
            Box::new(|conn, actor, there| hidden(meetings::get(conn, actor, now, id(meeting.id, there)))),
        ),
        (
            "a paper",
            Box::new(|conn, actor, there| hidden(documents::download(conn, actor, now, id(paper, there)))),
        ),
    ];
    let mut strangers = vec![("nobody", Actor::nobody())];
    for name in ["individual", "partner", "member"] {
        let somebody = cast.find(name);
        let actor = actors::load(conn, somebody.account, somebody.person, now).expect("an actor");
        strangers.push((name, actor));
    }

    for (what, ask) in &asked {
        for (name, actor) in &strangers {
            let (there, answer) = statements(conn, |conn| ask(conn, actor, true));
            let (absent, nothing) = statements(conn, |conn| ask(conn, actor, false));

            assert!(!absent.is_empty(), "{what} as {name}: nothing was seen");
            assert_eq!(there, absent, "{what} as {name}");
            // The log knows the one from the other; the answer does not.
            assert_eq!(
                (answer.kind, answer.code),
                (nothing.kind, nothing.code),
                "{what} as {name}"
            );
        }
    }
}

fn hidden<T>(answer: Result<T, Fault>) -> Fault {
    match answer {
        Ok(_) => panic!("it is not hidden"),
        Err(fault) => fault,
    }
}

/// A paper of a meeting.
fn paper(conn: &mut Conn, meeting: MeetingId, now: Moment) -> DocumentId {
    let input = DocumentInput {
        title: Localized::only("en", "Budget"),
        language: "en".into(),
        ..DocumentInput::default()
    };
    let received = files::Received {
        hash: "ab".repeat(32).parse().expect("a hash"),
        size: 1234,
        media_type: files::MediaType::Pdf,
        name: "report.pdf".into(),
    };
    let added = documents::add(conn, &Actor::system(), now, meeting, &input, &received);
    added.expect("a paper").id
}
