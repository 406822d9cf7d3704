//! What sittings of the Assembly may be about: groups of regions and sectors, data of each edition (R63). Whoever sees the
//! edition sees them; its desk changes them. Until it does, the standard ones are listed, in version 0.

use access_rules::{Act, EditionId};
use actix_kit::{At, Body, Caller, Problem, Version, once::created};
use actix_web::HttpResponse;
use assembly::{
    model::{ScopeId, ScopeKind, SittingScope},
    scopes::{self, ScopeInput},
};
use kernel::Localized;
use members::sections::Section;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/sitting-scopes", Act::Read, list, "What sittings may be about: groups of regions first, then sectors.")
            .lists_all::<SittingScopeView>(),
        post("/editions/{slug}/sitting-scopes", Act::ManageFormats, create, "Adds a group of regions or a sector.")
            .takes::<ScopeInput>().gives::<SittingScopeView>().once().account(),
        put("/editions/{slug}/sitting-scopes/{id}", Act::ManageFormats, edit, "Changes one; its kind and code stay. `\"v0\"` is the version of a standard one.")
            .takes::<ScopeInput>().gives::<SittingScopeView>().versioned().account(),
        delete("/editions/{slug}/sitting-scopes/{id}", Act::ManageFormats, remove, "Takes out one that no sitting is about.").account(),
    ]
}

/// A group of regions or a sector.
#[derive(Debug, Serialize, ToSchema)]
pub struct SittingScopeView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ScopeId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Which of the two.
    pub kind: ScopeKind,
    /// Its code; sessions refer to it.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The sections it is of.
    pub sections: Vec<Section>,
    /// Its place in lists.
    pub position: i64,
    /// Counts edits; what `If-Match` names. 0 for a standard one nobody has changed.
    pub version: i64,
}

async fn list(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("sitting_scopes", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            let all = scopes::list(conn, edition)?;
            Ok(all.into_iter().map(view).collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn create(
    caller: Caller,
    At(slug): At<String>,
    body: Body<ScopeInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("sitting_scope.create", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let view = view(scopes::create(conn, actor, now, edition, &input)?);
            let location = format!("/api/v1/editions/{slug}/sitting-scopes/{}", view.id);
            created(&location, Some(view.version), &view)
        })
        .await
}

async fn edit(
    caller: Caller,
    At((slug, id)): At<(String, ScopeId)>,
    Version(version): Version,
    body: Body<ScopeInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("sitting_scope.edit", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            scopes::edit(conn, actor, now, edition, id, &body.input, Some(version)).map(view)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn remove(caller: Caller, At((slug, id)): At<(String, ScopeId)>) -> Result<HttpResponse, Problem> {
    caller
        .write("sitting_scope.remove", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            scopes::remove(conn, actor, now, edition, id)
        })
        .await?;
    Ok(answers::done())
}

fn view(scope: SittingScope) -> SittingScopeView {
    SittingScopeView {
        id: scope.id,
        edition: scope.edition,
        kind: scope.kind,
        code: scope.code,
        title: scope.title,
        sections: scope.sections.0,
        position: scope.position,
        version: scope.version,
    }
}
