//! Credentials in a source text that is shown are covered: a report goes to logs that many can read.
//!
//! What is shown is what is at fault, so nothing is taken for granted of its form: what stands near the name of a
//! credential is covered, rather too much of it than too little. How strings and lists nest is for [`strings`] to say.

mod strings;
#[cfg(test)]
mod tests;

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2_iter, memmem, memrchr};
use rustc_hash::FxHashMap;

use crate::diagnostic::Report;
use crate::json::{floor, is_placeholder};
use crate::rules::head::CREDENTIALS;

/// Where the values of credentials are in a text, in its order, and none inside of another.
#[derive(Debug)]
pub(super) struct Secrets(Vec<Range<usize>>);

impl Secrets {
    /// Finds the values of credential headers, the variables that they are made of, and logins in URLs. A placeholder is
    /// no secret.
    pub(super) fn find(text: &str) -> Self {
        let mut search = Search { text, ..Search::default() };
        names(text.as_bytes()).into_iter().for_each(|name| search.name(name));
        search.signs();
        let mut secrets = search.found;
        secrets.sort_unstable_by_key(|secret| secret.start);
        secrets.dedup_by(|next, last| {
            let inside = next.start < last.end;
            if inside {
                last.end = last.end.max(next.end);
            }
            inside
        });
        Self(secrets)
    }

    /// A stretch of the text with asterisks for the credentials, byte for byte, so that offsets stay what they
    /// are.
    pub(super) fn cover(&self, text: &str, range: Range<usize>) -> String {
        let mut bytes = text.as_bytes().get(range.clone()).unwrap_or_default().to_vec();
        let first = self.0.partition_point(|secret| secret.end <= range.start);
        for secret in self.0.iter().skip(first).take_while(|secret| secret.start < range.end) {
            let (start, end) = (secret.start.max(range.start), secret.end.min(range.end));
            bytes.get_mut(start - range.start..end - range.start).unwrap_or_default().fill(b'*');
        }
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// Covers the values of credentials in what is said of requests: a variable of the text may stand for one, and be used
/// where a value is told that is at fault.
pub(crate) fn cover_words(text: &str, reports: &mut [Report]) {
    let says_nothing = reports.iter().all(|report| report.diagnostics.is_empty());
    if says_nothing || memchr(b'@', text.as_bytes()).is_none() {
        return;
    }
    let secrets = Secrets::find(text).0;
    let values = secrets.into_iter().filter_map(|secret| text.get(secret));
    let values: FxHashMap<&Beginning, &str> =
        values.filter_map(|value| Some((value.as_bytes().first_chunk()?, value))).collect();
    for diagnostic in reports.iter_mut().flat_map(|report| &mut report.diagnostics) {
        if let Some(message) = without(&values, &diagnostic.message) {
            diagnostic.message = message;
        }
        if let Some(help) = diagnostic.help.as_deref().and_then(|help| without(&values, help)) {
            diagnostic.help = Some(help.into());
        }
    }
}

/// What a value is known by: a shorter one is a word, and of a long one no more than the beginning is told.
type Beginning = [u8; 8];

/// Some words with asterisks for these values; None if there is none of them.
fn without(values: &FxHashMap<&Beginning, &str>, words: &str) -> Option<String> {
    let mut shown = String::new();
    let mut rest = words;
    let value_at =
        |(_, beginning): &(usize, &[u8])| values.get(<&Beginning>::try_from(*beginning).ok()?).copied();
    while let Some((start, value)) = rest
        .as_bytes()
        .windows(size_of::<Beginning>())
        .enumerate()
        .find_map(|window| Some((window.0, value_at(&window)?)))
    {
        let (before, told) = rest.split_at_checked(start)?;
        let same = told.bytes().zip(value.bytes()).take_while(|(own, secret)| own == secret).count();
        shown.push_str(before);
        shown.push_str("***");
        rest = told.get(floor(told, same)..).unwrap_or_default();
    }
    (!shown.is_empty()).then(|| shown + rest)
}

/// Where names of credential headers are, in their order.
fn names(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut look = |start: usize| {
        let rest = text.get(start..).unwrap_or_default();
        let length = CREDENTIALS.iter().find_map(|name| name_length(rest, name));
        found.extend(length.map(|length| start..start + length));
    };
    if memmem::find(text, b"\\u00").is_some() {
        (0..text.len()).for_each(look);
        return found;
    }
    // Letters that are rare, so that hardly any place has to be looked at.
    let follows =
        |at: &usize, next: u8| text.get(at + 1).is_some_and(|byte| byte.eq_ignore_ascii_case(&next));
    memchr2_iter(b'x', b'X', text).filter(|at| follows(at, b'-')).for_each(&mut look);
    let behind = memchr2_iter(b'z', b'Z', text).filter(|at| follows(at, b'a'));
    behind.filter_map(|at| at.checked_sub("authori".len())).for_each(look);
    found.sort_unstable_by_key(|name| name.start);
    found
}

/// How long a name is as it is written here, where each of its letters may be escaped.
fn name_length(text: &[u8], name: &str) -> Option<usize> {
    let mut at = 0;
    for wanted in name.bytes() {
        let rest = text.get(at..)?;
        let (own, length) = match rest.first()? {
            b'\\' => strings::escaped(rest)?,
            own => (*own, 1),
        };
        if !own.eq_ignore_ascii_case(&wanted) {
            return None;
        }
        at += length;
    }
    (!matches!(text.get(at), Some(b'-' | b'_'))).then_some(at)
}

#[derive(Default)]
struct Search<'t> {
    text: &'t str,
    found: Vec<Range<usize>>,
    /// The variables that stand for credentials.
    variables: Vec<&'t str>,
    /// All that names before this lead to has been found.
    done: usize,
    /// The line that was looked at last.
    line: Line,
}

/// A line that the name of a credential is in.
#[derive(Clone, Copy, Default)]
struct Line {
    start: usize,
    end: usize,
    is_comment: bool,
}

/// More placeholders than any value has.
const MOST_PLACEHOLDERS: usize = 32;

impl<'t> Search<'t> {
    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn line_end(&self, from: usize) -> usize {
        memchr(b'\n', self.slice(from..self.text.len()).as_bytes()).map_or(self.text.len(), |end| from + end)
    }

