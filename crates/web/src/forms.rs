//! Forms: a [`FormView`] knows what was typed and what is wrong, and makes each [`Field`] from its name and its words.
//!
//! In a template: `{{ form.text("name", "room-name").hint("room-name-hint") }}`; the first is the dotted path of the
//! input (`title.en`, sent as `title[en]`), the second the key of its label. An error stands beside its field, says what
//! is wrong and keeps what was typed; once more at the top as a link: `{{ form.summary() }}`.

use std::collections::BTreeMap;

use actix_kit::{Form, Words, problem};
use askama::{Template, filters::HtmlSafe};
use kernel::{Coded as _, Fault, Language};
use serde_json::Value;

use crate::{
    components::{Markup, Sends},
    svg,
    voice::Voice,
};

/// What was typed and what is wrong, by dotted path.
#[derive(Clone)]
pub struct FormView {
    voice: Voice,
    values: BTreeMap<String, Vec<String>>,
    errors: BTreeMap<String, String>,
    order: Vec<(String, String)>,
    of: Option<&'static str>,
    within: String,
}

/// One of several values to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// Its words.
    pub label: String,
    /// A second line.
    pub hint: Option<String>,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// The same with a second line.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Every code of a coded enum, worded by `<kind>-<code>`.
    pub fn codes<T: kernel::Coded>(voice: &Voice, kind: &str) -> Vec<Self> {
        T::ALL
            .iter()
            .map(|value| Self::new(value.code(), voice.code(kind, value.code())))
            .collect()
    }
}

/// How a field is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// `<input>` of this type.
    Input(&'static str),
    /// `<textarea>` of so many rows.
    Area(u8),
    /// `<select>`.
    Select(Vec<Choice>),
    /// Radio buttons.
    Radios(Vec<Choice>),
    /// Check boxes that send a list.
    Checks(Vec<Choice>),
    /// One check box that sends `true`.
    Check,
    /// One text in English, French and Spanish: three inputs, or three areas of so many rows.
    Tongues(u8),
}

/// One field of a form.
#[derive(Clone, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    path: String,
    within: String,
    sort: Sort,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    values: Vec<String>,
    tongues: Vec<Tongue>,
    optional: Option<String>,
    choose: String,
    required: bool,
    class: &'static str,
    boxed: bool,
    attributes: Vec<(&'static str, String)>,
    voice: Voice,
}
impl HtmlSafe for Field {}

/// One language's input of a text in several.
#[derive(Clone, Debug)]
pub struct Tongue {
    code: &'static str,
    name: String,
    value: String,
    error: Option<String>,
}

/// The summary of what is wrong, each a link to its field. `.notice.stop`
#[derive(Clone, Template)]
#[template(path = "parts/errors.html")]
pub struct Errors {
    title: String,
    lines: Vec<(String, String)>,
}
impl HtmlSafe for Errors {}

impl FormView {
    /// An empty form.
    pub fn blank(voice: &Voice) -> Self {
        Self {
            voice: voice.clone(),
            values: BTreeMap::new(),
            errors: BTreeMap::new(),
            order: Vec::new(),
            of: None,
            within: String::new(),
        }
    }

    /// The same, whose fields are found by this besides their names: where several forms of a page ask the same.
    pub fn within(mut self, id: impl Into<String>) -> Self {
        self.within = id.into();
        self
    }

    /// The same, whose labels are the messages `<of>-<field>`, so that the summary can name each field: with
    /// `named("room")` the label of `name` is `room-name`, that of `hours.0.from` is `room-hours`.
    pub fn named(mut self, of: &'static str) -> Self {
        self.of = Some(of);
        self
    }

    /// A form filled with what a thing is now: any view or input that can be written as JSON.
    pub fn filled(voice: &Voice, view: &impl serde::Serialize) -> Self {
        let mut form = Self::blank(voice);
        if let Ok(value) = serde_json::to_value(view) {
            flatten("", &value, &mut form.values);
        }
        form
    }

    /// A form with what was typed into it.
    pub fn typed(voice: &Voice, sent: &Form) -> Self {
        let mut form = Self::blank(voice);
        for (name, value) in sent.pairs().iter().filter(|(name, _)| !name.starts_with('_')) {
            form.values.entry(dotted(name)).or_default().push(value.clone());
        }
        form
    }

    /// The same with a value, where none was given yet.
    pub fn with(mut self, path: &str, value: impl Into<String>) -> Self {
        self.values
            .entry(path.to_owned())
            .or_insert_with(|| vec![value.into()]);
        self
    }

    /// The same with what a fault says is wrong. A fault that names no field stands at the top alone.
    pub fn with_fault(mut self, words: &Words, fault: &Fault) -> Self {
        for field in &fault.fields {
            let said = problem::sentence(words, self.voice.language, field.code, &field.facts);
            self = self.with_error(&field.field, said);
        }
        if fault.fields.is_empty() {
            let said = problem::sentence(words, self.voice.language, fault.code, &fault.facts);
            self.order.push((String::new(), said));
        }
        self
    }

