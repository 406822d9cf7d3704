//! The tables of `migrations/shared/…_members`.

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    organisations (id) {
        id -> UuidSql,
        name -> Text,
        name_key -> Text,
        name_sort -> Binary,
        skeleton -> Text,
        identity -> Text,
        search_key -> Text,
        names -> JsonSql,
        acronym -> Text,
        acronym_key -> Text,
        kind -> Text,
        country -> Nullable<Text>,
        section -> Nullable<Text>,
        parent -> Nullable<UuidSql>,
        site -> Text,
        email_domain -> Text,
        state -> Text,
        merged_into -> Nullable<UuidSql>,
        created_at -> MomentSql,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    organisation_contacts (organisation, email_key) {
        organisation -> UuidSql,
        email_key -> Text,
        email -> Text,
        name -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    memberships (id) {
        id -> UuidSql,
        organisation -> UuidSql,
        category -> Text,
        state -> Text,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    membership_steps (membership, number) {
        membership -> UuidSql,
        number -> BigInt,
        state -> Text,
        from_at -> MomentSql,
        recorded_at -> MomentSql,
        recorded_by -> Nullable<UuidSql>,
        reason -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    dues (organisation, year) {
        organisation -> UuidSql,
        year -> Integer,
        state -> Text,
        amount_cents -> Nullable<BigInt>,
        currency -> Text,
        paid_on -> Nullable<Text>,
        recorded_at -> MomentSql,
        recorded_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    relations (id) {
        id -> UuidSql,
        organisation -> UuidSql,
        kind -> Text,
        other -> Nullable<UuidSql>,
        basis -> Text,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        recorded_at -> MomentSql,
        recorded_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    positions (id) {
        id -> UuidSql,
        person -> UuidSql,
        organisation -> UuidSql,
        kind -> Text,
        title -> Text,
        state -> Text,
        evidence -> Text,
        strength -> Integer,
        requested_at -> MomentSql,
        requested_by -> Nullable<UuidSql>,
        decided_at -> Nullable<MomentSql>,
        decided_by -> Nullable<UuidSql>,
        reason -> Text,
        from_at -> MomentSql,
        to_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    body_register (body) {
        body -> UuidSql,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    organisations,
    organisation_contacts,
    memberships,
    membership_steps,
    dues,
    relations,
    positions,
    body_register
);
