//! Comments on a sealed version of a text: posted, answered, hidden with a reason, and each with what became of it.
//!
//! Nothing is deleted without trace (R100): a comment that was hidden or taken back stays as a place in its thread. What
//! it said is kept where it was hidden, for the readers of the log alone ([`hidden_body`]) and until its author is erased,
//! and gone where its author took it back. Who may comment, moderate or dispose is decided by the owner of the text.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::{dsl::count_star, prelude::*};
use kernel::{Fault, Fields, Id, Moment, Page, PageAsk, page::Cursor};
use records::limits;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::TextFault,
    model::{BlockId, Comment, CommentId, CommentState, Disposition, Position, Text, TextId, VersionId},
    rules::{COMMENT_MAX, COMMENTS_MOST, COMMENTS_SECONDS, REASON_MAX, THREAD_MAX},
    tables::text_comments as table,
    texts, versions,
};

/// A page of comments that began threads on a text.
macro_rules! beginnings {
    ($text:expr, $after:expr, $limit:expr) => {
        table::table
            .filter(table::text.eq($text))
            .filter(table::parent.is_null())
            .filter(table::id.gt($after))
            .order(table::id)
            .limit($limit)
            .select(Comment::as_select())
    };
}

/// A comment as it is handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewComment {
    /// On which text.
    pub text: TextId,
    /// On which version of it.
    pub number: i64,
    /// On which block; none for the whole.
    pub block: Option<BlockId>,
    /// What it thinks.
    pub position: Position,
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// What it says.
    pub body: String,
}

/// What is asked for of the comments on a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// All, on whatever.
    Anything,
    /// Those on the whole.
    Whole,
    /// Those on a block.
    Block(BlockId),
}

/// A comment as it may be read: without what it said where it is hidden or was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Its id.
    pub id: CommentId,
    /// On which block; none for the whole.
    pub block: Option<BlockId>,
    /// The comment that began the thread.
    pub thread: CommentId,
    /// Which it answers.
    pub parent: Option<CommentId>,
    /// What it thinks; none for an answer.
    pub position: Option<Position>,
    /// Who wrote it.
    pub author: PersonId,
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
}

/// How many think what, of the comments that can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Counts {
    /// For it.
    pub support: i64,
    /// Neither.
    pub neutral: i64,
    /// Against it.
    pub oppose: i64,
}

impl From<Comment> for Shown {
    fn from(comment: Comment) -> Self {
        let is_readable = comment.state == CommentState::Posted;
        Self {
            id: comment.id,
            block: comment.block,
            thread: comment.thread,
            parent: comment.parent,
            position: comment.position,
            author: comment.author,
            language: comment.language,
            body: is_readable.then_some(comment.body),
            state: comment.state,
            moderation_reason: comment.moderation_reason,
            posted_at: comment.posted_at,
            disposition: comment.disposition,
            disposition_reason: comment.disposition_reason,
            version: comment.version,
        }
    }
}

/// Comments on a version of a text, or on a block that stands in it.
///
/// # Errors
/// 401; 404; `invalid`: `language`, `body`; `not_in_version`; `too_many`.
pub fn post(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    machine_now: Moment,
    input: &NewComment,
) -> Result<Shown, Fault> {
    let author = who.ok_or_else(Fault::sign_in_needed)?;
    let text = texts::get(conn, input.text)?;
    let version = versions::get(conn, input.text, input.number)?;
    let (language, body) = checked(&input.language, &input.body)?;
    let stands_there = |block: &BlockId| version.blocks.0.iter().any(|own| own.id == *block);
    if input.block.is_some_and(|block| !stands_there(&block)) {
        return Err(TextFault::NotInVersion.into());
    }
    let id = Id::new();
    let comment = Comment {
        block: input.block,
        position: Some(input.position),
        ..new(id, text.id, version.id, author, now, language, body)
    };
    write_new(conn, now, machine_now, &text, comment)
}

/// Answers a comment, on the version that was commented on.
///
/// # Errors
/// 401; 404; `invalid`: `language`, `body`; `comment_hidden`; `thread_too_deep`; `too_many`.
pub fn answer(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    machine_now: Moment,
    parent: CommentId,
    language: &str,
    body: &str,
) -> Result<Shown, Fault> {
    let author = who.ok_or_else(Fault::sign_in_needed)?;
    let parent = row(conn, parent)?;
    let text = texts::get(conn, parent.text)?;
    readable(&parent)?;
    if parent.depth >= THREAD_MAX {
        return Err(TextFault::ThreadTooDeep { most: THREAD_MAX }.into());
    }
    let (language, body) = checked(language, body)?;
    let comment = Comment {
        block: parent.block,
        thread: parent.thread,
        parent: Some(parent.id),
        depth: parent.depth + 1,
        ..new(
            Id::new(),
            text.id,
            parent.text_version,
            author,
            now,
            language,
            body,
        )
    };
    write_new(conn, now, machine_now, &text, comment)
}

