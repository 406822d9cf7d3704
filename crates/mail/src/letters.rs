//! The texts: what each letter says, in English, French and Spanish.
//!
//! A text is a template under `letters/<kind>.<language>.txt`, its first line the subject. Every word that comes from
//! elsewhere is cleaned of line breaks and control characters first, so that none can end a header or forge a line
//! (§5.5, 53), and is put in as it is: text has no markup, and a name with braces stays a name (§5.5, 55).

use std::{collections::BTreeMap, sync::LazyLock};

use access_rules::{AccountId, PaperId, SessionId};
use kernel::{Coded as _, Fault, Language, text};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig};
use people::{changes, model::Purpose};
use serde::Serialize;
use serde_json::Value;

use crate::model::LetterKind;

/// Longest subject, in characters.
pub(crate) const SUBJECT_MAX: usize = 150;

/// What a letter says. Words are in the letter's language already, as the reader shall see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// A code to sign in.
    SignInCode {},
    /// A code to begin a registration.
    RegistrationCode {},
    /// A code to prove oneself again before something grave.
    VerifyCode {},
    /// A code for a new password.
    ResetCode {},
    /// A code that proves the address this account changes to.
    NewEmailCode {
        /// The account.
        account: AccountId,
    },
    /// Password or address were changed, or the account closed.
    AccountChanged {
        /// Which of them.
        what: Change,
    },
    /// The second factor was added, removed or reset, or a recovery code used.
    SecondFactorChanged {
        /// Which of them.
        what: SecondFactorChange,
        /// How many recovery codes are left, where one was used.
        left: Option<i64>,
        /// Why it was reset.
        reason: Option<String>,
    },
    /// An identity at an OpenID provider was linked to the account, or unlinked.
    IdentityChanged {
        /// Which of them.
        what: IdentityChange,
        /// What the provider is called.
        provider: String,
    },
    /// The reader was erased, as they asked.
    Erased {
        /// What they are called from now on, where what they did stays.
        pseudonym: String,
        /// Whether their name stays on the statutory record.
        is_on_record: bool,
    },
    /// A registration arrived.
    RegistrationReceived {
        /// For which congress.
        congress: Congress,
        /// Its number.
        number: String,
        /// In which category.
        category: String,
        /// What it waits for, in a sentence.
        waits_for: Option<String>,
    },
    /// A registration was approved or not.
    RegistrationDecided {
        /// For which congress.
        congress: Congress,
        /// Its number.
        number: String,
        /// Whether it was approved.
        approved: bool,
        /// Why not.
        reason: Option<String>,
    },
    /// A position was confirmed.
    PositionConfirmed {
        /// The position.
        position: String,
        /// The organisation.
        organisation: String,
    },
    /// A position was not confirmed.
    PositionRefused {
        /// The position.
        position: String,
        /// The organisation.
        organisation: String,
        /// Why not.
        reason: Option<String>,
    },
    /// A track registration was decided, or decided anew.
    TrackDecision {
        /// In which congress.
        congress: Congress,
        /// The track's name.
        track: String,
        /// How.
        outcome: TrackOutcome,
        /// Why.
        reason: Option<String>,
        /// What the reader can do about it.
        todo: Option<String>,
    },
    /// A seat is offered from the waiting list.
    SeatOffered {
        /// In which congress.
        congress: Congress,
        /// In which session.
        session: SessionFacts,
        /// Until when, in the congress's zone: `10:55`.
        until: String,
    },
    /// A seat is certain.
    SeatConfirmed {
        /// In which congress.
        congress: Congress,
        /// In which session.
        session: SessionFacts,
    },
    /// Somebody is invited to help run the site.
    StaffInvitation {
        /// By whom, when it was a person.
        invited_by: Option<String>,
    },
    /// Something in one's congress changed with a release.
    ProgrammeChanged {
        /// In which congress.
        congress: Congress,
        /// What, each in a sentence.
        changes: Vec<String>,
    },
    /// The desk decided on a change the reader asked for in their session.
    SessionChangeSettled {
        /// In which congress.
        congress: Congress,
        /// The session, for the address of its page.
        session: SessionId,
        /// Its title.
        title: String,
        /// `accepted`, `partly_accepted` or `refused`.
        outcome: String,
        /// Field by field.
        lines: Vec<ChangeLine>,
        /// Why not all.
        reason: Option<String>,
    },
    /// A focal point registered the reader.
    DelegateInvited {
        /// For which congress.
        congress: Congress,
        /// For which organisation.
        organisation: String,
        /// In which role, in words.
        role: String,
    },
    /// The reader is no longer in a delegation.
    DelegateLeft {
        /// To which congress.
        congress: Congress,
        /// Of which organisation.
        organisation: String,
        /// Whether somebody else goes in their place.
        substituted: bool,
    },
    /// Somebody waits for the reader's confirmation.
    ConfirmReminder {
        /// Who.
        person: String,
        /// In which position.
        position: String,
        /// Of which organisation.
        organisation: String,
        /// Since when: a date.
        since: String,
    },
    /// Another program could not be told what happened, in three days.
    WebhookGivenUp {
        /// Its host.
        host: String,
        /// What it was to be told: `programme.released`.
        kind: String,
    },
    /// A seat was given back, because the rule of who may attend changed.
    SeatLost {
        /// In which congress.
        congress: Congress,
        /// In which session.
        session: SessionFacts,
        /// Whether it was a place in the waiting list.
        waited: bool,
    },
    /// The reader writes at a paper from now on, or translates it.
    PaperNamed {
        /// Which.
        paper: PaperFacts,
        /// Whose it is.
        organisation: String,
        /// `drafter` or `translator`.
        role: String,
    },
    /// Something became of a paper the reader has a part in.
    PaperNews {
        /// Which.
        paper: PaperFacts,
        /// Whose it is.
        organisation: String,
        /// What.
        what: PaperNews,
        /// Why.
        reason: Option<String>,
        /// Until when it is to be handed in, in the congress's zone.
        until: Option<String>,
    },
    /// An organisation is invited to write a position paper.
    PaperInvitation {
        /// For which congress.
        congress: Congress,
        /// Which organisation.
        organisation: String,
        /// The paper.
        paper: PaperId,
        /// What it is called so far.
        title: String,
        /// Until when: a date and a time.
        deadline: String,
        /// What the desk adds, line by line.
        lines: Vec<String>,
    },
    /// A network is asked to agree to the World Assembly.
    ConsentAsked {
        /// At which congress.
        congress: Congress,
        /// Which network.
        network: String,
        /// What it is called.
        title: String,
        /// When it begins.
        starts: String,
    },
    /// The World Assembly is convoked.
    AssemblyConvoked {
        /// At which congress.
        congress: Congress,
        /// Which network hears of it.
        network: String,
        /// What it is called.
        title: String,
        /// When it begins.
        starts: String,
    },
    /// A network has said whether it stands for the reader.
    EndorsementAnswered {
        /// At which congress.
        congress: Congress,
        /// Which network.
        network: String,
        /// Whether it does.
        endorsed: bool,
        /// Why not.
        reason: Option<String>,
    },
    /// A caucus the reader answers for is asked for its review of a paper.
    CaucusReviewAsked {
        /// In which congress.
        congress: Congress,
        /// What the caucus is called.
        caucus: String,
        /// Which paper.
        paper: PaperFacts,
        /// Until when, in the congress's zone.
        deadline: String,
    },
    /// A body is asked what becomes of a recommendation, or reminded that it was.
    ResponseAsked {
        /// Which body.
        organisation: String,
        /// Which recommendation.
        outcome: OutcomeFacts,
        /// What it was asked, for the address of its form.
        response: String,
        /// Until when it is to answer: a day.
        due: String,
        /// Whether it was asked before.
        again: bool,
    },
    /// A body answered what it was asked, or did not in time.
    ResponseNews {
        /// Which body.
        organisation: String,
        /// Which recommendation.
        outcome: OutcomeFacts,
        /// Until when it was to answer: a day.
        due: String,
        /// `accepted`, `partly`, `noted` or `not_accepted`; none where it is late.
        answer: Option<String>,
    },
    /// An organiser wrote to many.
    Circular {
        /// In which congress.
        congress: Congress,
        /// The subject.
        subject: String,
        /// The text, line by line.
        lines: Vec<String>,
        /// Why the reader is one of them: `you are registered for …`.
        why: String,
        /// Whether it is news, which one may have no more of.
        is_news: bool,
    },
}

