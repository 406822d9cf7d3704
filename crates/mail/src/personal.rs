//! What this slice keeps about a person: the letters addressed to them.

use records::personal::{Fate, Trace};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[Trace::deleted(
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
.with(Fate::ByUseCase)];
