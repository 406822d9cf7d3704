//! What rules say in three languages.

use kernel::{Coded, Language};

use crate::{Act, Atom, Role, Rule, Tag, catalogue, sentence::sentence, words};

fn said(rule: &Rule, act: Act) -> [String; 3] {
    [Language::En, Language::Fr, Language::Es].map(|language| sentence(rule, act, language))
}

fn nested(rule: Rule) -> Atom {
    Atom::Rule(Box::new(rule))
}

fn unknown() -> Atom {
    Atom::Unknown("since:2031".into())
}

#[test]
fn rules_read_as_sentences_in_three_languages() {
    let cases = [
        (
            Rule::tags([Tag::UclgMember, Tag::NationalGovernment, Tag::Mayor]),
            Act::Attend,
            [
                "Open to people of UCLG member organisations, national governments and mayors.",
                "Ouvert aux membres de CGLU, aux gouvernements nationaux et aux maires.",
                "Abierto a los miembros de CGLU, a los gobiernos nacionales y a las alcaldesas y los alcaldes.",
            ],
        ),
        (
            catalogue::seeded("labs", Act::Propose),
            Act::Propose,
            [
                "Proposals are open to people of UCLG member organisations, partner national governments and constituency members, provided they answer a specific call.",
                "Propositions ouvertes aux membres de CGLU, aux gouvernements nationaux partenaires et aux membres du collectif, à condition de répondre à un appel spécifique.",
                "Propuestas abiertas a los miembros de CGLU, a los gobiernos nacionales asociados y a los miembros del colectivo, siempre que respondan a una convocatoria específica.",
            ],
        ),
        (
            Rule::any([Atom::Registered])
                .and([Atom::Invited, Atom::Tag(Tag::City), Atom::Role(Role::Chair)])
                .except([Atom::Tag(Tag::Press), Atom::Tag(Tag::Exhibitor)]),
            Act::Attend,
            [
                "Open to everyone registered for the congress, provided they have been invited in person, belong to cities and are also chairs, except members of the press and exhibitors.",
                "Ouvert aux personnes inscrites au congrès, à condition d’avoir reçu une invitation personnelle, de compter aussi parmi les villes et de compter aussi parmi les président·e·s de séance, sauf les représentant·e·s de la presse et les exposant·e·s.",
                "Abierto a las personas inscritas en el congreso, siempre que hayan recibido una invitación personal, figuren también entre las ciudades y figuren también entre las personas que presiden la sesión, excepto las personas de la prensa y las personas expositoras.",
            ],
        ),
        (
            Rule::any([
                Atom::Tag(Tag::Mayor),
                nested(Rule::tags([Tag::Staff]).and([Atom::Invited])),
                nested(Rule::tags([Tag::Governor])),
            ])
            .and([Atom::Registered]),
            Act::Speak,
            [
                "The floor is open to mayors and governors; also to staff of organisations, provided they have been invited in person; in every case provided they are registered for the congress.",
                "Parole ouverte aux maires et aux gouverneur·e·s\u{a0}; également aux membres du personnel des organisations, à condition d’avoir reçu une invitation personnelle\u{a0}; dans tous les cas à condition d’être inscrit·e·s au congrès.",
                "Palabra abierta a las alcaldesas y los alcaldes y a las gobernadoras y los gobernadores; también a las personas que trabajan en una organización, siempre que hayan recibido una invitación personal; en todos los casos siempre que cuenten con inscripción en el congreso.",
            ],
        ),
        (
            Rule::any([Atom::Everyone]),
            Act::Read,
            [
                "Visible to everyone, even without an account.",
                "Visible par tout le monde, même sans compte.",
                "Visible para todo el mundo, incluso sin cuenta.",
            ],
        ),
        (
            Rule::nobody(),
            Act::Attend,
            [
                "Open to nobody.",
                "N’est ouvert à personne.",
                "No está abierto a nadie.",
            ],
        ),
        (
            Rule::nobody(),
            Act::Vote,
            ["Nobody votes.", "Personne ne vote.", "Nadie vota."],
        ),
    ];

    for (rule, act, expected) in cases {
        assert_eq!(said(&rule, act), expected);
    }
}

