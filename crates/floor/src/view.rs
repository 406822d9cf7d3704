//! The floor as it is shown: to the chair's desk, a delegate's, a screen. Four queries, whatever there is.
//!
//! Whoever may follow the floor sees the same; what somebody declared about themselves is shown in counts alone, and persons
//! are not named by their ids. Times are those of the `now` that is asked for: a page counts down to `runs_out_at` by itself.
//! While `digest` is the same, everything else is.

use access_rules::{EditionId, PersonId, SessionId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Localized, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    acts, floors,
    model::{
        Count, Criterion, Finding, FloorId, FloorState, ItemId, Limits, MotionId, MotionKind, MotionState,
        RequestId, RulingId, RulingState, SpeakingOrder, SpeechKind, SpeechState,
    },
    rules::{
        balance::{Balance, balance, firsts},
        order::Why,
    },
    seeing::seen,
    tables::floors as table,
};

/// A floor, for everybody who may follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FloorView)]
pub struct View {
    /// Its id.
    pub id: FloorId,
    /// Of which edition.
    pub edition: EditionId,
    /// Of which session.
    pub session: SessionId,
    /// What of the agenda is discussed.
    pub item: Option<ItemId>,
    /// What it is called.
    pub title: Localized,
    /// The key of who may follow it, for its owner.
    #[serde(skip)]
    pub visible_to: String,
    /// How far it is.
    pub state: FloorState,
    /// Whether the list of speakers is closed.
    pub list_closed: bool,
    /// In which order statements are called.
    pub speaking_order: SpeakingOrder,
    /// What a balanced order goes by.
    pub criteria: Vec<Criterion>,
    /// Whether the chair admits statements, too.
    pub by_admission: bool,
    /// How long one may speak.
    pub limits: Limits,
    /// Counts every act.
    pub version: i64,
    /// Changes when anything here does but the time.
    pub digest: String,
    /// The moment the times are of.
    pub at: Moment,
    /// Who has the floor.
    pub current: Option<Line>,
    /// Who gets it back.
    pub interrupted: Vec<Line>,
    /// Who comes next, in this order, with the reason of each place.
    pub queue: Vec<Waiting>,
    /// Who waits to be admitted.
    pub to_admit: Vec<Line>,
    /// Who has spoken, the last first.
    pub spoken: Vec<Spoken>,
    /// Whom the next call gives the floor to; none when nobody can be called.
    pub next: Option<RequestId>,
    /// Why nobody can be called, by the code of the fault.
    pub held_up: Option<String>,
    /// What one may ask the floor for now.
    pub open_to: Vec<SpeechKind>,
    /// The motions, those that wait first, by precedence.
    pub motions: Vec<MotionLine>,
    /// The rulings, the last first.
    pub rulings: Vec<RulingLine>,
    /// Who was heard on this floor.
    pub balance: Balance,
    /// What is left of the regions' time.
    pub regions: Vec<RegionTime>,
}

/// A clock at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SpeechClock)]
pub struct Clock {
    /// Whether it runs.
    pub is_running: bool,
    /// Whole seconds spoken.
    pub spoken_seconds: i64,
    /// What the chair added.
    pub added_seconds: i64,
    /// Whole seconds left, less than none when over; nothing without a limit.
    pub left_seconds: Option<i64>,
    /// When it runs out, or ran out; nothing while it stands.
    pub runs_out_at: Option<Moment>,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SpeakerLine)]
pub struct Line {
    /// Its id.
    pub id: RequestId,
    /// Who.
    #[serde(skip)]
    pub person: PersonId,
    /// Their name, as it is shown.
    pub name: String,
    /// What they speak for.
    pub speaks_for: String,
    /// The region they are counted under.
    pub region: Option<String>,
    /// What for.
    pub kind: SpeechKind,
    /// To which motion.
    pub motion: Option<MotionId>,
    /// How far it is.
    pub state: SpeechState,
    /// Whether they speak to the item for the first time in this session.
    pub is_first_speech: bool,
    /// Their clock.
    pub clock: Clock,
    /// Guards edits.
    pub version: i64,
}

/// A request that waits, in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SpeakerWaiting)]
pub struct Waiting {
    /// From 1.
    pub place: i64,
    /// Why it stands there.
    pub why: Why,
    /// Why the chair moved it.
    pub reason: String,
    /// The request.
    #[serde(flatten)]
    pub line: Line,
}

/// A turn that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SpeakerHeard)]
pub struct Spoken {
    /// The request.
    pub id: RequestId,
    /// Who, as it is shown.
    pub name: String,
    /// What they spoke for.
    pub speaks_for: String,
    /// The region they are counted under.
    pub region: Option<String>,
    /// What for.
    pub kind: SpeechKind,
    /// Whether they spoke to the item for the first time in this session.
    pub is_first_speech: bool,
    /// Whole seconds.
    pub seconds: i64,
}

