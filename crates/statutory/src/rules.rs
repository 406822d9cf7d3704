//! Decisions of the statutory track without a database: what doors begin as, which keys they make, who clashes with whom,
//! how long before a meeting its agenda is due, what is new.

use std::collections::BTreeSet;

use access_rules::{Actor, BodyId, Circumstances, Key, PersonId, Rule, Tag};
use chrono::Months;
use kernel::{LocalDate, Moment};
use programme::conflicts::Severity;

use crate::model::{AgendaItem, Audience, BodyKind, Doors, ItemId, LineDoor, PapersDoor, RoomDoor};

/// What the doors of a body's meeting begin as (`readings.md` "Statutory on the public programme"): the line is public;
/// other members observe the General Assembly and the World Council; the General Assembly's papers are for all members.
pub const fn doors_of(kind: BodyKind) -> Doors {
    let (room, papers) = match kind {
        BodyKind::GeneralAssembly => (RoomDoor::Observed, PapersDoor::Members),
        BodyKind::WorldCouncil => (RoomDoor::Observed, PapersDoor::Roster),
        BodyKind::ExecutiveBureau | BodyKind::Presidency | BodyKind::Committee | BodyKind::Other => {
            (RoomDoor::Roster, PapersDoor::Roster)
        }
    };
    Doors {
        line: LineDoor::Public,
        room,
        papers,
    }
}

/// The key a door's rule makes: that of all members when whoever is a member passes, else that of the body. A rule that
/// lets in only some of the members makes the narrower key, never the wider.
pub fn key_of_rule(rule: &Rule, kind: BodyKind, body: BodyId) -> Key {
    let member = Actor {
        tags: BTreeSet::from([Tag::Individual, Tag::UclgMember]),
        ..Actor::default()
    };
    // Registration is asked at the door of the room; it does not decide who may know of the meeting.
    let circumstances = Circumstances {
        registered: true,
        on_roster: kind.is_computed(),
        ..Circumstances::default()
    };
    if rule.admits(&member, circumstances) {
        Key::Members
    } else {
        Key::Body(body)
    }
}

/// The wider of two keys of a meeting: whoever may come in or read may know of it.
pub fn wider(one: &Key, other: &Key) -> Key {
    if *one == Key::Members {
        Key::Members
    } else {
        other.clone()
    }
}

/// Who sees the meeting's line in the released programme.
pub fn line_key(line: LineDoor, known_to: &Key) -> Key {
    match line {
        LineDoor::Public => Key::Public,
        LineDoor::Hidden => known_to.clone(),
    }
}

/// The key of a meeting's page, agenda and papers: the statutory desk's until it is announced, by the programme or by
/// its agenda.
pub fn once_announced(is_announced: bool, key: Key) -> Key {
    if is_announced {
        key
    } else {
        Key::Desk("statutory".into())
    }
}

/// The key of a paper: its audience's.
pub fn document_key(audience: Audience, papers_to: &Key, kind: BodyKind, body: BodyId) -> Key {
    match audience {
        Audience::Papers => papers_to.clone(),
        // The roster of the General Assembly is its members.
        Audience::Roster if kind.is_computed() => Key::Members,
        Audience::Roster => Key::Body(body),
    }
}

/// From when until when a seat is held; open at the end when none.
pub type Term = (Moment, Option<Moment>);

/// Whether two terms have a moment in common.
pub fn overlap(one: Term, other: Term) -> bool {
    one.1.is_none_or(|end| other.0 < end) && other.1.is_none_or(|end| one.0 < end)
}

/// The most seats held at one moment of `term` by these others.
pub fn most_taken(term: Term, others: &[Term]) -> usize {
    let held_at = |at: Moment| {
        others
            .iter()
            .filter(|(from, to)| *from <= at && to.is_none_or(|to| at < to))
            .count()
    };
    // It only ever grows where a term begins.
    let begins = others
        .iter()
        .map(|(from, _)| *from)
        .filter(|from| overlap((*from, Some(from.plus_seconds(1))), term));
    begins
        .chain([term.0])
        .map(|at| held_at(at.max(term.0)))
        .max()
        .unwrap_or(0)
}

/// What a meeting is, as far as clashes are concerned.
#[derive(Clone, Debug)]
pub struct Sitting<'a> {
    /// The kind of the body that meets; none for the World Assembly.
    pub kind: Option<BodyKind>,
    /// Who sits in it that day.
    pub roster: &'a BTreeSet<PersonId>,
}

