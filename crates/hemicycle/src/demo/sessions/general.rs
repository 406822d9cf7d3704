//! What belongs to everybody: ceremonies, plenaries, statutory meetings' lines, the Hub, special and parallel sessions,
//! breaks.
//!
//! Titles of plenaries, bodies and announced times are real (`sources`); the Financial Management Committee's meeting is
//! invented, and hidden.

use super::{BLANK, Row};
use crate::demo::cast::Who::{Community, Council, Governor, Head, Mayor, Minister, Scholar, Someone, Staff};

const ALL_LANGUAGES: &[&str] = &["fr", "es", "pt", "ar", "ru"];
const FULL_ACCESS: &[&str] = &["step_free", "hearing_loop", "captions", "sign_language"];

const PLENARY: Row = Row {
    kind: "plenary",
    room: "baobab",
    minutes: 75,
    from: "09:00",
    attendance: "mixed",
    into: ALL_LANGUAGES,
    access: FULL_ACCESS,
    ..BLANK
};
const MEETING: Row = Row {
    kind: "statutory",
    room: "council",
    into: &["fr", "es"],
    access: &["step_free"],
    ..BLANK
};
const HUB: Row = Row {
    kind: "hub",
    room: "hub",
    access: &["step_free"],
    ..BLANK
};
const LUNCH: Row = Row {
    kind: "break",
    room: "hub",
    from: "12:30",
    minutes: 60,
    title: ["Lunch at the Hub", "Déjeuner au Hub", "Almuerzo en el Hub"],
    ..BLANK
};

