//! What a bare word means: a number, a constant, or something that another language would take.
//!
//! Sees the word alone, never what stands around it.

use super::scan::{Scanner, Word};
use super::strict::is_number;
use super::tree::Kind;

const QUOTE_IT: &str = "put it in double quotes if it is a string";

/// A whole text that begins with a word is something else than JSON: a form, an XML document, prose.
const BEGIN_AN_OBJECT: &str = "write a JSON object, which begins with `{`";

/// Words of other languages, and what to do about them.
const WORDS: &[(&str, &str)] = &[
    ("True", "write `true`"),
    ("TRUE", "write `true`"),
    ("False", "write `false`"),
    ("FALSE", "write `false`"),
    ("None", "write `null`"),
    ("Null", "write `null`"),
    ("NULL", "write `null`"),
    ("nil", "write `null`"),
    ("undefined", "write `null`"),
];

/// The kind of value a word without placeholders is, with a fault if JSON does not know it. As the root it stands where
/// the text should begin.
pub(super) fn kind(scan: &mut Scanner<'_>, word: &Word<'_>, is_root: bool) -> Kind {
    match word.text {
        "null" => return Kind::Null,
        "true" => return Kind::Bool(true),
        "false" => return Kind::Bool(false),
        number if is_number(number) => return Kind::Number,
        _ => {}
    }
    let bare = word.text.trim_start_matches(['-', '+']);
    let (message, help) = if let Some((_, help)) = WORDS.iter().find(|(known, _)| *known == word.text) {
        ("{} is not a word of JSON", *help)
    } else if is_loose_number(word.text) && word.text.starts_with('+') {
        ("the number {} has a plus sign", "remove the plus sign")
    } else if is_loose_number(word.text) {
        let help = "remove the zeros, or put it in double quotes if it is a string";
        ("the number {} begins with a zero", help)
    } else if ["NaN", "nan", "Infinity", "inf"].contains(&bare) {
        ("JSON has no number {}", "write a number, or `null`")
    } else if matches!(bare.as_bytes(), [] | [b'0'..=b'9' | b'.', ..]) {
        ("{} is not a number as JSON writes them", QUOTE_IT)
    } else {
        ("{} is neither a JSON value nor in double quotes", if is_root { BEGIN_AN_OBJECT } else { QUOTE_IT })
    };
    scan.fault(word.range.clone(), message, help);
    // Whatever it was meant to be, its fault is told.
    Kind::Broken
}

/// Whether JSON would take a number without its sign and its leading zeros.
fn is_loose_number(word: &str) -> bool {
    let mut digits = word.strip_prefix(['-', '+']).unwrap_or(word);
    while let Some(rest) =
        digits.strip_prefix('0').filter(|rest| rest.starts_with(|next: char| next.is_ascii_digit()))
    {
        digits = rest;
    }
    !digits.starts_with('-') && is_number(digits)
}