    /// The same with an error beside a field.
    pub fn with_error(mut self, path: &str, sentence: impl Into<String>) -> Self {
        let sentence = sentence.into();
        self.order.push((path.to_owned(), sentence.clone()));
        self.errors.entry(path.to_owned()).or_insert(sentence);
        self
    }

    /// What stands in a field now; empty when nothing does.
    pub fn value(&self, path: &str) -> &str {
        self.values
            .get(path)
            .and_then(|values| values.last())
            .map_or("", String::as_str)
    }

    /// Whether anything is wrong.
    pub fn is_wrong(&self) -> bool {
        !self.order.is_empty()
    }

    /// What is wrong, for the top of the form; nothing when nothing is.
    pub fn summary(&self) -> Markup {
        if self.order.is_empty() {
            return Markup::default();
        }
        let lines = self
            .order
            .iter()
            .map(|(path, sentence)| {
                let said = match self.label(path) {
                    Some(label) => self
                        .voice
                        .t2("form-wrong-field", "label", label, "sentence", sentence),
                    None => sentence.clone(),
                };
                (anchor_within(&self.within, path), said)
            })
            .collect();
        let title = self.voice.t1("form-wrong", "count", self.order.len());
        Markup::of(&Errors { title, lines })
    }

    /// The label of a path, when the form is named and there is such a message.
    fn label(&self, path: &str) -> Option<String> {
        let field = path.split('.').next().filter(|field| !field.is_empty())?;
        let key = format!("{}-{}", self.of?, field.replace('_', "-"));
        let label = self.voice.t(&key);
        (label != key).then_some(label)
    }

    /// A line of text.
    pub fn text(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("text"))
    }

    /// An e-mail address.
    pub fn email(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("email"))
            .attribute("autocomplete", "email")
            .attribute("spellcheck", "false")
            .class("middle-wide")
    }

    /// A web address.
    pub fn address(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("text"))
            .attribute("inputmode", "url")
            .attribute("autocomplete", "url")
    }

    /// A whole number.
    pub fn number(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("text"))
            .attribute("inputmode", "numeric")
            .class("short")
    }

    /// A password; what was typed is never sent back. `autocomplete` is `current-password` or `new-password`.
    pub fn password(&self, path: &str, key: &str, autocomplete: &str) -> Field {
        let mut field = self
            .field(path, key, Sort::Input("password"))
            .attribute("autocomplete", autocomplete);
        field.values.clear();
        field
    }

    /// The six digits of a letter.
    pub fn six_digits(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("text"))
            .attribute("inputmode", "numeric")
            .attribute("autocomplete", "one-time-code")
            .attribute("maxlength", "7")
            .class("digits")
    }

    /// A day.
    pub fn date(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("date")).class("middle")
    }

    /// A time of day.
    pub fn time(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("time")).class("short")
    }

    /// A day and time on the congress's clock.
    pub fn day_time(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("datetime-local"))
            .class("middle")
    }

    /// A file.
    pub fn file(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Input("file"))
    }

    /// Text of several lines.
    pub fn area(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Area(5))
    }

    /// One of several, folded.
    pub fn select(&self, path: &str, key: &str, choices: &[Choice]) -> Field {
        self.field(path, key, Sort::Select(choices.to_vec()))
    }

    /// One of several, all seen.
    pub fn radios(&self, path: &str, key: &str, choices: &[Choice]) -> Field {
        self.field(path, key, Sort::Radios(choices.to_vec()))
    }

    /// Any of several; sent as a list.
    pub fn checks(&self, path: &str, key: &str, choices: &[Choice]) -> Field {
        self.field(path, key, Sort::Checks(choices.to_vec()))
    }

    /// Yes or not; sent as `true` when ticked.
    pub fn check(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Check)
    }

    /// A line in English, French and Spanish.
    pub fn tongues(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Tongues(0))
    }

    /// A paragraph in English, French and Spanish.
    pub fn tongues_area(&self, path: &str, key: &str) -> Field {
        self.field(path, key, Sort::Tongues(5))
    }

    /// A hidden value.
    pub fn hidden(&self, path: &str) -> Markup {
        Markup::of(&Hidden {
            id: anchor(path),
            name: bracketed(path),
            value: self.value(path).to_owned(),
        })
    }

    fn field(&self, path: &str, key: &str, sort: Sort) -> Field {
        let tongues = match sort {
            Sort::Tongues(_) => Language::ALL
                .iter()
                .map(|language| {
                    let code = language.code();
                    Tongue {
                        code,
                        name: self.voice.code("language", code),
                        value: self.value(&format!("{path}.{code}")).to_owned(),
                        error: self.errors.get(&format!("{path}.{code}")).cloned(),
                    }
                })
                .collect(),
            _ => Vec::new(),
        };
        Field {
            path: path.to_owned(),
            within: self.within.clone(),
            sort,
            label: self.voice.t(key),
            hint: None,
            error: self.errors.get(path).cloned(),
            values: self.values.get(path).cloned().unwrap_or_default(),
            tongues,
            optional: None,
            choose: self.voice.t("choose"),
            required: false,
            class: "",
            boxed: false,
            attributes: Vec::new(),
            voice: self.voice.clone(),
        }
    }
}

