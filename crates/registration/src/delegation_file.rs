//! A delegation as a file of rows: tried first, each bad line with its fields, then registered all at once or not at all.
//!
//! Headings in three languages. A formula is text and stays one; direction overrides in names are taken out as anywhere.
//! No column gives a right: what a file calls a role is a role in the delegation, of the list there is.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Actor, EditionId, OrganisationId};
use db::Conn;
use kernel::{Fault, Fields, Moment, text};
use members::{
    faults::SheetFault,
    sheet::{Sheet, SheetRow},
};
use serde::Serialize;

use crate::{
    categories, delegates,
    delegates::{Checked, DelegateInput, Line},
    delegation_quotas,
    model::{Category, CategoryId, DelegationQuota, DelegationRole},
    registrations, rules,
};

/// Most people registered by one file.
pub const ROWS_MOST: usize = 500;
/// Most bad lines told one by one; the rest is counted.
pub const TOLD_MOST: usize = 200;

/// Columns and how people head them.
const HEADINGS: &[(&str, &[&str])] = &[
    (
        "given_name",
        &["given_name", "given name", "first name", "prénom", "nombre"],
    ),
    (
        "family_name",
        &[
            "family_name",
            "family name",
            "last name",
            "nom",
            "apellidos",
            "apellido",
        ],
    ),
    (
        "email",
        &[
            "email",
            "e-mail",
            "address",
            "courriel",
            "correo",
            "correo electrónico",
        ],
    ),
    ("role", &["role", "rôle", "función"]),
    ("category", &["category", "catégorie", "categoría"]),
    (
        "position_kind",
        &["position_kind", "position", "fonction", "cargo"],
    ),
    ("position_title", &["position_title", "title", "titre", "título"]),
    ("language", &["language", "langue", "idioma"]),
];

/// What a file would do, or did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct FileReport {
    /// Rows that hold anything.
    pub rows: usize,
    /// Rows nothing is wrong with.
    pub good: usize,
    /// Rows something is wrong with, the first of them.
    pub bad: Vec<BadLine>,
    /// Rows something is wrong with, all of them.
    pub bad_lines: usize,
    /// Categories the quota has too few places in.
    pub short: Vec<Shortfall>,
    /// Most rows one file registers, when it has more.
    pub rows_most: Option<usize>,
    /// Headings nothing was read from.
    pub ignored: Vec<String>,
    /// Whether they are registered now.
    pub registered: bool,
}

/// A line something is wrong with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BadLine {
    /// Its number in the file, as a spreadsheet shows it.
    pub line: i64,
    /// Each field that is wrong, and the code of what is.
    pub fields: Vec<BadField>,
}

/// A field of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BadField {
    /// The column.
    pub field: String,
    /// What is wrong: a fault's code.
    pub code: &'static str,
    /// The facts of it.
    #[schema(value_type = Object)]
    pub facts: serde_json::Map<String, serde_json::Value>,
}

/// A category with too few places left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Shortfall {
    /// The category's code.
    pub category: String,
    /// Rows in it.
    pub wanted: i64,
    /// Places left.
    pub left: i64,
}

impl FileReport {
    /// Whether all of it can be registered.
    pub fn is_good(&self) -> bool {
        self.bad_lines == 0 && self.short.is_empty() && self.rows_most.is_none()
    }
}

/// A row that can be registered.
struct Good {
    category: CategoryId,
    input: DelegateInput,
    checked: Checked,
}

/// Tries a file, or registers all of it. When anything is wrong nobody is registered, and the report says what.
///
/// # Errors
/// 401, 404; `registration_closed`; `column_missing`, `column_twice`; what a registration is refused for.
pub fn import(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    organisation: OrganisationId,
    sheet: &Sheet,
    dry_run: bool,
) -> Result<FileReport, Fault> {
    delegates::minded(conn, actor, now, organisation)?;
    if !dry_run {
        delegation_quotas::hold(conn, edition, organisation)?;
    }
    let delegation = delegates::list(conn, actor, now, edition, organisation)?;
    let edition = registrations::open_edition(conn, actor, edition)?;
    let columns = columns(sheet)?;
    let lists = Lists {
        roles: delegates::roles(conn)?,
        categories: categories::all(conn, edition.id)?,
        present: delegation.lines.iter().filter_map(key_of).collect(),
    };
    let (mut report, good) = read(sheet, &columns, &lists);
    report.short = short(
        &good,
        &delegation_quotas::of(conn, edition.id, organisation)?,
        &lists.categories,
    );
    if dry_run || !report.is_good() {
        return Ok(report);
    }
    for row in &good {
        let name = &delegation.organisation;
        let (category, input, checked) = (row.category, &row.input, &row.checked);
        delegates::enter(
            conn,
            actor,
            now,
            &edition,
            organisation,
            name,
            category,
            input,
            checked,
        )?;
    }
    report.registered = true;
    Ok(report)
}

/// What rows may refer to, read once.
struct Lists {
    roles: Vec<DelegationRole>,
    categories: Vec<Category>,
    present: BTreeSet<Key>,
}

/// Two rows of one key are one person: names and address, folded.
type Key = (String, String, String);

type Columns = BTreeMap<&'static str, usize>;

