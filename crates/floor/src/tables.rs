//! The tables of `migrations/shared/…_floor`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    floors (id) {
        id -> UuidSql,
        edition -> UuidSql,
        session -> UuidSql,
        item -> Nullable<UuidSql>,
        title -> JsonSql,
        visible_to -> Text,
        state -> Text,
        list_closed -> Bool,
        speaking_order -> Text,
        criteria -> JsonSql,
        by_admission -> Bool,
        limits -> JsonSql,
        opened_at -> MomentSql,
        closed_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    procedural_motions (id) {
        id -> UuidSql,
        floor -> UuidSql,
        kind -> Text,
        subject -> Nullable<UuidSql>,
        moved_by -> UuidSql,
        organisation -> Nullable<UuidSql>,
        name -> Text,
        speaks_for -> Text,
        words -> Text,
        state -> Text,
        seq -> BigInt,
        speakers_for -> BigInt,
        speakers_against -> BigInt,
        votes_for -> Nullable<BigInt>,
        votes_against -> Nullable<BigInt>,
        abstentions -> Nullable<BigInt>,
        moved_at -> MomentSql,
        decided_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    speaker_requests (id) {
        id -> UuidSql,
        floor -> UuidSql,
        person -> UuidSql,
        organisation -> Nullable<UuidSql>,
        name -> Text,
        speaks_for -> Text,
        region -> Nullable<Text>,
        gender -> Nullable<Text>,
        kind -> Text,
        motion -> Nullable<UuidSql>,
        state -> Text,
        seq -> BigInt,
        turn -> Nullable<BigInt>,
        chair_place -> Nullable<BigInt>,
        place_reason -> Text,
        has_floor -> Bool,
        asked_by -> Nullable<UuidSql>,
        asked_at -> MomentSql,
        called_at -> Nullable<MomentSql>,
        started_at -> Nullable<MomentSql>,
        ended_at -> Nullable<MomentSql>,
        spoken_ms -> BigInt,
        added_seconds -> BigInt,
        removal -> Nullable<Text>,
        removal_reason -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    floor_rulings (id) {
        id -> UuidSql,
        floor -> UuidSql,
        request -> Nullable<UuidSql>,
        motion -> Nullable<UuidSql>,
        finding -> Text,
        words -> Text,
        ruled_by -> Nullable<UuidSql>,
        ruled_at -> MomentSql,
        state -> Text,
        appealed_by -> Nullable<UuidSql>,
        appellant -> Text,
        appealed_at -> Nullable<MomentSql>,
        votes_for -> Nullable<BigInt>,
        votes_against -> Nullable<BigInt>,
        abstentions -> Nullable<BigInt>,
        decided_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(floors, procedural_motions, speaker_requests, floor_rulings);
