//! What strings must be made of, where the documents say so.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::json::checks::TextFault;

/// What says why something is protected.
pub(super) fn no_angle_brackets(text: &str) -> Result<(), TextFault> {
    if text.contains(['<', '>']) {
        return Err(TextFault::Charset("angle brackets are not permitted"));
    }
    Ok(())
}

/// The id of a subnet. A name that says `cidr` makes people write the range of its addresses.
pub(super) fn subnet_id(text: &str) -> Result<(), TextFault> {
    if text.contains('/') {
        return Err(TextFault::Charset("the id of a subnet is expected, not the range of its addresses"));
    }
    Ok(())
}

/// The name of a cookie, on a dedicated load balancer.
pub(super) fn cookie_name(text: &str) -> Result<(), TextFault> {
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte)) {
        return Ok(());
    }
    Err(TextFault::Charset(
        "only letters, digits, `_`, `-` and, on a dedicated load balancer, `.` are permitted",
    ))
}

/// An IP address.
pub(super) fn ip_address(text: &str) -> Result<(), TextFault> {
    parse_ip(text).map(drop).ok_or(TextFault::Address)
}

/// An IPv6 address, unless it is left blank.
pub(super) fn ipv6_address(text: &str) -> Result<(), TextFault> {
    if text.is_empty() || parse_ip(text).is_some_and(|address| address.is_ipv6()) {
        Ok(())
    } else {
        Err(TextFault::Address)
    }
}

/// Reads a plain IP address. IPv4 comes first, since most are.
pub(crate) fn parse_ip(text: &str) -> Option<IpAddr> {
    let v4 = text.parse::<Ipv4Addr>().map(IpAddr::V4);
    v4.or_else(|_| text.parse::<Ipv6Addr>().map(IpAddr::V6)).ok()
}

/// The same for validator.
pub(super) mod fields {
    use validator::ValidationError;

    use crate::api::field::{Field, Text};

    macro_rules! validators {
        ($($name:ident)*) => {
            $(pub(in crate::api) fn $name(field: &Field<Text<'_>>) -> Result<(), ValidationError> {
                match field.set().map(|text| super::$name(text)) {
                    Some(Err(_)) => Err(ValidationError::new(stringify!($name))),
                    _ => Ok(()),
                }
            })*
        };
    }

    validators!(no_angle_brackets subnet_id cookie_name ip_address ipv6_address);
}
