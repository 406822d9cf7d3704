//! The position papers of the sittings, by the code of the sitting each is presented in first. Written for the
//! demonstration; no organisation has said any of it.

use super::{PaperWords, Proposal};

/// The papers, in the order of their sittings. Titles are those of the programme.
pub(super) const ALL: &[PaperWords] = &[
    PaperWords {
        session: "AS-01",
        language: "fr",
        body: [
            [
                "Half of those who will live in African towns in thirty years are not born yet, and most of the towns they will live in have fewer than two hundred people on their payroll.",
                "La moitié de celles et ceux qui habiteront les villes africaines dans trente ans ne sont pas né·e·s, et la plupart de ces villes emploient moins de deux cents personnes.",
                "La mitad de quienes vivirán en las ciudades africanas dentro de treinta años aún no ha nacido, y la mayoría de esas ciudades emplea a menos de doscientas personas.",
            ],
            [
                "Capitals are planned and counted. Secondary towns grow by decisions that nobody wrote down: a market that stays open at night, a road that a school was built along, a well that became a quarter.",
                "Les capitales sont planifiées et recensées. Les villes secondaires grandissent par des décisions que personne n’a écrites : un marché qui reste ouvert la nuit, une route le long de laquelle on bâtit une école, un puits devenu quartier.",
                "Las capitales se planifican y se censan. Las ciudades secundarias crecen por decisiones que nadie escribió: un mercado que abre de noche, un camino junto al que se levanta una escuela, un pozo que se volvió barrio.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "A floor for secondary towns",
                    "Un plancher pour les villes secondaires",
                    "Un mínimo para las ciudades secundarias",
                ],
                body: [
                    "National transfers set aside a share for towns below three hundred thousand inhabitants, paid by the fifth day of each quarter and published town by town.",
                    "Les dotations nationales réservent une part aux villes de moins de trois cent mille habitant·e·s, versée au plus tard le cinquième jour de chaque trimestre et publiée ville par ville.",
                    "Las transferencias nacionales reservan una parte para las ciudades de menos de trescientos mil habitantes, pagada antes del quinto día de cada trimestre y publicada ciudad por ciudad.",
                ],
            },
            Proposal {
                title: [
                    "Plan before the road",
                    "Planifier avant la route",
                    "Planificar antes que la carretera",
                ],
                body: [
                    "No trunk road is financed through a town that has no street plan; the plan is paid for by the same loan.",
                    "Aucune route nationale n’est financée à travers une ville sans plan de rues ; le même prêt paie ce plan.",
                    "Ninguna carretera nacional se financia a través de una ciudad sin plan de calles; el mismo préstamo paga ese plan.",
                ],
            },
        ],
        agendas: &["agenda_2030", "new_urban_agenda"],
    },
    PaperWords {
        session: "AS-02",
        language: "en",
        body: [
            [
                "Three councils have moved a village; none of them would do it the same way again.",
                "Trois conseils ont déplacé un village ; aucun ne le referait de la même façon.",
                "Tres ayuntamientos trasladaron un pueblo; ninguno lo haría otra vez del mismo modo.",
            ],
            [
                "What failed was never the sea wall. It was the list of who was promised which plot, kept by one officer in one notebook.",
                "Ce n’est jamais la digue qui a cédé. C’est la liste de qui avait reçu quelle promesse de parcelle, tenue par un seul agent dans un seul carnet.",
                "Lo que falló nunca fue el dique. Fue la lista de a quién se prometió qué parcela, llevada por una sola persona en un solo cuaderno.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "A right to move together",
                    "Un droit à partir ensemble",
                    "Derecho a trasladarse en conjunto",
                ],
                body: [
                    "Where a shore is given up, those who live on it may move as a community, and the law of the land lets a council hold the new ground for them.",
                    "Là où un rivage est abandonné, celles et ceux qui y vivent peuvent partir ensemble, et la loi permet à un conseil de détenir pour eux les terres nouvelles.",
                    "Donde se abandona una costa, quienes la habitan pueden trasladarse como comunidad, y la ley permite que el ayuntamiento conserve para ellos el nuevo suelo.",
                ],
            },
            Proposal {
                title: [
                    "A public register of promises",
                    "Un registre public des promesses",
                    "Un registro público de promesas",
                ],
                body: [
                    "Each promise of land or housing made in a relocation stands in a public register, with its date and what became of it.",
                    "Chaque promesse de terrain ou de logement faite lors d’un déplacement figure dans un registre public, avec sa date et ce qu’elle est devenue.",
                    "Cada promesa de suelo o vivienda hecha en un traslado consta en un registro público, con su fecha y lo que fue de ella.",
                ],
            },
        ],
        agendas: &["paris_agreement", "sendai_framework"],
    },
    PaperWords {
        session: "AS-03",
        language: "en",
        body: [
            [
                "A nurse who starts at six cannot live two hours away. Cities that forget this pay twice: in overtime, and in those who leave.",
                "Une infirmière qui commence à six heures ne peut pas habiter à deux heures de là. Les villes qui l’oublient paient deux fois : en heures supplémentaires, et en départs.",
                "Una enfermera que empieza a las seis no puede vivir a dos horas. Las ciudades que lo olvidan pagan dos veces: en horas extra y en quienes se marchan.",
            ],
            [
                "Rent ceilings hold for as long as someone builds. Land banks work for as long as they are not sold in a bad year.",
                "Les plafonds de loyer tiennent tant que quelqu’un construit. Les réserves foncières marchent tant qu’on ne les vend pas une mauvaise année.",
                "Los topes al alquiler aguantan mientras alguien construya. Los bancos de suelo funcionan mientras no se vendan en un mal año.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "Land that is not for sale",
                    "Des terres qui ne se vendent pas",
                    "Suelo que no se vende",
                ],
                body: [
                    "Cities keep public land and lease it; a sale needs two thirds of the council and a hearing of tenants.",
                    "Les villes gardent le foncier public et le louent ; une vente demande les deux tiers du conseil et l’audition des locataires.",
                    "Las ciudades conservan el suelo público y lo arriendan; una venta requiere dos tercios del consejo y una audiencia de inquilinos.",
                ],
            },
            Proposal {
                title: [
                    "Homes near the first shift",
                    "Des logements près de la première équipe",
                    "Viviendas cerca del primer turno",
                ],
                body: [
                    "One new home in ten is let to people whose work keeps the city running, within half an hour of where they begin.",
                    "Un logement neuf sur dix est loué à celles et ceux dont le travail fait marcher la ville, à moins d’une demi-heure de leur poste.",
                    "Una de cada diez viviendas nuevas se alquila a quienes mantienen la ciudad en marcha, a menos de media hora de su puesto.",
                ],
            },
        ],
        agendas: &["new_urban_agenda"],
    },
    PaperWords {
        session: "AS-04",
        language: "en",
        body: [
            [
                "A metropolis shares its river, its smoke and its trains, and seldom its taxes.",
                "Une métropole partage son fleuve, ses fumées et ses trains, rarement ses impôts.",
                "Una metrópolis comparte su río, su humo y sus trenes, y rara vez sus impuestos.",
            ],
            [
                "Joint authorities do well what can be counted, and badly what must be explained to residents who never voted for them.",
                "Les autorités communes font bien ce qui se compte, et mal ce qu’il faut expliquer à des habitant·e·s qui ne les ont jamais élues.",
                "Las autoridades conjuntas hacen bien lo que se puede contar, y mal lo que hay que explicar a quienes nunca las votaron.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "One bill, shown in parts",
                    "Une facture, montrée en parts",
                    "Una factura, mostrada por partes",
                ],
                body: [
                    "What the metropolis does together stands on every local bill as a line of its own, with what it cost last year.",
                    "Ce que la métropole fait ensemble figure sur chaque avis local comme une ligne à part, avec son coût de l’année passée.",
                    "Lo que la metrópolis hace en común figura en cada recibo local como una línea propia, con lo que costó el año anterior.",
                ],
            },
            Proposal {
                title: [
                    "A metropolitan seat at national talks",
                    "Un siège métropolitain aux négociations nationales",
                    "Un asiento metropolitano en las negociaciones nacionales",
                ],
                body: [
                    "Where national government negotiates transport, water or housing for a metropolitan area, its mayors sit at the table with one voice they chose themselves.",
                    "Quand l’État négocie transports, eau ou logement pour une aire métropolitaine, ses maires siègent avec une voix qu’ils et elles ont choisie.",
                    "Cuando el gobierno nacional negocia transporte, agua o vivienda para un área metropolitana, sus alcaldías se sientan a la mesa con una voz elegida por ellas.",
                ],
            },
        ],
        agendas: &["agenda_2030"],
    },
    PaperWords {
        session: "AS-05",
        language: "en",
        body: [
            [
                "District heating was built for one factory and one block. Both are gone; the pipes are not.",
                "Le chauffage urbain fut bâti pour une usine et un îlot. Les deux ont disparu ; les tuyaux, non.",
                "La calefacción urbana se construyó para una fábrica y una manzana. Ambas desaparecieron; las tuberías, no.",
            ],
            [
                "A warm grid loses a third of its heat before it reaches a kitchen. Renewing it costs less than one winter of emergency repairs.",
                "Un réseau de chaleur perd un tiers de sa chaleur avant d’arriver dans une cuisine. Le renouveler coûte moins qu’un hiver de réparations d’urgence.",
                "Una red de calor pierde un tercio de su calor antes de llegar a una cocina. Renovarla cuesta menos que un invierno de reparaciones de urgencia.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "Heat measured at the door",
                    "La chaleur mesurée à la porte",
                    "El calor medido en la puerta",
                ],
                body: [
                    "Every household is billed for the heat it uses, and no household is cut off between October and April.",
                    "Chaque foyer est facturé pour la chaleur qu’il consomme, et aucun n’est coupé entre octobre et avril.",
                    "Cada hogar paga el calor que consume, y a ninguno se le corta entre octubre y abril.",
                ],
            },
            Proposal {
                title: [
                    "Loans in the currency of the bills",
                    "Des prêts dans la monnaie des factures",
                    "Préstamos en la moneda de las facturas",
                ],
                body: [
                    "Development banks lend to municipal networks in the currency in which their customers pay.",
                    "Les banques de développement prêtent aux réseaux municipaux dans la monnaie où paient leurs abonné·e·s.",
                    "Los bancos de desarrollo prestan a las redes municipales en la moneda en que pagan sus clientes.",
                ],
            },
        ],
        agendas: &["paris_agreement"],
    },
    PaperWords {
        session: "AS-06",
        language: "fr",
        body: [
            [
                "A camp that has stood for ten years is a quarter that nobody has named.",
                "Un camp qui tient depuis dix ans est un quartier que personne n’a nommé.",
                "Un campamento que lleva diez años en pie es un barrio que nadie ha nombrado.",
            ],
            [
                "Water brought by lorry costs eight times that of a pipe. The pipe is refused because it would be an admission.",
                "L’eau livrée par camion coûte huit fois celle d’un tuyau. On refuse le tuyau parce qu’il serait un aveu.",
                "El agua llevada en camión cuesta ocho veces la de una tubería. La tubería se niega porque sería una admisión.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "Pipes do not ask for papers",
                    "Les tuyaux ne demandent pas de papiers",
                    "Las tuberías no piden papeles",
                ],
                body: [
                    "Water, drains and light are laid by need, whatever the status of the ground or of those who live on it.",
                    "Eau, égouts et lumière sont posés selon les besoins, quel que soit le statut du sol ou de celles et ceux qui y vivent.",
                    "Agua, desagües y luz se instalan según la necesidad, sea cual sea la situación del suelo o de quienes lo habitan.",
                ],
            },
            Proposal {
                title: [
                    "Host towns paid directly",
                    "Payer directement les villes d’accueil",
                    "Pago directo a las ciudades de acogida",
                ],
                body: [
                    "A quarter of humanitarian funds for settled displacement goes to the towns that host it, by their own budgets and under their own audit.",
                    "Un quart des fonds humanitaires pour les déplacements durables va aux villes d’accueil, par leurs budgets et sous leur propre contrôle.",
                    "Una cuarta parte de los fondos humanitarios para desplazamientos asentados va a las ciudades de acogida, por sus presupuestos y con su propia auditoría.",
                ],
            },
        ],
        agendas: &["agenda_2030", "new_urban_agenda"],
    },
    PaperWords {
        session: "AS-07",
        language: "es",
        body: [
            [
                "A competence given by decree is taken back by decree. Twice in ten years a province learned from the newspaper that its schools were no longer its own.",
                "Une compétence donnée par décret est reprise par décret. Deux fois en dix ans, une province a appris par le journal que ses écoles n’étaient plus les siennes.",
                "Una competencia dada por decreto se quita por decreto. Dos veces en diez años una provincia supo por el periódico que sus escuelas ya no eran suyas.",
            ],
            [
                "Staff, buildings and debts follow late or not at all. What lasts is what was agreed by both sides and can be called upon in court.",
                "Personnel, bâtiments et dettes suivent tard ou jamais. Ce qui dure est ce que les deux parties ont convenu et qu’on peut invoquer en justice.",
                "Personal, edificios y deudas llegan tarde o nunca. Dura lo que ambas partes acordaron y puede invocarse ante un tribunal.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "No transfer without its means",
                    "Pas de transfert sans les moyens",
                    "Ninguna transferencia sin sus medios",
                ],
                body: [
                    "A task passes to another level of government only with its staff, its buildings and its money, on one date.",
                    "Une mission ne passe à un autre niveau de gouvernement qu’avec son personnel, ses bâtiments et son argent, à une seule date.",
                    "Una tarea pasa a otro nivel de gobierno solo con su personal, sus edificios y su dinero, en una misma fecha.",
                ],
            },
            Proposal {
                title: [
                    "A court for competences",
                    "Un juge pour les compétences",
                    "Un tribunal para las competencias",
                ],
                body: [
                    "Local and regional governments may call on a court when what was agreed with them is taken back.",
                    "Les gouvernements locaux et régionaux peuvent saisir un juge quand ce qui a été convenu avec eux est repris.",
                    "Los gobiernos locales y regionales pueden acudir a un tribunal cuando se les quita lo que se acordó con ellos.",
                ],
            },
        ],
        agendas: &["agenda_2030"],
    },
    PaperWords {
        session: "AS-08",
        language: "es",
        body: [
            [
                "Those who left send home more than any programme brings. Towns see the new roof, and not one street lamp of it.",
                "Celles et ceux qui sont parti·e·s envoient plus que tout programme n’apporte. Les villes voient le nouveau toit, et pas un réverbère.",
                "Quienes se fueron envían más de lo que trae cualquier programa. Los pueblos ven el techo nuevo, y ni una farola.",
            ],
            [
                "People give for a clinic they can visit and a bill they can read; they do not give for an institution.",
                "On donne pour une clinique qu’on peut visiter et une facture qu’on peut lire ; on ne donne pas pour une institution.",
                "La gente da para una clínica que puede visitar y una factura que puede leer; no da para una institución.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "Three for one, in the open",
                    "Trois pour un, à découvert",
                    "Tres por uno, a la vista",
                ],
                body: [
                    "What hometown associations give for public works is matched by the town, the region and the state, and each invoice is published.",
                    "Ce que donnent les associations d’originaires pour des travaux publics est complété par la ville, la région et l’État, et chaque facture est publiée.",
                    "Lo que dan las asociaciones de oriundos para obras públicas lo igualan el municipio, la región y el Estado, y cada factura se publica.",
                ],
            },
            Proposal {
                title: [
                    "Cheaper ways home",
                    "Des envois moins chers",
                    "Envíos más baratos",
                ],
                body: [
                    "Sending two hundred dollars home costs no more than three per cent anywhere by the end of the mandate.",
                    "Envoyer deux cents dollars chez soi ne coûte nulle part plus de trois pour cent d’ici la fin du mandat.",
                    "Enviar doscientos dólares a casa no cuesta más del tres por ciento en ningún lugar antes de que acabe el mandato.",
                ],
            },
        ],
        agendas: &["agenda_2030"],
    },
    PaperWords {
        session: "AS-09",
        language: "en",
        body: [
            [
                "A city is near when school, shop and shade are half an hour away on foot or by a bus that comes.",
                "Une ville est proche quand l’école, le magasin et l’ombre sont à une demi-heure à pied ou par un bus qui passe.",
                "Una ciudad es cercana cuando la escuela, la tienda y la sombra están a media hora a pie o en un autobús que pasa.",
            ],
            [
                "Suburbs laid out for one car a household are asked to live with none. They need crossings before they need lectures.",
                "On demande à des banlieues dessinées pour une voiture par foyer de vivre sans. Il leur faut des passages avant des leçons.",
                "A suburbios trazados para un coche por hogar se les pide vivir sin él. Necesitan cruces antes que lecciones.",
            ],
        ],
        proposals: [
            Proposal {
                title: ["A bus that comes", "Un bus qui passe", "Un autobús que pasa"],
                body: [
                    "Every street of more than fifty homes has a stop within eight minutes and a vehicle within twenty, from five in the morning to midnight.",
                    "Chaque rue de plus de cinquante logements a un arrêt à huit minutes et un véhicule toutes les vingt, de cinq heures à minuit.",
                    "Cada calle de más de cincuenta viviendas tiene una parada a ocho minutos y un vehículo cada veinte, de las cinco a la medianoche.",
                ],
            },
            Proposal {
                title: [
                    "Shade counted like parking",
                    "Compter l’ombre comme le stationnement",
                    "Contar la sombra como el aparcamiento",
                ],
                body: [
                    "Planning rules ask for shade by the metre of pavement as they ask for parking by the flat.",
                    "Les règles d’urbanisme exigent l’ombre au mètre de trottoir comme elles exigent le stationnement au logement.",
                    "Las normas urbanísticas exigen sombra por metro de acera como exigen aparcamiento por vivienda.",
                ],
            },
        ],
        agendas: &["new_urban_agenda", "paris_agreement"],
    },
    PaperWords {
        session: "AS-10",
        language: "fr",
        body: [
            [
                "A region of forests is paid by the head and costs by the hectare.",
                "Une région de forêts est dotée par habitant·e et coûte par hectare.",
                "Una región de bosques recibe por habitante y gasta por hectárea.",
            ],
            [
                "Fire, flood and road do not count heads. Neither should the key by which the means to face them are shared out.",
                "Le feu, la crue et la route ne comptent pas les têtes. La clé qui répartit les moyens d’y faire face ne le devrait pas non plus.",
                "El fuego, la crecida y la carretera no cuentan cabezas. Tampoco debería hacerlo la clave que reparte los medios para afrontarlos.",
            ],
        ],
        proposals: [
            Proposal {
                title: [
                    "A key that counts hectares too",
                    "Une clé qui compte aussi les hectares",
                    "Una clave que cuente también hectáreas",
                ],
                body: [
                    "National equalisation weighs people, land and risk, and says in public how much each counts.",
                    "La péréquation nationale pèse les gens, les terres et les risques, et dit publiquement le poids de chacun.",
                    "La nivelación nacional pondera personas, suelo y riesgo, y dice en público cuánto pesa cada uno.",
                ],
            },
            Proposal {
                title: [
                    "What forests do is paid for",
                    "Payer ce que font les forêts",
                    "Pagar lo que hacen los bosques",
                ],
                body: [
                    "Regions that keep water and carbon for others are paid for it by contract, and those contracts are open to read.",
                    "Les régions qui gardent l’eau et le carbone pour d’autres sont payées par contrat, et ces contrats sont consultables.",
                    "Las regiones que guardan agua y carbono para otras cobran por contrato, y esos contratos pueden leerse.",
                ],
            },
        ],
        agendas: &["paris_agreement", "agenda_2030"],
    },
];
