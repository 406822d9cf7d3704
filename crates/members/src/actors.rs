//! Who asks: a person with everything that follows from their records, loaded fresh for each request.
//!
//! Two queries, whatever the person is: one for what hangs on persons (standings, granted tags, confirmed positions), one
//! for what hangs on their organisations (kind, memberships, relations); the second is left out for who has none, and
//! the statutory desk costs a third. Each is a UNION of rows of one shape, joined here.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{AccountId, Actor, OrganisationId, PersonId, Scope, Standing, Tag};
use db::{Conn, on_each};
use diesel::{prelude::*, sql_types::Text};
use kernel::{Coded, Fault, Id, Moment};
use people::tables::{person_tags, standings};

use crate::{
    body_register,
    model::{Membership, OrganisationState, PositionState, RelationKind},
    tables::{membership_steps, memberships, organisations, positions, relations},
    tags::{self, OrganisationFacts, PersonFacts, PositionFact, RelationFact},
};

/// Persons asked for in one query.
const STRIDE: usize = 500;

/// Somebody signed in, as of `at`: now for reading, the meeting's moment for votes (R13).
///
/// # Errors
/// When the database refuses.
pub fn load(conn: &mut Conn, account: AccountId, person: PersonId, at: Moment) -> Result<Actor, Fault> {
    let actor = load_person(conn, person, at)?;
    Ok(Actor {
        account: Some(account),
        ..actor
    })
}

/// A person as they would ask, without an account: to try a rule on them, or to decide for them.
///
/// # Errors
/// When the database refuses.
pub fn load_person(conn: &mut Conn, person: PersonId, at: Moment) -> Result<Actor, Fault> {
    let mut actors = load_many(conn, &[person], at)?;
    Ok(actors.remove(&person).unwrap_or_default())
}

/// Several persons at once, without accounts: to tell how many a rule would let in.
///
/// # Errors
/// When the database refuses.
pub fn load_many(
    conn: &mut Conn,
    persons: &[PersonId],
    at: Moment,
) -> Result<BTreeMap<PersonId, Actor>, Fault> {
    let mut facts: BTreeMap<PersonId, PersonFacts> = BTreeMap::new();
    let mut held: BTreeMap<PersonId, Vec<Standing>> = BTreeMap::new();
    for some in persons.chunks(STRIDE) {
        for row in of_persons(conn, some, at)? {
            match row.what.as_str() {
                "standing" => held.entry(row.person).or_default().extend(standing(&row)),
                "tag" => {
                    let tag: Option<Tag> = row.first.parse().ok();
                    let granted = tag.map(|tag| (tag, row.from, row.to));
                    facts.entry(row.person).or_default().granted.extend(granted);
                }
                _ => facts.entry(row.person).or_default().positions.push(PositionFact {
                    organisation: row.about.cast(),
                    kind: coded(&row.first)?,
                    state: PositionState::Confirmed,
                    from: row.from,
                    to: row.to,
                }),
            }
        }
    }
    let organisations = organisations_of(conn, &facts)?;
    let mut actors = BTreeMap::new();
    for person in persons {
        let mut facts = facts.remove(person).unwrap_or_default();
        facts.gtf_networks.clone_from(&organisations.gtf_networks);
        for position in &facts.positions {
            if let Some(of) = organisations.facts.get(&position.organisation) {
                facts.organisations.insert(position.organisation, of.clone());
            }
        }
        let standings = held.remove(person).unwrap_or_default();
        actors.insert(*person, actor(*person, &facts, standings, at));
    }
    // Whoever staffs the statutory desk reads what every body reads.
    if actors.values().any(|actor| actor.staffs("statutory")) {
        let bodies = body_register::all(conn)?;
        for actor in actors.values_mut().filter(|actor| actor.staffs("statutory")) {
            actor.desk_bodies.clone_from(&bodies);
        }
    }
    Ok(actors)
}

/// A person as they would be once the positions they asked for are confirmed and, when `paid_up`, the memberships of
/// their organisations that only wait (for approval or the fee) are in force: to tell what somebody waits for.
///
/// # Errors
/// When the database refuses.
pub fn load_supposing(conn: &mut Conn, person: PersonId, at: Moment, paid_up: bool) -> Result<Actor, Fault> {
    let mut facts = PersonFacts::default();
    for row in of_persons(conn, &[person], at)? {
        if row.what == "tag" {
            facts
                .granted
                .extend(row.first.parse().ok().map(|tag: Tag| (tag, row.from, row.to)));
        }
    }
    let open = [PositionState::Requested, PositionState::Confirmed];
    let held = crate::positions::all_of(conn, person)?;
    facts.positions = held
        .into_iter()
        .filter(|position| open.contains(&position.state))
        .map(|position| PositionFact {
            organisation: position.organisation,
            kind: position.kind,
            state: PositionState::Confirmed,
            from: at,
            to: None,
        })
        .collect();
    let found = organisations_of(conn, &BTreeMap::from([(person, facts.clone())]))?;
    facts.gtf_networks = found.gtf_networks;
    for (id, mut of) in found.facts {
        of.state = OrganisationState::Active;
        if paid_up {
            for (_, history) in &mut of.memberships {
                let waits = history.last().is_some_and(|(_, state)| {
                    use crate::model::MembershipState::{Applied, Approved, AwaitingFee};
                    matches!(state, Applied | Approved | AwaitingFee)
                });
                if waits {
                    history.push((at, crate::model::MembershipState::Active));
                }
            }
        }
        facts.organisations.insert(id, of);
    }
    Ok(actor(person, &facts, vec![], at))
}

