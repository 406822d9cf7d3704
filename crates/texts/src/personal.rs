//! What this slice keeps about a person: what they sealed, translated, read over and said of texts. It is the record of a
//! public debate: it stays under an id that names nobody any more. What somebody took back is gone already.

use records::personal::Trace;

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept("text_versions", "sealed_by", &["number", "text", "note"]),
    Trace::kept(
        "text_translations",
        "translated_by",
        &["translated_at", "text", "block", "language"],
    ),
    Trace::kept(
        "text_translations",
        "reviewed_by",
        &["reviewed_at", "text", "block", "language"],
    ),
    Trace::kept(
        "text_comments",
        "author",
        &[
            "posted_at",
            "text",
            "block",
            "position",
            "language",
            "body",
            "state",
            "moderation_reason",
            "disposition",
            "disposition_reason",
        ],
    ),
    Trace::kept(
        "text_comments",
        "moderated_by",
        &["moderated_at", "text", "moderation_reason"],
    ),
    Trace::kept(
        "text_comments",
        "disposed_by",
        &["disposed_at", "text", "disposition", "disposition_reason"],
    ),
];
