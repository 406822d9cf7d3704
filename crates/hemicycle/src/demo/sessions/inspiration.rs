//! Inspiration, of the Local4Action track: short talks, exchanges, experiences, launches; open to all comers.

use super::{BLANK, Row};
use crate::demo::cast::Who::{Community, Council, Mayor, Scholar, Someone, Staff};

const INSPIRATION: Row = Row {
    kind: "local4action",
    format: "inspiration",
    format_kind: "experiences",
    room: "heron",
    access: &["step_free"],
    ..BLANK
};

/// The sessions.
pub(super) const ROWS: &[Row] = &[
    Row {
        code: "L4A-01",
        format_kind: "localtalks",
        domain: "opportunities_for_all",
        day: 11,
        from: "10:30",
        minutes: 45,
        room: "dolphin",
        title: [
            "The bus stop that became a library",
            "L’arrêt de bus devenu bibliothèque",
            "La parada que se hizo biblioteca",
        ],
        about: [
            "Forty books in a shelter, no lock, and after a year ninety. A driver, a reader and the woman who mends the covers tell it in three talks of ten minutes.",
            "Quarante livres dans un abribus, sans cadenas, et quatre-vingt-dix au bout d’un an. Un chauffeur, un lecteur et celle qui répare les couvertures, en trois fois dix minutes.",
            "Cuarenta libros en una marquesina, sin candado, y noventa al cabo de un año. Un conductor, un lector y quien arregla las cubiertas lo cuentan en tres charlas de diez minutos.",
        ],
        into: &["fr"],
        by: &["pontdelune"],
        cast: &[("speaker", Someone), ("speaker", Community)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-04",
        domain: "safer_cities",
        day: 11,
        from: "11:30",
        minutes: 60,
        room: "protea",
        title: [
            "Ten thousand rain barrels later",
            "Dix mille citernes plus tard",
            "Diez mil depósitos después",
        ],
        about: [
            "What happened when every roof in a district got a barrel and a tap: fewer floods, more mosquitoes, and a new trade. Figures of three wet seasons.",
            "Ce qui s’est passé quand chaque toit d’un quartier a reçu une citerne et un robinet : moins de crues, plus de moustiques, un nouveau métier. Chiffres de trois saisons.",
            "Qué pasó cuando cada tejado de un distrito recibió un depósito y un grifo: menos inundaciones, más mosquitos y un oficio nuevo. Cifras de tres temporadas.",
        ],
        into: &["fr", "es"],
        by: &["diyapur-nadi"],
        cast: &[("moderator", Scholar), ("presenter", Staff), ("speaker", Council)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-08",
        format_kind: "small_exchanges",
        domain: "right_to_the_city",
        day: 11,
        from: "15:30",
        minutes: 60,
        entry: "seat",
        capacity: Some(40),
        title: [
            "Small exchange: the toilet question",
            "Petit échange : la question des toilettes",
            "Pequeño intercambio: la cuestión de los aseos",
        ],
        about: [
            "Where can one go, at what hour, for how much, and who cleans? Eight tables, five people each, one question nobody likes to put on an agenda.",
            "Où aller, à quelle heure, à quel prix, et qui nettoie ? Huit tables de cinq, une question que personne n’aime mettre à l’ordre du jour.",
            "¿Dónde se puede ir, a qué hora, por cuánto y quién limpia? Ocho mesas de cinco y una pregunta que nadie quiere poner en el orden del día.",
        ],
        by: &["sokomwezi"],
        cast: &[("moderator", Community)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-10",
        format_kind: "implementations",
        domain: "governance_and_financing",
        day: 12,
        from: "09:00",
        minutes: 60,
        room: "dolphin",
        title: [
            "Forty forms become four",
            "De quarante formulaires à quatre",
            "De cuarenta formularios a cuatro",
        ],
        about: [
            "A city counted every form it asks people to fill in, printed them all, hung them on a line and let residents cut. The line is in the room.",
            "Une ville a compté tous les formulaires qu’elle demande, les a imprimés, suspendus à un fil et a laissé couper les habitant·e·s. Le fil est dans la salle.",
            "Una ciudad contó todos los formularios que pide, los imprimió, los colgó de una cuerda y dejó que la gente cortara. La cuerda está en la sala.",
        ],
        into: &["fr", "es"],
        by: &["brueckenlicht"],
        cast: &[("presenter", Staff), ("speaker", Council)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-12",
        format_kind: "events",
        domain: "opportunities_for_all",
        day: 12,
        from: "10:45",
        minutes: 60,
        // More places than the room has seats: one of the warnings left for an organiser to find.
        capacity: Some(120),
        title: ["Sing your bylaws", "Chantez vos arrêtés", "Cante sus ordenanzas"],
        about: [
            "A choir of municipal staff performs a dog-leash rule, a parking decree and a preamble. Afterwards everybody tries one of their own; lyrics are provided.",
            "Un chœur d’agents municipaux chante une règle sur les laisses, un arrêté de stationnement et un préambule. Puis chacun·e essaie le sien ; paroles fournies.",
            "Un coro de personal municipal canta una norma sobre correas, un decreto de aparcamiento y un preámbulo. Después cada cual prueba el suyo; se reparten letras.",
        ],
        by: &["pontes-novas"],
        cast: &[("lead", Someone), ("speaker", Staff)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-15",
        format_kind: "launches",
        domain: "safer_cities",
        day: 12,
        from: "13:45",
        minutes: 45,
        room: "dolphin",
        title: [
            "Launch: an open catalogue of urban trees",
            "Lancement : un catalogue ouvert des arbres en ville",
            "Lanzamiento: un catálogo abierto de árboles urbanos",
        ],
        about: [
            "Three hundred species with their thirst, their roots and their fruit, from gardeners in eleven climates. Free to copy; the first corrections are welcome on the day.",
            "Trois cents essences avec leur soif, leurs racines et leurs fruits, par des jardiniers de onze climats. Libre de copie ; premières corrections bienvenues le jour même.",
            "Trescientas especies con su sed, sus raíces y sus frutos, de jardineros de once climas. De libre copia; las primeras correcciones se agradecen ese día.",
        ],
        into: &["fr"],
        by: &["estuary-university"],
        cast: &[("presenter", Scholar), ("speaker", Mayor)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-18",
        format_kind: "localtalks",
        domain: "right_to_the_city",
        day: 12,
        from: "15:30",
        minutes: 45,
        title: [
            "I was the ombudsman’s first case",
            "J’ai été le premier dossier de la médiatrice",
            "Fui el primer caso de la defensora",
        ],
        about: [
            "A market trader, evicted by mistake, and the official who had to say sorry in public tell the same two years from both sides of the desk.",
            "Un commerçant expulsé par erreur et la fonctionnaire qui a dû s’excuser en public racontent les mêmes deux ans, de part et d’autre du guichet.",
            "Un comerciante desalojado por error y la funcionaria que tuvo que disculparse en público cuentan los mismos dos años desde ambos lados de la mesa.",
        ],
        into: &["fr", "es"],
        by: &["villafarola"],
        cast: &[("speaker", Someone), ("speaker", Staff)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-21",
        domain: "governance_and_financing",
        day: 13,
        from: "16:00",
        minutes: 60,
        title: [
            "The council that sat on Saturdays",
            "Le conseil qui siégeait le samedi",
            "El pleno que se reunía los sábados",
        ],
        about: [
            "Attendance trebled, staff costs rose by a fifth, and the quarrels became shorter. A year of minutes, read by a linguist.",
            "Le public a triplé, les coûts ont monté d’un cinquième et les disputes ont raccourci. Un an de procès-verbaux, lu par une linguiste.",
            "La asistencia se triplicó, los costes subieron un quinto y las discusiones se acortaron. Un año de actas, leído por una lingüista.",
        ],
        into: &["fr"],
        by: &["port-merrow"],
        cast: &[("presenter", Scholar), ("speaker", Council)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-23",
        format_kind: "localtalks",
        domain: "safer_cities",
        day: 13,
        from: "16:00",
        minutes: 30,
        room: "dolphin",
        title: [
            "What the ferry captain knows about fog",
            "Ce que la capitaine sait du brouillard",
            "Lo que la capitana sabe de la niebla",
        ],
        about: [
            "Thirty years of a log book turned into the first fog warning of an estuary. A talk on knowledge that sits in drawers, with slides of beautiful handwriting.",
            "Trente ans d’un journal de bord devenus la première alerte au brouillard d’un estuaire. Sur le savoir qui dort dans les tiroirs, avec de belles écritures à l’écran.",
            "Treinta años de un cuaderno de bitácora convertidos en el primer aviso de niebla de un estuario. Sobre el saber que duerme en los cajones, con caligrafías hermosas.",
        ],
        by: &["three-estuaries"],
        cast: &[("speaker", Someone)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-27",
        format_kind: "localtalks",
        domain: "opportunities_for_all",
        day: 14,
        from: "10:30",
        minutes: 30,
        title: [
            "My grandmother’s recipe is a public policy",
            "La recette de ma grand-mère est une politique publique",
            "La receta de mi abuela es una política pública",
        ],
        about: [
            "School kitchens of one town cook from three hundred family recipes, costed by a computer and tasted by a jury of ten-year-olds.",
            "Les cantines d’une ville cuisinent trois cents recettes de famille, chiffrées par ordinateur et goûtées par un jury de dix ans.",
            "Los comedores de una ciudad cocinan trescientas recetas familiares, costeadas por ordenador y probadas por un jurado de diez años.",
        ],
        into: &["fr", "es"],
        by: &["koprudeniz"],
        cast: &[("speaker", Someone)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-28",
        format_kind: "implementations",
        domain: "right_to_the_city",
        day: 14,
        from: "11:15",
        minutes: 60,
        title: [
            "Every door gets a number",
            "Un numéro sur chaque porte",
            "Un número en cada puerta",
        ],
        about: [
            "Painting forty thousand house numbers in a quarter without street names took eleven weeks and one argument about the colour. What came after: post, ambulances, credit.",
            "Peindre quarante mille numéros dans un quartier sans noms de rue a pris onze semaines et une dispute sur la couleur. Ensuite : le courrier, les ambulances, le crédit.",
            "Pintar cuarenta mil números en un barrio sin nombres de calle llevó once semanas y una discusión sobre el color. Después llegaron el correo, las ambulancias, el crédito.",
        ],
        into: &["fr"],
        by: &["sokomwezi"],
        cast: &[("presenter", Staff), ("speaker", Community)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-32",
        format_kind: "small_exchanges",
        domain: "governance_and_financing",
        day: 14,
        from: "15:00",
        minutes: 60,
        entry: "seat",
        capacity: Some(16),
        title: [
            "Small exchange: a mayor’s first hundred days",
            "Petit échange : les cent premiers jours d’une maire",
            "Pequeño intercambio: los cien primeros días de una alcaldesa",
        ],
        about: [
            "Sixteen chairs, no notes. Those who were new last year answer those who are new now: whom to call first, what to sign last, when to sleep.",
            "Seize chaises, aucune note. Celles et ceux qui débutaient l’an dernier répondent à qui débute : qui appeler d’abord, que signer en dernier, quand dormir.",
            "Dieciséis sillas, sin apuntes. Quienes empezaban el año pasado responden a quienes empiezan ahora: a quién llamar primero, qué firmar al final, cuándo dormir.",
        ],
        by: &["lighthouse-towns"],
        cast: &[("moderator", Mayor)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-37",
        domain: "opportunities_for_all",
        day: 15,
        from: "10:30",
        minutes: 60,
        title: [
            "A museum without a building",
            "Un musée sans bâtiment",
            "Un museo sin edificio",
        ],
        about: [
            "Objects stay in the homes they come from and visitors make appointments. Eighty hosts, one van, no queue: the accounts of a city that could not afford a roof.",
            "Les objets restent chez leurs propriétaires et l’on prend rendez-vous. Quatre-vingts hôtes, une camionnette, aucune file : les comptes d’une ville qui ne pouvait pas payer de toit.",
            "Los objetos se quedan en sus casas y se visita con cita. Ochenta anfitriones, una furgoneta, ninguna cola: las cuentas de una ciudad que no podía pagar un techo.",
        ],
        into: &["fr", "es"],
        by: &["naru-deungdae"],
        cast: &[("presenter", Staff), ("speaker", Someone)],
        ..INSPIRATION
    },
    Row {
        code: "L4A-40",
        format_kind: "launches",
        domain: "right_to_the_city",
        day: 15,
        from: "13:30",
        minutes: 45,
        attendance: "mixed",
        title: [
            "Launch: the bench charter",
            "Lancement : la charte du banc public",
            "Lanzamiento: la carta del banco público",
        ],
        about: [
            "Where to sit, for how long, without buying anything: eleven sentences any council may adopt as they are. The first signatures are collected on a bench.",
            "Où s’asseoir, combien de temps, sans rien acheter : onze phrases que tout conseil peut adopter telles quelles. Les premières signatures se font sur un banc.",
            "Dónde sentarse, cuánto tiempo, sin comprar nada: once frases que cualquier ayuntamiento puede adoptar tal cual. Las primeras firmas se recogen en un banco.",
        ],
        by: &["hearth-and-commons", "open-square"],
        cast: &[("presenter", Community), ("speaker", Someone)],
        ..INSPIRATION
    },
];
