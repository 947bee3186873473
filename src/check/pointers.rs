//! Many ways to members of the body, to be found again.
//!
//! By sorted hashes: a map of the standard library would be one more for a module for the browser to bring along.

use crate::diagnostic::{Pointer, Step};
use crate::order::{Numbered, sorted};

/// The ways to members.
pub(super) struct Pointers {
    all: Vec<Pointer>,
    by_hash: Vec<Numbered>,
}

impl Pointers {
    /// These, in any order.
    pub(super) fn of(all: Vec<Pointer>) -> Self {
        Self { by_hash: sorted(all.iter().map(hash)), all }
    }

    /// How many times this one is among them, if not more often than twice.
    pub(super) fn times(&self, pointer: &Pointer) -> usize {
        let hash = hash(pointer);
        let first = self.by_hash.partition_point(|(known, _)| *known < hash);
        let same = self.by_hash.iter().skip(first).take_while(|(known, _)| *known == hash);
        same.filter(|(_, at)| self.all.get(*at) == Some(pointer)).take(2).count()
    }
}

fn hash(pointer: &Pointer) -> u64 {
    let mut hash = 0;
    let mut add = |part: u64| hash = (hash ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for step in pointer.steps() {
        match step {
            Step::Name(name) => name.bytes().for_each(|byte| add(byte.into())),
            Step::Other(name) => name.bytes().for_each(|byte| add(byte.into())),
            Step::Index(index) => add(*index as u64),
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Pointers;
    use crate::diagnostic::{Pointer, Step};

    proptest! {
        #[test]
        fn they_are_found_again(all in prop::collection::vec((0..3_usize, 0..2_usize), 0..8), asked in 0..3_usize) {
            let pointer = |index, name| Pointer::new([Step::Index(index), Step::Name(["one", "two"][name])]);
            let pointers = Pointers::of(all.iter().map(|(index, name)| pointer(*index, *name)).collect());
            let times = all.iter().filter(|known| **known == (asked, 1)).count();
            prop_assert_eq!(pointers.times(&pointer(asked, 1)), times.min(2));
        }
    }
}
