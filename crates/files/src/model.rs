//! The rows: a file's name, type, content and state.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, prelude::*};
use kernel::{Id, Moment};
use records::Subject;
use serde::Serialize;

use crate::tables::files;

kernel::coded! {
    /// What kinds of files are taken, by their media types (RFC 6838).
    pub enum MediaType {
        /// PDF.
        Pdf => "application/pdf",
        /// A text document of Word.
        Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// A table of Excel.
        Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// Slides of PowerPoint.
        Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        /// A text document of LibreOffice.
        Odt => "application/vnd.oasis.opendocument.text",
        /// A table of LibreOffice.
        Ods => "application/vnd.oasis.opendocument.spreadsheet",
        /// Slides of LibreOffice.
        Odp => "application/vnd.oasis.opendocument.presentation",
        /// A picture without loss.
        Png => "image/png",
        /// A photograph.
        Jpeg => "image/jpeg",
        /// A table as text.
        Csv => "text/csv",
        /// Plain text in UTF-8.
        Text => "text/plain",
    }
}

impl MediaType {
    /// Endings of names that fit, the usual one first.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Csv => &["csv"],
            Self::Text => &["txt", "md"],
        }
    }

    /// Whether it is a picture.
    pub const fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg)
    }
}

kernel::coded! {
    /// Whether a file may be read.
    pub enum FileState {
        /// It may, by whom it is open to.
        Stored => "stored",
        /// Not until somebody looked at it.
        Quarantined => "quarantined",
        /// Never again; its content goes when no other file shares it.
        Removed => "removed",
    }
}

/// The SHA-256 of a content, in 64 hex digits; under it the content is found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Hash(String);

impl Hash {
    /// From the bytes of a digest.
    pub fn of(digest: [u8; 32]) -> Self {
        Self(hex::encode(digest))
    }

    /// The 64 hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Hash {
    type Err = String;
    /// Nothing but 64 small hex digits: a hash is also a path.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_hash = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_hash {
            Ok(Self(text.to_owned()))
        } else {
            Err("not a SHA-256 in hex".to_owned())
        }
    }
}
impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
impl<DB: diesel::backend::Backend> diesel::serialize::ToSql<diesel::sql_types::Text, DB> for Hash
where
    String: diesel::serialize::ToSql<diesel::sql_types::Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, DB>) -> diesel::serialize::Result {
        self.0.to_sql(out)
    }
}
impl<DB: diesel::backend::Backend> diesel::deserialize::FromSql<diesel::sql_types::Text, DB> for Hash
where
    String: diesel::deserialize::FromSql<diesel::sql_types::Text, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        let text = <String as diesel::deserialize::FromSql<diesel::sql_types::Text, DB>>::from_sql(value)?;
        Ok(text.parse::<Self>()?)
    }
}

/// A file: one name for one content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = files)]
pub struct StoredFile {
    /// Its id; says nothing about its content.
    pub id: Id<StoredFile>,
    /// Its content.
    pub hash: Hash,
    /// In bytes.
    pub size: i64,
    /// What its bytes are.
    pub media_type: MediaType,
    /// What its sender called it, cleaned, with an ending that fits.
    pub original_name: String,
    /// When it was sent.
    pub created_at: Moment,
    /// By whom.
    pub created_by: Option<Id<Subject>>,
    /// Whether it may be read.
    pub state: FileState,
}
