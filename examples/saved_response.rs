//! A pre-flight check against a saved GET response: `cargo run --example saved_response`.

use elblint::api::field::Field;
use elblint::api::update_pool::{UpdatePoolOption, UpdatePoolRequestBody, UpdatePoolSlowStartOption};
use elblint::{Context, Verdict, check_value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let saved =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/context/http-pool.json"))?;
    let context = Context::from_json(&saved)?;

    let slow_start = UpdatePoolSlowStartOption { enable: true.into(), duration: 1200.into() };
    let pool = UpdatePoolOption {
        name: "web".into(),
        slow_start: slow_start.into(),
        vpc_id: Field::Absent,
        ..UpdatePoolOption::default()
    };
    let report = check_value(&UpdatePoolRequestBody { pool: pool.into() }, &context);
    println!("{}", report.verdict.name());
    for diagnostic in &report.diagnostics {
        println!("{}: {} ({})", diagnostic.severity, diagnostic.message, diagnostic.place.pointer);
    }
    assert_eq!(report.verdict, Verdict::Ready);
    Ok(())
}
