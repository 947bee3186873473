//! The stretches of a source text that a diagnostic shows.
//!
//! A file may be one line of many megabytes, so only what surrounds the spans is handed to the renderer.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::Source;
use super::mask::Secrets;
use crate::diagnostic::Span;
use crate::json::floor;

/// How much of a line is kept on either side of spans that are shown together.
const AROUND: usize = 240;

/// A span longer than this is shown by its beginning.
const LONGEST_SPAN: usize = 120;

/// Spans further apart than this are shown in excerpts of their own.
const MOST_BETWEEN: usize = 600;

/// A part of the source text with marks in it.
#[derive(Debug)]
pub(super) struct Excerpt<'d> {
    /// The text, with credentials covered.
    pub(super) text: String,
    /// The line that it begins in.
    pub(super) line: usize,
    /// The marks: where in the text, and what is said there; no words for the primary mark.
    pub(super) marks: Vec<(Range<usize>, Option<&'d str>)>,
    /// The text does not begin with its line, so the column that it shows a mark in, and the true one.
    pub(super) columns: Option<(usize, usize)>,
    /// It is one line, and as wide as the lines of the report at most.
    pub(super) fits: bool,
}

/// Cuts out what shows these spans on lines of this width. The excerpt with the primary span, which comes first, is
/// the first.
pub(super) fn excerpts<'d>(
    source: &Source<'_>,
    secrets: &Secrets,
    spans: &[(Span, Option<&'d str>)],
    width: usize,
) -> Vec<Excerpt<'d>> {
    let mark = |(span, label): &(Span, _)| (*span, shown(source, *span), *label);
    if let [only] = spans {
        return vec![excerpt(source, secrets, vec![mark(only)], width)];
    }
    let mut sorted: Vec<_> = spans.iter().map(mark).collect();
    sorted.sort_by_key(|(_, range, _)| range.start);
    let mut groups: Vec<Vec<_>> = Vec::new();
    for mark in sorted {
        let near = groups
            .last()
            .and_then(|group| group.last())
            .is_some_and(|(_, last, _): &(Span, Range<usize>, _)| mark.1.start <= last.end + MOST_BETWEEN);
        match groups.last_mut().filter(|_| near) {
            Some(group) => group.push(mark),
            None => groups.push(vec![mark]),
        }
    }
    let mut excerpts: Vec<_> =
        groups.into_iter().map(|group| excerpt(source, secrets, group, width)).collect();
    excerpts.sort_by_key(|excerpt| excerpt.marks.iter().all(|(_, label)| label.is_some()));
    excerpts
}

/// The part of a span that is worth showing, as a range of the source text: all of it, or its first line.
fn shown(source: &Source<'_>, span: Span) -> Range<usize> {
    let text = source.text;
    let start = span.start.offset.saturating_sub(source.offset).min(text.len());
    let end = span.end.offset.saturating_sub(source.offset).min(text.len()).max(start);
    if span.start.line == span.end.line && end - start <= LONGEST_SPAN {
        return start..end;
    }
    let piece = text.get(start..end).unwrap_or_default();
    let line = piece.find('\n').map_or(piece, |at| piece.get(..at).unwrap_or_default()).trim_end();
    start..start + floor(line, LONGEST_SPAN)
}

