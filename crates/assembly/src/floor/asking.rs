//! What whoever may speak does: asks for the floor and takes it back, raises a point of order, replies, moves a motion,
//! appeals a ruling.
//!
//! What is one's own may be taken back even by who may speak no more.

use access_rules::{Actor, OrganisationId};
use db::Conn;
use floor::{
    model::{
        FloorId, Gender, ItemId, Motion, MotionId, MotionKind, Request, RequestId, Ruling, RulingId,
        SpeechKind,
    },
    motions::{self, NewMotion},
    points,
    speakers::{self, NewRequest},
};
use kernel::{Fault, Fields, Moment};
use serde::Deserialize;
use utoipa::ToSchema;

use super::meeting::{Meeting, Saying};

/// What the form that asks for the floor asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SpeakInput {
    /// What for: `statement`, `right_of_reply`, `point_of_order`, `interposed`, `for_motion`, `against_motion`.
    pub kind: Option<SpeechKind>,
    /// To which motion, for who speaks for or against one.
    #[schema(value_type = Option<String>)]
    pub motion: Option<MotionId>,
    /// Which of one's organisations one speaks for; the first when none is named.
    pub organisation: Option<OrganisationId>,
    /// What one declares about oneself, for the balance alone; one need not.
    pub gender: Option<Gender>,
}

/// What the form that moves a motion asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = FloorMoveInput)]
pub struct MoveInput {
    /// What it asks for.
    pub kind: Option<MotionKind>,
    /// The item a division or a reconsideration is about.
    #[schema(value_type = Option<String>)]
    pub subject: Option<ItemId>,
    /// What is said with it; may be empty.
    pub words: String,
    /// Which of one's organisations one moves it for; the first when none is named.
    pub organisation: Option<OrganisationId>,
}

/// Asks for the floor.
///
/// # Errors
/// 401, 403 with what is missing (`not_registered`, `not_endorsed`, `audience`), 404; `invalid`: `kind`, `motion`,
/// `organisation`; `floor_closed`, `speakers_list_closed`; `already_asked`, `asked_too_often`; `motion_decided`,
/// `motion_speakers_full`, `mover_has_spoken`.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: FloorId,
    input: &SpeakInput,
) -> Result<Request, Fault> {
    let (meeting, _) = Meeting::of_floor(conn, actor, now, id)?;
    let saying = Saying {
        organisation: input.organisation,
        gender: input.gender,
    };
    let speaker = meeting.may_speak(conn, actor, now, saying)?;
    let mut fields = Fields::new();
    let kind = fields.required("kind", input.kind);
    fields.done()?;
    let new = NewRequest {
        speaker,
        kind: kind.unwrap_or(SpeechKind::Statement),
        motion: input.motion,
    };
    speakers::ask(conn, actor.person, now, id, &new)
}

/// Takes one's own request back.
///
/// # Errors
/// 401, 403 for anybody else's, 404; `already_called`; `illegal_step` when it is over.
pub fn withdraw(conn: &mut Conn, actor: &Actor, now: Moment, id: RequestId) -> Result<Request, Fault> {
    Meeting::of_request(conn, actor, now, id)?;
    speakers::withdraw(conn, actor.person, now, id)
}

/// Moves a motion.
///
/// # Errors
/// 401, 403 with what is missing, 404; `invalid`: `kind`, `subject`, `words`, `organisation`; `floor_closed`,
/// `floor_paused`, `appeal_open`; `motion_already_moved`.
pub fn move_one(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: FloorId,
    input: &MoveInput,
) -> Result<Motion, Fault> {
    let (meeting, floor) = Meeting::of_floor(conn, actor, now, id)?;
    let saying = Saying {
        organisation: input.organisation,
        gender: None,
    };
    let mover = meeting.may_speak(conn, actor, now, saying)?;
    let mut fields = Fields::new();
    let kind = fields.required("kind", input.kind);
    fields.done()?;
    let kind = kind.unwrap_or(MotionKind::SuspendMeeting);
    let subject = match kind {
        // What is discussed is what is divided, unless another item is named.
        MotionKind::Division | MotionKind::Reconsideration => input.subject.or(floor.item),
        MotionKind::SuspendMeeting
        | MotionKind::AdjournMeeting
        | MotionKind::AdjournDebate
        | MotionKind::CloseDebate => None,
    };
    let new = NewMotion {
        kind,
        mover,
        subject,
        words: input.words.clone(),
    };
    motions::move_one(conn, actor.person, now, id, &new)
}

/// Takes one's own motion back.
///
/// # Errors
/// 401, 403 for anybody else's, 404; `motion_decided`.
pub fn withdraw_motion(conn: &mut Conn, actor: &Actor, now: Moment, id: MotionId) -> Result<Motion, Fault> {
    Meeting::of_motion(conn, actor, now, id)?;
    motions::withdraw(conn, actor.person, now, id)
}

/// Appeals a ruling of the chair.
///
/// # Errors
/// 401, 403 with what is missing, 404; `ruling_final`; `floor_closed`.
pub fn appeal(conn: &mut Conn, actor: &Actor, now: Moment, id: RulingId) -> Result<Ruling, Fault> {
    let meeting = Meeting::of_ruling(conn, actor, now, id)?;
    let appellant = meeting.may_speak(conn, actor, now, Saying::default())?;
    points::appeal(conn, actor.person, now, id, &appellant)
}
