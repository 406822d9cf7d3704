//! Where what is real in the demonstration comes from, and what is invented: the content of `/about-this-demo`.
//!
//! Real are names of bodies, sections, networks and partners, titles, places and times that public sources give. Never
//! dues, votes, statements or staff of a real organisation.

use serde::Serialize;

/// Something real, and where it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// What is taken from there, in English, French and Spanish.
    pub fact: [&'static str; 3],
    /// Where it is said, as the place calls itself.
    pub source: &'static str,
    /// Its address; empty for what has none.
    pub url: &'static str,
}

/// Something invented, or decided for the demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Invented {
    /// What, in English, French and Spanish.
    pub what: [&'static str; 3],
}

/// Each real fact with its source.
pub fn sources() -> &'static [Source] {
    SOURCES
}

/// What is invented.
pub fn invented() -> &'static [Invented] {
    INVENTED
}

const SOURCES: &[Source] = &[
    Source {
        fact: [
            "The congress took place in Durban from 11 to 15 November 2019; 11 and 12 November were for preparatory meetings, 13 November was the official opening.",
            "Le congrès s’est tenu à Durban du 11 au 15 novembre 2019 ; les 11 et 12 novembre étaient réservés aux réunions préparatoires, le 13 novembre à l’ouverture officielle.",
            "El congreso se celebró en Durban del 11 al 15 de noviembre de 2019; el 11 y el 12 de noviembre se dedicaron a reuniones preparatorias y el 13 a la apertura oficial.",
        ],
        source: "UCLG Congress, Provisional Detailed Programme, 31 October 2019",
        url: "https://readkong.com/page/programme-uclgcongress-3070239",
    },
    Source {
        fact: [
            "Four tracks with their subtitles: Assembly, Town Hall, Local4Action, Statutory; the Local4Action Hub; the four policy domains and four of the five formats, and whom each is open to.",
            "Quatre circuits et leurs sous-titres : Assemblée, Town Hall, Local4Action, Statutaire ; le Local4Action Hub ; les quatre domaines politiques, quatre des cinq formats et leur public.",
            "Cuatro ejes con sus subtítulos: Asamblea, Cabildo Público, Local4Action, Estatutario; el Local4Action Hub; los cuatro ámbitos de política, cuatro de los cinco formatos y a quién se dirigen.",
        ],
        source: "UCLG Congress / World Summit of Local and Regional Leaders, pages on the tracks",
        url: "https://durban2019.uclg.org/",
    },
    Source {
        fact: [
            "Announced times of statutory meetings, “timings may change”: Executive Bureau 13 November 14:30–16:30, General Assembly 14 November 16:30–18:00, World Council 15 November 15:00–18:00. The Committee on Statutory Affairs (13 November) and the World Assembly (15 November) are known by their day.",
            "Horaires annoncés des réunions statutaires, « susceptibles de changer » : Bureau exécutif le 13 novembre de 14 h 30 à 16 h 30, Assemblée générale le 14 de 16 h 30 à 18 h, Conseil mondial le 15 de 15 h à 18 h. La Commission des affaires statutaires (13 novembre) et l’Assemblée mondiale (15 novembre) sont connues par leur jour.",
            "Horarios anunciados de las reuniones estatutarias, «sujetos a cambios»: Bureau Ejecutivo el 13 de noviembre de 14:30 a 16:30, Asamblea General el 14 de 16:30 a 18:00, Consejo Mundial el 15 de 15:00 a 18:00. De la Comisión de Asuntos Estatutarios (13 de noviembre) y de la Asamblea Mundial (15 de noviembre) se conoce el día.",
        ],
        source: "UCLG circulars on the Durban Congress, 2019",
        url: "https://www.uclg.org/",
    },
    Source {
        fact: [
            "The bodies and who names whom: General Assembly, World Council (342 seats), Executive Bureau (116 seats), Presidency, Financial Management Committee, Committee on Statutory Affairs.",
            "Les instances et qui nomme qui : Assemblée générale, Conseil mondial (342 sièges), Bureau exécutif (116 sièges), Présidence, Comité de gestion financière, Commission des affaires statutaires.",
            "Los órganos y quién designa a quién: Asamblea General, Consejo Mundial (342 puestos), Bureau Ejecutivo (116 puestos), Presidencia, Comité de Gestión Financiera, Comisión de Asuntos Estatutarios.",
        ],
        source: "UCLG Circular 14 of 30 April 2019, renewal of the statutory bodies",
        url: "https://www.uclg.org/fr/node/29905",
    },
    Source {
        fact: [
            "The sections: seven regional ones, the Metropolitan section and that of the Regions.",
            "Les sections : sept régionales, la section métropolitaine et celle des régions.",
            "Las secciones: siete regionales, la metropolitana y la de las regiones.",
        ],
        source: "UCLG, Sections",
        url: "https://www.cglu.org/en/organisation/structure/uclg-sections",
    },
    Source {
        fact: [
            "Networks of the Global Taskforce of Local and Regional Governments, and UN-Habitat and UNICEF as its partners.",
            "Les réseaux de la Global Taskforce des gouvernements locaux et régionaux, et ONU-Habitat et l’UNICEF comme partenaires.",
            "Las redes de la Global Taskforce de gobiernos locales y regionales, y ONU-Hábitat y UNICEF como aliados.",
        ],
        source: "Global Taskforce, members and partners (Habitat III)",
        url: "https://www.global-taskforce.org/about-us",
    },
    Source {
        fact: [
            "Partners of civil society in the Town Hall track: Global Platform for the Right to the City, Habitat International Coalition, World Enabled, Huairou Commission, General Assembly of Partners, Cities Alliance.",
            "Partenaires de la société civile du circuit Town Hall : Plateforme mondiale pour le droit à la ville, Coalition internationale pour l’habitat, World Enabled, Commission Huairou, Assemblée générale des partenaires, Cities Alliance.",
            "Aliados de la sociedad civil del Cabildo Público: Plataforma Global por el Derecho a la Ciudad, Coalición Internacional del Hábitat, World Enabled, Comisión Huairou, Asamblea General de Socios, Cities Alliance.",
        ],
        source: "UCLG Congress, Town Hall track",
        url: "https://durban2019.uclg.org/index.php/en/sessions/town-hall-track",
    },
    Source {
        fact: [
            "The five Town Hall themes; that Cities Alliance stands behind “Addressing informality”.",
            "Les cinq thématiques du Town Hall ; que Cities Alliance porte « Répondre à l’informalité ».",
            "Los cinco temas del Cabildo Público; que Cities Alliance está detrás de «Abordar la informalidad».",
        ],
        source: "UCLG Congress, Town Hall track",
        url: "https://durban2019.uclg.org/index.php/en/sessions/town-hall-track",
    },
    Source {
        fact: [
            "The titles of the three plenaries: reinventing local democracy; localising sustainable development; intergenerational dialogue.",
            "Les titres des trois plénières : réinventer la démocratie locale ; localiser le développement durable ; dialogue intergénérationnel.",
            "Los títulos de las tres plenarias: reinventar la democracia local; localizar el desarrollo sostenible; diálogo intergeneracional.",
        ],
        source: "UCLG, report of the World Summit, Durban 2019",
        url: "https://issuu.com/uclgcglu/docs/uclg_informedurban_digital_en",
    },
];

