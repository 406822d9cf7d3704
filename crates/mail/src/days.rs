//! Days in words, as letters say them in each language. The months stand here, so that letters of all slices say them alike.

use kernel::{Language, LocalDate};

/// A day in words: `15 November 2019`.
pub fn said(day: LocalDate, language: Language) -> String {
    let written = day.to_string();
    let mut parts = written
        .split('-')
        .map(|part| part.parse::<usize>().unwrap_or_default());
    let (year, month, day) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let name = |months: [&'static str; 12]| {
        let at = month.saturating_sub(1);
        months.get(at).copied().unwrap_or_default()
    };
    match language {
        Language::En => format!("{day} {} {year}", name(MONTHS_EN)),
        Language::Fr if day == 1 => format!("1er {} {year}", name(MONTHS_FR)),
        Language::Fr => format!("{day} {} {year}", name(MONTHS_FR)),
        Language::Es => format!("{day} de {} de {year}", name(MONTHS_ES)),
    }
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

#[cfg(test)]
mod tests {
    use kernel::Coded as _;

    use super::*;

    #[test]
    fn a_day_is_said_in_each_language() {
        let day = LocalDate::on("2019-11-01");

        let words: Vec<String> = Language::ALL
            .iter()
            .map(|language| said(day, *language))
            .collect();

        assert_eq!(
            words,
            ["1 November 2019", "1er novembre 2019", "1 de noviembre de 2019"]
        );
    }
}
