//! Papers of both tracks: found, written, translated, handed in, read and commented on. How one begins, is looked through
//! and goes on is said by its track: `assembly` and `town_hall`.

use access_rules::{Act, PaperId};
use actix_kit::{At, Body, Caller, Paging, Problem, Query, Version, once::created};
use actix_web::{HttpRequest, HttpResponse};
use kernel::Moment;
use papers::{
    PaperFilter, PaperLine,
    commenting::{self, AnswerInput, CommentFilter, CommentInput, CommentView, DisposeInput, ModerateInput},
    model::{Paper, TeamPart, TeamPartId},
    reading::{self, Reading},
    steps::{self, StepView, SubmitInput, WithdrawInput},
    team::{self, NameInput, TeamView},
    translating::{self, SheetLine, TranslationInput, TranslationView},
    versions::{self, Anchor, VersionView},
    writing::{
        self, BlockForm, BlockView, EditView, ImportInput, MoveInput, PrioritiesInput, ReplacedView,
        TitleInput,
    },
};
use serde::{Deserialize, Serialize};
use texts::{
    comments::Counts,
    diff::BlockDiff,
    model::{BlockId, CommentId},
    translations::LanguageState,
};
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
        get("/editions/{slug}/papers", Act::Read, list, "The papers I may see: those that are out, and those I have a part in.")
            .asks::<PaperFilter>().lists::<PaperLine>(),
        get("/papers/{id}", Act::Read, view, "A paper with its words: for its people the working copy, for others the version that is out.")
            .asks::<InLanguage>().gives::<Reading>(),
        get("/papers/{id}/history", Act::Read, history, "What became of a paper, step by step.").lists_all::<StepView>(),
        get("/papers/{id}/versions", Act::Read, list_versions, "Its sealed versions that I may see, the newest first.")
            .lists_all::<VersionView>(),
        get("/papers/{id}/versions/{number}", Act::Read, version, "One of them, whole.").asks::<InLanguage>().gives::<Reading>(),
        get("/papers/{id}/versions/{number}/differences", Act::Read, differences, "What differs from it, block by block and word by word: in another, or in the working copy.")
            .asks::<Other>().lists_all::<BlockDiff>(),
        get("/papers/{id}/blocks/{block}", Act::Read, anchor, "Where the anchor of a block leads: to it, or to the last version that holds it.")
            .gives::<Anchor>(),

        put("/papers/{id}/title", Act::WritePaper, rename, "Gives a paper another title.").takes::<TitleInput>().gives::<Reading>().versioned().account(),
        put("/papers/{id}/text", Act::WritePaper, import, "Replaces all it says by Markdown, or by HTML as a word processor pastes it; blocks that say the same keep their ids.")
            .takes::<WholeText>().gives::<ReplacedView>().versioned().account(),
        put("/papers/{id}/priorities", Act::WritePaper, set_priorities, "Says which priorities a paper sets.")
            .takes::<PrioritiesInput>().gives::<Paper>().versioned().account(),
        post("/papers/{id}/blocks", Act::WritePaper, add, "Adds a block, or the several that Markdown makes.").takes::<BlockForm>().gives::<EditView>().once().account(),
        put("/papers/{id}/blocks/{block}", Act::WritePaper, change, "Has a block say something else.").takes::<BlockForm>().gives::<EditView>().versioned().account(),
        put("/papers/{id}/blocks/{block}/place", Act::WritePaper, move_after, "Puts a block elsewhere.").takes::<MoveInput>().gives::<BlockView>().account(),
        delete("/papers/{id}/blocks/{block}", Act::WritePaper, remove, "Takes a block out; its anchor stays.").versioned().account(),

        get("/papers/{id}/translations", Act::TranslatePaper, languages, "How far each language is.").lists_all::<LanguageState>().account(),
        get("/papers/{id}/translations/{language}", Act::TranslatePaper, sheet, "Every block beside what it says in another language.")
            .lists_all::<SheetLine>().account(),
        put("/papers/{id}/translations/{language}/title", Act::TranslatePaper, translate_title, "Says the title in another language.")
            .takes::<translating::TitleInput>().gives::<Reading>().versioned().account(),
        put("/papers/{id}/translations/{language}/{block}", Act::TranslatePaper, translate, "Says a block in another language.")
            .takes::<TranslationInput>().gives::<TranslationView>().account(),
        post("/papers/{id}/translations/{language}/{block}/review", Act::TranslatePaper, review, "Has a translation read over, by somebody else than who made it.")
            .gives::<TranslationView>().once().versioned().answers(200).account(),

        get("/papers/{id}/team", Act::WritePaper, list_team, "Who works at a paper.").lists_all::<TeamView>().account(),
        post("/papers/{id}/team", Act::WritePaper, name, "Names somebody to write at a paper, or to translate it.")
            .takes::<NameInput>().gives::<TeamPart>().once().account(),
        delete("/papers/{id}/team/{part}", Act::WritePaper, dismiss, "Ends somebody's part.").account(),
        post("/papers/{id}/submission", Act::WritePaper, submit, "Hands a position paper in: what it says is sealed.")
            .takes::<SubmitInput>().gives::<Paper>().once().answers(200).account(),
        post("/papers/{id}/withdrawal", Act::WritePaper, withdraw, "Takes a paper back.")
            .takes::<WithdrawInput>().gives::<Paper>().once().answers(200).account(),

        get("/papers/{id}/comments", Act::Read, list_comments, "What is said of a paper, thread by thread.").asks::<CommentFilter>().lists::<CommentView>(),
        get("/papers/{id}/comments/counts", Act::Read, count_comments, "How many are for it, against it, or neither.").asks::<CommentFilter>().gives::<Counts>(),
        post("/papers/{id}/comments", Act::Comment, comment, "Comments on a paper that is open to comments.").takes::<CommentInput>().gives::<CommentView>().once().account(),
        post("/papers/{id}/comments/{comment}/answers", Act::Comment, answer, "Answers a comment.").takes::<AnswerInput>().gives::<CommentView>().once().account(),
        delete("/papers/{id}/comments/{comment}", Act::Comment, take_back, "Takes my comment back; that it was there stays.").versioned().account(),
        post("/papers/{id}/comments/{comment}/moderation", Act::ManagePapers, moderate, "Hides a comment, with a reason that everybody reads.")
            .takes::<ModerateInput>().gives::<CommentView>().once().versioned().answers(200).account(),
        put("/papers/{id}/comments/{comment}/disposition", Act::ManagePapers, dispose, "Says what became of what a comment asked for, and why.")
            .takes::<DisposeInput>().gives::<CommentView>().versioned().account(),
        get("/papers/{id}/comments/{comment}/hidden", Act::ManagePapers, hidden, "What a hidden comment said; that it was read is noted.").gives::<HiddenView>().account(),
    ]
}

