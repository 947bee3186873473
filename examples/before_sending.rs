//! A check right before any client sends: `cargo run --example before_sending --features http`.

use elblint::{Context, Verdict, check_http};

fn main() -> Result<(), http::Error> {
    let request = http::Request::put(
        "https://elb.example.com/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086-a496-4666-9064-5ba0e6840c75/members/1923923e-fe8a-484f-bdbc-e11559b1f48f",
    )
    .header("X-Auth-Token", "the token")
    .body(r#"{"member": {"weight": 400}}"#)?;

    match check_http(&request, &Context::default()) {
        Some(report) if report.verdict == Verdict::Refused => {
            for diagnostic in &report.diagnostics {
                println!("not sent: {} ({})", diagnostic.message, diagnostic.rule);
            }
        }
        _ => println!("sent"),
    }
    Ok(())
}
