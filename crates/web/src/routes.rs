//! The whole table of pages. Each page declares its act; `tests` calls every one of them.

use crate::{pages, table::Line};

/// Every line, in the order they are matched.
pub fn all() -> Vec<Line> {
    let sections: &[fn() -> Vec<Line>] = &[
        pages::basics::lines,
        pages::desk::lines,
        pages::account::lines,
        pages::second_factor::lines,
        pages::demo::lines,
        pages::registered::lines,
        pages::register::lines,
        pages::my_congress::lines,
        pages::seats::lines,
        pages::statutory::lines,
        pages::programme::lines,
        pages::session::lines,
        pages::home::lines,
    ];
    sections.iter().flat_map(|section| section()).collect()
}
