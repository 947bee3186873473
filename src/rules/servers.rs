//! Servers by their address and port, put in an order in which the same ones stand side by side. No rule.

use std::net::IpAddr;

use crate::api::texts::parse_ip;
use crate::order::by_number;

/// A server of a list.
pub(super) struct Server {
    /// The address and the port. Two servers are the same where all of these are. What differs most comes first, and so
    /// that addresses which are given out one after the other are in order.
    words: [u64; 3],
    /// Its place in the list.
    pub(super) index: usize,
}

impl Server {
    /// None where this is surely no address, which is told of elsewhere.
    pub(super) fn of(address: &str, port: Option<u16>, index: usize) -> Option<Self> {
        const LONGEST_V4: usize = "255.255.255.255".len();
        let octets;
        // Of IPv6 there are many spellings, of IPv4 but one. An IPv6 address may end like one of IPv4, but has a colon
        // before.
        let bytes = if address.bytes().find(|byte| matches!(byte, b'.' | b':')) == Some(b'.') {
            Some(address.as_bytes()).filter(|bytes| bytes.len() <= LONGEST_V4)?
        } else {
            let IpAddr::V6(address) = parse_ip(address)? else { return None };
            octets = address.octets();
            &octets
        };
        let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
            (Some(first), Some(last)) => (u64::from_be_bytes(*first), u64::from_be_bytes(*last) << 8 >> 8),
            _ => (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
        };
        // Eight bytes of the one end and seven of the other are all of an address, but for one byte of IPv6.
        let middle = bytes.get(8).map_or(0, |byte| u64::from(*byte));
        let port = port.map_or(0, |port| u64::from(port) + 1);
        Some(Self { words: [(bytes.len() as u64) << 56 | last, first, port << 8 | middle], index })
    }
}

/// The servers of a list, so that each is found, and so that the same ones are neighbours: those that come first in the
/// list come first here.
pub(super) struct Servers(Vec<Server>);

impl Servers {
    /// Those of a list of this length, which has these at its indices.
    pub(super) fn of(length: usize, server: &dyn Fn(usize) -> Option<Server>) -> Self {
        let mut servers = Vec::with_capacity(length);
        servers.extend((0..length).filter_map(server));
        sort(&mut servers, &[|words| words[0], |words| words[1], |words| words[2]]);
        Self(servers)
    }

    /// Whether one that is the same is among them.
    pub(super) fn has(&self, wanted: &Server) -> bool {
        self.0.binary_search_by_key(&wanted.words, |server| server.words).is_ok()
    }

    /// Those that are the same as one before, in the order of the list, each with the first that it is the same as.
    pub(super) fn again(&self) -> Vec<(usize, usize)> {
        let mut again = Vec::new();
        for same in self.0.chunk_by(|one, other| one.words == other.words) {
            if let [first, others @ ..] = same {
                again.extend(others.iter().map(|other| (other.index, first.index)));
            }
        }
        by_number(&mut again, |(index, _)| *index as u64);
        again
    }
}

/// Sorts by the first of these, and what is the same there by the others.
fn sort(servers: &mut [Server], by: &[fn(&[u64; 3]) -> u64]) {
    let [first, others @ ..] = by else { return };
    by_number(servers, |server| first(&server.words));
    for same in servers.chunk_by_mut(|one, other| first(&one.words) == first(&other.words)) {
        if same.len() > 1 {
            sort(same, others);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Server, Servers};

    fn words(address: &str, port: Option<u16>) -> Option<[u64; 3]> {
        Server::of(address, port, 0).map(|server| server.words)
    }

    #[test]
    fn spellings_of_one_address_are_the_same() {
        for spelling in ["::1.2.3.4", "0::102:304", "::0102:0304"] {
            assert_eq!(words(spelling, None), words("::102:304", None), "{spelling}");
        }
        assert_ne!(words("1.2.3.4", None), words("::1.2.3.4", None));
        assert_ne!(words("1.2.3.4", None), words("1.2.3.4", Some(0)));
        assert_eq!(words("abc", None), None);
        assert_eq!(words("192.168.100.100/24", None), None);
    }

    proptest! {
        #[test]
        fn the_same_ones_are_found_in_any_order(
            list in prop::collection::vec(("(1|22|113)[.](1|22|113)[.]1[.](1|22)|2::(1|22)|(2|3)::1:0:0:1", 0_u16..3), 0..24),
            asked in 0_u16..4,
        ) {
            let server = |(address, port): &(String, u16), index| Server::of(address, port.checked_sub(1), index);
            let servers = Servers::of(list.len(), &|index| server(&list[index], index));
            let first = |index: usize| list.iter().position(|one| *one == list[index]).unwrap();
            let again: Vec<_> = (0..list.len()).map(|index| (index, first(index))).collect();
            let again: Vec<_> = again.into_iter().filter(|(index, first)| index != first).collect();
            prop_assert_eq!(servers.again(), again);
            for (address, _) in &list {
                let known = list.contains(&(address.clone(), asked));
                prop_assert_eq!(servers.has(&server(&(address.clone(), asked), 0).unwrap()), known);
            }
        }
    }
}
