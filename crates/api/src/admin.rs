//! What the desk looks after: who did what, who was refused what, and the letters.
//!
//! `records` knows no actor, so who may read the audit is decided here, by the one act there is for it.

use access_rules::{Act, Actor, Object, PersonId, SessionId};
use actix_kit::{At, Body, Caller, EdgeSettings, Paging, Problem, Query, Version, once::created, paper};
use actix_web::{HttpRequest, HttpResponse};
use db::Conn;
use kernel::{Fault, Id, Language, Moment, Page, PageAsk};
use mail::{
    deliveries::{self, BounceInput},
    editing::{self, LetterInput, Preview},
    model::{DeliveryOutcome, Letter, LetterKind, LetterState},
    outbox,
};
use people::persons;
use programme::history;
use records::{
    audit::{self, Wrong},
    audit_sealing, audit_sheet, denials,
    model::{DenialRow, Entry, Subject},
    sheets::Format,
};
use registration::model::CircularId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    ids::{DenialId, LetterId, ObjectId},
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/audit", Act::ReadAudit, entries, "Who did what, the newest first.")
            .asks::<AuditQuery>().lists::<EntryView>().account(),
        get("/audit/verdict", Act::ReadAudit, verdict, "Follows the chain of hashes from its beginning and tells the first break.")
            .gives::<VerdictView>().account(),
        get("/audit.csv", Act::ReadAudit, entries_csv, "The same for spreadsheets, up to 10000 entries; `Link` says where the next begin.")
            .asks::<AuditQuery>().gives_media("text/csv").account(),
        get("/audit.xlsx", Act::ReadAudit, entries_xlsx, "The same as a workbook.")
            .asks::<AuditQuery>().gives_media(Format::Xlsx.media_type()).account(),
        get("/audit.json", Act::ReadAudit, entries_json, "The same rows and columns for programs.")
            .asks::<AuditQuery>().gives_media(Format::Json.media_type()).account(),
        get("/sessions/{id}/history", Act::ReadAudit, session_history, "What was done to a session, the newest first; for the desk that looks after it.")
            .lists::<EntryView>().account(),
        get("/denials", Act::ReadAudit, refused, "Who was refused what and why, the newest first.")
            .lists::<DenialView>().account(),

        get("/letters", Act::ReadOutbox, letters, "Letters, the newest first.")
            .asks::<LetterQuery>().lists::<LetterLine>().account(),
        get("/letters/counts", Act::ReadOutbox, counts, "How many letters are in each state.")
            .lists_all::<LetterCount>().account(),
        get("/letters/{id}", Act::ReadOutbox, letter, "One letter with its text; what it keeps secret is not in it yet.")
            .gives::<LetterView>().account(),
        put("/letters/{id}", Act::ManageOutbox, edit_letter, "Changes the words of a letter that waits or is held.")
            .takes::<LetterInput>().gives::<LetterView>().versioned().account(),
        get("/letters/{id}/deliveries", Act::ReadOutbox, letter_deliveries, "Every try to deliver a letter, and what the mail server said; the newest first.")
            .lists_all::<DeliveryView>().account(),
        put("/letters/hold", Act::ManageOutbox, hold_all, "Holds back every letter that waits.").gives::<Moved>().account(),
        delete("/letters/hold", Act::ManageOutbox, release_all, "Lets every held letter go.").gives::<Moved>().account(),
        put("/letters/{id}/hold", Act::ManageOutbox, hold, "Holds a letter back.").account(),
        delete("/letters/{id}/hold", Act::ManageOutbox, release, "Lets a held letter go.").account(),
        put("/letters/{id}/dispatch", Act::ManageOutbox, send_now, "Sends now what waits for later, or is held.").account(),
        put("/letters/{id}/bounce", Act::ManageOutbox, bounce, "Records that a letter came back.")
            .takes::<BounceInput>().account(),
        put("/letters/{id}/cancellation", Act::ManageOutbox, cancel, "Gives up a letter that has not left.").account(),
        post("/letters/{id}/copies", Act::ManageOutbox, resend, "Sends again: the letter itself when it never left, else a copy.")
            .gives::<LetterView>().once().account(),
        get("/me/letters", Act::MindOwn, my_letters, "My own letters, those with codes left out.")
            .lists::<LetterView>().account(),
    ]
}

