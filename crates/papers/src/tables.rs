//! The tables of `migrations/shared/…_papers`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    paper_counters (edition, stem) {
        edition -> UuidSql,
        stem -> Text,
        last -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    papers (id) {
        id -> UuidSql,
        edition -> UuidSql,
        track -> Text,
        code -> Text,
        owner -> UuidSql,
        theme -> Nullable<UuidSql>,
        text -> UuidSql,
        state -> Text,
        deadline -> Nullable<MomentSql>,
        deadline_reason -> Text,
        is_revoked -> Bool,
        published_version -> Nullable<BigInt>,
        published_at -> Nullable<MomentSql>,
        comments_from -> Nullable<MomentSql>,
        comments_to -> Nullable<MomentSql>,
        priorities -> JsonSql,
        supersedes -> Nullable<UuidSql>,
        visible_to -> Text,
        version -> BigInt,
        created_at -> MomentSql,
        created_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    paper_team (id) {
        id -> UuidSql,
        paper -> UuidSql,
        person -> UuidSql,
        role -> Text,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        named_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    paper_steps (id) {
        id -> UuidSql,
        paper -> UuidSql,
        what -> Text,
        from_state -> Nullable<Text>,
        to_state -> Text,
        text_version -> Nullable<BigInt>,
        visible_to -> Nullable<Text>,
        reason -> Text,
        done_at -> MomentSql,
        done_by -> Nullable<UuidSql>,
    }
}
