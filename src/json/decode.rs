//! What a string or a number says, apart from how it is written.
//!
//! Lenient on purpose: the parser has told of every fault already. Nothing here looks at the tree.

use std::borrow::Cow;

/// The characters between the quotes, or the whole of a name that has none.
pub(super) fn string(raw: &str) -> Cow<'_, str> {
    let inner = match raw.as_bytes() {
        [quote @ (b'"' | b'\''), .., last] if quote == last => raw.get(1..raw.len() - 1).unwrap_or(raw),
        [b'"' | b'\'', ..] => raw.get(1..).unwrap_or(raw),
        _ => raw,
    };
    if crate::search::memchr(b'\\', inner.as_bytes()).is_none() {
        return Cow::Borrowed(inner);
    }
    let mut decoded = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        decoded.push_str(plain);
        let (character, length) = escape(escaped);
        decoded.extend(character);
        rest = escaped.get(length..).unwrap_or_default();
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character of an escape, and how long the escape is after its backslash. A surrogate without its half becomes
/// U+FFFD.
pub(crate) fn escape(escaped: &str) -> (Option<char>, usize) {
    let character = match escaped.chars().next() {
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => {
            let (character, length) = unicode(escaped.as_bytes());
            return (Some(character.unwrap_or(char::REPLACEMENT_CHARACTER)), length);
        }
        Some(other) => other,
        None => return (None, 0),
    };
    (Some(character), character.len_utf8())
}

/// The character of an escape that begins with `u`, and how long the escape is after its backslash. A pair of
/// surrogates is one escape.
pub(super) fn unicode(escaped: &[u8]) -> (Option<char>, usize) {
    let Some(high) = unit(escaped) else { return (None, 1) };
    if let Some(character) = char::from_u32(high) {
        return (Some(character), 5);
    }
    let low = match escaped.get(5..) {
        Some([b'\\', low @ ..]) if high < 0xDC00 => unit(low).filter(|low| (0xDC00..0xE000).contains(low)),
        _ => None,
    };
    match low {
        Some(low) => (char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 11),
        None => (None, 5),
    }
}

fn unit(escaped: &[u8]) -> Option<u32> {
    let [b'u', digits @ ..] = escaped else { return None };
    let mut unit = 0;
    for digit in digits.get(..4)? {
        unit = unit * 16 + char::from(*digit).to_digit(16)?;
    }
    Some(unit)
}

/// The integer a number is; none where it has a fraction or an exponent. One that is too large becomes the
/// largest there is: whatever bounds it, it is beyond.
pub(super) fn integer(number: &str) -> Option<i64> {
    let (negative, digits) = match number.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let mut value = 0_i64;
    for digit in digits.bytes() {
        if !digit.is_ascii_digit() {
            return None;
        }
        let digit = i64::from(digit - b'0');
        value = value.saturating_mul(10);
        value = if negative { value.saturating_sub(digit) } else { value.saturating_add(digit) };
    }
    Some(value)
}
