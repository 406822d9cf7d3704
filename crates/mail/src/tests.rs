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
    half_sign_ins::SecondStepInput,
    model::Purpose,
    passwords::{Hasher, Hashing, Password},
    persons, sessions,
    sign_in::{self, CodeInput, Entered, Progress, Visitor},
};

use crate::{
    deliveries::{self, BounceInput},
    editing::{self, LetterInput, Preview},
    invitations::{self, InviteInput},
    letters::{
        self, Change, ChangeLine, Congress, Content, IdentityChange, OutcomeFacts, PaperFacts, PaperNews,
        SecondFactorChange, SessionFacts, TrackOutcome,
    },
    model::{DeliveryOutcome, Letter, LetterKind, LetterState},
    outbox::{self, Filter, NewLetter},
    second_factor_letters,
    sender::{self, Sender, Tally},
    sign_in_letters::{self, AskInput},
    transport::{Letterhead, Security, SmtpSettings, Transport},
    worker::Worker,
};

mod account_letters;
mod keeping;
mod sending;
mod writing;

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

fn paper() -> PaperFacts {
    PaperFacts {
        id: Id::named("a paper"),
        code: "AS-2019-P03".into(),
        title: "Water for all".into(),
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
            "EHLO" => say("250-peer.example\r\n250-8BITMIME\r\n250 SMTPUTF8")?,
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
/// Whom no second factor was asked.
fn entered(progress: Progress) -> Entered {
    match progress {
        Progress::Entered(entered) => entered,
        Progress::Half(_) => panic!("a second factor was asked"),
    }
}

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
    let outcome = || OutcomeFacts {
        id: "0a".into(),
        code: "TH-2019-03-R07".into(),
        title: "Public space for everybody".into(),
    };
    let asked_about = |again| Content::ResponseAsked {
        organisation: "City of Exampleville".into(),
        outcome: outcome(),
        response: "0b".into(),
        due: "15 December 2019".into(),
        again,
    };
    let answered = |answer: Option<&str>| Content::ResponseNews {
        organisation: "City of Exampleville".into(),
        outcome: outcome(),
        due: "15 December 2019".into(),
        answer: answer.map(Into::into),
    };
    let second_factor = |what| Content::SecondFactorChanged {
        what,
        left: Some(9),
        reason: Some("Lost telephone.".into()),
    };
    let identity = |what| Content::IdentityChanged {
        what,
        provider: "City of Verne".into(),
    };
    let refused = |reason: Option<&str>| Content::PositionRefused {
        position: "Mayor".into(),
        organisation: "Port Verne".into(),
        reason: reason.map(Into::into),
    };
    let endorsed = |endorsed, reason: Option<&str>| Content::EndorsementAnswered {
        congress: congress(),
        network: "Network of the Coasts".into(),
        endorsed,
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
        second_factor(SecondFactorChange::Added),
        second_factor(SecondFactorChange::Removed),
        second_factor(SecondFactorChange::Reset),
        second_factor(SecondFactorChange::CodesRenewed),
        second_factor(SecondFactorChange::CodeUsed),
        identity(IdentityChange::Linked),
        identity(IdentityChange::Unlinked),
        Content::Erased {
            pseudonym: "Person 1f2e3d4c".into(),
            is_on_record: true,
        },
        Content::Erased {
            pseudonym: "Person 1f2e3d4c".into(),
            is_on_record: false,
        },
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
        Content::SessionChangeSettled {
            congress: congress(),
            session: Id::named("opening"),
            title: "Opening".into(),
            outcome: "partly_accepted".into(),
            lines: ["accepted", "refused", "stale"]
                .map(|outcome| ChangeLine {
                    field: "Title (fr)".into(),
                    outcome: outcome.into(),
                })
                .into(),
            reason: Some("The title is printed already.".into()),
        },
        Content::DelegateInvited {
            congress: congress(),
            organisation: "Port Verne".into(),
            role: "Adviser".into(),
        },
        Content::DelegateLeft {
            congress: congress(),
            organisation: "Port Verne".into(),
            substituted: true,
        },
        Content::ConfirmReminder {
            person: "Ana Ferreira".into(),
            position: "Mayor".into(),
            organisation: "Port Verne".into(),
            since: "3 October".into(),
        },
        Content::WebhookGivenUp {
            host: "hooks.example".into(),
            kind: "programme.released".into(),
        },
        Content::SeatLost {
            congress: congress(),
            session: session(""),
            waited: false,
        },
        Content::PaperNamed {
            paper: paper(),
            organisation: "Port Verne".into(),
            role: "drafter".into(),
        },
        Content::PaperNamed {
            paper: paper(),
            organisation: "Port Verne".into(),
            role: "translator".into(),
        },
        Content::PaperNews {
            paper: paper(),
            organisation: "Port Verne".into(),
            what: PaperNews::Submitted,
            reason: None,
            until: None,
        },
        Content::PaperNews {
            paper: paper(),
            organisation: "Port Verne".into(),
            what: PaperNews::Screened,
            reason: None,
            until: None,
        },
        Content::PaperNews {
            paper: paper(),
            organisation: "Port Verne".into(),
            what: PaperNews::Returned,
            reason: Some("The second part has no source.".into()),
            until: Some("28 October, 18:00".into()),
        },
        Content::PaperNews {
            paper: paper(),
            organisation: "Port Verne".into(),
            what: PaperNews::Published,
            reason: None,
            until: None,
        },
        Content::PaperNews {
            paper: paper(),
            organisation: "Port Verne".into(),
            what: PaperNews::Revoked,
            reason: Some("The organisation has left.".into()),
            until: None,
        },
        Content::PaperNews {
            paper: paper(),
            organisation: "Port Verne".into(),
            what: PaperNews::DeadlineSet,
            reason: Some("The team was ill.".into()),
            until: Some("30 October, 18:00".into()),
        },
        Content::PaperInvitation {
            congress: congress(),
            organisation: "Section of the North".into(),
            paper: Id::named("paper"),
            title: "Water for every city".into(),
            deadline: "12 October 2019, 00:00".into(),
            lines: vec!["We look forward to it.".into()],
        },
        Content::ConsentAsked {
            congress: congress(),
            network: "Network of the Coasts".into(),
            title: "World Assembly".into(),
            starts: "15 November 2019, 10:00".into(),
        },
        Content::AssemblyConvoked {
            congress: congress(),
            network: "Network of the Coasts".into(),
            title: "World Assembly".into(),
            starts: "15 November 2019, 10:00".into(),
        },
        endorsed(true, None),
        endorsed(false, Some("You are not known to us.")),
        Content::CaucusReviewAsked {
            congress: congress(),
            caucus: "Youth".into(),
            paper: paper(),
            deadline: "2019-10-20 18:00 (Africa/Johannesburg)".into(),
        },
        asked_about(false),
        asked_about(true),
        answered(None),
        answered(Some("accepted")),
        answered(Some("partly")),
        answered(Some("noted")),
        answered(Some("not_accepted")),
        Content::Circular {
            congress: congress(),
            subject: "Bring your badge".into(),
            lines: ["The doors open at eight.", "", "See you there."]
                .map(String::from)
                .into(),
            why: "you are registered for Durban 2019".into(),
            is_news: true,
        },
    ]
}
