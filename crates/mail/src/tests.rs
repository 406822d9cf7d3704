//! The slice against a real database, on whichever engine the run names, and against a mail server of a few lines.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use access_rules::{Actor, Role, Scope, Standing};
use db::{Conn, testing};
use kernel::{Coded as _, Email, Id, Kind, Language, Moment, PageAsk};
use people::{
    Outcome, accounts,
    model::Purpose,
    passwords::{Hasher, Hashing, Password},
    persons, sessions,
    sign_in::{self, CodeInput, Visitor},
};

use crate::{
    invitations::{self, InviteInput},
    letters::{self, Change, Congress, Content, SessionFacts, TrackOutcome},
    model::{Letter, LetterKind, LetterState},
    outbox::{self, Filter, NewLetter},
    sender::{self, Sender, Tally},
    sign_in_letters::{self, AskInput},
    transport::{Letterhead, Security, SmtpSettings, Transport},
    worker::Worker,
};

const HERE: &str = "192.0.2.7";

fn now() -> Moment {
    Moment::at("2026-11-22T10:00:00Z")
}

fn email(text: &str) -> Email {
    text.parse().expect("an address")
}

fn letterhead() -> Letterhead {
    Letterhead {
        from: email("congress@example.org"),
        from_name: "World Congress".into(),
        reply_to: Some(email("desk@example.org")),
        site_name: "Durban 2019".into(),
        public_url: "https://congress.example/".into(),
    }
}

fn to(address: &str, name: &str, content: Content) -> NewLetter {
    NewLetter {
        content,
        language: Language::En,
        to: email(address),
        name: name.into(),
        person: None,
        not_before: None,
        dedupe_key: None,
    }
}

fn confirmed() -> Content {
    Content::PositionConfirmed {
        position: "Mayor".into(),
        organisation: "Port Verne".into(),
    }
}

fn staff() -> Actor {
    Actor {
        account: Some(Id::new()),
        standings: vec![Standing {
            role: Role::Secretariat,
            scope: Scope::Everywhere,
        }],
        ..Actor::default()
    }
}

fn all(conn: &mut Conn) -> Vec<Letter> {
    outbox::list(conn, &staff(), now(), &Filter::default(), &PageAsk::first())
        .expect("listed")
        .items
}

fn visitor() -> Visitor<'static> {
    Visitor {
        network: HERE,
        user_agent: "curl",
        former_token: None,
        language: Language::En,
    }
}

/// What one mail server heard of one letter.
#[derive(Clone, Debug, Default)]
struct Heard {
    from: String,
    to: String,
    data: String,
}

impl Heard {
    fn header(&self, name: &str) -> Option<String> {
        let headers = self.data.split("\r\n\r\n").next().unwrap_or_default();
        let unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
        unfolded
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{name}: ")))
            .map(str::to_owned)
    }

    /// The text, its transfer encoding undone as far as these tests need.
    fn text(&self) -> String {
        let body = self.data.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        body.replace("=\r\n", "").replace("\r\n", "\n")
    }
}

/// How a mail server behaves at the end of a letter.
#[derive(Clone, Copy)]
enum Manner {
    Takes,
    Says(&'static str),
    HangsUp,
}

/// A mail server on a port of its own: speaks as much SMTP as a client needs (RFC 5321).
struct Peer {
    port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Peer {
    fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = Arc::clone(&kept);
                thread::spawn(move || converse(stream, manner, &kept));
            }
        });
        Self { port, heard }
    }

    fn sender(&self) -> Sender {
        let settings = SmtpSettings {
            host: "127.0.0.1".into(),
            port: Some(self.port),
            security: Security::None,
            user: None,
            password: None,
            timeout_seconds: 10,
        };
        Sender::new(Transport::smtp(&settings).expect("good settings"), letterhead())
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("not poisoned").clone()
    }
}