// What goes in and out.

/// Which entries are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AuditQuery {
    /// By this person.
    pub actor: Option<PersonId>,
    /// On this kind of thing.
    pub object_kind: Option<String>,
    /// On this one.
    pub object_id: Option<ObjectId>,
    /// This act.
    pub act: Option<String>,
    /// In this edition.
    pub edition: Option<access_rules::EditionId>,
    /// Not before.
    pub from: Option<Moment>,
    /// Before.
    pub to: Option<Moment>,
}

impl AuditQuery {
    fn filter(&self) -> audit::Filter {
        audit::Filter {
            actor: self.actor.map(Id::cast),
            object_kind: self.object_kind.clone(),
            object_id: self.object_id.map(|id| id.uuid()),
            act: self.act.clone(),
            scope: self.edition.map(|id| id.uuid()),
            from: self.from,
            to: self.to,
        }
    }
}

/// An entry of the audit chain.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryView {
    /// Its number, from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; none when the site itself acted.
    pub actor: Option<PersonId>,
    /// By name.
    pub actor_name: Option<String>,
    /// What was done.
    pub act: String,
    /// To what kind of thing.
    pub object_kind: String,
    /// To which one.
    pub object_id: Option<ObjectId>,
    /// In which edition.
    pub scope: Option<ObjectId>,
    /// The facts.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
    /// SHA-256 of the object before, in hex.
    pub before_hash: Option<String>,
    /// SHA-256 of the object after, in hex.
    pub after_hash: Option<String>,
    /// SHA-256 over the hash before and everything above, in hex.
    pub hash: String,
}

/// What a check of the chain found.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerdictView {
    /// Entries in order before the first break, or all of them.
    pub entries: i64,
    /// Whether the chain is whole.
    pub whole: bool,
    /// The number of the first entry that is not what it was, or is not there.
    pub broken_at: Option<i64>,
    /// What is wrong with it.
    pub why: Option<Wrong>,
}

/// A refusal: ids and a reason, never a title.
#[derive(Debug, Serialize, ToSchema)]
pub struct DenialView {
    /// Its id.
    pub id: DenialId,
    /// When.
    pub at: Moment,
    /// Who; none when nobody was signed in.
    pub person: Option<PersonId>,
    /// By name.
    pub person_name: Option<String>,
    /// What was to be done.
    pub act: String,
    /// With what kind of thing.
    pub object_kind: String,
    /// With which one.
    pub object_id: Option<ObjectId>,
    /// Why not.
    pub reason: String,
}

/// Which letters are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct LetterQuery {
    /// In this state.
    pub state: Option<LetterState>,
    /// About this.
    pub kind: Option<LetterKind>,
    /// To this name or address, or part of it.
    pub text: Option<String>,
    /// To this person.
    pub person: Option<PersonId>,
    /// Posted at this moment or later.
    pub from: Option<Moment>,
    /// Posted before this moment.
    pub until: Option<Moment>,
    /// Of this letter to many.
    pub circular: Option<CircularId>,
}

/// A letter in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterLine {
    /// Its id.
    pub id: LetterId,
    /// What it is about.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// To which address.
    pub to_email: String,
    /// To whom; may be empty.
    pub to_name: String,
    /// The subject.
    pub subject: String,
    /// How far it is.
    pub state: LetterState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried again.
    pub next_try_at: Option<Moment>,
    /// Why the last try failed.
    pub last_error: Option<String>,
    /// When it was posted.
    pub created_at: Moment,
    /// When it was sent.
    pub sent_at: Option<Moment>,
}