/// The congress a letter speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Congress {
    /// Its name.
    pub name: String,
    /// Its slug in addresses.
    pub slug: String,
}

/// The session a letter speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SessionFacts {
    /// Its id, for the address of its page.
    pub id: SessionId,
    /// Its title.
    pub title: String,
    /// When it begins, in the congress's zone: `Thursday 14 November, 11:00`.
    pub starts: String,
    /// Where; may be empty.
    pub room: String,
}

/// The paper a letter speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PaperFacts {
    /// Its id, for the address of its page.
    pub id: PaperId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// The outcome a letter speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutcomeFacts {
    /// Its id, for the address of its page.
    pub id: String,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// What became of one field of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeLine {
    /// The field, in words.
    pub field: String,
    /// `accepted`, `refused` or `stale`.
    pub outcome: String,
}

kernel::coded! {
    /// What was changed about an account.
    pub enum Change {
        /// Its password.
        Password => "password",
        /// Its address.
        Email => "email",
        /// It was closed.
        Closed => "closed",
    }
}

kernel::coded! {
    /// What was changed about a second factor.
    pub enum SecondFactorChange {
        /// It was added.
        Added => "added",
        /// It was removed by whose it is.
        Removed => "removed",
        /// It was reset by who runs the site.
        Reset => "reset",
        /// New recovery codes were drawn.
        CodesRenewed => "codes_renewed",
        /// A recovery code was used.
        CodeUsed => "code_used",
    }
}

