//! The lines of a `.http` file, sorted into requests.
//!
//! Says only which stretch of the file is what, so everything here is ranges. Variables are left as they are
//! written.

use std::ops::Range;

use super::super::Comment;
use super::super::locate::Lines;
use super::slip::is_directive;
use crate::lists::{SmallVec, smallvec};
use crate::search::{contains, memchr, memchr2, memmem};

/// What a `.http` file holds.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The requests, in order.
    pub(super) requests: Vec<RawRequest>,
    /// `@name = value` lines, in order.
    pub(super) definitions: Vec<Definition>,
    /// Files named by `# @context` above the first separator: they are for every request.
    pub(super) contexts: Vec<Range<usize>>,
    /// `# elblint-ignore…` comments, in order.
    pub(super) comments: Vec<Comment>,
}

/// What a comment begins with that asks for something to be suppressed.
const IGNORE: &str = "elblint-ignore";

/// The number of no line.
const NO_LINE: usize = 0;

/// A variable of the file.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
}

/// A request as it is written.
#[derive(Debug, Default)]
pub(super) struct RawRequest {
    /// The number of the request line, from 1.
    pub(super) number: usize,
    /// The request line, without what follows on indented lines.
    pub(super) line: Range<usize>,
    /// The method; none where the line begins with the URL.
    pub(super) method: Option<Range<usize>>,
    /// The URL, which may go on on further lines.
    pub(super) target: SmallVec<[Range<usize>; 1]>,
    pub(super) headers: Vec<RawHeader>,
    /// The lines of the body, with what ends them.
    pub(super) body: Vec<Range<usize>>,
    /// `< ./body.json`
    pub(super) body_file: Option<BodyFile>,
    /// Files named by `# @context`.
    pub(super) contexts: Vec<Range<usize>>,
    /// The first line among the headers that is none.
    pub(super) stray: Option<Range<usize>>,
    /// Where the last line ends that is of the request.
    pub(super) end: usize,
}

/// A header as it is written.
#[derive(Debug)]
pub(super) struct RawHeader {
    pub(super) name: Range<usize>,
    pub(super) value: Range<usize>,
    pub(super) line: Range<usize>,
}

/// A body that another file holds.
#[derive(Debug)]
pub(super) struct BodyFile {
    pub(super) line: Range<usize>,
    pub(super) path: Range<usize>,
    /// `<@`: variables are replaced in that file too.
    pub(super) variables: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// No request line yet.
    Before,
    /// Right after the request line, which indented lines may continue.
    Target,
    Headers,
    Body,
}

/// Sorts the lines of a file. `start` is where its text begins, after a byte order mark.
pub(super) fn parse(lines: &Lines<'_>, start: usize) -> File {
    let mut parser = Parser {
        lines,
        file: File::default(),
        request: RawRequest::default(),
        state: State::Before,
        in_script: false,
        above_separators: true,
        settled: 0,
    };
    let mut at = start;
    let mut number = 1;
    while let Some(rest @ [_, ..]) = lines.text.as_bytes().get(at..) {
        let end = at + memchr(b'\n', rest).map_or(rest.len(), |last| last + 1);
        parser.line(at..end, number);
        at = end;
        number += 1;
    }
    parser.finish();
    parser.file
}

struct Parser<'l, 't> {
    lines: &'l Lines<'t>,
    file: File,
    request: RawRequest,
    state: State,
    in_script: bool,
    above_separators: bool,
    /// How many of the suppressions are known to be about what they are.
    settled: usize,
}

