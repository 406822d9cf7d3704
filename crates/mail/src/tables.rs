//! The tables of `migrations/shared/…_mail`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    letters (id) {
        id -> UuidSql,
        kind -> Text,
        language -> Text,
        to_email -> Text,
        to_name -> Text,
        to_key -> Text,
        person_id -> Nullable<UuidSql>,
        subject -> Text,
        body -> Text,
        secret -> Nullable<Text>,
        secret_payload -> Nullable<JsonSql>,
        state -> Text,
        not_before -> Nullable<MomentSql>,
        attempts -> Integer,
        next_try_at -> Nullable<MomentSql>,
        leased_until -> Nullable<MomentSql>,
        last_error -> Nullable<Text>,
        dedupe_key -> Nullable<Text>,
        created_at -> MomentSql,
        sent_at -> Nullable<MomentSql>,
        shown -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    letter_deliveries (id) {
        id -> UuidSql,
        letter -> UuidSql,
        at -> MomentSql,
        outcome -> Text,
        said -> Text,
    }
}
