//! Papers: begun, found by whoever may see them, listed.
//!
//! Whoever has a part in a paper (its team, the focal points of its organisation, who leads its theme, the desk) finds it
//! before it is out; everybody else by its key. [`get`] and [`list`] ask the same. Why a paper begins is not known here: the
//! track decided.

use access_rules::{Act, Actor, Decision, EditionId, Key, Object, ObjectKind, PaperId, PersonId, ThemeId};
use access_rules::{OrganisationId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Json, Localized, Moment, Page, PageAsk, page::Cursor};
use members::organisations;
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use texts::{
    model::TextId,
    texts::{self as all_texts, NewText},
    versions,
};
use utoipa::ToSchema;

use crate::{
    faults::PaperFault,
    model::{Paper, PaperState, PaperTrack, StepKind},
    progress, rules,
    tables::{paper_counters, papers},
};

/// What a paper begins with. The track has decided that it does.
#[derive(Clone, Debug)]
pub struct NewPaper {
    /// Of which edition.
    pub edition: EditionId,
    /// Of which track.
    pub track: PaperTrack,
    /// What its code begins with: `AS-2019`.
    pub stem: String,
    /// Whose it is.
    pub owner: OrganisationId,
    /// On which theme.
    pub theme: Option<ThemeId>,
    /// Its title, in one language at least.
    pub title: Localized,
    /// The language it is written in, a BCP 47 tag.
    pub language: String,
    /// [`PaperState::Invited`] or [`PaperState::Drafting`].
    pub state: PaperState,
    /// Until when it is handed in.
    pub deadline: Option<Moment>,
    /// The paper whose place it takes (R90).
    pub supersedes: Option<PaperId>,
}

/// Which papers of an edition are asked for; an empty filter asks for all.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PaperFilter {
    /// Of this track.
    pub track: Option<PaperTrack>,
    /// In this state.
    pub state: Option<PaperState>,
    /// Of this organisation.
    pub owner: Option<OrganisationId>,
    /// On this theme.
    pub theme: Option<ThemeId>,
}

/// A paper in a list, as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PaperLine {
    /// The paper.
    #[serde(flatten)]
    pub paper: Paper,
    /// Its title: for whoever has no part in it, that of the version that is out.
    pub title: Localized,
    /// The name of the organisation whose it is.
    pub owner_name: String,
    /// Whether it takes comments now.
    pub takes_comments: bool,
}

/// The papers of an edition that an actor may see and that a filter asks for.
macro_rules! seen {
    ($actor:expr, $edition:expr, $filter:expr) => {{
        let mut asked = papers::table.filter(papers::edition.eq($edition)).into_boxed();
        if !$actor.is_system() {
            let focal: Vec<OrganisationId> = $actor.focal_point_of().collect();
            asked = asked.filter(
                papers::visible_to
                    .eq_any($actor.key_texts())
                    .or(papers::track.eq_any(desks_of($actor)))
                    .or(papers::id.eq_any($actor.own_papers()))
                    .or(papers::owner.eq_any(focal))
                    .or(papers::theme
                        .is_not_null()
                        .and(papers::theme.assume_not_null().eq_any($actor.own_themes()))),
            );
        }
        if let Some(track) = $filter.track {
            asked = asked.filter(papers::track.eq(track));
        }
        if let Some(state) = $filter.state {
            asked = asked.filter(papers::state.eq(state));
        }
        if let Some(owner) = $filter.owner {
            asked = asked.filter(papers::owner.eq(owner));
        }
        if let Some(theme) = $filter.theme {
            asked = asked.filter(papers::theme.eq(theme));
        }
        asked
    }};
}

/// Begins a paper: its text, its code and its first step. It is open to its desk and to who has a part in it. The paper it
/// supersedes is superseded by this.
///
/// # Errors
/// `invalid`: `title`, `language`; 404 and `paper_state` for what cannot be superseded; `theme_has_paper`.
pub fn begin(conn: &mut Conn, who: Option<PersonId>, now: Moment, new: NewPaper) -> Result<Paper, Fault> {
    if let Some(before) = new.supersedes {
        let before = row(conn, before)?.ok_or_else(Fault::not_found)?;
        if (before.edition, before.track, before.theme) != (new.edition, new.track, new.theme) {
            return Err(Fault::not_found());
        }
        progress::go(conn, who, now, before.id, PaperState::Superseded, "")?;
    }
    let key = Key::desk(Some(kernel::Coded::code(new.track)));
    let text = NewText {
        language: new.language,
        title: new.title,
        edition: Some(new.edition),
        visible_to: key.clone(),
        blocks: vec![],
    };
    let text = all_texts::begin(conn, who, now, text)?;
    let number = next_number(conn, new.edition, &new.stem)?;
    let paper = Paper {
        id: Id::new(),
        edition: new.edition,
        track: new.track,
        code: format!("{}-P{number:02}", new.stem),
        owner: new.owner,
        theme: new.theme,
        text: text.id,
        state: new.state,
        deadline: new.deadline,
        deadline_reason: String::new(),
        is_revoked: false,
        published_version: None,
        published_at: None,
        comments_from: None,
        comments_to: None,
        priorities: Json(vec![]),
        supersedes: new.supersedes,
        visible_to: key.to_string(),
        version: 1,
        created_at: now,
        created_by: who,
    };
    insert(conn, &paper)?;
    let begun = progress::step(&paper, who, now, StepKind::Begun);
    progress::remember(conn, &begun)?;
    note(conn, who, now, "paper.begin", None, &paper, json!({}))?;
    Ok(paper)
}

