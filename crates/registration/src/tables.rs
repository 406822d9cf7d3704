//! The tables of registration.

macro_rules! tables {
    ($($name:ident ($($key:ident),+) { $($column:ident -> $kind:ty),+ $(,)? })+) => {$(
        diesel::table! {
            use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text};
            use kernel::column::{JsonSql, MomentSql, UuidSql};
            $name ($($key),+) { $($column -> $kind),+ }
        }
    )+};
}

tables! {
    categories (id) {
        id -> UuidSql,
        edition -> UuidSql,
        code -> Text,
        title -> JsonSql,
        description -> JsonSql,
        position -> BigInt,
        tag -> Nullable<Text>,
        places_max -> Nullable<BigInt>,
        places_taken -> BigInt,
        next_rank -> BigInt,
        opens_on -> Nullable<Text>,
        closes_on -> Nullable<Text>,
        needs_review -> Bool,
        allows_sessions -> Bool,
        retired -> Bool,
        version -> BigInt,
    }
    registrations (id) {
        id -> UuidSql,
        edition -> UuidSql,
        person -> UuidSql,
        account -> Nullable<UuidSql>,
        registered_by -> Nullable<UuidSql>,
        batch -> Nullable<UuidSql>,
        email -> Text,
        language -> Text,
        for_whom -> Text,
        category -> Nullable<UuidSql>,
        organisation -> Nullable<UuidSql>,
        position_kind -> Nullable<Text>,
        position_title -> Text,
        state -> Text,
        number -> Nullable<Text>,
        rank -> Nullable<BigInt>,
        step -> BigInt,
        name_sort -> Binary,
        search_key -> Text,
        decided_by -> Nullable<UuidSql>,
        reason -> Text,
        version -> BigInt,
        created_at -> MomentSql,
        updated_at -> MomentSql,
        submitted_at -> Nullable<MomentSql>,
        decided_at -> Nullable<MomentSql>,
    }
    registration_words (edition, word, registration) {
        edition -> UuidSql,
        word -> Binary,
        registration -> UuidSql,
    }
    many_decisions (id) {
        id -> UuidSql,
        edition -> UuidSql,
        decided_by -> Nullable<UuidSql>,
        decided_at -> MomentSql,
        accept -> Bool,
        reason -> Text,
        chosen -> JsonSql,
        changed -> BigInt,
        unchanged -> BigInt,
    }
    many_decision_outcomes (many_decision, registration) {
        many_decision -> UuidSql,
        registration -> UuidSql,
        state_before -> Text,
        state_after -> Text,
        left_because -> Nullable<Text>,
    }
    circulars (id) {
        id -> UuidSql,
        edition -> UuidSql,
        purpose -> Text,
        subject -> JsonSql,
        body -> JsonSql,
        segment -> JsonSql,
        state -> Text,
        version -> BigInt,
        written_by -> Nullable<UuidSql>,
        created_at -> MomentSql,
        sent_by -> Nullable<UuidSql>,
        sent_at -> Nullable<MomentSql>,
        letters -> BigInt,
        left_out -> JsonSql,
    }
    registration_numbers (edition) {
        edition -> UuidSql,
        last -> BigInt,
    }
    track_registrations (id) {
        id -> UuidSql,
        registration -> UuidSql,
        track -> UuidSql,
        state -> Text,
        why -> Text,
        since -> MomentSql,
        reminded_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
    track_places (track) {
        track -> UuidSql,
        taken -> BigInt,
    }
    needs (registration) {
        registration -> UuidSql,
        access -> Text,
        diet -> Text,
        interpretation -> JsonSql,
        consented_at -> MomentSql,
        consent_words -> Text,
        erase_on -> Text,
        version -> BigInt,
    }
    seat_counters (session) {
        session -> UuidSql,
        taken -> BigInt,
        waiting -> BigInt,
        last_rank -> BigInt,
    }
    seats (id) {
        id -> UuidSql,
        session -> UuidSql,
        registration -> UuidSql,
        state -> Text,
        rank -> Nullable<BigInt>,
        offered_until -> Nullable<MomentSql>,
        version -> BigInt,
        created_at -> MomentSql,
        updated_at -> MomentSql,
    }
    agenda_entries (person, session) {
        person -> UuidSql,
        session -> UuidSql,
        added_at -> MomentSql,
    }
    delegation_roles (code) {
        code -> Text,
        title -> JsonSql,
        position -> BigInt,
    }
    delegation_quotas (edition, organisation, category) {
        edition -> UuidSql,
        organisation -> UuidSql,
        category -> UuidSql,
        places_max -> BigInt,
        taken -> BigInt,
        version -> BigInt,
    }
    delegates (registration) {
        registration -> UuidSql,
        edition -> UuidSql,
        organisation -> UuidSql,
        role -> Text,
        email_key -> Text,
        named_by -> Nullable<UuidSql>,
        taken_over_at -> Nullable<MomentSql>,
        created_at -> MomentSql,
    }
    session_invitations (session, person) {
        session -> UuidSql,
        person -> UuidSql,
        state -> Text,
        at -> MomentSql,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    categories,
    registrations,
    registration_words,
    track_registrations,
    seats,
    needs,
    delegates
);
diesel::table! {
    use kernel::column::{MomentSql, UuidSql};

    /// When sessions are: what a query over seats needs of the programme's table. Only a table of one's own joins.
    #[sql_name = "sessions"]
    session_times (id) {
        id -> UuidSql,
        starts_at -> diesel::sql_types::Nullable<MomentSql>,
        ends_at -> diesel::sql_types::Nullable<MomentSql>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(seats, session_times);