fn converse(stream: TcpStream, manner: Manner, kept: &Mutex<Vec<Heard>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream);
    let mut letter = Heard::default();
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).ok();
    say("220 peer.example")?;
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "EHLO" => say("250-peer.example\r\n250 SMTPUTF8")?,
            "MAIL" => {
                line.clone_into(&mut letter.from);
                say("250 good")?
            }
            "RCPT" => {
                line.clone_into(&mut letter.to);
                say("250 good")?
            }
            "DATA" => {
                say("354 go on")?;
                loop {
                    let mut line = String::new();
                    lines.read_line(&mut line).ok()?;
                    if line == ".\r\n" {
                        break;
                    }
                    letter.data.push_str(&line);
                }
                kept.lock().ok()?.push(std::mem::take(&mut letter));
                match manner {
                    Manner::Takes => say("250 taken")?,
                    Manner::Says(answer) => say(answer)?,
                    Manner::HangsUp => return None,
                }
            }
            "QUIT" => {
                say("221 bye")?;
                return None;
            }
            _ => say("250 good")?,
        };
    }
}

fn send_at(sender: &Sender, database: &db::Database, at: Moment) -> Tally {
    sender
        .send_due(database, &move || at, &|| false)
        .expect("the database answers")
}

/// One of each content, with what could be missing there and not there.
fn samples() -> Vec<Content> {
    let congress = || Congress {
        name: "Durban 2019".into(),
        slug: "durban-2019".into(),
    };
    let session = |room: &str| SessionFacts {
        id: Id::named("session"),
        title: "Localising the goals".into(),
        starts: "14 November, 11:00".into(),
        room: room.into(),
    };
    let decision = |outcome, reason: Option<&str>, todo: Option<&str>| Content::TrackDecision {
        congress: congress(),
        track: "Assembly".into(),
        outcome,
        reason: reason.map(Into::into),
        todo: todo.map(Into::into),
    };
    let decided = |approved, reason: Option<&str>| Content::RegistrationDecided {
        congress: congress(),
        number: "DUR-0042".into(),
        approved,
        reason: reason.map(Into::into),
    };
    let received = |waits_for: Option<&str>| Content::RegistrationReceived {
        congress: congress(),
        number: "DUR-0042".into(),
        category: "Local government".into(),
        waits_for: waits_for.map(Into::into),
    };
    let refused = |reason: Option<&str>| Content::PositionRefused {
        position: "Mayor".into(),
        organisation: "Port Verne".into(),
        reason: reason.map(Into::into),
    };
    vec![
        Content::SignInCode {},
        Content::RegistrationCode {},
        Content::VerifyCode {},
        Content::ResetCode {},
        Content::NewEmailCode {
            account: Id::named("account"),
        },
        Content::AccountChanged {
            what: Change::Password,
        },
        Content::AccountChanged { what: Change::Email },
        Content::AccountChanged { what: Change::Closed },
        received(Some("Port Verne's focal point confirms your position.")),
        received(None),
        decided(true, None),
        decided(false, Some("The category is full.")),
        decided(false, None),
        confirmed(),
        refused(Some("Nobody of this name is known there.")),
        refused(None),
        decision(TrackOutcome::Admitted, None, None),
        decision(
            TrackOutcome::Waiting,
            Some("Your position waits for its confirmation."),
            Some("Remind who confirms it."),
        ),
        decision(
            TrackOutcome::Refused,
            Some("It is for members."),
            Some("Ask for an invitation."),
        ),
        Content::SeatOffered {
            congress: congress(),
            session: session("Room 5"),
            until: "10:55".into(),
        },
        Content::SeatConfirmed {
            congress: congress(),
            session: session(""),
        },
        Content::StaffInvitation {
            invited_by: Some("Ada Admin".into()),
        },
        Content::StaffInvitation { invited_by: None },
        Content::ProgrammeChanged {
            congress: congress(),
            changes: vec![
                "“Opening” moves to Room 2.".into(),
                "“Forum” is cancelled.".into(),
            ],
        },
        Content::ConfirmReminder {
            person: "Ana Ferreira".into(),
            position: "Mayor".into(),
            organisation: "Port Verne".into(),
            since: "3 October".into(),
        },
    ]
}

