//! Values that are not there yet: `{{weight}}`, `${WEIGHT}`, `$WEIGHT`, `<pool-id>`.
//!
//! Says what a placeholder is, inside and outside of strings. What follows from one is told elsewhere.

use crate::search::{memchr, memchr2, memmem};

/// Whether a string's value is not known yet: it has `{{…}}` or `${…}` somewhere, or is `$NAME` or `<…>` as a
/// whole.
pub(crate) fn is_placeholder(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes {
        [b'$', name @ ..] if name_length(name) == Some(name.len()) => return true,
        [b'<', inner @ .., b'>'] if !inner.is_empty() && memchr2(b'<', b'>', inner).is_none() => return true,
        _ => {}
    }
    has_pair(bytes, b"{{", b"}}") || has_pair(bytes, b"${", b"}")
}

/// Whether a JSON text may have a placeholder somewhere. A text for which this is false surely has none, and
/// needs no tree.
pub(crate) fn may_have_placeholder(json_text: &str) -> bool {
    // Looks at many bytes at a time: all of these are JSON that has none, as a rule.
    let bytes = json_text.as_bytes();
    let mut rest = bytes;
    while let Some(stretch) = rest.first_chunk::<STRETCH>() {
        if begins(stretch) {
            return true;
        }
        rest = rest.get(STRETCH - 1..).unwrap_or_default();
    }
    // What is left is looked at together with what is before it, as a whole stretch.
    let begins_at_end = match bytes.last_chunk::<STRETCH>() {
        Some(end) => begins(end),
        None => begins(rest),
    };
    begins_at_end || matches!(bytes.last(), Some(b'$' | b'<'))
}

/// So many bytes are looked at in one go, all but the last of them with the one after it.
const STRETCH: usize = 33;

/// Whether a placeholder may begin among these bytes, of which the last is seen only as the one after another.
#[inline]
#[cfg(target_family = "wasm")]
fn begins(bytes: &[u8]) -> bool {
    use super::eight::like;
    // Nothing makes this of the plain loop where size counts for more than speed.
    let (Some((_, after)), Some((_, bytes))) = (bytes.split_first(), bytes.split_last()) else {
        return false;
    };
    let ((eights, last), (afters, last_after)) = (bytes.as_chunks::<8>(), after.as_chunks::<8>());
    let begins = |(bytes, after): (&[u8; 8], &[u8; 8])| {
        like(bytes, b'$') | like(bytes, b'<') | (like(bytes, b'{') & like(after, b'{')) != 0
    };
    eights.iter().zip(afters).any(begins)
        || last
            .iter()
            .zip(last_after)
            .any(|(byte, after)| matches!((byte, after), (b'$' | b'<', _) | (b'{', b'{')))
}

/// Whether a placeholder may begin among these bytes, of which the last is seen only as the one after another.
#[inline]
#[cfg(not(target_family = "wasm"))]
fn begins(bytes: &[u8]) -> bool {
    let after = bytes.get(1..).unwrap_or_default();
    bytes.iter().zip(after).fold(false, |begins, (byte, after)| {
        begins | (*byte == b'$') | (*byte == b'<') | ((*byte == b'{') & (*after == b'{'))
    })
}

fn has_pair(bytes: &[u8], open: &[u8], close: &[u8]) -> bool {
    // The first opener and the last closer decide: if these two are out of order, so are all.
    let Some(start) = memmem::find(bytes, open) else { return false };
    memmem::rfind(bytes, close).is_some_and(|end| end >= start + open.len())
}

/// How long the name is that begins here, if one does.
fn name_length(bytes: &[u8]) -> Option<usize> {
    let length = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    bytes.first().filter(|first| length > 0 && !first.is_ascii_digit()).map(|_| length)
}

/// Finds placeholders outside of strings, and remembers up to where it has looked in vain.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    no_braces_before: usize,
    no_brace_before: usize,
}

impl Placeholders {
    /// The end of the placeholder that begins at `start`, if one does.
    pub(super) fn end(&mut self, bytes: &[u8], start: usize) -> Option<usize> {
        match bytes.get(start..)? {
            [b'{', b'{', ..] => closed(bytes, start + 2, true, &mut self.no_braces_before),
            [b'$', b'{', inner @ ..] => (inner.first() == Some(&b'{'))
                .then(|| closed(bytes, start + 3, true, &mut self.no_braces_before))
                .flatten()
                .or_else(|| closed(bytes, start + 2, false, &mut self.no_brace_before)),
            [b'$', name @ ..] => name_length(name).map(|length| start + 1 + length),
            [b'<', inner @ ..] => {
                let length = inner.iter().position(|byte| matches!(byte, b'<' | b'>' | b'\n' | b'"'))?;
                (length > 0 && inner.get(length) == Some(&b'>')).then_some(start + 2 + length)
            }
            _ => None,
        }
    }
}

fn closed(bytes: &[u8], start: usize, twice: bool, in_vain: &mut usize) -> Option<usize> {
    if start < *in_vain {
        return None;
    }
    let mut at = start;
    loop {
        let rest = bytes.get(at..)?;
        let Some(next) = memchr2(b'}', b'\n', rest) else {
            *in_vain = bytes.len();
            return None;
        };
        match rest.get(next..)? {
            [b'\n', ..] => {
                *in_vain = at + next;
                return None;
            }
            [b'}', b'}', ..] if twice => return filled(bytes, start, at + next).then_some(at + next + 2),
            _ if !twice => {
                // A stray `$` before an object is none.
                if let Some(quote) = memchr(b'"', bytes.get(start..at + next)?) {
                    *in_vain = start + quote;
                    return None;
                }
                return filled(bytes, start, at + next).then_some(at + next + 1);
            }
            _ => at += next + 1,
        }
    }
}

fn filled(bytes: &[u8], start: usize, end: usize) -> bool {
    bytes.get(start..end).is_some_and(|inner| !inner.trim_ascii().is_empty())
}