#[test]
fn a_condition_that_is_not_known_is_said_and_never_opens() {
    let nobody_passes = [
        "It names a condition this version does not know: nobody passes.",
        "La règle nomme une condition que cette version ne connaît pas\u{a0}: personne ne passe.",
        "La regla nombra una condición que esta versión no conoce: nadie pasa.",
    ];

    for rule in [
        Rule::any([unknown()]),
        Rule::tags([Tag::Mayor]).and([unknown()]),
        Rule::tags([Tag::Mayor]).except([unknown()]),
        Rule::tags([Tag::Mayor]).except([nested(Rule::any([Atom::Everyone]).and([unknown()]))]),
    ] {
        assert_eq!(said(&rule, Act::Attend), nobody_passes);
    }
    assert_eq!(
        sentence(
            &Rule::any([Atom::Tag(Tag::Mayor), unknown()]),
            Act::Attend,
            Language::En
        ),
        "Open to mayors. It also names a condition this version does not know: nobody passes by it."
    );
    assert_eq!(
        sentence(
            &Rule::any([Atom::Everyone]).except([nested(Rule::tags([Tag::Press]).and([unknown()]))]),
            Act::Attend,
            Language::En
        ),
        "Open to everyone, even without an account, except members of the press. It also names a condition this version does not know: nobody passes by it."
    );
}

#[test]
fn french_keeps_no_break_spaces_and_no_sentence_is_left_open() {
    let mut rules: Vec<(Rule, Act)> = catalogue::all()
        .into_iter()
        .map(|seed| (seed.rule, seed.act))
        .collect();
    rules.push((
        Rule::any([nested(Rule::tags([Tag::City]).and([nested(
            Rule::tags([Tag::Mayor]).except([Atom::Role(Role::Scanner)]),
        )]))]),
        Act::Attend,
    ));
    rules.extend(Tag::ALL.iter().map(|tag| (Rule::tags([*tag]), Act::Attend)));
    rules.extend(
        Role::ALL
            .iter()
            .map(|role| (Rule::any([Atom::Role(*role)]), Act::Propose)),
    );

    for (rule, act) in &rules {
        for sentence in said(rule, *act) {
            assert!(sentence.ends_with('.'), "{sentence}");
            assert!(!sentence.contains("  ") && !sentence.contains(" ,"), "{sentence}");
        }
        assert_typographic(&sentence(rule, *act, Language::Fr), true);
    }
    for seed in catalogue::all() {
        assert_typographic(seed.source, false);
    }
}

/// No-break spaces before high punctuation and inside guillemets, as French is set.
fn assert_typographic(text: &str, is_french: bool) {
    let characters: Vec<char> = text.chars().collect();
    for (at, mark) in characters.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| characters[at]);
        match mark {
            '»' => assert_eq!(before, Some('\u{a0}'), "{text}"),
            ':' | ';' | '!' | '?' if is_french => assert_eq!(before, Some('\u{a0}'), "{text}"),
            '«' => assert_eq!(characters.get(at + 1), Some(&'\u{a0}'), "{text}"),
            '\'' => panic!("a straight apostrophe: {text}"),
            _ => {}
        }
    }
}

#[test]
fn every_tag_and_role_has_its_own_name_in_each_language() {
    let nouns: Vec<_> = Tag::ALL
        .iter()
        .map(|tag| words::tag(*tag))
        .chain(Role::ALL.iter().map(|role| words::role(*role)))
        .collect();

    for of in [
        |noun: &words::Noun| noun.en,
        |noun: &words::Noun| noun.fr,
        |noun: &words::Noun| noun.es,
    ] {
        let distinct: std::collections::BTreeSet<&str> = nouns.iter().map(of).collect();
        assert_eq!(distinct.len(), nouns.len());
    }
    for noun in nouns {
        assert!(
            noun.es.starts_with("las ") || noun.es.starts_with("los "),
            "{noun:?}"
        );
    }
    assert_eq!(words::label(&Atom::Tag(Tag::City), Language::Fr), "villes");
    assert_eq!(
        words::label(&Atom::OnRoster, Language::En),
        "people who sit in the body"
    );
}
