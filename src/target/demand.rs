//! What rules demand of a target that is not known, taken together.
//!
//! A demand is the part of the space in which its rule fails. From all demands of a request follow the values
//! that each fact may still have, the combinations that are excluded, and the conflicts: demands that no target
//! meets together. The search covers only the facts that the open demands mention, and only those that hang
//! together. Knows nothing of any particular rule.

use crate::lists::{SmallVec, smallvec};

use super::fact::{Fact, Values};
use super::space::{Facts, Space};
use crate::diagnostic::{Need, Place, Requirement};
use crate::order;

/// The most targets that are looked at for facts that hang together. Those of one operation stay far below it.
const MOST_POINTS: usize = 1 << 16;

/// What one rule demands, by the part of the space in which it fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Demand {
    pub(crate) rule: &'static str,
    pub(crate) places: SmallVec<[Place; 1]>,
    pub(crate) fails: SmallVec<[Space; 2]>,
    pub(crate) standing: bool,
}

impl Demand {
    fn facts(&self, space: Space) -> Facts {
        self.fails.iter().fold(Facts::default(), |facts, part| facts.or(part.facts_unlike(space)))
    }

    fn fails_at(&self, point: Space) -> bool {
        self.fails.iter().any(|part| part.holds(point))
    }

    /// What is demanded, in words that follow "needs".
    pub(crate) fn words(&self, space: Space) -> String {
        let mut words = String::new();
        let mut say = |before: &str, fact: Fact, values: Values| {
            [before, fact.name(), " ", &fact.phrase(values)].iter().for_each(|part| words.push_str(part));
        };
        if let Some(fact) = self.facts(space).single() {
            let failing = self.fails.iter().fold(Space::NONE, |all, part| all.or(*part));
            say("", fact, space.get(fact).without(failing.get(fact)));
            return words;
        }
        let mut not = "not ";
        for part in &self.fails {
            for fact in part.facts_unlike(space).iter() {
                say(not, fact, part.get(fact));
                not = " with ";
            }
            not = ", nor ";
        }
        words
    }
}

/// What all rules demand of one request's target, as a rule little.
pub(crate) type Demands = SmallVec<[Demand; 2]>;

/// Adds a demand; the same demand of the same rule at another place only adds the place.
pub(crate) fn add(demands: &mut Demands, demand: Demand) {
    let same =
        demands.iter_mut().rev().find(|known| known.rule == demand.rule && known.fails == demand.fails);
    match same {
        Some(known) => known.places.extend(demand.places),
        None => demands.push(demand),
    }
}

/// What follows from all demands together.
#[derive(Debug, Default)]
pub(crate) struct Resolution {
    pub(crate) requirements: Vec<Requirement>,
    pub(crate) conflicts: Vec<Clash>,
}

/// Demands that no target meets together.
#[derive(Debug)]
pub(crate) struct Clash {
    /// Those that take part in any conflict from which none can be left out.
    pub(crate) parties: Parties,
    /// All that are on the same facts.
    pub(crate) group: Parties,
}

/// All demands on facts on which no target meets them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    pub(crate) demands: Demands,
    pub(crate) space: Space,
}

impl Conflict {
    pub(crate) fn of(group: Parties, demands: &[Demand], space: Space) -> Self {
        Self { demands: group.of(demands).cloned().collect(), space }
    }
}

/// Some of all demands, a bit each. Those of one operation, of which each rule makes few, stay far below 64.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Parties(u64);

impl Parties {
    const NONE: Self = Self(0);

    fn only(index: usize) -> Self {
        Self(1_u64.checked_shl(index as u32).unwrap_or(0))
    }

    const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of these are among the others.
    fn within(self, others: Self) -> bool {
        self.or(others) == others
    }

    /// Those of all demands that these are.
    pub(crate) fn of(self, demands: &[Demand]) -> impl Iterator<Item = &Demand> {
        let all = demands.iter().enumerate();
        all.filter(move |(index, _)| self.0 & Self::only(*index).0 != 0).map(|(_, demand)| demand)
    }
}

/// Takes the demands together. Places that only one requirement needs are moved into it.
pub(crate) fn resolve(demands: &mut [Demand], space: Space) -> Resolution {
    let mut resolution = Resolution::default();
    if demands.is_empty() {
        return resolution;
    }
    let mentioned: SmallVec<[Facts; 8]> = demands.iter().map(|demand| demand.facts(space)).collect();
    let mut left = mentioned.iter().fold(Facts::default(), |all, own| all.or(*own));
    resolution.requirements.reserve_exact(left.len() as usize);
    while let Some(fact) = left.first() {
        let facts = group(&mentioned, fact);
        left = left.without(facts);
        if let Some(requirement) = one_fact(demands, &mentioned, facts, space) {
            resolution.requirements.push(requirement);
            continue;
        }
        Group { demands, mentioned: &mentioned, facts, space, points: smallvec![] }.resolve(&mut resolution);
    }
    resolution
}

/// The short way for what is most common: demands on one fact, which some value meets.
fn one_fact(demands: &mut [Demand], mentioned: &[Facts], facts: Facts, space: Space) -> Option<Requirement> {
    let fact = facts.single()?;
    let mut values = space.get(fact);
    for (demand, _) in demands.iter().zip(mentioned).filter(|(_, own)| own.meets(facts)) {
        demand.fails.iter().for_each(|part| values = values.without(part.get(fact)));
    }
    if values.is_empty() {
        return None;
    }
    let mut requirement = Requirement::of(Need::OneOf(fact, values));
    for (demand, _) in demands.iter_mut().zip(mentioned).filter(|(_, own)| own.meets(facts)) {
        requirement.add(demand.rule, std::mem::take(&mut demand.places), demand.standing);
    }
    Some(requirement)
}

