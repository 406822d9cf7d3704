//! Who one can be in the demonstration: one click signs in as each, with one sentence to try.
//!
//! Fixed people with fixed accounts under `demo.example`, which no letter ever reaches. What each may do follows from the
//! same records as for everybody: positions, memberships, rosters, standings.

use access_rules::{AccountId, PersonId};
use kernel::{Id, Language};
use serde::Serialize;

/// Which page a persona begins on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// The public programme.
    Programme,
    /// One's own congress: registration, tracks, agenda, letters.
    MyCongress,
    /// The registrations one has made.
    Registrations,
    /// The statutory area.
    Statutory,
    /// Positions that wait to be confirmed.
    Confirmations,
    /// The organisers' desk.
    Desk,
    /// The release page.
    Release,
}

/// Somebody one can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Persona {
    /// Its code in addresses: `arrears`.
    pub code: &'static str,
    /// Given name; empty for the visitor, who is nobody.
    pub given_name: &'static str,
    /// Family name.
    pub family_name: &'static str,
    /// In which language their pages and letters are.
    pub language: Language,
    /// Who they are, in English, French and Spanish.
    pub who: [&'static str; 3],
    /// One thing to try, in English, French and Spanish.
    pub try_this: [&'static str; 3],
    /// Where they begin.
    pub opens: Opens,
}

impl Persona {
    /// The account one is signed in with; none for the visitor.
    pub fn account(&self) -> Option<AccountId> {
        (!self.is_visitor()).then(|| Id::named(&format!("demo account {}", self.code)))
    }

    /// The person; none for the visitor.
    pub fn person(&self) -> Option<PersonId> {
        (!self.is_visitor()).then(|| Id::named(&format!("demo person {}", self.code)))
    }

    /// The address of the account.
    pub fn email(&self) -> String {
        format!("{}@demo.example", self.code.replace('_', "-"))
    }

    /// Whether it is somebody without an account.
    pub fn is_visitor(&self) -> bool {
        self.given_name.is_empty()
    }
}

/// Everybody one can be, in the order of the front door.
pub fn personas() -> &'static [Persona] {
    PERSONAS
}

/// The persona of a code.
pub fn find(code: &str) -> Option<&'static Persona> {
    PERSONAS.iter().find(|persona| persona.code == code)
}

