//! Words that several formats share: what a request requires, lists, numbers.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostic, Need, Report, Requirement, Verdict};
use crate::target::{Fact, Values};

/// What a request as a whole depends on; if `verbose`, with what every request of the operation depends on.
pub(super) fn needs(report: &Report, verbose: bool) -> impl Iterator<Item = &Requirement> + Clone {
    report.requires.iter().filter(move |required| verbose || !required.standing)
}

/// Writes the needs of a request in words that follow its name: "holds only if …, but not if …".
pub(super) fn depends<'r>(
    report: &Report,
    needs: impl Iterator<Item = &'r Requirement>,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let (mut demanded, mut excluded) = (Vec::new(), Vec::new());
    for required in needs {
        match &required.need {
            Need::OneOf(fact, values) => demanded.push((*fact, *values)),
            Need::Not(values) => exclude(&mut excluded, values),
        }
    }
    out.write_all(if report.verdict == Verdict::Refused { b"would hold" } else { b"holds" })?;
    if !demanded.is_empty() {
        out.write_all(b" only if ")?;
        facts(out, &demanded)?;
    }
    for (index, case) in excluded.iter().enumerate() {
        out.write_all(if index == 0 { b", but not if " } else { b", nor if " })?;
        facts(out, case)?;
    }
    Ok(())
}

/// Facts, and which of their values are meant.
type Case = Vec<(Fact, Values)>;

/// Adds a combination that is excluded. One that differs from another in the value of a single fact is told with it.
fn exclude(cases: &mut Vec<Case>, values: &[(Fact, u8)]) {
    let new: Case = values.iter().map(|(fact, value)| (*fact, Values::only(*value))).collect();
    for case in &mut *cases {
        let is_same_fact = case.len() == new.len() && case.iter().zip(&new).all(|(own, new)| own.0 == new.0);
        let mut unlike = case.iter_mut().zip(&new).filter(|(own, new)| own.1 != new.1);
        if let (true, Some((own, (_, value))), None) = (is_same_fact, unlike.next(), unlike.next()) {
            own.1 = own.1.or(*value);
            return;
        }
    }
    cases.push(new);
}

/// Writes facts and their values in words that follow "if".
fn facts(out: &mut Vec<u8>, case: &[(Fact, Values)]) -> io::Result<()> {
    list(out, case.len(), case, |out, (fact, values)| {
        write!(out, "{} is ", fact.name())?;
        fact.phrase_parts(*values).try_for_each(|part| out.write_all(part.as_bytes()))
    })
}

/// What a request depends on, as a text of its own, which is empty where that is nothing.
pub(super) fn dependence(report: &Report) -> io::Result<String> {
    let mut words = Vec::new();
    if needs(report, false).next().is_some() {
        depends(report, needs(report, false), &mut words)?;
    }
    Ok(String::from_utf8_lossy(&words).into_owned())
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
