//! The sections of UCLG: seven of regions of the world, Metropolitan, and Regions (requirements §1.1).

use kernel::Localized;

kernel::coded! {
    /// A section.
    pub enum Section {
        /// Africa.
        Africa => "africa",
        /// Asia-Pacific.
        AsiaPacific => "asia_pacific",
        /// Eurasia.
        Eurasia => "eurasia",
        /// Europe.
        Europe => "europe",
        /// Latin America.
        LatinAmerica => "latin_america",
        /// Middle East and West Asia.
        Mewa => "mewa",
        /// North America.
        NorthAmerica => "north_america",
        /// Metropolises.
        Metropolitan => "metropolitan",
        /// Regions.
        Regions => "regions",
    }
}

impl Section {
    /// Its name in the three languages.
    pub fn names(self) -> Localized {
        let (en, fr, es) = match self {
            Self::Africa => ("Africa", "Afrique", "África"),
            Self::AsiaPacific => ("Asia-Pacific", "Asie-Pacifique", "Asia-Pacífico"),
            Self::Eurasia => ("Eurasia", "Eurasie", "Eurasia"),
            Self::Europe => ("Europe", "Europe", "Europa"),
            Self::LatinAmerica => ("Latin America", "Amérique latine", "América Latina"),
            Self::Mewa => (
                "Middle East and West Asia",
                "Moyen-Orient et Asie de l’Ouest",
                "Oriente Medio y Asia Occidental",
            ),
            Self::NorthAmerica => ("North America", "Amérique du Nord", "América del Norte"),
            Self::Metropolitan => (
                "Metropolitan section",
                "Section métropolitaine",
                "Sección metropolitana",
            ),
            Self::Regions => (
                "Regions section",
                "Section des régions",
                "Sección de las regiones",
            ),
        };
        Localized::of(en, fr, es)
    }

    /// Whether it is of a region of the world; the other two cut across.
    pub const fn is_regional(self) -> bool {
        !matches!(self, Self::Metropolitan | Self::Regions)
    }

    /// The section somebody names: its code, or its name in one of the languages.
    pub fn named(text: &str) -> Option<Self> {
        use kernel::Coded as _;
        let asked = kernel::text::same_name(text);
        Self::ALL.iter().copied().find(|section| {
            kernel::text::same_name(section.code()) == asked
                || section
                    .names()
                    .0
                    .values()
                    .any(|name| kernel::text::same_name(name) == asked)
        })
    }
}
