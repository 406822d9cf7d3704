//! What this slice keeps about a person: which calls they made.

use records::personal::Trace;

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[Trace::kept(
    "calls",
    "made_by",
    &["made_at", "edition", "format", "title"],
)];
