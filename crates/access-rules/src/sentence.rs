//! Rules as sentences in three languages: what the rules page and a session's page say of who may do what.
//!
//! A rule is first reduced to what it can mean to this version ([`known`]), then said: whom it lets in, on what condition,
//! whom it leaves out. Alternatives that have conditions of their own follow after a semicolon. The nouns are in
//! [`crate::words`].

use kernel::Language;

use crate::{
    Act, Atom, Rule,
    rule::DEPTH_MOST,
    words::{self, Noun},
};

/// How a list of people depends on what stands before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// After "open to": « aux membres », «a los miembros».
    To,
    /// By itself: « les membres », «los miembros».
    Bare,
}

/// How sentences about an act begin.
struct Lead {
    /// Before those who may.
    open: &'static str,
    /// Before further ones.
    also: &'static str,
    /// When nobody may.
    nobody: &'static str,
    case: Case,
}

/// What a rule says about an act, as one sentence; a second one when it names a condition this version does not know.
pub fn sentence(rule: &Rule, act: Act, language: Language) -> String {
    let lead = lead(act, language);
    let reduced = known(rule, true, 1);
    let main = match &reduced {
        Some(rule) => open_to(rule, &lead, language),
        None => lead.nobody.to_owned(),
    };
    match (names_unknown(rule), reduced) {
        (false, _) => main,
        (true, None) => pick(
            language,
            "It names a condition this version does not know: nobody passes.",
            "La règle nomme une condition que cette version ne connaît pas\u{a0}: personne ne passe.",
            "La regla nombra una condición que esta versión no conoce: nadie pasa.",
        )
        .to_owned(),
        (true, Some(_)) => {
            let note = pick(
                language,
                "It also names a condition this version does not know: nobody passes by it.",
                "La règle nomme aussi une condition que cette version ne connaît pas\u{a0}: elle n’ouvre à personne.",
                "La regla nombra también una condición que esta versión no conoce: no abre a nadie.",
            );
            format!("{main} {note}")
        }
    }
}

fn open_to(rule: &Rule, lead: &Lead, language: Language) -> String {
    let (own_conditions, simple): (Vec<Atom>, Vec<Atom>) = rule
        .any_of
        .iter()
        .cloned()
        .partition(|atom| matches!(atom, Atom::Rule(_)));
    let mut alternatives = Vec::new();
    if !simple.is_empty() {
        alternatives.push(list(&simple, lead.case, language));
    }
    for atom in &own_conditions {
        if let Atom::Rule(nested) = atom {
            alternatives.push(group(nested, lead.case, language));
        }
    }
    let also = format!("{}{}", semicolon(language), lead.also);
    let mut said = format!("{}{}", lead.open, alternatives.join(&also));
    let narrowed = narrowing(rule, language);
    if !narrowed.is_empty() {
        if own_conditions.is_empty() {
            said.push_str(", ");
        } else {
            said.push_str(semicolon(language));
            said.push_str(pick(
                language,
                "in every case ",
                "dans tous les cas ",
                "en todos los casos ",
            ));
        }
        said.push_str(&narrowed);
    }
    said.push('.');
    said
}

/// What the rule can mean to this version; nothing when nobody passes. What is not understood is true of nobody, and in an
/// exception of everybody, as [`Rule::admits`] decides.
fn known(rule: &Rule, lets_in: bool, depth: usize) -> Option<Rule> {
    if depth > DEPTH_MOST {
        return (!lets_in).then(|| Rule::any([Atom::Everyone]));
    }
    let each = |atoms: &[Atom], lets_in: bool| -> Vec<Option<Atom>> {
        atoms
            .iter()
            .map(|atom| known_atom(atom, lets_in, depth))
            .collect()
    };
    let mut any_of = flat(each(&rule.any_of, lets_in));
    if any_of.contains(&Atom::Everyone) {
        any_of = vec![Atom::Everyone];
    }
    let mut all_of = each(&rule.all_of, lets_in)
        .into_iter()
        .collect::<Option<Vec<Atom>>>()?;
    all_of.retain(|atom| !is_everyone(atom));
    let none_of = flat(each(&rule.none_of, !lets_in));
    let lets_nobody = any_of.is_empty() || none_of.iter().any(is_everyone);
    (!lets_nobody).then_some(Rule {
        any_of,
        all_of,
        none_of,
    })
}

