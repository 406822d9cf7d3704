//! Lists of outcomes: filtered, paged, and without anything that its reader could not get one by one.

use std::collections::HashMap;

use access_rules::{Actor, EditionId, OrganisationId, PaperId, SessionId, ThemeId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, LocalDate, Localized, Page, PageAsk, page::Cursor, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    agendas,
    legacy_model::PriorityId,
    model::{Outcome, OutcomeId, OutcomeKind, OutcomeState, Phase, Source, Transmission, TransmissionId},
    sight::Eyes,
    tables::{outcome_agendas, outcome_priorities, outcomes as table, transmissions as sent_table},
    titles,
};

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
    pub priority: Option<PriorityId>,
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
                    .or(table::id.eq_any(&eyes.asked))
                    .or(table::transmission
                        .is_not_null()
                        .and(table::transmission.assume_not_null().eq_any(&eyes.handed_in))),
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
