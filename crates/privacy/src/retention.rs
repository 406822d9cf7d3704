//! How long what is kept is kept: rules as data, carried out once a day, told before and after (requirements §4.4).
//!
//! Trying it does the real thing in a savepoint and undoes it: what it tells is what would go. Each run is an entry of
//! the audit log, by kind and number, without a name. For how many days some kinds are kept whoever runs the site may say,
//! within bounds; what was promised to people (needs) and what guards the site (codes, answers, tries) stays as it is.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, Object};
use db::Conn;
use kernel::{Coded as _, Fault, Fields, Id, LocalDate, Moment};
use mail::outbox;
use people::{codes, half_sign_ins, oidc_attempts, sessions};
use records::{
    audit::{self, Note},
    denials, idempotency, jobs, limits, settings,
};
use registration::needs;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Under which the day of the last run is kept.
const LAST_RUN: &str = "retention.last_run";
/// Under which is kept what was said about the days.
const DAYS: &str = "retention.days";

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RetentionRule {
    /// What.
    pub kind: RetentionKind,
    /// For how many days.
    pub days: i64,
    /// For how many when nobody said otherwise.
    pub usual: i64,
    /// The fewest that may be said; none where it is not to be said.
    pub least: Option<i64>,
    /// The most that may be said.
    pub most: Option<i64>,
}

/// Every rule as it is when nobody said otherwise.
const USUAL: &[RetentionRule] = &[
    fixed(RetentionKind::Needs, registration::rules::NEEDS_KEPT_DAYS),
    // Signing in sweeps too, at this many days: it may only be shortened.
    within(
        RetentionKind::SignIns,
        people::rules::SESSION_DAYS,
        1,
        people::rules::SESSION_DAYS,
    ),
    fixed(RetentionKind::Codes, 1),
    fixed(RetentionKind::HalfSignIns, 1),
    within(
        RetentionKind::CodeLetters,
        outbox::CODES_KEPT_DAYS,
        1,
        outbox::CODES_KEPT_DAYS,
    ),
    within(RetentionKind::LetterTexts, 365, 30, 3650),
    fixed(RetentionKind::Answers, 1),
    fixed(RetentionKind::Tries, records::rules::KNOWN_DAYS),
    within(RetentionKind::Jobs, jobs::DONE_KEPT_DAYS, 1, jobs::DONE_KEPT_DAYS),
    within(RetentionKind::Denials, 365, 30, 3650),
];

const fn fixed(kind: RetentionKind, days: i64) -> RetentionRule {
    RetentionRule {
        kind,
        days,
        usual: days,
        least: None,
        most: None,
    }
}

const fn within(kind: RetentionKind, days: i64, least: i64, most: i64) -> RetentionRule {
    RetentionRule {
        least: Some(least),
        most: Some(most),
        ..fixed(kind, days)
    }
}

/// For how many days kinds are to be kept; what is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RetentionInput {
    /// Days by kind: `{"letter_texts": 180}`.
    pub days: BTreeMap<String, i64>,
}

/// The rules, and when they were last carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Retained {
    /// Every rule.
    pub rules: Vec<RetentionRule>,
    /// The day of the last run, by the machine's clock.
    pub last_run: Option<String>,
    /// Counts changes; what `If-Match` names.
    pub version: i64,
}

/// What was said about the days, as it is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Said {
    version: i64,
    days: BTreeMap<String, i64>,
}

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
    let rules = rules(conn)?;
    let swept = sweep(conn, clocks, &rules)?;
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
    let rules = rules(conn)?;
    tried(conn, clocks, &rules)
}

