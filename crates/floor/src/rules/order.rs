//! Who comes before whom (R79, R80), with the reason of each place.
//!
//! Points of order first; then who was interrupted; then interposed questions the chair admitted; then who speaks to the
//! motion in hand; then the line: whom the chair placed, rights of reply, statements. Statements come as they were asked
//! for, or balanced: the one whom the criteria favour, the earliest among equals. Nobody starves: whoever has waited
//! longest is passed by [`PASSED_MOST`] others at most, then it is their turn. Everything follows from what is stored, so
//! the list that was shown is the list that is called. Pure.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::PersonId;
use kernel::Coded as _;

use crate::model::{Criterion, Floor, Gender, MotionId, Request, SpeakingOrder, SpeechKind, SpeechState};

/// How many may pass whoever has waited longest, in a balanced order.
pub const PASSED_MOST: usize = 3;

kernel::coded! {
    /// Why somebody has this place.
    pub enum Why {
        /// A point of order comes before everything.
        PointOfOrder => "point_of_order",
        /// Gets the floor back after an interruption.
        Resumes => "resumes",
        /// An interposed question the chair admitted.
        Interposed => "interposed",
        /// Speaks to the motion in hand.
        OnMotion => "on_motion",
        /// Moved there by the chair, who said why.
        ByChair => "by_chair",
        /// Kept their place before somebody the chair moved.
        Kept => "kept",
        /// A right of reply the chair admitted.
        RightOfReply => "right_of_reply",
        /// As it was asked for.
        InOrder => "in_order",
        /// Was passed by as many as may: it is their turn.
        Waited => "waited",
        /// Comes before others for not having spoken yet.
        FirstSpeech => "first_speech",
        /// Comes before others for a region that was heard less.
        Region => "region",
        /// Comes before others for a gender that was heard less.
        Gender => "gender",
    }
}

/// A request in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'a> {
    /// The request.
    pub request: &'a Request,
    /// Why it stands there.
    pub why: Why,
}

/// Whether it stands in the line, which the chair may change and a motion holds up. Who was interrupted does not.
pub fn is_in_line(request: &Request) -> bool {
    let is_of_line = matches!(request.kind, SpeechKind::Statement | SpeechKind::RightOfReply);
    is_of_line && request.state == SpeechState::Queued
}

/// All who will be called, in their order; without who has the floor. `requests` are those of the session: who was heard
/// before counts. `motion` is the one in hand: who speaks to another waits with it.
pub fn order<'a>(floor: &Floor, requests: &'a [Request], motion: Option<MotionId>) -> Vec<Placed<'a>> {
    let own: Vec<&Request> = sorted(requests.iter().filter(|request| request.floor == floor.id));
    let queued = |kind: SpeechKind| {
        own.iter()
            .copied()
            .filter(move |request| request.kind == kind && request.state == SpeechState::Queued)
    };
    let back = |is_interposed: bool| {
        own.iter().copied().filter(move |request| {
            request.is_interrupted() && (request.kind == SpeechKind::Interposed) == is_interposed
        })
    };
    let to_motion = own.iter().copied().filter(|request| {
        let is_to_it = motion.is_some() && request.motion == motion;
        is_to_it && request.kind.is_on_motion() && request.state == SpeechState::Queued
    });
    let mut order = Vec::new();
    order.extend(queued(SpeechKind::PointOfOrder).map(because(Why::PointOfOrder)));
    order.extend(back(true).map(because(Why::Resumes)));
    order.extend(queued(SpeechKind::Interposed).map(because(Why::Interposed)));
    order.extend(back(false).map(because(Why::Resumes)));
    order.extend(to_motion.map(because(Why::OnMotion)));
    order.extend(line(floor, requests, &own));
    order
}

fn because<'a>(why: Why) -> impl Fn(&'a Request) -> Placed<'a> {
    move |request| Placed { request, why }
}

fn sorted<'a>(requests: impl Iterator<Item = &'a Request>) -> Vec<&'a Request> {
    let mut sorted: Vec<&Request> = requests.collect();
    sorted.sort_by_key(|request| request.seq);
    sorted
}

