//! The rules of single values: few and general, one for each way that a value can be wrong.
//!
//! They have no check of their own. The readers and what the models tell of themselves find the faults; this room
//! gives them their names and words. The citation is the field's own.

use std::borrow::Cow;

use super::{Words, rule};
use crate::api::Operation;
use crate::diagnostic::{Pointer, Step};
use crate::json::checks::{Breach, TextFault};
use crate::json::{Fault, FaultKind};
use crate::rules::Rule;
use crate::say::say;
use crate::search::{memchr, memrchr, rsplit_once};

rule! {
    /// The body is not JSON.
    ///
    /// Most mistakes are got over, so that the rest of the body is judged all the same. The text around a body is read
    /// in the same way, and a URL that leads elsewhere though it is nearly that of an operation is told as well.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"name": "web",}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"name": "web"}}
    /// ```
    SYNTAX "syntax" Error Documented Structural
}

rule! {
    /// A field is there twice.
    ///
    /// The last one wins, so the earlier ones are lost without a word. Remove them.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"weight": 10, "weight": 20}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 20}}
    /// ```
    DUPLICATE_KEY "duplicate-key" Error Suspicious Structural
}

rule! {
    /// A value has another JSON type than the documentation says.
    ///
    /// Integers are written without quotes, and without a fraction: `10.0` is not an integer.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"weight": "10"}}
    /// ```
    /// ```json UpdateMember breaks
    /// {"member": {"weight": 10.0}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 10}}
    /// ```
    WRONG_TYPE "wrong-type" Error Documented Structural
}

rule! {
    /// A field is not one that the documentation knows.
    ///
    /// The service refuses it: ELB.8902, "Unrecognized attribute(s)". Not all fields of a response can be sent. Around
    /// the body, in a request file of JSON, only names are told that are nearly `method`, `url`, `headers`, `body` or
    /// `context`.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"wieght": 10}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"name": "web", "protocol": "HTTP"}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 10}}
    /// ```
    UNKNOWN_FIELD "unknown-field" Error Documented ClosedList
}

rule! {
    /// A field is newer than the documentation.
    ///
    /// The SDKs of the API have it, its documentation does not. A site that is older than the SDKs may refuse it; where
    /// yours takes it, set the rule to `off`.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"connection_drain": {"enable": true, "timeout": 60}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"name": "web"}}
    /// ```
    NEWER_FIELD "newer-field" Info Documented ClosedList
}

rule! {
    /// A mandatory value is missing, or null.
    ///
    /// ```json UpgradeLoadBalancer breaks
    /// {"l4_flavor_id": "f4"}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": null}
    /// ```
    /// ```json UpgradeLoadBalancer holds
    /// {"action": "rollback"}
    /// ```
    REQUIRED "required" Error Documented Structural
}

rule! {
    /// An update updates nothing.
    ///
    /// The service refuses it: SYS.0400, "Empty body '{}' is meaningless". A client that drops zero values sends such
    /// a body for a weight of 0.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 0}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"name": null}}
    /// ```
    EMPTY_UPDATE "empty-update" Error Documented Structural
}

rule! {
    /// A number is out of its range.
    ///
    /// ```json UpdateMember breaks
    /// {"member": {"weight": 101}}
    /// ```
    /// ```json UpdateMember breaks
    /// {"member": {"protocol_port": 0}}
    /// ```
    /// ```json UpdateMember holds
    /// {"member": {"weight": 100, "protocol_port": 1}}
    /// ```
    /// ```json UpdatePool breaks
    /// {"pool": {"slow_start": {"enable": true, "duration": 29}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"slow_start": {"enable": true, "duration": 30}}}
    /// ```
    RANGE "range" Error Documented Bound
}

rule! {
    /// A text has too many characters, or a list too many elements.
    ///
    /// Characters are counted, not bytes.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a0011"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"vpc_id": "b8b1c6e0-1111-4a0f-9f0a-7e36b1d4a001"}}
    /// ```
    LENGTH "length" Error Documented Bound
}

rule! {
    /// A value is not one of those permitted.
    ///
    /// Letter case counts.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"lb_algorithm": "round_robin"}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"lb_algorithm": "ROUND_ROBIN"}}
    /// ```
    ONE_OF "one-of" Error Documented ClosedList
}

