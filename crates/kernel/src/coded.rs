//! Enums that are columns: each value has a stable code, used in the database, in JSON and in forms alike.

/// What every coded enum offers.
pub trait Coded: Copy + Eq + 'static {
    /// All values, in their natural order.
    const ALL: &'static [Self];
    /// The stable code.
    fn code(self) -> &'static str;
    /// The value of a code.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.code() == code)
    }
}

/// Declares a coded enum: `coded! { /// doc pub enum Entry { /// doc WalkIn => "walk_in", … } }`.
///
/// The enum derives the usual comparisons and stands as TEXT in both engines, as a string in JSON and in forms. Where
/// another shape of the API's reference has its name, `pub enum Change as "BlockChange"` gives it another there.
#[macro_export]
macro_rules! coded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident $(as $shape:literal)? { $($(#[$vmeta:meta])* $variant:ident => $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $crate::Coded for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
        impl $crate::diesel::expression::AsExpression<$crate::diesel::sql_types::Text> for $name {
            type Expression = $crate::diesel::internal::derives::as_expression::Bound<$crate::diesel::sql_types::Text, Self>;
            fn as_expression(self) -> Self::Expression {
                Self::Expression::new(self)
            }
        }
        impl $crate::diesel::expression::AsExpression<$crate::diesel::sql_types::Nullable<$crate::diesel::sql_types::Text>> for $name {
            type Expression = $crate::diesel::internal::derives::as_expression::Bound<$crate::diesel::sql_types::Nullable<$crate::diesel::sql_types::Text>, Self>;
            fn as_expression(self) -> Self::Expression {
                Self::Expression::new(self)
            }
        }
        impl<'expr> $crate::diesel::expression::AsExpression<$crate::diesel::sql_types::Text> for &'expr $name {
            type Expression = $crate::diesel::internal::derives::as_expression::Bound<$crate::diesel::sql_types::Text, Self>;
            fn as_expression(self) -> Self::Expression {
                Self::Expression::new(self)
            }
        }
        impl<'expr> $crate::diesel::expression::AsExpression<$crate::diesel::sql_types::Nullable<$crate::diesel::sql_types::Text>> for &'expr $name {
            type Expression = $crate::diesel::internal::derives::as_expression::Bound<$crate::diesel::sql_types::Nullable<$crate::diesel::sql_types::Text>, Self>;
            fn as_expression(self) -> Self::Expression {
                Self::Expression::new(self)
            }
        }
        impl<DB: $crate::diesel::backend::Backend> $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Nullable<$crate::diesel::sql_types::Text>, DB> for $name
        where
            Self: $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut $crate::diesel::serialize::Output<'b, '_, DB>) -> $crate::diesel::serialize::Result {
                $crate::diesel::serialize::ToSql::<$crate::diesel::sql_types::Text, DB>::to_sql(self, out)
            }
        }
        impl<ST, DB> $crate::diesel::deserialize::Queryable<ST, DB> for $name
        where
            DB: $crate::diesel::backend::Backend,
            ST: $crate::diesel::sql_types::SingleValue,
            Self: $crate::diesel::deserialize::FromStaticSqlRow<ST, DB>,
        {
            type Row = Self;
            fn build(row: Self) -> $crate::diesel::deserialize::Result<Self> {
                Ok(row)
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::Coded::code(*self))
            }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                <Self as $crate::Coded>::from_code(text)
                    .ok_or_else(|| format!("{text:?} is not one of {}", [$($code),+].join(", ")))
            }
        }
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::Coded::code(*self))
            }
        }
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as $crate::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err($crate::serde::de::Error::custom)
            }
        }
        impl<DB: $crate::diesel::backend::Backend> $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB> for $name
        where
            str: $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut $crate::diesel::serialize::Output<'b, '_, DB>) -> $crate::diesel::serialize::Result {
                <str as $crate::diesel::serialize::ToSql<$crate::diesel::sql_types::Text, DB>>::to_sql($crate::Coded::code(*self), out)
            }
        }
        impl<DB: $crate::diesel::backend::Backend> $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB> for $name
        where
            String: $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB>,
        {
            fn from_sql(value: DB::RawValue<'_>) -> $crate::diesel::deserialize::Result<Self> {
                let text = <String as $crate::diesel::deserialize::FromSql<$crate::diesel::sql_types::Text, DB>>::from_sql(value)?;
                Ok(text.parse::<Self>()?)
            }
        }
        impl $crate::utoipa::PartialSchema for $name {
            fn schema() -> $crate::utoipa::openapi::RefOr<$crate::utoipa::openapi::Schema> {
                $crate::utoipa::openapi::ObjectBuilder::new()
                    .schema_type($crate::utoipa::openapi::schema::Type::String)
                    .enum_values(Some([$($code),+]))
                    .into()
            }
        }
        impl $crate::utoipa::ToSchema for $name {
            $(fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed($shape)
            })?
        }
    };
}
