//! What is known of the target: a context, made of the objects that the API's GET calls return.

mod error;
mod facts;
mod objects;
mod subnets;

use std::str::FromStr;
use std::sync::Arc;

pub use error::ContextError;
pub use objects::*;

use super::field::Field;
use crate::diagnostic::Pointer;
use crate::json::checks::is_empty;
use crate::json::{FaultKind, Tree, fill_model, fill_until, may_have_placeholder};
use crate::lists::{SmallVec, smallvec};
use crate::search::memchr;
use crate::target::fact::Fact;
use crate::target::space::Space;

/// What is known of the load balancer, backend server group and surroundings that a request will meet.
///
/// It is made of the responses of the API's own GET calls, so a saved response is a context as it is:
///
/// ```
/// let context = elblint::Context::from_json(r#"{"pool": {"id": "36ce7086", "protocol": "HTTP"}, "request_id": "8f40"}"#)?;
/// # Ok::<(), elblint::ContextError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// What was told, the last of which wins. Contexts are merged for many requests, so they share it.
    layers: Vec<Arc<Known>>,
    space: Space,
    waived: Vec<&'static str>,
}

impl From<Known> for Context {
    fn from(known: Known) -> Self {
        let mut context = Self { layers: vec![Arc::new(known)], ..Self::default() };
        context.space = context.narrowed();
        context
    }
}

impl Context {
    /// A context that knows nothing.
    pub const fn new() -> Self {
        Self { layers: Vec::new(), space: Space::ALL, waived: Vec::new() }
    }

    /// Reads a context from JSON: an object of GET responses.
    ///
    /// # Errors
    /// Where the text is not JSON, a member has a type that the API never returns, or no member is known.
    pub fn from_json(text: &str) -> Result<Self, ContextError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut known = Known::default();
        let read = if may_have_placeholder(text) {
            fill_known(text, &mut known)
        } else {
            fill_until(text, &mut known)
        };
        read.map_err(|offset| ContextError::at(text, offset))?;
        // Only an empty object has no names.
        if is_empty(&known) && memchr(b'"', text.as_bytes()).is_some() {
            return Err(ContextError::Nothing);
        }
        Ok(known.into())
    }

    /// Adds what another context knows; where both know something, the other wins. What either waives is waived.
    pub fn merge(&mut self, other: Self) {
        self.layers.extend(other.layers);
        self.waived.extend(other.waived);
        self.space = self.narrowed();
    }

    /// Takes what a rule demands of the target as met, whatever else is known. The name is one of
    /// [`RULES`](crate::rules::RULES), the name of a group waives nothing. What a policy has turned off is told by
    /// [`Levels::waived`](crate::policy::Levels::waived).
    pub fn waive(&mut self, rule: &'static str) {
        self.waived.push(rule);
    }

    /// Whether what a rule demands is taken as met.
    pub(crate) fn waives(&self, rule: &str) -> bool {
        self.waived.contains(&rule)
    }

    /// What is known last of a member of the load balancer; `null` says nothing.
    #[cfg_attr(not(target_family = "wasm"), inline)]
    pub(crate) fn balancer<T>(&self, member: fn(&LoadBalancer) -> &Field<T>) -> Option<&T> {
        self.last(|known| member(known.loadbalancer.set()?).set())
    }

    /// What is known last of a member of the backend server group; `null` says nothing.
    #[cfg_attr(not(target_family = "wasm"), inline)]
    pub(crate) fn pool<T>(&self, member: fn(&Pool) -> &Field<T>) -> Option<&T> {
        self.last(|known| member(known.pool.set()?).set())
    }

    /// What is known last of a member of the backend server group that has none where it is `null`.
    #[cfg_attr(not(target_family = "wasm"), inline)]
    pub(crate) fn pool_or_null<T>(&self, member: fn(&Pool) -> &Field<T>) -> Option<Option<&T>> {
        self.last(|known| match member(known.pool.set()?) {
            Field::Absent | Field::Unknown => None,
            told => Some(told.set()),
        })
    }

    #[cfg_attr(not(target_family = "wasm"), inline)]
    fn last<'c, T>(&'c self, told: impl Fn(&'c Known) -> Option<T>) -> Option<T> {
        self.layers.iter().rev().find_map(|known| told(known))
    }

    /// All that lists hold together.
    pub(crate) fn all<T>(&self, list: fn(&Known) -> &Field<Vec<T>>) -> SmallVec<[&T; 8]> {
        self.each(list, |_| true)
    }

    fn each<T>(
        &self,
        list: fn(&Known) -> &Field<Vec<T>>,
        is_wanted: impl Fn(&T) -> bool,
    ) -> SmallVec<[&T; 8]> {
        let mut wanted = smallvec![];
        for known in &self.layers {
            for one in list(known).set().into_iter().flatten().filter(|one| is_wanted(one)) {
                wanted.push(one);
            }
        }
        wanted
    }

    /// The id of the backend server.
    pub(crate) fn member_id(&self) -> Option<&String> {
        self.last(|known| known.member.set()?.id.set())
    }

    /// What each fact may be.
    pub(crate) fn space(&self) -> Space {
        self.space
    }

    /// The API's own word for what is known of a fact that reports only as `other`.
    pub(crate) fn word(&self, fact: Fact) -> Option<&str> {
        self.own_word(fact).filter(|word| !word.is_empty())
    }

    fn own_word(&self, fact: Fact) -> Option<&str> {
        let word = match fact {
            Fact::ProvisioningStatus => self.balancer(|balancer| &balancer.provisioning_status),
            Fact::PoolProtocol => self.pool(|pool| &pool.protocol),
            Fact::PoolLbAlgorithm => self.pool(|pool| &pool.lb_algorithm),
            Fact::PoolType => self.pool(|pool| &pool.r#type),
            _ => return None,
        };
        word.map(String::as_str)
    }

    /// The flavor with this id.
    pub(crate) fn flavor(&self, id: &str) -> Option<Entries<'_, Flavor>> {
        Entries::of(self.each(|known| &known.flavors, |flavor| is(&flavor.id, id)))
    }

    /// The subnet with this id, by any of its three ids.
    pub(crate) fn subnet(&self, id: &str) -> Option<Entries<'_, Subnet>> {
        Entries::of(self.each(|known| &known.subnets, |subnet| subnet.ids().any(|own| own == id)))
    }

    /// The VPC that the load balancer works in.
    pub(crate) fn vpc(&self) -> Option<&str> {
        self.balancer(|balancer| &balancer.vpc_id).map(String::as_str).filter(|vpc| !vpc.is_empty())
    }
}

