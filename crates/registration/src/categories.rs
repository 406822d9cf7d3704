//! Categories: in which capacity one comes, with places and dates. Prices come with a later stage.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, Tag};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, LocalDate, Localized, Moment, text};
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{
    model::{Category, CategoryId},
    tables::categories,
};

/// What the form of a category asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CategoryInput {
    /// Its code in addresses and files: letters, digits, underscores.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Whom it is for.
    pub description: Localized,
    /// The tag it gives once approved.
    #[schema(value_type = Option<String>)]
    pub tag: Option<Tag>,
    /// Most people in it.
    pub places_max: Option<i64>,
    /// The first day one can register in it.
    pub opens_on: Option<LocalDate>,
    /// The last day.
    pub closes_on: Option<LocalDate>,
    /// Whether somebody looks at each registration.
    pub needs_review: bool,
    /// Whether it gives no right to sessions, as for accompanying persons (R179).
    pub no_sessions: bool,
    /// Whether it is closed to new registrations for good.
    pub retired: bool,
}

/// Makes a category.
///
/// # Errors
/// 401, 403; `invalid` with each field; `already_exists` for the code.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &CategoryInput,
) -> Result<Category, Fault> {
    may_manage(actor, now)?;
    let position = i64::try_from(all(conn, edition)?.len()).unwrap_or(0) + 1;
    let empty = Category {
        id: Id::new(),
        edition,
        code: String::new(),
        title: Localized::default(),
        description: Localized::default(),
        position,
        tag: None,
        places_max: None,
        places_taken: 0,
        next_rank: 0,
        opens_on: None,
        closes_on: None,
        needs_review: false,
        allows_sessions: true,
        retired: false,
        version: 1,
    };
    let category = checked(empty, input)?;
    on_each!(conn, |c| diesel::insert_into(categories::table)
        .values(&category)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "category.create", &category)?;
    Ok(category)
}

