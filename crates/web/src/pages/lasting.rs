//! Addresses that letters bear: of a paper, an outcome, something a body was asked, by its id and without its edition. Each
//! leads on to the page, as far as its reader may open it.
//!
//! Whoever is not signed in and may not open it is asked to sign in, whether it is there or not: a letter is often read
//! before its reader signs in.

use access_rules::{Act, Actor, EditionId};
use actix_web::web::Path;
use db::Conn;
use kernel::{Fault, Kind, Moment};
use outcomes::{asked, outcomes as decided};
use papers::papers;
use programme::editions;

use super::desk::id_of;
use crate::{
    table::{Line, get},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::Read;
    vec![
        get("/{lang}/papers/{id}", act, paper),
        get("/{lang}/outcomes/{id}", act, outcome),
        get("/{lang}/responses/{id}", Act::MindOrganisation, response),
    ]
}

type At = Path<(String, String)>;

async fn paper(visit: Visit, path: At) -> Page {
    lead(visit, &path.1, |conn, actor, now, id| {
        let paper = papers::get(conn, actor, now, id_of(id)?)?;
        Ok((paper.edition, format!("papers/{}", paper.code)))
    })
    .await
}

async fn outcome(visit: Visit, path: At) -> Page {
    lead(visit, &path.1, |conn, actor, _, id| {
        let outcome = decided::get(conn, actor, id_of(id)?)?;
        Ok((outcome.edition, format!("outcomes/{}", outcome.code)))
    })
    .await
}

async fn response(visit: Visit, path: At) -> Page {
    lead(visit, &path.1, |conn, actor, _, id| {
        let edition = asked::edition_of(conn, actor, id_of(id)?)?;
        Ok((edition, format!("responses/{id}")))
    })
    .await
}

async fn lead(
    visit: Visit,
    id: &str,
    find: fn(&mut Conn, &Actor, Moment, &str) -> Result<(EditionId, String), Fault>,
) -> Page {
    let id = id.to_owned();
    let (_, (slug, rest)) = visit
        .read("lasting", None, move |conn, actor, now, _| {
            let (edition, rest) = find(conn, actor, now, &id).map_err(|fault| told(actor, fault))?;
            let edition = editions::get(conn, actor, edition).map_err(|fault| told(actor, fault))?;
            Ok((edition.slug, rest))
        })
        .await?;
    Ok(visit.go(&visit.at(&format!("{slug}/{rest}")), None))
}

/// Who has not signed in hears nothing of what is there.
fn told(actor: &Actor, fault: Fault) -> Fault {
    match fault.kind {
        Kind::NotFound if actor.account.is_none() => Fault::sign_in_needed(),
        _ => fault,
    }
}
