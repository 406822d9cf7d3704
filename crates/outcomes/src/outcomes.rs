//! Outcomes: drafted for the World Assembly itself, worded, found and listed. What is decided of them is in
//! [`crate::decisions`].
//!
//! An outcome is edited by the desk until it is decided; its code never changes (R101). What a reader may not know of is
//! in no list and no count.

use std::collections::HashMap;

use access_rules::{Act, Actor, EditionId, OrganisationId, PaperId, SessionId, ThemeId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, LocalDate, Localized, Moment, Page, PageAsk, page::Cursor, text};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use texts::{
    blocks,
    model::{Block, blocks_of},
    numbering, texts as wording,
};
use utoipa::ToSchema;

use crate::{
    agendas,
    faults::OutcomeFault,
    model::{
        Outcome, OutcomeId, OutcomeKind, OutcomeRef, OutcomeState, Phase, Source, Step, Transmission,
        TransmissionId,
    },
    numbers, rules,
    sight::{self, Eyes},
    tables::{
        outcome_agendas, outcome_priorities, outcome_steps, outcomes as table, transmissions as sent_table,
    },
    titles,
    wordings::{self, Beginning, NewOutcome},
};

/// What the form of an outcome that is edited asks. What is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutcomeInput {
    /// Its title.
    pub title: Option<Localized>,
    /// Its words, as Markdown; blocks that say nearly what they said keep their ids.
    pub markdown: Option<String>,
}

/// Which outcomes are asked for; an empty filter asks for all.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutcomeFilter {
    /// Of this edition.
    pub edition: Option<EditionId>,
    /// Of this kind.
    pub kind: Option<OutcomeKind>,
    /// In this state.
    pub state: Option<OutcomeState>,
    /// Adopted, as received or amended.
    pub adopted: Option<bool>,
    /// Transmitted from this.
    pub source: Option<Source>,
    /// Transmitted from this session.
    pub session: Option<SessionId>,
    /// Of this paper.
    pub paper: Option<PaperId>,
    /// Of this Town Hall theme.
    pub theme: Option<ThemeId>,
    /// Of a paper or theme of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Serving this international agenda, or a goal of it.
    pub agenda: Option<String>,
    /// In this part of its life.
    pub phase: Option<Phase>,
    /// Serving this strategic priority.
    #[schema(value_type = Option<String>)]
    pub priority: Option<crate::legacy_model::PriorityId>,
    /// Followed on this day (R74).
    pub followed_on: Option<LocalDate>,
    /// These words in code or title.
    pub text: String,
}

/// An outcome as it stands in lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeLine {
    /// It.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Its title.
    pub title: Localized,
    /// The authentic language.
    pub language: String,
    /// Where it came from; none for what the World Assembly drafted itself.
    pub source: Option<Source>,
}

/// Drafts an outcome that nobody transmitted: a declaration, say. `congress_year` is that of the edition.
///
/// # Errors
/// 401, 403; `invalid` with each field.
pub fn draft(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    congress_year: i64,
    input: &NewOutcome,
) -> Result<Outcome, Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let mut fields = Fields::new();
    let worded = wordings::worded(conn, &mut fields, "", input)?;
    fields.done()?;
    let stem = rules::own_stem(congress_year);
    let beginning = Beginning {
        edition,
        number: numbers::take(conn, &stem, worded.kind, 1)? + 1,
        stem: &stem,
        transmission: None,
        state: OutcomeState::Drafted,
    };
    let outcome = wordings::begin(conn, actor.person, now, &beginning, worded)?;
    note(conn, actor, now, "outcome.draft", None, &outcome)?;
    Ok(outcome)
}

