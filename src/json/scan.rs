//! The words of a JSON text: gaps, strings and bare words, with a fault for each that JSON does not know.
//!
//! Sees one word at a time. What may follow what is for `parse` to say.

use std::ops::Range;

use crate::say::{self, say};
use crate::search::{memchr, memchr2, memmem};

use super::decode;
use super::placeholder::Placeholders;
use super::tree::SyntaxFault;

/// The text is so far from JSON that nothing more can be said of it. The reason has been told.
pub(super) struct Stop;

const COMMENT: &str = "JSON has no comments";
pub(super) const LAST_COMMA: &str = "a comma with nothing after it";

/// Whether this syntax fault is one that many programs let pass in their own files.
#[cfg(feature = "cli")]
pub(crate) fn is_lenience(message: &str) -> bool {
    [COMMENT, LAST_COMMA].contains(&message)
}

/// Text typed in a word processor.
const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];

/// So many bytes are looked ahead for where a slip ends.
pub(super) const FAR: usize = 200;

pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) pos: usize,
    pub(super) faults: Vec<SyntaxFault>,
    first_line: usize,
    placeholders: Placeholders,
}

/// A run of characters without space between them.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
    pub(super) placeholder: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, first_line: usize) -> Self {
        let pos = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        Self { text, pos, faults: Vec::new(), first_line, placeholders: Placeholders::default() }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.pos..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.at(self.pos)
    }

    fn at(&self, offset: usize) -> Option<u8> {
        self.text.as_bytes().get(offset).copied()
    }

    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Tells of a fault. `{}` in the message is what stands there.
    pub(super) fn fault(&mut self, range: Range<usize>, message: &'static str, help: &'static str) {
        self.fault_of(range.clone(), range, message, help);
    }

    /// Tells of a fault. `{}` in the message is what stands elsewhere.
    pub(super) fn fault_of(
        &mut self,
        shown: Range<usize>,
        range: Range<usize>,
        message: &'static str,
        help: &'static str,
    ) {
        let message = match say::holes(message) {
            0 => message.into(),
            _ => say::fill(message, &[&self.shown(shown)]).into(),
        };
        let help = (!help.is_empty()).then_some(help.into());
        self.faults.push(SyntaxFault { range, message, help, opener: None });
    }

    /// Tells of a fault with what was opened here. The message goes on with the line of that.
    pub(super) fn fault_since(
        &mut self,
        opener: usize,
        range: Range<usize>,
        message: &'static str,
        help: &'static str,
    ) {
        self.fault(range, message, help);
        let line = self.line(opener);
        if let Some(fault) = self.faults.last_mut() {
            fault.message.to_mut().push_str(itoa::Buffer::new().format(line));
            fault.opener = Some(opener..opener + 1);
        }
    }

    /// The line of an offset. Counts from the start of the text, so only for faults that come once.
    pub(super) fn line(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        self.first_line + crate::search::memchr_iter(b'\n', before).count()
    }

    pub(super) fn placeholder(&mut self) -> Option<usize> {
        self.placeholders.end(self.text.as_bytes(), self.pos)
    }

    /// The text ends too early; what began at `opener` is still open.
    pub(super) fn ends_inside(&mut self, message: &'static str, opener: usize) -> Stop {
        let end = self.text.trim_end().len().max(opener + 1).min(self.text.len());
        self.fault_since(opener, end..end, message, "add what is missing, or close what is open");
        Stop
    }

    /// Passes over whitespace, and over comments, which JSON does not have.
    pub(super) fn gap(&mut self) -> Result<(), Stop> {
        loop {
            let rest = self.rest();
            match rest.as_bytes() {
                [b' ' | b'\n' | b'\t' | b'\r', ..] => self.pos += 1,
                [b'/', b'*', ..] => {
                    let Some(length) = memmem::find(rest.as_bytes(), b"*/") else {
                        return Err(
                            self.ends_inside("the text ends inside a comment that begins on line ", self.pos)
                        );
                    };
                    self.comment(length + 2);
                }
                [b'#', ..] | [b'/', b'/', ..] => {
                    let line = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
                    self.comment(self.slice(self.pos..self.pos + line).trim_ascii_end().len());
                }
                [0x0B | 0x0C | 0x80.., ..] => {
                    let length = rest.len() - rest.trim_start_matches(is_odd_space).len();
                    if length == 0 {
                        return Ok(());
                    }
                    let odd = self.pos..self.pos + length;
                    self.fault(odd, "{} is not whitespace in JSON", "put a plain space instead");
                    self.pos += length;
                }
                _ => return Ok(()),
            }
        }
    }

    fn comment(&mut self, length: usize) {
        let range = self.pos..self.pos + length;
        self.fault(range.clone(), COMMENT, "remove the comment");
        self.pos = range.end;
    }

    /// Passes over the string that begins here, and says whether it is whole. Tells of its first fault only:
    /// one mistake in a string often makes many.
    pub(super) fn string(&mut self) -> Result<bool, Stop> {
        let start = self.pos;
        let bytes = self.text.as_bytes();
        let mut whole = true;
        let mut at = start + 1;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let length = memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
            if whole && let Some(control) = rest.iter().take(length).position(|byte| *byte < 0x20) {
                whole = false;
                let control = at + control;
                if self.breaks_off(control) {
                    let line = self.slice(start..control).trim_ascii_end();
                    let end = start + line.strip_suffix(',').unwrap_or(line).len().max(1);
                    self.fault(start..end, "this string is not closed", "add a double quote where it ends");
                    self.pos = end;
                    return Ok(false);
                }
                self.control(control);
            }
            at += length;
            match self.at(at) {
                Some(b'"') => {
                    self.pos = at + 1;
                    return Ok(whole);
                }
                Some(_) => at += self.escape(at, &mut whole),
                None => {
                    return Err(self.ends_inside("the text ends inside a string that begins on line ", start));
                }
            }
        }
    }

    /// Whether a string that goes on in the next line was meant to end in this one: the next quote opens another.
    fn breaks_off(&self, newline: usize) -> bool {
        let rest = self.text.as_bytes().get(newline..).unwrap_or_default();
        if !matches!(rest, [b'\n', ..] | [b'\r', b'\n', ..]) {
            return false;
        }
        let Some(quote) = memchr(b'"', rest) else { return true };
        if rest.get(..quote).is_some_and(|before| before.ends_with(b"\\")) {
            return false;
        }
        let after = rest.get(quote + 1..).unwrap_or_default().trim_ascii_start();
        !matches!(after, [] | [b',' | b':' | b'}' | b']', ..])
    }

    fn control(&mut self, at: usize) {
        let code = self.at(at).unwrap_or_default();
        let (message, help) = match code {
            b'\n' | b'\r' => ("a line break inside a string", "write it as \\n"),
            b'\t' => ("a tab inside a string", "write it as \\t"),
            _ => ("a control character ({}) inside a string", "write it as \\u and its code"),
        };
        self.fault(at..at + 1, message, help);
    }

    /// The length of the escape that begins here.
    fn escape(&mut self, at: usize, whole: &mut bool) -> usize {
        let escaped = self.text.as_bytes().get(at + 1..).unwrap_or_default();
        let (good, length) = match escaped {
            [b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', ..] => return 2,
            [b'u', ..] => {
                let (character, length) = decode::unicode(escaped);
                (character.is_some(), length + 1)
            }
            // The control character is told of, if it is the first fault.
            [0..0x20, ..] => (false, 1),
            _ => (false, 1 + self.character(at + 1).len()),
        };
        if !good && *whole && at + 1 < self.text.len() {
            *whole = false;
            let (message, help) = match length {
                6 => ("{} is half of a pair of surrogates", "write both halves, or the character"),
                1 => ("a backslash with nothing to escape", "write it as \\\\"),
                _ if escaped.starts_with(b"u") => {
                    ("{} without four hexadecimal digits", "write \\\\ for a backslash")
                }
                _ => ("{} is not an escape of JSON", "write \\\\ for a backslash"),
            };
            self.fault(at..at + length, message, help);
        }
        length
    }

    /// Passes over a string in quotes that JSON does not know, and says whether it reads like one in double
    /// quotes. None if there is no such quote here.
    pub(super) fn odd_string(&mut self) -> Option<Result<bool, Stop>> {
        let start = self.pos;
        let rest = self.rest();
        let first = rest.chars().next()?;
        let single = first == '\'';
        if !single && !CURLY.contains(&first) {
            return None;
        }
        let mut escaped = false;
        let message = if single {
            "JSON has no strings in single quotes"
        } else {
            "JSON has no strings in typographic quotes"
        };
        for (at, next) in rest.char_indices() {
            let closes = if single { next == '\'' } else { CURLY.contains(&next) || next == '"' };
            if closes && at > 0 && !escaped {
                self.pos = self.character(start + at).end;
                self.fault(start..self.pos, message, USE_QUOTES);
                return Some(Ok(single));
            }
            if next == '\n' {
                break;
            }
            escaped = next == '\\' && !escaped;
        }
        self.fault(self.here(), "this quote is not closed", USE_QUOTES);
        Some(Err(Stop))
    }

    /// Passes over a bare word. It is empty where no word begins.
    pub(super) fn word(&mut self, is_key: bool) -> Word<'a> {
        let start = self.pos;
        let mut placeholder = false;
        while let Some(byte) = self.peek() {
            self.pos += match byte {
                b'{' | b'$' | b'<' => match self.placeholder() {
                    Some(end) => {
                        placeholder = true;
                        end - self.pos
                    }
                    None if byte == b'{' => break,
                    None => 1,
                },
                b' ' | b'\n' | b'\t' | b'\r' | 0x0B | 0x0C => break,
                b',' | b';' | b':' | b'[' | b']' | b'}' | b'"' | b'\'' | b'#' => break,
                b'=' if is_key => break,
                b'/' if matches!(self.at(self.pos + 1), Some(b'/' | b'*')) => break,
                0x80.. => match self.rest().chars().next() {
                    Some(character) if !is_odd_space(character) => character.len_utf8(),
                    _ => break,
                },
                _ => 1,
            };
        }
        let range = start..self.pos;
        Word { text: self.slice(range.clone()), range, placeholder }
    }

    /// The end of a string that lacks its first quote, and whose first word ends here. Looks only so far, since any
    /// bare word may ask.
    pub(super) fn string_end_ahead(&self) -> Option<usize> {
        let rest = self.rest().as_bytes();
        let quote = rest
            .iter()
            .take(FAR)
            .position(|byte| matches!(byte, b'"' | b',' | b':' | b'[' | b']' | b'{' | b'}' | b'\n'))?;
        let after = rest.get(quote + 1..)?.trim_ascii_start();
        let ends = rest.get(quote) == Some(&b'"') && matches!(after, [] | [b',' | b'}' | b']', ..]);
        ends.then_some(self.pos + quote + 1)
    }

    /// What stands at a place, for a message.
    fn shown(&self, range: Range<usize>) -> String {
        let text = self.slice(range);
        let first = text.chars().next();
        match first {
            Some(odd) if odd.is_control() || is_odd_space(odd) => code_point(odd),
            _ => match text.char_indices().nth(32) {
                Some((end, _)) => say!("`{}…`", text.get(..end).unwrap_or_default()),
                None => say!("`{}`", text),
            },
        }
    }

    /// The character here.
    pub(super) fn here(&self) -> Range<usize> {
        self.character(self.pos)
    }

    /// The character that begins at an offset.
    fn character(&self, start: usize) -> Range<usize> {
        let first = self.slice(start..self.text.len()).chars().next();
        start..start + first.map_or(0, char::len_utf8)
    }
}

const USE_QUOTES: &str = "use double quotes";

/// The number of a character of the first plane: `U+FEFF`.
fn code_point(character: char) -> String {
    let mut shown = "U+".to_owned();
    for shift in [12, 8, 4, 0] {
        let digit = char::from_digit(character as u32 >> shift & 0xF, 16).unwrap_or('F');
        shown.push(digit.to_ascii_uppercase());
    }
    shown
}

fn is_odd_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{FEFF}' | '\u{200B}')
}
