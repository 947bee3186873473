//! What is checked of a single value, whatever else its object says.
//!
//! It is taken from the `validate` attributes of the models, which validator reads too. What is wrong with a value is
//! told, and worded elsewhere.

use super::model::{Object, Seen};

/// A check of a single value.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// It must be there.
    Required,
    /// An integer must be between these.
    Range(i64, i64),
    /// A string or list must not be longer.
    Length(usize),
    /// A string must pass this.
    Text(fn(&str) -> Result<(), TextFault>),
}

/// What is wrong with a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextFault {
    /// It has characters that are not permitted, for this reason.
    Charset(&'static str),
    /// It is not an address.
    Address,
}

/// What is wrong with a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Breach<'m> {
    /// It is not there.
    Required,
    /// It is not between the bounds.
    Range {
        /// The value.
        value: i64,
        /// The least that is permitted.
        min: i64,
        /// The most that is permitted.
        max: i64,
    },
    /// It is too long.
    Length {
        /// How long it is.
        length: usize,
        /// What is counted.
        unit: &'static str,
        /// The most that is permitted.
        max: usize,
    },
    /// It is a string with a fault of its own.
    Text(&'m str, TextFault),
}

impl Check {
    /// What this check finds wrong.
    #[inline(always)]
    pub(crate) fn breach(self, seen: Seen<'_>) -> Option<Breach<'_>> {
        match (self, seen) {
            (Self::Required, Seen::Absent | Seen::Null) => Some(Breach::Required),
            (Self::Range(min, max), Seen::Integer(value)) if value < min || value > max => {
                Some(Breach::Range { value, min, max })
            }
            // The documents count characters. Bytes bound them from above, and are already counted.
            (Self::Length(max), Seen::Text(text)) if text.len() > max => Some(text.chars().count())
                .filter(|length| *length > max)
                .map(|length| Breach::Length { length, unit: "characters", max }),
            (Self::Length(max), Seen::List(length)) if length > max => {
                Some(Breach::Length { length, unit: "elements", max })
            }
            (Self::Text(check), Seen::Text(text)) => check(text).err().map(|fault| Breach::Text(text, fault)),
            _ => None,
        }
    }
}

/// An object whose members are looked at when it has been filled.
pub(crate) trait Checked<'a>: Object<'a> {
    /// What there is in the member of this number.
    fn seen_at(&self, number: usize) -> Seen<'_>;

    /// Tells what is wrong with the single values of its members. Written out for each object: going by the tables makes
    /// a good body cost a sixth more.
    #[cfg(not(target_family = "wasm"))]
    fn breaches<'o>(&'o self, told: &mut dyn FnMut(&'static str, Breach<'o>));
}

/// The same by the tables.
#[cfg(any(target_family = "wasm", test))]
pub(crate) fn breaches<'o>(object: &'o dyn Checked<'_>, mut told: impl FnMut(&'static str, Breach<'o>)) {
    let shape = object.shape();
    for (number, (name, checks)) in shape.names.iter().zip(shape.checks).enumerate() {
        if checks.is_empty() {
            continue;
        }
        let seen = object.seen_at(number);
        for check in *checks {
            if let Some(breach) = check.breach(seen) {
                told(name, breach);
            }
        }
    }
}

/// The members that must be there, a bit each.
pub(crate) const fn required(mut members: &[&[Check]]) -> u64 {
    let mut required = 0;
    let mut bit = 1;
    while let [checks, others @ ..] = members {
        let mut checks = *checks;
        while let [check, rest @ ..] = checks {
            if matches!(check, Check::Required) {
                required |= bit;
            }
            checks = rest;
        }
        bit <<= 1;
        members = others;
    }
    required
}

/// Whether no member of an object is there.
#[inline]
pub(crate) fn is_empty<'a>(object: &impl Checked<'a>) -> bool {
    let count = object.shape().names.len();
    (0..count).all(|number| object.seen_at(number) == Seen::Absent)
}

/// What the `validate` attributes among these ask for.
macro_rules! checks {
    ([$($done:tt)*]) => { &[$($done)*] };
    ([$($done:tt)*] #[validate($($rules:tt)*)] $($rest:tt)*) => {
        $crate::json::checks::checks!(rules [$($done)*] [$($rest)*] $($rules)*)
    };
    ([$($done:tt)*] #[$($other:tt)*] $($rest:tt)*) => {
        $crate::json::checks::checks!([$($done)*] $($rest)*)
    };
    (rules [$($done:tt)*] [$($rest:tt)*]) => {
        $crate::json::checks::checks!([$($done)*] $($rest)*)
    };
    (rules [$($done:tt)*] $rest:tt required $(, $($more:tt)*)?) => {
        $crate::json::checks::checks!(rules [$($done)* $crate::json::checks::Check::Required,] $rest $($($more)*)?)
    };
    (rules [$($done:tt)*] $rest:tt range(min = $min:literal, max = $max:literal) $(, $($more:tt)*)?) => {
        $crate::json::checks::checks!(rules [$($done)* $crate::json::checks::Check::Range($min, $max),] $rest $($($more)*)?)
    };
    (rules [$($done:tt)*] $rest:tt length($(min = 0,)? max = $max:literal) $(, $($more:tt)*)?) => {
        $crate::json::checks::checks!(rules [$($done)* $crate::json::checks::Check::Length($max),] $rest $($($more)*)?)
    };
    (rules [$($done:tt)*] $rest:tt custom(function = $function:ident) $(, $($more:tt)*)?) => {
        $crate::json::checks::checks!(rules [$($done)* $crate::json::checks::Check::Text(texts::$function),] $rest $($($more)*)?)
    };
}

pub(crate) use checks;
