//! The rows: texts, their blocks, versions, translations and comments. What a block holds is in [`crate::block`].

use access_rules::{EditionId, PersonId};
use diesel::prelude::*;
use kernel::{Id, Json, Localized, Moment};
use serde::{Deserialize, Serialize};

pub use crate::block::{Block, BlockId, BlockInput, BlockKind, Cell, Content, Run, with_new_ids};
use crate::tables::{
    text_blocks, text_comments, text_translations, text_version_translations, text_versions, texts,
};

/// The id of a text.
pub type TextId = Id<Text>;
/// The id of a sealed version.
pub type VersionId = Id<Version>;
/// The id of a comment.
pub type CommentId = Id<Comment>;

kernel::coded! {
    /// How far a language is.
    pub enum Alignment {
        /// Every block says in it what it says in the authentic one.
        Complete => "complete",
        /// Some do not, or say what the block said before.
        Partly => "partly",
        /// None does.
        Missing => "missing",
    }
}

kernel::coded! {
    /// What a comment thinks of what it is on.
    pub enum Position as "CommentPosition" {
        /// It is for it.
        Support => "support",
        /// It is neither.
        Neutral => "neutral",
        /// It is against it.
        Oppose => "oppose",
    }
}

kernel::coded! {
    /// How far a comment is.
    pub enum CommentState {
        /// It can be read.
        Posted => "posted",
        /// It is hidden, with a reason; that it was there stays.
        Moderated => "moderated",
        /// Its author took it back; that it was there stays.
        Withdrawn => "withdrawn",
    }
}

kernel::coded! {
    /// What became of what a comment asked for.
    pub enum Disposition {
        /// It was followed.
        Accepted => "accepted",
        /// In part.
        Partly => "partly",
        /// It was not.
        NotAccepted => "not_accepted",
    }
}

/// A text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = texts)]
pub struct Text {
    /// Its id.
    pub id: TextId,
    /// Its authentic language, a BCP 47 tag.
    pub language: String,
    /// Its title.
    pub title: Localized,
    /// Counts every change of the working copy.
    pub version: i64,
    /// Of which edition; none for texts that outlast them.
    pub edition: Option<EditionId>,
    /// The key of who may read it. Its owner keeps it.
    pub visible_to: String,
    /// When it was begun.
    pub created_at: Moment,
}

/// A block of the working copy, or the tombstone of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = text_blocks)]
pub struct WorkingBlock {
    /// Its id, for ever.
    pub id: BlockId,
    /// Of which text.
    pub text: TextId,
    /// Where it stands: the blocks of a text are in the order of these.
    #[serde(skip)]
    pub place: i64,
    /// What sort it is.
    pub kind: BlockKind,
    /// The level of a heading, the depth of an item, 0 for the others.
    pub level: i32,
    /// Whether an item is counted.
    pub numbered: bool,
    /// What it holds.
    pub content: Json<Content>,
    /// Guards edits of what it says. Where it stands is not counted.
    pub version: i64,
    /// The last version that was sealed when it came, 0 for none.
    pub added_after: i64,
    /// The last version that was sealed when it went; none while it is there.
    pub removed_in: Option<i64>,
}

/// A sealed version, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = text_versions)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// Of which text.
    pub text: TextId,
    /// Which, from 1.
    pub number: i64,
    /// The authentic language it was sealed in.
    pub language: String,
    /// The title it was sealed with.
    pub title: Localized,
    /// Its blocks.
    pub blocks: Json<Vec<Block>>,
    /// SHA-256 over language, title and blocks.
    pub hash: String,
    /// What its sealer said of it.
    pub note: String,
    /// When.
    pub sealed_at: Moment,
    /// By whom.
    pub sealed_by: Option<PersonId>,
}

/// A sealed version in a list: all but its blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = text_versions)]
pub struct VersionLine {
    /// Its id.
    pub id: VersionId,
    /// Which, from 1.
    pub number: i64,
    /// The title it was sealed with.
    pub title: Localized,
    /// SHA-256 over language, title and blocks.
    pub hash: String,
    /// What its sealer said of it.
    pub note: String,
    /// When.
    pub sealed_at: Moment,
    /// By whom.
    pub sealed_by: Option<PersonId>,
}

/// What a block says in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = text_translations)]
pub struct Translation {
    /// Of which block.
    pub block: BlockId,
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// The hash of what the block said.
    pub of_hash: String,
    /// Of which text.
    pub text: TextId,
    /// What it says.
    pub content: Json<Content>,
    /// Who translated it.
    pub translated_by: Option<PersonId>,
    /// When.
    pub translated_at: Moment,
    /// Who read it over: somebody else.
    pub reviewed_by: Option<PersonId>,
    /// When.
    pub reviewed_at: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

/// What a sealed version says in another language. It never changes, whatever becomes of the translations it was made of.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = text_version_translations)]
pub(crate) struct SealedTranslation {
    /// Which version.
    pub version: VersionId,
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// Those of its blocks that say something in it, in their order.
    pub said: Json<Vec<SaidThen>>,
}

/// What a block of a sealed version says in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SaidThen {
    /// The block.
    pub block: BlockId,
    /// What it says.
    pub content: Content,
    /// Whether that was of what the block had said before.
    pub is_stale: bool,
}

/// A comment as it is kept. What of it may be read is [`crate::comments::Shown`].
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = text_comments)]
pub struct Comment {
    /// Its id; they sort by time.
    pub id: CommentId,
    /// On which text.
    pub text: TextId,
    /// On which version of it.
    pub text_version: VersionId,
    /// On which block; none for the whole.
    pub block: Option<BlockId>,
    /// The comment that began the thread: itself, or the first above it.
    pub thread: CommentId,
    /// Which it answers.
    pub parent: Option<CommentId>,
    /// How far it is from the beginning, from 1.
    pub depth: i32,
    /// What it thinks; none for an answer.
    pub position: Option<Position>,
    /// Who wrote it.
    pub author: PersonId,
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// What it says, whatever became of it.
    pub(crate) body: String,
    /// How far it is.
    pub state: CommentState,
    /// Who hid it.
    pub moderated_by: Option<PersonId>,
    /// When.
    pub moderated_at: Option<Moment>,
    /// Why.
    pub moderation_reason: Option<String>,
    /// When it was posted.
    pub posted_at: Moment,
    /// What became of what it asked for.
    pub disposition: Option<Disposition>,
    /// Why.
    pub disposition_reason: Option<String>,
    /// Who said so.
    pub disposed_by: Option<PersonId>,
    /// When.
    pub disposed_at: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

impl WorkingBlock {
    /// As a block.
    pub fn block(&self) -> Block {
        Block {
            id: self.id,
            kind: self.kind,
            level: self.level,
            numbered: self.numbered,
            content: self.content.0.clone(),
        }
    }

    /// The last sealed version that it stands in, where it is there no more and stood in one.
    pub fn last_seen_in(&self) -> Option<i64> {
        self.removed_in.filter(|last| *last > self.added_after)
    }
}

/// The blocks of the working copy.
pub fn blocks_of(rows: &[WorkingBlock]) -> Vec<Block> {
    rows.iter().map(WorkingBlock::block).collect()
}