/// A letter with its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterView {
    /// What a list says of it.
    #[serde(flatten)]
    pub line: LetterLine,
    /// The text as it is kept; `[code]`, `[site]` and `[site_name]` stand for what is put in when it is sent.
    pub body: String,
    /// How it will look to its reader; `[code]` stands where a code will be.
    pub preview: PreviewView,
    /// Counts the edits of its text; what `If-Match` names.
    pub version: i64,
    /// The letter as its reader would have it, code and all; in a demonstration, whose people have no mailboxes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}

/// A letter as its reader will have it: plain text, under a subject.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewView {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// One try to deliver a letter, or its coming back.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// When.
    pub at: Moment,
    /// What became of it.
    pub outcome: DeliveryOutcome,
    /// What the mail server said.
    pub said: String,
}

/// How many letters are in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterCount {
    /// The state.
    pub state: LetterState,
    /// How many.
    pub letters: i64,
}

/// How many were held or let go.
#[derive(Debug, Serialize, ToSchema)]
pub struct Moved {
    /// How many.
    pub letters: usize,
}

// Who did what.

async fn entries(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(query): Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("audit", move |conn, actor, now| {
            may_read_audit(actor, now)?;
            let page = read_entries(conn, &query, &ask)?;
            let names = Names::of(conn, page.items.iter().map(|entry| entry.actor))?;
            Ok(page.map(|entry| entry_view(entry, &names)))
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn entries_csv(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(query): Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    entries_as(&caller, &request, ask, query, Format::Csv).await
}

async fn entries_xlsx(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(query): Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    entries_as(&caller, &request, ask, query, Format::Xlsx).await
}

async fn entries_json(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(query): Query<AuditQuery>,
) -> Result<HttpResponse, Problem> {
    entries_as(&caller, &request, ask, query, Format::Json).await
}

async fn entries_as(
    caller: &Caller,
    request: &HttpRequest,
    ask: PageAsk,
    query: AuditQuery,
    format: Format,
) -> Result<HttpResponse, Problem> {
    let (next, file) = caller
        .read("audit.file", move |conn, actor, now| {
            may_read_audit(actor, now)?;
            let ask = PageAsk {
                limit: audit_sheet::ENTRIES_MAX,
                ..ask.clone()
            };
            let page = read_entries(conn, &query, &ask)?;
            let names = Names::of(conn, page.items.iter().map(|entry| entry.actor))?;
            let sheet = audit_sheet::of(&page.items, |subject| names.name(Some(subject)));
            Ok((page.next, sheet.render(format)?))
        })
        .await?;
    let mut answer = paper::sheet("audit", format, file);
    answers::link_next(caller, request, next.as_ref(), &mut answer);
    Ok(answer)
}

/// Entries as who may read the whole log reads them: what is personal opened.
fn read_entries(conn: &mut Conn, query: &AuditQuery, ask: &PageAsk) -> Result<Page<Entry>, Fault> {
    let page = audit::list(conn, &query.filter(), ask)?;
    Ok(Page {
        items: audit_sealing::open(conn, page.items)?,
        next: page.next,
    })
}

async fn session_history(
    caller: Caller,
    request: HttpRequest,
    At(id): At<SessionId>,
    Paging(ask): Paging,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("session.history", move |conn, actor, now| {
            let page = history::of_session(conn, actor, now, id, &ask)?;
            let names = match access_rules::decide(actor, Act::SeePeople, &Object::site(), now).allows() {
                true => Names::of(conn, page.items.iter().map(|entry| entry.actor))?,
                false => Names(Vec::new()),
            };
            Ok(page.map(|entry| entry_view(entry, &names)))
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn verdict(caller: Caller) -> Result<HttpResponse, Problem> {
    let verdict = caller
        .read("audit.verify", |conn, actor, now| {
            may_read_audit(actor, now)?;
            audit::verify(conn)
        })
        .await?;
    Ok(answers::one(&VerdictView {
        entries: verdict.entries,
        whole: verdict.broken.is_none(),
        broken_at: verdict.broken.as_ref().map(|broken| broken.seq),
        why: verdict.broken.map(|broken| broken.why),
    }))
}

async fn refused(caller: Caller, request: HttpRequest, Paging(ask): Paging) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("denials", move |conn, actor, now| {
            may_read_audit(actor, now)?;
            let page = denials::list(conn, &ask)?;
            let names = Names::of(conn, page.items.iter().map(|row| row.subject))?;
            Ok(page.map(|row| denial_view(row, &names)))
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

fn may_read_audit(actor: &Actor, now: Moment) -> Result<(), Fault> {
    access_rules::decide(actor, Act::ReadAudit, &Object::site(), now).or_fault()
}

// Letters. They go by the machine's clock.

pub(crate) fn letter_filter(query: &LetterQuery) -> outbox::Filter {
    outbox::Filter {
        state: query.state,
        kind: query.kind,
        text: query.text.clone(),
        person: query.person,
        from: query.from,
        until: query.until,
        circular: query.circular.map(Id::cast),
    }
}

async fn letters(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
    Query(query): Query<LetterQuery>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("letters", move |conn, actor, now| {
            let page = outbox::list(conn, actor, now, &letter_filter(&query), &ask)?;
            Ok(page.map(|letter| letter_line(&letter)))
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn counts(caller: Caller) -> Result<HttpResponse, Problem> {
    let counted = caller.read("letters.counts", outbox::counts).await?;
    let views = counted
        .into_iter()
        .map(|(state, letters)| LetterCount { state, letters });
    Ok(answers::all(&views.collect::<Vec<_>>()))
}

async fn letter(caller: Caller, At(id): At<LetterId>) -> Result<HttpResponse, Problem> {
    let letter = caller
        .read("letter", move |conn, actor, now| {
            outbox::get(conn, actor, now, id)
        })
        .await?;
    let view = letter_view(letter, caller.site().settings());
    // Its state changes without its version, so that it is never answered by 304.
    Ok(answers::edited(view.version, &view))
}

async fn edit_letter(
    caller: Caller,
    At(id): At<LetterId>,
    Version(version): Version,
    body: Body<LetterInput>,
) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let letter = caller
        .write("letter.edit", move |conn, actor, _| {
            editing::edit(conn, actor, machine_now, id, &body.input, Some(version))
        })
        .await?;
    let view = letter_view(letter, caller.site().settings());
    Ok(answers::edited(view.version, &view))
}

async fn letter_deliveries(caller: Caller, At(id): At<LetterId>) -> Result<HttpResponse, Problem> {
    let tries = caller
        .read("letter.deliveries", move |conn, actor, now| {
            deliveries::list(conn, actor, now, id)
        })
        .await?;
    let views = tries.into_iter().map(|delivery| DeliveryView {
        at: delivery.at,
        outcome: delivery.outcome,
        said: delivery.said,
    });
    Ok(answers::all(&views.collect::<Vec<_>>()))
}

async fn bounce(
    caller: Caller,
    At(id): At<LetterId>,
    body: Body<BounceInput>,
) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("letter.bounce", move |conn, actor, _| {
            deliveries::bounced(conn, actor, machine_now, id, &body.input)
        })
        .await?;
    Ok(answers::done())
}

async fn send_now(caller: Caller, At(id): At<LetterId>) -> Result<HttpResponse, Problem> {
    step(caller, "letter.send_now", outbox::send_now, id).await
}

async fn hold_all(caller: Caller) -> Result<HttpResponse, Problem> {
    moved(caller, "letters.hold", outbox::hold_all).await
}

async fn release_all(caller: Caller) -> Result<HttpResponse, Problem> {
    moved(caller, "letters.release", outbox::release_all).await
}

async fn hold(caller: Caller, At(id): At<LetterId>) -> Result<HttpResponse, Problem> {
    step(caller, "letter.hold", outbox::hold, id).await
}

async fn release(caller: Caller, At(id): At<LetterId>) -> Result<HttpResponse, Problem> {
    step(caller, "letter.release", outbox::release, id).await
}

async fn cancel(caller: Caller, At(id): At<LetterId>) -> Result<HttpResponse, Problem> {
    step(caller, "letter.cancel", outbox::cancel, id).await
}

async fn resend(caller: Caller, At(id): At<LetterId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let settings = caller.site().settings().clone();
    caller
        .once("letter.resend", &[], move |conn, actor, _| {
            let waits = outbox::resend(conn, actor, machine_now, id)?;
            let view = letter_view(outbox::get(conn, actor, machine_now, waits)?, &settings);
            created(&format!("/api/v1/letters/{waits}"), None, &view)
        })
        .await
}

async fn my_letters(
    caller: Caller,
    request: HttpRequest,
    Paging(ask): Paging,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("me.letters", move |conn, actor, now| {
            outbox::mine(conn, actor, now, &ask)
        })
        .await?;
    let page = page.map(|letter| letter_view(letter, caller.site().settings()));
    Ok(answers::list(&caller, &request, &page))
}

async fn moved(
    caller: Caller,
    name: &'static str,
    act: fn(&mut Conn, &Actor, Moment) -> Result<usize, Fault>,
) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let letters = caller
        .write(name, move |conn, actor, _| act(conn, actor, machine_now))
        .await?;
    Ok(answers::one(&Moved { letters }))
}

async fn step(
    caller: Caller,
    name: &'static str,
    act: fn(&mut Conn, &Actor, Moment, LetterId) -> Result<(), Fault>,
    id: LetterId,
) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write(name, move |conn, actor, _| act(conn, actor, machine_now, id))
        .await?;
    Ok(answers::done())
}

// Views.

/// The names of those who acted, read once for a page.
struct Names(Vec<people::model::Person>);

impl Names {
    fn of(conn: &mut Conn, subjects: impl Iterator<Item = Option<Id<Subject>>>) -> Result<Self, Fault> {
        let mut ids: Vec<PersonId> = subjects.flatten().map(Id::cast).collect();
        ids.sort_unstable();
        ids.dedup();
        persons::many(conn, &ids).map(Self)
    }

    fn name(&self, subject: Option<Id<Subject>>) -> Option<String> {
        let id: PersonId = subject?.cast();
        let person = self.0.iter().find(|person| person.id == id)?;
        Some(person.name())
    }
}

fn entry_view(entry: Entry, names: &Names) -> EntryView {
    EntryView {
        seq: entry.seq,
        at: entry.at,
        actor: entry.actor.map(Id::cast),
        actor_name: names.name(entry.actor),
        facts: entry.facts(),
        act: entry.act,
        object_kind: entry.object_kind,
        object_id: entry.object_id,
        scope: entry.scope,
        before_hash: entry.before_hash,
        after_hash: entry.after_hash,
        hash: entry.hash,
    }
}

fn denial_view(row: DenialRow, names: &Names) -> DenialView {
    DenialView {
        id: row.id,
        at: row.at,
        person: row.subject.map(Id::cast),
        person_name: names.name(row.subject),
        act: row.act,
        object_kind: row.object_kind,
        object_id: row.object_id,
        reason: row.reason,
    }
}

fn letter_line(letter: &Letter) -> LetterLine {
    LetterLine {
        id: letter.id,
        kind: letter.kind,
        language: letter.language,
        to_email: letter.to_email.to_string(),
        to_name: letter.to_name.clone(),
        subject: letter.subject.clone(),
        state: letter.state,
        attempts: letter.attempts,
        next_try_at: letter.next_try_at,
        last_error: letter.last_error.clone(),
        created_at: letter.created_at,
        sent_at: letter.sent_at,
    }
}

fn letter_view(letter: Letter, settings: &EdgeSettings) -> LetterView {
    let preview = Preview::of(&letter, &settings.public_url, &settings.site_name);
    LetterView {
        line: letter_line(&letter),
        preview: PreviewView {
            subject: preview.subject,
            text: preview.text,
        },
        version: letter.version,
        body: letter.body,
        shown: letter.shown,
    }
}