/// The sessions of no track, and the meetings of bodies.
pub(super) const ROWS: &[Row] = &[
    Row {
        code: "CE-01",
        kind: "ceremony",
        day: 13,
        title: ["Official opening", "Ouverture officielle", "Apertura oficial"],
        about: [
            "The host city and the organisation of cities open the three main days of the congress. Doors open at 08:15; please be seated by 08:50.",
            "La ville hôte et l’organisation des villes ouvrent les trois grandes journées du congrès. Ouverture des portes à 8 h 15 ; merci d’être assis·e à 8 h 50.",
            "La ciudad anfitriona y la organización de las ciudades abren las tres jornadas principales. Las puertas abren a las 08:15; tome asiento antes de las 08:50.",
        ],
        cast: &[("moderator", Someone), ("speaker", Mayor), ("speaker", Governor)],
        ..PLENARY
    },
    Row {
        code: "PL-01",
        day: 13,
        from: "10:45",
        minutes: 90,
        title: [
            "Reinventing local democracy",
            "Réinventer la démocratie locale",
            "Reinventar la democracia local",
        ],
        about: [
            "Citizens drawn by lot, councils that sit in schools, budgets decided by teenagers: what stays when the pilot is over, and who pays for it then.",
            "Citoyen·ne·s tiré·e·s au sort, conseils qui siègent à l’école, budgets décidés par des adolescent·e·s : ce qui reste quand le projet pilote est fini, et qui le paie alors.",
            "Ciudadanía elegida por sorteo, plenos en las escuelas, presupuestos decididos por adolescentes: qué queda cuando acaba el piloto y quién lo paga entonces.",
        ],
        cast: &[
            ("moderator", Scholar),
            ("speaker", Mayor),
            ("speaker", Mayor),
            ("speaker", Community),
        ],
        ..PLENARY
    },
    Row {
        code: "PL-02",
        day: 14,
        title: [
            "Localising sustainable development",
            "Localiser le développement durable",
            "Localizar el desarrollo sostenible",
        ],
        about: [
            "A goal agreed in New York becomes a tap, a timetable, a tree. Four cities show one indicator each that went the wrong way, and what they changed.",
            "Un objectif adopté à New York devient un robinet, un horaire, un arbre. Quatre villes montrent chacune un indicateur qui a reculé, et ce qu’elles ont changé.",
            "Un objetivo acordado en Nueva York se convierte en un grifo, un horario, un árbol. Cuatro ciudades muestran un indicador que empeoró y qué cambiaron.",
        ],
        cast: &[
            ("moderator", Someone),
            ("speaker", Mayor),
            ("speaker", Minister),
            ("speaker", Head),
        ],
        ..PLENARY
    },
    Row {
        code: "PL-03",
        day: 15,
        title: [
            "Intergenerational dialogue",
            "Dialogue intergénérationnel",
            "Diálogo intergeneracional",
        ],
        about: [
            "Six people under twenty-five and six over sixty-five exchange the question each would put to a council. The chairs are in pairs, and there is no podium.",
            "Six personnes de moins de vingt-cinq ans et six de plus de soixante-cinq échangent la question qu’elles poseraient à un conseil. Les chaises vont par deux, sans estrade.",
            "Seis personas menores de veinticinco y seis mayores de sesenta y cinco intercambian la pregunta que harían a un ayuntamiento. Las sillas van por parejas, sin estrado.",
        ],
        cast: &[
            ("moderator", Someone),
            ("speaker", Someone),
            ("speaker", Governor),
            ("speaker", Council),
        ],
        ..PLENARY
    },
    Row {
        code: "CE-02",
        kind: "ceremony",
        day: 15,
        from: "13:45",
        minutes: 60,
        title: ["Closing", "Clôture", "Clausura"],
        about: [
            "The week in ten pictures, the thanks, and the handing over to those who host next.",
            "La semaine en dix images, les remerciements et le passage de témoin aux prochains hôtes.",
            "La semana en diez imágenes, los agradecimientos y el relevo a quienes acogerán el próximo.",
        ],
        cast: &[("moderator", Someone), ("speaker", Mayor)],
        ..PLENARY
    },
    Row {
        code: "ST-01",
        body: "statutory_affairs_committee",
        day: 13,
        from: "12:45",
        minutes: 90,
        ..MEETING
    },
    Row {
        code: "ST-02",
        body: "executive_bureau",
        day: 13,
        from: "14:30",
        minutes: 120,
        ..MEETING
    },
    Row {
        code: "ST-03",
        body: "financial_management_committee",
        day: 14,
        from: "08:00",
        minutes: 45,
        ..MEETING
    },
    Row {
        code: "ST-04",
        body: "general_assembly",
        day: 14,
        from: "16:30",
        minutes: 90,
        room: "baobab",
        into: ALL_LANGUAGES,
        access: FULL_ACCESS,
        ..MEETING
    },
    Row {
        code: "ST-05",
        body: "world_council",
        day: 15,
        from: "15:00",
        minutes: 180,
        into: ALL_LANGUAGES,
        ..MEETING
    },
    Row {
        code: "HB-01",
        day: 11,
        from: "09:00",
        title: [
            "The Hub opens: bring a question",
            "Le Hub ouvre : apportez une question",
            "Abre el Hub: traiga una pregunta",
        ],
        about: [
            "Write one question on a card and pin it to the wall by theme. Whoever can answer signs underneath; the first meetings come about by Tuesday.",
            "Écrivez une question sur une carte et épinglez-la au mur par thème. Qui peut répondre signe dessous ; les premières rencontres se font dès mardi.",
            "Escriba una pregunta en una tarjeta y cuélguela en la pared por tema. Quien pueda responder firma debajo; los primeros encuentros surgen el martes.",
        ],
        by: &["hearth-and-commons"],
        cast: &[("moderator", Someone)],
        ..HUB
    },
    Row {
        code: "HB-02",
        day: 12,
        from: "15:00",
        title: [
            "Hub: twin your city in an hour",
            "Hub : jumeler sa ville en une heure",
            "Hub: hermanar su ciudad en una hora",
        ],
        about: [
            "Short tables of six by problem instead of by country: leaks, landfills, libraries. A template for a letter of intent lies on each.",
            "Tables de six par problème plutôt que par pays : fuites, décharges, bibliothèques. Sur chacune, un modèle de lettre d’intention.",
            "Mesas de seis por problema y no por país: fugas, vertederos, bibliotecas. En cada una hay un modelo de carta de intenciones.",
        ],
        by: &["lighthouse-towns"],
        cast: &[("moderator", Staff)],
        ..HUB
    },
    Row {
        code: "HB-03",
        day: 13,
        from: "16:00",
        title: [
            "Hub: the failure café",
            "Hub : le café des échecs",
            "Hub: el café de los fracasos",
        ],
        about: [
            "Five officials tell a project that did not work, in seven minutes each. No slides, no recording, good coffee.",
            "Cinq responsables racontent un projet qui n’a pas marché, sept minutes chacun. Ni diapositives ni enregistrement, du bon café.",
            "Cinco responsables cuentan un proyecto que no funcionó, siete minutos cada uno. Sin diapositivas ni grabación, con buen café.",
        ],
        by: &["estuary-university"],
        cast: &[("moderator", Scholar), ("speaker", Staff)],
        ..HUB
    },
    Row {
        code: "HB-04",
        day: 14,
        from: "10:30",
        title: [
            "Hub: the map of who does what",
            "Hub : la carte de qui fait quoi",
            "Hub: el mapa de quién hace qué",
        ],
        about: [
            "A wall of thirty square metres fills with networks, funds and help desks over the day. Come and correct your own entry.",
            "Un mur de trente mètres carrés se remplit de réseaux, de fonds et de guichets au fil de la journée. Venez corriger votre fiche.",
            "Un muro de treinta metros cuadrados se llena de redes, fondos y ventanillas a lo largo del día. Venga a corregir su ficha.",
        ],
        by: &["lighthouse-towns"],
        cast: &[("moderator", Someone)],
        ..HUB
    },
    Row {
        code: "HB-05",
        day: 15,
        from: "13:30",
        title: [
            "Hub: what you take home",
            "Hub : ce que vous emportez",
            "Hub: lo que se lleva a casa",
        ],
        about: [
            "Everybody writes a postcard to their own office with one thing to do before February. It is posted then.",
            "Chacun·e écrit une carte postale à son propre bureau avec une chose à faire avant février. Elle est postée à ce moment-là.",
            "Cada cual escribe una postal a su propia oficina con una cosa que hacer antes de febrero. Se envía entonces.",
        ],
        by: &["hearth-and-commons"],
        cast: &[("moderator", Someone)],
        ..HUB
    },
    Row {
        code: "SP-01",
        kind: "special",
        day: 12,
        from: "15:30",
        minutes: 90,
        room: "dolphin",
        title: [
            "Special session: culture pays its way",
            "Session spéciale : la culture qui se paie",
            "Sesión especial: la cultura que se paga",
        ],
        about: [
            "A carnival, a reading room and a music school present their accounts beside those of a stadium.",
            "Un carnaval, une salle de lecture et une école de musique présentent leurs comptes à côté de ceux d’un stade.",
            "Un carnaval, una sala de lectura y una escuela de música presentan sus cuentas junto a las de un estadio.",
        ],
        into: &["fr", "es", "pt"],
        by: &["pontes-novas"],
        cast: &[("moderator", Council), ("speaker", Mayor), ("speaker", Community)],
        ..BLANK
    },
    Row {
        code: "SP-02",
        kind: "special",
        day: 13,
        from: "14:00",
        minutes: 90,
        room: "heron",
        title: [
            "Special session: a newsroom in the town hall",
            "Session spéciale : une rédaction à l’hôtel de ville",
            "Sesión especial: una redacción en el ayuntamiento",
        ],
        about: [
            "Local papers close, rumours do not. Editors and press officers draft rules for publishing council votes so that anyone can check them within the hour.",
            "Les journaux locaux ferment, pas les rumeurs. Rédactions et services de presse rédigent des règles pour publier les votes du conseil, vérifiables dans l’heure.",
            "Cierran los periódicos locales, no los rumores. Redacciones y gabinetes redactan reglas para publicar las votaciones del pleno, comprobables en una hora.",
        ],
        by: &["quayside-courier"],
        cast: &[("moderator", Someone), ("speaker", Council), ("speaker", Staff)],
        ..BLANK
    },
    Row {
        code: "SP-03",
        kind: "special",
        day: 14,
        from: "14:00",
        minutes: 90,
        room: "baobab",
        title: [
            "Special session: the islands’ half-hour calls",
            "Session spéciale : les appels d’une demi-heure des îles",
            "Sesión especial: las llamadas de media hora de las islas",
        ],
        about: [
            "Councils of small islands report after a cyclone by telephone, as they did then: what arrived first, what never did, and which form had to be filled in three times.",
            "Des conseils de petites îles racontent par téléphone l’après-cyclone, comme alors : ce qui est arrivé d’abord, ce qui n’est jamais venu, et le formulaire à remplir trois fois.",
            "Consejos de islas pequeñas cuentan por teléfono el después de un ciclón, como entonces: qué llegó primero, qué no llegó nunca y qué formulario hubo que rellenar tres veces.",
        ],
        attendance: "mixed",
        into: &["fr", "es", "pt"],
        access: &["step_free", "captions"],
        by: &["island-councils", "ministry-islands"],
        cast: &[
            ("moderator", Scholar),
            ("speaker", Minister),
            ("speaker", Council),
        ],
        ..BLANK
    },
    Row {
        code: "SP-04",
        kind: "special",
        day: 12,
        from: "18:00",
        minutes: 60,
        attendance: "online",
        title: [
            "Evening line: for those who could not travel",
            "Ligne du soir : pour celles et ceux qui n’ont pu venir",
            "Línea de la tarde: para quienes no pudieron viajar",
        ],
        about: [
            "An hour online with two reporters of the day and a moderator. Send your question in your language; it is read out in English.",
            "Une heure en ligne avec deux rapporteur·euse·s du jour et une modération. Envoyez votre question dans votre langue ; elle est lue en anglais.",
            "Una hora en línea con dos relatoras del día y moderación. Envíe su pregunta en su lengua; se lee en inglés.",
        ],
        into: &["fr", "es"],
        cast: &[("moderator", Someone), ("rapporteur", Someone)],
        ..BLANK
    },
    Row {
        code: "PM-01",
        kind: "parallel",
        day: 11,
        from: "09:00",
        room: "kingfisher",
        title: [
            "Orientation for first-time delegates",
            "Orientation pour une première participation",
            "Orientación para quienes participan por primera vez",
        ],
        about: [
            "How the four tracks fit together, where to eat, whom to ask, and how to find a session you may attend. Ends with a walk through the rooms.",
            "Comment s’articulent les quatre circuits, où manger, à qui s’adresser, et comment trouver une session ouverte pour vous. Se termine par une visite des salles.",
            "Cómo encajan los cuatro ejes, dónde comer, a quién preguntar y cómo encontrar una sesión abierta para usted. Termina con un recorrido por las salas.",
        ],
        into: &["fr", "es", "pt"],
        access: FULL_ACCESS,
        cast: &[("speaker", Someone), ("speaker", Someone)],
        ..BLANK
    },
    Row {
        code: "PM-02",
        kind: "parallel",
        day: 11,
        from: "15:30",
        minutes: 90,
        room: "protea",
        entry: "invitation",
        title: [
            "Briefing for chairs and rapporteurs",
            "Réunion des présidences et rapporteur·euse·s",
            "Reunión de presidencias y relatorías",
        ],
        about: [
            "Keeping time kindly, summing up fairly, and what happens with a report after it is filed. By invitation.",
            "Tenir le temps avec tact, résumer avec justesse, et ce que devient un compte rendu une fois remis. Sur invitation.",
            "Llevar el tiempo con amabilidad, resumir con justicia y qué pasa con un informe una vez entregado. Por invitación.",
        ],
        into: &["fr", "es"],
        cast: &[("speaker", Someone), ("speaker", Scholar)],
        ..BLANK
    },
    Row {
        code: "BR-01",
        day: 11,
        ..LUNCH
    },
    Row {
        code: "BR-02",
        day: 12,
        ..LUNCH
    },
    Row {
        code: "BR-03",
        day: 13,
        ..LUNCH
    },
    Row {
        code: "BR-04",
        day: 14,
        ..LUNCH
    },
    Row {
        code: "BR-05",
        day: 15,
        ..LUNCH
    },
];
