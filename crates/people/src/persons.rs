//! Persons: human beings, whether or not they have an account. An e-mail address may stand for several of them.
//!
//! What somebody eats, needs or carries as a passport is not here (R22): `registration` keeps that apart.

use access_rules::{Act, Actor, Key, Object, ObjectKind, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::{dsl::exists, prelude::*};
use kernel::{Email, Fault, Fields, Id, Kind, Language, Moment, Page, PageAsk, page::Cursor, text};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{
    accounts,
    model::Person,
    rules,
    tables::{accounts as accounts_table, persons},
};

/// Longest given or family name, in characters.
const NAME_MAX: usize = 120;

/// A person to be.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    /// Under this id, for the demonstration and imports; a new one when none.
    pub id: Option<PersonId>,
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// What stands on the badge, when it is not the two names.
    pub badge_name: Option<String>,
    /// In which language to write to them; English when none.
    pub language: Option<Language>,
}

/// What the form of a person asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct PersonInput {
    /// Given names; alone for people of one name.
    #[serde(default)]
    pub given_name: String,
    /// Family names; may be empty.
    #[serde(default)]
    pub family_name: String,
    /// What stands on the badge, when it is not the two names.
    pub badge_name: Option<String>,
    /// In which language to write to them.
    pub language: Option<Language>,
}

/// Which persons are asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words of the name, in any order; or a whole e-mail address.
    pub text: Option<String>,
}

/// Checks what was typed, field by field; `prefix` stands before each field's name (`person.`).
pub fn check(fields: &mut Fields, prefix: &str, input: &PersonInput) -> NewPerson {
    let given = fields.line(&format!("{prefix}given_name"), &input.given_name, NAME_MAX);
    let family = fields.line(&format!("{prefix}family_name"), &input.family_name, NAME_MAX);
    let badge = input.badge_name.as_deref().unwrap_or_default();
    let badge = fields.line(&format!("{prefix}badge_name"), badge, text::NAME);
    if given.is_empty() && family.is_empty() && fields.all_good() {
        fields.wrong(&format!("{prefix}given_name"), "required");
    }
    NewPerson {
        id: None,
        given_name: given,
        family_name: family,
        badge_name: (!badge.is_empty()).then_some(badge),
        language: input.language,
    }
}

/// Remembers a person, inside the transaction of the act that needs one.
///
/// # Errors
/// When the database refuses.
pub fn create(conn: &mut Conn, now: Moment, new: &NewPerson) -> Result<PersonId, Fault> {
    let person = Person {
        id: new.id.unwrap_or_else(Id::new),
        given_name: new.given_name.clone(),
        family_name: new.family_name.clone(),
        name_sort: rules::name_sort(&new.given_name, &new.family_name),
        name_key: rules::name_key(&new.given_name, &new.family_name),
        badge_name: new.badge_name.clone(),
        language: new.language.unwrap_or(Language::En),
        created_at: now,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(persons::table)
        .values(&person)
        .execute(c))
    .exactly_one()?;
    Ok(person.id)
}

/// A person, if there is such.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: PersonId) -> Result<Option<Person>, Fault> {
    Ok(on_each!(conn, |c| persons::table
        .find(id)
        .select(Person::as_select())
        .first(c)
        .optional())?)
}

/// A person that is there.
///
/// # Errors
/// 404; when the database refuses.
pub fn get(conn: &mut Conn, id: PersonId) -> Result<Person, Fault> {
    find(conn, id)?.ok_or_else(Fault::not_found)
}

/// Several persons at once, in the order of their names.
///
/// # Errors
/// When the database refuses.
pub fn many(conn: &mut Conn, ids: &[PersonId]) -> Result<Vec<Person>, Fault> {
    Ok(on_each!(conn, |c| persons::table
        .filter(persons::id.eq_any(ids))
        .order((persons::name_sort, persons::id))
        .select(Person::as_select())
        .load(c))?)
}

/// Persons of the same name, to be shown as possible duplicates; nothing is merged by itself.
///
/// # Errors
/// When the database refuses.
pub fn namesakes(conn: &mut Conn, given_name: &str, family_name: &str) -> Result<Vec<Person>, Fault> {
    Ok(on_each!(conn, |c| persons::table
        .filter(persons::name_key.eq(rules::name_key(given_name, family_name)))
        .order(persons::id)
        .limit(20)
        .select(Person::as_select())
        .load(c))?)
}

/// One person, for themselves and for who may see people.
///
/// # Errors
/// 404 when there is none or the actor may not see them.
pub fn view(conn: &mut Conn, actor: &Actor, now: Moment, id: PersonId) -> Result<Person, Fault> {
    let is_own = actor.person == Some(id) && may_mind_own(actor, now).is_ok();
    let sees_people = access_rules::decide(actor, Act::SeePeople, &Object::site(), now).allows();
    if is_own || sees_people {
        get(conn, id)
    } else {
        Err(Fault::not_found())
    }
}