/// Gives an outcome other words, until it is decided.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`; `outcome_decided`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    input: &OutcomeInput,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    let seen = get(conn, actor, id)?;
    sight::may(actor, Act::ManageOutcomes, seen.edition, now)?;
    // Whoever decides it takes its row too: words are changed before that or not at all.
    let before = hold(conn, id)?;
    if before.state.is_decided() {
        return Err(OutcomeFault::OutcomeDecided.into());
    }
    let mut fields = Fields::new();
    let text = wording::get(conn, before.text)?;
    let title = input.title.as_ref().map(|title| {
        let title = fields.localized_line("title", title, text::TITLE, true);
        if !title.is_blank() && !title.0.contains_key(&text.language) {
            fields.wrong(&format!("title.{}", text.language), "required");
        }
        title
    });
    let words: Option<Vec<Block>> = input
        .markdown
        .as_ref()
        .map(|markdown| wordings::words(&mut fields, "markdown", markdown));
    fields.done()?;
    let title_key = title
        .as_ref()
        .map(|title| wordings::title_key(&before.code, title));
    let after = Outcome {
        title_key: title_key.unwrap_or_else(|| before.title_key.clone()),
        version: before.version + 1,
        ..before.clone()
    };
    write(conn, version, &before, &after)?;
    if let Some(title) = title {
        wording::rename(conn, actor.person, now, before.text, None, &title)?;
    }
    if let Some(words) = words {
        blocks::replace_all(conn, actor.person, now, before.text, None, words)?;
    }
    note(conn, actor, now, "outcome.edit", Some(&before), &after)?;
    Ok(after)
}

/// Says until when what was adopted is followed.
///
/// # Errors
/// 401, 403, 404; `outcome_not_adopted`; `stale`.
pub fn set_horizon(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    horizon_to: LocalDate,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    let before = get(conn, actor, id)?;
    sight::may(actor, Act::ManageOutcomes, before.edition, now)?;
    if !before.state.is_adopted() {
        return Err(OutcomeFault::NotAdopted.into());
    }
    let after = Outcome {
        horizon_to: Some(horizon_to),
        version: before.version + 1,
        ..before.clone()
    };
    write(conn, version, &before, &after)?;
    note(conn, actor, now, "outcome.set_horizon", Some(&before), &after)?;
    Ok(after)
}

/// An outcome that the actor reads.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, id: OutcomeId) -> Result<Outcome, Fault> {
    let found = row(conn, id)?.ok_or_else(Fault::not_found)?;
    let eyes = Eyes::of(conn, actor)?;
    match eyes.reads(&found) {
        true => Ok(found),
        false => Err(Fault::not_found()),
    }
}

/// An outcome that the actor reads, by its code.
///
/// # Errors
/// 404.
pub fn by_code(conn: &mut Conn, actor: &Actor, code: &str) -> Result<Outcome, Fault> {
    let found: Option<Outcome> = on_each!(conn, |c| table::table
        .filter(table::code.eq(code))
        .select(Outcome::as_select())
        .first(c)
        .optional())?;
    let found = found.ok_or_else(Fault::not_found)?;
    match Eyes::of(conn, actor)?.reads(&found) {
        true => Ok(found),
        false => Err(Fault::not_found()),
    }
}

/// An outcome, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn row(conn: &mut Conn, id: OutcomeId) -> Result<Option<Outcome>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Outcome::as_select())
        .first(c)
        .optional())?)
}

/// An outcome whose row is held until COMMIT, so that those who change it or its words stand in line.
pub(crate) fn hold(conn: &mut Conn, id: OutcomeId) -> Result<Outcome, Fault> {
    let held: Option<Outcome> = on_each!(conn, |c| diesel::update(table::table.find(id))
        .set(table::version.eq(table::version))
        .returning(Outcome::as_returning())
        .get_result(c)
        .optional())?;
    held.ok_or_else(Fault::not_found)
}

/// The outcomes the actor reads: those put in order first, then the others as they came.
///
/// # Errors
/// When the database refuses.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    filter: &OutcomeFilter,
    page: &PageAsk,
) -> Result<Page<OutcomeLine>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    let page = rows(conn, &eyes, filter, page)?;
    let told = lines(conn, &page.items)?;
    Ok(Page {
        items: told,
        next: page.next,
    })
}

/// What the World Assembly has received or was presented, and has not decided: it cannot close while there is any (R72).
/// Who may know of it was decided by the caller.
///
/// # Errors
/// When the database refuses.
pub fn undecided(conn: &mut Conn, edition: EditionId) -> Result<Vec<OutcomeRef>, Fault> {
    let open = [
        OutcomeState::Received,
        OutcomeState::Presented,
        OutcomeState::Debated,
    ];
    let mut rows: Vec<Outcome> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .filter(table::state.eq_any(open))
        .select(Outcome::as_select())
        .load(c))?;
    rows.sort_by(|one, other| one.code.cmp(&other.code));
    titles::refs(conn, &rows)
}

