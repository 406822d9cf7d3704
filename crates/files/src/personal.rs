//! What this slice keeps about a person: which files they sent. The content belongs to what it was sent for.

use records::personal::{Fate, Trace};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[Trace::kept(
    "files",
    "created_by",
    &["id", "created_at", "original_name", "media_type", "size", "state"],
)
.with(Fate::Emptied(&["created_by"], &[]))];
