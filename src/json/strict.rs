//! A good body, read straight into its model.
//!
//! Refuses in silence whatever it does not like, and may refuse what JSON permits: all that it refuses is read
//! once more by way of the tree, which says what is wrong, if anything is. So it words no error, looks at nothing
//! twice, and must never take what the tree would find fault with.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::decode;
use super::eight::{control, first, like};

/// Reads a whole text; none where it does not fit the model, or is not JSON.
#[inline]
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    let mut reader = Reader { text, at: 0 };
    let value = T::deserialize(&mut reader).ok()?;
    reader.peek().is_none().then_some(value)
}

/// The error, whatever it is.
#[derive(Debug)]
pub(crate) struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("refused")
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

struct Reader<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Reader<'de> {
    /// The next byte that is not whitespace.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Passes over one byte, which must be this one.
    #[inline]
    fn expect(&mut self, byte: u8) -> Result<(), Refused> {
        if self.peek() != Some(byte) {
            return Err(Refused);
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn word(&mut self, word: &str) -> Result<(), Refused> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(Refused);
        }
        self.at += word.len();
        Ok(())
    }

    #[inline]
    fn string(&mut self) -> Result<Cow<'de, str>, Refused> {
        self.expect(b'"')?;
        let start = self.at;
        let end = self.plain(start);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return self.escaped(start, end).map(Cow::Owned);
        }
        self.at = end + 1;
        self.text.get(start..end).map(Cow::Borrowed).ok_or(Refused)
    }

    /// Where the characters end that stand for themselves.
    #[inline]
    fn plain(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
            match first(like(eight, b'"') | like(eight, b'\\') | control(eight)) {
                Some(offset) => return at + offset,
                None => at += eight.len(),
            }
        }
        let rest = bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| !matches!(byte, b'"' | b'\\' | 0..0x20)).count()
    }

    /// A string that has something else than plain characters, from `at` on.
    #[cold]
    fn escaped(&mut self, start: usize, mut at: usize) -> Result<String, Refused> {
        let bytes = self.text.as_bytes();
        loop {
            let length = match bytes.get(at..) {
                Some([b'"', ..]) => break,
                Some([b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..]) => 2,
                Some([b'\\', escape @ ..]) => match decode::unicode(escape) {
                    (Some(_), length) => 1 + length,
                    (None, _) => return Err(Refused),
                },
                _ => return Err(Refused),
            };
            at = self.plain(at + length);
        }
        self.at = at + 1;
        let raw = self.text.get(start - 1..=at).ok_or(Refused)?;
        Ok(decode::string(raw).into_owned())
    }

    /// An integer. One of more digits than an `i64` surely has room for is refused.
    #[inline]
    fn integer(&mut self) -> Result<i64, Refused> {
        const MOST_DIGITS: usize = 18;
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let digits = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let mut value = 0_i64;
        let mut length = 0;
        for digit in digits.iter().take(MOST_DIGITS) {
            let digit = digit.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            value = value * 10 + i64::from(digit);
            length += 1;
        }
        let leading_zero = digits.first() == Some(&b'0') && (length > 1 || negative);
        if length == 0 || length == MOST_DIGITS || leading_zero {
            return Err(Refused);
        }
        // A fraction or an exponent is where a comma or bracket should be, so whoever comes next refuses it.
        self.at += length;
        Ok(if negative { -value } else { value })
    }
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Refused;

    #[cold]
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Refused> {
        Err(Refused)
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let value = self.peek() == Some(b't');
        self.word(if value { "true" } else { "false" })?;
        visitor.visit_bool(value)
    }

    #[inline]
    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let value = self.integer()?;
        visitor.visit_i64(value)
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.string()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        if self.peek() == Some(b'n') {
            self.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.expect(b'[')?;
        visitor.visit_seq(Elements { reader: self, begun: false })
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.expect(b'{')?;
        visitor.visit_map(Members { reader: self, begun: false })
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_map(visitor)
    }

    #[inline]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match self.string()? {
            Cow::Borrowed(word) => visitor.visit_enum(BorrowedStrDeserializer::new(word)),
            Cow::Owned(word) => visitor.visit_enum(StrDeserializer::new(&word)),
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct ignored_any
    }
}

struct Members<'r, 'de> {
    reader: &'r mut Reader<'de>,
    begun: bool,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Refused;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        match self.reader.peek() {
            Some(b'}') => {
                self.reader.at += 1;
                return Ok(None);
            }
            Some(b',') if self.begun => self.reader.at += 1,
            _ if self.begun => return Err(Refused),
            _ => self.begun = true,
        }
        let key = seed.deserialize(&mut *self.reader)?;
        self.reader.expect(b':')?;
        Ok(Some(key))
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        seed.deserialize(&mut *self.reader)
    }
}

struct Elements<'r, 'de> {
    reader: &'r mut Reader<'de>,
    begun: bool,
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Refused;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        match self.reader.peek() {
            Some(b']') => {
                self.reader.at += 1;
                return Ok(None);
            }
            Some(b',') if self.begun => self.reader.at += 1,
            _ if self.begun => return Err(Refused),
            _ => self.begun = true,
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    /// A guess, which spares a list of objects most of its moves.
    #[inline]
    fn size_hint(&self) -> Option<usize> {
        const LENGTH_OF_AN_OBJECT: usize = 100;
        Some((self.reader.text.len() - self.reader.at) / LENGTH_OF_AN_OBJECT)
    }
}
