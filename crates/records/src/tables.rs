//! The tables of `migrations/shared/…_records` and `…_person_keys`.

diesel::table! {
    use diesel::sql_types::*;

    audit_head (id) {
        id -> Integer,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    audit_entries (seq) {
        seq -> BigInt,
        at -> MomentSql,
        actor -> Nullable<UuidSql>,
        act -> Text,
        object_kind -> Text,
        object_id -> Nullable<UuidSql>,
        scope -> Nullable<UuidSql>,
        summary -> Text,
        before_hash -> Nullable<Text>,
        after_hash -> Nullable<Text>,
        hash -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    person_keys (person) {
        person -> UuidSql,
        sealing -> Nullable<Binary>,
        made_at -> MomentSql,
        destroyed_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    denials (id) {
        id -> UuidSql,
        at -> MomentSql,
        subject -> Nullable<UuidSql>,
        act -> Text,
        object_kind -> Text,
        object_id -> Nullable<UuidSql>,
        reason -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    feed_streams (name) {
        name -> Text,
        seq -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    feed_follows (stream, kind) {
        stream -> Text,
        kind -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql};

    feed_events (stream, seq) {
        stream -> Text,
        seq -> BigInt,
        at -> MomentSql,
        kind -> Text,
        visible_to -> Text,
        payload -> JsonSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    jobs (id) {
        id -> UuidSql,
        kind -> Text,
        unique_key -> Nullable<Text>,
        payload -> JsonSql,
        run_at -> MomentSql,
        state -> Text,
        attempts -> Integer,
        leased_until -> Nullable<MomentSql>,
        last_error -> Nullable<Text>,
        created_at -> MomentSql,
        ended_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql};

    idempotency_keys (actor, route, key) {
        actor -> Text,
        route -> Text,
        key -> Text,
        body_hash -> Binary,
        status -> Nullable<Integer>,
        answer -> Nullable<Text>,
        headers -> Nullable<JsonSql>,
        created_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::MomentSql;

    failures (purpose, account, address) {
        purpose -> Text,
        account -> Text,
        address -> Text,
        times -> BigInt,
        last_at -> MomentSql,
        succeeded_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::MomentSql;

    spent (bucket, key, ends_at) {
        bucket -> Text,
        key -> Text,
        ends_at -> MomentSql,
        times -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::JsonSql;

    settings (name) {
        name -> Text,
        value -> JsonSql,
    }
}
