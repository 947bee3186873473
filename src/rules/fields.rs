//! The rules of single values: few and general, one for each way that a value can be wrong.
//!
//! They have no check of their own. The readers and what the models tell of themselves find the faults; this room
//! gives them their names and words. The citation is the field's own.

use std::borrow::Cow;

use crate::lists::{SmallVec, smallvec};

use super::{Words, rule};
use crate::api::Operation;
use crate::diagnostic::{Pointer, Step};
use crate::json::model::{Breach, TextFault};
use crate::json::{Fault, FaultKind};
use crate::rules::Rule;

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
    /// A member of an object is there twice.
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
    /// A value has another JSON type than the page says.
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
    /// A member is not one that the page knows.
    ///
    /// The service refuses it: ELB.8902, "Unrecognized attribute(s)". Members of a response are not all members of a
    /// request. Around the body, in a request file of JSON, only names are told that are nearly `method`, `url`,
    /// `headers`, `body` or `context`.
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
    /// A member is newer than the page.
    ///
    /// The SDKs have it, the page does not. An older site may refuse it.
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

/// A sentence that begins with a field's name.
pub(crate) fn about(pointer: &Pointer, rest: &[&str]) -> String {
    // Put together in one go from its parts: formatting would cost more than finding the fault does.
    const MOST_NAMES: usize = 40;
    let mut sentence = String::with_capacity(MOST_NAMES + rest.iter().map(|part| part.len()).sum::<usize>());
    let mut say = |parts: &[&str]| parts.iter().for_each(|part| sentence.push_str(part));
    match pointer.steps() {
        [] => say(&["the body"]),
        [.., Step::Name(list), Step::Index(index)] => {
            say(&["`", list, "[", itoa::Buffer::new().format(*index), "]`"]);
        }
        [.., Step::Name(name)] => say(&["`", name, "`"]),
        [.., Step::Other(name)] => say(&["`", &shorten(name), "`"]),
        [.., Step::Index(index)] => say(&["element ", itoa::Buffer::new().format(*index)]),
    }
    say(rest);
    sentence
}

/// A text that came from the request, short enough for a message.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => Cow::Owned([text.get(..end).unwrap_or_default(), "…"].concat()),
        None => Cow::Borrowed(text),
    }
}

/// Whether a message of [`ONE_OF`] is about this value.
pub(crate) fn refuses(message: &str, value: &str) -> bool {
    let told = |message: &str| Some(message.split_once(" is \"")?.1.rsplit_once(REFUSED)?.0 == shorten(value));
    told(message).unwrap_or_default()
}

const REFUSED: &str = "\", but must be one of ";

/// What the tolerant reader has noted.
pub(crate) fn fault(operation: Operation, fault: &Fault) -> Told {
    let about = |rest: &[&str]| Words::from(about(&fault.pointer, rest));
    match &fault.kind {
        FaultKind::DuplicateKey { .. } => {
            let words = about(&[" is there more than once; only the last one counts"]);
            (&DUPLICATE_KEY, words.help("remove this one").removable())
        }
        FaultKind::WrongType { expected, found } => {
            let words = about(&[" must be ", expected, ", but is ", found]);
            let words = match *expected {
                "an integer" if *found == "a string" => words.help("write the number without quotes"),
                "a boolean" if *found == "a string" => words.help("write true or false without quotes"),
                _ => words,
            };
            (&WRONG_TYPE, words)
        }
        FaultKind::UnknownField { name, near, known, wrapper } => {
            (&UNKNOWN_FIELD, unknown_field(operation, &fault.pointer, name, *near, known, *wrapper))
        }
        FaultKind::OneOf { value, permitted, near } => {
            let value = shorten(value);
            let mut parts: SmallVec<[&str; 24]> = smallvec![" is \"", &*value, REFUSED];
            for (index, word) in permitted.iter().enumerate() {
                parts.push(if index == 0 { "" } else { ", " });
                parts.push(if word.is_empty() { "\"\"" } else { word });
            }
            let words = about(&parts);
            let words = match near {
                Some(near) => words.help_of(&["did you mean ", near, "?"]),
                None => words,
            };
            (&ONE_OF, words)
        }
    }
}

pub(super) fn unknown_field(
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
        let words = Words::of(&["the body is wrapped in `", &shown, "`, which is not a known field"]);
        return words.help_of(&["the members of ", operation.name(), " belong one level higher"]);
    }
    if near.is_none() && object.is_some_and(|object| object.read_only.contains(&name)) {
        return Words::of(&["`", &shown, "` is returned by GET, but cannot be sent"])
            .help_of(&["remove `", &shown, "`"])
            .removable();
    }
    let words = Words::of(&["`", &shown, "` is not a known field"]);
    match near {
        Some(near) => words.help_of(&["did you mean `", near, "`?"]),
        None if known.is_empty() => words,
        None => words.help_of(&["the known fields are ", &known.join(", ")]),
    }
}

/// What is wrong with a single value.
pub(crate) fn breach(pointer: &Pointer, breach: Breach<'_>) -> Told {
    let [mut first, mut second, mut third] = [itoa::Buffer::new(); 3];
    let about = |rest: &[&str]| Words::from(about(pointer, rest));
    match breach {
        Breach::Required => (&REQUIRED, about(&[" is mandatory"])),
        Breach::Range { value, min, max } => {
            let value = match value {
                i64::MAX | i64::MIN => "far out of range",
                value => first.format(value),
            };
            let (min, max) = (second.format(min), third.format(max));
            (&RANGE, about(&[" is ", value, ", but must be from ", min, " to ", max]))
        }
        Breach::Length { length, unit, max } => {
            let (length, max) = (first.format(length), second.format(max));
            (&LENGTH, about(&[" has ", length, " ", unit, ", but ", max, " at most are permitted"]))
        }
        Breach::Text(text, TextFault::Address) => (&IP_ADDRESS, not_an_address(pointer, text)),
        Breach::Text(_, TextFault::Charset(why)) => (&CHARSET, about(&[": ", why])),
    }
}

fn not_an_address(pointer: &Pointer, value: &str) -> Words {
    let version = if pointer.steps().last() == Some(&Step::Name("ipv6_vip_address")) { "IPv6" } else { "IP" };
    let message = about(pointer, &[" is \"", &shorten(value), "\", which is not an ", version, " address"]);
    let words = Words::from(message);
    let padded =
        |part: &[u8]| part.len() > 1 && part.starts_with(b"0") && part.iter().all(u8::is_ascii_digit);
    if value.contains('/') {
        words.help("remove the prefix length")
    } else if value.as_bytes().split(|byte| *byte == b'.').any(padded) {
        words.help("remove the leading zeros")
    } else {
        words
    }
}