/// Alternatives within alternatives stand in one row.
fn flat(atoms: Vec<Option<Atom>>) -> Vec<Atom> {
    let of_atom = |atom| match atom {
        Atom::Rule(nested) if nested.all_of.is_empty() && nested.none_of.is_empty() => nested.any_of,
        other => vec![other],
    };
    atoms.into_iter().flatten().flat_map(of_atom).collect()
}

fn known_atom(atom: &Atom, lets_in: bool, depth: usize) -> Option<Atom> {
    match atom {
        Atom::Unknown(_) => (!lets_in).then_some(Atom::Everyone),
        Atom::Rule(nested) => known(nested, lets_in, depth + 1).map(|nested| Atom::Rule(Box::new(nested))),
        Atom::Everyone
        | Atom::SignedIn
        | Atom::Registered
        | Atom::AdmittedToTrack
        | Atom::Invited
        | Atom::AcceptedInCall
        | Atom::OnRoster
        | Atom::Endorsed
        | Atom::Tag(_)
        | Atom::Role(_) => Some(atom.clone()),
    }
}

fn is_everyone(atom: &Atom) -> bool {
    match atom {
        Atom::Everyone => true,
        Atom::Rule(rule) => **rule == Rule::any([Atom::Everyone]),
        Atom::SignedIn
        | Atom::Registered
        | Atom::AdmittedToTrack
        | Atom::Invited
        | Atom::AcceptedInCall
        | Atom::OnRoster
        | Atom::Endorsed
        | Atom::Tag(_)
        | Atom::Role(_)
        | Atom::Unknown(_) => false,
    }
}

fn names_unknown(rule: &Rule) -> bool {
    [&rule.any_of, &rule.all_of, &rule.none_of]
        .into_iter()
        .flatten()
        .any(|atom| {
            let is_unknown = matches!(atom, Atom::Unknown(_));
            is_unknown || matches!(atom, Atom::Rule(nested) if names_unknown(nested))
        })
}

/// People and what narrows them: "mayors, provided they …, except …".
fn group(rule: &Rule, case: Case, language: Language) -> String {
    let people = list(&rule.any_of, case, language);
    let narrowed = narrowing(rule, language);
    if narrowed.is_empty() {
        people
    } else {
        format!("{people}, {narrowed}")
    }
}

/// "provided they … and …, except …"; empty when nothing narrows.
fn narrowing(rule: &Rule, language: Language) -> String {
    let mut parts = Vec::new();
    if !rule.all_of.is_empty() {
        let conditions: Vec<String> = rule.all_of.iter().map(|atom| condition(atom, language)).collect();
        let provided = pick(language, "provided they ", "à condition ", "siempre que ");
        parts.push(format!("{provided}{}", joined(&conditions, language)));
    }
    if !rule.none_of.is_empty() {
        let except = pick(language, "except ", "sauf ", "excepto ");
        parts.push(format!("{except}{}", list(&rule.none_of, Case::Bare, language)));
    }
    parts.join(", ")
}

/// What is asked of people: "are registered for the congress".
fn condition(atom: &Atom, language: Language) -> String {
    if let Some(words) = words::condition(atom) {
        let [en, fr, es] = words.asked;
        return pick(language, en, fr, es).to_owned();
    }
    let people = list(std::slice::from_ref(atom), Case::Bare, language);
    match (language, noun_of(atom)) {
        (Language::En, Some(noun)) if noun.en_of => format!("belong to {}", noun.en),
        (Language::En, Some(noun)) => format!("are also {}", noun.en),
        (Language::En, None) => format!("are also among {people}"),
        (Language::Fr, _) => format!("de compter aussi parmi {people}"),
        (Language::Es, _) => format!("figuren también entre {people}"),
    }
}

fn noun_of(atom: &Atom) -> Option<Noun> {
    match atom {
        Atom::Tag(tag) => Some(words::tag(*tag)),
        Atom::Role(role) => Some(words::role(*role)),
        other => words::condition(other).map(|condition| condition.noun),
    }
}

/// People one after the other: "people of cities, regions and mayors", « aux villes, aux régions et aux maires ».
fn list(atoms: &[Atom], case: Case, language: Language) -> String {
    let mut items = Vec::new();
    let mut people_of = false;
    for atom in atoms {
        let item = match (noun_of(atom), atom) {
            (Some(noun), _) if language == Language::En => {
                let prefix = if noun.en_of && !people_of {
                    "people of "
                } else {
                    ""
                };
                people_of = noun.en_of;
                format!("{prefix}{}", noun.en)
            }
            (Some(noun), _) => with_article(noun, case, language),
            (None, Atom::Rule(nested)) => {
                people_of = false;
                format!("({})", group(nested, case, language))
            }
            (None, _) => everyone(case, language).to_owned(),
        };
        items.push(item);
    }
    joined(&items, language)
}

