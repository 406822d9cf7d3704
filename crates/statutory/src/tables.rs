//! The tables of `migrations/shared/…_statutory`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    bodies (id) {
        id -> UuidSql,
        code -> Text,
        name -> JsonSql,
        kind -> Text,
        seats -> Nullable<BigInt>,
        appointed_by -> Nullable<UuidSql>,
        notice_months -> BigInt,
        position -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    // `seats` in words; registration has the seats in a session.
    #[sql_name = "body_seats"]
    seats (id) {
        id -> UuidSql,
        body -> UuidSql,
        person -> UuidSql,
        organisation -> Nullable<UuidSql>,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        appointed_by -> Nullable<UuidSql>,
        basis -> Text,
        state -> Text,
        named_by -> Nullable<UuidSql>,
        named_at -> MomentSql,
        version -> BigInt,
        name_on_record -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    meetings (id) {
        id -> UuidSql,
        session -> UuidSql,
        edition -> UuidSql,
        body -> UuidSql,
        line -> Text,
        room -> Text,
        papers -> Text,
        known_to -> Text,
        papers_to -> Text,
        agenda_published_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    agenda_items (id) {
        id -> UuidSql,
        meeting -> UuidSql,
        number -> BigInt,
        title -> JsonSql,
        kind -> Text,
        position -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    meeting_documents (id) {
        id -> UuidSql,
        meeting -> UuidSql,
        item -> Nullable<UuidSql>,
        title -> JsonSql,
        language -> Text,
        file -> UuidSql,
        audience -> Text,
        visible_to -> Text,
        public_from -> Nullable<MomentSql>,
        uploaded_by -> Nullable<UuidSql>,
        uploaded_at -> MomentSql,
        replaced_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    document_downloads (id) {
        id -> UuidSql,
        document -> UuidSql,
        person -> Nullable<UuidSql>,
        at -> MomentSql,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    meeting_visits (person, meeting) {
        person -> UuidSql,
        meeting -> UuidSql,
        last_seen_at -> MomentSql,
    }
}

diesel::allow_tables_to_appear_in_same_query!(meetings, meeting_documents);
