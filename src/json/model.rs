//! What a model tells of itself, so that one piece of code fills them all.
//!
//! A model declared with `model!` lists its members by name; whoever fills it is given the one it asks for, as
//! something that wants a value of a certain type. Nothing here knows any particular model.

use std::borrow::Cow;

use super::checks::Check;
use crate::diagnostic::Pointer;

/// Something that is filled from JSON in place.
pub trait Model<'a> {
    /// One that has not been filled.
    fn blank() -> Self
    where
        Self: Sized;

    /// What it wants, which is going to be put there. Nothing where it can be there without a value, and is.
    fn want(&mut self, lack: Option<Lack>) -> Want<'_, 'a>;

    /// What there is in it.
    fn seen(&self) -> Seen<'_> {
        Seen::Other
    }

    /// Tells what there is in it that no JSON text says. `at` leads to it.
    fn gaps(&self, at: &dyn Fn() -> Pointer, told: &mut dyn FnMut(Pointer, Gap))
    where
        Self: Sized,
    {
        let _ = (at, told);
    }
}

/// What a program can put into a model, though no JSON text says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// A value that is not known.
    Unknown,
    /// A value that only a response can have.
    OnlyReturned {
        /// Its word.
        word: &'static str,
        /// The words that a request can have.
        permitted: &'static [&'static str],
    },
}

/// What there is instead of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// `null`.
    Null,
    /// Something that is not known.
    Unknown,
}

/// What a model wants.
pub enum Want<'m, 'a> {
    /// Nothing.
    Nothing,
    /// A boolean.
    Bool(&'m mut bool),
    /// An integer.
    Integer(&'m mut i64),
    /// A string.
    Text(&'m mut Cow<'a, str>),
    /// A string, of which it makes something else.
    Words(&'m mut dyn Words),
    /// One of these strings, by its number.
    OneOf(&'static [&'static str], &'m mut dyn Choice),
    /// An object.
    Object(&'m mut dyn Object<'a>),
    /// A list.
    List(&'m mut dyn List<'a>),
}

/// Something that is made of a string.
pub trait Words {
    /// Takes the string.
    fn take(&mut self, text: Cow<'_, str>);
}

/// An enumeration.
pub trait Choice {
    /// Becomes the value of this number.
    fn choose(&mut self, number: usize);
}

/// A list or an object.
pub trait Container<'a> {
    /// What the element or member of this number wants. An element comes to be when it is asked for after all others.
    fn want_at(&mut self, number: usize, lack: Option<Lack>) -> Want<'_, 'a>;
}

/// A list.
pub trait List<'a>: Container<'a> {
    /// Makes room for this many more elements.
    fn reserve(&mut self, more: usize);
}

/// An object.
pub trait Object<'a>: Container<'a> {
    /// What is the same for all objects of this type.
    fn shape(&self) -> &'static Shape;
}

/// What all objects of a type have in common.
#[derive(Debug)]
pub struct Shape {
    /// The names of the members.
    pub names: &'static [&'static str],
    /// What is checked of each member.
    pub checks: &'static [&'static [Check]],
    /// The members that must be there, a bit each.
    pub required: u64,
    /// Whether there may be other members, which are passed over.
    pub open: bool,
}

/// What is in a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen<'m> {
    /// Nothing.
    Absent,
    /// `null`.
    Null,
    /// A value that is not known.
    Unknown,
    /// An integer.
    Integer(i64),
    /// A string.
    Text(&'m str),
    /// A list of this length.
    List(usize),
    /// Something else.
    Other,
}

/// The names of an object's members.
pub(crate) fn names_of<'a, T: Model<'a> + Object<'a>>() -> &'static [&'static str] {
    T::blank().shape().names
}

/// Whether there is nothing in a model.
pub(crate) fn is_absent<'a>(model: &impl Model<'a>) -> bool {
    model.seen() == Seen::Absent
}

impl<'a> Model<'a> for bool {
    fn blank() -> Self {
        false
    }

    fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
        Want::Bool(self)
    }
}

impl<'a> Model<'a> for i64 {
    fn blank() -> Self {
        0
    }

    fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
        Want::Integer(self)
    }

    fn seen(&self) -> Seen<'_> {
        Seen::Integer(*self)
    }
}

impl Words for String {
    fn take(&mut self, text: Cow<'_, str>) {
        *self = text.into_owned();
    }
}

impl<'a> Model<'a> for String {
    fn blank() -> Self {
        Self::new()
    }

    fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
        Want::Words(self)
    }
}

impl<'a, T: Model<'a>> Model<'a> for Box<T> {
    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn want(&mut self, lack: Option<Lack>) -> Want<'_, 'a> {
        (**self).want(lack)
    }

    fn seen(&self) -> Seen<'_> {
        (**self).seen()
    }

    fn gaps(&self, at: &dyn Fn() -> Pointer, told: &mut dyn FnMut(Pointer, Gap)) {
        (**self).gaps(at, told);
    }
}