/// How grave it is that two of them meet at once (R47): grave for two statutory meetings, and for the World Assembly with
/// the General Assembly; a warning for committees whose rosters are known and share nobody, and for the World Assembly
/// with another body.
pub fn clash(one: &Sitting<'_>, other: &Sitting<'_>) -> Severity {
    match (one.kind, other.kind) {
        (Some(BodyKind::Committee), Some(BodyKind::Committee)) => {
            let are_known = !one.roster.is_empty() && !other.roster.is_empty();
            if are_known && one.roster.is_disjoint(other.roster) {
                Severity::Warning
            } else {
                Severity::BlockRelease
            }
        }
        (None, Some(kind)) | (Some(kind), None) if kind != BodyKind::GeneralAssembly => Severity::Warning,
        _ => Severity::BlockRelease,
    }
}

/// The last day on which an agenda goes out in time, counted in civil months (R131): one month before 31 March is 28 or
/// 29 February. None when the body asks for no notice.
pub fn notice_due(meets_on: LocalDate, months: i64) -> Option<LocalDate> {
    let months = u32::try_from(months).ok().filter(|months| *months > 0)?;
    meets_on.0.checked_sub_months(Months::new(months)).map(LocalDate)
}

/// Whether a paper is new to somebody: uploaded after they last looked. To who never looked, all is new.
pub fn is_new(uploaded_at: Moment, last_seen_at: Option<Moment>) -> bool {
    last_seen_at.is_none_or(|seen| seen < uploaded_at)
}

/// The items in this order, numbered from 1 on, keeping their ids (R133). None when `order` is not exactly the items.
pub fn renumbered(items: &[AgendaItem], order: &[ItemId]) -> Option<Vec<AgendaItem>> {
    let distinct: BTreeSet<&ItemId> = order.iter().collect();
    if distinct.len() != items.len() || order.len() != items.len() {
        return None;
    }
    let place = |(number, id): (i64, &ItemId)| {
        let item = items.iter().find(|item| item.id == *id)?;
        Some(AgendaItem {
            number,
            position: number,
            version: item.version + 1,
            ..item.clone()
        })
    };
    (1..).zip(order).map(place).collect()
}

#[cfg(test)]
mod tests {
    use access_rules::{Act, catalogue};
    use kernel::{Coded as _, Id, Localized};

    use super::*;
    use crate::model::{ItemKind, MeetingId};

    fn rule(door: &str, act: Act) -> Rule {
        catalogue::seeded(&format!("statutory_{door}"), act)
    }

    #[test]
    fn r1_r2_doors_make_the_keys_of_the_readings() {
        let body = Id::named("body");
        for kind in BodyKind::ALL {
            let doors = doors_of(*kind);
            let room = key_of_rule(&rule(doors.room.code(), Act::Attend), *kind, body);
            let papers = key_of_rule(&rule(doors.papers.code(), Act::Read), *kind, body);
            let (room_is, papers_is) = match kind {
                BodyKind::GeneralAssembly => (Key::Members, Key::Members),
                BodyKind::WorldCouncil => (Key::Members, Key::Body(body)),
                _ => (Key::Body(body), Key::Body(body)),
            };
            assert_eq!((room, papers), (room_is, papers_is), "{kind}");
            assert_eq!(doors.line, LineDoor::Public);
        }
    }

    #[test]
    fn r1_a_rule_for_some_members_never_makes_the_key_of_all() {
        let body = Id::named("body");
        let some = Rule::tags([Tag::UclgMemberIndividual]);
        for rule in [some, Rule::nobody()] {
            assert_eq!(key_of_rule(&rule, BodyKind::WorldCouncil, body), Key::Body(body));
        }
    }

    #[test]
    fn r1_a_hidden_line_is_shown_to_those_alone_who_may_come_in_or_read() {
        let own = Key::Body(Id::named("body"));
        assert_eq!(wider(&own, &Key::Members), Key::Members);
        assert_eq!(wider(&Key::Members, &own), Key::Members);
        assert_eq!(wider(&own, &own), own);
        assert_eq!(line_key(LineDoor::Hidden, &own), own);
        assert_eq!(line_key(LineDoor::Public, &own), Key::Public);
        assert_eq!(once_announced(false, own.clone()), Key::Desk("statutory".into()));
        assert_eq!(once_announced(true, own.clone()), own);
    }

