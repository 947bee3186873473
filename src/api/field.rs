//! The value of one field, and how serde fills and writes it.
//!
//! Knows nothing of any particular operation. Two readers of [`crate::json`] fill the models: the strict one when a body
//! is good, as a deserializer, and the tolerant one when it is not, as a `Model`; both come through here.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use validator::{ValidateLength, ValidateRange, ValidateRequired};

use crate::diagnostic::Pointer;
use crate::json::model::{Gap, Lack, Model, Seen, Want};

/// A field of a request body. `Option` would not do: a field that is absent, one that is `null`, and one whose
/// value is not known are three different things to the rules.
///
/// What a program writes of a body is what was judged: an absent field is left out. There is no JSON for a value that is
/// not known, so `null` stands for it; a body that has one is not to be sent.
///
/// ```
/// use elblint::api::field::Field;
/// use elblint::api::update_member::UpdateMemberOption;
///
/// let member = UpdateMemberOption { name: Field::Null, weight: 40.into(), ..Default::default() };
/// assert_eq!(serde_json::to_string(&member)?, r#"{"name":null,"weight":40}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
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
    #[inline(always)]
    pub const fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            _ => None,
        }
    }

    /// Whether there is a value, which need not be known. Errors for which its presence is enough use it with `?`; what
    /// only warns of a value stays silent where that is not known.
    pub(crate) const fn given(&self) -> Option<()> {
        match self {
            Self::Set(_) | Self::Unknown => Some(()),
            Self::Absent | Self::Null => None,
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

/// A field that is not there for `None`. What is to become `null` is [`Field::Null`].
///
/// ```
/// use elblint::api::field::{Field, Text};
///
/// let name: Option<String> = None;
/// let name: Field<Text<'_>> = name.map(Text::from).into();
/// assert_eq!(name, Field::Absent);
/// let weight: Field<i64> = Some(40).into();
/// assert_eq!(weight, Field::Set(40));
/// ```
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Set)
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
        T::deserialize(deserializer).map(Field::Set)
    }
}

impl<'a, T: Model<'a>> Model<'a> for Field<T> {
    fn blank() -> Self {
        Self::Absent
    }

    fn want(&mut self, lack: Option<Lack>) -> Want<'_, 'a> {
        *self = match lack {
            None => Self::Set(T::blank()),
            Some(Lack::Null) => Self::Null,
            Some(Lack::Unknown) => Self::Unknown,
        };
        match (self, lack) {
            (Self::Set(value), None) => value.want(None),
            _ => Want::Nothing,
        }
    }

    fn seen(&self) -> Seen<'_> {
        match self {
            Self::Absent => Seen::Absent,
            Self::Null => Seen::Null,
            Self::Unknown => Seen::Unknown,
            Self::Set(value) => value.seen(),
        }
    }

    fn gaps(&self, at: &dyn Fn() -> Pointer, told: &mut dyn FnMut(Pointer, Gap)) {
        match self {
            Self::Unknown => told(at(), Gap::Unknown),
            Self::Set(value) => value.gaps(at, told),
            Self::Absent | Self::Null => {}
        }
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => value.serialize(serializer),
            // Objects leave out what is absent. An error in place of the unknown would make validator panic.
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

    #[inline(always)]
    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Text<'_> {
    fn as_ref(&self) -> &str {
        self
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

impl<'a> Model<'a> for Text<'a> {
    fn blank() -> Self {
        Self::default()
    }

    fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
        Want::Text(&mut self.0)
    }

    fn seen(&self) -> Seen<'_> {
        Seen::Text(&self.0)
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
