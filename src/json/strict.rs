//! A good body, read straight into its model.
//!
//! Refuses in silence whatever it does not like, and may refuse what JSON permits: all that it refuses is read
//! once more by way of the tree, which says what is wrong, if anything is. So it words no error, looks at nothing
//! twice, and must never take what the tree would find fault with.

mod model;
mod tables;

use std::borrow::Cow;
use std::ops::Range;

use serde::Deserialize;

use super::decode;
use super::eight::plain;
use super::model::Model;
use crate::search::is_same;

/// Reads a whole text; none where it does not fit the model, or is not JSON.
#[inline]
pub(crate) fn read<'de, T: Deserialize<'de> + Model<'de>>(text: &'de str) -> Option<T> {
    let mut reader = Reader::new(text);
    reader.value().ok().filter(|_| reader.is_done())
}

/// Fills a model from a whole text, or tells how far it could be read.
pub(crate) fn fill_until<'de>(text: &'de str, model: &mut dyn Model<'de>) -> Result<(), usize> {
    let mut reader = Reader::new(text);
    match reader.fill(model) {
        Ok(_) if reader.is_done() => Ok(()),
        _ => Err(reader.at),
    }
}

/// Fills a model from a whole text, where no single value has a fault, none is left to be filled in, and no object is
/// empty.
#[cfg(any(target_family = "wasm", test))]
pub(crate) fn fill_faultless<'de>(text: &'de str, model: &mut dyn Model<'de>) -> Result<(), Refused> {
    let mut reader = Reader { faultless: true, ..Reader::new(text) };
    reader.fill(model)?;
    if reader.is_done() { Ok(()) } else { Err(Refused) }
}

/// Whether a text is a number, and nothing else.
pub(super) fn is_number(text: &str) -> bool {
    let mut reader = Reader::new(text);
    reader.number().is_ok() && reader.at == text.len()
}

/// The error, whatever it is.
#[derive(Debug)]
pub(crate) struct Refused;

/// A text, and how far it has been read.
pub(crate) struct Reader<'de> {
    text: &'de str,
    at: usize,
    /// Whether a value with a fault of its own, a placeholder, an empty object, and what nobody knows are refused too.
    /// The deserializer does not look at this.
    faultless: bool,
}

impl<'de> Reader<'de> {
    /// At the start of a text.
    pub(crate) fn new(text: &'de str) -> Self {
        Self { text, at: 0, faultless: false }
    }

    /// Whether all has been read.
    pub(crate) fn is_done(&mut self) -> bool {
        self.peek().is_none()
    }

