//! The floor of the World Assembly and of a sitting: the list of speakers, the clock, points of order and motions, for who
//! chairs and for who may speak. What changes is told by [`crate::floor_events`].

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use access_rules::{Act, SessionId};
use actix_kit::{At, Body, Caller, Problem, Version, once::created};
use actix_web::{HttpRequest, HttpResponse, http::header};
use assembly::floor::{
    asking::{self, MoveInput, SpeakInput},
    chairing::{self, FloorInput, MoreTimeInput, OutOfTurnInput, ReasonInput},
    seeing::{self, SessionFloor},
};
use floor::{
    calling::CallInput,
    cards::{FloorCard, MotionCard, RulingCard, TurnCard},
    floors::Arrangement,
    model::{Count, FloorId, MotionId, RequestId, RulingId},
    points::RulingInput,
    speakers::PlaceInput,
};

use crate::{
    answers,
    table::{Line, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/sessions/{id}/floor", Act::Read, show, "What is discussed, who speaks and who comes next with the reason of each place, and what I may do. \
            Times are of the moment it was made at: a clock counts down to `runs_out_at` by itself.").gives::<SessionFloor>(),
        post("/sessions/{id}/floors", Act::RunAssembly, open, "Opens the floor for an item, or for what the chair names.")
            .takes::<FloorInput>().gives::<FloorCard>().once().account(),
        put("/floors/{floor}", Act::RunAssembly, arrange, "Arranges it: limits of time, the order of speakers, whether the list is closed.")
            .takes::<Arrangement>().gives::<FloorCard>().versioned().account(),
        post("/floors/{floor}/list-closing", Act::RunAssembly, close_list, "Closes the list of speakers; rights of reply and points of order are still taken.").gives::<FloorCard>().once().answers(200).account(),
        post("/floors/{floor}/list-opening", Act::RunAssembly, open_list, "Opens the list of speakers again.").gives::<FloorCard>().once().answers(200).account(),
        post("/floors/{floor}/suspension", Act::RunAssembly, pause, "Suspends it: the clock stands, nobody is called.").gives::<FloorCard>().once().answers(200).account(),
        post("/floors/{floor}/resumption", Act::RunAssembly, resume, "Goes on with it, or takes its item up again.").gives::<FloorCard>().once().answers(200).account(),
        post("/floors/{floor}/closing", Act::RunAssembly, close, "Closes it: who has it is done, who waits keeps their place.").gives::<FloorCard>().once().answers(200).account(),
        post("/floors/{floor}/call", Act::RunAssembly, call_next, "Calls who comes next, and ends or interrupts who had the floor. Of two who call at once one is told that the meeting has gone on.")
            .takes::<CallInput>().gives::<TurnCard>().once().answers(200).account(),

        post("/floors/{floor}/requests", Act::Speak, ask, "Asks for the floor: a statement, a right of reply, a point of order, or for or against a motion.")
            .takes::<SpeakInput>().gives::<TurnCard>().once().account(),
        post("/speaker-requests/{request}/withdrawal", Act::MindOwn, withdraw, "Takes my request back.").gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/admission", Act::RunAssembly, admit, "Admits it to the line.").gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/place", Act::RunAssembly, place, "Puts it in another place in line, with a reason that everybody reads.")
            .takes::<PlaceInput>().gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/removal", Act::RunAssembly, remove, "Takes it from the list, with a reason.").takes::<ReasonInput>().gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/call", Act::RunAssembly, call_one, "Calls this one out of turn, with a reason that everybody reads.")
            .takes::<OutOfTurnInput>().gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/start", Act::RunAssembly, start, "Begins the clock, or lets it go on.").gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/pause", Act::RunAssembly, pause_speech, "Stops the clock; the floor stays theirs.").gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/end", Act::RunAssembly, finish, "Ends the turn.").gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/time", Act::RunAssembly, add_time, "Gives more time.").takes::<MoreTimeInput>().gives::<TurnCard>().once().answers(200).account(),
        post("/speaker-requests/{request}/ruling", Act::RunAssembly, rule, "Rules on a point of order that has the floor; the floor goes back to who was interrupted.")
            .takes::<RulingInput>().gives::<RulingCard>().once().account(),

        post("/floor-rulings/{ruling}/appeal", Act::Speak, appeal, "Appeals a ruling: the vote is open at once.").gives::<RulingCard>().once().answers(200).account(),
        post("/floor-rulings/{ruling}/vote", Act::RunAssembly, decide_appeal, "Counts the vote on an appeal: the majority overrules the chair.")
            .takes::<Count>().gives::<RulingCard>().once().answers(200).account(),
        post("/floors/{floor}/motions", Act::Speak, move_one, "Moves a procedural motion.").takes::<MoveInput>().gives::<MotionCard>().once().account(),
        post("/procedural-motions/{motion}/withdrawal", Act::MindOwn, withdraw_motion, "Takes my motion back.").gives::<MotionCard>().once().answers(200).account(),
        post("/procedural-motions/{motion}/ruling", Act::RunAssembly, rule_out, "Rules a motion out of order; that may be appealed.")
            .takes::<ReasonInput>().gives::<RulingCard>().once().account(),
        post("/procedural-motions/{motion}/vote", Act::RunAssembly, put_motion, "Puts a motion to the vote and counts it. Carried, it changes the floor.")
            .takes::<Count>().gives::<MotionCard>().once().answers(200).account(),
    ]
}