#[test]
fn every_letter_is_written_in_three_languages() {
    let mut kinds = vec![];
    for content in samples() {
        for language in Language::ALL {
            for name in ["", "Ana Ferreira"] {
                let words = letters::render(&content, *language, name).expect("rendered");
                let whole = format!("{}\n\n{}", words.subject, words.body);
                if std::option_env!("SHOW_LETTERS").is_some() && !name.is_empty() {
                    println!("── {} {language}\n{whole}", content.kind());
                }
                assert!(
                    !words.subject.is_empty() && !words.subject.starts_with("Subject"),
                    "{whole}"
                );
                assert!(!words.subject.contains('\n'));
                for odd in ["{{", "{%", "none", "\n\n\n", " ,", "undefined"] {
                    assert!(!whole.contains(odd), "{odd:?} in\n{whole}");
                }
                assert_eq!(whole.contains("[code]"), content.secret().is_some(), "{whole}");
                assert_eq!(
                    whole.contains("Ana Ferreira,") || whole.contains("Ana Ferreira:"),
                    !name.is_empty()
                );
            }
        }
        kinds.push(content.kind());
    }
    kinds.dedup();
    assert_eq!(kinds, LetterKind::ALL, "every kind has a sample");
}

#[test]
fn case53_nothing_that_people_type_ends_a_header_or_fills_a_template() {
    let bad = "Ana\r\nBcc: everybody@example.org\r\n\r\n{{ 7*7 }}\u{202E}";
    let content = Content::ConfirmReminder {
        person: bad.into(),
        position: bad.into(),
        organisation: "x".into(),
        since: "today".into(),
    };

    let words = letters::render(&content, Language::En, bad).expect("rendered");

    assert!(!words.subject.contains(['\r', '\n', '\u{202E}']));
    assert!(
        words
            .subject
            .starts_with("Ana Bcc: everybody@example.org {{ 7*7 }}")
    );
    assert!(!words.body.contains("\nBcc"), "{}", words.body);
    assert!(!words.body.contains("49"), "{}", words.body);
}

#[test]
fn case53_a_letter_with_a_nasty_name_leaves_with_its_own_headers_only() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let name = format!("Ana\r\nBcc: victim@example.org\r\n{}", "é".repeat(3000));
    let content = Content::PositionConfirmed {
        position: "Mayor\r\nX-Evil: 1".into(),
        organisation: "Port\nVerne".into(),
    };

    outbox::post(&mut conn, now(), &to("ana@example.org", &name, content)).expect("posted");
    let tally = send_at(&peer.sender(), &database, now());

    assert_eq!(tally.sent, 1);
    let heard = &peer.heard()[0];
    let headers = heard.data.split("\r\n\r\n").next().expect("headers");
    assert!(
        !headers.contains("\r\nBcc") && !headers.contains("\r\nX-Evil"),
        "{headers}"
    );
    assert!(
        heard.to.to_uppercase().starts_with("RCPT TO:<ANA@EXAMPLE.ORG>"),
        "{}",
        heard.to
    );
    assert_eq!(
        headers.matches("@example.org").count(),
        4,
        "from, to, reply-to, id: {headers}"
    );
}

