//! Decisions of the Town Hall track without a database.

use std::collections::BTreeSet;

use access_rules::Tag;
use chrono::{Datelike as _, Months};
use kernel::{CodeShape, Fault, Fields, LocalDate, Moment};
use programme::model::{Edition, Session, SessionState};

use crate::{
    caucuses::QuestionInput,
    faults::TownHallFault,
    model::{Answer, AnswerKind, AnswerValue, Deliberation, Question, Review, ReviewState, SpaceLink},
    reviews::AnswerInput,
};

/// For how many months papers are open to comment where the edition does not say (R98: six before Durban).
pub const CONSULTATION_MONTHS: i64 = 6;
/// Most months an edition may ask for.
pub const CONSULTATION_MONTHS_MOST: i64 = 36;
/// Most questions of a checklist.
pub const QUESTIONS_MOST: usize = 40;
/// Longest question, in graphemes.
pub const QUESTION_MAX: usize = 400;
/// Longest remark on one question, in graphemes.
pub const REMARK_MAX: usize = 2_000;
/// Longest remarks on a whole paper, in graphemes.
pub const REMARKS_MAX: usize = 8_000;
/// Longest introduction of a theme, in graphemes.
pub const INTRODUCTION_MAX: usize = 6_000;
/// Most links on the page of a theme.
pub const LINKS_MOST: usize = 20;
/// Most recommendations of one session.
pub const RECOMMENDATIONS_MOST: usize = 60;
/// Longest result of a session, in graphemes.
pub const RESULT_MAX: usize = 8_000;

/// Fewest stakeholder organisations a session is released with (R93: « entre plusieurs parties prenantes »).
pub const STAKEHOLDERS_LEAST: usize = 2;

/// Whether what carries these tags may lead a theme or a session (R11).
pub fn may_lead(tags: &BTreeSet<Tag>) -> bool {
    tags.contains(&Tag::CivilSocietyPartner)
}

/// Whether an organisation is a stakeholder in a debate with local governments: any that is none of them itself.
pub fn is_stakeholder(tags: &BTreeSet<Tag>) -> bool {
    !tags.contains(&Tag::LocalGovernment)
}

/// What a session still lacks to be released, each beside its field (R93).
pub fn lacks(stakeholders: usize, elected_respondents: usize) -> Fields {
    let mut fields = Fields::new();
    if stakeholders < STAKEHOLDERS_LEAST {
        let missing = STAKEHOLDERS_LEAST - stakeholders;
        fields.wrong_with("organisers", "stakeholders_missing", "missing", missing);
    }
    if elected_respondents == 0 {
        fields.wrong("speakers", "elected_respondent_missing");
    }
    fields
}

/// The days a consultation is too short by: it lasts so many civil months before the congress begins (R98). None when it
/// is long enough.
pub fn days_short(from: LocalDate, until: LocalDate, begins: LocalDate, months: i64) -> Option<i64> {
    let months = u32::try_from(months).ok()?;
    let enough = from.0.checked_add_months(Months::new(months))?;
    let days = (enough - until.0.min(begins.0)).num_days();
    (days > 0).then_some(days)
}

/// What the codes of an edition's policy papers begin with: `TH-2019`.
pub fn paper_stem(edition: &Edition) -> String {
    format!("TH-{}", edition.starts_on.0.year())
}

/// What the codes of a theme's recommendations begin with: `TH-2019-03` (R101).
pub fn outcome_stem(edition: &Edition, number: i64) -> String {
    format!("{}-{number:02}", paper_stem(edition))
}

/// The number a theme gets: that of its place among the themes of its edition, or the next that is free (R101).
pub fn free_number(place: usize, taken: &BTreeSet<i64>) -> i64 {
    let own = i64::try_from(place).unwrap_or(i64::MAX - 1).saturating_add(1);
    match taken.contains(&own) {
        true => taken.last().map_or(own, |last| last.saturating_add(1)),
        false => own,
    }
}

/// Whether a paper still waits for a caucus: it was not asked, or has neither answered nor let its deadline pass (R96).
pub fn is_waited_for(review: Option<&Review>, now: Moment) -> bool {
    review.is_none_or(|review| review.state == ReviewState::Asked && now < review.deadline)
}

/// Goes on when a session has begun and takes place: before that nothing came of it (R94).
///
/// # Errors
/// `hall_cancelled`; `hall_not_begun`.
pub fn has_deliberated(session: &Session, now: Moment) -> Result<(), Fault> {
    if session.state == SessionState::Cancelled {
        return Err(TownHallFault::HallCancelled.into());
    }
    match session.starts_at {
        Some(starts) if starts <= now => Ok(()),
        _ => Err(TownHallFault::HallNotBegun.into()),
    }
}

