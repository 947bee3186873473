//! The work, in pieces that one thread can do: a file, or some lines of a `.jsonl` file.
//!
//! A `.jsonl` file may be larger than the memory, so it is read here, piece by piece, whenever a thread asks for
//! more work.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memrchr};

use super::input::Input;
use super::read::size;
use crate::output::harmless;

/// About how much of a file one piece is.
const PIECE: usize = 1 << 18;

/// The most lines of a piece, because every line may have much to say about it.
const MOST_LINES: usize = 2048;

/// The most files of a piece. Taking them one by one would make the threads wait for each other.
const MOST_FILES: usize = 16;

/// A piece of work.
#[derive(Debug)]
pub(super) enum Job {
    /// Whole files.
    Files(Vec<Input>),
    /// Some lines of a file.
    Lines(Arc<Input>, Lines),
}

/// Where some lines stand in their file. Their text is in the buffer of whoever asked for work.
#[derive(Debug)]
pub(super) struct Lines {
    /// The number of the first line, from 1.
    pub(super) number: usize,
    /// How much of the file precedes it.
    pub(super) offset: usize,
    /// What kept the file from being read further, or a line from being read at all.
    pub(super) error: Option<String>,
    /// Nothing of the file follows.
    pub(super) last: bool,
}

/// The work that is left.
pub(super) struct Jobs {
    inputs: std::vec::IntoIter<Input>,
    most: usize,
    /// How many threads will share the work.
    threads: usize,
    current: Option<Current>,
}

struct Current {
    input: Arc<Input>,
    reader: Box<dyn Read + Send>,
    /// What has been read, and not been handed out.
    buffer: Vec<u8>,
    ended: bool,
    number: usize,
    offset: usize,
}

impl Jobs {
    /// Lines longer than `most` are not read.
    pub(super) fn new(inputs: Vec<Input>, most: u64, threads: usize) -> Self {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Self { inputs: inputs.into_iter(), most, threads, current: None }
    }

    /// The next piece of work. The text of lines is put into the buffer.
    pub(super) fn next(&mut self, text: &mut Vec<u8>) -> Option<Job> {
        // The last pieces are small, so that the threads end together.
        let fair = self.inputs.len() / (4 * self.threads.max(1));
        let mut files = Vec::new();
        while self.current.is_none() && files.len() < fair.clamp(1, MOST_FILES) {
            // Files before one that is handed out in lines must be handed out before it.
            let lines = self.inputs.as_slice().first().is_some_and(Input::is_lines);
            if lines && !files.is_empty() {
                break;
            }
            let Some(input) = self.inputs.next() else { break };
            match lines.then(|| open(&input)) {
                Some(Ok(reader)) => self.current = Some(Current::new(Arc::new(input), reader)),
                // Whoever reads it as a whole will fail in the same way, and say so.
                Some(Err(_)) | None => files.push(input),
            }
        }
        if let Some(current) = &mut self.current {
            let lines = current.next(text, self.most);
            let input = Arc::clone(&current.input);
            if lines.last {
                self.current = None;
            }
            return Some(Job::Lines(input, lines));
        }
        (!files.is_empty()).then_some(Job::Files(files))
    }
}

fn open(input: &Input) -> io::Result<Box<dyn Read + Send>> {
    if input.is_stdin { Ok(Box::new(io::stdin())) } else { Ok(Box::new(File::open(&input.path)?)) }
}

impl Current {
    fn new(input: Arc<Input>, reader: Box<dyn Read + Send>) -> Self {
        Self { input, reader, buffer: Vec::new(), ended: false, number: 1, offset: 0 }
    }

    fn next(&mut self, text: &mut Vec<u8>, most: usize) -> Lines {
        text.clear();
        let mut lines = Lines { number: self.number, offset: self.offset, error: None, last: false };
        match self.fill(most) {
            Ok(true) => {
                let (length, count) = cut(&self.buffer, self.ended);
                // Lines are not copied: the buffer goes to whoever asks, and what is left over into theirs.
                text.extend_from_slice(self.buffer.get(length..).unwrap_or_default());
                std::mem::swap(text, &mut self.buffer);
                text.truncate(length);
                (self.offset, self.number) = (self.offset + length, self.number + count);
            }
            Ok(false) => {
                lines.error = Some(too_long(self.number, &self.input.name(), most as u64));
                if let Err(error) = self.pass_line() {
                    lines.error = Some(self.cannot(&error));
                    self.ended = true;
                }
            }
            Err(error) => {
                lines.error = Some(self.cannot(&error));
                self.ended = true;
                self.buffer.clear();
            }
        }
        lines.last = self.ended && self.buffer.is_empty();
        lines
    }

