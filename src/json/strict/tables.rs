//! How a model is filled without being known: slower than the deserializer, and the same code for all models.

use super::{Reader, Refused};
use crate::json::may_have_placeholder;
use crate::json::model::{Lack, List, Model, Object, Want};

impl<'de> Reader<'de> {
    /// Fills a model with the value that comes next.
    pub(crate) fn fill(&mut self, model: &mut dyn Model<'de>) -> Result<(), Refused> {
        if self.peek() == Some(b'n') && model.lack(Lack::Null) {
            return self.word("null");
        }
        match model.want() {
            Want::Nothing => return Err(Refused),
            Want::Bool(place) => *place = self.bool()?,
            Want::Integer(place) => *place = self.integer()?,
            Want::Text(place) => {
                *place = self.string()?;
                if self.faultless && may_have_placeholder(place) {
                    return Err(Refused);
                }
            }
            Want::Words(place) => place.take(self.string()?),
            Want::OneOf(words, place) => {
                let word = self.string()?;
                place.choose(words.iter().position(|known| **known == word).ok_or(Refused)?);
            }
            Want::Object(object) => self.fill_object(object)?,
            Want::List(list) => self.fill_list(list)?,
        }
        Ok(())
    }

    fn fill_object(&mut self, object: &mut dyn Object<'de>) -> Result<(), Refused> {
        let shape = object.shape();
        let mut seen = 0_u64;
        let mut next = 0;
        self.items(*b"{}", |reader| {
            // Most people write members in the order of the documents.
            let number = match shape.names.get(next) {
                Some(name) if reader.passes_name(name) => next,
                _ => {
                    let name = reader.string()?;
                    match shape.names.iter().position(|known| **known == name) {
                        Some(number) => number,
                        None if shape.open && !reader.faultless => {
                            reader.expect(b':')?;
                            return reader.pass();
                        }
                        None => return Err(Refused),
                    }
                }
            };
            reader.expect(b':')?;
            let bit = 1_u64.checked_shl(number as u32).ok_or(Refused)?;
            if seen & bit != 0 {
                return Err(Refused);
            }
            seen |= bit;
            next = number + 1;
            let member = object.member(number).ok_or(Refused)?;
            reader.fill(member)?;
            let checks = shape.checks.get(number).copied().unwrap_or_default();
            if reader.faultless && !checks.is_empty() {
                let seen = member.seen();
                if checks.iter().any(|check| check.breach(seen).is_some()) {
                    return Err(Refused);
                }
            }
            Ok(())
        })?;
        if self.faultless && shape.required & !seen != 0 { Err(Refused) } else { Ok(()) }
    }

    /// Passes over this name, if it comes next.
    fn passes_name(&mut self, name: &str) -> bool {
        if self.peek() != Some(b'"') {
            return false;
        }
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let passes = rest.get(name.len()) == Some(&b'"') && rest.starts_with(name.as_bytes());
        self.at += if passes { name.len() + 2 } else { 0 };
        passes
    }

    fn fill_list(&mut self, list: &mut dyn List<'de>) -> Result<(), Refused> {
        list.reserve(self.elements_left());
        self.items(*b"[]", |reader| reader.fill(list.push().ok_or(Refused)?))
    }
}
