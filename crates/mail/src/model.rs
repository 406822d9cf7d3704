//! The rows: letters and how far each is.

use access_rules::PersonId;
use diesel::prelude::*;
use kernel::{Email, Id, Json, Language, Moment};
use people::model::Purpose;
use serde::Serialize;
use serde_json::Value;

use crate::tables::{letter_deliveries, letters};

kernel::coded! {
    /// How far a letter is.
    pub enum LetterState {
        /// It waits for its turn.
        Waiting => "waiting",
        /// Somebody holds it back.
        Held => "held",
        /// A sender has it, for as long as its lease.
        Sending => "sending",
        /// The next mail server took it.
        Sent => "sent",
        /// It was refused for good, or tried in vain for days.
        Failed => "failed",
        /// It is not to be sent any more.
        Cancelled => "cancelled",
        /// A mail server took it, and gave it back later.
        Bounced => "bounced",
    }
}

kernel::coded! {
    /// What became of one try to deliver a letter.
    pub enum DeliveryOutcome {
        /// The mail server took it.
        Taken => "taken",
        /// Not this time; it is tried again.
        PutOff => "put_off",
        /// Not at all; it is given up.
        Refused => "refused",
        /// It was taken, and came back.
        Bounced => "bounced",
    }
}

kernel::coded! {
    /// What a letter is about; each has its text in three languages under `letters/`.
    pub enum LetterKind {
        /// A code to sign in.
        SignInCode => "sign_in_code",
        /// A code to begin a registration.
        RegistrationCode => "registration_code",
        /// A code to prove oneself again.
        VerifyCode => "verify_code",
        /// A code for a new password.
        ResetCode => "reset_code",
        /// A code that proves a new address.
        NewEmailCode => "new_email_code",
        /// Password or address were changed, or the account closed.
        AccountChanged => "account_changed",
        /// The second factor was added, removed or reset, or a recovery code used.
        SecondFactorChanged => "second_factor_changed",
        /// An identity at an OpenID provider was linked to the account, or unlinked.
        IdentityChanged => "identity_changed",
        /// The reader was erased. It is forgotten itself once it left.
        Erased => "erased",
        /// A registration arrived.
        RegistrationReceived => "registration_received",
        /// A registration was approved or not.
        RegistrationDecided => "registration_decided",
        /// A position was confirmed.
        PositionConfirmed => "position_confirmed",
        /// A position was not confirmed.
        PositionRefused => "position_refused",
        /// A track registration was decided, or decided anew.
        TrackDecision => "track_decision",
        /// A seat is offered from the waiting list.
        SeatOffered => "seat_offered",
        /// A seat is certain.
        SeatConfirmed => "seat_confirmed",
        /// Somebody is invited to help run the site.
        StaffInvitation => "staff_invitation",
        /// Something in one's congress changed with a release.
        ProgrammeChanged => "programme_changed",
        /// The desk decided on a change a lead asked for.
        SessionChangeSettled => "session_change_settled",
        /// A focal point registered somebody.
        DelegateInvited => "delegate_invited",
        /// Somebody is no longer in a delegation.
        DelegateLeft => "delegate_left",
        /// Somebody waits for the reader's confirmation.
        ConfirmReminder => "confirm_reminder",
        /// Another program could not be told what happened.
        WebhookGivenUp => "webhook_given_up",
        /// A seat was given back, because the rule of who may attend changed.
        SeatLost => "seat_lost",
        /// The reader writes at a paper from now on, or translates it.
        PaperNamed => "paper_named",
        /// Something became of a paper the reader has a part in.
        PaperNews => "paper_news",
        /// An organisation is invited to write a position paper.
        PaperInvitation => "paper_invitation",
        /// A network is asked to agree to the World Assembly.
        ConsentAsked => "consent_asked",
        /// The World Assembly is convoked.
        AssemblyConvoked => "assembly_convoked",
        /// A network has said whether it stands for somebody.
        EndorsementAnswered => "endorsement_answered",
        /// A caucus is asked for its review of a paper.
        CaucusReviewAsked => "caucus_review_asked",
        /// A body is asked what becomes of a recommendation, or reminded of it.
        ResponseAsked => "response_asked",
        /// A body answered what it was asked, or did not in time.
        ResponseNews => "response_news",
        /// An organiser wrote to many.
        Circular => "circular",
    }
}

/// A letter in the outbox. Its text may hold `[code]`, `[site]` and `[site_name]`: what stands there is known when it is
/// sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = letters)]
pub struct Letter {
    /// Its id; makes its Message-ID.
    pub id: Id<Letter>,
    /// What it is about.
    pub kind: LetterKind,
    /// In which language it is written.
    pub language: Language,
    /// To which address.
    pub to_email: Email,
    /// To whom; may be empty.
    pub to_name: String,
    /// Address and name folded, for searching.
    pub to_key: String,
    /// To which person, when we know.
    pub person_id: Option<PersonId>,
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// The code it asks for.
    pub secret: Option<Purpose>,
    /// What that code is bound to.
    pub secret_payload: Option<Json<Value>>,
    /// How far it is.
    pub state: LetterState,
    /// Not before this moment.
    pub not_before: Option<Moment>,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried again; at once when none.
    pub next_try_at: Option<Moment>,
    /// Until when a sender has it.
    pub leased_until: Option<Moment>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// Of several posted under one key only the first is kept.
    pub dedupe_key: Option<String>,
    /// When it was posted.
    pub created_at: Moment,
    /// When it was sent.
    pub sent_at: Option<Moment>,
    /// The text as a reader would have it, where letters are shown and not sent (demonstration).
    pub shown: Option<String>,
    /// Counts the edits of its text.
    pub version: i64,
}

/// One try to deliver a letter, or its coming back.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = letter_deliveries)]
pub struct Delivery {
    /// Its id; they sort by time.
    pub id: Id<Delivery>,
    /// Of which letter.
    pub letter: Id<Letter>,
    /// When, by the machine's clock.
    pub at: Moment,
    /// What became of it.
    pub outcome: DeliveryOutcome,
    /// What the mail server said.
    pub said: String,
}