#[test]
fn a_letter_arrives_with_its_headers_and_says_where_the_site_is() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let content = Content::ProgrammeChanged {
        congress: Congress {
            name: "Durban".into(),
            slug: "durban-2019".into(),
        },
        changes: vec!["One room.".into()],
    };
    let id = outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", content))
        .expect("posted")
        .expect("new");

    let tally = send_at(&peer.sender(), &database, now());
    let again = send_at(&peer.sender(), &database, now().plus_minutes(60));

    assert_eq!((tally.sent, again), (1, Tally::default()));
    let heard = &peer.heard()[0];
    assert_eq!(heard.header("Message-ID"), Some(format!("<{id}@example.org>")));
    assert_eq!(heard.header("Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(heard.header("Content-Language").as_deref(), Some("en"));
    assert_eq!(
        heard.header("Date").as_deref(),
        Some("Sun, 22 Nov 2026 10:00:00 +0000")
    );
    assert!(
        heard
            .header("From")
            .is_some_and(|from| from.contains("World Congress"))
    );
    assert!(
        heard
            .header("Reply-To")
            .is_some_and(|to| to.contains("desk@example.org"))
    );
    assert!(
        heard
            .text()
            .contains("https://congress.example/en/durban-2019/programme"),
        "{}",
        heard.text()
    );
    let sent = all(&mut conn).remove(0);
    assert_eq!(
        (sent.state, sent.sent_at, sent.attempts),
        (LetterState::Sent, Some(now()), 1)
    );
}

#[test]
fn a_code_is_made_when_its_letter_leaves_and_opens_the_account() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let ask = AskInput {
        email: "ana@example.org".into(),
        purpose: None,
    };

    sign_in_letters::ask_code(&mut conn, now(), HERE, Language::En, &ask).expect("asked");
    let waiting = all(&mut conn).remove(0);
    send_at(&peer.sender(), &database, now());
    let sent = all(&mut conn).remove(0);
    let text = peer.heard()[0].text();
    let code: String = text
        .lines()
        .map(str::trim)
        .find(|line| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit()))
        .expect("the code stands on a line of its own")
        .to_owned();
    let input = CodeInput {
        email: "ana@example.org".into(),
        code: code.clone(),
    };
    let entered = sign_in::with_code(&mut conn, now(), &visitor(), Purpose::SignIn, &input)
        .and_then(Outcome::settled)
        .expect("signed in");

    assert!(waiting.body.contains("[code]"));
    assert!(
        sent.body.contains("[code]") && !sent.body.contains(&code),
        "nobody reads it here"
    );
    assert_eq!(sent.shown, None);
    assert!(entered.is_nameless);
}

#[test]
fn case74_whoever_asks_for_a_code_is_answered_and_sent_the_same() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let person = persons::create(&mut conn, now(), &persons::NewPerson::default()).expect("created");
    accounts::create(
        &mut conn,
        now(),
        person,
        &email("known@example.org"),
        Language::Es,
    )
    .expect("created");

    for purpose in [Purpose::SignIn, Purpose::Registration, Purpose::Reset] {
        for address in ["known@example.org", "nobody@example.org"] {
            let ask = AskInput {
                email: address.into(),
                purpose: Some(purpose),
            };
            sign_in_letters::ask_code(&mut conn, now(), HERE, Language::Fr, &ask).expect("asked");
        }
        let [nobody, known] = [0, 1].map(|index| all(&mut conn).remove(index));
        assert_eq!((&nobody.subject, &nobody.body), (&known.subject, &known.body));
        assert_eq!(
            (nobody.language, nobody.person_id),
            (known.language, known.person_id)
        );
    }
    let odd = AskInput {
        email: "known@example.org".into(),
        purpose: Some(Purpose::ChangeEmail),
    };
    let refused = sign_in_letters::ask_code(&mut conn, now(), HERE, Language::Fr, &odd);
    assert_eq!(
        refused.expect_err("not for strangers").code,
        "purpose_not_offered"
    );
}

#[test]
fn asking_again_replaces_the_letter_that_waits_and_asking_on_is_refused() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let ask = AskInput {
        email: "ana@example.org".into(),
        purpose: None,
    };

    let asked: Vec<bool> = (0..7)
        .map(|_| sign_in_letters::ask_code(&mut conn, now(), HERE, Language::En, &ask).is_ok())
        .collect();
    let waiting = Filter {
        state: Some(LetterState::Waiting),
        ..Filter::default()
    };
    let waiting = outbox::list(&mut conn, &staff(), now(), &waiting, &PageAsk::first()).expect("listed");

    assert_eq!(asked, [true, true, true, true, true, false, false]);
    assert_eq!(waiting.items.len(), 1);
}

