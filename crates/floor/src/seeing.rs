//! A view is made of what was read: pure.

use std::collections::BTreeSet;

use access_rules::PersonId;
use db::Conn;
use kernel::{Coded as _, Fault, Moment};

use crate::{
    acts,
    model::{
        Count, Floor, Motion, MotionId, MotionState, Request, RequestId, Ruling, SpeechKind, SpeechState,
    },
    rules,
    rules::{
        balance::{balance, firsts, is_heard},
        motions::{first, sides},
        order::order,
        time,
    },
    view::{Clock, Line, MotionLine, RegionTime, RulingLine, Spoken, View, Waiting, digest_of},
};

/// All that a view is made of.
struct Loaded<'a> {
    floor: &'a Floor,
    requests: Vec<Request>,
    motions: Vec<Motion>,
    rulings: Vec<Ruling>,
    firsts: BTreeSet<RequestId>,
    heard: BTreeSet<PersonId>,
    now: Moment,
}

pub(crate) fn seen(conn: &mut Conn, floor: &Floor, now: Moment) -> Result<View, Fault> {
    let requests = acts::requests(conn, floor)?;
    let loaded = Loaded {
        floor,
        motions: acts::motions(conn, floor.id)?,
        rulings: acts::rulings(conn, floor.id)?,
        firsts: firsts(&requests),
        heard: requests
            .iter()
            .filter(|request| is_heard(request))
            .map(|request| request.person)
            .collect(),
        requests,
        now,
    };
    Ok(loaded.view())
}

impl Loaded<'_> {
    fn view(&self) -> View {
        let floor = self.floor;
        let next = rules::next(floor, &self.requests, &self.motions, &self.rulings);
        View {
            id: floor.id,
            edition: floor.edition,
            session: floor.session,
            item: floor.item,
            title: floor.title.clone(),
            visible_to: floor.visible_to.clone(),
            state: floor.state,
            list_closed: floor.list_closed,
            speaking_order: floor.speaking_order,
            criteria: floor.criteria.0.clone(),
            by_admission: floor.by_admission,
            limits: floor.limits.0.clone(),
            version: floor.version,
            digest: digest_of(floor.id, floor.version),
            at: self.now,
            current: rules::current(floor, &self.requests).map(|request| self.line(request)),
            interrupted: self.lines(Request::is_interrupted),
            queue: self.queue(),
            to_admit: self.lines(|request| request.state == SpeechState::Requested),
            spoken: self.spoken(),
            next: next.as_ref().ok().map(|next| next.id),
            held_up: next.err().map(|fault| Fault::from(fault).code.to_owned()),
            open_to: self.open_to(),
            motions: self.motions(),
            rulings: self.rulings.iter().rev().map(ruling_line).collect(),
            balance: balance(self.own(), &self.firsts, self.now),
            regions: self.regions(),
        }
    }

    fn own(&self) -> impl Iterator<Item = &Request> {
        self.requests
            .iter()
            .filter(|request| request.floor == self.floor.id)
    }

    fn lines(&self, is_asked: impl Fn(&Request) -> bool) -> Vec<Line> {
        self.own()
            .filter(|request| is_asked(request))
            .map(|request| self.line(request))
            .collect()
    }

    fn line(&self, request: &Request) -> Line {
        Line {
            id: request.id,
            person: request.person,
            name: request.name.clone(),
            speaks_for: request.speaks_for.clone(),
            region: request.region.clone(),
            kind: request.kind,
            motion: request.motion,
            state: request.state,
            is_first_speech: match request.turn {
                Some(_) => self.firsts.contains(&request.id),
                None => request.kind.is_substance() && !self.heard.contains(&request.person),
            },
            clock: self.clock(request),
            version: request.version,
        }
    }

    fn clock(&self, request: &Request) -> Clock {
        let left = time::left_ms(self.floor, &self.requests, request, self.now);
        Clock {
            is_running: request.state == SpeechState::Speaking,
            spoken_seconds: time::spoken_ms(request, self.now) / 1000,
            added_seconds: request.added_seconds,
            left_seconds: left.map(time::shown_seconds),
            runs_out_at: time::runs_out_at(self.floor, &self.requests, request, self.now),
        }
    }

    fn queue(&self) -> Vec<Waiting> {
        let motion = first(&self.motions).map(|motion| motion.id);
        order(self.floor, &self.requests, motion)
            .into_iter()
            .zip(1..)
            .map(|(placed, place)| Waiting {
                place,
                why: placed.why,
                reason: placed.request.place_reason.clone(),
                line: self.line(placed.request),
            })
            .collect()
    }

    fn spoken(&self) -> Vec<Spoken> {
        let mut done: Vec<&Request> = self
            .own()
            .filter(|request| request.state == SpeechState::Done)
            .collect();
        done.sort_by_key(|request| std::cmp::Reverse(request.turn));
        done.into_iter()
            .map(|request| Spoken {
                id: request.id,
                name: request.name.clone(),
                speaks_for: request.speaks_for.clone(),
                region: request.region.clone(),
                kind: request.kind,
                is_first_speech: self.firsts.contains(&request.id),
                seconds: request.spoken_ms / 1000,
            })
            .collect()
    }

    fn open_to(&self) -> Vec<SpeechKind> {
        let pending = first(&self.motions);
        SpeechKind::ALL
            .iter()
            .copied()
            .filter(|kind| rules::may_ask(self.floor, *kind).is_ok())
            .filter(|kind| !kind.is_on_motion() || pending.is_some_and(|motion| has_room(motion, *kind)))
            .collect()
    }

    fn motions(&self) -> Vec<MotionLine> {
        let in_hand = first(&self.motions).map(|motion| motion.id);
        let mut motions: Vec<&Motion> = self.motions.iter().collect();
        motions.sort_by_key(|motion| match motion.state {
            MotionState::Moved => (0, motion.kind as i64, motion.seq),
            MotionState::Carried
            | MotionState::Lost
            | MotionState::Withdrawn
            | MotionState::RuledOut
            | MotionState::Fallen => (1, 0, -motion.seq),
        });
        motions
            .into_iter()
            .map(|motion| motion_line(motion, in_hand))
            .collect()
    }

    fn regions(&self) -> Vec<RegionTime> {
        let limits = self.floor.limits.0.regions.iter();
        limits
            .filter_map(|(region, limit)| {
                let left = time::left_of_region_ms(self.floor, &self.requests, region, self.now)?;
                Some(RegionTime {
                    region: region.clone(),
                    limit_seconds: *limit,
                    left_seconds: time::shown_seconds(left),
                })
            })
            .collect()
    }
}

