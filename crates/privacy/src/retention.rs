//! How long what is kept is kept: rules as data, carried out once a day, told before and after (requirements §4.4).
//!
//! Trying it does the real thing in a savepoint and undoes it: what it tells is what would go. Each run is an entry of
//! the audit log, by kind and number, without a name.

use access_rules::{Act, Actor, Object};
use db::Conn;
use kernel::{Coded as _, Fault, LocalDate, Moment};
use mail::outbox;
use people::{codes, half_sign_ins, oidc_attempts, sessions};
use records::{
    audit::{self, Note},
    denials, idempotency, jobs, limits, settings,
};
use registration::needs;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Under which the day of the last run is kept.
const LAST_RUN: &str = "retention.last_run";

kernel::coded! {
    /// What is kept for a while.
    pub enum RetentionKind {
        /// Needs of access and diet, after the congress.
        Needs => "needs",
        /// Browsers, after their sign-in ended.
        SignIns => "sign_ins",
        /// Codes of letters, after they were good.
        Codes => "codes",
        /// Sign-ins that waited for a second factor, after they ended.
        HalfSignIns => "half_sign_ins",
        /// Letters that brought a code, after they left.
        CodeLetters => "code_letters",
        /// The text of other letters, after they left; that one went, and to whom, stays.
        LetterTexts => "letter_texts",
        /// Answers kept for a request that is sent again.
        Answers => "answers",
        /// Counts of failed tries.
        Tries => "tries",
        /// Jobs, after they were done.
        Jobs => "jobs",
        /// Refusals, with who was refused.
        Denials => "denials",
    }
}

/// How long one kind is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What.
    pub kind: RetentionKind,
    /// For how many days.
    pub days: i64,
}

/// Every rule.
pub const RULES: &[Rule] = &[
    Rule {
        kind: RetentionKind::Needs,
        days: registration::rules::NEEDS_KEPT_DAYS,
    },
    Rule {
        kind: RetentionKind::SignIns,
        days: people::rules::SESSION_DAYS,
    },
    Rule {
        kind: RetentionKind::Codes,
        days: 1,
    },
    Rule {
        kind: RetentionKind::HalfSignIns,
        days: 1,
    },
    Rule {
        kind: RetentionKind::CodeLetters,
        days: outbox::CODES_KEPT_DAYS,
    },
    Rule {
        kind: RetentionKind::LetterTexts,
        days: 365,
    },
    Rule {
        kind: RetentionKind::Answers,
        days: 1,
    },
    Rule {
        kind: RetentionKind::Tries,
        days: records::rules::KNOWN_DAYS,
    },
    Rule {
        kind: RetentionKind::Jobs,
        days: jobs::DONE_KEPT_DAYS,
    },
    Rule {
        kind: RetentionKind::Denials,
        days: 365,
    },
];

/// What a run did to one kind, or would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Swept {
    /// What.
    pub kind: RetentionKind,
    /// For how many days it is kept.
    pub days: i64,
    /// How many rows went.
    pub rows: usize,
}

/// Both clocks: the congress's decides for needs, the machine's for the rest.
#[derive(Clone, Copy, Debug)]
pub struct Clocks {
    /// The congress's.
    pub congress: Moment,
    /// The machine's.
    pub machine: Moment,
}

/// Carries every rule out and notes it.
///
/// # Errors
/// When the database refuses.
pub fn run(conn: &mut Conn, clocks: Clocks) -> Result<Vec<Swept>, Fault> {
    let swept = sweep(conn, clocks)?;
    let told = swept
        .iter()
        .map(|one| (one.kind.code().to_owned(), Value::from(one.rows)));
    let note = Note {
        summary: Value::Object(told.collect::<Map<_, _>>()),
        ..Note::of("retention.run", "site")
    };
    audit::note(conn, clocks.machine, &note)?;
    settings::put(conn, LAST_RUN, &day_of(clocks.machine).to_string())?;
    Ok(swept)
}

/// Carries every rule out if that was not done today.
///
/// # Errors
/// When the database refuses.
pub fn run_daily(conn: &mut Conn, clocks: Clocks) -> Result<Vec<Swept>, Fault> {
    let last: Option<String> = settings::get(conn, LAST_RUN)?;
    if last == Some(day_of(clocks.machine).to_string()) {
        return Ok(Vec::new());
    }
    run(conn, clocks)
}

/// What a run would do now; nothing is changed.
///
/// # Errors
/// When the database refuses.
pub fn dry_run(conn: &mut Conn, clocks: Clocks) -> Result<Vec<Swept>, Fault> {
    let tried = conn.savepoint(|conn| match sweep(conn, clocks) {
        Ok(swept) => Err::<(), _>(Undone::Told(swept)),
        Err(fault) => Err(Undone::Failed(fault)),
    });
    match tried {
        Err(Undone::Told(swept)) => Ok(swept),
        Err(Undone::Failed(fault)) => Err(fault),
        Ok(()) => Err(Fault::internal("a dry run was not undone")),
    }
}

/// The same, for whoever runs the site.
///
/// # Errors
/// 401, 403; when the database refuses.
pub fn foretell(conn: &mut Conn, actor: &Actor, clocks: Clocks) -> Result<Vec<Swept>, Fault> {
    access_rules::decide(actor, Act::RunSite, &Object::site(), clocks.congress).or_fault()?;
    dry_run(conn, clocks)
}

/// Why a savepoint is undone.
enum Undone {
    Told(Vec<Swept>),
    Failed(Fault),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

fn sweep(conn: &mut Conn, clocks: Clocks) -> Result<Vec<Swept>, Fault> {
    let mut swept = Vec::new();
    for Rule { kind, days } in RULES.iter().copied() {
        let rows = sweep_kind(conn, clocks, kind, days)?;
        swept.push(Swept { kind, days, rows });
    }
    Ok(swept)
}

fn sweep_kind(conn: &mut Conn, clocks: Clocks, kind: RetentionKind, days: i64) -> Result<usize, Fault> {
    let now = clocks.machine;
    match kind {
        RetentionKind::Needs => needs::erase_due(conn, clocks.congress, day_of(clocks.congress)),
        RetentionKind::SignIns => {
            people::second_factor::sweep(conn, now)?;
            sessions::sweep(conn, now)
        }
        RetentionKind::Codes => codes::sweep(conn, now),
        RetentionKind::HalfSignIns => Ok(half_sign_ins::sweep(conn, now)? + oidc_attempts::sweep(conn, now)?),
        RetentionKind::CodeLetters => outbox::sweep(conn, now),
        RetentionKind::LetterTexts => outbox::empty_old(conn, now.plus_days(-days)),
        RetentionKind::Answers => idempotency::sweep(conn, now),
        RetentionKind::Tries => limits::sweep(conn, now),
        RetentionKind::Jobs => jobs::sweep(conn, now),
        RetentionKind::Denials => denials::forget_before(conn, now.plus_days(-days)),
    }
}

fn day_of(at: Moment) -> LocalDate {
    LocalDate(at.utc().date_naive())
}
