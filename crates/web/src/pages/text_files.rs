//! The files a text is handed out in, as links: in every form there is, and in the language it is read in.

use documents::Press;

use crate::{components::Link, voice::Voice};

/// The forms, as the API calls them.
const FORMS: [&str; 5] = ["html", "docx", "pdf", "akn", "md"];

/// The files of what is found at `address` of the API; `rest` is what else they are asked for, `&number=2` for instance.
pub(super) fn links(voice: &Voice, address: &str, language: &str, rest: &str) -> Vec<Link> {
    let forms = FORMS.iter().filter(|form| **form != "pdf" || Press::PRINTS);
    let link = |form: &&str| {
        Link::new(
            format!("{address}?format={form}&language={language}{rest}"),
            voice.t(format!("file-as-{form}")),
        )
    };
    forms.map(link).collect()
}
