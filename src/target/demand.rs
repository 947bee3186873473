//! What rules demand of a target that is not known, taken together.
//!
//! A demand is the part of the space in which its rule fails. From all demands of a request follow the values
//! that each fact may still have, the combinations that are excluded, and the conflicts: demands that no target
//! meets together. The search covers only the facts that the open demands mention, and only those that hang
//! together. Knows nothing of any particular rule.

use smallvec::SmallVec;

use super::fact::{Fact, Space, Values};
use crate::diagnostic::{Need, Place, Requirement};

/// The most combinations of values that are searched. All facts of one operation stay far below it.
const MOST_POINTS: usize = 1 << 16;

/// What one rule demands, by the part of the space in which it fails.
#[derive(Debug)]
pub(crate) struct Demand {
    pub(crate) rule: &'static str,
    pub(crate) places: SmallVec<[Place; 1]>,
    pub(crate) fails: SmallVec<[Space; 1]>,
    pub(crate) standing: bool,
}

/// Combinations that no target has: each fact has one of the values named for it.
///
/// The sources: a sticky session of type SOURCE_IP is mandatory for a QUIC pool, QUIC_CID is an algorithm of QUIC
/// pools only (Updating a Backend Server Group, 2024-04-18, UpdatePoolOption and
/// UpdatePoolSessionPersistenceOption); a group of type `ip` has no VPC and one of type `instance` has one (the
/// same, `type`).
const IMPOSSIBLE: &[[(Fact, &[&str]); 2]] = &[
    [
        (Fact::PoolLbAlgorithm, &["QUIC_CID"]),
        (Fact::PoolProtocol, &["TCP", "UDP", "IP", "TLS", "TCPSSL", "HTTP", "HTTPS", "GRPC"]),
    ],
    [
        (Fact::PoolProtocol, &["QUIC"]),
        (Fact::PoolSessionPersistenceType, &["HTTP_COOKIE", "APP_COOKIE", "none"]),
    ],
    [(Fact::PoolType, &["ip"]), (Fact::PoolVpcId, &["set"])],
    [(Fact::PoolType, &["instance"]), (Fact::PoolVpcId, &["blank"])],
];

fn impossible() -> impl Iterator<Item = [(Fact, Values); 2]> {
    IMPOSSIBLE.iter().map(|pair| {
        pair.map(|(fact, words)| {
            (fact, words.iter().fold(Values::default(), |all, word| all.or(fact.read(word))))
        })
    })
}

/// A set of facts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Facts(u16);

impl Facts {
    fn add(&mut self, fact: Fact) {
        self.0 |= 1 << fact as u8;
    }

    fn has(self, fact: Fact) -> bool {
        self.0 >> fact as u8 & 1 == 1
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn iter(self) -> impl Iterator<Item = Fact> {
        Fact::ALL.iter().copied().filter(move |fact| self.has(*fact))
    }
}

impl FromIterator<Fact> for Facts {
    fn from_iter<I: IntoIterator<Item = Fact>>(facts: I) -> Self {
        let mut set = Self::default();
        facts.into_iter().for_each(|fact| set.add(fact));
        set
    }
}

impl Demand {
    fn facts(&self, space: &Space) -> Facts {
        self.fails.iter().flat_map(|part| part.bounds(space)).collect()
    }

