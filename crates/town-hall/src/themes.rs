//! Themes to begin with: the five of Durban 2019 and the four of Daejeon 2022 (R91). From then on they are data of the
//! edition, which `programme` keeps.

use access_rules::{Actor, EditionId};
use db::Conn;
use kernel::{Fault, Localized, Moment};
use programme::{
    model::Theme,
    themes::{self, ThemeInput},
};

kernel::coded! {
    /// Whose themes.
    pub enum Set {
        /// The five of Durban 2019.
        Durban2019 => "durban_2019",
        /// The four of Daejeon 2022.
        Daejeon2022 => "daejeon_2022",
    }
}

/// Gives an edition the themes of a set it does not have yet; answers all of the set.
///
/// # Errors
/// 401, 403, 404; `edition_over`.
pub fn seed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    set: Set,
) -> Result<Vec<Theme>, Fault> {
    let mut all = Vec::new();
    for (code, title) in titles(set) {
        let theme = match themes::by_code(conn, edition, code)? {
            Some(theme) => theme,
            None => {
                let input = ThemeInput {
                    code: code.to_owned(),
                    title,
                    ..ThemeInput::default()
                };
                themes::create(conn, actor, now, edition, &input)?
            }
        };
        all.push(theme);
    }
    Ok(all)
}

/// The titles of a set, by code, in their order.
pub fn titles(set: Set) -> Vec<(&'static str, Localized)> {
    match set {
        Set::Durban2019 => vec![
            (
                "accessible_inclusive_cities",
                Localized::of(
                    "Accessible and inclusive cities",
                    "Villes accessibles et inclusives",
                    "Ciudades accesibles e inclusivas",
                ),
            ),
            (
                "addressing_informality",
                Localized::of(
                    "Addressing informality",
                    "Répondre à l’informalité",
                    "Abordar la informalidad",
                ),
            ),
            (
                "gender_equality",
                Localized::of(
                    "Gender equality and women’s empowerment",
                    "Égalité des genres et autonomisation des femmes",
                    "Igualdad de género y empoderamiento de las mujeres",
                ),
            ),
            (
                "right_to_the_city",
                Localized::of("Right to the city", "Droit à la ville", "Derecho a la ciudad"),
            ),
            (
                "sustainable_urban_development",
                Localized::of(
                    "Sustainable urban development",
                    "Développement urbain durable",
                    "Desarrollo urbano sostenible",
                ),
            ),
        ],
        Set::Daejeon2022 => vec![
            (
                "global_commons",
                Localized::of(
                    "Global Commons",
                    "Biens communs mondiaux",
                    "Bienes comunes globales",
                ),
            ),
            (
                "trust_government",
                Localized::of(
                    "Trust and Government",
                    "Confiance et gouvernement",
                    "Confianza y gobierno",
                ),
            ),
            (
                "caring_systems",
                Localized::of("Caring Systems", "Systèmes de soins", "Sistemas de cuidados"),
            ),
            (
                "climate_culture",
                Localized::of("Climate and Culture", "Climat et culture", "Clima y cultura"),
            ),
        ],
    }
}