/// Goes on when there is a result: a text, and a list of recommendations (R94).
///
/// # Errors
/// `result_missing`, with what lacks.
pub fn has_result(deliberation: Option<&Deliberation>) -> Result<&Deliberation, Fault> {
    let lacks = |lacks: &[&'static str]| TownHallFault::ResultMissing {
        lacks: lacks.to_vec(),
    };
    let found = deliberation.ok_or_else(|| lacks(&["result", "recommendations"]))?;
    if found.recommendations.0.is_empty() {
        return Err(lacks(&["recommendations"]).into());
    }
    Ok(found)
}

/// An `https` address in its one form; none for any other, and for one with a name and a password in it.
pub fn https_address(raw: &str) -> Option<String> {
    texts::clean::link(raw).filter(|address| address.starts_with("https://"))
}

/// The links of a theme's page, each with its words (PD7).
pub fn checked_links(fields: &mut Fields, links: &[SpaceLink]) -> Vec<SpaceLink> {
    if links.len() > LINKS_MOST {
        fields.wrong_with("links", "too_many_entries", "most", LINKS_MOST);
        return vec![];
    }
    let mut checked = Vec::new();
    for (place, link) in links.iter().enumerate() {
        let (url, title) = (format!("links.{place}.url"), format!("links.{place}.title"));
        let Some(address) = https_address(&link.url) else {
            fields.wrong(&url, "not_an_https_address");
            continue;
        };
        let words = fields.localized_line(&title, &link.title, kernel::text::TITLE, false);
        if words.is_blank() && !fields.has(&title) {
            fields.wrong(&title, "required");
        }
        checked.push(SpaceLink {
            url: address,
            title: words,
        });
    }
    checked
}

/// The questions of a checklist: each of another code, with its words and the kind of its answer (R96).
pub fn checked_questions(fields: &mut Fields, questions: &[QuestionInput]) -> Vec<Question> {
    if questions.len() > QUESTIONS_MOST {
        fields.wrong_with("questions", "too_many_entries", "most", QUESTIONS_MOST);
        return vec![];
    }
    if questions.is_empty() {
        fields.wrong("questions", "required");
    }
    let mut checked: Vec<Question> = Vec::new();
    for (place, question) in questions.iter().enumerate() {
        let at = |name: &str| format!("questions.{place}.{name}");
        let code = fields.code(&at("code"), &question.code, CodeShape::Word);
        if !code.is_empty() && checked.iter().any(|other| other.code == code) {
            fields.wrong(&at("code"), "already_exists");
        }
        let text = fields.localized_line(&at("text"), &question.text, QUESTION_MAX, false);
        if text.is_blank() && !fields.has(&at("text")) {
            fields.wrong(&at("text"), "required");
        }
        if let Some(kind) = fields.required(&at("kind"), question.kind) {
            checked.push(Question { code, text, kind });
        }
    }
    checked
}

