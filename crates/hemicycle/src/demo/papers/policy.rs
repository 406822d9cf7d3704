//! The policy papers of the Town Hall's themes, by the code of the session in which each is debated. Written for the
//! demonstration; no organisation has said any of it.

use super::{PaperWords, Proposal};

/// The papers, in the order of their sessions.
pub(super) const ALL: &[PaperWords] = &[
    PaperWords {
        session: "TH-01",
        language: "en",
        body: [
            [
                "A step of twelve centimetres decides who goes to the library. Cities count their ramps; hardly any counts the journeys that were not made.",
                "Une marche de douze centimètres décide qui va à la bibliothèque. Les villes comptent leurs rampes ; presque aucune ne compte les trajets qui n’ont pas eu lieu.",
                "Un escalón de doce centímetros decide quién va a la biblioteca. Las ciudades cuentan sus rampas; casi ninguna cuenta los trayectos que no se hicieron.",
            ],
            [
                "Whoever plans without those who will use it builds twice. The second time is paid from the maintenance of something else.",
                "Planifier sans celles et ceux qui s’en serviront, c’est bâtir deux fois. La seconde fois est payée sur l’entretien d’autre chose.",
                "Quien planifica sin quienes lo usarán construye dos veces. La segunda se paga con el mantenimiento de otra cosa.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "Nothing is opened before it was tried",
                    "Rien n’ouvre avant d’avoir été essayé",
                    "Nada se abre sin haberse probado",
                ],
                body: [
                    "No public building is opened before people with different disabilities have used it and signed for it.",
                    "Aucun bâtiment public n’ouvre avant que des personnes avec différents handicaps ne l’aient utilisé et n’aient signé.",
                    "Ningún edificio público se abre antes de que personas con distintas discapacidades lo hayan usado y firmado.",
                ],
            },
            Proposal {
                title: [
                    "Journeys not made are counted",
                    "Compter les trajets qui n’ont pas lieu",
                    "Contar los trayectos que no se hacen",
                ],
                body: [
                    "Cities ask each year which journeys could not be made and why, and publish the answers by line and by stop.",
                    "Les villes demandent chaque année quels trajets n’ont pu se faire et pourquoi, et publient les réponses par ligne et par arrêt.",
                    "Las ciudades preguntan cada año qué trayectos no pudieron hacerse y por qué, y publican las respuestas por línea y por parada.",
                ],
            },
        ],
        agendas: &["agenda_2030"],
    },
    PaperWords {
        session: "TH-02",
        language: "en",
        body: [
            [
                "Two workers in three have no contract and every one of them has a customer. Cities meet them as an obstruction of the pavement.",
                "Deux travailleurs sur trois n’ont pas de contrat et tous ont une clientèle. Les villes les rencontrent comme une gêne sur le trottoir.",
                "Dos de cada tres trabajadores no tienen contrato y todos tienen clientela. Las ciudades los tratan como un estorbo en la acera.",
            ],
            [
                "A permit that takes ninety days is a fine paid in advance. A stall with water and light pays for both within a year.",
                "Un permis qui prend quatre-vingt-dix jours est une amende payée d’avance. Un étal avec eau et lumière les rembourse en un an.",
                "Un permiso que tarda noventa días es una multa pagada por adelantado. Un puesto con agua y luz las paga en un año.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "No eviction without a place",
                    "Pas d’expulsion sans une place",
                    "Ningún desalojo sin un lugar",
                ],
                body: [
                    "No trader is moved from a street before another place of like custom is offered, in writing and in time.",
                    "Aucun commerçant n’est déplacé d’une rue avant qu’une autre place de même fréquentation ne lui soit proposée, par écrit et à temps.",
                    "Ningún comerciante es trasladado de una calle antes de que se le ofrezca otro lugar de igual clientela, por escrito y a tiempo.",
                ],
            },
            Proposal {
                title: [
                    "A seat where markets are planned",
                    "Un siège là où l’on planifie les marchés",
                    "Un asiento donde se planifican los mercados",
                ],
                body: [
                    "Associations of informal workers sit, with a vote, in the boards that plan markets, stations and waste.",
                    "Les associations de travailleurs informels siègent, avec une voix, dans les instances qui planifient marchés, gares et déchets.",
                    "Las asociaciones de trabajadores informales se sientan, con voto, en los consejos que planifican mercados, estaciones y residuos.",
                ],
            },
        ],
        agendas: &["agenda_2030", "new_urban_agenda"],
    },
    PaperWords {
        session: "TH-03",
        language: "fr",
        body: [
            [
                "Budgets are written as if nobody cooked, carried or cared. Those who do are the ones who wait longest for the bus.",
                "On écrit les budgets comme si personne ne cuisinait, ne portait, ne soignait. Celles qui le font sont celles qui attendent le bus le plus longtemps.",
                "Los presupuestos se escriben como si nadie cocinara, cargara ni cuidara. Quienes lo hacen son las que más esperan el autobús.",
            ],
            [
                "Half the seats are not yet half the speaking time. Councils that publish both find that the second follows the first by ten years.",
                "La moitié des sièges n’est pas encore la moitié du temps de parole. Les conseils qui publient les deux constatent dix ans d’écart.",
                "La mitad de los escaños no es aún la mitad del tiempo de palabra. Los consejos que publican ambos ven que lo segundo llega diez años después.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "Speaking time is published",
                    "Publier le temps de parole",
                    "Se publica el tiempo de palabra",
                ],
                body: [
                    "Councils publish, session by session, how long women and men spoke and on what.",
                    "Les conseils publient, séance par séance, combien de temps femmes et hommes ont parlé et de quoi.",
                    "Los consejos publican, sesión por sesión, cuánto hablaron mujeres y hombres y de qué.",
                ],
            },
            Proposal {
                title: [
                    "Care is a public service",
                    "Le soin est un service public",
                    "El cuidado es un servicio público",
                ],
                body: [
                    "Crèches and day care are planned like water: within reach of every home, and counted where they are missing.",
                    "Crèches et accueils de jour se planifient comme l’eau : à portée de chaque logement, et comptés là où ils manquent.",
                    "Las guarderías y los centros de día se planifican como el agua: al alcance de cada hogar, y contados donde faltan.",
                ],
            },
        ],
        agendas: &["agenda_2030"],
    },
    PaperWords {
        session: "TH-04",
        language: "es",
        body: [
            [
                "A flat that stands empty is counted as wealth, a family that has none as a case. The city could count both as one thing.",
                "Un logement vide compte comme une richesse, une famille sans logement comme un dossier. La ville pourrait compter les deux comme une seule chose.",
                "Un piso vacío se cuenta como riqueza, una familia sin piso como un expediente. La ciudad podría contar ambos como una sola cosa.",
            ],
            [
                "The right to the city is asked for by those who clean it at night and cannot afford to wake in it.",
                "Le droit à la ville est réclamé par celles et ceux qui la nettoient la nuit et n’ont pas les moyens de s’y réveiller.",
                "El derecho a la ciudad lo piden quienes la limpian de noche y no pueden permitirse despertar en ella.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "Homes before assets",
                    "Des logements avant des placements",
                    "Viviendas antes que activos",
                ],
                body: [
                    "Cities may tax a home that stands empty for a year, and spend what it brings on homes alone.",
                    "Les villes peuvent taxer un logement vide depuis un an, et n’en dépenser le produit que pour des logements.",
                    "Las ciudades pueden gravar una vivienda vacía durante un año, y gastar lo recaudado solo en viviendas.",
                ],
            },
            Proposal {
                title: [
                    "Those who are moved decide where",
                    "Qui est déplacé décide où",
                    "Quien es desplazado decide adónde",
                ],
                body: [
                    "A renewal that moves people begins when a majority of them has agreed to where, at what rent, and by when.",
                    "Une rénovation qui déplace des gens commence quand une majorité d’entre eux a convenu du lieu, du loyer et de la date.",
                    "Una renovación que desplaza a personas empieza cuando la mayoría ha acordado adónde, con qué alquiler y cuándo.",
                ],
            },
        ],
        agendas: &["new_urban_agenda"],
    },
    PaperWords {
        session: "TH-05",
        language: "en",
        body: [
            [
                "What a city throws away in a year it bought in another. Between the two lies a lorry, a landfill and a neighbour.",
                "Ce qu’une ville jette en un an, elle l’avait acheté l’année d’avant. Entre les deux, il y a un camion, une décharge et un voisin.",
                "Lo que una ciudad tira en un año lo compró en otro. Entre ambos hay un camión, un vertedero y un vecino.",
            ],
            [
                "Plans for thirty years are renewed by councils of four. What binds them is a public line in each yearly budget.",
                "Des plans de trente ans sont renouvelés par des conseils de quatre. Ce qui les lie est une ligne publique dans chaque budget annuel.",
                "Los planes de treinta años los renuevan consejos de cuatro. Lo que los ata es una línea pública en cada presupuesto anual.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "A climate line in every budget",
                    "Une ligne climat dans chaque budget",
                    "Una línea climática en cada presupuesto",
                ],
                body: [
                    "Each yearly budget says in one line what it adds to emissions and what it takes away, checked by somebody who did not write it.",
                    "Chaque budget annuel dit en une ligne ce qu’il ajoute aux émissions et ce qu’il en retire, vérifié par quelqu’un qui ne l’a pas écrit.",
                    "Cada presupuesto anual dice en una línea qué añade a las emisiones y qué les quita, comprobado por alguien que no lo escribió.",
                ],
            },
            Proposal {
                title: [
                    "The neighbours of landfills first",
                    "D’abord les voisins des décharges",
                    "Primero los vecinos de los vertederos",
                ],
                body: [
                    "What is saved on waste is spent first where waste was brought for the last twenty years.",
                    "Ce qui est économisé sur les déchets est dépensé d’abord là où on les a portés ces vingt dernières années.",
                    "Lo que se ahorra en residuos se gasta primero donde se llevaron los últimos veinte años.",
                ],
            },
        ],
        agendas: &["paris_agreement", "agenda_2030"],
    },
];
