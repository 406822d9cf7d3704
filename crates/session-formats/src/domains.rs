//! The four policy domains of Local4Action, in the order of the source (R29). They are rows of an edition, too.

use kernel::Localized;
use serde::{Deserialize, Serialize};

/// A policy domain as an edition begins with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
}

/// The four domains.
pub fn domains() -> Vec<Domain> {
    let domain = |code: &str, en, fr, es| Domain {
        code: code.to_owned(),
        title: Localized::of(en, fr, es),
    };
    vec![
        domain(
            "right_to_the_city",
            "Right to the city and inclusive territories",
            "Droit à la ville et territoires inclusifs",
            "Derecho a la ciudad y territorios inclusivos",
        ),
        domain(
            "opportunities_for_all",
            "Opportunities for all, culture and city diplomacy",
            "Opportunités pour tou·te·s, culture et diplomatie des villes",
            "Oportunidades para todas las personas, cultura y diplomacia de las ciudades",
        ),
        domain(
            "governance_and_financing",
            "Territorial and multilevel governance and sustainable financing",
            "Gouvernance territoriale et multiniveaux et financement durable",
            "Gobernanza territorial y multinivel y financiación sostenible",
        ),
        domain(
            "safer_cities",
            "Safer, resilient and sustainable cities, capable of facing crises",
            "Des villes plus sûres, résilientes, durables et capables de répondre aux crises",
            "Ciudades más seguras, resilientes, sostenibles y capaces de responder a las crisis",
        ),
    ]
}
