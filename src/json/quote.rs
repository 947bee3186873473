//! A text as a JSON string.

use super::eight::plain;

/// Adds the string that says this text.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    let bytes = text.as_bytes();
    let mut done = 0;
    loop {
        let end = plain(bytes, done);
        out.push_str(text.get(done..end).unwrap_or_default());
        let Some(byte) = bytes.get(end) else { break };
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            0x08 => "\\b",
            b'\t' => "\\t",
            b'\n' => "\\n",
            0x0C => "\\f",
            b'\r' => "\\r",
            0..0x10 => "\\u000",
            _ => "\\u001",
        };
        out.push_str(escape);
        if escape.len() > 2 {
            out.extend(char::from_digit(u32::from(byte & 15), 16));
        }
        done = end + 1;
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_says_what_it_should(text in "[\\x00-\\x7Fé😀\"\\\\]{0,12}") {
            let mut quoted = String::new();
            super::quote(&text, &mut quoted);
            prop_assert_eq!(quoted, serde_json::to_string(&text).unwrap());
        }
    }
}
