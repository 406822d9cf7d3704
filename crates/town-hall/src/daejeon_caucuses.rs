//! The caucuses of Daejeon 2022 (youth, feminism, accessibility), each with a checklist to begin with: from then on they are
//! data of the edition, and the desk words them as it likes.

use kernel::Localized;

use crate::{
    caucuses::{CaucusInput, QuestionInput},
    model::AnswerKind,
};

/// All three, in their order.
pub fn all() -> Vec<CaucusInput> {
    let question = |code: &str, kind, text| QuestionInput {
        code: code.to_owned(),
        text,
        kind: Some(kind),
    };
    let with_remarks = |mut questions: Vec<QuestionInput>| {
        let lacks = Localized::of(
            "What should the paper say that it does not say yet?",
            "Que devrait dire le document qu’il ne dit pas encore ?",
            "¿Qué debería decir el documento que aún no dice?",
        );
        questions.push(question("lacks", AnswerKind::Words, lacks));
        questions
    };
    let caucus = |code: &str, position, name, questions| CaucusInput {
        code: code.to_owned(),
        name,
        questions: with_remarks(questions),
        position: Some(position),
        retired: false,
    };
    vec![
        caucus(
            "youth",
            0,
            Localized::of("Youth", "Jeunesse", "Juventud"),
            vec![
                question(
                    "part_in_writing",
                    AnswerKind::YesNo,
                    Localized::of(
                        "Did young people have a part in writing the paper?",
                        "Des jeunes ont-ils participé à la rédaction du document ?",
                        "¿Participaron jóvenes en la redacción del documento?",
                    ),
                ),
                question(
                    "next_generations",
                    AnswerKind::Extent,
                    Localized::of(
                        "Do the recommendations weigh what they mean for the generations to come?",
                        "Les recommandations tiennent-elles compte de leurs effets sur les générations à venir ?",
                        "¿Las recomendaciones tienen en cuenta a las generaciones venideras?",
                    ),
                ),
            ],
        ),
        caucus(
            "feminism",
            1,
            Localized::of("Feminism", "Féminisme", "Feminismo"),
            vec![
                question(
                    "women_lead",
                    AnswerKind::YesNo,
                    Localized::of(
                        "Did women lead the work on the paper, alone or with others?",
                        "Des femmes ont-elles dirigé le travail sur le document, seules ou avec d’autres ?",
                        "¿Dirigieron mujeres el trabajo sobre el documento, solas o con otras personas?",
                    ),
                ),
                question(
                    "unequal_effects",
                    AnswerKind::Extent,
                    Localized::of(
                        "Does the paper say how its subject bears on women and on men differently?",
                        "Le document dit-il en quoi son sujet touche différemment les femmes et les hommes ?",
                        "¿Explica el documento cómo afecta su tema de forma distinta a mujeres y hombres?",
                    ),
                ),
            ],
        ),
        caucus(
            "accessibility",
            2,
            Localized::of("Accessibility", "Accessibilité", "Accesibilidad"),
            vec![
                question(
                    "disabled_people_heard",
                    AnswerKind::YesNo,
                    Localized::of(
                        "Were organisations of persons with disabilities heard?",
                        "Des organisations de personnes handicapées ont-elles été entendues ?",
                        "¿Se escuchó a organizaciones de personas con discapacidad?",
                    ),
                ),
                question(
                    "universal_design",
                    AnswerKind::Extent,
                    Localized::of(
                        "Do the recommendations work for everybody without adaptation?",
                        "Les recommandations conviennent-elles à toutes et à tous sans adaptation ?",
                        "¿Sirven las recomendaciones para todas las personas sin adaptación?",
                    ),
                ),
            ],
        ),
    ]
}
