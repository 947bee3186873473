//! The space of all targets: boxes and points in it, and sets of its dimensions, which are the facts.
//!
//! Sets of bits, and nothing else. What a box stands for is for whoever makes it to know.

use super::fact::{FACTS, Fact, Values};

/// A box in the space of all targets: what each fact may be, all combinations of it meant.
///
/// Every fact has a field in one word, with a bit a value, so that boxes are compared, cut and united at once.
/// A box with one bit in every field of a group of facts is a point: one target, as far as these facts go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Space(u64);

const FIELDS: [Field; FACTS] = {
    let mut fields = [Field { shift: 0, mask: 0 }; FACTS];
    let mut shift = 0;
    let mut index = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while index < FACTS {
        let domain = Fact::ALL[index].domain();
        fields[index] = Field { shift, mask: (domain.0 as u64) << shift };
        shift += domain.len();
        index += 1;
    }
    assert!(shift <= u64::BITS);
    fields
};

/// The fact that each bit belongs to.
const OWNERS: [Fact; u64::BITS as usize] = {
    let mut owners = [Fact::LoadBalancerType; u64::BITS as usize];
    let mut index = 0;
    #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
    while index < FACTS {
        let mut bit = 0;
        while bit < u64::BITS {
            if FIELDS[index].mask >> bit & 1 == 1 {
                owners[bit as usize] = Fact::ALL[index];
            }
            bit += 1;
        }
        index += 1;
    }
    owners
};

#[derive(Clone, Copy)]
struct Field {
    shift: u32,
    mask: u64,
}

impl Fact {
    const fn field(self) -> Field {
        #[expect(clippy::indexing_slicing, reason = "a fact's number is below FACTS")]
        FIELDS[self as usize]
    }
}

impl Default for Space {
    fn default() -> Self {
        Self::ALL
    }
}

impl Space {
    /// Every target there is.
    pub(crate) const ALL: Self = {
        let mut space = 0;
        let mut index = 0;
        #[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
        while index < FACTS {
            space |= FIELDS[index].mask;
            index += 1;
        }
        Self(space)
    };

    /// No fact at all: where a point begins.
    pub(crate) const NONE: Self = Self(0);

    #[inline(always)]
    pub(crate) const fn get(self, fact: Fact) -> Values {
        let field = fact.field();
        Values(((self.0 & field.mask) >> field.shift) as u16)
    }

    pub(crate) const fn set(&mut self, fact: Fact, values: Values) {
        let field = fact.field();
        self.0 = self.0 & !field.mask | (values.0 as u64) << field.shift & field.mask;
    }

    /// The same with one fact narrowed.
    pub(crate) const fn with(mut self, fact: Fact, values: Values) -> Self {
        self.set(fact, values);
        self
    }

    /// What lies in either, fact by fact.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether this point lies in the box.
    pub(crate) const fn holds(self, point: Self) -> bool {
        self.0 & point.0 == point.0
    }

    /// The facts that this box bounds differently from the other.
    pub(crate) const fn facts_unlike(self, other: Self) -> Facts {
        let mut unlike = self.0 ^ other.0;
        let mut facts = Facts(0);
        while unlike != 0 {
            let fact = owner(unlike.trailing_zeros());
            facts = facts.or(Facts::only(fact));
            unlike &= !fact.field().mask;
        }
        facts
    }

    /// Takes in another box that differs in one fact at most, so that the union is a box again.
    pub(crate) const fn absorb(&mut self, other: Self) -> bool {
        let unlike = self.0 ^ other.0;
        let one_fact = unlike == 0 || unlike & !owner(unlike.trailing_zeros()).field().mask == 0;
        if one_fact {
            self.0 |= other.0;
        }
        one_fact
    }

    /// The part of this box that speaks of these facts.
    pub(crate) fn only(self, facts: Facts) -> Self {
        Self(facts.iter().fold(0, |mask, fact| mask | fact.field().mask) & self.0)
    }
}

const fn owner(bit: u32) -> Fact {
    #[expect(clippy::indexing_slicing, reason = "a word has as many bits")]
    OWNERS[(bit & (u64::BITS - 1)) as usize]
}

/// A set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts(u16);

impl Facts {
    pub(crate) const fn only(fact: Fact) -> Self {
        Self(1 << fact as u16)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The first fact.
    pub(crate) fn first(self) -> Option<Fact> {
        Fact::ALL.get(self.0.trailing_zeros() as usize).copied()
    }

    /// The fact, if there is but one.
    pub(crate) fn single(self) -> Option<Fact> {
        self.first().filter(|_| self.len() == 1)
    }

    /// All sets that lie within it, itself included.
    pub(crate) fn parts(self) -> impl Iterator<Item = Self> {
        let mut part = 0_u16;
        std::iter::from_fn(move || {
            part = part.wrapping_sub(self.0) & self.0;
            (part != 0).then_some(Self(part))
        })
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Fact> {
        Values(self.0).iter().filter_map(|index| Fact::ALL.get(usize::from(index)).copied())
    }
}
