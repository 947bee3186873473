//! What the documents demand beyond single values: a file a subject, a rule an item.
//!
//! A rule states one documented relation over a typed request and its target. It never handles what is not known:
//! a field without a value ends it with `?`, and the facts it reads are tried by [`crate::target`]. A rule whose
//! fields are absent returns before it reads a fact, so it costs nothing.

mod admin_state;
mod algorithm;
mod batch;
#[cfg(feature = "docs")]
mod documentation;
pub(crate) mod fields;
mod flavors;
pub(crate) mod head;
mod ip_backend;
mod ipv6;
mod member_port;
mod member_subnet;
mod member_weight;
mod persistence_timeout;
mod pool_type;
mod protection;
pub(crate) mod registry;
mod servers;
mod slow_start;
mod status;
mod sticky_session;
pub(crate) mod suppression;
mod upgrade_action;
mod zones;

#[cfg(feature = "docs")]
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::api::operation::Operation;
use crate::diagnostic::{Place, Severity, Source, Step};
use crate::target::{At, Fact, Fault, Target, Words};

use crate::say::say;
#[cfg(feature = "docs")]
pub use documentation::{Example, Shows};
pub use registry::{RULES, by_name};

/// What a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The API's documents say so.
    Documented,
    /// Accepted, but surely not meant.
    Suspicious,
    /// A secret where it does not belong.
    Security,
    /// A suppression that is not as it should be.
    Suppressions,
}

impl Group {
    /// Every group.
    pub const ALL: &[Self] = &[Self::Documented, Self::Suspicious, Self::Security, Self::Suppressions];

    /// The word in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Suspicious => "suspicious",
            Self::Security => "security",
            Self::Suppressions => "suppressions",
        }
    }
}

/// How a rule may come to be out of date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ages {
    /// It follows from the shape of the API, and changes only with it.
    Structural,
    /// It rests on a list of values that may grow.
    ClosedList,
    /// It rests on a bound that may be raised.
    Bound,
}

impl Ages {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Structural => "structural",
            Self::ClosedList => "closed list",
            Self::Bound => "bound",
        }
    }
}

/// A parameter of a page that a rule rests on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cite {
    pub(crate) operation: Operation,
    pub(crate) table: &'static str,
    pub(crate) parameter: &'static str,
}

/// One documented constraint.
#[derive(Debug)]
pub struct Rule {
    /// Its name, in kebab-case, after the fault.
    pub name: &'static str,
    /// How grave a breach is.
    pub severity: Severity,
    /// What it rests on.
    pub group: Group,
    /// How it may come to be out of date.
    pub ages: Ages,
    /// The first sentence of its documentation.
    #[cfg(any(feature = "docs", not(target_family = "wasm")))]
    pub(crate) summary: &'static str,
    /// Its documentation in Markdown: what, why, how to mend, examples.
    #[cfg(feature = "docs")]
    pub documentation: &'static str,
    pub(crate) cites: &'static [Cite],
}

impl Rule {
    /// The first sentence of the documentation, in one line. A module for the browser has it only with the feature `docs`.
    #[cfg(any(feature = "docs", not(target_family = "wasm")))]
    pub const fn summary(&self) -> &'static str {
        self.summary
    }

    /// The operations whose pages it cites.
    pub fn operations(&self) -> impl Iterator<Item = Operation> {
        Operation::ALL.iter().copied().filter(|own| self.cites.iter().any(|cite| cite.operation == *own))
    }

    /// The sentences that it rests on, one or more for each operation.
    pub fn sources(&self) -> impl Iterator<Item = Source> {
        self.cites.iter().map(|cite| cite.operation.cite(cite.table, cite.parameter))
    }

    /// The sentence that it rests on for this operation: the one on the parameter at this place, else the first.
    pub(crate) fn source(&self, operation: Operation, place: &Place) -> Option<Source> {
        let own = || self.cites.iter().filter(|cite| cite.operation == operation);
        let is_here = |cite: &&Cite| place.pointer.steps().contains(&Step::Name(cite.parameter));
        let cite = own().find(is_here).or_else(|| own().next())?;
        Some(operation.cite(cite.table, cite.parameter))
    }
}

/// As lists of rules have it.
#[cfg(feature = "docs")]
impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Rule", 7)?;
        out.serialize_field("name", self.name)?;
        out.serialize_field("severity", &self.severity)?;
        out.serialize_field("group", self.group.name())?;
        out.serialize_field("ages", self.ages.name())?;
        out.serialize_field("summary", self.summary())?;
        out.serialize_field("operations", &self.operations().map(Operation::name).collect::<Vec<_>>())?;
        out.serialize_field("sources", &self.sources().collect::<Vec<_>>())?;
        out.end()
    }
}

