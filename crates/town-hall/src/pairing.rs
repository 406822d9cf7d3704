//! Pairing: the policy councils a theme talks with, and the session in which they do (R97). The link is seen from both:
//! from the theme, and from the session.

use access_rules::{Actor, SessionId, ThemeId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, text};
use programme::{model::Theme, sessions, themes};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::TownHallFault,
    model::{Pairing, PairingId},
    partners, space,
    tables::theme_pairings as table,
};

/// What the form of a pairing asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PairingInput {
    /// The council's name.
    pub council: Localized,
    /// The session in which they talk; of the same edition, and of this theme or none.
    pub session: Option<SessionId>,
}

/// A pairing as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PairingView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PairingId,
    /// The theme.
    pub theme: ThemeId,
    /// The theme's code.
    pub theme_code: String,
    /// The theme's title.
    pub theme_title: Localized,
    /// The council's name.
    pub council: Localized,
    /// The session in which they talk, where the reader may know of it.
    pub session: Option<SessionId>,
    /// Guards edits.
    pub version: i64,
}

/// Pairs a theme with a policy council, for who leads the theme and its desk.
///
/// # Errors
/// 401, 403, 404; `invalid`: `council`, `session`; `foreign_session`; `already_paired`.
pub fn pair(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    input: &PairingInput,
) -> Result<PairingView, Fault> {
    let theme = space::run_by(conn, actor, now, theme)?;
    let blank = Pairing {
        id: Id::new(),
        theme: theme.id,
        council: Localized::default(),
        council_key: String::new(),
        session: None,
        made_at: now,
        made_by: actor.person,
        version: 1,
    };
    let pairing = checked(conn, actor, now, &theme, blank, input)?;
    let written = on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&pairing)
        .execute(c));
    paired(written.exactly_one())?;
    note(conn, actor, now, "theme_pairing.make", &theme, None, &pairing)?;
    view(conn, actor, now, &theme, pairing)
}

/// Gives a pairing another name or session.
///
/// # Errors
/// As [`pair`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PairingId,
    input: &PairingInput,
    version: Option<i64>,
) -> Result<PairingView, Fault> {
    let before = row(conn, id)?.ok_or_else(Fault::not_found)?;
    let theme = space::run_by(conn, actor, now, before.theme)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let after = Pairing {
        version: before.version + 1,
        ..checked(conn, actor, now, &theme, before.clone(), input)?
    };
    let written = on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(before.version))
        .set((
            table::council.eq(&after.council),
            table::council_key.eq(&after.council_key),
            table::session.eq(after.session),
            table::version.eq(after.version),
        ))
        .execute(c));
    paired(written.one_or(Fault::stale()))?;
    note(
        conn,
        actor,
        now,
        "theme_pairing.edit",
        &theme,
        Some(&before),
        &after,
    )?;
    view(conn, actor, now, &theme, after)
}

/// Ends a pairing.
///
/// # Errors
/// 401, 403, 404.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: PairingId) -> Result<(), Fault> {
    let pairing = row(conn, id)?.ok_or_else(Fault::not_found)?;
    let theme = space::run_by(conn, actor, now, pairing.theme)?;
    on_each!(conn, |c| diesel::delete(table::table.find(id)).execute(c)).one_or(Fault::not_found())?;
    note(
        conn,
        actor,
        now,
        "theme_pairing.remove",
        &theme,
        Some(&pairing),
        &pairing,
    )
}

/// The councils a theme is paired with, for whoever sees the edition.
///
/// # Errors
/// 404.
pub fn of_theme(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
) -> Result<Vec<PairingView>, Fault> {
    let theme = partners::seen(conn, actor, theme)?;
    let rows: Vec<Pairing> = on_each!(conn, |c| table::table
        .filter(table::theme.eq(theme.id))
        .order(table::id)
        .select(Pairing::as_select())
        .load(c))?;
    let views = rows.into_iter().map(|row| view(conn, actor, now, &theme, row));
    views.collect()
}

/// The themes and councils that talk in a session, for whoever may know of the session.
///
/// # Errors
/// 404.
pub fn of_session(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<PairingView>, Fault> {
    sessions::get(conn, actor, now, session)?;
    let rows: Vec<Pairing> = on_each!(conn, |c| table::table
        .filter(table::session.eq(session))
        .order(table::id)
        .select(Pairing::as_select())
        .load(c))?;
    let mut views = Vec::new();
    for row in rows {
        if let Some(theme) = themes::find(conn, row.theme)? {
            views.push(view(conn, actor, now, &theme, row)?);
        }
    }
    Ok(views)
}

fn checked(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: &Theme,
    pairing: Pairing,
    input: &PairingInput,
) -> Result<Pairing, Fault> {
    let mut fields = Fields::new();
    let council = fields.localized_line("council", &input.council, text::TITLE, true);
    let session = match input.session {
        None => None,
        // One that may not be known is unknown.
        Some(id) => match sessions::get(conn, actor, now, id) {
            Ok(found) => Some(found.session),
            Err(_) => {
                fields.wrong("session", "unknown");
                None
            }
        },
    };
    fields.done()?;
    let is_foreign = session.as_ref().is_some_and(|session| {
        session.edition != theme.edition || session.theme.is_some_and(|own| own != theme.id)
    });
    if is_foreign {
        return Err(TownHallFault::ForeignSession.into());
    }
    Ok(Pairing {
        council_key: text::same_name(council.text(kernel::Language::En)),
        council,
        session: session.map(|session| session.id),
        ..pairing
    })
}

fn paired(written: Result<(), Fault>) -> Result<(), Fault> {
    match written {
        Err(fault) if fault.code == "already_exists" => Err(TownHallFault::AlreadyPaired.into()),
        answer => answer,
    }
}

fn view(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: &Theme,
    pairing: Pairing,
) -> Result<PairingView, Fault> {
    let session = match pairing.session {
        Some(id) => sessions::get(conn, actor, now, id)
            .ok()
            .map(|found| found.session.id),
        None => None,
    };
    Ok(PairingView {
        id: pairing.id,
        theme: theme.id,
        theme_code: theme.code.clone(),
        theme_title: theme.title.clone(),
        council: pairing.council,
        session,
        version: pairing.version,
    })
}

fn row(conn: &mut Conn, id: PairingId) -> Result<Option<Pairing>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Pairing::as_select())
        .first(c)
        .optional())?)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    theme: &Theme,
    before: Option<&Pairing>,
    after: &Pairing,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(theme.id.uuid()),
        scope: Some(theme.edition.uuid()),
        summary: json!({ "pairing": after.id, "session": after.session }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "theme")
    };
    audit::note(conn, now, &note)
}
