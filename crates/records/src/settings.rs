//! What the site itself must know between two starts: the shift of a demonstration's clock, the site's secret.

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, secret as chance};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::tables::settings;

/// Under which the site's secret is kept.
const SECRET: &str = "site_secret";

/// A setting, if it was ever made.
///
/// # Errors
/// Internal when what is kept is not a `T`; when the database refuses.
pub fn get<T: DeserializeOwned>(conn: &mut Conn, name: &str) -> Result<Option<T>, Fault> {
    let kept: Option<Json<Vec<Value>>> = on_each!(conn, |c| settings::table
        .find(name)
        .select(settings::value)
        .first(c)
        .optional())?;
    kept.and_then(|kept| kept.0.into_iter().next())
        .map(|value| serde_json::from_value(value).map_err(Fault::internal))
        .transpose()
}

/// Makes or changes a setting.
///
/// # Errors
/// Internal when it cannot be JSON; when the database refuses.
pub fn put<T: Serialize>(conn: &mut Conn, name: &str, value: &T) -> Result<(), Fault> {
    let kept = kept(value)?;
    on_each!(conn, |c| diesel::insert_into(settings::table)
        .values((settings::name.eq(name), settings::value.eq(&kept)))
        .on_conflict(settings::name)
        .do_update()
        .set(settings::value.eq(&kept))
        .execute(c))?;
    Ok(())
}

/// Holds a setting until the transaction ends, so that what is read of it from now on is what is changed. Of one that was
/// never made its place is held: an empty one, which is read as none.
///
/// # Errors
/// When the database refuses.
pub fn take(conn: &mut Conn, name: &str) -> Result<(), Fault> {
    let empty: Json<Vec<Value>> = Json(Vec::new());
    on_each!(conn, |c| diesel::insert_into(settings::table)
        .values((settings::name.eq(name), settings::value.eq(&empty)))
        .on_conflict(settings::name)
        .do_update()
        .set(settings::name.eq(name))
        .execute(c))
    .exactly_one()
}

/// Takes a setting away, if it was ever made.
///
/// # Errors
/// When the database refuses.
pub fn remove(conn: &mut Conn, name: &str) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(settings::table.find(name)).execute(c))?;
    Ok(())
}

/// Thirty-two bytes nobody else knows, drawn when first asked for; signs cursors and the like. Once drawn it is only read;
/// to draw it takes a writing connection.
///
/// # Errors
/// When the database refuses.
pub fn secret(conn: &mut Conn) -> Result<[u8; 32], Fault> {
    let text: String = match get(conn, SECRET)? {
        Some(kept) => kept,
        None => {
            let drawn = kept(&hex::encode(chance::bytes::<32>()))?;
            on_each!(conn, |c| diesel::insert_into(settings::table)
                .values((settings::name.eq(SECRET), settings::value.eq(&drawn)))
                .on_conflict_do_nothing()
                .execute(c))?;
            get(conn, SECRET)?.ok_or_else(|| Fault::internal("the site has no secret"))?
        }
    };
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).map_err(Fault::internal)?;
    Ok(bytes)
}

/// An array of one: a bare number or text would not stay JSON in SQLite's column. An empty one is a place without a value.
fn kept<T: Serialize>(value: &T) -> Result<Json<Vec<Value>>, Fault> {
    Ok(Json(vec![serde_json::to_value(value).map_err(Fault::internal)?]))
}
