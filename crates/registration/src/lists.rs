//! Lists of registrations: for the desk with filters and paging, for focal points their own people (R15), as a file.
//! None of them holds needs, addresses beyond the desk's, or anything special (R22).

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, OrganisationId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{
    Coded as _, Fault, Kind, Moment, Page, PageAsk,
    page::{self, Cursor},
};
use records::sheets::{Cell, Sheet};

use crate::{
    model::{Category, CategoryId, Registration, RegistrationState},
    tables::{registration_words, registrations},
    words::{self, Having},
};

/// Which registrations are asked for; all conditions hold together.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// In this state.
    pub state: Option<RegistrationState>,
    /// In this category.
    pub category: Option<CategoryId>,
    /// Of this organisation.
    pub organisation: Option<OrganisationId>,
    /// In whose name, organisation or address a word begins with each of these.
    pub text: Option<String>,
}

/// A page of an edition's registrations, by name: all of them for the desk, those of their organisations for focal points.
///
/// # Errors
/// 401, 403; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Registration>, Fault> {
    let organisations = seen_by(actor, now)?;
    let after = match &ask.after {
        Some(cursor) => Some((
            bytes(&cursor.key)?,
            kernel::Id::<Registration>::from_uuid(cursor.id),
        )),
        None => None,
    };
    let words = filter.text.as_deref().map(words::asked).unwrap_or_default();
    let having = words::having(conn, edition, words)?;
    let rows: Vec<Registration> = on_each!(conn, |c| {
        let mut asked = registrations::table
            .select(Registration::as_select())
            .into_boxed();
        // Words are an edition's own. Asked for once more, the edition would have SQLite read the whole list by name.
        match &having {
            Having::Anybody => asked = asked.filter(registrations::edition.eq(edition)),
            Having::Few(ids) => asked = asked.filter(registrations::id.eq_any(ids)),
            Having::Many(words) => {
                let (rarest, others) = (words.iter().take(1), words.iter().skip(1));
                for word in rarest {
                    let having = registration_words::table
                        .filter(registration_words::edition.eq(edition))
                        .filter(registration_words::word.ge(&word.from))
                        .filter(registration_words::word.lt(&word.to))
                        .select(registration_words::registration);
                    asked = asked.filter(registrations::id.eq_any(having));
                }
                for word in others {
                    let too = registration_words::table
                        .filter(registration_words::registration.eq(registrations::id))
                        .filter(registration_words::word.ge(&word.from))
                        .filter(registration_words::word.lt(&word.to));
                    asked = asked.filter(diesel::dsl::exists(too));
                }
            }
        }
        match &organisations {
            None => {}
            // What somebody has not sent yet is theirs, and of who writes it for them.
            Some(own) => {
                asked = asked.filter(registrations::organisation.eq_any(own)).filter(
                    registrations::state
                        .ne(RegistrationState::Draft)
                        .or(registrations::registered_by.eq(actor.account)),
                );
            }
        }
        match filter.state {
            Some(state) => asked = asked.filter(registrations::state.eq(state)),
            None => asked = asked.filter(registrations::state.ne(RegistrationState::Draft)),
        }
        if let Some(category) = filter.category {
            asked = asked.filter(registrations::category.eq(category));
        }
        if let Some(organisation) = filter.organisation {
            asked = asked.filter(registrations::organisation.eq(organisation));
        }
        if let Some((sort, id)) = &after {
            // The first half is what an index is entered by.
            asked = asked
                .filter(registrations::name_sort.ge(sort))
                .filter(registrations::name_sort.gt(sort).or(registrations::id.gt(id)));
        }
        asked
            .order((registrations::name_sort, registrations::id))
            .limit(ask.fetch())
            .load(c)
    })?;
    Ok(Page::cut(rows, ask, |row| Cursor {
        key: hex(&row.name_sort),
        id: row.id.uuid(),
    }))
}

