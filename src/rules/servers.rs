//! Servers by their address and port, to be found again among many. No rule.

use std::net::IpAddr;

use crate::api::texts::parse_ip;
use crate::lists::{SmallVec, smallvec};

/// What a list of servers is looked up by.
#[derive(PartialEq)]
pub(super) struct Server<'a> {
    address: Address<'a>,
    port: Option<i64>,
}

impl<'a> Server<'a> {
    pub(super) fn of(address: &'a str, port: Option<i64>) -> Option<Self> {
        Some(Self { address: Address::of(address)?, port })
    }

    fn hash(&self) -> u64 {
        let bytes = self.address.bytes();
        let ends = match (bytes.first_chunk(), bytes.last_chunk()) {
            // Both ends together are all of an address.
            (Some(first), Some(last)) => {
                u64::from_be_bytes(*first).rotate_left(29) ^ u64::from_be_bytes(*last)
            }
            _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
        };
        (ends ^ self.port.unwrap_or(-1) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32
    }
}

/// The servers of a list that were seen so far. A map of the standard library would be one more for a module for the
/// browser to bring along.
pub(super) struct Seen<F> {
    server: F,
    /// By a hash of the server: 0 where there is none, else one more than the index of the first of its kind.
    places: SmallVec<[u32; 32]>,
}

impl<'a, F: Fn(usize) -> Option<Server<'a>>> Seen<F> {
    /// None yet of a list of this length, which has this server at an index.
    pub(super) fn new(length: usize, server: F) -> Self {
        Self { server, places: smallvec![0; (length * 2).next_power_of_two()] }
    }

    /// The index of the first server that is the same; none if this is the first, which then is at an index.
    pub(super) fn first(&mut self, wanted: &Server<'_>, index: usize) -> Option<usize> {
        let free = match self.find(wanted) {
            Ok(first) => return Some(first),
            Err(free) => self.places.get_mut(free)?,
        };
        *free = index as u32 + 1;
        None
    }

    /// The index of the first server that is the same, or where its place would be.
    pub(super) fn find(&self, wanted: &Server<'_>) -> Result<usize, usize> {
        let mut at = wanted.hash() as usize;
        loop {
            at &= self.places.len() - 1;
            let place = self.places.get(at).copied().unwrap_or_default() as usize;
            let Some(first) = place.checked_sub(1) else { return Err(at) };
            if (self.server)(first).is_some_and(|known| known == *wanted) {
                return Ok(first);
            }
            at += 1;
        }
    }
}

/// An address, so that it is compared with others: of IPv6 there are many spellings, of IPv4 but one.
#[derive(PartialEq)]
enum Address<'a> {
    V4(&'a str),
    V6([u8; 16]),
}

impl<'a> Address<'a> {
    /// None where this is surely none, which is told of elsewhere.
    fn of(text: &'a str) -> Option<Self> {
        const LONGEST_V4: usize = "255.255.255.255".len();
        // An IPv6 address may end like one of IPv4, but has a colon before.
        if text.bytes().find(|byte| matches!(byte, b'.' | b':')) == Some(b'.') {
            return (text.len() <= LONGEST_V4).then_some(Self::V4(text));
        }
        match parse_ip(text)? {
            IpAddr::V6(address) => Some(Self::V6(address.octets())),
            IpAddr::V4(_) => None,
        }
    }

    /// At most sixteen.
    fn bytes(&self) -> &[u8] {
        match self {
            Self::V4(text) => text.as_bytes(),
            Self::V6(octets) => octets,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn spellings_of_one_address_are_the_same() {
        for spelling in ["::1.2.3.4", "0::102:304", "::0102:0304"] {
            assert!(Address::of(spelling) == Address::of("::102:304"), "{spelling}");
        }
        assert!(Address::of("1.2.3.4") != Address::of("::1.2.3.4"));
        assert!(Address::of("abc").is_none());
    }
}
