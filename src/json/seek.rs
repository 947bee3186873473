//! Where many pointers lead to in a good text, in one pass and without a tree.
//!
//! Only for texts that the strict reader has taken: it trusts what it passes over, and that no object has a name twice.
//! It says what a tree would say.

use std::borrow::Cow;
use std::cell::Cell;
use std::cmp::Ordering;
use std::ops::Range;

use super::{decode, eight};
use crate::diagnostic::{Pointer, Step};
use crate::lists::SmallVec;

/// Pointers, and where they lead to in a text.
#[derive(Debug)]
pub(crate) struct Sought<'a> {
    text: &'a str,
    /// In order; none where they are so few that each is sought when it is asked for.
    pointers: Vec<Pointer>,
    /// Where each of them leads to.
    places: Vec<Place>,
    /// The one after the last that was asked for. They are asked for in order, as a rule.
    next: Cell<usize>,
}

/// Up to so many pointers are sought one by one, which costs less than to keep them.
const FEW: usize = 2;

#[derive(Clone, Debug, Default)]
struct Place {
    nearest: Range<usize>,
    key: Option<Range<usize>>,
}

/// A pointer that is sought.
struct Found<'p> {
    steps: &'p [Step],
    place: Place,
}

impl<'p> Found<'p> {
    fn not_yet(pointer: &'p Pointer) -> Self {
        Self { steps: pointer.steps(), place: Place::default() }
    }
}

/// The end of what has not been passed yet.
const AHEAD: usize = usize::MAX;

impl<'a> Sought<'a> {
    /// Seeks the places that pointers lead to in a text that is JSON.
    pub(crate) fn new<'p>(text: &'a str, pointers: impl FnOnce() -> SmallVec<[&'p Pointer; 4]>) -> Self {
        let pointers = pointers();
        let mut sought = Self { text, pointers: Vec::new(), places: Vec::new(), next: Cell::new(0) };
        if pointers.len() > FEW {
            sought.pointers = pointers.iter().copied().cloned().collect();
            sought.pointers.sort_unstable_by(|one, other| by_steps(one.steps(), other.steps()));
            let mut found: Vec<Found<'_>> = sought.pointers.iter().map(Found::not_yet).collect();
            seek(text, &mut found);
            sought.places = found.into_iter().map(|found| found.place).collect();
        }
        sought
    }

    /// Where the value stands that one of the pointers leads to or, if there is none, the innermost one on the way.
    pub(crate) fn nearest(&self, pointer: &Pointer) -> Range<usize> {
        self.find(pointer).nearest
    }

    /// Where the name stands that one of the pointers ends with.
    pub(crate) fn key_range(&self, pointer: &Pointer) -> Option<Range<usize>> {
        self.find(pointer).key
    }

    fn find(&self, pointer: &Pointer) -> Place {
        if self.pointers.is_empty() {
            let mut alone = Found::not_yet(pointer);
            seek(self.text, std::slice::from_mut(&mut alone));
            return alone.place;
        }
        let next = self.next.get();
        let index = match self.pointers.get(next) {
            Some(known) if known == pointer => Ok(next),
            _ => self.pointers.binary_search_by(|known| by_steps(known.steps(), pointer.steps())),
        };
        let Ok(index) = index else { return Place::default() };
        self.next.set(index + 1);
        self.places.get(index).cloned().unwrap_or_default()
    }
}

/// Seeks the places of pointers that are in order.
fn seek(text: &str, found: &mut [Found<'_>]) {
    let pos = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    Seeker { text, pos, left: found.len() }.value(found, 0);
}

/// The order in which a pointer follows all that it goes through, and elements follow as they do in a list.
fn by_steps(one: &[Step], other: &[Step]) -> Ordering {
    one.iter().map(Seen::of).cmp(other.iter().map(Seen::of))
}

/// A step, whether or not the documents know its name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Seen<'p> {
    Index(usize),
    Name(&'p str),
}

impl<'p> Seen<'p> {
    fn of(step: &'p Step) -> Self {
        match step {
            Step::Index(index) => Self::Index(*index),
            Step::Name(name) => Self::Name(name),
            Step::Other(name) => Self::Name(name),
        }
    }
}

struct Seeker<'a> {
    text: &'a str,
    pos: usize,
    /// How many are still to be found. The rest of the text does not matter after the last.
    left: usize,
}

