//! The tables of `migrations/shared/…_assembly`, `…_assembly_papers` and `…_world_assembly`.

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

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    assembly_terms (edition) {
        edition -> UuidSql,
        deadline_days -> BigInt,
        notice_months -> BigInt,
        fallback_vote -> Bool,
        majority_votes -> BigInt,
        majority_of -> BigInt,
        version -> BigInt,
        aligned_languages -> Nullable<JsonSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    paper_invitations (id) {
        id -> UuidSql,
        edition -> UuidSql,
        organisation -> UuidSql,
        paper -> UuidSql,
        state -> Text,
        message -> Text,
        invited_at -> MomentSql,
        invited_by -> Nullable<UuidSql>,
        answer -> Text,
        answered_at -> Nullable<MomentSql>,
        answered_by -> Nullable<UuidSql>,
        revoke_reason -> Text,
        revoked_at -> Nullable<MomentSql>,
        revoked_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    sitting_papers (session, paper) {
        session -> UuidSql,
        paper -> UuidSql,
        position -> BigInt,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::UuidSql;

    sitting_paper_speakers (id) {
        id -> UuidSql,
        session -> UuidSql,
        paper -> UuidSql,
        role -> Text,
        person -> Nullable<UuidSql>,
        name -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, MomentSql, UuidSql};

    session_results (id) {
        id -> UuidSql,
        session -> UuidSql,
        paper -> Nullable<UuidSql>,
        result -> JsonSql,
        transmission -> Nullable<UuidSql>,
        recorded_at -> MomentSql,
        recorded_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    result_drafts (id) {
        id -> UuidSql,
        result -> UuidSql,
        position -> BigInt,
        kind -> Text,
        title -> JsonSql,
        language -> Text,
        markdown -> Text,
        agendas -> JsonSql,
    }
}

diesel::table! {
    use kernel::column::{MomentSql, UuidSql};
    use diesel::sql_types::Nullable;

    sitting_closings (session) {
        session -> UuidSql,
        edition -> UuidSql,
        closed_at -> MomentSql,
        closed_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use kernel::column::{MomentSql, UuidSql};
    use diesel::sql_types::Nullable;

    transmitting_sessions (session) {
        session -> UuidSql,
        edition -> UuidSql,
        flagged_at -> MomentSql,
        flagged_by -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    world_assemblies (session) {
        session -> UuidSql,
        edition -> UuidSql,
        state -> Text,
        convoked_at -> Nullable<MomentSql>,
        convoked_for -> Nullable<MomentSql>,
        short_notice_reason -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    world_assembly_steps (id) {
        id -> UuidSql,
        session -> UuidSql,
        from_state -> Text,
        to_state -> Text,
        reason -> Text,
        at -> MomentSql,
        who -> Nullable<UuidSql>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    network_consents (session, network) {
        session -> UuidSql,
        network -> UuidSql,
        answer -> Text,
        note -> Text,
        answered_at -> MomentSql,
        answered_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    endorsements (id) {
        id -> UuidSql,
        edition -> UuidSql,
        network -> UuidSql,
        person -> UuidSql,
        state -> Text,
        reason -> Text,
        asked_at -> MomentSql,
        answered_at -> Nullable<MomentSql>,
        answered_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{JsonSql, UuidSql};

    world_assembly_items (id) {
        id -> UuidSql,
        session -> UuidSql,
        position -> BigInt,
        kind -> Text,
        outcome -> Nullable<UuidSql>,
        title -> JsonSql,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    consensus_questions (id) {
        id -> UuidSql,
        session -> UuidSql,
        outcome -> UuidSql,
        state -> Text,
        asked_at -> MomentSql,
        asked_by -> Nullable<UuidSql>,
        ended_at -> Nullable<MomentSql>,
        ended_by -> Nullable<UuidSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    objections (id) {
        id -> UuidSql,
        question -> UuidSql,
        person -> UuidSql,
        network -> Nullable<UuidSql>,
        reason -> Text,
        raised_at -> MomentSql,
        withdrawn_at -> Nullable<MomentSql>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use kernel::column::{MomentSql, UuidSql};

    consensus_votes (question) {
        question -> UuidSql,
        votes_for -> BigInt,
        votes_against -> BigInt,
        abstentions -> BigInt,
        majority_votes -> BigInt,
        majority_of -> BigInt,
        carried -> Bool,
        counted_at -> MomentSql,
        counted_by -> Nullable<UuidSql>,
    }
}
