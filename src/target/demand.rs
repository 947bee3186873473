//! What rules demand of a target that is not known, taken together.
//!
//! A demand is the part of the space in which its rule fails. From all demands of a request follow the values
//! that each fact may still have, the combinations that are excluded, and the conflicts: demands that no target
//! meets together. The search covers only the facts that the open demands mention, and only those that hang
//! together. Knows nothing of any particular rule.

use crate::lists::{SmallVec, smallvec};

use super::fact::{Fact, Facts, Space, Values};
use crate::diagnostic::{Need, Place, Requirement};

/// The most targets that are looked at for facts that hang together. Those of one operation stay far below it.
const MOST_POINTS: usize = 1 << 16;

/// What one rule demands, by the part of the space in which it fails.
#[derive(Debug)]
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
        let facts = self.facts(space);
        if facts.len() == 1 {
            let failing = self.fails.iter().fold(Space::NONE, |all, part| all.or(*part));
            let needs = |fact: Fact| {
                format!("{} {}", fact.name(), fact.phrase(space.get(fact).without(failing.get(fact))))
            };
            return facts.iter().map(needs).collect();
        }
        let mut words = String::new();
        for part in &self.fails {
            words.push_str(if words.is_empty() { "not " } else { ", nor " });
            for (index, fact) in part.facts_unlike(space).iter().enumerate() {
                words.push_str(if index == 0 { "" } else { " with " });
                words.push_str(&format!("{} {}", fact.name(), fact.phrase(part.get(fact))));
            }
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
    /// Demands that no target meets together, by their index. Every demand is named that takes part in any
    /// conflict from which none can be left out.
    pub(crate) conflicts: Vec<Vec<usize>>,
}

/// Takes the demands together. Places that only one requirement needs are moved into it.
pub(crate) fn resolve(demands: &mut [Demand], space: Space) -> Resolution {
    let mut resolution = Resolution::default();
    if demands.is_empty() {
        return resolution;
    }
    let mentioned: SmallVec<[Facts; 8]> = demands.iter().map(|demand| demand.facts(space)).collect();
    let groups = groups(&mentioned);
    resolution.requirements.reserve_exact(groups.len());
    for facts in groups {
        if let Some(requirement) = one_fact(demands, &mentioned, facts, space) {
            resolution.requirements.push(requirement);
            continue;
        }
        let members = demands.iter().zip(&mentioned).enumerate();
        let members = members.filter(|(_, (_, own))| facts.covers(**own));
        let members = members.map(|(index, (demand, _))| Member { index, demand }).collect();
        Group { members, facts, space }.resolve(&mut resolution);
    }
    resolution
}

/// The short way for what is most common: demands on one fact, which some value meets.
fn one_fact(demands: &mut [Demand], mentioned: &[Facts], facts: Facts, space: Space) -> Option<Requirement> {
    let fact = facts.iter().next().filter(|_| facts.len() == 1)?;
    let failing = demands.iter().zip(mentioned).filter(|(_, own)| own.meets(facts));
    let failing = failing.flat_map(|(demand, _)| &demand.fails).fold(Space::NONE, |all, part| all.or(*part));
    let values = space.get(fact).without(failing.get(fact));
    if values.is_empty() {
        return None;
    }
    let mut requirement = Requirement::of(Need::OneOf(fact, values));
    for (demand, _) in demands.iter_mut().zip(mentioned).filter(|(_, own)| own.meets(facts)) {
        requirement.add(demand.rule, std::mem::take(&mut demand.places), demand.standing);
    }
    Some(requirement)
}

/// The sets of facts that hang together through a demand.
fn groups(mentioned: &[Facts]) -> SmallVec<[Facts; 8]> {
    let mut groups: SmallVec<[Facts; 8]> = smallvec![];
    for facts in mentioned {
        let mut joined = *facts;
        groups.retain(|group| {
            let meets = group.meets(joined);
            if meets {
                joined = joined.or(*group);
            }
            !meets
        });
        let first = |group: &Facts| group.iter().next().map_or(0, |fact| fact as u8);
        let at = groups.partition_point(|group| first(group) < first(&joined));
        groups.insert(at, joined);
    }
    groups
}

struct Member<'a> {
    index: usize,
    demand: &'a Demand,
}

/// Demands whose facts hang together.
struct Group<'a> {
    members: SmallVec<[Member<'a>; 4]>,
    facts: Facts,
    space: Space,
}

