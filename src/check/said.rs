//! What is said of members of the body, to be found again by the member.
//!
//! By sorted hashes: a map of the standard library would be one more for a module for the browser to bring along.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::diagnostic::Step;
use crate::order::{Numbered, sorted};

/// The ways to members, and what is said of each.
pub(super) struct Said<'a> {
    all: Vec<(&'a [Step], &'a str)>,
    by_hash: Vec<Numbered>,
}

impl<'a> Said<'a> {
    /// What is said, in any order.
    pub(super) fn of(all: Vec<(&'a [Step], &'a str)>) -> Self {
        Self { by_hash: sorted(all.iter().map(hash)), all }
    }

    /// Whether it is said of a member.
    pub(super) fn has(&self, steps: &[Step], what: &str) -> bool {
        self.times(steps, what).next().is_some()
    }

    /// Whether it is said of a member just once.
    pub(super) fn has_once(&self, steps: &[Step], what: &str) -> bool {
        self.times(steps, what).take(2).count() == 1
    }

    fn times(&self, steps: &[Step], what: &str) -> impl Iterator<Item = ()> {
        let hash = hash(&(steps, what));
        let first = self.by_hash.partition_point(|(known, _)| *known < hash);
        let same =
            self.by_hash.get(first..).unwrap_or_default().iter().take_while(move |(known, _)| *known == hash);
        same.filter(move |(_, at)| self.all.get(*at) == Some(&(steps, what))).map(|_| ())
    }
}

fn hash(said: &(&[Step], &str)) -> u64 {
    FxBuildHasher.hash_one(said)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Said;
    use crate::diagnostic::Step;

    proptest! {
        #[test]
        fn what_is_said_is_found(said in prop::collection::vec((0..3_usize, "[ab]"), 0..8), asked in 0..3_usize) {
            let steps: Vec<_> = said.iter().map(|(index, _)| [Step::Name("members"), Step::Index(*index)]).collect();
            let all: Vec<_> = steps.iter().zip(&said).map(|(steps, (_, what))| (&steps[..], &**what)).collect();
            let times = all.iter().filter(|(steps, what)| steps[1] == Step::Index(asked) && *what == "a").count();
            let said = Said::of(all);
            let steps = [Step::Name("members"), Step::Index(asked)];
            prop_assert_eq!(said.has(&steps, "a"), times > 0);
            prop_assert_eq!(said.has_once(&steps, "a"), times == 1);
        }
    }
}
