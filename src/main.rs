//! The command `elblint`.
fn main() {}