/// A paper, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn row(conn: &mut Conn, id: PaperId) -> Result<Option<Paper>, Fault> {
    Ok(on_each!(conn, |c| papers::table
        .find(id)
        .select(Paper::as_select())
        .first(c)
        .optional())?)
}

/// A paper, for whoever may see it. What of its words they may see is [`crate::reading::shown`].
///
/// # Errors
/// 404 where there is none, or it is not open to them.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = row(conn, id)?.ok_or_else(Fault::not_found)?;
    may(actor, Act::Read, &paper, now).or_fault()?;
    Ok(paper.for_reader(actor))
}

/// A paper of an edition by its code, for whoever may see it.
///
/// # Errors
/// 404 where there is none, or it is not open to them.
pub fn by_code(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    code: &str,
) -> Result<Paper, Fault> {
    let found: Option<Paper> = on_each!(conn, |c| papers::table
        .filter(papers::edition.eq(edition))
        .filter(papers::code.eq(code))
        .select(Paper::as_select())
        .first(c)
        .optional())?;
    let paper = found.ok_or_else(Fault::not_found)?;
    may(actor, Act::Read, &paper, now).or_fault()?;
    Ok(paper)
}

/// The papers of an edition that the actor may see, in the order in which they began.
///
/// # Errors
/// When the database refuses.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    filter: &PaperFilter,
    ask: &PageAsk,
) -> Result<Page<PaperLine>, Fault> {
    let after = ask.after.as_ref().map_or(uuid::Uuid::nil(), |cursor| cursor.id);
    let after: PaperId = Id::from_uuid(after);
    let rows: Vec<Paper> = on_each!(conn, |c| seen!(actor, edition, filter)
        .filter(papers::id.gt(after))
        .order(papers::id)
        .limit(ask.fetch())
        .select(Paper::as_select())
        .load(c))?;
    let cursor = |paper: &Paper| Cursor {
        key: String::new(),
        id: paper.id.uuid(),
    };
    let page = Page::cut(rows, ask, cursor);
    Ok(Page {
        items: lines(conn, actor, now, page.items)?,
        next: page.next,
    })
}

/// How many papers [`list`] would give.
///
/// # Errors
/// When the database refuses.
pub fn count(conn: &mut Conn, actor: &Actor, edition: EditionId, filter: &PaperFilter) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| seen!(actor, edition, filter)
        .count()
        .get_result(c))?)
}

/// All papers of a track in an edition, in the order in which they began; unchecked, for slices that have decided.
///
/// # Errors
/// When the database refuses.
pub fn of_edition(conn: &mut Conn, edition: EditionId, track: PaperTrack) -> Result<Vec<Paper>, Fault> {
    Ok(on_each!(conn, |c| papers::table
        .filter(papers::edition.eq(edition))
        .filter(papers::track.eq(track))
        .order(papers::id)
        .select(Paper::as_select())
        .load(c))?)
}

/// All papers on a theme, the latest first; unchecked, for slices that have decided.
///
/// # Errors
/// When the database refuses.
pub fn of_theme(conn: &mut Conn, theme: ThemeId) -> Result<Vec<Paper>, Fault> {
    Ok(on_each!(conn, |c| papers::table
        .filter(papers::theme.eq(theme))
        .order(papers::id.desc())
        .select(Paper::as_select())
        .load(c))?)
}

/// The one paper on a theme that is neither declined, withdrawn nor superseded (R90); unchecked.
///
/// # Errors
/// When the database refuses.
pub fn current_of(conn: &mut Conn, theme: ThemeId) -> Result<Option<Paper>, Fault> {
    let all = of_theme(conn, theme)?;
    Ok(all.into_iter().find(|paper| !rules::is_over(paper.state)))
}

/// A paper as decisions know it.
pub fn object(paper: &Paper) -> Object<'static> {
    // What cannot be read as a key is open to nobody but the site itself.
    let key = paper.visible_to.parse().unwrap_or(Key::Desk(String::new()));
    let object = Object::readable_by(ObjectKind::Paper, key)
        .of_paper(paper.id)
        .of_edition(paper.edition)
        .of_track(Some(kernel::Coded::code(paper.track)))
        .of_organisation(paper.owner);
    match paper.theme {
        Some(theme) => object.of_theme(theme),
        None => object,
    }
}