rule! {
    /// A text has characters that are not permitted.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "my cookie"}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"session_persistence": {"type": "APP_COOKIE", "cookie_name": "my_cookie-1.0"}}}
    /// ```
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "192.168.0.0/24"}]}
    /// ```
    CHARSET "charset" Error Documented ClosedList
}

rule! {
    /// A text is not an IP address.
    ///
    /// A plain address is meant: no prefix length, no leading zeros, no port.
    ///
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.0.48/32", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// ```
    /// ```json BatchCreateMembers breaks
    /// {"members": [{"address": "192.168.000.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// ```
    /// ```json BatchCreateMembers holds
    /// {"members": [{"address": "192.168.0.48", "protocol_port": 80, "subnet_cidr_id": "s1"}]}
    /// ```
    IP_ADDRESS "ip-address" Error Documented Structural
}

rule! {
    /// No target can take the request.
    ///
    /// Each of its demands can be met, but not by one and the same load balancer and backend server group. This is
    /// certain although nothing is known of them.
    ///
    /// ```json UpdatePool breaks
    /// {"pool": {"lb_algorithm": "QUIC_CID", "slow_start": {"enable": true}}}
    /// ```
    /// ```json UpdatePool holds
    /// {"pool": {"lb_algorithm": "ROUND_ROBIN", "slow_start": {"enable": true}}}
    /// ```
    NO_TARGET_FITS "no-target-fits" Error Documented Structural
}

rule! {
    /// An operation of the ELB API v3 is not covered yet.
    ///
    /// Nothing is said about the request.
    UNCOVERED_OPERATION "uncovered-operation" Info Documented ClosedList
}

rule! {
    /// The context of a request is not one.
    ///
    /// A context is an object with any of `loadbalancer`, `pool`, `listeners`, `member`, `members`, `subnets`, `flavors`
    /// and `availability_zones`, each as the API's GET returns it.
    INVALID_CONTEXT "invalid-context" Error Documented Structural
}

/// A fault of a single value.
type Told = (&'static Rule, Words);

/// A field as sentences name it.
pub(crate) fn subject(pointer: &Pointer) -> Cow<'static, str> {
    let named = match pointer.steps() {
        [] => return Cow::Borrowed("the body"),
        [.., Step::Name(list), Step::Index(index)] => {
            say!("`{}[{}]`", list, itoa::Buffer::new().format(*index))
        }
        [.., Step::Name(name)] => say!("`{}`", name),
        [.., Step::Other(name)] => say!("`{}`", shorten(name)),
        [.., Step::Index(index)] => say!("element {}", itoa::Buffer::new().format(*index)),
    };
    Cow::Owned(named)
}

