//! The tables of `migrations/shared/…_local4action`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    calls (id) {
        id -> UuidSql,
        edition -> UuidSql,
        format -> UuidSql,
        title -> JsonSql,
        by_invitation -> Bool,
        reason -> Text,
        opens_at -> Nullable<MomentSql>,
        closes_at -> Nullable<MomentSql>,
        made_by -> Nullable<UuidSql>,
        made_at -> MomentSql,
        version -> BigInt,
    }
}
