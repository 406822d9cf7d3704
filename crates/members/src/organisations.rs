//! Organisations: listed and found by anybody, typed in by who registers, looked after by staff.
//!
//! Name, kind, country and section of an active organisation are public. Its memberships, dues, relations and domain are
//! for the desk and its own people; a proposed one exists for the desk alone until staff accept it or merge it.

use access_rules::{Act, Actor, Object, ObjectKind, OrganisationId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Kind, Localized, Moment, Page, PageAsk, page::Cursor, text};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    changed, contacts, countries, dues,
    faults::OrganisationFault,
    memberships::{self, MembershipHistory},
    model::{
        Category, Contact, Dues, MembershipState, Organisation, OrganisationKind, OrganisationState, Relation,
    },
    positions, relations, rules,
    sections::Section,
    tables::{memberships as memberships_table, organisations},
};

/// Most names offered while somebody types.
const SUGGESTIONS_MAX: usize = 20;
/// Rows looked at to find the best of them.
const SUGGESTIONS_SEEN: i64 = 400;

/// What the form of an organisation asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct OrganisationInput {
    /// Its name, as it writes itself.
    pub name: String,
    /// Its name in other languages.
    pub names: Localized,
    /// Its acronym.
    pub acronym: String,
    /// What sort it is.
    pub kind: Option<OrganisationKind>,
    /// Its country: ISO code or name; none for international ones.
    pub country: String,
    /// Its section, when it is not that of its country.
    pub section: Option<Section>,
    /// What it is part of.
    pub parent: Option<OrganisationId>,
    /// Its web site.
    pub site: String,
    /// The domain its people's addresses end in.
    pub email_domain: String,
    /// The name looks like another's, and that is right.
    pub despite_lookalike: bool,
}

/// What somebody types whose organisation is not listed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ProposalInput {
    /// Its name.
    pub name: String,
    /// Its country: ISO code or name.
    pub country: String,
    /// What sort it is, as they see it. It gives no tag.
    pub kind: Option<OrganisationKind>,
    /// Its web site.
    pub site: String,
}

/// What anybody may know of an active organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Card {
    /// Its id.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// Its name in other languages.
    pub names: Localized,
    /// Its acronym; may be empty.
    pub acronym: String,
    /// What sort it is.
    pub kind: OrganisationKind,
    /// Its country.
    pub country: Option<String>,
    /// Its section: its own, or that of its country.
    pub section: Option<Section>,
    /// What it is part of.
    pub parent: Option<OrganisationId>,
    /// Its web site; may be empty.
    pub site: String,
    /// How far its record is: `active` for everybody but the desk and its own people.
    pub state: OrganisationState,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// An organisation as this reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct OrganisationView {
    /// What anybody may know.
    #[serde(flatten)]
    pub card: Card,
    /// What concerns it alone; for the desk, its people and its focal points.
    pub inside: Option<Inside>,
}

/// What concerns an organisation alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Inside {
    /// The domain its people's addresses end in; may be empty.
    pub email_domain: String,
    /// Its own section, when it is not that of its country.
    pub own_section: Option<Section>,
    /// Its memberships, past ones too, with every step.
    pub memberships: Vec<MembershipHistory>,
    /// Its fees by year.
    pub dues: Vec<Dues>,
    /// Its relations, past ones too.
    pub relations: Vec<Relation>,
    /// The member roll's contacts; for the desk alone.
    pub contacts: Vec<Contact>,
    /// Organisations whose names look the same; for the desk alone (R259).
    pub lookalikes: Vec<Card>,
}

/// Which organisations are asked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Filter {
    /// Beginnings of words of its names or its acronym, in any order.
    pub text: String,
    /// Of this sort.
    pub kind: Option<OrganisationKind>,
    /// Of this country.
    pub country: String,
    /// Of this section, its own or its country's.
    pub section: Option<Section>,
    /// How far its record is; for the desk.
    pub state: Option<OrganisationState>,
    /// With a running membership of this category; for the desk.
    pub category: Option<Category>,
    /// With a membership in this state; for the desk.
    pub membership: Option<MembershipState>,
}

