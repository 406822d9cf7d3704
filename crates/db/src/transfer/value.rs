//! A value as it is, whichever engine holds it; and the bytes it is hashed by.

use diesel::{
    deserialize::{self, FromSql},
    pg::{Pg, PgValue},
    sql_types::{BigInt, Binary, Bool, Double, Integer, Text},
    sqlite::{Sqlite, SqliteType},
};
use kernel::{
    Id, Moment,
    column::{MomentSql, UuidSql},
};
use sha2::{Digest as _, Sha256};

use super::schema::Kind;

/// What an engine hands over: SQLite knows five kinds, PostgreSQL each of ours.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Null,
    Whole(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
    Bool(bool),
    Uuid(Id<()>),
    Moment(Moment),
    Json(String),
}

/// A value of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Uuid(Id<()>),
    Moment(Moment),
    Json(String),
    Bool(bool),
    Big(i64),
    Int(i32),
    Text(String),
    Bytes(Vec<u8>),
    Double(f64),
}

impl Cell {
    pub(crate) fn of_sqlite(
        value: Option<<Sqlite as diesel::backend::Backend>::RawValue<'_>>,
    ) -> deserialize::Result<Self> {
        let Some(value) = value else { return Ok(Self::Null) };
        Ok(match value.value_type() {
            None => Self::Null,
            Some(SqliteType::Text) => Self::Text(<String as FromSql<Text, Sqlite>>::from_sql(value)?),
            Some(SqliteType::Binary) => Self::Bytes(<Vec<u8> as FromSql<Binary, Sqlite>>::from_sql(value)?),
            Some(SqliteType::Float | SqliteType::Double) => {
                Self::Real(<f64 as FromSql<Double, Sqlite>>::from_sql(value)?)
            }
            Some(SqliteType::Integer | SqliteType::SmallInt | SqliteType::Long) => {
                Self::Whole(<i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?)
            }
        })
    }

    pub(crate) fn of_postgres(value: Option<PgValue<'_>>) -> deserialize::Result<Self> {
        let Some(value) = value else { return Ok(Self::Null) };
        Ok(match value.get_oid().get() {
            2950 => Self::Uuid(<Id<()> as FromSql<UuidSql, Pg>>::from_sql(value)?),
            1184 => Self::Moment(<Moment as FromSql<MomentSql, Pg>>::from_sql(value)?),
            3802 => match value.as_bytes() {
                [1, json @ ..] => Self::Json(compact(std::str::from_utf8(json)?)),
                _ => return Err("jsonb of an unknown version".into()),
            },
            16 => Self::Bool(<bool as FromSql<Bool, Pg>>::from_sql(value)?),
            20 => Self::Whole(<i64 as FromSql<BigInt, Pg>>::from_sql(value)?),
            23 => Self::Whole(i64::from(<i32 as FromSql<Integer, Pg>>::from_sql(value)?)),
            25 => Self::Text(<String as FromSql<Text, Pg>>::from_sql(value)?),
            17 => Self::Bytes(<Vec<u8> as FromSql<Binary, Pg>>::from_sql(value)?),
            701 => Self::Real(<f64 as FromSql<Double, Pg>>::from_sql(value)?),
            other => return Err(format!("a value of the unknown type {other}").into()),
        })
    }

    /// As a value of a column of this kind; nothing when it cannot be one.
    pub(crate) fn into_value(self, kind: Kind) -> Option<Value> {
        Some(match (kind, self) {
            (_, Self::Null) => Value::Null,
            (Kind::Uuid, Self::Uuid(id)) => Value::Uuid(id),
            (Kind::Uuid, Self::Bytes(bytes)) => {
                let uuid = uuid::Uuid::from_slice(&bytes).ok()?;
                Value::Uuid(Id::from_uuid(uuid))
            }
            (Kind::Moment, Self::Moment(moment)) => Value::Moment(moment),
            (Kind::Moment, Self::Whole(micros)) => Value::Moment(Moment::from_micros(micros)),
            (Kind::Json, Self::Json(json) | Self::Text(json)) => {
                serde_json::from_str::<serde::de::IgnoredAny>(&json).ok()?;
                Value::Json(json)
            }
            (Kind::Bool, Self::Bool(is)) => Value::Bool(is),
            (Kind::Bool, Self::Whole(number @ (0 | 1))) => Value::Bool(number == 1),
            (Kind::Big, Self::Whole(number)) => Value::Big(number),
            (Kind::Int, Self::Whole(number)) => Value::Int(i32::try_from(number).ok()?),
            (Kind::Text, Self::Text(text)) => Value::Text(text),
            (Kind::Bytes, Self::Bytes(bytes)) => Value::Bytes(bytes),
            (Kind::Double, Self::Real(number)) => Value::Double(number),
            (
                Kind::Uuid
                | Kind::Moment
                | Kind::Json
                | Kind::Bool
                | Kind::Big
                | Kind::Int
                | Kind::Text
                | Kind::Bytes
                | Kind::Double,
                _,
            ) => return None,
        })
    }
}

