//! Text in, tree out, whatever the text.
//!
//! Keeps its own stack, so that no text can exhaust the real one. Goes on after a fault wherever it is clear what
//! was meant, and stops at the first where it is not: one mistake must not look like many.

mod blame;
#[cfg(not(target_family = "wasm"))]
mod plain;
mod slips;

use std::ops::Range;

use crate::lists::{SmallVec, smallvec};

use super::bare;
use super::scan::{LAST_COMMA, Scanner, Stop};
use super::tree::{Child, Entry, Kind, Node, SyntaxFault, Tree};
use crate::order::by_number;
use crate::search::memchr;

const VALUE_EXPECTED: &str = "{} where a value is expected";
const NAME_EXPECTED: &str = "{} where a name in double quotes is expected";

/// What comes next.
enum State {
    /// An element, a member or the end of what is open, after the comma at this place if there is one.
    Item(Option<usize>),
    /// A comma or the end of what is open.
    After,
}

/// An object or a list that is not closed yet.
struct Frame {
    node: Node,
    array: bool,
    /// Where its children begin among those that wait for their parent's end.
    base: usize,
    open: bool,
}

struct Parser<'a> {
    scan: Scanner<'a>,
    entries: Vec<Entry>,
    children: Vec<Child>,
    waiting: SmallVec<[Child; 16]>,
    stack: SmallVec<[Frame; 8]>,
    /// The end of the last word.
    end: usize,
    last: Node,
    /// Brackets did not match, so those that are left or missing have been told of.
    unbalanced: bool,
}

pub(super) fn parse(text: &str, first_line: usize) -> Tree<'_> {
    let mut parser = Parser {
        scan: Scanner::new(text, first_line),
        // As many as there are in most texts.
        entries: Vec::with_capacity(text.len() / 16 + 4),
        children: Vec::with_capacity(text.len() / 16 + 4),
        waiting: smallvec![],
        stack: smallvec![],
        end: 0,
        last: Node(0),
        unbalanced: false,
    };
    if text.len() >= u32::MAX as usize {
        parser.scan.fault(0..0, "the text is longer than 4 GiB", "");
    } else {
        // Either way the tree holds what was found.
        let _: Result<(), Stop> = parser.run();
    }
    while parser.shut(true) {}
    if parser.entries.is_empty() {
        parser.push(Kind::Broken, 0..0);
    }
    let mut faults: Vec<SyntaxFault> = parser.scan.faults;
    by_number(&mut faults, |fault| fault.range.start as u64);
    Tree { text, entries: parser.entries, children: parser.children, faults }
}

