//! The pages of a Town Hall theme's space, which the partners that lead it write (PD7). The page the theme has by itself is
//! in [`super::town_hall`].

use access_rules::{Act, ThemeId};
use actix_kit::{At, Body, Caller, Problem, Version, once::created};
use actix_web::HttpResponse;
use town_hall::{
    model::PageId,
    pages::{self, PageInput, PageView},
};

use crate::{
    answers,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/themes/{id}/pages", Act::Read, list, "The pages of a theme's space, in their order; for who leads it those not published too.")
            .lists_all::<PageView>(),
        post("/themes/{id}/pages", Act::ManagePapers, add, "Adds a page to a theme's space.").takes::<PageInput>().gives::<PageView>().once().account(),
        get("/theme-pages/{id}", Act::Read, one, "One page of a theme's space.").gives::<PageView>(),
        put("/theme-pages/{id}", Act::ManagePapers, edit, "Changes a page, moves it, publishes it or takes it back.")
            .takes::<PageInput>().gives::<PageView>().versioned().account(),
        delete("/theme-pages/{id}", Act::ManagePapers, remove, "Takes a page away.").versioned().account(),
    ]
}

async fn list(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("theme.pages", move |conn, actor, now| {
            pages::list(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn add(caller: Caller, At(id): At<ThemeId>, body: Body<PageInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("theme.page.add", &body.hash, move |conn, actor, now| {
            let view = pages::add(conn, actor, now, id, &input)?;
            created(
                &format!("/api/v1/theme-pages/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

async fn one(caller: Caller, At(id): At<PageId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("theme.page", move |conn, actor, now| {
            pages::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn edit(
    caller: Caller,
    At(id): At<PageId>,
    Version(version): Version,
    body: Body<PageInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("theme.page.edit", move |conn, actor, now| {
            pages::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn remove(
    caller: Caller,
    At(id): At<PageId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .write("theme.page.remove", move |conn, actor, now| {
            pages::remove(conn, actor, now, id, Some(version))
        })
        .await?;
    Ok(answers::done())
}
