//! What a congress decides: what was handed to the World Assembly, what became of it, and where each came from.
//!
//! An outcome is called by its code, which never changes (R101). What somebody may not know of is in no list and answers the
//! one 404. What it is good for afterwards is in [`crate::outcome_uses`], how it is published in [`crate::collections`].

use access_rules::{Act, Actor, OrganisationId, PaperId, SessionId, ThemeId};
use actix_kit::{At, Body, Caller, Paging, Problem, Query, Version, once::created};
use actix_web::{HttpRequest, HttpResponse};
use db::Conn;
use kernel::{Coded as _, Fault, Language, LocalDate, Moment};
use members::organisations;
use outcomes::{
    legacy_model::PriorityId,
    model::{Outcome, OutcomeKind, OutcomeState, Phase, Source, TransmissionId},
    outcomes::{self as drafts, OutcomeFilter, OutcomeInput, OutcomeLine},
    provenance::{self, Flow, Trail},
    reading::{self, OutcomeView, Wording},
    translating,
    translation_sheet::{self, OutcomeSheetLine, OutcomeTranslation, OutcomeTranslationInput},
    transmissions::{self, Received},
    wordings::NewOutcome,
};
use papers::papers as all_papers;
use programme::{editions, model::Edition, sessions, themes};
use serde::{Deserialize, Serialize};
use texts::{
    model::{Block, BlockId},
    translations::LanguageState,
};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/outcomes", Act::Read, list, "What a congress was handed and decided, in the order of its collection.")
            .asks::<OutcomeQuery>().lists::<OutcomeLine>(),
        post("/editions/{slug}/outcomes", Act::ManageOutcomes, draft, "Drafts an outcome for the World Assembly itself: a declaration, say.")
            .takes::<NewOutcome>().gives::<Outcome>().once().account(),
        get("/editions/{slug}/outcomes/{code}", Act::Read, view, "One outcome: its words, what became of it, where it came from, and what is made of it.")
            .asks::<LanguageQuery>().gives::<OutcomeDetail>(),
        put("/editions/{slug}/outcomes/{code}", Act::ManageOutcomes, edit, "Gives an outcome other words, until it is decided.")
            .takes::<OutcomeInput>().gives::<Outcome>().versioned().account(),
        put("/editions/{slug}/outcomes/{code}/horizon", Act::ManageOutcomes, set_horizon, "Says until when what was adopted is followed.")
            .takes::<HorizonInput>().gives::<Outcome>().versioned().account(),
        get("/editions/{slug}/outcomes/{code}/provenance", Act::Read, came_from, "From an outcome back to its deliberation, session, paper and organisation.")
            .gives::<Trail>(),
        get("/editions/{slug}/outcomes/{code}/translations", Act::Read, languages, "How far an outcome is in each language of the site.")
            .lists_all::<LanguageState>(),
        get("/editions/{slug}/outcomes/{code}/translations/{language}", Act::TranslatePaper, sheet, "Every block of an outcome beside what it says in another language.")
            .lists_all::<OutcomeSheetLine>().account(),
        put("/editions/{slug}/outcomes/{code}/translations/{language}/title", Act::TranslatePaper, entitle, "Says the title of an outcome in another language.")
            .takes::<OutcomeTitleInput>().gives::<Outcome>().account(),
        put("/editions/{slug}/outcomes/{code}/translations/{language}/{block}", Act::TranslatePaper, translate, "Says a block of an outcome in another language.")
            .takes::<OutcomeTranslationInput>().gives::<OutcomeTranslation>().account(),
        post("/editions/{slug}/outcomes/{code}/translations/{language}/{block}/review", Act::TranslatePaper, review, "Reads a translated block over: somebody else than who made it.")
            .gives::<OutcomeTranslation>().once().versioned().answers(200).account(),

        get("/editions/{slug}/transmissions", Act::Read, inbox, "What sessions and papers handed to the World Assembly, in the order in which it came.")
            .lists_all::<Received>(),
        get("/transmissions/{id}", Act::Read, transmission, "One of them, with its outcomes.").gives::<Received>(),

        get("/editions/{slug}/provenance", Act::Read, matrix, "From every input of a congress to what became of it.").lists_all::<Flow>(),
        get("/sessions/{id}/outcomes", Act::Read, of_session, "What came of a session.").lists_all::<Trail>(),
        get("/papers/{id}/outcomes", Act::Read, of_paper, "What came of a paper.").lists_all::<Trail>(),
        get("/themes/{id}/outcomes", Act::Read, of_theme, "What came of a Town Hall theme.").lists_all::<Trail>(),
        get("/organisations/{id}/outcomes", Act::Read, of_organisation, "What came of the papers and themes of an organisation.")
            .lists_all::<Trail>(),
    ]
}

