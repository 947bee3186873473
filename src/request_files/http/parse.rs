//! The lines of a `.http` file, sorted into requests.
//!
//! Says only which stretch of the file is what, so everything here is ranges. Variables are left as they are
//! written.

use std::ops::Range;

use crate::lists::{SmallVec, smallvec};
use crate::search::{contains, memmem};

use super::slip::is_directive;

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
    pub(super) suppressions: Vec<Suppression>,
}

/// A comment that asks for something to be suppressed.
#[derive(Debug)]
pub(super) struct Suppression {
    /// What follows [`IGNORE`].
    pub(super) text: Range<usize>,
    /// The number of the request line; none is every request.
    pub(super) request: Option<usize>,
    /// The number of the line that it is about; none is the whole request.
    pub(super) line: Option<usize>,
}

/// What a comment begins with that asks for something to be suppressed.
pub(super) const IGNORE: &str = "elblint-ignore";

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
pub(super) fn parse(text: &str, start: usize) -> File {
    let mut parser = Parser {
        text,
        file: File::default(),
        request: RawRequest::default(),
        state: State::Before,
        in_script: false,
        above_separators: true,
        waiting: 0,
    };
    let mut at = start;
    for (number, line) in (1..).zip(text.get(start..).unwrap_or_default().split_inclusive('\n')) {
        parser.line(at..at + line.len(), number);
        at += line.len();
    }
    parser.finish();
    parser.file
}

struct Parser<'t> {
    text: &'t str,
    file: File,
    request: RawRequest,
    state: State,
    in_script: bool,
    above_separators: bool,
    /// How many of the last suppressions still wait for what they are about.
    waiting: usize,
}

impl<'t> Parser<'t> {
    fn line(&mut self, full: Range<usize>, number: usize) {
        let content = self.trimmed(full.clone());
        let line = self.slice(&content);
        if self.slice(&full).starts_with("###") {
            self.finish();
            self.above_separators = false;
            self.suppression(content);
        } else if self.in_script {
            self.in_script = !contains(line, "%}");
        } else if let Some(script) = script(line) {
            self.in_script = !contains(script, "%}");
        } else if line.starts_with('#') || line.starts_with("//") {
            self.comment(content);
        } else if let Some(definition) = self.definition(&content) {
            self.file.definitions.push(definition);
        } else if self.state == State::Body {
            if !line.is_empty() {
                self.found_line(number);
            }
            self.request.end = full.end;
            self.body(full, content);
        } else if line.is_empty() {
            if self.state != State::Before {
                self.state = State::Body;
            }
        } else if self.state == State::Before {
            if !is_directive(line) {
                self.request.end = full.end;
                self.request_line(content, number);
            }
        } else {
            self.found_line(number);
            self.request.end = full.end;
            let indented = content.start > full.start;
            self.header(full, content, indented);
        }
    }

    /// Ends the request that is being read, if one is.
    fn finish(&mut self) {
        if self.state == State::Before && self.above_separators {
            self.waiting().for_each(|suppression| suppression.request = None);
        }
        self.waiting = 0;
        let request = std::mem::take(&mut self.request);
        if self.state != State::Before {
            self.file.requests.push(request);
        }
        self.state = State::Before;
        self.in_script = false;
    }

