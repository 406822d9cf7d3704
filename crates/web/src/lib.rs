//! The pages: server-rendered, complete without script, in three languages.
//!
//! A page is a struct that derives `askama::Template`, holds a [`components::Chrome`], and extends `base.html`; its texts
//! are messages of `actix-kit/words`, its parts come from [`components`] and [`forms`], its looks from
//! `static/hemicycle.css`. Templates hold no style and no script (a test sees to it).

pub mod voice;

pub mod components;
pub mod forms;

pub mod grid;
pub mod svg;

pub mod assets;

pub mod booklet;
pub mod pages;
pub mod plain;
pub mod printed;
pub mod routes;
pub mod table;
pub mod visit;

use actix_web::web;

/// Registers every page; what nothing matches is the page for what is not there.
pub fn configure(config: &mut web::ServiceConfig) {
    table::register(config, routes::all(), || web::to(pages::basics::missing));
    // What other surfaces leave unanswered.
    config.default_service(web::to(pages::basics::missing));
}
