//! A JSON text that is written as a JSON string, with the way back through the escapes.
//!
//! Knows how a string is written, and nothing of what it says.

use super::source_map::Derived;
use crate::json::escape;

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
        plain = at;
        let (character, length) = escape(file.get(at + 1..end).unwrap_or_default());
        at += 1 + length;
        let mut buffer = [0; 4];
        derived.push_replaced(character.unwrap_or('\\').encode_utf8(&mut buffer), plain..at);
        plain = at;
    }
    derived.push_verbatim(file, plain..end);
    derived.in_string()
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