    /// What is demanded, in words that follow "needs".
    pub(crate) fn words(&self, space: &Space) -> String {
        let facts: SmallVec<[Fact; 3]> = self.facts(space).iter().collect();
        if let [fact] = facts.as_slice() {
            let failing = self.fails.iter().fold(Values::default(), |all, part| all.or(part.get(*fact)));
            return format!("{} {}", fact.name(), fact.phrase(space.get(*fact).without(failing)));
        }
        let mut words = String::new();
        for part in &self.fails {
            words.push_str(if words.is_empty() { "not " } else { ", nor " });
            for (index, fact) in part.bounds(space).enumerate() {
                words.push_str(if index == 0 { "" } else { " with " });
                words.push_str(&format!("{} {}", fact.name(), fact.phrase(part.get(fact))));
            }
        }
        words
    }
}

/// Adds a demand; the same demand of the same rule at another place only adds the place.
pub(crate) fn add(demands: &mut Vec<Demand>, demand: Demand) {
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

/// Takes the demands together.
pub(crate) fn resolve(demands: &[Demand], space: &Space) -> Resolution {
    let mut resolution = Resolution::default();
    if demands.is_empty() {
        return resolution;
    }
    let facts: SmallVec<[Facts; 8]> = demands.iter().map(|demand| demand.facts(space)).collect();
    for group in groups(&facts, space) {
        let members: SmallVec<[usize; 8]> = (0..demands.len())
            .filter(|index| facts.get(*index).is_some_and(|own| group.covers(*own)))
            .collect();
        Group { demands, facts: &facts, members, group, space }.resolve(&mut resolution);
    }
    resolution
}

/// The sets of facts that hang together through a demand or an impossible combination.
fn groups(facts: &[Facts], space: &Space) -> SmallVec<[Facts; 8]> {
    let mentioned = Facts(facts.iter().fold(0, |all, own| all | own.0));
    let links = impossible().map(|pair| pair.iter().map(|(fact, _)| *fact).collect::<Facts>());
    let links =
        links.filter(|link| mentioned.covers(*link) && link.iter().all(|fact| space.get(fact).len() > 1));
    let mut groups: SmallVec<[Facts; 8]> = SmallVec::new();
    for mut link in facts.iter().copied().chain(links) {
        groups.retain(|group| {
            let meets = group.meets(link);
            if meets {
                link.0 |= group.0;
            }
            !meets
        });
        groups.push(link);
    }
    groups.sort_by_key(|group| group.0.trailing_zeros());
    groups
}

struct Group<'a> {
    demands: &'a [Demand],
    facts: &'a [Facts],
    members: SmallVec<[usize; 8]>,
    group: Facts,
    space: &'a Space,
}

/// A target, by its values of the facts of one group.
type Point = SmallVec<[(Fact, u8); 3]>;

impl Group<'_> {
    fn resolve(&self, resolution: &mut Resolution) {
        let size: usize = self.group.iter().map(|fact| self.space.get(fact).len() as usize).product();
        if size > MOST_POINTS {
            return;
        }
        let mut possible: Vec<Point> = Vec::with_capacity(size);
        let mut met: Vec<bool> = Vec::with_capacity(size);
        let mut unmet: Vec<u128> = Vec::new();
        let impossible: SmallVec<[_; 4]> = impossible()
            .filter(|pair| {
                pair.iter().all(|(fact, _)| self.group.has(*fact) && self.space.get(*fact).len() > 1)
            })
            .collect();
        let mut point: Point = self.group.iter().map(|fact| (fact, self.space.get(fact).lowest())).collect();
        loop {
            if !impossible.iter().any(|pair| is_in(pair, &point)) {
                let violated = self.violated(&point);
                met.push(violated == 0);
                possible.push(point.clone());
                if violated != 0 {
                    keep_minimal(&mut unmet, violated);
                }
            }
            if !next(&mut point, self.space) {
                break;
            }
        }
        if met.contains(&true) {
            self.require(&possible, &met, resolution);
        } else {
            let taking_part = unmet.iter().fold(0, |all, set| all | set);
            let parties = self.members.iter().enumerate();
            let parties = parties.filter(|(bit, _)| *bit < 128 && taking_part >> bit & 1 == 1);
            resolution.conflicts.push(parties.map(|(_, index)| *index).collect());
        }
    }

    /// The members of the group, by bit, that this target does not meet.
    fn violated(&self, point: &Point) -> u128 {
        let members = self.members.iter().take(128).enumerate();
        members
            .filter(|(_, index)| {
                self.demands
                    .get(**index)
                    .is_some_and(|demand| demand.fails.iter().any(|part| part.holds(point)))
            })
            .fold(0, |set, (bit, _)| set | 1 << bit)
    }

