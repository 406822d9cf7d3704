//! The whole table of pages. Each page declares its act; `tests` calls every one of them.

use crate::{pages, table::Line};

/// Every line, in the order they are matched.
pub fn all() -> Vec<Line> {
    let sections: &[fn() -> Vec<Line>] = &[
        pages::basics::lines,
        pages::desk::lines,
        pages::account::lines,
        pages::second_factor::lines,
        pages::identities::lines,
        pages::privacy::lines,
        pages::demo::lines,
        pages::registered::lines,
        pages::needs::lines,
        pages::register::lines,
        pages::my_congress::lines,
        pages::agenda::lines,
        pages::my_sessions::lines,
        pages::delegation::lines,
        pages::delegation_file::lines,
        pages::delegate::lines,
        pages::take_over::lines,
        pages::seats::lines,
        pages::statutory::lines,
        pages::lasting::lines,
        pages::paper_writing::lines,
        pages::paper_file::lines,
        pages::paper_translating::lines,
        pages::paper_team::lines,
        pages::paper_comments::lines,
        pages::papers::lines,
        pages::sitting::lines,
        pages::assembly_chair::lines,
        pages::floor_chair_acts::lines,
        pages::floor::lines,
        pages::floor_screen::lines,
        pages::world_assembly::lines,
        pages::world_assembly_endorsing::lines,
        pages::programme::lines,
        pages::now::lines,
        pages::screens::lines,
        pages::widget::lines,
        pages::offline::lines,
        pages::session::lines,
        pages::home::lines,
        pages::outcomes::lines,
        pages::outcome_reports::lines,
        pages::outcome::lines,
        pages::outcome_responses::lines,
        pages::caucus::lines,
        pages::town_hall_leading::lines,
        pages::town_hall_lead::lines,
        pages::town_hall_session::lines,
        pages::town_hall_pages::lines,
        pages::town_hall_people::lines,
        pages::town_hall::lines,
        pages::search::lines,
    ];
    sections.iter().flat_map(|section| section()).collect()
}

#[cfg(test)]
mod tests {
    use programme::rules::RESERVED_SLUGS;

    /// The words that stand where an edition's name could stand, and what else is reserved without need.
    #[test]
    fn no_edition_can_take_the_name_of_a_page() {
        let mut words: Vec<&str> = Vec::new();
        for line in super::all() {
            let rest = line.path.strip_prefix("/{lang}/").unwrap_or_default();
            let rest = rest.strip_prefix("desk/").unwrap_or(rest);
            let first = rest.split('/').next().unwrap_or_default();
            // No edition's name has a dot, as those of files have.
            if !first.is_empty() && !first.starts_with('{') && !first.contains('.') {
                words.push(first);
            }
        }
        words.sort_unstable();
        words.dedup();
        assert_eq!(words, RESERVED_SLUGS);
    }
}