/// The first paragraph of a documentation.
#[cfg(any(feature = "docs", not(target_family = "wasm")))]
pub(crate) const fn summary(documentation: &'static str) -> &'static [u8] {
    let text = documentation.as_bytes().trim_ascii();
    let mut rest = text;
    while !matches!(rest, [b'\n', b'\n', ..] | []) {
        (_, rest) = rest.split_at(1);
    }
    text.split_at(text.len() - rest.len()).0.trim_ascii()
}

/// How long a text is in one line. A space stands before every line of a doc comment.
#[cfg(any(feature = "docs", not(target_family = "wasm")))]
pub(crate) const fn length_in_one_line(mut text: &[u8]) -> usize {
    let mut length = 0;
    while let [byte, rest @ ..] = text {
        length += (*byte != b'\n') as usize;
        text = rest;
    }
    length
}

/// A text in one line.
#[cfg(any(feature = "docs", not(target_family = "wasm")))]
pub(crate) const fn one_line<const LENGTH: usize>(mut text: &[u8]) -> [u8; LENGTH] {
    let mut line = [0; LENGTH];
    let mut free: &mut [u8] = &mut line;
    while let [byte, rest @ ..] = text {
        if *byte != b'\n'
            && let [first, others @ ..] = free
        {
            *first = *byte;
            free = others;
        }
        text = rest;
    }
    line
}

/// Tries rules on a subject; the judge of a request does.
pub(crate) trait Judging {
    /// Tries a rule that may read facts, and finds one fault at most. The check comes twice: once to be inlined for
    /// the first try, which nearly always is the last, and once to be called for the others.
    fn run(
        &mut self,
        rule: &'static Rule,
        first: impl Fn(&Target<'_>) -> Option<Fault>,
        further: &dyn Fn(&Target<'_>) -> Option<Fault>,
    );

    /// Runs a rule that reads no fact, and finds any number of faults.
    fn run_all(&mut self, rule: &'static Rule, check: impl Fn(&Target<'_>, &mut dyn FnMut(Fault)));
}

/// Where in the body a rule points at: names, and the index of an element behind the name of its list.
macro_rules! at {
    ($($name:literal),+) => {
        $crate::target::At::new(&[$($name),+])
    };
    ($list:literal, $index:expr $(, $name:literal)?) => {
        $crate::target::At::element(&[$list, "" $(, $name)?], $index)
    };
}

/// Declares a rule: its documentation and metadata. Its check stands beside it, as a function of the same name.
macro_rules! rule {
    (
        $(#[doc = $doc:literal])*
        $item:ident $name:literal $severity:ident $group:ident $ages:ident
        $(cites $operation:ident $table:literal $parameter:literal)*
    ) => {
        $(#[doc = $doc])*
        pub(crate) static $item: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            severity: $crate::diagnostic::Severity::$severity,
            group: $crate::rules::Group::$group,
            ages: $crate::rules::Ages::$ages,
            #[cfg(any(feature = "docs", not(target_family = "wasm")))]
            summary: {
                // A copy, so that the rest of the documentation is left out where it is not asked for.
                const DOCUMENTATION: &str = concat!($($doc, "\n"),*);
                const FIRST: &[u8] = $crate::rules::summary(DOCUMENTATION);
                static SUMMARY: [u8; $crate::rules::length_in_one_line(FIRST)] = $crate::rules::one_line(FIRST);
                match std::str::from_utf8(&SUMMARY) {
                    Ok(summary) => summary,
                    Err(_) => "",
                }
            },
            #[cfg(feature = "docs")]
            documentation: concat!($($doc, "\n"),*),
            cites: &[$($crate::rules::Cite {
                operation: $crate::api::Operation::$operation,
                table: $table,
                parameter: $parameter,
            }),*],
        };
    };
}

pub(crate) use {at, rule};

/// That an address is not among those of its subnet, which is named elsewhere.
fn outside_subnet(address: &str, net: &str, subnet: At) -> Words {
    Words::from(say!("{} is not in the subnet's {}", address, net))
        .related(subnet, say!("this subnet has {}", net))
}

/// That a subnet and the load balancer are in different VPCs.
fn in_another_vpc(vpc: &str, own: &str) -> Words {
    Words::from(say!("the subnet lies in VPC {}, but the load balancer in VPC {}", vpc, own))
}

/// A fact of the target in a message: `pool.protocol is TCP`.
fn told(target: &Target<'_>, fact: Fact) -> String {
    let word = target.context().word(fact).unwrap_or_else(|| target.value(fact).word());
    say!("{} is {}", fact.name(), word)
}
