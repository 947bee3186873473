//! JSON Schemas, out of the very types that read the requests and say the reports.
//!
//! `schemars` reads what serde and validator say of a type; this room adds what neither can say, and the rules that
//! relate fields of the body to each other. What depends on the target no schema says; the rules do.

mod fields;
mod models;
mod relations;
mod report;
mod tidy;

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use crate::api::Operation;
use crate::api::batch_create_members::BatchCreateMembersRequestBody;
use crate::api::context::Known;
use crate::api::update_member::UpdateMemberRequestBody;
use crate::api::update_pool::UpdatePoolRequestBody;
use crate::api::upgrade_load_balancer::UpgradeLoadBalancerRequestBody;
use crate::diagnostic::Report;

pub use report::report;

/// The JSON Schema of an operation's body, of draft 2020-12. It has no references, so that of draft 07 differs only
/// in the `$schema` that it names.
///
/// ```
/// let schema = elblint::schema::operation(elblint::Operation::UpdateMember);
/// assert_eq!(schema["properties"]["member"]["properties"]["weight"]["maximum"], 100);
/// ```
pub fn operation(operation: Operation) -> Value {
    let schema = match operation {
        Operation::UpgradeLoadBalancer => body::<UpgradeLoadBalancerRequestBody<'_>>(),
        Operation::UpdatePool => body::<UpdatePoolRequestBody<'_>>(),
        Operation::UpdateMember => body::<UpdateMemberRequestBody<'_>>(),
        Operation::BatchCreateMembers => body::<BatchCreateMembersRequestBody<'_>>(),
    };
    let mut schema = schema.to_value();
    tidy::tidy(&mut schema);
    relations::add(operation, &mut schema);
    if let Value::Object(members) = &mut schema {
        members.insert("title".to_owned(), json!(operation.name()));
        let document = operation.document();
        members.insert(
            "$comment".to_owned(),
            json!(format!("{}, updated {}", document.title, document.updated)),
        );
    }
    schema
}

/// The schemas of what a check takes and gives beside the body, by their names: for the types of other languages.
pub fn types() -> BTreeMap<String, Value> {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    generator.subschema_for::<Known>();
    let mut types: BTreeMap<_, _> = generator.take_definitions(true).into_iter().collect();
    types.values_mut().for_each(tidy::tidy);
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.subschema_for::<Report>();
    types.extend(generator.take_definitions(true));
    types
}

/// What there is to say about each field of an operation's body, by its JSON Pointer; `*` is every element of a list.
pub fn fields(operation: Operation) -> Map<String, Value> {
    let mut fields = Map::new();
    fields::describe(&self::operation(operation), "", &mut fields);
    fields
}

fn body<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .into_generator()
        .into_root_schema_for::<T>()
}
