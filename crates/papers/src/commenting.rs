//! What is said of a paper: by any proved account while it takes comments, on the version that is out (R95, R100).
//!
//! Who manages the paper hides what breaks the rules, with a reason everybody reads, and says what became of each comment;
//! its team does neither. Whoever reads the paper reads the comments, and the names of who wrote them; what was hidden or
//! taken back is a placeholder for all.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, PaperId, PersonId};
use db::Conn;
use kernel::{Fault, Moment, Page, PageAsk};
use people::{accounts, model::Person, persons};
use serde::{Deserialize, Serialize};
use texts::{
    comments::{self, Counts, NewComment, On, Shown},
    model::{BlockId, CommentId, CommentState, Disposition, Position},
};
use utoipa::ToSchema;

use crate::{faults::PaperFault, model::Paper, papers, progress, rules};

/// What the form of a comment asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CommentInput {
    /// On which block; the whole when none.
    #[schema(value_type = Option<String>)]
    pub block: Option<BlockId>,
    /// What it thinks.
    pub position: Option<Position>,
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// What it says.
    pub body: String,
}

/// What the form of an answer asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AnswerInput {
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// What it says.
    pub body: String,
}

/// What the form of a moderation asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ModerateInput {
    /// Why; everybody reads it.
    pub reason: String,
}

/// What the form of a disposition asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct DisposeInput {
    /// What became of it.
    pub disposition: Option<Disposition>,
    /// Why; everybody reads it.
    pub reason: String,
}

/// Which comments are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CommentFilter {
    /// Those on this block.
    #[schema(value_type = Option<String>)]
    pub block: Option<BlockId>,
    /// Those on the whole alone.
    pub on_whole: bool,
}

/// A comment as its readers see it, with what was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CommentView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: CommentId,
    /// On which block; none for the whole.
    #[schema(value_type = Option<String>)]
    pub block: Option<BlockId>,
    /// Which it answers.
    #[schema(value_type = Option<String>)]
    pub parent: Option<CommentId>,
    /// What it thinks; none for an answer.
    pub position: Option<Position>,
    /// Who wrote it, by name; where it is hidden or was taken back, told to who manages the paper alone.
    pub author_name: Option<String>,
    /// Whether this reader wrote it.
    pub is_own: bool,
    /// In which language.
    pub language: String,
    /// What it says; none where a placeholder stands.
    pub body: Option<String>,
    /// How far it is.
    pub state: CommentState,
    /// Why it is hidden.
    pub moderation_reason: Option<String>,
    /// When it was posted.
    pub posted_at: Moment,
    /// What became of what it asked for.
    pub disposition: Option<Disposition>,
    /// Why.
    pub disposition_reason: Option<String>,
    /// Guards edits.
    pub version: i64,
    /// All that was answered in its thread, the oldest first.
    #[schema(no_recursion)]
    pub answers: Vec<CommentView>,
}

/// Comments on the version of a paper that is out. `machine_now` is the clock of limits.
///
/// # Errors
/// 401, 403, 404; `account_unproved`; `comments_closed`; `invalid`: `position`, `language`, `body`; `not_in_version`;
/// `too_many`.
pub fn post(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    machine_now: Moment,
    id: PaperId,
    input: &CommentInput,
) -> Result<CommentView, Fault> {
    let (paper, number) = open(conn, actor, now, id)?;
    let position = input
        .position
        .ok_or_else(|| Fault::field("position", "required"))?;
    let new = NewComment {
        text: paper.text,
        number,
        block: input.block,
        position,
        language: input.language.clone(),
        body: input.body.clone(),
    };
    let posted = comments::post(conn, actor.person, now, machine_now, &new)?;
    one(conn, actor, now, &paper, posted)
}

/// Answers a comment.
///
/// # Errors
/// 401, 403, 404; `account_unproved`; `comments_closed`; `invalid`: `language`, `body`; `comment_hidden`; `thread_too_deep`;
/// `too_many`.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    machine_now: Moment,
    id: PaperId,
    comment: CommentId,
    input: &AnswerInput,
) -> Result<CommentView, Fault> {
    let (paper, _) = open(conn, actor, now, id)?;
    own_comment(conn, &paper, comment)?;
    let (language, body) = (&input.language, &input.body);
    let answered = comments::answer(conn, actor.person, now, machine_now, comment, language, body)?;
    one(conn, actor, now, &paper, answered)
}

/// Takes one's own comment back, whether the paper still takes others or not.
///
/// # Errors
/// 401; 403 for anybody else; 404; `comment_hidden`; `stale`.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    comment: CommentId,
    version: i64,
) -> Result<CommentView, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    papers::may(actor, Act::Comment, &paper, now).or_fault()?;
    own_comment(conn, &paper, comment)?;
    let withdrawn = comments::withdraw(conn, actor.person, now, comment, version)?;
    one(conn, actor, now, &paper, withdrawn)
}

/// Hides a comment, with a reason that everybody reads (R100).
///
/// # Errors
/// 401, 403, 404; `invalid`: `reason`; `comment_hidden`; `stale`.
pub fn moderate(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    comment: CommentId,
    version: i64,
    input: &ModerateInput,
) -> Result<CommentView, Fault> {
    let paper = managed(conn, actor, now, id)?;
    own_comment(conn, &paper, comment)?;
    let hidden = comments::moderate(conn, actor.person, now, comment, version, &input.reason)?;
    one(conn, actor, now, &paper, hidden)
}

