//! The five Town Halls: a partner presents, elected people respond, others debate.
//!
//! The partners are real and stand here as organisers alone; whoever speaks is invented. Days and times are of the
//! demonstration.

use super::{BLANK, Row};
use crate::demo::cast::Who::{Community, Council, Mayor, Scholar, Someone, Staff};

const TOWN_HALL: Row = Row {
    kind: "town_hall",
    minutes: 90,
    room: "kingfisher",
    attendance: "mixed",
    into: &["fr", "es"],
    access: &["step_free", "captions"],
    ..BLANK
};

/// The Town Halls.
pub(super) const ROWS: &[Row] = &[
    Row {
        code: "TH-01",
        theme: "accessible_inclusive_cities",
        day: 13,
        from: "14:00",
        title: [
            "Town Hall: a kerb is a decision",
            "Town Hall : un trottoir est une décision",
            "Cabildo Público: un bordillo es una decisión",
        ],
        about: [
            "A wheelchair, a white cane and a pram meet the same kerb. Three recommendations on streets, ballots and bus stops are put to the mayors in the room, who say which they will take home.",
            "Un fauteuil, une canne blanche et une poussette rencontrent le même trottoir. Trois recommandations sur rues, bulletins et arrêts de bus sont soumises aux maires présents, qui disent lesquelles ils emportent.",
            "Una silla de ruedas, un bastón blanco y un cochecito topan con el mismo bordillo. Tres recomendaciones sobre calles, papeletas y paradas se presentan a las alcaldías, que dicen cuáles se llevan.",
        ],
        access: &["step_free", "captions", "sign_language", "hearing_loop"],
        by: &["world-enabled", "hearth-and-commons"],
        cast: &[
            ("moderator", Scholar),
            ("presenter", Community),
            ("respondent", Mayor),
            ("respondent", Council),
            ("speaker", Someone),
        ],
        ..TOWN_HALL
    },
    Row {
        code: "TH-02",
        theme: "addressing_informality",
        day: 13,
        from: "16:00",
        title: [
            "Town Hall: the street vendor’s address",
            "Town Hall : l’adresse de la vendeuse de rue",
            "Cabildo Público: la dirección de la vendedora ambulante",
        ],
        about: [
            "Without an address there is no licence, and without a licence no loan. Waste pickers, vendors and home workers ask for addresses first; councils answer what stands in the way.",
            "Sans adresse, pas de licence ; sans licence, pas de prêt. Récupérateurs, vendeuses et travailleuses à domicile demandent d’abord des adresses ; des conseils répondent ce qui l’empêche.",
            "Sin dirección no hay licencia y sin licencia no hay crédito. Recicladores, vendedoras y trabajadoras a domicilio piden primero direcciones; los ayuntamientos responden qué lo impide.",
        ],
        by: &["cities-alliance", "huairou"],
        cast: &[
            ("moderator", Staff),
            ("presenter", Community),
            ("respondent", Mayor),
            ("respondent", Council),
        ],
        ..TOWN_HALL
    },
    Row {
        code: "TH-03",
        theme: "gender_equality",
        day: 14,
        from: "10:30",
        title: [
            "Town Hall: the budget, read by women",
            "Town Hall : le budget lu par les femmes",
            "Cabildo Público: el presupuesto leído por mujeres",
        ],
        about: [
            "Street lamps, clinics, the hour at which the council meets: a city budget read line by line with those it usually forgets. Four elected people respond to what was found.",
            "Lampadaires, dispensaires, heure du conseil : un budget municipal lu ligne à ligne avec celles qu’il oublie d’habitude. Des élu·e·s répondent à ce qui a été trouvé.",
            "Farolas, consultorios, la hora del pleno: un presupuesto municipal leído línea por línea con quienes suele olvidar. Cargos electos responden a lo encontrado.",
        ],
        by: &["huairou", "hearth-and-commons"],
        cast: &[
            ("moderator", Someone),
            ("presenter", Community),
            ("respondent", Mayor),
            ("respondent", Council),
            ("respondent", Council),
        ],
        ..TOWN_HALL
    },
    Row {
        code: "TH-04",
        theme: "right_to_the_city",
        day: 14,
        from: "13:15",
        title: [
            "Town Hall: nobody leaves without an address to go to",
            "Town Hall : personne ne part sans savoir où aller",
            "Cabildo Público: nadie se va sin tener adónde ir",
        ],
        about: [
            "Before a quarter is cleared there is time to ask. Residents’ groups propose a test every plan must pass: who stays, who pays, who decides. Mayors say where it would have changed theirs.",
            "Avant de raser un quartier, il est temps de demander. Des collectifs proposent une épreuve pour chaque plan : qui reste, qui paie, qui décide. Des maires disent où elle aurait changé le leur.",
            "Antes de desalojar un barrio hay tiempo de preguntar. Grupos vecinales proponen una prueba para cada plan: quién se queda, quién paga, quién decide. Alcaldías dicen dónde habría cambiado el suyo.",
        ],
        by: &["gpr2c", "hic"],
        cast: &[
            ("moderator", Staff),
            ("presenter", Community),
            ("respondent", Mayor),
            ("respondent", Mayor),
            ("speaker", Scholar),
        ],
        ..TOWN_HALL
    },
    Row {
        code: "TH-05",
        theme: "sustainable_urban_development",
        day: 14,
        from: "15:00",
        minutes: 75,
        title: [
            "Town Hall: ten years left, eleven goals to go",
            "Town Hall : dix ans devant nous, onze objectifs à atteindre",
            "Cabildo Público: quedan diez años y once objetivos",
        ],
        about: [
            "Farmers, scientists, unions and children each get four minutes to say what a city should stop doing. The answers are short too: yes, from when; or no, and why.",
            "Agricultrices, scientifiques, syndicats et enfants ont chacun quatre minutes pour dire ce qu’une ville devrait cesser de faire. Les réponses sont courtes aussi : oui, à partir de quand ; ou non, et pourquoi.",
            "Agricultoras, científicas, sindicatos y niñas tienen cuatro minutos para decir qué debería dejar de hacer una ciudad. Las respuestas también son breves: sí, desde cuándo; o no, y por qué.",
        ],
        by: &["gap", "hic"],
        cast: &[
            ("moderator", Scholar),
            ("presenter", Community),
            ("respondent", Council),
            ("respondent", Mayor),
            ("speaker", Someone),
        ],
        ..TOWN_HALL
    },
];
