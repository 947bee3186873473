//! `elblint schema`: the JSON Schema of an operation's body.

use std::io;

use super::args::SchemaArguments;
use super::print;
use crate::api::Operation;

/// Prints the schema.
pub(super) fn run(arguments: &SchemaArguments) -> io::Result<u8> {
    let Some(operation) = Operation::from_name(&arguments.operation) else { return Ok(super::FAILED) };
    print(|out| {
        serde_json::to_writer_pretty(&mut *out, &crate::schema::operation(operation))?;
        out.write_all(b"\n")
    })
}
