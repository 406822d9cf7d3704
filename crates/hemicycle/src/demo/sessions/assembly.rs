//! Sittings of the Assembly track, by group of regions and by sector, and the World Assembly they lead to.
//!
//! Led by invented governments and associations; what they present are papers of the demonstration.

use super::{BLANK, Row};
use crate::demo::cast::Who::{Community, Council, Governor, Head, Mayor, Persona, Scholar, Staff};

const SITTING: Row = Row {
    kind: "sitting",
    minutes: 90,
    room: "marula",
    floor: &["en"],
    into: &["fr", "es"],
    access: &["step_free"],
    ..BLANK
};

/// The sittings, and the World Assembly.
pub(super) const ROWS: &[Row] = &[
    Row {
        code: "AS-01",
        region: "africa",
        day: 12,
        from: "09:00",
        title: [
            "Africa: growing towns, thin budgets",
            "Afrique : des villes qui grandissent, des budgets maigres",
            "África: ciudades que crecen, presupuestos escasos",
        ],
        about: [
            "Towns of fifty thousand double within a decade while transfers arrive months late. Mayors compare how they plan land, markets and water ahead of the people who are coming.",
            "Des villes de cinquante mille habitants doublent en dix ans alors que les dotations arrivent avec des mois de retard. Des maires comparent comment prévoir terrains, marchés et eau avant les nouveaux venus.",
            "Ciudades de cincuenta mil habitantes se duplican en una década mientras las transferencias llegan con meses de retraso. Alcaldías comparan cómo prever suelo, mercados y agua antes de que llegue la gente.",
        ],
        into: &["fr", "es", "pt"],
        by: &["harbour-union", "port-aux-baobabs"],
        cast: &[
            ("chair", Head),
            ("presenter", Mayor),
            ("speaker", Mayor),
            ("speaker", Council),
            ("rapporteur", Staff),
        ],
        paper: [
            "Secondary towns first",
            "Les villes secondaires d’abord",
            "Primero las ciudades secundarias",
        ],
        ..SITTING
    },
    Row {
        code: "AS-02",
        region: "asia_pacific",
        day: 12,
        from: "10:45",
        title: [
            "Asia-Pacific: coasts that move",
            "Asie-Pacifique : des côtes qui bougent",
            "Asia-Pacífico: costas que se mueven",
        ],
        about: [
            "Sea walls, mangroves or moving inland: three councils show the sums and the promises made to those who have to leave. The sitting asks what national law must allow.",
            "Digues, mangroves ou repli vers l’intérieur : trois conseils montrent les comptes et les promesses faites à celles et ceux qui doivent partir. La séance demande ce que la loi nationale doit permettre.",
            "Diques, manglares o traslado tierra adentro: tres ayuntamientos muestran las cuentas y las promesas a quienes deben irse. La sesión pregunta qué debe permitir la ley nacional.",
        ],
        by: &["island-councils", "naru-deungdae"],
        cast: &[
            ("chair", Head),
            ("presenter", Staff),
            ("speaker", Mayor),
            ("speaker", Council),
            ("rapporteur", Scholar),
        ],
        paper: ["Moving a village", "Déplacer un village", "Trasladar un pueblo"],
        ..SITTING
    },
    Row {
        code: "AS-03",
        region: "europe",
        day: 12,
        from: "13:30",
        title: [
            "Europe: homes for those who keep the city running",
            "Europe : des logements pour celles et ceux qui font marcher la ville",
            "Europa: viviendas para quienes mantienen la ciudad en marcha",
        ],
        about: [
            "Nurses and bus drivers travel two hours to work. Land banks, rent ceilings and city-owned builders are weighed against each other, with the figures of the last five years.",
            "Soignantes et conducteurs de bus font deux heures de trajet. Réserves foncières, plafonds de loyer et bailleurs municipaux sont comparés, chiffres des cinq dernières années à l’appui.",
            "Personal sanitario y conductores viajan dos horas al trabajo. Se comparan bancos de suelo, topes al alquiler y constructoras municipales con las cifras de los últimos cinco años.",
        ],
        by: &["brueckenlicht", "pontdelune"],
        cast: &[
            ("chair", Mayor),
            ("presenter", Council),
            ("speaker", Governor),
            ("speaker", Staff),
            ("rapporteur", Community),
        ],
        paper: [
            "Rent within reach",
            "Un loyer abordable",
            "Un alquiler al alcance",
        ],
        ..SITTING
    },
    Row {
        code: "AS-04",
        sector: "metropolises",
        day: 12,
        from: "13:30",
        room: "protea",
        title: [
            "Metropolises: one river, eleven mayors",
            "Métropoles : un fleuve, onze maires",
            "Metrópolis: un río, once alcaldías",
        ],
        about: [
            "A metropolis shares its river, its smoke and its trains, and seldom its taxes. How far joint authorities may go before residents stop knowing whom to blame.",
            "Une métropole partage son fleuve, ses fumées et ses trains, rarement ses impôts. Jusqu’où aller dans les autorités communes sans que les habitant·e·s ne sachent plus à qui s’adresser.",
            "Una metrópolis comparte río, humos y trenes, y pocas veces impuestos. Hasta dónde pueden llegar las autoridades conjuntas sin que la población deje de saber a quién reclamar.",
        ],
        by: &["three-estuaries", "pontes-novas"],
        cast: &[
            ("chair", Mayor),
            ("presenter", Staff),
            ("speaker", Mayor),
            ("rapporteur", Scholar),
        ],
        paper: [
            "Sharing the metropolitan bill",
            "Partager la facture métropolitaine",
            "Repartir la factura metropolitana",
        ],
        ..SITTING
    },
    Row {
        code: "AS-05",
        region: "eurasia",
        day: 13,
        from: "14:00",
        title: [
            "Eurasia: heat in winter, every winter",
            "Eurasie : du chauffage en hiver, chaque hiver",
            "Eurasia: calefacción en invierno, cada invierno",
        ],
        about: [
            "District heating built sixty years ago keeps millions warm and leaks a third on the way. Cities tell in which order they renew pipes, meters and boilers.",
            "Des réseaux de chaleur vieux de soixante ans chauffent des millions de foyers et perdent un tiers en route. Des villes disent dans quel ordre renouveler conduites, compteurs et chaudières.",
            "Redes de calor de hace sesenta años calientan a millones y pierden un tercio por el camino. Ciudades cuentan en qué orden renuevan tuberías, contadores y calderas.",
        ],
        into: &["fr", "es", "ru"],
        by: &["svetlomost"],
        cast: &[
            ("chair", Mayor),
            ("presenter", Staff),
            ("speaker", Council),
            ("rapporteur", Staff),
        ],
        paper: [
            "Renewing the warm grid",
            "Renouveler le réseau de chaleur",
            "Renovar la red de calor",
        ],
        ..SITTING
    },
    Row {
        code: "AS-06",
        region: "mewa",
        day: 13,
        from: "16:00",
        title: [
            "Middle East and West Asia: the second generation of arrivals",
            "Moyen-Orient et Asie de l’Ouest : la deuxième génération d’arrivées",
            "Oriente Medio y Asia Occidental: la segunda generación de llegadas",
        ],
        about: [
            "Children born to families who fled are now in secondary school. The sitting looks past emergency: school places, work permits, and who counts as a resident.",
            "Les enfants de familles réfugiées sont au collège. La séance regarde au-delà de l’urgence : places à l’école, permis de travail, et qui compte comme habitant·e.",
            "Los hijos de familias que huyeron están ya en secundaria. La sesión mira más allá de la emergencia: plazas escolares, permisos de trabajo y quién cuenta como residente.",
        ],
        into: &["fr", "es", "ar"],
        by: &["koprudeniz", "manarat"],
        cast: &[
            ("chair", Mayor),
            ("presenter", Council),
            ("speaker", Mayor),
            ("speaker", Community),
            ("rapporteur", Staff),
        ],
        paper: [
            "From camp to quarter",
            "Du camp au quartier",
            "Del campamento al barrio",
        ],
        ..SITTING
    },
    Row {
        code: "AS-07",
        sector: "regions",
        day: 13,
        from: "14:00",
        room: "protea",
        title: [
            "Regions: between the village and the ministry",
            "Régions : entre le village et le ministère",
            "Regiones: entre el pueblo y el ministerio",
        ],
        about: [
            "Regions buy trains, train nurses and answer for forests, often with competences that change with each government. Three presidents ask for rules that outlast a term.",
            "Les régions achètent des trains, forment du personnel soignant et répondent des forêts, avec des compétences qui changent à chaque gouvernement. Trois présidences demandent des règles qui durent plus qu’un mandat.",
            "Las regiones compran trenes, forman personal sanitario y responden de los bosques, con competencias que cambian con cada gobierno. Tres presidencias piden reglas que duren más que un mandato.",
        ],
        floor: &["fr"],
        into: &["en", "es"],
        by: &["deux-escales", "seven-valleys"],
        cast: &[
            ("chair", Governor),
            ("presenter", Staff),
            ("speaker", Governor),
            ("speaker", Council),
            ("rapporteur", Staff),
        ],
        paper: [
            "Competences that last",
            "Des compétences qui durent",
            "Competencias que duran",
        ],
        ..SITTING
    },
    Row {
        code: "AS-08",
        region: "americas",
        day: 14,
        from: "10:30",
        title: [
            "The Americas: remittances, roads and returning youth",
            "Amériques : transferts d’argent, routes et retour des jeunes",
            "Las Américas: remesas, carreteras y jóvenes que regresan",
        ],
        about: [
            "Half of a small town’s income may come by wire from abroad. Mayors from both halves of the continent ask how that money could pave a road without being taxed twice.",
            "La moitié des revenus d’une petite ville peut venir de l’étranger. Des maires des deux moitiés du continent demandent comment cet argent pourrait paver une route sans être taxé deux fois.",
            "La mitad de los ingresos de un municipio pequeño puede llegar del extranjero. Alcaldías de ambas mitades del continente preguntan cómo ese dinero pavimenta una calle sin pagar impuestos dos veces.",
        ],
        floor: &["es"],
        into: &["en", "fr", "pt"],
        by: &["altiplano", "puerto-farol"],
        cast: &[
            ("chair", Head),
            ("presenter", Council),
            ("speaker", Mayor),
            ("speaker", Community),
            ("rapporteur", Staff),
        ],
        paper: [
            "Money that comes home",
            "L’argent qui rentre",
            "El dinero que vuelve a casa",
        ],
        ..SITTING
    },
    Row {
        code: "AS-09",
        sector: "intermediary_cities",
        day: 14,
        from: "10:30",
        room: "protea",
        title: [
            "Intermediary cities: close enough to walk",
            "Villes intermédiaires : tout à portée de pas",
            "Ciudades intermedias: todo a un paso",
        ],
        about: [
            "Cities of two hundred thousand hold a hospital, a court and a market within half an hour on foot. The sitting asks what keeps them from emptying, and what they owe the villages around.",
            "Des villes de deux cent mille habitants réunissent hôpital, tribunal et marché à une demi-heure à pied. La séance demande ce qui les empêche de se vider, et ce qu’elles doivent aux villages voisins.",
            "Ciudades de doscientos mil habitantes reúnen hospital, juzgado y mercado a media hora a pie. La sesión pregunta qué evita que se vacíen y qué deben a los pueblos vecinos.",
        ],
        floor: &["fr"],
        into: &["en", "es"],
        by: &["port-aux-baobabs", "diyapur-nadi"],
        cast: &[
            ("chair", Persona("chair")),
            ("presenter", Staff),
            ("speaker", Mayor),
            ("speaker", Governor),
            ("rapporteur", Council),
        ],
        paper: [
            "The half-hour city",
            "La ville de la demi-heure",
            "La ciudad de la media hora",
        ],
        ..SITTING
    },
    Row {
        code: "AS-10",
        sector: "territories",
        day: 14,
        from: "13:30",
        title: [
            "Territories: who looks after the forest road",
            "Territoires : qui entretient la route forestière",
            "Territorios: quién cuida el camino del bosque",
        ],
        about: [
            "Bridges for timber lorries, schools for nine pupils, a clinic on Tuesdays: small municipalities show what it costs to be few on much land, and ask for a key that counts hectares too.",
            "Ponts pour grumiers, écoles de neuf élèves, dispensaire le mardi : de petites communes montrent ce qu’il en coûte d’être peu sur beaucoup de terre, et demandent une clé qui compte aussi les hectares.",
            "Puentes para camiones madereros, escuelas de nueve alumnos, consultorio los martes: municipios pequeños muestran lo que cuesta ser pocos en mucha tierra y piden un criterio que cuente también hectáreas.",
        ],
        by: &["harbour-union", "altiplano"],
        cast: &[
            ("chair", Council),
            ("presenter", Head),
            ("speaker", Community),
            ("rapporteur", Staff),
        ],
        paper: [
            "A key that counts hectares",
            "Une clé qui compte les hectares",
            "Un criterio que cuenta hectáreas",
        ],
        ..SITTING
    },
    Row {
        code: "WA-01",
        kind: "world_assembly",
        day: 15,
        from: "10:45",
        minutes: 120,
        room: "baobab",
        title: [
            "World Assembly of Local and Regional Governments",
            "Assemblée mondiale des gouvernements locaux et régionaux",
            "Asamblea Mundial de Gobiernos Locales y Regionales",
        ],
        about: [
            "What the sittings and the Town Halls recommended is presented, debated and adopted by consensus. Convened by the Global Taskforce; not the General Assembly of UCLG. The hour is of the demonstration.",
            "Ce que les séances et les Town Halls ont recommandé est présenté, débattu et adopté par consensus. Convoquée par la Global Taskforce ; à ne pas confondre avec l’Assemblée générale de CGLU. L’horaire est de la démonstration.",
            "Lo que recomendaron las sesiones y los Cabildos Públicos se presenta, se debate y se adopta por consenso. Convocada por la Global Taskforce; no es la Asamblea General de CGLU. El horario es de la demostración.",
        ],
        attendance: "mixed",
        into: &["fr", "es", "ar", "pt"],
        access: &["step_free", "captions", "sign_language", "hearing_loop"],
        cast: &[
            ("moderator", Mayor),
            ("speaker", Governor),
            ("speaker", Head),
            ("rapporteur", Council),
        ],
        ..SITTING
    },
];
