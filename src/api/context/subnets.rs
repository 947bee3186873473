//! Looking up subnets, of which a context may list thousands for a batch of as many servers.

use std::collections::BTreeMap;

use super::objects::Subnet;
use super::{Context, Entries};
use crate::lists::SmallVec;

/// To look through so many takes no longer than to put them in order.
const FEW: usize = 16;

/// The subnets of a context.
pub(crate) struct Subnets<'c> {
    context: &'c Context,
    /// By each of their ids, where that pays.
    index: Option<BTreeMap<&'c str, SmallVec<[&'c Subnet; 8]>>>,
}

impl Context {
    /// The subnets, to be looked up so many times. A module for the browser is to be small, and looks through them.
    pub(crate) fn subnets(&self, times: usize) -> Subnets<'_> {
        let count = || self.all(|known| &known.subnets).len();
        let pays = cfg!(not(target_family = "wasm")) && times > FEW && count() > FEW;
        Subnets { context: self, index: pays.then(|| self.by_id()) }
    }

    fn by_id(&self) -> BTreeMap<&str, SmallVec<[&Subnet; 8]>> {
        let mut index: BTreeMap<&str, SmallVec<[&Subnet; 8]>> = BTreeMap::new();
        for subnet in self.all(|known| &known.subnets) {
            for id in subnet.ids() {
                let all = index.entry(id).or_default();
                // Two of its ids may be the same.
                if !all.last().is_some_and(|last| std::ptr::eq(*last, subnet)) {
                    all.push(subnet);
                }
            }
        }
        index
    }
}

impl<'c> Subnets<'c> {
    /// The subnet with this id, by any of its three ids.
    pub(crate) fn get(&self, id: &str) -> Option<Entries<'c, Subnet>> {
        match &self.index {
            Some(index) => Entries::of(index.get(id)?.clone()),
            None => self.context.subnet(id),
        }
    }
}

impl Subnet {
    /// The ids that it goes by.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let ids = [&self.id, &self.neutron_network_id, &self.neutron_subnet_id];
        ids.into_iter().filter_map(|id| id.set().map(String::as_str))
    }
}
