//! The 193 member states of the United Nations and its two observer states, with the section each belongs to unless an
//! organisation says otherwise.
//!
//! Sections are not continents: Türkiye is in Middle East and West Asia, the Russian Federation in Eurasia, Morocco in
//! Africa (requirements §5.11, case 140). The section is a default; the one on the organisation wins.

use kernel::{Localized, text};

use crate::sections::Section::{
    self, Africa, AsiaPacific, Eurasia, Europe, LatinAmerica, Mewa, NorthAmerica,
};

/// A country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// Its name in French.
    pub fr: &'static str,
    /// Its name in Spanish.
    pub es: &'static str,
    /// The section of its local governments, unless they say otherwise.
    pub section: Section,
}

impl Country {
    /// Its name in the three languages.
    pub fn names(&self) -> Localized {
        Localized::of(self.en, self.fr, self.es)
    }
}

/// The country of an ISO code in upper case.
pub fn find(code: &str) -> Option<&'static Country> {
    ALL.binary_search_by_key(&code, |country| country.code)
        .ok()
        .map(|at| &ALL[at])
}

/// The country somebody names: its code in any case, its name in one of the languages, or a usual other name.
pub fn named(typed: &str) -> Option<&'static Country> {
    let asked = text::same_name(typed);
    if asked.is_empty() {
        return None;
    }
    let other = ALSO_CALLED
        .iter()
        .find(|(name, _)| *name == asked)
        .map(|(_, code)| *code);
    find(other.unwrap_or(&asked.to_uppercase())).or_else(|| {
        ALL.iter().find(|country| {
            [country.en, country.fr, country.es]
                .iter()
                .any(|name| text::same_name(name) == asked)
        })
    })
}

/// Other names, folded.
const ALSO_CALLED: &[(&str, &str)] = &[
    ("bolivarianrepublicofvenezuela", "VE"),
    ("burma", "MM"),
    ("capeverde", "CV"),
    ("congobrazzaville", "CG"),
    ("congokinshasa", "CD"),
    ("czechia", "CZ"),
    ("democraticrepublicofthecongo", "CD"),
    ("drcongo", "CD"),
    ("easttimor", "TL"),
    ("england", "GB"),
    ("greatbritain", "GB"),
    ("holland", "NL"),
    ("iranislamicrepublicof", "IR"),
    ("ivorycoast", "CI"),
    ("korea", "KR"),
    ("lao", "LA"),
    ("laopdr", "LA"),
    ("macedonia", "MK"),
    ("moldovarepublicof", "MD"),
    ("northkorea", "KP"),
    ("palestinestateof", "PS"),
    ("plurinationalstateofbolivia", "BO"),
    ("republicofcongo", "CG"),
    ("republicofkorea", "KR"),
    ("russia", "RU"),
    ("russie", "RU"),
    ("rusia", "RU"),
    ("southkorea", "KR"),
    ("stateofpalestine", "PS"),
    ("swaziland", "SZ"),
    ("syrianarabrepublic", "SY"),
    ("tanzaniaunitedrepublicof", "TZ"),
    ("turkey", "TR"),
    ("uae", "AE"),
    ("uk", "GB"),
    ("unitedstates", "US"),
    ("usa", "US"),
    ("vatican", "VA"),
    ("vaticancity", "VA"),
    ("vietnamsocialistrepublicof", "VN"),
];

const fn c(
    code: &'static str,
    en: &'static str,
    fr: &'static str,
    es: &'static str,
    section: Section,
) -> Country {
    Country {
        code,
        en,
        fr,
        es,
        section,
    }
}