impl From<&Organisation> for Card {
    fn from(organisation: &Organisation) -> Self {
        Self {
            id: organisation.id,
            name: organisation.name.clone(),
            names: organisation.names.clone(),
            acronym: organisation.acronym.clone(),
            kind: organisation.kind,
            country: organisation.country.clone(),
            section: organisation.effective_section(),
            parent: organisation.parent,
            site: organisation.site.clone(),
            state: organisation.state,
            version: organisation.version,
        }
    }
}

/// Organisations whose names have words that begin so, the likeliest first; active ones alone, for anybody who types.
///
/// # Errors
/// When the database refuses.
pub fn suggest(conn: &mut Conn, typed: &str, limit: usize) -> Result<Vec<Card>, Fault> {
    let words = asked_words(typed);
    if words.is_empty() {
        return Ok(vec![]);
    }
    let mut found: Vec<Organisation> = on_each!(conn, |c| {
        let mut asked = organisations::table
            .filter(organisations::state.eq(OrganisationState::Active))
            .select(Organisation::as_select())
            .into_boxed();
        for word in &words {
            asked = asked.filter(organisations::search_key.like(beginning(word)).escape('!'));
        }
        asked
            .order((organisations::name_sort, organisations::id))
            .limit(SUGGESTIONS_SEEN)
            .load(c)
    })?;
    let key = text::same_name(typed);
    // False sorts before true: a whole acronym or name first, then names that begin so; the sort is stable.
    found.sort_by_key(|organisation| {
        let is_whole = organisation.acronym_key == key || organisation.name_key == key;
        (!is_whole, !organisation.name_key.starts_with(&key))
    });
    Ok(found
        .iter()
        .take(limit.min(SUGGESTIONS_MAX))
        .map(Card::from)
        .collect())
}

/// Organisations by name: active ones for everybody; the desk sees proposed ones too, and merged ones when asked for.
///
/// # Errors
/// 401, 403 when asked by what only the desk may ask by; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Page<Card>, Fault> {
    let rows = rows(conn, actor, now, filter, ask)?;
    let page = Page::cut(rows, ask, |organisation: &Organisation| Cursor {
        key: hex::encode(&organisation.name_sort),
        id: organisation.id.uuid(),
    });
    Ok(page.map(|organisation| Card::from(&organisation)))
}

/// One organisation, as this reader may see it. A merged one is answered with the one it lives on in.
///
/// # Errors
/// 404 when there is none, or it is not open to this reader.
pub fn get(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OrganisationId,
) -> Result<OrganisationView, Fault> {
    let organisation = surviving(conn, id)?;
    if !rules::may_see(actor, &organisation, now) {
        return Err(Fault::not_found());
    }
    let inside = if rules::is_inside(actor, organisation.id, now) {
        Some(inside(conn, actor, now, &organisation)?)
    } else {
        None
    };
    Ok(OrganisationView {
        card: Card::from(&organisation),
        inside,
    })
}

/// Puts an organisation into the directory.
///
/// # Errors
/// 401, 403; `invalid` with each field; `organisation_exists`; `looks_alike` unless said to be right.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    input: &OrganisationInput,
) -> Result<Organisation, Fault> {
    may_manage(actor, now)?;
    let mut organisation = blank(now);
    fill(conn, &mut organisation, input)?;
    organisation.state = OrganisationState::Active;
    refuse_twins(conn, &organisation)?;
    refuse_lookalikes(conn, &organisation, input.despite_lookalike)?;
    insert(conn, &organisation)?;
    note(conn, actor, now, "organisation.create", None, &organisation)?;
    Ok(organisation)
}

/// « Mine is not listed »: remembers what somebody typed, so that they can go on; staff match or accept it later. What
/// is listed after all, or was typed before, is answered instead.
///
/// # Errors
/// `invalid` with each field.
pub fn propose(conn: &mut Conn, now: Moment, input: &ProposalInput) -> Result<Organisation, Fault> {
    let mut organisation = blank(now);
    let full = OrganisationInput {
        name: input.name.clone(),
        country: input.country.clone(),
        kind: Some(input.kind.unwrap_or(OrganisationKind::Other)),
        site: input.site.clone(),
        ..OrganisationInput::default()
    };
    fill(conn, &mut organisation, &full)?;
    if let Some(twin) = twins(conn, &organisation.identity)?.into_iter().next() {
        return Ok(twin);
    }
    insert(conn, &organisation)?;
    note(
        conn,
        &Actor::nobody(),
        now,
        "organisation.propose",
        None,
        &organisation,
    )?;
    Ok(organisation)
}