/// Changes a category; what it holds stays.
///
/// # Errors
/// 401, 403, 404; `stale`; `invalid` with each field.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CategoryId,
    version: i64,
    input: &CategoryInput,
) -> Result<Category, Fault> {
    may_manage(actor, now)?;
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    let after = checked(before, input)?;
    // Places taken and ranks are left to the guarded updates of those who register meanwhile.
    on_each!(conn, |c| diesel::update(categories::table.find(id))
        .filter(categories::version.eq(version))
        .set((
            categories::code.eq(&after.code),
            categories::title.eq(&after.title),
            categories::description.eq(&after.description),
            categories::tag.eq(after.tag),
            categories::places_max.eq(after.places_max),
            categories::opens_on.eq(after.opens_on),
            categories::closes_on.eq(after.closes_on),
            categories::needs_review.eq(after.needs_review),
            categories::allows_sessions.eq(after.allows_sessions),
            categories::retired.eq(after.retired),
            categories::version.eq(version + 1),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "category.edit", &after)?;
    Ok(Category {
        version: version + 1,
        ..after
    })
}

/// Every category of an edition, in its order. They are public.
///
/// # Errors
/// When the database refuses.
pub fn all(conn: &mut Conn, edition: EditionId) -> Result<Vec<Category>, Fault> {
    Ok(on_each!(conn, |c| categories::table
        .filter(categories::edition.eq(edition))
        .order((categories::position, categories::id))
        .select(Category::as_select())
        .load(c))?)
}

/// One category.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: CategoryId) -> Result<Option<Category>, Fault> {
    Ok(on_each!(conn, |c| categories::table
        .find(id)
        .select(Category::as_select())
        .first(c)
        .optional())?)
}

/// The usual categories of a congress, in the words of its registration pages: (code, tag, needs review, sessions, titles).
const USUAL: &[(&str, Option<Tag>, bool, bool, [&str; 3])] = &[
    (
        "local_government",
        None,
        false,
        true,
        [
            "Local or regional government, association or network",
            "Gouvernement local ou régional, association ou réseau",
            "Gobierno local o regional, asociación o red",
        ],
    ),
    (
        "national_government",
        None,
        false,
        true,
        [
            "National government",
            "Gouvernement national",
            "Gobierno nacional",
        ],
    ),
    (
        "partner",
        None,
        false,
        true,
        [
            "Partner organisation or civil society",
            "Organisation partenaire ou société civile",
            "Organización aliada o sociedad civil",
        ],
    ),
    (
        "individual",
        None,
        false,
        true,
        [
            "Individual or professional",
            "Particulier·ère ou professionnel·le",
            "Particular o profesional",
        ],
    ),
    (
        "press",
        Some(Tag::Press),
        true,
        true,
        ["Press", "Presse", "Prensa"],
    ),
    (
        "exhibitor",
        Some(Tag::Exhibitor),
        true,
        true,
        ["Exhibitor", "Exposant·e", "Expositor·a"],
    ),
    (
        "accompanying",
        Some(Tag::Accompanying),
        false,
        false,
        ["Accompanying person", "Personne accompagnante", "Acompañante"],
    ),
];

/// Makes the usual categories that the edition lacks, for the first-run checklist and the demonstration.
///
/// # Errors
/// As [`create`].
pub fn seed(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<usize, Fault> {
    may_manage(actor, now)?;
    let present: Vec<String> = all(conn, edition)?
        .into_iter()
        .map(|category| category.code)
        .collect();
    let mut made = 0;
    for (code, tag, needs_review, allows_sessions, [en, fr, es]) in USUAL
        .iter()
        .filter(|(code, ..)| !present.iter().any(|own| own == code))
    {
        let input = CategoryInput {
            code: (*code).to_owned(),
            title: Localized::of(en, fr, es),
            tag: *tag,
            needs_review: *needs_review,
            no_sessions: !allows_sessions,
            ..CategoryInput::default()
        };
        create(conn, actor, now, edition, &input)?;
        made += 1;
    }
    Ok(made)
}

/// Takes a place in a category, or the next rank on its waiting list when it is full (R171): a guarded update decides.
pub(crate) fn take_place(conn: &mut Conn, id: CategoryId) -> Result<Option<i64>, Fault> {
    if take_free_place(conn, id)? {
        return Ok(None);
    }
    let rank: i64 = on_each!(conn, |c| diesel::update(categories::table.find(id))
        .set(categories::next_rank.eq(categories::next_rank + 1))
        .returning(categories::next_rank)
        .get_result(c))?;
    Ok(Some(rank))
}

/// Takes a place in a category, where one is free. Answers whether there was one.
pub(crate) fn take_free_place(conn: &mut Conn, id: CategoryId) -> Result<bool, Fault> {
    on_each!(conn, |c| diesel::update(categories::table.find(id))
        .filter(
            categories::places_max
                .is_null()
                .or(categories::places_taken.nullable().lt(categories::places_max))
        )
        .set(categories::places_taken.eq(categories::places_taken + 1))
        .execute(c))
    .at_most_one()
}

/// Gives a place back.
pub(crate) fn give_place(conn: &mut Conn, id: CategoryId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(categories::table.find(id))
        .filter(categories::places_taken.gt(0))
        .set(categories::places_taken.eq(categories::places_taken - 1))
        .execute(c))
    .at_most_one()
    .map(drop)
}

fn may_manage(actor: &Actor, now: Moment) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Edition);
    access_rules::decide(actor, Act::ManageFormats, &object, now).or_fault()
}

fn checked(before: Category, input: &CategoryInput) -> Result<Category, Fault> {
    let mut fields = Fields::new();
    let code = fields.code("code", &input.code, CodeShape::Word);
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let description = fields.localized_paragraph("description", &input.description, text::ABSTRACT, false);
    if let Some(places) = input.places_max {
        fields.within("places_max", places, 0, 1_000_000);
    }
    if let (Some(opens), Some(closes)) = (input.opens_on, input.closes_on)
        && closes < opens
    {
        fields.wrong("closes_on", "ends_before_start");
    }
    fields.done()?;
    Ok(Category {
        code,
        title,
        description,
        tag: input.tag,
        places_max: input.places_max,
        opens_on: input.opens_on,
        closes_on: input.closes_on,
        needs_review: input.needs_review,
        allows_sessions: !input.no_sessions,
        retired: input.retired,
        ..before
    })
}

fn note(conn: &mut Conn, actor: &Actor, now: Moment, act: &str, category: &Category) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(category.id.uuid()),
        scope: Some(category.edition.uuid()),
        summary: json!({ "code": category.code }),
        ..Note::of(act, "category")
    };
    audit::note(conn, now, &note)
}
