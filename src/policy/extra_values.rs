//! Values that the service has come to accept, and a closed list does not have yet.
//!
//! What such a value means is not known here, so it is listed as unchecked, as a placeholder is.

use std::collections::BTreeMap;

use crate::api::Operation;
use crate::diagnostic::{Place, Report, Step};
use crate::json::near;
use crate::rules::fields;

/// The further values of each field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtraValues(BTreeMap<String, Vec<String>>);

/// No field with a closed list has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not a field with a closed list of values")]
pub struct UnknownField {
    /// The name.
    pub name: String,
    /// The one that was surely meant.
    pub near: Option<String>,
    /// All there are.
    pub known: Vec<String>,
}

impl ExtraValues {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds values of a field, named like `pool.lb_algorithm`. `known` are the fields with a closed list.
    ///
    /// # Errors
    /// Where no field with a closed list has the name.
    pub fn add(&mut self, field: &str, values: Vec<String>, known: &[String]) -> Result<(), UnknownField> {
        if !known.iter().any(|known| known == field) {
            let near = near(field, known.iter().map(String::as_str)).map(str::to_owned);
            return Err(UnknownField { name: field.to_owned(), near, known: known.to_vec() });
        }
        self.0.entry(field.to_owned()).or_default().extend(values);
        Ok(())
    }

    /// Takes back what was said against these values.
    pub(super) fn admit(&self, report: &mut Report) {
        if self.is_empty() || report.operation.and_then(Operation::from_name).is_none() {
            return;
        }
        let unchecked = &mut report.unchecked;
        report.diagnostics.retain(|diagnostic| {
            let known = diagnostic.rule == fields::ONE_OF.name
                && self.0.get(&name(&diagnostic.place)).is_some_and(|values| {
                    values.iter().any(|value| fields::refuses(&diagnostic.message, value))
                });
            if known {
                unchecked.push(diagnostic.place.clone());
            }
            !known
        });
    }
}

/// A field of the body as users name it; elements of lists have the name of their list.
fn name(place: &Place) -> String {
    let names = place.pointer.steps().iter().filter_map(|step| match step {
        Step::Name(name) => Some(*name),
        Step::Other(name) => Some(&**name),
        Step::Index(_) => None,
    });
    names.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Context;

    #[test]
    fn a_value_of_any_length_is_admitted_and_no_other() {
        for value in ["ROUND", &"LONG".repeat(20), "a\" is \"b", ""] {
            let mut own = ExtraValues::default();
            own.add("pool.lb_algorithm", vec![value.to_owned()], &["pool.lb_algorithm".to_owned()]).unwrap();
            let left = |sent: &str| {
                let body = serde_json::json!({"pool": {"lb_algorithm": sent}}).to_string();
                let mut report = crate::check_body(Operation::UpdatePool, &body, &Context::default());
                own.admit(&mut report);
                report.diagnostics.iter().filter(|it| it.rule == fields::ONE_OF.name).count()
            };
            assert_eq!((left(value), left("round")), (0, 1), "{value}");
        }
    }
}
