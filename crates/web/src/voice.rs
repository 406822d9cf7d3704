//! Speaking to one reader: words, numbers, days and hours in their language.
//!
//! Whole sentences stand in `actix-kit/words/<language>/*.ftl`; here they are given their arguments. Days and hours are
//! the congress's own wall clock (R53); a reader elsewhere gets a second line from `static/zone.js`.

use std::sync::Arc;

use actix_kit::{Arg, Site, Words};
use kernel::{Coded as _, Language, LocalDate, LocalDateTime, Localized, Zone, local_time::NotOneInstant};

use crate::components::{Foreign, Markup, TrackLabel};

/// Whoever has the words.
pub trait Say: Send + Sync {
    /// The message `key` with its arguments, in the reader's language.
    fn say(&self, language: Language, key: &str, args: &[(&str, Arg)]) -> String;
}

impl Say for Words {
    fn say(&self, language: Language, key: &str, args: &[(&str, Arg)]) -> String {
        Self::say(self, language, key, args)
    }
}

impl Say for Site {
    fn say(&self, language: Language, key: &str, args: &[(&str, Arg)]) -> String {
        self.words().say(language, key, args)
    }
}

/// What a template may hand to a message: texts and numbers, however borrowed.
pub trait Given {
    /// As the words take it.
    fn given(&self) -> Arg;
}

impl Given for str {
    fn given(&self) -> Arg {
        Arg::from(self)
    }
}
impl Given for String {
    fn given(&self) -> Arg {
        Arg::from(self.as_str())
    }
}
impl<T: Given + ?Sized> Given for &T {
    fn given(&self) -> Arg {
        (**self).given()
    }
}
macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl Given for $kind {
            fn given(&self) -> Arg {
                Arg::Number(*self as f64)
            }
        }
    )*};
}
numbers!(i64, i32, u64, u32, u16, usize);

/// The reader's language and the words in it. Cheap to clone.
#[derive(Clone)]
pub struct Voice {
    /// The reader's language.
    pub language: Language,
    words: Arc<dyn Say>,
}

impl Voice {
    /// A voice for a reader of `language`.
    pub fn new(language: Language, words: Arc<dyn Say>) -> Self {
        Self { language, words }
    }

