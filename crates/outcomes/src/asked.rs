//! What bodies were asked about a congress's recommendations, for whoever looks after them (R99).

use access_rules::{Actor, EditionId};
use db::Conn;
use kernel::{Fault, LocalDate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    legacy_model::ResponseId,
    model::OutcomeRef,
    outcomes,
    responses::{self, ResponseView},
};

/// What a body was asked, with what it was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Asked {
    /// The recommendation.
    pub outcome: OutcomeRef,
    /// What it was asked, and what it answered.
    #[serde(flatten)]
    pub asked: ResponseView,
}

/// The edition in which an organisation this actor is focal point of was asked this.
///
/// # Errors
/// 404 for anything else.
pub fn edition_of(conn: &mut Conn, actor: &Actor, id: ResponseId) -> Result<EditionId, Fault> {
    let asked = responses::row(conn, id)?.ok_or_else(Fault::not_found)?;
    if !actor.focal_point_of().any(|own| own == asked.organisation) {
        return Err(Fault::not_found());
    }
    outcomes::get(conn, actor, asked.outcome).map(|outcome| outcome.edition)
}

/// What the organisations this actor is focal point of were asked about an edition's recommendations: the unanswered first,
/// by their days. `today` is the day at the congress.
///
/// # Errors
/// 401.
pub fn of_focal_point(
    conn: &mut Conn,
    actor: &Actor,
    today: LocalDate,
    edition: EditionId,
) -> Result<Vec<Asked>, Fault> {
    actor.person.ok_or_else(Fault::sign_in_needed)?;
    let mut all = Vec::new();
    for organisation in actor.focal_point_of() {
        for (outcome, asked) in responses::of_organisation(conn, actor, today, organisation)? {
            let of = outcomes::row(conn, outcome.id)?;
            if of.is_some_and(|row| row.edition == edition) {
                all.push(Asked { outcome, asked });
            }
        }
    }
    all.sort_by_key(|own| {
        let response = &own.asked.response;
        (response.answer.is_some(), response.due_on, response.id)
    });
    Ok(all)
}