    #[test]
    fn seats_are_counted_at_the_fullest_moment() {
        let at = |day: i64| Moment::at("2019-01-01T00:00Z").plus_days(day);
        let others = [(at(0), Some(at(10))), (at(10), Some(at(20))), (at(5), None)];
        let cases = [
            ((at(0), Some(at(5))), 1),
            ((at(0), None), 2),
            ((at(12), Some(at(13))), 2),
            ((at(25), None), 1),
            ((at(-9), Some(at(0))), 0),
        ];
        for (term, most) in cases {
            assert_eq!(most_taken(term, &others), most, "{term:?}");
        }
        assert!(!overlap((at(0), Some(at(1))), (at(1), None)));
        assert!(overlap((at(0), None), (at(1), None)));
    }

    #[test]
    fn r47_two_meetings_at_once_are_grave_unless_committees_share_nobody() {
        use BodyKind::{Committee, ExecutiveBureau, GeneralAssembly, WorldCouncil};
        let (ana, ben) = (Id::named("ana"), Id::named("ben"));
        let (one, other, both, none) = (
            BTreeSet::from([ana]),
            BTreeSet::from([ben]),
            BTreeSet::from([ana, ben]),
            BTreeSet::new(),
        );
        let cases = [
            (
                Some(GeneralAssembly),
                &one,
                Some(WorldCouncil),
                &other,
                Severity::BlockRelease,
            ),
            (
                Some(Committee),
                &one,
                Some(ExecutiveBureau),
                &other,
                Severity::BlockRelease,
            ),
            (Some(Committee), &one, Some(Committee), &other, Severity::Warning),
            (
                Some(Committee),
                &one,
                Some(Committee),
                &both,
                Severity::BlockRelease,
            ),
            (
                Some(Committee),
                &one,
                Some(Committee),
                &none,
                Severity::BlockRelease,
            ),
            (None, &none, Some(GeneralAssembly), &none, Severity::BlockRelease),
            (None, &none, Some(ExecutiveBureau), &one, Severity::Warning),
        ];
        for (kind, roster, other_kind, other_roster, severity) in cases {
            let (one, other) = (
                Sitting { kind, roster },
                Sitting {
                    kind: other_kind,
                    roster: other_roster,
                },
            );
            assert_eq!(clash(&one, &other), severity, "{kind:?} {other_kind:?}");
            assert_eq!(clash(&other, &one), severity, "{other_kind:?} {kind:?}");
        }
    }

    #[test]
    fn r131_notice_is_counted_in_civil_months() {
        let cases = [
            ("2019-11-14", 1, Some("2019-10-14")),
            ("2019-03-31", 1, Some("2019-02-28")),
            ("2020-03-31", 1, Some("2020-02-29")),
            ("2019-11-14", 0, None),
            ("2019-11-14", -1, None),
        ];
        for (meets, months, due) in cases {
            assert_eq!(
                notice_due(LocalDate::on(meets), months),
                due.map(LocalDate::on),
                "{meets} {months}"
            );
        }
    }

    #[test]
    fn r133_renumbering_keeps_ids_and_takes_exactly_the_items() {
        let meeting: MeetingId = Id::named("meeting");
        let item = |name: &str, number| AgendaItem {
            id: Id::named(name),
            meeting,
            number,
            title: Localized::only("en", name),
            kind: ItemKind::ForAdoption,
            position: number,
            version: 1,
        };
        let items = [item("a", 1), item("b", 2), item("c", 3)];
        let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();

        let turned = renumbered(&items, &[ids[2], ids[0], ids[1]]).expect("the same items");
        let told: Vec<(ItemId, i64)> = turned.iter().map(|item| (item.id, item.number)).collect();
        assert_eq!(told, [(ids[2], 1), (ids[0], 2), (ids[1], 3)]);

        for wrong in [
            &ids[..2],
            &[ids[0], ids[0], ids[1]],
            &[ids[0], ids[1], Id::named("d")],
        ] {
            assert_eq!(renumbered(&items, wrong), None);
        }
    }

    #[test]
    fn what_came_since_the_last_visit_is_new() {
        let (before, after) = (Moment::at("2019-11-01T00:00Z"), Moment::at("2019-11-02T00:00Z"));
        assert!(is_new(after, Some(before)));
        assert!(!is_new(before, Some(after)));
        assert!(is_new(before, None));
    }
}
