//! Local Policies and Voices, and Global Conversations, of the Local4Action track.

use super::{BLANK, Row};
use crate::demo::cast::Who::{Community, Council, Governor, Head, Mayor, Minister, Scholar, Someone, Staff};

const VOICES: Row = Row {
    kind: "local4action",
    format: "local_policies_voices",
    minutes: 90,
    spheres: &["local", "regional"],
    into: &["fr", "es"],
    access: &["step_free"],
    ..BLANK
};
const CONVERSATION: Row = Row {
    kind: "local4action",
    format: "global_conversations",
    minutes: 90,
    into: &["fr", "es"],
    access: &["step_free"],
    ..BLANK
};

/// The debates.
pub(super) const ROWS: &[Row] = &[
    Row {
        code: "L4A-02",
        domain: "governance_and_financing",
        day: 11,
        from: "10:30",
        room: "marula",
        title: [
            "Who pays for the storm drain",
            "Qui paie l’égout pluvial",
            "Quién paga el drenaje pluvial",
        ],
        about: [
            "Rain falls on everybody, bills do not. A fee by sealed surface, a levy on land that gains, or the general budget: three councils that chose differently compare arrears and appeals.",
            "La pluie tombe sur tout le monde, pas les factures. Redevance par surface imperméable, taxe sur la plus-value ou budget général : trois conseils comparent impayés et recours.",
            "La lluvia cae sobre todos, las facturas no. Tasa por superficie impermeable, contribución por plusvalía o presupuesto general: tres ayuntamientos comparan impagos y recursos.",
        ],
        by: &["kotalampu", "seven-valleys"],
        cast: &[
            ("moderator", Scholar),
            ("speaker", Council),
            ("speaker", Staff),
            ("speaker", Governor),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-07",
        domain: "right_to_the_city",
        day: 11,
        from: "13:30",
        room: "marula",
        title: ["Registered to live here", "Inscrit·e ici", "Empadronarse aquí"],
        about: [
            "A municipal card, a school enrolment, a vaccination: what a city can give to somebody whom the state does not know. Municipal lawyers tell where they stopped, and why.",
            "Une carte municipale, une inscription à l’école, un vaccin : ce qu’une ville peut donner à qui l’État ne connaît pas. Des juristes municipaux disent où ils se sont arrêtés, et pourquoi.",
            "Una tarjeta municipal, una plaza escolar, una vacuna: lo que una ciudad puede dar a quien el Estado no conoce. Juristas municipales cuentan dónde se detuvieron y por qué.",
        ],
        spheres: &["local", "national"],
        by: &["manarat", "ministry-territories"],
        cast: &[
            ("moderator", Community),
            ("speaker", Council),
            ("speaker", Staff),
            ("speaker", Minister),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-11",
        domain: "safer_cities",
        day: 12,
        from: "10:45",
        room: "kingfisher",
        title: [
            "After the fire brigade has left",
            "Quand les pompiers sont repartis",
            "Cuando se van los bomberos",
        ],
        about: [
            "The first night is well rehearsed; the eighteenth month is not. Rebuilding permits, school containers and grief: a mayor and a ministry look at the same calendar.",
            "La première nuit est bien répétée, le dix-huitième mois ne l’est pas. Permis de reconstruire, classes en préfabriqué, deuil : une maire et un ministère regardent le même calendrier.",
            "La primera noche está ensayada; el mes dieciocho, no. Permisos de reconstrucción, aulas prefabricadas y duelo: una alcaldía y un ministerio miran el mismo calendario.",
        ],
        spheres: &["local", "regional", "national"],
        attendance: "mixed",
        by: &["puerto-farol", "ministry-islands"],
        cast: &[
            ("moderator", Someone),
            ("speaker", Mayor),
            ("speaker", Minister),
            ("speaker", Community),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-13",
        domain: "opportunities_for_all",
        day: 12,
        from: "13:30",
        room: "kingfisher",
        title: [
            "A library card for the whole region",
            "Une carte de bibliothèque pour toute la région",
            "Un carné de biblioteca para toda la región",
        ],
        about: [
            "One card, ninety libraries, four bus companies that carry the books. What looked like culture policy turned out to be about data, timetables and trust between rival towns.",
            "Une carte, quatre-vingt-dix bibliothèques, quatre compagnies de bus qui portent les livres. La politique culturelle s’est révélée affaire de données, d’horaires et de confiance entre villes rivales.",
            "Un carné, noventa bibliotecas, cuatro empresas de autobús que llevan los libros. Lo que parecía política cultural resultó ser datos, horarios y confianza entre municipios rivales.",
        ],
        by: &["deux-escales", "pontdelune"],
        cast: &[
            ("moderator", Staff),
            ("speaker", Governor),
            ("speaker", Council),
            ("speaker", Scholar),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-17",
        domain: "governance_and_financing",
        day: 12,
        from: "15:15",
        room: "protea",
        title: [
            "When the transfer comes in November",
            "Quand la dotation arrive en novembre",
            "Cuando la transferencia llega en noviembre",
        ],
        about: [
            "A year’s road money that arrives six weeks before the books close is not a road. Treasurers of four countries draw the cash curve of a council, and a ministry redraws it.",
            "L’argent des routes versé six semaines avant la clôture ne fait pas une route. Des trésoriers de quatre pays tracent la courbe de caisse d’une commune, et un ministère la redessine.",
            "El dinero de carreteras que llega seis semanas antes del cierre no es una carretera. Tesorerías de cuatro países dibujan la curva de caja de un municipio y un ministerio la redibuja.",
        ],
        spheres: &["local", "national"],
        by: &["communes-du-fleuve", "ministry-islands"],
        cast: &[
            ("moderator", Scholar),
            ("speaker", Head),
            ("speaker", Council),
            ("speaker", Staff),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-19",
        domain: "right_to_the_city",
        day: 13,
        from: "14:00",
        room: "dolphin",
        title: [
            "Empty flats, full waiting lists",
            "Logements vides, listes d’attente pleines",
            "Pisos vacíos, listas de espera llenas",
        ],
        about: [
            "One flat in nine is empty and nobody knows which. A register, a tax and a repair fund were tried in this order, and in the reverse one, by two neighbouring cities.",
            "Un logement sur neuf est vide et personne ne sait lequel. Registre, taxe et fonds de rénovation ont été essayés dans cet ordre, et dans l’autre, par deux villes voisines.",
            "Uno de cada nueve pisos está vacío y nadie sabe cuál. Registro, impuesto y fondo de reforma se probaron en este orden, y en el inverso, en dos ciudades vecinas.",
        ],
        by: &["brueckenlicht", "pontdelune"],
        cast: &[
            ("moderator", Someone),
            ("speaker", Mayor),
            ("speaker", Council),
            ("speaker", Staff),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-22",
        domain: "safer_cities",
        day: 13,
        from: "16:00",
        room: "protea",
        title: [
            "Street lights that ask before they dim",
            "Des lampadaires qui demandent avant de baisser",
            "Farolas que preguntan antes de atenuarse",
        ],
        about: [
            "Sensors saved two thirds of the current and cost the trust of one quarter. What the contract said about images, and the meeting in the gym where it was read aloud.",
            "Des capteurs ont économisé deux tiers du courant et coûté la confiance d’un quartier. Ce que disait le contrat sur les images, et la réunion au gymnase où il fut lu à voix haute.",
            "Los sensores ahorraron dos tercios de la energía y costaron la confianza de un barrio. Qué decía el contrato sobre las imágenes y la reunión en el gimnasio donde se leyó en voz alta.",
        ],
        // One sphere of government alone: one of the warnings left for an organiser to find (R28).
        spheres: &["local"],
        by: &["naru-deungdae"],
        cast: &[("moderator", Scholar), ("speaker", Mayor), ("speaker", Community)],
        ..VOICES
    },
    Row {
        code: "L4A-26",
        domain: "opportunities_for_all",
        day: 14,
        from: "10:30",
        room: "dolphin",
        title: [
            "A first job in the town hall",
            "Un premier emploi à la mairie",
            "Un primer empleo en el ayuntamiento",
        ],
        about: [
            "Two hundred apprentices in parks, accounts and archives: what they cost, who stayed, and the one rule of the civil service that had to change for it.",
            "Deux cents apprenti·e·s aux parcs, aux comptes et aux archives : ce qu’ils ont coûté, qui est resté, et la seule règle du statut qu’il a fallu changer.",
            "Doscientos aprendices en parques, contabilidad y archivos: cuánto costaron, quién se quedó y la única norma de función pública que hubo que cambiar.",
        ],
        by: &["thornveld", "harbour-union"],
        cast: &[
            ("moderator", Staff),
            ("speaker", Council),
            ("speaker", Someone),
            ("speaker", Staff),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-30",
        domain: "governance_and_financing",
        day: 14,
        from: "13:30",
        room: "protea",
        title: [
            "The region that lent its surveyors",
            "La région qui a prêté ses géomètres",
            "La región que prestó sus topógrafos",
        ],
        about: [
            "Forty villages could not spend a grant for want of one engineer each. A shared pool of nine did, and the session shows its contract, its queue and its quarrels.",
            "Quarante villages ne pouvaient dépenser une subvention faute d’un ingénieur chacun. Une équipe partagée de neuf l’a fait : la session montre son contrat, sa file d’attente et ses disputes.",
            "Cuarenta pueblos no podían gastar una subvención por falta de un ingeniero cada uno. Un equipo compartido de nueve lo logró: la sesión muestra su contrato, su cola y sus disputas.",
        ],
        by: &["seven-valleys", "altiplano"],
        cast: &[
            ("moderator", Scholar),
            ("speaker", Governor),
            ("speaker", Head),
            ("speaker", Staff),
        ],
        ..VOICES
    },
    Row {
        code: "L4A-33",
        domain: "right_to_the_city",
        day: 14,
        from: "15:15",
        minutes: 60,
        room: "protea",
        title: [
            "The playground committee",
            "Le comité de l’aire de jeux",
            "El comité del parque infantil",
        ],
        about: [
            "Nine-year-olds chose swings over safety mats and wrote down why. Hear what the insurer said, what the council did, and see the drawings.",
            "Des enfants de neuf ans ont préféré les balançoires aux tapis et ont écrit pourquoi. Ce qu’a dit l’assureur, ce qu’a fait le conseil, et les dessins.",
            "Niñas y niños de nueve años prefirieron columpios a suelo blando y escribieron por qué. Qué dijo la aseguradora, qué hizo el ayuntamiento y los dibujos.",
        ],
        by: &["koprudeniz", "lighthouse-towns"],
        cast: &[("moderator", Community), ("speaker", Council), ("speaker", Staff)],
        ..VOICES
    },
    Row {
        code: "L4A-36",
        domain: "safer_cities",
        day: 15,
        from: "10:30",
        room: "dolphin",
        title: [
            "One emergency number, six languages",
            "Un numéro d’urgence, six langues",
            "Un número de emergencia, seis lenguas",
        ],
        about: [
            "Call takers, interpreters on stand-by and a card with pictures: how a port city answers sailors, students and newcomers within ninety seconds, and what the region pays.",
            "Opérateurs, interprètes d’astreinte et une carte à images : comment une ville portuaire répond en quatre-vingt-dix secondes aux marins, aux étudiants et aux nouveaux venus, et ce que paie la région.",
            "Operadores, intérpretes de guardia y una tarjeta con dibujos: cómo una ciudad portuaria responde en noventa segundos a marineros, estudiantes y recién llegados, y qué paga la región.",
        ],
        by: &["manarat", "deux-escales"],
        cast: &[("moderator", Staff), ("speaker", Mayor), ("speaker", Staff)],
        ..VOICES
    },
    Row {
        code: "L4A-05",
        domain: "governance_and_financing",
        day: 11,
        from: "13:30",
        room: "kingfisher",
        title: [
            "A bank that lends to towns",
            "Une banque qui prête aux petites villes",
            "Un banco que presta a los municipios",
        ],
        about: [
            "Most towns cannot borrow, and those that can borrow in a currency they do not earn. What would have to be guaranteed, by whom, for a loan of three million to make sense.",
            "La plupart des petites villes ne peuvent emprunter, et les autres le font dans une monnaie qu’elles ne gagnent pas. Ce qu’il faudrait garantir, et qui, pour qu’un prêt de trois millions ait un sens.",
            "La mayoría de los municipios no puede endeudarse, y los que pueden lo hacen en una moneda que no ganan. Qué habría que garantizar, y quién, para que un préstamo de tres millones tenga sentido.",
        ],
        by: &["lighthouse-towns"],
        cast: &[
            ("moderator", Scholar),
            ("speaker", Mayor),
            ("speaker", Head),
            ("speaker", Minister),
        ],
        ..CONVERSATION
    },
    Row {
        code: "L4A-16",
        domain: "safer_cities",
        day: 12,
        from: "15:30",
        room: "kingfisher",
        title: [
            "Cities at the climate table, with a chair",
            "Les villes à la table du climat, avec une chaise",
            "Las ciudades en la mesa del clima, con una silla",
        ],
        about: [
            "National pledges are summed up; what cities add is not. Negotiators and mayors go through one country’s report and mark each line that is really a bus depot or a landfill.",
            "On additionne les engagements nationaux, pas ce que les villes y ajoutent. Négociatrices et maires parcourent le rapport d’un pays et marquent chaque ligne qui est en fait un dépôt de bus ou une décharge.",
            "Los compromisos nacionales se suman; lo que aportan las ciudades, no. Negociadoras y alcaldías recorren el informe de un país y marcan cada línea que en realidad es una cochera o un vertedero.",
        ],
        attendance: "mixed",
        access: &["step_free", "captions"],
        by: &["island-councils"],
        cast: &[
            ("moderator", Someone),
            ("speaker", Mayor),
            ("speaker", Governor),
            ("speaker", Scholar),
        ],
        ..CONVERSATION
    },
    Row {
        code: "L4A-24",
        domain: "opportunities_for_all",
        day: 13,
        from: "16:15",
        room: "baobab",
        title: [
            "The diplomacy of small things",
            "La diplomatie des petites choses",
            "La diplomacia de lo pequeño",
        ],
        about: [
            "When ministries stopped speaking, two port cities went on exchanging ferry times. Former mayors and present ones on what cities can keep open, and what they must not promise.",
            "Quand les ministères ne se parlaient plus, deux villes portuaires ont continué d’échanger leurs horaires de ferry. D’ancien·ne·s et d’actuel·le·s maires sur ce que les villes peuvent tenir ouvert et ne doivent pas promettre.",
            "Cuando los ministerios dejaron de hablarse, dos ciudades portuarias siguieron intercambiando horarios de ferry. Alcaldías de ayer y de hoy sobre lo que las ciudades pueden mantener abierto y no deben prometer.",
        ],
        into: &["fr", "es", "ar"],
        by: &["koprudeniz"],
        cast: &[
            ("moderator", Scholar),
            ("speaker", Mayor),
            ("speaker", Head),
            ("speaker", Community),
        ],
        ..CONVERSATION
    },
    Row {
        code: "L4A-31",
        domain: "right_to_the_city",
        day: 14,
        from: "13:30",
        room: "dolphin",
        title: [
            "A count of homes the world can add up",
            "Un compte des logements que le monde puisse additionner",
            "Un recuento de viviendas que el mundo pueda sumar",
        ],
        about: [
            "Adequate, affordable, secure: three words, and in every country another statistic. A proposal for nine questions a census could ask everywhere, put to those who would have to ask them.",
            "Décent, abordable, sûr : trois mots et, dans chaque pays, une autre statistique. Une proposition de neuf questions posables partout, soumise à celles et ceux qui devraient les poser.",
            "Adecuada, asequible, segura: tres palabras y en cada país otra estadística. Una propuesta de nueve preguntas para cualquier censo, ante quienes tendrían que hacerlas.",
        ],
        by: &["estuary-university"],
        cast: &[
            ("moderator", Community),
            ("speaker", Minister),
            ("speaker", Mayor),
            ("speaker", Scholar),
        ],
        ..CONVERSATION
    },
    Row {
        code: "L4A-34",
        domain: "governance_and_financing",
        day: 15,
        from: "10:30",
        room: "kingfisher",
        title: [
            "Who owns the ride data",
            "À qui sont les données des trajets",
            "De quién son los datos de los viajes",
        ],
        about: [
            "Platforms know where a city moves; the city does not. Draft clauses for licences are read side by side, with a regulator, an operator and a mayor who withdrew one.",
            "Les plateformes savent où la ville se déplace ; la ville, non. Des projets de clauses de licence sont lus côte à côte, avec un régulateur, un exploitant et une maire qui en a retiré une.",
            "Las plataformas saben por dónde se mueve la ciudad; la ciudad, no. Se leen borradores de cláusulas de licencia con un regulador, un operador y una alcaldesa que retiró una.",
        ],
        by: &["tidal-transit", "pontes-novas"],
        cast: &[
            ("moderator", Someone),
            ("speaker", Mayor),
            ("speaker", Staff),
            ("speaker", Council),
        ],
        ..CONVERSATION
    },
    Row {
        code: "L4A-39",
        domain: "opportunities_for_all",
        day: 15,
        from: "13:15",
        minutes: 60,
        room: "protea",
        title: [
            "Care work, in the open",
            "Le soin, au grand jour",
            "El cuidado, a la luz",
        ],
        about: [
            "Somebody washes, cooks and sits up at night so that a city can work. What changes when a council counts these hours, and three ways of paying for a part of them.",
            "Quelqu’un lave, cuisine et veille pour qu’une ville puisse travailler. Ce qui change quand un conseil compte ces heures, et trois manières d’en payer une partie.",
            "Alguien lava, cocina y vela para que una ciudad pueda trabajar. Qué cambia cuando un ayuntamiento cuenta esas horas y tres maneras de pagar una parte.",
        ],
        by: &["hearth-and-commons"],
        cast: &[("moderator", Scholar), ("speaker", Mayor), ("speaker", Community)],
        ..CONVERSATION
    },
];