/// Hides a comment, with a reason that everybody reads (R100).
///
/// # Errors
/// 404; `invalid`: `reason`; `comment_hidden`; `stale`.
pub fn moderate(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: CommentId,
    version: i64,
    reason: &str,
) -> Result<Shown, Fault> {
    let before = row(conn, id)?;
    let text = texts::get(conn, before.text)?;
    let mut fields = Fields::new();
    let reason = required(&mut fields, "reason", reason, REASON_MAX);
    fields.done()?;
    readable(&before)?;
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(version))
        .filter(table::state.eq(CommentState::Posted))
        .set((
            table::state.eq(CommentState::Moderated),
            table::moderated_by.eq(who),
            table::moderated_at.eq(now),
            table::moderation_reason.eq(&reason),
            table::version.eq(version + 1),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    texts::note(
        conn,
        who,
        now,
        "text.moderate_comment",
        &text,
        json!({ "comment": id }),
    )?;
    get(conn, id)
}

/// Takes a comment back, by its author: what it said goes, that it was there stays.
///
/// # Errors
/// 401; 403 for anybody else; 404; `comment_hidden`; `stale`.
pub fn withdraw(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: CommentId,
    version: i64,
) -> Result<Shown, Fault> {
    let author = who.ok_or_else(Fault::sign_in_needed)?;
    let before = row(conn, id)?;
    let text = texts::get(conn, before.text)?;
    if before.author != author {
        return Err(Fault::forbidden("not_allowed"));
    }
    readable(&before)?;
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(version))
        .filter(table::state.eq(CommentState::Posted))
        .set((
            table::state.eq(CommentState::Withdrawn),
            table::body.eq(""),
            table::version.eq(version + 1),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    texts::note(
        conn,
        who,
        now,
        "text.withdraw_comment",
        &text,
        json!({ "comment": id }),
    )?;
    get(conn, id)
}

/// Says what became of what a comment asked for, and why (R95). It may be said anew.
///
/// # Errors
/// 404; `invalid`: `reason`; `comment_hidden`; `answer_not_disposed`; `stale`.
pub fn dispose(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: CommentId,
    version: i64,
    disposition: Disposition,
    reason: &str,
) -> Result<Shown, Fault> {
    let before = row(conn, id)?;
    let text = texts::get(conn, before.text)?;
    let mut fields = Fields::new();
    let reason = required(&mut fields, "reason", reason, REASON_MAX);
    fields.done()?;
    readable(&before)?;
    if before.parent.is_some() {
        return Err(TextFault::NotToBeDisposed.into());
    }
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(version))
        .filter(table::state.eq(CommentState::Posted))
        .set((
            table::disposition.eq(disposition),
            table::disposition_reason.eq(&reason),
            table::disposed_by.eq(who),
            table::disposed_at.eq(now),
            table::version.eq(version + 1),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    let summary = json!({ "comment": id, "disposition": disposition });
    texts::note(conn, who, now, "text.dispose_comment", &text, summary)?;
    get(conn, id)
}

/// How many comments on a text wait for a disposition: those that began a thread and can be read. What was hidden has
/// its reason, what was taken back needs none.
///
/// # Errors
/// When the database refuses.
pub fn undisposed(conn: &mut Conn, text: TextId) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::text.eq(text))
        .filter(table::parent.is_null())
        .filter(table::state.eq(CommentState::Posted))
        .filter(table::disposition.is_null())
        .count()
        .get_result(c))?)
}

/// Goes on when every comment on a text has its disposition (R95).
///
/// # Errors
/// `comments_undisposed`, with how many have none.
pub fn all_disposed(conn: &mut Conn, text: TextId) -> Result<(), Fault> {
    match undisposed(conn, text)? {
        0 => Ok(()),
        comments => Err(TextFault::Undisposed { comments }.into()),
    }
}

/// A comment as it may be read.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: CommentId) -> Result<Shown, Fault> {
    row(conn, id).map(Shown::from)
}

/// On which text a comment is, if there is such.
///
/// # Errors
/// When the database refuses.
pub fn text_of(conn: &mut Conn, id: CommentId) -> Result<Option<TextId>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(table::text)
        .first(c)
        .optional())?)
}

