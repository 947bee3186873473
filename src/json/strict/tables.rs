//! How a model is filled without being known: slower than the deserializer, and the same code for all models.

use super::{Reader, Refused};
use crate::json::may_have_placeholder;
use crate::json::model::{Container, Lack, List, Model, Object, Seen, Want};
use crate::search::{is_same, position};

impl<'de> Reader<'de> {
    /// Fills a model with the value that comes next.
    pub(crate) fn fill(&mut self, model: &mut dyn Model<'de>) -> Result<(), Refused> {
        self.give(model.want(None)).map(drop)
    }

    /// Gives what is wanted, and tells what it is.
    fn give<'m>(&mut self, want: Want<'m, 'de>) -> Result<Seen<'m>, Refused> {
        match want {
            Want::Nothing => return self.word("null").map(|()| Seen::Null),
            Want::Bool(place) => *place = self.bool()?,
            Want::Integer(place) => {
                *place = self.integer()?;
                return Ok(Seen::Integer(*place));
            }
            Want::Object(object) => self.fill_object(object)?,
            Want::List(list) => return self.fill_list(list).map(Seen::List),
            of_string => {
                let string = self.string()?;
                match of_string {
                    Want::OneOf(words, place) => {
                        place.choose(position(words, string.as_bytes()).ok_or(Refused)?);
                    }
                    Want::Words(place) => place.take(string),
                    Want::Text(place) => {
                        *place = string;
                        if self.faultless && may_have_placeholder(place) {
                            return Err(Refused);
                        }
                        return Ok(Seen::Text(place));
                    }
                    _ => return Err(Refused),
                }
            }
        }
        Ok(Seen::Other)
    }

    /// Gives a member or an element what it wants, and tells what it is.
    #[inline(always)]
    fn give_at<'m>(
        &mut self,
        container: &'m mut dyn Container<'de>,
        number: usize,
    ) -> Result<Seen<'m>, Refused> {
        let lack = (self.peek() == Some(b'n')).then_some(Lack::Null);
        self.give(container.want_at(number, lack))
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
                    match position(shape.names, name.as_bytes()) {
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
            let seen = reader.give_at(object, number)?;
            let checks = shape.checks.get(number).copied().unwrap_or_default();
            if reader.faultless && checks.iter().any(|check| check.breach(seen).is_some()) {
                return Err(Refused);
            }
            Ok(())
        })?;
        let faulty = seen == 0 || shape.required & !seen != 0;
        if self.faultless && faulty { Err(Refused) } else { Ok(()) }
    }

    /// Passes over this name, if it comes next.
    fn passes_name(&mut self, name: &str) -> bool {
        if self.peek() != Some(b'"') {
            return false;
        }
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let passes = rest.get(name.len()) == Some(&b'"')
            && rest.get(..name.len()).is_some_and(|start| is_same(start, name.as_bytes()));
        self.at += if passes { name.len() + 2 } else { 0 };
        passes
    }

    fn fill_list(&mut self, list: &mut dyn List<'de>) -> Result<usize, Refused> {
        let mut length = 0;
        list.reserve(self.elements_left());
        self.items(*b"[]", |reader| {
            reader.give_at(list, length)?;
            length += 1;
            Ok(())
        })?;
        Ok(length)
    }
}