/// How many registrations an edition has in each state; drafts left out.
///
/// # Errors
/// 401, 403.
pub fn counts(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<(RegistrationState, i64)>, Fault> {
    let organisations = seen_by(actor, now)?;
    let rows: Vec<(RegistrationState, i64)> = on_each!(conn, |c| match &organisations {
        None => registrations::table
            .filter(registrations::edition.eq(edition))
            .filter(registrations::state.ne(RegistrationState::Draft))
            .group_by(registrations::state)
            .select((registrations::state, diesel::dsl::count_star()))
            .order(registrations::state)
            .load(c),
        Some(own) => registrations::table
            .filter(registrations::edition.eq(edition))
            .filter(registrations::organisation.eq_any(own))
            .filter(registrations::state.ne(RegistrationState::Draft))
            .group_by(registrations::state)
            .select((registrations::state, diesel::dsl::count_star()))
            .order(registrations::state)
            .load(c),
    })?;
    Ok(rows)
}

/// The columns of the list as a file, in order: nothing of R22 among them.
const COLUMNS: [&str; 9] = [
    "number",
    "state",
    "given_name",
    "family_name",
    "organisation",
    "position",
    "category",
    "language",
    "submitted_at",
];

/// The same registrations as a file's list, without anything of R22.
///
/// # Errors
/// 401, 403.
pub fn sheet(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    filter: &Filter,
) -> Result<Sheet, Fault> {
    let categories = crate::categories::all(conn, edition)?;
    let all = page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        let found = list(conn, actor, now, edition, filter, ask)?;
        Ok(Page {
            items: rows(conn, &found.items, &categories)?,
            next: found.next,
        })
    })?;
    let mut sheet = Sheet::new(COLUMNS);
    for row in all {
        sheet.row(row);
    }
    Ok(sheet)
}

fn rows(
    conn: &mut Conn,
    registered: &[Registration],
    categories: &[Category],
) -> Result<Vec<[Cell; COLUMNS.len()]>, Fault> {
    let persons: Vec<_> = registered.iter().map(|row| row.person).collect();
    let persons: BTreeMap<_, _> = people::persons::many(conn, &persons)?
        .into_iter()
        .map(|person| (person.id, person))
        .collect();
    let organisations: Vec<_> = registered.iter().filter_map(|row| row.organisation).collect();
    let organisations: BTreeMap<_, _> = members::organisations::many(conn, &organisations)?
        .into_iter()
        .map(|organisation| (organisation.id, organisation.name))
        .collect();
    let cells = |row: &Registration| -> [Cell; COLUMNS.len()] {
        let person = persons.get(&row.person);
        let organisation = row.organisation.and_then(|id| organisations.get(&id));
        let category = categories
            .iter()
            .find(|category| Some(category.id) == row.category);
        [
            row.number.clone().into(),
            row.state.code().into(),
            person.map(|person| person.given_name.clone()).into(),
            person.map(|person| person.family_name.clone()).into(),
            organisation.cloned().into(),
            row.position_title.clone().into(),
            category.map(|category| category.code.clone()).into(),
            row.language.code().into(),
            row.submitted_at.map(Moment::rfc3339).into(),
        ]
    };
    Ok(registered.iter().map(cells).collect())
}

/// Nothing for the desk, which sees all; the organisations of a focal point otherwise.
fn seen_by(actor: &Actor, now: Moment) -> Result<Option<Vec<OrganisationId>>, Fault> {
    let desk = access_rules::decide(
        actor,
        Act::DecideRegistration,
        &Object::public(ObjectKind::Registration),
        now,
    );
    if desk.allows() {
        return Ok(None);
    }
    let own: Vec<OrganisationId> = actor.focal_point_of().collect();
    if own.is_empty() {
        desk.or_fault().map(|()| None)
    } else {
        Ok(Some(own))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(text: &str) -> Result<Vec<u8>, Fault> {
    let bad = || Fault::new(Kind::Malformed, "bad_cursor").at("after");
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return Err(bad());
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).map_err(|_| bad()))
        .collect()
}
