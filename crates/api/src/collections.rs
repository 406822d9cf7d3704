//! The collection of a congress: put in order by the desk, published as numbered editions that never change, and handed out
//! as files.
//!
//! What is published is for anyone, and the same for ever: it is told apart by its number. Which forms a file may have is
//! [`crate::written::ExportFormat`].

use access_rules::Act;
use actix_kit::{At, Body, Caller, Problem, Query, Version, once};
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use kernel::{Localized, Moment};
use outcomes::{
    collection::{self, Assembled, Citing, CollectionInput, PublishedLine, Warning},
    export,
    legacy_model::{Collection, Item, Published},
    model::OutcomeId,
};
use programme::{editions, links::Links, model::Edition};
use registration::printing::Printer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    outcomes::today,
    programme::edition,
    table::{Line, get, post, put},
    written::{self, Export, ExportFormat, ExportQuery, For, imprint},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/collection", Act::Read, latest, "What a congress decided, as it was published last.").gives::<PublishedView>(),
        get("/editions/{slug}/collection/editions", Act::Read, all, "The published editions of the collection, the newest first.")
            .lists_all::<PublishedLine>(),
        get("/editions/{slug}/collection/editions/{number}", Act::Read, one, "A published edition of the collection. It never changes.")
            .gives::<PublishedView>(),
        get("/editions/{slug}/collection/export", Act::Read, file, "A published edition as a file, in a language.")
            .asks::<ExportQuery>().gives_any(ExportFormat::MEDIA_TYPES),
        get("/editions/{slug}/collection/draft", Act::ManageOutcomes, assembled, "The collection as it is being put together, and what is to be told before it is published.")
            .gives::<Assembled>().account(),
        put("/editions/{slug}/collection/draft", Act::ManageOutcomes, edit, "Says what the collection is called, and what stands before its items.")
            .takes::<CollectionInput>().gives::<Collection>().versioned().account(),
        put("/editions/{slug}/collection/draft/order", Act::ManageOutcomes, arrange, "Puts what was adopted in an order; what is not named comes after.")
            .takes::<ArrangeInput>().gives::<Assembled>().versioned().account(),
        post("/editions/{slug}/collection/editions", Act::ManageOutcomes, publish, "Publishes the collection as its next edition; where nothing changed, answers the last one.")
            .gives::<PublishedWithWarnings>().once().versioned().account(),
    ]
}

/// In which order the items stand.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ArrangeInput {
    /// The ids of the outcomes.
    #[schema(value_type = Vec<String>)]
    pub order: Vec<OutcomeId>,
}

/// A published edition of a collection.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublishedView {
    /// Which, from 1.
    pub number: i64,
    /// What it is called.
    pub title: Localized,
    /// What stands before its items.
    pub foreword: Localized,
    /// How it is cited, in each language.
    pub citation: Localized,
    /// Its items, in their order.
    pub items: Vec<Item>,
    /// SHA-256 over title, foreword and items.
    pub hash: String,
    /// When it was published.
    pub published_at: Moment,
}

/// What was published, and what it lacks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublishedWithWarnings {
    /// The edition.
    #[serde(flatten)]
    pub published: PublishedView,
    /// What is told beside; it stops nothing.
    pub warnings: Vec<Warning>,
}

impl From<Published> for PublishedView {
    fn from(published: Published) -> Self {
        Self {
            number: published.number,
            title: published.title,
            foreword: published.foreword,
            citation: published.citation,
            items: published.items.0,
            hash: published.hash,
            published_at: published.published_at,
        }
    }
}

// What is published.

async fn latest(caller: Caller, request: HttpRequest, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    of_number(caller, request, slug, None).await
}

async fn one(
    caller: Caller,
    request: HttpRequest,
    At((slug, number)): At<(String, i64)>,
) -> Result<HttpResponse, Problem> {
    of_number(caller, request, slug, Some(number)).await
}

async fn of_number(
    caller: Caller,
    request: HttpRequest,
    slug: String,
    number: Option<i64>,
) -> Result<HttpResponse, Problem> {
    let published = caller
        .read("collection", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            collection::get(conn, edition, number)
        })
        .await?;
    let view = PublishedView::from(published);
    Ok(answers::versioned(&request, view.number, &view))
}

async fn all(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let lines = caller
        .read("collection.editions", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            collection::list(conn, edition)
        })
        .await?;
    Ok(answers::all(&lines))
}

async fn file(
    caller: Caller,
    request: HttpRequest,
    printer: web::Data<Printer>,
    At(slug): At<String>,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let language = query.language(&caller);
    let settings = caller.site().settings().clone();
    let name = slug.clone();
    let (number, volume) = caller
        .read("collection.export", move |conn, actor, _| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let imprint = imprint(&edition, &settings.public_url, &settings.site_name);
            let published = collection::get(conn, edition.id, query.number)?;
            let volume = export::collection(conn, &published, &imprint, language)?;
            Ok((published.number, volume))
        })
        .await?;
    let export = Export {
        volume,
        format: query.format,
        name: format!("{name}-outcomes-{number}"),
        whose: For::All,
        is_by_language: query.language.is_none(),
    };
    written::answer(&caller, &request, &printer, export).await
}

// What is being put together.

async fn assembled(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("collection.draft", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            collection::assembled(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::edited(found.collection.version, &found))
}

async fn edit(
    caller: Caller,
    At(slug): At<String>,
    Version(version): Version,
    body: Body<CollectionInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("collection.edit", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            collection::edit(conn, actor, now, edition, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

async fn arrange(
    caller: Caller,
    At(slug): At<String>,
    Version(version): Version,
    body: Body<ArrangeInput>,
) -> Result<HttpResponse, Problem> {
    let arranged = caller
        .write("collection.arrange", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            collection::arrange(conn, actor, now, edition, &body.input.order, Some(version))
        })
        .await?;
    Ok(answers::edited(arranged.collection.version, &arranged))
}

async fn publish(
    caller: Caller,
    At(slug): At<String>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    let settings = caller.site().settings().clone();
    caller
        .once("collection.publish", &[], move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let citing = citing(&edition, &settings.public_url, &settings.site_name);
            let on = today(&edition, now);
            let (published, warnings) =
                collection::publish(conn, actor, now, edition.id, on, &citing, Some(version))?;
            let view = PublishedWithWarnings {
                published: published.into(),
                warnings,
            };
            let mut answer = once::answer(StatusCode::CREATED, &view)?;
            let address = format!(
                "/api/v1/editions/{slug}/collection/editions/{}",
                view.published.number
            );
            answer.headers.push(("Location".into(), address));
            Ok(answer)
        })
        .await
}

/// What a collection is cited by: the congress, whoever runs the site, and the page of its editions.
fn citing(edition: &Edition, public_url: &str, publisher: &str) -> Citing {
    Citing {
        congress: edition.title.clone(),
        publisher: publisher.to_owned(),
        address: Links::below(public_url).collection(edition.own_language(), &edition.slug),
    }
}
