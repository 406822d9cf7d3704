//! The sender: takes letters whose turn it is from the outbox and hands them to a mail server.
//!
//! A letter is leased by exactly one sender at a time. Between the mail server's "250" and our note of it lies a gap no
//! outbox can close: a letter caught in it by a crash is sent again when its lease runs out, under the same Message-ID.
//! The code a letter asks for is made here, at the last moment, and kept by nobody but as a hash. All moments are of the
//! machine's clock.

use db::{Affected as _, Conn, Database, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use people::codes;

use crate::{
    deliveries, engines,
    model::{DeliveryOutcome, Letter, LetterState},
    outbox, rules,
    tables::letters,
    transport::{Finished, Letterhead, Refusal, Transport},
};

/// Letters taken at once.
const BATCH: i64 = 10;
/// For how long, in seconds; longer than the slowest mail server takes for a batch, or other nodes would send it too.
const LEASE_SECONDS: i64 = 15 * 60;
/// Longest reason kept of a failure, in characters.
const REASON_MAX: usize = 500;

/// What became of the letters whose turn it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Taken by the mail server.
    pub sent: usize,
    /// To be tried again.
    pub put_back: usize,
    /// Given up.
    pub failed: usize,
}

impl Tally {
    /// How many there were.
    pub const fn all(self) -> usize {
        self.sent + self.put_back + self.failed
    }

    /// Both together.
    pub const fn and(self, other: Self) -> Self {
        Self {
            sent: self.sent + other.sent,
            put_back: self.put_back + other.put_back,
            failed: self.failed + other.failed,
        }
    }
}

/// Sends letters by one transport under one letterhead.
pub struct Sender {
    transport: Transport,
    letterhead: Letterhead,
}

impl Sender {
    /// A sender.
    pub const fn new(transport: Transport, letterhead: Letterhead) -> Self {
        Self {
            transport,
            letterhead,
        }
    }

    /// Sends one batch of the letters whose turn it is, until `is_over` says to stop. What was taken and not sent waits
    /// again.
    ///
    /// # Errors
    /// When the database refuses; what the mail server refuses is in the tally.
    pub fn send_due(
        &self,
        database: &Database,
        clock: &dyn Fn() -> Moment,
        is_over: &dyn Fn() -> bool,
    ) -> Result<Tally, Fault> {
        let mut tally = Tally::default();
        if matches!(self.transport, Transport::Held) {
            return Ok(tally);
        }
        let now = clock();
        if !database.read("mail.due", move |conn| is_any_due(conn, now))? {
            return Ok(tally);
        }
        let leased = database.write("mail.lease", move |conn| lease(conn, now))?;
        for letter in leased {
            if is_over() {
                database.write("mail.give_back", move |conn| give_back(conn, &letter))?;
                continue;
            }
            match self.send(database, clock(), letter)? {
                Some(LetterState::Sent) => tally.sent += 1,
                Some(LetterState::Failed) => tally.failed += 1,
                Some(_) => tally.put_back += 1,
                None => {}
            }
        }
        Ok(tally)
    }

    /// Sends one leased letter and notes what became of it; nothing when the lease was lost meanwhile.
    fn send(&self, database: &Database, now: Moment, letter: Letter) -> Result<Option<LetterState>, Fault> {
        let finished = self.finish(database, now, &letter)?;
        let outcome = self.transport.deliver(&self.letterhead, &finished, now);
        let shown = matches!(self.transport, Transport::Shown).then(|| finished.as_shown());
        database.write("mail.note", move |conn| match &outcome {
            Ok(said) => sent(conn, now, &letter, said, shown.as_deref()),
            Err(refusal) => refused(conn, now, &letter, refusal),
        })
    }

    /// The letter as its reader gets it.
    fn finish(&self, database: &Database, now: Moment, letter: &Letter) -> Result<Finished, Fault> {
        let code = match letter.secret {
            Some(purpose) => {
                let to = letter.to_email.clone();
                let payload = letter.secret_payload.clone();
                Some(database.write("mail.mint", move |conn| {
                    let payload = payload.as_ref().map(|payload| &payload.0);
                    codes::mint(conn, now, &to, purpose, payload)
                })?)
            }
            None => None,
        };
        Ok(self.letterhead.finish(letter, code.as_deref()))
    }
}