/// Which outcomes are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutcomeQuery {
    /// Of this kind.
    pub kind: Option<OutcomeKind>,
    /// In this state.
    pub state: Option<OutcomeState>,
    /// Adopted, as received or amended; or not.
    pub adopted: Option<bool>,
    /// Handed in from this: the track it came from.
    pub source: Option<Source>,
    /// Handed in from this session.
    pub session: Option<SessionId>,
    /// Of this paper.
    pub paper: Option<PaperId>,
    /// Of this Town Hall theme.
    pub theme: Option<ThemeId>,
    /// Of a paper or theme of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Serving this international agenda, or a goal of it, by code.
    pub agenda: Option<String>,
    /// In this part of the agenda's life.
    pub phase: Option<Phase>,
    /// Renewing this strategic priority.
    #[schema(value_type = Option<String>)]
    pub priority: Option<PriorityId>,
    /// Followed on this day.
    pub followed_on: Option<LocalDate>,
    /// These words in code or title.
    pub text: String,
}

/// In which language words are wanted.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct LanguageQuery {
    /// A BCP 47 tag; the authentic language when left out.
    pub language: Option<String>,
}

/// Until when what was adopted is followed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct HorizonInput {
    /// The last day.
    pub horizon_to: LocalDate,
}

/// What an outcome is called in a language.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutcomeTitleInput {
    /// The title.
    pub title: String,
}

/// An outcome with its words and all that belongs to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutcomeDetail {
    /// It.
    #[serde(flatten)]
    pub view: OutcomeView,
    /// What it says.
    pub text: OutcomeText,
}

/// What an outcome says in a language.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutcomeText {
    /// Which was asked for.
    pub language: String,
    /// Whether all of it is said in that language as it should be.
    pub is_whole: bool,
    /// Its blocks; one that is not said in that language is in the authentic one.
    pub blocks: Vec<OutcomeBlock>,
}

/// A block of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OutcomeBlock {
    /// What it is called: the number of a paragraph, say; may be empty.
    pub called: String,
    /// Whether it is said in the language that was asked for.
    pub is_translated: bool,
    /// Whether what is said there is what the block said before.
    pub is_stale: bool,
    /// The block.
    #[serde(flatten)]
    pub block: Block,
}

impl From<Wording> for OutcomeText {
    fn from(wording: Wording) -> Self {
        let is_whole = wording.is_whole();
        let blocks = wording.blocks.into_iter().map(|(said, label)| OutcomeBlock {
            called: label.called(),
            is_translated: said.is_translated,
            is_stale: said.is_stale,
            block: said.block,
        });
        Self {
            is_whole,
            blocks: blocks.collect(),
            language: wording.language,
        }
    }
}

impl OutcomeQuery {
    fn filter(self, edition: &Edition) -> OutcomeFilter {
        OutcomeFilter {
            edition: Some(edition.id),
            kind: self.kind,
            state: self.state,
            adopted: self.adopted,
            source: self.source,
            session: self.session,
            paper: self.paper,
            theme: self.theme,
            organisation: self.organisation,
            agenda: self.agenda,
            phase: self.phase,
            priority: self.priority,
            followed_on: self.followed_on,
            text: self.text,
        }
    }
}

/// The outcome of a code, of this edition, where this actor reads it.
pub(crate) fn of(
    conn: &mut Conn,
    actor: &Actor,
    slug: &str,
    code: &str,
) -> Result<(Edition, Outcome), Fault> {
    let edition = editions::by_slug(conn, actor, slug)?;
    let found = drafts::by_code(conn, actor, code)?;
    match found.edition == edition.id {
        true => Ok((edition, found)),
        false => Err(Fault::not_found()),
    }
}

/// The day it is at the congress.
pub(crate) fn today(edition: &Edition, now: Moment) -> LocalDate {
    edition.zone.local(now).date()
}

// Outcomes.

async fn list(
    caller: Caller,
    request: HttpRequest,
    At(slug): At<String>,
    Query(query): Query<OutcomeQuery>,
    Paging(page): Paging,
) -> Result<HttpResponse, Problem> {
    let listed = caller
        .read("outcomes", move |conn, actor, _| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            drafts::list(conn, actor, &query.clone().filter(&edition), &page)
        })
        .await?;
    Ok(answers::list(&caller, &request, &listed))
}

async fn draft(
    caller: Caller,
    At(slug): At<String>,
    body: Body<NewOutcome>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("outcome.draft", &body.hash, move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let made = drafts::draft(conn, actor, now, edition.id, edition.year(), &input)?;
            let address = format!("/api/v1/editions/{slug}/outcomes/{}", made.code);
            created(&address, Some(made.version), &made)
        })
        .await
}

