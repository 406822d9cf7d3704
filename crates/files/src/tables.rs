//! The tables of `migrations/shared/…_files`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    files (id) {
        id -> UuidSql,
        hash -> Text,
        size -> BigInt,
        media_type -> Text,
        original_name -> Text,
        created_at -> MomentSql,
        created_by -> Nullable<UuidSql>,
        state -> Text,
    }
}
