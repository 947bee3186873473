//! Words that several formats share: what a request requires, lists, numbers.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Need, Report, Requirement, Verdict};

/// What a request as a whole depends on; if `verbose`, with what every request of the operation depends on.
pub(super) fn needs(report: &Report, verbose: bool) -> impl Iterator<Item = &Requirement> + Clone {
    report.requires.iter().filter(move |required| verbose || !required.standing)
}

/// Writes the needs of a request in words that follow its name: "holds only if …".
pub(super) fn depends<'r>(
    report: &Report,
    needs: impl Iterator<Item = &'r Requirement> + Clone,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let refused = report.verdict == Verdict::Refused;
    out.write_all(if refused { b"would hold only if " } else { b"holds only if " })?;
    list(out, needs.clone().count(), needs, need)
}

/// The same as a text of its own, which is empty where a request depends on nothing.
pub(super) fn dependence(report: &Report) -> io::Result<String> {
    let mut words = Vec::new();
    if needs(report, false).next().is_some() {
        depends(report, needs(report, false), &mut words)?;
    }
    Ok(String::from_utf8_lossy(&words).into_owned())
}

/// A requirement in words that follow "only if".
fn need(out: &mut Vec<u8>, required: &Requirement) -> io::Result<()> {
    match &required.need {
        Need::OneOf(fact, values) => {
            out.extend_from_slice(fact.name().as_bytes());
            out.extend_from_slice(b" is ");
            fact.phrase_parts(*values).for_each(|part| out.extend_from_slice(part.as_bytes()));
            Ok(())
        }
        Need::Not(values) => {
            out.write_all(if values.len() == 2 { b"not both " } else { b"not all of " })?;
            list(out, values.len(), values, |out, (fact, value)| {
                write!(out, "{} {}", fact.name(), fact.value(*value))
            })
        }
    }
}

/// What a diagnostic says and what to do about it, on one line.
pub(super) fn sentence(diagnostic: &Diagnostic) -> String {
    let mut sentence = harmless(&diagnostic.message).into_owned();
    if let Some(help) = &diagnostic.help {
        sentence.push_str("; ");
        sentence.push_str(&harmless(help));
    }
    sentence
}

/// Where a diagnostic begins: its line and column. Where it has no place in the text, the request's line.
pub(super) fn start(report: &Report, diagnostic: &Diagnostic) -> (usize, usize) {
    diagnostic.span.map_or((report.line.unwrap_or(1), 1), |span| (span.start.line, span.start.column))
}

/// A text of somebody else's: what would command the terminal, begin a new line or change the order in which letters
/// are shown is escaped.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    // Beyond ASCII these begin with one of three bytes. Without a way out many bytes are looked at at once.
    let suspicious = |byte: u8| byte.is_ascii_control() | matches!(byte, 0xC2 | 0xD8 | 0xE2);
    if !text.bytes().fold(false, |found, byte| found | suspicious(byte)) || !text.contains(is_command) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match is_command(character) {
            true => escaped.extend(character.escape_default()),
            false => escaped.push(character),
        }
    }
    Cow::Owned(escaped)
}

/// Whether a character changes how others are shown.
pub(super) fn is_command(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    );
    turns || character.is_control()
}

/// Writes `a`, `a and b`, `a, b and c`.
pub(super) fn list<T>(
    out: &mut Vec<u8>,
    count: usize,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T) -> io::Result<()>,
) -> io::Result<()> {
    for (index, item) in items.into_iter().enumerate() {
        out.write_all(match index {
            0 => b"",
            _ if index + 1 == count => b" and ",
            _ => b", ",
        })?;
        write(out, item)?;
    }
    Ok(())
}

/// `1 file`, `2 files`.
pub(crate) fn plural(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}