    /// Reads a value into its model.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn value<T: Deserialize<'de>>(&mut self) -> Result<T, Refused> {
        T::deserialize(self)
    }

    /// Reads a value into its model, by what this tells of itself: a module for the browser is to be small.
    #[cfg(target_family = "wasm")]
    pub(crate) fn value<T: Model<'de>>(&mut self) -> Result<T, Refused> {
        let mut value = T::blank();
        self.fill(&mut value)?;
        Ok(value)
    }

    /// Reads an object. `member` is given each name, and reads the value.
    pub(crate) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, &'de str) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        self.items(*b"{}", |reader| {
            let name = reader.verbatim().ok_or(Refused)?;
            reader.expect(b':')?;
            member(reader, name)
        })
    }

    /// Reads a list. `element` reads each.
    pub(crate) fn list(
        &mut self,
        element: impl FnMut(&mut Self) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        self.items(*b"[]", element)
    }

    fn items(
        &mut self,
        [open, close]: [u8; 2],
        mut item: impl FnMut(&mut Self) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        self.expect(open)?;
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                _ => return self.expect(close),
            }
        }
    }

    /// Whether an object comes next.
    pub(crate) fn is_at_object(&mut self) -> bool {
        self.peek() == Some(b'{')
    }

    /// Reads `null`, if it is here.
    pub(crate) fn null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.word("null").is_ok()
    }

    /// What `read` reads, and where in the text it stands.
    pub(crate) fn with_range<R>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<R, Refused>,
    ) -> Result<(R, Range<usize>), Refused> {
        self.peek();
        let start = self.at;
        let read = read(self)?;
        Ok((read, start..self.at))
    }

    /// What `read` reads, as it stands there.
    pub(crate) fn text_of<R>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<R, Refused>,
    ) -> Result<(R, &'de str), Refused> {
        let (read, range) = self.with_range(read)?;
        Ok((read, self.text.get(range).ok_or(Refused)?))
    }

    /// Passes over a value, whatever it is and however deep.
    pub(crate) fn pass(&mut self) -> Result<(), Refused> {
        let mut closers = Vec::new();
        loop {
            match self.peek().ok_or(Refused)? {
                open @ (b'{' | b'[') => {
                    self.at += 1;
                    let close = if open == b'{' { b'}' } else { b']' };
                    if self.peek() != Some(close) {
                        closers.push(close);
                        self.pass_name(close)?;
                        continue;
                    }
                    self.at += 1;
                }
                b'"' => self.pass_string()?,
                b't' => self.word("true")?,
                b'f' => self.word("false")?,
                b'n' => self.word("null")?,
                _ => self.number()?,
            }
            loop {
                let Some(close) = closers.last().copied() else { return Ok(()) };
                if self.peek() == Some(b',') {
                    self.at += 1;
                    self.pass_name(close)?;
                    break;
                }
                self.expect(close)?;
                closers.pop();
            }
        }
    }

    /// Passes over the name of a member, in what is closed like an object.
    fn pass_name(&mut self, close: u8) -> Result<(), Refused> {
        if close == b'}' {
            self.pass_string()?;
            self.expect(b':')?;
        }
        Ok(())
    }

    /// Passes over a number, which begins here, whatever its size.
    fn number(&mut self) -> Result<(), Refused> {
        self.next_is(b"-");
        let start = self.at;
        let leading_zero = self.digits()? > 1 && self.text.as_bytes().get(start) == Some(&b'0');
        if self.next_is(b".") {
            self.digits()?;
        }
        if self.next_is(b"eE") {
            self.next_is(b"+-");
            self.digits()?;
        }
        if leading_zero { Err(Refused) } else { Ok(()) }
    }

    /// Passes over digits, of which there must be one at least.
    fn digits(&mut self) -> Result<usize, Refused> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += length;
        if length == 0 { Err(Refused) } else { Ok(length) }
    }

    /// Passes over one of these bytes, if one is here.
    fn next_is(&mut self, any: &[u8]) -> bool {
        let found = self.text.as_bytes().get(self.at).is_some_and(|byte| any.contains(byte));
        self.at += usize::from(found);
        found
    }

    /// The next byte that is not whitespace.
    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(byte) if *byte > b' ' => return Some(*byte),
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Passes over one byte, which must be this one.
    #[inline(always)]
    fn expect(&mut self, byte: u8) -> Result<(), Refused> {
        if self.peek() != Some(byte) {
            return Err(Refused);
        }
        self.at += 1;
        Ok(())
    }

    #[inline(always)]
    fn word(&mut self, word: &str) -> Result<(), Refused> {
        let end = self.at + word.len();
        match self.text.as_bytes().get(self.at..end) {
            Some(here) if is_same(here, word.as_bytes()) => self.at = end,
            _ => return Err(Refused),
        }
        Ok(())
    }

    /// A boolean, which begins here.
    #[inline]
    fn bool(&mut self) -> Result<bool, Refused> {
        let value = self.text.as_bytes().get(self.at) == Some(&b't');
        self.word(if value { "true" } else { "false" })?;
        Ok(value)
    }

    /// How many elements there may be in a list of objects that begins here. A good guess spares it most of its moves.
    #[inline]
    fn elements_left(&self) -> usize {
        const LENGTH_OF_AN_OBJECT: usize = 100;
        (self.text.len() - self.at) / LENGTH_OF_AN_OBJECT
    }

    /// Reads a string that has no escapes, if one comes next. Leaves any other as it is.
    #[inline(always)]
    pub(crate) fn verbatim(&mut self) -> Option<&'de str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let end = plain(self.text.as_bytes(), start);
        if self.text.as_bytes().get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// Reads a string, whatever it has.
    #[inline(always)]
    fn string(&mut self) -> Result<Cow<'de, str>, Refused> {
        match self.verbatim() {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.escaped().map(Cow::Owned),
        }
    }

    /// Reads a string that is not verbatim.
    #[cold]
    fn escaped(&mut self) -> Result<String, Refused> {
        let start = self.at;
        self.expect(b'"')?;
        let bytes = self.text.as_bytes();
        let mut at = plain(bytes, self.at);
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
            at = plain(bytes, at + length);
        }
        self.at = at + 1;
        let raw = self.text.get(start..self.at).ok_or(Refused)?;
        Ok(decode::string(raw).into_owned())
    }

    fn pass_string(&mut self) -> Result<(), Refused> {
        if self.verbatim().is_none() {
            self.escaped()?;
        }
        Ok(())
    }

    /// An integer, which begins here. One of more digits than an `i64` surely has room for is refused.
    #[inline(always)]
    fn integer(&mut self) -> Result<i64, Refused> {
        const MOST_DIGITS: usize = 18;
        let negative = self.text.as_bytes().get(self.at) == Some(&b'-');
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