/// Whether an actor may do this to a paper. The desk of its track reads it, whomever it is out to.
pub fn may(actor: &Actor, act: Act, paper: &Paper, at: Moment) -> Decision {
    let object = object(paper);
    let object = match desks_of(actor).contains(&paper.track) {
        true => Object {
            visible_to: Key::desk(Some(kernel::Coded::code(paper.track))),
            ..object
        },
        false => object,
    };
    decide(actor, act, &object, at)
}

/// The tracks whose desk an actor staffs.
fn desks_of(actor: &Actor) -> Vec<PaperTrack> {
    let all = <PaperTrack as kernel::Coded>::ALL.iter().copied();
    all.filter(|track| actor.staffs(kernel::Coded::code(*track)))
        .collect()
}

/// Whether an actor has a part in a paper: would read it if it were not out. Such a reader sees the working copy.
pub fn is_hand(actor: &Actor, paper: &Paper) -> bool {
    let desk = Key::desk(Some(kernel::Coded::code(paper.track)));
    actor
        .sight()
        .reads_paper(&desk, paper.id, Some(paper.owner), paper.theme)
}

impl Paper {
    /// As it may be told to this actor: why its deadline is another is told to who has a part in it.
    pub fn for_reader(self, actor: &Actor) -> Self {
        match is_hand(actor, &self) {
            true => self,
            false => Self {
                deadline_reason: String::new(),
                ..self
            },
        }
    }
}

/// Notes an act on a paper: ids, codes and numbers, and none of its words.
pub(crate) fn note(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    act: &str,
    before: Option<&Paper>,
    after: &Paper,
    summary: Value,
) -> Result<(), Fault> {
    let mut facts = json!({ "code": after.code, "state": after.state });
    if let (Some(facts), Value::Object(more)) = (facts.as_object_mut(), summary) {
        facts.extend(more);
    }
    let note = Note {
        actor: who.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: facts,
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "paper")
    };
    audit::note(conn, now, &note)
}

/// Takes the next number under a stem: two who begin at once get two.
fn next_number(conn: &mut Conn, edition: EditionId, stem: &str) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| diesel::insert_into(paper_counters::table)
        .values((
            paper_counters::edition.eq(edition),
            paper_counters::stem.eq(stem),
            paper_counters::last.eq(1_i64),
        ))
        .on_conflict((paper_counters::edition, paper_counters::stem))
        .do_update()
        .set(paper_counters::last.eq(paper_counters::last + 1))
        .returning(paper_counters::last)
        .get_result(c))?)
}

/// Writes a new paper. Where its theme has a current one, the unique key says so, whoever was first.
fn insert(conn: &mut Conn, paper: &Paper) -> Result<(), Fault> {
    let written = on_each!(conn, |c| diesel::insert_into(papers::table)
        .values(paper)
        .execute(c));
    match written.exactly_one() {
        Err(fault) if fault.code == "already_exists" => Err(Fault {
            cause: fault.cause,
            ..PaperFault::ThemeHasPaper.into()
        }),
        answer => answer,
    }
}

/// Papers with their titles and the names of their owners.
fn lines(conn: &mut Conn, actor: &Actor, now: Moment, rows: Vec<Paper>) -> Result<Vec<PaperLine>, Fault> {
    let owners: Vec<OrganisationId> = rows.iter().map(|paper| paper.owner).collect();
    let owners = organisations::many(conn, &owners)?;
    let name = |owner: OrganisationId| {
        let found = owners.iter().find(|own| own.id == owner);
        found.map(|own| own.name.clone()).unwrap_or_default()
    };
    let titles = titles(conn, actor, &rows)?;
    let line = |(paper, title): (Paper, Localized)| PaperLine {
        title,
        owner_name: name(paper.owner),
        takes_comments: rules::takes_comments(&paper, now),
        paper: paper.for_reader(actor),
    };
    Ok(rows.into_iter().zip(titles).map(line).collect())
}

/// What each paper is called for this reader: by its working copy, or by the version that is out.
fn titles(conn: &mut Conn, actor: &Actor, rows: &[Paper]) -> Result<Vec<Localized>, Fault> {
    let ids: Vec<TextId> = rows.iter().map(|paper| paper.text).collect();
    let working = all_texts::many(conn, &ids)?;
    let sealed = versions::titles(conn, &ids)?;
    let title = |paper: &Paper| match is_hand(actor, paper) {
        true => {
            let found = working.iter().find(|text| text.id == paper.text);
            found.map(|text| text.title.clone()).unwrap_or_default()
        }
        false => {
            let out = (paper.text, paper.published_version.unwrap_or(0));
            let found = sealed.iter().find(|(text, number, _)| (*text, *number) == out);
            found.map(|(_, _, title)| title.clone()).unwrap_or_default()
        }
    };
    Ok(rows.iter().map(title).collect())
}
