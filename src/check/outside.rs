//! Members that stand outside of the object that they belong into: one mistake, however many there are.

use crate::diagnostic::{Pointer, Step};
use crate::json::{Fault, FaultKind, Filled};
use crate::rules::fields;

/// Whether a member of the body's root is the whole body of another operation.
pub(super) fn is_of_another(filled: &Filled) -> bool {
    filled.faults.iter().any(|fault| match &fault.kind {
        FaultKind::UnknownField { name, near: None, .. } => {
            fields::operation_of(&fault.pointer, name).is_some()
        }
        _ => false,
    })
}

/// Takes back that the members of a body's one object are not known at the body's root, where they stand because the
/// object around them is missing. Tells which object that is.
pub(super) fn forgive_outside(
    filled: &mut Filled,
    inside: Option<(&'static str, &'static [&'static str])>,
    is_there: impl Fn(&str) -> bool,
) -> Option<&'static str> {
    let (object, names) = inside?;
    let outside = |fault: &Fault| match &fault.kind {
        FaultKind::UnknownField { name, .. } => fault.pointer.steps().len() == 1 && names.contains(&&**name),
        _ => false,
    };
    let forgiven = || filled.forgiven.contains(&Pointer::new([Step::Name(object)]));
    if !filled.faults.iter().any(outside) || is_there(object) || forgiven() {
        return None;
    }
    filled.faults.retain(|fault| !outside(fault));
    Some(object)
}
