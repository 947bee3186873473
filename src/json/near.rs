//! Did you mean: which of a few known names a misspelt one was meant to be.
//!
//! Pure text. Whether the guess is of use is for others to say.

/// The one known name that this one was surely meant to be: the same but for case and all that is no letter or digit, or
/// one or two slips of the keyboard away. None where two are as near.
pub(crate) fn near<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let letters = letters(name);
    let mut best = None;
    let mut best_slips = 3;
    for candidate in known {
        match slips(name, letters, candidate, best_slips) {
            Some(slips) if slips < best_slips => (best, best_slips) = (Some(candidate), slips),
            Some(slips) if slips == best_slips => best = None,
            _ => {}
        }
    }
    best
}

/// The one name of those still absent that this one was surely meant to be. None where it is nearer to one that is there.
pub(super) fn meant<'k>(name: &str, known: &[&'k str], absent: &[&'k str]) -> Option<&'k str> {
    match near(name, known.iter().copied()) {
        Some(nearest) => absent.contains(&nearest).then_some(nearest),
        None => near(name, absent.iter().copied())
            .or_else(|| shortened(name, absent))
            .or_else(|| elsewhere(name, absent)),
    }
}

/// Fields, and what OpenStack, Terraform, other clouds and everyday speech call them. Some are shortenings, which are known here
/// in any spelling: `Port`, `subnetId`.
const ELSEWHERE: &[(&str, &str)] = &[
    ("address", "ip ip_address private_ip host"),
    ("protocol_port", "port member_port server_port backend_port"),
    ("subnet_cidr_id", "subnet subnet_id subnet_cidr neutron_subnet_id neutron_network_id network_id"),
    ("availability_zone", "az"),
    ("availability_zone_list", "az azs zones availability_zone availability_zones"),
    ("l4_flavor_id", "l4_flavor"),
    ("l7_flavor_id", "l7_flavor"),
    ("elb_virsubnet_ids", "subnet_ids"),
    ("lb_algorithm", "lb_method load_balancing_algorithm"),
    ("session_persistence", "sticky_session sticky_sessions stickiness"),
    ("slow_start", "slow_start_enable slow_start_enabled slow_start_duration"),
    ("connection_drain", "connection_drain_enable connection_drain_enabled connection_drain_timeout"),
    ("pool_health", "minimum_healthy_member_count"),
    ("member_deletion_protection_enable", "deletion_protection deletion_protection_enable"),
    ("admin_state_up", "admin_state"),
    ("description", "desc"),
    ("name", "pool_name member_name server_name"),
    ("type", "pool_type target_type"),
    ("vpc_id", "vpc"),
    ("members", "backends servers targets"),
];

/// The absent name of what is called so elsewhere.
fn elsewhere<'k>(name: &str, absent: &[&'k str]) -> Option<&'k str> {
    let is_called = |field: &&&str| {
        let mut names = ELSEWHERE.iter().filter(|(own, _)| *own == **field).map(|(_, names)| *names);
        names.any(|names| names.split_ascii_whitespace().any(|other| bare(other).eq(bare(name))))
    };
    absent.iter().find(is_called).copied()
}

/// The one known name of which this one is a shortening: `port` of `protocol_port`, `subnet_id` of `subnet_cidr_id`. Its
/// words are there in their order, the last one last; `id` alone may be anything.
pub(super) fn shortened<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let name = name.as_bytes();
    let last = words(name).next().unwrap_or_default();
    let is_shortened = |known: &&&str| {
        // Few end alike.
        known.as_bytes().ends_with(last) && {
            let mut whole = words(known.as_bytes());
            whole.next() == Some(last) && words(name).skip(1).all(|word| whole.any(|other| other == word))
        }
    };
    let mut candidates = known.iter().filter(is_shortened);
    let candidate = candidates.next().filter(|_| name != b"id")?;
    candidates.next().is_none().then_some(*candidate)
}

/// The words of a name, the last one first.
fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    name.rsplit(|byte| *byte == b'_')
}

/// How far a name is from a known one. Says nothing of more than so many slips.
fn slips(name: &str, letters_there: u32, known: &str, at_most: usize) -> Option<usize> {
    if name.len() <= 2 * known.len() && bare(name).eq(bare(known)) {
        return Some(0);
    }
    let bound = at_most.min(match known.len() {
        0 => 0,
        1..=4 => 1,
        _ => 2,
    });
    if bound == 0 || name.len().abs_diff(known.len()) > bound {
        return None;
    }
    // Each slip adds one letter at most, and takes one away.
    let letters_known = letters(known);
    let apart = |one: u32, other: u32| (one & !other).count_ones() as usize;
    if apart(letters_there, letters_known).max(apart(letters_known, letters_there)) > bound {
        return None;
    }
    (1..=bound).find(|slips| within(name.as_bytes(), known.as_bytes(), *slips))
}

/// Which letters a name has, as bits. The two cases of a letter have one bit; some other characters share it.
fn letters(name: &str) -> u32 {
    name.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

fn bare(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

/// Whether so many slips (a letter left out, put in, exchanged, or two swapped) lead from one name to the other.
/// Calls itself no deeper than there are slips.
fn within(mut one: &[u8], mut other: &[u8], slips: usize) -> bool {
    loop {
        match (one, other) {
            ([a, one_rest @ ..], [b, other_rest @ ..]) if a.eq_ignore_ascii_case(b) => {
                (one, other) = (one_rest, other_rest);
            }
            ([a, one_rest @ ..], [b, other_rest @ ..]) => {
                let Some(slips) = slips.checked_sub(1) else { return false };
                let swapped = match (one_rest, other_rest) {
                    ([c, one_rest @ ..], [d, other_rest @ ..]) => {
                        a.eq_ignore_ascii_case(d)
                            && b.eq_ignore_ascii_case(c)
                            && within(one_rest, other_rest, slips)
                    }
                    _ => false,
                };
                return swapped
                    || within(one_rest, other_rest, slips)
                    || within(one_rest, other, slips)
                    || within(one, other_rest, slips);
            }
            _ => return one.len().max(other.len()) <= slips,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_be_a_shortening() {
        let known = ["name", "protocol_port", "subnet_cidr_id", "l4_flavor_id", "l7_flavor_id"];
        let shortened = |name| shortened(name, &known);
        assert_eq!(shortened("port"), Some("protocol_port"));
        assert_eq!(shortened("subnet_id"), Some("subnet_cidr_id"));
        assert_eq!(shortened("cidr_id"), Some("subnet_cidr_id"));
        for other in ["flavor_id", "id", "protocol", "cidr_subnet_id", "", "port_", "_port", "vpc_id"] {
            assert_eq!(shortened(other), None, "{other}");
        }
    }
}
