//! Releases: what of the draft goes out, and what it changed for whom.

use access_rules::{Act, PersonId, SessionId};
use actix_kit::{Arg, At, Body, Caller, Problem, Query, once::created};
use actix_web::{HttpResponse, web};
use kernel::{Fault, Moment};
use programme::{
    admission::Admissions,
    changes::Change,
    conflicts::Conflict,
    model::Release,
    releases::{self, Preview, ReleaseInput},
    snapshot::Snapshots,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::{edition, refresh},
    table::{Line, get, post},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/releases", Act::Read, list, "The releases of a programme, the latest first.")
            .lists_all::<ReleaseView>(),
        get("/editions/{slug}/releases/preview", Act::Release, preview, "What a release would change, and what stands in its way.")
            .asks::<PreviewQuery>().gives::<Preview>().account(),
        post("/editions/{slug}/releases", Act::Release, publish, "Releases the draft, or the sessions named: from then on it is what everybody reads.")
            .takes::<ReleaseInput>().gives::<ReleasedView>().once().account(),
        get("/editions/{slug}/releases/{number}/changes", Act::Read, changes, "What a release changed, as far as it is open to who asks.")
            .lists_all::<Change>(),
    ]
}

// What goes in and out.

/// A release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseView {
    /// Its number in the edition, from 1.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// What the organisers say of it.
    pub note: String,
    /// When.
    pub released_at: Moment,
    /// Who released it; for who did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub released_by: Option<PersonId>,
}

/// A release that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleasedView {
    /// The release.
    pub release: ReleaseView,
    /// What it changed.
    pub changes: Vec<Change>,
    /// What may be wrong and stands all the same.
    pub conflicts: Vec<Conflict>,
}

/// What of the draft is to be looked at.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PreviewQuery {
    /// These sessions alone: `only[]=<id>`; all of them when none is named.
    pub only: Vec<SessionId>,
}

async fn list(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("releases", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            let all = releases::list(conn, edition)?;
            let views = all.into_iter().map(|release| ReleaseView {
                released_by: None,
                ..release_view(release)
            });
            Ok(views.collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn preview(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    Query(query): Query<PreviewQuery>,
) -> Result<HttpResponse, Problem> {
    let preview = caller
        .read("releases.preview", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let only = (!query.only.is_empty()).then_some(query.only.as_slice());
            releases::preview(conn, actor, now, &admissions, edition, only)
        })
        .await?;
    let preview = Preview {
        conflicts: all_said(&caller, preview.conflicts),
        ..preview
    };
    Ok(answers::one(&preview))
}

async fn publish(
    caller: Caller,
    admissions: web::Data<Admissions>,
    snapshots: web::Data<Snapshots>,
    At(slug): At<String>,
    body: Body<ReleaseInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let reader = caller.clone();
    let answer = caller
        .once("release.publish", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let released = releases::publish(conn, actor, now, &admissions, edition, &input)
                .map_err(|fault| told(&reader, fault))?;
            let view = ReleasedView {
                release: release_view(released.release),
                changes: released.changes,
                conflicts: all_said(&reader, released.conflicts),
            };
            let location = format!("/api/v1/editions/{slug}/releases/{}/changes", view.release.number);
            created(&location, None, &view)
        })
        .await?;
    refresh(&caller, snapshots).await;
    Ok(answer)
}

async fn changes(caller: Caller, At((slug, number)): At<(String, i64)>) -> Result<HttpResponse, Problem> {
    let changes = caller
        .read("releases.changes", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            releases::changes_of(conn, actor, edition, number)
        })
        .await?;
    Ok(answers::all(&changes))
}

/// A conflict with its sentence in the reader's language.
pub(crate) fn said(caller: &Caller, conflict: Conflict) -> Conflict {
    Conflict {
        sentence: sentence(caller, &conflict.sentence, &conflict.facts),
        ..conflict
    }
}

/// The same of several.
pub(crate) fn all_said(caller: &Caller, conflicts: Vec<Conflict>) -> Vec<Conflict> {
    conflicts
        .into_iter()
        .map(|conflict| said(caller, conflict))
        .collect()
}

/// A refusal with the sentences of the conflicts that stand in the way.
pub(crate) fn told(caller: &Caller, mut fault: Fault) -> Fault {
    if let Some(Value::Array(conflicts)) = fault.facts.get_mut("conflicts") {
        for conflict in conflicts.iter_mut().filter_map(Value::as_object_mut) {
            let key = conflict.get("sentence").and_then(Value::as_str);
            let facts = conflict.get("facts").and_then(Value::as_object);
            if let (Some(key), Some(facts)) = (key, facts) {
                let sentence = sentence(caller, key, facts);
                conflict.insert("sentence".to_owned(), sentence.into());
            }
        }
    }
    fault
}

fn sentence(caller: &Caller, key: &str, facts: &Map<String, Value>) -> String {
    let args: Vec<(&str, Arg)> = facts
        .iter()
        .map(|(name, fact)| (name.as_str(), Arg::from(fact)))
        .collect();
    caller.site().words().say(caller.language(), key, &args)
}

fn release_view(release: Release) -> ReleaseView {
    ReleaseView {
        number: release.number,
        name: release.name,
        note: release.note,
        released_at: release.released_at,
        released_by: release.released_by,
    }
}
