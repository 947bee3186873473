//! The operations that elblint covers.
//!
//! Which of them a request is for, `route` finds out.

mod route;

use std::fmt;
use std::str::FromStr;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{batch_create_members, update_member, update_pool, upgrade_load_balancer};
use crate::diagnostic::{Pointer, Source, Step};

pub(crate) use route::may_be_id;
pub use route::{PathParameters, Route, is_placeholder, route};

/// An operation of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// Upgrades a shared load balancer to a dedicated one.
    UpgradeLoadBalancer,
    /// Updates a backend server group.
    UpdatePool,
    /// Updates a backend server.
    UpdateMember,
    /// Adds backend servers in batches.
    BatchCreateMembers,
}

/// No operation has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no operation `{0}`")]
pub struct UnknownOperation(pub String);

/// As [`Operation::from_name`].
///
/// ```
/// use elblint::Operation;
///
/// assert_eq!("UpdatePool".parse(), Ok(Operation::UpdatePool));
/// assert_eq!("Update".parse::<Operation>().unwrap_err().to_string(), "there is no operation `Update`");
/// ```
impl FromStr for Operation {
    type Err = UnknownOperation;

    fn from_str(name: &str) -> Result<Self, UnknownOperation> {
        Self::from_name(name).ok_or_else(|| UnknownOperation(name.to_owned()))
    }
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A page of the API's documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Document {
    /// Its title.
    pub title: &'static str,
    /// The date printed on it, `YYYY-MM-DD`.
    pub updated: &'static str,
}

/// An object of a request body, as its page describes it.
#[derive(Debug)]
pub(crate) struct Object {
    /// Where it lies; an empty step stands for every element of a list.
    pub(crate) at: &'static [&'static str],
    /// The table that describes it.
    pub(crate) table: &'static str,
    /// Members that a GET returns and a request cannot send.
    pub(crate) read_only: &'static [&'static str],
}

#[derive(Debug)]
pub(crate) struct Info {
    pub(crate) name: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: Path,
    pub(crate) document: Document,
    pub(crate) objects: &'static [Object],
}

/// A path template, as a whole and taken apart.
#[derive(Debug)]
pub(crate) struct Path {
    pub(crate) text: &'static str,
    pub(crate) segments: &'static [&'static str],
}

/// The path template of these segments.
macro_rules! template {
    ($($segment:literal),*) => {
        $crate::api::operation::Path { text: concat!($("/", $segment),*), segments: &[$($segment),*] }
    };
}
pub(crate) use template;

impl Operation {
    /// Every operation that is covered.
    pub const ALL: &'static [Self] =
        &[Self::UpgradeLoadBalancer, Self::UpdatePool, Self::UpdateMember, Self::BatchCreateMembers];

    pub(crate) const fn info(self) -> &'static Info {
        match self {
            Self::UpgradeLoadBalancer => &upgrade_load_balancer::INFO,
            Self::UpdatePool => &update_pool::INFO,
            Self::UpdateMember => &update_member::INFO,
            Self::BatchCreateMembers => &batch_create_members::INFO,
        }
    }

    /// The name, `UpdatePool`.
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The operation of this name. The spelling `UpgradeLoadbalancer` of the SDKs is understood too.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|operation| operation.name().eq_ignore_ascii_case(name))
    }

    /// What it does, in a few words.
    pub const fn summary(self) -> &'static str {
        self.info().summary
    }

    /// The HTTP method.
    pub const fn method(self) -> &'static str {
        self.info().method
    }

    /// The path template, `/v3/{project_id}/elb/pools/{pool_id}`.
    pub const fn path(self) -> &'static str {
        self.info().path.text
    }

    /// The page that documents it.
    pub const fn document(self) -> &'static Document {
        &self.info().document
    }

    /// The sentence of the page that a field of the body rests on.
    pub(crate) fn source(self, pointer: &Pointer) -> Source {
        let (table, parameter) = match pointer.steps() {
            [] => ("Request body parameters", ""),
            [.., Step::Index(_)] => return self.source(&parent(pointer)),
            [objects @ .., last] => {
                let object = self.object(objects);
                (object.map_or("Request body parameters", |object| object.table), step_name(last))
            }
        };
        self.cite(table, parameter)
    }

    /// A parameter of a table of the page.
    pub(crate) fn cite(self, table: &'static str, parameter: &'static str) -> Source {
        let Document { title, updated } = *self.document();
        Source { document: title, updated, table, parameter }
    }

    /// The object of the body that lies here.
    pub(crate) fn object(self, steps: &[Step]) -> Option<&'static Object> {
        self.info().objects.iter().find(|object| {
            object.at.len() == steps.len()
                && object.at.iter().zip(steps).all(|(name, step)| match step {
                    Step::Index(_) => name.is_empty(),
                    Step::Name(own) => own == name,
                    Step::Other(_) => false,
                })
        })
    }
}

fn parent(pointer: &Pointer) -> Pointer {
    let mut parent = pointer.clone();
    parent.pop();
    parent
}

fn step_name(step: &Step) -> &'static str {
    match step {
        Step::Name(name) => name,
        Step::Other(_) | Step::Index(_) => "",
    }
}

/// As lists of operations have it.
impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Operation", 5)?;
        out.serialize_field("name", self.name())?;
        out.serialize_field("method", self.method())?;
        out.serialize_field("path", self.path())?;
        out.serialize_field("summary", self.summary())?;
        out.serialize_field("document", self.document())?;
        out.end()
    }
}