/// Accepts a proposed organisation into the directory as it stands.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it is not proposed; `organisation_exists` (then merge it); `stale`.
pub fn accept(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OrganisationId,
    version: Option<i64>,
) -> Result<Organisation, Fault> {
    let before = managed(conn, actor, now, id)?;
    if before.state != OrganisationState::Proposed {
        return Err(kernel::fault::illegal_step(
            before.state,
            OrganisationState::Active,
        ));
    }
    let after = Organisation {
        state: OrganisationState::Active,
        ..before.clone()
    };
    refuse_twins(conn, &after)?;
    let after = update(conn, version.unwrap_or(before.version), after)?;
    note(conn, actor, now, "organisation.accept", Some(&before), &after)?;
    changed::organisation(conn, now, id)?;
    Ok(after)
}

/// Changes an organisation's record: the whole of it, as the form shows it.
///
/// # Errors
/// 401, 403, 404; `already_merged`; `version_needed`; `stale`; as [`create`].
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OrganisationId,
    version: Option<i64>,
    input: &OrganisationInput,
) -> Result<Organisation, Fault> {
    let before = managed(conn, actor, now, id)?;
    refuse_merged(&before)?;
    let version = version.ok_or_else(|| Fault::new(Kind::VersionNeeded, "version_needed"))?;
    if version != before.version {
        return Err(Fault::stale());
    }
    let mut after = before.clone();
    fill(conn, &mut after, input)?;
    let merged = merged_names(conn, id)?;
    after.search_key = search_key(&after, &merged);
    if after.state == OrganisationState::Active {
        refuse_twins(conn, &after)?;
    }
    if after.skeleton != before.skeleton {
        refuse_lookalikes(conn, &after, input.despite_lookalike)?;
    }
    let after = update(conn, version, after)?;
    note(conn, actor, now, "organisation.edit", Some(&before), &after)?;
    if after.email_domain != before.email_domain {
        positions::weigh_again(conn, id)?;
    }
    changed::organisation(conn, now, id)?;
    Ok(after)
}

/// An organisation, if there is such; unchecked, for slices that have decided.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: OrganisationId) -> Result<Option<Organisation>, Fault> {
    Ok(on_each!(conn, |c| organisations::table
        .find(id)
        .select(Organisation::as_select())
        .first(c)
        .optional())?)
}

/// Several organisations at once, by name; unchecked, for slices that have decided.
///
/// # Errors
/// When the database refuses.
pub fn many(conn: &mut Conn, ids: &[OrganisationId]) -> Result<Vec<Organisation>, Fault> {
    Ok(on_each!(conn, |c| organisations::table
        .filter(organisations::id.eq_any(ids))
        .order((organisations::name_sort, organisations::id))
        .select(Organisation::as_select())
        .load(c))?)
}

/// The organisation, or the one it was merged into; unchecked.
///
/// # Errors
/// 404; when the database refuses.
pub fn surviving(conn: &mut Conn, id: OrganisationId) -> Result<Organisation, Fault> {
    let organisation = find(conn, id)?.ok_or_else(Fault::not_found)?;
    match organisation.merged_into {
        Some(survivor) => find(conn, survivor)?.ok_or_else(Fault::not_found),
        None => Ok(organisation),
    }
}

/// Other organisations of the directory whose names look the same without being the same (R259).
///
/// # Errors
/// When the database refuses.
pub fn lookalikes(conn: &mut Conn, organisation: &Organisation) -> Result<Vec<Organisation>, Fault> {
    Ok(on_each!(conn, |c| organisations::table
        .filter(organisations::skeleton.eq(&organisation.skeleton))
        .filter(organisations::name_key.ne(&organisation.name_key))
        .filter(organisations::state.ne(OrganisationState::Merged))
        .filter(organisations::id.ne(organisation.id))
        .order(organisations::id)
        .limit(10)
        .select(Organisation::as_select())
        .load(c))?)
}

/// The organisation a member of staff works on.
///
/// # Errors
/// 401, 403; 404 when there is none.
pub(crate) fn managed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OrganisationId,
) -> Result<Organisation, Fault> {
    let object = Object::public(ObjectKind::Organisation).of_organisation(id);
    access_rules::decide(actor, Act::ManageMembers, &object, now).or_fault()?;
    find(conn, id)?.ok_or_else(Fault::not_found)
}