/// Persons by name, for who may see people.
///
/// # Errors
/// 401, 403; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Person>, Fault> {
    access_rules::decide(actor, Act::SeePeople, &Object::site(), now).or_fault()?;
    let after = ask.after.as_ref().map(place_of).transpose()?;
    let asked_text = filter.text.as_deref().unwrap_or_default();
    let email: Option<Email> = asked_text.parse().ok();
    let rows: Vec<Person> = on_each!(conn, |c| {
        let mut asked = persons::table.select(Person::as_select()).into_boxed();
        if let Some((name, id)) = &after {
            asked = asked.filter(
                persons::name_sort
                    .gt(name)
                    .or(persons::name_sort.eq(name).and(persons::id.gt(*id))),
            );
        }
        if let Some(email) = &email {
            let has_address = accounts_table::table
                .filter(accounts_table::person_id.eq(persons::id))
                .filter(accounts_table::email_key.eq(email.key()));
            asked = asked.filter(exists(has_address));
        } else {
            for word in text::fold(asked_text).split_whitespace().take(8) {
                asked = asked.filter(persons::name_key.like(containing(word)).escape('!'));
            }
        }
        asked
            .order((persons::name_sort, persons::id))
            .limit(ask.fetch())
            .load(c)
    })?;
    Ok(Page::cut(rows, ask, |person| Cursor {
        key: hex::encode(&person.name_sort),
        id: person.id.uuid(),
    }))
}

/// Changes a person: themselves, or who looks after people. Answers the person as it is now.
///
/// # Errors
/// 401, 404; `version_needed`; `stale`; `invalid` with each field.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PersonId,
    version: Option<i64>,
    input: &PersonInput,
) -> Result<Person, Fault> {
    may_edit(actor, now, id)?;
    let before = get(conn, id)?;
    let version = version.ok_or_else(|| Fault::new(Kind::VersionNeeded, "version_needed"))?;
    let mut fields = Fields::new();
    let new = check(&mut fields, "", input);
    fields.done()?;
    on_each!(conn, |c| diesel::update(persons::table.find(id))
        .filter(persons::version.eq(version))
        .set((
            persons::given_name.eq(&new.given_name),
            persons::family_name.eq(&new.family_name),
            persons::name_sort.eq(rules::name_sort(&new.given_name, &new.family_name)),
            persons::name_key.eq(rules::name_key(&new.given_name, &new.family_name)),
            persons::badge_name.eq(&new.badge_name),
            persons::language.eq(new.language.unwrap_or(before.language)),
            persons::version.eq(version + 1),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    let after = get(conn, id)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(id.uuid()),
        about: Some(id.cast()),
        personal: json!({ "from": before.name(), "to": after.name() }),
        before: Fingerprint::of(&before),
        after: Fingerprint::of(&after),
        ..Note::of("person.edit", "person")
    };
    audit::note(conn, now, &note)?;
    Ok(after)
}

/// Takes somebody's name from them and closes their accounts: what still refers to them refers to a pseudonym. The caller
/// has checked who asks.
///
/// # Errors
/// 404; when the database refuses.
pub fn pseudonymise(conn: &mut Conn, now: Moment, id: PersonId, pseudonym: &str) -> Result<(), Fault> {
    for account in accounts::of_persons(conn, &[id])? {
        accounts::close(conn, now, &account)?;
    }
    on_each!(conn, |c| diesel::update(persons::table.find(id))
        .set((
            persons::given_name.eq(pseudonym),
            persons::family_name.eq(""),
            persons::name_sort.eq(rules::name_sort(pseudonym, "")),
            persons::name_key.eq(rules::name_key(pseudonym, "")),
            persons::badge_name.eq(None::<String>),
            persons::version.eq(persons::version + 1),
        ))
        .execute(c))
    .one_or(Fault::not_found())
}

/// Whether the actor may look after their own affairs at all: signed in, and not by a token without that scope.
pub(crate) fn may_mind_own(actor: &Actor, now: Moment) -> Result<PersonId, Fault> {
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let own = Object::readable_by(ObjectKind::Person, Key::Person(person)).of_person(person);
    access_rules::decide(actor, Act::MindOwn, &own, now).or_fault()?;
    Ok(person)
}

/// A person's own row, or any for who looks after people; nobody else learns that it exists.
fn may_edit(actor: &Actor, now: Moment, id: PersonId) -> Result<(), Fault> {
    if actor.person == Some(id) {
        return may_mind_own(actor, now).map(drop);
    }
    match access_rules::decide(actor, Act::ManageMembers, &Object::site(), now) {
        access_rules::Decision::Allow => Ok(()),
        access_rules::Decision::SignInNeeded => Err(Fault::sign_in_needed()),
        access_rules::Decision::Hidden | access_rules::Decision::Deny(_) => Err(Fault::not_found()),
    }
}

fn containing(word: &str) -> String {
    let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{escaped}%")
}

fn place_of(cursor: &Cursor) -> Result<(Vec<u8>, PersonId), Fault> {
    let name = hex::decode(&cursor.key).map_err(|_| Fault::new(Kind::Malformed, "bad_cursor").at("after"))?;
    Ok((name, Id::from_uuid(cursor.id)))
}