fn excerpt<'d>(
    source: &Source<'_>,
    secrets: &Secrets,
    mut marks: Vec<(Span, Range<usize>, Option<&'d str>)>,
    width: usize,
) -> Excerpt<'d> {
    let low = marks.first().map_or(0, |(_, range, _)| range.start);
    let high = marks.iter().map(|(_, range, _)| range.end).max().unwrap_or(low);
    // A byte order mark would be shown as a character.
    let bom =
        if source.offset == 0 && source.text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    // What is further away is not shown, and a line may be very long.
    let reach = AROUND.max(4 * width);
    let far = floor(source.text, low.saturating_sub(reach)).max(bom.min(low));
    // What covers a character may be wider than it is, so all is measured as it will be shown.
    let covered = secrets.cover(source.text, far..floor(source.text, high + reach + 4));
    let text = covered.as_str();
    let (low, high) = (low - far, high - far);
    for (_, range, _) in &mut marks {
        *range = range.start - far..range.end - far;
    }
    let before = text.get(..low).unwrap_or_default();
    let line_start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |at| at + 1);
    let after = text.get(high..).unwrap_or_default();
    let room = width.saturating_sub(longest_label(&marks));
    let fits = marks.len() == 1 || is_narrow(text, low..high, room);
    let (start, end, line_end) = if fits {
        let near = after.get(..floor(after, reach)).unwrap_or_default();
        let line_end = high + memchr::memchr(b'\n', near.as_bytes()).unwrap_or(near.len());
        let mut marked = low..high;
        let shown = window(text, line_start..line_end, &mut marked, room);
        if let [(_, mark, _)] = &mut *marks {
            *mark = marked;
        }
        (shown.start, shown.end, line_end)
    } else {
        let near = after.get(..floor(after, AROUND)).unwrap_or_default();
        let line_end = near.find('\n').or((near.len() == after.len()).then_some(after.len()));
        let end = high + line_end.unwrap_or(near.len());
        let start = floor(text, line_start.max(low.saturating_sub(AROUND)));
        (start, end, line_end.map_or(usize::MAX, |length| high + length))
    };
    let cut = |yes| if yes { CUT } else { "" };
    let (front, back) = (cut(start > line_start), cut(end < line_end));
    let piece = text.get(start..end).unwrap_or_default().trim_end_matches('\r');
    let last = front.len() + piece.len();
    let shift = |at: usize| (at + front.len()).saturating_sub(start).min(last);
    // The renderer names the place of the primary mark or, in an excerpt without one, of the first.
    let named = marks.iter().find(|(.., label)| label.is_none()).or(marks.first());
    let columns = named.map(|(span, range, _)| {
        let before = text.get(start..range.start).unwrap_or_default();
        let (in_line, cut) = before.rsplit_once('\n').map_or((before, front), |(_, line)| (line, ""));
        (in_line.chars().count() + cut.chars().count() + 1, span.start.column)
    });
    // What is cut off or covered need not be as long as what is shown in its place.
    let columns = columns.filter(|(shown, own)| shown != own);
    Excerpt {
        text: [front, piece, back].concat(),
        line: marks.first().map_or(1, |(span, ..)| span.start.line),
        columns,
        fits,
        marks: marks.iter().map(|(_, range, label)| (shift(range.start)..shift(range.end), *label)).collect(),
    }
}

/// How wide the widest of the labels is, which may stand beside its mark.
fn longest_label(marks: &[(Span, Range<usize>, Option<&str>)]) -> usize {
    let labels = marks.iter().filter_map(|(.., label)| *label);
    labels
        .map(|label| 1 + label.chars().filter_map(UnicodeWidthChar::width).sum::<usize>())
        .max()
        .unwrap_or(0)
}

/// Whether a stretch is in one line and, with what tells of cuts on either side of it, fits into a width.
fn is_narrow(text: &str, range: Range<usize>, width: usize) -> bool {
    let stretch = text.get(range).unwrap_or_default();
    let room = width.saturating_sub(2 * CUT.len());
    fitting(stretch, room).0 == stretch.len() && !stretch.contains('\n')
}

/// What stands where a line has been cut.
const CUT: &str = "...";

/// The part of a line that is shown around a mark, so that it and what tells of the cuts fit into this width. A mark
/// that alone does not fit is cut too.
fn window(text: &str, line: Range<usize>, mark: &mut Range<usize>, width: usize) -> Range<usize> {
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
    if fitting(slice(line.clone()), width).0 == line.len() {
        return line;
    }
    let room = width.saturating_sub(2 * CUT.len());
    let (length, marked) = fitting(slice(mark.clone()), room);
    let after = if length < mark.len() { "" } else { slice(mark.end..line.end) };
    mark.end = mark.start + length;
    let before = slice(line.start..mark.start);
    let left_over = room - marked;
    let (left, left_width) = fitting_end(before, left_over / 2);
    let (right, right_width) = fitting(after, left_over - left_width);
    let left = left.max(fitting_end(before, left_over - right_width).0);
    mark.start - left..mark.end + right
}

/// How many bytes of a text's start fit into a width, and how wide they are.
fn fitting(text: &str, most: usize) -> (usize, usize) {
    match text.get(..most.min(text.len())) {
        Some(start) if is_simple(start) => (start.len(), start.len()),
        _ => fitting_characters(text.chars(), most),
    }
}

/// The same of its end.
fn fitting_end(text: &str, most: usize) -> (usize, usize) {
    match text.get(text.len().saturating_sub(most)..) {
        Some(end) if is_simple(end) => (end.len(), end.len()),
        _ => fitting_characters(text.chars().rev(), most),
    }
}

/// Whether each byte is a character of one column.
pub(super) fn is_simple(text: &str) -> bool {
    text.bytes().fold(true, |simple, byte| simple & matches!(byte, b' '..=b'~'))
}

fn fitting_characters(characters: impl Iterator<Item = char>, most: usize) -> (usize, usize) {
    let (mut length, mut width) = (0, 0);
    for character in characters {
        // A tab is shown as four spaces.
        let own = if character == '\t' { 4 } else { character.width().unwrap_or(1) };
        if width + own > most {
            break;
        }
        (length, width) = (length + character.len_utf8(), width + own);
    }
    (length, width)
}
