//! The tables of `migrations/shared/…_outcomes`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    transmissions (id) {
        id -> UuidSql,
        edition -> UuidSql,
        source -> Text,
        source_id -> UuidSql,
        stem -> Text,
        session -> Nullable<UuidSql>,
        session_title -> JsonSql,
        paper -> Nullable<UuidSql>,
        paper_title -> JsonSql,
        theme -> Nullable<UuidSql>,
        organisation -> Nullable<UuidSql>,
        result -> JsonSql,
        sent_at -> MomentSql,
        sent_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    outcome_counters (stem, letter) {
        stem -> Text,
        letter -> Text,
        last -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    outcomes (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        kind -> Text,
        text -> UuidSql,
        title_key -> Text,
        transmission -> Nullable<UuidSql>,
        state -> Text,
        presented_at -> Nullable<MomentSql>,
        debated_at -> Nullable<MomentSql>,
        decided_at -> Nullable<MomentSql>,
        decision_reason -> Text,
        received_version -> BigInt,
        adopted_version -> Nullable<BigInt>,
        horizon_to -> Nullable<Text>,
        position -> BigInt,
        visible_to -> Text,
        version -> BigInt,
        created_at -> MomentSql,
        created_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    outcome_steps (id) {
        id -> UuidSql,
        outcome -> UuidSql,
        from_state -> Nullable<Text>,
        to_state -> Text,
        reason -> Text,
        at -> MomentSql,
        who -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::JsonSql;

    agendas (code) {
        code -> Text,
        parent -> Nullable<Text>,
        title -> JsonSql,
        site -> Text,
        position -> BigInt,
        retired -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    outcome_agendas (outcome, agenda, phase) {
        outcome -> UuidSql,
        agenda -> Text,
        phase -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    outcome_references (id) {
        id -> UuidSql,
        outcome -> UuidSql,
        addressed_to -> Text,
        field -> Text,
        note -> JsonSql,
        made_at -> MomentSql,
        made_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    strategic_priorities (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        title -> JsonSql,
        description -> JsonSql,
        position -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    outcome_priorities (outcome, priority) {
        outcome -> UuidSql,
        priority -> UuidSql,
        made_at -> MomentSql,
        made_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    outcome_responses (id) {
        id -> UuidSql,
        outcome -> UuidSql,
        organisation -> UuidSql,
        due_on -> Text,
        asked_at -> MomentSql,
        asked_by -> Nullable<UuidSql>,
        answer -> Nullable<Text>,
        said -> JsonSql,
        answered_on -> Nullable<Text>,
        answered_at -> Nullable<MomentSql>,
        answered_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    outcome_links (first, second) {
        first -> UuidSql,
        second -> UuidSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    collections (edition) {
        edition -> UuidSql,
        title -> JsonSql,
        foreword -> JsonSql,
        last_number -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    collection_editions (id) {
        id -> UuidSql,
        edition -> UuidSql,
        number -> BigInt,
        title -> JsonSql,
        foreword -> JsonSql,
        items -> JsonSql,
        citation -> JsonSql,
        hash -> Text,
        published_at -> MomentSql,
        published_by -> Nullable<UuidSql>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(outcomes, transmissions, outcome_agendas, outcome_priorities);