#[test]
fn case98_a_server_that_is_down_or_busy_gets_the_letter_later_and_under_the_same_id() {
    let database = testing::fresh();
    let busy = Peer::start(Manner::Says("451 greylisted, come back"));
    let hangs = Peer::start(Manner::HangsUp);
    let takes = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");

    let first = send_at(&busy.sender(), &database, now());
    let too_soon = send_at(&busy.sender(), &database, now().plus_seconds(59));
    let waiting = all(&mut conn).remove(0);
    let second = send_at(&hangs.sender(), &database, now().plus_minutes(1));
    let third = send_at(&takes.sender(), &database, now().plus_minutes(6));

    assert_eq!((first.put_back, second.put_back, third.sent), (1, 1, 1));
    assert_eq!(too_soon, Tally::default());
    assert_eq!(waiting.state, LetterState::Waiting);
    assert!(
        waiting
            .last_error
            .is_some_and(|error| error.contains("greylisted"))
    );
    let ids: Vec<_> = [&busy, &hangs, &takes]
        .map(|peer| peer.heard()[0].header("Message-ID"))
        .to_vec();
    assert!(ids[0].is_some() && ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(all(&mut conn).remove(0).state, LetterState::Sent);
}

#[test]
fn case98_a_letter_refused_for_good_is_given_up_and_can_be_sent_again_by_hand() {
    let database = testing::fresh();
    let refuses = Peer::start(Manner::Says("550 no such mailbox"));
    let takes = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let id = outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed()))
        .expect("posted")
        .expect("new");

    let tally = send_at(&refuses.sender(), &database, now());
    let failed = all(&mut conn).remove(0);
    let later = send_at(&takes.sender(), &database, now().plus_days(1));
    let same = outbox::resend(&mut conn, &staff(), now(), id).expect("resent");
    let again = send_at(&takes.sender(), &database, now());
    let copy = outbox::resend(&mut conn, &staff(), now(), id).expect("a copy");
    send_at(&takes.sender(), &database, now());

    assert_eq!(tally.failed, 1);
    assert_eq!(failed.state, LetterState::Failed);
    assert!(
        failed
            .last_error
            .is_some_and(|error| error.contains("no such mailbox"))
    );
    assert_eq!(later, Tally::default());
    assert_eq!((same, again.sent), (id, 1));
    assert_ne!(copy, id);
    assert_eq!(takes.heard().len(), 2);
}

#[test]
fn case98_a_server_nobody_answers_at_is_tried_for_days_and_then_given_up() {
    let database = testing::fresh();
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("bound").port()
    };
    let nobody = Peer {
        port,
        heard: Arc::default(),
    };
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");

    let sender = nobody.sender();
    let mut at = now();
    let mut tries = 0;
    while all(&mut conn)[0].state == LetterState::Waiting {
        at = all(&mut conn)[0].next_try_at.unwrap_or(at);
        send_at(&sender, &database, at);
        tries += 1;
    }

    assert_eq!(tries, 9);
    assert_eq!(all(&mut conn)[0].state, LetterState::Failed);
    assert!(at >= now().plus_days(2));
}

#[test]
fn case94_a_letter_whose_sender_died_is_taken_up_when_its_lease_is_over() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");

    let taken = conn
        .transaction(|conn| sender::lease(conn, now()))
        .expect("leased");
    let meanwhile = send_at(&peer.sender(), &database, now().plus_minutes(14));
    let after = send_at(&peer.sender(), &database, now().plus_minutes(15));

    assert_eq!(taken.len(), 1);
    assert_eq!(meanwhile, Tally::default());
    assert_eq!(after.sent, 1);
    assert_eq!(all(&mut conn)[0].attempts, 2);
}

#[test]
fn two_senders_never_take_the_same_letter() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    for number in 0..40 {
        let address = format!("p{number}@example.org");
        outbox::post(&mut conn, now(), &to(&address, "", confirmed())).expect("posted");
    }

    thread::scope(|scope| {
        for _ in 0..3 {
            let sender = peer.sender();
            let database = &database;
            scope.spawn(move || while send_at(&sender, database, now()).all() > 0 {});
        }
    });

    let mut to: Vec<String> = peer.heard().into_iter().map(|heard| heard.to).collect();
    to.sort();
    to.dedup();
    assert_eq!((peer.heard().len(), to.len()), (40, 40));
}