    fn require(&self, possible: &[Point], met: &[bool], resolution: &mut Resolution) {
        let good = || possible.iter().zip(met).filter(|(_, met)| **met).map(|(point, _)| point);
        let mut may: SmallVec<[(Fact, Values); 4]> = SmallVec::new();
        for fact in self.group.iter() {
            let of = |points: &mut dyn Iterator<Item = &Point>| {
                points
                    .filter_map(|point| point.iter().find(|(own, _)| *own == fact))
                    .fold(Values::default(), |all, (_, value)| all.or(Values::only(*value)))
            };
            let values = of(&mut good());
            may.push((fact, values));
            if values != of(&mut possible.iter()) {
                let own: Facts = [fact].into_iter().collect();
                resolution.requirements.push(self.requirement(Need::OneOf(fact, values), own));
            }
        }
        for size in 2..=may.len().min(3) {
            self.require_not(size, possible, met, &may, resolution);
        }
    }

    /// The combinations of `size` values, each of which may be had, but not all at once.
    fn require_not(
        &self,
        size: usize,
        possible: &[Point],
        met: &[bool],
        may: &[(Fact, Values)],
        resolution: &mut Resolution,
    ) {
        let facts: SmallVec<[Fact; 4]> = may.iter().map(|(fact, _)| *fact).collect();
        for subset in (0u32..1 << facts.len()).filter(|subset| subset.count_ones() as usize == size) {
            let chosen = |fact: &Fact| {
                facts.iter().position(|own| own == fact).is_some_and(|bit| subset >> bit & 1 == 1)
            };
            let cut = |point: &Point| -> SmallVec<[(Fact, u8); 2]> {
                point.iter().filter(|(fact, _)| chosen(fact)).copied().collect()
            };
            let mut good: Vec<_> =
                possible.iter().zip(met).filter(|(_, met)| **met).map(|(point, _)| cut(point)).collect();
            good.sort_unstable();
            good.dedup();
            let mut bad: Vec<_> =
                possible.iter().zip(met).filter(|(_, met)| !**met).map(|(point, _)| cut(point)).collect();
            bad.sort_unstable();
            bad.dedup();
            for values in bad {
                let each_may = values
                    .iter()
                    .all(|(fact, value)| may.iter().any(|(own, may)| own == fact && may.has(*value)));
                let told = || {
                    resolution.requirements.iter().any(|known| match &known.need {
                        Need::Not(smaller) => smaller.iter().all(|value| values.contains(value)),
                        Need::OneOf(..) => false,
                    })
                };
                if each_may && good.binary_search(&values).is_err() && !told() {
                    let own: Facts = values.iter().map(|(fact, _)| *fact).collect();
                    resolution.requirements.push(self.requirement(Need::Not(values), own));
                }
            }
        }
    }

    fn requirement(&self, need: Need, about: Facts) -> Requirement {
        let own = |index: &usize| self.facts.get(*index).copied().unwrap_or_default();
        let covering = self.members.iter().any(|index| own(index).covers(about));
        let mut requirement =
            Requirement { need, rules: SmallVec::new(), places: SmallVec::new(), standing: true };
        for index in &self.members {
            let takes_part = if covering { own(index).covers(about) } else { own(index).meets(about) };
            let Some(demand) = self.demands.get(*index).filter(|_| takes_part) else { continue };
            requirement.standing &= demand.standing;
            if !requirement.rules.contains(&demand.rule) {
                requirement.rules.push(demand.rule);
            }
            for place in &demand.places {
                if !requirement.places.contains(place) || demand.places.len() > 8 {
                    requirement.places.push(place.clone());
                }
            }
        }
        requirement
    }
}

fn is_in(pair: &[(Fact, Values); 2], point: &Point) -> bool {
    pair.iter().all(|(fact, values)| point.iter().any(|(own, value)| own == fact && values.has(*value)))
}

fn next(point: &mut Point, space: &Space) -> bool {
    for (fact, value) in point.iter_mut().rev() {
        if let Some(following) = space.get(*fact).after(*value) {
            *value = following;
            return true;
        }
        *value = space.get(*fact).lowest();
    }
    false
}

/// Keeps the sets that contain no other. A demand takes part in some smallest conflict exactly where it is in
/// one of these: a conflict is a choice of demands that every target violates, and the demands that some
/// minimal choice needs are those of the minimal violated sets.
fn keep_minimal(sets: &mut Vec<u128>, set: u128) {
    if sets.iter().any(|known| known & set == *known) {
        return;
    }
    sets.retain(|known| known & set != set);
    sets.push(set);
}