impl<'a> Seeker<'a> {
    /// Passes over the value that comes next, to which all of these lead with so many steps. Calls itself no
    /// deeper than the pointers are long.
    fn value(&mut self, sought: &mut [Found<'_>], depth: usize) {
        let first = self.next();
        let start = self.pos;
        let mut here = 0;
        for found in &mut *sought {
            found.place.nearest = start..AHEAD;
            here += usize::from(found.steps.len() == depth);
        }
        match (first, sought.get_mut(here..)) {
            (Some(b'{'), Some(inside @ [_, ..])) => self.members(inside, depth),
            (Some(b'['), Some(inside @ [_, ..])) => self.elements(inside, depth),
            _ => self.pass(first),
        }
        for found in sought {
            if found.place.nearest.end == AHEAD {
                found.place.nearest.end = self.pos;
            }
        }
        self.left = self.left.saturating_sub(here);
    }

    fn members(&mut self, sought: &mut [Found<'_>], depth: usize) {
        self.pos += 1;
        while self.next() == Some(b'"') {
            let start = self.pos;
            let plain = self.string();
            let key = start..self.pos;
            if self.next() == Some(b':') {
                self.pos += 1;
            }
            let name = if plain {
                Cow::Borrowed(self.text.get(key.start + 1..key.end - 1).unwrap_or_default())
            } else {
                decode::string(self.text.get(key.clone()).unwrap_or_default())
            };
            let inside = named(sought, depth, &name);
            if inside.is_empty() {
                let first = self.next();
                self.pass(first);
            } else {
                self.value(inside, depth + 1);
                for found in inside {
                    if found.steps.len() == depth + 1 {
                        found.place.key = Some(key.clone());
                    }
                }
                if self.left == 0 {
                    return;
                }
            }
            if self.next() == Some(b',') {
                self.pos += 1;
            }
        }
        self.pos += 1;
    }

    fn elements(&mut self, sought: &mut [Found<'_>], depth: usize) {
        self.pos += 1;
        let mut index = 0;
        let mut ahead = sought;
        while let Some(first) = self.next().filter(|first| *first != b']') {
            let this = |found: &Found<'_>| found.steps.get(depth) == Some(&Step::Index(index));
            let count = ahead.iter().take_while(|found| this(found)).count();
            let (inside, rest) = ahead.split_at_mut(count);
            if inside.is_empty() {
                self.pass(Some(first));
            } else {
                self.value(inside, depth + 1);
                if self.left == 0 {
                    return;
                }
            }
            ahead = rest;
            index += 1;
            if self.next() == Some(b',') {
                self.pos += 1;
            }
        }
        self.pos += 1;
    }

    /// Passes over space, and tells what follows it.
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.pos)? {
                b' ' | b'\n' | b'\t' | b'\r' => self.pos += 1,
                next => return Some(*next),
            }
        }
    }

    /// Passes over a value that no place lies in.
    fn pass(&mut self, first: Option<u8>) {
        match first {
            Some(b'"') => drop(self.string()),
            Some(b'{' | b'[') => self.brackets(),
            _ => self.word(),
        }
    }

    fn word(&mut self) {
        let rest = self.text.as_bytes().get(self.pos..).unwrap_or_default();
        let length =
            rest.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\n' | b'\t' | b'\r'));
        self.pos += length.unwrap_or(rest.len()).max(1);
    }

    /// Passes over a string, and tells whether it has no escapes.
    fn string(&mut self) -> bool {
        let (end, plain) = string_end(self.text.as_bytes(), self.pos + 1);
        self.pos = end;
        plain
    }

    fn brackets(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = self.pos;
        let mut open = 0_usize;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            match byte {
                b'"' => at = string_end(bytes, at).0,
                b'{' | b'[' => open += 1,
                b'}' | b']' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                _ => {}
            }
        }
        self.pos = at;
    }
}

/// The end of the string whose inside begins here, and whether it has no escapes.
#[inline]
fn string_end(bytes: &[u8], mut at: usize) -> (usize, bool) {
    let mut plain = true;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        if let Some(chunk) = rest.first_chunk() {
            match eight::first(eight::like(chunk, b'"') | eight::like(chunk, b'\\')) {
                Some(length) => at += length,
                None => {
                    at += chunk.len();
                    continue;
                }
            }
        }
        match bytes.get(at) {
            Some(b'"') => return (at + 1, plain),
            Some(b'\\') => (at, plain) = (at + 2, false),
            Some(_) => at += 1,
            None => return (bytes.len(), plain),
        }
    }
}

/// Those that take the step of this name next, of some that take a step each.
fn named<'f, 'p>(sought: &'f mut [Found<'p>], depth: usize, name: &str) -> &'f mut [Found<'p>] {
    let others = |found: &&Found<'p>| found.steps.get(depth).map(Seen::of) != Some(Seen::Name(name));
    let start = sought.iter().take_while(others).count();
    let rest = sought.get_mut(start..).unwrap_or_default();
    let count = rest.iter().take_while(|found| !others(found)).count();
    rest.get_mut(..count).unwrap_or_default()
}