async fn show(caller: Caller, request: HttpRequest, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("floor", move |conn, actor, now| {
            seeing::of_session(conn, actor, now, id)
        })
        .await?;
    Ok(tagged(&request, &view))
}

/// Answers the view under a tag of everything in it but the time; 304 to whoever has that.
fn tagged(request: &HttpRequest, view: &SessionFloor) -> HttpResponse {
    let tag = tag(view);
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    let etag = (header::ETAG, tag.clone());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        return HttpResponse::NotModified().insert_header(etag).finish();
    }
    HttpResponse::Ok()
        .insert_header(etag)
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .json(view)
}

fn tag(view: &SessionFloor) -> String {
    let floor = view.floor.as_ref().map_or("none", |floor| &floor.digest);
    let mut own = DefaultHasher::new();
    serde_json::to_vec(&(&view.title, &view.discussed, &view.you))
        .unwrap_or_default()
        .hash(&mut own);
    format!("\"{floor}-{:016x}\"", own.finish())
}

/// A handler of an act that takes nothing: what became of what it was done to.
macro_rules! acts {
    ($name:ident, $code:literal, $id:ty, $card:ty, $run:path) => {
        async fn $name(caller: Caller, At(id): At<$id>) -> Result<HttpResponse, Problem> {
            caller
                .once($code, &[], move |conn, actor, now| {
                    answers::kept(&<$card>::from(&$run(conn, actor, now, id)?))
                })
                .await
        }
    };
}

/// A handler of an act that takes a body.
macro_rules! acts_on {
    ($name:ident, $code:literal, $id:ty, $input:ty, $card:ty, $run:path) => {
        async fn $name(caller: Caller, At(id): At<$id>, body: Body<$input>) -> Result<HttpResponse, Problem> {
            let input = body.input;
            caller
                .once($code, &body.hash, move |conn, actor, now| {
                    answers::kept(&<$card>::from(&$run(conn, actor, now, id, &input)?))
                })
                .await
        }
    };
}

/// A handler of an act that makes something.
macro_rules! makes {
    ($name:ident, $code:literal, $id:ty, $input:ty, $card:ty, $run:path, $at:literal) => {
        async fn $name(caller: Caller, At(id): At<$id>, body: Body<$input>) -> Result<HttpResponse, Problem> {
            let input = body.input;
            caller
                .once($code, &body.hash, move |conn, actor, now| {
                    let made = <$card>::from(&$run(conn, actor, now, id, &input)?);
                    let at = format!("/api/v1/{}/{}", $at, made.id);
                    created(&at, Some(made.version), &made)
                })
                .await
        }
    };
}

