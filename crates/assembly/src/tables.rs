//! The tables of `migrations/shared/…_assembly`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    sitting_scopes (id) {
        id -> UuidSql,
        edition -> UuidSql,
        kind -> Text,
        code -> Text,
        title -> JsonSql,
        sections -> JsonSql,
        position -> BigInt,
        version -> BigInt,
    }
}