    /// A message without arguments.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.words.say(self.language, key.as_ref(), &[])
    }

    /// A message with one argument.
    pub fn t1(&self, key: &str, name: &str, value: impl Given) -> String {
        self.words.say(self.language, key, &[(name, value.given())])
    }

    /// A message with two arguments.
    pub fn t2(&self, key: &str, name: &str, value: impl Given, name2: &str, value2: impl Given) -> String {
        self.words.say(
            self.language,
            key,
            &[(name, value.given()), (name2, value2.given())],
        )
    }

    /// A message with any arguments.
    pub fn tn(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.say(self.language, key, args)
    }

    /// The word for a code: `("session-kind", "plenary")` is the message `session-kind-plenary`.
    pub fn code(&self, kind: &str, code: &str) -> String {
        self.t(format!("{kind}-{code}"))
    }

    /// A text the congress wrote in several languages, marked with its language when that is not the reader's.
    pub fn said(&self, text: &Localized) -> Foreign {
        let said = text.said(self.language);
        self.foreign(said.text, said.lang)
    }

    /// A text whose language is known, marked when it is not the reader's.
    pub fn foreign(&self, text: &str, lang: &str) -> Foreign {
        Foreign {
            text: text.to_owned(),
            lang: (lang != self.language.code()).then(|| lang.to_owned()),
        }
    }

    /// `1,412` in English, `1 412` in French, `1412` and `12 345` in Spanish (which groups from five digits on).
    pub fn count(&self, number: impl Given) -> String {
        let digits = match number.given() {
            Arg::Number(number) => format!("{number:.0}"),
            Arg::Text(text) => return text,
        };
        let (separator, least) = match self.language {
            Language::En => (",", 4),
            Language::Fr => ("\u{202f}", 4),
            Language::Es => ("\u{a0}", 5),
        };
        let (sign, digits) = digits
            .strip_prefix('-')
            .map_or(("", digits.as_str()), |rest| ("−", rest));
        if digits.len() < least {
            return format!("{sign}{digits}");
        }
        let head = digits.len() % 3;
        let groups = digits.as_bytes()[head..]
            .chunks(3)
            .map(|group| String::from_utf8_lossy(group).into_owned());
        let parts: Vec<String> = (head > 0)
            .then(|| digits[..head].to_owned())
            .into_iter()
            .chain(groups)
            .collect();
        format!("{sign}{}", parts.join(separator))
    }

    /// `09:00`, in French `9 h 00`.
    pub fn clock(&self, at: LocalDateTime) -> String {
        let (hour, minute) = (at.minute_of_day() / 60, at.minute_of_day() % 60);
        let hour = match self.language {
            Language::Fr => hour.to_string(),
            Language::En | Language::Es => format!("{hour:02}"),
        };
        self.t2("clock", "hour", hour, "minute", format!("{minute:02}"))
    }

    /// `11:00–13:00`.
    pub fn clocks(&self, from: LocalDateTime, until: LocalDateTime) -> String {
        self.t2("clock-span", "from", self.clock(from), "until", self.clock(until))
    }

    /// `Thursday`.
    pub fn weekday(&self, day: LocalDate) -> String {
        self.t(format!("weekday-{}", day.0.format("%u")))
    }

    /// `Thu`.
    pub fn weekday_short(&self, day: LocalDate) -> String {
        self.t(format!("weekday-short-{}", day.0.format("%u")))
    }

    /// `14`.
    pub fn day_of_month(&self, day: LocalDate) -> String {
        day.0.format("%-d").to_string()
    }

    /// `Thursday 14 November`.
    pub fn day(&self, day: LocalDate) -> String {
        self.date("date-day", day)
    }

    /// `Thursday 14 November 2019`.
    pub fn day_long(&self, day: LocalDate) -> String {
        self.date("date-long", day)
    }

    /// `14 November 2019`.
    pub fn day_plain(&self, day: LocalDate) -> String {
        self.date("date-plain", day)
    }

    /// `11–15 November 2019`.
    pub fn days(&self, first: LocalDate, last: LocalDate) -> String {
        let part = |day: LocalDate, pattern: &str| day.0.format(pattern).to_string();
        let number = |day: LocalDate| Arg::Number(part(day, "%-d").parse().unwrap_or_default());
        let key = match (part(first, "%Y%m"), part(last, "%Y%m")) {
            _ if first == last => return self.day_plain(first),
            (a, b) if a == b => "date-span-days",
            (a, b) if a[..4] == b[..4] => "date-span-months",
            _ => "date-span-years",
        };
        self.tn(
            key,
            &[
                ("day", number(first)),
                ("month", self.month(first).into()),
                ("year", part(first, "%Y").into()),
                ("last-day", number(last)),
                ("last-month", self.month(last).into()),
                ("last-year", part(last, "%Y").into()),
            ],
        )
    }

    /// `14 November 2019, 10:40`.
    pub fn moment(&self, at: LocalDateTime) -> String {
        self.t2(
            "date-time",
            "date",
            self.day_plain(at.date()),
            "time",
            self.clock(at),
        )
    }

    /// `UTC+2` as the congress's clocks stand at `at`.
    pub fn offset(&self, zone: Zone, at: LocalDateTime) -> String {
        let minutes = match at.in_zone(zone) {
            Ok(moment) | Err(NotOneInstant::Twice { earlier: moment, .. }) => zone.offset_minutes(moment),
            Err(NotOneInstant::Skipped) => return zone.name().to_owned(),
        };
        let sign = if minutes < 0 { "−" } else { "+" };
        let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
        match rest {
            0 => format!("UTC{sign}{hours}"),
            rest => format!("UTC{sign}{hours}:{rest:02}"),
        }
    }

    /// The same text with a capital, for a heading: « Jeudi 14 novembre ».
    pub fn capital(&self, text: &str) -> String {
        let mut letters = text.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default()
    }

    /// The icon of this name, for the eye only: a word always stands beside it.
    pub fn icon(&self, name: &str) -> Markup {
        crate::svg::icon(name)
    }

    /// A track's shape and word, by its code.
    pub fn track(&self, code: &str) -> TrackLabel {
        TrackLabel::known(self, code)
    }

    fn month(&self, day: LocalDate) -> String {
        self.t(format!("month-{}", day.0.format("%-m")))
    }

    fn date(&self, key: &str, day: LocalDate) -> String {
        let number =
            |pattern: &str| Arg::Number(day.0.format(pattern).to_string().parse().unwrap_or_default());
        self.tn(
            key,
            &[
                ("weekday", self.weekday(day).into()),
                ("day", number("%-d")),
                ("month", self.month(day).into()),
                ("year", day.0.format("%Y").to_string().into()),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use kernel::Coded as _;
    use mail::model::LetterKind;

    use super::*;

    fn voice(language: Language) -> Voice {
        Voice::new(language, Arc::new(Words::embedded()))
    }

    #[test]
    fn days_and_hours_are_written_as_each_language_writes_them() {
        let (first, last) = (LocalDate::on("2019-11-11"), LocalDate::on("2019-11-15"));
        let at = LocalDateTime::at("2019-11-14T09:05");
        let cases = [
            (
                Language::En,
                "Thursday 14 November",
                "11–15 November 2019",
                "09:05",
                "1 May 2026",
            ),
            (
                Language::Fr,
                "jeudi 14 novembre",
                "11–15 novembre 2019",
                "9\u{a0}h\u{a0}05",
                "1er mai 2026",
            ),
            (
                Language::Es,
                "jueves 14 de noviembre",
                "11–15 de noviembre de 2019",
                "09:05",
                "1 de mayo de 2026",
            ),
        ];
        for (language, day, days, clock, first_of_may) in cases {
            let voice = voice(language);
            assert_eq!(voice.day(at.date()), day);
            assert_eq!(voice.days(first, last), days);
            assert_eq!(voice.clock(at), clock);
            assert_eq!(voice.day_plain(LocalDate::on("2026-05-01")), first_of_may);
        }
    }

    #[test]
    fn spans_over_months_and_years_name_both() {
        let voice = voice(Language::En);
        let span = |a, b| voice.days(LocalDate::on(a), LocalDate::on(b));
        assert_eq!(span("2026-10-28", "2026-11-02"), "28 October–2 November 2026");
        assert_eq!(
            span("2026-12-30", "2027-01-02"),
            "30 December 2026–2 January 2027"
        );
        assert_eq!(span("2026-10-28", "2026-10-28"), "28 October 2026");
    }

    #[test]
    fn numbers_are_grouped_as_each_language_groups_them() {
        let cases = [
            (Language::En, "999", "1,412", "12,345"),
            (Language::Fr, "999", "1\u{202f}412", "12\u{202f}345"),
            (Language::Es, "999", "1412", "12\u{a0}345"),
        ];
        for (language, few, some, many) in cases {
            let voice = voice(language);
            assert_eq!(
                (
                    voice.count(999_i64),
                    voice.count(1412_i64),
                    voice.count(12_345_i64)
                ),
                (few.into(), some.into(), many.into())
            );
        }
    }

    #[test]
    fn an_offset_is_that_of_the_day() {
        let (voice, zone) = (voice(Language::En), "Europe/Paris".parse().expect("a zone"));
        assert_eq!(voice.offset(zone, LocalDateTime::at("2026-01-05T12:00")), "UTC+1");
        assert_eq!(voice.offset(zone, LocalDateTime::at("2026-07-05T12:00")), "UTC+2");
        let zone = "Asia/Kathmandu".parse().expect("a zone");
        assert_eq!(
            voice.offset(zone, LocalDateTime::at("2026-07-05T12:00")),
            "UTC+5:45"
        );
    }

    #[test]
    fn a_text_in_another_language_says_so() {
        let voice = voice(Language::Es);
        let shown = voice.said(&Localized::only("fr", "L’eau & la ville")).to_string();
        assert_eq!(shown, "<span lang=\"fr\">L’eau &#38; la ville</span>");
        assert_eq!(voice.said(&Localized::only("es", "Agua")).to_string(), "Agua");
    }

    /// Keys written as literals after these calls, at this place among the arguments.
    const CALLS: &[(&str, usize)] = &[
        (".t(", 0),
        (".t1(", 0),
        (".t2(", 0),
        (".tn(", 0),
        (".hint(", 0),
        (".text(", 1),
        (".email(", 1),
        (".address(", 1),
        (".number(", 1),
        (".password(", 1),
        (".six_digits(", 1),
        (".date(", 1),
        (".time(", 1),
        (".day_time(", 1),
        (".file(", 1),
        (".area(", 1),
        (".select(", 1),
        (".radios(", 1),
        (".checks(", 1),
        (".check(", 1),
        (".tongues(", 1),
        (".tongues_area(", 1),
    ];

    fn keys(text: &str) -> Vec<String> {
        let mut keys = Vec::new();
        for (call, place) in CALLS {
            for (at, _) in text.match_indices(call) {
                let rest = &text[at + call.len()..];
                let arguments = rest.split(')').next().unwrap_or_default();
                let literal = arguments.split(',').nth(*place).map(str::trim);
                if let Some(key) = literal.and_then(|text| text.strip_prefix('"')?.strip_suffix('"')) {
                    keys.push(key.to_owned());
                }
            }
        }
        keys
    }

    fn collect(folder: &std::path::Path, into: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, into);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let own = text.split("#[cfg(test)]").next().unwrap_or_default();
                let code: Vec<_> = own
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect();
                into.push((path.display().to_string(), code.join("\n")));
            }
        }
    }

    #[test]
    fn every_key_a_page_names_has_its_words_in_every_language() {
        let (words, mut files) = (Words::embedded(), Vec::new());
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        collect(&root.join("templates"), &mut files);
        collect(&root.join("src"), &mut files);
        let mut missing = Vec::new();
        for (path, text) in files {
            for key in keys(&text) {
                for language in Language::ALL {
                    if !words.knows(*language, &key) {
                        missing.push(format!("{path}: `{key}` has no words in {}", language.code()));
                    }
                }
            }
        }
        assert!(missing.is_empty(), "{}", missing.join("\n"));
    }

    #[test]
    fn every_kind_of_letter_is_named_in_every_language() {
        let words = Words::embedded();
        let kinds = LetterKind::ALL
            .iter()
            .map(|kind| format!("letter-kind-{}", kind.code()));
        let unnamed: Vec<String> = kinds
            .filter(|key| Language::ALL.iter().any(|language| !words.knows(*language, key)))
            .collect();
        assert_eq!(unnamed, [""; 0]);
    }

    #[test]
    fn keys_are_found_in_templates_and_source() {
        let text = "{{ chrome.t(\"a\") }} {{ form.text(\"name\", \"b\").hint(\"c\") }} {{ chrome.t1(\"d\", \"x\", n) }} {{ chrome.t(key) }}";
        assert_eq!(keys(text), ["a", "d", "c", "b"]);
    }
}
