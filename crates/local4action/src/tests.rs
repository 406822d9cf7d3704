//! The Local4Action track against a real database, on whichever engine the run names.

use access_rules::{Actor, PersonId, Role, Scope, Standing, Tag};
use db::{Conn, testing, testing::TestDatabase};
use kernel::{Fault, Id, Localized, Moment};
use members::actors;
use people::persons::{self, NewPerson};
use programme::{
    admission::Admissions,
    conflicts::Severity,
    editions::{self, EditionInput},
    model::{Edition, EditionState, Session, SessionState, TrackKind},
    releases::{self, ReleaseInput},
    scheduling::{self, Placement},
    sessions::{self, SessionInput, SpeakerInput},
};

use crate::{
    admission::Local4ActionAdmission,
    calls::{self, CallInput, InvitationInput},
    model::{Call, CallState},
    proposals,
};

fn now() -> Moment {
    Moment::at("2019-06-01T08:00:00Z")
}

fn staff(scope: Scope) -> Actor {
    Actor {
        account: Some(Id::named("staff")),
        standings: vec![Standing {
            role: Role::Secretariat,
            scope,
        }],
        ..Actor::default()
    }
}

fn secretariat() -> Actor {
    staff(Scope::Everywhere)
}

struct Congress {
    _database: TestDatabase,
    conn: Conn,
    edition: Edition,
    admissions: Admissions,
}

fn an_edition(conn: &mut Conn, slug: &str) -> Edition {
    let input = EditionInput {
        slug: slug.into(),
        title: Localized::only("en", slug),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let edition = editions::create(conn, &secretariat(), now(), &input).expect("an edition");
    let announced = EditionState::Announced;
    editions::step(conn, &secretariat(), now(), edition.id, announced, None).expect("announced")
}

fn congress() -> Congress {
    let database = testing::fresh();
    let mut conn = database.conn();
    let edition = an_edition(&mut conn, "durban-2019");
    Congress {
        _database: database,
        conn,
        edition,
        admissions: Admissions::general_only().with(TrackKind::Local4action, Local4ActionAdmission),
    }
}

impl Congress {
    fn person(&mut self) -> PersonId {
        let new = NewPerson {
            given_name: "Somebody".into(),
            ..NewPerson::default()
        };
        persons::create(&mut self.conn, now(), &new).expect("a person")
    }

    /// Somebody signed in who is an individual and this.
    fn somebody(&mut self, tags: &[Tag]) -> Actor {
        Actor {
            account: Some(Id::named("account")),
            person: Some(self.person()),
            tags: Tag::with_implied(tags.iter().copied()),
            ..Actor::default()
        }
    }

    fn call(&mut self, format: &str, opens: &str, closes: &str) -> Call {
        let input = CallInput {
            format: format.into(),
            title: Localized::only("en", "A call"),
            opens_at: Some(Moment::at(opens)),
            closes_at: Some(Moment::at(closes)),
        };
        let edition = self.edition.id;
        calls::create(&mut self.conn, &secretariat(), now(), edition, &input).expect("a call")
    }

    fn open_call(&mut self, format: &str) -> Call {
        self.call(format, "2019-05-01T00:00:00Z", "2019-07-01T00:00:00Z")
    }

    fn propose_at(&mut self, actor: &Actor, at: Moment, input: &SessionInput) -> Result<Session, Fault> {
        let (edition, admissions) = (self.edition.id, self.admissions.clone());
        self.conn
            .transaction(|conn| proposals::propose(conn, actor, at, &admissions, edition, input))
    }

    fn propose(&mut self, actor: &Actor, input: &SessionInput) -> Result<Session, Fault> {
        self.propose_at(actor, now(), input)
    }

    fn make(&mut self, input: &SessionInput) -> Result<Session, Fault> {
        let (edition, admissions) = (self.edition.id, self.admissions.clone());
        let input = SessionInput {
            kind: "local4action".into(),
            ..input.clone()
        };
        self.conn
            .transaction(|conn| sessions::create(conn, &secretariat(), now(), &admissions, edition, &input))
    }

    fn place(&mut self, session: &Session, minutes: i64) -> Vec<(&'static str, Severity)> {
        let placement = Placement {
            starts: "2019-11-13T10:00".into(),
            length_minutes: Some(minutes),
            ..Placement::default()
        };
        let desk = secretariat();
        let placed = scheduling::place(
            &mut self.conn,
            &desk,
            now(),
            &self.admissions,
            session.id,
            &placement,
            None,
        );
        let conflicts = placed.expect("placed").conflicts;
        conflicts
            .iter()
            .map(|conflict| (conflict.code, conflict.severity))
            .collect()
    }

    fn release(&mut self) -> Result<(), Fault> {
        let (edition, desk) = (self.edition.id, secretariat());
        let admissions = self.admissions.clone();
        self.conn.transaction(|conn| {
            releases::publish(conn, &desk, now(), &admissions, edition, &ReleaseInput::default()).map(drop)
        })
    }
}

fn form(format: &str) -> SessionInput {
    SessionInput {
        format: format.into(),
        title: Localized::only("en", "A session"),
        domain: first_domain(),
        attendance: "online".into(),
        format_kind: if format == "inspiration" {
            "localtalks".into()
        } else {
            String::new()
        },
        ..SessionInput::default()
    }
}

fn first_domain() -> String {
    session_formats::domains()
        .into_iter()
        .next()
        .map(|domain| domain.code)
        .expect("a domain")
}

fn lab(call: &Call) -> SessionInput {
    SessionInput {
        call: call.id.to_string(),
        method: "World café".into(),
        participants_max: Some(40),
        ..form("labs")
    }
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}

fn field_code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    let fault = answer.expect_err("refused");
    fault.fields.first().map_or(fault.code, |field| field.code)
}

