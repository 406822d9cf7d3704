//! The tables of `migrations/shared/…_texts` and `…_sealed_translations`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    texts (id) {
        id -> UuidSql,
        language -> Text,
        title -> JsonSql,
        version -> BigInt,
        edition -> Nullable<UuidSql>,
        visible_to -> Text,
        created_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    text_blocks (id) {
        id -> UuidSql,
        text -> UuidSql,
        place -> BigInt,
        kind -> Text,
        level -> Integer,
        numbered -> Bool,
        content -> JsonSql,
        version -> BigInt,
        added_after -> BigInt,
        removed_in -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    text_versions (id) {
        id -> UuidSql,
        text -> UuidSql,
        number -> BigInt,
        language -> Text,
        title -> JsonSql,
        blocks -> JsonSql,
        hash -> Text,
        note -> Text,
        sealed_at -> MomentSql,
        sealed_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    text_translations (block, language, of_hash) {
        block -> UuidSql,
        language -> Text,
        of_hash -> Text,
        text -> UuidSql,
        content -> JsonSql,
        translated_by -> Nullable<UuidSql>,
        translated_at -> MomentSql,
        reviewed_by -> Nullable<UuidSql>,
        reviewed_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    text_version_translations (version, language) {
        version -> UuidSql,
        language -> Text,
        said -> JsonSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    text_comments (id) {
        id -> UuidSql,
        text -> UuidSql,
        text_version -> UuidSql,
        block -> Nullable<UuidSql>,
        thread -> UuidSql,
        parent -> Nullable<UuidSql>,
        depth -> Integer,
        position -> Nullable<Text>,
        author -> UuidSql,
        language -> Text,
        body -> Text,
        state -> Text,
        moderated_by -> Nullable<UuidSql>,
        moderated_at -> Nullable<MomentSql>,
        moderation_reason -> Nullable<Text>,
        posted_at -> MomentSql,
        disposition -> Nullable<Text>,
        disposition_reason -> Nullable<Text>,
        disposed_by -> Nullable<UuidSql>,
        disposed_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}