/// Goes on when the actor looks after members at all; before any row is looked for, so that nothing is learnt.
pub(crate) fn may_manage(actor: &Actor, now: Moment) -> Result<(), Fault> {
    access_rules::decide(actor, Act::ManageMembers, &Object::site(), now).or_fault()
}

/// Goes on unless it was merged.
pub(crate) fn refuse_merged(organisation: &Organisation) -> Result<(), Fault> {
    match organisation.merged_into {
        Some(into) => Err(OrganisationFault::AlreadyMerged {
            into: into.to_string(),
        }
        .into()),
        None => Ok(()),
    }
}

/// An organisation yet without a name.
pub(crate) fn blank(now: Moment) -> Organisation {
    Organisation {
        id: Id::new(),
        name: String::new(),
        name_key: String::new(),
        name_sort: vec![],
        skeleton: String::new(),
        identity: String::new(),
        search_key: String::new(),
        names: Localized::default(),
        acronym: String::new(),
        acronym_key: String::new(),
        kind: OrganisationKind::Other,
        country: None,
        section: None,
        parent: None,
        site: String::new(),
        email_domain: String::new(),
        state: OrganisationState::Proposed,
        merged_into: None,
        created_at: now,
        version: 1,
    }
}

/// Checks what was typed, field by field, and writes it into the record.
pub(crate) fn check(fields: &mut Fields, organisation: &mut Organisation, input: &OrganisationInput) {
    let name = fields.required_line("name", &input.name, text::NAME);
    if !name.is_empty() && !rules::is_a_name(&name) {
        fields.wrong("name", "required");
    }
    let names = fields.localized_line("names", &input.names, text::NAME, false);
    let acronym = fields.line("acronym", &input.acronym, rules::ACRONYM_MAX);
    let kind = fields.required("kind", input.kind);
    let country = countries::named(&input.country);
    if country.is_none() && !input.country.trim().is_empty() {
        fields.wrong("country", "unknown");
    }
    let site = rules::site(&input.site);
    if site.is_none() && !input.site.trim().is_empty() {
        fields.wrong("site", "not_an_address");
    }
    let domain = rules::email_domain(&input.email_domain);
    if domain.is_none() && !input.email_domain.trim().is_empty() {
        fields.wrong("email_domain", "not_a_domain");
    }
    organisation.name = name;
    organisation.names = names;
    organisation.acronym = acronym;
    organisation.kind = kind.unwrap_or(organisation.kind);
    organisation.country = country.map(|country| country.code.to_owned());
    organisation.section = input.section;
    organisation.parent = input.parent;
    organisation.site = site.unwrap_or_default();
    organisation.email_domain = domain.unwrap_or_default();
    set_keys(organisation);
}

/// Makes the columns by which it is compared, sorted and found follow its names.
pub(crate) fn set_keys(organisation: &mut Organisation) {
    organisation.name_key = text::same_name(&organisation.name);
    organisation.name_sort = text::sort_key(&organisation.name);
    organisation.skeleton = rules::skeleton(&organisation.name);
    organisation.acronym_key = text::same_name(&organisation.acronym);
    organisation.identity = rules::identity(
        &organisation.name,
        organisation.country.as_deref(),
        organisation.kind,
    );
    organisation.search_key = search_key(organisation, &[]);
}

/// The words under which it is found: its names, its acronym whole, and the names of what was merged into it.
pub(crate) fn search_key(organisation: &Organisation, merged: &[String]) -> String {
    let own = [
        organisation.name.as_str(),
        &organisation.acronym,
        &organisation.acronym_key,
    ];
    let others = organisation.names.0.values().map(String::as_str);
    rules::search_key(
        own.into_iter()
            .chain(others)
            .chain(merged.iter().map(String::as_str)),
    )
}

/// The names of the organisations that were merged into this one.
pub(crate) fn merged_names(conn: &mut Conn, id: OrganisationId) -> Result<Vec<String>, Fault> {
    Ok(on_each!(conn, |c| organisations::table
        .filter(organisations::merged_into.eq(id))
        .order(organisations::id)
        .select(organisations::name)
        .load(c))?)
}

