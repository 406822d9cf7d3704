//! Papers of a meeting: uploaded per language, read through one door, each download logged.
//!
//! A paper has no address of its own: [`download`] decides, writes down who took it, and answers under which content it is
//! found; the edge streams it. Before `public_from` only its key opens it, at that instant anybody may (R21). What was
//! replaced is the desk's alone.

use access_rules::{Act, Actor, EditionId, Key, Object, ObjectKind, PersonId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use files::{Hash, MediaType, Received, StoredFile};
use kernel::{Fault, Fields, Id, Localized, Moment, fields::is_language_tag, text};
use records::{
    audit::{self, Note},
    feed,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    agenda,
    faults::StatutoryFault,
    meetings::{self, Found},
    model::{Audience, Document, DocumentId, Download, ItemId, MeetingId, key_of},
    rules,
    tables::{document_downloads, meeting_documents, meetings as meeting_rows},
    visits,
};

/// What the form of a paper asks, beside its file.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct DocumentInput {
    /// The item it is for; none for the meeting as a whole.
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// Its title; the name of its file when left out.
    pub title: Localized,
    /// Its language, a BCP 47 tag.
    pub language: String,
    /// For whom it is; for whom the meeting's papers are when left out.
    pub audience: Option<Audience>,
    /// From when anybody may read it; never when none.
    pub public_from: Option<Moment>,
}

/// A paper as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: DocumentId,
    /// The meeting.
    #[schema(value_type = String)]
    pub meeting: MeetingId,
    /// The item it is for.
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// Its title.
    pub title: Localized,
    /// Its language.
    pub language: String,
    /// For whom it is.
    pub audience: Audience,
    /// From when anybody may read it.
    pub public_from: Option<Moment>,
    /// Whether anybody may by now.
    pub is_public: bool,
    /// When it was uploaded.
    pub uploaded_at: Moment,
    /// Whether it came since the reader last looked at the meeting.
    pub is_new: bool,
    /// What its bytes are.
    #[schema(value_type = String)]
    pub media_type: MediaType,
    /// In bytes.
    pub size: i64,
    /// Guards edits.
    pub version: i64,
}

/// A paper somebody may take away: where its content is, and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its content.
    pub hash: Hash,
    /// What its bytes are.
    pub media_type: MediaType,
    /// In bytes.
    pub size: i64,
    /// What to call it.
    pub name: String,
    /// Whether anybody may read it by now.
    pub is_public: bool,
}

/// Puts a paper on the table. `received` is its content, on the disk for good already.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    meeting: MeetingId,
    input: &DocumentInput,
    received: &Received,
) -> Result<Document, Fault> {
    let found = meetings::managed(conn, actor, now, meeting)?;
    let blank = Document {
        id: Id::new(),
        meeting,
        item: None,
        title: Localized::default(),
        language: String::new(),
        file: Id::new(),
        audience: Audience::Papers,
        visible_to: String::new(),
        public_from: None,
        uploaded_by: actor.person,
        uploaded_at: now,
        replaced_by: None,
        version: 1,
    };
    let checked = checked(conn, &found, blank, input, &received.name)?;
    let file = files::record(conn, actor.person.map(Id::cast), now, received)?;
    let document = Document {
        file: file.id,
        ..checked
    };
    insert(conn, &document)?;
    note(conn, actor, now, "document.add", &document)?;
    tell(conn, now, &document)?;
    Ok(document)
}

/// Puts a newer version in the place of a paper; who has the older one's address is told there is none.
///
/// # Errors
/// 401, 403, 404; `document_replaced`; `stale`.
pub fn replace(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: DocumentId,
    received: &Received,
    version: Option<i64>,
) -> Result<Document, Fault> {
    let before = managed(conn, actor, now, id, version)?;
    let file = files::record(conn, actor.person.map(Id::cast), now, received)?;
    let newer = Document {
        id: Id::new(),
        file: file.id,
        uploaded_by: actor.person,
        uploaded_at: now,
        version: 1,
        ..before.clone()
    };
    insert(conn, &newer)?;
    on_each!(conn, |c| diesel::update(meeting_documents::table)
        .filter(meeting_documents::id.eq(id))
        .filter(meeting_documents::replaced_by.is_null())
        .set((
            meeting_documents::replaced_by.eq(newer.id),
            meeting_documents::version.eq(before.version + 1),
        ))
        .execute(c))
    .one_or(StatutoryFault::DocumentReplaced.into())?;
    note(conn, actor, now, "document.replace", &newer)?;
    tell(conn, now, &newer)?;
    Ok(newer)
}