    /// Notes a suppression, if the line has one. It waits for what it is about.
    fn suppression(&mut self, content: Range<usize>) {
        let line = self.slice(&content);
        let Some(start) = memmem::find(line.as_bytes(), IGNORE.as_bytes()) else { return };
        let before = line.get(..start).unwrap_or_default();
        let after = line.get(start + IGNORE.len()..).unwrap_or_default();
        let first = before.trim_matches(['#', '/', ' ', '\t']).is_empty();
        // The title of a request may come before it, and may speak of it.
        let behind_title = line.starts_with("###") && before.ends_with([' ', '\t']) && after.starts_with('[');
        if !behind_title
            && (!first || after.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '-'))
        {
            return;
        }
        let whole = self.state == State::Before;
        self.file.suppressions.push(Suppression {
            text: content.start + start + IGNORE.len()..content.end,
            request: Some(if whole { NO_LINE } else { self.request.number }),
            line: (!whole).then_some(NO_LINE),
        });
        self.waiting += 1;
    }

    fn waiting(&mut self) -> impl Iterator<Item = &mut Suppression> {
        self.file.suppressions.iter_mut().rev().take(self.waiting)
    }

    /// The line that suppressions before it are about.
    fn found_line(&mut self, number: usize) {
        if self.waiting > 0 {
            self.waiting().for_each(|suppression| suppression.line = Some(number));
            self.waiting = 0;
        }
    }

    fn comment(&mut self, content: Range<usize>) {
        self.suppression(content.clone());
        let line = self.slice(&content);
        let words = line.trim_start_matches(['#', '/']).trim_start();
        let Some(path) = words.strip_prefix("@context").filter(|rest| rest.starts_with([' ', '\t', '=']))
        else {
            return;
        };
        let path = path.trim_start_matches([' ', '\t', '=']);
        let path = content.end - path.len()..content.end;
        if path.is_empty() {
            return;
        }
        let contexts =
            if self.above_separators { &mut self.file.contexts } else { &mut self.request.contexts };
        contexts.push(path);
    }

    fn definition(&self, content: &Range<usize>) -> Option<Definition> {
        let rest = self.slice(content).strip_prefix('@')?;
        let (name, _) = rest.split_once('=')?;
        let start = content.start + 1;
        let value = self.trimmed(start + name.len() + 1..content.end);
        let name = self.trimmed(start..start + name.len());
        let word = |character: char| {
            character.is_ascii_alphanumeric() || !character.is_ascii() || matches!(character, '_' | '-' | '.')
        };
        (!name.is_empty() && self.slice(&name).chars().all(word)).then_some(Definition { name, value })
    }

    fn request_line(&mut self, content: Range<usize>, number: usize) {
        let line = self.slice(&content);
        let method = line.split([' ', '\t']).next().filter(|word| {
            word.len() < line.len() && word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
        });
        let method = method.map(|word| content.start..content.start + word.len());
        let target = self.trimmed(method.as_ref().map_or(content.start, |method| method.end)..content.end);
        self.waiting().for_each(|suppression| suppression.request = Some(number));
        self.waiting = 0;
        self.request.number = number;
        self.request.method = method;
        self.request.target = smallvec![self.without_version(target)];
        self.request.line = content;
        self.state = State::Target;
    }

    fn header(&mut self, full: Range<usize>, content: Range<usize>, indented: bool) {
        let line = self.slice(&content);
        let header = line.find(':').filter(|colon| is_token(line.get(..*colon).unwrap_or_default()));
        // `:8080/v3` and `?time=10:00` continue a URL.
        let continues = self.state == State::Target
            && (indented
                && header.is_none_or(|colon| !line.get(colon + 1..).unwrap_or_default().starts_with(' '))
                || line.starts_with(['?', '&', '/']));
        if continues {
            let piece = self.without_version(content);
            self.request.target.push(piece);
            return;
        }
        self.state = State::Headers;
        if let Some(colon) = header {
            let colon = content.start + colon;
            let name = self.trimmed(content.start..colon);
            let value = self.trimmed(colon + 1..content.end);
            self.request.headers.push(RawHeader { name, value, line: content });
        } else {
            if self.request.stray.is_none() && !is_file(line) {
                self.request.stray = Some(content.clone());
            }
            // Whoever forgets the blank line means the body.
            if line.starts_with(['{', '[', '<', '>']) {
                self.state = State::Body;
                self.body(full, content);
            }
        }
    }

    fn body(&mut self, full: Range<usize>, content: Range<usize>) {
        let line = self.slice(&content);
        if is_file(line) {
            let path = line.trim_start_matches('<');
            let variables = path.starts_with('@');
            // `<@latin1 file` names an encoding.
            let path = path.split_once([' ', '\t']).map_or("", |(_, path)| path.trim_start());
            let path = content.end - path.len()..content.end;
            let file = BodyFile { line: content, path, variables };
            self.request.body_file.get_or_insert(file);
        } else if !is_handler(line) {
            match self.request.body.last_mut().filter(|last| last.end == full.start) {
                Some(last) => last.end = full.end,
                None => self.request.body.push(full),
            }
        }
    }

    fn without_version(&self, target: Range<usize>) -> Range<usize> {
        let text = self.slice(&target);
        let version = text.rsplit([' ', '\t']).next().filter(|word| word.starts_with("HTTP/"));
        self.trimmed(target.start..target.end - version.map_or(0, str::len))
    }

    fn slice(&self, range: &Range<usize>) -> &'t str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let piece = self.slice(&range);
        let start = range.end - piece.trim_start().len();
        start..start.max(range.start + piece.trim_end().len())
    }
}

/// The rest of a line that begins a script: `> {% … %}` or `< {% … %}`.
fn script(line: &str) -> Option<&str> {
    line.strip_prefix(['<', '>'])?.trim_start().strip_prefix("{%")
}

/// `< ./body.json`, `<@ ./body.json`
fn is_file(line: &str) -> bool {
    let rest = line.strip_prefix('<').unwrap_or_default();
    rest.starts_with([' ', '\t']) || rest.starts_with('@') && rest.contains([' ', '\t'])
}

/// What is done with the response: `> handler.js`, `>> saved.json`, `<> old-response.json`.
fn is_handler(line: &str) -> bool {
    let rest =
        line.strip_prefix("<>").or_else(|| line.strip_prefix(">>!")).or_else(|| line.strip_prefix(">>"));
    rest.or_else(|| line.strip_prefix('>')).is_some_and(|rest| rest.starts_with([' ', '\t']))
}

fn is_token(name: &str) -> bool {
    let name = name.trim_end();
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
