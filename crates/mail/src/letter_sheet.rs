//! The letters of the outbox as a list to be kept as a file: those a filter holds, for who reads the outbox. Texts are not in
//! it, nor anything secret.

use access_rules::Actor;
use db::Conn;
use kernel::{Coded as _, Fault, Moment, PageAsk, page};
use records::sheets::{Cell, Sheet};

use crate::{
    model::Letter,
    outbox::{self, Filter},
};

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
    let all = page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        Ok(outbox::list(conn, actor, now, filter, ask)?.map(row))
    })?;
    let mut sheet = Sheet::new(COLUMNS);
    for row in all {
        sheet.row(row);
    }
    Ok(sheet)
}

fn row(letter: Letter) -> [Cell; COLUMNS.len()] {
    [
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
    ]
}