const INVENTED: &[Invented] = &[
    Invented {
        what: [
            "Invented: all people. Their surnames are words for places in a town: bridge, quay, square, lighthouse. Any likeness is chance.",
            "Inventé : toutes les personnes. Leurs noms de famille désignent des lieux d’une ville : pont, quai, place, phare. Toute ressemblance est fortuite.",
            "Inventado: todas las personas. Sus apellidos nombran lugares de una ciudad: puente, muelle, plaza, faro. Cualquier parecido es casual.",
        ],
    },
    Invented {
        what: [
            "Invented: all member cities, metropolises, regions and associations, ministries, universities, companies and newspapers, with their memberships and dues.",
            "Inventé : toutes les villes, métropoles, régions et associations membres, les ministères, universités, entreprises et journaux, avec leurs adhésions et cotisations.",
            "Inventado: todas las ciudades, metrópolis, regiones y asociaciones miembros, los ministerios, universidades, empresas y periódicos, con sus membresías y cuotas.",
        ],
    },
    Invented {
        what: [
            "Invented: the rooms, every time that is not listed above, the sessions with their titles, texts and speakers, and which partner leads which theme (but for addressing informality).",
            "Inventé : les salles, tout horaire non cité ci-dessus, les sessions avec leurs titres, textes et intervenant·e·s, et quel partenaire mène quelle thématique (sauf l’informalité).",
            "Inventado: las salas, todo horario no citado arriba, las sesiones con sus títulos, textos y ponentes, y qué aliado lidera cada tema (salvo la informalidad).",
        ],
    },
    Invented {
        what: [
            "Invented: who sits in the bodies, the agendas and every paper: each bears “written for the demonstration, not a text of UCLG or of its sections”.",
            "Inventé : la composition des instances, les ordres du jour et tous les documents : chacun porte « écrit pour la démonstration, ce n’est pas un texte de CGLU ni de ses sections ».",
            "Inventado: la composición de los órganos, los órdenes del día y todos los documentos: cada uno lleva «escrito para la demostración, no es un texto de CGLU ni de sus secciones».",
        ],
    },
    Invented {
        what: [
            "This is not an official site of UCLG or of the congress, and uses no logo of theirs.",
            "Ceci n’est pas un site officiel de CGLU ni du congrès et n’utilise aucun de leurs logos.",
            "Este no es un sitio oficial de CGLU ni del congreso y no utiliza ninguno de sus logotipos.",
        ],
    },
];
