//! The table of what can be found.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    search_entries (number) {
        number -> Integer,
        kind -> Text,
        thing -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        part -> Text,
        language -> Text,
        visible_to -> Text,
        details_to -> Text,
        order_key -> Binary,
        body -> Text,
        words -> Text,
    }
}
