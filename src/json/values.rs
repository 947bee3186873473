//! The deserializer over one value of a tree.
//!
//! Takes a value for exactly what the model asks for, never for something like it. Objects are in `structs`.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::decode;
use super::fill::{FaultKind, Notes};
use super::near::near;
use super::structs::Fields;
use super::tree::{Kind, Node};
use crate::diagnostic::Step;

/// A value has been refused. With a message, the fault is not noted yet.
#[derive(Debug)]
pub(super) struct Refused(pub(super) Option<String>);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("a fault that has been noted"))
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Some(message.to_string()))
    }
}

/// A value that is known.
pub(super) struct Value<'s, 't, 'a> {
    pub(super) notes: &'s mut Notes<'t, 'a>,
    pub(super) node: Node,
}

impl<'a> Value<'_, '_, 'a> {
    fn kind(&self) -> Kind {
        self.notes.tree.kind(self.node)
    }

    fn wrong_type(&mut self, expected: &'static str) -> Refused {
        self.notes.wrong_type(self.node, expected)
    }

    // What follows is apart from what is made anew for each model, so that it is made once.

    #[inline(never)]
    fn bool(&mut self) -> Result<bool, Refused> {
        match self.kind() {
            Kind::Bool(value) => Ok(value),
            _ => Err(self.wrong_type("a boolean")),
        }
    }

    #[inline(never)]
    fn integer(&mut self) -> Result<i64, Refused> {
        let integer = match self.kind() {
            Kind::Number => decode::integer(self.notes.tree.raw(self.node)),
            _ => None,
        };
        integer.ok_or_else(|| self.wrong_type("an integer"))
    }

    #[inline(never)]
    fn string(&mut self) -> Result<Cow<'a, str>, Refused> {
        self.notes.tree.string(self.node).ok_or_else(|| self.wrong_type("a string"))
    }

    #[inline(never)]
    fn variant(&mut self, variants: &'static [&'static str]) -> Result<&'static str, Refused> {
        let value = self.string()?;
        if let Some(variant) = variants.iter().find(|variant| **variant == value) {
            return Ok(variant);
        }
        let near = near(&value, variants.iter().copied());
        let kind = FaultKind::OneOf { value: value.into_owned(), permitted: variants, near };
        self.notes.fault(self.notes.tree.range(self.node), kind);
        Err(Refused(None))
    }

    #[inline(never)]
    fn list(&mut self) -> Result<(), Refused> {
        let tree = self.notes.tree;
        match self.kind() {
            // A list that was cut off before its first element is not an empty one.
            Kind::Array if tree.is_open(self.node) && tree.len(self.node) == 0 => Err(Refused(None)),
            Kind::Array => Ok(()),
            _ => Err(self.wrong_type("a list")),
        }
    }

    fn object<V: Visitor<'a>>(
        mut self,
        known: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match self.kind() {
            Kind::Object => {
                let filled = visitor.visit_map(Fields::new(&mut *self.notes, self.node, known));
                if let Some(outer) = &mut self.notes.outer {
                    outer.pop();
                }
                filled
            }
            _ => Err(self.wrong_type("an object")),
        }
    }
}

macro_rules! integers {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Refused> {
            self.deserialize_i64(visitor)
        })*
    };
}

impl<'a> Deserializer<'a> for Value<'_, '_, 'a> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.kind() {
            Kind::Bool(value) => visitor.visit_bool(value),
            Kind::Number => self.deserialize_i64(visitor),
            Kind::String => self.deserialize_str(visitor),
            Kind::Array => self.deserialize_seq(visitor),
            Kind::Object => self.deserialize_map(visitor),
            Kind::Null | Kind::Placeholder | Kind::Broken => visitor.visit_unit(),
        }
    }

    /// The way in of `Field`: a list of the one value, or of none where it is not known.
    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.kind() {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_seq(Attempt(Some(self))),
        }
    }

    fn deserialize_bool<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_bool(self.bool()?)
    }

    fn deserialize_i64<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_i64(self.integer()?)
    }

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_str<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, Refused> {
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'a>>(mut self, visitor: V) -> Result<V::Value, Refused> {
        self.list()?;
        visitor.visit_seq(Elements { notes: self.notes, list: self.node, index: 0 })
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.object(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.object(Some(fields), visitor)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        mut self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let variant: StrDeserializer<'static, Refused> = self.variant(variants)?.into_deserializer();
        visitor.visit_enum(variant)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { <V: Visitor<'a>>
        i128 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// The list of one value, if it is known.
struct Attempt<'s, 't, 'a>(Option<Value<'s, 't, 'a>>);

impl<'a> SeqAccess<'a> for Attempt<'_, '_, 'a> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        let Some(Value { notes, node }) = self.0.take() else { return Ok(None) };
        if !notes.is_known(node) {
            return Ok(None);
        }
        match seed.deserialize(Value { notes: &mut *notes, node }) {
            Ok(value) => Ok(Some(value)),
            Err(refused) => {
                notes.refused(node, refused);
                Err(Refused(None))
            }
        }
    }
}

struct Elements<'s, 't, 'a> {
    notes: &'s mut Notes<'t, 'a>,
    list: Node,
    index: usize,
}

impl<'a> SeqAccess<'a> for Elements<'_, '_, 'a> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        let Some(node) = self.notes.tree.element(self.list, self.index) else { return Ok(None) };
        self.notes.at.push(Step::Index(self.index));
        self.index += 1;
        let value = seed.deserialize(Value { notes: &mut *self.notes, node });
        self.notes.at.pop();
        value.map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.notes.tree.len(self.list).saturating_sub(self.index))
    }
}

/// A value that is not known, for a field that is not there.
pub(super) struct Unknown;

impl<'a> Deserializer<'a> for Unknown {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'a>>(self, _visitor: V) -> Result<V::Value, Refused> {
        Err(Refused(None))
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_seq(Attempt(None))
    }

    forward_to_deserialize_any! { <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