#[test]
fn r3_an_individual_proposes_an_inspiration_and_leads_it() {
    let mut c = congress();
    let somebody = c.somebody(&[]);
    assert_eq!(
        code(c.propose(&Actor::nobody(), &form("inspiration"))),
        "sign_in_needed"
    );
    let session = c.propose(&somebody, &form("inspiration")).expect("proposed");
    assert_eq!(session.state, SessionState::Proposed);

    let person = somebody.person.expect("a person");
    let lead = actors::load(&mut c.conn, Id::named("account"), person, now()).expect("loaded");
    sessions::get(&mut c.conn, &lead, now(), session.id).expect("its lead sees it");
    sessions::get(
        &mut c.conn,
        &staff(Scope::Track("local4action".into())),
        now(),
        session.id,
    )
    .expect("its desk");
    for other in [somebody, Actor::nobody(), staff(Scope::Track("assembly".into()))] {
        let other = Actor {
            standings: other.standings,
            ..Actor::default()
        };
        let hidden = sessions::get(&mut c.conn, &other, now(), session.id);
        assert_eq!(hidden.map(drop).expect_err("hidden").code, "not_found");
    }
}

#[test]
fn r4_r5_r7_who_may_propose_is_the_formats_phrase_exactly() {
    let mut c = congress();
    let (labs, talks) = (c.open_call("labs"), c.open_call("global_conversations"));
    let cases: &[(&[Tag], [bool; 3])] = &[
        (&[], [false, false, false]),
        (&[Tag::UclgMemberIndividual], [true, true, true]),
        (&[Tag::City], [true, false, true]),
        (&[Tag::NationalGovernment], [true, false, false]),
        (&[Tag::NationalGovernmentPartner], [true, false, true]),
        (&[Tag::GlobalInstitutionalPartner], [true, true, false]),
        (&[Tag::Stakeholder], [false, true, false]),
        (&[Tag::CivilSocietyPartner], [true, false, false]),
    ];
    for (tags, may) in cases {
        let actor = c.somebody(tags);
        let talk = SessionInput {
            call: talks.id.to_string(),
            ..form("global_conversations")
        };
        for (input, may) in [form("local_policies_voices"), talk, lab(&labs)].iter().zip(may) {
            let answer = c.propose(&actor, input).map(drop).map_err(|fault| fault.code);
            let expected = if *may { Ok(()) } else { Err("audience") };
            assert_eq!(answer, expected, "{tags:?} {}", input.format);
        }
    }
}