/// Says what became of what a comment asked for (R95).
///
/// # Errors
/// 401, 403, 404; `invalid`: `disposition`, `reason`; `comment_hidden`; `answer_not_disposed`; `stale`.
pub fn dispose(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    comment: CommentId,
    version: i64,
    input: &DisposeInput,
) -> Result<CommentView, Fault> {
    let paper = managed(conn, actor, now, id)?;
    own_comment(conn, &paper, comment)?;
    let disposition = input
        .disposition
        .ok_or_else(|| Fault::field("disposition", "required"))?;
    let reason = &input.reason;
    let disposed = comments::dispose(conn, actor.person, now, comment, version, disposition, reason)?;
    one(conn, actor, now, &paper, disposed)
}

/// The comments on a paper, the oldest first, each with its answers, for whoever reads the paper.
///
/// # Errors
/// 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    filter: &CommentFilter,
    ask: &PageAsk,
) -> Result<Page<CommentView>, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    let page = comments::list(conn, paper.text, on(filter), ask)?;
    let threads: Vec<CommentId> = page.items.iter().map(|comment| comment.id).collect();
    let answers = comments::answers(conn, &threads)?;
    let names = Names::of(conn, actor, now, &paper, page.items.iter().chain(&answers))?;
    Ok(page.map(|comment| {
        let own = answers.iter().filter(|answer| answer.thread == comment.id);
        let answers = own.cloned().map(|answer| names.view(answer)).collect();
        CommentView {
            answers,
            ..names.view(comment)
        }
    }))
}

/// How many think what of a paper, or of a block of it, for whoever reads the paper.
///
/// # Errors
/// 404.
pub fn counts(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    filter: &CommentFilter,
) -> Result<Counts, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    comments::counts(conn, paper.text, on(filter))
}

/// What a hidden comment said, for who manages the paper. That it was read is logged.
///
/// # Errors
/// 401, 403, 404.
pub fn hidden_body(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    comment: CommentId,
) -> Result<String, Fault> {
    let paper = managed(conn, actor, now, id)?;
    own_comment(conn, &paper, comment)?;
    comments::hidden_body(conn, actor.person, now, comment)
}

/// Goes on when it was said of every comment on a paper what became of it (R95); unchecked, for slices that have decided.
///
/// # Errors
/// `comments_undisposed`, with how many wait.
pub fn all_disposed(conn: &mut Conn, paper: &Paper) -> Result<(), Fault> {
    comments::all_disposed(conn, paper.text)
}

/// A paper that takes comments from this actor now, and the version they are on. Its row is held until COMMIT: nothing is
/// said while what was said is counted (R95).
fn open(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<(Paper, i64), Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    papers::may(actor, Act::Comment, &paper, now).or_fault()?;
    if accounts::mine(conn, actor, now)?.verified_at.is_none() {
        return Err(PaperFault::AccountUnproved.into());
    }
    let paper = progress::hold(conn, paper.id)?;
    let number = paper.published_version;
    match number.filter(|_| rules::takes_comments(&paper, now)) {
        Some(number) => Ok((paper, number)),
        None => Err(PaperFault::CommentsClosed {
            from: paper.comments_from,
            to: paper.comments_to,
        }
        .into()),
    }
}

fn managed(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    papers::may(actor, Act::ManagePapers, &paper, now).or_fault()?;
    Ok(paper)
}

/// Goes on when a comment is on this paper.
fn own_comment(conn: &mut Conn, paper: &Paper, comment: CommentId) -> Result<(), Fault> {
    match comments::text_of(conn, comment)? == Some(paper.text) {
        true => Ok(()),
        false => Err(Fault::not_found()),
    }
}

fn on(filter: &CommentFilter) -> On {
    match filter.block {
        Some(block) => On::Block(block),
        None if filter.on_whole => On::Whole,
        None => On::Anything,
    }
}

fn one(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: &Paper,
    comment: Shown,
) -> Result<CommentView, Fault> {
    let names = Names::of(conn, actor, now, paper, [&comment])?;
    Ok(names.view(comment))
}

/// Who wrote what, as far as this reader is told.
struct Names {
    people: Vec<Person>,
    reader: Option<PersonId>,
    manages: bool,
}

impl Names {
    fn of<'a>(
        conn: &mut Conn,
        actor: &Actor,
        now: Moment,
        paper: &Paper,
        comments: impl IntoIterator<Item = &'a Shown>,
    ) -> Result<Self, Fault> {
        let authors: BTreeSet<PersonId> = comments.into_iter().map(|comment| comment.author).collect();
        let authors: Vec<PersonId> = authors.into_iter().collect();
        Ok(Self {
            people: persons::many(conn, &authors)?,
            reader: actor.person,
            manages: papers::may(actor, Act::ManagePapers, paper, now).allows(),
        })
    }

    fn view(&self, comment: Shown) -> CommentView {
        let is_told = comment.state == CommentState::Posted || self.manages;
        let author = self.people.iter().find(|person| person.id == comment.author);
        CommentView {
            id: comment.id,
            block: comment.block,
            parent: comment.parent,
            position: comment.position,
            author_name: author.filter(|_| is_told).map(Person::name),
            is_own: self.reader == Some(comment.author),
            language: comment.language,
            body: comment.body,
            state: comment.state,
            moderation_reason: comment.moderation_reason,
            posted_at: comment.posted_at,
            disposition: comment.disposition,
            disposition_reason: comment.disposition_reason,
            version: comment.version,
            answers: vec![],
        }
    }
}