/// The line: whom the chair placed, rights of reply, statements.
fn line<'a>(floor: &Floor, requests: &'a [Request], own: &[&'a Request]) -> Vec<Placed<'a>> {
    let in_line = || own.iter().copied().filter(|request| is_in_line(request));
    let mut placed: Vec<&Request> = in_line()
        .filter(|request| request.chair_place.is_some())
        .collect();
    placed.sort_by_key(|request| (request.chair_place, request.seq));
    let mut line: Vec<Placed<'a>> = placed
        .into_iter()
        .map(|request| because(why_placed(request))(request))
        .collect();
    let (replies, statements): (Vec<&Request>, Vec<&Request>) = in_line()
        .filter(|request| request.chair_place.is_none())
        .partition(|request| request.kind == SpeechKind::RightOfReply);
    line.extend(replies.into_iter().map(because(Why::RightOfReply)));
    match floor.speaking_order {
        SpeakingOrder::Asked => line.extend(statements.into_iter().map(because(Why::InOrder))),
        SpeakingOrder::Balanced => {
            let mut heard = Heard::of(floor, requests);
            for before in &line {
                heard.hears(before.request);
            }
            line.extend(balanced(&floor.criteria.0, statements, heard));
        }
    }
    line
}

fn why_placed(request: &Request) -> Why {
    match request.kind {
        _ if !request.place_reason.is_empty() => Why::ByChair,
        SpeechKind::RightOfReply => Why::RightOfReply,
        SpeechKind::PointOfOrder
        | SpeechKind::Interposed
        | SpeechKind::ForMotion
        | SpeechKind::AgainstMotion
        | SpeechKind::Statement => Why::Kept,
    }
}

fn balanced<'a>(
    criteria: &[Criterion],
    mut waiting: Vec<&'a Request>,
    mut heard: Heard<'a>,
) -> Vec<Placed<'a>> {
    let mut order = Vec::with_capacity(waiting.len());
    while let Some(oldest) = waiting.first().copied() {
        let (at, why) = match favoured(criteria, &waiting, &heard) {
            (0, _) => (0, Why::InOrder),
            _ if heard.passed(oldest) >= PASSED_MOST => (0, Why::Waited),
            favoured => favoured,
        };
        let request = waiting.remove(at);
        heard.hears(request);
        order.push(Placed { request, why });
    }
    order
}

/// Whom the criteria favour, by the place among those waiting, and what they pass the oldest by.
fn favoured(criteria: &[Criterion], waiting: &[&Request], heard: &Heard<'_>) -> (usize, Why) {
    let standings = || waiting.iter().map(|request| heard.standing(criteria, request));
    let (Some(of_oldest), Some((at, least))) = (
        standings().next(),
        standings()
            .enumerate()
            .min_by_key(|(at, standing)| (*standing, *at)),
    ) else {
        return (0, Why::InOrder);
    };
    let differs = criteria
        .iter()
        .zip(least.iter().zip(&of_oldest))
        .find(|(_, (own, other))| own != other);
    let why = match differs {
        Some((Criterion::FirstSpeech, _)) => Why::FirstSpeech,
        Some((Criterion::Region, _)) => Why::Region,
        Some((Criterion::Gender, _)) => Why::Gender,
        None => Why::InOrder,
    };
    (at, why)
}

/// What each criterion says of somebody, the weightiest first.
type Standing = [usize; Criterion::ALL.len()];

/// Who was heard so far: by region, gender and person in the session, by turn on this floor.
struct Heard<'a> {
    regions: BTreeMap<Option<&'a str>, usize>,
    genders: BTreeMap<Option<Gender>, usize>,
    persons: BTreeSet<PersonId>,
    /// Of the statements called on this floor: when they were asked for, and their turn.
    turns: Vec<(i64, i64)>,
    next_turn: i64,
}

impl<'a> Heard<'a> {
    fn of(floor: &Floor, requests: &'a [Request]) -> Self {
        let mut heard = Self {
            regions: BTreeMap::new(),
            genders: BTreeMap::new(),
            persons: BTreeSet::new(),
            turns: Vec::new(),
            next_turn: floor.version + 1,
        };
        for request in requests.iter().filter(|request| request.kind.is_substance()) {
            if let Some(turn) = request.turn {
                heard.counts(request);
                if request.floor == floor.id && request.kind == SpeechKind::Statement {
                    heard.turns.push((request.seq, turn));
                }
            }
        }
        heard
    }

    fn counts(&mut self, request: &'a Request) {
        *self.regions.entry(request.region.as_deref()).or_default() += 1;
        *self.genders.entry(request.gender).or_default() += 1;
        self.persons.insert(request.person);
    }

    /// As if it were called now.
    fn hears(&mut self, request: &'a Request) {
        self.counts(request);
        if request.kind == SpeechKind::Statement {
            self.turns.push((request.seq, self.next_turn));
            self.next_turn += 1;
        }
    }

    /// How many who asked later were called since the last one who asked earlier was: since it waits longest.
    fn passed(&self, oldest: &Request) -> usize {
        let since = self
            .turns
            .iter()
            .filter(|(seq, _)| *seq < oldest.seq)
            .map(|(_, turn)| *turn)
            .max()
            .unwrap_or(i64::MIN);
        let passed = |(seq, turn): &&(i64, i64)| *seq > oldest.seq && *turn > since;
        self.turns.iter().filter(passed).count()
    }

    /// How little each criterion favours it: the smallest comes first.
    fn standing(&self, criteria: &[Criterion], request: &Request) -> Standing {
        let mut standing = Standing::default();
        for (place, criterion) in standing.iter_mut().zip(criteria) {
            *place = match criterion {
                Criterion::FirstSpeech => usize::from(self.persons.contains(&request.person)),
                Criterion::Region => counted(&self.regions, &request.region.as_deref()),
                Criterion::Gender => counted(&self.genders, &request.gender),
            };
        }
        standing
    }
}

fn counted<K: Ord>(counts: &BTreeMap<K, usize>, key: &K) -> usize {
    counts.get(key).copied().unwrap_or_default()
}