#[test]
fn r6_a_global_conversation_comes_through_an_open_call_of_its_format() {
    let mut c = congress();
    let actor = c.somebody(&[Tag::Stakeholder]);
    let open = c.open_call("global_conversations");
    let labs = c.open_call("labs");
    let through = |call: &str| SessionInput {
        call: call.to_owned(),
        ..form("global_conversations")
    };
    let cases = [
        (String::new(), "call_required"),
        (labs.id.to_string(), "call_mismatch"),
        ("not a call".to_owned(), "call_unknown"),
        (Id::<Call>::named("absent").to_string(), "call_unknown"),
    ];
    for (call, why) in cases {
        let refused = c.propose(&actor, &through(&call)).expect_err("refused");
        assert_eq!((refused.code, refused.fields[0].field.as_str()), (why, "call"));
    }
    let input = through(&open.id.to_string());
    let cases = [
        ("2019-04-30T23:59:59Z", Some("call_closed")),
        ("2019-05-01T00:00:00Z", None),
        ("2019-06-30T23:59:59Z", None),
        ("2019-07-01T00:00:00Z", Some("call_closed")),
    ];
    for (at, why) in cases {
        let answer = c.propose_at(&actor, Moment::at(at), &input);
        assert_eq!(answer.err().map(|fault| fault.code), why, "{at}");
    }
    let other = an_edition(&mut c.conn, "daejeon-2022");
    let foreign = CallInput {
        format: "global_conversations".into(),
        title: Localized::only("en", "Elsewhere"),
        opens_at: Some(Moment::at("2019-05-01T00:00:00Z")),
        closes_at: Some(Moment::at("2019-07-01T00:00:00Z")),
    };
    let foreign = calls::create(&mut c.conn, &secretariat(), now(), other.id, &foreign).expect("a call");
    assert_eq!(
        code(c.propose(&actor, &through(&foreign.id.to_string()))),
        "call_unknown"
    );
}

#[test]
fn r7_an_individual_who_asks_for_a_lab_is_told_audience_whatever_the_call() {
    let mut c = congress();
    let open = c.open_call("labs");
    let somebody = c.somebody(&[]);
    for input in [lab(&open), form("labs")] {
        let refused = c.propose(&somebody, &input).expect_err("refused");
        assert_eq!(
            (refused.kind, refused.code),
            (kernel::Kind::Forbidden, "audience")
        );
    }
    let member = c.somebody(&[Tag::UclgMemberIndividual]);
    assert_eq!(code(c.propose(&member, &form("labs"))), "call_required");
    c.propose(&member, &lab(&open)).expect("proposed");
}

#[test]
fn r6_r7_the_desk_says_how_a_session_came_too() {
    let mut c = congress();
    let edition = c.edition.id;
    assert_eq!(code(c.make(&form("labs"))), "call_required");
    let talks = c.open_call("global_conversations");
    assert_eq!(code(c.make(&lab(&talks))), "call_mismatch");
    let closed = c.call("labs", "2019-01-01T00:00:00Z", "2019-02-01T00:00:00Z");
    c.make(&lab(&closed))
        .expect("what came through it is planned after it closed");

    let desk = secretariat();
    let without = InvitationInput {
        format: "labs".into(),
        ..InvitationInput::default()
    };
    let refused = calls::invite(&mut c.conn, &desk, now(), edition, &without);
    assert_eq!(field_code(refused), "required");
    let invitation = InvitationInput {
        reason: "invited by the host city".into(),
        ..without
    };
    let invited = calls::invite(&mut c.conn, &desk, now(), edition, &invitation).expect("recorded");
    c.make(&lab(&invited)).expect("by invitation");
    let member = c.somebody(&[Tag::UclgMemberIndividual]);
    assert_eq!(code(c.propose(&member, &lab(&invited))), "call_required");

    // Nobody but the desk hears of it.
    let listed = |c: &mut Congress, actor: &Actor| -> Vec<CallState> {
        let calls = calls::list(&mut c.conn, actor, now(), edition).expect("listed");
        calls.iter().map(|call| call.state).collect()
    };
    assert_eq!(
        listed(&mut c, &desk),
        [CallState::Closed, CallState::Open, CallState::ByInvitation]
    );
    assert_eq!(
        listed(&mut c, &Actor::nobody()),
        [CallState::Closed, CallState::Open]
    );
    assert_eq!(
        code(calls::get(&mut c.conn, &Actor::nobody(), now(), invited.id)),
        "not_found"
    );
    assert_eq!(
        code(calls::remove(&mut c.conn, &desk, now(), invited.id)),
        "call_in_use"
    );
}

#[test]
fn a_call_has_a_format_a_title_and_dates_in_order_and_the_desk_alone_makes_it() {
    let mut c = congress();
    let edition = c.edition.id;
    let input = CallInput {
        format: "labs".into(),
        opens_at: Some(Moment::at("2019-05-02T00:00:00Z")),
        closes_at: Some(Moment::at("2019-05-01T00:00:00Z")),
        ..CallInput::default()
    };
    let other_desk = staff(Scope::Track("assembly".into()));
    assert_eq!(
        code(calls::create(&mut c.conn, &other_desk, now(), edition, &input)),
        "not_allowed"
    );
    let desk = staff(Scope::Track("local4action".into()));
    let refused = calls::create(&mut c.conn, &desk, now(), edition, &input).expect_err("refused");
    let fields: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["title", "closes_at"]);
    let bad = CallInput {
        format: "nothing".into(),
        ..CallInput::default()
    };
    let refused = calls::create(&mut c.conn, &desk, now(), edition, &bad).expect_err("refused");
    assert_eq!(refused.fields[0].code, "unknown");

    let call = c.open_call("labs");
    let longer = CallInput {
        title: Localized::only("en", "A longer call"),
        opens_at: call.opens_at,
        closes_at: Some(Moment::at("2019-08-01T00:00:00Z")),
        ..CallInput::default()
    };
    let edited = calls::edit(&mut c.conn, &desk, now(), call.id, &longer, Some(1)).expect("changed");
    assert_eq!(edited.closes_at, longer.closes_at);
    assert_eq!(
        code(calls::edit(&mut c.conn, &desk, now(), call.id, &longer, Some(1))),
        "stale"
    );
    calls::remove(&mut c.conn, &desk, now(), call.id).expect("nothing came through it");
}