/// A text that came from the request, short enough for a message.
pub(crate) fn shorten(text: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned(say!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// Whether a message of [`ONE_OF`] is about this value.
pub(crate) fn refuses(message: &str, value: &str) -> bool {
    let told = say!("{}\", but must be one of ", shorten(value));
    message.split_once(" is \"").is_some_and(|(_, rest)| rest.starts_with(&told))
}

/// What the tolerant reader has noted.
pub(crate) fn fault(operation: Operation, fault: &Fault) -> Told {
    let subject = subject(&fault.pointer);
    match &fault.kind {
        FaultKind::DuplicateKey { .. } => {
            let words = Words::from(say!("{} is there more than once; only the last one counts", subject));
            (&DUPLICATE_KEY, words.help("remove this one").removable())
        }
        FaultKind::WrongType { expected, found } => {
            let words = Words::from(say!("{} must be {}, but is {}", subject, expected, found));
            let words = match *expected {
                "an integer" if *found == "a string" => words.help("write the number without quotes"),
                "a boolean" if *found == "a string" => words.help("write true or false without quotes"),
                "a boolean" => words.help("write true or false"),
                _ => words,
            };
            (&WRONG_TYPE, words)
        }
        FaultKind::UnknownField { name, near, known, wrapper } => {
            (&UNKNOWN_FIELD, unknown_field(operation, &fault.pointer, name, *near, known, *wrapper))
        }
        FaultKind::OneOf { value, permitted, near } => {
            let (rule, words) = not_one_of(&fault.pointer, value, permitted);
            let words = match near {
                Some(near) => words.help(say!("did you mean {}?", near)),
                None => words,
            };
            (rule, words)
        }
    }
}

/// What is wrong with a value that is none of these.
pub(crate) fn not_one_of(pointer: &Pointer, value: &str, permitted: &[&'static str]) -> Told {
    let shown = |word: &&'static str| if word.is_empty() { "\"\"" } else { word };
    let permitted = permitted.iter().map(shown).collect::<Vec<_>>().join(", ");
    let message = say!("{} is \"{}\", but must be one of {}", subject(pointer), shorten(value), permitted);
    (&ONE_OF, message.into())
}

fn unknown_field(
    operation: Operation,
    pointer: &Pointer,
    name: &str,
    near: Option<&'static str>,
    known: &[&'static str],
    wrapper: bool,
) -> Words {
    let shown = shorten(name);
    let object = pointer.steps().split_last().and_then(|(_, outer)| operation.object(outer));
    if wrapper {
        let words =
            Words::from(say!("`{}` is not a known field, but holds what belongs in its place", shown));
        return words.help("move its fields one level higher");
    }
    if near.is_none() && object.is_some_and(|object| object.read_only.contains(&name)) {
        return Words::from(say!("`{}` is returned by GET, but cannot be sent", shown))
            .help(say!("remove `{}`", shown))
            .removable();
    }
    let words = Words::from(say!("`{}` is not a known field", shown));
    if let Some(other) = operation_of(pointer, name).filter(|_| near.is_none()) {
        return words
            .help(say!("this is the body of {}; mend the body, or the method and URL", other.name()));
    }
    match near {
        Some(near) => words.help(say!("did you mean `{}`?", near)),
        None if known.is_empty() => words,
        None => words.help(say!("the known fields are {}", known.join(", "))),
    }
}

/// The operation whose whole body lies in a member of the body's root.
pub(crate) fn operation_of(pointer: &Pointer, name: &str) -> Option<Operation> {
    let is_whole = |operation: &&Operation| {
        operation.info().objects.get(1).is_some_and(|object| object.at.first() == Some(&name))
    };
    (pointer.steps().len() == 1).then(|| Operation::ALL.iter().find(is_whole).copied()).flatten()
}

/// What is wrong with a single value.
pub(crate) fn breach(pointer: &Pointer, breach: Breach<'_>) -> Told {
    let [mut first, mut second, mut third] = [itoa::Buffer::new(); 3];
    let subject = subject(pointer);
    let (rule, message) = match breach {
        Breach::Required => (&REQUIRED, say!("{} is mandatory", subject)),
        Breach::Range { value, min, max } => {
            let value = match value {
                i64::MAX | i64::MIN => "far out of range",
                value => first.format(value),
            };
            let (min, max) = (second.format(min), third.format(max));
            (&RANGE, say!("{} is {}, but must be from {} to {}", subject, value, min, max))
        }
        Breach::Length { length, unit, max } => {
            let (length, max) = (first.format(length), second.format(max));
            (&LENGTH, say!("{} has {} {}, but {} at most are permitted", subject, length, unit, max))
        }
        Breach::Text(text, TextFault::Address) => return (&IP_ADDRESS, not_an_address(pointer, text)),
        Breach::Text(_, TextFault::Charset(why)) => (&CHARSET, say!("{}: {}", subject, why)),
    };
    (rule, message.into())
}

fn not_an_address(pointer: &Pointer, value: &str) -> Words {
    let version = if pointer.steps().last() == Some(&Step::Name("ipv6_vip_address")) { "IPv6" } else { "IP" };
    let subject = subject(pointer);
    let message = say!("{} is \"{}\", which is not an {} address", subject, shorten(value), version);
    let words = Words::from(message);
    let padded =
        |part: &[u8]| part.len() > 1 && part.starts_with(b"0") && part.iter().all(u8::is_ascii_digit);
    let colon = memchr(b':', value.as_bytes());
    let has_more = colon.is_some() && colon == memrchr(b':', value.as_bytes())
        || value.bytes().any(|byte| matches!(byte, b'/' | b'[' | b'%' | b' '));
    let is_length = |(_, length): &(&str, &str)| length.parse::<u8>().is_ok();
    if rsplit_once(value, b'/').is_some_and(|parts| is_length(&parts)) {
        words.help("remove the prefix length")
    } else if has_more {
        words.help("write the address alone, without scheme, port, brackets, zone or blanks")
    } else if value.as_bytes().split(|byte| *byte == b'.').any(padded) {
        words.help("remove the leading zeros")
    } else {
        words
    }
}
