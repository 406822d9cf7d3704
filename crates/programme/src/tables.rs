//! The tables of `migrations/shared/…_programme`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    editions (id) {
        id -> UuidSql,
        slug -> Text,
        title -> JsonSql,
        motto -> JsonSql,
        city -> Text,
        country -> Text,
        zone -> Text,
        starts_on -> Text,
        ends_on -> Text,
        languages -> JsonSql,
        state -> Text,
        mandate_years -> BigInt,
        draft -> BigInt,
        live_release -> BigInt,
        version -> BigInt,
        created_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    venues (id) {
        id -> UuidSql,
        edition -> UuidSql,
        name -> JsonSql,
        name_key -> Text,
        address -> Text,
        directions -> JsonSql,
        position -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    rooms (id) {
        id -> UuidSql,
        edition -> UuidSql,
        venue -> Nullable<UuidSql>,
        name -> JsonSql,
        name_key -> Text,
        position -> BigInt,
        capacity -> Nullable<BigInt>,
        floor -> Text,
        directions -> JsonSql,
        step_free -> Text,
        hearing_loop -> Text,
        captions -> Text,
        sign_language -> Text,
        quiet -> Text,
        equipment -> JsonSql,
        turnaround_minutes -> BigInt,
        hours -> JsonSql,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    tracks (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        kind -> Text,
        title -> JsonSql,
        subtitle -> JsonSql,
        description -> JsonSql,
        position -> BigInt,
        places_max -> Nullable<BigInt>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    formats (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        title -> JsonSql,
        tagline -> JsonSql,
        position -> BigInt,
        state -> Text,
        terms -> JsonSql,
        rule_version -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    format_terms (format, rule_version) {
        format -> UuidSql,
        rule_version -> BigInt,
        terms -> JsonSql,
        since -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    domains (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        title -> JsonSql,
        position -> BigInt,
        retired -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    themes (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        title -> JsonSql,
        question -> JsonSql,
        position -> BigInt,
        retired -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    sessions (id) {
        id -> UuidSql,
        edition -> UuidSql,
        guid -> Text,
        code -> Text,
        kind -> Text,
        track -> Nullable<UuidSql>,
        format -> Nullable<UuidSql>,
        domain -> Nullable<UuidSql>,
        theme -> Nullable<UuidSql>,
        body -> Nullable<UuidSql>,
        title -> JsonSql,
        title_key -> Text,
        abstract_text -> JsonSql,
        entry -> Text,
        attendance -> Text,
        capacity -> Nullable<BigInt>,
        languages -> JsonSql,
        details -> JsonSql,
        length_minutes -> BigInt,
        room -> Nullable<UuidSql>,
        starts_local -> Nullable<Text>,
        ends_local -> Nullable<Text>,
        starts_at -> Nullable<MomentSql>,
        ends_at -> Nullable<MomentSql>,
        state -> Text,
        visible_to -> Text,
        desk -> Text,
        sequence -> BigInt,
        version -> BigInt,
        updated_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    session_organisers (id) {
        id -> UuidSql,
        session -> UuidSql,
        organisation -> Nullable<UuidSql>,
        name -> Text,
        leads -> Bool,
        position -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    session_speakers (id) {
        id -> UuidSql,
        session -> UuidSql,
        person -> Nullable<UuidSql>,
        name -> Text,
        role -> Text,
        affiliation -> Text,
        organisation -> Nullable<UuidSql>,
        high_level -> Bool,
        elected -> Bool,
        position -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    rules (id) {
        id -> UuidSql,
        edition -> UuidSql,
        scope -> Text,
        scope_ref -> Text,
        act -> Text,
        rule -> JsonSql,
        reading -> Text,
        version -> BigInt,
        since -> MomentSql,
        until -> Nullable<MomentSql>,
        set_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    waivers (edition, conflict) {
        edition -> UuidSql,
        conflict -> Text,
        reason -> Text,
        waived_by -> Nullable<UuidSql>,
        waived_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    releases (id) {
        id -> UuidSql,
        edition -> UuidSql,
        number -> BigInt,
        name -> Text,
        note -> Text,
        content -> JsonSql,
        placed -> JsonSql,
        changes -> JsonSql,
        released_by -> Nullable<UuidSql>,
        released_at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    calendar_tokens (edition, person) {
        edition -> UuidSql,
        person -> UuidSql,
        token_hash -> Binary,
        created_at -> MomentSql,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    sessions,
    tracks,
    session_speakers,
    session_organisers,
    rooms,
    session_changes
);

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    conflict_severities (edition, code) {
        edition -> UuidSql,
        code -> Text,
        severity -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    travel_times (one, other) {
        one -> UuidSql,
        other -> UuidSql,
        edition -> UuidSql,
        minutes -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    presences (id) {
        id -> UuidSql,
        edition -> UuidSql,
        person -> UuidSql,
        starts_local -> Text,
        ends_local -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    change_terms (edition) {
        edition -> UuidSql,
        last_day -> Nullable<Text>,
        contact -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    session_changes (id) {
        id -> UuidSql,
        edition -> UuidSql,
        session -> UuidSql,
        person -> UuidSql,
        note -> Text,
        state -> Text,
        reason -> Text,
        decided_by -> Nullable<UuidSql>,
        version -> BigInt,
        created_at -> MomentSql,
        decided_at -> Nullable<MomentSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    session_change_fields (change, field) {
        change -> UuidSql,
        field -> Text,
        before -> JsonSql,
        after -> JsonSql,
        outcome -> Text,
    }
}