/// What an outcome says now: its blocks, and what each is called.
///
/// # Errors
/// When the database refuses.
pub fn words(conn: &mut Conn, outcome: &Outcome) -> Result<Vec<(Block, numbering::Label)>, Fault> {
    let blocks = blocks_of(&wording::working(conn, outcome.text)?);
    let labels = numbering::labels(&blocks);
    Ok(blocks.into_iter().zip(labels).collect())
}

/// The steps of an outcome, the first first.
///
/// # Errors
/// When the database refuses.
pub fn steps(conn: &mut Conn, id: OutcomeId) -> Result<Vec<Step>, Fault> {
    Ok(on_each!(conn, |c| outcome_steps::table
        .filter(outcome_steps::outcome.eq(id))
        .order(outcome_steps::id)
        .select(Step::as_select())
        .load(c))?)
}

/// A page of rows.
pub(crate) fn rows(
    conn: &mut Conn,
    eyes: &Eyes,
    filter: &OutcomeFilter,
    page: &PageAsk,
) -> Result<Page<Outcome>, Fault> {
    let from = from(page)?;
    let agendas = match &filter.agenda {
        Some(agenda) => agendas::with_goals(conn, agenda)?,
        None => vec![],
    };
    let found: Vec<Outcome> = on_each!(conn, |c| {
        let mut asked = table::table.select(Outcome::as_select()).into_boxed();
        if !eyes.all {
            asked = asked.filter(
                table::visible_to
                    .eq_any(&eyes.keys)
                    .or(table::edition.eq_any(&eyes.editions))
                    .or(table::id.eq_any(&eyes.asked)),
            );
        }
        if let Some(edition) = filter.edition {
            asked = asked.filter(table::edition.eq(edition));
        }
        if let Some(kind) = filter.kind {
            asked = asked.filter(table::kind.eq(kind));
        }
        if let Some(state) = filter.state {
            asked = asked.filter(table::state.eq(state));
        }
        let adopted = [OutcomeState::Adopted, OutcomeState::AmendedAdopted];
        match filter.adopted {
            Some(true) => asked = asked.filter(table::state.eq_any(adopted)),
            Some(false) => asked = asked.filter(table::state.ne_all(adopted)),
            None => {}
        }
        if let Some(day) = filter.followed_on {
            asked = asked
                .filter(table::state.eq_any(adopted))
                .filter(table::horizon_to.is_null().or(table::horizon_to.ge(day)));
        }
        if filter.asks_of_transmission() {
            let mut sent = sent_table::table.select(sent_table::id.nullable()).into_boxed();
            if let Some(source) = filter.source {
                sent = sent.filter(sent_table::source.eq(source));
            }
            if let Some(session) = filter.session {
                sent = sent.filter(sent_table::session.eq(session));
            }
            if let Some(paper) = filter.paper {
                sent = sent.filter(sent_table::paper.eq(paper));
            }
            if let Some(theme) = filter.theme {
                sent = sent.filter(sent_table::theme.eq(theme));
            }
            if let Some(organisation) = filter.organisation {
                sent = sent.filter(sent_table::organisation.eq(organisation));
            }
            asked = asked.filter(table::transmission.eq_any(sent));
        }
        if filter.agenda.is_some() || filter.phase.is_some() {
            let mut serving = outcome_agendas::table
                .select(outcome_agendas::outcome)
                .into_boxed();
            if filter.agenda.is_some() {
                serving = serving.filter(outcome_agendas::agenda.eq_any(&agendas));
            }
            if let Some(phase) = filter.phase {
                serving = serving.filter(outcome_agendas::phase.eq(phase));
            }
            asked = asked.filter(table::id.eq_any(serving));
        }
        if let Some(priority) = filter.priority {
            let serving = outcome_priorities::table
                .filter(outcome_priorities::priority.eq(priority))
                .select(outcome_priorities::outcome);
            asked = asked.filter(table::id.eq_any(serving));
        }
        for word in text::fold(&filter.text).split_whitespace().take(10) {
            let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            asked = asked.filter(table::title_key.like(format!("%{escaped}%")).escape('\\'));
        }
        if let Some((position, id)) = from {
            asked = asked.filter(
                table::position
                    .gt(position)
                    .or(table::position.eq(position).and(table::id.gt(id))),
            );
        }
        asked
            .order((table::position, table::id))
            .limit(page.fetch())
            .load(c)
    })?;
    Ok(Page::cut(found, page, |outcome| Cursor {
        key: outcome.position.to_string(),
        id: outcome.id.uuid(),
    }))
}

