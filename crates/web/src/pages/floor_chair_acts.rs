//! What the forms of the chair's floor do ([`super::floor_chair`] draws them).
//!
//! After an act the reader is back at the floor, so that the next act is one step away, with or without script.

use access_rules::{Act, Actor};
use actix_kit::Form;
use actix_web::web::Path;
use assembly::floor::chairing::{self, FloorInput, MoreTimeInput, OutOfTurnInput, ReasonInput};
use db::Conn;
use floor::{
    calling::CallInput,
    floors::Arrangement,
    model::{Count, Finding, ItemId, Limits, RequestId, SpeakingOrder},
    points::RulingInput,
    speakers::PlaceInput,
};
use kernel::{Fault, Kind, Localized, Moment};
use programme::model::Edition;
use serde::Deserialize;

use super::{
    assembly_chair,
    desk::{Again, id_of},
    world_assembly::write,
};
use crate::{
    table::{Line, post},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::RunAssembly;
    vec![
        post("/{lang}/{edition}/world-assembly/chair/floors", act, open),
        post(
            "/{lang}/{edition}/world-assembly/chair/floors/{floor}/{act}",
            act,
            floor_act,
        ),
        post(
            "/{lang}/{edition}/world-assembly/chair/requests/{request}/{act}",
            act,
            request_act,
        ),
        post(
            "/{lang}/{edition}/world-assembly/chair/motions/{motion}/{act}",
            act,
            motion_act,
        ),
        post(
            "/{lang}/{edition}/world-assembly/chair/rulings/{ruling}/vote",
            act,
            vote_on_appeal,
        ),
    ]
}

/// What the form of the arrangement asks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ArrangeInput {
    seconds: Option<i64>,
    speaking_order: Option<SpeakingOrder>,
    by_admission: bool,
}

/// What the form that opens a floor asks: what is left open is as before.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct OpenInput {
    item: Option<ItemId>,
    title: Localized,
    speaking_order: Option<SpeakingOrder>,
}

