//! The tables of `migrations/shared/…_town_hall`.

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