/// Changes what is said of a paper; its content changes by [`replace`] alone.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `document_replaced`; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: DocumentId,
    input: &DocumentInput,
    version: Option<i64>,
) -> Result<Document, Fault> {
    let before = managed(conn, actor, now, id, version)?;
    let found = meetings::managed(conn, actor, now, before.meeting)?;
    let name = files::find(conn, before.file)?.map(|file| file.original_name);
    let mut document = checked(conn, &found, before.clone(), input, &name.unwrap_or_default())?;
    document.version = before.version + 1;
    on_each!(conn, |c| diesel::update(meeting_documents::table)
        .filter(meeting_documents::id.eq(id))
        .filter(meeting_documents::version.eq(before.version))
        .set(&document)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "document.edit", &document)?;
    Ok(document)
}

/// Lets somebody take a paper away, and writes it down.
///
/// # Errors
/// 404 when it is absent or not open to this actor, the same to the byte; the refusal is logged.
pub fn download(conn: &mut Conn, actor: &Actor, now: Moment, id: DocumentId) -> Result<Content, Fault> {
    let document = find(conn, id)?.ok_or_else(Fault::not_found)?;
    let (key, public_from) = opened_by(&document);
    let (act, kind) = (Act::Read, ObjectKind::Document);
    meetings::ever_read(actor, now, kind, key, public_from).or_fault_noted(act, kind, Some(id.uuid()))?;
    let found = of(conn, &document)?;
    let object = object(actor, now, &found, &document);
    decide(actor, act, &object, now).or_fault_noted(act, kind, Some(id.uuid()))?;
    let file = files::get(conn, document.file)?;
    let taken = Download {
        id: Id::new(),
        document: id,
        person: actor.person,
        at: now,
    };
    on_each!(conn, |c| diesel::insert_into(document_downloads::table)
        .values(&taken)
        .execute(c))
    .exactly_one()?;
    Ok(Content {
        hash: file.hash,
        media_type: file.media_type,
        size: file.size,
        name: file.original_name,
        is_public: is_public(&document, now),
    })
}

/// Who took a paper away, the latest first: for the desk.
///
/// # Errors
/// 401, 403, 404.
pub fn downloads(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: DocumentId,
) -> Result<Vec<Download>, Fault> {
    let document = find(conn, id)?.ok_or_else(Fault::not_found)?;
    meetings::managed(conn, actor, now, document.meeting)?;
    Ok(on_each!(conn, |c| document_downloads::table
        .filter(document_downloads::document.eq(id))
        .order((document_downloads::at.desc(), document_downloads::id.desc()))
        .limit(1000)
        .select(Download::as_select())
        .load(c))?)
}

/// The papers of an edition's meetings that anybody may read by now, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn public(conn: &mut Conn, now: Moment, edition: EditionId) -> Result<Vec<DocumentView>, Fault> {
    let of_edition = meeting_rows::table
        .filter(meeting_rows::edition.eq(edition))
        .select(meeting_rows::id);
    let documents: Vec<Document> = on_each!(conn, |c| meeting_documents::table
        .filter(meeting_documents::meeting.eq_any(of_edition))
        .filter(meeting_documents::replaced_by.is_null())
        .filter(meeting_documents::public_from.le(now))
        .order((
            meeting_documents::public_from.desc(),
            meeting_documents::id.desc()
        ))
        .limit(500)
        .select(Document::as_select())
        .load(c))?;
    documents
        .iter()
        .filter_map(|document| view(conn, now, document, Some(now)).transpose())
        .collect()
}

/// The papers of a meeting this actor reads, in the order they came; replaced ones left out.
pub(crate) fn views(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
) -> Result<Vec<DocumentView>, Fault> {
    let last_seen = visits::last_seen(conn, actor, found.meeting.id)?;
    let readable = readable(conn, actor, now, found)?;
    readable
        .iter()
        .filter_map(|document| view(conn, now, document, last_seen).transpose())
        .collect()
}

/// How many of them are new to this actor.
pub(crate) fn count_new(conn: &mut Conn, actor: &Actor, now: Moment, found: &Found) -> Result<i64, Fault> {
    let last_seen = visits::last_seen(conn, actor, found.meeting.id)?;
    let readable = readable(conn, actor, now, found)?;
    let new = readable
        .iter()
        .filter(|document| rules::is_new(document.uploaded_at, last_seen));
    Ok(i64::try_from(new.count()).unwrap_or(i64::MAX))
}

fn readable(conn: &mut Conn, actor: &Actor, now: Moment, found: &Found) -> Result<Vec<Document>, Fault> {
    let all: Vec<Document> = on_each!(conn, |c| meeting_documents::table
        .filter(meeting_documents::meeting.eq(found.meeting.id))
        .filter(meeting_documents::replaced_by.is_null())
        .order((meeting_documents::uploaded_at, meeting_documents::id))
        .select(Document::as_select())
        .load(c))?;
    let is_open =
        |document: &Document| decide(actor, Act::Read, &object(actor, now, found, document), now).allows();
    Ok(all.into_iter().filter(is_open).collect())
}

