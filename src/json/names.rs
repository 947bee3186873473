//! The names of the members that a model has, asked of serde.

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::values::Refused;

/// The names of a model's members.
pub fn names_of<'a, T: Deserialize<'a>>() -> &'static [&'static str] {
    let mut names: &[&str] = &[];
    // It is told no value, so it only says what it wants.
    let _ = T::deserialize(Listener(&mut names));
    names
}

struct Listener<'n>(&'n mut &'static [&'static str]);

impl<'a> Deserializer<'a> for Listener<'_> {
    type Error = Refused;

    fn deserialize_any<V: Visitor<'a>>(self, _visitor: V) -> Result<V::Value, Refused> {
        Err(Refused(None))
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Refused> {
        *self.0 = fields;
        Err(Refused(None))
    }

    forward_to_deserialize_any! { <V: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