impl Field {
    /// The same with a hint under its label, by its key.
    pub fn hint(mut self, key: &str) -> Self {
        self.hint = Some(self.voice.t(key));
        self
    }

    /// The same with a hint already in words.
    pub fn hint_text(mut self, text: &str) -> Self {
        self.hint = Some(text.to_owned());
        self
    }

    /// The same under a label already in words: a question somebody else wrote.
    pub fn asks(mut self, text: &str) -> Self {
        text.clone_into(&mut self.label);
        self
    }

    /// The same, marked optional: the exception is marked, not the rule.
    pub fn optional(mut self) -> Self {
        self.optional = Some(self.voice.t("optional"));
        self
    }

    /// The same as a filter: leaving it alone means all of them.
    pub fn any(mut self) -> Self {
        self.choose = self.voice.t("filter-any");
        self
    }

    /// The same, told to be needed (to assistive technology; the server decides).
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same, narrow.
    pub fn short(self) -> Self {
        self.class("short")
    }

    /// The same, of middle width.
    pub fn middle(self) -> Self {
        self.class("middle")
    }

    /// The same with boxes around its choices: for the few that matter.
    pub fn boxed(mut self) -> Self {
        self.boxed = true;
        self
    }

    /// The same with what the browser may fill in: a value of `autocomplete`.
    pub fn fills(self, autocomplete: &str) -> Self {
        self.attribute("autocomplete", autocomplete)
    }

    /// The same, taking the cursor as the page opens.
    pub fn first(self) -> Self {
        self.attribute("autofocus", "autofocus")
    }

    /// The same, taking files of these kinds only: a value of `accept`.
    pub fn takes(self, accept: &str) -> Self {
        self.attribute("accept", accept)
    }

    /// The same with suggestions while typing: `address` ends in `?q=` and answers `{"items": [{"id", "name", "note"}]}`;
    /// the id chosen is put into the hidden input of `id_path`.
    pub fn suggests(self, address: &str, id_path: &str) -> Self {
        let (some, none) = (
            self.voice.t1("suggestions", "count", "{count}"),
            self.voice.t("suggestions-none"),
        );
        self.attribute("data-ahead", address)
            .attribute("data-ahead-id", &anchor(id_path))
            .attribute("data-some", &some)
            .attribute("data-none", &none)
            .attribute("autocomplete", "off")
    }

    fn attribute(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.retain(|(own, _)| *own != name);
        self.attributes.push((name, value.to_owned()));
        self
    }

    fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    fn id(&self) -> String {
        anchor_within(&self.within, &self.path)
    }

    fn name(&self) -> String {
        match self.sort {
            Sort::Checks(_) => format!("{}[]", bracketed(&self.path)),
            _ => bracketed(&self.path),
        }
    }

    fn name_in(&self, code: &str) -> String {
        bracketed(&format!("{}.{code}", self.path))
    }

    fn value(&self) -> &str {
        self.values.last().map_or("", String::as_str)
    }

    fn has(&self, value: &str) -> bool {
        self.values.iter().any(|own| own == value)
    }

    fn is_wrong(&self) -> bool {
        self.error.is_some() || self.tongues.iter().any(|tongue| tongue.error.is_some())
    }

    fn is_ahead(&self) -> bool {
        self.attributes.iter().any(|(name, _)| *name == "data-ahead")
    }

    /// What describes the input: hint and error, for `aria-describedby`.
    fn described(&self) -> String {
        let id = self.id();
        let mut ids = Vec::new();
        if self.hint.is_some() {
            ids.push(format!("{id}-h"));
        }
        if self.error.is_some() {
            ids.push(format!("{id}-e"));
        }
        match ids.is_empty() {
            true => String::new(),
            false => ids.join(" "),
        }
    }
}

#[derive(Template)]
#[template(
    source = "<input type=\"hidden\" id=\"{{ id }}\" name=\"{{ name }}\" value=\"{{ value }}\">",
    ext = "html"
)]
struct Hidden {
    id: String,
    name: String,
    value: String,
}