/// Whether some letter's turn has come; so that an idle sender only reads.
fn is_any_due(conn: &mut Conn, now: Moment) -> Result<bool, Fault> {
    let turn = letters::next_try_at
        .is_null()
        .or(letters::next_try_at.le(now).assume_not_null());
    let waiting = letters::state.eq(LetterState::Waiting).and(turn);
    let abandoned = letters::state
        .eq(LetterState::Sending)
        .and(letters::leased_until.le(now).assume_not_null());
    let found: Option<kernel::Id<Letter>> = on_each!(conn, |c| letters::table
        .filter(waiting.or(abandoned))
        .filter(
            letters::not_before
                .is_null()
                .or(letters::not_before.le(now).assume_not_null())
        )
        .select(letters::id)
        .first(c)
        .optional())?;
    Ok(found.is_some())
}

/// Takes the letters whose turn it is.
///
/// # Errors
/// When the database refuses.
pub fn lease(conn: &mut Conn, now: Moment) -> Result<Vec<Letter>, Fault> {
    let due = engines::letters_due(conn, now, BATCH)?;
    let mut leased: Vec<Letter> = on_each!(conn, |c| diesel::update(letters::table)
        .filter(letters::id.eq_any(due))
        .set((
            letters::state.eq(LetterState::Sending),
            letters::attempts.eq(letters::attempts + 1),
            letters::leased_until.eq(now.plus_seconds(LEASE_SECONDS)),
        ))
        .returning(Letter::as_returning())
        .get_results(c))?;
    leased.sort_by_key(|letter| (letter.secret.is_none(), letter.id));
    Ok(leased)
}

/// Notes that the mail server took a letter. What was shown instead is kept.
fn sent(
    conn: &mut Conn,
    now: Moment,
    letter: &Letter,
    said: &str,
    shown: Option<&str>,
) -> Result<Option<LetterState>, Fault> {
    let is_ours = on_each!(conn, |c| diesel::update(letters::table.find(letter.id))
        .filter(letters::state.eq(LetterState::Sending))
        .filter(letters::attempts.eq(letter.attempts))
        .set((
            letters::state.eq(LetterState::Sent),
            letters::sent_at.eq(now),
            letters::leased_until.eq(None::<Moment>),
            letters::last_error.eq(None::<String>),
            letters::shown.eq(shown),
        ))
        .execute(c))
    .at_most_one()?;
    if is_ours {
        deliveries::log(conn, now, letter.id, DeliveryOutcome::Taken, said)?;
        outbox::forget_last(conn, letter)?;
    }
    Ok(is_ours.then_some(LetterState::Sent))
}

/// Notes that it did not: the letter waits longer, or is given up.
fn refused(
    conn: &mut Conn,
    now: Moment,
    letter: &Letter,
    refusal: &Refusal,
) -> Result<Option<LetterState>, Fault> {
    let again = match refusal.is_final {
        true => None,
        false => rules::next_try(now, letter.attempts, letter.secret.is_some()),
    };
    let state = match again {
        Some(_) => LetterState::Waiting,
        None => LetterState::Failed,
    };
    let reason: String = refusal.reason.chars().take(REASON_MAX).collect();
    let is_ours = on_each!(conn, |c| diesel::update(letters::table.find(letter.id))
        .filter(letters::state.eq(LetterState::Sending))
        .filter(letters::attempts.eq(letter.attempts))
        .set((
            letters::state.eq(state),
            letters::next_try_at.eq(again),
            letters::leased_until.eq(None::<Moment>),
            letters::last_error.eq(&reason),
        ))
        .execute(c))
    .at_most_one()?;
    if is_ours {
        let outcome = match again {
            Some(_) => DeliveryOutcome::PutOff,
            None => DeliveryOutcome::Refused,
        };
        deliveries::log(conn, now, letter.id, outcome, &reason)?;
        if again.is_none() {
            outbox::forget_last(conn, letter)?;
        }
    }
    Ok(is_ours.then_some(state))
}

/// Puts a leased letter back untried.
fn give_back(conn: &mut Conn, letter: &Letter) -> Result<bool, Fault> {
    on_each!(conn, |c| diesel::update(letters::table.find(letter.id))
        .filter(letters::state.eq(LetterState::Sending))
        .filter(letters::attempts.eq(letter.attempts))
        .set((
            letters::state.eq(LetterState::Waiting),
            letters::attempts.eq(letter.attempts - 1),
            letters::leased_until.eq(None::<Moment>),
        ))
        .execute(c))
    .at_most_one()
}