/// Writes a new row.
pub(crate) fn insert(conn: &mut Conn, organisation: &Organisation) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(organisations::table)
        .values(organisation)
        .execute(c))
    .exactly_one()
}

/// Writes a changed row over the version it was made on.
pub(crate) fn update(conn: &mut Conn, version: i64, changed: Organisation) -> Result<Organisation, Fault> {
    let after = Organisation {
        version: version + 1,
        ..changed
    };
    on_each!(conn, |c| diesel::update(organisations::table)
        .filter(organisations::id.eq(after.id))
        .filter(organisations::version.eq(version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(after)
}

/// Active and proposed organisations of an identity, active ones first.
pub(crate) fn twins(conn: &mut Conn, identity: &str) -> Result<Vec<Organisation>, Fault> {
    Ok(on_each!(conn, |c| organisations::table
        .filter(organisations::identity.eq(identity))
        .filter(organisations::state.ne(OrganisationState::Merged))
        .order((organisations::state, organisations::id))
        .select(Organisation::as_select())
        .load(c))?)
}

/// The organisation of an identity: an active one, else a proposed one, else where a merged one lives on.
pub(crate) fn known(conn: &mut Conn, identity: &str) -> Result<Option<Organisation>, Fault> {
    if let Some(twin) = twins(conn, identity)?.into_iter().next() {
        return Ok(Some(twin));
    }
    let merged: Option<OrganisationId> = on_each!(conn, |c| organisations::table
        .filter(organisations::identity.eq(identity))
        .order(organisations::id)
        .select(organisations::id)
        .first(c)
        .optional())?;
    merged.map(|id| surviving(conn, id)).transpose()
}

/// The active organisation of a name, and of a country when one is said, when there is only one.
pub(crate) fn only_of_name(
    conn: &mut Conn,
    name: &str,
    country: Option<&str>,
) -> Result<Option<Organisation>, Fault> {
    let mut found: Vec<Organisation> = on_each!(conn, |c| organisations::table
        .filter(organisations::name_key.eq(text::same_name(name)))
        .filter(organisations::state.eq(OrganisationState::Active))
        .limit(50)
        .select(Organisation::as_select())
        .load(c))?;
    found.retain(|of| country.is_none_or(|country| of.country.as_deref() == Some(country)));
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// Remembers who changed an organisation's record.
pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Organisation>,
    after: &Organisation,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        summary: json!({ "kind": after.kind, "country": after.country, "state": after.state }),
        before: before.and_then(|before| Fingerprint::of(&Card::from(before))),
        after: Fingerprint::of(&Card::from(after)),
        ..Note::of(act, "organisation")
    };
    audit::note(conn, now, &note)
}

fn rows(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    filter: &Filter,
    ask: &PageAsk,
) -> Result<Vec<Organisation>, Fault> {
    let is_desk = rules::is_desk(actor, now);
    let for_desk = filter.category.is_some() || filter.membership.is_some();
    if !is_desk && for_desk {
        access_rules::decide(actor, Act::SeePeople, &Object::site(), now).or_fault()?;
    }
    let after = ask.after.as_ref().map(place_of).transpose()?;
    let countries: Vec<&str> = countries::ALL
        .iter()
        .filter(|country| Some(country.section) == filter.section)
        .map(|country| country.code)
        .collect();
    let country = countries::named(&filter.country).map_or("??", |country| country.code);
    let own = &actor.organisations;
    Ok(on_each!(conn, |c| {
        let mut asked = organisations::table
            .select(Organisation::as_select())
            .into_boxed();
        if !is_desk {
            let is_active = organisations::state.eq(OrganisationState::Active);
            asked = asked.filter(is_active.or(organisations::id.eq_any(own)));
        }
        asked = match filter.state {
            Some(state) => asked.filter(organisations::state.eq(state)),
            None => asked.filter(organisations::state.ne(OrganisationState::Merged)),
        };
        if let Some((name, id)) = &after {
            asked = asked.filter(
                organisations::name_sort
                    .gt(name)
                    .or(organisations::name_sort.eq(name).and(organisations::id.gt(*id))),
            );
        }
        for word in asked_words(&filter.text) {
            asked = asked.filter(organisations::search_key.like(beginning(&word)).escape('!'));
        }
        if let Some(kind) = filter.kind {
            asked = asked.filter(organisations::kind.eq(kind));
        }
        if !filter.country.is_empty() {
            asked = asked.filter(organisations::country.eq(country));
        }
        if let Some(section) = filter.section {
            let by_country = organisations::section
                .is_null()
                .and(organisations::country.eq_any(&countries).assume_not_null());
            asked = asked.filter(
                organisations::section
                    .eq(section)
                    .assume_not_null()
                    .or(by_country),
            );
        }
        if for_desk {
            let mut members = memberships_table::table
                .filter(memberships_table::to_at.is_null())
                .select(memberships_table::organisation)
                .into_boxed();
            if let Some(category) = filter.category {
                members = members.filter(memberships_table::category.eq(category));
            }
            if let Some(state) = filter.membership {
                members = members.filter(memberships_table::state.eq(state));
            }
            asked = asked.filter(organisations::id.eq_any(members));
        }
        asked
            .order((organisations::name_sort, organisations::id))
            .limit(ask.fetch())
            .load(c)
    })?)
}

fn inside(conn: &mut Conn, actor: &Actor, now: Moment, organisation: &Organisation) -> Result<Inside, Fault> {
    let is_desk = rules::is_desk(actor, now);
    let (contacts, lookalikes) = if is_desk {
        let lookalikes = lookalikes(conn, organisation)?;
        (
            contacts::of(conn, organisation.id)?,
            lookalikes.iter().map(Card::from).collect(),
        )
    } else {
        (vec![], vec![])
    };
    Ok(Inside {
        email_domain: organisation.email_domain.clone(),
        own_section: organisation.section,
        memberships: memberships::history(conn, organisation.id)?,
        dues: dues::of(conn, organisation.id)?,
        relations: relations::of(conn, organisation.id)?,
        contacts,
        lookalikes,
    })
}

/// Checks the whole form, what it is part of included.
fn fill(conn: &mut Conn, organisation: &mut Organisation, input: &OrganisationInput) -> Result<(), Fault> {
    let mut fields = Fields::new();
    check(&mut fields, organisation, input);
    if let Some(parent) = input.parent
        && find(conn, parent)?.is_none_or(|parent| parent.state == OrganisationState::Merged)
    {
        fields.wrong("parent", "unknown");
    }
    fields.done()?;
    refuse_part_of_itself(conn, organisation)
}

fn refuse_part_of_itself(conn: &mut Conn, organisation: &Organisation) -> Result<(), Fault> {
    let mut above = organisation.parent;
    for _ in 0..20 {
        match above {
            None => return Ok(()),
            Some(id) if id == organisation.id => break,
            Some(id) => above = find(conn, id)?.and_then(|parent| parent.parent),
        }
    }
    Err(OrganisationFault::PartOfItself.into())
}

fn refuse_twins(conn: &mut Conn, organisation: &Organisation) -> Result<(), Fault> {
    let twins = twins(conn, &organisation.identity)?;
    let active = |twin: &&Organisation| twin.state == OrganisationState::Active && twin.id != organisation.id;
    match twins.iter().find(active) {
        Some(twin) => Err(OrganisationFault::Exists {
            organisation: twin.id.to_string(),
        }
        .into()),
        None => Ok(()),
    }
}

fn refuse_lookalikes(conn: &mut Conn, organisation: &Organisation, despite: bool) -> Result<(), Fault> {
    if despite {
        return Ok(());
    }
    match lookalikes(conn, organisation)?.into_iter().next() {
        Some(other) => Err(OrganisationFault::LooksAlike {
            organisation: other.id.to_string(),
            name: other.name,
        }
        .into()),
        None => Ok(()),
    }
}

fn asked_words(typed: &str) -> Vec<String> {
    let mut words = rules::words(&text::cut(typed, text::NAME));
    words.truncate(rules::WORDS_MAX);
    words
}

fn beginning(word: &str) -> String {
    let escaped = word.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("% {escaped}%")
}

fn place_of(cursor: &Cursor) -> Result<(Vec<u8>, OrganisationId), Fault> {
    let name = hex::decode(&cursor.key).map_err(|_| Fault::new(Kind::Malformed, "bad_cursor").at("after"))?;
    Ok((name, Id::from_uuid(cursor.id)))
}