#[test]
fn r25_a_short_lab_is_refused_when_made_and_told_when_placed() {
    let mut c = congress();
    let call = c.open_call("labs");
    let short = SessionInput {
        length_minutes: Some(60),
        ..lab(&call)
    };
    assert_eq!(field_code(c.make(&short)), "too_short");
    let session = c.make(&lab(&call)).expect("of the usual length");
    assert!(session.length_minutes >= 120);
    assert!(c.place(&session, 60).contains(&("too_short", Severity::Warning)));
    // Its words may still be changed while it stands short on the board.
    let retitled = SessionInput {
        kind: "local4action".into(),
        title: Localized::only("en", "Another title"),
        ..lab(&call)
    };
    let desk = secretariat();
    sessions::edit(
        &mut c.conn,
        &desk,
        now(),
        &c.admissions,
        session.id,
        &retitled,
        None,
    )
    .expect("edited");
}

#[test]
fn r24_r29_a_session_has_a_format_a_known_kind_and_one_main_domain() {
    let mut c = congress();
    let actor = c.somebody(&[]);
    assert_eq!(code(c.propose(&actor, &form(""))), "format_required");
    assert_eq!(field_code(c.make(&form(""))), "format_required");
    let odd = SessionInput {
        format_kind: "karaoke".into(),
        ..form("inspiration")
    };
    assert_eq!(field_code(c.propose(&actor, &odd)), "unknown_kind");
    let none = SessionInput {
        domain: String::new(),
        ..form("inspiration")
    };
    assert_eq!(field_code(c.propose(&actor, &none)), "main_domain");
}

#[test]
fn r26_r27_a_lab_goes_out_with_a_method_and_a_conversation_with_somebody_of_high_rank() {
    let mut c = congress();
    let call = c.open_call("labs");
    let bare = SessionInput {
        method: String::new(),
        participants_max: None,
        ..lab(&call)
    };
    let session = c.make(&bare).expect("a draft may lack them");
    c.place(&session, 120);
    let refused = c.release().expect_err("refused");
    let lacks: Vec<&str> = refused.fields.iter().map(|field| field.code).collect();
    assert_eq!(lacks, ["method_missing", "participants_max_missing"]);
    let desk = secretariat();
    let whole = SessionInput {
        kind: "local4action".into(),
        ..lab(&call)
    };
    sessions::edit(&mut c.conn, &desk, now(), &c.admissions, session.id, &whole, None).expect("edited");
    c.release().expect("released");

    let call = c.open_call("global_conversations");
    let mut talk = SessionInput {
        kind: "local4action".into(),
        call: call.id.to_string(),
        ..form("global_conversations")
    };
    let session = c.make(&talk).expect("made");
    c.place(&session, 60);
    assert_eq!(field_code(c.release()), "high_level_missing");
    talk.speakers = Some(vec![SpeakerInput {
        name: "A Minister".into(),
        high_level: true,
        ..SpeakerInput::default()
    }]);
    sessions::edit(&mut c.conn, &desk, now(), &c.admissions, session.id, &talk, None).expect("edited");
    c.release().expect("released");
}

#[test]
fn r28_one_sphere_alone_is_told_and_never_refused() {
    let mut c = congress();
    let one = SessionInput {
        spheres: vec!["local".into()],
        ..form("local_policies_voices")
    };
    let session = c.make(&one).expect("made");
    assert_eq!(c.place(&session, 60), [("one_sphere_only", Severity::Warning)]);
    let two = SessionInput {
        kind: "local4action".into(),
        spheres: vec!["local".into(), "national".into()],
        ..one
    };
    let desk = secretariat();
    sessions::edit(&mut c.conn, &desk, now(), &c.admissions, session.id, &two, None).expect("edited");
    assert_eq!(c.place(&session, 60), []);
    c.release().expect("released");
}
