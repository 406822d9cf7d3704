//! What an amendment proposes, said in other languages: some texts ask for it before it is put (R84). What it proposes
//! itself is in the authentic language of the text.

use std::collections::{HashMap, HashSet};

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Json, Moment};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{
    kept::{self, Filed},
    reading::{self, Shown},
};
use crate::{
    amend::AmendmentId,
    clean::{self, Notices},
    faults::TextFault,
    model::{Block, BlockId, BlockInput, Content},
    tables::text_amendment_translations as table,
    texts,
};

/// What a block that an amendment brings says in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SaidBlock {
    /// The block.
    #[schema(value_type = String)]
    pub block: BlockId,
    /// What it says.
    pub content: Content,
}

/// What an amendment says in another language, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
pub struct SaidRow {
    /// Which amendment.
    pub amendment: AmendmentId,
    /// In which language, a BCP 47 tag.
    pub language: String,
    /// The hash of what it proposed then.
    pub of_hash: String,
    /// What its blocks say.
    pub said: Json<Vec<SaidBlock>>,
    /// Who translated it.
    pub translated_by: Option<PersonId>,
    /// When.
    pub translated_at: Moment,
    /// Guards edits.
    pub version: i64,
}

impl SaidRow {
    /// Whether it says all that an amendment proposes.
    fn is_complete(&self, row: &Filed) -> bool {
        let said: HashSet<BlockId> = self.said.0.iter().map(|own| own.block).collect();
        let mut blocks = row.proposed.0.blocks().iter();
        self.of_hash == row.hash && blocks.all(|block| said.contains(&block.id))
    }
}

/// Says in another language what an amendment proposes, on the version of that translation which was seen, where there is
/// one.
///
/// # Errors
/// 404; `invalid`: `language`, `said`; `authentic_language`; `amendment_closed`; `stale`.
pub fn translate(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    language: &str,
    version: Option<i64>,
    said: Vec<SaidBlock>,
) -> Result<Shown, Fault> {
    let taken = kept::take(conn, id, None)?;
    let mut fields = Fields::new();
    let language = texts::language(&mut fields, language);
    let said = checked(&mut fields, &taken.row, said);
    fields.done()?;
    if language == taken.text.language {
        return Err(TextFault::AuthenticLanguage.into());
    }
    if !taken.row.state.is_open() {
        return Err(TextFault::AmendmentClosed.into());
    }
    let before = of(conn, &[id])?.into_iter().find(|own| own.language == language);
    if before.as_ref().map(|own| own.version) != version {
        let now = json!(before.map(|own| json!({ "version": own.version, "said": own.said })));
        return Err(Fault::stale().with("now", now));
    }
    let row = SaidRow {
        amendment: id,
        language,
        of_hash: taken.row.hash.clone(),
        said: Json(said),
        translated_by: who,
        translated_at: now,
        version: version.unwrap_or(0) + 1,
    };
    if version.is_some() {
        on_each!(conn, |c| diesel::delete(table::table.find((id, &row.language)))
            .execute(c))
        .exactly_one()?;
    }
    write(conn, &row)?;
    kept::note(
        conn,
        who,
        now,
        "text.translate_amendment",
        &taken.text,
        &taken.row,
    )?;
    reading::get(conn, id)
}

/// What amendments say in other languages.
pub fn of(conn: &mut Conn, amendments: &[AmendmentId]) -> Result<Vec<SaidRow>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::amendment.eq_any(amendments))
        .order((table::amendment, table::language))
        .select(SaidRow::as_select())
        .load(c))?)
}

/// The languages in which all is said that an amendment proposes.
pub fn complete(conn: &mut Conn, row: &Filed) -> Result<Vec<String>, Fault> {
    let there = of(conn, &[row.id])?;
    Ok(languages(row, &there))
}

/// The same, of what is there.
pub fn languages(row: &Filed, there: &[SaidRow]) -> Vec<String> {
    there
        .iter()
        .filter(|own| own.amendment == row.id && own.is_complete(row))
        .map(|own| own.language.clone())
        .collect()
}

/// Has another amendment that proposes the same say it in the same languages.
pub fn copy(conn: &mut Conn, from: AmendmentId, to: &Filed) -> Result<(), Fault> {
    for row in of(conn, &[from])? {
        let row = SaidRow {
            amendment: to.id,
            ..row
        };
        write(conn, &row)?;
    }
    Ok(())
}

fn write(conn: &mut Conn, row: &SaidRow) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(table::table).values(row).execute(c)).exactly_one()
}

/// Each is of a block that the amendment brings, of its kind, and refers to the footnotes that it refers to.
fn checked(fields: &mut Fields, row: &Filed, said: Vec<SaidBlock>) -> Vec<SaidBlock> {
    let blocks: HashMap<BlockId, &Block> = row.proposed.0.blocks().iter().map(|own| (own.id, own)).collect();
    let mut seen = HashSet::new();
    let mut cleaned = Vec::with_capacity(blocks.len());
    for (place, own) in said.into_iter().enumerate() {
        let field = format!("said.{place}");
        let Some(source) = blocks.get(&own.block).filter(|_| seen.insert(own.block)) else {
            fields.wrong(&format!("{field}.block"), "not_in_version");
            break;
        };
        let input = BlockInput {
            content: own.content,
            ..source.input()
        };
        let notes = source.content.notes().collect();
        let field = format!("{field}.content");
        let input = clean::block(fields, &field, input, &notes, &mut Notices::default());
        cleaned.push(SaidBlock {
            block: own.block,
            content: input.content,
        });
    }
    cleaned
}