impl Group<'_> {
    fn resolve(&self, resolution: &mut Resolution) {
        let sizes = self.facts.iter().map(|fact| self.space.get(fact).len() as usize);
        if sizes.product::<usize>() > MOST_POINTS {
            return;
        }
        let mut met: SmallVec<[Space; 16]> = smallvec![];
        let mut unmet: SmallVec<[Unmet; 16]> = smallvec![];
        for point in self.points() {
            let violated = self.violated(point);
            if violated == 0 {
                met.push(point);
            } else {
                unmet.push(Unmet { point, violated });
            }
        }
        if met.is_empty() {
            let parties = self.parties(taking_part(&unmet));
            resolution.conflicts.push(parties.map(|member| member.index).collect());
        } else {
            self.require(&met, &unmet, resolution);
        }
    }

    /// Every target, as far as the facts of this group go.
    fn points(&self) -> SmallVec<[Space; 16]> {
        let mut points: SmallVec<[Space; 16]> = smallvec![Space::NONE];
        for fact in self.facts.iter() {
            points = points
                .iter()
                .flat_map(|point| {
                    self.space.get(fact).iter().map(|value| point.with(fact, Values::only(value)))
                })
                .collect();
        }
        points
    }

    /// The members of the group, by bit, that this target does not meet.
    fn violated(&self, point: Space) -> u128 {
        let members = self.members.iter().take(128).enumerate();
        members.filter(|(_, member)| member.demand.fails_at(point)).fold(0, |set, (bit, _)| set | 1 << bit)
    }

    /// The members of these bits.
    fn parties(&self, bits: u128) -> impl Iterator<Item = &Member<'_>> {
        let members = self.members.iter().enumerate();
        members.filter(move |(bit, _)| bits.checked_shr(*bit as u32).unwrap_or(0) & 1 == 1).map(|(_, it)| it)
    }

    fn require(&self, met: &[Space], unmet: &[Unmet], resolution: &mut Resolution) {
        let may = met.iter().fold(Space::NONE, |all, point| all.or(*point));
        for fact in self.facts.iter() {
            let excluded = self.space.get(fact).without(may.get(fact));
            if !excluded.is_empty() {
                let excluded = excluded.iter().map(|value| Space::NONE.with(fact, Values::only(value)));
                let bits = excluded.fold(0, |bits, part| bits | taking_part(within(unmet, part)));
                let need = Need::OneOf(fact, may.get(fact));
                resolution.requirements.push(self.requirement(need, bits));
            }
        }
        if self.facts.len() > 1 {
            for size in 2..=self.facts.len().min(3) {
                self.require_not(size, met, unmet, may, resolution);
            }
        }
    }

    /// The combinations of `size` values, each of which may be had, but not all at once.
    fn require_not(
        &self,
        size: u32,
        met: &[Space],
        unmet: &[Unmet],
        may: Space,
        resolution: &mut Resolution,
    ) {
        for chosen in subsets(self.facts, size) {
            let cut = |points: &mut dyn Iterator<Item = Space>| {
                let mut cut: Vec<Space> = Vec::new();
                for point in points.map(|point| point.only(chosen)) {
                    if let Err(at) = cut.binary_search(&point) {
                        cut.insert(at, point);
                    }
                }
                cut
            };
            let good = cut(&mut met.iter().copied());
            for bad in cut(&mut unmet.iter().map(|unmet| unmet.point)) {
                let told = |known: &Requirement| match &known.need {
                    Need::Not(values) => values.iter().all(|(fact, value)| bad.get(*fact).has(*value)),
                    Need::OneOf(..) => false,
                };
                if may.holds(bad)
                    && good.binary_search(&bad).is_err()
                    && !resolution.requirements.iter().any(told)
                {
                    let values = chosen.iter().map(|fact| (fact, bad.get(fact).lowest())).collect();
                    let bits = taking_part(within(unmet, bad));
                    resolution.requirements.push(self.requirement(Need::Not(values), bits));
                }
            }
        }
    }

    fn requirement(&self, need: Need, bits: u128) -> Requirement {
        let mut requirement = Requirement::of(need);
        for Member { demand, .. } in self.parties(bits) {
            requirement.add(demand.rule, demand.places.clone(), demand.standing);
        }
        requirement
    }
}

/// A target that does not meet all demands of a group, and those that it does not meet, by bit.
struct Unmet {
    point: Space,
    violated: u128,
}

/// The targets that have the values that a part of the space has.
fn within(unmet: &[Unmet], part: Space) -> impl Iterator<Item = &Unmet> {
    unmet.iter().filter(move |unmet| unmet.point.holds(part))
}

/// The demands, by bit, that take part in any smallest choice of them of which each of these targets violates one.
fn taking_part<'u>(unmet: impl IntoIterator<Item = &'u Unmet>) -> u128 {
    let mut least: SmallVec<[u128; 4]> = smallvec![];
    unmet.into_iter().for_each(|unmet| keep_minimal(&mut least, unmet.violated));
    least.iter().fold(0, |all, set| all | set)
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
        } else {
            for place in std::mem::take(&mut self.places).into_iter().chain(places) {
                if let Err(at) = self.places.binary_search(&place) {
                    self.places.insert(at, place);
                }
            }
        }
    }
}

fn subsets(facts: Facts, size: u32) -> impl Iterator<Item = Facts> {
    let all: SmallVec<[Fact; 4]> = facts.iter().collect();
    (0u32..1 << all.len()).filter(move |chosen| chosen.count_ones() == size).map(move |chosen| {
        let members = all.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1);
        members.fold(Facts::default(), |set, (_, fact)| set.or(Facts::only(*fact)))
    })
}

/// Keeps the sets that contain no other. A demand takes part in some smallest conflict exactly where it is in
/// one of these: a conflict is a choice of demands that every target violates, and the demands that some
/// minimal choice needs are those of the minimal violated sets.
fn keep_minimal(sets: &mut SmallVec<[u128; 4]>, set: u128) {
    if sets.iter().any(|known| known & set == *known) {
        return;
    }
    sets.retain(|known| *known & set != set);
    sets.push(set);
}