    fn cannot(&self, error: &io::Error) -> String {
        format!("cannot read {}: {error}", self.input.name())
    }

    fn pass(&mut self, length: usize, lines: usize) {
        self.buffer.drain(..length);
        self.offset += length;
        self.number += lines;
    }

    /// Reads until a line, and enough of them, is in the buffer; false if the first one is too long.
    fn fill(&mut self, most: usize) -> io::Result<bool> {
        let mut whole = memchr(b'\n', &self.buffer).is_some();
        while !self.ended && (!whole || self.buffer.len() < PIECE) {
            if !whole && self.buffer.len() > most {
                return Ok(false);
            }
            let before = self.buffer.len();
            self.read(if before < PIECE { PIECE - before } else { PIECE })?;
            whole = whole || memchr(b'\n', self.buffer.get(before..).unwrap_or_default()).is_some();
        }
        let first = memchr(b'\n', &self.buffer).unwrap_or(self.buffer.len());
        Ok(first <= most)
    }

    /// Passes over the line that the buffer begins with, without keeping it.
    fn pass_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(end) = memchr(b'\n', &self.buffer) {
                self.pass(end + 1, 1);
                return Ok(());
            }
            self.pass(self.buffer.len(), 0);
            if self.ended {
                return Ok(());
            }
            self.buffer.shrink_to(2 * PIECE);
            self.read(PIECE)?;
        }
    }

    fn read(&mut self, length: usize) -> io::Result<()> {
        self.buffer.reserve(length);
        self.ended = (&mut self.reader).take(length as u64).read_to_end(&mut self.buffer)? < length;
        Ok(())
    }
}

/// The message about a line that is too long.
pub(super) fn too_long(number: usize, name: &str, most: u64) -> String {
    format!(
        "cannot read line {number} of {}: it is longer than {}; --max-size raises the limit",
        harmless(name),
        size(most)
    )
}

/// How much of the text is handed out next, and how many line ends are in it.
fn cut(text: &[u8], ended: bool) -> (usize, usize) {
    let near = text.get(..PIECE).unwrap_or(text);
    let count = memchr_iter(b'\n', near).count();
    if count > MOST_LINES
        && let Some(end) = memchr_iter(b'\n', near).nth(MOST_LINES - 1)
    {
        return (end + 1, MOST_LINES);
    }
    if ended && near.len() == text.len() {
        return (text.len(), count);
    }
    match memrchr(b'\n', near).or_else(|| memchr(b'\n', text)) {
        Some(end) => (end + 1, count.max(1)),
        None => (text.len(), count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &[u8], most: usize) -> Vec<(usize, usize, usize, bool)> {
        let input = Input::stdin(Some("a.jsonl"));
        let mut current = Current::new(Arc::new(input), Box::new(io::Cursor::new(text.to_vec())));
        let (mut buffer, mut pieces) = (Vec::new(), Vec::new());
        loop {
            let lines = current.next(&mut buffer, most);
            assert!(buffer.is_empty() || text[lines.offset..].starts_with(&buffer));
            let number = text[..lines.offset].iter().filter(|byte| **byte == b'\n').count() + 1;
            assert_eq!(lines.number, number);
            pieces.push((lines.number, lines.offset, buffer.len(), lines.error.is_some()));
            if lines.last {
                return pieces;
            }
        }
    }

    #[test]
    fn every_line_is_handed_out_once() {
        assert_eq!(pieces(b"", 100), [(1, 0, 0, false)]);
        assert_eq!(pieces(b"a\nb", 100), [(1, 0, 3, false)]);
        let many = b"{}\n".repeat(MOST_LINES * 2 + 1);
        assert_eq!(pieces(&many, 100).iter().map(|piece| piece.2).sum::<usize>(), many.len());
        let long = [b"x".repeat(PIECE * 2), b"\n".to_vec(), b"y\n".repeat(10)].concat();
        assert_eq!(pieces(&long, PIECE * 3).iter().map(|piece| piece.2).sum::<usize>(), long.len());
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let text = [b"a\n".to_vec(), b"x".repeat(PIECE * 3), b"\nb\nc".to_vec()].concat();
        let pieces = pieces(&text, 1000);
        assert_eq!(pieces.len(), 3, "{pieces:?}");
        assert_eq!((pieces[1].0, pieces[1].3), (2, true));
        assert_eq!((pieces[2].0, pieces[2].2), (3, 3));
        assert!(super::tests::pieces(&b"x".repeat(PIECE * 2), 1000).iter().all(|piece| piece.2 == 0));
    }
}