fn tried(conn: &mut Conn, clocks: Clocks, rules: &[RetentionRule]) -> Result<Vec<Swept>, Fault> {
    let tried = conn.savepoint(|conn| match sweep(conn, clocks, rules) {
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
    may(actor, clocks)?;
    dry_run(conn, clocks)
}

/// The rules, for whoever runs the site.
///
/// # Errors
/// 401, 403.
pub fn view(conn: &mut Conn, actor: &Actor, clocks: Clocks) -> Result<Retained, Fault> {
    may(actor, clocks)?;
    let said = said(conn)?;
    Ok(Retained {
        rules: applied(&said.days),
        last_run: settings::get(conn, LAST_RUN)?,
        version: said.version,
    })
}

/// What a run would do now, were these the days; nothing is changed.
///
/// # Errors
/// 401, 403; `invalid` with each kind.
pub fn check(
    conn: &mut Conn,
    actor: &Actor,
    clocks: Clocks,
    input: &RetentionInput,
) -> Result<Vec<Swept>, Fault> {
    may(actor, clocks)?;
    let said = said(conn)?;
    let days = checked(&said.days, input)?;
    tried(conn, clocks, &applied(&days))
}

/// Says for how many days kinds are kept from now on. Nothing goes before the next run.
///
/// # Errors
/// 401, 403; `invalid` with each kind; `stale`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    clocks: Clocks,
    input: &RetentionInput,
    version: Option<i64>,
) -> Result<Retained, Fault> {
    may(actor, clocks)?;
    // Two never say so at once: the second reads what the first said.
    settings::take(conn, DAYS)?;
    let before = said(conn)?;
    let days = checked(&before.days, input)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let after = Said {
        version: before.version + 1,
        days,
    };
    settings::put(conn, DAYS, &after)?;
    let changed = applied(&before.days).into_iter().zip(applied(&after.days));
    let changed = changed.filter(|(was, is)| was.days != is.days).map(|(was, is)| {
        (
            is.kind.code().to_owned(),
            json!({ "was": was.days, "is": is.days }),
        )
    });
    let note = Note {
        actor: actor.person.map(Id::cast),
        summary: Value::Object(changed.collect::<Map<_, _>>()),
        ..Note::of("retention.set", "site")
    };
    audit::note(conn, clocks.machine, &note)?;
    view(conn, actor, clocks)
}

fn may(actor: &Actor, clocks: Clocks) -> Result<(), Fault> {
    access_rules::decide(actor, Act::RunSite, &Object::site(), clocks.congress).or_fault()
}

fn said(conn: &mut Conn) -> Result<Said, Fault> {
    Ok(settings::get(conn, DAYS)?.unwrap_or_default())
}

/// The rules with what was said, as far as it may be.
fn applied(days: &BTreeMap<String, i64>) -> Vec<RetentionRule> {
    let rule = |usual: &RetentionRule| match (days.get(usual.kind.code()), usual.least, usual.most) {
        (Some(days), Some(least), Some(most)) => RetentionRule {
            days: (*days).clamp(least, most),
            ..*usual
        },
        _ => *usual,
    };
    USUAL.iter().map(rule).collect()
}

/// What was said before with what is said now, each kind looked at.
fn checked(before: &BTreeMap<String, i64>, input: &RetentionInput) -> Result<BTreeMap<String, i64>, Fault> {
    let mut fields = Fields::new();
    let mut days = before.clone();
    for (kind, said) in &input.days {
        let field = format!("days.{kind}");
        let rule = USUAL.iter().find(|rule| rule.kind.code() == kind);
        match rule.and_then(|rule| rule.least.zip(rule.most)) {
            Some((least, most)) => {
                fields.within(&field, *said, least, most);
                days.insert(kind.clone(), *said);
            }
            None => fields.wrong(&field, "unknown_choice"),
        }
    }
    fields.done()?;
    Ok(days)
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

/// The rules in force.
fn rules(conn: &mut Conn) -> Result<Vec<RetentionRule>, Fault> {
    Ok(applied(&said(conn)?.days))
}

fn sweep(conn: &mut Conn, clocks: Clocks, rules: &[RetentionRule]) -> Result<Vec<Swept>, Fault> {
    let mut swept = Vec::new();
    for RetentionRule { kind, days, .. } in rules.iter().copied() {
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
            sessions::sweep(conn, now, days)
        }
        RetentionKind::Codes => codes::sweep(conn, now),
        RetentionKind::HalfSignIns => Ok(half_sign_ins::sweep(conn, now)? + oidc_attempts::sweep(conn, now)?),
        RetentionKind::CodeLetters => outbox::sweep(conn, now, days),
        RetentionKind::LetterTexts => outbox::empty_old(conn, now.plus_days(-days)),
        RetentionKind::Answers => idempotency::sweep(conn, now),
        RetentionKind::Tries => limits::sweep(conn, now),
        RetentionKind::Jobs => jobs::sweep(conn, now, days),
        RetentionKind::Denials => denials::forget_before(conn, now.plus_days(-days)),
    }
}

fn day_of(at: Moment) -> LocalDate {
    LocalDate(at.utc().date_naive())
}
