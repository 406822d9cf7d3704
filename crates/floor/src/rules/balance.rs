//! Who was heard, and for how long: by region, by gender, and how many for the first time (R79). Pure.
//!
//! Speeches on the item are counted, procedure is not; a turn that was called counts, one that waits does not.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::PersonId;
use kernel::{Coded as _, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    model::{Request, RequestId},
    rules::time::spoken_ms,
};

/// One group's share of the floor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = HeardShare)]
pub struct Share {
    /// The region's or gender's code; none for those of whom nothing is known.
    pub group: Option<String>,
    /// Persons who spoke.
    pub speakers: i64,
    /// Their speeches.
    pub speeches: i64,
    /// How long they spoke, in whole seconds.
    pub seconds: i64,
}

/// Who was heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FloorBalance)]
pub struct Balance {
    /// By region.
    pub by_region: Vec<Share>,
    /// By gender, as declared.
    pub by_gender: Vec<Share>,
    /// Speeches of who had not spoken before in the session.
    pub first_speeches: i64,
    /// All speeches.
    pub speeches: i64,
    /// How long they took, in whole seconds.
    pub seconds: i64,
}

#[derive(Default)]
struct Tally {
    persons: BTreeSet<PersonId>,
    speeches: i64,
    ms: i64,
}

/// The balance of what was said of some requests; `firsts` are the first speeches of the session.
pub fn balance<'a>(
    requests: impl Iterator<Item = &'a Request>,
    firsts: &BTreeSet<RequestId>,
    now: Moment,
) -> Balance {
    let mut by_region: BTreeMap<Option<String>, Tally> = BTreeMap::new();
    let mut by_gender: BTreeMap<Option<String>, Tally> = BTreeMap::new();
    let (mut first_speeches, mut speeches, mut ms) = (0, 0, 0);
    for request in requests.filter(|request| is_heard(request)) {
        let spoken = spoken_ms(request, now);
        let gender = request.gender.map(|gender| gender.code().to_owned());
        for tally in [
            by_region.entry(request.region.clone()).or_default(),
            by_gender.entry(gender).or_default(),
        ] {
            tally.persons.insert(request.person);
            tally.speeches += 1;
            tally.ms += spoken;
        }
        first_speeches += i64::from(firsts.contains(&request.id));
        speeches += 1;
        ms += spoken;
    }
    Balance {
        by_region: shares(by_region),
        by_gender: shares(by_gender),
        first_speeches,
        speeches,
        seconds: ms / 1000,
    }
}

/// The first speech of each person in a session: by the floors in the order in which they were opened, then by turn.
pub fn firsts(requests: &[Request]) -> BTreeSet<RequestId> {
    let mut heard: Vec<&Request> = requests.iter().filter(|request| is_heard(request)).collect();
    heard.sort_by_key(|request| (request.floor, request.turn));
    let mut persons = BTreeSet::new();
    heard
        .into_iter()
        .filter(|request| persons.insert(request.person))
        .map(|request| request.id)
        .collect()
}

/// Whether it is a speech on the item that was called.
pub fn is_heard(request: &Request) -> bool {
    request.kind.is_substance() && request.turn.is_some()
}

fn shares(tallies: BTreeMap<Option<String>, Tally>) -> Vec<Share> {
    tallies
        .into_iter()
        .map(|(group, tally)| Share {
            group,
            speakers: tally.persons.len() as i64,
            speeches: tally.speeches,
            seconds: tally.ms / 1000,
        })
        .collect()
}