/// Takes what is known from a text with placeholders, or says where something does not fit.
fn fill_known(text: &str, known: &mut Known) -> Result<(), usize> {
    let tree = Tree::parse(text);
    let filled = fill_model(&tree, tree.root(), Pointer::default(), known);
    let mut faults =
        filled.faults.iter().filter(|fault| !matches!(fault.kind, FaultKind::UnknownField { .. }));
    let fault = tree.syntax_faults().first().map(|fault| fault.range.start);
    match fault.or_else(|| faults.next().map(|fault| fault.range.start)) {
        Some(offset) => Err(offset),
        None if filled.hopeless => Err(0),
        None => Ok(()),
    }
}

fn is(field: &Field<String>, id: &str) -> bool {
    field.set().is_some_and(|known| known == id)
}

/// As [`Context::from_json`].
impl FromStr for Context {
    type Err = ContextError;

    fn from_str(text: &str) -> Result<Self, ContextError> {
        Self::from_json(text)
    }
}

/// What a context tells of one thing, which it may list more than once.
#[derive(Debug)]
pub(crate) struct Entries<'c, T>(SmallVec<[&'c T; 8]>);

impl<'c, T> Entries<'c, T> {
    fn of(all: SmallVec<[&'c T; 8]>) -> Option<Self> {
        (!all.is_empty()).then_some(Self(all))
    }

    /// What is known last of a member.
    pub(crate) fn last<U>(&self, member: impl Fn(&'c T) -> &'c Field<U>) -> Option<&'c U> {
        self.0.iter().rev().find_map(|one| member(one).set())
    }
}

impl<'c> Entries<'c, Subnet> {
    /// The VPC that the subnet lies in.
    pub(crate) fn vpc(&self) -> Option<&'c str> {
        self.last(|subnet| &subnet.vpc_id).map(String::as_str).filter(|vpc| !vpc.is_empty())
    }
}