/// The parser refuses texts with more.
fn small(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

impl Parser<'_> {
    fn run(&mut self) -> Result<(), Stop> {
        self.end = self.scan.pos;
        self.scan.gap()?;
        let Some(first) = self.scan.peek() else { return Ok(()) };
        let mut state = self.value(first, None)?;
        while !self.stack.is_empty() {
            // Only sooner: a module for the browser, where few texts get here, is to be small.
            #[cfg(not(target_family = "wasm"))]
            {
                state = self.plain(state);
            }
            state = match state {
                _ if self.stack.is_empty() => break,
                State::Item(comma) => self.item(comma)?,
                State::After => self.after()?,
            };
        }
        let broken = self.entries.first().is_some_and(|root| root.kind == Kind::Broken);
        self.scan.gap()?;
        if self.scan.peek().is_some() && !self.unbalanced && !broken {
            let message = "{} after the end of the JSON value";
            self.scan.fault(self.scan.here(), message, "remove what follows the value");
            self.spoil();
        }
        Ok(())
    }

    /// Reads an element or a member, or what stands in its place.
    fn item(&mut self, comma: Option<usize>) -> Result<State, Stop> {
        self.scan.gap()?;
        let Some(first) = self.scan.peek() else { return Err(self.cut_off()) };
        match first {
            b',' => {
                let extra = self.scan.here();
                let message =
                    if comma.is_some() { "two commas in a row" } else { "a comma with nothing before it" };
                self.scan.fault(extra, message, "remove the comma");
                while self.scan.peek() == Some(b',') {
                    self.pass(1);
                    self.scan.gap()?;
                }
                Ok(State::Item(None))
            }
            b'}' | b']' => {
                if let Some(comma) = comma {
                    self.scan.fault(comma..comma + 1, LAST_COMMA, "remove the comma");
                }
                self.close(first)
            }
            b':' => Err(self.unexpected(if self.in_array() { VALUE_EXPECTED } else { NAME_EXPECTED })),
            _ if self.in_array() => self.value(first, None),
            _ => match self.stray() {
                Some(state) => Ok(state),
                None => {
                    let key = self.key(first)?;
                    self.member(key)
                }
            },
        }
    }

    /// Reads a name; none if it is not clear what it says.
    fn key(&mut self, first: u8) -> Result<Option<Range<usize>>, Stop> {
        let start = self.scan.pos;
        let mut name = None;
        let clear = match first {
            b'"' => {
                let whole = self.scan.string()?;
                let text = self.scan.slice(start..self.scan.pos);
                // A name that ends with its line takes its value in.
                if let Some(colon) = memchr(b':', text.as_bytes()).filter(|_| !whole && !text.ends_with('"'))
                {
                    self.scan.pos = start + colon;
                    if let Some(unclosed) = self.scan.faults.last_mut() {
                        unclosed.range.end = self.scan.pos;
                    }
                }
                whole
            }
            _ => match self.scan.odd_string() {
                Some(clear) => clear?,
                None => {
                    let word = self.scan.word(true);
                    if word.text.is_empty() {
                        return Err(self.unexpected(NAME_EXPECTED));
                    }
                    name = Some(word.range.clone());
                    self.scan.fault(
                        word.range,
                        "the name {} is not in double quotes",
                        "put it in double quotes",
                    );
                    if self.scan.peek() == Some(b'"') {
                        self.scan.pos += 1;
                    }
                    !word.placeholder
                }
            },
        };
        self.end = self.scan.pos;
        if !clear {
            self.obscure();
        }
        Ok(clear.then_some(name.unwrap_or(start..self.end)))
    }

    /// Reads what follows a name.
    fn member(&mut self, mut key: Option<Range<usize>>) -> Result<State, Stop> {
        let name = key.clone().unwrap_or(self.end..self.end);
        self.scan.gap()?;
        let Some(mut first) = self.scan.peek() else {
            self.absent(key);
            return Err(self.cut_off());
        };
        if !matches!(first, b':' | b'=' | b',' | b'}' | b']')
            && let Some(colon) = memchr(b':', self.scan.slice(name.clone()).as_bytes())
        {
            // The name ran on to the quote where its value begins.
            let colon = name.start + colon;
            self.scan.fault(name.start..colon, "this name is not closed", "add a double quote where it ends");
            self.scan.pos = colon;
            self.obscure();
            (key, first) = (None, b':');
        }
        match first {
            b':' => self.pass(1),
            b'=' => {
                let sign =
                    self.scan.pos..self.scan.pos + if self.scan.rest().starts_with("=>") { 2 } else { 1 };
                self.pass(sign.len());
                self.scan.fault(sign, "{} between a name and its value", "use a colon");
            }
            b',' | b'}' | b']' => {
                // One that is not clear, or not in double quotes, has been told of.
                if key.is_some() && self.scan.slice(name.clone()).starts_with('"') {
                    self.scan.fault(name, "the name {} has no value", "add a colon and the value");
                }
                self.obscure();
                return Ok(State::After);
            }
            _ => {
                let help = "put a colon between the name and its value";
                self.scan.fault_of(name, self.end..self.end, "no colon after the name {}", help);
            }
        }
        self.scan.gap()?;
        match self.scan.peek() {
            Some(b',' | b'}' | b']') => {
                self.scan.fault(self.end..self.end, "no value after the colon", "add the value");
                self.absent(key);
                Ok(State::After)
            }
            Some(first) => self.value(first, key),
            None => {
                self.absent(key);
                Err(self.cut_off())
            }
        }
    }

    fn after(&mut self) -> Result<State, Stop> {
        self.scan.gap()?;
        let Some(first) = self.scan.peek() else { return Err(self.cut_off()) };
        let comma = self.scan.here();
        match first {
            b',' => {
                self.pass(1);
                Ok(State::Item(Some(comma.start)))
            }
            b';' => {
                self.pass(1);
                self.scan.fault(comma, "a semicolon where a comma is expected", "use a comma");
                Ok(State::Item(None))
            }
            b'}' | b']' => self.close(first),
            b':' => {
                self.spoil();
                Err(self.unexpected_after())
            }
            b'[' | b'{' if !self.in_array() && self.scan.placeholder().is_none() => {
                Err(self.unexpected_after())
            }
            _ if self.scan.pos == self.end && !matches!(first, b'[' | b'{' | b'"') && self.after_scalar() => {
                if let Some(end) = self.ran_on() {
                    (self.scan.pos, self.end) = (end, end);
                    return Ok(State::After);
                }
                self.surplus(self.scan.pos)
            }
            _ if self.in_array() => {
                self.scan.fault(self.end..self.end, "no comma between two elements", "add a comma");
                self.value(first, None)
            }
            _ => {
                let (end, start, known) = (self.end, self.scan.pos, self.scan.faults.len());
                let key = self.key(first)?;
                self.scan.gap()?;
                if !matches!(self.scan.peek(), Some(b':' | b'=')) {
                    self.scan.faults.truncate(known);
                    return self.surplus(start);
                }
                self.scan.fault(end..end, "no comma between two members", "add a comma");
                self.member(key)
            }
        }
    }

    fn value(&mut self, first: u8, key: Option<Range<usize>>) -> Result<State, Stop> {
        let start = self.scan.pos;
        match first {
            b'[' | b'{' if self.scan.placeholder().is_none() => {
                self.pass(1);
                let node =
                    self.link(if first == b'[' { Kind::Array } else { Kind::Object }, start..self.end, key);
                self.open(node, first == b'[');
                return Ok(State::Item(None));
            }
            b'"' => {
                let whole = self.scan.string();
                self.end = self.scan.pos;
                let kind = if matches!(whole, Ok(true)) { Kind::String } else { Kind::Broken };
                self.link(kind, start..self.end, key);
                whole?;
            }
            _ => match self.scan.odd_string() {
                Some(clear) => {
                    self.end = self.scan.pos;
                    let kind = if matches!(clear, Ok(true)) { Kind::String } else { Kind::Broken };
                    self.link(kind, start..self.end, key);
                    clear?;
                }
                None => {
                    let word = self.scan.word(false);
                    if !word.placeholder
                        && let Some(end) = self.scan.string_end_ahead()
                    {
                        self.scan.pos = end;
                        self.end = end;
                        self.scan.fault(
                            start..end,
                            "this string is not opened",
                            "add a double quote where it begins",
                        );
                        self.link(Kind::Broken, start..end, key);
                        return Ok(State::After);
                    }
                    self.end = self.scan.pos;
                    let kind = if word.placeholder {
                        Kind::Placeholder
                    } else if word.text.is_empty() || self.cuts_off_word() {
                        Kind::Broken
                    } else {
                        bare::kind(&mut self.scan, &word, self.stack.is_empty())
                    };
                    self.link(kind, word.range, key);
                    if word.text.is_empty() {
                        return Err(self.unexpected(VALUE_EXPECTED));
                    }
                }
            },
        }
        Ok(State::After)
    }

    fn close(&mut self, bracket: u8) -> Result<State, Stop> {
        let mut open = false;
        if self.in_array() != (bracket == b']') {
            open = true;
            if !self.unbalanced {
                self.unbalanced = true;
                self.mismatched();
                // At the end of the text it is the bracket before this one that is missing.
                let outer =
                    self.stack.iter().rev().nth(1).is_some_and(|frame| frame.array == (bracket == b']'));
                if outer && self.scan.rest().get(1..).is_some_and(|rest| rest.trim_end().is_empty()) {
                    self.shut(true);
                    open = false;
                }
            }
        }
        self.pass(1);
        self.shut(open);
        Ok(State::After)
    }

    fn in_array(&self) -> bool {
        self.stack.last().is_some_and(|frame| frame.array)
    }

    /// Whether the text ends where a word may well have gone on.
    fn cuts_off_word(&self) -> bool {
        !self.stack.is_empty() && self.scan.peek().is_none()
    }

    fn after_scalar(&self) -> bool {
        let last = self.entries.get(self.last.0 as usize);
        last.is_some_and(|last| !matches!(last.kind, Kind::Array | Kind::Object))
    }

    fn pass(&mut self, length: usize) {
        self.scan.pos += length;
        self.end = self.scan.pos;
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) -> Node {
        let node = Node(small(self.entries.len()));
        let (start, end) = (small(range.start), small(range.end));
        self.entries.push(Entry { kind, open: false, plain: false, start, end, first: 0, count: 0 });
        self.last = node;
        node
    }

    /// Adds a value to what is open. A member whose name is not clear belongs nowhere.
    fn link(&mut self, kind: Kind, range: Range<usize>, key: Option<Range<usize>>) -> Node {
        let value = self.push(kind, range);
        if let Some(frame) = self.stack.last()
            && (frame.array || key.is_some())
        {
            let key = key.unwrap_or_default();
            self.waiting.push(Child { key_start: small(key.start), key_end: small(key.end), value });
        }
        value
    }

    /// Adds the member whose value is missing.
    fn absent(&mut self, key: Option<Range<usize>>) {
        self.link(Kind::Broken, self.end..self.end, key);
    }

    fn open(&mut self, node: Node, array: bool) {
        self.stack.push(Frame { node, array, base: self.waiting.len(), open: false });
    }

    /// Ends the innermost open object or list, if there is one.
    fn shut(&mut self, open: bool) -> bool {
        let Some(frame) = self.stack.pop() else { return false };
        let first = self.children.len();
        self.children.extend_from_slice(self.waiting.get(frame.base..).unwrap_or_default());
        self.waiting.truncate(frame.base);
        if let Some(entry) = self.entries.get_mut(frame.node.0 as usize) {
            entry.end = small(self.end);
            entry.open = open || frame.open;
            entry.first = small(first);
            entry.count = small(self.children.len() - first);
        }
        self.last = frame.node;
        true
    }
}