impl<'a, T: Model<'a>> Model<'a> for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
        Want::List(self)
    }

    fn seen(&self) -> Seen<'_> {
        Seen::List(self.len())
    }

    fn gaps(&self, at: &dyn Fn() -> Pointer, told: &mut dyn FnMut(Pointer, Gap)) {
        for (index, element) in self.iter().enumerate() {
            element.gaps(&|| at().then(index), told);
        }
    }
}

impl<'a, T: Model<'a>> Container<'a> for Vec<T> {
    fn want_at(&mut self, number: usize, lack: Option<Lack>) -> Want<'_, 'a> {
        if number == self.len() {
            self.push(T::blank());
        }
        self.get_mut(number).map_or(Want::Nothing, |element| element.want(lack))
    }
}

impl<'a, T: Model<'a>> List<'a> for Vec<T> {
    fn reserve(&mut self, more: usize) {
        Self::reserve(self, more);
    }
}

/// Declares a model: a struct as it stands, and what it tells of itself. Each field is filled by the member of its name,
/// and written unless it is absent, so that what is sent is what was judged.
macro_rules! model {
    (
        $(#[$($attribute:tt)*])*
        $visibility:vis struct $name:ident $(<$lifetime:lifetime>)? {
            $($(#[$($of_field:tt)*])* $of_visibility:vis $field:ident: $type:ty),* $(,)?
        }
    ) => {
        $(#[$($attribute)*])*
        $visibility struct $name $(<$lifetime>)? {
            $(
                $(#[$($of_field)*])*
                #[serde(skip_serializing_if = "crate::json::model::is_absent")]
                $of_visibility $field: $type,
            )*
        }

        const _: () = {
            use $crate::diagnostic::Pointer;
            use $crate::json::checks::Checked;
            use $crate::json::model::{Container, Gap, Lack, Model, Object, Seen, Shape, Want};

            #[allow(non_camel_case_types)]
            enum Number { $($field),* }

            const CHECKS: &[&[$crate::json::checks::Check]] =
                &[$($crate::json::checks::checks!([] $(#[$($of_field)*])*)),*];

            static SHAPE: Shape = Shape {
                names: &[$($crate::json::model::name(stringify!($field))),*],
                checks: CHECKS,
                required: $crate::json::checks::required(CHECKS),
                open: $crate::json::model::open!($(#[$($attribute)*])*),
            };

            impl<'a> Model<'a> for $name $(<$lifetime>)? {
                fn blank() -> Self {
                    Self::default()
                }

                fn want(&mut self, _: Option<Lack>) -> Want<'_, 'a> {
                    Want::Object(self)
                }

                fn gaps(&self, at: &dyn Fn() -> Pointer, told: &mut dyn FnMut(Pointer, Gap)) {
                    $(self.$field.gaps(&|| at().then($crate::json::model::name(stringify!($field))), told);)*
                }
            }

            impl<'a> Container<'a> for $name $(<$lifetime>)? {
                fn want_at(&mut self, number: usize, lack: Option<Lack>) -> Want<'_, 'a> {
                    match number {
                        $(number if number == Number::$field as usize => self.$field.want(lack),)*
                        _ => Want::Nothing,
                    }
                }
            }

            impl<'a> Object<'a> for $name $(<$lifetime>)? {
                fn shape(&self) -> &'static Shape {
                    &SHAPE
                }
            }

            impl<'a> Checked<'a> for $name $(<$lifetime>)? {
                fn seen_at(&self, number: usize) -> Seen<'_> {
                    match number {
                        $(number if number == Number::$field as usize => self.$field.seen(),)*
                        _ => Seen::Other,
                    }
                }

                #[cfg(not(target_family = "wasm"))]
                #[inline]
                fn breaches<'o>(&'o self, told: &mut dyn FnMut(&'static str, $crate::json::checks::Breach<'o>)) {
                    $({
                        const CHECKS: &[$crate::json::checks::Check] =
                            $crate::json::checks::checks!([] $(#[$($of_field)*])*);
                        for check in CHECKS {
                            if let Some(breach) = check.breach(Model::seen(&self.$field)) {
                                told($crate::json::model::name(stringify!($field)), breach);
                            }
                        }
                    })*
                    let _ = told;
                }
            }
        };
    };
}

/// Whether a struct with these attributes takes members that it does not have.
macro_rules! open {
    () => { true };
    (#[serde(default, deny_unknown_fields)] $($rest:tt)*) => { false };
    (#[$($other:tt)*] $($rest:tt)*) => { $crate::json::model::open!($($rest)*) };
}

pub(crate) use {model, open};

/// The name of a field, without what makes a keyword usable as one.
pub(crate) const fn name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}