/// What stands beside its words changes without a version of its own: it is always answered fresh.
async fn view(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    Query(query): Query<LanguageQuery>,
) -> Result<HttpResponse, Problem> {
    let detail = caller
        .read("outcome", move |conn, actor, now| {
            let (edition, found) = of(conn, actor, &slug, &code)?;
            let view = reading::view(conn, actor, today(&edition, now), found.id)?;
            let language = query.language.as_ref().unwrap_or(&view.language);
            let text = reading::shown(conn, actor, found.id, language)?.into();
            Ok(OutcomeDetail { view, text })
        })
        .await?;
    Ok(answers::edited(detail.view.outcome.version, &detail))
}

async fn edit(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    Version(version): Version,
    body: Body<OutcomeInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("outcome.edit", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            drafts::edit(conn, actor, now, found.id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

async fn set_horizon(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    Version(version): Version,
    body: Body<HorizonInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("outcome.set_horizon", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            let to = body.input.horizon_to;
            drafts::set_horizon(conn, actor, now, found.id, to, Some(version))
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

async fn came_from(caller: Caller, At((slug, code)): At<(String, String)>) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("outcome.provenance", move |conn, actor, _| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            provenance::of_outcome(conn, actor, found.id)
        })
        .await?;
    Ok(answers::one(&found))
}

async fn languages(caller: Caller, At((slug, code)): At<(String, String)>) -> Result<HttpResponse, Problem> {
    let states = caller
        .read("outcome.languages", move |conn, actor, _| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            let ours: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
            reading::languages(conn, actor, found.id, &ours)
        })
        .await?;
    Ok(answers::all(&states))
}

async fn sheet(
    caller: Caller,
    At((slug, code, language)): At<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    let lines = caller
        .read("outcome.sheet", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            translation_sheet::sheet(conn, actor, now, found.id, &language)
        })
        .await?;
    Ok(answers::all(&lines))
}

async fn entitle(
    caller: Caller,
    At((slug, code, language)): At<(String, String, String)>,
    body: Body<OutcomeTitleInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("outcome.entitle", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            translating::entitle(conn, actor, now, found.id, &language, &body.input.title)
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

async fn translate(
    caller: Caller,
    At((slug, code, language, block)): At<(String, String, String, BlockId)>,
    body: Body<OutcomeTranslationInput>,
) -> Result<HttpResponse, Problem> {
    let said = caller
        .write("outcome.translate", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            translation_sheet::set(conn, actor, now, found.id, block, &language, &body.input)
        })
        .await?;
    Ok(answers::edited(said.version.unwrap_or_default(), &said))
}

async fn review(
    caller: Caller,
    At((slug, code, language, block)): At<(String, String, String, BlockId)>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("outcome.review", &[], move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            let read = translation_sheet::review(conn, actor, now, found.id, block, &language, version)?;
            answers::kept(&read)
        })
        .await
}

// What was handed in.

async fn inbox(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let received = caller
        .read("transmissions", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            transmissions::list(conn, actor, edition)
        })
        .await?;
    Ok(answers::all(&received))
}

async fn transmission(caller: Caller, At(id): At<TransmissionId>) -> Result<HttpResponse, Problem> {
    let received = caller
        .read("transmission", move |conn, actor, _| {
            transmissions::get(conn, actor, id)
        })
        .await?;
    Ok(answers::one(&received))
}

// The ways from where something began to what became of it (R194).

async fn matrix(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let flows = caller
        .read("provenance", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            provenance::matrix(conn, actor, edition)
        })
        .await?;
    Ok(answers::all(&flows))
}

async fn of_session(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let trails = caller
        .read("session.outcomes", move |conn, actor, now| {
            sessions::get(conn, actor, now, id)?;
            provenance::of_session(conn, actor, id)
        })
        .await?;
    Ok(answers::all(&trails))
}

async fn of_paper(caller: Caller, At(id): At<PaperId>) -> Result<HttpResponse, Problem> {
    let trails = caller
        .read("paper.outcomes", move |conn, actor, now| {
            all_papers::get(conn, actor, now, id)?;
            provenance::of_paper(conn, actor, id)
        })
        .await?;
    Ok(answers::all(&trails))
}

async fn of_theme(caller: Caller, At(id): At<ThemeId>) -> Result<HttpResponse, Problem> {
    let trails = caller
        .read("theme.outcomes", move |conn, actor, _| {
            themes::find(conn, id)?.ok_or_else(Fault::not_found)?;
            provenance::of_theme(conn, actor, id)
        })
        .await?;
    Ok(answers::all(&trails))
}

async fn of_organisation(caller: Caller, At(id): At<OrganisationId>) -> Result<HttpResponse, Problem> {
    let trails = caller
        .read("organisation.outcomes", move |conn, actor, now| {
            organisations::get(conn, actor, now, id)?;
            provenance::of_organisation(conn, actor, id)
        })
        .await?;
    Ok(answers::all(&trails))
}