/// In which language a text is asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct InLanguage {
    /// A BCP 47 tag; the authentic language when none is named.
    pub language: String,
}

/// With which version another is compared.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct Other {
    /// Its number; the working copy when none is named, for who has a part in the paper.
    pub with: Option<i64>,
}

/// A whole text as it is pasted: one of the two.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct WholeText {
    /// As Markdown.
    pub markdown: Option<String>,
    /// As HTML.
    pub html: Option<String>,
}

/// What a hidden comment said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HiddenView {
    /// Its words.
    pub body: String,
}

// Found and read.

async fn list(
    caller: Caller,
    request: HttpRequest,
    At(slug): At<String>,
    Query(filter): Query<PaperFilter>,
    Paging(ask): Paging,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("papers", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            papers::list(conn, actor, now, edition, &filter, &ask)
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn view(
    caller: Caller,
    request: HttpRequest,
    At(id): At<PaperId>,
    Query(asked): Query<InLanguage>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("paper", move |conn, actor, now| {
            reading::shown(conn, actor, now, id, &asked.language)
        })
        .await?;
    // What guards the working copy is the version of its text; readers are given no tag to edit by.
    Ok(match view.text_version {
        Some(version) => answers::edited(version, &view),
        None => answers::versioned(&request, view.number.unwrap_or_default(), &view),
    })
}

async fn history(caller: Caller, At(id): At<PaperId>) -> Result<HttpResponse, Problem> {
    let steps = caller
        .read("paper.history", move |conn, actor, now| {
            steps::history(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&steps))
}

async fn list_versions(caller: Caller, At(id): At<PaperId>) -> Result<HttpResponse, Problem> {
    let versions = caller
        .read("paper.versions", move |conn, actor, now| {
            versions::list(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&versions))
}

async fn version(
    caller: Caller,
    At((id, number)): At<(PaperId, i64)>,
    Query(asked): Query<InLanguage>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("paper.version", move |conn, actor, now| {
            versions::get(conn, actor, now, id, number, &asked.language)
        })
        .await?;
    Ok(answers::one(&view))
}

async fn differences(
    caller: Caller,
    At((id, number)): At<(PaperId, i64)>,
    Query(other): Query<Other>,
) -> Result<HttpResponse, Problem> {
    let diffs = caller
        .read("paper.differences", move |conn, actor, now| {
            versions::between(conn, actor, now, id, number, other.with)
        })
        .await?;
    Ok(answers::all(&diffs))
}

async fn anchor(caller: Caller, At((id, block)): At<(PaperId, BlockId)>) -> Result<HttpResponse, Problem> {
    let anchor = caller
        .read("paper.anchor", move |conn, actor, now| {
            versions::resolve(conn, actor, now, id, block)
        })
        .await?;
    Ok(answers::one(&anchor))
}

// Written.

async fn rename(
    caller: Caller,
    At(id): At<PaperId>,
    Version(version): Version,
    body: Body<TitleInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("paper.rename", move |conn, actor, now| {
            writing::rename(conn, actor, now, id, Some(version), &body.input)?;
            reading::shown(conn, actor, now, id, "")
        })
        .await?;
    Ok(answers::edited(view.text_version.unwrap_or_default(), &view))
}

async fn import(
    caller: Caller,
    At(id): At<PaperId>,
    Version(version): Version,
    body: Body<WholeText>,
) -> Result<HttpResponse, Problem> {
    let (text_version, view) = caller
        .write("paper.import", move |conn, actor, now| {
            let version = Some(version);
            let replaced = match (&body.input.markdown, &body.input.html) {
                (Some(text), None) => {
                    let input = ImportInput { text: text.clone() };
                    writing::replace_all_markdown(conn, actor, now, id, version, &input)?
                }
                (None, Some(text)) => {
                    let input = ImportInput { text: text.clone() };
                    writing::replace_all_html(conn, actor, now, id, version, &input)?
                }
                // Whether they may is told before what is wrong with their request.
                (None, None) | (Some(_), Some(_)) => {
                    papers::get(conn, actor, now, id)?;
                    return Err(kernel::Fault::field("markdown", "required"));
                }
            };
            let shown = reading::shown(conn, actor, now, id, "")?;
            Ok((shown.text_version.unwrap_or_default(), replaced))
        })
        .await?;
    Ok(answers::edited(text_version, &view))
}

async fn set_priorities(
    caller: Caller,
    At(id): At<PaperId>,
    Version(version): Version,
    body: Body<PrioritiesInput>,
) -> Result<HttpResponse, Problem> {
    let paper = caller
        .write("paper.priorities", move |conn, actor, now| {
            writing::set_priorities(conn, actor, now, id, Some(version), &body.input)
        })
        .await?;
    Ok(answers::edited(paper.version, &paper))
}

async fn add(caller: Caller, At(id): At<PaperId>, body: Body<BlockForm>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.block.add", &body.hash, move |conn, actor, now| {
            let added = writing::add(conn, actor, now, id, &input)?;
            created(&format!("/api/v1/papers/{id}"), None, &added)
        })
        .await
}

async fn change(
    caller: Caller,
    At((id, block)): At<(PaperId, BlockId)>,
    Version(version): Version,
    body: Body<BlockForm>,
) -> Result<HttpResponse, Problem> {
    let edit = caller
        .write("paper.block.change", move |conn, actor, now| {
            writing::change(conn, actor, now, id, block, version, &body.input)
        })
        .await?;
    let version = edit.blocks.first().map_or(version, |block| block.version);
    Ok(answers::edited(version, &edit))
}

async fn move_after(
    caller: Caller,
    At((id, block)): At<(PaperId, BlockId)>,
    body: Body<MoveInput>,
) -> Result<HttpResponse, Problem> {
    let moved = caller
        .write("paper.block.move", move |conn, actor, now| {
            writing::move_after(conn, actor, now, id, block, &body.input)
        })
        .await?;
    Ok(answers::edited(moved.version, &moved))
}

async fn remove(
    caller: Caller,
    At((id, block)): At<(PaperId, BlockId)>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .write("paper.block.remove", move |conn, actor, now| {
            writing::remove(conn, actor, now, id, block, version)
        })
        .await?;
    Ok(answers::done())
}

// Said in other languages.

async fn languages(caller: Caller, At(id): At<PaperId>) -> Result<HttpResponse, Problem> {
    let states = caller
        .read("paper.languages", move |conn, actor, now| {
            translating::state(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&states))
}

async fn sheet(caller: Caller, At((id, language)): At<(PaperId, String)>) -> Result<HttpResponse, Problem> {
    let lines = caller
        .read("paper.sheet", move |conn, actor, now| {
            translating::sheet(conn, actor, now, id, &language)
        })
        .await?;
    Ok(answers::all(&lines))
}

async fn translate_title(
    caller: Caller,
    At((id, language)): At<(PaperId, String)>,
    Version(version): Version,
    body: Body<translating::TitleInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("paper.translate_title", move |conn, actor, now| {
            translating::set_title(conn, actor, now, id, &language, Some(version), &body.input)?;
            reading::shown(conn, actor, now, id, &language)
        })
        .await?;
    Ok(answers::edited(view.text_version.unwrap_or_default(), &view))
}

async fn translate(
    caller: Caller,
    At((id, language, block)): At<(PaperId, String, BlockId)>,
    body: Body<TranslationInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("paper.translate", move |conn, actor, now| {
            translating::set(conn, actor, now, id, block, &language, &body.input)
        })
        .await?;
    Ok(answers::edited(view.version.unwrap_or_default(), &view))
}

async fn review(
    caller: Caller,
    At((id, language, block)): At<(PaperId, String, BlockId)>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("paper.review", &[], move |conn, actor, now| {
            let view = translating::review(conn, actor, now, id, block, &language, version)?;
            answers::kept(&view)
        })
        .await
}

// Its team, and handing it in.

async fn list_team(caller: Caller, At(id): At<PaperId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("paper.team", move |conn, actor, now| {
            team::list(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&views))
}

async fn name(caller: Caller, At(id): At<PaperId>, body: Body<NameInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.team.name", &body.hash, move |conn, actor, now| {
            let part = team::name(conn, actor, now, id, &input)?;
            created(&format!("/api/v1/papers/{id}/team"), None, &part)
        })
        .await
}

async fn dismiss(caller: Caller, At((id, part)): At<(PaperId, TeamPartId)>) -> Result<HttpResponse, Problem> {
    caller
        .write("paper.team.dismiss", move |conn, actor, now| {
            team::dismiss(conn, actor, now, id, part)
        })
        .await?;
    Ok(answers::done())
}

async fn submit(
    caller: Caller,
    At(id): At<PaperId>,
    body: Body<SubmitInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.submit", &body.hash, move |conn, actor, now| {
            let paper = steps::submit(conn, actor, now, id, &input)?;
            answers::kept(&paper)
        })
        .await
}