impl Parser<'_, '_> {
    fn line(&mut self, full: Range<usize>, number: usize) {
        let content = self.lines.trimmed(full.clone());
        let line = self.lines.slice(&content);
        let script = if self.in_script { Some(line) } else { script(line) };
        if self.lines.slice(&full).starts_with("###") {
            self.finish();
            self.above_separators = false;
            self.suppression(content);
        } else if let Some(script) = script {
            self.in_script = !contains(script, "%}");
        } else if line.starts_with("#") || line.starts_with("//") {
            self.comment(content);
        } else if let Some(definition) = self.definition(&content) {
            self.file.definitions.push(definition);
        } else if line.is_empty() {
            match self.state {
                State::Before => {}
                State::Body => self.body(full, content),
                State::Target | State::Headers => self.state = State::Body,
            }
        } else if self.state == State::Before {
            if !is_directive(line) {
                self.request.end = full.end;
                self.request_line(content, number);
            }
        } else {
            self.waiting().iter_mut().for_each(|comment| comment.line = Some(number));
            self.request.end = full.end;
            match self.state {
                State::Body => self.body(full, content),
                _ => self.header(full, content),
            }
        }
    }

    /// Ends the request that is being read, if one is.
    fn finish(&mut self) {
        let for_all = self.state == State::Before && self.above_separators;
        for comment in self.waiting() {
            comment.request = comment.request.filter(|_| !for_all);
        }
        let request = std::mem::take(&mut self.request);
        if self.state != State::Before {
            self.file.requests.push(request);
        }
        self.state = State::Before;
        self.in_script = false;
    }

