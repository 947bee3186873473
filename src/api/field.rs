//! The value of one field, and how serde fills it.
//!
//! Knows nothing of any particular operation. Two deserializers fill the models: `serde_json` when a body is
//! good, and the tolerant one of [`crate::json`] when it is not; both come through here.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::value::StrDeserializer;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use validator::{ValidateLength, ValidateRange, ValidateRequired};

/// A field of a request body. `Option` would not do: a field that is absent, one that is `null`, and one whose
/// value is not known are three different things to the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Field<T> {
    /// The field is not there.
    #[default]
    Absent,
    /// The field is `null`.
    Null,
    /// The field is there, but its value is a placeholder, or at fault in a way that has been told already.
    Unknown,
    /// The field has this value.
    Set(T),
}

impl<T> Field<T> {
    /// The value, where it is set. Rules use it with `?`: no value, nothing to say.
    pub const fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the field is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the field is there with a value that is not known.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}

impl Field<Text<'_>> {
    /// Whether the field is absent, `null` or `""`, which the documents call blank.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Absent | Self::Null => true,
            Self::Unknown => false,
            Self::Set(text) => text.is_empty(),
        }
    }

    /// The text, where it is set to something other than `""`.
    pub fn filled(&self) -> Option<&str> {
        self.set().map(|text| &**text).filter(|text| !text.is_empty())
    }
}

impl<T> From<T> for Field<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T> From<T> for Field<Box<T>> {
    fn from(value: T) -> Self {
        Self::Set(Box::new(value))
    }
}

impl<'a> From<&'a str> for Field<Text<'a>> {
    fn from(text: &'a str) -> Self {
        Self::Set(Text::from(text))
    }
}

impl From<String> for Field<Text<'_>> {
    fn from(text: String) -> Self {
        Self::Set(Text::from(text))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(FieldVisitor(PhantomData))
    }
}

struct FieldVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for FieldVisitor<T> {
    type Value = Field<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Field::Null)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Field::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::deserialize(Exact(deserializer)).map(Field::Set)
    }

    /// The tolerant deserializer's way in: a list of the one value, or of none where it is a placeholder. An
    /// error means that the fault has been noted, so filling goes on.
    fn visit_seq<A: SeqAccess<'de>>(self, mut attempt: A) -> Result<Self::Value, A::Error> {
        Ok(match attempt.next_element() {
            Ok(Some(value)) => Field::Set(value),
            Ok(None) | Err(_) => Field::Unknown,
        })
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => value.serialize(serializer),
            Self::Absent | Self::Null | Self::Unknown => serializer.serialize_none(),
        }
    }
}

impl<T> ValidateRequired for Field<T> {
    fn is_some(&self) -> bool {
        matches!(self, Self::Set(_) | Self::Unknown)
    }
}

impl ValidateRange<i64> for Field<i64> {
    fn greater_than(&self, max: i64) -> Option<bool> {
        self.set().map(|value| *value > max)
    }

    fn less_than(&self, min: i64) -> Option<bool> {
        self.set().map(|value| *value < min)
    }
}

impl ValidateLength<u64> for Field<Text<'_>> {
    fn length(&self) -> Option<u64> {
        self.set().map(|text| text.chars().count() as u64)
    }

    /// The documents count characters. Bytes bound them from above, and are already counted.
    fn validate_length(&self, min: Option<u64>, max: Option<u64>, equal: Option<u64>) -> bool {
        let Self::Set(text) = self else { return true };
        if equal.is_none() && min.unwrap_or(0) == 0 && max.is_none_or(|max| text.len() as u64 <= max) {
            return true;
        }
        let length = text.chars().count() as u64;
        equal.is_none_or(|equal| length == equal)
            && min.is_none_or(|min| length >= min)
            && max.is_none_or(|max| length <= max)
    }
}

impl<T> ValidateLength<u64> for Field<Vec<T>> {
    fn length(&self) -> Option<u64> {
        self.set().map(|list| list.len() as u64)
    }
}

/// A string that borrows from the body wherever the body has it without escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<'a>(Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl From<String> for Text<'_> {
    fn from(text: String) -> Self {
        Self(Cow::Owned(text))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }
        deserializer.deserialize_str(TextVisitor)
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Takes objects as objects and enumerations as strings. Models derived by serde would also take a list for an
/// object and an object for a value of an enumeration.
///
/// A value of an enumeration is read with an error that says nothing: serde_json would word one that lists every
/// value, only for the body to be read once more by the tolerant deserializer.
pub(crate) struct Exact<D>(pub(crate) D);

/// The error of a value that is not known. What is wrong is told by the tolerant deserializer.
#[derive(Debug)]
struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown value")
    }
}

impl std::error::Error for UnknownValue {}

impl de::Error for UnknownValue {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
}

macro_rules! pass_on {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            self.0.$method(visitor)
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Exact<D> {
    type Error = D::Error;

    pass_on! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf
        deserialize_option deserialize_unit deserialize_seq deserialize_map deserialize_identifier
        deserialize_ignored_any
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_str(Variant(visitor))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Self::Error> {
        self.0.deserialize_tuple(len, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0.deserialize_tuple_struct(name, len, visitor)
    }
}

/// Reads a value of an enumeration.
struct Variant<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Variant<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        self.0.visit_enum(StrDeserializer::<UnknownValue>::new(text)).map_err(|UnknownValue| E::custom(""))
    }
}