// The floor.

makes!(
    open,
    "floor.open",
    SessionId,
    FloorInput,
    FloorCard,
    chairing::open,
    "floors"
);
acts!(pause, "floor.pause", FloorId, FloorCard, chairing::pause);
acts!(resume, "floor.resume", FloorId, FloorCard, chairing::resume);
acts!(close, "floor.close", FloorId, FloorCard, chairing::close);
acts_on!(
    call_next,
    "floor.call",
    FloorId,
    CallInput,
    TurnCard,
    chairing::call_next
);

async fn arrange(
    caller: Caller,
    At(id): At<FloorId>,
    Version(version): Version,
    body: Body<Arrangement>,
) -> Result<HttpResponse, Problem> {
    let floor = caller
        .write("floor.arrange", move |conn, actor, now| {
            chairing::arrange(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(floor.version, &FloorCard::from(&floor)))
}

async fn close_list(caller: Caller, At(id): At<FloorId>) -> Result<HttpResponse, Problem> {
    list(caller, id, true).await
}

async fn open_list(caller: Caller, At(id): At<FloorId>) -> Result<HttpResponse, Problem> {
    list(caller, id, false).await
}

async fn list(caller: Caller, id: FloorId, is_closed: bool) -> Result<HttpResponse, Problem> {
    caller
        .once("floor.list", &[], move |conn, actor, now| {
            let floor = chairing::close_list(conn, actor, now, id, is_closed)?;
            answers::kept(&FloorCard::from(&floor))
        })
        .await
}

// Who speaks.

makes!(
    ask,
    "floor.ask",
    FloorId,
    SpeakInput,
    TurnCard,
    asking::ask,
    "speaker-requests"
);
acts!(withdraw, "floor.withdraw", RequestId, TurnCard, asking::withdraw);
acts!(admit, "floor.admit", RequestId, TurnCard, chairing::admit);
acts_on!(
    place,
    "floor.place",
    RequestId,
    PlaceInput,
    TurnCard,
    chairing::place
);
acts_on!(
    remove,
    "floor.remove",
    RequestId,
    ReasonInput,
    TurnCard,
    chairing::remove
);
acts_on!(
    call_one,
    "floor.call_one",
    RequestId,
    OutOfTurnInput,
    TurnCard,
    chairing::call_one
);
acts!(start, "floor.start", RequestId, TurnCard, chairing::start);
acts!(
    pause_speech,
    "floor.pause_speech",
    RequestId,
    TurnCard,
    chairing::pause_speech
);
acts!(finish, "floor.finish", RequestId, TurnCard, chairing::finish);
acts_on!(
    add_time,
    "floor.add_time",
    RequestId,
    MoreTimeInput,
    TurnCard,
    chairing::add_time
);

// Points of order and motions.

makes!(
    rule,
    "floor.rule",
    RequestId,
    RulingInput,
    RulingCard,
    chairing::rule,
    "floor-rulings"
);
acts!(appeal, "floor.appeal", RulingId, RulingCard, asking::appeal);
acts_on!(
    decide_appeal,
    "floor.decide_appeal",
    RulingId,
    Count,
    RulingCard,
    chairing::decide_appeal
);
makes!(
    move_one,
    "floor.move",
    FloorId,
    MoveInput,
    MotionCard,
    asking::move_one,
    "procedural-motions"
);
acts!(
    withdraw_motion,
    "floor.withdraw_motion",
    MotionId,
    MotionCard,
    asking::withdraw_motion
);
makes!(
    rule_out,
    "floor.rule_out",
    MotionId,
    ReasonInput,
    RulingCard,
    chairing::rule_out,
    "floor-rulings"
);
acts_on!(
    put_motion,
    "floor.put",
    MotionId,
    Count,
    MotionCard,
    chairing::put
);