impl Value {
    /// Roughly what it takes in memory and in a statement, in bytes.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Text(text) | Self::Json(text) => 16 + text.len(),
            Self::Bytes(bytes) => 16 + bytes.len(),
            Self::Null
            | Self::Uuid(_)
            | Self::Moment(_)
            | Self::Bool(_)
            | Self::Big(_)
            | Self::Int(_)
            | Self::Double(_) => 16,
        }
    }

    /// Hashes it by its kind, its length and its bytes, the same whichever engine it came from.
    pub(crate) fn hash_into(&self, hash: &mut Sha256) {
        let mut tagged = |tag: u8, bytes: &[u8]| {
            hash.update([tag]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        match self {
            Self::Null => tagged(0, &[]),
            Self::Uuid(id) => tagged(1, id.uuid().as_bytes()),
            Self::Moment(moment) => tagged(2, &moment.micros().to_be_bytes()),
            Self::Json(json) => tagged(3, canonical(json).as_bytes()),
            Self::Bool(is) => tagged(4, &[u8::from(*is)]),
            Self::Big(number) => tagged(5, &number.to_be_bytes()),
            Self::Int(number) => tagged(6, &number.to_be_bytes()),
            Self::Text(text) => tagged(7, text.as_bytes()),
            Self::Bytes(bytes) => tagged(8, bytes),
            // Adding zero makes one of the two zeros.
            Self::Double(number) => tagged(9, &(number + 0.0).to_bits().to_be_bytes()),
        }
    }
}

/// JSON without the blanks PostgreSQL writes between its parts, as our programs write it; no number is read.
fn compact(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let (mut is_within, mut is_escaped) = (false, false);
    for letter in json.chars() {
        if is_within {
            is_within = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
        } else if letter == '"' {
            is_within = true;
        } else if letter.is_ascii_whitespace() {
            continue;
        }
        text.push(letter);
    }
    text
}

/// JSON by its content: keys in order, numbers in one form. PostgreSQL sorts keys and rewrites numbers, SQLite keeps the
/// text.
fn canonical(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    match serde_json::from_str(json) {
        Ok(value) => put(&value, &mut text),
        // It was looked at when it was read.
        Err(_) => text.push_str(json),
    }
    text
}

fn put(value: &serde_json::Value, text: &mut String) {
    use serde_json::Value as Json;
    match value {
        Json::Null | Json::Bool(_) | Json::String(_) => text.push_str(&value.to_string()),
        Json::Number(number) => text.push_str(&number_text(number)),
        Json::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                put(item, text);
            }
            text.push(']');
        }
        Json::Object(fields) => {
            let mut fields: Vec<(&String, &Json)> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| *name);
            text.push('{');
            for (place, (name, field)) in fields.into_iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(&Json::String(name.clone()).to_string());
                text.push(':');
                put(field, text);
            }
            text.push('}');
        }
    }
}

/// `100`, `100.0` and `1e2` are one number.
fn number_text(number: &serde_json::Number) -> String {
    /// Beyond, not every whole number is a double.
    const WHOLE_MOST: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(real) if number.is_f64() && real.fract() == 0.0 && real.abs() < WHOLE_MOST => {
            (real as i64).to_string()
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(value: &Value) -> Vec<u8> {
        let mut hash = Sha256::new();
        value.hash_into(&mut hash);
        hash.finalize().to_vec()
    }

    #[test]
    fn json_is_the_same_by_its_content() {
        let same =
            |one: &str, other: &str| hash(&Value::Json(one.into())) == hash(&Value::Json(other.into()));

        assert!(same(
            r#"{"title":{"fr":"Ouverture","en":"Opening"},"n":100}"#,
            r#"{"n": 1e2, "title": {"en": "Opening", "fr": "Ouverture"}}"#
        ));
        assert!(same("[1.50,-0.0]", "[1.5, 0]"));
        assert!(!same("[1,2]", "[2,1]"));
        assert!(!same(r#"{"n":1}"#, r#"{"n":"1"}"#));
    }

    #[test]
    fn only_blanks_between_parts_go() {
        assert_eq!(
            compact(r#"{"a b": "c \" d", "e\\": [1, 2.50]}"#),
            r#"{"a b":"c \" d","e\\":[1,2.50]}"#
        );
    }

    #[test]
    fn nothing_the_empty_text_and_no_bytes_differ() {
        let all = [
            Value::Null,
            Value::Text(String::new()),
            Value::Bytes(vec![]),
            Value::Big(0),
            Value::Int(0),
            Value::Bool(false),
            Value::Double(0.0),
        ];

        for (place, one) in all.iter().enumerate() {
            assert!(
                all.iter().skip(place + 1).all(|other| hash(one) != hash(other)),
                "{one:?}"
            );
        }
        assert_eq!(hash(&Value::Double(-0.0)), hash(&Value::Double(0.0)));
    }

    #[test]
    fn what_a_column_cannot_hold_is_no_value() {
        assert_eq!(Cell::Text("17".into()).into_value(Kind::Big), None);
        assert_eq!(Cell::Whole(2).into_value(Kind::Bool), None);
        assert_eq!(Cell::Bytes(vec![1, 2]).into_value(Kind::Uuid), None);
        assert_eq!(Cell::Whole(1 << 40).into_value(Kind::Int), None);
        assert_eq!(Cell::Text("{".into()).into_value(Kind::Json), None);
        assert_eq!(Cell::Null.into_value(Kind::Json), Some(Value::Null));
    }
}
