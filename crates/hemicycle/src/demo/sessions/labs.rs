//! Labs of the Local4Action track: longer, for learning by doing, for few at a time.

use super::{BLANK, Row};
use crate::demo::cast::Who::{Community, Scholar, Staff};

const LAB: Row = Row {
    kind: "local4action",
    format: "labs",
    minutes: 120,
    room: "aloe",
    entry: "seat",
    ..BLANK
};

/// The Labs.
pub(super) const ROWS: &[Row] = &[
    Row {
        code: "L4A-03",
        domain: "governance_and_financing",
        day: 11,
        from: "10:30",
        room: "weaver",
        title: [
            "A budget residents can read",
            "Un budget que l’on peut lire",
            "Un presupuesto que se puede leer",
        ],
        about: [
            "Bring ten pages of your city’s budget. In pairs you turn them into one sheet, test it on somebody from the next table, and cut whatever they did not need.",
            "Apportez dix pages du budget de votre ville. À deux, faites-en une feuille, essayez-la sur la table voisine et coupez ce qui n’a servi à rien.",
            "Traiga diez páginas del presupuesto de su ciudad. En parejas, conviértalas en una hoja, pruébela con la mesa de al lado y corte lo que sobró.",
        ],
        method: "Work in pairs on own documents; two rounds of testing; a gallery walk at the end.",
        most: Some(30),
        by: &["harbour-union"],
        cast: &[("moderator", Staff), ("lead", Scholar)],
        ..LAB
    },
    Row {
        code: "L4A-06",
        domain: "safer_cities",
        day: 11,
        from: "14:00",
        title: [
            "Evacuate a school on paper",
            "Évacuer une école sur le papier",
            "Evacuar una escuela sobre el papel",
        ],
        about: [
            "A table-top exercise for flood night: one map, four roles, a clock that runs too fast. Afterwards you keep the cards and the mistakes of all tables.",
            "Un exercice sur table pour une nuit de crue : une carte, quatre rôles, une horloge trop rapide. Vous repartez avec les cartes et les erreurs de toutes les tables.",
            "Un ejercicio de mesa para una noche de inundación: un mapa, cuatro papeles y un reloj que corre demasiado. Se lleva las cartas y los errores de todas las mesas.",
        ],
        method: "Table-top exercise in groups of six, twice, with a debriefing between.",
        most: Some(36),
        by: &["kotalampu"],
        cast: &[("moderator", Staff), ("lead", Community)],
        ..LAB
    },
    Row {
        code: "L4A-09",
        domain: "right_to_the_city",
        day: 12,
        from: "09:30",
        minutes: 150,
        title: [
            "Counting the uncounted",
            "Compter celles et ceux qu’on ne compte pas",
            "Contar a quienes no se cuentan",
        ],
        about: [
            "Residents of informal quarters survey their own streets in other cities since long. Learn their questionnaire, their sampling by doors, and how a council may accept the result.",
            "Dans bien des villes, les habitant·e·s des quartiers informels recensent elles-mêmes leurs rues. Apprenez leur questionnaire, leur échantillon par portes, et comment un conseil peut en accepter le résultat.",
            "En muchas ciudades, quienes viven en barrios informales censan sus calles. Aprenda su cuestionario, su muestreo por puertas y cómo un ayuntamiento puede aceptar el resultado.",
        ],
        method: "Demonstration, then a survey of the venue’s own corridors in teams of four.",
        most: Some(40),
        by: &["sokomwezi", "hearth-and-commons"],
        cast: &[("moderator", Community), ("lead", Staff)],
        ..LAB
    },
    Row {
        code: "L4A-14",
        domain: "opportunities_for_all",
        day: 12,
        from: "14:00",
        minutes: 150,
        room: "weaver",
        title: [
            "A culture plan in an afternoon",
            "Un plan culture en un après-midi",
            "Un plan de cultura en una tarde",
        ],
        about: [
            "Held in Spanish. From a list of festivals to a plan with three goals, a budget line and a person responsible; each group leaves with a draft to disagree with at home.",
            "En espagnol. D’une liste de festivals à un plan avec trois objectifs, une ligne budgétaire et une personne responsable ; chaque groupe repart avec une ébauche à discuter chez soi.",
            "De una lista de festivales a un plan con tres objetivos, una partida y una persona responsable; cada grupo se lleva un borrador para discutirlo en casa.",
        ],
        floor: &["es"],
        method: "Canvas in four steps; peer review between tables.",
        most: Some(24),
        by: &["puerto-farol"],
        cast: &[("moderator", Staff), ("lead", Community)],
        ..LAB
    },
    Row {
        code: "L4A-20",
        domain: "governance_and_financing",
        day: 13,
        from: "14:00",
        title: [
            "Write a tender a small firm can win",
            "Un appel d’offres qu’une petite entreprise peut gagner",
            "Una licitación que una empresa pequeña puede ganar",
        ],
        about: [
            "Take a real tender for school meals apart: which of its forty demands keep local farmers out, which protect children, and which only protect the file.",
            "Démontez un vrai appel d’offres de cantine : lesquelles de ses quarante exigences écartent les fermes du coin, lesquelles protègent les enfants, lesquelles ne protègent que le dossier.",
            "Desmonte una licitación real de comedores: cuáles de sus cuarenta exigencias excluyen a las granjas locales, cuáles protegen a la infancia y cuáles solo al expediente.",
        ],
        method: "Case work in groups of five with a lawyer at every second table.",
        most: Some(40),
        by: &["seven-valleys"],
        cast: &[("moderator", Staff), ("lead", Scholar)],
        ..LAB
    },
    Row {
        code: "L4A-25",
        domain: "safer_cities",
        day: 14,
        from: "10:30",
        title: [
            "Shade: plant it, pay for it, water it",
            "De l’ombre : la planter, la payer, l’arroser",
            "Sombra: plantarla, pagarla, regarla",
        ],
        about: [
            "Choose species for a hot square from a tray of seedlings, reckon thirty years of watering, and find out why the cheapest tree is the dearest.",
            "Choisissez des essences pour une place brûlante, calculez trente ans d’arrosage et découvrez pourquoi l’arbre le moins cher coûte le plus.",
            "Elija especies para una plaza calurosa, calcule treinta años de riego y descubra por qué el árbol más barato sale más caro.",
        ],
        method: "Hands-on with seedlings and a spreadsheet; teams compare their totals.",
        most: Some(32),
        by: &["diyapur-nadi"],
        cast: &[("moderator", Staff), ("lead", Staff)],
        ..LAB
    },
    Row {
        code: "L4A-29",
        domain: "safer_cities",
        day: 14,
        from: "13:45",
        room: "weaver",
        title: [
            "Find the leak: losing less water",
            "Trouver la fuite : perdre moins d’eau",
            "Encontrar la fuga: perder menos agua",
        ],
        about: [
            "Listen to pipes with the rods the crews use, read a night-flow curve, and decide where to dig first with money for three holes only. Twelve places, soon taken.",
            "Écoutez les conduites avec les tiges des équipes, lisez une courbe de débit nocturne et décidez où creuser avec de l’argent pour trois trous. Douze places, vite prises.",
            "Escuche las tuberías con las varillas de las cuadrillas, lea una curva de caudal nocturno y decida dónde cavar con dinero para tres agujeros. Doce plazas, pronto ocupadas.",
        ],
        method: "Practice with listening rods on a model network; a decision game in threes.",
        most: Some(12),
        by: &["svetlomost", "thornveld"],
        cast: &[("moderator", Staff), ("lead", Staff)],
        ..LAB
    },
    Row {
        code: "L4A-35",
        domain: "opportunities_for_all",
        day: 15,
        from: "10:30",
        title: [
            "Negotiating a twinning that is of use",
            "Négocier un jumelage utile",
            "Negociar un hermanamiento útil",
        ],
        about: [
            "Held in French. Two delegations, one afternoon, three things each side wants and will not say: a role play on agreements that outlast the mayors who sign them.",
            "Deux délégations, un après-midi, trois choses que chaque partie veut sans le dire : un jeu de rôle sur les accords qui survivent aux maires signataires.",
            "En francés. Dos delegaciones, una tarde, tres cosas que cada parte quiere y no dice: un juego de rol sobre acuerdos que sobreviven a quienes los firman.",
        ],
        floor: &["fr"],
        method: "Role play in two rounds, with observers who report back.",
        most: Some(28),
        by: &["pontdelune"],
        cast: &[("moderator", Staff), ("lead", Community)],
        ..LAB
    },
    Row {
        code: "L4A-38",
        domain: "right_to_the_city",
        day: 15,
        from: "13:15",
        room: "weaver",
        title: ["The night map", "La carte de la nuit", "El mapa de la noche"],
        about: [
            "Who walks where at two in the morning, and who would if there were a bus? Build a night map of your city from shift plans, street lights and fear.",
            "Qui marche où à deux heures du matin, et qui le ferait s’il y avait un bus ? Faites une carte nocturne de votre ville avec des horaires d’équipe, des lampadaires et la peur.",
            "¿Quién camina por dónde a las dos de la madrugada y quién lo haría si hubiera autobús? Construya un mapa nocturno con turnos, farolas y miedo.",
        ],
        method: "Mapping on tracing paper, three layers; interviews between tables.",
        most: Some(30),
        by: &["naru-deungdae", "hearth-and-commons"],
        cast: &[("moderator", Scholar), ("lead", Community)],
        ..LAB
    },
];
