//! The check of `http::Request`, in front of a small server on loopback: a refused request never reaches it.
#![cfg(feature = "http")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use elblint::{Context, Verdict, check_http};

/// Sends a request, unless it would be refused.
fn send(request: &http::Request<String>, address: std::net::SocketAddr) -> Result<String, Vec<String>> {
    let report = check_http(request, &Context::default()).ok_or_else(Vec::new)?;
    if report.verdict == Verdict::Refused {
        return Err(report.diagnostics.iter().map(|it| it.rule.to_owned()).collect());
    }
    let mut stream = TcpStream::connect(address).expect("the server listens");
    let body = request.body();
    let head = format!(
        "{} {} HTTP/1.1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        request.method(),
        request.uri().path(),
        body.len()
    );
    stream.write_all(head.as_bytes()).expect("sent");
    stream.write_all(body.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    Ok(answer)
}

fn update(body: &str) -> http::Request<String> {
    http::Request::put(
        "https://elb.example.com/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086/members/1923923e",
    )
    .header("x-auth-token", "secret")
    .body(body.to_owned())
    .expect("a request")
}

#[test]
fn a_refused_request_never_reaches_the_server() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    let served = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&served);
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("one request comes");
        count.fetch_add(1, Ordering::SeqCst);
        let mut seen = Vec::new();
        let mut buffer = [0; 1024];
        while !seen.ends_with(b"}}") {
            let read = stream.read(&mut buffer).expect("it is read");
            seen.extend_from_slice(buffer.get(..read).expect("what was read"));
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").expect("answered");
    });

    assert_eq!(send(&update(r#"{"member": {"weight": 400}}"#), address), Err(vec!["range".to_owned()]));
    assert_eq!(
        send(&update("not json"), address).map_err(|rules| rules.contains(&"syntax".to_owned())),
        Err(true)
    );
    assert_eq!(served.load(Ordering::SeqCst), 0);

    let answer = send(&update(r#"{"member": {"weight": 40}}"#), address).expect("it is sent");
    assert!(answer.starts_with("HTTP/1.1 200"));
    server.join().expect("the server is done");
    assert_eq!(served.load(Ordering::SeqCst), 1);
}

#[test]
fn bodies_that_are_not_utf8_and_other_services_are_told_apart() {
    let request = http::Request::put("/v3/99a3fff0d03c428eac3678da6a7d0f24/elb/pools/36ce7086")
        .body(vec![0xff])
        .expect("a request");
    let report = check_http(&request, &Context::default()).expect("it goes to ELB");
    assert_eq!(report.verdict, Verdict::Refused);
    assert_eq!(report.operation, Some("UpdatePool"));
    let rules: Vec<_> = report.diagnostics.iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["without-token", "syntax"]);
    let other =
        http::Request::get("https://vpc.example.com/v1/p/subnets").body(Vec::new()).expect("a request");
    assert!(check_http(&other, &Context::default()).is_none());
}