/// A paper as a decision sees it.
fn object(actor: &Actor, now: Moment, found: &Found, document: &Document) -> Object<'static> {
    let (key, public_from) = opened_by(document);
    found
        .behind(actor, now, ObjectKind::Document, key)
        .public_from(public_from)
}

/// The key of a paper, and from when it needs none.
fn opened_by(document: &Document) -> (Key, Option<Moment>) {
    match document.replaced_by {
        None => (key_of(&document.visible_to), document.public_from),
        Some(_) => (Key::Desk("statutory".into()), None),
    }
}

fn is_public(document: &Document, now: Moment) -> bool {
    document.replaced_by.is_none() && document.public_from.is_some_and(|from| from <= now)
}

/// None for a paper whose file was taken away, or is being looked at.
fn view(
    conn: &mut Conn,
    now: Moment,
    document: &Document,
    last_seen: Option<Moment>,
) -> Result<Option<DocumentView>, Fault> {
    let file: Option<StoredFile> = files::find(conn, document.file)?;
    let file = file.filter(|file| file.state == files::FileState::Stored);
    Ok(file.map(|file| DocumentView {
        id: document.id,
        meeting: document.meeting,
        item: document.item,
        title: document.title.clone(),
        language: document.language.clone(),
        audience: document.audience,
        public_from: document.public_from,
        is_public: is_public(document, now),
        uploaded_at: document.uploaded_at,
        is_new: rules::is_new(document.uploaded_at, last_seen),
        media_type: file.media_type,
        size: file.size,
        version: document.version,
    }))
}

fn find(conn: &mut Conn, id: DocumentId) -> Result<Option<Document>, Fault> {
    Ok(on_each!(conn, |c| meeting_documents::table
        .find(id)
        .select(Document::as_select())
        .first(c)
        .optional())?)
}

fn of(conn: &mut Conn, document: &Document) -> Result<Found, Fault> {
    let meeting = meetings::row(conn, document.meeting)?.ok_or_else(Fault::not_found)?;
    meetings::whole(conn, meeting)
}

fn managed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: DocumentId,
    version: Option<i64>,
) -> Result<Document, Fault> {
    let document = find(conn, id)?.ok_or_else(Fault::not_found)?;
    meetings::managed(conn, actor, now, document.meeting)?;
    if document.replaced_by.is_some() {
        return Err(StatutoryFault::DocumentReplaced.into());
    }
    if version.is_some_and(|version| version != document.version) {
        return Err(Fault::stale());
    }
    Ok(document)
}

fn insert(conn: &mut Conn, document: &Document) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(meeting_documents::table)
        .values(document)
        .execute(c))
    .exactly_one()
}

fn checked(
    conn: &mut Conn,
    found: &Found,
    document: Document,
    input: &DocumentInput,
    file_name: &str,
) -> Result<Document, Fault> {
    let mut fields = Fields::new();
    let mut title = fields.localized_line("title", &input.title, text::TITLE, false);
    let language = input.language.trim().to_owned();
    if language.is_empty() {
        fields.wrong("language", "required");
    } else if !is_language_tag(&language) {
        fields.wrong("language", "not_a_language");
    } else if title.is_blank() {
        title = Localized::only(&language, file_name);
    }
    if let Some(item) = input.item {
        let is_ours = agenda::find(conn, item)?.is_some_and(|item| item.meeting == found.meeting.id);
        if !is_ours {
            fields.wrong("item", "unknown");
        }
    }
    fields.done()?;
    let audience = input.audience.unwrap_or(document.audience);
    let papers_to = key_of(&found.meeting.papers_to);
    let key = rules::document_key(audience, &papers_to, found.body.kind, found.body.id);
    Ok(Document {
        item: input.item,
        title,
        language,
        audience,
        visible_to: key.to_string(),
        public_from: input.public_from,
        ..document
    })
}

/// Ids alone: titles of a closed meeting have no place in a log or a stream (R20).
fn note(conn: &mut Conn, actor: &Actor, now: Moment, act: &str, document: &Document) -> Result<(), Fault> {
    let by: Option<PersonId> = actor.person;
    let note = Note {
        actor: by.map(Id::cast),
        object_id: Some(document.id.uuid()),
        summary: json!({
            "meeting": document.meeting, "item": document.item, "language": document.language,
            "audience": document.audience, "public_from": document.public_from, "file": document.file,
        }),
        ..Note::of(act, "document")
    };
    audit::note(conn, now, &note)
}

fn tell(conn: &mut Conn, now: Moment, document: &Document) -> Result<(), Fault> {
    let told = json!({ "meeting": document.meeting, "document": document.id });
    let stream = agenda::stream(document.meeting);
    feed::tell(conn, now, &stream, "document.added", &document.visible_to, told).map(drop)
}