#[test]
fn held_letters_stay_and_released_ones_leave_and_only_staff_may() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let [one, two] = [(); 2].map(|()| {
        outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed()))
            .expect("posted")
            .expect("new")
    });
    let anybody = Actor {
        account: Some(Id::new()),
        ..Actor::default()
    };

    let refused = outbox::hold(&mut conn, &anybody, now(), one).expect_err("refused");
    let absent = outbox::get(&mut conn, &anybody, now(), Id::new()).expect_err("refused");
    let unknown = outbox::get(&mut conn, &Actor::nobody(), now(), one).expect_err("refused");
    outbox::hold(&mut conn, &staff(), now(), one).expect("held");
    outbox::cancel(&mut conn, &staff(), now(), two).expect("cancelled");
    let nothing = send_at(&peer.sender(), &database, now());
    let counts = outbox::counts(&mut conn, &staff(), now()).expect("counted");
    outbox::release(&mut conn, &staff(), now(), one).expect("released");
    let sent = send_at(&peer.sender(), &database, now());
    let too_late = outbox::cancel(&mut conn, &staff(), now(), one).expect_err("it has left");

    assert_eq!((refused.code, absent.code), ("not_allowed", "not_allowed"));
    assert_eq!(unknown.kind, Kind::SignInNeeded);
    assert_eq!(nothing, Tally::default());
    assert_eq!(
        (counts[&LetterState::Held], counts[&LetterState::Cancelled]),
        (1, 1)
    );
    assert_eq!(counts[&LetterState::Sent], 0);
    assert_eq!(sent.sent, 1);
    assert_eq!(too_late.code, "illegal_step");
}

#[test]
fn case103_after_a_restore_nothing_leaves_by_itself_but_new_letters_do() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    for address in ["ana@example.org", "ben@example.org"] {
        outbox::post(&mut conn, now(), &to(address, "", confirmed())).expect("posted");
    }
    conn.transaction(|conn| sender::lease(conn, now()))
        .expect("one was on its way");

    let held = outbox::hold_everything(&mut conn).expect("held");
    outbox::post(&mut conn, now(), &to("new@example.org", "", confirmed())).expect("posted");
    send_at(&peer.sender(), &database, now().plus_days(1));
    let released = outbox::release_all(&mut conn, &staff(), now()).expect("released");

    assert_eq!((held, released), (2, 2));
    assert_eq!(peer.heard().len(), 1);
    assert!(peer.heard()[0].to.contains("new@example.org"));
}

#[test]
fn a_letter_rolled_back_was_never_written_and_one_posted_twice_is_one() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let once = NewLetter {
        dedupe_key: Some("seat_offer:1".into()),
        ..to("ana@example.org", "Ana", confirmed())
    };

    let undone: Result<(), kernel::Fault> = conn.transaction(|conn| {
        outbox::post(conn, now(), &once)?;
        Err(kernel::Fault::conflict("closed"))
    });
    assert!(undone.is_err());
    assert_eq!(all(&mut conn), []);

    let posted = [(); 2].map(|()| outbox::post(&mut conn, now(), &once).expect("posted").is_some());
    assert_eq!(posted, [true, false]);
    assert_eq!(all(&mut conn).len(), 1);
}

#[test]
fn letters_with_codes_leave_first_and_one_for_later_waits_for_its_time() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let later = NewLetter {
        not_before: Some(now().plus_minutes(30)),
        ..to("later@example.org", "", confirmed())
    };
    outbox::post(&mut conn, now(), &later).expect("posted");
    outbox::post(&mut conn, now(), &to("plain@example.org", "", confirmed())).expect("posted");
    outbox::post(
        &mut conn,
        now(),
        &to("code@example.org", "", Content::SignInCode {}),
    )
    .expect("posted");

    send_at(&peer.sender(), &database, now());
    send_at(&peer.sender(), &database, now().plus_minutes(30));

    let to: Vec<String> = peer.heard().into_iter().map(|heard| heard.to).collect();
    assert!(
        to[0].contains("code@") && to[1].contains("plain@") && to[2].contains("later@"),
        "{to:?}"
    );
}