    /// Covers what the name of a credential leads to.
    fn name(&mut self, name: Range<usize>) {
        if name.start < self.done {
            return;
        }
        match strings::opening(self.slice(self.done..name.start)) {
            Some(quote) => {
                let end = self.closing(name.end, quote);
                if self.slice(name.end..end).trim().is_empty() {
                    self.whole_string(name.start..end, quote);
                } else {
                    self.cover(name.end..end);
                    self.done = end;
                }
            }
            None => self.in_line(name),
        }
    }

    /// A name that does not begin a string: all that follows in its line is covered, and what goes on below.
    fn in_line(&mut self, name: Range<usize>) {
        if name.start >= self.line.end {
            let since = self.slice(self.line.end..name.start);
            let start = memrchr(b'\n', since.as_bytes()).map_or(self.line.end, |end| self.line.end + end + 1);
            let end = self.line_end(name.end);
            let content = self.slice(start..end).trim_start();
            self.line =
                Line { start, end, is_comment: content.starts_with('#') || content.starts_with("//") };
        }
        let Line { start, end: line_end, is_comment } = self.line;
        let rest = self.slice(name.end..line_end);
        let before = self.slice(start.max(self.done)..name.start);
        if is_comment && before.contains(char::is_alphanumeric) && !rest.trim_start().starts_with([':', '='])
        {
            // A word of a sentence.
            self.done = name.end;
            return;
        }
        let quote = before.rfind(['"', '\'']).and_then(|at| strings::opening(before.get(..=at)?));
        self.done = quote.map_or(line_end, |quote| self.closing(name.end, quote));
        self.cover(name.end..self.done);
        if is_comment || quote.is_some() {
            return;
        }
        let indented = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        let indent = indented(self.slice(start..name.start));
        let mut is_missing = !rest.contains(char::is_alphanumeric);
        while self.done < self.text.len() {
            let below = self.done + 1..self.line_end(self.done + 1);
            let line = self.slice(below.clone());
            let content = line.trim();
            let goes_on = indented(line) > indent && !content.is_empty();
            if content.starts_with(['{', '[']) && !is_placeholder(content)
                || !(goes_on || is_missing && is_word(content))
            {
                break;
            }
            is_missing = false;
            self.done = below.end;
            self.cover(below);
        }
    }

