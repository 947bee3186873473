//! Bodies as request objects, in files and as lines: what the command is measured on.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use elblint::Operation;

use crate::bodies::{self, Body};
use crate::random::Random;

/// A tenth of the bodies has a fault.
fn mixed(count: usize, seed: u64) -> impl Iterator<Item = Body> {
    let mut good = bodies::small(count - count / 10, seed, false).into_iter();
    let mut bad = bodies::small(count / 10, seed + 1, true).into_iter();
    (0..count).map_while(move |index| if index % 10 == 9 { bad.next() } else { good.next() })
}

/// A body as the body of a request.
fn request(body: &Body, random: &mut Random, text: &str) -> String {
    let mut url = body.operation.path().to_owned();
    for name in ["{loadbalancer_id}", "{pool_id}", "{member_id}"] {
        url = url.replace(name, &random.id());
    }
    let url = url.replace("{project_id}", "99a3fff0d03c428eac3678da6a7d0f24");
    format!(r#"{{"method": "{}", "url": "{url}", "body": {text}}}"#, body.operation.method())
}

/// Writes so many request files, a hundred to a folder.
pub(crate) fn write_files(folder: &Path, count: usize) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    write_bodies(folder, mixed(count, 8))
}

/// Writes so many request files, a tenth of them with two faults that a safe fix mends. Those that are there already
/// stay: some file systems are slow to make files where many have just been removed.
pub(crate) fn write_mendable(folder: &Path, count: usize) -> io::Result<()> {
    let text = "{\n  \"member\": {\n    \"name\": \"web\",\n    \"wieght\": \"10\"\n  }\n}";
    let good = bodies::small(count, 8, false).into_iter().enumerate();
    let with_slips = |(index, body)| match index % 10 {
        9 => Body { operation: Operation::UpdateMember, text: text.to_owned(), ..body },
        _ => body,
    };
    write_bodies(folder, good.map(with_slips))
}

fn write_bodies(folder: &Path, bodies: impl Iterator<Item = Body>) -> io::Result<()> {
    let mut random = Random::new(7);
    for (index, body) in bodies.enumerate() {
        let folder = folder.join(format!("{:03}", index / 100));
        if index % 100 == 0 {
            fs::create_dir_all(&folder)?;
        }
        let text = request(&body, &mut random, &body.text) + "\n";
        let path = folder.join(format!("{:02}.json", index % 100));
        if fs::read(&path).ok().as_deref() != Some(text.as_bytes()) {
            fs::write(path, text)?;
        }
    }
    Ok(())
}

/// Writes a file of requests, a line each, of at least so many bytes. How many it is of.
pub(crate) fn write_lines(path: &Path, bytes: u64) -> io::Result<u64> {
    const AT_ONCE: usize = 10_000;
    let mut random = Random::new(9);
    let mut file = BufWriter::new(File::create(path)?);
    let mut written = 0;
    for seed in (10..).step_by(2) {
        for body in mixed(AT_ONCE, seed) {
            // A line is a line: where a body is spread over several, they are joined.
            let text = body.text.replace("\n", "");
            let line = request(&body, &mut random, &text) + "\n";
            file.write_all(line.as_bytes())?;
            written += line.len() as u64;
        }
        if written >= bytes {
            break;
        }
    }
    file.flush()?;
    Ok(written)
}
