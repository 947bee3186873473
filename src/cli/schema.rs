//! `elblint schema`: the JSON Schema of an operation's body, or of the JSON report.

use std::io;

use super::args::{REPORT, SchemaArguments};
use super::print;
use crate::api::Operation;
use crate::schema;

/// Prints the schema.
pub(super) fn run(arguments: &SchemaArguments) -> io::Result<u8> {
    let schema = match Operation::from_name(&arguments.name) {
        Some(operation) => schema::operation(operation),
        None if arguments.name.eq_ignore_ascii_case(REPORT) => schema::report(),
        None => return Ok(super::FAILED),
    };
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, &schema)?;
        out.write_all(b"\n")
    })
}
