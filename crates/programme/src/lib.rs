//! The programme of a congress.
//!
//! An *edition* has venues, *rooms*, *tracks*, *formats*, policy domains, Town Hall themes and *sessions*. What organisers
//! change is the *draft*; what everybody else reads is the *release* in force, kept whole as one value ([`released`]).
//!
//! Session: proposed → scheduled → published → live → held → reported; published → moved → published; any before live →
//! cancelled. Edition: draft → announced → open → running → closed → archived; announced → draft; open → cancelled.
//!
//! Invariants: no two sessions in a room overlap, turnaround included, not even in the draft (R45); whoever changes the
//! draft takes the edition's row first, so changes stand in line and a release is one snapshot (§5.1 case 14); every way
//! in (create, place, release, import) passes the track's [`admission`]; wall-clock time is what is meant, instants are
//! derived (R53); a session once released is cancelled, never taken away (R52); its SEQUENCE never goes back.

pub mod model;
pub mod tables;

pub mod checks;
pub mod conflicts;
pub mod faults;
pub mod presences;
pub mod rules;
pub mod severities;
pub mod travel;

pub mod admission;

pub mod editions;
pub mod standard;

pub mod domains;
pub mod formats;
pub mod rooms;
pub mod themes;
pub mod tracks;
pub mod venues;

pub mod rule_book;

pub mod parts;
pub mod session_form;
pub mod session_list;
pub mod sessions;

pub mod change_diff;
mod change_letters;
pub mod change_settling;
pub mod change_terms;
pub mod session_changes;

pub mod access;

pub mod draft;
pub mod draft_sheet;
pub mod history;
pub mod meanwhile;
pub mod scheduling;
pub mod waivers;

pub mod arranging;
pub mod availability;
pub mod board;
pub mod clashing;
pub mod copies;
pub mod rescheduling;

pub mod changes;
mod content;
pub mod releases;
pub mod searching;

pub mod calendar_tokens;

pub mod released;

pub mod calendar;
mod calendar_lines;
mod calendar_zone;
pub mod closed_sessions;
pub mod csv_export;
pub mod json_ld;
pub mod links;
pub mod listing;
pub mod live;
pub mod now;
pub mod personal;
mod schedule;
pub mod schedule_json;
pub mod schedule_xml;
pub mod snapshot;

pub mod import_apply;
pub mod import_faults;
pub mod import_plan;
pub mod import_schedule;
pub mod import_sessions;
mod import_text;
mod import_xml;
mod session_rows;

#[cfg(test)]
mod outward_tests;

#[cfg(test)]
mod tests;
