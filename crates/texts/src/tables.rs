//! The tables of `migrations/shared/…_texts`, `…_sealed_translations` and `…_amendments`.

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

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    text_amendment_terms (text) {
        text -> UuidSql,
        seconders_least -> BigInt,
        circulation_hours -> BigInt,
        languages -> JsonSql,
        last_number -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    text_amendments (id) {
        id -> UuidSql,
        text -> UuidSql,
        text_version -> UuidSql,
        number -> BigInt,
        filing -> UuidSql,
        parent -> Nullable<UuidSql>,
        block -> Nullable<UuidSql>,
        proposed -> JsonSql,
        hash -> Text,
        author -> UuidSql,
        organisation -> UuidSql,
        language -> Text,
        reason -> Text,
        state -> Text,
        filed_at -> MomentSql,
        circulated_at -> Nullable<MomentSql>,
        circulation_waived -> Nullable<Text>,
        admissibility_reason -> Nullable<Text>,
        place -> Nullable<BigInt>,
        put_at -> Nullable<MomentSql>,
        decided_at -> Nullable<MomentSql>,
        decision_note -> Nullable<Text>,
        fallen_for -> Nullable<UuidSql>,
        fall_reason -> Nullable<Text>,
        fell_from -> Nullable<Text>,
        taken_up_from -> Nullable<UuidSql>,
        applied_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    text_amendment_seconders (amendment, organisation) {
        amendment -> UuidSql,
        organisation -> UuidSql,
        person -> UuidSql,
        seconded_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    text_amendment_translations (amendment, language) {
        amendment -> UuidSql,
        language -> Text,
        of_hash -> Text,
        said -> JsonSql,
        translated_by -> Nullable<UuidSql>,
        translated_at -> MomentSql,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    text_amendment_advice (amendment) {
        amendment -> UuidSql,
        advice -> Text,
        note -> Text,
        advised_by -> Nullable<UuidSql>,
        advised_at -> MomentSql,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    text_divisions (id) {
        id -> UuidSql,
        text -> UuidSql,
        text_version -> UuidSql,
        state -> Text,
        asked_at -> MomentSql,
        decided_at -> Nullable<MomentSql>,
        decision_note -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    text_division_parts (division, number) {
        division -> UuidSql,
        number -> BigInt,
        blocks -> JsonSql,
        is_operative -> Bool,
        state -> Text,
        decided_at -> Nullable<MomentSql>,
        decision_note -> Text,
    }
}
