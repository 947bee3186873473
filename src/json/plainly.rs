//! One spelling for what JSON text can write in several ways, so that a text is the same however it is written.

use std::borrow::Cow;

use super::decode::unicode;
use super::quote::quote;
use crate::search::split_once;

/// A text, or any part of one, with every character of its strings written as itself, or else in the shortest way:
/// `é` for `\u00e9`, `/` for `\/`, `\n` for `\u000a`.
pub(crate) fn plainly(text: &str) -> Cow<'_, str> {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, escaped)) = split_once(rest, b'\\') {
        plain.push_str(before);
        let length = match escaped.chars().next() {
            Some('/') => {
                plain.push('/');
                1
            }
            Some('u') => {
                let (character, length) = unicode(escaped.as_bytes());
                match character {
                    Some(character) => push(character, &mut plain),
                    None => plain.push_str("\\u"),
                }
                if character.is_some() { length } else { 1 }
            }
            other => {
                plain.push('\\');
                plain.extend(other);
                other.map_or(0, char::len_utf8)
            }
        };
        rest = escaped.get(length..).unwrap_or_default();
    }
    // Each of them leaves something behind.
    if plain.is_empty() {
        return Cow::Borrowed(text);
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Adds a character as a string holds it.
fn push(character: char, out: &mut String) {
    let mut quoted = String::new();
    quote(character.encode_utf8(&mut [0; 4]), &mut quoted);
    out.push_str(quoted.get(1..quoted.len() - 1).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plainly;

    #[test]
    fn what_is_written_in_several_ways_becomes_one() {
        for (spelling, plain) in [
            (r#""\u00e9\/\u002F\ud83d\ude00""#, "\"é//😀\""),
            (r#""\u0022\u005c\u005Cu00e9\u000A""#, r#""\"\\\\u00e9\n""#),
            (r#""\\u00e9 \\\u00e9 \" \b""#, r#""\\u00e9 \\é \" \b""#),
            // Halves of pairs, and what is none at all, stay as they are.
            (r"\ud83d \u00 \", r"\ud83d \u00 \"),
            ("é", "é"),
        ] {
            assert_eq!(plainly(spelling), plain, "{spelling}");
        }
    }

    proptest! {
        #[test]
        fn it_says_the_same(text in any::<String>()) {
            let escaped: String = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
            let plain = plainly(&format!("\"{escaped}\"")).into_owned();
            prop_assert_eq!(&plain, &serde_json::to_string(&text).unwrap());
            prop_assert_eq!(plainly(&plain).into_owned(), plain);
        }
    }
}
