//! Members of the body that something has been said of, each found by the element of a list that it is in.
//!
//! Bodies with many faults have long lists; of a single element little can be said.

use crate::diagnostic::Step;

/// The ways to objects, and what is said of a member of each.
#[derive(Default)]
pub(super) struct Said<'a>(Vec<(usize, &'a [Step], &'a str)>);

impl<'a> Said<'a> {
    /// Notes a member, more than twice no more.
    pub(super) fn add(&mut self, steps: &'a [Step], what: &'a str) {
        if self.count(steps, what) < 2 {
            let element = element(steps);
            let at = self.0.partition_point(|(known, ..)| *known <= element);
            self.0.insert(at, (element, steps, what));
        }
    }

    /// How often a member has been noted.
    pub(super) fn count(&self, steps: &[Step], what: &str) -> usize {
        let element = element(steps);
        let first = self.0.partition_point(|(known, ..)| *known < element);
        let same = self.0.iter().skip(first).take_while(|(known, ..)| *known == element);
        same.filter(|(_, known, said)| *known == steps && *said == what).count()
    }
}

/// The index of the outermost element on the way.
fn element(steps: &[Step]) -> usize {
    steps.iter().find_map(|step| if let Step::Index(index) = step { Some(*index) } else { None }).unwrap_or(0)
}
