//! What of a congress is found by its words, as far as this reader may read it.
//!
//! An excerpt is text in pieces, never markup; how many there are in all is told to nobody.

use access_rules::Act;
use actix_kit::{At, Caller, Paging, Problem, Query};
use actix_web::{HttpRequest, HttpResponse};
use programme::editions;
use search::{Asked, Filter, Hit, Kind, find};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answers,
    table::{Line, get},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/search", Act::Read, list, "Finds outcomes, papers and sessions of a congress by their words: titles first.")
            .asks::<SearchQuery>().lists::<Hit>(),
    ]
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SearchQuery {
    /// Words that must all stand together in one title, abstract or block, whatever their accents; the last may be the
    /// beginning of one. At most 200 characters and 16 words; signs mean nothing.
    pub q: String,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Said in this language, a BCP 47 tag.
    pub language: Option<String>,
}

async fn list(
    caller: Caller,
    request: HttpRequest,
    At(slug): At<String>,
    Query(query): Query<SearchQuery>,
    Paging(page): Paging,
) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("search", move |conn, actor, _| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let asked = Asked::of(&query.q)?;
            let filter = Filter {
                kind: query.kind,
                language: query.language.clone(),
            };
            find(
                conn,
                &actor.key_texts(),
                edition.id.cast(),
                &asked,
                &filter,
                &page,
            )
        })
        .await?;
    Ok(answers::list(&caller, &request, &found))
}