const PERSONAS: &[Persona] = &[
    Persona {
        code: "visitor",
        given_name: "",
        family_name: "",
        language: Language::En,
        who: ["A visitor", "Un·e visiteur·euse", "Una persona visitante"],
        try_this: [
            "Look for the General Assembly: you see its line, “members only”, and nothing behind it.",
            "Cherchez l’Assemblée générale : vous voyez sa ligne, « réservé aux membres », et rien derrière.",
            "Busque la Asamblea General: verá su línea, «solo miembros», y nada detrás.",
        ],
        opens: Opens::Programme,
    },
    Persona {
        code: "assistant",
        given_name: "Nomvula",
        family_name: "Kijianuru",
        language: Language::En,
        who: [
            "A mayor’s assistant in Thornveld-on-Sea",
            "L’assistante d’une maire, Thornveld-on-Sea",
            "La asistente de una alcaldesa, Thornveld-on-Sea",
        ],
        try_this: [
            "Open the four people you registered: three are confirmed, one waits for the focal point. Remind them.",
            "Ouvrez les quatre personnes que vous avez inscrites : trois sont confirmées, une attend le point focal. Relancez-le.",
            "Abra las cuatro personas que inscribió: tres están confirmadas, una espera al punto focal. Recuérdeselo.",
        ],
        opens: Opens::Registrations,
    },
    Persona {
        code: "individual",
        given_name: "Tomás",
        family_name: "Escalinata Verde",
        language: Language::Es,
        who: [
            "An individual, registered for two tracks",
            "Un particulier, inscrit à deux circuits",
            "Un particular, inscrito en dos ejes",
        ],
        try_this: [
            "A seat has just become free for you: take it before the offer ends. Then try to reserve a Lab and read why not.",
            "Une place vient de se libérer pour vous : prenez-la avant la fin de l’offre. Puis réservez un Lab et lisez pourquoi c’est impossible.",
            "Acaba de quedar libre una plaza para usted: tómela antes de que venza la oferta. Luego intente reservar un Lab y lea por qué no.",
        ],
        opens: Opens::MyCongress,
    },
    Persona {
        code: "arrears",
        given_name: "Fionn",
        family_name: "O’Lighthouse",
        language: Language::En,
        who: [
            "A councillor of a member in arrears, Port Merrow",
            "Un conseiller d’un membre en retard de cotisation, Port Merrow",
            "Un concejal de un miembro con cuotas pendientes, Port Merrow",
        ],
        try_this: [
            "Read the General Assembly’s papers, and then why you may attend and not vote.",
            "Lisez les documents de l’Assemblée générale, puis pourquoi vous pouvez assister sans voter.",
            "Lea los documentos de la Asamblea General y después por qué puede asistir y no votar.",
        ],
        opens: Opens::Statutory,
    },
    Persona {
        code: "council",
        given_name: "Suryalampu",
        family_name: "",
        language: Language::En,
        who: [
            "A member of the World Council, mayor of Kotalampu (a person of one name)",
            "Une membre du Conseil mondial, maire de Kotalampu (une personne à un seul nom)",
            "Una miembro del Consejo Mundial, alcaldesa de Kotalampu (una persona de un solo nombre)",
        ],
        try_this: [
            "Open the World Council’s papers; the Executive Bureau’s are not there for you, as if they did not exist.",
            "Ouvrez les documents du Conseil mondial ; ceux du Bureau exécutif n’existent pas pour vous.",
            "Abra los documentos del Consejo Mundial; los del Bureau Ejecutivo no existen para usted.",
        ],
        opens: Opens::Statutory,
    },
    Persona {
        code: "committee",
        given_name: "نور",
        family_name: "الفنار",
        language: Language::Fr,
        who: [
            "A member of the Financial Management Committee, Manarat al-Fanar",
            "Une membre du Comité de gestion financière, Manarat al-Fanar",
            "Una miembro del Comité de Gestión Financiera, Manarat al-Fanar",
        ],
        try_this: [
            "Find Thursday’s meeting at 08:00: it was never announced, and only you and your colleagues see it.",
            "Trouvez la réunion de jeudi à 8 h : elle n’a jamais été annoncée, vous et vos collègues êtes seul·e·s à la voir.",
            "Encuentre la reunión del jueves a las 08:00: nunca se anunció y solo usted y sus colegas la ven.",
        ],
        opens: Opens::Statutory,
    },
    Persona {
        code: "focal_point",
        given_name: "Bheki",
        family_name: "Isigcawu-Esikhulu",
        language: Language::En,
        who: [
            "The focal point of Thornveld-on-Sea",
            "Le point focal de Thornveld-on-Sea",
            "El punto focal de Thornveld-on-Sea",
        ],
        try_this: [
            "Confirm the councillor who waits: their place in the Statutory track opens at once.",
            "Confirmez la personne qui attend : sa place dans le circuit statutaire s’ouvre aussitôt.",
            "Confirme a quien espera: su plaza en el eje Estatutario se abre de inmediato.",
        ],
        opens: Opens::Confirmations,
    },
    Persona {
        code: "partner",
        given_name: "Anjali",
        family_name: "Diyabatti",
        language: Language::En,
        who: [
            "A partner from civil society, of an invented coalition",
            "Une partenaire de la société civile, d’une coalition inventée",
            "Una aliada de la sociedad civil, de una coalición inventada",
        ],
        try_this: [
            "Open a Lab: you may not take part in it. Open a Town Hall: you may, and may propose one.",
            "Ouvrez un Lab : vous ne pouvez pas y participer. Ouvrez un Town Hall : vous le pouvez, et pouvez en proposer un.",
            "Abra un Lab: no puede participar. Abra un Cabildo Público: sí puede, y puede proponer uno.",
        ],
        opens: Opens::Programme,
    },
    Persona {
        code: "chair",
        given_name: "Aïssatou",
        family_name: "N’Embarcadère",
        language: Language::Fr,
        who: [
            "The chair of a sitting on intermediary cities",
            "La présidente d’une séance sur les villes intermédiaires",
            "La presidenta de una sesión sobre ciudades intermedias",
        ],
        try_this: [
            "Open your sitting, Thursday 10:30: correct its abstract as its lead, and see what you may not change.",
            "Ouvrez votre séance, jeudi à 10 h 30 : corrigez-en le résumé et voyez ce que vous ne pouvez pas changer.",
            "Abra su sesión, jueves a las 10:30: corrija su resumen y vea lo que no puede cambiar.",
        ],
        opens: Opens::MyCongress,
    },
    Persona {
        code: "organiser",
        given_name: "Lena",
        family_name: "Laternenweg",
        language: Language::En,
        who: [
            "An organiser, at the secretariat’s desk",
            "Une organisatrice, au bureau du secrétariat",
            "Una organizadora, en la secretaría",
        ],
        try_this: [
            "One change waits in the draft and three warnings with it. Read what it changes for whom, and release it.",
            "Un changement attend dans l’ébauche, avec trois avertissements. Lisez ce qu’il change et pour qui, et publiez-le.",
            "Un cambio espera en el borrador, con tres advertencias. Lea qué cambia y para quién, y publíquelo.",
        ],
        opens: Opens::Release,
    },
    Persona {
        code: "registrar",
        given_name: "Kabir",
        family_name: "Minarwala",
        language: Language::En,
        who: [
            "The registrar",
            "Le responsable des inscriptions",
            "El responsable de inscripciones",
        ],
        try_this: [
            "Decide the registrations and positions that wait, the strongest evidence first.",
            "Décidez des inscriptions et des fonctions en attente, en commençant par les preuves les plus solides.",
            "Decida las inscripciones y los cargos en espera, empezando por las pruebas más sólidas.",
        ],
        opens: Opens::Confirmations,
    },
    Persona {
        code: "local4action",
        given_name: "Derya",
        family_name: "Köprüdeniz-Işık",
        language: Language::En,
        who: [
            "The chair of the Local4Action programme, at that track’s desk",
            "La responsable du programme Local4Action, au bureau de ce circuit",
            "La responsable del programa Local4Action, en la mesa de ese eje",
        ],
        try_this: [
            "Move a Lab into a room that is taken: you are told by whom. Other tracks are not yours to move.",
            "Déplacez un Lab dans une salle occupée : on vous dit par qui. Les autres circuits ne sont pas à vous.",
            "Mueva un Lab a una sala ocupada: se le dirá por quién. Los demás ejes no son suyos.",
        ],
        opens: Opens::Desk,
    },
];