#[test]
fn in_a_demonstration_letters_are_shown_with_their_codes_and_otherwise_held_ones_wait() {
    let database = testing::fresh();
    let mut conn = database.conn();
    outbox::post(
        &mut conn,
        now(),
        &to("ana@example.org", "Ana", Content::SignInCode {}),
    )
    .expect("posted");

    let nothing = send_at(&Sender::new(Transport::Held, letterhead()), &database, now());
    let waits = all(&mut conn).remove(0);
    let tally = send_at(&Sender::new(Transport::Shown, letterhead()), &database, now());
    let shown = all(&mut conn).remove(0);

    assert_eq!((nothing, waits.state), (Tally::default(), LetterState::Waiting));
    assert_eq!((tally.sent, shown.state), (1, LetterState::Sent));
    let text = shown.shown.expect("shown");
    let code: String = text.chars().take(6).collect();
    assert!(code.bytes().all(|byte| byte.is_ascii_digit()), "{text}");
    assert!(text.contains("Durban 2019\nhttps://congress.example\n"), "{text}");
    let input = CodeInput {
        email: "ana@example.org".into(),
        code,
    };
    sign_in::with_code(&mut conn, now(), &visitor(), Purpose::SignIn, &input)
        .and_then(Outcome::settled)
        .expect("the shown code opens");
}

#[test]
fn an_address_with_marks_and_an_international_domain_is_reached() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    outbox::post(&mut conn, now(), &to("josé@münchen.example", "José", confirmed())).expect("posted");

    let tally = send_at(&peer.sender(), &database, now());

    assert_eq!(tally.sent, 1, "{:?}", all(&mut conn)[0].last_error);
    assert!(
        peer.heard()[0].to.contains("<josé@xn--mnchen-3ya.example>"),
        "{}",
        peer.heard()[0].to
    );
}

#[test]
fn the_list_is_filtered_by_state_kind_and_reader_and_pages_do_not_overlap() {
    let database = testing::fresh();
    let mut conn = database.conn();
    for (address, name) in [
        ("ana@example.org", "Ana Óscar"),
        ("ben@city.example", "Ben"),
        ("eve@x.org", ""),
    ] {
        outbox::post(&mut conn, now(), &to(address, name, confirmed())).expect("posted");
    }
    let found = |conn: &mut Conn, text: &str| {
        let filter = Filter {
            text: Some(text.into()),
            ..Filter::default()
        };
        let page = outbox::list(conn, &staff(), now(), &filter, &PageAsk::first()).expect("listed");
        page.items
            .into_iter()
            .map(|letter| letter.to_email.to_string())
            .collect::<Vec<_>>()
    };

    assert_eq!(found(&mut conn, "oscar"), ["ana@example.org"]);
    assert_eq!(found(&mut conn, "CITY.example"), ["ben@city.example"]);
    assert_eq!(found(&mut conn, "100%"), Vec::<String>::new());
    let first =
        outbox::list(&mut conn, &staff(), now(), &Filter::default(), &PageAsk::of(2)).expect("listed");
    let ask = PageAsk {
        after: first.next.clone(),
        limit: 2,
    };
    let second = outbox::list(&mut conn, &staff(), now(), &Filter::default(), &ask).expect("listed");
    assert_eq!((first.items.len(), second.items.len(), second.next), (2, 1, None));
    assert!(second.items[0].id < first.items[1].id);
}

