//! The page of a theme, which the partners that lead it run themselves (PD7): how they introduce it, where more is to be
//! found, their paper, who stands behind it, its sessions and what came of them, and when it takes comments.
//!
//! Who leads a theme runs its page and its paper and nothing else (R9). What the reader may not know of is left out: a
//! draft stands on nobody else's page, and sessions stand there as they were released.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, PaperId, SessionId, ThemeId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Localized, Moment, PageAsk};
use papers::{PaperFilter, PaperLine, model::PaperTrack};
use programme::{
    editions,
    model::{SessionKind, Theme},
    released::{Programme, State},
    releases, themes,
};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    deliberations::{self, DeliberationView},
    model::{Space, SpaceLink},
    pairing::{self, PairingView},
    partners::{self, PartnerView},
    rules,
    tables::theme_spaces as table,
};

/// Most papers of one theme, superseded ones too.
const PAPERS_MOST: i64 = 200;

/// What the form of a theme's page asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SpaceInput {
    /// How its leads introduce it.
    pub introduction: Localized,
    /// Where more is to be found: `https` addresses.
    pub links: Vec<SpaceLink>,
}

/// The page of a theme, as its reader may see it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SpaceView {
    /// The theme.
    pub theme: ThemeId,
    /// Its edition.
    pub edition: EditionId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The question it asks.
    pub question: Localized,
    /// Its number, once it has one: what comes of it bears it.
    pub number: Option<i64>,
    /// How its leads introduce it.
    pub introduction: Localized,
    /// Where more is to be found.
    pub links: Vec<SpaceLink>,
    /// Who stands behind it, its lead first.
    pub partners: Vec<PartnerView>,
    /// Its current paper.
    pub paper: Option<PaperLine>,
    /// When its paper takes comments.
    pub call: Option<Call>,
    /// Its sessions, as released.
    pub sessions: Vec<SessionLine>,
    /// The policy councils it talks with.
    pub pairings: Vec<PairingView>,
    /// What came of its sessions, once they were closed.
    pub results: Vec<DeliberationView>,
    /// Whether the reader runs this page.
    pub is_run_by_reader: bool,
    /// Guards edits; 0 before the first.
    pub version: i64,
}

/// When the paper of a theme takes comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = CallForComments)]
pub struct Call {
    /// From when.
    pub from: Moment,
    /// Until when, this instant not included.
    pub until: Moment,
    /// On which paper, once it is open to the reader.
    pub paper: Option<PaperId>,
    /// Whether it takes them now.
    pub is_open: bool,
}

/// A session of a theme, as released.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SessionLine {
    /// Its id.
    pub id: SessionId,
    /// Its short code.
    pub code: String,
    /// What it is.
    pub kind: SessionKind,
    /// Its title.
    pub title: Localized,
    /// When it begins.
    pub starts_at: Moment,
    /// When it ends.
    pub ends_at: Moment,
    /// What has become of it.
    #[schema(value_type = String)]
    pub state: State,
}

/// The page of a theme, for whoever sees the edition.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<SpaceView, Fault> {
    let theme = partners::seen(conn, actor, theme)?;
    let programme = releases::live(conn, theme.edition)?.map(|live| live.for_actor(actor));
    view(conn, actor, now, theme, programme.as_ref())
}

/// The page of a theme, for who runs it: its leads and its desk.
///
/// # Errors
/// 401, 403, 404.
pub fn run(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<SpaceView, Fault> {
    run_by(conn, actor, now, theme)?;
    get(conn, actor, now, theme)
}

/// The pages of the themes of an edition, in their order, without those retired.
///
/// # Errors
/// 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<SpaceView>, Fault> {
    let edition = editions::get(conn, actor, edition)?;
    let programme = releases::live(conn, edition.id)?.map(|live| live.for_actor(actor));
    let mut views = Vec::new();
    for theme in themes::list(conn, edition.id)? {
        if !theme.retired {
            views.push(view(conn, actor, now, theme, programme.as_ref())?);
        }
    }
    Ok(views)
}

/// Changes the page of a theme, for who leads it and its desk.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    input: &SpaceInput,
    version: Option<i64>,
) -> Result<SpaceView, Fault> {
    let theme = run_by(conn, actor, now, theme)?;
    let mut fields = Fields::new();
    let introduction = fields.localized_paragraph(
        "introduction",
        &input.introduction,
        rules::INTRODUCTION_MAX,
        false,
    );
    let links = rules::checked_links(&mut fields, &input.links);
    fields.done()?;
    let seen = row(conn, theme.id)?.map_or(0, |space| space.version);
    if version.is_some_and(|version| version != seen) {
        return Err(Fault::stale());
    }
    let before = of(conn, &theme)?;
    let after = Space {
        introduction,
        links: Json(links),
        ..before.clone()
    };
    let after = save(conn, after)?;
    note(
        conn,
        actor,
        now,
        "theme_space.edit",
        &before,
        &after,
        json!({ "links": after.links.0.len() }),
    )?;
    get(conn, actor, now, theme.id)
}

/// A theme, for who runs its page and its paper: its leads and its desk.
///
/// # Errors
/// 401, 403, 404.
pub(crate) fn run_by(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Theme, Fault> {
    let theme = partners::seen(conn, actor, theme)?;
    decide(actor, Act::ManagePapers, &object(&theme), now).or_fault()?;
    Ok(theme)
}

/// A theme as decisions on what is run by its leads know it.
pub(crate) fn object(theme: &Theme) -> Object<'static> {
    Object::public(ObjectKind::Paper)
        .of_track(Some("town_hall"))
        .of_edition(theme.edition)
        .of_theme(theme.id)
}

