//! The tables of `migrations/shared/…_town_hall`, `…_town_hall_papers` and `…_theme_pages`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    theme_partners (id) {
        id -> UuidSql,
        theme -> UuidSql,
        organisation -> UuidSql,
        role -> Text,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        named_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    town_hall_terms (edition) {
        edition -> UuidSql,
        consultation_months -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    theme_spaces (theme) {
        theme -> UuidSql,
        edition -> UuidSql,
        number -> BigInt,
        introduction -> JsonSql,
        links -> JsonSql,
        comments_from -> Nullable<MomentSql>,
        comments_to -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    theme_pages (id) {
        id -> UuidSql,
        theme -> UuidSql,
        edition -> UuidSql,
        slug -> Text,
        title -> JsonSql,
        blocks -> JsonSql,
        position -> BigInt,
        is_published -> Bool,
        changed_at -> MomentSql,
        changed_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    caucuses (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        name -> JsonSql,
        questions -> JsonSql,
        position -> BigInt,
        retired -> Bool,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    caucus_members (id) {
        id -> UuidSql,
        caucus -> UuidSql,
        person -> UuidSql,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        named_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    caucus_reviews (id) {
        id -> UuidSql,
        caucus -> UuidSql,
        paper -> UuidSql,
        state -> Text,
        text_version -> BigInt,
        questions -> JsonSql,
        asked_at -> MomentSql,
        asked_by -> Nullable<UuidSql>,
        deadline -> MomentSql,
        answers -> JsonSql,
        language -> Text,
        remarks -> Text,
        answered_at -> Nullable<MomentSql>,
        answered_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    theme_pairings (id) {
        id -> UuidSql,
        theme -> UuidSql,
        council -> JsonSql,
        council_key -> Text,
        session -> Nullable<UuidSql>,
        made_at -> MomentSql,
        made_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    deliberations (session) {
        session -> UuidSql,
        edition -> UuidSql,
        theme -> UuidSql,
        paper -> Nullable<UuidSql>,
        state -> Text,
        result -> JsonSql,
        recommendations -> JsonSql,
        recorded_at -> MomentSql,
        recorded_by -> Nullable<UuidSql>,
        closed_at -> Nullable<MomentSql>,
        closed_by -> Nullable<UuidSql>,
        transmission -> Nullable<UuidSql>,
        version -> BigInt,
    }
}
