//! A JSON text that is written as a JSON string, with the way back through the escapes.
//!
//! Knows how a string is written, and nothing of what it says.

use super::source_map::Derived;

/// What a JSON string says that stands at `start` of a file, with its quotes, or as much of it as is there.
/// A surrogate without its half becomes U+FFFD.
pub(super) fn unescape<'t>(file: &'t str, range: std::ops::Range<usize>) -> Derived<'t> {
    let raw = file.get(range.clone()).unwrap_or_default();
    let inner = raw.strip_prefix('"').unwrap_or(raw);
    let mut at = range.end - inner.len();
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let end = at + inner.len();
    let mut derived = Derived::default();
    let mut plain = at;
    while let Some(found) = file.get(at..end).and_then(|rest| crate::search::memchr(b'\\', rest.as_bytes())) {
        at += found;
        derived.push_verbatim(file, plain..at);
        let rest = file.get(at..end).unwrap_or_default();
        let (character, length) = escape(rest);
        let mut buffer = [0; 4];
        derived.push_replaced(character.encode_utf8(&mut buffer), at..at + length);
        at += length;
        plain = at;
    }
    derived.push_verbatim(file, plain..end);
    derived.in_string()
}

/// The character that an escape stands for, and how long the escape is.
fn escape(rest: &str) -> (char, usize) {
    let mut characters = rest.chars();
    characters.next();
    let character = match characters.next() {
        Some('n') => '\n',
        Some('t') => '\t',
        Some('r') => '\r',
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('u') => return unicode(rest),
        Some(own @ ('"' | '\\' | '/')) => own,
        Some(other) => return (other, 1 + other.len_utf8()),
        None => return ('\\', 1),
    };
    (character, 2)
}

fn unicode(rest: &str) -> (char, usize) {
    let Some(unit) = hex(rest, 0) else { return (char::REPLACEMENT_CHARACTER, 2) };
    if let Some(character) = char::from_u32(unit) {
        return (character, 6);
    }
    let low = hex(rest, 6).filter(|low| (0xDC00..0xE000).contains(low));
    match low.filter(|_| unit < 0xDC00) {
        Some(low) => {
            let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        None => (char::REPLACEMENT_CHARACTER, 6),
    }
}

fn hex(rest: &str, at: usize) -> Option<u32> {
    let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_through_escapes() {
        let file = r#"x "{\"a\":\u00e9\ud83d\ude00\ud800z}" y"#;
        let derived = unescape(file, 2..file.len() - 2);
        assert_eq!(derived.text(), "{\"a\":é😀\u{fffd}z}");
        let at = |text: &str| {
            let start = derived.text().find(text).unwrap();
            &file[derived.source(start..start + text.len())]
        };
        assert_eq!(at("\"a\""), r#"\"a\""#);
        assert_eq!(at("é"), r"\u00e9");
        assert_eq!(at("😀"), r"\ud83d\ude00");
        assert_eq!(at("z}"), "z}");
    }

    #[test]
    fn broken_strings_do_no_harm() {
        for file in ["\"", "\"\\", "\"\\u12", "\"\\ud800\\u", "\"\\é", "", "\"abc", "\\\""] {
            let derived = unescape(file, 0..file.len());
            assert!(derived.source(0..derived.text().len()).end <= file.len());
        }
    }
}