    /// Notes a suppression, if the line has one. It waits for what it is about.
    fn suppression(&mut self, content: Range<usize>) {
        let line = self.lines.slice(&content).as_bytes();
        let Some(start) = memmem::find(line, IGNORE.as_bytes()) else { return };
        let (before, after) = line.split_at(start);
        let after = after.get(IGNORE.len()..).unwrap_or_default();
        // The title of a request may come before it, and may speak of it.
        let behind_title =
            line.starts_with(b"###") && matches!((before, after), ([.., b' ' | b'\t'], [b'[', ..]));
        let is_first = before.iter().all(|byte| b"#/ \t".contains(byte))
            && !after.first().is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'-');
        if !behind_title && !is_first {
            return;
        }
        let whole = self.state == State::Before;
        let start = content.start + start;
        self.file.comments.push(Comment {
            text: self.lines.slice(&(start + IGNORE.len()..content.end)).to_owned(),
            span: self.lines.span(start..content.end),
            request: Some(if whole { NO_LINE } else { self.request.number }),
            line: (!whole).then_some(NO_LINE),
        });
    }

    /// The suppressions that still wait for what they are about, and do so no longer.
    fn waiting(&mut self) -> &mut [Comment] {
        let first = std::mem::replace(&mut self.settled, self.file.comments.len());
        self.file.comments.get_mut(first..).unwrap_or_default()
    }

    fn comment(&mut self, content: Range<usize>) {
        self.suppression(content.clone());
        let words = self.lines.trimmed(self.behind(b"#/", content));
        let rest = words.start + "@context".len()..words.end;
        let path = self.behind(b" \t=", rest.clone());
        if !self.lines.slice(&words).starts_with("@context") || path == rest || path.is_empty() {
            return;
        }
        let contexts =
            if self.above_separators { &mut self.file.contexts } else { &mut self.request.contexts };
        contexts.push(path);
    }

    /// What stands behind the bytes of a kind that a stretch begins with.
    fn behind(&self, bytes: &[u8], stretch: Range<usize>) -> Range<usize> {
        let line = self.lines.slice(&stretch);
        stretch.start + line.bytes().take_while(|byte| bytes.contains(byte)).count()..stretch.end
    }

    fn definition(&self, content: &Range<usize>) -> Option<Definition> {
        let rest = self.lines.slice(content).strip_prefix('@')?;
        let start = content.start + 1;
        let equals = start + memchr(b'=', rest.as_bytes())?;
        let name = self.lines.trimmed(start..equals);
        let word = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"_-.".contains(&byte);
        let is_name = !name.is_empty() && self.lines.slice(&name).bytes().all(word);
        is_name.then(|| Definition { name, value: self.lines.trimmed(equals + 1..content.end) })
    }

    fn request_line(&mut self, content: Range<usize>, number: usize) {
        let line = self.lines.slice(&content).as_bytes();
        let is_method = |word: &[u8]| word.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
        let blank = memchr2(b' ', b'\t', line).filter(|blank| line.get(..*blank).is_some_and(is_method));
        let method = blank.map(|blank| content.start..content.start + blank);
        let target = content.start + blank.unwrap_or(0)..content.end;
        self.waiting().iter_mut().for_each(|comment| comment.request = Some(number));
        self.request.number = number;
        self.request.method = method;
        self.request.target = smallvec![self.without_version(self.lines.trimmed(target))];
        self.request.line = content;
        self.state = State::Target;
    }

    fn header(&mut self, full: Range<usize>, content: Range<usize>) {
        let line = self.lines.slice(&content).as_bytes();
        let colon = memchr(b':', line).map(|colon| content.start + colon);
        let name = self.lines.trimmed(content.start..colon.unwrap_or(content.start));
        let colon = colon.filter(|_| is_token(self.lines.slice(&name)));
        // `:8080/v3` and `?time=10:00` continue a URL.
        let continues = self.state == State::Target
            && (content.start > full.start
                && colon.is_none_or(|colon| self.lines.text.as_bytes().get(colon + 1) != Some(&b' '))
                || matches!(line, [b'?' | b'&' | b'/', ..]));
        if continues {
            let piece = self.without_version(content);
            self.request.target.push(piece);
            return;
        }
        self.state = State::Headers;
        if let Some(colon) = colon {
            let value = self.lines.trimmed(colon + 1..content.end);
            self.request.headers.push(RawHeader { name, value, line: content });
        } else {
            if self.request.stray.is_none() && !is_file(line) {
                self.request.stray = Some(content.clone());
            }
            // Whoever forgets the blank line means the body.
            if matches!(line, [b'{' | b'[' | b'<' | b'>', ..]) {
                self.state = State::Body;
                self.body(full, content);
            }
        }
    }

    fn body(&mut self, full: Range<usize>, content: Range<usize>) {
        let line = self.lines.slice(&content).as_bytes();
        if is_file(line) {
            // `<@latin1 file` names an encoding.
            let encoding = memchr2(b' ', b'\t', line).unwrap_or(line.len());
            let path = self.lines.trimmed(content.start + encoding..content.end);
            let variables = line.get(1) == Some(&b'@');
            self.request.body_file.get_or_insert(BodyFile { line: content, path, variables });
        } else if !is_handler(line) {
            match self.request.body.last_mut().filter(|last| last.end == full.start) {
                Some(last) => last.end = full.end,
                None => self.request.body.push(full),
            }
        }
    }

    fn without_version(&self, target: Range<usize>) -> Range<usize> {
        let text = self.lines.slice(&target).as_bytes();
        let last = text.iter().rposition(|byte| matches!(byte, b' ' | b'\t')).map_or(0, |blank| blank + 1);
        if !text.get(last..).is_some_and(|word| word.starts_with(b"HTTP/")) {
            return target;
        }
        self.lines.trimmed(target.start..target.start + last)
    }
}

/// The rest of a line that begins a script: `> {% … %}` or `< {% … %}`.
fn script(line: &str) -> Option<&str> {
    line.strip_prefix("<").or_else(|| line.strip_prefix(">"))?.trim_start().strip_prefix("{%")
}

/// `< ./body.json`, `<@ ./body.json`
fn is_file(line: &[u8]) -> bool {
    match line {
        [b'<', b' ' | b'\t', ..] => true,
        [b'<', b'@', rest @ ..] => memchr2(b' ', b'\t', rest).is_some(),
        _ => false,
    }
}

/// What is done with the response: `> handler.js`, `>> saved.json`, `<> old-response.json`.
fn is_handler(line: &[u8]) -> bool {
    match line {
        [b'<', b'>', rest @ ..]
        | [b'>', b'>', b'!', rest @ ..]
        | [b'>', b'>', rest @ ..]
        | [b'>', rest @ ..] => matches!(rest, [b' ' | b'\t', ..]),
        _ => false,
    }
}

fn is_token(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
