//! Decisions of the Town Hall track without a database.

use std::collections::BTreeSet;

use access_rules::Tag;
use kernel::Fields;

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

#[cfg(test)]
mod tests {
    use super::*;

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
