//! What contributors run: `cargo xtask test`, `bench`, `docs`.
fn main() {}
