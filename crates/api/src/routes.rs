//! The whole table of routes: method, path, act, handler, what it takes and gives.

use access_rules::Act;

use crate::{
    account, admin, assembly, circulars, collections, conflict_checks, delegations, events, furniture,
    identities, list_files, local4action, many_decisions, members, meta, now, outcome_uses, outcomes, papers,
    people, privacy, programme, registration, releases, rule_book, seats, second_factor, session_changes,
    sessions, sitting_scopes, statutory,
    table::{Line, get},
    text_files, town_hall, webhooks, world_assembly,
};

/// Every line, in the order of the reference.
pub fn all() -> Vec<Line> {
    let mut lines = vec![
        get(
            "",
            Act::UseSite,
            meta::root,
            "Where to begin: the addresses of the main lists.",
        )
        .gives::<meta::Root>(),
        get(
            "/openapi.json",
            Act::UseSite,
            meta::openapi,
            "This reference, as OpenAPI 3.1.",
        )
        .gives_media("application/json"),
        get(
            "/errors",
            Act::UseSite,
            meta::errors,
            "Every error code and what it means.",
        )
        .gives::<meta::Errors>(),
    ];
    let sections: &[fn() -> Vec<Line>] = &[
        account::lines,
        second_factor::lines,
        identities::lines,
        privacy::lines,
        people::lines,
        members::lines,
        programme::lines,
        events::lines,
        now::lines,
        sessions::lines,
        list_files::lines,
        session_changes::lines,
        releases::lines,
        conflict_checks::lines,
        furniture::lines,
        sitting_scopes::lines,
        rule_book::lines,
        local4action::lines,
        statutory::lines,
        registration::lines,
        many_decisions::lines,
        delegations::lines,
        seats::lines,
        admin::lines,
        circulars::lines,
        webhooks::lines,
        papers::lines,
        assembly::lines,
        world_assembly::lines,
        outcomes::lines,
        outcome_uses::lines,
        collections::lines,
        town_hall::lines,
        text_files::lines,
    ];
    lines.extend(sections.iter().flat_map(|section| section()));
    lines
}