/// Everything a filter asks for.
pub(crate) fn every(conn: &mut Conn, eyes: &Eyes, filter: &OutcomeFilter) -> Result<Vec<Outcome>, Fault> {
    kernel::page::walk(PageAsk::of(kernel::page::LIMIT_MOST), |page| {
        rows(conn, eyes, filter, page)
    })
}

/// Rows as they stand in lists.
pub(crate) fn lines(conn: &mut Conn, rows: &[Outcome]) -> Result<Vec<OutcomeLine>, Fault> {
    let texts: Vec<_> = rows.iter().map(|row| row.text).collect();
    let titles = titles::of_texts(conn, &texts)?;
    let sources = sources(conn, rows)?;
    let made = rows.iter().map(|row| {
        let (title, language) = titles.get(&row.text).cloned().unwrap_or_default();
        let sent = row.transmission.and_then(|id| sources.get(&id));
        OutcomeLine {
            outcome: row.clone(),
            title,
            language,
            source: sent.map(|sent| sent.source),
        }
    });
    Ok(made.collect())
}

/// The transmissions these outcomes came with.
pub(crate) fn sources(
    conn: &mut Conn,
    rows: &[Outcome],
) -> Result<HashMap<TransmissionId, Transmission>, Fault> {
    let mut ids: Vec<TransmissionId> = rows.iter().filter_map(|row| row.transmission).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut sources = HashMap::new();
    for some in ids.chunks(500) {
        let found: Vec<Transmission> = on_each!(conn, |c| sent_table::table
            .filter(sent_table::id.eq_any(some))
            .select(Transmission::as_select())
            .load(c))?;
        sources.extend(found.into_iter().map(|sent| (sent.id, sent)));
    }
    Ok(sources)
}

/// Writes an outcome over what it was when it was read, on the version that was seen, where one is named.
pub(crate) fn write(
    conn: &mut Conn,
    seen: Option<i64>,
    before: &Outcome,
    after: &Outcome,
) -> Result<(), Fault> {
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Fault::stale());
    }
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::id.eq(before.id))
        .filter(table::version.eq(before.version))
        .set(after)
        .execute(c))
    .one_or(Fault::stale())
}

pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Outcome>,
    after: &Outcome,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({
            "code": after.code, "kind": after.kind, "state": after.state, "horizon_to": after.horizon_to,
        }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "outcome")
    };
    audit::note(conn, now, &note)
}

impl OutcomeFilter {
    /// What an edition adopted.
    pub(crate) fn adopted_by(edition: EditionId) -> Self {
        Self {
            edition: Some(edition),
            adopted: Some(true),
            ..Self::default()
        }
    }

    /// Whether it asks where an outcome came from.
    const fn asks_of_transmission(&self) -> bool {
        self.source.is_some()
            || self.session.is_some()
            || self.paper.is_some()
            || self.theme.is_some()
            || self.organisation.is_some()
    }
}

/// Where the page before ended.
fn from(page: &PageAsk) -> Result<Option<(i64, OutcomeId)>, Fault> {
    let bad = |_| Fault::new(kernel::Kind::Malformed, "bad_cursor").at("after");
    let read = |cursor: &Cursor| -> Result<_, Fault> {
        let position = cursor.key.parse::<i64>().map_err(bad)?;
        Ok((position, Id::from_uuid(cursor.id)))
    };
    page.after.as_ref().map(read).transpose()
}
