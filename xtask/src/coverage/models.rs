//! The names of the fields of a request model, as serde tells them.
//!
//! A deserializer that has one element of everything it is asked for, and writes down what it is asked for.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Every field of a model: the way to its object, with `[]` for the elements of a list, and its name.
pub(super) fn fields<'a, T: Deserialize<'a>>() -> Vec<(String, &'static str)> {
    let found = RefCell::new(Vec::new());
    let probe = Probe { at: String::new(), found: &found };
    // The models take what comes, or stop at a value; either way their names have been told by then.
    drop(T::deserialize(probe));
    found.into_inner()
}

struct Probe<'f> {
    at: String,
    found: &'f RefCell<Vec<(String, &'static str)>>,
}

#[derive(Debug)]
struct NoValue;

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there are no values here")
    }
}

impl std::error::Error for NoValue {}

impl de::Error for NoValue {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
        Err(NoValue)
    }

    /// The way in that the models have for a deserializer that goes on after faults.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_seq(One(Some(self)))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_seq(One(Some(Probe { at: format!("{}[]", self.at), ..self })))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoValue> {
        self.found.borrow_mut().extend(fields.iter().map(|field| (self.at.clone(), *field)));
        visitor.visit_map(Members { object: self, left: fields.iter(), name: "" })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct map enum identifier ignored_any
    }
}

struct One<'f>(Option<Probe<'f>>);

impl<'de> SeqAccess<'de> for One<'_> {
    type Error = NoValue;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NoValue> {
        self.0.take().map(|probe| seed.deserialize(probe)).transpose()
    }
}

struct Members<'f> {
    object: Probe<'f>,
    left: std::slice::Iter<'static, &'static str>,
    name: &'static str,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = NoValue;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NoValue> {
        let Some(name) = self.left.next() else { return Ok(None) };
        self.name = name;
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NoValue> {
        let Probe { at, found } = &self.object;
        let at = if at.is_empty() { self.name.to_owned() } else { format!("{at}.{}", self.name) };
        seed.deserialize(Probe { at, found })
    }
}