/// Does what a form of the floor asks, and goes back to the floor, or shows the desk with the form once more.
async fn act<I: Clone + Send + 'static>(
    visit: Visit,
    slug: &str,
    of: &str,
    form: Form,
    input: Result<I, Fault>,
    run: impl Fn(&mut Conn, &Actor, Moment, &I) -> Result<(), Fault> + Send + 'static,
) -> Page {
    let done = match input {
        Ok(input) => {
            let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, _| {
                run(conn, actor, now, &input)?;
                Ok("/chair#floor".to_owned())
            };
            write(&visit, "floor.chair", slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(next) => Ok(visit.go(&next, None)),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            assembly_chair::show(visit, slug, "", Again::of(&form, &fault), Some(of)).await
        }
    }
}

async fn open(visit: Visit, path: Path<(String, String)>, form: Form) -> Page {
    let (_, slug) = path.into_inner();
    let input = form.input::<OpenInput>();
    let done = match input {
        Ok(input) => {
            let input = FloorInput {
                item: input.item,
                title: input.title,
                speaking_order: input.speaking_order,
                ..FloorInput::default()
            };
            let run = move |conn: &mut Conn, actor: &Actor, now, _: &Edition, session| {
                chairing::open(conn, actor, now, session, &input)?;
                Ok("/chair#floor".to_owned())
            };
            write(&visit, "floor.open", &slug, &form, run).await
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(next) => Ok(visit.go(&next, None)),
        Err(fault) => {
            let fault = visit.correctable(fault)?;
            assembly_chair::show(visit, &slug, "", Again::of(&form, &fault), Some("open")).await
        }
    }
}

type Named = Path<(String, String, String, String)>;

async fn floor_act(visit: Visit, path: Named, form: Form) -> Page {
    let (_, slug, floor, what) = path.into_inner();
    let version = form.version();
    let input = form
        .input::<CallInput>()
        .and_then(|call| Ok((call, form.input::<ArrangeInput>()?)));
    let run = move |conn: &mut Conn, actor: &Actor, now, (call, arranged): &(CallInput, ArrangeInput)| {
        let id = id_of(&floor)?;
        match what.as_str() {
            "call" => chairing::call_next(conn, actor, now, id, call).map(drop),
            "pause" => chairing::pause(conn, actor, now, id).map(drop),
            "resume" => chairing::resume(conn, actor, now, id).map(drop),
            "close" => chairing::close(conn, actor, now, id).map(drop),
            "list-close" => chairing::close_list(conn, actor, now, id, true).map(drop),
            "list-open" => chairing::close_list(conn, actor, now, id, false).map(drop),
            "arrange" => {
                let before = ::floor::floors::get(conn, id)?;
                let input = Arrangement {
                    limits: Some(Limits {
                        statement_seconds: arranged.seconds,
                        ..before.limits.0
                    }),
                    speaking_order: arranged.speaking_order,
                    by_admission: Some(arranged.by_admission),
                    ..Arrangement::default()
                };
                chairing::arrange(conn, actor, now, id, &input, version).map(drop)
            }
            _ => Err(unknown()),
        }
    };
    act(visit, &slug, "arrangement", form, input, run).await
}

/// What the forms of a request ask, each what it needs of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RequestInput {
    reason: String,
    words: String,
    ending: Option<RequestId>,
    after: Option<RequestId>,
    seconds: i64,
}

async fn request_act(visit: Visit, path: Named, form: Form) -> Page {
    let (_, slug, request, what) = path.into_inner();
    let input = form.input::<RequestInput>();
    let of = request.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, input: &RequestInput| {
        on_request(conn, actor, now, id_of(&request)?, &what, input)
    };
    act(visit, &slug, &of, form, input, run).await
}

fn on_request(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RequestId,
    what: &str,
    input: &RequestInput,
) -> Result<(), Fault> {
    let reason = || input.reason.clone();
    let place = |after| PlaceInput {
        after,
        reason: reason(),
    };
    let rule = |conn: &mut Conn, finding| {
        let ruling = RulingInput {
            finding: Some(finding),
            words: input.words.clone(),
        };
        chairing::rule(conn, actor, now, id, &ruling).map(drop)
    };
    match what {
        "start" => chairing::start(conn, actor, now, id).map(drop),
        "pause" => chairing::pause_speech(conn, actor, now, id).map(drop),
        "end" => chairing::finish(conn, actor, now, id).map(drop),
        "time" => {
            let more = MoreTimeInput {
                seconds: input.seconds,
            };
            chairing::add_time(conn, actor, now, id, &more).map(drop)
        }
        "admit" => chairing::admit(conn, actor, now, id).map(drop),
        "first" => chairing::place(conn, actor, now, id, &place(None)).map(drop),
        "up" => chairing::place(conn, actor, now, id, &place(input.after)).map(drop),
        "remove" => {
            let why = ReasonInput { reason: reason() };
            chairing::remove(conn, actor, now, id, &why).map(drop)
        }
        "call-one" => {
            let call = OutOfTurnInput {
                reason: reason(),
                ending: input.ending,
                start: false,
            };
            chairing::call_one(conn, actor, now, id, &call).map(drop)
        }
        "well_taken" => rule(conn, Finding::WellTaken),
        "not_well_taken" => rule(conn, Finding::NotWellTaken),
        "noted" => rule(conn, Finding::Noted),
        _ => Err(unknown()),
    }
}

async fn motion_act(visit: Visit, path: Named, form: Form) -> Page {
    let (_, slug, motion, what) = path.into_inner();
    let input = form
        .input::<Count>()
        .and_then(|count| Ok((count, form.input::<ReasonInput>()?)));
    let of = match what.as_str() {
        "rule-out" => format!("out-{motion}"),
        _ => motion.clone(),
    };
    let run = move |conn: &mut Conn, actor: &Actor, now, (count, reason): &(Count, ReasonInput)| {
        let id = id_of(&motion)?;
        match what.as_str() {
            "vote" => chairing::put(conn, actor, now, id, count).map(drop),
            "rule-out" => chairing::rule_out(conn, actor, now, id, reason).map(drop),
            _ => Err(unknown()),
        }
    };
    act(visit, &slug, &of, form, input, run).await
}

async fn vote_on_appeal(visit: Visit, path: Path<(String, String, String)>, form: Form) -> Page {
    let (_, slug, ruling) = path.into_inner();
    let input = form.input::<Count>();
    let of = ruling.clone();
    let run = move |conn: &mut Conn, actor: &Actor, now, count: &Count| {
        chairing::decide_appeal(conn, actor, now, id_of(&ruling)?, count).map(drop)
    };
    act(visit, &slug, &of, form, input, run).await
}

fn unknown() -> Fault {
    Fault::new(Kind::NotFound, "not_found")
}
