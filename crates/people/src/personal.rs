//! What this slice keeps about a person: who they are, how they sign in, what they were appointed to.

use access_rules::PersonId;
use records::personal::{Fate, Step, Trace};

const ACCOUNT: Step = Step {
    table: "accounts",
    key: "id",
    column: "person_id",
};
const BROWSER: Step = Step {
    table: "sign_in_sessions",
    key: "id",
    column: "account_id",
};
/// By an account of theirs.
pub const OF_ACCOUNT: &[Step] = &[ACCOUNT];
/// By the address of an account of theirs, as it is compared.
pub const OF_ADDRESS: &[Step] = &[Step {
    key: "email_key",
    ..ACCOUNT
}];
/// By a browser they signed in with.
const OF_BROWSER: &[Step] = &[BROWSER, ACCOUNT];

/// What somebody who is erased is called from then on: the same wherever they stood, and nobody's name.
pub fn pseudonym(person: PersonId) -> String {
    let id = person.uuid().simple().to_string();
    format!("Person {}", &id[id.len() - 8..])
}

/// An address no letter reaches, for rows that must have one.
pub fn nowhere(person: PersonId) -> String {
    format!("erased-{}@account.invalid", person.uuid().simple())
}

/// The rows that are about a person; those that refer to others first.
pub const TRACES: &[Trace] = &[
    Trace::deleted("second_factor_drafts", "session_id", &["created_at"]).through(OF_BROWSER),
    Trace::deleted(
        "sign_in_sessions",
        "account_id",
        &[
            "created_at",
            "label",
            "proved_at",
            "last_seen_at",
            "expires_at",
            "revoked_at",
            "vouched_at",
        ],
    )
    .through(OF_ACCOUNT),
    Trace::deleted(
        "bearer_tokens",
        "account_id",
        &[
            "created_at",
            "name",
            "scopes",
            "expires_at",
            "last_used_at",
            "revoked_at",
        ],
    )
    .through(OF_ACCOUNT),
    Trace::deleted("second_factors", "account_id", &["since"]).through(OF_ACCOUNT),
    Trace::deleted("recovery_codes", "account_id", &["created_at", "used_at"]).through(OF_ACCOUNT),
    Trace::deleted(
        "half_sign_ins",
        "account_id",
        &["created_at", "expires_at", "used_at"],
    )
    .through(OF_ACCOUNT),
    Trace::deleted(
        "oidc_identities",
        "account_id",
        &["created_at", "provider", "issuer", "subject", "last_used_at"],
    )
    .through(OF_ACCOUNT),
    Trace::deleted(
        "oidc_offers",
        "account_id",
        &["created_at", "provider", "expires_at"],
    )
    .through(OF_ACCOUNT),
    Trace::deleted(
        "oidc_attempts",
        "linking_account",
        &["created_at", "provider", "expires_at", "used_at"],
    )
    .through(OF_ACCOUNT),
    Trace::deleted(
        "sign_in_codes",
        "email_key",
        &["created_at", "purpose", "expires_at", "used_at"],
    )
    .through(OF_ADDRESS),
    Trace::kept(
        "consents",
        "person",
        &[
            "given_at",
            "purpose",
            "about",
            "words",
            "given_through",
            "withdrawn_at",
            "withdrawn_through",
        ],
    ),
    Trace::deleted("person_tags", "person_id", &["from_at", "tag", "to_at", "basis"]),
    Trace::kept(
        "standings",
        "person_id",
        &["from_at", "role", "scope_kind", "scope_ref", "to_at", "basis"],
    )
    .with(Fate::Emptied(&[], &["basis"])),
    Trace::kept(
        "standings",
        "granted_by",
        &["created_at", "role", "scope_kind", "scope_ref"],
    ),
    Trace::kept(
        "accounts",
        "person_id",
        &["created_at", "email", "verified_at", "language", "closed_at"],
    )
    .with(Fate::ByUseCase),
    Trace::kept(
        "persons",
        "id",
        &[
            "id",
            "given_name",
            "family_name",
            "badge_name",
            "language",
            "created_at",
        ],
    )
    .with(Fate::ByUseCase),
];