/// What some organisations are at a moment, and their people with them: by kind, membership and relation, and all that
/// follows. An organisation that is only proposed, or merged, is nothing.
///
/// # Errors
/// When the database refuses.
pub fn tags_of_organisations(
    conn: &mut Conn,
    organisations: &[OrganisationId],
    at: Moment,
) -> Result<BTreeMap<OrganisationId, BTreeSet<Tag>>, Fault> {
    let mut all = BTreeMap::new();
    for organisation in organisations {
        // What a person would be whose only position is there, a position that gives nothing by itself.
        let mut facts = PersonFacts {
            positions: vec![PositionFact {
                organisation: *organisation,
                kind: crate::model::PositionKind::Other,
                state: PositionState::Confirmed,
                from: at,
                to: None,
            }],
            ..PersonFacts::default()
        };
        let found = organisations_of(conn, &BTreeMap::from([(Id::named("nobody"), facts.clone())]))?;
        facts.organisations = found.facts;
        facts.gtf_networks = found.gtf_networks;
        let (tags, _) = tags::derive(&facts, at);
        let mut tags = Tag::with_implied(tags);
        tags.remove(&Tag::Individual);
        all.insert(*organisation, tags);
    }
    Ok(all)
}

/// The actor these facts make.
fn actor(person: PersonId, facts: &PersonFacts, standings: Vec<Standing>, at: Moment) -> Actor {
    let (tags, in_arrears) = tags::derive(facts, at);
    let mut organisations: Vec<OrganisationId> = facts
        .positions
        .iter()
        .filter(|position| crate::rules::holds(position.from, position.to, at))
        .map(|position| position.organisation)
        .collect();
    organisations.sort_unstable();
    organisations.dedup();
    Actor {
        account: None,
        person: Some(person),
        organisations,
        tags,
        standings,
        desk_bodies: vec![],
        in_arrears,
        token_scopes: None,
    }
}

/// A row about a person: what it is, whose, about which organisation, two codes, and from when until when.
#[derive(Queryable)]
struct OfPerson {
    what: String,
    person: PersonId,
    about: Id<()>,
    first: String,
    second: String,
    third: String,
    from: Moment,
    to: Option<Moment>,
}

/// What hangs on persons, compared by `$is`: `eq_any` for many; `eq` for one, a statement that is prepared once and kept.
macro_rules! of_persons {
    ($c:expr, $is:ident, $persons:expr, $at:expr) => {{
        let word = |word: &'static str| word.into_sql::<Text>();
        standings::table
            .filter(standings::person_id.$is($persons))
            .filter(standings::from_at.le($at))
            .filter(standings::to_at.is_null().or(standings::to_at.gt($at)))
            .select((
                word("standing"),
                standings::person_id,
                standings::id,
                standings::role,
                standings::scope_kind,
                standings::scope_ref,
                standings::from_at,
                standings::to_at,
            ))
            .union_all(
                person_tags::table
                    .filter(person_tags::person_id.$is($persons))
                    .select((
                        word("tag"),
                        person_tags::person_id,
                        person_tags::id,
                        person_tags::tag,
                        word(""),
                        word(""),
                        person_tags::from_at,
                        person_tags::to_at,
                    )),
            )
            .union_all(
                positions::table
                    .filter(positions::person.$is($persons))
                    .filter(positions::state.eq(PositionState::Confirmed))
                    .select((
                        word("position"),
                        positions::person,
                        positions::organisation,
                        positions::kind,
                        word(""),
                        word(""),
                        positions::from_at,
                        positions::to_at,
                    )),
            )
            .load($c)
    }};
}

fn of_persons(conn: &mut Conn, persons: &[PersonId], at: Moment) -> Result<Vec<OfPerson>, Fault> {
    Ok(match persons {
        [one] => on_each!(conn, |c| of_persons!(c, eq, *one, at))?,
        many => on_each!(conn, |c| of_persons!(c, eq_any, many, at))?,
    })
}

fn standing(row: &OfPerson) -> Option<Standing> {
    Some(Standing {
        role: row.first.parse().ok()?,
        scope: Scope::from_columns(&row.second, &row.third)?,
    })
}

