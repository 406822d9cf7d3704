//! The REST API: JSON in, JSON out, under `/api/v1`. One module per slice; `routes` is the whole table.
//!
//! Invariants: a handler extracts, calls one use case, answers its view: it holds no rule and no query; every line of the
//! table declares its act; the reference is made from the table.

pub mod routes;
pub mod table;

pub mod answers;
pub mod ids;
pub mod upload;
pub mod written;

pub mod account;
pub mod admin;
pub mod assembly;
pub mod circulars;
pub mod collections;
pub mod conflict_checks;
pub mod delegations;
pub mod events;
pub mod floor;
pub mod floor_events;
pub mod furniture;
pub mod identities;
pub mod list_files;
mod listeners;
pub mod live;
pub mod local4action;
pub mod many_decisions;
pub mod members;
pub mod meta;
pub mod now;
pub mod outcome_uses;
pub mod outcomes;
pub mod papers;
pub mod people;
pub mod privacy;
pub mod programme;
pub mod registration;
pub mod releases;
pub mod rule_book;
pub mod searching;
pub mod seats;
pub mod second_factor;
pub mod session_changes;
pub mod sessions;
pub mod sitting_scopes;
pub mod statutory;
pub mod text_files;
pub mod theme_pages;
pub mod told;
pub mod told_floor;
pub mod topics;
pub mod town_hall;
pub mod webhooks;
pub mod world_assembly;

pub mod openapi;
pub mod reference;

#[cfg(test)]
mod tests;

use actix_web::web;

/// Registers the API below `/api/v1`, and its reference beside it.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route(reference::PATH, table::reading().to(reference::page))
        .route(
            reference::PATH_IN_LANGUAGE,
            table::reading().to(reference::page_in_language),
        )
        .route(reference::STYLE_PATH, table::reading().to(reference::style));
    table::register(config, routes::all());
}
