//! The peer "jsonschema": the body as a `serde_json::Value`, checked against a schema of the same constraints,
//! with the relations between members that a schema can state.

use elblint::Operation;
use jsonschema::Validator;
use serde_json::Value;

/// The schemas, compiled.
pub(crate) struct Schemas(Vec<(Operation, Validator)>);

impl Schemas {
    pub(crate) fn new() -> Result<Self, String> {
        let texts = [
            (Operation::UpgradeLoadBalancer, include_str!("../../schemas/UpgradeLoadBalancer.json")),
            (Operation::UpdatePool, include_str!("../../schemas/UpdatePool.json")),
            (Operation::UpdateMember, include_str!("../../schemas/UpdateMember.json")),
            (Operation::BatchCreateMembers, include_str!("../../schemas/BatchCreateMembers.json")),
        ];
        let compile = |(operation, text): (Operation, &str)| {
            let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
            let validator = jsonschema::options()
                .should_validate_formats(true)
                .build(&schema)
                .map_err(|error| format!("{}: {error}", operation.name()))?;
            Ok((operation, validator))
        };
        texts.into_iter().map(compile).collect::<Result<_, _>>().map(Self)
    }

    /// Checks a body. How many faults it has: a body that cannot be parsed has one.
    pub(crate) fn check(&self, operation: Operation, text: &str) -> usize {
        let Ok(body) = serde_json::from_str::<Value>(text) else { return 1 };
        let Some((_, validator)) = self.0.iter().find(|(own, _)| *own == operation) else { return 0 };
        validator
            .iter_errors(&body)
            .map(|error| error.to_string())
            .filter(|message| !message.is_empty())
            .count()
    }
}