#[test]
fn a_changed_password_and_a_changed_address_are_told_to_the_address_that_was() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let code = people::codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::SignIn, None)
        .expect("minted");
    let input = |address: &str, code: &str| CodeInput {
        email: address.into(),
        code: code.into(),
    };
    let entered = sign_in::with_code(
        &mut conn,
        now(),
        &visitor(),
        Purpose::SignIn,
        &input("ana@example.org", &code),
    )
    .and_then(Outcome::settled)
    .expect("signed in");
    let actor = Actor {
        account: Some(entered.account),
        person: Some(entered.person),
        ..Actor::default()
    };
    let hasher = Hasher::start(Hashing::cheap()).expect("starts");
    let hashed = hasher
        .hash(Password::new("correct horse battery"), None)
        .expect("good enough");

    sign_in_letters::set_password(
        &mut conn,
        &actor,
        now(),
        HERE,
        entered.started.id,
        people::changes::Proof::None,
        &hashed,
    )
    .and_then(Outcome::settled)
    .expect("set");
    sign_in_letters::ask_own_code(&mut conn, &actor, now(), HERE, Language::Fr).expect("asked");
    let proof = people::codes::mint(&mut conn, now(), &email("ana@example.org"), Purpose::Verify, None)
        .expect("minted");
    sign_in_letters::ask_new_email(
        &mut conn,
        &actor,
        now(),
        HERE,
        Language::Fr,
        people::changes::Proof::Code(&proof),
        "new@example.org",
    )
    .and_then(Outcome::settled)
    .expect("asked");
    let peer = Peer::start(Manner::Takes);
    send_at(&peer.sender(), &database, now());
    let letter = peer
        .heard()
        .into_iter()
        .find(|heard| heard.to.contains("new@example.org"))
        .expect("the new address got a code");
    let code = letter
        .text()
        .lines()
        .map(|line| line.trim().to_owned())
        .find(|line| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit()))
        .expect("a code");
    sign_in_letters::confirm_new_email(
        &mut conn,
        &actor,
        now(),
        HERE,
        entered.started.id,
        &input("new@example.org", &code),
    )
    .and_then(Outcome::settled)
    .expect("changed");

    let told: Vec<(LetterKind, String)> = all(&mut conn)
        .into_iter()
        .rev()
        .map(|letter| (letter.kind, letter.to_email.to_string()))
        .collect();
    let expected = [
        (LetterKind::AccountChanged, "ana@example.org"),
        (LetterKind::VerifyCode, "ana@example.org"),
        (LetterKind::NewEmailCode, "new@example.org"),
        (LetterKind::AccountChanged, "ana@example.org"),
    ];
    assert_eq!(told, expected.map(|(kind, address)| (kind, address.to_owned())));
    assert!(
        sessions::signed_in(&mut conn, &entered.started.token, now())
            .expect("read")
            .is_some()
    );
    let mine = outbox::mine(&mut conn, &actor, now(), &PageAsk::first()).expect("listed");
    assert_eq!(mine.items.len(), 2, "those with codes are left out");
}

#[test]
fn an_invitation_makes_person_account_role_and_letter_and_needs_an_admin() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let input = InviteInput {
        email: "new.admin@example.org".into(),
        given_name: "Nomsa".into(),
        role: Some(Role::PlatformAdmin),
        language: Some(Language::Fr),
        ..InviteInput::default()
    };

    let refused = invitations::invite(&mut conn, &staff(), now(), &input).expect_err("not an admin");
    let person = invitations::invite(&mut conn, &Actor::system(), now(), &input).expect("invited");
    let twice = invitations::invite(&mut conn, &Actor::system(), now(), &input).expect("the same person");

    assert_eq!(refused.code, "not_allowed");
    assert_eq!(person, twice);
    let held = people::standings::of_person(&mut conn, person, now()).expect("read");
    assert_eq!(
        held,
        [Standing {
            role: Role::PlatformAdmin,
            scope: Scope::Everywhere
        }]
    );
    let letter = all(&mut conn).remove(0);
    assert_eq!(
        (letter.kind, letter.language),
        (LetterKind::StaffInvitation, Language::Fr)
    );
    assert!(letter.body.starts_with("Bonjour Nomsa,"), "{}", letter.body);
}

#[test]
fn a_woken_worker_sends_at_once_and_stops_when_it_is_dropped() {
    let database = testing::fresh();
    let peer = Peer::start(Manner::Takes);
    let mut conn = database.conn();
    let worker =
        Worker::start((*database).clone(), peer.sender(), Duration::from_secs(3600)).expect("started");

    outbox::post(&mut conn, now(), &to("ana@example.org", "Ana", confirmed())).expect("posted");
    let (done, is_done) = mpsc::channel();
    let state = Arc::new(Mutex::new(worker));
    let waker = Arc::clone(&state);
    let url = database.url().clone();
    thread::spawn(move || {
        let mut conn = url.connect().expect("connected");
        loop {
            waker.lock().expect("not poisoned").wake();
            if all(&mut conn)[0].state == LetterState::Sent {
                done.send(()).ok();
                return;
            }
            thread::yield_now();
        }
    });
    is_done
        .recv_timeout(Duration::from_secs(30))
        .expect("sent long before the hour is over");

    assert_eq!(peer.heard().len(), 1);
    drop(state);
}