/// The answers to a checklist in the order of its questions: every one is answered, and in the way it is asked (R96).
pub fn checked_answers(fields: &mut Fields, questions: &[Question], answers: &[AnswerInput]) -> Vec<Answer> {
    for (place, answer) in answers.iter().enumerate() {
        let is_asked = questions.iter().any(|question| question.code == answer.question);
        if !is_asked {
            fields.wrong(&format!("answers.{place}.question"), "unknown");
        }
    }
    let mut checked = Vec::new();
    for question in questions {
        let at = |name: &str| format!("answers.{}.{name}", question.code);
        let given = answers.iter().find(|answer| answer.question == question.code);
        let remark = given.map_or("", |answer| answer.remark.as_str());
        let remark = fields.paragraph(&at("remark"), remark, REMARK_MAX);
        let value = given.and_then(|answer| answer.value);
        match (question.kind, value) {
            (AnswerKind::Words, _) if remark.is_empty() && !fields.has(&at("remark")) => {
                fields.wrong(&at("remark"), "required");
            }
            (AnswerKind::YesNo | AnswerKind::Extent, None) => fields.wrong(&at("value"), "required"),
            (AnswerKind::YesNo, Some(AnswerValue::Partly | AnswerValue::NotConcerned)) => {
                fields.wrong(&at("value"), "unknown_choice");
            }
            (AnswerKind::Words | AnswerKind::YesNo | AnswerKind::Extent, _) => {}
        }
        checked.push(Answer {
            question: question.code.clone(),
            value: value.filter(|_| question.kind != AnswerKind::Words),
            remark,
        });
    }
    checked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> LocalDate {
        LocalDate::on(text)
    }

    #[test]
    fn r98_a_consultation_is_counted_in_civil_months_before_the_congress() {
        let begins = day("2019-11-11");
        let short = |from, until| days_short(day(from), day(until), begins, 6);
        assert_eq!(short("2019-05-11", "2019-11-11"), None);
        assert_eq!(short("2019-05-12", "2019-11-11"), Some(1));
        assert_eq!(
            short("2019-05-01", "2019-12-31"),
            None,
            "what is after it began does not count"
        );
        assert_eq!(short("2019-06-01", "2020-03-01"), Some(20));
        assert_eq!(short("2019-09-01", "2019-11-01"), Some(121));
        assert_eq!(days_short(day("2019-09-01"), day("2019-11-01"), begins, 2), None);
        assert_eq!(
            days_short(day("2019-08-31"), day("2019-09-30"), begins, 1),
            None,
            "a short month"
        );
        assert_eq!(days_short(day("2019-09-01"), day("2019-09-01"), begins, 0), None);
    }

    #[test]
    fn r101_a_theme_keeps_the_number_of_its_place_or_gets_the_next() {
        let taken = |numbers: &[i64]| numbers.iter().copied().collect::<BTreeSet<i64>>();
        assert_eq!(free_number(2, &taken(&[])), 3);
        assert_eq!(free_number(2, &taken(&[1, 2])), 3);
        assert_eq!(free_number(2, &taken(&[3, 5])), 6);
    }

    #[test]
    fn only_https_addresses_stand_on_the_page_of_a_theme() {
        assert_eq!(
            https_address(" https://Example.org/a b "),
            Some("https://example.org/a%20b".into())
        );
        for other in [
            "http://example.org",
            "mailto:a@example.org",
            "javascript:alert(1)",
            "https://a:b@example.org",
            "example.org",
            "",
        ] {
            assert_eq!(https_address(other), None, "{other}");
        }
    }

    #[test]
    fn r96_every_question_is_answered_in_the_way_it_is_asked() {
        let question = |code: &str, kind| Question {
            code: code.into(),
            text: kernel::Localized::only("en", code),
            kind,
        };
        let questions = [
            question("reach", AnswerKind::YesNo),
            question("depth", AnswerKind::Extent),
            question("lacks", AnswerKind::Words),
        ];
        let said = |question: &str, value, remark: &str| AnswerInput {
            question: question.into(),
            value,
            remark: remark.into(),
        };
        let told = |answers: &[AnswerInput]| -> Vec<(String, &'static str)> {
            let mut fields = Fields::new();
            checked_answers(&mut fields, &questions, answers);
            match fields.done() {
                Ok(()) => vec![],
                Err(fault) => fault
                    .fields
                    .into_iter()
                    .map(|field| (field.field, field.code))
                    .collect(),
            }
        };
        assert_eq!(
            told(&[]),
            [
                ("answers.reach.value".into(), "required"),
                ("answers.depth.value".into(), "required"),
                ("answers.lacks.remark".into(), "required"),
            ]
        );
        assert_eq!(
            told(&[
                said("reach", Some(AnswerValue::Partly), ""),
                said("depth", Some(AnswerValue::Partly), ""),
                said("lacks", None, "Night buses."),
                said("other", None, ""),
            ]),
            [
                ("answers.3.question".into(), "unknown"),
                ("answers.reach.value".into(), "unknown_choice"),
            ]
        );
        let mut fields = Fields::new();
        let kept = checked_answers(
            &mut fields,
            &questions,
            &[
                said("lacks", Some(AnswerValue::Yes), "Night buses."),
                said("depth", Some(AnswerValue::NotConcerned), ""),
                said("reach", Some(AnswerValue::No), "Not at night."),
            ],
        );
        fields.done().expect("answered");
        let codes: Vec<&str> = kept.iter().map(|answer| answer.question.as_str()).collect();
        assert_eq!(codes, ["reach", "depth", "lacks"]);
        assert_eq!(kept[2].value, None, "words alone");
    }

    fn tags(tags: &[Tag]) -> BTreeSet<Tag> {
        Tag::with_implied(tags.iter().copied())
    }

    #[test]
    fn r11_civil_society_partners_lead_and_nobody_else() {
        assert!(may_lead(&tags(&[Tag::CivilSocietyPartner])));
        for tag in [
            Tag::City,
            Tag::UclgSection,
            Tag::NationalGovernment,
            Tag::UclgPartner,
            Tag::Stakeholder,
        ] {
            assert!(!may_lead(&tags(&[tag])), "{tag}");
        }
    }

    #[test]
    fn r93_the_faults_list_what_lacks() {
        let told = |stakeholders, elected| -> Vec<(String, &'static str)> {
            match lacks(stakeholders, elected).done() {
                Ok(()) => vec![],
                Err(fault) => fault
                    .fields
                    .into_iter()
                    .map(|field| (field.field, field.code))
                    .collect(),
            }
        };
        let stakeholders = ("organisers".to_owned(), "stakeholders_missing");
        let respondent = ("speakers".to_owned(), "elected_respondent_missing");
        assert_eq!(told(0, 0), [stakeholders.clone(), respondent.clone()]);
        assert_eq!(told(1, 1), [stakeholders]);
        assert_eq!(told(2, 0), [respondent]);
        assert_eq!(told(2, 1), []);
    }

    #[test]
    fn r93_local_governments_are_no_stakeholders_of_a_debate_with_them() {
        assert!(!is_stakeholder(&tags(&[Tag::City])));
        assert!(is_stakeholder(&tags(&[Tag::CivilSocietyPartner])));
        assert!(is_stakeholder(&tags(&[])));
    }
}