/// The facts that hang together with this one through demands.
fn group(mentioned: &[Facts], fact: Fact) -> Facts {
    let mut group = Facts::only(fact);
    loop {
        let meeting = mentioned.iter().filter(|own| own.meets(group));
        let grown = meeting.fold(group, |all, own| all.or(*own));
        if grown == group {
            return group;
        }
        group = grown;
    }
}

/// Facts that hang together, and the demands on them.
struct Group<'a> {
    /// All demands, not only those on these facts.
    demands: &'a [Demand],
    /// The facts that each of them mentions.
    mentioned: &'a [Facts],
    facts: Facts,
    space: Space,
    points: SmallVec<[Point; 16]>,
}

/// A target, as far as the facts of a group go, and the demands on them that it does not meet.
struct Point {
    at: Space,
    violated: Parties,
}

impl Group<'_> {
    fn resolve(mut self, resolution: &mut Resolution) {
        let sizes = self.facts.iter().map(|fact| self.space.get(fact).len() as usize);
        if sizes.product::<usize>() > MOST_POINTS {
            return;
        }
        self.points.push(Point { at: Space::NONE, violated: Parties::NONE });
        for fact in self.facts.iter() {
            for Point { at, .. } in std::mem::take(&mut self.points) {
                for value in self.space.get(fact).iter() {
                    self.points
                        .push(Point { at: at.with(fact, Values::only(value)), violated: Parties::NONE });
                }
            }
        }
        for (index, (demand, own)) in self.demands.iter().zip(self.mentioned).enumerate() {
            for point in self.points.iter_mut().filter(|_| own.meets(self.facts)) {
                if demand.fails_at(point.at) {
                    point.violated = point.violated.or(Parties::only(index));
                }
            }
        }
        let may = self.points.iter().filter(|point| point.violated == Parties::NONE);
        let may = may.fold(Space::NONE, |all, point| all.or(point.at));
        if may == Space::NONE {
            let own = self.mentioned.iter().enumerate().filter(|(_, own)| own.meets(self.facts));
            let group = own.fold(Parties::NONE, |all, (index, _)| all.or(Parties::only(index)));
            resolution.conflicts.push(Clash { parties: self.taking_part(Space::NONE), group });
        } else {
            self.require(may, &mut resolution.requirements);
        }
    }

    /// The demands that take part in any smallest choice of them of which each target in this part
    /// violates one.
    ///
    /// They are those of the smallest sets that targets violate: a conflict is a choice of demands that every
    /// target violates, and some smallest choice needs a demand exactly where it is in one of these.
    fn taking_part(&self, part: Space) -> Parties {
        let mut least: SmallVec<[Parties; 4]> = smallvec![];
        for Point { at, violated } in &self.points {
            let among = |known: &Parties| known.within(*violated);
            if *violated != Parties::NONE && at.holds(part) && !least.iter().any(among) {
                least.retain(|known| !violated.within(*known));
                least.push(*violated);
            }
        }
        least.iter().fold(Parties::NONE, |all, some| all.or(*some))
    }

    /// What is left to each fact, and the combinations that are excluded although each of their values is not.
    fn require(&self, may: Space, requirements: &mut Vec<Requirement>) {
        for fact in self.facts.iter() {
            let mut parties = Parties::NONE;
            for value in self.space.get(fact).without(may.get(fact)).iter() {
                parties = parties.or(self.taking_part(Space::NONE.with(fact, Values::only(value))));
            }
            if parties != Parties::NONE {
                requirements.push(self.requirement(Need::OneOf(fact, may.get(fact)), parties));
            }
        }
        for size in 2..=3 {
            for chosen in self.facts.parts().filter(|part| part.len() == size) {
                let [mut good, mut bad] = [Vec::new(), Vec::new()];
                for Point { at, violated } in &self.points {
                    let parts = if *violated == Parties::NONE { &mut good } else { &mut bad };
                    order::insert(parts, at.only(chosen));
                }
                for part in bad {
                    let told = |known: &Requirement| match &known.need {
                        Need::Not(values) => values.iter().all(|(fact, value)| part.get(*fact).has(*value)),
                        Need::OneOf(..) => false,
                    };
                    if may.holds(part) && good.binary_search(&part).is_err() && !requirements.iter().any(told)
                    {
                        let values = chosen.iter().map(|fact| (fact, part.get(fact).lowest())).collect();
                        requirements.push(self.requirement(Need::Not(values), self.taking_part(part)));
                    }
                }
            }
        }
    }

    fn requirement(&self, need: Need, parties: Parties) -> Requirement {
        let mut requirement = Requirement::of(need);
        for demand in parties.of(self.demands) {
            requirement.add(demand.rule, demand.places.clone(), demand.standing);
        }
        requirement
    }
}

impl Requirement {
    fn of(need: Need) -> Self {
        Self { need, rules: smallvec![], places: smallvec![], standing: true }
    }

    fn add(&mut self, rule: &'static str, places: SmallVec<[Place; 1]>, standing: bool) {
        self.standing &= standing;
        if !self.rules.contains(&rule) {
            self.rules.push(rule);
        }
        if self.places.is_empty() {
            self.places = places;
            return;
        }
        for place in places {
            if let Err(at) = self.places.binary_search(&place) {
                self.places.insert(at, place);
            }
        }
    }
}
