//! Collects what is wrong with an input, so that a person is told all of it at once, each beside its field.

use serde_json::{Map, Value};

use crate::{
    CodeShape, Email, Fault, Localized,
    fault::FieldFault,
    text::{self, Problem},
};

/// The field faults found so far. Each check returns the cleaned value, so that a use case reads like its form.
#[derive(Debug, Default)]
pub struct Fields {
    faults: Vec<FieldFault>,
}

impl Fields {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a fault beside `field`.
    pub fn wrong(&mut self, field: &str, code: &'static str) {
        self.faults.push(FieldFault {
            field: field.into(),
            code,
            facts: Map::new(),
        });
    }

    /// Notes a fault beside `field`, with one fact for the sentence.
    pub fn wrong_with(&mut self, field: &str, code: &'static str, fact: &str, value: impl Into<Value>) {
        let facts = Map::from_iter([(fact.to_owned(), value.into())]);
        self.faults.push(FieldFault {
            field: field.into(),
            code,
            facts,
        });
    }

    /// A line that may be empty.
    pub fn line(&mut self, field: &str, raw: &str, graphemes_max: usize) -> String {
        self.kept(field, text::line(raw, graphemes_max))
    }

    /// A line that must not be empty.
    pub fn required_line(&mut self, field: &str, raw: &str, graphemes_max: usize) -> String {
        let line = self.line(field, raw, graphemes_max);
        if line.is_empty() && !self.has(field) {
            self.wrong(field, "required");
        }
        line
    }

    /// A code that must not be empty, of a shape.
    pub fn code(&mut self, field: &str, raw: &str, shape: CodeShape) -> String {
        let code = raw.trim_matches(' ');
        if code.is_empty() {
            self.wrong(field, "required");
        } else if code.chars().count() > shape.most() {
            self.wrong_with(field, "too_long", "most", shape.most());
        } else if !shape.fits(code) {
            self.wrong(field, shape.fault());
        } else {
            return code.to_owned();
        }
        String::new()
    }

    /// Text of several lines that may be empty.
    pub fn paragraph(&mut self, field: &str, raw: &str, graphemes_max: usize) -> String {
        self.kept(field, text::paragraph(raw, graphemes_max))
    }

    /// Lines in several languages; at least one of them when `required`. Unknown tags are refused.
    pub fn localized_line(
        &mut self,
        field: &str,
        raw: &Localized,
        graphemes_max: usize,
        required: bool,
    ) -> Localized {
        self.localized(field, raw, required, |fields, name, text| {
            fields.line(name, text, graphemes_max)
        })
    }

    /// Texts in several languages; at least one of them when `required`.
    pub fn localized_paragraph(
        &mut self,
        field: &str,
        raw: &Localized,
        graphemes_max: usize,
        required: bool,
    ) -> Localized {
        self.localized(field, raw, required, |fields, name, text| {
            fields.paragraph(name, text, graphemes_max)
        })
    }

    /// An e-mail address.
    pub fn email(&mut self, field: &str, raw: &str) -> Option<Email> {
        if raw.trim().is_empty() {
            self.wrong(field, "required");
            return None;
        }
        let email = raw.parse().ok();
        if email.is_none() {
            self.wrong(field, "not_an_email");
        }
        email
    }

    /// A whole number within bounds.
    pub fn within(&mut self, field: &str, value: i64, least: i64, most: i64) -> i64 {
        if !(least..=most).contains(&value) {
            let facts = Map::from_iter([
                ("least".to_owned(), least.into()),
                ("most".to_owned(), most.into()),
            ]);
            self.faults.push(FieldFault {
                field: field.into(),
                code: "out_of_range",
                facts,
            });
        }
        value
    }

    /// What must be there; notes `required` when it is not.
    pub fn required<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.wrong(field, "required");
        }
        value
    }

    /// Whether something was found beside `field`.
    pub fn has(&self, field: &str) -> bool {
        self.faults.iter().any(|fault| fault.field == field)
    }

    /// Whether nothing was found.
    pub fn all_good(&self) -> bool {
        self.faults.is_empty()
    }

    /// Ends the checks.
    ///
    /// # Errors
    /// `invalid` with every fault, when there is any.
    pub fn done(self) -> Result<(), Fault> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Fault::invalid(self.faults))
        }
    }

    fn kept(&mut self, field: &str, cleaned: Result<String, Problem>) -> String {
        cleaned.unwrap_or_else(|problem| {
            match problem {
                Problem::TooLong { graphemes_max } => {
                    self.wrong_with(field, "too_long", "most", graphemes_max)
                }
                Problem::TooManyMarks => self.wrong(field, "too_many_marks"),
            }
            String::new()
        })
    }

    fn localized(
        &mut self,
        field: &str,
        raw: &Localized,
        required: bool,
        mut clean: impl FnMut(&mut Self, &str, &str) -> String,
    ) -> Localized {
        let mut cleaned = Localized::default();
        for (tag, text) in raw.0.iter().take(40) {
            let name = format!("{field}.{tag}");
            if !is_language_tag(tag) {
                self.wrong(&name, "not_a_language");
                continue;
            }
            let text = clean(self, &name, text);
            if !text.is_empty() {
                cleaned.0.insert(tag.clone(), text);
            }
        }
        if required && cleaned.is_blank() && self.all_good() {
            self.wrong(field, "required");
        }
        cleaned
    }
}

/// Whether it has the shape of a BCP 47 tag we take: a language, perhaps script and region.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