/// A button that posts, where a link would be wrong: `{{ post(chrome.sends(), …) }}`. `.btn`
#[derive(Clone, Template)]
#[template(
    source = "<form method=\"post\" action=\"{{ action }}\">{{ sends }}<button class=\"{{ class }}\">{{ label }}</button></form>",
    ext = "html"
)]
pub struct PostButton {
    /// Where it is sent.
    pub action: String,
    /// The hidden inputs.
    pub sends: Sends,
    /// `act`, `act full`, `btn`, `btn low`, `link`.
    pub class: &'static str,
    /// Its words.
    pub label: String,
}
impl HtmlSafe for PostButton {}

/// Where a field is found in a form that is told apart from others.
fn anchor_within(within: &str, path: &str) -> String {
    match (within, path) {
        ("", _) | (_, "") => anchor(path),
        (within, path) => format!("{within}-{}", anchor(path)),
    }
}

/// The id of the input of a dotted path.
fn anchor(path: &str) -> String {
    match path {
        "" => "content".to_owned(),
        path => format!("f-{}", path.replace('.', "-")),
    }
}

/// `title.en` as forms send it: `title[en]`.
fn bracketed(path: &str) -> String {
    let mut parts = path.split('.');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| format!("{name}[{part}]"))
}

/// `title[en]` and `tags[]` as paths: `title.en`, `tags`.
fn dotted(name: &str) -> String {
    name.replace("[]", "").replace('[', ".").replace(']', "")
}

fn flatten(path: &str, value: &Value, into: &mut BTreeMap<String, Vec<String>>) {
    let below = |part: &str| match path {
        "" => part.to_owned(),
        path => format!("{path}.{part}"),
    };
    match value {
        Value::Null => {}
        Value::Bool(is) => into.entry(path.to_owned()).or_default().push(is.to_string()),
        Value::Number(number) => into.entry(path.to_owned()).or_default().push(number.to_string()),
        Value::String(text) => into.entry(path.to_owned()).or_default().push(text.clone()),
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            items.iter().for_each(|item| flatten(path, item, into));
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(&below(&at.to_string()), item, into);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                flatten(&below(name), field, into);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;

    fn voice() -> Voice {
        Voice::new(Language::En, Arc::new(Words::embedded()))
    }

    #[test]
    fn what_was_typed_is_kept_and_its_error_stands_beside_it() {
        let sent = Form::of(vec![
            ("name".into(), "<b>Hall</b>".into()),
            ("title[fr]".into(), "Salle".into()),
            ("access[]".into(), "step_free".into()),
            ("access[]".into(), "captions".into()),
            ("_csrf".into(), "x".into()),
        ]);
        let form = FormView::typed(&voice(), &sent)
            .with_error("name", "Too long.")
            .with_error("title.fr", "Unclear.");

        let name = form.text("name", "yes").to_string();
        assert!(name.contains("value=\"&#60;b&#62;Hall"), "{name}");
        assert!(name.contains("aria-invalid=\"true\"") && name.contains("aria-describedby=\"f-name-e\""));
        assert!(name.contains("id=\"f-name-e\"") && name.contains("Too long."));

        let title = form.tongues("title", "yes").to_string();
        assert!(
            title.contains("name=\"title[fr]\"")
                && title.contains("value=\"Salle\"")
                && title.contains("Unclear.")
        );

        let choices = [
            Choice::new("step_free", "Step-free"),
            Choice::new("captions", "Captions"),
            Choice::new("x", "X"),
        ];
        let access = form.checks("access", "yes", &choices).to_string();
        assert_eq!(access.matches(" checked").count(), 2, "{access}");
        assert!(access.contains("name=\"access[]\""));

        let summary = form.named("capacity").summary().to_string();
        assert!(
            summary.contains("href=\"#f-name\"") && summary.contains("href=\"#f-title-fr\""),
            "{summary}"
        );
        assert!(FormView::blank(&voice()).summary().to_string().is_empty());
    }

    #[test]
    fn a_form_is_filled_from_any_view() {
        let form = FormView::filled(
            &voice(),
            &json!({"title": {"en": "A"}, "capacity": 40, "open": true, "tags": ["a", "b"], "hours": [{"from": "09:00"}], "no": null}),
        );
        assert_eq!(
            [
                form.value("title.en"),
                form.value("capacity"),
                form.value("open"),
                form.value("tags"),
                form.value("hours.0.from"),
                form.value("no"),
            ],
            ["A", "40", "true", "b", "09:00", ""]
        );
        assert!(form.check("open", "yes").to_string().contains(" checked"));
    }

    #[test]
    fn a_password_is_never_sent_back() {
        let sent = Form::of(vec![("password".into(), "correct horse".into())]);
        let form = FormView::typed(&voice(), &sent);
        assert!(
            !form
                .password("password", "yes", "current-password")
                .to_string()
                .contains("horse")
        );
    }
}
