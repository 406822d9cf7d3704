//! The tables of `migrations/shared/…_webhooks`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    webhook_endpoints (id) {
        id -> UuidSql,
        edition -> UuidSql,
        owner -> UuidSql,
        url -> Text,
        kinds -> JsonSql,
        state -> Text,
        secret_number -> BigInt,
        former_until -> Nullable<MomentSql>,
        seq -> BigInt,
        created_at -> MomentSql,
        version -> BigInt,
        desk_seq -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    webhook_deliveries (id) {
        id -> UuidSql,
        endpoint -> UuidSql,
        seq -> Nullable<BigInt>,
        kind -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Nullable<MomentSql>,
        created_at -> MomentSql,
        ended_at -> Nullable<MomentSql>,
        desk_seq -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    webhook_attempts (id) {
        id -> UuidSql,
        delivery -> UuidSql,
        at -> MomentSql,
        took_ms -> BigInt,
        status -> Nullable<Integer>,
        request -> Text,
        response -> Text,
        error -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(webhook_attempts, webhook_deliveries);