fn with_article(noun: Noun, case: Case, language: Language) -> String {
    match (language, case) {
        (Language::En, _) => noun.en.to_owned(),
        (Language::Fr, Case::To) => format!("aux {}", noun.fr),
        (Language::Fr, Case::Bare) => format!("les {}", noun.fr),
        (Language::Es, Case::To) => format!("a {}", noun.es),
        (Language::Es, Case::Bare) => noun.es.to_owned(),
    }
}

const fn everyone(case: Case, language: Language) -> &'static str {
    match (language, case) {
        (Language::En, _) => "everyone, even without an account",
        (Language::Fr, Case::To) => "à tout le monde, même sans compte",
        (Language::Fr, Case::Bare) => "tout le monde, même sans compte",
        (Language::Es, Case::To) => "a todo el mundo, incluso sin cuenta",
        (Language::Es, Case::Bare) => "todo el mundo, incluso sin cuenta",
    }
}

/// "a, b and c".
fn joined(items: &[String], language: Language) -> String {
    let and = pick(language, " and ", " et ", " y ");
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}{and}{last}", first.join(", ")),
    }
}

const fn semicolon(language: Language) -> &'static str {
    pick(language, "; ", "\u{a0}; ", "; ")
}

const fn pick(language: Language, en: &'static str, fr: &'static str, es: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Fr => fr,
        Language::Es => es,
    }
}

const fn lead(act: Act, language: Language) -> Lead {
    let (en, fr, es, case) = match act {
        Act::Read => (
            ["Visible to ", "also to ", "Visible to nobody."],
            ["Visible par ", "également par ", "N’est visible par personne."],
            ["Visible para ", "también para ", "No es visible para nadie."],
            Case::Bare,
        ),
        Act::Propose => (
            ["Proposals are open to ", "also to ", "Nobody may propose."],
            [
                "Propositions ouvertes ",
                "également ",
                "Personne ne peut proposer.",
            ],
            ["Propuestas abiertas ", "también ", "Nadie puede proponer."],
            Case::To,
        ),
        Act::Speak => (
            ["The floor is open to ", "also to ", "Nobody may take the floor."],
            [
                "Parole ouverte ",
                "également ",
                "Personne ne peut prendre la parole.",
            ],
            ["Palabra abierta ", "también ", "Nadie puede tomar la palabra."],
            Case::To,
        ),
        Act::Vote => (
            ["The vote is open to ", "also to ", "Nobody votes."],
            ["Vote ouvert ", "également ", "Personne ne vote."],
            ["Voto abierto ", "también ", "Nadie vota."],
            Case::To,
        ),
        Act::Attend
        | Act::UseSite
        | Act::MindOwn
        | Act::Register
        | Act::MindOrganisation
        | Act::SeeDesk
        | Act::ManageEdition
        | Act::ManageFormats
        | Act::ManageRules
        | Act::EditSession
        | Act::ProposeChange
        | Act::PlaceSession
        | Act::WaiveConflict
        | Act::Release
        | Act::Import
        | Act::SeePeople
        | Act::ManageMembers
        | Act::ConfirmPosition
        | Act::GrantRole
        | Act::DecideRegistration
        | Act::ReadNeeds
        | Act::ReadNeedsTotals
        | Act::ManageMeeting
        | Act::ManagePapers
        | Act::WritePaper
        | Act::TranslatePaper
        | Act::Comment
        | Act::RecordResult
        | Act::RunAssembly
        | Act::ManageOutcomes
        | Act::ReadOutbox
        | Act::ManageOutbox
        | Act::ReadAudit
        | Act::RunSite => (
            ["Open to ", "also to ", "Open to nobody."],
            ["Ouvert ", "également ", "N’est ouvert à personne."],
            ["Abierto ", "también ", "No está abierto a nadie."],
            Case::To,
        ),
    };
    let [open, also, nobody] = match language {
        Language::En => en,
        Language::Fr => fr,
        Language::Es => es,
    };
    Lead {
        open,
        also,
        nobody,
        case,
    }
}
