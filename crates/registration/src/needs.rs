//! Access, diet and interpretation needs: a store of their own, kept only with consent and only as long as needed
//! (R181). Read by the purpose's roles alone (R22); everybody else's lists never hold them.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Json, LocalDate, Moment, fields::is_language_tag};
use people::{
    consents::{self, Agreed},
    model::ConsentPurpose,
};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    faults::RegistrationFault,
    model::{Needs, Registration, RegistrationId, RegistrationState},
    registrations, rules,
    tables::{needs, registrations as registered},
};

/// What the form of needs asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct NeedsInput {
    /// Access and assistance, in their own words.
    pub access: String,
    /// Diet, in their own words.
    pub diet: String,
    /// Languages of interpretation, as BCP 47 tags.
    pub interpretation: Vec<String>,
    /// Whether the person agrees that this is kept until thirty days after the congress.
    pub consent: bool,
}

impl NeedsInput {
    /// Whether nothing is asked for.
    pub fn is_blank(&self) -> bool {
        self.access.trim().is_empty() && self.diet.trim().is_empty() && self.interpretation.is_empty()
    }
}

/// What the desk plans by: how many ask for what. Few people in a line are shown as fewer than five.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct NeedsTotals {
    /// People who asked for access or assistance.
    pub access: i64,
    /// People who asked for a diet.
    pub diet: i64,
    /// People per language of interpretation: pairs of a language and a number.
    #[schema(value_type = Vec<Vec<serde_json::Value>>)]
    pub interpretation: Vec<(String, i64)>,
}

/// Which words of consent are shown now.
const CONSENT_WORDS: &str = "needs-consent-1";
/// The form on which it is given.
pub(crate) const FORM: &str = "registration";
/// Counts no edit yet: the version of needs that were never said.
pub const NEVER_SAID: i64 = 0;

/// Says what somebody needs, whenever they come to know it: whose registration it is, or who made it for them. A delegate
/// says it once they took it over; whoever named them never does. Blank means that nothing is needed any more.
///
/// # Errors
/// 401, 403, 404; `registration_closed`, `registration_over`; `stale`; `invalid` with each field; `consent_needed`.
pub fn state(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    version: Option<i64>,
    input: &NeedsInput,
) -> Result<Option<Needs>, Fault> {
    let registration = registrations::own(conn, actor, now, id)?;
    let edition = registrations::open_edition(conn, actor, registration.edition)?;
    if rules::is_over(registration.state) {
        return Err(RegistrationFault::RegistrationOver.into());
    }
    let before = of_registration(conn, id)?.map_or(NEVER_SAID, |needs| needs.version);
    if version.is_some_and(|version| version != before) {
        return Err(Fault::stale());
    }
    keep(conn, now, &registration, edition.ends_on, input).map_err(on_its_own)?;
    let note = Note {
        actor: actor.person.map(kernel::Id::cast),
        object_id: Some(id.uuid()),
        scope: Some(registration.edition.uuid()),
        ..Note::of("needs.state", "registration")
    };
    // What is needed is not for the log: that it was said is.
    audit::note(conn, now, &note)?;
    of_registration(conn, id)
}

/// A fault of a form that asks for needs alone: its fields stand in nothing.
fn on_its_own(mut fault: Fault) -> Fault {
    for field in &mut fault.fields {
        if let Some(own) = field.field.strip_prefix("needs.") {
            field.field = own.to_owned();
        }
    }
    fault
}

/// Keeps, changes or, when nothing is asked any more, erases somebody's needs.
pub(crate) fn keep(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    ends_on: LocalDate,
    input: &NeedsInput,
) -> Result<(), Fault> {
    if input.is_blank() {
        return forget(conn, now, registration.id, FORM).map(drop);
    }
    let mut fields = Fields::new();
    let access = fields.paragraph("needs.access", &input.access, 1000);
    let diet = fields.paragraph("needs.diet", &input.diet, 1000);
    if input.interpretation.len() > 10 || input.interpretation.iter().any(|tag| !is_language_tag(tag)) {
        fields.wrong("needs.interpretation", "not_a_language");
    }
    fields.done()?;
    if !input.consent {
        return Err(RegistrationFault::ConsentNeeded.into());
    }
    let before = of_registration(conn, registration.id)?.map_or(NEVER_SAID, |needs| needs.version);
    let version = match before {
        // Not the first number again: who has what was erased before them still open would write over them unseen.
        NEVER_SAID => now.micros(),
        before => before + 1,
    };
    let row = Needs {
        registration: registration.id,
        access,
        diet,
        interpretation: Json(input.interpretation.clone()),
        consented_at: now,
        consent_words: CONSENT_WORDS.to_owned(),
        erase_on: ends_on.plus_days(rules::NEEDS_KEPT_DAYS),
        version,
    };
    put(conn, before, &row)?;
    let agreed = Agreed {
        purpose: ConsentPurpose::Needs,
        about: registration.id.cast(),
        words: CONSENT_WORDS,
        through: FORM,
    };
    consents::give(conn, now, registration.person, &agreed)
}