fn columns(sheet: &Sheet) -> Result<Columns, Fault> {
    let mut found = Columns::new();
    for (name, headings) in HEADINGS {
        if let Some(at) = sheet.column(headings)? {
            found.insert(name, at);
        }
    }
    for needed in ["given_name", "email", "category"] {
        if !found.contains_key(needed) {
            return Err(SheetFault::ColumnMissing {
                column: needed.to_owned(),
            }
            .into());
        }
    }
    Ok(found)
}

fn read(sheet: &Sheet, columns: &Columns, lists: &Lists) -> (FileReport, Vec<Good>) {
    let mut report = FileReport {
        rows: sheet.rows.len(),
        rows_most: (sheet.rows.len() > ROWS_MOST).then_some(ROWS_MOST),
        ignored: ignored(sheet, columns),
        ..FileReport::default()
    };
    let mut good: Vec<Good> = Vec::new();
    let mut seen = lists.present.clone();
    for row in &sheet.rows {
        let mut fields = Fields::new();
        let read = one(&mut fields, row, columns, lists);
        if let Some(row) = &read
            && !seen.insert(key(&row.checked))
        {
            fields.wrong("given_name", "delegate_twice");
        }
        match (fields.done(), read) {
            (Ok(()), Some(row)) => good.push(row),
            (Ok(()), None) => {}
            (Err(fault), _) => report.tell(row.number, fault),
        }
    }
    report.good = good.len();
    (report, good)
}

impl FileReport {
    fn tell(&mut self, line: i64, fault: Fault) {
        self.bad_lines += 1;
        if self.bad.len() < TOLD_MOST {
            let field = |wrong: kernel::fault::FieldFault| BadField {
                field: wrong.field,
                code: wrong.code,
                facts: wrong.facts,
            };
            self.bad.push(BadLine {
                line,
                fields: fault.fields.into_iter().map(field).collect(),
            });
        }
    }
}

fn key(checked: &Checked) -> Key {
    (
        text::fold(&checked.name.given_name),
        text::fold(&checked.name.family_name),
        checked.email.key(),
    )
}

/// The key of who is in the delegation already; none of who is not any more.
fn key_of(line: &Line) -> Option<Key> {
    let is_there = !rules::is_over(line.registration.state);
    is_there.then(|| {
        (
            text::fold(&line.given_name),
            text::fold(&line.family_name),
            line.delegate.email_key.clone(),
        )
    })
}

fn one(fields: &mut Fields, row: &SheetRow, columns: &Columns, lists: &Lists) -> Option<Good> {
    let cell = |name: &str| row.cell(columns.get(name).copied());
    let role = cell("role");
    let input = DelegateInput {
        given_name: cell("given_name").to_owned(),
        family_name: cell("family_name").to_owned(),
        email: cell("email").to_owned(),
        role: role_of(&lists.roles, role),
        position_title: cell("position_title").to_owned(),
        position_kind: coded(fields, "position_kind", cell("position_kind")),
        language: coded(fields, "language", cell("language")),
        ..DelegateInput::default()
    };
    let category = category_of(fields, &lists.categories, cell("category"));
    let checked = delegates::check(fields, &input, &lists.roles)?;
    Some(Good {
        category: category?,
        input,
        checked,
    })
}

/// A role by its code or its title in any language; what is none of them is left for the form to refuse.
fn role_of(roles: &[DelegationRole], said: &str) -> String {
    let same = |role: &&DelegationRole| {
        role.code == said
            || role
                .title
                .0
                .values()
                .any(|title| text::same_name(title) == text::same_name(said))
    };
    match said {
        "" => String::new(),
        said => roles
            .iter()
            .find(same)
            .map_or(said, |role| role.code.as_str())
            .to_owned(),
    }
}

fn category_of(fields: &mut Fields, categories: &[Category], said: &str) -> Option<CategoryId> {
    if said.is_empty() {
        fields.wrong("category", "required");
        return None;
    }
    let same = |found: &&Category| {
        found.code == said
            || found
                .title
                .0
                .values()
                .any(|title| text::same_name(title) == text::same_name(said))
    };
    let found = categories.iter().find(same).map(|found| found.id);
    if found.is_none() {
        fields.wrong("category", "unknown_choice");
    }
    found
}

fn coded<T: kernel::Coded>(fields: &mut Fields, name: &str, said: &str) -> Option<T> {
    if said.is_empty() {
        return None;
    }
    let found = T::from_code(&said.to_lowercase());
    if found.is_none() {
        fields.wrong(name, "unknown_choice");
    }
    found
}

fn ignored(sheet: &Sheet, columns: &Columns) -> Vec<String> {
    let unused = sheet
        .header
        .iter()
        .enumerate()
        .filter(|(at, heading)| !heading.is_empty() && !columns.values().any(|used| used == at));
    unused.map(|(_, heading)| heading.clone()).collect()
}

fn short(good: &[Good], quotas: &[DelegationQuota], categories: &[Category]) -> Vec<Shortfall> {
    let mut short = Vec::new();
    for category in categories {
        let count = good.iter().filter(|row| row.category == category.id).count();
        let wanted = i64::try_from(count).unwrap_or(i64::MAX);
        let quota = quotas.iter().find(|quota| quota.category == category.id);
        let left = quota.map_or(0, |quota| (quota.places_max - quota.taken).max(0));
        if wanted > left {
            short.push(Shortfall {
                category: category.code.clone(),
                wanted,
                left,
            });
        }
    }
    short
}