fn has_room(motion: &Motion, side: SpeechKind) -> bool {
    let most = rules::motions::speakers_most(motion.kind, side);
    match side {
        SpeechKind::ForMotion => motion.speakers_for < most,
        SpeechKind::AgainstMotion
        | SpeechKind::PointOfOrder
        | SpeechKind::Interposed
        | SpeechKind::RightOfReply
        | SpeechKind::Statement => motion.speakers_against < most,
    }
}

fn motion_line(motion: &Motion, in_hand: Option<MotionId>) -> MotionLine {
    let most = sides(motion.kind);
    MotionLine {
        id: motion.id,
        moved_by: motion.moved_by,
        kind: motion.kind,
        subject: motion.subject,
        name: motion.name.clone(),
        speaks_for: motion.speaks_for.clone(),
        words: motion.words.clone(),
        state: motion.state,
        is_in_hand: in_hand == Some(motion.id),
        speakers_for: motion.speakers_for,
        speakers_for_most: most.speakers_for,
        speakers_against: motion.speakers_against,
        speakers_against_most: most.speakers_against,
        count: Count::of(motion.votes_for, motion.votes_against, motion.abstentions),
    }
}

fn ruling_line(ruling: &Ruling) -> RulingLine {
    RulingLine {
        id: ruling.id,
        request: ruling.request,
        motion: ruling.motion,
        finding: ruling.finding,
        words: ruling.words.clone(),
        state: ruling.state,
        appellant: ruling.appellant.clone(),
        count: Count::of(ruling.votes_for, ruling.votes_against, ruling.abstentions),
    }
}