/// Writes them, unless somebody else did since they were read.
fn put(conn: &mut Conn, before: i64, row: &Needs) -> Result<(), Fault> {
    let rows = match before {
        NEVER_SAID => on_each!(conn, |c| diesel::insert_into(needs::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c)),
        before => on_each!(conn, |c| diesel::update(needs::table.find(row.registration))
            .filter(needs::version.eq(before))
            .set(row)
            .execute(c)),
    };
    rows.one_or(Fault::stale())
}

/// Forgets the needs of a registration, and ends the consent they rested on: no one goes without the other. Answers how
/// many rows went.
pub(crate) fn forget(
    conn: &mut Conn,
    now: Moment,
    registration: RegistrationId,
    through: &str,
) -> Result<usize, Fault> {
    let gone = on_each!(conn, |c| diesel::delete(needs::table.find(registration))
        .execute(c))?;
    consents::withdraw(conn, now, ConsentPurpose::Needs, registration.cast(), through)?;
    Ok(gone)
}

/// Takes back one's consent that one's needs are kept: they are erased at once.
///
/// # Errors
/// 401; 404 when it is not one's own registration.
pub fn withdraw(conn: &mut Conn, actor: &Actor, now: Moment, id: RegistrationId) -> Result<(), Fault> {
    let registration = registrations::get(conn, actor, now, id)?;
    if !registrations::is_own(actor, &registration) {
        return Err(Fault::not_found());
    }
    forget(conn, now, id, "privacy")?;
    let note = Note {
        actor: actor.person.map(kernel::Id::cast),
        object_id: Some(id.uuid()),
        scope: Some(registration.edition.uuid()),
        ..Note::of("needs.withdraw", "registration")
    };
    audit::note(conn, now, &note)
}

/// The needs of a registration: for the person and who registered them, and for the purpose's roles. Each look by staff
/// is noted.
///
/// # Errors
/// 401, 403, 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: RegistrationId) -> Result<Option<Needs>, Fault> {
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    let registration = registrations::find_any(conn, id)?.ok_or_else(Fault::not_found)?;
    let own = registrations::is_own(actor, &registration);
    let of_purpose = access_rules::decide(
        actor,
        Act::ReadNeeds,
        &Object::public(ObjectKind::Registration),
        now,
    );
    if !own && !of_purpose.allows() {
        // Whoever does not see the registration at all is not told that there is one.
        registrations::get(conn, actor, now, id)?;
        of_purpose.or_fault()?;
    }
    let found = of_registration(conn, id)?;
    if found.is_some() && !own {
        let note = Note {
            actor: actor.person.map(kernel::Id::cast),
            object_id: Some(id.uuid()),
            scope: Some(registration.edition.uuid()),
            ..Note::of("needs.read", "registration")
        };
        // A reader cannot write: the look is noted where a writer reads, which the edge sees to.
        audit::note(conn, now, &note)?;
    }
    Ok(found)
}

/// How many ask for what, for the kitchen and the interpreters.
///
/// # Errors
/// 401, 403.
pub fn totals(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<NeedsTotals, Fault> {
    access_rules::decide(
        actor,
        Act::ReadNeedsTotals,
        &Object::public(ObjectKind::Registration),
        now,
    )
    .or_fault()?;
    let rows: Vec<Needs> = on_each!(conn, |c| needs::table
        .inner_join(registered::table.on(registered::id.eq(needs::registration)))
        .filter(registered::edition.eq(edition))
        .filter(registered::state.ne(RegistrationState::Rejected))
        .filter(registered::state.ne(RegistrationState::Cancelled))
        .filter(registered::state.ne(RegistrationState::Expired))
        .select(Needs::as_select())
        .load(c))?;
    let count = |asks: &dyn Fn(&Needs) -> bool| {
        i64::try_from(rows.iter().filter(|row| asks(row)).count()).unwrap_or(i64::MAX)
    };
    let mut tags: Vec<String> = rows
        .iter()
        .flat_map(|row| row.interpretation.0.iter().cloned())
        .collect();
    tags.sort();
    tags.dedup();
    let interpretation = tags
        .into_iter()
        .map(|tag| {
            (
                tag.clone(),
                count(&|row: &Needs| row.interpretation.0.contains(&tag)),
            )
        })
        .collect();
    Ok(NeedsTotals {
        access: count(&|row| !row.access.is_empty()),
        diet: count(&|row| !row.diet.is_empty()),
        interpretation,
    })
}

/// Erases what is past its day (R181). Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn erase_due(conn: &mut Conn, now: Moment, today: LocalDate) -> Result<usize, Fault> {
    let due: Vec<RegistrationId> = on_each!(conn, |c| needs::table
        .filter(needs::erase_on.lt(today))
        .select(needs::registration)
        .load(c))?;
    let mut erased = 0;
    for id in due {
        erased += forget(conn, now, id, "retention")?;
    }
    if erased > 0 {
        let note = Note {
            summary: json!({ "erased": erased }),
            ..Note::of("needs.erase", "registration")
        };
        audit::note(conn, now, &note)?;
    }
    Ok(erased)
}

/// Without asking who may: for the person's own pages and the store's own upkeep.
pub(crate) fn of_registration(conn: &mut Conn, id: RegistrationId) -> Result<Option<Needs>, Fault> {
    Ok(on_each!(conn, |c| needs::table
        .find(id)
        .select(Needs::as_select())
        .first(c)
        .optional())?)
}