/// All countries by code.
#[rustfmt::skip]
pub const ALL: &[Country] = &[
    c("AD", "Andorra", "Andorre", "Andorra", Europe),
    c("AE", "United Arab Emirates", "Émirats arabes unis", "Emiratos Árabes Unidos", Mewa),
    c("AF", "Afghanistan", "Afghanistan", "Afganistán", AsiaPacific),
    c("AG", "Antigua and Barbuda", "Antigua-et-Barbuda", "Antigua y Barbuda", LatinAmerica),
    c("AL", "Albania", "Albanie", "Albania", Europe),
    c("AM", "Armenia", "Arménie", "Armenia", Eurasia),
    c("AO", "Angola", "Angola", "Angola", Africa),
    c("AR", "Argentina", "Argentine", "Argentina", LatinAmerica),
    c("AT", "Austria", "Autriche", "Austria", Europe),
    c("AU", "Australia", "Australie", "Australia", AsiaPacific),
    c("AZ", "Azerbaijan", "Azerbaïdjan", "Azerbaiyán", Eurasia),
    c("BA", "Bosnia and Herzegovina", "Bosnie-Herzégovine", "Bosnia y Herzegovina", Europe),
    c("BB", "Barbados", "Barbade", "Barbados", LatinAmerica),
    c("BD", "Bangladesh", "Bangladesh", "Bangladés", AsiaPacific),
    c("BE", "Belgium", "Belgique", "Bélgica", Europe),
    c("BF", "Burkina Faso", "Burkina Faso", "Burkina Faso", Africa),
    c("BG", "Bulgaria", "Bulgarie", "Bulgaria", Europe),
    c("BH", "Bahrain", "Bahreïn", "Baréin", Mewa),
    c("BI", "Burundi", "Burundi", "Burundi", Africa),
    c("BJ", "Benin", "Bénin", "Benín", Africa),
    c("BN", "Brunei Darussalam", "Brunéi Darussalam", "Brunéi Darussalam", AsiaPacific),
    c("BO", "Bolivia", "Bolivie", "Bolivia", LatinAmerica),
    c("BR", "Brazil", "Brésil", "Brasil", LatinAmerica),
    c("BS", "Bahamas", "Bahamas", "Bahamas", LatinAmerica),
    c("BT", "Bhutan", "Bhoutan", "Bután", AsiaPacific),
    c("BW", "Botswana", "Botswana", "Botsuana", Africa),
    c("BY", "Belarus", "Bélarus", "Belarús", Eurasia),
    c("BZ", "Belize", "Belize", "Belice", LatinAmerica),
    c("CA", "Canada", "Canada", "Canadá", NorthAmerica),
    c("CD", "Democratic Republic of the Congo", "République démocratique du Congo", "República Democrática del Congo", Africa),
    c("CF", "Central African Republic", "République centrafricaine", "República Centroafricana", Africa),
    c("CG", "Congo", "Congo", "Congo", Africa),
    c("CH", "Switzerland", "Suisse", "Suiza", Europe),
    c("CI", "Côte d’Ivoire", "Côte d’Ivoire", "Costa de Marfil", Africa),
    c("CL", "Chile", "Chili", "Chile", LatinAmerica),
    c("CM", "Cameroon", "Cameroun", "Camerún", Africa),
    c("CN", "China", "Chine", "China", AsiaPacific),
    c("CO", "Colombia", "Colombie", "Colombia", LatinAmerica),
    c("CR", "Costa Rica", "Costa Rica", "Costa Rica", LatinAmerica),
    c("CU", "Cuba", "Cuba", "Cuba", LatinAmerica),
    c("CV", "Cabo Verde", "Cabo Verde", "Cabo Verde", Africa),
    c("CY", "Cyprus", "Chypre", "Chipre", Europe),
    c("CZ", "Czech Republic", "République tchèque", "República Checa", Europe),
    c("DE", "Germany", "Allemagne", "Alemania", Europe),
    c("DJ", "Djibouti", "Djibouti", "Yibuti", Africa),
    c("DK", "Denmark", "Danemark", "Dinamarca", Europe),
    c("DM", "Dominica", "Dominique", "Dominica", LatinAmerica),
    c("DO", "Dominican Republic", "République dominicaine", "República Dominicana", LatinAmerica),
    c("DZ", "Algeria", "Algérie", "Argelia", Africa),
    c("EC", "Ecuador", "Équateur", "Ecuador", LatinAmerica),
    c("EE", "Estonia", "Estonie", "Estonia", Europe),
    c("EG", "Egypt", "Égypte", "Egipto", Africa),
    c("ER", "Eritrea", "Érythrée", "Eritrea", Africa),
    c("ES", "Spain", "Espagne", "España", Europe),
    c("ET", "Ethiopia", "Éthiopie", "Etiopía", Africa),
    c("FI", "Finland", "Finlande", "Finlandia", Europe),
    c("FJ", "Fiji", "Fidji", "Fiyi", AsiaPacific),
    c("FM", "Micronesia", "Micronésie", "Micronesia", AsiaPacific),
    c("FR", "France", "France", "Francia", Europe),
    c("GA", "Gabon", "Gabon", "Gabón", Africa),
    c("GB", "United Kingdom", "Royaume-Uni", "Reino Unido", Europe),
    c("GD", "Grenada", "Grenade", "Granada", LatinAmerica),
    c("GE", "Georgia", "Géorgie", "Georgia", Europe),
    c("GH", "Ghana", "Ghana", "Ghana", Africa),
    c("GM", "Gambia", "Gambie", "Gambia", Africa),
    c("GN", "Guinea", "Guinée", "Guinea", Africa),
    c("GQ", "Equatorial Guinea", "Guinée équatoriale", "Guinea Ecuatorial", Africa),
    c("GR", "Greece", "Grèce", "Grecia", Europe),
    c("GT", "Guatemala", "Guatemala", "Guatemala", LatinAmerica),
    c("GW", "Guinea-Bissau", "Guinée-Bissau", "Guinea-Bisáu", Africa),
    c("GY", "Guyana", "Guyana", "Guyana", LatinAmerica),
    c("HN", "Honduras", "Honduras", "Honduras", LatinAmerica),
    c("HR", "Croatia", "Croatie", "Croacia", Europe),
    c("HT", "Haiti", "Haïti", "Haití", LatinAmerica),
    c("HU", "Hungary", "Hongrie", "Hungría", Europe),
    c("ID", "Indonesia", "Indonésie", "Indonesia", AsiaPacific),
    c("IE", "Ireland", "Irlande", "Irlanda", Europe),
    c("IL", "Israel", "Israël", "Israel", Mewa),
    c("IN", "India", "Inde", "India", AsiaPacific),
    c("IQ", "Iraq", "Iraq", "Irak", Mewa),
    c("IR", "Iran", "Iran", "Irán", Mewa),
    c("IS", "Iceland", "Islande", "Islandia", Europe),
    c("IT", "Italy", "Italie", "Italia", Europe),
    c("JM", "Jamaica", "Jamaïque", "Jamaica", LatinAmerica),
    c("JO", "Jordan", "Jordanie", "Jordania", Mewa),
    c("JP", "Japan", "Japon", "Japón", AsiaPacific),
    c("KE", "Kenya", "Kenya", "Kenia", Africa),
    c("KG", "Kyrgyzstan", "Kirghizistan", "Kirguistán", Eurasia),
    c("KH", "Cambodia", "Cambodge", "Camboya", AsiaPacific),
    c("KI", "Kiribati", "Kiribati", "Kiribati", AsiaPacific),
    c("KM", "Comoros", "Comores", "Comoras", Africa),
    c("KN", "Saint Kitts and Nevis", "Saint-Kitts-et-Nevis", "San Cristóbal y Nieves", LatinAmerica),
    c("KP", "Democratic People’s Republic of Korea", "République populaire démocratique de Corée", "República Popular Democrática de Corea", AsiaPacific),
    c("KR", "Republic of Korea", "République de Corée", "República de Corea", AsiaPacific),
    c("KW", "Kuwait", "Koweït", "Kuwait", Mewa),
    c("KZ", "Kazakhstan", "Kazakhstan", "Kazajistán", Eurasia),
    c("LA", "Laos", "Laos", "Laos", AsiaPacific),
    c("LB", "Lebanon", "Liban", "Líbano", Mewa),
    c("LC", "Saint Lucia", "Sainte-Lucie", "Santa Lucía", LatinAmerica),
    c("LI", "Liechtenstein", "Liechtenstein", "Liechtenstein", Europe),
    c("LK", "Sri Lanka", "Sri Lanka", "Sri Lanka", AsiaPacific),
    c("LR", "Liberia", "Libéria", "Liberia", Africa),
    c("LS", "Lesotho", "Lesotho", "Lesoto", Africa),
    c("LT", "Lithuania", "Lituanie", "Lituania", Europe),
    c("LU", "Luxembourg", "Luxembourg", "Luxemburgo", Europe),
    c("LV", "Latvia", "Lettonie", "Letonia", Europe),
    c("LY", "Libya", "Libye", "Libia", Africa),
    c("MA", "Morocco", "Maroc", "Marruecos", Africa),
    c("MC", "Monaco", "Monaco", "Mónaco", Europe),
    c("MD", "Moldova", "Moldavie", "Moldavia", Europe),
    c("ME", "Montenegro", "Monténégro", "Montenegro", Europe),
    c("MG", "Madagascar", "Madagascar", "Madagascar", Africa),
    c("MH", "Marshall Islands", "Îles Marshall", "Islas Marshall", AsiaPacific),
    c("MK", "North Macedonia", "Macédoine du Nord", "Macedonia del Norte", Europe),
    c("ML", "Mali", "Mali", "Malí", Africa),
    c("MM", "Myanmar", "Myanmar", "Myanmar", AsiaPacific),
    c("MN", "Mongolia", "Mongolie", "Mongolia", AsiaPacific),
    c("MR", "Mauritania", "Mauritanie", "Mauritania", Africa),
    c("MT", "Malta", "Malte", "Malta", Europe),
    c("MU", "Mauritius", "Maurice", "Mauricio", Africa),
    c("MV", "Maldives", "Maldives", "Maldivas", AsiaPacific),
    c("MW", "Malawi", "Malawi", "Malaui", Africa),
    c("MX", "Mexico", "Mexique", "México", LatinAmerica),
    c("MY", "Malaysia", "Malaisie", "Malasia", AsiaPacific),
    c("MZ", "Mozambique", "Mozambique", "Mozambique", Africa),
    c("NA", "Namibia", "Namibie", "Namibia", Africa),
    c("NE", "Niger", "Niger", "Níger", Africa),
    c("NG", "Nigeria", "Nigéria", "Nigeria", Africa),
    c("NI", "Nicaragua", "Nicaragua", "Nicaragua", LatinAmerica),
    c("NL", "Netherlands", "Pays-Bas", "Países Bajos", Europe),
    c("NO", "Norway", "Norvège", "Noruega", Europe),
    c("NP", "Nepal", "Népal", "Nepal", AsiaPacific),
    c("NR", "Nauru", "Nauru", "Nauru", AsiaPacific),
    c("NZ", "New Zealand", "Nouvelle-Zélande", "Nueva Zelandia", AsiaPacific),
    c("OM", "Oman", "Oman", "Omán", Mewa),
    c("PA", "Panama", "Panama", "Panamá", LatinAmerica),
    c("PE", "Peru", "Pérou", "Perú", LatinAmerica),
    c("PG", "Papua New Guinea", "Papouasie-Nouvelle-Guinée", "Papúa Nueva Guinea", AsiaPacific),
    c("PH", "Philippines", "Philippines", "Filipinas", AsiaPacific),
    c("PK", "Pakistan", "Pakistan", "Pakistán", AsiaPacific),
    c("PL", "Poland", "Pologne", "Polonia", Europe),
    c("PS", "Palestine", "Palestine", "Palestina", Mewa),
    c("PT", "Portugal", "Portugal", "Portugal", Europe),
    c("PW", "Palau", "Palaos", "Palaos", AsiaPacific),
    c("PY", "Paraguay", "Paraguay", "Paraguay", LatinAmerica),
    c("QA", "Qatar", "Qatar", "Catar", Mewa),
    c("RO", "Romania", "Roumanie", "Rumania", Europe),
    c("RS", "Serbia", "Serbie", "Serbia", Europe),
    c("RU", "Russian Federation", "Fédération de Russie", "Federación de Rusia", Eurasia),
    c("RW", "Rwanda", "Rwanda", "Ruanda", Africa),
    c("SA", "Saudi Arabia", "Arabie saoudite", "Arabia Saudita", Mewa),
    c("SB", "Solomon Islands", "Îles Salomon", "Islas Salomón", AsiaPacific),
    c("SC", "Seychelles", "Seychelles", "Seychelles", Africa),
    c("SD", "Sudan", "Soudan", "Sudán", Africa),
    c("SE", "Sweden", "Suède", "Suecia", Europe),
    c("SG", "Singapore", "Singapour", "Singapur", AsiaPacific),
    c("SI", "Slovenia", "Slovénie", "Eslovenia", Europe),
    c("SK", "Slovakia", "Slovaquie", "Eslovaquia", Europe),
    c("SL", "Sierra Leone", "Sierra Leone", "Sierra Leona", Africa),
    c("SM", "San Marino", "Saint-Marin", "San Marino", Europe),
    c("SN", "Senegal", "Sénégal", "Senegal", Africa),
    c("SO", "Somalia", "Somalie", "Somalia", Africa),
    c("SR", "Suriname", "Suriname", "Surinam", LatinAmerica),
    c("SS", "South Sudan", "Soudan du Sud", "Sudán del Sur", Africa),
    c("ST", "Sao Tome and Principe", "Sao Tomé-et-Principe", "Santo Tomé y Príncipe", Africa),
    c("SV", "El Salvador", "El Salvador", "El Salvador", LatinAmerica),
    c("SY", "Syria", "Syrie", "Siria", Mewa),
    c("SZ", "Eswatini", "Eswatini", "Esuatini", Africa),
    c("TD", "Chad", "Tchad", "Chad", Africa),
    c("TG", "Togo", "Togo", "Togo", Africa),
    c("TH", "Thailand", "Thaïlande", "Tailandia", AsiaPacific),
    c("TJ", "Tajikistan", "Tadjikistan", "Tayikistán", Eurasia),
    c("TL", "Timor-Leste", "Timor-Leste", "Timor-Leste", AsiaPacific),
    c("TM", "Turkmenistan", "Turkménistan", "Turkmenistán", Eurasia),
    c("TN", "Tunisia", "Tunisie", "Túnez", Africa),
    c("TO", "Tonga", "Tonga", "Tonga", AsiaPacific),
    c("TR", "Türkiye", "Turquie", "Turquía", Mewa),
    c("TT", "Trinidad and Tobago", "Trinité-et-Tobago", "Trinidad y Tobago", LatinAmerica),
    c("TV", "Tuvalu", "Tuvalu", "Tuvalu", AsiaPacific),
    c("TZ", "Tanzania", "Tanzanie", "Tanzania", Africa),
    c("UA", "Ukraine", "Ukraine", "Ucrania", Europe),
    c("UG", "Uganda", "Ouganda", "Uganda", Africa),
    c("US", "United States of America", "États-Unis", "Estados Unidos", NorthAmerica),
    c("UY", "Uruguay", "Uruguay", "Uruguay", LatinAmerica),
    c("UZ", "Uzbekistan", "Ouzbékistan", "Uzbekistán", Eurasia),
    c("VA", "Holy See", "Saint-Siège", "Santa Sede", Europe),
    c("VC", "Saint Vincent and the Grenadines", "Saint-Vincent-et-les-Grenadines", "San Vicente y las Granadinas", LatinAmerica),
    c("VE", "Venezuela", "Venezuela", "Venezuela", LatinAmerica),
    c("VN", "Viet Nam", "Viet Nam", "Viet Nam", AsiaPacific),
    c("VU", "Vanuatu", "Vanuatu", "Vanuatu", AsiaPacific),
    c("WS", "Samoa", "Samoa", "Samoa", AsiaPacific),
    c("YE", "Yemen", "Yémen", "Yemen", Mewa),
    c("ZA", "South Africa", "Afrique du Sud", "Sudáfrica", Africa),
    c("ZM", "Zambia", "Zambie", "Zambia", Africa),
    c("ZW", "Zimbabwe", "Zimbabwe", "Zimbabue", Africa),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_and_observer_state_is_there_once_in_order() {
        assert_eq!(ALL.len(), 195);
        assert!(ALL.is_sorted_by(|one, next| one.code < next.code));
        for country in ALL {
            assert_eq!(find(country.code), Some(country));
            assert!(!country.en.is_empty() && !country.fr.is_empty() && !country.es.is_empty());
        }
    }

    #[test]
    fn the_section_of_a_country_is_not_its_continent() {
        let section = |code| find(code).expect("a country").section;

        assert_eq!(section("TR"), Mewa);
        assert_eq!(section("RU"), Eurasia);
        assert_eq!(section("MA"), Africa);
        assert_eq!(find("XX"), None);
    }

    #[test]
    fn a_country_is_found_by_code_and_by_its_names_however_typed() {
        let cases = [
            ("za", "ZA"),
            ("Côte d'Ivoire", "CI"),
            ("cote d’ivoire", "CI"),
            ("Turkey", "TR"),
            ("Turquie", "TR"),
            ("USA", "US"),
            ("Viet Nam", "VN"),
            ("VIETNAM", "VN"),
            ("Pays-Bas", "NL"),
            ("Chad", "TD"),
        ];
        for (typed, code) in cases {
            assert_eq!(named(typed).map(|country| country.code), Some(code), "{typed}");
        }
        assert_eq!(named("Atlantis"), None);
        assert_eq!(named(" - "), None);
    }
}