kernel::coded! {
    /// What was changed about the identities of an account.
    pub enum IdentityChange {
        /// One was linked.
        Linked => "linked",
        /// One was unlinked.
        Unlinked => "unlinked",
    }
}

kernel::coded! {
    /// What became of a paper.
    pub enum PaperNews {
        /// It was handed in.
        Submitted => "submitted",
        /// The desk looked it through.
        Screened => "screened",
        /// The desk gave it back.
        Returned => "returned",
        /// It is out.
        Published => "published",
        /// Its invitation was taken back.
        Revoked => "revoked",
        /// It has another deadline.
        DeadlineSet => "deadline_set",
    }
}

kernel::coded! {
    /// How a track registration was decided.
    pub enum TrackOutcome {
        /// Admitted.
        Admitted => "admitted",
        /// Waiting for a confirmation.
        Waiting => "waiting",
        /// Refused.
        Refused => "refused",
    }
}

/// A letter's words, before the code and the site's address are put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub body: String,
}

impl Content {
    /// What it is about.
    pub const fn kind(&self) -> LetterKind {
        match self {
            Self::SignInCode {} => LetterKind::SignInCode,
            Self::RegistrationCode {} => LetterKind::RegistrationCode,
            Self::VerifyCode {} => LetterKind::VerifyCode,
            Self::ResetCode {} => LetterKind::ResetCode,
            Self::NewEmailCode { .. } => LetterKind::NewEmailCode,
            Self::AccountChanged { .. } => LetterKind::AccountChanged,
            Self::SecondFactorChanged { .. } => LetterKind::SecondFactorChanged,
            Self::IdentityChanged { .. } => LetterKind::IdentityChanged,
            Self::Erased { .. } => LetterKind::Erased,
            Self::RegistrationReceived { .. } => LetterKind::RegistrationReceived,
            Self::RegistrationDecided { .. } => LetterKind::RegistrationDecided,
            Self::PositionConfirmed { .. } => LetterKind::PositionConfirmed,
            Self::PositionRefused { .. } => LetterKind::PositionRefused,
            Self::TrackDecision { .. } => LetterKind::TrackDecision,
            Self::SeatOffered { .. } => LetterKind::SeatOffered,
            Self::SeatConfirmed { .. } => LetterKind::SeatConfirmed,
            Self::StaffInvitation { .. } => LetterKind::StaffInvitation,
            Self::ProgrammeChanged { .. } => LetterKind::ProgrammeChanged,
            Self::SessionChangeSettled { .. } => LetterKind::SessionChangeSettled,
            Self::DelegateInvited { .. } => LetterKind::DelegateInvited,
            Self::DelegateLeft { .. } => LetterKind::DelegateLeft,
            Self::ConfirmReminder { .. } => LetterKind::ConfirmReminder,
            Self::WebhookGivenUp { .. } => LetterKind::WebhookGivenUp,
            Self::SeatLost { .. } => LetterKind::SeatLost,
            Self::PaperNamed { .. } => LetterKind::PaperNamed,
            Self::PaperNews { .. } => LetterKind::PaperNews,
            Self::PaperInvitation { .. } => LetterKind::PaperInvitation,
            Self::ConsentAsked { .. } => LetterKind::ConsentAsked,
            Self::AssemblyConvoked { .. } => LetterKind::AssemblyConvoked,
            Self::EndorsementAnswered { .. } => LetterKind::EndorsementAnswered,
            Self::CaucusReviewAsked { .. } => LetterKind::CaucusReviewAsked,
            Self::ResponseAsked { .. } => LetterKind::ResponseAsked,
            Self::ResponseNews { .. } => LetterKind::ResponseNews,
            Self::Circular { .. } => LetterKind::Circular,
        }
    }

