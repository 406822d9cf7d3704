//! The letters of the outbox as a list to be kept as a file: those a filter holds, for who reads the outbox. Texts are not in
//! it, nor anything secret.

use access_rules::Actor;
use db::Conn;
use kernel::{Coded as _, Fault, Moment, PageAsk};
use records::sheets::Sheet;

use crate::{
    model::Letter,
    outbox::{self, Filter},
};

/// Most rows of a file.
const ROWS_MOST: usize = 100_000;

/// The columns, in order.
const COLUMNS: [&str; 10] = [
    "written_at",
    "kind",
    "language",
    "to_name",
    "to_email",
    "subject",
    "state",
    "tries",
    "sent_at",
    "error",
];

/// The letters of a filter, the newest first.
///
/// # Errors
/// 401, 403.
pub fn of(conn: &mut Conn, actor: &Actor, now: Moment, filter: &Filter) -> Result<Sheet, Fault> {
    let mut sheet = Sheet::new(COLUMNS);
    let mut ask = PageAsk::of(kernel::page::LIMIT_MOST);
    loop {
        let page = outbox::list(conn, actor, now, filter, &ask)?;
        for letter in page.items {
            put(&mut sheet, letter);
        }
        match page.next {
            Some(next) if sheet.rows() < ROWS_MOST => ask.after = Some(next),
            _ => return Ok(sheet),
        }
    }
}

fn put(sheet: &mut Sheet, letter: Letter) {
    sheet.row([
        letter.created_at.rfc3339().into(),
        letter.kind.code().into(),
        letter.language.code().into(),
        letter.to_name.into(),
        letter.to_email.to_string().into(),
        letter.subject.into(),
        letter.state.code().into(),
        i64::from(letter.attempts).into(),
        letter.sent_at.map(Moment::rfc3339).into(),
        letter.last_error.into(),
    ]);
}
