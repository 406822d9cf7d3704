//! What this slice keeps about a person: the letters addressed to them, and how each left.

use records::personal::{Fate, Step, Trace};

/// By a letter to them.
const OF_LETTER: &[Step] = &[Step {
    table: "letters",
    key: "id",
    column: "person_id",
}];

/// The rows that are about a person; those that refer to others first.
pub const TRACES: &[Trace] = &[
    Trace::deleted("letter_deliveries", "letter", &["at", "outcome"])
        .through(OF_LETTER)
        .with(Fate::ByUseCase),
    Trace::deleted(
        "letters",
        "person_id",
        &[
            "created_at",
            "kind",
            "language",
            "to_email",
            "to_name",
            "subject",
            "body",
            "state",
            "sent_at",
        ],
    )
    .with(Fate::ByUseCase),
];