/// A motion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FloorMotion)]
pub struct MotionLine {
    /// Its id.
    pub id: MotionId,
    /// Who moved it.
    #[serde(skip)]
    pub moved_by: PersonId,
    /// What it asks for.
    pub kind: MotionKind,
    /// What a division or reconsideration is about.
    pub subject: Option<ItemId>,
    /// The mover's name, as it is shown.
    pub name: String,
    /// What they speak for.
    pub speaks_for: String,
    /// What was said with it.
    pub words: String,
    /// How far it is.
    pub state: MotionState,
    /// Whether it is the one to be decided now.
    pub is_in_hand: bool,
    /// Places taken to speak for it.
    pub speakers_for: i64,
    /// Of so many.
    pub speakers_for_most: i64,
    /// Places taken to speak against it.
    pub speakers_against: i64,
    /// Of so many.
    pub speakers_against_most: i64,
    /// The vote.
    pub count: Option<Count>,
}

/// A ruling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FloorRuling)]
pub struct RulingLine {
    /// Its id.
    pub id: RulingId,
    /// On which point of order.
    pub request: Option<RequestId>,
    /// Or on which motion.
    pub motion: Option<MotionId>,
    /// What was found.
    pub finding: Finding,
    /// In the chair's words.
    pub words: String,
    /// How far it is: `given` may be appealed, `appealed` waits for its vote.
    pub state: RulingState,
    /// Who appealed, as it is shown.
    pub appellant: String,
    /// The vote on the appeal.
    pub count: Option<Count>,
}

/// What is left of a region's time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = RegionTimeLeft)]
pub struct RegionTime {
    /// The region.
    pub region: String,
    /// All of it, in seconds.
    pub limit_seconds: i64,
    /// What is left, less than none when over.
    pub left_seconds: i64,
}

/// Somebody's own request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = OwnSpeakerRequest)]
pub struct OwnRequest {
    /// Its id.
    pub id: RequestId,
    /// What for.
    pub kind: SpeechKind,
    /// How far it is.
    pub state: SpeechState,
    /// Its place in the queue, from 1.
    pub place: Option<i64>,
    /// Whether it has the floor.
    pub has_floor: bool,
    /// Guards edits.
    pub version: i64,
}

/// The view of a floor. Who may see it is decided before.
///
/// # Errors
/// 404.
pub fn view(conn: &mut Conn, id: FloorId, now: Moment) -> Result<View, Fault> {
    let floor = floors::get(conn, id)?;
    seen(conn, &floor, now)
}

/// The view of the floor of a session that is not closed, else of the one opened last; nothing where there was none.
///
/// # Errors
/// When the database refuses.
pub fn of_session(conn: &mut Conn, session: SessionId, now: Moment) -> Result<Option<View>, Fault> {
    let all = floors::of_session(conn, session)?;
    let open = all.iter().find(|floor| floor.state != FloorState::Closed);
    match open.or(all.last()) {
        Some(floor) => seen(conn, floor, now).map(Some),
        None => Ok(None),
    }
}

/// What changes when the view of a floor does, in one small query: for an answer that nothing changed.
///
/// # Errors
/// 404.
pub fn digest(conn: &mut Conn, id: FloorId) -> Result<String, Fault> {
    let version: i64 = on_each!(conn, |c| table::table.find(id).select(table::version).first(c))?;
    Ok(digest_of(id, version))
}

/// Who was heard on all floors of a session.
///
/// # Errors
/// When the database refuses.
pub fn balance_of_session(conn: &mut Conn, session: SessionId, now: Moment) -> Result<Balance, Fault> {
    let requests = acts::requests_of_session(conn, session)?;
    Ok(balance(requests.iter(), &firsts(&requests), now))
}

impl View {
    /// The requests of somebody that are not over, for their own desk.
    pub fn of(&self, person: PersonId) -> Vec<OwnRequest> {
        let own = |line: &Line, place, has_floor| {
            (line.person == person).then_some(OwnRequest {
                id: line.id,
                kind: line.kind,
                state: line.state,
                place,
                has_floor,
                version: line.version,
            })
        };
        let current = self.current.iter().filter_map(|line| own(line, None, true));
        let queued = self
            .queue
            .iter()
            .filter_map(|waiting| own(&waiting.line, Some(waiting.place), false));
        let to_admit = self.to_admit.iter().filter_map(|line| own(line, None, false));
        current.chain(queued).chain(to_admit).collect()
    }
}

/// What changes when the view of a floor does, for who knows its version.
pub fn digest_of(id: FloorId, version: i64) -> String {
    format!("{}-{version}", id.uuid().simple())
}
