//! What staff change in a letter before it leaves, and how it will look to its reader.
//!
//! A letter with a code keeps its text: whoever could change it could lead the code elsewhere. Letters are plain text, and
//! leave as they are previewed here.

use access_rules::{Act, Actor};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{
    faults::LetterFault,
    letters::SUBJECT_MAX,
    model::{Letter, LetterState},
    outbox, rules,
    tables::letters,
};

/// Longest text, in characters.
const BODY_MAX: usize = 20_000;

/// A letter's words as they are to be.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct LetterInput {
    /// The subject, one line.
    #[serde(default)]
    pub subject: String,
    /// The text; `[site]` and `[site_name]` stand for the site's address and name.
    #[serde(default)]
    pub body: String,
}

/// A letter's words as its reader will have them; `[code]` stands where a code will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl Preview {
    /// Of a letter of the site of this address and name.
    pub fn of(letter: &Letter, public_url: &str, site_name: &str) -> Self {
        Self::of_words(&letter.subject, &letter.body, public_url, site_name)
    }

    /// Of words that are to be a letter of the site of this address and name.
    pub fn of_words(subject: &str, body: &str, public_url: &str, site_name: &str) -> Self {
        let site = public_url.trim_end_matches('/');
        let fill = |text: &str| rules::fill(text, site, site_name, None);
        Self {
            subject: fill(subject),
            text: fill(body),
        }
    }
}

/// Changes the words of a letter that waits or is held. The old words are kept as a hash in the audit, never as text.
///
/// # Errors
/// 401, 403, 404; `letter_has_code`, `letter_has_left`, `invalid`, `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: Id<Letter>,
    input: &LetterInput,
    version: Option<i64>,
) -> Result<Letter, Fault> {
    outbox::may(actor, Act::ManageOutbox, now)?;
    let before = outbox::find(conn, id)?;
    if before.secret.is_some() {
        return Err(LetterFault::LetterHasCode.into());
    }
    if !can_edit(&before) {
        return Err(LetterFault::LetterHasLeft.into());
    }
    let mut fields = Fields::new();
    let subject = fields.required_line("subject", &input.subject, SUBJECT_MAX);
    let body = fields.paragraph("body", &input.body, BODY_MAX);
    if body.trim().is_empty() && !fields.has("body") {
        fields.wrong("body", "required");
    }
    fields.done()?;
    let version = version.unwrap_or(before.version);
    let after = Letter {
        subject,
        body,
        version: version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(letters::table.find(id))
        .filter(letters::version.eq(version))
        .filter(letters::state.eq(before.state))
        .set((
            letters::subject.eq(&after.subject),
            letters::body.eq(&after.body),
            letters::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    let words = |letter: &Letter| Fingerprint::of(&(&letter.subject, &letter.body));
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(id.uuid()),
        summary: json!({ "version": after.version }),
        about: before.person_id.map(Id::cast),
        before: words(&before),
        after: words(&after),
        ..Note::of("letter.edit", "letter")
    };
    audit::note(conn, now, &note)?;
    Ok(after)
}

/// Whether a letter's words can still be changed.
pub fn can_edit(letter: &Letter) -> bool {
    letter.secret.is_none() && matches!(letter.state, LetterState::Waiting | LetterState::Held)
}
