//! What this slice keeps about a person: which partners they named.

use records::personal::Trace;

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[Trace::kept(
    "theme_partners",
    "named_by",
    &["from_at", "theme", "organisation", "role"],
)];