async fn withdraw(
    caller: Caller,
    At(id): At<PaperId>,
    body: Body<WithdrawInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.withdraw", &body.hash, move |conn, actor, now| {
            let paper = steps::withdraw(conn, actor, now, id, &input)?;
            answers::kept(&paper)
        })
        .await
}

// What is said of it.

async fn list_comments(
    caller: Caller,
    request: HttpRequest,
    At(id): At<PaperId>,
    Query(filter): Query<CommentFilter>,
    Paging(ask): Paging,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("paper.comments", move |conn, actor, now| {
            commenting::list(conn, actor, now, id, &filter, &ask)
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn count_comments(
    caller: Caller,
    At(id): At<PaperId>,
    Query(filter): Query<CommentFilter>,
) -> Result<HttpResponse, Problem> {
    let counts = caller
        .read("paper.comments.counts", move |conn, actor, now| {
            commenting::counts(conn, actor, now, id, &filter)
        })
        .await?;
    Ok(answers::one(&counts))
}

async fn comment(
    caller: Caller,
    At(id): At<PaperId>,
    body: Body<CommentInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let machine_now: Moment = caller.machine_now();
    caller
        .once("paper.comment", &body.hash, move |conn, actor, now| {
            let view = commenting::post(conn, actor, now, machine_now, id, &input)?;
            created(
                &format!("/api/v1/papers/{id}/comments"),
                Some(view.version),
                &view,
            )
        })
        .await
}

async fn answer(
    caller: Caller,
    At((id, comment)): At<(PaperId, CommentId)>,
    body: Body<AnswerInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let machine_now: Moment = caller.machine_now();
    caller
        .once("paper.comment.answer", &body.hash, move |conn, actor, now| {
            let view = commenting::answer(conn, actor, now, machine_now, id, comment, &input)?;
            created(
                &format!("/api/v1/papers/{id}/comments"),
                Some(view.version),
                &view,
            )
        })
        .await
}

async fn take_back(
    caller: Caller,
    At((id, comment)): At<(PaperId, CommentId)>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .write("paper.comment.withdraw", move |conn, actor, now| {
            commenting::withdraw(conn, actor, now, id, comment, version)
        })
        .await?;
    Ok(answers::done())
}

async fn moderate(
    caller: Caller,
    At((id, comment)): At<(PaperId, CommentId)>,
    Version(version): Version,
    body: Body<ModerateInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("paper.comment.moderate", &body.hash, move |conn, actor, now| {
            let view = commenting::moderate(conn, actor, now, id, comment, version, &input)?;
            answers::kept(&view)
        })
        .await
}

async fn dispose(
    caller: Caller,
    At((id, comment)): At<(PaperId, CommentId)>,
    Version(version): Version,
    body: Body<DisposeInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("paper.comment.dispose", move |conn, actor, now| {
            commenting::dispose(conn, actor, now, id, comment, version, &body.input)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

/// That it is read is written down.
async fn hidden(
    caller: Caller,
    At((id, comment)): At<(PaperId, CommentId)>,
) -> Result<HttpResponse, Problem> {
    let body = caller
        .write("paper.comment.hidden", move |conn, actor, now| {
            commenting::hidden_body(conn, actor, now, id, comment)
        })
        .await?;
    Ok(answers::one(&HiddenView { body }))
}
