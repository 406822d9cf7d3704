//! What this slice keeps about a person: their positions, the member roll's line with their address, what they recorded.

use people::personal::OF_ADDRESS;
use records::personal::{Fate, Trace};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "positions",
        "person",
        &[
            "requested_at",
            "organisation",
            "kind",
            "title",
            "state",
            "evidence",
            "decided_at",
            "reason",
            "from_at",
            "to_at",
        ],
    )
    .with(Fate::Emptied(&[], &["title", "reason"])),
    Trace::kept(
        "positions",
        "requested_by",
        &["requested_at", "organisation", "kind"],
    ),
    Trace::kept(
        "positions",
        "decided_by",
        &["decided_at", "organisation", "kind", "state"],
    ),
    Trace::deleted(
        "organisation_contacts",
        "email_key",
        &["organisation", "email", "name"],
    )
    .through(OF_ADDRESS),
    Trace::kept(
        "membership_steps",
        "recorded_by",
        &["recorded_at", "membership", "state"],
    ),
    Trace::kept(
        "dues",
        "recorded_by",
        &["recorded_at", "organisation", "year", "state"],
    ),
    Trace::kept(
        "relations",
        "recorded_by",
        &["recorded_at", "organisation", "kind"],
    ),
];
