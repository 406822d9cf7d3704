//! The organisations of the demonstration: real networks and partners by name alone, invented members with what concerns
//! them alone.
//!
//! Real ones bear what public sources say of them (`sources`), and nobody of the demonstration holds a position in one.
//! Memberships in every state, dues and contacts are those of invented organisations only.

mod tables;

use std::collections::BTreeMap;

use access_rules::{Actor, OrganisationId};
use db::Conn;
use kernel::{Fault, LocalDate, Moment};
use members::{
    contacts,
    dues::{self, DuesInput},
    memberships::{self, AdmitInput, StepInput},
    model::{Category, DuesState, MembershipState, OrganisationKind, RelationKind},
    organisations::{self, OrganisationInput},
    relations::{self, RelationInput},
    sections::Section,
};

use super::names::Names;
use MembershipState::{Active, Applied, AwaitingFee, InArrears, Resigned, Suspended};

pub(super) use tables::INVENTED;
use tables::REAL;

use Category as C;
use OrganisationKind as K;
use RelationKind as R;

/// A real organisation.
struct Real {
    key: &'static str,
    name: &'static str,
    acronym: &'static str,
    kind: OrganisationKind,
    section: Option<Section>,
    relation: Option<RelationKind>,
}

/// An invented organisation.
pub(super) struct Invented {
    /// Its key in the tables of the demonstration, and its name in `.example`.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What sort it is.
    pub kind: OrganisationKind,
    /// Its country, or empty.
    pub country: &'static str,
    /// Its section, when it has no country or another one.
    pub section: Option<Section>,
    /// What its people are called.
    pub names: Names,
    /// In which way it is a member, and how far that is by November 2019.
    pub membership: Option<(Category, MembershipState)>,
    /// What it is to UCLG.
    pub relation: Option<RelationKind>,
}

/// The organisations made, by their keys.
pub(super) struct Directory {
    by_key: BTreeMap<&'static str, OrganisationId>,
    names: BTreeMap<&'static str, &'static str>,
}

impl Directory {
    /// The organisation of a key.
    pub fn id(&self, key: &str) -> Result<OrganisationId, Fault> {
        let found = self.by_key.get(key).copied();
        found.ok_or_else(|| Fault::internal(format!("the demonstration has no organisation {key:?}")))
    }

    /// Its name.
    pub fn name(&self, key: &str) -> &'static str {
        self.names.get(key).copied().unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }
}

/// Makes all organisations, with what is recorded of them by November 2019.
pub(super) fn make(conn: &mut Conn, actor: &Actor) -> Result<Directory, Fault> {
    let mut directory = Directory {
        by_key: BTreeMap::new(),
        names: BTreeMap::new(),
    };
    let since = Moment::at("2013-10-04T08:00:00Z");
    for row in REAL {
        let input = OrganisationInput {
            name: row.name.to_owned(),
            acronym: row.acronym.to_owned(),
            kind: Some(row.kind),
            section: row.section,
            despite_lookalike: true,
            ..OrganisationInput::default()
        };
        let id = organisations::create(conn, actor, since, &input)?.id;
        relate(
            conn,
            actor,
            since,
            id,
            row.relation,
            "public sources, see /about-this-demo",
        )?;
        if row.kind == K::Section {
            let as_of_right = AdmitInput {
                category: Some(C::Section),
                state: Some(Active),
                reason: "as of right".to_owned(),
                ..AdmitInput::default()
            };
            memberships::admit(conn, actor, since, id, &as_of_right)?;
        }
        directory.by_key.insert(row.key, id);
        directory.names.insert(row.key, row.name);
    }
    for row in INVENTED {
        let domain = format!("{}.example", row.key);
        let input = OrganisationInput {
            name: row.name.to_owned(),
            kind: Some(row.kind),
            country: row.country.to_owned(),
            section: row.section,
            site: format!("https://{domain}/"),
            email_domain: domain.clone(),
            despite_lookalike: true,
            ..OrganisationInput::default()
        };
        let id = organisations::create(conn, actor, since, &input)?.id;
        relate(conn, actor, since, id, row.relation, "demonstration")?;
        if let Some((category, state)) = row.membership {
            join(conn, actor, id, category, state)?;
        }
        if let Ok(address) = format!("mayors-office@{domain}").parse() {
            contacts::keep(conn, id, &address, "Mayor’s office (demonstration)")?;
        }
        directory.by_key.insert(row.key, id);
        directory.names.insert(row.key, row.name);
    }
    let network = directory.id("lighthouse-towns")?;
    for member in ["puerto-farol", "villafarola", "manarat"] {
        let input = RelationInput {
            kind: Some(R::MemberOfNetwork),
            other: Some(network),
            basis: "demonstration".to_owned(),
            ..RelationInput::default()
        };
        relations::record(conn, actor, since, directory.id(member)?, &input)?;
    }
    Ok(directory)
}

fn relate(
    conn: &mut Conn,
    actor: &Actor,
    since: Moment,
    id: OrganisationId,
    kind: Option<R>,
    basis: &str,
) -> Result<(), Fault> {
    let Some(kind) = kind else { return Ok(()) };
    let input = RelationInput {
        kind: Some(kind),
        basis: basis.to_owned(),
        from_at: Some(since),
        ..RelationInput::default()
    };
    relations::record(conn, actor, since, id, &input).map(drop)
}

/// The life of an invented membership until November 2019, with the fees that go with it.
fn join(
    conn: &mut Conn,
    actor: &Actor,
    id: OrganisationId,
    category: C,
    state: MembershipState,
) -> Result<(), Fault> {
    let begins = Moment::at("2014-03-03T09:00:00Z");
    let lately = Moment::at("2019-03-04T09:00:00Z");
    let (first, then, at) = match state {
        Applied => (Applied, None, lately),
        AwaitingFee => (AwaitingFee, None, lately),
        later => (Active, (later != Active).then_some(later), begins),
    };
    let admit = AdmitInput {
        category: Some(category),
        state: Some(first),
        reason: "demonstration".to_owned(),
        ..AdmitInput::default()
    };
    let membership = memberships::admit(conn, actor, at, id, &admit)?;
    if let Some(later) = then {
        let step = StepInput {
            state: Some(later),
            reason: "demonstration".to_owned(),
            ..StepInput::default()
        };
        memberships::step(conn, actor, lately, membership.id, None, &step)?;
    }
    for (year, paid) in fees(state) {
        let input = DuesInput {
            year: *year,
            state: Some(*paid),
            amount_cents: (*paid != DuesState::Waived).then_some(if *paid == DuesState::Paid {
                250_000
            } else {
                90_000
            }),
            currency: if *paid == DuesState::Waived {
                String::new()
            } else {
                "EUR".to_owned()
            },
            paid_on: (*paid != DuesState::Waived).then(|| LocalDate::on(&format!("{year}-04-15"))),
        };
        dues::record(conn, actor, lately, id, &input)?;
    }
    Ok(())
}

const fn fees(state: MembershipState) -> &'static [(i32, DuesState)] {
    use DuesState::{Paid, Partial, Waived};
    match state {
        Active => &[(2017, Paid), (2018, Paid), (2019, Paid)],
        InArrears => &[(2017, Paid), (2018, Partial)],
        Suspended => &[(2016, Paid), (2017, Partial)],
        Resigned => &[(2016, Paid), (2017, Waived)],
        _ => &[],
    }
}