/// What is recorded of some organisations.
#[derive(Default)]
struct Organisations {
    facts: BTreeMap<OrganisationId, OrganisationFacts>,
    gtf_networks: Vec<(OrganisationId, Moment, Option<Moment>)>,
}

fn organisations_of(
    conn: &mut Conn,
    facts: &BTreeMap<PersonId, PersonFacts>,
) -> Result<Organisations, Fault> {
    let mut ids: Vec<OrganisationId> = facts
        .values()
        .flat_map(|facts| facts.positions.iter().map(|position| position.organisation))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut found = Organisations::default();
    for some in ids.chunks(STRIDE) {
        let rows = of_organisations(conn, some)?;
        found.gtf_networks = gtf_networks(&rows)?;
        found.facts.extend(organisation_facts(some, rows)?);
    }
    Ok(found)
}

/// A row about an organisation: what it is, about which other thing, two codes, a number, and from when until when.
#[derive(Queryable)]
struct OfOrganisation {
    what: String,
    organisation: OrganisationId,
    other: Option<Id<()>>,
    first: String,
    second: String,
    number: i64,
    from: Moment,
    to: Option<Moment>,
}

fn of_organisations(conn: &mut Conn, ids: &[OrganisationId]) -> Result<Vec<OfOrganisation>, Fault> {
    let word = |word: &'static str| word.into_sql::<Text>();
    Ok(on_each!(conn, |c| organisations::table
        .filter(organisations::id.eq_any(ids))
        .select((
            word("organisation"),
            organisations::id,
            organisations::parent,
            organisations::kind,
            organisations::state,
            organisations::version,
            organisations::created_at,
            organisations::created_at.nullable(),
        ))
        .union_all(
            memberships::table
                .inner_join(membership_steps::table.on(membership_steps::membership.eq(memberships::id)))
                .filter(memberships::organisation.eq_any(ids))
                .select((
                    word("step"),
                    memberships::organisation,
                    memberships::id.nullable(),
                    memberships::category,
                    membership_steps::state,
                    membership_steps::number,
                    membership_steps::from_at,
                    memberships::to_at,
                ))
        )
        .union_all(
            relations::table
                .filter(
                    relations::organisation
                        .eq_any(ids)
                        .or(relations::kind.eq(RelationKind::GtfNetwork))
                )
                .select((
                    word("relation"),
                    relations::organisation,
                    relations::other,
                    relations::kind,
                    word(""),
                    0_i64.into_sql::<diesel::sql_types::BigInt>(),
                    relations::from_at,
                    relations::to_at,
                ))
        )
        .load(c))?)
}

fn gtf_networks(rows: &[OfOrganisation]) -> Result<Vec<(OrganisationId, Moment, Option<Moment>)>, Fault> {
    let networks = rows
        .iter()
        .filter(|row| row.what == "relation" && row.first == RelationKind::GtfNetwork.code());
    Ok(networks.map(|row| (row.organisation, row.from, row.to)).collect())
}

fn organisation_facts(
    ids: &[OrganisationId],
    rows: Vec<OfOrganisation>,
) -> Result<BTreeMap<OrganisationId, OrganisationFacts>, Fault> {
    let mut facts = BTreeMap::new();
    for row in rows.iter().filter(|row| row.what == "organisation") {
        let of = OrganisationFacts {
            state: coded(&row.second)?,
            ..OrganisationFacts::active(coded(&row.first)?)
        };
        facts.insert(row.organisation, of);
    }
    let mut steps: BTreeMap<Id<Membership>, Vec<&OfOrganisation>> = BTreeMap::new();
    for row in &rows {
        if let ("step", Some(membership)) = (row.what.as_str(), row.other) {
            steps.entry(membership.cast()).or_default().push(row);
        }
    }
    for mut taken in steps.into_values() {
        taken.sort_by_key(|row| row.number);
        let history = taken
            .iter()
            .map(|row| Ok((row.from, coded(&row.second)?)))
            .collect::<Result<Vec<_>, Fault>>()?;
        if let Some(of) = facts.get_mut(&taken[0].organisation) {
            of.memberships.push((coded(&taken[0].first)?, history));
        }
    }
    let related = rows
        .iter()
        .filter(|row| row.what == "relation" && ids.contains(&row.organisation));
    for row in related {
        if let Some(of) = facts.get_mut(&row.organisation) {
            of.relations.push(RelationFact {
                kind: coded(&row.first)?,
                other: row.other.map(Id::cast),
                from: row.from,
                to: row.to,
            });
        }
    }
    Ok(facts)
}

fn coded<T: Coded>(text: &str) -> Result<T, Fault> {
    T::from_code(text).ok_or_else(|| Fault::internal(format!("{text:?} stands in a column of codes")))
}