    /// The code it asks for, and what that is bound to.
    pub fn secret(&self) -> Option<(Purpose, Option<Value>)> {
        match self {
            Self::SignInCode {} => Some((Purpose::SignIn, None)),
            Self::RegistrationCode {} => Some((Purpose::Registration, None)),
            Self::VerifyCode {} => Some((Purpose::Verify, None)),
            Self::ResetCode {} => Some((Purpose::Reset, None)),
            Self::NewEmailCode { account } => {
                Some((Purpose::ChangeEmail, Some(changes::for_account(*account))))
            }
            _ => None,
        }
    }
}

/// Writes a letter to somebody of this name (which may be empty).
///
/// # Errors
/// Internal when a text asks for what its content does not have: a test renders them all.
pub fn render(content: &Content, language: Language, name: &str) -> Result<Rendered, Fault> {
    let facts = serde_json::to_value(content).map_err(Fault::internal)?;
    let template = format!("{}.{}", content.kind(), language.code());
    let written = written(&template, cleaned(&facts))?;
    let (subject, text) = written.split_once('\n').unwrap_or((&written, ""));
    let subject = subject.strip_prefix("Subject: ").unwrap_or(subject);
    let by_the_site = !matches!(content, Content::Circular { .. });
    let frame = minijinja::Value::from(BTreeMap::from([
        ("name", minijinja::Value::from(one_line(name))),
        ("text", minijinja::Value::from(text.trim())),
        ("by_the_site", minijinja::Value::from(by_the_site)),
    ]));
    Ok(Rendered {
        subject: text::cut(&one_line(subject), SUBJECT_MAX),
        body: written_frame(language, frame)?,
    })
}

/// One line of harmless text, whatever it was: no line breaks, no control or direction-override characters.
pub fn one_line(raw: &str) -> String {
    let spaced: String = raw
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let length = text::graphemes(&spaced).max(1);
    text::line(&spaced, length).unwrap_or_else(|_| spaced.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn written(template: &str, facts: minijinja::Value) -> Result<String, Fault> {
    let template = TEXTS.get_template(template).map_err(Fault::internal)?;
    template.render(facts).map_err(Fault::internal)
}

fn written_frame(language: Language, facts: minijinja::Value) -> Result<String, Fault> {
    let framed = written(&format!("frame.{}", language.code()), facts)?;
    Ok(format!("{}\n", framed.trim()))
}

/// The facts for a template, each text as one line.
fn cleaned(facts: &Value) -> minijinja::Value {
    match facts {
        Value::Null => minijinja::Value::from(()),
        Value::Bool(truth) => minijinja::Value::from(*truth),
        Value::Number(number) => minijinja::Value::from(number.to_string()),
        Value::String(text) => minijinja::Value::from(one_line(text)),
        Value::Array(items) => minijinja::Value::from(items.iter().map(cleaned).collect::<Vec<_>>()),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, fact)| (name.as_str(), cleaned(fact)));
            minijinja::Value::from(fields.collect::<BTreeMap<_, _>>())
        }
    }
}

static TEXTS: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut texts = Environment::new();
    texts.set_auto_escape_callback(|_| AutoEscape::None);
    texts.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
        .expect("the usual delimiters do not clash");
    texts.set_syntax(syntax);
    for (name, text) in FILES {
        texts
            .add_template(name, text)
            .expect("a test renders every text there is");
    }
    texts
});

macro_rules! files {
    ($($kind:literal),+ $(,)?) => {
        &[$(
            (concat!($kind, ".en"), include_str!(concat!("../letters/", $kind, ".en.txt"))),
            (concat!($kind, ".fr"), include_str!(concat!("../letters/", $kind, ".fr.txt"))),
            (concat!($kind, ".es"), include_str!(concat!("../letters/", $kind, ".es.txt"))),
        )+]
    };
}

const FILES: &[(&str, &str)] = files![
    "frame",
    "sign_in_code",
    "registration_code",
    "verify_code",
    "reset_code",
    "new_email_code",
    "account_changed",
    "second_factor_changed",
    "identity_changed",
    "erased",
    "registration_received",
    "registration_decided",
    "position_confirmed",
    "position_refused",
    "track_decision",
    "seat_offered",
    "seat_confirmed",
    "staff_invitation",
    "programme_changed",
    "session_change_settled",
    "delegate_invited",
    "delegate_left",
    "confirm_reminder",
    "webhook_given_up",
    "seat_lost",
    "paper_named",
    "paper_news",
    "paper_invitation",
    "consent_asked",
    "assembly_convoked",
    "endorsement_answered",
    "caucus_review_asked",
    "response_asked",
    "response_news",
    "circular",
];
