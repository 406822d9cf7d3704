//! The tables of `migrations/shared/…_people`, `…_second_factor`, `…_consents` and `…_oidc_identities`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    persons (id) {
        id -> UuidSql,
        given_name -> Text,
        family_name -> Text,
        name_sort -> Binary,
        name_key -> Text,
        badge_name -> Nullable<Text>,
        language -> Text,
        created_at -> MomentSql,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    accounts (id) {
        id -> UuidSql,
        person_id -> UuidSql,
        email -> Text,
        email_key -> Text,
        password_hash -> Nullable<Text>,
        verified_at -> Nullable<MomentSql>,
        language -> Text,
        created_at -> MomentSql,
        closed_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    sign_in_codes (id) {
        id -> UuidSql,
        email_key -> Text,
        purpose -> Text,
        code_hash -> Binary,
        payload -> Nullable<JsonSql>,
        created_at -> MomentSql,
        expires_at -> MomentSql,
        tries_left -> Integer,
        used_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    sign_in_sessions (id) {
        id -> UuidSql,
        account_id -> UuidSql,
        token_hash -> Binary,
        label -> Text,
        created_at -> MomentSql,
        proved_at -> MomentSql,
        last_seen_at -> MomentSql,
        idle_minutes -> BigInt,
        expires_at -> MomentSql,
        revoked_at -> Nullable<MomentSql>,
        vouched_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    bearer_tokens (id) {
        id -> UuidSql,
        account_id -> UuidSql,
        name -> Text,
        token_hash -> Binary,
        scopes -> JsonSql,
        created_at -> MomentSql,
        expires_at -> MomentSql,
        last_used_at -> Nullable<MomentSql>,
        revoked_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    standings (id) {
        id -> UuidSql,
        person_id -> UuidSql,
        role -> Text,
        scope_kind -> Text,
        scope_ref -> Text,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        basis -> Text,
        granted_by -> Nullable<UuidSql>,
        created_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    person_tags (id) {
        id -> UuidSql,
        person_id -> UuidSql,
        tag -> Text,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        basis -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    consents (id) {
        id -> UuidSql,
        person -> UuidSql,
        purpose -> Text,
        about -> UuidSql,
        words -> Text,
        given_at -> MomentSql,
        given_through -> Text,
        withdrawn_at -> Nullable<MomentSql>,
        withdrawn_through -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    second_factors (account_id) {
        account_id -> UuidSql,
        sealed -> Binary,
        since -> MomentSql,
        last_step -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    second_factor_drafts (session_id) {
        session_id -> UuidSql,
        sealed -> Binary,
        created_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    recovery_codes (id) {
        id -> UuidSql,
        account_id -> UuidSql,
        code_hash -> Binary,
        created_at -> MomentSql,
        used_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    half_sign_ins (id) {
        id -> UuidSql,
        account_id -> UuidSql,
        token_hash -> Binary,
        created_at -> MomentSql,
        expires_at -> MomentSql,
        tries_left -> Integer,
        used_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    oidc_identities (id) {
        id -> UuidSql,
        account_id -> UuidSql,
        provider -> Text,
        issuer -> Text,
        subject -> Text,
        created_at -> MomentSql,
        last_used_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    oidc_attempts (id) {
        id -> UuidSql,
        browser_hash -> Binary,
        provider -> Text,
        linking_account -> Nullable<UuidSql>,
        language -> Text,
        next -> Text,
        created_at -> MomentSql,
        expires_at -> MomentSql,
        used_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    oidc_offers (id) {
        id -> UuidSql,
        browser_hash -> Binary,
        account_id -> UuidSql,
        provider -> Text,
        issuer -> Text,
        subject -> Text,
        created_at -> MomentSql,
        expires_at -> MomentSql,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    persons,
    accounts,
    sign_in_codes,
    sign_in_sessions,
    bearer_tokens,
    second_factors,
    second_factor_drafts,
    recovery_codes,
    half_sign_ins,
    standings,
    person_tags
);