/// Takes the row of a theme's space until COMMIT: who changes its pages stands in line.
pub(crate) fn hold(conn: &mut Conn, theme: &Theme) -> Result<(), Fault> {
    of(conn, theme)?;
    on_each!(conn, |c| diesel::update(table::table.find(theme.id))
        .set(table::version.eq(table::version))
        .execute(c))
    .exactly_one()
}

/// What a theme keeps, if it keeps something.
pub(crate) fn row(conn: &mut Conn, theme: ThemeId) -> Result<Option<Space>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(theme)
        .select(Space::as_select())
        .first(c)
        .optional())?)
}

/// What a theme keeps. It begins here, with its number (R101): the edition's row is taken, so that two never get one.
pub(crate) fn of(conn: &mut Conn, theme: &Theme) -> Result<Space, Fault> {
    if let Some(space) = row(conn, theme.id)? {
        return Ok(space);
    }
    editions::change_draft(conn, theme.edition)?;
    if let Some(space) = row(conn, theme.id)? {
        return Ok(space);
    }
    let taken: Vec<i64> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(theme.edition))
        .select(table::number)
        .load(c))?;
    let taken: BTreeSet<i64> = taken.into_iter().collect();
    let all = themes::list(conn, theme.edition)?;
    let place = all.iter().position(|other| other.id == theme.id);
    let space = Space {
        theme: theme.id,
        edition: theme.edition,
        number: rules::free_number(place.unwrap_or(all.len()), &taken),
        introduction: Localized::default(),
        links: Json(vec![]),
        comments_from: None,
        comments_to: None,
        version: 0,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&space)
        .execute(c))
    .exactly_one()?;
    Ok(space)
}

/// Keeps what a theme says now, unless somebody changed it meanwhile.
pub(crate) fn save(conn: &mut Conn, space: Space) -> Result<Space, Fault> {
    let next = Space {
        version: space.version + 1,
        ..space
    };
    on_each!(conn, |c| diesel::update(table::table.find(next.theme))
        .filter(table::version.eq(space.version))
        .set((
            table::introduction.eq(&next.introduction),
            table::links.eq(&next.links),
            table::comments_from.eq(next.comments_from),
            table::comments_to.eq(next.comments_to),
            table::version.eq(next.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(next)
}

pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: &Space,
    after: &Space,
    summary: Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.theme.uuid()),
        scope: Some(after.edition.uuid()),
        summary,
        before: Fingerprint::of(before),
        after: Fingerprint::of(after),
        ..Note::of(act, "theme")
    };
    audit::note(conn, now, &note)
}

fn view(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: Theme,
    programme: Option<&Programme>,
) -> Result<SpaceView, Fault> {
    let space = row(conn, theme.id)?;
    let paper = paper(conn, actor, now, &theme)?;
    let call = space.as_ref().and_then(|space| call(space, paper.as_ref(), now));
    let sessions = programme.map(|programme| sessions(programme, &theme.code));
    Ok(SpaceView {
        theme: theme.id,
        edition: theme.edition,
        partners: partners::list(conn, actor, theme.id)?,
        pairings: pairing::of_theme(conn, actor, now, theme.id)?,
        results: deliberations::of_theme(conn, actor, now, theme.id)?,
        is_run_by_reader: decide(actor, Act::ManagePapers, &object(&theme), now).allows(),
        code: theme.code,
        title: theme.title,
        question: theme.question,
        number: space.as_ref().map(|space| space.number),
        call,
        sessions: sessions.unwrap_or_default(),
        version: space.as_ref().map_or(0, |space| space.version),
        links: space
            .as_ref()
            .map(|space| space.links.0.clone())
            .unwrap_or_default(),
        introduction: space.map(|space| space.introduction).unwrap_or_default(),
        paper,
    })
}

/// The current paper of a theme, where it is open to the reader.
fn paper(conn: &mut Conn, actor: &Actor, now: Moment, theme: &Theme) -> Result<Option<PaperLine>, Fault> {
    let Some(current) = papers::current_of(conn, theme.id)? else {
        return Ok(None);
    };
    if !papers::may(actor, Act::Read, &current, now).allows() {
        return Ok(None);
    }
    let filter = PaperFilter {
        track: Some(PaperTrack::TownHall),
        theme: Some(theme.id),
        ..PaperFilter::default()
    };
    let lines = papers::list(
        conn,
        actor,
        now,
        theme.edition,
        &filter,
        &PageAsk::of(PAPERS_MOST),
    )?;
    let mut found = lines.items.into_iter();
    Ok(found.find(|line| line.paper.id == current.id))
}

fn call(space: &Space, paper: Option<&PaperLine>, now: Moment) -> Option<Call> {
    let takes_comments = |line: &PaperLine| papers::rules::takes_comments(&line.paper, now);
    Some(Call {
        from: space.comments_from?,
        until: space.comments_to?,
        paper: paper.map(|line| line.paper.id),
        is_open: paper.is_some_and(takes_comments),
    })
}

fn sessions(programme: &Programme, theme: &str) -> Vec<SessionLine> {
    let own = programme
        .sessions
        .iter()
        .filter(|session| session.theme.as_deref() == Some(theme));
    let mut lines: Vec<SessionLine> = own
        .map(|session| SessionLine {
            id: session.id,
            code: session.code.clone(),
            kind: session.kind,
            title: session.title.clone(),
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            state: session.state,
        })
        .collect();
    lines.sort_by_key(|line| (line.starts_at, line.id));
    lines
}