/// The comments that began threads on a text, the oldest first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, text: TextId, on: On, ask: &PageAsk) -> Result<Page<Shown>, Fault> {
    let after = ask.after.as_ref().map_or(uuid::Uuid::nil(), |cursor| cursor.id);
    let after: CommentId = Id::from_uuid(after);
    let limit = ask.fetch();
    let rows: Vec<Comment> = match on {
        On::Anything => on_each!(conn, |c| beginnings!(text, after, limit).load(c))?,
        On::Whole => on_each!(conn, |c| beginnings!(text, after, limit)
            .filter(table::block.is_null())
            .load(c))?,
        On::Block(block) => on_each!(conn, |c| beginnings!(text, after, limit)
            .filter(table::block.eq(block))
            .load(c))?,
    };
    let cursor = |comment: &Comment| Cursor {
        key: String::new(),
        id: comment.id.uuid(),
    };
    Ok(Page::cut(rows, ask, cursor).map(Shown::from))
}

/// The answers within these threads, the oldest first.
///
/// # Errors
/// When the database refuses.
pub fn answers(conn: &mut Conn, threads: &[CommentId]) -> Result<Vec<Shown>, Fault> {
    let rows: Vec<Comment> = on_each!(conn, |c| table::table
        .filter(table::thread.eq_any(threads))
        .filter(table::parent.is_not_null())
        .order(table::id)
        .select(Comment::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(Shown::from).collect())
}

/// How many think what of a text or a block.
///
/// # Errors
/// When the database refuses.
pub fn counts(conn: &mut Conn, text: TextId, on: On) -> Result<Counts, Fault> {
    let found: Vec<(Option<BlockId>, Option<Position>, i64)> = on_each!(conn, |c| table::table
        .filter(table::text.eq(text))
        .filter(table::parent.is_null())
        .filter(table::state.eq(CommentState::Posted))
        .group_by((table::block, table::position))
        .select((table::block, table::position, count_star()))
        .load(c))?;
    let mut counts = Counts::default();
    for (block, position, times) in found {
        let is_asked = match on {
            On::Anything => true,
            On::Whole => block.is_none(),
            On::Block(own) => block == Some(own),
        };
        match position.filter(|_| is_asked) {
            Some(Position::Support) => counts.support += times,
            Some(Position::Neutral) => counts.neutral += times,
            Some(Position::Oppose) => counts.oppose += times,
            None => {}
        }
    }
    Ok(counts)
}

/// What a hidden comment said, for the readers of the log alone: the owner of the text sees to that. That it was read is
/// noted.
///
/// # Errors
/// 404.
pub fn hidden_body(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: CommentId,
) -> Result<String, Fault> {
    let comment = row(conn, id)?;
    let text = texts::get(conn, comment.text)?;
    texts::note(
        conn,
        who,
        now,
        "text.read_hidden_comment",
        &text,
        json!({ "comment": id }),
    )?;
    Ok(comment.body)
}

fn write_new(
    conn: &mut Conn,
    now: Moment,
    machine_now: Moment,
    text: &Text,
    comment: Comment,
) -> Result<Shown, Fault> {
    let author = comment.author;
    limits::spend(
        conn,
        machine_now,
        "text_comment",
        &author.to_string(),
        COMMENTS_MOST,
        COMMENTS_SECONDS,
    )?;
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&comment)
        .execute(c))
    .exactly_one()?;
    let summary = json!({ "comment": comment.id, "block": comment.block, "parent": comment.parent });
    texts::note(conn, Some(author), now, "text.comment", text, summary)?;
    Ok(comment.into())
}

fn new(
    id: CommentId,
    text: TextId,
    text_version: VersionId,
    author: PersonId,
    now: Moment,
    language: String,
    body: String,
) -> Comment {
    Comment {
        id,
        text,
        text_version,
        block: None,
        thread: id,
        parent: None,
        depth: 1,
        position: None,
        author,
        language,
        body,
        state: CommentState::Posted,
        moderated_by: None,
        moderated_at: None,
        moderation_reason: None,
        posted_at: now,
        disposition: None,
        disposition_reason: None,
        disposed_by: None,
        disposed_at: None,
        version: 1,
    }
}

fn checked(language: &str, body: &str) -> Result<(String, String), Fault> {
    let mut fields = Fields::new();
    let language = texts::language(&mut fields, language);
    let body = required(&mut fields, "body", body, COMMENT_MAX);
    fields.done()?;
    Ok((language, body))
}

fn required(fields: &mut Fields, field: &str, raw: &str, most: usize) -> String {
    let text = fields.paragraph(field, raw, most);
    if text.is_empty() && !fields.has(field) {
        fields.wrong(field, "required");
    }
    text
}

fn readable(comment: &Comment) -> Result<(), Fault> {
    match comment.state {
        CommentState::Posted => Ok(()),
        CommentState::Moderated | CommentState::Withdrawn => Err(TextFault::CommentHidden.into()),
    }
}

fn row(conn: &mut Conn, id: CommentId) -> Result<Comment, Fault> {
    let found: Option<Comment> = on_each!(conn, |c| table::table
        .find(id)
        .select(Comment::as_select())
        .first(c)
        .optional())?;
    found.ok_or_else(Fault::not_found)
}