    /// Covers a value, but for the placeholders in it and what is around it.
    fn cover(&mut self, range: Range<usize>) {
        let own = self.slice(range.clone());
        let value = own.trim_start_matches([':', '=', ' ', '\t', '"', '\'', '\\']);
        let mut at = range.end - value.len();
        let value = value.trim_end_matches(['\r', ' ', '\t', '"', '\'', '\\']);
        let end = at + value.len();
        for _ in 0..MOST_PLACEHOLDERS {
            let Some((open, close)) = placeholder(self.slice(at..end)) else { break };
            let piece = at..at + open;
            if !is_scheme(self.slice(piece.clone()).trim()) {
                self.cover_piece(piece);
            }
            let inner = self.slice(at + open..at + close).trim_start_matches('{').trim_end_matches('}');
            self.variables.push(inner.trim());
            at += close;
        }
        if placeholder(self.slice(at..end)).is_some() || !is_placeholder(self.slice(at..end)) {
            self.cover_piece(at..end);
        }
    }

    fn cover_piece(&mut self, range: Range<usize>) {
        let piece = self.slice(range.clone());
        if piece.contains(char::is_alphanumeric) {
            let start = range.end - piece.trim_start().len();
            self.found.push(start..range.start + piece.trim_end().len());
        }
    }

    /// What `@` tells of: logins in URLs, and variables that stand for credentials.
    fn signs(&mut self) {
        let mut definitions: FxHashMap<&str, Vec<Range<usize>>> = FxHashMap::default();
        let (mut after_last, mut login_end) = (0, None);
        for at in memchr_iter(b'@', self.text.as_bytes()) {
            let before = self.slice(after_last..at);
            let blank = before.trim_end_matches([' ', '\t', '\u{FEFF}']);
            if blank.ends_with('\n') || (blank.is_empty() && after_last == 0) {
                let line = at + 1..self.line_end(at);
                if let Some((name, _)) = self.slice(line.clone()).split_once('=') {
                    let name_end = line.start + name.len();
                    definitions.entry(name.trim()).or_default().push(name_end + 1..line.end);
                    let lower = name.to_ascii_lowercase();
                    if ["token", "secret", "passw", "credential"].iter().any(|word| lower.contains(word)) {
                        self.variables.push(name.trim());
                    }
                }
            } else {
                let stop = |character: char| {
                    character.is_whitespace() || character.is_control() || "/\\\"'<>()`".contains(character)
                };
                let login = before.rsplit(stop).next().unwrap_or_default();
                let in_front = before.strip_suffix(login).unwrap_or_default();
                let slashes = in_front
                    .trim_end_matches('\\')
                    .strip_suffix('/')
                    .map(|front| front.trim_end_matches('\\').ends_with('/'));
                let goes_on = in_front.is_empty() && login_end.is_some_and(|end| end + 1 == after_last);
                let host = self.slice(at + 1..self.text.len());
                let is_at_host =
                    host.starts_with(|first: char| first.is_alphanumeric() || "[{$<".contains(first));
                if is_at_host && (slashes == Some(true) || goes_on || login.contains(':')) {
                    self.cover(at - login.len()..at);
                    login_end = Some(at);
                }
            }
            after_last = at + 1;
        }
        while let Some(variable) = self.variables.pop() {
            definitions.remove(variable).into_iter().flatten().for_each(|value| self.cover(value));
        }
    }
}

/// The first `{{…}}` or `${…}` of a text.
fn placeholder(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let pair = |open: &[u8], close: &[u8]| {
        let start = memmem::find(bytes, open)?;
        let inner = start + open.len();
        Some((start, inner + memmem::find(bytes.get(inner..)?, close)? + close.len()))
    };
    [pair(b"{{", b"}}"), pair(b"${", b"}")].into_iter().flatten().min()
}

/// Whether it tells how the secret behind it is meant.
fn is_scheme(text: &str) -> bool {
    ["bearer", "basic", "token"].iter().any(|scheme| scheme.eq_ignore_ascii_case(text))
}

/// Whether a line is what a value may be and no header can.
fn is_word(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_alphanumeric())
        && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-.%~".contains(&byte))
}
